//! Who this workbook is when it sends and receives files: secrets and serial numbers. Outside undo and history, and never
//! handed to the page.

use crate::error::StoreError;
use crate::{Aside, Rows};
use rusqlite::params;

const WHAT: &str = "收发身份";

/// A value, if it was kept.
pub fn find(rows: &Rows<'_>, key: &str) -> Result<Option<String>, StoreError> {
    rows.value("SELECT value FROM identity WHERE key = ?1", [key])
}

/// Keeps a value.
pub fn put(aside: &mut Aside<'_>, key: &str, value: &str) -> Result<(), StoreError> {
    aside
        .run(
            WHAT,
            "INSERT INTO identity (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            params![key, value],
        )
        .map(|_| ())
}

/// Takes a value away; nothing happens where there is none.
pub fn clear(aside: &mut Aside<'_>, key: &str) -> Result<(), StoreError> {
    aside.run(WHAT, "DELETE FROM identity WHERE key = ?1", [key]).map(|_| ())
}
