//! Quarters side by side, and counties' closed quarters merged by the city.

use crate::{Clock, County, QUARTER, collect, session, state, text};
use desk::wire::{self, Edit};
use desk::{PlanSource, Session};
use std::path::Path;

#[test]
fn a_closed_quarter_is_compared_as_it_was_closed() {
    let mut county = County::new();
    let compare = |county: &mut County, from: &str, to: &str| {
        county.office.compare_quarters(&wire::ToCompare { from: from.to_owned(), to: to.to_owned() })
    };
    let mut department = county.department(0);
    department.write(0, "已签约两家。");
    let path = county.path("报送.planpack");
    department.returned(&path);
    county.collect(&[text(&path)]).unwrap();
    county.office.close_quarter(&wire::InQuarter { quarter: QUARTER.to_owned() }).unwrap();
    let task = department.tasks()[0].clone();
    let title = Edit::SetTaskTitle { task: task.id.clone(), title: "封账后改的名称".to_owned() };
    county.office.apply(&wire::Edits { edits: vec![title], quarter: "2025Q3".to_owned() }).unwrap();
    let compared = compare(&mut county, QUARTER, "2025Q3").unwrap();
    assert_eq!((compared.from.closed, compared.to.closed), (true, false));
    assert_eq!(compared.from.as_of, "2025-06-20");
    let row = compared.rows.iter().find(|row| row.id == task.id).unwrap();
    let change = |label: &str| {
        let field = row.changes.iter().find(|field| field.label == label).unwrap();
        (field.from.clone().unwrap(), field.to.clone().unwrap())
    };
    assert_eq!(change("任务名称"), (task.title.clone(), "封账后改的名称".to_owned()));
    assert_eq!(change("办理状态"), ("推进中".to_owned(), "未启动".to_owned()));
    let judged: usize = compared.from.judgements.iter().map(|(_, count)| count).sum();
    assert_eq!(judged, compared.from.tasks, "each task has one judgement");
    let back = compare(&mut county, "2025Q3", QUARTER).unwrap();
    assert_eq!(back.rows.len(), compared.rows.len());
    for (from, to, word) in [(QUARTER, QUARTER, "相同"), ("二季度", QUARTER, "季度")] {
        assert!(compare(&mut county, from, to).unwrap_err().to_string().contains(word));
    }
}

/// A county with a plan of its own, its second quarter filled in by the office and closed.
struct Below {
    clock: Clock,
    office: Session,
    folder: tempfile::TempDir,
}

impl Below {
    fn new(place: &str, done: &str) -> Self {
        let folder = tempfile::TempDir::new().unwrap();
        let clock = Clock::at("2025-06-20T01:00:00");
        let mut office = session(&clock, "李强");
        let draft = serde_json::json!({
            "source": "draft", "plan": {"title": "招商引资行动方案", "period": {"from": 2025, "to": 2026}},
            "departments": ["县商务局", "县投促中心"],
            "tasks": [
                {"id": "T1", "path": ["一、目标", "1.任务"], "title": "引进重点项目", "kind": "task", "departments": ["县商务局", "县投促中心"]},
                {"id": "T2", "path": ["一、目标", "2.任务"], "title": "办好推介会", "kind": "task", "departments": ["县投促中心"]}],
            "targets": [{"id": "G1", "task": "T1", "indicator": "新引进项目", "op": ">=", "value": 12, "unit": "个", "due": "2025", "cadence": "annual"}],
            "checklist_items": [{"id": "C1", "task": "T2", "text": "举办推介会", "due": "2025-06"}]});
        let file = folder.path().join("draft.json");
        std::fs::write(&file, serde_json::to_vec(&draft).unwrap()).unwrap();
        office.add_plan(&folder.path().join("县.planbook"), &PlanSource::Draft(file)).unwrap();
        let set =
            Edit::SetSetting { key: "office".to_owned(), value: serde_json::json!(format!("{place}人民政府督查室")) };
        let mut below = Self { clock, office, folder };
        below.apply(vec![set], QUARTER);
        below.write(QUARTER, done, 5.0);
        below
    }

    fn apply(&mut self, edits: Vec<Edit>, quarter: &str) {
        self.clock.pass(60);
        self.office.apply(&wire::Edits { edits, quarter: quarter.to_owned() }).unwrap();
    }

