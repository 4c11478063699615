//! What says nothing: tasks without a date, words and figures that are carried on unchanged, departments that stay silent.

use crate::model::context::Context;
use crate::model::ledger::{Measured, TaskRows};
use crate::model::returns;
use crate::wire::Quiet;
use plan::{PlanId, Quarter, TaskAssessment};

/// The kinds of silence that tasks can show, by the names under which their rows are asked for.
pub(crate) const OF_TASKS: [&str; 3] = ["undated", "unchanged", "carried"];

/// So many quarters of the same words are worth a question.
const SAME_WORDS: usize = 3;
/// So many quarters of the same figure: a year.
const SAME_FIGURES: usize = 4;

/// Whether a task that counts and is open shows a kind of silence.
pub(crate) fn shows(context: Context<'_>, row: &TaskRows, judged: &TaskAssessment, kind: &str) -> bool {
    if !judged.counted || judged.assessment.judgement.is_met() || row.task.closed_on.is_some() {
        return false;
    }
    match kind {
        "undated" => is_undated(context, row),
        "unchanged" => is_unchanged(context, row),
        "carried" => context.ledger.measured_of(row).any(|measured| is_carried(measured, context.moment.quarter)),
        _ => false,
    }
}

/// Nothing of it has a date of its own.
fn is_undated(context: Context<'_>, row: &TaskRows) -> bool {
    row.task.due.is_none()
        && row.milestones.is_empty()
        && row.items.iter().all(|item| item.due.is_none())
        && context.ledger.measured_of(row).flat_map(|measured| &measured.targets).all(|target| target.due.is_none())
}

fn back(quarter: Quarter, by: usize) -> Quarter {
    (0..by).fold(quarter, |quarter, _| quarter.previous())
}

/// What the answering department wrote is word for word what it wrote before.
fn is_unchanged(context: Context<'_>, row: &TaskRows) -> bool {
    let Some(department) = row.answering() else { return false };
    let said = |by: usize| row.progress_of(department, back(context.moment.quarter, by)).map(|said| said.done.trim());
    said(0).is_some_and(|now| !now.is_empty() && (1..SAME_WORDS).all(|by| said(by) == Some(now)))
}

/// A figure that no quarter of a year has moved.
fn is_carried(measured: &Measured, quarter: Quarter) -> bool {
    let figure = |by: usize| {
        let of = back(quarter, by);
        measured.actuals.iter().find(|actual| actual.quarter == of).map(|actual| actual.value.to_bits())
    };
    figure(0).is_some_and(|now| (1..SAME_FIGURES).all(|by| figure(by) == Some(now)))
}

/// All kinds of silence that there are; `before` holds the judgements of the quarter before.
pub(crate) fn quiet(context: Context<'_>, before: &[TaskAssessment], plan: Option<&PlanId>) -> Vec<Quiet> {
    let mut counts = [0_usize; OF_TASKS.len()];
    for (_, row, judged) in context.tasks(plan) {
        for (kind, count) in OF_TASKS.iter().zip(&mut counts) {
            *count += usize::from(shows(context, row, judged, kind));
        }
    }
    let of_tasks = OF_TASKS.iter().zip(counts).map(|(kind, count)| Quiet { kind: (*kind).to_owned(), count, names: Vec::new() });
    let earlier = Context { moment: context.moment.previous(), judged: before, ..context };
    let (then, now) = (returns::standings(earlier, plan), returns::standings(context, plan));
    let twice = context
        .ledger
        .departments
        .iter()
        .zip(then.iter().zip(&now))
        .filter(|(_, (then, now))| then.is_missing() && now.is_missing());
    let names: Vec<String> = twice.map(|(department, _)| department.name.clone()).collect();
    // before anything was reported nobody was silent
    let was_asked = then.iter().any(|standing| standing.returned);
    let names = if was_asked { names } else { Vec::new() };
    let silent = Quiet { kind: "silent_twice".to_owned(), count: names.len(), names };
    of_tasks.chain([silent]).filter(|quiet| quiet.count > 0).collect()
}
