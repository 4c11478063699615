//! A confirmed new version in the ledger: rows that stayed are changed in place, new ones are added, and what the new version no
//! longer has is taken off without being deleted: a task as 取消, what hangs on a task out of sight, with all that was entered.

use super::difference::is_step_of_one_that_stays;
use super::{Former, Taken, ended};
use crate::documents::planting::{NewRows, Present, as_position, plant};
use crate::ledger::edits::{even_step, put_progress};
use crate::model::kinds::indicator_kind;
use crate::wire::{self, Refusal};
use chrono::{Datelike, NaiveDate};
use plan::{
    Cadence, ChecklistItemId, Due, Indicator, IndicatorId, MilestoneId, Plan, Quarter, Section, SectionId, Status, Target,
    TargetId, Task, TaskId,
};
use std::collections::{HashMap, HashSet};
use store::table;

/// Writes a new version over the plan that it revises, inside one edit.
///
/// # Errors
/// As planting says; then nothing is kept.
pub(crate) fn carry(
    store: &mut store::Edit<'_>,
    draft: &wire::Draft,
    text: &str,
    former: &Former<'_>,
    today: NaiveDate,
) -> Result<HashMap<String, TaskId>, Refusal> {
    let taken = Taken::of(draft, former);
    let departments = table::department::list(store)?;
    let present = Present { departments: &departments, plans: 0 };
    let mut rows = plant(draft, text, &present, &mut || store.new_id())?;
    let own_sections = keep_ids(&mut rows, &taken, former);
    let carrying = Carrying { former, taken, draft, today };
    let became = |(row, planted): (&String, &TaskId)| {
        let task = carrying.taken.former(row).map_or_else(|| planted.clone(), TaskId::new);
        (row.clone(), task)
    };
    let tasks: HashMap<String, TaskId> = rows.task_ids.iter().map(became).collect();
    for row in &rows.departments {
        table::department::insert(store, row)?;
    }
    table::plan::update(store, &carrying.plan(&rows.plan))?;
    for section in &rows.sections {
        if own_sections.contains(&section.id) {
            table::section::update(store, section)?;
        } else {
            table::section::insert(store, section)?;
        }
    }
    carrying.tasks(store, &rows)?;
    carrying.rows_of_tasks(store, &rows)?;
    carrying.measured(store, rows.indicators, &rows.targets)?;
    carrying.take_off(store, rows.tasks.len())?;
    clear_outline(store, former, &own_sections, rows.sections.len())?;
    Ok(tasks)
}

/// Gives the planted rows the ids of those that they are. The ledger's sections that stay.
fn keep_ids(rows: &mut NewRows, taken: &Taken<'_>, former: &Former<'_>) -> HashSet<SectionId> {
    rows.plan.id = former.plan.id.clone();
    let sections = sections(&rows.sections, former);
    let section = |id: &SectionId| sections.get(id).unwrap_or(id).clone();
    for row in &mut rows.sections {
        row.plan = former.plan.id.clone();
        row.id = section(&row.id);
        row.parent = row.parent.as_ref().map(section);
    }
    let kept = |ids: &mut dyn Iterator<Item = (&String, String)>| -> HashMap<String, String> {
        ids.filter_map(|(row, planted)| Some((planted, taken.former(row)?.to_owned()))).collect()
    };
    let tasks = kept(&mut rows.task_ids.iter().map(|(row, id)| (row, id.to_string())));
    let items = kept(&mut rows.item_ids.iter().map(|(row, id)| (row, id.to_string())));
    let milestones = kept(&mut rows.milestone_ids.iter().map(|(row, id)| (row, id.to_string())));
    let targets = kept(&mut rows.target_ids.iter().map(|(row, id)| (row, id.to_string())));
    let task = |id: &TaskId| tasks.get(id.as_str()).map_or_else(|| id.clone(), TaskId::new);
    for row in &mut rows.tasks {
        row.plan = former.plan.id.clone();
        row.id = task(&row.id);
        row.section = row.section.as_ref().map(section);
    }
    for row in &mut rows.assignments {
        row.task = task(&row.task);
    }
    for row in &mut rows.items {
        row.task = task(&row.task);
        if let Some(old) = items.get(row.id.as_str()) {
            row.id = ChecklistItemId::new(old);
        }
    }
    for row in &mut rows.milestones {
        row.plan = former.plan.id.clone();
        row.task = row.task.as_ref().map(task);
        if let Some(old) = milestones.get(row.id.as_str()) {
            row.id = MilestoneId::new(old);
        }
    }
    for row in &mut rows.indicators {
        row.plan = former.plan.id.clone();
        row.task = row.task.as_ref().map(task);
    }
    for row in &mut rows.targets {
        if let Some(old) = targets.get(row.id.as_str()) {
            row.id = TargetId::new(old);
        }
    }
    let indicators = indicators(&rows.indicators, &rows.targets, former);
    let indicator = |id: &IndicatorId| indicators.get(id).unwrap_or(id).clone();
    for row in &mut rows.indicators {
        row.id = indicator(&row.id);
    }
    for row in &mut rows.targets {
        row.indicator = indicator(&row.indicator);
    }
    let olds: HashSet<&SectionId> = former.ledger.sections.iter().map(|section| &section.id).collect();
    rows.sections.iter().map(|section| section.id.clone()).filter(|id| olds.contains(id)).collect()
}

