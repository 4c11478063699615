//! The way of a department without the program: its Excel form out, filled in, collected like every return.

use crate::{County, QUARTER, collect, text};
use desk::wire;
use std::io::{Cursor, Read, Write};
use std::path::Path;

impl County {
    fn forms(&mut self) -> wire::Issued {
        self.clock.pass(60);
        let folder = text(&self.path("表格"));
        let request = wire::ToIssue { quarter: QUARTER.to_owned(), folder, xlsx: true, ..wire::ToIssue::default() };
        self.office.issue_packets(&request).unwrap()
    }
}

/// A part of the spreadsheet changed as text, and the moment of saving: what a spreadsheet program leaves behind.
fn fill(form: &Path, to: &Path, saved: &str, change: &dyn Fn(&str, String) -> String) -> String {
    let mut from = zip::ZipArchive::new(Cursor::new(std::fs::read(form).unwrap())).unwrap();
    let mut made = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut part = from.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut body = String::new();
        part.read_to_string(&mut body).unwrap();
        if name == "docProps/core.xml" {
            let (before, rest) = body.split_once("<dcterms:modified xsi:type=\"dcterms:W3CDTF\">").unwrap();
            let (_, after) = rest.split_once('<').unwrap();
            body = format!("{before}<dcterms:modified xsi:type=\"dcterms:W3CDTF\">{saved}<{after}");
        }
        made.start_file(name.as_str(), zip::write::SimpleFileOptions::DEFAULT).unwrap();
        made.write_all(change(&name, body).as_bytes()).unwrap();
    }
    std::fs::write(to, made.finish().unwrap().into_inner()).unwrap();
    text(to)
}

/// Writes a text into the blank cell of the second sheet (progress).
fn write_cell<'a>(cell: &'a str, words: &'a str) -> impl Fn(&str, String) -> String + 'a {
    move |name, body| {
        if name != "xl/worksheets/sheet2.xml" {
            return body;
        }
        let (before, rest) = body.split_once(&format!("<c r=\"{cell}\"")).unwrap();
        let (style, after) = rest.split_once("/>").unwrap();
        assert!(!style.contains('<'), "{cell} is blank");
        format!("{before}<c r=\"{cell}\"{style} t=\"inlineStr\"><is><t>{words}</t></is></c>{after}")
    }
}

#[test]
fn a_form_goes_out_is_filled_in_and_merges_like_every_return() {
    let mut county = County::new();
    let issued = county.forms();
    let form = issued.files[0].xlsx.clone().unwrap();
    assert!(form.ends_with(&format!("{}-2025Q2.xlsx", issued.files[0].department)), "{form}");
    // as it went out it changes nothing, and says what is still open
    let untouched = county.preview(std::slice::from_ref(&form));
    let file = &untouched.files[0];
    assert_eq!((file.state.as_str(), file.changes.len(), file.refused.len()), ("empty", 0, 0), "{file:#?}");
    assert_eq!(file.department.as_deref(), Some(issued.files[0].department.as_str()));
    assert!(file.unfilled.len() >= issued.files[0].tasks, "{:?}", file.unfilled);

    let first = fill(Path::new(&form), &county.path("一.xlsx"), "2025-06-24T02:00:00Z", &write_cell("G2", "已签约两家。"));
    let second = fill(Path::new(&form), &county.path("二.xlsx"), "2025-06-25T02:00:00Z", &write_cell("G2", "已签约三家。"));
    let before = county.content();
    let preview = county.preview(std::slice::from_ref(&first));
    let change = preview.files[0].changes.iter().find(|change| change.field == "done").unwrap();
    assert_eq!(change.new.as_deref(), Some("已签约两家。"));
    assert_eq!(county.content(), before);
    assert!(county.collect(std::slice::from_ref(&first)).unwrap().merged);
    let once = county.content();
    assert!(!county.collect(std::slice::from_ref(&first)).unwrap().merged);
    assert_eq!(county.content(), once, "the same form again changes nothing");
    assert!(county.collect(&[second]).unwrap().merged);
    assert!(county.seen().contains("已签约三家。"));
    let seen = county.content();
    assert!(!county.collect(&[first]).unwrap().merged, "an earlier form after a later one changes nothing");
    assert_eq!(county.content(), seen);
    county.undo();
    county.undo();
    assert_eq!(county.content(), before, "undone to the byte");
}

