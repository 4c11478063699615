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
    /// Open Document text
    Odt,
    /// PDF with a text layer
    Pdf,
    /// a web page
    Html,
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
}

/// Why bytes are no readable document. Each message names the file and the way out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// No bytes, or white space only.
    #[error("文件“{0}”是空的。请确认选对了文件，或向来文单位重新索取。")]
    Empty(String),
}

pub(crate) fn read(bytes: &[u8], file_name: &str) -> Result<Document, ReadError> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    if text.trim().is_empty() {
        return Err(ReadError::Empty(file_name.to_owned()));
    }
    Ok(Document {
        form: Form::Text,
        text,
        blocks: Vec::new(),
    })
}
