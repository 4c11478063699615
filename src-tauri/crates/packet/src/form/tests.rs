//! A form goes out, is filled in as clerks do, and is read.

use super::cells::{self, Cell, Sheet};
use super::*;
use crate::issue::{Issue, Written};
use crate::key::SecretKey;
use crate::returned::Return;
use plan::{
    Actual, ActualId, Assignment, Cadence, ChecklistItem, ChecklistItemId, Due, Indicator, IndicatorId, IndicatorKind, Milestone,
    MilestoneId, Op, PlanId, Progress, ProgressId, Role, Status, Target, TargetId, Task, TaskId, TaskKind,
};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook};
use std::collections::BTreeMap;

const TASKS: usize = 4;

fn office() -> SecretKey {
    SecretKey::from_bytes(&[3; 32])
}

fn issue() -> Issue {
    let own = DepartmentId::new("unit-1");
    let quarter = "2025Q2".parse().unwrap();
    let head = Head {
        kind: Kind::Issue,
        workbook: "county".to_owned(),
        office: "云溪县政府督查室".to_owned(),
        department: own.clone(),
        department_name: "县科技局".to_owned(),
        quarter,
        serial: 1_750_000_000,
        made_at: moment_of("2025-06-15T15:06:40Z").unwrap(),
        made_by: "王芳".to_owned(),
    };
    let mut issue = Issue::new(head, SecretKey::from_bytes(&[4; 32]).to_text());
    for at in 0..TASKS {
        let position = i64::try_from(at).unwrap();
        let task = TaskId::new(format!("task-{at}"));
        issue.tasks.push(Task {
            id: task.clone(),
            plan: PlanId::new("plan"),
            section: None,
            number: (at + 1).to_string(),
            title: format!("建设第{at}个平台"),
            kind: TaskKind::Task,
            text: String::new(),
            span: None,
            weight: 1.0,
            start: None,
            due: Some(Due::Month(2025, 6)),
            closed_on: None,
            override_judgement: None,
            origin: None,
            remark: String::new(),
            position,
        });
        let role = if at == 3 { Role::Support } else { Role::Lead };
        issue.assignments.push(Assignment { task: task.clone(), department: own.clone(), role, by_default: false, position: 1 });
        if at == 3 {
            issue.assignments.push(Assignment {
                task: task.clone(),
                department: DepartmentId::new("unit-2"),
                role: Role::Lead,
                by_default: false,
                position: 0,
            });
        }
        issue.items.push(ChecklistItem {
            id: ChecklistItemId::new(format!("item-{at}")),
            task: task.clone(),
            departments: if at == 3 { vec![DepartmentId::new("unit-2")] } else { Vec::new() },
            text: format!("第{at}个平台挂牌"),
            due: None,
            done_on: (at == 0).then(|| "2025-05-01".parse().unwrap()),
            span: None,
            position: 0,
        });
        issue.milestones.push(Milestone {
            id: MilestoneId::new(format!("milestone-{at}")),
            plan: PlanId::new("plan"),
            task: Some(task.clone()),
            departments: Vec::new(),
            what: "通过验收".to_owned(),
            due: Due::Month(2025, 6),
            done_on: None,
            span: None,
            position: 0,
        });
        let indicator = IndicatorId::new(format!("indicator-{at}"));
        issue.indicators.push(Indicator {
            id: indicator.clone(),
            plan: PlanId::new("plan"),
            task: Some(task.clone()),
            name: format!("第{at}项投入"),
            unit: "万元".to_owned(),
            kind: IndicatorKind::Cumulative,
            binding: false,
            baseline: None,
            weight: 1.0,
            position,
        });
        issue.targets.push(Target {
            id: TargetId::new(format!("target-{at}")),
            indicator: indicator.clone(),
            op: Op::AtLeast,
            value: 100.0,
            due: Some(Due::Year(2025)),
            cadence: Cadence::Level,
            proposed: false,
            span: None,
            position: 0,
        });
        if at == 1 {
            issue.actuals.push(Actual {
                id: ActualId::new("actual"),
                indicator,
                quarter,
                department: None,
                value: 12.5,
                note: "快报数".to_owned(),
            });
        }
    }
    issue.progress.push(Written {
        progress: Progress {
            id: ProgressId::new("progress"),
            task: TaskId::new("task-0"),
            department: own,
            quarter,
            status: Status::Underway,
            done: "完成立项。\n正在招标。 ".to_owned(),
            problems: String::new(),
            next: String::new(),
        },
        by: "李明".to_owned(),
        at: moment_of("2025-06-14T00:00:00Z").unwrap(),
    });
    issue
}

