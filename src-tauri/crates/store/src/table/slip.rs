//! Supervision slips 督办单 and their receipts.

use crate::error::{Fault, StoreError};
use crate::row::{Cells, INSERT, Table, UPDATE, Write, gone};
use crate::{Edit, Rows};
use chrono::NaiveDate;
use plan::{DepartmentId, Quarter, TaskId};
use rusqlite::params;

const TABLE: Table = Table {
    name: "slip",
    what: "督办单",
    columns: &[
        "id",
        "quarter",
        "task",
        "department",
        "level",
        "year",
        "number",
        "reason",
        "matter",
        "asks",
        "deadline",
        "contact",
        "signer",
        "issued_on",
        "withdrawn_on",
        "received_on",
        "received_by",
        "receipt_done",
        "receipt_cause",
        "receipt_measures",
        "receipt_expected_on",
    ],
    keys: 1,
};

/// A supervision slip, proposed or issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// Its id.
    pub id: String,
    /// The quarter that gave cause.
    pub quarter: Quarter,
    /// The task it is about, where it is about one.
    pub task: Option<TaskId>,
    /// The department it goes to.
    pub department: Option<DepartmentId>,
    /// Level as printed: 蓝, 黄 or 红.
    pub level: String,
    /// Year and running number within the level, given when it is issued.
    pub number: Option<(i32, i64)>,
    /// Why it was proposed.
    pub reason: String,
    /// The matter with its text and clause.
    pub matter: String,
    /// What is asked.
    pub asks: String,
    /// By when.
    pub deadline: Option<NaiveDate>,
    /// Whom to call.
    pub contact: String,
    /// Who signs it.
    pub signer: String,
    /// The day it was issued; none while it is a proposal.
    pub issued_on: Option<NaiveDate>,
    /// The day it was taken back, with its number kept.
    pub withdrawn_on: Option<NaiveDate>,
    /// The receipt on the same sheet.
    pub receipt: Receipt,
}

/// The receipt 回执 of a slip, filled in by the department; empty until it comes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Receipt {
    /// The day it came back.
    pub on: Option<NaiveDate>,
    /// Who took it.
    pub by: String,
    /// What was done.
    pub done: String,
    /// The cause.
    pub cause: String,
    /// The measures.
    pub measures: String,
    /// When it is expected to be finished.
    pub expected_on: Option<NaiveDate>,
}

fn read(cells: &mut Cells<'_, '_>) -> Result<Slip, Fault> {
    Ok(Slip {
        id: cells.text()?,
        quarter: cells.parse()?,
        task: cells.parse_or_none()?,
        department: cells.parse_or_none()?,
        level: cells.text()?,
        number: {
            let year: Option<i32> = cells.value()?;
            let number: Option<i64> = cells.value()?;
            year.zip(number)
        },
        reason: cells.text()?,
        matter: cells.text()?,
        asks: cells.text()?,
        deadline: cells.date_or_none()?,
        contact: cells.text()?,
        signer: cells.text()?,
        issued_on: cells.date_or_none()?,
        withdrawn_on: cells.date_or_none()?,
        receipt: Receipt {
            on: cells.date_or_none()?,
            by: cells.text()?,
            done: cells.text()?,
            cause: cells.text()?,
            measures: cells.text()?,
            expected_on: cells.date_or_none()?,
        },
    })
}

/// All slips by quarter, then in the order they were made.
pub fn list(rows: &Rows<'_>) -> Result<Vec<Slip>, StoreError> {
    rows.all(&TABLE, "ORDER BY quarter, id", [], read)
}

/// The slips of a quarter in the order they were made.
pub fn of_quarter(rows: &Rows<'_>, quarter: Quarter) -> Result<Vec<Slip>, StoreError> {
    rows.all(&TABLE, "WHERE quarter = ?1 ORDER BY id", [quarter.to_string()], read)
}

/// A slip, if it is there.
pub fn find(rows: &Rows<'_>, id: &str) -> Result<Option<Slip>, StoreError> {
    rows.at(&TABLE, [id], read)
}

/// A slip; [`StoreError::RowGone`] where it is not there.
pub fn get(rows: &Rows<'_>, id: &str) -> Result<Slip, StoreError> {
    find(rows, id)?.ok_or_else(|| gone(&TABLE, &[&id]))
}

/// The next number of a level in a year, without a gap: one more than the last, from 1.
pub fn next_number(rows: &Rows<'_>, year: i32, level: &str) -> Result<i64, StoreError> {
    let last: Option<i64> =
        rows.value("SELECT ifnull(max(number), 0) FROM slip WHERE year = ?1 AND level = ?2", params![year, level])?;
    Ok(last.unwrap_or(0) + 1)
}

fn write(edit: &mut Edit<'_>, slip: &Slip, how: Write) -> Result<(), StoreError> {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    how(
        **edit,
        &TABLE,
        params![
            slip.id,
            slip.quarter.to_string(),
            slip.task.as_ref().map(TaskId::as_str),
            slip.department.as_ref().map(DepartmentId::as_str),
            slip.level,
            slip.number.map(|(year, _)| year),
            slip.number.map(|(_, number)| number),
            slip.reason,
            slip.matter,
            slip.asks,
            day(slip.deadline),
            slip.contact,
            slip.signer,
            day(slip.issued_on),
            day(slip.withdrawn_on),
            day(slip.receipt.on),
            slip.receipt.by,
            slip.receipt.done,
            slip.receipt.cause,
            slip.receipt.measures,
            day(slip.receipt.expected_on)
        ],
    )
}

/// Adds a slip; [`StoreError::Taken`] where its number is given away.
pub fn insert(edit: &mut Edit<'_>, slip: &Slip) -> Result<(), StoreError> {
    write(edit, slip, INSERT)
}

/// Writes all of a slip that is there.
pub fn update(edit: &mut Edit<'_>, slip: &Slip) -> Result<(), StoreError> {
    write(edit, slip, UPDATE)
}

/// Deletes a slip; meant for proposals, since an issued one is withdrawn and keeps its number.
pub fn delete(edit: &mut Edit<'_>, id: &str) -> Result<(), StoreError> {
    edit.delete(&TABLE, params![id])
}
