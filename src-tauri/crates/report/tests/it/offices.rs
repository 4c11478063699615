//! The same content for Word and Excel: parts that open, text that is the same, nothing that runs.

use std::io::{Cursor, Read};

use report::Kind;

use crate::county::{county, department};
use crate::options;

/// The parts of a zipped document, by name.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut file = zip::ZipArchive::new(Cursor::new(bytes.to_vec())).unwrap();
    (0..file.len())
        .map(|place| {
            let mut part = file.by_index(place).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            (part.name().unwrap().into_owned(), text)
        })
        .collect()
}

/// Checks that tags close in their order and that no text breaks out of them; returns the text.
fn well_formed(name: &str, xml: &str) -> String {
    let mut open: Vec<&str> = Vec::new();
    let mut plain = String::new();
    let mut rest = xml;
    while let Some(start) = rest.find('<') {
        assert!(!rest[..start].contains('>'), "{name}: a stray mark in “{}”", &rest[..start]);
        plain.push_str(&rest[..start]);
        let end = rest.find('>').unwrap_or_else(|| panic!("{name}: a tag without end"));
        let tag = &rest[start + 1..end];
        if let Some(closed) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed), "{name}");
        } else if !tag.starts_with(['?', '!']) && !tag.ends_with('/') {
            open.push(tag.split([' ', '\n']).next().unwrap());
        }
        rest = &rest[end + 1..];
    }
    assert!(open.is_empty(), "{name}: {open:?} left open");
    plain
}

/// Opens both forms of a report for Word and Excel as a reader would.
pub(crate) fn both_open(view: &report::View, kind: &Kind) {
    for bytes in [report::docx(view, kind, &options()), report::xlsx(view, kind, &options()).unwrap()] {
        for (name, xml) in parts(&bytes) {
            let text = well_formed(&name, &xml);
            let bad = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
            assert!(!text.contains(bad), "{kind:?}, {name}: a control character");
            assert!(
                !xml.contains("<f>") && !xml.contains(">NaN<") && !xml.contains(">inf<"),
                "{kind:?}, {name}: no value, or a formula"
            );
        }
    }
}

#[test]
fn a_text_document_has_well_formed_parts_and_says_the_same_as_the_pdf() {
    let view = county(30);
    for kind in [
        Kind::Bulletin,
        Kind::Department(department(1)),
        Kind::AllDepartments,
        Kind::OnePage(None),
        Kind::Slip(None),
        Kind::Yearbook,
        Kind::Timeline,
    ] {
        let parts = parts(&report::docx(&view, &kind, &options()));
        let mut text = String::new();
        for (name, xml) in &parts {
            let plain = well_formed(name, xml);
            if name == "word/document.xml" {
                text = plain;
            }
        }
        assert!(parts.iter().any(|(name, _)| name == "[Content_Types].xml"));
        let wanted = match kind {
            Kind::Bulletin => "按28项统计，已完成3项",
            Kind::Slip(_) => "云溪水库除险加固工程",
            Kind::Yearbook => "各年目标与完成情况",
            Kind::Timeline => "第1项 ",
            _ => "2025年",
        };
        assert!(text.contains(wanted), "{kind:?}: {text}");
    }
}

#[test]
fn a_text_document_has_styles_sections_and_page_numbers_by_side() {
    let parts = parts(&report::docx(&county(30), &Kind::Bulletin, &options()));
    let part = |name: &str| &parts.iter().find(|(n, _)| n == name).unwrap().1;
    let document = part("word/document.xml");
    for wanted in ["w:val=\"Title\"", "w:val=\"Heading1\"", "w:orient=\"landscape\"", "<w:tblHeader/>", "w:top=\"2098\""] {
        assert!(document.contains(wanted), "{wanted}");
    }
    let styles = part("word/styles.xml");
    for family in ["方正小标宋简体", "黑体", "楷体", "仿宋"] {
        assert!(styles.contains(family), "{family}");
    }
    assert!(part("word/settings.xml").contains("evenAndOddHeaders"));
    assert!(part("word/footer1.xml").contains("w:val=\"right\"") && part("word/footer2.xml").contains("w:val=\"left\""));
}

#[test]
fn marks_of_xml_and_controls_in_the_ledger_do_not_break_the_document() {
    let mut view = county(4);
    view.tasks[0].title = "甲</w:t><w:p/>&乙\u{1}\u{ffff}\"丙'".to_owned();
    view.office = "<督查&室>".to_owned();
    for (name, xml) in parts(&report::docx(&view, &Kind::Bulletin, &options())) {
        let plain = well_formed(&name, &xml);
        if name == "word/document.xml" {
            assert!(plain.contains("甲&lt;/w:t&gt;&lt;w:p/&gt;&amp;乙&quot;丙'"), "{plain}");
        }
    }
}

#[test]
fn a_spreadsheet_has_typed_cells_filters_and_no_formula() {
    let mut view = county(30);
    view.tasks[0].title = "=HYPERLINK(\"http://x\",\"y\")".to_owned();
    view.tasks[1].progress[0].done = "+1+1".to_owned();
    view.tasks[2].progress[0].done = "字".repeat(40_000);
    let parts = parts(&report::xlsx(&view, &Kind::Bulletin, &options()).unwrap());
    let mut sheets = 0;
    for (name, xml) in &parts {
        well_formed(name, xml);
        assert!(!xml.contains("<f>"), "{name} holds a formula");
        if name.starts_with("xl/worksheets/sheet") {
            sheets += 1;
            assert!(
                xml.contains("<autoFilter") && xml.contains("state=\"frozen\"") && xml.contains("fitToHeight=\"0\""),
                "{name}"
            );
        }
    }
    assert_eq!(sheets, 6, "总体情况, 进展情况, 滞后事项, 任务清单, 指标, 单位排名");
    let progress = &parts.iter().find(|(name, _)| name == "xl/worksheets/sheet2.xml").unwrap().1;
    // the completion of the first task, as a number with a format
    assert!(progress.contains("<v>0.62</v>"), "{}", &progress[..2000]);
}

#[test]
fn the_same_view_makes_the_same_documents() {
    let view = county(10);
    assert!(report::docx(&view, &Kind::Bulletin, &options()) == report::docx(&view, &Kind::Bulletin, &options()));
    let sheets = || report::xlsx(&view, &Kind::Bulletin, &options()).unwrap();
    assert!(sheets() == sheets());
}
