//! What users do, through the very commands that the page calls, by name and in JSON.
#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on fails it")]
#![expect(clippy::needless_pass_by_value, reason = "requests are written where they are sent")]

mod judging;
mod quarter;
mod refusals;
mod review;
mod timely;

use desk::{Environment, Session, call};
use serde_json::{Value, json};
use std::cell::Cell;
use std::path::PathBuf;
use std::rc::Rc;

/// The day on which a clerk begins.
const TODAY: &str = "2025-06-20";

/// A clerk at a PC: a folder, a session, and a clock that stands where it is set.
pub(crate) struct Clerk {
    folder: tempfile::TempDir,
    session: Session,
}

impl Clerk {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let session = Self::session(&folder, TODAY);
        Self { folder, session }
    }

    fn session(folder: &tempfile::TempDir, today: &str) -> Session {
        // every call is a millisecond later, so that ids and the history keep their order
        thread_local!(static TICKS: Rc<Cell<i64>> = Rc::new(Cell::new(0)));
        Session::new(Environment {
            now: Box::new(|| {
                let ticks = TICKS.with(|ticks| {
                    ticks.set(ticks.get() + 1);
                    ticks.get()
                });
                let start = chrono::NaiveDate::from_ymd_opt(2025, 6, 20).unwrap().and_hms_opt(1, 0, 0).unwrap();
                start + chrono::TimeDelta::milliseconds(ticks)
            }),
            today: today.parse().ok(),
            who: "王芳".to_owned(),
            device: "科技局-3".to_owned(),
            data_folder: Some(folder.path().join("data")),
            font_folders: Vec::new(),
            system_fonts: true,
        })
    }

    /// The program ends and starts again.
    pub(crate) fn restart(&mut self) {
        self.session = Self::session(&self.folder, TODAY);
    }

    /// The program starts again on a later day and opens the workbook that was open.
    pub(crate) fn restart_on(&mut self, today: &str) {
        let path = self.session.workbook_path().unwrap().to_path_buf();
        self.session = Self::session(&self.folder, today);
        self.call("open_workbook", json!({"path": path}));
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn text(&self, name: &str) -> String {
        self.path(name).to_string_lossy().into_owned()
    }

    /// A command that must go well.
    pub(crate) fn call(&mut self, name: &str, arguments: Value) -> Value {
        call(&mut self.session, name, arguments.clone()).unwrap_or_else(|refusal| panic!("{name} {arguments}: {refusal:?}"))
    }

    /// The same answer as the desktop window gets it.
    pub(crate) fn call_for_text(&mut self, name: &str, arguments: Value) -> String {
        desk::call_for_text(&mut self.session, name, arguments).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"))
    }

    /// A command that must be refused; gives code, message and hint.
    pub(crate) fn refused(&mut self, name: &str, arguments: Value) -> Value {
        let refusal =
            call(&mut self.session, name, arguments.clone()).err().unwrap_or_else(|| panic!("{name} {arguments} went well"));
        let sentence = refusal.to_string();
        assert!(sentence.ends_with('。') && !sentence.contains("Error"), "{sentence}");
        serde_json::to_value(refusal.told(desk::Language::Chinese)).unwrap()
    }

    pub(crate) fn apply(&mut self, edits: Value) -> Value {
        self.call("apply", json!({"edits": edits, "quarter": "2025Q2"}))
    }

    pub(crate) fn checklist(&mut self) -> Value {
        self.call("checklist", json!({"quarter": "2025Q2"}))
    }
}

#[test]
fn every_file_of_the_journeys_is_run() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/journeys");
    let main = include_str!("main.rs");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let stem = name.strip_suffix(".rs").unwrap_or(&name);
        assert!(stem == "main" || main.contains(&format!("mod {stem};")), "{name} is in no test binary");
    }
}
