//! What the main job costs, per item and side by side in one run: machines are shared and noisy, so read ratios and medians.
#![allow(clippy::print_stdout, reason = "a benchmark prints")]
#![allow(clippy::disallowed_methods, reason = "a benchmark has a clock")]

use desk::wire::{self, Edit};
use desk::{Environment, PlanSource, Session};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

fn session(folder: &Path) -> Session {
    Session::new(Environment {
        now: Box::new(|| {
            chrono::NaiveDate::from_ymd_opt(2025, 10, 12).and_then(|day| day.and_hms_opt(1, 0, 0)).unwrap_or_default()
        }),
        today: chrono::NaiveDate::from_ymd_opt(2025, 10, 12),
        who: "王芳".to_owned(),
        device: String::new(),
        data_folder: Some(folder.to_path_buf()),
        font_folders: vec![PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/fonts"))],
        system_fonts: true,
    })
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Runs a piece of work some times and gives the median.
fn measure(times: usize, mut work: impl FnMut()) -> Duration {
    median(
        (0..times)
            .map(|_| {
                let began = Instant::now();
                work();
                began.elapsed()
            })
            .collect(),
    )
}

fn show(name: &str, time: Duration, bound: Duration) {
    let ratio = time.as_secs_f64() / bound.as_secs_f64();
    println!("{name:<58} {:>9.2} ms   {:>5.0} % of {} ms", time.as_secs_f64() * 1e3, ratio * 100.0, bound.as_millis());
}

/// A plan of our own with so many tasks, each with a target, three items and two departments.
fn large_plan(tasks: usize) -> wire::Draft {
    let departments: Vec<String> = (0..30).map(|n| format!("县第{n}局")).collect();
    let row = |n: usize| {
        serde_json::json!({
        "id": format!("T{n}"), "path": [format!("第{}部分", n / 50), format!("{n}.任务")], "title": format!("推进第{n}项工作"), "kind": "task",
        "departments": [departments[n % 30], departments[(n * 7 + 1) % 30]]})
    };
    let target = |n: usize| {
        serde_json::json!({
        "id": format!("G{n}"), "task": format!("T{n}"), "indicator": format!("建成项目{n}"), "op": ">=", "value": 10 + n % 90, "unit": "个",
        "due": "2027", "cadence": "level"})
    };
    let item = |n: usize| serde_json::json!({"id": format!("C{n}"), "task": format!("T{}", n / 3), "text": format!("完成第{n}步"), "due": "2026-06"});
    let draft = serde_json::json!({
        "source": "bench", "plan": {"title": "澄湖县综合计划", "period": {"from": 2025, "to": 2027}}, "departments": departments,
        "tasks": (0..tasks).map(row).collect::<Vec<_>>(), "targets": (0..tasks).map(target).collect::<Vec<_>>(),
        "checklist_items": (0..tasks * 3).map(item).collect::<Vec<_>>()});
    serde_json::from_value(draft).unwrap_or_default()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let file = |name: &str| folder.path().join(name);
    let at = |name: &str| wire::AtPath { path: file(name).to_string_lossy().into_owned() };

    // intake: our own long document always, the longest of the corpus where it lies beside the project
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/../src-tauri/crates/cli/tests/plan.txt");
    let mut documents = vec![PathBuf::from(own)];
    if let Ok(corpus) = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/corpus")) {
        let texts =
            corpus.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|ending| ending == "txt"));
        documents.extend(texts.max_by_key(|path| path.metadata().map_or(0, |file| file.len())));
    }
    for document in documents {
        let bytes = std::fs::metadata(&document)?.len();
        let time = measure(21, || drop(desk::draw_document(&document)));
        show(&format!("intake of a document of {} KB", bytes / 1024), time, Duration::from_millis(50));
    }

    let seed = wire::FromSeed { path: file("seed.planbook").to_string_lossy().into_owned(), seed: "yunxi-2025".to_owned() };
    let mut opened = session(folder.path());
    opened.create_from_seed(&seed)?;
    let report = |session: &mut Session, kind: &str| {
        let request =
            wire::OfReport { kind: kind.to_owned(), quarter: "2025Q3".to_owned(), department: None, plan: None, against: None };
        session.report_preview(&request)
    };
    match report(&mut opened, "bulletin") {
        Err(refusal) => println!("bulletin: {refusal}"),
        Ok(first) => {
            let time = measure(7, || drop(report(&mut opened, "bulletin")));
            show(
                &format!("bulletin of the sample plan, {} pages, {} KB", first.pages, first.pdf.len() * 3 / 4 / 1024),
                time,
                Duration::from_millis(300),
            );
        }
    }
    let overview = wire::OfQuarter { quarter: "2025Q3".to_owned(), plan: None };
    let checklists = opened.checklist(&wire::OfDepartment { quarter: "2025Q3".to_owned(), department: None })?;
    let item = checklists
        .departments
        .iter()
        .flat_map(|d| &d.tasks)
        .flat_map(|t| &t.items)
        .next()
        .map(|item| item.id.clone())
        .unwrap_or_default();
    let mut day = 0;
    let time = measure(31, || {
        day = day % 28 + 1;
        let edit = Edit::TickItem { item: item.clone(), done_on: Some(format!("2025-09-{day:02}")) };
        drop(opened.apply(&wire::Edits { edits: vec![edit], quarter: "2025Q3".to_owned() }));
    });
    show("one durable edit with its answer", time, Duration::from_millis(20));

    let mut before: Option<f64> = None;
    for tasks in [1_000, 10_000] {
        let name = format!("{tasks}.planbook");
        let draft = file("draft.json");
        std::fs::write(&draft, serde_json::to_vec(&large_plan(tasks))?)?;
        session(folder.path()).add_plan(&file(&name), &PlanSource::Draft(draft))?;
        let time = measure(5, || {
            let mut session = session(folder.path());
            drop(session.open_workbook(&at(&name)));
            drop(session.overview(&overview));
        });
        let bound = Duration::from_millis(100) * u32::try_from(tasks / 1_000)?;
        show(&format!("opening {tasks} tasks to the overview"), time, bound);
        let each = time.as_secs_f64() / f64::from(u32::try_from(tasks)?);
        if let Some(before) = before {
            println!("{:<58} {:>9.2} x   (1 is linear)", "cost of a task at 10,000 against 1,000", each / before);
        }
        before = Some(each);
    }
    Ok(())
}
