//! `planbook`: the same use cases as the window, for scripts, batch printing and checks.
//!
//! Exit 0 done; 1 refused or failed, one sentence on stderr; 2 wrong usage.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line prints")]
#![allow(clippy::disallowed_methods, reason = "the shells have the clock")]

mod arguments;
mod commands;
mod exchange;
mod output;
mod reports;
mod serve;
mod shell;
mod stopping;
mod versions;

use arguments::Arguments;
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match commands::run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(refusal) => {
            eprintln!("{}", refusal.sentence(arguments.lang.spoken()));
            ExitCode::from(1)
        }
    }
}
