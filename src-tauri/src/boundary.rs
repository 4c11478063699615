//! The page's one way to desk: a command name and JSON in, JSON or a refusal out.

use crate::crash;
use chrono::{NaiveDate, Utc};
use desk::wire::{Refusal, ToldRefusal};
use desk::{Answered, Environment, Session, guarded};
use messages::Language;
use serde_json::{Value, json};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tauri::State;
use tauri::ipc::Response;

/// The session behind its lock, and what is needed to begin another one after a fault.
pub(crate) struct Shared {
    session: Mutex<Session>,
    data_folder: Option<PathBuf>,
    font_folders: Vec<PathBuf>,
}

impl Shared {
    pub(crate) fn new(data_folder: Option<PathBuf>, font_folders: Vec<PathBuf>) -> Self {
        let session = Mutex::new(fresh_session(data_folder.clone(), font_folders.clone()));
        Self { session, data_folder, font_folders }
    }

    fn lock(&self) -> MutexGuard<'_, Session> {
        // a fault inside a call is caught in `guarded`, which then puts a new session here: the lock is never left half done
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the call under way and closes the workbook.
    pub(crate) fn close(&self) {
        let mut session = self.lock();
        if session.workbook_path().is_some() {
            let closed = catch_unwind(AssertUnwindSafe(|| desk::call(&mut session, "close_workbook", json!({}))));
            if let Ok(Err(refusal)) = closed {
                crash::log(&format!("close_workbook: {refusal} [{}]", refusal.detail));
            }
        }
    }

    /// Answers one command with the text of its JSON. A fault of the program becomes a refusal that says what is safe; the workbook is opened anew.
    fn answer(&self, name: &str, arguments: Value, language: Language) -> Result<String, Refusal> {
        let mut session = self.lock();
        session.speak(language);
        let fresh = || fresh_session(self.data_folder.clone(), self.font_folders.clone());
        let refusal = match guarded(&mut session, fresh, |session| desk::call_for_text(session, name, arguments)) {
            Answered::Done(text) => return Ok(text),
            Answered::Refused(refusal) => refusal,
            Answered::Fault(refusal) => {
                refusal.with_detail(crash::log_file().map_or_else(String::new, |file| file.display().to_string()))
            }
        };
        if !refusal.detail.is_empty() {
            crash::log(&format!("{name}: {refusal} [{}]", refusal.detail));
        }
        Err(refusal)
    }
}

#[allow(clippy::disallowed_methods, reason = "the shells have the clock")]
fn fresh_session(data_folder: Option<PathBuf>, font_folders: Vec<PathBuf>) -> Session {
    let name = |keys: &[&str]| keys.iter().find_map(|key| std::env::var(key).ok().filter(|value| !value.is_empty()));
    Session::new(Environment {
        now: Box::new(|| Utc::now().naive_utc()),
        today: given_day(),
        who: name(&["PLANBOOK_WHO", "USER", "USERNAME", "LOGNAME"]).unwrap_or_else(|| "未署名".to_owned()),
        device: name(&["HOSTNAME", "COMPUTERNAME"]).unwrap_or_default(),
        data_folder,
        font_folders,
        system_fonts: true,
    })
}

/// The day that stands for today in a journey through a debug build; a release build never looks at it.
fn given_day() -> Option<NaiveDate> {
    let day = if cfg!(debug_assertions) { std::env::var("PLANBOOK_TODAY").ok() } else { None };
    day?.parse().ok()
}

/// Folders with the fonts that come with the program: those of its package, and where `cargo xtask` puts them.
pub(crate) fn font_folders(resources: Option<PathBuf>) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = std::env::var_os("PLANBOOK_FONTS").map(PathBuf::from).into_iter().collect();
    folders.extend(resources.map(|resources| resources.join("fonts")));
    if cfg!(debug_assertions) {
        folders.push(PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/fonts")));
    }
    folders.retain(|folder| folder.is_dir());
    folders
}

/// Every command of desk, by name. On a thread of its own, so that the window never waits.
///
/// # Errors
/// The refusal of the command.
#[tauri::command(async)]
#[allow(clippy::needless_pass_by_value, reason = "Tauri hands arguments over by value")]
pub(crate) fn call(
    shared: State<'_, Shared>,
    name: String,
    args: Value,
    language: Option<String>,
) -> Result<Response, ToldRefusal> {
    let language = Language::from_code(&language.unwrap_or_default());
    shared.answer(&name, args, language).map(Response::new).map_err(|refusal| refusal.told(language))
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::wire::RefusalCode;

    #[test]
    fn closing_leaves_no_workbook_open() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("台账.planbook");
        let shared = Shared::new(Some(folder.path().to_path_buf()), Vec::new());
        shared.answer("create_workbook", json!({ "path": path }), Language::Chinese).unwrap();
        let frame: Value = serde_json::from_str(&shared.answer("workbook", json!({}), Language::Chinese).unwrap()).unwrap();
        assert_eq!(frame["name"], "台账");
        shared.close();
        assert_eq!(shared.answer("workbook", json!({}), Language::Chinese).unwrap_err().code, RefusalCode::NoWorkbook);
    }

    #[test]
    fn an_unknown_command_is_refused_in_a_sentence() {
        let shared = Shared::new(None, Vec::new());
        let refusal = shared.answer("no_such", json!({}), Language::Chinese).unwrap_err();
        assert_eq!(refusal.code, RefusalCode::BadRequest);
        assert!(refusal.to_string().contains("no_such"));
    }
}
