//! GB/T 9704 to the millimetre, measured in the finished file.

use report::{HouseStyle, Kind, Options, View};

use crate::county::{county, department};
use crate::{bulletin, faces, options, print, reader};

/// A bulletin whose text fills pages with Chinese characters only.
fn full_pages(style: HouseStyle) -> reader::Printed {
    let mut view = View::empty(county(0).quarter, county(0).as_of);
    view.passages.title = Some("通报".to_owned());
    view.passages.number = Some(String::new());
    view.passages.addressee = Some("各单位".to_owned());
    view.passages.opening = Some("推进落实各项任务".repeat(300));
    let document = report::compose(&view, &Kind::Bulletin, &Options { style, ..options() }, faces());
    print(&document)
}

#[test]
fn twenty_two_lines_of_twenty_eight_characters_fill_the_type_area() {
    let printed = full_pages(HouseStyle::STANDARD);
    let lines = printed.sheets[1].lines();
    let body: Vec<_> = lines.iter().filter(|(_, line)| line[0].size > 15.0).collect();
    assert_eq!(body.len(), 22);
    // 0.88 em above and 0.12 em below the baseline is a Chinese character's box
    let em = 16.0 * report::MM_PER_PT;
    assert!((body[0].0 - 0.88 * em - 37.0).abs() < 0.05, "天头 {}", body[0].0 - 0.88 * em);
    let foot = body[21].0 + 0.12 * em;
    assert!((foot - (37.0 + 225.0)).abs() < 0.15, "地脚 {foot}");
    for (_, line) in &body {
        assert_eq!(line.len(), 28);
        for (place, character) in line.iter().enumerate() {
            let middle = character.x + character.advance / 2.0;
            let cell = 28.0 + (place as f64 + 0.5) * 156.0 / 28.0;
            assert!((middle - cell).abs() < 0.05, "{} stands at {middle}, its cell at {cell}", character.text);
        }
    }
}

#[test]
fn every_house_style_keeps_its_margins() {
    for style in HouseStyle::ALL {
        let printed = full_pages(*style);
        let lines = printed.sheets[1].lines();
        let first = &lines[0];
        assert!((first.0 - 0.88 * 16.0 * report::MM_PER_PT - style.top).abs() < 0.05, "{}", style.code);
        assert!((first.1[0].x - style.left).abs() < 0.1, "{}: {}", style.code, first.1[0].x);
        let pitch = lines[1].0 - lines[0].0;
        assert!((pitch / report::MM_PER_PT - style.pitch).abs() < 0.05, "{}: {pitch}", style.code);
    }
}

#[test]
fn page_numbers_stand_outside_below_the_type_area_on_upright_and_turned_sheets() {
    let printed = print(&bulletin(&county(60)));
    let turned = printed.sheets.iter().filter(|sheet| sheet.turned == 90).count();
    assert!(turned > 5 && turned < printed.sheets.len());
    let numbered = printed.sheets.len() - 1;
    for (place, sheet) in printed.sheets.iter().take(numbered).enumerate() {
        assert!((sheet.width - 210.0).abs() < 0.1 && (sheet.height - 297.0).abs() < 0.1);
        let number: Vec<_> = sheet.characters.iter().filter(|c| !c.upward && c.size == 14.0 && c.y > 262.0).collect();
        let text: String = number.iter().map(|c| c.text).filter(|c| *c != ' ').collect();
        assert_eq!(text, format!("—{}—", place + 1));
        let em = 14.0 * report::MM_PER_PT;
        let dash = number[0].y - 0.38 * em;
        assert!((dash - (37.0 + 225.0 + 7.0)).abs() < 0.1, "the dash is 7 mm below: {dash}");
        let (left, right) = (number[0].x, number[number.len() - 1]);
        if place % 2 == 0 {
            let end = right.x + right.advance;
            assert!((end - (28.0 + 156.0 - em)).abs() < 0.3, "odd pages right, one in: {end}");
        } else {
            assert!((left - (28.0 + em)).abs() < 0.3, "even pages left, one in: {left}");
        }
    }
}