    fn write(&mut self, quarter: &str, done: &str, value: f64) {
        let request = wire::OfDepartment { quarter: quarter.to_owned(), department: Some("县商务局".to_owned()) };
        let task = self.office.checklist(&request).unwrap().departments.remove(0).tasks.remove(0);
        let progress = Edit::SetProgress {
            task: task.id,
            department: "县商务局".to_owned(),
            quarter: quarter.to_owned(),
            status: Some("推进中".to_owned()),
            done: Some(done.to_owned()),
            problems: None,
            next: None,
        };
        let figure = Edit::SetActual {
            target: task.targets[0].id.clone(),
            quarter: quarter.to_owned(),
            value: Some(value),
            note: None,
            department: None,
        };
        self.apply(vec![progress, figure], quarter);
    }

    fn hand_up(&mut self, quarter: &str, to: &Path) -> wire::HandedUp {
        self.clock.pass(60);
        let _ = self.office.close_quarter(&wire::InQuarter { quarter: quarter.to_owned() });
        self.office.hand_up(&wire::ToHandUp { quarter: quarter.to_owned(), path: text(to) }).unwrap()
    }
}

#[test]
fn counties_are_merged_beside_each_other_in_any_order_and_one_undo_takes_them_back() {
    let mut city = County::new();
    let (mut north, mut south) = (Below::new("北川县", "北川签约两家。"), Below::new("南屏县", "南屏签约三家。"));
    let early = north.office.hand_up(&wire::ToHandUp { quarter: QUARTER.to_owned(), path: text(&city.path("早.planpack")) });
    assert!(early.unwrap_err().to_string().contains("还没有封账"));
    let files = [city.path("北川.planpack"), city.path("南屏.planpack")];
    let handed = north.hand_up(QUARTER, &files[0]);
    assert_eq!((handed.tasks, handed.check_number.len()), (2, 19));
    south.hand_up(QUARTER, &files[1]);
    let files = files.map(|file| text(&file));
    let before = city.content();
    let own = city.seen();
    let preview = city.preview(&files);
    assert_eq!(city.content(), before);
    let lines: Vec<_> = preview.files.iter().map(|file| (file.department.as_deref().unwrap(), file.state.as_str())).collect();
    assert_eq!(lines, [("北川县", "new"), ("南屏县", "new")]);
    let done = preview.files[1].changes.iter().find(|change| change.field == "done").unwrap();
    assert_eq!(done.new.as_deref(), Some("南屏签约三家。"));
    assert_eq!(preview.files[0].check_number, handed.check_number);
    assert!(city.collect(&files).unwrap().merged);
    let merged = city.seen();
    for name in ["北川县·县商务局", "南屏县·县商务局", "北川县·县投促中心", "〔南屏县〕招商引资行动方案"]
    {
        assert!(merged.contains(name), "{name}");
    }
    let after = city.content();
    assert!(!city.collect(&files).unwrap().merged, "the same files again change nothing");
    assert_eq!(city.content(), after);
    // what counties handed up is not sent out by the city
    assert_eq!(city.issue("2025Q3").files.len(), city.issued.files.len());
    city.undo();
    city.undo();
    assert_eq!((city.content(), city.seen()), (before, own), "one undo takes the merge back to the byte");
    for file in [&files[1], &files[0]] {
        city.collect(std::slice::from_ref(file)).unwrap();
    }
    let sorted = |seen: &str| {
        let mut lines: Vec<String> = seen.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&city.seen()), sorted(&merged));
}

