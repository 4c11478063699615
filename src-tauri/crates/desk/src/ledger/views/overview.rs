//! The overview: what needs attention now, and how the quarter stands.

use super::attention::{Wanting, due_soon, overdue, to_check};
use super::silence;
use crate::model::context::Context;
use crate::model::ledger::TaskRows;
use crate::model::returns;
use crate::wire::{AttentionList, DepartmentShare, Lagging, LaggingList, LampCount, Overview, Share, Totals};
use foldhash::{HashMap, HashSet};
use plan::{Change, DepartmentId, Judgement, Lamp, PlanId, RuleSet, TaskAssessment, shares};

/// The judgements in the order in which shares are named.
const ORDER: [Judgement; 10] = [
    Judgement::Completed,
    Judgement::YearMet,
    Judgement::Ahead,
    Judgement::OnSchedule,
    Judgement::Behind,
    Judgement::FarBehind,
    Judgement::YearMissed,
    Judgement::Overdue,
    Judgement::NoData,
    Judgement::NotReturned,
];

/// Lines of a short list that are put in words.
const FIRST: usize = 12;

fn list(context: Context<'_>, rows: &[Wanting<'_>]) -> AttentionList {
    AttentionList { count: rows.len(), first: rows.iter().take(FIRST).map(|row| row.line(context)).collect() }
}

