//! Damage, and the way out of it: what is damaged is seen before it is copied or written to, and a copy takes its place.

use crate::child::{rename, title};
use crate::sample::{self, stamp};
use std::fs;
use std::path::{Path, PathBuf};
use store::{CopyKind, EditKind, FindingKind, HistoryQuery, Notice, StoreError, Workbook};
use tempfile::TempDir;

const DAY: i64 = 24 * 60;

fn beside(path: &Path, ending: &str) -> PathBuf {
    PathBuf::from(format!("{}{ending}", path.display()))
}

/// A workbook with three copies of three states, and a last edit that no copy has.
fn with_copies() -> (TempDir, PathBuf, Vec<PathBuf>) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("台账.planbook");
    let mut workbook = sample::workbook(&path);
    let mut copies = Vec::new();
    for (day, name) in [(1, "甲"), (2, "乙"), (3, "丙")] {
        rename(&mut workbook, name).unwrap();
        copies.push(workbook.copy(&stamp(day * DAY)).unwrap().path);
    }
    rename(&mut workbook, "丁").unwrap();
    workbook.close().unwrap();
    (folder, path, copies)
}

fn damage(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    bytes[4096..60_000].fill(0);
    fs::write(path, &bytes).unwrap();
}

#[test]
fn the_newest_whole_copy_takes_the_place_of_damage_and_nothing_is_lost() {
    let (folder, path, copies) = with_copies();
    damage(&path);
    damage(&copies[2]);
    let damaged = fs::read(&path).unwrap();
    let error = Workbook::open(&path, &stamp(4 * DAY)).unwrap_err().to_string();
    assert!(
        error.contains("它有3份自动备份，最近的是2025-06-23 09:30（第4步）") && error.contains("planbook restore"),
        "{error}"
    );
    assert!(Workbook::is_damaged(&path, &stamp(4 * DAY)).unwrap());

    let rescued = Workbook::rescue(&path, None, &stamp(4 * DAY)).unwrap();
    assert_eq!((title(&rescued.opened.workbook), &rescued.from), ("乙".to_owned(), &copies[1]));
    assert_eq!(rescued.passed_over, [copies[2].clone()]);
    let kept = rescued.kept.unwrap();
    assert_eq!(fs::read(&kept).unwrap(), damaged);
    let history = rescued.opened.workbook.history(&HistoryQuery::default()).unwrap();
    assert_eq!((history[0].kind, history[0].label.contains("第3步")), (EditKind::Restore, true), "{history:?}");
    assert_eq!(rescued.opened.workbook.check().unwrap(), []);
    drop(rescued.opened);

    // a second one in the same second keeps what is there under a name of its own
    damage(&path);
    let again = Workbook::rescue(&path, None, &stamp(4 * DAY)).unwrap();
    assert_ne!(again.kept.as_ref(), Some(&kept));
    assert_eq!(fs::read(&kept).unwrap(), damaged);
    drop((again, folder));
}

#[test]
fn a_named_copy_is_taken_by_path_or_by_its_name_alone() {
    let (_folder, path, copies) = with_copies();
    damage(&path);
    let name = PathBuf::from(copies[0].file_name().unwrap());
    assert_eq!(title(&Workbook::rescue(&path, Some(&name), &stamp(9 * DAY)).unwrap().opened.workbook), "甲");
    damage(&path);
    assert_eq!(title(&Workbook::rescue(&path, Some(&copies[1]), &stamp(9 * DAY)).unwrap().opened.workbook), "乙");
}

#[test]
fn the_copies_of_another_workbook_of_the_same_name_are_not_taken() {
    let (_folder, path, _) = with_copies();
    fs::remove_file(&path).unwrap();
    // a new one under the old name, with fewer steps than the copies of the old one
    let mut workbook = sample::workbook(&path);
    rename(&mut workbook, "新的").unwrap();
    workbook.copy(&stamp(10 * DAY)).unwrap();
    let id = workbook.id().to_owned();
    workbook.close().unwrap();
    fs::write(&path, vec![0; 9000]).unwrap();
    let error = Workbook::open(&path, &stamp(11 * DAY)).unwrap_err().to_string();
    assert!(error.contains("自动备份"), "{error}");
    let rescued = Workbook::rescue(&path, None, &stamp(11 * DAY)).unwrap();
    assert_eq!((rescued.opened.workbook.id(), title(&rescued.opened.workbook)), (id.as_str(), "新的".to_owned()));
}

#[test]
fn a_workbook_that_is_gone_names_its_copies_and_its_log_is_kept() {
    let (_folder, path, _) = with_copies();
    let mut workbook = Workbook::open(&path, &stamp(5)).unwrap().workbook;
    rename(&mut workbook, "只在日志里").unwrap();
    let log = fs::read(beside(&path, "-wal")).unwrap();
    workbook.close().unwrap();
    fs::remove_file(&path).unwrap();
    fs::write(beside(&path, "-wal"), &log).unwrap();

    let error = Workbook::open(&path, &stamp(6)).unwrap_err().to_string();
    assert!(error.contains("找不到台账文件") && error.contains("自动备份"), "{error}");
    let rescued = Workbook::rescue(&path, None, &stamp(6)).unwrap();
    assert_eq!(title(&rescued.opened.workbook), "丁", "the copy of that day, with the most steps");
    assert_eq!(fs::read(beside(&rescued.kept.unwrap(), "-wal")).unwrap(), log);
}