/// Fills a cell of a sheet by the row's id and the column's head.
fn fill(sheets: &mut [Sheet], id: &str, head: &str, value: Cell) {
    for sheet in sheets {
        let at = |sheet: &Sheet, text: &str| {
            sheet.iter().find(|(_, cell)| cell.text() == text).map(|((row, column), _)| (*row, *column))
        };
        if let (Some((row, _)), Some((_, column))) = (at(sheet, id), at(sheet, head)) {
            sheet.insert((row, column), value);
            return;
        }
    }
    panic!("no cell {id} {head}");
}

/// A spreadsheet with these sheets, as another program saves it at a moment.
fn saved(sheets: &[Sheet], at: &str) -> Vec<u8> {
    let mut file = Workbook::new();
    let moment = ExcelDateTime::from_timestamp(moment_of(at).unwrap().and_utc().timestamp()).unwrap();
    file.set_properties(&DocProperties::new().set_creation_datetime(&moment));
    for cells in sheets {
        let sheet = file.add_worksheet();
        for ((row, column), cell) in cells {
            let column = u16::try_from(*column).unwrap();
            match cell {
                Cell::Text(text) => sheet.write_string(*row, column, text).unwrap(),
                Cell::Number(value) => sheet.write_number(*row, column, *value).unwrap(),
                Cell::Percent(value) => {
                    let look = Format::new().set_num_format("0%");
                    sheet.write_number_with_format(*row, column, *value / 100.0, &look).unwrap()
                }
                Cell::Day(day) => {
                    let day = ExcelDateTime::parse_from_str(&day.to_string()).unwrap();
                    sheet.write_datetime_with_format(*row, column, day, &Format::new().set_num_format("yyyy/m/d")).unwrap()
                }
            };
        }
    }
    file.save_to_buffer().unwrap()
}

const LATER: &str = "2025-06-20T02:00:00Z";

