//! Input that no typist would accept: everything prints, nothing panics, and what cannot be shown is told.

use plan::{DepartmentId, DepartmentKind, Role};
use report::{DepartmentLine, Kind, Return, View};

use crate::county::{county, department};
use crate::offices::both_open;
use crate::{bulletin, faces, options, print};

/// GB/T 9704: 28 mm left, 26 mm right, 37 mm above and 35 mm below.
const TYPE_AREA: (f64, f64, f64, f64) = (28.0, 37.0, 184.0, 262.0);

fn kinds() -> Vec<Kind> {
    vec![
        Kind::Bulletin,
        Kind::Department(department(1)),
        Kind::Department(DepartmentId::new("gone")),
        Kind::AllDepartments,
        Kind::OnePage(None),
        Kind::OnePage(Some(department(2))),
        Kind::Slip(None),
        Kind::Slip(Some(department(9))),
        Kind::Yearbook,
        Kind::Timeline,
    ]
}

/// Prints every kind, reads it back, and finds nothing outside the type area; then the same for Word and Excel.
fn every_kind(view: &View) {
    let mut faults = Vec::new();
    for kind in kinds() {
        let document = report::compose(view, &kind, &options(), faces());
        let printed = print(&document);
        assert_eq!(printed.sheets.len(), document.pages.len());
        for (place, sheet) in printed.sheets.iter().enumerate() {
            let smallest = sheet.characters.iter().map(|c| c.size).fold(f64::MAX, f64::min);
            assert!(smallest > 4.9, "{kind:?}, page {}: nobody reads {smallest} points", place + 1);
            let outside = sheet.outside(TYPE_AREA);
            if !outside.is_empty() {
                faults.push(format!(
                    "{kind:?}, page {}: {} out, {:?}",
                    place + 1,
                    outside.len(),
                    &outside[..outside.len().min(8)]
                ));
            }
        }
        both_open(view, &kind);
    }
    assert!(faults.is_empty(), "{} pages: {:#?}", faults.len(), &faults[..faults.len().min(30)]);
}

#[test]
fn an_empty_workbook_prints() {
    let view = View::empty(county(0).quarter, county(0).as_of);
    every_kind(&view);
    let text = print(&bulletin(&view)).all_text();
    assert!(text.contains("台账中没有目标任务"), "{text}");
}

#[test]
fn a_department_without_tasks_prints_and_says_so() {
    let view = county(3);
    let document = report::compose(&view, &Kind::Department(department(11)), &options(), faces());
    assert!(print(&document).all_text().contains("县文化和旅游局在台账中没有牵头和配合的任务。"));
}

#[test]
fn three_hundred_departments_print() {
    let mut view = county(300);
    for place in 20..320 {
        view.departments.push(DepartmentLine {
            id: department(place),
            name: format!("第{place}号责任单位"),
            kind: DepartmentKind::Other,
            returned: Return::Missing,
            praise: f64::NAN,
        });
        let task = place - 20;
        view.tasks[task].departments.push((department(place), Role::Lead));
    }
    every_kind(&view);
    assert!(bulletin(&view).characters < 6000);
}

#[test]
fn monstrous_text_stays_within_the_sheet() {
    let mut view = county(6);
    view.tasks[0].title = "关于推进".repeat(500);
    view.tasks[1].title = "a".repeat(500);
    view.tasks[2].title = "（《“".repeat(200);
    view.tasks[3].progress[0].done = "，。、；".repeat(500);
    view.tasks[4].number = "12345678901234567890".to_owned();
    view.tasks[5].progress[0].done = "字".repeat(6000);
    view.departments[1].name = "县".repeat(120);
    view.office = "督".repeat(90);
    view.plans[0].title = "规划".repeat(400);
    view.passages.title = Some("关于".repeat(1000));
    view.indicators[0].name = "指标".repeat(900);
    view.indicators[1].unit = "万".repeat(300);
    view.milestones[0].what = "节点".repeat(3000);
    view.slips[0].matter = "事".repeat(3000);
    view.rule_note = "x".repeat(3000);
    view.passages.distribution = Some("县委办公室，".repeat(400));
    every_kind(&view);
}

