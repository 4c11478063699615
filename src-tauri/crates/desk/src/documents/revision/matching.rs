//! Which row of the ledger a row of a new version is. Tasks go by title, sentence, departments and heading, never by their number:
//! a new version renumbers. What hangs on tasks goes by its words, and by the task that it hangs on.

use super::Former;
use super::likeness::{Pairs, plain};
use super::pairing::{Fit, best, near};
use crate::documents::planting::without_number;
use crate::model::departments::find_department;
use crate::wire;
use plan::{Department, DepartmentId, Plan};
use std::collections::HashMap;

/// Below this two tasks are two tasks.
const SAME_TASK: f64 = 0.40;
/// Below this two rows of a task are two.
const SAME_ROW: f64 = 0.50;

/// The plan of the workbook that a document of this title is a new version of.
pub(crate) fn revised_plan<'a>(plans: &'a [Plan], facts: &wire::DraftPlan) -> Option<&'a Plan> {
    let title = bare_title(facts.title.as_deref()?);
    let words = |title: &str| Pairs::of(&title.chars().filter(|c| !c.is_ascii_digit() && *c != '年').collect::<String>());
    let pairs = words(&title);
    if pairs.is_empty() {
        return None;
    }
    let alike = |plan: &Plan| {
        let other = bare_title(&plan.title);
        let years = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        // 2021—2025 and 2026—2030 are two plans, however alike their titles are
        let (own, others) = (years(&title), years(&other));
        let same_years = own == others || own.is_empty() || others.is_empty();
        let likeness = pairs.likeness(&words(&other));
        (same_years && likeness > 0.84).then_some(likeness)
    };
    let likest = plans.iter().filter_map(|plan| Some((plan, alike(plan)?)));
    // the first of equals
    likest
        .fold(None, |best: Option<(&Plan, f64)>, one| if best.is_none_or(|best| one.1 > best.1) { Some(one) } else { best })
        .map(|(plan, _)| plan)
}

/// A title without what tells versions apart.
fn bare_title(title: &str) -> String {
    let mut bare = plain(title);
    for word in [
        "(征求意见稿)",
        "(送审稿)",
        "(修订稿)",
        "(修订版)",
        "(讨论稿)",
        "(草案)",
        "(试行)",
        "(修订)",
        "征求意见稿",
        "送审稿",
        "修订版",
        "《",
        "》",
    ] {
        bare = bare.replace(word, "");
    }
    bare
}

