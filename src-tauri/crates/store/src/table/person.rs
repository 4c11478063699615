//! People, and what they hold: a role for a task or a department, for a term.

use crate::error::{Fault, StoreError};
use crate::row::{Cells, INSERT, Table, UPDATE, Write, gone};
use crate::{Edit, Rows};
use plan::{DepartmentId, Holding, HoldingId, Person, PersonId, TaskId};
use rusqlite::params;

const TABLE: Table =
    Table { name: "person", what: "人员", columns: &["id", "name", "office", "telephone", "department", "position"], keys: 1 };

const HOLDING: Table = Table {
    name: "holding",
    what: "人员分工",
    columns: &["id", "person", "role", "task", "department", "held_from", "held_to"],
    keys: 1,
};

fn read(cells: &mut Cells<'_, '_>) -> Result<Person, Fault> {
    Ok(Person {
        id: cells.parse()?,
        name: cells.text()?,
        office: cells.text()?,
        telephone: cells.text()?,
        department: cells.parse_or_none()?,
        position: cells.integer()?,
    })
}

fn read_holding(cells: &mut Cells<'_, '_>) -> Result<Holding, Fault> {
    Ok(Holding {
        id: cells.parse()?,
        person: cells.parse()?,
        role: cells.parse()?,
        task: cells.parse_or_none()?,
        department: cells.parse_or_none()?,
        from: cells.date_or_none()?,
        to: cells.date_or_none()?,
    })
}

/// All people in their order.
pub fn list(rows: &Rows<'_>) -> Result<Vec<Person>, StoreError> {
    rows.all(&TABLE, "ORDER BY position, id", [], read)
}

/// A person, if there.
pub fn find(rows: &Rows<'_>, id: &PersonId) -> Result<Option<Person>, StoreError> {
    rows.at(&TABLE, [id.as_str()], read)
}

/// A person; [`StoreError::RowGone`] where they are not there.
pub fn get(rows: &Rows<'_>, id: &PersonId) -> Result<Person, StoreError> {
    find(rows, id)?.ok_or_else(|| gone(&TABLE, &[&id.as_str()]))
}

/// All that anybody holds or held.
pub fn holdings(rows: &Rows<'_>) -> Result<Vec<Holding>, StoreError> {
    rows.all(&HOLDING, "ORDER BY role, id", [], read_holding)
}

/// What a person holds or held.
pub fn holdings_of(rows: &Rows<'_>, person: &PersonId) -> Result<Vec<Holding>, StoreError> {
    rows.all(&HOLDING, "WHERE person = ?1 ORDER BY role, id", [person.as_str()], read_holding)
}

/// What is held, if it is there.
pub fn find_holding(rows: &Rows<'_>, id: &HoldingId) -> Result<Option<Holding>, StoreError> {
    rows.at(&HOLDING, [id.as_str()], read_holding)
}

fn write(edit: &mut Edit<'_>, person: &Person, how: Write) -> Result<(), StoreError> {
    how(
        **edit,
        &TABLE,
        params![
            person.id.as_str(),
            person.name,
            person.office,
            person.telephone,
            person.department.as_ref().map(DepartmentId::as_str),
            person.position
        ],
    )
}

fn write_holding(edit: &mut Edit<'_>, holding: &Holding, how: Write) -> Result<(), StoreError> {
    how(
        **edit,
        &HOLDING,
        params![
            holding.id.as_str(),
            holding.person.as_str(),
            holding.role.code(),
            holding.task.as_ref().map(TaskId::as_str),
            holding.department.as_ref().map(DepartmentId::as_str),
            holding.from.map(|day| day.to_string()),
            holding.to.map(|day| day.to_string())
        ],
    )
}

/// Adds a person.
pub fn insert(edit: &mut Edit<'_>, person: &Person) -> Result<(), StoreError> {
    write(edit, person, INSERT)
}

/// Writes all of a person who is there.
pub fn update(edit: &mut Edit<'_>, person: &Person) -> Result<(), StoreError> {
    write(edit, person, UPDATE)
}

/// Deletes a person with all that they hold.
pub fn delete(edit: &mut Edit<'_>, id: &PersonId) -> Result<(), StoreError> {
    edit.run(HOLDING.what, "DELETE FROM holding WHERE person = ?1", [id.as_str()])?;
    edit.delete(&TABLE, params![id.as_str()])
}

/// Adds what a person holds.
pub fn insert_holding(edit: &mut Edit<'_>, holding: &Holding) -> Result<(), StoreError> {
    write_holding(edit, holding, INSERT)
}

/// Writes all of what is held.
pub fn update_holding(edit: &mut Edit<'_>, holding: &Holding) -> Result<(), StoreError> {
    write_holding(edit, holding, UPDATE)
}

/// Takes away what is held.
pub fn delete_holding(edit: &mut Edit<'_>, id: &HoldingId) -> Result<(), StoreError> {
    edit.delete(&HOLDING, params![id.as_str()])
}
