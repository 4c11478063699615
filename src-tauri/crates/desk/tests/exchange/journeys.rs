//! A quarter's way: the office sends, departments fill and return, the office collects, one undo takes it back.

use crate::{Clock, County, Department, QUARTER, collect, session, state, text};
use desk::wire::{self, Edit, RefusalCode};
use std::path::Path;

#[test]
fn a_quarter_goes_out_and_comes_back_and_one_undo_takes_it_back() {
    let mut county = County::new();
    assert!(county.issued.files.len() > 20);
    let mut files = Vec::new();
    for at in 0..5 {
        let mut department = county.department(at);
        department.write(0, &format!("第{at}家已立项。"));
        department.tick(Some("2025-06-18"));
        let path = county.path(&format!("报送{at}.planpack"));
        let returned = department.returned(&path);
        assert_eq!((returned.filled, returned.tasks > 1), (1, !returned.unfilled.is_empty()), "{returned:?}");
        assert_eq!(returned.check_number.len(), 19);
        files.push(text(&path));
    }
    let before = county.content();
    let preview = county.preview(&files);
    assert_eq!(county.content(), before, "a preview writes nothing");
    assert!(preview.files.iter().all(|file| file.state == "new" && file.changes.len() >= 2), "{preview:#?}");
    assert_eq!(preview.missing.len(), county.issued.files.len() - 5);
    let merged = county.collect(&files).unwrap();
    assert!(merged.merged);
    assert_eq!(merged.label.as_deref(), Some("合并2025年二季度报送（5个单位）"));
    assert!(county.seen().contains("第3家已立项。"));
    let after = county.content();
    assert!(!county.collect(&files).unwrap().merged, "the same files again change nothing");
    assert_eq!(county.content(), after);
    county.undo();
    assert_eq!(county.content(), before, "one undo takes the merge back to the byte");
    // and what was undone can be merged again
    assert!(county.collect(&files).unwrap().merged);
}

#[test]
fn a_folder_is_collected_in_any_order_with_the_same_result() {
    let mut county = County::new();
    let folder = county.path("回收");
    std::fs::create_dir(&folder).unwrap();
    let mut files = Vec::new();
    for at in 0..4 {
        let mut department = county.department(at);
        for (number, day) in [(1, Some("2025-06-10")), (2, Some("2025-06-11")), (3, None)] {
            department.write(0, &format!("第{at}家第{number}次"));
            department.tick(day);
            let path = folder.join(format!("{at}-{number}.planpack"));
            department.returned(&path);
            files.push(text(&path));
        }
    }
    let whole = county.collect(&[text(&folder)]).unwrap();
    // of each department the first return is of no interest any more; the last one asks to take its tick back
    let states: Vec<&str> = whole.files.iter().map(|file| file.state.as_str()).collect();
    assert_eq!(states, ["same", "new", "new"].repeat(4), "{:#?}", whole.files[3]);
    assert!(whole.files[2].conflicts.iter().all(|line| line.new.as_deref() == Some("2025-06-11")), "{whole:#?}");
    let seen = county.seen();
    county.undo();
    for step in [1, 5, 7, 11] {
        let mut at = 0;
        for _ in 0..files.len() {
            at = (at + step) % files.len();
            // an older one after a newer one is refused, and says so
            let _ = county.collect(&files[at..=at]);
        }
        assert_eq!(county.seen(), seen, "step {step}");
        while county.content().contains("merged") {
            county.undo();
        }
    }
}

