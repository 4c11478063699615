//! Where a numbered paragraph's heading ends and its text begins.

use super::brackets::Depth;
use super::dates::{self, Years};
use super::quantity;
use super::responsibility;
use super::role;
use super::unit_names;
use super::words::words;

/// A numbered paragraph's heading, as byte lengths in the paragraph after its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading {
    /// The heading's own text ends here.
    pub(crate) end: usize,
    /// The task's title ends here: the whole sentence or its first clause where there is no heading.
    pub(crate) title_end: usize,
    /// The text behind the heading begins here. An item without a heading is its own text and begins at 0.
    pub(crate) body: usize,
}

/// A first sentence longer than this is text, not a heading.
const LONGEST: usize = 46;

/// How the numbered paragraphs around one begin: a first sentence of two clauses is a heading among headings, and an item's
/// first words among items without headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    Titles,
    Items,
    /// Too few to tell, or some of each.
    Unknown,
}

/// True where a numbered paragraph begins with a heading of its own, false where with a sentence that already says what to do;
/// none where it says nothing behind its first sentence, and is no evidence.
pub(crate) fn is_titled(text: &str) -> Option<bool> {
    let depth = Depth::of(text);
    let limit = responsibility::first_clause(text, &depth).unwrap_or(text.len());
    let stop = first_stop(text, &depth, limit);
    if text[stop..limit].trim_start_matches(['。', '！', '!', '？', '?', ' ']).is_empty() {
        return None;
    }
    let sentence = &text[..stop];
    Some(sentence.chars().count() <= LONGEST && !sentence.contains([';', ':']) && clauses(sentence) <= 2 && !counts(sentence))
}

fn clauses(sentence: &str) -> usize {
    1 + sentence.matches(',').count()
}

/// Where the first sentence ends.
fn first_stop(text: &str, depth: &Depth, limit: usize) -> usize {
    depth.split(text, 0..limit, |c| matches!(c, '。' | '！' | '!' | '？' | '?')).first().map_or(limit, |first| first.end)
}

/// Titles that conversions glue to the sentence behind them.
const GLUED: &[&str] = &[
    "指导思想",
    "总体要求",
    "总体思路",
    "总体目标",
    "工作目标",
    "主要目标",
    "发展目标",
    "行动目标",
    "基本原则",
    "工作原则",
    "重点任务",
    "主要任务",
    "工作任务",
    "主要举措",
    "重点举措",
    "工作措施",
    "主要措施",
    "保障措施",
    "组织保障",
    "工作要求",
    "实施步骤",
    "工作步骤",
];

/// Reads a paragraph after its number, of which nothing is known but itself.
pub(crate) fn heading(text: &str) -> Heading {
    heading_among(text, Manner::Unknown)
}

/// Reads a paragraph after its number, by the manner of those around it.
pub(crate) fn heading_among(text: &str, manner: Manner) -> Heading {
    let depth = Depth::of(text);
    // a clause of responsibility is no part of the heading
    let limit = responsibility::first_clause(text, &depth).map_or(text.len(), |at| at);
    let own = text[..limit].trim_end();
    let whole = |end: usize| Heading { end: trimmed(text, end), title_end: trimmed(text, end), body: end };

    if let Some(at) = slogan(text, &depth, limit) {
        let behind = text.len() - text[at..].trim_start_matches(['。', ' ']).len();
        return Heading { end: trimmed(text, at), title_end: trimmed(text, at), body: behind };
    }
    if let Some(at) = name_before_colon(text, &depth, limit) {
        return Heading { end: trimmed(text, at), title_end: trimmed(text, at), body: at + 1 };
    }
    if let Some(at) = glued(own) {
        return whole(at);
    }
    let stop = first_stop(text, &depth, limit);
    let sentence = &text[..stop];
    let rest = text[stop..limit].trim_start_matches(['。', '！', '!', '？', '?', ' ']);
    if rest.is_empty() {
        if let Some(at) = before_space(sentence) {
            return whole(at);
        }
        // one sentence, with its full stop or without: the heading is the item
        let end = trimmed(text, stop);
        let dated = before_dated_bracket(&text[..end]);
        let runs_on = sentence.chars().count() > LONGEST || stop < own.len();
        return Heading { end, title_end: dated, body: if runs_on { 0 } else { stop } };
    }
    if let Some(at) = before_space(sentence) {
        return whole(at);
    }
    let is_title = match manner {
        Manner::Titles => !counts(sentence) && clauses(sentence) <= 2,
        Manner::Items => !counts(sentence) && !sentence.contains(','),
        Manner::Unknown => !states(sentence),
    };
    if sentence.chars().count() <= LONGEST && !sentence.contains(';') && is_title {
        let end = trimmed(text, stop);
        return Heading {
            end,
            title_end: before_dated_bracket(&text[..end]),
            body: text.len() - text[stop..].trim_start_matches(['。', '！', '!', ' ']).len(),
        };
    }
    let clause = first_clause(text, &depth, stop);
    Heading { end: clause, title_end: clause, body: 0 }
}

