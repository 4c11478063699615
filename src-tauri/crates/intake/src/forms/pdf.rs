//! PDF with a text layer: characters by their places, put together to paragraphs and tables again.

mod font;
mod grid;
mod layout;
mod page;
mod token;

use super::flow::{Cell, Flow, Piece, Table};
use super::{Fault, Form};
use crate::Document;
use grid::Grid;
use layout::{Habits, Joining, Line, Sheet};
use lopdf::{Dictionary, LoadOptions, Object, ObjectId, Stream};
use page::{Drawing, Fonts, Glyph, Matrix};
use std::collections::BTreeMap;

/// Pages that are read.
const MAX_PAGES: usize = 5_000;
/// What all parts of a file may unpack to, in bytes.
const MAX_UNPACKED: usize = 192 << 20;
/// What one part that holds the file's structure may unpack to, in bytes.
const MAX_STRUCTURE: usize = 16 << 20;
/// Cells that all tables together may have.
const MAX_CELLS: usize = 1 << 19;
/// A scanned page has fewer characters than this, and a picture over at least a third of it.
const SCANNED_BELOW: usize = 10;

/// A page's tables and the lines around them, from top to bottom.
struct Leaf {
    grids: Vec<(Grid, Table)>,
    lines: Vec<Line>,
    pictured: bool,
    /// The sheet's width in points.
    width: f32,
}

/// Reads a PDF.
pub(crate) fn read(bytes: &[u8]) -> Result<Document, Fault> {
    let document = load(bytes)?;
    let mut fonts = Fonts::default();
    let mut budget = MAX_UNPACKED;
    let mut leaves = Vec::new();
    let (mut text, mut cells) = (0, 0);
    let mut unknown = 0;
    for id in document.page_iter().take(MAX_PAGES) {
        let (leaf, characters, untold) = leaf(&document, &mut fonts, &mut budget, id)?;
        text += characters;
        unknown += untold;
        // each character takes three bytes and more
        if text > super::MAX_TEXT / 3 {
            return Err(Fault::TooLarge);
        }
        cells += leaf.grids.iter().map(|(grid, _)| grid.cells()).sum::<usize>();
        if cells > MAX_CELLS {
            return Err(Fault::TooLarge);
        }
        leaves.push(leaf);
    }
    if leaves.is_empty() {
        return Err(Fault::Damaged);
    }
    without_heads(&mut leaves);
    let mut flow = Flow::default();
    write(leaves, &mut flow)?;
    if unknown > 0 && unknown * 2 > text {
        return Err(Fault::Scanned);
    }
    if unknown > 0 {
        flow.unread(format!("文件中有{unknown}处字符没有编码，已显示为“\u{fffd}”，请对照原件核对。"));
    }
    flow.finish(Form::Pdf)
}

fn load(bytes: &[u8]) -> Result<lopdf::Document, Fault> {
    let options = LoadOptions {
        password: None,
        // the bytes of pictures are never looked at
        filter: Some(|id, object| {
            let Object::Stream(stream) = object else {
                return Some((id, object.clone()));
            };
            if stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Image") {
                // one byte, since the loader reads an empty stream again
                stream.content = vec![0];
            }
            // what is handed back counts only for objects packed in a stream, and those are no streams
            Some((id, Object::Null))
        }),
        strict: false,
        max_decompressed_size: Some(MAX_STRUCTURE),
    };
    let document = lopdf::Document::load_mem_with_options(bytes, options).map_err(|error| match error {
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => Fault::Protected,
        lopdf::Error::Decompress(_) => Fault::TooLarge,
        _ => Fault::Damaged,
    })?;
    if document.is_encrypted() && !document.was_encrypted() {
        return Err(Fault::Protected);
    }
    Ok(document)
}

/// A page's entry, its own or one that it inherits.
fn inherited<'a>(document: &'a lopdf::Document, page: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    let mut node = page;
    for _ in 0..64 {
        if let Ok(found) = node.get_deref(key, document) {
            return Some(found);
        }
        node = node.get_deref(b"Parent", document).and_then(Object::as_dict).ok()?;
    }
    None
}

