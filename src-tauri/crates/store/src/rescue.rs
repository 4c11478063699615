//! The way out of damage: a copy takes the place of a workbook that is damaged or gone, and nothing that was there is lost.

use crate::aside::keep_name;
use crate::copies::{self, Copied, CopyKind};
use crate::error::{Fault, StoreError, from_io, name};
use crate::lock::{self, Taken};
use crate::log;
use crate::opening;
use crate::snapshot::log_of;
use crate::stamp::{Ids, Stamp, moment_text, office_time};
use crate::workbook::{self, Opened, Workbook};
use rusqlite::{Connection, params};
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// What came of a rescue.
#[derive(Debug)]
pub struct Rescued {
    /// The workbook, opened.
    pub opened: Opened,
    /// The copy that it is now.
    pub from: PathBuf,
    /// Newer copies that were not whole and were passed over.
    pub passed_over: Vec<PathBuf>,
    /// Where that which was there is kept; none where nothing was.
    pub kept: Option<PathBuf>,
}

/// A copy, opened for reading; it must be whole.
fn whole_copy(copy: &Path, stamp: &Stamp) -> Result<Workbook, StoreError> {
    let gone = || StoreError::CopyGone { path: copy.to_owned() };
    let source = Workbook::look(copy, stamp, String::new()).map_err(|error| match error {
        StoreError::Full { .. } | StoreError::Newer { .. } => error,
        _ => gone(),
    })?;
    if source.is_sound()? { Ok(source) } else { Err(gone()) }
}

/// A name among the copies that nothing bears: what is kept is never written over.
fn free_name(workbook: &Path, ending: &str, stamp: &Stamp) -> PathBuf {
    let stem = workbook.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let at = office_time(stamp.at).format("%Y-%m-%d %H%M%S").to_string();
    let folder = copies::folder(workbook);
    let numbered = |number: u32| {
        let number = if number == 1 { String::new() } else { format!(" {number}") };
        folder.join(format!("{stem} {at}{number} {ending}"))
    };
    (1..).map(numbered).find(|path| !path.exists() && !log_of(path).exists()).unwrap_or_else(|| numbered(1))
}

/// Keeps a workbook's bytes, as they are, and its log among its copies, under the word 原件; none where neither is there.
fn keep_original(path: &Path, stamp: &Stamp) -> Result<Option<PathBuf>, StoreError> {
    let log = log_of(path);
    if !path.exists() && !log.exists() {
        return Ok(None);
    }
    let kept = free_name(path, "原件.planbook", stamp);
    make_folder(path)?;
    let keep = |from: &Path, to: &Path| {
        fs::copy(from, to).and_then(|_| File::options().write(true).open(to)?.sync_all()).map_err(|error| from_io(&error, to))
    };
    if path.exists() {
        keep(path, &kept)?;
    }
    if log.exists() {
        keep(&log, &log_of(&kept))?;
    }
    keep_name(&kept);
    Ok(Some(kept))
}

fn make_folder(workbook: &Path) -> Result<(), StoreError> {
    let folder = copies::folder(workbook);
    fs::create_dir_all(&folder).map_err(|error| from_io(&error, &folder))
}

/// Puts a log that is not the workbook's own among its copies; the name that it has there. The lock is held.
pub(crate) fn put_log_aside(path: &Path, stamp: &Stamp) -> Result<PathBuf, StoreError> {
    make_folder(path)?;
    let kept = free_name(path, "遗留日志.planbook-wal", stamp);
    let log = log_of(path);
    fs::rename(&log, &kept).map_err(|error| from_io(&error, &log))?;
    keep_name(&log);
    keep_name(&kept);
    Ok(kept)
}

/// The whole file that is about to take a workbook's place. As soon as it bears this name the rescue is decided.
fn successor_of(workbook: &Path) -> PathBuf {
    let mut name = workbook.as_os_str().to_owned();
    name.push(".new");
    PathBuf::from(name)
}

