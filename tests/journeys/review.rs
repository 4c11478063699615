//! From an issued document over its review to the ledger.

use crate::Clerk;
use serde_json::{Value, json};

const PLAN: &str = include_str!("../../src-tauri/crates/cli/tests/plan.txt");

/// A workbook with the draft of our own plan under review.
fn under_review() -> (Clerk, Value) {
    let mut clerk = Clerk::new();
    let path = clerk.text("office.planbook");
    clerk.call("create_workbook", json!({"path": path}));
    std::fs::write(clerk.path("plan.txt"), PLAN).unwrap();
    let document = clerk.text("plan.txt");
    let review = clerk.call("read_document", json!({"document": document}));
    (clerk, review)
}

fn units(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}

#[test]
fn every_row_of_a_draft_lights_up_its_sentence() {
    let (_, review) = under_review();
    let text = units(review["text"].as_str().unwrap());
    for part in ["tasks", "targets", "milestones", "checklist_items"] {
        for row in review["draft"][part].as_array().unwrap() {
            let (start, end) = (row["at"][0].as_u64().unwrap() as usize, row["at"][1].as_u64().unwrap() as usize);
            assert_eq!(String::from_utf16(&text[start..end]).unwrap(), row["quote"].as_str().unwrap());
        }
    }
}

#[test]
fn nothing_enters_the_ledger_before_it_is_confirmed_and_the_review_survives_a_restart() {
    let (mut clerk, review) = under_review();
    let id = review["id"].clone();
    assert!(clerk.call("ledger", json!({"quarter": "2025Q2"}))["rows"].as_array().unwrap().is_empty());

    let mut accepted = review["draft"]["tasks"][0].clone();
    accepted["title"] = json!("改造连片老旧池塘");
    accepted["review"] = json!("accepted");
    let mut dropped = review["draft"]["tasks"][1].clone();
    dropped["review"] = json!("dropped");
    clerk.call(
        "save_draft_rows",
        json!({"id": id, "tasks": [accepted, dropped],
        "renamed": [["县农业农村局", "县供销社"]]}),
    );
    clerk.restart();
    let path = clerk.text("office.planbook");
    let frame = clerk.call("open_workbook", json!({"path": path}));
    assert_eq!(frame["drafts"][0]["reviewed"], 2);
    let again = clerk.call("draft", json!({"id": id}));
    assert_eq!(again["draft"]["tasks"][0]["title"], "改造连片老旧池塘");

    let frame = clerk.call("confirm_draft", json!({"id": id}));
    assert!(frame["drafts"].as_array().unwrap().is_empty());
    assert_eq!(frame["undo"], "导入《澄湖县渔业振兴三年行动方案(2025—2027年)》");
    let ledger = clerk.call("ledger", json!({"quarter": "2025Q2"}));
    let titles: Vec<&str> = ledger["rows"].as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["改造连片老旧池塘", "拓展销售渠道", "加强组织领导", "强化资金支持"]);
    let names: Vec<&str> = frame["departments"].as_array().unwrap().iter().map(|d| d["name"].as_str().unwrap()).collect();
    assert!(!names.contains(&"县供销社") && names.contains(&"县农业农村局"), "{names:?}");
    // one undo takes the whole plan back
    clerk.call("undo", json!({"quarter": "2025Q2"}));
    assert!(clerk.call("ledger", json!({"quarter": "2025Q2"}))["rows"].as_array().unwrap().is_empty());
}

#[test]
fn target_that_was_marked_in_the_source_is_added() {
    let (mut clerk, review) = under_review();
    let quote = "全县水产品总产量达到6.5万吨以上";
    let text = review["text"].as_str().unwrap();
    let start = units(&text[..text.find(quote).unwrap()]).len();
    let target = json!({"id": "G99", "task": null, "indicator": "水产品总产量（补录）", "op": ">=", "value": 6.5, "unit": "万吨", "due": "2027",
        "cadence": "level", "quote": quote, "at": [start, start + units(quote).len()], "review": "accepted"});
    clerk.call("save_draft_rows", json!({"id": review["id"], "targets": [target]}));
    clerk.call("confirm_draft", json!({"id": review["id"]}));
    let indicators = clerk.call("indicators", json!({"quarter": "2025Q2"}));
    assert!(indicators["rows"].as_array().unwrap().iter().any(|row| row["name"] == "水产品总产量（补录）"));
}

#[test]
fn discarded_draft_is_gone() {
    let (mut clerk, review) = under_review();
    clerk.call("discard_draft", json!({"id": review["id"]}));
    assert_eq!(clerk.refused("confirm_draft", json!({"id": review["id"]}))["code"], "gone");
}
