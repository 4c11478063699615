//! The log, and what the next start says after a run that did not end well.
//!
//! The log holds no text of a workbook beyond what a refusal's sentence names. It is kept below one megabyte.

use std::backtrace::Backtrace;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

struct Watch {
    log: PathBuf,
    /// Stands while the program runs.
    running: PathBuf,
    ended_badly: bool,
}

static WATCH: OnceLock<Watch> = OnceLock::new();

/// Begins to log faults into the data folder, and marks this run as begun.
pub(crate) fn watch(data_folder: Option<&Path>) {
    let Some(folder) = data_folder else { return };
    if fs::create_dir_all(folder).is_err() {
        return;
    }
    let running = folder.join("running");
    let watch = Watch { log: folder.join("planbook.log"), ended_badly: ended_badly(&running), running };
    if WATCH.set(watch).is_err() {
        return;
    }
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let thread = std::thread::current();
        log(&format!("fault in {}: {panic}\n{}", thread.name().unwrap_or("a thread"), Backtrace::force_capture()));
        usual(panic);
    }));
}

/// Whether the run that left this mark ended without taking it away, and runs no more.
fn ended_badly(running: &Path) -> bool {
    let Ok(mark) = fs::read_to_string(running) else { return false };
    // where the system tells, a mark of a program still running is another window's, about to take over this start; after a power
    // cut another program may have the number
    let program = |process: &str| fs::read_link(Path::new("/proc").join(process).join("exe")).ok();
    let alive = cfg!(target_os = "linux") && program(mark.trim()).is_some_and(|found| Some(found) == program("self"));
    !alive
}

/// Marks this run as under way.
pub(crate) fn begun() {
    let Some(watch) = WATCH.get() else { return };
    if let Err(error) = fs::write(&watch.running, std::process::id().to_string()) {
        log(&format!("no mark for this run: {error}"));
    }
}

/// The log's place where the last run ended without saying so: the page tells what is safe.
#[tauri::command(async)]
pub(crate) fn bad_end() -> Option<String> {
    WATCH.get().filter(|watch| watch.ended_badly).map(|watch| watch.log.display().to_string())
}

/// Takes the mark of this run away.
pub(crate) fn ended_well() {
    if let Some(watch) = WATCH.get() {
        // without it the next start says too much, which does no harm
        let _ = fs::remove_file(&watch.running);
    }
}

/// The log's place.
pub(crate) fn log_file() -> Option<&'static Path> {
    WATCH.get().map(|watch| watch.log.as_path())
}

/// Adds an entry to the log.
#[allow(clippy::disallowed_methods, reason = "the shells have the clock")]
pub(crate) fn log(entry: &str) {
    if let Some(file) = log_file() {
        desk::log(file, chrono::Local::now().naive_local(), entry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_left_by_a_dead_run_is_a_bad_end() {
        let folder = tempfile::tempdir().unwrap();
        let mark = folder.path().join("running");
        assert!(!ended_badly(&mark));
        // no system has a process of this number
        fs::write(&mark, "4294967295").unwrap();
        assert!(ended_badly(&mark));
        fs::write(&mark, std::process::id().to_string()).unwrap();
        assert_eq!(ended_badly(&mark), !cfg!(target_os = "linux"));
        // a number that another program has by now: the first process of every system
        fs::write(&mark, "1").unwrap();
        assert!(ended_badly(&mark));
    }
}
