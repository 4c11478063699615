//! The same text gives the same draft in whatever form it comes.

use crate::{pdf, written};
use intake::Draft;
use std::collections::BTreeMap;
use std::path::Path;

/// The least F1 of a form's drafts against those of the plain text, for each kind of row over all documents.
const LEAST: f64 = 0.98;

/// A form's name, ending and writer.
type Written = (&'static str, &'static str, fn(&str) -> Vec<u8>);

pub const FORMS: [Written; 9] = [
    ("Word", "docx", written::docx),
    ("Open Document", "odt", written::odt),
    ("Rich Text", "rtf", written::rtf),
    ("web page", "html", written::html),
    ("web page in GBK", "htm", written::html_gb),
    ("saved web page", "mht", written::mht),
    ("UTF-16", "txt", written::utf_16),
    ("GB18030", "txt", written::gb_18030),
    ("PDF", "pdf", |text| pdf::printed(&written::sheets(text), false)),
];

/// Our own documents: those of the grammar and those of the ruler.
pub fn documents() -> Vec<(String, String)> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in [here.join("tests/documents"), here.join("../../../tests/documents")] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "txt") {
                let name = path.file_stem().unwrap().to_string_lossy().into_owned();
                found.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// A draft's rows by their kind, white space left out.
fn rows(bytes: &[u8], name: &str) -> BTreeMap<&'static str, Vec<String>> {
    let document = intake::read(bytes, name).unwrap();
    let Draft { plan, tasks, targets, milestones, items, .. } = intake::draw(&document);
    let bare = |text: String| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let owner = |task: Option<usize>| task.map(|task| tasks[task].title.clone());
    let mut rows: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    rows.insert("plan", vec![bare(format!("{plan:?}"))]);
    let all = tasks.iter().map(|task| bare(format!("{:?} {:?}", task.path, task.kind)));
    rows.insert("tasks", all.collect());
    let of = |units: &Vec<String>, title: &str| units.iter().map(|unit| bare(format!("{title} {unit}"))).collect::<Vec<_>>();
    rows.insert("departments", tasks.iter().flat_map(|task| of(&task.departments, &task.title)).collect());
    rows.insert("leads", tasks.iter().flat_map(|task| of(&task.lead, &task.title)).collect());
    let all = targets.iter().map(|row| {
        let what = (&row.indicator, row.op, row.value, &row.unit, row.due, row.cadence, &row.baseline, owner(row.task));
        bare(format!("{what:?}"))
    });
    rows.insert("targets", all.collect());
    let all = milestones.iter().map(|row| bare(format!("{:?}", (&row.what, row.due, &row.departments, owner(row.task)))));
    rows.insert("milestones", all.collect());
    let all = items.iter().map(|row| bare(format!("{:?}", (&row.text, row.due, &row.departments, owner(Some(row.task))))));
    rows.insert("items", all.collect());
    rows
}

#[derive(Default)]
struct Tally {
    hit: usize,
    missed: Vec<String>,
    extra: Vec<String>,
}

impl Tally {
    fn add(&mut self, name: &str, wanted: &[String], got: &[String]) {
        let mut left = got.to_vec();
        for row in wanted {
            if let Some(at) = left.iter().position(|other| other == row) {
                left.remove(at);
                self.hit += 1;
            } else {
                self.missed.push(format!("  {name}: - {row}"));
            }
        }
        self.extra.extend(left.into_iter().map(|row| format!("  {name}: + {row}")));
    }

    fn f1(&self) -> f64 {
        let all = 2 * self.hit + self.missed.len() + self.extra.len();
        if all == 0 { 1.0 } else { (2 * self.hit) as f64 / all as f64 }
    }
}

/// How well a form's drafts agree with those of the plain text, by kind.
fn agreement(ending: &str, write: impl Fn(&str) -> Vec<u8>) -> BTreeMap<&'static str, Tally> {
    let mut found: BTreeMap<&'static str, Tally> = BTreeMap::new();
    for (name, text) in documents() {
        let wanted = rows(text.as_bytes(), &format!("{name}.txt"));
        let got = rows(&write(&text), &format!("{name}.{ending}"));
        for (kind, wanted) in wanted {
            found.entry(kind).or_default().add(&name, &wanted, &got[kind]);
        }
    }
    found
}

#[test]
fn every_form_gives_the_draft_of_the_plain_text() {
    assert!(documents().len() > 20, "the documents are there");
    let mut wrong = Vec::new();
    for (form, ending, write) in FORMS {
        for (kind, tally) in agreement(ending, write) {
            assert!(tally.hit > 20, "{form}: only {} {kind} agree", tally.hit);
            if tally.f1() < LEAST {
                wrong.push(format!("{form}: {kind} {:.3}", tally.f1()));
                wrong.extend(tally.missed.into_iter().chain(tally.extra).take(24));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_form_that_loses_text_falls_below() {
    let lossy = |text: &str| {
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        let kept: Vec<&str> = lines.iter().enumerate().filter(|(at, _)| at % 12 != 7).map(|(_, line)| *line).collect();
        written::docx(&kept.join("\n"))
    };
    let agreement = agreement("docx", lossy);
    for kind in ["tasks", "targets"] {
        assert!(agreement[kind].f1() < LEAST, "{kind} {:.3}", agreement[kind].f1());
    }
}

#[test]
fn the_old_binary_form_gives_the_draft_of_the_plain_text() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let text = std::fs::read(here.join("documents/gas_network.txt")).unwrap();
    let binary = std::fs::read(here.join("forms/made/gas_network.doc")).unwrap();
    let wanted = rows(&text, "gas_network.txt");
    assert!(!wanted["tasks"].is_empty() && !wanted["targets"].is_empty());
    for name in ["gas_network.doc", "gas_network.wps"] {
        assert_eq!(rows(&binary, name), wanted, "{name}");
    }
}
