//! Where a numbered paragraph's heading ends and its text begins.

use super::brackets::Depth;
use super::quantity;
use super::responsibility;
use super::role;

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

/// Reads a paragraph after its number.
pub(crate) fn heading(text: &str) -> Heading {
    let depth = Depth::of(text);
    // a clause of responsibility is no part of the heading
    let limit = responsibility::first_clause(text, &depth).map_or(text.len(), |at| at);
    let own = text[..limit].trim_end();
    let whole = |end: usize| Heading { end: trimmed(text, end), title_end: trimmed(text, end), body: end };

    if let Some(at) = name_before_colon(text, &depth, limit) {
        return Heading { end: trimmed(text, at), title_end: trimmed(text, at), body: at + 1 };
    }
    if let Some(at) = glued(own) {
        return whole(at);
    }
    let stop =
        depth.split(text, 0..limit, |c| matches!(c, '。' | '！' | '!' | '？' | '?')).first().map_or(limit, |first| first.end);
    let sentence = &text[..stop];
    let rest = text[stop..limit].trim_start_matches(['。', '！', '!', '？', '?', ' ']);
    if rest.is_empty() {
        if let Some(at) = before_space(sentence) {
            return whole(at);
        }
        // one sentence, with its full stop or without: the heading is the item
        let end = trimmed(text, stop);
        let runs_on = sentence.chars().count() > LONGEST || stop < own.len();
        return Heading { end, title_end: end, body: if runs_on { 0 } else { stop } };
    }
    if let Some(at) = before_space(sentence) {
        return whole(at);
    }
    if sentence.chars().count() <= LONGEST && !sentence.contains(';') && !states(sentence) {
        return Heading {
            end: trimmed(text, stop),
            title_end: trimmed(text, stop),
            body: text.len() - text[stop..].trim_start_matches(['。', '！', '!', ' ']).len(),
        };
    }
    let clause = first_clause(text, &depth, stop);
    Heading { end: clause, title_end: clause, body: 0 }
}

/// A first sentence of several clauses that counts something, or is longer than headings are, states what is to be done: it is
/// no heading over the sentences behind it. “强化要素保障,盘活存量资源” is one.
fn states(sentence: &str) -> bool {
    let counts = quantity::find(sentence).iter().any(|quantity| quantity.measure != quantity::Measure::None);
    counts || sentence.contains(',') && sentence.chars().count() > 28
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

/// The first clause of an item without a heading; a date that opens it takes the next clause along.
fn first_clause(text: &str, depth: &Depth, stop: usize) -> usize {
    let pieces = depth.split(text, 0..stop, |c| matches!(c, ',' | ';' | ':'));
    let mut end = stop;
    for piece in pieces {
        end = piece.end;
        if text[..end].chars().count() >= 8 {
            break;
        }
    }
    end
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
