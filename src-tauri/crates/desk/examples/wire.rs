//! Prints the TypeScript declarations of the boundary, or with `words` the lists of its vocabularies.
#![allow(clippy::print_stdout, reason = "this program prints")]
fn main() {
    let words = std::env::args().any(|argument| argument == "words");
    print!("{}", if words { desk::vocabularies() } else { desk::type_declarations() });
}
