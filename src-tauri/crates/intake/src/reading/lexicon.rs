//! The words that say what a number is: data in `lexicon/words.tsv`, one row a word with its classes, found in one pass.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};
use std::ops::Range;
use std::sync::LazyLock;

/// The classes of words, by their names in the file. A word of the class `plain` only keeps shorter words from being seen in it.
pub(crate) const CLASSES: &[&str] = &[
    "deliver",
    "push",
    "reach",
    "cap",
    "keep",
    "raise",
    "lower",
    "above",
    "about",
    "past",
    "future",
    "yearly",
    "rhythm",
    "pay",
    "condition",
    "forbid",
    "applicant",
    "describe",
    "norm",
    "share",
    "total",
    "score",
    "procedure",
    "compare",
    "list",
    "part",
    "each",
    "refer",
    "contact",
    "scheme",
    "plain",
    "head_past",
    "head_goal",
    "head_pay",
    "head_rule",
];

/// A set of classes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Classes(u64);

impl Classes {
    /// The set of one class; empty where no class is called so.
    pub(crate) fn of(name: &str) -> Self {
        CLASSES.iter().position(|class| *class == name).map_or(Self(0), |at| Self(1 << at))
    }

    pub(crate) fn holds(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The names of the classes in the set.
    pub(crate) fn names(self) -> impl Iterator<Item = &'static str> {
        CLASSES.iter().enumerate().filter(move |(at, _)| self.0 & (1 << at) != 0).map(|(_, name)| *name)
    }
}

/// A word of the lexicon in a text.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) range: Range<usize>,
    pub(crate) classes: Classes,
}

struct Lexicon {
    finder: Option<AhoCorasick>,
    classes: Vec<Classes>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let (mut words, mut classes) = (Vec::new(), Vec::new());
    for (word, named) in rows() {
        words.push(word);
        classes.push(named.split(' ').fold(Classes::default(), |all, name| all.with(Classes::of(name))));
    }
    let finder = AhoCorasickBuilder::new()
        .kind(Some(AhoCorasickKind::DFA))
        .match_kind(MatchKind::LeftmostLongest)
        .prefilter(false)
        .build(&words)
        .ok();
    Lexicon { finder, classes }
});

/// The rows of the file: a word and its classes.
fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    let file = include_str!("../../lexicon/words.tsv");
    file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()?))
    })
}

/// All words of a text, in order, none inside another.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let Some(finder) = &LEXICON.finder else {
        return Vec::new();
    };
    finder
        .find_iter(text)
        .map(|found| Word { range: found.range(), classes: LEXICON.classes[found.pattern().as_usize()] })
        .filter(|word| !word.classes.is_empty())
        .collect()
}

/// All classes of the words of a text.
pub(crate) fn classes(text: &str) -> Classes {
    words(text).iter().fold(Classes::default(), |all, word| all.with(word.classes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_names_known_classes() {
        for (word, named) in rows() {
            for name in named.split(' ') {
                assert!(CLASSES.contains(&name), "{word}: {name}");
            }
        }
    }

    #[test]
    fn a_longer_word_hides_the_shorter_one_in_it() {
        assert!(classes("全县建成公园").holds(Classes::of("deliver")));
        assert!(!classes("建成区").holds(Classes::of("deliver")));
    }
}
