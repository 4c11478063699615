//! A quarter of a department and its office.

use crate::Clerk;
use base64::Engine;
use serde_json::{Value, json};

/// A workbook of the Pingyang plan with one department on its first task.
fn office() -> (Clerk, Value) {
    let mut clerk = Clerk::new();
    let path = clerk.text("office.planbook");
    clerk.call("create_from_seed", json!({"path": path, "seed": "pingyang-2025"}));
    let ledger = clerk.call("ledger", json!({"quarter": "2025Q2"}));
    let first = ledger["rows"][0].clone();
    clerk.apply(json!([{"edit": "assign", "task": first["id"], "department": "县科技局", "role": "lead"}]));
    (clerk, first)
}

#[test]
fn what_a_clerk_enters_is_in_the_ledger_the_history_and_the_report() {
    let (mut clerk, first) = office();
    let checklist = clerk.checklist();
    let task = checklist["departments"][0]["tasks"][0].clone();
    assert_eq!(task["judgement"], "未报送");
    let missing = task["missing"].as_array().unwrap().len();
    assert!(missing > 1, "progress and figures are asked for: {task}");
    let mut edits = vec![json!({"edit": "tick_item", "item": task["items"][0]["id"], "done_on": "2025-06-18"})];
    for target in task["targets"].as_array().unwrap() {
        edits.push(json!({"edit": "set_actual", "target": target["id"], "quarter": "2025Q2", "value": target["value"]}));
    }
    edits.push(json!({"edit": "set_progress", "task": task["id"], "department": "县科技局", "quarter": "2025Q2",
        "status": "推进中", "done": "已与三所高校签订共建协议"}));
    let applied = clerk.apply(json!(edits));
    assert_eq!(applied["rows"][0]["id"], first["id"], "the answer holds the changed row");
    assert_eq!(applied["rows"][0]["progress"], "已与三所高校签订共建协议");
    assert_eq!(applied["rows"][0]["lamp"], "绿");
    assert!(clerk.checklist()["departments"][0]["tasks"][0]["missing"].as_array().unwrap().is_empty());

    let history = clerk.call("history", json!({"row": first["id"]}));
    let changes = history[0]["changes"].as_array().unwrap();
    assert!(
        changes.iter().any(|change| change["label"] == "进展·进展情况" && change["new"] == "已与三所高校签订共建协议"),
        "{changes:?}"
    );
    assert_eq!(history[0]["who"], "王芳");

    let preview = clerk.call("report_preview", json!({"kind": "bulletin", "quarter": "2025Q2"}));
    let pdf = base64::engine::general_purpose::STANDARD.decode(preview["pdf"].as_str().unwrap()).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    assert!(preview["warnings"].as_array().unwrap().is_empty(), "{}", preview["warnings"]);
    let file = clerk.text("通报.pdf");
    clerk.call("export_report", json!({"kind": "bulletin", "quarter": "2025Q2", "path": file}));
    assert_eq!(std::fs::read(clerk.path("通报.pdf")).unwrap(), pdf, "what is exported is what was shown");
}

#[test]
fn undo_and_redo_go_over_a_restart() {
    let (mut clerk, first) = office();
    let before = clerk.checklist();
    clerk.apply(
        json!([{"edit": "set_progress", "task": first["id"], "department": "县科技局", "quarter": "2025Q2", "done": "初稿"}]),
    );
    let after = clerk.checklist();
    assert_ne!(before, after);
    clerk.restart();
    let path = clerk.text("office.planbook");
    let frame = clerk.call("open_workbook", json!({"path": path}));
    assert_eq!(frame["undo"], "填写进展");
    let undone = clerk.call("undo", json!({"quarter": "2025Q2"}));
    assert_eq!((undone["label"].as_str(), undone["redo"].as_str()), (Some("撤销“填写进展”"), Some("填写进展")));
    assert_eq!(clerk.checklist(), before);
    clerk.restart();
    clerk.call("open_workbook", json!({"path": path}));
    clerk.call("redo", json!({"quarter": "2025Q2"}));
    assert_eq!(clerk.checklist(), after);
}

#[test]
fn last_quarters_words_are_carried_forward_where_nothing_is_written() {
    let (mut clerk, first) = office();
    let write = |quarter: &str, done: &str| {
        json!({"edit": "set_progress", "task": first["id"], "department": "县科技局", "quarter": quarter, "status": "推进中", "done": done,
            "next": "继续推进"})
    };
    clerk.apply(json!([write("2025Q1", "一季度的进展")]));
    clerk.apply(json!([{"edit": "carry_forward", "department": "县科技局", "quarter": "2025Q2"}]));
    let carried = clerk.checklist()["departments"][0]["tasks"][0]["progress"].clone();
    assert_eq!((carried["done"].as_str(), carried["next"].as_str()), (Some("一季度的进展"), Some("继续推进")));
    clerk.apply(json!([write("2025Q2", "二季度的进展")]));
    clerk.apply(json!([{"edit": "carry_forward", "department": "县科技局", "quarter": "2025Q2"}]));
    assert_eq!(clerk.checklist()["departments"][0]["tasks"][0]["progress"]["done"], "二季度的进展");
}