#[test]
fn the_next_quarter_brings_a_county_up_to_date_and_an_older_file_changes_nothing() {
    let mut city = County::new();
    let mut north = Below::new("北川县", "北川签约两家。");
    let (second, third) = (city.path("二季度.planpack"), city.path("三季度.planpack"));
    north.hand_up(QUARTER, &second);
    north.clock.pass(100 * 24 * 3600);
    north.write("2025Q3", "北川签约七家。", 7.0);
    north.hand_up("2025Q3", &third);
    let (second, third) = (text(&second), text(&third));
    city.collect(std::slice::from_ref(&third)).unwrap();
    // the earlier quarter fills in what was reported then, whenever it comes
    city.collect(std::slice::from_ref(&second)).unwrap();
    let detail = |city: &mut County| {
        let seen = city.office.ledger(&wire::OfQuarter { quarter: "2025Q3".to_owned(), plan: None }).unwrap();
        let row = seen.rows.into_iter().find(|row| row.title == "引进重点项目").unwrap();
        city.office.task(&wire::OfTask { task: row.id, quarter: "2025Q3".to_owned() }).unwrap()
    };
    let task = detail(&mut city);
    let texts: Vec<(&str, &str)> = task.progress.iter().map(|row| (row.quarter.as_str(), row.done.as_str())).collect();
    assert_eq!(texts, [("2025Q3", "北川签约七家。"), (QUARTER, "北川签约两家。")]);
    assert_eq!((task.targets[0].actual, task.targets[0].previous), (Some(7.0), Some(5.0)));
    // corrected below: the quarter is opened again, and the newer file counts
    let reason = wire::ToReopen { quarter: QUARTER.to_owned(), reason: "数据有误".to_owned(), by: String::new() };
    north.office.reopen_quarter(&reason).unwrap();
    north.write(QUARTER, "北川签约一家。", 4.0);
    let corrected = text(&city.path("更正.planpack"));
    north.hand_up(QUARTER, Path::new(&corrected));
    city.collect(&[corrected.clone(), second.clone()]).unwrap();
    assert_eq!(detail(&mut city).targets[0].previous, Some(4.0));
    let now = city.content();
    let refusal = city.collect(&[second]).unwrap_err();
    assert!(refusal.message.to_string().contains("较早"), "{refusal}");
    assert_eq!(city.content(), now);
    // a county's file in its own workbook, one made elsewhere under its name, a changed one, a closed quarter
    let own = north.office.collect_returns(&collect(std::slice::from_ref(&third))).unwrap_err();
    assert!(own.to_string().contains("本台账自己"), "{own}");
    let mut bytes = std::fs::read(&third).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let changed = city.path("改过.planpack");
    std::fs::write(&changed, bytes).unwrap();
    assert!(city.collect(&[text(&changed)]).unwrap_err().to_string().contains("签名不符"));
    let (_, mut forged) = packet::Issue::read_close(&std::fs::read(&third).unwrap()).unwrap();
    forged.head.serial += 1;
    let false_key = packet::SecretKey::from_bytes(&[6; 32]);
    std::fs::write(&changed, forged.write(&false_key).unwrap()).unwrap();
    let refusal = city.collect(&[text(&changed)]).unwrap_err();
    assert!(refusal.message.to_string().contains("签名与北川县以前的上报不同"), "{refusal}");
    assert!(north.folder.path().exists());
}

#[test]
fn a_closed_quarter_is_handed_up_as_it_was_closed_and_what_changed_since_comes_with_the_next() {
    let mut city = County::new();
    let mut north = Below::new("北川县", "北川签约两家。");
    let quarter = || wire::InQuarter { quarter: QUARTER.to_owned() };
    north.office.close_quarter(&quarter()).unwrap();
    let list = wire::OfDepartment { quarter: QUARTER.to_owned(), department: Some("县商务局".to_owned()) };
    let task = north.office.checklist(&list).unwrap().departments.remove(0).tasks.remove(0);
    let target = task.targets[0].id.clone();
    north.clock.pass(100 * 24 * 3600);
    let rename = Edit::SetTaskTitle { task: task.id.clone(), title: "引进大项目".to_owned() };
    north.apply(
        vec![
            Edit::SetTarget(wire::TargetFields { target: target.clone(), value: Some(20.0), ..wire::TargetFields::default() }),
            rename,
        ],
        "2025Q3",
    );
    let second = city.path("二季度.planpack");
    north.hand_up(QUARTER, &second);
    let of_city = |city: &mut County| {
        let rows = city.office.ledger(&wire::OfQuarter { quarter: QUARTER.to_owned(), plan: None }).unwrap().rows;
        let row = rows.into_iter().find(|row| row.id == task.id).unwrap();
        let detail = city.office.task(&wire::OfTask { task: task.id.clone(), quarter: QUARTER.to_owned() }).unwrap();
        (row.title, detail.targets[0].value)
    };
    let preview = city.preview(&[text(&second)]);
    assert_eq!((state(&preview).0, state(&preview).1), ("new", ""));
    city.collect(&[text(&second)]).unwrap();
    assert_eq!(of_city(&mut city), ("引进重点项目".to_owned(), 12.0));
    north.write("2025Q3", "北川签约七家。", 7.0);
    let third = city.path("三季度.planpack");
    north.hand_up("2025Q3", &third);
    let preview = city.preview(&[text(&third)]);
    let changed: Vec<(&str, &str, Option<&str>)> =
        preview.files[0].changes.iter().map(|line| (line.what.as_str(), line.field.as_str(), line.new.as_deref())).collect();
    for expected in
        [("task", "title", Some("引进大项目")), ("target", "value", Some("20")), ("progress", "done", Some("北川签约七家。"))]
    {
        assert!(changed.contains(&expected), "{expected:?}: {changed:?}");
    }
    city.collect(&[text(&third)]).unwrap();
    assert_eq!(of_city(&mut city), ("引进大项目".to_owned(), 20.0));
    // a file that says other than its snapshot, or whose snapshot is another, is none
    let other = County::new();
    let (_, honest) = packet::Issue::read_close(&std::fs::read(&second).unwrap()).unwrap();
    let key = packet::SecretKey::from_bytes(&[6; 32]);
    type Forge = fn(&mut packet::Issue);
    let forgeries: [(Forge, &str); 3] = [
        (|file| file.targets[0].value = 1.0, "与封账快照不一致"),
        (|file| file.progress.clear(), "与封账快照不一致"),
        (
            |file| file.settings.iter_mut().for_each(|(_, json)| *json = json.replace("\"number\":1", "\"number\":2")),
            "封账校验码不符",
        ),
    ];
    let mut other = other;
    for (forge, word) in forgeries {
        let mut forged = honest.clone();
        forge(&mut forged);
        let path = city.path("伪造.planpack");
        std::fs::write(&path, forged.write(&key).unwrap()).unwrap();
        let refusal = other.collect(&[text(&path)]).unwrap_err();
        assert!(refusal.to_string().contains(word), "{word}: {refusal}");
    }
}

