//! Targets of indicators.

use crate::error::{Fault, StoreError};
use crate::row::{Cells, INSERT, Table, UPDATE, Write, gone, span_cells};
use crate::table::retired;
use crate::{Edit, Rows};
use plan::{IndicatorId, Target, TargetId};
use rusqlite::params;

const TABLE: Table = Table {
    name: "target",
    what: "目标值",
    columns: &["id", "indicator", "op", "value", "due", "cadence", "proposed", "span_start", "span_end", "position"],
    keys: 1,
};

fn read(cells: &mut Cells<'_, '_>) -> Result<Target, Fault> {
    Ok(Target {
        id: cells.parse()?,
        indicator: cells.parse()?,
        op: cells.parse()?,
        value: cells.real()?,
        due: cells.parse_or_none()?,
        cadence: cells.parse()?,
        proposed: cells.flag()?,
        span: cells.span()?,
        position: cells.integer()?,
    })
}

/// All targets, indicator by indicator (in the order of their ids), in the indicator's order.
pub fn list(rows: &Rows<'_>) -> Result<Vec<Target>, StoreError> {
    rows.all(&TABLE, "ORDER BY indicator, position, id", [], read)
}

/// All targets as they lie in the file, in no order that means anything, some at a time: for who sorts them anyway.
pub fn unsorted(rows: &Rows<'_>, give: &mut dyn FnMut(Vec<Target>)) -> Result<(), StoreError> {
    rows.each(&TABLE, read, give)
}

/// The targets of an indicator in its order.
pub fn of_indicator(rows: &Rows<'_>, indicator: &IndicatorId) -> Result<Vec<Target>, StoreError> {
    rows.all(&TABLE, "WHERE indicator = ?1 ORDER BY position, id", [indicator.as_str()], read)
}

/// A target, if it is there.
pub fn find(rows: &Rows<'_>, id: &TargetId) -> Result<Option<Target>, StoreError> {
    rows.at(&TABLE, [id.as_str()], read)
}

/// A target; [`StoreError::RowGone`] where it is not there.
pub fn get(rows: &Rows<'_>, id: &TargetId) -> Result<Target, StoreError> {
    find(rows, id)?.ok_or_else(|| gone(&TABLE, &[&id.as_str()]))
}

fn write(edit: &mut Edit<'_>, target: &Target, how: Write) -> Result<(), StoreError> {
    let (span_start, span_end) = span_cells(target.span)?;
    how(
        **edit,
        &TABLE,
        params![
            target.id.as_str(),
            target.indicator.as_str(),
            target.op.code(),
            target.value,
            target.due.map(|due| due.to_string()),
            target.cadence.code(),
            target.proposed,
            span_start,
            span_end,
            target.position
        ],
    )
}

/// Adds a target.
pub fn insert(edit: &mut Edit<'_>, target: &Target) -> Result<(), StoreError> {
    write(edit, target, INSERT)
}

/// Writes all of a target that is there.
pub fn update(edit: &mut Edit<'_>, target: &Target) -> Result<(), StoreError> {
    write(edit, target, UPDATE)
}

/// Deletes a target.
pub fn delete(edit: &mut Edit<'_>, id: &TargetId) -> Result<(), StoreError> {
    retired::forget(edit, id.as_str())?;
    edit.delete(&TABLE, params![id.as_str()])
}
