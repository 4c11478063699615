//! The small lines that several views share: items, milestones, targets, progress, evidence.

use crate::model::context::Context;
use crate::model::ledger::{Ledger, Measured, TaskRows};
use crate::wire::{Baseline, EvidenceLine, FigureQuestion, ItemLine, MilestoneLine, ProgressLine, TargetLine};
use plan::{ChecklistItem, DepartmentId, Evidence, Milestone, Progress, Target};
use std::collections::HashSet;

/// Names of departments in their order.
pub(crate) fn unit_names(ledger: &Ledger, departments: &[DepartmentId]) -> Vec<String> {
    departments.iter().map(|id| ledger.department_name(id)).collect()
}

/// Names of a task's departments, those that lead first.
pub(crate) fn departments_of(ledger: &Ledger, row: &TaskRows) -> Vec<String> {
    let mut assignments: Vec<_> = row.assignments.iter().collect();
    assignments.sort_by_key(|assignment| (assignment.role, assignment.position));
    assignments.iter().map(|assignment| ledger.department_name(&assignment.department)).collect()
}

pub(crate) fn item_line(context: Context<'_>, item: &ChecklistItem) -> ItemLine {
    ItemLine {
        id: item.id.to_string(),
        text: item.text.clone(),
        due: item.due.map(|due| due.to_string()),
        done_on: item.done_on.map(|day| day.to_string()),
        departments: unit_names(context.ledger, &item.departments),
        lamp: plan::item_lamp(item, context.rules, context.moment).to_string(),
    }
}

pub(crate) fn milestone_line(context: Context<'_>, milestone: &Milestone, row: Option<&TaskRows>) -> MilestoneLine {
    let judged = plan::assess_milestone(milestone, context.rules, context.moment);
    let departments = if milestone.departments.is_empty() {
        row.map(|row| departments_of(context.ledger, row)).unwrap_or_default()
    } else {
        unit_names(context.ledger, &milestone.departments)
    };
    MilestoneLine {
        id: milestone.id.to_string(),
        plan: milestone.plan.to_string(),
        task: milestone.task.as_ref().map(ToString::to_string),
        what: milestone.what.clone(),
        due: milestone.due.to_string(),
        done_on: milestone.done_on.map(|day| day.to_string()),
        departments,
        lamp: judged.lamp.to_string(),
        why: judged.why,
    }
}

/// A target with its figure in the quarter; nothing where its plan is gone.
pub(crate) fn target_line(context: Context<'_>, measured: &Measured, target: &Target) -> Option<TargetLine> {
    let judged = context.ledger.judge_target(measured, target, context.rules, context.moment)?;
    let Measured { indicator, actuals, .. } = measured;
    let quarter = context.moment.quarter;
    let plan = context.ledger.plan(&indicator.plan)?;
    let current = plan::current_step(plan, &measured.targets, quarter).is_some_and(|step| step.id == target.id);
    let note = actuals.iter().find(|actual| actual.quarter == quarter && !actual.note.is_empty());
    Some(TargetLine {
        id: target.id.to_string(),
        indicator_id: indicator.id.to_string(),
        indicator: indicator.name.clone(),
        op: target.op.to_string(),
        value: target.value,
        unit: indicator.unit.clone(),
        due: target.due.map(|due| due.to_string()),
        cadence: target.cadence.to_string(),
        kind: indicator.kind.to_string(),
        binding: indicator.binding,
        proposed: target.proposed,
        current,
        baseline: indicator.baseline.map(|(year, value)| Baseline { year, value }),
        actual: plan::figure(indicator, actuals, quarter),
        note: note.map(|actual| actual.note.clone()).unwrap_or_default(),
        asks_for: plan::questions::asks_for(indicator, target, quarter),
        questions: if current { questions_of(context, measured, target) } else { Vec::new() },
        previous: plan::figure(indicator, actuals, quarter.previous()),
        completion: judged.completion,
        schedule: judged.schedule,
        gap: judged.gap,
        judgement: judged.judgement.to_string(),
        lamp: judged.lamp.to_string(),
        why: judged.why,
    })
}

/// What the figures of the quarter raise, each held against what its unit gave before.
pub(crate) fn questions_of(context: Context<'_>, measured: &Measured, target: &Target) -> Vec<FigureQuestion> {
    let Measured { indicator, actuals, .. } = measured;
    let quarter = context.moment.quarter;
    let mut asked = Vec::new();
    for actual in actuals.iter().filter(|actual| actual.quarter == quarter) {
        let (department, value) = (actual.department.as_ref(), actual.value);
        let entered = plan::questions::Entered { indicator, target, actuals, department, quarter, value };
        asked.extend(
            plan::questions::questions(entered).iter().map(|question| FigureQuestion {
                kind: question.code().to_owned(),
                text: question.chinese(value, &indicator.unit),
            }),
        );
    }
    asked
}

/// The questions of targets' figures that no remark answers, each with what is counted.
pub(crate) fn unanswered(context: Context<'_>, targets: &HashSet<&str>) -> Vec<String> {
    let mut asked = Vec::new();
    for measured in &context.ledger.measured {
        let noted = measured.actuals.iter().any(|actual| actual.quarter == context.moment.quarter && !actual.note.is_empty());
        let target = measured.targets.iter().find(|target| !noted && targets.contains(target.id.as_str()));
        let Some(target) = target else { continue };
        let name = plan::quoted(&measured.indicator.name);
        asked.extend(questions_of(context, measured, target).into_iter().map(|question| format!("{name}{}", question.text)));
    }
    asked
}

/// All targets of a task.
pub(crate) fn targets_of(context: Context<'_>, row: &TaskRows) -> Vec<TargetLine> {
    let lines =
        context.ledger.measured_of(row).flat_map(|measured| measured.targets.iter().map(move |target| (measured, target)));
    lines.filter_map(|(measured, target)| target_line(context, measured, target)).collect()
}

pub(crate) fn progress_line(ledger: &Ledger, progress: &Progress) -> ProgressLine {
    ProgressLine {
        department: progress.department.to_string(),
        department_name: ledger.department_name(&progress.department),
        quarter: progress.quarter.to_string(),
        status: progress.status.to_string(),
        done: progress.done.clone(),
        problems: progress.problems.clone(),
        next: progress.next.clone(),
    }
}

pub(crate) fn evidence_line(evidence: &Evidence) -> EvidenceLine {
    EvidenceLine {
        id: evidence.id.to_string(),
        file_name: evidence.file_name.clone(),
        media_type: evidence.media_type.clone(),
        size: evidence.size,
        quarter: evidence.quarter.to_string(),
        item: evidence.item.as_ref().map(ToString::to_string),
    }
}
