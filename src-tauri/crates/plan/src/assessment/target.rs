//! Completion and judgement of one target in a quarter.

use super::{Assessment, Moment, falls_due, gap_words, number, percent};
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

/// The date a target has of its own, else the plan's end; none where neither is known: no date, nothing that could pass.
#[must_use]
pub fn own_due(plan: &Plan, target: &Target) -> Option<Due> {
    target.due.or(plan.period_to.map(Due::Year))
}

/// Whether a target counts anew each year: a count of each year, or a rate of growth.
#[must_use]
pub fn is_yearly(indicator: &Indicator, target: &Target) -> bool {
    target.cadence == Cadence::Annual || matches!(indicator.kind, IndicatorKind::Annual | IndicatorKind::Growth)
}

/// The share of a target that should be reached by the end of a quarter, 0..1.
///
/// A yearly count, a growth rate and a step that is due in the year of the quarter go by the rule set's quarter shares of that
/// year; a final target without yearly steps goes evenly from the start of the plan to its due date.
#[must_use]
pub fn schedule(input: TargetInput<'_>, rules: &RuleSet, quarter: Quarter) -> f64 {
    let share = rules.quarter_shares[usize::from(quarter.number() - 1)];
    let TargetInput { plan, target, indicator, steps, .. } = input;
    if is_yearly(indicator, target) {
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

/// What the way to a target is measured from: the step before it, else the value of the base year. One rule for totals and levels,
/// in the first year and over every turn of a year; where neither is known a total is measured from nothing, and a level has no
/// way that could be measured.
fn base_of(input: TargetInput<'_>, quarter: Quarter) -> Option<f64> {
    let TargetInput { plan, indicator, target, steps, .. } = input;
    step_before(plan, target, steps, quarter).map(|(value, _)| value).or(indicator.baseline.map(|(_, value)| value))
}

/// Completion of a target by a figure: 0..1 and beyond, never below 0.
///
/// Totals and levels: the way from the base (the step before, else the base year's value), without one figure / target; what
/// counts anew each year has no base. Inverse and all that is not to pass a value (不超过): pass or fail, or by the way down from
/// the base value. Growth has none: it is compared in points.
#[must_use]
pub fn completion(input: TargetInput<'_>, quarter: Quarter, figure: f64) -> Option<f64> {
    let TargetInput { indicator, target, .. } = input;
    let from_base = |base: f64| {
        let way = target.value - base;
        if way.abs() < f64::EPSILON { None } else { Some(((figure - base) / way).max(0.0)) }
    };
    if is_ceiling(indicator, target) {
        let by_way = base_above(indicator, target).and_then(from_base);
        return Some(by_way.unwrap_or(if figure <= target.value { 1.0 } else { 0.0 }));
    }
    let base = base_of(input, quarter).filter(|&base| base < target.value && !is_yearly(indicator, target));
    match indicator.kind {
        IndicatorKind::Growth | IndicatorKind::Inverse => None,
        IndicatorKind::YesNo => Some(if figure >= 1.0 { 1.0 } else { 0.0 }),
        IndicatorKind::Cumulative | IndicatorKind::Annual | IndicatorKind::Level => match base {
            Some(base) => from_base(base),
            // nothing can be a part of nothing or less: met or not
            None if target.value <= f64::EPSILON => {
                let met = if target.op == Op::AtLeast { figure >= target.value } else { figure <= target.value };
                Some(if met { 1.0 } else { 0.0 })
            }
            None => Some((figure / target.value).max(0.0)),
        },
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
///
/// A year's target that is short when its year is over is 未完成年度目标; 超期未完成 is only what has a date of its own that has
/// passed. What is reached is 已完成 where nothing later is open, else 完成年度目标. Without a figure nothing is known: 未报数据.
#[must_use]
pub fn assess_target(input: TargetInput<'_>, rules: &RuleSet, moment: Moment) -> Assessment {
    let asked = Asked::of(input, rules, moment);
    let TargetInput { plan, target, .. } = input;
    let quarter = asked.moment.quarter;
    let known = asked.known();
    let waits =
        step_before(plan, target, input.steps, quarter).is_some_and(|(_, before)| before.last_day() >= quarter.last_day());
    if waits && !known.is_some_and(|(_, value)| !asked.ceiling && asked.is_reached(value)) {
        // the step before it is still being worked on
        let why = format!("{}目标，未到期", due_of(plan, target, quarter).chinese());
        return asked.word(Judgement::NotDue, why);
    }
    match known {
        None => asked.without_figure(),
        Some((_, value)) if input.indicator.kind == IndicatorKind::Growth => asked.growth(value),
        Some((_, value)) if asked.ceiling && passes_or_fails(input.indicator, target) => asked.bounds(value),
        Some((_, value)) if input.indicator.kind == IndicatorKind::YesNo => asked.yes_or_no(value),
        Some((of, value)) => asked.way(of, value),
    }
}

/// A target with what its quarter asks of it.
struct Asked<'a> {
    input: TargetInput<'a>,
    rules: &'a RuleSet,
    moment: Moment,
    /// Not to be passed.
    ceiling: bool,
    /// Counted anew each year.
    yearly: bool,
    /// The date by which it is judged: the year's end for what counts anew each year, else its own or the plan's end.
    ends: Option<Due>,
    /// Whether that date has gone by.
    late: bool,
}

impl<'a> Asked<'a> {
    fn of(input: TargetInput<'a>, rules: &'a RuleSet, moment: Moment) -> Self {
        let TargetInput { plan, indicator, target, .. } = input;
        let due = own_due(plan, target);
        let yearly = is_yearly(indicator, target);
        // after its last year a yearly target stands as that year left it
        let last_year =
            due.filter(|due| yearly && due.year() < moment.quarter.year()).and_then(|due| Quarter::new(due.year(), 4));
        let moment = Moment { quarter: last_year.unwrap_or(moment.quarter), ..moment };
        let year = moment.quarter.year();
        let ends = if yearly { due.filter(|due| due.year() == year).or(Some(Due::Year(year))) } else { due };
        let late = ends.is_some_and(|due| moment.is_past(rules.last_day(due)));
        Self { input, rules, moment, ceiling: is_ceiling(indicator, target), yearly, ends, late }
    }

    fn completion(&self, value: f64) -> Option<f64> {
        completion(self.input, self.moment.quarter, value)
    }

    fn is_reached(&self, value: f64) -> bool {
        self.completion(value).is_some_and(|reached| reached >= 1.0)
    }

    /// The figure that speaks for the quarter, with the quarter it was given for. What was reached stays reached (for what counts
    /// anew each year until the year's end), and a level stands until it changes: nobody is asked for the same figure twice. Past
    /// its own date the last figure says how far it came.
    fn known(&self) -> Option<(Quarter, f64)> {
        let TargetInput { indicator, actuals, .. } = self.input;
        let quarter = self.moment.quarter;
        if let Some(value) = figure(indicator, actuals, quarter) {
            return Some((quarter, value));
        }
        if self.ceiling || indicator.kind == IndicatorKind::Growth {
            return None;
        }
        let earlier = actuals.iter().map(|actual| actual.quarter).filter(|of| *of < quarter);
        let last = earlier.filter(|of| !self.yearly || of.year() == quarter.year()).max()?;
        let value = figure(indicator, actuals, last)?;
        let stands = matches!(indicator.kind, IndicatorKind::Level | IndicatorKind::YesNo) && !self.yearly;
        let came_so_far = self.late && !self.misses_a_year();
        (stands || came_so_far || self.is_reached(value)).then_some((last, value))
    }

    /// Whether falling short means that a year's target was missed rather than a date of its own.
    fn misses_a_year(&self) -> bool {
        let a_years_end = matches!(self.ends, Some(Due::Year(_)));
        a_years_end && (self.yearly || self.steps_after().next().is_some())
    }

    fn steps_after(&self) -> impl Iterator<Item = &'a Target> {
        let TargetInput { plan, target, steps, .. } = self.input;
        let quarter = self.moment.quarter;
        let own = due_of(plan, target, quarter).last_day();
        steps.iter().filter(move |step| step.id != target.id && due_of(plan, step, quarter).last_day() > own)
    }

    /// Whether anything of the indicator stays open once this value is reached.
    fn is_open_later(&self, value: f64) -> bool {
        let TargetInput { plan, target, .. } = self.input;
        let runs_on = self.yearly && own_due(plan, target).is_none_or(|due| due.year() > self.moment.quarter.year());
        runs_on
            || self.steps_after().any(|step| {
                self.yearly
                    || self.ceiling
                    || completion(TargetInput { target: step, ..self.input }, self.moment.quarter, value)
                        .is_none_or(|reached| reached < 1.0)
            })
    }

    fn met(&self, value: f64) -> Judgement {
        if self.is_open_later(value) { Judgement::YearMet } else { Judgement::Completed }
    }

    fn missed(&self) -> Judgement {
        if self.misses_a_year() { Judgement::YearMissed } else { Judgement::Overdue }
    }

    fn word(&self, judgement: Judgement, why: String) -> Assessment {
        let lamp = self.rules.lamp(judgement);
        Assessment { completion: None, schedule: None, gap: None, judgement, lamp, why }
    }

    /// Its date in words, with a day of rest's working day.
    fn ends_in_words(&self) -> String {
        self.ends.map_or_else(String::new, |due| falls_due(due, self.rules))
    }

    fn without_figure(&self) -> Assessment {
        let quarter = self.moment.quarter.chinese();
        let why = if self.late {
            format!("{}，尚未填报数据", self.ends_in_words())
        } else {
            format!("{quarter}尚未填报数据")
        };
        let schedule = (!self.is_out_of_time()).then(|| schedule(self.input, self.rules, self.moment.quarter));
        Assessment { schedule, ..self.word(Judgement::NoData, why) }
    }

    fn growth(&self, value: f64) -> Assessment {
        let target = self.input.target;
        // points on the wrong side of the target: below one that is to be reached, above one that is not to be passed
        let points = if target.op == Op::AtMost { value - target.value } else { target.value - value };
        let judgement = match (self.late, points <= 0.0) {
            (true, true) => self.met(value),
            (true, false) => self.missed(),
            // staying below a bound is keeping it, not being ahead
            (false, _) if target.op == Op::AtMost => self.rules.judge_growth(points).max(Judgement::OnSchedule),
            (false, _) => self.rules.judge_growth(points),
        };
        let lamp = self.rules.lamp(judgement);
        let distance = match (number((value - target.value).abs(), 2).as_str(), value > target.value) {
            ("0", _) => "与目标持平".to_owned(),
            (points, true) => format!("高{points}个百分点"),
            (points, false) => format!("低{points}个百分点"),
        };
        let sign = if target.op == Op::AtMost { "≤" } else { "" };
        let why = format!("目标{sign}{}%，实际{}%，{distance}→{lamp}", number(target.value, 2), number(value, 2));
        let share = schedule(self.input, self.rules, self.moment.quarter);
        Assessment { schedule: Some(share), gap: Some(points), ..self.word(judgement, why) }
    }

    /// In or out of bounds: no part of a way, and no time that goes by. “控制在…以内” is kept until the date, not reached before it.
    fn bounds(&self, value: f64) -> Assessment {
        let within = self.is_reached(value);
        let judgement = match (within, self.late) {
            (true, _) if self.is_the_day() => self.met(value),
            (true, _) => Judgement::OnSchedule,
            (false, true) => self.missed(),
            (false, false) => Judgement::Behind,
        };
        let lamp = self.rules.lamp(judgement);
        let words = if within { "在控制范围内" } else { "超出控制范围" };
        let bound = number(self.input.target.value, 2);
        self.word(judgement, format!("控制值{bound}，实际{}，{words}→{lamp}", number(value, 2)))
    }

    /// Whether its date has come.
    fn is_the_day(&self) -> bool {
        self.late || self.ends.is_some_and(|due| self.moment.day() >= self.rules.last_day(due))
    }

    /// Done or not: before its date it is not behind.
    fn yes_or_no(&self, value: f64) -> Assessment {
        let judgement = match (self.is_reached(value), self.late) {
            (true, _) => self.met(value),
            (false, true) => self.missed(),
            (false, false) => Judgement::OnSchedule,
        };
        let lamp = self.rules.lamp(judgement);
        let why = match judgement {
            Judgement::Completed | Judgement::YearMet => format!("已完成→{lamp}"),
            Judgement::OnSchedule if self.ends.is_none() => format!("尚未完成→{lamp}"),
            Judgement::OnSchedule => format!("尚未完成，{}→{lamp}", self.ends_in_words()),
            _ => format!("{}，尚未完成→{lamp}", self.ends_in_words()),
        };
        Assessment { completion: self.completion(value), ..self.word(judgement, why) }
    }

    /// Whether time says nothing of it: no date is known, or a stock is measured from no base, so that what was there before the
    /// plan would count as its work.
    fn is_out_of_time(&self) -> bool {
        let TargetInput { indicator, target, .. } = self.input;
        let stock = indicator.kind == IndicatorKind::Level && !self.ceiling;
        !self.yearly
            && (self.ends.is_none()
                || (stock && base_of(self.input, self.moment.quarter).is_none_or(|base| base >= target.value)))
    }

    /// A way towards the target, measured against the time that is gone.
    fn way(&self, of: Quarter, value: f64) -> Assessment {
        let reached = self.completion(value).unwrap_or(0.0);
        let timeless = self.is_out_of_time();
        let share = schedule(self.input, self.rules, self.moment.quarter);
        let gap = (share - reached) * 100.0;
        let judgement = match reached >= 1.0 {
            // a bound that is come down to is kept until its date
            true if self.ceiling && !self.is_the_day() => Judgement::OnSchedule,
            true => self.met(value),
            false if self.late => self.missed(),
            false if timeless => Judgement::OnSchedule,
            false => self.rules.judge_gap(gap),
        };
        let lamp = self.rules.lamp(judgement);
        let earlier = if of == self.moment.quarter { String::new() } else { format!("按{}数据，", of.chinese()) };
        let done = format!("完成{}", percent(reached));
        let why = match judgement {
            Judgement::Completed => format!("{done}→{lamp}"),
            Judgement::YearMet => format!("年度目标{done}→{lamp}"),
            Judgement::YearMissed => format!("{}年目标{done}→{lamp}", self.moment.quarter.year()),
            Judgement::Overdue => format!("{}，{done}→{lamp}", self.ends_in_words()),
            _ if timeless => self.level_in_words(value, lamp),
            _ => format!("序时{}，{done}，{}→{lamp}", percent(share), gap_words(gap)),
        };
        let (schedule, gap) = if timeless { (None, None) } else { (Some(share), Some(gap)) };
        Assessment { completion: Some(reached), schedule, gap, ..self.word(judgement, format!("{earlier}{why}")) }
    }

    fn level_in_words(&self, value: f64, lamp: crate::Lamp) -> String {
        let TargetInput { indicator, target, .. } = self.input;
        let without = if self.ends.is_none() { "无完成时限" } else { "无基期值" };
        let (now, then) = (number(value, 2), number(target.value, 2));
        format!("现为{now}{unit}，目标{then}{unit}，{without}，按水平，不计序时→{lamp}", unit = indicator.unit)
    }
}
