//! Tasks.

use crate::error::{Fault, StoreError};
use crate::row::{Cells, INSERT, Table, UPDATE, Write, gone, span_cells};
use crate::table::{checklist_item, indicator, milestone, retired};
use crate::{Edit, Rows};
use plan::{Judgement, Origin, PlanId, SectionId, Task, TaskId};
use rusqlite::params;

const TABLE: Table = Table {
    name: "task",
    what: "任务",
    columns: &[
        "id",
        "plan",
        "section",
        "number",
        "title",
        "kind",
        "text",
        "span_start",
        "span_end",
        "weight",
        "start",
        "due",
        "closed_on",
        "override_judgement",
        "override_reason",
        "position",
        "origin",
        "received_on",
        "matter",
        "remark",
    ],
    keys: 1,
};

fn read(cells: &mut Cells<'_, '_>) -> Result<Task, Fault> {
    Ok(Task {
        id: cells.parse()?,
        plan: cells.parse()?,
        section: cells.parse_or_none()?,
        number: cells.text()?,
        title: cells.text()?,
        kind: cells.parse()?,
        text: cells.text()?,
        span: cells.span()?,
        weight: cells.real()?,
        start: cells.date_or_none()?,
        due: cells.parse_or_none()?,
        closed_on: cells.date_or_none()?,
        override_judgement: {
            let judgement: Option<Judgement> = cells.parse_or_none()?;
            let reason = cells.text_or_none()?;
            judgement.zip(reason)
        },
        position: cells.integer()?,
        origin: {
            let from = cells.text_or_none()?;
            let received_on = cells.date_or_none()?;
            let matter = cells.text_or_none()?;
            from.zip(matter).map(|(from, matter)| Box::new(Origin { from, received_on, matter }))
        },
        remark: cells.text()?,
    })
}

/// All tasks, plan by plan, in the plan's order.
pub fn list(rows: &Rows<'_>) -> Result<Vec<Task>, StoreError> {
    rows.all(&TABLE, "ORDER BY plan, position, id", [], read)
}

/// All tasks as they lie in the file, in no order that means anything, some at a time: for who sorts them anyway.
pub fn unsorted(rows: &Rows<'_>, give: &mut dyn FnMut(Vec<Task>)) -> Result<(), StoreError> {
    rows.each(&TABLE, read, give)
}

/// The tasks of a plan in its order.
pub fn of_plan(rows: &Rows<'_>, plan: &PlanId) -> Result<Vec<Task>, StoreError> {
    rows.all(&TABLE, "WHERE plan = ?1 ORDER BY position, id", [plan.as_str()], read)
}

/// A task, if it is there.
pub fn find(rows: &Rows<'_>, id: &TaskId) -> Result<Option<Task>, StoreError> {
    rows.at(&TABLE, [id.as_str()], read)
}

/// A task; [`StoreError::RowGone`] where it is not there.
pub fn get(rows: &Rows<'_>, id: &TaskId) -> Result<Task, StoreError> {
    find(rows, id)?.ok_or_else(|| gone(&TABLE, &[&id.as_str()]))
}

/// The task that stands after another in its plan, if there is one.
pub fn following(rows: &Rows<'_>, task: &Task) -> Result<Option<Task>, StoreError> {
    let sql = "WHERE plan = ?1 AND (position, id) > (?2, ?3) ORDER BY position, id LIMIT 1";
    Ok(rows.all(&TABLE, sql, params![task.plan.as_str(), task.position, task.id.as_str()], read)?.pop())
}

/// The task that stands before another in its plan, if there is one.
pub fn preceding(rows: &Rows<'_>, task: &Task) -> Result<Option<Task>, StoreError> {
    let sql = "WHERE plan = ?1 AND (position, id) < (?2, ?3) ORDER BY position DESC, id DESC LIMIT 1";
    Ok(rows.all(&TABLE, sql, params![task.plan.as_str(), task.position, task.id.as_str()], read)?.pop())
}

/// The last task of a plan.
pub fn last_of_plan(rows: &Rows<'_>, plan: &PlanId) -> Result<Option<Task>, StoreError> {
    Ok(rows.all(&TABLE, "WHERE plan = ?1 ORDER BY position DESC, id DESC LIMIT 1", [plan.as_str()], read)?.pop())
}

