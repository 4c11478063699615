//! The passages of a quarter's reports that people write: opening, demands, distribution, number.

use crate::error::{Fault, StoreError};
use crate::row::{Cells, Table};
use crate::{Edit, Rows};
use plan::Quarter;
use rusqlite::params;

const TABLE: Table = Table { name: "passage", what: "报告文字", columns: &["quarter", "kind", "text"], keys: 2 };

/// A passage of a quarter's reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The quarter.
    pub quarter: Quarter,
    /// Which passage, such as `opening`, `demands`, `distribution`, `issuer`, `number`.
    pub kind: String,
    /// Its text.
    pub text: String,
}

fn read(cells: &mut Cells<'_, '_>) -> Result<Passage, Fault> {
    Ok(Passage { quarter: cells.parse()?, kind: cells.text()?, text: cells.text()? })
}

/// All passages by quarter and kind.
pub fn list(rows: &Rows<'_>) -> Result<Vec<Passage>, StoreError> {
    rows.all(&TABLE, "ORDER BY quarter, kind", [], read)
}

/// The passages of a quarter by kind.
pub fn of_quarter(rows: &Rows<'_>, quarter: Quarter) -> Result<Vec<Passage>, StoreError> {
    rows.all(&TABLE, "WHERE quarter = ?1 ORDER BY kind", [quarter.to_string()], read)
}

/// A passage, if it was written.
pub fn find(rows: &Rows<'_>, quarter: Quarter, kind: &str) -> Result<Option<Passage>, StoreError> {
    rows.at(&TABLE, params![quarter.to_string(), kind], read)
}

/// Writes a passage, new or not.
pub fn put(edit: &mut Edit<'_>, passage: &Passage) -> Result<(), StoreError> {
    edit.put(&TABLE, params![passage.quarter.to_string(), passage.kind, passage.text])
}

/// Takes a passage away, so that the program's own wording stands again; nothing happens where there is none.
pub fn clear(edit: &mut Edit<'_>, quarter: Quarter, kind: &str) -> Result<(), StoreError> {
    edit.run(TABLE.what, "DELETE FROM passage WHERE quarter = ?1 AND kind = ?2", params![quarter.to_string(), kind]).map(|_| ())
}
