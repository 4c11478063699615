//! Dated deliverables without a number of their own: 编制, 出台, 建成, 完成 … by a stated date.

use super::dates::{self, Sense, Years};
use super::prose::Prose;
use super::sentence;
use super::wording;
use super::words::{Words, words};
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
pub(crate) fn read(prose: &Prose<'_>, years: Years, goals: bool, head: Option<Due>, counted: &[Range<usize>]) -> Vec<Found> {
    // a clause with a number of its own is a target
    let is_counted = |clause: &Range<usize>| {
        let end = counted.partition_point(|range| range.start < clause.end);
        counted[..end].iter().rev().take(24).any(|range| clause.start < range.end)
    };
    let (text, depth) = (prose.text, &prose.depth);
    let dates = prose.dates(|_| false);
    let mut found = Vec::new();
    for sentence in sentence::sentences(text, depth, &[]) {
        let mut due = head;
        let mut start_of_term = None;
        let mut end_of_term = 0;
        let mut dated_before = head.is_some();
        let clauses = sentence::clauses(text, depth, sentence.clone());
        for (i, clause) in clauses.iter().cloned().enumerate() {
            let mut own = false;
            let within = &dates[sentence::within(&dates, |dated| dated.range.start, &clause)];
            let before = i.checked_sub(1).map(|i| clauses[i].clone());
            // a step with a date of its own is no part of the next
            let dated_apart = |clause: &Range<usize>| {
                let dates = &dates[sentence::within(&dates, |dated| dated.range.start, clause)];
                dates
                    .iter()
                    .any(|dated| dated.sense == Sense::By && !text[dated.range.end.min(clause.end)..clause.end].trim().is_empty())
            };
            for dated in within {
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
            let Some(due) = due else {
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
            let (mut what, subject) = what(text, clause.clone(), within);
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
            let least = if own && is_bare(&what) { 2 } else { 4 };
            if what.chars().count() >= least && to > from {
                found.push(Found { quote: from..to, what, due, subject });
                start_of_term = None;
            }
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
        return strong.iter().any(|verb| words.contains(verb));
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
    words.push_str(&text[at..clause.end]);
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
