//! The years a plan runs from and to: from its title, a sentence that says so, its steps, its goals.

use super::dates::{self, Sense, Years};
use super::outline::{Outline, Zone};
use super::paragraphs::Paragraph;
use super::role::{self, Role};
use super::titles::is_title;
use super::words::words;
use plan::Due;

/// First and last year: from the title, from a sentence that says so, else the goals' last year.
pub(crate) fn period(
    paragraphs: &[Paragraph],
    outline: &Outline,
    title: Option<&str>,
    issued: Option<i32>,
) -> (Option<i32>, Option<i32>) {
    let front = paragraphs.iter().zip(&outline.zones).filter(|(_, zone)| **zone == Zone::Front).map(|(p, _)| p.text()).take(60);
    let mut texts: Vec<&str> = title.into_iter().collect();
    texts.extend(
        front
            .clone()
            .filter(|text| text.chars().count() <= 90 && (is_title(text) || text.starts_with("关于") || text.contains('《'))),
    );
    // without a title the first chapter may say of which five years it speaks
    let chapters = outline.sections.iter().filter(|section| section.level == 1 && section.role != Role::History).take(3);
    if title.is_none() {
        texts.extend(chapters.map(|section| &paragraphs[section.paragraph].text()[section.heading.clone()]));
    }
    for text in &texts {
        if let Some(span) = span_of_years(text) {
            return (Some(span.0), Some(span.1));
        }
        // 第十四个五年规划
        if let Some(at) = text.find("个五年规划")
            && let Some(number) = text[..at]
                .strip_suffix(|c| "一二三四五六七".contains(c))
                .and_then(|head| head.ends_with("第十").then(|| text[head.len()..at].chars().next()))
            && let Some((first, last)) = number.and_then(dates::five_year_span)
        {
            return (Some(first), Some(last));
        }
        for (at, _) in text.match_indices('十') {
            let rest = &text[at + '十'.len_utf8()..];
            let mut chars = rest.chars();
            if let (Some(number), Some('五')) = (chars.next(), chars.next())
                && let Some((first, last)) = dates::five_year_span(number)
            {
                return (Some(first), Some(last));
            }
        }
    }
    // 本规划为期5年,时间为2016年—2020年; 规划期为2021-2025年
    for text in front
        .clone()
        .chain(paragraphs.iter().zip(&outline.zones).filter(|(_, z)| **z == Zone::Body).map(|(p, _)| p.text()).take(40))
    {
        for word in ["规划期", "实施期", "规划时间", "时间为", "期限为", "行动时间", "实施时间", "规划期限", "规划年限"]
        {
            if let Some(at) = text.find(word) {
                let rest: String = text[at..].chars().take(30).collect();
                if let Some(span) = span_of_years(&rest) {
                    return (Some(span.0), Some(span.1));
                }
            }
        }
    }
    // 自2026年3月起至2026年11月底开展…行动: in the front, or in the words before the first chapter
    let opening = paragraphs.iter().zip(&outline.zones).filter(|(_, zone)| **zone == Zone::Body).map(|(p, _)| p.text()).take(4);
    let opening = opening.filter(|text| words!["开展", "实施", "组织", "行动"].within(text));
    for text in front.clone().chain(opening).filter(|text| text.contains('自') && text.contains('至')) {
        let found = dates::find(text, Years::default());
        // one date to the other, read as one span or, with 起 between, as two
        let one = found
            .iter()
            .find(|dated| text[..dated.range.start].ends_with('自'))
            .and_then(|dated| Some((dated.first?, dated.due.year())));
        if let Some((first, last)) = one {
            return (Some(first), Some(last));
        }
        let spans = found.windows(2).find(|pair| {
            text[..pair[0].range.start].ends_with('自')
                && matches!(text[pair[0].range.end..pair[1].range.start].trim(), "至" | "起至" | "到" | "起到")
        });
        if let Some(pair) = spans {
            return (Some(pair[0].due.year()), Some(pair[1].due.year()));
        }
    }
    let years = title.and_then(number_of_years).or_else(|| texts.iter().find_map(|text| number_of_years(text)));
    let title_year = texts.iter().find_map(|text| {
        dates::find(text, Years::default())
            .into_iter()
            .find_map(|found| match found.due {
                Due::Year(year) => Some(year),
                _ => None,
            })
            .or_else(|| bracketed_year(text))
    });
    let title_year = title_year.or_else(|| paragraphs.iter().take(3).find_map(|p| bracketed_year(p.text())));
    let goal = goal_year(paragraphs, outline, issued, texts.first().copied());
    match (years, title_year) {
        (Some(years), Some(first)) => (Some(first), Some(first + years - 1)),
        // 2025年工作要点
        (None, Some(year)) if texts.first().is_some_and(|text| text.contains(&year.to_string())) => (Some(year), Some(year)),
        (Some(years), None) => match goal {
            Some(last) if issued.is_none_or(|year| last >= year) => (Some(last - years + 1), Some(last)),
            _ => (issued, issued.map(|year| year + years - 1)),
        },
        _ => by_steps(paragraphs, outline, issued, goal),
    }
}

