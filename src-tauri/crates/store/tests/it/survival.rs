//! Killed programs, full disks, folders without rights: what was saved stays.

use crate::child;
use crate::sample::{self, stamp};
use std::io::{BufRead, BufReader};
use store::{StoreError, Workbook};
use tempfile::TempDir;

#[test]
fn a_program_killed_within_an_edit_loses_that_edit_and_no_other() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("台账.planbook");
    sample::workbook(&path).close().unwrap();
    let mut killed = child::command("save-and-hang", &path).spawn().unwrap();
    let mut saved = String::new();
    for line in BufReader::new(killed.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        if let Some(number) = line.strip_prefix("child: saved ") {
            saved = format!("名称{number}");
        }
        if line == "child: inside" {
            break;
        }
    }
    // while it lives, a second one only reads, and sees what is saved
    let second = Workbook::open(&path, &stamp(8)).unwrap();
    assert!(second.workbook.is_read_only());
    assert_eq!(child::title(&second.workbook), saved);
    killed.kill().unwrap();
    killed.wait().unwrap();

    let opened = Workbook::open(&path, &stamp(9)).unwrap();
    let mut workbook = opened.workbook;
    assert!(!workbook.is_read_only());
    assert_eq!(saved, "名称20");
    assert_eq!(child::title(&workbook), saved);
    assert_eq!(store::table::task::list(&workbook.read()).unwrap().len(), 2);
    assert_eq!(workbook.check().unwrap(), []);
    workbook.undo(&stamp(10)).unwrap();
    assert_eq!(child::title(&workbook), "名称19");
}

#[test]
fn a_full_disk_refuses_the_edit_and_keeps_what_was_saved() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("台账.planbook");
    let line = format!(
        "cp '{0}' /dev/shm/planbook-full-$$; mount -t tmpfs -o size=1500k none '{1}'; mv /dev/shm/planbook-full-$$ '{0}'",
        path.display(),
        folder.path().display()
    );
    sample::workbook(&path).close().unwrap();
    let Some(command) = child::in_namespace(&line, "fill-up", &path) else {
        return;
    };
    let said = child::said(command);
    assert_eq!(said[0], "磁盘已满，“台账.planbook”的这次改动没有保存，以前保存的内容没有受影响。请清理磁盘或换一个位置后再试。");
    assert_eq!(said[1], said[2], "the last saved title is there after reopening");
    assert_eq!(said[3], "[]");
    assert!(said[4].starts_with("磁盘已满，“new.planbook”"), "{}", said[4]);
    assert_eq!(said[5], "false");
}

#[test]
fn a_file_that_may_not_grow_refuses_the_edit_and_keeps_what_was_saved() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("台账.planbook");
    sample::workbook(&path).close().unwrap();
    // a limit of 1 MB on any file, in half kilobytes or kilobytes, whichever this shell counts in
    let mut shell = std::process::Command::new("sh");
    shell.args(["-ec", "trap '' XFSZ; ulimit -f 1000; exec \"$0\" \"$@\""]);
    let child = child::command("fill-up", &path);
    shell.arg(child.get_program()).args(child.get_args());
    for (name, value) in child.get_envs() {
        shell.env(name, value.unwrap());
    }
    let output = shell.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let said: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("child: ")).collect();
    assert!(said[0].starts_with("读写“台账.planbook”时出错") && said[0].contains("检查磁盘空间"), "{}", said[0]);
    assert_eq!(said[1], said[2]);
    assert_eq!(said[3], "[]");
}

#[test]
fn a_read_only_medium_opens_for_reading_with_a_notice() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("台账.planbook");
    sample::workbook(&path).close().unwrap();
    let line = format!("mount --bind '{0}' '{0}'; mount -o remount,ro,bind '{0}'", folder.path().display());
    let Some(command) = child::in_namespace(&line, "read-only", &path) else {
        return;
    };
    assert_eq!(
        child::said(command),
        [
            "“台账.planbook”或它所在的文件夹不能写入，这里以只读方式打开。如需修改，请先把它拷贝到可以写入的文件夹。",
            "第1项任务",
            "这次改动没有保存。“台账.planbook”或它所在的文件夹不能写入，这里以只读方式打开。如需修改，请先把它拷贝到可以写入的文件夹。",
            "没有权限读写“new.planbook”。请检查文件或文件夹是否设为只读，或换一个位置。",
        ]
    );
}

#[test]
fn a_stick_with_a_log_left_on_it_is_read_with_what_the_log_holds() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("台账.planbook");
    let mut workbook = sample::workbook(&path);
    workbook.settle().unwrap();
    child::rename(&mut workbook, "只在日志里").unwrap();
    let stick = folder.path().join("stick");
    std::fs::create_dir(&stick).unwrap();
    for end in ["", "-wal"] {
        let name = format!("台账.planbook{end}");
        std::fs::copy(folder.path().join(&name), stick.join(&name)).unwrap();
    }
    let on_stick = stick.join("台账.planbook");
    let line = format!("mount --bind '{0}' '{0}'; mount -o remount,ro,bind '{0}'", stick.display());
    let Some(command) = child::in_namespace(&line, "read-only", &on_stick) else {
        return;
    };
    assert_eq!(child::said(command)[1], "只在日志里");
}

