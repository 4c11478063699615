//! Rows go in and come out the same; what hangs on a deleted row goes with it; two departments become one.

use crate::sample::{self, day, department, quarter, stamp, task};
use plan::*;
use store::table;
use store::{Edit, StoreError, Workbook};
use tempfile::TempDir;

fn fresh() -> (TempDir, Workbook) {
    let folder = TempDir::new().unwrap();
    let mut workbook = sample::workbook(&folder.path().join("台账.planbook"));
    workbook.edit("新表", &stamp(2), sample::fill_later).unwrap();
    (folder, workbook)
}

fn edit<T>(workbook: &mut Workbook, work: impl FnOnce(&mut Edit<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
    workbook.edit("测试", &stamp(5), work).map(|edited| edited.value)
}

#[test]
fn rows_come_out_as_they_went_in() {
    let (_folder, workbook) = fresh();
    let rows = &workbook.read();
    assert_eq!(table::task::list(rows).unwrap(), [task("task-1", 1), task("task-2", 2)]);
    assert_eq!(
        table::department::list(rows).unwrap(),
        [department("dept-1", "县科技局", 1), department("dept-2", "县工信局", 2)]
    );
    let items = table::checklist_item::list(rows).unwrap();
    // in printed order, which is not the order of ids
    assert_eq!(items[0].departments, [DepartmentId::new("dept-2"), DepartmentId::new("dept-1")]);
    assert_eq!(table::checklist_item::get(rows, &items[0].id).unwrap(), items[0]);
    assert_eq!(table::checklist_item::of_task(rows, &items[0].task).unwrap(), items);
    let milestones = table::milestone::list(rows).unwrap();
    assert_eq!(milestones[0].due, Due::Day(day("2025-07-31")));
    assert_eq!(table::milestone::get(rows, &milestones[0].id).unwrap(), milestones[0]);
    assert_eq!(table::actual::list(rows).unwrap(), [sample::actual("actual", Some("dept-1"), 1.5)]);
    assert_eq!(table::progress::list(rows).unwrap(), [sample::progress("progress", "task-1", "dept-1")]);
    assert_eq!(table::slip::list(rows).unwrap(), [sample::slip("slip", 1)]);
    assert_eq!(table::exchange::list(rows).unwrap(), [sample::exchange("dept-1")]);
    let evidence = &table::evidence::list(rows).unwrap()[0];
    assert_eq!(table::evidence::bytes(rows, &evidence.sha256).unwrap().unwrap(), b"photo");
    let plan = &table::plan::list(rows).unwrap()[0];
    assert_eq!((plan.issued_on, plan.period_to), (Some(day("2025-01-15")), Some(2027)));
    let sections = table::section::of_plan(rows, &plan.id).unwrap();
    assert_eq!(sections[1].parent, Some(SectionId::new("section-1")));
    assert_eq!(table::indicator::list(rows).unwrap()[0].baseline, Some((2024, 1.0)));
    assert_eq!(table::target::list(rows).unwrap()[0].op, Op::AtLeast);
    assert_eq!(table::setting::find(rows, "office").unwrap().unwrap(), "{\"name\":\"云溪县督查室\"}");
    let seen = table::packet_seen::find(rows, &"ab".repeat(32)).unwrap().unwrap();
    assert_eq!(table::packet_seen::of_quarter(rows, quarter()).unwrap(), [seen]);
    assert_eq!(table::request::list(rows).unwrap()[0].asked, "2025-09");
}

#[test]
fn each_row_takes_each_word_of_its_vocabulary() {
    let (_folder, mut workbook) = fresh();
    for status in Status::ALL {
        edit(&mut workbook, |edit| {
            let mut progress = table::progress::get(edit, &ProgressId::new("progress"))?;
            progress.status = *status;
            table::progress::update(edit, &progress)?;
            assert_eq!(table::progress::get(edit, &progress.id)?.status, *status);
            Ok(())
        })
        .unwrap();
    }
    for (kind, op) in IndicatorKind::ALL.iter().zip(Op::ALL.iter().cycle()) {
        edit(&mut workbook, |edit| {
            let mut indicator = table::indicator::get(edit, &IndicatorId::new("indicator"))?;
            indicator.kind = *kind;
            indicator.baseline = None;
            table::indicator::update(edit, &indicator)?;
            assert_eq!(table::indicator::get(edit, &indicator.id)?, indicator);
            let mut target = table::target::get(edit, &TargetId::new("target"))?;
            target.op = *op;
            target.due = None;
            table::target::update(edit, &target)?;
            assert_eq!(table::target::get(edit, &target.id)?, target);
            Ok(())
        })
        .unwrap();
    }
}

#[test]
fn deleting_a_plan_leaves_departments_people_settings_and_closes_only() {
    let (_folder, mut workbook) = fresh();
    edit(&mut workbook, |edit| table::plan::delete(edit, &PlanId::new("plan"))).unwrap();
    let content = workbook.content().unwrap();
    let mut tables: Vec<&str> = content.lines().filter_map(|line| line.split('\t').next()).collect();
    tables.dedup();
    assert_eq!(
        tables,
        [
            "department",
            "department_alias",
            "department_key",
            "exchange",
            "exchanged",
            "packet_seen",
            "passage",
            "person",
            "quarter_close",
            "request",
            "setting"
        ]
    );
    assert_eq!(workbook.check().unwrap(), []);
}

#[test]
fn deleting_a_section_lifts_what_stands_under_it() {
    let (_folder, mut workbook) = fresh();
    edit(&mut workbook, |edit| table::section::delete(edit, &SectionId::new("section-1"))).unwrap();
    let section = table::section::get(&workbook.read(), &SectionId::new("section-2")).unwrap();
    assert_eq!(section.parent, None);
    edit(&mut workbook, |edit| table::section::delete(edit, &SectionId::new("section-2"))).unwrap();
    assert_eq!(table::task::list(&workbook.read()).unwrap()[0].section, None);
}

#[test]
fn deleting_an_item_keeps_its_evidence_with_the_task() {
    let (_folder, mut workbook) = fresh();
    edit(&mut workbook, |edit| table::checklist_item::delete(edit, &ChecklistItemId::new("item"))).unwrap();
    let evidence = table::evidence::of_task(&workbook.read(), &TaskId::new("task-1")).unwrap();
    assert_eq!(evidence[0].item, None);
}

#[test]
fn deleting_a_department_hands_its_figures_to_the_office() {
    let (_folder, mut workbook) = fresh();
    edit(&mut workbook, |edit| table::department::delete(edit, &DepartmentId::new("dept-1"))).unwrap();
    let rows = &workbook.read();
    assert_eq!(table::actual::list(rows).unwrap(), [sample::actual("actual", None, 1.5)]);
    assert_eq!(table::assignment::list(rows).unwrap().len(), 2);
    assert_eq!(workbook.check().unwrap(), []);
}

#[test]
fn only_one_row_may_speak_for_a_department_and_quarter() {
    let (_folder, mut workbook) = fresh();
    let sentence = |done: Result<(), StoreError>| done.unwrap_err().to_string();
    let twice = edit(&mut workbook, |edit| table::progress::insert(edit, &sample::progress("other", "task-1", "dept-1")));
    assert_eq!(sentence(twice), "本季度的进展已经有了，不能重复添加。请直接修改已有的那一条。");
    let twice = edit(&mut workbook, |edit| {
        table::actual::insert(edit, &sample::actual("office", None, 1.0))?;
        table::actual::insert(edit, &sample::actual("office-again", None, 2.0))
    });
    assert!(matches!(twice, Err(StoreError::Taken { what: "本季度的指标数据" })));
    let twice = edit(&mut workbook, |edit| table::department::insert(edit, &department("dept-3", "县科技局", 3)));
    assert!(matches!(twice, Err(StoreError::Taken { what: "单位" })));
    let twice = edit(&mut workbook, |edit| table::slip::insert(edit, &sample::slip("slip-2", 1)));
    assert!(matches!(twice, Err(StoreError::Taken { what: "督办单" })));
}

#[test]
fn a_row_needs_what_it_refers_to_and_values_it_can_hold() {
    let (_folder, mut workbook) = fresh();
    let gone = edit(&mut workbook, |edit| table::progress::insert(edit, &sample::progress("other", "task-9", "dept-1")));
    assert!(matches!(gone, Err(StoreError::Dangling { what: "本季度的进展" })));
    for value in [f64::NAN, -f64::NAN] {
        let unfit = edit(&mut workbook, |edit| table::actual::insert(edit, &sample::actual("nan", None, value)));
        assert!(matches!(unfit, Err(StoreError::Unfit { .. })));
    }
    let unfit = edit(&mut workbook, |edit| table::setting::put(edit, "rules", "{not json"));
    assert!(matches!(unfit, Err(StoreError::Unfit { what: "设置" })));
    let unfit = edit(&mut workbook, |edit| {
        let mut task = task("backwards", 3);
        task.span = Some(Span { start: 9, end: 3 });
        table::task::insert(edit, &task)
    });
    assert!(matches!(unfit, Err(StoreError::Unfit { what: "原文位置" })));
    let unfit = edit(&mut workbook, |edit| table::evidence::keep_bytes(edit, &vec![0; table::evidence::LARGEST + 1]));
    assert!(matches!(unfit, Err(StoreError::Unfit { .. })));
}

#[test]
fn writing_or_deleting_a_row_that_is_gone_is_refused_in_every_table() {
    let (_folder, mut workbook) = fresh();
    type Work = fn(&mut Edit<'_>) -> Result<(), StoreError>;
    let cases: [(&str, Work); 14] = [
        ("规划", |edit| table::plan::delete(edit, &PlanId::new("x"))),
        ("章节", |edit| table::section::delete(edit, &SectionId::new("x"))),
        ("单位", |edit| table::department::delete(edit, &DepartmentId::new("x"))),
        ("单位", |edit| table::department::merge(edit, &DepartmentId::new("dept-1"), &DepartmentId::new("x"))),
        ("任务", |edit| table::task::update(edit, &task("x", 1))),
        ("责任单位", |edit| table::assignment::delete(edit, &TaskId::new("task-1"), &DepartmentId::new("x"))),
        ("清单事项", |edit| table::checklist_item::delete(edit, &ChecklistItemId::new("x"))),
        ("节点", |edit| table::milestone::delete(edit, &MilestoneId::new("x"))),
        ("指标", |edit| table::indicator::delete(edit, &IndicatorId::new("x"))),
        ("目标值", |edit| table::target::delete(edit, &TargetId::new("x"))),
        ("本季度的指标数据", |edit| table::actual::delete(edit, &ActualId::new("x"))),
        ("本季度的进展", |edit| table::progress::update(edit, &sample::progress("x", "task-1", "dept-1"))),
        ("佐证材料", |edit| table::evidence::delete(edit, &EvidenceId::new("x"))),
        ("督办单", |edit| table::slip::update(edit, &sample::slip("x", 9))),
    ];
    for (what, work) in cases {
        match edit(&mut workbook, work) {
            Err(StoreError::RowGone { what: named, .. }) => assert_eq!(named, what),
            other => panic!("{what}: {other:?}"),
        }
    }
}

#[test]
fn merging_two_departments_loses_nothing_and_is_one_undo() {
    let (_folder, mut workbook) = fresh();
    let (from, into) = (DepartmentId::new("dept-1"), DepartmentId::new("dept-2"));
    edit(&mut workbook, |edit| {
        let mut own = sample::progress("own", "task-1", "dept-2");
        own.done = "已签约。".to_owned();
        table::progress::insert(edit, &own)?;
        table::progress::insert(edit, &sample::progress("alone", "task-2", "dept-1"))?;
        table::actual::insert(edit, &sample::actual("own", Some("dept-2"), 2.0))?;
        table::exchange::put(edit, &sample::exchange("dept-2"))
    })
    .unwrap();
    let before = workbook.content().unwrap();
    edit(&mut workbook, |edit| table::department::merge(edit, &from, &into)).unwrap();
    let rows = &workbook.read();
    let departments = table::department::list(rows).unwrap();
    assert_eq!(departments.len(), 1);
    assert_eq!(departments[0].aliases, ["县工信局(牵头)", "县科技局", "科技局", "县科技局(牵头)"]);
    assert_eq!(table::department::named(rows, "科技局").unwrap().unwrap().id, into);
    assert_eq!(table::department::named(rows, "县民政局").unwrap(), None);
    let parts = table::assignment::list(rows).unwrap();
    assert_eq!(parts.len(), 2);
    assert!(parts.iter().all(|part| part.role == Role::Lead && part.department == into && part.position == 1));
    let progress = table::progress::list(rows).unwrap();
    assert_eq!(progress.len(), 2);
    assert_eq!(progress[0].done, "已签约。\n已完成选址。");
    assert_eq!(progress[0].next, "七月开工。");
    let actuals = table::actual::list(rows).unwrap();
    assert_eq!((actuals.len(), actuals[0].value), (1, 2.0));
    assert_eq!(actuals[0].note, "县科技局另报1.5");
    let item = table::checklist_item::get(rows, &ChecklistItemId::new("item")).unwrap();
    assert_eq!(item.departments, std::slice::from_ref(&into));
    assert_eq!(table::evidence::list(rows).unwrap()[0].department, Some(into.clone()));
    assert_eq!(workbook.check().unwrap(), []);
    workbook.undo(&stamp(9)).unwrap();
    assert_eq!(workbook.content().unwrap(), before);
    workbook.redo(&stamp(10)).unwrap();
    edit(&mut workbook, |edit| table::department::merge(edit, &into, &into)).unwrap();
    assert_eq!(table::department::list(&workbook.read()).unwrap().len(), 1);
}

#[test]
fn a_close_holds_until_it_is_reopened_and_the_chain_tells_both() {
    let (_folder, mut workbook) = fresh();
    let first: Quarter = "2025Q1".parse().unwrap();
    let twice = edit(&mut workbook, |edit| table::quarter_close::close(edit, first, "{}"));
    assert!(matches!(twice, Err(StoreError::Taken { .. })));
    edit(&mut workbook, |edit| table::quarter_close::reopen(edit, first, "补录镇街数据")).unwrap();
    assert_eq!(table::quarter_close::holding(&workbook.read(), first).unwrap(), None);
    let not_closed = edit(&mut workbook, |edit| table::quarter_close::reopen(edit, first, ""));
    assert!(matches!(not_closed, Err(StoreError::RowGone { what: "封账记录", .. })));
    edit(&mut workbook, |edit| table::quarter_close::close(edit, first, "{\"tasks\":3}")).unwrap();
    edit(&mut workbook, |edit| table::quarter_close::close(edit, quarter(), "{}")).unwrap();
    let chain = table::quarter_close::list(&workbook.read()).unwrap();
    assert_eq!(chain.len(), 3);
    assert_eq!(chain[0].reopened.as_ref().unwrap().reason, "补录镇街数据");
    assert_eq!(chain[2].previous_hash, chain[1].hash);
    assert_eq!(chain[1].previous_hash, chain[0].hash);
    assert_eq!(workbook.check().unwrap(), []);
}

#[test]
fn slips_are_numbered_without_a_gap_by_year_and_level() {
    let (_folder, mut workbook) = fresh();
    edit(&mut workbook, |edit| table::slip::insert(edit, &sample::slip("slip-2", 2))).unwrap();
    let rows = &workbook.read();
    let next = |year, level| table::slip::next_number(rows, year, level).unwrap();
    assert_eq!((next(2025, "黄"), next(2025, "红"), next(2026, "黄")), (3, 1, 1));
}

#[test]
fn progress_remembers_who_wrote_it_and_a_tick_of_the_same_does_not_sign_it_anew() {
    let (_folder, mut workbook) = fresh();
    let written = |workbook: &Workbook| {
        let written = table::progress::written_in(&workbook.read(), quarter()).unwrap();
        (written[0].by.clone(), written[0].at)
    };
    assert_eq!(written(&workbook), ("张敏".to_owned(), stamp(1).at));
    let mut same = sample::progress("progress", "task-1", "dept-1");
    edit(&mut workbook, |edit| table::progress::update(edit, &same)).unwrap();
    assert_eq!(written(&workbook).1, stamp(1).at);
    same.done.push_str("已开工。");
    edit(&mut workbook, |edit| table::progress::update_written(edit, &same, "李工", stamp(3).at)).unwrap();
    assert_eq!(written(&workbook), ("李工".to_owned(), stamp(3).at));
}

#[test]
fn evidence_bytes_are_kept_once_and_survive_the_undo_of_a_removal() {
    let (_folder, mut workbook) = fresh();
    let id = EvidenceId::new("evidence");
    let hash = table::evidence::get(&workbook.read(), &id).unwrap().sha256;
    edit(&mut workbook, |edit| {
        assert_eq!(table::evidence::keep_bytes(edit, b"photo")?, hash);
        table::evidence::delete(edit, &id)
    })
    .unwrap();
    workbook.undo(&stamp(9)).unwrap();
    assert!(table::evidence::find(&workbook.read(), &id).unwrap().is_some());
    assert_eq!(table::evidence::bytes(&workbook.read(), &hash).unwrap().unwrap(), b"photo");
    assert_eq!(table::evidence::bytes(&workbook.read(), "none").unwrap(), None);
}

#[test]
fn drafts_and_preferences_survive_a_restart_and_no_undo_touches_them() {
    let folder = TempDir::new().unwrap();
    let mut workbook = sample::workbook_of_open_quarters(&folder.path().join("台账.planbook"));
    workbook.edit("新表", &stamp(2), sample::fill_later).unwrap();
    let draft = table::draft::Draft {
        id: DraftId::new("draft"),
        title: "行动计划".to_owned(),
        source_name: "行动计划.docx".to_owned(),
        source_text: "一、重点任务".to_owned(),
        body: "{\"accepted\":[]}".to_owned(),
    };
    workbook
        .aside(&stamp(3), |aside| {
            table::draft::insert(aside, &draft)?;
            table::preference::put(aside, "widths", "[40,300]")
        })
        .unwrap();
    workbook.aside(&stamp(4), |aside| table::draft::update(aside, &draft.id, "行动计划(核)", "{\"accepted\":[1]}")).unwrap();
    let path = workbook.path().to_owned();
    drop(workbook);
    let mut workbook = Workbook::open(&path, &stamp(5)).unwrap().workbook;
    workbook.undo(&stamp(6)).unwrap();
    workbook.undo(&stamp(6)).unwrap();
    assert_eq!(workbook.content().unwrap(), "");
    let rows = &workbook.read();
    assert_eq!(table::preference::find(rows, "widths").unwrap().unwrap(), "[40,300]");
    let head = &table::draft::list(rows).unwrap()[0];
    assert_eq!((head.title.as_str(), head.updated_at), ("行动计划(核)", stamp(4).at));
    assert_eq!(table::draft::get(rows, &draft.id).unwrap().body, "{\"accepted\":[1]}");
    let gone = workbook.aside(&stamp(7), |aside| table::draft::update(aside, &DraftId::new("x"), "", "{}"));
    assert!(matches!(gone, Err(StoreError::RowGone { what: "草稿", .. })));
    // taken over as a plan, the draft goes in the same transaction, and undo does not bring it back
    workbook
        .edit("采纳草稿", &stamp(8), |edit| {
            table::draft::delete(&mut edit.aside(), &draft.id)?;
            sample::fill_open(edit)
        })
        .unwrap();
    workbook.undo(&stamp(9)).unwrap();
    assert_eq!(table::draft::find(&workbook.read(), &draft.id).unwrap(), None);
    assert_eq!(workbook.content().unwrap(), "");
}

#[test]
fn what_was_exchanged_is_undone_and_an_identity_is_not() {
    let (_folder, mut workbook) = fresh();
    let before = workbook.content().unwrap();
    let sent =
        |body: &str| table::exchanged::Exchanged { department: "dept-2".to_owned(), quarter: quarter(), body: body.to_owned() };
    edit(&mut workbook, |edit| {
        table::exchanged::put(edit, &sent("{}"))?;
        table::identity::put(&mut edit.aside(), "secret", "abc")
    })
    .unwrap();
    edit(&mut workbook, |edit| table::exchanged::put(edit, &sent("{\"a\":1}"))).unwrap();
    let rows = &workbook.read();
    assert_eq!(table::exchanged::find(rows, "dept-2", quarter()).unwrap(), Some(sent("{\"a\":1}")));
    assert_eq!(table::exchanged::of_quarter(rows, quarter()).unwrap().len(), 2);
    workbook.undo(&stamp(6)).unwrap();
    workbook.undo(&stamp(7)).unwrap();
    assert_eq!(workbook.content().unwrap(), before);
    assert_eq!(table::identity::find(&workbook.read(), "secret").unwrap().as_deref(), Some("abc"));
    workbook.aside(&stamp(8), |aside| table::identity::clear(aside, "secret")).unwrap();
    assert_eq!(table::identity::find(&workbook.read(), "secret").unwrap(), None);
}

#[test]
fn settings_and_passages_are_put_and_cleared() {
    let (_folder, mut workbook) = fresh();
    edit(&mut workbook, |edit| {
        table::setting::put(edit, "office", "\"新\"")?;
        table::setting::clear(edit, "none")?;
        table::passage::clear(edit, quarter(), "opening")
    })
    .unwrap();
    let rows = &workbook.read();
    assert_eq!(table::setting::list(rows).unwrap(), [("office".to_owned(), "\"新\"".to_owned())]);
    assert_eq!(table::passage::of_quarter(rows, quarter()).unwrap(), []);
}

#[test]
fn a_new_key_takes_over_and_the_old_one_stays_on_record() {
    let (_folder, mut workbook) = fresh();
    edit(&mut workbook, |edit| table::department_key::replace(edit, &sample::key("dept-1", 9))).unwrap();
    let rows = &workbook.read();
    let current = table::department_key::current(rows, &DepartmentId::new("dept-1")).unwrap().unwrap();
    assert_eq!(current.public_key, "public-9");
    assert!(!format!("{current:?}").contains("secret"));
    assert_eq!(table::department_key::list(rows).unwrap()[0].revoked_at, Some(stamp(5).at));
}

#[test]
fn a_decision_on_a_request_stays_beside_the_original() {
    let (_folder, mut workbook) = fresh();
    edit(&mut workbook, |edit| {
        let mut request = table::request::get(edit, "request")?;
        request.decision = Some(table::request::Decision { approved: false, by: "张敏".to_owned(), at: stamp(5).at });
        request.answer = "按原期限办理".to_owned();
        table::request::update(edit, &request)
    })
    .unwrap();
    let request = table::request::get(&workbook.read(), "request").unwrap();
    assert_eq!((request.original.as_str(), request.asked.as_str()), ("2025-07-31", "2025-09"));
    assert!(!request.decision.unwrap().approved);
}

#[test]
fn a_retired_row_stays_and_counts_again_after_undo() {
    let (_folder, mut workbook) = fresh();
    let before = workbook.content().unwrap();
    let day = stamp(0).at.date();
    let mark = table::retired::Retired { id: "milestone".to_owned(), kind: "milestone".to_owned(), retired_on: day };
    edit(&mut workbook, |edit| table::retired::put(edit, &mark)).unwrap();
    assert_eq!(table::retired::find(&workbook.read(), "milestone").unwrap(), Some(mark.clone()));
    assert!(table::retired::list(&workbook.read()).unwrap().contains(&mark));
    assert!(table::milestone::find(&workbook.read(), &MilestoneId::new("milestone")).unwrap().is_some());
    edit(&mut workbook, |edit| table::retired::delete(edit, "milestone")).unwrap();
    assert_eq!(workbook.content().unwrap(), before);
    workbook.undo(&stamp(6)).unwrap();
    assert_eq!(table::retired::find(&workbook.read(), "milestone").unwrap(), Some(mark));
}
