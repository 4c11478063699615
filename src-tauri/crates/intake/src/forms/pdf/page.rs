//! A page's contents, carried out as far as they place characters, ruled lines and pictures.

use super::font::Font;
use super::token::{Token, Tokens};
use crate::forms::Fault;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::HashMap;
use std::rc::Rc;

/// Characters that one page may hold.
const MAX_GLYPHS: usize = 200_000;
/// Ruled lines that one page may hold.
const MAX_RULES: usize = 20_000;
/// Forms in forms.
const MAX_DEPTH: usize = 8;
/// Forms that a page may draw, those in forms counted.
const MAX_FORMS: usize = 2_000;
/// Saved states on one page.
const MAX_SAVED: usize = 256;
/// A ruled line is no thicker, in points.
const RULE: f32 = 3.0;

/// A matrix of a page: `[a b c d e f]` as the format writes it.
pub(super) type Matrix = [f32; 6];

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn times(m: &Matrix, n: &Matrix) -> Matrix {
    [
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    ]
}

fn apply(m: &Matrix, x: f32, y: f32) -> (f32, f32) {
    (x * m[0] + y * m[2] + m[4], x * m[1] + y * m[3] + m[5])
}

/// A character on the page: its left end on the line it stands on, in points, y upward.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) size: f32,
    pub(super) text: String,
}

impl Glyph {
    /// The right end of what is printed: marks that close a phrase fill half of their width, and may stand over the margin.
    pub(super) fn end(&self) -> f32 {
        let half = matches!(self.text.as_str(), "，" | "。" | "、" | "；" | "：" | "）" | "》" | "”");
        self.x + if half { self.width / 2.0 } else { self.width }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }
}

/// A ruled line: along y where `upright`, at `at` on the other axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    pub(super) upright: bool,
    pub(super) at: f32,
    pub(super) from: f32,
    pub(super) to: f32,
}

/// What a page shows.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rules: Vec<Rule>,
    /// How many pictures, and the largest one's area in square points.
    pub(super) pictures: usize,
    pub(super) largest: f32,
    /// Characters that no table of the font tells.
    pub(super) unknown: usize,
}

/// Fonts read so far, by their objects.
pub(super) type Fonts = HashMap<ObjectId, Rc<Font>>;

#[derive(Debug, Clone)]
struct State {
    matrix: Matrix,
    font: Rc<Font>,
    size: f32,
    spacing: f32,
    word_spacing: f32,
    scale: f32,
    leading: f32,
    rise: f32,
}

/// Carries out one page.
pub(super) struct Drawing<'a> {
    document: &'a Document,
    fonts: &'a mut Fonts,
    shown: Shown,
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
    /// Path of straight pieces since it was begun.
    path: Vec<(f32, f32, f32, f32)>,
    start: (f32, f32),
    point: (f32, f32),
    /// For each stretch of marked content: whether it is a page head or foot.
    marked: Vec<bool>,
    forms: usize,
    budget: &'a mut usize,
}

