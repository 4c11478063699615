//! Every exchange file that was made or read, under its hash, so that the same one is known again.

use crate::error::{Fault, StoreError};
use crate::row::{Cells, Table};
use crate::stamp::moment_text;
use crate::{Edit, Rows};
use chrono::NaiveDateTime;
use plan::{DepartmentId, Quarter};
use rusqlite::params;

const TABLE: Table = Table {
    name: "packet_seen",
    what: "收发文件",
    columns: &["hash", "department", "quarter", "direction", "file_name", "made_at", "seen_at", "outcome"],
    keys: 1,
};

/// An exchange file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PacketSeen {
    /// SHA-256 of the file.
    pub hash: String,
    /// The department it is for or from; an id of another workbook may stand here.
    pub department: Option<DepartmentId>,
    /// The quarter.
    pub quarter: Quarter,
    /// Out, back or what else the caller tells apart.
    pub direction: String,
    /// The file's name without its folder.
    pub file_name: String,
    /// When it was made, by its maker's clock, in UTC.
    pub made_at: NaiveDateTime,
    /// When it was first read here, in UTC.
    pub seen_at: NaiveDateTime,
    /// What became of it.
    pub outcome: String,
}

fn read(cells: &mut Cells<'_, '_>) -> Result<PacketSeen, Fault> {
    Ok(PacketSeen {
        hash: cells.text()?,
        department: cells.parse_or_none()?,
        quarter: cells.parse()?,
        direction: cells.text()?,
        file_name: cells.text()?,
        made_at: cells.moment()?,
        seen_at: cells.moment()?,
        outcome: cells.text()?,
    })
}

/// All files, by hash.
pub fn list(rows: &Rows<'_>) -> Result<Vec<PacketSeen>, StoreError> {
    rows.all(&TABLE, "ORDER BY hash", [], read)
}

/// The files of a quarter, first seen first.
pub fn of_quarter(rows: &Rows<'_>, quarter: Quarter) -> Result<Vec<PacketSeen>, StoreError> {
    rows.all(&TABLE, "WHERE quarter = ?1 ORDER BY seen_at, hash", [quarter.to_string()], read)
}

/// The file with this hash, if it was seen.
pub fn find(rows: &Rows<'_>, hash: &str) -> Result<Option<PacketSeen>, StoreError> {
    rows.at(&TABLE, [hash], read)
}

/// Remembers a file, or what became of it.
pub fn put(edit: &mut Edit<'_>, packet: &PacketSeen) -> Result<(), StoreError> {
    edit.put(
        &TABLE,
        params![
            packet.hash,
            packet.department.as_ref().map(DepartmentId::as_str),
            packet.quarter.to_string(),
            packet.direction,
            packet.file_name,
            moment_text(packet.made_at),
            moment_text(packet.seen_at),
            packet.outcome
        ],
    )
}
