//! What was sent to a department for a quarter, and what came back.

use crate::error::{Fault, StoreError};
use crate::row::{Cells, Table};
use crate::stamp::moment_text;
use crate::{Edit, Rows};
use chrono::NaiveDateTime;
use plan::{DepartmentId, Quarter};
use rusqlite::params;

const TABLE: Table = Table {
    name: "exchange",
    what: "收发记录",
    columns: &[
        "department",
        "quarter",
        "state",
        "sent_at",
        "sent_hash",
        "reminded_at",
        "returned_at",
        "returned_hash",
        "returned_serial",
        "merged_at",
        "note",
    ],
    keys: 2,
};

/// The exchange with one department in one quarter. All moments are in UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// The department.
    pub department: DepartmentId,
    /// The quarter.
    pub quarter: Quarter,
    /// Where it stands, a word of the caller's.
    pub state: String,
    /// When the file was made for it.
    pub sent_at: Option<NaiveDateTime>,
    /// SHA-256 of that file.
    pub sent_hash: Option<String>,
    /// When it was last reminded.
    pub reminded_at: Option<NaiveDateTime>,
    /// When its return was read.
    pub returned_at: Option<NaiveDateTime>,
    /// SHA-256 of the return.
    pub returned_hash: Option<String>,
    /// The return's running number, against older returns played again.
    pub returned_serial: Option<i64>,
    /// When the return was merged.
    pub merged_at: Option<NaiveDateTime>,
    /// A remark, such as why a return was refused.
    pub note: String,
}

fn read(cells: &mut Cells<'_, '_>) -> Result<Exchange, Fault> {
    Ok(Exchange {
        department: cells.parse()?,
        quarter: cells.parse()?,
        state: cells.text()?,
        sent_at: cells.moment_or_none()?,
        sent_hash: cells.text_or_none()?,
        reminded_at: cells.moment_or_none()?,
        returned_at: cells.moment_or_none()?,
        returned_hash: cells.text_or_none()?,
        returned_serial: cells.value()?,
        merged_at: cells.moment_or_none()?,
        note: cells.text()?,
    })
}

/// All exchanges by quarter and department.
pub fn list(rows: &Rows<'_>) -> Result<Vec<Exchange>, StoreError> {
    rows.all(&TABLE, "ORDER BY quarter, department", [], read)
}

/// The exchanges of a quarter by department.
pub fn of_quarter(rows: &Rows<'_>, quarter: Quarter) -> Result<Vec<Exchange>, StoreError> {
    rows.all(&TABLE, "WHERE quarter = ?1 ORDER BY department", [quarter.to_string()], read)
}

/// The exchange with a department in a quarter, if there was one.
pub fn find(rows: &Rows<'_>, department: &DepartmentId, quarter: Quarter) -> Result<Option<Exchange>, StoreError> {
    rows.at(&TABLE, params![department.as_str(), quarter.to_string()], read)
}

/// Writes an exchange, new or not.
pub fn put(edit: &mut Edit<'_>, exchange: &Exchange) -> Result<(), StoreError> {
    edit.put(
        &TABLE,
        params![
            exchange.department.as_str(),
            exchange.quarter.to_string(),
            exchange.state,
            exchange.sent_at.map(moment_text),
            exchange.sent_hash,
            exchange.reminded_at.map(moment_text),
            exchange.returned_at.map(moment_text),
            exchange.returned_hash,
            exchange.returned_serial,
            exchange.merged_at.map(moment_text),
            exchange.note
        ],
    )
}