#[test]
fn a_department_edits_its_own_and_nothing_else() {
    let county = County::new();
    let mut department = county.department(0);
    let task = department.tasks()[0].clone();
    let refused = |department: &mut Department, edit: Edit| {
        let refusal = department.apply(vec![edit]).unwrap_err();
        assert_eq!(refusal.code, RefusalCode::Refused, "{refusal}");
    };
    refused(&mut department, Edit::SetTaskTitle { task: task.id.clone(), title: "改名".to_owned() });
    refused(&mut department, Edit::SetSetting { key: "role".to_owned(), value: serde_json::json!("office") });
    let other = county.issued.files.iter().find(|file| file.department != department.name).unwrap().department.clone();
    let progress = |department: &str, status: &str| Edit::SetProgress {
        task: task.id.clone(),
        department: department.to_owned(),
        quarter: QUARTER.to_owned(),
        status: Some(status.to_owned()),
        done: None,
        problems: None,
        next: None,
    };
    refused(&mut department, progress(&other, "推进中"));
    let own = department.name.clone();
    refused(&mut department, progress(&own, "已销号"));
    department.apply(vec![progress(&own, "已完成(待核)")]).unwrap();
    for refusal in [
        department.session.close_quarter(&wire::InQuarter { quarter: QUARTER.to_owned() }).unwrap_err(),
        department.session.collect_returns(&collect(&["a".to_owned()])).unwrap_err(),
        department
            .session
            .issue_packets(&wire::ToIssue {
                quarter: QUARTER.to_owned(),
                folder: text(&county.path("x")),
                ..wire::ToIssue::default()
            })
            .unwrap_err(),
    ] {
        assert!(refusal.message.to_string().contains("这是单位的工作簿"), "{refusal}");
    }
}

/// A clerk who opens the file with another program and changes what is the office's.
#[test]
fn a_target_changed_behind_the_programs_back_is_refused_and_shown() {
    let mut county = County::new();
    let at = county.issued.files.iter().position(|file| file.tasks > 5).unwrap();
    let mut department = county.department(at);
    let path = text(department.session.workbook_path().unwrap());
    department.session.close_workbook(&wire::Nothing {}).unwrap();
    let stamp = store::Stamp::new(chrono::NaiveDate::from_ymd_opt(2025, 6, 21).unwrap().and_hms_opt(0, 0, 0).unwrap(), "", "");
    let mut workbook = store::Workbook::open(Path::new(&path), &stamp).unwrap().workbook;
    let other =
        store::table::department::list(&workbook.read()).unwrap().into_iter().find(|row| row.name != department.name).unwrap();
    workbook
        .edit("改", &stamp, |edit| {
            let mut target = store::table::target::list(edit)?.remove(0);
            target.value = 7777.0;
            store::table::target::update(edit, &target)?;
            let assigned = store::table::assignment::of_department(edit, &other.id)?.remove(0);
            let id = plan::ProgressId::new(edit.new_id());
            store::table::progress::insert(
                edit,
                &plan::Progress {
                    id,
                    task: assigned.task,
                    department: other.id.clone(),
                    quarter: QUARTER.parse().unwrap(),
                    status: plan::Status::Underway,
                    done: "替别人写".to_owned(),
                    problems: String::new(),
                    next: String::new(),
                },
            )
        })
        .unwrap();
    workbook.close().unwrap();
    department.session.open_workbook(&wire::AtPath { path }).unwrap();
    let file = county.path("改过.planpack");
    department.returned(&file);
    let before = county.seen();
    let preview = county.preview(&[text(&file)]);
    let refused: Vec<String> = preview.files[0].refused.iter().map(|line| format!("{} {}", line.what, line.why)).collect();
    assert!(
        refused.iter().any(|line| line.contains("目标·数值") && line.contains("→ 7777 ") && line.contains("督查机构确定")),
        "{refused:?}"
    );
    assert!(refused.iter().any(|line| line.contains(&other.name) && line.contains("别的单位")), "{refused:?}");
    assert_eq!(preview.files[0].changes, []);
    let refusal = county.collect(&[text(&file)]).unwrap_err();
    assert!(refusal.to_string().contains("不算报送"), "{refusal}");
    assert_eq!(county.seen(), before);
}

