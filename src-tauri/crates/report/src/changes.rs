//! What changed since an earlier quarter: progress, targets and dates with the old value beside the new, what was taken out and
//! what was added. The rows come compared; here they are told.

use plan::{Change, DepartmentId, Due, Judgement, Role};

use crate::block::{Align, Cell, Part, Row, Span, TABLE_SIZE, Table, Width, column};
use crate::faces::FaceRole;
use crate::figures::{Comparison, cancelled};
use crate::page::RowId;
use crate::view::{ChangeLine, ChangeState, ChangedField, FieldChange, View};
use crate::wording::{Book, counted, counted_targets};

/// The table that a field of a task of both quarters stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    Progress,
    Adjusted,
    Dropped,
    Added,
}

impl Group {
    pub(crate) const ALL: [Self; 4] = [Self::Progress, Self::Adjusted, Self::Dropped, Self::Added];

    pub(crate) fn chinese(self) -> &'static str {
        match self {
            Self::Progress => "进度变化",
            Self::Adjusted => "目标和时限调整",
            Self::Dropped => "取消和移出",
            Self::Added => "新增",
        }
    }
}

fn kind_of(field: &FieldChange) -> Option<Group> {
    Some(match (field.field, &field.from, &field.to) {
        (ChangedField::Judgement | ChangedField::Ticks | ChangedField::Figure, ..) => Group::Progress,
        (ChangedField::Item | ChangedField::Target | ChangedField::Milestone, Some(_), None) => Group::Dropped,
        (ChangedField::Item | ChangedField::Target | ChangedField::Milestone, None, Some(_)) => Group::Added,
        (ChangedField::Milestone, ..) => Group::Progress,
        (ChangedField::Target | ChangedField::Due | ChangedField::MilestoneDue, ..) => Group::Adjusted,
        (ChangedField::Status | ChangedField::Title | ChangedField::Item, ..) => return None,
    })
}

/// A line of the tables: what it is of, what it is called, and both values in the words that print.
pub(crate) struct Told<'a> {
    pub line: &'a ChangeLine,
    pub what: String,
    pub from: String,
    pub to: String,
    /// Rows of the workbook it comes from.
    pub rows: Vec<RowId>,
}

/// Whether a change is of a department's tasks.
pub(crate) fn is_of(line: &ChangeLine, department: Option<&DepartmentId>) -> bool {
    department.is_none_or(|id| line.departments.iter().any(|(of, ..)| of == id))
}

/// The lines of a table, of all tasks or one department's.
pub(crate) fn told<'a>(book: &Book<'a>, group: Group, department: Option<&DepartmentId>) -> Vec<Told<'a>> {
    let view = book.view;
    let mut lines = Vec::new();
    for line in view.changes.iter().filter(|line| is_of(line, department)) {
        let task = || line.task.iter().cloned().map(RowId::Task).collect::<Vec<_>>();
        let whole = |what: &str, from: &str, to: &str| Told {
            line,
            what: what.to_owned(),
            from: from.to_owned(),
            to: to.to_owned(),
            rows: task(),
        };
        match (line.state, group) {
            (ChangeState::Added, Group::Added) => lines.push(whole("任务", "—", "新列入台账")),
            (ChangeState::Dropped, Group::Dropped) => lines.push(whole("任务", &judged(view, line), "已移出台账")),
            (ChangeState::Changed, _) => {
                if group == Group::Dropped && cancelled(line) {
                    lines.push(whole("任务", &judged(view, line), "取消"));
                    continue;
                }
                let of_group = line.fields.iter().filter(|field| kind_of(field) == Some(group));
                // that nobody has returned anything else yet is no change of progress
                let of_group = of_group.filter(|field| !cancelled(line) || field.field != ChangedField::Judgement);
                if group == Group::Progress {
                    let fields: Vec<&FieldChange> = of_group.collect();
                    // over all departments figures move in every task, and the table of progress has them: here what is judged otherwise
                    let judged = fields.iter().any(|field| field.field == ChangedField::Judgement);
                    if judged || (department.is_some() && !fields.is_empty()) {
                        lines.push(progress(book, line, &fields));
                    }
                    continue;
                }
                lines.extend(of_group.map(|field| Told {
                    line,
                    what: what(field),
                    from: value(view, field, field.from.as_deref()),
                    to: value(view, field, field.to.as_deref()),
                    rows: field.target.clone().map_or_else(task, |target| vec![RowId::Target(target)]),
                }));
            }
            _ => {}
        }
    }
    lines
}

