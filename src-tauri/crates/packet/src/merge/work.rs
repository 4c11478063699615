//! The returns under way: every field they speak of, settled one by one, and the rows that come of it.

use super::settle::{Claimant, Settled, Take, settle};
use super::{Choice, Conflict, Difference, MergedFile, Office, Refused, Side, Write, is_change};
use crate::mark::{About, Address, Claim, Claims, Field, Mark, Word};
use crate::returned::{Answer, Return};
use chrono::{NaiveDate, NaiveDateTime};
use plan::{ChecklistItemId, DepartmentId, IndicatorId, MilestoneId, Progress, Quarter, Status, TaskId};
use std::collections::{BTreeMap, BTreeSet};

/// Which figure: indicator, quarter, and the department or all.
pub(super) type FigureKey = (IndicatorId, Quarter, Option<DepartmentId>);
/// A figure's new value and note, each only where it changes; none within takes it back.
pub(super) type FigureFields = [Option<Option<String>>; 2];
/// Whose row of progress.
type RowKey = (TaskId, DepartmentId, Quarter);

/// What a file says of a field.
struct Said {
    department: DepartmentId,
    /// The file's place.
    at: usize,
    /// The file's serial number.
    serial: i64,
    word: Word,
    /// The value in full.
    value: Option<String>,
}

