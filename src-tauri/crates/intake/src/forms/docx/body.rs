//! The running text of a .docx: paragraphs with their numbers, tables, text boxes, tracked changes as accepted.

use super::numbering::Numbering;
use super::styles::{Styles, is_on};
use crate::forms::flow::{Cell, Flow, Piece, Table};
use crate::forms::raised::raised;
use crate::forms::xml::{Element, Node, walk};
use crate::forms::{Fault, MAX_TEXT, numeral};
use std::io::BufRead;

/// Tables and text boxes may stand in each other this deep; what is deeper joins the text around it.
const MAX_NESTING: usize = 16;

/// Bytes of text that the parts may hold, blanks between tags counted.
const MAX_TAKEN: usize = 2 * MAX_TEXT;

/// A paragraph while it is read.
#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    list: Option<String>,
    level: Option<usize>,
    /// The paragraph mark was deleted: the next paragraph goes on with this one.
    joins_next: bool,
    /// The paragraph mark does not print.
    hidden_mark: bool,
    /// Text boxes anchored here.
    after: Vec<Piece>,
}

/// What stands open around the current paragraph.
enum Frame {
    Table { table: Table, row: Vec<Cell>, row_deleted: bool },
    Cell(Cell),
    Box { around: Option<Paragraph>, pieces: Vec<Piece> },
}

/// A field whose end is still to come.
struct Field {
    code: Option<String>,
}

/// Reads the parts of one document, in turn, into a flow.
pub(super) struct Body<'a> {
    styles: &'a Styles,
    numbering: &'a mut Numbering,
    flow: &'a mut Flow,
    word: String,
    math: String,
    frames: Vec<Frame>,
    /// Tables and boxes that stand too deep and count as plain text.
    flat: Vec<bool>,
    paragraph: Option<Paragraph>,
    /// Bytes of text met so far.
    taken: usize,
    /// Text of paragraphs whose mark was deleted.
    carried: String,
    /// Depth inside an element that is left out.
    skipped: usize,
    fields: Vec<Field>,
    /// Depth inside paragraph, run and row properties.
    properties: Vec<Properties>,
    in_text: bool,
    in_code: bool,
    hidden: bool,
    /// The run stands above the line.
    raised: bool,
    /// For each structured tag: whether its content is a prompt only.
    prompts: Vec<bool>,
    /// For each alternative: how much had been met before its first choice.
    alternatives: Vec<usize>,
    /// Text and pictures met so far.
    met: usize,
    /// Footnotes and endnotes are read: `Some` inside a note that prints.
    note: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Properties {
    Paragraph,
    Run,
    Row,
    Cell,
}

impl<'a> Body<'a> {
    pub(super) fn new(styles: &'a Styles, numbering: &'a mut Numbering, flow: &'a mut Flow) -> Self {
        Self {
            styles,
            numbering,
            flow,
            word: "w".to_owned(),
            math: "m".to_owned(),
            frames: Vec::new(),
            flat: Vec::new(),
            paragraph: None,
            taken: 0,
            carried: String::new(),
            skipped: 0,
            fields: Vec::new(),
            properties: Vec::new(),
            in_text: false,
            in_code: false,
            hidden: false,
            raised: false,
            prompts: Vec::new(),
            alternatives: Vec::new(),
            met: 0,
            note: None,
        }
    }

    /// Reads a part: the main text, or the notes.
    pub(super) fn read(&mut self, source: &mut dyn BufRead) -> Result<(), Fault> {
        let mut first = true;
        let whole = walk(source, &mut |node| {
            match node {
                Node::Open(element) => {
                    if first {
                        self.prefixes(&element);
                        first = false;
                    }
                    self.open(&element)?;
                }
                Node::Close(name) => self.close(name)?,
                Node::Text(text) => {
                    // what stays open, such as a paragraph or a table, is bounded as what is written
                    self.taken += text.len();
                    if self.taken > MAX_TAKEN {
                        return Err(Fault::TooLarge);
                    }
                    self.text(text);
                }
            }
            Ok(())
        })?;
        if !whole {
            self.flow.breaks_off();
        }
        self.end_part()
    }

    /// The parts that follow hold notes.
    pub(super) fn begin_notes(&mut self) {
        self.flow.begin_notes();
    }

    /// What a damaged part leaves open is closed.
    fn end_part(&mut self) -> Result<(), Fault> {
        self.fields.clear();
        self.properties.clear();
        self.prompts.clear();
        self.alternatives.clear();
        self.skipped = 0;
        self.end_paragraph()?;
        while !self.frames.is_empty() {
            self.close_frame()?;
        }
        let carried = std::mem::take(&mut self.carried);
        self.flow.paragraph(&carried)
    }

