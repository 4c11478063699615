//! A paragraph with its brackets and its dates, found once for all that is read from it: targets, milestones, items.

use super::brackets::Depth;
use super::dates::{self, Dated, Years};

/// Running text.
#[derive(Debug)]
pub(crate) struct Prose<'a> {
    pub(crate) text: &'a str,
    pub(crate) depth: Depth,
    /// All dates, in order.
    dates: Vec<Dated>,
}

impl<'a> Prose<'a> {
    pub(crate) fn read(text: &'a str, years: Years) -> Self {
        Self { text, depth: Depth::of(text), dates: dates::find(text, years) }
    }

    /// The dates that stand outside brackets and those that `inside` accepts by their first byte; a bracket may begin with one.
    pub(crate) fn dates(&self, inside: impl Fn(usize) -> bool) -> Vec<Dated> {
        let outside = |at: usize| self.depth.group(at).is_none_or(|group| group.start == at);
        self.dates.iter().filter(|dated| outside(dated.range.start) || inside(dated.range.start)).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_in_brackets_is_asked_for() {
        let prose = Prose::read("2026年底前建成(2024年开工)", Years::default());
        assert_eq!(prose.dates(|_| false).len(), 1);
        assert_eq!(prose.dates(|_| true).len(), 2);
    }
}
