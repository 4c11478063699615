//! Dates that govern what is promised: 到2027年 · 6月底前 · 第三季度 · “十五五”期间 · 2026—2028年.

use super::numeral;
use super::words::words;
use chrono::NaiveDate;
use plan::Due;
use std::ops::Range;

/// How a date bears on the words around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sense {
    /// Something is due by it, or in it.
    By,
    /// 2025年起, 2021年以来: where something begins.
    From,
    /// 比2020年, 较上年: what something is compared with.
    Against,
    /// 截至2023年底: how far a report reaches.
    Until,
}

/// A date in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dated {
    pub(crate) range: Range<usize>,
    pub(crate) due: Due,
    pub(crate) sense: Sense,
    /// The first year of a range.
    pub(crate) first: Option<i32>,
    /// True for a month or day that no calendar has; `due` then is its year.
    pub(crate) impossible: bool,
}

/// The years that “年底前”, “今年” and “规划期末” speak of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Years {
    /// The year the document speaks in.
    pub(crate) now: Option<i32>,
    /// The plan's last year.
    pub(crate) end: Option<i32>,
}

/// All dates of a text, in order.
pub(crate) fn find(text: &str, years: Years) -> Vec<Dated> {
    let mut found: Vec<Dated> = Vec::new();
    let mut at = 0;
    let mut last_year = years.now;
    let mut previous = ' ';
    while let Some(c) = text[at..].chars().next() {
        let read = match c {
            '0'..='9' if !previous.is_ascii_alphanumeric() && previous != '.' => {
                year_date(&text[at..]).or_else(|| month_date(&text[at..], last_year, previous))
            }
            '二' if !numeral::is_han_number(previous) => han_year(&text[at..]),
            '“' | '十' => five_years(&text[at..]),
            '今' | '明' | '年' | '上' | '下' | '第' | '一' | '三' | '四' | '规' | '本' | '全' if !previous.is_ascii_digit() => {
                relative(&text[at..], years, last_year, previous)
            }
            _ => None,
        };
        if let Some((mut dated, length)) = read {
            dated.range = at..at + length;
            dated.sense = sense(text, &dated.range);
            if dated.sense == Sense::By && text[..at].ends_with("每年") {
                at += length;
                previous = '年';
                continue;
            }
            last_year = Some(dated.due.year());
            previous = text[at..at + length].chars().next_back().unwrap_or(' ');
            at += length;
            // 2026年至2028年: one span of time
            if let Some(before) = found.last_mut()
                && matches!(&text[before.range.end..dated.range.start], "至" | "—" | "-" | "到" | "~" | "——")
                && before.sense != Sense::Against
            {
                let first = before.due.year();
                *before = Dated { range: before.range.start..dated.range.end, first: Some(first), ..dated };
                before.sense = sense(text, &before.range);
                continue;
            }
            found.push(dated);
            continue;
        }
        previous = c;
        at += c.len_utf8();
    }
    found
}

