//! Completion, gap to schedule, judgement and lamp of targets, milestones and tasks in a quarter, each with the sentence why.
//!
//! A quarter is judged on its judging day: today while the quarter runs and while its returns come in (the quarter after it),
//! afterwards the day after its cut-off, so that an old quarter keeps the judgements it had.

use crate::{
    Actual, Assignment, Cadence, ChecklistItem, DepartmentId, Due, Indicator, IndicatorKind,
    Judgement, Lamp, Milestone, Op, Plan, Progress, Quarter, Role, RuleSet, Status, Target, Task,
};
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// The quarter that is looked at, and today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The quarter.
    pub quarter: Quarter,
    /// Today.
    pub today: NaiveDate,
}

impl Moment {
    /// The day on which the quarter is judged.
    #[must_use]
    pub fn judging_day(self) -> NaiveDate {
        let Self { quarter, today } = self;
        if today <= quarter.last_day() || Quarter::of(today) == quarter.next() {
            today
        } else {
            quarter.next().first_day()
        }
    }

    /// The same moment for the quarter before, judged as it stood then.
    #[must_use]
    pub fn previous(self) -> Self {
        Self {
            quarter: self.quarter.previous(),
            today: self.today.min(self.quarter.first_day()),
        }
    }

    /// Whether something due then was late on the judging day; what is due after the quarter is never late in it.
    #[must_use]
    pub fn is_past(self, due: Due) -> bool {
        due.last_day() < self.judging_day() && due.last_day() <= self.quarter.last_day()
    }

    fn is_done(self, done_on: Option<NaiveDate>) -> bool {
        done_on.is_some_and(|day| day <= self.judging_day())
    }
}

/// What the rules say of one row in one quarter.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// Completion 0..1 and beyond where the figure goes past its target; none where there is nothing to compute it from.
    pub completion: Option<f64>,
    /// Share of time gone, 0..1.
    pub schedule: Option<f64>,
    /// Gap to schedule in points; positive means behind.
    pub gap: Option<f64>,
    /// The judgement.
    pub judgement: Judgement,
    /// The lamp.
    pub lamp: Lamp,
    /// Why, in a short sentence.
    pub why: String,
}

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
    let of_quarter: Vec<&Actual> = actuals
        .iter()
        .filter(|actual| actual.quarter == quarter)
        .collect();
    if let Some(for_all) = of_quarter.iter().find(|actual| actual.department.is_none()) {
        return Some(for_all.value);
    }
    let count = u32::try_from(of_quarter.len())
        .ok()
        .filter(|&count| count > 0)?;
    let sum: f64 = of_quarter.iter().map(|actual| actual.value).sum();
    let rate = matches!(indicator.kind, IndicatorKind::Growth | IndicatorKind::YesNo)
        || indicator.unit.contains('%');
    Some(if rate { sum / f64::from(count) } else { sum })
}

/// The step of an indicator that is worked on in a quarter: the first that is not yet due before it, else the last.
#[must_use]
pub fn current_step<'a>(plan: &Plan, steps: &'a [Target], quarter: Quarter) -> Option<&'a Target> {
    let mut ordered: Vec<&Target> = steps.iter().collect();
    ordered.sort_by_key(|target| due_of(plan, target, quarter).last_day());
    ordered
        .iter()
        .find(|target| due_of(plan, target, quarter).last_day() >= quarter.first_day())
        .or(ordered.last())
        .copied()
}

/// When a target is due: its own date, else the plan's end, else the end of the year that is looked at.
#[must_use]
pub fn due_of(plan: &Plan, target: &Target, quarter: Quarter) -> Due {
    target
        .due
        .or(plan.period_to.map(Due::Year))
        .unwrap_or(Due::Year(quarter.year()))
}

/// A number as offices print it: no trailing zeros, at most `digits` decimals.
#[must_use]
pub fn number(value: f64, digits: usize) -> String {
    let text = format!("{value:.digits$}");
    let text = if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        &text
    };
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

fn percent(share: f64) -> String {
    format!("{}%", number(share * 100.0, 1))
}

/// `差23点`, `超5点` or `与序时持平`.
#[must_use]
pub fn gap_words(gap: f64) -> String {
    match number(gap, 1).as_str() {
        "0" => "与序时持平".to_owned(),
        points if gap > 0.0 => format!("差{points}点"),
        points => format!("超{}点", points.trim_start_matches('-')),
    }
}

/// The share of a target that should be reached by the end of a quarter, 0..1.
///
/// A yearly count, a growth rate and a step that is due in the year of the quarter go by the rule set's quarter shares of that
/// year; a final target without yearly steps goes evenly from the start of the plan to its due date.
#[must_use]
pub fn schedule(input: TargetInput<'_>, rules: &RuleSet, quarter: Quarter) -> f64 {
    let share = rules.quarter_shares[usize::from(quarter.number() - 1)];
    let TargetInput {
        plan,
        target,
        indicator,
        steps,
        ..
    } = input;
    if target.cadence == Cadence::Annual
        || matches!(
            indicator.kind,
            IndicatorKind::Annual | IndicatorKind::Growth
        )
    {
        return share;
    }
    let due = due_of(plan, target, quarter);
    let before = step_before(plan, target, steps, quarter);
    let first_year = match before {
        Some((_, due)) => due.year() + 1,
        None => plan
            .period_from
            .or(plan.issued_on.map(|day| day.year()))
            .unwrap_or_else(|| due.year()),
    };
    time_share(first_year, due, rules, quarter)
}

