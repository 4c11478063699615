//! The exchange between an office and its departments, through real files in a folder.
#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on fails it")]

mod excel;
mod hazards;
mod journeys;
mod properties;
mod quarters;
mod requests;
mod sheets;

use desk::wire::{self, Edit, Refusal};
use desk::{Environment, Session};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tempfile::TempDir;

const QUARTER: &str = "2025Q2";

/// A clock that tests move.
#[derive(Clone)]
struct Clock(Arc<AtomicI64>);

impl Clock {
    fn at(text: &str) -> Self {
        let at = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S").unwrap();
        Self(Arc::new(AtomicI64::new(at.and_utc().timestamp())))
    }

    fn pass(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

fn session(clock: &Clock, who: &str) -> Session {
    let clock = clock.clone();
    Session::new(Environment {
        now: Box::new(move || chrono::DateTime::from_timestamp(clock.0.load(Ordering::SeqCst), 0).unwrap().naive_utc()),
        today: None,
        who: who.to_owned(),
        device: String::new(),
        data_folder: None,
        font_folders: Vec::new(),
        system_fonts: false,
    })
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// An office with the plan of a county, its files of the quarter, and a folder for everything.
struct County {
    folder: TempDir,
    clock: Clock,
    office: Session,
    issued: wire::Issued,
    times: usize,
}

impl County {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let clock = Clock::at("2025-06-20T01:00:00");
        let mut office = session(&clock, "王芳");
        let path = text(&folder.path().join("台账.planbook"));
        office.create_from_seed(&wire::FromSeed { path, seed: "lianshui-2024".to_owned() }).unwrap();
        let mut county =
            Self { folder, clock, office, issued: wire::Issued { quarter: QUARTER.to_owned(), files: Vec::new() }, times: 0 };
        county.issued = county.issue(QUARTER);
        county
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn issue(&mut self, quarter: &str) -> wire::Issued {
        self.clock.pass(60);
        // a folder of its own each time, so that earlier files stay as they were
        self.times += 1;
        let folder = text(&self.path(&format!("下发{quarter}-{}", self.times)));
        self.office.issue_packets(&wire::ToIssue { quarter: quarter.to_owned(), folder, ..wire::ToIssue::default() }).unwrap()
    }

    /// The workbook of the department with the `at`-th file.
    fn department(&self, at: usize) -> Department {
        let file = &self.issued.files[at];
        let workbook = text(&self.path(&format!("单位{at}.planbook")));
        let mut session = session(&self.clock, &format!("经办{at}"));
        let request = wire::PacketFile { packet: file.path.clone(), workbook: Some(workbook) };
        session.receive_packet(&request).unwrap();
        Department { session, name: file.department.clone(), clock: self.clock.clone() }
    }

    fn preview(&mut self, files: &[String]) -> wire::Collected {
        self.office.preview_returns(&collect(files)).unwrap()
    }

    fn collect(&mut self, files: &[String]) -> Result<wire::Collected, Refusal> {
        self.clock.pass(60);
        self.office.collect_returns(&collect(files))
    }

    fn undo(&mut self) {
        self.office.undo(&wire::InQuarter { quarter: QUARTER.to_owned() }).unwrap();
    }

    /// Everything that the office sees of the quarter, as text.
    fn seen(&mut self) -> String {
        let checklist = self.office.checklist(&wire::OfDepartment { quarter: QUARTER.to_owned(), department: None }).unwrap();
        serde_json::to_string_pretty(&checklist).unwrap()
    }

    /// The ledger's rows byte for byte, read from a copy of the file.
    fn content(&self) -> String {
        let path = self.path("台账.planbook");
        let at = chrono::NaiveDate::from_ymd_opt(2025, 12, 31).unwrap().and_hms_opt(0, 0, 0).unwrap();
        let stamp = store::Stamp::new(at, "", "");
        store::Workbook::look(&path, &stamp, "只看".to_owned()).unwrap().content().unwrap()
    }
}

fn collect(files: &[String]) -> wire::ToCollect {
    wire::ToCollect { files: files.to_vec(), ..wire::ToCollect::default() }
}

struct Department {
    session: Session,
    name: String,
    clock: Clock,
}

impl Department {
    fn tasks(&mut self) -> Vec<wire::ChecklistTask> {
        let request = wire::OfDepartment { quarter: QUARTER.to_owned(), department: None };
        let mut lists = self.session.checklist(&request).unwrap().departments;
        assert_eq!(lists.len(), 1, "a department sees its own list only");
        lists.remove(0).tasks
    }

    fn apply(&mut self, edits: Vec<Edit>) -> Result<wire::Applied, Refusal> {
        self.clock.pass(60);
        self.session.apply(&wire::Edits { edits, quarter: QUARTER.to_owned() })
    }

    fn write(&mut self, task: usize, done: &str) {
        let task = self.tasks()[task].id.clone();
        let edit = Edit::SetProgress {
            task,
            department: self.name.clone(),
            quarter: QUARTER.to_owned(),
            status: Some("推进中".to_owned()),
            done: Some(done.to_owned()),
            problems: None,
            next: None,
        };
        self.apply(vec![edit]).unwrap();
    }

    fn tick(&mut self, day: Option<&str>) {
        let item = self.tasks().iter().find_map(|task| task.items.first().map(|item| item.id.clone())).unwrap();
        self.apply(vec![Edit::TickItem { item, done_on: day.map(str::to_owned) }]).unwrap();
    }

    fn returned(&mut self, path: &Path) -> wire::Returned {
        self.clock.pass(60);
        self.session.return_packet(&wire::ToReturn { quarter: QUARTER.to_owned(), path: text(path) }).unwrap()
    }
}

fn state(collected: &wire::Collected) -> (&str, &str) {
    (&collected.files[0].state, &collected.files[0].why)
}
