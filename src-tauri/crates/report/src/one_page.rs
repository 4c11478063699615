//! One page for a leader: what lags, who, why. Legible in black and white.

use plan::DepartmentId;

use crate::annexes::why_parts;
use crate::block::column;
use crate::block::{Align, Block, Cell, Part, Row, Span, Table, Width};
use crate::bulletin::{lamps_sentence, segments, shares_sentence};
use crate::figures::{Figures, is_behind};
use crate::page::RowId;
use crate::view::{TaskLine, View};
use crate::wording::{Book, date, percent};

/// At most so many rows of what lags are tried on the page.
pub(crate) const MOST_ROWS: usize = 14;

/// One page with at most so many rows of what lags.
pub(crate) fn one_page(view: &View, figures: &Figures, id: Option<&DepartmentId>, most: usize) -> Vec<Block> {
    // one department's page counts its own tasks only
    let own_view;
    let own_figures;
    let (view, figures) = match id {
        None => (view, figures),
        Some(id) => {
            own_view = View {
                tasks: view.tasks.iter().filter(|task| task.departments.iter().any(|(own, _)| own == id)).cloned().collect(),
                changes: view.changes.iter().filter(|line| crate::changes::is_of(line, Some(id))).cloned().collect(),
                ..view.clone()
            };
            own_figures = Figures::of(&own_view);
            (&own_view, &own_figures)
        }
    };
    let book = Book::of(view);
    let who = id.map_or(view.place.as_str(), |id| book.name(id));
    let mut blocks = vec![
        Block::Title { text: format!("{who}{}推进情况一页纸", view.quarter.year_so_far()), anchor: "正文".to_owned() },
        Block::Small(shares_sentence(view, figures)),
    ];
    if !figures.counted.is_empty() {
        blocks.push(Block::ShareBar(segments(view, figures)));
    }
    let mut lamps = lamps_sentence(view, figures);
    if let Some(comparison) = &figures.comparison {
        lamps.push(Span::new(format!("与{}相比，好转", comparison.quarter.chinese())));
        lamps.push(crate::wording::counted(&comparison.better));
        lamps.push(Span::new("项、变差"));
        lamps.push(crate::wording::counted(&comparison.worse));
        lamps.push(Span::new("项"));
        let changed = crate::changes::sentence(comparison);
        if !changed.is_empty() {
            lamps.push(Span::new("；"));
            lamps.extend(changed);
        }
        lamps.push(Span::new("。"));
    }
    blocks.push(Block::Small(lamps));
    let mut behind: Vec<&TaskLine> = view.tasks.iter().filter(|task| is_behind(task)).collect();
    behind.sort_by(|a, b| b.judgement.cmp(&a.judgement).then(b.gap.unwrap_or(0.0).total_cmp(&a.gap.unwrap_or(0.0))));
    if behind.is_empty() {
        blocks.push(Block::Small(vec![Span::new("没有进展滞后和超过时限未完成的任务。")]));
    } else {
        let rows = behind.iter().take(most).map(|task| row(task, view, &book)).collect();
        blocks.push(Block::Table(Table {
            columns: vec![
                column("序号", Width::Fixed(2.5)),
                column("滞后事项", Width::Content { least: 8.0, most: 16.0 }),
                column("牵头单位", Width::Content { least: 4.0, most: 7.0 }),
                column("为什么", Width::Content { least: 8.0, most: 18.0 }),
                column("完成（短线为序时）", Width::Fixed(6.5)),
                column("亮灯", Width::Fixed(3.0)),
            ],
            rows,
            size: 10.5,
            head: true,
        }));
    }
    let mut note = format!("数据截至{}。", date(view.cut_off()));
    if behind.len() > most {
        note = format!("滞后事项共{}项，此处列前{most}项，其余见季度通报附件2。{note}", behind.len());
    }
    blocks.push(Block::Note(vec![Span::new(note)]));
    blocks
}

/// A text that takes no more than a few lines on the one page.
pub(crate) fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most - 1).collect();
    format!("{cut}…")
}

fn row(task: &TaskLine, view: &View, book: &Book<'_>) -> Row {
    let problem = task.progress.iter().map(|progress| progress.problems.trim()).find(|text| !text.is_empty());
    let why = match problem {
        Some(problem) => vec![Part::text(short(problem, 60))],
        None => why_parts(task)
            .into_iter()
            .map(|part| match part {
                Part::Text(spans) => {
                    let text: String = spans.iter().map(|span| span.text.as_str()).collect();
                    Part::text(short(&text, 60))
                }
                other => other,
            })
            .collect(),
    };
    Row {
        cells: vec![
            Cell::text(task.number.clone()).aligned(Align::Centre),
            Cell::text(short(&task.title, 40)),
            Cell::text(short(&book.names(task, plan::Role::Lead), 24)),
            Cell::of(why),
            Cell::of(match task.completion {
                Some(completion) => {
                    vec![Part::Bar { completion: task.completion, schedule: task.schedule, beside: percent(completion) }]
                }
                None => vec![Part::text("—")],
            })
            .aligned(Align::Centre),
            Cell::of(vec![Part::Lamp { lamp: task.lamp, word: view.words.lamp(task.lamp).to_owned(), beside: String::new() }])
                .aligned(Align::Centre),
        ],
        heading: false,
        rows: vec![RowId::Task(task.id.clone())],
        name: format!("第{}项", task.number),
    }
}
