//! Titles broken by sense into a trapezium or a diamond (GB/T 9704 7.3.1): no word torn, no book mark at the wrong end.

/// Words that a title's line does not tear.
const WORDS: &[&str] = &[
    "人民政府",
    "办公室",
    "督查室",
    "领导小组",
    "委员会",
    "发展",
    "改革",
    "规划",
    "计划",
    "三年行动",
    "五年行动",
    "五年规划",
    "攻坚行动",
    "行动计划",
    "行动方案",
    "实施方案",
    "工作方案",
    "行动",
    "方案",
    "县域",
    "市域",
    "区域",
    "全县",
    "全市",
    "实施",
    "意见",
    "工作",
    "任务",
    "推进",
    "进展",
    "完成",
    "落实",
    "情况",
    "通报",
    "报告",
    "清单",
    "季度",
    "上半年",
    "年度",
    "重点",
    "国民经济",
    "社会",
    "经济",
    "高质量",
    "现代化",
    "建设",
    "管理",
    "保护",
    "专项",
    "创新",
    "产业",
    "科技",
    "教育",
    "文化",
    "卫生",
    "健康",
    "养老",
    "服务",
    "乡村",
    "振兴",
    "生态",
    "环境",
    "交通",
    "水利",
    "农业",
    "农村",
    "工业",
    "数字",
    "公园",
    "城市",
    "园区",
    "体系",
    "能力",
    "提升",
    "三年",
    "五年",
    "责任",
    "单位",
    "部门",
    "台账",
    "督办",
    "事项",
    "滞后",
    "排名",
    "关于",
    "印发",
];

/// A line may end after these.
const GOOD_ENDS: &[char] = &['的', '》', '、', '和', '与', '及', '，', '年', '县', '市', '区', '室'];
/// A line may begin with these.
const GOOD_STARTS: &[&str] = &["关于", "《", "情况", "推进", "规划", "专项", "实施", "行动", "三年", "五年", "（"];

/// Where a break between two characters would hurt, and how much; `None` forbids it.
fn costs(text: &[char]) -> Vec<Option<u32>> {
    let mut costs = vec![Some(12); text.len() + 1];
    for place in 1..text.len() {
        let (before, after) = (text[place - 1], text[place]);
        let western = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '%' | '-' | '/');
        let opening = matches!(before, '《' | '（' | '“' | '〔' | '(' | '〈' | '「');
        let closing = matches!(
            after,
            '》' | '）' | '”' | '〕' | ')' | '、' | '，' | '。' | '：' | '；' | '〉' | '」' | '？' | '！' | '—' | '…'
        );
        let number = western(before) && (western(after) || crate::character::unit_length(&text[place..]) > 0);
        let unit_torn = (1..=3).any(|back| {
            place > back && text[place - back - 1].is_ascii_digit() && crate::character::unit_length(&text[place - back..]) > back
        });
        if opening || closing || number || unit_torn {
            costs[place] = None;
            continue;
        }
        // 2025年二季度 is one phrase
        if before == '年' && matches!(after, '一' | '二' | '三' | '四' | '上' | '下' | '前' | '全' | '度' | '第' | '底' | '末')
        {
            costs[place] = Some(60);
            continue;
        }
        let mut cost: u32 = 12;
        if GOOD_ENDS.contains(&before) {
            cost = 2;
        }
        if GOOD_STARTS
            .iter()
            .any(|start| text[place..].iter().zip(start.chars()).filter(|(a, b)| **a == *b).count() == start.chars().count())
        {
            cost = cost.min(3);
        }
        if text[place..].starts_with(&['关', '于']) || before == '》' {
            cost = 0;
        }
        costs[place] = Some(cost);
    }
    for word in WORDS {
        let word: Vec<char> = word.chars().collect();
        for place in 0..text.len().saturating_sub(word.len() - 1) {
            if text[place..].starts_with(&word) {
                for cost in costs.iter_mut().skip(place + 1).take(word.len() - 1) {
                    *cost = cost.map(|_| 60);
                }
            }
        }
    }
    costs
}

/// What a break inside a word costs.
const TORN: f64 = 60.0;

/// Width of a title's characters in cells: Western ones take half.
fn cells(text: &[char]) -> f64 {
    text.iter().map(|c| if c.is_ascii() { 0.55 } else { 1.0 }).sum()
}