#[test]
fn closing_leaves_one_file() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("台账.planbook");
    let mut workbook = sample::workbook(&path);
    child::rename(&mut workbook, "甲").unwrap();
    let names = || {
        let mut names: Vec<String> =
            std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    assert_eq!(names(), ["台账.planbook", "台账.planbook-wal", "台账.planbook.lock"]);
    workbook.close().unwrap();
    assert_eq!(names(), ["台账.planbook"]);

    // dropping does the same
    drop(sample::workbook(&folder.path().join("乙.planbook")));
    assert_eq!(names(), ["乙.planbook", "台账.planbook"]);
}

#[test]
fn after_settling_the_file_alone_has_everything() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("台账.planbook");
    let mut workbook = sample::workbook(&path);
    child::rename(&mut workbook, "甲").unwrap();
    workbook.settle().unwrap();
    let other = folder.path().join("拷贝.planbook");
    std::fs::copy(&path, &other).unwrap();
    let found = Workbook::open(&other, &stamp(9)).unwrap().workbook;
    assert_eq!(found.content().unwrap(), workbook.content().unwrap());
    child::rename(&mut workbook, "乙").unwrap();
    assert!(matches!(Workbook::create(&path, &stamp(9)), Err(StoreError::Exists { .. })));
}

#[cfg(unix)]
#[test]
fn a_reader_that_is_killed_leaves_no_copy_behind() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("台账.planbook");
    let place = folder.path().join("tmp");
    std::fs::create_dir(&place).unwrap();
    let _writer = sample::workbook(&path);
    let mut reader = child::command("look-and-hang", &path).env("TMPDIR", &place).spawn().unwrap();
    let mut lines = BufReader::new(reader.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.any(|line| line == "child: reading"));
    reader.kill().unwrap();
    reader.wait().unwrap();
    assert_eq!(std::fs::read_dir(&place).unwrap().count(), 0);
}

#[test]
fn a_new_workbook_has_its_name_only_when_it_is_whole() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("台账.planbook");
    let names = || {
        let mut names: Vec<String> =
            std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    let begun = Workbook::begin(&path, &stamp(1)).unwrap();
    assert_eq!(names(), ["台账.planbook.lock", "台账.planbook.part"]);
    assert!(matches!(Workbook::begin(&path, &stamp(1)), Err(StoreError::Locked { .. })));
    drop(begun);
    assert_eq!(names(), [""; 0]);

    // as a program leaves it that was killed meanwhile
    for left in ["台账.planbook.part", "台账.planbook.part-journal", "台账.planbook.lock"] {
        std::fs::write(folder.path().join(left), "half").unwrap();
    }
    let begun = Workbook::begin(&path, &stamp(2)).unwrap();
    std::fs::write(&path, "someone else's").unwrap();
    assert!(matches!(begun.stand(), Err(StoreError::Exists { .. })));
    assert_eq!(std::fs::read(&path).unwrap(), b"someone else's");
    std::fs::remove_file(&path).unwrap();
    let mut workbook = Workbook::begin(&path, &stamp(3)).unwrap().stand().unwrap();
    workbook.edit("设置", &stamp(4), |edit| store::table::setting::put(edit, "office", "\"云溪县\"")).unwrap();
    workbook.close().unwrap();
    assert_eq!(names(), ["台账.planbook"]);
    assert_eq!(Workbook::open(&path, &stamp(5)).unwrap().workbook.check().unwrap(), []);
}

/// Opens a workbook on a disk with so many bytes left; what it says.
fn without_room(bytes: usize) -> Option<Vec<String>> {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("台账.planbook");
    let mut workbook = sample::workbook(&path);
    child::rename(&mut workbook, "以前的").unwrap();
    workbook.close().unwrap();
    let line = format!(
        "cp '{0}' /dev/shm/planbook-room-$$; mount -t tmpfs -o size=3m none '{1}'; mv /dev/shm/planbook-room-$$ '{0}'",
        path.display(),
        folder.path().display()
    );
    let mut command = child::in_namespace(&line, "open-without-room", &path)?;
    command.env("PLANBOOK_TEST_ROOM", bytes.to_string());
    Some(child::said(command))
}

#[test]
fn a_copy_without_room_is_told_as_a_copy_and_the_edit_is_saved() {
    let Some(said) = without_room(200_000) else { return };
    assert_eq!(
        said,
        [
            "今天的自动备份没有做成（磁盘已满）；台账“台账.planbook”本身不受影响。请处理后重新打开，以便留下备份。",
            "以前的",
            "saved",
            "改",
            "closed",
            "改"
        ]
    );
}

#[test]
fn a_disk_without_any_room_is_read_and_the_edit_is_refused() {
    let Some(said) = without_room(0) else { return };
    let refused = "磁盘已满，“台账.planbook”的这次改动没有保存，以前保存的内容没有受影响。请清理磁盘或换一个位置后再试。";
    assert_eq!(said[1..], ["以前的", refused, "以前的", "closed", "以前的"], "{said:?}");
    assert!(!said[0].contains("没有保存"), "{}", said[0]);
}
