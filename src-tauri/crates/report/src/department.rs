//! One department's report: its checklist, milestones, targets and progress, with every lamp and why.

use std::collections::BTreeMap;

use plan::{DepartmentId, Judgement, Role, TaskId};

use crate::annexes::why_parts;
use crate::block::{Align, Block, Cell, Part, Row, Span, TABLE_SIZE, Table, Width, column};
use crate::faces::FaceRole;
use crate::figures::{DepartmentFigures, Figures};
use crate::page::{Ink, RowId};
use crate::view::{MilestoneLine, Return, TargetLine, TaskLine, View};
use crate::wording::{Book, chinese_marks, counted, date, percent, points, quantity, target};

/// Milestones and targets by task, gathered once for all departments.
struct Attached<'a> {
    milestones: BTreeMap<&'a TaskId, Vec<&'a MilestoneLine>>,
    targets: BTreeMap<&'a TaskId, Vec<&'a TargetLine>>,
    tasks: BTreeMap<&'a DepartmentId, Vec<&'a TaskLine>>,
}

impl<'a> Attached<'a> {
    fn of(view: &'a View) -> Self {
        let mut attached = Self { milestones: BTreeMap::new(), targets: BTreeMap::new(), tasks: BTreeMap::new() };
        for milestone in &view.milestones {
            if let Some(task) = &milestone.task {
                attached.milestones.entry(task).or_default().push(milestone);
            }
        }
        for target in &view.targets {
            if let Some(task) = &target.task {
                attached.targets.entry(task).or_default().push(target);
            }
        }
        for task in &view.tasks {
            for (department, _) in &task.departments {
                let own = attached.tasks.entry(department).or_default();
                if own.last().is_none_or(|last| last.id != task.id) {
                    own.push(task);
                }
            }
        }
        attached
    }
}

/// One department's report.
pub(crate) fn department(view: &View, figures: &Figures, id: &DepartmentId) -> Vec<Block> {
    let book = Book::of(view);
    let own = figures.departments.iter().find(|own| own.id == *id);
    blocks(view, &book, &Attached::of(view), id, own)
}

/// All departments' reports, one after the other.
pub(crate) fn all(view: &View, figures: &Figures) -> Vec<Block> {
    let book = Book::of(view);
    let attached = Attached::of(view);
    let mut all = Vec::new();
    for own in &figures.departments {
        all.push(Block::Report);
        all.extend(blocks(view, &book, &attached, &own.id, Some(own)));
    }
    if all.is_empty() {
        all.push(Block::Title { text: format!("{}各部门清单", view.quarter.chinese()), anchor: "正文".to_owned() });
        all.push(Block::Paragraph(vec![Span::new("台账中没有责任单位。")]));
    }
    all
}

fn blocks(
    view: &View,
    book: &Book<'_>,
    attached: &Attached<'_>,
    id: &DepartmentId,
    figures: Option<&DepartmentFigures>,
) -> Vec<Block> {
    let name = book.name(id);
    let mut blocks = vec![
        Block::Title { text: format!("{name}{}任务清单", view.quarter.chinese()), anchor: format!("部门{id}") },
        Block::Subtitle(format!("（截至{}）", date(view.cut_off()))),
    ];
    let tasks = attached.tasks.get(id).map_or(&[][..], Vec::as_slice);
    if tasks.is_empty() {
        blocks.push(Block::Paragraph(vec![Span::new(format!("{name}在台账中没有牵头和配合的任务。"))]));
        return blocks;
    }
    blocks.push(Block::Paragraph(summary(view, id, name, figures)));
    blocks.push(Block::Table(overview(view, book, id, tasks)));
    if let (Some(earlier), true) = (view.compared_with, crate::changes::is_any(book, Some(id))) {
        let text = format!("与{}对比", earlier.chinese());
        blocks.push(Block::Heading { level: 1, text, anchor: String::new() });
        blocks.push(Block::Table(crate::changes::table(book, Some(id))));
    }
    blocks.push(Block::Heading { level: 1, text: "逐项清单".to_owned(), anchor: String::new() });
    blocks.push(Block::Table(checklist(view, book, attached, id, tasks)));
    if !view.rule_note.is_empty() {
        blocks.push(Block::Note(vec![Span::new(format!(
            "判定规则：{}。",
            chinese_marks(view.rule_note.trim_end_matches(['。', '.']))
        ))]));
    }
    blocks.extend(crate::annexes::reopenings(view));
    blocks
}

