//! A reader of finished PDF that knows nothing of the writer: characters with their places on the sheet, from the content streams, the
//! fonts' widths and their ToUnicode maps.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// A character on the sheet. Lengths are millimetres from the sheet's upper left corner.
#[derive(Debug, Clone)]
pub struct Character {
    pub text: char,
    /// Left end on the baseline, along the direction it is read: see [`Sheet::turned`].
    pub x: f64,
    pub y: f64,
    /// Advance, in millimetres.
    pub advance: f64,
    /// In points.
    pub size: f64,
    pub font: String,
    /// Whether it runs up the sheet.
    pub upward: bool,
}

#[derive(Debug)]
pub struct Sheet {
    pub characters: Vec<Character>,
    /// Degrees it is turned to be read.
    pub turned: i64,
    pub width: f64,
    pub height: f64,
    pub links: usize,
    /// The points of all rules, boxes and pictures.
    pub points: Vec<(f64, f64)>,
}

#[derive(Debug)]
pub struct Printed {
    pub file: Document,
    pub sheets: Vec<Sheet>,
}

const MM: f64 = 25.4 / 72.0;

struct Font {
    name: String,
    unicode: BTreeMap<u16, char>,
    widths: BTreeMap<u16, f64>,
}

impl Printed {
    pub fn read(bytes: &[u8]) -> Self {
        let file = Document::load_mem(bytes).expect("a PDF that an independent reader opens");
        let sheets = file.get_pages().into_values().map(|id| sheet(&file, id)).collect();
        Self { file, sheets }
    }

    /// All text of a sheet in the order it was written.
    pub fn text(&self, place: usize) -> String {
        self.sheets[place].characters.iter().map(|c| c.text).collect()
    }

    pub fn all_text(&self) -> String {
        (0..self.sheets.len()).map(|place| self.text(place)).collect()
    }
}

impl Sheet {
    /// Upright characters by baseline from the top, each line from left to right.
    pub fn lines(&self) -> Vec<(f64, Vec<Character>)> {
        let mut lines: Vec<(f64, Vec<Character>)> = Vec::new();
        for character in self.characters.iter().filter(|c| !c.upward) {
            match lines.iter_mut().find(|(y, _)| (*y - character.y).abs() < 0.1) {
                Some((_, line)) => line.push(character.clone()),
                None => lines.push((character.y, vec![character.clone()])),
            }
        }
        for (_, line) in &mut lines {
            line.sort_by(|a, b| a.x.total_cmp(&b.x));
        }
        lines.sort_by(|a, b| a.0.total_cmp(&b.0));
        lines
    }

    /// What stands outside a type area (left, top, right, bottom), its page number apart; in words.
    pub fn outside(&self, (left, top, right, bottom): (f64, f64, f64, f64)) -> Vec<String> {
        let mut found = Vec::new();
        for c in &self.characters {
            let em = c.size * MM;
            let number = !c.upward && c.size == 14.0 && c.y > bottom && c.y < bottom + 12.0;
            // a mark that hangs out has its ink in its first half at the end of a line, in its second at the beginning
            let (from, to) = match c.text {
                '，' | '。' | '、' | '；' | '：' | '？' | '！' | '）' | '》' | '”' | '’' => (0.0, c.advance / 2.0),
                '（' | '《' | '“' | '‘' => (c.advance / 2.0, c.advance),
                _ => (0.0, c.advance),
            };
            let (x, y) = if c.upward {
                ((c.x - 0.88 * em, c.x + 0.12 * em), (c.y - to, c.y - from))
            } else {
                ((c.x + from, c.x + to), (c.y - 0.88 * em, c.y + 0.12 * em))
            };
            let slack = 0.3;
            let within = x.0 >= left - slack && x.1 <= right + slack && y.0 >= top - slack && y.1 <= bottom + slack;
            if !number && !within {
                found.push(format!("“{}” at {x:.1?} {y:.1?}", c.text));
            }
        }
        for (x, y) in &self.points {
            if !(*x >= left - 1.0 && *x <= right + 1.0 && *y >= top - 1.0 && *y <= bottom + 1.0) {
                found.push(format!("a stroke at {x:.1} {y:.1}"));
            }
        }
        found
    }
}

fn number(object: &Object) -> f64 {
    match object {
        Object::Integer(value) => *value as f64,
        Object::Real(value) => f64::from(*value),
        other => panic!("{other:?} is no number"),
    }
}

fn resolve<'a>(file: &'a Document, object: &'a Object) -> &'a Object {
    match object {
        Object::Reference(id) => file.get_object(*id).unwrap(),
        other => other,
    }
}

