//! Where in a document a paragraph stands: its genre, its zone, the review of the past.

use super::dates::Years;
use super::lexicon::{self, Classes};
use super::marker;
use super::outline::{Outline, Zone};
use super::paragraphs::Paragraph;
use super::role::Role;
use super::words::words;
use std::collections::HashMap;
use std::sync::Arc;

/// What kind of document it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Genre {
    /// 规划, 计划, 方案, 要点
    #[default]
    Plan,
    /// 若干措施, 政策
    Measures,
    /// 政府工作报告
    Report,
    /// 办法, 细则, 规定
    Rules,
    /// 考核, 评价
    Scores,
    /// 应急预案
    Emergency,
}

impl Genre {
    /// By the title, else by the first lines.
    pub(crate) fn of(title: &str, head: &str) -> Self {
        let by = |text: &str| {
            if words!["工作报告", "计划执行情况", "预算执行情况"].within(text) {
                Some(Self::Report)
            } else if text.contains("应急预案") {
                Some(Self::Emergency)
            } else if words!["考核", "评价办法", "评估办法", "评分", "评定"].within(text) {
                Some(Self::Scores)
            } else if words!["若干措施", "措施", "政策", "若干意见", "申报指南", "通告", "公告"].within(text)
                && !words!["规划", "行动计划", "方案", "行动方案"].within(text)
            {
                Some(Self::Measures)
            } else if words!["规划", "计划", "方案", "要点", "纲要", "行动", "意见", "任务", "清单", "安排"].within(text)
            {
                Some(Self::Plan)
            } else if words!["办法", "细则", "规定", "条例", "规则", "须知", "标准"].within(text) {
                Some(Self::Rules)
            } else {
                None
            }
        };
        by(title).or_else(|| by(head)).unwrap_or_default()
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Measures => "measures",
            Self::Report => "report",
            Self::Rules => "rules",
            Self::Scores => "scores",
            Self::Emergency => "emergency",
        }
    }
}

/// What is known of a paragraph before it is read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scene {
    pub(crate) genre: Genre,
    pub(crate) zone: Option<Zone>,
    pub(crate) role: Option<Role>,
    /// In the review of the past.
    pub(crate) past: bool,
    /// In a table.
    pub(crate) tabled: bool,
    /// The classes of the words of the nearest heading and of the one at the top.
    pub(crate) heads: [Classes; 2],
    pub(crate) years: Years,
    /// The paragraph heads a list or belongs to one.
    pub(crate) listed: bool,
    /// How often a number stands before the same noun: “26个加快发展县” is a name.
    pub(crate) names: Arc<HashMap<String, usize>>,
}

/// The scenes of all paragraphs.
pub(crate) fn scenes(
    source: &str,
    title: Option<&str>,
    paragraphs: &[Paragraph],
    outline: &Outline,
    tabled: &[bool],
    years: Years,
) -> Vec<Arc<Scene>> {
    let head: String = source.chars().take(400).collect();
    let genre = Genre::of(title.unwrap_or_default(), &head);
    let past = past(genre, paragraphs, outline, years);
    let texts: Vec<&str> = paragraphs.iter().map(Paragraph::text).collect();
    let names = Arc::new(super::targets::count_names(&texts));
    let mut heads: Vec<[Classes; 2]> = Vec::with_capacity(outline.sections.len());
    for at in 0..outline.sections.len() {
        let own = lexicon::classes(outline.title(paragraphs, at));
        let top = outline.sections[at].parent.map_or(own, |parent| heads[parent][1]);
        heads.push([own, top]);
    }
    let mut found: Vec<Arc<Scene>> = Vec::with_capacity(paragraphs.len());
    let mut section = None;
    for (at, paragraph) in paragraphs.iter().enumerate() {
        while let Some(next) = outline.sections.get(section.map_or(0, |section: usize| section + 1)) {
            if next.paragraph > at {
                break;
            }
            section = Some(section.map_or(0, |section: usize| section + 1));
        }
        let own = section.filter(|section| outline.sections[*section].paragraphs.contains(&at));
        let scene = Scene {
            genre,
            zone: Some(outline.zones[at]),
            role: own.map(|section| outline.sections[section].role),
            past: past[at],
            tabled: tabled[at] || !paragraph.cells.is_empty(),
            heads: own.map(|section| heads[section]).unwrap_or_default(),
            years,
            listed: paragraph.text().starts_with(['—', '-', '·', '•', '●', '◆', '■', '○']),
            names: Arc::clone(&names),
        };
        found.push(Arc::new(scene));
    }
    found
}

