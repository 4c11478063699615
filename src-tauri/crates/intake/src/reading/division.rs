//! Tables that share out the work: a task, who is responsible, by when (任务分工表, 重点任务清单).

use super::dates::{self, Sense, Years};
use super::heading;
use super::marker;
use super::passage::Passage;
use super::responsibility;
use super::table::Table;
use super::unit_names;
use plan::{Due, Span};

/// A row of such a table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// The task as the cell prints it, without number.
    pub(crate) title: String,
    /// The cells that hold the task's text.
    pub(crate) texts: Vec<Passage>,
    pub(crate) lead: Vec<String>,
    pub(crate) departments: Vec<String>,
    pub(crate) due: Option<(Due, Span)>,
    /// From the task's cell to the last cell read.
    pub(crate) span: Span,
    /// The cells that name the units.
    pub(crate) clause: Option<Span>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Task,
    Detail,
    Lead,
    Units,
    Due,
    Other,
}

fn column(title: &str) -> Column {
    let title: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    let any = |words: &[&str]| words.iter().any(|word| title.contains(word));
    if title.chars().count() > 14 || any(&["领导", "责任人", "联系人", "分管"]) {
        Column::Other
    } else if any(&[
        "时限",
        "完成时间",
        "时间节点",
        "时间要求",
        "时间安排",
        "办结时间",
        "完成期限",
        "推进时间",
        "实施时间",
        "时间",
    ]) {
        Column::Due
    } else if any(&["牵头", "主办", "主责"]) {
        Column::Lead
    } else if any(&[
        "责任单位",
        "责任部门",
        "配合",
        "参与",
        "协办",
        "负责单位",
        "负责部门",
        "实施单位",
        "实施主体",
        "落实单位",
        "责任主体",
        "承办单位",
        "责任科室",
    ]) || title == "单位"
    {
        Column::Units
    } else if any(&["任务", "事项", "举措", "措施", "重点工作", "工作要点", "项目名称", "行动", "指标名称"])
        && !any(&["类别", "分类", "大类"])
    {
        Column::Task
    } else if any(&["内容", "目标", "要求", "标准", "成果"]) {
        Column::Detail
    } else {
        Column::Other
    }
}

/// Of several columns of tasks the last one whose cells differ: a column merged over several rows is a group.
fn lowest_task_column(table: &Table, columns: &[Column]) -> Option<usize> {
    let tasks: Vec<usize> = (0..columns.len()).filter(|i| columns[*i] == Column::Task).collect();
    let differs = |column: &usize| {
        let mut texts: Vec<&str> = table.rows[1..].iter().filter_map(|row| row.get(*column)).map(Passage::as_str).collect();
        let all = texts.len();
        texts.sort_unstable();
        texts.dedup();
        texts.len() == all
    };
    tasks
        .iter()
        .copied()
        .find(|column| differs(column))
        .or_else(|| tasks.last().copied())
        .or_else(|| columns.iter().position(|column| *column == Column::Detail))
}

/// Reads the rows, where the table shares out work: it needs a column of tasks and one of units.
pub(crate) fn read(table: &Table, years: Years) -> Option<Vec<Row>> {
    let head = table.rows.first()?;
    if table.rows.iter().map(Vec::len).max()? < 2 {
        return None;
    }
    let columns: Vec<Column> = head.iter().map(|cell| column(cell.as_str())).collect();
    let units = columns.iter().any(|column| matches!(column, Column::Units | Column::Lead));
    let task_column = lowest_task_column(table, &columns)?;
    if !units || head.iter().any(|cell| cell.as_str().chars().count() > 24) {
        return None;
    }
    let mut rows: Vec<Row> = Vec::new();
    for row in &table.rows[1..] {
        let shift = columns.len().saturating_sub(row.len());
        let cell =
            |index: usize| index.checked_sub(shift).and_then(|i| row.get(i)).filter(|cell| !cell.as_str().trim().is_empty());
        // several columns of tasks: the last that is filled is the lowest
        let Some(task) = cell(task_column).or_else(|| {
            columns
                .iter()
                .enumerate()
                .rev()
                .filter(|(_, column)| matches!(column, Column::Task | Column::Detail))
                .find_map(|(i, _)| cell(i))
        }) else {
            continue;
        };
        let text = task.as_str();
        let from = marker::marker(text).map_or(0, |marker| marker.length);
        let read = heading::heading(&text[from..]);
        let title = text[from..from + read.title_end].trim().to_owned();
        if title.chars().count() < 4 {
            continue;
        }
        let mut found = Row {
            title,
            texts: vec![task.clone()],
            lead: Vec::new(),
            departments: Vec::new(),
            due: None,
            span: task.whole(),
            clause: None,
        };
        for (i, kind) in columns.iter().enumerate() {
            let Some(cell) = cell(i) else {
                continue;
            };
            let place = cell.whole();
            match kind {
                Column::Lead | Column::Units => {
                    let clause = responsibility::read(cell.as_str());
                    let named: Vec<String> = if clause.units.is_empty() {
                        unit_names::list(cell.as_str()).into_iter().map(|named| named.name).collect()
                    } else {
                        clause.units
                    };
                    for unit in named {
                        if *kind == Column::Lead || clause.lead.contains(&unit) {
                            found.lead.push(unit.clone());
                        }
                        if !found.departments.contains(&unit) {
                            found.departments.push(unit);
                        }
                    }
                    found.clause.get_or_insert(place);
                }
                Column::Due => {
                    found.due = dates::find(cell.as_str(), years)
                        .into_iter()
                        .rev()
                        .find(|dated| dated.sense == Sense::By)
                        .map(|dated| (dated.due, place));
                }
                // beside the task's name, a column of 具体举措 says what is to be done
                Column::Detail | Column::Task if i > task_column => found.texts.push(cell.clone()),
                Column::Detail if i != task_column => found.texts.push(cell.clone()),
                _ => {}
            }
            if *kind != Column::Other {
                found.span = Span { start: found.span.start.min(place.start), end: found.span.end.max(place.end) };
            }
        }
        // a merged cell is repeated: the same task again only adds units
        match rows.last_mut() {
            Some(last) if last.title == found.title && last.span.start == found.span.start => {
                for unit in found.departments {
                    if !last.departments.contains(&unit) {
                        last.departments.push(unit);
                    }
                }
            }
            _ => rows.push(found),
        }
    }
    (!rows.is_empty()).then_some(rows)
}
