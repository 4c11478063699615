//! Responsible units with their other names, and the merging of two that are one.

use crate::error::{Fault, StoreError};
use crate::link::Links;
use crate::row::{Cells, INSERT, Table, UPDATE, Write, gone};
use crate::table::{actual, assignment, progress};
use crate::{Edit, Rows};
use plan::{Department, DepartmentId, Role};
use rusqlite::params;

const TABLE: Table =
    Table { name: "department", what: "单位", columns: &["id", "name", "short_name", "kind", "position"], keys: 1 };

const ALIASES: Links = Links { table: "department_alias", owner: "department", member: "alias", what: "单位的别名" };

fn read(cells: &mut Cells<'_, '_>) -> Result<Department, Fault> {
    Ok(Department {
        id: cells.parse()?,
        name: cells.text()?,
        short_name: cells.text()?,
        kind: cells.parse()?,
        aliases: Vec::new(),
        position: cells.integer()?,
    })
}

/// All departments in the workbook's order.
pub fn list(rows: &Rows<'_>) -> Result<Vec<Department>, StoreError> {
    let mut departments = rows.all(&TABLE, "ORDER BY position, id", [], read)?;
    let mut aliases = ALIASES.all(rows)?;
    for department in &mut departments {
        department.aliases = aliases.remove(department.id.as_str()).unwrap_or_default();
    }
    Ok(departments)
}

/// A department, if it is there.
pub fn find(rows: &Rows<'_>, id: &DepartmentId) -> Result<Option<Department>, StoreError> {
    let mut found = rows.at(&TABLE, [id.as_str()], read)?;
    if let Some(department) = &mut found {
        department.aliases = ALIASES.of(rows, id.as_str())?;
    }
    Ok(found)
}

/// A department; [`StoreError::RowGone`] where it is not there.
pub fn get(rows: &Rows<'_>, id: &DepartmentId) -> Result<Department, StoreError> {
    find(rows, id)?.ok_or_else(|| gone(&TABLE, &[&id.as_str()]))
}

/// The department with exactly this name, short name or alias; a name goes before a short name, and that before an alias.
pub fn named(rows: &Rows<'_>, name: &str) -> Result<Option<Department>, StoreError> {
    let id: Option<String> = rows.value(
        "SELECT id FROM (
           SELECT id, 1 AS rank, position FROM department WHERE name = ?1
           UNION ALL SELECT id, 2, position FROM department WHERE short_name = ?1
           UNION ALL SELECT d.id, 3, d.position FROM department d JOIN department_alias a ON a.department = d.id
             WHERE a.alias = ?1)
         ORDER BY rank, position, id LIMIT 1",
        [name],
    )?;
    match id {
        Some(id) => find(rows, &DepartmentId::new(id)),
        None => Ok(None),
    }
}

fn write(edit: &mut Edit<'_>, department: &Department, how: Write) -> Result<(), StoreError> {
    how(
        **edit,
        &TABLE,
        params![department.id.as_str(), department.name, department.short_name, department.kind.code(), department.position],
    )?;
    let aliases: Vec<&str> = department.aliases.iter().map(String::as_str).collect();
    ALIASES.set(edit, department.id.as_str(), &aliases)
}

/// Adds a department; [`StoreError::Taken`] where one has the name.
pub fn insert(edit: &mut Edit<'_>, department: &Department) -> Result<(), StoreError> {
    write(edit, department, INSERT)
}

/// Writes all of a department that is there, with its aliases.
pub fn update(edit: &mut Edit<'_>, department: &Department) -> Result<(), StoreError> {
    write(edit, department, UPDATE)
}

/// Deletes a department with its part in tasks, items and milestones, its progress, requests, keys and exchange marks. Figures and
/// evidence that it handed in stay, as the office's own, unless the office has its own figure; slips stay without it.
pub fn delete(edit: &mut Edit<'_>, id: &DepartmentId) -> Result<(), StoreError> {
    ALIASES.set(edit, id.as_str(), &[])?;
    for sql in [
        "DELETE FROM assignment WHERE department = ?1",
        "DELETE FROM checklist_item_department WHERE department = ?1",
        "DELETE FROM milestone_department WHERE department = ?1",
        "DELETE FROM progress WHERE department = ?1",
        "DELETE FROM exchange WHERE department = ?1",
        "DELETE FROM department_key WHERE department = ?1",
        "DELETE FROM request WHERE department = ?1",
        "DELETE FROM exchanged WHERE department = ?1",
        "DELETE FROM actual WHERE department = ?1 AND EXISTS (SELECT 1 FROM actual own
           WHERE own.indicator = actual.indicator AND own.quarter = actual.quarter AND own.department IS NULL)",
        "UPDATE actual SET department = NULL WHERE department = ?1",
        "UPDATE evidence SET department = NULL WHERE department = ?1",
        "UPDATE slip SET department = NULL WHERE department = ?1",
        "DELETE FROM holding WHERE department = ?1",
        "UPDATE person SET department = NULL WHERE department = ?1",
    ] {
        edit.run(TABLE.what, sql, [id.as_str()])?;
    }
    edit.delete(&TABLE, params![id.as_str()])
}