/// Which paragraphs belong to a review of the past. A heading opens it and one of what is to come ends it; a work report
/// begins with it.
fn past(genre: Genre, paragraphs: &[Paragraph], outline: &Outline, years: Years) -> Vec<bool> {
    let mut found = vec![false; paragraphs.len()];
    let now = years.now.or_else(|| report_year(paragraphs));
    let mut inside = false;
    // the kind of the number of the heading that opened the review
    let mut opened: Option<marker::Kind> = None;
    // a heading opened it, so that the next one of its rank ends it
    let mut headed = false;
    // its heading speaks of both
    let mut mixed = false;
    let mut started = genre != Genre::Report;
    let mut sections = outline.sections.iter().peekable();
    let mut role = None;
    let mut role_end = 0;
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let text = paragraph.text();
        while let Some(section) = sections.next_if(|section| section.paragraph <= at) {
            role = Some(section.role);
            role_end = section.paragraphs.end;
        }
        let history = role == Some(Role::History) && at < role_end;
        if !started && (text.starts_with("各位代表") || text.starts_with("现在,我代表") || text.contains("作报告")) {
            started = true;
            inside = true;
            opened = None;
            headed = false;
        }
        if let Some(heading) = heading_words(paragraph) {
            let kind = marker::marker(text).map(|marker| marker.kind);
            let deeper = inside && opened.zip(kind).is_some_and(|(opened, kind)| kind > opened);
            // “十四五”时期发展成就和“十五五”时期主要目标任务: the past until a paragraph turns to what is to come
            if words!["成就", "成绩", "回顾"].within(heading) && looks_ahead(heading, now) {
                opened = kind;
                (inside, headed, started, mixed) = (true, true, true, true);
            } else if looks_ahead(heading, now) && !(deeper && looks_back(heading, now)) {
                inside = false;
                started = true;
            } else if looks_back(heading, now) {
                if !inside {
                    opened = kind;
                    headed = true;
                }
                inside = true;
                started = true;
            } else if inside && headed && kind.is_some() && !deeper {
                inside = false;
            }
        }
        let opening: &str = text.char_indices().nth(40).map_or(text, |(end, _)| &text[..end]);
        if mixed
            && inside
            && words!["十五五", "今后五年", "未来五年", "到2030年"].within(opening)
            && heading_words(paragraph).is_none()
        {
            (inside, mixed) = (false, false);
        }
        found[at] = inside || history;
    }
    found
}

/// The words of a paragraph that could be a heading: a short line, or the first words of one with a number.
fn heading_words(paragraph: &Paragraph) -> Option<&str> {
    let text = paragraph.text();
    if !paragraph.cells.is_empty() {
        return None;
    }
    let marker = marker::marker(text);
    let head = text.split(['。', '!', ';']).next().unwrap_or(text);
    let short = head.chars().count() <= 45;
    let alone = head.len() + 3 >= text.len() && !text.ends_with([';', ',', ',']);
    let top = marker.is_some_and(|marker| matches!(marker.kind, marker::Kind::Part | marker::Kind::Chapter | marker::Kind::Han));
    (short && (alone || top)).then_some(head)
}

/// 2025年及“十四五”时期工作回顾, 发展基础
fn looks_back(heading: &str, now: Option<i32>) -> bool {
    if matches!(&*super::words::bare(heading), "序言" | "前言" | "引言" | "导言") {
        return true;
    }
    let said = words![
        "回顾",
        "执行情况",
        "完成情况",
        "发展成就",
        "主要成就",
        "取得的成就",
        "取得的成绩",
        "工作总结",
        "过去五年",
        "过去一年"
    ]
    .within(heading);
    let year = year_in(heading).zip(now).is_some_and(|(year, now)| year < now)
        && words!["工作", "情况", "成效", "成绩", "主要做法"].within(heading)
        && !words!["目标", "任务", "安排", "计划"].within(heading);
    said || year
}

/// “十五五”时期目标任务, 2026年重点工作, 今年工作安排
fn looks_ahead(heading: &str, now: Option<i32>) -> bool {
    if words!["回顾", "成就", "成绩", "执行情况", "完成情况"].within(heading) && !heading.contains('和') {
        return false;
    }
    let when = year_in(heading).zip(now).is_some_and(|(year, now)| year >= now)
        || words!["今年", "明年", "下一步", "今后", "新一年", "新的一年", "十五五", "未来"].within(heading);
    let what = words!["工作", "任务", "安排", "目标", "要求", "思路", "部署", "重点", "建议", "举措", "打算", "主要预期"]
        .within(heading);
    when && what
}

/// The last year that a text names.
fn year_in(text: &str) -> Option<i32> {
    text.match_indices("20")
        .filter_map(|(at, _)| text.get(at..at + 4)?.parse::<i32>().ok())
        .filter(|year| (2000..=2060).contains(year))
        .max()
}

/// The year in which a report is given: of the first lines the latest.
fn report_year(paragraphs: &[Paragraph]) -> Option<i32> {
    paragraphs.iter().take(20).filter(|paragraph| paragraph.text().chars().count() < 60).filter_map(|p| year_in(p.text())).max()
}
