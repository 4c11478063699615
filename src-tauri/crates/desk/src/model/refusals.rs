//! Every error of the crates below, as the one refusal that the page and the command line show. This is the one place where
//! what they mean becomes messages of the catalogue.

use crate::wire::{Refusal, RefusalCode};
use chrono::Datelike;
use messages::{Day, Exchange, Face, Files, Input, Message, Noun, Opening, Reading, Reporting};
use std::path::Path;

/// What cannot be read for its form: a document, a draft, an Excel ledger.
pub(crate) fn unreadable(error: &intake::ReadError) -> Refusal {
    use intake::ReadError as E;
    let (message, hint) = match error.clone() {
        E::Empty(file) => (Reading::Empty { file }, Reading::CheckOrAskSender),
        E::Unknown(file) => (Reading::Unknown { file }, Reading::SaveAsDocx),
        E::NoDocument { name: file, what } => (Reading::NoDocument { file, what: Box::new(what.into()) }, Reading::ImportText),
        E::Spreadsheet(file) => (Reading::Spreadsheet { file }, Reading::ImportAsLedger),
        E::NoLedger(file) => (Reading::NoLedger { file }, Reading::AddHead),
        E::Protected(file) => (Reading::Protected { file }, Reading::SaveWithoutPassword),
        E::Damaged(file) => (Reading::Damaged { file }, Reading::CopyOrSaveAsDocx),
        E::TooLarge(file) => (Reading::TooLarge { file }, Reading::OnlyText),
        E::Scanned(file) => (Reading::Scanned { file }, Reading::AskForText),
    };
    Refusal::new(RefusalCode::Unreadable, message, hint)
}

/// A file that the operating system does not let us read.
#[must_use]
pub fn file_unreadable(path: &Path, error: &std::io::Error) -> Refusal {
    let hint = match error.kind() {
        std::io::ErrorKind::NotFound => Files::NotThere,
        std::io::ErrorKind::PermissionDenied => Files::NoLeaveToRead,
        std::io::ErrorKind::IsADirectory => Files::ChooseFileWithin,
        _ => Files::CheckMedium,
    };
    let message = Files::Unreadable { path: path.display().to_string() };
    Refusal::new(RefusalCode::Unreadable, message, hint).with_detail(error.to_string())
}

/// A file that the operating system does not let us write.
pub(crate) fn file_unwritable(path: &Path, error: &std::io::Error) -> Refusal {
    let hint = match error.kind() {
        std::io::ErrorKind::NotFound => Files::FolderNotThere,
        std::io::ErrorKind::PermissionDenied => Files::NoLeaveToWrite,
        std::io::ErrorKind::StorageFull => Files::DiskFull,
        std::io::ErrorKind::IsADirectory => Files::GiveFileName,
        _ => Files::CheckDisk,
    };
    let message = Files::Unwritable { path: path.display().to_string() };
    Refusal::new(RefusalCode::SaveFailed, message, hint).with_detail(error.to_string())
}

/// A row that an edit names and that is not there.
pub(crate) fn gone(what: Noun, id: &str) -> Refusal {
    Refusal::new(RefusalCode::Gone, Input::Gone { what, id: id.to_owned() }, Input::ChooseAgain)
}

/// Input of a wrong shape: what was given, and what is expected.
pub(crate) fn wrong_input(message: impl Into<Message>, hint: impl Into<Message>) -> Refusal {
    Refusal::new(RefusalCode::BadRequest, message, hint)
}

/// A text of several lines that must say something.
pub(crate) fn required_text(what: &str, text: &str) -> Result<String, Refusal> {
    let text = plan::limits::text(what, text)?.trim().to_owned();
    if text.is_empty() {
        return Err(wrong_input(Input::Empty { what: Box::new(what.into()) }, Input::FillIn));
    }
    Ok(text)
}

/// A quarter as sentences name it.
pub(crate) fn said(quarter: plan::Quarter) -> messages::Quarter {
    messages::Quarter { year: quarter.year(), number: quarter.number() }
}

