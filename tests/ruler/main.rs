//! How much of what a careful clerk wrote down intake finds, on documents of invented places with habits of their own.
//!
//! Beside each `documents/NAME.txt` stands `NAME.json` with the clerk's rows. The bounds lie a little below what is reached,
//! so that a step back is seen.
#![expect(clippy::unwrap_used, reason = "a ruler that cannot read its labels measures nothing")]

use serde_json::Value;
use std::path::{Path, PathBuf};

/// Found, asked for, and given, of one kind of row.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    hit: usize,
    asked: usize,
    given: usize,
}

impl Tally {
    fn f1(self) -> f64 {
        let sum = self.asked + self.given;
        if sum == 0 { 1.0 } else { 2.0 * self.hit as f64 / sum as f64 }
    }

    fn add(&mut self, other: Self) {
        self.hit += other.hit;
        self.asked += other.asked;
        self.given += other.given;
    }
}

#[derive(Debug, Default)]
struct Score {
    tasks: Tally,
    departments: Tally,
    targets: Tally,
    /// With due, cadence and op right as well.
    whole_targets: Tally,
    milestones: Tally,
}

fn rows<'a>(of: &'a Value, kind: &str) -> Vec<&'a Value> {
    of[kind].as_array().into_iter().flatten().collect()
}

fn is_optional(row: &Value) -> bool {
    row["optional"] == true
}

fn words(text: &Value) -> String {
    text.as_str().unwrap_or_default().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Where a quote stands: every place, since the same words may stand twice.
fn places(text: &str, row: &Value) -> Vec<(usize, usize)> {
    let quote = row["quote"].as_str().unwrap_or_default();
    text.match_indices(quote).map(|(at, _)| (at, at + quote.len())).collect()
}

/// Pairs each given row with at most one row of the label that it may stand for. Optional rows count neither way.
fn tally<'a>(
    label: &[&'a Value],
    given: &[&'a Value],
    same: impl Fn(&Value, &Value) -> bool,
) -> (Tally, Vec<(&'a Value, &'a Value)>) {
    let mut free: Vec<&Value> = label.to_vec();
    let mut tally = Tally { asked: label.iter().filter(|row| !is_optional(row)).count(), ..Tally::default() };
    let mut pairs = Vec::new();
    for row in given {
        let found =
            free.iter().position(|other| same(other, row) && !is_optional(other)).or(free.iter().position(|o| same(o, row)));
        match found.map(|at| free.remove(at)) {
            Some(other) if is_optional(other) => {}
            Some(other) => {
                tally.hit += 1;
                tally.given += 1;
                pairs.push((other, *row));
            }
            None => tally.given += 1,
        }
    }
    (tally, pairs)
}

fn measure(path: &Path) -> Score {
    let text = std::fs::read_to_string(path).unwrap();
    let label: Value = serde_json::from_slice(&std::fs::read(path.with_extension("json")).unwrap()).unwrap();
    let drawn = serde_json::to_value(desk::draw_document(path).unwrap()).unwrap();
    let overlaps = |a: &Value, b: &Value| {
        places(&text, a).iter().any(|one| places(&text, b).iter().any(|other| one.0 < other.1 && other.0 < one.1))
    };
    let mut score = Score::default();
    let (tasks, pairs) = tally(&rows(&label, "tasks"), &rows(&drawn, "tasks"), |a, b| words(&a["title"]) == words(&b["title"]));
    score.tasks = tasks;
    for (asked, given) in pairs {
        let (asked, given) = (rows(asked, "departments"), rows(given, "departments"));
        score.departments.add(tally(&asked, &given, |a, b| words(a) == words(b)).0);
    }
    let same_number = |a: &Value, b: &Value| a["value"].as_f64() == b["value"].as_f64() && words(&a["unit"]) == words(&b["unit"]);
    let (asked, given) = (rows(&label, "targets"), rows(&drawn, "targets"));
    let (targets, pairs) = tally(&asked, &given, |a, b| same_number(a, b) && overlaps(a, b));
    score.targets = targets;
    let whole = |(asked, given): &&(&Value, &Value)| ["due", "cadence", "op"].iter().all(|key| asked[key] == given[key]);
    score.whole_targets = Tally { hit: pairs.iter().filter(whole).count(), ..targets };
    score.milestones =
        tally(&rows(&label, "milestones"), &rows(&drawn, "milestones"), |a, b| a["due"] == b["due"] && overlaps(a, b)).0;
    score
}

fn documents() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("documents");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    paths
}

#[test]
fn intake_finds_what_a_clerk_wrote_down() {
    let mut all = Score::default();
    for path in documents() {
        let score = measure(&path);
        all.tasks.add(score.tasks);
        all.departments.add(score.departments);
        all.targets.add(score.targets);
        all.whole_targets.add(score.whole_targets);
        all.milestones.add(score.milestones);
    }
    for (name, tally, least) in [
        ("tasks", all.tasks, 0.98),
        ("departments", all.departments, 0.97),
        ("targets", all.targets, 0.95),
        ("targets with due, cadence and op", all.whole_targets, 0.93),
        ("milestones", all.milestones, 0.88),
    ] {
        assert!(tally.f1() >= least, "{name}: F1 {:.3} is below {least} ({tally:?})", tally.f1());
    }
}
