//! The running text of a binary Word document: paragraphs with their numbers, rows and cells, fields as they print.

use super::Head;
use super::pieces::{Character, Pieces};
use super::properties::{OfCharacter, OfParagraph, Properties};
use crate::forms::Fault;
use crate::forms::docx::numbering::Numbering;
use crate::forms::flow::{Cell, Flow, Piece, Table};
use crate::forms::raised::raised;

/// Column edges closer than this are one, in twentieths of a point.
const HAIR: i16 = 40;

/// A row as it is read: cells, the edges of its columns.
type Row = (Vec<Cell>, Vec<i16>);

/// Reads the text into a flow.
pub(super) struct Body<'a> {
    main: &'a [u8],
    pieces: &'a Pieces,
    properties: &'a Properties,
    numbering: &'a mut Numbering,
    flow: &'a mut Flow,
    text: String,
    /// For each open field: whether its code is read, which does not print.
    fields: Vec<bool>,
    cell: Vec<Piece>,
    cells: Vec<Cell>,
    rows: Vec<Row>,
    /// Notes met so far, and whether they are read.
    notes: usize,
    in_notes: bool,
    /// Drawn objects are text boxes, whose text stands at the end.
    boxes: bool,
}

impl<'a> Body<'a> {
    pub(super) fn new(
        main: &'a [u8],
        pieces: &'a Pieces,
        properties: &'a Properties,
        numbering: &'a mut Numbering,
        flow: &'a mut Flow,
    ) -> Self {
        Self {
            main,
            pieces,
            properties,
            numbering,
            flow,
            text: String::new(),
            fields: Vec::new(),
            cell: Vec::new(),
            cells: Vec::new(),
            rows: Vec::new(),
            notes: 0,
            in_notes: false,
            boxes: false,
        }
    }

    /// Reads the text, then the notes and the text boxes; headers, macros and comments stay out.
    pub(super) fn read(&mut self, head: &Head) -> Result<(), Fault> {
        let mut first = 0_usize;
        self.boxes = head.counts[6] > 0;
        let mut stretches = Vec::new();
        for (index, count) in head.counts.iter().enumerate() {
            let end = first.saturating_add(*count);
            if matches!(index, 0 | 1 | 5 | 6) && *count > 0 {
                stretches.push((first, end, matches!(index, 1 | 5)));
            }
            first = end;
        }
        // notes stand behind the text and its boxes
        stretches.sort_by_key(|(_, _, notes)| *notes);
        for (first, end, notes) in stretches {
            let pieces = self.pieces;
            self.in_notes = notes;
            if notes {
                self.flow.begin_notes();
            }
            pieces.characters(self.main, first, end, |character| self.character(&character))?;
            self.end()?;
        }
        Ok(())
    }

    fn character(&mut self, character: &Character<'_>) -> Result<(), Fault> {
        if self.text.len() > crate::forms::MAX_TEXT {
            return Err(Fault::TooLarge);
        }
        let c = character.c;
        if !matches!(c, '\r' | '\u{7}' | '\u{c}') {
            let properties = self.properties.character(character.place, character.change);
            if !properties.deleted && !properties.hidden {
                self.inside(c, properties);
            }
            return Ok(());
        }
        // the mark of a paragraph that was deleted joins it with the next one
        if c == '\r' && self.properties.character(character.place, character.change).deleted {
            return Ok(());
        }
        let properties = self.properties.paragraph(character.place, character.change);
        if c == '\u{7}' {
            return self.end_cell(&properties);
        }
        if c == '\u{c}' && self.text.is_empty() {
            return Ok(());
        }
        let in_cell = properties.in_table || properties.depth > 0 || !self.cells.is_empty();
        let text = self.take(&properties);
        if in_cell {
            self.cell.push(Piece::Paragraph(text));
            return Ok(());
        }
        self.end_table()?;
        self.flow.paragraph(&text)
    }

