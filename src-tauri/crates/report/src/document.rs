//! A report that is laid out: its pages and all that is known about them.

use crate::block::{Block, Part, Span};
use crate::faces::{FaceRole, Faces};
use crate::figures::Figures;
use crate::flow::Flow;
use crate::one_page;
use crate::page::{Anchor, Element, Page};
use crate::view::{Kind, Options, View};
use crate::wording;

/// What the file's properties say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Properties {
    /// Title.
    pub title: String,
    /// Subject: kind of report and quarter.
    pub subject: String,
    /// Author: the office.
    pub author: String,
    /// Keywords: plans.
    pub keywords: Vec<String>,
    /// Date of the report.
    pub date: chrono::NaiveDate,
}

/// A character that no face has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingCharacter {
    /// The character.
    pub character: char,
    /// Where it was met first: 第12项, 正文“…”.
    pub row: String,
}

impl std::fmt::Display for MissingCharacter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{}中的“{}”(U+{:04X})在现有字体中没有字形,已印作〓;请换用其他字,或安装含有该字的字体后重新生成",
            self.row,
            self.character,
            u32::from(self.character)
        )
    }
}

/// A report, laid out.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Its pages.
    pub pages: Vec<Page>,
    /// Places that bookmarks and links lead to, in the order of the pages.
    pub anchors: Vec<Anchor>,
    /// Its elements in reading order: headings, paragraphs, tables with their rows and cells.
    pub elements: Vec<Element>,
    /// What the file's properties say.
    pub properties: Properties,
    /// Characters of the text without annexes, without spaces.
    pub characters: usize,
    /// How many characters the burden-relief rule allows for it; none where it sets no limit.
    pub limit: Option<usize>,
    /// Characters that no face has.
    pub missing: Vec<MissingCharacter>,
    /// The faces used, by role: 小标宋：Noto Serif SC.
    pub faces: Vec<String>,
    /// The figures it was written from.
    pub figures: Figures,
}

/// 关于基层减负的规定: a document to the whole county is generally held to so many characters.
const BULLETIN_LIMIT: usize = 4000;

/// Lays a report out.
///
/// Everything in the view prints as it is, however long or odd; what no face can show is told in [`Document::missing`].
#[must_use]
pub fn compose(view: &View, kind: &Kind, options: &Options, faces: &Faces) -> Document {
    let figures = Figures::of(view);
    let fits = |blocks: &[Block]| Flow::new(options.style, faces).run(blocks).pages.len() == 1;
    let mut blocks = blocks(view, &figures, kind, options, &fits);
    let mut laid = Flow::new(options.style, faces).run(&blocks);
    if let Kind::OnePage(id) = kind {
        // one page is one page: fewer rows until it is
        let mut rows = one_page::MOST_ROWS;
        while laid.pages.len() > 1 && rows > 0 {
            rows -= 1;
            blocks = one_page::one_page(view, &figures, id.as_ref(), rows);
            laid = Flow::new(options.style, faces).run(&blocks);
        }
    }
    let characters = characters(&blocks);
    Document {
        pages: laid.pages,
        anchors: laid.anchors,
        elements: laid.elements,
        properties: properties(view, kind, &blocks),
        characters,
        limit: (*kind == Kind::Bulletin).then_some(BULLETIN_LIMIT),
        missing: laid.missing.into_iter().map(|(character, row)| MissingCharacter { character, row }).collect(),
        faces: FaceRole::ALL.iter().map(|role| format!("{}：{}", role.chinese(), faces.family(*role))).collect(),
        figures,
    }
}

