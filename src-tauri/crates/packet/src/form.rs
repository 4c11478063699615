//! The Excel twin of an issue, for departments without the program: a protected .xlsx to fill in, and the return read from it.
//!
//! What the form is, whose, and what it was sent with stands in a sheet that no menu shows, signed by the office; each row to
//! fill in bears its id in a hidden column. Sheets are known by their heads and rows by their ids, so that sorting, moved
//! columns, blank rows and renamed sheets do no harm. What comes back carries no signature of the department: it is checked as
//! every return is, and by nothing less.

mod cells;
mod read;
mod styles;
#[cfg(test)]
mod tests;
mod write;

use crate::error::PacketError;
use crate::head::{Head, Kind, moment_of, moment_text};
use crate::key::PublicKey;
use crate::mark::{About, Field};
use crate::record::{AnswerRecord, Record};
use chrono::NaiveDateTime;
use plan::DepartmentId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub use read::{is_form, read_form};
pub use write::write_form;

/// The version of the form that this program writes and the newest it reads.
const FORMAT: u32 = 1;
const SIGNED_AS: &[u8] = b"planbook form 1";
/// The sheet that no menu shows.
const HIDDEN_SHEET: &str = "planbook";
/// Over the column that tells which row is which.
const ID_HEAD: &str = "行编号（请勿改动）";
/// Beside the cell for the name of who fills in.
const FILLED_BY: &str = "填报人";
/// Columns of a request to postpone.
const ASK_DUE: &str = "申请延期至";
const ASK_REASON: &str = "申请理由";

/// The head over a field's column.
fn column_head(about: About, field: Field) -> &'static str {
    match (about, field) {
        (_, Field::Status) => "办理状态",
        (_, Field::Done) => "进展情况",
        (_, Field::Problems) => "存在问题",
        (_, Field::Next) => "下一步措施",
        (_, Field::DoneOn) => "完成日期",
        (_, Field::Value) => "本季数据",
        (_, Field::Note) => "备注",
    }
}

/// The first line of the hidden sheet.
#[derive(Debug, Serialize, Deserialize)]
struct FormHead {
    planbook_form: u32,
    workbook: String,
    office: String,
    department: String,
    department_name: String,
    quarter: String,
    serial: i64,
    last_return: i64,
    made_at: String,
}

impl FormHead {
    fn of(head: &Head, last_return: i64) -> Self {
        Self {
            planbook_form: FORMAT,
            workbook: head.workbook.clone(),
            office: head.office.clone(),
            department: head.department.to_string(),
            department_name: head.department_name.clone(),
            quarter: head.quarter.to_string(),
            serial: head.serial,
            last_return,
            made_at: moment_text(head.made_at),
        }
    }

    /// The head of the return that a form filled in at a moment is.
    fn returned(self, saved_at: Option<NaiveDateTime>, by: String) -> Result<Head, PacketError> {
        let made_at = moment_of(&self.made_at)?;
        let saved = saved_at.unwrap_or(made_at);
        // the moment of saving tells a later copy of the form from an earlier one, as far as that PC's clock is right
        let serial = saved.and_utc().timestamp().max(self.serial).max(self.last_return.saturating_add(1));
        Ok(Head {
            kind: Kind::Return,
            workbook: self.workbook,
            office: self.office,
            department: DepartmentId::new(self.department),
            department_name: self.department_name,
            quarter: self.quarter.parse().map_err(|error: plan::CalendarError| PacketError::content(error.to_string()))?,
            serial,
            made_at: saved,
            made_by: by,
        })
    }
}

/// What the hidden sheet says: whose form it is, and each field that may be filled with what was sent of it.
struct Hidden {
    maker: PublicKey,
    head: FormHead,
    fields: Vec<AnswerRecord>,
    /// What is seen beside each row's id; nothing in forms of earlier programs.
    shown: BTreeMap<String, String>,
}

impl Hidden {
    /// Reads the lines and checks the office's signature over them.
    fn of(lines: &[String]) -> Result<Self, PacketError> {
        let (last, signed) = lines.split_last().ok_or(PacketError::NotPacket)?;
        let head = signed.first().ok_or(PacketError::Changed)?;
        let wrong = |error: serde_json::Error| PacketError::json("填报表的隐藏页", &error);
        let version: serde_json::Value = serde_json::from_str(head).map_err(wrong)?;
        if version.get("planbook_form").and_then(serde_json::Value::as_u64).is_some_and(|of| of > u64::from(FORMAT)) {
            return Err(PacketError::Newer);
        }
        let (key, signature) = last.split_once(' ').ok_or(PacketError::Changed)?;
        let maker = PublicKey::from_text(key).ok_or(PacketError::Changed)?;
        let signature = crate::hash::from_hex(signature).ok_or(PacketError::Changed)?;
        if !maker.has_signed(&[SIGNED_AS, signed.join("\n").as_bytes()], &signature) {
            return Err(PacketError::Changed);
        }
        let (mut fields, mut shown) = (Vec::new(), BTreeMap::new());
        for line in &signed[1..] {
            match serde_json::from_str(line).map_err(wrong)? {
                Record::Answer(field) => fields.push(field),
                Record::Shown { key, title } => drop(shown.insert(key, title)),
                _ => {}
            }
        }
        Ok(Self { maker, head: serde_json::from_str(head).map_err(wrong)?, fields, shown })
    }
}

/// What tells a row to everyone who sees it: the task and item, or the task and indicator. Blanks do not count.
fn title_of(seen: &[(&str, &str)]) -> String {
    let heads = ["序号", "目标任务", "所属任务", "事项", "指标"];
    let words = heads.iter().filter_map(|head| seen.iter().find(|(of, _)| of == head));
    words.map(|(_, text)| text.chars().filter(|c| !c.is_whitespace()).collect::<String>()).collect::<Vec<_>>().join("|")
}

/// The id of a visible row.
fn row_key(about: &str, row: &str) -> String {
    format!("{about}/{row}")
}
