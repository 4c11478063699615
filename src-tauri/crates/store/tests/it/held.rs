//! What is called saved is in the file at the path: deleted, moved, replaced, taken, the edit is refused and nothing is lost.

use crate::child::{rename, title};
use crate::sample::{self, stamp};
use std::fs;
use std::path::{Path, PathBuf};
use store::{Lost, StoreError, Workbook};
use tempfile::TempDir;

fn open_with_edits() -> (TempDir, PathBuf, Workbook) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("台账.planbook");
    let mut workbook = sample::workbook(&path);
    rename(&mut workbook, "甲").unwrap();
    (folder, path, workbook)
}

fn log(path: &Path) -> PathBuf {
    PathBuf::from(format!("{}-wal", path.display()))
}

/// The edit is refused for this reason, what was saved is still there to be written elsewhere, and nothing at the path changes.
fn assert_refused(path: &Path, mut workbook: Workbook, lost: Lost) {
    let there = (fs::read(path).ok(), fs::read(log(path)).ok());
    let error = rename(&mut workbook, "乙").unwrap_err();
    assert!(matches!(&error, StoreError::Detached { lost: found, .. } if *found == lost), "{error}");
    assert!(error.to_string().contains("没有保存") && error.to_string().contains("另存"), "{error}");
    assert_eq!(workbook.detached(), Some(lost));
    assert!(matches!(workbook.undo(&stamp(9)), Err(StoreError::Detached { .. })));
    let elsewhere = path.with_file_name("另存.planbook");
    workbook.copy_to(&elsewhere).unwrap();
    workbook.close().unwrap_err();
    assert_eq!((fs::read(path).ok(), fs::read(log(path)).ok()), there);
    let found = Workbook::open(&elsewhere, &stamp(20)).unwrap().workbook;
    assert_eq!(title(&found), "甲");
    assert_eq!(found.check().unwrap(), []);
}

#[cfg(unix)]
#[test]
fn a_workbook_that_was_deleted_or_moved_takes_no_edit() {
    let (_folder, path, workbook) = open_with_edits();
    fs::remove_file(&path).unwrap();
    assert_refused(&path, workbook, Lost::Gone);
    let (folder, path, workbook) = open_with_edits();
    fs::rename(&path, folder.path().join("移走.planbook")).unwrap();
    assert_refused(&path, workbook, Lost::Gone);
}

#[cfg(unix)]
#[test]
fn a_workbook_that_was_replaced_takes_no_edit_and_the_other_file_is_left_alone() {
    let (folder, path, workbook) = open_with_edits();
    let other = folder.path().join("同步.planbook");
    sample::workbook(&other).close().unwrap();
    fs::rename(&other, &path).unwrap();
    assert_refused(&path, workbook, Lost::Replaced);
}

#[cfg(unix)]
#[test]
fn a_copy_that_is_written_over_the_open_workbook_is_noticed() {
    let (_folder, path, mut workbook) = open_with_edits();
    let copy = workbook.copy(&stamp(6)).unwrap();
    workbook.settle().unwrap();
    rename(&mut workbook, "丙").unwrap();
    fs::write(&path, fs::read(&copy.path).unwrap()).unwrap();
    let error = rename(&mut workbook, "丁").unwrap_err();
    assert!(matches!(error, StoreError::Detached { lost: Lost::Replaced, .. }), "{error}");
}

#[cfg(unix)]
#[test]
fn a_second_writer_where_locks_mean_nothing_ends_the_first_ones_writing() {
    let (folder, path, workbook) = open_with_edits();
    let lock = folder.path().join("台账.planbook.lock");
    fs::write(&lock, "李工\n督查室-02\n2025-06-20T03:00:00.000Z\n019-another\n").unwrap();
    assert_refused(&path, workbook, Lost::Taken);
    assert!(fs::read_to_string(&lock).unwrap().starts_with("李工"), "the other's lock stays");
}

#[cfg(unix)]
#[test]
fn a_log_that_was_taken_away_is_moved_into_the_file_first() {
    let (_folder, path, mut workbook) = open_with_edits();
    fs::remove_file(log(&path)).unwrap();
    rename(&mut workbook, "乙").unwrap();
    rename(&mut workbook, "丙").unwrap();
    workbook.close().unwrap();
    let mut workbook = Workbook::open(&path, &stamp(9)).unwrap().workbook;
    assert_eq!(title(&workbook), "丙");
    workbook.undo(&stamp(10)).unwrap();
    assert_eq!(title(&workbook), "乙");
    assert_eq!(workbook.check().unwrap(), []);
}

#[test]
fn a_touched_time_and_a_log_that_moved_by_itself_hinder_nobody() {
    let (_folder, path, mut workbook) = open_with_edits();
    let long = "长".repeat(20_000);
    for number in 0..150 {
        // some thousand pages: SQLite moves the log into the file by itself
        rename(&mut workbook, &format!("{number}{long}")).unwrap();
        if number % 50 == 7 {
            let file = fs::File::options().write(true).open(&path).unwrap();
            file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
        }
        if number % 60 == 9 {
            workbook.settle().unwrap();
        }
    }
    workbook.close().unwrap();
    assert!(title(&Workbook::open(&path, &stamp(9)).unwrap().workbook).starts_with("149"));
}
