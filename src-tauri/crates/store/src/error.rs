//! What can go wrong with a workbook, each with a whole sentence; SQLite's codes are mapped here and nowhere else.

use crate::held::Lost;
use rusqlite::ErrorCode;
use std::io;
use std::path::{Path, PathBuf};

/// A workbook that cannot be opened, read or written, or an edit that cannot be made. The text of each is a sentence for
/// the clerk, naming the file or row and the way out.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such file.
    #[error("找不到台账文件“{}”。请检查文件是否被移动或改名，或者U盘、共享文件夹是否已连接。{way}", name(.path))]
    Missing {
        /// The workbook.
        path: PathBuf,
        /// Its copies, where there are any: a sentence.
        way: String,
    },
    /// The folder of the file is not there.
    #[error("文件夹“{}”不存在，无法打开或保存“{}”。请先建好文件夹，或换一个位置。", folder(.path), name(.path))]
    FolderMissing {
        /// The workbook.
        path: PathBuf,
    },
    /// The path is a folder.
    #[error("“{}”是文件夹，不是台账文件。请选择扩展名为 .planbook 的文件。", name(.path))]
    Folder {
        /// The folder.
        path: PathBuf,
    },
    /// A new workbook would replace a file.
    #[error("“{}”已经存在，没有覆盖它。请换一个文件名，或直接打开它。", name(.path))]
    Exists {
        /// The file that is there.
        path: PathBuf,
    },
    /// The bytes are no SQLite database.
    #[error("“{}”不是规划台账文件，或只传来了一部分。请确认选对了文件；如是从U盘或网络拷来的，请重新拷贝一次。{way}", name(.path))]
    NotWorkbook {
        /// The file.
        path: PathBuf,
        /// Its copies, where there are any: a sentence.
        way: String,
    },
    /// A database of another program.
    #[error("“{}”是其他软件的数据文件，不是规划台账，没有改动它。请选择扩展名为 .planbook 的文件。", name(.path))]
    OtherProgram {
        /// The file.
        path: PathBuf,
    },
    /// The bytes are damaged.
    #[error("“{}”已损坏（{detail}），没有继续改动它。{way}", name(.path))]
    Corrupt {
        /// The workbook.
        path: PathBuf,
        /// What was found.
        detail: String,
        /// What a clerk does about it: a sentence.
        way: String,
    },
    /// A newer program wrote it in a way this one cannot keep.
    #[error("“{}”由更新版本的规划台账保存，本程序不能打开它，文件没有改动。请先升级本程序。", name(.path))]
    Newer {
        /// The workbook.
        path: PathBuf,
    },
    /// Another program has it open and not even a reading copy could be made.
    #[error("“{}”正被另一个程序使用。请关闭那个程序后再打开。", name(.path))]
    Locked {
        /// The workbook.
        path: PathBuf,
    },
    /// A write to a workbook that was opened for reading only.
    #[error("这次改动没有保存。{}", .why)]
    ReadOnly {
        /// The workbook.
        path: PathBuf,
        /// Why it is read-only, with the way out, as the notice at opening said.
        why: String,
    },
    /// An older program's workbook of which no copy could be made before it would be upgraded.
    #[error("“{}”由旧版本程序保存，升级前的备份没有做成（{why}），所以没有升级，文件没有改动。请处理后重新打开。", name(.path))]
    NotUpgraded {
        /// The workbook.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// The file at the path is no longer the one that was opened.
    #[error(
        "台账“{}”{}，这次改动没有保存。此前保存的内容本程序里都还有：请另存到别处，再核对原来的位置上是哪一份。",
        name(.path),
        .lost.chinese()
    )]
    Detached {
        /// The workbook.
        path: PathBuf,
        /// What became of the file.
        lost: Lost,
    },
    /// The system does not let this user read or write there.
    #[error("没有权限读写“{}”。请检查文件或文件夹是否设为只读，或换一个位置。", name(.path))]
    Denied {
        /// The file.
        path: PathBuf,
    },
    /// No room is left.
    #[error("磁盘已满，“{}”的这次改动没有保存，以前保存的内容没有受影响。请清理磁盘或换一个位置后再试。", name(.path))]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// All edits are saved, but they could not be moved from the log into the one file.
    #[error("“{0}”的改动都已保存，但有一部分还在旁边的“{0}-wal”里（{why}）：请保留这两个文件，检查磁盘后再打开一次。", name(.path))]
    Unsettled {
        /// The workbook.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// The medium went away or failed while it was read or written.
    #[error("读写“{}”时出错（{detail}），没有完成，以前保存的内容没有受影响。请检查磁盘空间、U盘或网络连接后再试。", name(.path))]
    Medium {
        /// The file.
        path: PathBuf,
        /// What the system said.
        detail: String,
    },
    /// A row that an edit names is gone.
    #[error("要操作的{what}已不存在，可能已被删除或撤销。请核对后重新选择。")]
    RowGone {
        /// What kind of row, in Chinese.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// A second row where only one may be.
    #[error("{what}已经有了，不能重复添加。请直接修改已有的那一条。")]
    Taken {
        /// What kind of row, in Chinese.
        what: &'static str,
    },
    /// A row refers to one that is not there, or one that is still referred to would go.
    #[error("{what}所关联的内容已不存在，或仍被其他内容引用，没有保存。请核对后重新选择。")]
    Dangling {
        /// What kind of row, in Chinese.
        what: &'static str,
    },
    /// A value that a row cannot hold, such as a number that is not one.
    #[error("{what}中有不能保存的值，没有保存。请检查数字和必填项。")]
    Unfit {
        /// What kind of row, in Chinese.
        what: &'static str,
    },
    /// Nothing is left to undo.
    #[error("没有可以撤销的改动。")]
    NothingToUndo,
    /// Nothing is left to redo.
    #[error("没有可以重做的改动。")]
    NothingToRedo,
    /// An edit that the history does not have, or that is already undone.
    #[error("历史中没有这次改动，或它已经撤销。请在历史中重新选择。")]
    EditGone {
        /// Its id.
        id: String,
    },
    /// The rows are no longer as the edit left them.
    #[error("不能撤销或重做“{label}”：它涉及的内容后来被别的程序改过。台账没有变动，请在历史中核对后手工修改。")]
    UndoConflict {
        /// The edit's label.
        label: String,
    },
    /// Closing a quarter and opening it again are acts of record: they are answered by the other one, never undone.
    #[error(
        "不能撤销“{label}”：封账和重新打开都是存档的记录，撤销到此为止。要改已封账的季度，请写明理由重新打开它（在“收发”页，\
         或用planbook reopen）；重新打开的季度可以再次封账。"
    )]
    OfRecord {
        /// The edit's label.
        label: String,
    },
    /// What was erased for good does not come back.
    #[error("不能撤销“{label}”：内容已按要求彻底清除，找不回来，撤销到此为止。")]
    Erased {
        /// The edit's label.
        label: String,
    },
    /// A copy that is not there or is no copy of a workbook.
    #[error("备份“{}”不存在或不能读取，台账没有变动。请另选一份备份。", name(.path))]
    CopyGone {
        /// The copy.
        path: PathBuf,
    },
    /// A copy of another workbook.
    #[error("“{}”不是台账“{}”的备份，台账没有变动。请另选一份备份。", name(.copy), name(.path))]
    OtherWorkbook {
        /// The workbook.
        path: PathBuf,
        /// The copy.
        copy: PathBuf,
    },
    /// There is no whole copy to go back to.
    #[error("台账“{}”旁边没有完整的备份，没有恢复。请找出以前的拷贝（如U盘、邮件中的），用planbook restore写明它的路径。", name(.path))]
    NoWholeCopy {
        /// The workbook.
        path: PathBuf,
    },
    /// A workbook that is whole was to be replaced by its newest copy.
    #[error("台账“{}”没有损坏，没有恢复。要回到以前的某一份备份，请写明是哪一份。", name(.path))]
    NotDamaged {
        /// The workbook.
        path: PathBuf,
    },
    /// Anything else that SQLite reports.
    #[error("台账“{}”的操作没有完成（{detail}），已保存的内容没有受影响。请重新打开后再试。", name(.path))]
    Other {
        /// The workbook.
        path: PathBuf,
        /// What SQLite said.
        detail: String,
    },
}