/// A first sentence of several clauses that counts something, or is longer than headings are, states what is to be done: it is
/// no heading over the sentences behind it. “强化要素保障,盘活存量资源” is one.
fn states(sentence: &str) -> bool {
    counts(sentence) || sentence.contains(',') && sentence.chars().count() > 28
}

fn counts(sentence: &str) -> bool {
    quantity::find(sentence).iter().any(|quantity| quantity.measure != quantity::Measure::None)
}

/// “第二阶段:全面巩固提升”, “‘促发展’:优化商业资源。…”: a slogan or the number of a step, a colon, and the words it stands for;
/// where they end. A short line of any two such parts is a heading as a whole.
fn slogan(text: &str, depth: &Depth, limit: usize) -> Option<usize> {
    let first = depth.split(text, 0..limit, |c| matches!(c, ':' | '。' | ';' | ',')).into_iter().next()?;
    let name = text[first.clone()].trim();
    let behind = text[first.end..limit].strip_prefix(':')?;
    let stop = first_stop(text, depth, limit);
    let words = text[first.end + 1..stop].trim();
    let alone = behind.trim_end().len() == text[first.end + 1..stop].trim_end().len();
    let quoted = name.starts_with('“') && name.ends_with('”') && name.chars().count() <= 12;
    let step = name.starts_with('第') && name.ends_with(['段', '步', '批', '期', '年', '级']) && name.chars().count() <= 6;
    let short = (2..=30).contains(&words.chars().count()) && !words.contains([':', ';']) && !counts(words);
    // a whole line, without a full stop, of two short parts
    let line = alone && stop == text.trim_end().len() && name.chars().count() <= 12 && !unit_names::is_unit(name);
    (short && (quoted || step || line)).then_some(stop)
}

/// “建立机制(2026年8月)”: by when is no part of the title. Where it ends.
fn before_dated_bracket(title: &str) -> usize {
    let Some(open) = title.rfind('(').filter(|open| *open > 0 && title.ends_with(')')) else {
        return title.len();
    };
    let inner = &title[open + 1..title.len() - 1];
    let found = dates::find(inner, Years::default());
    let covered: usize = found.iter().map(|dated| dated.range.len()).sum();
    let rest = inner.len() - covered;
    let whole = !found.is_empty() && (rest == 0 || (rest <= 6 && inner.ends_with(['起', '前', '内'])));
    if whole { title[..open].trim_end().len() } else { title.len() }
}

/// The end of the text before `end` without the punctuation that closes a heading.
fn trimmed(text: &str, end: usize) -> usize {
    text[..end].trim_end().trim_end_matches(['。', ':', ';', ',', '.', '！', '!', '、']).trim_end().len()
}

/// “区财政局:落实资金”: a short name, a colon, and text behind it.
fn name_before_colon(text: &str, depth: &Depth, limit: usize) -> Option<usize> {
    let first = depth.split(text, 0..limit, |c| matches!(c, ':' | '。' | ';')).into_iter().next()?;
    let name = &text[first.clone()];
    let behind = text[first.end..].strip_prefix(':')?;
    (!behind.trim().is_empty() && name.chars().count() <= 36 && !name.is_empty()).then_some(first.end)
}

