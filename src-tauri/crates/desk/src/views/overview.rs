//! The overview: what needs attention now, and how the quarter stands.

use super::Context;
use super::attention::{due_soon, of_task, overdue, to_check};
use crate::ledger::TaskRows;
use crate::returns;
use crate::wire::{DepartmentShare, LampCount, Overview, Share, Totals};
use plan::{Change, DepartmentId, Judgement, Lamp, PlanId, RuleSet, TaskAssessment, shares};

/// The judgements in the order in which shares are named.
const ORDER: [Judgement; 7] = [
    Judgement::Completed,
    Judgement::Ahead,
    Judgement::OnSchedule,
    Judgement::Behind,
    Judgement::FarBehind,
    Judgement::Overdue,
    Judgement::NotReturned,
];

/// Shares by judgement of the tasks that count; those outside the denominator have no percentage.
pub(crate) fn judgement_shares(tasks: &[(&TaskRows, &TaskAssessment)], rules: &RuleSet) -> Vec<Share> {
    let of = |judgement: Judgement| -> Vec<&(&TaskRows, &TaskAssessment)> {
        tasks.iter().filter(|(_, judged)| judged.counted && judged.assessment.judgement == judgement).collect()
    };
    let counts: Vec<usize> = ORDER.iter().map(|judgement| of(*judgement).len()).collect();
    let tenths = shares(&counts);
    let ids = |rows: &[&(&TaskRows, &TaskAssessment)]| rows.iter().map(|(row, _)| row.task.id.to_string()).collect();
    let mut lines: Vec<Share> = ORDER
        .iter()
        .zip(tenths)
        .map(|(judgement, tenths)| {
            let rows = of(*judgement);
            Share {
                judgement: judgement.to_string(),
                lamp: rules.lamp(*judgement).to_string(),
                count: rows.len(),
                percent: Some(f64::from(tenths) / 10.0),
                tasks: ids(&rows),
            }
        })
        .filter(|share| share.count > 0)
        .collect();
    let outside: Vec<&(&TaskRows, &TaskAssessment)> = tasks.iter().filter(|(_, judged)| !judged.counted).collect();
    if !outside.is_empty() {
        lines.push(Share {
            judgement: Judgement::NotDue.to_string(),
            lamp: Lamp::None.to_string(),
            count: outside.len(),
            percent: None,
            tasks: ids(&outside),
        });
    }
    lines
}

/// How many tasks of the denominator show each lamp.
fn lamps<'a>(tasks: &(impl Iterator<Item = &'a TaskAssessment> + Clone)) -> Vec<LampCount> {
    let count = |lamp| tasks.clone().filter(|judged| judged.counted && judged.assessment.lamp == lamp).count();
    [Lamp::Green, Lamp::Yellow, Lamp::Red, Lamp::None]
        .map(|lamp| LampCount { lamp: lamp.to_string(), count: count(lamp) })
        .into_iter()
        .collect()
}

/// The tasks of one plan or all in numbers.
pub(crate) fn totals(context: Context<'_>, plan: Option<&PlanId>) -> Totals {
    let judged: Vec<&TaskAssessment> = context.tasks(plan).map(|(_, _, judged)| judged).collect();
    Totals { tasks: judged.len(), lamps: lamps(&judged.iter().copied()) }
}

/// The overview of one plan or all; `before` holds the judgements of the quarter before, in the ledger's order.
pub(crate) fn overview(context: Context<'_>, before: &[TaskAssessment], plan: Option<&PlanId>) -> Overview {
    // departments cost about as much as all the rest together
    std::thread::scope(|scope| {
        let departments = scope.spawn(|| departments(context, before, plan));
        let mut overview = without_departments(context, before, plan);
        overview.departments = departments.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        overview
    })
}

fn without_departments(context: Context<'_>, before: &[TaskAssessment], plan: Option<&PlanId>) -> Overview {
    let tasks: Vec<(&TaskRows, &TaskAssessment)> = context.tasks(plan).map(|(_, row, judged)| (row, judged)).collect();
    let denominator = tasks.iter().filter(|(_, judged)| judged.counted).count();
    let all_shares = judgement_shares(&tasks, context.rules);
    let not_returned = returns::standings(context, plan).into_iter().filter(|standing| standing.is_missing()).count();
    let (mut better, mut worse) = (Vec::new(), Vec::new());
    for (place, row, judged) in context.tasks(plan).filter(|(_, _, judged)| judged.counted) {
        let earlier = before.get(place).map(|earlier| earlier.assessment.judgement);
        match Change::between(earlier, judged.assessment.judgement) {
            Change::Better => better.push(of_task(context, row, judged)),
            Change::Worse => worse.push(of_task(context, row, judged)),
            Change::Same | Change::Fresh | Change::Unknown => {}
        }
    }
    Overview {
        quarter: context.moment.quarter.to_string(),
        as_of: context.moment.today.to_string(),
        sentence: sentence(context, tasks.len(), denominator, &all_shares, not_returned),
        tasks: tasks.len(),
        denominator,
        shares: all_shares,
        lamps: lamps(&tasks.iter().map(|(_, judged)| *judged)),
        overdue: overdue(context, plan),
        due_soon: due_soon(context, plan),
        to_check: to_check(context, plan),
        departments: Vec::new(),
        better,
        worse,
    }
}

