//! What archives and screen readers ask of the file: PDF/A-2b's own statements, and a tree that holds all text.

use lopdf::content::Content;
use lopdf::{Dictionary, Object};

use crate::county::county;
use crate::{bulletin, print, reader};

fn printed() -> reader::Printed {
    let mut view = county(30);
    view.office = "督查室 <&> 一室".to_owned();
    print(&bulletin(&view))
}

fn follow<'a>(file: &'a lopdf::Document, object: &'a Object) -> &'a Object {
    match object {
        Object::Reference(id) => file.get_object(*id).unwrap(),
        other => other,
    }
}

fn dictionary<'a>(file: &'a lopdf::Document, of: &'a Dictionary, key: &[u8]) -> &'a Dictionary {
    follow(file, of.get(key).unwrap_or_else(|_| panic!("no {}", String::from_utf8_lossy(key)))).as_dict().unwrap()
}

#[test]
fn the_file_states_its_standard_its_colours_and_its_identity() {
    let printed = printed();
    let file = &printed.file;
    let catalog = file.catalog().unwrap();
    let metadata = follow(file, catalog.get(b"Metadata").unwrap()).as_stream().unwrap();
    assert!(metadata.dict.get(b"Filter").is_err(), "the packet is there to be read");
    let packet = String::from_utf8(metadata.content.clone()).unwrap();
    for wanted in [
        "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>",
        "云溪县2025年上半年规划任务推进情况通报</rdf:li>",
        "督查室 &lt;&amp;&gt; 一室",
        "<xmp:CreateDate>2025-06-30T00:00:00+08:00</xmp:CreateDate>",
    ] {
        assert!(packet.contains(wanted), "{wanted} in {packet}");
    }
    let intent = follow(file, &catalog.get(b"OutputIntents").unwrap().as_array().unwrap()[0]).as_dict().unwrap();
    let profile = follow(file, intent.get(b"DestOutputProfile").unwrap()).as_stream().unwrap();
    let profile = profile.decompressed_content().unwrap_or_else(|_| profile.content.clone());
    assert_eq!(&profile[12..24], b"mntrRGB XYZ ");
    let id = file.trailer.get(b"ID").unwrap().as_array().unwrap();
    assert_eq!(id[0].as_str().unwrap().len(), 16);
    assert!(file.trailer.get(b"Encrypt").is_err());
}

#[test]
fn every_face_is_embedded_and_nothing_is_transparent() {
    let printed = printed();
    let mut programs = 0;
    for object in printed.file.objects.values() {
        let dictionary = match object {
            Object::Dictionary(dictionary) => dictionary,
            Object::Stream(stream) => &stream.dict,
            _ => continue,
        };
        assert!(dictionary.get(b"SMask").is_err() && dictionary.get(b"ca").is_err() && dictionary.get(b"JS").is_err());
        if dictionary.get(b"Type").is_ok_and(|t| t.as_name().is_ok_and(|name| name == b"FontDescriptor")) {
            assert!(dictionary.get(b"FontFile2").is_ok() || dictionary.get(b"FontFile3").is_ok());
            programs += 1;
        }
    }
    assert!(programs >= 4);
}

#[test]
fn all_text_is_in_the_tree_except_page_numbers_and_repeated_heads() {
    let printed = printed();
    let file = &printed.file;
    let catalog = file.catalog().unwrap();
    assert!(dictionary(file, catalog, b"MarkInfo").get(b"Marked").unwrap().as_bool().unwrap());
    let root = dictionary(file, catalog, b"StructTreeRoot");
    let owners = dictionary(file, root, b"ParentTree").get(b"Nums").unwrap().as_array().unwrap();
    for (place, (_, page)) in file.get_pages().into_iter().enumerate() {
        let parents = file.get_dictionary(page).unwrap().get(b"StructParents").unwrap().as_i64().unwrap();
        assert_eq!(parents, i64::try_from(place).unwrap());
        let own = owners[place * 2 + 1].as_array().unwrap();
        let mut pieces = 0;
        let mut open = 0;
        for operation in Content::decode(&file.get_page_content(page)).unwrap().operations {
            match operation.operator.as_str() {
                "BDC" => {
                    let number = operation.operands[1].as_dict().unwrap().get(b"MCID").unwrap().as_i64().unwrap();
                    assert_eq!(number, pieces);
                    // the element that owns the piece says the same name
                    let element = follow(file, &own[usize::try_from(number).unwrap()]).as_dict().unwrap();
                    assert_eq!(element.get(b"S").unwrap().as_name().unwrap(), operation.operands[0].as_name().unwrap());
                    pieces += 1;
                    open += 1;
                }
                "BMC" => open += 1,
                "EMC" => open -= 1,
                "TJ" | "Tj" | "S" | "f" | "B" => assert_eq!(open, 1, "{} is neither content nor ornament", operation.operator),
                _ => {}
            }
        }
        assert_eq!(usize::try_from(pieces).unwrap(), own.len());
        assert_eq!(open, 0);
    }
}

#[test]
fn rows_of_a_table_have_as_many_cells_as_it_has_columns() {
    let document = bulletin(&county(12));
    let heads = document.elements.iter().filter(|e| e.kind == report::ElementKind::HeadCell).count();
    let tables = document.elements.iter().filter(|e| e.kind == report::ElementKind::Table).count();
    assert!(tables >= 3 && heads >= 9 + 9 + 5, "{tables} tables, {heads} heads");
    for (place, element) in document.elements.iter().enumerate() {
        assert!(element.parent.is_none_or(|parent| parent < place));
    }
}

#[test]
fn pages_share_their_resources_and_name_no_kind_they_do_not_use() {
    let printed = printed();
    let file = &printed.file;
    let mut shared: Vec<lopdf::ObjectId> = Vec::new();
    for page in file.get_pages().into_values() {
        let id = file.get_dictionary(page).unwrap().get(b"Resources").unwrap().as_reference().unwrap();
        for (kind, own) in file.get_dictionary(id).unwrap() {
            let empty = follow(file, own).as_dict().is_ok_and(Dictionary::is_empty);
            assert!(!empty, "an empty {}", String::from_utf8_lossy(kind));
        }
        if !shared.contains(&id) {
            shared.push(id);
        }
    }
    assert!(printed.sheets.len() > 5 && shared.len() == 1, "{} for {} pages", shared.len(), printed.sheets.len());
}
