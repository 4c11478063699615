//! Names of responsible units: what they end in, how lists of them are set apart, what is no unit at all.

use super::brackets::Depth;
use super::words::{Words, words};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

/// What the names of public bodies end in.
const ENDINGS: &[&str] = &[
    "局",
    "委",
    "办",
    "部",
    "厅",
    "署",
    "院",
    "会",
    "社",
    "处",
    "所",
    "站",
    "队",
    "馆",
    "室",
    "政府",
    "中心",
    "集团",
    "公司",
    "银行",
    "街道",
    "乡镇",
    "镇街",
    "街镇",
    "镇",
    "乡",
    "县",
    "区",
    "市",
    "州",
    "旗",
    "盟",
    "园",
    "学院",
    "大学",
    "学校",
    "医院",
    "协会",
    "专班",
    "小组",
    "指挥部",
    "单位",
    "部门",
    "企业",
    "联社",
    "妇联",
    "工商联",
    "科协",
    "残联",
    "侨联",
    "文联",
    "社科联",
    "海关",
    "法院",
    "检察院",
    "支队",
    "大队",
    "总队",
    "分局",
    "总局",
    "党委",
    "党组",
    "党工委",
    "供销社",
    "国资",
    "属地",
    "电信",
    "移动",
    "联通",
    "铁塔",
    "机构",
    "场",
    "库",
    "村",
    "社区",
    "平台",
    "分行",
    "支行",
    "行",
    "科",
];

/// Endings of an office that can be given work by a sentence: narrower than [`ENDINGS`].
const OFFICES: &[&str] = &[
    "局",
    "委",
    "办",
    "部",
    "厅",
    "署",
    "政府",
    "中心",
    "公司",
    "集团",
    "银行",
    "办公室",
    "专班",
    "小组",
    "指挥部",
    "管委会",
    "委员会",
    "街道",
    "乡镇",
    "镇街",
    "街镇",
    "团委",
    "妇联",
    "工商联",
    "科协",
    "残联",
    "工会",
    "党委",
    "党工委",
    "法院",
    "检察院",
    "部门",
    "支队",
    "大队",
    "督查室",
    "调查队",
];

/// What follows the names in a clause: roles and ways of sharing work. Longest first where one begins another.
const TAILS: &[&str] = &[
    "结合实际",
    "按规定",
    "按照职责",
    "按职责",
    "按职能",
    "按照职能",
    "按各自",
    "按照各自",
    "按分工",
    "按照分工",
    "按权限",
    "根据职责",
    "依职责",
    "依据职责",
    "结合职责",
    "分别牵头",
    "分工负责",
    "分别负责",
    "共同负责",
    "具体负责",
    "牵头负责",
    "牵头",
    "负责",
    "组织落实",
    "组织实施",
    "贯彻落实",
    "抓好落实",
    "具体落实",
    "具体抓好",
    "分别落实",
    "共同落实",
    "落实",
    "配合",
    "协同",
    "参与",
    "参加",
    "协办",
    "协助",
    "承办",
    "主办",
    "主责",
    "主抓",
    "共同推进",
    "共同实施",
    "具体实施",
    "支持",
    "予以",
    "分头",
    "监督指导",
    "业务指导",
    "指导",
    "督导",
    "共同推动",
    "共同完成",
    "共同做好",
];

/// More characters than the longest name of a unit has: 某省某自治州某某国家级高新技术产业开发区管理委员会 and its like.
const LONGEST: usize = 60;

static ENDS: LazyLock<Words> = LazyLock::new(|| Words::new(ENDINGS.iter().copied()));
static OFFICE_ENDS: LazyLock<Words> = LazyLock::new(|| Words::new(OFFICES.iter().copied()));
static SHARING: LazyLock<Words> = LazyLock::new(|| Words::new(TAILS.iter().copied()));

/// What a segment of a clause says about the units in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Lead,
    Support,
}

/// True where a text may be a unit's name by its ending.
pub(crate) fn is_unit(name: &str) -> bool {
    let core = without_bracket(name);
    let length = core.chars().count();
    let field = words!["学科", "本科", "专科", "百科"].ending(core).is_some();
    !field && (2..=LONGEST).contains(&length) && ENDS.ending(core).is_some() && !core.contains(['。', ',', ';', '%'])
}

/// True for an office to which a sentence may assign work.
pub(crate) fn is_office(name: &str) -> bool {
    let core = without_bracket(name);
    let named = core.starts_with('各') || OFFICE_ENDS.ending(core).is_some();
    named && name.trim().chars().count() >= 3 && core.chars().count() <= LONGEST && !is_generic(core)
}

/// 县政府, 市委: who issues the plan, and gives the work to its offices.
pub(crate) fn is_issuer(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| matches!(c, '县' | '市' | '区' | '省' | '州' | '旗'))
        && matches!(chars.as_str(), "委" | "政府" | "人民政府")
}