fn dated(due: Due) -> Dated {
    Dated { range: 0..0, due, sense: Sense::By, first: None, impossible: false }
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn skip_space(text: &str, at: usize) -> usize {
    at + (text[at..].len() - text[at..].trim_start_matches(' ').len())
}

/// 2025年… · 2024-2026年 · 2025-06-30
fn year_date(text: &str) -> Option<(Dated, usize)> {
    if digits(text) != 4 {
        return None;
    }
    let year: i32 = text[..4].parse().ok()?;
    if !(1949..=2099).contains(&year) {
        return None;
    }
    let at = skip_space(text, 4);
    let rest = &text[at..];
    if rest.starts_with('年') {
        return Some(after_year(text, year, at + '年'.len_utf8()));
    }
    // 2024-2026年, 2024—2026年, 2024~2026
    let dash = rest.trim_start_matches(['-', '—', '~', '至', '到']);
    if dash.len() < rest.len() && rest.len() - dash.len() <= 6 {
        let start = text.len() - dash.len();
        let start = skip_space(text, start);
        if digits(&text[start..]) == 4
            && let Ok(last) = text[start..start + 4].parse::<i32>()
            && last > year
            && last <= 2099
        {
            let end = skip_space(text, start + 4);
            if text[end..].starts_with('年') {
                let (mut found, length) = after_year(text, last, end + '年'.len_utf8());
                found.first = Some(year);
                return Some((found, length));
            }
        }
    }
    None
}

/// What follows “YYYY年”: a month, a quarter, a half, an end.
fn after_year(text: &str, year: i32, at: usize) -> (Dated, usize) {
    let start = skip_space(text, at);
    if let Some((found, length)) = month(text, year, start) {
        return (found, length);
    }
    for &(word, month) in QUARTERS {
        if text[start..].starts_with(word) {
            return (dated(Due::Month(year, month)), tail(text, start + word.len()));
        }
    }
    let mut end = at;
    for word in ["年底", "底", "年末", "末", "度", "内", "年内"] {
        if text[at..].starts_with(word) && !(word == "度" && text[at..].starts_with("度假")) {
            end = at + word.len();
            break;
        }
    }
    (dated(Due::Year(year)), tail(text, end))
}

const QUARTERS: &[(&str, u32)] = &[
    ("第一季度", 3),
    ("第二季度", 6),
    ("第三季度", 9),
    ("第四季度", 12),
    ("一季度", 3),
    ("二季度", 6),
    ("三季度", 9),
    ("四季度", 12),
    ("第1季度", 3),
    ("第2季度", 6),
    ("第3季度", 9),
    ("第4季度", 12),
    ("1季度", 3),
    ("2季度", 6),
    ("3季度", 9),
    ("4季度", 12),
    ("上半年", 6),
    ("下半年", 12),
];

/// Words that close a date: 前, 之前, 以前, 期间.
fn tail(text: &str, at: usize) -> usize {
    for word in ["底以前", "底之前", "底前", "末前", "之前", "以前", "期间", "前", "底", "末"] {
        if text[at..].starts_with(word) && !text[at..].starts_with("前列") && !text[at..].starts_with("前沿") {
            return at + word.len();
        }
    }
    at
}

/// 6月 · 6月底 · 6月30日, with the year given.
fn month(text: &str, year: i32, at: usize) -> Option<(Dated, usize)> {
    let count = digits(&text[at..]);
    if !(1..=2).contains(&count) {
        return None;
    }
    let mut number: u32 = text[at..at + count].parse().ok()?;
    let mut after = skip_space(text, at + count);
    // 1—6月, 3至5月: the last month
    let rest = &text[after..];
    let dash = rest.trim_start_matches(['-', '—', '~', '至', '到']);
    if dash.len() < rest.len() && (1..=2).contains(&digits(dash)) && dash[digits(dash)..].starts_with('月') {
        number = dash[..digits(dash)].parse().ok()?;
        after = text.len() - dash.len() + digits(dash);
    }
    let rest = text[after..].strip_prefix('月')?;
    let mut end = text.len() - rest.len();
    if rest.starts_with("份") {
        end += "份".len();
    }
    // 4月至6月, 3月—5月: the last month
    let rest = &text[end..];
    let dash = rest.trim_start_matches(['-', '—', '~', '至', '到']).trim_start_matches(' ');
    if dash.len() < rest.len()
        && rest.starts_with(['-', '—', '~', '至', '到'])
        && (1..=2).contains(&digits(dash))
        && dash[digits(dash)..].starts_with('月')
        && !dash[digits(dash) + '月'.len_utf8()..].starts_with(|c: char| c.is_ascii_digit())
    {
        number = dash[..digits(dash)].parse().ok()?;
        end = text.len() - dash.len() + digits(dash) + '月'.len_utf8();
    }
    if !(1..=12).contains(&number) {
        return Some((Dated { impossible: true, ..dated(Due::Year(year)) }, tail(text, end)));
    }
    let start = skip_space(text, end);
    let count = digits(&text[start..]);
    if (1..=2).contains(&count) {
        let day: u32 = text[start..start + count].parse().ok()?;
        let after = skip_space(text, start + count);
        if let Some(rest) = text[after..].strip_prefix('日').or_else(|| text[after..].strip_prefix('号')) {
            end = text.len() - rest.len();
            let found = match NaiveDate::from_ymd_opt(year, number, day) {
                Some(day) => dated(Due::Day(day)),
                None => Dated { impossible: true, ..dated(Due::Month(year, number)) },
            };
            return Some((found, tail(text, end)));
        }
    }
    for word in ["上旬", "中旬", "下旬", "底", "末", "初", "中"] {
        if text[end..].starts_with(word) && (word != "中" || text[end..].starts_with("中前")) {
            end += word.len();
            break;
        }
    }
    Some((dated(Due::Month(year, number)), tail(text, end)))
}

/// What a step of a timetable begins with: “5月复工”.
const STEPS: &[&str] = &[
    "复工", "开工", "动工", "启动", "完成", "完工", "召开", "组织", "开展", "印发", "出台", "上线", "竣工", "通车", "投用",
    "投产", "验收", "制定", "下达", "建成", "发布", "全面", "全部",
];

/// 6月底前, without a year: only where the words make it a term, or a step of a timetable begins with it.
fn month_date(text: &str, year: Option<i32>, previous: char) -> Option<(Dated, usize)> {
    let (found, length) = month(text, year?, 0)?;
    let word = &text[..length];
    let term = word.ends_with(['前', '底', '末', '旬']) || word.contains('日');
    let opens = matches!(previous, ' ' | '。' | ';' | ',' | ':');
    let step = opens && word.ends_with('月') && STEPS.iter().any(|step| text[length..].starts_with(step));
    (term || step).then_some((found, length))
}

/// 二〇二四年四月二十六日
fn han_year(text: &str) -> Option<(Dated, usize)> {
    let (end, _) = text.char_indices().take(5).find(|(_, c)| *c == '年')?;
    let year = &text[..end];
    if year.chars().count() != 4 {
        return None;
    }
    let year = i32::try_from(numeral::han(year)?).ok().filter(|year| (1949..=2099).contains(year))?;
    let mut at = end + '年'.len_utf8();
    let part = |from: usize, mark: char| -> Option<(u32, usize)> {
        let end = text[from..].find(mark).filter(|end| *end <= 9)?;
        let value = numeral::han(&text[from..from + end])?;
        Some((u32::try_from(value).ok()?, from + end + mark.len_utf8()))
    };
    let Some((number, next)) = part(at, '月').filter(|(number, _)| (1..=12).contains(number)) else {
        for word in ["底", "末"] {
            if text[at..].starts_with(word) {
                at += word.len();
            }
        }
        return Some((dated(Due::Year(year)), tail(text, at)));
    };
    at = next;
    if let Some((day, next)) = part(at, '日')
        && let Some(day) = NaiveDate::from_ymd_opt(year, number, day)
    {
        return Some((dated(Due::Day(day)), tail(text, next)));
    }
    Some((dated(Due::Month(year, number)), tail(text, at)))
}

/// The years of a five-year plan by its number's last character: “十四五” is 2021 to 2025.
pub(crate) fn five_year_span(c: char) -> Option<(i32, i32)> {
    let number = "一二三四五六七".chars().position(|digit| digit == c)?;
    let end = 2010 + 5 * i32::try_from(number).ok()?;
    Some((end - 4, end))
}

/// “十五五”期间, 十四五末
fn five_years(text: &str) -> Option<(Dated, usize)> {
    let rest = text.strip_prefix('“').unwrap_or(text).strip_prefix('十')?;
    let number = rest.chars().next()?;
    let rest = rest[number.len_utf8()..].strip_prefix('五')?;
    let rest = rest.strip_prefix('”').unwrap_or(rest);
    let (first, end) = five_year_span(number)?;
    let word = ["期间", "时期末", "时期", "期末", "规划期末", "末期", "末", "期内", "以来", "收官"]
        .iter()
        .find(|word| rest.starts_with(**word))?;
    let length = text.len() - rest.len() + word.len();
    let found = Dated { first: Some(first), ..dated(Due::Year(end)) };
    let length = if matches!(*word, "以来" | "收官") { text.len() - rest.len() } else { length };
    Some((found, length))
}

/// 年底前, 今年, 第三季度, 规划期末: by the year the document speaks in.
fn relative(text: &str, years: Years, last: Option<i32>, previous: char) -> Option<(Dated, usize)> {
    if !words!["规", "本", "今年", "明年", "年底", "年内", "年末", "第", "季度", "上半年", "下半年"]
        .within(&text[..text.char_indices().nth(3).map_or(text.len(), |(at, _)| at)])
    {
        return None;
    }
    for word in ["规划期末", "本规划期末", "规划期内"] {
        if text.starts_with(word) {
            return Some((dated(Due::Year(years.end?)), word.len()));
        }
    }
    for (word, step) in [("今年", 0), ("本年度", 0), ("明年", 1)] {
        if let Some(rest) = text.strip_prefix(word) {
            let year = years.now? + step;
            let (found, length) = after_year(text, year, text.len() - rest.len());
            return Some((found, length));
        }
    }
    for word in ["年底前", "年底之前", "年底以前", "年内", "年底", "年末"] {
        if text.starts_with(word)
            && !matches!(previous, '每' | '当' | '次' | '上' | '历' | '去' | '同')
            && !previous.is_ascii_digit()
            && !numeral::is_han_number(previous)
            && previous != '近'
            && previous != '半'
            && previous != '多'
            && previous != '年'
        {
            return Some((dated(Due::Year(last.or(years.now)?)), word.len()));
        }
    }
    for &(word, month) in QUARTERS {
        if let Some(rest) = text.strip_prefix(word) {
            let end = tail(text, text.len() - rest.len());
            // “每季度”, “一季度一调度” are rhythms
            let rhythm = (word.ends_with("季度") && rest.starts_with(['一', '调', '通', '度', '例']))
                || rest.starts_with("开一")
                || matches!(previous, '每' | '按' | '分' | '去' | '上');
            let term = end > word.len() || word.starts_with('第') || !rest.starts_with(['、', ',', '的']);
            return (term && !rhythm).then(|| last.or(years.now)).flatten().map(|year| (dated(Due::Month(year, month)), end));
        }
    }
    None
}

fn sense(text: &str, range: &Range<usize>) -> Sense {
    let before = text[..range.start].trim_end().trim_end_matches(['“', '(']);
    let after = text[range.end..].trim_start();
    if words!["起", "以来", "开始", "来,", "后,"].starting(after).is_some() || before.ends_with('自') || before.ends_with('从')
    {
        return Sense::From;
    }
    if words!["截至", "截止", "截止到", "截至到"].ending(before).is_some() {
        return Sense::Until;
    }
    let own = &text[range.clone()];
    let compared = before.ends_with('比') && !before.ends_with("占比") && !before.ends_with("同比");
    if compared
        || before.ends_with(['较', '由'])
        || ((before.ends_with('与') || before.ends_with('和') || before.ends_with('以'))
            && (after.starts_with("相比") || after.starts_with("为基") || after.starts_with("比")))
        || (after.starts_with('的') && !own.ends_with('前'))
        || after.starts_with("为基数")
        || after.starts_with("基数")
        || after.starts_with("同期")
    {
        return Sense::Against;
    }
    Sense::By
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, Sense, String)> {
        find(text, Years { now: Some(2025), end: Some(2027) })
            .into_iter()
            .map(|found| (found.due.to_string(), found.sense, text[found.range].to_owned()))
            .collect()
    }

    fn one(text: &str) -> String {
        let all = read(text);
        assert_eq!(all.len(), 1, "{text}: {all:?}");
        all[0].0.clone()
    }

    #[test]
    fn every_way_to_say_by_when() {
        for (text, due) in [
            ("到2027年,", "2027"),
            ("至2025年底,", "2025"),
            ("2025年底前完成", "2025"),
            ("2025年年底前", "2025"),
            ("2024年4月前完成", "2024-04"),
            ("2026年6月底前", "2026-06"),
            ("2026年6月30日前", "2026-06-30"),
            ("2025年第三季度", "2025-09"),
            ("2025年上半年", "2025-06"),
            ("上半年完成", "2025-06"),
            ("新院区三季度投入使用", "2025-09"),
            ("“十四五”期间", "2025"),
            ("“十五五”末", "2030"),
            ("十四五期末", "2025"),
            ("2026—2028年,", "2028"),
            ("2024-2026年", "2026"),
            ("2026年至2028年", "2028"),
            ("年底前完成", "2025"),
            ("6月底前完成", "2025-06"),
            ("第三季度完成", "2025-09"),
            ("今年年底前", "2025"),
            ("二〇二四年四月二十六日", "2024-04-26"),
            ("2025 年 3 月", "2025-03"),
            ("2025年1—6月", "2025-06"),
            ("2026年4月至6月", "2026-06"),
            ("2026年7月至2028年6月", "2028-06"),
            ("到规划期末", "2027"),
            ("2027年度", "2027"),
        ] {
            assert_eq!(one(text), due, "{text}");
        }
    }

    #[test]
    fn years_of_comparison_and_of_beginning_govern_nothing() {
        for (text, sense) in [
            ("比2020年增长", Sense::Against),
            ("较2023年提高", Sense::Against),
            ("是2020年的2倍", Sense::Against),
            ("2025年起,", Sense::From),
            ("自2024年1月1日起", Sense::From),
            ("2021年以来", Sense::From),
            ("截至2023年底,", Sense::Until),
        ] {
            assert_eq!(read(text)[0].1, sense, "{text}");
        }
    }

    #[test]
    fn durations_and_names_are_no_dates() {
        for text in [
            "三年行动",
            "使用满5年",
            "每年6月底前",
            "G60走廊",
            "“十三五”规划",
            "第50次会议",
            "2025个",
            "12345热线",
            "近三年年末",
            "一季度一调度",
            "每季度",
        ] {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn a_day_that_no_calendar_has_is_marked() {
        let found = find("2025年2月30日前", Years::default());
        assert!(found[0].impossible);
        assert!(find("2025年13月", Years::default())[0].impossible);
    }
}
