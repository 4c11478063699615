//! Names that lean on what stands before them: 其中省级以上, 总数达到, 占…比重, 再治理, 年均增长.

use super::super::quantity;
use super::super::wording;
use super::Sentence;
use crate::reading::words::words;
use std::ops::Range;

impl Sentence<'_> {
    /// A name that leans on what stands before it: 其中省级以上, 总数达到, 占…比重, 再治理.
    pub(super) fn completed(&self, name: &str, previous: Option<&Range<usize>>) -> Option<(String, usize)> {
        let near = self.last_end.max(self.sentence.start);
        let fresh = previous.filter(|previous| {
            previous.start >= near && !name.starts_with('其') && quantity::find(&self.text[(*previous).clone()]).is_empty()
        });
        let leans_back =
            is_scale(name) || ends_as_change(name) || is_frequency(name) || name.is_empty() || wording::is_bare_verb(name);
        if let Some((thing, from)) = self.last_thing.as_ref().filter(|_| fresh.is_none() || !leans_back) {
            let thing = thing.as_str();
            let whole = if name.is_empty()
                || name.starts_with('占')
                || ends_as_change(name)
                || is_scale(name)
                || matches!(name, "总数" | "总计" | "累计" | "总量" | "合计" | "数量")
            {
                format!("{}{name}", if is_scale(name) { wording::without_verb(thing) } else { thing })
            } else {
                let object = wording::without_verb(thing);
                if object.chars().count() < 3 { name.to_owned() } else { format!("{name}{object}") }
            };
            return Some((whole, *from));
        }
        let previous = previous.filter(|_| leans_back || name.starts_with('占'))?;
        let text = self.text[previous.clone()].trim();
        let thing = wording::thing(text).trim_end_matches("建设").trim_end_matches("培育");
        if thing.chars().count() < 2 || thing.chars().count() > 40 {
            return None;
        }
        let start = previous.start + self.text[previous.clone()].find(thing).unwrap_or(0);
        let whole = if name.starts_with('占') || is_scale(name) || ends_as_change(name) {
            format!("{thing}{name}")
        } else {
            thing.to_owned()
        };
        Some((whole, start))
    }
}

/// Where a name begins among the words it was read from.
pub(super) fn leading(words: &str, name: &str) -> usize {
    words.rfind(name).filter(|_| !name.is_empty()).unwrap_or(0)
}

pub(super) fn change_word(words: &str) -> &str {
    [
        "增长", "增加", "提高", "提升", "上升", "递增", "下降", "降低", "减少", "压减", "削减", "缩短", "增速", "增幅", "新增",
        "净增",
    ]
    .iter()
    .find(|word| words.contains(**word))
    .copied()
    .unwrap_or("")
}

/// 年均增长, 下降: the change of something named before.
pub(super) fn ends_as_change(name: &str) -> bool {
    words!["增长", "增速", "增幅", "提高", "下降"].ending(name).is_some()
}

/// 规模: how large what was named before is to be.
pub(super) fn is_scale(name: &str) -> bool {
    matches!(
        name,
        "规模"
            | "总规模"
            | "长度"
            | "总长度"
            | "总长"
            | "里程"
            | "总里程"
            | "投资规模"
            | "产值"
            | "年产值"
            | "总产值"
            | "营业收入"
            | "年营业收入"
    )
}

/// A name without the change it ends in: 技术合同成交额年均增长 -> 技术合同成交额.
pub(super) fn without_change(name: &str) -> &str {
    let mut rest = name;
    for word in ["增长", "增加", "提高", "提升", "上升", "下降", "降低", "增速", "增幅"] {
        rest = rest.strip_suffix(word).unwrap_or(rest);
    }
    let rest = if rest.len() < name.len() {
        rest.trim_end_matches("年均").trim_end_matches("同比").trim_end_matches('年')
    } else {
        rest
    };
    if rest.chars().count() >= 2 { rest } else { name }
}

/// A name that is only a rhythm: 每年1次.
pub(super) fn is_frequency(name: &str) -> bool {
    matches!(name, "每年" | "每季度" | "每月" | "每半年" | "每学期" | "每周")
}

/// A part of what was named before: 其中乡镇不少于8家.
pub(super) fn is_part(name: &str) -> bool {
    matches!(
        name.trim_start_matches("其中"),
        "乡镇"
            | "城区"
            | "农村"
            | "城市"
            | "城镇"
            | "县城"
            | "县域"
            | "中心城区"
            | "街道"
            | "社区"
            | "公办"
            | "民办"
            | "新建"
            | "当年"
    )
}

/// A name that is only a span of time: 五年累计300家.
pub(super) fn is_span(name: &str) -> bool {
    wording::span_of_years(name).is_some_and(|end| matches!(&name[end..], "" | "内" | "共" | "累计"))
}

/// 省级以上, 总数: a name that leans on the one before it.
pub(super) fn is_incomplete(name: &str) -> bool {
    name.is_empty()
        || (name.chars().count() <= 8 && words!["以上", "级", "及以上"].ending(name).is_some())
        || (name.starts_with('占') && !wording::describes(name))
        || wording::is_bare_verb(name)
        || is_frequency(name)
        || is_scale(name)
        || matches!(
            name,
            "年均增长"
                | "增长"
                | "年增长"
                | "同比增长"
                | "增速"
                | "年均增速"
                | "增幅"
                | "年均增幅"
                | "年均提高"
                | "下降"
                | "年均下降"
        )
        || matches!(name, "总数" | "总计" | "累计" | "总量" | "合计" | "数量" | "达" | "总" | "共" | "力争")
}
