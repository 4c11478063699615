//! Blocks run down pages: the line grid of the type area, page numbers, annexes, the 版记.

use std::collections::BTreeMap;

use crate::block::{Align, Block, Segment, Span};
use crate::faces::{FaceRole, Faces};
use crate::page::{Anchor, Element, ElementKind, Ink, Item, Link, Mark, Page, SHEET_HEIGHT};
use crate::picture::{self, ASCENT};
use crate::style::{HouseStyle, MM_PER_PT};
use crate::title::break_title;
use crate::typeset::{Line, Measure, Stretch, Typesetter};

/// Size of titles: 2号.
const TITLE_SIZE: f64 = 22.0;
/// Size of page numbers and of the 版记: 4号.
pub(crate) const SMALL_SIZE: f64 = 14.0;
/// Size of notes and legends: 五号.
pub(crate) const NOTE_SIZE: f64 = 10.5;
/// Nothing is set smaller to fit its line.
const SMALLEST_SIZE: f64 = 6.0;
/// Characters of body text are spread at most so far, in cells.
pub(crate) const BODY_SPREAD: f64 = 0.4;

/// The type area in the direction it is read, in points.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Area {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

/// What running blocks down pages makes.
pub(crate) struct Laid {
    pub pages: Vec<Page>,
    pub anchors: Vec<Anchor>,
    pub elements: Vec<Element>,
    /// Characters in no face, with the first row they were found in.
    pub missing: BTreeMap<char, String>,
}

/// Pages in the making.
pub(crate) struct Flow<'a> {
    pub style: HouseStyle,
    pub faces: &'a Faces,
    pub setter: Typesetter<'a>,
    pub pages: Vec<Page>,
    pub anchors: Vec<Anchor>,
    /// From the type area's upper edge to the next thing, in points.
    pub y: f64,
    pub elements: Vec<Element>,
    /// The element that is being written; none for ornament.
    pub element: Option<usize>,
    /// Page that has number 1.
    pub first: usize,
    pub turned: bool,
}

impl<'a> Flow<'a> {
    pub(crate) fn new(style: HouseStyle, faces: &'a Faces) -> Self {
        Self {
            style,
            faces,
            setter: Typesetter::new(faces),
            pages: vec![Page::default()],
            anchors: Vec::new(),
            y: 0.0,
            elements: Vec::new(),
            element: None,
            first: 0,
            turned: false,
        }
    }

    /// Runs all blocks, and numbers the pages.
    pub(crate) fn run(mut self, blocks: &[Block]) -> Laid {
        for (place, block) in blocks.iter().enumerate() {
            let rest = &blocks[place + 1..];
            self.element = kind_of(block).map(|kind| self.add_element(kind, None));
            self.block(block, rest);
            self.element = None;
        }
        self.number_pages(self.first);
        Laid { pages: self.pages, anchors: self.anchors, elements: self.elements, missing: self.setter.missing }
    }

