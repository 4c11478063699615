//! Targets that no phrase of the grammar knows but whose evidence weighs enough: their name, their bound, their date.

use super::super::brackets::Depth;
use super::super::dates::{Dated, Sense};
use super::super::evidence::Candidate;
use super::super::lexicon::{self, Classes};
use super::super::prose::Prose;
use super::super::quantity::{Measure, Quantity};
use super::super::sentence;
use super::super::weights::{self, Verdict};
use super::super::wording;
use super::names::{change_word, is_incomplete, leading};
use super::{Context, Found, State, is_growth, op};
use crate::reason::Reason;
use plan::{Cadence, Due};
use std::ops::Range;

/// Adds what the evidence weighs as a target to what the grammar found, takes away what lies in the past, and returns the
/// doubtful candidates.
pub(super) fn weigh(
    prose: &Prose<'_>,
    context: &Context,
    dates: &[Dated],
    states: &[State],
    candidates: &[Candidate],
    found: &mut Vec<Found>,
) -> Vec<(Found, Reason)> {
    let of = |number: &Range<usize>| {
        let index = candidates.partition_point(|candidate| candidate.numeral.range.end <= number.start);
        candidates.get(index).filter(|candidate| candidate.numeral.range.start < number.end)
    };
    let mut outweighed = Vec::new();
    found.retain(|target| {
        let Some(candidate) = of(&target.number) else { return true };
        let against = match candidate.hard {
            Some(reason) => reason == Reason::Past,
            None => weights::outweighs(candidate.score),
        };
        if let Verdict::Doubtful(reason) = candidate.verdict
            && against
        {
            outweighed.push((target.clone(), reason));
        }
        !against
    });
    let mut doubtful = outweighed;
    let mut known: Vec<Range<usize>> = found.iter().map(|target| target.number.clone()).collect();
    known.sort_by_key(|range| range.start);
    for (at, candidate) in candidates.iter().enumerate() {
        let range = &candidate.numeral.range;
        let index = known.partition_point(|known| known.end <= range.start);
        if known.get(index).is_some_and(|known| known.start < range.end) || matches!(candidate.verdict, Verdict::Aside(_)) {
            continue;
        }
        let Some(quantity) = &candidate.quantity else { continue };
        let before = at.checked_sub(1).map(|at| &candidates[at]);
        let reading = Reading { prose, context, dates, states, quantity, before };
        let Some(target) = reading.target(found) else { continue };
        match candidate.verdict {
            Verdict::Drawn => found.push(target),
            Verdict::Doubtful(reason) => doubtful.push((target, reason)),
            Verdict::Aside(_) => {}
        }
    }
    doubtful
}

struct Reading<'a> {
    prose: &'a Prose<'a>,
    context: &'a Context,
    dates: &'a [Dated],
    states: &'a [State],
    quantity: &'a Quantity,
    /// The number before it.
    before: Option<&'a Candidate>,
}

