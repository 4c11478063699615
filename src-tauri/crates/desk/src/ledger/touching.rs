//! Which tasks an edit made, took away or touched, where its rows were taken off or brought back.

use crate::wire::Refusal;
use plan::{ChecklistItemId, IndicatorId, MilestoneId, TargetId, TaskId};
use std::collections::HashSet;
use store::{Action, ChangedRow, Rows, table};

/// The ids of the tasks that came and of those that went: a task does so by itself, or with the mark that it no longer counts.
///
/// # Errors
/// Where the file cannot be read.
pub(super) fn comings(rows: &Rows<'_>, changed: &[ChangedRow]) -> Result<(HashSet<String>, Vec<String>), Refusal> {
    let (mut came, mut went) = (HashSet::new(), Vec::new());
    for row in changed {
        let is_task = match row.table.as_str() {
            "task" => true,
            "retired" => table::task::find(rows, &TaskId::new(&row.id))?.is_some(),
            _ => false,
        };
        match (is_task, row.table == "task", row.action) {
            (false, ..) | (_, _, Action::Updated) => {}
            (true, true, Action::Inserted) | (true, false, Action::Deleted) => drop(came.insert(row.id.clone())),
            (true, ..) => went.push(row.id.clone()),
        }
    }
    Ok((came, went))
}

/// The tasks to which rows belong that were taken off or brought back.
///
/// # Errors
/// Where the file cannot be read.
pub(super) fn owners_of_retired(rows: &Rows<'_>, changed: &[ChangedRow]) -> Result<HashSet<String>, Refusal> {
    let mut owners = HashSet::new();
    for row in changed.iter().filter(|row| row.table == "retired") {
        let id = row.id.as_str();
        let indicator = match table::target::find(rows, &TargetId::new(id))? {
            Some(target) => Some(target.indicator),
            None => Some(IndicatorId::new(id)),
        };
        let of_measure = indicator.map(|id| table::indicator::find(rows, &id)).transpose()?.flatten().and_then(|row| row.task);
        let of_item = table::checklist_item::find(rows, &ChecklistItemId::new(id))?.map(|row| row.task);
        let of_milestone = table::milestone::find(rows, &MilestoneId::new(id))?.and_then(|row| row.task);
        owners.extend([Some(TaskId::new(id)), of_measure, of_item, of_milestone].into_iter().flatten().map(|id| id.to_string()));
    }
    Ok(owners)
}
