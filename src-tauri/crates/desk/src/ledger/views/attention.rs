//! Rows that want attention: past due, due soon, waiting for the office's check.

use super::lines::{departments_of, unit_names};
use crate::model::context::Context;
use crate::model::ledger::TaskRows;
use crate::wire::Attention;
use chrono::NaiveDate;
use foldhash::HashSet;
use plan::{ChecklistItem, DepartmentId, Due, Judgement, Milestone, PlanId, Status, TaskAssessment, TaskId};

/// How many days ahead count as soon.
const SOON: i64 = 15;

fn days_to(context: Context<'_>, due: Due) -> i64 {
    (context.rules.last_day(due) - context.moment.day()).num_days()
}

/// A row that wants attention, before it is put in words: of a hundred thousand only the first are.
#[derive(Clone, Copy)]
pub(crate) enum Wanting<'a> {
    Task(&'a TaskRows, &'a TaskAssessment),
    Item(&'a TaskRows, &'a ChecklistItem, Due),
    Milestone(Option<&'a TaskRows>, &'a Milestone),
}

impl Wanting<'_> {
    /// Its task, if it has one.
    pub(crate) fn task(&self) -> Option<&TaskId> {
        match self {
            Self::Task(row, _) | Self::Item(row, ..) => Some(&row.task.id),
            Self::Milestone(row, _) => row.map(|row| &row.task.id),
        }
    }

    fn due(&self, context: Context<'_>) -> Option<Due> {
        match self {
            Self::Task(row, _) => {
                row.task.due.or(context.ledger.plan(&row.task.plan).and_then(|plan| plan.period_to).map(Due::Year))
            }
            Self::Item(_, _, due) => Some(*due),
            Self::Milestone(_, milestone) => Some(milestone.due),
        }
    }

    /// The line that says it.
    pub(crate) fn line(&self, context: Context<'_>) -> Attention {
        let due = self.due(context);
        let of_row = |own: &[DepartmentId], row: Option<&TaskRows>| match row {
            Some(row) if own.is_empty() => departments_of(context.ledger, row),
            _ => unit_names(context.ledger, own),
        };
        let (what, id, text, departments, lamp) = match self {
            Self::Task(row, judged) => (
                "task",
                row.task.id.to_string(),
                format!("{}. {}", row.task.number, row.task.title),
                departments_of(context.ledger, row),
                judged.assessment.lamp,
            ),
            Self::Item(row, item, _) => (
                "item",
                item.id.to_string(),
                item.text.clone(),
                of_row(&item.departments, Some(row)),
                plan::item_lamp(item, context.rules, context.moment),
            ),
            Self::Milestone(row, milestone) => (
                "milestone",
                milestone.id.to_string(),
                milestone.what.clone(),
                of_row(&milestone.departments, *row),
                plan::assess_milestone(milestone, context.rules, context.moment).lamp,
            ),
        };
        Attention {
            what: what.to_owned(),
            id,
            task: self.task().map(ToString::to_string),
            text,
            departments,
            due: due.map(|due| due.to_string()),
            days: due.map(|due| days_to(context, due)),
            lamp: lamp.to_string(),
        }
    }
}

/// Dated rows that are open and whose date is asked for, the earliest first: milestones, items and tasks with a date of their own.
fn dated<'a>(context: Context<'a>, plan: Option<&'a PlanId>, asked: impl Fn(Due) -> bool) -> Vec<Wanting<'a>> {
    let mut found: Vec<(NaiveDate, Wanting<'a>)> = Vec::new();
    let mut add = |due: Due, row: Wanting<'a>| found.push((due.last_day(), row));
    for (_, row, judged) in context.tasks(plan) {
        if judged.assessment.judgement == Judgement::Completed || !judged.counted {
            continue;
        }
        for milestone in row.milestones.iter().filter(|milestone| milestone.done_on.is_none() && asked(milestone.due)) {
            add(milestone.due, Wanting::Milestone(Some(row), milestone));
        }
        for item in row.items.iter().filter(|item| item.done_on.is_none()) {
            let Some(due) = item.due.filter(|due| asked(*due)) else { continue };
            // a milestone of the same words is the same thing
            if row.milestones.iter().any(|milestone| milestone.due == due && milestone.done_on.is_none()) {
                continue;
            }
            add(due, Wanting::Item(row, item, due));
        }
        if let Some(due) = row.task.due.filter(|due| asked(*due)) {
            add(due, Wanting::Task(row, judged));
        }
    }
    let goals = context.ledger.goals.iter().filter(|m| m.done_on.is_none() && plan.is_none_or(|plan| m.plan == *plan));
    for milestone in goals.filter(|milestone| asked(milestone.due)) {
        add(milestone.due, Wanting::Milestone(None, milestone));
    }
    found.sort_by_key(|(day, _)| *day);
    found.into_iter().map(|(_, row)| row).collect()
}

/// Past due and open on the judging day, the longest first; tasks judged past due for their figures stand among them.
pub(crate) fn overdue<'a>(context: Context<'a>, plan: Option<&'a PlanId>) -> Vec<Wanting<'a>> {
    let mut late = dated(context, plan, |due| context.moment.is_past(context.rules.last_day(due)));
    let listed: HashSet<TaskId> = late.iter().filter_map(|row| row.task().cloned()).collect();
    for (_, row, judged) in context.tasks(plan) {
        if judged.assessment.judgement == Judgement::Overdue && !listed.contains(&row.task.id) {
            late.push(Wanting::Task(row, judged));
        }
    }
    late
}

/// Open and due within the next days.
pub(crate) fn due_soon<'a>(context: Context<'a>, plan: Option<&'a PlanId>) -> Vec<Wanting<'a>> {
    dated(context, plan, |due| (0..=SOON).contains(&days_to(context, due)))
}

/// Said to be done by the department, not yet checked by the office.
pub(crate) fn to_check<'a>(context: Context<'a>, plan: Option<&'a PlanId>) -> Vec<Wanting<'a>> {
    context
        .tasks(plan)
        .filter(|(_, row, _)| row.status(context.moment.quarter) == Status::Done && row.task.closed_on.is_none())
        .map(|(_, row, judged)| Wanting::Task(row, judged))
        .collect()
}
