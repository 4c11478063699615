//! Drafts under review, and how they enter the ledger: as a plan of their own, or over the plan that they are a new version of.

use super::Desk;
use crate::documents::planting::{NewRows, Present, plant};
use crate::documents::revision::{self, Former};
use crate::model::refusals::{gone, wrong_input};
use crate::wire::{self, Refusal, RefusalCode};
use chrono::NaiveDate;
use plan::{DraftId, PlanId, Quarter};
use store::{Stamp, table};

impl Desk {
    pub(super) fn draft_lines(&mut self) -> Result<Vec<wire::DraftLine>, Refusal> {
        let rows = self.workbook.read();
        let mut lines = Vec::new();
        for head in table::draft::list(&rows)? {
            let (draft, _) = self.kept_draft(head.id.as_str())?;
            let reviews = draft
                .tasks
                .iter()
                .map(|row| row.review)
                .chain(draft.targets.iter().map(|row| row.review))
                .chain(draft.milestones.iter().map(|row| row.review))
                .chain(draft.checklist_items.iter().map(|row| row.review));
            let (reviewed, all) =
                reviews.fold((0, 0), |(reviewed, all), review| (reviewed + usize::from(review != wire::Review::Open), all + 1));
            let title = if head.title.is_empty() { head.source_name } else { head.title };
            lines.push(wire::DraftLine { id: head.id.to_string(), title, reviewed, rows: all });
        }
        Ok(lines)
    }

    /// A draft and the text it was drawn from.
    pub(crate) fn kept_draft(&self, id: &str) -> Result<(wire::Draft, String), Refusal> {
        let row = table::draft::find(&self.workbook.read(), &DraftId::new(id))?.ok_or_else(|| gone("草稿", id))?;
        let draft: wire::Draft = serde_json::from_str(&row.body).map_err(|error| {
            wrong_input(format!("草稿“{}”的内容已损坏。", row.title), "请删除它，再从文件重新导入。")
                .with_detail(error.to_string())
        })?;
        Ok((draft, row.source_text))
    }

    /// A draft as its review shows it, beside the plan that it is a new version of.
    pub(crate) fn draft(&mut self, id: &str, today: NaiveDate) -> Result<wire::DraftReview, Refusal> {
        let (draft, text) = self.kept_draft(id)?;
        let comparison = self.comparison(&draft, today)?;
        let variants = crate::documents::variants::of(&draft);
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
        let former = Former::of(self.ledger()?, &PlanId::new(plan)).ok_or_else(|| gone("规划", plan))?;
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
            return Err(Refusal::new(
                RefusalCode::Refused,
                "这是单位的工作簿，不能用新版本更新规划。",
                "规划由下发的督查机构更新，更新后随下一次下发送达。",
            ));
        }
        let plan = PlanId::new(draft.revises.clone().unwrap_or_default());
        self.load()?;
        let Self { workbook, loaded: Some(loaded), .. } = self else { return Err(gone("规划", plan.as_str())) };
        let former = Former::of(&loaded.ledger, &plan).ok_or_else(|| gone("规划", plan.as_str()))?;
        workbook.edit(&format!("以新版本更新《{}》", former.plan.title), stamp, |store| {
            revision::carry(store, draft, text, &former, today)?;
            if let Some(id) = draft_id {
                table::draft::delete(&mut store.aside(), &DraftId::new(id))?;
            }
            Ok::<(), Refusal>(())
        })?;
        self.loaded = None;
        Ok(())
    }

    pub(crate) fn keep_draft(&mut self, draft: &wire::Draft, text: &str, stamp: &Stamp) -> Result<String, Refusal> {
        let body = to_json(draft)?;
        let id = self.workbook.aside(stamp, |aside| {
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
        self.workbook.aside(stamp, |aside| Ok(table::draft::update(aside, &DraftId::new(id), &title, &body)?))
    }

    pub(crate) fn discard_draft(&mut self, id: &str, stamp: &Stamp) -> Result<(), Refusal> {
        self.kept_draft(id)?;
        self.workbook.aside(stamp, |aside| Ok(table::draft::delete(aside, &DraftId::new(id))?))
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
        let edited = self.workbook.edit(&format!("导入《{title}》"), stamp, |store| {
            let departments = table::department::list(store)?;
            let plans = table::plan::list(store)?;
            if let Some(same) = plans.iter().find(|plan| plan.title == title && !title.is_empty()) {
                return Err(Refusal::new(
                    RefusalCode::Refused,
                    format!("工作簿里已经有《{}》。", same.title),
                    "如果这是它的新版本，请在审核窗口选“作为它的新版本”，命令行加上--revises；否则请改个名称。",
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
        self.loaded = None;
        Ok(edited.value)
    }
}

fn to_json(draft: &wire::Draft) -> Result<String, Refusal> {
    serde_json::to_string(draft)
        .map_err(|error| wrong_input("草稿中有不能保存的内容。", "请检查数字后再试。").with_detail(error.to_string()))
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
