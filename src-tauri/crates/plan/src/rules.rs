//! The thresholds by which a gap becomes a judgement and a lamp. Counties differ, so they are data (`seeds/rules/`); this is
//! the shape and the default.

use crate::{Due, Judgement, Lamp, WorkingDays};
use chrono::NaiveDate;

/// Thresholds of one rule set. Gaps are in points: positive means behind.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleSet {
    /// Code of the set, such as `default`.
    pub name: String,
    /// What offices call it.
    pub label: String,
    /// At or below this gap it is ahead of schedule.
    pub ahead: f64,
    /// From this gap on it is behind.
    pub behind: f64,
    /// Whether a gap of exactly `behind` is behind.
    pub behind_inclusive: bool,
    /// Beyond this gap it is far behind.
    pub far_behind: f64,
    /// Whether a gap of exactly `far_behind` is far behind.
    pub far_behind_inclusive: bool,
    /// For growth rates, in points between target and actual: at or below this ahead.
    pub growth_ahead: f64,
    /// For growth rates, in points between target and actual: from here on behind.
    pub growth_behind: f64,
    /// For growth rates: beyond this far behind.
    pub growth_far_behind: f64,
    /// A milestone turns yellow so many days before its date.
    pub milestone_yellow_days: i64,
    /// A missing return turns yellow after so many working days past the cut-off; never, where a county has no such rule.
    pub not_returned_yellow_working_days: Option<u32>,
    /// Share of the year's target that is due by the end of each quarter, 0..1.
    pub quarter_shares: [f64; 4],
    /// How a milestone or checklist item is judged that was not done by its date; none where past its date is overdue.
    pub missed: Option<Missed>,
    /// What is behind turns far behind among the last so many departments of a kind; none where places do not matter.
    pub last_places: Option<usize>,
    /// Lamp of a judgement, where a county's differs from ours.
    pub lamps: Vec<(Judgement, Lamp)>,
    /// On which days offices work: a date on a day of rest means the next working day.
    pub working_days: WorkingDays,
}

/// Judgements of what was not done by its date, where a county tells a month's from a quarter's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missed {
    /// Its month went by, and the quarter still runs.
    pub month: Judgement,
    /// Its quarter went by.
    pub quarter: Judgement,
}

impl Default for RuleSet {
    fn default() -> Self {
        Self {
            name: "default".to_owned(),
            label: "通用规则".to_owned(),
            ahead: -10.0,
            behind: 10.0,
            behind_inclusive: true,
            far_behind: 30.0,
            far_behind_inclusive: false,
            growth_ahead: -1.0,
            growth_behind: 1.0,
            growth_far_behind: 3.0,
            milestone_yellow_days: 3,
            not_returned_yellow_working_days: Some(3),
            quarter_shares: [0.25, 0.5, 0.75, 1.0],
            missed: None,
            last_places: None,
            lamps: Vec::new(),
            working_days: WorkingDays::default(),
        }
    }
}

impl RuleSet {
    /// The judgement of a gap in points, for anything that is counted in shares of its target.
    #[must_use]
    pub fn judge_gap(&self, gap: f64) -> Judgement {
        // A gap is a difference of decimal figures: compare at a thousandth of a point, so that 10 points stay 10 points.
        let gap = (gap * 1000.0).round() / 1000.0;
        if gap > self.far_behind || (self.far_behind_inclusive && gap >= self.far_behind) {
            Judgement::FarBehind
        } else if gap > self.behind || (self.behind_inclusive && gap >= self.behind) {
            Judgement::Behind
        } else if gap <= self.ahead {
            Judgement::Ahead
        } else {
            Judgement::OnSchedule
        }
    }

    /// The judgement of a growth rate: points between target and actual, never a percentage of a percentage.
    #[must_use]
    pub fn judge_growth(&self, points: f64) -> Judgement {
        let points = (points * 1000.0).round() / 1000.0;
        if points > self.growth_far_behind {
            Judgement::FarBehind
        } else if points >= self.growth_behind {
            Judgement::Behind
        } else if points <= self.growth_ahead {
            Judgement::Ahead
        } else {
            Judgement::OnSchedule
        }
    }

    /// The lamp of a judgement.
    #[must_use]
    pub fn lamp(&self, judgement: Judgement) -> Lamp {
        if let Some((_, lamp)) = self.lamps.iter().find(|(of, _)| *of == judgement) {
            return *lamp;
        }
        match judgement {
            Judgement::Completed | Judgement::YearMet | Judgement::Ahead | Judgement::OnSchedule => Lamp::Green,
            Judgement::Behind => Lamp::Yellow,
            Judgement::FarBehind | Judgement::YearMissed | Judgement::Overdue => Lamp::Red,
            Judgement::NoData | Judgement::NotReturned | Judgement::NotDue => Lamp::None,
        }
    }

    /// The last day on which something due then is in time, as [`WorkingDays::last_day`] says.
    #[must_use]
    pub fn last_day(&self, due: Due) -> NaiveDate {
        self.working_days.last_day(due)
    }
}

/// Shares of the whole in tenths of a per cent that sum to 1000 by largest remainder (合计凑整): each is rounded down, and the
/// tenths left over go to the largest remainders, to the earlier of two equal ones. All 0 where there is nothing to share.
#[must_use]
pub fn shares(counts: &[usize]) -> Vec<u32> {
    let whole: usize = counts.iter().sum();
    if whole == 0 {
        return vec![0; counts.len()];
    }
    let mut tenths: Vec<usize> = counts.iter().map(|count| count * 1000 / whole).collect();
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(counts[i] * 1000 % whole));
    let missing = 1000 - tenths.iter().sum::<usize>();
    for &i in order.iter().take(missing) {
        tenths[i] += 1;
    }
    // tenths are at most 1000
    tenths.into_iter().map(|tenths| u32::try_from(tenths).unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gap_of_exactly_ten_points_is_behind_and_of_thirty_not_yet_far_behind() {
        let rules = RuleSet::default();
        let cases = [
            (-10.0, Judgement::Ahead),
            (-9.9, Judgement::OnSchedule),
            (9.9, Judgement::OnSchedule),
            (10.0, Judgement::Behind),
            (0.75 * 100.0 - 0.65 * 100.0, Judgement::Behind),
            (30.0, Judgement::Behind),
            (30.1, Judgement::FarBehind),
        ];
        for (gap, judgement) in cases {
            assert_eq!(rules.judge_gap(gap), judgement, "{gap}");
        }
    }

    #[test]
    fn missing_return_is_never_green() {
        assert_eq!(RuleSet::default().lamp(Judgement::NotReturned), Lamp::None);
    }

    #[test]
    fn shares_sum_to_one_hundred() {
        assert_eq!(shares(&[1, 1, 1]), [334, 333, 333]);
        assert_eq!(shares(&[96, 21, 11]), [750, 164, 86]);
        assert_eq!(shares(&[0, 0]), [0, 0]);
        for counts in [[7, 11, 13, 17], [1, 0, 0, 999], [3, 3, 3, 2]] {
            assert_eq!(shares(&counts).iter().sum::<u32>(), 1000, "{counts:?}");
        }
    }
}
