//! What a county's file would change, field by field.

use super::plan_title;
use crate::exchange::{day_text, figure_values, progress_values};
use crate::ledger::history::{Names, field_word, table_word};
use crate::model::ledger::Ledger;
use crate::wire::FieldChange;
use packet::Issue;
use plan::{ChecklistItem, DepartmentId, Milestone, PlanId, Target};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// A value beside what it replaces.
struct Found<'a> {
    names: &'a Names<'a>,
    changes: Vec<FieldChange>,
}

impl Found<'_> {
    fn compare(&mut self, (what, id, row): (&str, &str, &str), field: &str, old: Option<String>, new: Option<String>) {
        let blank = |value: &Option<String>| value.as_ref().is_none_or(String::is_empty);
        if old == new || (blank(&old) && blank(&new)) {
            return;
        }
        self.changes.push(FieldChange {
            what: what.to_owned(),
            row: row.to_owned(),
            id: id.to_owned(),
            field: field.to_owned(),
            label: format!("{}·{}", table_word(what), field_word(what, field)),
            old: old.map(|old| self.names.value(field, &old)),
            new: new.map(|new| self.names.value(field, &new)),
        });
    }
}

/// Every field that differs. Where the file is of an older quarter than one that was taken (`newest` is false), only what was
/// reported of its quarter counts.
pub(super) fn changes(issue: &Issue, ledger: &Ledger, newest: bool) -> Vec<FieldChange> {
    let names = Names::new(ledger);
    let mut found = Found { names: &names, changes: Vec::new() };
    if newest {
        plans(&mut found, issue, ledger);
        tasks(&mut found, issue, ledger);
        rows(&mut found, issue, ledger);
        targets(&mut found, issue, ledger);
    }
    reported(&mut found, issue, ledger);
    found.changes
}

fn plans(found: &mut Found<'_>, issue: &Issue, ledger: &Ledger) {
    for plan in &issue.plans {
        let before = ledger.tasks.iter().filter(|row| row.task.plan == plan.id).count();
        let now = issue.tasks.iter().filter(|task| task.plan == plan.id).count();
        if before != now {
            found.changes.push(FieldChange {
                what: "plan".to_owned(),
                row: plan_title(&issue.head, &plan.title),
                id: plan.id.to_string(),
                field: "tasks".to_owned(),
                label: "规划·任务数".to_owned(),
                old: (before > 0).then(|| before.to_string()),
                new: Some(now.to_string()),
            });
        }
    }
}

fn tasks(found: &mut Found<'_>, issue: &Issue, ledger: &Ledger) {
    let departments: HashMap<&DepartmentId, &str> = issue.departments.iter().map(|row| (&row.id, row.name.as_str())).collect();
    for task in &issue.tasks {
        let before = ledger.task(&task.id);
        let at = ("task", task.id.as_str(), task.title.as_str());
        let old = before.map(|row| &row.task);
        found.compare(at, "title", old.map(|old| old.title.clone()), Some(task.title.clone()));
        let Some(old) = old else { continue };
        found.compare(at, "number", Some(old.number.clone()), Some(task.number.clone()));
        found.compare(at, "due", old.due.map(|due| due.to_string()), task.due.map(|due| due.to_string()));
        found.compare(at, "closed_on", day_text(old.closed_on), day_text(task.closed_on));
        let judged = |task: &plan::Task| task.override_judgement.as_ref().map(|(word, _)| word.to_string());
        found.compare(at, "override_judgement", judged(old), judged(task));
        let of_file = issue.assignments.iter().filter(|row| row.task == task.id);
        let of_file: BTreeMap<&DepartmentId, String> = of_file.map(|row| (&row.department, row.role.to_string())).collect();
        let here = before.map(|row| row.assignments.as_slice()).unwrap_or_default();
        let here: BTreeMap<&DepartmentId, String> = here.iter().map(|row| (&row.department, row.role.to_string())).collect();
        for department in of_file.keys().chain(here.keys()).collect::<BTreeSet<_>>() {
            let name = departments.get(*department).map_or_else(|| ledger.department_name(department), |name| (*name).to_owned());
            let row = format!("{}（{name}）", task.title);
            let role = |of: &BTreeMap<&DepartmentId, String>| of.get(*department).cloned();
            found.compare(("assignment", task.id.as_str(), &row), "role", role(&here), role(&of_file));
        }
    }
    let plans: HashSet<&PlanId> = issue.plans.iter().map(|plan| &plan.id).collect();
    let kept: HashSet<&plan::TaskId> = issue.tasks.iter().map(|task| &task.id).collect();
    let gone = ledger.tasks.iter().map(|row| &row.task).filter(|task| plans.contains(&task.plan) && !kept.contains(&task.id));
    for task in gone {
        found.compare(("task", task.id.as_str(), &task.title), "title", Some(task.title.clone()), None);
    }
}

