//! On which days offices work: weekends and the holidays of the State Council's yearly notice. The notices are data
//! (`seeds/holidays/`); without them only weekends are days of rest.

use crate::Due;
use chrono::{Datelike, Days, NaiveDate, Weekday};
use std::collections::BTreeSet;

/// No run of days of rest is longer; the search for a working day ends there whatever the data say.
const LONGEST_REST: u64 = 60;

/// Weekends, the weekdays on which offices rest and the weekend days on which they work instead (调休).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkingDays {
    rest: BTreeSet<NaiveDate>,
    work: BTreeSet<NaiveDate>,
}

impl WorkingDays {
    /// From the days of rest and the working days on weekends; a day that is in both is worked on.
    #[must_use]
    pub fn new(rest: impl IntoIterator<Item = NaiveDate>, work: impl IntoIterator<Item = NaiveDate>) -> Self {
        Self { rest: rest.into_iter().collect(), work: work.into_iter().collect() }
    }

    /// Whether offices work on a day.
    #[must_use]
    pub fn is_working(&self, day: NaiveDate) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        self.work.contains(&day) || !(weekend || self.rest.contains(&day))
    }

    /// The day itself where offices work on it, else the next working day.
    #[must_use]
    pub fn on_or_after(&self, day: NaiveDate) -> NaiveDate {
        let following = (0..=LONGEST_REST).filter_map(|days| day.checked_add_days(Days::new(days)));
        following.into_iter().find(|day| self.is_working(*day)).unwrap_or(day)
    }

    /// The last day on which something due then is in time. A day of rest that is named as the day means the next working day;
    /// the end of a month or year stays where it is, since the quarter that it closes is judged by it.
    #[must_use]
    pub fn last_day(&self, due: Due) -> NaiveDate {
        match due {
            Due::Day(day) => self.on_or_after(day),
            Due::Month(..) | Due::Year(_) => due.last_day(),
        }
    }

    /// So many working days after a day; none beyond the calendar.
    #[must_use]
    pub fn after(&self, day: NaiveDate, working_days: u32) -> Option<NaiveDate> {
        let mut day = day;
        // more working days than a year has are a slip of the pen, and no reason to count for minutes
        for _ in 0..working_days.min(260) {
            day = self.on_or_after(day.checked_add_days(Days::new(1))?);
        }
        Some(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_of_rest_means_the_next_working_day() {
        // the week of 1 October: Wednesday to the next Wednesday, worked on Sunday 28 September and Saturday 11 October
        let rest = (1..=8).map(|number| NaiveDate::from_ymd_opt(2025, 10, number).unwrap());
        let days = WorkingDays::new(rest, [day("2025-09-28"), day("2025-10-11")]);
        assert_eq!(days.on_or_after(day("2025-10-01")), day("2025-10-09"));
        assert!(days.is_working(day("2025-10-11")) && !days.is_working(day("2025-10-12")));
        assert_eq!(days.after(day("2025-09-30"), 3), Some(day("2025-10-11")));
        assert_eq!(WorkingDays::default().after(day("2025-09-30"), 3), Some(day("2025-10-03")));
        assert_eq!(WorkingDays::default().on_or_after(day("2025-06-15")), day("2025-06-16"));
    }

    #[test]
    fn data_without_a_working_day_do_not_make_the_search_endless() {
        let start = day("2025-01-01");
        let days = WorkingDays::new(start.iter_days().take(400), []);
        assert_eq!(days.on_or_after(start), start);
    }
}
