//! From a document to its draft: grammar over paragraphs, each part in a file of its own.

mod brackets;
mod cores;
pub(crate) mod dates;
mod division;
mod draw;
mod facts;
mod findings;
pub(crate) mod heading;
mod indicators;
mod items;
mod labels;
pub(crate) mod marker;
mod milestones;
mod numeral;
mod outline;
mod paragraphs;
pub(crate) mod passage;
mod period;
pub(crate) mod prose;
pub(crate) mod quantity;
mod radicals;
pub(crate) mod responsibility;
mod role;
mod sentence;
mod table;
pub(crate) mod targets;
mod tasks;
mod titles;
pub(crate) mod unit_names;
mod wording;
mod words;

pub(crate) use draw::draw;
