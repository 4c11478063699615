//! Files on sticks: read whole and within bounds, written aside, checked and renamed.

use crate::refusals::{file_unreadable, file_unwritable};
use crate::session::write_whole;
use crate::wire::Refusal;
use std::io::Read;
use std::path::{Path, PathBuf};

/// What a file is called for people: its name without the folder.
pub(super) fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// All bytes of a file that is no larger than an exchange file may be; a larger one is cut there and refused by its reader.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(path).and_then(|file| {
        if file.metadata()?.is_dir() {
            return Err(std::io::Error::from(std::io::ErrorKind::IsADirectory));
        }
        file.take(packet::LARGEST_FILE + 1).read_to_end(&mut bytes)
    });
    opened.map_err(|error| file_unreadable(path, &error))?;
    Ok(bytes)
}

/// Writes a file aside, renames it, and reads it back: a stick that lies is found out while the clerk is still here.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Refusal> {
    write_whole(path, bytes)?;
    let back = std::fs::read(path).map_err(|error| file_unreadable(path, &error))?;
    if back == bytes {
        return Ok(());
    }
    // what is there is no file of ours
    let _ = std::fs::remove_file(path);
    Err(file_unwritable(path, &std::io::Error::other("read back differs")))
}

/// A file's name from words that may hold what a file name must not.
pub(super) fn file_name(words: &str) -> String {
    let kept: String = words.chars().filter(|c| !r#"\/:*?"<>|"#.contains(*c) && !c.is_control()).collect();
    let kept = kept.trim().trim_end_matches('.');
    if kept.is_empty() { "单位".to_owned() } else { kept.chars().take(80).collect() }
}

/// The files that are meant: folders stand for the exchange files in them, in the order of their names.
pub(super) fn expand(files: &[String]) -> Result<Vec<PathBuf>, Refusal> {
    let mut found = Vec::new();
    for file in files {
        let path = PathBuf::from(file);
        if !path.is_dir() {
            found.push(path);
            continue;
        }
        let mut inside = Vec::new();
        for entry in std::fs::read_dir(&path).map_err(|error| file_unreadable(&path, &error))? {
            let entry = entry.map_err(|error| file_unreadable(&path, &error))?.path();
            let ending = entry.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
            // a name with a dot in front is a half-written file, one with ~$ is Excel's own lock
            let name = name_of(&entry);
            let ours = matches!(ending.as_str(), "planpack" | "xlsx") && !name.starts_with(['.', '~']);
            if ours && entry.is_file() {
                inside.push(entry);
            }
        }
        inside.sort();
        found.append(&mut inside);
    }
    Ok(found)
}