#[test]
fn forms_and_packets_lie_in_one_folder_and_a_department_without_the_program_is_not_missing() {
    let mut county = County::new();
    let issued = county.forms();
    let folder = county.path("回收");
    std::fs::create_dir(&folder).unwrap();
    let mut department = county.department(1);
    department.write(0, "用程序填的。");
    department.returned(&folder.join("程序.planpack"));
    let form = issued.files[0].xlsx.clone().unwrap();
    fill(Path::new(&form), &folder.join("表格.xlsx"), "2025-06-24T02:00:00Z", &write_cell("G2", "用表格填的。"));
    std::fs::write(folder.join("~$表格.xlsx"), b"lock").unwrap();
    std::fs::write(folder.join("别的.xlsx"), &std::fs::read(&form).unwrap()[..900]).unwrap();
    let merged = county.collect(&[text(&folder)]).unwrap();
    let states: Vec<(&str, &str)> = merged.files.iter().map(|file| (file.file.as_str(), file.state.as_str())).collect();
    let expected = [("~$表格.xlsx", "refused"), ("别的.xlsx", "refused"), ("程序.planpack", "new"), ("表格.xlsx", "new")];
    assert_eq!(states, expected);
    assert_eq!(merged.missing.len(), issued.files.len() - 2);
    let seen = county.seen();
    assert!(seen.contains("用程序填的。") && seen.contains("用表格填的。"));
}

#[test]
fn forms_of_another_office_and_changed_ids_are_refused() {
    let mut county = County::new();
    let form = county.forms().files[0].xlsx.clone().unwrap();
    let mut other = County::new();
    let elsewhere = other.forms().files[0].xlsx.clone().unwrap();
    let before = county.content();
    let swap = |name: &str, body: String| {
        if name == "xl/sharedStrings.xml" { body.replace("\"serial\":", "\"serial\":1") } else { body }
    };
    let swap_quoted = |name: &str, body: String| swap(name, body.replace("&quot;serial&quot;:", "&quot;serial&quot;:1"));
    let changed = fill(Path::new(&form), &county.path("改.xlsx"), "2025-06-24T02:00:00Z", &swap_quoted);
    let plain = county.path("普通.xlsx");
    let ledger = county.folder.path().join("台账.xlsx");
    std::fs::copy(&form, &ledger).unwrap();
    fill(&ledger, &plain, "2025-06-24T02:00:00Z", &|name, body| {
        if name == "xl/sharedStrings.xml" { body.replace("planbook_form", "other_form") } else { body }
    });
    for (file, word) in [(elsewhere, "另一个台账"), (changed, "签名不符"), (text(&plain), "不是下发的填报表")] {
        let refusal = county.office.collect_returns(&collect(&[file])).unwrap_err();
        assert!(refusal.message.to_string().contains(word), "{word}: {refusal}");
    }
    assert_eq!(county.content(), before);
}

#[test]
fn the_offices_own_forms_are_no_returns_and_all_count_the_same_departments() {
    let mut county = County::new();
    let issued = county.forms();
    let quarter = || wire::InQuarter { quarter: QUARTER.to_owned() };
    let forms: Vec<String> = issued.files.iter().map(|file| file.xlsx.clone().unwrap()).collect();
    let collected = county.collect(&forms).unwrap();
    assert!(collected.files.iter().all(|file| file.state == "empty" && file.why.contains("空表")), "{:?}", collected.files[0]);
    assert_eq!(collected.missing.len(), issued.files.len());
    assert!(!county.collect(&forms).unwrap().merged, "again");
    let status = county.office.exchange_status(&quarter()).unwrap();
    assert!(status.departments.iter().all(|line| line.state == "empty" && line.returned_at.is_none()));
    // what the office itself wrote down for a department, by telephone, counts as said; a blank row does not
    let list = wire::OfDepartment { quarter: QUARTER.to_owned(), department: None };
    let lists = county.office.checklist(&list).unwrap().departments;
    let say = |at: usize, done: &str| wire::Edit::SetProgress {
        task: lists[at].tasks[0].id.clone(),
        department: lists[at].name.clone().unwrap(),
        quarter: QUARTER.to_owned(),
        status: None,
        done: Some(done.to_owned()),
        problems: None,
        next: None,
    };
    let edits = vec![say(0, "电话了解：已开工。"), say(1, "")];
    county.office.apply(&wire::Edits { edits, quarter: QUARTER.to_owned() }).unwrap();
    let silent = issued.files.len() - 1;
    assert_eq!(county.preview(&forms).missing.len(), silent);
    let reminded = county.office.mark_reminded(&quarter()).unwrap();
    assert_eq!(reminded.departments.iter().filter(|line| line.reminded_at.is_some()).count(), silent);
    assert_eq!(county.office.check().unwrap(), Vec::<String>::new(), "the bulletin's own count agrees");
    assert_eq!(county.office.close_quarter(&quarter()).unwrap().missing.len(), silent);
}
