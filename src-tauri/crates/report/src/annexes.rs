//! The bulletin's annexes: 进展情况表, 滞后事项清单, 单位排名.

use plan::{DepartmentKind, Judgement, Role};

use crate::block::{Align, Block, Cell, Part, Row, Span, TABLE_SIZE, Table, Width, column};
use crate::faces::FaceRole;
use crate::figures::{Figures, is_behind};
use crate::page::{Ink, RowId};
use crate::view::{Options, ProgressText, TaskLine, View};
use crate::wording::{Book, chinese_marks, percent, points};

/// Adds the list of annexes, the signature, and the annexes.
pub(crate) fn append(
    blocks: &mut Vec<Block>,
    view: &View,
    figures: &Figures,
    book: &Book<'_>,
    options: &Options,
    signatory: &str,
) {
    let quarter = view.quarter.chinese();
    let behind: Vec<&TaskLine> = view.tasks.iter().filter(|task| is_behind(task)).collect();
    let mut annexes: Vec<(String, Vec<Block>)> = Vec::new();
    if !view.tasks.is_empty() {
        annexes.push((
            format!("{quarter}进展情况表"),
            vec![Block::Sheet { turned: true }, Block::Table(progress_table(view, book))],
        ));
    }
    if !behind.is_empty() {
        annexes.push((
            format!("{quarter}滞后事项清单"),
            vec![Block::Sheet { turned: true }, Block::Table(behind_table(view, &behind, book))],
        ));
    }
    if options.ranking && !figures.scores.is_empty() {
        let mut content = vec![Block::Sheet { turned: false }];
        content.extend(ranking(figures, book));
        annexes.push((format!("{quarter}单位排名"), content));
    }
    if crate::changes::is_any(book, None) {
        let content = vec![Block::Sheet { turned: true }, Block::Table(crate::changes::table(book, None))];
        annexes.push((comparison_title(view), content));
    }
    let marks: Vec<String> = match annexes.len() {
        1 => vec!["附件".to_owned()],
        many => (1..=many).map(|n| format!("附件{n}")).collect(),
    };
    if !annexes.is_empty() {
        blocks
            .push(Block::AnnexList(annexes.iter().zip(&marks).map(|((title, _), mark)| (title.clone(), mark.clone())).collect()));
    }
    blocks.push(Block::Signature { office: signatory.to_owned(), date: crate::wording::date(view.as_of) });
    for ((title, content), mark) in annexes.into_iter().zip(marks) {
        let mut content = content.into_iter();
        blocks.extend(content.next());
        blocks.push(Block::AnnexHead { mark: mark.clone(), title: title.clone(), anchor: mark });
        blocks.extend(content);
        // a ranking has its own rule, and a comparison has two
        if !view.rule_note.is_empty() && !title.ends_with("排名") && title != comparison_title(view) {
            blocks.push(Block::Note(vec![Span::new(format!(
                "判定规则：{}。",
                chinese_marks(view.rule_note.trim_end_matches(['。', '.']))
            ))]));
        }
        blocks.extend(reopenings(view));
    }
}

fn comparison_title(view: &View) -> String {
    let earlier = view.compared_with.map(plan::Quarter::chinese).unwrap_or_default();
    format!("{}与{earlier}对比表", view.quarter.chinese())
}

/// The mark of the annex with what changed, such as 附件3; none where there is no such annex.
pub(crate) fn comparison_mark(book: &Book<'_>, figures: &Figures, options: &Options) -> Option<String> {
    let view = book.view;
    if !crate::changes::is_any(book, None) {
        return None;
    }
    let behind = usize::from(view.tasks.iter().any(is_behind));
    let ranking = usize::from(options.ranking && !figures.scores.is_empty());
    // the comparison comes last
    match usize::from(!view.tasks.is_empty()) + behind + ranking {
        0 => Some("附件".to_owned()),
        before => Some(format!("附件{}", before + 1)),
    }
}

/// That a quarter was opened again after it was closed is told beside its figures.
pub(crate) fn reopenings(view: &View) -> impl Iterator<Item = Block> {
    view.reopenings.iter().map(|sentence| Block::Note(vec![Span::new(chinese_marks(sentence)).inked(Ink::Grey)]))
}

/// The heading rows of a table: plan and sections, where they change.
#[derive(Debug, Default)]
pub(crate) struct Headings {
    last: Vec<String>,
}

