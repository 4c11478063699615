//! The numbers that stand before headings and items: 第一章 · 一、 · (一) · 1. · (1) · ①, whole or damaged.

use super::numeral;

/// What a number looks like. The order is the order in which documents nest them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    /// 第一篇, 第一部分
    Part,
    /// 第一章
    Chapter,
    /// 第一节
    Section,
    /// 一、
    Han,
    /// 任务一: 行动1
    Named,
    /// (一) 一)
    HanBracket,
    /// 1. 1、
    Arabic,
    /// 1.1
    Decimal,
    /// 1.1.1
    DoubleDecimal,
    /// (1) 1)
    ArabicBracket,
    /// ①
    Circled,
    /// 一是 二是, each at the head of a paragraph
    Counted,
}

/// A number before a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Marker {
    pub(crate) kind: Kind,
    /// Its value; none where a conversion lost it.
    pub(crate) number: Option<u64>,
    /// Its length in bytes, white space after it included.
    pub(crate) length: usize,
}

/// The number at the start of a paragraph (of a folded text without white space before it).
pub(crate) fn marker(text: &str) -> Option<Marker> {
    let first = text.chars().next()?;
    let (kind, number, length) = match first {
        '第' => ordinal(text)?,
        '(' | '〔' | '【' => bracketed(text)?,
        '、' => {
            // “四、保障措施” whose number was lost
            let rest = &text[first.len_utf8()..];
            let short = rest.chars().count() <= 24 && !rest.contains(['、', ',', '。', ';']);
            (short && !rest.trim().is_empty()).then_some((Kind::Han, None, first.len_utf8()))?
        }
        '0'..='9' => arabic(text)?,
        '\u{2460}'..='\u{2473}' => (Kind::Circled, Some(u64::from(first) - 0x245f), first.len_utf8()),
        '\u{2776}'..='\u{277f}' => (Kind::Circled, Some(u64::from(first) - 0x2775), first.len_utf8()),
        '\u{2474}'..='\u{2487}' => (Kind::ArabicBracket, Some(u64::from(first) - 0x2473), first.len_utf8()),
        '\u{2488}'..='\u{249b}' => (Kind::Arabic, Some(u64::from(first) - 0x2487), first.len_utf8()),
        '\u{3220}'..='\u{3229}' => (Kind::HanBracket, Some(u64::from(first) - 0x321f), first.len_utf8()),
        _ if numeral::is_han_number(first) => han(text)?,
        _ => named(text)?,
    };
    let rest = &text[length..];
    let space = rest.len() - rest.trim_start().len();
    (!rest.trim().is_empty()).then_some(Marker { kind, number, length: length + space })
}

/// The Chinese number at the start, its length in bytes.
fn han_number(text: &str) -> Option<(u64, usize)> {
    let end = text.char_indices().find(|(_, c)| !numeral::is_han_number(*c)).map_or(text.len(), |(i, _)| i);
    numeral::han(&text[..end]).map(|value| (value, end))
}

fn any_number(text: &str) -> Option<(u64, usize)> {
    han_number(text).or_else(|| {
        let end = text.bytes().take_while(u8::is_ascii_digit).count();
        (1..=3).contains(&end).then(|| text[..end].parse().ok().map(|value| (value, end)))?
    })
}

/// 第一章 第二节 第三部分 第四篇; 第五条 is a paragraph of a rule and nests like (一).
fn ordinal(text: &str) -> Option<(Kind, Option<u64>, usize)> {
    let at = '第'.len_utf8();
    let rest = text[at..].trim_start();
    let at = text.len() - rest.len();
    let (number, length) = any_number(rest)?;
    let word = rest[length..].trim_start();
    let at = at + (rest.len() - word.len());
    for (name, kind) in [
        ("部分", Kind::Part),
        ("篇", Kind::Part),
        ("编", Kind::Part),
        ("章", Kind::Chapter),
        ("节", Kind::Section),
        ("条", Kind::HanBracket),
    ] {
        if let Some(after) = word.strip_prefix(name) {
            // “第一部分企业” counts, “第一章的规定” is running text
            if after.starts_with(['的', '规', '所', '中', '第']) {
                return None;
            }
            let mut length = at + name.len();
            if after.starts_with([':', '、', '.']) {
                length += after.chars().next().map_or(0, char::len_utf8);
            }
            return Some((kind, Some(number), length));
        }
    }
    None
}

