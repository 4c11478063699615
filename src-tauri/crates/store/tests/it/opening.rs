//! What opens, what is refused with which sentence, and who may write.

use crate::child::{rename, title};
use crate::sample::{self, stamp};
use std::fs;
use std::path::{Path, PathBuf};
use store::{Notice, Stamp, StoreError, Workbook};
use tempfile::TempDir;

fn folder() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("云溪县 台账.planbook");
    (folder, path)
}

/// The sentence that opening is refused with; the file must be as before, and no other may appear.
fn refused(path: &Path) -> String {
    let names = || {
        let beside = path.parent().and_then(|folder| fs::read_dir(folder).ok());
        beside.map_or(0, Iterator::count)
    };
    let before = (fs::read(path).ok(), names());
    let error = Workbook::open(path, &stamp(1)).unwrap_err();
    assert_eq!((fs::read(path).ok(), names()), before);
    error.to_string()
}

#[test]
fn what_is_no_workbook_is_refused_with_its_sentence() {
    let (folder, path) = folder();
    assert_eq!(
        refused(&path),
        "找不到台账文件“云溪县 台账.planbook”。请检查文件是否被移动或改名，或者U盘、共享文件夹是否已连接。"
    );
    assert!(refused(&folder.path().join("无/台账.planbook")).contains("不存在，无法打开或保存“台账.planbook”"));
    assert!(refused(folder.path()).contains("是文件夹，不是台账文件"));
    for bytes in [b"".as_slice(), b"SQLite format 3\0", b"\xD0\xCF\x11\xE0 an old document", &[0; 5000]] {
        fs::write(&path, bytes).unwrap();
        assert!(refused(&path).contains("不是规划台账文件，或只传来了一部分"));
    }
    fs::remove_file(&path).unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE note (text); PRAGMA application_id = 7;").unwrap();
    drop(other);
    assert!(refused(&path).contains("是其他软件的数据文件"));
}

#[test]
fn half_a_workbook_is_refused() {
    let (_folder, path) = folder();
    sample::workbook(&path).close().unwrap();
    let bytes = fs::read(&path).unwrap();
    for keep in [bytes.len() / 2, bytes.len() - 4096, 4096, 150] {
        fs::write(&path, &bytes[..keep]).unwrap();
        let sentence = match Workbook::open(&path, &stamp(1)) {
            Err(error) => error.to_string(),
            Ok(opened) => panic!("{keep} of {} bytes opened: {opened:?}", bytes.len()),
        };
        assert!(sentence.contains("损坏"), "{keep}: {sentence}");
        // the way out is one that is there
        assert!(sentence.contains("旁边没有自动备份"), "{sentence}");
    }
}

#[test]
fn a_newer_file_is_refused_and_left_as_it_is() {
    let (_folder, path) = folder();
    sample::workbook(&path).close().unwrap();
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch(
        "UPDATE meta SET value = '99' WHERE key = 'compat'; PRAGMA user_version = 99; PRAGMA journal_mode = DELETE;",
    )
    .unwrap();
    drop(raw);
    assert_eq!(
        refused(&path),
        "“云溪县 台账.planbook”由更新版本的规划台账保存，本程序不能打开它，文件没有改动。请先升级本程序。"
    );
}

#[test]
fn a_newer_file_that_this_program_can_keep_opens_and_keeps_its_additions() {
    let (_folder, path) = folder();
    sample::workbook(&path).close().unwrap();
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch(
        "ALTER TABLE task ADD COLUMN leader TEXT; UPDATE task SET leader = '王县长';
         CREATE TABLE later (id TEXT); PRAGMA user_version = 99;",
    )
    .unwrap();
    drop(raw);
    let mut opened = Workbook::open(&path, &stamp(2)).unwrap();
    assert_eq!(opened.notices, []);
    rename(&mut opened.workbook, "甲").unwrap();
    opened.workbook.edit("删除任务", &stamp(3), |edit| store::table::task::delete(edit, &plan::TaskId::new("task-1"))).unwrap();
    opened.workbook.undo(&stamp(4)).unwrap();
    assert!(opened.workbook.content().unwrap().contains("王县长"));
    opened.workbook.close().unwrap();
    let raw = rusqlite::Connection::open(&path).unwrap();
    let version: i64 = raw.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(version, 99);
}

