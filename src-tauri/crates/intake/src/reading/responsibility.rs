//! Clauses that say who is responsible: in brackets at a paragraph's end, on a line of their own, with or without a label,
//! and the rules that reach further than their own task (“列第一位者为牵头单位，下同”).

use super::brackets::Depth;
use super::labels::{self, NOUN_LABELS, Names, UNIT_LABELS};
use super::unit_names::{self, Named, Part};
use super::words::words;
use std::ops::Range;

/// A clause as it stands in a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// With its brackets or label.
    pub(crate) range: Range<usize>,
    /// What is inside.
    pub(crate) content: Range<usize>,
}

/// What a clause says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Clause {
    /// All units, in order, each once.
    pub(crate) units: Vec<String>,
    /// Those expressly named 牵头.
    pub(crate) lead: Vec<String>,
    /// The first-named unit leads, here and from here on.
    pub(crate) first_leads: bool,
    /// Units that this clause puts into all tasks from here on.
    pub(crate) everywhere: Vec<String>,
    /// The text after 完成时限.
    pub(crate) due: Option<String>,
}

/// Where the first clause begins in a numbered paragraph; used to keep it out of the heading.
pub(crate) fn first_clause(text: &str, depth: &Depth) -> Option<usize> {
    if !text.contains(['位', '责', '头', '合', '实', '门', '体', '【', '局', '委', '办', '府', '厅', '部']) {
        return None;
    }
    places(text, depth).first().map(|place| place.range.start).filter(|at| *at > 0)
}

/// All clauses of a paragraph, in order.
pub(crate) fn places(text: &str, depth: &Depth) -> Vec<Place> {
    let mut found: Vec<Place> = Vec::new();
    for group in depth.groups() {
        let open = text[group.start..].chars().next().map_or(1, char::len_utf8);
        let close = text[..group.end].chars().next_back().map_or(1, char::len_utf8);
        let content = group.start + open..group.end - close;
        let at_end = text[group.end..].trim_start_matches(['。', ';', ' ', '.', ',']).is_empty();
        if matches!(&text[group.start..content.start], "(" | "【" | "[" | "〔") && is_clause(&text[content.clone()], at_end) {
            found.push(Place { range: group.clone(), content });
        }
    }
    let mut from = 0;
    while let Some((label, start)) = next_label(text, from, depth) {
        let end = label_end(text, label.end, depth);
        found.push(Place { range: start..end, content: start..end });
        from = end;
    }
    if found.is_empty()
        && let Some(place) = last_sentence(text, depth)
    {
        found.push(place);
    }
    found.sort_by_key(|place| place.range.start);
    found
}

/// The next label with its colon outside brackets, from `from`: its range and where its own prefix (“市级”) begins.
fn next_label(text: &str, from: usize, depth: &Depth) -> Option<(Range<usize>, usize)> {
    let mut at = from;
    while let Some(offset) = text[at..].find(':') {
        let colon = at + offset;
        let before = text[..colon].trim_end();
        if depth.outside(colon)
            && let Some(label) = NOUN_LABELS.end_of(before)
        {
            let start = before.len() - label.len();
            let prefix = text[from..start]
                .rfind([',', '。', ';', ' ', ')', '(', '、'])
                .map_or(from, |i| from + i + text[from + i..].chars().next().map_or(1, char::len_utf8));
            let start_with_prefix = if text[prefix..start].chars().count() <= 4 { prefix } else { start };
            if start_with_prefix >= from {
                return Some((start..colon + 1, start_with_prefix));
            }
        }
        at = colon + 1;
    }
    None
}

/// A clause with a label outside brackets runs to the paragraph's end, or to a full stop behind which something else begins.
fn label_end(text: &str, from: usize, depth: &Depth) -> usize {
    let mut at = from;
    while let Some(offset) = text[at..].find('。') {
        let stop = at + offset + '。'.len_utf8();
        let rest = text[stop..].trim_start();
        if depth.outside(at + offset) && !rest.is_empty() {
            let sentence = rest.split('。').next().unwrap_or(rest);
            let label_next = starts_with_label(rest);
            if !label_next && !is_note(sentence) {
                return stop;
            }
        }
        at = stop;
    }
    text.len()
}

fn starts_with_label(text: &str) -> bool {
    let head = &text[..text.char_indices().nth(14).map_or(text.len(), |(at, _)| at)];
    head.split_once(':').is_some_and(|(word, _)| labels::ends(word.trim_end()))
}

