//! What the columns of a ledger hold, by the words of their heads.

use plan::Span;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// 序号
    Number,
    /// 类别, 板块: a heading over several tasks
    Group,
    /// 目标任务
    Task,
    /// 工作内容, 具体举措
    Detail,
    /// 指标名称
    Indicator,
    /// 计量单位
    Unit,
    /// 目标值; the year where the head names one
    Target(Option<i32>),
    /// 基期值, 现状值; the year where the head names one
    Baseline(Option<i32>),
    /// 牵头单位
    Lead,
    /// 配合单位
    Support,
    /// 责任单位, where lead and support are not told apart by column
    Departments,
    /// 责任领导
    Leader,
    /// 完成时限
    Due,
    /// 进展情况
    Progress,
    /// 存在问题
    Problem,
    /// 下一步措施
    NextStep,
    /// 佐证材料
    Evidence,
    /// 亮灯
    Lamp,
    /// 备注
    Note,
}

impl Field {
    /// Every kind of column, in the order in which they are offered.
    pub const ALL: [Self; 19] = [
        Self::Task,
        Self::Detail,
        Self::Indicator,
        Self::Target(None),
        Self::Unit,
        Self::Baseline(None),
        Self::Lead,
        Self::Support,
        Self::Departments,
        Self::Due,
        Self::Group,
        Self::Number,
        Self::Leader,
        Self::Progress,
        Self::Problem,
        Self::NextStep,
        Self::Evidence,
        Self::Lamp,
        Self::Note,
    ];

    /// The word for it that stands in the heads of ledgers.
    #[must_use]
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Number => "序号",
            Self::Group => "类别",
            Self::Task => "目标任务",
            Self::Detail => "工作内容",
            Self::Indicator => "指标名称",
            Self::Unit => "计量单位",
            Self::Target(_) => "目标值",
            Self::Baseline(_) => "基期值",
            Self::Lead => "牵头单位",
            Self::Support => "配合单位",
            Self::Departments => "责任单位",
            Self::Leader => "责任领导",
            Self::Due => "完成时限",
            Self::Progress => "进展情况",
            Self::Problem => "存在问题",
            Self::NextStep => "下一步措施",
            Self::Evidence => "佐证材料",
            Self::Lamp => "亮灯",
            Self::Note => "备注",
        }
    }

    /// What a head's words say; `None` where they say nothing known.
    #[must_use]
    pub fn of_head(head: &str) -> Option<Self> {
        let head: String = head.chars().filter(|c| !c.is_whitespace() && !matches!(c, '*' | '：' | ':')).collect();
        let any = |words: &[&str]| words.iter().any(|word| head.contains(word));
        let is = |words: &[&str]| words.contains(&head.as_str());
        let year = year_in(&head);
        if head.is_empty() || head.chars().count() > 24 {
            return None;
        }
        Some(if is(&["序号", "编号", "任务编号", "序", "号", "No", "NO"]) {
            Self::Number
        } else if any(&["备注", "说明"]) {
            Self::Note
        } else if any(&["佐证", "印证", "证明材料", "支撑材料"]) {
            Self::Evidence
        } else if any(&["亮灯", "灯色", "红黄绿", "红黄蓝", "预警", "评价", "评定", "办理状态", "是否完成"]) || is(&["状态"])
        {
            Self::Lamp
        } else if any(&["下一步", "下步", "整改", "工作打算", "推进措施", "意见建议"]) {
            Self::NextStep
        } else if any(&["问题", "困难", "堵点", "未完成原因", "滞后原因"]) {
            Self::Problem
        } else if any(&["领导", "责任人", "联系人", "分管", "负责人", "联络员", "电话", "包抓"]) {
            Self::Leader
        } else if any(&["牵头", "主办", "主责", "第一责任"]) {
            Self::Lead
        } else if any(&["配合", "协办", "参与", "协同", "支持单位"]) {
            Self::Support
        } else if any(&[
            "责任单位",
            "责任部门",
            "责任主体",
            "负责单位",
            "负责部门",
            "承办",
            "实施单位",
            "落实单位",
            "责任科室",
            "实施主体",
            "部门",
        ]) || is(&["责任"])
        {
            Self::Departments
        } else if any(&["时限", "期限", "完成时间", "时间节点", "时间要求", "时间进度", "办结时间", "截止", "时间安排"])
            || is(&["时间"])
        {
            Self::Due
        } else if any(&["基期", "基数", "现状", "基准", "上年", "去年"])
            || year.is_some() && any(&["完成", "实际", "实绩"]) && !any(&["目标", "计划"])
        {
            Self::Baseline(year)
        } else if any(&["进展", "完成情况", "推进情况", "落实情况", "进度", "完成率", "累计完成", "实际完成", "完成值"])
        {
            Self::Progress
        } else if any(&["计量单位", "指标单位"]) || is(&["单位"]) {
            Self::Unit
        } else if any(&["目标值", "目标数", "年度目标", "计划数", "计划值", "任务数", "目标数值", "预期值", "指标值"])
            || year.is_some() && (any(&["目标", "计划", "预期"]) || head.chars().count() <= 6)
        {
            Self::Target(year)
        } else if any(&["类别", "分类", "大类", "板块", "领域", "类型", "专项", "篇章", "章节"]) {
            Self::Group
        } else if any(&["指标"]) {
            Self::Indicator
        } else if any(&["任务", "事项", "重点工作", "工作要点", "项目名称", "行动", "工作名称", "工作目标"])
            || is(&["项目", "工作", "目标"])
        {
            Self::Task
        } else if any(&["内容", "举措", "措施", "要求", "标准", "成果", "目标"]) {
            Self::Detail
        } else {
            return None;
        })
    }
}

