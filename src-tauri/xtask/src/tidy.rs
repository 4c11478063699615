//! What no compiler looks at: licences of what we build on, crates that must not come in, and the notes that the project leaves to its readers.

use crate::step::{Outcome, cargo, output, root};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Licences that may be shipped under ours; an expression passes where one of its choices does.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-3-Clause",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    // of whole files, unchanged: selectors and the like below the webview
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Crates that open connections, or bring another TLS or SQLite: the program has no network.
const BANNED: &[&str] = &["curl", "hyper-tls", "native-tls", "openssl", "openssl-sys", "reqwest", "rustls", "ureq", "isahc"];

/// Notes that every newcomer is sent to.
const NOTES: &[&str] = &[
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "docs/architecture.md",
    "docs/glossary.md",
    "docs/testing.md",
    "docs/file-formats.md",
    "docs/decisions/README.md",
];

/// Licences and banned crates of everything that the program is built from.
pub(crate) fn dependencies() -> Outcome {
    println!("── licences and banned crates");
    let arguments = ["tree", "--workspace", "--locked", "-e", "normal,build", "--prefix", "none", "--format", "{p}|{l}"];
    let tree = output(&mut cargo(&arguments)).ok_or("cargo tree did not run")?;
    let crates: BTreeSet<&str> = tree.lines().map(|line| line.trim_end_matches(" (*)")).filter(|line| !line.is_empty()).collect();
    let mut wrong = Vec::new();
    for one in &crates {
        let (package, licence) = one.split_once('|').unwrap_or((one, ""));
        let name = package.split(' ').next().unwrap_or_default();
        if BANNED.contains(&name) {
            wrong.push(format!("{name} is banned: the program opens no connections"));
        }
        if !is_allowed(licence) {
            wrong.push(format!("{name} is under “{licence}”, which is not among the allowed licences"));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// Whether a licence expression can be met: every part of an AND by one choice of its OR. A `/` is the old way to write OR.
fn is_allowed(expression: &str) -> bool {
    let expression = expression.replace(" / ", " OR ").replace('/', " OR ");
    let plain = |part: &str| part.trim().trim_start_matches('(').trim_end_matches(')').trim().to_owned();
    !expression.trim().is_empty()
        && expression.split(" AND ").all(|part| part.split(" OR ").any(|choice| LICENCES.contains(&plain(choice).as_str())))
}

/// The notes are there, and every place that they link to is.
pub(crate) fn notes() -> Outcome {
    println!("── notes and their links");
    let mut wrong = Vec::new();
    for note in NOTES {
        let path = root().join(note);
        let Ok(text) = fs::read_to_string(&path) else {
            wrong.push(format!("{note} is not there"));
            continue;
        };
        for target in links(&text) {
            let folder = path.parent().unwrap_or(&path);
            if !folder.join(&target).exists() {
                wrong.push(format!("{note} links to {target}, which is not there"));
            }
        }
    }
    wrong.extend(decisions());
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// Relative links of a Markdown text, without the part of a page.
fn links(text: &str) -> Vec<String> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let local = targets.filter(|target| !target.contains("://") && !target.starts_with('#'));
    local.map(|target| target.split('#').next().unwrap_or_default().to_owned()).collect()
}

/// Decisions that share a number, or that the list does not name.
fn decisions() -> Vec<String> {
    let folder = root().join("docs/decisions");
    let list = fs::read_to_string(folder.join("README.md")).unwrap_or_default();
    let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
    let names: BTreeSet<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let mut numbers: BTreeMap<String, String> = BTreeMap::new();
    let mut wrong = Vec::new();
    for name in names.into_iter().filter(|name| name != "README.md") {
        if !list.contains(&name) {
            wrong.push(format!("docs/decisions/README.md does not name {name}"));
        }
        let number: String = name.chars().take(3).collect();
        if let Some(other) = numbers.insert(number, name.clone()) {
            wrong.push(format!("{name} and {other} have the same number"));
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_passes_by_one_of_its_choices_and_all_of_its_parts() {
        for allowed in ["MIT", "MIT/Apache-2.0", "GPL-3.0 OR MIT", "(MIT OR Apache-2.0) AND Unicode-3.0"] {
            assert!(is_allowed(allowed), "{allowed}");
        }
        for refused in ["", "GPL-3.0", "MIT AND GPL-3.0", "SSPL-1.0 OR BUSL-1.1"] {
            assert!(!is_allowed(refused), "{refused}");
        }
    }

    #[test]
    fn links_are_those_to_files_of_ours() {
        let text = "see [a](docs/a.md#part), [b](https://example.org), [c](#here) and [d](../d.md)";
        assert_eq!(links(text), ["docs/a.md", "../d.md"]);
    }
}
