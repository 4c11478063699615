//! Web pages, also those that Word saved: html5ever's tokens, laid out as lines and tables.

use super::flow::{Cell, Flow, Piece, Table};
use super::raised::raised;
use super::text::{self, is_blank};
use super::{Fault, MAX_TEXT, numeral};
use crate::{Document, Form};
use encoding_rs::Encoding;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use std::cell::RefCell;

/// Tables may stand in each other this deep; what is deeper joins the text around it.
const MAX_NESTING: usize = 16;
/// A cell with more paragraphs than this, or more text, lays out a page and is no cell of a list.
const LAYOUT_PARAGRAPHS: usize = 12;
const LAYOUT_TEXT: usize = 4000;
/// A page of pictures and less text than this has its text in the pictures.
const LITTLE_TEXT: usize = 600;

/// Elements that start and end a line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "ul",
    "tbody",
    "thead",
    "tfoot",
];

/// Elements whose text is no part of what a page says.
const LEFT_OUT: &[&str] =
    &["head", "nav", "footer", "select", "button", "svg", "template", "object", "video", "audio", "canvas", "rt", "rp", "xml"];

/// Reads a page from its bytes; `label` is the encoding that a mail message around it names.
pub(crate) fn read(bytes: &[u8], label: Option<&str>) -> Result<Document, Fault> {
    if bytes.len() > 4 * MAX_TEXT {
        return Err(Fault::TooLarge);
    }
    let source = few_attributes(decode(bytes, label)?);
    let mut page = lay_out(&source, true);
    if page.skipping.is_some() {
        // something hidden never ended and may have swallowed the text
        page = lay_out(&source, false);
    }
    page.finish()
}

/// Words that a tag may hold. The tokenizer compares each attribute of a tag with all before it: in 890 KB that took 22 seconds.
const MAX_WORDS: usize = 1_000;

/// A page whose tags end where they hold more words than any tag does.
fn few_attributes(source: String) -> String {
    let bytes = source.as_bytes();
    let mut cuts = Vec::new();
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(|byte| *byte == b'<') {
        at += next + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let (mut words, mut within, mut quote) = (0, true, None);
        while let Some(&byte) = bytes.get(at) {
            at += 1;
            match (quote, byte) {
                (Some(mark), byte) if byte == mark => (quote, within) = (None, false),
                (Some(_), _) => {}
                (None, b'>') => break,
                (None, b'"' | b'\'') => quote = Some(byte),
                (None, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'/') => within = false,
                (None, _) if !within => {
                    within = true;
                    words += 1;
                    if words > MAX_WORDS {
                        cuts.push(at - 1);
                        break;
                    }
                }
                (None, _) => {}
            }
        }
    }
    if cuts.is_empty() {
        return source;
    }
    let mut cut = String::with_capacity(source.len() + cuts.len());
    let mut from = 0;
    for to in cuts {
        // a character may have begun before the byte that was counted
        let to = (from..=to).rev().find(|at| source.is_char_boundary(*at)).unwrap_or(from);
        cut.push_str(&source[from..to]);
        cut.push('>');
        from = to;
    }
    cut.push_str(&source[from..]);
    cut
}

fn lay_out(source: &str, honours_hidden: bool) -> Page {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(source));
    let tokenizer = Tokenizer::new(Sink(RefCell::new(Page { honours_hidden, ..Page::default() })), Default::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

/// The text of a page: by its mark, by what it declares, or as plain text is decided.
fn decode(bytes: &[u8], label: Option<&str>) -> Result<String, Fault> {
    if Encoding::for_bom(bytes).is_some() || bytes.contains(&0) {
        return Ok(text::decode(bytes)?.text);
    }
    let declared = label.and_then(|label| Encoding::for_label(label.as_bytes())).or_else(|| declared(bytes));
    if let Some(encoding) = declared {
        let (decoded, broken) = encoding.decode_without_bom_handling(bytes);
        if !broken {
            return Ok(decoded.into_owned());
        }
        if let Ok(other) = text::decode(bytes)
            && other.broken < decoded.matches('\u{fffd}').count()
        {
            return Ok(other.text);
        }
        return Ok(decoded.into_owned());
    }
    Ok(text::decode(bytes)?.text)
}

/// The encoding that the page's head declares.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let after = &head[head.find("charset=")? + "charset=".len()..];
    let label = after.trim_start_matches(['"', '\'', ' ']).split(['"', '\'', ' ', ';', '>', '/']).next()?;
    Encoding::for_label(label.as_bytes())
}

struct Sink(RefCell<Page>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut page = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => page.text(&text),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                page.start(&tag);
                return match &*tag.name {
                    "script" => TokenSinkResult::RawData(RawKind::ScriptData),
                    "style" | "noframes" | "noembed" | "iframe" => TokenSinkResult::RawData(RawKind::Rawtext),
                    "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
                    _ => TokenSinkResult::Continue,
                };
            }
            Token::TagToken(tag) => page.end(&tag.name),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

enum Frame {
    Table { table: Table, row: Vec<Cell> },
    Cell(Cell),
}

