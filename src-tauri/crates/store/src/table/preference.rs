//! What the window remembers for this workbook: column widths, folded sections, the last view. Outside undo and history.

use crate::error::StoreError;
use crate::{Aside, Rows};
use rusqlite::params;

const WHAT: &str = "界面偏好";

/// All preferences by key; the values are JSON.
pub fn list(rows: &Rows<'_>) -> Result<Vec<(String, String)>, StoreError> {
    rows.query("SELECT key, value FROM preference ORDER BY key", [], |cells| Ok((cells.text()?, cells.text()?)))
        .map_err(|fault| fault.on_row(rows.path, WHAT))
}

/// The JSON of a preference, if it was kept.
pub fn find(rows: &Rows<'_>, key: &str) -> Result<Option<String>, StoreError> {
    rows.value("SELECT value FROM preference WHERE key = ?1", [key])
}

/// Sets a preference to a JSON text; [`StoreError::Unfit`] where it is no JSON.
pub fn put(aside: &mut Aside<'_>, key: &str, json: &str) -> Result<(), StoreError> {
    aside
        .run(
            WHAT,
            "INSERT INTO preference (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            params![key, json],
        )
        .map(|_| ())
}

/// Takes a preference away, so that the program's own stands again; nothing happens where there is none.
pub fn clear(aside: &mut Aside<'_>, key: &str) -> Result<(), StoreError> {
    aside.run(WHAT, "DELETE FROM preference WHERE key = ?1", [key]).map(|_| ())
}
