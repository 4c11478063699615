//! Indicators over their years, for the yearbook.

use crate::model::context::Context;
use crate::model::ledger::Measured;
use chrono::Datelike;
use plan::{Cadence, Judgement, Lamp, Moment, Op, Plan, PlanId, Quarter, Target};
use report::{IndicatorLine, YearLine};

/// No indicator prints more years: a wrong date far away must not make a thousand columns.
const MOST_YEARS: usize = 60;

/// The indicators of one plan or all, each with its years.
pub(crate) fn indicators(context: Context<'_>, plan: Option<&PlanId>) -> Vec<IndicatorLine> {
    let ledger = context.ledger;
    let now = context.moment.quarter;
    let lines = ledger.measured.iter().filter(|measured| plan.is_none_or(|plan| measured.indicator.plan == *plan));
    lines
        .filter_map(|measured| {
            let indicator = &measured.indicator;
            let plan = ledger.plan(&indicator.plan)?;
            let task = indicator.task.as_ref().and_then(|task| ledger.task(task));
            let figure = |quarter: Quarter| plan::figure(indicator, &measured.actuals, quarter);
            Some(IndicatorLine {
                id: indicator.id.clone(),
                plan: indicator.plan.clone(),
                name: indicator.name.clone(),
                unit: indicator.unit.clone(),
                kind: indicator.kind,
                binding: indicator.binding,
                baseline: indicator.baseline,
                departments: task.and_then(|row| row.answering().cloned()).into_iter().collect(),
                years: years_of(plan, measured, now).into_iter().map(|year| line(context, plan, measured, year)).collect(),
                quarters: [1, 2, 3, 4]
                    .map(|number| Quarter::new(now.year(), number).filter(|quarter| *quarter <= now).and_then(figure)),
            })
        })
        .collect()
}

/// Years with a target or a figure, and those of the plan's period up to now.
fn years_of(plan: &Plan, measured: &Measured, now: Quarter) -> Vec<i32> {
    let targets = measured.targets.iter().map(|target| plan::due_of(plan, target, now).year());
    let actuals = measured.actuals.iter().filter(|actual| actual.quarter <= now).map(|actual| actual.quarter.year());
    let mut years: Vec<i32> = targets.chain(actuals).chain([now.year()]).collect();
    years.sort_unstable();
    years.dedup();
    years.truncate(MOST_YEARS);
    years
}

/// The target that counts for a year: the one that is due in it, else a yearly one that still runs.
fn target_of<'a>(plan: &Plan, measured: &'a Measured, year: i32, now: Quarter) -> Option<&'a Target> {
    let due = |target: &Target| plan::due_of(plan, target, now).year();
    let of_year = measured.targets.iter().find(|target| due(target) == year);
    of_year.or_else(|| {
        let running = |target: &&Target| target.cadence == Cadence::Annual && due(target) > year;
        let begun = plan.period_from.or(plan.issued_on.map(|day| day.year())).is_none_or(|from| year >= from);
        measured.targets.iter().filter(running).min_by_key(|target| due(target)).filter(|_| begun)
    })
}

fn line(context: Context<'_>, plan: &Plan, measured: &Measured, year: i32) -> YearLine {
    let now = context.moment.quarter;
    let target = target_of(plan, measured, year, now);
    // the last quarter of the year with a figure, not after the quarter of the report
    let quarters = [4, 3, 2, 1].into_iter().filter_map(|number| Quarter::new(year, number)).filter(|quarter| *quarter <= now);
    let reported = quarters
        .clone()
        .find_map(|quarter| plan::figure(&measured.indicator, &measured.actuals, quarter).map(|value| (quarter, value)));
    let quarter = reported.map(|(quarter, _)| quarter).or_else(|| quarters.clone().next());
    let judged = target.zip(quarter).and_then(|(target, quarter)| {
        context.ledger.judge_target(measured, target, context.rules, Moment { quarter, today: context.moment.today })
    });
    YearLine {
        year,
        target: target.map(|target| target.id.clone()),
        op: target.map_or(Op::Equal, |target| target.op),
        value: target.map(|target| target.value),
        actual: reported.map(|(_, value)| value),
        completion: judged.as_ref().and_then(|judged| judged.completion),
        schedule: judged.as_ref().and_then(|judged| judged.schedule),
        judgement: judged.as_ref().map_or(Judgement::NotDue, |judged| judged.judgement),
        lamp: judged.as_ref().map_or(Lamp::None, |judged| judged.lamp),
        begun: year <= now.year(),
    }
}
