//! What a field can hold: figures, years, days, quarters, names and texts. Everything that enters a ledger, typed, drawn from a
//! document or returned by a department, is held against these and nothing else.

use crate::{Plan, Quarter};
use chrono::{Datelike, NaiveDate};
use std::fmt;
use std::ops::RangeInclusive;

/// The years that dates and plans may have.
pub const YEARS: RangeInclusive<i32> = 1900..=2999;

/// The largest figure, 1000万亿: more than any county counts in yuan, and still exact to a tenth.
pub const LARGEST_FIGURE: f64 = 1e15;

/// The longest name, in characters.
pub const LONGEST_NAME: usize = 500;

/// The longest text, in characters.
pub const LONGEST_TEXT: usize = 10_000;

/// A value that a field cannot hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit {
    /// What the field is called.
    pub field: String,
    /// What was given, shortened, with what cannot be shown replaced.
    pub given: String,
    /// What the field takes.
    pub allowed: String,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.given.is_empty() {
            write!(f, "{}是空的，应为{}", self.field, self.allowed)
        } else {
            write!(f, "{}“{}”不能保存，应为{}", self.field, self.given, self.allowed)
        }
    }
}

impl std::error::Error for Unfit {}

/// So much of a value that is refused is said.
const SAID: usize = 30;

fn unfit(field: &str, given: &str, allowed: String) -> Unfit {
    let mut said: String = given.chars().take(SAID).map(|c| if is_hidden(c) { '□' } else { c }).collect();
    if given.chars().nth(SAID).is_some() {
        said.push('…');
    }
    Unfit { field: field.to_owned(), given: said, allowed }
}

/// Characters that are not seen, or that turn what is seen around: controls, line separators, marks of direction.
fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Whether a number can be a figure.
#[must_use]
pub fn is_figure(value: f64) -> bool {
    value.abs() <= LARGEST_FIGURE
}

/// A figure, a target or a base value, in the indicator's unit.
///
/// # Errors
/// No number, or one beyond [`LARGEST_FIGURE`].
pub fn figure(field: &str, value: f64) -> Result<f64, Unfit> {
    let allowed = || "-1000万亿至1000万亿之间的数".to_owned();
    if is_figure(value) { Ok(value) } else { Err(unfit(field, &format!("{value:e}"), allowed())) }
}

/// A calendar year.
///
/// # Errors
/// One outside [`YEARS`].
pub fn year(field: &str, year: i32) -> Result<i32, Unfit> {
    let allowed = || format!("{}至{}之间的年份", YEARS.start(), YEARS.end());
    if YEARS.contains(&year) { Ok(year) } else { Err(unfit(field, &year.to_string(), allowed())) }
}

/// A name: one line, without the white space around it.
///
/// # Errors
/// Nothing, more than [`LONGEST_NAME`] characters, or a character that is not seen, such as a line break.
pub fn name(field: &str, text: &str) -> Result<String, Unfit> {
    let text = text.trim();
    let fits = !text.is_empty() && text.chars().count() <= LONGEST_NAME && !text.chars().any(is_hidden);
    let allowed = || format!("1至{LONGEST_NAME}字的一行文字，不含换行和控制字符");
    if fits { Ok(text.to_owned()) } else { Err(unfit(field, text, allowed())) }
}

/// A name as a document or a file of another program has it: what is not seen counts as white space, and white space as one
/// space.
#[must_use]
pub fn one_line(text: &str) -> String {
    let parts = text.split(|c: char| is_hidden(c) || c.is_whitespace()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" ")
}

/// A text of several lines. What is not seen is left out, but for line breaks and tabs.
///
/// # Errors
/// More than [`LONGEST_TEXT`] characters.
pub fn text(field: &str, text: &str) -> Result<String, Unfit> {
    let text: String = text.chars().filter(|c| matches!(c, '\n' | '\t') || !is_hidden(*c)).collect();
    let allowed = || format!("{LONGEST_TEXT}字以内的文字，详细材料可作为佐证附件");
    if text.chars().count() <= LONGEST_TEXT { Ok(text) } else { Err(unfit(field, &text, allowed())) }
}

/// The years of a plan, as far as it says them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanYears {
    /// The first; none where the plan names neither a first year nor a date.
    pub first: Option<i32>,
    /// The last; none where the plan names none.
    pub last: Option<i32>,
}

impl PlanYears {
    /// The years from what a plan says of its period and of its date.
    #[must_use]
    pub fn new(from: Option<i32>, to: Option<i32>, issued_on: Option<NaiveDate>) -> Self {
        Self { first: from.or(issued_on.map(|day| day.year())), last: to }
    }

    /// The years of several plans together.
    #[must_use]
    pub fn of_all(all: impl IntoIterator<Item = Self>) -> Self {
        let join = |a: Self, b: Self| Self {
            first: a.first.zip(b.first).map(|(a, b)| a.min(b)),
            last: a.last.zip(b.last).map(|(a, b)| a.max(b)),
        };
        all.into_iter().reduce(join).unwrap_or(Self { first: None, last: None })
    }

