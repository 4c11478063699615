//! Text with its width folded, and the way back from each of its bytes to the document.
//!
//! Documents mix `（` with `(`, `，` with `,`, `％` with `%` and `２０２５` with `2025`, and conversions leave page marks in
//! the middle of a sentence. The grammar reads one form of all that; a span in it leads back to the bytes as printed.

use plan::Span;
use std::ops::Range;

/// A stretch of the document that reads as one: width folded, noise left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Passage {
    text: String,
    /// (place here, place in the document, bytes there) of each run; inside a run of plain text both advance alike.
    runs: Vec<Run>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    here: usize,
    there: usize,
    /// Bytes in the document. Differs from the bytes here only in runs of one folded character.
    length: usize,
}

/// What a character reads as; `None` where it is invisible.
fn fold(c: char) -> Option<char> {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        '\u{3000}' | '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\r' | '\n' => Some(' '),
        '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{2060}' => None,
        '﹪' => Some('%'),
        '﹙' | '❨' => Some('('),
        '﹚' | '❩' => Some(')'),
        '﹐' => Some(','),
        '﹔' => Some(';'),
        '﹕' | '∶' => Some(':'),
        '―' | '─' | '━' | '–' | '‒' | '⸺' => Some('—'),
        '‐' | '‑' | '−' => Some('-'),
        '≧' | '⩾' => Some('≥'),
        '≦' | '⩽' => Some('≤'),
        '〞' => Some('"'),
        '︰' => Some(':'),
        '｡' => Some('。'),
        '､' => Some('、'),
        '｢' => Some('「'),
        '｣' => Some('」'),
        '･' => Some('·'),
        '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' => Some(super::radicals::unified(c)),
        _ => Some(c),
    }
}

impl Passage {
    /// Reads a part of the document.
    pub(crate) fn read(source: &str, span: Span) -> Self {
        let mut passage = Self::default();
        passage.append(source, span);
        passage
    }

    /// Reads a further part of the document as the continuation of this one.
    pub(crate) fn append(&mut self, source: &str, span: Span) {
        let Some(part) = source.get(span.start..span.end) else {
            return;
        };
        self.text.reserve(part.len());
        let mut plain = 0;
        for (at, c) in part.char_indices() {
            // most of a document is Chinese characters, which fold to themselves
            if matches!(c, '\u{4e00}'..='\u{9fff}') {
                continue;
            }
            let folded = fold(c);
            if folded == Some(c) {
                continue;
            }
            self.plain(part, span.start, plain..at);
            plain = at + c.len_utf8();
            if let Some(folded) = folded {
                self.runs.push(Run { here: self.text.len(), there: span.start + at, length: c.len_utf8() });
                self.text.push(folded);
            }
        }
        self.plain(part, span.start, plain..part.len());
    }

    /// Adds a stretch of a part that reads as it is printed.
    fn plain(&mut self, part: &str, start: usize, stretch: Range<usize>) {
        if !stretch.is_empty() {
            self.runs.push(Run { here: self.text.len(), there: start + stretch.start, length: stretch.len() });
            self.text.push_str(&part[stretch]);
        }
    }

    /// The text as the grammar reads it.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Where a range of [`Self::as_str`] stands in the document.
    pub(crate) fn span(&self, range: &Range<usize>) -> Span {
        let start = self.place(range.start, false);
        if range.end <= range.start {
            return Span { start, end: start };
        }
        Span { start, end: self.place(range.end, true) }
    }

    /// The whole passage's place.
    pub(crate) fn whole(&self) -> Span {
        self.span(&(0..self.text.len()))
    }

