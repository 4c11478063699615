//! What a ledger refuses to hold: each refusal names the field and what it takes.
#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on fails it")]

mod bench;

use bench::{Bench, plan};
use serde_json::{Value, json};

/// A workbook of the test plan, whose years are 2025 to 2027, and one of its tasks.
fn begun() -> (Bench, Value) {
    let bench = Bench::new();
    bench.ok(&["create", "fish.planbook", "--document", &plan()]);
    let list = bench.json(&["checklist", "fish.planbook", "--quarter", "2025Q2", "--as-of", "2025-06-30", "--json"]);
    let all = list["departments"].as_array().unwrap().iter().flat_map(|department| department["tasks"].as_array().unwrap());
    let full = |task: &&Value| {
        task["items"].as_array().is_some_and(|items| !items.is_empty())
            && task["targets"].as_array().is_some_and(|targets| !targets.is_empty())
    };
    let task = all.clone().find(full).unwrap_or_else(|| panic!("no task with an item and a target: {list}")).clone();
    (bench, task)
}

fn refused(bench: &Bench, edit: &Value) -> String {
    std::fs::write(bench.path("edits.jsonl"), format!("{edit}\n")).unwrap();
    bench.refused(&["apply", "fish.planbook", "edits.jsonl", "--as-of", "2025-06-30"])
}

#[test]
fn a_value_that_no_ledger_holds_is_refused_with_its_field_and_span() {
    let (bench, task) = begun();
    let (target, item, id) = (&task["targets"][0]["id"], &task["items"][0]["id"], &task["id"]);
    let actual = |quarter: &str, value: f64| json!({"edit": "set_actual", "target": target, "quarter": quarter, "value": value});
    let tick = |day: &str| json!({"edit": "tick_item", "item": item, "done_on": day});
    let setting = |key: &str, value: Value| json!({"edit": "set_setting", "key": key, "value": value});
    let cases = [
        (actual("2025Q2", 1e300), "的数据“1e300”不能保存，应为-1000万亿至1000万亿之间的数。"),
        (
            json!({"edit": "set_target", "target": target, "value": -1e16}),
            "目标值“-1e16”不能保存，应为-1000万亿至1000万亿之间的数。",
        ),
        (actual("2019Q2", 1.0), "填报季度“2019Q2”不能保存，应为2025年一季度至2027年四季度"),
        (actual("2028Q1", 1.0), "填报季度“2028Q1”不能保存"),
        (tick("2025-07-01"), "清单事项的完成日期“2025-07-01”不能保存，应为2024-01-01至2025-06-30（今天）之间的日期。"),
        (tick("1900-01-01"), "清单事项的完成日期“1900-01-01”不能保存"),
        (json!({"edit": "close_task", "task": id, "closed_on": "2026-01-01"}), "销号日期“2026-01-01”不能保存"),
        (
            json!({"edit": "set_task_title", "task": id, "title": "甲\n乙"}),
            "任务名称“甲□乙”不能保存，应为1至500字的一行文字，不含换行和控制字符。",
        ),
        (json!({"edit": "assign", "task": id, "department": "县\u{0}局", "role": "lead"}), "单位名称“县□局”不能保存"),
        (setting("office", json!("云溪县\u{202e}室")), "本单位名称“云溪县□室”不能保存"),
        (setting("house_style", json!("no-such")), "设置“公文版式”的值不对，应为gbt9704、"),
        (setting("as_of", json!("9999-12-31")), "设置“评判日期”的值不对"),
        (
            json!({"edit": "set_progress", "task": id, "department": "县农业农村局", "quarter": "2031Q1", "done": "甲"}),
            "填报季度“2031Q1”不能保存",
        ),
    ];
    for (edit, sentence) in cases {
        let said = refused(&bench, &edit);
        assert!(said.contains(sentence), "{edit}: {said}");
    }
    let history = bench.json(&["history", "fish.planbook", "--json"]);
    assert_eq!(history.as_array().unwrap().len(), 1, "nothing of it was kept");
}

#[test]
fn a_draft_with_years_or_values_that_none_has_makes_no_workbook() {
    let bench = Bench::new();
    let draft = |from: i64, to: i64, value: f64| {
        json!({"source": "甲", "plan": {"title": "云溪县\n计划", "period": {"from": from, "to": to}}, "departments": ["县\t科技局"],
            "tasks": [{"id": "T1", "path": [], "title": "甲\u{0}乙", "kind": "task", "departments": ["县\t科技局"]}],
            "targets": [{"id": "G1", "task": "T1", "indicator": "高新技术企业", "op": ">=", "value": value, "unit": "家",
                "cadence": "level"}]})
    };
    let create = |draft: Value| {
        std::fs::write(bench.path("draft.json"), draft.to_string()).unwrap();
        bench.run(&["create", "甲.planbook", "--draft", "draft.json"])
    };
    for (from, to, value, sentence) in [
        (2025, i64::from(i32::MAX), 1.0, "规划结束年“2147483647”不能保存，应为1900至2999之间的年份。"),
        (i64::from(i32::MIN), 2026, 1.0, "规划起始年“-2147483648”不能保存"),
        (2026, 2025, 1.0, "规划的结束年早于起始年。"),
        (2025, 2026, 1e300, "“高新技术企业”的目标值“1e300”不能保存"),
    ] {
        let output = create(draft(from, to, value));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.contains(sentence), "{said}");
        assert_eq!(bench.names(), ["draft.json"]);
    }
    assert!(create(draft(2025, 2026, 1.0)).status.success());
    let list = bench.json(&["checklist", "甲.planbook", "--quarter", "2025Q2", "--json"]);
    assert_eq!(list["departments"][0]["name"], "县 科技局");
    assert_eq!(list["departments"][0]["tasks"][0]["title"], "甲 乙");
}
