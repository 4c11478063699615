//! Completion, gap to schedule, judgement and lamp of targets, milestones and tasks in a quarter, each with the sentence why.
//!
//! A quarter is judged as of one day: today while the quarter runs, afterwards its cut-off, so that a quarter keeps its judgements
//! and its days overdue however late it is looked at. What is done after the cut-off brightens the next quarter, and is said.
//! Only what is due by that day is judged.

mod places;
mod target;
mod task;
#[cfg(test)]
mod tests;

pub use places::{Placed, lift_last_places};
pub use target::{TargetInput, assess_target, completion, current_step, due_of, figure, is_yearly, own_due, schedule};
pub use task::{TaskAssessment, TaskInput, answering, assess_task, status_in};

use crate::{ChecklistItem, Due, Judgement, Lamp, Milestone, Missed, Quarter, RuleSet};
use chrono::{Datelike, NaiveDate};

/// The quarter that is looked at, and today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The quarter.
    pub quarter: Quarter,
    /// Today.
    pub today: NaiveDate,
}

impl Moment {
    /// The day as of which the quarter is judged, counted and printed (截至): today, at most the cut-off.
    #[must_use]
    pub fn day(self) -> NaiveDate {
        self.today.min(self.quarter.last_day())
    }

    /// The same moment for the quarter before, judged as it stood then.
    #[must_use]
    pub fn previous(self) -> Self {
        Self { quarter: self.quarter.previous(), today: self.today.min(self.quarter.first_day()) }
    }

    /// Whether the quarter is over, so that nothing more can be done in it.
    #[must_use]
    pub fn is_over(self) -> bool {
        self.today > self.quarter.last_day()
    }

    /// Whether a last day has gone by: it lies before the judged day, or is the judged day of a quarter that is over. What is due
    /// after the quarter is never late in it.
    #[must_use]
    pub fn is_past(self, last_day: NaiveDate) -> bool {
        last_day < self.day() || (last_day == self.day() && self.is_over())
    }

    /// How something is judged that was not done by its date: by the month while the quarter runs, then by the quarter.
    fn missed(self, missed: Missed, last_day: NaiveDate) -> (Judgement, &'static str) {
        if last_day < self.quarter.first_day() || self.is_over() {
            (missed.quarter, "季度目标未完成")
        } else {
            (missed.month, "当月目标未完成")
        }
    }

    /// Whether something was done by the judged day.
    #[must_use]
    pub fn is_done(self, done_on: Option<NaiveDate>) -> bool {
        done_on.is_some_and(|day| day <= self.day())
    }

    /// What came after the judged day, said as such: `，7月5日已补完成`; empty where nothing came by today.
    fn made_good(self, done_on: Option<NaiveDate>) -> String {
        let later = done_on.filter(|day| *day > self.day() && *day <= self.today);
        later.map_or_else(String::new, |day| format!("，{}已补完成", day_from(day, self.day())))
    }
}

/// A day as it is said beside another: `10月5日`, with its year where that differs.
#[must_use]
pub fn day_from(day: NaiveDate, beside: NaiveDate) -> String {
    let year = if day.year() == beside.year() { String::new() } else { format!("{}年", day.year()) };
    format!("{year}{}月{}日", day.month(), day.day())
}

/// `2025年6月底到期`; a day of rest with the working day that it means.
fn falls_due(due: Due, rules: &RuleSet) -> String {
    let last = rules.last_day(due);
    if last == due.last_day() {
        format!("{}到期", due.chinese())
    } else {
        format!("{}（休息日顺延至{}）到期", due.chinese(), day_from(last, due.last_day()))
    }
}

