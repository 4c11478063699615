//! Every error of the crates below, as the one refusal that the page and the command line show.

use crate::wire::{Refusal, RefusalCode};

/// What cannot be read for its form: a document, a draft, an Excel ledger.
pub(crate) fn unreadable(error: &intake::ReadError) -> Refusal {
    Refusal::new(RefusalCode::Unreadable, error.to_string(), "")
}

/// A file that the operating system does not let us read.
#[must_use]
pub fn file_unreadable(path: &std::path::Path, error: &std::io::Error) -> Refusal {
    let hint = match error.kind() {
        std::io::ErrorKind::NotFound => "文件不存在，请检查路径或重新选择。",
        std::io::ErrorKind::PermissionDenied => "没有读取权限，请换一个位置或请管理员授权。",
        std::io::ErrorKind::IsADirectory => "这是文件夹，请选择其中的文件。",
        _ => "请检查U盘或磁盘是否完好后再试。",
    };
    Refusal::new(RefusalCode::Unreadable, format!("读不了文件“{}”。", path.display()), hint).with_detail(error.to_string())
}

/// A file that the operating system does not let us write.
pub(crate) fn file_unwritable(path: &std::path::Path, error: &std::io::Error) -> Refusal {
    let hint = match error.kind() {
        std::io::ErrorKind::NotFound => "所在文件夹不存在，请重新选择位置。",
        std::io::ErrorKind::PermissionDenied => "没有写入权限，或文件正被别的程序打开；请关闭它或换一个位置。",
        std::io::ErrorKind::StorageFull => "磁盘已满，请清理空间或换一个位置后再试。",
        std::io::ErrorKind::IsADirectory => "这是文件夹，请给出文件名。",
        _ => "请检查磁盘后再试，或换一个位置。",
    };
    Refusal::new(RefusalCode::SaveFailed, format!("写不了文件“{}”。", path.display()), hint).with_detail(error.to_string())
}

/// A row that an edit names and that is not there.
pub(crate) fn gone(what: &str, id: &str) -> Refusal {
    Refusal::new(RefusalCode::Gone, format!("找不到要改的{what}“{id}”，它可能已被删除或属于另一个工作簿。"), "请核对后重新选择。")
}

/// Input of a wrong shape: what was given, and what is expected.
pub(crate) fn wrong_input(message: impl Into<String>, hint: impl Into<String>) -> Refusal {
    Refusal::new(RefusalCode::BadRequest, message, hint)
}

/// A text of several lines that must say something.
pub(crate) fn required_text(what: &str, text: &str) -> Result<String, Refusal> {
    let text = plan::limits::text(what, text)?.trim().to_owned();
    if text.is_empty() { Err(wrong_input(format!("{what}是空的。"), "请填写后再试。")) } else { Ok(text) }
}

impl From<plan::CalendarError> for Refusal {
    fn from(error: plan::CalendarError) -> Self {
        let hint = match error.sought {
            plan::Sought::Quarter => "季度写作2025Q2。",
            plan::Sought::Due => "日期写作2025、2025-06或2025-06-30；季度末写作它的最后一个月，如二季度末为2025-06。",
        };
        wrong_input(format!("{error}。"), hint)
    }
}

impl From<plan::limits::Unfit> for Refusal {
    fn from(error: plan::limits::Unfit) -> Self {
        wrong_input(format!("{error}。"), "请改正后再试。")
    }
}

impl From<plan::UnknownWord> for Refusal {
    fn from(error: plan::UnknownWord) -> Self {
        wrong_input(format!("{error}。"), "请从列出的选项中选择。")
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
            E::NothingToUndo | E::NothingToRedo | E::UndoConflict { .. } | E::OfRecord { .. } | E::CopyGone { .. } => {
                RefusalCode::Refused
            }
            _ => RefusalCode::Unreadable,
        };
        // the store's sentences name the thing and the way out already
        Self::new(code, error.to_string(), "").with_detail(format!("{error:?}"))
    }
}
