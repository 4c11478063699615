//! The project's commands, for a fresh Debian 12 with Rust, Node, Python 3, gcc and git:
//!
//! - `cargo xtask run` installs what is missing, builds, and opens the program; where there is no display it does the main job without
//!   a window and says where the workbook and the report lie;
//! - `cargo xtask test` installs what is missing and runs everything that CI runs; `test fast` is its first, cheap lane;
//! - `cargo xtask bench`, `page` (page libraries and fonts), `wire` (the page's declarations), `arrows` (who names whom) are parts of them;
//! - `cargo xtask learn` learns anew what the evidence around a number weighs; `ruler` measures it on each document when learned from
//!   the others;
//! - `cargo xtask bundle` builds the packages, looks into them, and starts the program from the unpacked one.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line prints")]
#![allow(clippy::disallowed_methods, reason = "steps say how long they took")]

mod arrows;
mod bundle;
mod install;
mod learn;
mod package;
mod page;
mod run;
mod step;
mod test;
mod tidy;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["run"] => run::run(),
        ["test"] => test::test(),
        ["test", "fast"] => test::fast(),
        ["bench", ..] => test::bench(&words[1..]),
        ["learn", ..] => learn::learn(&words[1..]),
        ["ruler", ..] => learn::ruler(&words[1..]),
        ["page"] => page::page(),
        ["bundle"] => bundle::bundle(),
        ["wire"] => page::write_declarations(),
        ["arrows"] => arrows::arrows(),
        _ => {
            eprintln!("usage: cargo xtask run | test [fast] | bench [NAME] | page | wire | arrows | bundle");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("\n{sentence}");
            ExitCode::FAILURE
        }
    }
}