impl Reading<'_> {
    fn target(&self, found: &[Found]) -> Option<Found> {
        let text = self.prose.text;
        let quantity = self.quantity;
        let clause = self.stretch(|c| matches!(c, ',' | ';' | '。' | ':' | '!' | '?' | '\t' | '|'));
        let sentence = self.stretch(|c| matches!(c, '。' | '!' | '?' | '\t' | '|'));
        let left = self.left(&clause);
        let words = &text[left..quantity.range.start];
        let before = wording::before(words);
        let object = self.object(&clause);
        let (mut name, mut start, end) = if object.is_empty() {
            let name = wording::name(&words[..before.name_end]);
            let start = left + leading(words, name);
            let change = if before.change || before.adds { change_word(&words[before.name_end..]) } else { "" };
            (format!("{name}{change}"), start, quantity.range.end)
        } else {
            let (verb, start) = self.verb(left, words);
            (format!("{verb}{}", &text[object.clone()]), start, object.end)
        };
        if object.is_empty() && is_incomplete(&name) {
            let (whole, from) = self.completed(&name, &clause, &sentence, found)?;
            name = whole;
            start = from.min(start);
        }
        let name = name.trim().trim_start_matches(['的', '、', ',']).to_owned();
        if name.chars().count() < 2 {
            return None;
        }
        let (due, mut cadence) = self.governed(&clause, &sentence);
        if quantity.measure == Measure::Ratio && is_growth(words, &name, &before, cadence, self.context.one_year) {
            cadence = Cadence::Growth;
        }
        Some(Found {
            quote: start..end,
            indicator: name,
            op: op(quantity, &before),
            value: quantity.value,
            unit: quantity.unit.clone(),
            due,
            cadence,
            baseline: None,
            number: quantity.range.clone(),
            weighed: true,
        })
    }

    /// The stretch around the number between marks outside brackets; of a number in brackets, inside them.
    fn stretch(&self, cut: impl Fn(char) -> bool) -> Range<usize> {
        let (text, depth): (&str, &Depth) = (self.prose.text, &self.prose.depth);
        let Range { start, end } = self.quantity.range;
        let group = depth.group(start).filter(|group| group.start < start);
        let mark = group.and_then(|group| text[group.start..].chars().next()).map_or(0, char::len_utf8);
        let bounds = group.map_or(0..text.len(), |group| group.start + mark..group.end.saturating_sub(mark).max(end));
        let outside = |at: usize| group.is_some() || depth.outside(at);
        let from = sentence::floor(text, start.saturating_sub(900)).max(bounds.start.min(start));
        let left = text[from..start].char_indices().rev().find(|(at, c)| cut(*c) && outside(from + at));
        let to = sentence::floor(text, end + 900).min(bounds.end).max(end);
        let right = text[end..to].char_indices().find(|(at, c)| cut(*c) && outside(end + at));
        left.map_or(from, |(at, c)| from + at + c.len_utf8())..right.map_or(to, |(at, _)| end + at)
    }

    /// Where the words that belong to the number begin: behind the number before it and behind a date.
    fn left(&self, clause: &Range<usize>) -> usize {
        let text = self.prose.text;
        let mut left = clause.start;
        if let Some(before) = self.before.map(Candidate::range).filter(|range| range.start >= clause.start) {
            let between = &text[before.end.min(self.quantity.range.start)..self.quantity.range.start];
            let mark = between.char_indices().find(|(_, c)| matches!(c, '、' | '和' | '与' | '及' | '并'));
            left = mark.map_or(left, |(at, c)| before.end + at + c.len_utf8());
        }
        let date = self
            .dates_before()
            .iter()
            .rev()
            .take_while(|date| date.range.start >= left)
            .find(|date| date.range.end <= self.quantity.range.start);
        match date {
            Some(date) if !text[date.range.end..self.quantity.range.start].trim().is_empty() => date.range.end,
            _ => left,
        }
    }

    /// The noun behind the number, up to the next mark or the next member of the list.
    fn object(&self, clause: &Range<usize>) -> Range<usize> {
        let text = self.prose.text;
        let start = self.quantity.range.end;
        let rest = &text[start..clause.end.max(start)];
        let skipped = rest.len() - rest.trim_start_matches([' ', '的']).len();
        let start = start + skipped;
        let rest = &text[start..clause.end.max(start)];
        let ends = |c: char| matches!(c, '、' | '(' | ')' | '和' | '及' | '与' | '并' | '以' | '或' | '/' | '-' | '—');
        if rest.is_empty() || rest.starts_with(ends) {
            return start..start;
        }
        let mut end = start + rest.len();
        for (at, c) in rest.char_indices() {
            if !self.prose.depth.outside(start + at) && self.prose.depth.outside(self.quantity.range.start) {
                continue;
            }
            // the list goes on with a number of its own
            let behind = &rest[at + c.len_utf8()..];
            let another = || behind.chars().take(16).take_while(|c| *c != '、').any(|c| c.is_ascii_digit());
            if matches!(c, ' ' | '(' | ')') || matches!(c, '、' | '和' | '及' | '与' | '并') && another() {
                end = start + at;
                break;
            }
        }
        start..end
    }

    /// The verb before the number and its object, and where the quote begins.
    fn verb(&self, left: usize, words: &str) -> (String, usize) {
        let made = lexicon::words(words).into_iter().rfind(|word| {
            word.classes.holds(Classes::of("deliver").with(Classes::of("raise")))
                && words[word.range.end..].trim().chars().count() <= 4
        });
        match made {
            Some(word) => (words[word.range.clone()].to_owned(), left + word.range.start),
            None => (String::new(), self.quantity.range.start),
        }
    }

    /// A name that leans on what stands before it.
    fn completed(&self, name: &str, clause: &Range<usize>, sentence: &Range<usize>, found: &[Found]) -> Option<(String, usize)> {
        let text = self.prose.text;
        let head = text[sentence.start..clause.start].trim_end_matches([',', ';', ':', ' ']);
        let from = head.rfind([',', ';', ':']).map_or(0, |at| at + 1);
        let clause_before = sentence.start + from..sentence.start + head.len();
        let last = found
            .iter()
            .rev()
            .take(32)
            .find(|target| target.quote.start >= sentence.start && target.quote.end <= self.quantity.range.start);
        if let Some(last) = last.filter(|last| last.quote.end > clause_before.start || last.quote.start >= clause.start) {
            return Some((format!("{}{name}", wording::thing(&last.indicator)), last.quote.start));
        }
        let thing = wording::thing(&text[clause_before.clone()]);
        let fits = (2..=40).contains(&thing.chars().count());
        let start = clause_before.start + text[clause_before].find(thing).unwrap_or(0);
        fits.then(|| (format!("{thing}{name}"), start))
    }

    /// The dates that begin before the number.
    fn dates_before(&self) -> &[Dated] {
        &self.dates[..self.dates.partition_point(|date| date.range.start < self.quantity.range.start)]
    }

    /// The date and the rhythm that govern the number.
    fn governed(&self, clause: &Range<usize>, sentence: &Range<usize>) -> (Option<Due>, Cadence) {
        let start = self.quantity.range.start;
        let states = &self.states[..self.states.partition_point(|state| state.at <= start)];
        let state = states.last().filter(|state| state.at >= sentence.start);
        let dated = |range: &Range<usize>| {
            self.dates_before()
                .iter()
                .rev()
                .take_while(|date| date.range.start >= range.start)
                .find(|date| date.sense == Sense::By && date.range.end <= start)
                .filter(|date| self.context.years.now.is_none_or(|now| date.due.year() >= now))
                .map(|date| date.due)
        };
        let due = dated(clause).or_else(|| match state {
            Some(state) => state.due,
            None => dated(sentence).or(self.context.head),
        });
        let due = due.or_else(|| super::whole_year(self.prose.text, start, self.context.years));
        let yearly = lexicon::classes(&self.prose.text[clause.start..start]).holds(Classes::of("yearly"));
        let cadence = if yearly { Cadence::Annual } else { state.map_or(Cadence::Level, |state| state.cadence) };
        (due, cadence)
    }
}
