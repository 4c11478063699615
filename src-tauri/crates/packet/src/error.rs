//! Why a file cannot be taken, each as a sentence that says what to do. The caller puts the file's name before it.

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
    /// The other direction's file.
    #[error("{0}")]
    WrongKind(&'static str),
}

impl PacketError {
    pub(crate) fn content(detail: impl Into<String>) -> Self {
        Self::Content { detail: detail.into() }
    }
}
