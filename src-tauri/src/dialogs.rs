//! The native file dialogs, one command each. Each answers a full path, or nothing where the person left the dialog.
//!
//! Native dialogs cannot be driven from outside: a debug build takes the answers from `PLANBOOK_PICK`, one path a line, used in
//! turn. A release build never looks at it.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use tauri::Wry;
use tauri::{State, WebviewWindow};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};

const DOCUMENTS: &[&str] = &["docx", "doc", "wps", "odt", "pdf", "txt", "html", "htm", "mht", "md", "xlsx", "xls", "csv"];
const EVIDENCE: &[&str] = &["pdf", "jpg", "jpeg", "png", "docx", "xlsx", "doc", "xls", "wps", "et", "ofd", "zip"];

/// Paths that stand for what a person would pick.
pub(crate) struct Picks(Option<Mutex<VecDeque<String>>>);

impl Picks {
    pub(crate) fn from_environment() -> Self {
        let given = if cfg!(debug_assertions) { std::env::var("PLANBOOK_PICK").ok() } else { None };
        Self(given.map(|paths| Mutex::new(lines(&paths))))
    }

    /// The next answer: none where dialogs are shown, an empty one where the given paths are used up.
    fn next(&self) -> Option<Option<String>> {
        let picks = self.0.as_ref()?;
        Some(picks.lock().unwrap_or_else(PoisonError::into_inner).pop_front())
    }
}

fn lines(paths: &str) -> VecDeque<String> {
    paths.lines().map(str::trim).filter(|path| !path.is_empty()).map(ToOwned::to_owned).collect()
}

fn dialog(window: &WebviewWindow, name: &str) -> FileDialogBuilder<Wry> {
    let dialog = window.dialog().file().set_parent(window);
    if name.is_empty() { dialog } else { dialog.set_file_name(name) }
}

fn picked(path: Option<FilePath>) -> Option<String> {
    let path = path?.into_path().ok()?;
    Some(path.to_string_lossy().into_owned())
}

/// A picked path with the ending it needs: some dialogs leave it out.
fn with_ending(path: Option<String>, endings: &[&str]) -> Option<String> {
    let path = PathBuf::from(path?);
    let has_one = path.extension().is_some_and(|found| endings.iter().any(|ending| found.eq_ignore_ascii_case(ending)));
    let path = if has_one { path } else { PathBuf::from(format!("{}.{}", path.display(), endings.first()?)) };
    Some(path.to_string_lossy().into_owned())
}

/// Picks a plan's document to import.
#[tauri::command(async)]
#[allow(clippy::needless_pass_by_value, reason = "Tauri hands arguments over by value")]
pub(crate) fn pick_document(window: WebviewWindow, picks: State<'_, Picks>) -> Option<String> {
    picks.next().unwrap_or_else(|| {
        let dialog = dialog(&window, "").add_filter("规划文件", DOCUMENTS).add_filter("所有文件", &["*"]);
        picked(dialog.blocking_pick_file())
    })
}

/// Picks a workbook to open, or an exchange file.
#[tauri::command(async)]
#[allow(clippy::needless_pass_by_value, reason = "Tauri hands arguments over by value")]
pub(crate) fn pick_workbook_open(window: WebviewWindow, picks: State<'_, Picks>) -> Option<String> {
    picks.next().unwrap_or_else(|| {
        let dialog = dialog(&window, "").add_filter("台账工作簿", &["planbook"]).add_filter("收发文件", &["planpack"]);
        picked(dialog.blocking_pick_file())
    })
}

/// Picks where a new workbook goes.
#[tauri::command(async)]
#[allow(clippy::needless_pass_by_value, reason = "Tauri hands arguments over by value")]
pub(crate) fn pick_workbook_save(window: WebviewWindow, picks: State<'_, Picks>, name: Option<String>) -> Option<String> {
    let path = picks.next().unwrap_or_else(|| {
        let dialog = dialog(&window, &name.unwrap_or_default()).add_filter("台账工作簿", &["planbook"]);
        picked(dialog.blocking_save_file())
    });
    with_ending(path, &["planbook"])
}

