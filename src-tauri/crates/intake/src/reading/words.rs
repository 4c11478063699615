//! Tables of words, looked up in a text by one pass over it instead of one per word.
//!
//! A document of 200 pages is asked tens of thousands of times which of two hundred units or forty turns of phrase it
//! holds; asked word by word that was most of the time of a draft.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A fixed table of words, built once for each place that asks.
#[derive(Debug)]
pub(crate) struct Words {
    words: Vec<&'static str>,
    /// By their first character.
    by_first: Places,
    /// By their last character.
    by_last: Places,
    /// Made when first asked for what stands anywhere in a text. None where the table holds more than it takes: then each
    /// word is looked for.
    automaton: OnceLock<Option<AhoCorasick>>,
}

impl Words {
    pub(crate) fn new(words: impl IntoIterator<Item = &'static str>) -> Self {
        let words: Vec<&'static str> = words.into_iter().collect();
        let mut by_first: BTreeMap<char, Vec<usize>> = BTreeMap::new();
        let mut by_last: BTreeMap<char, Vec<usize>> = BTreeMap::new();
        for (at, word) in words.iter().enumerate() {
            if let (Some(first), Some(last)) = (word.chars().next(), word.chars().next_back()) {
                by_first.entry(first).or_default().push(at);
                by_last.entry(last).or_default().push(at);
            }
        }
        for places in by_first.values_mut().chain(by_last.values_mut()) {
            places.sort_by_key(|at| std::cmp::Reverse(words[*at].len()));
        }
        Self { words, by_first: Places::new(by_first), by_last: Places::new(by_last), automaton: OnceLock::new() }
    }

    /// The place in the table of the longest word that a text starts with.
    pub(crate) fn starting(&self, text: &str) -> Option<usize> {
        let places = self.by_first.of(text.chars().next()?)?;
        places.iter().copied().find(|at| text.starts_with(self.words[*at]))
    }

    /// The place in the table of the longest word that a text ends with.
    pub(crate) fn ending(&self, text: &str) -> Option<usize> {
        let places = self.by_last.of(text.chars().next_back()?)?;
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

    fn automaton(&self) -> Option<&AhoCorasick> {
        let made = self.automaton.get_or_init(|| {
            AhoCorasickBuilder::new()
                .kind(Some(AhoCorasickKind::DFA))
                .match_kind(MatchKind::LeftmostFirst)
                .prefilter(false)
                .build(&self.words)
                .ok()
        });
        made.as_ref()
    }

    /// True where a text holds any of the words.
    pub(crate) fn within(&self, text: &str) -> bool {
        match self.automaton() {
            Some(automaton) => automaton.is_match(text),
            None => self.words.iter().any(|word| text.contains(word)),
        }
    }

    /// The byte at which the first of the words stands in a text.
    pub(crate) fn first_in(&self, text: &str) -> Option<usize> {
        match self.automaton() {
            Some(automaton) => automaton.find(text).map(|found| found.start()),
            None => self.words.iter().filter_map(|word| text.find(word)).min(),
        }
    }
}

/// The words' places in the table by a character of theirs, the longest word first.
#[derive(Debug)]
struct Places {
    /// In order of the characters.
    lists: Vec<(char, Vec<usize>)>,
    /// A bit for each character, by its low ten bits: most characters that are asked for begin no word.
    seen: [u64; 16],
}

impl Places {
    fn new(lists: BTreeMap<char, Vec<usize>>) -> Self {
        let mut seen = [0; 16];
        for character in lists.keys() {
            let (index, bit) = Self::bit(*character);
            seen[index] |= bit;
        }
        Self { lists: lists.into_iter().collect(), seen }
    }

    fn bit(character: char) -> (usize, u64) {
        let low = u32::from(character) % 1024;
        ((low / 64) as usize, 1 << (low % 64))
    }

    fn of(&self, character: char) -> Option<&[usize]> {
        let (index, bit) = Self::bit(character);
        if self.seen[index] & bit == 0 {
            return None;
        }
        let at = self.lists.binary_search_by_key(&character, |(of, _)| *of).ok()?;
        Some(&self.lists[at].1)
    }
}

/// A text without its white space; most have none, and are not copied.
pub(crate) fn bare(text: &str) -> Cow<'_, str> {
    if has_space(text) { text.chars().filter(|c| !c.is_whitespace()).collect() } else { text.into() }
}

/// True where a text holds white space. Asked of bytes, as most texts are long and hold none: U+3000 shares its first byte
/// with 、 and 。, the other wide spaces theirs with rare characters and quotes.
fn has_space(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        0xe3 => bytes[at..].starts_with("\u{3000}".as_bytes()),
        0xc2 | 0xe1 | 0xe2 => text[at..].starts_with(char::is_whitespace),
        byte => byte.is_ascii_whitespace() || *byte == 0x0b,
    })
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
    fn all_white_space_is_left_out() {
        let spaces: Vec<char> = (0..=u32::from(char::MAX)).filter_map(char::from_u32).filter(|c| c.is_whitespace()).collect();
        for space in spaces {
            assert_eq!(bare(&format!("甲{space}乙")), "甲乙", "{space:?}");
        }
        assert!(matches!(bare("、。“甲”é—乙"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_word_is_found_anywhere() {
        let table = words!["已建成", "去年"];
        assert!(table.within("全县已建成高标准农田"));
        assert!(!table.within("全县建成高标准农田"));
        assert!(!table.within(""));
        assert_eq!(table.first_in("去年已建成"), Some(0));
        assert_eq!(table.first_in("全县已建成"), Some("全县".len()));
        assert_eq!(table.first_in("建成"), None);
    }
}
