//! Files on sticks: read whole and within bounds, written aside, checked and renamed.

use crate::model::files::{plain, write_whole};
use crate::model::refusals::{file_unreadable, file_unwritable};
use crate::wire::Refusal;
use std::io::Read;
use std::path::{Path, PathBuf};

/// What a file is called for people: its name without the folder.
pub(super) fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// All bytes of a file that is no larger than an exchange file may be; a larger one is cut there and refused by its reader.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Refusal> {
    let opened = plain(path).and_then(|_| whole(std::fs::File::open(path)?));
    opened.map_err(|error| file_unreadable(path, &error))
}

/// All that a reader gives, up to one byte more than an exchange file may have.
fn whole(reader: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(packet::LARGEST_FILE + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Writes a file aside, renames it, and reads it back: a stick that lies is found out while the clerk is still here.
pub(super) fn write(workbook: &Path, path: &Path, bytes: &[u8]) -> Result<(), Refusal> {
    write_whole(Some(workbook), path, bytes)?;
    let back = std::fs::read(path).map_err(|error| file_unreadable(path, &error))?;
    if back == bytes {
        return Ok(());
    }
    // what is there is no file of ours
    let _ = std::fs::remove_file(path);
    Err(file_unwritable(path, &std::io::Error::other("read back differs")))
}

/// Files that count only all together: where a later step fails, those that were written go again.
#[derive(Debug)]
pub(super) struct Written {
    workbook: PathBuf,
    files: Vec<PathBuf>,
}

impl Written {
    /// None yet, of a workbook.
    pub(super) fn of(workbook: &Path) -> Self {
        Self { workbook: workbook.to_owned(), files: Vec::new() }
    }

    /// Writes one of them.
    pub(super) fn file(&mut self, path: &Path, bytes: &[u8]) -> Result<(), Refusal> {
        // what stood there before stays where this cannot be written
        write(&self.workbook, path, bytes)?;
        self.files.push(path.to_owned());
        Ok(())
    }

    /// All are there and counted.
    pub(super) fn keep(mut self) {
        self.files.clear();
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        for path in &self.files {
            // half of a set would be taken for the whole of it; one that is not there needs no removing
            let _ = std::fs::remove_file(path);
        }
    }
}

/// A file's name from words that may hold what a file name must not.
pub(super) fn file_name(words: &str) -> String {
    let kept: String = words.chars().filter(|c| !r#"\/:*?"<>|"#.contains(*c) && !c.is_control()).collect();
    let kept = kept.trim().trim_end_matches('.');
    if kept.is_empty() { "单位".to_owned() } else { kept.chars().take(80).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stick that is pulled after some bytes.
    struct Pulled<'a>(&'a [u8]);

    impl Read for Pulled<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            if self.0.is_empty() {
                return Err(std::io::Error::other("Input/output error"));
            }
            let (now, later) = self.0.split_at(self.0.len().min(into.len()).min(100));
            into[..now.len()].copy_from_slice(now);
            self.0 = later;
            Ok(now.len())
        }
    }

    #[test]
    fn a_stick_that_is_pulled_while_it_is_read_gives_nothing_and_says_so() {
        let error = whole(Pulled(&[7; 5_000])).unwrap_err();
        let refusal = file_unreadable(Path::new("/U盘/县科技局.planpack"), &error);
        assert!(refusal.message.to_string().contains("县科技局.planpack") && refusal.to_string().contains("U盘"), "{refusal}");
        // an endless file is read no further than one byte past what may be
        assert_eq!(whole(std::io::repeat(0).take(1_000)).unwrap().len(), 1_000);
    }

    #[test]
    fn files_that_count_together_go_together() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let mut half = Written::of(Path::new("台账.planbook"));
        half.file(&path("一.planpack"), b"1").unwrap();
        half.file(&path("没有/二.planpack"), b"2").unwrap_err();
        drop(half);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        let mut all = Written::of(Path::new("台账.planbook"));
        all.file(&path("一.planpack"), b"1").unwrap();
        all.keep();
        assert!(path("一.planpack").exists());
    }
}
