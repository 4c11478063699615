//! The plan's own fields: title, number, issuer, date of issue, period, stage.

use super::dates::{self, Sense, Years};
use super::outline::{Outline, Zone};
use super::paragraphs::Paragraph;
use super::role::Role;
use super::words::{bare, words};
use crate::draft::PlanFacts;
use chrono::{Datelike, NaiveDate};
use plan::{Due, PlanStage};

/// A paragraph that is a date and nothing else.
pub(crate) fn lone_date(text: &str) -> Option<NaiveDate> {
    let text = text.trim().trim_matches(['(', ')', '。']);
    if text.chars().count() > 20 {
        return None;
    }
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let found = dates::find(&bare, Years::default());
    match found.as_slice() {
        [one] if one.range == (0..bare.len()) => match one.due {
            Due::Day(day) => Some(day),
            _ => None,
        },
        _ => None,
    }
}

/// A paragraph that is the name of a body that issues documents and nothing else.
pub(crate) fn is_issuer(text: &str) -> bool {
    let length = text.chars().filter(|c| !c.is_whitespace()).take(61).count();
    if !(3..=60).contains(&length) {
        return false;
    }
    let bare = bare(text);
    !bare.contains(['。', ',', ':', ';', '、', '《', '(', '“', '1', '2', '3'])
        && words![
            "政府",
            "办公室",
            "办公厅",
            "委员会",
            "局",
            "厅",
            "部",
            "领导小组",
            "指挥部",
            "管委会",
            "国务院",
            "院",
            "总署",
            "总局",
            "委",
            "办",
            "工委",
            "中心",
            "街道办事处",
        ]
        .ending(&bare)
        .is_some()
        && words!["关于", "各", "加强", "完善", "推进", "建设"].starting(&bare).is_none()
}

const KINDS: &[&str] = &[
    "举措",
    "政策",
    "政策措施",
    "条措施",
    "路线图",
    "攻坚战",
    "工作安排",
    "任务书",
    "预案",
    "部署",
    "规划",
    "行动计划",
    "计划",
    "实施方案",
    "工作方案",
    "行动方案",
    "方案",
    "实施意见",
    "指导意见",
    "意见",
    "工作要点",
    "要点",
    "若干措施",
    "措施",
    "纲要",
    "实施办法",
    "办法",
    "规定",
    "通知",
    "决定",
    "清单",
    "细则",
    "行动",
    "任务分工",
    "任务分解",
    "目标分解",
    "工作台账",
];

const DRAFT_MARKS: &[&str] =
    &["征求意见稿", "意见征求稿", "公开征求意见稿", "送审稿", "讨论稿", "草案", "审议稿", "初稿", "论证稿", "征求意见"];

/// A title without the marks that say it is a draft.
fn without_marks(title: &str) -> String {
    let mut title = title.trim().to_owned();
    for mark in DRAFT_MARKS {
        for wrapped in [format!("({mark})"), format!("〔{mark}〕"), format!("【{mark}】"), format!("[{mark}]")] {
            title = title.replace(&wrapped, "");
        }
    }
    title.trim().to_owned()
}

/// True where a whole line is a plan's title.
fn is_title(text: &str) -> bool {
    let core = without_marks(text);
    let core = core.trim_end_matches(['》', ' ']);
    let core = match core.rfind('(') {
        Some(at) if core.ends_with(')') => core[..at].trim_end(),
        _ => core,
    };
    let length = core.chars().count();
    (6..=70).contains(&length)
        && KINDS.iter().any(|kind| core.ends_with(kind))
        && !core.contains(['。', ';', ':', '|', '>', '!'])
        && !core.starts_with(['第', '附', '(', '关'])
        || (length <= 80
            && core.starts_with("关于")
            && KINDS.iter().any(|kind| core.ends_with(kind))
            && !core.contains(['。', ';', ':']))
}

