//! Several numbers under one predicate: “甲、乙分别达到15%、32%”, years in a row, changes of what was just named.

use super::super::dates::{Dated, Sense};
use super::super::quantity::{Measure, Quantity};
use super::super::wording;
use super::names::{change_word, leading};
use super::{Doubt, Place, Sentence, Why};

impl Sentence<'_> {
    /// “甲、乙分别达到15%、32%”: several numbers under one predicate.
    pub(super) fn shared(&mut self, place: &Place<'_>, group: &[Quantity], dates: &[Dated]) -> bool {
        let words = &self.text[place.left..place.quantity.range.start];
        let date_end = dates
            .iter()
            .rev()
            .find(|date| {
                date.range.start >= place.left && date.range.end <= place.quantity.range.start && date.sense == Sense::By
            })
            .map_or(place.left, |date| date.range.end);
        if self.past || wording::is_past(words) {
            return false;
        }
        let own = &self.text[date_end..place.quantity.range.start];
        let each = own.find("分别").or_else(|| own.find("依次"));
        let before = wording::before(own);
        let end = each.unwrap_or(before.name_end).min(own.len());
        let name = &*self.without_comparison(date_end..date_end + end, dates);
        let (ends, _) = self.behind(&group[group.len() - 1], &place.clause);
        let after_each = each.map(|at| {
            wording::name(own[at..][..before.name_end.max(at) - at].trim_start_matches("分别").trim_start_matches("依次"))
        });
        let name = if matches!(name, "同比" | "比上年" | "较上年") { "" } else { name };
        let name = if name.is_empty() { after_each.unwrap_or_default() } else { name };
        // 开设托班的幼儿园2025年、2026年、2027年分别达到…, 企业数量到2025年分别达到…: the name stands before the dates
        let dated = dates
            .iter()
            .find(|date| {
                date.sense == Sense::By && date.range.start >= place.left && date.range.end <= place.quantity.range.start
            })
            .map_or(place.left, |date| date.range.start);
        let ahead = wording::name(self.text[place.left..dated].trim_end().trim_end_matches(['到', '至', '在', '于']));
        let mut start = None;
        let name = if name.is_empty() && each.is_some() && ahead.chars().count() >= 3 {
            start = Some(place.left + leading(&self.text[place.left..dated], ahead));
            ahead
        } else {
            name
        };
        let each_year = each.is_some() && self.years.len() == group.len();
        if !ends && each_year && (name.is_empty() || wording::is_bare_verb(name)) {
            return self.shared_object(place, group, date_end, name);
        }
        if name.is_empty() && each.is_some() && before.change {
            return self.shared_change(group, &before, own);
        }
        if name.is_empty() || !ends {
            return false;
        }
        let names = wording::distribute(name, group.len()).or_else(|| each_year.then(|| vec![name.to_owned(); group.len()]));
        let Some(names) = names else {
            if each.is_some() && !wording::is_policy(&self.text[place.clause.clone()]) {
                self.doubts.push(Doubt { range: place.left..group[group.len() - 1].range.end, why: Why::Uneven });
            }
            return false;
        };
        if each.is_none() && before.op.is_none() {
            return false;
        }
        let start = start.unwrap_or_else(|| date_end + leading(own, name));
        let unit = group[group.len() - 1].clone();
        let years = if each_year && names.windows(2).all(|pair| pair[0] == pair[1]) { self.years.clone() } else { Vec::new() };
        for (i, (quantity, name)) in group.iter().zip(names).enumerate() {
            let mut quantity = quantity.clone();
            // 3个、8个工作日: the last one says the whole unit
            if quantity.measure == Measure::None || (quantity.unit != unit.unit && unit.unit.starts_with(&quantity.unit)) {
                quantity.measure = unit.measure;
                quantity.unit.clone_from(&unit.unit);
            }
            let name = if before.change { format!("{name}{}", change_word(&own[before.name_end..])) } else { name };
            let quote = start..quantity.range.end;
            if let Some(due) = years.get(i) {
                self.due = Some(*due);
            }
            self.accept(&quantity, &before, &name, quote, own);
        }
        true
    }
}

impl Sentence<'_> {
    /// “2025年、2026年、2027年分别建成3个、5个、8个示范点”: one object behind several numbers, a year for each.
    fn shared_object(&mut self, place: &Place<'_>, group: &[Quantity], start: usize, verb: &str) -> bool {
        let (_, object) = self.behind(&group[group.len() - 1], &place.clause);
        let thing = self.text[object.clone()].trim().trim_start_matches('的').to_owned();
        if thing.chars().count() < 2 {
            return false;
        }
        let name = if verb.starts_with('新') { format!("{verb}{thing}") } else { thing };
        for (quantity, due) in group.iter().zip(self.years.clone()) {
            self.due = Some(due);
            self.accept(quantity, &wording::Before::default(), &name, start..object.end, "");
        }
        true
    }

    /// “接待游客500万人次,实现旅游收入30亿元,同比分别增长10%、15%”: the changes of the targets just named.
    fn shared_change(&mut self, group: &[Quantity], before: &wording::Before, own: &str) -> bool {
        let Some(from) = self.found.len().checked_sub(group.len()) else {
            return false;
        };
        let change = change_word(&own[before.name_end..]).to_owned();
        let named: Vec<(String, usize)> =
            self.found[from..].iter().map(|target| (wording::thing(&target.indicator).to_owned(), target.quote.start)).collect();
        for (quantity, (thing, start)) in group.iter().zip(named) {
            self.accept(quantity, before, &format!("{thing}{change}"), start..quantity.range.end, own);
        }
        true
    }
}
