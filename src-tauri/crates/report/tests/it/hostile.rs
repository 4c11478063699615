//! Input that no typist would accept: everything prints, nothing panics, and what cannot be shown is told.

use plan::{DepartmentId, DepartmentKind, Role};
use report::{DepartmentLine, Kind, Return, View};

use crate::county::{county, department};
use crate::offices::both_open;
use crate::{bulletin, faces, options, print};

fn every_kind(view: &View) -> Vec<usize> {
    let kinds = [
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
    ];
    kinds
        .iter()
        .map(|kind| {
            let document = report::compose(view, kind, &options(), faces());
            let printed = print(&document);
            both_open(view, kind);
            assert_eq!(printed.sheets.len(), document.pages.len());
            for page in &document.pages {
                for item in &page.items {
                    if let report::Item::Text { x, y, offsets, .. } = item {
                        let end = x + f64::from(*offsets.last().unwrap());
                        assert!(x.is_finite() && y.is_finite() && *x > 20.0 && end < page.width(), "{kind:?}: {item:?}");
                        assert!(*y > 20.0 && *y < page.height() - 20.0, "{kind:?}: {item:?}");
                    }
                }
            }
            document.pages.len()
        })
        .collect()
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

#[test]
fn rare_names_are_set() {
    let mut view = county(3);
    view.tasks[0].title = "喆堃镕垚犇骉".to_owned();
    let document = bulletin(&view);
    assert!(document.missing.is_empty(), "{:?}", document.missing);
}
