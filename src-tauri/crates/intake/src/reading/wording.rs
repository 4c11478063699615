//! The words around a number: what compares it, what is counted, and what only opens the clause.

use super::words::{Words, words};
use plan::Op;
use std::sync::LazyLock;

/// Words directly before a number that make it a bound, longest first where one ends another.
const COMPARATORS: &[(&str, Op)] = &[
    ("累计达到", Op::AtLeast),
    ("总计达到", Op::AtLeast),
    ("总数达到", Op::AtLeast),
    ("达到", Op::AtLeast),
    ("达成", Op::AtLeast),
    ("突破", Op::AtLeast),
    ("不得少于", Op::AtLeast),
    ("不得低于", Op::AtLeast),
    ("不少于", Op::AtLeast),
    ("不低于", Op::AtLeast),
    ("不小于", Op::AtLeast),
    ("不下于", Op::AtLeast),
    ("不短于", Op::AtLeast),
    ("提高到", Op::AtLeast),
    ("提高至", Op::AtLeast),
    ("提升到", Op::AtLeast),
    ("提升至", Op::AtLeast),
    ("提升为", Op::AtLeast),
    ("提至", Op::AtLeast),
    ("增加到", Op::AtLeast),
    ("增加至", Op::AtLeast),
    ("增长到", Op::AtLeast),
    ("增长至", Op::AtLeast),
    ("增至", Op::AtLeast),
    ("增到", Op::AtLeast),
    ("扩大到", Op::AtLeast),
    ("扩大至", Op::AtLeast),
    ("扩展到", Op::AtLeast),
    ("拓展到", Op::AtLeast),
    ("上升到", Op::AtLeast),
    ("上升至", Op::AtLeast),
    ("恢复到", Op::AtLeast),
    ("恢复至", Op::AtLeast),
    ("发展到", Op::AtLeast),
    ("发展至", Op::AtLeast),
    ("延长到", Op::AtLeast),
    ("延长至", Op::AtLeast),
    ("保持在", Op::AtLeast),
    ("稳定在", Op::AtLeast),
    ("维持在", Op::AtLeast),
    ("稳定达到", Op::AtLeast),
    ("保持", Op::AtLeast),
    ("稳定", Op::AtLeast),
    ("超过", Op::AtLeast),
    ("超出", Op::AtLeast),
    ("高于", Op::AtLeast),
    ("多于", Op::AtLeast),
    ("大于", Op::AtLeast),
    ("至少", Op::AtLeast),
    ("力争", Op::AtLeast),
    ("争取", Op::AtLeast),
    ("累计", Op::AtLeast),
    ("总计", Op::AtLeast),
    ("合计", Op::AtLeast),
    ("共计", Op::AtLeast),
    ("完成", Op::AtLeast),
    ("实现", Op::AtLeast),
    ("新增", Op::AtLeast),
    ("净增", Op::AtLeast),
    ("增长", Op::AtLeast),
    ("增加", Op::AtLeast),
    ("提高", Op::AtLeast),
    ("提升", Op::AtLeast),
    ("上升", Op::AtLeast),
    ("递增", Op::AtLeast),
    ("增速", Op::AtLeast),
    ("增幅", Op::AtLeast),
    ("下降", Op::AtLeast),
    ("降低", Op::AtLeast),
    ("减少", Op::AtLeast),
    ("压减", Op::AtLeast),
    ("削减", Op::AtLeast),
    ("达", Op::AtLeast),
    ("超", Op::AtLeast),
    ("为", Op::AtLeast),
    ("≥", Op::AtLeast),
    (">", Op::AtLeast),
    ("到", Op::AtLeast),
    ("至", Op::AtLeast),
    ("不得超过", Op::AtMost),
    ("不得高于", Op::AtMost),
    ("不超过", Op::AtMost),
    ("不高于", Op::AtMost),
    ("不多于", Op::AtMost),
    ("不大于", Op::AtMost),
    ("不超", Op::AtMost),
    ("控制在", Op::AtMost),
    ("控制到", Op::AtMost),
    ("限制在", Op::AtMost),
    ("低于", Op::AtMost),
    ("少于", Op::AtMost),
    ("小于", Op::AtMost),
    ("≤", Op::AtMost),
    ("<", Op::AtMost),
    ("最多", Op::AtMost),
    ("压至", Op::AtMost),
    ("压缩在", Op::AtMost),
    ("压减在", Op::AtMost),
    ("缩短在", Op::AtMost),
    ("缩短", Op::AtLeast),
];