/// Reads the plan's fields.
pub(crate) fn read(source: &str, paragraphs: &[Paragraph], outline: &Outline) -> PlanFacts {
    let front: Vec<&Paragraph> =
        paragraphs.iter().zip(&outline.zones).filter(|(_, zone)| **zone == Zone::Front).map(|(p, _)| p).take(80).collect();
    let tail: Vec<&Paragraph> = paragraphs
        .iter()
        .zip(&outline.zones)
        .filter(|(_, zone)| matches!(zone, Zone::Tail | Zone::Annex | Zone::Body))
        .map(|(p, _)| p)
        .collect();
    let notice = notice_title(&front);
    let signature = signature(source, &front).or_else(|| signature(source, &tail));
    let title = title(source, &front, paragraphs, outline, notice.as_deref());
    let doc_number = doc_number(source, &front, &tail);
    let issuer = signature
        .as_ref()
        .and_then(|(issuer, _)| issuer.clone())
        .or_else(|| issuer_of_title(notice.as_deref()))
        .or_else(|| issuer_of_title(front.iter().map(|p| p.text()).find(|text| is_title(text))))
        .or_else(|| letter_head(&front))
        .or_else(|| run_into_issuer(&front).map(|(_, issuer)| issuer))
        .or_else(|| {
            frame_value(&front, &["发文机关", "发布机关", "制发机关", "发布单位", "发布机构", "发文单位", "制定机关", "公开机构"])
        });
    let issued_on = signature
        .as_ref()
        .and_then(|(_, date)| *date)
        .or_else(|| {
            frame_value(&front, &["成文日期", "发文日期", "印发日期", "生成日期", "制发日期"]).and_then(|text| any_date(&text))
        })
        .or_else(|| bracketed_date(&front))
        .or_else(|| printed_on(&tail))
        .or_else(|| printed_on(&front));
    let draft =
        front.iter().take(40).any(|p| p.text().chars().count() <= 200 && DRAFT_MARKS.iter().any(|mark| p.text().contains(mark)))
            || paragraphs.first().is_some_and(|p| {
                DRAFT_MARKS[..7].iter().any(|mark| p.text().get(..p.text().len().min(2000)).is_some_and(|t| t.contains(mark)))
            });
    let issued = signature.is_some()
        || doc_number.is_some()
        || issued_on.is_some()
        || front.iter().any(|p| p.text().contains("印发给你们") || p.text().contains("此件公开发布"));
    let (period_from, period_to) = period(paragraphs, outline, title.as_deref(), issued_on.map(|day| day.year()));
    PlanFacts {
        title,
        doc_number,
        issuer,
        issued_on,
        period_from,
        period_to,
        stage: if draft {
            Some(PlanStage::Draft)
        } else if issued {
            Some(PlanStage::Issued)
        } else {
            None
        },
    }
}

/// The plan's title as the notice that encloses it names it: 《…》已经…同意, 关于印发《…》的通知.
fn notice_title(front: &[&Paragraph]) -> Option<String> {
    for p in front {
        let text = p.text();
        if let Some(open) = text.find('《')
            && let Some(close) = text[open..].find('》').map(|at| open + at)
        {
            let before = text[..open].trim_end();
            let behind = text[close + '》'.len_utf8()..].trim_start();
            // 《甲》已经…同意; 关于印发《甲》的通知; 现将《甲》印发给你们
            let passed = words!["印发", "转发", "批转", "发布", "现将", "公布"].ending(before).is_some()
                || words!["已经", "已", "业经", "经"].starting(behind).is_some()
                    && words!["印发", "审议通过", "同意", "审定", "批准"].within(behind);
            let name = &text[open + '《'.len_utf8()..close];
            let name = &*name.replace('〈', "《").replace('〉', "》");
            // 《甲》等 or 根据《甲》 name other documents
            let other = words!["根据", "按照", "依据", "贯彻", "落实"].ending(&text[..open]).is_some();
            if passed && !other && is_title(name) {
                return Some(without_marks(name));
            }
        }
    }
    // 关于印发某市科技创新规划的通知, without book marks
    for p in front {
        let text: String = p.text().chars().filter(|c| !c.is_whitespace()).collect();
        if let Some(at) = text.find("关于印发") {
            let name = &text[at + "关于印发".len()..];
            if let Some(end) = name.find("的通知").or_else(|| is_title(name).then_some(name.len()))
                && !name.starts_with('《')
                && name[..end].chars().count() >= 6
            {
                return Some(without_marks(&name[..end]));
            }
        }
    }
    None
}

