//! Golden pages: text with its place, read line by line.

use std::path::Path;

use report::{Faces, Kind, View};

use crate::county::{county, department};
use crate::{bundled, options};

/// A small view, so that its golden pages can be read.
pub(crate) fn small() -> View {
    let mut view = county(4);
    view.passages.distribution = Some("县委办公室".to_owned());
    view
}

#[test]
fn pages_are_the_golden_ones() {
    // positions of Western text depend on the faces: the golden pages are set in the ones that ship
    let Ok(faces) = Faces::find(&[bundled()]) else {
        eprintln!("skipped: target/fonts is not filled");
        return;
    };
    for (name, kind) in [
        ("bulletin", Kind::Bulletin),
        ("department", Kind::Department(department(1))),
        ("one-page", Kind::OnePage(None)),
        ("slip", Kind::Slip(None)),
        ("yearbook", Kind::Yearbook),
        ("timeline", Kind::Timeline),
    ] {
        let document = report::compose(&small(), &kind, &options(), &faces);
        let pages: Vec<String> = document.pages.iter().map(report::Page::transcript).collect();
        let now = pages.join("--------\n");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.txt"));
        let golden = std::fs::read_to_string(&path).unwrap_or_default();
        if now != golden {
            let made = std::env::temp_dir().join(format!("report-golden-{name}.txt"));
            std::fs::write(&made, &now).unwrap();
            let line = now.lines().zip(golden.lines()).position(|(a, b)| a != b).unwrap_or(0);
            panic!(
                "{name}: line {} is “{}”, golden “{}”; if the change is meant, copy {} over {}",
                line + 1,
                now.lines().nth(line).unwrap_or(""),
                golden.lines().nth(line).unwrap_or(""),
                made.display(),
                path.display()
            );
        }
    }
}
