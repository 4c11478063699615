//! A new version beside the plan as the ledger has it: each field before and after.

use super::likeness::plain;
use super::matching::heading_of;
use super::{Former, Taken, ended};
use crate::documents::planting::without_number;
use crate::model::departments::find_department;
use crate::model::ledger::{Measured, TaskRows};
use crate::wire::{self, ComparedRow, Comparison, DroppedRow, FieldDifference};
use plan::{DepartmentId, Quarter, Role, Status, Target, TaskId};

/// So much of a changed sentence is shown on either side, in characters.
const SHOWN: usize = 60;
/// So much of what stayed is shown around a change, in characters.
const AROUND: usize = 6;

/// Compares a draft with the plan that it is a new version of; what is done with at `quarter` is not listed as dropped again.
pub(crate) fn compare(draft: &wire::Draft, former: &Former<'_>, quarter: Quarter) -> Comparison {
    let taken = Taken::of(draft, former);
    let comparing = Comparing { former, taken: &taken, quarter, of_ledger: !draft.rows.is_empty() };
    let rows = comparing.rows();
    let count = |state: &str| rows.iter().filter(|row| row.state == state).count();
    Comparison {
        plan: former.plan.id.to_string(),
        title: former.plan.title.clone(),
        cells: Vec::new(),
        added: count("added"),
        changed: count("changed"),
        unchanged: count("unchanged"),
        dropped: dropped(draft, former, &taken, quarter),
        fields: plan_fields(&draft.plan, former),
        rows,
    }
}

struct Comparing<'a> {
    former: &'a Former<'a>,
    taken: &'a Taken<'a>,
    quarter: Quarter,
    of_ledger: bool,
}

