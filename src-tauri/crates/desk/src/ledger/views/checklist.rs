//! Departments' checklists: what each is to do, and what is still missing before it can return the quarter.

use super::lines::{evidence_line, item_line, milestone_line, progress_line, targets_of};
use crate::model::context::Context;
use crate::model::ledger::TaskRows;
use crate::wire::{ChecklistTask, Checklists, DepartmentChecklist};
use plan::{DepartmentId, TaskAssessment};

/// The checklists of all departments, or of one. Tasks without a department stand in a last group.
pub(crate) fn checklists(context: Context<'_>, only: Option<&DepartmentId>) -> Checklists {
    let mut by_department: Vec<Vec<(&TaskRows, &TaskAssessment)>> = vec![Vec::new(); context.ledger.departments.len()];
    let mut without = Vec::new();
    for (_, row, judged) in context.tasks(None) {
        if row.assignments.is_empty() {
            without.push((row, judged));
        }
        for (place, _) in row.assigned() {
            if let Some(tasks) = by_department.get_mut(place) {
                tasks.push((row, judged));
            }
        }
    }
    let mut departments: Vec<DepartmentChecklist> = context
        .ledger
        .departments
        .iter()
        .zip(by_department)
        .filter(|(department, tasks)| only.map_or(!tasks.is_empty(), |only| department.id == *only))
        .map(|(department, tasks)| DepartmentChecklist {
            id: Some(department.id.to_string()),
            name: Some(department.name.clone()),
            tasks: tasks.into_iter().map(|(row, judged)| checklist_task(context, row, judged, Some(&department.id))).collect(),
        })
        .collect();
    if only.is_none() && !without.is_empty() {
        departments.push(DepartmentChecklist {
            id: None,
            name: None,
            tasks: without.into_iter().map(|(row, judged)| checklist_task(context, row, judged, None)).collect(),
        });
    }
    Checklists { quarter: context.moment.quarter.to_string(), as_of: context.moment.today.to_string(), departments }
}

fn checklist_task(
    context: Context<'_>,
    row: &TaskRows,
    judged: &TaskAssessment,
    department: Option<&DepartmentId>,
) -> ChecklistTask {
    let quarter = context.moment.quarter;
    let written = department.and_then(|department| row.progress_of(department, quarter));
    // The last words of an earlier quarter, so that they can be carried forward.
    let last = department.and_then(|department| {
        let before = row.progress.iter().filter(|progress| progress.department == *department && progress.quarter < quarter);
        before.max_by_key(|progress| progress.quarter)
    });
    let answers = department.is_none() || row.answering() == department;
    // Who answers for the task sees all of it; the others what names them or names nobody.
    let named_here = |departments: &[DepartmentId]| {
        answers || departments.is_empty() || department.is_none_or(|department| departments.contains(department))
    };
    let targets = targets_of(context, row);
    let mut missing = Vec::new();
    if written.is_none_or(|progress| progress.done.trim().is_empty()) {
        missing.push("进展情况".to_owned());
    }
    if answers {
        // Only the step that is worked on in the quarter asks for a figure, and only from the unit that answers for the task.
        let asked = context.ledger.measured_of(row).filter(|measured| {
            let current =
                context.ledger.plan(&row.task.plan).and_then(|plan| plan::current_step(plan, &measured.targets, quarter));
            current.is_some_and(|current| {
                let line = targets.iter().find(|line| line.id == current.id.as_str());
                line.is_some_and(|line| line.actual.is_none() && line.judgement == plan::Judgement::NoData.chinese())
            })
        });
        missing.extend(asked.map(|measured| measured.indicator.name.clone()));
    }
    ChecklistTask {
        id: row.task.id.to_string(),
        plan: context.ledger.plan(&row.task.plan).map(|plan| plan.title.clone()).unwrap_or_default(),
        number: row.task.number.clone(),
        title: row.task.title.clone(),
        role: department.and_then(|department| row.role(department)).map(|role| role.to_string()),
        status: written.map_or_else(|| row.status(quarter), |progress| progress.status).to_string(),
        judgement: judged.assessment.judgement.to_string(),
        lamp: judged.assessment.lamp.to_string(),
        why: judged.assessment.why.clone(),
        items: row.items.iter().filter(|item| named_here(&item.departments)).map(|item| item_line(context, item)).collect(),
        milestones: row
            .milestones
            .iter()
            .filter(|milestone| named_here(&milestone.departments))
            .map(|milestone| milestone_line(context, milestone, Some(row)))
            .collect(),
        targets,
        progress: written.map(|progress| progress_line(context.ledger, progress)),
        last: last.map(|progress| progress_line(context.ledger, progress)),
        missing,
        due: row.task.due.map(|due| due.to_string()),
        evidence: row.evidence.iter().filter(|evidence| evidence.quarter == quarter).map(evidence_line).collect(),
    }
}
