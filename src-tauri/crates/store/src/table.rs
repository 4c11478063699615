//! One module per table: its row, and one function per query.
//!
//! Reading functions take [`Rows`](crate::Rows): `list` (all, in the order people see), `of_…` (those of one parent),
//! `find` (none where it is gone) and `get` (an error where it is gone). Writing functions take an [`Edit`](crate::Edit):
//! `insert`, `update` (all columns of a row that must be there), `delete` (with everything that hangs on the row).
//! Drafts, preferences and evidence bytes are outside undo and take an [`Aside`](crate::Aside) where they are written alone.

pub mod actual;
pub mod assignment;
pub mod checklist_item;
pub mod department;
pub mod department_key;
pub mod draft;
pub mod evidence;
pub mod exchange;
pub mod exchanged;
pub mod identity;
pub mod import_row;
pub mod indicator;
pub mod milestone;
pub mod packet_seen;
pub mod passage;
pub mod person;
pub mod plan;
pub mod preference;
pub mod progress;
pub mod quarter_close;
pub mod request;
pub mod retired;
pub mod section;
pub mod setting;
pub mod slip;
pub mod target;
pub mod task;

/// The tables that an edit's changeset covers, parents first.
pub(crate) const LEDGER: &[&str] = &[
    "plan",
    "section",
    "department",
    "department_alias",
    "task",
    "assignment",
    "checklist_item",
    "checklist_item_department",
    "milestone",
    "milestone_department",
    "indicator",
    "target",
    "actual",
    "progress",
    "evidence",
    "quarter_close",
    "slip",
    "passage",
    "setting",
    "exchange",
    "packet_seen",
    "department_key",
    "request",
    "exchanged",
    "retired",
    "import_row",
    "person",
    "holding",
];
