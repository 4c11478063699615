//! The same content as a text document: real styles and sections, so that an office can go on writing in Word or WPS.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use crate::block::{Align, Block, Cell, Part, Segment, Span, Table};
use crate::docx_parts as parts;
use crate::faces::FaceRole;
use crate::figures::Figures;
use crate::page::Ink;
use crate::picture::lamp_inks;
use crate::style::{HouseStyle, MM_PER_PT};
use crate::title::break_title;
use crate::view::{Kind, Options, View};
use crate::wording::percent;

/// Rows of the one page: the writer of a text document does not know how high they become, so it takes few.
const ONE_PAGE_ROWS: usize = 5;

/// Writes a report as .docx.
#[must_use]
pub fn docx(view: &View, kind: &Kind, options: &Options) -> Vec<u8> {
    let figures = Figures::of(view);
    let blocks = match kind {
        Kind::OnePage(id) => crate::one_page::one_page(view, &figures, id.as_ref(), ONE_PAGE_ROWS),
        // few lines to write on, so that slip and receipt keep to one sheet in any face
        _ => crate::document::blocks(view, &figures, kind, options, &|_| false),
    };
    let body = Body::of(&blocks, options.style);
    let title = crate::document::file_name(view, kind);
    let mut file = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let entry = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for (name, content) in [
        ("[Content_Types].xml", parts::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", parts::RELATIONS.to_owned()),
        ("docProps/core.xml", parts::core(&escape(&title), &escape(&view.office), &escape(&view.quarter.chinese()), view.as_of)),
        ("docProps/app.xml", parts::APP.to_owned()),
        ("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS.to_owned()),
        ("word/document.xml", parts::document(&body)),
        ("word/styles.xml", parts::styles(&options.style)),
        ("word/settings.xml", parts::SETTINGS.to_owned()),
        ("word/footer1.xml", parts::footer("right")),
        ("word/footer2.xml", parts::footer("left")),
    ] {
        // writing to memory fails only where memory does
        let _ = file.start_file(name, entry).and_then(|()| Ok(file.write_all(content.as_bytes())?));
    }
    file.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// Text as XML takes it.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push(' '),
            c if c.is_control() || matches!(u32::from(c), 0xfffe | 0xffff | 0x202a..=0x202e | 0x2066..=0x2069) => {}
            c => out.push(c),
        }
    }
    out
}

fn hex(ink: Ink) -> String {
    let [r, g, b] = ink.rgb().map(|part| (part * 255.0).round() as u8);
    format!("{r:02X}{g:02X}{b:02X}")
}

fn twips(points: f64) -> i64 {
    (points * 20.0).round() as i64
}

struct Body {
    xml: String,
    style: HouseStyle,
    turned: bool,
    /// Whether page numbers of the section being written start at 1.
    restarts: bool,
    /// Whether anything stands in the section being written.
    begun: bool,
    bookmarks: BTreeMap<String, usize>,
}

impl Body {
    fn of(blocks: &[Block], style: HouseStyle) -> String {
        let mut body =
            Self { xml: String::new(), style, turned: false, restarts: true, begun: false, bookmarks: BTreeMap::new() };
        // places are known before links to them are written
        for block in blocks {
            if let Block::AnnexHead { anchor, .. } | Block::Heading { anchor, .. } | Block::Title { anchor, .. } = block {
                let next = body.bookmarks.len();
                body.bookmarks.entry(anchor.clone()).or_insert(next);
            }
        }
        for block in blocks {
            body.block(block);
        }
        let last = body.section();
        body.xml.push_str(&last);
        body.xml
    }

    fn width(&self) -> f64 {
        (if self.turned { self.style.height } else { self.style.width }) / MM_PER_PT
    }

    fn section(&self) -> String {
        parts::section(&self.style, self.turned, self.restarts)
    }

