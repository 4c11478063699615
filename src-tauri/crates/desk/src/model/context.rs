//! The rows of a workbook with their judgements at one moment: what every view and report is computed from.

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