/// A list that numbers its items, or does not.
struct List {
    next: Option<u32>,
    format: &'static str,
}

/// The page as far as it is laid out.
#[derive(Default)]
struct Page {
    flow: Flow,
    fault: Option<Fault>,
    frames: Vec<Frame>,
    /// Tables that stand too deep and count as plain text.
    flat: usize,
    line: String,
    /// White space seen since the last character: whether it holds a line break.
    space: Option<bool>,
    /// The element left out at the moment, and how often its name stands open inside it.
    skipping: Option<(String, usize)>,
    /// Inside raw text that is no part of the page.
    raw: bool,
    preformatted: usize,
    lists: Vec<List>,
    /// Characters inside <sup>, and whether one is open.
    raised: Option<String>,
    /// The number that the next text of an item gets.
    number: Option<String>,
    honours_hidden: bool,
    images: usize,
}

impl Page {
    fn text(&mut self, text: &str) {
        if self.skipping.is_some() || self.raw || self.fault.is_some() {
            return;
        }
        for c in text.chars() {
            if self.preformatted > 0 && c == '\n' {
                self.end_line();
            } else if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                self.space = Some(self.space.unwrap_or(false) || c == '\n' || c == '\r');
            } else {
                self.push(c);
            }
        }
    }

    /// Ends what stands above the line: marks of notes go, the rest joins the line.
    fn end_raised(&mut self) {
        if let Some(characters) = self.raised.take() {
            for c in raised(&self.line, &characters).chars() {
                self.push(c);
            }
        }
    }

    fn push(&mut self, c: char) {
        if let Some(raised) = &mut self.raised {
            raised.push(c);
            return;
        }
        if let Some(number) = self.number.take() {
            // where the author wrote the number himself, the list only sets it in
            let written = c.is_ascii_digit() || "一二三四五六七八九十(（第".contains(c) || matches!(c, '①'..='⑳');
            if !written {
                self.line.push_str(&number);
            }
        }
        if let Some(with_break) = self.space.take()
            && let Some(last) = self.line.chars().next_back()
        {
            // a line break in the source between two Chinese characters is none on the page
            if !(with_break && is_wide(last) && is_wide(c)) {
                self.line.push(' ');
            }
        }
        self.line.push(c);
        if self.line.len() > MAX_TEXT {
            self.fault = Some(Fault::TooLarge);
            self.line.clear();
        }
    }

    fn end_line(&mut self) {
        self.end_raised();
        self.space = None;
        if self.line.trim_matches(is_blank).is_empty() {
            self.line.clear();
            return;
        }
        let line = std::mem::take(&mut self.line);
        self.emit(Piece::Paragraph(line));
    }

    fn emit(&mut self, piece: Piece) {
        for frame in self.frames.iter_mut().rev() {
            if let Frame::Cell(cell) = frame {
                cell.pieces.push(piece);
                return;
            }
        }
        if self.fault.is_none()
            && let Err(fault) = self.flow.piece(&piece)
        {
            self.fault = Some(fault);
        }
    }

    fn start(&mut self, tag: &Tag) {
        let name: &str = &tag.name;
        if let Some((skipped, depth)) = &mut self.skipping {
            if skipped == name && !tag.self_closing {
                *depth += 1;
            }
            // a head without end ends where the body begins
            if !(skipped == "head" && name == "body") {
                return;
            }
            self.skipping = None;
        }
        if matches!(name, "script" | "style" | "noframes" | "noembed" | "iframe" | "title" | "textarea") {
            self.raw = true;
            return;
        }
        if (LEFT_OUT.contains(&name) || (self.honours_hidden && is_hidden(tag))) && !tag.self_closing {
            self.skipping = Some((name.to_owned(), 1));
            return;
        }
        match name {
            "br" => self.end_line(),
            "sup" => {
                self.end_raised();
                self.raised = Some(String::new());
            }
            "img" => self.images += 1,
            "table" => {
                self.end_line();
                if self.frames.len() >= MAX_NESTING * 2 {
                    self.flat += 1;
                } else {
                    self.frames.push(Frame::Table { table: Table::default(), row: Vec::new() });
                }
            }
            "tr" if self.flat == 0 => self.end_row(),
            "td" | "th" if self.flat == 0 => {
                self.end_cell();
                if matches!(self.frames.last(), Some(Frame::Table { .. })) {
                    let span = |name: &str| {
                        let value = attribute(tag, name).and_then(|value| value.trim().parse::<usize>().ok());
                        value.unwrap_or(1).max(1)
                    };
                    let cell = Cell { columns: span("colspan"), rows: span("rowspan"), ..Cell::default() };
                    self.fault = self.fault.or(self.flow.hold(1).err());
                    if self.fault.is_none() {
                        self.frames.push(Frame::Cell(cell));
                    }
                }
            }
            "td" | "th" | "tr" => self.space = Some(false),
            "ol" | "ul" => {
                self.end_line();
                let start = attribute(tag, "start").and_then(|value| value.trim().parse().ok()).unwrap_or(1);
                let format = match attribute(tag, "type") {
                    Some("a") => "lowerLetter",
                    Some("A") => "upperLetter",
                    Some("i") => "lowerRoman",
                    Some("I") => "upperRoman",
                    _ => "decimal",
                };
                if self.lists.len() < 1000 {
                    self.lists.push(List { next: (name == "ol").then_some(start), format });
                }
            }
            "li" => {
                self.end_line();
                if let Some(list) = self.lists.last_mut()
                    && let Some(next) = &mut list.next
                {
                    let value = attribute(tag, "value").and_then(|value| value.trim().parse().ok()).unwrap_or(*next);
                    *next = value.saturating_add(1);
                    self.number = Some(format!("{}.", numeral::format(value, list.format)));
                }
            }
            _ if BLOCKS.contains(&name) => {
                self.end_line();
                self.preformatted += usize::from(name == "pre");
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if matches!(name, "script" | "style" | "noframes" | "noembed" | "iframe" | "title" | "textarea") {
            self.raw = false;
            return;
        }
        if let Some((skipped, depth)) = &mut self.skipping {
            if skipped == name {
                *depth -= 1;
                if *depth == 0 {
                    self.skipping = None;
                }
            }
            return;
        }
        match name {
            "sup" => self.end_raised(),
            "table" => {
                self.end_line();
                if self.flat > 0 {
                    self.flat -= 1;
                } else {
                    self.end_table();
                }
            }
            "tr" if self.flat == 0 => self.end_row(),
            "td" | "th" if self.flat == 0 => self.end_cell(),
            "ol" | "ul" => {
                self.end_line();
                self.lists.pop();
                self.number = None;
            }
            _ if BLOCKS.contains(&name) => {
                self.end_line();
                if name == "pre" {
                    self.preformatted = self.preformatted.saturating_sub(1);
                }
            }
            _ => {}
        }
    }

    fn end_cell(&mut self) {
        if matches!(self.frames.last(), Some(Frame::Cell(_))) {
            self.end_line();
            self.number = None;
            if let Some(Frame::Cell(cell)) = self.frames.pop()
                && let Some(Frame::Table { row, .. }) = self.frames.last_mut()
            {
                row.push(cell);
            }
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        if let Some(Frame::Table { table, row }) = self.frames.last_mut()
            && !row.is_empty()
        {
            table.rows.push(std::mem::take(row));
        }
    }

    fn end_table(&mut self) {
        self.end_row();
        let Some(Frame::Table { table, .. }) = self.frames.last_mut() else {
            return;
        };
        let table = std::mem::take(table);
        self.frames.pop();
        if lays_out(&table) {
            for piece in table.rows.into_iter().flatten().flat_map(|cell| cell.pieces) {
                self.emit(piece);
            }
        } else {
            self.emit(Piece::Table(table));
        }
    }

    fn finish(mut self) -> Result<Document, Fault> {
        self.flat = 0;
        self.end_line();
        while !self.frames.is_empty() {
            self.end_table();
        }
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        if self.images > 0 && self.flow.text_length() < LITTLE_TEXT {
            for _ in 0..self.images {
                self.flow.picture();
            }
        }
        self.flow.finish(Form::Html)
    }
}

/// Tables that only place parts of a page hold whole texts or other tables.
fn lays_out(table: &Table) -> bool {
    let is_table = |piece: &Piece| matches!(piece, Piece::Table(table) if table.rows.iter().any(|row| row.len() > 1));
    table.rows.iter().flatten().any(|cell| {
        let length = |piece: &Piece| if let Piece::Paragraph(text) = piece { text.len() } else { 0 };
        cell.pieces.len() > LAYOUT_PARAGRAPHS
            || cell.pieces.iter().any(is_table)
            || cell.pieces.iter().map(length).sum::<usize>() > LAYOUT_TEXT
    })
}

fn is_wide(c: char) -> bool {
    c >= '\u{2e80}' || matches!(c, '\u{2014}' | '\u{2018}'..='\u{201d}' | '\u{2026}')
}

fn attribute<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

/// Elements that close themselves reliably and are hidden.
fn is_hidden(tag: &Tag) -> bool {
    if !matches!(&*tag.name, "div" | "span" | "table" | "ul" | "section" | "a") {
        return false;
    }
    let style = attribute(tag, "style").unwrap_or_default();
    if style.len() < 12 {
        return false;
    }
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    style.contains("display:none") || style.contains("mso-hide:all")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_of_many_attributes_ends_and_the_text_after_it_is_read() {
        let attributes: String = (0..60_000).map(|number| format!(" a{number}=\"b\"")).collect();
        let page = format!("<html><body><p>云溪县</p><div{attributes}><p>建成十个平台</p></body></html>");
        let begun = std::time::Instant::now();
        let document = read(page.as_bytes(), None).expect("a page");
        assert!(document.text.contains("云溪县") && document.text.contains("建成十个平台"));
        assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
        let plain = "<p title=\"一 二 三\">云溪县 < 澄湖县</p>".to_owned();
        assert_eq!(few_attributes(plain.clone()), plain);
    }
}