#[test]
fn turned_tables_have_their_head_at_the_sheets_left_and_stay_in_the_type_area() {
    let printed = print(&bulletin(&county(60)));
    for sheet in printed.sheets.iter().filter(|sheet| sheet.turned == 90) {
        let upward: Vec<_> = sheet.characters.iter().filter(|c| c.upward).collect();
        assert!(upward.iter().any(|c| c.text == '序'));
        for character in &upward {
            assert!(character.x > 28.0 && character.x < 184.0, "{character:?}");
            assert!(character.y > 36.9 && character.y < 262.1, "{character:?}");
        }
    }
}

#[test]
fn the_imprint_is_at_the_foot_of_the_last_side_which_is_even_and_unnumbered_when_it_is_alone() {
    for tasks in [0, 3, 20, 41, 60] {
        let mut view = county(tasks);
        view.passages.distribution = Some("县委办公室，县人大常委会办公室，县政协办公室".to_owned());
        view.passages.copies = Some("共印60份".to_owned());
        let printed = print(&bulletin(&view));
        assert_eq!(printed.sheets.len() % 2, 0, "{tasks} tasks");
        let last = printed.sheets.last().unwrap();
        assert_eq!(last.turned, 0);
        let lines = last.lines();
        let text: Vec<(f64, String)> = lines.iter().map(|(y, line)| (*y, line.iter().map(|c| c.text).collect())).collect();
        let (y, _) = text.iter().find(|(_, line)| line.contains("抄送：县委办公室")).expect("抄送");
        assert!(*y > 240.0);
        let (y, issued) = text.iter().find(|(_, line)| line.contains("印发")).expect("印发");
        assert!(*y > 250.0 && *y < 262.0 && issued.contains("2025年6月30日印发（共印60份）"), "{issued}");
    }
}

#[test]
fn no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() {
    let mut view = county(60);
    let text = "“推进”、（落实）《计划》：要按“三张清单”（任务、问题、责任）逐项销号，做到“件件有着落”；完成12.5万平方米、3,200人、85.7%。";
    view.passages.opening = Some(text.repeat(40));
    let printed = print(&bulletin(&view));
    let mut checked = 0;
    for sheet in printed.sheets.iter().filter(|sheet| sheet.turned == 0) {
        for (_, line) in sheet.lines().iter().filter(|(_, line)| line[0].size > 15.0) {
            let (first, last) = (line[0].text, line[line.len() - 1].text);
            assert!(!"，。、；：？！）》”’".contains(first), "a line begins with {first}");
            assert!(!"（《“‘".contains(last), "a line ends with {last}");
            let end = line[line.len() - 1].x + line[line.len() - 1].advance;
            assert!(end < 28.0 + 156.0 + 3.0, "a line runs out of the type area: {end}");
            checked += 1;
        }
    }
    assert!(checked > 60);
    let text = printed.all_text();
    assert!(text.contains("12.5万平方米、3,200人"));
}

#[test]
fn numbers_are_not_torn_from_their_unit() {
    let mut view = county(0);
    // so that every place in the line is met
    view.passages.opening = Some((1..60).map(|n| format!("{}完成126个、2050人。\n", "推".repeat(n))).collect());
    let printed = print(&bulletin(&view));
    for sheet in &printed.sheets {
        for (_, line) in sheet.lines().iter().filter(|(_, line)| line[0].size > 15.0) {
            let text: String = line.iter().map(|c| c.text).collect();
            assert!(!text.ends_with(|c: char| c.is_ascii_digit()), "{text}");
            assert!(!text.starts_with('个') && !text.starts_with('人'), "{text}");
        }
    }
}

#[test]
fn heads_have_their_faces_and_fonts_are_small_named_and_tagged() {
    let document = bulletin(&county(30));
    let bytes = report::pdf(&document, faces()).unwrap();
    assert!(bytes.len() < 1_000_000, "{} bytes", bytes.len());
    let printed = reader::Printed::read(&bytes);
    let face = |text: &str| {
        let sheet = &printed.sheets[0];
        let all: String = sheet.characters.iter().map(|c| c.text).collect();
        let at = all.chars().collect::<Vec<_>>().windows(text.chars().count()).position(|w| w.iter().collect::<String>() == text);
        sheet.characters[at.unwrap_or_else(|| panic!("{text} is not on the first page"))].font.clone()
    };
    let title = face("规划任务推进情况通报");
    let head = face("一、总体情况");
    let body = face("现将有关情况通报如下");
    assert!(title != head && head != body && title != body, "{title} {head} {body}");
    for font in [title, head, body] {
        let (tag, name) = font.split_once('+').expect("a subset is tagged");
        assert!(tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase()) && !name.is_empty(), "{font}");
    }
}

