//! Indicators.

use crate::error::{Fault, StoreError};
use crate::row::{Cells, INSERT, Table, UPDATE, Write, gone};
use crate::table::retired;
use crate::{Edit, Rows};
use plan::{Indicator, IndicatorId, PlanId, TaskId};
use rusqlite::params;

const TABLE: Table = Table {
    name: "indicator",
    what: "指标",
    columns: &["id", "plan", "task", "name", "unit", "kind", "binding", "baseline_year", "baseline_value", "weight", "position"],
    keys: 1,
};

fn read(cells: &mut Cells<'_, '_>) -> Result<Indicator, Fault> {
    Ok(Indicator {
        id: cells.parse()?,
        plan: cells.parse()?,
        task: cells.parse_or_none()?,
        name: cells.text()?,
        unit: cells.text()?,
        kind: cells.parse()?,
        binding: cells.flag()?,
        baseline: {
            let year: Option<i32> = cells.value()?;
            let value: Option<f64> = cells.value()?;
            year.zip(value)
        },
        weight: cells.real()?,
        position: cells.integer()?,
    })
}

/// All indicators, plan by plan, in the plan's order.
pub fn list(rows: &Rows<'_>) -> Result<Vec<Indicator>, StoreError> {
    rows.all(&TABLE, "ORDER BY plan, position, id", [], read)
}

/// All indicators as they lie in the file, in no order that means anything, some at a time: for who sorts them anyway.
pub fn unsorted(rows: &Rows<'_>, give: &mut dyn FnMut(Vec<Indicator>)) -> Result<(), StoreError> {
    rows.each(&TABLE, read, give)
}

/// The indicators of a plan in its order.
pub fn of_plan(rows: &Rows<'_>, plan: &PlanId) -> Result<Vec<Indicator>, StoreError> {
    rows.all(&TABLE, "WHERE plan = ?1 ORDER BY position, id", [plan.as_str()], read)
}

/// The indicators of a task in the plan's order.
pub fn of_task(rows: &Rows<'_>, task: &TaskId) -> Result<Vec<Indicator>, StoreError> {
    rows.all(&TABLE, "WHERE task = ?1 ORDER BY position, id", [task.as_str()], read)
}

/// The indicators of a plan's own goals.
pub fn goals_of_plan(rows: &Rows<'_>, plan: &PlanId) -> Result<Vec<Indicator>, StoreError> {
    rows.all(&TABLE, "WHERE plan = ?1 AND task IS NULL ORDER BY position, id", [plan.as_str()], read)
}

/// The last indicator of a plan.
pub fn last_of_plan(rows: &Rows<'_>, plan: &PlanId) -> Result<Option<Indicator>, StoreError> {
    Ok(rows.all(&TABLE, "WHERE plan = ?1 ORDER BY position DESC, id DESC LIMIT 1", [plan.as_str()], read)?.pop())
}

/// An indicator, if it is there.
pub fn find(rows: &Rows<'_>, id: &IndicatorId) -> Result<Option<Indicator>, StoreError> {
    rows.at(&TABLE, [id.as_str()], read)
}

/// An indicator; [`StoreError::RowGone`] where it is not there.
pub fn get(rows: &Rows<'_>, id: &IndicatorId) -> Result<Indicator, StoreError> {
    find(rows, id)?.ok_or_else(|| gone(&TABLE, &[&id.as_str()]))
}

fn write(edit: &mut Edit<'_>, indicator: &Indicator, how: Write) -> Result<(), StoreError> {
    how(
        **edit,
        &TABLE,
        params![
            indicator.id.as_str(),
            indicator.plan.as_str(),
            indicator.task.as_ref().map(TaskId::as_str),
            indicator.name,
            indicator.unit,
            indicator.kind.code(),
            indicator.binding,
            indicator.baseline.map(|(year, _)| year),
            indicator.baseline.map(|(_, value)| value),
            indicator.weight,
            indicator.position
        ],
    )
}

/// Adds an indicator.
pub fn insert(edit: &mut Edit<'_>, indicator: &Indicator) -> Result<(), StoreError> {
    write(edit, indicator, INSERT)
}

/// Writes all of an indicator that is there.
pub fn update(edit: &mut Edit<'_>, indicator: &Indicator) -> Result<(), StoreError> {
    write(edit, indicator, UPDATE)
}

/// Deletes an indicator with its targets and figures.
pub fn delete(edit: &mut Edit<'_>, id: &IndicatorId) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM retired WHERE id IN (SELECT id FROM target WHERE indicator = ?1)",
        "DELETE FROM target WHERE indicator = ?1",
        "DELETE FROM actual WHERE indicator = ?1",
    ] {
        edit.run(TABLE.what, sql, [id.as_str()])?;
    }
    retired::forget(edit, id.as_str())?;
    edit.delete(&TABLE, params![id.as_str()])
}