    /// A character within a paragraph.
    fn inside(&mut self, c: char, properties: OfCharacter) {
        let special = properties.special;
        match c {
            '\u{13}' => self.fields.push(true),
            '\u{14}' => {
                if let Some(code) = self.fields.last_mut() {
                    *code = false;
                }
            }
            '\u{15}' => {
                self.fields.pop();
            }
            _ if self.fields.contains(&true) => {}
            '\u{1}' if special => self.flow.picture(),
            '\u{8}' if special && !self.boxes => self.flow.picture(),
            '\u{2}' if special && self.in_notes => {
                self.notes += 1;
                self.flow.count_note();
                self.text.push_str(&format!("注{}：", self.notes));
            }
            '\u{b}' | '\u{e}' => self.text.push('\n'),
            '\u{1e}' => self.text.push('-'),
            // the gap behind a note's number
            '\t' | ' ' if self.in_notes && self.text.ends_with('：') && self.text.starts_with('注') => {}
            '\t' => self.text.push('\t'),
            // marks of notes and comments, and characters of symbol fonts that have none of their own
            _ if c < ' ' || (special && c == '(') || c == '\u{1f}' => {}
            _ if properties.raised => {
                let kept = raised(&self.text, c.encode_utf8(&mut [0; 4]));
                self.text.push_str(&kept);
            }
            _ => self.text.push(c),
        }
    }

    /// The paragraph's text with its number.
    fn take(&mut self, properties: &OfParagraph) -> String {
        self.fields.clear();
        let text = std::mem::take(&mut self.text);
        let list = properties.list.filter(|list| !matches!(list, 0 | 0xf801));
        let Some(list) = list else {
            return text;
        };
        let number = self.numbering.next(&list.to_string(), usize::from(properties.level.unwrap_or(0)));
        let bare = text.trim_start();
        if bare.is_empty() { text } else { format!("{number}{bare}") }
    }

    /// A cell's mark, or the mark behind a row's last cell.
    fn end_cell(&mut self, properties: &OfParagraph) -> Result<(), Fault> {
        // old files say nothing about rows: an empty cell behind others ends one
        let unsaid = !properties.in_table && properties.depth == 0;
        let ends_row = properties.ends_row || (unsaid && self.text.is_empty() && self.cell.is_empty() && !self.cells.is_empty());
        if !ends_row {
            let text = self.take(properties);
            self.cell.push(Piece::Paragraph(text));
            let pieces = std::mem::take(&mut self.cell);
            self.cells.push(Cell { pieces, ..Cell::default() });
            return Ok(());
        }
        self.text.clear();
        self.cell.clear();
        let mut cells: Vec<Cell> = Vec::new();
        let mut edges: Vec<i16> = properties.edges.first().copied().into_iter().collect();
        let mut open = false;
        for (at, mut cell) in std::mem::take(&mut self.cells).into_iter().enumerate() {
            let merged = properties.cells.get(at).copied().unwrap_or_default();
            let edge = properties.edges.get(at + 1).copied();
            // the rest of cells merged across is empty
            if open && merged.across && is_blank(&cell) && !cells.is_empty() {
                if let (Some(last), Some(edge)) = (edges.last_mut(), edge) {
                    *last = edge;
                }
                continue;
            }
            open = merged.across;
            cell.continues = merged.down;
            cells.push(cell);
            edges.extend(edge);
        }
        self.rows.push((cells, edges));
        Ok(())
    }

    /// Writes the table that was read, if one was.
    fn end_table(&mut self) -> Result<(), Fault> {
        if !self.cells.is_empty() || !self.cell.is_empty() {
            // a damaged file ends in a row
            let mut cells = std::mem::take(&mut self.cells);
            cells.push(Cell { pieces: std::mem::take(&mut self.cell), ..Cell::default() });
            self.rows.push((cells, Vec::new()));
        }
        if self.rows.is_empty() {
            return Ok(());
        }
        let rows = std::mem::take(&mut self.rows);
        let mut edges: Vec<i16> = rows.iter().flat_map(|(_, edges)| edges.iter().copied()).collect();
        edges.sort_unstable();
        edges.dedup_by(|next, kept| next.saturating_sub(*kept) < HAIR);
        let column = |edge: i16| edges.partition_point(|other| other.saturating_add(HAIR) <= edge);
        let mut table = Table::default();
        for (mut cells, own) in rows {
            for (at, cell) in cells.iter_mut().enumerate() {
                if let (Some(left), Some(right)) = (own.get(at), own.get(at + 1)) {
                    cell.columns = column(*right).saturating_sub(column(*left)).max(1);
                }
            }
            table.rows.push(cells);
        }
        self.flow.table(&table)
    }

    /// Ends a part of the document.
    fn end(&mut self) -> Result<(), Fault> {
        self.end_table()?;
        self.fields.clear();
        let text = std::mem::take(&mut self.text);
        self.flow.paragraph(&text)
    }
}

fn is_blank(cell: &Cell) -> bool {
    cell.pieces.iter().all(|piece| matches!(piece, Piece::Paragraph(text) if text.trim().is_empty()))
}
