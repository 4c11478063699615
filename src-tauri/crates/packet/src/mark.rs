//! The fields that a department fills, each under an address, and what the last file said of them.

use crate::error::PacketError;
use crate::hash::sha256;
use plan::{DepartmentId, Status};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// What kind of row a field belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// A department's progress on a task in the file's quarter.
    Progress,
    /// A checklist item.
    Item,
    /// A milestone.
    Milestone,
    /// An indicator's figure for the file's quarter.
    Figure,
}

/// A field of such a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Handling status.
    Status,
    /// What was done.
    Done,
    /// Problems.
    Problems,
    /// Next step.
    Next,
    /// The day of a tick.
    DoneOn,
    /// A figure.
    Value,
    /// A remark on a figure.
    Note,
}

impl About {
    /// The word in files, and the table's name.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Progress => "progress",
            Self::Item => "checklist_item",
            Self::Milestone => "milestone",
            Self::Figure => "actual",
        }
    }

    fn of(code: &str) -> Option<Self> {
        [Self::Progress, Self::Item, Self::Milestone, Self::Figure].into_iter().find(|about| about.code() == code)
    }

    /// The fields that such a row has for a department to fill.
    #[must_use]
    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::Progress => &[Field::Status, Field::Done, Field::Problems, Field::Next],
            Self::Item | Self::Milestone => &[Field::DoneOn],
            Self::Figure => &[Field::Value, Field::Note],
        }
    }
}

impl Field {
    /// The word in files, and the column's name.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Done => "done",
            Self::Problems => "problems",
            Self::Next => "next",
            Self::DoneOn => "done_on",
            Self::Value => "value",
            Self::Note => "note",
        }
    }
}

/// Where a value stands: the row (a task for progress, an indicator for figures, else the row's own id), the department it
/// is of (none where all share it), and the field. Quarters are the file's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// What kind of row.
    pub about: About,
    /// The row.
    pub row: String,
    /// Whose it is.
    pub department: Option<DepartmentId>,
    /// The field.
    pub field: Field,
}

impl Address {
    /// The address of a field.
    #[must_use]
    pub fn new(about: About, row: &str, department: Option<&DepartmentId>, field: Field) -> Self {
        Self { about, row: row.to_owned(), department: department.cloned(), field }
    }

    /// Reads the words of a record; none where they name nothing that a department fills.
    pub(crate) fn of(about: &str, row: &str, department: Option<&str>, field: &str) -> Option<Self> {
        let about = About::of(about)?;
        let field = about.fields().iter().copied().find(|known| known.code() == field)?;
        let department = department.map(DepartmentId::new);
        // progress is always somebody's; ticks never are
        let fits = match about {
            About::Progress => department.is_some(),
            About::Item | About::Milestone => department.is_none(),
            About::Figure => true,
        };
        fits.then(|| Self { about, row: row.to_owned(), department, field })
    }

    /// Reads an address from its text.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (rest, field) = text.rsplit_once('/')?;
        let (rest, department) = rest.rsplit_once('/')?;
        let (about, row) = rest.split_once('/')?;
        Self::of(about, row, (department != "*").then_some(department), field)
    }

    /// Whether a value says no more there than an absent one.
    #[must_use]
    pub fn is_blank(&self, value: &str) -> bool {
        value.is_empty() || (self.field == Field::Status && value == Status::NotStarted.code())
    }

    /// Whether several departments may fill the same place.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.department.is_none()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let department = self.department.as_ref().map_or("*", DepartmentId::as_str);
        write!(f, "{}/{}/{department}/{}", self.about.code(), self.row, self.field.code())
    }
}

/// A value, short enough to be kept: the value itself, or a long one's hash. Equal marks are equal values.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mark(String);

impl Mark {
    const LONGEST: usize = 48;

    /// The mark of a value at an address. What several departments may fill is kept whole, since it may be chosen later.
    #[must_use]
    pub fn of(address: &Address, value: &str) -> Self {
        if address.is_shared() || (value.len() <= Self::LONGEST && !value.starts_with('#')) {
            return Self(value.to_owned());
        }
        let hash = sha256(value.as_bytes());
        Self(format!("#{}", &hash[..32]))
    }

    /// A mark as a file has it.
    pub(crate) fn read(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The text of the mark; the value itself where the address is shared.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

/// What a file says of a field. The greater of two is the later word: a quarter's own before one that came late for an earlier
/// quarter, then by rank; the rest only makes the order the same everywhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Word {
    /// Whether it is of the quarter itself.
    pub own: bool,
    /// The serial number of the return that said it first.
    pub rank: i64,
    /// The value; none where it is to be emptied.
    pub now: Option<Mark>,
    /// What that copy of the department had been sent.
    pub was: Option<Mark>,
    /// What that copy had said of it before.
    pub knew: Vec<Mark>,
}

/// What a department last said of a field, and what it had been sent before.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Claim {
    /// Its last word that is not blank.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<Mark>,
    /// What it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Mark>,
    /// Whether it came late, for an earlier quarter: then any word of the quarter's own return counts before it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub late: bool,
    /// The serial number of the return that said it first; 0 in what was kept before ranks were.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub rank: i64,
    /// The rank of the last word that would empty it, asked for and not taken by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cleared: Option<i64>,
    /// What the copy that said it had said before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub knew: Vec<Mark>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_zero(rank: &i64) -> bool {
    *rank == 0
}

