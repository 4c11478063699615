//! What departments ask for: a later date, another target. The office decides.

use crate::error::{Fault, StoreError};
use crate::row::{Cells, INSERT, Table, UPDATE, Write, gone};
use crate::stamp::moment_text;
use crate::{Edit, Rows};
use chrono::NaiveDateTime;
use plan::{DepartmentId, Quarter};
use rusqlite::params;

const TABLE: Table = Table {
    name: "request",
    what: "调整申请",
    columns: &[
        "id",
        "department",
        "quarter",
        "about_table",
        "about_row",
        "field",
        "original",
        "asked",
        "reason",
        "asked_by",
        "asked_at",
        "approved",
        "decided_by",
        "decided_at",
        "answer",
    ],
    keys: 1,
};

/// A department's request. Moments are in UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its id.
    pub id: String,
    /// Who asks.
    pub department: DepartmentId,
    /// The quarter it was handed in with.
    pub quarter: Quarter,
    /// The table of the row it is about, such as `target` or `milestone`.
    pub about_table: String,
    /// That row's id; the row may be gone by now.
    pub about_row: String,
    /// Which field, such as `due` or `value`.
    pub field: String,
    /// What stood there when it was asked.
    pub original: String,
    /// What is asked to stand there.
    pub asked: String,
    /// Why.
    pub reason: String,
    /// The person who asks.
    pub asked_by: String,
    /// When.
    pub asked_at: NaiveDateTime,
    /// The office's decision; none while it is open.
    pub decision: Option<Decision>,
    /// What the office answers; may be empty.
    pub answer: String,
}

/// The office's decision on a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Whether it was approved.
    pub approved: bool,
    /// Who decided.
    pub by: String,
    /// When.
    pub at: NaiveDateTime,
}

fn read(cells: &mut Cells<'_, '_>) -> Result<Request, Fault> {
    Ok(Request {
        id: cells.text()?,
        department: cells.parse()?,
        quarter: cells.parse()?,
        about_table: cells.text()?,
        about_row: cells.text()?,
        field: cells.text()?,
        original: cells.text()?,
        asked: cells.text()?,
        reason: cells.text()?,
        asked_by: cells.text()?,
        asked_at: cells.moment()?,
        decision: {
            let approved: Option<bool> = cells.value()?;
            let by = cells.text_or_none()?;
            let at = cells.moment_or_none()?;
            match (approved, by, at) {
                (Some(approved), Some(by), Some(at)) => Some(Decision { approved, by, at }),
                _ => None,
            }
        },
        answer: cells.text()?,
    })
}

/// All requests by quarter, then in the order they were made.
pub fn list(rows: &Rows<'_>) -> Result<Vec<Request>, StoreError> {
    rows.all(&TABLE, "ORDER BY quarter, id", [], read)
}

/// A request, if it is there.
pub fn find(rows: &Rows<'_>, id: &str) -> Result<Option<Request>, StoreError> {
    rows.at(&TABLE, [id], read)
}

/// A request; [`StoreError::RowGone`] where it is not there.
pub fn get(rows: &Rows<'_>, id: &str) -> Result<Request, StoreError> {
    find(rows, id)?.ok_or_else(|| gone(&TABLE, &[&id]))
}

fn write(edit: &mut Edit<'_>, request: &Request, how: Write) -> Result<(), StoreError> {
    let decision = request.decision.as_ref();
    how(
        **edit,
        &TABLE,
        params![
            request.id,
            request.department.as_str(),
            request.quarter.to_string(),
            request.about_table,
            request.about_row,
            request.field,
            request.original,
            request.asked,
            request.reason,
            request.asked_by,
            moment_text(request.asked_at),
            decision.map(|decision| decision.approved),
            decision.map(|decision| &decision.by),
            decision.map(|decision| moment_text(decision.at)),
            request.answer
        ],
    )
}

/// Adds a request.
pub fn insert(edit: &mut Edit<'_>, request: &Request) -> Result<(), StoreError> {
    write(edit, request, INSERT)
}

/// Writes all of a request that is there, such as the office's decision.
pub fn update(edit: &mut Edit<'_>, request: &Request) -> Result<(), StoreError> {
    write(edit, request, UPDATE)
}
