//! Milestones and task dues over the quarters.

use super::lines::milestone_line;
use super::rows::ledger_row;
use crate::model::context::Context;
use crate::wire::Timeline;
use plan::{Milestone, PlanId, Quarter};

/// The timeline of one plan or all.
pub(crate) fn timeline(context: Context<'_>, plan: Option<&PlanId>) -> Timeline {
    let in_plan = |of: &PlanId| plan.is_none_or(|plan| of == plan);
    let mut milestones: Vec<(&Milestone, Option<_>)> = context
        .ledger
        .tasks
        .iter()
        .flat_map(|row| row.milestones.iter().map(move |milestone| (milestone, Some(row))))
        .chain(context.ledger.goals.iter().map(|milestone| (milestone, None)))
        .filter(|(milestone, _)| in_plan(&milestone.plan))
        .collect();
    milestones.sort_by_key(|(milestone, _)| (milestone.due.last_day(), milestone.position));
    let dues = milestones.iter().map(|(milestone, _)| Quarter::of(milestone.due.last_day()));
    let plans = context.ledger.plans.iter().filter(|plan| in_plan(&plan.id));
    let years: Vec<Quarter> = plans
        .flat_map(|plan| {
            let from = plan
                .period_from
                .or(plan.issued_on.map(|day| chrono::Datelike::year(&day)))
                .and_then(|year| Quarter::new(year, 1));
            [from, plan.period_to.and_then(|year| Quarter::new(year, 4))]
        })
        .flatten()
        .chain(dues)
        .chain([context.moment.quarter])
        .collect();
    let from = years.iter().min().copied().unwrap_or(context.moment.quarter);
    let to = years.iter().max().copied().unwrap_or(context.moment.quarter);
    Timeline {
        from: from.to_string(),
        to: to.to_string(),
        as_of: context.moment.today.to_string(),
        milestones: milestones.into_iter().map(|(milestone, row)| milestone_line(context, milestone, row)).collect(),
        tasks: context.tasks(plan).filter_map(|(place, row, _)| ledger_row(context, place, row)).collect(),
    }
}
