//! What the window costs on a workbook of 100,000 tasks, in the webview that people have: starting, opening, searching, an edit, memory.
//!
//! `cargo xtask bench window` builds the program and names it in `PLANBOOK_APP`; alone it is left out.
#![cfg(target_os = "linux")]
#![allow(clippy::print_stdout, reason = "a benchmark prints")]
#![allow(clippy::disallowed_methods, reason = "a benchmark has a clock")]
#![allow(clippy::unwrap_used, reason = "a bench that cannot go on fails")]

mod large;
#[allow(dead_code, unused_imports, reason = "journeys do more than a bench, and test themselves")]
#[path = "../window/screen.rs"]
mod screen;
#[allow(dead_code, unused_imports, reason = "journeys do more than a bench, and test themselves")]
#[path = "../window/webdriver.rs"]
mod webdriver;

use screen::Pc;
use serde_json::Value;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use webdriver::Page;

/// How long one step may take before the bench gives up.
const MOST: Duration = Duration::from_secs(30);

/// Words that a page gets for measuring: the milliseconds from an act to the frame that shows a condition.
const MEASURE: &str = "const measure = (act, shown) => new Promise((done) => { \
    const began = performance.now(); \
    const look = () => { if (shown()) setTimeout(() => done(performance.now() - began)); else requestAnimationFrame(look); }; \
    act(); requestAnimationFrame(look); });";

/// One line of the table, and whether it holds its bound.
fn line(name: &str, unit: &str, most: f64, mut taken: Vec<f64>) -> bool {
    taken.sort_unstable_by(f64::total_cmp);
    let middle = taken.get(taken.len() / 2).copied().unwrap_or(f64::INFINITY);
    let (least, worst) = (taken.first().copied().unwrap_or(middle), taken.last().copied().unwrap_or(middle));
    let holds = middle <= most;
    let verdict = if holds { "pass" } else { "MISS" };
    println!(
        "{name:<58} {middle:>7.0} {unit}   at most {most:>5.0}   {verdict}   ({least:.0} to {worst:.0}, {} times)",
        taken.len()
    );
    holds
}

/// Runs a measuring script and gives its milliseconds.
fn measured(page: &Page, act: &str, shown: &str) -> f64 {
    number(&page.script(&format!("{MEASURE} return measure(() => {{ {act} }}, () => {shown})")))
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::INFINITY)
}

/// From the start of the program to the frame that shows the first view with its content.
fn starts(pc: &mut Pc) -> (Page, f64) {
    let began = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64() * 1e3;
    let page = pc.open(&[], &[]);
    page.wait_until("the start view", "performance.getEntriesByName('view-shown').length", MOST);
    let at = page.script("return performance.timeOrigin + performance.getEntriesByName('view-shown')[0].startTime");
    let taken = number(&at) - began;
    (page, taken)
}