#[test]
fn files_that_cannot_be_taken_say_why_and_leave_the_workbook_alone() {
    let mut county = County::new();
    let mut department = county.department(0);
    department.write(0, "已立项。");
    let good = county.path("好.planpack");
    department.returned(&good);
    let bytes = std::fs::read(&good).unwrap();
    let before = county.content();
    let write = |county: &County, name: &str, bytes: &[u8]| {
        let path = county.path(name);
        std::fs::write(&path, bytes).unwrap();
        text(&path)
    };
    let mut changed = bytes.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    let other = County::new();
    let elsewhere = {
        let mut department = other.department(0);
        let path = other.path("别处.planpack");
        department.returned(&path);
        text(&path)
    };
    for (path, word) in [
        (write(&county, "截断.planpack", &bytes[..bytes.len() - 100]), "不完整"),
        (write(&county, "改一字节.planpack", &changed), "签名不符"),
        (write(&county, "空.planpack", b""), "不完整"),
        (write(&county, "文档.planpack", "规划".as_bytes()), "不是规划台账的收发文件"),
        (county.issued.files[0].path.clone(), "督查机构下发的文件"),
        (elsewhere, "另一个台账"),
        (text(&county.path("没有.planpack")), "文件不存在"),
    ] {
        let refusal = county.collect(std::slice::from_ref(&path)).unwrap_err();
        assert!(refusal.to_string().contains(word), "{path}: {refusal}");
        assert_eq!(county.content(), before);
    }
    // renamed, and among bad ones, a good one is merged all the same
    let renamed = write(&county, "改名.dat", &bytes);
    let bad = text(&county.path("截断.planpack"));
    let merged = county.collect(&[bad, renamed]).unwrap();
    assert_eq!(merged.files.iter().map(|file| file.state.as_str()).collect::<Vec<_>>(), ["refused", "new"]);
    assert!(merged.merged);
}

#[test]
fn a_lost_key_is_replaced_in_a_minute() {
    let mut county = County::new();
    let mut department = county.department(0);
    department.write(0, "旧密钥写的。");
    let old = county.path("旧.planpack");
    department.returned(&old);
    county.clock.pass(60);
    let request = wire::ToIssue {
        quarter: QUARTER.to_owned(),
        folder: text(&county.path("补发")),
        department: Some(department.name.clone()),
        new_key: true,
        ..wire::ToIssue::default()
    };
    let issued = county.office.issue_packets(&request).unwrap();
    assert_eq!(issued.files.len(), 1);
    let refusal = county.collect(&[text(&old)]).unwrap_err();
    assert!(refusal.message.to_string().contains("已作废的密钥"), "{refusal}");
    let packet = wire::PacketFile {
        packet: issued.files[0].path.clone(),
        workbook: Some(text(department.session.workbook_path().unwrap())),
    };
    department.session.receive_packet(&packet).unwrap();
    assert!(department.tasks()[0].progress.as_ref().unwrap().done.contains("旧密钥写的"), "what was not yet taken stays");
    let new = county.path("新.planpack");
    department.returned(&new);
    assert!(county.collect(&[text(&new)]).unwrap().merged);
}

#[test]
fn a_file_of_an_earlier_quarter_does_not_bring_back_what_the_office_has_changed_since() {
    let mut county = County::new();
    let mut department = county.department(0);
    let task = department.tasks()[0].id.clone();
    let title = Edit::SetTaskTitle { task: task.clone(), title: "新的任务名称".to_owned() };
    county.office.apply(&wire::Edits { edits: vec![title], quarter: "2025Q3".to_owned() }).unwrap();
    county.clock.pass(30 * 24 * 3600);
    let next = county.issue("2025Q3");
    let workbook = Some(text(department.session.workbook_path().unwrap()));
    let packet = |path: &str| wire::PacketFile { packet: path.to_owned(), workbook: workbook.clone() };
    department.session.receive_packet(&packet(&next.files[0].path)).unwrap();
    let old = county.issued.files[0].path.clone();
    let refusal = department.session.receive_packet(&packet(&old)).unwrap_err();
    assert!(refusal.message.to_string().contains("更早"), "{refusal}");
    department.session.open_workbook(&wire::AtPath { path: workbook.clone().unwrap() }).unwrap();
    let now = department.tasks().into_iter().find(|line| line.id == task).unwrap();
    assert_eq!(now.title, "新的任务名称");
}

