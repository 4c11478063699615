//! The old binary Word form.

use crate::make::lines;
use intake::{Document, Form, ReadError};
use std::io::Write;

/// A compound file of streams.
fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in streams {
        file.create_stream(name).unwrap().write_all(bytes).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

fn put(bytes: &mut [u8], at: usize, number: usize) {
    bytes[at..at + 4].copy_from_slice(&u32::try_from(number).unwrap().to_le_bytes());
}

/// A document as a fast save leaves it: pieces of text in any order, each as two-byte or one-byte characters.
fn saved_fast(pieces: &[(&str, bool)]) -> Vec<u8> {
    let mut main = vec![0_u8; 0x400];
    main[0..4].copy_from_slice(&[0xec, 0xa5, 0xc1, 0]);
    let mut places = Vec::new();
    // the last piece stands first in the file
    for (text, narrow) in pieces.iter().rev() {
        let place = main.len();
        if *narrow {
            main.extend(text.bytes());
            places.push((place * 2) | 0x4000_0000);
        } else {
            main.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
            places.push(place);
        }
    }
    places.reverse();
    let mut table = vec![2, 0, 0, 0, 0];
    let mut first = 0;
    for (text, _) in pieces {
        table.extend(u32::try_from(first).unwrap().to_le_bytes());
        first += text.encode_utf16().count();
    }
    table.extend(u32::try_from(first).unwrap().to_le_bytes());
    for place in places {
        table.extend([0, 0]);
        table.extend(u32::try_from(place).unwrap().to_le_bytes());
        table.extend([0, 0]);
    }
    let length = table.len();
    put(&mut table, 1, length - 5);
    put(&mut main, 0x4c, first);
    put(&mut main, 0x9a + 8 * 33, 0);
    put(&mut main, 0x9a + 8 * 33 + 4, length);
    compound(&[("WordDocument", &main), ("0Table", &table)])
}

fn read(bytes: &[u8]) -> Document {
    let document = intake::read(bytes, "计划.doc").unwrap();
    assert_eq!(document.form, Form::Doc);
    document
}

#[test]
fn numbers_cells_notes_and_boxes_are_read_and_deleted_and_hidden_text_is_not() {
    let document = read(include_bytes!("made/wetland.doc"));
    let expected = [
        "澄湖县湿地修复三年行动方案",
        "一、总体目标",
        "到2027年，修复湿地3200亩，新建观鸟点8处。",
        "二、重点任务",
        "1.清淤疏浚。完成河道清淤40公里。",
        "2.生态补水。",
        "（1）修建引水闸2座；",
        "（2）铺设管道6公里。",
        "3.科普宣教。",
        "=类别|指标|目标值|目标值",
        "生态|湿地面积|2026年 3000亩|3200亩",
        "生态|鸟类|120种|130种",
        "三、保障措施",
        "由县林业局牵头。",
        "专栏：责任分工",
    ];
    assert_eq!(lines(&document), expected);
    // the note stands in the text, and is said
    assert!(document.text.ends_with("注1：含退塘还湿面积。\n"), "{}", document.text);
    let said: Vec<&str> = document.unread.iter().map(|unread| unread.message.as_str()).collect();
    assert!(said.len() == 1 && said[0].contains("1条脚注"), "{said:?}");
}

#[test]
fn pieces_are_read_in_the_order_of_the_text_and_not_of_the_file() {
    let document = read(&saved_fast(&[("云溪县", false), ("2027", true), ("年行动计划\r一、目标\r", false)]));
    assert_eq!(lines(&document), ["云溪县2027年行动计划", "一、目标"]);
}

#[test]
fn fields_print_their_result_and_not_their_code() {
    let document =
        read(&saved_fast(&[("见\u{13}HYPERLINK \"x\"\u{14}附件\u{15}第\u{13} PAGE \u{15}项\u{b}下行\u{1e}完\r", false)]));
    assert_eq!(lines(&document), ["见附件第项", "下行-完"]);
}

#[test]
fn cells_without_properties_fall_into_rows_by_their_marks() {
    let document = read(&saved_fast(&[("任务\u{7}单位\u{7}\u{7}植树\u{7}县林业局\u{7}\u{7}正文\r", false)]));
    assert_eq!(lines(&document)[..2], ["=任务|单位", "植树|县林业局"]);
    assert!(document.text.contains("正文"));
}

#[test]
fn word_95_text_is_in_the_code_page_of_its_language() {
    let (text, _, _) = encoding_rs::GB18030.encode("云溪县行动计划\r一、目标\r");
    let mut main = vec![0_u8; 0x300];
    main[0..8].copy_from_slice(&[0xdc, 0xa5, 0x65, 0, 0, 0, 0x04, 0x08]);
    put(&mut main, 0x18, 0x300);
    put(&mut main, 0x34, text.len());
    main.extend_from_slice(&text);
    assert_eq!(lines(&read(&compound(&[("WordDocument", &main)]))), ["云溪县行动计划", "一、目标"]);
}

#[test]
fn other_compound_files_say_what_they_are() {
    let of = |name: &str, bytes: &[u8]| intake::read(&compound(&[(name, bytes)]), "甲.doc");
    assert!(matches!(of("Workbook", b"x"), Err(ReadError::Spreadsheet(_))));
    assert!(matches!(of("EncryptedPackage", b"x"), Err(ReadError::Protected(_))));
    assert!(matches!(of("PowerPoint Document", b"x"), Err(ReadError::NoDocument { .. })));
    assert!(matches!(of("Anything", b"x"), Err(ReadError::Unknown(_))));
    assert!(matches!(of("WordDocument", b"x"), Err(ReadError::Damaged(_))));
    let mut locked = vec![0_u8; 0x400];
    locked[0..4].copy_from_slice(&[0xec, 0xa5, 0xc1, 0]);
    locked[0x0b] = 1;
    assert!(matches!(of("WordDocument", &locked), Err(ReadError::Protected(_))));
}