/// The memory of the page's process and of the program, in megabytes: their own, and their share of what they have with others.
fn memory(pc: &Pc) -> (f64, f64) {
    let number = std::fs::read_to_string(pc.path("data/planbook/running")).unwrap();
    let share = |process: &Path| {
        let rollup = std::fs::read_to_string(process.join("smaps_rollup")).unwrap();
        let kilobytes = rollup.lines().find_map(|line| line.strip_prefix("Pss:")?.split_whitespace().next()?.parse::<f64>().ok());
        kilobytes.unwrap() / 1024.0
    };
    let parent = format!(" {} ", number.trim());
    let processes = std::fs::read_dir("/proc").unwrap().filter_map(|entry| Some(entry.ok()?.path()));
    let pages = processes.filter(|process| {
        // "number (name) state parent ..."
        let stat = std::fs::read_to_string(process.join("stat")).unwrap_or_default();
        stat.contains("(WebKitWebProces")
            && stat.split(')').nth(1).is_some_and(|rest| rest.get(2..).is_some_and(|rest| rest.starts_with(&parent)))
    });
    (pages.map(|page| share(&page)).sum(), share(&Path::new("/proc").join(number.trim())))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    if std::env::var_os("PLANBOOK_APP").is_none() {
        println!("the window: left out, PLANBOOK_APP names no program (`cargo xtask bench window` does)");
        return Ok(());
    }
    let mut pc = Pc::new();
    let (data, book) = (pc.path("data/planbook"), pc.path("large.planbook"));
    large::write(&data, &book)?;
    // opened once, so that it stands first among the recent ones
    drop(large::session(&data).open_workbook(&desk::wire::AtPath { path: book.to_string_lossy().into_owned() })?);

    let mut all = true;
    let mut start_times = Vec::new();
    let mut opening = Vec::new();
    for _ in 0..5 {
        let (page, taken) = starts(&mut pc);
        start_times.push(taken);
        page.wait_for(".start-recent button:not(:disabled)");
        opening.push(measured(
            &page,
            "document.querySelector('.start-recent button').click()",
            "document.querySelector('.overview-departments, .overview-sentence')",
        ));
    }
    all &= line("program start to a window that can be worked with", "ms", 1_500.0, start_times);
    all &= line("open to the first painted view", "ms", 500.0, opening);

    let page = pc.open(&[&book], &[]);
    page.wait_for("nav.rail [data-view='overview'][aria-current='page']");
    page.wait_for(".overview-sentence");
    let first = measured(
        &page,
        "document.querySelector('nav.rail [data-view=ledger]').click()",
        "document.querySelector('.ledger-grid [data-id]')",
    );
    all &= line("the ledger's first rows", "ms", 500.0, vec![first]);
    page.wait_until("all rows", "!document.querySelector('.ledger[aria-busy]')", MOST);
    // what rows are found by is made in the pauses after loading
    std::thread::sleep(Duration::from_secs(3));

    let mut searches = Vec::new();
    for words in ["9", "99", "999", "县第7局", "没有的", "7777", ""] {
        let act = format!(
            "window.before = document.querySelector('.ledger-count').textContent; const seek = document.querySelector('.ledger-seek'); seek.value = '{words}'; seek.dispatchEvent(new Event('input', {{ bubbles: true }}))"
        );
        searches.push(measured(&page, &act, "document.querySelector('.ledger-count').textContent !== window.before"));
    }
    all &= line("a search, from the key to its rows", "ms", 50.0, searches);

    let mut edits = Vec::new();
    for number in 0..9 {
        // rows stand under headings: each edit opens another one in sight
        page.script(&format!(
            "const cell = document.querySelectorAll('.ledger-grid [data-id]')[{number}].querySelector('[data-column=title]'); \
             for (const kind of ['mousedown', 'mouseup', 'dblclick']) cell.dispatchEvent(new MouseEvent(kind, {{ bubbles: true, button: 0 }}))"
        ));
        page.wait_for(".cell-field");
        let title = format!("改后的第{number}项");
        page.script(&format!("document.activeElement.value = '{title}'"));
        let act = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', keyCode: 13, bubbles: true, cancelable: true }))";
        let shown = format!(
            "!document.querySelector('.cell-field') && [...document.querySelectorAll('.ledger-grid [data-id]')].some((row) => row.textContent.includes('{title}'))"
        );
        edits.push(measured(&page, act, &shown));
    }
    all &= line("an edit of a cell to its painted row", "ms", 50.0, edits);

    let mut scrolls = Vec::new();
    for _ in 0..9 {
        let act = "const grid = document.querySelector('.ledger-grid .grid'); window.top0 = document.querySelector('.ledger-grid [data-place]').dataset.place; grid.scrollTop += 40000";
        scrolls.push(measured(&page, act, "document.querySelector('.ledger-grid [data-place]')?.dataset.place !== window.top0"));
    }
    all &= line("a jump of a thousand rows in the ledger", "ms", 50.0, scrolls);

    let (page_memory, program_memory) = memory(&pc);
    all &= line("memory of the page with all rows", "MB", 300.0, vec![page_memory]);
    println!("{:<58} {program_memory:>7.0} MB", "memory of the program beside it");
    drop(page);
    println!("{}", if all { "the window holds all its bounds" } else { "the window misses a bound" });
    Ok(())
}