/// (一) (1), also with 、 after it.
fn bracketed(text: &str) -> Option<(Kind, Option<u64>, usize)> {
    let open = text.chars().next()?;
    let close = match open {
        '〔' => '〕',
        '【' => '】',
        _ => ')',
    };
    let inner = text[open.len_utf8()..].trim_start();
    let at = text.len() - inner.len();
    let (number, length) = any_number(inner)?;
    let rest = inner[length..].trim_start();
    let after = rest.strip_prefix(close)?;
    let mut end = text.len() - after.len();
    let kind = if inner.starts_with(|c: char| c.is_ascii_digit()) { Kind::ArabicBracket } else { Kind::HanBracket };
    if number > 999 || at > 8 {
        return None;
    }
    if after.starts_with('、') {
        end += '、'.len_utf8();
    }
    Some((kind, Some(number), end))
}

/// 1. 1、 1) 1.1 1.1.1; a decimal number or a date is none.
fn arabic(text: &str) -> Option<(Kind, Option<u64>, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 3 {
        return None;
    }
    let number = text[..digits].parse().ok();
    let rest = text[digits..].trim_start();
    let at = text.len() - rest.len();
    match rest.chars().next()? {
        ')' => Some((Kind::ArabicBracket, number, at + 1)),
        '、' => Some((Kind::Arabic, number, at + '、'.len_utf8())),
        '.' => {
            let after = &rest[1..];
            let more = after.bytes().take_while(u8::is_ascii_digit).count();
            if more == 0 {
                return Some((Kind::Arabic, number, at + 1));
            }
            if more > 3 || at > digits {
                return None;
            }
            let tail = &after[more..];
            let (kind, number, used) = match tail.strip_prefix('.') {
                Some(third) => {
                    let last = third.bytes().take_while(u8::is_ascii_digit).count();
                    match last {
                        0 => (Kind::Decimal, after[..more].parse().ok(), digits + 1 + more + 1),
                        1..=3 => (Kind::DoubleDecimal, third[..last].parse().ok(), digits + 1 + more + 1 + last),
                        _ => return None,
                    }
                }
                None => (Kind::Decimal, after[..more].parse().ok(), digits + 1 + more),
            };
            // “1.2亿千瓦” and “2.0版” are numbers
            let word = text[used..].chars().next()?;
            let counts = "万亿千百个家%项人名版倍公平立吨米元度-—~至".contains(word)
                || word.is_ascii_punctuation()
                || (more == 3 && super::quantity::is_unit(text[used..].split([',', '。', ';']).next().unwrap_or_default()));
            (word == ' ' || !counts).then_some((kind, number, used))
        }
        // “1 总体要求” over “1.1 指导思想”: the outline asks for the second before it believes the first
        c if digits <= 2 && at > digits && ('\u{4e00}'..='\u{9fff}').contains(&c) => {
            let short = rest.chars().count() <= 20
                && !rest.contains(['。', ',', ';', ':', '、', ' ', '|', '\t'])
                && !rest.contains(|c: char| c.is_ascii_digit());
            short.then_some((Kind::Arabic, number, at))
        }
        _ => None,
    }
}

/// “一是…”, “二是…” at the head of a paragraph: an item of a list that only the outline can tell from running text.
pub(crate) fn counted(text: &str) -> Option<Marker> {
    let (number, length) = han_number(text).filter(|(number, _)| (1..=20).contains(number))?;
    let rest = text[length..].strip_prefix('是')?;
    (rest.chars().count() >= 4).then_some(Marker { kind: Kind::Counted, number: Some(number), length: text.len() - rest.len() })
}

/// “2.2026年9月底前,…”: the length of the number of a step that begins with its date. It opens no section.
pub(crate) fn step(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let Some(rest) = text[digits..].strip_prefix(['.', '、']).filter(|_| (1..=2).contains(&digits)) else {
        return 0;
    };
    let year = rest.trim_start();
    let dated = year.bytes().take_while(u8::is_ascii_digit).count() == 4 && year[4..].starts_with('年');
    if dated { text.len() - year.len() } else { 0 }
}