/// A year that a head names.
pub(super) fn year_in(text: &str) -> Option<i32> {
    let digits: Vec<char> = text.chars().collect();
    digits.windows(4).rev().find_map(|four| {
        let year: i32 = four.iter().collect::<String>().parse().ok()?;
        (2000..=2099).contains(&year).then_some(year)
    })
}

/// The head of a table.
#[derive(Debug, Clone)]
pub(super) struct Head {
    /// The first row behind it.
    pub(super) end: usize,
    /// Its first row.
    pub(super) start: usize,
    /// The words over each column; those of several rows one after the other.
    pub(super) titles: Vec<String>,
    pub(super) fields: Vec<Option<Field>>,
}

impl Head {
    /// The head in a range of rows, its columns known by their words or as the user said.
    fn of(rows: &[Vec<Span>], texts: &[Vec<String>], range: std::ops::Range<usize>, corrections: &[(String, Field)]) -> Self {
        let field = |title: &String| {
            let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let corrected = corrections.iter().find(|(head, _)| bare(head) == bare(title));
            // the year of a value stands in the head, whatever it is called
            let with_year = |field: &Field| match field {
                Field::Target(None) => Field::Target(year_in(title)),
                Field::Baseline(None) => Field::Baseline(year_in(title)),
                field => *field,
            };
            corrected.map(|(_, field)| with_year(field)).or_else(|| Field::of_head(title))
        };
        let titles = titles(rows, texts, range.start, range.end);
        let mut fields: Vec<Option<Field>> = titles.iter().map(field).collect();
        one_task(&titles, &mut fields, corrections);
        Self { start: range.start, end: range.end, titles, fields }
    }
}

/// Where two columns hold the task (重点任务 and 工作目标), one of them names it and the others say more of it.
fn one_task(titles: &[String], fields: &mut [Option<Field>], corrections: &[(String, Field)]) {
    let corrected = |title: &String| corrections.iter().any(|(head, field)| head == title && *field == Field::Task);
    // a goal says what a task comes to
    let names = |title: &String| !["目标", "要求", "标准", "具体"].iter().any(|word| title.contains(word));
    let columns: Vec<usize> = (0..fields.len()).filter(|at| fields[*at] == Some(Field::Task)).collect();
    let rank = |at: &&usize| (!corrected(&titles[**at]), !names(&titles[**at]), **at);
    let Some(first) = columns.iter().min_by_key(rank).copied() else { return };
    // a head over several columns is one column
    for at in columns {
        if at != first && titles[at] != titles[first] {
            fields[at] = Some(Field::Detail);
        }
    }
}

/// Rows in which a head is looked for.
const SEARCHED: usize = 30;