/// Time gone from the start of a year to a due date, by the end of a quarter: whole years evenly, within the year by the
/// rule set's quarter shares; a due date inside a year counts the quarters up to it.
fn time_share(first_year: i32, due: Due, rules: &RuleSet, quarter: Quarter) -> f64 {
    let due_quarter = Quarter::of(due.last_day());
    if quarter >= due_quarter {
        return 1.0;
    }
    if quarter.year() < first_year {
        return 0.0;
    }
    let position = |quarter: Quarter| {
        f64::from(quarter.year() - first_year)
            + rules.quarter_shares[usize::from(quarter.number() - 1)]
    };
    let whole = position(due_quarter);
    if whole > 0.0 {
        (position(quarter) / whole).clamp(0.0, 1.0)
    } else {
        1.0
    }
}

fn step_before(
    plan: &Plan,
    target: &Target,
    steps: &[Target],
    quarter: Quarter,
) -> Option<(f64, Due)> {
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
/// Counts and levels: figure / target, from the base value where a base year (or an earlier step) is known. Inverse: pass or
/// fail, or by the way from the base value. Growth has none: it is compared in points.
#[must_use]
pub fn completion(input: TargetInput<'_>, quarter: Quarter, figure: f64) -> Option<f64> {
    let TargetInput {
        plan,
        indicator,
        target,
        steps,
        ..
    } = input;
    let before = step_before(plan, target, steps, quarter).map(|(value, _)| value);
    let base = before.or(indicator.baseline.map(|(_, value)| value));
    let from_base = |base: f64| {
        let way = target.value - base;
        if way.abs() < f64::EPSILON {
            None
        } else {
            Some(((figure - base) / way).max(0.0))
        }
    };
    match indicator.kind {
        IndicatorKind::Growth => None,
        IndicatorKind::YesNo => Some(if figure >= 1.0 { 1.0 } else { 0.0 }),
        IndicatorKind::Inverse => {
            let pass = figure <= target.value;
            let by_way = indicator.baseline.and_then(|(_, base)| {
                if base > target.value {
                    from_base(base)
                } else {
                    None
                }
            });
            Some(by_way.unwrap_or(if pass { 1.0 } else { 0.0 }))
        }
        IndicatorKind::Level if base.is_some_and(|base| base < target.value) => {
            base.and_then(from_base)
        }
        IndicatorKind::Cumulative if before.is_some_and(|base| base < target.value) => {
            before.and_then(from_base)
        }
        IndicatorKind::Cumulative | IndicatorKind::Annual | IndicatorKind::Level => {
            if target.value.abs() < f64::EPSILON {
                Some(if figure <= 0.0 { 1.0 } else { 0.0 })
            } else {
                Some((figure / target.value).max(0.0))
            }
        }
    }
}

/// Judges one target in a quarter.
#[must_use]
pub fn assess_target(input: TargetInput<'_>, rules: &RuleSet, moment: Moment) -> Assessment {
    let TargetInput {
        plan,
        indicator,
        target,
        actuals,
        ..
    } = input;
    let quarter = moment.quarter;
    let due = due_of(plan, target, quarter);
    let lasting = target.cadence != Cadence::Annual
        && matches!(
            indicator.kind,
            IndicatorKind::Cumulative | IndicatorKind::Level | IndicatorKind::YesNo
        );
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
    let Some(value) = value else {
        let judgement = if late {
            Judgement::Overdue
        } else {
            Judgement::NotReturned
        };
        let lamp = if late {
            rules.lamp(judgement)
        } else {
            not_returned_lamp(rules, moment)
        };
        let why = if late {
            format!("{}到期，尚无数据→{lamp}", due.chinese())
        } else {
            format!("{}尚未填报数据", quarter.chinese())
        };
        return Assessment {
            completion: None,
            schedule: Some(share),
            gap: None,
            judgement,
            lamp,
            why,
        };
    };
    if indicator.kind == IndicatorKind::Growth {
        let points = target.value - value;
        let judgement = match (late, points <= 0.0) {
            (true, true) => Judgement::Completed,
            (true, false) => Judgement::Overdue,
            (false, _) => rules.judge_growth(points),
        };
        let lamp = rules.lamp(judgement);
        let why = format!(
            "目标{}%，实际{}%，{}个百分点→{lamp}",
            number(target.value, 2),
            number(value, 2),
            if points > 0.0 {
                format!("低{}", number(points, 2))
            } else {
                format!("高{}", number(-points, 2))
            }
        );
        return Assessment {
            completion: None,
            schedule: Some(share),
            gap: Some(points),
            judgement,
            lamp,
            why,
        };
    }
    let reached = completion(input, quarter, value).unwrap_or(0.0);
    let holds = indicator.kind == IndicatorKind::Inverse || target.op == Op::AtMost;
    let gap = (share - reached) * 100.0;
    let judgement = if holds && reached >= 1.0 {
        // “控制在…以内” is kept until the date, not reached before it.
        if late || quarter >= Quarter::of(due.last_day()) {
            Judgement::Completed
        } else {
            Judgement::OnSchedule
        }
    } else if reached >= 1.0 {
        Judgement::Completed
    } else if late {
        Judgement::Overdue
    } else if holds && indicator.baseline.is_none() {
        Judgement::Behind
    } else {
        rules.judge_gap(gap)
    };
    let lamp = rules.lamp(judgement);
    let why = match judgement {
        Judgement::Completed => format!("完成{}→{lamp}", percent(reached)),
        Judgement::Overdue => format!("{}到期，完成{}→{lamp}", due.chinese(), percent(reached)),
        _ if holds && indicator.baseline.is_none() => {
            let words = if reached >= 1.0 {
                "在控制范围内"
            } else {
                "超出控制范围"
            };
            format!(
                "控制值{}，实际{}，{words}→{lamp}",
                number(target.value, 2),
                number(value, 2)
            )
        }
        _ => format!(
            "序时{}，完成{}，{}→{lamp}",
            percent(share),
            percent(reached),
            gap_words(gap)
        ),
    };
    Assessment {
        completion: Some(reached),
        schedule: Some(share),
        gap: Some(gap),
        judgement,
        lamp,
        why,
    }
}

/// The lamp of a missing return: ○, and yellow once the working days after the cut-off are over.
#[must_use]
pub fn not_returned_lamp(rules: &RuleSet, moment: Moment) -> Lamp {
    let mut day = moment.quarter.last_day();
    let mut left = rules.not_returned_yellow_working_days;
    while left > 0 {
        let Some(next) = day.checked_add_days(Days::new(1)) else {
            return Lamp::None;
        };
        day = next;
        if !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            left -= 1;
        }
    }
    if moment.today > day {
        Lamp::Yellow
    } else {
        rules.lamp(Judgement::NotReturned)
    }
}