/// A whole date as sentences name it.
pub(crate) fn said_day(day: chrono::NaiveDate) -> Day {
    // months and days are far below 256
    let small = |number: u32| u8::try_from(number).ok();
    Day { year: day.year(), month: small(day.month()), day: small(day.day()) }
}

/// Why a file of the exchange was not taken, without its name.
pub(crate) fn of_packet(error: &packet::PacketError) -> Message {
    use packet::PacketError as E;
    let (message, hint) = match error.clone() {
        E::NotPacket => (Exchange::NotPacket, Exchange::ChoosePacket.into()),
        E::NotForm => (Exchange::NotForm, Exchange::FillInForm.into()),
        E::ForeignForm => (Exchange::ForeignForm, Exchange::FillInOfficesForm.into()),
        E::Cut => (Exchange::Cut, Exchange::CopyOrExportAgain.into()),
        E::Changed => (Exchange::Changed, Exchange::ExportAgain.into()),
        E::Newer => (Exchange::NewerFile, Opening::UpdateFirst.into()),
        E::TooLarge => (Exchange::TooLarge, Exchange::CheckOrigin.into()),
        E::Content { detail } => (Exchange::WrongContent { detail: Box::new(detail.into()) }, Exchange::ExportWithUpdate.into()),
        E::Unread(sentence) => return sentence.into(),
        E::WrongKind(sentence) => return sentence.into(),
    };
    Message::Together { parts: vec![message.into(), hint] }
}

/// Why no report can be printed for want of a face.
pub(crate) fn of_face(error: &report::FaceError) -> Refusal {
    use report::{FaceError as E, FaceRole as Role};
    let message = match error.clone() {
        E::Missing { role, folders } => {
            let face = match role {
                Role::Title => Face::Title,
                Role::Hei => Face::Heading,
                Role::Kai => Face::Subheading,
                Role::Fang => Face::Body,
                Role::Digits => Face::Digits,
            };
            Reporting::FaceMissing { face, again: face, folders }
        }
        E::Unreadable { path, reason } => Reporting::FaceUnreadable { path, reason },
    };
    // the sentence names the face and the way out
    Refusal::bare(RefusalCode::BadRequest, message).with_detail(format!("{error:?}"))
}

impl From<plan::CalendarError> for Refusal {
    fn from(error: plan::CalendarError) -> Self {
        let text = error.text;
        match error.sought {
            plan::Sought::Quarter => wrong_input(Input::NoQuarter { text }, Input::WriteQuarter),
            plan::Sought::Due => wrong_input(Input::NoDate { text }, Input::WriteDate),
        }
    }
}

impl From<plan::limits::Unfit> for Refusal {
    fn from(error: plan::limits::Unfit) -> Self {
        wrong_input(format!("{error}。"), Input::Correct)
    }
}

impl From<plan::UnknownWord> for Refusal {
    fn from(error: plan::UnknownWord) -> Self {
        wrong_input(Input::NoWord { word: error.word, of: error.of.to_owned() }, Input::ChooseListed)
    }
}

impl From<store::StoreError> for Refusal {
    fn from(error: store::StoreError) -> Self {
        use store::StoreError as E;
        let code = match &error {
            E::ReadOnly { .. } => RefusalCode::ReadOnly,
            E::Full { .. } | E::Unsettled { .. } | E::Medium { .. } | E::Denied { .. } => RefusalCode::SaveFailed,
            E::RowGone { .. } | E::EditGone { .. } => RefusalCode::Gone,
            E::Taken { .. } | E::Dangling { .. } | E::Unfit { .. } => RefusalCode::BadRequest,
            E::NothingToUndo | E::NothingToRedo | E::UndoConflict { .. } | E::OfRecord { .. } => RefusalCode::Refused,
            E::CopyGone { .. } | E::OtherWorkbook { .. } | E::NoWholeCopy { .. } | E::NotDamaged { .. } => RefusalCode::Refused,
            _ => RefusalCode::Unreadable,
        };
        // the store's sentences name the thing and the way out already
        Self::bare(code, error.to_string()).with_detail(format!("{error:?}"))
    }
}
