//! A draft as intake draws it, in the shape of the wire.

use crate::model::place::Places;
use crate::wire;
use intake::FindingKind;
use plan::Span;

/// The wire's twin of a draft; every quote is an exact substring of the document's text.
pub(crate) fn draft(source: &str, text: &str, drawn: &intake::Draft) -> wire::Draft {
    let places = Places::new(text);
    let quote = |span: Span| text.get(span.start..span.end).unwrap_or_default().to_owned();
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
            .map(|(index, row)| target(row, format!("G{}", index + 1), text, &places))
            .collect(),
        milestones: drawn
            .milestones
            .iter()
            .enumerate()
            .map(|(index, row)| milestone(row, format!("M{}", index + 1), text, &places))
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
        doubtful: drawn.doubtful.iter().enumerate().map(|(index, row)| doubtful(row, index, text, &places)).collect(),
        set_aside: drawn
            .set_aside
            .iter()
            .map(|one| wire::SetAside {
                quote: quote(one.span),
                reason: one.reason.code().to_owned(),
                why: one.reason.chinese().to_owned(),
                at: Some(places.at(one.span)),
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

fn task_id(index: usize) -> String {
    format!("T{}", index + 1)
}

fn quoted(text: &str, span: Span) -> String {
    text.get(span.start..span.end).unwrap_or_default().to_owned()
}

fn target(row: &intake::DraftTarget, id: String, text: &str, places: &Places<'_>) -> wire::DraftTarget {
    wire::DraftTarget {
        id,
        task: row.task.map(task_id),
        indicator: row.indicator.clone(),
        op: row.op.code().to_owned(),
        value: row.value,
        unit: row.unit.clone(),
        due: row.due.map(|due| due.to_string()),
        cadence: row.cadence.code().to_owned(),
        baseline: row.baseline.map(|(year, value)| wire::Baseline { year, value }),
        binding: row.binding,
        proposed: false,
        quote: quoted(text, row.span),
        at: Some(places.at(row.span)),
        review: wire::Review::Open,
        same_as: None,
    }
}

fn milestone(row: &intake::DraftMilestone, id: String, text: &str, places: &Places<'_>) -> wire::DraftMilestone {
    wire::DraftMilestone {
        id,
        task: row.task.map(task_id),
        what: row.what.clone(),
        due: row.due.to_string(),
        departments: row.departments.clone(),
        quote: quoted(text, row.span),
        at: Some(places.at(row.span)),
        review: wire::Review::Open,
        same_as: None,
    }
}

fn doubtful(row: &intake::Doubtful, index: usize, text: &str, places: &Places<'_>) -> wire::Doubtful {
    let at = row.span();
    let (task, due) = match row {
        intake::Doubtful::Target(target, _) => (target.task, target.due),
        intake::Doubtful::Milestone(milestone) => (milestone.task, Some(milestone.due)),
    };
    let shared = wire::Doubtful {
        id: format!("D{}", index + 1),
        task: task.map(task_id),
        due: due.map(|due| due.to_string()),
        quote: quoted(text, at),
        at: Some(places.at(at)),
        ..wire::Doubtful::default()
    };
    match row {
        intake::Doubtful::Target(target, reason) => wire::Doubtful {
            indicator: Some(target.indicator.clone()),
            op: Some(target.op.code().to_owned()),
            value: Some(target.value),
            unit: Some(target.unit.clone()),
            cadence: Some(target.cadence.code().to_owned()),
            kind: reason.code().to_owned(),
            why: format!("可能是目标，也可能是{}，请定。", reason.chinese()),
            ..shared
        },
        intake::Doubtful::Milestone(milestone) => wire::Doubtful {
            what: Some(milestone.what.clone()),
            kind: intake::Reason::Date.code().to_owned(),
            why: "写了时限，没有读出要交付什么，请定。".to_owned(),
            ..shared
        },
    }
}

/// The account of a document.
pub(crate) fn account(text: &str, account: &intake::Account) -> wire::Account {
    let line = |line: &intake::Line| {
        let (fate, reason) = match line.fate {
            intake::Fate::Drawn => ("drawn", None),
            intake::Fate::Doubtful => ("doubtful", None),
            intake::Fate::SetAside(reason) => ("set_aside", Some(reason)),
        };
        let words = |word: fn(intake::Reason) -> &'static str| reason.map(word).unwrap_or_default().to_owned();
        wire::AccountLine {
            kind: line.kind.code().to_owned(),
            fate: fate.to_owned(),
            reason: (words(intake::Reason::code), words(intake::Reason::chinese)),
            count: line.count,
        }
    };
    let missing = |(kind, span): &(intake::Kind, Span)| (kind.code().to_owned(), around(text, *span));
    wire::Account { lines: account.lines.iter().map(line).collect(), missing: account.missing.iter().map(missing).collect() }
}

/// A place with some words around it.
fn around(text: &str, span: Span) -> String {
    let before: Vec<char> =
        text.get(..span.start).unwrap_or_default().chars().rev().take(12).take_while(|c| *c != '\n').collect();
    let behind = text.get(span.end..).unwrap_or_default().chars().take(12).take_while(|c| *c != '\n');
    before.into_iter().rev().chain(quoted(text, span).chars()).chain(behind).collect()
}

/// Why each number was drawn, is doubtful or was set aside.
pub(crate) fn because(text: &str, evidence: &[intake::Evidence], drawn: &intake::Draft) -> Vec<wire::Because> {
    let touches = |a: Span, b: Span| a.start < b.end && b.start < a.end;
    let one = |number: &intake::Evidence| {
        let is_drawn = drawn.targets.iter().any(|target| touches(target.number, number.span));
        let aside = drawn.set_aside.iter().find(|one| touches(one.span, number.span));
        let fate = if is_drawn { "drawn" } else { aside.map_or("doubtful", |one| one.reason.code()) };
        let rule = if number.by_rule && is_drawn {
            "phrase"
        } else if number.hard.is_some() {
            "hard"
        } else {
            "weights"
        };
        let mut evidence: Vec<(String, f64)> = number
            .features
            .iter()
            .map(|feature| (feature.clone(), intake::weight(feature)))
            .filter(|(_, weight)| *weight != 0.0)
            .collect();
        evidence.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        evidence.truncate(8);
        if number.hard.is_none() {
            evidence.insert(0, ("sum".to_owned(), (number.score * 100.0).round() / 100.0));
        }
        wire::Because { quote: around(text, number.span), fate: fate.to_owned(), rule: rule.to_owned(), evidence }
    };
    evidence.iter().map(one).collect()
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