fn sentence(context: Context<'_>, tasks: usize, denominator: usize, all: &[Share], not_returned: usize) -> String {
    if tasks == 0 {
        return "台账中还没有任务。".to_owned();
    }
    let quarter = context.moment.quarter.chinese();
    let mut parts: Vec<String> =
        all.iter().filter_map(|share| Some(format!("{}{}项，占{:.1}%", share.judgement, share.count, share.percent?))).collect();
    if not_returned > 0 {
        parts.push(format!("{not_returned}个单位未报送"));
    }
    let whole = if denominator == tasks {
        format!("{quarter}共{tasks}项任务")
    } else {
        format!("{quarter}共{tasks}项任务，其中{denominator}项纳入统计")
    };
    format!("{whole}：{}。", parts.join("；"))
}

fn departments(context: Context<'_>, before: &[TaskAssessment], plan: Option<&PlanId>) -> Vec<DepartmentShare> {
    let ledger = context.ledger;
    let mut led: Vec<Vec<usize>> = vec![Vec::new(); ledger.departments.len()];
    let mut supported = led.clone();
    let mut without = Vec::new();
    for (place, row, _) in context.tasks(plan) {
        if row.assignments.is_empty() {
            without.push(place);
        }
        for (at, assignment) in row.assigned() {
            let lists = if assignment.role == plan::Role::Lead { &mut led } else { &mut supported };
            lists[at].push(place);
        }
    }
    let mut lines: Vec<DepartmentShare> = ledger
        .departments
        .iter()
        .zip(led.into_iter().zip(supported))
        .filter_map(|(department, (led, supported))| {
            let places = if led.is_empty() { supported } else { led };
            (!places.is_empty()).then(|| line(context, before, Some(&department.id), &department.name, &places))
        })
        .collect();
    if !without.is_empty() {
        lines.push(line(context, before, None, "未分派", &without));
    }
    // worst first: share of tasks that are behind, then not returned
    let badness = |line: &DepartmentShare| {
        let behind: usize =
            line.shares.iter().filter(|share| matches!(share.lamp.as_str(), "红" | "黄")).map(|share| share.count).sum();
        let red: usize = line.shares.iter().filter(|share| share.lamp == "红").map(|share| share.count).sum();
        (red * 1000 / line.tasks, behind * 1000 / line.tasks, line.not_returned * 1000 / line.tasks)
    };
    lines.sort_by_key(|line| (line.department.is_none(), std::cmp::Reverse(badness(line))));
    lines
}

fn line(
    context: Context<'_>,
    before: &[TaskAssessment],
    department: Option<&DepartmentId>,
    name: &str,
    places: &[usize],
) -> DepartmentShare {
    let tasks: Vec<(&TaskRows, &TaskAssessment)> =
        places.iter().filter_map(|&place| Some((context.ledger.tasks.get(place)?, context.judged.get(place)?))).collect();
    let is_behind = |judged: &TaskAssessment| {
        judged.counted && matches!(judged.assessment.judgement, Judgement::Behind | Judgement::FarBehind | Judgement::Overdue)
    };
    let now = tasks.iter().filter(|(_, judged)| is_behind(judged)).count();
    let then = places.iter().filter_map(|&place| before.get(place)).filter(|judged| is_behind(judged)).count();
    let completions: Vec<f64> =
        tasks.iter().filter(|(_, judged)| judged.counted).filter_map(|(_, judged)| judged.assessment.completion).collect();
    let count = u32::try_from(completions.len()).map_or(0.0, f64::from);
    let missing = |row: &TaskRows, judged: &TaskAssessment| match department {
        Some(department) => returns::is_asked(row, judged, department) && !returns::has_returned(context, row, department),
        None => judged.counted && judged.assessment.judgement != Judgement::Completed && !judged.returned,
    };
    DepartmentShare {
        department: department.map(ToString::to_string),
        name: name.to_owned(),
        tasks: tasks.len(),
        shares: judgement_shares(&tasks, context.rules),
        not_returned: tasks.iter().filter(|(row, judged)| missing(row, judged)).count(),
        completion: (count > 0.0).then(|| completions.iter().map(|c| c.min(1.0)).sum::<f64>() / count),
        change: i64::try_from(now).unwrap_or(0) - i64::try_from(then).unwrap_or(0),
    }
}
