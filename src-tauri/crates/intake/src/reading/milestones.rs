//! Dated deliverables without a number of their own: 编制, 出台, 建成, 完成 … by a stated date.

use super::dates::{self, Sense, Years};
use super::prose::Prose;
use super::sentence;
use super::wording;
use super::words::{Words, words};
use chrono::{Datelike, Months, NaiveDate};
use plan::Due;
use std::ops::Range;
use std::sync::LazyLock;

/// A milestone as found in a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) quote: Range<usize>,
    pub(crate) what: String,
    pub(crate) due: Due,
    /// Who is to do it, where the clause names them.
    pub(crate) subject: Option<String>,
}

/// Verbs that end in something that can be shown.
static DELIVERABLES: LazyLock<Words> = LazyLock::new(|| {
    Words::new([
        "完成",
        "编制",
        "出台",
        "制定",
        "印发",
        "建成",
        "创成",
        "创建成",
        "创建为",
        "投用",
        "投入使用",
        "投入运行",
        "通水",
        "投入运营",
        "启用",
        "启动",
        "通过",
        "上线",
        "开工",
        "竣工",
        "通车",
        "挂牌",
        "发布",
        "组建",
        "成立",
        "修订",
        "开通",
        "交付",
        "落成",
        "验收",
        "建立",
        "搭建",
        "设立",
        "报送",
        "上报",
        "提交",
        "形成",
        "投产",
        "试运行",
        "运行",
        "开园",
        "开业",
        "贯通",
        "并网",
        "通水",
        "通气",
        "通航",
        "申报",
        "获批",
        "取消",
        "关闭",
        "关停",
        "淘汰",
        "拆除",
        "整改",
        "销号",
        "创建",
        "实现",
        "报送",
        "审定",
        "备案",
        "送审",
        "清偿",
        "还清",
        "办结",
        "移交",
        "摸清",
        "摸底",
        "建档",
        "评估",
        "扩大到",
        "覆盖",
        "推广到",
        "延伸到",
        "完工",
        "复工",
        "动工",
        "封顶",
        "签订",
        "签署",
        "召开",
        "具备",
        "下达",
        "测评",
        "清算",
    ])
});

/// Words of a state of affairs rather than of a thing delivered.
static VISIONS: LazyLock<Words> = LazyLock::new(|| {
    Words::new([
        "基本建成",
        "基本形成",
        "基本建立",
        "初步形成",
        "初步建成",
        "显著",
        "明显",
        "更加",
        "不断",
        "进一步",
        "取得突破",
        "取得重大",
        "取得积极",
        "大幅",
        "持续",
        "全面提升",
        "走在前列",
        "新格局",
        "新局面",
        "位居",
        "逐步",
        "力量",
    ])
});

