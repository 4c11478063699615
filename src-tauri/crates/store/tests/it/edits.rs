//! Edits, undo, redo, history.

use crate::sample::{self, stamp};
use plan::*;
use store::table;
use store::{Action, EditKind, EditState, HistoryQuery, StoreError, Workbook};
use tempfile::TempDir;

fn fresh() -> (TempDir, Workbook) {
    let folder = TempDir::new().unwrap();
    let workbook = sample::workbook(&folder.path().join("云溪县 台账.planbook"));
    (folder, workbook)
}

fn tick(workbook: &mut Workbook, minutes: i64) -> Option<EditId> {
    workbook
        .edit("勾选清单事项", &stamp(minutes), |edit| {
            let mut item = table::checklist_item::get(edit, &ChecklistItemId::new("item"))?;
            item.done_on = Some(sample::day("2025-06-20"));
            table::checklist_item::update(edit, &item)
        })
        .unwrap()
        .edit
}

fn rename(workbook: &mut Workbook, task: &str, title: &str) -> Result<(), StoreError> {
    workbook
        .edit("改任务名称", &stamp(5), |edit| {
            let mut task = table::task::get(edit, &TaskId::new(task))?;
            task.title = title.to_owned();
            table::task::update(edit, &task)
        })
        .map(|_| ())
}

fn open(workbook: &Workbook) -> Workbook {
    Workbook::open(workbook.path(), &stamp(60)).unwrap().workbook
}

#[test]
fn undo_of_everything_and_redo_of_everything_give_the_same_bytes_after_restarts() {
    let folder = TempDir::new().unwrap();
    let mut workbook = sample::workbook_of_open_quarters(&folder.path().join("云溪县 台账.planbook"));
    let full = workbook.content().unwrap();
    assert_eq!(full.lines().count(), 28);
    tick(&mut workbook, 2);
    workbook.edit("删除规划", &stamp(3), |edit| table::plan::delete(edit, &PlanId::new("plan"))).unwrap();
    let end = workbook.content().unwrap();
    let path = workbook.path().to_owned();
    workbook.close().unwrap();

    let reopen = || Workbook::open(&path, &stamp(60)).unwrap().workbook;
    let mut workbook = reopen();
    workbook.undo(&stamp(61)).unwrap();
    drop(workbook);
    let mut workbook = reopen();
    workbook.undo(&stamp(62)).unwrap();
    assert_eq!(workbook.content().unwrap(), full);
    workbook.undo(&stamp(63)).unwrap();
    assert_eq!(workbook.content().unwrap(), "");
    assert!(matches!(workbook.undo(&stamp(64)), Err(StoreError::NothingToUndo)));
    drop(workbook);
    let mut workbook = reopen();
    for minute in 65..68 {
        workbook.redo(&stamp(minute)).unwrap();
    }
    assert_eq!(workbook.content().unwrap(), end);
    assert!(matches!(workbook.redo(&stamp(68)), Err(StoreError::NothingToRedo)));
    assert_eq!(workbook.check().unwrap(), []);
}

#[test]
fn work_that_changes_nothing_leaves_no_trace() {
    let (_folder, mut workbook) = fresh();
    let before = workbook.history(&HistoryQuery::default()).unwrap();
    let edited = workbook
        .edit("改任务名称", &stamp(5), |edit| {
            let task = table::task::get(edit, &TaskId::new("task-1"))?;
            table::task::update(edit, &task)
        })
        .unwrap();
    assert_eq!((edited.edit, edited.rows), (None, vec![]));
    assert_eq!(workbook.history(&HistoryQuery::default()).unwrap(), before);
}

#[test]
fn an_edit_that_brings_nothing_but_the_bytes_of_evidence_keeps_them() {
    let (_folder, mut workbook) = fresh();
    let keep =
        |workbook: &mut Workbook| workbook.edit("合并报送", &stamp(5), |edit| table::evidence::keep_bytes(edit, b"photo"));
    let hash = keep(&mut workbook).unwrap().value;
    assert_eq!(table::evidence::bytes(&workbook.read(), &hash).unwrap().as_deref(), Some(b"photo".as_slice()));
    assert_eq!(keep(&mut workbook).unwrap().edit, None);
}

#[test]
fn a_failed_edit_keeps_nothing() {
    let (_folder, mut workbook) = fresh();
    let before = workbook.content().unwrap();
    let failed = workbook.edit("删除两项任务", &stamp(5), |edit| {
        table::task::delete(edit, &TaskId::new("task-1"))?;
        table::task::delete(edit, &TaskId::new("task-9"))
    });
    let error = failed.unwrap_err();
    assert!(matches!(&error, StoreError::RowGone { what: "任务", id } if id == "task-9"));
    assert_eq!(error.to_string(), "要操作的任务已不存在，可能已被删除或撤销。请核对后重新选择。");
    assert_eq!(workbook.content().unwrap(), before);
    assert_eq!(open_history(&workbook), 1);
}