fn title(
    source: &str,
    front: &[&Paragraph],
    paragraphs: &[Paragraph],
    outline: &Outline,
    notice: Option<&str>,
) -> Option<String> {
    let _ = source;
    let squeeze = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    if let Some(notice) = notice {
        // the plan's own line may carry the years that the notice leaves out
        let own = front.iter().rev().map(|p| without_marks(p.text())).find(|text| {
            let bare = squeeze(text);
            bare.starts_with(&squeeze(notice)) && bare[squeeze(notice).len()..].starts_with('(') && bare.ends_with(')')
        });
        return Some(own.unwrap_or_else(|| notice.to_owned()));
    }
    // the last line before the plan begins that is a title, two lines joined where a title was broken
    let mut best: Option<String> = None;
    for (i, p) in front.iter().enumerate() {
        let text = p.text();
        if is_title(text) && !text.contains("目录") {
            let previous = i.checked_sub(1).map(|i| front[i].text()).unwrap_or_default();
            // “某某县人民政府 / 关于…的实施意见”, or a title broken in the middle
            let joined = !is_title(previous)
                && ((begins_title(previous) && previous.chars().count() <= 40 && !text.starts_with("关于"))
                    || (text.starts_with("关于") && is_issuer(previous)));
            let whole = if joined { format!("{previous}{text}") } else { text.to_owned() };
            let notice_itself = whole.ends_with("的通知") || whole.ends_with("通知");
            if !notice_itself || best.is_none() {
                // the first title stands: later ones are cited
                if best.as_ref().is_none_or(|old| old.ends_with("通知") || squeeze(&whole).contains(&squeeze(old))) {
                    best = Some(without_marks(&whole));
                }
            }
        }
    }
    if let Some(title) = best {
        // the years may stand on the line below
        let below = front.iter().map(|p| p.text()).find(|text| {
            text.starts_with('(') && text.ends_with(')') && text.chars().count() <= 16 && span_of_years(text).is_some()
        });
        return Some(match below {
            Some(years) if !title.ends_with(')') => format!("{title}{years}"),
            _ => title,
        });
    }
    if let Some((title, _)) = run_into_issuer(front) {
        return Some(title);
    }
    // glued to the preamble: “某某行动方案(征求意见稿)为贯彻…”
    let start = paragraphs.iter().zip(&outline.zones).filter(|(_, zone)| matches!(zone, Zone::Front)).map(|(p, _)| p.text());
    for text in start.take(10) {
        for preamble in [
            "为认真",
            "为深入",
            "为贯彻",
            "为全面",
            "为进一步",
            "为加快",
            "为推动",
            "为了",
            "为切实",
            "根据",
            "为落实",
            "为推进",
            "为",
        ] {
            if let Some(at) = text.find(preamble)
                && (12..=240).contains(&at)
                && is_title(&text[..at])
            {
                return Some(without_marks(&text[..at]));
            }
        }
    }
    None
}

/// A title with its issuer's line run into it, “某市水利发展规划某市人民政府”: both begin with the same place.
fn run_into_issuer(front: &[&Paragraph]) -> Option<(String, String)> {
    front.iter().map(|p| p.text()).filter(|text| text.chars().count() <= 100).find_map(|text| {
        let place: String = text.chars().take(2).collect();
        let ends = KINDS.iter().flat_map(|kind| text.match_indices(kind).map(|(at, _)| at + kind.len()));
        ends.map(|end| text.split_at(end))
            .find(|(title, issuer)| issuer.starts_with(&place) && is_issuer(issuer) && is_title(title))
            .map(|(title, issuer)| (without_marks(title), issuer.to_owned()))
    })
}

fn begins_title(text: &str) -> bool {
    let length = text.chars().count();
    (4..=40).contains(&length)
        && !text.contains(['。', ':', ';', ',', '〔', '|', '>'])
        && (text.contains("关于") || text.ends_with(['县', '市', '区', '省', '镇', '乡', '和', '与']))
}

/// “某县人民政府办公室关于印发…”: the body before 关于.
fn issuer_of_title(title: Option<&str>) -> Option<String> {
    let title = title?;
    let bare: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    let at = bare.find("关于")?;
    let issuer = &bare[..at];
    let issuer = issuer.rsplit(':').next().unwrap_or(issuer);
    is_issuer(issuer).then(|| issuer.to_owned())
}

/// “某县人民政府办公室文件”, alone or with the document's number run into it.
fn letter_head_of(text: &str) -> Option<String> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).take(400).collect();
    let (name, behind) = bare.split_once("文件")?;
    let numbered = number_in(behind).is_some_and(|(at, _)| at == 0);
    ((behind.is_empty() || numbered) && is_issuer(name)).then(|| name.to_owned())
}

fn letter_head(front: &[&Paragraph]) -> Option<String> {
    front
        .iter()
        .find_map(|p| letter_head_of(p.text()))
        .or_else(|| {
            front
                .windows(2)
                .find(|pair| is_issuer(pair[0].text()) && pair[1].text().starts_with("关于"))
                .map(|pair| pair[0].text().to_owned())
        })
        .or_else(|| {
            front
                .iter()
                .find_map(|p| issuer_of_title(Some(p.text()).filter(|text| text.contains("关于") && text.chars().count() <= 90)))
        })
}

