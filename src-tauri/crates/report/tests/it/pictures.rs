//! Pages as they look: rendered by a program that is not ours and compared with pictures that were looked at. What a reader of
//! text and positions does not see is seen here: lamps, bars, rules, faces, what lies over what.

use std::path::{Path, PathBuf};
use std::process::Command;

use report::{Faces, Kind};

use crate::pages::small;
use crate::{bundled, options};

/// Coarse, so that pictures stay small; strokes of text blur into shades, which other versions of the renderer set alike.
const DOTS_PER_INCH: &str = "50";
/// Pixels on a side of the squares whose mean colours are compared.
const SQUARE: usize = 5;
/// How much of 255 a square's mean may differ.
const TOLERANCE: f64 = 40.0;

/// A page: red, green and blue of each pixel.
struct Picture {
    width: usize,
    height: usize,
    colours: Vec<[u8; 3]>,
}

impl Picture {
    fn read(path: &Path) -> Option<Self> {
        let mut reader = png::Decoder::new(std::io::BufReader::new(std::fs::File::open(path).ok()?)).read_info().unwrap();
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut bytes).unwrap();
        assert_eq!((frame.color_type, frame.bit_depth), (png::ColorType::Rgb, png::BitDepth::Eight));
        let colours = bytes[..frame.buffer_size()].chunks_exact(3).map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        Some(Self { width: frame.width as usize, height: frame.height as usize, colours })
    }

    /// The mean colour of each square, row by row.
    fn means(&self) -> Vec<[f64; 3]> {
        let mut means = Vec::new();
        for top in (0..self.height).step_by(SQUARE) {
            for left in (0..self.width).step_by(SQUARE) {
                let rows = top..(top + SQUARE).min(self.height);
                let columns = left..(left + SQUARE).min(self.width);
                let pixels: Vec<[u8; 3]> =
                    rows.flat_map(|y| columns.clone().map(move |x| y * self.width + x)).map(|at| self.colours[at]).collect();
                means.push([0, 1, 2].map(|part| pixels.iter().map(|p| f64::from(p[part])).sum::<f64>() / pixels.len() as f64));
            }
        }
        means
    }
}

/// Where two pictures differ by more than the tolerance, in squares.
fn differing(one: &Picture, other: &Picture) -> usize {
    if (one.width, one.height) != (other.width, other.height) {
        return usize::MAX;
    }
    one.means().iter().zip(other.means()).filter(|(a, b)| (0..3).any(|part| (a[part] - b[part]).abs() > TOLERANCE)).count()
}

/// Renders one page of a file into `folder`; nothing where the renderer is not installed.
fn rendered(folder: &Path, pdf: &[u8], name: &str, page: usize) -> Option<PathBuf> {
    let (file, out) = (folder.join("page.pdf"), folder.join(name));
    std::fs::write(&file, pdf).unwrap();
    let number = page.to_string();
    let done = Command::new("pdftoppm")
        .args(["-png", "-singlefile", "-r", DOTS_PER_INCH, "-f", &number, "-l", &number])
        .arg(&file)
        .arg(&out)
        .status()
        .ok()?;
    assert!(done.success(), "the renderer refuses {name}");
    Some(out.with_extension("png"))
}

#[test]
fn pages_look_as_they_did_when_they_were_looked_at() {
    let Ok(faces) = Faces::find(&[bundled()]) else {
        eprintln!("skipped: target/fonts is not filled");
        return;
    };
    let folder = std::env::temp_dir().join(format!("report-pictures-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut wrong = Vec::new();
    for (name, kind, page) in [
        ("bulletin-1", Kind::Bulletin, 1),
        ("bulletin-table", Kind::Bulletin, 4),
        ("one-page", Kind::OnePage(None), 1),
        ("slip", Kind::Slip(None), 1),
        ("timeline", Kind::Timeline, 1),
    ] {
        let pdf = report::pdf(&report::compose(&small(), &kind, &options(), &faces), &faces).unwrap();
        let Some(made) = rendered(&folder, &pdf, name, page) else {
            eprintln!("skipped: pdftoppm is not installed");
            return;
        };
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.png"));
        let now = Picture::read(&made).unwrap();
        let squares = Picture::read(&path).map_or(usize::MAX, |golden| differing(&now, &golden));
        if squares > 0 {
            wrong.push(format!(
                "{name}: {squares} squares differ; look at {}, and if it is meant, copy it over {}",
                made.display(),
                path.display()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_square_that_is_missing_is_seen_and_a_shade_is_not() {
    let plain = Picture { width: 40, height: 40, colours: vec![[255; 3]; 1600] };
    let mut shaded = Picture { width: 40, height: 40, colours: vec![[235; 3]; 1600] };
    assert_eq!(differing(&plain, &shaded), 0);
    for y in 10..20 {
        shaded.colours[y * 40 + 10..y * 40 + 20].fill([235, 235, 0]);
    }
    assert_eq!(differing(&plain, &shaded), 4);
    assert_eq!(differing(&plain, &Picture { width: 20, height: 80, colours: vec![[255; 3]; 1600] }), usize::MAX);
}
