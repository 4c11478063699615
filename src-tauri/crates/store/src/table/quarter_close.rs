//! Closed quarters. Each close keeps a snapshot and the hash of the close before it, so that none can be changed or taken
//! out later without being seen. A reopened close stays in the chain with who reopened it and why.

use crate::error::{Fault, StoreError};
use crate::hash::sha256;
use crate::row::{Cells, Table};
use crate::stamp::moment_text;
use crate::{Edit, Rows};
use chrono::NaiveDateTime;
use plan::Quarter;
use rusqlite::params;

/// The table, as changesets name it.
pub(crate) const NAME: &str = "quarter_close";

const TABLE: Table = Table {
    name: NAME,
    what: "封账记录",
    columns: &[
        "number",
        "quarter",
        "snapshot",
        "hash",
        "previous_hash",
        "closed_at",
        "closed_by",
        "reopened_at",
        "reopened_by",
        "reopened_reason",
    ],
    keys: 1,
};

/// The same without the snapshots, which may be megabytes each.
const WITHOUT_SNAPSHOT: Table = Table {
    name: NAME,
    what: TABLE.what,
    columns: &[
        "number",
        "quarter",
        "''",
        "hash",
        "previous_hash",
        "closed_at",
        "closed_by",
        "reopened_at",
        "reopened_by",
        "reopened_reason",
    ],
    keys: 1,
};

/// A close of a quarter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarterClose {
    /// Its number in the chain, from 1.
    pub number: i64,
    /// The quarter.
    pub quarter: Quarter,
    /// What the quarter was when it was closed; the text is the caller's.
    pub snapshot: String,
    /// SHA-256 over the close and the hash before it, in hexadecimal.
    pub hash: String,
    /// The hash of the close before it; empty for the first.
    pub previous_hash: String,
    /// When it was closed, in UTC.
    pub closed_at: NaiveDateTime,
    /// Who closed it.
    pub closed_by: String,
    /// Who reopened it, when and why; none while it holds.
    pub reopened: Option<Reopened>,
}

/// The reopening of a closed quarter, which prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reopened {
    /// When, in UTC.
    pub at: NaiveDateTime,
    /// Who.
    pub by: String,
    /// Why.
    pub reason: String,
}

impl QuarterClose {
    /// The hash that this close must have: over the hash before it, its number, quarter, moment, person and snapshot.
    #[must_use]
    pub fn hash_due(&self) -> String {
        let head = format!(
            "planbook-close-1\n{}\n{}\n{}\n{}\n{}\n",
            self.previous_hash,
            self.number,
            self.quarter,
            moment_text(self.closed_at),
            self.closed_by.replace('\n', " ")
        );
        sha256(&[head.as_bytes(), self.snapshot.as_bytes()])
    }
}

fn read(cells: &mut Cells<'_, '_>) -> Result<QuarterClose, Fault> {
    Ok(QuarterClose {
        number: cells.integer()?,
        quarter: cells.parse()?,
        snapshot: cells.text()?,
        hash: cells.text()?,
        previous_hash: cells.text()?,
        closed_at: cells.moment()?,
        closed_by: cells.text()?,
        reopened: {
            let at = cells.moment_or_none()?;
            let by = cells.text_or_none()?;
            let reason = cells.text_or_none()?;
            match (at, by, reason) {
                (Some(at), Some(by), Some(reason)) => Some(Reopened { at, by, reason }),
                _ => None,
            }
        },
    })
}

/// The whole chain, oldest first.
pub fn list(rows: &Rows<'_>) -> Result<Vec<QuarterClose>, StoreError> {
    rows.all(&TABLE, "ORDER BY number", [], read)
}

/// The whole chain, oldest first, with empty snapshots.
pub fn heads(rows: &Rows<'_>) -> Result<Vec<QuarterClose>, StoreError> {
    rows.all(&WITHOUT_SNAPSHOT, "ORDER BY number", [], read)
}

/// All closes of a quarter, oldest first, those that were reopened among them.
pub fn of_quarter(rows: &Rows<'_>, quarter: Quarter) -> Result<Vec<QuarterClose>, StoreError> {
    rows.all(&TABLE, "WHERE quarter = ?1 ORDER BY number", [quarter.to_string()], read)
}

/// Whether a quarter is closed now.
pub fn is_closed(rows: &Rows<'_>, quarter: Quarter) -> Result<bool, StoreError> {
    Ok(rows_held(rows, quarter)?.is_some())
}

/// The close of a quarter that holds now; none where it was never closed or was reopened.
pub fn holding(rows: &Rows<'_>, quarter: Quarter) -> Result<Option<QuarterClose>, StoreError> {
    Ok(rows.all(&TABLE, "WHERE quarter = ?1 AND reopened_at IS NULL ORDER BY number", [quarter.to_string()], read)?.pop())
}

/// Closes a quarter by the edit's person; [`StoreError::Taken`] where it is closed.
pub fn close(edit: &mut Edit<'_>, quarter: Quarter, snapshot: &str) -> Result<QuarterClose, StoreError> {
    if is_closed(edit, quarter)? {
        return Err(StoreError::Taken { what: "该季度的封账" });
    }
    let last = rows_last(edit)?;
    let mut new = QuarterClose {
        number: last.as_ref().map_or(1, |close| close.number + 1),
        quarter,
        snapshot: snapshot.to_owned(),
        hash: String::new(),
        previous_hash: last.map(|close| close.hash).unwrap_or_default(),
        closed_at: edit.stamp().at,
        closed_by: edit.stamp().who.clone(),
        reopened: None,
    };
    new.hash = new.hash_due();
    edit.insert(
        &TABLE,
        params![
            new.number,
            new.quarter.to_string(),
            new.snapshot,
            new.hash,
            new.previous_hash,
            moment_text(new.closed_at),
            new.closed_by,
            None::<String>,
            None::<String>,
            None::<String>
        ],
    )?;
    Ok(new)
}

fn rows_held(rows: &Rows<'_>, quarter: Quarter) -> Result<Option<QuarterClose>, StoreError> {
    let held = rows.all(&WITHOUT_SNAPSHOT, "WHERE quarter = ?1 AND reopened_at IS NULL", [quarter.to_string()], read)?;
    Ok(held.into_iter().next_back())
}

fn rows_last(rows: &Rows<'_>) -> Result<Option<QuarterClose>, StoreError> {
    Ok(rows.all(&WITHOUT_SNAPSHOT, "ORDER BY number DESC LIMIT 1", [], read)?.pop())
}

/// Reopens a closed quarter by the edit's person, for a reason that prints; [`StoreError::RowGone`] where it is not closed.
pub fn reopen(edit: &mut Edit<'_>, quarter: Quarter, reason: &str) -> Result<(), StoreError> {
    let held = rows_held(edit, quarter)?.ok_or_else(|| StoreError::RowGone { what: TABLE.what, id: quarter.to_string() })?;
    let (at, who) = (moment_text(edit.stamp().at), edit.stamp().who.clone());
    edit.run(
        TABLE.what,
        "UPDATE quarter_close SET reopened_at = ?2, reopened_by = ?3, reopened_reason = ?4 WHERE number = ?1",
        params![held.number, at, who, reason],
    )
    .map(|_| ())
}
