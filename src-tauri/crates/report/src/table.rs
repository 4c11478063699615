//! Tables: columns sized by what they hold, heads repeated, rows split between lines only.

use crate::block::{Align, Cell, Part, Row, Span, Table, Width};
use crate::faces::FaceRole;
use crate::flow::{Area, Flow};
use crate::page::{ElementKind, Ink, Item, Mark};
use crate::picture::{self, ASCENT};
use crate::typeset::{Line, Measure};

/// Line pitch, and blank between rule and text, in em of the table's type.
pub(crate) const PITCH: f64 = 1.36;
const PAD_X: f64 = 0.32;
const PAD_Y: f64 = 0.26;
/// Rows whose lengths are weighed against each other for the columns' widths.
const SAMPLE: usize = 160;
/// Characters in a cell are spread at most so far, in cells of type: a narrow column reads better ragged than torn.
const SPREAD: f64 = 0.12;
/// Between a lamp and the text beside it, in em.
const LAMP_GAP: f64 = 0.3;
/// A row that is at most so high in parts of a page goes over whole.
const WHOLE: f64 = 0.36;
/// A part of a split row has at least so many lines.
const LEAST_LINES: usize = 2;

/// A line of a cell, ready to place.
#[derive(Debug, Clone)]
enum CellLine {
    Text { line: Line, part: usize, indent: f64 },
    Tick { done: bool, line: Line, part: usize },
    Lamp { part: usize, beside: Line },
    Bar { part: usize },
    Blank,
}

/// A cell, set.
struct SetCell<'t> {
    cell: &'t Cell,
    lines: Vec<CellLine>,
    x: f64,
    width: f64,
}

/// A table's measures.
struct Grid {
    size: f64,
    pitch: f64,
    pad_x: f64,
    pad_y: f64,
    left: f64,
    widths: Vec<f64>,
    /// The table among the document's elements.
    element: usize,
}

impl Grid {
    fn x(&self, column: usize) -> f64 {
        self.left + self.widths[..column.min(self.widths.len())].iter().sum::<f64>()
    }

    fn right(&self) -> f64 {
        self.x(self.widths.len())
    }
}