/// “工作目标聚焦产业…”: a known title with its text right behind it.
fn glued(text: &str) -> Option<usize> {
    let title = GLUED.iter().find(|title| text.starts_with(**title))?;
    let rest = &text[title.len()..];
    let runs_on = !rest.starts_with(['、', '和', '与', '及', '。', ':', ',', ' ', '(', '安', '分']) && rest.chars().count() > 12;
    (runs_on && role::of(rest) == role::Role::Work).then_some(title.len())
}

/// “总体要求 以…为指导,…”: a short title set apart from its text by a space.
fn before_space(sentence: &str) -> Option<usize> {
    let at = sentence.find(' ')?;
    let title = &sentence[..at];
    let rest = sentence[at..].trim();
    (title.chars().count() <= 30
        && title.chars().count() >= 3
        && !title.contains([',', ';'])
        && rest.chars().count() > 24
        && !title.ends_with(|c: char| c.is_ascii_alphanumeric()))
    .then_some(at)
}

/// The first clause of an item without a heading; a date that opens it, or words that only say under what conditions, by what
/// means or for whom something is done, take the next clause along.
fn first_clause(text: &str, depth: &Depth, stop: usize) -> usize {
    let pieces = depth.split(text, 0..stop, |c| matches!(c, ',' | ';' | ':'));
    let mut end = stop;
    for piece in pieces {
        end = piece.end;
        if text[..end].chars().count() >= 7 && !is_circumstance(text[piece].trim()) {
            break;
        }
    }
    end
}

/// 对月销售额10万元以下的小规模纳税人: for whom something is meant, without the verb of what it is.
fn is_for_whom(clause: &str) -> bool {
    clause.starts_with('对')
        && clause.contains('的')
        && !words![
            "给予", "予以", "实行", "实施", "开展", "进行", "加强", "加大", "落实", "推行", "执行", "按", "提供", "完成", "建立",
            "采取", "强化", "减", "免", "补", "奖", "暂停", "收购", "清理", "整治"
        ]
        .within(clause)
}