/// Judges a milestone: green when done, yellow shortly before its date, red the day after it.
#[must_use]
pub fn assess_milestone(milestone: &Milestone, rules: &RuleSet, moment: Moment) -> Assessment {
    let due = milestone.due;
    let days = (due.last_day() - moment.judging_day()).num_days();
    let (judgement, lamp, why) = if moment.is_done(milestone.done_on) {
        let late = milestone.done_on.is_some_and(|day| day > due.last_day());
        (
            Judgement::Completed,
            Lamp::Green,
            if late {
                "已完成（晚于期限）→绿".to_owned()
            } else {
                "已按期完成→绿".to_owned()
            },
        )
    } else if moment.is_past(due) {
        (
            Judgement::Overdue,
            rules.lamp(Judgement::Overdue),
            format!("{}到期，逾期{}天→红", due.chinese(), -days),
        )
    } else if due.last_day() <= moment.quarter.last_day() && days <= rules.milestone_yellow_days {
        (
            Judgement::OnSchedule,
            Lamp::Yellow,
            format!("{}到期，还有{}天→黄", due.chinese(), days),
        )
    } else {
        (
            Judgement::OnSchedule,
            Lamp::Green,
            format!("{}到期，未到期限→绿", due.chinese()),
        )
    };
    Assessment {
        completion: Some(if judgement == Judgement::Completed {
            1.0
        } else {
            0.0
        }),
        schedule: None,
        gap: None,
        judgement,
        lamp,
        why,
    }
}

/// The lamp of a checklist item: green when done, red past its date, yellow shortly before, else ○.
#[must_use]
pub fn item_lamp(item: &ChecklistItem, rules: &RuleSet, moment: Moment) -> Lamp {
    match item.due {
        _ if moment.is_done(item.done_on) => Lamp::Green,
        Some(due) if moment.is_past(due) => Lamp::Red,
        Some(due)
            if (due.last_day() - moment.judging_day()).num_days()
                <= rules.milestone_yellow_days
                && due.last_day() <= moment.quarter.last_day() =>
        {
            Lamp::Yellow
        }
        _ => Lamp::None,
    }
}

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
    assignments
        .iter()
        .find(|a| a.role == Role::Lead)
        .or(assignments.first())
        .map(|a| &a.department)
}

