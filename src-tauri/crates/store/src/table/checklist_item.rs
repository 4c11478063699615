//! Checklist items and the departments that do them.

use crate::error::{Fault, StoreError};
use crate::link::Links;
use crate::row::{Cells, INSERT, Table, UPDATE, Write, gone, span_cells};
use crate::table::retired;
use crate::{Edit, Rows};
use plan::{ChecklistItem, ChecklistItemId, DepartmentId, TaskId};
use rusqlite::params;
use std::collections::HashMap;

const TABLE: Table = Table {
    name: "checklist_item",
    what: "清单事项",
    columns: &["id", "task", "text", "due", "done_on", "span_start", "span_end", "position"],
    keys: 1,
};

const DEPARTMENTS: Links =
    Links { table: "checklist_item_department", owner: "item", member: "department", what: "清单事项的责任单位" };

fn read(cells: &mut Cells<'_, '_>) -> Result<ChecklistItem, Fault> {
    Ok(ChecklistItem {
        id: cells.parse()?,
        task: cells.parse()?,
        departments: Vec::new(),
        text: cells.text()?,
        due: cells.parse_or_none()?,
        done_on: cells.date_or_none()?,
        span: cells.span()?,
        position: cells.integer()?,
    })
}

fn with_departments(rows: &Rows<'_>, mut items: Vec<ChecklistItem>) -> Result<Vec<ChecklistItem>, StoreError> {
    for item in &mut items {
        item.departments = DEPARTMENTS.of(rows, item.id.as_str())?.into_iter().map(DepartmentId::new).collect();
    }
    Ok(items)
}

/// All items, task by task (in the order of their ids), in the task's order.
pub fn list(rows: &Rows<'_>) -> Result<Vec<ChecklistItem>, StoreError> {
    with_all_departments(rows, rows.all(&TABLE, "ORDER BY task, position, id", [], read)?)
}

/// All items as they lie in the file, in no order that means anything, some at a time: for who sorts them anyway.
pub fn unsorted(rows: &Rows<'_>, give: &mut dyn FnMut(Vec<ChecklistItem>)) -> Result<(), StoreError> {
    let mut departments = DEPARTMENTS.all(rows)?;
    rows.each(&TABLE, read, &mut |mut some: Vec<ChecklistItem>| {
        take_departments(&mut some, &mut departments);
        give(some);
    })
}

/// The departments of many rows, read in one go.
fn with_all_departments(rows: &Rows<'_>, mut items: Vec<ChecklistItem>) -> Result<Vec<ChecklistItem>, StoreError> {
    take_departments(&mut items, &mut DEPARTMENTS.all(rows)?);
    Ok(items)
}

fn take_departments(items: &mut [ChecklistItem], departments: &mut HashMap<String, Vec<String>>) {
    if departments.is_empty() {
        return;
    }
    for item in items {
        item.departments = departments.remove(item.id.as_str()).unwrap_or_default().into_iter().map(DepartmentId::new).collect();
    }
}

/// The items of a task in its order.
pub fn of_task(rows: &Rows<'_>, task: &TaskId) -> Result<Vec<ChecklistItem>, StoreError> {
    let items = rows.all(&TABLE, "WHERE task = ?1 ORDER BY position, id", [task.as_str()], read)?;
    with_departments(rows, items)
}

/// An item, if it is there.
pub fn find(rows: &Rows<'_>, id: &ChecklistItemId) -> Result<Option<ChecklistItem>, StoreError> {
    let item = rows.at(&TABLE, [id.as_str()], read)?;
    Ok(with_departments(rows, item.into_iter().collect())?.pop())
}

/// An item; [`StoreError::RowGone`] where it is not there.
pub fn get(rows: &Rows<'_>, id: &ChecklistItemId) -> Result<ChecklistItem, StoreError> {
    find(rows, id)?.ok_or_else(|| gone(&TABLE, &[&id.as_str()]))
}

fn write(edit: &mut Edit<'_>, item: &ChecklistItem, how: Write) -> Result<(), StoreError> {
    let (span_start, span_end) = span_cells(item.span)?;
    how(
        **edit,
        &TABLE,
        params![
            item.id.as_str(),
            item.task.as_str(),
            item.text,
            item.due.map(|due| due.to_string()),
            item.done_on.map(|day| day.to_string()),
            span_start,
            span_end,
            item.position
        ],
    )?;
    let departments: Vec<&str> = item.departments.iter().map(DepartmentId::as_str).collect();
    DEPARTMENTS.set(edit, item.id.as_str(), &departments)
}

/// Adds an item with its departments.
pub fn insert(edit: &mut Edit<'_>, item: &ChecklistItem) -> Result<(), StoreError> {
    write(edit, item, INSERT)
}

/// Writes all of an item that is there, with its departments.
pub fn update(edit: &mut Edit<'_>, item: &ChecklistItem) -> Result<(), StoreError> {
    write(edit, item, UPDATE)
}

/// Deletes an item with its departments; evidence for it stays with the task.
pub fn delete(edit: &mut Edit<'_>, id: &ChecklistItemId) -> Result<(), StoreError> {
    edit.run(TABLE.what, "UPDATE evidence SET item = NULL WHERE item = ?1", [id.as_str()])?;
    DEPARTMENTS.set(edit, id.as_str(), &[])?;
    retired::forget(edit, id.as_str())?;
    edit.delete(&TABLE, params![id.as_str()])
}
