//! 时间轴: milestones and task dues in the order of their dates, with a picture of how many fall due in each quarter.

use chrono::NaiveDate;
use plan::{Due, Judgement, Lamp, Quarter, Role, Status};

use crate::block::{Align, Block, Cell, Part, Pillar, Row, Segment, Span, TABLE_SIZE, Table, Width, column};
use crate::faces::FaceRole;
use crate::figures::is_counted;
use crate::flow::{Flow, NOTE_SIZE};
use crate::one_page::short;
use crate::page::{Ink, Item, RowId};
use crate::picture::ASCENT;
use crate::view::View;
use crate::wording::{Book, date};

/// So many quarters stand in the picture; what lies further away is in the table only.
const MOST_PILLARS: usize = 16;

/// Something that falls due.
struct Point<'a> {
    due: Due,
    what: &'a str,
    is_task: bool,
    /// The task it belongs to, by number and title; empty for a task and a goal of the plan.
    of_task: String,
    units: String,
    done_on: Option<NaiveDate>,
    done: bool,
    overdue: bool,
    lamp: Lamp,
    row: RowId,
}

impl<'a> Point<'a> {
    /// With what the judged day says of it.
    fn on(self, view: &View) -> Self {
        Point { overdue: !self.done && view.is_past(self.due), ..self }
    }
}

/// The timeline's blocks.
pub(crate) fn timeline(view: &View) -> Vec<Block> {
    let book = Book::of(view);
    let points = points(view, &book);
    let mut blocks = vec![
        Block::Title { text: format!("{}规划任务时间轴", view.place), anchor: "正文".to_owned() },
        Block::Subtitle(format!("（截至{}）", date(view.cut_off()))),
    ];
    if points.is_empty() {
        blocks.push(Block::Paragraph(vec![Span::new("台账中没有时间节点和有时限的任务。")]));
        return blocks;
    }
    let figures = TimelineFigures::of_points(view, &points);
    blocks.push(Block::Paragraph(totals(&figures)));
    let pillars = pillars(view, &figures);
    if !pillars.is_empty() {
        blocks.push(Block::Pillars(pillars));
    }
    blocks.push(Block::Table(table(view, &points)));
    blocks
}

fn points<'a>(view: &'a View, book: &Book<'_>) -> Vec<Point<'a>> {
    let names = |ids: &[plan::DepartmentId]| -> String { ids.iter().map(|id| book.name(id)).collect::<Vec<_>>().join("、") };
    let mut points: Vec<Point<'a>> = view
        .milestones
        .iter()
        .map(|line| {
            let own = names(&line.departments);
            let task = line.task.as_ref().and_then(|id| book.task(id));
            Point {
                due: line.due,
                what: &line.what,
                is_task: false,
                units: if own.is_empty() { task.map_or_else(String::new, |task| book.names(task, Role::Lead)) } else { own },
                of_task: task.map_or_else(String::new, |task| format!("第{}项 {}", task.number, short(&task.title, 40))),
                done_on: line.done_on,
                done: view.is_done(line.done_on),
                overdue: false,
                lamp: line.lamp,
                row: RowId::Milestone(line.id.clone()),
            }
            .on(view)
        })
        .collect();
    points.extend(view.tasks.iter().filter(|task| task.status != Status::Cancelled).filter_map(|task| {
        let point = Point {
            due: task.due?,
            what: &task.title,
            is_task: true,
            of_task: String::new(),
            units: book.names(task, Role::Lead),
            done_on: task.closed_on,
            done: view.is_done(task.closed_on) || (is_counted(task) && task.judgement == Judgement::Completed),
            overdue: false,
            lamp: task.lamp,
            row: RowId::Task(task.id.clone()),
        };
        let point = point.on(view);
        // the plan's end is no date of a task: it is late as it is judged
        Some(Point { overdue: point.overdue && task.judgement.is_behind(), ..point })
    }));
    // milestones before tasks of the same day; equals keep the ledger's order
    points.sort_by_key(|point| (point.due.last_day(), point.is_task));
    points
}

