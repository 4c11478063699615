//! What a shell holds: the environment, and at most one open workbook. Each method answers one command of the list.

use crate::documents::drawing;
use crate::ledger::find;
use crate::ledger::views;
use crate::model::desk::{Desk, by_number, department_id, plan_id};
use crate::model::environment::Environment;
use crate::model::recent;
use crate::model::refusals::{file_unreadable, file_unwritable, gone, unreadable, wrong_input};
use crate::model::seeds;
use crate::wire::{self, Refusal, RefusalCode};
use chrono::NaiveDate;
use plan::{ChecklistItemId, Evidence, EvidenceId, Moment, PlanId, Quarter, TaskId};
use std::path::{Path, PathBuf};

/// The largest document that is read, in bytes.
const LARGEST_DOCUMENT: u64 = 100 * 1024 * 1024;
/// The largest piece of evidence, in bytes.
const LARGEST_EVIDENCE: u64 = 50 * 1024 * 1024;

/// The environment and the open workbook.
#[derive(Debug)]
pub struct Session {
    environment: Environment,
    desk: Option<Desk>,
    pub(crate) faces: Option<report::Faces>,
}

impl Session {
    /// A session with no workbook open.
    #[must_use]
    pub fn new(environment: Environment) -> Self {
        Self { environment, desk: None, faces: None }
    }

    /// The path of the open workbook.
    #[must_use]
    pub fn workbook_path(&self) -> Option<&Path> {
        self.desk.as_ref().map(Desk::path)
    }

    pub(crate) fn desk(&mut self) -> Result<&mut Desk, Refusal> {
        self.desk
            .as_mut()
            .ok_or_else(|| Refusal::new(RefusalCode::NoWorkbook, "还没有打开工作簿。", "请先打开或新建一个工作簿。"))
    }

    /// Refuses to write over the open workbook or the files that belong to it.
    pub(crate) fn beside_workbook(&self, path: &Path) -> Result<(), Refusal> {
        self.workbook_path().map_or(Ok(()), |workbook| beside(workbook, path))
    }

    pub(crate) fn environment(&self) -> &Environment {
        &self.environment
    }

    pub(crate) fn moment(&mut self, quarter: &str) -> Result<Moment, Refusal> {
        Ok(Moment { quarter: quarter.parse()?, today: self.today()? })
    }

    /// Today as the open workbook judges it, else by the clock.
    pub(crate) fn today(&mut self) -> Result<NaiveDate, Refusal> {
        match self.desk.as_mut() {
            Some(desk) => desk.today(&self.environment),
            None => Ok(self.environment.clock_day()),
        }
    }

    pub(crate) fn frame(&mut self) -> Result<wire::Workbook, Refusal> {
        let desk = self
            .desk
            .as_mut()
            .ok_or_else(|| Refusal::new(RefusalCode::NoWorkbook, "还没有打开工作簿。", "请先打开或新建一个工作簿。"))?;
        desk.frame(&self.environment)
    }

    pub(crate) fn put(&mut self, desk: Desk) -> Result<wire::Workbook, Refusal> {
        if let Some(before) = self.desk.take() {
            before.close()?;
        }
        recent::remember(self.environment.data_folder.as_deref(), desk.path());
        self.desk = Some(desk);
        self.frame()
    }

    /// The open workbook, where it is the one at this path.
    pub(crate) fn desk_at(&mut self, path: &Path) -> Option<&mut Desk> {
        self.desk.as_mut().filter(|desk| place(desk.path()) == place(path))
    }

    // ---- files ----