/// The matrix that turns the page as it is shown, and its width and height.
fn base(document: &lopdf::Document, page: &Dictionary) -> (Matrix, f32, f32) {
    let sheet: Vec<f32> = inherited(document, page, b"MediaBox")
        .and_then(|sheet| sheet.as_array().ok())
        .map(|sheet| sheet.iter().filter_map(|n| document.dereference(n).ok()?.1.as_float().ok()).collect())
        .unwrap_or_default();
    let (width, height) =
        if let [x0, y0, x1, y1] = sheet.as_slice() { ((x1 - x0).abs(), (y1 - y0).abs()) } else { (595.0, 842.0) };
    let turned = inherited(document, page, b"Rotate").and_then(|turned| turned.as_i64().ok()).unwrap_or(0);
    let matrix = match turned.rem_euclid(360) {
        90 => [0.0, -1.0, 1.0, 0.0, 0.0, 0.0],
        180 => [-1.0, 0.0, 0.0, -1.0, 0.0, 0.0],
        270 => [0.0, 1.0, -1.0, 0.0, 0.0, 0.0],
        _ => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
    };
    if turned.rem_euclid(180) == 90 { (matrix, height, width) } else { (matrix, width, height) }
}

/// Reads a page; also tells how many characters it has, and how many of them are unknown.
fn leaf(document: &lopdf::Document, fonts: &mut Fonts, budget: &mut usize, id: ObjectId) -> Result<(Leaf, usize, usize), Fault> {
    let page = document.get_dictionary(id).map_err(|_| Fault::Damaged)?;
    let (base, width, height) = base(document, page);
    let resources = inherited(document, page, b"Resources").and_then(|found| found.as_dict().ok());
    let resources: Vec<&Dictionary> = resources.into_iter().collect();
    let contents: Vec<&Stream> = document
        .get_page_contents(id)
        .into_iter()
        .filter_map(|part| document.get_object(part).and_then(Object::as_stream).ok())
        .collect();
    let mut shown = Drawing::page(document, fonts, budget, base, &contents, &resources)?;
    let characters = shown.glyphs.iter().filter(|glyph| !glyph.is_blank()).count();
    let mut outside = std::mem::take(&mut shown.glyphs);
    let mut grids = Vec::new();
    for grid in grid::grids(&shown.rules) {
        let (inside, rest): (Vec<Glyph>, Vec<Glyph>) = outside.into_iter().partition(|glyph| grid.holds(glyph));
        outside = rest;
        if inside.iter().any(|glyph| !glyph.is_blank()) {
            let table = grid.table(inside);
            grids.push((grid, table));
        }
    }
    let pictured = shown.pictures > 0 && shown.largest * 3.0 > width * height;
    let leaf = Leaf { grids, lines: layout::lines(outside), pictured, width };
    Ok((leaf, characters, shown.unknown))
}

/// A line's text without spaces and without digits.
fn wording(line: &Line) -> String {
    line.text.chars().filter(|c| !c.is_whitespace() && !c.is_ascii_digit()).collect()
}

/// A line that may be a page's number.
enum Number {
    /// - 3 -, 第3页 共5页, 3/12
    Marked,
    /// 3
    Bare(usize),
}

fn page_number(line: &Line) -> Option<Number> {
    let bare: String = line.text.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = bare.chars().filter(char::is_ascii_digit).count();
    let marks = |c: char| matches!(c, '-' | '—' | '–' | '－' | '·' | '第' | '页' | '共' | '/' | '／' | '|' | '~' | ',' | '，');
    if !(1..=8).contains(&digits) || !bare.chars().all(|c| c.is_ascii_digit() || marks(c)) || bare.chars().count() > digits + 8 {
        return None;
    }
    Some(bare.parse().map_or(Number::Marked, Number::Bare))
}

/// True for the page's uppermost and lowest line.
fn is_outermost(line: &Line, lines: &[Line]) -> bool {
    lines.iter().all(|other| other.y <= line.y + 1.0) || lines.iter().all(|other| other.y >= line.y - 1.0)
}

/// How far bare numbers at the pages' ends run ahead of the pages, for those that do so on a third of the pages and at least
/// twice. A number that stands there by chance, such as a table's last cell, does not.
fn counted(leaves: &[Leaf]) -> Vec<isize> {
    let mut ahead: BTreeMap<isize, usize> = BTreeMap::new();
    for (index, leaf) in leaves.iter().enumerate() {
        let (most, least) =
            leaf.lines.iter().fold((f32::MIN, f32::MAX), |(most, least), line| (most.max(line.y), least.min(line.y)));
        for line in leaf.lines.iter().filter(|line| line.y >= most - 1.0 || line.y <= least + 1.0) {
            if let Some(Number::Bare(number)) = page_number(line)
                && let (Ok(number), Ok(index)) = (isize::try_from(number), isize::try_from(index))
            {
                *ahead.entry(number - index).or_default() += 1;
            }
        }
    }
    let pages = leaves.len();
    let often = |(ahead, count): &(isize, usize)| *count >= 2 && *count * 3 >= pages || pages <= 2 && *ahead == 1;
    ahead.into_iter().filter(often).map(|(ahead, _)| ahead).collect()
}

