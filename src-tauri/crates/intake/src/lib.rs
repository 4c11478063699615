//! Document bytes -> paragraphs with their place in the text -> draft + findings.
//!
//! Never fails on content, only on unreadable bytes; never opens a file, a clock or the network. What was unclear is a
//! finding, never a silent guess. Everything drawn from the text keeps the span it came from.

mod account;
mod document;
mod draft;
mod forms;
pub mod ledger;
mod reading;
mod reason;

pub use account::{Account, Fate, Kind, Line, account};
pub use document::{Block, Document, Form, ReadError, Unread};
pub use draft::{
    Doubtful, Draft, DraftItem, DraftMilestone, DraftSection, DraftTarget, DraftTask, Evidence, Finding, FindingKind, PlanFacts,
    SetAside,
};
pub use reason::Reason;

/// Reads a document's bytes. `file_name` is used for its ending (a hint only; the bytes decide) and in error sentences.
///
/// # Errors
/// Where the bytes are no readable document: empty, binary, password-protected, truncated, too large when unpacked.
pub fn read(bytes: &[u8], file_name: &str) -> Result<Document, ReadError> {
    forms::read(bytes, file_name)
}

/// Draws the draft from a document, as corpus labels describe it. Never fails: a text without a plan gives an empty draft
/// with a finding that says so.
#[must_use]
pub fn draw(document: &Document) -> Draft {
    reading::draw(document)
}

/// Every number of a document with its evidence, in order: what `cargo xtask learn` learns from.
#[must_use]
pub fn evidence(document: &Document) -> Vec<Evidence> {
    reading::evidence(document)
}

/// What the checked-in weights say of a feature of [`Evidence`]; 0 where they do not know it.
#[must_use]
pub fn weight(feature: &str) -> f64 {
    reading::weight(feature)
}
