//! Characters of a page put together to lines, columns and paragraphs.

use super::page::Glyph;
use crate::forms::raised::raised;
use std::collections::BTreeMap;

/// A line as printed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    /// Left and right end of what is printed, in points.
    pub(super) from: f32,
    pub(super) to: f32,
    pub(super) y: f32,
    pub(super) size: f32,
    /// The width of the piece at its beginning that could not have stood in the line before by itself, in points.
    pub(super) head: f32,
    /// True for a table, which takes a place among the lines; its text is its number on the page.
    pub(super) table: bool,
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

/// Raised characters are smaller than this part of the line's.
const RAISED_SIZE: f32 = 0.8;

/// A row's stretches, left to right.
fn stretches(mut row: Vec<Glyph>) -> Vec<Line> {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let largest = row.iter().map(|glyph| glyph.size).fold(0.0, f32::max);
    let foot = row.iter().filter(|glyph| glyph.size > 0.9 * largest).map(|glyph| glyph.y).fold(f32::MAX, f32::min);
    let stands_above = |glyph: &Glyph| glyph.size < RAISED_SIZE * largest && glyph.y > foot + 0.15 * largest;
    let mut found: Vec<(Line, Head)> = Vec::new();
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
            Some((line, head)) if gap < 1.2 * size => {
                let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_graphic());
                let apart = gap > 0.2 * size && latin(line.text.chars().next_back()) && latin(glyph.text.chars().next());
                if (space && gap > 0.1 * size) || apart || gap > 0.9 * size {
                    line.text.push(' ');
                    *head = Head::Done;
                }
                if stands_above(&glyph) {
                    let kept = raised(&line.text, &glyph.text);
                    line.text.push_str(&kept);
                } else {
                    line.text.push_str(&glyph.text);
                }
                line.to = glyph.end();
                line.size = line.size.max(size);
                *head = head.with(&glyph, line);
            }
            _ => {
                let mut line =
                    Line { text: glyph.text.clone(), from: glyph.x, to: glyph.end(), y: glyph.y, size, head: 0.0, table: false };
                let head = Head::Opening.with(&glyph, &mut line);
                found.push((line, head));
            }
        }
        space = false;
        last = Some(glyph);
    }
    found.into_iter().map(|(line, _)| line).collect()
}

/// How far the piece at a line's beginning is read that no line break may divide: marks that open, a word or a character,
/// and the marks that close behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Head {
    Opening,
    Word,
    Closing,
    Done,
}

impl Head {
    /// Goes on with the next character, and widens the line's head where that belongs to it.
    fn with(self, glyph: &Glyph, line: &mut Line) -> Self {
        let Some(c) = glyph.text.chars().next().filter(|_| self != Self::Done) else {
            return Self::Done;
        };
        let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/' | '+' | '~' | '_' | '\'' | '&' | '@');
        let next = match self {
            Self::Opening if opens(c) => Self::Opening,
            Self::Opening | Self::Word if word(c) => Self::Word,
            Self::Opening => Self::Closing,
            _ if closes(c) => Self::Closing,
            _ => return Self::Done,
        };
        line.head = glyph.x + glyph.width - line.from;
        next
    }
}

/// Marks that no line ends with.
fn opens(c: char) -> bool {
    matches!(c, '（' | '(' | '《' | '〈' | '“' | '‘' | '【' | '〔' | '[' | '「' | '『')
}

/// Marks that no line begins with.
fn closes(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '！'
            | '？'
            | '）'
            | '》'
            | '〉'
            | '”'
            | '’'
            | '】'
            | '〕'
            | '」'
            | '』'
            | '％'
            | '‰'
            | '℃'
            | '·'
            | '…'
            | '—'
            | ','
            | '.'
            | ';'
            | ':'
            | '!'
            | '?'
            | ')'
            | ']'
            | '%'
    )
}

/// Stretches of the same row joined again.
fn rejoined(lines: &[Line]) -> Vec<Line> {
    let mut found: Vec<Line> = Vec::new();
    for line in lines {
        match found.last_mut() {
            Some(before)
                if !before.table && !line.table && (before.y - line.y).abs() < 0.45 * line.size && line.from >= before.to =>
            {
                before.text.push(' ');
                before.text.push_str(&line.text);
                before.to = line.to;
            }
            _ => found.push(line.clone()),
        }
    }
    found
}

/// How far lines reach on pages of the same width, and the two columns that such pages have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sheet {
    pub(super) right: f32,
    pub(super) columns: Option<(Column, Column)>,
}