static COMPARING: LazyLock<Words> = LazyLock::new(|| Words::new(COMPARATORS.iter().map(|(word, _)| *word)));

/// What brings something down to a number: 降至, 下降到, 压减到, 缩短至.
fn brings_down(text: &str) -> Option<usize> {
    static FALLS: LazyLock<Words> = LazyLock::new(|| {
        Words::new(["下降", "降低", "减少", "压减", "压缩", "缩短", "缩减", "压降", "压", "降", "减", "缩", "精简", "削减"])
    });
    let verb = text.strip_suffix(['到', '至', '为'])?;
    FALLS.end_of(verb).map(|fall| fall.len() + (text.len() - verb.len()))
}

/// Words between the name and the comparator that name nothing.
const BETWEEN: &[&str] = &[
    "当年",
    "原则上",
    "分别",
    "累计",
    "总体",
    "均",
    "都",
    "将",
    "要",
    "应",
    "须",
    "可",
    "力争",
    "争取",
    "预计",
    "平均",
    "全部",
    "总共",
    "共",
    "逐步",
    "稳步",
    "持续",
    "各",
    "也",
    "再",
    "依次",
];

static BETWEEN_NAMES: LazyLock<Words> = LazyLock::new(|| Words::new(BETWEEN.iter().copied()));

/// What stands before a number, read from its right end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Before {
    /// Where the name ends; everything behind it compares.
    pub(crate) name_end: usize,
    /// The comparator's meaning.
    pub(crate) op: Option<Op>,
    /// 约, 近
    pub(crate) about: bool,
    /// 分别
    pub(crate) each: bool,
    /// 累计, 总数
    pub(crate) total: bool,
    /// A comparator that also names a growth: 增长, 下降, 提高.
    pub(crate) change: bool,
    /// 新增 behind the name: 首贷户新增2000户.
    pub(crate) adds: bool,
    /// 新增, 完成…: also a verb whose object may follow the number.
    pub(crate) verb: bool,
    /// A comparator that leaves no doubt that the number is a bound.
    pub(crate) strong: bool,
}

/// Reads the words before a number.
pub(crate) fn before(text: &str) -> Before {
    let mut found = Before { name_end: text.trim_end().len(), ..Before::default() };
    loop {
        let rest = text[..found.name_end].trim_end();
        if let Some(word) = ["大约", "约为", "将近", "接近", "约", "近"].iter().find(|word| rest.ends_with(**word)) {
            // 附近, 邻近 are places
            if !rest.ends_with("附近") && !rest.ends_with("邻近") && !rest.ends_with("节约") && !rest.ends_with("集约") {
                found.about = true;
                found.name_end = rest.len() - word.len();
                continue;
            }
        }
        if let Some(length) = brings_down(rest) {
            found.op.get_or_insert(Op::AtMost);
            found.strong = true;
            found.name_end = rest.len() - length;
            continue;
        }
        if let Some((word, op)) = COMPARING.ending(rest).map(|at| &COMPARATORS[at]) {
            let change = matches!(
                *word,
                "增长"
                    | "增加"
                    | "提高"
                    | "提升"
                    | "上升"
                    | "递增"
                    | "下降"
                    | "降低"
                    | "减少"
                    | "压减"
                    | "削减"
                    | "缩短"
                    | "增速"
                    | "增幅"
            );
            // “提高机顶盒占比至75%”: the verb stands before the name
            if *word == "到" || *word == "至" {
                let raised = words!["提高", "提升", "增加", "扩大", "拓展", "延长"].within(rest);
                let lowered = words!["降低", "压缩", "缩短", "减少", "压减", "压降"].within(rest);
                if found.op.is_none() && (raised || lowered) {
                    found.op = Some(if lowered { Op::AtMost } else { Op::AtLeast });
                    found.strong = true;
                    found.name_end = rest.len() - word.len();
                    break;
                }
                break;
            }
            // the nouns 发展, 行为, 认为 end like a comparator
            if *word == "为"
                && (rest.ends_with("行为") || rest.ends_with("作为") || rest.ends_with("成为") || rest.ends_with("认为"))
            {
                break;
            }
            found.op.get_or_insert(*op);
            found.total |= word.contains("累计") || word.contains("总计") || word.contains("总数") || word.contains("合计");
            found.verb |= matches!(
                *word,
                "新增"
                    | "净增"
                    | "完成"
                    | "实现"
                    | "达成"
                    | "争取"
                    | "减少"
                    | "增加"
                    | "力争"
                    | "至少"
                    | "提升"
                    | "压减"
                    | "削减"
            );
            if change {
                found.change = true;
                found.name_end = rest.len() - word.len();
                break;
            }
            found.strong |= !matches!(
                *word,
                "累计"
                    | "总计"
                    | "合计"
                    | "共计"
                    | "完成"
                    | "实现"
                    | "新增"
                    | "净增"
                    | "力争"
                    | "争取"
                    | "为"
                    | "保持"
                    | "稳定"
            );
            found.name_end = rest.len() - word.len();
            if matches!(*word, "新增" | "净增") {
                found.adds = true;
                break;
            }
            continue;
        }
        if let Some(word) = BETWEEN_NAMES.end_of(rest) {
            let one_letter = word.chars().count() == 1;
            // 农民、居民各200名
            let one_each = word == "各" && rest.contains(['、', '和', '与']);
            if one_letter
                && !one_each
                && (found.op.is_none()
                    || rest.ends_with("平均")
                    || rest.ends_with("人均")
                    || rest.ends_with("亩均")
                    || rest.ends_with("户均")
                    || rest.ends_with("年均")
                    || rest.ends_with("首都"))
            {
                break;
            }
            found.each |= matches!(word, "分别" | "依次");
            found.total |= word == "累计";
            found.name_end = rest.len() - word.len();
            continue;
        }
        found.name_end = rest.len();
        break;
    }
    found
}

