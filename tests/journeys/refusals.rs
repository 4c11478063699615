//! What is refused, calmly, and what it leaves untouched.

use crate::Clerk;
use serde_json::json;

#[test]
fn without_a_workbook_the_page_is_sent_to_the_start() {
    let mut clerk = Clerk::new();
    for name in ["workbook", "history", "copies"] {
        assert_eq!(clerk.refused(name, json!({}))["code"], "no_workbook", "{name}");
    }
    let start = clerk.call("start", json!({}));
    assert!(start["recent"].as_array().unwrap().is_empty());
    assert_eq!(start["seeds"][0]["sample"], true, "the sample comes first");
}

#[test]
fn workbook_that_is_open_is_remembered_and_a_missing_one_is_told() {
    let mut clerk = Clerk::new();
    let path = clerk.text("台账");
    let frame = clerk.call("create_workbook", json!({"path": path}));
    assert!(frame["path"].as_str().unwrap().ends_with("台账.planbook"), "the ending is added");
    clerk.call("close_workbook", json!({}));
    std::fs::remove_file(clerk.path("台账.planbook")).unwrap();
    let start = clerk.call("start", json!({}));
    assert_eq!((start["recent"][0]["name"].as_str(), start["recent"][0]["exists"].as_bool()), (Some("台账"), Some(false)));
    let path = start["recent"][0]["path"].clone();
    assert!(clerk.refused("open_workbook", json!({"path": path}))["message"].as_str().unwrap().contains("台账"));
}

#[test]
fn existing_file_is_never_overwritten() {
    let mut clerk = Clerk::new();
    std::fs::write(clerk.path("a.planbook"), "别人的文件").unwrap();
    let path = clerk.text("a.planbook");
    clerk.refused("create_workbook", json!({"path": path}));
    clerk.refused("create_from_seed", json!({"path": path, "seed": "yunxi-2025"}));
    assert_eq!(std::fs::read(clerk.path("a.planbook")).unwrap(), "别人的文件".as_bytes());
}

#[test]
fn second_opener_reads_with_a_notice_and_its_edits_are_refused() {
    let mut first = Clerk::new();
    let path = first.text("a.planbook");
    first.call("create_from_seed", json!({"path": path, "seed": "lishui-2024"}));
    let mut second = Clerk::new();
    let frame = second.call("open_workbook", json!({"path": path}));
    assert_eq!(frame["read_only"], true);
    assert!(!frame["notices"].as_array().unwrap().is_empty());
    let ledger = second.call("ledger", json!({"quarter": "2024Q2"}));
    let edit = json!([{"edit": "set_task_title", "task": ledger["rows"][0]["id"], "title": "改名"}]);
    let refusal = second.refused("apply", json!({"edits": edit, "quarter": "2024Q2"}));
    assert_eq!(refusal["code"], "read_only");
}

#[test]
fn text_that_no_cell_holds_is_refused_and_markup_is_text() {
    let mut clerk = Clerk::new();
    let path = clerk.text("a.planbook");
    clerk.call("create_from_seed", json!({"path": path, "seed": "lishui-2024"}));
    let task = clerk.call("ledger", json!({"quarter": "2024Q2"}))["rows"][0].clone();
    let title =
        |title: &str| json!({"edits": [{"edit": "set_task_title", "task": task["id"], "title": title}], "quarter": "2024Q2"});
    clerk.refused("apply", title(&"长".repeat(10_001)));
    clerk.refused("apply", title(" \u{7} "));
    clerk.refused("apply", title("甲\u{0}方案"));
    let applied = clerk.call("apply", title("<script>alert(1)</script>方案"));
    assert_eq!(applied["rows"][0]["title"], "<script>alert(1)</script>方案");
}

#[test]
fn request_of_a_wrong_shape_is_told_and_changes_nothing() {
    let mut clerk = Clerk::new();
    let path = clerk.text("a.planbook");
    clerk.call("create_from_seed", json!({"path": path, "seed": "lishui-2024"}));
    for (name, arguments) in [
        ("overview", json!({"quarter": "二季度"})),
        ("overview", json!({"quarter": "2025Q2", "plan": "no-such-plan"})),
        ("overview", json!({"quarter": 7})),
        ("overview", json!({"quarter": "2025Q2", "surprise": true})),
        ("task", json!({"task": "no-such-task", "quarter": "2025Q2"})),
        ("report_preview", json!({"kind": "poster", "quarter": "2025Q2"})),
        ("apply", json!({"edits": [{"edit": "set_setting", "key": "colour", "value": 1}], "quarter": "2025Q2"})),
        ("apply", json!({"edits": [{"edit": "set_setting", "key": "rule_set", "value": "atlantis"}], "quarter": "2025Q2"})),
        ("undo_to", json!({"edit": "no-such-edit", "quarter": "2025Q2"})),
    ] {
        clerk.refused(name, arguments);
    }
    assert_eq!(clerk.call("history", json!({})).as_array().unwrap().len(), 1, "only the import");
}
