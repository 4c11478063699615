//! Writes the drafts of a folder's documents as JSON, in the shape of hand-made labels: `drafts OUT FOLDER...`. With `--account` it
//! prints what has no fate, with `--why` the evidence behind each number.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a tool of the developers'")]

use intake::{Doubtful, Draft, DraftTarget};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

fn target(text: &str, at: usize, row: &DraftTarget) -> Value {
    json!({
        "id": format!("G{}", at + 1), "task": row.task.map(|task| format!("T{}", task + 1)), "indicator": row.indicator,
        "op": row.op.code(), "value": row.value, "unit": row.unit, "due": row.due.map(|due| due.to_string()),
        "cadence": row.cadence.code(), "quote": &text[row.span.start..row.span.end],
    })
}

fn label(text: &str, draft: &Draft) -> Value {
    let plan = &draft.plan;
    json!({
        "plan": {
            "title": plan.title, "doc_number": plan.doc_number, "issuer": plan.issuer,
            "issued_on": plan.issued_on.map(|day| day.to_string()), "stage": plan.stage.map(|stage| stage.code()),
            "period": {"from": plan.period_from, "to": plan.period_to},
        },
        "departments": draft.departments,
        "tasks": draft.tasks.iter().enumerate().map(|(at, task)| json!({
            "id": format!("T{}", at + 1), "path": task.path, "title": task.title, "lead": task.lead, "departments": task.departments,
        })).collect::<Vec<_>>(),
        "targets": draft.targets.iter().enumerate().map(|(at, row)| target(text, at, row)).collect::<Vec<_>>(),
        "milestones": draft.milestones.iter().map(|row| json!({
            "what": row.what, "due": row.due.to_string(), "quote": &text[row.span.start..row.span.end],
        })).collect::<Vec<_>>(),
        "doubtful": draft.doubtful.iter().enumerate().map(|(at, row)| match row {
            Doubtful::Target(row, _) => target(text, at, row),
            Doubtful::Milestone(row) => json!({"what": row.what, "due": row.due.to_string(), "quote": &text[row.span.start..row.span.end]}),
        }).collect::<Vec<_>>(),
        "set_aside": draft.set_aside.iter().map(|one| json!({"quote": &text[one.span.start..one.span.end], "reason": one.reason.code()})).collect::<Vec<_>>(),
    })
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folders: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with("--")).collect();
    let out = Path::new(folders[0]);
    std::fs::create_dir_all(out).unwrap();
    for folder in &folders[1..] {
        let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
        paths.sort();
        for path in paths {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let document = intake::read(&std::fs::read(&path).unwrap(), &name).unwrap();
            let draft = intake::draw(&document);
            let account = intake::account(&document, &draft);
            for (kind, span) in account.missing.iter().take(20) {
                let from = document.text[..span.start].char_indices().rev().nth(12).map_or(0, |(at, _)| at);
                let around: String = document.text[from..].chars().take(40).collect();
                println!("{name}: {} {}", kind.code(), around.replace('\n', "/"));
            }
            std::fs::write(out.join(format!("{name}.json")), serde_json::to_string(&label(&document.text, &draft)).unwrap())
                .unwrap();
        }
    }
}
