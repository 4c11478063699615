//! The characters behind a font's codes, and how wide they stand.

use super::token::{Token, Tokens};
use encoding_rs::{BIG5, Encoding, GB18030, MACINTOSH, UTF_16BE, WINDOWS_1252};
use lopdf::{Dictionary, Document, Object};
use std::collections::HashMap;

/// What a character map may unpack to, in bytes.
const MAX_MAP: usize = 8 << 20;
/// Entries of widths and of character maps that one font may have.
const MAX_ENTRIES: usize = 1 << 17;

/// The old characters that stand for radicals (U+2F00 onward): some writers map common characters onto them.
const RADICALS: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";
/// The same for the supplement (U+2E80 onward) and one rare character: each is followed by the common one that fonts draw alike.
const SUPPLEMENT: &str = "⺅亻⺉刂⺌小⺍小⺎兀⺐尢⺒巳⺓幺⺕彐⺖忄⺘扌⺙攵⺝月⺟母⺠民⺡氵⺣灬⺦丬⺨犭⺫目⺭礻⺮竹⺰纟⺶羊⺷羊⺺肀⺼月⺾艹⻁虎⻂衤⻄西⻅见⻆角⻈讠⻉贝⻊足⻋车⻌辶⻐钅⻓长⻔门⻖阝⻘青⻙韦⻚页⻛风⻜飞⻝食⻟食⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟㬵胶";

/// How a font's strings fall into codes.
#[derive(Debug, Clone, Copy)]
enum Codes {
    One,
    Two,
    /// One or two bytes (four in GB18030), as this encoding has them.
    Mixed(&'static Encoding),
    Utf16,
}

/// A font as far as reading needs it.
#[derive(Debug)]
pub(super) struct Font {
    codes: Codes,
    /// Runs of codes that were given text: first code, last code, the first code's text in UTF-16.
    map: Vec<(u32, u32, Vec<u16>)>,
    /// Characters of one-byte codes.
    simple: Vec<Option<char>>,
    widths: HashMap<u32, f32>,
    default_width: f32,
}

impl Default for Font {
    fn default() -> Self {
        let simple = (0..=255_u8).map(|code| decoded(&[code], WINDOWS_1252)).collect();
        Self { codes: Codes::One, map: Vec::new(), simple, widths: HashMap::new(), default_width: 0.5 }
    }
}

fn decoded(bytes: &[u8], encoding: &'static Encoding) -> Option<char> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    text.chars().next().filter(|_| !broken)
}

fn number(object: &Object, document: &Document) -> Option<f32> {
    document.dereference(object).ok()?.1.as_float().ok()
}

impl Font {
    /// Reads a font's dictionary.
    pub(super) fn read(dictionary: &Dictionary, document: &Document) -> Self {
        let mut font = Self::default();
        let get = |key: &[u8]| dictionary.get_deref(key, document).ok();
        if get(b"Subtype").and_then(|name| name.as_name().ok()) == Some(b"Type0") {
            font.composite(dictionary, document);
        } else {
            font.single(dictionary, document);
        }
        if let Some(Object::Stream(stream)) = get(b"ToUnicode")
            && let Ok(map) = stream.get_plain_content_with_limit(MAX_MAP)
        {
            font.map = character_map(&map);
        }
        font
    }