/// What stands behind a paragraph's last full stop: its own line, which was run into the text before it.
fn last_sentence(text: &str) -> &str {
    text.trim().rsplit('。').next().unwrap_or_default().trim_start()
}

/// The last pair of an issuer's line and a date's line.
fn signature(source: &str, paragraphs: &[&Paragraph]) -> Option<(Option<String>, Option<NaiveDate>)> {
    let printed = |p: &Paragraph| -> String {
        let span = p.passage.whole();
        source[span.start..span.end].trim().to_owned()
    };
    for i in (0..paragraphs.len()).rev() {
        let Some(date) = lone_date(paragraphs[i].text()) else {
            continue;
        };
        let mut names: Vec<String> = Vec::new();
        for p in paragraphs[..i].iter().rev().take(3) {
            let name = last_sentence(p.text());
            if !is_issuer(name) {
                break;
            }
            let alone = name.len() == p.text().len();
            let name = if alone { printed(p) } else { name.to_owned() };
            // several issuers on a line stand apart; a name may be spread out too
            let parts: Vec<&str> = name.split_whitespace().collect();
            names.push(parts.join(if parts.iter().all(|part| is_issuer(part)) { " " } else { "" }));
            if !alone {
                break;
            }
        }
        names.reverse();
        if !names.is_empty() {
            return Some((Some(names.join(" ")), Some(date)));
        }
        // issuer and date on one line are read by `lone_date` of the rest; a date alone still dates the document
        if paragraphs[..i].last().is_some_and(|p| p.text().chars().count() <= 60) && paragraphs.len() > 1 {
            return Some((None, Some(date)));
        }
    }
    for p in paragraphs.iter().rev() {
        let text = last_sentence(p.text());
        // a blank may stand between the two, or have been lost where a line ended
        let of_day = |c: char| c.is_ascii_digit() || c == '二';
        if text.chars().count() <= 60
            && let Some(at) = text.find(of_day)
            && is_issuer(text[..at].trim())
            && let Some(date) = lone_date(&text[at..])
        {
            return Some((Some(text[..at].trim().to_owned()), Some(date)));
        }
    }
    None
}

/// The value behind a key of the web frame: “发文字号: …”, “文 号 | …”.
fn frame_value(front: &[&Paragraph], keys: &[&str]) -> Option<String> {
    for key in keys {
        for p in front {
            let text = p.text();
            let bare: String = text.chars().filter(|c| *c != ' ').collect();
            let Some(at) = bare.find(key) else {
                continue;
            };
            let rest = bare[at + key.len()..].trim_start_matches([':', '|', ']', '】', '\t']);
            let value = rest.split(['|', ':', ';']).next().unwrap_or(rest);
            // the next key may follow without a mark
            let value = FRAME_KEYS.iter().filter_map(|next| value.find(next)).min().map_or(value, |end| &value[..end]);
            if !value.is_empty() && value.chars().count() <= 60 && at < 300 {
                return Some(value.to_owned());
            }
        }
    }
    None
}

const FRAME_KEYS: &[&str] = &[
    "索引号",
    "主题分类",
    "发文机关",
    "成文日期",
    "发文字号",
    "废止时间",
    "公开日期",
    "发布机构",
    "发布日期",
    "文号",
    "分类",
    "时效",
    "有效性",
    "信息来源",
    "主题词",
    "标题",
    "名称",
    "生效日期",
];

fn any_date(text: &str) -> Option<NaiveDate> {
    lone_date(text).or_else(|| {
        let digits: Vec<u32> = text
            .split(|c: char| !c.is_ascii_digit())
            .filter(|part| !part.is_empty())
            .take(3)
            .filter_map(|part| part.parse().ok())
            .collect();
        match digits[..] {
            [y, m, d] if (1949..=2099).contains(&y) => NaiveDate::from_ymd_opt(i32::try_from(y).ok()?, m, d),
            _ => None,
        }
    })
}

/// “(某政发〔2022〕33号 2022年8月12日)”, “(2021年2月1日县人民代表大会批准)” under the title.
fn bracketed_date(front: &[&Paragraph]) -> Option<NaiveDate> {
    front.iter().find_map(|p| {
        let text = p.text();
        if !(text.starts_with('(') && text.ends_with(')')) || text.chars().count() > 60 {
            return None;
        }
        dates::find(text, Years::default()).into_iter().find_map(|found| match found.due {
            Due::Day(day) => Some(day),
            _ => None,
        })
    })
}

