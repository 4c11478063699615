//! The pieces of a binary Word document's text, in reading order: after a fast save they lie anywhere in the file.

use super::{Head, u16_at, u32_at};
use crate::forms::Fault;
use encoding_rs::{BIG5, Encoding, GB18030, WINDOWS_1252};

/// A stretch of text.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// The first character's number in the document.
    first: usize,
    count: usize,
    /// Where it stands in the main stream, in bytes.
    place: usize,
    /// One byte a character.
    narrow: bool,
    /// Changes of properties that hold for the whole piece: the entry of `changes`.
    change: Option<usize>,
}

/// All pieces.
#[derive(Debug)]
pub(super) struct Pieces {
    pieces: Vec<Piece>,
    changes: Vec<Vec<u8>>,
    encoding: &'static Encoding,
}

/// A character with its place in the main stream.
#[derive(Debug, Clone, Copy)]
pub(super) struct Character<'a> {
    pub(super) c: char,
    pub(super) place: usize,
    /// Changes of properties of its piece.
    pub(super) change: &'a [u8],
}

impl Pieces {
    pub(super) fn read(main: &[u8], table: &[u8], head: &Head) -> Result<Self, Fault> {
        let encoding = match (head.old, head.language & 0x3ff, head.language) {
            (true, 0x04, 0x0404 | 0x0c04) => BIG5,
            (true, 0x04, _) => GB18030,
            _ => WINDOWS_1252,
        };
        let mut read = Self { pieces: Vec::new(), changes: Vec::new(), encoding };
        let all: usize = head.counts.iter().fold(0, |sum, count| usize::saturating_add(sum, *count));
        match head.pieces {
            Some((place, length)) => {
                let end = place.saturating_add(length).min(table.len());
                read.table(main, table.get(place..end).ok_or(Fault::Damaged)?, head)?;
            }
            None => {
                let count = all.min(main.len().saturating_sub(head.first));
                read.pieces.push(Piece { first: 0, count, place: head.first, narrow: true, change: None });
            }
        }
        Ok(read)
    }

    /// The table of pieces (Clx): changes of properties, then the pieces.
    fn table(&mut self, main: &[u8], clx: &[u8], head: &Head) -> Result<(), Fault> {
        let mut at = 0;
        while clx.get(at) == Some(&1) {
            let length = u16_at(clx, at + 1).ok_or(Fault::Damaged)? as usize;
            self.changes.push(clx.get(at + 3..at + 3 + length).ok_or(Fault::Damaged)?.to_vec());
            at += 3 + length;
        }
        if clx.get(at) != Some(&2) {
            return Err(Fault::Damaged);
        }
        let length = u32_at(clx, at + 1).ok_or(Fault::Damaged)? as usize;
        let plc = &clx[at + 5..];
        let count = (length.min(plc.len()).saturating_sub(4)) / 12;
        let mut left = main.len();
        for index in 0..count {
            let (Some(first), Some(end)) = (u32_at(plc, 4 * index), u32_at(plc, 4 * index + 4)) else {
                break;
            };
            let entry = 4 * (count + 1) + 8 * index;
            let (Some(place), Some(change)) = (u32_at(plc, entry + 2), u16_at(plc, entry + 6)) else {
                break;
            };
            let narrow = place & 0x4000_0000 != 0 || head.old;
            let place = (place & 0x3fff_ffff) as usize;
            let place = if narrow && !head.old { place / 2 } else { place };
            let size = if narrow { 1 } else { 2 };
            // pieces that lie over each other would make a small file endless
            let room = main.len().saturating_sub(place).min(left) / size;
            let count = (end.saturating_sub(first) as usize).min(room);
            left -= count * size;
            let change = (change & 1 == 1).then_some(usize::from(change >> 1));
            self.pieces.push(Piece { first: first as usize, count, place, narrow, change });
        }
        Ok(())
    }

    /// Shows the characters of a part of the document in order.
    pub(super) fn characters<E>(
        &self,
        main: &[u8],
        from: usize,
        to: usize,
        mut visit: impl FnMut(Character<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        for piece in &self.pieces {
            let first = from.max(piece.first);
            let end = to.min(piece.first.saturating_add(piece.count));
            if first >= end {
                continue;
            }
            let size = if piece.narrow { 1 } else { 2 };
            let start = piece.place + (first - piece.first) * size;
            let bytes = main.get(start..(start + (end - first) * size).min(main.len())).unwrap_or_default();
            let change = piece.change.and_then(|at| self.changes.get(at)).map_or(&[][..], Vec::as_slice);
            if piece.narrow {
                let mut at = 0;
                while at < bytes.len() {
                    let double = self.encoding != WINDOWS_1252 && bytes[at] >= 0x81 && at + 1 < bytes.len();
                    let length = if double { 2 } else { 1 };
                    let text = self.encoding.decode_without_bom_handling(&bytes[at..at + length]).0;
                    for c in text.chars() {
                        visit(Character { c, place: start + at, change })?;
                    }
                    at += length;
                }
            } else {
                let mut place = start;
                let units = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
                for unit in char::decode_utf16(units) {
                    let c = unit.unwrap_or('\u{fffd}');
                    visit(Character { c, place, change })?;
                    place += 2 * c.len_utf16();
                }
            }
        }
        Ok(())
    }
}
