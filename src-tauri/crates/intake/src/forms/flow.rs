//! Where the readers of all forms put what they find: paragraphs and tables in reading order, written out as text.

use super::{Fault, MAX_TEXT, text::is_blank};
use crate::{Block, Document, Form, Unread};
use plan::Span;

/// Columns that a table may have; what is further right joins the last one.
const MAX_COLUMNS: usize = 256;
/// Cells that all rows together may have, merged cells counted in each row they cover.
const MAX_CELLS: usize = 1 << 20;

/// A paragraph or a table, where it cannot be written out at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    Paragraph(String),
    Table(Table),
}

/// A table as a form describes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// A cell as a form describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) pieces: Vec<Piece>,
    /// Columns it takes up, at least one.
    pub(crate) columns: usize,
    /// Rows it takes up, at least one; rows below leave it out.
    pub(crate) rows: usize,
    /// True where the form gives the cell again in each row that it covers, and this is such a repetition.
    pub(crate) continues: bool,
}

impl Default for Cell {
    fn default() -> Self {
        Self { pieces: Vec::new(), columns: 1, rows: 1, continues: false }
    }
}

/// The document as far as it is written.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    text: String,
    blocks: Vec<Block>,
    unread: Vec<Unread>,
    breaks_off: bool,
    pictures: usize,
    first_picture: Option<Span>,
    cells: usize,
    held: usize,
    /// What is written belongs to footnotes or endnotes.
    in_notes: bool,
    notes: usize,
    first_note: Option<Span>,
}

