//! Damaged and hostile files of every form: no panic, no hang, every place inside the text.

use crate::make::zipped;
use crate::pdf::printed;
use crate::same_draft::{FORMS, documents};
use crate::written::{self, Sheet};
use intake::Block;
use std::io::{Cursor, Read, Write};
use std::process::Command;
use std::time::Instant;

/// A small generator of its own, so that a failing case comes again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }
}

/// Reads and draws; whatever comes, it comes soon, places lie in the text and a refusal is a whole sentence with a way out.
fn read(bytes: &[u8]) {
    let began = Instant::now();
    match intake::read(bytes, "甲.doc") {
        Ok(document) => {
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
            assert!(!document.blocks.is_empty());
            document.unread.iter().for_each(|unread| sentence(&unread.message));
            if document.text.len() < 1 << 16 {
                let _ = intake::draw(&document);
            }
        }
        Err(error) => refused(&error.to_string()),
    }
    assert!(began.elapsed().as_secs() < 30, "{} bytes took {:?}", bytes.len(), began.elapsed());
}

fn sentence(message: &str) {
    assert!(message.ends_with('。') && message.contains('请'), "{message}");
    assert!(!message.contains(|c: char| c.is_control() || c == '{'), "{message}");
}

fn refused(message: &str) {
    sentence(message);
    assert!(message.contains("“甲.doc”"), "{message}");
}

/// Spreadsheets come by their own door.
fn read_ledger(bytes: &[u8]) {
    if let Err(error) = intake::ledger::read(bytes, "甲.doc", &[]) {
        refused(&error.to_string());
    }
}

/// A document of ours with a table.
fn sample() -> String {
    let all = documents();
    let (_, text) = all.iter().find(|(name, text)| name == "division_table" && text.contains('\t')).expect("it is there");
    text.clone()
}

fn samples() -> Vec<Vec<u8>> {
    let text = sample();
    let mut found: Vec<Vec<u8>> = FORMS.iter().map(|(_, _, write)| write(&text)).collect();
    found.push(text.into_bytes());
    found.push(include_bytes!("made/wetland.doc").to_vec());
    found.push(include_bytes!("made/division_table.pdf").to_vec());
    found.push(include_bytes!("made/two_columns.pdf").to_vec());
    let rtf = "{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0\\fcharset134 x;}}{\\listtext 1.\\tab}\\f0\\'d4\\'c6\\u19968?\\par\\trowd\\clvmgf\\cellx100\
               \\cellx200\\intbl A\\cell B\\cell\\row{\\*\\footnote n}{\\shp{\\*\\shpinst{\\shptxt b\\par}}}\\pard z\\par}";
    found.push(rtf.as_bytes().to_vec());
    found
}

fn book() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, head) in (0..).zip(["序号", "重点任务", "指标", "目标值", "责任单位", "完成时限"]) {
        sheet.write(0, column, head).unwrap();
    }
    for row in 1..40_u32 {
        sheet.write(row, 0, row).unwrap();
        for (column, text) in (1..).zip(["建设公共平台", "平台数量", "5个以上", "县大数据局", "2026年底"]) {
            sheet.write(row, column, text).unwrap();
        }
    }
    sheet.merge_range(50, 0, 52, 3, "合计", &rust_xlsxwriter::Format::new()).unwrap();
    book.save_to_buffer().unwrap()
}

/// The parts of a zip, unpacked.
fn unzipped(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        parts.push((file.name().unwrap().into_owned(), bytes));
    }
    parts
}

fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The bytes cut, flipped, overwritten or with stretches of them changed about, as the dice say.
fn damaged(whole: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    if bytes.is_empty() {
        return bytes;
    }
    match dice.roll(5) {
        0 => bytes.truncate(dice.roll(whole.len())),
        1 => {
            for _ in 0..1 + dice.roll(8) {
                let at = dice.roll(bytes.len());
                bytes[at] ^= 1 << dice.roll(8);
            }
        }
        2 => {
            for _ in 0..1 + dice.roll(64) {
                let at = dice.roll(bytes.len());
                bytes[at] = u8::try_from(dice.roll(256)).unwrap();
            }
        }
        3 => {
            let (from, to) = (dice.roll(bytes.len()), dice.roll(bytes.len()));
            let length = dice.roll(400).min(bytes.len() - from.max(to));
            for at in 0..length {
                bytes.swap(from + at, to + at);
            }
        }
        _ => {
            let (from, to) = (dice.roll(bytes.len()), dice.roll(bytes.len()));
            let stretch = bytes[from..(from + dice.roll(2_000)).min(whole.len())].to_vec();
            bytes.splice(to..to, stretch);
        }
    }
    bytes
}

#[test]
fn truncated_files_of_every_form_are_read_or_refused() {
    for whole in samples() {
        for step in 0..40 {
            read(&whole[..whole.len() * step / 40]);
        }
        for left in 1..=8.min(whole.len()) {
            read(&whole[..whole.len() - left]);
            read(&whole[..left]);
        }
    }
    let book = book();
    (0..60).for_each(|step| read_ledger(&book[..book.len() * step / 60]));
}

