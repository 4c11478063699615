//! Reports of the open workbook: looked at, and written to files.

use crate::Session;
use crate::exchange::Closed;
use crate::exchange::comparing::Side;
use crate::model::desk::{Desk, Loaded, department_id, plan_id};
use crate::model::environment::Environment;
use crate::model::files::write_whole;
use crate::model::ledger::Ledger;
use crate::model::refusals::{said, wrong_input};
use crate::model::settings;
use crate::model::timings::Timings;
use crate::reports::checking::Earlier;
use crate::reports::view;
use crate::reports::view::Compared;
use crate::wire::{self, Refusal, RefusalCode};
use messages::{Program, Reporting};
use plan::{IndicatorId, MilestoneId, Moment, PlanId, Quarter, TargetId, TaskId};
use report::RowId;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use store::table::passage::Passage;

/// The forms of a report, by the endings of their files.
const ENDINGS: [&str; 3] = ["pdf", "docx", "xlsx"];

/// What a report is made from, and what differs from the rows.
pub(crate) struct Subject {
    pub view: report::View,
    pub kind: report::Kind,
    options: report::Options,
    passages: Vec<wire::PassageLine>,
    differences: Vec<String>,
}

/// A report in a form, not yet written.
pub(crate) struct Made {
    pub bytes: Vec<u8>,
    /// Pages, of a PDF.
    pub pages: Option<usize>,
    pub warnings: Vec<String>,
}

/// A quarter as it is reported.
pub(crate) struct Reported {
    pub view: report::View,
    pub options: report::Options,
    pub passages: Vec<wire::PassageLine>,
    /// What differs between the report's figures and the rows, a sentence each.
    pub differences: Vec<String>,
}

/// What a report is made for.
struct Basis<'a> {
    plan: Option<&'a PlanId>,
    moment: Moment,
    /// The quarter that it compares with, and its close where it is closed.
    earlier: Option<(Quarter, Option<Closed>)>,
    reopenings: &'a [String],
}

/// The report of rows: those of today, or those of a close.
fn report_of(loaded: &mut Loaded, basis: &Basis<'_>, passages: &[Passage], timings: &Timings) -> Result<Reported, Refusal> {
    let Basis { plan, moment, earlier, reopenings } = basis;
    let before = loaded.judged(moment.previous());
    let from = match earlier {
        None => None,
        Some((quarter, Some(closed))) => Some((*quarter, Side::of_close(closed.text())?)),
        Some((quarter, None)) => {
            let then = Moment { quarter: *quarter, ..*moment };
            Some((*quarter, loaded.view(then, |context, _, _| Side::of_rows(context))))
        }
    };
    Ok(loaded.view(*moment, |context, settings, rule_note| {
        let compared = from.map(|(quarter, from)| Compared::of(quarter, &from, &Side::of_rows(context)));
        let compared = compared.as_ref();
        let setup = view::Setup { settings, passages, rule_note, before: &before, compared, timings, reopenings };
        let view = view::view(context, &setup, *plan);
        let earlier =
            earlier.as_ref().map(|(quarter, close)| Earlier { quarter: *quarter, close: close.as_ref().map(Closed::text) });
        Reported {
            differences: crate::reports::checking::differences(context, &view, *plan, earlier.as_ref()),
            passages: view::passage_lines(&view, passages),
            options: report::Options {
                style: report::HouseStyle::named(settings::text(settings, "house_style").unwrap_or_default()),
                ranking: settings::is_on(settings, "ranking"),
                red_head: settings::is_on(settings, "red_head"),
            },
            view,
        }
    }))
}

/// The quarter that a report compares with: the one that is asked for, else the quarter before where something is known of it.
fn earlier(
    desk: &mut Desk,
    quarter: Quarter,
    against: Option<&str>,
    (written, later): (&[Quarter], Option<&Closed>),
) -> Result<Option<(Quarter, Option<Closed>)>, Refusal> {
    let chosen = match against.filter(|word| !word.is_empty()) {
        Some("none") => return Ok(None),
        Some(word) => Some(word.parse::<Quarter>()?),
        None => None,
    };
    if let Some(chosen) = chosen.filter(|chosen| *chosen >= quarter) {
        return Err(wrong_input(
            Reporting::NotBefore { quarter: said(quarter), against: said(chosen) },
            Reporting::ChooseEarlier,
        ));
    }
    let earlier = chosen.unwrap_or_else(|| quarter.previous());
    let close = crate::exchange::earlier_then(desk, earlier, later)?;
    let known = chosen.is_some() || close.is_some() || written.contains(&earlier);
    Ok(known.then_some((earlier, close)))
}

