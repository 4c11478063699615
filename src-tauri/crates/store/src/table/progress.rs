//! What departments say of tasks, quarter by quarter; one row per task, department and quarter.

use crate::error::{Fault, StoreError};
use crate::row::{Cells, Table, gone};
use crate::stamp::moment_text;
use crate::{Edit, Rows};
use chrono::NaiveDateTime;
use plan::{DepartmentId, Progress, ProgressId, Quarter, TaskId};
use rusqlite::params;

const TABLE: Table = Table {
    name: "progress",
    what: "本季度的进展",
    columns: &["id", "task", "department", "quarter", "status", "done", "problems", "next"],
    keys: 1,
};

/// Who wrote a row of progress, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The row.
    pub progress: ProgressId,
    /// The person's name.
    pub by: String,
    /// The moment, in UTC.
    pub at: NaiveDateTime,
}

fn read(cells: &mut Cells<'_, '_>) -> Result<Progress, Fault> {
    Ok(Progress {
        id: cells.parse()?,
        task: cells.parse()?,
        department: cells.parse()?,
        quarter: cells.parse()?,
        status: cells.parse()?,
        done: cells.text()?,
        problems: cells.text()?,
        next: cells.text()?,
    })
}

fn read_written(cells: &mut Cells<'_, '_>) -> Result<Written, Fault> {
    Ok(Written { progress: cells.parse()?, by: cells.text()?, at: cells.moment()? })
}

/// All progress, task by task (in the order of their ids), by quarter.
pub fn list(rows: &Rows<'_>) -> Result<Vec<Progress>, StoreError> {
    rows.all(&TABLE, "ORDER BY task, quarter, department", [], read)
}

/// All progress as they lie in the file, in no order that means anything, some at a time: for who sorts them anyway.
pub fn unsorted(rows: &Rows<'_>, give: &mut dyn FnMut(Vec<Progress>)) -> Result<(), StoreError> {
    rows.each(&TABLE, read, give)
}

/// The progress of a quarter, task by task.
pub fn of_quarter(rows: &Rows<'_>, quarter: Quarter) -> Result<Vec<Progress>, StoreError> {
    rows.all(&TABLE, "WHERE quarter = ?1 ORDER BY task, department", [quarter.to_string()], read)
}

/// The progress of a task by quarter.
pub fn of_task(rows: &Rows<'_>, task: &TaskId) -> Result<Vec<Progress>, StoreError> {
    rows.all(&TABLE, "WHERE task = ?1 ORDER BY quarter, department", [task.as_str()], read)
}

/// The progress of a department, all quarters.
pub fn of_department(rows: &Rows<'_>, department: &DepartmentId) -> Result<Vec<Progress>, StoreError> {
    rows.all(&TABLE, "WHERE department = ?1 ORDER BY task, quarter", [department.as_str()], read)
}

/// The progress of a task from a department in a quarter, if it is there.
pub fn once(rows: &Rows<'_>, task: &TaskId, department: &DepartmentId, quarter: Quarter) -> Result<Option<Progress>, StoreError> {
    Ok(rows
        .all(
            &TABLE,
            "WHERE task = ?1 AND department = ?2 AND quarter = ?3",
            params![task.as_str(), department.as_str(), quarter.to_string()],
            read,
        )?
        .pop())
}

/// A row of progress, if it is there.
pub fn find(rows: &Rows<'_>, id: &ProgressId) -> Result<Option<Progress>, StoreError> {
    rows.at(&TABLE, [id.as_str()], read)
}

/// A row of progress; [`StoreError::RowGone`] where it is not there.
pub fn get(rows: &Rows<'_>, id: &ProgressId) -> Result<Progress, StoreError> {
    find(rows, id)?.ok_or_else(|| gone(&TABLE, &[&id.as_str()]))
}

/// Who wrote each row of a quarter, and when; by row id.
pub fn written_in(rows: &Rows<'_>, quarter: Quarter) -> Result<Vec<Written>, StoreError> {
    rows.query(
        "SELECT id, written_by, written_at FROM progress WHERE quarter = ?1 ORDER BY id",
        [quarter.to_string()],
        read_written,
    )
    .map_err(|fault| fault.on_row(rows.path, TABLE.what))
}

/// When each department's words for a quarter were first entered here, in UTC: by the history, or earlier where they were written
/// earlier and came in a file.
pub fn first_entered(rows: &Rows<'_>, quarter: Quarter) -> Result<Vec<(DepartmentId, NaiveDateTime)>, StoreError> {
    let read = |cells: &mut Cells<'_, '_>| Ok((cells.parse()?, cells.moment()?));
    rows.query(
        "SELECT p.department, min(min(p.written_at, ifnull(e.at, p.written_at)))
         FROM progress p LEFT JOIN edit_row r ON r.row_id = p.id LEFT JOIN edit e ON e.seq = r.edit
         WHERE p.quarter = ?1 GROUP BY p.department ORDER BY p.department",
        [quarter.to_string()],
        read,
    )
    .map_err(|fault| fault.on_row(rows.path, TABLE.what))
}

/// Adds a row, written by the edit's person; [`StoreError::Taken`] where there is one for the task, department and quarter.
pub fn insert(edit: &mut Edit<'_>, progress: &Progress) -> Result<(), StoreError> {
    let (by, at) = (edit.stamp().who.clone(), edit.stamp().at);
    insert_written(edit, progress, &by, at)
}

/// Adds a row that someone else wrote earlier (it came in an exchange file); `at` is in UTC.
pub fn insert_written(edit: &mut Edit<'_>, progress: &Progress, by: &str, at: NaiveDateTime) -> Result<(), StoreError> {
    edit.run(
        TABLE.what,
        "INSERT INTO progress (id, task, department, quarter, status, done, problems, next, written_by, written_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            progress.id.as_str(),
            progress.task.as_str(),
            progress.department.as_str(),
            progress.quarter.to_string(),
            progress.status.code(),
            progress.done,
            progress.problems,
            progress.next,
            by,
            moment_text(at)
        ],
    )
    .map(|_| ())
}

/// Writes all of a row that is there, by the edit's person. Where nothing differs, the earlier writer stays.
pub fn update(edit: &mut Edit<'_>, progress: &Progress) -> Result<(), StoreError> {
    let (by, at) = (edit.stamp().who.clone(), edit.stamp().at);
    if get(edit, &progress.id)? == *progress {
        return Ok(());
    }
    update_written(edit, progress, &by, at)
}

/// Writes all of a row that is there, as someone else wrote it; `at` is in UTC.
pub fn update_written(edit: &mut Edit<'_>, progress: &Progress, by: &str, at: NaiveDateTime) -> Result<(), StoreError> {
    get(edit, &progress.id)?;
    edit.run(
        TABLE.what,
        "UPDATE progress SET task = ?2, department = ?3, quarter = ?4, status = ?5, done = ?6, problems = ?7, next = ?8,
         written_by = ?9, written_at = ?10 WHERE id = ?1",
        params![
            progress.id.as_str(),
            progress.task.as_str(),
            progress.department.as_str(),
            progress.quarter.to_string(),
            progress.status.code(),
            progress.done,
            progress.problems,
            progress.next,
            by,
            moment_text(at)
        ],
    )
    .map(|_| ())
}

/// Deletes a row.
pub fn delete(edit: &mut Edit<'_>, id: &ProgressId) -> Result<(), StoreError> {
    edit.delete(&TABLE, params![id.as_str()])
}
