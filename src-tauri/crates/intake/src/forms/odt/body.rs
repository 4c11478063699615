//! The running text of an Open Document text: paragraphs with their numbers, tables, text boxes, changes as accepted.

use super::lists::Lists;
use crate::forms::flow::{Cell, Flow, Piece, Table};
use crate::forms::raised::raised;
use crate::forms::xml::{Element, Node, local, walk};
use crate::forms::{Fault, MAX_TEXT};
use std::io::BufRead;

/// Tables and text boxes may stand in each other this deep; what is deeper joins the text around it.
const MAX_NESTING: usize = 32;
/// Spaces and empty cells that one mark may stand for.
const MAX_REPEAT: u32 = 256;

/// Bytes of text that the part may hold, blanks between tags counted.
const MAX_TAKEN: usize = 2 * MAX_TEXT;

/// Elements whose text is no part of what prints: deleted text, comments, readings above characters, settings.
const LEFT_OUT: &[&str] = &[
    "tracked-changes",
    "annotation",
    "ruby-text",
    "note-citation",
    "sequence-decls",
    "variable-decls",
    "user-field-decls",
    "forms",
    "covered-table-cell",
    "hidden-text",
    "title",
    "desc",
    "event-listeners",
    "bibliography-mark-source",
    "index-title-template",
    "table-of-content-source",
    "alphabetical-index-source",
    "object-ole",
    "binary-data",
];

/// A paragraph while it is read.
#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    number: String,
    hidden: bool,
    /// White space in the source stands for at most one space: true where one is due.
    space: bool,
    /// Notes and text boxes anchored here.
    after: Vec<Piece>,
}

/// What stands open around the current paragraph.
enum Frame {
    Table {
        table: Table,
        row: Vec<Cell>,
    },
    Cell {
        cell: Cell,
        repeat: u32,
    },
    /// A text box or a note.
    Box {
        around: Option<Paragraph>,
        pieces: Vec<Piece>,
        note: bool,
    },
}

/// Reads the text into a flow.
pub(super) struct Body<'a> {
    lists: &'a mut Lists,
    flow: &'a mut Flow,
    frames: Vec<Frame>,
    /// For each table and box: whether it stands too deep and counts as plain text.
    flat: Vec<bool>,
    paragraph: Option<Paragraph>,
    /// Bytes of text met so far.
    taken: usize,
    /// Depth inside the text.
    inside: usize,
    /// Depth inside an element that is left out.
    skipped: usize,
    /// For each span: whether it is hidden and whether it is raised; and how many are.
    spans: Vec<(bool, bool)>,
    hidden: usize,
    raised: usize,
    notes: usize,
    /// What notes say, written behind the text.
    noted: Vec<Piece>,
}

impl<'a> Body<'a> {
    pub(super) fn new(lists: &'a mut Lists, flow: &'a mut Flow) -> Self {
        Self {
            lists,
            flow,
            frames: Vec::new(),
            flat: Vec::new(),
            paragraph: None,
            taken: 0,
            inside: 0,
            skipped: 0,
            spans: Vec::new(),
            hidden: 0,
            raised: 0,
            notes: 0,
            noted: Vec::new(),
        }
    }

    /// Reads content.xml.
    pub(super) fn read(&mut self, source: &mut dyn BufRead) -> Result<(), Fault> {
        let whole = walk(source, &mut |node| match node {
            Node::Open(element) => {
                if self.inside > 0 || element.name().ends_with(":body") {
                    self.inside += 1;
                    self.open(&element)?;
                }
                Ok(())
            }
            Node::Close(name) => {
                if self.inside > 0 {
                    self.inside -= 1;
                    self.close(local(name))?;
                }
                Ok(())
            }
            Node::Text(text) => {
                // what stays open, such as a paragraph or a table, is bounded as what is written
                self.taken += text.len();
                if self.taken > MAX_TAKEN {
                    return Err(Fault::TooLarge);
                }
                self.text(text);
                Ok(())
            }
        })?;
        if !whole {
            self.flow.breaks_off();
        }
        // what a damaged part leaves open is closed
        self.end_paragraph()?;
        while !self.frames.is_empty() {
            self.close_frame()?;
        }
        self.flow.begin_notes();
        for piece in std::mem::take(&mut self.noted) {
            self.flow.piece(&piece)?;
        }
        Ok(())
    }

