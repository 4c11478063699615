//! Drafts under review, and how they enter the ledger: as a plan of their own, or over the plan that they are a new version of.

use crate::documents::importing::{self, Imported, Said};
use crate::documents::planting::{NewRows, Present, plant};
use crate::documents::reading::read_plan;
use crate::documents::revision::{self, Former};
use crate::documents::{reviewing, variants};
use crate::ledger::edits::{open_quarter, put_progress};
use crate::model::desk::Desk;
use crate::model::labels;
use crate::model::refusals::{gone, wrong_input};
use crate::model::session::Session;
use crate::wire::{self, Refusal, RefusalCode};
use chrono::NaiveDate;
use messages::{Label, Noun, Reading};
use plan::{DraftId, PlanId, Quarter, Role, TaskId};
use std::collections::HashMap;
use std::path::Path;
use store::{Stamp, table};

impl Session {
    /// Reads a document into a draft of the open workbook.
    ///
    /// # Errors
    /// A document that cannot be read, no workbook, a workbook that cannot be written.
    pub fn read_document(&mut self, request: &wire::FromDocument) -> Result<wire::DraftReview, Refusal> {
        let document = Path::new(&request.document);
        let (mut draft, mut text) = read_plan(document, request.columns.as_deref().unwrap_or_default())?;
        let stamp = self.environment().stamp();
        let desk = self.desk()?;
        if request.columns.is_none()
            && let Some(columns) = desk.columns_of(&draft.sheets)?
        {
            (draft, text) = read_plan(document, &columns)?;
        }
        if !draft.sheets.is_empty() {
            draft.document = Some(request.document.clone());
        }
        let plan = if draft.rows.is_empty() { desk.revised_plan(&draft)? } else { desk.imported_plan(&draft)? };
        if let Some(plan) = plan {
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
        let stamp = self.environment().stamp();
        let desk = self.desk()?;
        let (mut draft, _) = desk.kept_draft(&request.id)?;
        reviewing::change(&mut draft, request);
        desk.save_draft(&request.id, &draft, &stamp)?;
        self.draft(&wire::OfDraft { id: request.id.clone() })
    }

    /// Reads the spreadsheet of a draft again, by what its columns are said to hold; what was reviewed of it begins anew.
    ///
    /// # Errors
    /// A draft that is of no spreadsheet, a spreadsheet that is gone or was changed since, columns that are no ledger's.
    pub fn read_columns(&mut self, request: &wire::DraftColumns) -> Result<wire::DraftReview, Refusal> {
        let stamp = self.environment().stamp();
        let desk = self.desk()?;
        let (old, text) = desk.kept_draft(&request.id)?;
        let name = &old.source;
        let again = Reading::DiscardAndImport;
        let Some(document) = &old.document else {
            return Err(Refusal::new(RefusalCode::Refused, Reading::NoColumns { file: name.clone() }, again));
        };
        let (mut draft, now) = read_plan(Path::new(document), &request.columns)?;
        if now != text {
            return Err(Refusal::new(RefusalCode::Refused, Reading::ChangedSince { file: name.clone() }, again));
        }
        draft.document.clone_from(&old.document);
        // what was said of the plan itself stands
        draft.plan = old.plan;
        draft.quarter.clone_from(&old.quarter);
        desk.remember_columns(&draft.sheets, &request.columns, &stamp)?;
        desk.revise(&mut draft, old.revises.as_deref())?;
        desk.save_draft(&request.id, &draft, &stamp)?;
        self.draft(&wire::OfDraft { id: request.id.clone() })
    }

    /// Makes a draft the new version of a plan of the workbook, or a plan of its own again.
    ///
    /// # Errors
    /// A draft or a plan that is gone, a workbook that cannot be written.
    pub fn compare_draft(&mut self, request: &wire::ToCompareDraft) -> Result<wire::DraftReview, Refusal> {
        let stamp = self.environment().stamp();
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
        let stamp = self.environment().stamp();
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
        let stamp = self.environment().stamp();
        self.desk()?.discard_draft(&request.id, &stamp)?;
        self.frame()
    }
}

impl Desk {
    /// A draft as its review shows it, beside the plan that it is a new version of.
    pub(crate) fn draft(&mut self, id: &str, today: NaiveDate) -> Result<wire::DraftReview, Refusal> {
        let (mut draft, text) = self.kept_draft(id)?;
        let comparison = self.comparison(&draft, today)?;
        // the page shows what was drawn from them
        draft.rows.clear();
        let variants = variants::of(&draft);
        let words: &[_] = if draft.sheets.is_empty() { &[] } else { &intake::ledger::Field::ALL };
        let column_words = words.iter().map(|field| field.chinese().to_owned()).collect();
        Ok(wire::DraftReview { id: id.to_owned(), draft, text, variants, comparison, column_words })
    }

