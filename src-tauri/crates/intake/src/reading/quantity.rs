//! Numbers with their units: 50家 · 1.2亿千瓦 · 2%—3% · 3000余人 · 百名 · 5个百分点.

use super::numeral;
use super::words::Words;
use std::ops::Range;
use std::sync::LazyLock;

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measure {
    /// 个, 家, 项
    Count,
    /// 亩, 公里, 吨
    Size,
    /// 元
    Money,
    /// %, 倍, 百分点
    Ratio,
    /// 天, 小时, 岁
    Time,
    /// no unit
    None,
}

/// A word behind the unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Modifier {
    /// 以上
    AtLeast,
    /// 以内
    AtMost,
    /// 左右
    About,
}

/// A number with its unit.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Quantity {
    /// From the first digit to the end of the unit and of the word behind it.
    pub(crate) range: Range<usize>,
    /// Where the unit ends.
    pub(crate) unit_end: usize,
    /// In the unit as printed; of a range the lower end.
    pub(crate) value: f64,
    /// The upper end of a range.
    pub(crate) upper: Option<f64>,
    /// As printed, 万 and 亿 included.
    pub(crate) unit: String,
    pub(crate) measure: Measure,
    pub(crate) modifier: Option<Modifier>,
    /// Written in Chinese characters.
    pub(crate) han: bool,
}

