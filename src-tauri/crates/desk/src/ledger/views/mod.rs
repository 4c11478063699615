//! The views of the wire, computed from the rows in one quarter. Pure: everything comes in as arguments.

mod attention;
mod checklist;
mod indicators;
mod lines;
mod overview;
mod rows;
mod timeline;

pub(crate) use checklist::checklists;
pub(crate) use indicators::indicators;

pub(crate) use overview::{overview, overview_tasks, totals};
pub(crate) use rows::{detail, ledger_row, ledger_rows, ledger_table};
pub(crate) use timeline::timeline;

use crate::model::ledger::{Ledger, TaskRows};
use plan::{Moment, PlanId, RuleSet, TaskAssessment};

/// The rows, the rules and the moment that a view is computed for.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub ledger: &'a Ledger,
    pub rules: &'a RuleSet,
    pub moment: Moment,
    /// Judgement of each task, in the order of [`Ledger::tasks`].
    pub judged: &'a [TaskAssessment],
}

impl<'a> Context<'a> {
    /// Tasks of one plan or all, with their places and judgements.
    pub(crate) fn tasks(self, plan: Option<&'a PlanId>) -> impl Iterator<Item = (usize, &'a TaskRows, &'a TaskAssessment)> {
        self.ledger
            .tasks
            .iter()
            .zip(self.judged)
            .enumerate()
            .map(|(place, (row, judged))| (place, row, judged))
            .filter(move |(_, row, _)| plan.is_none_or(|plan| row.task.plan == *plan))
    }
}
