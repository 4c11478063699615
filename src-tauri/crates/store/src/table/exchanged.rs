//! The values that the last file exchanged with a department had, so that the next one shows who changed what.

use crate::error::{Fault, StoreError};
use crate::row::{Cells, Table};
use crate::{Edit, Rows};
use plan::Quarter;
use rusqlite::params;

const TABLE: Table = Table { name: "exchanged", what: "收发底数", columns: &["department", "quarter", "body"], keys: 2 };

/// What was exchanged with a department for a quarter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchanged {
    /// The department's id, or a word of the caller's for the office itself.
    pub department: String,
    /// The quarter.
    pub quarter: Quarter,
    /// The values, JSON of the caller's.
    pub body: String,
}

fn read(cells: &mut Cells<'_, '_>) -> Result<Exchanged, Fault> {
    Ok(Exchanged { department: cells.text()?, quarter: cells.parse()?, body: cells.text()? })
}

/// All of a quarter by department.
pub fn of_quarter(rows: &Rows<'_>, quarter: Quarter) -> Result<Vec<Exchanged>, StoreError> {
    rows.all(&TABLE, "WHERE quarter = ?1 ORDER BY department", [quarter.to_string()], read)
}

/// All that stand under words with this beginning, by word and quarter.
pub fn beginning(rows: &Rows<'_>, word: &str) -> Result<Vec<Exchanged>, StoreError> {
    rows.all(&TABLE, "WHERE substr(department, 1, length(?1)) = ?1 ORDER BY department, quarter", [word], read)
}

/// What was exchanged with a department for a quarter, if anything was.
pub fn find(rows: &Rows<'_>, department: &str, quarter: Quarter) -> Result<Option<Exchanged>, StoreError> {
    rows.at(&TABLE, params![department, quarter.to_string()], read)
}

/// Writes the values, new or not; [`StoreError::Unfit`] where the body is no JSON.
pub fn put(edit: &mut Edit<'_>, exchanged: &Exchanged) -> Result<(), StoreError> {
    edit.put(&TABLE, params![exchanged.department, exchanged.quarter.to_string(), exchanged.body])
}