/// Takes page heads, feet and numbers out: numbers by their look, the rest where it stands again on other pages at the same
/// height.
fn without_heads(leaves: &mut [Leaf]) {
    let pages = leaves.len();
    let rim = |lines: &[Line]| -> Vec<usize> {
        let count = lines.len();
        (0..count).filter(|at| *at < 3 || at + 3 >= count).collect()
    };
    let place = |line: &Line| (wording(line), (line.y / 4.0).round() as i64);
    let mut seen: BTreeMap<(String, i64), usize> = BTreeMap::new();
    for leaf in leaves.iter() {
        for at in rim(&leaf.lines) {
            *seen.entry(place(&leaf.lines[at])).or_default() += 1;
        }
    }
    let counted = counted(leaves);
    for (index, leaf) in leaves.iter_mut().enumerate() {
        let is_number = |line: &Line| match page_number(line) {
            Some(Number::Marked) => true,
            Some(Number::Bare(number)) => counted.iter().any(|ahead| index.checked_add_signed(*ahead) == Some(number)),
            None => false,
        };
        let drop: Vec<usize> = rim(&leaf.lines)
            .into_iter()
            .filter(|at| {
                let line = &leaf.lines[*at];
                let (text, y) = place(line);
                let again: usize = (y - 1..=y + 1).filter_map(|y| seen.get(&(text.clone(), y))).sum();
                let often = again >= 3 && again * 4 >= pages || pages == 2 && again == 2;
                let repeated = often && !text.is_empty();
                let beside_table =
                    leaf.grids.iter().any(|(grid, _)| grid.top() < line.y) || leaf.grids.is_empty() || line.y < 100.0;
                repeated || (is_number(line) && is_outermost(line, &leaf.lines) && beside_table)
            })
            .collect();
        let mut at = 0;
        leaf.lines.retain(|_| {
            at += 1;
            !drop.contains(&(at - 1))
        });
    }
}

/// What pages of this width have in common. The widest pages are left out where there are many, for one line too long.
fn sheet(leaves: &[Leaf], width: f32) -> Sheet {
    let alike: Vec<&Leaf> = leaves.iter().filter(|leaf| (leaf.width - width).abs() < 5.0 && !leaf.lines.is_empty()).collect();
    let mut ends: Vec<f32> = alike.iter().map(|leaf| layout::column(&leaf.lines).to).collect();
    ends.sort_by(f32::total_cmp);
    let at = ends.len().saturating_sub(1).min(ends.len() * 9 / 10);
    let columns: Vec<_> = alike.iter().take(64).filter_map(|leaf| layout::columns(&leaf.lines)).collect();
    Sheet { right: ends.get(at).copied().unwrap_or(0.0), columns: columns.get(columns.len() / 2).copied() }
}

fn write(mut leaves: Vec<Leaf>, flow: &mut Flow) -> Result<(), Fault> {
    let mut sheets: Vec<(f32, Sheet)> = Vec::new();
    for leaf in &leaves {
        if sheets.len() < 16 && !sheets.iter().any(|(width, _)| (width - leaf.width).abs() < 5.0) {
            sheets.push((leaf.width, sheet(&leaves, leaf.width)));
        }
    }
    let sheet_of = |leaf: &Leaf| {
        let like = sheets.iter().find(|(width, _)| (width - leaf.width).abs() < 5.0);
        like.map_or(Sheet { right: 0.0, columns: None }, |(_, sheet)| *sheet)
    };
    for leaf in &mut leaves {
        for (number, (grid, _)) in leaf.grids.iter().enumerate() {
            let below = leaf.lines.partition_point(|line| line.y > grid.top());
            let (from, to) = grid.width();
            let line = Line { text: number.to_string(), from, to, y: grid.top(), size: 0.0, head: 0.0, table: true };
            leaf.lines.insert(below, line);
        }
    }
    let ordered: Vec<_> = leaves.iter().map(|leaf| layout::in_order(&leaf.lines, &sheet_of(leaf))).collect();
    let habits = Habits::of(ordered.iter().flatten());
    let mut joining = Joining::new(&habits);
    let mut open: Option<(Grid, Table)> = None;
    let mut scanned = Vec::new();
    for (index, (leaf, parts)) in leaves.into_iter().zip(ordered).enumerate() {
        let characters: usize = leaf.lines.iter().map(|line| line.text.chars().count()).sum();
        if leaf.pictured {
            if characters < SCANNED_BELOW && leaf.grids.is_empty() {
                scanned.push(index + 1);
            }
            flow.picture();
        }
        let mut grids: Vec<Option<(Grid, Table)>> = leaf.grids.into_iter().map(Some).collect();
        for (column, lines) in parts {
            for line in lines {
                let here = line.table.then(|| line.text.parse::<usize>().ok()).flatten();
                if let Some((grid, table)) = here.and_then(|number| grids.get_mut(number)?.take()) {
                    if let Some(paragraph) = joining.end() {
                        flow.paragraph(&paragraph)?;
                    }
                    ruled(grid, table, &mut open, flow)?;
                } else if !line.table {
                    if let Some((_, table)) = open.take() {
                        flow.table(&table)?;
                    }
                    if let Some(paragraph) = joining.line(line, column) {
                        flow.paragraph(&paragraph)?;
                    }
                }
            }
        }
    }
    if let Some(paragraph) = joining.end() {
        flow.paragraph(&paragraph)?;
    }
    if let Some((_, table)) = open {
        flow.table(&table)?;
    }
    if !scanned.is_empty() {
        if flow.text_length() < SCANNED_BELOW * scanned.len() {
            return Err(Fault::Scanned);
        }
        let pages: Vec<String> = scanned.iter().take(20).map(ToString::to_string).collect();
        flow.unread(format!("第{}页是扫描图片，其中的文字没有读取，请对照原件核对。", pages.join("、")));
    }
    Ok(())
}

