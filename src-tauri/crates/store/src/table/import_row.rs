//! Rows of an office's own ledger as they were imported last: the next version of the file is compared with them.

use crate::error::{Fault, StoreError};
use crate::hash::sha256;
use crate::row::{Cells, Table};
use crate::{Edit, Rows};
use plan::{PlanId, TaskId};
use rusqlite::params;

const TABLE: Table = Table {
    name: "import_row",
    what: "导入的台账行",
    columns: &["plan", "sheet", "row", "file", "hash", "task", "cells"],
    keys: 3,
};

/// A row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// The plan that the file became.
    pub plan: PlanId,
    /// Its sheet; empty in files without sheets.
    pub sheet: String,
    /// Its number in the sheet, from 1.
    pub row: i64,
    /// The file's name.
    pub file: String,
    /// SHA-256 of the cells, in hexadecimal: see [`hash_of`].
    pub hash: String,
    /// The task that it became, or is a part of.
    pub task: Option<TaskId>,
    /// Its cells as JSON.
    pub cells: String,
}

/// The hash of a row's cells.
#[must_use]
pub fn hash_of(cells: &str) -> String {
    sha256(&[cells.as_bytes()])
}

fn read(cells: &mut Cells<'_, '_>) -> Result<ImportRow, Fault> {
    Ok(ImportRow {
        plan: cells.parse()?,
        sheet: cells.text()?,
        row: cells.integer()?,
        file: cells.text()?,
        hash: cells.text()?,
        task: cells.parse_or_none()?,
        cells: cells.text()?,
    })
}

/// The rows that a plan was imported from last, by sheet and row.
pub fn of_plan(rows: &Rows<'_>, plan: &PlanId) -> Result<Vec<ImportRow>, StoreError> {
    rows.all(&TABLE, "WHERE plan = ?1 ORDER BY sheet, row", [plan.as_str()], read)
}

/// The plans that files of this name became, each once.
pub fn plans_of_file(rows: &Rows<'_>, file: &str) -> Result<Vec<PlanId>, StoreError> {
    rows.query("SELECT DISTINCT plan FROM import_row WHERE file = ?1 ORDER BY plan", [file], |cells| cells.parse())
        .map_err(|fault| fault.on_row(rows.path, TABLE.what))
}

/// Writes the rows that a plan was imported from, in the place of those of the last time.
pub fn replace(edit: &mut Edit<'_>, plan: &PlanId, rows: &[ImportRow]) -> Result<(), StoreError> {
    for gone in of_plan(edit, plan)? {
        if !rows.iter().any(|row| row.sheet == gone.sheet && row.row == gone.row) {
            edit.delete(&TABLE, params![plan.as_str(), gone.sheet, gone.row])?;
        }
    }
    for row in rows {
        let task = row.task.as_ref().map(TaskId::as_str);
        edit.put(&TABLE, params![row.plan.as_str(), row.sheet, row.row, row.file, row.hash, task, row.cells])?;
    }
    Ok(())
}