/// Planted section → the ledger's section of the same title, the one under the same heading first.
fn sections(planted: &[Section], former: &Former<'_>) -> HashMap<SectionId, SectionId> {
    let olds: Vec<&Section> = former.ledger.sections.iter().filter(|section| section.plan == former.plan.id).collect();
    let mut kept: HashMap<SectionId, SectionId> = HashMap::new();
    let mut gone: HashSet<&SectionId> = HashSet::new();
    for row in planted {
        let parent = row.parent.as_ref().and_then(|parent| kept.get(parent));
        let same = |old: &&&Section| old.title == row.title && !gone.contains(&old.id);
        let below = olds.iter().filter(same).find(|old| old.parent.as_ref() == parent);
        if let Some(old) = below.or_else(|| olds.iter().find(same)) {
            gone.insert(&old.id);
            kept.insert(row.id.clone(), old.id.clone());
        }
    }
    kept
}

/// Planted indicator → the ledger's indicator that most of its targets were of.
fn indicators(planted: &[Indicator], targets: &[Target], former: &Former<'_>) -> HashMap<IndicatorId, IndicatorId> {
    let mut kept: HashMap<IndicatorId, IndicatorId> = HashMap::new();
    let mut gone: HashSet<&IndicatorId> = HashSet::new();
    for row in planted {
        let of_row = targets.iter().filter(|target| target.indicator == row.id);
        let olds: Vec<&IndicatorId> = of_row
            .filter_map(|target| former.targets.iter().find(|(_, old)| old.id == target.id))
            .map(|(measured, _)| &measured.indicator.id)
            .filter(|id| !gone.contains(id))
            .collect();
        let times = |id: &IndicatorId| olds.iter().filter(|other| **other == id).count();
        // the first of those named most often
        let most = olds.iter().rev().max_by_key(|id| times(id));
        if let Some(&old) = most {
            gone.insert(old);
            kept.insert(row.id.clone(), old.clone());
        }
    }
    kept
}

struct Carrying<'a> {
    former: &'a Former<'a>,
    taken: Taken<'a>,
    draft: &'a wire::Draft,
    today: NaiveDate,
}