/// Text that typists never type, in every field that prints.
#[test]
fn odd_scripts_and_controls_in_every_field_print_within_the_type_area() {
    let odd = "推进👨\u{200d}👩\u{200d}👧🏿😀مرحبا بالعالم שלום\u{202e}倒\u{202c}\u{1}\u{b}\u{7f}\u{85}\u{2028}\t甲\r\n乙\u{feff}\u{fffe}\u{ffff}ก็ऩि e\u{301}\u{20dd}𠮷㛃𬭎👍";
    let mut view = county(12);
    for text in [&mut view.office, &mut view.place, &mut view.rule_note] {
        text.push_str(odd);
    }
    view.passages.title = Some(odd.repeat(2));
    view.passages.opening = Some(odd.repeat(4));
    view.passages.distribution = Some(odd.to_owned());
    for department in &mut view.departments {
        department.name.push_str(odd);
    }
    for plan in &mut view.plans {
        plan.title.push_str(odd);
        plan.doc_number = Some(odd.to_owned());
    }
    for task in &mut view.tasks {
        task.section.push(odd.to_owned());
        for text in [&mut task.title, &mut task.number, &mut task.why] {
            text.push_str(odd);
        }
        for progress in &mut task.progress {
            progress.done.push_str(odd);
            progress.problems.push_str(odd);
            progress.next.push_str(odd);
        }
    }
    for indicator in &mut view.indicators {
        indicator.name.push_str(odd);
        indicator.unit.push_str(odd);
    }
    for milestone in &mut view.milestones {
        milestone.what.push_str(odd);
    }
    for slip in &mut view.slips {
        for text in [&mut slip.number, &mut slip.source, &mut slip.matter, &mut slip.reason, &mut slip.demand, &mut slip.contact]
        {
            text.push_str(odd);
        }
    }
    every_kind(&view);
}

#[test]
fn unbroken_words_in_every_narrow_place_stay_within_the_type_area() {
    let word = "W".repeat(500);
    let mut view = county(8);
    view.departments[0].name.clone_from(&word);
    view.departments[1].name.clone_from(&word);
    view.office.clone_from(&word);
    view.tasks[0].number.clone_from(&word);
    view.tasks[0].why.clone_from(&word);
    view.tasks[0].section = vec![word.clone()];
    view.tasks[1].progress[0].problems.clone_from(&word);
    view.indicators[0].name.clone_from(&word);
    view.indicators[0].unit.clone_from(&word);
    view.milestones[0].what.clone_from(&word);
    view.plans[0].doc_number = Some(word.clone());
    view.slips[0].number.clone_from(&word);
    view.slips[0].contact.clone_from(&word);
    view.slips[0].signer.clone_from(&word);
    view.passages.number = Some(word.clone());
    view.passages.addressee = Some(word.clone());
    view.passages.distribution = Some(word.clone());
    view.passages.copies = Some(word);
    every_kind(&view);
}

#[test]
fn numbers_that_are_none_or_huge_print_as_what_they_are() {
    let mut view = county(30);
    for (place, value) in [f64::NAN, f64::INFINITY, -5.0, 1e300, -0.0, 0.0].into_iter().enumerate() {
        view.tasks[place].completion = Some(value);
        view.tasks[place].schedule = Some(value);
        view.tasks[place].gap = Some(value);
        view.tasks[place].weight = value;
        view.targets[place].actual = Some(value);
        view.targets[place].value = value;
        view.targets[place].completion = Some(value);
        view.targets[place].gap = Some(value);
        view.indicators[place].baseline = Some((i32::MAX, value));
        view.indicators[place].quarters = [Some(value); 4];
        view.indicators[place].years[1].actual = Some(value);
        view.indicators[place].years[2].completion = Some(value);
    }
    every_kind(&view);
    let text = print(&bulletin(&view)).all_text();
    assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
}