/// The returns taken so far, field by field.
pub(super) struct Work<'a> {
    office: &'a Office,
    choices: &'a [Choice],
    /// What departments say: what was known, joined with the returns.
    claims: BTreeMap<(DepartmentId, Quarter), Claims>,
    /// Each field that any of the returns speaks of.
    touched: BTreeMap<(Quarter, Address), Vec<Said>>,
    /// Who wrote each row of progress, and when, as each file says.
    writers: BTreeMap<(usize, TaskId), (String, NaiveDateTime)>,
    /// Who made each file, and when: for rows of which it does not say.
    makers: BTreeMap<usize, (String, NaiveDateTime)>,
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
            touched: BTreeMap::new(),
            writers: BTreeMap::new(),
            makers: BTreeMap::new(),
            spoken,
        }
    }

    /// Takes what a return says. What it does not speak of, and what it has as it was sent, takes nothing back.
    pub(super) fn take(&mut self, returned: &Return, at: usize, late: bool, file: &mut MergedFile) {
        let head = &returned.head;
        if head.kind != crate::Kind::Return {
            return;
        }
        let whose = (head.department.clone(), head.quarter);
        self.makers.insert(at, (head.made_by.clone(), head.made_at));
        for (task, writer) in &returned.writers {
            self.writers.insert((at, task.clone()), writer.clone());
        }
        for answer in &returned.answers {
            match self.office.rows.allow(&head.department, head.quarter, answer) {
                Ok(address) => {
                    let Some((word, value)) = word_of(answer, &address, head.serial, late) else { continue };
                    file.words += 1;
                    self.spoken.entry(head.department.clone()).or_default().insert(head.quarter);
                    let before = self.office.claims.get(&whose);
                    let claims = self.claims.entry(whose.clone()).or_insert_with(|| before.cloned().unwrap_or_default());
                    claims.fields.entry(address.to_string()).or_default().join(&word);
                    let said = Said { department: head.department.clone(), at, serial: head.serial, word, value };
                    self.touched.entry((head.quarter, address)).or_default().push(said);
                }
                Err(why) => {
                    if is_change(answer) {
                        file.refused.push(Refused { answer: answer.clone(), why });
                    }
                }
            }
        }
    }

    pub(super) fn settle_all(&mut self, files: &mut [MergedFile]) -> Vec<Write> {
        let mut rows: BTreeMap<RowKey, RowState> = BTreeMap::new();
        let mut figures: BTreeMap<FigureKey, FigureFields> = BTreeMap::new();
        let mut writes = Vec::new();
        let mut chosen: BTreeMap<Quarter, Claims> = BTreeMap::new();
        let touched = std::mem::take(&mut self.touched);
        for ((quarter, address), said) in &touched {
            let text = address.to_string();
            let stands = self.office.rows.value(address, *quarter);
            let here = stands.as_deref().map(|stands| Mark::of(address, stands));
            let claimants = self.claimants(address, *quarter, said);
            let choice = self.choices.iter().find(|choice| choice.key == text);
            let picked = self.office.chosen.get(quarter).and_then(|claims| claims.fields.get(&text));
            let Settled { take, differs } = settle(here.as_ref(), &claimants, choice, picked);
            let full = |mark: &Mark| in_full(address, mark, said, here.as_ref(), stands.as_deref());
            let claim_of = |department: &DepartmentId| {
                claimants.iter().filter(|claimant| claimant.department == department).find_map(Claimant::claim)
            };
            let result = match &take {
                Take::Keep => stands.clone(),
                Take::From(department) => {
                    let words = claimants.iter().filter(|claimant| claimant.department == department);
                    let word = words.filter_map(Claimant::claim).find_map(|claim| claim.now.as_ref());
                    word.and_then(full).or_else(|| stands.clone())
                }
                Take::Chosen(department, None) => match claim_of(department).and_then(Claim::last) {
                    Some(mark) => full(mark).or_else(|| stands.clone()),
                    None => None,
                },
                Take::Chosen(department, Some(file)) => {
                    let word = said.iter().find(|said| said.department == *department && files[said.at].file == *file);
                    word.map_or_else(|| stands.clone(), |said| said.value.clone())
                }
            };
            if choice.is_some() {
                let mark = result.as_deref().map(|result| Mark::of(address, result));
                chosen.entry(*quarter).or_default().fields.insert(text.clone(), Claim { now: mark, ..Claim::default() });
            }
            let mut ours: Vec<usize> = said.iter().map(|said| said.at).collect();
            ours.dedup();
            let conflict = differs.then(|| Conflict {
                address: address.clone(),
                quarter: *quarter,
                office: stands.clone(),
                sides: sides(&claimants, said, files, here.as_ref(), &full),
                result: result.clone(),
            });
            for said in said {
                let claimant = claimants.iter().find(|claimant| *claimant.department == said.department);
                let Some(claim) = claimant.and_then(Claimant::claim) else { continue };
                let now = said.word.now.as_ref();
                let is_rival = claimant.is_some_and(|claimant| claimant.rivals.contains(&now));
                match &conflict {
                    Some(conflict) if now == claim.last() || now == claim.now.as_ref() || is_rival => {
                        files[said.at].conflicts.push(conflict.clone());
                    }
                    _ if now != claim.last() || said.value != result => {
                        let counts = if now == claim.last() { result.clone() } else { claim.last().and_then(&full) };
                        let older =
                            Difference { address: address.clone(), quarter: *quarter, old: said.value.clone(), new: counts };
                        files[said.at].older.push(older);
                    }
                    _ => {}
                }
            }
            if let (About::Progress, Some(department)) = (address.about, &address.department) {
                let key = (TaskId::new(address.row.as_str()), department.clone(), *quarter);
                let row = rows.entry(key.clone()).or_insert_with(|| RowState {
                    row: self.office.rows.progress_or_new(&key),
                    changed: false,
                    as_returned: true,
                });
                let mark = result.as_deref().map(|result| Mark::of(address, result));
                row.as_returned &= claim_of(department).is_some_and(|claim| claim.last() == mark.as_ref());
                row.changed |= result != stands;
                set(&mut row.row, address.field, result.clone().unwrap_or_default());
            }
            if result == stands {
                continue;
            }
            let from = match &take {
                Take::From(department) | Take::Chosen(department, _) => {
                    let of = said.iter().filter(|said| said.department == *department);
                    of.max_by_key(|said| (said.value == result, &said.word, said.serial)).map(|said| said.at)
                }
                Take::Keep => None,
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
            writes.extend(self.row(&key, state, &touched));
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

    /// The write for a row of progress. It bears the writer of its latest word that stands, whichever file came first.
    fn row(&self, key: &RowKey, state: RowState, touched: &BTreeMap<(Quarter, Address), Vec<Said>>) -> Option<Write> {
        let present = self.office.rows.progress.get(key);
        let row = &state.row;
        let blank = row.status == Status::NotStarted && [&row.done, &row.problems, &row.next].iter().all(|text| text.is_empty());
        if blank {
            return present.filter(|_| state.changed).map(|present| Write::NoProgress(present.id.clone()));
        }
        // where several files repeat the latest word, the earliest of their writers wrote it
        type Signature = (NaiveDateTime, String);
        let maker = |at: usize| -> Option<Signature> {
            let (by, at) = self.writers.get(&(at, key.0.clone())).or_else(|| self.makers.get(&at)).cloned()?;
            Some((at, by))
        };
        let mut latest: Option<(&Word, Signature)> = None;
        let mut known: Option<Word> = None;
        for field in About::Progress.fields() {
            let address = Address::new(About::Progress, key.0.as_str(), Some(&key.1), *field);
            let stands = value_in(row, *field).filter(|value| !address.is_blank(value));
            let mark = stands.map(|stands| Mark::of(&address, &stands));
            for said in touched.get(&(key.2, address.clone())).into_iter().flatten() {
                let Some(signature) = maker(said.at).filter(|_| said.word.now == mark) else { continue };
                let is_later = latest.as_ref().is_none_or(|(word, by)| (&said.word, by) > (*word, &signature));
                if is_later {
                    latest = Some((&said.word, signature));
                }
            }
            let old = self.office.claims.get(&(key.1.clone(), key.2)).and_then(|claims| claims.at(&address));
            if let Some(word) = old.map(Claim::word).filter(|word| word.now == mark && word.now.is_some()) {
                known = known.max(Some(word));
            }
        }
        let signed = present.and_then(|row| self.office.rows.writers.get(&row.id)).map(|(by, at)| (*at, by.clone()));
        let writer = match (latest, known) {
            (Some((word, by)), Some(known)) if *word == known => Some(signed.clone().map_or(by.clone(), |signed| signed.min(by))),
            (Some((word, by)), known) if known.as_ref().is_none_or(|known| *word > *known) => Some(by),
            (latest, _) => signed.clone().or(latest.map(|(_, by)| by)),
        };
        let (at, by) = writer.or_else(|| touched_by(key, touched).and_then(maker))?;
        let is_signed = signed == Some((at, by.clone()));
        (state.changed || (state.as_returned && !is_signed)).then_some(Write::Progress { row: state.row, by, at })
    }

    /// Everyone who said something of a field, the lead first, then in the task's order.
    fn claimants<'b>(&'b self, address: &'b Address, quarter: Quarter, said: &'b [Said]) -> Vec<Claimant<'b>> {
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
                let new = claim(&self.claims, department, of);
                let Some(current) = new.or(old) else { continue };
                let rivals = said.iter().filter(|said| of == quarter && said.department == *department);
                let rivals = rivals
                    .map(|said| said.word.now.as_ref())
                    .filter(|word| *word != current.last() && word.is_some_and(|word| !current.knows(word)));
                found.push(Claimant { department, quarter: of, old, new, rivals: rivals.collect() });
            }
        }
        // a stable sort: within a quarter the lead stays first
        found.sort_by_key(|claimant| std::cmp::Reverse(claimant.quarter));
        found
    }
}