/// Writes into each row of the draft which row of the plan it is; `known` are tasks of the draft that are known to be tasks of the
/// ledger.
pub(crate) fn match_rows(draft: &mut wire::Draft, former: &Former<'_>, known: &HashMap<String, String>) {
    for same_as in draft
        .tasks
        .iter_mut()
        .map(|row| &mut row.same_as)
        .chain(draft.targets.iter_mut().map(|row| &mut row.same_as))
        .chain(draft.milestones.iter_mut().map(|row| &mut row.same_as))
        .chain(draft.checklist_items.iter_mut().map(|row| &mut row.same_as))
    {
        *same_as = None;
    }
    match_tasks(draft, former);
    for row in &mut draft.tasks {
        if let Some(task) = known.get(&row.id) {
            row.same_as = Some(task.clone());
        } else if row.same_as.as_ref().is_some_and(|task| known.values().any(|other| other == task)) {
            row.same_as = None;
        }
    }
    let tasks: HashMap<String, String> =
        draft.tasks.iter().filter_map(|row| Some((row.id.clone(), row.same_as.clone()?))).collect();
    // 1 for the same task, or for no task on either side
    let same_task = |old: Option<&plan::TaskId>, new: Option<&String>| match (old, new) {
        (None, None) => 1.0,
        (Some(old), Some(new)) if tasks.get(new).is_some_and(|former| former == old.as_str()) => 1.0,
        _ => 0.0,
    };
    let yes = |is: bool| if is { 1.0 } else { 0.0 };

    let olds: Vec<[Pairs; 2]> = former
        .targets
        .iter()
        .map(|(measured, target)| [Pairs::of(&measured.indicator.name), Pairs::of(former.sentence(target.span))])
        .collect();
    let news: Vec<[Pairs; 2]> = draft.targets.iter().map(|row| [Pairs::of(&row.indicator), Pairs::of(&row.quote)]).collect();
    let targets = paired(&olds, &news, SAME_ROW, |old, new, words| {
        let ((measured, target), row) = (&former.targets[old], &draft.targets[new]);
        let due = target.due.map(|due| due.to_string());
        let same_due = due == row.due;
        let same_value = (target.value - row.value).abs() < 1e-9 && target.op.code() == row.op;
        let same_unit = measured.indicator.unit == row.unit;
        let task = same_task(measured.indicator.task.as_ref(), row.task.as_ref());
        // a figure with another name, unit and date is another figure, whatever its sentence
        if words[0] < 0.3 && !(same_value && same_due && same_unit && task > 0.0) {
            return 0.0;
        }
        0.5 * words[0] + 0.12 * yes(same_unit) + 0.08 * yes(same_due) + 0.06 * yes(same_value) + 0.14 * task + 0.1 * words[1]
            - 0.1 * yes(target.cadence.code() != row.cadence)
    });
    for (old, new) in targets {
        draft.targets[new].same_as = Some(former.targets[old].1.id.to_string());
    }

    let olds: Vec<[Pairs; 2]> =
        former.milestones.iter().map(|row| [Pairs::of(&row.what), Pairs::of(former.sentence(row.span))]).collect();
    let news: Vec<[Pairs; 2]> = draft.milestones.iter().map(|row| [Pairs::of(&row.what), Pairs::of(&row.quote)]).collect();
    let milestones = paired(&olds, &news, SAME_ROW, |old, new, words| {
        let (milestone, row) = (former.milestones[old], &draft.milestones[new]);
        let task = same_task(milestone.task.as_ref(), row.task.as_ref());
        0.62 * words[0] + 0.08 * words[1] + 0.12 * yes(milestone.due.to_string() == row.due) + 0.18 * task
    });
    for (old, new) in milestones {
        draft.milestones[new].same_as = Some(former.milestones[old].id.to_string());
    }

    let olds: Vec<[Pairs; 2]> =
        former.items.iter().map(|row| [Pairs::of(&row.text), Pairs::of(former.sentence(row.span))]).collect();
    let news: Vec<[Pairs; 2]> = draft.checklist_items.iter().map(|row| [Pairs::of(&row.text), Pairs::of(&row.quote)]).collect();
    let items = paired(&olds, &news, SAME_ROW, |old, new, words| {
        let (item, row) = (former.items[old], &draft.checklist_items[new]);
        let due = item.due.map(|due| due.to_string());
        0.66 * words[0] + 0.06 * words[1] + 0.08 * yes(due == row.due) + 0.2 * same_task(Some(&item.task), Some(&row.task))
    });
    for (old, new) in items {
        draft.checklist_items[new].same_as = Some(former.items[old].id.to_string());
    }
}

