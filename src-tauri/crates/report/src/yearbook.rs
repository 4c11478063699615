//! 指标年鉴: every indicator over its years, target beside figure, and the quarters of the year under way.

use plan::{IndicatorId, IndicatorKind, Lamp};

use crate::block::{Align, Block, Cell, Part, Row, Span, Table, Width};
use crate::block::{TABLE_SIZE, column};
use crate::faces::FaceRole;
use crate::page::{Ink, RowId};
use crate::view::{IndicatorLine, View, YearLine};
use crate::wording::{Book, date, number, percent, quantity, signed};

/// So many years stand side by side on a sheet.
const MOST_YEARS: usize = 6;

/// The yearbook's blocks.
pub(crate) fn yearbook(view: &View) -> Vec<Block> {
    let book = Book::of(view);
    let title = format!("{}指标年鉴", view.place);
    let mut blocks = vec![
        Block::Sheet { turned: true },
        Block::Title { text: title, anchor: "正文".to_owned() },
        Block::Subtitle(format!("（截至{}）", date(view.cut_off()))),
    ];
    if view.indicators.is_empty() {
        blocks.push(Block::Paragraph(vec![Span::new("台账中没有指标。")]));
        return blocks;
    }
    let years = years(view);
    blocks.push(Block::Paragraph(totals(view)));
    blocks.push(Block::Heading {
        level: 1,
        text: format!("一、{}各年目标与完成情况", span_of(&years)),
        anchor: "各年".to_owned(),
    });
    blocks.push(Block::Table(by_year(view, &book, &years)));
    blocks.push(note("每年三行依次为目标、完成值和完成度，横条为完成度，短竖线为序时进度；“—”为尚未报送，空白为该年没有目标。"));
    blocks.push(Block::Heading {
        level: 1,
        text: format!("二、{}年各季度数据", view.quarter.year()),
        anchor: "各季度".to_owned(),
    });
    blocks.push(Block::Table(by_quarter(view)));
    blocks.push(note("各季度为报送的累计值或当期水平，未报送的记“—”。"));
    blocks
}

fn note(text: &str) -> Block {
    Block::Note(vec![Span::new(text).inked(Ink::Grey)])
}

fn span_of(years: &[i32]) -> String {
    match (years.first(), years.last()) {
        (Some(first), Some(last)) if first != last => format!("{first}—{last}年"),
        (Some(first), _) => format!("{first}年"),
        _ => String::new(),
    }
}

/// The years that print: all, or where there are more than fit those around the year under way.
pub(crate) fn years(view: &View) -> Vec<i32> {
    let mut years: Vec<i32> = view.indicators.iter().flat_map(|line| &line.years).map(|year| year.year).collect();
    years.push(view.quarter.year());
    years.sort_unstable();
    years.dedup();
    let now = years.iter().position(|year| *year == view.quarter.year()).unwrap_or(0);
    let from = now.saturating_sub(MOST_YEARS / 2).min(years.len().saturating_sub(MOST_YEARS));
    years.into_iter().skip(from).take(MOST_YEARS).collect()
}

/// The figures of the yearbook's sentence, each with the indicators it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct YearbookFigures {
    /// All indicators.
    pub all: Vec<IndicatorId>,
    /// Those that bind.
    pub binding: Vec<IndicatorId>,
    /// Those with a target for the year of the report.
    pub aimed: Vec<IndicatorId>,
    /// Of these, those with a figure for the year.
    pub reported: Vec<IndicatorId>,
    /// Of these, those whose lamp is green.
    pub green: Vec<IndicatorId>,
}

impl YearbookFigures {
    /// Counts the indicators of a view.
    #[must_use]
    pub fn of(view: &View) -> Self {
        let now = view.quarter.year();
        let this_year = |line: &IndicatorLine| line.years.iter().find(|year| year.year == now && year.target.is_some()).cloned();
        let ids = |keep: &dyn Fn(&IndicatorLine) -> bool| -> Vec<IndicatorId> {
            view.indicators.iter().filter(|line| keep(line)).map(|line| line.id.clone()).collect()
        };
        let reported = |line: &IndicatorLine| this_year(line).filter(|year| year.actual.is_some());
        Self {
            all: ids(&|_| true),
            binding: ids(&|line| line.binding),
            aimed: ids(&|line| this_year(line).is_some()),
            reported: ids(&|line| reported(line).is_some()),
            green: ids(&|line| reported(line).is_some_and(|year| year.lamp == Lamp::Green)),
        }
    }
}

fn totals(view: &View) -> Vec<Span> {
    let figures = YearbookFigures::of(view);
    let figure =
        |ids: &[IndicatorId]| Span::new(ids.len().to_string()).counting(ids.iter().cloned().map(RowId::Indicator).collect());
    vec![
        Span::new("纳入年鉴的指标共"),
        figure(&figures.all),
        Span::new("个，其中约束性指标"),
        figure(&figures.binding),
        Span::new(format!("个。{}年有目标的", view.quarter.year())),
        figure(&figures.aimed),
        Span::new("个，已报数据的"),
        figure(&figures.reported),
        Span::new("个，亮绿灯的"),
        figure(&figures.green),
        Span::new("个。"),
    ]
}

