//! The topics: one file for each part of the program.

mod command_line;
mod editing;
mod exchange;
mod files;
mod input;
mod label;
mod opening;
mod program;
mod reading;
mod reporting;

pub use command_line::CommandLine;
pub use editing::Editing;
pub use exchange::Exchange;
pub use files::Files;
pub use input::Input;
pub use label::Label;
pub use opening::Opening;
pub use program::Program;
pub use reading::Reading;
pub use reporting::Reporting;
