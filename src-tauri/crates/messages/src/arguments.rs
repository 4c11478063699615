//! What sentences name: each kind of argument knows how it is said in either language.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A language that the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// The language of the offices, `zh-CN`.
    #[default]
    Chinese,
    /// `en`.
    English,
}

impl Language {
    /// The language of a code such as `zh-CN`, `en` or `en-GB`; Chinese where it is another.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        if code.trim_start().to_ascii_lowercase().starts_with("en") { Self::English } else { Self::Chinese }
    }

    /// The code: `zh-CN`, `en`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }
}

/// What a sentence can name.
pub trait Say {
    /// How it is said within a sentence.
    fn say(&self, language: Language) -> Cow<'_, str>;
}

/// As it is: names, file names, what a person wrote.
impl Say for String {
    fn say(&self, _: Language) -> Cow<'_, str> {
        self.into()
    }
}

impl<T: Say> Say for Box<T> {
    fn say(&self, language: Language) -> Cow<'_, str> {
        self.as_ref().say(language)
    }
}

/// A list: 、 between its parts in Chinese, commas in English.
impl<T: Say> Say for Vec<T> {
    fn say(&self, language: Language) -> Cow<'_, str> {
        let parts: Vec<Cow<'_, str>> = self.iter().map(|part| part.say(language)).collect();
        parts.join(if language == Language::Chinese { "、" } else { ", " }).into()
    }
}

macro_rules! counts {
    ($($type:ty)+) => {
        $(
            impl Say for $type {
                fn say(&self, _: Language) -> Cow<'_, str> {
                    self.to_string().into()
                }
            }
        )+
    };
}

counts! { usize i32 i64 u8 u32 u64 }

/// A measured number, said with at most six digits after the point and no zeros at its end.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Figure(pub f64);

impl Say for Figure {
    fn say(&self, _: Language) -> Cow<'_, str> {
        let text = format!("{:.6}", self.0);
        let text = text.trim_end_matches('0').trim_end_matches('.');
        if text == "-0" { "0".into() } else { text.to_owned().into() }
    }
}

/// A quarter, in files and on wires `2025Q2`; said `2025年二季度` and `Q2 2025`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Quarter {
    /// The calendar year.
    pub year: i32,
    /// 1 to 4.
    pub number: u8,
}

impl From<Quarter> for String {
    fn from(quarter: Quarter) -> Self {
        format!("{}Q{}", quarter.year, quarter.number)
    }
}

impl TryFrom<String> for Quarter {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let parts = text.split_once('Q').and_then(|(year, number)| Some((year.parse().ok()?, number.parse().ok()?)));
        match parts {
            Some((year, number @ 1..=4)) => Ok(Self { year, number }),
            _ => Err(text),
        }
    }
}

impl Say for Quarter {
    fn say(&self, language: Language) -> Cow<'_, str> {
        let Self { year, number } = self;
        match language {
            Language::Chinese => {
                let numeral = ["一", "二", "三", "四"].get(usize::from(number.saturating_sub(1))).unwrap_or(&"");
                format!("{year}年{numeral}季度").into()
            }
            Language::English => format!("Q{number} {year}").into(),
        }
    }
}

/// A date as precise as it is known, in files and on wires `2025`, `2025-06` or `2025-06-30`; said `2025年底`, `2025年6月底`,
/// `2025年6月30日` and `end of 2025`, `end of Jun 2025`, `30 Jun 2025`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Day {
    /// The calendar year.
    pub year: i32,
    /// 1 to 12; none for a whole year.
    pub month: Option<u8>,
    /// 1 to 31; none for a whole month.
    pub day: Option<u8>,
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        match (day.month, day.day) {
            (Some(month), Some(of_month)) => format!("{:04}-{month:02}-{of_month:02}", day.year),
            (Some(month), None) => format!("{:04}-{month:02}", day.year),
            (None, _) => format!("{:04}", day.year),
        }
    }
}

