//! The schema as it is, and the workbooks of every schema that was shipped.

use crate::sample::{self, stamp};
use std::fs;
use std::path::Path;
use store::{CopyKind, StoreError, Workbook, table};
use tempfile::TempDir;

const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/");

/// Every table and index as SQLite holds it. To accept a change on purpose: `UPDATE_GOLDEN=1 cargo test -p store`.
#[test]
fn the_final_schema_is_the_golden_one() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("台账.planbook");
    Workbook::create(&path, &stamp(0)).unwrap().close().unwrap();
    let raw = rusqlite::Connection::open(&path).unwrap();
    let mut statement = raw.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, name").unwrap();
    let lines: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut schema = lines.join(";\n\n");
    for mark in ["application_id", "user_version"] {
        let value: i64 = raw.pragma_query_value(None, mark, |row| row.get(0)).unwrap();
        schema.push_str(&format!(";\n\n-- {mark} {value}"));
    }
    schema.push('\n');
    compare(&format!("{HERE}schema.golden.sql"), &schema);
}

fn compare(file: &str, text: &str) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(file, text).unwrap();
    }
    let golden = fs::read_to_string(file).unwrap();
    assert!(golden == text, "{file} differs; if that is meant, run with UPDATE_GOLDEN=1");
}

/// The table that changesets cover must be all but the housekeeping ones: a new table is easily forgotten.
#[test]
fn every_table_is_either_undone_or_named_here() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("台账.planbook");
    let mut workbook = sample::workbook(&path);
    workbook.edit("新表", &stamp(2), sample::fill_later).unwrap();
    let content = workbook.content().unwrap();
    workbook.close().unwrap();
    let raw = rusqlite::Connection::open(&path).unwrap();
    let mut statement =
        raw.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").unwrap();
    let outside: Vec<String> = statement
        .query_map([], |row| row.get::<_, String>(0))
        .unwrap()
        .map(Result::unwrap)
        .filter(|table| !content.lines().any(|line| line.split('\t').next() == Some(table)))
        .collect();
    assert_eq!(outside, ["draft", "edit", "edit_row", "evidence_bytes", "identity", "meta", "preference"]);
}

/// Writes the fixture of today's schema, when a version is about to be shipped: `cargo test -p store -- --ignored fixture`.
#[test]
#[ignore = "writes a file that is checked in"]
fn write_the_fixture_of_todays_schema() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("台账.planbook");
    let mut workbook = sample::workbook(&path);
    crate::child::rename(&mut workbook, "甲").unwrap();
    workbook.undo(&stamp(6)).unwrap();
    crate::child::rename(&mut workbook, "乙").unwrap();
    workbook.close().unwrap();
    let raw = rusqlite::Connection::open(&path).unwrap();
    let version: i64 = raw.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    raw.execute_batch("VACUUM; PRAGMA journal_mode = DELETE;").unwrap();
    drop(raw);
    fs::create_dir_all(format!("{HERE}shipped")).unwrap();
    fs::copy(&path, format!("{HERE}shipped/version-{version}.planbook")).unwrap();
}

#[test]
fn workbooks_of_every_shipped_schema_open_undo_and_check() {
    let mut seen = 0;
    for entry in fs::read_dir(Path::new(HERE).join("shipped")).unwrap() {
        let shipped = entry.unwrap().path();
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("台账.planbook");
        fs::copy(&shipped, &path).unwrap();
        let mut workbook = upgraded(&path, &shipped);
        assert_eq!(crate::child::title(&workbook), "乙");
        assert_eq!(workbook.check().unwrap(), [], "{}", shipped.display());
        assert_eq!(workbook.recount(10).unwrap(), store::Recount::default(), "{}", shipped.display());
        workbook.undo(&stamp(101)).unwrap();
        assert_eq!(crate::child::title(&workbook), "第1项任务");
        // the first edit closed a quarter
        assert!(matches!(workbook.undo(&stamp(102)), Err(StoreError::OfRecord { .. })));
        workbook.redo(&stamp(103)).unwrap();
        assert_eq!(crate::child::title(&workbook), "乙");
        // what a new workbook holds is what the old one holds after the upgrade
        let new = sample::workbook(&folder.path().join("新.planbook"));
        workbook.undo(&stamp(105)).unwrap();
        assert_eq!(workbook.content().unwrap(), new.content().unwrap());
        seen += 1;
    }
    assert!(seen > 0);
}

fn version_of(path: &Path) -> i64 {
    let raw = rusqlite::Connection::open(path).unwrap();
    raw.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

/// Opens a shipped workbook; where it is an older one, it must have been copied as it was, and the clerk told.
fn upgraded(path: &Path, shipped: &Path) -> Workbook {
    let opened = Workbook::open(path, &stamp(100)).unwrap();
    let copies = opened.workbook.copies().unwrap();
    if version_of(shipped) == 7 {
        assert_eq!(opened.notices, []);
        return opened.workbook;
    }
    let copy = &copies.last().unwrap();
    assert_eq!(copy.kind, CopyKind::BeforeUpgrade);
    let name = copy.path.file_name().unwrap().to_str().unwrap();
    assert_eq!(opened.notices[0].sentence(), format!("“台账.planbook”由旧版本程序保存，已升级；升级前的备份是“{name}”。"));
    let kept = path.with_file_name("拷贝.planbook");
    fs::copy(&copy.path, &kept).unwrap();
    assert_eq!(version_of(&kept), version_of(shipped));
    opened.workbook
}

#[test]
fn an_older_workbook_that_cannot_be_copied_is_not_upgraded() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("台账.planbook");
    let shipped = format!("{HERE}shipped/version-1.planbook");
    fs::copy(&shipped, &path).unwrap();
    fs::write(folder.path().join("台账.备份"), "").unwrap();
    let opened = Workbook::open(&path, &stamp(100)).unwrap();
    assert!(opened.workbook.is_read_only());
    assert!(opened.notices[0].sentence().contains("升级前的备份没有做成"), "{:?}", opened.notices);
    drop(opened);
    assert!(fs::read(&path).unwrap() == fs::read(&shipped).unwrap(), "not one byte is another");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn an_older_workbook_that_is_only_read_is_read_as_if_upgraded() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("台账.planbook");
    fs::copy(format!("{HERE}shipped/version-1.planbook"), &path).unwrap();
    let seen = Workbook::look(&path, &stamp(100), String::new()).unwrap();
    assert_eq!(table::request::list(&seen.read()).unwrap(), []);
    drop(seen);
    assert_eq!(version_of(&path), 1);
}