#[test]
fn a_countys_file_never_touches_the_citys_own_rows() {
    let mut city = County::new();
    let mut north = Below::new("北川县", "北川签约两家。");
    let path = city.path("北川.planpack");
    north.hand_up(QUARTER, &path);
    let (_, honest) = packet::Issue::read_close(&std::fs::read(&path).unwrap()).unwrap();
    let (_, sent) = packet::Issue::read(&std::fs::read(&city.issued.files[0].path).unwrap()).unwrap();
    let key = packet::SecretKey::from_bytes(&[6; 32]);
    let before = city.content();
    let changes: [fn(&mut packet::Issue, &packet::Issue); 6] = [
        |file, city| file.plans[0].id = city.plans[0].id.clone(),
        |file, city| file.tasks[0].id = city.tasks[0].id.clone(),
        |file, city| file.departments[0].id = city.departments[0].id.clone(),
        |file, city| file.targets[0].id = city.targets[0].id.clone(),
        |file, city| file.items[0].id = city.items[0].id.clone(),
        |file, city| file.assignments[0].task = city.tasks[0].id.clone(),
    ];
    for (at, change) in changes.into_iter().enumerate() {
        let mut forged = honest.clone();
        change(&mut forged, &sent);
        std::fs::write(&path, forged.write(&key).unwrap()).unwrap();
        let refusal = city.collect(&[text(&path)]).unwrap_err();
        assert!(
            refusal.message.to_string().contains("编号相同") || refusal.message.to_string().contains("对不上"),
            "{at}: {refusal}"
        );
        assert_eq!(city.content(), before, "{at}");
    }
}

#[test]
fn a_return_for_a_closed_quarter_is_recorded_in_the_next_as_late() {
    let mut county = County::new();
    let mut department = county.department(0);
    department.write(0, "迟来的进展。");
    department.tick(Some("2025-06-18"));
    let path = county.path("迟.planpack");
    department.returned(&path);
    let file = text(&path);
    county.office.close_quarter(&wire::InQuarter { quarter: QUARTER.to_owned() }).unwrap();
    county.clock.pass(20 * 24 * 3600);
    let before = county.content();
    let late = wire::ToCollect { files: vec![file.clone()], late: true, ..wire::ToCollect::default() };
    let preview = county.office.preview_returns(&late).unwrap();
    assert_eq!(preview.files[0].state, "new");
    assert!(preview.files[0].why.contains("作为补报记入2025年三季度"), "{preview:#?}");
    assert_eq!(county.content(), before);
    assert!(county.office.collect_returns(&late).unwrap().merged);
    let once = county.content();
    assert!(!county.office.collect_returns(&late).unwrap().merged, "the same file again changes nothing");
    assert_eq!(county.content(), once);
    let task = department.tasks()[0].id.clone();
    let texts = |county: &mut County| {
        let detail = county.office.task(&wire::OfTask { task: task.clone(), quarter: "2025Q3".to_owned() }).unwrap();
        detail.progress.into_iter().map(|row| (row.quarter, row.done)).collect::<Vec<_>>()
    };
    assert_eq!(texts(&mut county), [("2025Q3".to_owned(), "（补报2025年二季度）迟来的进展。".to_owned())]);
    let status = county.office.exchange_status(&wire::InQuarter { quarter: QUARTER.to_owned() }).unwrap();
    assert_eq!((status.departments[0].state.as_str(), status.departments[0].note.as_str()), ("late", "补报，记入2025年三季度"));
    // the closed quarter is as it was, and the next one's own return speaks for itself
    let compared = county.office.compare_quarters(&wire::ToCompare { from: QUARTER.to_owned(), to: "2025Q3".to_owned() });
    let row = compared.unwrap().rows.into_iter().find(|row| row.id == task).unwrap();
    let status = row.changes.iter().find(|field| field.label == "办理状态").unwrap();
    assert_eq!((status.from.as_deref(), status.to.as_deref()), (Some("未启动"), Some("推进中")));
    county.undo();
    assert_eq!(county.content(), before, "one undo takes it back to the byte");
}