/// Words that only open a clause.
const OPENERS: &[&str] = &[
    "力争",
    "争取",
    "确保",
    "努力",
    "积极",
    "全力",
    "切实",
    "同时",
    "进一步",
    "逐步",
    "加快",
    "着力",
    "大力",
    "持续",
    "稳步",
    "力求",
    "预计",
    "计划",
    "拟",
    "并",
    "且",
    "使",
    "其中",
    "全年",
    "年内",
    "实现",
    "要",
    "将",
    "推动",
    "推进",
    "促进",
    "促成",
    "带动",
    "努力实现",
    "基本",
    "不断",
    "不断提高",
    "每年",
    "年度",
    "以",
    "在",
    "对",
    "到",
    "做到",
    "保障",
    "即",
    "以及",
    "和",
    "及",
    "、",
    "至少",
    "明显",
    "显著",
    "重点",
    "统筹",
    "深入",
    "全面",
    "分别",
    "从而",
    "也",
];

static OPENING: LazyLock<Words> = LazyLock::new(|| Words::new(OPENERS.iter().copied()));

/// Verbs that only say that the thing is to come about.
const MAKERS: &[&str] =
    &["争创", "打造", "促成", "达成", "形成", "确定", "建立起", "努力建成", "创成", "完成", "保持", "保证", "维持"];

/// A name is never longer than this, in bytes; of more words only the last are read.
const LONGEST_NAME: usize = 450;

/// The name without the words that open its clause.
pub(crate) fn name(text: &str) -> &str {
    let text = text.trim();
    let from = text.len().saturating_sub(LONGEST_NAME);
    let mut rest = text[super::sentence::floor(text, from)..].trim();
    loop {
        let before = rest;
        rest = rest.trim_start_matches([' ', ',', ';', '、', ':', '。', ')', '—', '-', '·', '•']);
        if let Some(word) = OPENING.start_of(rest)
            && rest[word.len()..].chars().count() >= 2
            && !whole_word(rest)
        {
            rest = &rest[word.len()..];
        }
        if rest == before {
            break;
        }
    }
    // 三年内改造, 3年共改造: a span of time that opens the clause
    if let Some(span) = span_of_years(rest)
        && let Some(word) = words!["内", "共", "共计", "总共", "合计", "累计"].start_of(&rest[span..])
    {
        return name(&rest[span + word.len()..]);
    }
    if rest.chars().count() > 3
        && let Some(point) = words!["一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是"].start_of(rest)
    {
        return name(&rest[point.len()..]);
    }
    if let Some(word) = words!["每年", "常年", "始终", "长期"].end_of(rest)
        && rest[..rest.len() - word.len()].chars().count() >= 3
    {
        return name(&rest[..rest.len() - word.len()]);
    }
    // 在沿海等地设立门店: where it is done
    if let Some(at) = words!["等地区", "等地"].first_in(rest)
        && let Some(word) = words!["等地区", "等地"].start_of(&rest[at..])
        && begins_with_verb(&rest[at + word.len()..])
    {
        return name(&rest[at + word.len()..]);
    }
    // 每学期开展视导
    if rest.starts_with('每')
        && let Some(term) = words!["每学期", "每学年", "每季度", "每半年", "每月", "每周"].start_of(rest)
        && begins_with_verb(&rest[term.len()..])
    {
        return name(&rest[term.len()..]);
    }
    for frequency in ["每年度", "每年"] {
        if let Some(at) = rest.find(frequency)
            && rest[at + frequency.len()..].chars().count() >= 2
            && !["不", "达", "增", "提", "下", "降", "超", "新增"]
                .iter()
                .any(|word| rest[at + frequency.len()..].starts_with(word) && at >= 6)
        {
            return name(&rest[at + frequency.len()..]);
        }
    }
    rest.trim_end_matches([',', '、', ':', ' ']).trim()
}

