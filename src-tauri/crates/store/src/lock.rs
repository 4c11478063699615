//! One writer at a time: a lock file beside the workbook, held as long as it is open for writing. The system lets go of it
//! when the program ends, however it ends.

use crate::error::{StoreError, from_io};
use crate::stamp::{Ids, Stamp, moment_text, parse_moment};
use chrono::NaiveDateTime;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// The lock of this program.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
    path: PathBuf,
    /// What only this holder wrote into the file; none where there was no room for it.
    mark: Option<String>,
}

/// Who holds the lock, as far as the lock file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Holder {
    pub(crate) who: String,
    pub(crate) device: String,
    pub(crate) since: NaiveDateTime,
}

/// What came of asking for the lock.
#[derive(Debug)]
pub(crate) enum Taken {
    Ours(Lock),
    Theirs(Option<Holder>),
    /// The folder takes no files.
    NotWritable,
}

/// The lock file of a workbook.
pub(crate) fn file_of(workbook: &Path) -> PathBuf {
    let mut name = workbook.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}

/// Asks for the lock of a workbook, without waiting.
pub(crate) fn take(workbook: &Path, stamp: &Stamp) -> Result<Taken, StoreError> {
    let path = file_of(workbook);
    // The holder removes the file before it lets go. Whoever locks a file that is no longer the one at the path asks
    // again; a few times are enough, since each try means that someone else was just done.
    for _ in 0..20 {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let file = match options.open(&path) {
            Ok(file) => file,
            Err(error) if not_writable(&error) => return Ok(Taken::NotWritable),
            Err(error) => return Err(from_io(&error, workbook)),
        };
        match file.try_lock() {
            Ok(()) => {
                if is_at(&file, &path) {
                    return Ok(Taken::Ours(Lock::signed(file, path, stamp)));
                }
            }
            Err(TryLockError::WouldBlock) => return Ok(Taken::Theirs(holder(file))),
            // a medium without locks: SQLite's own lock, taken next, has to do
            Err(TryLockError::Error(_)) => return Ok(Taken::Ours(Lock::signed(file, path, stamp))),
        }
    }
    Ok(Taken::Theirs(None))
}

/// Whether the system says that nothing can be written there: a folder without room can still be read.
fn not_writable(error: &io::Error) -> bool {
    use io::ErrorKind as Kind;
    matches!(error.kind(), Kind::PermissionDenied | Kind::ReadOnlyFilesystem | Kind::StorageFull | Kind::QuotaExceeded)
}

impl Lock {
    /// Writes who holds it, for the one who asks in vain, and a mark that tells this holder from a later one where the system
    /// keeps nobody out. A full disk must not keep anyone out either: then there is no mark.
    fn signed(mut file: File, path: PathBuf, stamp: &Stamp) -> Self {
        let mark = Ids::from(stamp.at).next();
        let (who, device) = (stamp.who.replace('\n', " "), stamp.device.replace('\n', " "));
        let text = format!("{who}\n{device}\n{}\n{mark}\n", moment_text(stamp.at));
        let signed = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(text.as_bytes()));
        Self { file, path, mark: signed.is_ok().then_some(mark) }
    }

    /// Whether the file at the lock's path is the one that is held, and nobody signed it after this program.
    pub(crate) fn is_ours(&self) -> bool {
        let Some(mark) = &self.mark else { return true };
        match fs::read_to_string(&self.path) {
            Ok(text) => text.lines().nth(3) == Some(mark),
            // on Windows the lock that is held forbids reading, also to its holder by another handle
            Err(error) => cfg!(windows) && error.kind() != io::ErrorKind::NotFound,
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // removed while still held, so that nobody can hold a lock on a file that is about to go; another's stays
        if self.is_ours() {
            let _ = fs::remove_file(&self.path);
        }
        let _ = self.file.unlock();
    }
}

/// Reads who holds the lock; on Windows the lock itself forbids it.
fn holder(file: File) -> Option<Holder> {
    let mut text = String::new();
    file.take(4096).read_to_string(&mut text).ok()?;
    let mut lines = text.lines();
    let who = lines.next()?.to_owned();
    let device = lines.next()?.to_owned();
    let since = parse_moment(lines.next()?)?;
    Some(Holder { who, device, since })
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(held), Ok(there)) => held.dev() == there.dev() && held.ino() == there.ino(),
        _ => false,
    }
}

/// Elsewhere a file that is held cannot be replaced at its path.
#[cfg(not(unix))]
fn is_at(_file: &File, path: &Path) -> bool {
    path.exists()
}