    fn next_section(&mut self, turned: bool, restarts: bool) {
        if self.begun {
            let section = self.section();
            let _ = write!(self.xml, "<w:p><w:pPr><w:spacing w:line=\"20\" w:lineRule=\"exact\"/>{section}</w:pPr></w:p>");
            self.begun = false;
            self.restarts = restarts;
        }
        self.turned = turned;
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Sheet { turned } => return self.next_section(*turned, false),
            Block::Report => return self.next_section(false, true),
            _ => self.begun = true,
        }
        match block {
            Block::RedHead { name, number, issuer, date } => {
                self.styled("RedHead", &[Span::of(FaceRole::Title, name.clone()).inked(Ink::Red)], "");
                self.styled("Subtitle", &[Span::of(FaceRole::Kai, number.clone())], "");
                let rule = format!(
                    "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"8\" w:color=\"{}\"/></w:pBdr>",
                    hex(Ink::Red)
                );
                self.two_sided("Normal", issuer, date, &rule);
                self.empty();
            }
            Block::Title { text, anchor } => {
                let lines = break_title(text, (self.width() / 22.0).floor());
                self.bookmarked("Title", &[Span::of(FaceRole::Title, lines.join("\n"))], anchor);
                self.empty();
            }
            Block::Subtitle(text) => self.styled("Subtitle", &[Span::of(FaceRole::Kai, text.clone())], ""),
            Block::Addressee(text) => {
                self.styled("Normal", &[Span::new(format!("{}：", text.trim_end_matches(['：', ':'])))], "");
            }
            Block::Heading { level, text, anchor } => {
                let style = format!("Heading{}", (*level).clamp(1, 3));
                let role = if *level == 1 { FaceRole::Hei } else { FaceRole::Kai };
                self.bookmarked(&style, &[Span::of(role, text.clone())], anchor);
            }
            Block::Paragraph(spans) | Block::Small(spans) => self.styled("BodyText", spans, ""),
            Block::Note(spans) => self.styled("Note", spans, ""),
            Block::AnnexList(list) => {
                self.empty();
                for (place, (title, anchor)) in list.iter().enumerate() {
                    let label = if list.len() == 1 { String::new() } else { format!("{}.", place + 1) };
                    let head = if place == 0 { "附件：" } else { "\u{3000}\u{3000}\u{3000}" };
                    let spans = [Span::new(format!("{head}{label}")), Span::new(title.clone()).leading_to(anchor)];
                    self.styled("BodyText", &spans, "");
                }
            }
            Block::Signature { office, date } => {
                self.empty();
                let right = "<w:ind w:rightChars=\"200\" w:right=\"640\"/><w:jc w:val=\"right\"/>";
                self.styled("Normal", &[Span::new(office.clone())], right);
                self.styled("Normal", &[Span::new(date.clone())], right);
            }
            Block::AnnexHead { mark, title, anchor } => {
                self.bookmarked("AnnexMark", &[Span::of(FaceRole::Hei, mark.clone())], anchor);
                self.styled("Title", &[Span::of(FaceRole::Title, title.clone())], "");
            }
            Block::Table(table) => self.table(table),
            Block::ShareBar(segments) => self.share_bar(segments),
            // the table below the picture holds the same in words
            Block::Pillars(pillars) => {
                self.styled("Note", &[Span::new(format!("{}。", crate::block::pillars_in_words(pillars)))], "");
            }
            Block::SlipHead { title, level, number, anchor } => {
                self.bookmarked("Title", &[Span::of(FaceRole::Title, format!("{title}（{}）", level.chinese()))], anchor);
                self.styled("Note", &[Span::new(format!("编号：{number}"))], "<w:jc w:val=\"right\"/>");
            }
            Block::Imprint { distribution, issuer, date, copies } => self.imprint(distribution, issuer, date, copies),
            Block::Sheet { .. } | Block::Report => {}
        }
    }

    fn empty(&mut self) {
        self.xml.push_str("<w:p/>");
    }

    fn bookmarked(&mut self, style: &str, spans: &[Span], anchor: &str) {
        let Some(id) = self.bookmarks.get(anchor).filter(|_| !anchor.is_empty()).copied() else {
            return self.styled(style, spans, "");
        };
        let runs = self.runs(spans);
        let _ = write!(
            self.xml,
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:bookmarkStart w:id=\"{id}\" w:name=\"a{id}\"/>{runs}<w:bookmarkEnd w:id=\"{id}\"/></w:p>"
        );
    }

    fn styled(&mut self, style: &str, spans: &[Span], properties: &str) {
        let runs = self.runs(spans);
        let _ = write!(self.xml, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}</w:pPr>{runs}</w:p>");
    }

    fn runs(&self, spans: &[Span]) -> String {
        let mut out = String::new();
        for span in spans {
            let mut properties = String::new();
            if span.role != FaceRole::Fang && span.role != FaceRole::Digits {
                let _ = write!(properties, "<w:rFonts w:eastAsia=\"{}\"/>", parts::family(span.role));
            }
            if span.ink != Ink::Black {
                let _ = write!(properties, "<w:color w:val=\"{}\"/>", hex(span.ink));
            }
            let run = format!("<w:r><w:rPr>{properties}</w:rPr>{}</w:r>", text(&span.text));
            match self.bookmarks.get(&span.to).filter(|_| !span.to.is_empty()) {
                Some(id) => {
                    let _ = write!(out, "<w:hyperlink w:anchor=\"a{id}\">{run}</w:hyperlink>");
                }
                None => out.push_str(&run),
            }
        }
        out
    }

    fn table(&mut self, table: &Table) {
        let widths: Vec<i64> = crate::table::widths(table, self.width()).into_iter().map(twips).collect();
        let total: i64 = widths.iter().sum();
        let _ = write!(
            self.xml,
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"{total}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>"
        );
        for width in &widths {
            let _ = write!(self.xml, "<w:gridCol w:w=\"{width}\"/>");
        }
        self.xml.push_str("</w:tblGrid>");
        if table.head {
            self.xml.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
            for (column, width) in table.columns.iter().zip(&widths) {
                let title =
                    Cell::of(vec![Part::Text(vec![Span::of(FaceRole::Hei, column.title.clone())])]).aligned(Align::Centre);
                self.cell(&title, *width, table.size, &format!("<w:shd w:val=\"clear\" w:fill=\"{}\"/>", hex(Ink::Pale)));
            }
            self.xml.push_str("</w:tr>");
        }
        for row in &table.rows {
            self.xml.push_str(if row.heading { "<w:tr><w:trPr><w:cantSplit/></w:trPr>" } else { "<w:tr>" });
            let mut column = 0;
            for cell in &row.cells {
                let after = (column + cell.span.max(1)).min(widths.len());
                let width: i64 = widths.get(column..after).unwrap_or(&[]).iter().sum();
                self.cell(cell, width, table.size, "");
                column = after;
            }
            self.xml.push_str("</w:tr>");
        }
        self.xml.push_str("</w:tbl>");
        self.styled("Note", &[], "");
    }

    fn cell(&mut self, cell: &Cell, width: i64, size: f64, properties: &str) {
        let span = if cell.span > 1 { format!("<w:gridSpan w:val=\"{}\"/>", cell.span) } else { String::new() };
        let _ = write!(
            self.xml,
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{span}{properties}<w:vAlign w:val=\"center\"/></w:tcPr>"
        );
        let centred = if cell.align == Align::Centre { "<w:jc w:val=\"center\"/>" } else { "" };
        let style = if size > 11.0 { "TableText12" } else { "TableText" };
        let mut any = false;
        for part in &cell.parts {
            any = true;
            match part {
                Part::Text(spans) => self.styled(style, spans, centred),
                Part::Tick { done, text } => {
                    let mut spans = vec![Span::new(if *done { "☑ " } else { "☐ " })];
                    spans.extend(text.iter().cloned());
                    self.styled(style, &spans, centred);
                }
                Part::Lamp { lamp, word, beside } => {
                    let (back, front) = lamp_inks(*lamp);
                    let _ = write!(
                        self.xml,
                        "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{centred}</w:pPr><w:r><w:rPr><w:rFonts w:eastAsia=\"黑体\"/><w:b/><w:color w:val=\"{}\"/><w:shd w:val=\"clear\" w:fill=\"{}\"/></w:rPr>{}</w:r><w:r>{}</w:r></w:p>",
                        hex(front),
                        hex(back),
                        text(&format!(" {word} ")),
                        text(&format!(" {beside}"))
                    );
                }
                Part::Bar { completion, schedule, .. } => {
                    let told = format!(
                        "完成{}，序时{}",
                        completion.map_or_else(|| "—".to_owned(), percent),
                        schedule.map_or_else(|| "—".to_owned(), percent)
                    );
                    self.styled(style, &[Span::new(told)], centred);
                }
                Part::Blank(lines) => {
                    for _ in 0..*lines {
                        self.styled(style, &[], "");
                    }
                }
            }
        }
        if !any {
            // a cell without a paragraph is no cell
            self.styled(style, &[], centred);
        }
        self.xml.push_str("</w:tc>");
    }

    /// Shares as a row of coloured cells, and the legend in words.
    fn share_bar(&mut self, segments: &[Segment]) {
        let total = twips(self.width() - 4.0 * self.style.size);
        self.xml.push_str("<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:jc w:val=\"center\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
        let widths: Vec<i64> = segments.iter().map(|s| ((total as f64 * s.share) as i64).max(60)).collect();
        for width in &widths {
            let _ = write!(self.xml, "<w:gridCol w:w=\"{width}\"/>");
        }
        self.xml.push_str("</w:tblGrid><w:tr><w:trPr><w:trHeight w:val=\"280\" w:hRule=\"exact\"/></w:trPr>");
        for (segment, width) in segments.iter().zip(&widths) {
            let (back, _) = lamp_inks(segment.lamp);
            let pattern = if segment.pale { "diagStripe" } else { "clear" };
            let (front, fill) = if segment.pale { (hex(back), "FFFFFF".to_owned()) } else { ("auto".to_owned(), hex(back)) };
            let shade = format!("<w:shd w:val=\"{pattern}\" w:color=\"{front}\" w:fill=\"{fill}\"/>");
            self.cell(&Cell::of(Vec::new()), *width, 10.5, &shade);
        }
        self.xml.push_str("</w:tr></w:tbl>");
        let legend: Vec<String> = segments.iter().map(|s| format!("{}（{}）", s.label, percent(s.share))).collect();
        self.styled("Note", &[Span::new(legend.join("　"))], "<w:jc w:val=\"center\"/>");
    }

    fn imprint(&mut self, distribution: &str, issuer: &str, date: &str, copies: &str) {
        if distribution.is_empty() && issuer.is_empty() && copies.is_empty() {
            return;
        }
        self.next_section(false, false);
        self.begun = true;
        let rule =
            |side: &str, size: u8| format!("<w:{side} w:val=\"single\" w:sz=\"{size}\" w:space=\"1\" w:color=\"000000\"/>");
        if !distribution.is_empty() {
            let borders = format!("<w:pBdr>{}{}</w:pBdr>", rule("top", 8), rule("bottom", 6));
            let spans = [Span::new(format!("抄送：{}。", distribution.trim_end_matches('。')))];
            self.styled("Imprint", &spans, &borders);
        }
        let mut issued = format!("{date}印发");
        if !copies.is_empty() {
            let _ = write!(issued, "（{copies}）");
        }
        let top = if distribution.is_empty() { rule("top", 8) } else { String::new() };
        let borders = format!("<w:pBdr>{top}{}</w:pBdr>", rule("bottom", 8));
        self.two_sided("Imprint", issuer, &issued, &borders);
    }

    /// A line with one text at its left and one at its right.
    fn two_sided(&mut self, style: &str, left: &str, right: &str, properties: &str) {
        let stop = twips(self.width() - self.style.size);
        let _ = write!(
            self.xml,
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}<w:tabs><w:tab w:val=\"right\" w:pos=\"{stop}\"/></w:tabs><w:jc w:val=\"left\"/></w:pPr><w:r>{}</w:r><w:r><w:tab/></w:r><w:r>{}</w:r></w:p>",
            text(left),
            text(right)
        );
    }
}

/// A run's text; line ends become breaks.
fn text(plain: &str) -> String {
    let lines: Vec<String> =
        plain.split('\n').map(|line| format!("<w:t xml:space=\"preserve\">{}</w:t>", escape(line))).collect();
    lines.join("<w:br/>")
}