impl Carrying<'_> {
    /// What the new version does not say of the plan stays.
    fn plan(&self, planted: &Plan) -> Plan {
        let old = self.former.plan;
        let new = planted.clone();
        Plan {
            doc_number: new.doc_number.or_else(|| old.doc_number.clone()),
            issuer: new.issuer.or_else(|| old.issuer.clone()),
            issued_on: new.issued_on.or(old.issued_on),
            period_from: new.period_from.or(old.period_from),
            period_to: new.period_to.or(old.period_to),
            register: old.register,
            position: old.position,
            ..new
        }
    }

    /// The draft is of an office's ledger, whose rows come in any order.
    fn of_ledger(&self) -> bool {
        !self.draft.rows.is_empty()
    }

    /// The place of a row: as the new version has it; in an office's ledger as it was, a new row behind the others.
    fn place(&self, was: Option<i64>, planted: i64, others: usize) -> i64 {
        if self.of_ledger() { was.unwrap_or(planted + as_position(others)) } else { planted }
    }

    fn tasks(&self, store: &mut store::Edit<'_>, rows: &NewRows) -> Result<(), Refusal> {
        let mut behind = self.former.tasks.len();
        for row in &rows.tasks {
            let Some(old) = self.former.tasks.iter().find(|old| old.task.id == row.id) else {
                let mut row = row.clone();
                // a row that is new in an office's ledger stands behind the others, which keep their numbers and places
                if self.of_ledger() {
                    row.position = as_position(behind);
                    behind += 1;
                    if self.former.tasks.iter().any(|old| old.task.number == row.number) {
                        row.number = behind.to_string();
                    }
                }
                table::task::insert(store, &row)?;
                for assignment in rows.assignments.iter().filter(|assignment| assignment.task == row.id) {
                    table::assignment::put(store, assignment)?;
                }
                continue;
            };
            let was = &old.task;
            let task = Task {
                text: if row.text.is_empty() { was.text.clone() } else { row.text.clone() },
                weight: was.weight,
                start: was.start,
                due: was.due,
                closed_on: was.closed_on,
                override_judgement: was.override_judgement.clone(),
                origin: was.origin.clone(),
                remark: was.remark.clone(),
                number: if self.of_ledger() { was.number.clone() } else { row.number.clone() },
                position: if self.of_ledger() { was.position } else { row.position },
                ..row.clone()
            };
            table::task::update(store, &task)?;
            let named: Vec<_> = rows.assignments.iter().filter(|assignment| assignment.task == row.id).collect();
            // a document that names nobody does not take anybody off
            if !named.is_empty() {
                for gone in old.assignments.iter().filter(|old| !named.iter().any(|new| new.department == old.department)) {
                    table::assignment::delete(store, &gone.task, &gone.department)?;
                }
                for assignment in named.into_iter().filter(|assignment| !old.assignments.contains(assignment)) {
                    table::assignment::put(store, assignment)?;
                }
            }
            if ended(old, Quarter::of(self.today)) == Some(Status::Cancelled) {
                self.set_status(store, &row.id, Status::Underway)?;
            }
        }
        Ok(())
    }

    fn rows_of_tasks(&self, store: &mut store::Edit<'_>, rows: &NewRows) -> Result<(), Refusal> {
        for row in &rows.items {
            match self.former.items.iter().find(|old| old.id == row.id) {
                None => {
                    let position = self.place(None, row.position, self.former.items.len());
                    table::checklist_item::insert(store, &plan::ChecklistItem { position, ..row.clone() })?;
                }
                Some(old) => {
                    let departments = if row.departments.is_empty() { &old.departments } else { &row.departments };
                    let position = self.place(Some(old.position), row.position, 0);
                    let (done_on, departments) = (old.done_on, departments.clone());
                    let row = plan::ChecklistItem { done_on, departments, position, ..row.clone() };
                    table::checklist_item::update(store, &row)?;
                }
            }
        }
        for row in &rows.milestones {
            match self.former.milestones.iter().find(|old| old.id == row.id) {
                None => {
                    let position = self.place(None, row.position, self.former.milestones.len());
                    table::milestone::insert(store, &plan::Milestone { position, ..row.clone() })?;
                }
                Some(old) => {
                    let departments = if row.departments.is_empty() { &old.departments } else { &row.departments };
                    let position = self.place(Some(old.position), row.position, 0);
                    let (done_on, departments) = (old.done_on, departments.clone());
                    let row = plan::Milestone { done_on, departments, position, ..row.clone() };
                    table::milestone::update(store, &row)?;
                }
            }
        }
        Ok(())
    }

    fn measured(&self, store: &mut store::Edit<'_>, indicators: Vec<Indicator>, targets: &[Target]) -> Result<(), Refusal> {
        let mut standing: HashMap<IndicatorId, Indicator> = HashMap::new();
        for row in indicators {
            let old = self.former.ledger.measured.iter().find(|measured| measured.indicator.id == row.id);
            let row = match old {
                None => {
                    let position = self.place(None, row.position, self.former.ledger.measured.len());
                    let row = Indicator { position, ..row };
                    table::indicator::insert(store, &row)?;
                    row
                }
                Some(measured) => {
                    let was = &measured.indicator;
                    let row = Indicator {
                        // how it counts may have been set by hand: it changes only where the wording asks for another way
                        kind: if row.kind == read_kind(measured) { was.kind } else { row.kind },
                        baseline: row.baseline.or(was.baseline),
                        weight: was.weight,
                        position: self.place(Some(was.position), row.position, 0),
                        ..row
                    };
                    table::indicator::update(store, &row)?;
                    row
                }
            };
            standing.insert(row.id.clone(), row);
        }
        for row in targets {
            if let Some((_, old)) = self.former.targets.iter().find(|(_, old)| old.id == row.id) {
                let position = self.place(Some(old.position), row.position, 0);
                table::target::update(store, &Target { position, ..row.clone() })?;
            } else {
                let position = self.place(None, row.position, self.former.targets.len());
                table::target::insert(store, &Target { position, ..row.clone() })?;
            }
        }
        self.steps(store, &standing, targets)
    }

    /// The yearly steps that the program proposed follow their last value.
    fn steps(
        &self,
        store: &mut store::Edit<'_>,
        standing: &HashMap<IndicatorId, Indicator>,
        targets: &[Target],
    ) -> Result<(), Refusal> {
        let plan = self.former.plan;
        let first = plan.period_from.or(plan.issued_on.map(|day| day.year()));
        for (measured, step) in &self.former.targets {
            let Some(indicator) = standing.get(&measured.indicator.id) else { continue };
            if self.taken.claimed.contains(step.id.as_str()) || !is_step_of_one_that_stays(measured, step, &self.taken) {
                continue;
            }
            let year = |target: &Target| target.due.map(Due::year).or(plan.period_to);
            let of_row = targets.iter().filter(|target| target.indicator == indicator.id && target.cadence == Cadence::Level);
            let last = of_row.max_by_key(|target| year(target));
            let mut row = Target { span: None, ..(*step).clone() };
            if let (Some(last), Some(first), Some(of)) = (last, first, year(step))
                && let Some(end) = year(last)
                && let Some(was) = measured.targets.iter().filter(|target| !target.proposed).max_by_key(|target| year(target))
                && ((was.value - last.value).abs() > 1e-9 || year(was) != Some(end))
                && (first..end).contains(&of)
            {
                row.value = even_step(indicator, last.value, of, (first, end)).unwrap_or(row.value);
            }
            table::target::update(store, &row)?;
        }
        Ok(())
    }

    /// What the new version does not have: kept where the clerk said that it stays in force, else taken off. Its place in the
    /// source is gone with the source.
    fn take_off(&self, store: &mut store::Edit<'_>, new_tasks: usize) -> Result<(), Refusal> {
        let off = |id: &str| !self.taken.claimed.contains(id);
        let valid = |id: &str| self.draft.still_valid.iter().any(|other| other == id);
        let quarter = Quarter::of(self.today);
        let gone = self.former.tasks.iter().filter(|old| off(old.task.id.as_str()));
        for (position, old) in (new_tasks..).zip(gone) {
            let mut task = Task { span: None, ..old.task.clone() };
            if !self.of_ledger() {
                (task.number, task.position) = ((position + 1).to_string(), as_position(position));
            }
            table::task::update(store, &task)?;
            if ended(old, quarter).is_none() && !valid(task.id.as_str()) {
                if old.assignments.is_empty() {
                    self.retire(store, task.id.as_str(), "task")?;
                } else {
                    self.set_status(store, &task.id, Status::Cancelled)?;
                }
            }
        }
        let stands = |task: Option<&TaskId>| task.is_none_or(|task| !off(task.as_str()));
        for old in self.former.items.iter().filter(|old| off(old.id.as_str())) {
            table::checklist_item::update(store, &plan::ChecklistItem { span: None, ..(*old).clone() })?;
            if stands(Some(&old.task)) && !valid(old.id.as_str()) {
                self.retire(store, old.id.as_str(), "checklist_item")?;
            }
        }
        for old in self.former.milestones.iter().filter(|old| off(old.id.as_str())) {
            table::milestone::update(store, &plan::Milestone { span: None, ..(*old).clone() })?;
            if stands(old.task.as_ref()) && !valid(old.id.as_str()) {
                self.retire(store, old.id.as_str(), "milestone")?;
            }
        }
        let mut retired: HashSet<&str> = HashSet::new();
        for (measured, old) in self.former.targets.iter().filter(|(_, old)| off(old.id.as_str())) {
            if is_step_of_one_that_stays(measured, old, &self.taken) {
                continue;
            }
            table::target::update(store, &Target { span: None, ..(*old).clone() })?;
            if stands(measured.indicator.task.as_ref()) && !valid(old.id.as_str()) {
                retired.insert(old.id.as_str());
                self.retire(store, old.id.as_str(), "target")?;
            }
        }
        // an indicator whose last target is taken off goes with it, its figures behind it
        let measured = self.former.ledger.measured.iter().filter(|measured| measured.indicator.plan == self.former.plan.id);
        for measured in measured.filter(|measured| !measured.targets.is_empty()) {
            if measured.targets.iter().all(|target| retired.contains(target.id.as_str())) {
                let standing = table::target::of_indicator(store, &measured.indicator.id)?;
                if standing.iter().all(|target| retired.contains(target.id.as_str())) {
                    self.retire(store, measured.indicator.id.as_str(), "indicator")?;
                }
            }
        }
        Ok(())
    }

    fn retire(&self, store: &mut store::Edit<'_>, id: &str, kind: &str) -> Result<(), Refusal> {
        let row = table::retired::Retired { id: id.to_owned(), kind: kind.to_owned(), retired_on: self.today };
        Ok(table::retired::put(store, &row)?)
    }

    /// Writes a task's status with all its departments, in the first open quarter from today's that no later word stands behind.
    fn set_status(&self, store: &mut store::Edit<'_>, task: &TaskId, status: Status) -> Result<(), Refusal> {
        let written = table::progress::of_task(store, task)?.into_iter().map(|row| row.quarter).max();
        let mut quarter = Quarter::of(self.today).max(written.unwrap_or_else(|| Quarter::of(self.today)));
        // a closed quarter is not written to; nobody closes years ahead
        while table::quarter_close::is_closed(store, quarter)? && quarter.year() < self.today.year() + 20 {
            quarter = quarter.next();
        }
        for assignment in table::assignment::of_task(store, task)? {
            put_progress(store, task, &assignment.department, quarter, Some(status), [None, None, None])?;
        }
        Ok(())
    }
}

