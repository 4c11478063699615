//! Drafts under review: what intake drew from a document, as far as someone has checked it. They survive a restart and are
//! outside undo and history.

use crate::error::{Fault, StoreError};
use crate::row::{Cells, Table, gone};
use crate::stamp::moment_text;
use crate::{Aside, Rows};
use chrono::NaiveDateTime;
use plan::DraftId;
use rusqlite::params;

const TABLE: Table = Table {
    name: "draft",
    what: "草稿",
    columns: &["id", "title", "source_name", "source_text", "body", "created_at", "updated_at"],
    keys: 1,
};

/// A draft under review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its id.
    pub id: DraftId,
    /// The plan's title.
    pub title: String,
    /// The document's file name.
    pub source_name: String,
    /// The text it was drawn from.
    pub source_text: String,
    /// The draft and what was decided of it, as JSON; the shape is the caller's.
    pub body: String,
}

/// What a list of drafts shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftHead {
    /// Its id.
    pub id: DraftId,
    /// The plan's title.
    pub title: String,
    /// The document's file name.
    pub source_name: String,
    /// When it was begun, in UTC.
    pub created_at: NaiveDateTime,
    /// When it was last worked on, in UTC.
    pub updated_at: NaiveDateTime,
}

fn read(cells: &mut Cells<'_, '_>) -> Result<Draft, Fault> {
    Ok(Draft {
        id: cells.parse()?,
        title: cells.text()?,
        source_name: cells.text()?,
        source_text: cells.text()?,
        body: cells.text()?,
    })
}

fn read_head(cells: &mut Cells<'_, '_>) -> Result<DraftHead, Fault> {
    Ok(DraftHead {
        id: cells.parse()?,
        title: cells.text()?,
        source_name: cells.text()?,
        created_at: cells.moment()?,
        updated_at: cells.moment()?,
    })
}

/// The drafts, the one last worked on first.
pub fn list(rows: &Rows<'_>) -> Result<Vec<DraftHead>, StoreError> {
    rows.query("SELECT id, title, source_name, created_at, updated_at FROM draft ORDER BY updated_at DESC, id", [], read_head)
        .map_err(|fault| fault.on_row(rows.path, TABLE.what))
}

/// A draft, if it is there.
pub fn find(rows: &Rows<'_>, id: &DraftId) -> Result<Option<Draft>, StoreError> {
    rows.at(&TABLE, [id.as_str()], read)
}

/// A draft; [`StoreError::RowGone`] where it is not there.
pub fn get(rows: &Rows<'_>, id: &DraftId) -> Result<Draft, StoreError> {
    find(rows, id)?.ok_or_else(|| gone(&TABLE, &[&id.as_str()]))
}

/// Adds a draft; [`StoreError::Unfit`] where the body is no JSON.
pub fn insert(aside: &mut Aside<'_>, draft: &Draft) -> Result<(), StoreError> {
    let now = moment_text(aside.stamp().at);
    aside.insert(&TABLE, params![draft.id.as_str(), draft.title, draft.source_name, draft.source_text, draft.body, now, now])
}

/// Writes a draft's title and body; the document it came from stays.
pub fn update(aside: &mut Aside<'_>, id: &DraftId, title: &str, body: &str) -> Result<(), StoreError> {
    let now = moment_text(aside.stamp().at);
    let changed = aside.run(
        TABLE.what,
        "UPDATE draft SET title = ?2, body = ?3, updated_at = ?4 WHERE id = ?1",
        params![id.as_str(), title, body, now],
    )?;
    if changed == 0 {
        return Err(gone(&TABLE, &[&id.as_str()]));
    }
    Ok(())
}

/// Deletes a draft.
pub fn delete(aside: &mut Aside<'_>, id: &DraftId) -> Result<(), StoreError> {
    aside.delete(&TABLE, params![id.as_str()])
}