fn has_label(text: &str) -> bool {
    // a label stands at most eight characters in; the longest has six
    let head = &text[..super::sentence::floor(text, 48)];
    let labelled = UNIT_LABELS.within(head)
        && head.char_indices().take_while(|(at, _)| *at <= 24).any(|(at, _)| {
            UNIT_LABELS.start_of(&text[at..]).is_some_and(|label| {
                let rest = text[at + label.len()..].trim_start();
                rest.starts_with(':') || (at == 0 && !rest.is_empty() && !rest.starts_with(['的', '要', '应', '负']))
            })
        });
    labelled || starts_with_label(text)
}

/// Whether the inside of a bracket names responsible units.
fn is_clause(content: &str, at_end: bool) -> bool {
    let content = content.trim();
    if content.chars().count() < 3 {
        return false;
    }
    if has_label(content) {
        return true;
    }
    let first = content.split('。').next().unwrap_or(content);
    let named = unit_names::list(first);
    let units = named.iter().filter(|named| unit_names::is_unit(&named.name)).count();
    if units == 0 || units * 2 < named.len() {
        return false;
    }
    let shared = [
        "负责",
        "牵头",
        "配合",
        "落实",
        "参与",
        "实施",
        "职责分工",
        "推进",
        "协办",
        "承办",
        "协助",
        "分工",
        "指导",
        "督导",
        "支持",
        "主办",
    ]
    .iter()
    .any(|word| first.trim_end().ends_with(word) || first.contains(&format!("{word},")) || first.contains(&format!("{word};")));
    let offices = named.iter().filter(|named| unit_names::is_office(&named.name)).count();
    // (市科技局、市教育局、松溪学院): a list at the paragraph's end that begins with an office may name other bodies too
    let listed = units == named.len() && unit_names::is_office(&named[0].name) && offices * 2 >= units;
    shared || (at_end && listed)
}

/// “由县科技局牵头,县财政局配合。” as a paragraph's last sentence.
fn last_sentence(text: &str, depth: &Depth) -> Option<Place> {
    let end = text.trim_end().trim_end_matches('。').len();
    let start = text[..end].rfind('。').map_or(0, |at| at + '。'.len_utf8());
    let sentence = text[start..end].trim();
    let (sentence, _) = closing_term(sentence);
    if !depth.outside(start)
        || sentence.chars().count() > 160
        || words!["负责", "牵头", "配合", "落实", "参与", "实施"].ending(sentence).is_none()
    {
        return None;
    }
    let named = unit_names::list(sentence);
    let offices = named.iter().filter(|named| unit_names::is_office(&named.name)).count();
    let whole = offices > 0
        && offices * 2 >= named.len()
        && named.iter().all(|named| unit_names::is_unit(&named.name) && named.part.is_some());
    whole.then_some(Place { range: start..text.len(), content: start..end })
}

/// “县林业局牵头,县水利局配合,4月25日前完成”: the list, and by when.
fn closing_term(sentence: &str) -> (&str, Option<&str>) {
    let Some((list, term)) = sentence.rsplit_once(',') else {
        return (sentence, None);
    };
    let dated = term.chars().count() <= 18
        && words!["完成", "落实", "到位", "见效"].ending(term).is_some()
        && words!["前", "底", "末", "年内"].within(term)
        && (term.contains(|c: char| c.is_ascii_digit()) || words!["年底", "季度", "半年", "年内"].within(term));
    if dated { (list, Some(term)) } else { (sentence, None) }
}

/// A sentence of a clause that is a rule, not a list of units.
fn is_note(sentence: &str) -> bool {
    sentence.contains("下同") || names_first_as_lead(sentence) || reaches_further(sentence) || is_left_out(sentence)
}

/// “不再列出”, “不再单独列出”, “不再做分工”: that a rule is said once.
fn is_left_out(sentence: &str) -> bool {
    sentence.find("不再").is_some_and(|at| {
        let behind: String = sentence[at + "不再".len()..].chars().take(6).collect();
        words!["列", "分工", "注明", "标注", "赘述", "重复"].within(&behind)
    })
}

/// True for a rule about more tasks than its own.
fn reaches_further(sentence: &str) -> bool {
    rule(sentence).is_some()
}