impl Comparing<'_> {
    fn rows(&self) -> Vec<ComparedRow> {
        let mut rows = Vec::new();
        for row in &self.taken.tasks {
            let old = self.taken.former(&row.id).and_then(|id| self.former.tasks.iter().find(|old| old.task.id.as_str() == id));
            rows.push(compared(
                &row.id,
                row.title.clone(),
                old.map(|old| (old.task.id.as_str(), old.task.title.clone(), self.task_fields(old, row))),
            ));
        }
        for row in &self.taken.targets {
            let old = self.taken.former(&row.id).and_then(|id| self.former.targets.iter().find(|old| old.1.id.as_str() == id));
            rows.push(compared(
                &row.id,
                format!("{} {}", row.indicator, value_line(&row.op, row.value, &row.unit)),
                old.map(|old| (old.1.id.as_str(), target_line(old.0, old.1), self.target_fields(old.0, old.1, row))),
            ));
        }
        for row in &self.taken.milestones {
            let old = self.taken.former(&row.id).and_then(|id| self.former.milestones.iter().find(|old| old.id.as_str() == id));
            let fields = old.map(|old| {
                let mut fields = Vec::new();
                differ(&mut fields, "what", &old.what, &row.what);
                differ(&mut fields, "due", &old.due.to_string(), &row.due);
                self.units(&mut fields, &old.departments, &row.departments);
                self.task(&mut fields, old.task.as_ref(), row.task.as_ref());
                (old.id.as_str(), old.what.clone(), fields)
            });
            rows.push(compared(&row.id, row.what.clone(), fields));
        }
        for row in &self.taken.items {
            let old = self.taken.former(&row.id).and_then(|id| self.former.items.iter().find(|old| old.id.as_str() == id));
            let fields = old.map(|old| {
                let mut fields = Vec::new();
                differ(&mut fields, "text", &old.text, &row.text);
                differ(&mut fields, "due", &words(old.due), row.due.as_deref().unwrap_or_default());
                self.units(&mut fields, &old.departments, &row.departments);
                self.task(&mut fields, Some(&old.task), Some(&row.task));
                (old.id.as_str(), old.text.clone(), fields)
            });
            rows.push(compared(&row.id, row.text.clone(), fields));
        }
        rows
    }

    fn task_fields(&self, old: &TaskRows, row: &wire::DraftTask) -> Vec<FieldDifference> {
        let mut fields = Vec::new();
        differ(&mut fields, "title", &old.task.title, &row.title);
        differ(&mut fields, "kind", old.task.kind.code(), &row.kind);
        let heading =
            old.task.section.as_ref().and_then(|id| self.former.ledger.section(id)).map_or("", |section| &section.title);
        differ(&mut fields, "section", heading, heading_of(row));
        // a document that names nobody does not take anybody off
        if !row.departments.is_empty() || !row.lead.is_empty() {
            let mut olds: Vec<(String, bool)> = old
                .assignments
                .iter()
                .map(|a| (self.former.ledger.department_name(&a.department), a.role == Role::Lead && !a.by_default))
                .collect();
            let mut news: Vec<(String, bool)> = Vec::new();
            for name in row.departments.iter().chain(&row.lead) {
                let known = self.known_name(name);
                if !news.iter().any(|(other, _)| *other == known) {
                    let leads = row.lead.iter().any(|lead| self.known_name(lead) == known);
                    news.push((known, leads));
                }
            }
            let line = |units: &[(String, bool)]| {
                let unit = |(name, leads): &(String, bool)| if *leads { format!("{name}（牵头）") } else { name.clone() };
                units.iter().map(unit).collect::<Vec<_>>().join("、")
            };
            let lines = (line(&olds), line(&news));
            olds.sort();
            news.sort();
            if olds != news {
                fields.push(FieldDifference { field: "departments".to_owned(), old: lines.0, new: lines.1 });
            }
        }
        let (was, is) = (without_number(&old.task.text).1, without_number(&row.quote).1);
        // a row of a ledger is compared cell by cell
        if !self.of_ledger && !was.is_empty() && !is.is_empty() && plain(was) != plain(is) {
            let (old, new) = changed_part(was, is);
            fields.push(FieldDifference { field: "sentence".to_owned(), old, new });
        }
        if ended(old, self.quarter) == Some(Status::Cancelled) {
            let (old, new) = (Status::Cancelled.chinese().to_owned(), Status::Underway.chinese().to_owned());
            fields.push(FieldDifference { field: "status".to_owned(), old, new });
        }
        fields
    }

    fn target_fields(&self, measured: &Measured, target: &Target, row: &wire::DraftTarget) -> Vec<FieldDifference> {
        let mut fields = Vec::new();
        let indicator = &measured.indicator;
        differ(&mut fields, "indicator", &indicator.name, &row.indicator);
        differ(
            &mut fields,
            "value",
            &value_line(target.op.code(), target.value, &indicator.unit),
            &value_line(&row.op, row.value, &row.unit),
        );
        differ(&mut fields, "due", &words(target.due), row.due.as_deref().unwrap_or_default());
        differ(&mut fields, "cadence", target.cadence.code(), &row.cadence);
        // a document that is silent on the base does not take it away
        if let Some(baseline) = row.baseline {
            let line = |(year, value): (i32, f64)| format!("{year}年 {}", plan::number(value, 6));
            let old = indicator.baseline.map(line).unwrap_or_default();
            differ(&mut fields, "baseline", &old, &line((baseline.year, baseline.value)));
        }
        let binding = |is: bool| if is { "约束性" } else { "预期性" };
        differ(&mut fields, "binding", binding(indicator.binding), binding(row.binding));
        self.task(&mut fields, indicator.task.as_ref(), row.task.as_ref());
        fields
    }

    fn known_name(&self, name: &str) -> String {
        let known = find_department(&self.former.ledger.departments, name.trim());
        known.map_or_else(|| name.trim().to_owned(), |known| known.name.clone())
    }

    fn units(&self, fields: &mut Vec<FieldDifference>, old: &[DepartmentId], new: &[String]) {
        if new.is_empty() {
            return;
        }
        let old: Vec<String> = old.iter().map(|id| self.former.ledger.department_name(id)).collect();
        let mut new: Vec<String> = new.iter().map(|name| self.known_name(name)).collect();
        new.dedup();
        let sorted = |names: &[String]| {
            let mut names = names.to_vec();
            names.sort();
            names
        };
        if sorted(&old) != sorted(&new) {
            fields.push(FieldDifference { field: "departments".to_owned(), old: old.join("、"), new: new.join("、") });
        }
    }

    /// Another task than the one that became this one.
    fn task(&self, fields: &mut Vec<FieldDifference>, old: Option<&TaskId>, new: Option<&String>) {
        let became = new.and_then(|new| self.taken.former(new));
        if old.map(TaskId::as_str) == became && old.is_some() == new.is_some() {
            return;
        }
        let was = old.and_then(|id| self.former.ledger.task(id)).map(|row| row.task.title.clone()).unwrap_or_default();
        let is = new.and_then(|id| self.taken.tasks.iter().find(|row| row.id == *id)).map(|row| row.title.clone());
        fields.push(FieldDifference { field: "task".to_owned(), old: was, new: is.unwrap_or_default() });
    }
}

