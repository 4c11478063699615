//! The labels that stand before lists of units, dates and people in a plan: one row a word, with a clause that needs it.

use super::words::Words;
use std::sync::LazyLock;

/// What a label is followed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    /// The unit that leads.
    Lead,
    /// Any other responsible unit.
    Units,
    /// When the work is to be done.
    Date,
    /// People.
    Person,
}

/// A row of the table: the word, what follows it, and a clause that shows it.
#[derive(Debug)]
struct Label {
    word: &'static str,
    names: Names,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the test that no label goes without its example"))]
    example: &'static str,
}

const fn label(word: &'static str, names: Names, example: &'static str) -> Label {
    Label { word, names, example }
}

/// Labels that are nouns: they open a clause wherever they stand before a colon, and at a bracket's beginning without one.
const NOUNS: &[Label] = &[
    label("牵头责任单位", Names::Lead, "牵头责任单位:县科技局"),
    label("牵头责任部门", Names::Lead, "牵头责任部门:县科技局"),
    label("牵头负责单位", Names::Lead, "牵头负责单位:县科技局"),
    label("牵头单位", Names::Lead, "牵头单位:县科技局"),
    label("牵头部门", Names::Lead, "牵头部门:县科技局"),
    label("牵头科室", Names::Lead, "牵头科室:规划科"),
    label("牵头处室", Names::Lead, "牵头处室:综合处"),
    label("主责单位", Names::Lead, "主责单位:县科技局"),
    label("主责部门", Names::Lead, "主责部门:县科技局"),
    label("主办单位", Names::Lead, "主办单位:县科技局"),
    label("主办部门", Names::Lead, "主办部门:县科技局"),
    label("责任单位", Names::Units, "责任单位:县科技局"),
    label("责任部门", Names::Units, "责任部门:县科技局"),
    label("责任主体", Names::Units, "责任主体:县科技局"),
    label("责任科室", Names::Units, "责任科室:规划科"),
    label("责任股室", Names::Units, "责任股室:办公室"),
    label("责任处室", Names::Units, "责任处室:综合处"),
    label("配合单位", Names::Units, "配合单位:县财政局"),
    label("配合部门", Names::Units, "配合部门:县财政局"),
    label("参与单位", Names::Units, "参与单位:县财政局"),
    label("参与部门", Names::Units, "参与部门:县财政局"),
    label("参加单位", Names::Units, "参加单位:县财政局"),
    label("协办单位", Names::Units, "协办单位:县财政局"),
    label("协办部门", Names::Units, "协办部门:县财政局"),
    label("协查单位", Names::Units, "协查单位:县公安局"),
    label("协助单位", Names::Units, "协助单位:县财政局"),
    label("协助部门", Names::Units, "协助部门:县财政局"),
    label("协同单位", Names::Units, "协同单位:县财政局"),
    label("协同部门", Names::Units, "协同部门:县财政局"),
    label("协作单位", Names::Units, "协作单位:县财政局"),
    label("会办单位", Names::Units, "会办单位:县财政局"),
    label("支撑单位", Names::Units, "支撑单位:县大数据中心"),
    label("支持单位", Names::Units, "支持单位:县财政局"),
    label("推进单位", Names::Units, "推进单位:县发改局"),
    label("推进部门", Names::Units, "推进部门:县发改局"),
    label("负责单位", Names::Units, "负责单位:县水利局"),
    label("负责部门", Names::Units, "负责部门:县水利局"),
    label("落实单位", Names::Units, "落实单位:各乡镇政府"),
    label("落实部门", Names::Units, "落实部门:县水利局"),
    label("实施单位", Names::Units, "实施单位:县水利局"),
    label("实施主体", Names::Units, "实施主体:县城投公司"),
    label("实施部门", Names::Units, "实施部门:县水利局"),
    label("承办单位", Names::Units, "承办单位:县文旅局"),
    label("承办部门", Names::Units, "承办部门:县文旅局"),
    label("承担单位", Names::Units, "承担单位:县水利局"),
    label("执行单位", Names::Units, "执行单位:县水利局"),
    label("指导单位", Names::Units, "指导单位:市水利局"),
    label("指导部门", Names::Units, "指导部门:市水利局"),
    label("监管单位", Names::Units, "监管单位:县应急局"),
    label("督导单位", Names::Units, "督导单位:县委督查室"),
    label("督办单位", Names::Units, "督办单位:县委督查室"),
    label("完成单位", Names::Units, "完成单位:县水利局"),
    label("工作单位", Names::Units, "工作单位:县水利局"),
    label("分工单位", Names::Units, "分工单位:县水利局"),
    label("完成时限", Names::Date, "完成时限:2026年6月底"),
    label("完成时间", Names::Date, "完成时间:2026年6月底"),
    label("完成期限", Names::Date, "完成期限:2026年6月底"),
    label("时间节点", Names::Date, "时间节点:2026年6月底"),
    label("时间要求", Names::Date, "时间要求:2026年6月底"),
    label("时限要求", Names::Date, "时限要求:2026年6月底"),
    label("工作时限", Names::Date, "工作时限:2026年6月底"),
    label("办结时限", Names::Date, "办结时限:2026年6月底"),
    label("推进时间", Names::Date, "推进时间:2026年6月底"),
    label("实施期限", Names::Date, "实施期限:2026年6月底"),
    label("时间安排", Names::Date, "时间安排:2026年6月底"),
    label("时限", Names::Date, "时限:2026年6月底"),
    label("责任领导", Names::Person, "责任领导:张建国"),
    label("牵头领导", Names::Person, "牵头领导:张建国"),
    label("分管领导", Names::Person, "分管领导:张建国"),
    label("牵头县领导", Names::Person, "牵头县领导:张建国"),
    label("责任县领导", Names::Person, "责任县领导:张建国"),
    label("牵头市领导", Names::Person, "牵头市领导:张建国"),
    label("责任市领导", Names::Person, "责任市领导:张建国"),
    label("包保领导", Names::Person, "包保领导:张建国"),
    label("包联领导", Names::Person, "包联领导:张建国"),
    label("责任人", Names::Person, "责任人:张建国"),
    label("联系人", Names::Person, "联系人:张建国"),
];

