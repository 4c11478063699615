//! The history: what was done, undone and done again. Undo applies the inverse of an edit's changeset, redo the changeset
//! itself; both are entries of their own, so that nothing vanishes.

use crate::changes::{self, Change, ChangedRow, Direction};
use crate::erase;
use crate::error::{Fault, StoreError};
use crate::log;
use crate::row::{Cells, Rows};
use crate::stamp::{Ids, Stamp, moment_text};
use crate::table::{LEDGER, quarter_close};
use crate::workbook::Workbook;
use chrono::NaiveDateTime;
use plan::EditId;
use rusqlite::session::{ChangesetItem, ConflictAction, ConflictType, invert_strm};
use rusqlite::types::Value;
use rusqlite::{Connection, ErrorCode, TransactionBehavior, params, params_from_iter};

/// What an entry of the history is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditKind {
    /// An edit.
    Edit,
    /// The undoing of an edit.
    Undo,
    /// The redoing of an undone edit.
    Redo,
    /// The return of the whole workbook to a copy.
    Restore,
}

/// Whether an edit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditState {
    /// It counts.
    Done,
    /// It is undone and may be redone.
    Undone,
    /// It is undone for good, since something else was done after.
    Dropped,
}

/// An entry of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditRecord {
    /// Its id.
    pub id: EditId,
    /// When, in UTC.
    pub at: NaiveDateTime,
    /// Who.
    pub who: String,
    /// On which computer.
    pub device: String,
    /// What, in the words that a clerk reads; an undo and a redo have the label of their edit.
    pub label: String,
    /// What the entry is.
    pub kind: EditKind,
    /// The edit that was undone or redone.
    pub of: Option<EditId>,
    /// Whether an edit counts; always [`EditState::Done`] for the other kinds.
    pub state: EditState,
    /// The changed cells, up to the query's limit.
    pub changes: Vec<Change>,
    /// How many changed cells are left out of `changes`.
    pub more: usize,
    /// What rows were called before, where the entry renames or removes them: cells of names and of the rows they are made
    /// of, whatever the query's limit and rows.
    pub former: Vec<Change>,
}

/// Which part of the history to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryQuery {
    /// Only entries that touched one of these rows, and only those rows' changes; all where it is empty. At most 500.
    pub rows: Vec<String>,
    /// Only entries older than this one.
    pub before: Option<EditId>,
    /// At most so many entries.
    pub entries: usize,
    /// At most so many changed cells per entry.
    pub changes: usize,
}

impl Default for HistoryQuery {
    /// The newest 200 entries of all rows, with up to 200 changed cells each.
    fn default() -> Self {
        Self { rows: Vec::new(), before: None, entries: 200, changes: 200 }
    }
}

/// What an undo or redo did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turned {
    /// The edits that were undone (newest first) or redone, with their labels.
    pub edits: Vec<(EditId, String)>,
    /// The rows that changed, as they changed now.
    pub rows: Vec<ChangedRow>,
}

/// An edit on the undo stack.
struct Step {
    seq: i64,
    id: String,
    label: String,
    changeset: Vec<u8>,
}

fn read_step(cells: &mut Cells<'_, '_>) -> Result<Step, Fault> {
    Ok(Step { seq: cells.integer()?, id: cells.text()?, label: cells.text()?, changeset: cells.value()? })
}

const STEP: &str = "SELECT seq, id, label, changeset FROM edit WHERE kind = 'edit'";

fn last_done(rows: Rows<'_>) -> Result<Option<Step>, StoreError> {
    let sql = format!("{STEP} AND state = 'done' ORDER BY seq DESC LIMIT 1");
    one(rows, &sql)
}

fn first_undone(rows: Rows<'_>) -> Result<Option<Step>, StoreError> {
    let sql = format!("{STEP} AND state = 'undone' ORDER BY seq LIMIT 1");
    one(rows, &sql)
}