/// Checklist items and milestones.
fn rows(found: &mut Found<'_>, issue: &Issue, ledger: &Ledger) {
    let tasks: HashSet<&plan::TaskId> = issue.tasks.iter().map(|task| &task.id).collect();
    let plans: HashSet<&PlanId> = issue.plans.iter().map(|plan| &plan.id).collect();
    let theirs = || ledger.tasks.iter().filter(|row| tasks.contains(&row.task.id));
    let here: BTreeMap<_, &ChecklistItem> = theirs().flat_map(|row| &row.items).map(|item| (&item.id, item)).collect();
    let of_file: BTreeMap<_, &ChecklistItem> = issue.items.iter().map(|item| (&item.id, item)).collect();
    for id in here.keys().chain(of_file.keys()).collect::<BTreeSet<_>>() {
        let (old, new) = (here.get(*id).copied(), of_file.get(*id).copied());
        let Some(row) = new.or(old) else { continue };
        let at = ("checklist_item", id.as_str(), row.text.as_str());
        found.compare(at, "text", old.map(|old| old.text.clone()), new.map(|new| new.text.clone()));
        found.compare(
            at,
            "due",
            old.and_then(|old| old.due).map(|due| due.to_string()),
            new.and_then(|new| new.due).map(|due| due.to_string()),
        );
        found.compare(at, "done_on", day_text(old.and_then(|old| old.done_on)), day_text(new.and_then(|new| new.done_on)));
    }
    let milestones = ledger.tasks.iter().flat_map(|row| &row.milestones).chain(&ledger.goals);
    let here: BTreeMap<_, &Milestone> = milestones.filter(|row| plans.contains(&row.plan)).map(|row| (&row.id, row)).collect();
    let of_file: BTreeMap<_, &Milestone> = issue.milestones.iter().map(|row| (&row.id, row)).collect();
    for id in here.keys().chain(of_file.keys()).collect::<BTreeSet<_>>() {
        let (old, new) = (here.get(*id).copied(), of_file.get(*id).copied());
        let Some(row) = new.or(old) else { continue };
        let at = ("milestone", id.as_str(), row.what.as_str());
        found.compare(at, "what", old.map(|old| old.what.clone()), new.map(|new| new.what.clone()));
        found.compare(at, "due", old.map(|old| old.due.to_string()), new.map(|new| new.due.to_string()));
        found.compare(at, "done_on", day_text(old.and_then(|old| old.done_on)), day_text(new.and_then(|new| new.done_on)));
    }
}

fn targets(found: &mut Found<'_>, issue: &Issue, ledger: &Ledger) {
    let plans: HashSet<&PlanId> = issue.plans.iter().map(|plan| &plan.id).collect();
    let theirs = ledger.measured.iter().filter(|measured| plans.contains(&measured.indicator.plan));
    let here: BTreeMap<_, (&Target, &str)> = theirs
        .flat_map(|measured| measured.targets.iter().map(|target| (&target.id, (target, measured.indicator.name.as_str()))))
        .collect();
    let names: HashMap<_, &str> = issue.indicators.iter().map(|row| (&row.id, row.name.as_str())).collect();
    let named = |target: &Target| names.get(&target.indicator).copied().unwrap_or_default().to_owned();
    let of_file: BTreeMap<_, &Target> = issue.targets.iter().map(|target| (&target.id, target)).collect();
    for id in here.keys().chain(of_file.keys()).collect::<BTreeSet<_>>() {
        let (old, new) = (here.get(*id).copied(), of_file.get(*id).copied());
        let name = new.map(named).or(old.map(|(_, name)| name.to_owned())).unwrap_or_default();
        let old = old.map(|(target, _)| target);
        let at = ("target", id.as_str(), name.as_str());
        let value = |target: Option<&Target>| target.map(|target| packet::number_text(target.value));
        found.compare(at, "value", value(old), value(new));
        let due = |target: Option<&Target>| target.and_then(|target| target.due).map(|due| due.to_string());
        found.compare(at, "due", due(old), due(new));
    }
}

/// Progress and figures of the quarter.
fn reported(found: &mut Found<'_>, issue: &Issue, ledger: &Ledger) {
    let titles: BTreeMap<_, _> = issue.tasks.iter().map(|task| (&task.id, &task.title)).collect();
    let departments: BTreeMap<_, _> = issue.departments.iter().map(|row| (&row.id, &row.name)).collect();
    for written in &issue.progress {
        let row = &written.progress;
        let present = ledger.task(&row.task).and_then(|task| task.progress_of(&row.department, row.quarter));
        let before = present.map(progress_values);
        let title = titles.get(&row.task).map(|title| (*title).clone()).unwrap_or_default();
        let title = match departments.get(&row.department) {
            Some(department) => format!("{title}（{department}）"),
            None => title,
        };
        for (at, (address, value)) in progress_values(row).into_iter().enumerate() {
            let old = before.as_ref().map(|before| before[at].1.clone());
            found.compare((address.about.code(), &address.row, &title), address.field.code(), old, Some(value));
        }
    }
    let indicators: BTreeMap<_, _> = issue.indicators.iter().map(|row| (&row.id, &row.name)).collect();
    for row in issue.actuals.iter().filter(|row| row.quarter == issue.head.quarter) {
        let measured = ledger.measured.iter().find(|measured| measured.indicator.id == row.indicator);
        let present = measured.and_then(|measured| measured.actuals.iter().find(|actual| actual.id == row.id));
        let before = present.map(figure_values);
        let name = indicators.get(&row.indicator).map(|name| (*name).clone()).unwrap_or_default();
        for (at, (address, value)) in figure_values(row).into_iter().enumerate() {
            let old = before.as_ref().map(|before| before[at].1.clone());
            found.compare((address.about.code(), &address.row, &name), address.field.code(), old, Some(value));
        }
    }
}