/// True for an Arabic number with nothing but a space behind it.
pub(crate) fn is_bare(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let word = rest.trim_start();
    rest.len() < text.len() && word.len() < rest.len() && word.starts_with(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// 一、 一. 一) and, where a conversion lost the bracket, 三)
fn han(text: &str) -> Option<(Kind, Option<u64>, usize)> {
    let (number, length) = han_number(text)?;
    if number > 999 {
        return None;
    }
    let rest = text[length..].trim_start();
    let at = text.len() - rest.len();
    // 一、二、三产业 and 二、三季度 count on
    if let Some(more) = rest.strip_prefix('、')
        && more.starts_with(numeral::is_han_number)
        && more.chars().nth(1).is_some_and(|c| matches!(c, '、' | '产' | '季' | '线' | '级' | '类' | '批' | '期' | '等'))
    {
        return None;
    }
    match rest.chars().next()? {
        '、' => Some((Kind::Han, Some(number), at + '、'.len_utf8())),
        '.' if !rest[1..].starts_with(|c: char| c.is_ascii_digit()) => Some((Kind::Han, Some(number), at + 1)),
        ')' => Some((Kind::HanBracket, Some(number), at + 1)),
        // “一 总体要求”: only a short line with the space that stands for the mark
        _ if at > length && rest.chars().count() <= 20 && !rest.contains(['。', ',', ';', ' ']) => {
            Some((Kind::Han, Some(number), at))
        }
        _ => None,
    }
}

/// 任务一: 行动二 专项行动3:
fn named(text: &str) -> Option<(Kind, Option<u64>, usize)> {
    const NAMES: &[&str] = &["专项行动", "重点任务", "重点工程", "重点行动", "任务", "行动", "工程", "专项", "举措", "措施"];
    let name = NAMES.iter().find(|name| text.starts_with(**name))?;
    let rest = &text[name.len()..];
    let (number, length) = any_number(rest)?;
    let after = &rest[length..];
    let mark = after.chars().next()?;
    matches!(mark, ':' | '、' | ' ' | '.').then(|| (Kind::Named, Some(number), name.len() + length + mark.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Kind, Option<u64>, &str)> {
        marker(text).map(|m| (m.kind, m.number, &text[m.length..]))
    }

    #[test]
    fn every_printed_form_is_read() {
        assert_eq!(read("一、总体要求"), Some((Kind::Han, Some(1), "总体要求")));
        assert_eq!(read("十 、总体要求"), Some((Kind::Han, Some(10), "总体要求")));
        assert_eq!(read("(十二)强化保障"), Some((Kind::HanBracket, Some(12), "强化保障")));
        assert_eq!(read("(三)、强化保障"), Some((Kind::HanBracket, Some(3), "强化保障")));
        assert_eq!(read("1. 强化招引"), Some((Kind::Arabic, Some(1), "强化招引")));
        assert_eq!(read("15、强化招引"), Some((Kind::Arabic, Some(15), "强化招引")));
        assert_eq!(read("(1)融合"), Some((Kind::ArabicBracket, Some(1), "融合")));
        assert_eq!(read("2)融合"), Some((Kind::ArabicBracket, Some(2), "融合")));
        assert_eq!(read("③融合"), Some((Kind::Circled, Some(3), "融合")));
        assert_eq!(read("第三章 重点任务"), Some((Kind::Chapter, Some(3), "重点任务")));
        assert_eq!(read("第 2 节 布局"), Some((Kind::Section, Some(2), "布局")));
        assert_eq!(read("1.1 强化招引"), Some((Kind::Decimal, Some(1), "强化招引")));
        assert_eq!(read("任务三:补链"), Some((Kind::Named, Some(3), "补链")));
    }

    #[test]
    fn numbers_go_on_beyond_ninety_nine() {
        assert_eq!(read("100.建设冷库"), Some((Kind::Arabic, Some(100), "建设冷库")));
        assert_eq!(read("215、建设冷库"), Some((Kind::Arabic, Some(215), "建设冷库")));
        assert_eq!(read("一百二十一、建设冷库"), Some((Kind::Han, Some(121), "建设冷库")));
        assert_eq!(read("(一百零三)建设冷库"), Some((Kind::HanBracket, Some(103), "建设冷库")));
        assert_eq!(read("11.121建设冷库"), Some((Kind::Decimal, Some(121), "建设冷库")));
        assert_eq!(read("3.2.101 建设冷库"), Some((Kind::DoubleDecimal, Some(101), "建设冷库")));
        assert_eq!(read("12.345公里绿道"), None);
    }

    #[test]
    fn damaged_forms_are_read() {
        assert_eq!(read("三)强化主体"), Some((Kind::HanBracket, Some(3), "强化主体")));
        assert_eq!(read("、保障措施"), Some((Kind::Han, None, "保障措施")));
    }

    #[test]
    fn numbers_in_running_text_are_no_markers() {
        for text in [
            "1.2亿千瓦",
            "2.5%",
            "2024年完成",
            "2.0版",
            "一是加强",
            "三大行动",
            "第一章的规定",
            "100个",
            "3月底前",
            "一批项目",
            "一、",
            "一、二、三产业增加值分别增长",
            "二、三季度形成更多实物工作量",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
