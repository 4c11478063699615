//! Files that prove progress. The row is part of the ledger; the bytes stand apart under their SHA-256 and are never
//! copied into the history.

use crate::error::{Fault, StoreError};
use crate::hash::sha256;
use crate::row::{Cells, Table, gone};
use crate::{Edit, Rows};
use plan::{ChecklistItemId, DepartmentId, Evidence, EvidenceId, Quarter, TaskId};
use rusqlite::params;

const TABLE: Table = Table {
    name: "evidence",
    what: "佐证材料",
    columns: &["id", "task", "item", "department", "quarter", "file_name", "media_type", "sha256", "size"],
    keys: 1,
};

/// The largest piece of evidence, in bytes; the page shrinks images before, and a larger file belongs beside the workbook.
pub const LARGEST: usize = 64 * 1024 * 1024;

fn read(cells: &mut Cells<'_, '_>) -> Result<Evidence, Fault> {
    Ok(Evidence {
        id: cells.parse()?,
        task: cells.parse()?,
        item: cells.parse_or_none()?,
        department: cells.parse_or_none()?,
        quarter: cells.parse()?,
        file_name: cells.text()?,
        media_type: cells.text()?,
        sha256: cells.text()?,
        size: cells.integer()?,
    })
}

/// All evidence without its bytes, task by task (in the order of their ids), by quarter and file name.
pub fn list(rows: &Rows<'_>) -> Result<Vec<Evidence>, StoreError> {
    rows.all(&TABLE, "ORDER BY task, quarter, file_name, id", [], read)
}

/// All evidence as they lie in the file, in no order that means anything, some at a time: for who sorts them anyway.
pub fn unsorted(rows: &Rows<'_>, give: &mut dyn FnMut(Vec<Evidence>)) -> Result<(), StoreError> {
    rows.each(&TABLE, read, give)
}

/// The evidence of a task without its bytes, by quarter and file name.
pub fn of_task(rows: &Rows<'_>, task: &TaskId) -> Result<Vec<Evidence>, StoreError> {
    rows.all(&TABLE, "WHERE task = ?1 ORDER BY quarter, file_name, id", [task.as_str()], read)
}

/// The evidence of a quarter without its bytes, task by task.
pub fn of_quarter(rows: &Rows<'_>, quarter: Quarter) -> Result<Vec<Evidence>, StoreError> {
    rows.all(&TABLE, "WHERE quarter = ?1 ORDER BY task, file_name, id", [quarter.to_string()], read)
}

/// A piece of evidence, if it is there.
pub fn find(rows: &Rows<'_>, id: &EvidenceId) -> Result<Option<Evidence>, StoreError> {
    rows.at(&TABLE, [id.as_str()], read)
}

/// A piece of evidence; [`StoreError::RowGone`] where it is not there.
pub fn get(rows: &Rows<'_>, id: &EvidenceId) -> Result<Evidence, StoreError> {
    find(rows, id)?.ok_or_else(|| gone(&TABLE, &[&id.as_str()]))
}

/// The bytes with this SHA-256 (hexadecimal), if the workbook has them: a light exchange file brings rows without bytes.
pub fn bytes(rows: &Rows<'_>, sha256: &str) -> Result<Option<Vec<u8>>, StoreError> {
    rows.value("SELECT bytes FROM evidence_bytes WHERE sha256 = ?1", [sha256])
}

/// SHA-256 (hexadecimal) of all bytes that are kept.
pub fn kept(rows: &Rows<'_>) -> Result<Vec<String>, StoreError> {
    rows.query("SELECT sha256 FROM evidence_bytes ORDER BY sha256", [], |cells| cells.text())
        .map_err(|fault| fault.on_row(rows.path, TABLE.what))
}

/// The evidence whose bytes the workbook does not have, task by task: a light exchange file brought the row, or the bytes are lost.
pub fn without_bytes(rows: &Rows<'_>) -> Result<Vec<Evidence>, StoreError> {
    rows.all(
        &TABLE,
        "WHERE NOT EXISTS (SELECT 1 FROM evidence_bytes WHERE evidence_bytes.sha256 = evidence.sha256)
         ORDER BY task, quarter, file_name, id",
        [],
        read,
    )
}

/// Keeps bytes and gives their SHA-256 in hexadecimal; the same bytes are kept once. An undo takes the row that names
/// them away, not the bytes.
pub fn keep_bytes(edit: &mut Edit<'_>, bytes: &[u8]) -> Result<String, StoreError> {
    if bytes.len() > LARGEST {
        return Err(StoreError::Unfit { what: TABLE.what });
    }
    let hash = sha256(&[bytes]);
    let kept = edit.run(
        TABLE.what,
        "INSERT INTO evidence_bytes (sha256, bytes) VALUES (?1, ?2) ON CONFLICT (sha256) DO NOTHING",
        params![hash, bytes],
    )?;
    // no changeset sees the bytes: an edit that brings nothing else must still be committed
    if kept > 0 {
        edit.mark_beside();
    }
    Ok(hash)
}

/// Adds a row of evidence; its bytes are kept by [`keep_bytes`], before or after.
pub fn insert(edit: &mut Edit<'_>, evidence: &Evidence) -> Result<(), StoreError> {
    edit.insert(
        &TABLE,
        params![
            evidence.id.as_str(),
            evidence.task.as_str(),
            evidence.item.as_ref().map(ChecklistItemId::as_str),
            evidence.department.as_ref().map(DepartmentId::as_str),
            evidence.quarter.to_string(),
            evidence.file_name,
            evidence.media_type,
            evidence.sha256,
            evidence.size
        ],
    )
}

/// Deletes a row of evidence; its bytes stay for an undo.
pub fn delete(edit: &mut Edit<'_>, id: &EvidenceId) -> Result<(), StoreError> {
    edit.delete(&TABLE, params![id.as_str()])
}
