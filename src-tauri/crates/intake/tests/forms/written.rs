//! Writes a plain text into every form, the way an office program would: a line is a paragraph, lines with tabs are a table.

use crate::make::zipped;
use encoding_rs::GB18030;
use std::fmt::Write as _;

/// A paragraph, or a table of rows.
pub enum Part<'a> {
    Paragraph(&'a str),
    Table(Vec<Vec<&'a str>>),
}

/// The parts of a text.
pub fn parts(text: &str) -> Vec<Part<'_>> {
    let mut found = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !line.contains('\t') {
            found.push(Part::Paragraph(line));
            continue;
        }
        let row: Vec<&str> = line.split('\t').map(str::trim).collect();
        match found.last_mut() {
            Some(Part::Table(rows)) => rows.push(row),
            _ => found.push(Part::Table(vec![row])),
        }
    }
    found
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

const TYPES: &str = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
    <Override PartName=\"/word/document.xml\" \
    ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
const RELATIONS: &str = "<?xml version=\"1.0\"?>\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
    Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
    Target=\"word/document.xml\"/></Relationships>";

/// Word. Each paragraph comes in two runs, cut at its middle.
pub fn docx(text: &str) -> Vec<u8> {
    let paragraph = |text: &str| {
        let middle = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
        let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text));
        format!("<w:p><w:pPr><w:ind w:firstLineChars=\"200\"/></w:pPr>{}{}</w:p>", run(&text[..middle]), run(&text[middle..]))
    };
    let mut body = String::new();
    for part in parts(text) {
        match part {
            Part::Paragraph(text) => body += &paragraph(text),
            Part::Table(rows) => {
                body += "<w:tbl>";
                for row in rows {
                    let cells: String = row.iter().map(|cell| format!("<w:tc>{}</w:tc>", paragraph(cell))).collect();
                    body += &format!("<w:tr>{cells}</w:tr>");
                }
                body += "</w:tbl>";
            }
        }
    }
    let names = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    zipped(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        (
            "word/document.xml",
            &format!("<?xml version=\"1.0\"?><w:document {names}><w:body>{body}<w:sectPr/></w:body></w:document>"),
        ),
    ])
}

/// Open Document.
pub fn odt(text: &str) -> Vec<u8> {
    let paragraph = |text: &str| format!("<text:p text:style-name=\"P1\">{}</text:p>", escaped(text));
    let mut body = String::new();
    for part in parts(text) {
        match part {
            Part::Paragraph(text) => body += &paragraph(text),
            Part::Table(rows) => {
                body += "<table:table>";
                for row in rows {
                    let cells = row.iter().map(|cell| format!("<table:table-cell>{}</table:table-cell>", paragraph(cell)));
                    body += &format!("<table:table-row>{}</table:table-row>", cells.collect::<String>());
                }
                body += "</table:table>";
            }
        }
    }
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        (
            "content.xml",
            &format!(
                "<office:document-content><office:body><office:text>{body}</office:text></office:body></office:document-content>"
            ),
        ),
    ])
}

fn page(text: &str, charset: &str) -> String {
    let mut body = String::new();
    for part in parts(text) {
        match part {
            Part::Paragraph(text) => body += &format!("<p style=\"text-indent:2em\">{}</p>\n", escaped(text)),
            Part::Table(rows) => {
                let cells = |row: &Vec<&str>| row.iter().map(|cell| format!("<td>{}</td>", escaped(cell))).collect::<String>();
                let rows: String = rows.iter().map(|row| format!("<tr>{}</tr>\n", cells(row))).collect();
                body += &format!("<table border=1>{rows}</table>\n");
            }
        }
    }
    format!("<!DOCTYPE html><html><head><meta charset=\"{charset}\"></head><body>\n{body}</body></html>")
}

/// A web page.
pub fn html(text: &str) -> Vec<u8> {
    page(text, "utf-8").into_bytes()
}

/// A web page in the encoding of old Chinese sites.
pub fn html_gb(text: &str) -> Vec<u8> {
    GB18030.encode(&page(text, "gbk")).0.into_owned()
}

/// A web page saved as one file.
pub fn mht(text: &str) -> Vec<u8> {
    let mut body = String::new();
    let mut column = 0;
    for byte in page(text, "utf-8").bytes() {
        if column >= 72 {
            body += "=\r\n";
            column = 0;
        }
        if byte.is_ascii_graphic() && byte != b'=' {
            body.push(char::from(byte));
            column += 1;
        } else {
            write!(body, "={byte:02X}").unwrap();
            column += 3;
        }
    }
    format!(
        "From: <saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"----B\"\r\n\r\n------B\r\n\
         Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{body}\r\n------B--\r\n"
    )
    .into_bytes()
}

/// Rich Text.
pub fn rtf(text: &str) -> Vec<u8> {
    let coded = |text: &str| {
        let mut coded = String::new();
        for c in text.chars() {
            match c {
                '\\' | '{' | '}' => write!(coded, "\\{c}").unwrap(),
                _ if c.is_ascii() => coded.push(c),
                _ => {
                    let mut utf_8 = [0; 4];
                    let (bytes, _, _) = GB18030.encode(c.encode_utf8(&mut utf_8));
                    // what takes four bytes is beyond code page 936
                    if bytes.len() == 2 {
                        bytes.iter().for_each(|byte| write!(coded, "\\'{byte:02x}").unwrap());
                    } else {
                        let mut units = [0; 2];
                        c.encode_utf16(&mut units).iter().for_each(|unit| write!(coded, "\\u{}?", unit.cast_signed()).unwrap());
                    }
                }
            }
        }
        coded
    };
    let mut body = String::new();
    for part in parts(text) {
        match part {
            Part::Paragraph(text) => body += &format!("\\pard\\fi640 {}\\par\n", coded(text)),
            Part::Table(rows) => {
                for row in rows {
                    let edges: String = (1..=row.len()).map(|column| format!("\\cellx{}", column * 1500)).collect();
                    let cells: String = row.iter().map(|cell| format!("\\pard\\intbl {}\\cell", coded(cell))).collect();
                    body += &format!("\\trowd{edges}{cells}\\row\n");
                }
            }
        }
    }
    format!("{{\\rtf1\\ansi\\ansicpg936\\uc1{{\\fonttbl{{\\f0\\fcharset134 SimSun;}}}}\\f0\n{body}}}").into_bytes()
}