impl Session {
    /// A report as it will print.
    ///
    /// # Errors
    /// An unknown kind or department, no fonts.
    pub fn report_preview(&mut self, request: &wire::OfReport) -> Result<wire::ReportPreview, Refusal> {
        use base64::Engine;
        let subject = self.subject(request)?;
        let (document, pdf) = self.print(&subject)?;
        Ok(wire::ReportPreview {
            pdf: base64::engine::general_purpose::STANDARD.encode(pdf),
            pages: document.pages.len(),
            characters: document.characters,
            limit: document.limit,
            warnings: warnings(&subject, &document),
            marks: marks(&document, self.desk()?.ledger()?),
            faces: document.faces,
            file_name: format!("{}.pdf", report::file_name(&subject.view, &subject.kind)),
            passages: subject.passages,
        })
    }

    /// Writes a report to a file, aside first and then in its place; the file's ending decides the form.
    ///
    /// # Errors
    /// As for the preview; an ending that is no form of a report; a file that cannot be written.
    pub fn export_report(&mut self, request: &wire::ReportToFile) -> Result<wire::ReportFile, Refusal> {
        self.export_report_told(request, &mut || {})
    }

    /// The same; `writing` is called when the report is made and its file is about to be written.
    ///
    /// # Errors
    /// As for [`export_report`](Self::export_report).
    pub fn export_report_told(
        &mut self,
        request: &wire::ReportToFile,
        writing: &mut dyn FnMut(),
    ) -> Result<wire::ReportFile, Refusal> {
        let path = Path::new(&request.path);
        self.beside_workbook(path)?;
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        if !ENDINGS.contains(&ending.as_str()) {
            return Err(wrong_input(
                Reporting::NoSuchForm {
                    ending: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
                },
                Reporting::FileEndings,
            ));
        }
        let subject = self.subject(&wire::OfReport {
            kind: request.kind.clone(),
            quarter: request.quarter.clone(),
            department: request.department.clone(),
            plan: request.plan.clone(),
            against: request.against.clone(),
        })?;
        let made = self.make(&subject, &ending)?;
        writing();
        write_whole(self.workbook_path(), path, &made.bytes)?;
        Ok(wire::ReportFile { path: path.to_string_lossy().into_owned(), pages: made.pages, warnings: made.warnings })
    }

    /// Makes a report in one of the [`ENDINGS`].
    pub(crate) fn make(&mut self, subject: &Subject, ending: &str) -> Result<Made, Refusal> {
        let plain = |bytes: Vec<u8>| Made { bytes, pages: None, warnings: subject.differences.clone() };
        match ending {
            "docx" => Ok(plain(report::docx(&subject.view, &subject.kind, &subject.options))),
            "xlsx" => report::xlsx(&subject.view, &subject.kind, &subject.options)
                .map(plain)
                .map_err(|error| Refusal::bare(RefusalCode::BadRequest, Reporting::SheetFailed { reason: error.reason })),
            _ => {
                let (document, bytes) = self.print(subject)?;
                Ok(Made { bytes, pages: Some(document.pages.len()), warnings: warnings(subject, &document) })
            }
        }
    }

    fn print(&mut self, subject: &Subject) -> Result<(report::Document, Vec<u8>), Refusal> {
        let faces = self.faces()?;
        let document = report::compose(&subject.view, &subject.kind, &subject.options, faces);
        let pdf = report::pdf(&document, faces).map_err(|error| crate::model::refusals::of_face(&error))?;
        Ok((document, pdf))
    }

    pub(crate) fn subject(&mut self, request: &wire::OfReport) -> Result<Subject, Refusal> {
        let moment = self.moment(&request.quarter)?;
        let desk = self.desk()?;
        let closed = crate::exchange::closed(desk, moment.quarter)?;
        let kept = match &closed {
            Some(closed) if desk.kept(closed)?.is_some() => desk.kept(closed)?,
            _ => None,
        };
        // a closed quarter has the plans and departments of then
        let ledger = match kept {
            Some(kept) => kept.loaded.ledger(),
            None => self.desk()?.ledger()?,
        };
        let plan = plan_id(ledger, request.plan.as_ref())?;
        let department = request.department.as_ref().map(|word| department_id(ledger, word)).transpose()?;
        let kind = match (request.kind.as_str(), department) {
            ("bulletin", _) => report::Kind::Bulletin,
            ("department", Some(department)) => report::Kind::Department(department),
            ("department", None) => report::Kind::AllDepartments,
            ("one-page", department) => report::Kind::OnePage(department),
            ("slip", department) => report::Kind::Slip(department),
            ("yearbook", _) => report::Kind::Yearbook,
            ("timeline", _) => report::Kind::Timeline,
            ("receipt", _) => report::Kind::Receipt(Box::new(self.receipt(moment)?)),
            ("reminder", _) => report::Kind::Reminder(Box::new(self.reminder(moment)?)),
            (other, _) => {
                return Err(wrong_input(Reporting::NoSuchReport { kind: other.to_owned() }, Reporting::ReportsAre));
            }
        };
        let reported = self.reported(moment, plan.as_ref(), request.against.as_deref())?;
        Ok(Subject {
            view: reported.view,
            kind,
            options: reported.options,
            passages: reported.passages,
            differences: reported.differences,
        })
    }