/// Shares by judgement of the tasks that count; those outside the denominator have no percentage.
pub(crate) fn judgement_shares(tasks: &[(&TaskRows, &TaskAssessment)], rules: &RuleSet) -> Vec<Share> {
    let mut counts = [0_usize; ORDER.len()];
    for (_, judged) in tasks.iter().filter(|(_, judged)| judged.counted) {
        if let Some(place) = ORDER.iter().position(|judgement| *judgement == judged.assessment.judgement) {
            counts[place] += 1;
        }
    }
    let tenths = shares(&counts);
    let mut lines: Vec<Share> = ORDER
        .iter()
        .zip(counts)
        .zip(tenths)
        .map(|((judgement, count), tenths)| Share {
            judgement: judgement.to_string(),
            lamp: rules.lamp(*judgement).to_string(),
            count,
            percent: Some(f64::from(tenths) / 10.0),
        })
        .filter(|share| share.count > 0)
        .collect();
    let outside = tasks.iter().filter(|(_, judged)| !judged.counted).count();
    if outside > 0 {
        lines.push(Share {
            judgement: Judgement::NotDue.to_string(),
            lamp: Lamp::None.to_string(),
            count: outside,
            percent: None,
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
    // the departments and who has returned cost about as much as all the rest together
    std::thread::scope(|scope| {
        let by_department = scope.spawn(|| {
            let standings = returns::standings(context, plan);
            let missing = context.ledger.departments.iter().zip(standings).filter(|(_, standing)| standing.is_missing());
            let silent: Vec<String> = missing.map(|(department, _)| department.name.clone()).collect();
            (departments(context, before, plan), silent, silence::quiet(context, before, plan))
        });
        let (better, worse) = moved(context, before, plan);
        let lists = [overdue(context, plan), due_soon(context, plan), to_check(context, plan), better, worse];
        let [overdue, due_soon, to_check, better, worse] = lists.map(|wanting| list(context, &wanting));
        let tasks: Vec<(&TaskRows, &TaskAssessment)> = context.tasks(plan).map(|(_, row, judged)| (row, judged)).collect();
        let denominator = tasks.iter().filter(|(_, judged)| judged.counted).count();
        let shares = judgement_shares(&tasks, context.rules);
        let lamps = lamps(&tasks.iter().map(|(_, judged)| *judged));
        let lagging = lagging(context, plan);
        let (departments, silent, quiet) = by_department.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        Overview {
            quarter: context.moment.quarter.to_string(),
            as_of: context.moment.today.to_string(),
            headline: headline(context, tasks.len(), &lagging, &silent),
            lagging,
            sentence: sentence(context, tasks.len(), denominator, &shares, silent.len()),
            silent,
            quiet,
            tasks: tasks.len(),
            denominator,
            shares,
            lamps,
            overdue,
            due_soon,
            to_check,
            departments,
            better,
            worse,
        }
    })
}

/// Tasks judged better and worse than in the quarter before.
fn moved<'a>(context: Context<'a>, before: &[TaskAssessment], plan: Option<&'a PlanId>) -> (Vec<Wanting<'a>>, Vec<Wanting<'a>>) {
    let (mut better, mut worse) = (Vec::new(), Vec::new());
    for (place, row, judged) in context.tasks(plan).filter(|(_, _, judged)| judged.counted) {
        let earlier = before.get(place).map(|earlier| earlier.assessment.judgement);
        match Change::between(earlier, judged.assessment.judgement) {
            Change::Better => better.push(Wanting::Task(row, judged)),
            Change::Worse => worse.push(Wanting::Task(row, judged)),
            Change::Same | Change::Fresh | Change::Unknown => {}
        }
    }
    (better, worse)
}

/// The tasks that a figure of the overview counts, each once, in the order of its list; none where there is no such figure.
pub(crate) fn overview_tasks(
    context: Context<'_>,
    before: &[TaskAssessment],
    plan: Option<&PlanId>,
    figure: &str,
    department: Option<&str>,
) -> Option<Vec<String>> {
    let listed = |rows: Vec<Wanting<'_>>| {
        let mut seen = HashSet::default();
        rows.iter().filter_map(|row| row.task().filter(|task| seen.insert(*task)).map(ToString::to_string)).collect()
    };
    let rows = match figure {
        "overdue" => overdue(context, plan),
        "due_soon" => due_soon(context, plan),
        "to_check" => to_check(context, plan),
        "better" => moved(context, before, plan).0,
        "worse" => moved(context, before, plan).1,
        "lagging" => laggards(context, plan).into_iter().map(|(row, judged)| Wanting::Task(row, judged)).collect(),
        kind if silence::OF_TASKS.contains(&kind) => {
            let rows = context.tasks(plan).filter(|(_, row, judged)| silence::shows(context, row, judged, kind));
            rows.map(|(_, row, judged)| Wanting::Task(row, judged)).collect()
        }
        _ => {
            let is_asked = |judged: &TaskAssessment| match figure {
                "all" => true,
                _ if figure == Judgement::NotDue.to_string() => !judged.counted,
                _ => judged.counted && judged.assessment.judgement.to_string() == figure,
            };
            if figure != "all" && figure != Judgement::NotDue.to_string() && ORDER.iter().all(|one| one.to_string() != figure) {
                return None;
            }
            let of_department = department.map(|id| places_of(context, plan, id));
            let rows = context.tasks(plan).filter(|(_, _, judged)| is_asked(judged));
            let rows = rows.filter(|(place, ..)| of_department.as_ref().is_none_or(|places| places.binary_search(place).is_ok()));
            rows.map(|(_, row, judged)| Wanting::Task(row, judged)).collect()
        }
    };
    Some(listed(rows))
}

/// The places of the tasks that a department is counted with, in order: those it leads or, where it leads none, supports.
fn places_of(context: Context<'_>, plan: Option<&PlanId>, department: &str) -> Vec<usize> {
    let with = |role: plan::Role| -> Vec<usize> {
        let has = |row: &TaskRows| row.assignments.iter().any(|one| one.role == role && one.department.as_str() == department);
        context.tasks(plan).filter(|(_, row, _)| has(row)).map(|(place, ..)| place).collect()
    };
    if department.is_empty() {
        return context.tasks(plan).filter(|(_, row, _)| row.assignments.is_empty()).map(|(place, ..)| place).collect();
    }
    let led = with(plan::Role::Lead);
    if led.is_empty() { with(plan::Role::Support) } else { led }
}

/// Tasks that are behind, the worst first.
fn laggards<'a>(context: Context<'a>, plan: Option<&'a PlanId>) -> Vec<(&'a TaskRows, &'a TaskAssessment)> {
    let rows = context.tasks(plan).filter(|(_, _, judged)| judged.counted && judged.assessment.judgement.is_behind());
    let mut rows: Vec<_> = rows.map(|(_, row, judged)| (row, judged)).collect();
    let gap = |judged: &TaskAssessment| judged.assessment.gap.unwrap_or(0.0);
    rows.sort_by(|(_, a), (_, b)| b.assessment.judgement.cmp(&a.assessment.judgement).then_with(|| gap(b).total_cmp(&gap(a))));
    rows
}

