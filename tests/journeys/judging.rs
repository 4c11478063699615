//! Who is said to have returned nothing, what stays cancelled, and quarters that keep what was said of them.

use crate::Clerk;
use serde_json::{Value, json};

fn office() -> (Clerk, Value) {
    let mut clerk = Clerk::new();
    let path = clerk.text("office.planbook");
    clerk.call("create_from_seed", json!({"path": path, "seed": "pingyang-2025"}));
    let ledger = clerk.call("ledger", json!({"quarter": "2025Q2"}));
    let task = ledger["rows"][0]["id"].clone();
    clerk.apply(json!([{"edit": "assign", "task": task, "department": "县科技局", "role": "lead"},
        {"edit": "assign", "task": task, "department": "县财政局", "role": "support"}]));
    (clerk, task)
}

fn write(clerk: &mut Clerk, task: &Value, department: &str, quarter: &str, status: &str) {
    clerk.apply(json!([{"edit": "set_progress", "task": task, "department": department, "quarter": quarter, "status": status,
        "done": "已召开两次协调会"}]));
}

#[test]
fn what_a_supporting_unit_wrote_is_no_return_of_the_lead() {
    let (mut clerk, task) = office();
    let stands = |clerk: &mut Clerk| {
        let overview = clerk.call("overview", json!({"quarter": "2025Q2"}));
        let missing = |name: &str| {
            let lines = overview["departments"].as_array().unwrap();
            lines.iter().find(|line| line["name"] == name).unwrap()["not_returned"].as_u64().unwrap()
        };
        let named = overview["sentence"].as_str().unwrap().contains("1个单位未报送");
        (named, missing("县科技局"), missing("县财政局"))
    };
    write(&mut clerk, &task, "县财政局", "2025Q2", "推进中");
    assert_eq!(stands(&mut clerk), (true, 1, 0), "the lead is still owed");
    let preview = clerk.call("report_preview", json!({"kind": "bulletin", "quarter": "2025Q2"}));
    assert!(preview["warnings"].as_array().unwrap().is_empty(), "{}", preview["warnings"]);
    write(&mut clerk, &task, "县科技局", "2025Q2", "推进中");
    assert_eq!(stands(&mut clerk), (false, 0, 0));
}

#[test]
fn cancelled_task_stays_out_of_the_count_in_later_quarters() {
    let (mut clerk, task) = office();
    let counted = |clerk: &mut Clerk, quarter: &str| {
        let ledger = clerk.call("ledger", json!({"quarter": quarter}));
        let row = ledger["rows"].as_array().unwrap().iter().find(|row| row["id"] == task).unwrap().clone();
        let overview = clerk.call("overview", json!({"quarter": quarter}));
        (overview["denominator"].as_u64().unwrap(), row["status"].clone(), row["lamp"].clone(), row["why"].clone())
    };
    let before = counted(&mut clerk, "2025Q4").0;
    write(&mut clerk, &task, "县科技局", "2025Q2", "取消");
    let out = |denominator: u64| (denominator, json!("取消"), json!("○"), json!("已取消"));
    assert_eq!(counted(&mut clerk, "2025Q2"), out(before - 1));
    assert_eq!(counted(&mut clerk, "2025Q4"), out(before - 1));
}
