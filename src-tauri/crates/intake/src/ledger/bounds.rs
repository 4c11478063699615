//! What a spreadsheet may make its reader ask for. The library that reads spreadsheets believes what they say of themselves: 15 KB
//! can name a range of a trillion cells, one long text can stand in a million cells. An allocation that fails ends the whole
//! program, and no catching of panics helps, so such files are refused, or set right, before the library sees them.
//!
//! Measured against a child process for each file (a start of 30 ms on the PCs that are meant, a second program for antivirus to
//! ask about, and nothing to hold memory with on Windows without unsafe code): the walks below take 1 ms for each megabyte.

use crate::forms::Fault;
use std::collections::HashMap;
use std::io::{Cursor, Read, Write};

/// Text that the cells of a spreadsheet may come to, in bytes: twice what a document may have.
pub(super) const MAX_CELL_TEXT: usize = 2 * crate::forms::MAX_TEXT;
/// Texts that a spreadsheet may say it shares among its cells.
const MAX_SHARED: u64 = 1 << 22;
/// Rows that all sheets of an old workbook may have, and cells, those between others counted: the library makes room for each.
const MAX_ROWS: usize = 80_000;
const MAX_CELLS: usize = 1 << 22;
/// Sheets that an old workbook may list; the library reads each as often as it is listed.
const MAX_LISTED: usize = 255;
/// The largest stream of an old workbook, in bytes.
const MAX_STREAM: u64 = 64 << 20;

/// Refuses a list of shared texts that says it is longer than any is: the library makes room for what it says.
pub(super) fn shared_texts(part: &mut dyn Read) -> Result<(), Fault> {
    const SAYS: &[u8] = b"uniqueCount";
    let mut bytes = Vec::new();
    part.read_to_end(&mut bytes).map_err(|_| Fault::Damaged)?;
    for at in memchr(&bytes, SAYS) {
        let digits = bytes[at + SAYS.len()..].iter().take(64).skip_while(|byte| !byte.is_ascii_digit());
        let said = digits
            .take_while(|byte| byte.is_ascii_digit())
            .fold(0_u64, |number, digit| number.saturating_mul(10).saturating_add(u64::from(digit - b'0')));
        if said > MAX_SHARED {
            return Err(Fault::TooLarge);
        }
    }
    Ok(())
}

fn memchr(bytes: &[u8], wanted: &[u8]) -> Vec<usize> {
    bytes.windows(wanted.len()).enumerate().filter(|(_, window)| *window == wanted).map(|(at, _)| at).collect()
}

/// An old workbook as the library may see it: its one stream in a container of its own, without the sizes that its sheets claim.
pub(super) fn old_workbook(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let damaged = |_| Fault::Damaged;
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
    let name = if file.is_stream("/Workbook") { "/Workbook" } else { "/Book" };
    let mut stream = Vec::new();
    file.open_stream(name).map_err(damaged)?.take(MAX_STREAM + 1).read_to_end(&mut stream).map_err(damaged)?;
    if stream.len() as u64 > MAX_STREAM {
        return Err(Fault::TooLarge);
    }
    let sizes = bounded(&stream)?;
    for at in sizes {
        // rows and columns of none: the library then makes room as cells come
        stream[at].fill(0);
    }
    let mut clean = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).map_err(damaged)?;
    clean.create_stream(name).and_then(|mut into| into.write_all(&stream)).and_then(|()| clean.flush()).map_err(damaged)?;
    Ok(clean.into_inner().into_inner())
}

/// The records of a stream from a place on: kind, place of the content, content.
fn records(stream: &[u8], from: usize) -> impl Iterator<Item = (u16, usize, &[u8])> {
    let mut at = from;
    std::iter::from_fn(move || {
        let head = stream.get(at..at + 4)?;
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let content = stream.get(at + 4..at + 4 + length)?;
        let record = (u16::from_le_bytes([head[0], head[1]]), at + 4, content);
        at += 4 + length;
        Some(record)
    })
}

fn u16_at(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..at + 2).map_or(0, |pair| usize::from(u16::from_le_bytes([pair[0], pair[1]])))
}

/// What one sheet comes to.
#[derive(Debug, Clone, Default)]
struct Extent {
    rows: usize,
    columns: usize,
    text: usize,
    /// Where its records claim a size.
    sizes: Vec<std::ops::Range<usize>>,
}

