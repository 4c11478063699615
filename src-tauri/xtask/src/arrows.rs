//! The arrows between the rooms of each crate: no circle, and in desk none back up a floor.
//!
//! A room is a module of the crate's root with all below it. An arrow is what a room's code names of another: `crate::room…`, or a name
//! that the root hands on from there. Tests may look anywhere, so what stands under `#[cfg(test)]` at a file's end does not count.

use crate::step::{Outcome, root};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The floors of desk, lowest first.
const FLOORS: [&str; 7] = ["wire", "model", "ledger", "documents", "exchange", "reports", "boundary"];

/// Crates whose circles are known and not yet cut; one that has none any more must leave this list.
const STILL_CIRCULAR: [&str; 2] = ["messages", "store"];

/// Who names whom, and in which files.
type Arrows = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// Refuses circles and arrows back up.
pub(crate) fn arrows() -> Outcome {
    println!("── arrows between rooms");
    let crates = root().join("src-tauri/crates");
    let mut faults = Vec::new();
    for folder in folders(&crates)? {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let arrows = arrows_of(&folder.join("src"))?;
        let circles = circles(&arrows);
        if STILL_CIRCULAR.contains(&name.as_str()) {
            if circles.is_empty() {
                faults.push(format!("{name} has no circle any more: strike it from STILL_CIRCULAR"));
            }
            continue;
        }
        for circle in circles {
            faults.push(format!("{name}: a circle of {}{}", circle.join(", "), witnesses(&arrows, &circle)));
        }
        if name == "desk" {
            faults.extend(back_up(&arrows));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}

fn back_up(arrows: &Arrows) -> Vec<String> {
    let floor = |room: &str| FLOORS.iter().position(|floor| *floor == room);
    let mut faults = Vec::new();
    for (from, targets) in arrows {
        for (to, files) in targets {
            match (floor(from), floor(to)) {
                (Some(low), Some(high)) if high > low => {
                    faults.push(format!("desk: {from} names {to}, which stands above it: {}", list(files)));
                }
                (None, _) => faults.push(format!("desk: {from} is on no floor; the floors are {}", FLOORS.join(" <- "))),
                _ => {}
            }
        }
    }
    faults
}

fn folders(of: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(of).map_err(|error| format!("{}: {error}", of.display()))?;
    let mut found: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir()).collect();
    found.sort();
    Ok(found)
}

fn arrows_of(src: &Path) -> Result<Arrows, String> {
    let mut files = Vec::new();
    rust_files(src, &mut files)?;
    let read = |path: &Path| std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()));
    let room_of = |path: &Path| {
        let first = path.strip_prefix(src).ok()?.components().next()?;
        Some(first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned())
    };
    let is_root = |room: &str| room == "lib" || room == "main";
    let rooms: BTreeSet<String> = files.iter().filter_map(|path| room_of(path)).filter(|room| !is_root(room)).collect();
    let mut handed_on = BTreeMap::new();
    for root in ["lib.rs", "main.rs"] {
        if src.join(root).is_file() {
            handed_on.extend(names_handed_on(&code(&read(&src.join(root))?), &rooms));
        }
    }
    let mut arrows = Arrows::new();
    for path in &files {
        let Some(room) = room_of(path).filter(|room| !is_root(room)) else { continue };
        let file = path.strip_prefix(src).unwrap_or(path).to_string_lossy().into_owned();
        if file.contains("tests") {
            continue;
        }
        for name in names_of_crate(&code(&read(path)?)) {
            let Some(to) = rooms.get(&name).or_else(|| handed_on.get(&name)) else { continue };
            if *to != room {
                arrows.entry(room.clone()).or_default().entry(to.clone()).or_default().insert(file.clone());
            }
        }
    }
    Ok(arrows)
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), String> {
    for entry in std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))? {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path.is_dir() {
            rust_files(&path, found)?;
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    Ok(())
}

/// A file's code without comments and without the tests at its end.
fn code(text: &str) -> String {
    let end = text.find("\n#[cfg(test)]\nmod ").unwrap_or(text.len());
    let lines = text[..end].lines().map(|line| line.find("//").map_or(line, |at| &line[..at]));
    lines.collect::<Vec<_>>().join("\n")
}

/// The first names behind `crate::`, also of a list in braces.
fn names_of_crate(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            continue;
        }
        names.extend(first_names(&code[at + "crate::".len()..]));
    }
    names
}

