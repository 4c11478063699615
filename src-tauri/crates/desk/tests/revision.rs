//! A new version of a plan that is in the workbook: what stayed keeps its ids, progress and figures; one undo takes it all back.
#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on fails it")]

use desk::wire::{self, Edit};
use desk::{Environment, Session};
use std::path::Path;

const FORMER: &str = "\
澄湖县渔业振兴三年行动方案(2025—2027年)
(征求意见稿)

一、总体目标
到2027年,全县水产品总产量达到6.5万吨以上。

二、重点任务
(一)建设标准鱼塘
1.改造连片池塘。到2026年,改造连片池塘12000亩,配套进排水渠道40公里以上。2025年6月底前,完成池塘底数调查。(牵头单位:县农业农村局;配合单位:县水利局)
2.推广循环养殖。每年新增陆基循环养殖桶200个以上。(责任单位:县农业农村局、县科技局)
(二)打响澄湖品牌
3.拓展销售渠道。每年组织产销对接活动不少于4场。2026年9月底前,完成区域公用品牌注册。(责任单位:县商务局、县供销社)
4.举办开渔节。2025年9月底前,举办首届开渔节。(责任单位:县文旅局)

三、保障措施
(一)强化资金支持。县财政局每年安排渔业专项资金3000万元以上。
";

/// Renumbered, one task new, one gone, one reworded under another lead; a target raised, a milestone gone.
const NEW: &str = "\
澄湖县渔业振兴三年行动方案(2025—2027年)
澄政办发〔2025〕12号

一、总体目标
到2027年,全县水产品总产量达到7万吨以上。

二、重点任务
(一)建设标准鱼塘
1.治理养殖尾水。到2027年,尾水处理设施覆盖率达到95%。(责任单位:县生态环境局)
2.改造连片池塘。到2026年,改造连片池塘15000亩,配套进排水渠道40公里以上。2025年6月底前,完成池塘底数调查。(牵头单位:县农业农村局;配合单位:县水利局)
3.大力推广陆基循环养殖。每年新增陆基循环养殖桶200个以上。(牵头单位:县科技局;配合单位:县农业农村局)
(二)打响澄湖品牌
4.拓展销售渠道。每年组织产销对接活动不少于4场。(责任单位:县商务局、县供销社)

三、保障措施
(一)强化资金支持。县财政局每年安排渔业专项资金3000万元以上。
";

fn session(folder: &Path) -> Session {
    Session::new(Environment {
        today: "2025-08-12".parse().ok(),
        who: "王芳".to_owned(),
        now: Box::new(|| "2025-08-12T01:00:00".parse().unwrap()),
        device: String::new(),
        data_folder: Some(folder.to_path_buf()),
        font_folders: Vec::new(),
        system_fonts: false,
    })
}

fn quarter() -> String {
    "2025Q2".to_owned()
}

/// A workbook with the former version, confirmed, in whose second quarter the departments have worked.
fn worked(folder: &Path) -> Session {
    let mut session = session(folder);
    let path = folder.join("渔业.planbook").to_string_lossy().into_owned();
    session.create_workbook(&wire::AtPath { path }).unwrap();
    let review = read(&mut session, folder, "former.txt", FORMER);
    assert_eq!(review.comparison, None, "the first version revises nothing");
    session.confirm_draft(&wire::OfDraft { id: review.id }).unwrap();
    let pond = task(&mut session, "改造连片池塘");
    let fair = task(&mut session, "举办开渔节");
    let sales = task(&mut session, "拓展销售渠道");
    let target = pond.targets.iter().find(|target| target.indicator.contains("池塘")).unwrap();
    let progress = |task: &str, department: &str, done: &str| Edit::SetProgress {
        task: task.to_owned(),
        department: department.to_owned(),
        quarter: quarter(),
        status: Some("推进中".to_owned()),
        done: Some(done.to_owned()),
        problems: None,
        next: None,
    };
    let edits = vec![
        Edit::CompleteMilestone { milestone: pond.milestones[0].id.clone(), done_on: Some("2025-06-20".to_owned()) },
        Edit::SetActual {
            target: target.id.clone(),
            quarter: quarter(),
            value: Some(3600.0),
            note: Some("已改造".to_owned()),
            department: None,
        },
        progress(&pond.row.id, "县农业农村局", "底数已经查清。"),
        progress(&fair.row.id, "县文旅局", "方案已定。"),
        Edit::CompleteMilestone { milestone: sales.milestones[0].id.clone(), done_on: Some("2025-06-01".to_owned()) },
    ];
    session.apply(&wire::Edits { edits, quarter: quarter() }).unwrap();
    session
}

