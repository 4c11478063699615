//! Hands a finished file to the system's viewer.

use desk::wire::{Refusal, RefusalCode, ToldRefusal};
use messages::{Files, Language};
use std::path::Path;

/// What may be handed over: papers and pictures, nothing that a system would run.
const PAPERS: [&str; 14] = ["pdf", "docx", "xlsx", "doc", "xls", "wps", "et", "ofd", "odt", "txt", "png", "jpg", "jpeg", "log"];

/// Opens a report, a piece of evidence or a folder in the system's own program.
///
/// # Errors
/// A file that is gone, is no paper, or that no program opens.
#[tauri::command(async)]
#[allow(clippy::needless_pass_by_value, reason = "Tauri hands arguments over by value")]
pub(crate) fn open_in_viewer(path: String, language: Option<String>) -> Result<(), ToldRefusal> {
    let language = Language::from_code(&language.unwrap_or_default());
    open_path(Path::new(&path)).map_err(|refusal| refusal.told(language))
}

fn open_path(path: &Path) -> Result<(), Refusal> {
    check(path)?;
    open::that_detached(path).map_err(|error| {
        let message = Files::NoProgram { name: name(path) };
        Refusal::new(RefusalCode::Unreadable, message, Files::OpenByHand).with_detail(error.to_string())
    })
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn check(path: &Path) -> Result<(), Refusal> {
    let is_paper = path.extension().is_some_and(|found| PAPERS.iter().any(|ending| found.eq_ignore_ascii_case(ending)));
    if !path.is_absolute() || !path.exists() {
        let message = Files::NoLongerThere { name: name(path) };
        return Err(Refusal::new(RefusalCode::Unreadable, message, Files::ExportAgain));
    }
    if path.is_dir() || is_paper {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::Refused, Files::NoPaper { name: name(path) }, Files::OpenInFolder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_papers_that_are_there_are_handed_over() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, "x").unwrap();
            path
        };
        assert!(check(&file("通报.PDF")).is_ok());
        assert!(check(folder.path()).is_ok());
        assert_eq!(check(&file("程序.exe")).unwrap_err().code, RefusalCode::Refused);
        assert_eq!(check(&file("run")).unwrap_err().code, RefusalCode::Refused);
        assert_eq!(check(&folder.path().join("无.pdf")).unwrap_err().code, RefusalCode::Unreadable);
        assert_eq!(check(Path::new("https://example.org/a.pdf")).unwrap_err().code, RefusalCode::Unreadable);
    }
}
