//! Content that must go: a row that should never have been entered (涉密) is taken out for good, out of the rows, the history, the
//! documents that were read, closed quarters and the copies, and one line of record stays that says so without saying what.
//!
//! An undo would keep it, so the history is written anew without it. What a disk keeps of files that were written over is beyond
//! any program; a medium that held such content is handed in.

use crate::changes::{self, Shapes};
use crate::changeset;
use crate::copies::{self, CopyKind};
use crate::error::{Fault, StoreError, from_io};
use crate::stamp::{Ids, Stamp, moment_text};
use crate::table::quarter_close;
use crate::workbook::Workbook;
use crate::{Edit, table};
use plan::EditId;
use rusqlite::{Connection, TransactionBehavior, params};
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;

/// The settings that keep the record of what was erased begin so; no undo takes them away.
pub(crate) const RECORD: &str = "erased/";
/// Texts of erased rows that are shorter stand for nothing on their own, and stay where other rows use the same words.
const TELLING: usize = 6;
/// The columns whose texts are content, not ids, dates or words of a vocabulary.
const CONTENT: &[&str] = &[
    "title",
    "text",
    "what",
    "name",
    "done",
    "problems",
    "next",
    "note",
    "file_name",
    "reason",
    "matter",
    "asks",
    "answer",
    "override_reason",
    "receipt_done",
    "receipt_cause",
    "receipt_measures",
];

/// Texts that repeat what rows say: documents that were read, drafts, snapshots of closed quarters, what was exchanged.
const REPEATING: &[(&str, &str)] = &[
    ("plan", "source_text"),
    ("draft", "title"),
    ("draft", "source_text"),
    ("draft", "body"),
    ("quarter_close", "snapshot"),
    ("exchanged", "body"),
    ("passage", "text"),
];
/// The hashes that a changed snapshot changes.
const CHAIN: &[(&str, &str)] = &[("quarter_close", "hash"), ("quarter_close", "previous_hash")];

/// What an erasure came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// Rows that are gone.
    pub rows: usize,
    /// Copies and put-aside files that were destroyed; one new copy was made after.
    pub copies: usize,
    /// The entry of the history that says that something was erased.
    pub edit: EditId,
}