fn read(session: &mut Session, folder: &Path, name: &str, text: &str) -> wire::DraftReview {
    let document = folder.join(name);
    std::fs::write(&document, text).unwrap();
    session.read_document(&wire::FromDocument { document: document.to_string_lossy().into_owned(), columns: None }).unwrap()
}

fn task(session: &mut Session, title: &str) -> wire::TaskDetail {
    let ledger = session.ledger(&wire::OfQuarter { quarter: quarter(), plan: None }).unwrap();
    let id = ledger.rows.iter().find(|row| row.title == title).unwrap_or_else(|| panic!("no task {title}")).id.clone();
    session.task(&wire::OfTask { task: id, quarter: quarter() }).unwrap()
}

/// Everything that the views show, without the history.
fn seen(session: &mut Session) -> String {
    let of = wire::OfQuarter { quarter: quarter(), plan: None };
    let ledger = session.ledger(&of).unwrap();
    let mut tasks = Vec::new();
    for row in &ledger.rows {
        let mut detail = session.task(&wire::OfTask { task: row.id.clone(), quarter: quarter() }).unwrap();
        detail.history.clear();
        tasks.push(detail);
    }
    let indicators = session.indicators(&of).unwrap();
    serde_json::to_string(&(ledger, tasks, indicators)).unwrap()
}

fn state<'a>(review: &'a wire::DraftReview, row: &str) -> &'a wire::ComparedRow {
    review.comparison.as_ref().unwrap().rows.iter().find(|compared| compared.row == row).unwrap()
}

fn draft_task(review: &wire::DraftReview, title: &str) -> String {
    review.draft.tasks.iter().find(|task| task.title == title).unwrap().id.clone()
}

#[test]
fn a_new_version_says_what_was_added_changed_and_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = worked(folder.path());
    let review = read(&mut session, folder.path(), "new.txt", NEW);
    let comparison = review.comparison.as_ref().unwrap();
    assert_eq!(comparison.title, "澄湖县渔业振兴三年行动方案(2025—2027年)");

    assert_eq!(state(&review, &draft_task(&review, "治理养殖尾水")).state, "added");
    assert_eq!(state(&review, &draft_task(&review, "拓展销售渠道")).fields.len(), 1, "its sentence is shorter");
    assert_eq!(state(&review, &draft_task(&review, "强化资金支持")).state, "unchanged");
    let reworded = state(&review, &draft_task(&review, "大力推广陆基循环养殖"));
    let fields: Vec<(&str, &str)> = reworded.fields.iter().map(|field| (field.field.as_str(), field.old.as_str())).collect();
    assert!(fields.contains(&("title", "推广循环养殖")), "{fields:?}");
    assert!(fields.contains(&("departments", "县农业农村局、县科技局")), "{fields:?}");
    let raised = review.draft.targets.iter().find(|target| target.value == 15000.0).unwrap();
    let raised = state(&review, &raised.id);
    let value = raised.fields.iter().find(|field| field.field == "value").unwrap();
    assert_eq!((value.old.as_str(), value.new.as_str()), ("≥12000亩", "≥15000亩"));

    let dropped: Vec<(&str, &str, Option<&str>)> =
        comparison.dropped.iter().map(|row| (row.kind.as_str(), row.text.as_str(), row.work.as_deref())).collect();
    assert!(dropped.contains(&("task", "举办开渔节", Some("progress"))), "{dropped:?}");
    assert!(dropped.iter().any(|(kind, text, work)| *kind == "milestone" && text.contains("品牌") && *work == Some("done")));
    assert_eq!(comparison.added + comparison.changed + comparison.unchanged, comparison.rows.len());
    assert!(comparison.fields.iter().any(|field| field.field == "doc_number" && field.new == "澄政办发〔2025〕12号"));
}