/// 三年, 5年: how long the span of years is with which a text begins, in bytes. 2026年 is none.
pub(crate) fn span_of_years(text: &str) -> Option<usize> {
    let digits = |c: char| c.is_ascii_digit() || super::numeral::is_han_number(c);
    let end = text.find(|c| !digits(c)).filter(|end| (1..=2).contains(&text[..*end].chars().count()))?;
    text[end..].starts_with('年').then(|| end + '年'.len_utf8())
}

/// 在建项目, 对外贸易, 要素: words that begin like an opener.
fn whole_word(text: &str) -> bool {
    words![
        "在建",
        "在校",
        "在册",
        "在线",
        "在训",
        "在园",
        "在读",
        "在岗",
        "在职",
        "在营",
        "在孵",
        "在库",
        "在学",
        "在规",
        "对外",
        "对口",
        "要素",
        "重点",
        "将军",
        "以工代赈",
        "以旧",
        "到位",
        "到账",
        "到期",
        "及时",
        "即时",
        "基本医疗",
        "基本养老",
        "基本公共",
        "基本农田",
        "持续时间",
        "保障性",
        "保障房",
        "全面小康",
        "与会",
        "和美",
        "也门",
        "大力神",
        "实现利",
        "实现税",
        "推动力",
        "带动就业",
        "带动农",
        "计划生育",
        "和谐",
    ]
    .starting(text)
    .is_some()
}

/// A name without the verb that only makes it.
pub(crate) fn thing(text: &str) -> &str {
    let rest = name(text);
    MAKERS.iter().find_map(|verb| rest.strip_prefix(verb).filter(|rest| rest.chars().count() >= 2)).map_or(rest, name)
}

/// Verbs whose object may follow a number: 新增50处…, 打造20个….
const DELIVERS: &[&str] = &[
    "加装",
    "新增",
    "净增",
    "新建",
    "新改建",
    "新改扩建",
    "改建",
    "扩建",
    "改扩建",
    "建成",
    "建设",
    "建好",
    "打造",
    "创建",
    "创成",
    "争创",
    "培育",
    "培养",
    "引进",
    "引育",
    "招引",
    "引入",
    "招录",
    "招聘",
    "完成",
    "开展",
    "举办",
    "组织",
    "实施",
    "推进",
    "推动",
    "形成",
    "修复",
    "改造",
    "提升",
    "整治",
    "设立",
    "建立",
    "布局",
    "布设",
    "认定",
    "评选",
    "选派",
    "选树",
    "推广",
    "发展",
    "集聚",
    "盘活",
    "消除",
    "落地",
    "实现",
    "签约",
    "开工",
    "竣工",
    "投产",
    "储备",
    "谋划",
    "达成",
    "制定",
    "修订",
    "制修订",
    "申报",
    "获批",
    "获评",
    "获得",
    "入选",
    "入库",
    "选育",
    "转化",
    "发放",
    "安排",
    "投入",
    "争取",
    "筹集",
    "筹措",
    "供应",
    "供给",
    "配备",
    "配建",
    "增设",
    "增加",
    "扶持",
    "支持",
    "帮助",
    "服务",
    "培训",
    "轮训",
    "吸纳",
    "安置",
    "转移",
    "帮扶",
    "关停",
    "淘汰",
    "拆除",
    "腾退",
    "整合",
    "升级",
    "更新",
    "种植",
    "治理",
    "疏浚",
    "加固",
    "铺设",
    "敷设",
    "遴选",
    "命名",
    "表彰",
    "举行",
    "承办",
    "派出",
    "组建",
    "选聘",
    "聘任",
    "聚集",
    "汇聚",
    "拓展",
    "开通",
    "开辟",
    "优化",
    "恢复",
    "复垦",
    "收储",
    "出台",
    "发布",
    "绿化",
    "建",
    "育",
    "引",
    "销号",
    "化解",
    "办好",
    "办结",
    "攻克",
    "突破",
    "突破性攻克",
    "攻关",
    "承担",
    "取得",
    "立项",
    "推出",
    "梳理出",
    "梳理",
    "选出",
    "树立",
    "搭建",
    "构建",
    "做强",
    "做大",
    "做优",
    "壮大",
    "排查",
    "检查",
    "抽查",
    "查处",
    "兑现",
    "建有",
    "设有",
    "配有",
    "保有",
    "配备",
    "设立",
    "提供",
];