    fn composite(&mut self, dictionary: &Dictionary, document: &Document) {
        let encoding = dictionary.get_deref(b"Encoding", document).ok().and_then(|name| name.as_name().ok()).unwrap_or(b"");
        let has = |part: &str| String::from_utf8_lossy(encoding).contains(part);
        self.codes = if has("GBK") || has("GB-EUC") || has("GBpc") {
            Codes::Mixed(GB18030)
        } else if has("B5") {
            Codes::Mixed(BIG5)
        } else if has("UCS2") || has("UTF16") {
            Codes::Utf16
        } else {
            Codes::Two
        };
        self.default_width = 1.0;
        let Some(descendant) = dictionary
            .get_deref(b"DescendantFonts", document)
            .ok()
            .and_then(|fonts| fonts.as_array().ok()?.first())
            .and_then(|font| document.dereference(font).ok()?.1.as_dict().ok())
        else {
            return;
        };
        if let Some(width) = descendant.get(b"DW").ok().and_then(|width| number(width, document)) {
            self.default_width = width / 1000.0;
        }
        // codes are not the widths' indices in the other encodings; there full and half width tell enough
        if !matches!(self.codes, Codes::Two) {
            return;
        }
        let Some(widths) = descendant.get_deref(b"W", document).ok().and_then(|widths| widths.as_array().ok()) else {
            return;
        };
        let mut left = widths.as_slice();
        while let [first, second, rest @ ..] = left {
            let Some(first) = number(first, document).map(|first| first.max(0.0) as u32) else {
                break;
            };
            left = rest;
            if let Some(list) = document.dereference(second).ok().and_then(|(_, list)| list.as_array().ok()) {
                for (code, width) in (first..).zip(list) {
                    if self.widths.len() < MAX_ENTRIES {
                        self.widths.extend(number(width, document).map(|width| (code, width / 1000.0)));
                    }
                }
                continue;
            }
            let [width, rest @ ..] = rest else { break };
            left = rest;
            let last = number(second, document).map_or(first, |last| last.clamp(0.0, 65535.0) as u32);
            for code in first..=last {
                if self.widths.len() < MAX_ENTRIES {
                    self.widths.extend(number(width, document).map(|width| (code, width / 1000.0)));
                }
            }
        }
    }

    fn single(&mut self, dictionary: &Dictionary, document: &Document) {
        let get = |key: &[u8]| dictionary.get_deref(key, document).ok();
        let first = get(b"FirstChar").and_then(|code| code.as_i64().ok()).and_then(|code| u32::try_from(code).ok());
        if let Some(Object::Array(widths)) = get(b"Widths") {
            for (code, width) in (first.unwrap_or(0)..).zip(widths).take(256) {
                self.widths.extend(number(width, document).map(|width| (code, width / 1000.0)));
            }
        }
        let base = |name: &[u8]| if name == b"MacRomanEncoding" { MACINTOSH } else { WINDOWS_1252 };
        match get(b"Encoding") {
            Some(Object::Name(name)) => {
                let encoding = base(name);
                self.simple = (0..=255_u8).map(|code| decoded(&[code], encoding)).collect();
            }
            Some(Object::Dictionary(encoding)) => {
                let name = encoding.get_deref(b"BaseEncoding", document).and_then(Object::as_name).unwrap_or(b"");
                let table = base(name);
                self.simple = (0..=255_u8).map(|code| decoded(&[code], table)).collect();
                let mut code = 0;
                for entry in encoding.get_deref(b"Differences", document).and_then(Object::as_array).into_iter().flatten() {
                    match entry {
                        Object::Name(glyph) => {
                            if let Some(slot) = self.simple.get_mut(code) {
                                *slot = named(glyph);
                            }
                            code += 1;
                        }
                        other => code = other.as_i64().ok().and_then(|at| usize::try_from(at).ok()).unwrap_or(code),
                    }
                }
            }
            _ => {}
        }
    }