/// The first name of a path, or of each path of a list in braces.
fn first_names(path: &str) -> Vec<String> {
    let Some(list) = path.strip_prefix('{') else { return vec![word(path)] };
    let (mut names, mut depth, mut is_start) = (Vec::new(), 0, true);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => is_start = true,
            c if is_start && !c.is_whitespace() => {
                names.push(word(&list[at..]));
                is_start = false;
            }
            _ => {}
        }
    }
    names
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The names that the root hands on by `pub use room::{…}`, with their rooms.
fn names_handed_on(root: &str, rooms: &BTreeSet<String>) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for (at, _) in root.match_indices("use ") {
        let statement = root[at + 4..].split(';').next().unwrap_or_default();
        let room = word(statement);
        if rooms.contains(&room) {
            // a type's name begins with a capital; functions and constants of the root count too
            let parts = statement[room.len()..].split(|c: char| !(c.is_alphanumeric() || c == '_'));
            names.extend(parts.filter(|part| !part.is_empty()).map(|part| (part.to_owned(), room.clone())));
        }
    }
    names
}

/// Rooms that can each be reached from the other, as groups of two and more.
fn circles(arrows: &Arrows) -> Vec<Vec<String>> {
    let reached: BTreeMap<&String, BTreeSet<&String>> = arrows.keys().map(|room| (room, reach(arrows, room))).collect();
    let mut circles: BTreeSet<Vec<String>> = BTreeSet::new();
    for (room, from_here) in &reached {
        if !from_here.contains(room) {
            continue;
        }
        let back = |other: &&&String| reached.get(**other).is_some_and(|there| there.contains(room));
        circles.insert(from_here.iter().filter(back).map(|other| (*other).clone()).collect());
    }
    circles.into_iter().collect()
}

fn reach<'a>(arrows: &'a Arrows, from: &String) -> BTreeSet<&'a String> {
    let (mut found, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(room) = open.pop() {
        for next in arrows.get(room).into_iter().flat_map(BTreeMap::keys) {
            if found.insert(next) {
                open.push(next);
            }
        }
    }
    found
}

fn witnesses(arrows: &Arrows, circle: &[String]) -> String {
    let mut text = String::new();
    for from in circle {
        for (to, files) in arrows.get(from).into_iter().flatten().filter(|(to, _)| circle.contains(to)) {
            text.push_str(&format!("\n    {from} names {to}: {}", list(files)));
        }
    }
    text
}

fn list(files: &BTreeSet<String>) -> String {
    files.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrows(of: &[(&str, &str)]) -> Arrows {
        let mut arrows = Arrows::new();
        for (from, to) in of {
            arrows.entry((*from).to_owned()).or_default().entry((*to).to_owned()).or_default().insert("a.rs".to_owned());
        }
        arrows
    }

    #[test]
    fn a_circle_is_found_and_a_chain_is_none() {
        assert_eq!(circles(&arrows(&[("a", "b"), ("b", "c"), ("a", "c")])), Vec::<Vec<String>>::new());
        assert_eq!(circles(&arrows(&[("a", "b"), ("b", "c"), ("c", "b")])), [["b".to_owned(), "c".to_owned()]]);
    }

    #[test]
    fn an_arrow_back_up_is_refused() {
        assert!(back_up(&arrows(&[("reports", "model"), ("exchange", "ledger")])).is_empty());
        assert_eq!(back_up(&arrows(&[("model", "reports")])).len(), 1);
        assert_eq!(back_up(&arrows(&[("attic", "model")])).len(), 1);
    }

    #[test]
    fn names_are_read_from_paths_and_lists() {
        let read = names_of_crate("use crate::{a::{X, Y}, b, c::d};\nlet x = crate::e::f();\nuse mycrate::g;");
        assert_eq!(read.into_iter().collect::<Vec<_>>(), ["a", "b", "c", "e"]);
        let rooms = BTreeSet::from(["head".to_owned()]);
        assert_eq!(names_handed_on("pub use head::{Head, Kind};", &rooms).len(), 2);
        assert_eq!(code("use a;\n// crate::b\n#[cfg(test)]\nmod tests { use crate::c; }"), "use a;\n");
    }
}