/// The content of a report, in its order.
///
/// `fits` tells whether blocks take one page, for forms that must.
pub(crate) fn blocks(
    view: &View,
    figures: &Figures,
    kind: &Kind,
    options: &Options,
    fits: &dyn Fn(&[Block]) -> bool,
) -> Vec<Block> {
    match kind {
        Kind::Bulletin => crate::bulletin::bulletin(view, figures, options),
        Kind::Department(id) => crate::department::department(view, figures, id),
        Kind::AllDepartments => crate::department::all(view, figures),
        Kind::OnePage(id) => one_page::one_page(view, figures, id.as_ref(), one_page::MOST_ROWS),
        Kind::Slip(id) => crate::slip::slips(view, id.as_ref(), fits),
        Kind::Yearbook => crate::yearbook::yearbook(view),
        Kind::Timeline => crate::timeline::timeline(view),
        Kind::Receipt(receipt) => crate::exchange::receipt(view, receipt),
        Kind::Reminder(reminder) => crate::exchange::reminder(view, reminder),
    }
}

fn properties(view: &View, kind: &Kind, blocks: &[Block]) -> Properties {
    let title = blocks.iter().find_map(|block| match block {
        Block::Title { text, .. } => Some(text.clone()),
        Block::SlipHead { title, .. } => Some(title.clone()),
        _ => None,
    });
    let what = match kind {
        Kind::Bulletin => "季度通报",
        Kind::Department(_) | Kind::AllDepartments => "部门清单",
        Kind::OnePage(_) => "领导一页纸",
        Kind::Slip(_) => "督办单",
        Kind::Yearbook => "指标年鉴",
        Kind::Timeline => "时间轴",
        Kind::Receipt(_) => "报送单",
        Kind::Reminder(_) => "催报单",
    };
    Properties {
        title: title.unwrap_or_else(|| what.to_owned()),
        subject: format!("{}{}", view.quarter.chinese(), what.trim_start_matches("季度")),
        author: view.office.clone(),
        keywords: view.plans.iter().map(|plan| plan.title.clone()).collect(),
        date: view.as_of,
    }
}

/// Characters of the text before the first annex, without spaces.
fn characters(blocks: &[Block]) -> usize {
    let count = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let spans = |spans: &[Span]| spans.iter().map(|span| count(&span.text)).sum::<usize>();
    blocks
        .iter()
        .take_while(|block| !matches!(block, Block::AnnexHead { .. }))
        .map(|block| match block {
            Block::Title { text, .. } | Block::Heading { text, .. } => count(text),
            Block::Subtitle(text) | Block::Addressee(text) => count(text),
            Block::Paragraph(text) | Block::Small(text) | Block::Note(text) => spans(text),
            Block::AnnexList(list) => list.iter().map(|(title, _)| count(title)).sum(),
            Block::Signature { office, date } => count(office) + count(date),
            Block::Table(table) => table
                .rows
                .iter()
                .flat_map(|row| &row.cells)
                .flat_map(|cell| &cell.parts)
                .map(|part| match part {
                    Part::Text(text) | Part::Tick { text, .. } => spans(text),
                    _ => 0,
                })
                .sum(),
            _ => 0,
        })
        .sum()
}

/// A file name for the report, without ending: characters that a file system refuses are left out.
#[must_use]
pub fn file_name(view: &View, kind: &Kind) -> String {
    let book = wording::Book::of(view);
    let quarter = view.quarter.chinese();
    let name = match kind {
        Kind::Bulletin => format!("{}{quarter}通报", view.place),
        Kind::Department(id) => format!("{}{quarter}清单", book.name(id)),
        Kind::AllDepartments => format!("{}{quarter}各部门清单", view.place),
        Kind::OnePage(Some(id)) => format!("{}{quarter}一页纸", book.name(id)),
        Kind::OnePage(None) => format!("{}{quarter}一页纸", view.place),
        Kind::Slip(Some(id)) => format!("{}{quarter}督办单", book.name(id)),
        Kind::Slip(None) => format!("{}{quarter}督办单", view.place),
        Kind::Yearbook => format!("{}{quarter}指标年鉴", view.place),
        Kind::Timeline => format!("{}{quarter}时间轴", view.place),
        Kind::Receipt(receipt) => format!("{}{quarter}报送单", book.name(&receipt.department)),
        Kind::Reminder(_) => format!("{}{quarter}催报单", view.place),
    };
    name.chars()
        .filter(|c| !c.is_control() && !matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|'))
        .take(80)
        .collect()
}
