//! The use cases of one open workbook: everything that the window, the command line and the tests can do, once.
//!
//! Must not: name Tauri, read the clock (the shells pass it in), print, or hand domain types to a shell.

mod adding;
mod batch;
mod checking;
mod commands;
mod desk;
mod drawing;
mod edits;
mod environment;
mod exchange;
mod faults;
mod find;
mod history;
mod initials;
mod ledger;
mod place;
mod planting;
mod recent;
mod refusals;
mod reporting;
mod reports;
mod restoring;
mod returns;
mod reviewing;
mod revision;
mod seeds;
mod session;
mod settings;
mod variants;
mod views;
pub mod wire;
mod yearbook;

pub use adding::{Added, Adding, PlanSource};
pub use batch::{ReportsToFolder, ReportsWritten, Step};
pub use commands::{COMMANDS, call, call_for_text, type_declarations};
pub use environment::Environment;
pub use faults::{Answered, guarded, log};
pub use refusals::file_unreadable;
pub use session::{Session, document_text, draw_document, draw_ledger};
