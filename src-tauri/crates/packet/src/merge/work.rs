//! The returns under way: every field they speak of, settled one by one, and the rows that come of it.

use super::settle::{Claimant, Settled, Take, settle};
use super::{Choice, Conflict, Difference, MergedFile, Office, Refused, Side, Write, is_change};
use crate::mark::{About, Address, Claim, Claims, Field, Mark};
use crate::returned::Return;
use chrono::{NaiveDate, NaiveDateTime};
use plan::{ChecklistItemId, DepartmentId, IndicatorId, MilestoneId, Progress, Quarter, Status, TaskId};
use std::collections::{BTreeMap, BTreeSet};

/// What departments say of a field: the file's place and the value.
type Said = BTreeMap<DepartmentId, (usize, Option<String>)>;
/// Which figure: indicator, quarter, and the department or all.
pub(super) type FigureKey = (IndicatorId, Quarter, Option<DepartmentId>);
/// A figure's new value and note, each only where it changes; none within takes it back.
pub(super) type FigureFields = [Option<Option<String>>; 2];

/// The returns taken so far, field by field.
pub(super) struct Work<'a> {
    office: &'a Office,
    choices: &'a [Choice],
    /// The new claims.
    claims: BTreeMap<(DepartmentId, Quarter), Claims>,
    /// What was said before and is no longer; it is settled like the new claims and then forgotten.
    withdrawn: BTreeMap<(DepartmentId, Quarter), Claims>,
    /// Each field that any of the returns speaks of, with its full values and the files they came in.
    touched: BTreeMap<(Quarter, Address), Said>,
    /// Who wrote each row of progress that the returns speak of, and when.
    writers: BTreeMap<(TaskId, DepartmentId, Quarter), (String, NaiveDateTime)>,
    /// Who made each return, and when: for rows of which it does not say.
    makers: BTreeMap<(DepartmentId, Quarter), (String, NaiveDateTime)>,
    /// The rows of progress that the returns have, blank or not.
    rows_spoken: BTreeSet<(TaskId, DepartmentId, Quarter)>,
    /// The quarters that each department said something of, then and now.
    spoken: BTreeMap<DepartmentId, BTreeSet<Quarter>>,
}

impl<'a> Work<'a> {
    pub(super) fn new(office: &'a Office, choices: &'a [Choice]) -> Self {
        let mut spoken: BTreeMap<DepartmentId, BTreeSet<Quarter>> = BTreeMap::new();
        for (department, quarter) in office.claims.keys() {
            spoken.entry(department.clone()).or_default().insert(*quarter);
        }
        Self {
            office,
            choices,
            claims: BTreeMap::new(),
            withdrawn: BTreeMap::new(),
            touched: BTreeMap::new(),
            writers: BTreeMap::new(),
            makers: BTreeMap::new(),
            rows_spoken: BTreeSet::new(),
            spoken,
        }
    }

    pub(super) fn take(&mut self, returned: &Return, at: usize, late: bool, file: &mut MergedFile) {
        let head = &returned.head;
        if head.kind != crate::Kind::Return {
            return;
        }
        let whose = (head.department.clone(), head.quarter);
        self.makers.insert(whose.clone(), (head.made_by.clone(), head.made_at));
        self.spoken.entry(head.department.clone()).or_default().insert(head.quarter);
        for (task, writer) in &returned.writers {
            self.writers.insert((task.clone(), head.department.clone(), head.quarter), writer.clone());
        }
        let mut claims = Claims::default();
        for answer in &returned.answers {
            match self.office.rows.allow(&head.department, head.quarter, answer) {
                Ok(address) => {
                    if let (About::Progress, Some(department), true) = (address.about, &address.department, answer.now.is_some())
                    {
                        let key = (TaskId::new(address.row.as_str()), department.clone(), head.quarter);
                        self.rows_spoken.insert(key);
                    }
                    let now = answer.now.clone().filter(|now| !is_blank(&address, now));
                    let mark = now.as_deref().map(|now| Mark::of(&address, now));
                    let was = answer.was.clone().filter(|was| !is_blank(&address, was.text()));
                    claims.fields.insert(address.to_string(), Claim { now: mark, was, late });
                    let said = self.touched.entry((head.quarter, address)).or_default();
                    said.insert(head.department.clone(), (at, now));
                }
                Err(why) => {
                    if is_change(answer) {
                        file.refused.push(Refused { answer: answer.clone(), why });
                    }
                }
            }
        }
        // what was said before and is not spoken of any more is taken back
        if let Some(before) = self.office.claims.get(&whose) {
            for (key, claim) in &before.fields {
                // a late return speaks of nothing but what it brings, and what came late stays beside the quarter's own
                if late || claim.late {
                    claims.fields.entry(key.clone()).or_insert_with(|| claim.clone());
                } else if claim.now.is_some()
                    && !claims.fields.contains_key(key)
                    && let Some(address) = self.office.rows.address_of(key)
                {
                    let gone = Claim { now: claim.was.clone(), was: claim.was.clone(), late: false };
                    self.withdrawn.entry(whose.clone()).or_default().fields.insert(key.clone(), gone);
                    let said = self.touched.entry((head.quarter, address)).or_default();
                    said.insert(head.department.clone(), (at, None));
                }
            }
        }
        self.claims.insert(whose, claims);
    }

