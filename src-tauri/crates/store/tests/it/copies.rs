//! Copies beside the workbook, and the way back to one.

use crate::child::{rename, title};
use crate::sample::{self, stamp};
use std::fs;
use std::path::PathBuf;
use store::{CopyKind, EditKind, HistoryQuery, StoreError, Workbook};
use tempfile::TempDir;

const DAY: i64 = 24 * 60;

fn made() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("云溪县 台账.planbook");
    sample::workbook(&path).close().unwrap();
    (folder, path)
}

fn names(path: &std::path::Path) -> Vec<String> {
    let opened = Workbook::open(path, &stamp(0)).unwrap().workbook;
    let copies = opened.copies().unwrap();
    copies.iter().map(|copy| copy.path.file_name().unwrap().to_str().unwrap().to_owned()).collect()
}

#[test]
fn a_copy_is_made_once_a_day_and_only_of_something_new() {
    let (folder, path) = made();
    let use_it = |minutes: i64, change: bool| {
        let mut workbook = Workbook::open(&path, &stamp(minutes)).unwrap().workbook;
        if change {
            rename(&mut workbook, &format!("第{minutes}分钟")).unwrap();
        }
    };
    use_it(5, true);
    use_it(10, true);
    use_it(2 * DAY, false);
    use_it(3 * DAY, false);
    use_it(4 * DAY, true);
    use_it(5 * DAY, false);
    assert_eq!(
        names(&path),
        [
            "云溪县 台账 2025-06-25 093000 第4步 每日.planbook",
            "云溪县 台账 2025-06-22 093000 第3步 每日.planbook",
            "云溪县 台账 2025-06-20 093500 第1步 每日.planbook",
        ]
    );
    assert!(folder.path().join("云溪县 台账.备份").is_dir());
}

#[test]
fn a_copy_is_one_whole_file_that_opens_by_itself() {
    let (folder, path) = made();
    let mut workbook = Workbook::open(&path, &stamp(5)).unwrap().workbook;
    rename(&mut workbook, "甲").unwrap();
    let copy = workbook.copy(&stamp(6)).unwrap();
    assert_eq!((copy.kind, copy.entries), (CopyKind::Asked, 2));
    assert_eq!(copy.size, fs::metadata(&copy.path).unwrap().len());
    assert_eq!(workbook.copies().unwrap()[0], copy);
    let content = workbook.content().unwrap();
    let seen = Workbook::look(&copy.path, &stamp(7), String::new()).unwrap();
    assert_eq!(seen.content().unwrap(), content);

    let elsewhere = folder.path().join("另存.planbook");
    workbook.copy_to(&elsewhere).unwrap();
    assert!(matches!(workbook.copy_to(&elsewhere), Err(StoreError::Exists { .. })));
    let other = Workbook::open(&elsewhere, &stamp(8)).unwrap().workbook;
    assert_eq!((other.content().unwrap(), other.id()), (content, workbook.id()));
}

#[test]
fn a_restore_brings_everything_back_and_can_be_taken_back() {
    let (_folder, path) = made();
    let mut workbook = Workbook::open(&path, &stamp(5)).unwrap().workbook;
    let begin = workbook.content().unwrap();
    let copy = workbook.copy(&stamp(6)).unwrap();
    rename(&mut workbook, "甲").unwrap();
    let end = workbook.content().unwrap();
    let before = workbook.restore(&copy.path, &stamp(7)).unwrap();
    assert_eq!(before.kind, CopyKind::BeforeRestore);
    assert_eq!(workbook.content().unwrap(), begin);
    let history = workbook.history(&HistoryQuery::default()).unwrap();
    assert_eq!(history[0].kind, EditKind::Restore);
    assert!(history[0].label.starts_with("恢复到备份“云溪县 台账 2025-06-20 093600"));
    drop(workbook);
    let mut workbook = Workbook::open(&path, &stamp(8)).unwrap().workbook;
    assert_eq!(workbook.content().unwrap(), begin);
    rename(&mut workbook, "乙").unwrap();
    workbook.undo(&stamp(8)).unwrap();
    workbook.restore(&before.path, &stamp(9)).unwrap();
    assert_eq!(workbook.content().unwrap(), end);
    assert_eq!(title(&workbook), "甲");
    assert_eq!(workbook.check().unwrap(), []);
}

#[test]
fn only_a_whole_copy_of_the_same_workbook_is_restored() {
    let (folder, path) = made();
    let mut workbook = Workbook::open(&path, &stamp(5)).unwrap().workbook;
    let content = workbook.content().unwrap();
    let other = folder.path().join("别县.planbook");
    sample::workbook(&other).close().unwrap();
    let torn = folder.path().join("半份.planbook");
    let bytes = fs::read(workbook.copy(&stamp(6)).unwrap().path).unwrap();
    fs::write(&torn, &bytes[..bytes.len() - 8192]).unwrap();
    let copies = workbook.copies().unwrap().len();
    for (file, words) in [
        (other, "“别县.planbook”不是台账“云溪县 台账.planbook”的备份"),
        (torn, "备份“半份.planbook”不存在或不能读取"),
        (folder.path().join("没有.planbook"), "备份“没有.planbook”不存在或不能读取"),
    ] {
        let error = workbook.restore(&file, &stamp(7)).unwrap_err();
        assert!(error.to_string().starts_with(words), "{file:?}: {error}");
        assert_eq!(workbook.content().unwrap(), content);
    }
    assert_eq!(workbook.copies().unwrap().len(), copies);
}

