//! Files that the system asks the program to open: at its start, or by a second start that hands them over.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tauri::{AppHandle, Emitter, Manager, State};

/// Endings of files that a double-click brings here.
const ENDINGS: [&str; 2] = ["planbook", "planpack"];

/// Files waiting for the page; once the page has asked, further ones are sent to it.
pub(crate) struct FilesToOpen(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    page_listens: bool,
    paths: Vec<String>,
}

impl FilesToOpen {
    /// The files among this start's arguments.
    pub(crate) fn from_this_start() -> Self {
        let folder = std::env::current_dir().unwrap_or_default();
        let arguments: Vec<_> = std::env::args_os().skip(1).collect();
        Self(Mutex::new(Waiting { page_listens: false, paths: files(&arguments, &folder) }))
    }

    /// Keeps a file until the page asks, or gives it back where the page listens.
    fn offer(&self, path: String) -> Option<String> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.page_listens {
            return Some(path);
        }
        waiting.paths.push(path);
        None
    }

    fn take(&self) -> Vec<String> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.page_listens = true;
        std::mem::take(&mut waiting.paths)
    }
}

/// The full paths of those arguments that name our files, each against the folder of the start it came from.
fn files<T: AsRef<OsStr>>(arguments: &[T], folder: &Path) -> Vec<String> {
    let path = |argument: &T| {
        let given = argument.as_ref();
        let given =
            given.to_str().and_then(|text| text.strip_prefix("file://")).map_or_else(|| PathBuf::from(given), PathBuf::from);
        let ours = given.extension().is_some_and(|found| ENDINGS.iter().any(|ending| found.eq_ignore_ascii_case(ending)));
        ours.then(|| folder.join(given).to_string_lossy().into_owned())
    };
    arguments.iter().filter_map(path).collect()
}

/// A second start: its files come here, and the window comes to the front.
pub(crate) fn from_second_start(app: &AppHandle, arguments: &[String], folder: &str) {
    let arguments = arguments.get(1..).unwrap_or_default();
    for path in files(arguments, Path::new(folder)) {
        if let Some(path) = app.state::<FilesToOpen>().offer(path)
            && let Err(error) = app.emit("open-file", path)
        {
            crate::crash::log(&format!("open-file: {error}"));
        }
    }
    if let Some(window) = app.get_webview_window("main") {
        // a window that cannot come to the front still works
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}

/// The files that wait for the page; from now on it hears of further ones by the event `open-file`.
#[tauri::command(async)]
#[allow(clippy::needless_pass_by_value, reason = "Tauri hands arguments over by value")]
pub(crate) fn files_to_open(files: State<'_, FilesToOpen>) -> Vec<String> {
    files.take()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_paths_count_from_the_folder_of_their_start() {
        let given = ["--flag", "二季度/云溪.planbook", "/d/科技局.PLANPACK", "readme.txt"];
        assert_eq!(files(&given, Path::new("/home/王芳")), ["/home/王芳/二季度/云溪.planbook", "/d/科技局.PLANPACK"]);
    }

    #[test]
    fn files_wait_until_the_page_asks() {
        let waiting = FilesToOpen(Mutex::new(Waiting::default()));
        assert_eq!(waiting.offer("/a.planbook".to_owned()), None);
        assert_eq!(waiting.take(), ["/a.planbook"]);
        assert_eq!(waiting.offer("/b.planbook".to_owned()), Some("/b.planbook".to_owned()));
        assert!(waiting.take().is_empty());
    }
}
