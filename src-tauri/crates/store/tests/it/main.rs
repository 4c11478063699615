//! The rules of the store, seen from outside.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, also in its own functions, and children speak through standard output"
)]

mod child;
mod copies;
mod damage;
mod edits;
mod erase;
mod held;
mod opening;
mod rescue;
mod sample;
mod schema;
mod survival;
mod tables;

/// A file that is not named above would silently not be run.
#[test]
fn every_file_of_tests_is_part_of_this_binary() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it");
    let main = include_str!("main.rs");
    for entry in std::fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        let name = file.trim_end_matches(".rs");
        let named = main.lines().any(|line| line == format!("mod {name};"));
        assert!(name == "main" || !file.ends_with(".rs") || named, "{file}");
    }
}
