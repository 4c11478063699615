//! The views of the wire, computed from the rows in one quarter. Pure: everything comes in as arguments.

mod attention;
mod checklist;
mod indicators;
mod lines;
mod overview;
mod people;
mod rows;
mod silence;
mod timeline;

pub(crate) use checklist::checklists;
pub(crate) use indicators::indicators;
pub(crate) use lines::unanswered;

pub(crate) use overview::{overview, overview_tasks, totals};
pub(crate) use people::people;
pub(crate) use rows::{detail, ledger_row, ledger_rows, ledger_table};
pub(crate) use timeline::timeline;
