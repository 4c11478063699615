//! What a department's own workbook lets its clerk edit: the department's progress, ticks and figures, nothing of others.

use crate::model::ledger::Ledger;
use crate::model::permissions::departments_may_set;
use crate::wire::{Edit, Refusal, RefusalCode};
use messages::Exchange;
use plan::{ChecklistItemId, DepartmentId, MilestoneId, Quarter, Status, TargetId};

fn refuse(message: Exchange, hint: Exchange) -> Refusal {
    Refusal::new(RefusalCode::Refused, message, hint)
}

/// The edits as the department `own` makes them: figures become its own. In an office's workbook they stay as they are.
///
/// # Errors
/// An edit of another department's rows, of a setting that the office decides, or 销号.
pub(crate) fn as_own(edits: &[Edit], own: Option<&DepartmentId>, ledger: &Ledger) -> Result<Vec<Edit>, Refusal> {
    let Some(own) = own else { return Ok(edits.to_vec()) };
    edits.iter().map(|edit| one(edit, own, ledger)).collect()
}

fn one(edit: &Edit, own: &DepartmentId, ledger: &Ledger) -> Result<Edit, Refusal> {
    let is_own = |word: &str| ledger.department_called(word).is_some_and(|department| department.id == *own);
    let others = || refuse(Exchange::OtherDepartments, Exchange::OwnOnly);
    match edit {
        Edit::TickItem { item, .. } => {
            let id = ChecklistItemId::new(item.as_str());
            let row = ledger.tasks.iter().find_map(|row| row.items.iter().find(|item| item.id == id).map(|item| (row, item)));
            if let Some((row, item)) = row
                && !(item.departments.contains(own) || (item.departments.is_empty() && row.role(own).is_some()))
            {
                return Err(others());
            }
            Ok(edit.clone())
        }
        Edit::CompleteMilestone { milestone, .. } => {
            let id = MilestoneId::new(milestone.as_str());
            let in_tasks = ledger.tasks.iter().find_map(|row| {
                let found = row.milestones.iter().find(|milestone| milestone.id == id)?;
                Some((row.role(own).is_some(), found))
            });
            let found = in_tasks.or(ledger.goals.iter().find(|goal| goal.id == id).map(|goal| (false, goal)));
            if let Some((assigned, milestone)) = found
                && !(milestone.departments.contains(own) || (milestone.departments.is_empty() && assigned))
            {
                return Err(others());
            }
            Ok(edit.clone())
        }
        Edit::SetActual { target, quarter, value, note, department } => {
            if department.as_ref().is_some_and(|department| !is_own(department)) {
                return Err(others());
            }
            let id = TargetId::new(target.as_str());
            let measured = ledger.measured.iter().find(|measured| measured.targets.iter().any(|target| target.id == id));
            let of: Option<Quarter> = quarter.parse().ok();
            // a figure for all that the office sent is corrected where it stands; else it would hide the department's own
            let for_all = measured.is_some_and(|measured| {
                measured.actuals.iter().any(|actual| Some(actual.quarter) == of && actual.department.is_none())
            });
            let department = if for_all { None } else { Some(own.to_string()) };
            Ok(Edit::SetActual {
                target: target.clone(),
                quarter: quarter.clone(),
                value: *value,
                note: note.clone(),
                department,
            })
        }
        Edit::SetProgress { department, status, .. } => {
            if !is_own(department) {
                return Err(others());
            }
            let offices = |word: &String| word.parse::<Status>().is_ok_and(|status| !departments_may_set(status));
            if status.as_ref().is_some_and(offices) {
                return Err(refuse(Exchange::ClosingIsOffices, Exchange::ChooseDone));
            }
            Ok(edit.clone())
        }
        Edit::AskChange { about, row, field, asked, reason, quarter, department } => {
            if department.as_ref().is_some_and(|department| !is_own(department)) {
                return Err(others());
            }
            Ok(Edit::AskChange {
                about: about.clone(),
                row: row.clone(),
                field: field.clone(),
                asked: asked.clone(),
                reason: reason.clone(),
                quarter: quarter.clone(),
                department: Some(own.to_string()),
            })
        }
        Edit::CarryForward { department, .. } if !is_own(department) => Err(others()),
        Edit::SetSetting { key, .. } if !matches!(key.as_str(), "columns" | "language" | "house_style" | "quarter") => {
            Err(refuse(Exchange::OfficesSetting, Exchange::AskOffice))
        }
        _ => Ok(edit.clone()),
    }
}
