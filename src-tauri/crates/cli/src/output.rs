//! The workbook that a command opens, and what it prints.

use desk::Session;
use desk::wire::{self, Refusal, RefusalCode};
use messages::CommandLine;
use std::io::Write;
use std::path::Path;

/// Opens a workbook and gives the quarter that is meant.
pub(crate) fn open(session: &mut Session, workbook: &Path, quarter: Option<&String>) -> Result<String, Refusal> {
    let frame = session.open_workbook(&wire::AtPath { path: workbook.to_string_lossy().into_owned() })?;
    for notice in &frame.notices {
        eprintln!("{notice}");
    }
    Ok(quarter.cloned().unwrap_or(frame.quarter))
}

/// Closes the workbook, so that one file remains.
pub(crate) fn close(session: &mut Session) -> Result<(), Refusal> {
    for notice in session.close_workbook(&wire::Nothing {})?.notices {
        eprintln!("{notice}");
    }
    Ok(())
}

pub(crate) fn print(text: &str) -> Result<(), Refusal> {
    // a reader that goes away (`| head`) is no failure of ours
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Refusal::new(RefusalCode::SaveFailed, CommandLine::NotPrinted, CommandLine::CheckOutput)
                .with_detail(error.to_string()))
        }
        _ => Ok(()),
    }
}

pub(crate) fn print_json<T: serde::Serialize>(value: &T) -> Result<(), Refusal> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| Refusal::bare(RefusalCode::BadRequest, CommandLine::NotPrinted).with_detail(error.to_string()))?;
    print(&format!("{text}\n"))
}