/// Labels that are also verbs: they count only inside a clause, before a colon.
const VERBS: &[Label] = &[
    label("牵头", Names::Lead, "(牵头:县科技局;配合:县财政局)"),
    label("责任", Names::Units, "(牵头:县科技局;责任:县财政局)"),
    label("配合", Names::Units, "(牵头:县科技局;配合:县财政局)"),
];

/// Labels of units that are nouns.
pub(crate) static UNIT_LABELS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(NOUNS.iter().filter(|label| matches!(label.names, Names::Lead | Names::Units)).map(|label| label.word))
});

/// All labels that are nouns.
pub(crate) static NOUN_LABELS: LazyLock<Words> = LazyLock::new(|| Words::new(NOUNS.iter().map(|label| label.word)));

/// All labels.
static LABELS: LazyLock<Words> = LazyLock::new(|| Words::new(NOUNS.iter().chain(VERBS).map(|label| label.word)));

/// What a word before a colon is followed by, where it ends in a label: 市级责任单位 as well as 责任单位.
pub(crate) fn of(word: &str) -> Option<Names> {
    if word.chars().count() > 14 {
        return None;
    }
    let place = LABELS.ending(word)?;
    NOUNS.iter().chain(VERBS).nth(place).map(|label| label.names)
}

/// True where a text ends in a label.
pub(crate) fn ends(text: &str) -> bool {
    LABELS.ending(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::brackets::Depth;
    use super::super::responsibility::{places, read};
    use super::*;

    #[test]
    fn each_label_opens_its_example() {
        for label in NOUNS.iter().chain(VERBS) {
            let text = label.example;
            let (_, value) = text.split_once(':').unwrap();
            let value = value.split(';').next().unwrap();
            let found = places(text, &Depth::of(text));
            assert_eq!(found.len(), 1, "{text}");
            let clause = read(&text[found[0].content.clone()]);
            match label.names {
                Names::Lead => assert_eq!(clause.lead, [value], "{text}"),
                Names::Units => assert!(clause.lead.len() <= 1 && !clause.units.is_empty(), "{text}"),
                Names::Date => assert_eq!(clause.due.as_deref(), Some(value), "{text}"),
                Names::Person => assert_eq!((clause.units, clause.due), (vec![], None), "{text}"),
            }
        }
    }

    #[test]
    fn no_label_stands_twice_and_each_example_holds_its_own() {
        let words: Vec<&str> = NOUNS.iter().chain(VERBS).map(|label| label.word).collect();
        for (at, label) in NOUNS.iter().chain(VERBS).enumerate() {
            assert!(!words[..at].contains(&label.word), "{}", label.word);
            assert!(label.example.contains(&format!("{}:", label.word)), "{}", label.word);
        }
    }
}
