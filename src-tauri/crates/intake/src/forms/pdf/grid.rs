//! Tables of a page, by their ruled lines.

use super::layout::{Column, Habits, Joining, lines};
use super::page::{Glyph, Rule};
use crate::forms::flow::{Cell, Piece, Table};

/// Rules nearer than this are one, in points.
const NEAR: f32 = 2.5;
/// Rules of one page that are looked at together.
const MAX_RULES: usize = 600;
/// What a cell keeps free on each side, in points.
const PADDING: f32 = 4.0;

/// A table's place and its column and row lines, from left to right and from top to bottom.
#[derive(Debug)]
pub(super) struct Grid {
    xs: Vec<f32>,
    ys: Vec<f32>,
    uprights: Vec<Rule>,
    levels: Vec<Rule>,
}

/// The page's tables, from top to bottom.
pub(super) fn grids(rules: &[Rule]) -> Vec<Grid> {
    let rules = merged(rules);
    if rules.len() > MAX_RULES {
        return Vec::new();
    }
    let mut group: Vec<usize> = (0..rules.len()).collect();
    for (i, one) in rules.iter().enumerate() {
        for (j, other) in rules.iter().enumerate().skip(i + 1) {
            if one.upright != other.upright && crosses(one, other) && group[i] != group[j] {
                let (from, to) = (group[j], group[i]);
                group.iter_mut().filter(|mark| **mark == from).for_each(|mark| *mark = to);
            }
        }
    }
    let mut found: Vec<Grid> = Vec::new();
    for mark in 0..rules.len() {
        let of = |upright: bool| -> Vec<Rule> {
            let own = rules.iter().zip(&group).filter(|(rule, group)| **group == mark && rule.upright == upright);
            own.map(|(rule, _)| *rule).collect()
        };
        let (uprights, levels) = (of(true), of(false));
        let xs = places(&uprights);
        let mut ys = places(&levels);
        ys.reverse();
        if xs.len() >= 3 && ys.len() >= 2 {
            found.push(Grid { xs, ys, uprights, levels });
        }
    }
    found.sort_by(|a, b| b.top().total_cmp(&a.top()));
    // a table inside another one's cell is part of that cell
    let mut outer: Vec<Grid> = Vec::new();
    for grid in found {
        let within = |table: &Grid| {
            let ((from, to), (left, right)) = (grid.width(), table.width());
            // a table in the other column is one of its own
            grid.top() > table.bottom() && grid.top() <= table.top() + NEAR && from < right && to > left
        };
        if !outer.iter().any(within) {
            outer.push(grid);
        }
    }
    outer
}

/// Rules on one line that touch are one.
fn merged(rules: &[Rule]) -> Vec<Rule> {
    let mut sorted = rules.to_vec();
    sorted.sort_by(|a, b| {
        let key = |rule: &Rule| (rule.upright, (rule.at / NEAR).round());
        key(a).0.cmp(&key(b).0).then(key(a).1.total_cmp(&key(b).1)).then(a.from.total_cmp(&b.from))
    });
    let mut found: Vec<Rule> = Vec::new();
    for rule in sorted {
        match found.last_mut() {
            Some(last) if last.upright == rule.upright && (last.at - rule.at).abs() < NEAR && rule.from <= last.to + NEAR => {
                last.to = last.to.max(rule.to);
            }
            _ => found.push(rule),
        }
    }
    found
}

fn crosses(one: &Rule, other: &Rule) -> bool {
    let on = |at: f32, rule: &Rule| at >= rule.from - NEAR && at <= rule.to + NEAR;
    on(one.at, other) && on(other.at, one)
}

/// The different places of rules, in rising order.
fn places(rules: &[Rule]) -> Vec<f32> {
    let mut places: Vec<f32> = rules.iter().map(|rule| rule.at).collect();
    places.sort_by(f32::total_cmp);
    places.dedup_by(|next, before| *next - *before < 2.0 * NEAR);
    places
}

impl Grid {
    pub(super) fn top(&self) -> f32 {
        self.ys[0]
    }

    /// How many cells it has, merged ones counted for each place.
    pub(super) fn cells(&self) -> usize {
        (self.xs.len() - 1) * (self.ys.len() - 1)
    }

    /// Its left and right end.
    pub(super) fn width(&self) -> (f32, f32) {
        (self.xs[0], self.xs[self.xs.len() - 1])
    }

    fn bottom(&self) -> f32 {
        self.ys[self.ys.len() - 1]
    }

    /// True where a character stands in the table.
    pub(super) fn holds(&self, glyph: &Glyph) -> bool {
        let middle = (glyph.x + glyph.width / 2.0, glyph.y + glyph.size * 0.3);
        middle.0 > self.xs[0] && middle.0 < self.xs[self.xs.len() - 1] && middle.1 < self.top() && middle.1 > self.bottom()
    }