/// Where the stream claims sizes of sheets; an error where the sheets together come to more than is read.
fn bounded(stream: &[u8]) -> Result<Vec<std::ops::Range<usize>>, Fault> {
    let mut shared: Vec<Vec<&[u8]>> = Vec::new();
    let mut begins = Vec::new();
    let mut in_shared = false;
    for (kind, _, content) in records(stream, 0) {
        match kind {
            0x0085 => {
                let place = content.get(..4).map_or(0, |place| u32::from_le_bytes([place[0], place[1], place[2], place[3]]));
                begins.push(usize::try_from(place).unwrap_or(usize::MAX));
            }
            0x00fc => shared.push(vec![content]),
            0x003c if in_shared => shared.last_mut().into_iter().for_each(|parts| parts.push(content)),
            _ => {}
        }
        in_shared = kind == 0x00fc || in_shared && kind == 0x003c;
    }
    if begins.len() > MAX_LISTED {
        return Err(Fault::TooLarge);
    }
    let lengths = shared.iter().map(|parts| text_lengths(parts)).max_by_key(Vec::len).unwrap_or_default();
    let mut extents: HashMap<usize, Extent> = HashMap::new();
    let (mut rows, mut cells, mut text) = (0_usize, 0_usize, 0_usize);
    let mut sizes = Vec::new();
    for begin in begins {
        let known = extents.entry(begin).or_insert_with(|| extent(stream, begin, &lengths));
        rows += known.rows;
        cells += known.rows * known.columns;
        text += known.text;
        sizes.append(&mut known.sizes);
        if rows > MAX_ROWS || cells > MAX_CELLS || text > MAX_CELL_TEXT {
            return Err(Fault::TooLarge);
        }
    }
    Ok(sizes)
}

/// One sheet, as far as the library reads it: to the end of its records, what is nested in them left out.
fn extent(stream: &[u8], begin: usize, lengths: &[usize]) -> Extent {
    let mut extent = Extent::default();
    let (mut seen, mut depth) = (false, 0_usize);
    let longest = lengths.iter().copied().max().unwrap_or(0);
    for (kind, at, content) in records(stream, begin) {
        match kind {
            0x0809 if seen => depth += 1,
            0x0809 => seen = true,
            0x000a if depth == 0 => break,
            0x000a => depth -= 1,
            _ if depth > 0 => {}
            0x0200 => extent.sizes.push(at..at + content.len()),
            0x0006 | 0x007e | 0x00bd | 0x00be | 0x00d6 | 0x00fd | 0x0201..=0x0205 | 0x027e if content.len() >= 4 => {
                // a row of numbers names its first column, and its last at its end
                let last = if matches!(kind, 0x00bd | 0x00be) { u16_at(content, content.len() - 2) } else { 0 };
                extent.rows = extent.rows.max(u16_at(content, 0) + 1);
                extent.columns = extent.columns.max(u16_at(content, 2).max(last) + 1);
                extent.text += match kind {
                    0x00fd => {
                        let place =
                            content.get(6..10).map_or(0, |place| u32::from_le_bytes([place[0], place[1], place[2], place[3]]));
                        usize::try_from(place).ok().and_then(|place| lengths.get(place).copied()).unwrap_or(longest)
                    }
                    _ => content.len(),
                };
            }
            _ => {}
        }
    }
    extent
}

/// The bytes that each shared text comes to at most, of a list that goes on over several records ([MS-XLS] 2.4.265, 2.5.293). A
/// text that is cut goes on in the next record behind a byte that says anew how wide its characters are.
fn text_lengths(parts: &[&[u8]]) -> Vec<usize> {
    let mut reader = Parts { parts, part: 0, at: 8 };
    let mut lengths = Vec::new();
    while let Some(length) = reader.text() {
        lengths.push(3 * length);
    }
    lengths
}

struct Parts<'a> {
    parts: &'a [&'a [u8]],
    part: usize,
    at: usize,
}

