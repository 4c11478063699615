//! PDF: documents printed by a word processor (their fonts taken out, which reading does not need), and pages made here.

use crate::make::lines;
use crate::written::Sheet;
use encoding_rs::GB18030;
use lopdf::content::{Content, Operation};
use lopdf::{Document as Pdf, Object, Stream, dictionary};

fn made(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/forms/made/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The lines of a text that a document was printed from; its table rows as `lines` shows them.
fn printed_from(name: &str) -> Vec<String> {
    let path = format!("{}/tests/documents/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    let mut found: Vec<String> = Vec::new();
    for line in std::fs::read_to_string(path).unwrap().lines().map(str::trim).filter(|line| !line.is_empty()) {
        let row = line.replace('\t', "|");
        let first = row != line && !found.last().is_some_and(|before| before.contains('|'));
        found.push(format!("{}{row}", if first { "=" } else { "" }));
    }
    found
}

/// A page of text pieces: place from the left and from the foot, size, text.
fn pages(pages: &[Vec<(i32, i32, i32, &str)>], picture: bool) -> Vec<u8> {
    let own = |(x, y, size, text): &(i32, i32, i32, &str)| (*x, *y, *size, (*text).to_owned());
    let sheets: Vec<Sheet> =
        pages.iter().map(|page| Sheet { texts: page.iter().map(own).collect(), rules: Vec::new() }).collect();
    printed(&sheets, picture)
}

/// A PDF of these pages. The font has the old encoding of Chinese fonts and no map.
pub fn printed(sheets: &[Sheet], picture: bool) -> Vec<u8> {
    let mut pdf = Pdf::with_version("1.4");
    let tree = pdf.new_object_id();
    let descendant = pdf.add_object(dictionary! { "Type" => "Font", "Subtype" => "CIDFontType0", "BaseFont" => "STSong" });
    let font = pdf.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "STSong", "Encoding" => "GBK-EUC-H",
        "DescendantFonts" => vec![descendant.into()],
    });
    let image = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Width" => 1, "Height" => 1, "BitsPerComponent" => 8,
        "ColorSpace" => "DeviceGray",
    };
    let image = pdf.add_object(Stream::new(image, vec![0]));
    let mut kids = Vec::new();
    for sheet in sheets {
        let mut operations = Vec::new();
        if picture {
            operations.push(Operation::new("q", vec![]));
            operations.push(Operation::new("cm", [595, 0, 0, 842, 0, 0].map(Object::from).to_vec()));
            operations.push(Operation::new("Do", vec!["Im".into()]));
            operations.push(Operation::new("Q", vec![]));
        }
        for (x, y, size, text) in &sheet.texts {
            let (bytes, _, _) = GB18030.encode(text);
            operations.push(Operation::new("BT", vec![]));
            operations.push(Operation::new("Tf", vec!["F".into(), (*size).into()]));
            operations.push(Operation::new("Td", vec![(*x).into(), (*y).into()]));
            operations.push(Operation::new("Tj", vec![Object::string_literal(bytes.to_vec())]));
            operations.push(Operation::new("ET", vec![]));
        }
        for (x0, y0, x1, y1) in &sheet.rules {
            operations.push(Operation::new("m", vec![(*x0).into(), (*y0).into()]));
            operations.push(Operation::new("l", vec![(*x1).into(), (*y1).into()]));
            operations.push(Operation::new("S", vec![]));
        }
        let content = Content { operations }.encode().unwrap();
        let content = pdf.add_object(Stream::new(dictionary! {}, content));
        let page = dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content };
        kids.push(pdf.add_object(page).into());
    }
    let count = i64::try_from(kids.len()).unwrap();
    pdf.objects.insert(
        tree,
        Object::Dictionary(dictionary! {
            "Type" => "Pages", "Kids" => kids, "Count" => count,
            "MediaBox" => [0, 0, 595, 842].map(Object::from).to_vec(),
            "Resources" => dictionary! {
                "Font" => dictionary! { "F" => font }, "XObject" => dictionary! { "Im" => image },
            },
        }),
    );
    let catalog = pdf.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    pdf.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    bytes
}

fn read(bytes: &[u8]) -> Vec<String> {
    lines(&intake::read(bytes, "方案.pdf").unwrap())
}

fn refusal(bytes: &[u8]) -> String {
    intake::read(bytes, "方案.pdf").unwrap_err().to_string()
}

#[test]
fn lines_join_to_the_paragraphs_they_were_printed_from() {
    // the printing program left out a comma that would have stood in the margin
    let printed = |line: String| line.replace("38万吨，新建", "38万吨新建");
    let expected: Vec<String> = printed_from("annual_tasks").into_iter().map(printed).collect();
    assert_eq!(read(&made("annual_tasks.pdf")), expected);
}

