//! Marks and notes that stand in a text and say nothing by themselves: footnotes, raised numbers.

use crate::make::zipped;
use crate::pdf::printed;
use crate::written::Sheet;
use intake::{Document, Draft};

const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const BEFORE: [&str; 2] = ["青溪县2026年工作要点", "一、重点任务"];

/// A paragraph's pieces: raised or not, text.
type Pieces<'a> = &'a [(bool, &'a str)];

fn docx(pieces: Pieces<'_>, note: &str) -> Vec<u8> {
    let paragraph = |runs: &str| format!("<w:p>{runs}</w:p>");
    let run = |raised: bool, text: &str| {
        let property = if raised { "<w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr>" } else { "" };
        format!("<w:r>{property}<w:t>{text}</w:t></w:r>")
    };
    let before: String = BEFORE.iter().map(|text| paragraph(&run(false, text))).collect();
    let last = paragraph(&pieces.iter().map(|(raised, text)| run(*raised, text)).collect::<String>());
    let note = format!("<w:footnote w:id=\"2\">{}</w:footnote>", paragraph(&run(false, note)));
    zipped(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &format!("<w:document {WORD}><w:body>{before}{last}</w:body></w:document>")),
        ("word/footnotes.xml", &format!("<w:footnotes {WORD}>{note}</w:footnotes>")),
    ])
}

fn odt(pieces: Pieces<'_>, note: &str) -> Vec<u8> {
    let before: String = BEFORE.iter().map(|text| format!("<text:p>{text}</text:p>")).collect();
    let piece = |(raised, text): &(bool, &str)| {
        if *raised { format!("<text:span text:style-name=\"T1\">{text}</text:span>") } else { (*text).to_owned() }
    };
    let pieces: String = pieces.iter().map(piece).collect();
    let note = format!(
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>{note}</text:p></text:note-body></text:note>"
    );
    let style = "<style:style style:name=\"T1\" style:family=\"text\"><style:text-properties style:text-position=\"super 58%\"/></style:style>";
    let content = format!(
        "<office:document-content><office:automatic-styles>{style}</office:automatic-styles><office:body><office:text>{before}\
         <text:p>{pieces}{note}</text:p></office:text></office:body></office:document-content>"
    );
    zipped(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &content)])
}

fn rtf(pieces: Pieces<'_>, note: &str) -> Vec<u8> {
    let escaped = |text: &str| -> String { text.encode_utf16().map(|unit| format!("\\u{}?", unit.cast_signed())).collect() };
    let before: String = BEFORE.iter().map(|text| format!("{}\\par ", escaped(text))).collect();
    let piece = |(raised, text): &(bool, &str)| {
        if *raised { format!("{{\\super {}}}", escaped(text)) } else { escaped(text) }
    };
    let pieces: String = pieces.iter().map(piece).collect();
    format!("{{\\rtf1\\uc1 {before}{pieces}{{\\footnote {}}}\\par}}", escaped(note)).into_bytes()
}

fn html(pieces: Pieces<'_>, _: &str) -> Vec<u8> {
    let before: String = BEFORE.iter().map(|text| format!("<p>{text}</p>")).collect();
    let piece = |(raised, text): &(bool, &str)| if *raised { format!("<sup>{text}</sup>") } else { (*text).to_owned() };
    let pieces: String = pieces.iter().map(piece).collect();
    format!("<html><head><meta charset=\"utf-8\"></head><body>{before}<p>{pieces}</p></body></html>").into_bytes()
}

fn pdf(pieces: Pieces<'_>, _: &str) -> Vec<u8> {
    let mut texts: Vec<(i32, i32, i32, String)> = vec![(150, 780, 16, BEFORE[0].to_owned()), (72, 740, 16, BEFORE[1].to_owned())];
    let (mut x, mut y) = (72, 710);
    for (raised, text) in pieces {
        // as many characters as a line holds
        for c in text.chars() {
            let size = if *raised { 8 } else { 16 };
            if x + size > 520 {
                (x, y) = (72, y - 28);
            }
            texts.push((x, if *raised { y + 7 } else { y }, size, c.to_string()));
            x += if c.is_ascii() { size / 2 } else { size };
        }
    }
    printed(&[Sheet { texts, rules: Vec::new() }], false)
}

/// A form's ending and writer.
type Written = (&'static str, fn(Pieces<'_>, &str) -> Vec<u8>);

