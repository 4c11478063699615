//! What reading a document of 200 pages to a draft costs in each form, beside what pandoc takes to turn the .docx into text;
//! and how much memory it takes, in a process of its own. Fails where a bound is broken.
#![allow(clippy::print_stdout, reason = "a benchmark prints")]
#![allow(clippy::disallowed_methods, reason = "a benchmark has a clock")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark that cannot make its document must fail")]

#[path = "../tests/forms/make.rs"]
#[expect(dead_code, reason = "tests show lines, benchmarks do not")]
mod make;
#[path = "../tests/forms/written.rs"]
#[expect(dead_code, reason = "tests print pages, benchmarks do not")]
mod written;

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// An office's page has 22 lines of 28 characters; headings and last lines leave some of it free.
const CHARACTERS: usize = 200 * 560;
const BOUND: Duration = Duration::from_millis(300);
/// How many times faster than pandoc.
const FASTER: f64 = 5.0;
/// How many times its own size a document may take in memory.
const MEMORY: f64 = 20.0;

type Written = (&'static str, fn(&str) -> Vec<u8>);

const FORMS: [Written; 5] = [
    ("docx", written::docx),
    ("odt", written::odt),
    ("rtf", written::rtf),
    ("html", written::html),
    ("txt", |text| text.as_bytes().to_vec()),
];

/// One plan out of the paragraphs of our own documents, under chapters and numbered tasks of its own, its numbers changed each
/// time around; its end are their tables.
fn text(most: usize) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/documents");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    let all: String = paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let (rows, lines): (Vec<&str>, Vec<&str>) = all.lines().partition(|line| line.contains('\t'));
    let body: Vec<&str> = lines.into_iter().filter(|line| line.chars().count() > 60).collect();
    let counted = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let mut text = "云岭县产业发展三年行动计划（2025—2027年）\n为推动高质量发展，制定本计划。\n一、总体要求\n".to_owned();
    let mut characters = 0;
    'whole: for around in 0_u32.. {
        for (at, line) in (around as usize * body.len()..).zip(&body) {
            if at % 40 == 0 && at / 40 < 9 {
                text += &format!("{}、重点任务之{}\n", counted[at / 40 + 1], at / 40 + 1);
            }
            if at % 4 == 0 {
                text += &format!("（{}）推进第{}项工作\n", counted[at / 4 % 10], at / 4 + 1);
            }
            let changed = |c: char| match c.to_digit(10) {
                Some(digit) if !line.contains("20") => char::from_digit((digit + around) % 9 + 1, 10).expect("a digit"),
                _ => c,
            };
            text.extend(
                line.trim().trim_start_matches(|c: char| "（(一二三四五六七八九十）)、.".contains(c)).chars().map(changed),
            );
            text.push('\n');
            characters += line.chars().count();
            if characters >= most {
                break 'whole;
            }
        }
    }
    text + &rows.join("\n")
}

fn draft(bytes: &[u8]) -> intake::Draft {
    intake::draw(&intake::read(bytes, "规划").expect("our own document"))
}

fn median(times: usize, mut work: impl FnMut()) -> Duration {
    let mut taken: Vec<Duration> = (0..times)
        .map(|_| {
            let began = Instant::now();
            work();
            began.elapsed()
        })
        .collect();
    taken.sort_unstable();
    taken[times / 2]
}

/// A line of /proc/self/status in bytes, where the system has it.
fn status(name: &str) -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    Some(line.trim().trim_end_matches(" kB").parse::<usize>().ok()? << 10)
}

/// How much the peak of a process of its own grows while it reads the file to a draft, in bytes.
fn growth(path: &Path) -> Option<usize> {
    let child = Command::new(std::env::current_exe().ok()?).env("PLANBOOK_READ", path).output().ok()?;
    String::from_utf8_lossy(&child.stdout).lines().find_map(|line| line.strip_prefix("growth ")?.parse().ok())
}

fn main() {
    if let Some(path) = std::env::var_os("PLANBOOK_READ") {
        let bytes = std::fs::read(path).unwrap();
        // the program's own pages and tables are no part of what a document costs
        for (_, write) in FORMS {
            drop(draft(&write(&text(4_000))));
        }
        let before = status("VmHWM");
        let draft = draft(&bytes);
        assert!(!draft.tasks.is_empty());
        if let (Some(before), Some(after)) = (before, status("VmHWM")) {
            println!("growth {}", after - before);
        }
        return;
    }
    let folder = std::env::temp_dir().join(format!("planbook-forms-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let text = text(CHARACTERS);
    let mut broken = Vec::new();
    for (form, write) in FORMS {
        let bytes = write(&text);
        let path = folder.join(format!("plan.{form}"));
        std::fs::write(&path, &bytes).unwrap();
        let drawn = draft(&bytes);
        let time = median(9, || drop(draft(&bytes)));
        let reading = median(9, || drop(intake::read(&bytes, "规划")));
        let name = format!("200 pages of .{form}, {} KB, to {} tasks", bytes.len() >> 10, drawn.tasks.len());
        let percent = time.as_secs_f64() / BOUND.as_secs_f64() * 100.0;
        let (time_ms, reading_ms) = (time.as_secs_f64() * 1e3, reading.as_secs_f64() * 1e3);
        println!("{name:<58} {time_ms:>9.2} ms   {percent:>5.0} % of {} ms   (reading {reading_ms:.1} ms)", BOUND.as_millis());
        if time > BOUND {
            broken.push(format!(".{form} takes {time_ms:.0} ms"));
        }
        if let Some(growth) = growth(&path) {
            // a zipped form counts by what it unpacks to
            let times = growth as f64 / bytes.len().max(text.len()) as f64;
            println!(
                "{:<58} {:>9.2} MB   {times:>5.1} times the document, {MEMORY:.0} at most",
                "  memory at its peak",
                growth as f64 / 1e6
            );
            if times > MEMORY {
                broken.push(format!(".{form} takes {times:.1} times its size"));
            }
        }
        if form == "docx" {
            let pandoc = || Command::new("pandoc").arg(&path).args(["-t", "plain", "-o"]).arg(folder.join("plain")).status();
            if pandoc().is_ok_and(|status| status.success()) {
                let other = median(3, || drop(pandoc()));
                // pandoc ends with the text; the draft that is drawn from it comes on top here
                let times = other.as_secs_f64() / reading.as_secs_f64();
                let to_draft = other.as_secs_f64() / time.as_secs_f64();
                let other_ms = other.as_secs_f64() * 1e3;
                println!(
                    "{:<58} {other_ms:>9.2} ms   {times:>5.1} times as long as reading, {FASTER:.0} at least; {to_draft:.1} times as long as the draft",
                    "  pandoc -t plain of the same file"
                );
                if times < FASTER {
                    broken.push(format!("pandoc takes only {times:.1} times as long"));
                }
            } else {
                println!("  pandoc is not installed: nothing to compare with");
            }
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(broken.is_empty(), "{}", broken.join("; "));
}
