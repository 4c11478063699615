//! The parts of a zipped document, unpacked as they are read and never beyond a bound.

use super::Fault;
use std::io::{BufRead, BufReader, Cursor, Read, Take};
use zip::ZipArchive;
use zip::result::ZipError;

/// What a zip may unpack to at least, in bytes.
const UNPACKED_LEAST: u64 = 16 << 20;
/// What a zip may unpack to at most, in bytes.
const UNPACKED_MOST: u64 = 192 << 20;
/// How much larger than the packed file a document's parts may be.
const UNPACKED_RATIO: u64 = 200;
/// The longest stretch of a part without the end of a tag, in bytes: a tag or a text, which is held whole.
const MAX_STRETCH: usize = 16 << 20;
/// Parts a zip may list.
const MAX_PARTS: usize = 20_000;

/// An opened zip.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'a> Archive<'a> {
    /// Opens a zip by its list of parts.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, Fault> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Fault::Damaged)?;
        if zip.len() > MAX_PARTS {
            return Err(Fault::TooLarge);
        }
        let most = (bytes.len() as u64).saturating_mul(UNPACKED_RATIO).clamp(UNPACKED_LEAST, UNPACKED_MOST);
        Ok(Self { zip, left: most })
    }

    /// True where a part of this name is listed.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// The names of all parts.
    pub(crate) fn names(&self) -> Vec<String> {
        self.zip.file_names().filter_map(|name| name.ok().map(std::borrow::Cow::into_owned)).collect()
    }

    /// Reads a part through `reader`; `None` where there is no such part.
    pub(crate) fn part<T>(
        &mut self,
        name: &str,
        reader: impl FnOnce(&mut dyn BufRead) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        let file = match self.zip.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => return Err(Fault::Protected),
            Err(_) => return Err(Fault::Damaged),
        };
        let mut bounded = Bounded { inner: BufReader::with_capacity(1 << 15, file.take(self.left)), stretch: 0 };
        let read = reader(&mut bounded);
        let left = bounded.inner.get_ref().limit();
        self.left = left;
        if left == 0 || bounded.stretch > MAX_STRETCH { Err(Fault::TooLarge) } else { read.map(Some) }
    }
}

struct Bounded<R> {
    inner: BufReader<Take<R>>,
    /// Bytes since a tag ended.
    stretch: usize,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.inner.read(buffer)
    }
}

impl<R: Read> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.stretch > MAX_STRETCH {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        let taken = self.inner.buffer().get(..amount).unwrap_or_default();
        self.stretch = taken.iter().rev().position(|byte| *byte == b'>').unwrap_or(self.stretch + amount);
        self.inner.consume(amount);
    }
}
