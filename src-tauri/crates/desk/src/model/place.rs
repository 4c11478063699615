//! Places in a text: bytes here, UTF-16 units on the page, since that is how a browser counts.

use plan::Span;

/// One checkpoint every so many bytes.
const STEP: usize = 1024;

/// Turns places of one text between bytes and UTF-16 units, each in a short walk from a checkpoint.
pub(crate) struct Places<'a> {
    text: &'a str,
    /// UTF-16 units before the first character border at or after each multiple of [`STEP`], with that border.
    checkpoints: Vec<(usize, usize)>,
}

impl<'a> Places<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let mut checkpoints = Vec::with_capacity(text.len() / STEP + 1);
        let mut units = 0;
        for (byte, c) in text.char_indices() {
            if byte >= checkpoints.len() * STEP {
                checkpoints.push((byte, units));
            }
            units += c.len_utf16();
        }
        Self { text, checkpoints }
    }

    /// UTF-16 units before a byte.
    pub(crate) fn units(&self, byte: usize) -> usize {
        let at = self.checkpoints.partition_point(|(border, _)| *border <= byte).saturating_sub(1);
        let Some((border, units)) = self.checkpoints.get(at) else { return 0 };
        units + self.text.get(*border..byte).map_or(0, |part| part.chars().map(char::len_utf16).sum())
    }

    /// The byte at a number of UTF-16 units, if it is a character border of the text.
    pub(crate) fn byte(&self, units: usize) -> Option<usize> {
        let at = self.checkpoints.partition_point(|(_, before)| *before <= units).saturating_sub(1);
        let (border, mut before) = *self.checkpoints.get(at)?;
        for (byte, c) in self.text.get(border..)?.char_indices() {
            if before >= units {
                return (before == units).then_some(border + byte);
            }
            before += c.len_utf16();
        }
        (before == units).then_some(self.text.len())
    }

    /// A span as the page counts.
    pub(crate) fn at(&self, span: Span) -> (usize, usize) {
        (self.units(span.start), self.units(span.end))
    }

    /// The page's place as a span, if it lies on character borders of the text.
    pub(crate) fn span(&self, at: (usize, usize)) -> Option<Span> {
        let span = Span { start: self.byte(at.0)?, end: self.byte(at.1)? };
        (span.start <= span.end).then_some(span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_go_to_the_page_and_back() {
        let text = format!("{}𠮷县科技局", "云溪".repeat(600));
        let places = Places::new(&text);
        for (byte, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let units = text[..byte].encode_utf16().count();
            assert_eq!(places.units(byte), units);
            assert_eq!(places.byte(units), Some(byte));
        }
        assert_eq!(places.byte(1201), None, "inside a surrogate pair");
        assert_eq!(places.byte(99_999), None);
        assert_eq!(Places::new("").byte(0), None);
    }
}
