//! Characters of a page put together to lines, columns and paragraphs.

use super::page::Glyph;

/// The smallest size of a document's title, in points.
const TITLE: f32 = 17.5;

/// A line as printed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    /// Left and right end of what is printed, in points.
    pub(super) from: f32,
    pub(super) to: f32,
    pub(super) y: f32,
    pub(super) size: f32,
}

/// The column that lines stand in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub(super) from: f32,
    pub(super) to: f32,
}

/// Lines from top to bottom, one for each stretch of a line that wide gaps set apart.
pub(super) fn lines(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    glyphs.retain(|glyph| !glyph.is_blank() || glyph.text == " ");
    glyphs.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            Some(row) if row[0].y - glyph.y <= 0.45 * row[0].size.max(glyph.size) => row.push(glyph),
            _ => rows.push(vec![glyph]),
        }
    }
    rows.into_iter().flat_map(stretches).collect()
}

/// A row's stretches, left to right.
fn stretches(mut row: Vec<Glyph>) -> Vec<Line> {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut found: Vec<Line> = Vec::new();
    let mut last: Option<Glyph> = None;
    let mut space = false;
    for glyph in row {
        if glyph.text == " " {
            space = true;
            continue;
        }
        if let Some(before) = &last {
            // bold made by printing twice
            if before.text == glyph.text && (glyph.x - before.x).abs() < 0.2 * glyph.size {
                continue;
            }
        }
        let gap = last.as_ref().map_or(f32::MAX, |before| glyph.x - before.end());
        let size = glyph.size;
        match found.last_mut() {
            Some(line) if gap < 1.2 * size => {
                let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_graphic());
                let apart = gap > 0.2 * size && latin(line.text.chars().next_back()) && latin(glyph.text.chars().next());
                if (space && gap > 0.1 * size) || apart || gap > 0.9 * size {
                    line.text.push(' ');
                }
                line.text.push_str(&glyph.text);
                line.to = glyph.end();
                line.size = line.size.max(size);
            }
            _ => found.push(Line { text: glyph.text.clone(), from: glyph.x, to: glyph.end(), y: glyph.y, size }),
        }
        space = false;
        last = Some(glyph);
    }
    found
}

/// Stretches of the same row joined again.
fn rejoined(lines: &[Line]) -> Vec<Line> {
    let mut found: Vec<Line> = Vec::new();
    for line in lines {
        match found.last_mut() {
            Some(before) if (before.y - line.y).abs() < 0.45 * line.size && line.from >= before.to => {
                before.text.push(' ');
                before.text.push_str(&line.text);
                before.to = line.to;
            }
            _ => found.push(line.clone()),
        }
    }
    found
}

/// Lines in reading order, with their columns: first the left column, then the right one, up to a line across both. `right`
/// is how far lines reach on pages like this one.
pub(super) fn in_order(lines: &[Line], right: f32) -> Vec<(Column, Vec<Line>)> {
    let mut whole = column(lines);
    whole.to = whole.to.max(right);
    let Some(gutter) = gutter(lines, whole) else {
        return vec![(whole, rejoined(lines))];
    };
    let mut parts: Vec<(Column, Vec<Line>)> = Vec::new();
    let left_column = Column { from: whole.from, to: gutter };
    let right_column = Column { from: gutter, to: whole.to };
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let flush = |left: &mut Vec<Line>, right: &mut Vec<Line>, parts: &mut Vec<(Column, Vec<Line>)>| {
        for (bounds, side) in [(left_column, left), (right_column, right)] {
            if !side.is_empty() {
                let own = column(side);
                let bounds = Column { from: own.from.max(bounds.from), to: own.to.min(bounds.to) };
                parts.push((bounds, rejoined(&std::mem::take(side))));
            }
        }
    };
    for line in lines {
        if line.to <= gutter {
            left.push(line.clone());
        } else if line.from >= gutter {
            right.push(line.clone());
        } else {
            flush(&mut left, &mut right, &mut parts);
            parts.push((whole, vec![line.clone()]));
        }
    }
    flush(&mut left, &mut right, &mut parts);
    parts
}

/// From where to where lines reach.
pub(super) fn column(lines: &[Line]) -> Column {
    let from = lines.iter().map(|line| line.from).fold(f32::MAX, f32::min);
    let to = lines.iter().map(|line| line.to).fold(f32::MIN, f32::max);
    Column { from, to }
}

/// Where the page falls into two columns of running text.
fn gutter(lines: &[Line], whole: Column) -> Option<f32> {
    let width = whole.to - whole.from;
    let middle = f32::midpoint(whole.from, whole.to);
    if lines.len() < 12 {
        return None;
    }
    let mut best: Option<(usize, f32)> = None;
    for step in -10_i16..=10 {
        let at = middle + f32::from(step) * width * 0.015;
        let crossing = lines.iter().filter(|line| line.from < at && line.to > at).count();
        if best.is_none_or(|(least, _)| crossing < least) {
            best = Some((crossing, at));
        }
    }
    let (crossing, at) = best?;
    let full = |from: f32, to: f32| {
        let side: Vec<&Line> = lines.iter().filter(|line| line.from >= from - 1.0 && line.to <= to + 1.0).collect();
        let long = side.iter().filter(|line| line.to - line.from > 0.7 * (to - from)).count();
        // running text fills its lines, cells of a table do not
        side.len() >= 5 && long * 10 >= side.len() * 3
    };
    (crossing * 5 <= lines.len() && full(whole.from, at) && full(at, whole.to)).then_some(at)
}

/// Joins a column's lines to paragraphs: a line that fills its column goes on in the next one, unless that is indented.
#[derive(Debug, Default)]
pub(super) struct Joining {
    text: String,
    /// The last line, and its column's right end.
    last: Option<(Line, f32)>,
}

impl Joining {
    /// Takes a line; gives back the paragraph before, where the line begins another.
    pub(super) fn line(&mut self, line: Line, column: Column) -> Option<String> {
        let begins = self.last.as_ref().is_none_or(|(last, end)| {
            let size = line.size.max(last.size);
            let full = last.to > end - 1.8 * size;
            // a title's lines are centred
            let middle = |from: f32, to: f32| f32::midpoint(from, to);
            let centred = (middle(line.from, line.to) - middle(column.from, column.to)).abs() < size;
            let title = size >= TITLE && centred;
            let indented = line.from > column.from + 1.2 * size && !title;
            let other = (line.size - last.size).abs() > 0.12 * size;
            let far = last.y - line.y > 3.2 * size;
            !full || indented || other || far
        });
        let done = begins.then(|| std::mem::take(&mut self.text)).filter(|text| !text.is_empty());
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        if latin(self.text.chars().next_back()) && latin(line.text.chars().next()) {
            self.text.push(' ');
        }
        self.text.push_str(&line.text);
        self.last = Some((line, column.to));
        done
    }

    /// The paragraph that is still open.
    pub(super) fn end(&mut self) -> Option<String> {
        self.last = None;
        Some(std::mem::take(&mut self.text)).filter(|text| !text.is_empty())
    }
}
