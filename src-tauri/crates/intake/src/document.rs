//! The text of a document in its reading order, and where its paragraphs and table rows stand in it.

use plan::Span;

/// The form a document's bytes are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// plain text
    Text,
    /// Office Open XML
    Docx,
    /// the old binary Word form, also .wps
    Doc,
    /// Rich Text Format
    Rtf,
    /// Open Document text
    Odt,
    /// PDF with a text layer
    Pdf,
    /// a web page, also one saved with its pictures (.mht)
    Html,
    /// a spreadsheet, or text whose cells are set apart by commas
    Sheet,
}

/// A piece of the text in reading order. Spans are bytes in [`Document::text`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph, with its automatic number written out; the span excludes the line break.
    Paragraph(Span),
    /// A table row: its cells, left to right; a cell merged over several rows is repeated by its span in each.
    Row {
        /// The row's line in the text.
        span: Span,
        /// The cells' places in the text.
        cells: Vec<Span>,
        /// True for the first row of a table.
        first: bool,
    },
}

/// Something in the document that holds no text the reader could take: a picture, a scanned page, a broken character.
///
/// The grammar turns each into a finding of [`crate::FindingKind::Unread`] as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// A whole Chinese sentence for the clerk.
    pub message: String,
    /// Where in the text, if it has a place: the paragraph next to it.
    pub span: Option<Span>,
}

/// A document that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What the bytes were.
    pub form: Form,
    /// The plain text: for a UTF-8 .txt the file itself; for other forms one paragraph a line, a table row one line with its
    /// cells set apart by tabs.
    pub text: String,
    /// Paragraphs and rows in reading order.
    pub blocks: Vec<Block>,
    /// What could not be read, to be said in the findings.
    pub unread: Vec<Unread>,
}

/// Why bytes are no readable document. Each message names the file and the way out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// No bytes, or white space only.
    #[error("文件“{0}”是空的。请确认选对了文件，或向来文单位重新索取。")]
    Empty(String),
    /// No form that the program reads.
    #[error("文件“{0}”不是能读取的文档。请用 Word 或 WPS 打开它，另存为 .docx 后再导入。")]
    Unknown(String),
    /// A known form that holds no running text, such as a picture or slides.
    #[error("文件“{name}”是{what}，不是文字文档。请导入文件的 Word、WPS、PDF、网页或纯文本版本。")]
    NoDocument {
        /// The file's name.
        name: String,
        /// What it is, in Chinese.
        what: &'static str,
    },
    /// A spreadsheet: ledgers come in by another door.
    #[error("文件“{0}”是电子表格。现有台账请用“导入台账”导入；规划文件请导入 Word、WPS、PDF、网页或纯文本版本。")]
    Spreadsheet(String),
    /// A spreadsheet without the columns of a ledger.
    #[error(
        "文件“{0}”里没有认出台账：需要一行表头，写明任务或指标，以及责任单位、完成时限、目标值等。请在表格里补上表头后再导入。"
    )]
    NoLedger(String),
    /// It opens with a password only.
    #[error("文件“{0}”设了打开密码。请用 Word、WPS 或 PDF 阅读器输入密码打开，取消密码后另存，再导入另存的文件。")]
    Protected(String),
    /// Cut short, or its inside contradicts itself.
    #[error(
        "文件“{0}”残缺或已损坏，无法读取。请重新复制或向来文单位重新索取；若能用 Word 或 WPS 打开，请另存为 .docx 后再导入。"
    )]
    Damaged(String),
    /// More than a plan can be.
    #[error("文件“{0}”太大（文字超过 10 MB 或解压后过大），不像是一份规划文件。请只导入规划正文，或把它拆成几个文件。")]
    TooLarge(String),
    /// Pages are pictures.
    #[error(
        "文件“{0}”是扫描件，页面是图片，没有可读的文字。请向来文单位索取 Word 或带文字的 PDF，或先用文字识别软件转换后再导入。"
    )]
    Scanned(String),
}
