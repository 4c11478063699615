//! Rich Text Format: control words and bytes in the code page of a font, many a .doc is one.

use super::flow::{Cell, Flow, Piece, Table};
use super::raised::raised;
use super::{Fault, Form, MAX_TEXT};
use crate::Document;
use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, WINDOWS_1252};
use std::collections::HashMap;

/// Groups in groups that keep a state of their own; what is deeper shares the last one's.
const MAX_DEPTH: usize = 256;
/// Cells that one row may define.
const MAX_CELLS: usize = 256;

/// Groups whose text is no part of what prints.
const LEFT_OUT: &[&str] = &[
    "colortbl",
    "stylesheet",
    "info",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "listtable",
    "listoverridetable",
    "revtbl",
    "rsidtbl",
    "generator",
    "themedata",
    "colorschememapping",
    "datastore",
    "latentstyles",
    "xmlnstbl",
    "fldinst",
    "object",
    "nonshppict",
    "ftnsep",
    "ftnsepc",
    "aftnsep",
    "aftnsepc",
    "annotation",
    "sp",
    "bkmkstart",
    "bkmkend",
    "filetbl",
    "pnseclvl",
    "pgdsctbl",
    "atnid",
    "atnauthor",
    "atnref",
    "atndate",
    "userprops",
];

/// Reads a file in Rich Text Format.
pub(crate) fn read(bytes: &[u8]) -> Result<Document, Fault> {
    if bytes.len() > 20 * MAX_TEXT {
        return Err(Fault::TooLarge);
    }
    let mut reader = Reader { bytes, ..Reader::default() };
    reader.run()?;
    reader.finish()
}

/// What holds until the group ends.
#[derive(Debug, Clone, Default)]
struct State {
    left_out: bool,
    hidden: bool,
    deleted: bool,
    /// Characters stand above the line.
    raised: bool,
    fonts: bool,
    font: i32,
    /// Characters behind a Unicode character for readers that know none.
    fallback: usize,
    /// The group began with `\*`: unknown ones are left out.
    optional: bool,
    /// A note, a text box or a list's number begins with this group.
    begins: Option<Part>,
}

/// A text of its own inside the running text, and the text around it.
#[derive(Debug, Clone)]
enum Part {
    Note(String),
    Box(String),
    Number(String),
}

#[derive(Debug, Clone, Copy, Default)]
struct Defined {
    across: bool,
    down: bool,
    edge: i32,
}

#[derive(Default)]
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    states: Vec<State>,
    /// Groups beyond the depth that is followed.
    deeper: usize,
    state: State,
    code_page: Option<&'static Encoding>,
    charsets: HashMap<i32, i32>,
    raw: Vec<u8>,
    /// Characters still to be passed over.
    skip: usize,
    text: String,
    in_table: bool,
    cell: Vec<Piece>,
    cells: Vec<Cell>,
    /// Cells since the last look at the bound.
    held: usize,
    defined: Vec<Defined>,
    next: Defined,
    rows: Vec<(Vec<Cell>, Vec<i32>)>,
    after: Vec<String>,
    notes: Vec<String>,
    flow: Flow,
}