/// “以下措施均需…”, “具体任务均涉及…”, “…均为以下任务的责任单位”: where the words stand that name the units.
fn rule(sentence: &str) -> Option<Range<usize>> {
    let (all, rest) = sentence
        .match_indices(['均', '都'])
        .map(|(at, word)| (at, at + word.len()))
        .find(|(at, rest)| tasks_at_large(&sentence[..*at]) || says_of_tasks(&sentence[*rest..]))?;
    if says_of_tasks(&sentence[rest..]) {
        return Some(0..all);
    }
    let duty = words!["需由", "须由", "应由", "要由", "需", "须", "由", "应", "要", "请", "包括", "涉及", "含", "有"];
    let word = duty.start_of(&sentence[rest..])?;
    Some(rest + word.len()..sentence.len())
}

/// “本项及以下工作”, “各项任务”, “所有措施”: more than one task, before 均.
fn tasks_at_large(text: &str) -> bool {
    let from = text.rfind([',', ';', '。', '(']).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let head = text[from..].trim();
    if head.chars().count() > 20 {
        return false;
    }
    let work = words!["任务", "工作", "措施", "举措", "事项", "条款", "政策", "项目"].within(head);
    let many = words!["各", "所有", "全部", "每", "具体", "上述", "其余", "其他"].starting(head).is_some();
    words!["以下", "以上"].within(head) || (work && many)
}

/// “为以下任务的责任单位”, behind 均.
fn says_of_tasks(text: &str) -> bool {
    let clause = text.split([',', ';', '。']).next().unwrap_or(text);
    text.starts_with(['为', '是'])
        && words!["以下", "各项", "上述", "所有"].within(clause)
        && words!["任务", "工作", "措施", "举措", "事项"].within(clause)
        && words!["单位", "部门", "主体"].within(clause)
}

/// “列第一位者为牵头单位”
pub(crate) fn names_first_as_lead(sentence: &str) -> bool {
    sentence.contains("牵头")
        && words![
            "第一位",
            "首位",
            "第一个",
            "第一家",
            "排名第一",
            "排第一",
            "列第一",
            "第一名",
            "首个",
            "第一责任单位",
            "第一单位"
        ]
        .within(sentence)
}

/// “以上3项工作由县农业农村局牵头,各乡镇配合”: of how many tasks before it, all where it does not say, and who does them.
pub(crate) fn reaching_back(sentence: &str) -> Option<(Option<usize>, Vec<Named>)> {
    let rest = sentence.trim().strip_prefix("以上").or_else(|| sentence.trim().strip_prefix("上述"))?;
    let digits = rest.chars().take_while(|c| c.is_ascii_digit() || super::numeral::is_han_number(*c)).count();
    let number: String = rest.chars().take(digits).collect();
    let count = number.parse().ok().or_else(|| super::numeral::han(&number)).and_then(|count| usize::try_from(count).ok());
    let by = rest.find('由')?;
    let what = &rest[..by];
    let is_work = words!["任务", "工作", "事项", "措施", "举措", "项目"].within(what);
    if !is_work || what.chars().count() > 14 {
        return None;
    }
    let units: Vec<Named> =
        unit_names::list(&rest[by + '由'.len_utf8()..]).into_iter().filter(|named| unit_names::is_unit(&named.name)).collect();
    (!units.is_empty()).then_some((count, units))
}

/// The units that a rule puts into all tasks: “本项及以下工作均需各镇街落实”, “各乡镇均为以下任务的责任单位”.
pub(crate) fn everywhere(sentence: &str) -> Vec<String> {
    rule(sentence).map(|place| units_of(&sentence[place])).unwrap_or_default()
}

fn units_of(text: &str) -> Vec<String> {
    unit_names::list(text).into_iter().map(|named| named.name).filter(|name| unit_names::is_unit(name)).collect()
}