    fn block(&mut self, block: &Block, rest: &[Block]) {
        match block {
            Block::RedHead { name, number, issuer, date } => self.red_head(name, number, issuer, date),
            Block::Title { text, anchor } => {
                self.anchor(anchor, text, 1);
                self.title(text);
                if !matches!(rest.first(), Some(Block::Subtitle(_))) {
                    self.y += self.style.pitch;
                }
            }
            Block::Subtitle(text) => {
                self.centred_line(&Span::of(FaceRole::Kai, text.clone()), self.style.size);
                self.y += self.style.pitch;
            }
            Block::Addressee(text) => {
                let text = text.trim_end_matches(['：', ':']);
                self.paragraph(&[Span::new(format!("{text}："))], 0.0, 0);
            }
            Block::Heading { level, text, anchor } => {
                let role = match level {
                    1 => FaceRole::Hei,
                    2 => FaceRole::Kai,
                    _ => FaceRole::Fang,
                };
                // a heading is not left alone at the foot of a page, nor with the headings under it
                let under = rest.iter().take_while(|block| matches!(block, Block::Heading { .. })).count();
                let after = if matches!(rest.get(under), Some(Block::Table(_))) { 5 } else { 1 };
                self.need_lines(1 + under + after);
                self.anchor(anchor, text, *level + 1);
                self.paragraph(&[Span::of(role, text.clone())], 2.0, 0);
            }
            Block::Paragraph(spans) => {
                let tail = match rest.first() {
                    Some(Block::AnnexList(list)) => list.len() + 4,
                    Some(Block::Signature { .. }) => 3,
                    _ => 0,
                };
                self.paragraph(spans, 2.0, tail);
            }
            Block::AnnexList(list) => self.annex_list(list),
            Block::Signature { office, date } => self.signature(office, date),
            Block::AnnexHead { mark, title, anchor } => {
                self.anchor(anchor, &format!("{mark} {title}"), 1);
                self.paragraph(&[Span::of(FaceRole::Hei, mark.clone())], 0.0, 0);
                self.element = Some(self.add_element(ElementKind::Heading(2), None));
                self.y += self.style.pitch;
                self.title(title);
                self.y += self.style.pitch * 0.6;
            }
            Block::Note(spans) => {
                // a line over a table stays with it
                if matches!(rest.first(), Some(Block::Table(_))) && self.left_over() < NOTE_SIZE * 12.0 && self.y > 0.0 {
                    self.next_page();
                }
                self.small(spans, NOTE_SIZE, 0.0);
            }
            Block::Small(spans) => self.small(spans, SMALL_SIZE, 2.0),
            Block::Table(table) => self.table(table),
            Block::ShareBar(segments) => self.share_bar(segments),
            Block::Pillars(pillars) => self.pillars(pillars),
            Block::SlipHead { title, level, number, anchor } => {
                self.anchor(anchor, &format!("{title} {number}"), 1);
                self.slip_head(title, *level, number);
            }
            Block::Sheet { turned } => {
                self.turned = *turned;
                if self.y > 0.0 || !self.is_bare() {
                    self.next_page();
                } else if let Some(page) = self.pages.last_mut() {
                    page.turned = *turned;
                }
            }
            Block::Report => {
                if !self.is_bare() {
                    self.number_pages(self.first);
                    self.turned = false;
                    // a report of its own begins on a front side
                    if (self.pages.len() - self.first) % 2 == 1 {
                        self.next_page();
                    }
                    self.next_page();
                    self.first = self.pages.len() - 1;
                }
            }
            Block::Imprint { distribution, issuer, date, copies } => self.imprint(distribution, issuer, date, copies),
        }
    }

    fn is_bare(&self) -> bool {
        self.pages.last().is_none_or(|page| page.items.is_empty())
    }