/// Reads the milestones of one paragraph; `counted` are the places of its targets in their order. In goal sections only what is created or approved counts; a vision does not.
pub(crate) fn read(
    prose: &Prose<'_>,
    years: Years,
    issued: Option<NaiveDate>,
    goals: bool,
    head: Option<Due>,
    counted: &[Range<usize>],
) -> Vec<Found> {
    // a clause with a number of its own is a target
    let is_counted = |clause: &Range<usize>| {
        let end = counted.partition_point(|range| range.start < clause.end);
        counted[..end].iter().rev().take(24).any(|range| clause.start < range.end)
    };
    let (text, depth) = (prose.text, &prose.depth);
    let mut dates = prose.dates(|_| false);
    for term in terms_after_issue(text, issued) {
        dates.retain(|dated| dated.range.end <= term.range.start || term.range.end <= dated.range.start);
        dates.push(term);
    }
    dates.sort_by_key(|dated| dated.range.start);
    let mut found = Vec::new();
    // a list under a step says what its parts are
    let head = head.filter(|_| super::marker::marker(text).is_none());
    for sentence in sentence::sentences(text, depth, &[]) {
        let mut due = head;
        let mut start_of_term = None;
        let mut end_of_term = 0;
        let mut dated_before = head.is_some();
        let clauses = sentence::clauses(text, depth, sentence.clone());
        let known = found.len();
        for (i, clause) in clauses.iter().cloned().enumerate() {
            let mut own = false;
            let within: Vec<dates::Dated> = dates[sentence::within(&dates, |dated| dated.range.start, &clause)]
                .iter()
                .filter(|dated| !is_adjectival(text, dated, &clause))
                .cloned()
                .collect();
            let before = i.checked_sub(1).map(|i| clauses[i].clone());
            // a step with a date of its own is no part of the next
            let dated_apart = |clause: &Range<usize>| {
                let dates = &dates[sentence::within(&dates, |dated| dated.range.start, clause)];
                dates
                    .iter()
                    .any(|dated| dated.sense == Sense::By && !text[dated.range.end.min(clause.end)..clause.end].trim().is_empty())
            };
            for dated in &within {
                if dated.sense == Sense::By && years.now.is_none_or(|now| dated.due.year() >= now) {
                    due = Some(dated.due);
                    own = true;
                    start_of_term = Some(dated.range.start);
                    end_of_term = dated.range.end;
                } else if dated.sense != Sense::Against && !(own && dated.sense == Sense::From) {
                    // 9月底前完成2020年以来文件清理: the earlier date is part of what is done
                    due = None;
                }
            }
            let words = &text[clause.clone()];
            let Some(due) = due.map(|due| earlier(words, due)) else {
                continue;
            };
            // “2026年6月底前,编制完成…”: the date is a clause of its own
            let own_clause = own && text[end_of_term.min(clause.end)..clause.end].trim().is_empty();
            let opened = dated_before;
            dated_before = own_clause;
            if own_clause {
                continue;
            }
            if is_counted(&clause) || !delivers(words, goals, own || opened) {
                continue;
            }
            // the date may stand in the clause before: 到2024年6月,各县完成…
            let from = start_of_term
                .filter(|start| *start >= clause.start || text[*start..clause.start].chars().count() <= 16)
                .unwrap_or(clause.start);
            let from = from.min(clause.start + (words.len() - words.trim_start().len()));
            let to = clause.end;
            let (mut what, subject) = what(text, clause.clone(), &within);
            let mut from = from;
            if is_bare(&what) && before.as_ref().is_some_and(is_counted) && !what.starts_with('报') {
                // the date is the number's own
                continue;
            }
            // “推进二期工程建设,2026年10月底前建成投用”: what it is stands in the clause before
            if is_bare(&what)
                && let Some(before) = before.clone().filter(|before| !dated_apart(before))
            {
                let before_text = text[before.clone()].trim();
                let numbered = super::marker::marker(before_text).map_or(0, |marker| marker.length);
                let thing = wording::thing(before_text[numbered..].trim_start());
                if (2..=40).contains(&thing.chars().count()) {
                    what = format!("{thing},{what}");
                    from = before.start + (text[before.clone()].len() - text[before.clone()].trim_start().len());
                }
            }
            if found.last().is_some_and(|last: &Found| from < last.quote.end) {
                // the clause before was taken along
                found.pop();
            }
            // 10月底前全面实现复产: two characters say what, once the words around them are left out
            let said = text[end_of_term.clamp(clause.start, clause.end)..clause.end].trim().chars().count() >= 4;
            let least = if own && (is_bare(&what) || said) { 2 } else { 4 };
            if what.chars().count() >= least && to > from {
                found.push(Found { quote: from..to, what, due, subject });
                start_of_term = None;
            }
        }
        let under = Governed { text, dates: &dates, counted: &is_counted, years, goals };
        let more = under.promises(&clauses, &mut found[known..]);
        found.extend(more);
        found[known..].sort_by_key(|found| found.quote.start);
    }
    if found.is_empty()
        && !goals
        && let Some(due) = head
    {
        found.extend(of_step(text, depth, due, &is_counted));
    }
    found
}