/// Ends a rescue that was decided, whatever ended the program that began it. The log that is there belongs to the file that
/// goes and must not be played into the one that comes, so it goes first; both are kept among the copies. The lock is held.
fn put_successor(path: &Path) -> Result<(), StoreError> {
    let successor = successor_of(path);
    opening::inspect(&successor)?;
    let log = log_of(path);
    match fs::remove_file(&log) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(from_io(&error, &log)),
        _ => {}
    }
    fs::rename(&successor, path).map_err(|error| from_io(&error, path))?;
    keep_name(path);
    Ok(())
}

/// Ends a rescue that another program began and did not end, where that can be done now.
pub(crate) fn end_rescue(path: &Path, stamp: &Stamp) -> Result<(), StoreError> {
    if !successor_of(path).exists() {
        return Ok(());
    }
    match lock::take(path, stamp)? {
        Taken::Ours(_lock) => put_successor(path),
        Taken::Theirs(_) | Taken::NotWritable => Ok(()),
    }
}

/// What a file says of itself without being checked: its workbook's id and its steps.
fn said_of(path: &Path) -> Option<(String, i64)> {
    let connection = opening::connect_beside(path).ok()?;
    let id = connection.query_row("SELECT value FROM meta WHERE key = 'workbook_id'", [], |row| row.get(0)).ok()?;
    Some((id, copies::entries(&connection).unwrap_or(0)))
}

/// The workbook that a path stands for, as its file says or, where that cannot be read, the copy that was made last; and the
/// most steps that it is known to have had.
fn expected(path: &Path, copies: &[Copied]) -> (Option<String>, i64) {
    let own = said_of(path);
    let mut by_time: Vec<&Copied> = copies.iter().collect();
    by_time.sort_by_key(|copy| std::cmp::Reverse(copy.made_at));
    let id = own.as_ref().map(|(id, _)| id.clone()).or_else(|| by_time.iter().find_map(|copy| Some(said_of(&copy.path)?.0)));
    let steps = copies.iter().map(|copy| copy.entries).chain(own.map(|(_, steps)| steps)).max().unwrap_or(0);
    (id, steps)
}

/// The newest whole copy of the workbook `id`, and the newer ones that are not whole.
fn newest_whole(path: &Path, id: Option<&String>, copies: &[Copied], stamp: &Stamp) -> Result<Chosen, StoreError> {
    let mut passed_over = Vec::new();
    for copy in copies {
        match whole_copy(&copy.path, stamp) {
            Ok(source) if id.is_none_or(|id| *id == source.id) => {
                return Ok(Chosen { source, from: copy.path.clone(), passed_over });
            }
            Ok(_) => {}
            Err(StoreError::CopyGone { path }) => passed_over.push(path),
            Err(other) => return Err(other),
        }
    }
    Err(StoreError::NoWholeCopy { path: path.to_owned() })
}

/// The copy that a person named: by its path, or by its name alone where it lies among the copies.
fn named(path: &Path, id: Option<&String>, copy: &Path, stamp: &Stamp) -> Result<Chosen, StoreError> {
    let among = copies::folder(path).join(copy);
    let from = if !copy.exists() && among.exists() { among } else { copy.to_owned() };
    let source = whole_copy(&from, stamp)?;
    if id.is_some_and(|id| *id != source.id) {
        return Err(StoreError::OtherWorkbook { path: path.to_owned(), copy: from });
    }
    Ok(Chosen { source, from, passed_over: Vec::new() })
}

struct Chosen {
    source: Workbook,
    from: PathBuf,
    passed_over: Vec<PathBuf>,
}

/// Writes into a private copy that it is what the workbook went back to, as a step after all that are known.
fn note_return(connection: &Connection, copy: &Path, steps: i64, stamp: &Stamp) -> Result<(), rusqlite::Error> {
    // what is to be there in the end is made in the private copy; its folder is gone, so its journal is kept in memory
    connection.execute_batch("PRAGMA query_only = OFF; PRAGMA journal_mode = MEMORY;")?;
    connection.execute(
        "INSERT INTO edit (seq, id, at, who, device, label, kind, of, state, changeset)
         VALUES (max(?1, (SELECT ifnull(max(seq), 0) FROM edit)) + 1, ?2, ?3, ?4, ?5, ?6, 'restore', NULL, 'done', NULL)",
        params![
            steps,
            Ids::from(stamp.at).next(),
            moment_text(stamp.at),
            stamp.who,
            stamp.device,
            format!("恢复到备份“{}”", name(copy))
        ],
    )?;
    Ok(())
}