    pub(super) fn settle_all(&mut self, files: &mut [MergedFile]) -> Vec<Write> {
        let mut rows: BTreeMap<(TaskId, DepartmentId, Quarter), RowState> = BTreeMap::new();
        let mut figures: BTreeMap<FigureKey, FigureFields> = BTreeMap::new();
        let mut writes = Vec::new();
        let mut chosen: BTreeMap<Quarter, Claims> = BTreeMap::new();
        let touched = std::mem::take(&mut self.touched);
        for ((quarter, address), said) in &touched {
            let text = address.to_string();
            let stands = self.office.rows.value(address, *quarter);
            let claimants = self.claimants(address, *quarter);
            let choice = self.choices.iter().find(|choice| choice.key == text);
            let picked = self.office.chosen.get(quarter).and_then(|claims| claims.fields.get(&text));
            let Settled { take, differs } = settle(address, stands.as_deref(), &claimants, choice, picked);
            let value_of = |department: &DepartmentId| match said.get(department) {
                Some((_, value)) => value.clone(),
                None => {
                    let claim = claimants.iter().find(|claimant| claimant.department == department);
                    claim
                        .and_then(|claimant| claimant.claim())
                        .and_then(|claim| claim.now.clone())
                        .map(|now| now.text().to_owned())
                }
            };
            let result = match &take {
                Take::Keep => stands.clone(),
                Take::Back(value) => value.clone(),
                Take::From(department) => value_of(department),
            };
            if choice.is_some() {
                let mark = result.as_deref().map(|result| Mark::of(address, result));
                chosen.entry(*quarter).or_default().fields.insert(text.clone(), Claim { now: mark, was: None, late: false });
            }
            let mut ours: Vec<usize> = said.values().map(|(at, _)| *at).collect();
            ours.dedup();
            if differs {
                let sides = claimants.iter().filter(|claimant| claimant.claim().is_some_and(|claim| claim.now != claim.was));
                let sides = sides
                    .map(|claimant| Side { department: claimant.department.clone(), value: value_of(claimant.department) })
                    .collect();
                let conflict = Conflict {
                    address: address.clone(),
                    quarter: *quarter,
                    office: stands.clone(),
                    sides,
                    result: result.clone(),
                };
                for &at in &ours {
                    files[at].conflicts.push(conflict.clone());
                }
            }
            if let (About::Progress, Some(department)) = (address.about, &address.department) {
                let key = (TaskId::new(address.row.as_str()), department.clone(), *quarter);
                let row = rows.entry(key.clone()).or_insert_with(|| RowState {
                    row: self.office.rows.progress_or_new(&key),
                    changed: false,
                    as_returned: true,
                });
                let withdrawn =
                    self.withdrawn.get(&(department.clone(), *quarter)).is_some_and(|claims| claims.fields.contains_key(&text));
                row.as_returned &= withdrawn || value_of(department) == result;
                row.changed |= result != stands;
                set(&mut row.row, address.field, result.clone().unwrap_or_default());
            }
            if result == stands {
                continue;
            }
            let from = match &take {
                Take::From(department) => said.get(department).map(|(at, _)| *at),
                _ => None,
            };
            if let Some(at) = from.or(ours.first().copied()) {
                let difference = Difference { address: address.clone(), quarter: *quarter, old: stands, new: result.clone() };
                files[at].changes.push(difference);
            }
            let day = || result.as_deref().and_then(|day| day.parse::<NaiveDate>().ok());
            match (address.about, &address.department) {
                (About::Item, _) => {
                    writes.push(Write::Item { id: ChecklistItemId::new(address.row.as_str()), done_on: day() });
                }
                (About::Milestone, _) => {
                    writes.push(Write::Milestone { id: MilestoneId::new(address.row.as_str()), done_on: day() });
                }
                (About::Progress, _) => {}
                (About::Figure, department) => {
                    let key = (IndicatorId::new(address.row.as_str()), *quarter, department.clone());
                    let fields = figures.entry(key).or_default();
                    fields[usize::from(address.field == Field::Note)] = Some(result);
                }
            }
        }
        for (key, state) in rows {
            let present = self.office.rows.progress.get(&key);
            // a row that is as the return has it bears the return's writer, whichever return brought it first
            let writer = self.writers.get(&key).or_else(|| self.makers.get(&(key.1.clone(), key.2)));
            let Some((by, at)) = writer.cloned() else { continue };
            let signed = present.is_some_and(|row| self.office.rows.writers.get(&row.id) == Some(&(by.clone(), at)));
            let blank = state.row.status == Status::NotStarted
                && [&state.row.done, &state.row.problems, &state.row.next].iter().all(|text| text.is_empty());
            let spoken = self.rows_spoken.contains(&key);
            if blank && !spoken {
                // the department took back the row that it had returned
                writes.extend(present.filter(|_| state.changed).map(|present| Write::NoProgress(present.id.clone())));
                continue;
            }
            if state.changed || (state.as_returned && spoken && !signed) {
                writes.push(Write::Progress { row: state.row, by, at });
            }
        }
        for (key, fields) in figures {
            writes.extend(self.office.rows.figure(key, fields));
        }
        for ((department, quarter), claims) in &self.claims {
            if self.office.claims.get(&(department.clone(), *quarter)) != Some(claims) {
                writes.push(Write::Claims(department.clone(), *quarter, claims.clone()));
            }
        }
        for (quarter, mut claims) in chosen {
            if let Some(before) = self.office.chosen.get(&quarter) {
                let mut all = before.clone();
                all.fields.append(&mut claims.fields);
                claims = all;
            }
            writes.push(Write::Chosen(quarter, claims));
        }
        writes
    }

