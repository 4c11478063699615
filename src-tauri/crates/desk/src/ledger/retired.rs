//! The rows that no longer count: taken off by hand or by a new version of their plan, to be looked at and brought back.

use crate::model::session::Session;
use crate::wire::{Nothing, Refusal, RetiredLine};
use plan::{ChecklistItemId, Due, MilestoneId, PlanId, SectionId, TargetId, TaskId};
use store::table::{self, retired::Retired};
use store::{Rows, StoreError};

impl Session {
    /// The people who answer for tasks and departments, with what they hold and held.
    ///
    /// # Errors
    /// No workbook is open, or it cannot be read.
    pub fn people(&mut self, _request: &Nothing) -> Result<Vec<crate::wire::PersonLine>, Refusal> {
        let today = self.today()?;
        Ok(crate::ledger::views::people(self.desk()?.ledger()?, today))
    }

    /// The rows that no longer count, last first. An indicator is not among them: it comes back with a target of its.
    ///
    /// # Errors
    /// No workbook is open, or it cannot be read.
    pub fn retired(&mut self, _request: &Nothing) -> Result<Vec<RetiredLine>, Refusal> {
        let rows = self.desk()?.workbook().read();
        let mut all = table::retired::list(&rows)?;
        all.sort_by(|a, b| b.retired_on.cmp(&a.retired_on).then_with(|| b.id.cmp(&a.id)));
        let mut lines = Vec::with_capacity(all.len());
        for row in all {
            if let Some((text, of)) = words(&rows, &row)? {
                lines.push(RetiredLine { kind: row.kind, id: row.id, text, of, retired_on: row.retired_on.to_string() });
            }
        }
        Ok(lines)
    }
}

/// What a row says, and what it hangs on; none where it is of a kind that does not come back by itself.
fn words(rows: &Rows<'_>, row: &Retired) -> Result<Option<(String, String)>, StoreError> {
    let task = |task: Option<&TaskId>| -> Result<String, StoreError> {
        let found = task.map(|task| table::task::find(rows, task)).transpose()?.flatten();
        Ok(found.map(|task| task.title).unwrap_or_default())
    };
    let plan = |plan: &PlanId| -> Result<String, StoreError> {
        Ok(table::plan::find(rows, plan)?.map(|plan| plan.title).unwrap_or_default())
    };
    let id = row.id.as_str();
    Ok(match row.kind.as_str() {
        "task" => match table::task::find(rows, &TaskId::new(id))? {
            Some(found) => Some((found.title, plan(&found.plan)?)),
            None => None,
        },
        "section" => match table::section::find(rows, &SectionId::new(id))? {
            Some(found) => Some((crate::model::ledger::heading(&found), plan(&found.plan)?)),
            None => None,
        },
        "checklist_item" => match table::checklist_item::find(rows, &ChecklistItemId::new(id))? {
            Some(found) => Some((found.text, task(Some(&found.task))?)),
            None => None,
        },
        "milestone" => match table::milestone::find(rows, &MilestoneId::new(id))? {
            Some(found) => Some((found.what, task(found.task.as_ref())?)),
            None => None,
        },
        "target" => match table::target::find(rows, &TargetId::new(id))? {
            Some(found) => {
                let indicator = table::indicator::get(rows, &found.indicator)?;
                let due = found.due.map(Due::chinese).unwrap_or_default();
                let value = plan::number(found.value, 6);
                Some((format!("{due}{} {value}{}", indicator.name, indicator.unit), task(indicator.task.as_ref())?))
            }
            None => None,
        },
        _ => None,
    })
}
