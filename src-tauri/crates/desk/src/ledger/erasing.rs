//! Content that should never have been entered (涉密) taken out for good.

use crate::model::refusals::gone;
use crate::model::session::Session;
use crate::wire::Refusal;
use messages::Noun;
use plan::{ChecklistItemId, EvidenceId, MilestoneId, ProgressId, TaskId};
use store::{Edit, table};

impl Session {
    /// Erases a task, checklist item, milestone, progress or piece of evidence for good: the row, its history, its words in the
    /// documents that were read and in closed quarters, and every automatic copy. A line of record stays; no undo brings it back.
    /// How many rows and copies went.
    ///
    /// # Errors
    /// A row that is not there; a workbook that cannot be written.
    pub fn erase(&mut self, row: &str, reason: &str) -> Result<(usize, usize), Refusal> {
        let stamp = self.environment().stamp();
        let desk = self.desk()?;
        let erased = desk.workbook().erase(reason, &stamp, |edit| delete(edit, row))?;
        desk.changed();
        Ok((erased.rows, erased.copies))
    }
}

/// Deletes the row of any of the kinds that a person fills in.
fn delete(edit: &mut Edit<'_>, row: &str) -> Result<(), Refusal> {
    let (task, item, milestone) = (TaskId::new(row), ChecklistItemId::new(row), MilestoneId::new(row));
    let (progress, evidence) = (ProgressId::new(row), EvidenceId::new(row));
    if table::task::find(edit, &task)?.is_some() {
        table::task::delete(edit, &task)?;
    } else if table::checklist_item::find(edit, &item)?.is_some() {
        table::checklist_item::delete(edit, &item)?;
    } else if table::milestone::find(edit, &milestone)?.is_some() {
        table::milestone::delete(edit, &milestone)?;
    } else if table::progress::find(edit, &progress)?.is_some() {
        table::progress::delete(edit, &progress)?;
    } else if table::evidence::find(edit, &evidence)?.is_some() {
        table::evidence::delete(edit, &evidence)?;
    } else {
        return Err(gone(Noun::Task, row));
    }
    Ok(())
}
