//! Damaged and hostile files of every form: no panic, no hang, every place inside the text.

use crate::make::zipped;
use intake::Block;

/// A small generator of its own, so that a failing case comes again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }
}

fn read(bytes: &[u8]) {
    let Ok(document) = intake::read(bytes, "甲.doc") else {
        return;
    };
    let hold = |span: &plan::Span| assert!(document.text.get(span.start..span.end).is_some());
    for block in &document.blocks {
        match block {
            Block::Paragraph(span) => hold(span),
            Block::Row { span, cells, .. } => {
                hold(span);
                cells.iter().for_each(hold);
            }
        }
    }
}

fn samples() -> Vec<Vec<u8>> {
    let rtf = "{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0\\fcharset134 x;}}{\\listtext 1.\\tab}\\f0\\'d4\\'c6\\u19968?\\par\\trowd\\clvmgf\\cellx100\
               \\cellx200\\intbl A\\cell B\\cell\\row{\\*\\footnote n}{\\shp{\\*\\shpinst{\\shptxt b\\par}}}\\pard z\\par}";
    let page = "<html><body><table><tr><td rowspan=3>甲<td>乙<tr><td>丙</table><ol><li>丁</ol></body></html>";
    vec![
        include_bytes!("made/wetland.doc").to_vec(),
        include_bytes!("made/division_table.pdf").to_vec(),
        rtf.as_bytes().to_vec(),
        page.as_bytes().to_vec(),
        zipped(&[(
            "content.xml",
            "<o:body><t:p>甲</t:p><b:table><b:table-row><b:table-cell><t:p>乙</t:p></b:table-cell></b:table-row></b:table></o:body>",
        )]),
        zipped(&[("word/document.xml", "<w:document><w:body><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:body></w:document>")]),
    ]
}

#[test]
fn truncated_and_shuffled_files_are_read_or_refused() {
    let mut dice = Dice(5);
    for whole in samples() {
        for round in 0..60 {
            let mut bytes = whole.clone();
            if round % 3 == 0 {
                bytes.truncate(dice.roll(whole.len()));
            }
            for _ in 0..dice.roll(1 << (round % 8)) {
                let (a, b) = (dice.roll(bytes.len()), dice.roll(bytes.len()));
                if !bytes.is_empty() {
                    bytes.swap(a, b);
                    bytes[b] = u8::try_from(dice.roll(256)).unwrap();
                }
            }
            read(&bytes);
        }
    }
}

#[test]
fn ten_thousand_nested_tables_are_read() {
    let nested = |open: &str, close: &str| format!("{}甲{}", open.repeat(10_000), close.repeat(10_000));
    let cell = nested("<b:table><b:table-row><b:table-cell><t:p>", "</t:p></b:table-cell></b:table-row></b:table>");
    read(&zipped(&[("content.xml", &format!("<o:body>{cell}</o:body>"))]));
    let cell = nested("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>", "</w:t></w:r></w:p></w:tc></w:tr></w:tbl>");
    read(&zipped(&[("word/document.xml", &format!("<w:document><w:body>{cell}</w:body></w:document>"))]));
    read(nested("<html><table><tr><td>", "</table>").as_bytes());
    read(format!("{{\\rtf1 {}}}", nested("{\\trowd\\cellx1\\intbl ", "\\cell\\row}")).as_bytes());
    read(format!("{{\\rtf1 {}", "{\\shptxt {\\*\\footnote a".repeat(10_000)).as_bytes());
}

#[test]
fn styles_and_lists_that_lead_to_themselves_end() {
    let styles = "<s:style s:name=\"A\" s:family=\"paragraph\" s:parent-style-name=\"A\"/>";
    let body = "<t:list t:continue-list=\"a\" xml:id=\"a\"><t:list-item><t:p t:style-name=\"A\">甲</t:p></t:list-item></t:list>";
    read(&zipped(&[("content.xml", &format!("<c><a>{styles}</a><o:body>{body}</o:body></c>"))]));
}