#[test]
fn missing_values_print_as_blanks() {
    let mut view = county(20);
    for task in &mut view.tasks {
        task.departments.clear();
        task.due = None;
        task.why.clear();
        task.completion = None;
        task.schedule = None;
        task.gap = None;
        task.before = None;
        task.progress.clear();
        task.items.clear();
        task.section.clear();
    }
    view.compared_with = None;
    view.plans.clear();
    view.office.clear();
    view.place.clear();
    every_kind(&view);
}

#[test]
fn a_character_in_no_face_is_told_with_its_row_and_printed_as_a_mark() {
    let mut view = county(3);
    view.tasks[2].title = "建设😀示范点\u{1F1E8}".to_owned();
    let document = bulletin(&view);
    let told: Vec<String> = document.missing.iter().map(ToString::to_string).collect();
    assert!(told.iter().any(|line| line.contains("第1项中的“😀”(U+1F600)") && line.contains("安装")), "{told:?}");
    assert!(print(&document).all_text().contains("建设〓示范点"));
}

#[test]
fn controls_and_direction_marks_do_not_print_and_are_not_told() {
    let mut view = county(3);
    view.tasks[0].title = "推进\u{202e}落实\u{7}到\u{200b}位\u{fe0f}".to_owned();
    let document = bulletin(&view);
    assert!(document.missing.is_empty(), "{:?}", document.missing);
    assert!(print(&document).all_text().contains("推进落实到位"));
}

/// Characters of real names: old ones, 扩展A, 扩展B, and those of GB 18030's second level from 扩展C to 扩展E.
const RARE_NAMES: &str = "喆堃镕垚犇骉㛃䶮㑇䲟𠮷𫄷𫖯𫔎𬭎𬬻𬴂";

#[test]
fn rare_names_are_set_in_every_face_and_read_back() {
    let mut view = county(3);
    view.place = RARE_NAMES.to_owned();
    view.tasks[0].title = RARE_NAMES.to_owned();
    view.departments[1].name = RARE_NAMES.to_owned();
    view.slips[0].contact = RARE_NAMES.to_owned();
    for kind in [Kind::Bulletin, Kind::Department(department(1)), Kind::OnePage(None), Kind::Slip(None), Kind::Timeline] {
        let document = report::compose(&view, &kind, &options(), faces());
        assert!(document.missing.is_empty(), "{kind:?}: {:?}", document.missing);
        let text = print(&document).all_text();
        for character in RARE_NAMES.chars() {
            assert!(text.contains(character), "{kind:?}: {character} is not in “{text}”");
        }
    }
}

#[test]
fn a_rare_name_in_no_face_is_told_with_its_row_wherever_it_stands() {
    // four dragons: in none of the faces that ship
    let name = "王𪚥".to_owned();
    let told = |change: fn(&mut View, String), kind: &Kind| {
        let mut view = county(12);
        change(&mut view, name.clone());
        let document = report::compose(&view, kind, &options(), faces());
        let text = print(&document).all_text();
        assert!(text.contains("王〓") && !text.contains('𪚥'), "{kind:?}: {text}");
        document.missing.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    let said = told(|view, name| view.tasks[4].title = name, &Kind::Bulletin);
    assert!(said.contains("第5项中的“𪚥”(U+2A6A5)"), "{said}");
    for (change, kind, row) in [
        ((|view, name| view.departments[1].name = name) as fn(&mut View, String), Kind::OnePage(None), "第3项中"),
        (|view, name| view.slips[0].contact = name, Kind::Slip(None), "督办单云督黄〔2025〕4号中"),
        (|view, name| view.milestones[0].what = name, Kind::Timeline, "时点“王𪚥”中"),
        (|view, name| view.indicators[0].name = name, Kind::Yearbook, "指标“王𪚥”中"),
    ] {
        let said = told(change, &kind);
        assert!(said.contains(&format!("{row}的“𪚥”(U+2A6A5)")), "{kind:?}: {said}");
    }
}
