//! A file made beside the one it is to become: it gets the name only when it is whole and on disk, so that a program that is
//! killed at any point leaves the old file or the new one, never half of one.

use crate::error::{StoreError, from_io};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// A file on the way; unless it took its name it goes when this is dropped, with what SQLite wrote beside it.
#[derive(Debug)]
pub(crate) struct Aside {
    pub(crate) file: PathBuf,
}

impl Aside {
    /// An empty file beside `path`; what an attempt that was killed left there is taken away. Errors name `path`.
    pub(crate) fn make(path: &Path) -> Result<Self, StoreError> {
        let aside = Self { file: with_ending(path, ".part") };
        aside.remove();
        File::create(&aside.file).map_err(|error| from_io(&error, path))?;
        Ok(aside)
    }

    /// Brings the file to disk and gives it the name `path`, which nothing must bear.
    ///
    /// The workbook's lock is held, so only a foreign program could put a file there between the look and the rename.
    pub(crate) fn take_the_name(self, path: &Path) -> Result<(), StoreError> {
        if path.symlink_metadata().is_ok() {
            return Err(StoreError::Exists { path: path.to_owned() });
        }
        self.replace(path)
    }

    /// Brings the file to disk and gives it the name `path`, in place of what bears it.
    pub(crate) fn replace(self, path: &Path) -> Result<(), StoreError> {
        let synced = File::options().write(true).open(&self.file).and_then(|file| file.sync_all());
        synced.and_then(|()| fs::rename(&self.file, path)).map_err(|error| from_io(&error, path))?;
        keep_name(path);
        Ok(())
    }

    fn remove(&self) {
        for ending in ["-journal", "-wal", ""] {
            let _ = fs::remove_file(with_ending(&self.file, ending));
        }
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        // nothing is there any more where it took its name
        self.remove();
    }
}

/// Brings to disk that a name stands in its folder, where the system knows such a thing; elsewhere it does so by itself.
pub(crate) fn keep_name(path: &Path) {
    if cfg!(unix)
        && let Some(folder) = path.parent()
    {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        // a medium that cannot do it is no reason to fail: the file itself is there
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

fn with_ending(path: &Path, ending: impl AsRef<OsStr>) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