impl Claim {
    /// Whether the last word is to empty the field.
    #[must_use]
    pub fn is_cleared(&self) -> bool {
        self.cleared.is_some_and(|rank| self.now.is_none() || rank > self.rank)
    }

    /// The last word, blank or not.
    #[must_use]
    pub fn last(&self) -> Option<&Mark> {
        self.now.as_ref().filter(|_| !self.is_cleared())
    }

    /// Whether who said it had been sent the value or had said it before.
    #[must_use]
    pub fn knows(&self, value: &Mark) -> bool {
        self.now.as_ref() == Some(value) || self.was.as_ref() == Some(value) || self.knew.contains(value)
    }

    /// Its last word that is not blank.
    pub(crate) fn word(&self) -> Word {
        let (now, was, knew) = (self.now.clone(), self.was.clone(), self.knew.clone());
        Word { own: !self.late, rank: self.rank, now, was, knew }
    }

    /// Joins a word: the later one stands. The result does not depend on the order of words, and the same word twice is one.
    pub(crate) fn join(&mut self, word: &Word) {
        if word.now.is_none() {
            self.cleared = self.cleared.max(Some(word.rank));
            if self.now.is_none() && (self.was.is_none() || word.was < self.was) {
                self.was.clone_from(&word.was);
            }
            return;
        }
        if self.now.is_none() || *word > self.word() {
            let Word { own, rank, now, was, knew } = word.clone();
            *self = Self { now, was, late: !own, rank, cleared: self.cleared, knew };
        }
    }

    /// Whether it is a word at all: what was kept before ranks were holds untouched fields as well.
    #[must_use]
    pub fn says(&self) -> bool {
        self.rank > 0 || self.cleared.is_some() || self.now != self.was
    }
}

/// All claims of a department for a quarter, by address.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Claims {
    /// By the text of the address.
    pub fields: BTreeMap<String, Claim>,
}

impl Claims {
    /// The claim at an address.
    #[must_use]
    pub fn at(&self, address: &Address) -> Option<&Claim> {
        self.fields.get(&address.to_string())
    }

    /// The JSON that a workbook keeps.
    ///
    /// # Errors
    /// None as things are: the map's keys are text.
    pub fn to_json(&self) -> Result<String, PacketError> {
        serde_json::to_string(self).map_err(|error| PacketError::json("收发记录", &error))
    }

    /// Reads the JSON of a workbook.
    ///
    /// # Errors
    /// A text that is none.
    pub fn from_json(text: &str) -> Result<Self, PacketError> {
        serde_json::from_str(text).map_err(|error| PacketError::json("收发记录", &error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_join_to_the_same_claim_in_any_order() {
        let at = Address::new(About::Figure, "i", None, Field::Note);
        let mark = |text: &str| Some(Mark::of(&at, text));
        let word = |own, rank, now: &str, was: &str| Word {
            own,
            rank,
            now: mark(now).filter(|_| !now.is_empty()),
            was: mark(was).filter(|_| !was.is_empty()),
            knew: Vec::new(),
        };
        let words = [
            word(true, 3, "甲", ""),
            word(true, 5, "", "甲"),
            word(true, 4, "乙", "甲"),
            word(false, 9, "丙", ""),
            word(true, 5, "", ""),
        ];
        let joined = |order: [usize; 5]| {
            let mut claim = Claim::default();
            for at in order {
                claim.join(&words[at]);
                claim.join(&words[at]);
            }
            claim
        };
        let claim = joined([0, 1, 2, 3, 4]);
        assert_eq!((claim.now.clone(), claim.rank, claim.is_cleared(), claim.last()), (mark("乙"), 4, true, None));
        for order in [[4, 3, 2, 1, 0], [1, 4, 3, 0, 2], [2, 1, 0, 4, 3], [3, 1, 4, 2, 0]] {
            assert_eq!(joined(order), claim, "{order:?}");
        }
        let mut later = claim;
        later.join(&word(true, 6, "丁", ""));
        assert!(!later.is_cleared());
    }

    #[test]
    fn a_long_text_is_kept_as_its_hash_unless_it_is_shared() {
        let department = DepartmentId::new("d");
        let own = Address::new(About::Progress, "t", Some(&department), Field::Done);
        let long = "已完成选址和立项，正在办理用地手续。".repeat(3);
        assert_eq!(Mark::of(&own, "已完成选址").text(), "已完成选址");
        assert_eq!(Mark::of(&own, &long).text().len(), 33);
        assert_ne!(Mark::of(&own, &long), Mark::of(&own, &long.replace('3', "4").replace("选址", "选点")));
        let shared = Address::new(About::Figure, "i", None, Field::Note);
        assert_eq!(Mark::of(&shared, &long).text(), long);
        // a short text that looks like a hash is never taken for one
        assert_ne!(Mark::of(&own, "#1").text(), "#1");
    }

    #[test]
    fn an_address_reads_back_and_others_are_none() {
        let read = |about: &str, department: Option<&str>, field: &str| Address::of(about, "r", department, field);
        assert_eq!(read("progress", Some("d"), "done").unwrap().to_string(), "progress/r/d/done");
        assert_eq!(read("actual", None, "value").unwrap().to_string(), "actual/r/*/value");
        for (about, department, field) in [
            ("target", None, "value"),
            ("progress", None, "done"),
            ("progress", Some("d"), "value"),
            ("checklist_item", Some("d"), "done_on"),
            ("checklist_item", None, "text"),
            ("milestone", None, "due"),
        ] {
            assert_eq!(read(about, department, field), None, "{about} {field}");
        }
    }
}
