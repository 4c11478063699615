//! A private copy to read from, where the workbook itself must not be touched: another program has it open, or the medium
//! takes no writes. It is the workbook as last saved, and works over a network and on a read-only stick alike.

use crate::error::{StoreError, from_io};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The folder of the copy; it goes when this is dropped.
#[derive(Debug)]
pub(crate) struct Snapshot {
    folder: PathBuf,
}

impl Snapshot {
    /// Copies the workbook, with what its log holds, into a new folder named by `id` in the system's place for such files.
    pub(crate) fn of(workbook: &Path, id: &str) -> Result<Self, StoreError> {
        let folder = std::env::temp_dir().join(format!("{PREFIX}{id}"));
        sweep();
        make_private(&folder).map_err(|error| from_io(&error, &folder))?;
        let snapshot = Self { folder };
        // While it is copied, the writer may move its log into the file and begin the log anew. Then the two copies do not
        // belong together, and both are taken again.
        for _ in 0..10 {
            let before = Signature::of(workbook)?;
            snapshot.copy(workbook)?;
            if before == Signature::of(workbook)? {
                break;
            }
        }
        Ok(snapshot)
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder.join("workbook")
    }

    /// Takes the folder away while the connection keeps its file, where the system can do that: a program that is killed
    /// then leaves nothing of the office's data behind. Elsewhere the folder goes when this is dropped.
    pub(crate) fn hide(&self) {
        if cfg!(unix) {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }

    /// Takes away the log's copy: the file is read without it.
    pub(crate) fn forget_log(&self) -> Result<(), StoreError> {
        let log = log_of(&self.file());
        match fs::remove_file(&log) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(from_io(&error, &log)),
            _ => Ok(()),
        }
    }

    fn copy(&self, workbook: &Path) -> Result<(), StoreError> {
        let to = self.file();
        copy_bytes(workbook, &to)?;
        self.forget_log()?;
        let log = log_of(&to);
        let from = log_of(workbook);
        if from.exists() {
            copy_bytes(&from, &log)?;
        }
        Ok(())
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// What folders of copies are called before their id.
const PREFIX: &str = "planbook-";
/// A folder that its program left behind is older than this; one in use has lost its name already, or cannot be taken away.
const LEFT_BEHIND: Duration = Duration::from_secs(3600);

/// Makes a folder that only this user may enter; on Windows a user's folder for such files is his alone.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Takes away copies that a program left behind when it was killed.
fn sweep() {
    let entries = fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten();
    for entry in entries {
        let name = entry.file_name();
        let id = name.to_str().and_then(|name| name.strip_prefix(PREFIX));
        if !id.is_some_and(|id| id.len() == 36 && id.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())) {
            continue;
        }
        let age = entry.metadata().and_then(|about| about.modified()).ok().and_then(|at| at.elapsed().ok());
        if age.is_some_and(|age| age > LEFT_BEHIND) {
            // another user's, or in use: not ours to worry about
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Copies bytes only: a read-only flag must not travel along.
fn copy_bytes(from: &Path, to: &Path) -> Result<(), StoreError> {
    let mut source = File::open(from).map_err(|error| from_io(&error, from))?;
    let mut target = File::create(to).map_err(|error| from_io(&error, to))?;
    std::io::copy(&mut source, &mut target).map_err(|error| from_io(&error, to))?;
    Ok(())
}

/// SQLite's log beside a database.
pub(crate) fn log_of(workbook: &Path) -> PathBuf {
    let mut name = workbook.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}

/// What changes when the log is begun anew: its head, which holds fresh random numbers.
#[derive(PartialEq)]
struct Signature {
    head: Vec<u8>,
    size: u64,
    modified: Option<SystemTime>,
}

impl Signature {
    fn of(workbook: &Path) -> Result<Self, StoreError> {
        let mut head = Vec::new();
        if let Ok(log) = File::open(log_of(workbook)) {
            log.take(32).read_to_end(&mut head).map_err(|error| from_io(&error, workbook))?;
        }
        let file = fs::metadata(workbook).map_err(|error| from_io(&error, workbook))?;
        Ok(Self { head, size: file.len(), modified: file.modified().ok() })
    }
}