impl Headings {
    /// The heading rows before a task.
    pub(crate) fn before(&mut self, task: &TaskLine, view: &View, columns: usize) -> Vec<Row> {
        let mut path = Vec::new();
        if view.plans.len() > 1
            && let Some(plan) = view.plans.iter().find(|plan| plan.id == task.plan)
        {
            path.push(format!("《{}》", plan.title));
        }
        path.extend(task.section.iter().cloned());
        let same = path.iter().zip(&self.last).take_while(|(a, b)| a == b).count();
        let rows = path[same..]
            .iter()
            .enumerate()
            .map(|(place, text)| {
                let role = if same + place == 0 { FaceRole::Hei } else { FaceRole::Kai };
                Row {
                    cells: vec![Cell::of(vec![Part::Text(vec![Span::of(role, text.clone())])]).spanning(columns)],
                    heading: true,
                    rows: Vec::new(),
                    name: text.clone(),
                }
            })
            .collect();
        self.last = path;
        rows
    }
}

/// What the departments wrote, each behind its name where several wrote.
pub(crate) fn told(task: &TaskLine, book: &Book<'_>, of: impl Fn(&ProgressText) -> &str) -> Cell {
    let written: Vec<&ProgressText> = task.progress.iter().filter(|progress| !of(progress).trim().is_empty()).collect();
    let parts = written
        .iter()
        .map(|progress| {
            let mut spans = Vec::new();
            if task.progress.len() > 1 && task.departments.len() > 1 {
                spans.push(Span::of(FaceRole::Kai, format!("{}：", book.name(&progress.department))));
            }
            spans.push(Span::new(of(progress).trim()));
            Part::Text(spans)
        })
        .collect();
    Cell::of(parts)
}

/// The lamp's cell: the lamp with the judgement's word, then the bar with its figure.
pub(crate) fn lamp_cell(task: &TaskLine, view: &View) -> Cell {
    let mut parts =
        vec![Part::Lamp { lamp: task.lamp, word: view.words.lamp(task.lamp).to_owned(), beside: view.standing(task).to_owned() }];
    // what was not reported or has not begun has no bar
    let known = !matches!(task.judgement, Judgement::NotReturned | Judgement::NoData | Judgement::NotDue)
        && task.status != plan::Status::Cancelled;
    if let Some(completion) = task.completion.filter(|_| known) {
        parts.push(Part::Bar { completion: task.completion, schedule: task.schedule, beside: percent(completion) });
    }
    Cell::of(parts).aligned(Align::Centre)
}

pub(crate) fn due_cell(task: &TaskLine) -> Cell {
    Cell::text(task.due.map_or_else(String::new, plan::Due::chinese)).aligned(Align::Centre)
}

pub(crate) fn task_row(task: &TaskLine, cells: Vec<Cell>) -> Row {
    Row { cells, heading: false, rows: vec![RowId::Task(task.id.clone())], name: format!("第{}项", task.number) }
}

fn progress_table(view: &View, book: &Book<'_>) -> Table {
    let columns = vec![
        column("序号", Width::Fixed(3.0)),
        column("目标任务", Width::Content { least: 8.0, most: 14.0 }),
        column("牵头单位", Width::Content { least: 4.0, most: 7.0 }),
        column("配合单位", Width::Content { least: 4.0, most: 8.0 }),
        column("完成时限", Width::Fixed(5.6)),
        column("进展情况", Width::Content { least: 8.0, most: 20.0 }),
        column("存在问题", Width::Content { least: 5.0, most: 14.0 }),
        column("下一步措施", Width::Content { least: 5.0, most: 14.0 }),
        column("亮灯", Width::Content { least: 5.2, most: 7.6 }),
    ];
    let mut headings = Headings::default();
    let mut rows = Vec::with_capacity(view.tasks.len());
    for task in &view.tasks {
        rows.extend(headings.before(task, view, columns.len()));
        let mut lead = Cell::text(book.names(task, Role::Lead));
        if task.lead_by_default {
            lead.parts.push(Part::Text(vec![Span::of(FaceRole::Kai, "（默认牵头）").inked(Ink::Grey)]));
        }
        lead.parts.extend(leaders(task));
        rows.push(task_row(
            task,
            vec![
                Cell::text(task.number.clone()).aligned(Align::Centre),
                Cell::text(task.title.clone()),
                lead,
                Cell::text(book.names(task, Role::Support)),
                due_cell(task),
                told(task, book, |progress| &progress.done),
                told(task, book, |progress| &progress.problems),
                told(task, book, |progress| &progress.next),
                lamp_cell(task, view),
            ],
        ));
    }
    Table { columns, rows, size: TABLE_SIZE, head: true }
}

/// The leaders who answer for a task, under its leading department.
fn leaders(task: &TaskLine) -> Option<Part> {
    (!task.leaders.is_empty()).then(|| Part::Text(vec![Span::of(FaceRole::Kai, "责任领导："), Span::new(task.leaders.clone())]))
}

