//! A year of departments with copies of their workbooks, wrong clocks, corrections and late returns: of every field of every return
//! it is known what became of it.

use super::*;

/// So many random years; a bench asks for a thousand: `PLANBOOK_YEARS=1000 cargo test -p packet year`.
fn years() -> u64 {
    std::env::var("PLANBOOK_YEARS").ok().and_then(|years| years.parse().ok()).unwrap_or(6)
}

/// One copy of a department's workbook: what it says, since when, and what it said before.
#[derive(Clone)]
struct Copy {
    department: usize,
    /// How far its clock is off.
    skew: i64,
    serial: i64,
    says: BTreeMap<Address, (Option<String>, i64, Vec<String>)>,
}

impl Copy {
    /// Writes some fields, empties one now and then, and returns.
    fn returned(&mut self, dice: &mut Dice, quarter: Quarter, now: i64) -> Incoming {
        self.serial = (now + self.skew).max(self.serial + 1);
        let task = |dice: &mut Dice, of: usize| {
            (0..TASKS).filter(|task| (of + TASKS * DEPARTMENTS - task) % DEPARTMENTS < 3).nth(dice.roll(3)).unwrap()
        };
        for _ in 0..1 + dice.roll(4) {
            let task = task(dice, self.department);
            let address = match dice.roll(4) {
                0 => tick(&format!("item-{task}-0")),
                1 => Address::new(About::Figure, &format!("indicator-{task}"), Some(&unit(self.department)), Field::Value),
                _ => done(task, self.department),
            };
            let before = self.says.get(&address).cloned();
            let value = match (dice.roll(8), address.field) {
                (0, _) if before.as_ref().is_some_and(|(now, ..)| now.is_some()) => None,
                (_, Field::DoneOn) => Some(format!("2025-06-{:02}", 1 + dice.roll(9))),
                (_, Field::Value) => Some(dice.roll(50).to_string()),
                _ => Some(format!("第{}句", dice.roll(1_000))),
            };
            let mut knew = before.as_ref().map(|(_, _, knew)| knew.clone()).unwrap_or_default();
            if let Some((Some(last), ..)) = &before {
                knew.push(last.clone());
            }
            if before.as_ref().map(|(now, ..)| now) != Some(&value) {
                self.says.insert(address, (value, self.serial, knew));
            }
        }
        let mut returned = empty(self.department, self.serial);
        returned.head.quarter = quarter;
        // a task of others, now and then
        if dice.roll(5) == 0 {
            let address = done((self.department + 5) % TASKS, self.department);
            returned.answers.push(Answer::new(&address, Some("别人的任务".to_owned()), None));
        }
        for (address, (now, since, knew)) in &self.says {
            let said = knew.iter().map(|knew| Mark::of(address, knew)).collect();
            returned.answers.push(Answer { since: Some(*since), said, ..Answer::new(address, now.clone(), None) });
        }
        incoming(&returned, &key(self.department))
    }
}

/// The fields of a file of which nothing is known after the merge.
fn without_fate(before: &Office, after: &Office, file: &Incoming, told: &MergedFile) -> Vec<String> {
    let (_, read) = file.read.as_ref().unwrap();
    if matches!(told.state, FileState::Late) {
        // named one by one as refused, or the file came before
        return read
            .answers
            .iter()
            .filter(|answer| !told.refused.iter().any(|refused| refused.answer == **answer))
            .map(|answer| format!("{answer:?}"))
            .collect();
    }
    if told.state == FileState::Same && told.words == 0 {
        return Vec::new();
    }
    let has_fate = |answer: &&Answer| {
        if told.refused.iter().any(|refused| refused.answer.row == answer.row && refused.answer.field == answer.field) {
            return true;
        }
        let Some(address) = answer.address() else { return false };
        let listed = told.changes.iter().chain(&told.older).any(|line| line.address == address)
            || told.conflicts.iter().any(|line| line.address == address);
        let stands = |office: &Office| office.rows.value(&address, told.late_into.unwrap_or(read.head.quarter));
        let same =
            |office: &Office| stands(office).is_some_and(|stands| answer.now.as_deref().is_some_and(|now| stands.contains(now)));
        let nothing = answer.now.is_none() && (stands(after).is_none() || told.late_into.is_some());
        listed || same(before) || same(after) || nothing
    };
    read.answers.iter().filter(|answer| !has_fate(answer)).map(|answer| format!("{}: {answer:?}", told.file)).collect()
}

#[test]
fn every_field_of_every_return_of_a_year_has_a_fate() {
    let quarters: Vec<Quarter> =
        ["2025Q1", "2025Q2", "2025Q3", "2025Q4"].iter().map(|quarter| quarter.parse().unwrap()).collect();
    let (mut fields, mut files) = (0, 0);
    for seed in 1..=years() {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let mut office = office();
        let mut copies: Vec<Copy> = (0..DEPARTMENTS * 2)
            .map(|at| Copy {
                department: at % DEPARTMENTS,
                skew: [0, 0, -400 * 86_400, 3_600, 90 * 86_400][dice.roll(5)],
                serial: 0,
                says: BTreeMap::new(),
            })
            .collect();
        let mut late: Vec<Incoming> = Vec::new();
        for (at, quarter) in quarters.iter().enumerate() {
            for department in 0..DEPARTMENTS {
                office.sent.insert((unit(department), *quarter), Sent { sent: true, ..Sent::default() });
            }
            for copy in &mut copies {
                copy.says.clear();
            }
            let mut sent: Vec<Incoming> = Vec::new();
            for round in 0..3 {
                for copy in &mut copies {
                    if dice.roll(3) > 0 {
                        let now = 1_740_000_000 + i64::try_from(at * 100 + round).unwrap() * 86_400;
                        sent.push(copy.returned(&mut dice, *quarter, now));
                    }
                }
            }
            dice.shuffle(&mut sent);
            late.extend(sent.split_off(sent.len() - sent.len() / 8));
            let mut rest = sent.as_slice();
            while !rest.is_empty() {
                let (batch, after) = rest.split_at(1 + dice.roll(rest.len().min(12)));
                rest = after;
                (fields, files) = collect_batch(&mut office, batch, (fields, files));
            }
            office.rows.closed.insert(*quarter);
            // what missed the close is taken as late, or named
            office.late = dice.roll(2) == 0;
            let batch = std::mem::take(&mut late);
            (fields, files) = collect_batch(&mut office, &batch, (fields, files));
            office.late = false;
        }
    }
    assert!(fields > 500 && files > 100, "{fields} fields of {files} files");
}

fn collect_batch(office: &mut Office, batch: &[Incoming], (fields, files): (usize, usize)) -> (usize, usize) {
    let before = office.clone();
    let outcome = merge(office, batch, &[]);
    apply(office, &outcome);
    let lost: Vec<String> =
        batch.iter().zip(&outcome.files).flat_map(|(file, told)| without_fate(&before, office, file, told)).collect();
    assert_eq!(lost, Vec::<String>::new(), "fields without a fate");
    assert_eq!(merge(office, batch, &[]).writes, [], "a second merge changes nothing");
    let said: usize = batch.iter().map(|file| file.read.as_ref().map_or(0, |(_, read)| read.answers.len())).sum();
    (fields + said, files + batch.len())
}
