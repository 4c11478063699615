//! Drafts under review, and how they enter the ledger: as a plan of their own, or over the plan that they are a new version of.

use crate::documents::planting::{NewRows, Present, plant};
use crate::documents::reading::read_plan;
use crate::documents::revision::{self, Former};
use crate::documents::{reviewing, variants};
use crate::model::desk::Desk;
use crate::model::labels;
use crate::model::refusals::{gone, wrong_input};
use crate::model::session::Session;
use crate::wire::{self, Refusal, RefusalCode};
use chrono::NaiveDate;
use messages::{Label, Noun, Reading};
use plan::{DraftId, PlanId, Quarter};
use std::path::Path;
use store::{Stamp, table};

impl Session {
    /// Reads a document into a draft of the open workbook.
    ///
    /// # Errors
    /// A document that cannot be read, no workbook, a workbook that cannot be written.
    pub fn read_document(&mut self, request: &wire::FromDocument) -> Result<wire::DraftReview, Refusal> {
        let (mut draft, text) = read_plan(Path::new(&request.document), request.columns.as_deref().unwrap_or_default())?;
        let stamp = self.environment().stamp();
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
        let (draft, text) = self.kept_draft(id)?;
        let comparison = self.comparison(&draft, today)?;
        let variants = variants::of(&draft);
        let words: &[_] = if draft.sheets.is_empty() { &[] } else { &intake::ledger::Field::ALL };
        let column_words = words.iter().map(|field| field.chinese().to_owned()).collect();
        Ok(wire::DraftReview { id: id.to_owned(), draft, text, variants, comparison, column_words })
    }

    /// A draft beside the plan that it is a new version of; none where it is a plan of its own, or that plan is gone.
    pub(crate) fn comparison(&mut self, draft: &wire::Draft, today: NaiveDate) -> Result<Option<wire::Comparison>, Refusal> {
        let Some(plan) = &draft.revises else { return Ok(None) };
        let former = Former::of(self.ledger()?, &PlanId::new(plan.as_str()));
        Ok(former.map(|former| revision::compare(draft, &former, Quarter::of(today))))
    }

    /// Makes a draft the new version of a plan, with each row matched anew, or a plan of its own again.
    ///
    /// # Errors
    /// A plan that is gone, a workbook that is a department's.
    pub(crate) fn revise(&mut self, draft: &mut wire::Draft, plan: Option<&str>) -> Result<(), Refusal> {
        draft.still_valid.clear();
        draft.revises = plan.map(str::to_owned);
        let Some(plan) = plan else { return Ok(()) };
        let former = Former::of(self.ledger()?, &PlanId::new(plan)).ok_or_else(|| gone(Noun::Plan, plan))?;
        revision::match_rows(draft, &former);
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
            revision::carry(store, draft, text, &former, today)?;
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
            if let Some(id) = draft_id {
                table::draft::delete(&mut store.aside(), &DraftId::new(id))?;
            }
            Ok(rows)
        })?;
        self.changed();
        Ok(edited.value)
    }
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