/// 在确保安全的前提下, 对符合条件的, 以…为重点, 通过…等方式, 按照…要求: words without the verb of what is done.
pub(crate) fn is_circumstance(clause: &str) -> bool {
    let some_year = Years { now: Some(2000), end: Some(2000) };
    if dates::find(clause, some_year).first().is_some_and(|dated| dated.range.len() + 6 >= clause.len()) {
        return true;
    }
    let opened = |open: &[&str], close: &[&str]| {
        open.iter().any(|word| clause.starts_with(word)) && close.iter().any(|word| clause.ends_with(word))
    };
    clause.contains('在') && ["的前提下", "的基础上", "的条件下", "的情况下"].iter().any(|word| clause.ends_with(word))
        || opened(&["在"], &["前提下", "基础上", "条件下", "情况下", "框架下", "过程中", "同时", "期间", "方面", "前", "后"])
        || opened(&["对", "凡", "对于", "针对"], &["的", "后"])
        || is_for_whom(clause)
        || opened(
            &["以"],
            &[
                "为重点",
                "为目标",
                "为核心",
                "为抓手",
                "为主线",
                "为载体",
                "为导向",
                "为基础",
                "为契机",
                "为牵引",
                "为引领",
                "为依托",
                "为单位",
                "为统领",
                "为突破口",
            ],
        )
        || (clause.contains("通过") || clause.contains("采取") || clause.starts_with("采用") || clause.starts_with("利用"))
            && ["等方式", "的方式", "等形式", "的形式", "等途径", "等措施", "等手段", "等渠道", "等办法"]
                .iter()
                .any(|word| clause.ends_with(word))
        || opened(
            &["按照", "根据", "依据", "严格按照", "严格按", "依照", "参照", "遵循"],
            &["要求", "原则", "规定", "部署", "精神", "思路", "安排", "标准", "办法", "的"],
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (&str, &str) {
        let found = heading(text);
        (&text[..found.title_end], &text[found.body..])
    }

    #[test]
    fn a_short_first_sentence_is_the_heading() {
        assert_eq!(read("强化招引。围绕重点领域开展招商。"), ("强化招引", "围绕重点领域开展招商。"));
        assert_eq!(read("强化招引"), ("强化招引", ""));
        // a full stop makes it a sentence, which is its own text
        assert_eq!(read("强化组织领导。"), ("强化组织领导", "强化组织领导。"));
    }

    #[test]
    fn a_name_before_a_colon_is_the_heading() {
        assert_eq!(read("区财政局:落实本级资金。"), ("区财政局", "落实本级资金。"));
    }

    #[test]
    fn a_slogan_and_its_words_are_one_heading() {
        assert_eq!(read("“强链条”:壮大特色产业"), ("“强链条”:壮大特色产业", ""));
        assert_eq!(read("“强链条”:壮大特色产业。建设园区。"), ("“强链条”:壮大特色产业", "建设园区。"));
        assert_eq!(read("第二阶段:全面整改提升"), ("第二阶段:全面整改提升", ""));
        assert_eq!(read("县财政局:落实资金"), ("县财政局", "落实资金"));
    }

    #[test]
    fn a_date_in_brackets_is_no_part_of_the_title() {
        assert_eq!(read("摸底排查(2026年8月)").0, "摸底排查");
        assert_eq!(read("摸底排查(2026年8月—9月)。各乡镇全面摸底。").0, "摸底排查");
        assert_eq!(read("建设公园(二期)").0, "建设公园(二期)");
    }

    #[test]
    fn words_of_circumstance_take_the_next_clause_along() {
        for (text, title) in [
            (
                "在确保安全生产的前提下,推动矿山复工。加强巡查。加大监管力度,完善制度,健全机制,落实责任。",
                "在确保安全生产的前提下,推动矿山复工",
            ),
            (
                "以规模养殖场为重点,推进粪污处理设施提档升级改造建设工作全面提速,完善制度。加强监管。",
                "以规模养殖场为重点,推进粪污处理设施提档升级改造建设工作全面提速",
            ),
            (
                "严格按照法律法规的要求,组织实施充装许可和日常监督检查工作,落实各方责任。加强监管。",
                "严格按照法律法规的要求,组织实施充装许可和日常监督检查工作",
            ),
        ] {
            assert_eq!(read(text).0, title);
        }
    }

    #[test]
    fn the_manner_of_the_others_decides() {
        let text = "实施农业绿色生产,推动秸秆和畜禽粪污资源化利用水平持续提升。推广配方施肥。";
        let title = |manner| &text[..heading_among(text, manner).title_end];
        assert_eq!(title(Manner::Titles), "实施农业绿色生产,推动秸秆和畜禽粪污资源化利用水平持续提升");
        assert_eq!(title(Manner::Items), "实施农业绿色生产");
    }

    #[test]
    fn an_item_of_one_sentence_is_its_own_title() {
        let text =
            "推动全县规模以上工业企业开展数字化改造,建设数字化车间和智能工厂,培育一批示范标杆企业,带动产业链上下游协同转型";
        assert_eq!(read(&format!("{text}。")), (text, &*format!("{text}。")));
    }

    #[test]
    fn an_item_of_several_long_sentences_has_its_first_clause_as_title() {
        let text = "推动全县规模以上工业企业开展数字化改造,建设数字化车间和智能工厂,培育一批示范标杆企业,带动产业链上下游协同转型。加强服务。";
        assert_eq!(read(text), ("推动全县规模以上工业企业开展数字化改造", text));
    }

    #[test]
    fn a_first_sentence_that_counts_is_no_heading() {
        let text = "改造老旧小区12个,惠及居民900户。新增停车位300个。";
        assert_eq!(read(text), ("改造老旧小区12个", text));
    }

    #[test]
    fn units_are_no_part_of_the_title() {
        assert_eq!(read("建设县级实验室(责任单位:县科技局)").0, "建设县级实验室");
    }

    #[test]
    fn a_known_title_is_cut_from_the_sentence_glued_to_it() {
        assert_eq!(read("工作目标聚焦产业高质量发展,突破一批核心技术。到2026年,形成规模。").0, "工作目标");
        assert_eq!(read("总体要求 以科学发展为统领,坚持稳中求进工作总基调,推动各项事业再上新台阶").0, "总体要求");
    }
}
