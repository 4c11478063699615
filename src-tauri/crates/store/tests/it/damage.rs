//! Damaged files: a sentence, never a panic, never a hang.

use crate::sample::{self, stamp};
use std::fs;
use store::{FindingKind, HistoryQuery, StoreError, Workbook, table};
use tempfile::TempDir;

/// Numbers that look random and are the same each time (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound).unwrap()).unwrap()
    }
}

/// Reads, writes and undoes everything; each may fail, none may panic.
fn exercise(workbook: &mut Workbook) {
    let rows = workbook.read();
    let _ = table::plan::list(&rows);
    let _ = table::task::list(&rows);
    let _ = table::checklist_item::list(&rows);
    let _ = table::department::list(&rows);
    let _ = workbook.content();
    let _ = workbook.history(&HistoryQuery::default());
    let _ = workbook.check();
    let _ = crate::child::rename(workbook, "甲");
    let _ = workbook.undo(&stamp(3));
    let _ = workbook.undo(&stamp(4));
    let _ = workbook.redo(&stamp(5));
    let _ = workbook.copy(&stamp(6));
}

#[test]
fn damaged_bytes_anywhere_give_sentences_and_no_panic() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("台账.planbook");
    sample::workbook(&path).close().unwrap();
    let whole = fs::read(&path).unwrap();
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut refused = 0;
    for round in 0..150 {
        let mut bytes = whole.clone();
        for _ in 0..=dice.below(40) {
            // half of the hits on heads of pages, where the structure is
            let page = dice.below(bytes.len() / 4096) * 4096;
            let within = if round % 2 == 0 { dice.below(4096) } else { dice.below(64) };
            bytes[page + within] = u8::try_from(dice.below(256)).unwrap();
        }
        let _ = fs::remove_dir_all(folder.path().join("台账.备份"));
        let _ = fs::remove_file(folder.path().join("台账.planbook-wal"));
        fs::write(&path, &bytes).unwrap();
        match Workbook::open(&path, &stamp(2)) {
            Ok(mut opened) => exercise(&mut opened.workbook),
            Err(error) => {
                refused += 1;
                let sentence = error.to_string();
                assert!(sentence.contains("台账.planbook") && sentence.ends_with('。'), "{sentence}");
            }
        }
    }
    assert!(refused > 10 && refused < 150, "{refused}");
}

/// Changes a closed workbook behind the store's back.
fn tampered(sql: &str) -> (TempDir, Workbook) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("台账.planbook");
    sample::workbook(&path).close().unwrap();
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;").unwrap();
    raw.execute_batch(sql).unwrap();
    drop(raw);
    let workbook = Workbook::open(&path, &stamp(2)).unwrap().workbook;
    (folder, workbook)
}

fn found(sql: &str) -> Vec<(FindingKind, String)> {
    let (_folder, workbook) = tampered(sql);
    let findings = workbook.check().unwrap();
    findings.into_iter().map(|finding| (finding.kind, finding.sentence)).collect()
}

#[test]
fn check_finds_what_was_changed_behind_its_back() {
    assert_eq!(found("SELECT 1"), []);
    let one = |sql: &str, kind: FindingKind, words: &str| {
        let findings = found(sql);
        assert!(findings.iter().any(|(found, sentence)| *found == kind && sentence.contains(words)), "{sql}: {findings:?}");
    };
    one("UPDATE quarter_close SET snapshot = '{}'", FindingKind::Chain, "2025年一季度封账后的数据被改动过");
    one("UPDATE quarter_close SET number = 2", FindingKind::Chain, "接不上");
    one("DELETE FROM plan", FindingKind::Dangling, "task表有2行指向plan表");
    one("UPDATE task SET due = '2025-13'", FindingKind::Row, "“2025-13”不是有效的日期");
    one("UPDATE task SET kind = '?'", FindingKind::Row, "“?”不是任务类别");
    one("UPDATE task SET span_end = -1", FindingKind::Row, "原文位置无效");
    one("UPDATE evidence_bytes SET bytes = x'00'", FindingKind::Evidence, "选址照片.jpg");
    one("UPDATE edit SET changeset = x'5400'", FindingKind::History, "导入规划");
}

#[test]
fn check_tells_every_row_that_cannot_be_read() {
    let many = found("UPDATE task SET due = '2025-13'");
    assert_eq!(many.iter().filter(|(kind, _)| *kind == FindingKind::Row).count(), 2, "{many:?}");
}

#[test]
fn check_calls_no_honest_work_a_fault() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("台账.planbook");
    let mut workbook = sample::workbook(&path);
    let copy = workbook.copy(&stamp(1)).unwrap();
    for name in ["甲", "乙", "丙"] {
        crate::child::rename(&mut workbook, name).unwrap();
    }
    workbook.undo(&stamp(3)).unwrap();
    workbook.undo(&stamp(3)).unwrap();
    workbook.redo(&stamp(4)).unwrap();
    workbook.edit("删除任务", &stamp(5), |edit| table::task::delete(edit, &plan::TaskId::new("task-1"))).unwrap();
    workbook.undo(&stamp(6)).unwrap();
    assert_eq!(workbook.recount(9).unwrap(), store::Recount::default());
    workbook.restore(&copy.path, &stamp(7)).unwrap();
    for name in ["丁", "戊"] {
        crate::child::rename(&mut workbook, name).unwrap();
    }
    assert_eq!(workbook.recount(9).unwrap(), store::Recount::default(), "steps go on after a return to a copy");
}