    pub(crate) fn page(&mut self) -> &mut Page {
        if self.pages.is_empty() {
            self.pages.push(Page::default());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    pub(crate) fn area(&self) -> Area {
        let style = &self.style;
        let pt = |mm: f64| mm / MM_PER_PT;
        if self.turned {
            // the sheet's left edge is its head, its foot is at the reader's left
            Area {
                left: SHEET_HEIGHT - pt(style.top + style.height),
                top: pt(style.left),
                width: pt(style.height),
                height: pt(style.width),
            }
        } else {
            Area { left: pt(style.left), top: pt(style.top), width: pt(style.width), height: pt(style.height) }
        }
    }

    pub(crate) fn cell(&self) -> f64 {
        self.style.advance() / MM_PER_PT
    }

    pub(crate) fn next_page(&mut self) {
        self.pages.push(Page { turned: self.turned, ..Page::default() });
        self.y = 0.0;
    }

    pub(crate) fn left_over(&self) -> f64 {
        self.area().height - self.y
    }

    pub(crate) fn need_lines(&mut self, lines: usize) {
        self.snap();
        let height = (lines - 1) as f64 * self.style.pitch + self.style.size;
        if height > self.left_over() + 0.3 && self.y > 0.0 {
            self.next_page();
        }
    }

    /// Back onto the line grid, after something that is not of whole lines.
    pub(crate) fn snap(&mut self) {
        let pitch = self.style.pitch;
        self.y = ((self.y - 0.5) / pitch).ceil().max(0.0) * pitch;
    }

    fn anchor(&mut self, name: &str, title: &str, level: usize) {
        if name.is_empty() {
            return;
        }
        let y = self.area().top + self.y;
        self.anchors.push(Anchor { name: name.to_owned(), title: title.to_owned(), level, page: self.pages.len() - 1, y });
    }

    /// Adds an element; elements stand in reading order.
    pub(crate) fn add_element(&mut self, kind: ElementKind, parent: Option<usize>) -> usize {
        self.elements.push(Element { kind, parent });
        self.elements.len() - 1
    }

    /// Notes that the page's items from `from` on belong to the element that is being written.
    pub(crate) fn belongs(&mut self, from: usize) {
        let Some(element) = self.element else { return };
        let page = self.page();
        let after = page.items.len();
        match page.elements.last_mut() {
            Some((_, last, own)) if *own == element && *last == from => *last = after,
            _ if after > from => page.elements.push((from, after, element)),
            _ => {}
        }
    }

    /// Places a line, and the marks and links of its spans.
    pub(crate) fn place(&mut self, line: &Line, spans: &[Span], x: f64, baseline: f64, size: f64) {
        let mut items = text_items(line, spans, x, baseline, size);
        let from = self.page().items.len();
        self.page().items.append(&mut items);
        self.belongs(from);
        if spans.iter().all(|span| span.rows.is_empty() && span.to.is_empty()) {
            return;
        }
        let mut place = 0;
        while place < line.puts.len() {
            let stretch = line.puts[place].stretch;
            let after =
                line.puts[place..].iter().position(|put| put.stretch != stretch).map_or(line.puts.len(), |next| place + next);
            if let Some(span) = spans.get(stretch)
                && !(span.rows.is_empty() && span.to.is_empty())
            {
                let from = line.puts[place].x;
                let to = line.puts.get(after).map_or(line.width, |put| put.x);
                let area = (x + from, baseline - size * ASCENT, to - from, size);
                if !span.rows.is_empty() {
                    let mark = Mark { area, rows: span.rows.clone() };
                    self.page().marks.push(mark);
                }
                if !span.to.is_empty() {
                    let link = Link { area, to: span.to.clone() };
                    self.page().links.push(link);
                }
            }
            place = after;
        }
    }

    pub(crate) fn set(&mut self, spans: &[Span], measure: &Measure, row: &str) -> Vec<Line> {
        let stretches: Vec<Stretch<'_>> = spans.iter().map(|span| Stretch { text: &span.text, role: span.role }).collect();
        self.setter.set(&stretches, measure, row)
    }

    fn measure(&self, indent: f64) -> Measure {
        Measure { size: self.style.size, cell: self.cell(), width: self.area().width, indent, spread: BODY_SPREAD }
    }

    /// A paragraph on the line grid. Where `tail` lines that follow do not fit below it, its last two lines go over with them, so that
    /// no signature stands on a page without text.
    fn paragraph(&mut self, spans: &[Span], indent: f64, tail: usize) {
        self.snap();
        let area = self.area();
        let plain: String = spans.iter().take(2).map(|s| s.text.as_str()).collect();
        let row: String = plain.chars().take(16).collect();
        let lines = self.set(spans, &self.measure(indent), &format!("正文“{row}…”"));
        let size = self.style.size;
        let pitch = self.style.pitch;
        let room = ((self.left_over() + 0.3 - size) / pitch).floor() + 1.0;
        let ends_here = lines.len() as f64 <= room;
        let over = ends_here && tail > 0 && (lines.len() + tail) as f64 > room;
        for (place, line) in lines.iter().enumerate() {
            let goes_over = over && place == lines.len().saturating_sub(2);
            if (self.left_over() + 0.3 < size || goes_over) && self.y > 0.0 {
                self.next_page();
            }
            let baseline = area.top + self.y + size * ASCENT;
            self.place(line, spans, area.left, baseline, size);
            self.y += pitch;
        }
    }

    /// Title lines, centred, on the grid.
    fn title(&mut self, text: &str) {
        self.snap();
        let area = self.area();
        let columns = (area.width / TITLE_SIZE).floor();
        for line in break_title(text, columns) {
            self.centred_line(&Span::of(FaceRole::Title, line), TITLE_SIZE);
        }
    }

    fn centred_line(&mut self, span: &Span, size: f64) {
        let area = self.area();
        let measure = Measure { size, cell: size, width: area.width, indent: 0.0, spread: 0.0 };
        let spans = std::slice::from_ref(span);
        for line in self.set(spans, &measure, "标题") {
            if self.left_over() + 0.3 < size && self.y > 0.0 {
                self.next_page();
            }
            let x = area.left + (area.width - line.width) / 2.0;
            let baseline = area.top + self.y + size * ASCENT;
            self.place(&line, spans, x, baseline, size);
            self.y += self.style.pitch;
        }
    }

    /// Sets a short text on one line and tells its width.
    pub(crate) fn one_line(&mut self, span: &Span, size: f64) -> Line {
        let measure = Measure { size, cell: size, width: 1e6, indent: 0.0, spread: 0.0 };
        self.set(std::slice::from_ref(span), &measure, "版面").into_iter().next().unwrap_or_default()
    }

    /// A short text on one line of at most so many points, smaller where it would be wider, and the size it took. What would be too
    /// small to read is cut instead, with dots at its end.
    pub(crate) fn fitted(&mut self, span: &Span, size: f64, most: f64) -> (Line, f64) {
        let line = self.one_line(span, size);
        if line.width <= most {
            return (line, size);
        }
        let smaller = size * most / line.width;
        if smaller >= SMALLEST_SIZE {
            return (self.one_line(span, smaller), smaller);
        }
        let whole = self.one_line(span, SMALLEST_SIZE);
        let room = most - 2.0 * SMALLEST_SIZE;
        let kept: String = whole.puts.iter().take_while(|put| put.x < room).map(|put| put.character).chain(['…']).collect();
        (self.one_line(&Span { text: kept, ..span.clone() }, SMALLEST_SIZE), SMALLEST_SIZE)
    }

    fn red_head(&mut self, name: &str, number: &str, issuer: &str, date: &str) {
        let area = self.area();
        // 7.2.4: the name's upper edge lies 35 mm below that of the type area
        let top = area.top + 35.0 / MM_PER_PT;
        let span = Span::of(FaceRole::Title, name).inked(Ink::Red);
        let (line, size) = self.fitted(&span, 48.0, area.width * 0.96);
        let x = area.left + (area.width - line.width) / 2.0;
        self.place(&line, std::slice::from_ref(&span), x, top + size * ASCENT, size);
        let pitch = self.style.pitch;
        let body = self.style.size;
        let mut y = ((top + size - area.top) / pitch + 0.4).ceil() * pitch;
        if !number.is_empty() {
            let span = Span::of(FaceRole::Kai, number);
            let (line, size) = self.fitted(&span, body, area.width);
            let x = area.left + (area.width - line.width) / 2.0;
            let baseline = area.top + y + body * ASCENT;
            self.place(&line, std::slice::from_ref(&span), x, baseline, size);
            y += pitch;
        }
        let baseline = area.top + y + body * ASCENT;
        let cell = self.cell();
        let span = Span::new(date);
        let (line, size) = self.fitted(&span, body, area.width / 3.0);
        let x = area.left + area.width - cell - line.width;
        self.place(&line, std::slice::from_ref(&span), x, baseline, size);
        let span = Span::new(issuer);
        let (line, size) = self.fitted(&span, body, area.width * 0.6);
        self.place(&line, std::slice::from_ref(&span), area.left + cell, baseline, size);
        // 7.2.7: the red rule lies 4 mm below
        let rule = area.top + y + body + 4.0 / MM_PER_PT;
        self.page().items.push(Item::Rule {
            from: (area.left, rule),
            to: (area.left + area.width, rule),
            width: 1.6,
            ink: Ink::Red,
        });
        // 7.3.1: the title stands two lines below it
        self.y = rule - area.top + 1.5 * pitch;
        self.snap();
    }

    fn annex_list(&mut self, list: &[(String, String)]) {
        self.snap();
        self.y += self.style.pitch;
        let area = self.area();
        let cell = self.cell();
        let size = self.style.size;
        for (place, (title, anchor)) in list.iter().enumerate() {
            let label = match (place, list.len()) {
                (_, 1) => String::new(),
                (place, _) => format!("{}.", place + 1),
            };
            let hang = 5.0 + if label.is_empty() { 0.0 } else { 1.0 };
            let measure = Measure { width: area.width - hang * cell, ..self.measure(0.0) };
            let spans = [Span::new(title.clone()).leading_to(anchor)];
            let lines = self.set(&spans, &measure, "附件说明");
            for (number, line) in lines.iter().enumerate() {
                if self.left_over() + 0.3 < size {
                    self.next_page();
                }
                let baseline = area.top + self.y + size * ASCENT;
                if number == 0 {
                    if place == 0 {
                        let span = Span::new("附件：");
                        let head = self.one_line(&span, size);
                        self.place(&head, std::slice::from_ref(&span), area.left + 2.0 * cell, baseline, size);
                    }
                    let span = Span::new(label.clone());
                    let head = self.one_line(&span, size);
                    self.place(&head, std::slice::from_ref(&span), area.left + 5.0 * cell, baseline, size);
                }
                self.place(line, &spans, area.left + hang * cell, baseline, size);
                self.y += self.style.pitch;
            }
        }
    }

    /// 7.3.5.2, without a seal: the office two characters from the right, the date's first character two to the right of the office's.
    fn signature(&mut self, office: &str, date: &str) {
        self.snap();
        self.y += self.style.pitch;
        self.need_lines(2);
        let area = self.area();
        let cell = self.cell();
        let size = self.style.size;
        let measure = Measure { width: area.width - 4.0 * cell, spread: 0.0, ..self.measure(0.0) };
        let office = [Span::new(office)];
        let date = [Span::new(date)];
        let office_lines = self.set(&office, &measure, "落款");
        let date_lines = self.set(&date, &measure, "落款");
        let widest = |lines: &[Line]| lines.iter().map(|line| line.width).fold(0.0, f64::max);
        let (office_width, date_width) = (widest(&office_lines), widest(&date_lines));
        let right = area.left + area.width - 2.0 * cell;
        let mut office_left = right - office_width;
        if office_left + 2.0 * cell + date_width > right {
            office_left = right - date_width - 2.0 * cell;
        }
        for (lines, spans, left) in [(&office_lines, &office, office_left), (&date_lines, &date, office_left + 2.0 * cell)] {
            for line in lines.iter().filter(|line| !line.puts.is_empty()) {
                if self.left_over() + 0.3 < size {
                    self.next_page();
                }
                let baseline = area.top + self.y + size * ASCENT;
                self.place(line, spans, left, baseline, size);
                self.y += self.style.pitch;
            }
        }
    }

    /// A paragraph in smaller type, off the grid.
    fn small(&mut self, spans: &[Span], size: f64, indent: f64) {
        let area = self.area();
        let spread = if indent > 0.0 { BODY_SPREAD } else { 0.0 };
        let measure = Measure { size, cell: size, width: area.width, indent, spread };
        let lines = self.set(spans, &measure, "说明");
        self.y += size * 0.4;
        for line in lines {
            if self.left_over() < size {
                self.next_page();
            }
            let baseline = area.top + self.y + size * ASCENT;
            self.place(&line, spans, area.left, baseline, size);
            self.y += size * 1.5;
        }
        self.y += size * 0.2;
    }

    /// Shares as one bar over the width of the text, with a legend of the same colours and the words.
    fn share_bar(&mut self, segments: &[Segment]) {
        self.need_lines(2);
        let area = self.area();
        let indent = 2.0 * self.cell();
        let (left, width) = (area.left + indent, area.width - 2.0 * indent);
        let top = area.top + self.y + 2.0;
        let height = 13.0;
        let mut x = left;
        for segment in segments {
            let wide = width * segment.share.clamp(0.0, 1.0);
            self.segment_box(segment, x, top, wide, height);
            x += wide;
        }
        let mut x = left;
        let mut y = top + height + 6.0;
        for segment in segments {
            let span = Span::new(segment.label.clone());
            let line = self.one_line(&span, NOTE_SIZE);
            let own = NOTE_SIZE * 1.4 + line.width;
            if x + own > left + width {
                x = left;
                y += NOTE_SIZE * 1.5;
            }
            self.segment_box(segment, x, y + 1.5, NOTE_SIZE - 2.0, NOTE_SIZE - 2.0);
            self.place(&line, std::slice::from_ref(&span), x + NOTE_SIZE * 1.2, y + NOTE_SIZE * ASCENT, NOTE_SIZE);
            x += own + NOTE_SIZE;
        }
        self.y = y + NOTE_SIZE - area.top;
        self.snap();
    }

    pub(crate) fn segment_box(&mut self, segment: &Segment, x: f64, y: f64, width: f64, height: f64) {
        let (ink, _) = picture::lamp_inks(segment.lamp);
        let items = &mut self.page().items;
        items.push(Item::Box {
            x,
            y,
            width,
            height,
            radius: 0.0,
            fill: Some(if segment.pale { Ink::White } else { ink }),
            stroke: Some((Ink::Black, 0.4)),
        });
        if !segment.pale {
            return;
        }
        // slanted strokes tell a second kind of the same colour apart, in black and white too
        let step = 3.6;
        let mut from = x - height + step;
        while from < x + width {
            let (x1, x2) = (from.max(x), (from + height).min(x + width));
            if x2 > x1 {
                items.push(Item::Rule {
                    from: (x1, y + height - (x1 - from)),
                    to: (x2, y + height - (x2 - from)),
                    width: 1.5,
                    ink,
                });
            }
            from += step;
        }
    }

    /// Where a part of a cell stands when it is narrower than its column.
    pub(crate) fn aligned(align: Align, left: f64, width: f64, own: f64) -> f64 {
        match align {
            Align::Left => left,
            Align::Centre => left + (width - own) / 2.0,
        }
    }
}

/// A text item for each run of one face and colour.
pub(crate) fn text_items(line: &Line, spans: &[Span], left: f64, baseline: f64, size: f64) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for put in &line.puts {
        let colour = spans.get(put.stretch).map_or(Ink::Black, |span| span.ink);
        match items.last_mut() {
            Some(Item::Text { x, face, ink, text, offsets, .. }) if *face == put.face && *ink == colour => {
                text.push(put.character);
                offsets.push((left + put.x - *x) as f32);
            }
            _ => items.push(Item::Text {
                x: left + put.x,
                y: baseline,
                size,
                face: put.face,
                ink: colour,
                text: put.character.to_string(),
                offsets: vec![0.0],
            }),
        }
    }
    items
}

/// What a block is in the tree of the document. A table makes its own elements.
fn kind_of(block: &Block) -> Option<ElementKind> {
    match block {
        Block::Title { .. } | Block::SlipHead { .. } => Some(ElementKind::Heading(1)),
        Block::Heading { level, .. } => Some(ElementKind::Heading(level + 1)),
        Block::ShareBar(segments) => {
            let told: Vec<String> =
                segments.iter().map(|s| format!("{}，占{}", s.label, crate::wording::percent(s.share))).collect();
            Some(ElementKind::Picture(format!("占比图：{}", told.join("；"))))
        }
        Block::Pillars(pillars) => Some(ElementKind::Picture(format!("时点图：{}", crate::block::pillars_in_words(pillars)))),
        Block::Table(_) | Block::Sheet { .. } | Block::Report => None,
        _ => Some(ElementKind::Paragraph),
    }
}