/// Departments that answer for most of what is behind are named, so many.
const MOST: usize = 3;

fn lagging(context: Context<'_>, plan: Option<&PlanId>) -> LaggingList {
    let rows = laggards(context, plan);
    let name = |row: &TaskRows| row.answering().and_then(|id| context.ledger.department(id)).map(|found| found.name.clone());
    let mut by_department: Vec<(String, usize)> = Vec::new();
    let mut places: HashMap<DepartmentId, usize> = HashMap::default();
    for (row, _) in &rows {
        let Some(id) = row.answering() else { continue };
        let place = *places.entry(id.clone()).or_insert_with(|| {
            by_department.push((name(row).unwrap_or_default(), 0));
            by_department.len() - 1
        });
        by_department[place].1 += 1;
    }
    by_department.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    if by_department.iter().any(|(_, count)| *count > 1) {
        by_department.retain(|(_, count)| *count > 1);
    }
    by_department.truncate(MOST);
    let line = |(row, judged): &(&TaskRows, &TaskAssessment)| Lagging {
        task: row.task.id.to_string(),
        number: row.task.number.clone(),
        title: row.task.title.clone(),
        department: name(row),
        judgement: judged.assessment.judgement.to_string(),
        lamp: judged.assessment.lamp.to_string(),
        why: judged.assessment.why.clone(),
    };
    LaggingList { count: rows.len(), most: by_department, first: rows.iter().take(FIRST).map(line).collect() }
}

/// What a leader asks first: what is behind, with whom, and who says nothing.
fn headline(context: Context<'_>, tasks: usize, lagging: &LaggingList, silent: &[String]) -> String {
    if tasks == 0 {
        return "台账中还没有任务。".to_owned();
    }
    let quarter = context.moment.quarter.chinese();
    let named = |names: &[String]| {
        let more = if names.len() > MOST { "等" } else { "" };
        format!("{}{more}", names.iter().take(MOST).map(String::as_str).collect::<Vec<_>>().join("、"))
    };
    let behind = if lagging.count == 0 {
        format!("{quarter}没有滞后的任务")
    } else if lagging.most.is_empty() {
        format!("{quarter}{}项任务滞后，都还没有责任单位", lagging.count)
    } else {
        let all: usize = lagging.most.iter().map(|(_, count)| count).sum();
        let of: Vec<String> = lagging.most.iter().map(|(name, count)| format!("{name}{count}项")).collect();
        let names: Vec<String> = lagging.most.iter().map(|(name, _)| name.clone()).collect();
        match (lagging.most.iter().all(|(_, count)| *count == 1), all == lagging.count) {
            (true, true) => format!("{quarter}{}项任务滞后，涉及{}", lagging.count, names.join("、")),
            (true, false) => format!("{quarter}{}项任务滞后，涉及{}等单位", lagging.count, names.join("、")),
            (false, true) => format!("{quarter}{}项任务滞后，是{}", lagging.count, of.join("、")),
            (false, false) => format!("{quarter}{}项任务滞后，最多的是{}", lagging.count, of.join("、")),
        }
    };
    match silent {
        [] => format!("{behind}；各单位都已报送。"),
        _ => format!("{behind}；{}个单位未报送：{}。", silent.len(), named(silent)),
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
    let is_behind = |judged: &TaskAssessment| judged.counted && judged.assessment.judgement.is_behind();
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
