//! One task as an automatic copy holds it: what differs from the workbook now, each with the edit that brings it back.
//!
//! Nothing is written here: the page shows the differences, and those that are chosen are applied like any other edits, so that the
//! rules for a closed quarter hold and one undo takes them back.

use crate::ledger::history::{field_word, table_word};
use crate::model::desk::Desk;
use crate::model::refusals::gone;
use crate::model::session::Session;
use crate::wire::{self, CopyDifference, Edit, FieldChange, NewItem, Refusal, RefusalCode, TargetFields, TaskDetail};
use messages::{Editing, Noun};
use plan::TaskId;
use std::collections::BTreeSet;
use std::path::PathBuf;
use store::Stamp;

/// Copies as the page lists them.
pub(crate) fn copy_lines(copies: Vec<store::Copied>) -> Vec<wire::CopyLine> {
    let line = |copy: store::Copied| wire::CopyLine {
        path: copy.path.to_string_lossy().into_owned(),
        at: copy.made_at.format("%Y-%m-%dT%H:%M:%S").to_string(),
        step: copy.entries,
        kind: copy.kind.chinese().to_owned(),
        size: i64::try_from(copy.size).unwrap_or(i64::MAX),
    };
    copies.into_iter().map(line).collect()
}

/// What is there to refer to in the workbook now.
pub(crate) struct Present<'a> {
    /// Ids of the departments.
    pub departments: BTreeSet<&'a str>,
    /// Quarters that are closed: nothing is written into them.
    pub closed: BTreeSet<String>,
    /// The quarter whose figures are compared.
    pub quarter: &'a str,
}

/// What a task said in a copy and does not say now, in the order of the detail pane.
pub(crate) fn differences(then: &TaskDetail, now: &TaskDetail, present: &Present<'_>) -> Vec<CopyDifference> {
    let mut found = Found(Vec::new());
    let task = &now.row.id;
    if then.row.title != now.row.title {
        let edit = Edit::SetTaskTitle { task: task.clone(), title: then.row.title.clone() };
        found.add(("task", "title", &now.row.title), &now.row.title, &then.row.title, edit);
    }
    let own_due = |detail: &TaskDetail| if detail.row.due_by_default { None } else { detail.row.due.clone() };
    if own_due(then) != own_due(now) {
        let edit = Edit::SetTaskDue { task: task.clone(), due: own_due(then) };
        found.add(("task", "due", &now.row.title), &or_empty(own_due(now)), &or_empty(own_due(then)), edit);
    }
    roles(then, now, present, &mut found);
    items(then, now, &mut found);
    milestones(then, now, &mut found);
    targets(then, now, present, &mut found);
    progress(then, now, present, &mut found);
    found.0
}

/// The differences found so far.
struct Found(Vec<CopyDifference>);

/// What a difference is of: the table, its column, and what the row is called.
type Of<'a> = (&'a str, &'a str, &'a str);

impl Found {
    fn add(&mut self, (table, column, name): Of<'_>, now: &str, then: &str, edit: Edit) {
        let said = |text: &str| if text.is_empty() { None } else { Some(text.to_owned()) };
        let change = FieldChange {
            what: table.to_owned(),
            row: name.to_owned(),
            id: String::new(),
            field: column.to_owned(),
            label: format!("{}·{}", table_word(table), field_word(table, column)),
            old: said(now),
            new: said(then),
        };
        self.0.push(CopyDifference { change, edits: vec![edit] });
    }
}

fn or_empty(text: Option<String>) -> String {
    text.unwrap_or_default()
}

fn role_word(role: Option<&str>) -> &'static str {
    match role {
        Some("lead") => "牵头",
        Some(_) => "配合",
        None => "",
    }
}