/// The verb at the end of a text, if it is one whose object may follow.
pub(crate) fn delivers(text: &str) -> Option<&'static str> {
    let text = text.trim_end().trim_end_matches(['了', '出', '到']);
    DELIVERS.iter().filter(|verb| text.ends_with(**verb)).max_by_key(|verb| verb.len()).copied()
}

/// The verb before a list whose kind the number counts: 完成城市管理、防汛应急等3个专题场景.
pub(crate) fn delivers_list(words: &str) -> Option<&'static str> {
    let words = words.trim_end();
    let list = words.strip_suffix('等').unwrap_or(words);
    let head = &list[..list.find('、')?];
    let (at, verb) = DELIVERS
        .iter()
        .chain(&["完成", "实施", "开展", "举办", "推进"])
        .filter_map(|verb| head.rfind(verb).map(|at| (at, *verb)))
        .max_by_key(|(at, verb)| (*at, verb.len()))?;
    let first = &head[at + verb.len()..];
    ((2..=16).contains(&first.chars().count()) && !words.contains([',', ';', '。'])).then_some(verb)
}

/// The verb before the place where its objects are: 完成城区范围内的5条背街小巷整治.
pub(crate) fn delivers_in_place(words: &str) -> Option<&'static str> {
    let words = words.trim_end();
    let place = words.strip_suffix('的').unwrap_or(words);
    // 完成列入省级清单的5条黑臭水体治理: which of them
    let chosen = place.len() < words.len() && words!["列入", "纳入", "符合", "位于", "涉及", "存在"].within(place);
    let somewhere = words!["内", "城区", "县城", "城镇", "乡镇", "农村", "全县", "全市", "全区", "全省", "全旗", "沿线", "周边"];
    if !chosen && somewhere.ending(place).is_none() {
        return None;
    }
    let (at, verb) = DELIVERS
        .iter()
        .chain(&["完成", "实施", "开展"])
        .filter_map(|verb| place.rfind(verb).map(|at| (at, *verb)))
        .max_by_key(|(at, verb)| (*at, verb.len()))?;
    let between = &place[at + verb.len()..];
    let short = (1..=14).contains(&between.chars().count()) && !between.contains(['、', ',', '和', '与']);
    let fits = !chosen || words!["列入", "纳入", "符合", "位于", "涉及", "存在"].starting(between).is_some();
    (short && fits).then_some(verb)
}

/// True for words that begin with something to be done: 新增…, 增长….
pub(crate) fn begins_with_verb(text: &str) -> bool {
    DELIVERS.iter().any(|verb| text.starts_with(verb))
        || words!["增长", "提高", "递增", "下降", "降低", "减少", "增幅", "增速", "开", "举"].starting(text).is_some()
}

/// What a clause about the past counted: 截至2024年底已建成充电桩 -> 充电桩.
pub(crate) fn past_thing(words: &str) -> Option<&str> {
    let end = before(words).name_end;
    let words = &words[..end];
    let verbs =
        ["已建成", "已累计建成", "已有", "已达", "已完成", "已培育", "已累计", "现有", "共有", "拥有", "建有", "建成", "已"];
    let from = verbs.iter().filter_map(|verb| words.rfind(verb).map(|at| at + verb.len())).max()?;
    let thing = name(&words[from..]);
    (2..=24).contains(&thing.chars().count()).then_some(thing)
}

