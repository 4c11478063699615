//! What an edit, an opening and a full reading cost, against the limits of the design. Prints one line each and fails where
//! a limit is passed: `cargo bench -p store`.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement fails by panicking and speaks on standard output")]

use chrono::NaiveDate;
use plan::*;
use std::path::Path;
use std::time::Instant;
use store::{Edit, HistoryQuery, Rows, Stamp, StoreError, Workbook, table};

fn stamp() -> Stamp {
    let day = NaiveDate::from_ymd_opt(2025, 6, 20).unwrap();
    Stamp::new(day.and_hms_opt(1, 30, 0).unwrap(), "张敏", "督查室-01")
}

/// A plan with `count` tasks; each with two departments, three items, one indicator with four targets and two figures,
/// and progress of both departments.
fn fill(edit: &mut Edit<'_>, count: i64) -> Result<(), StoreError> {
    let plan = PlanId::new(edit.new_id());
    let text = "支持企业建设研发机构，到年底新增县级以上平台三家。".repeat(4);
    table::plan::insert(
        edit,
        &Plan {
            id: plan.clone(),
            title: "云溪县行动计划".to_owned(),
            doc_number: None,
            issuer: None,
            issued_on: None,
            period_from: Some(2025),
            period_to: Some(2027),
            stage: PlanStage::Issued,
            register: Register::Plan,
            source_text: text.repeat(50),
            position: 1,
        },
    )?;
    let departments: Vec<DepartmentId> = (0..30).map(|_| DepartmentId::new(edit.new_id())).collect();
    for (position, id) in (1_i64..).zip(&departments) {
        table::department::insert(
            edit,
            &Department {
                id: id.clone(),
                name: format!("县第{position}局"),
                short_name: format!("第{position}局"),
                kind: DepartmentKind::County,
                aliases: Vec::new(),
                position,
            },
        )?;
    }
    for position in 1..=count {
        let task = TaskId::new(edit.new_id());
        table::task::insert(
            edit,
            &Task {
                id: task.clone(),
                plan: plan.clone(),
                section: None,
                number: position.to_string(),
                title: format!("第{position}项任务"),
                kind: TaskKind::Task,
                text: text.clone(),
                span: Some(Span { start: 0, end: 30 }),
                weight: 1.0,
                start: None,
                due: Some(Due::Year(2025)),
                closed_on: None,
                override_judgement: None,
                origin: None,
                remark: String::new(),
                position,
            },
        )?;
        let first = usize::try_from(position).unwrap() % 29;
        for (role, department) in [Role::Lead, Role::Support].into_iter().zip(&departments[first..]) {
            table::assignment::put(
                edit,
                &Assignment { task: task.clone(), department: department.clone(), role, by_default: false, position: 1 },
            )?;
            let id = ProgressId::new(edit.new_id());
            table::progress::insert(
                edit,
                &Progress {
                    id,
                    task: task.clone(),
                    department: department.clone(),
                    quarter: "2025Q2".parse().unwrap(),
                    status: Status::Underway,
                    done: text.clone(),
                    problems: String::new(),
                    next: "下一步加快建设。".to_owned(),
                },
            )?;
        }
        hang_on(edit, &plan, &task, &departments[first])?;
    }
    Ok(())
}

fn hang_on(edit: &mut Edit<'_>, plan: &PlanId, task: &TaskId, department: &DepartmentId) -> Result<(), StoreError> {
    for position in 1..=3 {
        let id = ChecklistItemId::new(edit.new_id());
        table::checklist_item::insert(
            edit,
            &ChecklistItem {
                id,
                task: task.clone(),
                departments: vec![department.clone()],
                text: "建成县级以上研发平台".to_owned(),
                due: Some(Due::Month(2025, 12)),
                done_on: None,
                span: None,
                position,
            },
        )?;
    }
    let indicator = IndicatorId::new(edit.new_id());
    table::indicator::insert(
        edit,
        &Indicator {
            id: indicator.clone(),
            plan: plan.clone(),
            task: Some(task.clone()),
            name: "研发平台".to_owned(),
            unit: "家".to_owned(),
            kind: IndicatorKind::Cumulative,
            binding: false,
            baseline: None,
            weight: 1.0,
            position: 1,
        },
    )?;
    for year in 2025..2029 {
        let id = TargetId::new(edit.new_id());
        table::target::insert(
            edit,
            &Target {
                id,
                indicator: indicator.clone(),
                op: Op::AtLeast,
                value: f64::from(year - 2022),
                due: Some(Due::Year(year)),
                cadence: Cadence::Level,
                proposed: true,
                span: None,
                position: i64::from(year),
            },
        )?;
    }
    for quarter in ["2025Q1", "2025Q2"] {
        let id = ActualId::new(edit.new_id());
        table::actual::insert(
            edit,
            &Actual {
                id,
                indicator: indicator.clone(),
                quarter: quarter.parse().unwrap(),
                department: Some(department.clone()),
                value: 1.0,
                note: String::new(),
            },
        )?;
    }
    Ok(())
}

