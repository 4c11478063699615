//! Bytes to text and blocks, one module for each form. The bytes decide which form it is, never the file's name.

pub(crate) mod archive;
mod doc;
mod docx;
mod flow;
mod html;
mod mht;
mod numeral;
mod odt;
mod pdf;
mod raised;
mod rtf;
mod sniff;
pub(crate) mod text;
pub(crate) mod xml;

use crate::{Document, Form, ReadError};
use archive::Archive;
use sniff::Looks;

/// The longest text a document may have, in bytes of UTF-8: some five thousand pages.
pub(crate) const MAX_TEXT: usize = 10 << 20;
/// The largest file that is looked at, in bytes.
const MAX_FILE: usize = 512 << 20;

/// Why a form's reader gave up; the file's name is added by [`read`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    Empty,
    Unknown,
    NoDocument(&'static str),
    Spreadsheet,
    Protected,
    Damaged,
    TooLarge,
    Scanned,
}

impl Fault {
    pub(crate) fn of(self, file_name: &str) -> ReadError {
        let name = file_name.to_owned();
        match self {
            Self::Empty => ReadError::Empty(name),
            Self::Unknown => ReadError::Unknown(name),
            Self::NoDocument(what) => ReadError::NoDocument { name, what },
            Self::Spreadsheet => ReadError::Spreadsheet(name),
            Self::Protected => ReadError::Protected(name),
            Self::Damaged => ReadError::Damaged(name),
            Self::TooLarge => ReadError::TooLarge(name),
            Self::Scanned => ReadError::Scanned(name),
        }
    }
}

/// Reads a document's bytes.
pub(crate) fn read(bytes: &[u8], file_name: &str) -> Result<Document, ReadError> {
    guarded(|| read_form(bytes)).map_err(|fault| fault.of(file_name))
}

/// Runs a reader. The libraries that it stands on see hostile bytes: where one of them panics, the file is damaged.
pub(crate) fn guarded<T>(read: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    // nothing that the reader changed is seen again
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).unwrap_or(Err(Fault::Damaged))
}

fn read_form(bytes: &[u8]) -> Result<Document, Fault> {
    if bytes.len() > MAX_FILE {
        return Err(Fault::TooLarge);
    }
    match sniff::looks(bytes) {
        Looks::Zip => zipped(bytes),
        Looks::Other(what) => Err(Fault::NoDocument(what)),
        Looks::Html => html::read(bytes, None),
        Looks::Mht => mht::read(bytes),
        Looks::Pdf => pdf::read(bytes),
        Looks::Compound => doc::read(bytes),
        Looks::Rtf => rtf::read(bytes),
        Looks::Text => text::read(bytes),
    }
}

fn zipped(bytes: &[u8]) -> Result<Document, Fault> {
    let mut archive = Archive::open(bytes)?;
    let names = archive.names();
    let under = |folder: &str| names.iter().any(|name| name.starts_with(folder));
    if under("word/") {
        return docx::read(&mut archive);
    }
    if under("xl/") {
        return Err(Fault::Spreadsheet);
    }
    if under("ppt/") {
        return Err(Fault::NoDocument("演示文稿"));
    }
    if archive.has("content.xml") {
        return odt::read(&mut archive);
    }
    if archive.has("[Content_Types].xml") {
        return docx::read(&mut archive);
    }
    Err(Fault::NoDocument("压缩包"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_panics_finds_the_file_damaged() {
        let empty: Vec<u8> = Vec::new();
        assert_eq!(guarded(|| Ok(empty[empty.len()])), Err(Fault::Damaged));
        assert_eq!(guarded(|| Ok(1)), Ok(1));
    }
}