/// “各有关部门”, “各责任单位”: nobody in particular.
pub(crate) fn is_generic(name: &str) -> bool {
    let name = name.trim();
    words![
        "有关",
        "相关",
        "责任单位",
        "责任部门",
        "成员单位",
        "牵头单位",
        "牵头部门",
        "配合单位",
        "主管部门",
        "职能部门",
        "上述",
        "其他",
        "本部门",
        "本单位",
        "各级",
        "各方",
        "各界",
        "各项",
        "各类",
        "各行业",
        "负责部门",
    ]
    .within(name)
        || matches!(
            name,
            "各地"
                | "各部门"
                | "各单位"
                | "各地各部门"
                | "各地区"
                | "部门"
                | "单位"
                | "各企业"
                | "企业"
                | "政府"
                | "全县"
                | "全市"
                | "全区"
                | "各"
                | "工作专班"
                | "专班"
                | "工作组"
                | "工作小组"
                | "领导小组"
                | "办公室"
        )
        || of_a_level(name)
}

/// “市级部门”, “市区部门”, “县直单位”: a level and a class of bodies, nobody in particular.
fn of_a_level(name: &str) -> bool {
    let Some(level) = name.strip_suffix("部门").or_else(|| name.strip_suffix("单位")) else {
        return false;
    };
    !level.is_empty()
        && level.chars().count() <= 3
        && level.chars().all(|c| matches!(c, '国' | '家' | '省' | '市' | '县' | '区' | '州' | '旗' | '镇' | '乡' | '级' | '直'))
}

fn without_bracket(name: &str) -> &str {
    let name = name.trim();
    if !name.ends_with(')') {
        return name;
    }
    match name.find('(') {
        Some(at) if at > 0 => name[..at].trim(),
        _ => name,
    }
}

/// One name in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) name: String,
    /// What the words behind the name say.
    pub(crate) part: Option<Part>,
}

/// Reads a list: names set apart by 、 , ; or spaces, or by 和 between two whole names; 等 and the words of sharing are left out.
pub(crate) fn list(text: &str) -> Vec<Named> {
    // no list of units is longer than this
    let text = &*closed_up(&text[..super::sentence::floor(text, 6_000)]);
    let depth = Depth::of(text);
    let mut found = Vec::new();
    let pieces = depth.split(text, 0..text.len(), |c| matches!(c, '、' | ',' | ';' | ' ' | '/' | '。' | '|'));
    for piece in whole_levels(text, pieces) {
        for piece in joined_by_and(&text[piece]) {
            if let Some(named) = named(piece) {
                found.push(named);
            }
        }
    }
    // a role behind the last name of a list is meant for all names before it that have none of their own
    let mut part = None;
    for named in found.iter_mut().rev() {
        match named.part {
            Some(own) => part = Some(own),
            None => named.part = part,
        }
    }
    found.retain(|named| !named.name.is_empty());
    found
}

/// “县 财 政 局”, spread over a cell's width, is one name: a blank next to a character that stands alone is left out.
fn closed_up(text: &str) -> Cow<'_, str> {
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let tokens: Vec<&str> = text.split(' ').collect();
    if tokens.len() < 2 {
        return text.into();
    }
    // what stands at either side of a blank, between it and the next mark
    let alone = |piece: Option<&str>| piece.is_some_and(|piece| piece.chars().count() == 1 && piece.chars().all(is_han));
    let marks = ['、', ',', ';', ':', '(', ')', '|', '/'];
    let mut closed = String::with_capacity(text.len());
    for (at, token) in tokens.iter().enumerate() {
        if at > 0 {
            let before = tokens[at - 1].rsplit(marks).next();
            let after = token.split(marks).next();
            if !(alone(before) || alone(after)) {
                closed.push(' ');
            }
        }
        closed.push_str(token);
    }
    closed.into()
}

/// “各市、州、县人民政府” is one unit, of all places of these levels; “各区、县级市” are two.
fn whole_levels(text: &str, pieces: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let level = |word: &str| matches!(word, "市" | "州" | "县" | "区" | "旗" | "盟" | "镇" | "乡");
    let mut found: Vec<Range<usize>> = Vec::with_capacity(pieces.len());
    let mut open = false;
    for piece in pieces {
        let word = text[piece.clone()].trim();
        let core = tail_at(word).map_or(word, |at| word[..at].trim_end());
        let ruled = ["人民政府", "政府"].iter().find_map(|body| core.strip_suffix(body));
        let joins = open && (level(core) || ruled.is_some_and(level));
        match found.last_mut() {
            Some(last) if joins && text[last.end..piece.start].starts_with('、') => last.end = piece.end,
            _ => found.push(piece.clone()),
        }
        open = word.strip_prefix('各').is_some_and(level) || (joins && core == word && level(core));
    }
    found
}

