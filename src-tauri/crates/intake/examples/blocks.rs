//! Prints what the reader finds in a document, one block a line: `blocks FILE`. Rows show their cells between bars.

use intake::Block;
use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: blocks FILE [--time]")?;
    let bytes = std::fs::read(&path)?;
    let began = std::time::Instant::now();
    let document = match intake::read(&bytes, &path) {
        Ok(document) => document,
        Err(error) => {
            writeln!(std::io::stdout(), "{error}")?;
            return Ok(());
        }
    };
    let took = began.elapsed();
    let mut out = std::io::BufWriter::new(std::io::stdout());
    for block in &document.blocks {
        match block {
            Block::Paragraph(span) => writeln!(out, "{}", &document.text[span.start..span.end])?,
            Block::Row { cells, first, .. } => {
                let cells: Vec<&str> = cells.iter().map(|span| &document.text[span.start..span.end]).collect();
                writeln!(out, "{}| {}", if *first { "=" } else { "" }, cells.join(" | "))?;
            }
        }
    }
    for unread in &document.unread {
        writeln!(out, "? {}", unread.message)?;
    }
    if std::env::args().any(|word| word == "--time") {
        writeln!(std::io::stderr(), "{:?} {:.2} ms", document.form, took.as_secs_f64() * 1000.0)?;
    }
    Ok(())
}
