//! What departments ask for, and what the office decides. The original value stays in the request, whatever becomes of the row.

use crate::Session;
use crate::ledger::history::{Names, field_word, table_word};
use crate::model::desk::Desk;
use crate::model::environment::local;
use crate::model::refusals::{gone, said_day, wrong_input};
use crate::wire::{self, Edit, Refusal, RefusalCode, TargetFields};
use chrono::NaiveDate;
use messages::{Exchange, Input, Noun, Word};
use plan::limits;
use plan::{ChecklistItemId, DepartmentId, Due, MilestoneId, Quarter, TargetId, TaskId};
use store::Rows;
use store::table::{self, request};

/// The longest reason, in characters; the same as collecting takes.
const LONGEST_REASON: usize = 2_000;

/// What is asked for.
pub(crate) struct Wanted<'a> {
    pub about: &'a str,
    pub row: &'a str,
    /// None is what is usually asked of such a row.
    pub field: Option<&'a str>,
    pub asked: &'a str,
    pub reason: &'a str,
}

/// The row that a request is about.
struct Subject {
    /// What stands in the field; empty where nothing does.
    stands: String,
    task: Option<TaskId>,
    named: Vec<DepartmentId>,
}

impl Session {
    /// What departments ask for: what is open, and all of a quarter; open ones first, then in the order they were asked.
    ///
    /// # Errors
    /// A quarter that is none.
    pub fn requests(&mut self, request: &wire::InQuarter) -> Result<Vec<wire::RequestLine>, Refusal> {
        let quarter = Some(&request.quarter).filter(|quarter| !quarter.is_empty()).map(|quarter| quarter.parse()).transpose()?;
        let desk = self.desk()?;
        let mut all = request::list(&desk.workbook().read())?;
        all.retain(|row| row.decision.is_none() || quarter.is_none_or(|quarter: Quarter| row.quarter == quarter));
        all.sort_by_key(|row| (row.decision.is_some(), row.asked_at, row.id.clone()));
        lines(desk, &all)
    }
}

/// Requests about a task and what belongs to it.
pub(crate) fn requests_of(desk: &mut Desk, task: &TaskId) -> Result<Vec<wire::RequestLine>, Refusal> {
    let mut all = Vec::new();
    let rows = desk.workbook().read();
    for row in request::list(&rows)? {
        let subject = subject(&rows, &row.about_table, &row.about_row, &row.field)?;
        if subject.is_some_and(|subject| subject.task.as_ref() == Some(task)) {
            all.push(row);
        }
    }
    lines(desk, &all)
}

fn lines(desk: &mut Desk, all: &[request::Request]) -> Result<Vec<wire::RequestLine>, Refusal> {
    // asked after every edit: the names of a large ledger are gathered only where there is something to name
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let rows = desk.workbook().read();
    let now: Vec<Option<String>> = all
        .iter()
        .map(|row| Ok(subject(&rows, &row.about_table, &row.about_row, &row.field)?.map(|subject| subject.stands)))
        .collect::<Result<_, Refusal>>()?;
    let ledger = desk.ledger()?;
    let names = Names::new(ledger);
    let shown = |row: &request::Request, text: &str| if text.is_empty() { String::new() } else { names.value(&row.field, text) };
    let moment = |at| local(at).format("%Y-%m-%dT%H:%M:%S").to_string();
    let line = |(row, now): (&request::Request, Option<String>)| wire::RequestLine {
        id: row.id.clone(),
        department_id: row.department.to_string(),
        department: ledger.department_name(&row.department),
        quarter: row.quarter.to_string(),
        what: row.about_table.clone(),
        row_id: row.about_row.clone(),
        row: names.row(&row.about_row),
        field: row.field.clone(),
        label: format!("{}·{}", table_word(&row.about_table), field_word(&row.about_table, &row.field)),
        original: shown(row, &row.original),
        asked: shown(row, &row.asked),
        now: now.map(|now| shown(row, &now)),
        reason: row.reason.clone(),
        asked_by: row.asked_by.clone(),
        asked_at: moment(row.asked_at),
        state: match &row.decision {
            None => "open",
            Some(decision) if decision.approved => "approved",
            Some(_) => "refused",
        }
        .to_owned(),
        decided_by: row.decision.as_ref().map(|decision| decision.by.clone()),
        decided_at: row.decision.as_ref().map(|decision| moment(decision.at)),
        answer: row.answer.clone(),
    };
    Ok(all.iter().zip(now).map(line).collect())
}

