//! Many reports at once: one file for each department, from one reading of the rows.

use crate::Session;
use crate::model::files;
use crate::model::refusals::{file_unwritable, wrong_input};
use crate::reports::reporting::Subject;
use crate::wire::{self, Refusal, RefusalCode};
use messages::Reporting;
use plan::DepartmentId;
use std::collections::HashSet;
use std::path::PathBuf;

/// One report for each department, into a folder.
#[derive(Debug, Clone)]
pub struct ReportsToFolder {
    /// The report; its kind is one that is made for a department, and it names none.
    pub report: wire::OfReport,
    /// The folder; it is made where it is not there.
    pub folder: PathBuf,
    /// `pdf`, `docx` or `xlsx`.
    pub ending: String,
}

/// Where the work stands.
#[derive(Debug)]
pub enum Step<'a> {
    /// A department's report is made.
    Next {
        /// Its place, from 1.
        place: usize,
        /// Of so many.
        of: usize,
        /// The department.
        department: &'a str,
    },
    /// The file is written now: until it is done nothing should end the program.
    Writing,
    /// The file is whole and in its place.
    Written(&'a wire::ReportFile),
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportsWritten {
    /// Files that were written, all whole.
    pub written: usize,
    /// Of so many departments.
    pub of: usize,
}

impl Session {
    /// Writes one report for each department that has tasks (of slips: that gets one), in the ledger's order. `go_on` is told each
    /// step and answers whether to go on; what was written until then stays.
    ///
    /// # Errors
    /// A kind that is not made for departments, no department with tasks, no fonts, a file that cannot be written: the files
    /// before it stay, and the sentence names it.
    pub fn export_reports(
        &mut self,
        request: &ReportsToFolder,
        go_on: &mut dyn FnMut(Step<'_>) -> bool,
    ) -> Result<ReportsWritten, Refusal> {
        if !["department", "one-page", "slip"].contains(&request.report.kind.as_str()) {
            return Err(wrong_input(Reporting::NotByDepartment { kind: request.report.kind.clone() }, Reporting::ByDepartment));
        }
        let mut subject = self.subject(&wire::OfReport { department: None, ..request.report.clone() })?;
        let departments = wanted(&subject, &request.report.kind);
        if departments.is_empty() {
            return Err(Refusal::new(RefusalCode::Refused, Reporting::NoDepartment, Reporting::AssignOrNoSlips));
        }
        std::fs::create_dir_all(&request.folder).map_err(|error| file_unwritable(&request.folder, &error))?;
        let mut taken: HashSet<String> = HashSet::new();
        let mut done = ReportsWritten { written: 0, of: departments.len() };
        for (at, (id, department)) in departments.into_iter().enumerate() {
            if !go_on(Step::Next { place: at + 1, of: done.of, department: &department }) {
                break;
            }
            subject.kind = match request.report.kind.as_str() {
                "department" => report::Kind::Department(id),
                "one-page" => report::Kind::OnePage(Some(id)),
                _ => report::Kind::Slip(Some(id)),
            };
            let base = report::file_name(&subject.view, &subject.kind);
            // two departments of one name, or of names that differ in what a file name cannot hold
            let names = (1..).map(|number| if number == 1 { base.clone() } else { format!("{base}（{number}）") });
            let name = names.into_iter().find(|name| taken.insert(name.to_lowercase())).unwrap_or_default();
            let path = request.folder.join(format!("{name}.{}", request.ending));
            self.beside_workbook(&path)?;
            let made = self.make(&subject, &request.ending)?;
            go_on(Step::Writing);
            files::write_whole(self.workbook_path(), &path, &made.bytes)?;
            done.written += 1;
            let file = wire::ReportFile { path: path.to_string_lossy().into_owned(), pages: made.pages, warnings: made.warnings };
            if !go_on(Step::Written(&file)) {
                break;
            }
        }
        Ok(done)
    }
}

/// The departments that get a report of a kind, with their names.
fn wanted(subject: &Subject, kind: &str) -> Vec<(DepartmentId, String)> {
    let view = &subject.view;
    let named: HashSet<&DepartmentId> = match kind {
        "slip" => view.slips.iter().flat_map(|slip| slip.departments.iter().map(|(id, _)| id)).collect(),
        _ => view.tasks.iter().flat_map(|task| task.departments.iter().map(|(id, _)| id)).collect(),
    };
    let departments = view.departments.iter().filter(|department| named.contains(&department.id));
    departments.map(|department| (department.id.clone(), department.name.clone())).collect()
}
