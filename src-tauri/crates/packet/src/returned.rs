//! A department's return: what it filled in, beside what it was sent.

use crate::container::{self, Entry};
use crate::error::PacketError;
use crate::hash::sha256;
use crate::head::{Head, Kind, RECORDS_ENTRY, moment_of, moment_text};
use crate::key::{PublicKey, SecretKey};
use crate::mark::{Address, Mark};
use crate::record::{AnswerRecord, Ask, EvidenceRecord, Record, from_lines, to_lines};
use chrono::NaiveDateTime;
use plan::{ChecklistItemId, Evidence, EvidenceId, TaskId};
use std::collections::BTreeMap;

/// So many earlier values of a field are kept in mind.
const MOST_SAID: usize = 16;

/// What a department says of one field; of a field that is not its own, what it tried to change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// The table, such as `progress`; anything but the four of [`crate::About`] is refused on collecting.
    pub about: String,
    /// The row: the task for progress, the indicator for figures, else the row's own id.
    pub row: String,
    /// Whose it is.
    pub department: Option<String>,
    /// The field.
    pub field: String,
    /// What stands there now.
    pub now: Option<String>,
    /// What it was sent.
    pub was: Option<Mark>,
    /// The serial number of the return in which this copy of the workbook first said what stands there now; none where it says
    /// nothing of its own, and in files of earlier programs.
    pub since: Option<i64>,
    /// What this copy said of it before.
    pub said: Vec<Mark>,
}

/// What a file may not change, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The answer as the file has it.
    pub answer: Answer,
    /// Why, a sentence.
    pub why: String,
}

impl Answer {
    /// The answer at an address.
    #[must_use]
    pub fn new(address: &Address, now: Option<String>, was: Option<Mark>) -> Self {
        Self {
            about: address.about.code().to_owned(),
            row: address.row.clone(),
            department: address.department.as_ref().map(ToString::to_string),
            field: address.field.code().to_owned(),
            now,
            was,
            since: None,
            said: Vec::new(),
        }
    }

    pub(crate) fn address(&self) -> Option<Address> {
        Address::of(&self.about, &self.row, self.department.as_deref(), &self.field)
    }
}

/// A department's return for a quarter, or the evidence that goes with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Return {
    /// Its head; the kind is [`Kind::Return`] or [`Kind::Evidence`].
    pub head: Head,
    /// What was filled in.
    pub answers: Vec<Answer>,
    /// Who wrote the department's progress on each task, and when (UTC).
    pub writers: BTreeMap<TaskId, (String, NaiveDateTime)>,
    /// Evidence without its bytes; the department and quarter are the head's.
    pub evidence: Vec<Evidence>,
    /// What is asked for.
    pub asks: Vec<Ask>,
    /// What was left open.
    pub missing: Vec<String>,
    /// The bytes of evidence by their SHA-256; in an evidence file only.
    pub bytes: BTreeMap<String, Vec<u8>>,
    /// How many records are of a later program.
    pub unknown: usize,
    /// What stands in a form where it cannot be placed, and why.
    pub faults: Vec<Refused>,
}

fn evidence_entry(hash: &str) -> String {
    format!("evidence/{hash}")
}

impl Return {
    /// The signed file. The same return and key give the same bytes.
    ///
    /// # Errors
    /// More evidence than a file may hold.
    pub fn write(&self, key: &SecretKey) -> Result<Vec<u8>, PacketError> {
        let mut records = Vec::new();
        for answer in &self.answers {
            records.push(Record::Answer(AnswerRecord {
                about: answer.about.clone(),
                row: answer.row.clone(),
                department: answer.department.clone(),
                field: answer.field.clone(),
                now: answer.now.clone(),
                was: answer.was.as_ref().map(|was| was.text().to_owned()),
                since: answer.since,
                said: answer.said.iter().map(|said| said.text().to_owned()).collect(),
            }));
        }
        for (task, (by, at)) in &self.writers {
            records.push(Record::Writer { task: task.to_string(), by: by.clone(), at: moment_text(*at) });
        }
        for evidence in &self.evidence {
            records.push(Record::Evidence(EvidenceRecord {
                id: evidence.id.to_string(),
                task: evidence.task.to_string(),
                item: evidence.item.as_ref().map(ToString::to_string),
                quarter: evidence.quarter.to_string(),
                file_name: evidence.file_name.clone(),
                media_type: evidence.media_type.clone(),
                sha256: evidence.sha256.clone(),
                size: evidence.size,
            }));
        }
        records.extend(self.asks.iter().cloned().map(Record::Ask));
        records.extend(self.missing.iter().map(|what| Record::Missing { what: what.clone() }));
        let mut entries = self.head.entries(to_lines(&records)?)?;
        let size: usize = self.bytes.values().map(Vec::len).sum();
        if u64::try_from(size).unwrap_or(u64::MAX) > container::LARGEST_FILE / 8 * 7 {
            return Err(PacketError::TooLarge);
        }
        for (hash, bytes) in &self.bytes {
            entries.push(Entry { name: evidence_entry(hash), bytes: bytes.clone(), packed: false });
        }
        container::seal(&entries, key)
    }