fn open_history(workbook: &Workbook) -> usize {
    workbook.history(&HistoryQuery::default()).unwrap().len()
}

#[test]
fn a_new_edit_after_an_undo_drops_what_was_undone_but_keeps_it_in_the_history() {
    let (_folder, mut workbook) = fresh();
    tick(&mut workbook, 2);
    workbook.undo(&stamp(3)).unwrap();
    rename(&mut workbook, "task-1", "新名称").unwrap();
    assert!(matches!(workbook.redo(&stamp(6)), Err(StoreError::NothingToRedo)));
    let history = workbook.history(&HistoryQuery::default()).unwrap();
    let told: Vec<_> = history.iter().map(|entry| (entry.label.as_str(), entry.kind, entry.state)).collect();
    assert_eq!(
        told,
        [
            ("改任务名称", EditKind::Edit, EditState::Done),
            ("勾选清单事项", EditKind::Undo, EditState::Done),
            ("勾选清单事项", EditKind::Edit, EditState::Dropped),
            ("导入规划", EditKind::Edit, EditState::Done),
        ]
    );
    // the next undo takes back the new edit, not the dropped one
    assert_eq!(workbook.read().to_undo().unwrap().unwrap().1, "改任务名称");
}

#[test]
fn undo_to_an_edit_leaves_that_edit() {
    let (_folder, mut workbook) = fresh();
    let ticked = tick(&mut workbook, 2).unwrap();
    let then = workbook.content().unwrap();
    rename(&mut workbook, "task-1", "甲").unwrap();
    rename(&mut workbook, "task-2", "乙").unwrap();
    let turned = workbook.undo_to(&ticked, &stamp(9)).unwrap();
    assert_eq!(turned.edits.len(), 2);
    assert_eq!(workbook.content().unwrap(), then);
    assert!(matches!(workbook.undo_to(&ticked, &stamp(9)), Err(StoreError::NothingToUndo)));
    assert!(matches!(workbook.undo_to(&EditId::new("none"), &stamp(9)), Err(StoreError::EditGone { .. })));
    workbook.redo(&stamp(10)).unwrap();
    workbook.redo(&stamp(11)).unwrap();
    let title = table::task::get(&workbook.read(), &TaskId::new("task-2")).unwrap().title;
    assert_eq!(title, "乙");
}

#[test]
fn history_tells_old_and_new_of_a_row_and_an_undo_the_other_way_round() {
    let (_folder, mut workbook) = fresh();
    tick(&mut workbook, 2);
    rename(&mut workbook, "task-1", "甲").unwrap();
    workbook.undo(&stamp(7)).unwrap();
    let history = workbook.history(&HistoryQuery { rows: vec!["task-1".to_owned()], ..HistoryQuery::default() }).unwrap();
    assert_eq!(history.len(), 3);
    let undo = &history[0];
    assert_eq!((undo.kind, undo.who.as_str(), undo.of.as_ref()), (EditKind::Undo, "张敏", Some(&history[1].id)));
    assert_eq!(undo.changes[0].old.as_deref(), Some("甲"));
    assert_eq!(undo.changes[0].new.as_deref(), Some("第1项任务"));
    let edit = &history[1];
    assert_eq!(edit.changes.len(), 1);
    assert_eq!(edit.changes[0].column, "title");
    assert_eq!(edit.changes[0].action, Action::Updated);
    // the import touched many rows, but tells of this one and its assignments only
    let import = &history[2];
    assert!(import.changes.iter().all(|change| change.row.split('/').any(|id| id == "task-1")));
    assert!(import.changes.iter().any(|change| change.row == "task-1/dept-2" && change.new.as_deref() == Some("support")));
}

#[test]
fn history_pages_and_cuts_long_entries() {
    let (_folder, mut workbook) = fresh();
    for number in 0..5 {
        rename(&mut workbook, "task-1", &format!("名称{number}")).unwrap();
    }
    let first = workbook.history(&HistoryQuery { entries: 2, ..HistoryQuery::default() }).unwrap();
    let rest =
        workbook.history(&HistoryQuery { before: Some(first[1].id.clone()), changes: 3, ..HistoryQuery::default() }).unwrap();
    assert_eq!((first.len(), rest.len()), (2, 4));
    let import = &rest[3];
    assert_eq!(import.changes.len(), 3);
    assert!(import.more > 100, "{}", import.more);
}

