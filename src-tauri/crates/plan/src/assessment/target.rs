//! Completion and judgement of one target in a quarter.

use super::{Assessment, Moment, gap_words, not_returned_lamp, number, percent};
use crate::{Actual, Cadence, Due, Indicator, IndicatorKind, Judgement, Op, Plan, Quarter, RuleSet, Target};
use chrono::Datelike;

/// A target, its indicator and the figures it is judged by.
#[derive(Debug, Clone, Copy)]
pub struct TargetInput<'a> {
    /// The plan, for its period.
    pub plan: &'a Plan,
    /// The indicator.
    pub indicator: &'a Indicator,
    /// The target.
    pub target: &'a Target,
    /// All targets of the indicator, so that yearly steps know the step before.
    pub steps: &'a [Target],
    /// All figures of the indicator.
    pub actuals: &'a [Actual],
}

/// The figure of an indicator in a quarter: the one for all where there is one, else the sum of the departments' for counts and
/// their mean for rates and levels.
#[must_use]
pub fn figure(indicator: &Indicator, actuals: &[Actual], quarter: Quarter) -> Option<f64> {
    let of_quarter: Vec<&Actual> = actuals.iter().filter(|actual| actual.quarter == quarter).collect();
    if let Some(for_all) = of_quarter.iter().find(|actual| actual.department.is_none()) {
        return Some(for_all.value);
    }
    let count = u32::try_from(of_quarter.len()).ok().filter(|&count| count > 0)?;
    let sum: f64 = of_quarter.iter().map(|actual| actual.value).sum();
    let rate = matches!(indicator.kind, IndicatorKind::Growth | IndicatorKind::YesNo) || indicator.unit.contains('%');
    Some(if rate { sum / f64::from(count) } else { sum })
}

/// The step of an indicator that is worked on in a quarter: the first that is not yet due before it, else the last.
#[must_use]
pub fn current_step<'a>(plan: &Plan, steps: &'a [Target], quarter: Quarter) -> Option<&'a Target> {
    let mut ordered: Vec<&Target> = steps.iter().collect();
    ordered.sort_by_key(|target| due_of(plan, target, quarter).last_day());
    ordered.iter().find(|target| due_of(plan, target, quarter).last_day() >= quarter.first_day()).or(ordered.last()).copied()
}

/// When a target is due: its own date, else the plan's end, else the end of the year that is looked at.
#[must_use]
pub fn due_of(plan: &Plan, target: &Target, quarter: Quarter) -> Due {
    target.due.or(plan.period_to.map(Due::Year)).unwrap_or(Due::Year(quarter.year()))
}

/// The share of a target that should be reached by the end of a quarter, 0..1.
///
/// A yearly count, a growth rate and a step that is due in the year of the quarter go by the rule set's quarter shares of that
/// year; a final target without yearly steps goes evenly from the start of the plan to its due date.
#[must_use]
pub fn schedule(input: TargetInput<'_>, rules: &RuleSet, quarter: Quarter) -> f64 {
    let share = rules.quarter_shares[usize::from(quarter.number() - 1)];
    let TargetInput { plan, target, indicator, steps, .. } = input;
    if target.cadence == Cadence::Annual || matches!(indicator.kind, IndicatorKind::Annual | IndicatorKind::Growth) {
        return share;
    }
    let due = due_of(plan, target, quarter);
    let start = match step_before(plan, target, steps, quarter) {
        Some((_, before)) => Some(Quarter::of(before.last_day()).next()),
        None => Quarter::new(plan.period_from.or(plan.issued_on.map(|day| day.year())).unwrap_or_else(|| due.year()), 1),
    };
    time_share(start.unwrap_or_else(|| Quarter::of(due.last_day())), due, rules, quarter)
}

/// Time gone from the first day of a quarter to a due date, by the end of a quarter: whole years evenly, within the year by the
/// rule set's quarter shares; a due date inside a year counts the quarters up to it.
pub(super) fn time_share(start: Quarter, due: Due, rules: &RuleSet, quarter: Quarter) -> f64 {
    let due_quarter = Quarter::of(due.last_day());
    if quarter >= due_quarter {
        return 1.0;
    }
    if quarter < start {
        return 0.0;
    }
    let position =
        |quarter: Quarter| f64::from(quarter.year() - start.year()) + rules.quarter_shares[usize::from(quarter.number() - 1)];
    // what was gone of the first year before the start quarter
    let before = if start.number() == 1 { 0.0 } else { position(start.previous()) };
    let whole = position(due_quarter) - before;
    if whole > 0.0 { ((position(quarter) - before) / whole).clamp(0.0, 1.0) } else { 1.0 }
}

