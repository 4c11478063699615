//! The outline of a plan.

use crate::error::{Fault, StoreError};
use crate::row::{Cells, INSERT, Table, UPDATE, Write, gone};
use crate::{Edit, Rows};
use plan::{PlanId, Section, SectionId};
use rusqlite::params;

const TABLE: Table =
    Table { name: "section", what: "章节", columns: &["id", "plan", "parent", "number", "title", "position"], keys: 1 };

fn read(cells: &mut Cells<'_, '_>) -> Result<Section, Fault> {
    Ok(Section {
        id: cells.parse()?,
        plan: cells.parse()?,
        parent: cells.parse_or_none()?,
        number: cells.text()?,
        title: cells.text()?,
        position: cells.integer()?,
    })
}

/// All sections, plan by plan, in printed order.
pub fn list(rows: &Rows<'_>) -> Result<Vec<Section>, StoreError> {
    rows.all(&TABLE, "ORDER BY plan, position, id", [], read)
}

/// The sections of a plan in printed order.
pub fn of_plan(rows: &Rows<'_>, plan: &PlanId) -> Result<Vec<Section>, StoreError> {
    rows.all(&TABLE, "WHERE plan = ?1 ORDER BY position, id", [plan.as_str()], read)
}

/// A section, if it is there.
pub fn find(rows: &Rows<'_>, id: &SectionId) -> Result<Option<Section>, StoreError> {
    rows.at(&TABLE, [id.as_str()], read)
}

/// A section; [`StoreError::RowGone`] where it is not there.
pub fn get(rows: &Rows<'_>, id: &SectionId) -> Result<Section, StoreError> {
    find(rows, id)?.ok_or_else(|| gone(&TABLE, &[&id.as_str()]))
}

fn write(edit: &mut Edit<'_>, section: &Section, how: Write) -> Result<(), StoreError> {
    how(
        **edit,
        &TABLE,
        params![
            section.id.as_str(),
            section.plan.as_str(),
            section.parent.as_ref().map(SectionId::as_str),
            section.number,
            section.title,
            section.position
        ],
    )
}

/// Adds a section; its parent must be there already.
pub fn insert(edit: &mut Edit<'_>, section: &Section) -> Result<(), StoreError> {
    write(edit, section, INSERT)
}

/// Writes all of a section that is there.
pub fn update(edit: &mut Edit<'_>, section: &Section) -> Result<(), StoreError> {
    write(edit, section, UPDATE)
}

/// Deletes a section; its tasks and the sections below it move up to its parent.
pub fn delete(edit: &mut Edit<'_>, id: &SectionId) -> Result<(), StoreError> {
    let parent = get(edit, id)?.parent;
    let up = params![id.as_str(), parent.as_ref().map(SectionId::as_str)];
    edit.run(TABLE.what, "UPDATE task SET section = ?2 WHERE section = ?1", up)?;
    edit.run(TABLE.what, "UPDATE section SET parent = ?2 WHERE parent = ?1", up)?;
    edit.delete(&TABLE, params![id.as_str()])
}

/// Deletes the whole outline of a plan whose tasks are gone.
pub(crate) fn delete_of_plan(edit: &mut Edit<'_>, plan: &PlanId) -> Result<(), StoreError> {
    // the parent links go first: SQLite checks each deleted row at once
    edit.run(TABLE.what, "UPDATE section SET parent = NULL WHERE plan = ?1 AND parent IS NOT NULL", [plan.as_str()])?;
    edit.run(TABLE.what, "DELETE FROM section WHERE plan = ?1", [plan.as_str()]).map(|_| ())
}
