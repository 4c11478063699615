//! The days of rest: the State Council's notices that ship, a file a year, and the years that the office has put in itself.

use crate::model::refusals::wrong_input;
use crate::wire::Refusal;
use chrono::{Datelike, NaiveDate};
use messages::Program;
use plan::WorkingDays;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

macro_rules! shipped {
    ($($year:literal),+ $(,)?) => {
        &[$(include_str!(concat!("../../../../../seeds/holidays/", $year, ".json"))),+]
    };
}

/// The notices that ship, in the order of their years.
const YEARS: &[&str] = shipped!["2023", "2024", "2025", "2026"];

/// No year has more days of rest or of work instead; a slip of the pen is not walked for minutes.
const MOST_DAYS: i64 = 60;

/// A year of days of rest.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    year: i32,
    #[serde(default, rename = "source")]
    _source: String,
    rest: Vec<Rest>,
    #[serde(deserialize_with = "days")]
    work: Vec<NaiveDate>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rest {
    #[serde(rename = "name")]
    _name: String,
    #[serde(deserialize_with = "day")]
    from: NaiveDate,
    #[serde(deserialize_with = "day")]
    to: NaiveDate,
}

fn day<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
    String::deserialize(from)?.parse().map_err(D::Error::custom)
}

fn days<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<NaiveDate>, D::Error> {
    Vec::<String>::deserialize(from)?.iter().map(|day| day.parse().map_err(D::Error::custom)).collect()
}

impl Year {
    /// Whether its days are of it (a new year's holiday may begin in the year before) and in order.
    fn is_sound(&self) -> bool {
        let of_year = |day: NaiveDate| day.year() == self.year || (day.year() == self.year - 1 && day.month() == 12);
        let orderly =
            |rest: &Rest| of_year(rest.from) && of_year(rest.to) && (0..MOST_DAYS).contains(&(rest.to - rest.from).num_days());
        self.rest.iter().all(orderly)
            && self.work.iter().all(|day| of_year(*day))
            && self.work.len() < 100
            && self.rest.len() < 100
    }
}

fn shipped() -> impl Iterator<Item = Year> {
    YEARS.iter().filter_map(|text| serde_json::from_str(text).ok())
}

fn own(value: &Value) -> Option<Vec<Year>> {
    let years: Vec<Year> = serde_json::from_value(value.clone()).ok()?;
    years.iter().all(Year::is_sound).then_some(years)
}

/// Whether a value is a list of years as [`working_days`] takes it.
pub(crate) fn is_sound(value: &Value) -> bool {
    own(value).is_some()
}

/// The working days by the notices that ship and the office's own setting `holidays`, of which a year replaces ours.
pub(crate) fn working_days(settings: &Map<String, Value>) -> WorkingDays {
    let mut years: BTreeMap<i32, Year> = shipped().map(|year| (year.year, year)).collect();
    for year in settings.get("holidays").and_then(own).unwrap_or_default() {
        years.insert(year.year, year);
    }
    let rest =
        years.values().flat_map(|year| &year.rest).flat_map(|rest| rest.from.iter_days().take_while(|day| *day <= rest.to));
    WorkingDays::new(rest, years.values().flat_map(|year| year.work.iter().copied()))
}

/// The refusal of a setting that is no list of years.
pub(crate) fn refusal() -> Refusal {
    wrong_input(Program::HolidaysAreWrong, Program::HolidaysAreYears)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Weekday;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn every_holiday_file_ships_and_is_sound() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../seeds/holidays");
        let files = std::fs::read_dir(path).unwrap().filter_map(|entry| entry.unwrap().file_name().into_string().ok());
        let mut files: Vec<String> = files.filter_map(|name| name.strip_suffix(".json").map(str::to_owned)).collect();
        files.sort();
        let years: Vec<Year> = YEARS.iter().map(|text| serde_json::from_str(text).unwrap()).collect();
        assert_eq!(files, years.iter().map(|year| year.year.to_string()).collect::<Vec<_>>());
        for year in years {
            assert!(year.is_sound() && year.rest.len() >= 6, "{}", year.year);
            for day in &year.work {
                assert!(matches!(day.weekday(), Weekday::Sat | Weekday::Sun), "{day} is worked on anyway");
                assert!(!year.rest.iter().any(|rest| (rest.from..=rest.to).contains(day)), "{day} is both");
            }
        }
    }

    #[test]
    fn the_national_week_and_the_spring_festival_are_days_of_rest() {
        let days = working_days(&Map::new());
        assert_eq!(days.on_or_after(day("2025-10-01")), day("2025-10-09"));
        assert_eq!(days.on_or_after(day("2026-02-15")), day("2026-02-24"));
        assert!(days.is_working(day("2025-09-28")) && !days.is_working(day("2023-10-06")));
        // three working days after the third quarter's cut-off: the 9th, 10th and the Saturday that is worked on
        assert_eq!(days.after(day("2025-09-30"), 3), Some(day("2025-10-11")));
    }

    #[test]
    fn an_offices_own_year_is_added_or_replaces_ours() {
        let own = serde_json::json!([{"year": 2027, "rest": [{"name": "元旦", "from": "2027-01-01", "to": "2027-01-03"}], "work": ["2027-01-09"]}]);
        assert!(is_sound(&own));
        let settings = Map::from_iter([("holidays".to_owned(), own)]);
        assert_eq!(working_days(&settings).on_or_after(day("2027-01-01")), day("2027-01-04"));
        for wrong in [
            serde_json::json!("2027"),
            serde_json::json!([{"year": 2027, "rest": [{"name": "", "from": "2028-05-01", "to": "2028-05-02"}], "work": []}]),
        ] {
            assert!(!is_sound(&wrong));
        }
    }
}
