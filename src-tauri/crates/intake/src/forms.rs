//! Bytes to text and blocks, one module for each form. The bytes decide which form it is, never the file's name.

mod text;

use crate::{Document, ReadError};

/// The longest text a document may have, in bytes of UTF-8: some five thousand pages.
const MAX_TEXT: usize = 10 << 20;

/// Why a form's reader gave up; the file's name is added by [`read`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    Empty,
    Unknown,
    TooLarge,
}

impl Fault {
    fn of(self, file_name: &str) -> ReadError {
        let name = file_name.to_owned();
        match self {
            Self::Empty => ReadError::Empty(name),
            Self::Unknown => ReadError::Unknown(name),
            Self::TooLarge => ReadError::TooLarge(name),
        }
    }
}

/// Reads a document's bytes.
pub(crate) fn read(bytes: &[u8], file_name: &str) -> Result<Document, ReadError> {
    text::read(bytes).map_err(|fault| fault.of(file_name))
}
