//! Plain text: its encoding, and its lines.

use super::{Fault, MAX_TEXT};
use crate::{Block, Document, Form, Unread};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use plan::Span;

/// Text from bytes, with the number of places that could not be decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// How many characters stand as U+FFFD because their bytes made no sense.
    pub(crate) broken: usize,
}

/// Reads a plain text file.
pub(crate) fn read(bytes: &[u8]) -> Result<Document, Fault> {
    if bytes.len() > 2 * MAX_TEXT {
        return Err(Fault::TooLarge);
    }
    let decoded = decode(bytes)?;
    if decoded.text.len() > MAX_TEXT {
        return Err(Fault::TooLarge);
    }
    let blocks = lines(&decoded.text);
    if blocks.is_empty() {
        return Err(Fault::Empty);
    }
    let mut unread = Vec::new();
    if decoded.broken > 0 {
        unread.push(Unread {
            message: format!("文件中有{}处字符无法识别，已显示为“\u{fffd}”，请对照原件核对。", decoded.broken),
            span: decoded.text.find('\u{fffd}').map(|at| Span { start: at, end: at + '\u{fffd}'.len_utf8() }),
        });
    }
    Ok(Document { form: Form::Text, text: decoded.text, blocks, unread })
}

/// Decides the encoding of text and decodes it. Valid UTF-8 without a mark comes back byte for byte.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, Fault> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let decoded = decode_as(&bytes[mark..], encoding);
        return if plausible(&decoded) { Ok(decoded) } else { Err(Fault::Unknown) };
    }
    if bytes.contains(&0) {
        return unmarked_utf_16(bytes).ok_or(Fault::Unknown);
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && !short_gb_in_disguise(text, bytes)
    {
        let decoded = Decoded { text: text.to_owned(), broken: text.matches('\u{fffd}').count() };
        return if plausible(&decoded) { Ok(decoded) } else { Err(Fault::Unknown) };
    }
    let candidates = [GB18030, UTF_8, BIG5].map(|encoding| decode_as(bytes, encoding));
    // the first of those with the fewest odd characters
    candidates.into_iter().min_by_key(oddness).filter(plausible).ok_or(Fault::Unknown)
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let broken = text.matches('\u{fffd}').count();
    Decoded { text: text.into_owned(), broken }
}

/// Big5 reads as GB18030 without a broken character, but its commas and full stops fall into the part for private use.
fn oddness(decoded: &Decoded) -> usize {
    decoded.broken + decoded.text.chars().filter(|c| matches!(c, '\u{e000}'..='\u{f8ff}')).count()
}

/// A few words in GB18030 can happen to be valid UTF-8 (“目录” reads as “ĿÂ¼”). Chinese text in UTF-8 never consists of
/// accented Latin letters only.
fn short_gb_in_disguise(text: &str, bytes: &[u8]) -> bool {
    if text.is_ascii() || bytes.len() > 4096 || text.chars().any(|c| c >= '\u{2000}') {
        return false;
    }
    let (gb, broken) = GB18030.decode_without_bom_handling(bytes);
    !broken && gb.chars().all(|c| c.is_ascii() || is_chinese(c))
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '\u{2010}'..='\u{203f}')
}

fn unmarked_utf_16(bytes: &[u8]) -> Option<Decoded> {
    if bytes.len() < 4 {
        return None;
    }
    [UTF_16LE, UTF_16BE].into_iter().map(|encoding| decode_as(bytes, encoding)).find(|decoded| {
        let all = decoded.text.chars().count();
        let known = decoded.text.chars().filter(|c| is_chinese(*c) || (c.is_ascii() && *c != '\0')).count();
        known * 100 >= all * 95
    })
}

