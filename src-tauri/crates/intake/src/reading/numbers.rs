//! Every numeral of a text, whatever it stands for: 1,200 · ２.5 · 三十家 · 百分之三十 · 七成 · 翻番.

use super::numeral;
use super::quantity;
use std::ops::Range;

/// A numeral.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Numeral {
    /// Its digits, separators and decimals included.
    pub(crate) range: Range<usize>,
    /// Written in Chinese characters.
    pub(crate) han: bool,
}

/// All numerals of a folded text, in order. Chinese numerals count where a measure follows: in 一批, 第三 and 统一 nothing is
/// counted, nor in 一个.
pub(crate) fn find(text: &str) -> Vec<Numeral> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut previous = ' ';
    while let Some(c) = text[at..].chars().next() {
        let end = if c.is_ascii_digit() {
            let end = arabic_end(text, at);
            found.push(Numeral { range: at..end, han: false });
            end
        } else if numeral::is_han_number(c) && !previous.is_ascii_digit() {
            let end = run_end(text, at);
            if counts(text, at..end, previous) {
                found.push(Numeral { range: at..end, han: true });
            }
            end
        } else {
            at + c.len_utf8()
        };
        previous = text[at..end].chars().next_back().unwrap_or(' ');
        at = end;
    }
    found
}

fn arabic_end(text: &str, at: usize) -> usize {
    if let Some((_, length)) = numeral::arabic(&text[at..]) {
        return at + length;
    }
    at + text[at..].bytes().take_while(u8::is_ascii_digit).count().max(1)
}

fn run_end(text: &str, at: usize) -> usize {
    text[at..].char_indices().find(|(_, c)| !numeral::is_han_number(*c)).map_or(text.len(), |(length, _)| at + length)
}

/// Whether a run of Chinese numerals counts something.
fn counts(text: &str, run: Range<usize>, previous: char) -> bool {
    if matches!(previous, '第' | '每' | '“' | '十') || numeral::han(&text[run.clone()]).is_none_or(|value| value <= 1) {
        return text[..run.start].ends_with("百分之") && numeral::han(&text[run]).is_some();
    }
    if text[..run.start].ends_with("百分之") {
        return true;
    }
    let behind = text[run.end..].trim_start_matches(['余', '多']);
    if behind.starts_with("分之") {
        return false;
    }
    behind.starts_with(['成', '倍', '番']) || quantity::measure(behind).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_numeral_is_found_once() {
        for (text, numerals) in [
            ("到2027年,新增1,200家、2.5%", &["2027", "1,200", "2.5"][..]),
            ("培育三十家,百分之三十,七成以上,统一部署,一批,第三个", &["三十", "三十", "七"]),
            ("G60、5G和PM2.5", &["60", "5", "2.5"]),
            ("1234567890123456789012号", &["1234567890123456789012"]),
            ("5万元", &["5"]),
        ] {
            let found: Vec<&str> = find(text).into_iter().map(|numeral| &text[numeral.range]).collect();
            assert_eq!(found, numerals, "{text}");
        }
    }
}