/// A thing without the verb that opens its name.
pub(crate) fn without_verb(thing: &str) -> &str {
    DELIVERERS_AT_START.iter().find_map(|verb| thing.strip_prefix(verb).filter(|rest| rest.chars().count() >= 2)).unwrap_or(thing)
}

const DELIVERERS_AT_START: &[&str] = &[
    "开工",
    "竣工",
    "投产",
    "新增",
    "新建",
    "改造",
    "建成",
    "建设",
    "治理",
    "培育",
    "引进",
    "完成",
    "开展",
    "打造",
    "创建",
    "累计建成",
    "累计",
    "淘汰",
    "修复",
    "整治",
    "实施",
    "新改建",
    "拆除",
    "组织",
    "举办",
    "推广",
    "发展",
];

/// 再治理, 新增: a verb whose object was named before.
pub(crate) fn is_bare_verb(name: &str) -> bool {
    let verb = name.trim_start_matches(['再', '另', '又']);
    // 改造提升, 整治提升: two verbs; behind 完成 the second is the thing that is done
    let pair = !verb.starts_with("完成")
        && verb.char_indices().nth(2).is_some_and(|(at, _)| DELIVERS.contains(&&verb[..at]) && DELIVERS.contains(&&verb[at..]));
    name.chars().count() <= 4 && (DELIVERS.contains(&verb) || pair || matches!(name, "力争" | "其他"))
}

/// 总投资, 占地面积: what a project is like.
pub(crate) fn describes(name: &str) -> bool {
    matches!(
        name,
        "总投资"
            | "计划总投资"
            | "计划投资"
            | "项目总投资"
            | "概算投资"
            | "占地"
            | "占地面积"
            | "总占地"
            | "用地"
            | "用地面积"
            | "建筑面积"
            | "总建筑面积"
            | "规划面积"
            | "规划用地"
            | "规划占地"
            | "面积"
            | "总面积"
            | "全长"
            | "长"
            | "宽"
            | "高"
            | "总长"
    )
}

/// True where a clause speaks of what was: 已, 现有, 目前.
pub(crate) fn is_past(text: &str) -> bool {
    words![
        "已建成",
        "已达",
        "已有",
        "已完成",
        "已累计",
        "已经",
        "现有",
        "目前",
        "共有",
        "曾",
        "原有",
        "以来,",
        "近年来",
        "已由",
        "过去",
        "此前",
        "先后",
        "位居",
        "居全",
        "排名",
        "超额完成",
        "高于全",
        "实现了",
        "取得了",
        "建成了",
        "完成了",
        "形成了",
        "达到了",
        "突破了",
        "增长了",
    ]
    .within(text)
        || ["去年", "上年"].iter().any(|word| {
            // 比上年缩短5天 is what is to come
            text.match_indices(word).any(|(at, _)| !text[..at].ends_with(['比', '较', '与', '同', '于']))
        })
}

/// True where a sentence opens with a time that is over: 去年, 近三年.
pub(crate) fn opens_in_the_past(sentence: &str) -> bool {
    let sentence = sentence.trim_start();
    let head = &sentence[..sentence.char_indices().nth(12).map_or(sentence.len(), |(at, _)| at)];
    let recent = head.strip_prefix('近').is_some_and(|rest| rest.chars().take(3).any(|c| c == '年'));
    recent || is_past(head)
}

/// True where what is counted are the document's own parts: 实施9项重点任务.
pub(crate) fn counts_itself(thing: &str) -> bool {
    let named = [
        "重点任务",
        "主要任务",
        "具体任务",
        "工作任务",
        "重点工作任务",
        "重点举措",
        "具体举措",
        "主要举措",
        "工作举措",
        "政策措施",
        "工作措施",
        "具体措施",
    ];
    let rest = named.iter().find_map(|word| thing.strip_prefix(word));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['(', ',', '。']))
}

/// True where the number is a design value of a thing or a rule, not something to be reached.
pub(crate) fn is_norm(words: &str, unit: &str) -> bool {
    let words = words.trim_end();
    let per_time = words!["/小时", "/秒", "/分钟", "/时", "/h"].within(unit);
    // 每个面积不少于60平方米: how large one is to be
    let each = words!["每个", "每处", "每座", "每所", "每间", "每家", "单个", "单体"].starting(words.trim_start()).is_some()
        && words!["面积", "容积", "规模", "长度"].within(words);
    if each {
        return true;
    }
    let sign = words.ends_with(['≥', '≤', '>', '<']) && !unit.contains('%') && per_time;
    let added = words!["新增", "扩建", "提升", "达到", "形成"].within(words);
    sign || (per_time && !added)
        || words![
            "原则上",
            "不应",
            "不宜",
            "不得少于",
            "不得小于",
            "不得大于",
            "是指",
            "系指",
            "指的是",
            "规定的",
            "绩效分值",
            "考核分值",
        ]
        .within(words)
}

