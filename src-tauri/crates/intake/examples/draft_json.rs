//! Prints the draft of a document in the shape of a corpus label: `draft_json FILE`.

use serde_json::{Value, json};
use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: draft_json FILE [--time]")?;
    let bytes = std::fs::read(&path)?;
    let document = intake::read(&bytes, &path)?;
    let began = std::time::Instant::now();
    let draft = intake::draw(&document);
    let took = began.elapsed();
    if std::env::args().any(|word| word == "--time") {
        writeln!(std::io::stderr(), "{:.2} ms", took.as_secs_f64() * 1000.0)?;
    }
    let quote = |span: plan::Span| document.text.get(span.start..span.end).unwrap_or_default().to_owned();
    let task_id = |task: Option<usize>| task.map_or(Value::Null, |i| json!(format!("T{}", i + 1)));
    let plan = &draft.plan;
    let value = json!({
        "source": path,
        "plan": {
            "title": plan.title, "doc_number": plan.doc_number, "issuer": plan.issuer,
            "issued_on": plan.issued_on.map(|day| day.to_string()),
            "period": {"from": plan.period_from, "to": plan.period_to},
            "stage": plan.stage.map(|stage| stage.code()),
        },
        "departments": draft.departments,
        "tasks": draft.tasks.iter().enumerate().map(|(i, t)| json!({
            "id": format!("T{}", i + 1), "path": t.path, "title": t.title, "kind": t.kind.code(),
            "lead": t.lead, "departments": t.departments, "optional": false,
        })).collect::<Vec<_>>(),
        "targets": draft.targets.iter().enumerate().map(|(i, g)| json!({
            "id": format!("G{}", i + 1), "task": task_id(g.task), "indicator": g.indicator, "op": g.op.code(), "value": g.value, "unit": g.unit,
            "due": g.due.map(|due| due.to_string()), "cadence": g.cadence.code(), "quote": quote(g.span),
            "baseline": g.baseline.map(|(year, value)| json!({"year": year, "value": value})),
        })).collect::<Vec<_>>(),
        "milestones": draft.milestones.iter().enumerate().map(|(i, m)| json!({
            "id": format!("M{}", i + 1), "task": task_id(m.task), "what": m.what, "due": m.due.to_string(), "departments": m.departments, "quote": quote(m.span),
        })).collect::<Vec<_>>(),
        "checklist_items": draft.items.iter().map(|item| json!({
            "task": format!("T{}", item.task + 1), "text": item.text, "departments": item.departments,
            "due": item.due.map(|due| due.to_string()), "quote": quote(item.span),
        })).collect::<Vec<_>>(),
        "findings": draft.findings.iter().map(|f| json!({
            "kind": format!("{:?}", f.kind), "message": f.message, "quote": f.span.map(quote),
        })).collect::<Vec<_>>(),
    });
    writeln!(std::io::stdout(), "{value}")?;
    Ok(())
}