const UNITS: &[(&str, Measure)] = &[
    ("个百分点", Measure::Ratio),
    ("百分点", Measure::Ratio),
    ("%", Measure::Ratio),
    ("‰", Measure::Ratio),
    ("倍", Measure::Ratio),
    ("吨标准煤", Measure::Size),
    ("吨标煤", Measure::Size),
    ("吨二氧化碳", Measure::Size),
    ("蒸吨", Measure::Size),
    ("平方公里", Measure::Size),
    ("平方千米", Measure::Size),
    ("平方米", Measure::Size),
    ("平方", Measure::Size),
    ("平米", Measure::Size),
    ("立方米", Measure::Size),
    ("立方", Measure::Size),
    ("㎡", Measure::Size),
    ("m²", Measure::Size),
    ("m³", Measure::Size),
    ("㎞", Measure::Size),
    ("km", Measure::Size),
    ("千瓦时", Measure::Size),
    ("度电", Measure::Size),
    ("千瓦", Measure::Size),
    ("兆瓦时", Measure::Size),
    ("兆瓦", Measure::Size),
    ("吉瓦", Measure::Size),
    ("MWh", Measure::Size),
    ("MW", Measure::Size),
    ("GW", Measure::Size),
    ("kWh", Measure::Size),
    ("kW", Measure::Size),
    ("千伏安", Measure::Size),
    ("千伏", Measure::Size),
    ("公里", Measure::Size),
    ("千米", Measure::Size),
    ("海里", Measure::Size),
    ("厘米", Measure::Size),
    ("毫米", Measure::Size),
    ("毫克", Measure::Size),
    ("微克", Measure::Size),
    ("延米", Measure::Size),
    ("米", Measure::Size),
    ("公顷", Measure::Size),
    ("亩次", Measure::Size),
    ("亩", Measure::Size),
    ("吨", Measure::Size),
    ("公斤", Measure::Size),
    ("千克", Measure::Size),
    ("斤", Measure::Size),
    ("克", Measure::Size),
    ("升", Measure::Size),
    ("摄氏度", Measure::Size),
    ("℃", Measure::Size),
    ("分贝", Measure::Size),
    ("标准箱", Measure::Size),
    ("标箱", Measure::Size),
    ("TEU", Measure::Size),
    ("Gbps", Measure::Size),
    ("Mbps", Measure::Size),
    ("TB", Measure::Size),
    ("PB", Measure::Size),
    ("EFLOPS", Measure::Size),
    ("PFLOPS", Measure::Size),
    ("P算力", Measure::Size),
    ("P", Measure::Size),
    ("Tbps", Measure::Size),
    ("吨公里", Measure::Size),
    ("人公里", Measure::Size),
    ("床位", Measure::Count),
    ("张床", Measure::Count),
    ("美元", Measure::Money),
    ("欧元", Measure::Money),
    ("港元", Measure::Money),
    ("元", Measure::Money),
    ("个工作日", Measure::Time),
    ("工作日", Measure::Time),
    ("个月", Measure::Time),
    ("小时", Measure::Time),
    ("分钟", Measure::Time),
    ("秒", Measure::Time),
    ("天", Measure::Time),
    ("周岁", Measure::Time),
    ("岁", Measure::Time),
    ("周", Measure::Time),
    ("学时", Measure::Count),
    ("课时", Measure::Count),
    ("机时", Measure::Count),
    ("人次", Measure::Count),
    ("人年", Measure::Count),
    ("人天", Measure::Count),
    ("场次", Measure::Count),
    ("台次", Measure::Count),
    ("批次", Measure::Count),
    ("件次", Measure::Count),
    ("车次", Measure::Count),
    ("辆次", Measure::Count),
    ("剂次", Measure::Count),
    ("人份", Measure::Count),
    ("篇次", Measure::Count),
    ("班次", Measure::Count),
    ("架次", Measure::Count),
    ("户次", Measure::Count),
    ("家次", Measure::Count),
    ("例次", Measure::Count),
    ("标准田", Measure::Size),
    ("车位", Measure::Count),
    ("泊位", Measure::Count),
    ("学位", Measure::Count),
    ("岗位", Measure::Count),
    ("席位", Measure::Count),
    ("个", Measure::Count),
    ("家", Measure::Count),
    ("项", Measure::Count),
    ("人", Measure::Count),
    ("名", Measure::Count),
    ("场", Measure::Count),
    ("次", Measure::Count),
    ("件", Measure::Count),
    ("条", Measure::Count),
    ("座", Measure::Count),
    ("处", Measure::Count),
    ("所", Measure::Count),
    ("支", Measure::Count),
    ("台", Measure::Count),
    ("套", Measure::Count),
    ("辆", Measure::Count),
    ("户", Measure::Count),
    ("批", Measure::Count),
    ("期", Measure::Count),
    ("篇", Measure::Count),
    ("部", Measure::Count),
    ("具", Measure::Count),
    ("门", Measure::Count),
    ("班", Measure::Count),
    ("间", Measure::Count),
    ("张", Measure::Count),
    ("片", Measure::Count),
    ("块", Measure::Count),
    ("株", Measure::Count),
    ("棵", Measure::Count),
    ("头", Measure::Count),
    ("只", Measure::Count),
    ("羽", Measure::Count),
    ("尾", Measure::Count),
    ("艘", Measure::Count),
    ("架", Measure::Count),
    ("枚", Measure::Count),
    ("份", Measure::Count),
    ("种", Measure::Count),
    ("类", Measure::Count),
    ("款", Measure::Count),
    ("例", Measure::Count),
    ("宗", Measure::Count),
    ("起", Measure::Count),
    ("幢", Measure::Count),
    ("栋", Measure::Count),
    ("对", Measure::Count),
    ("组", Measure::Count),
    ("位", Measure::Count),
    ("本", Measure::Count),
    ("册", Measure::Count),
    ("集", Measure::Count),
    ("首", Measure::Count),
    ("档", Measure::Count),
    ("轮", Measure::Count),
    ("趟", Measure::Count),
    ("万人", Measure::Count),
    ("盏", Measure::Count),
    ("口", Measure::Count),
    ("眼", Measure::Count),
    ("孔", Measure::Count),
    ("井", Measure::Count),
    ("村", Measure::Count),
    ("镇", Measure::Count),
    ("乡", Measure::Count),
    ("县", Measure::Count),
    ("级", Measure::Count),
    ("度", Measure::Size),
    ("分", Measure::Count),
    ("区", Measure::Count),
    ("城", Measure::Count),
    ("园", Measure::Count),
    ("树", Measure::Count),
    ("层", Measure::Count),
    ("颗", Measure::Count),
    ("卷", Measure::Count),
    ("幅", Measure::Count),
    ("杆", Measure::Count),
    ("根", Measure::Count),
    ("列", Measure::Count),
    ("盘", Measure::Count),
    ("笔", Measure::Count),
    ("箱", Measure::Count),
    ("瓶", Measure::Count),
    ("桶", Measure::Count),
    ("机架", Measure::Count),
    ("路", Measure::Count),
    ("毫升", Measure::Size),
    ("团", Measure::Count),
    ("桌", Measure::Count),
    ("剂", Measure::Count),
    ("节", Measure::Count),
    ("届", Measure::Count),
];

static NAMES: LazyLock<Words> = LazyLock::new(|| Words::new(UNITS.iter().map(|(name, _)| *name)));