/// The head of a sheet, where it has one of a ledger: a task or an indicator, and something else that is known.
pub(super) fn head(rows: &[Vec<Span>], texts: &[Vec<String>], corrections: &[(String, Field)]) -> Option<Head> {
    let known = |start: usize, end: usize| Head::of(rows, texts, start..end, corrections);
    let score = |head: &Head| {
        let mut fields: Vec<Field> = head.fields.iter().flatten().copied().collect();
        fields.sort_unstable();
        fields.dedup();
        let named = fields.iter().any(|field| matches!(field, Field::Task | Field::Indicator | Field::Detail));
        // who says which column holds the tasks knows that this is the head
        if named && (fields.len() >= 2 || !corrections.is_empty()) { fields.len() } else { 0 }
    };
    let mut best: Option<(usize, Head)> = None;
    for start in 0..texts.len().min(SEARCHED) {
        // a title over the whole table is no head
        let filled: Vec<&Span> = rows[start].iter().filter(|span| span.start < span.end).collect();
        if filled.iter().all(|span| *span == filled[0]) {
            continue;
        }
        for end in start + 1..=(start + 3).min(texts.len()) {
            // a further row belongs to the head where cells of the first one reach into it or stand over several of its columns
            if end > start + 1 && !goes_on(rows, texts, start, end - 1) {
                break;
            }
            let head = known(start, end);
            let score = score(&head);
            if score > 0 && best.as_ref().is_none_or(|(most, _)| score > *most) {
                best = Some((score, head));
            }
        }
    }
    best.map(|(_, head)| head)
}

/// The row that looks like a head by its form alone: several short, different words, over rows of as many cells. None of its
/// words need be known; the user says what the columns hold.
pub(super) fn presumed(rows: &[Vec<Span>], texts: &[Vec<String>], corrections: &[(String, Field)]) -> Option<Head> {
    let filled = |row: &[String]| row.iter().filter(|text| !text.is_empty()).count();
    let wide = texts.iter().filter(|row| filled(row) >= LEAST_COLUMNS).count();
    if wide < 2 || wide * 2 < texts.iter().filter(|row| filled(row) > 0).count() {
        return None;
    }
    let start = (0..texts.len().min(SEARCHED)).find(|row| {
        let mut words: Vec<&str> = texts[*row].iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        let short = words.iter().all(|text| text.chars().count() <= 24 && text.chars().any(char::is_alphabetic));
        let all = words.len();
        words.sort_unstable();
        words.dedup();
        short && all >= LEAST_COLUMNS && words.len() == all
    })?;
    (start + 1 < texts.len()).then(|| Head::of(rows, texts, start..start + 1, corrections))
}

/// Fewer columns are text with a mark in it, no table.
const LEAST_COLUMNS: usize = 3;

fn goes_on(rows: &[Vec<Span>], texts: &[Vec<String>], start: usize, row: usize) -> bool {
    let reaches = rows[row].iter().zip(&rows[start]).any(|(below, above)| below == above && above.start < above.end);
    let wide = rows[start].windows(2).any(|pair| pair[0] == pair[1] && pair[0].start < pair[0].end);
    let short = texts[row].iter().all(|text| text.chars().count() <= 24);
    // a row of values is no head
    let words = texts[row].iter().filter(|text| !text.is_empty()).all(|text| {
        !text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '%' | ',')) || year_in(text).is_some() && text.len() == 4
    });
    (reaches || wide) && short && words
}

fn titles(rows: &[Vec<Span>], texts: &[Vec<String>], start: usize, end: usize) -> Vec<String> {
    let width = rows[start..end].iter().map(Vec::len).max().unwrap_or(0);
    (0..width)
        .map(|column| {
            let mut title = String::new();
            let mut last = None;
            for row in start..end {
                let (Some(span), Some(text)) = (rows[row].get(column), texts[row].get(column)) else {
                    continue;
                };
                if last != Some(*span) {
                    title.push_str(text);
                }
                last = Some(*span);
            }
            title
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Field;

    #[test]
    fn the_word_for_a_column_is_read_back_as_it() {
        for field in Field::ALL {
            assert_eq!(Field::of_head(field.chinese()), Some(field), "{}", field.chinese());
        }
    }
}