/// Any file that speaks of a row of progress.
fn touched_by(key: &RowKey, touched: &BTreeMap<(Quarter, Address), Vec<Said>>) -> Option<usize> {
    About::Progress.fields().iter().find_map(|field| {
        let address = Address::new(About::Progress, key.0.as_str(), Some(&key.1), *field);
        touched.get(&(key.2, address))?.first().map(|said| said.at)
    })
}

/// What an answer says, where it says anything: other than it was sent, or other than this copy said before.
fn word_of(answer: &Answer, address: &Address, serial: i64, late: bool) -> Option<(Word, Option<String>)> {
    let value = answer.now.clone().filter(|now| !address.is_blank(now));
    let now = value.as_deref().map(|value| Mark::of(address, value));
    let was = answer.was.clone().filter(|was| !address.is_blank(was.text()));
    if now == was && answer.since.is_none() {
        return None;
    }
    let rank = answer.since.unwrap_or(serial).min(serial);
    let knew = answer.said.iter().filter(|said| !address.is_blank(said.text()) && Some(*said) != now.as_ref()).cloned();
    let knew = knew.collect();
    Some((Word { own: !late, rank, now, was, knew }, value))
}

/// The value that a mark is of, where it is still to be had.
fn in_full(address: &Address, mark: &Mark, said: &[Said], here: Option<&Mark>, stands: Option<&str>) -> Option<String> {
    let of_file = said.iter().find(|said| said.word.now.as_ref() == Some(mark)).and_then(|said| said.value.clone());
    if of_file.is_some() {
        return of_file;
    }
    if here == Some(mark) {
        return stands.map(str::to_owned);
    }
    // a long text's mark is its hash
    (address.is_shared() || !mark.text().starts_with('#')).then(|| mark.text().to_owned())
}

/// What each department says, and each copy of one where they differ.
fn sides(
    claimants: &[Claimant<'_>],
    said: &[Said],
    files: &[MergedFile],
    here: Option<&Mark>,
    full: &dyn Fn(&Mark) -> Option<String>,
) -> Vec<Side> {
    let mut sides = Vec::new();
    for claimant in claimants {
        let Some(claim) = claimant.claim() else { continue };
        let last = claim.last();
        if last == claim.was.as_ref() && last == here {
            continue;
        }
        sides.push(Side { department: claimant.department.clone(), value: last.and_then(full), file: None });
        for rival in &claimant.rivals {
            let of = said.iter().find(|said| said.department == *claimant.department && said.word.now.as_ref() == *rival);
            let Some(of) = of else { continue };
            let file = Some(files[of.at].file.clone());
            sides.push(Side { department: claimant.department.clone(), value: of.value.clone(), file });
        }
    }
    sides
}

/// A row of progress under way.
struct RowState {
    row: Progress,
    /// Whether any field changes.
    changed: bool,
    /// Whether all fields that are spoken of end as they were last returned.
    as_returned: bool,
}

fn value_in(row: &Progress, field: Field) -> Option<String> {
    match field {
        Field::Status => Some(row.status.code().to_owned()),
        Field::Done => Some(row.done.clone()),
        Field::Problems => Some(row.problems.clone()),
        Field::Next => Some(row.next.clone()),
        Field::DoneOn | Field::Value | Field::Note => None,
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
