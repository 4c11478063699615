//! The plan's title: on a line of its own, over several lines, named by the notice that encloses it, or run into its neighbours.

use super::dates::{self, Years};
use super::facts::{is_issuer, number_in};
use super::marker;
use super::outline::{Outline, Zone};
use super::paragraphs::Paragraph;
use super::period::span_of_years;
use super::words::words;
use chrono::NaiveDate;
use plan::Due;

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
    "批复",
    "复函",
    "的函",
    "通报",
    "指引",
    "公告",
    "工作报告",
];

pub(crate) const DRAFT_MARKS: &[&str] =
    &["征求意见稿", "意见征求稿", "公开征求意见稿", "送审稿", "讨论稿", "草案", "审议稿", "初稿", "论证稿", "征求意见"];

/// A title without the marks that say it is a draft.
pub(crate) fn without_marks(title: &str) -> String {
    let mut title = title.trim().to_owned();
    for mark in DRAFT_MARKS {
        for wrapped in [format!("({mark})"), format!("〔{mark}〕"), format!("【{mark}】"), format!("[{mark}]")] {
            title = title.replace(&wrapped, "");
        }
    }
    title.trim().to_owned()
}

/// True where a whole line is a plan's title.
pub(crate) fn is_title(text: &str) -> bool {
    let core = without_marks(text);
    let core = core.trim_end_matches(['》', ' ']);
    let core = match core.rfind('(') {
        Some(at) if core.ends_with(')') => core[..at].trim_end(),
        _ => core,
    };
    // a line with half of a name in book marks, or an item of a list, is no title
    let marks = |open: char, close: char| core.matches(open).count() == core.matches(close).count();
    if !marks('《', '》') || !marks('〈', '〉') || marker::marker(core).is_some() {
        return false;
    }
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

/// The plan's title as the notice that encloses it names it: 《…》已经…同意, 关于印发《…》的通知.
pub(crate) fn notice_title(front: &[&Paragraph]) -> Option<String> {
    for p in front {
        let text = p.text();
        if let Some(open) = text.find('《')
            && let Some(close) = text[open..].find('》').map(|at| open + at)
        {
            let before = text[..open].trim_end();
            let behind = text[close + '》'.len_utf8()..].trim_start();
            // 《甲》已经…同意; 关于印发《甲》的通知; 现将《甲》印发给你们
            // …部门印发《乙》 tells of another document
            let here = words!["关于印发", "关于转发", "关于批转", "关于发布", "关于公布", "现印发", "现发布", "现公布", "现将"]
                .ending(before)
                .is_some()
                || matches!(before, "印发" | "转发" | "批转" | "发布" | "公布")
                || before.ends_with("印发") && words!["的通知", "给你们"].starting(behind).is_some();
            let passed = here
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
        // …联合印发《…》和《关于印发…的通知》 cites
        let own = |at: &usize| !text[..*at].contains(['《', '〈', ',', '。']);
        if let Some(at) = text.find("关于印发").filter(own) {
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

pub(crate) fn title(front: &[&Paragraph], paragraphs: &[Paragraph], outline: &Outline, notice: Option<&str>) -> Option<String> {
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
            if let Some(whole) = over_lines(front, i) {
                let enclosed = whole.split_once("关于印发").and_then(|(_, name)| name.strip_suffix("的通知"));
                return Some(without_marks(enclosed.map_or(&*whole, |name| name.trim_matches(['《', '》']))));
            }
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
    if let Some((title, _)) = run_into_number(front) {
        return Some(title);
    }
    // an explanation of a plan: “《某市计划》分三部分”
    let explained = paragraphs.iter().map(|p| p.text()).filter(|text| text.chars().count() <= 120).find_map(|text| {
        let (name, behind) = text.strip_prefix('《')?.split_once('》')?;
        let told = words!["分", "共", "主要", "包括", "提出", "明确"].starting(behind.trim_start()).is_some();
        (told && is_title(name)).then(|| without_marks(name))
    });
    if explained.is_some() {
        return explained;
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

/// A title broken over up to four lines of which the last is at `last`: it begins in the line with 关于, or in the issuer's above
/// that. None where the last line is whole by itself.
fn over_lines(front: &[&Paragraph], last: usize) -> Option<String> {
    let text = front[last].text();
    if text.starts_with("关于") || text.split_once("关于").is_some_and(|(issuer, _)| is_issuer(issuer)) {
        return None;
    }
    let mut whole = text.to_owned();
    for at in (last.saturating_sub(3)..last).rev() {
        let line = front[at].text();
        let open = (3..=50).contains(&line.chars().count()) && !line.contains(['。', ':', ';', '|', '>', '〔', '!']);
        if !open || is_title(line) {
            return None;
        }
        whole.insert_str(0, line);
        let (issuer, about) = line.split_once("关于").unwrap_or((line, ""));
        if line.contains("关于") && (issuer.is_empty() || is_issuer(issuer) || issuer.contains("转发")) && !about.is_empty() {
            let above = at.checked_sub(1).map(|at| front[at].text()).filter(|above| issuer.is_empty() && is_issuer(above));
            whole.insert_str(0, above.unwrap_or_default());
            return is_title(&whole).then_some(whole);
        }
    }
    None
}

/// “国务院关于…的意见国发〔2014〕14号各省…”: a title with the document's number run into it.
pub(crate) fn run_into_number(front: &[&Paragraph]) -> Option<(String, String)> {
    front.iter().map(|p| p.text()).find_map(|text| {
        let (at, number) = number_in(text)?;
        let title = text.get(..at)?.trim();
        let issuer = title.split_once("关于")?.0;
        (is_title(title) && (issuer.is_empty() || is_issuer(issuer))).then(|| (without_marks(title), number))
    })
}

/// A work report to a people's congress, as its head names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WorkReport {
    pub(crate) title: String,
    /// The government that gave it.
    pub(crate) issuer: Option<String>,
    /// The day of the speech.
    pub(crate) given_on: Option<NaiveDate>,
}

/// “2026年某县政府工作报告 / ——2026年1月14日在某县第十届人民代表大会第四次会议上 / 县长 某某”.
pub(crate) fn work_report(front: &[&Paragraph]) -> Option<WorkReport> {
    let line = front.iter().map(|p| p.text()).find(|text| text.ends_with("政府工作报告") && text.chars().count() <= 30)?;
    let mut report = WorkReport { title: line.to_owned(), issuer: None, given_on: None };
    for text in front.iter().map(|p| p.text()).filter(|text| text.chars().count() <= 80) {
        let Some(end) = text.find("人民代表大会") else {
            continue;
        };
        let Some(date) = dates::find(text, Years::default()).into_iter().find(|dated| dated.range.end <= end) else {
            continue;
        };
        if let Due::Day(day) = date.due {
            report.given_on = Some(day);
        }
        let place = text[date.range.end..end].trim_start_matches([' ', '在', ',']);
        let place = place.find('第').map_or(place, |at| &place[..at]).trim();
        let named = place.ends_with(['省', '市', '县', '区', '州', '旗', '盟', '镇', '乡']) && place.chars().count() <= 20;
        report.issuer = named.then(|| format!("{place}人民政府"));
        break;
    }
    (report.given_on.is_some() || line.contains("20")).then_some(report)
}

/// A title with its issuer's line run into it, “某市水利发展规划某市人民政府”: both begin with the same place.
pub(crate) fn run_into_issuer(front: &[&Paragraph]) -> Option<(String, String)> {
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