    /// The prefixes that this document gives to the names of the text and of formulas.
    fn prefixes(&mut self, root: &Element<'_>) {
        for (name, value) in root.attributes() {
            let Some(prefix) = name.strip_prefix("xmlns:") else {
                continue;
            };
            if value.ends_with("/wordprocessingml/2006/main") || value.ends_with("/ooxml/wordprocessingml/main") {
                prefix.clone_into(&mut self.word);
            } else if value.ends_with("/officeDocument/2006/math") || value.ends_with("/officeDocument/math") {
                prefix.clone_into(&mut self.math);
            }
        }
    }

    fn word_name<'n>(&self, name: &'n str) -> Option<&'n str> {
        name.strip_prefix(self.word.as_str())?.strip_prefix(':')
    }

    fn open(&mut self, element: &Element<'_>) -> Result<(), Fault> {
        if self.skipped > 0 {
            self.skipped += 1;
            return Ok(());
        }
        let name = element.name();
        match self.word_name(name) {
            Some(word) => self.open_word(word, element),
            None => {
                self.open_other(name);
                Ok(())
            }
        }
    }

    fn open_other(&mut self, name: &str) {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        match local {
            "t" if prefix == self.math => self.in_text = true,
            "AlternateContent" => self.alternatives.push(self.met),
            "Fallback" if self.alternatives.last().is_some_and(|before| *before < self.met) => self.skipped = 1,
            "pic" | "imagedata" | "chart" | "relIds" if prefix != self.math => {
                self.met += 1;
                self.flow.picture();
            }
            _ => {}
        }
    }

    fn open_word(&mut self, name: &str, element: &Element<'_>) -> Result<(), Fault> {
        match self.properties.last() {
            Some(Properties::Paragraph) => self.paragraph_property(name, element),
            Some(Properties::Run) => self.run_property(name, element),
            Some(Properties::Row) => self.row_property(name, element),
            Some(Properties::Cell) => self.cell_property(name, element),
            None => return self.open_content(name, element),
        }
        Ok(())
    }

    fn paragraph_property(&mut self, name: &str, element: &Element<'_>) {
        if matches!(name, "pPrChange" | "rPrChange" | "sectPr" | "numberingChange") {
            self.skipped = 1;
            return;
        }
        let Some(paragraph) = &mut self.paragraph else {
            return;
        };
        match name {
            "pStyle" => paragraph.style = element.attribute("val"),
            "numId" => paragraph.list = element.attribute("val"),
            "ilvl" => paragraph.level = element.number("val").map(|level| level as usize),
            // properties of the paragraph mark
            "del" | "moveFrom" => paragraph.joins_next = true,
            "vanish" => paragraph.hidden_mark = is_on(element.attribute("val").as_deref()),
            _ => {}
        }
    }

    fn run_property(&mut self, name: &str, element: &Element<'_>) {
        match name {
            "rPrChange" => self.skipped = 1,
            "vanish" => self.hidden = is_on(element.attribute("val").as_deref()),
            "vertAlign" => self.raised = element.attribute("val").as_deref() == Some("superscript"),
            "rStyle" => {
                let style = element.attribute("val").unwrap_or_default();
                self.hidden |= self.styles.is_hidden(&style);
                self.raised |= self.styles.is_raised(&style);
            }
            _ => {}
        }
    }

    fn row_property(&mut self, name: &str, element: &Element<'_>) {
        if name == "trPrChange" {
            self.skipped = 1;
            return;
        }
        let Some(Frame::Table { row, row_deleted, .. }) = self.frames.last_mut() else {
            return;
        };
        match name {
            "del" => *row_deleted = true,
            "gridBefore" => {
                let columns = element.number("val").unwrap_or(0) as usize;
                if columns > 0 {
                    row.push(Cell { columns, ..Cell::default() });
                }
            }
            _ => {}
        }
    }

    fn cell_property(&mut self, name: &str, element: &Element<'_>) {
        if name == "tcPrChange" {
            self.skipped = 1;
            return;
        }
        let Some(Frame::Cell(cell)) = self.frames.last_mut() else {
            return;
        };
        match name {
            "gridSpan" => cell.columns = (element.number("val").unwrap_or(1) as usize).max(1),
            "vMerge" => cell.continues = element.attribute("val").as_deref() != Some("restart"),
            _ => {}
        }
    }

    fn open_content(&mut self, name: &str, element: &Element<'_>) -> Result<(), Fault> {
        match name {
            "p" => {
                self.end_paragraph()?;
                self.paragraph = Some(Paragraph::default());
            }
            "pPr" => self.properties.push(Properties::Paragraph),
            "rPr" => self.properties.push(Properties::Run),
            "trPr" => self.properties.push(Properties::Row),
            "tcPr" => self.properties.push(Properties::Cell),
            "r" => (self.hidden, self.raised) = (false, false),
            "t" => self.in_text = true,
            "instrText" => self.in_code = true,
            "tab" | "ptab" => self.push("\t"),
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "sym" => {
                let code = element.attribute("char").and_then(|code| u32::from_str_radix(code.trim(), 16).ok());
                self.push(code.map_or("", symbol));
            }
            "del" | "moveFrom" | "rt" | "tblPr" | "tblGrid" | "tblPrEx" | "sectPr" | "sdtEndPr" => self.skipped = 1,
            "fldChar" => self.field(element.attribute("fldCharType").as_deref()),
            "sdt" => self.prompts.push(false),
            "showingPlcHdr" => {
                let shown = is_on(element.attribute("val").as_deref());
                if let Some(prompt) = self.prompts.last_mut() {
                    *prompt = shown;
                }
            }
            "sdtContent" if self.prompts.last() == Some(&true) => self.skipped = 1,
            "altChunk" => self.flow.unread("文档中嵌入了另一份文件，其中的文字没有读取，请对照原件核对。".to_owned()),
            "footnote" | "endnote" => {
                // separators between text and notes have a type
                if element.attribute("type").is_some_and(|kind| kind != "normal") {
                    self.skipped = 1;
                } else {
                    self.note = element.number("id").map(|id| id as usize);
                    self.flow.count_note();
                }
            }
            "tbl" => {
                let flat = self.frames.len() >= MAX_NESTING * 2;
                self.flat.push(flat);
                if !flat {
                    // a table in a paragraph is malformed, and read behind it
                    self.end_paragraph()?;
                    self.frames.push(Frame::Table { table: Table::default(), row: Vec::new(), row_deleted: false });
                }
            }
            "tr" if !self.is_flat() => {
                if let Some(Frame::Table { row, row_deleted, .. }) = self.frames.last_mut() {
                    row.clear();
                    *row_deleted = false;
                }
            }
            "tc" if !self.is_flat() => {
                if matches!(self.frames.last(), Some(Frame::Table { .. })) {
                    self.frames.push(Frame::Cell(Cell::default()));
                }
            }
            "txbxContent" => {
                let flat = self.frames.len() >= MAX_NESTING * 2;
                self.flat.push(flat);
                if !flat {
                    let around = self.paragraph.take();
                    self.frames.push(Frame::Box { around, pieces: Vec::new() });
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn is_flat(&self) -> bool {
        self.flat.last() == Some(&true)
    }

    fn close(&mut self, qualified: &str) -> Result<(), Fault> {
        if self.skipped > 0 {
            self.skipped -= 1;
            return Ok(());
        }
        let Some(name) = self.word_name(qualified) else {
            match qualified.rsplit_once(':').map_or(qualified, |(_, local)| local) {
                "t" => self.in_text = false,
                "AlternateContent" => {
                    self.alternatives.pop();
                }
                _ => {}
            }
            return Ok(());
        };
        let ends = |properties: &[Properties], which| properties.last() == Some(&which);
        match name {
            "pPr" if ends(&self.properties, Properties::Paragraph) => {
                self.properties.pop();
            }
            "rPr" if ends(&self.properties, Properties::Run) => {
                self.properties.pop();
            }
            "trPr" if ends(&self.properties, Properties::Row) => {
                self.properties.pop();
            }
            "tcPr" if ends(&self.properties, Properties::Cell) => {
                self.properties.pop();
            }
            "t" => self.in_text = false,
            "instrText" => self.in_code = false,
            "r" => (self.hidden, self.raised) = (false, false),
            "p" => self.end_paragraph()?,
            "sdt" => {
                self.prompts.pop();
            }
            "footnote" | "endnote" => {
                self.end_paragraph()?;
                self.note = None;
            }
            "tr" if !self.is_flat() => {
                if let Some(Frame::Table { table, row, row_deleted }) = self.frames.last_mut() {
                    let row = std::mem::take(row);
                    if !*row_deleted && !row.is_empty() {
                        table.rows.push(row);
                    }
                }
            }
            "tc" if !self.is_flat() => {
                if matches!(self.frames.last(), Some(Frame::Cell(_))) {
                    self.end_paragraph()?;
                    self.close_frame()?;
                }
            }
            "tbl" => {
                let deep = self.flat.pop() != Some(false);
                if !deep && matches!(self.frames.last(), Some(Frame::Table { .. })) {
                    self.close_frame()?;
                }
            }
            "txbxContent" => {
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
            Some(Frame::Table { mut table, row, row_deleted }) => {
                if !row.is_empty() && !row_deleted {
                    table.rows.push(row);
                }
                self.emit(Piece::Table(table))
            }
            Some(Frame::Cell(cell)) => {
                self.flow.hold(1)?;
                if let Some(Frame::Table { row, .. }) = self.frames.last_mut() {
                    row.push(cell);
                }
                Ok(())
            }
            Some(Frame::Box { around, pieces }) => match around {
                Some(mut paragraph) => {
                    paragraph.after.extend(pieces);
                    self.paragraph = Some(paragraph);
                    Ok(())
                }
                None => pieces.into_iter().try_for_each(|piece| self.emit(piece)),
            },
            None => Ok(()),
        }
    }

    fn emit(&mut self, piece: Piece) -> Result<(), Fault> {
        for frame in self.frames.iter_mut().rev() {
            match frame {
                Frame::Cell(cell) => {
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
        self.in_text = false;
        self.in_code = false;
        (self.hidden, self.raised) = (false, false);
        let Some(paragraph) = self.paragraph.take() else {
            return Ok(());
        };
        let mut text = std::mem::take(&mut self.carried);
        text.push_str(&paragraph.text);
        let blank = text.trim().is_empty();
        if paragraph.joins_next {
            self.carried = text;
        } else if !(blank && paragraph.hidden_mark) {
            let number = self.number(&paragraph);
            if !blank {
                // a break or an indent at the start stands before the number's text, not between
                let text = text.trim_start();
                let note = self.note.take().map(|id| format!("注{id}：")).unwrap_or_default();
                let whole = if number.is_empty() && note.is_empty() { text.to_owned() } else { format!("{note}{number}{text}") };
                self.emit(Piece::Paragraph(whole))?;
            }
        }
        paragraph.after.into_iter().try_for_each(|piece| self.emit(piece))
    }

    /// The paragraph's automatic number; its list may come from its style.
    fn number(&mut self, paragraph: &Paragraph) -> String {
        let style = paragraph.style.as_deref();
        let (list, level) = match &paragraph.list {
            Some(list) if list == "0" => return String::new(),
            Some(list) => {
                let level =
                    paragraph.level.or_else(|| style.and_then(|style| self.numbering.level_of_style(list, style))).unwrap_or(0);
                (list.clone(), level)
            }
            None => match self.styles.numbering(style, self.numbering) {
                Some((list, level)) => (list, paragraph.level.unwrap_or(level)),
                None => return String::new(),
            },
        };
        self.numbering.next(&list, level)
    }

    fn text(&mut self, text: &str) {
        if self.skipped > 0 {
            return;
        }
        if self.in_text {
            self.push(text);
        } else if self.in_code
            && let Some(Field { code: Some(code) }) = self.fields.last_mut()
            && code.len() < 500
        {
            code.push_str(text);
        }
    }

    fn push(&mut self, text: &str) {
        if self.hidden || self.fields.iter().any(|field| field.code.is_some()) {
            return;
        }
        if let Some(paragraph) = &mut self.paragraph {
            self.met += usize::from(!text.trim().is_empty());
            if self.raised {
                let kept = raised(&paragraph.text, text);
                paragraph.text.push_str(&kept);
            } else {
                paragraph.text.push_str(text);
            }
        }
    }

    fn field(&mut self, kind: Option<&str>) {
        match kind {
            // fields in fields are few; beyond this their codes would be read as text, no worse
            Some("begin") if self.fields.len() < 64 => self.fields.push(Field { code: Some(String::new()) }),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.code = None;
                }
            }
            Some("end") => {
                if let Some(code) = self.fields.pop().and_then(|field| field.code) {
                    self.push(&circled(&code).unwrap_or_default());
                }
            }
            _ => {}
        }
    }
}

/// The character that a field draws by setting a circle around a number: `eq \o\ac(○,1)`.
fn circled(code: &str) -> Option<String> {
    let code = code.trim();
    let rest = code.get(..2).filter(|name| name.eq_ignore_ascii_case("eq")).map(|_| &code[2..])?;
    let inner = rest.split_once('(')?.1.rsplit_once(')')?.0;
    let (_, inside) = inner.rsplit_once([',', '，'])?;
    let inside = inside.trim();
    let number = inside.parse().ok().map(|number| numeral::format(number, "decimalEnclosedCircle"));
    Some(number.unwrap_or_else(|| inside.to_owned()))
}

/// Boxes and ticks that Word takes from its symbol fonts.
fn symbol(code: u32) -> &'static str {
    match code & 0xff {
        0xfe | 0x52 | 0x53 => "☑",
        0xa8 | 0xa3 | 0x6f | 0x71 | 0x2a => "☐",
        0xfc | 0x50 => "✓",
        0xfd | 0x4f | 0xfb => "✗",
        _ => "",
    }
}