#[test]
fn a_copy_that_cannot_be_made_is_a_notice() {
    let (folder, path) = made();
    // a file stands where the folder would be
    fs::write(folder.path().join("云溪县 台账.备份"), "").unwrap();
    let opened = Workbook::open(&path, &stamp(5)).unwrap();
    assert!(!opened.workbook.is_read_only());
    assert!(opened.notices[0].sentence().starts_with("今天的自动备份没有做成（"), "{:?}", opened.notices);
}

#[test]
fn strange_files_among_the_copies_are_left_alone() {
    let (folder, path) = made();
    let place = folder.path().join("云溪县 台账.备份");
    fs::create_dir(&place).unwrap();
    for name in ["说明.txt", "台账.planbook", "a 9999-99-99 999999 第1步 每日.planbook"] {
        fs::write(place.join(name), "x").unwrap();
    }
    assert_eq!(names(&path).len(), 1);
    assert_eq!(fs::read_dir(&place).unwrap().count(), 4);
}

#[test]
fn a_damaged_workbook_is_rescued_from_its_copy_and_its_bytes_are_kept() {
    let (folder, path) = made();
    let mut workbook = Workbook::open(&path, &stamp(5)).unwrap().workbook;
    let copy = workbook.copy(&stamp(6)).unwrap();
    let content = workbook.content().unwrap();
    rename(&mut workbook, "甲").unwrap();
    let open = Workbook::rescue(&path, Some(&copy.path), &stamp(7)).unwrap_err();
    assert!(matches!(open, StoreError::Locked { .. }), "{open}");
    workbook.close().unwrap();
    let mut bytes = fs::read(&path).unwrap();
    bytes[4096..60_000].fill(7);
    fs::write(&path, &bytes).unwrap();
    let error = Workbook::open(&path, &stamp(8)).unwrap_err();
    assert!(matches!(error, StoreError::Corrupt { .. }), "{error}");

    let copies = Workbook::copies_of(&path).unwrap();
    assert!(copies.contains(&copy));
    assert!(matches!(Workbook::rescue(&path, Some(&path), &stamp(9)), Err(StoreError::CopyGone { .. })));
    let opened = Workbook::rescue(&path, Some(&copy.path), &stamp(9)).unwrap().opened;
    assert_eq!(opened.workbook.content().unwrap(), content);
    drop(opened);
    let kept = folder.path().join("云溪县 台账.备份/云溪县 台账 2025-06-20 093900 原件.planbook");
    assert_eq!(fs::read(kept).unwrap(), bytes);

    // also where the file is gone altogether
    fs::remove_file(&path).unwrap();
    let opened = Workbook::rescue(&path, Some(&copy.path), &stamp(10)).unwrap().opened;
    assert_eq!(opened.workbook.content().unwrap(), content);
}

#[test]
fn a_rescue_that_was_cut_off_is_ended_at_the_next_opening() {
    let (folder, path) = made();
    let mut workbook = Workbook::open(&path, &stamp(5)).unwrap().workbook;
    let copy = workbook.copy(&stamp(6)).unwrap();
    let content = workbook.content().unwrap();
    rename(&mut workbook, "只在日志里").unwrap();
    // the files as a killed program leaves them, with the edit in the log alone
    let left = folder.path().join("left.planbook");
    let beside = |ending: &str| PathBuf::from(format!("{}{ending}", left.display()));
    for ending in ["", "-wal"] {
        fs::copy(format!("{}{ending}", path.display()), beside(ending)).unwrap();
    }
    fs::copy(&copy.path, beside(".new")).unwrap();

    let opened = Workbook::open(&left, &stamp(8)).unwrap();
    assert_eq!(opened.workbook.content().unwrap(), content, "the log of the old file is not played into the new one");
    opened.workbook.close().unwrap();
    assert!(!beside(".new").exists() && !beside("-wal").exists());
}

#[test]
fn a_rescue_that_cannot_be_written_leaves_the_file_and_its_log() {
    let (folder, path) = made();
    let mut workbook = Workbook::open(&path, &stamp(5)).unwrap().workbook;
    let copy = workbook.copy(&stamp(6)).unwrap();
    rename(&mut workbook, "只在日志里").unwrap();
    let content = workbook.content().unwrap();
    let left = folder.path().join("left.planbook");
    let beside = |ending: &str| PathBuf::from(format!("{}{ending}", left.display()));
    for ending in ["", "-wal"] {
        fs::copy(format!("{}{ending}", path.display()), beside(ending)).unwrap();
    }
    for taken in [".part", ".new.part"] {
        fs::create_dir_all(beside(taken).join("full")).unwrap();
    }
    Workbook::rescue(&left, Some(&copy.path), &stamp(9)).unwrap_err();
    let opened = Workbook::open(&left, &stamp(10)).unwrap();
    assert_eq!(opened.workbook.content().unwrap(), content);
}

/// How many transactions the log beside a workbook holds: its frames that end one (SQLite's file format, 4.1).
fn transactions(path: &std::path::Path) -> usize {
    let log = fs::read(format!("{}-wal", path.display())).unwrap();
    let page = usize::try_from(u32::from_be_bytes(log[8..12].try_into().unwrap())).unwrap();
    let salts = &log[16..24];
    let frames = log[32..].chunks_exact(24 + page).take_while(|frame| frame[8..16] == *salts);
    frames.filter(|frame| frame[4..8] != [0; 4]).count()
}

#[test]
fn a_restore_is_one_transaction() {
    let (_folder, path) = made();
    let mut workbook = Workbook::open(&path, &stamp(5)).unwrap().workbook;
    let copy = workbook.copy(&stamp(6)).unwrap();
    rename(&mut workbook, "甲").unwrap();
    workbook.settle().unwrap();
    workbook.restore(&copy.path, &stamp(7)).unwrap();
    assert_eq!(transactions(&path), 1);
    rename(&mut workbook, "乙").unwrap();
    assert_eq!(transactions(&path), 2);
}