impl Flow {
    /// Writes a paragraph; a line break inside it starts another.
    pub(crate) fn paragraph(&mut self, text: &str) -> Result<(), Fault> {
        for line in text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
            let line = line.trim_matches(is_blank);
            if line.is_empty() {
                continue;
            }
            let start = self.text.len();
            self.text.extend(line.chars().filter(|c| !c.is_control() || *c == '\t'));
            self.bounded()?;
            let span = Span { start, end: self.text.len() };
            self.block(span, Block::Paragraph(span));
        }
        Ok(())
    }

    /// Writes a paragraph or a table.
    pub(crate) fn piece(&mut self, piece: &Piece) -> Result<(), Fault> {
        match piece {
            Piece::Paragraph(text) => self.paragraph(text),
            Piece::Table(table) => self.table(table),
        }
    }

    /// Writes a table. One with a single column is a frame around paragraphs.
    pub(crate) fn table(&mut self, table: &Table) -> Result<(), Fault> {
        if table.rows.iter().all(|row| row.len() <= 1 && row.iter().all(|cell| cell.rows == 1)) {
            for cell in table.rows.iter().flatten() {
                for piece in &cell.pieces {
                    self.piece(piece)?;
                }
            }
            return Ok(());
        }
        // Tables drawn by hand have column lines a hair apart, so that cells span columns nobody sees: where all rows have as
        // many cells, each is a column.
        let mut counts = table.rows.iter().map(Vec::len).filter(|count| *count > 1);
        let count = counts.next();
        let even = counts.all(|other| Some(other) == count);
        let columns_of = |cell: &Cell| if even { 1 } else { cell.columns.clamp(1, MAX_COLUMNS) };
        let widest = table.rows.iter().filter(|row| row.len() > 1).map(|row| row.iter().map(columns_of).sum::<usize>()).max();
        let widest = widest.unwrap_or(1).min(MAX_COLUMNS);
        let mut above = Vec::new();
        let mut first = true;
        for row in &table.rows {
            // a row's only cell takes what the cells from above leave
            let covered = above.iter().filter(|(_, left): &&(Span, usize)| *left > 0).count();
            let rest = widest.saturating_sub(covered).max(1);
            let columns = |cell: &Cell| if row.len() == 1 { rest } else { columns_of(cell) };
            if self.row(row, columns, &mut above, first)? {
                first = false;
            }
        }
        Ok(())
    }

    /// Writes a row; false where it is blank and left out. `above` is what each column held last, and for how many rows more
    /// it covers the rows below.
    fn row(
        &mut self,
        row: &[Cell],
        columns: impl Fn(&Cell) -> usize,
        above: &mut Vec<(Span, usize)>,
        first: bool,
    ) -> Result<bool, Fault> {
        let start = self.text.len();
        let mut cells: Vec<Span> = Vec::with_capacity(row.len());
        let mut next = row.iter();
        let mut written = false;
        loop {
            let column = cells.len();
            let covered = above.get_mut(column).filter(|(_, left)| *left > 0);
            if covered.is_none() && next.len() == 0 {
                break;
            }
            if column > 0 && next.len() > 0 {
                self.text.push('\t');
            }
            if let Some((held, left)) = covered {
                *left -= 1;
                cells.push(*held);
                continue;
            }
            let Some(cell) = next.next() else {
                break;
            };
            let columns = columns(cell).min(MAX_COLUMNS.saturating_sub(column));
            let end = column + columns;
            if above.len() < end {
                above.resize(end, (Span { start, end: start }, 0));
            }
            if cell.continues && !first {
                cells.extend(above[column..end].iter().map(|(span, _)| *span));
                continue;
            }
            let from = self.text.len();
            self.cell(&cell.pieces);
            self.bounded()?;
            let span = Span { start: from, end: self.text.len() };
            written |= from < span.end;
            for slot in &mut above[column..end] {
                *slot = (span, cell.rows.saturating_sub(1));
                cells.push(span);
            }
        }
        self.cells += cells.len();
        if self.cells > MAX_CELLS {
            return Err(Fault::TooLarge);
        }
        if !written {
            self.text.truncate(start);
            return Ok(false);
        }
        // a heading across the whole table is one cell
        if cells.iter().all(|cell| *cell == cells[0]) {
            cells.truncate(1);
        }
        let span = Span { start, end: self.text.len() };
        self.block(span, Block::Row { span, cells, first });
        Ok(true)
    }

    /// All of a cell's text in one line.
    fn cell(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            match piece {
                Piece::Paragraph(text) => {
                    for line in text.split(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
                        let line = line.trim_matches(is_blank);
                        if !line.is_empty() {
                            if !self.text.is_empty() && !self.text.ends_with(['\t', '\n']) {
                                self.text.push(' ');
                            }
                            self.text.push_str(line);
                        }
                    }
                }
                Piece::Table(table) => {
                    for cell in table.rows.iter().flatten().filter(|cell| !cell.continues) {
                        self.cell(&cell.pieces);
                    }
                }
            }
        }
    }

    /// Ends a line. A note explains the text and says nothing by itself: it stands in the text and is no block of it.
    fn block(&mut self, span: Span, block: Block) {
        if self.in_notes {
            self.first_note.get_or_insert(span);
        } else {
            self.blocks.push(block);
        }
        self.text.push('\n');
    }

    /// Writes a footnote or an endnote, its number in front: 注1：…
    pub(crate) fn note(&mut self, text: &str) -> Result<(), Fault> {
        self.begin_notes();
        self.count_note();
        let written = self.paragraph(text);
        self.in_notes = false;
        written
    }

    /// What is written from here on belongs to notes.
    pub(crate) fn begin_notes(&mut self) {
        self.in_notes = true;
    }

    /// A note begins.
    pub(crate) fn count_note(&mut self) {
        self.notes += 1;
    }

    /// Notes a picture at this place.
    pub(crate) fn picture(&mut self) {
        self.pictures += 1;
        let here = self.blocks.last().map(|block| match block {
            Block::Paragraph(span) | Block::Row { span, .. } => *span,
        });
        self.first_picture = self.first_picture.or(here);
    }

    /// Notes something that could not be read.
    pub(crate) fn unread(&mut self, message: String) {
        self.unread.push(Unread { message, span: None });
    }

    /// Counts cells that a reader keeps until their table ends.
    pub(crate) fn hold(&mut self, cells: usize) -> Result<(), Fault> {
        self.held += cells;
        if self.held > MAX_CELLS { Err(Fault::TooLarge) } else { Ok(()) }
    }

    /// Notes that the file ends in the middle of its text.
    pub(crate) fn breaks_off(&mut self) {
        self.breaks_off = true;
    }

    /// True where nothing was written yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Bytes of text written so far.
    pub(crate) fn text_length(&self) -> usize {
        self.text.len()
    }

    /// True where pictures were noted.
    pub(crate) fn has_pictures(&self) -> bool {
        self.pictures > 0
    }

    fn bounded(&self) -> Result<(), Fault> {
        if self.text.len() > MAX_TEXT { Err(Fault::TooLarge) } else { Ok(()) }
    }

    /// The document.
    pub(crate) fn finish(mut self, form: Form) -> Result<Document, Fault> {
        if self.is_empty() && self.breaks_off {
            return Err(Fault::Damaged);
        }
        if self.breaks_off {
            let here = self.blocks.last().map(|block| match block {
                Block::Paragraph(span) | Block::Row { span, .. } => *span,
            });
            self.unread.push(Unread {
                message: "文件残缺：内容在中途断开，后面的文字没有读到。请对照原件核对，或向来文单位重新索取。".to_owned(),
                span: here,
            });
        }
        if self.is_empty() {
            return Err(if self.has_pictures() { Fault::Scanned } else { Fault::Empty });
        }
        if self.pictures > 0 {
            self.unread.push(Unread {
                message: format!("文档中有{}幅图片，图片里的文字没有读取，请对照原件核对。", self.pictures),
                span: self.first_picture,
            });
        }
        if let Some(span) = self.first_note {
            self.unread.push(Unread {
                message: format!(
                    "文档有{}条脚注或尾注，只作正文的说明，没有从中读取任务和指标，请看一眼是否需要补录。",
                    self.notes.max(1)
                ),
                span: Some(span),
            });
        }
        Ok(Document { form, text: self.text, blocks: self.blocks, unread: self.unread })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Cell {
        Cell { pieces: vec![Piece::Paragraph(text.to_owned())], ..Cell::default() }
    }

    fn rows(table: &Table) -> Vec<Vec<String>> {
        let mut flow = Flow::default();
        flow.table(table).expect("small");
        let document = flow.finish(Form::Docx).expect("text");
        let mut found = Vec::new();
        for block in &document.blocks {
            match block {
                Block::Row { cells, .. } => {
                    found.push(cells.iter().map(|span| document.text[span.start..span.end].to_owned()).collect());
                }
                Block::Paragraph(span) => found.push(vec![document.text[span.start..span.end].to_owned()]),
            }
        }
        found
    }

    #[test]
    fn a_cell_over_two_rows_stands_in_both() {
        let tall = Cell { rows: 2, ..cell("经济") };
        let table = Table { rows: vec![vec![tall, cell("产值")], vec![cell("税收")]] };
        assert_eq!(rows(&table), [["经济", "产值"], ["经济", "税收"]]);
        let again = Cell { continues: true, ..Cell::default() };
        let table = Table { rows: vec![vec![cell("经济"), cell("产值")], vec![again, cell("税收")]] };
        assert_eq!(rows(&table), [["经济", "产值"], ["经济", "税收"]]);
    }

    #[test]
    fn a_cell_over_two_columns_stands_in_both_and_a_heading_once() {
        let table = Table {
            rows: vec![
                vec![cell("指标"), Cell { columns: 2, ..cell("目标值") }],
                vec![Cell { columns: 3, ..cell("一、经济") }],
                vec![cell("产值"), cell("1"), cell("2")],
            ],
        };
        assert_eq!(rows(&table), [vec!["指标", "目标值", "目标值"], vec!["一、经济"], vec!["产值", "1", "2"]]);
    }

    #[test]
    fn a_frame_of_one_column_gives_paragraphs() {
        let table = Table { rows: vec![vec![cell("专栏1\n重点工程")]] };
        assert_eq!(rows(&table), [["专栏1"], ["重点工程"]]);
    }

    #[test]
    fn a_table_in_a_cell_is_part_of_its_text() {
        let inner = Piece::Table(Table { rows: vec![vec![cell("甲"), cell("乙")]] });
        let table = Table { rows: vec![vec![cell("外"), Cell { pieces: vec![inner], ..Cell::default() }]] };
        assert_eq!(rows(&table), [["外", "甲 乙"]]);
    }

    #[test]
    fn huge_spans_stay_within_bounds() {
        let huge = Cell { rows: usize::MAX, columns: usize::MAX, ..cell("大") };
        let table = Table { rows: vec![vec![huge, cell("小")], vec![cell("下")]] };
        assert_eq!(rows(&table), [["大", "小"], ["大", "下"]]);
    }

    #[test]
    fn a_cell_beyond_the_first_rows_width_is_kept() {
        let table = Table { rows: vec![vec![Cell { rows: 2, ..cell("甲") }, cell("乙")], vec![cell("丙"), cell("丁")]] };
        assert_eq!(rows(&table), [vec!["甲", "乙"], vec!["甲", "丙", "丁"]]);
    }

    #[test]
    fn columns_lines_a_hair_apart_are_one() {
        let wide = |text: &str, columns| Cell { columns, ..cell(text) };
        let table = Table { rows: vec![vec![wide("指标", 2), wide("值", 3)], vec![wide("产值", 3), wide("5", 2)]] };
        assert_eq!(rows(&table), [["指标", "值"], ["产值", "5"]]);
    }
}