#[test]
fn a_second_opener_reads_the_saved_state_and_is_told_who_writes() {
    let (_folder, path) = folder();
    let mut first = sample::workbook(&path);
    rename(&mut first, "已保存").unwrap();
    let second_stamp = Stamp::new(stamp(90).at, "李工", "督查室-02");
    let second = Workbook::open(&path, &second_stamp).unwrap();
    assert_eq!(
        second.notices,
        [Notice::OpenElsewhere {
            sentence: "张敏（督查室-01）自6月20日09:30起打开着“云溪县 台账.planbook”，这里以只读方式显示它最近一次保存的内容。请等对方关闭后重新打开，再作修改。".to_owned()
        }]
    );
    let mut second = second.workbook;
    assert!(second.is_read_only() && !first.is_read_only());
    assert_eq!(title(&second), "已保存");
    let error = rename(&mut second, "抢写").unwrap_err();
    assert!(matches!(&error, StoreError::ReadOnly { .. }));
    assert!(error.to_string().contains("张敏（督查室-01）"), "{error}");
    assert!(matches!(second.undo(&second_stamp), Err(StoreError::ReadOnly { .. })));
    // the first one is not hindered, neither by the second one reading nor by its going
    rename(&mut first, "再保存").unwrap();
    drop(second);
    rename(&mut first, "三保存").unwrap();
    assert!(Workbook::open(&path, &second_stamp).unwrap().workbook.is_read_only());
    first.close().unwrap();
    let third = Workbook::open(&path, &second_stamp).unwrap();
    assert!(!third.workbook.is_read_only());
    assert_eq!(title(&third.workbook), "三保存");
}

#[test]
fn a_lock_file_left_by_a_dead_program_hinders_nobody() {
    let (folder, path) = folder();
    sample::workbook(&path).close().unwrap();
    fs::write(folder.path().join("云溪县 台账.planbook.lock"), "张敏\n督查室-01\n").unwrap();
    let opened = Workbook::open(&path, &stamp(2)).unwrap();
    assert!(!opened.workbook.is_read_only());
}

#[test]
fn ten_openers_at_once_give_one_writer() {
    let (_folder, path) = folder();
    sample::workbook(&path).close().unwrap();
    for _ in 0..5 {
        let opened: Vec<Workbook> = std::thread::scope(|scope| {
            let openers: Vec<_> = (0..10).map(|_| scope.spawn(|| Workbook::open(&path, &stamp(2)).unwrap().workbook)).collect();
            openers.into_iter().map(|opener| opener.join().unwrap()).collect()
        });
        let writers = opened.iter().filter(|workbook| !workbook.is_read_only()).count();
        assert_eq!(writers, 1);
    }
}

#[test]
fn a_reader_that_opens_while_the_writer_works_sees_whole_edits() {
    let (_folder, path) = folder();
    let mut writer = sample::workbook(&path);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            for _ in 0..30 {
                let opened = Workbook::open(&path, &stamp(2)).unwrap().workbook;
                let titles: Vec<String> =
                    store::table::task::list(&opened.read()).unwrap().into_iter().map(|task| task.title).collect();
                assert!(titles[0] == titles[1] || titles[0].starts_with("第1"), "{titles:?}");
                assert_eq!(opened.check().unwrap(), []);
            }
        });
        for number in 0.. {
            if reader.is_finished() {
                break;
            }
            writer
                .edit("改两项", &stamp(3), |edit| {
                    for id in ["task-1", "task-2"] {
                        let mut task = store::table::task::get(edit, &plan::TaskId::new(id))?;
                        task.title = format!("名称{number}{}", "长".repeat(number % 3000));
                        store::table::task::update(edit, &task)?;
                    }
                    Ok::<_, StoreError>(())
                })
                .unwrap();
            if number % 7 == 0 {
                writer.settle().unwrap();
            }
        }
        reader.join().unwrap();
    });
}

#[test]
fn a_new_workbook_needs_a_free_name_and_a_folder() {
    let (folder, path) = folder();
    fs::write(&path, "别的文件").unwrap();
    let error = Workbook::create(&path, &stamp(0)).unwrap_err();
    assert!(error.to_string().contains("已经存在，没有覆盖它"), "{error}");
    assert_eq!(fs::read(&path).unwrap(), "别的文件".as_bytes());
    let error = Workbook::create(&folder.path().join("无/台账.planbook"), &stamp(0)).unwrap_err();
    assert!(error.to_string().contains("请先建好文件夹"), "{error}");
}

