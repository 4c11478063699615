//! Settings that change what the workbook says or prints: rule set, words for codes, office name. Part of undo.

use crate::error::StoreError;
use crate::{Edit, Rows};
use rusqlite::params;

const WHAT: &str = "设置";

/// All settings by key; the values are JSON.
pub fn list(rows: &Rows<'_>) -> Result<Vec<(String, String)>, StoreError> {
    rows.query("SELECT key, value FROM setting ORDER BY key", [], |cells| Ok((cells.text()?, cells.text()?)))
        .map_err(|fault| fault.on_row(rows.path, WHAT))
}

/// The JSON of a setting, if it was set.
pub fn find(rows: &Rows<'_>, key: &str) -> Result<Option<String>, StoreError> {
    rows.value("SELECT value FROM setting WHERE key = ?1", [key])
}

/// Sets a setting to a JSON text; [`StoreError::Unfit`] where it is no JSON.
pub fn put(edit: &mut Edit<'_>, key: &str, json: &str) -> Result<(), StoreError> {
    edit.run(
        WHAT,
        "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        params![key, json],
    )
    .map(|_| ())
}

/// Takes a setting away, so that the program's own stands again; nothing happens where there is none.
pub fn clear(edit: &mut Edit<'_>, key: &str) -> Result<(), StoreError> {
    edit.run(WHAT, "DELETE FROM setting WHERE key = ?1", [key]).map(|_| ())
}
