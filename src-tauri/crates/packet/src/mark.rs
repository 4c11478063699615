//! The fields that a department fills, each under an address, and what the last file said of them.

use crate::error::PacketError;
use crate::hash::sha256;
use plan::DepartmentId;
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

/// What a department last said of a field, and what it had been sent before.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Claim {
    /// What it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<Mark>,
    /// What it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Mark>,
    /// Whether it came late, for an earlier quarter: then the quarter's own return takes it back only by other words.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub late: bool,
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
