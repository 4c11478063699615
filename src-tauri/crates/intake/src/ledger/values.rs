//! What single cells say: numbers with their units, dates.

use crate::reading::dates::{self, Sense, Years};
use crate::reading::quantity::{self, Modifier};
use plan::{Due, Op};

/// A number in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Value {
    pub(super) value: f64,
    pub(super) op: Option<Op>,
    /// As printed, 万 and 亿 included; empty where there is none.
    pub(super) unit: String,
    /// The cell says more than a number, a unit and how it binds.
    pub(super) more: bool,
}

/// True where a cell says that it holds nothing.
pub(super) fn is_none(text: &str) -> bool {
    matches!(text.trim(), "" | "-" | "—" | "——" | "--" | "/" | "\\" | "无" | "暂无" | "N/A")
}

/// The number that a cell gives: 2000万, 50家以上, >=95%, 不低于30, 1,200.
pub(super) fn value(text: &str) -> Option<Value> {
    // folded by the reader of passages; thousands may be set apart
    let text: String = grouped(text);
    let digit = text.find(|c: char| c.is_ascii_digit())?;
    let negative = text[..digit].ends_with(['-', '−']) && !text[..digit].ends_with("—-");
    let before = text[..digit].trim_end_matches(['-', '−']).trim();
    let found = quantity::find(&text[digit..]).into_iter().next().filter(|found| found.range.start == 0);
    let (number, upper, unit, modifier, end) = match found {
        Some(found) => (found.value, found.upper, found.unit, found.modifier, digit + found.range.end),
        None => {
            let length = text[digit..].bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
            (text[digit..digit + length].parse().ok()?, None, String::new(), None, digit + length)
        }
    };
    let ends = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
    let at_least = ["≥", ">=", "=>", ">", "＞", "不低于", "不少于", "大于", "超过", "达到", "高于", "突破", "至少", "力争"];
    let at_most = ["≤", "<=", "=<", "<", "＜", "不高于", "不超过", "小于", "低于", "控制在", "至多", "不多于"];
    let after = text[end..].trim();
    let op = if ends(&["不低于", "不少于"]) {
        Some(Op::AtLeast)
    } else if ends(&at_most) || modifier == Some(Modifier::AtMost) || after.starts_with("以内") || after.starts_with("以下") {
        Some(Op::AtMost)
    } else if ends(&at_least) || modifier == Some(Modifier::AtLeast) || after.starts_with("以上") {
        Some(Op::AtLeast)
    } else if ends(&["约", "左右"]) || modifier == Some(Modifier::About) || after.starts_with("左右") {
        Some(Op::About)
    } else if ends(&["="]) {
        Some(Op::Equal)
    } else {
        None
    };
    let mut rest = before.to_owned();
    for word in at_least.iter().chain(&at_most).chain(&["约", "="]) {
        rest = rest.replace(word, "");
    }
    let known_after = ["以上", "以下", "以内", "左右", "及", "。", "；", ";"]
        .iter()
        .fold(after.to_owned(), |text, word| text.replace(word, ""));
    Some(Value {
        value: if negative { -number } else { number },
        op,
        unit,
        more: upper.is_some() || !rest.trim().is_empty() || !known_after.trim().is_empty(),
    })
}

/// Without the commas between thousands.
pub(super) fn grouped(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let digit = |at: Option<usize>| at.and_then(|at| characters.get(at)).is_some_and(char::is_ascii_digit);
    let between = |at: usize| digit(at.checked_sub(1)) && (1..=3).all(|step| digit(Some(at + step))) && !digit(Some(at + 4));
    characters.iter().enumerate().filter(|(at, c)| **c != ',' || !between(*at)).map(|(_, c)| *c).collect()
}

/// The date that a cell of dates gives: 2024年底, 2024.12, 12月底, 2024/6/30.
pub(super) fn due(text: &str, years: Years) -> Option<Due> {
    let found = dates::find(text, years).into_iter().rev().find(|dated| dated.sense == Sense::By && !dated.impossible);
    if let Some(found) = found {
        return Some(found.due);
    }
    let parts: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    if let Some(due) = compact(text.trim()) {
        return Some(due);
    }
    let plain = text
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '.' | '/' | '-' | ' ' | '前' | '底' | '末' | '年' | '月' | '日' | ':'));
    let number = |at: usize| parts.get(at).and_then(|part| part.parse::<u32>().ok());
    let year = number(0).and_then(|year| i32::try_from(year).ok()).filter(|year| (2000..=2099).contains(year));
    match (plain, year, number(1), number(2)) {
        (true, Some(year), Some(month), Some(day)) => chrono::NaiveDate::from_ymd_opt(year, month, day).map(Due::Day),
        (true, Some(year), Some(month @ 1..=12), None) => Some(Due::Month(year, month)),
        (true, Some(year), None, None) => Some(Due::Year(year)),
        _ => None,
    }
}