/// Text in UTF-16 with its mark.
pub fn utf_16(text: &str) -> Vec<u8> {
    [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

/// Text in the encoding of old Chinese editors.
pub fn gb_18030(text: &str) -> Vec<u8> {
    GB18030.encode(text).0.into_owned()
}

/// What no line break divides, from the start of a text: marks that open, a number or a character, marks that close.
fn unit(text: &str) -> &str {
    let opens = |c: char| "（(《〈“‘【〔[".contains(c);
    let closes = |c: char| "，。、；：！？）》〉”’】〕％%,.;:!?)]".contains(c);
    let word = |c: char| c.is_ascii_alphanumeric() || c == '.';
    let open = text.len() - text.trim_start_matches(opens).len();
    let rest = &text[open..];
    let end = match rest.chars().next() {
        Some(c) if word(c) => rest.len() - rest.trim_start_matches(word).len(),
        Some(c) => c.len_utf8(),
        None => 0,
    };
    let behind = &rest[end..];
    &text[..open + end + behind.len() - behind.trim_start_matches(closes).len()]
}

fn width(text: &str, size: i32) -> i32 {
    text.chars().map(|c| if c.is_ascii() { size / 2 } else { size }).sum()
}

/// A text in lines no wider than this; the first one set in by two characters where `set_in`.
fn wrapped(text: &str, most: i32, size: i32, set_in: bool) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut room = if set_in { most - 2 * size } else { most };
    let mut rest = text;
    while !rest.is_empty() {
        let unit = unit(rest);
        rest = &rest[unit.len()..];
        let line = lines.last_mut().expect("one to begin with");
        if width(unit, size) > room && !line.is_empty() {
            lines.push(unit.to_owned());
            room = most;
        } else {
            line.push_str(unit);
        }
        room -= width(unit, size);
    }
    lines
}

/// One page of a PDF while it is set: pieces of text, then ruled lines.
#[derive(Default)]
pub struct Sheet {
    pub texts: Vec<(i32, i32, i32, String)>,
    pub rules: Vec<(i32, i32, i32, i32)>,
}

/// The pages of a text as an office prints it: body of 16 points with first lines set in, a head and a number on each page,
/// ruled tables of 10 points.
pub fn sheets(text: &str) -> Vec<Sheet> {
    const LEFT: i32 = 78;
    const BODY: i32 = 448;
    const TOP: i32 = 760;
    const BOTTOM: i32 = 90;
    let mut sheets = vec![Sheet::default()];
    let mut y = TOP;
    let room = |sheets: &mut Vec<Sheet>, y: &mut i32, height: i32| {
        if *y - height < BOTTOM {
            sheets.push(Sheet::default());
            *y = TOP;
        }
    };
    for (number, part) in parts(text).into_iter().enumerate() {
        match part {
            Part::Paragraph(text) if number == 0 => {
                for line in wrapped(text, BODY, 22, false) {
                    room(&mut sheets, &mut y, 36);
                    let x = LEFT + (BODY - width(&line, 22)) / 2;
                    sheets.last_mut().expect("a page").texts.push((x, y - 22, 22, line));
                    y -= 36;
                }
            }
            Part::Paragraph(text) => {
                for (at, line) in wrapped(text, BODY, 16, true).into_iter().enumerate() {
                    room(&mut sheets, &mut y, 28);
                    let x = if at == 0 { LEFT + 32 } else { LEFT };
                    sheets.last_mut().expect("a page").texts.push((x, y - 16, 16, line));
                    y -= 28;
                }
            }
            Part::Table(rows) => {
                let columns = rows.iter().map(Vec::len).max().unwrap_or(1);
                let column = BODY / i32::try_from(columns).unwrap();
                y -= 10;
                for row in rows {
                    let cells: Vec<Vec<String>> = row.iter().map(|cell| wrapped(cell, column - 10, 10, false)).collect();
                    let lines = cells.iter().map(Vec::len).max().unwrap_or(1);
                    let height = i32::try_from(lines).unwrap() * 15 + 6;
                    room(&mut sheets, &mut y, height);
                    let sheet = sheets.last_mut().expect("a page");
                    for (at, cell) in (0..).zip(&cells) {
                        for (down, line) in (0..).zip(cell) {
                            sheet.texts.push((LEFT + at * column + 5, y - 14 - down * 15, 10, line.clone()));
                        }
                    }
                    let right = LEFT + i32::try_from(columns).unwrap() * column;
                    sheet.rules.extend([(LEFT, y, right, y), (LEFT, y - height, right, y - height)]);
                    for at in 0..=i32::try_from(columns).unwrap() {
                        sheet.rules.push((LEFT + at * column, y, LEFT + at * column, y - height));
                    }
                    y -= height;
                }
                y -= 20;
            }
        }
    }
    for (number, sheet) in (1..).zip(&mut sheets) {
        sheet.texts.push((LEFT, 800, 9, "云岭县人民政府办公室文件汇编".to_owned()));
        sheet.texts.push((290, 50, 12, format!("- {number} -")));
    }
    sheets
}
