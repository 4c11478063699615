//! Edits: one durable transaction each, recorded with its changeset so that it can be undone after a restart.

use crate::changes::{self, ChangedRow};
use crate::error::{Fault, StoreError};
use crate::log;
use crate::row::Rows;
use crate::stamp::{Ids, Stamp, moment_text};
use crate::table::LEDGER;
use crate::workbook::Workbook;
use plan::EditId;
use rusqlite::session::Session;
use rusqlite::{Connection, TransactionBehavior, params};
use std::ops::Deref;

/// An edit under way. It reads (it derefs to [`Rows`], with its own writes) and is what the tables' writing functions take.
#[derive(Debug)]
pub struct Edit<'a> {
    rows: Rows<'a>,
    stamp: &'a Stamp,
    ids: Ids,
    beside: bool,
}

impl<'a> Deref for Edit<'a> {
    type Target = Rows<'a>;
    fn deref(&self) -> &Rows<'a> {
        &self.rows
    }
}

impl Edit<'_> {
    /// A new id, UUIDv7 text from the edit's moment; ids of one edit sort in the order of making.
    pub fn new_id(&mut self) -> String {
        self.ids.next()
    }

    /// Who makes the edit, when and where.
    #[must_use]
    pub fn stamp(&self) -> &Stamp {
        self.stamp
    }

    /// Notes a write to what no undo touches, so that the edit is committed although its changeset may be empty.
    pub(crate) fn mark_beside(&mut self) {
        self.beside = true;
    }

    /// Writes to drafts and preferences in the same transaction; an undo of the edit leaves them as they are then.
    pub fn aside(&mut self) -> Aside<'_> {
        self.mark_beside();
        Aside { rows: self.rows, stamp: self.stamp, ids: Ids::from(self.stamp.at) }
    }
}

/// A write to what no undo touches: drafts and preferences. It reads, too: it derefs to [`Rows`].
#[derive(Debug)]
pub struct Aside<'a> {
    rows: Rows<'a>,
    stamp: &'a Stamp,
    ids: Ids,
}

impl<'a> Deref for Aside<'a> {
    type Target = Rows<'a>;
    fn deref(&self) -> &Rows<'a> {
        &self.rows
    }
}

impl Aside<'_> {
    /// A new id, UUIDv7 text from the write's moment.
    pub fn new_id(&mut self) -> String {
        self.ids.next()
    }

    /// Who writes, when and where.
    #[must_use]
    pub fn stamp(&self) -> &Stamp {
        self.stamp
    }
}

/// What an edit came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Edited<T> {
    /// What the work returned.
    pub value: T,
    /// The edit in the history; none where nothing changed.
    pub edit: Option<EditId>,
    /// The rows that changed.
    pub rows: Vec<ChangedRow>,
}

impl Workbook {
    /// Makes an edit: all of `work` or nothing. When this returns, the edit is on disk and in the history under `label`
    /// (words that a clerk reads, such as `勾选清单事项`). Work that changes nothing leaves no trace. A new edit after an
    /// undo ends the possibility of redo; what was undone stays in the history.
    ///
    /// # Errors
    /// What `work` returns; [`StoreError::ReadOnly`], [`StoreError::Full`] and other failures of the file. In each case
    /// nothing of the edit is kept.
    pub fn edit<T, E>(
        &mut self,
        label: &str,
        stamp: &Stamp,
        work: impl FnOnce(&mut Edit<'_>) -> Result<T, E>,
    ) -> Result<Edited<T>, E>
    where
        E: From<StoreError>,
    {
        self.before_write()?;
        let is_new = self.log_is_new();
        let path = self.path.as_path();
        let on_file = |error: rusqlite::Error| Fault::from(error).on(path);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(on_file)?;
        if is_new {
            log::repeat(&transaction).map_err(on_file)?;
        }
        let mut session = watch(&transaction).map_err(on_file)?;
        let mut edit = Edit { rows: Rows::of(&transaction, path), stamp, ids: Ids::from(stamp.at), beside: false };
        let value = work(&mut edit)?;
        let beside = edit.beside;
        let mut changeset = Vec::new();
        session.changeset_strm(&mut changeset).map_err(on_file)?;
        drop(session);
        if changeset.is_empty() {
            if beside {
                transaction.commit().map_err(on_file)?;
                self.after_write()?;
            }
            return Ok(Edited { value, edit: None, rows: Vec::new() });
        }
        let rows = changes::rows(&changeset, &self.shapes).map_err(|fault| fault.on(path))?;
        let id = record(&transaction, label, stamp, &changeset, &rows).map_err(on_file)?;
        transaction.commit().map_err(on_file)?;
        self.after_write()?;
        Ok(Edited { value, edit: Some(id), rows })
    }

    /// Writes drafts or preferences: one durable transaction, without a trace in the history.
    ///
    /// # Errors
    /// What `work` returns, and failures of the file; then nothing is kept.
    pub fn aside<T, E>(&mut self, stamp: &Stamp, work: impl FnOnce(&mut Aside<'_>) -> Result<T, E>) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        self.before_write()?;
        let is_new = self.log_is_new();
        let path = self.path.as_path();
        let on_file = |error: rusqlite::Error| Fault::from(error).on(path);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(on_file)?;
        if is_new {
            log::repeat(&transaction).map_err(on_file)?;
        }
        let value = work(&mut Aside { rows: Rows::of(&transaction, path), stamp, ids: Ids::from(stamp.at) })?;
        transaction.commit().map_err(on_file)?;
        self.after_write()?;
        Ok(value)
    }
}

/// A session over the ledger's tables.
fn watch(connection: &Connection) -> Result<Session<'_>, rusqlite::Error> {
    let mut session = Session::new(connection)?;
    for table in LEDGER {
        session.attach(Some(*table))?;
    }
    Ok(session)
}

fn record(
    connection: &Connection,
    label: &str,
    stamp: &Stamp,
    changeset: &[u8],
    rows: &[ChangedRow],
) -> Result<EditId, rusqlite::Error> {
    connection.prepare_cached("UPDATE edit SET state = 'dropped' WHERE kind = 'edit' AND state = 'undone'")?.execute([])?;
    let id = Ids::from(stamp.at).next();
    connection
        .prepare_cached(
            "INSERT INTO edit (id, at, who, device, label, kind, of, state, changeset)
             VALUES (?1, ?2, ?3, ?4, ?5, 'edit', NULL, 'done', ?6)",
        )?
        .execute(params![id, moment_text(stamp.at), stamp.who, stamp.device, label, changeset])?;
    let seq = connection.last_insert_rowid();
    let mut index = connection.prepare_cached("INSERT INTO edit_row (row_id, edit) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?;
    for row in rows {
        for part in row.id.split('/') {
            index.execute(params![part, seq])?;
        }
    }
    Ok(EditId::new(id))
}