impl Workbook {
    /// Erases for good what `work` deletes: the rows, every trace of them in the history, their words in the documents that were
    /// read, in drafts and closed quarters, evidence that nothing else shows, and all copies. One line of record stays, with the
    /// `reason`, which must not tell the content. No undo brings anything back.
    ///
    /// # Errors
    /// What `work` returns; [`StoreError::RowGone`] where it deletes nothing; failures of the medium. A failure after the rows
    /// are gone is told, and the same call finishes the work.
    pub fn erase<E>(
        &mut self,
        reason: &str,
        stamp: &Stamp,
        work: impl FnOnce(&mut Edit<'_>) -> Result<(), E>,
    ) -> Result<Erased, E>
    where
        E: From<StoreError>,
    {
        let record = format!("{RECORD}{}", Ids::from(stamp.at).next());
        let edited = self.edit(&format!("彻底清除：{reason}"), stamp, |edit| {
            work(edit)?;
            let who = format!("{} {} {} {reason}", moment_text(stamp.at), stamp.who, stamp.device);
            let json = format!("\"{}\"", escaped(&who));
            table::setting::put(edit, &record, &json)?;
            Ok::<(), E>(())
        })?;
        let gone: BTreeSet<(String, String)> = edited
            .rows
            .iter()
            .filter(|row| row.action == changes::Action::Deleted)
            .map(|row| (row.table.clone(), row.id.clone()))
            .collect();
        let Some(edit) = edited.edit.filter(|_| !gone.is_empty()) else {
            return Err(StoreError::RowGone { what: "要清除的内容", id: String::new() }.into());
        };
        let copies = self.forget(&gone, &edit, stamp)?;
        Ok(Erased { rows: gone.len(), copies, edit })
    }

    /// Takes the rows out of everything that remembers them.
    fn forget(&mut self, gone: &BTreeSet<(String, String)>, edit: &EditId, stamp: &Stamp) -> Result<usize, StoreError> {
        let path = self.path.clone();
        let on_file = |error: rusqlite::Error| Fault::from(error).on(&path);
        let words = self.words_of(edit)?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(on_file)?;
        let shapes = &self.shapes;
        rewrite_history(&transaction, shapes, gone, &words, REPEATING).map_err(|fault| fault.on(&path))?;
        rewrite_texts(&transaction, &words).map_err(on_file)?;
        transaction
            .execute("DELETE FROM evidence_bytes WHERE sha256 NOT IN (SELECT sha256 FROM evidence)", [])
            .map_err(on_file)?;
        transaction.commit().map_err(on_file)?;
        self.close_chain_anew()?;
        // free pages and the log may still hold it
        self.connection.execute_batch("VACUUM;").map_err(on_file)?;
        self.after_write()?;
        self.settle()?;
        let copies = destroy_copies(&path)?;
        copies::make(&self.connection, &path, CopyKind::Daily, stamp)?;
        Ok(copies)
    }

    /// The texts that the deleted rows held, longest first, each with what stands in its place.
    fn words_of(&self, edit: &EditId) -> Result<Vec<(String, String)>, StoreError> {
        let changeset: Vec<u8> =
            self.read().value("SELECT changeset FROM edit WHERE id = ?1", [edit.as_str()])?.unwrap_or_default();
        let (cells, _) = changes::cells(&changeset, &self.shapes, changes::Direction::Forward, &[], usize::MAX)
            .map_err(|fault| fault.on(&self.path))?;
        let content = cells.into_iter().filter(|cell| cell.action == changes::Action::Deleted);
        let mut words: Vec<String> = content
            .filter(|cell| CONTENT.contains(&cell.column.as_str()))
            .filter_map(|cell| cell.old)
            .filter(|text| text.chars().count() >= TELLING)
            .flat_map(|text| [escaped(&text), text])
            .collect();
        words.sort_by_key(|text| std::cmp::Reverse(text.len()));
        words.dedup();
        Ok(words.into_iter().map(|text| (masked(&text), text)).map(|(mask, text)| (text, mask)).collect())
    }

    /// Closed quarters whose snapshots lost words get their hashes anew, each with the one before it.
    fn close_chain_anew(&mut self) -> Result<(), StoreError> {
        let closes = quarter_close::list(&self.read())?;
        let mut previous = String::new();
        let mut replaced = Vec::new();
        for mut close in closes {
            let (hash, before) = (close.hash.clone(), close.previous_hash.clone());
            close.previous_hash.clone_from(&previous);
            close.hash = close.hash_due();
            previous.clone_from(&close.hash);
            replaced.extend([(hash, close.hash.clone()), (before, close.previous_hash)]);
        }
        replaced.retain(|(old, new)| old != new && !old.is_empty());
        if replaced.is_empty() {
            return Ok(());
        }
        let path = self.path.clone();
        let on_file = |error: rusqlite::Error| Fault::from(error).on(&path);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(on_file)?;
        rewrite_history(&transaction, &self.shapes, &BTreeSet::new(), &replaced, CHAIN).map_err(|fault| fault.on(&path))?;
        for (old, new) in &replaced {
            transaction.execute("UPDATE quarter_close SET hash = ?2 WHERE hash = ?1", params![old, new]).map_err(on_file)?;
            transaction
                .execute("UPDATE quarter_close SET previous_hash = ?2 WHERE previous_hash = ?1", params![old, new])
                .map_err(on_file)?;
        }
        transaction.commit().map_err(on_file)
    }
}

/// The same number of bytes that tell nothing, so that places in a document stay where they are.
fn masked(text: &str) -> String {
    let mask = |c: char| match c.len_utf8() {
        1 if c == '\\' || c == '"' => "*",
        1 => "*",
        2 => "×",
        3 => "□",
        _ => "□*",
    };
    text.chars().map(mask).collect()
}

/// A text as it stands within JSON.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t")
}