impl Reader<'_> {
    fn run(&mut self) -> Result<(), Fault> {
        self.state.fallback = 1;
        while let Some(byte) = self.bytes.get(self.at).copied() {
            self.at += 1;
            match byte {
                b'{' => self.open(),
                b'}' => self.close(),
                b'\\' => self.control()?,
                b'\r' | b'\n' | 0 => {}
                _ => self.byte(byte),
            }
            if self.text.len() > MAX_TEXT {
                return Err(Fault::TooLarge);
            }
            self.flow.hold(std::mem::take(&mut self.held))?;
        }
        Ok(())
    }

    fn open(&mut self) {
        self.decode();
        self.skip = 0;
        if self.states.len() >= MAX_DEPTH {
            self.deeper += 1;
            return;
        }
        self.states.push(self.state.clone());
        self.state.optional = false;
        self.state.begins = None;
    }

    fn close(&mut self) {
        self.decode();
        self.skip = 0;
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        match self.state.begins.take() {
            Some(Part::Note(around)) => self.notes.push(std::mem::replace(&mut self.text, around)),
            Some(Part::Box(around)) => self.after.push(std::mem::replace(&mut self.text, around)),
            Some(Part::Number(around)) => {
                let number = std::mem::replace(&mut self.text, around);
                let number = number.trim();
                self.text.push_str(number);
                if number.ends_with(|c: char| c.is_ascii_alphanumeric()) {
                    self.text.push(' ');
                }
            }
            None => {}
        }
        if let Some(state) = self.states.pop() {
            self.state = state;
        }
    }

    fn control(&mut self) -> Result<(), Fault> {
        let Some(first) = self.bytes.get(self.at).copied() else {
            return Ok(());
        };
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            match first {
                b'\'' => {
                    let digits = self.bytes.get(self.at..self.at + 2).and_then(|pair| std::str::from_utf8(pair).ok());
                    if let Some(byte) = digits.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
                        self.at += 2;
                        self.byte(byte);
                    }
                }
                b'*' => self.state.optional = true,
                b'~' => self.push(" "),
                b'_' => self.push("-"),
                b'\\' | b'{' | b'}' => self.byte(first),
                b'\r' | b'\n' => self.paragraph()?,
                _ => {}
            }
            return Ok(());
        }
        let rest = &self.bytes[self.at..];
        let letters = rest.iter().take(32).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let sign = usize::from(rest.get(letters) == Some(&b'-'));
        let digits = rest[letters + sign..].iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
        let sign = if digits == 0 { 0 } else { sign };
        let word = std::str::from_utf8(&rest[..letters]).unwrap_or_default();
        let number = std::str::from_utf8(&rest[letters..letters + sign + digits]).ok().and_then(|text| text.parse::<i32>().ok());
        self.at += letters + sign + digits;
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        self.word(word, number)
    }

    fn word(&mut self, word: &str, number: Option<i32>) -> Result<(), Fault> {
        self.decode();
        let on = number != Some(0);
        match word {
            "bin" => self.at = self.at.saturating_add(usize::try_from(number.unwrap_or(0)).unwrap_or(0)).min(self.bytes.len()),
            "ansicpg" => {
                self.code_page = match number {
                    Some(936 | 54936) => Some(GB18030),
                    Some(950) => Some(BIG5),
                    Some(932) => Some(SHIFT_JIS),
                    Some(949) => Some(EUC_KR),
                    _ => None,
                }
            }
            "fonttbl" => (self.state.fonts, self.state.left_out) = (true, true),
            "fcharset" if self.state.fonts && self.charsets.len() < 4096 => {
                self.charsets.insert(self.state.font, number.unwrap_or(0));
            }
            "f" => self.state.font = number.unwrap_or(0),
            "uc" => self.state.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(16),
            "u" => {
                // units of UTF-16 above half the range are negative; pairs come as two words
                let unit = u16::try_from(number.unwrap_or(0) & 0xffff).unwrap_or(0);
                self.unit(unit);
                self.skip = self.state.fallback;
            }
            "v" => self.state.hidden = on,
            "deleted" => self.state.deleted = on,
            "super" => self.state.raised = on,
            "nosupersub" | "sub" => self.state.raised = false,
            "plain" => (self.state.hidden, self.state.deleted, self.state.raised) = (false, false, false),
            "pict" => {
                if !self.state.left_out {
                    self.flow.picture();
                }
                self.state.left_out = true;
            }
            "listtext" | "pntext" => self.begin(Part::Number),
            "footnote" => self.begin(Part::Note),
            "shptxt" => self.begin(Part::Box),
            _ if LEFT_OUT.contains(&word) => self.state.left_out = true,
            _ if self.state.left_out => {}
            "par" | "sect" | "page" => self.paragraph()?,
            "line" | "lbr" => self.push("\n"),
            "tab" => self.push("\t"),
            "emdash" => self.push("—"),
            "endash" => self.push("–"),
            "lquote" => self.push("‘"),
            "rquote" => self.push("’"),
            "ldblquote" => self.push("“"),
            "rdblquote" => self.push("”"),
            "bullet" => self.push("•"),
            "emspace" => self.push("\u{2003}"),
            "enspace" => self.push("\u{2002}"),
            "pard" => self.in_table = false,
            "intbl" => self.in_table = true,
            "nestcell" => self.paragraph()?,
            "cell" => self.end_cell(),
            "row" => self.end_row(),
            "trowd" => self.defined.clear(),
            "clmrg" => self.next.across = true,
            "clvmrg" => self.next.down = true,
            "cellx" => {
                self.next.edge = number.unwrap_or(0);
                let defined = std::mem::take(&mut self.next);
                if self.defined.len() < MAX_CELLS {
                    self.defined.push(defined);
                }
            }
            // groups for readers that know them, and this one does not
            _ if self.state.optional && !matches!(word, "shpinst" | "shppict" | "ud" | "shp") => self.state.left_out = true,
            _ => {}
        }
        self.state.optional = false;
        Ok(())
    }

    fn begin(&mut self, part: fn(String) -> Part) {
        if self.state.left_out || self.state.begins.is_some() || self.deeper > 0 {
            return;
        }
        self.state.begins = Some(part(std::mem::take(&mut self.text)));
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if !self.state.left_out {
            self.raw.push(byte);
        }
    }

    /// A unit of UTF-16.
    fn unit(&mut self, unit: u16) {
        match char::decode_utf16([unit]).next() {
            Some(Ok(c)) => self.push(c.encode_utf8(&mut [0; 4])),
            // half of a rare character: both halves are told by one mark
            _ if (0xd800..0xdc00).contains(&unit) => self.push("\u{fffd}"),
            _ => {}
        }
    }

    /// Turns the bytes gathered so far into text.
    fn decode(&mut self) {
        if self.raw.is_empty() {
            return;
        }
        let encoding = match self.charsets.get(&self.state.font) {
            Some(134) => GB18030,
            Some(136) => BIG5,
            Some(128) => SHIFT_JIS,
            Some(129) => EUC_KR,
            _ => self.code_page.unwrap_or(WINDOWS_1252),
        };
        let raw = std::mem::take(&mut self.raw);
        let text = encoding.decode_without_bom_handling(&raw).0;
        self.push_decoded(&text);
    }

    fn push(&mut self, text: &str) {
        self.decode();
        self.push_decoded(text);
    }

    fn push_decoded(&mut self, text: &str) {
        if !self.state.left_out && !self.state.hidden && !self.state.deleted {
            if self.state.raised {
                let kept = raised(&self.text, text);
                self.text.push_str(&kept);
            } else {
                self.text.push_str(text);
            }
        }
    }

    /// Inside a note or a text box, a paragraph's end is a line of it.
    fn is_apart(&self) -> bool {
        self.state.begins.is_some() || self.states.iter().any(|state| state.begins.is_some())
    }

    fn paragraph(&mut self) -> Result<(), Fault> {
        self.decode();
        if self.state.deleted {
            return Ok(());
        }
        if self.is_apart() {
            self.text.push('\n');
            return Ok(());
        }
        let text = std::mem::take(&mut self.text);
        let after = std::mem::take(&mut self.after);
        if self.in_table {
            self.cell.extend(std::iter::once(text).chain(after).map(Piece::Paragraph));
            return Ok(());
        }
        self.end_table()?;
        std::iter::once(text).chain(after).try_for_each(|text| self.flow.paragraph(&text))
    }

    fn end_cell(&mut self) {
        self.decode();
        let text = std::mem::take(&mut self.text);
        if self.is_apart() {
            self.text = text + "\n";
            return;
        }
        self.cell.push(Piece::Paragraph(text));
        let pieces = std::mem::take(&mut self.cell);
        self.cells.push(Cell { pieces, ..Cell::default() });
        self.held += 1;
    }

    fn end_row(&mut self) {
        let mut cells: Vec<Cell> = Vec::new();
        let mut edges = Vec::new();
        for (at, mut cell) in std::mem::take(&mut self.cells).into_iter().enumerate() {
            let defined = self.defined.get(at).copied().unwrap_or_default();
            if defined.across && !cells.is_empty() {
                if let Some(last) = edges.last_mut() {
                    *last = defined.edge;
                }
                continue;
            }
            cell.continues = defined.down;
            cells.push(cell);
            edges.push(defined.edge);
        }
        if !cells.is_empty() {
            self.rows.push((cells, edges));
        }
    }

    fn end_table(&mut self) -> Result<(), Fault> {
        self.end_row();
        if self.rows.is_empty() {
            return Ok(());
        }
        let rows = std::mem::take(&mut self.rows);
        let mut edges: Vec<i32> = rows.iter().flat_map(|(_, edges)| edges.iter().copied()).collect();
        edges.sort_unstable();
        edges.dedup_by(|next, kept| next.saturating_sub(*kept) < 40);
        let mut table = Table::default();
        for (mut cells, own) in rows {
            let mut before = 0;
            for (cell, edge) in cells.iter_mut().zip(own) {
                let column = edges.partition_point(|other| *other <= edge);
                cell.columns = column.saturating_sub(before).max(1);
                before = column;
            }
            table.rows.push(cells);
        }
        self.flow.table(&table)
    }

    fn finish(mut self) -> Result<Document, Fault> {
        if !self.states.is_empty() {
            self.flow.breaks_off();
        }
        while !self.states.is_empty() {
            self.close();
        }
        self.in_table = false;
        self.state = State::default();
        self.paragraph()?;
        self.end_table()?;
        for (at, note) in std::mem::take(&mut self.notes).iter().enumerate() {
            self.flow.note(&format!("注{}：{}", at + 1, note.trim()))?;
        }
        self.flow.finish(Form::Rtf)
    }
}
