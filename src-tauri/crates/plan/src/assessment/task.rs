//! Judgement of one task in a quarter, from everything that hangs on it.

use super::target::{passes_or_fails, time_share};
use super::{
    Assessment, Moment, TargetInput, assess_milestone, assess_target, current_step, gap_words, item_lamp, mean,
    not_returned_lamp, percent, share,
};
use crate::{
    Actual, Assignment, ChecklistItem, DepartmentId, Due, Indicator, IndicatorKind, Judgement, Lamp, Milestone, Plan, Progress,
    Quarter, Role, RuleSet, Status, Target, Task, quoted,
};
use chrono::Datelike;

/// Everything a task is judged by.
#[derive(Debug, Clone, Copy)]
pub struct TaskInput<'a> {
    /// The plan, for its period.
    pub plan: &'a Plan,
    /// The task.
    pub task: &'a Task,
    /// Its departments.
    pub assignments: &'a [Assignment],
    /// Its checklist.
    pub items: &'a [ChecklistItem],
    /// Its milestones.
    pub milestones: &'a [Milestone],
    /// Its indicators, each with its targets and figures.
    pub indicators: &'a [(&'a Indicator, &'a [Target], &'a [Actual])],
    /// What departments wrote, of all quarters.
    pub progress: &'a [Progress],
}

/// A task's judgement in a quarter, and whether it counts in shares (未到期 and 取消 do not).
#[derive(Debug, Clone, PartialEq)]
pub struct TaskAssessment {
    /// The judgement with its reason.
    pub assessment: Assessment,
    /// Whether it is in the denominator of shares.
    pub counted: bool,
    /// Whether anything was returned for the quarter.
    pub returned: bool,
}

/// The department that answers for a task: the first lead, else the first named.
#[must_use]
pub fn answering(assignments: &[Assignment]) -> Option<&DepartmentId> {
    assignments.iter().find(|a| a.role == Role::Lead).or(assignments.first()).map(|a| &a.department)
}

/// The handling status of a task in a quarter: the answering department's word of that quarter, else the first word there is.
/// Where a quarter has none, 取消 and 已销号 of the last quarter that has one go on standing; all others speak of their quarter
/// only.
#[must_use]
pub fn status_in(assignments: &[Assignment], progress: &[Progress], quarter: Quarter) -> Status {
    let Some(last) = progress.iter().map(|p| p.quarter).filter(|&of| of <= quarter).max() else { return Status::NotStarted };
    let answers = answering(assignments);
    let mut of_last = progress.iter().filter(|p| p.quarter == last);
    let first = of_last.clone().next();
    let word = of_last.find(|p| Some(&p.department) == answers).or(first).map_or(Status::NotStarted, |p| p.status);
    if last == quarter || matches!(word, Status::Cancelled | Status::Closed) { word } else { Status::NotStarted }
}

/// Judges a task: the office's own judgement first; then past due; then the worst of its binding indicators and of the
/// milestones that are due; else the weighted mean gap of its other indicators, or what is worse among those that pass or fail,
/// grow, or have no figure for the quarter; else its checklist.
///
/// Milestones alone never hide indicators that lag: where no binding indicator stands beside them and none is late, the other
/// indicators decide.
///
/// Where the rules judge what was not done by its date, the worse of that and of all else stands.
#[must_use]
pub fn assess_task(input: TaskInput<'_>, rules: &RuleSet, moment: Moment) -> TaskAssessment {
    let judged = assess_by_rows(input, rules, moment);
    let Some(missed) = rules.missed.filter(|_| judged.counted && input.task.override_judgement.is_none()) else { return judged };
    if matches!(judged.assessment.judgement, Judgement::Completed | Judgement::Overdue) {
        return judged;
    }
    let milestones = input.milestones.iter().filter(|milestone| !moment.is_done(milestone.done_on));
    let items = input.items.iter().filter(|item| !moment.is_done(item.done_on));
    let open = milestones
        .map(|milestone| (&milestone.what, milestone.due))
        .chain(items.filter_map(|item| Some((&item.text, item.due?))))
        .filter(|(_, due)| moment.is_past(*due))
        .map(|(what, due)| (moment.missed(missed, due), what, due));
    // of equal ones the first in the ledger's order
    let worst = open.rev().max_by_key(|((judgement, _), ..)| *judgement);
    match worst {
        Some(((judgement, words), what, due))
            if judgement > judged.assessment.judgement || judged.assessment.judgement == Judgement::NotReturned =>
        {
            let lamp = rules.lamp(judgement);
            let why = format!("{}{}到期，{words}→{lamp}", quoted(what), due.chinese());
            TaskAssessment { assessment: Assessment { judgement, lamp, why, ..judged.assessment }, ..judged }
        }
        _ => judged,
    }
}

