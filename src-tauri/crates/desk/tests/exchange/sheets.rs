//! The printed sheets: what a department signs and seals, and who is reminded.

use crate::{County, QUARTER, text};
use desk::{Session, wire};
use std::io::Read;

/// The words of a report as Word has them, without a PDF's need of faces.
fn words(session: &mut Session, kind: &str, path: &std::path::Path) -> Result<String, wire::Refusal> {
    words_of(session, kind, QUARTER, path)
}

/// The same of any quarter.
pub fn words_of(session: &mut Session, kind: &str, quarter: &str, path: &std::path::Path) -> Result<String, wire::Refusal> {
    session.export_report(&wire::ReportToFile {
        kind: kind.to_owned(),
        quarter: quarter.to_owned(),
        path: text(path),
        ..wire::ReportToFile::default()
    })?;
    let mut file = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut body = String::new();
    file.by_name("word/document.xml").unwrap().read_to_string(&mut body).unwrap();
    let mut plain = String::new();
    let mut inside = false;
    for c in body.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => plain.push(c),
            _ => {}
        }
    }
    Ok(plain)
}

#[test]
fn the_sheet_of_a_return_bears_the_check_number_of_its_file() {
    let county = County::new();
    let mut department = county.department(0);
    let sheet = county.path("报送单.docx");
    let early = words(&mut department.session, "receipt", &sheet).unwrap_err();
    assert!(early.to_string().contains("还没有报送"), "{early}");
    department.write(0, "已签约两家。");
    let returned = department.returned(&county.path("报送.planpack"));
    let printed = words(&mut department.session, "receipt", &sheet).unwrap();
    for word in
        [&department.name, &returned.check_number, "已签约两家。", "负责人签字", "单位盖章", "不得处理涉密信息", "已填1项"]
    {
        assert!(printed.contains(word), "{word}: {printed}");
    }
    let hash = packet::sha256(&std::fs::read(&returned.path).unwrap());
    assert_eq!(returned.check_number.replace('-', "").to_lowercase(), hash[..16]);
    department.write(0, "又改了。");
    let changed = words(&mut department.session, "receipt", &sheet).unwrap_err();
    assert!(changed.to_string().contains("又改过"), "{changed}");
    department.returned(&county.path("报送.planpack"));
    assert!(words(&mut department.session, "receipt", &sheet).unwrap().contains("又改了。"));
}

#[test]
fn the_reminder_names_who_has_not_returned_and_is_kept() {
    let mut county = County::new();
    let mut department = county.department(0);
    department.write(0, "已签约两家。");
    let path = county.path("报送.planpack");
    department.returned(&path);
    county.collect(&[text(&path)]).unwrap();
    let sheet = county.path("催报单.docx");
    let printed = words(&mut county.office, "reminder", &sheet).unwrap();
    let missing = county.issued.files.len() - 1;
    let count = format!("下发的{}个单位中，尚有{missing}个单位未报送", missing + 1);
    assert!(printed.contains(&count) && printed.contains("2025年7月3日"), "{count}: {printed}");
    let table = printed.split_once("签收").unwrap().1;
    assert!(!table.contains(&department.name) && table.contains(&county.issued.files[1].department), "{table}");
    let quarter = wire::InQuarter { quarter: QUARTER.to_owned() };
    let status = county.office.mark_reminded(&quarter).unwrap();
    let reminded = status.departments.iter().filter(|line| line.reminded_at.is_some()).count();
    assert_eq!((reminded, status.departments[0].reminded_at.is_none()), (missing, true));
    assert!(words(&mut county.office, "reminder", &sheet).unwrap().matches("2025年6月20日").count() > missing);
    let refusal = words(&mut department.session, "reminder", &sheet).unwrap_err();
    assert!(refusal.message.to_string().contains("单位的工作簿"), "{refusal}");
}

#[test]
fn that_a_quarter_was_opened_again_prints_with_name_and_reason() {
    let mut county = County::new();
    let quarter = wire::InQuarter { quarter: QUARTER.to_owned() };
    county.office.close_quarter(&quarter).unwrap();
    let sheet = county.path("通报.docx");
    assert!(!words(&mut county.office, "bulletin", &sheet).unwrap().contains("重新打开"));
    let reason =
        wire::ToReopen { quarter: QUARTER.to_owned(), reason: "县科技局数据有误。".to_owned(), by: "周敏".to_owned() };
    county.office.reopen_quarter(&reason).unwrap();
    let printed = words(&mut county.office, "bulletin", &sheet).unwrap();
    assert!(printed.contains("2025年二季度数据封账后于2025年6月20日由周敏重新打开，理由：县科技局数据有误。"), "{printed}");
}
