//! The figures of the timeline and the yearbook, counted a second time from the rows. What falls due is taken from milestones and
//! tasks as they stand, what an indicator reached from the figures as they were entered; nothing of the report's lines is used but
//! what they print.

use super::Judgement;
use crate::model::context::Context;
use crate::model::ledger::Measured;
use chrono::{Datelike, NaiveDate};
use plan::{Actual, Cadence, Due, IndicatorKind, Lamp, Moment, Plan, PlanId, Quarter, Status, Target};
use report::{TimelineFigures, View, YearLine, YearbookFigures};
use std::collections::{BTreeMap, HashMap};

/// Takes what is told, as it is printed and as it is counted.
type Differ<'a> = dyn FnMut(&str, String, String) + 'a;

/// Counts what falls due; the context's judgements were made afresh.
pub(super) fn timeline(context: Context<'_>, view: &View, plan: Option<&PlanId>, differ: &mut Differ<'_>) {
    let printed = TimelineFigures::of(view);
    let (moment, days_of) = (context.moment, &context.rules.working_days);
    let wanted = |of: &PlanId| plan.is_none_or(|plan| of == plan);
    // of each: the last day, whether it is done, whether it is late
    let mut points: Vec<(NaiveDate, bool, bool)> = Vec::new();
    // the judged day is the cut-off, of which nothing is left once today lies after it
    let cut_off = moment.quarter.last_day().min(moment.today);
    let gone = |day: NaiveDate| day < cut_off || (day == cut_off && moment.today > moment.quarter.last_day());
    let came = |day: Option<NaiveDate>| day.is_some_and(|day| day <= cut_off);
    let hanging = context.ledger.tasks.iter().flat_map(|row| &row.milestones);
    for milestone in hanging.chain(&context.ledger.goals).filter(|milestone| wanted(&milestone.plan)) {
        let (last, done) = (days_of.last_day(milestone.due), came(milestone.done_on));
        points.push((last, done, !done && gone(last)));
    }
    let milestones = points.len();
    for (_, row, judged) in context.tasks(plan) {
        let end = context.ledger.plan(&row.task.plan).and_then(|plan| plan.period_to).map(Due::Year);
        let Some(due) = row.task.due.or(end).filter(|_| row.status(context.moment.quarter) != Status::Cancelled) else {
            continue;
        };
        let completed = judged.counted && judged.assessment.judgement == Judgement::Completed;
        let (last, done) = (days_of.last_day(due), came(row.task.closed_on) || completed);
        points.push((last, done, !done && gone(last) && judged.assessment.judgement.is_behind()));
    }
    let days = |day: NaiveDate| (day - cut_off).num_days();
    let count =
        |keep: &dyn Fn(i64, bool, bool) -> bool| points.iter().filter(|(day, done, late)| keep(days(*day), *done, *late)).count();
    for (what, printed, counted) in [
        ("有时限的任务数", printed.tasks.len(), points.len() - milestones),
        ("节点数", printed.milestones.len(), milestones),
        ("已完成的时点数", printed.done.len(), count(&|_, done, _| done)),
        ("超期未完成的时点数", printed.overdue.len(), count(&|_, _, late| late)),
        ("30日内到期的时点数", printed.soon.len(), count(&|days, done, late| !done && !late && days <= 30)),
        ("30日以后到期的时点数", printed.later.len(), count(&|days, done, late| !done && !late && days > 30)),
    ] {
        differ(what, printed.to_string(), counted.to_string());
    }
    let mut quarters: BTreeMap<Quarter, [usize; 3]> = BTreeMap::new();
    for (day, done, late) in &points {
        let part = if *done { 0 } else { usize::from(!*late) + 1 };
        quarters.entry(Quarter::of(*day)).or_default()[part] += 1;
    }
    for (quarter, parts) in &printed.quarters {
        let counted = quarters.get(quarter).copied().unwrap_or_default();
        let words = |[done, overdue, open]: [usize; 3]| format!("已完成{done}、超期{overdue}、未到期{open}");
        let printed = [parts[0].len(), parts[1].len(), parts[2].len()];
        differ(&format!("时间轴{}", quarter.chinese()), words(printed), words(counted));
    }
}