fn assess_by_rows(input: TaskInput<'_>, rules: &RuleSet, moment: Moment) -> TaskAssessment {
    let TaskInput { plan, task, assignments, items, milestones, indicators, progress } = input;
    let quarter = moment.quarter;
    let status = status_in(assignments, progress, quarter);
    let returned = progress.iter().any(|p| p.quarter == quarter)
        || indicators.iter().any(|(_, _, actuals)| actuals.iter().any(|actual| actual.quarter == quarter));

    let done_items = items.iter().filter(|item| moment.is_done(item.done_on)).count();
    let due = task.due.or(plan.period_to.map(Due::Year));
    let first_year = plan.period_from.or(plan.issued_on.map(|day| day.year()));
    let time = due.map(|due| {
        let start = task.start.map(Quarter::of).or_else(|| Quarter::new(first_year.unwrap_or_else(|| due.year()), 1));
        time_share(start.unwrap_or_else(|| Quarter::of(due.last_day())), due, rules, quarter)
    });

    let current: Vec<(&Indicator, &Target, Assessment)> = indicators
        .iter()
        .filter_map(|(indicator, steps, actuals)| {
            let target = current_step(plan, steps, quarter)?;
            let judged = assess_target(TargetInput { plan, indicator, target, steps, actuals }, rules, moment);
            Some((*indicator, target, judged))
        })
        .collect();
    // Those that go a way towards their target; what passes or fails has no part in a mean and speaks by its judgement.
    let open: Vec<&(&Indicator, &Target, Assessment)> = current
        .iter()
        .filter(|(indicator, target, judged)| {
            judged.gap.is_some() && indicator.kind != IndicatorKind::Growth && !passes_or_fails(indicator, target)
        })
        .collect();
    // A figure past its target does not make up for one that lags: each counts as at most done.
    let reached = mean(open.iter().filter_map(|(indicator, _, judged)| Some((indicator.weight, judged.completion?.min(1.0)))));
    let scheduled = mean(open.iter().filter_map(|(indicator, _, judged)| Some((indicator.weight, judged.schedule?))));
    // What is done and what should be, by one and the same measure: the figures where there are any, else the checklist and time.
    let way = match (reached, scheduled) {
        (Some(reached), Some(scheduled)) => (Some(reached), Some(scheduled)),
        _ => (share(done_items, items.len()), time),
    };

    let verdict_of = |judgement: Judgement, lamp: Lamp, why: String, gap: Option<f64>, way: (Option<f64>, Option<f64>)| {
        let (completion, schedule) = way;
        TaskAssessment {
            assessment: Assessment { completion, schedule, gap, judgement, lamp, why },
            counted: judgement != Judgement::NotDue && status != Status::Cancelled,
            returned,
        }
    };
    let verdict = |judgement: Judgement, lamp: Lamp, why: String, gap: Option<f64>| verdict_of(judgement, lamp, why, gap, way);
    // The way of the indicator that decides, so that a bar shows what its lamp says.
    let of_target = |judged: &Assessment| (judged.completion, judged.schedule);
    if status == Status::Cancelled {
        return verdict_of(Judgement::NotDue, Lamp::None, "已取消".to_owned(), None, (None, None));
    }
    if let Some((judgement, reason)) = &task.override_judgement {
        let lamp = rules.lamp(*judgement);
        return verdict(*judgement, lamp, format!("督查认定：{reason}→{lamp}"), None);
    }
    if moment.is_done(task.closed_on) || status == Status::Closed {
        return verdict(Judgement::Completed, rules.lamp(Judgement::Completed), "已销号→绿".to_owned(), None);
    }
    if task.start.is_some_and(|start| start > quarter.last_day()) {
        let why = task.start.map(|day| format!("{}起实施，未到期", Due::Day(day).chinese())).unwrap_or_default();
        return verdict(Judgement::NotDue, rules.lamp(Judgement::NotDue), why, None);
    }

    // What is late beats all.
    let judged_milestones: Vec<(&Milestone, Assessment)> = milestones
        .iter()
        .filter(|m| moment.is_done(m.done_on) || m.due.last_day() <= quarter.last_day())
        .map(|m| (m, assess_milestone(m, rules, moment)))
        .collect();
    if let Some((milestone, late)) = judged_milestones.iter().find(|(_, judged)| judged.judgement == Judgement::Overdue) {
        return verdict(Judgement::Overdue, late.lamp, format!("{}{}", quoted(&milestone.what), late.why), None);
    }
    if let Some((indicator, _, late)) = current.iter().find(|(_, _, judged)| judged.judgement == Judgement::Overdue) {
        let why = format!("{}{}", quoted(&indicator.name), late.why);
        return verdict_of(Judgement::Overdue, late.lamp, why, late.gap, of_target(late));
    }
    let all_items_done = !items.is_empty() && done_items == items.len();
    let all_targets_reached =
        !current.is_empty() && current.iter().all(|(_, _, judged)| judged.judgement == Judgement::Completed);
    let all_milestones_done = !milestones.is_empty() && milestones.iter().all(|m| moment.is_done(m.done_on));
    let finished = (all_targets_reached || (current.is_empty() && (all_items_done || all_milestones_done)))
        && (milestones.is_empty() || all_milestones_done);
    if due.is_some_and(|due| moment.is_past(due)) && !finished {
        let lamp = rules.lamp(Judgement::Overdue);
        let when = due.map(Due::chinese).unwrap_or_default();
        let part = way.0.map_or_else(String::new, |c| format!("，完成{}", percent(c)));
        return verdict_of(Judgement::Overdue, lamp, format!("{when}到期{part}→{lamp}"), None, (way.0, Some(1.0)));
    }
    if finished {
        return verdict(Judgement::Completed, rules.lamp(Judgement::Completed), "任务内容已全部完成→绿".to_owned(), None);
    }
    if !returned {
        let lamp = not_returned_lamp(rules, moment);
        let why = if moment.today > quarter.last_day() {
            format!("{}未报送", quarter.chinese())
        } else {
            format!("{}尚未报送，{}截止", quarter.chinese(), Due::Day(quarter.last_day()).chinese())
        };
        return verdict(Judgement::NotReturned, lamp, why, None);
    }

    let binding = current.iter().filter(|(indicator, _, _)| indicator.binding).max_by_key(|(_, _, judged)| judged.judgement);
    if let Some((indicator, _, judged)) = binding {
        let why = format!("约束性指标{}{}", quoted(&indicator.name), judged.why);
        return verdict_of(judged.judgement, judged.lamp, why, judged.gap, of_target(judged));
    }
    let by_gap = reached.zip(scheduled).map(|(reached, scheduled)| {
        let gap = (scheduled - reached) * 100.0;
        let judgement = rules.judge_gap(gap);
        let lamp = rules.lamp(judgement);
        let many = if open.len() > 1 { format!("{}项指标平均", open.len()) } else { String::new() };
        let why = format!("{many}序时{}，完成{}，{}→{lamp}", percent(scheduled), percent(reached), gap_words(gap));
        verdict(judgement, lamp, why, Some(gap))
    });
    // Growth, what passes or fails, and what has no figure yet: the worst of them stands beside the mean of the others.
    let by_word = current
        .iter()
        .filter(|(indicator, target, judged)| {
            let by_word = judged.gap.is_none() || indicator.kind == IndicatorKind::Growth || passes_or_fails(indicator, target);
            // what is done already leaves the word to what is still open
            by_word && !matches!(judged.judgement, Judgement::NotDue | Judgement::Completed)
        })
        .max_by_key(|(_, _, judged)| judged.judgement)
        .map(|(indicator, _, judged)| {
            let why = format!("{}{}", quoted(&indicator.name), judged.why);
            verdict_of(judged.judgement, judged.lamp, why, judged.gap, way)
        });
    let worst = match (by_gap, by_word) {
        (Some(gap), Some(word)) if word.assessment.judgement > gap.assessment.judgement.max(Judgement::OnSchedule) => Some(word),
        (gap, word) => gap.or(word),
    };
    if let Some(worst) = worst {
        return worst;
    }
    if let Some((milestone, judged)) = judged_milestones.iter().find(|(_, judged)| judged.lamp == Lamp::Yellow) {
        return verdict(Judgement::OnSchedule, Lamp::Yellow, format!("{}{}", quoted(&milestone.what), judged.why), None);
    }
    if !judged_milestones.is_empty() && items.is_empty() {
        return verdict(Judgement::OnSchedule, rules.lamp(Judgement::OnSchedule), "到期节点均已完成→绿".to_owned(), None);
    }
    if let Some(late) = items.iter().find(|item| item_lamp(item, rules, moment) == Lamp::Red) {
        let lamp = rules.lamp(Judgement::Behind);
        let when = late.due.map(Due::chinese).unwrap_or_default();
        return verdict(Judgement::Behind, lamp, format!("{}{when}到期未完成→{lamp}", quoted(&late.text)), None);
    }
    match (share(done_items, items.len()), time) {
        (Some(done), Some(time)) => {
            let gap = (time - done) * 100.0;
            let judgement = rules.judge_gap(gap);
            let lamp = rules.lamp(judgement);
            let why = format!("序时{}，清单完成{done_items}/{}项，{}→{lamp}", percent(time), items.len(), gap_words(gap));
            verdict(judgement, lamp, why, Some(gap))
        }
        _ if status == Status::Done => {
            verdict(Judgement::Completed, rules.lamp(Judgement::Completed), "责任单位报已完成，待核→绿".to_owned(), None)
        }
        _ => verdict(Judgement::OnSchedule, rules.lamp(Judgement::OnSchedule), "已按季报送进展→绿".to_owned(), None),
    }
}
