//! Who takes part in a task.

use crate::error::{Fault, StoreError};
use crate::row::{Cells, Table};
use crate::{Edit, Rows};
use plan::{Assignment, DepartmentId, TaskId};
use rusqlite::params;

const TABLE: Table =
    Table {
        name: "assignment", what: "责任单位", columns: &["task", "department", "role", "by_default", "position"], keys: 2
    };

fn read(cells: &mut Cells<'_, '_>) -> Result<Assignment, Fault> {
    Ok(Assignment {
        task: cells.parse()?,
        department: cells.parse()?,
        role: cells.parse()?,
        by_default: cells.flag()?,
        position: cells.integer()?,
    })
}

/// All assignments, task by task (in the order of their ids), in printed order.
pub fn list(rows: &Rows<'_>) -> Result<Vec<Assignment>, StoreError> {
    rows.all(&TABLE, "ORDER BY task, position, department", [], read)
}

/// All assignments as they lie in the file, in no order that means anything, some at a time: for who sorts them anyway.
pub fn unsorted(rows: &Rows<'_>, give: &mut dyn FnMut(Vec<Assignment>)) -> Result<(), StoreError> {
    rows.each(&TABLE, read, give)
}

/// The departments of a task in printed order.
pub fn of_task(rows: &Rows<'_>, task: &TaskId) -> Result<Vec<Assignment>, StoreError> {
    rows.all(&TABLE, "WHERE task = ?1 ORDER BY position, department", [task.as_str()], read)
}

/// What a department takes part in.
pub fn of_department(rows: &Rows<'_>, department: &DepartmentId) -> Result<Vec<Assignment>, StoreError> {
    rows.all(&TABLE, "WHERE department = ?1 ORDER BY task", [department.as_str()], read)
}

/// A department's part in a task, if it has one.
pub fn find(rows: &Rows<'_>, task: &TaskId, department: &DepartmentId) -> Result<Option<Assignment>, StoreError> {
    rows.at(&TABLE, [task.as_str(), department.as_str()], read)
}

/// Gives a department its part in a task, or changes it.
pub fn put(edit: &mut Edit<'_>, assignment: &Assignment) -> Result<(), StoreError> {
    edit.put(
        &TABLE,
        params![
            assignment.task.as_str(),
            assignment.department.as_str(),
            assignment.role.code(),
            assignment.by_default,
            assignment.position
        ],
    )
}

/// Takes a department's part in a task away; it must have one.
pub fn delete(edit: &mut Edit<'_>, task: &TaskId, department: &DepartmentId) -> Result<(), StoreError> {
    edit.delete(&TABLE, params![task.as_str(), department.as_str()])
}
