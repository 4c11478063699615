//! Indicator tables: a name, a unit, a base year and one or more years to come.

use super::passage::Passage;
use super::quantity::{self, Measure};
use super::table::Table;
use super::words::words;
use plan::{Cadence, Due, Op, Span};

/// A target of a table's row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub(crate) indicator: String,
    pub(crate) op: Op,
    pub(crate) value: f64,
    pub(crate) unit: String,
    pub(crate) due: Option<Due>,
    pub(crate) cadence: Cadence,
    pub(crate) baseline: Option<(i32, f64)>,
    pub(crate) binding: bool,
    pub(crate) span: Span,
    pub(crate) number: Span,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    Unit,
    /// A year that was.
    Base(Option<i32>),
    /// A year to come.
    Target(Option<i32>),
    /// 年均增速, 五年累计
    Growth,
    Attribute,
    Other,
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn year_in(text: &str) -> Option<i32> {
    let mut at = 0;
    while let Some(offset) = text[at..].find("20") {
        let start = at + offset;
        if let Some(year) = text.get(start..start + 4).and_then(|digits| digits.parse::<i32>().ok())
            && (2000..=2060).contains(&year)
        {
            // of 2021—2025 the last
            return text[start + 4..].find("20").and_then(|next| year_in(&text[start + 4 + next..])).or(Some(year));
        }
        at = start + 2;
    }
    None
}

/// Reads a table's targets, where it is one of indicators. `now` is the year the document speaks in, `end` the plan's last.
pub(crate) fn read(table: &Table, now: Option<i32>, end: Option<i32>) -> Option<Vec<Found>> {
    let width = table.rows.iter().map(Vec::len).max()?;
    let heads = head_rows(table);
    let mut titles = vec![String::new(); width];
    for row in &table.rows[..heads] {
        for (column, cell) in row.iter().enumerate() {
            let text = bare(cell.as_str());
            if !titles[column].contains(&text) {
                titles[column].push_str(&text);
            }
        }
    }
    let columns = columns(&titles, now)?;
    let mut found = Vec::new();
    for row in &table.rows[heads..] {
        read_row(row, &columns, &titles, end, &mut found);
    }
    Some(found)
}

/// The head is the first row, and the second where it still names years or columns and holds no value.
fn head_rows(table: &Table) -> usize {
    let more = table.rows.get(1).is_some_and(|row| {
        let years = row.iter().filter(|cell| year_in(cell.as_str()).is_some() && cell.as_str().contains('年')).count();
        years >= 1 && row.iter().all(|cell| !super::table::is_number(cell.as_str()) || year_in(cell.as_str()).is_some())
    });
    1 + usize::from(more && table.rows.len() > 2)
}

fn columns(titles: &[String], now: Option<i32>) -> Option<Vec<Column>> {
    let years: Vec<i32> = titles.iter().filter(|title| !title.contains("年均")).filter_map(|title| year_in(title)).collect();
    let first = years.iter().copied().min();
    let mut columns: Vec<Column> = titles
        .iter()
        .map(|title| {
            if title.contains("属性") || title.contains("性质") || title == "指标类型" || title == "类型" {
                Column::Attribute
            } else if title.contains("单位")
                && !title.contains("责任")
                && !title.contains("牵头")
                && !title.contains("配合")
                && title.chars().count() <= 6
            {
                Column::Unit
            } else if title.contains("年均")
                || title.contains("累计")
                || title.contains("增速") && year_in(title).is_none()
                || title.contains("增长率") && !title.contains("指标")
            {
                Column::Growth
            } else if let Some(year) = year_in(title) {
                let said_base = words!["基期", "基准", "现状", "实际", "完成值", "完成情况", "基数", "初"].within(title);
                let said_target = words!["目标", "预期", "规划", "计划", "力争"].within(title);
                let base = said_base
                    || (!said_target
                        && now.is_some_and(|now| year < now)
                        && (years.len() > 1 || now.is_some_and(|now| year < now)))
                    || (!said_target && years.len() > 1 && Some(year) == first && now.is_none());
                if base { Column::Base(Some(year)) } else { Column::Target(Some(year)) }
            } else if words!["基期", "现状", "基准值", "基数"].within(title) {
                Column::Base(None)
            } else if title.contains("目标值")
                || title == "目标"
                || title.contains("规划目标")
                || title.contains("预期目标")
                || title.contains("目标要求")
            {
                Column::Target(None)
            } else if (title.contains("指标") || title == "名称" || title == "项目" || title == "内容")
                && title.chars().count() <= 12
            {
                Column::Name
            } else {
                Column::Other
            }
        })
        .collect();
    // of several base years of a table none of whose years is to come, the last is the goal
    if !columns.iter().any(|column| matches!(column, Column::Target(_)))
        && years.len() >= 2
        && let Some(last) = years.iter().copied().max()
        && now.is_none_or(|now| last >= now)
    {
        for column in &mut columns {
            if *column == Column::Base(Some(last)) {
                *column = Column::Target(Some(last));
            }
        }
    }
    let targets = columns.iter().any(|column| matches!(column, Column::Target(_)));
    let named = columns.contains(&Column::Name);
    let clear =
        named && (targets || columns.contains(&Column::Growth) && columns.iter().any(|column| matches!(column, Column::Base(_))));
    clear.then_some(columns)
}