#[test]
fn what_stayed_keeps_its_id_and_work_and_one_undo_takes_all_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = worked(folder.path());
    let before = seen(&mut session);
    let pond = task(&mut session, "改造连片池塘");
    let farming = task(&mut session, "推广循环养殖");
    let fair = task(&mut session, "举办开渔节");

    let review = read(&mut session, folder.path(), "new.txt", NEW);
    let frame = session.confirm_draft(&wire::OfDraft { id: review.id }).unwrap();
    assert_eq!((frame.plans.len(), frame.plans[0].stage.as_str(), frame.drafts.len()), (1, "issued", 0));
    assert_eq!(frame.plans[0].doc_number.as_deref(), Some("澄政办发〔2025〕12号"));

    let now = task(&mut session, "改造连片池塘");
    assert_eq!((now.row.id.as_str(), now.row.number.as_str()), (pond.row.id.as_str(), "2"));
    assert_eq!(now.milestones[0].id, pond.milestones[0].id);
    assert_eq!(now.milestones[0].done_on.as_deref(), Some("2025-06-20"));
    assert!(serde_json::to_string(&now.progress).unwrap().contains("底数已经查清。"));
    let raised = now.targets.iter().find(|target| target.indicator.contains("池塘")).unwrap();
    let was = pond.targets.iter().find(|target| target.indicator.contains("池塘")).unwrap();
    assert_eq!((raised.id.as_str(), raised.value, raised.actual), (was.id.as_str(), 15000.0, Some(3600.0)));
    assert!(!now.history.is_empty(), "the history of the task goes on");

    let reworded = task(&mut session, "大力推广陆基循环养殖");
    assert_eq!(reworded.row.id, farming.row.id);
    assert!(serde_json::to_string(&reworded.row).unwrap().contains("县科技局"), "{:?}", reworded.row);
    // what was dropped is taken off and not gone
    let cancelled = session.task(&wire::OfTask { task: fair.row.id.clone(), quarter: "2025Q3".to_owned() }).unwrap();
    assert_eq!(cancelled.row.status, "取消");
    assert!(serde_json::to_string(&cancelled.progress).unwrap().contains("方案已定。"));
    assert!(task(&mut session, "拓展销售渠道").milestones.is_empty());
    assert_eq!(session.check().unwrap(), Vec::<String>::new());

    session.undo(&wire::InQuarter { quarter: quarter() }).unwrap();
    assert_eq!(seen(&mut session), before);
    session.redo(&wire::InQuarter { quarter: quarter() }).unwrap();
    assert_eq!(task(&mut session, "大力推广陆基循环养殖").row.id, farming.row.id);
}