#[test]
fn the_log_of_a_killed_program_is_not_played_into_a_copy_that_was_put_in_its_place() {
    let (folder, path, copies) = with_copies();
    let mut workbook = Workbook::open(&path, &stamp(5)).unwrap().workbook;
    for number in 0..30 {
        rename(&mut workbook, &format!("第{number}次")).unwrap();
    }
    // the files as a killed program leaves them
    let left = folder.path().join("left.planbook");
    fs::copy(&path, &left).unwrap();
    fs::copy(beside(&path, "-wal"), beside(&left, "-wal")).unwrap();
    // with its own file the log is played
    let own = folder.path().join("own.planbook");
    fs::copy(&path, &own).unwrap();
    fs::copy(beside(&path, "-wal"), beside(&own, "-wal")).unwrap();
    let opened = Workbook::open(&own, &stamp(6)).unwrap();
    assert_eq!((title(&opened.workbook), opened.notices.len()), ("第29次".to_owned(), 0), "{:?}", opened.notices);

    // a person copies the backup over it with the file manager
    fs::copy(&copies[1], &left).unwrap();
    let log = fs::read(beside(&left, "-wal")).unwrap();
    let seen = Workbook::look(&left, &stamp(6), String::new()).unwrap();
    assert_eq!(title(&seen), "乙");
    let opened = Workbook::open(&left, &stamp(6)).unwrap();
    assert_eq!(title(&opened.workbook), "乙");
    assert_eq!(opened.workbook.check().unwrap(), []);
    assert!(matches!(&opened.notices[..], [Notice::ForeignLog { .. }]), "{:?}", opened.notices);
    let kept: Vec<PathBuf> = fs::read_dir(folder.path().join("left.备份")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(kept.iter().map(|path| fs::read(path).unwrap()).filter(|bytes| *bytes == log).count(), 1, "{kept:?}");
}

#[test]
fn no_copy_is_made_of_damage_and_no_good_one_goes_for_it() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("台账.planbook");
    let mut workbook = sample::workbook(&path);
    // larger than what is checked in full at each opening
    let large = vec![7_u8; 9 * 1024 * 1024];
    let keep = |edit: &mut store::Edit<'_>| {
        store::table::setting::put(edit, "office", "\"督查室\"")?;
        store::table::evidence::keep_bytes(edit, &large)
    };
    workbook.edit("佐证", &stamp(1), keep).unwrap();
    let good = workbook.copy(&stamp(2)).unwrap();
    rename(&mut workbook, "甲").unwrap();
    workbook.close().unwrap();
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch(
        "DROP INDEX task_plan; CREATE INDEX task_plan ON task (plan); PRAGMA writable_schema = ON;
         UPDATE sqlite_schema SET sql = 'CREATE INDEX task_plan ON task (number)' WHERE name = 'task_plan';",
    )
    .unwrap();
    drop(raw);
    // where no copy is due it opens, and the check tells
    fs::rename(&good.path, folder.path().join("good")).unwrap();
    let due = good.path.with_file_name("台账 2025-06-20 093300 第3步 手动.planbook");
    fs::write(&due, "x").unwrap();
    let opened = Workbook::open(&path, &stamp(3)).unwrap();
    assert_eq!(opened.workbook.check().unwrap()[0].kind, FindingKind::Structure);
    assert!(matches!(opened.workbook.copy(&stamp(3)), Err(StoreError::Corrupt { .. })));
    drop(opened);
    fs::remove_file(due).unwrap();
    fs::rename(folder.path().join("good"), &good.path).unwrap();
    let error = Workbook::open(&path, &stamp(3 * DAY)).unwrap_err();
    assert!(matches!(error, StoreError::Corrupt { .. }), "{error}");
    assert_eq!(Workbook::copies_of(&path).unwrap(), [good]);
    let rescued = Workbook::rescue(&path, None, &stamp(3 * DAY)).unwrap();
    assert_eq!(rescued.opened.workbook.check().unwrap(), []);
}

#[test]
fn steps_go_on_after_a_return_so_that_the_newest_copy_is_the_last_state() {
    let (_folder, path, copies) = with_copies();
    let mut workbook = Workbook::open(&path, &stamp(4 * DAY)).unwrap().workbook;
    let before = workbook.restore(&copies[0], &stamp(4 * DAY)).unwrap();
    assert_eq!((before.kind, before.entries), (CopyKind::BeforeRestore, 5));
    assert_eq!(workbook.read().revision().unwrap(), 6);
    let copy = workbook.copy(&stamp(4 * DAY)).unwrap();
    assert_eq!(Workbook::copies_of(&path).unwrap()[0], copy);
    workbook.close().unwrap();
    damage(&path);
    assert_eq!(title(&Workbook::rescue(&path, None, &stamp(5 * DAY)).unwrap().opened.workbook), "甲");
}

#[test]
fn nothing_to_go_back_to_leaves_everything_as_it_is() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("台账.planbook");
    sample::workbook(&path).close().unwrap();
    assert!(!Workbook::is_damaged(&path, &stamp(1)).unwrap());
    damage(&path);
    let bytes = fs::read(&path).unwrap();
    let error = Workbook::rescue(&path, None, &stamp(2)).unwrap_err();
    assert!(matches!(error, StoreError::NoWholeCopy { .. }), "{error}");
    assert_eq!(fs::read(&path).unwrap(), bytes);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