impl Flow<'_> {
    /// Runs a table down the pages.
    pub(crate) fn table(&mut self, table: &Table) {
        if table.columns.is_empty() {
            return;
        }
        let area = self.area();
        let size = table.size;
        let grid = Grid {
            size,
            pitch: size * PITCH,
            pad_x: size * PAD_X,
            pad_y: size * PAD_Y,
            left: area.left,
            widths: widths(table, area.width),
            element: self.add_element(ElementKind::Table, None),
        };
        let head = head_row(table);
        let head = if table.head { self.set_row(&head, &grid) } else { Vec::new() };
        let head_height = if table.head { height(&head, &grid) } else { 0.0 };
        let capacity = area.height - head_height;

        let mut verticals = Verticals::default();
        let mut on_page = false;
        let mut next: Option<Vec<SetCell<'_>>> = None;
        for (place, row) in table.rows.iter().enumerate() {
            let cells = match next.take() {
                Some(cells) => cells,
                None => self.set_row(row, &grid),
            };
            let own = height(&cells, &grid);
            let mut wanted = own.min(capacity);
            if row.heading {
                // a heading goes over with the beginning of the row it heads
                let mut after = place + 1;
                while table.rows.get(after).is_some_and(|row| row.heading) {
                    wanted += grid.pitch + 2.0 * grid.pad_y;
                    after += 1;
                }
                if let Some(row) = table.rows.get(after) {
                    let cells = self.set_row(row, &grid);
                    wanted += height(&cells, &grid).min(capacity * WHOLE);
                    if after == place + 1 {
                        next = Some(cells);
                    }
                }
            }
            let begins = !on_page;
            if begins {
                let least = head_height + wanted.min(4.0 * grid.pitch);
                if self.left_over() < least && self.y > 0.0 {
                    self.next_page();
                }
                let first = self.row_elements(&grid, &ElementKind::HeadCell, head.len());
                self.table_head(&head, &grid, head_height, first);
                on_page = true;
            }
            let goes_whole = row.heading || own <= capacity * WHOLE;
            let too_low = self.left_over() < wanted.min(own) || (row.heading && self.left_over() < wanted);
            let least = LEAST_LINES as f64 * grid.pitch + 2.0 * grid.pad_y;
            if !begins && too_low && (goes_whole || self.left_over() < least.max(capacity * 0.12)) {
                verticals.close(self, &grid);
                self.next_page();
                self.table_head(&head, &grid, head_height, None);
            }
            self.row(row, &cells, &grid, &head, head_height, &mut verticals);
        }
        if table.rows.is_empty() && table.head {
            let first = self.row_elements(&grid, &ElementKind::HeadCell, head.len());
            self.table_head(&head, &grid, head_height, first);
        }
        verticals.close(self, &grid);
        self.y += grid.pitch * 0.5;
    }

    /// Adds a row with so many cells to the document's elements, and returns the place of its first cell; none where there are none.
    fn row_elements(&mut self, grid: &Grid, kind: &ElementKind, cells: usize) -> Option<usize> {
        if cells == 0 {
            return None;
        }
        let row = self.add_element(ElementKind::Row, Some(grid.element));
        let first = self.elements.len();
        for _ in 0..cells {
            self.add_element(kind.clone(), Some(row));
        }
        Some(first)
    }

    /// The table's head; `first` is its first cell among the document's elements, none where it is repeated.
    fn table_head(&mut self, head: &[SetCell<'_>], grid: &Grid, height: f64, first: Option<usize>) {
        let top = self.area().top + self.y;
        let rule = Item::Rule { from: (grid.left, top), to: (grid.right(), top), width: 0.9, ink: Ink::Black };
        if head.is_empty() {
            self.page().items.push(rule);
            return;
        }
        self.page().items.push(Item::Box {
            x: grid.left,
            y: top,
            width: grid.right() - grid.left,
            height,
            radius: 0.0,
            fill: Some(Ink::Pale),
            stroke: None,
        });
        self.page().items.push(rule);
        self.cells(head, grid, (top, height), (0, usize::MAX), first);
        let bottom = top + height;
        for column in 0..=grid.widths.len() {
            self.page().items.push(vertical(grid, column, top, bottom));
        }
        self.page().items.push(Item::Rule { from: (grid.left, bottom), to: (grid.right(), bottom), width: 0.6, ink: Ink::Black });
        self.y += height;
    }

    /// Places a row, over as many pages as it takes.
    fn row(
        &mut self,
        row: &Row,
        cells: &[SetCell<'_>],
        grid: &Grid,
        head: &[SetCell<'_>],
        head_height: f64,
        verticals: &mut Verticals,
    ) {
        let most = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0).max(1);
        let first = self.row_elements(grid, &ElementKind::Cell, cells.len());
        let mut from = 0;
        while from < most {
            let left = self.left_over() + 0.3;
            let mut after = most;
            if height_of(cells, grid, from, most) > left {
                after =
                    (from + 1..most).take_while(|after| height_of(cells, grid, from, *after) <= left).last().unwrap_or(from + 1);
                // no single line is left over for the next page
                if most - after == 1 && after > from + LEAST_LINES {
                    after -= 1;
                }
            }
            let height = height_of(cells, grid, from, after);
            let area = self.area();
            let top = area.top + self.y;
            verticals.row(self, grid, top, row);
            self.cells(cells, grid, (top, height), (from, after), first);
            let bottom = top + height;
            self.page().items.push(Item::Rule {
                from: (grid.left, bottom),
                to: (grid.right(), bottom),
                width: 0.5,
                ink: Ink::Black,
            });
            if !row.rows.is_empty() {
                let mark = Mark { area: (grid.left, top, grid.right() - grid.left, height), rows: row.rows.clone() };
                self.page().marks.push(mark);
            }
            self.y += height;
            from = after;
            if from < most {
                verticals.close(self, grid);
                self.next_page();
                self.table_head(head, grid, head_height, None);
            }
        }
    }

    /// Places the lines `from..after` of a row's cells.
    fn cells(
        &mut self,
        cells: &[SetCell<'_>],
        grid: &Grid,
        (top, height): (f64, f64),
        (from, after): (usize, usize),
        first: Option<usize>,
    ) {
        for (place, set) in cells.iter().enumerate() {
            self.element = first.map(|first| first + place);
            let lines = set.lines.get(from.min(set.lines.len())..after.min(set.lines.len())).unwrap_or(&[]);
            let own: f64 = lines.iter().map(|line| line_height(line, grid)).sum();
            // a cell that is not split stands in the middle of its row
            let whole = from == 0 && set.lines.len() <= after;
            let mut y = if whole { top + (height - own) / 2.0 } else { top + grid.pad_y };
            let (left, width) = (set.x + grid.pad_x, set.width - 2.0 * grid.pad_x);
            for line in lines {
                let high = line_height(line, grid);
                self.cell_line(set.cell, line, grid, (left, y, width, high));
                y += high;
            }
        }
        self.element = None;
    }

    fn cell_line(&mut self, cell: &Cell, line: &CellLine, grid: &Grid, (left, y, width, high): (f64, f64, f64, f64)) {
        let size = grid.size;
        let baseline = y + (high - size) / 2.0 + size * ASCENT;
        match line {
            CellLine::Text { line, part, indent } => {
                let spans = spans_of(cell, *part);
                let x = Self::aligned(cell.align, left, width, line.width) + indent;
                self.place(line, spans, x, baseline, size);
            }
            CellLine::Tick { done, line, part } => {
                let spans = spans_of(cell, *part);
                picture::tick_box(&mut self.page().items, *done, size, left, y + (high - size) / 2.0);
                self.place(line, spans, left + size * 1.2, baseline, size);
            }
            CellLine::Lamp { part, beside } => {
                if let Some(Part::Lamp { lamp, word, .. }) = cell.parts.get(*part) {
                    let (wide, tall) = picture::lamp_size(size);
                    let gap = if beside.puts.is_empty() { 0.0 } else { size * LAMP_GAP };
                    let x = Self::aligned(cell.align, left, width, wide + gap + beside.width);
                    self.place(beside, &[], x + wide + gap, baseline, size);
                    let faces = self.faces;
                    let items = &mut self.page().items;
                    let from = items.len();
                    picture::lamp(items, faces, *lamp, word, size, x, y + (high - tall) / 2.0);
                    self.belongs(from);
                }
            }
            CellLine::Bar { part } => {
                if let Some(Part::Bar { completion, schedule, beside }) = cell.parts.get(*part) {
                    let span = Span::new(beside.clone());
                    let text = self.one_line(&span, size);
                    let gap = if beside.is_empty() { 0.0 } else { size * 0.4 };
                    let wide = (width - gap - text.width).clamp(size, size * 7.0);
                    let x = Self::aligned(cell.align, left, width, wide + gap + text.width);
                    self.place(&text, std::slice::from_ref(&span), x + wide + gap, baseline, size);
                    let tall = size * 0.42;
                    let area = (x, y + (high - tall) / 2.0, wide, tall);
                    picture::bar(&mut self.page().items, area, *completion, *schedule);
                }
            }
            CellLine::Blank => {}
        }
    }

    fn set_row<'t>(&mut self, row: &'t Row, grid: &Grid) -> Vec<SetCell<'t>> {
        let mut column = 0;
        row.cells
            .iter()
            .map(|cell| {
                let x = grid.x(column);
                column += cell.span;
                let width = grid.x(column) - x;
                SetCell { cell, lines: self.set_cell(cell, width - 2.0 * grid.pad_x, grid, &row.name), x, width }
            })
            .collect()
    }

    fn set_cell(&mut self, cell: &Cell, width: f64, grid: &Grid, row: &str) -> Vec<CellLine> {
        let mut lines = Vec::new();
        let measure = Measure {
            size: grid.size,
            cell: grid.size,
            width: width + 0.01,
            indent: 0.0,
            spread: if cell.align == Align::Left { SPREAD } else { 0.0 },
        };
        for (part, content) in cell.parts.iter().enumerate() {
            match content {
                Part::Text(spans) => {
                    if spans.iter().all(|span| span.text.is_empty()) {
                        continue;
                    }
                    lines.extend(self.set(spans, &measure, row).into_iter().map(|line| CellLine::Text {
                        line,
                        part,
                        indent: 0.0,
                    }));
                }
                Part::Tick { done, text } => {
                    let indent = grid.size * 1.2;
                    let measure = Measure { width: width - indent, ..measure };
                    for (place, line) in self.set(text, &measure, row).into_iter().enumerate() {
                        lines.push(if place == 0 {
                            CellLine::Tick { done: *done, line, part }
                        } else {
                            CellLine::Text { line, part, indent }
                        });
                    }
                }
                Part::Lamp { beside, .. } => {
                    let span = Span::new(beside.clone());
                    let line = self.one_line(&span, grid.size);
                    let (lamp, _) = picture::lamp_size(grid.size);
                    if lamp + grid.size * LAMP_GAP + line.width <= measure.width {
                        lines.push(CellLine::Lamp { part, beside: line });
                    } else {
                        // no room beside it: below it
                        lines.push(CellLine::Lamp { part, beside: Line::default() });
                        let below = self.set(std::slice::from_ref(&span), &measure, row);
                        lines.extend(below.into_iter().map(|line| CellLine::Text { line, part, indent: 0.0 }));
                    }
                }
                Part::Bar { .. } => lines.push(CellLine::Bar { part }),
                Part::Blank(count) => lines.extend((0..*count).map(|_| CellLine::Blank)),
            }
        }
        lines
    }
}