fn one(rows: Rows<'_>, sql: &str) -> Result<Option<Step>, StoreError> {
    let mut steps = rows.query(sql, [], read_step).map_err(|fault| fault.on(rows.path))?;
    Ok(steps.pop())
}

impl Rows<'_> {
    /// A number that grows with each edit, undo, redo and restore that came to something: what was computed from the rows
    /// holds as long as it stays the same. Drafts and preferences do not count.
    ///
    /// # Errors
    /// Failures of the file.
    pub fn revision(self) -> Result<i64, StoreError> {
        Ok(self.value("SELECT max(seq) FROM edit", [])?.flatten().unwrap_or(0))
    }

    /// The edit that [`Workbook::undo`] would undo, with its label.
    ///
    /// # Errors
    /// Failures of the file.
    pub fn to_undo(self) -> Result<Option<(EditId, String)>, StoreError> {
        Ok(last_done(self)?.map(|step| (EditId::new(step.id), step.label)))
    }

    /// The edit that [`Workbook::redo`] would redo, with its label.
    ///
    /// # Errors
    /// Failures of the file.
    pub fn to_redo(self) -> Result<Option<(EditId, String)>, StoreError> {
        Ok(first_undone(self)?.map(|step| (EditId::new(step.id), step.label)))
    }
}

impl Workbook {
    /// Undoes the last edit that counts. The rows are as before it, byte for byte; the undo is an entry of the history.
    ///
    /// # Errors
    /// [`StoreError::NothingToUndo`]; [`StoreError::OfRecord`] at the closing or reopening of a quarter;
    /// [`StoreError::UndoConflict`] where rows are not as the edit left them, and then
    /// nothing is changed; failures of the file.
    pub fn undo(&mut self, stamp: &Stamp) -> Result<Turned, StoreError> {
        self.turn(stamp, |turning| {
            let step = last_done(turning.rows)?.ok_or(StoreError::NothingToUndo)?;
            turning.back(&step)
        })
    }

    /// Undoes all edits after `edit`, which itself stays: the ledger is as it was when `edit` was made. All or nothing.
    ///
    /// # Errors
    /// [`StoreError::EditGone`] where `edit` is no edit that counts; otherwise as [`undo`](Self::undo).
    pub fn undo_to(&mut self, edit: &EditId, stamp: &Stamp) -> Result<Turned, StoreError> {
        self.turn(stamp, |turning| {
            let last: Option<i64> =
                turning.rows.value("SELECT seq FROM edit WHERE id = ?1 AND kind = 'edit' AND state = 'done'", [edit.as_str()])?;
            let last = last.ok_or_else(|| StoreError::EditGone { id: edit.to_string() })?;
            while let Some(step) = last_done(turning.rows)?.filter(|step| step.seq > last) {
                turning.back(&step)?;
            }
            if turning.edits.is_empty() {
                return Err(StoreError::NothingToUndo);
            }
            Ok(())
        })
    }

    /// Redoes the edit that was undone last.
    ///
    /// # Errors
    /// [`StoreError::NothingToRedo`]; [`StoreError::UndoConflict`] as for [`undo`](Self::undo); failures of the file.
    pub fn redo(&mut self, stamp: &Stamp) -> Result<Turned, StoreError> {
        self.turn(stamp, |turning| {
            let step = first_undone(turning.rows)?.ok_or(StoreError::NothingToRedo)?;
            turning.forward(&step)
        })
    }

