//! Copies of the workbook in a folder beside it: before an upgrade or a restore, once a day of use, and when asked for.

use crate::aside::Aside;
use crate::error::{Fault, StoreError, from_io, name};
use crate::log;
use crate::opening::{self, Way};
use crate::stamp::{Stamp, office_time};
use crate::workbook::Workbook;
use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Why a copy was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CopyKind {
    /// The first use of a day; thinned.
    Daily,
    /// Before a newer program changed the file's form; kept.
    BeforeUpgrade,
    /// Before the workbook went back to a copy; thinned.
    BeforeRestore,
    /// Because someone asked for it; kept.
    Asked,
}

impl CopyKind {
    const ALL: [Self; 4] = [Self::Daily, Self::BeforeUpgrade, Self::BeforeRestore, Self::Asked];

    /// The word in the copy's file name.
    #[must_use]
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Daily => "每日",
            Self::BeforeUpgrade => "升级前",
            Self::BeforeRestore => "恢复前",
            Self::Asked => "手动",
        }
    }
}

/// A copy of the workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// Its file.
    pub path: PathBuf,
    /// When it was made, in office time (UTC+8), to the second.
    pub made_at: NaiveDateTime,
    /// How many entries the history had.
    pub entries: i64,
    /// Why it was made.
    pub kind: CopyKind,
    /// Size in bytes.
    pub size: u64,
}

/// The folder of a workbook's copies: `NAME.备份` beside `NAME.planbook`.
pub(crate) fn folder(workbook: &Path) -> PathBuf {
    let mut folder = workbook.file_stem().unwrap_or_default().to_owned();
    folder.push(".备份");
    workbook.with_file_name(folder)
}

fn file_name(workbook: &Path, at: NaiveDateTime, entries: i64, kind: CopyKind) -> String {
    format!(
        "{} {} 第{entries}步 {}.planbook",
        workbook.file_stem().unwrap_or_default().to_string_lossy(),
        at.format("%Y-%m-%d %H%M%S"),
        kind.chinese()
    )
}

/// Reads what [`file_name`] wrote; the workbook may have had another name then.
fn parse_name(file: &str) -> Option<(NaiveDateTime, i64, CopyKind)> {
    let mut parts = file.strip_suffix(".planbook")?.rsplitn(5, ' ');
    let (kind, entries, time, day) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let kind = CopyKind::ALL.into_iter().find(|known| known.chinese() == kind)?;
    let entries = entries.strip_prefix('第')?.strip_suffix('步')?.parse().ok()?;
    let at = NaiveDateTime::parse_from_str(&format!("{day} {time}"), "%Y-%m-%d %H%M%S").ok()?;
    Some((at, entries, kind))
}

/// The copies of a workbook, newest first: the one with the most steps.
pub(crate) fn of(workbook: &Path) -> Result<Vec<Copied>, StoreError> {
    let folder = folder(workbook);
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(from_io(&error, &folder)),
    };
    let mut copies = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| from_io(&error, &folder))?;
        let file = entry.file_name();
        let Some((made_at, entries, kind)) = file.to_str().and_then(parse_name) else {
            continue;
        };
        copies.push(Copied {
            path: entry.path(),
            made_at,
            entries,
            kind,
            size: entry.metadata().map_or(0, |metadata| metadata.len()),
        });
    }
    // by step: a clock that went wrong for a day must not make an old copy the newest
    copies.sort_by_key(|copy| std::cmp::Reverse((copy.entries, copy.made_at, copy.kind)));
    Ok(copies)
}

pub(crate) fn entries(connection: &Connection) -> Result<i64, rusqlite::Error> {
    connection.query_row("SELECT ifnull(max(seq), 0) FROM edit", [], |row| row.get(0))
}