/// The two columns of a page, where it has them.
pub(super) fn columns(lines: &[Line]) -> Option<(Column, Column)> {
    let gutter = gutter(lines, column(lines))?;
    let side = |left: bool| {
        let own = |line: &&Line| if left { line.to <= gutter } else { line.from >= gutter };
        column(lines.iter().filter(own))
    };
    Some((side(true), side(false)))
}

/// Lines in reading order, with their columns: first the left column, then the right one, up to a line across both.
pub(super) fn in_order(lines: &[Line], sheet: &Sheet) -> Vec<(Column, Vec<Line>)> {
    let mut whole = column(lines);
    whole.to = whole.to.max(sheet.right);
    // a page that is not full has no columns of its own to tell, but those of the others
    let known = sheet.columns.filter(|(left, right)| {
        let gutter = f32::midpoint(left.to, right.from);
        let crossing = lines.iter().filter(|line| line.from < gutter && line.to > gutter).count();
        crossing * 5 <= lines.len()
    });
    let Some((left_column, right_column)) = columns(lines).or(known) else {
        return vec![(whole, rejoined(lines))];
    };
    let widest = |own: Column, known: fn(&(Column, Column)) -> Column| {
        sheet
            .columns
            .as_ref()
            .map(known)
            .filter(|known| (known.from - own.from).abs() < 24.0)
            .map_or(own, |known| Column { from: own.from.min(known.from), to: own.to.max(known.to) })
    };
    let gutter = f32::midpoint(left_column.to, right_column.from);
    let (left_column, right_column) = (widest(left_column, |columns| columns.0), widest(right_column, |columns| columns.1));
    let mut parts: Vec<(Column, Vec<Line>)> = Vec::new();
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let flush = |left: &mut Vec<Line>, right: &mut Vec<Line>, parts: &mut Vec<(Column, Vec<Line>)>| {
        for (bounds, side) in [(left_column, left), (right_column, right)] {
            if !side.is_empty() {
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
pub(super) fn column<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Column {
    let reach = |(from, to): (f32, f32), line: &Line| (from.min(line.from), to.max(line.to));
    let (from, to) = lines.into_iter().filter(|line| !line.table).fold((f32::MAX, f32::MIN), reach);
    Column { from, to }
}

/// Where the page falls into two columns of running text.
fn gutter(lines: &[Line], whole: Column) -> Option<f32> {
    let width = whole.to - whole.from;
    let middle = f32::midpoint(whole.from, whole.to);
    let lines: Vec<&Line> = lines.iter().filter(|line| !line.table).collect();
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
        let side: Vec<&&Line> = lines.iter().filter(|line| line.from >= from - 1.0 && line.to <= to + 1.0).collect();
        let long = side.iter().filter(|line| line.to - line.from > 0.7 * (to - from)).count();
        // running text fills its lines, cells of a table do not
        side.len() >= 5 && long * 10 >= side.len() * 3
    };
    (crossing * 5 <= lines.len() && full(whole.from, at) && full(at, whole.to)).then_some(at)
}

/// A title is larger than the text by this factor.
const TITLE: f32 = 1.12;

/// How a document sets its paragraphs apart.
#[derive(Debug, Default)]
pub(super) struct Habits {
    /// First lines are indented.
    set_in: bool,
    /// Numbered paragraphs begin lines of their own.
    numbered: bool,
    /// The size of most characters, in points.
    body: f32,
    /// From one line of a paragraph to the next, in parts of the size, for each size in half points.
    pitches: BTreeMap<i32, f32>,
}

fn half_points(size: f32) -> i32 {
    (size * 2.0).round() as i32
}

impl Habits {
    /// Reads them from columns of lines in reading order.
    pub(super) fn of<'a>(columns: impl Iterator<Item = &'a (Column, Vec<Line>)>) -> Self {
        let columns: Vec<_> = columns.collect();
        let mut sizes: BTreeMap<i32, usize> = BTreeMap::new();
        for line in columns.iter().flat_map(|(_, lines)| lines).filter(|line| !line.table) {
            *sizes.entry(half_points(line.size)).or_default() += line.text.chars().count();
        }
        let body = sizes.into_iter().max_by_key(|(_, count)| *count).map_or(0.0, |(size, _)| size as f32 / 2.0);
        let mut gaps: BTreeMap<i32, BTreeMap<i32, usize>> = BTreeMap::new();
        let (mut set_in, mut flush, mut numbered) = (0, 0, 0);
        for (column, lines) in columns {
            for (last, line) in lines.iter().zip(lines.iter().skip(1)) {
                if line.table || last.table || (line.size - last.size).abs() > 0.06 * line.size || line.size > TITLE * body {
                    continue;
                }
                let indent = (line.from - column.from) / line.size;
                if last.goes_on(line, column.to) {
                    let gap = (last.y - line.y) / line.size;
                    if (0.8..3.2).contains(&gap) && indent < 1.2 {
                        *gaps.entry(half_points(line.size)).or_default().entry((gap * 20.0).round() as i32).or_default() += 1;
                    }
                } else {
                    flush += usize::from(indent < 1.2);
                    set_in += usize::from((1.2..4.0).contains(&indent));
                    numbered += usize::from(line.is_numbered());
                }
            }
        }
        let mut pitches = BTreeMap::new();
        for (size, gaps) in gaps {
            let all: usize = gaps.values().sum();
            // gaps between paragraphs are among them, but those are wider
            if let Some((gap, _)) = gaps.iter().find(|(_, count)| **count * 5 >= all) {
                pitches.insert(size, *gap as f32 / 20.0);
            }
        }
        Self { set_in: set_in >= flush, numbered: numbered >= 2, body, pitches }
    }

    /// True where the next line stands further below than the next line of a paragraph does.
    fn far(&self, last: &Line, line: &Line) -> bool {
        let gap = (last.y - line.y) / line.size.max(last.size);
        let pitch = self.pitches.get(&half_points(line.size));
        gap > pitch.map_or(3.2, |pitch| pitch + if self.set_in { 0.8 } else { 0.25 })
    }
}

impl Line {
    /// True where the line is so full that the beginning of the next one had no place in it. `end` is the column's right end.
    fn goes_on(&self, next: &Self, end: f32) -> bool {
        let size = next.size.max(self.size);
        self.to + next.head.max(1.2 * size) > end - 0.6 * size
    }

    /// True for a line whose middle is the column's.
    fn is_centred(&self, column: Column) -> bool {
        (f32::midpoint(self.from, self.to) - f32::midpoint(column.from, column.to)).abs() < self.size
    }

    /// True for a line that begins with a number or a dash: (一) 一、 1. 第三章 ——
    fn is_numbered(&self) -> bool {
        let text = self.text.trim_start_matches(['（', '(', '第']);
        if self.text.starts_with("——") {
            return true;
        }
        let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c);
        let rest = text.trim_start_matches(number);
        if rest.len() == text.len() || text.len() - rest.len() > 12 {
            return false;
        }
        let mut next = rest.chars();
        match (self.text.chars().next(), next.next()) {
            (Some('（' | '('), after) => matches!(after, Some('）' | ')')),
            (Some('第'), after) => matches!(after, Some('章' | '节' | '条' | '部' | '篇')),
            (_, Some('、')) => true,
            // 3.5 is a number
            (_, Some('.' | '．')) => next.next().is_none_or(|c| !c.is_ascii_digit()),
            _ => false,
        }
    }
}

/// Joins a column's lines to paragraphs: a line that fills its column goes on in the next one, unless that is indented.
#[derive(Debug)]
pub(super) struct Joining<'a> {
    habits: &'a Habits,
    text: String,
    /// The last line, and its column's right end.
    last: Option<(Line, f32)>,
}

impl<'a> Joining<'a> {
    pub(super) fn new(habits: &'a Habits) -> Self {
        Self { habits, text: String::new(), last: None }
    }

    /// Takes a line; gives back the paragraph before, where the line begins another.
    pub(super) fn line(&mut self, line: Line, column: Column) -> Option<String> {
        let begins = self.last.as_ref().is_none_or(|(last, end)| {
            let size = line.size.max(last.size);
            // a title's lines are centred, so that only their length tells whether they are full
            let title =
                self.habits.body > 0.0 && size > TITLE * self.habits.body && last.is_centred(column) && line.is_centred(column);
            let full = if title { Line { to: column.from + last.to - last.from, ..last.clone() } } else { last.clone() };
            let indented = line.from > column.from + 1.2 * size && !title;
            let other = (line.size - last.size).abs() > 0.12 * size;
            let closed = last.text.ends_with(['。', '；', '：', ';', ':', '）', ')', '！', '？', '”']);
            let numbered = !self.habits.set_in && self.habits.numbered && closed && line.is_numbered();
            !full.goes_on(&line, *end) || indented || other || numbered || self.habits.far(last, &line)
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