/// Counts the indicators and reads their years again.
pub(super) fn yearbook(context: Context<'_>, view: &View, plan: Option<&PlanId>, differ: &mut Differ<'_>) {
    let printed = YearbookFigures::of(view);
    let now = context.moment.quarter;
    let wanted = |measured: &&Measured| {
        plan.is_none_or(|plan| measured.indicator.plan == *plan) && context.ledger.plan(&measured.indicator.plan).is_some()
    };
    let measured: Vec<&Measured> = context.ledger.measured.iter().filter(wanted).collect();
    let (mut aimed, mut reported, mut green) = (0, 0, 0);
    for measured in &measured {
        let Some(plan) = context.ledger.plan(&measured.indicator.plan) else { continue };
        let Some(target) = aim(plan, measured, now) else { continue };
        aimed += 1;
        let Some((quarter, _)) = last_entered(measured, now.year(), now) else { continue };
        reported += 1;
        green += usize::from(lamp(context, measured, target, quarter) == Some(Lamp::Green));
    }
    for (what, printed, counted) in [
        ("年鉴的指标数", printed.all.len(), measured.len()),
        ("年鉴的约束性指标数", printed.binding.len(), measured.iter().filter(|row| row.indicator.binding).count()),
        ("当年有目标的指标数", printed.aimed.len(), aimed),
        ("当年已报数据的指标数", printed.reported.len(), reported),
        ("当年亮绿灯的指标数", printed.green.len(), green),
    ] {
        differ(what, printed.to_string(), counted.to_string());
    }
    let by_id: HashMap<&str, &&Measured> = measured.iter().map(|row| (row.indicator.id.as_str(), row)).collect();
    for line in &view.indicators {
        let Some(measured) = by_id.get(line.id.as_str()) else {
            differ(&line.name, "年鉴中有此指标".to_owned(), "无此指标".to_owned());
            continue;
        };
        for (number, printed) in (1..).zip(line.quarters) {
            let Some(quarter) = Quarter::new(now.year(), number) else { continue };
            let counted = if quarter <= now { entered(measured, quarter) } else { None };
            differ(&format!("{}{}数据", line.name, quarter.chinese()), shown(printed), shown(counted));
        }
        for year in &line.years {
            years(context, measured, (&line.name, year), differ);
        }
    }
}

/// A year of an indicator: its target as it stands, its last figure as it was entered, and its share of a yearly target.
fn years(context: Context<'_>, measured: &Measured, (name, printed): (&str, &YearLine), differ: &mut Differ<'_>) {
    let of = |what: &str| format!("{name}{}年{what}", printed.year);
    let target = measured.targets.iter().find(|target| printed.target.as_ref() == Some(&target.id));
    differ(&of("目标"), shown(printed.value), shown(target.map(|target| target.value)));
    let last = last_entered(measured, printed.year, context.moment.quarter);
    differ(&of("完成值"), shown(printed.actual), shown(last.map(|(_, value)| value)));
    let (Some(target), Some((quarter, value))) = (target, last) else { return };
    let counted = lamp(context, measured, target, quarter);
    differ(&of("亮灯"), printed.lamp.to_string(), counted.map_or_else(String::new, |lamp| lamp.to_string()));
    let is_share = measured.indicator.kind == IndicatorKind::Annual && target.value > 0.0 && target.op != plan::Op::AtMost;
    if let (true, Some(completion)) = (is_share, printed.completion) {
        let percent = |share: f64| format!("{}%", plan::number(share * 100.0, 4));
        differ(&of("完成度"), percent(completion), percent((value / target.value).max(0.0)));
    }
}

/// The target that counts for the year of a quarter: one that is due in it, else a yearly one that runs on.
fn aim<'a>(plan: &Plan, measured: &'a Measured, now: Quarter) -> Option<&'a Target> {
    let year_of = |target: &Target| {
        let due = target.due.or(plan.period_to.map(Due::Year));
        due.map_or(now.year(), |due| due.last_day().year())
    };
    let begun = plan.period_from.or(plan.issued_on.map(|day| day.year())).is_none_or(|first| first <= now.year());
    let mut targets: Vec<&Target> = measured.targets.iter().collect();
    targets.sort_by_key(|target| year_of(target));
    targets.iter().find(|target| year_of(target) == now.year()).copied().or_else(|| {
        let runs = |target: &&&Target| begun && target.cadence == Cadence::Annual && year_of(target) > now.year();
        targets.iter().find(runs).copied()
    })
}

/// The last quarter of a year, not after the report's, that has a figure, with it.
fn last_entered(measured: &Measured, year: i32, now: Quarter) -> Option<(Quarter, f64)> {
    let mut quarters: Vec<Quarter> =
        measured.actuals.iter().map(|actual| actual.quarter).filter(|of| of.year() == year && *of <= now).collect();
    quarters.sort_unstable();
    let last = quarters.pop()?;
    Some((last, entered(measured, last)?))
}

