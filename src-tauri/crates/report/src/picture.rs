//! Drawn things: lamps, bars, boxes to tick. All are vectors, and all say what they say without colour too.

use plan::Lamp;

use crate::faces::{FaceRole, Faces};
use crate::page::{Ink, Item};

/// How far the baseline lies below the upper edge of a character's box, in em: ideographic characters stand 0.12 em below it.
pub(crate) const ASCENT: f64 = 0.88;

/// The lamp's colour and the colour of the character in it.
pub(crate) fn lamp_inks(lamp: Lamp) -> (Ink, Ink) {
    match lamp {
        Lamp::Green => (Ink::Green, Ink::White),
        Lamp::Yellow => (Ink::Yellow, Ink::Black),
        Lamp::Red => (Ink::Red, Ink::White),
        Lamp::None => (Ink::White, Ink::Black),
    }
}

/// Size of a lamp for a size of type: width and height.
pub(crate) fn lamp_size(size: f64) -> (f64, f64) {
    (size * 2.1, size * 1.3)
}

/// A lamp: a pill in its colour with its character. Nothing to judge is an empty ring.
pub(crate) fn lamp(items: &mut Vec<Item>, faces: &Faces, lamp: Lamp, word: &str, size: f64, x: f64, y: f64) {
    let (width, height) = lamp_size(size);
    let (fill, ink) = lamp_inks(lamp);
    if lamp == Lamp::None && word == Lamp::None.chinese() {
        items.push(Item::Box {
            x: x + (width - height * 0.7) / 2.0,
            y: y + height * 0.15,
            width: height * 0.7,
            height: height * 0.7,
            radius: height * 0.35,
            fill: None,
            stroke: Some((Ink::Black, 0.7)),
        });
        return;
    }
    items.push(Item::Box { x, y, width, height, radius: height / 2.0, fill: Some(fill), stroke: Some((Ink::Black, 0.4)) });
    centred(items, faces, word, FaceRole::Hei, size * 0.95, ink, x + width / 2.0, y + height / 2.0);
}

/// A short text on one line, centred on a point. Characters in no face are left out: whoever shows the word in a text has warned.
#[expect(clippy::too_many_arguments, reason = "a text, its look and its place")]
pub(crate) fn centred(items: &mut Vec<Item>, faces: &Faces, text: &str, role: FaceRole, size: f64, ink: Ink, x: f64, y: f64) {
    let glyphs: Vec<_> = text.chars().filter_map(|c| faces.glyph(role, c).map(|glyph| (c, glyph))).collect();
    let total: f64 = glyphs.iter().map(|(_, glyph)| glyph.advance * size).sum();
    let mut left = x - total / 2.0;
    for (character, glyph) in glyphs {
        items.push(Item::Text {
            x: left,
            y: y + size * (ASCENT - 0.5),
            size,
            face: glyph.face,
            ink,
            text: character.to_string(),
            offsets: vec![0.0],
        });
        left += glyph.advance * size;
    }
}

/// A bar of completion with a tick where the schedule stands.
pub(crate) fn bar(
    items: &mut Vec<Item>,
    (x, y, width, height): (f64, f64, f64, f64),
    completion: Option<f64>,
    schedule: Option<f64>,
) {
    let part = |value: Option<f64>| value.filter(|v| v.is_finite()).map(|v| v.clamp(0.0, 1.0));
    items.push(Item::Box { x, y, width, height, radius: 0.0, fill: Some(Ink::Pale), stroke: None });
    if let Some(done) = part(completion).filter(|done| *done > 0.0) {
        items.push(Item::Box { x, y, width: width * done, height, radius: 0.0, fill: Some(Ink::Grey), stroke: None });
    }
    items.push(Item::Box { x, y, width, height, radius: 0.0, fill: None, stroke: Some((Ink::Black, 0.4)) });
    if let Some(due) = part(schedule) {
        items.push(Item::Rule {
            from: (x + width * due, y - height * 0.45),
            to: (x + width * due, y + height * 1.45),
            width: 1.1,
            ink: Ink::Black,
        });
    }
}

/// A box to tick, of the size of a character whose box begins at (x, y).
pub(crate) fn tick_box(items: &mut Vec<Item>, done: bool, size: f64, x: f64, y: f64) {
    let side = size * 0.76;
    let (x, y) = (x + size * 0.12, y + size * 0.14);
    items.push(Item::Box { x, y, width: side, height: side, radius: 0.0, fill: None, stroke: Some((Ink::Black, 0.7)) });
    if done {
        items.push(Item::Strokes {
            points: vec![
                (x + side * 0.18, y + side * 0.52),
                (x + side * 0.42, y + side * 0.78),
                (x + side * 0.84, y + side * 0.20),
            ],
            width: 1.2,
            ink: Ink::Black,
        });
    }
}