#[test]
fn a_workbook_keeps_its_id_and_two_have_two() {
    let (folder, path) = folder();
    let first = sample::workbook(&path);
    let id = first.id().to_owned();
    first.close().unwrap();
    assert_eq!(Workbook::open(&path, &stamp(2)).unwrap().workbook.id(), id);
    let other = sample::workbook(&folder.path().join("乙.planbook"));
    assert_ne!(other.id(), id);
}

#[cfg(unix)]
#[test]
fn a_link_opens_the_file_it_points_to() {
    let (folder, path) = folder();
    let first = sample::workbook(&path);
    let link = folder.path().join("快捷.planbook");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    assert!(Workbook::open(&link, &stamp(2)).unwrap().workbook.is_read_only());
    first.close().unwrap();
    let opened = Workbook::open(&link, &stamp(2)).unwrap().workbook;
    assert_eq!(opened.path(), fs::canonicalize(&path).unwrap());
}

#[test]
fn odd_names_open() {
    let folder = TempDir::new().unwrap();
    for name in ["?a=b#c%20.planbook", "file:x.planbook", "空 格\u{3000}.planbook", "没有扩展名", "'; DROP.planbook"] {
        let path = folder.path().join(name);
        sample::workbook(&path).close().unwrap();
        assert_eq!(title(&Workbook::open(&path, &stamp(2)).unwrap().workbook), "第1项任务", "{name}");
    }
}

#[test]
fn a_workbook_goes_from_thread_to_thread() {
    fn movable<T: Send>(_: &T) {}
    let (_folder, path) = folder();
    movable(&sample::workbook(&path));
}

#[test]
fn an_open_workbook_has_no_index_beside_it() {
    let (folder, path) = folder();
    sample::workbook(&path).close().unwrap();
    let index = folder.path().join("云溪县 台账.planbook-shm");
    let mut opened = Workbook::open(&path, &stamp(2)).unwrap().workbook;
    assert!(!index.exists());
    rename(&mut opened, "改过的名称").unwrap();
    assert!(!index.exists());
}

#[test]
fn a_file_that_was_read_only_is_written_again_afterwards() {
    let (folder, path) = folder();
    sample::workbook(&path).close().unwrap();
    let usual = fs::metadata(&path).unwrap().permissions();
    let mut read_only = usual.clone();
    read_only.set_readonly(true);
    fs::set_permissions(&path, read_only).unwrap();
    let opened = Workbook::open(&path, &stamp(2)).unwrap();
    assert!(opened.workbook.is_read_only() && matches!(opened.notices[..], [Notice::NotWritable { .. }]));
    drop(opened);
    assert!(!folder.path().join("云溪县 台账.planbook-shm").exists());
    fs::set_permissions(&path, usual).unwrap();
    assert!(!Workbook::open(&path, &stamp(3)).unwrap().workbook.is_read_only());
}

#[test]
fn a_second_reader_sees_the_file_only_while_the_log_is_empty() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("云溪县 100%？#1 台账&.planbook");
    sample::workbook(&path).close().unwrap();
    let mut workbook = Workbook::open(&path, &stamp(1)).unwrap().workbook;
    let titles =
        |rows: &store::Rows<'_>| store::table::task::list(rows).unwrap().into_iter().map(|task| task.title).collect::<Vec<_>>();
    let before = titles(&workbook.read());
    assert!(!before.is_empty());
    assert_eq!(titles(&workbook.beside().expect("nothing was written").read()), before);
    rename(&mut workbook, "改过的名称").unwrap();
    assert!(workbook.beside().is_none(), "the log holds what the file does not");
    workbook.settle().unwrap();
    let beside = workbook.beside().expect("the log was moved into the file");
    assert_eq!(titles(&beside.read()), titles(&workbook.read()));
    // closing the second one leaves the file with its one writer
    drop(beside);
    assert!(matches!(Workbook::open(&path, &stamp(2)).unwrap().notices.as_slice(), [Notice::OpenElsewhere { .. }]));
    rename(&mut workbook, "再改的名称").unwrap();
    workbook.close().unwrap();
    let again = Workbook::open(&path, &stamp(3)).unwrap().workbook;
    assert_eq!(title(&again), "再改的名称");
}