/// What a plan without years in its title runs over: from its first step, or all within the year of issue, to the year of its
/// goals; or as long as it says that it is in force.
fn by_steps(paragraphs: &[Paragraph], outline: &Outline, issued: Option<i32>, goal: Option<i32>) -> (Option<i32>, Option<i32>) {
    let (began, ended) = steps(paragraphs, outline);
    let valid = || valid_until(paragraphs).filter(|year| issued.is_none_or(|issued| *year <= issued + 5));
    let Some(last) = goal.max(ended).or_else(valid) else {
        return (None, None);
    };
    let first = began.filter(|first| issued.is_none_or(|issued| *first >= issued - 1) && *first <= last);
    (first.or(issued.filter(|issued| *issued == last)), Some(last))
}

/// The years in which the first step of a timetable begins and the last ends: “(一)摸底排查(2026年8月至9月)”, “第一阶段”.
fn steps(paragraphs: &[Paragraph], outline: &Outline) -> (Option<i32>, Option<i32>) {
    let (mut first, mut last) = (None, None);
    for section in &outline.sections {
        let text = paragraphs[section.paragraph].text();
        let heading = &text[section.heading.clone()];
        let phase = role::names_phase(heading) && !section.role.is_general();
        let step = section.role == Role::Phases && section.parent.is_some();
        if !(phase || step) {
            continue;
        }
        // a phase is dated in its heading, or by its own words
        let end = if phase { section.paragraphs.end } else { section.paragraph };
        let words = (section.paragraph + 1..end).map(|at| paragraphs[at].text());
        let own = if phase { &text[section.heading.start..] } else { heading };
        for text in std::iter::once(own).chain(words) {
            for dated in dates::find(text, Years::default()).iter().filter(|dated| dated.sense != Sense::Against) {
                first.get_or_insert(dated.first.unwrap_or(dated.due.year()));
                last = last.max(Some(dated.due.year()));
            }
        }
    }
    (first, last)
}

/// The year that a title names.
pub(crate) fn year_of(title: &str) -> Option<i32> {
    dates::find(title, Years::default()).into_iter().find_map(|found| match found.due {
        Due::Year(year) => Some(year),
        _ => None,
    })
}

/// “有效期至2027年12月31日”: the last year in which the plan holds.
fn valid_until(paragraphs: &[Paragraph]) -> Option<i32> {
    paragraphs.iter().rev().take(60).find_map(|paragraph| {
        let text = paragraph.text();
        let at =
            ["有效期至", "有效期到", "施行至", "实施至"].iter().find_map(|word| text.find(word).map(|at| at + word.len()))?;
        dates::find(&text[at..], Years::default()).first().filter(|found| found.range.start == 0).map(|found| found.due.year())
    })
}