fn read_row(row: &[Passage], columns: &[Column], titles: &[String], end: Option<i32>, found: &mut Vec<Found>) {
    // a row that lacks the first columns (a group's name over several rows) is aligned at its end
    let shift = columns.len().saturating_sub(row.len());
    let cell = |column: usize| column.checked_sub(shift).and_then(|i| row.get(i));
    let Some(name_column) = columns
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, column)| **column == Column::Name)
        .map(|(i, _)| i)
        .find(|i| cell(*i).is_some_and(|cell| !cell.as_str().trim().is_empty() && !super::table::is_number(cell.as_str())))
    else {
        return;
    };
    let Some(name_cell) = cell(name_column) else {
        return;
    };
    let (name, own_unit) = name_and_unit(name_cell.as_str());
    if name.chars().count() < 2 {
        return;
    }
    let unit_of_column = columns
        .iter()
        .position(|column| *column == Column::Unit)
        .and_then(cell)
        .map(|cell| bare(cell.as_str()).trim_matches(['(', ')']).to_owned())
        .filter(|unit| !unit.is_empty() && !matches!(unit.as_str(), "-" | "—" | "/"));
    let unit = unit_of_column.or(own_unit);
    let binding = columns
        .iter()
        .position(|column| *column == Column::Attribute)
        .and_then(cell)
        .is_some_and(|cell| cell.as_str().contains("约束"));
    let baseline = columns.iter().enumerate().rev().find_map(|(i, column)| match column {
        Column::Base(Some(year)) => cell(i).and_then(|cell| values(cell.as_str()).first().map(|value| (*year, value.value))),
        _ => None,
    });
    for (i, column) in columns.iter().enumerate() {
        let (year, growth) = match column {
            Column::Target(year) => (year.or(end), false),
            Column::Growth => (end, true),
            _ => continue,
        };
        let Some(cell) = cell(i) else {
            continue;
        };
        for value in values(cell.as_str()) {
            let total = growth
                && (cell.as_str().contains('[')
                    || cell.as_str().contains('〔')
                    || titles[i].contains("累计") && !titles[i].contains("年均"));
            let own = value.unit.clone();
            let unit = if growth && !total {
                own.unwrap_or_else(|| "%".to_owned())
            } else {
                own.or_else(|| unit.clone()).unwrap_or_default()
            };
            let yearly = words!["年均增长", "年均增速", "年均增幅", "增速", "增长率", "年均递增", "增幅", "年均降幅", "年均下降"]
                .within(&name);
            let span = name_cell.whole();
            let at = cell.span(&value.range);
            let span = Span { start: span.start.min(at.start), end: span.end.max(at.end) };
            found.push(Found {
                indicator: if value.part.is_empty() { name.clone() } else { format!("{name}({})", value.part) },
                op: value.op.unwrap_or(if is_inverse(&name) { Op::AtMost } else { Op::AtLeast }),
                value: value.value,
                unit,
                due: year.map(Due::Year),
                cadence: if (growth && !total) || yearly {
                    Cadence::Growth
                } else if name.contains("每年") {
                    Cadence::Annual
                } else {
                    Cadence::Level
                },
                baseline: baseline.filter(|_| !growth),
                binding,
                span,
                number: at,
            });
        }
    }
}

/// Less of it is better: 失业率, 死亡率, 浓度.
pub(crate) fn is_inverse(name: &str) -> bool {
    words![
        "失业率",
        "死亡率",
        "死亡人数",
        "浓度",
        "发病率",
        "发生率",
        "恩格尔",
        "漏损率",
        "投诉率",
        "排放强度",
        "事故起数",
        "污染天数",
        "能耗强度",
        "病死率",
        "患病率",
        "近视率",
    ]
    .within(name)
        && !words!["下降", "降低", "减少", "削减", "降幅"].within(name)
}

/// “R&D人员(人年)” -> the name and its unit. A bracket that is no unit stays in the name.
fn name_and_unit(text: &str) -> (String, Option<String>) {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '*').collect();
    // a serial number before the name, but not 5G
    let from = super::marker::marker(&text).map_or(0, |marker| marker.length);
    let text = &text[from..];
    if text.ends_with(')')
        && let Some(open) = text.rfind('(')
    {
        let inner = &text[open + 1..text.len() - 1];
        let known =
            quantity::measure(inner).is_some() || inner.contains('%') || (inner.contains('/') && inner.chars().count() <= 14);
        if known && inner.chars().count() <= 14 {
            return (text[..open].to_owned(), Some(inner.to_owned()));
        }
    }
    if let Some(rest) = text.strip_suffix('%') {
        return (rest.to_owned(), Some("%".to_owned()));
    }
    (text.trim_end_matches([':', ',']).to_owned(), None)
}

struct Value {
    part: String,
    value: f64,
    unit: Option<String>,
    op: Option<Op>,
    range: std::ops::Range<usize>,
}