/// Judges a task: the office's own judgement first; then past due; then the worst of its binding indicators and of the
/// milestones that are due; else the weighted mean gap of its other indicators; else its checklist.
///
/// Milestones alone never hide indicators that lag: where no binding indicator stands beside them and none is late, the other
/// indicators decide.
#[must_use]
pub fn assess_task(input: TaskInput<'_>, rules: &RuleSet, moment: Moment) -> TaskAssessment {
    let TaskInput {
        plan,
        task,
        assignments,
        items,
        milestones,
        indicators,
        progress,
    } = input;
    let quarter = moment.quarter;
    let of_quarter: Vec<&Progress> = progress.iter().filter(|p| p.quarter == quarter).collect();
    let answers = answering(assignments);
    let status = of_quarter
        .iter()
        .find(|p| Some(&p.department) == answers)
        .or(of_quarter.first())
        .map_or(Status::NotStarted, |p| p.status);
    let returned = !of_quarter.is_empty()
        || indicators
            .iter()
            .any(|(_, _, actuals)| actuals.iter().any(|actual| actual.quarter == quarter));

    let done_items = items
        .iter()
        .filter(|item| moment.is_done(item.done_on))
        .count();
    let due = task.due.or(plan.period_to.map(Due::Year));
    let first_year = task
        .start
        .map(|day| day.year())
        .or(plan.period_from)
        .or(plan.issued_on.map(|day| day.year()));
    let time = due.map(|due| {
        time_share(
            first_year.unwrap_or_else(|| due.year()),
            due,
            rules,
            quarter,
        )
    });

    let current: Vec<(&Indicator, &Target, Assessment)> = indicators
        .iter()
        .filter_map(|(indicator, steps, actuals)| {
            let target = current_step(plan, steps, quarter)?;
            let judged = assess_target(
                TargetInput {
                    plan,
                    indicator,
                    target,
                    steps,
                    actuals,
                },
                rules,
                moment,
            );
            Some((*indicator, target, judged))
        })
        .collect();
    let completion = mean(current.iter().filter_map(|(indicator, _, judged)| {
        Some((indicator.weight, judged.completion?.min(1.0)))
    }))
    .or_else(|| share(done_items, items.len()));

    let verdict =
        |judgement: Judgement, lamp: Lamp, why: String, gap: Option<f64>| TaskAssessment {
            assessment: Assessment {
                completion,
                schedule: time,
                gap,
                judgement,
                lamp,
                why,
            },
            counted: judgement != Judgement::NotDue && status != Status::Cancelled,
            returned,
        };
    if let Some((judgement, reason)) = &task.override_judgement {
        let lamp = rules.lamp(*judgement);
        return verdict(*judgement, lamp, format!("督查认定:{reason}→{lamp}"), None);
    }
    if moment.is_done(task.closed_on) || status == Status::Closed {
        return verdict(
            Judgement::Completed,
            rules.lamp(Judgement::Completed),
            "已销号→绿".to_owned(),
            None,
        );
    }
    if task.start.is_some_and(|start| start > quarter.last_day()) {
        let why = task
            .start
            .map(|day| format!("{}起实施，未到期", Due::Day(day).chinese()))
            .unwrap_or_default();
        return verdict(Judgement::NotDue, rules.lamp(Judgement::NotDue), why, None);
    }

    // What is late beats all.
    let judged_milestones: Vec<(&Milestone, Assessment)> = milestones
        .iter()
        .filter(|m| moment.is_done(m.done_on) || m.due.last_day() <= quarter.last_day())
        .map(|m| (m, assess_milestone(m, rules, moment)))
        .collect();
    if let Some((milestone, late)) = judged_milestones
        .iter()
        .find(|(_, judged)| judged.judgement == Judgement::Overdue)
    {
        return verdict(
            Judgement::Overdue,
            late.lamp,
            format!("“{}”{}", milestone.what, late.why),
            None,
        );
    }
    if let Some((indicator, _, late)) = current
        .iter()
        .find(|(_, _, judged)| judged.judgement == Judgement::Overdue)
    {
        return verdict(
            Judgement::Overdue,
            late.lamp,
            format!("“{}”{}", indicator.name, late.why),
            late.gap,
        );
    }
    let all_items_done = !items.is_empty() && done_items == items.len();
    let all_targets_reached = !current.is_empty()
        && current
            .iter()
            .all(|(_, _, judged)| judged.judgement == Judgement::Completed);
    let all_milestones_done =
        !milestones.is_empty() && milestones.iter().all(|m| moment.is_done(m.done_on));
    let finished = (all_targets_reached
        || (current.is_empty() && (all_items_done || all_milestones_done)))
        && (milestones.is_empty() || all_milestones_done);
    if due.is_some_and(|due| moment.is_past(due)) && !finished {
        let lamp = rules.lamp(Judgement::Overdue);
        let when = due.map(Due::chinese).unwrap_or_default();
        let part = completion.map_or_else(String::new, |c| format!("，完成{}", percent(c)));
        return verdict(
            Judgement::Overdue,
            lamp,
            format!("{when}到期{part}→{lamp}"),
            None,
        );
    }
    if finished {
        return verdict(
            Judgement::Completed,
            rules.lamp(Judgement::Completed),
            "任务内容已全部完成→绿".to_owned(),
            None,
        );
    }
    if !returned {
        let lamp = not_returned_lamp(rules, moment);
        let why = if moment.today > quarter.last_day() {
            format!("{}未报送", quarter.chinese())
        } else {
            format!(
                "{}尚未报送，{}截止",
                quarter.chinese(),
                Due::Day(quarter.last_day()).chinese()
            )
        };
        return verdict(Judgement::NotReturned, lamp, why, None);
    }

    let binding: Vec<&(&Indicator, &Target, Assessment)> = current
        .iter()
        .filter(|(indicator, _, _)| indicator.binding)
        .collect();
    if !binding.is_empty() {
        let worst = binding.iter().max_by_key(|(_, _, judged)| judged.judgement);
        if let Some((indicator, _, judged)) = worst {
            return verdict(
                judged.judgement,
                judged.lamp,
                format!("约束性指标“{}”{}", indicator.name, judged.why),
                judged.gap,
            );
        }
    }
    let open: Vec<&(&Indicator, &Target, Assessment)> = current
        .iter()
        .filter(|(indicator, _, judged)| {
            judged.gap.is_some() && indicator.kind != IndicatorKind::Growth
        })
        .collect();
    // A figure past its target does not make up for one that lags: each counts as at most done.
    let gaps = mean(open.iter().map(|(indicator, _, judged)| {
        let reached = judged.completion.unwrap_or(0.0).min(1.0);
        (
            indicator.weight,
            (judged.schedule.unwrap_or(1.0) - reached) * 100.0,
        )
    }));
    let growth = current
        .iter()
        .filter(|(indicator, _, judged)| {
            indicator.kind == IndicatorKind::Growth && judged.gap.is_some()
        })
        .max_by_key(|(_, _, judged)| judged.judgement);
    let by_gap = gaps.map(|gap| {
        let judgement = rules.judge_gap(gap);
        let lamp = rules.lamp(judgement);
        let schedule = mean(
            open.iter()
                .filter_map(|(indicator, _, judged)| Some((indicator.weight, judged.schedule?))),
        )
        .unwrap_or(1.0);
        let many = if open.len() > 1 {
            format!("{}项指标平均", open.len())
        } else {
            String::new()
        };
        let why = format!(
            "{many}序时{}，完成{}，{}→{lamp}",
            percent(schedule),
            percent(schedule - gap / 100.0),
            gap_words(gap)
        );
        (judgement, lamp, why, Some(gap))
    });
    let by_growth = growth.map(|(indicator, _, judged)| {
        (
            judged.judgement,
            judged.lamp,
            format!("“{}”{}", indicator.name, judged.why),
            judged.gap,
        )
    });
    let worst = match (by_gap, by_growth) {
        (Some(gap), Some(growth)) => Some(if growth.0 > gap.0 { growth } else { gap }),
        (gap, growth) => gap.or(growth),
    };
    if let Some((judgement, lamp, why, gap)) = worst {
        return verdict(judgement, lamp, why, gap);
    }
    if let Some((milestone, judged)) = judged_milestones
        .iter()
        .find(|(_, judged)| judged.lamp == Lamp::Yellow)
    {
        return verdict(
            Judgement::OnSchedule,
            Lamp::Yellow,
            format!("“{}”{}", milestone.what, judged.why),
            None,
        );
    }
    if !judged_milestones.is_empty() && items.is_empty() {
        return verdict(
            Judgement::OnSchedule,
            rules.lamp(Judgement::OnSchedule),
            "到期节点均已完成→绿".to_owned(),
            None,
        );
    }
    if let Some(late) = items
        .iter()
        .find(|item| item_lamp(item, rules, moment) == Lamp::Red)
    {
        let lamp = rules.lamp(Judgement::Behind);
        let when = late.due.map(Due::chinese).unwrap_or_default();
        return verdict(
            Judgement::Behind,
            lamp,
            format!("“{}”{when}到期未完成→{lamp}", late.text),
            None,
        );
    }
    match (share(done_items, items.len()), time) {
        (Some(done), Some(time)) => {
            let gap = (time - done) * 100.0;
            let judgement = rules.judge_gap(gap);
            let lamp = rules.lamp(judgement);
            let why = format!(
                "序时{}，清单完成{done_items}/{}项，{}→{lamp}",
                percent(time),
                items.len(),
                gap_words(gap)
            );
            verdict(judgement, lamp, why, Some(gap))
        }
        _ if status == Status::Done => verdict(
            Judgement::Completed,
            rules.lamp(Judgement::Completed),
            "责任单位报已完成，待核→绿".to_owned(),
            None,
        ),
        _ => verdict(
            Judgement::OnSchedule,
            rules.lamp(Judgement::OnSchedule),
            "已按季报送进展→绿".to_owned(),
            None,
        ),
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    let (part, whole) = (u32::try_from(part).ok()?, u32::try_from(whole).ok()?);
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}

fn mean(weighted: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    let (weights, sum) = weighted.fold((0.0, 0.0), |(weights, sum), (weight, value)| {
        (weights + weight, sum + weight * value)
    });
    (weights > 0.0).then(|| sum / weights)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ActualId, ChecklistItemId, IndicatorId, MilestoneId, PlanId, PlanStage, ProgressId,
        TargetId, TaskId, TaskKind,
    };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn moment(quarter: &str, today: &str) -> Moment {
        Moment {
            quarter: quarter.parse().unwrap(),
            today: day(today),
        }
    }

    fn plan() -> Plan {
        Plan {
            id: PlanId::new("p"),
            title: "云溪县计划".to_owned(),
            doc_number: None,
            issuer: None,
            issued_on: None,
            period_from: Some(2025),
            period_to: Some(2027),
            stage: PlanStage::Issued,
            source_text: String::new(),
            position: 0,
        }
    }

    fn indicator(kind: IndicatorKind) -> Indicator {
        Indicator {
            id: IndicatorId::new("i"),
            plan: PlanId::new("p"),
            task: Some(TaskId::new("t")),
            name: "高新技术企业".to_owned(),
            unit: "家".to_owned(),
            kind,
            binding: false,
            baseline: None,
            weight: 1.0,
            position: 0,
        }
    }

    fn target(value: f64, due: &str, cadence: Cadence) -> Target {
        Target {
            id: TargetId::new(due),
            indicator: IndicatorId::new("i"),
            op: Op::AtLeast,
            value,
            due: Some(due.parse().unwrap()),
            cadence,
            proposed: false,
            span: None,
            position: 0,
        }
    }

    fn actual(quarter: &str, value: f64) -> Actual {
        Actual {
            id: ActualId::new(quarter),
            indicator: IndicatorId::new("i"),
            quarter: quarter.parse().unwrap(),
            department: None,
            value,
            note: String::new(),
        }
    }

    fn judge(
        indicator: &Indicator,
        steps: &[Target],
        actuals: &[Actual],
        moment: Moment,
    ) -> (Judgement, String) {
        let plan = plan();
        let target = current_step(&plan, steps, moment.quarter).unwrap();
        let judged = assess_target(
            TargetInput {
                plan: &plan,
                indicator,
                target,
                steps,
                actuals,
            },
            &RuleSet::default(),
            moment,
        );
        (judged.judgement, judged.why)
    }

    #[test]
    fn yearly_count_is_judged_by_the_quarter_share_of_its_year() {
        let indicator = indicator(IndicatorKind::Annual);
        let steps = [target(100.0, "2027", Cadence::Annual)];
        let (judgement, why) = judge(
            &indicator,
            &steps,
            &[actual("2025Q3", 52.0)],
            moment("2025Q3", "2025-09-30"),
        );
        assert_eq!(
            (judgement, why.as_str()),
            (Judgement::Behind, "序时75%，完成52%，差23点→黄")
        );
    }

    #[test]
    fn final_target_without_steps_goes_evenly_over_the_plan() {
        let indicator = indicator(IndicatorKind::Cumulative);
        let steps = [target(120.0, "2027", Cadence::Level)];
        let (judgement, why) = judge(
            &indicator,
            &steps,
            &[actual("2026Q2", 60.0)],
            moment("2026Q2", "2026-06-30"),
        );
        assert_eq!(
            (judgement, why.as_str()),
            (Judgement::OnSchedule, "序时50%，完成50%，与序时持平→绿")
        );
    }

    #[test]
    fn yearly_step_counts_from_the_step_before() {
        let indicator = indicator(IndicatorKind::Cumulative);
        let steps = [
            target(10.0, "2025", Cadence::Level),
            target(20.0, "2026", Cadence::Level),
        ];
        let (judgement, why) = judge(
            &indicator,
            &steps,
            &[actual("2026Q2", 12.0)],
            moment("2026Q2", "2026-06-30"),
        );
        assert_eq!(
            (judgement, why.as_str()),
            (Judgement::Behind, "序时50%，完成20%，差30点→黄")
        );
    }

    #[test]
    fn level_counts_from_its_base_year() {
        let mut indicator = indicator(IndicatorKind::Level);
        indicator.baseline = Some((2024, 2.0));
        let steps = [target(3.0, "2025", Cadence::Level)];
        let (judgement, why) = judge(
            &indicator,
            &steps,
            &[actual("2025Q2", 2.1)],
            moment("2025Q2", "2025-06-30"),
        );
        assert_eq!(
            (judgement, why.as_str()),
            (Judgement::FarBehind, "序时50%，完成10%，差40点→红")
        );
    }

    #[test]
    fn growth_is_compared_in_points() {
        let indicator = indicator(IndicatorKind::Growth);
        let steps = [target(8.0, "2027", Cadence::Growth)];
        let (judgement, why) = judge(
            &indicator,
            &steps,
            &[actual("2025Q2", 6.5)],
            moment("2025Q2", "2025-06-30"),
        );
        assert_eq!(
            (judgement, why.as_str()),
            (Judgement::Behind, "目标8%，实际6.5%，低1.5个百分点→黄")
        );
    }

    #[test]
    fn ceiling_that_holds_is_on_schedule_until_its_date() {
        let indicator = indicator(IndicatorKind::Inverse);
        let mut step = target(3.5, "2025", Cadence::Level);
        step.op = Op::AtMost;
        let steps = [step];
        let at = |quarter: &str, value: f64, today: &str| {
            judge(
                &indicator,
                &steps,
                &[actual(quarter, value)],
                moment(quarter, today),
            )
            .0
        };
        assert_eq!(at("2025Q2", 3.2, "2025-06-30"), Judgement::OnSchedule);
        assert_eq!(at("2025Q2", 3.6, "2025-06-30"), Judgement::Behind);
        assert_eq!(at("2025Q4", 3.2, "2026-01-05"), Judgement::Completed);
    }

    #[test]
    fn target_past_its_date_is_overdue_whatever_its_gap() {
        let indicator = indicator(IndicatorKind::Cumulative);
        let steps = [target(10.0, "2025-05", Cadence::Level)];
        assert_eq!(
            judge(
                &indicator,
                &steps,
                &[actual("2025Q2", 9.9)],
                moment("2025Q2", "2025-07-02")
            )
            .0,
            Judgement::Overdue
        );
        assert_eq!(
            judge(
                &indicator,
                &steps,
                &[actual("2025Q2", 9.9)],
                moment("2025Q2", "2025-05-31")
            )
            .0,
            Judgement::OnSchedule
        );
        assert_eq!(
            judge(&indicator, &steps, &[], moment("2025Q2", "2025-07-02")).0,
            Judgement::Overdue
        );
    }

    #[test]
    fn what_was_reached_stays_reached_without_a_new_figure() {
        let indicator = indicator(IndicatorKind::Cumulative);
        let steps = [target(10.0, "2027", Cadence::Level)];
        assert_eq!(
            judge(
                &indicator,
                &steps,
                &[actual("2025Q1", 10.0)],
                moment("2025Q3", "2025-09-30")
            )
            .0,
            Judgement::Completed
        );
        assert_eq!(
            judge(
                &indicator,
                &steps,
                &[actual("2025Q1", 9.0)],
                moment("2025Q3", "2025-09-30")
            )
            .0,
            Judgement::NotReturned
        );
    }

    #[test]
    fn departments_figures_add_up_and_rates_are_averaged() {
        let mut indicator = indicator(IndicatorKind::Annual);
        let from = |department: &str, value: f64| Actual {
            department: Some(DepartmentId::new(department)),
            ..actual("2025Q1", value)
        };
        let actuals = [from("a", 2.0), from("b", 4.0)];
        let quarter = "2025Q1".parse().unwrap();
        assert_eq!(figure(&indicator, &actuals, quarter), Some(6.0));
        indicator.unit = "%".to_owned();
        assert_eq!(figure(&indicator, &actuals, quarter), Some(3.0));
    }

    #[test]
    fn missing_return_turns_yellow_after_three_working_days() {
        // 2025-06-30 is a Monday: Tuesday to Thursday are the three working days
        let rules = RuleSet::default();
        assert_eq!(
            not_returned_lamp(&rules, moment("2025Q2", "2025-07-03")),
            Lamp::None
        );
        assert_eq!(
            not_returned_lamp(&rules, moment("2025Q2", "2025-07-04")),
            Lamp::Yellow
        );
    }

    fn milestone(due: &str, done_on: Option<&str>) -> Milestone {
        Milestone {
            id: MilestoneId::new("m"),
            plan: PlanId::new("p"),
            task: Some(TaskId::new("t")),
            departments: Vec::new(),
            what: "方案编制".to_owned(),
            due: due.parse().unwrap(),
            done_on: done_on.map(day),
            span: None,
            position: 0,
        }
    }

    #[test]
    fn milestone_is_yellow_three_days_before_and_red_the_day_after() {
        let rules = RuleSet::default();
        let lamp = |today: &str| {
            assess_milestone(&milestone("2025-06", None), &rules, moment("2025Q2", today)).lamp
        };
        assert_eq!(lamp("2025-06-26"), Lamp::Green);
        assert_eq!(lamp("2025-06-27"), Lamp::Yellow);
        assert_eq!(lamp("2025-06-30"), Lamp::Yellow);
        assert_eq!(lamp("2025-07-01"), Lamp::Red);
    }

    fn task() -> Task {
        Task {
            id: TaskId::new("t"),
            plan: PlanId::new("p"),
            section: None,
            number: "1".to_owned(),
            title: "培育企业".to_owned(),
            kind: TaskKind::Task,
            text: String::new(),
            span: None,
            weight: 1.0,
            start: None,
            due: None,
            closed_on: None,
            override_judgement: None,
            position: 0,
        }
    }

    fn item(done_on: Option<&str>) -> ChecklistItem {
        ChecklistItem {
            id: ChecklistItemId::new("c"),
            task: TaskId::new("t"),
            departments: Vec::new(),
            text: "排摸企业".to_owned(),
            due: None,
            done_on: done_on.map(day),
            span: None,
            position: 0,
        }
    }

    fn progress(quarter: &str, status: Status) -> Progress {
        Progress {
            id: ProgressId::new(quarter),
            task: TaskId::new("t"),
            department: DepartmentId::new("d"),
            quarter: quarter.parse().unwrap(),
            status,
            done: "已开展".to_owned(),
            problems: String::new(),
            next: String::new(),
        }
    }

    struct Case {
        task: Task,
        items: Vec<ChecklistItem>,
        milestones: Vec<Milestone>,
        progress: Vec<Progress>,
        indicators: Vec<(Indicator, Vec<Target>, Vec<Actual>)>,
    }

    impl Case {
        fn new() -> Self {
            Self {
                task: task(),
                items: Vec::new(),
                milestones: Vec::new(),
                progress: vec![progress("2025Q2", Status::Underway)],
                indicators: Vec::new(),
            }
        }

        fn judged(&self, quarter: &str, today: &str) -> TaskAssessment {
            let plan = plan();
            let indicators: Vec<_> = self
                .indicators
                .iter()
                .map(|(i, t, a)| (i, t.as_slice(), a.as_slice()))
                .collect();
            let input = TaskInput {
                plan: &plan,
                task: &self.task,
                assignments: &[],
                items: &self.items,
                milestones: &self.milestones,
                indicators: &indicators,
                progress: &self.progress,
            };
            assess_task(input, &RuleSet::default(), moment(quarter, today))
        }

        fn judgement(&self, quarter: &str, today: &str) -> Judgement {
            self.judged(quarter, today).assessment.judgement
        }
    }

    #[test]
    fn task_without_a_return_is_not_returned_and_never_green() {
        let mut case = Case::new();
        case.progress.clear();
        let judged = case.judged("2025Q2", "2025-06-20");
        assert_eq!(
            (
                judged.assessment.judgement,
                judged.assessment.lamp,
                judged.counted
            ),
            (Judgement::NotReturned, Lamp::None, true)
        );
    }

    #[test]
    fn late_milestone_beats_everything_but_the_offices_own_word() {
        let mut case = Case::new();
        case.milestones = vec![milestone("2025-05", None)];
        case.indicators = vec![(
            indicator(IndicatorKind::Annual),
            vec![target(10.0, "2027", Cadence::Annual)],
            vec![actual("2025Q2", 10.0)],
        )];
        assert_eq!(case.judgement("2025Q2", "2025-06-20"), Judgement::Overdue);
        case.task.override_judgement = Some((Judgement::OnSchedule, "上级调整时限".to_owned()));
        let judged = case.judged("2025Q2", "2025-06-20");
        assert_eq!(judged.assessment.why, "督查认定:上级调整时限→绿");
    }

    #[test]
    fn binding_indicator_decides_over_the_others() {
        let mut case = Case::new();
        let mut binding = indicator(IndicatorKind::Annual);
        binding.binding = true;
        case.indicators = vec![
            (
                binding,
                vec![target(10.0, "2027", Cadence::Annual)],
                vec![actual("2025Q2", 5.0)],
            ),
            (
                indicator(IndicatorKind::Annual),
                vec![target(10.0, "2027", Cadence::Annual)],
                vec![actual("2025Q2", 0.0)],
            ),
        ];
        assert_eq!(
            case.judgement("2025Q2", "2025-06-30"),
            Judgement::OnSchedule
        );
    }

    #[test]
    fn figure_past_its_target_does_not_make_up_for_one_that_lags() {
        let mut case = Case::new();
        let with = |value: f64| {
            (
                indicator(IndicatorKind::Annual),
                vec![target(10.0, "2027", Cadence::Annual)],
                vec![actual("2025Q2", value)],
            )
        };
        case.indicators = vec![with(100.0), with(0.0)];
        assert_eq!(
            case.judgement("2025Q2", "2025-06-30"),
            Judgement::OnSchedule
        );
        case.indicators = vec![with(100.0), with(0.0), with(0.0)];
        assert_eq!(case.judgement("2025Q2", "2025-06-30"), Judgement::Behind);
    }

    #[test]
    fn checklist_decides_where_nothing_is_measured() {
        let mut case = Case::new();
        case.items = vec![
            item(Some("2025-04-01")),
            item(None),
            item(None),
            item(None),
            item(None),
            item(None),
        ];
        // a sixth is done when a sixth of three years is gone
        assert_eq!(
            case.judgement("2025Q2", "2025-06-30"),
            Judgement::OnSchedule
        );
        case.items = vec![item(Some("2025-04-01"))];
        assert_eq!(case.judgement("2025Q2", "2025-06-30"), Judgement::Completed);
        case.items = vec![item(Some("2025-08-01"))];
        assert_eq!(
            case.judgement("2025Q2", "2025-11-30"),
            Judgement::Behind,
            "what was done later does not brighten an old quarter"
        );
    }

    #[test]
    fn cancelled_and_not_yet_started_tasks_are_outside_the_denominator() {
        let mut case = Case::new();
        case.progress = vec![progress("2025Q2", Status::Cancelled)];
        assert!(!case.judged("2025Q2", "2025-06-30").counted);
        let mut case = Case::new();
        case.task.start = Some(day("2026-01-01"));
        let judged = case.judged("2025Q2", "2025-06-30");
        assert_eq!(
            (judged.assessment.judgement, judged.counted),
            (Judgement::NotDue, false)
        );
    }

    #[test]
    fn plans_end_passes_and_unfinished_task_is_overdue() {
        let mut case = Case::new();
        case.items = vec![item(None)];
        case.progress = vec![progress("2027Q4", Status::Underway)];
        assert_eq!(case.judgement("2027Q4", "2028-01-10"), Judgement::Overdue);
    }
}