impl StoreError {
    /// A damaged workbook, with its way out.
    pub(crate) fn corrupt(path: &Path, detail: impl Into<String>) -> Self {
        Self::Corrupt { path: path.to_owned(), detail: detail.into(), way: way_back(path) }
    }

    /// A file that is no workbook, with the copies of the workbook that it may have been.
    pub(crate) fn not_workbook(path: &Path) -> Self {
        Self::NotWorkbook { path: path.to_owned(), way: kept_copies(path).unwrap_or_default() }
    }

    /// A file that is gone, with its copies.
    pub(crate) fn missing(path: &Path) -> Self {
        Self::Missing { path: path.to_owned(), way: kept_copies(path).unwrap_or_default() }
    }

    /// Why something beside the edits failed, such as the day's copy: without a word about edits, which are safe.
    pub(crate) fn cause(&self) -> String {
        match self {
            Self::Full { .. } => "磁盘已满".to_owned(),
            Self::Detached { lost, .. } => format!("文件{}", lost.chinese()),
            Self::Denied { .. } => "备份文件夹没有写入权限".to_owned(),
            Self::Medium { detail, .. } => format!("读写出错，{detail}"),
            other => other.to_string().trim_end_matches('。').to_owned(),
        }
    }
}

/// The file's name without its folder.
pub(crate) fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn folder(path: &Path) -> String {
    path.parent().unwrap_or(path).to_string_lossy().into_owned()
}