#[test]
fn overview_counts_every_task_once_and_its_shares_sum_to_a_hundred() {
    let mut clerk = Clerk::new();
    let path = clerk.text("sample.planbook");
    clerk.call("create_from_seed", json!({"path": path, "seed": "yunxi-2025"}));
    for quarter in ["2025Q1", "2025Q2", "2025Q3", "2025Q4"] {
        let overview = clerk.call("overview", json!({"quarter": quarter}));
        let shares = overview["shares"].as_array().unwrap();
        let counted: u64 = shares.iter().filter(|s| !s["percent"].is_null()).map(|s| s["count"].as_u64().unwrap()).sum();
        assert_eq!(counted, overview["denominator"].as_u64().unwrap(), "{quarter}");
        let tenths: f64 = shares.iter().filter_map(|s| s["percent"].as_f64()).map(|p| (p * 10.0).round()).sum();
        assert_eq!(tenths, 1000.0, "{quarter}");
        let ledger = clerk.call("ledger", json!({"quarter": quarter}));
        for share in shares.iter().filter(|s| !s["percent"].is_null()) {
            let figure = json!({"quarter": quarter, "figure": share["judgement"]});
            let tasks = clerk.call("overview_tasks", figure);
            assert_eq!(tasks.as_array().unwrap().len() as u64, share["count"].as_u64().unwrap());
            for task in tasks.as_array().unwrap() {
                let row = ledger["rows"].as_array().unwrap().iter().find(|row| row["id"] == *task).unwrap();
                assert_eq!(row["judgement"], share["judgement"], "a figure opens its rows");
            }
        }
    }
}

#[test]
fn the_text_of_an_answer_says_what_its_value_says() {
    let mut clerk = Clerk::new();
    let path = clerk.text("sample.planbook");
    clerk.call("create_from_seed", json!({"path": path, "seed": "yunxi-2025"}));
    for name in ["overview", "ledger", "checklist", "indicators", "timeline", "totals"] {
        let arguments = json!({"quarter": "2025Q3"});
        assert_eq!(clerk.call_for_text(name, arguments.clone()), clerk.call(name, arguments).to_string(), "{name}");
    }
}

#[test]
fn every_figure_of_a_department_and_of_the_short_lists_opens_its_rows() {
    let mut clerk = Clerk::new();
    let path = clerk.text("sample.planbook");
    clerk.call("create_from_seed", json!({"path": path, "seed": "yunxi-2025"}));
    let overview = clerk.call("overview", json!({"quarter": "2025Q3"}));
    let mut count = |figure: &str, department: Option<&str>| {
        let tasks = clerk.call("overview_tasks", json!({"quarter": "2025Q3", "figure": figure, "department": department}));
        tasks.as_array().unwrap().len() as u64
    };
    for list in ["better", "worse", "to_check"] {
        assert_eq!(count(list, None), overview[list]["count"].as_u64().unwrap(), "{list}");
    }
    // a task may be late in several rows
    let late = overview["overdue"]["count"].as_u64().unwrap();
    let tasks = count("overdue", None);
    assert!(tasks <= late && (tasks == 0) == (late == 0), "{tasks} of {late}");
    assert!(overview["overdue"]["first"].as_array().unwrap().len() as u64 == late.min(12));
    for line in overview["departments"].as_array().unwrap() {
        let department = line["department"].as_str().unwrap_or_default();
        assert_eq!(count("all", Some(department)), line["tasks"].as_u64().unwrap(), "{department}");
        for share in line["shares"].as_array().unwrap() {
            assert_eq!(
                count(share["judgement"].as_str().unwrap(), Some(department)),
                share["count"].as_u64().unwrap(),
                "{department}"
            );
        }
    }
    let refused = clerk.refused("overview_tasks", json!({"quarter": "2025Q3", "figure": "没有这一项"}));
    assert!(refused["message"].as_str().unwrap().contains("没有这一项"));
}