fn roles(then: &TaskDetail, now: &TaskDetail, present: &Present<'_>, found: &mut Found) {
    let task = &now.row.id;
    let role_now = |id: &str| now.row.departments.iter().find(|one| one.id == id).map(|one| one.role.as_str());
    for old in &then.row.departments {
        let here = role_now(&old.id);
        if here == Some(old.role.as_str()) {
            continue;
        }
        // a department that was merged away since is known by its old name
        let department = if present.departments.contains(old.id.as_str()) { &old.id } else { &old.name };
        let edit = Edit::Assign { task: task.clone(), department: department.clone(), role: Some(old.role.clone()) };
        found.add(("assignment", "role", &old.name), role_word(here), role_word(Some(&old.role)), edit);
    }
    for one in &now.row.departments {
        if then.row.departments.iter().all(|old| old.id != one.id) {
            let edit = Edit::Assign { task: task.clone(), department: one.id.clone(), role: None };
            found.add(("assignment", "role", &one.name), role_word(Some(&one.role)), "", edit);
        }
    }
}

fn items(then: &TaskDetail, now: &TaskDetail, found: &mut Found) {
    for old in &then.items {
        let Some(item) = now.items.iter().find(|item| item.id == old.id) else {
            let edit = Edit::AddItem(NewItem {
                task: now.row.id.clone(),
                text: old.text.clone(),
                due: old.due.clone(),
                ..NewItem::default()
            });
            found.add(("checklist_item", "text", &old.text), "", &old.text, edit);
            continue;
        };
        if item.text != old.text {
            let edit = Edit::SetItemText { item: item.id.clone(), text: old.text.clone() };
            found.add(("checklist_item", "text", &old.text), &item.text, &old.text, edit);
        }
        if item.due != old.due {
            let edit = Edit::SetItemDue { item: item.id.clone(), due: old.due.clone() };
            found.add(("checklist_item", "due", &old.text), &or_empty(item.due.clone()), &or_empty(old.due.clone()), edit);
        }
        if item.done_on != old.done_on {
            let edit = Edit::TickItem { item: item.id.clone(), done_on: old.done_on.clone() };
            found.add(
                ("checklist_item", "done_on", &old.text),
                &or_empty(item.done_on.clone()),
                &or_empty(old.done_on.clone()),
                edit,
            );
        }
    }
}

fn milestones(then: &TaskDetail, now: &TaskDetail, found: &mut Found) {
    for old in &then.milestones {
        let Some(milestone) = now.milestones.iter().find(|one| one.id == old.id) else { continue };
        if milestone.due != old.due {
            let edit = Edit::SetMilestoneDue { milestone: old.id.clone(), due: old.due.clone() };
            found.add(("milestone", "due", &old.what), &milestone.due, &old.due, edit);
        }
        if milestone.done_on != old.done_on {
            let edit = Edit::CompleteMilestone { milestone: old.id.clone(), done_on: old.done_on.clone() };
            found.add(
                ("milestone", "done_on", &old.what),
                &or_empty(milestone.done_on.clone()),
                &or_empty(old.done_on.clone()),
                edit,
            );
        }
    }
}

fn targets(then: &TaskDetail, now: &TaskDetail, present: &Present<'_>, found: &mut Found) {
    let mut figures = BTreeSet::new();
    for old in &then.targets {
        let Some(target) = now.targets.iter().find(|one| one.id == old.id) else { continue };
        if differs(Some(old.value), Some(target.value)) {
            let edit =
                Edit::SetTarget(TargetFields { target: old.id.clone(), value: Some(old.value), ..TargetFields::default() });
            found.add(("target", "value", &old.indicator), &figure(Some(target.value)), &figure(Some(old.value)), edit);
        }
        // the steps of an indicator share its figure
        let open = !present.closed.contains(present.quarter);
        if open && differs(old.actual, target.actual) && figures.insert(&old.indicator_id) {
            let edit = Edit::SetActual {
                target: old.id.clone(),
                quarter: present.quarter.to_owned(),
                value: old.actual,
                note: None,
                department: None,
            };
            found.add(("actual", "value", &old.indicator), &figure(target.actual), &figure(old.actual), edit);
        }
    }
}

