//! The ledger's rows and the detail of one task.

use super::Context;
use super::lines::{evidence_line, item_line, milestone_line, progress_line, targets_of};
use crate::ledger::{TaskRows, heading};
use crate::wire::{DepartmentRole, Ledger, LedgerRow, SectionLine, TaskDetail};
use plan::{Due, PlanId, Progress};

/// One row of the ledger.
pub(crate) fn ledger_row(context: Context<'_>, place: usize, row: &TaskRows) -> Option<LedgerRow> {
    let judged = context.judged.get(place)?;
    let quarter = context.moment.quarter;
    let plan = context.ledger.plan(&row.task.plan)?;
    let mut departments: Vec<_> = row.assignments.iter().collect();
    departments.sort_by_key(|assignment| (assignment.role, assignment.position));
    let due = row.task.due.or(plan.period_to.map(Due::Year));
    let words = |of: fn(&Progress) -> &String| said(context, row, of);
    Some(LedgerRow {
        id: row.task.id.to_string(),
        plan: row.task.plan.to_string(),
        section: row.task.section.as_ref().map(ToString::to_string),
        number: row.task.number.clone(),
        title: row.task.title.clone(),
        kind: row.task.kind.to_string(),
        departments: departments
            .iter()
            .map(|assignment| DepartmentRole {
                id: assignment.department.to_string(),
                name: context.ledger.department_name(&assignment.department),
                role: assignment.role.to_string(),
                by_default: assignment.by_default,
            })
            .collect(),
        due: due.map(|due| due.to_string()),
        due_by_default: row.task.due.is_none(),
        status: row.status(quarter).to_string(),
        progress: words(|progress| &progress.done),
        problems: words(|progress| &progress.problems),
        next: words(|progress| &progress.next),
        items_done: row.items.iter().filter(|item| item.done_on.is_some()).count(),
        items: row.items.len(),
        completion: judged.assessment.completion,
        gap: judged.assessment.gap,
        judgement: judged.assessment.judgement.to_string(),
        lamp: judged.assessment.lamp.to_string(),
        why: judged.assessment.why.clone(),
        evidence: row.evidence.len(),
        closed_on: row.task.closed_on.map(|day| day.to_string()),
        initials: row.initials.clone(),
    })
}

/// One text of the quarter: as it stands where one department wrote, each behind its name where several did.
fn said(context: Context<'_>, row: &TaskRows, of: fn(&Progress) -> &String) -> String {
    let quarter = context.moment.quarter;
    let written: Vec<&Progress> = row
        .assignments
        .iter()
        .filter_map(|assignment| row.progress_of(&assignment.department, quarter))
        .filter(|progress| !of(progress).is_empty())
        .collect();
    match written[..] {
        [] => String::new(),
        [only] => of(only).clone(),
        _ => written
            .iter()
            .map(|progress| format!("{}:{}", context.ledger.department_name(&progress.department), of(progress)))
            .collect::<Vec<_>>()
            .join("\n"),
    }
}

/// The ledger of one plan or all.
pub(crate) fn ledger_rows(context: Context<'_>, plan: Option<&PlanId>) -> Ledger {
    let in_plan = |of: &PlanId| plan.is_none_or(|plan| of == plan);
    let mut sections: Vec<_> = context.ledger.sections.iter().filter(|section| in_plan(&section.plan)).collect();
    let plan_place = |of: &PlanId| context.ledger.plans.iter().position(|plan| plan.id == *of);
    sections.sort_by_cached_key(|section| (plan_place(&section.plan), section.position));
    Ledger {
        quarter: context.moment.quarter.to_string(),
        sections: sections
            .iter()
            .map(|section| SectionLine {
                id: section.id.to_string(),
                plan: section.plan.to_string(),
                parent: section.parent.as_ref().map(ToString::to_string),
                level: context.ledger.path(Some(&section.id)).len(),
                heading: heading(section),
            })
            .collect(),
        rows: context.tasks(plan).filter_map(|(place, row, _)| ledger_row(context, place, row)).collect(),
    }
}

/// Everything about one task but its history and what is asked about it.
pub(crate) fn detail(context: Context<'_>, place: usize, row: &TaskRows) -> Option<TaskDetail> {
    let mut progress: Vec<&Progress> = row.progress.iter().collect();
    progress.sort_by_key(|progress| std::cmp::Reverse(progress.quarter));
    let plan = context.ledger.plan(&row.task.plan)?;
    Some(TaskDetail {
        row: ledger_row(context, place, row)?,
        path: context.ledger.path(row.task.section.as_ref()),
        plan_title: plan.title.clone(),
        text: row.task.text.clone(),
        items: row.items.iter().map(|item| item_line(context, item)).collect(),
        milestones: row.milestones.iter().map(|milestone| milestone_line(context, milestone, Some(row))).collect(),
        targets: targets_of(context, row),
        progress: progress.into_iter().map(|progress| progress_line(context.ledger, progress)).collect(),
        evidence: row.evidence.iter().map(evidence_line).collect(),
        override_judgement: row.task.override_judgement.as_ref().map(|(judgement, why)| (judgement.to_string(), why.clone())),
        history: Vec::new(),
        requests: Vec::new(),
    })
}