    /// The start view.
    ///
    /// # Errors
    /// None as things are.
    pub fn start(&mut self, _request: &wire::Nothing) -> Result<wire::Start, Refusal> {
        Ok(wire::Start {
            recent: recent::list(self.environment.data_folder.as_deref()),
            seeds: seeds::lines(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        })
    }

    /// Opens a workbook.
    ///
    /// # Errors
    /// A file that is no workbook, is damaged, newer, or cannot be read.
    pub fn open_workbook(&mut self, request: &wire::AtPath) -> Result<wire::Workbook, Refusal> {
        let path = Path::new(&request.path);
        if self.desk.as_ref().is_some_and(|desk| place(desk.path()) == place(path)) {
            return self.frame();
        }
        let desk = Desk::open(path, &self.environment.stamp())?;
        self.put(desk)
    }

    /// Makes an empty workbook.
    ///
    /// # Errors
    /// A file that is there already, or cannot be written.
    pub fn create_workbook(&mut self, request: &wire::AtPath) -> Result<wire::Workbook, Refusal> {
        let desk = Desk::create(&workbook_path(&request.path), &self.environment.stamp(), |_| Ok(()))?;
        self.put(desk)
    }

    /// Makes a workbook from a plan that ships.
    ///
    /// # Errors
    /// An unknown name, a file that is there already, or cannot be written.
    pub fn create_from_seed(&mut self, request: &wire::FromSeed) -> Result<wire::Workbook, Refusal> {
        let seed = seeds::seed(&request.seed)?;
        let stamp = self.environment.stamp();
        let path = workbook_path(&request.path);
        let desk = Desk::create(&path, &stamp, |desk| desk.plant_seed(&seed, &stamp))?;
        self.put(desk)
    }

    /// Closes the open workbook.
    ///
    /// # Errors
    /// A medium that fails; what was saved is safe.
    pub fn close_workbook(&mut self, request: &wire::Nothing) -> Result<wire::Start, Refusal> {
        if let Some(desk) = self.desk.take() {
            desk.close()?;
        }
        self.start(request)
    }

    /// What frames every view.
    ///
    /// # Errors
    /// No workbook is open, or it cannot be read.
    pub fn workbook(&mut self, _request: &wire::Nothing) -> Result<wire::Workbook, Refusal> {
        self.frame()
    }

    // ---- drafts ----

    /// Reads a document into a draft of the open workbook.
    ///
    /// # Errors
    /// A document that cannot be read, no workbook, a workbook that cannot be written.
    pub fn read_document(&mut self, request: &wire::FromDocument) -> Result<wire::DraftReview, Refusal> {
        let (mut draft, text) = read_plan(Path::new(&request.document), request.columns.as_deref().unwrap_or_default())?;
        let stamp = self.environment.stamp();
        let desk = self.desk()?;
        if !draft.sheets.is_empty() {
            draft.document = Some(request.document.clone());
        }
        if let Some(plan) = desk.revised_plan(&draft)? {
            desk.revise(&mut draft, Some(&plan))?;
        }
        let id = desk.keep_draft(&draft, &text, &stamp)?;
        self.draft(&wire::OfDraft { id })
    }

    /// A draft under review.
    ///
    /// # Errors
    /// A draft that is gone.
    pub fn draft(&mut self, request: &wire::OfDraft) -> Result<wire::DraftReview, Refusal> {
        let today = self.today()?;
        self.desk()?.draft(&request.id, today)
    }

    /// Saves reviewed rows.
    ///
    /// # Errors
    /// A draft that is gone, a workbook that cannot be written.
    pub fn save_draft_rows(&mut self, request: &wire::DraftRows) -> Result<wire::DraftReview, Refusal> {
        let stamp = self.environment.stamp();
        let desk = self.desk()?;
        let (mut draft, _) = desk.kept_draft(&request.id)?;
        crate::documents::reviewing::change(&mut draft, request);
        desk.save_draft(&request.id, &draft, &stamp)?;
        self.draft(&wire::OfDraft { id: request.id.clone() })
    }

    /// Reads the spreadsheet of a draft again, by what its columns are said to hold; what was reviewed of it begins anew.
    ///
    /// # Errors
    /// A draft that is of no spreadsheet, a spreadsheet that is gone or was changed since, columns that are no ledger's.
    pub fn read_columns(&mut self, request: &wire::DraftColumns) -> Result<wire::DraftReview, Refusal> {
        let stamp = self.environment.stamp();
        let desk = self.desk()?;
        let (old, text) = desk.kept_draft(&request.id)?;
        let name = &old.source;
        let again = "请丢弃这份草稿，再从文件重新导入。";
        let Some(document) = &old.document else {
            return Err(Refusal::new(RefusalCode::Refused, format!("“{name}”不是电子表格，没有可以指定的列。"), again));
        };
        let (mut draft, now) = read_plan(Path::new(document), &request.columns)?;
        if now != text {
            return Err(Refusal::new(RefusalCode::Refused, format!("文件“{name}”在导入以后改动过，没有重新读取。"), again));
        }
        draft.document.clone_from(&old.document);
        // what was said of the plan itself stands
        draft.plan = old.plan;
        desk.revise(&mut draft, old.revises.as_deref())?;
        desk.save_draft(&request.id, &draft, &stamp)?;
        self.draft(&wire::OfDraft { id: request.id.clone() })
    }

    /// Makes a draft the new version of a plan of the workbook, or a plan of its own again.
    ///
    /// # Errors
    /// A draft or a plan that is gone, a workbook that cannot be written.
    pub fn compare_draft(&mut self, request: &wire::ToCompareDraft) -> Result<wire::DraftReview, Refusal> {
        let stamp = self.environment.stamp();
        let desk = self.desk()?;
        let (mut draft, _) = desk.kept_draft(&request.id)?;
        desk.revise(&mut draft, request.plan.as_deref())?;
        desk.save_draft(&request.id, &draft, &stamp)?;
        self.draft(&wire::OfDraft { id: request.id.clone() })
    }

    /// Puts a draft into the ledger.
    ///
    /// # Errors
    /// A draft that is gone or holds a value that is none, a plan that is there already.
    pub fn confirm_draft(&mut self, request: &wire::OfDraft) -> Result<wire::Workbook, Refusal> {
        let stamp = self.environment.stamp();
        let today = self.today()?;
        let desk = self.desk()?;
        let (draft, text) = desk.kept_draft(&request.id)?;
        // a plan that is gone since the draft was compared with it cannot be revised
        if desk.comparison(&draft, today)?.is_some() {
            desk.plant_revision(&draft, &text, Some(&request.id), (&stamp, today))?;
        } else {
            desk.plant(&draft, &text, Some(&request.id), &stamp)?;
        }
        self.frame()
    }

    /// Throws a draft away.
    ///
    /// # Errors
    /// A draft that is gone.
    pub fn discard_draft(&mut self, request: &wire::OfDraft) -> Result<wire::Workbook, Refusal> {
        let stamp = self.environment.stamp();
        self.desk()?.discard_draft(&request.id, &stamp)?;
        self.frame()
    }

    // ---- views ----

    /// The overview of a quarter.
    ///
    /// # Errors
    /// A quarter or plan that is none.
    pub fn overview(&mut self, request: &wire::OfQuarter) -> Result<wire::Overview, Refusal> {
        let (moment, plan) = self.of_quarter(request)?;
        let desk = self.desk()?;
        let before = desk.judged(moment.previous())?;
        desk.view(moment, |context, _, _| views::overview(context, &before, plan.as_ref()))
    }

    /// The tasks that a figure of the overview counts.
    ///
    /// # Errors
    /// A quarter or plan that is none, or a figure that the overview has not.
    pub fn overview_tasks(&mut self, request: &wire::OfFigure) -> Result<Vec<String>, Refusal> {
        let of = wire::OfQuarter { quarter: request.quarter.clone(), plan: request.plan.clone() };
        let (moment, plan) = self.of_quarter(&of)?;
        let desk = self.desk()?;
        let before = desk.judged(moment.previous())?;
        let (figure, department) = (request.figure.as_str(), request.department.as_deref());
        desk.view(moment, |context, _, _| views::overview_tasks(context, &before, plan.as_ref(), figure, department))?
            .ok_or_else(|| wrong_input(format!("总览里没有“{figure}”这一项，台账没有变动。"), "请从总览里的数字点开。"))
    }

    /// The tasks of a quarter in numbers.
    ///
    /// # Errors
    /// A quarter or plan that is none.
    pub fn totals(&mut self, request: &wire::OfQuarter) -> Result<wire::Totals, Refusal> {
        let (moment, plan) = self.of_quarter(request)?;
        self.desk()?.view(moment, |context, _, _| views::totals(context, plan.as_ref()))
    }

    /// The ledger of a quarter.
    ///
    /// # Errors
    /// A quarter or plan that is none.
    pub fn ledger(&mut self, request: &wire::OfQuarter) -> Result<wire::Ledger, Refusal> {
        let (moment, plan) = self.of_quarter(request)?;
        self.desk()?.view(moment, |context, _, _| views::ledger_rows(context, plan.as_ref()))
    }

    /// The same as a table that says once what many rows say: for a window that keeps 100,000 rows.
    ///
    /// # Errors
    /// A quarter or plan that is none.
    pub fn ledger_table(&mut self, request: &wire::OfQuarter) -> Result<wire::LedgerTable, Refusal> {
        let (moment, plan) = self.of_quarter(request)?;
        self.desk()?.view(moment, |context, _, _| views::ledger_table(context, plan.as_ref()))
    }

    /// Everything about one task.
    ///
    /// # Errors
    /// A task that is gone.
    pub fn task(&mut self, request: &wire::OfTask) -> Result<wire::TaskDetail, Refusal> {
        let moment = self.moment(&request.quarter)?;
        let desk = self.desk()?;
        let history =
            desk.history(&wire::OfHistory { row: Some(request.task.clone()), limit: Some(20), ..wire::OfHistory::default() })?;
        let id = TaskId::new(request.task.as_str());
        let mut detail = desk.detail(&id, moment)?.ok_or_else(|| gone("任务", &request.task))?;
        detail.history = history;
        detail.requests = crate::exchange::requests_of(desk, &id)?;
        Ok(detail)
    }

    /// Departments' checklists.
    ///
    /// # Errors
    /// A department that is not there.
    pub fn checklist(&mut self, request: &wire::OfDepartment) -> Result<wire::Checklists, Refusal> {
        let moment = self.moment(&request.quarter)?;
        let desk = self.desk()?;
        let ledger = desk.ledger()?;
        let asked = request.department.as_ref().map(|word| department_id(ledger, word)).transpose()?;
        // a department's own workbook shows what that department fills
        let only = asked.or(desk.own_department()?);
        desk.view(moment, |context, _, _| views::checklists(context, only.as_ref()))
    }

    /// Indicators with targets and figures.
    ///
    /// # Errors
    /// A quarter or plan that is none.
    pub fn indicators(&mut self, request: &wire::OfQuarter) -> Result<wire::Indicators, Refusal> {
        let (moment, plan) = self.of_quarter(request)?;
        self.desk()?.view(moment, |context, _, _| views::indicators(context, plan.as_ref()))
    }

    /// Milestones and task dues over the quarters.
    ///
    /// # Errors
    /// A quarter or plan that is none.
    pub fn timeline(&mut self, request: &wire::OfQuarter) -> Result<wire::Timeline, Refusal> {
        let (moment, plan) = self.of_quarter(request)?;
        self.desk()?.view(moment, |context, _, _| views::timeline(context, plan.as_ref()))
    }

    fn of_quarter(&mut self, request: &wire::OfQuarter) -> Result<(Moment, Option<PlanId>), Refusal> {
        let moment = self.moment(&request.quarter)?;
        let plan = plan_id(self.desk()?.ledger()?, request.plan.as_ref())?;
        Ok((moment, plan))
    }

    /// What the settings view offers and tells.
    ///
    /// # Errors
    /// None as things are: missing fonts are told in words.
    pub fn choices(&mut self, _request: &wire::Nothing) -> Result<wire::Choices, Refusal> {
        let faces = match self.faces() {
            Ok(faces) => report::FaceRole::ALL.iter().map(|role| format!("{}:{}", role.chinese(), faces.family(*role))).collect(),
            Err(refusal) => vec![refusal.to_string()],
        };
        let styles = report::HouseStyle::ALL.iter();
        Ok(wire::Choices {
            rule_sets: seeds::rule_sets(),
            house_styles: styles
                .map(|style| wire::Choice { code: style.code.to_owned(), label: style.label.to_owned(), note: String::new() })
                .collect(),
            word_sets: seeds::word_sets(),
            faces,
            data_folder: self.environment.data_folder.as_ref().map(|folder| folder.to_string_lossy().into_owned()),
        })
    }

    /// Rows by words or pinyin initials.
    ///
    /// # Errors
    /// No workbook is open, or it cannot be read.
    pub fn find(&mut self, request: &wire::ToFind) -> Result<Vec<wire::Hit>, Refusal> {
        let moment = Moment { quarter: Quarter::of(self.environment.clock_day()), today: self.environment.clock_day() };
        self.desk()?.view(moment, |context, _, _| find::hits(context.ledger, &request.words))
    }

    // ---- edits ----

    /// Applies edits, all or none.
    ///
    /// # Errors
    /// As the edits say; then nothing of them is kept.
    pub fn apply(&mut self, request: &wire::Edits) -> Result<wire::Applied, Refusal> {
        self.apply_called(request, &by_number(request.edits.len()))
    }

    /// The same, where a refusal names the edit at fault by what `called` says of its place in the list, such as
    /// `第3行：`.
    ///
    /// # Errors
    /// As the edits say; then nothing of them is kept.
    pub fn apply_called(&mut self, request: &wire::Edits, called: &dyn Fn(usize) -> String) -> Result<wire::Applied, Refusal> {
        let moment = self.moment(&request.quarter)?;
        let stamp = self.environment.stamp();
        let desk = self.desk()?;
        let change = desk.apply(&request.edits, called, moment.today, &stamp)?;
        desk.applied(change, moment, &stamp)
    }

    /// Takes the last edit back.
    ///
    /// # Errors
    /// Nothing to undo, or rows that changed since.
    pub fn undo(&mut self, request: &wire::InQuarter) -> Result<wire::Applied, Refusal> {
        let moment = self.moment(&request.quarter)?;
        let stamp = self.environment.stamp();
        let desk = self.desk()?;
        let change = desk.undo(&stamp)?;
        desk.applied(Some(change), moment, &stamp)
    }

    /// Brings the last undone edit back.
    ///
    /// # Errors
    /// Nothing to redo, or rows that changed since.
    pub fn redo(&mut self, request: &wire::InQuarter) -> Result<wire::Applied, Refusal> {
        let moment = self.moment(&request.quarter)?;
        let stamp = self.environment.stamp();
        let desk = self.desk()?;
        let change = desk.redo(&stamp)?;
        desk.applied(Some(change), moment, &stamp)
    }

    /// Takes back all edits after one.
    ///
    /// # Errors
    /// An edit that is not in the history.
    pub fn undo_to(&mut self, request: &wire::ToEdit) -> Result<wire::Applied, Refusal> {
        let moment = self.moment(&request.quarter)?;
        let stamp = self.environment.stamp();
        let desk = self.desk()?;
        let change = desk.undo_to(&request.edit, &stamp)?;
        desk.applied(Some(change), moment, &stamp)
    }

    /// The history, newest first.
    ///
    /// # Errors
    /// No workbook is open, or it cannot be read.
    pub fn history(&mut self, request: &wire::OfHistory) -> Result<Vec<wire::HistoryEntry>, Refusal> {
        self.desk()?.history(request)
    }

    /// The automatic copies, newest first.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn copies(&mut self, _request: &wire::Nothing) -> Result<Vec<wire::CopyLine>, Refusal> {
        self.desk()?.copies()
    }