fn step_before(plan: &Plan, target: &Target, steps: &[Target], quarter: Quarter) -> Option<(f64, Due)> {
    let own = due_of(plan, target, quarter).last_day();
    steps
        .iter()
        .filter(|step| step.id != target.id && step.cadence == target.cadence)
        .map(|step| (step.value, due_of(plan, step, quarter)))
        .filter(|(_, due)| due.last_day() < own)
        .max_by_key(|(_, due)| due.last_day())
}

/// Completion of a target by a figure: 0..1 and beyond, never below 0.
///
/// Counts and levels: figure / target, from the base value where a base year (or an earlier step) is known. Inverse and all that
/// is not to pass a value (不超过): pass or fail, or by the way down from the base value. Growth has none: it is compared in points.
#[must_use]
pub fn completion(input: TargetInput<'_>, quarter: Quarter, figure: f64) -> Option<f64> {
    let TargetInput { plan, indicator, target, steps, .. } = input;
    let before = step_before(plan, target, steps, quarter).map(|(value, _)| value);
    let base = before.or(indicator.baseline.map(|(_, value)| value));
    let from_base = |base: f64| {
        let way = target.value - base;
        if way.abs() < f64::EPSILON { None } else { Some(((figure - base) / way).max(0.0)) }
    };
    if is_ceiling(indicator, target) {
        let by_way = base_above(indicator, target).and_then(from_base);
        return Some(by_way.unwrap_or(if figure <= target.value { 1.0 } else { 0.0 }));
    }
    match indicator.kind {
        IndicatorKind::Growth | IndicatorKind::Inverse => None,
        IndicatorKind::YesNo => Some(if figure >= 1.0 { 1.0 } else { 0.0 }),
        IndicatorKind::Level if base.is_some_and(|base| base < target.value) => base.and_then(from_base),
        IndicatorKind::Cumulative if before.is_some_and(|base| base < target.value) => before.and_then(from_base),
        IndicatorKind::Cumulative | IndicatorKind::Annual | IndicatorKind::Level => {
            if target.value <= f64::EPSILON {
                // nothing can be a part of nothing or less: met or not
                let met = if target.op == Op::AtLeast { figure >= target.value } else { figure <= target.value };
                Some(if met { 1.0 } else { 0.0 })
            } else {
                Some((figure / target.value).max(0.0))
            }
        }
    }
}

/// Whether a target is not to be passed: 逆指标, and whatever else is to stay 不超过 a value.
fn is_ceiling(indicator: &Indicator, target: &Target) -> bool {
    indicator.kind == IndicatorKind::Inverse
        || (target.op == Op::AtMost && !matches!(indicator.kind, IndicatorKind::Growth | IndicatorKind::YesNo))
}

/// Whether a target is met or not, without a way towards it that could be measured.
pub(super) fn passes_or_fails(indicator: &Indicator, target: &Target) -> bool {
    indicator.kind == IndicatorKind::YesNo || (is_ceiling(indicator, target) && base_above(indicator, target).is_none())
}

/// The base value from which a ceiling is come down to step by step; none where it only passes or fails.
fn base_above(indicator: &Indicator, target: &Target) -> Option<f64> {
    let counts = matches!(indicator.kind, IndicatorKind::Inverse | IndicatorKind::Level);
    indicator.baseline.map(|(_, base)| base).filter(|&base| counts && base > target.value)
}

