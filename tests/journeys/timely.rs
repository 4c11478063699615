//! Nobody is blamed who did what was due, and nobody is praised whose day is not known.

use crate::Clerk;
use serde_json::{Value, json};

/// Every unit writes, and every figure is exactly what the schedule asks.
fn on_schedule(clerk: &mut Clerk, quarter: &str) {
    let lists = clerk.call("checklist", json!({"quarter": quarter}));
    let mut edits = Vec::new();
    for department in lists["departments"].as_array().unwrap() {
        for task in department["tasks"].as_array().unwrap() {
            if let Some(name) = department["name"].as_str() {
                edits.push(json!({"edit": "set_progress", "task": task["id"], "department": name, "quarter": quarter,
                    "status": "推进中", "done": "正在推进"}));
            }
            let current = task["targets"].as_array().unwrap().iter().filter(|target| target["current"] == true);
            edits.extend(current.map(|target| {
                json!({"edit": "set_actual", "target": target["id"], "quarter": quarter, "value": asked(target), "note": null})
            }));
        }
    }
    clerk.call("apply", json!({"edits": edits, "quarter": quarter}));
}

fn asked(target: &Value) -> f64 {
    let value = target["value"].as_f64().unwrap();
    let kind = target["kind"].as_str().unwrap();
    let share = target["schedule"].as_f64().unwrap_or(1.0);
    if kind == "growth" || kind == "inverse" || target["op"] == "<=" {
        return value;
    }
    if kind == "yes_no" {
        return if share >= 1.0 { 1.0 } else { 0.0 };
    }
    let base = target["baseline"]["value"].as_f64().unwrap_or(0.0);
    base + share * (value - base)
}

#[test]
fn a_plan_that_is_exactly_on_schedule_is_nowhere_behind() {
    let mut clerk = Clerk::new();
    let path = clerk.text("office.planbook");
    clerk.call("create_from_seed", json!({"path": path, "seed": "lianshui-2024"}));
    for (quarter, today) in [
        ("2024Q2", "2024-07-05"),
        ("2024Q3", "2024-10-05"),
        ("2024Q4", "2025-01-05"),
        ("2025Q1", "2025-04-05"),
        ("2025Q2", "2025-07-05"),
        ("2025Q3", "2025-10-05"),
    ] {
        clerk.restart_on(today);
        on_schedule(&mut clerk, quarter);
        let ledger = clerk.call("ledger", json!({"quarter": quarter}));
        for row in ledger["rows"].as_array().unwrap() {
            let judgement = row["judgement"].as_str().unwrap();
            assert!(!judgement.contains("滞后"), "{quarter} {}: {judgement} {}", row["title"], row["why"]);
        }
    }
}

#[test]
fn a_strange_figure_is_asked_about_once_and_a_remark_answers() {
    let mut clerk = Clerk::new();
    let path = clerk.text("office.planbook");
    clerk.call("create_from_seed", json!({"path": path, "seed": "pingyang-2025"}));
    let indicators = clerk.call("indicators", json!({"quarter": "2025Q2"}));
    let rows = indicators["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row["name"].as_str().unwrap().contains("重点实验室")).unwrap();
    let target = row["targets"][0]["id"].clone();
    let entered = |clerk: &mut Clerk, value: f64, note: &str| {
        let edit = json!({"edit": "set_actual", "target": target, "quarter": "2025Q2", "value": value, "note": note});
        clerk.apply(json!([edit]))["questions"].as_array().unwrap().len()
    };
    assert_eq!(entered(&mut clerk, 1.0, ""), 0);
    assert_eq!(entered(&mut clerk, 40.0, ""), 1);
    assert_eq!(entered(&mut clerk, 40.0, "含存量，已核实"), 0, "answered");
    let lines = clerk.call("indicators", json!({"quarter": "2025Q2"}));
    let line = lines["rows"].as_array().unwrap().iter().find(|one| one["id"] == row["id"]).unwrap();
    assert_eq!(line["targets"][0]["questions"][0]["kind"], "far_past_target", "the mark stays with its answer");
}
