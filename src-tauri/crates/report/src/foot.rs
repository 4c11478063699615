//! What stands below the text: page numbers, and the 版记 of the last side.

use crate::block::Span;
use crate::flow::{Area, BODY_SPREAD, Flow, SMALL_SIZE, text_items};
use crate::page::{Ink, Item};
use crate::picture::ASCENT;
use crate::style::{HouseStyle, MM_PER_PT};
use crate::typeset::Measure;

/// A page number's dash stands so far below the type area, in millimetres.
const NUMBER_DROP: f64 = 7.0;
/// Line pitch of the 版记, in em.
const PITCH: f64 = 1.75;

impl Flow<'_> {
    /// 7.4.1: at the foot of the last side, which is even; blank sides before it and its own carry no number.
    pub(crate) fn imprint(&mut self, distribution: &str, issuer: &str, date: &str, copies: &str) {
        if distribution.is_empty() && issuer.is_empty() && copies.is_empty() {
            return;
        }
        let numbered = self.pages.len();
        let area = Self::upright(&self.style);
        let body = [Span::new(format!("{}。", distribution.trim_end_matches('。')))];
        let mut size = SMALL_SIZE;
        let copied = loop {
            let measure = Measure { size, cell: size, width: area.width - 5.0 * size, indent: 0.0, spread: BODY_SPREAD };
            let copied = if distribution.is_empty() { Vec::new() } else { self.set(&body, &measure, "版记") };
            // the whole of it stands on one side, however many it is copied to
            if (copied.len() + 2) as f64 * size * PITCH < area.height || size < 4.0 {
                break copied;
            }
            size *= 0.85;
        };
        let pitch = size * PITCH;
        let height = (copied.len() + 1) as f64 * pitch + 4.0;
        let last_turned = self.pages.last().is_some_and(|page| page.turned);
        self.turned = false;
        if last_turned || self.y + height > area.height {
            self.next_page();
        }
        while (self.pages.len() - self.first) % 2 == 1 {
            self.next_page();
        }
        let unnumbered = self.pages.len() > numbered;
        let bottom = area.top + area.height;
        let top = bottom - height;
        let rule = |y: f64, thick: bool| Item::Rule {
            from: (area.left, y),
            to: (area.left + area.width, y),
            width: if thick { 0.35 } else { 0.25 } / MM_PER_PT,
            ink: Ink::Black,
        };
        self.page().items.push(rule(top, true));
        let text_top = |row: usize| top + 2.0 + row as f64 * pitch + (pitch - size) / 2.0;
        for (row, line) in copied.iter().enumerate() {
            let baseline = text_top(row) + size * ASCENT;
            if row == 0 {
                let span = Span::new("抄送：");
                let head = self.one_line(&span, size);
                let x = area.left + size;
                self.place(&head, std::slice::from_ref(&span), x, baseline, size);
            }
            self.place(line, &body, area.left + 4.0 * size, baseline, size);
        }
        let row = copied.len();
        if row > 0 {
            let y = top + 2.0 + row as f64 * pitch;
            self.page().items.push(rule(y, false));
        }
        let baseline = text_top(row) + size * ASCENT;
        let mut text = format!("{date}印发");
        if !copies.is_empty() {
            text = format!("{text}（{copies}）");
        }
        let span = Span::new(text);
        let (line, own) = self.fitted(&span, size, area.width * 0.55);
        let left = area.left + area.width - size - line.width;
        self.place(&line, std::slice::from_ref(&span), left, baseline, own);
        let span = Span::new(issuer);
        let (line, own) = self.fitted(&span, size, left - area.left - 2.0 * size);
        self.place(&line, std::slice::from_ref(&span), area.left + size, baseline, own);
        self.page().items.push(rule(bottom, true));
        self.y = area.height;
        if unnumbered {
            let first = self.first;
            self.number(first, numbered);
            // these sides stay without numbers
            self.first = self.pages.len();
        }
    }

    pub(crate) fn upright(style: &HouseStyle) -> Area {
        let pt = |mm: f64| mm / MM_PER_PT;
        Area { left: pt(style.left), top: pt(style.top), width: pt(style.width), height: pt(style.height) }
    }

    pub(crate) fn number_pages(&mut self, first: usize) {
        let last = self.pages.len();
        self.number(first, last);
    }

    /// 7.5: 4号, between two dashes, 7 mm below the type area; odd at the right, even at the left, one character in. On a turned page
    /// it keeps its place on the sheet.
    fn number(&mut self, first: usize, last: usize) {
        let area = Self::upright(&self.style);
        for place in first..last {
            let number = place - first + 1;
            let span = Span::new(format!("— {number} —"));
            let line = self.one_line(&span, SMALL_SIZE);
            let x = if number % 2 == 1 { area.left + area.width - SMALL_SIZE - line.width } else { area.left + SMALL_SIZE };
            // the dash runs 0.38 em above the baseline in Chinese faces
            let baseline = area.top + area.height + NUMBER_DROP / MM_PER_PT + SMALL_SIZE * 0.38;
            self.pages[place].furniture = text_items(&line, std::slice::from_ref(&span), x, baseline, SMALL_SIZE);
        }
    }
}