    /// Reads a return or an evidence file, with its signer. Nothing of what it says is allowed yet.
    ///
    /// # Errors
    /// A file that is none of ours, not whole, newer, or of the other direction.
    pub fn read(bytes: &[u8]) -> Result<(PublicKey, Self), PacketError> {
        let opened = container::open(bytes)?;
        let head = Head::of(&opened)?;
        match head.kind {
            Kind::Return | Kind::Evidence => {}
            Kind::Issue => {
                return Err(PacketError::WrongKind("这是督查机构下发的文件，不是单位的报送。请选择单位报送回来的文件。"));
            }
            Kind::Close => return Err(PacketError::WrongKind("这是一个封账季度的上报文件，不是单位的报送。")),
        }
        let mut made = Self {
            answers: Vec::new(),
            writers: BTreeMap::new(),
            evidence: Vec::new(),
            asks: Vec::new(),
            missing: Vec::new(),
            bytes: BTreeMap::new(),
            unknown: 0,
            faults: Vec::new(),
            head,
        };
        for record in from_lines(opened.text(RECORDS_ENTRY)?)? {
            match record {
                Record::Answer(answer) => made.answers.push(Answer {
                    about: answer.about,
                    row: answer.row,
                    department: answer.department,
                    field: answer.field,
                    now: answer.now,
                    was: answer.was.map(|was| Mark::read(&was)),
                    since: answer.since,
                    said: answer.said.iter().take(MOST_SAID).map(|said| Mark::read(said)).collect(),
                }),
                Record::Writer { task, by, at } => {
                    made.writers.insert(TaskId::new(task), (by, moment_of(&at)?));
                }
                Record::Evidence(record) => made.evidence.push(made.evidence_of(record)?),
                Record::Ask(ask) => made.asks.push(ask),
                Record::Missing { what } => made.missing.push(what),
                _ => made.unknown += 1,
            }
        }
        for entry in &opened.entries {
            let Some(hash) = entry.name.strip_prefix("evidence/") else { continue };
            if sha256(&entry.bytes) != hash {
                return Err(PacketError::Changed);
            }
            made.bytes.insert(hash.to_owned(), entry.bytes.clone());
        }
        Ok((opened.signer, made))
    }

    fn evidence_of(&self, record: EvidenceRecord) -> Result<Evidence, PacketError> {
        let quarter = record.quarter.parse().map_err(|error: plan::CalendarError| PacketError::content(error.to_string()))?;
        // a name with a folder in it could be written elsewhere when it is taken out again
        let file_name: String = record.file_name.chars().filter(|c| !matches!(c, '/' | '\\') && !c.is_control()).collect();
        if file_name.is_empty() || file_name.chars().count() > 255 || record.sha256.len() != 64 || record.size < 0 {
            return Err(PacketError::content(format!("佐证材料“{file_name}”的名称或校验不对")));
        }
        Ok(Evidence {
            id: EvidenceId::new(record.id),
            task: TaskId::new(record.task),
            item: record.item.map(ChecklistItemId::new),
            department: Some(self.head.department.clone()),
            quarter,
            file_name,
            media_type: record.media_type,
            sha256: record.sha256,
            size: record.size,
        })
    }
}
