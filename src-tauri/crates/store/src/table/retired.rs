//! Rows that a new version of their plan no longer has: they stay in the file, and whoever shows the ledger leaves them out.

use crate::error::{Fault, StoreError};
use crate::row::{Cells, Table};
use crate::{Edit, Rows};
use chrono::NaiveDate;
use rusqlite::params;

const TABLE: Table = Table { name: "retired", what: "不再列入的内容", columns: &["id", "kind", "retired_on"], keys: 1 };

/// A row that no longer counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retired {
    /// The row's id.
    pub id: String,
    /// The row's table: `task`, `checklist_item`, `milestone`, `indicator` or `target`.
    pub kind: String,
    /// The day since when it no longer counts.
    pub retired_on: NaiveDate,
}

fn read(cells: &mut Cells<'_, '_>) -> Result<Retired, Fault> {
    Ok(Retired { id: cells.text()?, kind: cells.text()?, retired_on: cells.parse()? })
}

/// All rows that no longer count, by id.
pub fn list(rows: &Rows<'_>) -> Result<Vec<Retired>, StoreError> {
    rows.all(&TABLE, "ORDER BY id", [], read)
}

/// The mark of a row, if it no longer counts.
pub fn find(rows: &Rows<'_>, id: &str) -> Result<Option<Retired>, StoreError> {
    rows.at(&TABLE, [id], read)
}

/// Marks a row as one that no longer counts.
pub fn put(edit: &mut Edit<'_>, retired: &Retired) -> Result<(), StoreError> {
    edit.put(&TABLE, params![retired.id, retired.kind, retired.retired_on.to_string()])
}

/// Lets a row count again.
pub fn delete(edit: &mut Edit<'_>, id: &str) -> Result<(), StoreError> {
    edit.delete(&TABLE, params![id])
}

/// Forgets the mark of a row that is deleted.
pub(crate) fn forget(edit: &mut Edit<'_>, id: &str) -> Result<(), StoreError> {
    edit.run(TABLE.what, "DELETE FROM retired WHERE id = ?1", [id]).map(|_| ())
}
