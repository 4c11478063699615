//! Checklist items: what a department can tick off. They come from a task's targets, milestones and deliverable clauses; a
//! wish (加强, 推动, 支持 …) is none.

use super::dates::{self, Sense, Years};
use super::prose::Prose;
use super::sentence;
use super::targets;
use super::wording;
use plan::Due;
use std::ops::Range;

/// An item as found in a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) text: String,
    pub(crate) quote: Range<usize>,
    pub(crate) due: Option<Due>,
}

/// Verbs whose work is done at some time.
const ACTIONS: &[&str] = &[
    "制定", "制订", "出台", "编制", "建立", "建成", "建设", "新建", "改建", "扩建", "搭建", "组建", "成立", "设立", "开设",
    "开展", "举办", "举行", "推出", "修订", "印发", "启动", "布设", "梳理", "征集", "发布", "签订", "完成", "开通", "上线",
    "改造", "整治", "修复", "拆除", "关停", "淘汰", "引进", "招引", "申报", "创建", "争创", "实施", "组织", "编印", "制作",
    "召开", "培训", "选派", "遴选", "认定", "建档", "排查", "摸排", "清理", "划定", "布局", "打造", "构建", "健全", "完善",
    "培育", "更新",
];

/// What an action must be done to for a weak verb to count: something that can be shown.
const THINGS: &[&str] = &[
    "方案",
    "办法",
    "清单",
    "目录",
    "制度",
    "机制",
    "平台",
    "中心",
    "基地",
    "标准",
    "规范",
    "系统",
    "专班",
    "台账",
    "名单",
    "规划",
    "计划",
    "细则",
    "意见",
    "指南",
    "条例",
    "预案",
    "数据库",
    "资源库",
    "档案",
    "图",
    "手册",
    "队伍",
    "基金",
    "联盟",
    "协议",
    "报告",
    "评估",
    "普查",
    "排查",
    "培训班",
    "活动",
    "大赛",
    "论坛",
    "博览会",
    "推介会",
    "对接会",
    "网点",
    "站",
    "园区",
    "产业园",
    "示范区",
    "试点",
    "项目",
    "工程",
    "设施",
    "道路",
    "管网",
    "学校",
    "医院",
    "实验室",
    "研究院",
    "孵化器",
    "公园",
    "绿道",
    "线路",
    "机构",
    "窗口",
    "专区",
    "门户",
    "监测点",
    "库",
    "馆",
    "场",
    "点",
    "专项",
    "指引",
    "政策",
];

/// Verbs that only count with a thing behind them that can be shown.
const WEAK: &[&str] =
    &["建立", "健全", "完善", "构建", "打造", "培育", "实施", "组织", "开展", "建设", "布局", "创建", "更新", "引进", "培训"];

const LONGEST: usize = 40;

/// Reads the deliverable clauses of one paragraph of a task; places in `taken` are already items.
pub(crate) fn read(prose: &Prose<'_>, years: Years, taken: &[Range<usize>]) -> Vec<Found> {
    let (text, depth) = (prose.text, &prose.depth);
    let dates = prose.dates(|_| false);
    let mut found = Vec::new();
    for sentence in sentence::sentences(text, depth, &[';']) {
        let mut due = None;
        for clause in sentence::clauses(text, depth, sentence.clone()) {
            let within = &dates[sentence::within(&dates, |dated| dated.range.start, &clause)];
            for dated in within {
                due = (dated.sense == Sense::By && years.now.is_none_or(|now| dated.due.year() >= now)).then_some(dated.due);
            }
            let overlaps = taken[..taken.partition_point(|range| range.start < clause.end)]
                .iter()
                .rev()
                .take(24)
                .any(|range| clause.start < range.end);
            if overlaps || wording::is_past(&text[clause.clone()]) {
                continue;
            }
            if let Some((words, range)) = deliverable(text, clause, within) {
                found.push(Found { text: words, quote: range, due });
            }
        }
    }
    found
}

/// The clause as an item, where it is one.
fn deliverable(text: &str, clause: Range<usize>, dates: &[dates::Dated]) -> Option<(String, Range<usize>)> {
    let after_date = dates
        .iter()
        .filter(|dated| clause.contains(&dated.range.start))
        .map(|dated| dated.range.end)
        .max()
        .unwrap_or(clause.start)
        .min(clause.end);
    let words = wording::name(text[after_date..clause.end].trim());
    let words = ["一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是"]
        .iter()
        .find_map(|word| words.strip_prefix(word))
        .unwrap_or(words);
    let words = wording::name(words);
    let length = words.chars().count();
    if !(6..=LONGEST).contains(&length) {
        return None;
    }
    let verb = ACTIONS.iter().find(|verb| words.starts_with(**verb))?;
    let object = &words[verb.len()..];
    let weak = WEAK.contains(verb);
    let shown = THINGS.iter().any(|thing| object.ends_with(thing));
    if (weak && !shown) || object.starts_with(['的', '以', '为']) {
        return None;
    }
    let start = clause.start + text[clause.clone()].rfind(words)?;
    Some((words.to_owned(), start..start + words.len()))
}

/// Verbs of work that a task's text is told in, where no step of it hands anything over.
const WORK: &[&str] = &[
    "推广", "推进", "推动", "推行", "落实", "加强", "强化", "优化", "支持", "引导", "鼓励", "提升", "加快", "深化", "加大",
    "拓展", "扩大", "规范", "严格", "保障", "做好", "抓好", "用好", "办好", "发放", "安排", "统筹", "整合", "督促", "指导",
    "依托", "运用", "提供", "简化", "压缩", "压减", "取消", "降低",
];

