//! Lines of Chinese text on a grid of half cells: breaking, squeezing of marks, justification.
//!
//! A Chinese character fills one cell; Western words keep their own widths, a thin gap between them and Chinese. A line of Chinese that is
//! full stands on the grid exactly; one that is short is spread.

use std::collections::BTreeMap;

use crate::character::{Class, class, unit_length};
use crate::faces::{FaceId, FaceRole, Faces};

/// A stretch of text in one face.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stretch<'a> {
    /// The characters.
    pub text: &'a str,
    /// The face.
    pub role: FaceRole,
}

/// How wide lines are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measure {
    /// Size of type, in points.
    pub size: f64,
    /// Width of a cell, in points.
    pub cell: f64,
    /// Width of the line, in points.
    pub width: f64,
    /// Indent of the first line, in cells.
    pub indent: f64,
    /// How far lines may be spread to the full width: the most between two characters, in cells; a line that needs more stays short.
    pub spread: f64,
}

/// A character in its place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Put {
    /// What it is.
    pub character: char,
    /// Its face.
    pub face: FaceId,
    /// From the left end of the line, in points.
    pub x: f64,
    /// Which stretch it came from.
    pub stretch: usize,
}

/// A line that is set.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    /// The characters from left to right.
    pub puts: Vec<Put>,
    /// Width from the line's left end to the last character's right edge, in points.
    pub width: f64,
}

/// Printed instead of a character that is in no face: the typesetters' own mark for a missing sort.
const MISSING: char = '〓';

/// What a break within a number's unit costs, in cells that the line would have to be spread by instead: little between the counter and
/// what it counts (35个 百分点), more elsewhere in the unit, most within a span of years.
const AFTER_COUNTER: f64 = 0.6;
const WITHIN_UNIT: f64 = 2.0;
const WITHIN_SPAN: f64 = 2.6;

/// The gap between Chinese and Western, in em (CLREQ 3.2.2 allows up to a quarter).
const GAP: f64 = 0.12;

impl Cluster {
    fn of(first: usize, after: usize, width: f64) -> Self {
        Self {
            first,
            after,
            width,
            gap: 0.0,
            give: 0.0,
            blank_left: false,
            no_start: false,
            no_end: false,
            glue: false,
            cost: 0.0,
            space: false,
            newline: false,
        }
    }
}

/// Something that is not torn: a cell, a Western word, a mark.
#[derive(Debug, Clone, Copy)]
struct Cluster {
    first: usize,
    after: usize,
    width: f64,
    /// A thin gap before it, where Chinese and Western meet; none at a line's start.
    gap: f64,
    /// How much of the width may be taken away (the blank half of a mark).
    give: f64,
    /// Blank at the left that goes first when the cluster gives (opening marks).
    blank_left: bool,
    no_start: bool,
    no_end: bool,
    /// Holds on to the next cluster.
    glue: bool,
    /// What it costs to end a line after it, in cells.
    cost: f64,
    space: bool,
    newline: bool,
}

#[derive(Debug, Clone, Copy)]
struct Sort {
    character: char,
    face: FaceId,
    /// From the left end of its cluster, in points.
    x: f64,
    stretch: usize,
}

/// Sets text, and remembers which characters no face has.
#[derive(Debug)]
pub(crate) struct Typesetter<'a> {
    faces: &'a Faces,
    /// Characters in no face, with the first row they were found in.
    pub missing: BTreeMap<char, String>,
    sorts: Vec<Sort>,
    clusters: Vec<Cluster>,
    characters: Vec<(char, usize)>,
}

impl<'a> Typesetter<'a> {
    pub(crate) fn new(faces: &'a Faces) -> Self {
        Self { faces, missing: BTreeMap::new(), sorts: Vec::new(), clusters: Vec::new(), characters: Vec::new() }
    }