#[test]
fn an_update_from_the_office_keeps_what_the_clerk_wrote_and_brings_what_the_office_changed() {
    let mut county = County::new();
    let mut department = county.department(0);
    department.write(0, "还没有报送的文字。");
    let task = department.tasks()[0].id.clone();
    let title = Edit::SetTaskTitle { task: task.clone(), title: "新的任务名称".to_owned() };
    county.office.apply(&wire::Edits { edits: vec![title], quarter: QUARTER.to_owned() }).unwrap();
    let again = county.issue(QUARTER);
    let workbook = Some(text(department.session.workbook_path().unwrap()));
    let receive = |department: &mut Department, packet: &str| {
        department.session.receive_packet(&wire::PacketFile { packet: packet.to_owned(), workbook: workbook.clone() })
    };
    receive(&mut department, &again.files[0].path).unwrap();
    let now = department.tasks().into_iter().find(|line| line.id == task).unwrap();
    assert_eq!(now.title, "新的任务名称");
    assert_eq!(now.progress.unwrap().done, "还没有报送的文字。");
    // what was returned, merged and then corrected by the office comes back corrected
    let path = county.path("报送.planpack");
    department.returned(&path);
    county.collect(&[text(&path)]).unwrap();
    let correct = Edit::SetProgress {
        task: task.clone(),
        department: department.name.clone(),
        quarter: QUARTER.to_owned(),
        status: None,
        done: Some("督查核实后的文字。".to_owned()),
        problems: None,
        next: None,
    };
    county.office.apply(&wire::Edits { edits: vec![correct], quarter: QUARTER.to_owned() }).unwrap();
    let third = county.issue(QUARTER);
    receive(&mut department, &third.files[0].path).unwrap();
    let now = department.tasks().into_iter().find(|line| line.id == task).unwrap();
    assert_eq!(now.progress.unwrap().done, "督查核实后的文字。");
    department.returned(&path);
    let quiet = county.preview(&[text(&path)]);
    assert_eq!((quiet.files[0].changes.len(), quiet.files[0].conflicts.len()), (0, 0), "{quiet:#?}");
    // an older file of the office, another department's, or one for the office's own workbook is refused
    for (packet, word) in [(again.files[0].path.clone(), "更早"), (again.files[1].path.clone(), "不是下发给本工作簿")]
    {
        let refusal = receive(&mut department, &packet).unwrap_err();
        assert!(refusal.message.to_string().contains(word), "{refusal}");
    }
    let own = wire::PacketFile { packet: third.files[0].path.clone(), workbook: Some(text(&county.path("台账.planbook"))) };
    let refusal = session(&county.clock, "").receive_packet(&own).unwrap_err();
    assert!(refusal.message.to_string().contains("督查机构的台账"), "{refusal}");
}

#[test]
fn a_closed_quarter_takes_nothing_until_it_is_opened_again_with_a_reason() {
    let mut county = County::new();
    let mut department = county.department(0);
    department.write(0, "迟到的报送。");
    let path = county.path("迟.planpack");
    department.returned(&path);
    let quarter = || wire::InQuarter { quarter: QUARTER.to_owned() };
    let closed = county.office.close_quarter(&quarter()).unwrap();
    assert_eq!((closed.number, closed.missing.len()), (1, county.issued.files.len()));
    assert!(county.office.close_quarter(&quarter()).unwrap_err().to_string().contains("已于"));
    let before = county.content();
    let preview = county.preview(&[text(&path)]);
    assert_eq!(state(&preview).0, "late");
    assert!(!preview.files[0].refused.is_empty());
    let refusal = county.collect(&[text(&path)]).unwrap_err();
    assert!(refusal.message.to_string().contains("已封账") && refusal.message.to_string().contains("三季度"), "{refusal}");
    assert_eq!(county.content(), before);
    let reopen = |reason: &str| wire::ToReopen { quarter: QUARTER.to_owned(), reason: reason.to_owned(), by: String::new() };
    assert!(county.office.reopen_quarter(&reopen("  ")).unwrap_err().to_string().contains("理由"));
    county.office.reopen_quarter(&reopen("县科技局数据有误")).unwrap();
    assert!(county.collect(&[text(&path)]).unwrap().merged);
    let again = county.office.close_quarter(&quarter()).unwrap();
    assert_eq!(again.number, 2);
    let status = county.office.exchange_status(&quarter()).unwrap();
    assert_eq!(status.closes[0].reason.as_deref(), Some("县科技局数据有误"));
    assert_eq!(status.closes[0].reopened_by.as_deref(), Some("王芳"));
    assert!(status.closed && status.closes[1].hash == again.hash);
    let refusal = county
        .office
        .issue_packets(&wire::ToIssue {
            quarter: QUARTER.to_owned(),
            folder: text(&county.path("再发")),
            ..wire::ToIssue::default()
        })
        .unwrap_err();
    assert!(refusal.message.to_string().contains("已封账"), "{refusal}");
}