/// Reads everything that a view is computed from.
fn read_all(rows: &Rows<'_>) -> usize {
    table::plan::list(rows).unwrap().len()
        + table::department::list(rows).unwrap().len()
        + table::task::list(rows).unwrap().len()
        + table::assignment::list(rows).unwrap().len()
        + table::checklist_item::list(rows).unwrap().len()
        + table::indicator::list(rows).unwrap().len()
        + table::target::list(rows).unwrap().len()
        + table::actual::list(rows).unwrap().len()
        + table::progress::list(rows).unwrap().len()
}

fn milliseconds<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let begin = Instant::now();
    let value = work();
    (begin.elapsed().as_secs_f64() * 1000.0, value)
}

/// Prints a figure; with a limit, the figure must not pass it.
fn tell(what: &str, figure: f64, limit: Option<f64>) {
    match limit {
        Some(limit) => println!("store {what}: {figure:.2} ms (limit {limit} ms)"),
        None => println!("store {what}: {figure:.2} ms"),
    }
    assert!(limit.is_none_or(|limit| figure <= limit), "{what} takes too long");
}

/// Times of one size of workbook, in milliseconds.
struct Times {
    opening: f64,
    undo_of_import: f64,
}

fn measure(folder: &Path, count: i64) -> Times {
    let path = folder.join(format!("{count}.planbook"));
    let mut workbook = Workbook::create(&path, &stamp()).unwrap();
    let (time, _) = milliseconds(|| workbook.edit("导入规划", &stamp(), |edit| fill(edit, count)).unwrap());
    tell(&format!("import of {count} tasks"), time, None);
    workbook.close().unwrap();
    // the first opening of a day makes the day's copy
    let (time, workbook) = milliseconds(|| Workbook::open(&path, &stamp()).unwrap().workbook);
    tell(&format!("first opening of the day, {count} tasks"), time, None);
    drop(workbook);
    let mut best = f64::INFINITY;
    for _ in 0..5 {
        let (time, workbook) = milliseconds(|| {
            let workbook = Workbook::open(&path, &stamp()).unwrap().workbook;
            read_all(&workbook.read());
            workbook
        });
        best = best.min(time);
        drop(workbook);
    }
    tell(&format!("opening to first answer, {count} tasks"), best, (count == 1000).then_some(100.0));
    let mut workbook = Workbook::open(&path, &stamp()).unwrap().workbook;
    if count == 1000 {
        edits(&mut workbook);
    }
    let (time, _) = milliseconds(|| workbook.history(&HistoryQuery::default()).unwrap());
    tell(&format!("history, {count} tasks"), time, None);
    while workbook.read().to_undo().unwrap().is_some_and(|(_, label)| label != "导入规划") {
        workbook.undo(&stamp()).unwrap();
    }
    let (time, _) = milliseconds(|| workbook.undo(&stamp()).unwrap());
    tell(&format!("undo of the import of {count} tasks"), time, None);
    Times { opening: best, undo_of_import: time }
}

fn edits(workbook: &mut Workbook) {
    let items = table::checklist_item::list(&workbook.read()).unwrap();
    let mut times: Vec<f64> = items
        .iter()
        .take(300)
        .map(|item| {
            let mut item = item.clone();
            item.done_on = NaiveDate::from_ymd_opt(2025, 6, 20);
            let edit = |workbook: &mut Workbook| {
                workbook.edit("勾选", &stamp(), |edit| table::checklist_item::update(edit, &item)).unwrap()
            };
            milliseconds(|| edit(workbook)).0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    tell("durable edit, median of 300", times[150], Some(20.0));
    tell("durable edit, slowest of 300", times[299], None);
    let (time, _) = milliseconds(|| workbook.undo(&stamp()).unwrap());
    tell("undo of one edit", time, Some(20.0));
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let small = measure(folder.path(), 1_000);
    let large = measure(folder.path(), 10_000);
    for (what, ratio) in
        [("opening", large.opening / small.opening), ("undo of the import", large.undo_of_import / small.undo_of_import)]
    {
        println!("store {what}: 10 times the tasks take {ratio:.1} times as long (limit 20)");
        assert!(ratio <= 20.0, "{what} is not linear");
    }
}