/// Keeps a request of a department; an open one for the same field gets the new words.
///
/// # Errors
/// A row that is gone or not the department's, a value that is none, what stands there already.
pub(crate) fn ask(
    store: &mut store::Edit<'_>,
    department: &DepartmentId,
    quarter: Quarter,
    wanted: &Wanted<'_>,
) -> Result<(), Refusal> {
    let field = wanted.field.unwrap_or(if wanted.about == "target" { "value" } else { "due" });
    let word = crate::ledger::history::noun(wanted.about);
    let Some(subject) = subject(store, wanted.about, wanted.row, field)? else { return Err(gone(word, wanted.row)) };
    let assigned = match &subject.task {
        Some(task) if subject.named.is_empty() => table::assignment::find(store, task, department)?.is_some(),
        _ => subject.named.contains(department),
    };
    if !assigned {
        return Err(Refusal::new(RefusalCode::Refused, Exchange::NotInCharge { what: word }, Exchange::InChargeAsks));
    }
    let asked = match field {
        "value" => number(wanted.asked)?,
        _ => wanted.asked.parse::<Due>()?.to_string(),
    };
    if asked == subject.stands {
        return Err(wrong_input(Exchange::SameAsNow { asked }, Exchange::EnterWanted));
    }
    if wanted.reason.chars().count() > LONGEST_REASON {
        return Err(wrong_input(Exchange::LongRequest { most: LONGEST_REASON }, Exchange::ShorterWithEvidence));
    }
    let all = request::list(store)?;
    let same = |row: &&request::Request| {
        row.department == *department
            && row.decision.is_none()
            && (row.about_table.as_str(), row.about_row.as_str(), row.field.as_str()) == (wanted.about, wanted.row, field)
    };
    let open = all.iter().find(same);
    let row = request::Request {
        id: open.map_or_else(|| store.new_id(), |open| open.id.clone()),
        department: department.clone(),
        quarter: open.map_or(quarter, |open| open.quarter),
        about_table: wanted.about.to_owned(),
        about_row: wanted.row.to_owned(),
        field: field.to_owned(),
        original: subject.stands,
        asked,
        reason: wanted.reason.to_owned(),
        asked_by: store.stamp().who.clone(),
        asked_at: store.stamp().at,
        decision: None,
        answer: String::new(),
    };
    if open.is_some() { Ok(request::update(store, &row)?) } else { Ok(request::insert(store, &row)?) }
}

/// Keeps the office's decision; an approved change is made in the same step.
///
/// # Errors
/// A request that is gone or decided, a row that is gone.
pub(crate) fn decide(
    store: &mut store::Edit<'_>,
    id: &str,
    approved: bool,
    answer: &str,
    today: NaiveDate,
) -> Result<(), Refusal> {
    let Some(mut row) = request::find(store, id)? else { return Err(gone(Noun::Request, id)) };
    if let Some(decision) = &row.decision {
        let answer = if decision.approved { Word::Approved } else { Word::Declined };
        return Err(Refusal::new(
            RefusalCode::Refused,
            Exchange::Answered { day: said_day(local(decision.at).date()), answer },
            Exchange::UndoAnswer,
        ));
    }
    if approved {
        make_change(store, &row, today)?;
    }
    row.decision = Some(request::Decision { approved, by: store.stamp().who.clone(), at: store.stamp().at });
    answer.clone_into(&mut row.answer);
    Ok(request::update(store, &row)?)
}

fn make_change(store: &mut store::Edit<'_>, row: &request::Request, today: NaiveDate) -> Result<(), Refusal> {
    let (id, asked) = (row.about_row.clone(), row.asked.clone());
    let edit = match (row.about_table.as_str(), row.field.as_str()) {
        ("task", _) => Edit::SetTaskDue { task: id, due: Some(asked) },
        ("checklist_item", _) => Edit::SetItemDue { item: id, due: Some(asked) },
        ("milestone", _) => Edit::SetMilestoneDue { milestone: id, due: asked },
        ("target", "due") => {
            let target = TargetId::new(id.as_str());
            let mut target = table::target::find(store, &target)?.ok_or_else(|| gone(Noun::Target, &id))?;
            target.due = Some(asked.parse()?);
            return Ok(table::target::update(store, &target)?);
        }
        _ => {
            let value = packet::number_of(&asked).ok_or_else(|| wrong_input(Exchange::AskedNoNumber, Exchange::Decline))?;
            Edit::SetTarget(TargetFields { target: id, value: Some(value), ..TargetFields::default() })
        }
    };
    crate::ledger::edits::make(store, &edit, today)
}

/// The row of a request; none where it is gone or no such field can be asked for.
fn subject(rows: &Rows<'_>, about: &str, id: &str, field: &str) -> Result<Option<Subject>, Refusal> {
    let due = |due: Option<Due>| due.map(|due| due.to_string()).unwrap_or_default();
    Ok(match (about, field) {
        ("task", "due") => table::task::find(rows, &TaskId::new(id))?.map(|row| Subject {
            stands: due(row.due),
            task: Some(row.id),
            named: Vec::new(),
        }),
        ("checklist_item", "due") => table::checklist_item::find(rows, &ChecklistItemId::new(id))?.map(|row| Subject {
            stands: due(row.due),
            task: Some(row.task),
            named: row.departments,
        }),
        ("milestone", "due") => table::milestone::find(rows, &MilestoneId::new(id))?.map(|row| Subject {
            stands: row.due.to_string(),
            task: row.task,
            named: row.departments,
        }),
        ("target", "value" | "due") => match table::target::find(rows, &TargetId::new(id))? {
            None => None,
            Some(row) => Some(Subject {
                stands: if field == "due" { due(row.due) } else { packet::number_text(row.value) },
                task: table::indicator::find(rows, &row.indicator)?.and_then(|indicator| indicator.task),
                named: Vec::new(),
            }),
        },
        _ => None,
    })
}

/// A figure in its one spelling.
fn number(text: &str) -> Result<String, Refusal> {
    let value = text.trim().parse().map_err(|_| wrong_input(Input::NoNumber { text: text.to_owned() }, Input::EnterNumber))?;
    Ok(packet::number_text(limits::figure("申请调整成的目标值", value)?))
}