fn spans_of(cell: &Cell, part: usize) -> &[Span] {
    match cell.parts.get(part) {
        Some(Part::Text(spans) | Part::Tick { text: spans, .. }) => spans,
        _ => &[],
    }
}

fn line_height(line: &CellLine, grid: &Grid) -> f64 {
    match line {
        CellLine::Lamp { .. } => grid.size * 1.52,
        CellLine::Bar { .. } => grid.size * 1.12,
        _ => grid.pitch,
    }
}

fn height_of(cells: &[SetCell<'_>], grid: &Grid, from: usize, after: usize) -> f64 {
    let tallest = cells
        .iter()
        .map(|cell| {
            cell.lines
                .get(from.min(cell.lines.len())..after.min(cell.lines.len()))
                .unwrap_or(&[])
                .iter()
                .map(|line| line_height(line, grid))
                .sum()
        })
        .fold(grid.pitch, f64::max);
    tallest + 2.0 * grid.pad_y
}

fn height(cells: &[SetCell<'_>], grid: &Grid) -> f64 {
    height_of(cells, grid, 0, usize::MAX)
}

fn vertical(grid: &Grid, column: usize, top: f64, bottom: f64) -> Item {
    let edge = column == 0 || column == grid.widths.len();
    Item::Rule { from: (grid.x(column), top), to: (grid.x(column), bottom), width: if edge { 0.9 } else { 0.5 }, ink: Ink::Black }
}

/// The rules between columns, each drawn once for all rows that it runs along.
#[derive(Debug, Default)]
struct Verticals {
    /// Where the rule left of each column began, and the right edge's; none where no rule is being drawn.
    from: Vec<Option<f64>>,
}

impl Verticals {
    /// Begins the rules at the edges of a row's cells, and ends those that a cell of it spans.
    fn row(&mut self, flow: &mut Flow<'_>, grid: &Grid, top: f64, row: &Row) {
        self.from.resize(grid.widths.len() + 1, None);
        let mut edges = vec![false; grid.widths.len() + 1];
        edges[0] = true;
        let mut column = 0;
        for cell in &row.cells {
            column += cell.span;
            if let Some(edge) = edges.get_mut(column) {
                *edge = true;
            }
        }
        for (column, edge) in edges.into_iter().enumerate() {
            if edge {
                self.from[column].get_or_insert(top);
            } else if let Some(from) = self.from[column].take() {
                flow.page().items.push(vertical(grid, column, from, top));
            }
        }
    }

    /// Ends all rules here: at the foot of a page or of the table.
    fn close(&mut self, flow: &mut Flow<'_>, grid: &Grid) {
        let Area { top, .. } = flow.area();
        let bottom = top + flow.y;
        for (column, from) in self.from.iter_mut().enumerate() {
            if let Some(from) = from.take() {
                flow.page().items.push(vertical(grid, column, from, bottom));
            }
        }
    }
}

fn head_row(table: &Table) -> Row {
    Row {
        cells: table
            .columns
            .iter()
            .map(|column| Cell::of(vec![Part::Text(vec![Span::of(FaceRole::Hei, column.title.clone())])]).aligned(Align::Centre))
            .collect(),
        heading: true,
        rows: Vec::new(),
        name: "表头".to_owned(),
    }
}

/// Lengths of a cell's parts, in cells of type.
fn lengths(cell: &Cell) -> Vec<f64> {
    let cells = |c: char| if c.is_ascii() { 0.55 } else { 1.0 };
    cell.parts
        .iter()
        .map(|part| match part {
            // beyond this a cell asks for no more width than another that is as long
            Part::Text(spans) | Part::Tick { text: spans, .. } => {
                spans.iter().flat_map(|span| span.text.chars().take(2000)).map(cells).sum()
            }
            Part::Lamp { beside, .. } => 2.4 + beside.chars().map(cells).sum::<f64>(),
            Part::Bar { .. } | Part::Blank(_) => 1.0,
        })
        .collect()
}

/// Widths of the columns, in points: fixed ones as they are; the others share what is left cell by cell, each cell going where it
/// shortens the sampled rows most.
pub(crate) fn widths(table: &Table, total: f64) -> Vec<f64> {
    let size = table.size;
    let pad = 2.0 * PAD_X * size;
    let mut cells: Vec<f64> = table
        .columns
        .iter()
        .map(|column| match column.width {
            Width::Fixed(cells) => cells,
            Width::Content { least, .. } => least,
        })
        .collect();
    let room = ((total - pad * cells.len() as f64) / size).floor();
    let taken: f64 = cells.iter().sum();
    if taken > room {
        let scale = (total / (taken * size + pad * cells.len() as f64)).min(1.0);
        return cells.iter().map(|cells| (cells * size + pad) * scale).collect();
    }
    let whole: Vec<&Row> = table.rows.iter().filter(|row| !row.heading && row.cells.len() == table.columns.len()).collect();
    let step = whole.len().div_ceil(SAMPLE).max(1);
    let rows: Vec<Vec<Vec<f64>>> = whole.iter().step_by(step).map(|row| row.cells.iter().map(lengths).collect()).collect();
    let lines = |lengths: &[f64], cells: f64| -> f64 { lengths.iter().map(|l| (l / cells.max(1.0)).ceil()).sum() };
    let high = |row: &[Vec<f64>], cells: &[f64], wider: usize| -> f64 {
        row.iter()
            .zip(cells)
            .enumerate()
            // a high power: the tallest cell decides, and among equally tall ones each that is relieved counts
            .map(|(place, (lengths, cells))| lines(lengths, if place == wider { cells + 1.0 } else { *cells }).powi(4))
            .sum()
    };
    let mut left = room - taken;
    while left >= 1.0 {
        let growing = |place: usize, over: bool| match table.columns[place].width {
            Width::Fixed(_) => false,
            Width::Content { most, .. } => over || cells[place] + 1.0 <= most,
        };
        let open: Vec<usize> = (0..cells.len()).filter(|p| growing(*p, false)).collect();
        let open = if open.is_empty() { (0..cells.len()).filter(|p| growing(*p, true)).collect() } else { open };
        // where no column shortens the rows, the one with most text beside its width is widened
        let best = open
            .into_iter()
            .map(|place| {
                let height: f64 = rows.iter().map(|row| high(row, &cells, place)).sum();
                let asked: f64 = rows.iter().map(|row| row[place].iter().sum::<f64>() / cells[place]).sum();
                (place, height, asked)
            })
            .min_by(|a, b| a.1.total_cmp(&b.1).then(b.2.total_cmp(&a.2)));
        let Some((place, ..)) = best else { break };
        cells[place] += 1.0;
        left -= 1.0;
    }
    let mut widths: Vec<f64> = cells.iter().map(|cells| cells * size + pad).collect();
    // what is left over after whole cells goes to the widest column
    let rest = total - widths.iter().sum::<f64>();
    if let Some(widest) = widths.iter_mut().max_by(|a, b| a.total_cmp(b)) {
        *widest += rest;
    }
    widths
}
