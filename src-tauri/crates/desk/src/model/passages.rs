//! The passages of a report that a person may write.

/// The passages of a report that the office may edit.
pub(crate) const PASSAGES: [&str; 8] =
    ["title", "number", "addressee", "opening", "demands", "signatory", "distribution", "copies"];