#[test]
fn ruled_tables_are_rows_again() {
    assert_eq!(read(&made("division_table.pdf")), printed_from("division_table"));
}

#[test]
fn two_columns_are_read_one_after_the_other() {
    let one_space = |line: String| line.replace("  ", " ");
    let expected: Vec<String> = printed_from("chapters_deep").into_iter().map(one_space).collect();
    // one page has no other to tell its head by
    assert_eq!(read(&made("two_columns.pdf"))[1..], expected);
}

#[test]
fn page_heads_and_numbers_are_dropped_and_a_paragraph_goes_on_overleaf() {
    let page =
        |number: &'static str, text: &'static str| vec![(72, 800, 9, "云溪县公报"), (72, 700, 16, text), (72, 60, 10, number)];
    let full = "年内新建改建农村公路三百二十公里，完成危旧桥梁";
    let found = read(&pages(&[page("- 1 -", full), page("- 2 -", "改造十二座，惠及群众。"), page("第3页 共3页", "完。")], false));
    assert_eq!(found, [format!("{full}改造十二座，惠及群众。"), "完。".to_owned()]);
}

#[test]
fn a_number_on_one_page_alone_is_no_page_number() {
    let page = |text: &'static str| vec![(72, 700, 16, "云溪县产业发展"), (72, 600, 16, text)];
    let found = read(&pages(&[page("甲"), page("乙"), page("3"), page("丁")], false));
    assert!(found.iter().any(|line| line.contains('3')), "{found:?}");
}

#[test]
fn what_stands_centred_below_a_title_that_is_not_full_is_no_part_of_it() {
    let full = "年内新建改建农村公路三百二十公里，完成危旧桥梁改造十二座";
    let title = "云溪县人民政府办公室关于印发产业发展";
    let found =
        read(&pages(&[vec![(98, 760, 22, title), (274, 730, 22, "目录"), (72, 690, 16, full), (72, 662, 16, full)]], false));
    assert_eq!(found, [title.to_owned(), "目录".to_owned(), format!("{full}{full}")]);
}

#[test]
fn characters_printed_twice_for_bold_are_one() {
    assert_eq!(read(&pages(&[vec![(72, 700, 16, "总则"), (73, 700, 16, "总则")]], false)), ["总则"]);
}

#[test]
fn scanned_pages_are_said_to_be_scanned() {
    let page = |number| vec![(290, 40, 10, number)];
    assert!(refusal(&pages(&[page("1"), page("2")], true)).contains("扫描件"));
    let mixed = pages(&[vec![(72, 700, 16, "云溪县产业发展行动计划")], vec![]], false);
    assert_eq!(read(&mixed), ["云溪县产业发展行动计划"]);
    assert!(refusal(&pages(&[vec![]], false)).contains("空的"));
}

#[test]
fn a_password_is_said() {
    assert!(refusal(&made("protected.pdf")).contains("打开密码"));
}

#[test]
fn damaged_files_are_refused() {
    assert!(refusal(b"%PDF-1.7\n%%EOF").contains("损坏"));
    assert!(refusal(b"%PDF-1.7").contains("损坏"));
}

#[test]
fn cut_and_shuffled_bytes_neither_panic_nor_hang() {
    let mut roll = 7_u64;
    let mut dice = |sides: usize| {
        roll = roll.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(roll >> 33).unwrap() % sides
    };
    let plain = pages(&[vec![(72, 700, 16, "云溪县产业发展行动计划"), (72, 60, 10, "- 1 -")], vec![(72, 700, 16, "二")]], true);
    for bytes in [plain, made("division_table.pdf"), made("two_columns.pdf"), made("protected.pdf")] {
        for _ in 0..40 {
            let cut = dice(bytes.len());
            let _ = intake::read(&bytes[..cut], "方案.pdf");
            let mut shuffled = bytes.clone();
            for _ in 0..1 + dice(12) {
                let at = dice(shuffled.len());
                let other = dice(shuffled.len());
                if dice(2) == 0 {
                    shuffled.swap(at, other);
                } else {
                    shuffled[at] = b"0123456789<>[]/ RQ"[dice(18)];
                }
            }
            let _ = intake::read(&shuffled, "方案.pdf");
        }
    }
}

#[test]
fn a_page_that_unpacks_beyond_bounds_is_refused() {
    let mut pdf = Pdf::load_mem(&pages(&[vec![], vec![], vec![]], false)).unwrap();
    let mut bomb = Stream::new(dictionary! {}, vec![b' '; 80 << 20]);
    bomb.compress().unwrap();
    for id in pdf.page_iter().collect::<Vec<_>>() {
        let bomb = pdf.add_object(bomb.clone());
        pdf.get_object_mut(id).unwrap().as_dict_mut().unwrap().set("Contents", bomb);
    }
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    assert!(refusal(&bytes).contains("太大"));
}
