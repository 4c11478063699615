//! What a bulletin costs: the seed-sized one, 2,000 tasks on about 120 pages, 20,000 tasks. `cargo bench -p report`.

#![expect(clippy::expect_used, clippy::print_stdout, reason = "a benchmark talks and stops at the first thing that is wrong")]

#[path = "../examples/county/mod.rs"]
mod county;

use std::path::Path;
use std::time::{Duration, Instant};

use report::{Faces, HouseStyle, Kind, Options, View};

fn best(mut work: impl FnMut() -> usize) -> (Duration, usize) {
    let mut best = Duration::MAX;
    let mut size = 0;
    for _ in 0..5 {
        let start = Instant::now();
        size = work();
        best = best.min(start.elapsed());
    }
    (best, size)
}

/// A ledger with a line of progress for each task, as most offices keep it.
fn terse(tasks: usize) -> View {
    let mut view = county::county(tasks);
    for task in &mut view.tasks {
        task.title = task.title.chars().take(12).collect();
        task.departments.truncate(2);
        for progress in &mut task.progress {
            progress.done = "按计划推进。".to_owned();
            progress.problems.clear();
            progress.next = "抓紧实施。".to_owned();
        }
        task.progress.truncate(1);
    }
    view
}

/// Most memory held so far, in megabytes, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024)
}

fn main() {
    let bundled = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../target/fonts");
    let mut folders = vec![bundled];
    folders.extend(Faces::system_folders());
    let start = Instant::now();
    let faces = Faces::find(&folders).expect("faces");
    println!("faces found in {:?}", start.elapsed());
    let options = Options { style: HouseStyle::STANDARD, ranking: true, red_head: false };
    let mut costs = Vec::new();
    for (name, view) in
        [("60 tasks", county::county(60)), ("2,000 terse tasks", terse(2_000)), ("20,000 terse tasks", terse(20_000))]
    {
        let mut pages = 0;
        let (time, bytes) = best(|| {
            let document = report::compose(&view, &Kind::Bulletin, &options, &faces);
            pages = document.pages.len();
            report::pdf(&document, &faces).expect("pdf").len()
        });
        costs.push(time.as_secs_f64() / view.tasks.len() as f64);
        println!(
            "{name}: {time:?}, {pages} pages, {bytes} bytes, {:.3} ms a page, peak {:?} MB",
            time.as_secs_f64() * 1000.0 / pages as f64,
            peak()
        );
    }
    println!("cost of a task at 20,000 over that at 2,000: {:.2}", costs[2] / costs[1]);
}
