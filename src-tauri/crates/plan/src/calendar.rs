//! Quarters, and due dates with the precision the document gave them.

use chrono::{Datelike, NaiveDate};
use std::fmt;
use std::str::FromStr;

/// A text that is no quarter or no due date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarError {
    /// The text as it was given.
    pub text: String,
    /// What it was to be.
    pub sought: Sought,
}

/// What a text was to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sought {
    /// A quarter.
    Quarter,
    /// A date of any precision.
    Due,
}

impl fmt::Display for CalendarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.sought == Sought::Quarter { "季度" } else { "日期" };
        write!(f, "“{}”不是有效的{what}", self.text)
    }
}

impl std::error::Error for CalendarError {}

/// A quarter of a year, `2025Q2`. Its cut-off is its last day (03-31, 06-30, 09-30, 12-31).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    year: i32,
    number: u8,
}

impl Quarter {
    /// The quarter `number` (1 to 4) of `year` (1900 to 2999), or nothing where there is none.
    #[must_use]
    pub fn new(year: i32, number: u8) -> Option<Self> {
        ((1..=4).contains(&number) && (1900..=2999).contains(&year)).then_some(Self { year, number })
    }

    /// The quarter that a day lies in.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        // a month is 1 to 12, so the number is 1 to 4
        Self { year: day.year(), number: u8::try_from((day.month() - 1) / 3 + 1).unwrap_or(1) }
    }

    /// The calendar year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.year
    }

    /// 1 to 4.
    #[must_use]
    pub fn number(self) -> u8 {
        self.number
    }

    /// The quarter after this one.
    #[must_use]
    pub fn next(self) -> Self {
        if self.number == 4 { Self { year: self.year + 1, number: 1 } } else { Self { number: self.number + 1, ..self } }
    }

    /// The quarter before this one.
    #[must_use]
    pub fn previous(self) -> Self {
        if self.number == 1 { Self { year: self.year - 1, number: 4 } } else { Self { number: self.number - 1, ..self } }
    }

    /// The first day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, u32::from(self.number) * 3 - 2, 1).unwrap_or(NaiveDate::MIN)
    }

    /// The last day, the cut-off for returns.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        last_of_month(self.year, u32::from(self.number) * 3).unwrap_or(NaiveDate::MAX)
    }

    /// Running number of the quarter since year 0, for counting quarters between two.
    #[must_use]
    pub fn ordinal(self) -> i32 {
        self.year * 4 + i32::from(self.number) - 1
    }

    /// As officials say it: `2025年二季度`.
    #[must_use]
    pub fn chinese(self) -> String {
        format!("{}年{}季度", self.year, ["一", "二", "三", "四"][usize::from(self.number - 1)])
    }

    /// The year up to the quarter's end, as officials say it of figures that add up: `2025年一季度`, `2025年上半年`,
    /// `2025年前三季度`, `2025年全年`.
    #[must_use]
    pub fn year_so_far(self) -> String {
        format!("{}年{}", self.year, self.so_far())
    }

    /// The same without its year: `上半年`.
    #[must_use]
    pub fn so_far(self) -> &'static str {
        ["一季度", "上半年", "前三季度", "全年"][usize::from(self.number - 1)]
    }

    /// The months of the year up to the quarter's end: `1—9月`.
    #[must_use]
    pub fn months_so_far(self) -> String {
        format!("1—{}月", u32::from(self.number) * 3)
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}Q{}", self.year, self.number)
    }
}

impl FromStr for Quarter {
    type Err = CalendarError;
    fn from_str(text: &str) -> Result<Self, CalendarError> {
        let wrong = || CalendarError { text: text.to_owned(), sought: Sought::Quarter };
        let (year, number) = text.trim().split_once(['Q', 'q']).ok_or_else(wrong)?;
        if year.len() != 4 || number.len() != 1 {
            return Err(wrong());
        }
        Self::new(year.parse().map_err(|_| wrong())?, number.parse().map_err(|_| wrong())?).ok_or_else(wrong)
    }
}

/// When something is due, as precisely as the document says: `2025`, `2025-06` or `2025-06-30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Due {
    /// By the end of a year.
    Year(i32),
    /// By the end of a month (1 to 12); a quarter is its last month.
    Month(i32, u32),
    /// By the end of a day.
    Day(NaiveDate),
}

