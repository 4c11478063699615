//! Hands a finished file to the system's viewer.

use desk::wire::{Refusal, RefusalCode};
use std::path::Path;

/// What may be handed over: papers and pictures, nothing that a system would run.
const PAPERS: [&str; 14] = ["pdf", "docx", "xlsx", "doc", "xls", "wps", "et", "ofd", "odt", "txt", "png", "jpg", "jpeg", "log"];

/// Opens a report, a piece of evidence or a folder in the system's own program.
///
/// # Errors
/// A file that is gone, is no paper, or that no program opens.
#[tauri::command(async)]
#[allow(clippy::needless_pass_by_value, reason = "Tauri hands arguments over by value")]
pub(crate) fn open_in_viewer(path: String) -> Result<(), Refusal> {
    let path = Path::new(&path);
    check(path)?;
    open::that_detached(path).map_err(|error| {
        let message = format!("系统没有打开“{}”的程序。", name(path));
        Refusal::new(RefusalCode::Unreadable, message, "请在文件夹中找到该文件，选择打开方式。").with_detail(error.to_string())
    })
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn check(path: &Path) -> Result<(), Refusal> {
    let is_paper = path.extension().is_some_and(|found| PAPERS.iter().any(|ending| found.eq_ignore_ascii_case(ending)));
    if !path.is_absolute() || !path.exists() {
        let message = format!("文件“{}”不在了，没有打开。", name(path));
        return Err(Refusal::new(RefusalCode::Unreadable, message, "请重新导出后再打开。"));
    }
    if path.is_dir() || is_paper {
        return Ok(());
    }
    let message = format!("“{}”不是文档或图片，没有打开。", name(path));
    Err(Refusal::new(RefusalCode::Refused, message, "如确需打开，请在文件夹中打开。"))
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