impl TryFrom<String> for Day {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let parts: Vec<&str> = text.split('-').collect();
        let number = |part: &str, largest: u8| part.parse::<u8>().ok().filter(|number| (1..=largest).contains(number));
        let day = match parts[..] {
            [year] => year.parse().ok().map(|year| Self { year, month: None, day: None }),
            [year, month] => {
                year.parse().ok().zip(number(month, 12)).map(|(year, month)| Self { year, month: Some(month), day: None })
            }
            [year, month, day] => year
                .parse()
                .ok()
                .zip(number(month, 12))
                .zip(number(day, 31))
                .map(|((year, month), day)| Self { year, month: Some(month), day: Some(day) }),
            _ => None,
        };
        day.ok_or(text)
    }
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Say for Day {
    fn say(&self, language: Language) -> Cow<'_, str> {
        let Self { year, month, day } = self;
        let name = |month: u8| MONTHS.get(usize::from(month.saturating_sub(1))).copied().unwrap_or_default();
        match (language, month, day) {
            (Language::Chinese, Some(month), Some(day)) => format!("{year}年{month}月{day}日"),
            (Language::Chinese, Some(month), None) => format!("{year}年{month}月底"),
            (Language::Chinese, None, _) => format!("{year}年底"),
            (Language::English, Some(month), Some(day)) => format!("{day} {} {year}", name(*month)),
            (Language::English, Some(month), None) => format!("end of {} {year}", name(*month)),
            (Language::English, None, _) => format!("end of {year}"),
        }
        .into()
    }
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident zh $chinese:literal en $english:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $(#[doc = $chinese] $variant,)+
        }

        impl Say for $name {
            fn say(&self, language: Language) -> Cow<'_, str> {
                match language {
                    Language::Chinese => match self { $(Self::$variant => $chinese,)+ },
                    Language::English => match self { $(Self::$variant => $english,)+ },
                }
                .into()
            }
        }

        impl $name {
            /// The word that reads so in Chinese.
            #[must_use]
            pub fn of_chinese(word: &str) -> Option<Self> {
                [$(($chinese, Self::$variant),)+].into_iter().find(|(chinese, _)| *chinese == word).map(|(_, word)| word)
            }
        }

        #[cfg(test)]
        impl Sample for $name {
            fn sample() -> Self {
                [$(Self::$variant,)+][0]
            }
        }
    };
}

words! {
    /// What kind of thing a sentence is about.
    Noun {
        Task zh "任务" en "task";
        ChecklistItem zh "清单事项" en "checklist item";
        Milestone zh "节点" en "milestone";
        Indicator zh "指标" en "indicator";
        Target zh "目标" en "target";
        Actual zh "数据" en "figure";
        Department zh "单位" en "department";
        Person zh "人员" en "person";
        Holding zh "人员分工" en "duty";
        Assignment zh "责任分工" en "assignment";
        Plan zh "规划" en "plan";
        Section zh "目录" en "section";
        Progress zh "进展" en "progress";
        Draft zh "草稿" en "draft";
        Request zh "申请" en "request";
        ChangeRequest zh "调整申请" en "request for a change";
        Evidence zh "佐证材料" en "evidence";
        Quarter zh "季度" en "quarter";
        Date zh "日期" en "date";
        QuarterClose zh "封账" en "close";
        Slip zh "督办单" en "slip";
        Passage zh "报告文字" en "report's words";
        Setting zh "设置" en "setting";
        Exchange zh "收发" en "exchange";
        Packet zh "收发文件" en "exchange file";
        Key zh "单位密钥" en "department's key";
        Revision zh "修订" en "revision";
        Row zh "内容" en "row";
        Content zh "这条内容" en "row";
    }
}

words! {
    /// What kind of row the store could not write.
    RowKind {
        Content zh "这条内容" en "row";
        Task zh "任务" en "task";
        ChecklistItem zh "清单事项" en "checklist item";
        ItemDepartment zh "清单事项的责任单位" en "department of the checklist item";
        Milestone zh "节点" en "milestone";
        MilestoneDepartment zh "节点的责任单位" en "department of the milestone";
        Indicator zh "指标" en "indicator";
        Target zh "目标值" en "target";
        Actual zh "本季度的指标数据" en "figure of the quarter";
        Progress zh "本季度的进展" en "progress of the quarter";
        Plan zh "规划" en "plan";
        Section zh "章节" en "section";
        Span zh "原文位置" en "place in the text";
        Department zh "单位" en "department";
        DepartmentAlias zh "单位的别名" en "other name of the department";
        DepartmentKey zh "单位密钥" en "department's key";
        Assignment zh "责任单位" en "responsible department";
        Evidence zh "佐证材料" en "evidence";
        Request zh "调整申请" en "request for a change";
        Draft zh "草稿" en "draft";
        Passage zh "报告文字" en "report's words";
        Slip zh "督办单" en "slip";
        Close zh "封账记录" en "record of the close";
        CloseOfQuarter zh "该季度的封账" en "close of the quarter";
        Packet zh "收发文件" en "exchange file";
        Exchange zh "收发记录" en "record of the exchange";
        Exchanged zh "收发底数" en "base of the exchange";
        Edit zh "改动记录" en "record of the edit";
        Retired zh "不再列入的内容" en "retired row";
    }
}