/// A date without marks between its parts: 20260630, 202606.
fn compact(text: &str) -> Option<Due> {
    let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<u32>().ok();
    if !text.bytes().all(|byte| byte.is_ascii_digit()) || !text.starts_with("20") {
        return None;
    }
    let (year, month) = (i32::try_from(part(0..4)?).ok()?, part(4..6)?);
    match text.len() {
        6 if (1..=12).contains(&month) => Some(Due::Month(year, month)),
        8 => chrono::NaiveDate::from_ymd_opt(year, month, part(6..8)?).map(Due::Day),
        _ => None,
    }
}

/// A number in a cell of dates that can be read in more than one way; what it may be, in words.
pub(super) fn doubtful_date(text: &str, is_number: bool, years: Years) -> Option<String> {
    let text = text.trim();
    let value: f64 = text.parse().ok()?;
    // a day as spreadsheets count them, from the last day of 1899
    if is_number && text.bytes().all(|byte| byte.is_ascii_digit()) && (36_526..73_050).contains(&text.parse::<i64>().ok()?) {
        let start = chrono::NaiveDate::from_ymd_opt(1899, 12, 30)?;
        let day = start.checked_add_signed(chrono::Duration::days(text.parse().ok()?))?;
        return Some(format!("像是日期的序号（{day}）"));
    }
    let (whole, part) = text.split_once('.')?;
    let (whole, part): (u32, u32) = (whole.parse().ok()?, part.parse().ok()?);
    let year = |year: Option<i32>| year.map(|year| format!("{year}年")).unwrap_or_default();
    if (1..=12).contains(&whole) && part >= 1 && value > 0.0 {
        let year = year(years.now.or(years.end));
        let one_place = text.split_once('.').is_some_and(|(_, part)| part.len() == 1);
        // 9.1 in a number's cell may have been typed as 9.10
        let other = if is_number && one_place && part <= 3 { format!("或{whole}月{}日", part * 10) } else { String::new() };
        return (part <= 31).then(|| format!("可能是{year}{whole}月{part}日{other}"));
    }
    if is_number && (2000..=2099).contains(&whole) && part == 1 && text.ends_with(".1") {
        return Some(format!("可能是{whole}年1月或{whole}年10月"));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_understood_as_clerks_write_them() {
        let check = |text: &str, value_: f64, op: Option<Op>, unit: &str, more: bool| {
            assert_eq!(value(text), Some(Value { value: value_, op, unit: unit.to_owned(), more }), "{text}");
        };
        check("2000万", 2000.0, None, "万", false);
        check("50家以上", 50.0, Some(Op::AtLeast), "家", false);
        check(">=95%", 95.0, Some(Op::AtLeast), "%", false);
        check("≤5.5%", 5.5, Some(Op::AtMost), "%", false);
        check("不低于30", 30.0, Some(Op::AtLeast), "", false);
        check("1,200亿元", 1200.0, None, "亿元", false);
        check("85", 85.0, None, "", false);
        check("控制在5%以内", 5.0, Some(Op::AtMost), "%", false);
        check("约300个", 300.0, Some(Op::About), "个", false);
        check("新建12所", 12.0, None, "所", true);
        assert_eq!(value("全面完成"), None);
    }

    #[test]
    fn dates_are_understood_as_clerks_write_them() {
        let years = Years { now: Some(2026), end: Some(2026) };
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(due(text, years).map(|due| due.to_string()).as_deref(), expected, "{text}");
        };
        check("2024年底", Some("2024"));
        check("2024年12月底前", Some("2024-12"));
        check("2024.12", Some("2024-12"));
        check("2024/6/30", Some("2024-06-30"));
        check("2024-06-30", Some("2024-06-30"));
        check("2025", Some("2025"));
        check("9月底", Some("2026-09"));
        check("20260630", Some("2026-06-30"));
        check("202606", Some("2026-06"));
        check("长期坚持", None);
        check("2024-13-45", None);
    }

    #[test]
    fn numbers_that_may_be_dates_are_asked_about() {
        let years = Years { now: Some(2026), end: Some(2026) };
        let check = |text: &str, number: bool, words: &str| {
            assert!(doubtful_date(text, number, years).is_some_and(|said| said.contains(words)), "{text}");
        };
        check("9.1", true, "2026年9月1日或9月10日");
        check("9.10", false, "9月10日");
        check("46203", true, "2026-06-30");
        check("2026.1", true, "2026年10月");
        for (text, number) in [("2026.12", true), ("2026", true), ("2026.1", false), ("46203", false), ("15.5", true)] {
            assert_eq!(doubtful_date(text, number, years), None, "{text}");
        }
    }
}
