//! What must go goes: out of the rows, the history, the document, closed quarters and copies; a line of record stays.

use crate::child::rename;
use crate::sample::{self, stamp};
use std::fs;
use std::path::Path;
use store::{HistoryQuery, StoreError, Workbook, table};
use tempfile::TempDir;

const SECRET: &str = "某处库房的位置与数量";

/// Whether some file below a folder holds the words.
fn is_anywhere(folder: &Path) -> bool {
    fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            is_anywhere(&path)
        } else {
            fs::read(&path).unwrap().windows(SECRET.len()).any(|w| w == SECRET.as_bytes())
        }
    })
}

#[test]
fn what_is_erased_is_in_no_file_any_more_and_a_line_says_so() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("台账.planbook");
    let mut workbook = sample::workbook(&path);
    rename(&mut workbook, SECRET).unwrap();
    workbook.copy(&stamp(1)).unwrap();
    rename(&mut workbook, &format!("{SECRET}，又改了一次")).unwrap();
    workbook
        .edit("改规划", &stamp(2), |edit| {
            let mut plan = table::plan::list(edit)?.remove(0);
            plan.source_text = format!("{}，{SECRET}，又改了一次。", plan.source_text);
            table::plan::update(edit, &plan)
        })
        .unwrap();
    workbook.settle().unwrap();
    assert!(is_anywhere(folder.path()));

    let erased = workbook
        .erase("误录入不应录入的内容", &stamp(3), |edit| table::task::delete(edit, &plan::TaskId::new("task-1")))
        .unwrap();
    assert!(erased.rows > 1 && erased.copies == 1, "{erased:?}");
    assert_eq!(workbook.check().unwrap(), []);
    let history = workbook.history(&HistoryQuery::default()).unwrap();
    assert_eq!(history[0].label, "彻底清除：误录入不应录入的内容");
    let error = workbook.undo(&stamp(4)).unwrap_err();
    assert!(matches!(error, StoreError::Erased { .. }), "{error}");
    assert!(
        table::setting::list(&workbook.read())
            .unwrap()
            .iter()
            .any(|(key, value)| key.starts_with("erased/") && value.contains("误录入"))
    );
    // what others said is as it was, and goes on
    workbook
        .edit("改任务名称", &stamp(5), |edit| {
            let mut task = table::task::get(edit, &plan::TaskId::new("task-2"))?;
            task.title = "另一项".to_owned();
            table::task::update(edit, &task)
        })
        .unwrap();
    workbook.undo(&stamp(6)).unwrap();
    assert_eq!(workbook.check().unwrap(), []);
    workbook.close().unwrap();
    assert!(!is_anywhere(folder.path()));
    let opened = Workbook::open(&path, &stamp(7)).unwrap();
    assert_eq!(opened.workbook.check().unwrap(), []);
    let nothing = Workbook::open(&path, &stamp(7)).unwrap();
    assert!(nothing.workbook.is_read_only());
}

#[test]
fn an_erasure_of_nothing_is_refused() {
    let folder = TempDir::new().unwrap();
    let mut workbook = sample::workbook(&folder.path().join("台账.planbook"));
    let error = workbook.erase("误录入", &stamp(3), |edit| table::task::delete(edit, &plan::TaskId::new("none"))).unwrap_err();
    assert!(matches!(error, StoreError::RowGone { .. }), "{error}");
}