/// (2024-2026年) anywhere in a text.
pub(crate) fn span_of_years(text: &str) -> Option<(i32, i32)> {
    let found =
        dates::find(text, Years::default()).into_iter().find_map(|found| found.first.map(|first| (first, found.due.year())));
    found.or_else(|| {
        // (2016-2020) without 年
        let at = text.find(|c: char| c.is_ascii_digit())?;
        let rest = &text[at..];
        let year: i32 = rest.get(..4)?.parse().ok()?;
        let dash = rest[4..].trim_start_matches(['-', '—', '~', '至', '年']);
        let last: i32 = dash.get(..4).filter(|_| dash.len() < rest.len() - 4)?.parse().ok()?;
        ((1990..=2099).contains(&year) && last > year && last <= year + 30).then_some((year, last))
    })
}

/// (2024) in a file's name or title.
fn bracketed_year(text: &str) -> Option<i32> {
    let at = text.find("(20")?;
    let inner = &text[at + 1..];
    let year: i32 = inner.get(..4)?.parse().ok()?;
    (inner[4..].starts_with(')') || inner[4..].starts_with("年)")).then_some(year)
}

/// 三年行动 -> 3
fn number_of_years(text: &str) -> Option<i32> {
    for (word, years) in [("两年", 2), ("三年", 3), ("四年", 4), ("五年", 5), ("3年", 3), ("5年", 5), ("2年", 2)] {
        if let Some(at) = text.find(word)
            && !text[..at].ends_with(|c: char| c.is_ascii_digit())
            && words!["行动", "计划", "攻坚", "规划", "倍增", "提升", "方案", "滚动"].within(&text[at + word.len()..])
        {
            return Some(years);
        }
    }
    None
}

/// The year by which the plan's goals are to be reached: the last one named in its goals, visions (2035) apart.
///
/// Where no goals are set apart, the year that governs most of the work; the dates of single measures are none.
fn goal_year(paragraphs: &[Paragraph], outline: &Outline, issued: Option<i32>, title: Option<&str>) -> Option<i32> {
    let title = title.unwrap_or_default();
    let measures = words!["措施", "政策", "举措", "办法", "细则", "规定"].within(title);
    let is_plan = !measures && words!["规划", "计划", "方案", "意见", "纲要"].within(title);
    let years_in = |goals: bool| -> Vec<i32> {
        let mut years = Vec::new();
        for section in &outline.sections {
            if goals != (matches!(section.role, Role::Goals | Role::General)) {
                continue;
            }
            for at in section.paragraphs.clone() {
                if outline.zones[at] != Zone::Body {
                    continue;
                }
                let text = paragraphs[at].text();
                // how long the document itself is in force is no goal
                let text =
                    ["有效期", "施行", "试行期"].iter().filter_map(|word| text.find(word)).min().map_or(text, |end| &text[..end]);
                for found in dates::find(text, Years::default()) {
                    // 到2030年 says by when a plan has come where; 2026年6月底前 when one of its steps is done
                    let goal = goals || text[..found.range.start].ends_with(['到', '至']);
                    if found.sense == Sense::By && (goal || !is_plan) {
                        years.push(found.due.year());
                    }
                }
            }
        }
        years
    };
    // of several goals the one with which the plan itself ends: what stands beyond is an outlook
    let valid = valid_until(paragraphs);
    let pick = |years: &[i32]| -> Option<i32> {
        if let Some(valid) = valid.filter(|valid| years.contains(valid)) {
            return Some(valid);
        }
        let first = issued.unwrap_or_else(|| years.iter().copied().min().unwrap_or(0));
        years
            .iter()
            .copied()
            .filter(|year| *year >= first && *year <= first + 7)
            .max()
            .or_else(|| years.iter().copied().filter(|year| *year >= first).min())
    };
    // what is all done within the year of issue is a plan of that year only where most of it says so
    let later = |years: &[i32]| pick(years).filter(|year| Some(*year) != issued);
    let planned = |years: Vec<i32>| if is_plan { later(&years).or_else(|| most(&years)) } else { most(&years) };
    pick(&years_in(true)).or_else(|| if measures { None } else { planned(years_in(false)) })
}

/// The last year, where it is also the one that most dates name.
fn most(years: &[i32]) -> Option<i32> {
    let last = years.iter().copied().max()?;
    let count = years.iter().filter(|year| **year == last).count();
    (count >= 3 && count * 3 >= years.len() * 2).then_some(last)
}