    /// Puts a copy in the workbook's place.
    ///
    /// # Errors
    /// A copy that is gone or damaged; the workbook is as it was then.
    pub fn restore_copy(&mut self, request: &wire::AtPath) -> Result<wire::Workbook, Refusal> {
        let stamp = self.environment.stamp();
        self.desk()?.restore(&request.path, &stamp)?;
        self.frame()
    }

    /// What a task says otherwise in an automatic copy; nothing is changed.
    ///
    /// # Errors
    /// A copy that is gone or damaged, or a task that one of the two does not hold.
    pub fn task_in_copy(&mut self, request: &wire::OfTaskInCopy) -> Result<Vec<wire::CopyDifference>, Refusal> {
        let moment = self.moment(&request.quarter)?;
        let stamp = self.environment.stamp();
        let id = TaskId::new(request.task.as_str());
        let desk = self.desk()?;
        let mut copy = desk.look_at_copy(&request.path, &stamp)?;
        let now = desk.detail(&id, moment)?.ok_or_else(|| gone("任务", &request.task))?;
        let then = copy
            .detail(&id, moment)?
            .ok_or_else(|| Refusal::new(RefusalCode::Refused, "这份副本里还没有这项任务。", "请另选一份较晚的副本。"))?;
        let closed = desk.closed_quarters()?.into_iter().collect();
        let departments = desk.ledger()?.departments.iter().map(|department| department.id.as_str()).collect();
        Ok(crate::ledger::restoring::differences(
            &then,
            &now,
            &crate::ledger::restoring::Present { departments, closed, quarter: &request.quarter },
        ))
    }