/// Why a task has its lamp, with the office's own reason where it overrode.
pub(crate) fn why_parts(task: &TaskLine) -> Vec<Part> {
    let mut parts = Vec::new();
    if !task.why.is_empty() {
        parts.push(Part::text(chinese_marks(&task.why)));
    }
    if let Some(reason) = &task.override_reason {
        parts.push(Part::Text(vec![Span::of(FaceRole::Kai, "人工判定："), Span::new(reason.clone())]));
    }
    parts
}

fn behind_table(view: &View, behind: &[&TaskLine], book: &Book<'_>) -> Table {
    let columns = vec![
        column("序号", Width::Fixed(3.0)),
        column("滞后事项", Width::Content { least: 8.0, most: 16.0 }),
        column("牵头单位", Width::Content { least: 4.0, most: 7.0 }),
        column("完成时限", Width::Fixed(5.6)),
        column("判定依据", Width::Content { least: 6.0, most: 14.0 }),
        column("存在问题", Width::Content { least: 6.0, most: 16.0 }),
        column("下一步措施", Width::Content { least: 6.0, most: 16.0 }),
        column(&earlier_word(view), Width::Fixed(4.0)),
        column("亮灯", Width::Content { least: 5.2, most: 7.6 }),
    ];
    let mut sorted = behind.to_vec();
    // worst first; equals keep the ledger's order
    sorted.sort_by(|a, b| b.judgement.cmp(&a.judgement).then(b.gap.unwrap_or(0.0).total_cmp(&a.gap.unwrap_or(0.0))));
    let several = view.plans.len() > 1;
    let rows = sorted
        .into_iter()
        .map(|task| {
            let mut title = vec![Part::text(task.title.clone())];
            if several && let Some(plan) = view.plans.iter().find(|plan| plan.id == task.plan) {
                title.push(Part::Text(vec![Span::of(FaceRole::Kai, format!("《{}》", plan.title)).inked(Ink::Grey)]));
            }
            task_row(
                task,
                vec![
                    Cell::text(task.number.clone()).aligned(Align::Centre),
                    Cell::of(title),
                    Cell::text(book.names(task, Role::Lead)),
                    due_cell(task),
                    Cell::of(why_parts(task)),
                    told(task, book, |progress| &progress.problems),
                    told(task, book, |progress| &progress.next),
                    Cell::text(task.before.map_or("—", |before| view.words.judgement(before))).aligned(Align::Centre),
                    lamp_cell(task, view),
                ],
            )
        })
        .collect();
    Table { columns, rows, size: TABLE_SIZE, head: true }
}

/// What the quarter is called that is compared with: 上季度, or by its name.
pub(crate) fn earlier_word(view: &View) -> String {
    match view.compared_with {
        Some(earlier) if earlier != view.quarter.previous() => earlier.chinese(),
        _ => "上季度".to_owned(),
    }
}

fn ranking(figures: &Figures, book: &Book<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for kind in DepartmentKind::ALL {
        let scores: Vec<_> = figures.scores.iter().filter(|score| score.kind == *kind).collect();
        if scores.is_empty() {
            continue;
        }
        blocks.push(Block::Note(vec![Span::of(FaceRole::Hei, format!("{}（{}个）", kind.chinese(), scores.len()))]));
        let rows = scores
            .iter()
            .map(|score| Row {
                cells: vec![
                    Cell::text(score.rank.to_string()).aligned(Align::Centre),
                    Cell::text(book.name(&score.department)),
                    Cell::text(score.tasks.len().to_string()).aligned(Align::Centre),
                    Cell::text(format!("{:.1}", score.points)).aligned(Align::Centre),
                    Cell::text(score.arithmetic.clone()),
                ],
                heading: false,
                rows: vec![RowId::Department(score.department.clone())],
                name: book.name(&score.department).to_owned(),
            })
            .collect();
        let columns = vec![
            column("名次", Width::Fixed(4.0)),
            column("单位", Width::Content { least: 6.0, most: 16.0 }),
            column("计分任务", Width::Fixed(5.0)),
            column("得分", Width::Fixed(5.0)),
            column("计算过程", Width::Content { least: 8.0, most: 16.0 }),
        ];
        blocks.push(Block::Table(Table { columns, rows, size: 12.0, head: true }));
    }
    blocks.push(Block::Note(vec![
        Span::new(format!(
            "计分办法：任务完成度与序时进度之比（最高按{}计）加权平均，乘以100再乘以0.8，加报送及时分（按时20，催报后10，未报0），减督办扣分（黄单1、红单2），加表扬分（最多5）；配合任务按{}计权重；同类单位排名，同分同名次。",
            percent(1.2),
            points(0.3)
        )),
    ]));
    blocks
}
