//! Properties of characters, paragraphs and rows of a binary Word document, as far as its text depends on them.

use super::{Head, u16_at, u32_at};

/// Bytes of a page of properties.
const PAGE: usize = 512;
/// Links between styles that are followed; more is a circle.
const MAX_LINKS: usize = 16;

/// Properties of a paragraph.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct OfParagraph {
    pub(super) in_table: bool,
    /// The paragraph mark ends a row.
    pub(super) ends_row: bool,
    /// How many tables it stands in.
    pub(super) depth: u32,
    /// The use of a list, counted from 1; 0 for none on purpose.
    pub(super) list: Option<u16>,
    pub(super) level: Option<u8>,
    /// The row's column edges in twentieths of a point, and what each cell is merged with.
    pub(super) edges: Vec<i16>,
    pub(super) cells: Vec<Merged>,
}

/// How a cell is merged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Merged {
    pub(super) across: bool,
    /// It goes on with the cell above.
    pub(super) down: bool,
}

/// Properties of a character.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct OfCharacter {
    pub(super) deleted: bool,
    pub(super) hidden: bool,
    pub(super) special: bool,
    /// It stands above the line.
    pub(super) raised: bool,
}

/// Runs of properties by their places in the main stream: first place, place behind the last, the properties' bytes.
#[derive(Debug, Default)]
pub(super) struct Properties {
    paragraphs: Vec<(u32, u32, Vec<u8>)>,
    characters: Vec<(u32, u32, OfCharacter)>,
    /// For each paragraph style: the one it is based on, and its own changes.
    styles: Vec<(usize, Vec<u8>)>,
}

impl Properties {
    pub(super) fn read(main: &[u8], table: &[u8], head: &Head) -> Self {
        let mut read = Self::default();
        for page in pages(main, table, head.paragraphs) {
            let count = usize::from(page[PAGE - 1]).min(29);
            for index in 0..count {
                let bounds = u32_at(page, 4 * index).zip(u32_at(page, 4 * index + 4));
                let (Some((from, to)), Some(offset)) = (bounds, page.get(4 * (count + 1) + 13 * index)) else {
                    break;
                };
                let mut at = usize::from(*offset) * 2;
                let mut length = usize::from(page.get(at).copied().unwrap_or(0)) * 2;
                if length == 0 {
                    at += 1;
                    length = usize::from(page.get(at).copied().unwrap_or(0)) * 2 + 1;
                }
                let end = (at + length).min(PAGE - 1);
                let changes = if *offset == 0 { &[][..] } else { page.get(at + 1..end).unwrap_or_default() };
                read.paragraphs.push((from, to, changes.to_vec()));
            }
        }
        for page in pages(main, table, head.characters) {
            let count = usize::from(page[PAGE - 1]).min(101);
            for index in 0..count {
                let bounds = u32_at(page, 4 * index).zip(u32_at(page, 4 * index + 4));
                let (Some((from, to)), Some(offset)) = (bounds, page.get(4 * (count + 1) + index)) else {
                    break;
                };
                let at = usize::from(*offset) * 2;
                let length = usize::from(page.get(at).copied().unwrap_or(0));
                let changes = if at == 0 { &[][..] } else { page.get(at + 1..(at + 1 + length).min(PAGE)).unwrap_or_default() };
                let mut properties = OfCharacter::default();
                properties.apply(changes);
                if properties != OfCharacter::default() {
                    read.characters.push((from, to, properties));
                }
            }
        }
        read.paragraphs.sort_by_key(|run| run.0);
        read.characters.sort_by_key(|run| run.0);
        read.styles = styles(table, head.styles);
        read
    }

    /// Properties of the paragraph whose mark stands at this place; `change` comes from the mark's piece.
    pub(super) fn paragraph(&self, place: usize, change: &[u8]) -> OfParagraph {
        let mut found = OfParagraph::default();
        let at = self.paragraphs.partition_point(|run| run.0 as usize <= place);
        let run = at.checked_sub(1).map(|at| &self.paragraphs[at]).filter(|run| place < run.1 as usize);
        let changes = run.map_or(&[][..], |run| run.2.as_slice());
        let mut chain = Vec::new();
        let mut style = u16_at(changes, 0).map(usize::from);
        while let Some((base, own)) = style.and_then(|style| self.styles.get(style)) {
            chain.push(own);
            style = Some(*base);
            if chain.len() == MAX_LINKS {
                break;
            }
        }
        for own in chain.into_iter().rev() {
            found.apply(own);
        }
        found.apply(changes.get(2..).unwrap_or_default());
        found.apply(change);
        found
    }

    /// Properties of the character at this place.
    pub(super) fn character(&self, place: usize, change: &[u8]) -> OfCharacter {
        let at = self.characters.partition_point(|run| run.0 as usize <= place);
        let run = at.checked_sub(1).map(|at| &self.characters[at]).filter(|run| place < run.1 as usize);
        let mut found = run.map_or_else(OfCharacter::default, |run| run.2);
        found.apply(change);
        found
    }
}

