//! Who was asked for a quarter's return, and who gave one: the one sense in which the exchange, its reminders, closing, overview,
//! reports and their check speak of 未报送.

use crate::model::context::Context;
use crate::model::ledger::{Ledger, TaskRows};
use plan::{DepartmentId, Judgement, PlanId, Progress, Quarter, Status, TaskAssessment};

/// A department's return of a quarter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Whether anything was asked of it.
    pub asked: bool,
    /// Whether it wrote or counted anything itself.
    pub returned: bool,
}

impl Standing {
    /// Asked and silent.
    pub(crate) fn is_missing(self) -> bool {
        self.asked && !self.returned
    }
}

/// Whether a department owes a task's return: it answers for the task, and the task counts and is not done.
pub(crate) fn is_asked(row: &TaskRows, judged: &TaskAssessment, department: &DepartmentId) -> bool {
    row.answering() == Some(department) && judged.counted && judged.assessment.judgement != Judgement::Completed
}

/// Whether a department itself returned something of a task: its own words or figures. A figure that the office entered for all is
/// the answering department's; what another department wrote is nobody else's.
pub(crate) fn has_returned(context: Context<'_>, row: &TaskRows, department: &DepartmentId) -> bool {
    let quarter = context.moment.quarter;
    says_of(context.ledger, row, department, quarter)
}

/// Whether a department has returned a quarter: its return was merged, or its own words or figures of the quarter stand in the
/// ledger, however they came there. An empty form, a refused file and a blank row are none.
pub(crate) fn has_returned_quarter(ledger: &Ledger, department: &DepartmentId, quarter: Quarter) -> bool {
    ledger.returned.contains(&(quarter, department.clone()))
        || ledger.tasks.iter().any(|row| row.role(department).is_some() && says_of(ledger, row, department, quarter))
}

/// Whether a row of progress says anything.
pub(crate) fn says(progress: &Progress) -> bool {
    progress.status != Status::NotStarted
        || [&progress.done, &progress.problems, &progress.next].iter().any(|text| !text.is_empty())
}

fn says_of(ledger: &Ledger, row: &TaskRows, department: &DepartmentId, quarter: Quarter) -> bool {
    let answers = row.answering() == Some(department);
    row.progress_of(department, quarter).is_some_and(says)
        || ledger.measured_of(row).flat_map(|measured| &measured.actuals).any(|actual| {
            actual.quarter == quarter && actual.department.as_ref().map_or(answers, |reported| reported == department)
        })
}

/// The standing of every department, in the ledger's order.
pub(crate) fn standings(context: Context<'_>, plan: Option<&PlanId>) -> Vec<Standing> {
    let mut standings = vec![Standing::default(); context.ledger.departments.len()];
    for (_, row, judged) in context.tasks(plan) {
        for (place, assignment) in row.assigned() {
            let Some(standing) = standings.get_mut(place) else { continue };
            standing.asked |= is_asked(row, judged, &assignment.department);
            standing.returned = standing.returned || has_returned(context, row, &assignment.department);
        }
    }
    for (standing, department) in standings.iter_mut().zip(&context.ledger.departments) {
        standing.returned |= context.ledger.returned.contains(&(context.moment.quarter, department.id.clone()));
    }
    standings
}