/// What a clerk does about a damaged workbook: back to a copy, where there is one.
pub(crate) fn way_back(path: &Path) -> String {
    kept_copies(path)
        .unwrap_or_else(|| "旁边没有自动备份：请找出以前的拷贝（如U盘、邮件中的），并把这个文件留给技术人员。".to_owned())
}

/// The copies of a workbook, as a sentence with the way back to them; none where it has none.
fn kept_copies(path: &Path) -> Option<String> {
    let copies = crate::copies::of(path).ok()?;
    let newest = copies.first()?;
    let at = newest.made_at.format("%Y-%m-%d %H:%M");
    Some(format!(
        "它有{}份自动备份，最近的是{at}（第{}步）：在开始页打开它就能选一份恢复，命令行用planbook restore。",
        copies.len(),
        newest.entries
    ))
}

/// A failure below the tables, before it is known which file and row it concerns.
#[derive(Debug)]
pub(crate) enum Fault {
    /// SQLite's own.
    Sqlite(rusqlite::Error),
    /// A cell whose value has no meaning.
    Meaning(String),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl Fault {
    /// What is wrong with a row that cannot be read, as a part of a sentence.
    pub(crate) fn detail(&self) -> String {
        match self {
            Self::Meaning(detail) => detail.clone(),
            Self::Sqlite(_) => "有的单元格不能读取".to_owned(),
        }
    }

    /// The error for a whole workbook.
    pub(crate) fn on(self, path: &Path) -> StoreError {
        self.on_row(path, "这条内容")
    }

    /// The error for a row of the kind `what`.
    pub(crate) fn on_row(self, path: &Path, what: &'static str) -> StoreError {
        let path = path.to_owned();
        match self {
            Self::Meaning(detail) => StoreError::corrupt(&path, detail),
            Self::Sqlite(error) => from_sqlite(error, path, what),
        }
    }
}

fn from_sqlite(error: rusqlite::Error, path: PathBuf, what: &'static str) -> StoreError {
    use rusqlite::ffi;
    match error {
        rusqlite::Error::SqliteFailure(failure, ref message) => {
            let code = || format!("代码{}", failure.extended_code);
            let detail = || {
                let said = message.clone().unwrap_or_else(|| failure.to_string());
                format!("{said}，代码{}", failure.extended_code)
            };
            match failure.code {
                ErrorCode::NotADatabase => StoreError::not_workbook(&path),
                ErrorCode::DatabaseCorrupt => StoreError::corrupt(&path, format!("代码{}", failure.extended_code)),
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed => {
                    StoreError::Locked { path }
                }
                ErrorCode::DiskFull => StoreError::Full { path },
                ErrorCode::ReadOnly | ErrorCode::PermissionDenied => StoreError::Denied { path },
                ErrorCode::CannotOpen => from_cannot_open(path, code()),
                ErrorCode::SystemIoFailure => StoreError::Medium { detail: code(), path },
                ErrorCode::ConstraintViolation => match failure.extended_code {
                    ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY => StoreError::Taken { what },
                    ffi::SQLITE_CONSTRAINT_FOREIGNKEY => StoreError::Dangling { what },
                    _ => StoreError::Unfit { what },
                },
                ErrorCode::TooBig | ErrorCode::TypeMismatch => StoreError::Unfit { what },
                _ => StoreError::Other { detail: detail(), path },
            }
        }
        // a cell of the wrong type or no UTF-8: STRICT tables cannot hold one, so the bytes were changed from outside
        rusqlite::Error::FromSqlConversionFailure(..)
        | rusqlite::Error::IntegralValueOutOfRange(..)
        | rusqlite::Error::Utf8Error(..)
        | rusqlite::Error::InvalidColumnType(..) => StoreError::corrupt(&path, "有的单元格不能读取"),
        other => StoreError::Other { path, detail: other.to_string() },
    }
}

fn from_cannot_open(path: PathBuf, detail: String) -> StoreError {
    if path.exists() {
        StoreError::Denied { path }
    } else if path.parent().is_some_and(Path::exists) {
        StoreError::Medium { path, detail }
    } else {
        StoreError::FolderMissing { path }
    }
}

/// The error for a file operation of the system on `path`.
pub(crate) fn from_io(error: &io::Error, path: &Path) -> StoreError {
    let path = path.to_owned();
    match error.kind() {
        io::ErrorKind::NotFound => {
            let here = path.parent().is_none_or(|folder| folder.as_os_str().is_empty() || folder.is_dir());
            if here { StoreError::missing(&path) } else { StoreError::FolderMissing { path } }
        }
        io::ErrorKind::AlreadyExists => StoreError::Exists { path },
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => StoreError::Denied { path },
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::Full { path },
        io::ErrorKind::IsADirectory => StoreError::Folder { path },
        _ => StoreError::Medium {
            path,
            detail: error.raw_os_error().map_or_else(|| "原因不明".to_owned(), |code| format!("系统代码{code}")),
        },
    }
}