fn match_tasks(draft: &mut wire::Draft, former: &Former<'_>) {
    // a plan that was made without its sentences goes by what hangs on its tasks
    let with_text =
        former.tasks.iter().any(|row| !row.task.text.is_empty()) && draft.tasks.iter().any(|row| !row.quote.is_empty());
    let of_children = |words: Vec<&str>| Pairs::of(&words.join("。"));
    let olds: Vec<[Pairs; 2]> = former
        .tasks
        .iter()
        .map(|row| {
            let items = row.items.iter().map(|item| item.text.as_str());
            let names = former.ledger.measured_of(row).map(|measured| measured.indicator.name.as_str());
            let whole = if with_text { Pairs::of(&row.task.text) } else { of_children(items.chain(names).collect()) };
            [Pairs::of(&row.task.title), whole]
        })
        .collect();
    let news: Vec<[Pairs; 2]> = draft
        .tasks
        .iter()
        .map(|task| {
            let items = draft.checklist_items.iter().filter(|row| row.task == task.id).map(|row| row.text.as_str());
            let names = draft.targets.iter().filter(|row| row.task.as_ref() == Some(&task.id)).map(|row| row.indicator.as_str());
            let whole = if with_text { Pairs::of(&task.quote) } else { of_children(items.chain(names).collect()) };
            [Pairs::of(&task.title), whole]
        })
        .collect();
    let departments = &former.ledger.departments;
    let old_units: Vec<Vec<&DepartmentId>> =
        former.tasks.iter().map(|row| row.assignments.iter().map(|a| &a.department).collect()).collect();
    let new_units: Vec<Vec<Option<&DepartmentId>>> = draft
        .tasks
        .iter()
        .map(|row| {
            row.departments.iter().map(|name| find_department(departments, name.trim()).map(|d: &Department| &d.id)).collect()
        })
        .collect();
    let old_heads: Vec<Pairs> = former
        .tasks
        .iter()
        .map(|row| {
            row.task
                .section
                .as_ref()
                .and_then(|id| former.ledger.section(id))
                .map_or_else(Pairs::default, |s| Pairs::of(&s.title))
        })
        .collect();
    let new_heads: Vec<Pairs> = draft.tasks.iter().map(|row| Pairs::of(heading_of(row))).collect();
    let place = |at: usize, of: usize| at as f64 / of.max(1) as f64;
    let pairs = paired(&olds, &news, SAME_TASK, |old, new, words| {
        let (units, named) = (&old_units[old], &new_units[new]);
        let common = named.iter().flatten().filter(|id| units.contains(id)).count();
        let all = units.len() + named.len() - common;
        let units = if all == 0 { 1.0 } else { common as f64 / all as f64 };
        let heading = old_heads[old].likeness(&new_heads[new]);
        let order = 1.0 - (place(old, olds.len()) - place(new, news.len())).abs();
        let same_kind = former.tasks[old].task.kind.code() == draft.tasks[new].kind;
        let without_words = olds[old][1].is_empty() || news[new][1].is_empty();
        let words = if without_words { 0.85 * words[0] } else { 0.5 * words[0] + 0.35 * words[1] };
        words + 0.08 * units + 0.05 * heading + 0.02 * order - if same_kind { 0.0 } else { 0.1 }
    });
    for (old, new) in pairs {
        draft.tasks[new].same_as = Some(former.tasks[old].task.id.to_string());
    }
}

/// The title of the heading that a task of a draft stands under.
pub(super) fn heading_of(task: &wire::DraftTask) -> &str {
    crate::documents::planting::headings_above(task).last().map_or("", |heading| without_number(heading).1)
}

/// The best pairs of two lists; `weigh` gets the likeness of each of their texts.
fn paired(
    olds: &[[Pairs; 2]],
    news: &[[Pairs; 2]],
    least: f64,
    weigh: impl Fn(usize, usize, [f64; 2]) -> f64,
) -> Vec<(usize, usize)> {
    let column = |rows: &[[Pairs; 2]], at: usize| rows.iter().map(|row| row[at].clone()).collect::<Vec<_>>();
    let mut candidates = near(&column(olds, 0), &column(news, 0));
    candidates.extend(near(&column(olds, 1), &column(news, 1)));
    candidates.sort_unstable();
    candidates.dedup();
    let fits: Vec<Fit> = candidates
        .into_iter()
        .map(|(old, new)| {
            let words = [olds[old][0].likeness(&news[new][0]), olds[old][1].likeness(&news[new][1])];
            Fit { old, new, score: weigh(old, new, words) }
        })
        .filter(|fit| fit.score >= least)
        .collect();
    best(&fits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use plan::{PlanId, PlanStage, Register};

    fn plan(title: &str) -> Plan {
        Plan {
            id: PlanId::new(title),
            title: title.to_owned(),
            doc_number: None,
            issuer: None,
            issued_on: None,
            period_from: None,
            period_to: None,
            stage: PlanStage::Draft,
            register: Register::Plan,
            source_text: String::new(),
            position: 0,
        }
    }

    #[test]
    fn a_draft_for_comment_and_the_issued_plan_are_one_and_another_period_is_not() {
        let plans = [plan("澄湖县渔业振兴三年行动方案（2025—2027年）（征求意见稿）"), plan("澄湖县茶产业发展规划")];
        let found = |title: &str| {
            let facts = wire::DraftPlan { title: Some(title.to_owned()), ..wire::DraftPlan::default() };
            revised_plan(&plans, &facts).map(|plan| plan.title.clone())
        };
        assert_eq!(found("澄湖县渔业振兴三年行动方案(2025—2027年)"), Some(plans[0].title.clone()));
        assert_eq!(found("澄湖县渔业振兴三年行动方案"), Some(plans[0].title.clone()));
        assert_eq!(found("澄湖县渔业振兴三年行动方案(2028—2030年)"), None);
        assert_eq!(found("澄湖县茶产业发展规划（修订版）"), Some(plans[1].title.clone()));
        assert_eq!(found("澄湖县林业发展规划"), None);
    }
}