    /// A draft beside the plan that it is a new version of; none where it is a plan of its own, or that plan is gone.
    pub(crate) fn comparison(&mut self, draft: &wire::Draft, today: NaiveDate) -> Result<Option<wire::Comparison>, Refusal> {
        let Some(plan) = &draft.revises else { return Ok(None) };
        let olds = self.imported(draft, plan)?;
        let former = Former::of(self.ledger()?, &PlanId::new(plan.as_str()));
        Ok(former.map(|former| {
            let mut comparison = revision::compare(draft, &former, Quarter::of(today));
            if !olds.is_empty() {
                importing::count(&mut comparison, importing::compare(&olds, &draft.rows));
            }
            comparison
        }))
    }

    /// What the columns of such a file were said to hold last time: of one with the same heads.
    pub(crate) fn columns_of(&mut self, sheets: &[wire::LedgerSheet]) -> Result<Option<Vec<wire::LedgerColumn>>, Refusal> {
        if sheets.is_empty() {
            return Ok(None);
        }
        let kept = table::preference::find(&self.reading(), COLUMNS)?;
        let kinds: Vec<FileKind> = kept.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
        let heads = heads(sheets);
        Ok(kinds.into_iter().find(|kind| kind.heads == heads).map(|kind| {
            let column = |(head, holds): (String, String)| wire::LedgerColumn { head, holds };
            kind.columns.into_iter().map(column).collect()
        }))
    }

    fn remember_columns(
        &mut self,
        sheets: &[wire::LedgerSheet],
        columns: &[wire::LedgerColumn],
        stamp: &Stamp,
    ) -> Result<(), Refusal> {
        let kept = table::preference::find(&self.reading(), COLUMNS)?;
        let mut kinds: Vec<FileKind> = kept.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
        let heads = heads(sheets);
        kinds.retain(|kind| kind.heads != heads);
        let columns = columns.iter().map(|column| (column.head.clone(), column.holds.clone())).collect();
        kinds.insert(0, FileKind { heads, columns });
        kinds.truncate(KINDS);
        let json = serde_json::to_string(&kinds).unwrap_or_default();
        self.workbook().aside(stamp, |aside| Ok(table::preference::put(aside, COLUMNS, &json)?))
    }

    /// The rows of the file that a plan was imported from last; none where the draft is of no ledger.
    fn imported(&mut self, draft: &wire::Draft, plan: &str) -> Result<Vec<Imported>, Refusal> {
        if draft.rows.is_empty() {
            return Ok(Vec::new());
        }
        let rows = table::import_row::of_plan(&self.reading(), &PlanId::new(plan))?;
        Ok(rows.into_iter().map(Imported::of).collect())
    }

    /// The plan that an office's ledger was imported as before: by its title, else by its file's name.
    pub(crate) fn imported_plan(&mut self, draft: &wire::Draft) -> Result<Option<String>, Refusal> {
        if draft.rows.is_empty() {
            return Ok(None);
        }
        let of_file = table::import_row::plans_of_file(&self.reading(), &draft.source)?;
        if let Some(plan) = self.revised_plan(draft)? {
            return Ok(Some(plan));
        }
        let ledger = self.ledger()?;
        // a plan may have been removed since
        let mut there = of_file.into_iter().filter(|plan| ledger.plan(plan).is_some());
        Ok(there.next().filter(|_| there.next().is_none()).map(|plan| plan.to_string()))
    }

    /// Makes a draft the new version of a plan, with each row matched anew, or a plan of its own again.
    ///
    /// # Errors
    /// A plan that is gone, a workbook that is a department's.
    pub(crate) fn revise(&mut self, draft: &mut wire::Draft, plan: Option<&str>) -> Result<(), Refusal> {
        draft.still_valid.clear();
        draft.revises = plan.map(str::to_owned);
        let Some(plan) = plan else { return Ok(()) };
        let olds = self.imported(draft, plan)?;
        let former = Former::of(self.ledger()?, &PlanId::new(plan)).ok_or_else(|| gone(Noun::Plan, plan))?;
        if draft.rows.is_empty() {
            revision::match_rows(draft, &former, &HashMap::new());
            return Ok(());
        }
        let compared = importing::compare(&olds, &draft.rows);
        let mut known = importing::tasks(&olds, draft, &compared);
        known.retain(|_, task| former.tasks.iter().any(|row| row.task.id.as_str() == task));
        revision::match_rows(draft, &former, &known);
        importing::settle(draft, &former, &compared);
        // a row that a file does not show may be filtered away or kept elsewhere: it goes only by a person's hand
        draft.still_valid = revision::unclaimed(draft, &former);
        Ok(())
    }