/// How an indicator was read to count, by the wording of its last target.
fn read_kind(measured: &crate::model::ledger::Measured) -> plan::IndicatorKind {
    let (op, cadence, value) = measured
        .targets
        .iter()
        .rfind(|target| !target.proposed)
        .or(measured.targets.last())
        .map_or((plan::Op::AtLeast, Cadence::Level, 1.0), |target| (target.op, target.cadence, target.value));
    indicator_kind(&measured.indicator.name, &measured.indicator.unit, value, op, cadence)
}

/// Headings of the old version that nothing stands under any more are taken away, the others follow the new ones.
fn clear_outline(
    store: &mut store::Edit<'_>,
    former: &Former<'_>,
    own: &HashSet<SectionId>,
    new_sections: usize,
) -> Result<(), Refusal> {
    let mut position = new_sections;
    let olds = former.ledger.sections.iter().filter(|section| section.plan == former.plan.id && !own.contains(&section.id));
    let olds: Vec<&Section> = olds.collect();
    // from the last down to the first, so that a heading is looked at after those below it
    for old in olds.iter().rev() {
        let holds_tasks = table::task::of_plan(store, &former.plan.id)?.iter().any(|task| task.section.as_ref() == Some(&old.id));
        let holds_headings =
            table::section::of_plan(store, &former.plan.id)?.iter().any(|section| section.parent.as_ref() == Some(&old.id));
        if !holds_tasks && !holds_headings {
            table::section::delete(store, &old.id)?;
        }
    }
    for old in olds {
        if table::section::find(store, &old.id)?.is_some() {
            table::section::update(store, &Section { position: as_position(position), ..old.clone() })?;
            position += 1;
        }
    }
    Ok(())
}