#[test]
fn the_same_view_makes_the_same_bytes() {
    let view = county(40);
    for kind in [
        Kind::Bulletin,
        Kind::AllDepartments,
        Kind::OnePage(None),
        Kind::Slip(None),
        Kind::Department(department(3)),
        Kind::Yearbook,
        Kind::Timeline,
    ] {
        let once = report::pdf(&report::compose(&view, &kind, &options(), faces()), faces()).unwrap();
        let again = report::pdf(&report::compose(&view, &kind, &options(), faces()), faces()).unwrap();
        assert!(once == again, "{kind:?}");
    }
}

#[test]
fn bookmarks_links_language_and_properties_are_in_the_file() {
    let printed = print(&bulletin(&county(30)));
    let catalog = printed.file.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"zh-CN");
    let toc: Vec<String> = printed.file.get_toc().unwrap().toc.into_iter().map(|entry| entry.title).collect();
    for wanted in ["一、总体情况", "四、下一步要求", "附件1 2025年二季度进展情况表"] {
        assert!(toc.iter().any(|title| title == wanted), "{wanted} in {toc:?}");
    }
    assert!(printed.sheets.iter().any(|sheet| sheet.links > 0));
    let info = printed.file.trailer.get(b"Info").unwrap().as_reference().unwrap();
    let info = printed.file.get_dictionary(info).unwrap();
    let text = |key: &[u8]| {
        let bytes = info.get(key).unwrap().as_str().unwrap();
        let units = bytes[2..].chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        char::decode_utf16(units).map(|c| c.unwrap()).collect::<String>()
    };
    assert_eq!(text(b"Title"), "云溪县2025年上半年规划任务推进情况通报");
    assert_eq!(text(b"Author"), "云溪县人民政府督查室");
    assert!(text(b"Keywords").contains("仿宋："));
}

#[test]
fn a_table_repeats_its_head_and_a_row_longer_than_a_page_is_split_between_lines() {
    let mut view = county(4);
    view.tasks[1].progress[0].done = "已完成前期工作并进场施工。".repeat(400);
    let document = bulletin(&view);
    let printed = print(&document);
    let tables: Vec<_> = printed.sheets.iter().filter(|sheet| sheet.turned == 90).collect();
    assert!(tables.len() >= 4);
    for sheet in &tables {
        let text: String = sheet.characters.iter().filter(|c| c.upward).map(|c| c.text).collect();
        assert!(text.contains("下一步措施"), "{text}");
    }
    // pages part a few of the sentences, none is lost
    let count = printed.all_text().matches("已完成前期工作并进场施工。").count();
    assert!((390..=400).contains(&count), "{count}");
    assert_eq!(printed.all_text().matches('场').count(), 400 + view.tasks[0].progress[0].done.matches('场').count());
}

#[test]
fn no_line_is_spread_visibly_where_a_long_unit_meets_its_end() {
    let mut view = county(0);
    let sentence = "用地完成128亩，为目标320亩的40%，低于序时进度35个百分点，需要加快推进";
    view.passages.opening = Some((0..30).map(|n| format!("{}{sentence}。\n", "推".repeat(n))).collect());
    let printed = print(&bulletin(&view));
    let mut parted = 0;
    for sheet in printed.sheets.iter().filter(|sheet| sheet.turned == 0) {
        for (_, line) in sheet.lines().iter().filter(|(_, line)| (15.0..17.0).contains(&line[0].size)) {
            let text: String = line.iter().map(|c| c.text).collect();
            for pair in line.windows(2).filter(|pair| pair.iter().all(|c| ('一'..='龥').contains(&c.text))) {
                let pitch = pair[1].x - pair[0].x;
                assert!(pitch < 156.0 / 28.0 * 1.14, "{pitch:.2} mm from {} to {} in “{text}”", pair[0].text, pair[1].text);
            }
            assert!(!text.ends_with("35") && !text.starts_with('个'), "{text}");
            parted += usize::from(text.ends_with("35个"));
        }
    }
    assert!(parted > 0, "the unit is parted after its counter where the line ends there");
}