/// What the step of a timetable is for, where it names no date of its own: the first thing made in it, else what it begins with.
fn of_step(text: &str, depth: &super::brackets::Depth, due: Due, counted: &impl Fn(&Range<usize>) -> bool) -> Option<Found> {
    if super::marker::marker(text).is_some() {
        return None;
    }
    let sentence = sentence::sentences(text, depth, &[]).into_iter().next()?;
    let clauses = sentence::clauses(text, depth, sentence);
    let words = |clause: &Range<usize>| text[clause.clone()].trim().to_owned();
    let fit = |clause: &&Range<usize>| {
        let words = words(clause);
        (6..=60).contains(&words.chars().count())
            && !counted(clause)
            && !is_no_promise(&words)
            && !super::heading::is_circumstance(&words)
    };
    let made = |clause: &&Range<usize>| words!["建立", "形成", "编制", "制定", "完成", "出台"].starting(&words(clause)).is_some();
    let clause = clauses.iter().filter(fit).find(made).or_else(|| clauses.iter().find(fit))?;
    let (what, subject) = what(text, clause.clone(), &[]);
    let start = clause.end - text[clause.clone()].trim_start().len();
    Some(Found { quote: start..clause.end, what, due, subject })
}

/// What is needed to read a sentence's dates and what they govern.
struct Governed<'a, C: Fn(&Range<usize>) -> bool> {
    text: &'a str,
    dates: &'a [dates::Dated],
    counted: &'a C,
    years: Years,
    goals: bool,
}

impl<C: Fn(&Range<usize>) -> bool> Governed<'_, C> {
    fn term_in(&self, clause: &Range<usize>) -> Option<&dates::Dated> {
        let within = &self.dates[sentence::within(self.dates, |dated| dated.range.start, clause)];
        within.iter().find(|dated| {
            is_term(self.text, dated)
                && !is_adjectival(self.text, dated, clause)
                && self.years.now.is_none_or(|now| dated.due.year() >= now)
        })
    }

    /// The promises of a sentence under dates for which nothing was found so far. What was found reaches back to its date.
    fn promises(&self, clauses: &[Range<usize>], known: &mut [Found]) -> Vec<Found> {
        let mut found = Vec::new();
        let starts: Vec<usize> = (0..clauses.len()).filter(|at| self.term_in(&clauses[*at]).is_some()).collect();
        for (i, start) in starts.iter().enumerate() {
            let end = starts.get(i + 1).copied().unwrap_or(clauses.len());
            let under = &clauses[*start..end];
            let Some(dated) = self.term_in(&under[0]) else {
                continue;
            };
            let whole = under[0].start..under[under.len() - 1].end;
            let governed =
                |found: &&mut Found| found.quote.start < whole.end && whole.start < found.quote.end && found.due == dated.due;
            match known.iter_mut().find(governed) {
                Some(known) => known.quote.start = known.quote.start.min(dated.range.start),
                None => found.extend(self.promise(under, dated)),
            }
        }
        found
    }

    /// What is promised by a date and begins with none of the verbs of delivery: the first clause under it that says what will
    /// be done or come about.
    fn promise(&self, clauses: &[Range<usize>], dated: &dates::Dated) -> Option<Found> {
        let text = self.text;
        let lead = text[clauses[0].start..dated.range.start.max(clauses[0].start)].trim();
        if lead.chars().count() > 40
            || words!["对", "凡", "统筹", "且", "鼓励", "支持", "引导", "允许"].starting(lead).is_some()
            || words!["执行", "期限", "有效", "施行", "延续", "延长", "实施"].within(lead)
        {
            return None;
        }
        // of several clauses the one that hands something over says best what is promised
        let made = |clause: &&Range<usize>| {
            let words = text[dated.range.end.max(clause.start).min(clause.end)..clause.end].trim();
            DELIVERABLES.start_of(words).is_some() && !(self.counted)(clause) && !is_no_promise(words)
        };
        let first = if self.goals { None } else { clauses.iter().take(4).position(|clause| made(&clause)) };
        for clause in clauses[first.unwrap_or(0)..].iter().take(4) {
            let from = dated.range.end.max(clause.start).min(clause.end);
            let next = self.dates.get(self.dates.partition_point(|other| other.range.start <= from));
            let next = next.filter(|next| next.range.start < clause.end);
            // “…全部投放完毕、年底前…”: what stands under the next date is its own
            let end = next.and_then(|next| text[from..next.range.start].rfind('、').map(|at| from + at)).unwrap_or(clause.end);
            let words = text[from..end].trim();
            if (self.counted)(&(clause.start..end)) {
                return None;
            }
            let excepted = words.starts_with('除') || words.starts_with('对') && words.ends_with('的');
            if words.chars().count() < 4 || excepted || is_for_whom(words) || super::heading::is_circumstance(words) {
                continue;
            }
            // in goals a state of affairs by a year is a vision; by a day before which it is due, a promise
            let by_then = text[dated.range.clone()].ends_with('前');
            let seen = by_then && words!["建成", "建立", "健全", "出台", "形成"].within(words) || words.contains("完成");
            if is_no_promise(words) || words.starts_with("继续对") || (self.goals && !seen) {
                return None;
            }
            let (what, subject) = what(text, clause.start..end, std::slice::from_ref(dated));
            let start = if clause.start <= dated.range.start {
                clause.start + (text[clause.clone()].len() - text[clause.clone()].trim_start().len())
            } else {
                dated.range.start
            };
            return (what.chars().count() >= 4).then_some(Found { quote: start..end, what, due: dated.due, subject });
        }
        None
    }
}