/// What of a task's progress changed, in one line: the judgement in both quarters, and behind it what was counted.
fn progress<'a>(book: &Book<'a>, line: &'a ChangeLine, fields: &[&FieldChange]) -> Told<'a> {
    let view = book.view;
    let mut rows: Vec<RowId> = line.task.iter().cloned().map(RowId::Task).collect();
    rows.extend(fields.iter().filter_map(|field| field.target.clone()).map(RowId::Target));
    let judgement = fields.iter().find(|field| field.field == ChangedField::Judgement);
    let same = || {
        let now = line.task.as_ref().and_then(|id| book.task(id));
        now.map_or_else(|| "—".to_owned(), |task| view.standing(task).to_owned())
    };
    let (from, to) = match judgement {
        Some(field) => (value(view, field, field.from.as_deref()), value(view, field, field.to.as_deref())),
        None => (same(), same()),
    };
    let counted = fields.iter().filter(|field| field.field != ChangedField::Judgement);
    let counted = counted.map(|field| {
        let (from, to) = (value(view, field, field.from.as_deref()), value(view, field, field.to.as_deref()));
        format!("{}：{from}→{to}", what(field))
    });
    Told { line, what: counted.collect::<Vec<_>>().join("；"), from, to, rows }
}

/// The judgement that a task had in the earlier quarter.
fn judged(view: &View, line: &ChangeLine) -> String {
    let field = line.fields.iter().find(|field| field.field == ChangedField::Judgement);
    field.map_or_else(|| "—".to_owned(), |field| value(view, field, field.from.as_deref()))
}

fn what(field: &FieldChange) -> String {
    match field.field {
        ChangedField::Judgement => "进度判定".to_owned(),
        ChangedField::Status => "办理状态".to_owned(),
        ChangedField::Title => "名称".to_owned(),
        ChangedField::Due => "完成时限".to_owned(),
        ChangedField::Ticks => "清单完成".to_owned(),
        ChangedField::Item => format!("清单事项“{}”", field.name),
        ChangedField::Target => format!("目标“{}”", field.name),
        ChangedField::Milestone => format!("节点“{}”", field.name),
        ChangedField::MilestoneDue => format!("节点“{}”的时间", field.name),
        ChangedField::Figure => field.name.clone(),
    }
}

/// A value in the words that print.
fn value(view: &View, field: &FieldChange, value: Option<&str>) -> String {
    let Some(value) = value else { return "—".to_owned() };
    match field.field {
        ChangedField::Judgement => {
            value.parse::<Judgement>().map_or_else(|_| value.to_owned(), |code| view.words.judgement(code).to_owned())
        }
        ChangedField::Due | ChangedField::MilestoneDue => value.parse::<Due>().map_or_else(|_| value.to_owned(), Due::chinese),
        ChangedField::Target | ChangedField::Figure => {
            // several departments' figures stand side by side
            let each: Vec<String> = value
                .split('、')
                .map(|one| one.parse().map_or_else(|_| one.to_owned(), crate::wording::number))
                .map(|one| format!("{one}{}", field.unit.trim()))
                .collect();
            each.join("、")
        }
        ChangedField::Item | ChangedField::Milestone => {
            let each: Vec<String> = value.split('、').map(done_or_due).collect();
            each.join("、")
        }
        _ => value.to_owned(),
    }
}

/// When something was done, or when it is due where it is not: 2025年5月28日完成, 未完成（2025年6月底）.
fn done_or_due(value: &str) -> String {
    let due = |word: &str| word.parse::<Due>().map(Due::chinese);
    match value.strip_prefix("未完成（").and_then(|rest| rest.strip_suffix('）')) {
        Some(open) => due(open).map_or_else(|_| value.to_owned(), |due| format!("未完成（{due}）")),
        None => due(value).map_or_else(|_| value.to_owned(), |day| format!("{day}完成")),
    }
}

