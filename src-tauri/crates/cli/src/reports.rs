//! Reports into files: one, or one for each department with its progress told.

use crate::arguments::{ReportForm, ReportPlace};
use crate::output::print;
use crate::stopping::Stopping;
use desk::wire::{self, Refusal, RefusalCode};
use desk::{ReportsToFolder, Session, Step};
use messages::CommandLine;
use std::collections::BTreeSet;
use std::path::Path;

/// Writes a report where it was asked for.
pub(crate) fn write(session: &mut Session, report: wire::OfReport, to: &ReportPlace, english: bool) -> Result<(), Refusal> {
    let stopping = Stopping::listen(english);
    match (&to.output, &to.out) {
        (Some(file), _) => to_file(session, report, file, &stopping, english),
        (None, Some(folder)) => {
            let ending = to.form.unwrap_or(ReportForm::Pdf).ending().to_owned();
            to_folder(session, &ReportsToFolder { report, folder: folder.clone(), ending }, &stopping, english)
        }
        (None, None) => Err(Refusal::new(RefusalCode::BadRequest, CommandLine::NoOutput, CommandLine::GiveOutput)),
    }
}

fn to_file(
    session: &mut Session,
    report: wire::OfReport,
    file: &Path,
    stopping: &Stopping,
    english: bool,
) -> Result<(), Refusal> {
    stopping.of(1);
    let request = wire::ReportToFile {
        kind: report.kind,
        quarter: report.quarter,
        department: report.department,
        plan: report.plan,
        against: report.against,
        path: file.to_string_lossy().into_owned(),
    };
    let written = session.export_report_told(&request, &mut || stopping.begin())?;
    stopping.end();
    for warning in &written.warnings {
        eprintln!("{warning}");
    }
    print(&match (written.pages, english) {
        (Some(pages), true) => format!("{}: {pages} pages\n", written.path),
        (Some(pages), false) => format!("{}：共{pages}页\n", written.path),
        (None, _) => format!("{}\n", written.path),
    })
}

fn to_folder(session: &mut Session, request: &ReportsToFolder, stopping: &Stopping, english: bool) -> Result<(), Refusal> {
    let mut told: BTreeSet<String> = BTreeSet::new();
    let mut now = (0, 0);
    let done = session.export_reports(request, &mut |step| match step {
        Step::Next { place, of, department: _ } => {
            now = (place, of);
            stopping.of(of);
            true
        }
        Step::Writing => {
            stopping.begin();
            true
        }
        Step::Written(file) => {
            let go_on = stopping.end();
            // what is said of the whole ledger is said once
            for warning in file.warnings.iter().filter(|warning| told.insert((*warning).clone())) {
                eprintln!("{warning}");
            }
            let (place, of) = now;
            eprintln!("{place}/{of} {}", file.path);
            go_on
        }
    })?;
    if done.written < done.of {
        return Err(Refusal::bare(RefusalCode::Refused, stopping.sentence(english)));
    }
    let folder = request.folder.display();
    print(&if english { format!("{folder}: {} files\n", done.written) } else { format!("{folder}：共{}份\n", done.written) })
}