/// 申报的2024年…资金项目, 制定四季度…计划: a year or a quarter that says which thing, not by when.
fn is_adjectival(text: &str, dated: &dates::Dated, clause: &Range<usize>) -> bool {
    let words = &text[dated.range.clone()];
    let before = text[clause.start..dated.range.start].trim_end();
    let behind = &text[dated.range.end.min(clause.end)..clause.end];
    let plain = words.ends_with(['年', '度']);
    plain
        && !before.is_empty()
        && !before.ends_with(['到', '至', '于', '在', '争', '保', '、'])
        && behind.starts_with(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c))
        && DELIVERABLES.start_of(behind).is_none()
        && words!["投", "全面", "全部", "基本", "力争"].starting(behind).is_none()
}

/// A date by which something is promised, and not one that only names a year: 到2030年, 6月底前, 2026年第三季度.
fn is_term(text: &str, dated: &dates::Dated) -> bool {
    let words = &text[dated.range.clone()];
    let before = text[..dated.range.start].trim_end();
    dated.sense == Sense::By
        && dated.first.is_none()
        && (words.ends_with(['前', '底', '末', '内', '旬'])
            || before.ends_with(['到', '至'])
            || !matches!(dated.due, Due::Year(_)) && !before.ends_with("自"))
}

/// “对年底前完成改造的企业”: for whom something is meant that the next words say.
fn is_for_whom(words: &str) -> bool {
    let words = words.trim();
    words.starts_with('对') && words.rsplit_once('的').is_some_and(|(_, behind)| behind.chars().count() <= 8)
}

/// Words of how things are, rather than of a thing done.
static QUALITIES: LazyLock<Words> = LazyLock::new(|| {
    Words::new([
        "提升",
        "提高",
        "优化",
        "改善",
        "增强",
        "显著",
        "明显",
        "更加",
        "不断",
        "进一步",
        "持续",
        "逐步",
        "逐年",
        "大幅",
        "新格局",
        "新局面",
        "新成效",
        "走在前列",
        "位居",
    ])
});

/// Words of grants, taxes, terms of force, duties of others and growth: under a date they promise nothing that is handed over.
static TERMS_OF_GRANTS: LazyLock<Words> = LazyLock::new(|| {
    Words::new([
        "给予",
        "予以",
        "奖励",
        "补贴",
        "补助",
        "执行至",
        "执行期",
        "有效期",
        "期限",
        "施行",
        "延续",
        "截至",
        "截止",
        "同比",
        "增长",
        "下降",
        "每年",
        "每月",
        "每季度",
        "无法",
        "未能",
        "尚未",
        "清零",
        "翻番",
        "倍增",
        "全覆盖",
        "享受",
        "申领",
        "符合",
        "征收",
        "缴纳",
        "缓缴",
        "免征",
        "减征",
        "减免",
        "退税",
        "正增长",
        "零增长",
    ])
});