/// “某某办公室2025年5月16日印发”
fn printed_on(paragraphs: &[&Paragraph]) -> Option<NaiveDate> {
    paragraphs.iter().rev().take(30).find_map(|p| {
        let text = p.text();
        if !text.trim_end().ends_with("印发") || text.chars().count() > 80 {
            return None;
        }
        let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        dates::find(&bare, Years::default()).into_iter().rev().find_map(|found| match found.due {
            Due::Day(day) => Some(day),
            _ => None,
        })
    })
}

/// 平政办〔2025〕38号 where it stands on its own: in the letter head, in the frame, not cited in a sentence.
fn doc_number(source: &str, front: &[&Paragraph], tail: &[&Paragraph]) -> Option<String> {
    let _ = source;
    if let Some(text) = frame_value(front, &["发文字号", "文号", "文件编号"])
        && let Some((_, number)) = number_in(&text)
    {
        return Some(number);
    }
    let own = |p: &&Paragraph| -> Option<String> {
        let text = p.text();
        let (at, number) = number_in(text)?;
        let rest = text.chars().count().saturating_sub(number.chars().count());
        let bracketed = text.starts_with('(') && text.ends_with(')') && rest <= 24;
        let below_letter_head = letter_head_of(text).is_some();
        (rest <= 12 || (at == 0 && rest <= 40) || bracketed || below_letter_head).then_some(number)
    };
    front.iter().find_map(own).or_else(|| tail.iter().rev().take(10).find_map(own))
}

fn number_in(text: &str) -> Option<(usize, String)> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    for (open, close) in [('〔', '〕'), ('[', ']'), ('(', ')'), ('【', '】'), ('﹝', '﹞')] {
        let mut from = 0;
        while let Some(offset) = bare[from..].find(open) {
            let at = from + offset;
            let inner = &bare[at + open.len_utf8()..];
            from = at + open.len_utf8();
            let Some(year) = inner.get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit())) else {
                continue;
            };
            let Some(rest) = inner[4..].strip_prefix(close) else {
                continue;
            };
            let rest = rest.strip_prefix('第').unwrap_or(rest);
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let Some(_) = rest[digits..].strip_prefix('号').filter(|_| digits > 0) else {
                continue;
            };
            // “某县人民政府办公室文件某政办〔2025〕38号”: the letter head is no part of the number
            let before = bare[..at].rsplit_once("文件").map_or(&bare[..at], |(_, number)| number);
            let head: String = before
                .chars()
                .rev()
                .take_while(|c| ('\u{4e00}'..='\u{9fff}').contains(c))
                .take(12)
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .collect();
            if head.chars().count() < 2 {
                continue;
            }
            let start = at - head.len();
            return Some((start, format!("{head}〔{year}〕{}号", &rest[..digits])));
        }
    }
    None
}

/// First and last year: from the title, from a sentence that says so, else the goals' last year.
fn period(paragraphs: &[Paragraph], outline: &Outline, title: Option<&str>, issued: Option<i32>) -> (Option<i32>, Option<i32>) {
    let front = paragraphs.iter().zip(&outline.zones).filter(|(_, zone)| **zone == Zone::Front).map(|(p, _)| p.text()).take(60);
    let mut texts: Vec<&str> = title.into_iter().collect();
    texts.extend(
        front
            .clone()
            .filter(|text| text.chars().count() <= 90 && (is_title(text) || text.starts_with("关于") || text.contains('《'))),
    );
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
    let goal = goal_year(paragraphs, outline, issued);
    match (years, title_year) {
        (Some(years), Some(first)) => (Some(first), Some(first + years - 1)),
        // 2025年工作要点
        (None, Some(year)) if texts.first().is_some_and(|text| text.contains(&year.to_string())) => (Some(year), Some(year)),
        (Some(years), None) => match goal {
            Some(last) if issued.is_none_or(|year| last >= year) => (Some(last - years + 1), Some(last)),
            _ => (issued, issued.map(|year| year + years - 1)),
        },
        _ => (None, goal),
    }
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
fn span_of_years(text: &str) -> Option<(i32, i32)> {
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
fn goal_year(paragraphs: &[Paragraph], outline: &Outline, issued: Option<i32>) -> Option<i32> {
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
                    if found.sense == Sense::By {
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
    pick(&years_in(true)).or_else(|| pick(&years_in(false)))
}
