//! The old binary Word form (.doc, and .wps as WPS writes it): a compound file whose text lies in pieces.
//!
//! Names and numbers of paragraphs are those of the published description of the format, \[MS-DOC\].

mod body;
mod lists;
mod pieces;
mod properties;

use super::flow::Flow;
use super::{Fault, Form};
use crate::Document;
use body::Body;
use pieces::Pieces;
use properties::Properties;
use std::io::{Cursor, Read};

/// What a stream of the file may hold, in bytes.
const MAX_STREAM: u64 = 192 << 20;

type Compound<'a> = cfb::CompoundFile<Cursor<&'a [u8]>>;

/// Reads a compound file.
pub(crate) fn read(bytes: &[u8]) -> Result<Document, Fault> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| Fault::Damaged)?;
    if !file.is_stream("WordDocument") {
        return Err(other(&file));
    }
    let main = stream(&mut file, "WordDocument")?;
    let head = Head::read(&main)?;
    let table = if head.old { Vec::new() } else { stream(&mut file, head.table)? };
    let places = if head.old { &main } else { &table };
    let pieces = Pieces::read(&main, places, &head)?;
    let properties = if head.old { Properties::default() } else { Properties::read(&main, &table, &head) };
    let mut numbering = if head.old { Default::default() } else { lists::read(&table, &head) };
    let mut flow = Flow::default();
    Body::new(&main, &pieces, &properties, &mut numbering, &mut flow).read(&head)?;
    flow.finish(Form::Doc)
}

/// What a compound file without a Word document is.
fn other(file: &Compound<'_>) -> Fault {
    if file.is_stream("EncryptedPackage") {
        Fault::Protected
    } else if file.is_stream("Workbook") || file.is_stream("Book") {
        Fault::Spreadsheet
    } else if file.is_stream("PowerPoint Document") {
        Fault::NoDocument("演示文稿")
    } else if file.is_stream("__properties_version1.0") {
        Fault::NoDocument("邮件")
    } else {
        Fault::Unknown
    }
}

fn stream(file: &mut Compound<'_>, name: &str) -> Result<Vec<u8>, Fault> {
    let stream = file.open_stream(name).map_err(|_| Fault::Damaged)?;
    if stream.len() > MAX_STREAM {
        return Err(Fault::TooLarge);
    }
    let mut bytes = Vec::new();
    // a file cut short still has the text up to there
    let _ = stream.take(MAX_STREAM).read_to_end(&mut bytes);
    Ok(bytes)
}

/// Little-endian numbers at a place; none where the bytes end before.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// The file's head (FIB), as far as it is needed.
#[derive(Debug)]
struct Head {
    /// Word 6 or 95: one stream, text in the code page of its language.
    old: bool,
    table: &'static str,
    language: u16,
    /// Where the text begins in an old file that was saved whole.
    first: usize,
    /// Characters of the text, footnotes, headers, macros, comments, endnotes, text boxes, in this order.
    counts: [usize; 7],
    /// The table of pieces: its place and length.
    pieces: Option<(usize, usize)>,
    /// Places and lengths of what newer files have: styles, runs of characters, of paragraphs, lists, uses of lists.
    styles: (usize, usize),
    characters: (usize, usize),
    paragraphs: (usize, usize),
    lists: (usize, usize),
    uses: (usize, usize),
}

impl Head {
    fn read(main: &[u8]) -> Result<Self, Fault> {
        let short = |at: usize| u16_at(main, at).ok_or(Fault::Damaged);
        let long = |at: usize| u32_at(main, at).map(|n| n as usize).ok_or(Fault::Damaged);
        let version = short(2)?;
        let flags = short(0x0a)?;
        if flags & 0x0100 != 0 {
            return Err(Fault::Protected);
        }
        let old = version < 0x00c1;
        let first_count = if old { 0x34 } else { 0x4c };
        let mut counts = [0; 7];
        for (at, count) in counts.iter_mut().enumerate() {
            *count = long(first_count + 4 * at)?;
        }
        let pair = |index: usize| -> (usize, usize) {
            let at = 0x9a + 8 * index;
            u32_at(main, at).zip(u32_at(main, at + 4)).map_or((0, 0), |(place, length)| (place as usize, length as usize))
        };
        let pieces = if old { (flags & 0x0004 != 0).then_some((long(0x160)?, long(0x164)?)) } else { Some(pair(33)) };
        Ok(Self {
            old,
            table: if flags & 0x0200 != 0 { "1Table" } else { "0Table" },
            language: short(6)?,
            first: long(0x18)?,
            counts,
            pieces,
            styles: pair(1),
            characters: pair(12),
            paragraphs: pair(13),
            lists: pair(73),
            uses: pair(74),
        })
    }
}