/// Words under a date that promise nothing.
fn is_no_promise(words: &str) -> bool {
    // 基本建成成效显著的体系: what is built, however it is praised
    let built = words!["基本建成", "全面建成", "建成", "建立", "基本形成", "基本建立", "形成"].starting(words.trim()).is_some();
    TERMS_OF_GRANTS.within(words)
        || (QUALITIES.within(words) && !built)
        || wording::is_past(words)
        || words.contains('%')
        || words.trim_end().ends_with(['的', '时', '后'])
        || words!["包括", "如下"].ending(words.trim_end()).is_some()
        || words!["为", "如", "若", "凡", "因", "除", "根据", "确保", "推动", "防止", "围绕", "以", "经", "凭", "可"]
            .starting(words.trim_start())
            .is_some()
}

/// “…等区域提前一年完成”: a year before the date that governs it.
fn earlier(words: &str, due: Due) -> Due {
    let years = ["提前一年", "提前1年"].iter().any(|word| words.contains(word)).then_some(1);
    let years = years.or_else(|| ["提前两年", "提前2年"].iter().any(|word| words.contains(word)).then_some(2));
    match (due, years) {
        (Due::Year(year), Some(years)) => Due::Year(year - years),
        _ => due,
    }
}

/// “印发后3个月内”, “自公布之日起一年内”, “2026年起5年内”: a term counted from the day of issue, or from a year that is named.
fn terms_after_issue(text: &str, issued: Option<NaiveDate>) -> Vec<dates::Dated> {
    let mut found = Vec::new();
    for (inside, _) in text.match_indices('内') {
        let before = &text[..inside];
        let (length, months) = if let Some(head) = before.strip_suffix("个月") {
            (head, 1)
        } else if let Some(head) = before.strip_suffix('年') {
            (head, 12)
        } else {
            continue;
        };
        let start = length
            .char_indices()
            .rev()
            .take(4)
            .take_while(|(_, c)| c.is_ascii_digit() || super::numeral::is_han_number(*c) || *c == ' ')
            .last()
            .map(|(at, _)| at);
        let Some(start) = start else {
            continue;
        };
        let number = length[start..].trim();
        let Some(count) = number.parse().ok().or_else(|| super::numeral::han(number)).filter(|count| (1..=60).contains(count))
        else {
            continue;
        };
        let Ok(count) = u32::try_from(count * months) else {
            continue;
        };
        let head = length[..start].trim_end();
        let after_issue = words![
            "印发后",
            "印发之日起",
            "发布后",
            "发布之日起",
            "公布后",
            "公布之日起",
            "下发后",
            "下发之日起",
            "施行后",
            "实施后",
            "出台后",
            "印发起"
        ]
        .end_of(head);
        let from_year = head.strip_suffix("年起").and_then(|head| {
            let at = head.len().checked_sub(4)?;
            let year: i32 = head.get(at..)?.parse().ok()?;
            (1990..=2099).contains(&year).then_some((at, year))
        });
        if let Some((at, year)) = from_year {
            // 2026年起5年内: with the year named as the first
            let years = i32::try_from(count / 12).unwrap_or(0);
            if years > 0 {
                let range = at..inside + '内'.len_utf8();
                found.push(dates::Dated {
                    range,
                    due: Due::Year(year + years - 1),
                    sense: Sense::By,
                    first: None,
                    impossible: false,
                });
            }
        } else if let (Some(word), Some(day)) = (after_issue, issued) {
            let Some(end) = day.checked_add_months(Months::new(count)) else {
                continue;
            };
            let range = head.len() - word.len()..inside + '内'.len_utf8();
            let due = Due::Month(end.year(), end.month());
            found.push(dates::Dated { range, due, sense: Sense::By, first: None, impossible: false });
        }
    }
    found
}

/// 建成投用, 修订发布: a verb without its thing.
fn is_bare(what: &str) -> bool {
    let mut rest = what;
    while let Some(verb) = DELIVERABLES.start_of(rest) {
        rest = &rest[verb.len()..];
    }
    (what.chars().count() <= 8 && (rest.is_empty() || matches!(rest, "并" | "后" | "了"))) || what.starts_with('报')
}

