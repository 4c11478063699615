//! Milestones and the departments named for them.

use crate::error::{Fault, StoreError};
use crate::link::Links;
use crate::row::{Cells, INSERT, Table, UPDATE, Write, gone, span_cells};
use crate::table::retired;
use crate::{Edit, Rows};
use plan::{DepartmentId, Milestone, MilestoneId, PlanId, TaskId};
use rusqlite::params;
use std::collections::HashMap;

const TABLE: Table = Table {
    name: "milestone",
    what: "节点",
    columns: &["id", "plan", "task", "what", "due", "done_on", "span_start", "span_end", "position"],
    keys: 1,
};

const DEPARTMENTS: Links =
    Links { table: "milestone_department", owner: "milestone", member: "department", what: "节点的责任单位" };

fn read(cells: &mut Cells<'_, '_>) -> Result<Milestone, Fault> {
    Ok(Milestone {
        id: cells.parse()?,
        plan: cells.parse()?,
        task: cells.parse_or_none()?,
        departments: Vec::new(),
        what: cells.text()?,
        due: cells.parse()?,
        done_on: cells.date_or_none()?,
        span: cells.span()?,
        position: cells.integer()?,
    })
}

fn with_departments(rows: &Rows<'_>, mut milestones: Vec<Milestone>) -> Result<Vec<Milestone>, StoreError> {
    for milestone in &mut milestones {
        milestone.departments = DEPARTMENTS.of(rows, milestone.id.as_str())?.into_iter().map(DepartmentId::new).collect();
    }
    Ok(milestones)
}

/// All milestones, plan by plan, in the plan's order.
pub fn list(rows: &Rows<'_>) -> Result<Vec<Milestone>, StoreError> {
    with_all_departments(rows, rows.all(&TABLE, "ORDER BY plan, position, id", [], read)?)
}

/// All milestones as they lie in the file, in no order that means anything, some at a time: for who sorts them anyway.
pub fn unsorted(rows: &Rows<'_>, give: &mut dyn FnMut(Vec<Milestone>)) -> Result<(), StoreError> {
    let mut departments = DEPARTMENTS.all(rows)?;
    rows.each(&TABLE, read, &mut |mut some: Vec<Milestone>| {
        take_departments(&mut some, &mut departments);
        give(some);
    })
}

/// The departments of many rows, read in one go.
fn with_all_departments(rows: &Rows<'_>, mut milestones: Vec<Milestone>) -> Result<Vec<Milestone>, StoreError> {
    take_departments(&mut milestones, &mut DEPARTMENTS.all(rows)?);
    Ok(milestones)
}

fn take_departments(milestones: &mut [Milestone], departments: &mut HashMap<String, Vec<String>>) {
    if departments.is_empty() {
        return;
    }
    for milestone in milestones {
        milestone.departments =
            departments.remove(milestone.id.as_str()).unwrap_or_default().into_iter().map(DepartmentId::new).collect();
    }
}

/// The milestones of a plan in its order.
pub fn of_plan(rows: &Rows<'_>, plan: &PlanId) -> Result<Vec<Milestone>, StoreError> {
    let milestones = rows.all(&TABLE, "WHERE plan = ?1 ORDER BY position, id", [plan.as_str()], read)?;
    with_departments(rows, milestones)
}

/// The milestones of a task in the plan's order.
pub fn of_task(rows: &Rows<'_>, task: &TaskId) -> Result<Vec<Milestone>, StoreError> {
    let milestones = rows.all(&TABLE, "WHERE task = ?1 ORDER BY position, id", [task.as_str()], read)?;
    with_departments(rows, milestones)
}

/// The place of a plan's last milestone.
pub fn last_position(rows: &Rows<'_>, plan: &PlanId) -> Result<Option<i64>, StoreError> {
    let last = rows.all(&TABLE, "WHERE plan = ?1 ORDER BY position DESC, id DESC LIMIT 1", [plan.as_str()], read)?;
    Ok(last.first().map(|milestone| milestone.position))
}

/// A milestone, if it is there.
pub fn find(rows: &Rows<'_>, id: &MilestoneId) -> Result<Option<Milestone>, StoreError> {
    let milestone = rows.at(&TABLE, [id.as_str()], read)?;
    Ok(with_departments(rows, milestone.into_iter().collect())?.pop())
}

/// A milestone; [`StoreError::RowGone`] where it is not there.
pub fn get(rows: &Rows<'_>, id: &MilestoneId) -> Result<Milestone, StoreError> {
    find(rows, id)?.ok_or_else(|| gone(&TABLE, &[&id.as_str()]))
}

fn write(edit: &mut Edit<'_>, milestone: &Milestone, how: Write) -> Result<(), StoreError> {
    let (span_start, span_end) = span_cells(milestone.span)?;
    how(
        **edit,
        &TABLE,
        params![
            milestone.id.as_str(),
            milestone.plan.as_str(),
            milestone.task.as_ref().map(TaskId::as_str),
            milestone.what,
            milestone.due.to_string(),
            milestone.done_on.map(|day| day.to_string()),
            span_start,
            span_end,
            milestone.position
        ],
    )?;
    let departments: Vec<&str> = milestone.departments.iter().map(DepartmentId::as_str).collect();
    DEPARTMENTS.set(edit, milestone.id.as_str(), &departments)
}

/// Adds a milestone with its departments.
pub fn insert(edit: &mut Edit<'_>, milestone: &Milestone) -> Result<(), StoreError> {
    write(edit, milestone, INSERT)
}

/// Writes all of a milestone that is there, with its departments.
pub fn update(edit: &mut Edit<'_>, milestone: &Milestone) -> Result<(), StoreError> {
    write(edit, milestone, UPDATE)
}

/// Deletes a milestone with its departments.
pub fn delete(edit: &mut Edit<'_>, id: &MilestoneId) -> Result<(), StoreError> {
    DEPARTMENTS.set(edit, id.as_str(), &[])?;
    retired::forget(edit, id.as_str())?;
    edit.delete(&TABLE, params![id.as_str()])
}
