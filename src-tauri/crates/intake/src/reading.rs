//! From a document to its draft: grammar over paragraphs, each part in a file of its own.

mod brackets;
mod dates;
mod draw;
mod facts;
mod heading;
mod marker;
mod milestones;
mod numeral;
mod outline;
mod paragraphs;
mod passage;
mod quantity;
mod responsibility;
mod role;
mod targets;
mod tasks;
mod unit_names;
mod wording;

pub(crate) use draw::draw;