fn summary(view: &View, id: &DepartmentId, name: &str, figures: Option<&DepartmentFigures>) -> Vec<Span> {
    let mut spans = vec![Span::new(format!("{name}牵头任务"))];
    let Some(figures) = figures else { return spans };
    spans.push(counted(&figures.leads));
    spans.push(Span::new("项、配合任务"));
    spans.push(counted(&figures.supports));
    spans.push(Span::new("项"));
    if !figures.leads.is_empty() {
        spans.push(Span::new("。牵头任务中，"));
        let lamps = [plan::Lamp::Green, plan::Lamp::Yellow, plan::Lamp::Red];
        for (place, lamp) in lamps.into_iter().enumerate() {
            let comma = if place > 0 { "、" } else { "" };
            spans.push(Span::new(format!("{comma}{}灯", view.words.lamp(lamp))));
            spans.push(counted(&figures.lamps[place]));
            spans.push(Span::new("项"));
        }
        if !figures.lamps[3].is_empty() {
            spans.push(Span::new("、未亮灯"));
            spans.push(counted(&figures.lamps[3]));
            spans.push(Span::new("项"));
        }
        if let Some(completion) = figures.completion {
            spans.push(Span::new("，平均完成度"));
            spans.push(Span::new(percent(completion)).counting(figures.leads.iter().cloned().map(RowId::Task).collect()));
        }
    }
    spans.push(Span::new("。"));
    let returned = view
        .departments
        .iter()
        .find(|department| department.id == *id)
        .map_or(Return::NotAsked, |department| department.returned);
    spans.push(Span::new(match returned {
        Return::NotAsked => "",
        Return::OnTime => "本季度进展情况已按时报送。",
        Return::Late => "本季度进展情况逾期报送。",
        Return::Returned => "本季度进展情况已报送。",
        Return::Missing => "本季度进展情况未报送。",
    }));
    let unknown = view.tasks.iter().filter(|task| task.judgement == Judgement::NoData && crate::figures::is_counted(task));
    let unknown: Vec<_> = unknown.filter(|task| role_of(task, id) == Role::Lead).map(|task| task.id.clone()).collect();
    if !unknown.is_empty() {
        spans.extend([Span::new("指标数据未报的任务"), counted(&unknown), Span::new("项。")]);
    }
    spans
}

fn role_of(task: &TaskLine, id: &DepartmentId) -> Role {
    task.departments.iter().find(|(department, _)| department == id).map_or(Role::Support, |(_, role)| *role)
}

fn overview(view: &View, book: &Book<'_>, id: &DepartmentId, tasks: &[&TaskLine]) -> Table {
    let several = view.plans.len() > 1;
    let mut last = None;
    let mut rows = Vec::with_capacity(tasks.len());
    for task in tasks {
        if several && last != Some(&task.plan) {
            last = Some(&task.plan);
            let plan = view.plans.iter().find(|plan| plan.id == task.plan);
            let title = plan.map_or_else(String::new, |plan| format!("《{}》", plan.title));
            let head = Part::Text(vec![Span::of(FaceRole::Hei, title.clone())]);
            rows.push(Row { cells: vec![Cell::of(vec![head]).spanning(8)], heading: true, rows: Vec::new(), name: title });
        }
        rows.push(overview_row(view, book, id, task));
    }
    let columns = vec![
        column("序号", Width::Fixed(2.5)),
        column("目标任务", Width::Content { least: 8.0, most: 18.0 }),
        column("责任", Width::Fixed(2.0)),
        column("牵头（配合）单位", Width::Content { least: 4.0, most: 8.0 }),
        column("完成时限", Width::Fixed(6.8)),
        column("办理状态", Width::Fixed(4.2)),
        column("清单", Width::Fixed(2.5)),
        column("亮灯", Width::Fixed(4.0)),
    ];
    Table { columns, rows, size: TABLE_SIZE, head: true }
}