words! {
    /// What only the office does.
    Doing {
        Issue zh "下发任务" en "sending out tasks";
        Collect zh "合并报送" en "merging returns";
        Close zh "封账" en "closing a quarter";
        Reopen zh "重新打开季度" en "opening a quarter again";
        HandUp zh "上报" en "handing up";
        Remind zh "催报" en "reminding";
    }
}

words! {
    /// A typeface of official documents.
    Face {
        Title zh "小标宋" en "titles (XiaoBiaoSong)";
        Body zh "仿宋" en "text (FangSong)";
        Heading zh "黑体" en "headings (HeiTi)";
        Subheading zh "楷体" en "subheadings (KaiTi)";
        Digits zh "数字" en "digits";
    }
}

words! {
    /// A word of a closed vocabulary, where a sentence names one.
    Word {
        Green zh "绿" en "green";
        Yellow zh "黄" en "yellow";
        Red zh "红" en "red";
        NoLamp zh "○" en "no lamp";
        Approved zh "同意" en "approved";
        Declined zh "不同意" en "declined";
    }
}

/// An argument for tests, without a Chinese character.
#[cfg(test)]
pub(crate) trait Sample {
    fn sample() -> Self;
}

#[cfg(test)]
mod samples {
    use super::*;

    impl Sample for String {
        fn sample() -> Self {
            "R&D, 甲".replace('甲', "X")
        }
    }

    impl<T: Sample> Sample for Box<T> {
        fn sample() -> Self {
            Self::new(T::sample())
        }
    }

    impl<T: Sample> Sample for Vec<T> {
        fn sample() -> Self {
            vec![T::sample(), T::sample()]
        }
    }

    impl Sample for Figure {
        fn sample() -> Self {
            Self(10.7)
        }
    }

    impl Sample for Quarter {
        fn sample() -> Self {
            Self { year: 2025, number: 2 }
        }
    }

    impl Sample for Day {
        fn sample() -> Self {
            Self { year: 2025, month: Some(6), day: Some(30) }
        }
    }

    macro_rules! counted {
        ($($type:ty)+) => { $(impl Sample for $type { fn sample() -> Self { 3 } })+ };
    }

    counted! { usize i32 i64 u8 u32 u64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{Chinese, English};

    #[test]
    fn times_are_said_as_each_language_writes_them() {
        let day = |text: &str| Day::try_from(text.to_owned()).unwrap();
        let cases = [
            ("2025", "2025年底", "end of 2025"),
            ("2025-06", "2025年6月底", "end of Jun 2025"),
            ("2025-06-30", "2025年6月30日", "30 Jun 2025"),
        ];
        for (text, chinese, english) in cases {
            assert_eq!((&*day(text).say(Chinese), &*day(text).say(English)), (chinese, english));
            assert_eq!(String::from(day(text)), text);
        }
        let quarter = Quarter::try_from("2025Q2".to_owned()).unwrap();
        assert_eq!((&*quarter.say(Chinese), &*quarter.say(English)), ("2025年二季度", "Q2 2025"));
        for wrong in ["2025Q5", "2025-13", "x", "2025-06-30-1"] {
            assert!(Quarter::try_from(wrong.to_owned()).is_err() && Day::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn measured_numbers_have_no_zeros_at_their_end() {
        for (value, said) in [(10.0, "10"), (0.5, "0.5"), (-0.0, "0"), (1.0 / 3.0, "0.333333"), (1200.0, "1200")] {
            assert_eq!(Figure(value).say(Chinese), said);
        }
    }

    #[test]
    fn languages_are_told_by_their_codes() {
        assert_eq!(
            ["en", "en-GB,en;q=0.9", "zh-CN", "de", ""].map(Language::from_code),
            [English, English, Chinese, Chinese, Chinese]
        );
        assert_eq!(Language::from_code(English.code()), English);
    }
}
