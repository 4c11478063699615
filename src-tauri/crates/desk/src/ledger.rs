//! The open workbook as people work in it: edits, views, search, history, and what an automatic copy holds.

pub(crate) mod edits;
pub(crate) mod find;
pub(crate) mod history;
pub(crate) mod restoring;
pub(crate) mod views;