#[test]
fn targets_of_a_plan_itself_and_tasks_that_are_new_are_compared_and_printed() {
    let folder = tempfile::TempDir::new().unwrap();
    let clock = Clock::at("2025-07-05T01:00:00");
    let mut office = session(&clock, "李强");
    let task = |id: &str, title: &str| serde_json::json!({"id": id, "path": ["一、目标", "任务"], "title": title, "kind": "task", "departments": ["县商务局"]});
    let mut draft = serde_json::json!({
        "source": "draft", "plan": {"title": "招商引资行动方案", "period": {"from": 2025, "to": 2026}},
        "departments": ["县商务局"], "tasks": [task("T1", "办好推介会")],
        "targets": [{"id": "G1", "task": null, "indicator": "新引进项目", "op": ">=", "value": 12, "unit": "个", "due": "2026",
            "cadence": "level"}]});
    let file = folder.path().join("draft.json");
    let book = folder.path().join("县.planbook");
    std::fs::write(&file, draft.to_string()).unwrap();
    office.add_plan(&book, &PlanSource::Draft(file.clone())).unwrap();
    office.close_quarter(&wire::InQuarter { quarter: QUARTER.to_owned() }).unwrap();
    office.close_workbook(&wire::Nothing {}).unwrap();
    clock.pass(60);
    draft["plan"]["title"] = "展会行动方案".into();
    draft["tasks"] = serde_json::json!([task("T1", "建设展示厅")]);
    draft["targets"] = serde_json::json!([]);
    std::fs::write(&file, draft.to_string()).unwrap();
    office.add_plan(&book, &PlanSource::Draft(file)).unwrap();
    let indicators = office.indicators(&wire::OfQuarter { quarter: "2025Q3".to_owned(), plan: None }).unwrap();
    let indicators = serde_json::to_value(&indicators).unwrap();
    let target = indicators["rows"][0]["targets"][0]["id"].as_str().unwrap().to_owned();
    office
        .apply(&wire::Edits {
            edits: vec![Edit::SetTarget(wire::TargetFields { target, value: Some(15.0), ..wire::TargetFields::default() })],
            quarter: "2025Q3".to_owned(),
        })
        .unwrap();
    let compared = office.compare_quarters(&wire::ToCompare { from: QUARTER.to_owned(), to: "2025Q3".to_owned() }).unwrap();
    let states: Vec<(&str, &str, &str)> = compared
        .rows
        .iter()
        .map(|row| (row.id.as_str(), row.title.as_str(), row.state.as_str()))
        .map(|(id, title, state)| (if id.is_empty() { "" } else { "task" }, title, state))
        .collect();
    assert!(states.contains(&("task", "建设展示厅", "new")), "{states:?}");
    assert!(states.contains(&("", "《招商引资行动方案》总体目标", "changed")), "{states:?}");
    let path = folder.path().join("通报.docx");
    let written = office.export_report(&wire::ReportToFile {
        kind: "bulletin".to_owned(),
        quarter: "2025Q3".to_owned(),
        path: text(&path),
        ..Default::default()
    });
    assert_eq!(written.unwrap().warnings, Vec::<String>::new(), "the figures of the comparison are counted twice");
    let words = crate::sheets::words_of(&mut office, "bulletin", "2025Q3", &path).unwrap();
    for said in ["目标值调整1个、新增1项", "目标“新引进项目”12个15个", "建设展示厅《展会行动方案》县商务局任务—新列入台账"]
    {
        assert!(words.contains(said), "{said}\n{words}");
    }
}