/// What was entered for a quarter: the one figure for all, else what the departments' come to.
fn entered(measured: &Measured, quarter: Quarter) -> Option<f64> {
    let of_quarter: Vec<&Actual> = measured.actuals.iter().filter(|actual| actual.quarter == quarter).collect();
    if let Some(whole) = of_quarter.iter().find(|actual| actual.department.is_none()) {
        return Some(whole.value);
    }
    let sum = of_quarter.iter().fold(0.0, |sum, actual| sum + actual.value);
    let is_rate =
        measured.indicator.unit.contains('%') || [IndicatorKind::Growth, IndicatorKind::YesNo].contains(&measured.indicator.kind);
    match u32::try_from(of_quarter.len()).ok()? {
        0 => None,
        count if is_rate => Some(sum / f64::from(count)),
        _ => Some(sum),
    }
}

/// The lamp of a target in a quarter, judged afresh.
fn lamp(context: Context<'_>, measured: &Measured, target: &Target, quarter: Quarter) -> Option<Lamp> {
    let moment = Moment { quarter, ..context.moment };
    context.ledger.judge_target(measured, target, context.rules, moment).map(|judged| judged.lamp)
}

fn shown(value: Option<f64>) -> String {
    value.map_or_else(|| "—".to_owned(), |value| plan::number(value, 6))
}

#[cfg(test)]
mod tests {
    use crate::model::desk::{Desk, Loaded};
    use crate::reports::view::{Setup, view};
    use chrono::NaiveDate;
    use plan::Moment;
    use store::Stamp;

    type Change = Box<dyn FnOnce(&mut report::View)>;

    /// What a check says of the sample's third quarter once a line of the report was changed.
    fn told(loaded: &mut Loaded, change: impl FnOnce(&mut report::View)) -> Vec<String> {
        let today = NaiveDate::from_ymd_opt(2025, 10, 12).unwrap();
        loaded.view(Moment { quarter: "2025Q3".parse().unwrap(), today }, |context, settings, rule_note| {
            let timings = crate::model::timings::Timings::default();
            let setup =
                Setup { settings, passages: &[], rule_note, before: &[], compared: None, timings: &timings, reopenings: &[] };
            let mut view = view(context, &setup, None);
            change(&mut view);
            super::super::differences(context, &view, None, None)
        })
    }

    #[test]
    fn a_broken_figure_of_the_yearbook_or_the_timeline_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let at = NaiveDate::from_ymd_opt(2025, 10, 12).and_then(|day| day.and_hms_opt(1, 0, 0)).unwrap();
        let stamp = Stamp::new(at, "王芳", "");
        let seed = crate::model::seeds::seed("yunxi-2025").unwrap();
        let path = folder.path().join("台账.planbook");
        let mut desk = Desk::create(&path, &stamp, |desk| desk.plant_seed(&seed, &stamp)).unwrap();
        let loaded = desk.load().unwrap();
        assert_eq!(told(loaded, |_| {}), Vec::<String>::new());
        let year = |view: &mut report::View, change: fn(&mut report::YearLine)| {
            let reported = |year: &&mut report::YearLine| year.actual.is_some() && year.completion.is_some();
            change(view.indicators.iter_mut().flat_map(|line| &mut line.years).find(reported).unwrap());
        };
        let broken: [(&str, Change); 9] = [
            ("完成值", Box::new(move |view| year(view, |year| year.actual = year.actual.map(|value| value + 1.0)))),
            ("年目标", Box::new(move |view| year(view, |year| year.value = Some(0.5)))),
            ("年亮灯", Box::new(move |view| year(view, |year| year.lamp = plan::Lamp::None))),
            ("二季度数据", Box::new(|view| view.indicators[0].quarters[1] = Some(-1.0))),
            ("年鉴的指标数", Box::new(|view| drop(view.indicators.pop()))),
            ("年鉴的约束性指标数", Box::new(|view| view.indicators.iter_mut().for_each(|line| line.binding = true))),
            ("已完成的时点数", Box::new(|view| view.milestones.iter_mut().for_each(|line| line.done_on = None))),
            ("节点数", Box::new(|view| drop(view.milestones.pop()))),
            ("时间轴", Box::new(|view| view.milestones[0].due = plan::Due::Year(2026))),
        ];
        for (named, change) in broken {
            let found = told(loaded, change);
            assert!(found.iter().any(|sentence| sentence.contains(named)), "{named}: {found:#?}");
        }
    }
}
