//! Plans.

use crate::error::{Fault, StoreError};
use crate::row::{Cells, INSERT, Table, UPDATE, Write, gone};
use crate::table::{import_row, indicator, milestone, section, task};
use crate::{Edit, Rows};
use ::plan::limits::{PlanYears, YEARS};
use ::plan::{Plan, PlanId};
use rusqlite::params;

const TABLE: Table = Table {
    name: "plan",
    what: "规划",
    columns: &[
        "id",
        "title",
        "doc_number",
        "issuer",
        "issued_on",
        "period_from",
        "period_to",
        "stage",
        "source_text",
        "position",
        "register",
    ],
    keys: 1,
};

fn read(cells: &mut Cells<'_, '_>) -> Result<Plan, Fault> {
    Ok(Plan {
        id: cells.parse()?,
        title: cells.text()?,
        doc_number: cells.text_or_none()?,
        issuer: cells.text_or_none()?,
        issued_on: cells.date_or_none()?,
        period_from: year(cells)?,
        period_to: year(cells)?,
        stage: cells.parse()?,
        source_text: cells.text()?,
        position: cells.integer()?,
        register: cells.parse()?,
    })
}

/// A year that no plan has, from a file of another program, counts as none.
fn year(cells: &mut Cells<'_, '_>) -> Result<Option<i32>, Fault> {
    let year: Option<i64> = cells.value()?;
    Ok(year.and_then(|year| i32::try_from(year).ok()).filter(|year| YEARS.contains(year)))
}

/// The years of each plan, without reading the source texts.
pub fn years(rows: &Rows<'_>) -> Result<Vec<(PlanId, PlanYears)>, StoreError> {
    let read = |cells: &mut Cells<'_, '_>| {
        let id: PlanId = cells.parse()?;
        Ok((id, PlanYears::new(year(cells)?, year(cells)?, cells.date_or_none()?)))
    };
    let sql = "SELECT id, period_from, period_to, issued_on FROM plan ORDER BY position, id";
    rows.query(sql, [], read).map_err(|fault| fault.on_row(rows.path, TABLE.what))
}

/// All plans in the workbook's order, with their source texts.
pub fn list(rows: &Rows<'_>) -> Result<Vec<Plan>, StoreError> {
    rows.all(&TABLE, "ORDER BY position, id", [], read)
}

/// A plan, if it is there.
pub fn find(rows: &Rows<'_>, id: &PlanId) -> Result<Option<Plan>, StoreError> {
    rows.at(&TABLE, [id.as_str()], read)
}

/// A plan; [`StoreError::RowGone`] where it is not there.
pub fn get(rows: &Rows<'_>, id: &PlanId) -> Result<Plan, StoreError> {
    find(rows, id)?.ok_or_else(|| gone(&TABLE, &[&id.as_str()]))
}

fn write(edit: &mut Edit<'_>, plan: &Plan, how: Write) -> Result<(), StoreError> {
    how(
        **edit,
        &TABLE,
        params![
            plan.id.as_str(),
            plan.title,
            plan.doc_number,
            plan.issuer,
            plan.issued_on.map(|day| day.to_string()),
            plan.period_from,
            plan.period_to,
            plan.stage.code(),
            plan.source_text,
            plan.position,
            plan.register.code()
        ],
    )
}

/// Adds a plan.
pub fn insert(edit: &mut Edit<'_>, plan: &Plan) -> Result<(), StoreError> {
    write(edit, plan, INSERT)
}

/// Writes all of a plan that is there.
pub fn update(edit: &mut Edit<'_>, plan: &Plan) -> Result<(), StoreError> {
    write(edit, plan, UPDATE)
}

/// Deletes a plan with its sections, tasks, milestones and indicators and all that hangs on them.
pub fn delete(edit: &mut Edit<'_>, id: &PlanId) -> Result<(), StoreError> {
    for task in task::of_plan(edit, id)? {
        task::delete(edit, &task.id)?;
    }
    for milestone in milestone::of_plan(edit, id)? {
        milestone::delete(edit, &milestone.id)?;
    }
    for indicator in indicator::of_plan(edit, id)? {
        indicator::delete(edit, &indicator.id)?;
    }
    section::delete_of_plan(edit, id)?;
    import_row::replace(edit, id, &[])?;
    edit.delete(&TABLE, params![id.as_str()])
}
