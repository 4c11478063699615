//! Rows that want attention: past due, due soon, waiting for the office's check.

use super::Context;
use super::lines::{departments_of, unit_names};
use crate::ledger::TaskRows;
use crate::wire::Attention;
use plan::{Due, Judgement, Lamp, PlanId, Status, TaskAssessment};
use std::collections::HashSet;

/// How many days ahead count as soon.
const SOON: i64 = 15;

fn days_to(context: Context<'_>, due: Due) -> i64 {
    (due.last_day() - context.moment.today).num_days()
}

/// A task as a line that wants attention.
pub(crate) fn of_task(context: Context<'_>, row: &TaskRows, judged: &TaskAssessment) -> Attention {
    let due = row.task.due.or(context.ledger.plan(&row.task.plan).and_then(|plan| plan.period_to).map(Due::Year));
    Attention {
        what: "task".to_owned(),
        id: row.task.id.to_string(),
        task: Some(row.task.id.to_string()),
        text: format!("{}. {}", row.task.number, row.task.title),
        departments: departments_of(context.ledger, row),
        due: due.map(|due| due.to_string()),
        days: due.map(|due| days_to(context, due)),
        lamp: judged.assessment.lamp.to_string(),
    }
}

/// Dated rows that are open and whose date is asked for: milestones, items and tasks with a date of their own.
fn dated<'a>(context: Context<'a>, plan: Option<&'a PlanId>, asked: impl Fn(Due) -> bool) -> Vec<(Due, Attention)> {
    let mut found = Vec::new();
    let mut add = |what: &str, id: String, task: Option<String>, text: &str, departments: Vec<String>, due: Due, lamp: Lamp| {
        found.push((
            due,
            Attention {
                what: what.to_owned(),
                id,
                task,
                text: text.to_owned(),
                departments,
                due: Some(due.to_string()),
                days: Some(days_to(context, due)),
                lamp: lamp.to_string(),
            },
        ));
    };
    for (_, row, judged) in context.tasks(plan) {
        if judged.assessment.judgement == Judgement::Completed || !judged.counted {
            continue;
        }
        let task = Some(row.task.id.to_string());
        for milestone in row.milestones.iter().filter(|milestone| milestone.done_on.is_none() && asked(milestone.due)) {
            let departments = if milestone.departments.is_empty() {
                departments_of(context.ledger, row)
            } else {
                unit_names(context.ledger, &milestone.departments)
            };
            let lamp = plan::assess_milestone(milestone, context.rules, context.moment).lamp;
            add("milestone", milestone.id.to_string(), task.clone(), &milestone.what, departments, milestone.due, lamp);
        }
        for item in row.items.iter().filter(|item| item.done_on.is_none()) {
            let Some(due) = item.due.filter(|due| asked(*due)) else { continue };
            // a milestone of the same words is the same thing
            if row.milestones.iter().any(|milestone| milestone.due == due && milestone.done_on.is_none()) {
                continue;
            }
            let departments = if item.departments.is_empty() {
                departments_of(context.ledger, row)
            } else {
                unit_names(context.ledger, &item.departments)
            };
            let lamp = plan::item_lamp(item, context.rules, context.moment);
            add("item", item.id.to_string(), task.clone(), &item.text, departments, due, lamp);
        }
        if let Some(due) = row.task.due.filter(|due| asked(*due)) {
            let text = format!("{}. {}", row.task.number, row.task.title);
            add("task", row.task.id.to_string(), task, &text, departments_of(context.ledger, row), due, judged.assessment.lamp);
        }
    }
    let goals = context.ledger.goals.iter().filter(|m| m.done_on.is_none() && plan.is_none_or(|plan| m.plan == *plan));
    for milestone in goals.filter(|milestone| asked(milestone.due)) {
        let lamp = plan::assess_milestone(milestone, context.rules, context.moment).lamp;
        let departments = unit_names(context.ledger, &milestone.departments);
        add("milestone", milestone.id.to_string(), None, &milestone.what, departments, milestone.due, lamp);
    }
    found.sort_by_key(|(due, _)| due.last_day());
    found
}

/// Past due and open on the judging day, the longest first; tasks judged past due for their figures stand among them.
pub(crate) fn overdue(context: Context<'_>, plan: Option<&PlanId>) -> Vec<Attention> {
    let mut late: Vec<Attention> =
        dated(context, plan, |due| context.moment.is_past(due)).into_iter().map(|(_, line)| line).collect();
    let listed: HashSet<String> = late.iter().filter_map(|line| line.task.clone()).collect();
    for (_, row, judged) in context.tasks(plan) {
        if judged.assessment.judgement == Judgement::Overdue && !listed.contains(row.task.id.as_str()) {
            late.push(of_task(context, row, judged));
        }
    }
    late
}

/// Open and due within the next days.
pub(crate) fn due_soon(context: Context<'_>, plan: Option<&PlanId>) -> Vec<Attention> {
    dated(context, plan, |due| (0..=SOON).contains(&days_to(context, due))).into_iter().map(|(_, line)| line).collect()
}

/// Said to be done by the department, not yet checked by the office.
pub(crate) fn to_check(context: Context<'_>, plan: Option<&PlanId>) -> Vec<Attention> {
    context
        .tasks(plan)
        .filter(|(_, row, _)| row.status(context.moment.quarter) == Status::Done && row.task.closed_on.is_none())
        .map(|(_, row, judged)| of_task(context, row, judged))
        .collect()
}
