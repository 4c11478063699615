//! Makes documents, and shows what was read from them.

use intake::{Block, Document};
use std::io::Write;
use zip::write::SimpleFileOptions;

/// A zip of parts.
pub fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Each block as a line; a row with its cells between bars, the first of a table marked.
pub fn lines(document: &Document) -> Vec<String> {
    let at = |span: &plan::Span| document.text[span.start..span.end].to_owned();
    let line = |block: &Block| match block {
        Block::Paragraph(span) => at(span),
        Block::Row { cells, first, .. } => {
            let cells: Vec<String> = cells.iter().map(at).collect();
            format!("{}{}", if *first { "=" } else { "" }, cells.join("|"))
        }
    };
    document.blocks.iter().map(line).collect()
}