#[test]
fn what_the_clerk_says_stands_against_what_was_proposed() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = worked(folder.path());
    let fair = task(&mut session, "举办开渔节");
    let farming = task(&mut session, "推广循环养殖");
    let brand = task(&mut session, "拓展销售渠道").milestones[0].id.clone();
    let review = read(&mut session, folder.path(), "new.txt", NEW);
    // the reworded task is another one after all; the festival and the brand stay in force
    let mut other = review.draft.tasks.iter().find(|task| task.title == "大力推广陆基循环养殖").unwrap().clone();
    other.same_as = None;
    let change = wire::DraftRows {
        id: review.id.clone(),
        tasks: vec![other.clone()],
        still_valid: Some(vec![fair.row.id.clone(), brand.clone()]),
        ..wire::DraftRows::default()
    };
    let review = session.save_draft_rows(&change).unwrap();
    assert_eq!(state(&review, &other.id).state, "added");
    let dropped = &review.comparison.as_ref().unwrap().dropped;
    assert!(dropped.iter().any(|row| row.id == farming.row.id && !row.still_valid));
    assert!(dropped.iter().any(|row| row.id == fair.row.id && row.still_valid));

    session.confirm_draft(&wire::OfDraft { id: review.id }).unwrap();
    let at = |session: &mut Session, id: &str| {
        session.task(&wire::OfTask { task: id.to_owned(), quarter: "2025Q3".to_owned() }).unwrap().row.status
    };
    assert_eq!(at(&mut session, &farming.row.id), "取消");
    assert_ne!(at(&mut session, &fair.row.id), "取消");
    assert_ne!(task(&mut session, "大力推广陆基循环养殖").row.id, farming.row.id);
    assert_eq!(task(&mut session, "拓展销售渠道").milestones[0].id, brand);
}

#[test]
fn a_plan_of_its_own_and_back_and_a_task_that_returns() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = worked(folder.path());
    let plan = session.workbook(&wire::Nothing {}).unwrap().plans[0].id.clone();
    let fair = task(&mut session, "举办开渔节").row.id;
    let review = read(&mut session, folder.path(), "new.txt", NEW);
    let own = session.compare_draft(&wire::ToCompareDraft { id: review.id.clone(), plan: None }).unwrap();
    assert_eq!(own.comparison, None);
    let refusal = session.confirm_draft(&wire::OfDraft { id: review.id.clone() }).unwrap_err();
    assert!(refusal.to_string().contains("新版本"), "{refusal:?}");
    let back = session.compare_draft(&wire::ToCompareDraft { id: review.id.clone(), plan: Some(plan) }).unwrap();
    assert_eq!(back.comparison, review.comparison);
    session.confirm_draft(&wire::OfDraft { id: review.id }).unwrap();

    // the former version again: the task that was taken off is taken up
    let review = read(&mut session, folder.path(), "former.txt", FORMER);
    let returned = state(&review, &draft_task(&review, "举办开渔节"));
    assert_eq!(returned.former.as_deref(), Some(fair.as_str()));
    assert!(returned.fields.iter().any(|field| field.field == "status"));
    session.confirm_draft(&wire::OfDraft { id: review.id }).unwrap();
    let status = session.task(&wire::OfTask { task: fair, quarter: "2025Q3".to_owned() }).unwrap().row.status;
    assert_eq!(status, "推进中");
}

#[test]
fn the_same_document_again_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = worked(folder.path());
    let before = seen(&mut session);
    let review = read(&mut session, folder.path(), "former.txt", FORMER);
    let comparison = review.comparison.as_ref().unwrap();
    assert_eq!((comparison.added, comparison.changed, &comparison.dropped[..]), (0, 0, &[][..]));
    session.confirm_draft(&wire::OfDraft { id: review.id }).unwrap();
    assert_eq!(seen(&mut session), before);
}

#[test]
fn a_spreadsheet_that_was_changed_since_is_not_read_again_by_other_columns() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session(folder.path());
    let path = folder.path().join("工作.planbook").to_string_lossy().into_owned();
    session.create_workbook(&wire::AtPath { path }).unwrap();
    let review = read(&mut session, folder.path(), "台账.csv", "目标任务,谁来办,完成时限\n建成服务中心,县工信局,2026年底\n");
    let column = &review.draft.sheets[0].columns[1];
    assert_eq!((column.letter.as_str(), column.holds.as_deref()), ("B", None));
    let columns = vec![wire::LedgerColumn { head: "谁来办".to_owned(), holds: "牵头单位".to_owned() }];
    let request = wire::DraftColumns { id: review.id.clone(), columns };
    let again = session.read_columns(&request).unwrap();
    assert_eq!(again.draft.tasks[0].lead, ["县工信局"]);
    assert_eq!(again.draft.sheets[0].columns[1].holds.as_deref(), Some("牵头单位"));
    std::fs::write(folder.path().join("台账.csv"), "目标任务,谁来办\n另一项,县财政局\n").unwrap();
    let refusal = session.read_columns(&request).unwrap_err();
    assert!(refusal.message.to_string().contains("改动过"), "{refusal:?}");
    assert_eq!(session.draft(&wire::OfDraft { id: review.id }).unwrap().draft.tasks[0].title, "建成服务中心");
}