#[test]
fn rows_are_found_by_words_and_by_pinyin_initials() {
    let mut clerk = Clerk::new();
    let path = clerk.text("sample.planbook");
    clerk.call("create_from_seed", json!({"path": path, "seed": "yunxi-2025"}));
    for words in ["科技局", "kjj"] {
        let hits = clerk.call("find", json!({"words": words}));
        assert!(hits.as_array().unwrap().iter().any(|hit| hit["text"] == "县科技局"), "{words}: {hits}");
    }
    assert_eq!(clerk.call("find", json!({"words": "  "})), json!([]));
}

#[test]
fn evidence_is_kept_with_its_task() {
    let (mut clerk, first) = office();
    std::fs::write(clerk.path("照片.jpg"), b"not really a picture").unwrap();
    let file = clerk.text("照片.jpg");
    let detail =
        clerk.call("add_evidence", json!({"task": first["id"], "quarter": "2025Q2", "path": file, "department": "县科技局"}));
    assert_eq!(
        (detail["evidence"][0]["file_name"].as_str(), detail["evidence"][0]["size"].as_i64()),
        (Some("照片.jpg"), Some(20))
    );
    std::fs::write(clerk.path("空.pdf"), b"").unwrap();
    for bad in [clerk.text("空.pdf"), clerk.text(""), clerk.text("没有.pdf")] {
        clerk.refused("add_evidence", json!({"task": first["id"], "quarter": "2025Q2", "path": bad}));
    }
}

#[test]
fn automatic_copy_brings_the_workbook_back() {
    let (mut clerk, first) = office();
    let before = clerk.checklist();
    clerk.restart();
    let path = clerk.text("office.planbook");
    clerk.call("open_workbook", json!({"path": path}));
    let copies = clerk.call("copies", json!({}));
    assert!(!copies.as_array().unwrap().is_empty(), "one copy a day of use");
    clerk.apply(json!([{"edit": "remove_plan", "plan": first["plan"]}]));
    assert!(clerk.checklist()["departments"].as_array().unwrap().is_empty());
    clerk.call("restore_copy", json!({"path": copies[0]["path"]}));
    assert_eq!(clerk.checklist(), before);
}

#[test]
fn one_task_goes_back_to_what_a_copy_says_and_the_others_stay() {
    let (mut clerk, first) = office();
    let ledger = clerk.call("ledger", json!({"quarter": "2025Q2"}));
    let second = ledger["rows"].as_array().unwrap().iter().find(|row| row["id"] != first["id"]).unwrap().clone();
    clerk.restart();
    let path = clerk.text("office.planbook");
    clerk.call("open_workbook", json!({"path": path}));
    let copies = clerk.call("copies", json!({}));
    let of = json!({"path": copies[0]["path"], "task": first["id"], "quarter": "2025Q2"});
    assert_eq!(clerk.call("task_in_copy", of.clone()), json!([]), "nothing was changed yet");
    let then = clerk.call("task", json!({"task": first["id"], "quarter": "2025Q2"}));

    for row in [&first, &second] {
        clerk.apply(json!([{"edit": "set_task_title", "task": row["id"], "title": "误改的名称"}]));
    }
    clerk.apply(json!([{"edit": "set_task_due", "task": first["id"], "due": "2031-01"}]));
    let item = &then["items"][0];
    clerk.apply(json!([{"edit": "remove_item", "item": item["id"]}]));
    let found = clerk.call("task_in_copy", of.clone());
    let found = found.as_array().unwrap();
    assert!(found.iter().any(|one| one["change"]["field"] == "title" && one["change"]["old"] == "误改的名称"), "{found:?}");
    let edits: Vec<Value> = found.iter().flat_map(|one| one["edits"].as_array().unwrap().clone()).collect();
    clerk.apply(Value::Array(edits));

    let now = clerk.call("task", json!({"task": first["id"], "quarter": "2025Q2"}));
    assert_eq!((&now["row"]["title"], &now["row"]["due"]), (&then["row"]["title"], &then["row"]["due"]));
    assert!(now["items"].as_array().unwrap().iter().any(|one| one["text"] == item["text"]), "a removed item is there again");
    let other = clerk.call("task", json!({"task": second["id"], "quarter": "2025Q2"}));
    assert_eq!(other["row"]["title"], "误改的名称", "the others stay as they are");
    clerk.call("undo", json!({"quarter": "2025Q2"}));
    let back = clerk.call("task", json!({"task": first["id"], "quarter": "2025Q2"}));
    assert_eq!(back["row"]["title"], "误改的名称", "and one undo takes it back");
    let elsewhere = clerk.text("别处.planbook");
    clerk.refused("task_in_copy", json!({"path": elsewhere, "task": first["id"], "quarter": "2025Q2"}));
}