/// The unit at the start of a text: its length and what it measures.
fn unit(text: &str) -> Option<(usize, Measure)> {
    let (name, measure) = &UNITS[NAMES.starting(text)?];
    let mut end = name.len();
    let rest = &text[end..];
    // 场(次), 台(套), and the rates 件/年, 张/千人
    if let Some(inner) = rest.strip_prefix('(')
        && let Some(close) = inner.find(')')
        && close <= 9
        && (unit(&inner[..close]).is_some_and(|(length, _)| length == close) || matches!(&inner[..close], "标准" | "含" | "套"))
    {
        end += close + 2;
    } else if rest.starts_with('/') {
        // 件/年, 张/千人, 吨/月·平方公里
        while let Some(inner) = text[end..].strip_prefix('/').or_else(|| text[end..].strip_prefix('·')) {
            let mark = text[end..].len() - inner.len();
            let scale = inner.trim_start_matches(['万', '千', '百', '亿', '1', '0', '每']);
            let skipped = inner.len() - scale.len();
            let plain = NAMES.start_of(scale).map(str::len);
            let per = plain.or_else(|| {
                ["年", "日", "月", "天", "季度"].iter().find(|word| scale.starts_with(**word)).map(|word| word.len())
            });
            let Some(length) = per else { break };
            end += mark + skipped + length;
        }
    }
    Some((end, *measure))
}

/// What unit a whole text names, as in a table's unit column: its measure, where it is one.
pub(crate) fn measure(text: &str) -> Option<Measure> {
    let scale = text.trim_start_matches(['万', '亿', '千', '百']);
    unit(scale).or_else(|| unit(text)).map(|(_, measure)| measure)
}

/// True where a text is a unit and nothing else: 万吨, 个以上; but not 岁以下儿童死亡率, which goes on.
pub(crate) fn is_unit(text: &str) -> bool {
    let scale = text.trim_start_matches(['万', '亿', '千', '百']);
    [scale, text].iter().filter_map(|text| Some(&text[unit(text)?.0..])).any(|rest| {
        let rest = rest.trim_start_matches(['及', '以', '之']).trim_end_matches([')', ']', '〕', '*']);
        matches!(rest, "" | "上" | "下" | "内" | "左右" | "余" | "前") || rest.starts_with(['(', '/', '-', '—', '~', '→'])
    })
}

/// All quantities of a text, in order.
pub(crate) fn find(text: &str) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut previous = ' ';
    while let Some(c) = text[at..].chars().next() {
        let read = if c.is_ascii_digit() {
            let token = token_end(text, at);
            if joined_to_letters(previous) || previous == '每' {
                at = token;
                previous = '0';
                continue;
            }
            match arabic(&text[at..]) {
                Some(read) if previous != '第' => Some(read),
                _ => {
                    at = token;
                    previous = '0';
                    continue;
                }
            }
        } else if numeral::is_han_number(c) && !numeral::is_han_number(previous) {
            han(&text[at..], previous)
        } else {
            None
        };
        if let Some(mut read) = read {
            let end = at + read.range.end;
            read.range = at..end;
            read.unit_end += at;
            found.push(read);
            previous = text[at..end].chars().next_back().unwrap_or(' ');
            at = end;
            continue;
        }
        previous = c;
        at += c.len_utf8();
    }
    found
}

/// G60, PM2.5, 1+3, 2.0: the number is part of a name.
fn joined_to_letters(previous: char) -> bool {
    previous.is_ascii_alphabetic() || matches!(previous, '+' | '.' | '_' | '#' | '×' | '/')
}

fn token_end(text: &str, at: usize) -> usize {
    at + text[at..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'.').count().max(1)
}

fn number_range(text: &str) -> Option<(f64, Option<f64>, usize)> {
    let (value, mut end) = numeral::arabic(text)?;
    let mut upper = None;
    let rest = &text[end..];
    let percent = rest.strip_prefix('%').unwrap_or(rest);
    let dash = percent.trim_start_matches(['-', '—', '~', '至']);
    if dash.len() < percent.len()
        && let Some((second, length)) = numeral::arabic(dash)
        && second > value
    {
        upper = Some(second);
        end = text.len() - dash.len() + length;
    }
    Some((value, upper, end))
}

fn arabic(text: &str) -> Option<Quantity> {
    let (value, upper, end) = number_range(text)?;
    finish(text, value, upper, end, false)
}

