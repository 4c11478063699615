//! Figures reported for quarters; one per indicator, quarter and department (or none).

use crate::error::{Fault, StoreError};
use crate::row::{Cells, INSERT, Table, UPDATE, Write, gone};
use crate::{Edit, Rows};
use plan::{Actual, ActualId, DepartmentId, IndicatorId, Quarter};
use rusqlite::params;

const TABLE: Table = Table {
    name: "actual",
    what: "本季度的指标数据",
    columns: &["id", "indicator", "quarter", "department", "value", "note"],
    keys: 1,
};

fn read(cells: &mut Cells<'_, '_>) -> Result<Actual, Fault> {
    Ok(Actual {
        id: cells.parse()?,
        indicator: cells.parse()?,
        quarter: cells.parse()?,
        department: cells.parse_or_none()?,
        value: cells.real()?,
        note: cells.text()?,
    })
}

/// All figures, indicator by indicator (in the order of their ids), by quarter.
pub fn list(rows: &Rows<'_>) -> Result<Vec<Actual>, StoreError> {
    rows.all(&TABLE, "ORDER BY indicator, quarter, ifnull(department, '')", [], read)
}

/// All figures as they lie in the file, in no order that means anything, some at a time: for who sorts them anyway.
pub fn unsorted(rows: &Rows<'_>, give: &mut dyn FnMut(Vec<Actual>)) -> Result<(), StoreError> {
    rows.each(&TABLE, read, give)
}

/// The figures of an indicator by quarter.
pub fn of_indicator(rows: &Rows<'_>, indicator: &IndicatorId) -> Result<Vec<Actual>, StoreError> {
    rows.all(&TABLE, "WHERE indicator = ?1 ORDER BY quarter, ifnull(department, '')", [indicator.as_str()], read)
}

/// The figures of a quarter, indicator by indicator.
pub fn of_quarter(rows: &Rows<'_>, quarter: Quarter) -> Result<Vec<Actual>, StoreError> {
    rows.all(&TABLE, "WHERE quarter = ?1 ORDER BY indicator, ifnull(department, '')", [quarter.to_string()], read)
}

/// The figures of a department, all quarters.
pub fn of_department(rows: &Rows<'_>, department: &DepartmentId) -> Result<Vec<Actual>, StoreError> {
    rows.all(&TABLE, "WHERE department = ?1 ORDER BY indicator, quarter", [department.as_str()], read)
}

/// The one figure of an indicator for a quarter from a department (or the office), if it is there.
pub fn once(
    rows: &Rows<'_>,
    indicator: &IndicatorId,
    quarter: Quarter,
    department: Option<&DepartmentId>,
) -> Result<Option<Actual>, StoreError> {
    Ok(rows
        .all(
            &TABLE,
            "WHERE indicator = ?1 AND quarter = ?2 AND ifnull(department, '') = ifnull(?3, '')",
            params![indicator.as_str(), quarter.to_string(), department.map(DepartmentId::as_str)],
            read,
        )?
        .pop())
}

/// A figure, if it is there.
pub fn find(rows: &Rows<'_>, id: &ActualId) -> Result<Option<Actual>, StoreError> {
    rows.at(&TABLE, [id.as_str()], read)
}

/// A figure; [`StoreError::RowGone`] where it is not there.
pub fn get(rows: &Rows<'_>, id: &ActualId) -> Result<Actual, StoreError> {
    find(rows, id)?.ok_or_else(|| gone(&TABLE, &[&id.as_str()]))
}

fn write(edit: &mut Edit<'_>, actual: &Actual, how: Write) -> Result<(), StoreError> {
    how(
        **edit,
        &TABLE,
        params![
            actual.id.as_str(),
            actual.indicator.as_str(),
            actual.quarter.to_string(),
            actual.department.as_ref().map(DepartmentId::as_str),
            actual.value,
            actual.note
        ],
    )
}

/// Adds a figure; [`StoreError::Taken`] where there is one for the indicator, quarter and department.
pub fn insert(edit: &mut Edit<'_>, actual: &Actual) -> Result<(), StoreError> {
    write(edit, actual, INSERT)
}

/// Writes all of a figure that is there.
pub fn update(edit: &mut Edit<'_>, actual: &Actual) -> Result<(), StoreError> {
    write(edit, actual, UPDATE)
}

/// Deletes a figure.
pub fn delete(edit: &mut Edit<'_>, id: &ActualId) -> Result<(), StoreError> {
    edit.delete(&TABLE, params![id.as_str()])
}
