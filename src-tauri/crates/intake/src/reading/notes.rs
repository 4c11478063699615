//! What became of each number of a document.

use super::evidence::{Candidate, Ground};
use super::passage::Passage;
use super::weights::Verdict;
use crate::draft::Evidence;
use crate::reason::Reason;
use plan::Span;
use std::ops::Range;

/// A number and what was found out about it.
#[derive(Debug, Clone)]
pub(crate) struct Note {
    /// The numeral's place.
    pub(crate) span: Span,
    /// With its unit.
    pub(crate) whole: Span,
    pub(crate) value: Option<f64>,
    pub(crate) unit: String,
    pub(crate) hard: Option<Reason>,
    pub(crate) score: f64,
    pub(crate) verdict: Verdict,
    pub(crate) by_rule: bool,
    features: Vec<String>,
}

impl Note {
    pub(crate) fn evidence(&self) -> Evidence {
        Evidence {
            span: self.span,
            value: self.value,
            unit: self.unit.clone(),
            features: self.features.clone(),
            hard: self.hard,
            score: self.score,
            by_rule: self.by_rule,
        }
    }
}

/// Whether one of the ranges, in order, touches another.
fn touched(ranges: &[Range<usize>], range: &Range<usize>) -> bool {
    let index = ranges.partition_point(|known| known.end <= range.start);
    ranges.get(index).is_some_and(|known| known.start < range.end)
}

/// The notes of a passage; `by_rule` are the numbers that the grammar of phrases draws.
pub(crate) fn of(
    ground: &Ground<'_>,
    candidates: Vec<Candidate>,
    passage: &Passage,
    by_rule: &[Range<usize>],
    named: bool,
) -> Vec<Note> {
    let mut by_rule = by_rule.to_vec();
    by_rule.sort_by_key(|range| range.start);
    let note = |(at, candidate): (usize, Candidate)| {
        let range = &candidate.numeral.range;
        let mut features: Vec<String> = Vec::new();
        if named && candidate.hard.is_none() {
            ground.features(at, candidate.quantity.as_ref(), &mut features);
            features.sort_unstable();
            features.dedup();
        }
        Note {
            span: passage.span(range),
            whole: passage.span(&candidate.range()),
            value: candidate.quantity.as_ref().map(|quantity| quantity.value),
            unit: candidate.quantity.as_ref().map(|quantity| quantity.unit.clone()).unwrap_or_default(),
            hard: candidate.hard,
            score: candidate.score,
            verdict: candidate.verdict,
            by_rule: touched(&by_rule, range),
            features,
        }
    };
    candidates.into_iter().enumerate().map(note).collect()
}
