//! The open workbook as people work in it: edits, views, requests, search, history, and what an automatic copy holds.

pub(crate) mod applying;
pub(crate) mod edits;
pub(crate) mod erasing;
pub(crate) mod evidence;
pub(crate) mod find;
pub(crate) mod history;
pub(crate) mod own;
pub(crate) mod requests;
pub(crate) mod restoring;
mod retired;
pub(crate) mod showing;
mod touching;
pub(crate) mod views;