    /// Shows each character of a string to `each`: its text (U+FFFD where nothing tells), its width in ems, and whether it
    /// is the one-byte code 32, which word spacing widens.
    pub(super) fn characters(&self, bytes: &[u8], mut each: impl FnMut(&str, f32, bool)) {
        let mut left = bytes;
        while let Some(first) = left.first() {
            let length = match self.codes {
                Codes::One => 1,
                Codes::Two => 2,
                Codes::Mixed(encoding) => match (*first, left.get(1)) {
                    (0x81..=0xfe, Some(0x30..=0x39)) if encoding == GB18030 => 4,
                    (0x81..=0xfe, _) => 2,
                    _ => 1,
                },
                Codes::Utf16 => {
                    if (0xd8..0xdc).contains(first) {
                        4
                    } else {
                        2
                    }
                }
            };
            let (code, rest) = left.split_at(length.min(left.len()));
            left = rest;
            let value = code.iter().fold(0_u32, |value, byte| value << 8 | u32::from(*byte));
            let text = self.mapped(value).or_else(|| {
                let found = match self.codes {
                    Codes::One => self.simple.get(value as usize).copied().flatten(),
                    Codes::Two => None,
                    Codes::Mixed(encoding) => decoded(code, encoding),
                    Codes::Utf16 => decoded(code, UTF_16BE),
                };
                found.map(|c| usual(c).to_string())
            });
            let narrow =
                matches!(self.codes, Codes::Mixed(_)) && length == 1 || matches!(self.codes, Codes::Utf16) && value < 0x80;
            let usual_width = if narrow { 0.5 } else { self.default_width };
            let width = self.widths.get(&value).copied().unwrap_or(usual_width);
            each(text.as_deref().unwrap_or("\u{fffd}"), width, length == 1 && value == 32);
        }
    }

    fn mapped(&self, code: u32) -> Option<String> {
        let after = self.map.partition_point(|(first, _, _)| *first <= code);
        let (first, last, text) = self.map.get(after.checked_sub(1)?)?;
        if code > *last {
            return None;
        }
        let mut units = text.clone();
        if let Some(unit) = units.last_mut() {
            *unit = unit.wrapping_add((code - first) as u16);
        }
        let text: String = char::decode_utf16(units).map(|c| usual(c.unwrap_or('\u{fffd}'))).collect();
        // fonts draw the dash of two characters as one
        (!text.is_empty() && text != "\0").then(|| text.replace('\u{2e3a}', "——"))
    }
}

/// The usual character for one that only looks the same.
fn usual(c: char) -> char {
    match c {
        '\u{2f00}'..='\u{2fd5}' => RADICALS.chars().nth((u32::from(c) - 0x2f00) as usize).unwrap_or(c),
        '\u{2e80}'..='\u{2eff}' | '㬵' => {
            let mut pairs = SUPPLEMENT.chars();
            std::iter::from_fn(|| pairs.next().zip(pairs.next())).find(|(from, _)| *from == c).map_or(c, |(_, to)| to)
        }
        '\u{a0}' => ' ',
        '∕' => '／',
        _ => c,
    }
}

/// A character by its glyph's name.
fn named(glyph: &[u8]) -> Option<char> {
    const NAMES: [(&str, char); 46] = [
        ("space", ' '),
        ("exclam", '!'),
        ("quotedbl", '"'),
        ("numbersign", '#'),
        ("dollar", '$'),
        ("percent", '%'),
        ("ampersand", '&'),
        ("quotesingle", '\''),
        ("parenleft", '('),
        ("parenright", ')'),
        ("asterisk", '*'),
        ("plus", '+'),
        ("comma", ','),
        ("hyphen", '-'),
        ("minus", '-'),
        ("period", '.'),
        ("slash", '/'),
        ("zero", '0'),
        ("one", '1'),
        ("two", '2'),
        ("three", '3'),
        ("four", '4'),
        ("five", '5'),
        ("six", '6'),
        ("seven", '7'),
        ("eight", '8'),
        ("nine", '9'),
        ("colon", ':'),
        ("semicolon", ';'),
        ("less", '<'),
        ("equal", '='),
        ("greater", '>'),
        ("question", '?'),
        ("at", '@'),
        ("bracketleft", '['),
        ("bracketright", ']'),
        ("underscore", '_'),
        ("bar", '|'),
        ("endash", '–'),
        ("emdash", '—'),
        ("bullet", '•'),
        ("quoteleft", '‘'),
        ("quoteright", '’'),
        ("quotedblleft", '“'),
        ("quotedblright", '”'),
        ("periodcentered", '·'),
    ];
    let name = std::str::from_utf8(glyph).ok()?;
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return Some(letter);
    }
    let code = name.strip_prefix("uni").or_else(|| name.strip_prefix('u'));
    if let Some(c) = code.and_then(|code| u32::from_str_radix(code.get(..4)?, 16).ok()).and_then(char::from_u32) {
        return Some(usual(c));
    }
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c)
}

