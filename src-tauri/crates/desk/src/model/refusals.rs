//! Every error of the crates below, as the one refusal that the page and the command line show. This is the one place where
//! what they mean becomes messages of the catalogue.

use crate::model::labels;
use crate::wire::{Refusal, RefusalCode};
use chrono::Datelike;
use messages::{Day, Exchange, Face, Files, Input, Message, Noun, Opening, Reading, Reporting, RowKind};
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
        std::io::ErrorKind::InvalidInput => Files::ChoosePlainFile,
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

/// What went wrong with a workbook, and the way out where there is one.
fn of_store(error: store::StoreError) -> (Opening, Option<Message>) {
    use store::StoreError as E;
    let name = |path: &Path| path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let detail = |detail: String| Box::new(Message::from(detail));
    let kind = |what: &str| RowKind::of_chinese(what).unwrap_or(RowKind::Content);
    let label = |label: &str| Box::new(labels::read(label));
    let (message, hint) = match error {
        E::Missing { path, .. } => {
            return (Opening::Missing { name: name(&path) }, or_a_copy(Opening::CheckMoved, &path));
        }
        E::FolderMissing { path } => {
            let folder = path.parent().unwrap_or(&path).to_string_lossy().into_owned();
            (Opening::FolderMissing { folder, name: name(&path) }, Opening::MakeFolder)
        }
        E::Folder { path } => (Opening::Folder { name: name(&path) }, Opening::ChooseWorkbook),
        E::Exists { path } => (Opening::Exists { name: name(&path) }, Opening::OtherNameOrOpen),
        E::NotWorkbook { path, .. } => {
            return (Opening::NotWorkbook { name: name(&path) }, or_a_copy(Opening::CopyItAgain, &path));
        }
        E::OtherProgram { path } => (Opening::OtherProgram { name: name(&path) }, Opening::ChooseWorkbook),
        E::Corrupt { path, detail: found, .. } => {
            (Opening::Corrupt { name: name(&path), detail: detail(found) }, kept_copies(&path).unwrap_or(Opening::NoCopies))
        }
        E::OtherWorkbook { path, copy } => {
            (Opening::OtherWorkbook { copy: name(&copy), name: name(&path) }, Opening::OtherBackup)
        }
        E::NoWholeCopy { path } => (Opening::NoWholeCopy { name: name(&path) }, Opening::FindEarlierCopy),
        E::NotDamaged { path } => (Opening::NotDamaged { name: name(&path) }, Opening::NameCopy),
        E::Newer { path } => (Opening::Newer { name: name(&path) }, Opening::UpdateFirst),
        E::Locked { path } => (Opening::Locked { name: name(&path) }, Opening::CloseOther),
        E::ReadOnly { why, .. } => return (Opening::ReadOnly { why: detail(why) }, None),
        E::Denied { path } => (Opening::Denied { name: name(&path) }, Opening::CheckReadOnly),
        E::Full { path } => (Opening::Full { name: name(&path) }, Opening::MakeRoom),
        E::Unsettled { path, why } => {
            let name = name(&path);
            return (Opening::Unsettled { log: format!("{name}-wal"), why: detail(why), name }, None);
        }
        E::Detached { path, lost } => {
            let name = name(&path);
            let message = match lost {
                store::Lost::Gone => Opening::DetachedGone { name },
                store::Lost::Replaced => Opening::DetachedReplaced { name },
                store::Lost::Taken => Opening::DetachedTaken { name },
            };
            (message, Opening::SaveElsewhere)
        }
        E::NotUpgraded { path, why } => (Opening::NotUpgraded { name: name(&path), why: detail(why) }, Opening::OpenAgain),
        E::Medium { path, detail: said } => (Opening::Medium { name: name(&path), detail: detail(said) }, Opening::CheckMedium),
        E::RowGone { what, .. } => return (Opening::RowGone { what: kind(what) }, Some(Input::ChooseAgain.into())),
        E::Taken { what } => (Opening::Taken { what: kind(what) }, Opening::ChangePresent),
        E::Dangling { what } => return (Opening::Dangling { what: kind(what) }, Some(Input::ChooseAgain.into())),
        E::Unfit { what } => (Opening::Unfit { what: kind(what) }, Opening::CheckFields),
        E::NothingToUndo => return (Opening::NothingToUndo, None),
        E::NothingToRedo => return (Opening::NothingToRedo, None),
        E::EditGone { .. } => (Opening::EditGone, Opening::ChooseInHistory),
        E::UndoConflict { label: of } => (Opening::UndoConflict { label: label(&of) }, Opening::CorrectByHand),
        E::OfRecord { label: of } => (Opening::OfRecord { label: label(&of) }, Opening::ReopenInstead),
        E::Erased { label: of } => return (Opening::Erased { label: label(&of) }, None),
        E::CopyGone { path } => (Opening::BackupGone { name: name(&path) }, Opening::OtherBackup),
        E::Other { path, detail: said } => (Opening::Failed { name: name(&path), detail: detail(said) }, Opening::OpenAgain),
    };
    (message, Some(hint.into()))
}

/// The copies of a workbook, with the way back to them; none where it has none.
fn kept_copies(path: &Path) -> Option<Opening> {
    let copies = store::Workbook::copies_of(path).ok()?;
    let newest = copies.first()?;
    let at = newest.made_at.format("%Y-%m-%d %H:%M").to_string();
    Some(Opening::CopiesKept { count: copies.len(), at, step: newest.entries })
}

/// A way out, and the copies that are there beside it.
fn or_a_copy(way_out: Opening, path: &Path) -> Option<Message> {
    let copies = kept_copies(path).map(Message::from);
    let parts: Vec<Message> = std::iter::once(way_out.into()).chain(copies).collect();
    Some(Message::Together { parts })
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
            E::Detached { .. } => RefusalCode::Detached,
            E::RowGone { .. } | E::EditGone { .. } => RefusalCode::Gone,
            E::Taken { .. } | E::Dangling { .. } | E::Unfit { .. } => RefusalCode::BadRequest,
            E::NothingToUndo | E::NothingToRedo | E::UndoConflict { .. } | E::OfRecord { .. } | E::Erased { .. } => {
                RefusalCode::Refused
            }
            E::CopyGone { .. } | E::OtherWorkbook { .. } | E::NoWholeCopy { .. } | E::NotDamaged { .. } => RefusalCode::Refused,
            _ => RefusalCode::Unreadable,
        };
        let detail = format!("{error:?}");
        let (message, hint) = of_store(error);
        Self { code, message: Box::new(message.into()), hint: hint.map(Box::new), detail }
    }
}