/// At most so many such words are kept for a task.
const MOST_WORK: usize = 3;

/// What the text of a task says is to be done, in its order, where it names no step that hands something over.
pub(crate) fn work(prose: &Prose<'_>) -> Vec<Found> {
    let (text, depth) = (prose.text, &prose.depth);
    let mut found: Vec<Found> = Vec::new();
    let sentences = sentence::sentences(text, depth, &[';']);
    let several = sentences.iter().filter(|sentence| !text[(*sentence).clone()].trim().is_empty()).count() > 1;
    for sentence in sentences {
        let clauses = sentence::clauses(text, depth, sentence).into_iter().filter(|clause| {
            let words = wording::name(text[clause.clone()].trim());
            (6..=LONGEST).contains(&words.chars().count())
                && WORK.iter().chain(ACTIONS).any(|verb| words.starts_with(verb))
                && !wording::is_past(words)
        });
        // of several sentences each says one thing, of one each clause
        for clause in clauses.take(if several { 1 } else { MOST_WORK + 1 }) {
            let words = wording::name(text[clause.clone()].trim());
            let start = clause.start + text[clause.clone()].find(words).unwrap_or(0);
            found.push(Found { text: words.to_owned(), quote: start..start + words.len(), due: None });
        }
        if found.len() > MOST_WORK {
            break;
        }
    }
    found
}

/// True for a number of things that are built, held or trained: ticked off when they are there. A share is only reached.
pub(crate) fn is_step(words: &str, unit: &str) -> bool {
    let deed = wording::begins_with_verb(wording::name(words)) || ACTIONS.iter().any(|verb| words.contains(verb));
    deed && !unit.contains('%') && !unit.contains("百分点")
}

/// True where an item only says its task's title again.
pub(crate) fn repeats(item: &str, title: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (item, title) = (bare(item), bare(title));
    let (short, long) = (item.chars().count(), title.chars().count());
    title == item
        || (title.contains(&item) && short * 10 >= long * 7)
        || (!title.is_empty() && item.contains(&title) && short <= long + 4)
}

/// A target as an item: its printed words where they are short, else its name and number.
pub(crate) fn of_target(printed: &str, target: &targets::Found) -> String {
    let words = wording::name(printed.trim());
    // a part of a whole, or one of several years: the printed words hold the other numbers too
    let part = words.contains("分别") || words.contains("其中");
    let plain = words.chars().count() <= LONGEST && !words.contains(['\n', '\t']) && !part;
    if plain && words.chars().count() >= 4 {
        return words.to_owned();
    }
    let when = target.due.filter(|_| part).map(Due::chinese).unwrap_or_default();
    format!("{when}{}", of_number(&target.indicator, target.op, target.value, &target.unit))
}

/// “森林覆盖率达到42%”
pub(crate) fn of_number(name: &str, op: plan::Op, value: f64, unit: &str) -> String {
    let name: String = if name.chars().count() > 30 { name.chars().take(29).chain(['…']).collect() } else { name.to_owned() };
    // 建成学校9所, 销售额增长5%: done or changed, not reached
    let done = wording::begins_with_verb(&name) || ["增长", "提高", "下降", "减少"].iter().any(|change| name.ends_with(change));
    match op {
        plan::Op::AtLeast if done => format!("{name}{value}{unit}"),
        plan::Op::AtLeast => format!("{name}达到{value}{unit}以上"),
        plan::Op::AtMost => format!("{name}控制在{value}{unit}以内"),
        plan::Op::Equal => format!("{name}达到{value}{unit}"),
        plan::Op::About => format!("{name}达到{value}{unit}左右"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(text: &str) -> Vec<String> {
        let years = Years { now: Some(2025), end: Some(2027) };
        read(&Prose::read(text, years), years, &[]).into_iter().map(|found| found.text).collect()
    }

    #[test]
    fn deliverables_are_items_and_wishes_are_not() {
        assert_eq!(
            read_all(
                "加强组织领导,制定年度工作方案,推动各项任务落地见效。建立健全部门会商制度。支持企业做大做强;编制空间布局规划。"
            ),
            ["制定年度工作方案", "建立健全部门会商制度", "编制空间布局规划"]
        );
    }

    #[test]
    fn work_is_told_in_its_order_and_never_in_the_words_of_the_title() {
        let years = Years::default();
        let text = "推广林药套种模式,促进农民增收。引导企业参与经营,延长链条。";
        let found: Vec<String> = work(&Prose::read(text, years)).into_iter().map(|found| found.text).collect();
        assert_eq!(found, ["推广林药套种模式", "引导企业参与经营"]);
        assert!(repeats("改造老旧小区12个", "改造老旧小区12个。"));
        assert!(repeats("推广林药套种", "推广林药套种模式"));
        assert!(!repeats("编制套种技术规程", "推广林药套种模式"));
    }

    #[test]
    fn a_date_gives_the_item_its_due() {
        let years = Years { now: Some(2025), end: None };
        let found = read(&Prose::read("2026年6月底前,出台管理办法。", years), years, &[]);
        assert_eq!(found[0].due, Some(Due::Month(2026, 6)));
        assert_eq!(found[0].text, "出台管理办法");
    }
}