fn by_year(view: &View, book: &Book<'_>, years: &[i32]) -> Table {
    let mut columns = vec![
        column("序号", Width::Fixed(2.6)),
        column("指标", Width::Content { least: 7.0, most: 16.0 }),
        column("责任单位", Width::Content { least: 4.0, most: 7.0 }),
        column("基期", Width::Content { least: 3.4, most: 5.2 }),
    ];
    columns.extend(years.iter().map(|year| column(&format!("{year}年"), Width::Content { least: 5.0, most: 7.4 })));
    let mut rows = Vec::new();
    let mut last = None;
    for (place, line) in view.indicators.iter().enumerate() {
        if view.plans.len() > 1 && last != Some(&line.plan) {
            last = Some(&line.plan);
            rows.push(plan_row(view, line, columns.len()));
        }
        let names: Vec<&str> = line.departments.iter().map(|id| book.name(id)).collect();
        let base = line.baseline.map_or_else(Vec::new, |(year, value)| {
            vec![Part::text(number(value)), Part::Text(vec![Span::of(FaceRole::Kai, format!("{year}年")).inked(Ink::Grey)])]
        });
        let mut cells = vec![
            Cell::text((place + 1).to_string()).aligned(Align::Centre),
            Cell::of(name_parts(line)),
            Cell::text(names.join("、")),
            Cell::of(base).aligned(Align::Centre),
        ];
        cells.extend(years.iter().map(|year| {
            Cell::of(line.years.iter().find(|own| own.year == *year).map_or_else(Vec::new, |own| year_parts(line, own)))
                .aligned(Align::Centre)
        }));
        rows.push(Row { cells, heading: false, rows: rows_of(line), name: format!("指标“{}”", line.name) });
    }
    Table { columns, rows, size: TABLE_SIZE, head: true }
}

/// The indicator, and its targets as they stand: the rows that its line leads to.
fn rows_of(line: &IndicatorLine) -> Vec<RowId> {
    let targets = line.years.iter().filter_map(|year| year.target.clone()).map(RowId::Target);
    std::iter::once(RowId::Indicator(line.id.clone())).chain(targets).collect()
}

fn plan_row(view: &View, line: &IndicatorLine, columns: usize) -> Row {
    let title =
        view.plans.iter().find(|plan| plan.id == line.plan).map_or_else(String::new, |plan| format!("《{}》", plan.title));
    let head = Part::Text(vec![Span::of(FaceRole::Hei, title.clone())]);
    Row { cells: vec![Cell::of(vec![head]).spanning(columns)], heading: true, rows: Vec::new(), name: title }
}

fn name_parts(line: &IndicatorLine) -> Vec<Part> {
    let unit = if line.unit.trim().is_empty() { String::new() } else { format!("（{}）", line.unit.trim()) };
    let mut parts = vec![Part::text(format!("{}{unit}", line.name))];
    let bound = if line.binding { "约束性" } else { "预期性" };
    parts.push(Part::Text(vec![Span::of(FaceRole::Kai, bound).inked(Ink::Grey)]));
    parts
}

fn year_parts(line: &IndicatorLine, year: &YearLine) -> Vec<Part> {
    let mut parts = Vec::new();
    if let Some(value) = year.value {
        parts.push(Part::text(signed(year.op, &number(value))));
    }
    match year.actual {
        Some(actual) if line.kind == IndicatorKind::YesNo => {
            parts.push(Part::text(if actual > 0.0 { "是" } else { "否" }));
        }
        Some(actual) => parts.push(Part::Text(vec![Span::of(FaceRole::Hei, number(actual))])),
        None if year.value.is_some() && year.begun => parts.push(Part::text("—")),
        None => {}
    }
    if let Some(completion) = year.completion.filter(|_| year.actual.is_some()) {
        parts.push(Part::Bar { completion: Some(completion), schedule: year.schedule, beside: percent(completion) });
    }
    parts
}

fn by_quarter(view: &View) -> Table {
    let now = view.quarter.year();
    let quarter = |place: usize| ["一季度", "上半年", "1—9月", "全年"][place];
    let mut columns = vec![
        column("序号", Width::Fixed(2.6)),
        column("指标", Width::Content { least: 8.0, most: 18.0 }),
        column("年度目标", Width::Content { least: 4.2, most: 7.0 }),
    ];
    columns.extend((0..4).map(|place| column(quarter(place), Width::Content { least: 3.4, most: 6.0 })));
    columns.push(column("完成度", Width::Fixed(6.4)));
    columns.push(column("亮灯", Width::Content { least: 5.2, most: 7.6 }));
    let rows = view
        .indicators
        .iter()
        .enumerate()
        .map(|(place, line)| {
            let year = line.years.iter().find(|year| year.year == now);
            let due = year.and_then(|year| year.value.map(|value| signed(year.op, &quantity(value, &line.unit))));
            let mut cells = vec![
                Cell::text((place + 1).to_string()).aligned(Align::Centre),
                Cell::of(name_parts(line)),
                Cell::text(due.unwrap_or_default()).aligned(Align::Centre),
            ];
            cells.extend(line.quarters.iter().enumerate().map(|(place, value)| {
                let gone = place < usize::from(view.quarter.number());
                let text = value.map_or_else(|| if gone { "—".to_owned() } else { String::new() }, number);
                Cell::text(text).aligned(Align::Centre)
            }));
            let reported = year.filter(|year| year.actual.is_some());
            cells.push(Cell::of(reported.and_then(|year| year.completion).map_or_else(Vec::new, |completion| {
                let schedule = reported.and_then(|year| year.schedule);
                vec![Part::Bar { completion: Some(completion), schedule, beside: percent(completion) }]
            })));
            cells.push(
                Cell::of(year.filter(|year| year.value.is_some()).map_or_else(Vec::new, |year| {
                    vec![Part::Lamp {
                        lamp: year.lamp,
                        word: view.words.lamp(year.lamp).to_owned(),
                        beside: view.words.judgement(year.judgement).to_owned(),
                    }]
                }))
                .aligned(Align::Centre),
            );
            Row { cells, heading: false, rows: rows_of(line), name: format!("指标“{}”", line.name) }
        })
        .collect();
    Table { columns, rows, size: TABLE_SIZE, head: true }
}