/// Text, and not the bytes of a program or a picture that decode by chance.
fn plausible(decoded: &Decoded) -> bool {
    let mut all = 0_usize;
    let mut control = 0_usize;
    for c in decoded.text.chars() {
        all += 1;
        match c {
            '\0' => return false,
            '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1a}' | '\u{85}' => {}
            _ if c.is_control() => control += 1,
            _ => {}
        }
    }
    decoded.broken * 50 <= all && control * 100 <= all
}

/// True for what may stand at a line's ends without being part of it.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{1a}')
}

/// Every line that is not blank, its blank ends left out.
fn lines(text: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut start = 0;
    let breaks = |c: char| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    for line in text.split_inclusive(breaks) {
        let from = start + (line.len() - line.trim_start_matches(is_blank).len());
        let end = start + line.trim_end_matches(is_blank).len();
        start += line.len();
        if from < end {
            found.push(Block::Paragraph(Span { start: from, end }));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &[&str]) {
        let document = read(bytes).expect("text");
        let found: Vec<&str> = document
            .blocks
            .iter()
            .map(|block| match block {
                Block::Paragraph(span) | Block::Row { span, .. } => &document.text[span.start..span.end],
            })
            .collect();
        assert_eq!(found, expected);
    }

    const PLAN: &str = "云溪县产业发展行动计划\n\n　　一、总体要求\n到2027年，新增企业50家。\n";

    #[test]
    fn utf_8_without_mark_stays_byte_for_byte() {
        let text = "\u{3000}一、目标\r\n\r\n  第二行 \r第三行\u{c}第四行";
        let document = read(text.as_bytes()).expect("text");
        assert_eq!(document.text, text);
        check(text.as_bytes(), &["一、目标", "第二行", "第三行", "第四行"]);
    }

    #[test]
    fn every_encoding_gives_the_same_lines() {
        let lines = ["云溪县产业发展行动计划", "一、总体要求", "到2027年，新增企业50家。"];
        let (gb, _, _) = GB18030.encode(PLAN);
        let little: Vec<u8> = PLAN.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = PLAN.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(PLAN.as_bytes(), &lines);
        check(&gb, &lines);
        check(&little, &lines);
        check(&big, &lines);
        check(&[b"\xef\xbb\xbf", PLAN.as_bytes()].concat(), &lines);
        check(&[b"\xff\xfe", little.as_slice()].concat(), &lines);
        check(&[b"\xfe\xff", big.as_slice()].concat(), &lines);
    }

    #[test]
    fn traditional_text_in_big5_is_told_from_gb() {
        let text = "產業發展行動計劃書，為推動全縣經濟發展，特制定本計劃。\n一、總體要求與主要目標，各部門應當認真執行。";
        let (bytes, _, _) = BIG5.encode(text);
        let first = text.lines().next().expect("line");
        assert!(read(&bytes).expect("text").text.starts_with(first));
    }

    #[test]
    fn a_few_gb_words_are_not_taken_for_accented_letters() {
        let (bytes, _, _) = GB18030.encode("目录");
        assert!(std::str::from_utf8(&bytes).is_ok(), "the case at hand");
        check(&bytes, &["目录"]);
    }

    #[test]
    fn a_cut_character_is_said_and_the_rest_read() {
        let mut bytes = PLAN.repeat(10).into_bytes();
        bytes.truncate(bytes.len() - 2);
        let document = read(&bytes).expect("text");
        assert!(document.text.starts_with("云溪县"));
        assert_eq!(document.unread.len(), 1);
        assert!(document.unread[0].span.is_some());
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        assert_eq!(read(b"").err(), Some(Fault::Empty));
        assert_eq!(read("\u{3000}\r\n \t".as_bytes()).err(), Some(Fault::Empty));
        assert_eq!(read(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0").err(), Some(Fault::Unknown));
        let noise: Vec<u8> = (1..4000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8 | 1).collect();
        assert_eq!(read(&noise).err(), Some(Fault::Unknown));
        assert_eq!(read(&vec![b'a'; 3 * MAX_TEXT]).err(), Some(Fault::TooLarge));
    }
}