const FORMS: [Written; 5] = [("docx", docx), ("odt", odt), ("rtf", rtf), ("html", html), ("pdf", pdf)];

fn drawn(bytes: &[u8], ending: &str) -> (Document, Draft) {
    let document = intake::read(bytes, &format!("要点.{ending}")).unwrap();
    let draft = intake::draw(&document);
    (document, draft)
}

#[test]
fn raised_marks_are_no_digits_and_exponents_stay() {
    let pieces = [
        (false, "（一）培育企业。新增规上企业70"),
        (true, "1"),
        (false, "家，完成投资4"),
        (true, "[2]"),
        (false, "亿元，建设绿地6000m"),
        (true, "2"),
        (false, "，2026年12月底前完成。（责任单位：县工信局）"),
    ];
    for (ending, write) in FORMS {
        let (document, draft) = drawn(&write(&pieces, "按年报口径"), ending);
        assert!(document.text.contains("新增规上企业70家，完成投资4亿元，建设绿地6000m²"), "{ending}: {}", document.text);
        let values: Vec<String> = draft.targets.iter().map(|target| format!("{}{}", target.value, target.unit)).collect();
        assert!(values.contains(&"70家".to_owned()) && values.contains(&"4亿元".to_owned()), "{ending}: {values:?}");
    }
}

#[test]
fn a_footnote_is_said_and_gives_neither_target_nor_item() {
    let pieces = [(false, "（一）培育企业。新增规上企业70家，2026年12月底前完成。（责任单位：县工信局）")];
    for (ending, write) in &FORMS[..3] {
        let note = "新增规上企业不含退库3家，2026年6月底前复核5家。";
        let (document, draft) = drawn(&write(&pieces, note), ending);
        assert!(document.text.contains(note), "{ending}: {}", document.text);
        let values: Vec<f64> = draft.targets.iter().map(|target| target.value).collect();
        assert_eq!(values, [70.0], "{ending}");
        let words: Vec<&str> = draft
            .items
            .iter()
            .map(|item| item.text.as_str())
            .chain(draft.milestones.iter().map(|row| row.what.as_str()))
            .collect();
        assert!(!words.iter().any(|text| text.contains("退库") || text.contains("复核")), "{ending}: {words:?}");
        let said = draft.findings.iter().find(|finding| finding.message.contains("脚注")).expect("the note is said");
        assert!(said.span.is_some_and(|span| document.text[span.start..span.end].contains("退库")), "{ending}");
    }
}

#[test]
fn a_row_over_a_page_break_is_one_row() {
    let edges = [72, 110, 300, 400, 520];
    let sheet = |rows: &[(i32, [&[&str]; 4])]| {
        let mut texts = Vec::new();
        let mut rules = Vec::new();
        let mut y = 780;
        rules.push((edges[0], y, edges[4], y));
        for (height, cells) in rows {
            for (at, lines) in cells.iter().enumerate() {
                for (line, text) in (1..).zip(lines.iter()) {
                    texts.push((edges[at] + 5, y - 16 * line, 12, (*text).to_owned()));
                }
            }
            y -= height;
            rules.push((edges[0], y, edges[4], y));
        }
        rules.extend(edges.iter().map(|x| (*x, 780, *x, y)));
        Sheet { texts, rules }
    };
    let head: (i32, [&[&str]; 4]) = (22, [&["序号"], &["重点任务"], &["牵头单位"], &["完成时限"]]);
    let first = sheet(&[
        head,
        (22, [&["1"], &["修建应急水源工程"], &["县水利局"], &["2026年10月"]]),
        (40, [&["2"], &["完善全县农村供水工程体系，建立", "县级统管和长效管"], &["县水利局"], &["2026年12月"]]),
    ]);
    let second = sheet(&[
        head,
        (22, [&[], &["护机制"], &[], &[]]),
        (22, [&["3"], &["推进灌区现代化改造"], &["县水利局"], &["2026年11月"]]),
    ]);
    let document = intake::read(&printed(&[first, second], false), "分解表.pdf").unwrap();
    let found = crate::make::lines(&document);
    assert_eq!(
        found,
        [
            "=序号|重点任务|牵头单位|完成时限",
            "1|修建应急水源工程|县水利局|2026年10月",
            "2|完善全县农村供水工程体系，建立县级统管和长效管护机制|县水利局|2026年12月",
            "3|推进灌区现代化改造|县水利局|2026年11月",
        ]
    );
}
