//! The one shape of a refusal.

use messages::{Language, Message};
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
    /// The file at the path is no longer the one that was opened: the page keeps the input and offers to save elsewhere.
    Detached,
    /// The file cannot be opened or read: the page stays in the start view.
    Unreadable,
    /// No workbook is open: the page goes to the start view.
    NoWorkbook,
    /// The request itself was wrong: shown as a notice.
    BadRequest,
}

/// Why something was not done, as a meaning: messages of the catalogue that name the thing and the way out. It becomes prose
/// where it is shown, in the language of the reader ([`Refusal::told`]); `Display` is Chinese.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// What the page does about it.
    pub code: RefusalCode,
    /// What happened, naming the thing.
    pub message: Box<Message>,
    /// The way out, where there is one.
    pub hint: Option<Box<Message>>,
    /// Technical words for the log; never shown by default.
    pub detail: String,
}

/// A refusal as it crosses the boundary: the key and the arguments of what happened, and whole sentences in the language that
/// was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(rename = "Refusal")]
pub struct ToldRefusal {
    /// What the page does about it.
    pub code: RefusalCode,
    /// Which sentence of the catalogue it is, such as `editing.not_part_of`.
    pub key: String,
    /// What happened, naming the thing.
    pub message: String,
    /// The way out; empty where there is none.
    pub hint: String,
    /// Technical words for the log; never shown by default.
    pub detail: String,
    /// The message with its arguments, as data.
    #[ts(type = "unknown")]
    pub meaning: Message,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.sentence(Language::Chinese))
    }
}

impl std::error::Error for Refusal {}

impl Refusal {
    /// A refusal without technical detail: what happened, and the way out.
    #[must_use]
    pub fn new(code: RefusalCode, message: impl Into<Message>, hint: impl Into<Message>) -> Self {
        let hint = Some(hint.into()).filter(|hint| *hint != Message::from("")).map(Box::new);
        Self { code, message: Box::new(message.into()), hint, detail: String::new() }
    }

    /// A refusal whose message says the way out already, or that has none.
    #[must_use]
    pub fn bare(code: RefusalCode, message: impl Into<Message>) -> Self {
        Self { code, message: Box::new(message.into()), hint: None, detail: String::new() }
    }

    /// The same with technical words for the log.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    /// The same, said of a part of what was asked for, such as a line of a file.
    #[must_use]
    pub fn of_part(mut self, part: Option<Message>) -> Self {
        if let Some(part) = part {
            *self.message = Message::Together { parts: vec![part, *self.message.clone()] };
        }
        self
    }

    /// The way out in a language; empty where there is none.
    #[must_use]
    pub fn way_out(&self, language: Language) -> String {
        self.hint.as_ref().map(|hint| hint.render(language)).unwrap_or_default()
    }

    /// What happened and the way out, in a language.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        let (message, hint) = (self.message.render(language), self.way_out(language));
        let between = if language == Language::English && !hint.is_empty() { " " } else { "" };
        format!("{message}{between}{hint}")
    }

    /// As it crosses the boundary.
    #[must_use]
    pub fn told(&self, language: Language) -> ToldRefusal {
        ToldRefusal {
            code: self.code,
            key: self.message.key(),
            message: self.message.render(language),
            hint: self.way_out(language),
            detail: self.detail.clone(),
            meaning: *self.message.clone(),
        }
    }
}
