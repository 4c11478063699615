//! Tables of words, looked up in a text by one pass over it instead of one per word.
//!
//! A document of 200 pages is asked tens of thousands of times which of two hundred units or forty turns of phrase it
//! holds; asked word by word that was most of the time of a draft.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

/// A fixed table of words, built once for each place that asks.
#[derive(Debug)]
pub(crate) struct Words {
    words: Vec<&'static str>,
    /// The words' places in the table by their first character, the longest word first.
    by_first: HashMap<char, Vec<usize>>,
    /// The same by their last character.
    by_last: HashMap<char, Vec<usize>>,
    /// Made when first asked for what stands anywhere in a text. None where the table holds more than it takes: then each
    /// word is looked for.
    automaton: OnceLock<Option<AhoCorasick>>,
}

impl Words {
    pub(crate) fn new(words: impl IntoIterator<Item = &'static str>) -> Self {
        let words: Vec<&'static str> = words.into_iter().collect();
        let mut by_first: HashMap<char, Vec<usize>> = HashMap::new();
        let mut by_last: HashMap<char, Vec<usize>> = HashMap::new();
        for (at, word) in words.iter().enumerate() {
            if let (Some(first), Some(last)) = (word.chars().next(), word.chars().next_back()) {
                by_first.entry(first).or_default().push(at);
                by_last.entry(last).or_default().push(at);
            }
        }
        for places in by_first.values_mut().chain(by_last.values_mut()) {
            places.sort_by_key(|at| std::cmp::Reverse(words[*at].len()));
        }
        Self { words, by_first, by_last, automaton: OnceLock::new() }
    }

    /// The place in the table of the longest word that a text starts with.
    pub(crate) fn starting(&self, text: &str) -> Option<usize> {
        let places = self.by_first.get(&text.chars().next()?)?;
        places.iter().copied().find(|at| text.starts_with(self.words[*at]))
    }

    /// The place in the table of the longest word that a text ends with.
    pub(crate) fn ending(&self, text: &str) -> Option<usize> {
        let places = self.by_last.get(&text.chars().next_back()?)?;
        places.iter().copied().find(|at| text.ends_with(self.words[*at]))
    }

    /// The longest word that a text starts with.
    pub(crate) fn start_of(&self, text: &str) -> Option<&'static str> {
        self.starting(text).map(|at| self.words[at])
    }

    /// The longest word that a text ends with.
    pub(crate) fn end_of(&self, text: &str) -> Option<&'static str> {
        self.ending(text).map(|at| self.words[at])
    }

    /// True where a text holds any of the words.
    pub(crate) fn within(&self, text: &str) -> bool {
        let automaton = self.automaton.get_or_init(|| {
            AhoCorasickBuilder::new()
                .kind(Some(AhoCorasickKind::DFA))
                .match_kind(MatchKind::LeftmostFirst)
                .prefilter(false)
                .build(&self.words)
                .ok()
        });
        match automaton {
            Some(automaton) => automaton.is_match(text),
            None => self.words.iter().any(|word| text.contains(word)),
        }
    }
}

/// A text without its white space; most have none, and are not copied.
pub(crate) fn bare(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_whitespace) { text.chars().filter(|c| !c.is_whitespace()).collect() } else { text.into() }
}

/// A table of words of its own for the place where it stands, built when it is first asked: `words!["县", "市"]`.
macro_rules! words {
    ($($word:expr),+ $(,)?) => {{
        static WORDS: std::sync::LazyLock<$crate::reading::words::Words> =
            std::sync::LazyLock::new(|| $crate::reading::words::Words::new([$($word),+]));
        &*WORDS
    }};
}
pub(crate) use words;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_is_found_at_either_end() {
        let words = Words::new(["平方米", "米", "平方公里", "万平方米"]);
        assert_eq!(words.start_of("平方米以上"), Some("平方米"));
        assert_eq!(words.start_of("万平方米"), Some("万平方米"));
        assert_eq!(words.end_of("5万平方米"), Some("万平方米"));
        assert_eq!(words.end_of("10米"), Some("米"));
        assert_eq!(words.start_of("个"), None);
        assert_eq!(words.start_of(""), None);
    }

    #[test]
    fn a_word_is_found_anywhere() {
        let table = words!["已建成", "去年"];
        assert!(table.within("全县已建成高标准农田"));
        assert!(!table.within("全县建成高标准农田"));
        assert!(!table.within(""));
    }
}