/// The figures of the timeline, each with the rows it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineFigures {
    /// Tasks that are due at a time.
    pub tasks: Vec<RowId>,
    /// Milestones.
    pub milestones: Vec<RowId>,
    /// What of both is done.
    pub done: Vec<RowId>,
    /// Past due and not done.
    pub overdue: Vec<RowId>,
    /// Due within 30 days and not done.
    pub soon: Vec<RowId>,
    /// Due later and not done.
    pub later: Vec<RowId>,
    /// The quarters of the picture in their order, each with what falls due in it: done, overdue, still to come.
    pub quarters: Vec<(Quarter, [Vec<RowId>; 3])>,
}

impl TimelineFigures {
    /// Counts what falls due in a view.
    #[must_use]
    pub fn of(view: &View) -> Self {
        Self::of_points(view, &points(view, &Book::of(view)))
    }

    fn of_points(view: &View, points: &[Point<'_>]) -> Self {
        let rows = |keep: &dyn Fn(&Point<'_>) -> bool| -> Vec<RowId> {
            points.iter().filter(|point| keep(point)).map(|point| point.row.clone()).collect()
        };
        let overdue = |point: &Point<'_>| point.overdue;
        let days = |point: &Point<'_>| (view.working_days.last_day(point.due) - view.cut_off()).num_days();
        let soon = |point: &Point<'_>| !point.done && !point.overdue && days(point) <= 30;
        Self {
            tasks: rows(&|point| point.is_task),
            milestones: rows(&|point| !point.is_task),
            done: rows(&|point| point.done),
            overdue: rows(&overdue),
            soon: rows(&soon),
            later: rows(&|point| !point.done && !overdue(point) && !soon(point)),
            quarters: quarters(view, points),
        }
    }
}

fn totals(figures: &TimelineFigures) -> Vec<Span> {
    let figure = |rows: &[RowId]| Span::new(rows.len().to_string()).counting(rows.to_vec());
    let all: Vec<RowId> = figures.tasks.iter().chain(&figures.milestones).cloned().collect();
    vec![
        Span::new("台账中有时限的任务"),
        figure(&figures.tasks),
        Span::new("项、节点"),
        figure(&figures.milestones),
        Span::new("个，共"),
        figure(&all),
        Span::new("个时点。其中已完成"),
        figure(&figures.done),
        Span::new("个、超期未完成"),
        figure(&figures.overdue),
        Span::new("个、30日内到期"),
        figure(&figures.soon),
        Span::new("个、30日以后到期"),
        figure(&figures.later),
        Span::new("个。"),
    ]
}

/// What falls due in the quarters around the report's.
fn quarters(view: &View, points: &[Point<'_>]) -> Vec<(Quarter, [Vec<RowId>; 3])> {
    let due: Vec<Quarter> = points.iter().map(|point| Quarter::of(view.working_days.last_day(point.due))).collect();
    let ordinals = due.iter().map(|quarter| quarter.ordinal()).chain([view.quarter.ordinal()]);
    let (Some(first), Some(last)) = (ordinals.clone().min(), ordinals.max()) else { return Vec::new() };
    let half = i32::try_from(MOST_PILLARS / 2).unwrap_or(8);
    let mut quarter = view.quarter;
    while quarter.ordinal() > first && view.quarter.ordinal() - quarter.ordinal() < half {
        quarter = quarter.previous();
    }
    let mut quarters = Vec::new();
    while quarter.ordinal() <= last && quarters.len() < MOST_PILLARS {
        let mut parts: [Vec<RowId>; 3] = Default::default();
        for (point, _) in points.iter().zip(&due).filter(|(_, own)| **own == quarter) {
            let part = match (point.done, point.overdue) {
                (true, _) => 0,
                (false, true) => 1,
                (false, false) => 2,
            };
            parts[part].push(point.row.clone());
        }
        quarters.push((quarter, parts));
        quarter = quarter.next();
    }
    quarters
}

fn pillars(view: &View, figures: &TimelineFigures) -> Vec<Pillar> {
    let pillar = |(quarter, parts): &(Quarter, [Vec<RowId>; 3])| Pillar {
        year: quarter.year(),
        quarter: quarter.number(),
        parts: [parts[0].len(), parts[1].len(), parts[2].len()],
        now: *quarter == view.quarter,
        rows: parts.iter().flatten().cloned().collect(),
    };
    figures.quarters.iter().map(pillar).collect()
}

/// `超期12天`, with what was done since as such.
fn open_in_words(view: &View, point: &Point<'_>) -> String {
    let late = (view.cut_off() - view.working_days.last_day(point.due)).num_days();
    let words = match point.overdue {
        true if late > 0 => format!("超期{late}天"),
        true => "到期未完成".to_owned(),
        false => "未完成".to_owned(),
    };
    let since = view.done_since(point.done_on);
    since.map_or(words.clone(), |day| format!("{words}（{}已补完成）", plan::day_from(day, view.cut_off())))
}

fn table(view: &View, points: &[Point<'_>]) -> Table {
    let columns = vec![
        column("时限", Width::Fixed(8.3)),
        column("类别", Width::Fixed(2.4)),
        column("内容", Width::Content { least: 10.0, most: 24.0 }),
        column("责任单位", Width::Content { least: 5.0, most: 9.0 }),
        column("完成", Width::Content { least: 5.4, most: 7.6 }),
        column("亮灯", Width::Fixed(2.6)),
    ];
    let mut rows = Vec::new();
    let mut last = None;
    for point in points {
        let quarter = Quarter::of(point.due.last_day());
        if last != Some(quarter) {
            last = Some(quarter);
            let now = if quarter == view.quarter { "（本季度）" } else { "" };
            let text = format!("{}{now}", quarter.chinese());
            let head = Part::Text(vec![Span::of(FaceRole::Hei, text.clone())]);
            rows.push(Row {
                cells: vec![Cell::of(vec![head]).spanning(columns.len())],
                heading: true,
                rows: Vec::new(),
                name: text,
            });
        }
        let done = match (point.done_on, point.done) {
            (Some(day), true) => date(day),
            (None, true) => "已完成".to_owned(),
            (_, false) => open_in_words(view, point),
        };
        let mut content = vec![Part::Tick { done: point.done, text: vec![Span::new(point.what)] }];
        if !point.of_task.is_empty() {
            content.push(Part::Text(vec![Span::of(FaceRole::Kai, point.of_task.clone()).inked(Ink::Grey)]));
        }
        rows.push(Row {
            cells: vec![
                Cell::text(point.due.chinese()).aligned(Align::Centre),
                Cell::of(vec![Part::Text(vec![Span::of(FaceRole::Kai, if point.is_task { "任务" } else { "节点" })])])
                    .aligned(Align::Centre),
                Cell::of(content),
                Cell::text(point.units.clone()),
                Cell::text(done).aligned(Align::Centre),
                Cell::of(vec![Part::Lamp {
                    lamp: point.lamp,
                    word: view.words.lamp(point.lamp).to_owned(),
                    beside: String::new(),
                }])
                .aligned(Align::Centre),
            ],
            heading: false,
            rows: vec![point.row.clone()],
            name: format!("时点“{}”", point.what.chars().take(12).collect::<String>()),
        });
    }
    Table { columns, rows, size: TABLE_SIZE, head: true }
}

/// What the picture's parts are called, in the order of [`Pillar::parts`], and how they are inked: lamp and hatched.
pub(crate) const PARTS: [(&str, Lamp, bool); 3] =
    [("已完成", Lamp::Green, false), ("超期未完成", Lamp::Red, true), ("未到期", Lamp::None, false)];

/// Height of the highest pillar, in points.
const HIGHEST: f64 = 92.0;

impl Flow<'_> {
    /// The picture: a pillar for each quarter with its number on top, the quarter of the report underlined, and a legend.
    pub(crate) fn pillars(&mut self, pillars: &[Pillar]) {
        let size = NOTE_SIZE;
        let most = pillars.iter().map(|pillar| pillar.parts.iter().sum::<usize>()).max().unwrap_or(0).max(1);
        self.need_lines(((HIGHEST + size * 7.0) / self.style.pitch).ceil() as usize);
        let area = self.area();
        let step = (area.width / pillars.len() as f64).min(64.0);
        let left = area.left + (area.width - step * pillars.len() as f64) / 2.0;
        let foot = area.top + self.y + size * 1.6 + HIGHEST;
        for (place, pillar) in pillars.iter().enumerate() {
            let wide = step * 0.56;
            let middle = left + step * (place as f64 + 0.5);
            let mut y = foot;
            for (count, (_, lamp, pale)) in pillar.parts.iter().zip(PARTS) {
                let high = HIGHEST * *count as f64 / most as f64;
                if *count > 0 {
                    y -= high;
                    self.segment_box(&part(String::new(), lamp, pale), middle - wide / 2.0, y, wide, high);
                }
            }
            let all: usize = pillar.parts.iter().sum();
            if all > 0 {
                self.label(&Span::new(all.to_string()).counting(pillar.rows.clone()), middle, y - size * 1.2);
            }
            let role = if pillar.now { FaceRole::Hei } else { FaceRole::Fang };
            self.label(&Span::of(role, format!("{}季", pillar.quarter)), middle, foot + size * 0.3);
            if pillar.now {
                let y = foot + size * 1.5;
                let rule = Item::Rule { from: (middle - size, y), to: (middle + size, y), width: 1.4, ink: Ink::Black };
                self.page().items.push(rule);
            }
        }
        let axis = Item::Rule { from: (left, foot), to: (left + step * pillars.len() as f64, foot), width: 0.8, ink: Ink::Black };
        self.page().items.push(axis);
        let mut from = 0;
        while let Some(year) = pillars.get(from).map(|pillar| pillar.year) {
            let count = pillars[from..].iter().take_while(|pillar| pillar.year == year).count();
            let text = if count > 1 { format!("{year}年") } else { format!("{:02}年", year.rem_euclid(100)) };
            let middle = left + step * (from as f64 + count as f64 / 2.0);
            self.label(&Span::new(text), middle, foot + size * 1.7);
            from += count;
            if from < pillars.len() {
                let x = left + step * from as f64;
                self.page().items.push(Item::Rule { from: (x, foot), to: (x, foot + size * 2.7), width: 0.4, ink: Ink::Grey });
            }
        }
        self.y = foot + size * 3.4 - area.top;
        self.pillar_legend(area.left + area.width / 2.0);
        self.snap();
    }

    fn pillar_legend(&mut self, middle: f64) {
        let size = NOTE_SIZE;
        let lines: Vec<_> = PARTS
            .iter()
            .map(|(word, lamp, pale)| {
                let span = Span::new(*word);
                (self.one_line(&span, size), span, *lamp, *pale)
            })
            .collect();
        let own = |width: f64| size * 1.3 + width + size * 1.6;
        let total: f64 = lines.iter().map(|(line, ..)| own(line.width)).sum::<f64>() - size * 1.6;
        let mut x = middle - total / 2.0;
        let y = self.area().top + self.y;
        for (line, span, lamp, pale) in &lines {
            self.segment_box(&part(String::new(), *lamp, *pale), x, y + 1.5, size - 2.0, size - 2.0);
            self.place(line, std::slice::from_ref(span), x + size * 1.3, y + size * ASCENT, size);
            x += own(line.width);
        }
        self.y += size * 1.6;
    }

    /// A short text centred on `middle`, its upper edge at `y`.
    fn label(&mut self, span: &Span, middle: f64, y: f64) {
        let line = self.one_line(span, NOTE_SIZE);
        self.place(&line, std::slice::from_ref(span), middle - line.width / 2.0, y + NOTE_SIZE * ASCENT, NOTE_SIZE);
    }
}

fn part(label: String, lamp: Lamp, pale: bool) -> Segment {
    Segment { label, share: 0.0, lamp, pale }
}