/// The pages of properties that a table of places names.
fn pages<'a>(main: &'a [u8], table: &[u8], (place, length): (usize, usize)) -> Vec<&'a [u8]> {
    let end = place.saturating_add(length).min(table.len());
    let plc = table.get(place..end).unwrap_or_default();
    let count = plc.len().saturating_sub(4) / 8;
    // each page once: a table that names one page again and again would make a small file large
    let mut numbers: Vec<usize> =
        (0..count).filter_map(|index| Some((u32_at(plc, 4 * (count + 1) + 4 * index)? & 0x003f_ffff) as usize)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into_iter().filter_map(|number| main.get(number * PAGE..(number + 1) * PAGE)).collect()
}

/// Paragraph styles: the base of each and its changes.
fn styles(table: &[u8], (place, length): (usize, usize)) -> Vec<(usize, Vec<u8>)> {
    let end = place.saturating_add(length).min(table.len());
    let sheet = table.get(place..end).unwrap_or_default();
    let mut found = Vec::new();
    let Some(head) = u16_at(sheet, 0).map(usize::from) else {
        return found;
    };
    let base_length = u16_at(sheet, 4).map_or(10, usize::from);
    let mut at = 2 + head;
    while let Some(length) = u16_at(sheet, at).map(usize::from) {
        let style = sheet.get(at + 2..(at + 2 + length).min(sheet.len())).unwrap_or_default();
        found.push(paragraph_style(style, base_length).unwrap_or((usize::MAX, Vec::new())));
        at += 2 + length + length % 2;
        if found.len() > 4096 {
            break;
        }
    }
    found
}

fn paragraph_style(style: &[u8], base_length: usize) -> Option<(usize, Vec<u8>)> {
    let kind = u16_at(style, 2)?;
    if kind & 0xf != 1 {
        return None;
    }
    let name = usize::from(u16_at(style, base_length)?);
    let at = base_length + 2 + 2 * name + 2;
    let length = usize::from(u16_at(style, at)?);
    // its own number stands in front of the changes
    let changes = style.get(at + 4..at + 2 + length).unwrap_or_default();
    Some((usize::from(kind >> 4), changes.to_vec()))
}

/// Shows each change of a list of changes (grpprl): its number and operand.
fn changes(bytes: &[u8], mut visit: impl FnMut(u16, &[u8])) {
    let mut at = 0;
    while let Some(number) = u16_at(bytes, at) {
        at += 2;
        let byte = |at: usize| usize::from(bytes.get(at).copied().unwrap_or(0));
        let length = match number >> 13 {
            0 | 1 => 1,
            2 | 4 | 5 => 2,
            3 => 4,
            7 => 3,
            // definitions of a table's columns count in two bytes, one too many
            _ if number == 0xd608 || number == 0xd606 => u16_at(bytes, at).map_or(0, usize::from) + 1,
            _ if number == 0xc615 && byte(at) == 255 => 2 + byte(at + 1) * 4 + byte(at + 2 + byte(at + 1) * 4) * 3,
            _ => 1 + byte(at),
        };
        let Some(operand) = bytes.get(at..at + length) else {
            break;
        };
        visit(number, operand);
        at += length;
    }
}

impl OfCharacter {
    fn apply(&mut self, bytes: &[u8]) {
        changes(bytes, |number, operand| {
            let on = operand.first().is_some_and(|value| value & 1 == 1);
            match number {
                0x0800 => self.deleted = on,
                0x083c => self.hidden = on,
                0x0855 => self.special = on,
                0x2a48 => self.raised = operand.first() == Some(&1),
                _ => {}
            }
        });
    }
}

impl OfParagraph {
    fn apply(&mut self, bytes: &[u8]) {
        changes(bytes, |number, operand| {
            let on = operand.first().is_some_and(|value| *value != 0);
            match number {
                0x2416 => self.in_table = on,
                0x2417 => self.ends_row = on,
                0x6649 => self.depth = u32_at(operand, 0).unwrap_or(0),
                0x260a => self.level = operand.first().copied(),
                0x460b => self.list = u16_at(operand, 0),
                0xd608 => self.columns(operand),
                0xd62b => {
                    if let [_, cell, how, ..] = operand
                        && let Some(merged) = self.cells.get_mut(usize::from(*cell))
                    {
                        merged.down = *how == 1;
                    }
                }
                _ => {}
            }
        });
    }

    /// The columns of a row (sprmTDefTable).
    fn columns(&mut self, operand: &[u8]) {
        let count = usize::from(operand.get(2).copied().unwrap_or(0)).min(63);
        self.edges =
            (0..=count).filter_map(|at| u16_at(operand, 3 + 2 * at).map(|edge| i16::from_le_bytes(edge.to_le_bytes()))).collect();
        let first = 3 + 2 * (count + 1);
        self.cells = (0..count)
            .map(|at| {
                let flags = u16_at(operand, first + 20 * at).unwrap_or(0);
                Merged { across: flags & 3 != 0, down: flags >> 5 & 3 == 1 }
            })
            .collect();
    }
}
