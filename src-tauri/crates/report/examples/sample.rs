//! Prints every kind of report of an invented county into a folder:
//! `cargo run -p report --example sample -- FONTS OUT [TASKS]`.

#![expect(clippy::expect_used, clippy::print_stdout, reason = "an example talks and stops at the first thing that is wrong")]

mod county;

use std::path::PathBuf;
use std::time::Instant;

use report::{Faces, HouseStyle, Kind, Options};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let fonts = PathBuf::from(arguments.next().expect("a folder of fonts"));
    let out = PathBuf::from(arguments.next().expect("a folder to write to"));
    let tasks = arguments.next().map_or(60, |n| n.parse().expect("a number of tasks"));
    let start = Instant::now();
    let faces = Faces::find(&[fonts]).expect("faces");
    println!("faces {:?}", start.elapsed());
    let view = county::county(tasks);
    let options = Options { style: HouseStyle::STANDARD, ranking: true, red_head: false };
    let red = Options { red_head: true, ranking: false, ..options.clone() };
    for (name, kind, options) in [
        ("bulletin", Kind::Bulletin, &options),
        ("red", Kind::Bulletin, &red),
        ("department", Kind::Department(county::department(1)), &options),
        ("all", Kind::AllDepartments, &options),
        ("one-page", Kind::OnePage(None), &options),
        ("slip", Kind::Slip(None), &options),
        ("yearbook", Kind::Yearbook, &options),
        ("timeline", Kind::Timeline, &options),
    ] {
        let start = Instant::now();
        let document = report::compose(&view, &kind, options, &faces);
        let laid = start.elapsed();
        let bytes = report::pdf(&document, &faces).expect("pdf");
        println!(
            "{name}: {} pages, {} characters, {} bytes, laid out {laid:?}, all {:?}",
            document.pages.len(),
            document.characters,
            bytes.len(),
            start.elapsed()
        );
        for missing in &document.missing {
            println!("  {missing}");
        }
        let start = Instant::now();
        let text = report::docx(&view, &kind, options);
        let sheets = report::xlsx(&view, &kind, options).expect("xlsx");
        println!("  docx {} bytes, xlsx {} bytes, {:?}", text.len(), sheets.len(), start.elapsed());
        std::fs::write(out.join(format!("{name}.docx")), text).expect("a file to write");
        std::fs::write(out.join(format!("{name}.xlsx")), sheets).expect("a file to write");
        std::fs::write(out.join(format!("{name}.pdf")), bytes).expect("a file to write");
    }
}