/// “轮岗比例不低于应交流教师的” (15%): the whole and what it is a share of.
pub(crate) fn share_of(name: &str) -> Option<(String, String)> {
    let head = name.strip_suffix('的')?;
    for word in ["达到", "不低于", "不少于", "超过", "占到", "占"] {
        if let Some(at) = head.find(word) {
            let whole = head[..at].trim_end_matches("每年");
            let part = &head[at + word.len()..];
            if whole.chars().count() >= 2 && part.chars().count() >= 2 {
                return Some((whole.to_owned(), part.to_owned()));
            }
        }
    }
    None
}

/// True where the number is what somebody is paid or fined, or a condition for it.
pub(crate) fn is_policy(text: &str) -> bool {
    if words!["安排", "筹集", "筹措", "设立", "发放"].within(text) && !text.contains("给予") {
        return false;
    }
    // 补助资金占比: of the money that comes in, not of what is paid out
    if text.contains("资金占") {
        return false;
    }
    words![
        "给予",
        "奖励",
        "补助",
        "补贴",
        "奖补",
        "资助",
        "贴息",
        "罚款",
        "处罚",
        "减免",
        "减按",
        "一次性",
        "最高",
        "单户",
        "最高不超过",
        "最高可",
        "按照每",
        "按每",
        "标准的",
        "征收",
        "额度",
        "起付",
        "报销",
        "抵扣",
        "扣除",
        "税率",
        "利率",
        "免收",
    ]
    .within(text)
}

/// The names that share one predicate: “甲、乙增加值占比重分别” gives 甲增加值占比重 and 乙增加值占比重.
pub(crate) fn distribute(name: &str, count: usize) -> Option<Vec<String>> {
    use super::brackets::Depth;
    // 城乡居民收入 are the towns' and the villages'
    if count == 2
        && !name.contains(['、', '和', '与'])
        && let Some(at) = name.find("城乡")
    {
        let (head, tail) = (&name[..at], &name[at + "城乡".len()..]);
        return Some(vec![format!("{head}城镇{tail}"), format!("{head}农村{tail}")]);
    }
    // 普及率, 参与度, 和谐 hold no conjunction: the letter is covered by another of its length
    let mut plain = name.to_owned();
    for word in
        ["普及", "涉及", "惠及", "及时", "及格", "参与", "给予", "赋与", "和谐", "饱和", "和美", "和平", "总和", "共和", "缓和"]
    {
        if plain.contains(word) {
            plain = plain.replace(word, "〇〇");
        }
    }
    let depth = Depth::of(&plain);
    let list: Vec<&str> =
        depth.split(&plain, 0..plain.len(), |c| c == '、').into_iter().map(|piece| name[piece].trim()).collect();
    // whole names on both sides of every 、 need no other mark
    if list.len() == count && list.iter().all(|piece| is_whole(piece)) {
        return Some(list.into_iter().map(str::to_owned).collect());
    }
    for marks in [&['和', '与', '及'][..], &['、'][..], &['、', '和', '与', '及'][..]] {
        let pieces = depth.split(&plain, 0..plain.len(), |c| marks.contains(&c));
        // “甲、乙和丙”: the conjunction counts like 、; “以及” leaves an empty end behind
        let pieces: Vec<&str> =
            pieces.into_iter().map(|piece| name[piece].trim().trim_end_matches('以')).filter(|piece| !piece.is_empty()).collect();
        if pieces.len() > count && marks.len() < 3 {
            // only the first marks part the names: 甲和乙在新建、改建绿地的比例
            continue;
        }
        if pieces.len() == count {
            return Some(with_shared_end(&pieces));
        }
    }
    None
}

const RATIOS: &[&str] = &[
    "率", "比重", "占比", "比例", "数量", "总数", "产值", "面积", "增幅", "增速", "规模", "总量", "投资", "收入", "水平", "人数",
    "时间", "时限", "天数", "成本",
];

