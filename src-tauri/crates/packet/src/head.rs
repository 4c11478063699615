//! The head of an exchange file: what it is, of which workbook, for or from whom, for which quarter.

use crate::container::{self, Entry, HEAD_ENTRY, Opened};
use crate::error::PacketError;
use crate::hash::sha256;
use crate::key::PublicKey;
use chrono::NaiveDateTime;
use plan::{DepartmentId, Quarter};
use serde::{Deserialize, Serialize};

/// The line that every exchange file shows, and every sheet that goes with it.
pub const NO_SECRETS: &str = "不得处理涉密信息";

pub(crate) const RECORDS_ENTRY: &str = "records.jsonl";
const README_ENTRY: &str = "说明-不得处理涉密信息.txt";
/// The version of the records that this program writes and the newest it reads.
const FORMAT: u32 = 1;

/// Which way a file goes, and what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// From the office to a department: its tasks for a quarter.
    Issue,
    /// From a department back to the office.
    Return,
    /// From a department to the office: the files that prove what the return says.
    Evidence,
    /// From an office to the one above it: a closed quarter, whole.
    Close,
}

/// What a file says of itself, under its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// What it is.
    pub kind: Kind,
    /// The id of the office's workbook.
    pub workbook: String,
    /// The office's name; may be empty.
    pub office: String,
    /// The department that it is for or from.
    pub department: DepartmentId,
    /// That department's name.
    pub department_name: String,
    /// The quarter.
    pub quarter: Quarter,
    /// Rises with every file that its maker makes for or from this department; the greater is the newer one.
    pub serial: i64,
    /// When it was made by its maker's clock, in UTC. Clocks may be wrong: nothing is decided by it.
    pub made_at: NaiveDateTime,
    /// Who made it.
    pub made_by: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct HeadLine {
    planbook_packet: u32,
    kind: Kind,
    workbook: String,
    office: String,
    department: String,
    department_name: String,
    quarter: String,
    serial: i64,
    made_at: String,
    made_by: String,
    notice: String,
    records: RecordsLine,
}

#[derive(Debug, Serialize, Deserialize)]
struct RecordsLine {
    entry: String,
    lines: usize,
    sha256: String,
}

/// Only the version, so that a later head of another shape is still seen to be later.
#[derive(Debug, Deserialize)]
struct VersionLine {
    planbook_packet: u32,
}

pub(crate) const MOMENT: &str = "%Y-%m-%dT%H:%M:%SZ";

pub(crate) fn moment_text(at: NaiveDateTime) -> String {
    at.format(MOMENT).to_string()
}

pub(crate) fn moment_of(text: &str) -> Result<NaiveDateTime, PacketError> {
    NaiveDateTime::parse_from_str(text, MOMENT).map_err(|_| PacketError::content(format!("“{text}”不是时间")))
}

impl Head {
    fn readme(&self) -> String {
        let quarter = self.quarter.chinese();
        let (what, how) = match self.kind {
            Kind::Issue => ("下发的任务清单", "请用“规划台账”打开本文件，填写后报送。"),
            Kind::Return => ("的报送", "请督查机构用“规划台账”的“收发”合并本文件。"),
            Kind::Close => ("的封账数据", "请上级督查机构用“规划台账”的“收发”合并本文件。"),
            Kind::Evidence => ("的佐证材料", "请督查机构用“规划台账”的“收发”与报送文件一起合并。"),
        };
        format!(
            "{NO_SECRETS}\r\n\r\n{}{quarter}{what}\r\n督查机构：{}\r\n编号：{}\r\n{how}\r\n本文件已签名，任何改动都会被拒收。\r\n",
            self.department_name, self.office, self.serial
        )
    }

    /// The entries that stand first in a file with these records.
    pub(crate) fn entries(&self, records: String) -> Result<Vec<Entry>, PacketError> {
        let line = HeadLine {
            planbook_packet: FORMAT,
            kind: self.kind,
            workbook: self.workbook.clone(),
            office: self.office.clone(),
            department: self.department.to_string(),
            department_name: self.department_name.clone(),
            quarter: self.quarter.to_string(),
            serial: self.serial,
            made_at: moment_text(self.made_at),
            made_by: self.made_by.clone(),
            notice: NO_SECRETS.to_owned(),
            records: RecordsLine {
                entry: RECORDS_ENTRY.to_owned(),
                lines: records.lines().count(),
                sha256: sha256(records.as_bytes()),
            },
        };
        let head = serde_json::to_string_pretty(&line).map_err(|error| PacketError::json("文件头", &error))?;
        Ok(vec![
            Entry { name: README_ENTRY.to_owned(), bytes: self.readme().into_bytes(), packed: false },
            Entry { name: HEAD_ENTRY.to_owned(), bytes: head.into_bytes(), packed: false },
            Entry::text(RECORDS_ENTRY, records),
        ])
    }

    /// Reads the head and checks that the records are the ones it was made with.
    pub(crate) fn of(opened: &Opened) -> Result<Self, PacketError> {
        let text = opened.text(HEAD_ENTRY)?;
        let wrong = |error: serde_json::Error| PacketError::json("文件头", &error);
        let version: VersionLine = serde_json::from_str(text).map_err(wrong)?;
        if version.planbook_packet > FORMAT {
            return Err(PacketError::Newer);
        }
        let line: HeadLine = serde_json::from_str(text).map_err(wrong)?;
        if sha256(opened.entry(RECORDS_ENTRY)?) != line.records.sha256 {
            return Err(PacketError::Changed);
        }
        if line.serial < 0 {
            return Err(PacketError::content("编号无效"));
        }
        Ok(Self {
            kind: line.kind,
            workbook: line.workbook,
            office: line.office,
            department: DepartmentId::new(line.department),
            department_name: line.department_name,
            quarter: line.quarter.parse().map_err(|error: plan::CalendarError| PacketError::content(error.to_string()))?,
            serial: line.serial,
            made_at: moment_of(&line.made_at)?,
            made_by: line.made_by,
        })
    }
}

/// Who signed a file and what it is, without reading its records.
///
/// # Errors
/// A file that is none of ours or not whole.
pub fn peek(bytes: &[u8]) -> Result<(PublicKey, Head), PacketError> {
    let opened = container::open(bytes)?;
    let head = Head::of(&opened)?;
    Ok((opened.signer, head))
}