impl Parts<'_> {
    fn byte(&mut self) -> Option<u8> {
        while self.at >= self.parts.get(self.part)?.len() {
            self.part += 1;
            self.at = 0;
        }
        self.at += 1;
        self.parts.get(self.part)?.get(self.at - 1).copied()
    }

    fn number(&mut self, bytes: u32) -> Option<usize> {
        (0..bytes).try_fold(0, |number, at| Some(number | usize::from(self.byte()?) << (8 * at)))
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            let left = self.parts.get(self.part)?.len().saturating_sub(self.at);
            if left == 0 {
                self.part += 1;
                self.at = 0;
                continue;
            }
            let step = left.min(count);
            self.at += step;
            count -= step;
        }
        Some(())
    }

    /// One text; how many characters it has.
    fn text(&mut self) -> Option<usize> {
        let length = self.number(2)?;
        let mut flags = self.byte()?;
        let runs = if flags & 8 == 0 { 0 } else { self.number(2)? };
        let extra = if flags & 4 == 0 { 0 } else { self.number(4)? };
        let mut left = length;
        while left > 0 {
            let here = self.parts.get(self.part)?.len().saturating_sub(self.at);
            let width = if flags & 1 == 0 { 1 } else { 2 };
            if here < width {
                self.part += 1;
                self.at = 0;
                flags = self.byte()?;
                continue;
            }
            let step = (here / width).min(left);
            self.at += step * width;
            left -= step;
        }
        self.skip(4 * runs)?;
        self.skip(extra)?;
        Some(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len()).expect("short");
        [kind.to_le_bytes().as_slice(), &length.to_le_bytes(), content].concat()
    }

    fn begin() -> Vec<u8> {
        record(0x0809, &[0, 6, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    }

    fn text(words: &str) -> Vec<u8> {
        let wide: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = u16::try_from(words.chars().count()).expect("short");
        [length.to_le_bytes().as_slice(), &[1], &wide].concat()
    }

    /// A stream with one list of shared texts, and one sheet that is listed so often.
    fn stream(shared: &[u8], sheet: &[u8], listed: usize) -> Vec<u8> {
        let list = record(0x00fc, &[[0_u8; 8].as_slice(), shared].concat());
        let end = record(0x000a, &[]);
        let named = |place: u32| record(0x0085, &[place.to_le_bytes().as_slice(), &[0, 0, 1, 0, b'A']].concat());
        let globals = begin().len() + list.len() + listed * named(0).len() + end.len();
        let place = u32::try_from(globals).expect("short");
        let mut all = begin();
        all.extend((0..listed).flat_map(|_| named(place)));
        [all, list, end.clone(), begin(), sheet.to_vec(), end].concat()
    }

    fn cell(row: u16, column: u16, shared: u32) -> Vec<u8> {
        record(
            0x00fd,
            &[row.to_le_bytes(), column.to_le_bytes(), [0, 0]]
                .concat()
                .into_iter()
                .chain(shared.to_le_bytes())
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn a_size_that_a_sheet_claims_is_taken_out() {
        let claim = record(0x0200, &[0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0xff, 0xff, 0, 0]);
        let bytes = stream(&text("甲"), &[claim, cell(1, 1, 0)].concat(), 1);
        let sizes = bounded(&bytes).expect("small");
        assert_eq!(sizes.len(), 1);
        assert_eq!(bytes[sizes[0].clone()][4..8], [0xff; 4]);
    }

    #[test]
    fn cells_far_apart_and_texts_told_a_thousand_times_are_refused() {
        let small = |sheet: &[u8], listed| bounded(&stream(&text("甲"), sheet, listed)).map(|_| ());
        assert_eq!(small(&cell(100, 20, 0), 3), Ok(()));
        assert_eq!(small(&cell(60_000, 30, 0), 1), Ok(()));
        assert_eq!(small(&cell(60_000, 60_000, 0), 1), Err(Fault::TooLarge));
        assert_eq!(small(&cell(60_000, 3, 0), 2), Err(Fault::TooLarge));
        assert_eq!(small(&cell(1, 1, 0), MAX_LISTED + 1), Err(Fault::TooLarge));
        let long = text(&"长".repeat(8_000));
        let thousand: Vec<u8> = (0..1000).flat_map(|row| cell(row, 0, 0)).collect();
        assert_eq!(bounded(&stream(&long, &thousand, 1)).map(|_| ()), Err(Fault::TooLarge));
        assert_eq!(bounded(&stream(&text("短"), &thousand, 1)).map(|_| ()), Ok(()));
    }

    #[test]
    fn a_text_that_goes_on_in_the_next_record_is_measured_whole() {
        let whole = text("甲乙丙丁");
        let (head, tail) = whole.split_at(7);
        let first = [[0_u8; 8].as_slice(), head].concat();
        let second = [[1].as_slice(), tail, &text("戊")].concat();
        assert_eq!(text_lengths(&[&first, &second]), [12, 3]);
    }

    #[test]
    fn a_list_of_shared_texts_that_claims_a_billion_is_refused() {
        let list = |count: &str| format!("<sst xmlns=\"x\" count=\"3\" uniqueCount=\"{count}\"><si><t>甲</t></si></sst>");
        assert_eq!(shared_texts(&mut list("12").as_bytes()), Ok(()));
        assert_eq!(shared_texts(&mut list("1400000000").as_bytes()), Err(Fault::TooLarge));
        assert_eq!(shared_texts(&mut list("99999999999999999999999").as_bytes()), Err(Fault::TooLarge));
    }
}
