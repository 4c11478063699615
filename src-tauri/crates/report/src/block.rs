//! What a report says, in its order, before anything is placed: the one content that PDF, docx and xlsx are made from.

use plan::Lamp;

use crate::faces::FaceRole;
use crate::page::{Ink, RowId};
use crate::view::SlipLevel;

/// A stretch of text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Span {
    pub text: String,
    pub role: FaceRole,
    pub ink: Ink,
    /// Rows the figure comes from; empty for plain words.
    pub rows: Vec<RowId>,
    /// Name of the anchor it leads to; empty for none.
    pub to: String,
}

impl Span {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self::of(FaceRole::Fang, text)
    }

    pub(crate) fn of(role: FaceRole, text: impl Into<String>) -> Self {
        Self { text: text.into(), role, ink: Ink::Black, rows: Vec::new(), to: String::new() }
    }

    pub(crate) fn counting(mut self, rows: Vec<RowId>) -> Self {
        self.rows = rows;
        self
    }

    pub(crate) fn inked(mut self, ink: Ink) -> Self {
        self.ink = ink;
        self
    }

    pub(crate) fn leading_to(mut self, anchor: &str) -> Self {
        anchor.clone_into(&mut self.to);
        self
    }
}

/// How a line stands in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Centre,
}

/// Part of a table cell, one under the other.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Part {
    Text(Vec<Span>),
    /// A lamp with its character, and a short text beside it.
    Lamp {
        lamp: Lamp,
        word: String,
        beside: String,
    },
    /// How much is done, with a tick where the schedule stands (both 0..1 and above), and a short text beside it.
    Bar {
        completion: Option<f64>,
        schedule: Option<f64>,
        beside: String,
    },
    /// A box to tick, ticked or not, before text.
    Tick {
        done: bool,
        text: Vec<Span>,
    },
    /// Blank lines to write on.
    Blank(usize),
}

impl Part {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(vec![Span::new(text)])
    }
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cell {
    pub parts: Vec<Part>,
    pub align: Align,
    /// How many columns it covers.
    pub span: usize,
}

impl Cell {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self { parts: vec![Part::text(text)], align: Align::Left, span: 1 }
    }

    pub(crate) fn of(parts: Vec<Part>) -> Self {
        Self { parts, align: Align::Left, span: 1 }
    }

    pub(crate) fn aligned(mut self, align: Align) -> Self {
        self.align = align;
        self
    }

    pub(crate) fn spanning(mut self, columns: usize) -> Self {
        self.span = columns;
        self
    }
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub cells: Vec<Cell>,
    /// A heading within the table: stays with the row after it.
    pub heading: bool,
    /// Rows of the workbook it shows.
    pub rows: Vec<RowId>,
    /// What it is called in a warning: 第12项.
    pub name: String,
}

/// What a column may be as wide as.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Width {
    /// Exactly so many cells of the table's type.
    Fixed(f64),
    /// As its content asks, between so many cells and so many.
    Content { least: f64, most: f64 },
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Column {
    pub title: String,
    pub width: Width,
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table {
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// Size of its type, in points.
    pub size: f64,
    /// Whether it prints its head at all.
    pub head: bool,
}

/// A step of a share bar.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Segment {
    pub label: String,
    pub share: f64,
    pub lamp: Lamp,
    /// Hatched, to tell two of one colour apart.
    pub pale: bool,
}

/// What falls due in a quarter, drawn as a pillar: done, overdue, still to come.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pillar {
    pub year: i32,
    pub quarter: u8,
    pub parts: [usize; 3],
    /// The quarter of the report.
    pub now: bool,
    pub rows: Vec<RowId>,
}

/// Something a report says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Block {
    /// The red head of a bulletin: its name, number, issuer and date, above a red rule.
    RedHead {
        name: String,
        number: String,
        issuer: String,
        date: String,
    },
    /// The title, broken by sense; with an anchor.
    Title {
        text: String,
        anchor: String,
    },
    /// A line under the title in 楷体.
    Subtitle(String),
    /// 主送.
    Addressee(String),
    /// A heading: level 1 is 一、, 2 is (一), 3 is 1.
    Heading {
        level: usize,
        text: String,
        anchor: String,
    },
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A paragraph in 4号, where room is short.
    Small(Vec<Span>),
    /// Lines that begin with 附件: under the body.
    AnnexList(Vec<(String, String)>),
    /// 落款 and date.
    Signature {
        office: String,
        date: String,
    },
    /// 附件1 at the upper left, then its title.
    AnnexHead {
        mark: String,
        title: String,
        anchor: String,
    },
    /// A small line over or under a table.
    Note(Vec<Span>),
    Table(Table),
    /// A bar of shares with its legend.
    ShareBar(Vec<Segment>),
    /// Pillars over the quarters with their legend.
    Pillars(Vec<Pillar>),
    /// The boxed head of a slip with its level.
    SlipHead {
        title: String,
        level: SlipLevel,
        number: String,
        anchor: String,
    },
    /// From here on a fresh page, upright or turned.
    Sheet {
        turned: bool,
    },
    /// From here on a fresh page that begins a report of its own: page numbers start at 1.
    Report,
    /// 版记 at the foot of the last page, which is even.
    Imprint {
        distribution: String,
        issuer: String,
        date: String,
        copies: String,
    },
}

/// The picture in words, for those who cannot see it.
pub(crate) fn pillars_in_words(pillars: &[Pillar]) -> String {
    let told = pillars.iter().filter(|pillar| pillar.parts.iter().sum::<usize>() > 0).map(|pillar| {
        let [done, overdue, open] = pillar.parts;
        format!("{}年{}季度已完成{done}、超期未完成{overdue}、未到期{open}", pillar.year, pillar.quarter)
    });
    told.collect::<Vec<_>>().join("；")
}

/// Size of type in the annex tables: 五号.
pub(crate) const TABLE_SIZE: f64 = 10.5;

/// A column of a table.
pub(crate) fn column(title: &str, width: Width) -> Column {
    Column { title: title.to_owned(), width }
}
