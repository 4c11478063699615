//! Why a file cannot be taken, each as a sentence that says what to do. The caller puts the file's name before it.

use serde_json::error::Category;

/// A file that is no exchange file of ours, or not whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PacketError {
    /// Something else altogether.
    #[error("这不是规划台账的收发文件，没有读取。请选择扩展名为.planpack的文件。")]
    NotPacket,
    /// A spreadsheet, but no form of ours.
    #[error("这个表格不是下发的填报表，没有采用。请在督查机构下发的填报表中填写；复制到别的表格里的内容不能合并。")]
    NotForm,
    /// A form that another workbook's office made, or whose maker is not this one.
    #[error("填报表不是用本台账下发的，没有采用。请该单位在督查机构下发的填报表中填写。")]
    ForeignForm,
    /// The end is missing.
    #[error("文件不完整，可能没有拷完。请重新拷贝，或请对方重新导出。")]
    Cut,
    /// A byte differs from what was signed.
    #[error("文件的签名不符，内容可能被改动或拷贝时损坏，没有采用。请对方重新导出。")]
    Changed,
    /// Made by a newer program.
    #[error("文件由更新版本的规划台账生成，本程序不能读取。请先升级本程序。")]
    Newer,
    /// More bytes than an exchange file may have, packed or unpacked.
    #[error("文件过大或解压后过大，没有读取。收发文件不会有这么大，请核对来源。")]
    TooLarge,
    /// Signed and whole, but its content has no meaning here.
    #[error("文件内容不合规范（{detail}），没有采用。请对方升级程序后重新导出。")]
    Content {
        /// What was found.
        detail: String,
    },
    /// The system did not let it be read; a whole sentence.
    #[error("{0}")]
    Unread(String),
    /// The other direction's file.
    #[error("{0}")]
    WrongKind(&'static str),
}

/// So much of a detail is told; a file may say more in its place than anybody reads.
const LONGEST_DETAIL: usize = 120;

impl PacketError {
    /// What was found, in words of the clerk's language; words out of the file stand in quotation marks.
    pub(crate) fn content(detail: impl AsRef<str>) -> Self {
        let told = detail.as_ref().chars().map(|c| if c.is_control() { ' ' } else { c });
        let mut told: String = told.take(LONGEST_DETAIL + 1).collect();
        if told.chars().count() > LONGEST_DETAIL {
            told.pop();
            told.push('…');
        }
        Self::Content { detail: told }
    }

    /// A line that is no record: the parser's own words are English, and mean nothing to a clerk.
    pub(crate) fn json(place: &str, error: &serde_json::Error) -> Self {
        let said = error.to_string();
        // the field or word that it is about stands between backticks
        let word = said.split('`').nth(1).unwrap_or_default();
        let what = match error.classify() {
            Category::Io | Category::Syntax => "写法不对".to_owned(),
            Category::Eof => "中途断了".to_owned(),
            Category::Data if said.starts_with("missing field") => format!("缺少“{word}”"),
            Category::Data if said.starts_with("unknown variant") => format!("里的“{word}”不认识"),
            Category::Data if said.starts_with("duplicate field") => format!("有两个“{word}”"),
            Category::Data => "里有填得不对的栏目".to_owned(),
        };
        Self::content(format!("{place}{what}"))
    }
}