/// Reads the inside of a clause.
pub(crate) fn read(content: &str) -> Clause {
    let mut clause = Clause::default();
    // a rule may stand in brackets of its own behind the list
    let depth = Depth::of(content);
    let mut plain = String::with_capacity(content.len());
    let mut at = 0;
    for group in depth.groups() {
        let inner = content[group.clone()].trim_matches(['(', ')', '【', '】', '[', ']', '〔', '〕']);
        if is_note(inner) {
            clause.first_leads |= names_first_as_lead(inner);
            clause.everywhere.extend(everywhere(inner));
            plain.push_str(&content[at..group.start]);
            at = group.end;
        }
    }
    plain.push_str(&content[at..]);
    for sentence in plain.split('。').map(str::trim).filter(|sentence| !sentence.is_empty()) {
        let mut rest = sentence;
        if is_note(sentence) {
            clause.first_leads |= names_first_as_lead(sentence);
            clause.everywhere.extend(everywhere(sentence));
            // the list itself may stand in the same sentence, before the rule
            rest = before_note(sentence);
        }
        let (list, term) = closing_term(rest);
        if let Some(term) = term {
            clause.due.get_or_insert_with(|| term.to_owned());
        }
        read_list(list, &mut clause);
    }
    let mut seen = std::collections::HashSet::new();
    clause.units.retain(|unit| seen.insert(unit.clone()));
    clause
}

fn before_note(sentence: &str) -> &str {
    let depth = Depth::of(sentence);
    let mut end = 0;
    for piece in depth.split(sentence, 0..sentence.len(), |c| matches!(c, ',' | ';')) {
        if is_note(&sentence[piece.clone()]) {
            break;
        }
        end = piece.end;
    }
    &sentence[..end]
}