fn sheet(file: &Document, id: ObjectId) -> Sheet {
    let page = file.get_dictionary(id).unwrap();
    let media: Vec<f64> = page.get(b"MediaBox").unwrap().as_array().unwrap().iter().map(number).collect();
    let turned = page.get(b"Rotate").map_or(0, |r| r.as_i64().unwrap());
    let links = page.get(b"Annots").map_or(0, |a| a.as_array().unwrap().len());
    let resources = resolve(file, page.get(b"Resources").unwrap()).as_dict().unwrap();
    let fonts = resolve(file, resources.get(b"Font").unwrap()).as_dict().unwrap();
    let fonts: BTreeMap<Vec<u8>, Font> =
        fonts.iter().map(|(name, font)| (name.clone(), read_font(file, resolve(file, font).as_dict().unwrap()))).collect();
    let content = Content::decode(&file.get_page_content(id)).unwrap();

    let mut characters = Vec::new();
    let mut points = Vec::new();
    let mut matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
    let mut stack = Vec::new();
    let (mut x, mut y, mut size) = (0.0, 0.0, 0.0);
    let mut font: Option<&Font> = None;
    for operation in &content.operations {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "q" => stack.push(matrix),
            "Q" => matrix = stack.pop().expect("as many Q as q"),
            "cm" => {
                let m: Vec<f64> = operands.iter().map(number).collect();
                matrix = [m[0], m[1], m[2], m[3], m[4], m[5]];
            }
            "Tf" => {
                font = Some(&fonts[operands[0].as_name().unwrap()]);
                size = number(&operands[1]);
            }
            "Tm" => {
                assert_eq!(number(&operands[0]), 1.0);
                (x, y) = (number(&operands[4]), number(&operands[5]));
            }
            "m" | "l" | "c" => {
                let way: Vec<f64> = operands.iter().map(number).collect();
                for pair in way.chunks(2) {
                    let place = (
                        matrix[0] * pair[0] + matrix[2] * pair[1] + matrix[4],
                        matrix[1] * pair[0] + matrix[3] * pair[1] + matrix[5],
                    );
                    points.push((place.0 * MM, (media[3] - place.1) * MM));
                }
            }
            "re" => panic!("the writer draws boxes by their corners"),
            "TJ" | "Tj" => {
                let font = font.expect("a font before text");
                let parts = match &operands[0] {
                    Object::Array(parts) => parts.clone(),
                    part => vec![part.clone()],
                };
                for part in &parts {
                    if let Object::String(codes, _) = part {
                        for code in codes.chunks(2) {
                            let code = u16::from_be_bytes([code[0], code[1]]);
                            let advance = font.widths.get(&code).copied().unwrap_or(1000.0) / 1000.0 * size;
                            let place = (matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]);
                            characters.push(Character {
                                text: *font
                                    .unicode
                                    .get(&code)
                                    .unwrap_or_else(|| panic!("glyph {code} of {} says nothing", font.name)),
                                x: place.0 * MM,
                                y: (media[3] - place.1) * MM,
                                advance: advance * MM,
                                size,
                                font: font.name.clone(),
                                upward: matrix[1] != 0.0,
                            });
                            x += advance;
                        }
                    } else {
                        x -= number(part) / 1000.0 * size;
                    }
                }
            }
            _ => {}
        }
    }
    Sheet { characters, turned, width: media[2] * MM, height: media[3] * MM, links, points }
}

fn read_font(file: &Document, font: &Dictionary) -> Font {
    let name = String::from_utf8(font.get(b"BaseFont").unwrap().as_name().unwrap().to_vec()).unwrap();
    let map = resolve(file, font.get(b"ToUnicode").unwrap()).as_stream().unwrap();
    let map = map.decompressed_content().unwrap_or_else(|_| map.content.clone());
    let descendant = resolve(file, &font.get(b"DescendantFonts").unwrap().as_array().unwrap()[0]).as_dict().unwrap();
    let mut widths = BTreeMap::new();
    let mut entries = descendant.get(b"W").unwrap().as_array().unwrap().iter();
    while let Some(first) = entries.next() {
        let first = first.as_i64().unwrap() as u16;
        for (place, width) in entries.next().unwrap().as_array().unwrap().iter().enumerate() {
            widths.insert(first + place as u16, number(width));
        }
    }
    Font { name, unicode: to_unicode(&String::from_utf8_lossy(&map)), widths }
}

/// The map's bfchar and bfrange lines.
fn to_unicode(map: &str) -> BTreeMap<u16, char> {
    let mut unicode = BTreeMap::new();
    let mut ranges = None;
    for line in map.lines() {
        let line = line.trim();
        if line.ends_with("beginbfchar") {
            ranges = Some(false);
        } else if line.ends_with("beginbfrange") {
            ranges = Some(true);
        } else if line.starts_with("endbf") {
            ranges = None;
        } else if let Some(range) = ranges {
            let codes: Vec<&str> = line.split(['<', '>', ' ']).filter(|part| !part.is_empty()).collect();
            let code = |place: usize| u16::from_str_radix(codes[place], 16).unwrap();
            let units: Vec<u16> = codes[codes.len() - 1]
                .as_bytes()
                .chunks(4)
                .map(|unit| u16::from_str_radix(std::str::from_utf8(unit).unwrap(), 16).unwrap())
                .collect();
            let first = char::decode_utf16(units).next().unwrap().unwrap();
            let last = if range { code(1) } else { code(0) };
            for (place, code) in (code(0)..=last).enumerate() {
                unicode.insert(code, char::from_u32(u32::from(first) + place as u32).unwrap());
            }
        }
    }
    unicode
}