    /// The plan of the workbook that a draft's title says it is a new version of.
    pub(crate) fn revised_plan(&mut self, draft: &wire::Draft) -> Result<Option<String>, Refusal> {
        Ok(revision::revised_plan(&self.ledger()?.plans, &draft.plan).map(|plan| plan.id.to_string()))
    }

    /// Writes a new version over the plan that it revises, as one edit; with `draft_id` the draft leaves the review with it.
    ///
    /// # Errors
    /// A plan that is gone, a draft that holds a value that is none, a workbook that is a department's.
    pub(crate) fn plant_revision(
        &mut self,
        draft: &wire::Draft,
        text: &str,
        draft_id: Option<&str>,
        (stamp, today): (&Stamp, NaiveDate),
    ) -> Result<(), Refusal> {
        if self.own_department()?.is_some() {
            return Err(Refusal::new(RefusalCode::Refused, Reading::NoNewVersionHere, Reading::OfficeBringsVersions));
        }
        let plan = PlanId::new(draft.revises.clone().unwrap_or_default());
        self.load()?;
        let Some((workbook, loaded)) = self.workbook_and_loaded() else { return Err(gone(Noun::Plan, plan.as_str())) };
        let former = Former::of(loaded.ledger(), &plan).ok_or_else(|| gone(Noun::Plan, plan.as_str()))?;
        workbook.edit(&labels::kept(Label::RevisePlan { title: former.plan.title.clone() }), stamp, |store| {
            let tasks = revision::carry(store, draft, text, &former, today)?;
            keep_import(store, draft, &plan, &tasks, today)?;
            if let Some(id) = draft_id {
                table::draft::delete(&mut store.aside(), &DraftId::new(id))?;
            }
            Ok::<(), Refusal>(())
        })?;
        self.changed();
        Ok(())
    }

    pub(crate) fn keep_draft(&mut self, draft: &wire::Draft, text: &str, stamp: &Stamp) -> Result<String, Refusal> {
        let body = to_json(draft)?;
        let id = self.workbook().aside(stamp, |aside| {
            let id = aside.new_id();
            let row = table::draft::Draft {
                id: DraftId::new(id.clone()),
                title: draft.plan.title.clone().unwrap_or_default(),
                source_name: draft.source.clone(),
                source_text: text.to_owned(),
                body,
            };
            table::draft::insert(aside, &row)?;
            Ok::<String, Refusal>(id)
        })?;
        Ok(id)
    }

    pub(crate) fn save_draft(&mut self, id: &str, draft: &wire::Draft, stamp: &Stamp) -> Result<(), Refusal> {
        let (title, body) = (draft.plan.title.clone().unwrap_or_default(), to_json(draft)?);
        self.workbook().aside(stamp, |aside| Ok(table::draft::update(aside, &DraftId::new(id), &title, &body)?))
    }

    pub(crate) fn discard_draft(&mut self, id: &str, stamp: &Stamp) -> Result<(), Refusal> {
        self.kept_draft(id)?;
        self.workbook().aside(stamp, |aside| Ok(table::draft::delete(aside, &DraftId::new(id))?))
    }