/// Breaks a title into lines of at most `columns` cells. A title of up to four lines is broken by sense; a longer one line by line.
pub(crate) fn break_title(title: &str, columns: f64) -> Vec<String> {
    let text: Vec<char> = title.chars().filter(|c| !c.is_control()).collect();
    let width = cells(&text);
    if width <= columns {
        return vec![text.into_iter().collect()];
    }
    let least = (width / columns).ceil();
    if least > 4.0 {
        return greedy(&text, columns);
    }
    let costs = costs(&text);
    let mut best: Option<(f64, Vec<usize>)> = None;
    let lines = least as usize;
    for lines in [lines, lines + 1] {
        try_breaks(&text, &costs, columns, lines, 0, &mut Vec::new(), &mut best);
        // one line more only where fewer would tear a word
        if best.as_ref().is_some_and(|(score, _)| *score < TORN) {
            break;
        }
    }
    let Some((_, breaks)) = best else {
        return greedy(&text, columns);
    };
    let mut lines = Vec::new();
    let mut from = 0;
    for at in breaks.into_iter().chain([text.len()]) {
        lines.push(text[from..at].iter().collect());
        from = at;
    }
    lines
}

fn try_breaks(
    text: &[char],
    costs: &[Option<u32>],
    columns: f64,
    lines: usize,
    from: usize,
    breaks: &mut Vec<usize>,
    best: &mut Option<(f64, Vec<usize>)>,
) {
    if lines == 1 {
        if cells(&text[from..]) > columns {
            return;
        }
        let score = score(text, costs, breaks);
        if best.as_ref().is_none_or(|(least, _)| score < *least) {
            *best = Some((score, breaks.clone()));
        }
        return;
    }
    let mut width = 0.0;
    for at in from + 1..text.len() {
        width += cells(&text[at - 1..at]);
        if width > columns {
            return;
        }
        if costs[at].is_some() && at - from >= 3 {
            breaks.push(at);
            try_breaks(text, costs, columns, lines - 1, at, breaks, best);
            breaks.pop();
        }
    }
}

/// Lower is better: torn words, then an hourglass or a box, then ragged lengths.
fn score(text: &[char], costs: &[Option<u32>], breaks: &[usize]) -> f64 {
    let mut widths = Vec::new();
    let mut from = 0;
    for at in breaks.iter().copied().chain([text.len()]) {
        widths.push(cells(&text[from..at]));
        from = at;
    }
    let tears: f64 = breaks.iter().map(|at| f64::from(costs[*at].unwrap_or(100))).sum();
    let mean = widths.iter().sum::<f64>() / widths.len() as f64;
    let ragged: f64 = widths.iter().map(|w| (w - mean).abs()).sum::<f64>() / mean;
    let hourglass = widths.windows(3).any(|w| w[1] + 0.5 < w[0] && w[1] + 0.5 < w[2]);
    let a_box = widths.windows(2).all(|w| (w[0] - w[1]).abs() < 0.5);
    tears + ragged * 6.0 + if hourglass { 25.0 } else { 0.0 } + if a_box { 6.0 } else { 0.0 }
}

fn greedy(text: &[char], columns: f64) -> Vec<String> {
    let costs = costs(text);
    let mut lines = Vec::new();
    let mut from = 0;
    while from < text.len() {
        let mut width = 0.0;
        let mut after = from;
        let mut good = from;
        while after < text.len() {
            width += cells(&text[after..=after]);
            if width > columns && after > from {
                break;
            }
            after += 1;
            if after == text.len() || costs[after].is_some_and(|cost| cost < 60) {
                good = after;
            }
        }
        let at = if good > from { good } else { after };
        lines.push(text[from..at].iter().collect());
        from = at;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_breaks_by_sense_and_tears_no_word() {
        assert_eq!(
            break_title("云溪县人民政府督查室关于2025年二季度重点工作推进情况的通报", 20.0),
            ["云溪县人民政府督查室", "关于2025年二季度重点工作推进情况的通报"]
        );
        assert_eq!(break_title("进展情况表", 20.0), ["进展情况表"]);
    }

    #[test]
    fn one_line_more_where_two_would_tear_a_word() {
        assert_eq!(
            break_title("关于《科技创新赋能产业高质量发展三年行动方案》2025年二季度推进情况的通报", 20.0),
            ["关于《科技创新赋能产业高质量发展", "三年行动方案》2025年二季度", "推进情况的通报"]
        );
    }

    #[test]
    fn no_book_mark_stands_at_the_wrong_end_of_a_line() {
        let lines = break_title("关于《云溪县养老服务体系建设三年行动计划》2025年二季度推进情况的通报", 20.0);
        assert!(lines.len() >= 2);
        for line in &lines {
            assert!(!line.starts_with('》') && !line.ends_with('《'), "{lines:?}");
        }
    }

    #[test]
    fn a_title_of_two_thousand_characters_is_broken_in_time() {
        let lines = break_title(&"关于云溪县规划".repeat(300), 20.0);
        assert!(lines.len() > 90 && lines.iter().all(|line| line.chars().count() <= 20));
        assert!(break_title(&"a".repeat(500), 20.0).len() > 10);
    }
}