    /// A quarter for which something is reported: one of the plan's years, or a later one up to today's, since what is overdue
    /// is reported until it is done.
    ///
    /// # Errors
    /// Any other quarter.
    pub fn quarter(self, field: &str, quarter: Quarter, today: NaiveDate) -> Result<Quarter, Unfit> {
        let first = self.first.unwrap_or(*YEARS.start());
        let last = self.last.unwrap_or(*YEARS.end()).max(today.year()).max(first);
        let allowed = || format!("{first}年一季度至{last}年四季度（规划期内，逾期任务到今年）的季度");
        if (first..=last).contains(&quarter.year()) { Ok(quarter) } else { Err(unfit(field, &quarter.to_string(), allowed())) }
    }

    /// A day on which something was done: not after today, and at the earliest a year before the plan, since plans take up
    /// work that is under way.
    ///
    /// # Errors
    /// Any other day.
    pub fn day(self, field: &str, day: NaiveDate, today: NaiveDate) -> Result<NaiveDate, Unfit> {
        let year = self.first.map_or(2000, |first| first - 1).min(today.year());
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(today);
        let allowed = || format!("{first}至{today}（今天）之间的日期");
        if (first..=today).contains(&day) { Ok(day) } else { Err(unfit(field, &day.to_string(), allowed())) }
    }
}

impl Plan {
    /// The plan's years.
    #[must_use]
    pub fn years(&self) -> PlanYears {
        PlanYears::new(self.period_from, self.period_to, self.issued_on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn figures_and_years_end_where_no_county_counts() {
        assert_eq!(figure("目标值", -12.5), Ok(-12.5));
        assert_eq!(figure("目标值", 1e15), Ok(1e15));
        for value in [1e300, -1.1e15, f64::NAN, f64::INFINITY] {
            assert!(figure("目标值", value).is_err(), "{value}");
        }
        let said = figure("“粮食产量”的数据", 1e300).unwrap_err().to_string();
        assert_eq!(said, "“粮食产量”的数据“1e300”不能保存，应为-1000万亿至1000万亿之间的数");
        assert!(year("基期年", 1900).is_ok() && year("基期年", 2999).is_ok());
        assert_eq!(year("基期年", i32::MAX).unwrap_err().to_string(), "基期年“2147483647”不能保存，应为1900至2999之间的年份");
    }

    #[test]
    fn names_are_one_line_that_is_seen() {
        assert_eq!(name("单位名称", " 县科技局 "), Ok("县科技局".to_owned()));
        for wrong in ["", "  ", "县\n科技局", "县\0科技局", "县\u{202E}局技科", "县\u{2028}局", &"长".repeat(501)]
        {
            assert!(name("单位名称", wrong).is_err(), "{wrong:?}");
        }
        let said = name("单位名称", "县\n科技局").unwrap_err().to_string();
        assert_eq!(said, "单位名称“县□科技局”不能保存，应为1至500字的一行文字，不含换行和控制字符");
        assert_eq!(name("单位名称", " ").unwrap_err().to_string(), "单位名称是空的，应为1至500字的一行文字，不含换行和控制字符");
        assert_eq!(one_line(" 县\n科技\0局\t　(一) "), "县 科技 局 (一)");
        assert_eq!(text("进展情况", "一\r\n二\0\t三"), Ok("一\n二\t三".to_owned()));
        assert!(text("进展情况", &"长".repeat(10_001)).is_err());
    }

    #[test]
    fn quarters_are_the_plans_or_as_late_as_today() {
        let years = PlanYears::new(None, Some(2026), Some(day("2025-03-01")));
        let takes = |quarter: &str, today: &str| years.quarter("填报季度", quarter.parse().unwrap(), day(today)).is_ok();
        assert!(takes("2025Q1", "2025-06-30") && takes("2026Q4", "2025-06-30"));
        assert!(!takes("2024Q4", "2025-06-30") && !takes("2027Q1", "2026-12-31"));
        assert!(takes("2027Q1", "2027-04-01"), "what is overdue is reported on");
        let any = PlanYears::of_all([years, PlanYears::new(None, None, None)]);
        assert!(any.quarter("填报季度", "1999Q1".parse().unwrap(), day("2025-06-30")).is_ok());
        assert_eq!(PlanYears::of_all([years, PlanYears::new(Some(2021), Some(2023), None)]).first, Some(2021));
    }

    #[test]
    fn what_was_done_was_done_by_today() {
        let years = PlanYears::new(Some(2025), Some(2026), None);
        let takes = |of: &str, today: &str| years.day("完成日期", day(of), day(today)).is_ok();
        assert!(takes("2024-01-01", "2025-06-30") && takes("2025-06-30", "2025-06-30"));
        assert!(!takes("2025-07-01", "2025-06-30") && !takes("1900-01-01", "2025-06-30"));
        assert_eq!(
            years.day("完成日期", day("2025-07-01"), day("2025-06-30")).unwrap_err().to_string(),
            "完成日期“2025-07-01”不能保存，应为2024-01-01至2025-06-30（今天）之间的日期"
        );
        assert!(takes("2010-01-05", "2010-01-05"), "a clock that is wrong by years takes its own today");
    }
}