/// Judges one target in a quarter.
#[must_use]
pub fn assess_target(input: TargetInput<'_>, rules: &RuleSet, moment: Moment) -> Assessment {
    let TargetInput { plan, indicator, target, actuals, .. } = input;
    let quarter = moment.quarter;
    let due = due_of(plan, target, quarter);
    let ceiling = is_ceiling(indicator, target);
    let lasting = !ceiling
        && target.cadence != Cadence::Annual
        && matches!(indicator.kind, IndicatorKind::Cumulative | IndicatorKind::Level | IndicatorKind::YesNo);
    let mut value = figure(indicator, actuals, quarter);
    if value.is_none() && lasting {
        // What was reached before stays reached: nobody is asked for the same figure twice.
        value = actuals
            .iter()
            .filter(|actual| actual.quarter < quarter)
            .map(|actual| actual.quarter)
            .max()
            .and_then(|last| figure(indicator, actuals, last))
            .filter(|&figure| completion(input, quarter, figure).is_some_and(|c| c >= 1.0));
    }
    let late = moment.is_past(due);
    let share = schedule(input, rules, quarter);
    let reached_already =
        !ceiling && value.and_then(|value| completion(input, quarter, value)).is_some_and(|reached| reached >= 1.0);
    let waits =
        step_before(plan, target, input.steps, quarter).is_some_and(|(_, before)| before.last_day() >= quarter.last_day());
    if waits && !reached_already {
        // the step before it is still being worked on
        let why = format!("{}目标，未到期", due.chinese());
        let lamp = rules.lamp(Judgement::NotDue);
        return Assessment { completion: None, schedule: None, gap: None, judgement: Judgement::NotDue, lamp, why };
    }
    let Some(value) = value else {
        let judgement = if late { Judgement::Overdue } else { Judgement::NotReturned };
        let lamp = if late { rules.lamp(judgement) } else { not_returned_lamp(rules, moment) };
        let why = if late {
            format!("{}到期，尚无数据→{lamp}", due.chinese())
        } else {
            format!("{}尚未填报数据", quarter.chinese())
        };
        return Assessment { completion: None, schedule: Some(share), gap: None, judgement, lamp, why };
    };
    if indicator.kind == IndicatorKind::Growth {
        // points on the wrong side of the target: below one that is to be reached, above one that is not to be passed
        let points = if target.op == Op::AtMost { value - target.value } else { target.value - value };
        let judgement = match (late, points <= 0.0) {
            (true, true) => Judgement::Completed,
            (true, false) => Judgement::Overdue,
            (false, _) => rules.judge_growth(points),
        };
        let lamp = rules.lamp(judgement);
        let distance = match (number((value - target.value).abs(), 2).as_str(), value > target.value) {
            ("0", _) => "与目标持平".to_owned(),
            (points, true) => format!("高{points}个百分点"),
            (points, false) => format!("低{points}个百分点"),
        };
        let sign = if target.op == Op::AtMost { "≤" } else { "" };
        let why = format!("目标{sign}{}%，实际{}%，{distance}→{lamp}", number(target.value, 2), number(value, 2));
        return Assessment { completion: None, schedule: Some(share), gap: Some(points), judgement, lamp, why };
    }
    let reached = completion(input, quarter, value).unwrap_or(0.0);
    let bounds = ceiling && passes_or_fails(indicator, target);
    let is_step = indicator.kind == IndicatorKind::YesNo;
    let gap = (share - reached) * 100.0;
    let judgement = if ceiling && reached >= 1.0 {
        // “控制在…以内” is kept until the date, not reached before it.
        if late || quarter >= Quarter::of(due.last_day()) { Judgement::Completed } else { Judgement::OnSchedule }
    } else if reached >= 1.0 {
        Judgement::Completed
    } else if late {
        Judgement::Overdue
    } else if bounds {
        Judgement::Behind
    } else if is_step {
        // done or not: before its date it is not behind
        Judgement::OnSchedule
    } else {
        rules.judge_gap(gap)
    };
    let lamp = rules.lamp(judgement);
    let why = match judgement {
        _ if bounds => {
            let words = if reached >= 1.0 { "在控制范围内" } else { "超出控制范围" };
            format!("控制值{}，实际{}，{words}→{lamp}", number(target.value, 2), number(value, 2))
        }
        Judgement::Completed if is_step => format!("已完成→{lamp}"),
        Judgement::Overdue if is_step => format!("{}到期，尚未完成→{lamp}", due.chinese()),
        _ if is_step => format!("尚未完成，{}到期→{lamp}", due.chinese()),
        Judgement::Completed => format!("完成{}→{lamp}", percent(reached)),
        Judgement::Overdue => format!("{}到期，完成{}→{lamp}", due.chinese(), percent(reached)),
        _ => format!("序时{}，完成{}，{}→{lamp}", percent(share), percent(reached), gap_words(gap)),
    };
    if bounds {
        // in or out of bounds: no part of a way, and no time that goes by
        return Assessment { completion: None, schedule: None, gap: None, judgement, lamp, why };
    }
    let (schedule, gap) = if is_step { (None, None) } else { (Some(share), Some(gap)) };
    Assessment { completion: Some(reached), schedule, gap, judgement, lamp, why }
}
