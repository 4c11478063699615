//! What the exchange costs: files out, many returns back, and whether it grows as the number of returns does.
#![allow(clippy::print_stdout, reason = "a benchmark prints")]
#![allow(clippy::disallowed_methods, reason = "a benchmark has a clock")]

use desk::wire;
use desk::{Environment, PlanSource, Session};
use packet::{About, Address, Answer, Field, Head, Issue, Kind, Mark, Return, SecretKey};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const QUARTER: &str = "2025Q2";

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

fn session() -> Session {
    Session::new(Environment {
        now: Box::new(|| {
            chrono::NaiveDate::from_ymd_opt(2025, 6, 25).and_then(|day| day.and_hms_opt(1, 0, 0)).unwrap_or_default()
        }),
        today: chrono::NaiveDate::from_ymd_opt(2025, 6, 25),
        who: "王芳".to_owned(),
        device: String::new(),
        data_folder: None,
        font_folders: Vec::new(),
        system_fonts: false,
    })
}

fn show(name: &str, time: Duration, bound: Duration) {
    let ratio = time.as_secs_f64() / bound.as_secs_f64();
    println!("{name:<66} {:>9.0} ms   {:>5.0} % of {} ms", time.as_secs_f64() * 1e3, ratio * 100.0, bound.as_millis());
}

/// A workbook with so many departments that lead so many tasks each, every task with a text, a target and two items.
fn county(folder: &Path, departments: usize, tasks: usize) -> Outcome<Session> {
    let all = departments * tasks;
    let name = |n: usize| format!("第{n}局");
    let sentence = |n: usize| {
        format!(
            "第{n}项：加快推进第{n}号工程前期工作，落实用地、环评和资金等要素保障，年内完成主体工程并投入试运行，带动就业{}人，新增产能{}吨，由{}牵头，有关单位配合，每季度末报送进展。",
            n * 3 + 7,
            n * 11 + 5,
            name(n % departments)
        )
    };
    let task = |n: usize| {
        serde_json::json!({"id": format!("T{n}"), "path": [format!("第{}部分", n / 50), format!("{n}.任务")],
            "title": format!("推进第{n}号工程建设"), "kind": "task", "departments": [name(n % departments)], "quote": sentence(n)})
    };
    let target = |n: usize| {
        serde_json::json!({"id": format!("G{n}"), "task": format!("T{n}"), "indicator": format!("第{n}号工程投资"), "op": ">=",
            "value": 10 + n % 90, "unit": "万元", "due": "2027", "cadence": "level"})
    };
    let item = |n: usize| serde_json::json!({"id": format!("C{n}"), "task": format!("T{}", n / 2), "text": format!("完成第{n}步"), "due": "2026-06"});
    let draft = serde_json::json!({
        "source": "bench", "plan": {"title": "澄湖县综合计划", "period": {"from": 2025, "to": 2027}},
        "departments": (0..departments).map(name).collect::<Vec<_>>(),
        "tasks": (0..all).map(task).collect::<Vec<_>>(), "targets": (0..all).map(target).collect::<Vec<_>>(),
        "checklist_items": (0..all * 2).map(item).collect::<Vec<_>>()});
    std::fs::create_dir_all(folder)?;
    let file = folder.join("draft.json");
    std::fs::write(&file, serde_json::to_vec(&draft)?)?;
    let mut session = session();
    session.add_plan(&folder.join("county.planbook"), &PlanSource::Draft(file))?;
    Ok(session)
}

fn issue(session: &mut Session, folder: &Path, xlsx: bool) -> Outcome<(wire::Issued, Duration)> {
    let began = Instant::now();
    let folder = folder.join(if xlsx { "forms" } else { "out" }).to_string_lossy().into_owned();
    let issued =
        session.issue_packets(&wire::ToIssue { quarter: QUARTER.to_owned(), folder, xlsx, ..wire::ToIssue::default() })?;
    Ok((issued, began.elapsed()))
}