/// Makes two departments one: everything of `from` goes to `into`, which also takes its names as aliases, and `from` is
/// deleted. A lead of either leads. Where both wrote progress or a figure for the same row, nothing is lost: the texts
/// stand one after the other, and the figure of `into` stays with the other one in its note.
pub fn merge(edit: &mut Edit<'_>, from: &DepartmentId, into: &DepartmentId) -> Result<(), StoreError> {
    let gone_one = get(edit, from)?;
    let mut kept = get(edit, into)?;
    if from == into {
        return Ok(());
    }
    for mut part in assignment::of_department(edit, from)? {
        assignment::delete(edit, &part.task, from)?;
        if let Some(own) = assignment::find(edit, &part.task, into)? {
            part.position = part.position.min(own.position);
            if own.role == Role::Lead {
                part.by_default = own.by_default && (part.role != Role::Lead || part.by_default);
                part.role = Role::Lead;
            }
        }
        part.department = into.clone();
        assignment::put(edit, &part)?;
    }
    for table in ["checklist_item_department", "milestone_department"] {
        let owner = if table == "milestone_department" { "milestone" } else { "item" };
        let names = params![from.as_str(), into.as_str()];
        edit.run(
            TABLE.what,
            &format!(
                "DELETE FROM {table} WHERE department = ?1
                 AND {owner} IN (SELECT {owner} FROM {table} WHERE department = ?2)"
            ),
            names,
        )?;
        edit.run(TABLE.what, &format!("UPDATE {table} SET department = ?2 WHERE department = ?1"), names)?;
    }
    merge_progress(edit, from, into)?;
    merge_actuals(edit, from, into, &gone_one.name)?;
    for sql in [
        "DELETE FROM exchange WHERE department = ?1
           AND quarter IN (SELECT quarter FROM exchange WHERE department = ?2)",
        "UPDATE exchange SET department = ?2 WHERE department = ?1",
        "UPDATE request SET department = ?2 WHERE department = ?1",
        "UPDATE evidence SET department = ?2 WHERE department = ?1",
        "UPDATE slip SET department = ?2 WHERE department = ?1",
        "UPDATE holding SET department = ?2 WHERE department = ?1",
        "UPDATE person SET department = ?2 WHERE department = ?1",
    ] {
        edit.run(TABLE.what, sql, params![from.as_str(), into.as_str()])?;
    }
    delete(edit, from)?;
    for name in std::iter::once(gone_one.name).chain(std::iter::once(gone_one.short_name)).chain(gone_one.aliases) {
        if name != kept.name && name != kept.short_name && !kept.aliases.contains(&name) {
            kept.aliases.push(name);
        }
    }
    update(edit, &kept)
}

fn merge_progress(edit: &mut Edit<'_>, from: &DepartmentId, into: &DepartmentId) -> Result<(), StoreError> {
    let theirs: Vec<_> = progress::of_department(edit, from)?;
    for mut row in theirs {
        match progress::once(edit, &row.task, into, row.quarter)? {
            None => {
                row.department = into.clone();
                progress::update(edit, &row)?;
            }
            Some(mut own) => {
                own.done = joined(&own.done, &row.done);
                own.problems = joined(&own.problems, &row.problems);
                own.next = joined(&own.next, &row.next);
                progress::delete(edit, &row.id)?;
                progress::update(edit, &own)?;
            }
        }
    }
    Ok(())
}

fn merge_actuals(edit: &mut Edit<'_>, from: &DepartmentId, into: &DepartmentId, name: &str) -> Result<(), StoreError> {
    for mut row in actual::of_department(edit, from)? {
        match actual::once(edit, &row.indicator, row.quarter, Some(into))? {
            None => {
                row.department = Some(into.clone());
                actual::update(edit, &row)?;
            }
            Some(mut own) => {
                own.note = joined(&own.note, &format!("{name}另报{}", row.value));
                own.note = joined(&own.note, &row.note);
                actual::delete(edit, &row.id)?;
                actual::update(edit, &own)?;
            }
        }
    }
    Ok(())
}

fn joined(own: &str, other: &str) -> String {
    match (own.trim().is_empty(), other.trim().is_empty()) {
        (true, _) => other.to_owned(),
        (_, true) => own.to_owned(),
        _ if own == other => own.to_owned(),
        _ => format!("{own}\n{other}"),
    }
}
