//! Lists of a binary Word document: their levels, and the uses of them that paragraphs name.

use super::{Head, u16_at, u32_at};
use crate::forms::docx::numbering::{Numbering, Pattern};

/// Lists and uses that are read.
const MAX_LISTS: usize = 4096;

/// Reads all lists; a use is named by its number, counted from 1.
pub(super) fn read(table: &[u8], head: &Head) -> Numbering {
    let mut numbering = Numbering::default();
    let _ = lists(table, head, &mut numbering);
    let _ = uses(table, head, &mut numbering);
    numbering
}

fn lists(table: &[u8], head: &Head, numbering: &mut Numbering) -> Option<()> {
    let (place, length) = head.lists;
    if length == 0 {
        return None;
    }
    let count = usize::from(u16_at(table, place)?).min(MAX_LISTS);
    // the levels of all lists stand behind the lists
    let mut at = place + 2 + 28 * count;
    for index in 0..count {
        let list = place + 2 + 28 * index;
        let id = u32_at(table, list)?;
        let simple = table.get(list + 26)? & 1 == 1;
        for level in 0..if simple { 1 } else { 9 } {
            let (pattern, next) = read_level(table, at)?;
            numbering.define(&id.to_string(), level, pattern);
            at = next;
        }
    }
    Some(())
}

fn uses(table: &[u8], head: &Head, numbering: &mut Numbering) -> Option<()> {
    let (place, length) = head.uses;
    if length == 0 {
        return None;
    }
    let count = (u32_at(table, place)? as usize).min(MAX_LISTS);
    for index in 0..count {
        let id = u32_at(table, place + 4 + 16 * index)?;
        numbering.use_list(&(index + 1).to_string(), &id.to_string());
    }
    let mut at = place + 4 + 16 * count;
    for index in 0..count {
        let changed = *table.get(place + 4 + 16 * index + 12)?;
        at += 4;
        for _ in 0..changed {
            let start = u32_at(table, at)?;
            let flags = u32_at(table, at + 4)?;
            at += 8;
            if flags & 0x10 != 0 {
                numbering.start_at(&(index + 1).to_string(), (flags & 0xf) as usize, start);
            }
            if flags & 0x20 != 0 {
                at = read_level(table, at)?.1;
            }
        }
    }
    Some(())
}

/// Reads a level (LVL), and gives the place behind it.
fn read_level(table: &[u8], at: usize) -> Option<(Pattern, usize)> {
    let start = u32_at(table, at)?;
    let format = format_of(*table.get(at + 4)?);
    let flags = *table.get(at + 5)?;
    let gap = *table.get(at + 15)?;
    let changes = usize::from(*table.get(at + 24)?) + usize::from(*table.get(at + 25)?);
    let text_at = at + 28 + changes;
    let length = usize::from(u16_at(table, text_at)?);
    let end = text_at + 2 + 2 * length;
    let units = table.get(text_at + 2..end)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    let mut text = String::new();
    for c in char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')) {
        // a number below nine stands for the number of that level
        match u32::from(c) {
            level @ 0..9 => text.push_str(&format!("%{}", level + 1)),
            _ => text.push(c),
        }
    }
    Some((Pattern { start, format, text, legal: flags & 4 != 0, nothing_behind: gap == 2 }, end))
}

/// Formats by the names that the newer form of the same program gives them (MSONFC).
fn format_of(code: u8) -> &'static str {
    match code {
        1 => "upperRoman",
        2 => "lowerRoman",
        3 => "upperLetter",
        4 => "lowerLetter",
        10 => "ideographDigital",
        11 => "japaneseCounting",
        14 | 19 => "decimalFullWidth",
        16 => "japaneseLegal",
        17 => "japaneseDigitalTenThousand",
        18 => "decimalEnclosedCircle",
        22 => "decimalZero",
        23 => "bullet",
        26 => "decimalEnclosedFullstop",
        27 => "decimalEnclosedParen",
        28 => "decimalEnclosedCircleChinese",
        29 => "ideographEnclosedCircle",
        30 => "ideographTraditional",
        31 => "ideographZodiac",
        33 => "taiwaneseCounting",
        34 => "ideographLegalTraditional",
        35 => "taiwaneseCountingThousand",
        36 => "taiwaneseDigital",
        37 => "chineseCounting",
        38 => "chineseLegalSimplified",
        39 => "chineseCountingThousand",
        255 => "none",
        _ => "decimal",
    }
}
