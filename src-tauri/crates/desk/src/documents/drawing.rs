//! A draft as intake draws it, in the shape of the wire.

use crate::model::place::Places;
use crate::wire;
use intake::FindingKind;
use plan::Span;

/// The wire's twin of a draft; every quote is an exact substring of the document's text.
pub(crate) fn draft(source: &str, text: &str, drawn: &intake::Draft) -> wire::Draft {
    let places = Places::new(text);
    let quote = |span: Span| text.get(span.start..span.end).unwrap_or_default().to_owned();
    let task_id = |index: usize| format!("T{}", index + 1);
    let due = |due: Option<plan::Due>| due.map(|due| due.to_string());
    wire::Draft {
        source: source.to_owned(),
        plan: wire::DraftPlan {
            title: drawn.plan.title.clone(),
            doc_number: drawn.plan.doc_number.clone(),
            issuer: drawn.plan.issuer.clone(),
            issued_on: drawn.plan.issued_on.map(|day| day.to_string()),
            period: wire::Period { from: drawn.plan.period_from, to: drawn.plan.period_to },
            stage: drawn.plan.stage.map(|stage| stage.code().to_owned()),
        },
        departments: drawn.departments.clone(),
        tasks: drawn
            .tasks
            .iter()
            .enumerate()
            .map(|(index, task)| wire::DraftTask {
                id: task_id(index),
                path: task.path.clone(),
                title: task.title.clone(),
                kind: task.kind.code().to_owned(),
                lead: task.lead.clone(),
                departments: task.departments.clone(),
                quote: quote(task.span),
                at: Some(places.at(task.span)),
                review: wire::Review::Open,
                same_as: None,
            })
            .collect(),
        targets: drawn
            .targets
            .iter()
            .enumerate()
            .map(|(index, target)| wire::DraftTarget {
                id: format!("G{}", index + 1),
                task: target.task.map(task_id),
                indicator: target.indicator.clone(),
                op: target.op.code().to_owned(),
                value: target.value,
                unit: target.unit.clone(),
                due: due(target.due),
                cadence: target.cadence.code().to_owned(),
                baseline: target.baseline.map(|(year, value)| wire::Baseline { year, value }),
                binding: target.binding,
                proposed: false,
                quote: quote(target.span),
                at: Some(places.at(target.span)),
                review: wire::Review::Open,
                same_as: None,
            })
            .collect(),
        milestones: drawn
            .milestones
            .iter()
            .enumerate()
            .map(|(index, milestone)| wire::DraftMilestone {
                id: format!("M{}", index + 1),
                task: milestone.task.map(task_id),
                what: milestone.what.clone(),
                due: milestone.due.to_string(),
                departments: milestone.departments.clone(),
                quote: quote(milestone.span),
                at: Some(places.at(milestone.span)),
                review: wire::Review::Open,
                same_as: None,
            })
            .collect(),
        checklist_items: drawn
            .items
            .iter()
            .enumerate()
            .map(|(index, item)| wire::DraftItem {
                id: format!("C{}", index + 1),
                task: task_id(item.task),
                text: item.text.clone(),
                departments: item.departments.clone(),
                due: due(item.due),
                quote: quote(item.span),
                at: Some(places.at(item.span)),
                review: wire::Review::Open,
                same_as: None,
            })
            .collect(),
        findings: drawn
            .findings
            .iter()
            .map(|finding| wire::Finding {
                kind: finding_kind(finding.kind).to_owned(),
                message: finding.message.clone(),
                quote: finding.span.map(quote).unwrap_or_default(),
                at: finding.span.map(|span| places.at(span)),
            })
            .collect(),
        sheets: Vec::new(),
        rows: Vec::new(),
        quarter: None,
        document: None,
        revises: None,
        still_valid: Vec::new(),
    }
}

/// The sheets of a ledger with what each column was taken for.
pub(crate) fn sheets(columns: &[intake::ledger::SheetColumns]) -> Vec<wire::LedgerSheet> {
    let column = |column: &intake::ledger::Column| wire::SheetColumn {
        letter: column.letter.clone(),
        head: column.head.clone(),
        samples: column.samples.clone(),
        holds: column.field.map(|field| field.chinese().to_owned()),
    };
    let sheet = |sheet: &intake::ledger::SheetColumns| wire::LedgerSheet {
        sheet: sheet.sheet.clone(),
        columns: sheet.columns.iter().map(column).collect(),
    };
    columns.iter().map(sheet).collect()
}

/// The rows of a ledger, with their tasks by the draft's ids.
pub(crate) fn rows(text: &str, rows: &[intake::ledger::LedgerRow]) -> Vec<wire::LedgerLine> {
    let places = Places::new(text);
    let cell = |cell: &intake::ledger::LedgerCell| wire::LedgerCell {
        head: cell.head.clone(),
        holds: cell.field.map(|field| field.chinese().to_owned()),
        text: cell.text.clone(),
    };
    let line = |row: &intake::ledger::LedgerRow| wire::LedgerLine {
        sheet: row.sheet.clone(),
        row: row.row,
        task: row.task.map(|index| format!("T{}", index + 1)),
        at: Some(places.at(row.span)),
        cells: row.cells.iter().map(cell).collect(),
    };
    rows.iter().map(line).collect()
}

fn finding_kind(kind: FindingKind) -> &'static str {
    match kind {
        FindingKind::NoPlan => "no_plan",
        FindingKind::PlanField => "plan_field",
        FindingKind::Outline => "outline",
        FindingKind::Department => "department",
        FindingKind::Target => "target",
        FindingKind::Date => "date",
        FindingKind::Table => "table",
        FindingKind::Unread => "unread",
    }
}