#[test]
fn a_missing_table_is_refused_by_name() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("台账.planbook");
    sample::workbook(&path).close().unwrap();
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch("PRAGMA foreign_keys = OFF; DROP TABLE slip;").unwrap();
    drop(raw);
    let error = Workbook::open(&path, &stamp(2)).unwrap_err();
    assert!(error.to_string().contains("缺少数据表slip"), "{error}");
}

#[test]
fn a_hostile_trigger_does_not_fire() {
    let (_folder, mut workbook) = tampered("CREATE TRIGGER evil AFTER UPDATE ON task BEGIN DELETE FROM assignment; END;");
    crate::child::rename(&mut workbook, "甲").unwrap();
    assert_eq!(table::assignment::list(&workbook.read()).unwrap().len(), 4);
}

#[test]
fn a_hostile_changeset_reaches_only_the_ledger() {
    // a changeset that would delete the only row of meta named compat, made as SQLite makes them
    let raw = rusqlite::Connection::open_in_memory().unwrap();
    raw.execute_batch("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT); INSERT INTO meta VALUES ('compat', '1');").unwrap();
    let mut session = rusqlite::session::Session::new(&raw).unwrap();
    session.attach(None::<&str>).unwrap();
    raw.execute_batch("DELETE FROM meta").unwrap();
    let mut changeset = Vec::new();
    session.changeset_strm(&mut changeset).unwrap();
    let hex: String = changeset.iter().map(|byte| format!("{byte:02x}")).collect();
    let (_folder, mut workbook) = tampered(&format!("UPDATE edit SET changeset = x'{hex}'"));
    let error = workbook.undo(&stamp(3)).unwrap_err();
    assert!(matches!(error, StoreError::Corrupt { .. }), "{error}");
    assert!(workbook.history(&HistoryQuery::default()).is_err());
}

#[test]
fn what_was_written_past_the_program_is_found_row_by_row() {
    use store::Difference;
    let cell = |recount: &store::Recount, table: &str, column: &str| {
        recount
            .rows
            .iter()
            .any(|row| row.table == table && matches!(&row.difference, Difference::Cell { column: named, .. } if named == column))
    };
    let cases = [
        ("UPDATE actual SET value = value + 1", "actual", "value"),
        ("UPDATE target SET value = value + 1", "target", "value"),
        ("UPDATE task SET title = title || '改'", "task", "title"),
        ("UPDATE task SET weight = 3.5", "task", "weight"),
        ("UPDATE checklist_item SET done_on = '2025-01-02'", "checklist_item", "done_on"),
    ];
    for (sql, table, column) in cases {
        let (_folder, workbook) = tampered(sql);
        let recount = workbook.recount(1000).unwrap();
        assert!(cell(&recount, table, column), "{sql}: {recount:#?}");
        assert!(recount.rows.iter().all(|row| row.table == table), "{sql}: {recount:#?}");
    }
    let (_folder, workbook) = tampered("DELETE FROM checklist_item_department; DELETE FROM checklist_item");
    let recount = workbook.recount(1000).unwrap();
    assert!(recount.rows.iter().any(|row| row.table == "checklist_item" && row.difference == Difference::Missing));
    let (_folder, workbook) = tampered(
        "INSERT INTO section (id, plan, parent, number, title, position) SELECT 'x', id, NULL, '九、', '加的', 9 FROM plan LIMIT 1",
    );
    let recount = workbook.recount(1000).unwrap();
    assert_eq!(recount.rows.len(), 1, "{recount:#?}");
    assert_eq!(recount.rows[0].difference, Difference::Unknown);
    assert!(recount.rows[0].cells.contains(&("title".to_owned(), "加的".to_owned())));
}

#[test]
fn a_history_that_was_cut_is_found() {
    let (_folder, workbook) = tampered("DELETE FROM edit_row; DELETE FROM edit");
    assert!(workbook.recount(3).unwrap().more > 0, "every row is unknown");
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("台账.planbook");
    let mut workbook = sample::workbook(&path);
    crate::child::rename(&mut workbook, "甲").unwrap();
    crate::child::rename(&mut workbook, "乙").unwrap();
    workbook.close().unwrap();
    rusqlite::Connection::open(&path)
        .unwrap()
        .execute_batch("DELETE FROM edit_row WHERE edit = 2; DELETE FROM edit WHERE seq = 2")
        .unwrap();
    let recount = Workbook::open(&path, &stamp(2)).unwrap().workbook.recount(1000).unwrap();
    assert!(recount.gaps > 0 && recount.rows.is_empty(), "{recount:#?}");
}

#[test]
fn honest_edits_undone_and_made_again_are_as_the_history_says() {
    let folder = TempDir::new().unwrap();
    let mut workbook = sample::workbook(&folder.path().join("台账.planbook"));
    let whole = |workbook: &Workbook| assert_eq!(workbook.recount(10).unwrap(), store::Recount::default());
    whole(&workbook);
    crate::child::rename(&mut workbook, "甲").unwrap();
    whole(&workbook);
    crate::child::rename(&mut workbook, "丙").unwrap();
    workbook.undo(&stamp(3)).unwrap();
    workbook.undo(&stamp(4)).unwrap();
    whole(&workbook);
    workbook.redo(&stamp(5)).unwrap();
    whole(&workbook);
    crate::child::rename(&mut workbook, "乙").unwrap();
    whole(&workbook);
}