    /// Everyone who said something of a field, the lead first, then in the task's order.
    fn claimants<'b>(&'b self, address: &'b Address, quarter: Quarter) -> Vec<Claimant<'b>> {
        let rows = &self.office.rows;
        let claim = |claims: &'b BTreeMap<(DepartmentId, Quarter), Claims>, department: &DepartmentId, of: Quarter| {
            claims.get(&(department.clone(), of)).and_then(|claims| claims.at(address))
        };
        let mut found: Vec<Claimant<'b>> = Vec::new();
        for department in rows.who_may(address) {
            // ticks have no quarter: the word of a later quarter counts before that of an earlier one
            let ticks = matches!(address.about, About::Item | About::Milestone);
            let quarters = match self.spoken.get(department) {
                Some(spoken) if ticks => spoken.clone(),
                _ => BTreeSet::from([quarter]),
            };
            for of in quarters.into_iter().rev() {
                let old = claim(&self.office.claims, department, of);
                let new = claim(&self.claims, department, of).or_else(|| claim(&self.withdrawn, department, of));
                if old.is_some() || new.is_some() {
                    found.push(Claimant { department, quarter: of, old, new });
                }
            }
        }
        // a stable sort: within a quarter the lead stays first
        found.sort_by_key(|claimant| std::cmp::Reverse(claimant.quarter));
        found
    }
}

/// A row of progress under way.
struct RowState {
    row: Progress,
    /// Whether any field changes.
    changed: bool,
    /// Whether all fields end as the return has them.
    as_returned: bool,
}

/// Whether a value says no more than an absent one.
pub(super) fn is_blank(address: &Address, value: &str) -> bool {
    match address.field {
        Field::Status => value == Status::NotStarted.code(),
        Field::Done | Field::Problems | Field::Next | Field::Note => value.is_empty(),
        Field::DoneOn | Field::Value => false,
    }
}

fn set(row: &mut Progress, field: Field, value: String) {
    match field {
        // only words of the vocabulary come this far
        Field::Status => row.status = value.parse().unwrap_or(Status::NotStarted),
        Field::Done => row.done = value,
        Field::Problems => row.problems = value,
        Field::Next => row.next = value,
        Field::DoneOn | Field::Value | Field::Note => {}
    }
}