/// The multiplier, the unit and the word behind it.
fn finish(text: &str, value: f64, upper: Option<f64>, end: usize, han: bool) -> Option<Quantity> {
    let mut at = end + (text[end..].len() - text[end..].trim_start_matches(' ').len());
    let mut modifier = None;
    let more = |at: usize| text[at..].starts_with(['余', '多']).then(|| text[at..].chars().next().map_or(0, char::len_utf8));
    if let Some(length) = more(at) {
        at += length;
        modifier = Some(Modifier::AtLeast);
    }
    let scale_start = at;
    let scale = text[at..].len() - text[at..].trim_start_matches(['万', '亿', '千', '百']).len();
    // 千瓦, 千米, 千克 are units of their own, 百分点 too
    let scale = (0..=scale)
        .rev()
        .find(|length| {
            text.is_char_boundary(at + length)
                && (unit(&text[at + length..]).is_some() || *length == scale)
                && !text[at + length..].starts_with("分点")
                && !(text[at + length..].starts_with(['瓦', '米', '克', '伏']) && text[at..at + length].ends_with('千'))
        })
        .unwrap_or(0);
    at += scale;
    let scale_text = &text[scale_start..at];
    if let Some(length) = more(at) {
        at += length;
        modifier = Some(Modifier::AtLeast);
    }
    let rest = text[at..].trim_start_matches(' ');
    let unit_start = text.len() - rest.len();
    let follows = rest.chars().next();
    // dates, ordinals, versions, ratios, and names such as 5G
    if scale_text.is_empty()
        && (follows.is_some_and(|c| {
            matches!(c, '年' | '月' | '日' | '号' | '时' | '点' | '届' | '版' | '+' | ':' | '〕' | ']' | '×' | '*')
        }) && !rest.starts_with("时间")
            && !is_held(rest))
    {
        return None;
    }
    let read = unit(rest);
    if read.is_none() && follows.is_some_and(|c| c.is_ascii_alphabetic()) {
        return None;
    }
    let (length, measure) = read.unwrap_or((0, Measure::None));
    // 人工, 家庭, 项目, 次数… are words, not units, where the number has none before them
    let unit_text = &rest[..length];
    let after = &rest[length..];
    if word_begins(unit_text, after) {
        return None;
    }
    // 千亿级产业集群, 500亿级园区: how large the thing is called, not how many there are
    if unit_text == "级" && scale_text.ends_with(['亿', '万']) || unit_text == "级" && han && value >= 100.0 {
        return None;
    }
    let unit_end = if length == 0 { at } else { unit_start + length };
    let mut range_end = unit_end;
    for (word, kind) in [
        ("及以上", Modifier::AtLeast),
        ("以上", Modifier::AtLeast),
        ("及以下", Modifier::AtMost),
        ("以下", Modifier::AtMost),
        ("以内", Modifier::AtMost),
        ("之内", Modifier::AtMost),
        ("左右", Modifier::About),
        ("上下", Modifier::About),
        ("余", Modifier::AtLeast),
        ("多", Modifier::AtLeast),
    ] {
        if text[range_end..].trim_start_matches(' ').starts_with(word) && !text[range_end..].starts_with("多层") {
            range_end = text.len() - text[range_end..].trim_start_matches(' ').len() + word.len();
            modifier = Some(kind);
            break;
        }
    }
    if text[range_end..].starts_with('内') && !text[range_end..].starts_with("内部") && matches!(measure, Measure::Time) {
        range_end += '内'.len_utf8();
        modifier = Some(Modifier::AtMost);
    }
    let unit = match unit_text {
        "个百分点" => "百分点".to_owned(),
        other => format!("{scale_text}{other}"),
    };
    Some(Quantity { range: 0..range_end, unit_end, value, upper, unit, measure, modifier, han })
}

/// 举办博览会1届: how often it is held, not which one it is.
fn is_held(rest: &str) -> bool {
    rest.strip_prefix('届').is_some_and(|behind| behind.is_empty() || behind.starts_with([',', '。', ';', '、', ')', '以', '左']))
}

/// True where what looks like a unit begins a longer word: 100人口, 3家庭.
fn word_begins(unit: &str, after: &str) -> bool {
    match unit {
        "家" => after.starts_with('庭'),
        "名" => after.starts_with(['录', '称']),
        "次" => after.starts_with('会'),
        "期" => after.starts_with('间'),
        "部" => after.starts_with(['门', '委']),
        "级" => after.starts_with("高速"),
        "节" => {
            !after.starts_with(['以', '左', '及', ',', '。', ';', '、', ')', '课', '精', '示', '优', '微', '线', '网'])
                && !after.is_empty()
        }
        "分" => after.starts_with(['之', '类', '级']),
        // 102路公交, 3路口: a line's number, a crossing
        "路" => after.starts_with(['公', '口', '段', '车', '线', '站']),
        _ => false,
    }
}