    /// Sets a paragraph. `row` names what the text belongs to, for the warning about a missing character.
    pub(crate) fn set(&mut self, text: &[Stretch<'_>], measure: &Measure, row: &str) -> Vec<Line> {
        self.gather(text, measure, row);
        self.break_lines(measure)
    }

    fn gather(&mut self, text: &[Stretch<'_>], measure: &Measure, row: &str) {
        self.sorts.clear();
        self.clusters.clear();
        self.characters.clear();
        for (place, stretch) in text.iter().enumerate() {
            self.characters.extend(stretch.text.chars().map(|character| (character, place)));
        }
        let plain: Vec<char> = self.characters.iter().map(|(c, _)| *c).collect();
        let half = measure.cell / 2.0;
        let mut previous = Class::Newline;
        let mut place = 0;
        while let Some(&(character, stretch)) = self.characters.get(place) {
            let before = place.checked_sub(1).and_then(|p| plain.get(p)).copied();
            let now = class(before, character, plain.get(place + 1).copied());
            if now == Class::Ignored {
                place += 1;
                continue;
            }
            let role = text.get(stretch).map_or(FaceRole::Fang, |s| s.role);
            match now {
                Class::Western => {
                    let end = self.word_end(&plain, place);
                    let first = self.clusters.len();
                    self.word(place..end, text, measure, row);
                    if previous == Class::Han
                        && let Some(word) = self.clusters.get_mut(first)
                    {
                        word.gap = GAP * measure.size;
                    }
                    place = end;
                    let ends_in_digit = plain.get(place.wrapping_sub(1)).is_some_and(|c| c.is_ascii_digit() || *c == '%');
                    let unit = if ends_in_digit { unit_length(&plain[place..(place + 5).min(plain.len())]) } else { 0 };
                    if unit > 0 {
                        for offset in 0..unit {
                            if let Some(last) = self.clusters.last_mut() {
                                last.glue = offset == 0;
                                last.cost = match offset {
                                    0 => 0.0,
                                    1 if plain.get(place) == Some(&'个') => AFTER_COUNTER,
                                    _ => WITHIN_UNIT,
                                };
                            }
                            let gap = if offset == 0 { GAP * measure.size } else { 0.0 };
                            let (character, stretch) = self.characters[place + offset];
                            let role = text.get(stretch).map_or(FaceRole::Fang, |s| s.role);
                            self.cell(character, stretch, role, Class::Han, measure, row);
                            if let Some(last) = self.clusters.last_mut() {
                                last.gap = gap;
                            }
                        }
                        place += unit;
                        previous = Class::Han;
                        continue;
                    }
                    previous = now;
                    continue;
                }
                Class::Newline => {
                    let here = self.sorts.len();
                    self.clusters.push(Cluster { newline: true, ..Cluster::of(here, here, 0.0) });
                }
                Class::Space => {
                    if !matches!(previous, Class::Newline | Class::Space) {
                        // the space is there for whoever copies the text
                        let here = self.sorts.len();
                        if let Some(glyph) = self.faces.glyph(role, ' ') {
                            self.sorts.push(Sort { character: ' ', face: glyph.face, x: 0.0, stretch });
                        }
                        self.clusters.push(Cluster { space: true, ..Cluster::of(here, self.sorts.len(), measure.size * 0.28) });
                    }
                }
                Class::WesternClose | Class::WesternOpen => {
                    self.mark(character, stretch, role, now, measure, row);
                }
                _ => {
                    self.squeeze(previous, now, half);
                    self.cell(character, stretch, role, now, measure, row);
                    if previous == Class::Western
                        && now == Class::Han
                        && let Some(last) = self.clusters.last_mut()
                    {
                        last.gap = GAP * measure.size;
                    }
                    if previous == Class::Open && now == Class::Open {
                        self.trim_left(half);
                    }
                    let next_is_digit = plain.get(place + 1).is_some_and(char::is_ascii_digit);
                    if next_is_digit
                        && matches!(character, '第' | '〕')
                        && let Some(last) = self.clusters.last_mut()
                    {
                        last.glue = true;
                    }
                    let between_digits = next_is_digit && before.is_some_and(|c| c.is_ascii_digit());
                    if matches!(now, Class::Pair | Class::Clinging)
                        && between_digits
                        && let Some(last) = self.clusters.last_mut()
                    {
                        // 2024—2026 is one number
                        last.cost = WITHIN_SPAN;
                    }
                    if now == Class::Pair
                        && plain.get(place + 1) == Some(&character)
                        && let Some(last) = self.clusters.last_mut()
                    {
                        last.glue = true;
                    }
                }
            }
            previous = now;
            place += 1;
        }
    }

    /// One past the last character of the Western word that begins at `place`.
    fn word_end(&self, plain: &[char], place: usize) -> usize {
        let mut end = place + 1;
        while let Some(character) = plain.get(end) {
            let now = class(plain.get(end - 1).copied(), *character, plain.get(end + 1).copied());
            if now != Class::Western {
                break;
            }
            end += 1;
        }
        end
    }

    fn sort(&mut self, character: char, stretch: usize, role: FaceRole, row: &str) -> (Sort, f64) {
        let western = role == FaceRole::Fang && character.is_ascii();
        let role = if western { FaceRole::Digits } else { role };
        let glyph = self.faces.glyph(role, character).or_else(|| {
            self.missing.entry(character).or_insert_with(|| row.to_owned());
            self.faces.glyph(role, MISSING)
        });
        // a face without even the stand-in mark leaves a blank cell; the warning names the character
        let (face, advance) = glyph.map_or((FaceId::default(), 1.0), |g| (g.face, g.advance));
        let character = if glyph.is_none() {
            ' '
        } else if self.missing.contains_key(&character) {
            MISSING
        } else {
            character
        };
        let sort = Sort { character, face, x: 0.0, stretch };
        (sort, advance)
    }

    /// A Western word: one cluster, or one for each character where it is wider than a line.
    fn word(&mut self, range: std::ops::Range<usize>, text: &[Stretch<'_>], measure: &Measure, row: &str) {
        let first = self.sorts.len();
        let mut width = 0.0;
        for place in range {
            let (character, stretch) = self.characters[place];
            let role = text.get(stretch).map_or(FaceRole::Fang, |s| s.role);
            let (mut sort, advance) = self.sort(character, stretch, role, row);
            sort.x = width;
            width += advance * measure.size;
            self.sorts.push(sort);
        }
        let plain = Cluster::of(first, self.sorts.len(), width);
        if width <= measure.width {
            self.clusters.push(plain);
            return;
        }
        for place in first..self.sorts.len() {
            let next = self.sorts.get(place + 1).map_or(width, |sort| sort.x);
            let own = next - self.sorts[place].x;
            self.clusters.push(Cluster::of(place, place + 1, own));
        }
        for sort in &mut self.sorts[first..] {
            sort.x = 0.0;
        }
    }

    fn mark(&mut self, character: char, stretch: usize, role: FaceRole, class: Class, measure: &Measure, row: &str) {
        let (sort, advance) = self.sort(character, stretch, role, row);
        self.sorts.push(sort);
        let here = self.sorts.len();
        self.clusters.push(Cluster {
            no_start: class == Class::WesternClose,
            no_end: class == Class::WesternOpen,
            ..Cluster::of(here - 1, here, advance * measure.size)
        });
    }

    fn cell(&mut self, character: char, stretch: usize, role: FaceRole, class: Class, measure: &Measure, row: &str) {
        let (mut sort, advance) = self.sort(character, stretch, role, row);
        let natural = advance * measure.size;
        let blank = measure.cell - natural;
        // a mark that the face draws narrow keeps its side of the cell
        sort.x = match class {
            Class::Open if blank > measure.cell * 0.2 => blank,
            Class::Close if blank > measure.cell * 0.2 => 0.0,
            _ => blank / 2.0,
        };
        self.sorts.push(sort);
        let squeezable = matches!(class, Class::Open | Class::Close) && character != '！' && character != '？';
        let here = self.sorts.len();
        self.clusters.push(Cluster {
            give: if squeezable { measure.cell / 2.0 } else { 0.0 },
            blank_left: class == Class::Open,
            no_start: matches!(class, Class::Close | Class::Clinging | Class::Pair),
            no_end: class == Class::Open,
            ..Cluster::of(here - 1, here, measure.cell)
        });
    }

    /// Adjacent marks share one blank half (CLREQ 3.1.6.1).
    fn squeeze(&mut self, before: Class, now: Class, half: f64) {
        if before == Class::Close
            && matches!(now, Class::Close | Class::Open)
            && let Some(last) = self.clusters.last_mut()
            && last.give > 0.0
        {
            last.width -= half;
            last.give = 0.0;
        }
    }

    fn trim_left(&mut self, half: f64) {
        if let Some(last) = self.clusters.last_mut()
            && last.give > 0.0
        {
            last.width -= half;
            last.give = 0.0;
            for sort in &mut self.sorts[last.first..last.after] {
                sort.x -= half;
            }
        }
    }

    fn may_break_after(&self, place: usize) -> bool {
        let cluster = &self.clusters[place];
        match self.clusters.get(place + 1) {
            None => true,
            Some(next) => next.newline || cluster.newline || next.space || !(cluster.glue || cluster.no_end || next.no_start),
        }
    }

    fn break_lines(&self, measure: &Measure) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut from = 0;
        let mut indent = measure.indent * measure.cell;
        while from < self.clusters.len() {
            let limit = (measure.width - indent).max(measure.cell) + 0.01;
            let mut x = 0.0;
            let mut give = 0.0;
            // where the line ends best, and how far it is filled there less what the break costs
            let (mut best, mut best_fill) = (None, f64::NEG_INFINITY);
            let mut place = from;
            let (after, squeeze, last) = loop {
                let Some(cluster) = self.clusters.get(place) else {
                    break (place, 0.0, true);
                };
                if cluster.newline {
                    break (place + 1, 0.0, true);
                }
                let gap = if place == from { 0.0 } else { cluster.gap };
                let hangs = cluster.space;
                if !hangs && x + gap + cluster.width > limit {
                    let over = x + gap + cluster.width - limit;
                    if cluster.no_start && give + cluster.give >= over && self.may_break_after(place) {
                        break (place + 1, over + 0.01, false);
                    }
                    let short = limit - best_fill.max(0.0);
                    if best.is_some()
                        && short > measure.cell
                        && let Some((end, over)) = self.squeezed_end(place, x, give, limit, short)
                    {
                        break (end, over + 0.01, false);
                    }
                    break (best.unwrap_or(place.max(from + 1)), 0.0, false);
                }
                x += gap + cluster.width;
                give += cluster.give;
                place += 1;
                if self.may_break_after(place - 1) {
                    let fill = x - self.clusters[place - 1].cost * measure.cell;
                    if fill >= best_fill {
                        (best, best_fill) = (Some(place), fill);
                    }
                }
            };
            lines.push(self.line(from..after, indent, measure, squeeze, last));
            from = after;
            while !last && self.clusters.get(from).is_some_and(|c| c.space) {
                from += 1;
            }
            indent = 0.0;
        }
        if lines.is_empty() {
            lines.push(Line::default());
        }
        lines
    }

    /// Where a line that would have to be spread by `short` ends if the blanks of its marks are narrowed by at most half instead, and by
    /// how much. `x` and `give` are those of the clusters before `place`.
    fn squeezed_end(&self, place: usize, mut x: f64, mut give: f64, limit: f64, short: f64) -> Option<(usize, f64)> {
        for (at, cluster) in self.clusters.iter().enumerate().skip(place) {
            x += cluster.gap + cluster.width;
            give += cluster.give;
            let over = x - limit;
            if cluster.space || cluster.newline || over > give / 2.0 || over > short / 2.0 {
                return None;
            }
            if cluster.cost <= 0.0 && self.may_break_after(at) {
                return Some((at + 1, over));
            }
        }
        None
    }

    /// Places the clusters of one line: takes `squeeze` away from its marks, or spreads it where it is short.
    fn line(&self, range: std::ops::Range<usize>, indent: f64, measure: &Measure, squeeze: f64, last: bool) -> Line {
        let clusters = &self.clusters[range];
        let end = clusters.iter().rposition(|c| !c.space && !c.newline).map_or(0, |place| place + 1);
        let clusters = &clusters[..end];
        let gap_of = |place: usize, c: &Cluster| if place == 0 { 0.0 } else { c.gap };
        let total: f64 = clusters.iter().enumerate().map(|(place, c)| c.width + gap_of(place, c)).sum();
        let give: f64 = clusters.iter().map(|c| c.give).sum();
        let take = if give > 0.0 { squeeze / give } else { 0.0 };
        let gaps = clusters.iter().rev().skip(1).filter(|c| !c.glue).count();
        let short = measure.width - indent - total;
        let spread = if !last && squeeze <= 0.0 && gaps > 0 && short > 0.0 {
            Some(short / gaps as f64).filter(|spread| *spread <= measure.spread * measure.cell).unwrap_or(0.0)
        } else {
            0.0
        };
        let mut line = Line { puts: Vec::with_capacity(clusters.len()), width: 0.0 };
        let mut x = indent;
        for (place, cluster) in clusters.iter().enumerate() {
            x += gap_of(place, cluster);
            let taken = cluster.give * take;
            let shift = if cluster.blank_left { taken } else { 0.0 };
            for sort in &self.sorts[cluster.first..cluster.after] {
                line.puts.push(Put { character: sort.character, face: sort.face, x: x + sort.x - shift, stretch: sort.stretch });
            }
            x += cluster.width - taken;
            line.width = x;
            if !cluster.glue {
                x += spread;
            }
        }
        line
    }
}