    /// Findings about the open workbook's integrity, and what differs between the numbers of its quarters' reports and the rows, each a
    /// sentence; empty where all is well.
    ///
    /// # Errors
    /// No workbook is open, or the medium fails.
    pub fn check(&mut self) -> Result<Vec<String>, Refusal> {
        let mut findings = self.desk()?.check()?;
        if !findings.is_empty() {
            // numbers of a damaged file say nothing
            return Ok(findings);
        }
        findings.extend(crate::exchange::lost_evidence(self.desk()?)?);
        for quarter in self.desk()?.written_quarters()? {
            let moment = self.moment(&quarter.to_string())?;
            findings.extend(self.reported(moment, None, None)?.differences);
        }
        Ok(findings)
    }

    /// Keeps a file as evidence of a task.
    ///
    /// # Errors
    /// A file that is empty, too large, a folder or unreadable; a task that is gone; a closed quarter.
    pub fn add_evidence(&mut self, request: &wire::NewEvidence) -> Result<wire::TaskDetail, Refusal> {
        let path = Path::new(&request.path);
        let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let size = std::fs::metadata(path).map_err(|error| file_unreadable(path, &error))?;
        if size.is_dir() {
            return Err(wrong_input(format!("“{file_name}”是文件夹。"), "请逐个添加其中的文件，或先压缩成一个文件。"));
        }
        if size.len() == 0 {
            return Err(wrong_input(format!("“{file_name}”是空文件，没有添加。"), "请确认选对了文件。"));
        }
        if size.len() > LARGEST_EVIDENCE {
            let hint = format!("佐证材料每个不超过{}MB，请压缩或截取关键页后再添加。", LARGEST_EVIDENCE / 1024 / 1024);
            return Err(wrong_input(format!("“{file_name}”太大，没有添加。"), hint));
        }
        let bytes = std::fs::read(path).map_err(|error| file_unreadable(path, &error))?;
        let Moment { quarter, today } = self.moment(&request.quarter)?;
        let stamp = self.environment.stamp();
        let desk = self.desk()?;
        let ledger = desk.ledger()?;
        let task = TaskId::new(request.task.as_str());
        let row = ledger.task(&task).ok_or_else(|| gone("任务", &request.task))?;
        let years = ledger.plan(&row.task.plan).map(plan::Plan::years);
        let quarter = years.map_or(Ok(quarter), |years| years.quarter("填报季度", quarter, today))?;
        let item = request.item.as_ref().map(|item| ChecklistItemId::new(item.as_str()));
        if let Some(item) = item.as_ref().filter(|item| !row.items.iter().any(|known| known.id == **item)) {
            return Err(gone("清单事项", item.as_str()));
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

/// Draws the draft of a document, or of a ledger in a spreadsheet, without a workbook.
///
/// # Errors
/// A document that cannot be read.
pub fn draw_document(path: &Path) -> Result<wire::Draft, Refusal> {
    Ok(read_plan(path, &[])?.0)
}

/// The same, where `columns` says what columns of a ledger hold whose heads do not.
///
/// # Errors
/// A document that cannot be read; a column that is to hold what no ledger has.
pub fn draw_ledger(path: &Path, columns: &[wire::LedgerColumn]) -> Result<wire::Draft, Refusal> {
    Ok(read_plan(path, columns)?.0)
}

/// The plain text that intake reads of a document.
///
/// # Errors
/// A document that cannot be read.
pub fn document_text(path: &Path) -> Result<String, Refusal> {
    Ok(read_document_file(path)?.text)
}

/// The bytes of a document that is not too large, and its name.
fn document_bytes(path: &Path) -> Result<(Vec<u8>, String), Refusal> {
    let size = std::fs::metadata(path).map_err(|error| file_unreadable(path, &error))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if size.len() > LARGEST_DOCUMENT {
        let message = format!("文件“{name}”超过{}MB，没有读取。", LARGEST_DOCUMENT / 1024 / 1024);
        return Err(Refusal::new(RefusalCode::Unreadable, message, "请只保留规划正文后再导入。"));
    }
    let bytes = std::fs::read(path).map_err(|error| file_unreadable(path, &error))?;
    Ok((bytes, name))
}

fn read_document_file(path: &Path) -> Result<intake::Document, Refusal> {
    let (bytes, name) = document_bytes(path)?;
    if intake::ledger::is_ledger(&bytes, &name)
        && let Ok(ledger) = intake::ledger::read(&bytes, &name, &[])
    {
        return Ok(ledger.document);
    }
    intake::read(&bytes, &name).map_err(|error| unreadable(&error))
}

pub(crate) fn read_plan(path: &Path, columns: &[wire::LedgerColumn]) -> Result<(wire::Draft, String), Refusal> {
    let (bytes, name) = document_bytes(path)?;
    if intake::ledger::is_ledger(&bytes, &name) {
        let corrections = columns.iter().map(ledger_column).collect::<Result<Vec<_>, _>>()?;
        match intake::ledger::read(&bytes, &name, &corrections) {
            Ok(ledger) => {
                let mut draft = drawing::draft(&name, &ledger.document.text, &ledger.draft);
                draft.sheets = drawing::sheets(&ledger.columns);
                return Ok((draft, ledger.document.text));
            }
            // text under the name of a table may still be a plan
            Err(intake::ReadError::NoLedger(_)) if intake::read(&bytes, &name).is_ok() => {}
            Err(error) => return Err(unreadable(&error)),
        }
    }
    let document = intake::read(&bytes, &name).map_err(|error| unreadable(&error))?;
    let drawn = intake::draw(&document);
    Ok((drawing::draft(&name, &document.text, &drawn), document.text))
}

fn ledger_column(column: &wire::LedgerColumn) -> Result<(String, intake::ledger::Field), Refusal> {
    let field = intake::ledger::Field::of_head(&column.holds).ok_or_else(|| {
        let hint = "可写：目标任务、工作内容、指标名称、计量单位、目标值、牵头单位、配合单位、责任单位、完成时限、备注。";
        wrong_input(format!("“{}”不是台账的一种列。", column.holds), hint)
    })?;
    Ok((column.head.clone(), field))
}

pub(crate) fn read_draft(path: &Path) -> Result<wire::Draft, Refusal> {
    let bytes = std::fs::read(path).map_err(|error| file_unreadable(path, &error))?;
    serde_json::from_slice(&bytes).map_err(|error| {
        Refusal::new(
            RefusalCode::Unreadable,
            format!("文件“{}”不是草稿，或缺少内容：第{}行。", path.display(), error.line()),
            "草稿的格式与planbook intake --json的输出相同。",
        )
        .with_detail(error.to_string())
    })
}

/// Refuses a path that is a workbook's own: the file, what SQLite and this program keep beside it, and its copies.
fn beside(workbook: &Path, path: &Path) -> Result<(), Refusal> {
    let (workbook, asked) = (place(workbook), place(path));
    let is_ours = ["", "-wal", "-shm", "-journal", ".lock", ".part", ".new"].iter().any(|ending| {
        let mut own = workbook.as_os_str().to_owned();
        own.push(ending);
        asked.as_os_str() == own
    });
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if is_ours {
        return Err(wrong_input(format!("“{name}”是台账本身的文件，没有覆盖它。"), "请换一个文件名。"));
    }
    if asked.starts_with(store::Workbook::folder_of_copies(&workbook)) {
        return Err(wrong_input(format!("“{name}”在台账的备份文件夹里，没有写入。"), "请换一个文件夹。"));
    }
    Ok(())
}

/// Writes aside and renames, so that an interrupted write leaves the old file or the new one, never half of one. Nothing of
/// the open workbook's own is ever written over.
pub(crate) fn write_whole(workbook: Option<&Path>, path: &Path, bytes: &[u8]) -> Result<(), Refusal> {
    workbook.map_or(Ok(()), |workbook| beside(workbook, path))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let aside = path.with_file_name(format!(".{name}.part"));
    let written = std::fs::File::create(&aside).and_then(|mut file| {
        std::io::Write::write_all(&mut file, bytes)?;
        file.sync_all()
    });
    let done = written.and_then(|()| std::fs::rename(&aside, path));
    done.map_err(|error| {
        // the half-written file is ours
        let _ = std::fs::remove_file(&aside);
        file_unwritable(path, &error)
    })
}

/// The one spelling of a path: of the file where it is there, else of its folder with its name.
fn place(path: &Path) -> PathBuf {
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (folder.canonicalize(), path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}

/// A workbook's path with its ending.
fn workbook_path(path: &str) -> PathBuf {
    let path = PathBuf::from(path);
    if path.extension().is_some_and(|ending| ending == "planbook") {
        return path;
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".planbook");
    path.with_file_name(name)
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