/// The values of a cell: “≥30”, “[19.5]”, “75左右”, “重点城市≥30/一般城市≥15”.
fn values(text: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut start = 0;
    let parts = text.split(['/', ';', '、', '\n']).collect::<Vec<_>>();
    let split = parts.len() > 1 && parts.iter().all(|part| part.chars().any(|c| c.is_ascii_digit()));
    let parts = if split { parts } else { vec![text] };
    for part in parts {
        if let Some(digit) = part.find(|c: char| c.is_ascii_digit())
            && let Some((number, length)) = super::numeral::arabic(&part[digit..])
        {
            let before = part[..digit].trim();
            let after = part[digit + length..].trim_start();
            let unit_length = quantity::find(&part[digit..])
                .first()
                .filter(|q| q.range.start == 0 && q.measure != Measure::None)
                .map(|q| (q.unit.clone(), q.unit_end));
            let op = if before.ends_with(['≥', '>'])
                || before.ends_with("不低于")
                || before.ends_with("不少于")
                || after.contains("以上")
            {
                Some(Op::AtLeast)
            } else if before.ends_with(['≤', '<'])
                || before.ends_with("不高于")
                || before.ends_with("不超过")
                || after.contains("以内")
                || after.contains("以下")
                || before.ends_with("控制在")
            {
                Some(Op::AtMost)
            } else if after.contains("左右") || before.ends_with('约') {
                Some(Op::About)
            } else {
                None
            };
            let negative = before.ends_with(['-', '−']) && before.chars().count() == 1;
            let name = before.trim_end_matches(['≥', '≤', '>', '<', '[', '(', '〔', ':', '约', '-', '〈', '【', ' ']);
            let long_words = !split && name.chars().count() > 6;
            let is_year = after.starts_with('年');
            if !long_words && !is_year {
                let end = digit + unit_length.as_ref().map_or(length, |(_, end)| *end);
                found.push(Value {
                    part: if split { name.trim().to_owned() } else { String::new() },
                    value: if negative { -number } else { number },
                    unit: unit_length.map(|(unit, _)| unit),
                    op,
                    range: start + digit..start + end,
                });
            }
        }
        start += part.len() + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]]) -> (String, Table) {
        let mut source = String::new();
        let mut cells = Vec::new();
        for row in rows {
            let mut line = Vec::new();
            for cell in *row {
                let start = source.len();
                source.push_str(cell);
                line.push(Span { start, end: source.len() });
                source.push('\t');
            }
            source.push('\n');
            cells.push(line);
        }
        let rows = cells.iter().map(|row| row.iter().map(|span| Passage::read(&source, *span)).collect()).collect();
        (source, Table { caption: String::new(), rows, paragraphs: 0..0 })
    }

    #[test]
    fn the_base_year_is_the_baseline_and_the_other_years_are_targets() {
        let (source, table) = table(&[
            &["序号", "指标", "单位", "2020年基期", "2025年目标", "年均增速", "属性"],
            &["1", "地区生产总值", "亿元", "500", "700", "7.0", "预期性"],
            &["2", "森林覆盖率", "%", "41.2", "≥42", "[0.8]", "约束性"],
            &["3", "城镇调查失业率(%)", "—", "5.1", "5.5", "—", "预期性"],
        ]);
        let found = read(&table, Some(2021), Some(2025)).unwrap();
        assert_eq!(found.len(), 5);
        assert_eq!((found[0].value, found[0].baseline, found[0].binding), (700.0, Some((2020, 500.0)), false));
        assert_eq!(&source[found[0].span.start..found[0].span.end], "地区生产总值\t亿元\t500\t700");
        assert_eq!((found[1].value, found[1].unit.as_str(), found[1].cadence), (7.0, "%", Cadence::Growth));
        assert!(found[2].binding);
        assert_eq!((found[3].value, found[3].cadence), (0.8, Cadence::Level));
        assert_eq!((found[4].op, found[4].unit.as_str()), (Op::AtMost, "%"));
    }

    #[test]
    fn two_years_to_come_give_two_targets_and_a_split_cell_gives_one_for_each_part() {
        let (_, table) = table(&[
            &["指标名称", "2024年", "2026年", "2030年"],
            &["新能源汽车占比(%)", "30", "45", "60"],
            &["公共桩密度(个/平方公里)", "1", "重点城市≥3/一般城市≥1.5", "—"],
        ]);
        let found = read(&table, Some(2025), Some(2030)).unwrap();
        let read: Vec<_> = found.iter().map(|f| (f.indicator.as_str(), f.value, f.due)).collect();
        assert_eq!(read[..2], [("新能源汽车占比", 45.0, Some(Due::Year(2026))), ("新能源汽车占比", 60.0, Some(Due::Year(2030)))]);
        assert_eq!(
            read[2..],
            [("公共桩密度(重点城市)", 3.0, Some(Due::Year(2026))), ("公共桩密度(一般城市)", 1.5, Some(Due::Year(2026)))]
        );
    }

    #[test]
    fn a_table_of_other_things_is_none() {
        let (_, table) = table(&[&["序号", "任务", "责任单位"], &["1", "建设平台", "县科技局"]]);
        assert!(read(&table, Some(2025), None).is_none());
    }
}