/// The last task that stands directly under a heading.
pub fn last_of_section(rows: &Rows<'_>, section: &SectionId) -> Result<Option<Task>, StoreError> {
    Ok(rows.all(&TABLE, "WHERE section = ?1 ORDER BY position DESC, id DESC LIMIT 1", [section.as_str()], read)?.pop())
}

/// The tasks that stand directly under a heading, in the plan's order.
pub fn of_section(rows: &Rows<'_>, section: &SectionId) -> Result<Vec<Task>, StoreError> {
    rows.all(&TABLE, "WHERE section = ?1 ORDER BY position, id", [section.as_str()], read)
}

/// A task of a plan that has a number and is not retired, if there is one.
pub fn numbered(rows: &Rows<'_>, plan: &PlanId, number: &str) -> Result<Option<Task>, StoreError> {
    let sql = "WHERE plan = ?1 AND number = ?2 AND id NOT IN (SELECT id FROM retired) ORDER BY position, id LIMIT 1";
    Ok(rows.all(&TABLE, sql, params![plan.as_str(), number], read)?.pop())
}

/// Moves all tasks behind one by so many places, so that others can stand between.
pub fn make_room_behind(edit: &mut Edit<'_>, task: &Task, by: i64) -> Result<(), StoreError> {
    let sql = "UPDATE task SET position = position + ?4 WHERE plan = ?1 AND (position, id) > (?2, ?3)";
    edit.run(TABLE.what, sql, params![task.plan.as_str(), task.position, task.id.as_str(), by]).map(|_| ())
}

fn write(edit: &mut Edit<'_>, task: &Task, how: Write) -> Result<(), StoreError> {
    let (span_start, span_end) = span_cells(task.span)?;
    let origin = task.origin.as_deref();
    how(
        **edit,
        &TABLE,
        params![
            task.id.as_str(),
            task.plan.as_str(),
            task.section.as_ref().map(SectionId::as_str),
            task.number,
            task.title,
            task.kind.code(),
            task.text,
            span_start,
            span_end,
            task.weight,
            task.start.map(|day| day.to_string()),
            task.due.map(|due| due.to_string()),
            task.closed_on.map(|day| day.to_string()),
            task.override_judgement.as_ref().map(|(judgement, _)| judgement.code()),
            task.override_judgement.as_ref().map(|(_, reason)| reason),
            task.position,
            origin.map(|origin| origin.from.as_str()),
            origin.and_then(|origin| origin.received_on).map(|day| day.to_string()),
            origin.map(|origin| origin.matter.as_str()),
            task.remark
        ],
    )
}

/// Adds a task.
pub fn insert(edit: &mut Edit<'_>, task: &Task) -> Result<(), StoreError> {
    write(edit, task, INSERT)
}

/// Writes all of a task that is there.
pub fn update(edit: &mut Edit<'_>, task: &Task) -> Result<(), StoreError> {
    write(edit, task, UPDATE)
}

/// Deletes a task with its assignments, checklist items, milestones, indicators, progress, evidence and slips.
pub fn delete(edit: &mut Edit<'_>, id: &TaskId) -> Result<(), StoreError> {
    let what = TABLE.what;
    for sql in [
        "DELETE FROM assignment WHERE task = ?1",
        "DELETE FROM progress WHERE task = ?1",
        "DELETE FROM evidence WHERE task = ?1",
        "DELETE FROM slip WHERE task = ?1",
        "DELETE FROM holding WHERE task = ?1",
    ] {
        edit.run(what, sql, [id.as_str()])?;
    }
    for item in checklist_item::of_task(edit, id)? {
        checklist_item::delete(edit, &item.id)?;
    }
    for milestone in milestone::of_task(edit, id)? {
        milestone::delete(edit, &milestone.id)?;
    }
    for indicator in indicator::of_task(edit, id)? {
        indicator::delete(edit, &indicator.id)?;
    }
    retired::forget(edit, id.as_str())?;
    edit.delete(&TABLE, params![id.as_str()])
}