/// “县委和县政府” are two, “农业和农村局” is one: the text before 和 must be a whole name.
fn joined_by_and(text: &str) -> Vec<&str> {
    let depth = Depth::of(text);
    for word in ["以及", "会同", "和", "与", "及", "商"] {
        let mut from = 0;
        while let Some(offset) = text[from..].find(word) {
            let at = from + offset;
            let (left, right) = (&text[..at], &text[at + word.len()..]);
            let core = without_others(left.trim());
            let whole = is_office(core)
                || core.ends_with(['门', '位', '镇', '乡', '区', '县', '市', '院', '会', '所', '站', '业', '关', '校', '联']);
            let rest = right.trim_start();
            // 林业和草原局 is one office: what stands before 和 is a field of work
            let office = tail_at(rest).map_or(rest, |at| rest[..at].trim_end());
            // 有关部门和单位: one class of bodies
            let class = matches!(office, "单位" | "部门" | "地方" | "企业" | "机构");
            let field = left.ends_with('业') && is_unit(office) && !is_office(left.trim());
            if depth.outside(at)
                && whole
                && !field
                && !class
                && left.chars().count() >= 3
                && rest.chars().count() >= 2
                && !rest.starts_with("信息")
            {
                let mut pieces = vec![left];
                // a chain of 和 longer than any list is left as it stands
                if text.len() <= 600 {
                    pieces.extend(joined_by_and(right))
                } else {
                    pieces.push(right)
                }
                return pieces;
            }
            from = at + word.len();
        }
    }
    vec![text]
}

/// One piece of a list: the name, and what the words behind it say. An empty name with a part speaks of the names before.
fn named(piece: &str) -> Option<Named> {
    let mut text = piece.trim().trim_matches(['“', '”', ':', '。', '.', '*', '★', '●']);
    for word in ["由", "以及", "并由", "并"] {
        text = text.strip_prefix(word).unwrap_or(text).trim_start();
    }
    // 绿色类指标由市生态环境局牵头: what is given to whom
    if let Some(at) = text.rfind('由').filter(|at| *at > 0 && !text[..*at].ends_with(['自', '理', '事', '缘', '经']))
        && text[at + '由'.len_utf8()..].chars().count() >= 3
    {
        text = &text[at + '由'.len_utf8()..];
    }
    let mut part = None;
    // 县科技局(牵头)
    for (mark, role) in [("(牵头", Part::Lead), ("(配合", Part::Support), ("(主办", Part::Lead), ("(协办", Part::Support)]
    {
        if let Some(at) = text.find(mark) {
            part = Some(role);
            text = text[..at].trim_end();
        }
    }
    if let Some(at) = tail_at(text) {
        let tail = &text[at..];
        let lead = tail.contains("牵头") || tail.contains("主办") || tail.contains("主责") || tail.contains("主抓");
        part = Some(if lead { Part::Lead } else { Part::Support });
        text = text[..at].trim_end();
    }
    text = without_others(text);
    if text.is_empty() {
        return part.map(|part| Named { name: String::new(), part: Some(part) });
    }
    if text.chars().count() > LONGEST || matches!(text, "下同" | "以下同" | "按" | "依" | "其" | "的" | "同上" | "单位" | "部门")
    {
        return part.map(|part| Named { name: String::new(), part: Some(part) });
    }
    Some(Named { name: text.to_owned(), part })
}

/// Where the words of sharing begin. “县重点项目推进中心” or “县委组织部” hold none.
fn tail_at(text: &str) -> Option<usize> {
    if !SHARING.within(text) {
        return None;
    }
    let behind_bracket = text.rfind(')').filter(|_| text.contains('(')).map_or(0, |at| at + 1);
    text[behind_bracket..].char_indices().map(|(offset, _)| behind_bracket + offset).find(|at| {
        SHARING.start_of(&text[*at..]).is_some_and(|tail| {
            let rest = &text[at + tail.len()..];
            let part_of_name = matches!(rest, "站" | "所" | "处" | "院" | "队" | "科" | "会" | "单位" | "总站" | "小组");
            !rest.ends_with(['局', '办', '委', '部', '室']) && !rest.ends_with("中心") && !part_of_name
        })
    })
}