/// 百名, 三个, 两百余家, 百分之三十. A number alone, an ordinal or a word such as 一批, 三大 counts nothing here.
fn han(text: &str, previous: char) -> Option<Quantity> {
    if matches!(previous, '第' | '每') {
        return None;
    }
    if let Some(rest) = text.strip_prefix("百分之") {
        let end = rest.char_indices().find(|(_, c)| !numeral::is_han_number(*c)).map_or(rest.len(), |(i, _)| i);
        let value = numeral::han(&rest[..end])?;
        let at = "百分之".len() + end;
        let modifier = ["以上"].iter().find(|word| text[at..].starts_with(**word)).map(|_| Modifier::AtLeast);
        let range_end = at + modifier.map_or(0, |_| "以上".len());
        return Some(Quantity {
            range: 0..range_end,
            unit_end: at,
            value: value as f64,
            upper: None,
            unit: "%".to_owned(),
            measure: Measure::Ratio,
            modifier,
            han: true,
        });
    }
    let end = text.char_indices().find(|(_, c)| !numeral::is_han_number(*c)).map_or(text.len(), |(i, _)| i);
    let value = numeral::han(&text[..end])?;
    let found = finish(text, value as f64, None, end, true)?;
    (found.measure != Measure::None
        && !matches!(
            found.unit.as_str(),
            "批" | "级"
                | "类"
                | "度"
                | "分"
                | "口"
                | "县"
                | "乡"
                | "镇"
                | "村"
                | "区"
                | "园"
                | "城"
                | "部"
                | "期"
                | "次"
                | "位"
                | "层"
                | "轮"
        ))
    .then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(f64, String, String)> {
        find(text).into_iter().map(|q| (q.value, q.unit.clone(), text[q.range.clone()].to_owned())).collect()
    }

    fn one(text: &str) -> (f64, String) {
        let all = read(text);
        assert_eq!(all.len(), 1, "{text}: {all:?}");
        (all[0].0, all[0].1.clone())
    }

    #[test]
    fn units_are_read_as_printed() {
        for (text, value, unit) in [
            ("50家", 50.0, "家"),
            ("100万平方米以上", 100.0, "万平方米"),
            ("1.2亿千瓦", 1.2, "亿千瓦"),
            ("2.5%", 2.5, "%"),
            ("1场(次)", 1.0, "场(次)"),
            ("260件/年", 260.0, "件/年"),
            ("1.5万台次", 1.5, "万台次"),
            ("3000余人", 3000.0, "人"),
            ("5个百分点", 5.0, "百分点"),
            ("2倍", 2.0, "倍"),
            ("5千万元", 5.0, "千万元"),
            ("1,234家", 1234.0, "家"),
            ("2 万家", 2.0, "万家"),
            ("10千瓦", 10.0, "千瓦"),
            ("35微克/立方米", 35.0, "微克/立方米"),
            ("百名", 100.0, "名"),
            ("三十家", 30.0, "家"),
            ("两百余个", 200.0, "个"),
            ("百分之三十", 30.0, "%"),
            ("6.5张/千人", 6.5, "张/千人"),
            ("3个工作日内", 3.0, "个工作日"),
        ] {
            assert_eq!(one(text), (value, unit.to_owned()), "{text}");
        }
    }

    #[test]
    fn ranges_keep_both_ends() {
        let found = find("10-15个");
        assert_eq!((found[0].value, found[0].upper), (10.0, Some(15.0)));
        let found = find("30%—40%");
        assert_eq!((found[0].value, found[0].upper, found[0].unit.as_str()), (30.0, Some(40.0), "%"));
    }

    #[test]
    fn names_dates_and_ordinals_are_no_quantities() {
        for text in
            ["G60走廊", "5G网络", "第50次", "2025年", "PM2.5浓度", "1+3+N", "2.0版", "一批", "三大体系", "〔2025〕38号", "第三个"]
        {
            assert!(find(text).iter().all(|q| q.measure == Measure::None), "{text}: {:?}", read(text));
        }
    }
}