    /// Puts a draft into the ledger as one edit; with `draft_id` the draft leaves the review in the same transaction.
    pub(crate) fn plant(
        &mut self,
        draft: &wire::Draft,
        text: &str,
        draft_id: Option<&str>,
        stamp: &Stamp,
    ) -> Result<NewRows, Refusal> {
        let title = draft.plan.title.clone().unwrap_or_else(|| draft.source.clone());
        let edited = self.workbook().edit(&labels::kept(Label::ImportPlan { title: title.clone() }), stamp, |store| {
            let departments = table::department::list(store)?;
            let plans = table::plan::list(store)?;
            if let Some(same) = plans.iter().find(|plan| plan.title == title && !title.is_empty()) {
                return Err(Refusal::new(
                    RefusalCode::Refused,
                    Reading::PlanExists { title: same.title.clone() },
                    Reading::NewVersionOrOtherTitle,
                ));
            }
            let present = Present { departments: &departments, plans: plans.len() };
            let rows = plant(draft, text, &present, &mut || store.new_id())?;
            write_new(store, &rows)?;
            keep_import(store, draft, &rows.plan.id, &rows.task_ids, stamp.at.date())?;
            if let Some(id) = draft_id {
                table::draft::delete(&mut store.aside(), &DraftId::new(id))?;
            }
            Ok(rows)
        })?;
        self.changed();
        Ok(edited.value)
    }
}

/// Keeps an office's ledger as it was imported, and writes what its cells say of the quarter that the draft names.
fn keep_import(
    store: &mut store::Edit<'_>,
    draft: &wire::Draft,
    plan: &PlanId,
    tasks: &HashMap<String, TaskId>,
    today: NaiveDate,
) -> Result<(), Refusal> {
    if draft.rows.is_empty() {
        return Ok(());
    }
    if let Some(quarter) = &draft.quarter {
        let quarter = open_quarter(store, quarter, Some(plan), today)?;
        let olds: Vec<Imported> = table::import_row::of_plan(store, plan)?.into_iter().map(Imported::of).collect();
        let before = importing::said_before(&olds, quarter);
        let mut said: Vec<_> = importing::said_of(&draft.rows, quarter).into_iter().collect();
        said.sort_by(|(one, _), (other, _)| one.cmp(other));
        for (row, said) in said {
            let Some(task) = tasks.get(&row) else { continue };
            put_said(store, task, quarter, &said, before.get(task.as_str()))?;
        }
    }
    let kept = importing::kept(draft, plan, |row| tasks.get(row).cloned());
    Ok(table::import_row::replace(store, plan, &kept)?)
}

/// Writes what a file says of a task's quarter, as its leading unit's word. What was written here since stays, where the file says
/// the same as last time.
fn put_said(
    store: &mut store::Edit<'_>,
    task: &TaskId,
    quarter: Quarter,
    said: &Said,
    before: Option<&Said>,
) -> Result<(), Refusal> {
    let units = table::assignment::of_task(store, task)?;
    let leading = units.iter().find(|unit| unit.role == Role::Lead).or(units.first());
    let Some(department) = leading.map(|unit| unit.department.clone()) else { return Ok(()) };
    let present = table::progress::once(store, task, &department, quarter)?;
    let held = present.map_or([String::new(), String::new(), String::new()], |row| [row.done, row.problems, row.next]);
    let mut texts: [Option<String>; 3] = Default::default();
    for (at, text) in said.texts.iter().enumerate() {
        let is_new = before.is_none_or(|before| before.texts[at] != *text) || held[at].trim().is_empty();
        texts[at] = text.clone().filter(|text| is_new && *text != held[at]);
    }
    let status = said.status.filter(|status| before.is_none_or(|before| before.status != Some(*status)));
    if status.is_none() && texts.iter().all(Option::is_none) {
        return Ok(());
    }
    put_progress(store, task, &department, quarter, status, texts)
}

/// Under which the columns of the last kinds of files are kept.
const COLUMNS: &str = "ledger_columns";
/// So many kinds are remembered.
const KINDS: usize = 20;

/// Files with the same heads, and what their columns were said to hold.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
struct FileKind {
    heads: Vec<String>,
    columns: Vec<(String, String)>,
}

/// The heads of all sheets, which tell one kind of file from another.
fn heads(sheets: &[wire::LedgerSheet]) -> Vec<String> {
    sheets.iter().flat_map(|sheet| &sheet.columns).map(|column| column.head.clone()).collect()
}

fn to_json(draft: &wire::Draft) -> Result<String, Refusal> {
    serde_json::to_string(draft)
        .map_err(|error| wrong_input(Reading::DraftUnfit, Reading::CheckNumbers).with_detail(error.to_string()))
}

fn write_new(store: &mut store::Edit<'_>, rows: &NewRows) -> Result<(), Refusal> {
    table::plan::insert(store, &rows.plan)?;
    for row in &rows.departments {
        table::department::insert(store, row)?;
    }
    for row in &rows.sections {
        table::section::insert(store, row)?;
    }
    for row in &rows.tasks {
        table::task::insert(store, row)?;
    }
    for row in &rows.assignments {
        table::assignment::put(store, row)?;
    }
    for row in &rows.items {
        table::checklist_item::insert(store, row)?;
    }
    for row in &rows.milestones {
        table::milestone::insert(store, row)?;
    }
    for row in &rows.indicators {
        table::indicator::insert(store, row)?;
    }
    for row in &rows.targets {
        table::target::insert(store, row)?;
    }
    Ok(())
}