/// Whether two figures are not the same as they are stored.
fn differs(one: Option<f64>, other: Option<f64>) -> bool {
    one.map(f64::to_bits) != other.map(f64::to_bits)
}

fn figure(value: Option<f64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn progress(then: &TaskDetail, now: &TaskDetail, present: &Present<'_>, found: &mut Found) {
    for old in &then.progress {
        if present.closed.contains(&old.quarter) || !present.departments.contains(old.department.as_str()) {
            continue;
        }
        let line = now.progress.iter().find(|line| line.department == old.department && line.quarter == old.quarter);
        let name = format!("{} {}", old.department_name, old.quarter);
        let set = |status: Option<&String>, done: Option<&String>, problems: Option<&String>, next: Option<&String>| {
            Edit::SetProgress {
                task: now.row.id.clone(),
                department: old.department.clone(),
                quarter: old.quarter.clone(),
                status: status.cloned(),
                done: done.cloned(),
                problems: problems.cloned(),
                next: next.cloned(),
            }
        };
        let mut field = |column: &str, was: &String, is: Option<&String>, edit: Edit| {
            let is = is.map_or("", String::as_str);
            if is != was {
                found.add(("progress", column, &name), is, was, edit);
            }
        };
        field("status", &old.status, line.map(|line| &line.status), set(Some(&old.status), None, None, None));
        field("done", &old.done, line.map(|line| &line.done), set(None, Some(&old.done), None, None));
        field("problems", &old.problems, line.map(|line| &line.problems), set(None, None, Some(&old.problems), None));
        field("next", &old.next, line.map(|line| &line.next), set(None, None, None, Some(&old.next)));
    }
}

impl Session {
    /// The automatic copies, newest first.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn copies(&mut self, _request: &wire::Nothing) -> Result<Vec<wire::CopyLine>, Refusal> {
        self.desk()?.copies()
    }

    /// Puts a copy in the workbook's place.
    ///
    /// # Errors
    /// A copy that is gone or damaged; the workbook is as it was then.
    pub fn restore_copy(&mut self, request: &wire::AtPath) -> Result<wire::Workbook, Refusal> {
        let stamp = self.environment().stamp();
        self.desk()?.restore(&request.path, &stamp)?;
        self.frame()
    }

    /// What a task says otherwise in an automatic copy; nothing is changed.
    ///
    /// # Errors
    /// A copy that is gone or damaged, or a task that one of the two does not hold.
    pub fn task_in_copy(&mut self, request: &wire::OfTaskInCopy) -> Result<Vec<CopyDifference>, Refusal> {
        let moment = self.moment(&request.quarter)?;
        let stamp = self.environment().stamp();
        let id = TaskId::new(request.task.as_str());
        let desk = self.desk()?;
        let mut copy = desk.look_at_copy(&request.path, &stamp)?;
        let now = desk.detail(&id, moment)?.ok_or_else(|| gone(Noun::Task, &request.task))?;
        let then = copy
            .detail(&id, moment)?
            .ok_or_else(|| Refusal::new(RefusalCode::Refused, Editing::TaskNotInCopy, Editing::LaterCopy))?;
        let closed = desk.closed_quarters()?.into_iter().collect();
        let departments = desk.ledger()?.departments.iter().map(|department| department.id.as_str()).collect();
        Ok(differences(&then, &now, &Present { departments, closed, quarter: &request.quarter }))
    }
}

impl Desk {
    pub(crate) fn copies(&mut self) -> Result<Vec<wire::CopyLine>, Refusal> {
        Ok(copy_lines(self.workbook().copies()?))
    }

    pub(crate) fn restore(&mut self, copy: &str, stamp: &Stamp) -> Result<(), Refusal> {
        self.workbook().restore(&PathBuf::from(copy), stamp)?;
        self.changed();
        Ok(())
    }
}
