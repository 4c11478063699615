//! Reports: what they show, the figures checked against the rows, and the files they become.

pub(crate) mod batch;
pub(crate) mod checking;
pub(crate) mod choices;
pub(crate) mod reporting;
pub(crate) mod view;
pub(crate) mod yearbook;
