//! Pages of placed items: what layout makes and what the PDF writer draws. Plain data; lengths are points from the upper left corner.

use std::fmt::Write as _;

use plan::{DepartmentId, IndicatorId, MilestoneId, TargetId, TaskId};

use crate::faces::FaceId;
use crate::style::MM_PER_PT;

/// A row of the workbook that something on a page comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowId {
    /// A task.
    Task(TaskId),
    /// A target and its figure.
    Target(TargetId),
    /// A milestone.
    Milestone(MilestoneId),
    /// A department.
    Department(DepartmentId),
    /// An indicator.
    Indicator(IndicatorId),
}

/// The colours of a report. Each is as legible in black and white.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Text.
    Black,
    /// Secondary text and thin rules.
    Grey,
    /// Table heads, empty bars.
    Pale,
    /// Paper.
    White,
    /// The red head and the red lamp.
    Red,
    /// The green lamp.
    Green,
    /// The yellow lamp.
    Yellow,
    /// The blue slip.
    Blue,
}

impl Ink {
    /// Red, green and blue, 0..1.
    #[must_use]
    pub fn rgb(self) -> [f32; 3] {
        match self {
            Self::Black => [0.0, 0.0, 0.0],
            Self::Grey => [0.42, 0.42, 0.42],
            Self::Pale => [0.91, 0.92, 0.93],
            Self::White => [1.0, 1.0, 1.0],
            Self::Red => [0.76, 0.09, 0.11],
            Self::Green => [0.10, 0.45, 0.22],
            Self::Yellow => [0.98, 0.78, 0.13],
            Self::Blue => [0.11, 0.33, 0.65],
        }
    }
}

/// Something placed on a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// Characters of one face and size on one baseline.
    Text {
        /// Left end of the baseline.
        x: f64,
        /// The baseline.
        y: f64,
        /// Size of type.
        size: f64,
        /// The face.
        face: FaceId,
        /// Colour.
        ink: Ink,
        /// The characters in reading order.
        text: String,
        /// Where each character stands, from `x`.
        offsets: Vec<f32>,
    },
    /// A straight line.
    Rule {
        /// From.
        from: (f64, f64),
        /// To.
        to: (f64, f64),
        /// Width of the line.
        width: f64,
        /// Colour.
        ink: Ink,
    },
    /// A box, rounded where `radius` is not 0.
    Box {
        /// Left.
        x: f64,
        /// Top.
        y: f64,
        /// Width.
        width: f64,
        /// Height.
        height: f64,
        /// Radius of the corners.
        radius: f64,
        /// Filled with.
        fill: Option<Ink>,
        /// Outlined with, and how wide.
        stroke: Option<(Ink, f64)>,
    },
    /// Straight strokes from point to point.
    Strokes {
        /// The points.
        points: Vec<(f64, f64)>,
        /// Width of the stroke.
        width: f64,
        /// Colour.
        ink: Ink,
    },
}

/// A place on a page that leads to the rows it was made from. A click on it in the preview opens them.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Left, top, width and height in points, as the sheet is read.
    pub area: (f64, f64, f64, f64),
    /// The rows.
    pub rows: Vec<RowId>,
}

/// A place on a page that leads to another page.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Left, top, width and height in points, as the sheet is read.
    pub area: (f64, f64, f64, f64),
    /// Name of an [`Anchor`].
    pub to: String,
}

/// What an element of a report is, for programs that read it aloud or take it apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ElementKind {
    /// A title or heading; 1 is the report's title.
    Heading(usize),
    /// A paragraph, a line of a form.
    Paragraph,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A cell of a table's head.
    HeadCell,
    /// A cell of a table.
    Cell,
    /// A picture, with what it shows in words.
    Picture(String),
}

/// A piece of a report as a reader finds it, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// What it is.
    pub kind: ElementKind,
    /// Place of the element it belongs to; none at the top.
    pub parent: Option<usize>,
}

/// One side of a sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// True where the text runs along the sheet's long side: the sheet is turned to be read. Its head is at the sheet's left edge
    /// (towards the binding on odd pages, towards the cut on even ones), as GB/T 9704 7.4 has it.
    pub turned: bool,
    /// What stands on it, in the direction it is read.
    pub items: Vec<Item>,
    /// What keeps its place on the upright sheet: the page number.
    pub furniture: Vec<Item>,
    /// Places that lead to rows.
    pub marks: Vec<Mark>,
    /// Places that lead to pages.
    pub links: Vec<Link>,
    /// Which element of the report runs of `items` belong to: first item, one past the last, place among the document's elements. What is in
    /// no run is ornament: rules, repeated table heads.
    pub elements: Vec<(usize, usize, usize)>,
}

/// Width of an A4 sheet in points.
pub const SHEET_WIDTH: f64 = 210.0 / MM_PER_PT;
/// Height of an A4 sheet in points.
pub const SHEET_HEIGHT: f64 = 297.0 / MM_PER_PT;

/// A place that bookmarks and links lead to.
#[derive(Debug, Clone, PartialEq)]
pub struct Anchor {
    /// Name within the document.
    pub name: String,
    /// What the bookmark says; empty makes none.
    pub title: String,
    /// Depth of the bookmark, 1 at the top.
    pub level: usize,
    /// Page, counted from 0.
    pub page: usize,
    /// From the page's upper edge, in points.
    pub y: f64,
}

impl Page {
    /// Width in the direction it is read, in points.
    #[must_use]
    pub fn width(&self) -> f64 {
        if self.turned { SHEET_HEIGHT } else { SHEET_WIDTH }
    }

    /// Height in the direction it is read, in points.
    #[must_use]
    pub fn height(&self) -> f64 {
        if self.turned { SHEET_WIDTH } else { SHEET_HEIGHT }
    }

    /// The page as text with positions in millimetres, a line for each text item, top to bottom: small and readable for tests.
    #[must_use]
    pub fn transcript(&self) -> String {
        let mut out = String::new();
        let mut lines: Vec<(f64, f64, &str, f64)> = self
            .items
            .iter()
            .chain(&self.furniture)
            .filter_map(|item| match item {
                Item::Text { x, y, size, text, .. } => Some((*y, *x, text.as_str(), *size)),
                _ => None,
            })
            .collect();
        lines.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        for (y, x, text, size) in lines {
            let _ = writeln!(out, "{:6.1} {:6.1} {size:4.1} {text}", x * MM_PER_PT, y * MM_PER_PT);
        }
        out
    }
}