#[test]
fn yearly_steps_are_proposed_edited_and_taken_away() {
    let mut clerk = Clerk::new();
    let path = clerk.text("office.planbook");
    clerk.call("create_from_seed", json!({"path": path, "seed": "pingyang-2025"}));
    let find = |indicators: &Value| -> Value {
        let rows = indicators["rows"].as_array().unwrap();
        rows.iter().find(|row| row["name"].as_str().unwrap().contains("重点实验室")).unwrap().clone()
    };
    let row = find(&clerk.call("indicators", json!({"quarter": "2025Q2"})));
    assert_eq!(row["targets"].as_array().unwrap().len(), 1, "{row}");
    clerk.apply(json!([{"edit": "propose_steps", "indicator": row["id"]}]));
    let row = find(&clerk.call("indicators", json!({"quarter": "2025Q2"})));
    let steps: Vec<(Option<&str>, f64, bool)> = row["targets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| (step["due"].as_str(), step["value"].as_f64().unwrap(), step["proposed"].as_bool().unwrap()))
        .collect();
    let expected = [(Some("2025"), 1.0, true), (Some("2026"), 2.0, true), (None, 3.0, false)];
    let mut sorted = steps.clone();
    sorted.sort_by(|a, b| a.1.total_cmp(&b.1));
    assert_eq!(sorted, expected);
    let first = row["targets"].as_array().unwrap().iter().find(|step| step["due"] == "2025").unwrap()["id"].clone();
    clerk.apply(json!([{"edit": "set_target", "target": first, "value": 2}]));
    clerk.apply(json!([{"edit": "propose_steps", "indicator": row["id"]}]));
    let row = find(&clerk.call("indicators", json!({"quarter": "2025Q2"})));
    assert_eq!(row["targets"].as_array().unwrap().len(), 3, "steps that are there stay");
    clerk.apply(json!([{"edit": "remove_target", "target": first}]));
    assert_eq!(find(&clerk.call("indicators", json!({"quarter": "2025Q2"})))["targets"].as_array().unwrap().len(), 2);
}

#[test]
fn what_changes_behind_a_closed_quarter_is_named_in_its_report() {
    let (mut clerk, first) = office();
    let task = clerk.checklist()["departments"][0]["tasks"][0].clone();
    let (item, target) = (task["items"][0]["id"].clone(), task["targets"][0]["id"].clone());
    clerk.call("close_quarter", json!({"quarter": "2025Q2"}));
    let bulletin = json!({"kind": "bulletin", "quarter": "2025Q2"});
    let warnings = |clerk: &mut Clerk| clerk.call("report_preview", bulletin.clone())["warnings"].to_string();
    assert!(!warnings(&mut clerk).contains("封账"));

    // the next quarter goes on with the same list
    clerk.restart_on("2025-07-20");
    clerk.apply(json!([{"edit": "tick_item", "item": item, "done_on": "2025-07-18"}]));
    assert!(!warnings(&mut clerk).contains("封账"), "{}", warnings(&mut clerk));

    clerk.apply(json!([{"edit": "set_target", "target": target, "value": 99}, {"edit": "set_task_title", "task": first["id"], "title": "换了名称"}]));
    let said = warnings(&mut clerk);
    assert!(said.contains("二季度已封账") && said.contains("换了名称") && said.contains("目标"), "{said}");
    clerk.call("undo", json!({"quarter": "2025Q2"}));
    assert!(!warnings(&mut clerk).contains("封账"));
}

#[test]
fn the_history_is_read_page_by_page() {
    let (mut clerk, task) = office();
    for number in 0..7 {
        clerk.apply(json!([{"edit": "set_task_title", "task": task["id"], "title": format!("名称{number}")}]));
    }
    let whole = clerk.call("history", json!({"row": null}));
    let mut paged: Vec<Value> = Vec::new();
    loop {
        let before = paged.last().map(|entry| entry["id"].clone());
        let page = clerk.call("history", json!({"row": null, "limit": 3, "before": before}));
        let page = page.as_array().unwrap().clone();
        if page.is_empty() {
            break;
        }
        paged.extend(page);
    }
    assert_eq!(Value::Array(paged), whole);
    assert_eq!(whole[0]["changes"][0]["row"], "名称6");
    assert_eq!(whole[6]["changes"][0]["row"], "名称0", "a name of then, though a later page does not hold the later names");
    let import = whole.as_array().unwrap().iter().find(|entry| entry["label"].as_str().unwrap().starts_with("导入")).unwrap();
    let listed = import["changes"].as_array().unwrap().len();
    assert!(listed <= 200 && import["more"].as_u64().unwrap() > 0, "{listed}");
    let all = clerk.call("history", json!({"row": null, "changes": 100_000}));
    assert!(all.as_array().unwrap().iter().all(|entry| entry["more"] == 0));
}