fn compared(row: &str, words: String, former: Option<(&str, String, Vec<FieldDifference>)>) -> ComparedRow {
    let Some((id, text, fields)) = former else {
        return ComparedRow { row: row.to_owned(), state: "added".to_owned(), former: None, text: words, fields: Vec::new() };
    };
    let state = if fields.is_empty() { "unchanged" } else { "changed" };
    ComparedRow { row: row.to_owned(), state: state.to_owned(), former: Some(id.to_owned()), text, fields }
}

fn dropped(draft: &wire::Draft, former: &Former<'_>, taken: &Taken<'_>, quarter: Quarter) -> Vec<DroppedRow> {
    let claimed = |id: &str| taken.claimed.contains(id);
    let valid = |id: &str| draft.still_valid.iter().any(|other| other == id);
    let title =
        |task: Option<&TaskId>| task.and_then(|id| former.ledger.task(id)).map(|row| row.task.title.clone()).unwrap_or_default();
    // of a task that stays, or of none
    let stands = |task: Option<&TaskId>| task.is_none_or(|task| claimed(task.as_str()));
    let done = |is: bool| is.then(|| "done".to_owned());
    let mut rows = Vec::new();
    for row in former.tasks.iter().filter(|row| !claimed(row.task.id.as_str())) {
        let ended = ended(row, quarter);
        if ended == Some(Status::Cancelled) {
            continue;
        }
        let figures = former.ledger.measured_of(row).any(|measured| !measured.actuals.is_empty());
        let ticked = row.items.iter().any(|item| item.done_on.is_some()) || row.milestones.iter().any(|m| m.done_on.is_some());
        let work = match ended {
            Some(_) => Some("closed"),
            None if !row.progress.is_empty() || figures || ticked => Some("progress"),
            None => None,
        };
        rows.push(DroppedRow {
            id: row.task.id.to_string(),
            kind: "task".to_owned(),
            text: row.task.title.clone(),
            task: String::new(),
            due: row.task.due.map(|due| due.to_string()),
            work: work.map(str::to_owned),
            // what was closed after a check stays closed
            still_valid: ended.is_some() || valid(row.task.id.as_str()),
        });
    }
    for (measured, target) in &former.targets {
        let task = measured.indicator.task.as_ref();
        if claimed(target.id.as_str()) || !stands(task) || is_step_of_one_that_stays(measured, target, taken) {
            continue;
        }
        rows.push(DroppedRow {
            id: target.id.to_string(),
            kind: "target".to_owned(),
            text: target_line(measured, target),
            task: title(task),
            due: target.due.map(|due| due.to_string()),
            work: (!measured.actuals.is_empty()).then(|| "figures".to_owned()),
            still_valid: valid(target.id.as_str()),
        });
    }
    for row in former.milestones.iter().filter(|row| !claimed(row.id.as_str()) && stands(row.task.as_ref())) {
        rows.push(DroppedRow {
            id: row.id.to_string(),
            kind: "milestone".to_owned(),
            text: row.what.clone(),
            task: title(row.task.as_ref()),
            due: Some(row.due.to_string()),
            work: done(row.done_on.is_some()),
            still_valid: valid(row.id.as_str()),
        });
    }
    for row in former.items.iter().filter(|row| !claimed(row.id.as_str()) && stands(Some(&row.task))) {
        rows.push(DroppedRow {
            id: row.id.to_string(),
            kind: "item".to_owned(),
            text: row.text.clone(),
            task: title(Some(&row.task)),
            due: row.due.map(|due| due.to_string()),
            work: done(row.done_on.is_some()),
            still_valid: valid(row.id.as_str()),
        });
    }
    rows
}

