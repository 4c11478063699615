//! Sentences and clauses, none longer than a person would write: what a damaged or hostile text runs together is cut, so
//! that the grammar inside a clause may look around freely.

use super::brackets::Depth;
use std::ops::Range;

/// The longest sentence and the longest clause, in bytes.
const LONGEST_SENTENCE: usize = 12_000;
const LONGEST_CLAUSE: usize = 900;

/// The sentences of a text: between full stops outside brackets, and also at `also`.
pub(crate) fn sentences(text: &str, depth: &Depth, also: &[char]) -> Vec<Range<usize>> {
    let ends = |c: char| matches!(c, '。' | '！' | '!' | '？' | '?') || also.contains(&c);
    bounded(text, depth.split(text, 0..text.len(), ends), LONGEST_SENTENCE)
}

/// The clauses of a sentence: between commas, semicolons and colons outside brackets.
pub(crate) fn clauses(text: &str, depth: &Depth, sentence: Range<usize>) -> Vec<Range<usize>> {
    bounded(text, depth.split(text, sentence, |c| matches!(c, ',' | ';' | ':')), LONGEST_CLAUSE)
}

fn bounded(text: &str, pieces: Vec<Range<usize>>, longest: usize) -> Vec<Range<usize>> {
    if pieces.iter().all(|piece| piece.len() <= longest) {
        return pieces;
    }
    let mut found = Vec::new();
    for piece in pieces {
        let mut start = piece.start;
        while piece.end - start > longest {
            let end = floor(text, start + longest);
            found.push(start..end);
            start = end;
        }
        found.push(start..piece.end);
    }
    found
}

/// The next border of a character at or before a byte.
pub(crate) fn floor(text: &str, at: usize) -> usize {
    if at >= text.len() {
        return text.len();
    }
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The part of a list in order of `start` that lies in a range.
pub(crate) fn within<T>(list: &[T], start: impl Fn(&T) -> usize, range: &Range<usize>) -> Range<usize> {
    list.partition_point(|one| start(one) < range.start)..list.partition_point(|one| start(one) < range.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_and_clauses_end_outside_brackets() {
        let text = "建设公园(含口袋公园,绿道)10座,绿道5公里。完成“一园。一景”改造;出台办法";
        let depth = Depth::of(text);
        let sentences = sentences(text, &depth, &[]);
        assert_eq!(sentences.len(), 2);
        let read: Vec<&str> = clauses(text, &depth, sentences[0].clone()).into_iter().map(|clause| &text[clause]).collect();
        assert_eq!(read, ["建设公园(含口袋公园,绿道)10座", "绿道5公里"]);
    }

    #[test]
    fn what_runs_on_is_cut_on_borders_of_characters() {
        let text = "甲".repeat(10_000);
        let depth = Depth::of(&text);
        let sentences = sentences(&text, &depth, &[]);
        assert!(sentences.len() > 2 && sentences.iter().all(|sentence| sentence.len() <= LONGEST_SENTENCE));
        assert!(clauses(&text, &depth, sentences[0].clone()).iter().all(|clause| text.get(clause.clone()).is_some()));
    }
}
