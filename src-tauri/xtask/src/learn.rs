//! Learns what the evidence around a number weighs, and measures it where a document was left out.

use crate::step::{Outcome, cargo, root, step};

/// Folders of labelled documents: our own, and the real ones where they are at hand beside the repository.
fn folders() -> Vec<String> {
    let real = ["../shared/corpus"].into_iter().map(|folder| root().join(folder));
    let own = std::iter::once(root().join("tests/documents"));
    real.chain(own).filter(|folder| folder.is_dir()).map(|folder| folder.display().to_string()).collect()
}

/// Writes `lexicon/weights.tsv` anew; `more` are further folders, or `--without=NAME` for a document that is sealed.
pub(crate) fn learn(more: &[&str]) -> Outcome {
    measure(more, true)
}

/// Prints, per document and in all, how well rules, weights and both decide where each document was left out.
pub(crate) fn ruler(more: &[&str]) -> Outcome {
    measure(more, false)
}

fn measure(more: &[&str], write: bool) -> Outcome {
    let folders = folders();
    let mut arguments = vec!["run", "-q", "--release", "-p", "intake", "--example", "learn", "--"];
    arguments.extend(folders.iter().map(String::as_str));
    arguments.extend(more);
    if write {
        arguments.push("--write");
    }
    step(if write { "learn" } else { "ruler" }, &mut cargo(&arguments))
}
