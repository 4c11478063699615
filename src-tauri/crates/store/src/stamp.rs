//! When, who and where: what every write is marked with, and the ids made from it.

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};
use uuid::{Timestamp, Uuid};

/// The moment of a write, the person and the device. The caller has the clock; the store has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The moment, in UTC.
    pub at: NaiveDateTime,
    /// The person's name as the program knows it; may be empty.
    pub who: String,
    /// The computer's name; may be empty.
    pub device: String,
}

impl Stamp {
    /// A stamp for a moment (UTC), a person and a device.
    #[must_use]
    pub fn new(at: NaiveDateTime, who: impl Into<String>, device: impl Into<String>) -> Self {
        Self { at, who: who.into(), device: device.into() }
    }
}

/// Whether a name says who someone is: shells write 未署名 where they know no name.
#[must_use]
pub fn is_named(who: &str) -> bool {
    !who.trim().is_empty() && who != "未署名"
}

/// China keeps one time zone, eight hours ahead of UTC: days of use and the names of copies follow it, so that a clerk
/// finds the hour of the office's wall clock on a file.
pub(crate) fn office_time(at: NaiveDateTime) -> NaiveDateTime {
    at.checked_add_signed(TimeDelta::hours(8)).unwrap_or(at)
}

/// Text of a moment as the tables hold it: UTC, milliseconds, sortable.
pub(crate) fn moment_text(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// Reads [`moment_text`] back.
pub(crate) fn parse_moment(text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.fZ").ok()
}

/// A day as people read it: `6月20日`, with the year where it is another one than `beside`.
pub(crate) fn spoken(at: NaiveDateTime, beside: NaiveDate) -> String {
    let local = office_time(at);
    let day = format!("{}月{}日{}", local.month(), local.day(), local.format("%H:%M"));
    if local.year() == beside.year() { day } else { format!("{}年{day}", local.year()) }
}

/// Makes ids that sort by time, and by the order of making within one write.
#[derive(Debug)]
pub(crate) struct Ids {
    seconds: u64,
    nanos: u32,
    made: u128,
}

impl Ids {
    const COUNTER_BITS: u8 = 26;

    pub(crate) fn from(at: NaiveDateTime) -> Self {
        let utc = at.and_utc();
        Self { seconds: u64::try_from(utc.timestamp()).unwrap_or(0), nanos: utc.timestamp_subsec_nanos(), made: 0 }
    }

    pub(crate) fn next(&mut self) -> String {
        let time = Timestamp::from_unix_time(self.seconds, self.nanos, self.made % (1 << Self::COUNTER_BITS), Self::COUNTER_BITS);
        self.made += 1;
        Uuid::new_v7(time).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        parse_moment(text).unwrap()
    }

    #[test]
    fn ids_of_one_write_sort_in_the_order_of_making() {
        let mut ids = Ids::from(at("2025-06-20T01:30:15.250Z"));
        let made: Vec<String> = (0..5000).map(|_| ids.next()).collect();
        assert!(made.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(made[0] < Ids::from(at("2025-06-20T01:30:15.251Z")).next());
    }

    #[test]
    fn a_moment_reads_back_to_the_millisecond() {
        let moment = at("2025-06-20T01:30:15.250Z");
        assert_eq!(moment_text(moment), "2025-06-20T01:30:15.250Z");
        assert_eq!(parse_moment("2025-06-20"), None);
    }

    #[test]
    fn people_read_office_time() {
        let beside = NaiveDate::from_ymd_opt(2025, 7, 1).unwrap();
        assert_eq!(spoken(at("2025-06-20T17:30:00Z"), beside), "6月21日01:30");
        assert_eq!(spoken(at("2024-12-31T17:30:00Z"), beside), "1月1日01:30".to_owned());
        assert_eq!(spoken(at("2024-06-20T17:30:00Z"), beside), "2024年6月21日01:30");
    }
}