    /// Stretches of the document between its parts that were left out, such as the number of a page in the middle of a sentence.
    pub(crate) fn gaps(&self) -> impl Iterator<Item = Span> + '_ {
        self.runs
            .windows(2)
            .map(|pair| Span { start: pair[0].there + pair[0].length, end: pair[1].there })
            .filter(|gap| gap.start < gap.end)
    }

    /// The document's byte for a byte here; for an end, the one after the character before it.
    fn place(&self, at: usize, end: bool) -> usize {
        let index =
            if end { self.runs.partition_point(|run| run.here < at) } else { self.runs.partition_point(|run| run.here <= at) };
        let Some(run) = index.checked_sub(1).and_then(|i| self.runs.get(i)) else {
            return self.runs.first().map_or(0, |run| run.there);
        };
        let next = self.runs.get(index).map_or(self.text.len(), |next| next.here);
        let inside = at - run.here;
        if next - run.here == run.length {
            run.there + inside.min(run.length)
        } else if inside == 0 {
            run.there
        } else {
            run.there + run.length
        }
    }

    /// A part of this passage as a passage of its own, white space at its ends left out.
    pub(crate) fn part(&self, range: &Range<usize>) -> Self {
        let (mut start, mut end) = (range.start, range.end.min(self.text.len()));
        let inner = &self.text[start..end];
        start += inner.len() - inner.trim_start().len();
        end = start + self.text[start..end.max(start)].trim_end().len();
        let mut runs = Vec::new();
        let first = self.runs.partition_point(|run| run.here <= start).saturating_sub(1);
        for (i, run) in self.runs.iter().enumerate().skip(first) {
            if run.here >= end {
                break;
            }
            let next = self.runs.get(i + 1).map_or(self.text.len(), |next| next.here);
            if next <= start {
                continue;
            }
            if next - run.here == run.length {
                let (from, to) = (run.here.max(start), next.min(end));
                runs.push(Run { here: from - start, there: run.there + (from - run.here), length: to - from });
            } else {
                runs.push(Run { here: run.here - start, ..*run });
            }
        }
        Self { text: self.text[start..end].to_owned(), runs }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(source: &str) -> Passage {
        Passage::read(source, Span { start: 0, end: source.len() })
    }

    #[test]
    fn folded_text_leads_back_to_what_was_printed() {
        let source = "到２０２８年，占比达８０％以上（含）";
        let passage = all(source);
        assert_eq!(passage.as_str(), "到2028年,占比达80%以上(含)");
        let at = passage.as_str().find("80%").unwrap();
        let span = passage.span(&(at..at + 3));
        assert_eq!(&source[span.start..span.end], "８０％");
        let whole = passage.whole();
        assert_eq!(&source[whole.start..whole.end], source);
    }

    #[test]
    fn joined_parts_span_the_noise_between_them() {
        let source = "特色产业链\n2、科技企业";
        let cut = source.find("科技").unwrap();
        let mut passage = Passage::read(source, Span { start: 0, end: "特色产业链".len() });
        passage.append(source, Span { start: cut, end: source.len() });
        assert_eq!(passage.as_str(), "特色产业链科技企业");
        let end = "特色产业链".len();
        let span = passage.span(&(0..end));
        assert_eq!(&source[span.start..span.end], "特色产业链");
        let span = passage.span(&(0..passage.as_str().len()));
        assert_eq!(&source[span.start..span.end], source);
    }

    #[test]
    fn a_part_keeps_its_places() {
        let source = "　１．培育企业５０家。责任单位：县科技局　";
        let passage = all(source);
        let at = passage.as_str().find("责任").unwrap();
        let part = passage.part(&(at..passage.as_str().len()));
        assert_eq!(part.as_str(), "责任单位:县科技局");
        let span = part.whole();
        assert_eq!(&source[span.start..span.end], "责任单位：县科技局");
        let at = part.as_str().find(':').unwrap();
        let span = part.span(&(at..at + 1));
        assert_eq!(&source[span.start..span.end], "：");
    }

    #[test]
    fn invisible_characters_are_left_out() {
        let source = "科\u{200b}技\u{feff}局";
        let passage = all(source);
        assert_eq!(passage.as_str(), "科技局");
        let span = passage.span(&(3..6));
        assert_eq!(&source[span.start..span.end], "技");
    }
}
