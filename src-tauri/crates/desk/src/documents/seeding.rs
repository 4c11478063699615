//! A plan that ships, with the quarters that were filled for it.

use crate::documents::planting::NewRows;
use crate::ledger::applying::by_number;
use crate::ledger::edits;
use crate::model::departments::find_department;
use crate::model::desk::Desk;
use crate::model::environment::local;
use crate::model::labels;
use crate::model::refusals::gone;
use crate::wire::{self, Edit, Refusal, Seed};
use chrono::NaiveDate;
use messages::{Label, Noun};
use plan::{DepartmentId, Progress, ProgressId, Quarter};
use serde_json::Value;
use store::{Stamp, table};

impl Desk {
    /// Fills a new workbook from a plan that ships.
    pub(crate) fn plant_seed(&mut self, seed: &Seed, stamp: &Stamp) -> Result<(), Refusal> {
        let rows = self.plant(&seed.draft, "", None, stamp)?;
        let made_for = seed.as_of.as_ref().and_then(|day| day.parse().ok());
        let today = made_for.unwrap_or_else(|| local(stamp.at).date());
        let departments = {
            let all = table::department::list(&self.reading())?;
            move |name: &str| find_department(&all, name).map(|d| d.id.clone())
        };
        for quarter in &seed.quarters {
            let label =
                labels::kept(Label::FillQuarter { quarter: crate::model::refusals::said(quarter.quarter.parse::<Quarter>()?) });
            self.workbook().edit(&label, stamp, |store| fill_quarter(store, quarter, &rows, &departments, today))?;
        }
        let mut edits = Vec::new();
        let mut set = |key: &str, value: &Option<String>| {
            if let Some(value) = value {
                edits.push(Edit::SetSetting { key: key.to_owned(), value: Value::String(value.clone()) });
            }
        };
        set("office", &seed.office);
        set("as_of", &seed.as_of);
        set("quarter", &seed.quarter);
        self.apply(&edits, &by_number(edits.len()), today, stamp)?;
        self.changed();
        Ok(())
    }
}

/// Writes a seed's quarter with the ids that its draft was given.
fn fill_quarter(
    store: &mut store::Edit<'_>,
    filled: &wire::SeedQuarter,
    rows: &NewRows,
    department: &dyn Fn(&str) -> Option<DepartmentId>,
    today: NaiveDate,
) -> Result<(), Refusal> {
    let quarter: Quarter = filled.quarter.parse()?;
    let made = |store: &mut store::Edit<'_>, edit: Edit| edits::make(store, &edit, today);
    for (item, day) in &filled.items {
        let id = rows.item_ids.get(item).ok_or_else(|| gone(Noun::ChecklistItem, item))?;
        made(store, Edit::TickItem { item: id.to_string(), done_on: Some(day.clone()) })?;
    }
    for (milestone, day) in &filled.milestones {
        let id = rows.milestone_ids.get(milestone).ok_or_else(|| gone(Noun::Milestone, milestone))?;
        made(store, Edit::CompleteMilestone { milestone: id.to_string(), done_on: Some(day.clone()) })?;
    }
    for (target, value, note) in &filled.actuals {
        let id = rows.target_ids.get(target).ok_or_else(|| gone(Noun::Target, target))?;
        let edit = Edit::SetActual {
            target: id.to_string(),
            quarter: filled.quarter.clone(),
            value: Some(*value),
            note: Some(note.clone()),
            department: None,
        };
        made(store, edit)?;
    }
    for progress in &filled.progress {
        let row = Progress {
            id: ProgressId::new(store.new_id()),
            task: rows.task_ids.get(&progress.task).cloned().ok_or_else(|| gone(Noun::Task, &progress.task))?,
            department: department(&progress.department).ok_or_else(|| gone(Noun::Department, &progress.department))?,
            quarter,
            status: progress.status.parse()?,
            done: progress.done.clone(),
            problems: progress.problems.clone(),
            next: progress.next.clone(),
        };
        // a sample's units returned on the quarter's last day
        let (by, at) = (store.stamp().who.clone(), quarter.last_day().and_time(chrono::NaiveTime::MIN));
        table::progress::insert_written(store, &row, &by, at)?;
    }
    for (kind, text) in &filled.passages {
        made(store, Edit::SetPassage { quarter: filled.quarter.clone(), kind: kind.clone(), text: text.clone() })?;
    }
    Ok(())
}
