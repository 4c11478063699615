//! Files that are written whole, and never over the open workbook's own.

use crate::model::refusals::{file_unwritable, wrong_input};
use crate::wire::Refusal;
use messages::Files;
use std::path::{Path, PathBuf};

/// Refuses a path that is a workbook's own: the file, what SQLite and this program keep beside it, and its copies.
pub(crate) fn beside(workbook: &Path, path: &Path) -> Result<(), Refusal> {
    let (workbook, asked) = (place(workbook), place(path));
    let is_ours = ["", "-wal", "-shm", "-journal", ".lock", ".part", ".new"].iter().any(|ending| {
        let mut own = workbook.as_os_str().to_owned();
        own.push(ending);
        asked.as_os_str() == own
    });
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if is_ours {
        return Err(wrong_input(Files::IsWorkbook { name: name.into_owned() }, Files::OtherName));
    }
    if asked.starts_with(store::Workbook::folder_of_copies(&workbook)) {
        return Err(wrong_input(Files::AmongCopies { name: name.into_owned() }, Files::OtherFolder));
    }
    Ok(())
}

/// What the system says of a plain file. To be asked before it is opened: opening a pipe waits for whoever writes to it.
pub(crate) fn plain(path: &Path) -> std::io::Result<std::fs::Metadata> {
    let metadata = std::fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(std::io::ErrorKind::IsADirectory.into());
    }
    if metadata.is_file() { Ok(metadata) } else { Err(std::io::ErrorKind::InvalidInput.into()) }
}

/// Writes aside and renames, so that an interrupted write leaves the old file or the new one, never half of one. Nothing of
/// the open workbook's own is ever written over.
pub(crate) fn write_whole(workbook: Option<&Path>, path: &Path, bytes: &[u8]) -> Result<(), Refusal> {
    workbook.map_or(Ok(()), |workbook| beside(workbook, path))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let aside = path.with_file_name(format!(".{name}.part"));
    let written = std::fs::File::create(&aside).and_then(|mut file| {
        std::io::Write::write_all(&mut file, bytes)?;
        file.sync_all()
    });
    let done = written.and_then(|()| std::fs::rename(&aside, path));
    done.map_err(|error| {
        // the half-written file is ours
        let _ = std::fs::remove_file(&aside);
        file_unwritable(path, &error)
    })
}

/// The one spelling of a path: of the file where it is there, else of its folder with its name.
pub(crate) fn place(path: &Path) -> PathBuf {
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (folder.canonicalize(), path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}