/// The runs of a `ToUnicode` map, sorted by their first code.
fn character_map(bytes: &[u8]) -> Vec<(u32, u32, Vec<u16>)> {
    let code = |text: &[u8]| text.iter().take(4).fold(0_u32, |value, byte| value << 8 | u32::from(*byte));
    let units = |text: &[u8]| -> Vec<u16> {
        text.chunks(2).take(8).map(|pair| pair.iter().fold(0_u16, |unit, byte| unit << 8 | u16::from(*byte))).collect()
    };
    let mut runs = Vec::new();
    let mut operands: Vec<Token<'_>> = Vec::new();
    let mut list: Option<usize> = None;
    let mut ranges = false;
    for token in Tokens::new(bytes) {
        if runs.len() >= MAX_ENTRIES {
            break;
        }
        match token {
            Token::Word(word) => {
                operands.clear();
                list = None;
                ranges = word == b"beginbfrange";
                if word == b"beginbfchar" || ranges {
                    list = Some(0);
                }
            }
            Token::Text(text) if list.is_some() => {
                operands.push(Token::Text(text));
                match operands.as_slice() {
                    [Token::Text(from), Token::Text(to)] if !ranges => {
                        runs.push((code(from), code(from), units(to)));
                        operands.clear();
                    }
                    [Token::Text(from), Token::Text(last), Token::Text(to)] => {
                        runs.push((code(from), code(last).min(code(from).saturating_add(0xffff)), units(to)));
                        operands.clear();
                    }
                    // a list gives each code of the run its own text
                    [Token::Text(from), Token::Text(_), Token::Open, .., Token::Text(to)] => {
                        let at = code(from).saturating_add((operands.len() - 4) as u32);
                        runs.push((at, at, units(to)));
                    }
                    _ => {}
                }
            }
            Token::Open if operands.len() == 2 => operands.push(Token::Open),
            Token::Close => operands.clear(),
            _ => {}
        }
    }
    runs.sort_by_key(|(first, _, _)| *first);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(font: &Font, bytes: &[u8]) -> String {
        let mut text = String::new();
        font.characters(bytes, |c, _, _| text.push_str(c));
        text
    }

    #[test]
    fn a_character_map_gives_runs_single_codes_and_lists() {
        let map = b"2 beginbfchar <0003> <0020> <0004> <4E916EAA> endbfchar
            2 beginbfrange <0010> <0012> <4E00> <0020> <0021> [<53BF> <2F42>] endbfrange";
        let font = Font { codes: Codes::Two, map: character_map(map), ..Font::default() };
        assert_eq!(text(&font, b"\0\x04\0\x11\0\x20\0\x21\0\x13"), "云溪丁县文\u{fffd}");
    }

    #[test]
    fn encodings_of_chinese_fonts_need_no_map() {
        let (bytes, _, _) = GB18030.encode("云溪县A1");
        let font = Font { codes: Codes::Mixed(GB18030), ..Font::default() };
        assert_eq!(text(&font, &bytes), "云溪县A1");
        let font = Font { codes: Codes::Utf16, ..Font::default() };
        assert_eq!(text(&font, b"\x4e\x91\x6e\xaa\x00A"), "云溪A");
    }

    #[test]
    fn glyph_names_are_characters() {
        assert_eq!(named(b"percent"), Some('%'));
        assert_eq!(named(b"uni4E91"), Some('云'));
        assert_eq!(named(b"A"), Some('A'));
        assert_eq!(named(b"g123"), None);
    }
}