    /// True where the other table goes on with this one's columns, further right where the page's next column is.
    pub(super) fn continues(&self, other: &Self) -> bool {
        let widths = |grid: &Self| grid.xs.iter().map(|x| x - grid.xs[0]).collect::<Vec<_>>();
        self.xs.len() == other.xs.len() && widths(self).iter().zip(widths(other)).all(|(x, y)| (x - y).abs() < 2.0 * NEAR)
    }

    /// The table with the characters that stand in it.
    pub(super) fn table(&self, glyphs: Vec<Glyph>) -> Table {
        let (width, height) = (self.xs.len() - 1, self.ys.len() - 1);
        let mut held: Vec<Vec<Glyph>> = vec![Vec::new(); width * height];
        for glyph in glyphs {
            let (x, y) = (glyph.x + glyph.width / 2.0, glyph.y + glyph.size * 0.3);
            let column = self.xs.partition_point(|at| *at < x).saturating_sub(1).min(width - 1);
            let row = self.ys.partition_point(|at| *at > y).saturating_sub(1).min(height - 1);
            held[row * width + column].push(glyph);
        }
        let mut covered = vec![false; width * height];
        let mut table = Table::default();
        for row in 0..height {
            let mut cells = Vec::new();
            for column in 0..width {
                if covered[row * width + column] {
                    continue;
                }
                let mut right = column;
                while right + 1 < width && !covered[row * width + right + 1] && !self.upright_at(right + 1, row) {
                    right += 1;
                }
                let mut below = row;
                while below + 1 < height && !self.level_at(below + 1, column) {
                    below += 1;
                }
                let mut own = Vec::new();
                for row in row..=below {
                    for column in column..=right {
                        covered[row * width + column] = true;
                        own.append(&mut held[row * width + column]);
                    }
                }
                let bounds = Column { from: self.xs[column] + PADDING, to: self.xs[right + 1] - PADDING };
                cells.push(Cell {
                    pieces: paragraphs(own, bounds),
                    columns: right - column + 1,
                    rows: below - row + 1,
                    continues: false,
                });
            }
            table.rows.push(cells);
        }
        table
    }

    /// True where a line stands left of the column in this row.
    fn upright_at(&self, column: usize, row: usize) -> bool {
        let middle = f32::midpoint(self.ys[row], self.ys[row + 1]);
        let at = self.xs[column];
        self.uprights.iter().any(|rule| (rule.at - at).abs() < 2.0 * NEAR && rule.from < middle && rule.to > middle)
    }

    /// True where a line stands above the row in this column.
    fn level_at(&self, row: usize, column: usize) -> bool {
        let middle = f32::midpoint(self.xs[column], self.xs[column + 1]);
        let at = self.ys[row];
        self.levels.iter().any(|rule| (rule.at - at).abs() < 2.0 * NEAR && rule.from < middle && rule.to > middle)
    }
}

/// A cell's paragraphs. Its lines may be centred, so that only their length tells whether they are full.
fn paragraphs(glyphs: Vec<Glyph>, bounds: Column) -> Vec<Piece> {
    let habits = Habits::default();
    let mut joining = Joining::new(&habits);
    let mut pieces = Vec::new();
    for mut line in lines(glyphs) {
        line.to = bounds.from + (line.to - line.from);
        line.from = bounds.from;
        pieces.extend(joining.line(line, bounds).map(Piece::Paragraph));
    }
    pieces.extend(joining.end().map(Piece::Paragraph));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table with these upright lines, two rows high.
    fn table(xs: &[f32], top: f32) -> Grid {
        let (from, to) = (xs[0], xs[xs.len() - 1]);
        let uprights = xs.iter().map(|x| Rule { upright: true, at: *x, from: top - 40.0, to: top });
        let levels = [0.0, 20.0, 40.0].map(|below| Rule { upright: false, at: top - below, from, to });
        let rules: Vec<Rule> = uprights.chain(levels).collect();
        grids(&rules).pop().expect("crossing lines are a table")
    }

    #[test]
    fn a_table_goes_on_overleaf_and_in_the_next_column_with_the_same_columns() {
        let first = table(&[72.0, 120.0, 200.0, 280.0], 300.0);
        assert!(first.continues(&table(&[72.0, 120.0, 200.0, 280.0], 760.0)), "overleaf");
        assert!(first.continues(&table(&[312.0, 360.0, 440.0, 520.0], 760.0)), "in the next column");
        assert!(!first.continues(&table(&[312.0, 380.0, 440.0, 520.0], 760.0)), "other columns");
        assert!(!first.continues(&table(&[72.0, 120.0, 280.0], 760.0)), "fewer columns");
    }
}
