//! The records of a file: one JSON object a line, each with its name and its fields as text. They are versioned by the head's
//! number; what a later program adds is read as unknown and said so, never guessed.

use crate::error::PacketError;
use serde::{Deserialize, Serialize};

/// The most lines that a file may have.
const MOST_LINES: usize = 200_000;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PlanRecord {
    pub id: String,
    pub title: String,
    pub doc_number: Option<String>,
    pub issuer: Option<String>,
    pub issued_on: Option<String>,
    pub period_from: Option<i32>,
    pub period_to: Option<i32>,
    pub stage: String,
    /// Absent in files of programs that know no registers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub register: Option<String>,
    pub position: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct SectionRecord {
    pub id: String,
    pub plan: String,
    pub parent: Option<String>,
    pub number: String,
    pub title: String,
    pub position: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct DepartmentRecord {
    pub id: String,
    pub name: String,
    pub short_name: String,
    pub kind: String,
    pub aliases: Vec<String>,
    pub position: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PersonRecord {
    pub id: String,
    pub name: String,
    pub office: String,
    pub telephone: String,
    pub department: Option<String>,
    pub position: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct HoldingRecord {
    pub id: String,
    pub person: String,
    pub role: String,
    pub task: Option<String>,
    pub department: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct TaskRecord {
    pub id: String,
    pub plan: String,
    pub section: Option<String>,
    pub number: String,
    pub title: String,
    pub kind: String,
    pub text: String,
    pub weight: String,
    pub start: Option<String>,
    pub due: Option<String>,
    pub closed_on: Option<String>,
    pub judgement: Option<String>,
    pub judgement_reason: Option<String>,
    /// Where a task of a register comes from; absent in files of programs that know no registers, as is the remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<OriginRecord>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
    pub position: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct OriginRecord {
    pub from: String,
    pub received_on: Option<String>,
    pub matter: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct AssignmentRecord {
    pub task: String,
    pub department: String,
    pub role: String,
    pub by_default: bool,
    pub position: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct ItemRecord {
    pub id: String,
    pub task: String,
    pub departments: Vec<String>,
    pub text: String,
    pub due: Option<String>,
    pub done_on: Option<String>,
    pub position: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct MilestoneRecord {
    pub id: String,
    pub plan: String,
    pub task: Option<String>,
    pub departments: Vec<String>,
    pub what: String,
    pub due: String,
    pub done_on: Option<String>,
    pub position: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct IndicatorRecord {
    pub id: String,
    pub plan: String,
    pub task: Option<String>,
    pub name: String,
    pub unit: String,
    pub kind: String,
    pub binding: bool,
    pub baseline_year: Option<i32>,
    pub baseline_value: Option<String>,
    pub weight: String,
    pub position: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct TargetRecord {
    pub id: String,
    pub indicator: String,
    pub op: String,
    pub value: String,
    pub due: Option<String>,
    pub cadence: String,
    pub proposed: bool,
    pub position: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct FigureRecord {
    pub id: String,
    pub indicator: String,
    pub quarter: String,
    pub department: Option<String>,
    pub value: String,
    pub note: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct ProgressRecord {
    pub id: String,
    pub task: String,
    pub department: String,
    pub quarter: String,
    pub status: String,
    pub done: String,
    pub problems: String,
    pub next: String,
    pub written_by: String,
    pub written_at: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct EvidenceRecord {
    pub id: String,
    pub task: String,
    pub item: Option<String>,
    pub quarter: String,
    pub file_name: String,
    pub media_type: String,
    pub sha256: String,
    pub size: i64,
}

/// What a department fills, or tried to change: the row, the field, what stands there and the mark of what it was sent.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(crate) struct AnswerRecord {
    pub about: String,
    pub row: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    pub field: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<String>,
}

/// What a department asks for: another date or value, with its reason. The office decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// The request's id.
    pub id: String,
    /// The table of the row it is about: `task`, `checklist_item`, `milestone` or `target`.
    pub about: String,
    /// That row.
    pub row: String,
    /// `due` or `value`.
    pub field: String,
    /// What stood there.
    pub original: String,
    /// What is asked for.
    pub asked: String,
    /// Why.
    pub reason: String,
    /// Who asks.
    pub asked_by: String,
    /// When, UTC, `2025-06-20T01:30:00Z`.
    pub asked_at: String,
    /// The quarter in which it was asked, `2025Q2`; the file's where it is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quarter: Option<String>,
    /// The office's decision, in files to the department: `approved` or `refused`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
    /// Who decided.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub decided_by: String,
    /// When it was decided.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub decided_at: String,
    /// The office's answer.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub answer: String,
}

/// One line of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "snake_case")]
pub(crate) enum Record {
    /// The department's own signing key.
    Key {
        secret: String,
    },
    /// The greatest serial number among the department's returns that the office has merged.
    LastReturn {
        serial: i64,
    },
    Setting {
        key: String,
        json: String,
    },
    Closed {
        quarter: String,
    },
    Plan(PlanRecord),
    Section(SectionRecord),
    Department(DepartmentRecord),
    Person(PersonRecord),
    Task(TaskRecord),
    Assignment(AssignmentRecord),
    ChecklistItem(ItemRecord),
    Milestone(MilestoneRecord),
    Indicator(IndicatorRecord),
    Target(TargetRecord),
    Actual(FigureRecord),
    Progress(ProgressRecord),
    Holding(HoldingRecord),
    Evidence(EvidenceRecord),
    Answer(AnswerRecord),
    Ask(Ask),
    /// Who wrote the department's progress on a task, and when.
    Writer {
        task: String,
        by: String,
        at: String,
    },
    /// What stands beside a row of a form, so that a row whose id was lost or moved is known by what everyone sees.
    Shown {
        key: String,
        title: String,
    },
    /// What the department had left open when it returned.
    Missing {
        what: String,
    },
    /// A record of a later program.
    #[serde(other)]
    Unknown,
}

pub(crate) fn to_lines(records: &[Record]) -> Result<String, PacketError> {
    let mut text = String::new();
    for record in records {
        text.push_str(&serde_json::to_string(record).map_err(|error| PacketError::json("记录", &error))?);
        text.push('\n');
    }
    Ok(text)
}

/// The records of a file from elsewhere.
pub(crate) fn from_lines(text: &str) -> Result<Vec<Record>, PacketError> {
    at_most(MOST_LINES, text)
}

/// The records of so many lines at most.
pub(crate) fn at_most(most: usize, text: &str) -> Result<Vec<Record>, PacketError> {
    let mut records = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if at >= most {
            return Err(PacketError::TooLarge);
        }
        let record = serde_json::from_str(line).map_err(|error| PacketError::json(&format!("第{}条记录", at + 1), &error))?;
        records.push(record);
    }
    Ok(records)
}
