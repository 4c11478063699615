//! Prints the TypeScript declarations of the boundary.
#![allow(clippy::print_stdout, reason = "this program prints")]
fn main() {
    print!("{}", desk::type_declarations());
}
