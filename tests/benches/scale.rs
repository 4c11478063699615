//! What a workbook of 10 plans, 300 departments and 100,000 tasks costs: opening, looking, searching, an edit.
#![allow(clippy::print_stdout, reason = "a benchmark prints")]
#![allow(clippy::disallowed_methods, reason = "a benchmark has a clock")]

mod large;

use desk::wire::{self, Edit};
use large::session;
use std::time::{Duration, Instant};

const QUARTER: &str = "2025Q3";

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
    let book = folder.path().join("large.planbook");
    large::write(folder.path(), &book)?;
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
