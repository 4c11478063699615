//! From a document to its draft: grammar over paragraphs, each part in a file of its own.

mod brackets;
mod dates;
mod division;
mod draw;
mod facts;
mod findings;
mod heading;
mod indicators;
mod items;
mod marker;
mod milestones;
mod numeral;
mod outline;
mod paragraphs;
mod passage;
mod quantity;
mod responsibility;
mod role;
mod sentence;
mod table;
mod targets;
mod tasks;
mod unit_names;
mod wording;

pub(crate) use draw::draw;
