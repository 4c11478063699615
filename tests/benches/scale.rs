//! What a workbook of 10 plans, 300 departments and 100,000 tasks costs: opening, looking, searching, an edit.
#![allow(clippy::print_stdout, reason = "a benchmark prints")]
#![allow(clippy::disallowed_methods, reason = "a benchmark has a clock")]

use desk::wire::{self, Edit};
use desk::{Environment, PlanSource, Session};
use std::path::Path;
use std::time::{Duration, Instant};

const PLANS: usize = 10;
const TASKS: usize = 10_000;
const DEPARTMENTS: usize = 300;
const QUARTER: &str = "2025Q3";

fn session(folder: &Path) -> Session {
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

/// Runs a piece of work some times and shows the median beside its bound. What it gives is put away off the clock.
fn show<T>(name: &str, times: usize, bound: u64, mut work: impl FnMut() -> T) {
    let mut taken: Vec<Duration> = (0..times)
        .map(|_| {
            let began = Instant::now();
            let made = work();
            let time = began.elapsed();
            drop(made);
            time
        })
        .collect();
    taken.sort_unstable();
    let time = taken.get(times / 2).copied().unwrap_or_default().as_secs_f64() * 1e3;
    println!("{name:<58} {time:>9.2} ms   {:>5.0} % of {bound} ms", time / bound as f64 * 100.0);
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let file = |name: &str| folder.path().join(name);
    let book = file("large.planbook");
    for number in 0..PLANS {
        let draft = file("draft.json");
        std::fs::write(&draft, serde_json::to_vec(&plan(number))?)?;
        session(folder.path()).add_plan(&book, &PlanSource::Draft(draft))?;
    }
    println!("a workbook of {} MB", std::fs::metadata(&book)?.len() >> 20);
    let at = wire::AtPath { path: book.to_string_lossy().into_owned() };
    let of = wire::OfQuarter { quarter: QUARTER.to_owned(), plan: None };

    show("open and show the overview", 3, 500, || {
        let mut session = session(folder.path());
        drop(session.open_workbook(&at));
        drop(session.overview(&of));
        session
    });
    let mut opened = session(folder.path());
    opened.open_workbook(&at)?;
    let item = opened
        .checklist(&wire::OfDepartment { quarter: QUARTER.to_owned(), department: Some("县第7局".to_owned()) })?
        .departments
        .iter()
        .flat_map(|department| &department.tasks)
        .flat_map(|task| &task.items)
        .next()
        .map(|item| item.id.clone())
        .unwrap_or_default();
    let mut day = 0;
    show("an edit and its answer", 9, 50, || {
        day = day % 28 + 1;
        let edit = Edit::TickItem { item: item.clone(), done_on: Some(format!("2025-09-{day:02}")) };
        drop(opened.apply(&wire::Edits { edits: vec![edit], quarter: QUARTER.to_owned() }));
    });
    show("one undo", 3, 50, || drop(opened.undo(&wire::InQuarter { quarter: QUARTER.to_owned() })));
    show("the overview again", 3, 200, || drop(opened.overview(&of)));
    show("all rows of the ledger", 3, 1_000, || drop(opened.ledger(&of)));
    let seek = wire::ToFind { words: "999".to_owned() };
    show("a search by words", 9, 50, || drop(opened.find(&seek)));
    Ok(())
}