#[test]
fn the_status_tells_who_returned_in_time_who_late_and_who_is_missing() {
    let mut county = County::new();
    let status = |county: &mut County| county.office.exchange_status(&wire::InQuarter { quarter: QUARTER.to_owned() }).unwrap();
    let of = |status: &wire::ExchangeStatus, at: usize| status.departments[at].state.clone();
    let mut returns = Vec::new();
    for at in 0..2 {
        let mut department = county.department(at);
        department.write(0, "已立项。");
        let path = county.path(&format!("{at}.planpack"));
        department.returned(&path);
        returns.push(text(&path));
    }
    county.collect(&returns[..1]).unwrap();
    let now = status(&mut county);
    assert_eq!((of(&now, 0), of(&now, 1), now.deadline.as_str()), ("returned".to_owned(), "sent".to_owned(), "2025-07-03"));
    assert_eq!(now.departments[0].filled, 1);
    county.clock.pass(20 * 24 * 3600);
    assert_eq!(of(&status(&mut county), 1), "missing");
    county.collect(&returns[1..]).unwrap();
    assert_eq!(of(&status(&mut county), 1), "late");
    let next = county.office.exchange_status(&wire::InQuarter { quarter: "2025Q3".to_owned() }).unwrap();
    assert!(next.departments.iter().all(|line| line.state == "not_sent"));
}

#[test]
fn evidence_travels_in_a_second_file_in_either_order() {
    let mut county = County::new();
    let mut department = county.department(0);
    let task = department.tasks()[0].id.clone();
    let photo = county.path("现场照片.jpg");
    std::fs::write(&photo, vec![7; 3_000_000]).unwrap();
    department
        .session
        .add_evidence(&wire::NewEvidence {
            task: task.clone(),
            item: None,
            department: Some(department.name.clone()),
            quarter: QUARTER.to_owned(),
            path: text(&photo),
        })
        .unwrap();
    let path = county.path("报送.planpack");
    let returned = department.returned(&path);
    let heavy = returned.evidence_path.unwrap();
    assert!(returned.size < 20_000, "the light file has no evidence in it: {}", returned.size);
    let awaited = |county: &mut County| {
        let status = county.office.exchange_status(&wire::InQuarter { quarter: QUARTER.to_owned() }).unwrap();
        status.departments[0].evidence_awaited
    };
    let base = text(&county.path("台账.planbook"));
    for (at, order) in [[text(&path), heavy.clone()], [heavy.clone(), text(&path)]].into_iter().enumerate() {
        // a workbook of its own, since bytes stay through an undo
        county.office.close_workbook(&wire::Nothing {}).unwrap();
        let place = text(&county.path(&format!("台账{at}.planbook")));
        std::fs::copy(&base, &place).unwrap();
        county.office.open_workbook(&wire::AtPath { path: place.clone() }).unwrap();
        for (step, file) in order.iter().enumerate() {
            let merged = county.collect(std::slice::from_ref(file)).unwrap();
            assert!(merged.merged, "order {at}, file {step}: {merged:#?}");
            let is_light_alone = at == 0 && step == 0;
            assert_eq!(merged.files[0].evidence_awaited.len(), usize::from(is_light_alone));
            assert_eq!(awaited(&mut county), usize::from(is_light_alone), "order {at}, file {step}");
            let notes = county.office.check_notes().unwrap();
            assert_eq!(notes.iter().any(|note| note.contains("佐证待交")), is_light_alone, "{notes:?}");
            assert_eq!(county.office.check().unwrap(), Vec::<String>::new());
        }
        for file in order {
            assert!(!county.collect(&[file]).unwrap().merged, "order {at}: again");
        }
        county.office.close_workbook(&wire::Nothing {}).unwrap();
        let stamp =
            store::Stamp::new(chrono::NaiveDate::from_ymd_opt(2025, 6, 21).unwrap().and_hms_opt(0, 0, 0).unwrap(), "", "");
        let book = store::Workbook::look(Path::new(&place), &stamp, String::new()).unwrap();
        let row = store::table::evidence::list(&book.read()).unwrap().remove(0);
        let bytes = store::table::evidence::bytes(&book.read(), &row.sha256).unwrap();
        assert_eq!(bytes.map(|bytes| bytes.len()), Some(3_000_000), "order {at}: the content is kept");
        county.office.open_workbook(&wire::AtPath { path: place }).unwrap();
        let detail = county.office.task(&wire::OfTask { task: task.clone(), quarter: QUARTER.to_owned() }).unwrap();
        assert_eq!(detail.evidence.len(), 1);
        assert_eq!(detail.evidence[0].file_name, "现场照片.jpg");
    }
}

