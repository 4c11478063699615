//! Whether the file at a workbook's path still is the one that was opened. SQLite goes on writing into a file that was
//! deleted, moved or replaced, and calls that saved: what is acknowledged must be in the file that people see.

use crate::error::StoreError;
use crate::lock::Lock;
use crate::snapshot::log_of;
use crate::{log, opening};
use rusqlite::Connection;
use std::fs::{self, Metadata};
use std::path::Path;
use std::time::SystemTime;

/// A file on its medium, as far as the system says without being asked for more than its metadata.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FileId {
    /// Device and inode.
    #[cfg(unix)]
    id: (u64, u64),
    /// Elsewhere the system refuses to delete or replace a file that SQLite holds open; a share may not, and tells by this.
    #[cfg(not(unix))]
    created: Option<SystemTime>,
}

impl FileId {
    fn of(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            Self { id: (metadata.dev(), metadata.ino()) }
        }
        #[cfg(not(unix))]
        {
            Self { created: metadata.created().ok() }
        }
    }

    fn at(path: &Path) -> Option<Self> {
        fs::metadata(path).ok().map(|metadata| Self::of(&metadata))
    }
}

/// The workbook's file and its log, as they were when this program last wrote to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    file: FileId,
    written: (Option<SystemTime>, u64),
    log: Option<FileId>,
    /// What the file alone may say of itself: its mark, and the one that is on its way from the log into it.
    marks: Vec<Option<String>>,
}

/// What became of the file that was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// Nothing is at the path: it was deleted, moved, or its medium is gone.
    Gone,
    /// Another file is at the path, or the file was written over.
    Replaced,
    /// Another program took the workbook for writing, where the system did not keep it from that.
    Taken,
}

impl Lost {
    /// What happened, as a part of a sentence.
    pub(crate) fn chinese(self) -> &'static str {
        match self {
            Self::Gone => "已不在原来的位置（被删除、移动，或U盘、共享文件夹已断开）",
            Self::Replaced => "已被换成另一份文件（多半是同步软件，或有人拷贝覆盖了它）",
            Self::Taken => "已被另一个程序打开修改",
        }
    }
}

/// What a look at the files says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// All as it was.
    Here,
    /// The file is, its log is not: what is in the log can still be moved into the file.
    LogLost,
    Lost(Lost),
}

impl Held {
    /// The file as it is now; to be asked right after this program opened it, or moved its log into it.
    pub(crate) fn of(path: &Path, connection: &Connection) -> Result<Self, StoreError> {
        let metadata = fs::metadata(path).map_err(|error| crate::error::from_io(&error, path))?;
        let alone = opening::connect_beside(path).and_then(|file| log::mark(&file));
        let marks = [alone, log::mark(connection)].into_iter().filter_map(Result::ok).collect();
        Ok(Self { file: FileId::of(&metadata), written: written(&metadata), log: FileId::at(&log_of(path)), marks })
    }

    /// Whether the files are those that are held.
    pub(crate) fn look(&self, path: &Path, lock: Option<&Lock>) -> Look {
        let Ok(metadata) = fs::metadata(path) else { return Look::Lost(Lost::Gone) };
        if FileId::of(&metadata) != self.file {
            return Look::Lost(Lost::Replaced);
        }
        if written(&metadata) != self.written && !self.says_the_same(path) {
            return Look::Lost(Lost::Replaced);
        }
        if lock.is_some_and(|lock| !lock.is_ours()) {
            return Look::Lost(Lost::Taken);
        }
        if self.log.is_some() && FileId::at(&log_of(path)) != self.log { Look::LogLost } else { Look::Here }
    }

    /// Whether a file whose time or size is another one still is of the state that is held: a program that keeps copies may
    /// touch its time, and SQLite itself moves a long log into it.
    fn says_the_same(&self, path: &Path) -> bool {
        let alone = opening::connect_beside(path).and_then(|file| log::mark(&file));
        alone.is_ok_and(|mark| self.marks.contains(&mark))
    }

    /// Takes note of a mark that is about to be written.
    pub(crate) fn marked(&mut self, connection: &Connection) {
        if let Ok(mark) = log::mark(connection)
            && !self.marks.contains(&mark)
        {
            self.marks.push(mark);
        }
    }

    /// Takes note of what this program wrote.
    pub(crate) fn wrote(&mut self, path: &Path) {
        if let Ok(metadata) = fs::metadata(path) {
            self.written = written(&metadata);
        }
        self.log = FileId::at(&log_of(path));
    }
}

fn written(metadata: &Metadata) -> (Option<SystemTime>, u64) {
    (metadata.modified().ok(), metadata.len())
}
