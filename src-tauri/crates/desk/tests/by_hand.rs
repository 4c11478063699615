//! A ledger that is made, changed and moved about by hand.
#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on fails it")]

use desk::wire::{self, Edit, Refusal};
use desk::{Environment, Session};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const QUARTER: &str = "2025Q3";

/// An office's workbook, and edits on it as lines of `planbook apply` give them.
struct Office {
    folder: TempDir,
    session: Session,
}

fn session() -> Session {
    Session::new(Environment {
        now: Box::new(|| chrono::NaiveDate::from_ymd_opt(2025, 9, 20).unwrap().and_hms_opt(1, 0, 0).unwrap()),
        today: None,
        who: "王芳".to_owned(),
        device: String::new(),
        data_folder: None,
        font_folders: Vec::new(),
        system_fonts: false,
    })
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

impl Office {
    fn seeded() -> Self {
        let folder = TempDir::new().unwrap();
        let mut session = session();
        let path = text(&folder.path().join("台账.planbook"));
        session.create_from_seed(&wire::FromSeed { path, seed: "yunxi-2025".to_owned() }).unwrap();
        Self { folder, session }
    }

    fn empty() -> Self {
        let folder = TempDir::new().unwrap();
        let mut session = session();
        session.create_workbook(&wire::AtPath { path: text(&folder.path().join("台账.planbook")) }).unwrap();
        Self { folder, session }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn all(&mut self, edits: Vec<Value>) -> Result<wire::Applied, Refusal> {
        let edits: Vec<Edit> = edits.into_iter().map(|edit| serde_json::from_value(edit).unwrap()).collect();
        self.session.apply(&wire::Edits { edits, quarter: QUARTER.to_owned() })
    }

    fn one(&mut self, edit: Value) -> Result<wire::Applied, Refusal> {
        self.all(vec![edit])
    }

    fn done(&mut self, edit: Value) -> wire::Applied {
        self.one(edit).unwrap()
    }

    fn refused(&mut self, edit: Value) -> String {
        let before = self.titles();
        let refusal = self.one(edit).unwrap_err();
        assert_eq!(self.titles(), before, "{refusal}");
        refusal.to_string()
    }

    fn ledger(&mut self) -> wire::Ledger {
        self.session.ledger(&wire::OfQuarter { quarter: QUARTER.to_owned(), plan: None }).unwrap()
    }

    fn titles(&mut self) -> Vec<String> {
        self.ledger().rows.into_iter().map(|row| row.title).collect()
    }

    fn plan(&mut self) -> String {
        self.session.workbook(&wire::Nothing {}).unwrap().plans[0].id.clone()
    }

    fn row(&mut self, title: &str) -> wire::LedgerRow {
        self.ledger().rows.into_iter().find(|row| row.title == title).unwrap()
    }

    fn task(&mut self, title: &str) -> wire::TaskDetail {
        let task = self.row(title).id;
        self.session.task(&wire::OfTask { task, quarter: QUARTER.to_owned() }).unwrap()
    }

    fn undo(&mut self) -> wire::Applied {
        self.session.undo(&wire::InQuarter { quarter: QUARTER.to_owned() }).unwrap()
    }

    /// The whole ledger with its details, to be held against itself later.
    fn whole(&mut self) -> Value {
        let rows = self.ledger();
        let details: Vec<Value> = rows
            .rows
            .iter()
            .map(|row| {
                let of = wire::OfTask { task: row.id.clone(), quarter: QUARTER.to_owned() };
                let mut detail = serde_json::to_value(self.session.task(&of).unwrap()).unwrap();
                detail["history"] = Value::Null;
                detail
            })
            .collect();
        json!([serde_json::to_value(rows).unwrap(), details])
    }
}

fn new_task(plan: &str, number: &str, title: &str) -> Value {
    json!({"edit": "add_task", "plan": plan, "section": null, "after": null, "number": number, "title": title, "due": "2026-06"})
}

#[test]
fn an_empty_workbook_is_filled_by_hand_from_nothing() {
    let mut office = Office::empty();
    let said = office.refused(json!({"edit": "add_milestone", "task": null, "what": "完成选址", "due": "2025-12"}));
    assert!(said.contains("还没有规划"), "{said}");
    office
        .done(json!({"edit": "add_plan", "title": "云溪县会议议定事项台账", "source": "会议议定事项", "from": 2025, "to": 2026}));
    let plan = office.plan();
    office.done(
        json!({"edit": "add_section", "plan": plan, "parent": null, "after": null, "number": "一、", "title": "县政府常务会议"}),
    );
    let section = office.ledger().sections[0].id.clone();
    let added = office.done(json!({"edit": "add_task", "plan": plan, "section": section, "after": null, "number": "1",
        "title": "建设城东蓄水池", "due": "2026-06", "lead": ["县水利局"], "support": ["县财政局", "城东街道"],
        "source": "县政府第12次常务会议", "received_on": "2025-08-30", "matter": "城东供水", "remark": "抓紧"}));
    assert_eq!(added.added, [office.row("建设城东蓄水池").id]);
    let id = added.added[0].clone();
    office.done(json!({"edit": "add_target", "task": id, "indicator": "蓄水池", "op": ">=", "value": 3, "unit": "座", "due": "2026", "cadence": "level"}));
    office.done(json!({"edit": "add_milestone", "task": id, "what": "完成选址", "due": "2025-12"}));
    office.done(json!({"edit": "add_item", "task": id, "text": "报批用地"}));
    let detail = office.task("建设城东蓄水池");
    assert_eq!((detail.items.len(), detail.milestones.len(), detail.targets.len()), (1, 1, 1));
    assert_eq!(detail.path, ["一、县政府常务会议"]);
    assert_eq!(
        detail.row.departments.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(),
        ["县水利局", "县财政局", "城东街道"]
    );
    assert_eq!((detail.row.origin.as_str(), detail.received_on.as_deref()), ("县政府第12次常务会议", Some("2025-08-30")));
    assert_eq!((detail.matter.as_str(), detail.row.remark.as_str()), ("城东供水", "抓紧"));
    for _ in 0..6 {
        office.undo();
    }
    assert!(office.session.workbook(&wire::Nothing {}).unwrap().plans.is_empty());
}

#[test]
fn rows_stand_where_they_are_set_down_and_numbers_stay() {
    let mut office = Office::seeded();
    let plan = office.plan();
    let before = office.ledger();
    let numbers: Vec<String> = before.rows.iter().map(|row| row.number.clone()).collect();
    let (first, second) = (before.rows[0].clone(), before.rows[1].clone());
    // again and again behind the same row: the last stands nearest
    for number in 901..=905 {
        office.done(json!({"edit": "add_task", "plan": plan, "section": first.section, "after": first.id,
            "number": number.to_string(), "title": format!("插入{number}"), "due": null}));
    }
    let titles = office.titles();
    assert_eq!(
        titles[..7],
        [&first.title, "插入905", "插入904", "插入903", "插入902", "插入901", &second.title].map(ToOwned::to_owned)
    );
    let kept: Vec<String> = office.ledger().rows.into_iter().map(|row| row.number).filter(|n| n.len() < 3).collect();
    assert_eq!(kept, numbers, "numbers never change by themselves");
    let moved = office.row("插入901").id;
    office.done(json!({"edit": "move_task", "task": moved, "section": first.section, "before": first.id}));
    assert_eq!(office.titles()[0], "插入901");
    office.done(json!({"edit": "move_task", "task": moved, "section": second.section, "after": second.id}));
    assert_eq!(office.titles()[6], "插入901");
    assert_eq!(office.titles()[5], second.title);
    // at the end of its heading
    let last = before.rows.iter().rposition(|row| row.section == first.section).unwrap();
    office.done(json!({"edit": "move_task", "task": moved, "section": first.section, "after": null}));
    assert_eq!(office.titles()[last + 5], "插入901");
    let sections = office.ledger().sections;
    for _ in 0..8 {
        office.undo();
    }
    assert_eq!(office.ledger(), before);
    assert_eq!(office.ledger().sections, sections);
}

#[test]
fn a_heading_moves_with_all_under_it_and_never_under_itself() {
    let mut office = Office::seeded();
    let plan = office.plan();
    office.done(json!({"edit": "add_section", "plan": plan, "number": "九、", "title": "甲"}));
    let at = |office: &mut Office, heading: &str| {
        office.ledger().sections.into_iter().find(|row| row.heading.ends_with(heading)).unwrap()
    };
    let first = at(&mut office, "甲").id;
    office.done(json!({"edit": "add_section", "plan": plan, "parent": first, "number": "（一）", "title": "乙"}));
    let second = at(&mut office, "乙");
    assert_eq!((second.parent.as_ref(), second.level), (Some(&first), 2));
    for (number, section, title) in [("801", &first, "甲的任务"), ("802", &second.id, "乙的任务")] {
        office.done(json!({"edit": "add_task", "plan": plan, "section": section, "after": null, "number": number, "title": title, "due": null}));
    }
    let titles = office.titles();
    assert_eq!(titles[titles.len() - 2..], ["甲的任务", "乙的任务"]);
    for under in [&first, &second.id] {
        let said = office.refused(json!({"edit": "move_section", "section": first, "parent": under, "after": null}));
        assert!(said.contains("不能移到它自己"), "{said}");
    }
    let top = office.ledger().sections[0].clone();
    office.done(json!({"edit": "move_section", "section": first, "parent": top.parent, "after": top.id}));
    let headings: Vec<String> = office.ledger().sections.into_iter().map(|row| row.heading).collect();
    let place = headings.iter().position(|heading| heading.ends_with('甲')).unwrap();
    assert!(headings[place + 1].ends_with('乙'), "{headings:?}");
    let rows = office.ledger().rows;
    let task = rows.iter().position(|row| row.title == "甲的任务").unwrap();
    assert_eq!(rows[task + 1].title, "乙的任务");
    assert!(task + 2 < rows.len(), "tasks follow their heading");
    let said = office.refused(json!({"edit": "retire_section", "section": first}));
    assert!(said.contains("1个下级标题和2项任务"), "{said}");
    office.done(json!({"edit": "retire_section", "section": first, "with_rows": true}));
    assert!(!office.titles().contains(&"甲的任务".to_owned()));
    assert!(office.ledger().sections.iter().all(|row| row.id != first));
    let off = office.session.retired(&wire::Nothing {}).unwrap();
    assert_eq!(off.len(), 4, "{off:?}");
    let task = off.iter().find(|row| row.text == "乙的任务").unwrap().id.clone();
    office.done(json!({"edit": "restore_task", "task": task}));
    assert!(office.titles().contains(&"乙的任务".to_owned()));
    assert_eq!(office.task("乙的任务").path.len(), 2, "its headings are back with it");
}

#[test]
fn what_is_taken_off_is_out_of_sight_with_all_it_holds_and_comes_back() {
    let mut office = Office::seeded();
    let before = office.whole();
    let row = office.ledger().rows.into_iter().find(|row| row.items > 0).unwrap();
    let detail = office.task(&row.title);
    let applied = office.done(json!({"edit": "retire_task", "task": row.id}));
    assert_eq!((applied.removed, applied.label.as_str()), (vec![row.id.clone()], "停止列入任务"));
    assert!(!office.titles().contains(&row.title));
    assert_eq!(office.session.retired(&wire::Nothing {}).unwrap()[0].text, row.title);
    let history = office.session.history(&wire::OfHistory::default()).unwrap();
    assert_eq!(history[0].changes[0].row, row.title);
    let applied = office.done(json!({"edit": "restore_task", "task": row.id}));
    assert_eq!((applied.added, applied.removed.len()), (vec![row.id.clone()], 0));
    assert_eq!(office.whole(), before);
    let item = detail.items[0].id.clone();
    let applied = office.done(json!({"edit": "retire_item", "item": item}));
    assert_eq!(applied.rows[0].items, row.items - 1);
    office.done(json!({"edit": "restore_item", "item": item}));
    assert_eq!(office.whole(), before);
    let said = office.refused(json!({"edit": "restore_item", "item": item}));
    assert!(said.contains("没有停止列入"), "{said}");
    let target = office.session.indicators(&wire::OfQuarter { quarter: QUARTER.to_owned(), plan: None }).unwrap().rows;
    let measured = target.iter().find(|row| row.targets.len() == 1 && row.task.is_some()).unwrap().clone();
    office.done(json!({"edit": "retire_target", "target": measured.targets[0].id}));
    let now = office.session.indicators(&wire::OfQuarter { quarter: QUARTER.to_owned(), plan: None }).unwrap().rows;
    assert!(now.iter().all(|row| row.id != measured.id), "an indicator goes with its last target");
    office.done(json!({"edit": "restore_target", "target": measured.targets[0].id}));
    assert_eq!(office.whole(), before);
}

#[test]
fn every_field_is_changed_and_every_change_undone() {
    let mut office = Office::seeded();
    let plan = office.plan();
    let id = office.done(new_task(&plan, "38", "建设城东蓄水池")).added[0].clone();
    office.done(json!({"edit": "add_target", "task": id, "indicator": "蓄水池", "op": ">=", "value": 3, "unit": "座", "due": "2026", "cadence": "level"}));
    office.done(json!({"edit": "add_target", "task": id, "indicator": "蓄水池", "op": ">=", "value": 1, "unit": "座", "due": "2025", "cadence": "level"}));
    office.done(json!({"edit": "add_milestone", "task": id, "what": "完成选址", "due": "2025-12"}));
    office.done(json!({"edit": "add_item", "task": id, "text": "报批用地"}));
    office.done(json!({"edit": "add_item", "task": id, "text": "招标"}));
    let detail = office.task("建设城东蓄水池");
    assert_eq!(detail.targets.len(), 2);
    assert_eq!(detail.targets[0].indicator_id, detail.targets[1].indicator_id, "another date of one indicator");
    let (target, milestone) = (detail.targets[0].id.clone(), detail.milestones[0].id.clone());
    let (first, second) = (detail.items[0].id.clone(), detail.items[1].id.clone());
    let other = office.ledger().rows[0].id.clone();
    let changes = vec![
        json!({"edit": "set_task", "task": id, "number": "39", "title": "建设城西蓄水池", "text": "分两期建设。", "kind": "safeguard",
            "weight": 2.5, "start": "2025-10-01", "due": "2027", "source": "批示", "received_on": "2025-09-01", "matter": "供水", "remark": "急"}),
        json!({"edit": "set_task", "task": id, "start": null, "due": null, "received_on": null}),
        json!({"edit": "set_target", "target": target, "value": 4, "op": "~", "due": null, "cadence": "annual", "indicator": "水池",
            "unit": "个", "kind": "annual", "binding": true, "baseline": {"year": 2024, "value": 1}, "weight": 3}),
        json!({"edit": "set_target", "target": target, "baseline": null}),
        json!({"edit": "move_target", "target": target, "task": other}),
        json!({"edit": "set_milestone", "milestone": milestone, "what": "完成评审", "due": "2026-01-15", "departments": ["县水利局"]}),
        json!({"edit": "move_milestone", "milestone": milestone, "task": other}),
        json!({"edit": "set_item", "item": first, "text": "报批", "due": "2025-11", "departments": ["县资规局"]}),
        json!({"edit": "move_item", "item": second, "after": null}),
        json!({"edit": "move_item", "item": first, "task": other, "after": null}),
        json!({"edit": "duplicate_task", "task": id, "number": "40"}),
        json!({"edit": "set_plan", "plan": plan, "title": "新规划", "source": "其他", "doc_number": null, "issuer": "县政府", "issued_on": "2025-01-02", "from": 2024, "to": 2028}),
    ];
    let mut states = vec![office.whole()];
    for change in &changes {
        let applied = office.done(change.clone());
        assert!(applied.edit.is_some(), "{change}");
        states.push(office.whole());
        assert_ne!(states[states.len() - 1], states[states.len() - 2], "{change}");
    }
    let detail = office.task("建设城西蓄水池");
    assert_eq!(detail.items.iter().map(|item| item.text.as_str()).collect::<Vec<_>>(), ["招标"]);
    assert_eq!((detail.row.number.as_str(), detail.row.due_by_default, detail.matter.as_str()), ("39", true, "供水"));
    for change in changes.iter().rev() {
        states.pop();
        office.undo();
        assert_eq!(&office.whole(), states.last().unwrap(), "{change}");
    }
}

#[test]
fn a_plan_is_named_by_its_title_as_checklists_do() {
    let mut office = Office::seeded();
    let of = wire::OfDepartment { quarter: QUARTER.to_owned(), department: None };
    let title = office.session.checklist(&of).unwrap().departments[0].tasks[0].plan.clone();
    assert_eq!(office.done(new_task(&title, "38", "建设城东蓄水池")).added.len(), 1);
    let block = json!({"edit": "paste_rows", "plan": title, "columns": ["类别", "目标任务"], "rows": [["新板块", "修建灌溉渠"]]});
    assert_eq!(office.done(block).added.len(), 1);
}

#[test]
fn bad_input_is_refused_with_its_reason_and_nothing_is_kept() {
    let mut office = Office::seeded();
    let plan = office.plan();
    let row = office.ledger().rows[0].clone();
    let add = |more: Value| {
        let mut edit = new_task(&plan, "38", "建设城东蓄水池");
        edit.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        edit
    };
    let task = |more: Value| {
        let mut edit = json!({"edit": "set_task", "task": row.id});
        edit.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        edit
    };
    let long = "长".repeat(10_001);
    for (edit, word) in [
        (add(json!({"number": row.number})), "已经是任务"),
        (add(json!({"number": "长".repeat(31)})), "30字以内"),
        (add(json!({"title": " "})), "任务名称是空的"),
        (add(json!({"title": long})), "任务名称"),
        (add(json!({"text": long})), "10000字以内"),
        (add(json!({"due": "2025-02-30"})), "不是有效的日期"),
        (add(json!({"due": "9.10"})), "不是有效的日期"),
        (add(json!({"start": "2026-07-01"})), "开始日期晚于完成时限"),
        (add(json!({"plan": "无"})), "找不到要改的规划"),
        (add(json!({"section": "无"})), "找不到要改的目录"),
        (add(json!({"after": "无"})), "找不到要改的任务"),
        (add(json!({"lead": [long]})), "单位名称"),
        (add(json!({"received_on": "2025-09"})), "请写到日"),
        (task(json!({"number": office.ledger().rows[1].number})), "已经是任务"),
        (task(json!({"weight": 0})), "权重"),
        (task(json!({"kind": "无"})), "不是任务类别"),
        (json!({"edit": "move_task", "task": row.id, "section": row.section, "after": row.id}), "它自己"),
        (json!({"edit": "duplicate_task", "task": row.id, "number": row.number}), "已经是任务"),
        (
            json!({"edit": "add_target", "task": row.id, "indicator": "水", "op": ">", "value": 3, "unit": "", "cadence": "level"}),
            "“>”",
        ),
        (
            json!({"edit": "add_target", "task": row.id, "indicator": "水", "op": ">=", "value": 1e300, "unit": "", "cadence": "level"}),
            "1e300",
        ),
        (json!({"edit": "add_milestone", "task": row.id, "what": "选址", "due": "2025-13"}), "不是有效的日期"),
        (json!({"edit": "add_item", "task": row.id, "text": " "}), "清单事项是空的"),
        (json!({"edit": "add_plan", "title": "甲", "source": "听说"}), "“听说”不是来源类别"),
        (json!({"edit": "add_plan", "title": "甲", "from": 2027, "to": 2025}), "结束年早于起始年"),
    ] {
        let said = office.refused(edit.clone());
        assert!(said.contains(word), "{edit}: {said}");
    }
    let target = json!({"edit": "add_target", "task": row.id, "indicator": "水", "op": ">=", "value": 3, "unit": "座", "due": "2026", "cadence": "level"});
    office.done(target.clone());
    let said = office.refused(target);
    assert!(said.contains("已有2026年底的目标"), "{said}");
    // a number is free again once its task is taken off, and then that one cannot come back as it is
    office.done(json!({"edit": "retire_task", "task": row.id}));
    office.done(new_task(&plan, &row.number, "同号任务"));
    let said = office.refused(json!({"edit": "restore_task", "task": row.id}));
    assert!(said.contains("已经是任务“同号任务”的"), "{said}");
    office.done(json!({"edit": "set_task", "task": row.id, "number": "99"}));
    office.done(json!({"edit": "restore_task", "task": row.id}));
}

#[test]
fn a_pasted_block_is_one_edit_with_or_without_heads() {
    let mut office = Office::seeded();
    let plan = office.plan();
    let before = office.whole();
    let heads = ["序号", "目标任务", "牵头单位", "配合单位", "完成时限", "2026年目标", "计量单位", "备注"];
    let mut rows = vec![heads.map(ToOwned::to_owned).to_vec()];
    for at in 0..30 {
        let cells = [
            (500 + at).to_string(),
            format!("粘贴的任务{at}"),
            "县水利局".to_owned(),
            "县财政局、城东街道".to_owned(),
            "2026年6月底".to_owned(),
            "≥3".to_owned(),
            "座".to_owned(),
            "=SUM(A1)".to_owned(),
        ];
        rows.push(cells.to_vec());
    }
    rows.push(vec![String::new(); 8]);
    let after = office.ledger().rows[0].clone();
    let applied =
        office.done(json!({"edit": "paste_rows", "plan": plan, "section": after.section, "after": after.id, "rows": rows}));
    assert_eq!((applied.added.len(), applied.label.as_str()), (30, "粘贴任务"));
    let ledger = office.ledger();
    assert_eq!(ledger.rows[1].title, "粘贴的任务0");
    assert_eq!(ledger.rows[30].title, "粘贴的任务29");
    let detail = office.task("粘贴的任务7");
    assert_eq!((detail.row.due.as_deref(), detail.row.remark.as_str()), (Some("2026-06"), "=SUM(A1)"), "a formula is text");
    assert_eq!(
        (detail.targets[0].value, detail.targets[0].unit.as_str(), detail.targets[0].due.as_deref()),
        (3.0, "座", Some("2026"))
    );
    assert_eq!(detail.row.departments.len(), 3);
    office.undo();
    assert_eq!(office.whole(), before, "thirty rows are one edit");

    let titles = office.done(json!({"edit": "paste_rows", "plan": plan, "rows": [["甲任务"], ["乙任务"]]})).added;
    assert_eq!(titles.len(), 2);
    let named = json!({"edit": "paste_rows", "plan": plan, "columns": ["类别", "目标任务", null], "rows": [["新板块", "丙任务", "不取"], ["新板块", "丁任务", ""]]});
    assert_eq!(office.done(named).added.len(), 2);
    assert_eq!(office.task("丁任务").path, ["新板块"]);
    for (rows, word) in [
        (json!([["甲", "乙"], ["丙", "丁"]]), "没有看出粘贴的各列是什么"),
        (json!([["序号", "目标任务"], ["1", "甲", "多出来的"]]), "第2行有3列"),
        (json!([["序号", "目标任务"], ["601", ""]]), "第2行没有任务名称"),
        (json!([["目标任务", "完成时限"], ["甲", "9.10"]]), "第2行的完成时限“9.10”没有看懂"),
        (json!([["目标任务", "完成时限"], ["甲", "45930"]]), "没有看懂"),
        (json!([["目标任务", "目标值"], ["甲", "全面完成"]]), "目标值“全面完成”没有看懂"),
        (json!([["序号", "目标任务"], ["701", "甲"], ["701", "乙"]]), "第3行：序号“701”已经是任务“甲”的"),
        (json!([["目标任务", "进展情况"], ["甲", "已完成"]]), "“进展情况”这一列不能粘贴"),
        (json!([["目标任务"]]), "没有任务"),
        (json!([]), "没有任务"),
    ] {
        let said = office.refused(json!({"edit": "paste_rows", "plan": plan, "rows": rows}));
        assert!(said.contains(word), "{rows}: {said}");
    }
}

#[test]
fn a_closed_quarter_keeps_its_old_rows() {
    let mut office = Office::seeded();
    let kept = |office: &mut Office| {
        let of = wire::OfReport { kind: "bulletin".to_owned(), quarter: "2025Q2".to_owned(), ..wire::OfReport::default() };
        let path = text(&office.path("通报.xlsx"));
        let of = wire::ReportToFile { kind: of.kind, quarter: of.quarter, path: path.clone(), ..wire::ReportToFile::default() };
        office.session.export_report(&of).unwrap();
        std::fs::read(path).unwrap()
    };
    office.session.close_quarter(&wire::InQuarter { quarter: "2025Q2".to_owned() }).unwrap();
    let before = kept(&mut office);
    let plan = office.plan();
    office.done(new_task(&plan, "38", "建设城东蓄水池"));
    let row = office.ledger().rows[0].clone();
    office.done(json!({"edit": "retire_task", "task": row.id}));
    let other = office.ledger().rows[0].clone();
    office.done(json!({"edit": "set_task", "task": other.id, "number": "88", "title": "另一个名称"}));
    assert!(kept(&mut office) == before, "a closed quarter prints what it was");
}

#[test]
fn the_next_file_brings_a_department_up_to_date_and_says_so() {
    let mut office = Office::seeded();
    let plan = office.plan();
    let row = office.ledger().rows.into_iter().find(|row| row.departments.len() > 1).unwrap();
    let department = row.departments[0].name.clone();
    let issue = |office: &mut Office, folder: &str| {
        let of = wire::ToIssue {
            quarter: QUARTER.to_owned(),
            folder: text(&office.path(folder)),
            department: Some(department.clone()),
            ..wire::ToIssue::default()
        };
        office.session.issue_packets(&of).unwrap().files[0].path.clone()
    };
    let first = issue(&mut office, "一");
    let own = text(&office.path("单位.planbook"));
    let mut theirs = session();
    theirs.receive_packet(&wire::PacketFile { packet: first, workbook: Some(own.clone()) }).unwrap();
    let mut add = new_task(&plan, "38", "建设城东蓄水池");
    add["lead"] = json!([department]);
    add["remark"] = json!("只给本办看");
    let added = office.done(add).added[0].clone();
    office.done(json!({"edit": "add_target", "task": added, "indicator": "蓄水池", "op": ">=", "value": 3, "unit": "座", "due": "2026", "cadence": "level"}));
    office.done(json!({"edit": "retire_task", "task": row.id}));
    let second = issue(&mut office, "二");
    let opened = theirs.receive_packet(&wire::PacketFile { packet: second, workbook: Some(own) }).unwrap();
    let rows = theirs.ledger(&wire::OfQuarter { quarter: QUARTER.to_owned(), plan: None }).unwrap().rows;
    assert!(rows.iter().any(|row| row.id == added) && rows.iter().all(|other| other.id != row.id));
    let detail = theirs.task(&wire::OfTask { task: added.clone(), quarter: QUARTER.to_owned() }).unwrap();
    assert_eq!((detail.targets.len(), detail.row.remark.as_str()), (1, ""), "a remark is the office's own");
    let said = opened.notices.join("");
    assert!(said.contains("新增1项任务") && said.contains("“建设城东蓄水池”") && said.contains("不再列入1项"), "{said}");
    for edit in [json!({"edit": "retire_task", "task": added}), new_task(&plan, "39", "自己加的")] {
        let edits = vec![serde_json::from_value(edit).unwrap()];
        let refusal = theirs.apply(&wire::Edits { edits, quarter: QUARTER.to_owned() }).unwrap_err();
        assert!(refusal.to_string().contains("这是单位的工作簿"), "{refusal}");
    }
}

#[test]
fn people_answer_for_terms_and_what_somebody_holds_is_handed_over_at_once() {
    let mut office = Office::seeded();
    for (name, job) in [("周平", "副县长"), ("吴芳", "副县长"), ("李红", "办公室主任")] {
        office.done(json!({"edit": "add_person", "name": name, "office": job, "telephone": "0571-88880001"}));
    }
    let people = office.session.people(&wire::Nothing {}).unwrap();
    let id = |name: &str| people.iter().find(|person| person.name == name).unwrap().id.clone();
    let (zhou, wu) = (id("周平"), id("吴芳"));
    let rows = office.ledger().rows;
    for row in &rows[..3] {
        office.done(json!({"edit": "give_role", "person": zhou, "role": "责任领导", "task": row.id, "from": "2025-01-01"}));
    }
    assert_eq!(office.ledger().rows[0].leaders, "周平");
    let before = office.whole();
    office.done(json!({"edit": "hand_over", "from": zhou, "to": wu, "on": "2025-07-01"}));
    assert_eq!(office.ledger().rows[..3].iter().map(|row| row.leaders.as_str()).collect::<Vec<_>>(), ["吴芳"; 3]);
    let second = office.session.ledger(&wire::OfQuarter { quarter: "2025Q2".to_owned(), plan: None }).unwrap();
    assert_eq!(second.rows[0].leaders, "周平", "an earlier quarter has whom it had");
    let detail = office.task(&rows[0].title);
    assert_eq!(
        detail.people.iter().map(|line| (line.name.as_str(), line.current)).collect::<Vec<_>>(),
        [("周平", false), ("吴芳", true)]
    );
    office.undo();
    assert_eq!(office.whole(), before, "all of it is one edit");

    // a department's people answer for what it leads, and the task's own go before them
    let department = rows[4].departments[0].id.clone();
    office.done(json!({"edit": "give_role", "person": wu, "role": "leader", "department": department}));
    assert_eq!(office.row(&rows[4].title).leaders, "吴芳");
    office.done(json!({"edit": "give_role", "person": zhou, "role": "leader", "task": rows[4].id}));
    assert_eq!(office.row(&rows[4].title).leaders, "周平");
    for (edit, word) in [
        (json!({"edit": "add_person", "name": "周平", "office": "副县长"}), "职务和单位也相同"),
        (json!({"edit": "add_person", "name": "周平13800000000"}), "里有电话号码"),
        (json!({"edit": "add_person", "name": "周平", "telephone": "找办公室"}), "不是电话号码"),
        (json!({"edit": "give_role", "person": zhou, "role": "leader", "task": rows[4].id}), "已经是责任领导"),
        (json!({"edit": "give_role", "person": zhou, "role": "leader"}), "没有写明负责哪项任务"),
        (json!({"edit": "give_role", "person": zhou, "role": "书记", "task": rows[4].id}), "不是人员分工"),
        (
            json!({"edit": "give_role", "person": zhou, "role": "contact", "task": rows[4].id, "from": "2025-07-01", "to": "2025-06-01"}),
            "早于起始日期",
        ),
        (json!({"edit": "hand_over", "from": zhou, "to": zhou}), "不能移交给自己"),
        (json!({"edit": "hand_over", "from": id("李红"), "to": zhou}), "没有可移交的分工"),
        (json!({"edit": "remove_person", "person": zhou}), "还有分工"),
    ] {
        let said = office.refused(edit.clone());
        assert!(said.contains(word), "{edit}: {said}");
    }
    office.done(json!({"edit": "add_person", "name": "周平", "office": "局长"}));
    office.done(json!({"edit": "remove_person", "person": id("李红")}));
}

#[test]
fn a_closed_quarter_prints_whom_it_had_and_no_number_goes_to_another_unit() {
    let mut office = Office::seeded();
    office.done(json!({"edit": "set_setting", "key": "leaders", "value": true}));
    let row = office.ledger().rows.into_iter().find(|row| row.departments.len() > 1).unwrap();
    let (own, other) = (row.departments[0].clone(), row.departments[1].clone());
    for (name, number, department) in
        [("周平", "11111", None), ("钱一", "22222", Some(&own.id)), ("孙二", "33333", Some(&other.id))]
    {
        office.done(json!({"edit": "add_person", "name": name, "telephone": number, "department": department}));
    }
    let people = office.session.people(&wire::Nothing {}).unwrap();
    for (person, role) in people.iter().zip(["leader", "contact", "contact"]) {
        office.done(json!({"edit": "give_role", "person": person.id, "role": role, "task": row.id}));
    }
    office.session.close_quarter(&wire::InQuarter { quarter: "2025Q2".to_owned() }).unwrap();
    office.done(json!({"edit": "set_person", "person": people[0].id, "name": "周新平"}));
    let print = |office: &mut Office, quarter: &str| {
        let path = office.path(&format!("{quarter}.docx"));
        let of = wire::ReportToFile {
            kind: "bulletin".to_owned(),
            quarter: quarter.to_owned(),
            path: text(&path),
            ..wire::ReportToFile::default()
        };
        office.session.export_report(&of).unwrap();
        let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
        std::io::read_to_string(archive.by_name("word/document.xml").unwrap()).unwrap()
    };
    let closed = print(&mut office, "2025Q2");
    assert!(closed.contains("周平") && !closed.contains("周新平"));
    assert!(print(&mut office, QUARTER).contains("周新平"));
    let of = wire::ToIssue {
        quarter: QUARTER.to_owned(),
        folder: text(&office.path("下发")),
        department: Some(own.name),
        ..wire::ToIssue::default()
    };
    let packet = office.session.issue_packets(&of).unwrap().files[0].path.clone();
    let mut theirs = session();
    theirs.receive_packet(&wire::PacketFile { packet, workbook: None }).unwrap();
    let there: Vec<(String, String)> =
        theirs.people(&wire::Nothing {}).unwrap().into_iter().map(|person| (person.name, person.telephone)).collect();
    let expected = [("周新平", ""), ("钱一", "22222"), ("孙二", "")].map(|(name, number)| (name.to_owned(), number.to_owned()));
    assert_eq!(there, expected);
}