    fn open(&mut self, element: &Element<'_>) -> Result<(), Fault> {
        if self.skipped > 0 {
            self.skipped += 1;
            return Ok(());
        }
        let name = local(element.name());
        if LEFT_OUT.contains(&name) {
            self.skipped = 1;
            return Ok(());
        }
        match name {
            "p" | "h" => {
                self.end_paragraph()?;
                let style = element.attribute("style-name");
                let heading = (name == "h").then(|| element.number("outline-level").unwrap_or(1) as usize);
                let heading = heading.filter(|_| element.attribute("is-list-header").as_deref() != Some("true"));
                let number = self.lists.number(style.as_deref(), heading);
                let hidden = style.is_some_and(|style| self.lists.is_hidden(&style, true));
                self.paragraph = Some(Paragraph { number, hidden, ..Paragraph::default() });
            }
            "list" => self.lists.begin(element),
            "list-item" => self.lists.item(element),
            "span" => {
                let style = element.attribute("style-name");
                let hidden = style.as_deref().is_some_and(|style| self.lists.is_hidden(style, false));
                let raised = style.as_deref().is_some_and(|style| self.lists.is_raised(style));
                self.spans.push((hidden, raised));
                self.hidden += usize::from(hidden);
                self.raised += usize::from(raised);
            }
            "s" => {
                let count = element.number("c").unwrap_or(1).min(MAX_REPEAT);
                self.push(&" ".repeat(count as usize));
            }
            "tab" => self.push("\t"),
            "line-break" => self.push("\n"),
            "image" | "object" => self.flow.picture(),
            "table" | "sub-table" => {
                let flat = self.frames.len() >= MAX_NESTING;
                self.flat.push(flat);
                if !flat {
                    self.end_paragraph()?;
                    self.frames.push(Frame::Table { table: Table::default(), row: Vec::new() });
                }
            }
            "table-row" if !self.is_flat() => {
                if let Some(Frame::Table { row, .. }) = self.frames.last_mut() {
                    row.clear();
                }
            }
            "table-cell" if !self.is_flat() => {
                if matches!(self.frames.last(), Some(Frame::Table { .. })) {
                    let number = |name: &str| element.number(name).unwrap_or(1).max(1);
                    let (columns, rows) = (number("number-columns-spanned"), number("number-rows-spanned"));
                    let cell = Cell { columns: columns as usize, rows: rows as usize, ..Cell::default() };
                    self.frames.push(Frame::Cell { cell, repeat: number("number-columns-repeated").min(MAX_REPEAT) });
                }
            }
            "text-box" | "note-body" => {
                let flat = self.frames.len() >= MAX_NESTING;
                self.flat.push(flat);
                if !flat {
                    let around = self.paragraph.take();
                    self.frames.push(Frame::Box { around, pieces: Vec::new(), note: name == "note-body" });
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn is_flat(&self) -> bool {
        self.flat.last() == Some(&true)
    }

    fn close(&mut self, name: &str) -> Result<(), Fault> {
        if self.skipped > 0 {
            self.skipped -= 1;
            return Ok(());
        }
        match name {
            "p" | "h" => self.end_paragraph()?,
            "list" => self.lists.end(),
            "span" => {
                let (hidden, raised) = self.spans.pop().unwrap_or_default();
                self.hidden -= usize::from(hidden);
                self.raised -= usize::from(raised);
            }
            "table-row" if !self.is_flat() => {
                if let Some(Frame::Table { table, row }) = self.frames.last_mut() {
                    let row = std::mem::take(row);
                    if !row.is_empty() {
                        table.rows.push(row);
                    }
                }
            }
            "table-cell" if !self.is_flat() => {
                if matches!(self.frames.last(), Some(Frame::Cell { .. })) {
                    self.end_paragraph()?;
                    self.close_frame()?;
                }
            }
            "table" | "sub-table" => {
                let deep = self.flat.pop() != Some(false);
                if !deep && matches!(self.frames.last(), Some(Frame::Table { .. })) {
                    self.close_frame()?;
                }
            }
            "text-box" | "note-body" => {
                let deep = self.flat.pop() != Some(false);
                if !deep && matches!(self.frames.last(), Some(Frame::Box { .. })) {
                    self.end_paragraph()?;
                    self.close_frame()?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Closes the innermost table, cell or box and hands it to what is around it.
    fn close_frame(&mut self) -> Result<(), Fault> {
        match self.frames.pop() {
            Some(Frame::Table { mut table, row }) => {
                if !row.is_empty() {
                    table.rows.push(row);
                }
                self.emit(Piece::Table(table))
            }
            Some(Frame::Cell { cell, repeat }) => {
                self.flow.hold(repeat as usize)?;
                if let Some(Frame::Table { row, .. }) = self.frames.last_mut() {
                    for _ in 1..repeat {
                        row.push(cell.clone());
                    }
                    row.push(cell);
                }
                Ok(())
            }
            Some(Frame::Box { around, mut pieces, note }) => {
                if note {
                    self.notes += 1;
                    self.flow.count_note();
                    if let Some(Piece::Paragraph(text)) = pieces.first_mut() {
                        text.insert_str(0, &format!("注{}：", self.notes));
                    }
                }
                self.paragraph = around;
                if note {
                    self.noted.append(&mut pieces);
                    return Ok(());
                }
                match &mut self.paragraph {
                    Some(paragraph) => {
                        paragraph.after.append(&mut pieces);
                        Ok(())
                    }
                    None => pieces.into_iter().try_for_each(|piece| self.emit(piece)),
                }
            }
            None => Ok(()),
        }
    }

    fn emit(&mut self, piece: Piece) -> Result<(), Fault> {
        for frame in self.frames.iter_mut().rev() {
            match frame {
                Frame::Cell { cell, .. } => {
                    cell.pieces.push(piece);
                    return Ok(());
                }
                Frame::Box { pieces, .. } => {
                    pieces.push(piece);
                    return Ok(());
                }
                Frame::Table { .. } => {}
            }
        }
        self.flow.piece(&piece)
    }

    fn end_paragraph(&mut self) -> Result<(), Fault> {
        let Some(paragraph) = self.paragraph.take() else {
            return Ok(());
        };
        self.spans.clear();
        (self.hidden, self.raised) = (0, 0);
        let text = paragraph.text.trim_start();
        if !text.trim().is_empty() && !paragraph.hidden {
            self.emit(Piece::Paragraph(format!("{}{text}", paragraph.number)))?;
        }
        paragraph.after.into_iter().try_for_each(|piece| self.emit(piece))
    }

    /// Text between tags; white space runs together, as the format says.
    fn text(&mut self, text: &str) {
        if self.skipped > 0 || self.inside == 0 || self.hidden > 0 {
            return;
        }
        let Some(paragraph) = &mut self.paragraph else {
            return;
        };
        let text = if self.raised > 0 { raised(&paragraph.text, text) } else { text.to_owned() };
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r') {
                paragraph.space = true;
                continue;
            }
            if std::mem::take(&mut paragraph.space) && !paragraph.text.is_empty() {
                paragraph.text.push(' ');
            }
            paragraph.text.push(c);
        }
    }

    /// Text that stands for itself.
    fn push(&mut self, text: &str) {
        if self.hidden > 0 {
            return;
        }
        if let Some(paragraph) = &mut self.paragraph {
            if std::mem::take(&mut paragraph.space) {
                paragraph.text.push(' ');
            }
            paragraph.text.push_str(text);
        }
    }
}