/// Makes a copy: written aside, and given its name only when it is whole and on disk.
pub(crate) fn make(connection: &Connection, workbook: &Path, kind: CopyKind, stamp: &Stamp) -> Result<Copied, StoreError> {
    // no copy is made of damage: it would be taken for a way back
    opening::check_in_full(connection, workbook)?;
    let entries = entries(connection).map_err(|error| Fault::from(error).on(workbook))?;
    let made_at = office_time(stamp.at);
    let folder = folder(workbook);
    fs::create_dir_all(&folder).map_err(|error| from_io(&error, &folder))?;
    let path = folder.join(file_name(workbook, made_at, entries, kind));
    let size = write_whole(connection, &path)?;
    // the name holds whole seconds
    let made_at = parse_name(&name(&path)).map_or(made_at, |(at, ..)| at);
    Ok(Copied { path, made_at, entries, kind, size })
}

/// Writes the whole database to `path` by way of a file beside it, replacing what is there; its size.
pub(crate) fn write_whole(connection: &Connection, path: &Path) -> Result<u64, StoreError> {
    let aside = Aside::make(path)?;
    copy_into(connection, &aside).map_err(|error| Fault::from(error).on(path))?;
    let size = fs::metadata(&aside.file).map_or(0, |metadata| metadata.len());
    aside.replace(path)?;
    Ok(size)
}

fn copy_into(connection: &Connection, aside: &Aside) -> Result<(), rusqlite::Error> {
    let mut target = opening::connect(&aside.file, Way::Private)?;
    transfer(connection, &mut target)?;
    // a copy is one file, also when it is opened by hand later
    target.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    // a log that is left beside the workbook is not this file's
    log::begin(&target)?;
    target.close().map_err(|(_, error)| error)
}

pub(crate) fn transfer(from: &Connection, to: &mut Connection) -> Result<(), rusqlite::Error> {
    match Backup::new(from, to)?.step(-1)? {
        StepResult::Done => Ok(()),
        _ => Err(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY), None)),
    }
}

/// Makes the day's copy where there is none yet and something was changed since the last copy, and thins the older ones.
pub(crate) fn make_if_due(connection: &Connection, workbook: &Path, stamp: &Stamp) -> Result<Option<Copied>, StoreError> {
    let now = entries(connection).map_err(|error| Fault::from(error).on(workbook))?;
    let today = office_time(stamp.at).date();
    let copies = of(workbook)?;
    let unchanged = now == 0 || copies.iter().any(|copy| copy.entries == now);
    let done = copies.iter().any(|copy| copy.kind == CopyKind::Daily && copy.made_at.date() == today);
    if unchanged || done {
        return Ok(None);
    }
    let copy = make(connection, workbook, CopyKind::Daily, stamp)?;
    for old in superfluous(&of(workbook)?, today) {
        // one that cannot be removed now is removed on another day
        let _ = fs::remove_file(old);
    }
    Ok(Some(copy))
}

/// The copies that go: of the thinned kinds all of the last seven days stay, then one a week for two months, then one a
/// month; of a week or month the newest.
fn superfluous(copies: &[Copied], today: NaiveDate) -> Vec<PathBuf> {
    let mut kept: BTreeSet<(u8, i32, u32)> = BTreeSet::new();
    let mut gone = Vec::new();
    for copy in copies {
        if !matches!(copy.kind, CopyKind::Daily | CopyKind::BeforeRestore) {
            continue;
        }
        let day = copy.made_at.date();
        let age = today.signed_duration_since(day);
        if age <= TimeDelta::days(7) {
            continue;
        }
        let slot = if age <= TimeDelta::days(62) {
            (0, day.iso_week().year(), day.iso_week().week())
        } else {
            (1, day.year(), day.month())
        };
        if !kept.insert(slot) {
            gone.push(copy.path.clone());
        }
    }
    gone
}

impl Workbook {
    /// The copies beside the workbook, newest first.
    ///
    /// # Errors
    /// Failures of the medium; a folder that is not there has no copies.
    pub fn copies(&self) -> Result<Vec<Copied>, StoreError> {
        of(&self.path)
    }

