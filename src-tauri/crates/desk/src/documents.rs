//! From a document to the ledger: reading, the draft under review, the rows it becomes, and a plan's new version.

pub(crate) mod adding;
pub(crate) mod drafts;
pub(crate) mod drawing;
pub(crate) mod importing;
pub(crate) mod planting;
pub(crate) mod reading;
pub(crate) mod reviewing;
pub(crate) mod revision;
pub(crate) mod seeding;
pub(crate) mod variants;