#[test]
fn shuffled_files_of_every_form_are_read_or_refused() {
    let mut dice = Dice(5);
    for whole in samples() {
        for _ in 0..60 {
            read(&damaged(&whole, &mut dice));
        }
    }
    let book = book();
    (0..120).for_each(|_| read_ledger(&damaged(&book, &mut dice)));
}

#[test]
fn damage_inside_a_sound_zip_is_read_or_refused() {
    let mut dice = Dice(11);
    let text = sample();
    for (whole, ledger) in [(written::docx(&text), false), (written::odt(&text), false), (book(), true)] {
        let parts = unzipped(&whole);
        for _ in 0..150 {
            let mut parts = parts.clone();
            let at = dice.roll(parts.len());
            parts[at].1 = damaged(&parts[at].1, &mut dice);
            let bytes = packed(&parts);
            if ledger { read_ledger(&bytes) } else { read(&bytes) }
        }
    }
}

#[test]
fn a_text_that_breaks_off_is_said_to_be_incomplete_and_never_empty() {
    let text = sample();
    for (whole, main) in [(written::docx(&text), "word/document.xml"), (written::odt(&text), "content.xml")] {
        let parts = unzipped(&whole);
        let at = parts.iter().position(|(name, _)| name == main).expect("the text's part");
        let length = parts[at].1.len();
        let mut told = 0;
        for step in 1..60 {
            let mut parts = parts.clone();
            parts[at].1.truncate(length * step / 60);
            match intake::read(&packed(&parts), "甲.doc") {
                Ok(document) => {
                    let said = document.unread.iter().any(|unread| unread.message.contains("残缺"));
                    assert!(said, "{main} of {step}/60: {:?}", document.unread);
                    told += 1;
                }
                Err(error) => assert!(error.to_string().contains("残缺"), "{main} of {step}/60: {error}"),
            }
        }
        assert!(told > 40, "{main}: what was read is kept");
        assert!(intake::read(&whole, "甲.doc").unwrap().unread.is_empty());
    }
    let rtf = written::rtf(&text);
    let cut = intake::read(&rtf[..rtf.len() / 2], "甲.doc").unwrap();
    assert!(cut.unread.iter().any(|unread| unread.message.contains("残缺")));
}

#[test]
fn an_ending_that_lies_changes_nothing() {
    let text = sample();
    for (form, own, write) in FORMS {
        let bytes = write(&text);
        let wanted = intake::read(&bytes, &format!("甲.{own}")).unwrap();
        for ending in ["txt", "doc", "docx", "wps", "odt", "rtf", "pdf", "html", "mht", "xlsx", "exe", ""] {
            assert_eq!(intake::read(&bytes, &format!("甲.{ending}")).as_ref(), Ok(&wanted), "{form} as .{ending}");
        }
    }
}