    /// The folder of a workbook's copies, which need not be there.
    #[must_use]
    pub fn folder_of_copies(path: &Path) -> PathBuf {
        folder(path)
    }

    /// The copies beside a workbook file that need not open, or be there, newest first.
    ///
    /// # Errors
    /// As for [`copies`](Self::copies).
    pub fn copies_of(path: &Path) -> Result<Vec<Copied>, StoreError> {
        of(&opening::real_path(path))
    }

    /// Makes a copy now, kept until someone removes it.
    ///
    /// # Errors
    /// [`StoreError::Denied`], [`StoreError::Full`] and other failures of the medium.
    pub fn copy(&self, stamp: &Stamp) -> Result<Copied, StoreError> {
        make(&self.connection, &self.path, CopyKind::Asked, stamp)
    }

    /// Writes the whole workbook to another file, as one file, whole or not at all; [`StoreError::Exists`] where a file is
    /// there. The copy keeps the workbook's id.
    ///
    /// # Errors
    /// As said, and failures of the medium.
    pub fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        if path.exists() {
            return Err(StoreError::Exists { path: path.to_owned() });
        }
        // what is written elsewhere because the file was written over must not be a mixture of both
        opening::check_in_full(&self.connection, &self.path)?;
        write_whole(&self.connection, path).map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copy(day: &str, kind: CopyKind) -> Copied {
        let made_at = NaiveDateTime::parse_from_str(&format!("{day} 093015"), "%Y-%m-%d %H%M%S").unwrap();
        Copied {
            path: PathBuf::from(file_name(Path::new("台账.planbook"), made_at, 7, kind)),
            made_at,
            entries: 7,
            kind,
            size: 0,
        }
    }

    #[test]
    fn a_copys_name_says_when_at_which_step_and_why() {
        let name = "云溪县 科创台账 2025-06-20 093015 第128步 每日.planbook";
        let (at, entries, kind) = parse_name(name).unwrap();
        assert_eq!((entries, kind), (128, CopyKind::Daily));
        let back = file_name(Path::new("/x/云溪县 科创台账.planbook"), at, entries, kind);
        assert_eq!(back, name);
        for other in ["备忘.txt", "台账 2025-06-20 093015 每日.planbook", " .planbook", "a 2025-13-40 093015 第1步 每日.planbook"]
        {
            assert_eq!(parse_name(other), None, "{other}");
        }
    }

    #[test]
    fn copies_thin_to_weeks_and_months_and_asked_ones_stay() {
        let today = NaiveDate::from_ymd_opt(2025, 6, 30).unwrap();
        let mut copies: Vec<Copied> = (0..200)
            .map(|back| {
                let day = today - TimeDelta::days(back);
                copy(&day.to_string(), CopyKind::Daily)
            })
            .collect();
        copies.push(copy("2024-01-05", CopyKind::Asked));
        copies.push(copy("2024-01-04", CopyKind::Asked));
        let gone = superfluous(&copies, today);
        let kept: Vec<String> =
            copies.iter().filter(|copy| !gone.contains(&copy.path)).map(|copy| copy.made_at.date().to_string()).collect();
        assert_eq!(
            kept,
            [
                "2025-06-30",
                "2025-06-29",
                "2025-06-28",
                "2025-06-27",
                "2025-06-26",
                "2025-06-25",
                "2025-06-24",
                "2025-06-23",
                "2025-06-22",
                "2025-06-15",
                "2025-06-08",
                "2025-06-01",
                "2025-05-25",
                "2025-05-18",
                "2025-05-11",
                "2025-05-04",
                "2025-04-28",
                "2025-03-31",
                "2025-02-28",
                "2025-01-31",
                "2024-12-31",
                "2024-01-05",
                "2024-01-04"
            ]
        );
    }
}