impl<'a> Drawing<'a> {
    /// What the contents show when drawn from `base` with these resources. `budget` is what may still be unpacked, in bytes.
    pub(super) fn page(
        document: &'a Document,
        fonts: &'a mut Fonts,
        budget: &'a mut usize,
        base: Matrix,
        contents: &[&lopdf::Stream],
        resources: &[&Dictionary],
    ) -> Result<Shown, Fault> {
        let state = State {
            matrix: base,
            font: Rc::new(Font::default()),
            size: 0.0,
            spacing: 0.0,
            word_spacing: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        let mut drawing = Self {
            document,
            fonts,
            shown: Shown::default(),
            state,
            saved: Vec::new(),
            text: IDENTITY,
            line: IDENTITY,
            path: Vec::new(),
            start: (0.0, 0.0),
            point: (0.0, 0.0),
            marked: Vec::new(),
            forms: 0,
            budget,
        };
        // a word may not go on in the next part, but an operation may
        let mut bytes = Vec::new();
        for stream in contents {
            bytes.extend(drawing.unpacked(stream)?);
            bytes.push(b'\n');
        }
        drawing.run(&bytes, resources, 0)?;
        Ok(drawing.shown)
    }

    fn unpacked(&mut self, stream: &lopdf::Stream) -> Result<Vec<u8>, Fault> {
        match stream.get_plain_content_with_limit(*self.budget) {
            Ok(bytes) => {
                *self.budget -= bytes.len().min(*self.budget);
                Ok(bytes)
            }
            Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => Err(Fault::TooLarge),
            Err(_) => Ok(Vec::new()),
        }
    }

    fn run(&mut self, bytes: &[u8], resources: &[&Dictionary], depth: usize) -> Result<(), Fault> {
        let mut tokens = Tokens::new(bytes);
        let mut operands: Vec<Token<'_>> = Vec::new();
        while let Some(token) = tokens.next() {
            match token {
                Token::Word(b"BI") => {
                    tokens.skip_picture();
                    let (width, height) = self.unit();
                    self.picture(width * height);
                    operands.clear();
                }
                Token::Word(word) => {
                    self.operation(word, &operands, resources, depth)?;
                    operands.clear();
                }
                operand if operands.len() < 4096 => operands.push(operand),
                _ => {}
            }
        }
        Ok(())
    }

    /// The width and height of the unit square as drawn.
    fn unit(&self) -> (f32, f32) {
        let m = &self.state.matrix;
        (m[0].hypot(m[1]), m[2].hypot(m[3]))
    }

    fn picture(&mut self, area: f32) {
        self.shown.pictures += 1;
        self.shown.largest = self.shown.largest.max(area);
    }

    fn operation(&mut self, word: &[u8], operands: &[Token<'_>], resources: &[&Dictionary], depth: usize) -> Result<(), Fault> {
        let numbers: Vec<f32> =
            operands.iter().filter_map(|token| if let Token::Number(n) = token { Some(*n) } else { None }).take(8).collect();
        let name = || operands.iter().find_map(|token| if let Token::Name(name) = token { Some(name.as_slice()) } else { None });
        let string =
            || operands.iter().find_map(|token| if let Token::Text(text) = token { Some(text.as_slice()) } else { None });
        match (word, numbers.as_slice()) {
            (b"q", _) => {
                if self.saved.len() < MAX_SAVED {
                    self.saved.push(self.state.clone());
                }
            }
            (b"Q", _) => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            (b"cm", [a, b, c, d, e, f]) => self.state.matrix = times(&[*a, *b, *c, *d, *e, *f], &self.state.matrix),
            (b"BT", _) => {
                self.text = IDENTITY;
                self.line = IDENTITY;
            }
            (b"Tc", [n]) => self.state.spacing = *n,
            (b"Tw", [n]) => self.state.word_spacing = *n,
            (b"Tz", [n]) => self.state.scale = n / 100.0,
            (b"TL", [n]) => self.state.leading = *n,
            (b"Ts", [n]) => self.state.rise = *n,
            (b"Tf", [size]) => {
                self.state.size = *size;
                if let Some(name) = name() {
                    self.state.font = self.font(name, resources);
                }
            }
            (b"Td", [x, y]) => self.next_line(*x, *y),
            (b"TD", [x, y]) => {
                self.state.leading = -y;
                self.next_line(*x, *y);
            }
            (b"T*", _) => self.next_line(0.0, -self.state.leading),
            (b"Tm", [a, b, c, d, e, f]) => {
                self.line = [*a, *b, *c, *d, *e, *f];
                self.text = self.line;
            }
            (b"Tj", _) => self.show(string().unwrap_or_default()),
            (b"'", _) => {
                self.next_line(0.0, -self.state.leading);
                self.show(string().unwrap_or_default());
            }
            (b"\"", [word_spacing, spacing]) => {
                self.state.word_spacing = *word_spacing;
                self.state.spacing = *spacing;
                self.next_line(0.0, -self.state.leading);
                self.show(string().unwrap_or_default());
            }
            (b"TJ", _) => {
                for operand in operands {
                    match operand {
                        Token::Text(text) => self.show(text),
                        Token::Number(back) => self.advance(-back / 1000.0 * self.state.size * self.state.scale),
                        _ => {}
                    }
                }
            }
            (b"BMC" | b"BDC", _) => {
                if self.marked.len() < 4096 {
                    self.marked.push(name() == Some(b"Artifact"));
                }
            }
            (b"EMC", _) => {
                self.marked.pop();
            }
            (b"Do", _) => {
                if let Some(name) = name() {
                    self.external(name, resources, depth)?;
                }
            }
            _ => self.ruled(word, &numbers),
        }
        Ok(())
    }

    fn next_line(&mut self, x: f32, y: f32) {
        self.line = times(&[1.0, 0.0, 0.0, 1.0, x, y], &self.line);
        self.text = self.line;
    }

    fn advance(&mut self, x: f32) {
        self.text = times(&[1.0, 0.0, 0.0, 1.0, x, 0.0], &self.text);
    }

    fn font(&mut self, name: &[u8], resources: &[&Dictionary]) -> Rc<Font> {
        let entry = resources.iter().find_map(|resources| {
            resources.get_deref(b"Font", self.document).and_then(Object::as_dict).and_then(|fonts| fonts.get(name)).ok()
        });
        let Some(entry) = entry else {
            return Rc::new(Font::default());
        };
        let id = entry.as_reference().ok();
        if let Some(font) = id.and_then(|id| self.fonts.get(&id)) {
            return Rc::clone(font);
        }
        let dictionary = self.document.dereference(entry).ok().and_then(|(_, font)| font.as_dict().ok());
        let font = Rc::new(dictionary.map(|dictionary| Font::read(dictionary, self.document)).unwrap_or_default());
        if let Some(id) = id {
            self.fonts.insert(id, Rc::clone(&font));
        }
        font
    }

    fn show(&mut self, bytes: &[u8]) {
        let font = Rc::clone(&self.state.font);
        let left_out = self.marked.contains(&true);
        font.characters(bytes, |text, width, space| {
            let state = &self.state;
            let place = times(&[state.size * state.scale, 0.0, 0.0, state.size, 0.0, state.rise], &self.text);
            let place = times(&place, &state.matrix);
            let (x, y) = (place[4], place[5]);
            let size = place[2].hypot(place[3]);
            // text that does not run from left to right is a watermark or a seal
            let level = place[0] > 0.0 && place[1].abs() < 0.1 * place[0];
            let sound = [x, y, size].iter().all(|n| n.is_finite()) && size > 0.5;
            if level && sound && !left_out && self.shown.glyphs.len() < MAX_GLYPHS {
                if text == "\u{fffd}" {
                    self.shown.unknown += 1;
                }
                self.shown.glyphs.push(Glyph { x, y, width: width * place[0], size, text: text.to_owned() });
            }
            let spacing = state.spacing + if space { state.word_spacing } else { 0.0 };
            let step = (width * state.size + spacing) * state.scale;
            self.text = times(&[1.0, 0.0, 0.0, 1.0, step, 0.0], &self.text);
        });
    }

    /// Draws a form or a picture by its name.
    fn external(&mut self, name: &[u8], resources: &[&Dictionary], depth: usize) -> Result<(), Fault> {
        let document = self.document;
        let found = resources.iter().find_map(|resources| {
            let objects = resources.get_deref(b"XObject", document).and_then(Object::as_dict).ok()?;
            objects.get_deref(name, document).and_then(Object::as_stream).ok()
        });
        let Some(stream) = found else {
            return Ok(());
        };
        let kind = stream.dict.get(b"Subtype").and_then(Object::as_name).unwrap_or(b"");
        if kind == b"Image" {
            let (width, height) = self.unit();
            self.picture(width * height);
        }
        if kind != b"Form" || depth >= MAX_DEPTH || self.forms >= MAX_FORMS {
            return Ok(());
        }
        self.forms += 1;
        let before = self.state.clone();
        let (text, line) = (self.text, self.line);
        let open = (self.saved.len(), self.marked.len());
        if let Ok(matrix) = stream.dict.get_deref(b"Matrix", document).and_then(Object::as_array) {
            let numbers: Vec<f32> = matrix.iter().filter_map(|number| number.as_float().ok()).collect();
            if let Ok(matrix) = Matrix::try_from(numbers) {
                self.state.matrix = times(&matrix, &self.state.matrix);
            }
        }
        let bytes = self.unpacked(stream)?;
        let own = stream.dict.get_deref(b"Resources", document).and_then(Object::as_dict).ok();
        let inner: Vec<&Dictionary> = own.into_iter().chain(resources.iter().copied()).take(MAX_DEPTH).collect();
        self.run(&bytes, &inner, depth + 1)?;
        self.saved.truncate(open.0);
        self.marked.truncate(open.1);
        self.state = before;
        (self.text, self.line) = (text, line);
        Ok(())
    }

    /// Follows paths, as far as they are straight.
    fn ruled(&mut self, word: &[u8], numbers: &[f32]) {
        match (word, numbers) {
            (b"m", [x, y]) => {
                self.point = apply(&self.state.matrix, *x, *y);
                self.start = self.point;
            }
            (b"l", [x, y]) => {
                let to = apply(&self.state.matrix, *x, *y);
                self.piece(self.point, to);
                self.point = to;
            }
            (b"h", _) => {
                self.piece(self.point, self.start);
                self.point = self.start;
            }
            (b"re", [x, y, width, height]) => {
                let m = self.state.matrix;
                let corners =
                    [(*x, *y), (x + width, *y), (x + width, y + height), (*x, y + height)].map(|(x, y)| apply(&m, x, y));
                for (from, to) in [(0, 1), (1, 2), (2, 3), (3, 0)] {
                    self.piece(corners[from], corners[to]);
                }
            }
            (b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*", _) => self.paint(true),
            (b"f" | b"F" | b"f*", _) => self.paint(false),
            (b"n", _) => self.path.clear(),
            _ => {}
        }
    }

    fn piece(&mut self, from: (f32, f32), to: (f32, f32)) {
        if self.path.len() < MAX_RULES {
            self.path.push((from.0, from.1, to.0, to.1));
        }
    }

    /// Takes the path's pieces as rules: all where it is stroked; where it is filled, only those of thin bars.
    fn paint(&mut self, stroked: bool) {
        let path = std::mem::take(&mut self.path);
        let low = |n: f32, m: f32| if n < m { (n, m) } else { (m, n) };
        let thin = |pieces: &[(f32, f32, f32, f32)]| {
            let xs = pieces.iter().flat_map(|p| [p.0, p.2]);
            let ys = pieces.iter().flat_map(|p| [p.1, p.3]);
            let range = |values: &mut dyn Iterator<Item = f32>| {
                values.fold((f32::MAX, f32::MIN), |(least, most), n| (least.min(n), most.max(n)))
            };
            let (x, y) = (range(&mut xs.into_iter()), range(&mut ys.into_iter()));
            x.1 - x.0 <= RULE || y.1 - y.0 <= RULE
        };
        // bars come as closed boxes of four sides
        for shape in path.chunks(4) {
            if !stroked && !thin(shape) {
                continue;
            }
            for (x0, y0, x1, y1) in shape {
                let rule = if (x0 - x1).abs() < 0.5 {
                    let (from, to) = low(*y0, *y1);
                    Rule { upright: true, at: f32::midpoint(*x0, *x1), from, to }
                } else if (y0 - y1).abs() < 0.5 {
                    let (from, to) = low(*x0, *x1);
                    Rule { upright: false, at: f32::midpoint(*y0, *y1), from, to }
                } else {
                    continue;
                };
                let sound = [rule.at, rule.from, rule.to].iter().all(|n| n.is_finite() && n.abs() < 1e6);
                if sound && rule.to - rule.from > RULE && self.shown.rules.len() < MAX_RULES {
                    self.shown.rules.push(rule);
                }
            }
        }
    }
}
