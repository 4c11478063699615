//! The use cases of one open workbook: everything that the window, the command line and the tests can do, once.
//!
//! The floors, and the only way that arrows may point: `wire` <- `model` <- `ledger` <- `documents` <- `exchange` <- `reports` <- `boundary`.
//! A step of `cargo xtask test` reads the `use` lines and refuses an arrow back up.
//!
//! Must not: name Tauri, read the clock (the shells pass it in), print, or hand domain types to a shell.

mod boundary;
mod documents;
mod exchange;
mod ledger;
mod model;
mod reports;
pub mod wire;

pub use boundary::commands::{COMMANDS, call, call_for_text, type_declarations};
pub use boundary::faults::{Answered, guarded, log};
pub use boundary::vocabularies::lists as vocabularies;
pub use documents::adding::{Added, Adding, PlanSource};
pub use documents::reading::{account_document, document_text, draw_document, draw_ledger, explain_document};
pub use messages::Language;
pub use model::environment::Environment;
pub use model::refusals::file_unreadable;
pub use model::session::Session;
pub use reports::batch::{ReportsToFolder, ReportsWritten, Step};
