//! What a bulletin costs: time and memory at 2,000 tasks, growth to 20,000, and the same content set by Typst and WeasyPrint in
//! the same run. Those two are installed into a folder of their own under `target`; where they cannot be had, that is said.
#![allow(clippy::print_stdout, reason = "a benchmark prints")]
#![allow(clippy::disallowed_methods, reason = "a benchmark has a clock")]

use desk::wire::{self, Edit};
use desk::{Environment, PlanSource, Session};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

const QUARTER: &str = "2025Q3";
/// Versions that were compared with.
const OTHERS: [&str; 2] = ["typst==0.13.7", "weasyprint==66.0"];

fn fonts() -> PathBuf {
    std::env::var_os("PLANBOOK_FONTS")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/fonts")), PathBuf::from)
}

fn session(folder: &Path) -> Session {
    Session::new(Environment {
        now: Box::new(|| {
            chrono::NaiveDate::from_ymd_opt(2025, 10, 12).and_then(|day| day.and_hms_opt(1, 0, 0)).unwrap_or_default()
        }),
        today: chrono::NaiveDate::from_ymd_opt(2025, 10, 12),
        who: "王芳".to_owned(),
        device: String::new(),
        data_folder: Some(folder.to_path_buf()),
        font_folders: vec![fonts()],
        system_fonts: false,
    })
}

/// A workbook of so many tasks, each with what was done in the quarter.
fn workbook(folder: &Path, tasks: usize) -> Outcome<PathBuf> {
    let department = |n: usize| format!("县第{}局", n % 30);
    let row = |n: usize| {
        serde_json::json!({
        "id": format!("T{n}"), "path": [format!("第{}部分", n / 50), format!("{n}.任务")], "title": format!("推进第{n}项重点工程建设"), "kind": "task",
        "departments": [department(n), department(n * 7 + 1)]})
    };
    let target = |n: usize| {
        serde_json::json!({
        "id": format!("G{n}"), "task": format!("T{n}"), "indicator": format!("建成项目{n}"), "op": ">=", "value": 10 + n % 90, "unit": "个",
        "due": "2027", "cadence": "level"})
    };
    let draft = serde_json::json!({
        "source": "bench", "plan": {"title": "澄湖县综合计划", "period": {"from": 2025, "to": 2027}},
        "departments": (0..30).map(department).collect::<Vec<_>>(),
        "tasks": (0..tasks).map(row).collect::<Vec<_>>(), "targets": (0..tasks).map(target).collect::<Vec<_>>(),
        "checklist_items": []});
    let file = folder.join("draft.json");
    std::fs::write(&file, serde_json::to_vec(&draft)?)?;
    let book = folder.join(format!("{tasks}.planbook"));
    let mut session = session(folder);
    session.add_plan(&book, &PlanSource::Draft(file))?;
    let ledger = session.ledger(&wire::OfQuarter { quarter: QUARTER.to_owned(), plan: None })?;
    let said = |n: usize, row: &wire::LedgerRow| Edit::SetProgress {
        task: row.id.clone(),
        department: row.departments.first().map(|one| one.id.clone()).unwrap_or_default(),
        quarter: QUARTER.to_owned(),
        status: None,
        done: Some(format!("已完成第{n}项工程的选址和勘察，施工图设计通过审查，累计完成投资{}万元。", 100 + n % 700)),
        problems: None,
        next: None,
    };
    let edits: Vec<Edit> = ledger.rows.iter().enumerate().map(|(n, row)| said(n, row)).collect();
    for some in edits.chunks(2_000) {
        session.apply(&wire::Edits { edits: some.to_vec(), quarter: QUARTER.to_owned() })?;
    }
    session.close_workbook(&wire::Nothing {})?;
    Ok(book)
}

fn request() -> wire::OfReport {
    wire::OfReport { kind: "bulletin".to_owned(), quarter: QUARTER.to_owned(), department: None, plan: None, against: None }
}

/// The bulletin of an open workbook: its best time of some, pages and bytes.
fn bulletin(session: &mut Session, times: usize) -> Outcome<(Duration, usize, usize)> {
    let mut best = Duration::MAX;
    let (mut pages, mut bytes) = (0, 0);
    for _ in 0..times {
        let began = Instant::now();
        let made = session.report_preview(&request())?;
        best = best.min(began.elapsed());
        (pages, bytes) = (made.pages, made.pdf.len() / 4 * 3);
    }
    Ok((best, pages, bytes))
}

