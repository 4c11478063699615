//! Completion, gap to schedule, judgement and lamp of targets, milestones and tasks in a quarter, each with the sentence why.
//!
//! A quarter is judged on its judging day: today while the quarter runs, afterwards the day after its cut-off, so that a quarter
//! keeps its judgements and its days overdue however late it is looked at. What is done after the cut-off brightens the next one.

mod places;
mod target;
mod task;
#[cfg(test)]
mod tests;

pub use places::{Placed, lift_last_places};
pub use target::{TargetInput, assess_target, completion, current_step, due_of, figure, schedule};
pub use task::{TaskAssessment, TaskInput, answering, assess_task, status_in};

use crate::{ChecklistItem, Due, Judgement, Lamp, Milestone, Missed, Quarter, RuleSet};
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
        today.min(quarter.next().first_day())
    }

    /// The same moment for the quarter before, judged as it stood then.
    #[must_use]
    pub fn previous(self) -> Self {
        Self { quarter: self.quarter.previous(), today: self.today.min(self.quarter.first_day()) }
    }

    /// Whether something due then was late on the judging day; what is due after the quarter is never late in it.
    #[must_use]
    pub fn is_past(self, due: Due) -> bool {
        due.last_day() < self.judging_day() && due.last_day() <= self.quarter.last_day()
    }

    /// How something is judged that was not done by its date: by the month while the quarter runs, then by the quarter.
    fn missed(self, missed: Missed, due: Due) -> (Judgement, &'static str) {
        let quarter_is_over = due.last_day() < self.quarter.first_day() || self.judging_day() > self.quarter.last_day();
        if quarter_is_over { (missed.quarter, "季度目标未完成") } else { (missed.month, "当月目标未完成") }
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
            Judgement::NotDue | Judgement::Completed | Judgement::Ahead | Judgement::OnSchedule | Judgement::NotReturned => 0,
            Judgement::Behind => 1,
            Judgement::FarBehind => 2,
            Judgement::Overdue => 3,
        };
        match before {
            None | Some(Judgement::NotDue) => Self::Fresh,
            Some(Judgement::NotReturned) => Self::Unknown,
            Some(_) if now == Judgement::NotReturned => Self::Unknown,
            Some(before) => match severity(now).cmp(&severity(before)) {
                std::cmp::Ordering::Less => Self::Better,
                std::cmp::Ordering::Equal => Self::Same,
                std::cmp::Ordering::Greater => Self::Worse,
            },
        }
    }
}

/// The last day on which a return of a quarter is on time; none where the rules name no days.
#[must_use]
pub fn return_deadline(rules: &RuleSet, quarter: Quarter) -> Option<NaiveDate> {
    let mut day = quarter.last_day();
    // more working days than a year has are a slip of the pen, and no reason to count for minutes
    let mut left = rules.not_returned_yellow_working_days?.min(260);
    while left > 0 {
        day = day.checked_add_days(Days::new(1))?;
        if !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            left -= 1;
        }
    }
    Some(day)
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
    let due = milestone.due;
    let days = (due.last_day() - moment.judging_day()).num_days();
    let (judgement, lamp, why) = if moment.is_done(milestone.done_on) {
        let late = milestone.done_on.is_some_and(|day| day > due.last_day());
        (Judgement::Completed, Lamp::Green, if late { "已完成（晚于期限）→绿".to_owned() } else { "已按期完成→绿".to_owned() })
    } else if let Some(missed) = rules.missed.filter(|_| moment.is_past(due)) {
        let (judgement, words) = moment.missed(missed, due);
        let lamp = rules.lamp(judgement);
        (judgement, lamp, format!("{}到期，{words}→{lamp}", due.chinese()))
    } else if moment.is_past(due) {
        (Judgement::Overdue, rules.lamp(Judgement::Overdue), format!("{}到期，逾期{}天→红", due.chinese(), -days))
    } else if due.last_day() <= moment.quarter.last_day() && days <= rules.milestone_yellow_days {
        (Judgement::OnSchedule, Lamp::Yellow, format!("{}到期，还有{}天→黄", due.chinese(), days))
    } else {
        (Judgement::OnSchedule, Lamp::Green, format!("{}到期，未到期限→绿", due.chinese()))
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
    match item.due {
        _ if moment.is_done(item.done_on) => Lamp::Green,
        Some(due) if moment.is_past(due) => rules.missed.map_or(Lamp::Red, |missed| rules.lamp(moment.missed(missed, due).0)),
        Some(due)
            if (due.last_day() - moment.judging_day()).num_days() <= rules.milestone_yellow_days
                && due.last_day() <= moment.quarter.last_day() =>
        {
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