/// “县财政局等部门” -> “县财政局”: what stands behind 等 only says of what class the named ones are.
fn without_others(text: &str) -> &str {
    let Some(at) = text.rfind('等').filter(|at| !text[..*at].ends_with(['高', '中', '初', '同', '平', '均', '优', '对']))
    else {
        return text;
    };
    let rest = text[at + '等'.len_utf8()..].trim();
    let class = words![
        "部门", "单位", "机构", "企业", "公司", "地区", "地方", "县区", "区县", "市县", "县市", "乡镇", "镇街", "团体", "组织",
        "院校", "高校", "方面", "各方"
    ];
    let others = rest.is_empty() || (rest.chars().count() <= 16 && (is_generic(rest) || class.ending(rest).is_some()));
    if others { text[..at].trim_end() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        list(text).into_iter().map(|named| named.name).collect()
    }

    #[test]
    fn lists_are_set_apart_outside_brackets_only() {
        assert_eq!(names("市科技局、各县(市、区)政府、云岭开发区管委会"), ["市科技局", "各县(市、区)政府", "云岭开发区管委会"]);
        assert_eq!(names("县发改局 县财政局"), ["县发改局", "县财政局"]);
        assert_eq!(names("县发改局和县财政局"), ["县发改局", "县财政局"]);
        assert_eq!(names("县自然资源和规划局、工业和信息化部"), ["县自然资源和规划局", "工业和信息化部"]);
        assert_eq!(names("旗林业和草原局、旗水利局"), ["旗林业和草原局", "旗水利局"]);
    }

    #[test]
    fn words_of_sharing_are_no_part_of_a_name() {
        assert_eq!(names("县科技局、县工信局按职责分工负责"), ["县科技局", "县工信局"]);
        assert_eq!(names("科技部、农业农村部等负责"), ["科技部", "农业农村部"]);
        assert_eq!(names("县委组织部、县项目推进中心等部门配合"), ["县委组织部", "县项目推进中心"]);
    }

    #[test]
    fn the_role_reaches_back_over_the_list() {
        let read = list("县科技局、县工信局牵头,县财政局、县人社局配合");
        let lead: Vec<_> = read.iter().filter(|n| n.part == Some(Part::Lead)).map(|n| n.name.as_str()).collect();
        assert_eq!(lead, ["县科技局", "县工信局"]);
        assert_eq!(read.len(), 4);
        let read = list("县科技局(牵头)、县财政局");
        assert_eq!(read[0].part, Some(Part::Lead));
        assert_eq!(read[1].part, None);
    }

    #[test]
    fn who_stands_before_the_class_is_a_unit_and_the_class_is_not() {
        assert_eq!(names("国家林草局等国务院相关部门及各地区按职责分工负责"), ["国家林草局", "各地区"]);
        assert_eq!(names("县财政局等15个部门、各乡镇"), ["县财政局", "各乡镇"]);
        assert_eq!(names("相关部门、各地区"), ["相关部门", "各地区"]);
        assert_eq!(names("省直有关部门及各乡镇按职责分工负责"), ["省直有关部门", "各乡镇"]);
        assert_eq!(names("其他县直有关部门和单位"), ["其他县直有关部门和单位"]);
        assert_eq!(names("县人社局、单位按职责分工负责"), ["县人社局"]);
        assert_eq!(names("县民政局会同县财政局等有关部门负责"), ["县民政局", "县财政局"]);
        assert_eq!(names("各高等院校、县教育局"), ["各高等院校", "县教育局"]);
        assert_eq!(names("县就业指导站、各项目牵头单位"), ["县就业指导站", "各项目牵头单位"]);
    }

    #[test]
    fn places_of_several_levels_are_one_unit_where_one_body_is_meant() {
        assert_eq!(names("省民政厅、各市、州、县人民政府"), ["省民政厅", "各市、州、县人民政府"]);
        assert_eq!(names("各县、区人民政府按职责分工负责"), ["各县、区人民政府"]);
        assert_eq!(names("各区、县级市"), ["各区", "县级市"]);
        assert_eq!(names("各镇、县政府办"), ["各镇", "县政府办"]);
    }

    #[test]
    fn a_name_spread_over_a_cell_is_one() {
        assert_eq!(names("县 财 政 局"), ["县财政局"]);
        assert_eq!(names("县 财 政 局、县 教 育 局"), ["县财政局", "县教育局"]);
        assert_eq!(names("县发改局 县财政局"), ["县发改局", "县财政局"]);
    }

    #[test]
    fn a_name_may_be_long() {
        let name = "云溪苗族土家族自治州云岭国家级承接产业转移示范区高新技术产业开发区党工委管理委员会综合办公室";
        assert!(name.chars().count() >= 40);
        assert_eq!(names(&format!("{name}、州财政局")), [name, "州财政局"]);
    }

    #[test]
    fn nobody_in_particular_is_no_office() {
        assert!(!is_office("市级部门") && !is_office("市区部门") && !is_office("工作专班"));
        assert!(is_office("县财政局") && is_office("各县(市、区)政府"));
        assert!(!is_office("各有关部门") && !is_office("各责任单位") && !is_office("省级有关部门"));
    }
}
