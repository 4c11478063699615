//! The one shape of a refusal.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the page does about a refusal. A code exists only where the page acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RefusalCode {
    /// A calm notice: the rules of the ledger do not allow it (a closed quarter, an office's edit in a department's workbook).
    Refused,
    /// The row is gone: the page reloads its view.
    Gone,
    /// The workbook cannot be written: the page shows the lasting banner.
    ReadOnly,
    /// Saving failed: the page shows the lasting banner and keeps the input.
    SaveFailed,
    /// The file cannot be opened or read: the page stays in the start view.
    Unreadable,
    /// No workbook is open: the page goes to the start view.
    NoWorkbook,
    /// The request itself was wrong: shown as a notice.
    BadRequest,
}

/// Why something was not done: whole sentences that name the thing and the way out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Refusal {
    /// What the page does about it.
    pub code: RefusalCode,
    /// What happened, naming the thing.
    pub message: String,
    /// The way out.
    pub hint: String,
    /// Technical words for the log; never shown by default.
    pub detail: String,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.message, self.hint)
    }
}

impl std::error::Error for Refusal {}

impl Refusal {
    /// A refusal without technical detail.
    #[must_use]
    pub fn new(code: RefusalCode, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: hint.into(), detail: String::new() }
    }

    /// The same with technical words for the log.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }
}