    fn turn(
        &mut self,
        stamp: &Stamp,
        work: impl FnOnce(&mut Turning<'_>) -> Result<(), StoreError>,
    ) -> Result<Turned, StoreError> {
        self.before_write()?;
        let is_new = self.log_is_new();
        let path = self.path.as_path();
        let on_file = |error: rusqlite::Error| Fault::from(error).on(path);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(on_file)?;
        if is_new {
            log::repeat(&transaction).map_err(on_file)?;
        }
        let mut turning = Turning {
            rows: Rows::of(&transaction, path),
            shapes: &self.shapes,
            stamp,
            ids: Ids::from(stamp.at),
            edits: Vec::new(),
            changed: Vec::new(),
        };
        work(&mut turning)?;
        let turned = Turned { edits: turning.edits, rows: turning.changed };
        transaction.commit().map_err(on_file)?;
        self.after_write()?;
        Ok(turned)
    }

    /// What rows were called before `edit` and all that came after it, newest first, as in [`EditRecord::former`]: to go on
    /// with an older page of the history.
    ///
    /// # Errors
    /// Failures of the file.
    pub fn former_names_since(&self, edit: &EditId) -> Result<Vec<Change>, StoreError> {
        let rows = self.read();
        let sql = "SELECT e.kind = 'undo', ifnull(e.changeset, o.changeset)
             FROM edit e LEFT JOIN edit o ON o.seq = e.of
             WHERE e.seq >= (SELECT seq FROM edit WHERE id = ?1) ORDER BY e.seq DESC";
        let read = |cells: &mut Cells<'_, '_>| Ok((cells.flag()?, cells.value::<Option<Vec<u8>>>()?));
        let entries = rows.query(sql, [edit.as_str()], read).map_err(|fault| fault.on(rows.path))?;
        let mut names = Vec::new();
        for (undo, changeset) in entries {
            let direction = if undo { Direction::Back } else { Direction::Forward };
            if let Some(changeset) = changeset {
                names.extend(changes::former_names(&changeset, &self.shapes, direction).map_err(|fault| fault.on(rows.path))?);
            }
        }
        Ok(names)
    }

    /// The history, newest first.
    ///
    /// # Errors
    /// Failures of the file.
    pub fn history(&self, query: &HistoryQuery) -> Result<Vec<EditRecord>, StoreError> {
        let rows = self.read();
        let mut wheres = vec!["1 = 1".to_owned()];
        let mut values: Vec<Value> = Vec::new();
        if let Some(before) = &query.before {
            values.push(Value::Text(before.to_string()));
            wheres.push(format!("e.seq < ifnull((SELECT seq FROM edit WHERE id = ?{}), 0)", values.len()));
        }
        let wanted = &query.rows[..query.rows.len().min(500)];
        if !wanted.is_empty() {
            let mut places = Vec::new();
            for id in wanted {
                values.push(Value::Text(id.clone()));
                places.push(format!("?{}", values.len()));
            }
            let touched = format!("(SELECT edit FROM edit_row WHERE row_id IN ({}))", places.join(", "));
            wheres.push(format!("(e.seq IN {touched} OR e.of IN {touched})"));
        }
        values.push(Value::Integer(i64::try_from(query.entries).unwrap_or(i64::MAX)));
        let sql = format!(
            "SELECT e.id, e.at, e.who, e.device, e.label, e.kind, o.id, e.state, ifnull(e.changeset, o.changeset)
             FROM edit e LEFT JOIN edit o ON o.seq = e.of
             WHERE {} ORDER BY e.seq DESC LIMIT ?{}",
            wheres.join(" AND "),
            values.len()
        );
        let found = rows.query(&sql, params_from_iter(values), read_record).map_err(|fault| fault.on(rows.path))?;
        found
            .into_iter()
            .map(|(mut record, changeset)| {
                let direction = direction_of(record.kind);
                if let Some(changeset) = changeset {
                    record.former =
                        changes::former_names(&changeset, &self.shapes, direction).map_err(|fault| fault.on(rows.path))?;
                    (record.changes, record.more) = changes::cells(&changeset, &self.shapes, direction, wanted, query.changes)
                        .map_err(|fault| fault.on(rows.path))?;
                }
                Ok(record)
            })
            .collect()
    }
}

/// Which way an entry's changeset is read.
fn direction_of(kind: EditKind) -> Direction {
    if kind == EditKind::Undo { Direction::Back } else { Direction::Forward }
}

fn read_record(cells: &mut Cells<'_, '_>) -> Result<(EditRecord, Option<Vec<u8>>), Fault> {
    let record = EditRecord {
        id: cells.parse()?,
        at: cells.moment()?,
        who: cells.text()?,
        device: cells.text()?,
        label: cells.text()?,
        kind: match cells.text()?.as_str() {
            "undo" => EditKind::Undo,
            "redo" => EditKind::Redo,
            "restore" => EditKind::Restore,
            _ => EditKind::Edit,
        },
        of: cells.parse_or_none()?,
        state: match cells.text()?.as_str() {
            "undone" => EditState::Undone,
            "dropped" => EditState::Dropped,
            _ => EditState::Done,
        },
        changes: Vec::new(),
        more: 0,
        former: Vec::new(),
    };
    Ok((record, cells.value()?))
}

/// An undo or redo under way.
struct Turning<'a> {
    rows: Rows<'a>,
    shapes: &'a changes::Shapes,
    stamp: &'a Stamp,
    ids: Ids,
    edits: Vec<(EditId, String)>,
    changed: Vec<ChangedRow>,
}