const OFFICE: &str = "青溪县2026年重点工作任务台账\n序号,重点任务,工作目标,谁来办,完成时限,进展情况\n\
    1,开展助企走访,走访企业80家,县工信局,2026年5月,已走访30家\n2,改造路灯,改造路灯90盏,县住建局,2026年8月,\n";

#[test]
fn what_columns_hold_is_remembered_for_files_of_that_kind() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session(folder.path());
    let path = folder.path().join("台账.planbook").to_string_lossy().into_owned();
    session.create_workbook(&wire::AtPath { path }).unwrap();
    let holds = |review: &wire::DraftReview| review.draft.sheets[0].columns[3].holds.clone();
    let review = read(&mut session, folder.path(), "五月.csv", OFFICE);
    assert_eq!(holds(&review), None);
    let columns = vec![wire::LedgerColumn { head: "谁来办".to_owned(), holds: "牵头单位".to_owned() }];
    let corrected = session.read_columns(&wire::DraftColumns { id: review.id.clone(), columns }).unwrap();
    assert_eq!(corrected.draft.tasks[0].lead, ["县工信局"]);
    session.discard_draft(&wire::OfDraft { id: review.id }).unwrap();
    let again = read(&mut session, folder.path(), "六月.csv", &OFFICE.replace("80家", "95家"));
    assert_eq!(holds(&again).as_deref(), Some("牵头单位"));
    assert_eq!(again.draft.tasks[0].lead, ["县工信局"]);
    let other = read(&mut session, folder.path(), "另一种.csv", &OFFICE.replace("工作目标", "年度要求"));
    assert_eq!(holds(&other), None, "of another kind");
}

#[test]
fn the_window_shows_the_cells_that_changed_and_writes_progress_into_the_quarter_that_is_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session(folder.path());
    let path = folder.path().join("台账.planbook").to_string_lossy().into_owned();
    session.create_workbook(&wire::AtPath { path }).unwrap();
    let office = OFFICE.replace("谁来办", "牵头单位");
    let review = read(&mut session, folder.path(), "五月.csv", &office);
    let chosen = wire::DraftRows { id: review.id.clone(), quarter: Some("2026Q2".to_owned()), ..wire::DraftRows::default() };
    assert_eq!(session.save_draft_rows(&chosen).unwrap().draft.quarter.as_deref(), Some("2026Q2"));
    session.confirm_draft(&wire::OfDraft { id: review.id }).unwrap();
    let ledger = session.ledger(&wire::OfQuarter { quarter: "2026Q2".to_owned(), plan: None }).unwrap();
    let id = ledger.rows.iter().find(|row| row.title == "开展助企走访").unwrap().id.clone();
    let detail = session.task(&wire::OfTask { task: id, quarter: "2026Q2".to_owned() }).unwrap();
    assert_eq!(detail.progress.iter().map(|row| row.done.as_str()).collect::<Vec<_>>(), ["已走访30家"]);

    let later = office.replace("80家", "95家").replace("已走访30家", "已走访60家");
    let review = read(&mut session, folder.path(), "六月.csv", &later);
    let comparison = review.comparison.unwrap();
    let cells: Vec<String> = comparison.cells.iter().map(|cell| format!("{} {} {}", cell.head, cell.old, cell.new)).collect();
    assert_eq!(cells, ["工作目标 走访企业80家 走访企业95家", "进展情况 已走访30家 已走访60家"]);
    assert_eq!((comparison.added, comparison.changed, comparison.unchanged), (0, 2, 1));
}
