//! What a shell lends to desk: the clock, who and where, the folders.

use chrono::{FixedOffset, NaiveDate, NaiveDateTime, Utc};
use std::path::PathBuf;

/// The shell's clock, person, device and folders. Desk has none of its own.
pub struct Environment {
    /// The moment now, in UTC.
    pub now: Box<dyn Fn() -> NaiveDateTime + Send>,
    /// Stands for today where it is set, so that output is repeatable.
    pub today: Option<NaiveDate>,
    /// The person's name; may be empty.
    pub who: String,
    /// The computer's name; may be empty.
    pub device: String,
    /// Where the program keeps the list of recent workbooks; none keeps none.
    pub data_folder: Option<PathBuf>,
    /// Folders with fonts for reports, beside the system's own.
    pub font_folders: Vec<PathBuf>,
    /// Whether the system's own fonts are looked at too.
    pub system_fonts: bool,
}

impl std::fmt::Debug for Environment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Environment").field("today", &self.today).field("who", &self.who).finish_non_exhaustive()
    }
}

impl Environment {
    pub(crate) fn stamp(&self) -> store::Stamp {
        store::Stamp::new((self.now)(), self.who.clone(), self.device.clone())
    }

    /// The same on the day that stands for today, where one does.
    pub(crate) fn stamp_of_today(&self) -> store::Stamp {
        let now = (self.now)();
        let ahead = local(now) - now;
        let at = self.today.map_or(now, |day| day.and_time(local(now).time()) - ahead);
        store::Stamp::new(at, self.who.clone(), self.device.clone())
    }

    /// Today by the clock, in China's one time zone.
    pub(crate) fn clock_day(&self) -> NaiveDate {
        local((self.now)()).date()
    }
}

/// A moment as the clocks in China's offices show it.
pub(crate) fn local(at: NaiveDateTime) -> NaiveDateTime {
    let offset = FixedOffset::east_opt(8 * 3600);
    offset.map_or(at, |offset| at.and_local_timezone(Utc).single().map_or(at, |at| at.with_timezone(&offset).naive_local()))
}