#[test]
fn an_undo_that_no_longer_fits_is_refused_whole() {
    let (_folder, mut workbook) = fresh();
    workbook
        .edit("改两项", &stamp(5), |edit| {
            for id in ["task-1", "task-2"] {
                let mut task = table::task::get(edit, &TaskId::new(id))?;
                task.title = "甲".to_owned();
                table::task::update(edit, &task)?;
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let path = workbook.path().to_owned();
    workbook.close().unwrap();
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute("UPDATE task SET title = '别的程序' WHERE id = 'task-2'", []).unwrap();
    drop(raw);
    let mut workbook = Workbook::open(&path, &stamp(6)).unwrap().workbook;
    let before = workbook.content().unwrap();
    let error = workbook.undo(&stamp(7)).unwrap_err();
    assert!(error.to_string().contains("不能撤销或重做“改两项”"), "{error}");
    assert_eq!(workbook.content().unwrap(), before);
    assert_eq!(open_history(&workbook), 2);
}

#[test]
fn an_edit_reads_its_own_writes_and_makes_ids_in_order() {
    let (_folder, mut workbook) = fresh();
    let edited = workbook
        .edit("新增任务", &stamp(5), |edit| {
            let (first, second) = (edit.new_id(), edit.new_id());
            assert!(first < second);
            table::task::insert(edit, &sample::task(&first, 3))?;
            table::task::get(edit, &TaskId::new(first))
        })
        .unwrap();
    assert_eq!(edited.rows.len(), 1);
    assert_eq!((edited.rows[0].table.as_str(), edited.rows[0].action), ("task", Action::Inserted));
    assert_eq!(edited.rows[0].id, edited.value.id.to_string());
    let turned = workbook.undo(&stamp(6)).unwrap();
    assert_eq!(turned.rows[0].action, Action::Deleted);
}

#[test]
fn what_is_on_disk_after_an_edit_needs_no_closing() {
    let (folder, mut workbook) = fresh();
    tick(&mut workbook, 2);
    let before = workbook.content().unwrap();
    // the files as a power cut would leave them: no closing, no drop
    let other = folder.path().join("after.planbook");
    for end in ["", "-wal"] {
        let name = |path: &std::path::Path| {
            let mut name = path.as_os_str().to_owned();
            name.push(end);
            std::path::PathBuf::from(name)
        };
        if name(workbook.path()).exists() {
            std::fs::copy(name(workbook.path()), name(&other)).unwrap();
        }
    }
    let found = Workbook::open(&other, &stamp(3)).unwrap().workbook;
    assert_eq!(found.content().unwrap(), before);
    assert_eq!(open(&found).content().unwrap(), before);
}

#[test]
fn work_that_panics_keeps_nothing_and_the_workbook_goes_on() {
    let (_folder, mut workbook) = fresh();
    let before = workbook.content().unwrap();
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _ = workbook.edit("删除规划", &stamp(5), |edit| -> Result<(), StoreError> {
            table::plan::delete(edit, &PlanId::new("plan"))?;
            panic!("a fault in the caller")
        });
    }));
    assert!(panicked.is_err());
    assert_eq!(workbook.content().unwrap(), before);
    rename(&mut workbook, "task-1", "甲").unwrap();
}

#[test]
fn the_revision_grows_with_what_changes_and_with_nothing_else() {
    let (_folder, mut workbook) = fresh();
    let mut seen = vec![workbook.read().revision().unwrap()];
    rename(&mut workbook, "task-1", "甲").unwrap();
    seen.push(workbook.read().revision().unwrap());
    rename(&mut workbook, "task-1", "甲").unwrap();
    workbook.aside(&stamp(6), |aside| table::preference::put(aside, "view", "1")).unwrap();
    seen.push(workbook.read().revision().unwrap());
    workbook.undo(&stamp(7)).unwrap();
    seen.push(workbook.read().revision().unwrap());
    assert_eq!(seen, [1, 2, 2, 3]);
}

#[test]
fn an_undo_stops_at_the_closing_and_the_reopening_of_a_quarter() {
    let (_folder, mut workbook) = fresh();
    let quarter = sample::quarter();
    let ticked = tick(&mut workbook, 2).unwrap();
    workbook.edit("2025年二季度封账", &stamp(3), |edit| table::quarter_close::close(edit, quarter, "{}")).unwrap();
    rename(&mut workbook, "task-1", "甲").unwrap();
    let full = workbook.content().unwrap();
    let error = workbook.undo_to(&ticked, &stamp(6)).unwrap_err();
    assert!(matches!(&error, StoreError::OfRecord { label } if label == "2025年二季度封账"), "{error}");
    assert_eq!(workbook.content().unwrap(), full, "all or nothing");
    workbook.undo(&stamp(7)).unwrap();
    let closed = workbook.content().unwrap();
    let error = workbook.undo(&stamp(8)).unwrap_err();
    assert!(
        error.to_string().contains("不能撤销“2025年二季度封账”") && error.to_string().contains("写明理由重新打开"),
        "{error}"
    );
    assert_eq!(workbook.content().unwrap(), closed);
    workbook.edit("重新打开2025年二季度", &stamp(9), |edit| table::quarter_close::reopen(edit, quarter, "补录")).unwrap();
    let error = workbook.undo(&stamp(10)).unwrap_err();
    assert!(matches!(error, StoreError::OfRecord { .. }), "{error}");
    assert_eq!(table::quarter_close::holding(&workbook.read(), quarter).unwrap(), None);
}