#[test]
fn a_refused_return_stands_in_the_list_with_its_reason_until_a_good_one_comes() {
    let mut county = County::new();
    let (mut first, mut second) = (county.department(0), county.department(1));
    first.write(0, "已立项。");
    second.write(0, "已签约。");
    let (good, bad) = (county.path("好.planpack"), county.path("坏.planpack"));
    first.returned(&good);
    // the second department's return, signed with the first one's key
    second.returned(&bad);
    let (_, returned) = packet::Return::read(&std::fs::read(&bad).unwrap()).unwrap();
    let (_, issue) = packet::Issue::read(&std::fs::read(&county.issued.files[0].path).unwrap()).unwrap();
    let wrong = packet::SecretKey::from_text(&issue.secret).unwrap();
    let swapped = county.path("调包.planpack");
    std::fs::write(&swapped, returned.write(&wrong).unwrap()).unwrap();
    let merged = county.collect(&[text(&good), text(&swapped)]).unwrap();
    assert_eq!(merged.files.iter().map(|file| file.state.as_str()).collect::<Vec<_>>(), ["new", "refused"]);
    let line = |county: &mut County| {
        let status = county.office.exchange_status(&wire::InQuarter { quarter: QUARTER.to_owned() }).unwrap();
        (status.departments[1].state.clone(), status.departments[1].note.clone())
    };
    let (state, note) = line(&mut county);
    assert_eq!(state, "refused");
    assert!(note.contains("密钥签名"), "{note}");
    county.collect(&[text(&bad)]).unwrap();
    assert_eq!(line(&mut county), ("returned".to_owned(), String::new()));
}

#[test]
fn a_clock_that_is_years_behind_keeps_no_return_from_being_taken() {
    let mut county = County::new();
    let mut department = county.department(0);
    let path = county.path("报送.planpack");
    for (back, words) in [(0, "第一次。"), (5 * 365, "第二次。"), (9 * 365, "第三次。")] {
        department.clock = Clock::at("2025-06-20T02:00:00");
        department.clock.pass(-back * 24 * 3600);
        let place = text(department.session.workbook_path().unwrap());
        department.session = session(&department.clock, "经办");
        department.session.open_workbook(&wire::AtPath { path: place }).unwrap();
        department.write(0, words);
        department.returned(&path);
        county.collect(&[text(&path)]).unwrap();
        assert!(county.seen().contains(words), "{words}");
    }
    // a workbook made anew on that computer goes on from what the office has merged
    let again = county.issue(QUARTER);
    let workbook = Some(text(&county.path("重建.planbook")));
    department.session = session(&department.clock, "经办");
    department.session.receive_packet(&wire::PacketFile { packet: again.files[0].path.clone(), workbook }).unwrap();
    department.write(0, "重建以后。");
    department.returned(&path);
    county.collect(&[text(&path)]).unwrap();
    assert!(county.seen().contains("重建以后。"));
}