impl Workbook {
    /// Puts a copy in the place of a workbook that is damaged or gone, and opens it: the named one, else the newest that is
    /// whole. What is there, damaged or not, is kept among the copies under the word 原件 first, with the log beside it. A
    /// program that is killed meanwhile leaves the old file with its log, or one that the next [`open`](Self::open) finds in
    /// its place.
    ///
    /// # Errors
    /// [`StoreError::CopyGone`] where the named file is no whole workbook, [`StoreError::OtherWorkbook`] where it is a copy of
    /// another, [`StoreError::NoWholeCopy`]; [`StoreError::Locked`] where another program has the workbook open; failures of
    /// the medium. In each case the workbook is as before.
    pub fn rescue(path: &Path, copy: Option<&Path>, stamp: &Stamp) -> Result<Rescued, StoreError> {
        let path = opening::real_path(path);
        let lock = match lock::take(&path, stamp)? {
            Taken::Ours(lock) => lock,
            Taken::Theirs(_) => return Err(StoreError::Locked { path }),
            Taken::NotWritable => return Err(StoreError::Denied { path }),
        };
        let copies = copies::of(&path)?;
        let (id, steps) = expected(&path, &copies);
        let Chosen { source, from, passed_over } = match copy {
            Some(copy) => named(&path, id.as_ref(), copy, stamp)?,
            None => newest_whole(&path, id.as_ref(), &copies, stamp)?,
        };
        let kept = keep_original(&path, stamp)?;
        note_return(&source.connection, &from, steps, stamp).map_err(|error| Fault::from(error).on(&path))?;
        copies::write_whole(&source.connection, &successor_of(&path))?;
        put_successor(&path)?;
        drop(lock);
        Ok(Rescued { opened: Self::open(&path, stamp)?, from, passed_over, kept })
    }

    /// Whether a workbook at `path` needs a [`rescue`](Self::rescue): it is gone, is no workbook any more, or its own check
    /// finds something.
    ///
    /// # Errors
    /// What keeps it from being opened and is no damage: it is newer than this program, open elsewhere, or the medium fails.
    pub fn is_damaged(path: &Path, stamp: &Stamp) -> Result<bool, StoreError> {
        let workbook = match Self::look(path, stamp, String::new()) {
            Ok(workbook) => workbook,
            Err(
                StoreError::Missing { .. }
                | StoreError::NotWorkbook { .. }
                | StoreError::OtherProgram { .. }
                | StoreError::Corrupt { .. },
            ) => return Ok(true),
            Err(other) => return Err(other),
        };
        Ok(!workbook.check()?.is_empty())
    }

    /// Brings the whole workbook, with its history, back to a copy. What was there is kept as a copy first (it is
    /// returned), so that this can be taken back the same way; where it is damaged, its bytes are kept as they are.
    ///
    /// # Errors
    /// [`StoreError::CopyGone`] and [`StoreError::OtherWorkbook`] where the file is no copy of this workbook; failures of the
    /// medium. In each case the workbook is as before.
    pub fn restore(&mut self, copy: &Path, stamp: &Stamp) -> Result<Copied, StoreError> {
        self.before_write()?;
        let path = self.path.clone();
        let Chosen { source, from, .. } = named(&path, Some(&self.id), copy, stamp)?;
        let before = copies::make(&self.connection, &path, CopyKind::BeforeRestore, stamp)?;
        let on_file = |error: rusqlite::Error| Fault::from(error).on(&path);
        // the workbook itself changes in one transaction
        note_return(&source.connection, &from, before.entries, stamp).map_err(on_file)?;
        log::begin_after(&source.connection, &self.connection).map_err(on_file)?;
        copies::transfer(&source.connection, &mut self.connection).map_err(on_file)?;
        self.after_write()?;
        (self.id, self.shapes) = workbook::known(&self.connection, &path)?;
        Ok(before)
    }
}
