//! Keeping the rows in memory true after an edit by reading anew only what the edit touched: in a workbook of 100,000 tasks
//! a tick must not read them all.

use super::{Ledger, Measured, TaskRows, units};
use plan::{ActualId, ChecklistItemId, EvidenceId, IndicatorId, MilestoneId, ProgressId, TargetId, TaskId};
use std::collections::{BTreeSet, HashSet};
use store::{Action, ChangedRow, Rows, StoreError, table};

/// Beyond so many changed rows all are read again: that is quicker than to look for each.
const MOST: usize = 400;

/// What an edit touched, by place.
#[derive(Debug, Default)]
struct Touched {
    tasks: BTreeSet<usize>,
    measured: BTreeSet<usize>,
}

impl Ledger {
    /// Follows an edit. The places of the tasks that may now be judged otherwise; `None` where the edit reached further than
    /// single rows (a task came or went, a plan or department changed): then all is to be read again.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub(crate) fn follow(&mut self, rows: &Rows<'_>, changed: &[ChangedRow]) -> Result<Option<Vec<usize>>, StoreError> {
        let Some(touched) = self.touched(rows, changed)? else { return Ok(None) };
        let mut judged = touched.tasks.clone();
        for &place in &touched.measured {
            let Some(kept) = self.measured.get(place) else { return Ok(None) };
            let Some(indicator) = table::indicator::find(rows, &kept.indicator.id)? else { return Ok(None) };
            let stays = (&kept.indicator.plan, &kept.indicator.task, kept.indicator.position)
                == (&indicator.plan, &indicator.task, indicator.position);
            if !stays {
                return Ok(None);
            }
            judged.extend(indicator.task.as_ref().and_then(|task| self.task_place(task)));
            let mut targets = table::target::of_indicator(rows, &indicator.id)?;
            targets.retain(|target| !self.retired.contains(target.id.as_str()));
            let actuals = table::actual::of_indicator(rows, &indicator.id)?;
            let mut measured = Measured { indicator, targets, actuals };
            measured.sort();
            self.measured[place] = measured;
        }
        for &place in &touched.tasks {
            let Some(kept) = self.tasks.get(place) else { return Ok(None) };
            let Some(task) = table::task::find(rows, &kept.task.id)? else { return Ok(None) };
            if (&kept.task.plan, kept.task.position) != (&task.plan, task.position) {
                return Ok(None);
            }
            let mut row = TaskRows {
                assignments: table::assignment::of_task(rows, &task.id)?,
                items: table::checklist_item::of_task(rows, &task.id)?,
                milestones: table::milestone::of_task(rows, &task.id)?,
                measured: kept.measured.clone(),
                progress: table::progress::of_task(rows, &task.id)?,
                evidence: table::evidence::of_task(rows, &task.id)?,
                ..TaskRows::bare(task)
            };
            row.items.retain(|item| !self.retired.contains(item.id.as_str()));
            row.milestones.retain(|milestone| !self.retired.contains(milestone.id.as_str()));
            row.sort();
            row.units = units(&self.department_at, &row.assignments);
            self.tasks[place] = row;
        }
        Ok(Some(judged.into_iter().collect()))
    }

    /// Which tasks and indicators changed rows belong to; `None` where that is not all.
    fn touched(&self, rows: &Rows<'_>, changed: &[ChangedRow]) -> Result<Option<Touched>, StoreError> {
        let mut touched = Touched::default();
        if changed.len() > MOST {
            return Ok(None);
        }
        // rows whose owner before the edit must be looked for in memory, since the file does not tell it
        let mut of_tasks: HashSet<&str> = HashSet::new();
        let mut of_indicators: HashSet<&str> = HashSet::new();
        for row in changed {
            let id = row.id.as_str();
            let first = id.split('/').next().unwrap_or_default();
            let task = match row.table.as_str() {
                // texts of reports are read where they are needed
                "passage" => continue,
                "task" if row.action == Action::Updated => Some(TaskId::new(id)),
                "assignment" => Some(TaskId::new(first)),
                "checklist_item" | "checklist_item_department" => {
                    let task = table::checklist_item::find(rows, &ChecklistItemId::new(first))?.map(|item| item.task);
                    self.seek(first, task, &mut of_tasks)
                }
                "milestone" | "milestone_department" => {
                    if self.goals.iter().any(|goal| goal.id.as_str() == first) {
                        return Ok(None);
                    }
                    match table::milestone::find(rows, &MilestoneId::new(first))? {
                        Some(milestone) if milestone.task.is_none() => return Ok(None),
                        found => self.seek(first, found.and_then(|milestone| milestone.task), &mut of_tasks),
                    }
                }
                "progress" => {
                    let task = table::progress::find(rows, &ProgressId::new(id))?.map(|progress| progress.task);
                    self.seek(id, task, &mut of_tasks)
                }
                "evidence" => {
                    let task = table::evidence::find(rows, &EvidenceId::new(id))?.map(|evidence| evidence.task);
                    self.seek(id, task, &mut of_tasks)
                }
                "evidence_bytes" => continue,
                "indicator" if row.action == Action::Updated => {
                    let Some(&place) = self.measured_at.get(&IndicatorId::new(id)) else { return Ok(None) };
                    touched.measured.insert(place);
                    continue;
                }
                "target" => {
                    let owner = table::target::find(rows, &TargetId::new(id))?.map(|target| target.indicator);
                    touched.measured.extend(self.seek_measured(id, owner, &mut of_indicators));
                    continue;
                }
                "actual" => {
                    let owner = table::actual::find(rows, &ActualId::new(id))?.map(|actual| actual.indicator);
                    touched.measured.extend(self.seek_measured(id, owner, &mut of_indicators));
                    continue;
                }
                _ => return Ok(None),
            };
            if let Some(task) = task {
                let Some(place) = self.task_place(&task) else { return Ok(None) };
                touched.tasks.insert(place);
            }
        }
        if !of_tasks.is_empty() {
            touched.tasks.extend((0..self.tasks.len()).filter(|&place| self.tasks[place].holds(&of_tasks)));
        }
        if !of_indicators.is_empty() {
            touched.measured.extend((0..self.measured.len()).filter(|&place| self.measured[place].holds(&of_indicators)));
        }
        Ok(Some(touched))
    }

    /// The task that the file names as a row's owner. Where it was not the owner before, the row is put among those to be
    /// looked for.
    fn seek<'a>(&self, id: &'a str, task: Option<TaskId>, of_tasks: &mut HashSet<&'a str>) -> Option<TaskId> {
        let before = task.as_ref().and_then(|task| self.task(task));
        if !before.is_some_and(|row| row.holds(&HashSet::from([id]))) {
            of_tasks.insert(id);
        }
        task
    }

    /// The place of the indicator that the file names as a row's owner, as [`seek`](Self::seek).
    fn seek_measured<'a>(&self, id: &'a str, owner: Option<IndicatorId>, of_indicators: &mut HashSet<&'a str>) -> Option<usize> {
        let place = owner.and_then(|owner| self.measured_at.get(&owner).copied());
        let before = place.and_then(|place| self.measured.get(place));
        if !before.is_some_and(|row| row.holds(&HashSet::from([id]))) {
            of_indicators.insert(id);
        }
        place
    }
}

impl TaskRows {
    /// Whether one of these ids is among what hangs on the task.
    pub(crate) fn holds(&self, ids: &HashSet<&str>) -> bool {
        self.items.iter().any(|row| ids.contains(row.id.as_str()))
            || self.milestones.iter().any(|row| ids.contains(row.id.as_str()))
            || self.progress.iter().any(|row| ids.contains(row.id.as_str()))
            || self.evidence.iter().any(|row| ids.contains(row.id.as_str()))
    }
}

impl Measured {
    /// Whether one of these ids is among its targets and figures.
    pub(crate) fn holds(&self, ids: &HashSet<&str>) -> bool {
        self.targets.iter().any(|row| ids.contains(row.id.as_str()))
            || self.actuals.iter().any(|row| ids.contains(row.id.as_str()))
    }
}