/// The return of a department that wrote so many fields, as its program would make it.
fn answer(file: &str, changes: usize) -> Outcome<Vec<u8>> {
    let (_, issue) = Issue::read(&std::fs::read(file)?)?;
    let own = issue.head.department.clone();
    let fields = [Field::Status, Field::Done, Field::Problems, Field::Next];
    let all = issue.tasks.iter().flat_map(|task| fields.map(|field| (task, field)));
    let answers = all.take(changes).enumerate().map(|(at, (task, field))| {
        let address = Address::new(About::Progress, task.id.as_str(), Some(&own), field);
        let words = match field {
            Field::Status => "推进中".to_owned(),
            _ => format!("第{at}处：完成立项、招标和初步设计，正在办理用地手续，预计下月开工，需县里协调管线迁改。"),
        };
        Answer::new(&address, Some(words), None::<Mark>)
    });
    let made = Return {
        answers: answers.collect(),
        writers: BTreeMap::new(),
        evidence: Vec::new(),
        asks: Vec::new(),
        missing: Vec::new(),
        bytes: BTreeMap::new(),
        unknown: 0,
        faults: Vec::new(),
        head: Head { kind: Kind::Return, serial: issue.head.serial + 1, ..issue.head },
    };
    let key = SecretKey::from_text(&issue.secret).ok_or("a department's key")?;
    Ok(made.write(&key)?)
}

/// So many departments return so many changes each: the preview, then the merge.
fn collect(folder: &Path, departments: usize, changes: usize) -> Outcome<Duration> {
    let mut session = county(folder, departments, changes.div_ceil(4))?;
    let (issued, _) = issue(&mut session, folder, false)?;
    let back: PathBuf = folder.join("back");
    std::fs::create_dir_all(&back)?;
    for (at, file) in issued.files.iter().enumerate() {
        std::fs::write(back.join(format!("{at}.planpack")), answer(&file.path, changes)?)?;
    }
    let request = wire::ToCollect { files: vec![back.to_string_lossy().into_owned()], ..wire::ToCollect::default() };
    let began = Instant::now();
    let preview = session.preview_returns(&request)?;
    let merged = session.collect_returns(&request)?;
    let took = began.elapsed();
    let changed: usize = preview.files.iter().map(|file| file.changes.len()).sum();
    if !merged.merged || changed != departments * changes || !merged.missing.is_empty() {
        return Err(format!("{changed} changes of {}", departments * changes).into());
    }
    Ok(took)
}

fn main() -> Outcome {
    let folder = tempfile::tempdir()?;
    let part = |name: &str| folder.path().join(name);

    let took = collect(&part("thirty"), 30, 200)?;
    show("30 returns of 50 rows (200 fields) previewed and merged", took, Duration::from_secs(2));
    let quarter = collect(&part("quarter"), 250, 100)?;
    show("250 returns of 100 changes previewed and merged", quarter, Duration::from_secs(5));
    let whole = collect(&part("whole"), 1000, 100)?;
    show("1,000 returns of 100 changes previewed and merged", whole, Duration::from_secs(20));
    println!("{:<66} {:>9.2} times for 4 times the returns", "growth", whole.as_secs_f64() / quarter.as_secs_f64());

    let mut session = county(&part("many"), 300, 10)?;
    let (issued, took) = issue(&mut session, &part("many"), false)?;
    show(&format!("{} departments' files issued", issued.files.len()), took, Duration::from_secs(5));
    let (_, took) = issue(&mut session, &part("many"), true)?;
    show("the same with their Excel forms", took, Duration::from_secs(15));

    let mut session = county(&part("large"), 1, 200)?;
    let (issued, _) = issue(&mut session, &part("large"), true)?;
    let size = issued.files.first().map_or(0, |file| file.size);
    println!("{:<66} {:>9.0} KB   of 200 KB", "a .planpack of 200 tasks", size as f64 / 1024.0);
    if size > 200 * 1024 {
        return Err("the .planpack is too large".into());
    }
    Ok(())
}