fn open(folder: &Path, book: &Path) -> Outcome<Session> {
    let mut opened = session(folder);
    opened.open_workbook(&wire::AtPath { path: book.to_string_lossy().into_owned() })?;
    Ok(opened)
}

/// The most memory this process ever had, in MB; nothing where the system does not tell.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().ok().map(|kilobytes| kilobytes >> 10)
}

/// Sets the same content with the others, each in its own time.
fn others(docx: &Path, folder: &Path) -> Outcome<serde_json::Value> {
    let place = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/report-others"));
    let python = place.join("bin/python");
    if !python.exists() {
        let made = Command::new("python3").args(["-m", "venv"]).arg(&place).status()?;
        let filled =
            made.success() && Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(OTHERS).status()?.success();
        if !filled {
            std::fs::remove_dir_all(&place).ok();
            return Err("Typst and WeasyPrint cannot be installed here".into());
        }
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/report_others.py");
    let out = Command::new(&python).arg(script).arg(docx).arg(fonts()).arg(folder).output()?;
    if !out.status.success() {
        return Err(String::from_utf8_lossy(&out.stderr).into_owned().into());
    }
    Ok(serde_json::from_slice(&out.stdout)?)
}

fn main() -> Outcome<()> {
    let words: Vec<String> = std::env::args().collect();
    if let [_, flag, folder, book] = words.as_slice()
        && flag == "--memory"
    {
        let mut session = open(Path::new(folder), Path::new(book))?;
        bulletin(&mut session, 1)?;
        println!("{}", peak().unwrap_or_default());
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let folder = folder.path();
    let mut before: Option<f64> = None;
    let mut ours = (Duration::ZERO, 0, 0);
    for (tasks, times) in [(500, 5), (2_000, 5), (20_000, 2)] {
        let book = workbook(folder, tasks)?;
        let mut session = open(folder, &book)?;
        let (time, pages, bytes) = bulletin(&mut session, times)?;
        let each = time.as_secs_f64() * 1e6 / f64::from(u32::try_from(tasks)?);
        println!(
            "bulletin of {tasks:>6} tasks, {pages:>5} pages, {:>6} KB {:>9.1} ms {each:>7.1} µs a task",
            bytes >> 10,
            time.as_secs_f64() * 1e3
        );
        if let Some(before) = before {
            println!("    a task costs {:.2} of what it did (1 is linear)", each / before);
        }
        before = Some(each);
        if tasks == 2_000 {
            ours = (time, pages, bytes);
            println!("    {:.0} % of 500 ms", time.as_secs_f64() / 0.5 * 100.0);
            let memory = Command::new(std::env::current_exe()?).arg("--memory").arg(folder).arg(&book).output()?;
            let memory = String::from_utf8_lossy(&memory.stdout).trim().parse::<u64>()?;
            println!("    memory {memory} MB, with the workbook open: {} % of 150 MB", memory * 100 / 150);
            let docx = folder.join("bulletin.docx");
            let to = wire::ReportToFile {
                kind: "bulletin".to_owned(),
                quarter: QUARTER.to_owned(),
                path: docx.to_string_lossy().into_owned(),
                ..Default::default()
            };
            session.export_report(&to)?;
        }
    }
    match others(&folder.join("bulletin.docx"), folder) {
        Err(error) => println!("not compared with Typst and WeasyPrint: {error}"),
        Ok(found) => {
            for (name, bound) in [("typst", 5.0), ("weasyprint", 20.0)] {
                let other = &found[name];
                let (Some(seconds), Some(bytes)) = (other["seconds"].as_f64(), other["bytes"].as_f64()) else {
                    println!("not compared with {name}: {}", found[format!("{name}_missing")]);
                    continue;
                };
                println!(
                    "{name:<12} {:>9.1} ms {:>6.0} KB: {:>6.1} times our time (asked {bound}), {:.2} times our size",
                    seconds * 1e3,
                    bytes / 1024.0,
                    seconds / ours.0.as_secs_f64(),
                    bytes / f64::from(u32::try_from(ours.2)?)
                );
            }
        }
    }
    Ok(())
}
