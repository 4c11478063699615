//! What a shell does when a command ends in a fault of the program, and where it notes it.

use crate::Session;
use crate::wire::{AtPath, Refusal, RefusalCode};
use chrono::NaiveDateTime;
use messages::Program;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// The log begins anew beyond this many bytes; one older log is kept.
const LARGEST_LOG: u64 = 1024 * 1024;

/// What came of a command.
#[derive(Debug)]
pub enum Answered<T> {
    /// Its answer.
    Done(T),
    /// It was refused.
    Refused(Refusal),
    /// The program was at fault; the session is a new one, with the workbook opened again where that could be done.
    Fault(Refusal),
}

/// Does some work on a session. Every finished edit is on disk already, so after a fault the session is replaced by a `fresh`
/// one, which opens the workbook again; the refusal says what is safe.
pub fn guarded<T>(
    session: &mut Session,
    fresh: impl Fn() -> Session,
    work: impl FnOnce(&mut Session) -> Result<T, Refusal>,
) -> Answered<T> {
    match catch_unwind(AssertUnwindSafe(|| work(session))) {
        Ok(Ok(value)) => Answered::Done(value),
        Ok(Err(refusal)) => Answered::Refused(refusal),
        Err(_) => Answered::Fault(begin_anew(session, fresh)),
    }
}

fn begin_anew(session: &mut Session, fresh: impl Fn() -> Session) -> Refusal {
    let path = session.workbook_path().map(|path| path.to_string_lossy().into_owned());
    let reopened = catch_unwind(AssertUnwindSafe(|| {
        // the old session lets go of the workbook's lock
        *session = fresh();
        path.is_none_or(|path| session.open_workbook(&AtPath { path }).is_ok())
    }));
    if matches!(reopened, Ok(true)) {
        Refusal::new(RefusalCode::SaveFailed, Program::Fault, Program::TryAgainOrSendLog)
    } else {
        Refusal::new(RefusalCode::NoWorkbook, Program::Fault, Program::Reopen)
    }
}

/// Adds an entry to a log, which stays small. A log that cannot be written stops no work.
pub fn log(file: &Path, at: NaiveDateTime, entry: &str) {
    if fs::metadata(file).is_ok_and(|found| found.len() > LARGEST_LOG) {
        // where the old one cannot be moved the log goes on in it
        let _ = fs::rename(file, file.with_extension("log.old"));
    }
    if let Ok(mut log) = OpenOptions::new().create(true).append(true).open(file) {
        let _ = writeln!(log, "{} {} {entry}", at.format("%Y-%m-%d %H:%M:%S"), env!("CARGO_PKG_VERSION"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Environment;
    use chrono::NaiveDate;
    use serde_json::{Value, json};

    fn moment() -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2025, 6, 20).and_then(|day| day.and_hms_opt(1, 0, 0)).unwrap()
    }

    fn fresh() -> Session {
        Session::new(Environment {
            now: Box::new(moment),
            today: None,
            who: "王芳".to_owned(),
            device: String::new(),
            data_folder: None,
            font_folders: Vec::new(),
            system_fonts: false,
        })
    }

    #[test]
    fn after_a_fault_the_workbook_is_open_again_and_takes_edits() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("台账.planbook").to_string_lossy().into_owned();
        let mut session = fresh();
        session.create_workbook(&AtPath { path }).unwrap();
        let answered: Answered<Value> = guarded(&mut session, fresh, |_| panic!("a fault of the program"));
        assert!(matches!(&answered, Answered::Fault(refusal) if refusal.code == RefusalCode::SaveFailed), "{answered:?}");
        let answered = guarded(&mut session, fresh, |session| crate::call(session, "workbook", Value::Null));
        let Answered::Done(frame) = answered else { panic!("{answered:?}") };
        assert_eq!((&frame["name"], &frame["read_only"]), (&json!("台账"), &json!(false)));
        let answered = guarded(&mut session, fresh, |session| crate::call(session, "no_such", Value::Null));
        assert!(matches!(answered, Answered::Refused(_)), "{answered:?}");
    }

    #[test]
    fn the_log_stays_small() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("planbook.log");
        fs::write(&file, vec![b'x'; usize::try_from(LARGEST_LOG).unwrap() + 1]).unwrap();
        log(&file, moment(), "one");
        log(&file, moment(), "two");
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(" one\n") && text.ends_with(" two\n") && text.len() < 200);
        assert!(folder.path().join("planbook.log.old").is_file());
    }
}
