//! The rules of the store, seen from outside.

mod edits;
mod sample;
