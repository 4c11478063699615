//! Evidence of a task: a file whose bytes the workbook keeps.

use crate::model::desk::{Desk, department_id};
use crate::model::labels;
use crate::model::refusals::{file_unreadable, gone, wrong_input};
use crate::model::session::Session;
use crate::wire::{self, Refusal};
use messages::{Files, Label, Noun};
use plan::{ChecklistItemId, Evidence, EvidenceId, Moment, TaskId};
use std::path::Path;
use store::{Stamp, table};

/// The largest piece of evidence, in bytes.
const LARGEST_EVIDENCE: u64 = 50 * 1024 * 1024;

impl Session {
    /// Keeps a file as evidence of a task.
    ///
    /// # Errors
    /// A file that is empty, too large, a folder or unreadable; a task that is gone; a closed quarter.
    pub fn add_evidence(&mut self, request: &wire::NewEvidence) -> Result<wire::TaskDetail, Refusal> {
        let path = Path::new(&request.path);
        let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let size = std::fs::metadata(path).map_err(|error| file_unreadable(path, &error))?;
        if size.is_dir() {
            return Err(wrong_input(Files::IsFolder { name: file_name }, Files::AddEach));
        }
        if !size.is_file() {
            return Err(file_unreadable(path, &std::io::ErrorKind::InvalidInput.into()));
        }
        if size.len() == 0 {
            return Err(wrong_input(Files::EmptyEvidence { name: file_name }, Files::CheckChoice));
        }
        if size.len() > LARGEST_EVIDENCE {
            let hint = Files::ShrinkEvidence { megabytes: LARGEST_EVIDENCE / 1024 / 1024 };
            return Err(wrong_input(Files::LargeEvidence { name: file_name }, hint));
        }
        let bytes = std::fs::read(path).map_err(|error| file_unreadable(path, &error))?;
        let Moment { quarter, today } = self.moment(&request.quarter)?;
        let stamp = self.environment().stamp();
        let desk = self.desk()?;
        let ledger = desk.ledger()?;
        let task = TaskId::new(request.task.as_str());
        let row = ledger.task(&task).ok_or_else(|| gone(Noun::Task, &request.task))?;
        let years = ledger.plan(&row.task.plan).map(plan::Plan::years);
        let quarter = years.map_or(Ok(quarter), |years| years.quarter("填报季度", quarter, today))?;
        let item = request.item.as_ref().map(|item| ChecklistItemId::new(item.as_str()));
        if let Some(item) = item.as_ref().filter(|item| !row.items.iter().any(|known| known.id == **item)) {
            return Err(gone(Noun::ChecklistItem, item.as_str()));
        }
        let department = request.department.as_ref().map(|word| department_id(ledger, word)).transpose()?;
        let evidence = Evidence {
            id: EvidenceId::new(""),
            task,
            item,
            department,
            quarter,
            media_type: media_type(&file_name).to_owned(),
            file_name,
            sha256: String::new(),
            size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        };
        desk.keep_evidence(evidence, &bytes, &stamp)?;
        self.task(&wire::OfTask { task: request.task.clone(), quarter: request.quarter.clone() })
    }
}

impl Desk {
    /// Keeps a file's bytes as evidence.
    pub(crate) fn keep_evidence(&mut self, evidence: Evidence, bytes: &[u8], stamp: &Stamp) -> Result<(), Refusal> {
        let edited = self.workbook().edit(&labels::kept(Label::AddEvidence), stamp, |store| {
            let sha256 = table::evidence::keep_bytes(store, bytes)?;
            let id = EvidenceId::new(store.new_id());
            table::evidence::insert(store, &Evidence { id, sha256, ..evidence })?;
            Ok::<(), Refusal>(())
        })?;
        self.follow(&edited.rows);
        Ok(())
    }
}

fn media_type(file_name: &str) -> &'static str {
    let ending = file_name.rsplit('.').next().unwrap_or_default().to_lowercase();
    match ending.as_str() {
        "pdf" => "application/pdf",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "doc" | "wps" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls" | "et" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "txt" => "text/plain",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}