impl Turning<'_> {
    fn back(&mut self, step: &Step) -> Result<(), StoreError> {
        let rows = self.rows_of(step)?;
        if rows.iter().any(|row| row.table == quarter_close::NAME) {
            return Err(StoreError::OfRecord { label: step.label.clone() });
        }
        if rows.iter().any(|row| row.table == "setting" && row.id.starts_with(erase::RECORD)) {
            return Err(StoreError::Erased { label: step.label.clone() });
        }
        let mut inverse = Vec::new();
        invert_strm(&mut step.changeset.as_slice(), &mut inverse).map_err(|error| Fault::from(error).on(self.rows.path))?;
        self.apply(step, &inverse)?;
        self.changed.extend(changes::turned_back(rows));
        self.note(step, "undo", "undone")
    }

    fn forward(&mut self, step: &Step) -> Result<(), StoreError> {
        self.apply(step, &step.changeset)?;
        let rows = self.rows_of(step)?;
        self.changed.extend(rows);
        self.note(step, "redo", "done")
    }

    fn rows_of(&self, step: &Step) -> Result<Vec<ChangedRow>, StoreError> {
        changes::rows(&step.changeset, self.shapes).map_err(|fault| fault.on(self.rows.path))
    }

    fn apply(&self, step: &Step, changeset: &[u8]) -> Result<(), StoreError> {
        apply(self.rows.connection, changeset).map_err(|error| match error.sqlite_error_code() {
            Some(ErrorCode::OperationAborted | ErrorCode::ConstraintViolation) => {
                StoreError::UndoConflict { label: step.label.clone() }
            }
            _ => Fault::from(error).on(self.rows.path),
        })
    }

    fn note(&mut self, step: &Step, kind: &str, state: &str) -> Result<(), StoreError> {
        self.rows.run("改动记录", "UPDATE edit SET state = ?2 WHERE seq = ?1", params![step.seq, state])?;
        self.rows.run(
            "改动记录",
            "INSERT INTO edit (id, at, who, device, label, kind, of, state, changeset)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'done', NULL)",
            params![self.ids.next(), moment_text(self.stamp.at), self.stamp.who, self.stamp.device, step.label, kind, step.seq],
        )?;
        self.edits.push((EditId::new(step.id.as_str()), step.label.clone()));
        Ok(())
    }
}

/// Applies a changeset to the ledger's tables, wholly or not at all: a row that is not as expected ends it.
fn apply(connection: &Connection, changeset: &[u8]) -> Result<(), rusqlite::Error> {
    let ledger_only = |table: &str| LEDGER.contains(&table);
    let refuse = |_: ConflictType, _: ChangesetItem| ConflictAction::SQLITE_CHANGESET_ABORT;
    connection.apply_strm(&mut { changeset }, Some(ledger_only), refuse)
}