/// Whether a clause is a deliverable: a verb of delivery, no number, no vision.
fn delivers(words: &str, goals: bool, dated_here: bool) -> bool {
    if words!["予以", "给予", "优先支持", "正增长", "零增长", "无法", "执行至", "有效期", "延续"].within(words)
        || words.contains('%')
        || is_for_whom(words)
    {
        return false;
    }
    if wording::is_past(words)
        || words.trim_end().ends_with("全覆盖")
        || words!["每年", "每季度", "清零", "翻番", "倍增"].within(words)
    {
        return false;
    }
    if VISIONS.within(words) {
        return false;
    }
    let strong = [
        "创成",
        "创建成",
        "编制",
        "出台",
        "印发",
        "投用",
        "投入使用",
        "投入运营",
        "上线",
        "开工",
        "竣工",
        "通车",
        "挂牌",
        "验收",
        "获批",
        "投产",
        "贯通",
        "发布",
        "完工",
        "封顶",
        "签订",
        "召开",
    ];
    if goals {
        return strong.iter().any(|verb| words.contains(verb)) || (dated_here && words.contains("全面完成"));
    }
    if dated_here {
        // 12月底前将总结报县督查室
        let reported = words.contains('将') && words.rfind('报').is_some_and(|at| is_recipient(&words[at + '报'.len_utf8()..]));
        return DELIVERABLES.within(words) || reported;
    }
    // further clauses under the same date: only what is plainly handed over
    ["完成", "建成", "出台", "印发", "编制", "制定"].iter().chain(&strong).any(|verb| {
        let words = wording::name(words);
        words.starts_with(verb)
            || words.ends_with(verb)
            || (words.contains(verb) && words.chars().count() <= 24 && *verb == "完成")
    })
}

/// 县督查室, 县林业局审批: to whom something is handed in, and what for.
fn is_recipient(words: &str) -> bool {
    let purpose = words!["审批", "备案", "审核", "审定", "审查", "批准", "汇总", "存档"].end_of(words).unwrap_or_default();
    super::unit_names::is_unit(&words[..words.len() - purpose.len()])
}

/// The deliverable without date and opening words; its subject where it is a unit.
fn what(text: &str, clause: Range<usize>, dates: &[dates::Dated]) -> (String, Option<String>) {
    let mut words = String::new();
    let mut at = clause.start;
    for dated in dates.iter().filter(|dated| clause.contains(&dated.range.start) && dated.sense == Sense::By) {
        let end = dated.range.end.min(clause.end);
        if dated.range.start >= at {
            let before = text[at..dated.range.start].trim_end_matches(['到', '至', '在', '于']);
            words.push_str(before);
            at = end;
        }
    }
    // 第三季度内开业
    let behind = &text[at..clause.end];
    words.push_str(behind.strip_prefix('内').filter(|_| at > clause.start).unwrap_or(behind));
    let words = wording::name(words.trim_end_matches(['前', ' '])).to_owned();
    // 各县(市、区)完成方案编制: the subject before the verb
    let verb = DELIVERABLES.first_in(&words);
    if let Some(verb) = verb
        && verb > 0
    {
        let subject = words[..verb].trim();
        // 各牵头单位要会同参加单位制定方案: who must stands before 要
        let must = ["要", "应", "须"].iter().filter_map(|word| subject.find(word)).min();
        // 托育中心2027年建成投用: what is built, not who builds
        if is_bare(&words[verb..])
            && words![
                "建成", "投用", "投入", "启用", "竣工", "通车", "开工", "投产", "挂牌", "上线", "通水", "验收", "落成", "开通",
                "交付"
            ]
            .starting(&words[verb..])
            .is_some()
        {
            return (words, None);
        }
        let who = must.map_or("", |at| subject[..at].trim());
        let subject = if super::unit_names::is_unit(who) { who } else { subject };
        let units = super::unit_names::list(subject);
        if !units.is_empty()
            && !subject.starts_with(['报', '经', '向', '对', '由', '为'])
            && (subject.starts_with('各') || units.iter().all(|unit| super::unit_names::is_office(&unit.name)))
            && subject.chars().count() <= 30
        {
            return (words[verb..].to_owned(), Some(subject.to_owned()));
        }
    }
    (words, None)
}