/// Picks where a report goes; the ending of the proposed name decides which form comes first.
#[tauri::command(async)]
#[allow(clippy::needless_pass_by_value, reason = "Tauri hands arguments over by value")]
pub(crate) fn pick_save_pdf(window: WebviewWindow, picks: State<'_, Picks>, name: Option<String>) -> Option<String> {
    let name = name.unwrap_or_default();
    let endings = report_endings(&name);
    let path = picks.next().unwrap_or_else(|| {
        let dialog = endings.iter().fold(dialog(&window, &name), |dialog, ending| {
            let label = match *ending {
                "docx" => "Word文档",
                "xlsx" => "Excel表格",
                _ => "PDF文件",
            };
            dialog.add_filter(label, &[ending])
        });
        picked(dialog.blocking_save_file())
    });
    with_ending(path, &endings)
}

fn report_endings(name: &str) -> [&'static str; 3] {
    match name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).as_deref() {
        Some("docx") => ["docx", "pdf", "xlsx"],
        Some("xlsx") => ["xlsx", "pdf", "docx"],
        _ => ["pdf", "docx", "xlsx"],
    }
}

/// Picks a file that the office sent.
#[tauri::command(async)]
#[allow(clippy::needless_pass_by_value, reason = "Tauri hands arguments over by value")]
pub(crate) fn pick_packet(window: WebviewWindow, picks: State<'_, Picks>) -> Option<String> {
    picks.next().unwrap_or_else(|| picked(dialog(&window, "").add_filter("收发文件", &["planpack"]).blocking_pick_file()))
}

/// Picks returns to collect, several at once.
#[tauri::command(async)]
#[allow(clippy::needless_pass_by_value, reason = "Tauri hands arguments over by value")]
pub(crate) fn pick_packets(window: WebviewWindow, picks: State<'_, Picks>) -> Vec<String> {
    if let Some(given) = picks.next() {
        return given.into_iter().collect();
    }
    let dialog = dialog(&window, "").add_filter("报送文件", &["planpack", "xlsx"]);
    dialog.blocking_pick_files().unwrap_or_default().into_iter().filter_map(|path| picked(Some(path))).collect()
}

/// Picks where a return goes.
#[tauri::command(async)]
#[allow(clippy::needless_pass_by_value, reason = "Tauri hands arguments over by value")]
pub(crate) fn pick_packet_save(window: WebviewWindow, picks: State<'_, Picks>, name: Option<String>) -> Option<String> {
    let path = picks.next().unwrap_or_else(|| {
        let dialog = dialog(&window, &name.unwrap_or_default()).add_filter("收发文件", &["planpack"]);
        picked(dialog.blocking_save_file())
    });
    with_ending(path, &["planpack"])
}

/// Picks a folder.
#[tauri::command(async)]
#[allow(clippy::needless_pass_by_value, reason = "Tauri hands arguments over by value")]
pub(crate) fn pick_folder(window: WebviewWindow, picks: State<'_, Picks>) -> Option<String> {
    picks.next().unwrap_or_else(|| picked(dialog(&window, "").blocking_pick_folder()))
}

/// Picks a file that proves something done.
#[tauri::command(async)]
#[allow(clippy::needless_pass_by_value, reason = "Tauri hands arguments over by value")]
pub(crate) fn pick_evidence(window: WebviewWindow, picks: State<'_, Picks>) -> Option<String> {
    picks.next().unwrap_or_else(|| {
        let dialog = dialog(&window, "").add_filter("佐证材料", EVIDENCE).add_filter("所有文件", &["*"]);
        picked(dialog.blocking_pick_file())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_paths_answer_in_turn_and_then_like_a_left_dialog() {
        let picks = Picks(Some(Mutex::new(lines("/tmp/一.planbook\n\n /tmp/二.pdf \n"))));
        assert_eq!(picks.next(), Some(Some("/tmp/一.planbook".to_owned())));
        assert_eq!(picks.next(), Some(Some("/tmp/二.pdf".to_owned())));
        assert_eq!(picks.next(), Some(None));
        assert_eq!(Picks(None).next(), None);
    }

    #[test]
    fn a_path_gets_the_ending_it_lacks() {
        let path = |given: &str| with_ending(Some(given.to_owned()), &["pdf", "docx"]);
        assert_eq!(path("/a/2025年二季度通报"), Some("/a/2025年二季度通报.pdf".to_owned()));
        assert_eq!(path("/a/第2.1期"), Some("/a/第2.1期.pdf".to_owned()));
        assert_eq!(path("/a/通报.PDF"), Some("/a/通报.PDF".to_owned()));
        assert_eq!(path("/a/通报.docx"), Some("/a/通报.docx".to_owned()));
        assert_eq!(with_ending(None, &["pdf"]), None);
        assert_eq!(report_endings("进展情况表.xlsx")[0], "xlsx");
        assert_eq!(report_endings("通报")[0], "pdf");
    }
}