fn sheets() -> Vec<Sheet> {
    cells::open(&write_form(&issue(), &office()).unwrap()).unwrap().sheets
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

/// The form with every kind of field filled in.
fn filled() -> Vec<Sheet> {
    let mut all = sheets();
    fill(&mut all, "progress/task-1", "进展情况", text("已立项"));
    fill(&mut all, "progress/task-2", "办理状态", text("已完成(待核)"));
    fill(&mut all, "progress/task-2", "进展情况", text("已建成。"));
    fill(&mut all, "progress/task-2", ASK_DUE, text("2025年9月"));
    fill(&mut all, "progress/task-2", ASK_REASON, text("设备到货晚"));
    fill(&mut all, "checklist_item/item-1", "完成日期", text("2025.6.18"));
    fill(&mut all, "milestone/milestone-2", "完成日期", Cell::Day("2025-06-19".parse().unwrap()));
    fill(&mut all, "actual/indicator-1", "本季数据", Cell::Number(30.25));
    fill(&mut all, "actual/indicator-2", "本季数据", text("1,200"));
    let label = all[0].iter().find(|(_, cell)| **cell == text(FILLED_BY)).map(|((row, column), _)| (*row, column + 1)).unwrap();
    all[0].insert(label, text("赵敏"));
    all
}

fn read(sheets: &[Sheet]) -> Return {
    let (maker, returned) = read_form(&saved(sheets, LATER)).unwrap();
    assert_eq!(maker, office().public());
    returned
}

/// What is said otherwise than it was sent.
fn news(returned: &Return) -> BTreeMap<String, Option<String>> {
    let changed = returned.answers.iter().filter(|answer| {
        let address = answer.address().unwrap();
        answer.now.as_deref().map(|now| crate::Mark::of(&address, now)) != answer.was
    });
    changed.map(|answer| (answer.address().unwrap().to_string(), answer.now.clone())).collect()
}

#[test]
fn an_untouched_form_says_nothing_new_and_the_same_issue_gives_the_same_bytes() {
    let bytes = write_form(&issue(), &office()).unwrap();
    assert_eq!(bytes, write_form(&issue(), &office()).unwrap());
    assert!(is_form(&bytes) && bytes.len() < 40_000, "{}", bytes.len());
    let (maker, returned) = read_form(&bytes).unwrap();
    assert_eq!((maker, news(&returned)), (office().public(), BTreeMap::new()));
    assert_eq!((returned.head.serial, returned.head.quarter.to_string().as_str()), (1_750_000_000, "2025Q2"));
    assert!(returned.faults.is_empty() && returned.asks.is_empty());
    assert!(returned.missing.contains(&"第2项“建设第1个平台”：进展情况".to_owned()), "{:?}", returned.missing);
    // a supporting unit is not asked for figures, nor for what names another
    let asked: Vec<&str> = returned.missing.iter().map(String::as_str).filter(|line| line.contains("本季数据")).collect();
    assert_eq!(asked, ["“第0项投入”：本季数据", "“第2项投入”：本季数据"]);
    assert!(!sheets().iter().any(|sheet| sheet.values().any(|cell| cell.text() == "checklist_item/item-3")));
}

#[test]
fn what_a_clerk_fills_in_is_read_in_its_one_spelling() {
    let returned = read(&filled());
    let expected = [
        ("actual/indicator-1/*/value", "30.25"),
        ("actual/indicator-2/unit-1/value", "1200"),
        ("checklist_item/item-1/*/done_on", "2025-06-18"),
        ("milestone/milestone-2/*/done_on", "2025-06-19"),
        ("progress/task-1/unit-1/done", "已立项"),
        ("progress/task-1/unit-1/status", "推进中"),
        ("progress/task-2/unit-1/done", "已建成。"),
        ("progress/task-2/unit-1/status", "已完成(待核)"),
    ];
    let expected: BTreeMap<String, Option<String>> =
        expected.into_iter().map(|(key, value)| (key.to_owned(), Some(value.to_owned()))).collect();
    assert_eq!(news(&returned), expected);
    assert_eq!(returned.head.made_by, "赵敏");
    assert_eq!(returned.head.serial, moment_of(LATER).unwrap().and_utc().timestamp());
    let ask = &returned.asks[0];
    assert_eq!(
        (ask.row.as_str(), ask.original.as_str(), ask.asked.as_str(), ask.reason.as_str()),
        ("task-2", "2025-06", "2025-09", "设备到货晚")
    );
    assert_eq!(read(&filled()).asks[0].id, ask.id, "one request, however often the form comes back");
}

#[test]
fn sorting_moved_columns_blank_rows_and_other_names_of_sheets_do_no_harm() {
    let straight = read(&filled());
    let mut all = filled();
    for sheet in &mut all[1..4] {
        let last = sheet.keys().map(|(row, _)| *row).max().unwrap();
        let width = sheet.keys().map(|(_, column)| *column).max().unwrap();
        // rows upside down with gaps between them, the head lower down, columns the other way round
        let moved = sheet.iter().map(|((row, column), cell)| {
            let row = if *row == 0 { 3 } else { 4 + (last - row) * 3 };
            ((row, 2 + width - column), cell.clone())
        });
        *sheet = moved.collect();
    }
    all.reverse();
    let moved = read(&all);
    let sorted = |returned: &Return| {
        let mut answers: Vec<String> = returned.answers.iter().map(|answer| format!("{answer:?}")).collect();
        answers.sort();
        answers
    };
    assert_eq!(sorted(&moved), sorted(&straight));
    assert_eq!((moved.asks, moved.missing, moved.faults), (straight.asks, straight.missing, straight.faults));
}

#[test]
fn rows_that_cannot_be_placed_and_values_that_are_none_are_told() {
    let mut all = filled();
    // a row copied without its number, one twice with other words, one taken out, a column taken out
    all[1].insert((40, 6), text("不知是哪一项"));
    let id_column = all[1].iter().find(|(_, cell)| cell.text() == ID_HEAD).map(|((_, column), _)| *column).unwrap();
    all[1].insert((41, 6), text("另一种说法"));
    all[1].insert((41, id_column), text("progress/task-1"));
    all[2].retain(|(row, _), _| *row != 1);
    all[3].retain(|(_, column), _| *column != 6);
    fill(&mut all, "actual/indicator-0", "本季数据", text("约一百"));
    let returned = read(&all);
    let whys: Vec<&str> = returned.faults.iter().map(|fault| fault.why.as_str()).collect();
    assert!(whys.iter().any(|why| why.contains("第41行没有行编号")), "{whys:?}");
    assert!(whys.iter().any(|why| why.contains("两行")), "{whys:?}");
    assert!(whys.iter().any(|why| why.contains("缺少“备注”一列")), "{whys:?}");
    assert!(returned.missing.iter().any(|line| line.contains("“清单事项”少了1行")), "{:?}", returned.missing);
    // what is no figure goes on as it is, to be refused by the same rule as everybody's
    assert_eq!(news(&returned)["actual/indicator-0/unit-1/value"], Some("约一百".to_owned()));
    assert_eq!(news(&returned)["progress/task-1/unit-1/done"], Some("已立项".to_owned()));
}

#[test]
fn what_is_no_form_of_ours_is_refused() {
    let lost = |change: fn(&mut Vec<Sheet>)| {
        let mut all = filled();
        change(&mut all);
        read_form(&saved(&all, LATER)).unwrap_err()
    };
    assert_eq!(lost(|all| all.truncate(4)), PacketError::NotForm);
    // somebody makes itself another department, or another value the one that was sent
    let replace = |all: &mut Vec<Sheet>, from: &str, to: &str| {
        for cell in all[4].values_mut() {
            if let Cell::Text(text) = cell {
                *text = text.replace(from, to);
            }
        }
    };
    let mut all = filled();
    replace(&mut all, "\"unit-1\"", "\"unit-2\"");
    assert_eq!(read_form(&saved(&all, LATER)).unwrap_err(), PacketError::Changed);
    let mut all = filled();
    replace(&mut all, "\"planbook_form\":1", "\"planbook_form\":2");
    assert_eq!(read_form(&saved(&all, LATER)).unwrap_err(), PacketError::Newer);
    // another key signs for itself only
    let (maker, _) = read_form(&write_form(&issue(), &SecretKey::from_bytes(&[8; 32])).unwrap()).unwrap();
    assert_ne!(maker, office().public());
}

#[test]
fn cut_and_shuffled_bytes_are_refused_without_a_panic() {
    let bytes = write_form(&issue(), &office()).unwrap();
    for length in (0..bytes.len()).step_by(211) {
        read_form(&bytes[..length]).unwrap_err();
    }
    let mut dice = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..300 {
        let mut changed = bytes.clone();
        for _ in 0..4 {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let at = usize::try_from(dice >> 33).unwrap() % changed.len();
            changed[at] = u8::try_from(dice >> 56).unwrap();
        }
        // what survives a few changed bytes of a packed file is a form, or it is an error: never a panic
        let _ = read_form(&changed);
    }
}

/// A form whose cells are filled by a writer of its own, sheet by sheet: what a clerk's spreadsheet program would save.
fn refilled(issue: &Issue, change: impl Fn(&mut Vec<Vec<String>>, usize)) -> Return {
    let sheets = cells::open(&write_form(issue, &office()).unwrap()).unwrap().sheets;
    let mut book = Workbook::new();
    for (number, sheet) in sheets.iter().enumerate() {
        let rows = sheet.keys().map(|(row, _)| row + 1).max().unwrap_or(0);
        let columns = sheet.keys().map(|(_, column)| column + 1).max().unwrap_or(0);
        let text = |at: (u32, u32)| sheet.get(&at).map(Cell::text).unwrap_or_default();
        let mut grid: Vec<Vec<String>> = (0..rows).map(|row| (0..columns).map(|column| text((row, column))).collect()).collect();
        change(&mut grid, number);
        let page = book.add_worksheet();
        for (row, cells) in (0..).zip(&grid) {
            for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
                match cell.strip_prefix("%=") {
                    Some(share) => {
                        let format = Format::new().set_num_format("0%");
                        page.write_number_with_format(row, column, share.parse::<f64>().unwrap(), &format).unwrap();
                    }
                    None => drop(page.write_string(row, column, cell).unwrap()),
                }
            }
        }
    }
    read_form(&book.save_to_buffer().unwrap()).unwrap().1
}