/// “目标值调整3个、完成时限调整1项，取消和移出台账2项，新增1项”, each figure with its rows; empty where nothing of these is.
pub(crate) fn sentence(comparison: &Comparison) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut say = |before: &str, figure: Span, unit: &str| {
        spans.push(Span::new(format!("{}{before}", if spans.is_empty() { "" } else { "、" })));
        spans.push(figure);
        spans.push(Span::new(unit));
    };
    if !comparison.targets.is_empty() {
        say("目标值调整", counted_targets(&comparison.targets), "个");
    }
    for (before, tasks) in
        [("完成时限调整", &comparison.dues), ("取消和移出台账", &comparison.dropped), ("新增", &comparison.added)]
    {
        if !tasks.is_empty() {
            say(before, counted(tasks), "项");
        }
    }
    spans
}

/// Whether there is anything that [`table`] shows.
pub(crate) fn is_any(book: &Book<'_>, department: Option<&DepartmentId>) -> bool {
    book.view.compared_with.is_some() && Group::ALL.iter().any(|group| !told(book, *group, department).is_empty())
}

/// The table of what changed, of all tasks or one department's, its kinds under headings of their own.
pub(crate) fn table(book: &Book<'_>, department: Option<&DepartmentId>) -> Table {
    let view = book.view;
    let leads = department.is_none();
    let mut columns = vec![column("序号", Width::Fixed(3.0)), column("目标任务", Width::Content { least: 7.0, most: 14.0 })];
    if leads {
        columns.push(column("牵头单位", Width::Content { least: 4.0, most: 7.0 }));
    }
    let earlier = view.compared_with.map(plan::Quarter::chinese).unwrap_or_default();
    columns.extend([
        column("变化", Width::Content { least: 12.0, most: 26.0 }),
        // wide enough for a quarter's name in one line
        column(&earlier, Width::Fixed(7.2)),
        column(&view.quarter.chinese(), Width::Fixed(7.2)),
    ]);
    let mut rows = Vec::new();
    for group in Group::ALL {
        let lines = told(book, group, department);
        if lines.is_empty() {
            continue;
        }
        let name = format!("{}（{}项）", group.chinese(), lines.len());
        let head = Cell::of(vec![Part::Text(vec![Span::of(FaceRole::Hei, name.clone())])]).spanning(columns.len());
        rows.push(Row { cells: vec![head], heading: true, rows: Vec::new(), name });
        rows.extend(lines.into_iter().map(|told| row(view, told, group, leads)));
    }
    Table { columns, rows, size: TABLE_SIZE, head: true }
}

fn row(view: &View, told: Told<'_>, group: Group, leads: bool) -> Row {
    let line = told.line;
    let mut title = vec![Part::text(line.title.clone())];
    if view.plans.len() > 1 && line.task.is_some() {
        title.push(Part::Text(vec![Span::of(FaceRole::Kai, format!("《{}》", line.plan)).inked(crate::page::Ink::Grey)]));
    }
    let centred = |text: String| Cell::text(text).aligned(Align::Centre);
    let mut cells = vec![centred(line.number.clone()), Cell::of(title)];
    if leads {
        cells.push(Cell::text(lead_names(line)));
    }
    let mut what = Vec::new();
    if group == Group::Progress {
        what.push(Part::Text(vec![Span::of(FaceRole::Hei, direction(line))]));
    }
    if !told.what.is_empty() {
        what.push(Part::text(told.what));
    }
    cells.extend([Cell::of(what), centred(told.from), centred(told.to)]);
    let name = if line.number.is_empty() { line.title.clone() } else { format!("第{}项", line.number) };
    Row { cells, heading: false, rows: told.rows, name }
}

/// Which way the judgement of a task went.
pub(crate) fn direction(line: &ChangeLine) -> &'static str {
    let judgement = |word: &Option<String>| word.as_deref().and_then(|word| word.parse::<Judgement>().ok());
    let field = line.fields.iter().find(|field| field.field == ChangedField::Judgement);
    let Some((before, now)) = field.and_then(|field| Some((judgement(&field.from), judgement(&field.to)?))) else {
        return "持平";
    };
    match Change::between(before, now) {
        Change::Better => "好转",
        Change::Worse => "变差",
        Change::Same => "持平",
        Change::Fresh => "新纳入",
        Change::Unknown => "不作比较",
    }
}

/// Names of who leads, as they were then.
pub(crate) fn lead_names(line: &ChangeLine) -> String {
    let leads = line.departments.iter().filter(|(_, _, role)| *role == Role::Lead);
    leads.map(|(_, name, _)| name.as_str()).collect::<Vec<_>>().join("、")
}