fn replaced(text: &str, words: &[(String, String)]) -> Option<String> {
    let mut new = None;
    for (word, mask) in words {
        let now: &str = new.as_deref().unwrap_or(text);
        if now.contains(word.as_str()) {
            new = Some(now.replace(word.as_str(), mask));
        }
    }
    new
}

/// The history without some rows, and without some words in what is left of it.
fn rewrite_history(
    connection: &Connection,
    shapes: &Shapes,
    gone: &BTreeSet<(String, String)>,
    words: &[(String, String)],
    columns: &[(&str, &str)],
) -> Result<(), Fault> {
    let replace = |table: &str, column: usize, text: &str| {
        let name = shapes.get(table)?.get(column)?;
        columns.contains(&(table, name.as_str())).then(|| replaced(text, words)).flatten()
    };
    let mut entries = connection.prepare("SELECT seq, label, changeset FROM edit")?;
    let entries = entries.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let entries: Vec<(i64, String, Option<Vec<u8>>)> = entries.collect::<Result<_, _>>()?;
    for (seq, label, changeset) in entries {
        if let Some(label) = replaced(&label, words) {
            connection.execute("UPDATE edit SET label = ?2 WHERE seq = ?1", params![seq, label])?;
        }
        let Some(changeset) = changeset else { continue };
        let is_gone = |table: &str, key: &str| gone.contains(&(table.to_owned(), key.to_owned()));
        let new =
            changeset::rewritten(&changeset, &is_gone, &replace).ok_or_else(|| Fault::Meaning("改动记录不能读取".to_owned()))?;
        if new != changeset {
            connection.execute("UPDATE edit SET changeset = ?2 WHERE seq = ?1", params![seq, new])?;
        }
    }
    for (_, key) in gone {
        for part in key.split('/') {
            connection.execute(
                "DELETE FROM edit_row WHERE row_id = ?1 AND row_id NOT IN (SELECT id FROM department) AND row_id NOT IN (SELECT id FROM task)",
                [part],
            )?;
        }
    }
    Ok(())
}

/// The same in the rows themselves.
fn rewrite_texts(connection: &Connection, words: &[(String, String)]) -> Result<(), rusqlite::Error> {
    for (table, column) in REPEATING {
        let (select, update) =
            (format!("SELECT DISTINCT {column} FROM {table}"), format!("UPDATE {table} SET {column} = ?2 WHERE {column} = ?1"));
        let mut texts = connection.prepare(&select)?;
        let texts: Vec<String> = texts.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        for text in texts {
            if let Some(new) = replaced(&text, words) {
                connection.execute(&update, params![text, new])?;
            }
        }
    }
    Ok(())
}

/// Writes over and removes every copy and every file that was put aside; how many there were.
fn destroy_copies(workbook: &Path) -> Result<usize, StoreError> {
    let folder = copies::folder(workbook);
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(from_io(&error, &folder)),
    };
    let mut count = 0;
    for entry in entries.flatten() {
        let file = entry.file_name().to_string_lossy().into_owned();
        if !file.ends_with(".planbook") && !file.ends_with(".planbook-wal") {
            continue;
        }
        let path = entry.path();
        write_over(&path).and_then(|()| fs::remove_file(&path)).map_err(|error| from_io(&error, &path))?;
        count += 1;
    }
    Ok(count)
}

fn write_over(path: &Path) -> std::io::Result<()> {
    let size = fs::metadata(path)?.len();
    let mut file = fs::File::options().write(true).open(path)?;
    let zeros = [0_u8; 1 << 16];
    let mut left = size;
    while left > 0 {
        let step = usize::try_from(left).unwrap_or(zeros.len()).min(zeros.len());
        file.write_all(&zeros[..step])?;
        left -= step as u64;
    }
    file.sync_all()
}
