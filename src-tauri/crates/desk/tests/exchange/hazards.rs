//! What happens to files on their way: full disks, sticks that are pulled, files of other programs, workbooks and quarters. Every one
//! is a sentence that names the file and the way out, and leaves what was there as it was.

use crate::{County, QUARTER, collect, text};
use desk::wire::{self, Refusal};
use packet::{Issue, Return, SecretKey};
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A disk of its own with little room; unmounted when it goes.
struct SmallDisk(TempDir);

impl SmallDisk {
    /// Nothing where the machine lets nobody mount one.
    fn new(kilobytes: usize) -> Option<Self> {
        let folder = TempDir::new().unwrap();
        let size = format!("size={kilobytes}k");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder.path()).output();
        mounted.is_ok_and(|mounted| mounted.status.success()).then_some(Self(folder))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Takes all the room that is left, but for some.
    fn fill_but(&self, kilobytes: usize) {
        let _ = std::fs::write(self.path("占满"), vec![1; 64 << 20]);
        let full = std::fs::metadata(self.path("占满")).unwrap().len();
        let keep = full.saturating_sub(u64::try_from(kilobytes << 10).unwrap());
        std::fs::OpenOptions::new().write(true).open(self.path("占满")).unwrap().set_len(keep).unwrap();
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.0.path()).unwrap();
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).output();
    }
}

fn names_the_full_disk(refusal: &Refusal, file: &str) {
    assert!(refusal.message.to_string().contains(file) && refusal.to_string().contains("磁盘已满"), "{refusal:?}");
}

#[test]
fn a_stick_that_is_too_small_for_all_files_gets_none_and_the_list_says_that_nothing_was_sent() {
    let Some(stick) = SmallDisk::new(40) else { return };
    let mut county = County::new();
    let before = county.content();
    let next = "2025Q3";
    let request = wire::ToIssue { quarter: next.to_owned(), folder: text(&stick.path("下发")), ..wire::ToIssue::default() };
    let refusal = county.office.issue_packets(&request).unwrap_err();
    names_the_full_disk(&refusal, ".planpack");
    assert_eq!(std::fs::read_dir(stick.path("下发")).unwrap().count(), 0, "half a set is no set");
    assert_eq!(county.content(), before);
    let status = county.office.exchange_status(&wire::InQuarter { quarter: next.to_owned() }).unwrap();
    assert!(status.departments.iter().all(|line| line.state == "not_sent"));
}

#[test]
fn a_return_that_does_not_fit_on_the_stick_leaves_the_earlier_one_and_is_not_counted() {
    let Some(stick) = SmallDisk::new(64) else { return };
    let county = County::new();
    let mut department = county.department(0);
    department.write(0, "已立项。");
    let path = stick.path("报送.planpack");
    department.returned(&path);
    let good = std::fs::read(&path).unwrap();
    stick.fill_but(0);
    let status = |department: &mut crate::Department| {
        let asked = wire::InQuarter { quarter: QUARTER.to_owned() };
        department.session.exchange_status(&asked).unwrap().departments[0].check_number.clone()
    };
    let number = status(&mut department);
    department.write(0, "已开工。");
    let refusal =
        department.session.return_packet(&wire::ToReturn { quarter: QUARTER.to_owned(), path: text(&path) }).unwrap_err();
    names_the_full_disk(&refusal, "报送.planpack");
    assert_eq!(std::fs::read(&path).unwrap(), good);
    assert_eq!(stick.names().iter().filter(|name| name.starts_with('.')).count(), 0, "nothing half written stays");
    assert_eq!(status(&mut department), number);
}

#[test]
fn a_merge_on_a_full_disk_is_refused_and_the_workbook_stays_whole() {
    let Some(disk) = SmallDisk::new(4096) else { return };
    let mut county = County::new();
    let mut files = Vec::new();
    for at in 0..6 {
        let mut department = county.department(at);
        department.write(0, &"本季度完成投资并开展了现场督导，正在整改存在的问题。".repeat(300));
        let path = county.path(&format!("报送{at}.planpack"));
        department.returned(&path);
        files.push(text(&path));
    }
    county.office.close_workbook(&wire::Nothing {}).unwrap();
    let place = disk.path("台账.planbook");
    std::fs::copy(county.path("台账.planbook"), &place).unwrap();
    county.office.open_workbook(&wire::AtPath { path: text(&place) }).unwrap();
    let seen = county.seen();
    disk.fill_but(8);
    let refusal = county.office.collect_returns(&collect(&files)).unwrap_err();
    assert!(refusal.to_string().contains("磁盘已满") && refusal.to_string().contains("台账.planbook"), "{refusal:?}");
    assert_eq!(county.seen(), seen);
    // with room again the same files are merged
    std::fs::remove_file(disk.path("占满")).unwrap();
    assert!(county.office.collect_returns(&collect(&files)).unwrap().merged);
}