impl Due {
    /// The last day on which it is still in time: `2025` is 2025-12-31, `2025-06` is 2025-06-30.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        match self {
            Self::Year(year) => NaiveDate::from_ymd_opt(year, 12, 31),
            Self::Month(year, month) => last_of_month(year, month),
            Self::Day(day) => Some(day),
        }
        .unwrap_or(NaiveDate::MAX)
    }

    /// The calendar year.
    #[must_use]
    pub fn year(self) -> i32 {
        match self {
            Self::Year(year) | Self::Month(year, _) => year,
            Self::Day(day) => day.year(),
        }
    }

    /// As officials say it: `2025年底`, `2025年6月底`, `2025年6月30日`.
    #[must_use]
    pub fn chinese(self) -> String {
        match self {
            Self::Year(year) => format!("{year}年底"),
            Self::Month(year, month) => format!("{year}年{month}月底"),
            Self::Day(day) => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        }
    }
}

impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => write!(f, "{}", day.format("%Y-%m-%d")),
        }
    }
}

impl FromStr for Due {
    type Err = CalendarError;
    fn from_str(text: &str) -> Result<Self, CalendarError> {
        let wrong = || CalendarError { text: text.to_owned(), sought: Sought::Due };
        let text = text.trim();
        let parts: Vec<&str> = text.split('-').collect();
        let digits = |part: &str, length: usize| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
        let year = |part: &str| part.parse::<i32>().ok().filter(|y| digits(part, 4) && (1900..=2999).contains(y));
        match parts[..] {
            [y] => year(y).map(Self::Year),
            [y, m] if digits(m, 2) => {
                let (year, month) = (year(y), m.parse::<u32>().ok());
                year.zip(month).filter(|(_, month)| (1..=12).contains(month)).map(|(year, month)| Self::Month(year, month))
            }
            [y, m, d] if year(y).is_some() && digits(m, 2) && digits(d, 2) => {
                NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(Self::Day)
            }
            _ => None,
        }
        .ok_or_else(wrong)
    }
}

fn last_of_month(year: i32, month: u32) -> Option<NaiveDate> {
    let next = if month == 12 { NaiveDate::from_ymd_opt(year + 1, 1, 1) } else { NaiveDate::from_ymd_opt(year, month + 1, 1) };
    next?.pred_opt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn due_falls_on_the_last_day_of_its_precision() {
        let day = |text: &str| text.parse::<Due>().unwrap().last_day().to_string();
        assert_eq!(day("2025"), "2025-12-31");
        assert_eq!(day("2024-02"), "2024-02-29");
        assert_eq!(day("2025-06-15"), "2025-06-15");
    }

    #[test]
    fn due_that_is_no_date_is_refused() {
        for text in ["", "25", "2025-13", "2025-2", "2025-02-30", "2025-6-30", "２０２５", "2025-06-30-1", "-2025"] {
            assert!(text.parse::<Due>().is_err(), "{text}");
        }
    }

    #[test]
    fn quarters_follow_each_other_over_the_year() {
        let quarter: Quarter = "2025Q4".parse().unwrap();
        assert_eq!(quarter.next().to_string(), "2026Q1");
        assert_eq!(quarter.next().previous(), quarter);
        assert_eq!(quarter.first_day().to_string(), "2025-10-01");
        assert_eq!(quarter.last_day().to_string(), "2025-12-31");
        assert_eq!(Quarter::of(NaiveDate::from_ymd_opt(2025, 6, 30).unwrap()).chinese(), "2025年二季度");
        let so_far = (1..=4).map(|number| Quarter::new(2025, number).unwrap().year_so_far()).collect::<Vec<_>>();
        assert_eq!(so_far, ["2025年一季度", "2025年上半年", "2025年前三季度", "2025年全年"]);
        assert_eq!(Quarter::new(2025, 3).unwrap().months_so_far(), "1—9月");
        assert!("2025Q5".parse::<Quarter>().is_err());
        assert!("25Q1".parse::<Quarter>().is_err());
    }
}