/// How long ago a last day was on the judged day: `逾期3天`, or `当日未完成` on the day itself.
fn days_late(last: NaiveDate, moment: Moment) -> String {
    match (moment.day() - last).num_days() {
        0 => "至期未完成".to_owned(),
        days => format!("逾期{days}天"),
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

/// How a task stands against the quarter before, in the one sense in which overviews and reports speak of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// 好转.
    Better,
    /// 变差.
    Worse,
    /// 持平: on schedule, ahead and done are the same green.
    Same,
    /// Not in the denominator then.
    Fresh,
    /// Nothing was returned in one of the two: there is nothing to compare.
    Unknown,
}

impl Change {
    /// The change from the judgement of the quarter before, where there is one.
    #[must_use]
    pub fn between(before: Option<Judgement>, now: Judgement) -> Self {
        let severity = |judgement: Judgement| match judgement {
            Judgement::NotDue | Judgement::Completed | Judgement::YearMet | Judgement::Ahead | Judgement::OnSchedule => 0,
            Judgement::NoData | Judgement::NotReturned => 0,
            Judgement::Behind => 1,
            Judgement::FarBehind => 2,
            Judgement::YearMissed | Judgement::Overdue => 3,
        };
        let is_unknown = |judgement: Judgement| matches!(judgement, Judgement::NotReturned | Judgement::NoData);
        match before {
            None | Some(Judgement::NotDue) => Self::Fresh,
            Some(before) if is_unknown(before) || is_unknown(now) => Self::Unknown,
            Some(before) => match severity(now).cmp(&severity(before)) {
                std::cmp::Ordering::Less => Self::Better,
                std::cmp::Ordering::Equal => Self::Same,
                std::cmp::Ordering::Greater => Self::Worse,
            },
        }
    }
}

/// The last day on which a return of a quarter is on time: so many working days after the cut-off; none where the rules name no
/// days.
#[must_use]
pub fn return_deadline(rules: &RuleSet, quarter: Quarter) -> Option<NaiveDate> {
    rules.working_days.after(quarter.last_day(), rules.not_returned_yellow_working_days?)
}

/// The lamp of a missing return: ○, and yellow once the deadline is over.
#[must_use]
pub fn not_returned_lamp(rules: &RuleSet, moment: Moment) -> Lamp {
    let is_over = return_deadline(rules, moment.quarter).is_some_and(|deadline| moment.today > deadline);
    if is_over { Lamp::Yellow } else { rules.lamp(Judgement::NotReturned) }
}

/// Judges a milestone: green when done, yellow shortly before its date, red the day after it.
#[must_use]
pub fn assess_milestone(milestone: &Milestone, rules: &RuleSet, moment: Moment) -> Assessment {
    let last = rules.last_day(milestone.due);
    let days = (last - moment.day()).num_days();
    let due = falls_due(milestone.due, rules);
    let made_good = moment.made_good(milestone.done_on);
    let (judgement, lamp, why) = if moment.is_done(milestone.done_on) {
        let late = milestone.done_on.is_some_and(|day| day > last);
        (Judgement::Completed, Lamp::Green, if late { "已完成（晚于期限）→绿".to_owned() } else { "已按期完成→绿".to_owned() })
    } else if let Some(missed) = rules.missed.filter(|_| moment.is_past(last)) {
        let (judgement, words) = moment.missed(missed, last);
        let lamp = rules.lamp(judgement);
        (judgement, lamp, format!("{due}，{words}{made_good}→{lamp}"))
    } else if moment.is_past(last) {
        let lamp = rules.lamp(Judgement::Overdue);
        (Judgement::Overdue, lamp, format!("{due}，{}{made_good}→{lamp}", days_late(last, moment)))
    } else if last <= moment.quarter.last_day() && days <= rules.milestone_yellow_days {
        (Judgement::OnSchedule, Lamp::Yellow, format!("{due}，还有{days}天→黄"))
    } else {
        (Judgement::OnSchedule, Lamp::Green, format!("{due}，未到期限→绿"))
    };
    Assessment {
        completion: Some(if judgement == Judgement::Completed { 1.0 } else { 0.0 }),
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
    let last = item.due.map(|due| rules.last_day(due));
    match last {
        _ if moment.is_done(item.done_on) => Lamp::Green,
        Some(last) if moment.is_past(last) => rules.missed.map_or(Lamp::Red, |missed| rules.lamp(moment.missed(missed, last).0)),
        Some(last) if (last - moment.day()).num_days() <= rules.milestone_yellow_days && last <= moment.quarter.last_day() => {
            Lamp::Yellow
        }
        _ => Lamp::None,
    }
}

/// A number as offices print it: no trailing zeros, at most `digits` decimals.
#[must_use]
pub fn number(value: f64, digits: usize) -> String {
    let text = format!("{value:.digits$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
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

fn share(part: usize, whole: usize) -> Option<f64> {
    let (part, whole) = (u32::try_from(part).ok()?, u32::try_from(whole).ok()?);
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}

fn mean(weighted: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    let (weights, sum) = weighted.fold((0.0, 0.0), |(weights, sum), (weight, value)| (weights + weight, sum + weight * value));
    (weights > 0.0).then(|| sum / weights)
}