fn column(grid: &[Vec<String>], head: &str) -> usize {
    grid[0].iter().position(|cell| cell == head).unwrap()
}

fn value(returned: &Return, about: &str, row: &str, field: &str) -> Option<String> {
    let all = &returned.answers;
    all.iter().find(|answer| answer.about == about && answer.row == row && answer.field == field)?.now.clone()
}

#[test]
fn words_that_clerks_use_are_understood_and_a_per_cent_is_what_it_shows() {
    let mut issue = issue();
    issue.indicators[0].unit = "%".to_owned();
    let indicator = issue.indicators[0].id.to_string();
    let task = issue.tasks[0].id.to_string();
    let returned = refilled(&issue, |grid, sheet| match sheet {
        1 => {
            let (status, done) = (column(grid, "办理状态"), column(grid, "进展情况"));
            grid[1][status] = "正在办理".to_owned();
            grid[1][done] = "一、已立项。\u{b}二、已开工。".to_owned();
            grid[2][status] = "已完成（待核）".to_owned();
        }
        3 => {
            let value = column(grid, "本季数据");
            grid[1][value] = "%=0.38".to_owned();
        }
        _ => {}
    });
    assert_eq!(value(&returned, "actual", &indicator, "value").as_deref(), Some("38"));
    assert_eq!(value(&returned, "progress", &task, "status").as_deref(), Some("推进中"));
    assert_eq!(value(&returned, "progress", &task, "done").as_deref(), Some("一、已立项。\n二、已开工。"));
    let second = issue.tasks[1].id.to_string();
    assert_eq!(value(&returned, "progress", &second, "status").as_deref(), Some("已完成(待核)"));
    let about = refilled(&issue, |grid, sheet| {
        if sheet == 3 {
            let value = column(grid, "本季数据");
            grid[1][value] = "约38%".to_owned();
        }
    });
    assert_eq!(value(&about, "actual", &indicator, "value").as_deref(), Some("38"));
    assert_eq!(value(&about, "actual", &indicator, "note").as_deref(), Some("约数"));
    assert!(about.missing.iter().any(|line| line.contains("约38%") && line.contains("核实")), "{:?}", about.missing);
}

