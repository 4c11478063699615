//! A department asks for a later date or another target; the office decides; the original stays beside.

use crate::{County, Department, QUARTER, collect, text};
use desk::wire::{self, Edit, RefusalCode};

fn ask(about: &str, row: &str, asked: &str, reason: &str) -> Edit {
    Edit::AskChange {
        about: about.to_owned(),
        row: row.to_owned(),
        field: None,
        asked: asked.to_owned(),
        reason: reason.to_owned(),
        quarter: QUARTER.to_owned(),
        department: None,
    }
}

fn decide(request: &str, approved: bool, answer: &str) -> Edit {
    Edit::DecideRequest { request: request.to_owned(), approved, answer: answer.to_owned() }
}

fn requests(session: &mut desk::Session) -> Vec<wire::RequestLine> {
    session.requests(&wire::InQuarter { quarter: QUARTER.to_owned() }).unwrap()
}

fn apply(county: &mut County, edit: Edit) -> Result<wire::Applied, wire::Refusal> {
    county.clock.pass(60);
    county.office.apply(&wire::Edits { edits: vec![edit], quarter: QUARTER.to_owned() })
}

/// The first task with a target of the department, and that target.
fn target(department: &mut Department) -> (String, wire::TargetLine) {
    let tasks = department.tasks();
    tasks.iter().find_map(|task| Some((task.id.clone(), task.targets.first()?.clone()))).unwrap()
}

#[test]
fn a_request_travels_is_decided_and_comes_back_with_the_original_beside() {
    let mut county = County::new();
    let mut department = county.department(0);
    let (task, target) = target(&mut department);
    department.apply(vec![ask("task", &task, "2025-12", "征地手续尚未批复。")]).unwrap();
    department.apply(vec![ask("target", &target.id, "3", "名额由市里统一核减。")]).unwrap();
    // asked again before it was sent: the same request with new words
    department.apply(vec![ask("target", &target.id, "2", "名额由市里核减为二。")]).unwrap();
    let own = requests(&mut department.session);
    assert_eq!(
        own.iter().map(|line| (line.asked.as_str(), line.state.as_str())).collect::<Vec<_>>(),
        [("2025年12月底", "open"), ("2", "open")]
    );
    let path = county.path("报送.planpack");
    department.returned(&path);
    let preview = county.preview(&[text(&path)]);
    assert_eq!(preview.files[0].requests.len(), 2);
    assert!(preview.files[0].requests[1].contains("调整为2：名额由市里核减为二。"), "{preview:#?}");
    assert!(preview.files[0].refused.is_empty() && preview.files[0].changes.is_empty());
    assert!(requests(&mut county.office).is_empty(), "a preview writes nothing");
    county.collect(&[text(&path)]).unwrap();
    county.collect(&[text(&path)]).unwrap();
    let asked = requests(&mut county.office);
    assert_eq!(asked.len(), 2);
    assert_eq!((asked[0].department.as_str(), asked[0].asked_by.as_str()), (department.name.as_str(), "经办0"));

    apply(&mut county, decide(&asked[0].id, false, "须按原定时限完成。")).unwrap();
    apply(&mut county, decide(&asked[1].id, true, "同意。")).unwrap();
    let again = apply(&mut county, decide(&asked[1].id, false, "")).unwrap_err();
    assert!(again.code == RefusalCode::Refused && again.to_string().contains("已于"), "{again}");
    let detail = county.office.task(&wire::OfTask { task: task.clone(), quarter: QUARTER.to_owned() }).unwrap();
    let changed = detail.targets.iter().find(|line| line.id == target.id).unwrap();
    assert_eq!(plan::number(changed.value, 6), "2");
    assert!(detail.row.due_by_default, "a refused request changes nothing");
    let decided: Vec<_> = detail.requests.iter().map(|line| (line.state.as_str(), line.original.as_str())).collect();
    assert_eq!(decided, [("refused", ""), ("approved", plan::number(target.value, 6).as_str())], "the original stays beside");
    // the department learns both from its next file, and its next return brings nothing new
    let next = county.issue(QUARTER);
    let workbook = Some(text(department.session.workbook_path().unwrap()));
    let packet = wire::PacketFile { packet: next.files[0].path.clone(), workbook };
    department.session.receive_packet(&packet).unwrap();
    let told = requests(&mut department.session);
    assert_eq!(told.iter().map(|line| line.answer.as_str()).collect::<Vec<_>>(), ["须按原定时限完成。", "同意。"]);
    assert_eq!(told[1].now.as_deref(), Some("2"));
    department.returned(&path);
    let quiet = county.preview(&[text(&path)]);
    assert!(quiet.files[0].requests.is_empty() && quiet.files[0].changes.is_empty(), "{quiet:#?}");
    // one undo takes a decision back, with the change that it made; the first is of the files
    county.undo();
    county.undo();
    let detail = county.office.task(&wire::OfTask { task, quarter: QUARTER.to_owned() }).unwrap();
    assert_eq!(detail.requests[1].state, "open");
    assert_eq!(detail.targets.iter().find(|line| line.id == target.id).unwrap(), &target_as_before(&detail, &target));
}

/// The target as the department was first sent it, with what the office computes for itself.
fn target_as_before(detail: &wire::TaskDetail, target: &wire::TargetLine) -> wire::TargetLine {
    let now = detail.targets.iter().find(|line| line.id == target.id).unwrap();
    wire::TargetLine { value: target.value, ..now.clone() }
}

#[test]
fn what_cannot_be_asked_is_refused_at_the_departments_desk() {
    let mut county = County::new();
    let mut department = county.department(0);
    let (task, target) = target(&mut department);
    let other = county.issued.files.iter().position(|file| file.department != department.name && file.tasks > 0).unwrap();
    let foreign =
        county.department(other).tasks().into_iter().find(|line| department.tasks().iter().all(|own| own.id != line.id));
    let value = plan::number(target.value, 6);
    for (edit, word) in [
        (ask("task", &task, "下半年", "理由"), "下半年"),
        (ask("task", &task, "2025-12", "  "), "理由"),
        (ask("target", &target.id, "很多", "理由"), "不是数"),
        (ask("target", &target.id, &value, "理由"), "相同"),
        (ask("assignment", &task, "2025-12", "理由"), "找不到"),
        (ask("task", "01978ad9-8280-7000-8000-000000000000", "2025-12", "理由"), "找不到"),
        (decide("x", true, ""), "督查机构"),
    ] {
        let refusal = department.apply(vec![edit]).unwrap_err();
        assert!(refusal.to_string().contains(word), "{word}: {refusal}");
    }
    assert!(requests(&mut department.session).is_empty());
    if let Some(foreign) = foreign {
        let refusal = department.apply(vec![ask("task", &foreign.id, "2025-12", "理由")]).unwrap_err();
        assert!(refusal.message.to_string().contains("找不到"), "{refusal}");
    }
    // the office has no department of its own; it may write down what one asked by telephone
    let refusal = apply(&mut county, ask("task", &task, "2025-12", "理由")).unwrap_err();
    assert!(refusal.message.to_string().contains("申请的单位"), "{refusal}");
    let Edit::AskChange { about, row, field, asked, reason, quarter, .. } = ask("task", &task, "2025-12", "电话申请") else {
        return;
    };
    let by_telephone = Edit::AskChange { about, row, field, asked, reason, quarter, department: Some(department.name.clone()) };
    apply(&mut county, by_telephone).unwrap();
    assert_eq!(requests(&mut county.office)[0].reason, "电话申请");
    assert!(county.office.preview_returns(&collect(&[])).is_ok());
}