/// True for a name that says itself what is measured.
fn is_whole(name: &str) -> bool {
    RATIOS.iter().any(|word| name.ends_with(word)) || name.ends_with(['率', '数', '量', '额', '值', '度', '积', '幅'])
}

/// The last of several names carries what all share.
fn with_shared_end(pieces: &[&str]) -> Vec<String> {
    let Some((last, firsts)) = pieces.split_last() else {
        return Vec::new();
    };
    let first = firsts.first().copied().unwrap_or_default();
    if !is_whole(last) || is_whole(first) {
        return pieces.iter().map(|piece| (*piece).to_owned()).collect();
    }
    // the end that the first name has inside the last one: 产业|增加值占比重
    for length in [2, 1] {
        let end: String = first.chars().rev().take(length).collect::<Vec<_>>().into_iter().rev().collect();
        if first.chars().count() > length
            && let Some(at) = last.find(&end).filter(|at| *at > 0)
        {
            let shared = &last[at + end.len()..];
            if shared.is_empty() {
                continue;
            }
            return firsts.iter().map(|piece| format!("{piece}{shared}")).chain([(*last).to_owned()]).collect();
        }
    }
    // 花生种植、收获|机械化率: names of two characters after a common beginning
    let tail: String = last.chars().skip(2).collect();
    let head: String = {
        let chars: Vec<char> = first.chars().collect();
        chars[..chars.len().saturating_sub(2)].iter().collect()
    };
    if first.chars().count() >= 3 && last.chars().count() >= 4 {
        return firsts
            .iter()
            .enumerate()
            .map(|(i, piece)| if i == 0 { format!("{piece}{tail}") } else { format!("{head}{piece}{tail}") })
            .chain([format!("{head}{last}")])
            .collect();
    }
    firsts.iter().map(|piece| format!("{piece}{tail}")).chain([(*last).to_owned()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparators_are_read_from_the_right() {
        for (text, rest, op) in [
            ("森林覆盖率达到", "森林覆盖率", Some(Op::AtLeast)),
            ("实验室累计不少于", "实验室", Some(Op::AtLeast)),
            ("能耗强度控制在", "能耗强度", Some(Op::AtMost)),
            ("审批时限压缩至", "审批时限", Some(Op::AtMost)),
            ("绿道长度约", "绿道长度", None),
            ("机械化率均达到", "机械化率", Some(Op::AtLeast)),
            ("失业率下降到", "失业率", Some(Op::AtMost)),
            ("新增篮球场", "新增篮球场", None),
        ] {
            let found = before(text);
            assert_eq!((&text[..found.name_end], found.op), (rest, op), "{text}");
        }
    }

    #[test]
    fn openers_are_no_part_of_a_name() {
        assert_eq!(name("力争全市省级科技型企业"), "全市省级科技型企业");
        assert_eq!(name("促成每年技术交易额"), "技术交易额");
        assert_eq!(name("在建项目"), "在建项目");
        assert_eq!(thing("争创省级智能工厂"), "省级智能工厂");
    }

    #[test]
    fn a_list_that_the_number_counts_keeps_its_verb() {
        assert_eq!(delivers_list("上半年完成城市管理、防汛应急、交通拥堵"), Some("完成"));
        assert_eq!(delivers_list("完成生态环境、安全生产等"), Some("完成"));
        assert_eq!(delivers_list("生态环境、安全生产等"), None);
    }

    #[test]
    fn shared_predicates_are_given_to_each_name() {
        assert_eq!(
            distribute("高技术产业、新兴产业增加值占工业比重", 2).unwrap(),
            ["高技术产业增加值占工业比重", "新兴产业增加值占工业比重"]
        );
        assert_eq!(distribute("花生种植、收获机械化率", 2).unwrap(), ["花生种植机械化率", "花生收获机械化率"]);
        assert_eq!(
            distribute("乔木树种和草种在新建、改建绿地的应用比例", 2).unwrap(),
            ["乔木树种在新建、改建绿地的应用比例", "草种在新建、改建绿地的应用比例"]
        );
        assert_eq!(distribute("高企与科技型中小企业", 2).unwrap(), ["高企", "科技型中小企业"]);
        assert_eq!(distribute("研发工具普及率、关键工序数控化率", 2).unwrap(), ["研发工具普及率", "关键工序数控化率"]);
        assert_eq!(distribute("高企", 2), None);
    }
}