#[test]
fn rows_are_known_by_what_is_seen_where_their_ids_are_gone_or_moved() {
    let issue = issue();
    let fill = |grid: &mut Vec<Vec<String>>, words: &str| {
        let done = column(grid, "进展情况");
        grid[1][done] = words.to_owned();
    };
    let task = issue.tasks[0].id.to_string();
    // the hidden column deleted
    let returned = refilled(&issue, |grid, sheet| {
        if sheet == 1 {
            fill(grid, "没有编号的一行。");
            let ids = column(grid, ID_HEAD);
            grid.iter_mut().for_each(|row| drop(row.remove(ids)));
        }
    });
    assert_eq!(value(&returned, "progress", &task, "done").as_deref(), Some("没有编号的一行。"));
    assert_eq!(returned.faults, []);
    // some columns sorted without the hidden one
    let returned = refilled(&issue, |grid, sheet| {
        if sheet == 1 {
            fill(grid, "第一项的话。");
            let ids = column(grid, ID_HEAD);
            let first = grid[1][ids].clone();
            grid[1][ids] = std::mem::replace(&mut grid[2][ids], first);
        }
    });
    assert!(returned.faults.iter().any(|fault| fault.why.contains("对不上")), "{:?}", returned.faults);
    assert!(!returned.answers.iter().any(|answer| answer.now.as_deref() == Some("第一项的话。")));
    // rows and a whole head that are gone are named, and take nothing back
    let returned = refilled(&issue, |grid, sheet| match sheet {
        1 => drop(grid.remove(1)),
        3 => drop(grid.remove(0)),
        _ => {}
    });
    let lines = returned.missing.join("\n");
    assert!(lines.contains("“进展情况”少了1行") && lines.contains("建设第0个平台"), "{lines}");
    assert!(lines.contains("“指标数据”") && lines.contains("都没有读到"), "{lines}");
}