/// Whether a target is a yearly step that the program proposed towards one that stays: no document has it, and it goes with that.
pub(super) fn is_step_of_one_that_stays(measured: &Measured, target: &Target, taken: &Taken<'_>) -> bool {
    target.proposed && measured.targets.iter().any(|other| !other.proposed && taken.claimed.contains(other.id.as_str()))
}

fn plan_fields(facts: &wire::DraftPlan, former: &Former<'_>) -> Vec<FieldDifference> {
    let plan = former.plan;
    let mut fields = Vec::new();
    let mut field = |name: &str, old: Option<String>, new: Option<String>| {
        if let Some(new) = new.filter(|new| !new.is_empty()) {
            differ(&mut fields, name, &old.unwrap_or_default(), &new);
        }
    };
    field("title", Some(plan.title.clone()), facts.title.clone());
    field("doc_number", plan.doc_number.clone(), facts.doc_number.clone());
    field("issuer", plan.issuer.clone(), facts.issuer.clone());
    field("issued_on", plan.issued_on.map(|day| day.to_string()), facts.issued_on.clone());
    field("from", plan.period_from.map(|year| year.to_string()), facts.period.from.map(|year| year.to_string()));
    field("to", plan.period_to.map(|year| year.to_string()), facts.period.to.map(|year| year.to_string()));
    field("stage", Some(plan.stage.code().to_owned()), facts.stage.clone());
    fields
}

fn differ(fields: &mut Vec<FieldDifference>, field: &str, old: &str, new: &str) {
    if plain(old) != plain(new) {
        fields.push(FieldDifference { field: field.to_owned(), old: old.to_owned(), new: new.to_owned() });
    }
}

fn words(due: Option<plan::Due>) -> String {
    due.map(|due| due.to_string()).unwrap_or_default()
}

fn target_line(measured: &Measured, target: &Target) -> String {
    format!("{} {}", measured.indicator.name, value_line(target.op.code(), target.value, &measured.indicator.unit))
}

fn value_line(op: &str, value: f64, unit: &str) -> String {
    let sign = match op {
        ">=" => "≥",
        "<=" => "≤",
        "~" => "约",
        _ => "",
    };
    format!("{sign}{}{unit}", plan::number(value, 6))
}

/// The part of two texts that differs, with a little of what stayed around it.
fn changed_part(old: &str, new: &str) -> (String, String) {
    let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let ahead = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let room = old.len().min(new.len()) - ahead;
    let behind = old.iter().rev().zip(new.iter().rev()).take(room).take_while(|(a, b)| a == b).count();
    let part = |text: &[char]| {
        let from = ahead.saturating_sub(AROUND);
        let to = (text.len() - behind + AROUND).min(text.len());
        let cut = to.min(from + SHOWN);
        let inner: String = text[from..cut].iter().map(|c| if c.is_control() { ' ' } else { *c }).collect();
        format!("{}{inner}{}", if from > 0 { "…" } else { "" }, if cut < text.len() { "…" } else { "" })
    };
    (part(&old), part(&new))
}

#[cfg(test)]
mod tests {
    use super::changed_part;

    #[test]
    fn only_what_changed_of_a_sentence_is_shown() {
        let (old, new) =
            changed_part("到2026年,改造连片池塘12000亩,配套渠道40公里。", "到2026年,改造连片池塘15000亩,配套渠道40公里。");
        assert_eq!((old.as_str(), new.as_str()), ("…造连片池塘12000亩,配…", "…造连片池塘15000亩,配…"));
        let (old, new) = changed_part("甲", "甲乙");
        assert_eq!((old.as_str(), new.as_str()), ("甲", "甲乙"));
        let (long, _) = changed_part(&"长".repeat(500), "短");
        assert_eq!(long.chars().count(), 61);
    }
}