/// Takes a table: it goes on with the one before, or that is written.
fn ruled(grid: Grid, mut table: Table, open: &mut Option<(Grid, Table)>, flow: &mut Flow) -> Result<(), Fault> {
    match open {
        Some((before, whole)) if before.continues(&grid) => {
            // the head is printed again on each page
            if table.rows.len() > 1 && same(table.rows.first(), whole.rows.first()) {
                table.rows.remove(0);
            }
            if let (Some(last), Some(first)) = (whole.rows.last_mut(), table.rows.first_mut())
                && goes_on(last, first)
            {
                join(last, first);
                table.rows.remove(0);
            }
            whole.rows.append(&mut table.rows);
        }
        _ => {
            if let Some((_, table)) = open.replace((grid, table)) {
                flow.table(&table)?;
            }
        }
    }
    Ok(())
}

fn same(one: Option<&Vec<Cell>>, other: Option<&Vec<Cell>>) -> bool {
    one.map(|row| words(row)) == other.map(|row| words(row))
}

/// The text of each cell.
fn words(row: &[Cell]) -> Vec<String> {
    let piece = |piece: &Piece| match piece {
        Piece::Paragraph(text) => text.clone(),
        Piece::Table(_) => String::new(),
    };
    row.iter().map(|cell| cell.pieces.iter().map(piece).collect()).collect()
}

/// True where a page's first row is the rest of the row that the page before it broke off: its number is missing, and at least
/// half of what that row holds. A row under a heading that covers several rows lacks the heading alone.
fn goes_on(last: &[Cell], first: &[Cell]) -> bool {
    let plain = |row: &[Cell]| row.iter().all(|cell| cell.rows == 1 && !cell.continues);
    let columns = |row: &[Cell]| row.iter().map(|cell| cell.columns).collect::<Vec<_>>();
    if last.len() < 2 || columns(last) != columns(first) || !plain(last) || !plain(first) {
        return false;
    }
    let (before, rest) = (words(last), words(first));
    let filled = |cells: &[String]| cells.iter().filter(|text| !text.trim().is_empty()).count();
    let missing = before.iter().zip(&rest).filter(|(before, rest)| !before.trim().is_empty() && rest.trim().is_empty()).count();
    !before[0].trim().is_empty() && rest[0].trim().is_empty() && filled(&rest) > 0 && missing * 2 >= filled(&before)
}

/// Joins the rest of a row to it; a cell that broke off inside a sentence goes on in it.
fn join(last: &mut [Cell], first: &mut [Cell]) {
    for (cell, rest) in last.iter_mut().zip(first) {
        let mut pieces = std::mem::take(&mut rest.pieces).into_iter().peekable();
        if let (Some(Piece::Paragraph(text)), Some(Piece::Paragraph(more))) = (cell.pieces.last_mut(), pieces.peek())
            && !text.ends_with(['。', '；', ';', '！', '？'])
        {
            text.push_str(more);
            pieces.next();
        }
        cell.pieces.extend(pieces);
    }
}