fn overview_row(view: &View, book: &Book<'_>, id: &DepartmentId, task: &TaskLine) -> Row {
    let done = task.items.iter().filter(|item| item.done_on.is_some()).count();
    let status = task.progress.iter().find(|progress| progress.department == *id).map_or(task.status, |progress| progress.status);
    let others = if role_of(task, id) == Role::Lead { book.names(task, Role::Support) } else { book.names(task, Role::Lead) };
    Row {
        cells: vec![
            Cell::text(task.number.clone()).aligned(Align::Centre),
            Cell::text(task.title.clone()),
            Cell::of(vec![Part::text(role_of(task, id).chinese())]).aligned(Align::Centre),
            Cell::text(others),
            Cell::text(task.due.map_or_else(String::new, plan::Due::chinese)).aligned(Align::Centre),
            Cell::text(status.chinese()).aligned(Align::Centre),
            Cell::text(if task.items.is_empty() { "—".to_owned() } else { format!("{done}/{}", task.items.len()) })
                .aligned(Align::Centre),
            Cell::of(vec![
                Part::Lamp { lamp: task.lamp, word: view.words.lamp(task.lamp).to_owned(), beside: String::new() },
                Part::text(view.standing(task)),
            ])
            .aligned(Align::Centre),
        ],
        heading: false,
        rows: vec![RowId::Task(task.id.clone())],
        name: format!("第{}项", task.number),
    }
}

fn checklist(view: &View, book: &Book<'_>, attached: &Attached<'_>, id: &DepartmentId, tasks: &[&TaskLine]) -> Table {
    let columns = vec![
        column("类别", Width::Fixed(3.0)),
        column("内容", Width::Content { least: 14.0, most: 26.0 }),
        column("时限", Width::Fixed(7.6)),
        column("完成", Width::Fixed(7.6)),
        column("亮灯", Width::Fixed(3.0)),
    ];
    let mut rows = Vec::new();
    for task in tasks {
        task_rows(&mut rows, view, book, attached, id, task);
    }
    Table { columns, rows, size: TABLE_SIZE, head: true }
}

