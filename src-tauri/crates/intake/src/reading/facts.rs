//! The plan's own fields: title, number, issuer, date of issue, period, stage.

use super::dates::{self, Years};
use super::outline::{Outline, Zone};
use super::paragraphs::Paragraph;
use super::period;
use super::titles::{self, DRAFT_MARKS, is_title};
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
    let notice = titles::notice_title(&front);
    let signature = signature(source, &front).or_else(|| signature(source, &tail));
    let report = titles::work_report(&front);
    if let Some(report) = report {
        return of_report(report);
    }
    let title = titles::title(&front, paragraphs, outline, notice.as_deref());
    let doc_number = doc_number(source, &front, &tail);
    let joint = signature
        .as_ref()
        .and_then(|(issuer, _)| issuer.clone())
        .or_else(|| issuer_of_title(notice.as_deref()))
        .or_else(|| issuer_of_title(front.iter().map(|p| p.text()).find(|text| is_title(text))))
        .or_else(|| letter_head(&front))
        .or_else(|| titles::run_into_issuer(&front).map(|(_, issuer)| issuer))
        .or_else(|| {
            frame_value(&front, &["发文机关", "发布机关", "制发机关", "发布单位", "发布机构", "发文单位", "制定机关", "公开机构"])
        });
    let issuer = joint.map(|names| first_of_joint(&names));
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
    let (period_from, period_to) = period::period(paragraphs, outline, title.as_deref(), issued_on.map(|day| day.year()));
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

/// A work report is in force from the day of the speech, for the year it speaks of.
fn of_report(report: titles::WorkReport) -> PlanFacts {
    let year = period::year_of(&report.title).or(report.given_on.map(|day| day.year()));
    PlanFacts {
        title: Some(report.title),
        doc_number: None,
        issuer: report.issuer,
        issued_on: report.given_on,
        period_from: year,
        period_to: year,
        stage: Some(PlanStage::Issued),
    }
}

/// Of bodies that issue a document together the first, which answers for it. Their names stand apart by blanks, or run on:
/// “云溪县教育局云溪县财政局”, each beginning with the same place.
fn first_of_joint(names: &str) -> String {
    let first = names.split(['、', ',', ';', '/']).next().unwrap_or(names).trim();
    let first = ["转发", "批转"].iter().filter_map(|word| first.find(word)).min().map_or(first, |at| &first[..at]);
    let parts: Vec<&str> = first.split_whitespace().collect();
    let whole = parts.len() > 1 && parts.iter().all(|part| is_issuer(part));
    let first = if whole { parts[0] } else { first };
    let place: String = first.chars().take(2).collect();
    let again = first.match_indices(&place).map(|(at, _)| at).skip(1);
    let first = again.map(|at| &first[..at]).find(|name| is_issuer(name)).unwrap_or(first);
    first.to_owned()
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

/// More lines of issuers than any joint document has.
const MOST_ISSUERS: usize = 16;

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
        for p in paragraphs[..i].iter().rev().take(MOST_ISSUERS) {
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
    let run_in = || titles::run_into_number(front).map(|(_, number)| number);
    front.iter().find_map(own).or_else(run_in).or_else(|| tail.iter().rev().take(10).find_map(own))
}

/// The sign of a document's number without the date, the issuer or the title that stands right before it.
fn without_run_in(head: &str) -> String {
    let words = [
        "人民政府",
        "委员会",
        "办公厅",
        "办公室",
        "意见",
        "决定",
        "通知",
        "方案",
        "批复",
        "措施",
        "规划",
        "计划",
        "办法",
        "日",
        "号",
    ];
    let from = words.iter().filter_map(|word| head.rfind(word).map(|at| at + word.len())).max().unwrap_or(0);
    let sign = &head[from..];
    if sign.chars().count() >= 2 { sign.to_owned() } else { head.to_owned() }
}

pub(crate) fn number_in(text: &str) -> Option<(usize, String)> {
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
            // 某市人民政府某府规字〔2023〕1号, …意见国发〔2014〕14号: what is run into the number is no part of it
            let head = without_run_in(&head);
            if head.chars().count() < 2 {
                continue;
            }
            let start = at - head.len();
            return Some((start, format!("{head}〔{year}〕{}号", &rest[..digits])));
        }
    }
    None
}
