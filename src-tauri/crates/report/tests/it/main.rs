//! Reports as a careful typist would check them: the form measured in the finished PDF by an independent reader, the figures counted
//! again, and input that no typist would accept.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests stop at the first thing that is wrong")]

mod archive;
mod content;
#[path = "../../examples/county/mod.rs"]
mod county;
mod form;
mod hostile;
mod offices;
mod pages;
mod pictures;
mod reader;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use report::{Document, Faces, HouseStyle, Kind, Options, View};

/// The folder of open faces that ships with the program, where it is filled.
fn bundled() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../target/fonts")
}

/// The faces all tests are set in: the ones that ship, else the system's.
fn faces() -> &'static Faces {
    static FACES: OnceLock<Faces> = OnceLock::new();
    FACES.get_or_init(|| {
        let mut folders = vec![bundled()];
        if Faces::find(&folders).is_err() {
            folders.extend(Faces::system_folders());
        }
        Faces::find(&folders).expect("fonts-noto-cjk and fonts-lxgw-wenkai are installed, or target/fonts is filled")
    })
}

fn options() -> Options {
    Options { style: HouseStyle::STANDARD, ranking: true, red_head: false }
}

fn bulletin(view: &View) -> Document {
    report::compose(view, &Kind::Bulletin, &options(), faces())
}

fn print(document: &Document) -> reader::Printed {
    reader::Printed::read(&report::pdf(document, faces()).unwrap())
}

#[test]
fn no_test_file_is_forgotten() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let main = std::fs::read_to_string(folder.join("main.rs")).unwrap();
    for file in std::fs::read_dir(folder).unwrap() {
        let name = file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned();
        assert!(name == "main" || name == "golden" || main.contains(&format!("\nmod {name};")), "{name} is in no test run");
    }
}