fn task_rows(rows: &mut Vec<Row>, view: &View, book: &Book<'_>, attached: &Attached<'_>, id: &DepartmentId, task: &TaskLine) {
    let name = format!("第{}项", task.number);
    let row = |cells: Vec<Cell>, ids: Vec<RowId>| Row { cells, heading: false, rows: ids, name: name.clone() };
    let label = |text: &str| Cell::of(vec![Part::Text(vec![Span::of(FaceRole::Kai, text)])]).aligned(Align::Centre);
    let lamp = |lamp: plan::Lamp| {
        Cell::of(vec![Part::Lamp { lamp, word: view.words.lamp(lamp).to_owned(), beside: String::new() }]).aligned(Align::Centre)
    };
    let mut head =
        vec![Part::Text(vec![Span::of(FaceRole::Hei, format!("{name}　{}（{}）", task.title, role_of(task, id).chinese()))])];
    if !task.section.is_empty() {
        head.push(Part::Text(vec![Span::of(FaceRole::Kai, task.section.join(" ")).inked(Ink::Grey)]));
    }
    rows.push(Row {
        cells: vec![Cell::of(head).spanning(5)],
        heading: true,
        rows: vec![RowId::Task(task.id.clone())],
        name: name.clone(),
    });
    let mut why = why_parts(task);
    if let Some(before) = task.before {
        let change = match plan::Change::between(Some(before), task.judgement) {
            plan::Change::Better => "，好转",
            plan::Change::Same => "，持平",
            plan::Change::Worse => "，变差",
            plan::Change::Fresh | plan::Change::Unknown => "",
        };
        why.push(Part::text(format!(
            "{}判定{}，本季度{}{change}。",
            crate::annexes::earlier_word(view),
            view.words.judgement(before),
            view.standing(task)
        )));
    }
    if task.completion.is_some() {
        why.push(Part::Bar {
            completion: task.completion,
            schedule: task.schedule,
            beside: task.completion.map_or_else(String::new, percent),
        });
    }
    rows.push(row(vec![label("判定"), Cell::of(why).spanning(3), lamp(task.lamp)], vec![RowId::Task(task.id.clone())]));
    for item in task.items.iter().filter(|item| item.departments.is_empty() || item.departments.contains(id)) {
        rows.push(row(
            vec![
                label("清单"),
                Cell::of(vec![Part::Tick { done: item.done_on.is_some(), text: vec![Span::new(item.text.clone())] }]),
                Cell::text(item.due.map_or_else(String::new, plan::Due::chinese)).aligned(Align::Centre),
                Cell::text(item.done_on.map_or_else(|| "未完成".to_owned(), date)).aligned(Align::Centre),
                lamp(item.lamp),
            ],
            vec![RowId::Task(task.id.clone())],
        ));
    }
    let milestones = attached.milestones.get(&task.id).map_or(&[][..], Vec::as_slice);
    for milestone in milestones.iter().filter(|m| m.departments.is_empty() || m.departments.contains(id)) {
        rows.push(row(
            vec![
                label("节点"),
                Cell::of(vec![Part::Tick { done: milestone.done_on.is_some(), text: vec![Span::new(milestone.what.clone())] }]),
                Cell::text(milestone.due.chinese()).aligned(Align::Centre),
                Cell::text(milestone.done_on.map_or_else(|| "未完成".to_owned(), date)).aligned(Align::Centre),
                lamp(milestone.lamp),
            ],
            vec![RowId::Milestone(milestone.id.clone())],
        ));
    }
    let targets = attached.targets.get(&task.id).map_or(&[][..], Vec::as_slice);
    for line in targets {
        let bound = if line.binding { "（约束性）" } else { "" };
        let mut content = vec![Part::text(format!("{}{bound}：目标{}", line.name, target(line)))];
        if !line.why.is_empty() {
            content.push(Part::Text(vec![Span::of(FaceRole::Kai, chinese_marks(&line.why)).inked(Ink::Grey)]));
        }
        if line.completion.is_some() {
            content.push(Part::Bar { completion: line.completion, schedule: line.schedule, beside: String::new() });
        }
        let mut done = vec![Part::text(line.actual.map_or_else(|| "未报".to_owned(), |v| quantity(v, &line.unit)))];
        if let Some(completion) = line.completion {
            done.push(Part::text(percent(completion)));
        }
        if let Some(gap) = line.gap.filter(|gap| gap.is_finite() && points(*gap) != "0") {
            let sign = if gap > 0.0 { "差" } else { "超" };
            done.push(Part::text(format!("{sign}{}点", points(gap))));
        }
        rows.push(row(
            vec![
                label("指标"),
                Cell::of(content),
                Cell::text(line.due.map_or_else(String::new, plan::Due::chinese)).aligned(Align::Centre),
                Cell::of(done).aligned(Align::Centre),
                lamp(line.lamp),
            ],
            vec![RowId::Target(line.id.clone())],
        ));
    }
    told(rows, book, id, task, &row, &label);
}

/// What the department wrote; of a task it supports, what the lead wrote stands there too.
fn told(
    rows: &mut Vec<Row>,
    book: &Book<'_>,
    id: &DepartmentId,
    task: &TaskLine,
    row: &dyn Fn(Vec<Cell>, Vec<RowId>) -> Row,
    label: &dyn Fn(&str) -> Cell,
) {
    type Of = fn(&crate::view::ProgressText) -> &str;
    let kinds: [(&str, Of); 3] = [("进展", |p| &p.done), ("问题", |p| &p.problems), ("措施", |p| &p.next)];
    for (word, of) in kinds {
        let parts: Vec<Part> = task
            .progress
            .iter()
            .filter(|progress| !of(progress).trim().is_empty())
            .map(|progress| {
                let mut spans = Vec::new();
                if progress.department != *id {
                    spans.push(Span::of(FaceRole::Kai, format!("{}：", book.name(&progress.department))).inked(Ink::Grey));
                }
                spans.push(Span::new(of(progress).trim()));
                Part::Text(spans)
            })
            .collect();
        if !parts.is_empty() {
            rows.push(row(vec![label(word), Cell::of(parts).spanning(4)], vec![RowId::Task(task.id.clone())]));
        }
    }
}
