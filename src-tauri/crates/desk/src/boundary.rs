//! What the shells call: every command listed once, and the guard that turns a fault into an answer.

pub(crate) mod commands;
pub(crate) mod faults;
pub(crate) mod opening;
pub(crate) mod rescue;
pub(crate) mod vocabularies;