    /// The quarter as it is reported, of one plan or all, with what differs from the rows. A closed quarter is reported from its
    /// rows as they were at the close, on that day and by the rules and words of then; what the ledger says otherwise today is
    /// told among the differences.
    pub(crate) fn reported(&mut self, moment: Moment, plan: Option<&PlanId>, against: Option<&str>) -> Result<Reported, Refusal> {
        let desk = self.desk()?;
        let reopenings = crate::exchange::reopenings(desk, moment.quarter)?;
        let closed = crate::exchange::closed(desk, moment.quarter)?;
        let since = match &closed {
            Some(closed) => desk.view(moment, |context, _, _| crate::exchange::changes_since(context, closed.text()))?,
            None => Vec::new(),
        };
        let kept = match &closed {
            Some(closed) => desk.kept(closed)?.map(|kept| kept.loaded.written_quarters()),
            None => None,
        };
        let then = closed.as_ref().filter(|_| kept.is_some());
        let written = match &kept {
            Some(written) => written.clone(),
            None => desk.written_quarters()?,
        };
        let earlier = earlier(desk, moment.quarter, against, (&written, then))?;
        let basis = Basis { plan, moment, earlier, reopenings: &reopenings };
        let mut reported = match then {
            Some(closed) => match desk.kept(closed)? {
                Some(kept) => {
                    let moment = Moment { today: kept.today, ..moment };
                    report_of(&mut kept.loaded, &Basis { moment, ..basis }, &kept.passages, &kept.timings)?
                }
                None => return Err(wrong_input(Reporting::SnapshotNotRead, Program::Reopen)),
            },
            None => {
                let (passages, timings) = (desk.passages(moment.quarter)?, crate::exchange::timings(desk, moment)?);
                report_of(desk.load()?, &basis, &passages, &timings)?
            }
        };
        reported.differences.extend(since);
        Ok(reported)
    }

    /// The faces of this PC, looked for once.
    pub(crate) fn faces(&mut self) -> Result<&report::Faces, Refusal> {
        if self.faces.is_none() {
            self.faces = Some(find_faces(self.environment())?);
        }
        self.faces.as_ref().ok_or_else(|| wrong_input(Reporting::NoFont, Reporting::InstallFont))
    }
}

/// Where the pages show what comes from rows, and from which.
fn marks(document: &report::Document, ledger: &Ledger) -> Vec<wire::ReportMark> {
    let of_indicator: HashMap<&IndicatorId, &TaskId> =
        ledger.measured.iter().filter_map(|row| Some((&row.indicator.id, row.indicator.task.as_ref()?))).collect();
    let of_target: HashMap<&TargetId, &TaskId> = ledger
        .measured
        .iter()
        .flat_map(|row| row.targets.iter().filter_map(|target| Some((&target.id, row.indicator.task.as_ref()?))))
        .collect();
    let of_milestone: HashMap<&MilestoneId, &TaskId> =
        ledger.tasks.iter().flat_map(|row| row.milestones.iter().map(|milestone| (&milestone.id, &row.task.id))).collect();
    let task_of = |row: &RowId| -> Option<String> {
        let task = match row {
            RowId::Task(task) => Some(task),
            RowId::Target(target) => of_target.get(target).copied(),
            RowId::Milestone(milestone) => of_milestone.get(milestone).copied(),
            RowId::Indicator(indicator) => of_indicator.get(indicator).copied(),
            RowId::Department(_) => None,
        };
        // what is gone since the earlier quarter is counted, and cannot be opened
        task.filter(|task| ledger.task(task).is_some()).map(ToString::to_string)
    };
    let mut found = Vec::new();
    for (number, page) in document.pages.iter().enumerate() {
        for mark in &page.marks {
            let mut tasks: Vec<String> = Vec::new();
            let mut seen: HashSet<String> = HashSet::new();
            tasks.extend(mark.rows.iter().filter_map(task_of).filter(|task| seen.insert(task.clone())));
            let named = mark.rows.iter().find_map(|row| match row {
                RowId::Department(department) => Some(ledger.department_name(department)),
                _ => None,
            });
            let department = named.filter(|_| tasks.is_empty());
            if tasks.is_empty() && department.is_none() {
                continue;
            }
            let (x, y, width, height) = mark.area;
            let area = [x / page.width(), y / page.height(), width / page.width(), height / page.height()];
            found.push(wire::ReportMark { page: number, area, tasks, department });
        }
    }
    found
}

/// What differs from the rows, then characters that no face has.
fn warnings(subject: &Subject, document: &report::Document) -> Vec<String> {
    subject.differences.iter().cloned().chain(document.missing.iter().map(ToString::to_string)).collect()
}

fn find_faces(environment: &Environment) -> Result<report::Faces, Refusal> {
    let mut folders = environment.font_folders.clone();
    if environment.system_fonts {
        folders.extend(report::Faces::system_folders());
    }
    report::Faces::find(&folders).map_err(|error| crate::model::refusals::of_face(&error))
}