#[test]
fn a_file_that_was_cut_anywhere_says_that_it_is_not_whole() {
    let mut county = County::new();
    let mut department = county.department(0);
    department.write(0, "已立项。");
    let whole = county.path("报送.planpack");
    department.returned(&whole);
    let bytes = std::fs::read(&whole).unwrap();
    let cut = county.path("县里的.planpack");
    for length in [0, 3, 40, 400, bytes.len() / 2, bytes.len() - 1] {
        std::fs::write(&cut, &bytes[..length]).unwrap();
        let preview = county.preview(&[text(&cut)]);
        let file = &preview.files[0];
        assert_eq!((file.state.as_str(), file.file.as_str()), ("refused", "县里的.planpack"), "{length}");
        let told = file.why.contains("重新拷贝") || file.why.contains("不是规划台账的收发文件");
        assert!(told && file.why.ends_with('。'), "{length}: {}", file.why);
    }
}

/// The message for a file that a department's workbook is asked to take.
fn refused(session: &mut desk::Session, packet: &Path, workbook: &Path) -> Refusal {
    let request = wire::PacketFile { packet: text(packet), workbook: Some(text(workbook)) };
    session.receive_packet(&request).unwrap_err()
}

#[test]
fn a_refused_file_leaves_the_open_workbook_open() {
    let mut county = County::new();
    let mut department = county.department(0);
    department.write(0, "写了一半。");
    let own = department.session.workbook_path().unwrap().to_owned();
    let sent = std::fs::read(&county.issued.files[0].path).unwrap();
    let damaged = county.path("破损.planpack");
    let mut bytes = sent.clone();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&damaged, bytes).unwrap();
    let others = PathBuf::from(&county.issued.files[1].path);
    let another = County::new();
    let elsewhere = PathBuf::from(&another.issued.files[0].path);
    let newer = county.issue(QUARTER);
    let request = wire::PacketFile { packet: newer.files[0].path.clone(), workbook: Some(text(&own)) };
    department.session.receive_packet(&request).unwrap();
    let older = county.path("较早.planpack");
    std::fs::write(&older, sent).unwrap();
    // the office's own ledger is no department's workbook
    let office = county.path("台账.planbook");
    for (file, place, word) in [
        (&damaged, &own, "签名不符"),
        (&others, &own, "不是下发给本工作簿的单位的"),
        (&elsewhere, &own, "来自另一个台账"),
        (&older, &own, "更早"),
        (&others, &office, "督查机构的台账"),
    ] {
        let refusal = refused(&mut department.session, file, place);
        let name = file.file_name().unwrap().to_string_lossy();
        assert!(
            refusal.message.to_string().contains(word) && refusal.message.to_string().contains(&*name),
            "{word}: {refusal:?}"
        );
        assert_eq!(department.session.workbook_path().unwrap(), own, "{word}");
        assert_eq!(department.tasks()[0].progress.as_ref().unwrap().done, "写了一半。");
    }
    department.write(0, "接着写。");
}

#[test]
fn a_return_of_a_quarter_that_was_not_sent_and_one_with_a_clock_from_the_future_say_so_or_are_taken() {
    let mut county = County::new();
    let mut department = county.department(0);
    department.write(0, "已立项。");
    let path = county.path("报送.planpack");
    department.returned(&path);
    let (_, honest) = Return::read(&std::fs::read(&path).unwrap()).unwrap();
    let (_, issue) = Issue::read(&std::fs::read(&county.issued.files[0].path).unwrap()).unwrap();
    let key = SecretKey::from_text(&issue.secret).unwrap();
    let mut other = honest.clone();
    other.head.quarter = "2025Q4".parse().unwrap();
    std::fs::write(&path, other.write(&key).unwrap()).unwrap();
    let refusal = county.collect(&[text(&path)]).unwrap_err();
    assert!(
        refusal.message.to_string().contains("2025年四季度") && refusal.message.to_string().contains("报送.planpack"),
        "{refusal}"
    );
    assert!(refusal.message.to_string().contains("先下发该季度的文件"), "{refusal}");
    // a clock decides nothing: the file is taken, and the list shows the office's own time
    let mut late = honest;
    late.head.made_at += chrono::TimeDelta::days(30 * 365);
    std::fs::write(&path, late.write(&key).unwrap()).unwrap();
    assert!(county.collect(&[text(&path)]).unwrap().merged);
    let status = county.office.exchange_status(&wire::InQuarter { quarter: QUARTER.to_owned() }).unwrap();
    let line = status.departments.iter().find(|line| line.name == department.name).unwrap();
    assert_eq!(
        (line.state.as_str(), line.returned_at.as_deref().unwrap().split('T').next().unwrap()),
        ("returned", "2025-06-20")
    );
}