/// Deflated zeros, as a zip packs them.
fn bomb(main: &str, opening: &str, unit: &str, times: usize) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("[Content_Types].xml", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(b"<Types/>").unwrap();
    zip.start_file(main, zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(opening.as_bytes()).unwrap();
    let block = unit.repeat((1 << 16) / unit.len());
    for _ in 0..times / block.len() {
        zip.write_all(block.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Pages full of small cells.
fn ruled() -> Vec<u8> {
    let page = || {
        let rules = (0..72).flat_map(|at| [(20, 20 + at * 8, 600, 20 + at * 8), (20 + at * 8, 20, 20 + at * 8, 600)]).collect();
        Sheet { texts: vec![(30, 30, 1, "甲".to_owned())], rules }
    };
    printed(&(0..200).map(|_| page()).collect::<Vec<_>>(), false)
}

fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    const SIZE: usize = 1 << 27;
    let word = "<w:document xmlns:w=\"x/wordprocessingml/2006/main\"><w:body>";
    let page = |unit: &str, most: usize| format!("<html><body>{}", unit.repeat(most / unit.len()));
    vec![
        ("a .docx of blanks", bomb("word/document.xml", word, " ", 1 << 29)),
        ("a .docx of one endless tag", bomb("word/document.xml", &format!("{word}<w:p "), "a", SIZE)),
        ("a .docx of one endless text", bomb("word/document.xml", &format!("{word}<w:p><w:r><w:t>"), "a", SIZE)),
        ("a .docx of empty paragraphs", bomb("word/document.xml", word, "<w:p/>", SIZE / 4)),
        ("a .docx of empty tables", bomb("word/document.xml", word, "<w:tbl><w:tr><w:tc>", SIZE)),
        ("a .docx of styles", bomb("word/styles.xml", "<w:styles>", "<w:style w:styleId=\"a\"/>", SIZE / 4)),
        ("an .odt of tables", bomb("content.xml", "<o:body>", "<b:table><b:table-row><b:table-cell>", SIZE)),
        (
            "an .odt of repeated cells",
            bomb(
                "content.xml",
                "<o:body><b:table><b:table-row>",
                "<b:table-cell b:number-columns-repeated=\"99999999\"><t:p>a</t:p></b:table-cell>",
                SIZE,
            ),
        ),
        ("an .odt of spans", bomb("content.xml", "<o:body><t:p>", "<t:span>a", SIZE)),
        ("a workbook of strings", bomb("xl/sharedStrings.xml", "<sst>", "<si><t>a</t></si>", SIZE)),
        ("100 MB of text", "云岭县到2027年建成平台5个。\n".repeat((100 << 20) / 38).into_bytes()),
        ("a page of tables", page("<table><tr><td>", 16 << 20).into_bytes()),
        ("a page of spans", page("<td rowspan=65534 colspan=1000>", 16 << 20).into_bytes()),
        ("a page of lists", page("<ol><li>", 16 << 20).into_bytes()),
        ("a PDF of rules", ruled()),
        (
            "a PDF of one character a line",
            printed(&[Sheet { texts: (0..40_000).map(|at| (72, at, 1, "7".to_owned())).collect(), rules: Vec::new() }], false),
        ),
        ("brackets", "{\\rtf1".chars().chain("{".repeat(16 << 20).chars()).collect::<String>().into_bytes()),
        ("rows without end", format!("{{\\rtf1{}", "\\trowd\\cellx1 a\\cell\\row".repeat(1 << 19)).into_bytes()),
    ]
}

#[test]
fn bombs_take_bounded_memory_and_time() {
    for (name, bytes) in hostile() {
        let folder = std::env::temp_dir().join(format!("planbook-hostile-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("bomb");
        std::fs::write(&path, &bytes).unwrap();
        // in a process of its own, whose memory is its own
        let began = Instant::now();
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "hostile::a_file_read_alone", "--nocapture"])
            .env("PLANBOOK_READ", &path)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&child.stdout).into_owned();
        assert!(child.status.success(), "{name}: {said}{}", String::from_utf8_lossy(&child.stderr));
        std::fs::remove_dir_all(&folder).unwrap();
        let took = began.elapsed();
        assert!(took.as_secs() < 60, "{name} took {took:?}");
        if let Some(peak) = said.lines().find_map(|line| line.strip_prefix("peak ")?.parse::<usize>().ok()) {
            assert!(peak < 768 << 10, "{name}: {} MB", peak >> 10);
        }
    }
}

/// What [`bombs_take_bounded_memory_and_time`] starts; by itself it has nothing to read.
#[test]
fn a_file_read_alone() {
    let Some(path) = std::env::var_os("PLANBOOK_READ") else {
        return;
    };
    let bytes = std::fs::read(path).unwrap();
    match intake::read(&bytes, "甲.doc") {
        Ok(document) => assert!(!document.text.is_empty()),
        Err(error) => refused(&error.to_string()),
    }
    read_ledger(&bytes);
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    if let Some(peak) = status.lines().find_map(|line| line.strip_prefix("VmHWM:")) {
        writeln!(std::io::stdout(), "\npeak {}", peak.trim().trim_end_matches(" kB")).unwrap();
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

#[test]
fn references_in_a_circle_end() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"A\"><w:basedOn w:val=\"B\"/></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"B\"><w:basedOn w:val=\"A\"/></w:style>";
    let numbering = "<w:abstractNum w:abstractNumId=\"1\"><w:numStyleLink w:val=\"A\"/></w:abstractNum>\
                     <w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>";
    let body =
        "<w:p><w:pPr><w:pStyle w:val=\"A\"/><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>";
    let names = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    read(&zipped(&[
        ("word/document.xml", &format!("<w:document {names}><w:body>{body}</w:body></w:document>")),
        ("word/styles.xml", &format!("<w:styles {names}>{styles}</w:styles>")),
        ("word/numbering.xml", &format!("<w:numbering {names}>{numbering}</w:numbering>")),
    ]));
    // pages that are their own parents and children, a form that draws itself, a length that asks for itself
    let pdf = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Parent 2 0 R/Kids[2 0 R 3 0 R 3 0 R]/Count 9>>endobj\n\
               3 0 obj<</Type/Page/Parent 2 0 R/MediaBox 3 0 R/Contents[4 0 R 3 0 R]/Resources<</XObject<</X 4 0 R>>/Font<</F 5 0 R>>>>>>endobj\n\
               4 0 obj<</Subtype/Form/Resources 3 0 R/Length 4 0 R>>stream\n/X Do /F 9 Tf (a) Tj\nendstream endobj\n\
               5 0 obj<</Subtype/Type0/DescendantFonts[5 0 R]/ToUnicode 5 0 R/Encoding 5 0 R>>endobj\n\
               xref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Prev 0/Size 6>>\nstartxref\n0\n%%EOF";
    read(pdf.as_bytes());
    let end = pdf.find("xref").expect("it is there");
    let mut table = "xref\n0 6\n0000000000 65535 f \n".to_owned();
    for number in 1..6 {
        let at = pdf.find(&format!("\n{number} 0 obj")).expect("an object") + 1;
        table += &format!("{at:010} 00000 n \n");
    }
    for length in ["4 0 R", "38"] {
        let sound = pdf[..end].replace("/Length 4 0 R", &format!("/Length {length:5}"));
        read(format!("{sound}{table}trailer<</Root 1 0 R/Prev {end}/Size 6>>\nstartxref\n{end}\n%%EOF").as_bytes());
    }
}
