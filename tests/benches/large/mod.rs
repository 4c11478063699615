//! A workbook of 10 plans, 300 departments and 100,000 tasks, made anew for each run.

use desk::wire;
use desk::{Environment, PlanSource, Session};
use std::path::Path;

/// Plans of the workbook.
const PLANS: usize = 10;
/// Tasks of each plan.
const TASKS: usize = 10_000;
const DEPARTMENTS: usize = 300;

/// A session whose data folder is `folder`, on a day after the third quarter.
pub(crate) fn session(folder: &Path) -> Session {
    Session::new(Environment {
        now: Box::new(|| {
            chrono::NaiveDate::from_ymd_opt(2025, 10, 12).and_then(|day| day.and_hms_opt(1, 0, 0)).unwrap_or_default()
        }),
        today: chrono::NaiveDate::from_ymd_opt(2025, 10, 12),
        who: "王芳".to_owned(),
        device: String::new(),
        data_folder: Some(folder.to_path_buf()),
        font_folders: Vec::new(),
        system_fonts: false,
    })
}

fn plan(number: usize) -> wire::Draft {
    let department = |n: usize| format!("县第{}局", n % DEPARTMENTS);
    let task = |n: usize| {
        serde_json::json!({
        "id": format!("T{n}"), "path": [format!("第{}部分", n / 100), format!("{n}.任务")], "title": format!("推进第{n}项工作"), "kind": "task",
        "departments": [department(n), department(n * 7 + 1)]})
    };
    let target = |n: usize| {
        serde_json::json!({
        "id": format!("G{n}"), "task": format!("T{n}"), "indicator": format!("建成项目{n}"), "op": ">=", "value": 10 + n % 90, "unit": "个",
        "due": "2027", "cadence": "level"})
    };
    let item = |n: usize| serde_json::json!({"id": format!("C{n}"), "task": format!("T{}", n / 2), "text": format!("完成第{n}步"), "due": "2026-06"});
    let draft = serde_json::json!({
        "source": "bench", "plan": {"title": format!("澄湖县第{number}个计划"), "period": {"from": 2025, "to": 2027}},
        "departments": (0..DEPARTMENTS).map(department).collect::<Vec<_>>(),
        "tasks": (0..TASKS).map(task).collect::<Vec<_>>(), "targets": (0..TASKS).map(target).collect::<Vec<_>>(),
        "checklist_items": (0..TASKS * 2).map(item).collect::<Vec<_>>()});
    serde_json::from_value(draft).unwrap_or_default()
}

/// Writes the workbook to a path; the data folder and a draft on its way lie in `folder`.
pub(crate) fn write(folder: &Path, book: &Path) -> Result<(), Box<dyn std::error::Error>> {
    std::fs::create_dir_all(folder)?;
    let draft = folder.join("draft.json");
    for number in 0..PLANS {
        std::fs::write(&draft, serde_json::to_vec(&plan(number))?)?;
        session(folder).add_plan(book, &PlanSource::Draft(draft.clone()))?;
    }
    std::fs::remove_file(draft)?;
    Ok(())
}