/// A sentence of labels and lists.
fn read_list(sentence: &str, clause: &mut Clause) {
    let depth = Depth::of(sentence);
    let mut pieces: Vec<(Option<Names>, Range<usize>)> = Vec::new();
    let mut start = 0;
    let mut label = None;
    for (at, c) in sentence.char_indices() {
        if c != ':' || !depth.outside(at) {
            continue;
        }
        let before = sentence[start..at].trim_end();
        let word_start = start
            + before.rfind([',', ';', ' ', '、', ')']).map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
        let word = sentence[word_start..at].trim();
        let Some(next) = labels::of(word) else {
            continue;
        };
        pieces.push((label, start..word_start));
        label = Some(next);
        start = at + 1;
    }
    pieces.push((label, start..sentence.len()));
    for (mut label, range) in pieces {
        let mut text = sentence[range].trim();
        // “责任单位 县科技局” without a colon
        if label.is_none()
            && let Some(word) = UNIT_LABELS.start_of(text)
        {
            label = labels::of(word);
            text = text[word.len()..].trim_start_matches(['为', '是', ' ', ':']);
        }
        let part = match label {
            _ if text.is_empty() => continue,
            Some(Names::Date) => {
                clause.due.get_or_insert_with(|| text.trim_end_matches([';', ',']).to_owned());
                continue;
            }
            Some(Names::Person) => continue,
            Some(Names::Lead) => Some(Part::Lead),
            Some(Names::Units) => Some(Part::Support),
            None => None,
        };
        for Named { name, part: own } in unit_names::list(text) {
            let name = name.trim_start_matches(':').to_owned();
            let lead = matches!(own.or(part), Some(Part::Lead)) && !(own == Some(Part::Support) && part != Some(Part::Lead));
            if lead && !clause.lead.contains(&name) {
                clause.lead.push(name.clone());
            }
            clause.units.push(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clause(text: &str) -> Clause {
        let depth = Depth::of(text);
        let place = places(text, &depth).into_iter().next().unwrap_or_else(|| panic!("no clause in {text}"));
        read(&text[place.content])
    }

    #[test]
    fn a_label_in_brackets_names_the_units() {
        let read = clause("培育企业。(责任单位:县科技局、县工信局按职责分工负责)");
        assert_eq!(read.units, ["县科技局", "县工信局"]);
        assert!(read.lead.is_empty());
        let read = clause("建设廊道。(牵头单位:区绿化局;配合单位:区水务局、各街镇)");
        assert_eq!(read.lead, ["区绿化局"]);
        assert_eq!(read.units, ["区绿化局", "区水务局", "各街镇"]);
        assert_eq!(clause("推进改革【责任部门:县农业农村局】").units, ["县农业农村局"]);
    }

    #[test]
    fn brackets_without_a_label_need_a_word_of_sharing() {
        let read = clause("完善体系。(科技部、农业农村部等负责。列第一位者为牵头单位,下同)");
        assert_eq!(read.units, ["科技部", "农业农村部"]);
        assert!(read.first_leads);
        let read = clause("健全机制。(县教育局牵头,县财政局、县人社局配合)");
        assert_eq!(read.lead, ["县教育局"]);
        assert_eq!(read.units.len(), 3);
        let text = "建设中心(含县科技局旧址)。";
        assert!(places(text, &Depth::of(text)).is_empty());
    }

    #[test]
    fn a_line_of_its_own_is_a_clause() {
        let read = clause("牵头单位:县水利局 责任单位:县发改局、县财政局");
        assert_eq!(read.lead, ["县水利局"]);
        assert_eq!(read.units, ["县水利局", "县发改局", "县财政局"]);
        let read = clause("推进改造。责任单位:县住建局,完成时限:2026年6月底。");
        assert_eq!(read.units, ["县住建局"]);
        assert_eq!(read.due.as_deref(), Some("2026年6月底"));
        let read = clause("责任领导:张建国;完成时限:2026年6月底。");
        assert_eq!(read.due.as_deref(), Some("2026年6月底"));
        assert_eq!(clause("完成时限:2025年10月底").due.as_deref(), Some("2025年10月底"));
    }

    #[test]
    fn a_last_sentence_of_names_and_duties_is_a_clause() {
        let read = clause("开展巡查。由县文旅局牵头,县公安局、各乡镇人民政府配合。");
        assert_eq!(read.lead, ["县文旅局"]);
        assert_eq!(read.units, ["县文旅局", "县公安局", "各乡镇人民政府"]);
    }

    #[test]
    fn a_rule_reaches_all_tasks() {
        let read = clause("(责任单位:县科技局按职责分工负责。本项及以下工作均需各镇街、经济开发区落实,下同)");
        assert_eq!(read.units, ["县科技局"]);
        assert_eq!(read.everywhere, ["各镇街", "经济开发区"]);
        assert_eq!(everywhere("各乡镇、街道均为以下任务的责任单位"), ["各乡镇", "街道"]);
        let read = clause("〔责任单位:省商务厅按职责分工负责。具体任务均涉及相关市(州)人民政府,不再做分工,下同。〕");
        assert_eq!((read.units, read.everywhere), (vec!["省商务厅".to_owned()], vec!["相关市(州)人民政府".to_owned()]));
    }

    #[test]
    fn a_rule_is_known_by_its_grammar() {
        for (sentence, units) in [
            ("以下措施均需云岭新区管委会、各乡镇政府落实,不再单独列出", vec!["云岭新区管委会", "各乡镇政府"]),
            ("以下均需试点乡镇政府落实,不再列出", vec!["试点乡镇政府"]),
            ("所有事项均由各乡镇配合", vec!["各乡镇"]),
            ("各乡镇政府均为以下任务的责任单位", vec!["各乡镇政府"]),
            ("各项工作均取得明显进展", vec![]),
            ("人均增收1000元", vec![]),
        ] {
            assert_eq!(everywhere(sentence), units, "{sentence}");
        }
        let read = clause("(责任单位:县科技局;以下措施均需各乡镇政府落实,不再单独列出)");
        assert_eq!((read.units, read.everywhere), (vec!["县科技局".to_owned()], vec!["各乡镇政府".to_owned()]));
    }

    #[test]
    fn who_guides_the_work_answers_for_it() {
        let text = "健全制度。(省生态环境厅、省财政厅指导)推进分类。";
        assert_eq!(places(text, &Depth::of(text)).len(), 1);
        assert_eq!(clause("健全制度。(省生态环境厅指导,试点县政府负责落实)").units, ["省生态环境厅", "试点县政府"]);
    }

    #[test]
    fn a_rule_behind_its_tasks_reaches_back() {
        let (count, units) = reaching_back("以上3项工作由县农业农村局牵头,县水利局、各乡镇配合").unwrap();
        assert_eq!(count, Some(3));
        assert_eq!(units.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>(), ["县农业农村局", "县水利局", "各乡镇"]);
        assert_eq!(units[0].part, Some(Part::Lead));
        let (count, units) = reaching_back("以上任务均由各乡镇(街道)具体抓好落实").unwrap();
        assert_eq!((count, units[0].name.as_str()), (None, "各乡镇(街道)"));
        assert!(reaching_back("以上学历的由县人社局认定").is_none());
    }

    #[test]
    fn leading_and_carrying_out_are_told_apart() {
        let read = clause("建设公园。(区绿化局牵头负责,各街镇组织落实)");
        assert_eq!(read.lead, ["区绿化局"]);
        assert_eq!(read.units, ["区绿化局", "各街镇"]);
    }
}
