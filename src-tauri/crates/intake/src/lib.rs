//! Document bytes -> paragraphs with their place in the text -> draft + findings.
//!
//! Never fails on content, only on unreadable bytes; never opens a file, a clock or the network. What was unclear is a
//! finding, never a silent guess. Everything drawn from the text keeps the span it came from.

mod document;
mod draft;
mod forms;
pub mod ledger;
mod reading;

pub use document::{Block, Document, Form, ReadError, Unread};
pub use draft::{Draft, DraftItem, DraftMilestone, DraftSection, DraftTarget, DraftTask, Finding, FindingKind, PlanFacts};

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
