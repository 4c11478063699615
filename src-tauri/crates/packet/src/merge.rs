//! What returns would change in the office's workbook, computed before anything is written.
//!
//! Two rules make the order of files of no importance and a second merge empty. Of several files of one department for one
//! quarter only the newest counts, whichever comes first. And a field that several departments may fill gets its value from
//! all that they said (the claims), never from who came last: the lead's word before the others', else the first in the
//! task's order.

mod admission;
mod permission;
mod settle;
#[cfg(test)]
mod tests;

use crate::error::PacketError;
use crate::hash::digest;
use crate::key::PublicKey;
use crate::mark::{About, Address, Claim, Claims, Field, Mark};
use crate::number::number_of;
use crate::record::Ask;
use crate::returned::{Answer, Return};
use admission::{Admission, admit};
use chrono::{NaiveDate, NaiveDateTime};
use plan::{
    Actual, ActualId, Assignment, ChecklistItem, ChecklistItemId, Department, DepartmentId, Evidence, EvidenceId, Indicator,
    IndicatorId, Milestone, MilestoneId, Progress, ProgressId, Quarter, Role, Status, Task, TaskId,
};
use settle::{Claimant, Settled, settle};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A department's keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeysOf {
    /// The one that counts.
    pub current: PublicKey,
    /// Those that were replaced.
    pub former: Vec<PublicKey>,
}

/// What was sent to a department for a quarter, and what last came back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sent {
    /// Whether its file was made.
    pub sent: bool,
    /// Serial number and SHA-256 of the return that was merged last.
    pub returned: Option<(i64, String)>,
}

/// What the office's workbook holds of what returns are about.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// Departments in their order.
    pub departments: Vec<Department>,
    /// Tasks.
    pub tasks: HashMap<TaskId, Task>,
    /// Who takes part in each.
    pub assignments: HashMap<TaskId, Vec<Assignment>>,
    /// Checklist items.
    pub items: HashMap<ChecklistItemId, ChecklistItem>,
    /// Milestones.
    pub milestones: HashMap<MilestoneId, Milestone>,
    /// Indicators.
    pub indicators: HashMap<IndicatorId, Indicator>,
    /// Progress.
    pub progress: HashMap<(TaskId, DepartmentId, Quarter), Progress>,
    /// Figures.
    pub actuals: HashMap<(IndicatorId, Quarter, Option<DepartmentId>), Actual>,
    /// Evidence that is there.
    pub evidence: HashMap<EvidenceId, Evidence>,
    /// Requests that are there.
    pub asks: BTreeSet<String>,
    /// Closed quarters.
    pub closed: BTreeSet<Quarter>,
}

/// The office that collects.
#[derive(Debug, Clone, Default)]
pub struct Office {
    /// Its workbook's id.
    pub workbook: String,
    /// The departments' keys.
    pub keys: BTreeMap<DepartmentId, KeysOf>,
    /// What was sent and returned.
    pub sent: BTreeMap<(DepartmentId, Quarter), Sent>,
    /// What departments said before.
    pub claims: BTreeMap<(DepartmentId, Quarter), Claims>,
    /// What the office chose where departments differ, by quarter.
    pub chosen: BTreeMap<Quarter, Claims>,
    /// Its rows.
    pub rows: Standing,
}

/// A file to collect.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// Its name, as the clerk knows it.
    pub file: String,
    /// SHA-256 of its bytes.
    pub hash: String,
    /// What was read, with its signer, or why it could not be. A form from Excel carries no signature.
    pub read: Result<(Option<PublicKey>, Return), PacketError>,
}

/// The office's choice where a conflict was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The address's text.
    pub key: String,
    /// The department whose value is taken; none keeps the office's.
    pub take: Option<DepartmentId>,
}

/// What becomes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileState {
    /// Not seen before.
    New,
    /// Merged before: nothing to do.
    Same,
    /// For a quarter that is closed.
    Late,
    /// Not taken.
    Refused,
}

/// A field that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where.
    pub address: Address,
    /// The quarter.
    pub quarter: Quarter,
    /// What stands there.
    pub old: Option<String>,
    /// What will.
    pub new: Option<String>,
}

/// What one side says in a conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The department.
    pub department: DepartmentId,
    /// Its value.
    pub value: Option<String>,
}

/// A field where the office and a department, or two departments, wrote differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Where.
    pub address: Address,
    /// The quarter.
    pub quarter: Quarter,
    /// What the office has.
    pub office: Option<String>,
    /// What the departments say.
    pub sides: Vec<Side>,
    /// What stands after the merge as chosen.
    pub result: Option<String>,
}

/// What a file may not change, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The answer as the file has it.
    pub answer: Answer,
    /// Why, a sentence.
    pub why: String,
}

/// What becomes of a file, in detail.
#[derive(Debug, Clone, PartialEq)]
pub struct MergedFile {
    /// Its name.
    pub file: String,
    /// The department, where the file is known to be from one.
    pub department: Option<DepartmentId>,
    /// The department's name as the file says.
    pub department_name: String,
    /// The quarter, where the file says one.
    pub quarter: Option<Quarter>,
    /// What becomes of it.
    pub state: FileState,
    /// Why it is not taken as it is; empty for a new file.
    pub why: String,
    /// What it changes.
    pub changes: Vec<Difference>,
    /// Where it meets another hand.
    pub conflicts: Vec<Conflict>,
    /// What it may not change.
    pub refused: Vec<Refused>,
    /// Evidence that it brings.
    pub evidence: Vec<Evidence>,
    /// What it asks for.
    pub asks: Vec<Ask>,
    /// What the department left open.
    pub missing: Vec<String>,
}

/// A row to write, in whole.
#[derive(Debug, Clone, PartialEq)]
pub enum Write {
    /// A row of progress, with who wrote it and when.
    Progress {
        /// The row; its id is the present row's, or made from what it is about.
        row: Progress,
        /// The person.
        by: String,
        /// The moment, UTC.
        at: NaiveDateTime,
    },
    /// A tick.
    Item {
        /// The item.
        id: ChecklistItemId,
        /// Its day.
        done_on: Option<NaiveDate>,
    },
    /// A milestone's day.
    Milestone {
        /// The milestone.
        id: MilestoneId,
        /// Its day.
        done_on: Option<NaiveDate>,
    },
    /// A figure.
    Figure(Actual),
    /// A figure that is taken back.
    NoFigure(ActualId),
    /// Evidence, and its bytes where they came along.
    Evidence(Evidence, Option<Vec<u8>>),
    /// A request.
    Ask(DepartmentId, Quarter, Ask),
    /// What a department says from now on.
    Claims(DepartmentId, Quarter, Claims),
    /// What the office chose.
    Chosen(Quarter, Claims),
    /// A return that was taken.
    Returned {
        /// From whom.
        department: DepartmentId,
        /// For which quarter.
        quarter: Quarter,
        /// Its serial number.
        serial: i64,
        /// Its hash.
        hash: String,
    },
}

/// What collecting comes to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outcome {
    /// In the order the files were given.
    pub files: Vec<MergedFile>,
    /// Departments whose return for a quarter of these files is still missing.
    pub missing: Vec<DepartmentId>,
    /// The rows to write; the same for any order of the files.
    pub writes: Vec<Write>,
}

impl Outcome {
    /// Whether any file is taken.
    #[must_use]
    pub fn takes_any(&self) -> bool {
        self.files.iter().any(|file| file.state == FileState::New)
    }
}

/// Computes what the files would change, with the choices made so far. The result does not depend on the files' order, except
/// that `files` is in it.
#[must_use]
pub fn merge(office: &Office, incoming: &[Incoming], choices: &[Choice]) -> Outcome {
    let admissions = admit(office, incoming);
    let mut files: Vec<MergedFile> =
        incoming.iter().zip(&admissions).map(|(file, admission)| of_file(office, file, admission)).collect();
    let mut work = Work { office, choices, claims: BTreeMap::new(), touched: BTreeMap::new(), writer: BTreeMap::new() };
    let mut rest = Vec::new();
    // files in an order of their own, so that the writes do not depend on how they were given
    let mut order: Vec<usize> = (0..incoming.len()).filter(|&at| matches!(admissions[at], Admission::Taken)).collect();
    order.sort_by_key(|&at| {
        incoming[at]
            .read
            .as_ref()
            .ok()
            .map(|(_, read)| (read.head.quarter, &read.head.department, read.head.kind, &incoming[at].hash))
    });
    for &at in &order {
        let Ok((_, returned)) = &incoming[at].read else { continue };
        work.take(returned, at, &mut files[at]);
        take_evidence(office, returned, &mut files[at], &mut rest);
        if returned.head.kind == crate::Kind::Return {
            rest.push(Write::Returned {
                department: returned.head.department.clone(),
                quarter: returned.head.quarter,
                serial: returned.head.serial,
                hash: incoming[at].hash.clone(),
            });
        }
    }
    let mut writes = work.settle_all(&mut files);
    writes.append(&mut rest);
    let missing = missing(office, incoming, &admissions);
    Outcome { files, missing, writes }
}

fn of_file(office: &Office, incoming: &Incoming, admission: &Admission) -> MergedFile {
    let (state, why) = match admission {
        Admission::Taken => (FileState::New, String::new()),
        Admission::Same => (FileState::Same, "这份报送已经合并过，没有新内容。".to_owned()),
        Admission::Late(why) => (FileState::Late, why.clone()),
        Admission::Refused(why) => (FileState::Refused, why.clone()),
    };
    let read = incoming.read.as_ref().ok().map(|(_, read)| read);
    let known = |id: &DepartmentId| office.rows.departments.iter().find(|department| department.id == *id);
    let department = read.and_then(|read| known(&read.head.department));
    let name = department.map(|department| department.name.clone());
    let mut refused = Vec::new();
    if let (Admission::Late(why), Some(read)) = (admission, read) {
        let changed = read.answers.iter().filter(|answer| is_change(answer));
        refused.extend(changed.map(|answer| Refused { answer: answer.clone(), why: why.clone() }));
    }
    MergedFile {
        file: incoming.file.clone(),
        department: department.map(|department| department.id.clone()),
        department_name: name.or(read.map(|read| read.head.department_name.clone())).unwrap_or_default(),
        quarter: read.map(|read| read.head.quarter),
        state,
        why,
        changes: Vec::new(),
        conflicts: Vec::new(),
        refused,
        evidence: Vec::new(),
        asks: Vec::new(),
        missing: read.map(|read| read.missing.clone()).unwrap_or_default(),
    }
}

/// Whether an answer says other than what was sent.
fn is_change(answer: &Answer) -> bool {
    let now = answer.now.as_deref();
    match answer.address() {
        Some(address) => now.map(|now| Mark::of(&address, now)) != answer.was,
        None => now != answer.was.as_ref().map(Mark::text),
    }
}

fn take_evidence(office: &Office, returned: &Return, file: &mut MergedFile, writes: &mut Vec<Write>) {
    let head = &returned.head;
    for evidence in &returned.evidence {
        let refuse = |why: &str| Refused {
            answer: Answer {
                about: "evidence".to_owned(),
                row: evidence.file_name.clone(),
                department: None,
                field: "file_name".to_owned(),
                now: Some(evidence.file_name.clone()),
                was: None,
            },
            why: why.to_owned(),
        };
        if !office.rows.is_assigned(&evidence.task, &head.department) || evidence.quarter != head.quarter {
            file.refused.push(refuse("佐证材料不属于本单位本季度的任务，没有收下。"));
            continue;
        }
        if office.rows.evidence.get(&evidence.id).is_some_and(|known| known.department.as_ref() != Some(&head.department)) {
            file.refused.push(refuse("佐证材料与别的单位的材料编号相同，没有收下。"));
            continue;
        }
        let bytes = returned.bytes.get(&evidence.sha256).cloned();
        let item =
            evidence.item.clone().filter(|item| office.rows.items.get(item).is_some_and(|item| item.task == evidence.task));
        if !office.rows.evidence.contains_key(&evidence.id) {
            file.evidence.push(evidence.clone());
        } else if bytes.is_none() {
            continue;
        }
        writes.push(Write::Evidence(Evidence { item, ..evidence.clone() }, bytes));
    }
    for ask in &returned.asks {
        if office.rows.asks.contains(&ask.id) {
            continue;
        }
        file.asks.push(ask.clone());
        writes.push(Write::Ask(head.department.clone(), head.quarter, ask.clone()));
    }
}

fn missing(office: &Office, incoming: &[Incoming], admissions: &[Admission]) -> Vec<DepartmentId> {
    let taken: BTreeSet<(&DepartmentId, Quarter)> = incoming
        .iter()
        .zip(admissions)
        .filter(|(_, admission)| matches!(admission, Admission::Taken | Admission::Same))
        .filter_map(|(file, _)| file.read.as_ref().ok())
        .filter(|(_, read)| read.head.kind == crate::Kind::Return)
        .map(|(_, read)| (&read.head.department, read.head.quarter))
        .collect();
    let mut quarters: BTreeSet<Quarter> = taken.iter().map(|(_, quarter)| *quarter).collect();
    if quarters.is_empty() {
        quarters.extend(office.sent.keys().map(|(_, quarter)| *quarter).max());
    }
    let is_missing = |department: &&Department| {
        quarters.iter().any(|quarter| {
            let sent = office.sent.get(&(department.id.clone(), *quarter));
            sent.is_some_and(|sent| sent.sent && sent.returned.is_none()) && !taken.contains(&(&department.id, *quarter))
        })
    };
    office.rows.departments.iter().filter(is_missing).map(|department| department.id.clone()).collect()
}

/// What departments say of a field: the file's place and the value.
type Said = BTreeMap<DepartmentId, (usize, Option<String>)>;
/// Which figure: indicator, quarter, and the department or all.
type FigureKey = (IndicatorId, Quarter, Option<DepartmentId>);
/// A figure's new value and note, each only where it changes; none within takes it back.
type FigureFields = [Option<Option<String>>; 2];

/// The returns taken so far, field by field.
struct Work<'a> {
    office: &'a Office,
    choices: &'a [Choice],
    /// The new claims.
    claims: BTreeMap<(DepartmentId, Quarter), Claims>,
    /// Each field that any of the returns speaks of, with its full values and the files they came in.
    touched: BTreeMap<(Quarter, Address), Said>,
    /// Who made each department's return, and when.
    writer: BTreeMap<(DepartmentId, Quarter), (String, NaiveDateTime)>,
}

impl Work<'_> {
    fn take(&mut self, returned: &Return, at: usize, file: &mut MergedFile) {
        let head = &returned.head;
        if head.kind != crate::Kind::Return {
            return;
        }
        let whose = (head.department.clone(), head.quarter);
        self.writer.insert(whose.clone(), (head.made_by.clone(), head.made_at));
        let mut claims = Claims::default();
        for answer in &returned.answers {
            match self.office.rows.allow(&head.department, head.quarter, answer) {
                Ok(address) => {
                    let now = answer.now.clone();
                    let mark = now.as_deref().map(|now| Mark::of(&address, now));
                    claims.fields.insert(address.to_string(), Claim { now: mark, was: answer.was.clone() });
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
                if claim.now.is_some() && !claims.fields.contains_key(key) {
                    claims.fields.insert(key.clone(), Claim { now: None, was: claim.was.clone() });
                    if let Some(address) = self.office.rows.address_of(key) {
                        let said = self.touched.entry((head.quarter, address)).or_default();
                        said.insert(head.department.clone(), (at, None));
                    }
                }
            }
        }
        self.claims.insert(whose, claims);
    }

    fn settle_all(&mut self, files: &mut [MergedFile]) -> Vec<Write> {
        let mut progress: BTreeMap<(TaskId, DepartmentId, Quarter), Progress> = BTreeMap::new();
        let mut figures: BTreeMap<FigureKey, FigureFields> = BTreeMap::new();
        let mut writes = Vec::new();
        let mut chosen: BTreeMap<Quarter, Claims> = BTreeMap::new();
        let touched = std::mem::take(&mut self.touched);
        for ((quarter, address), said) in &touched {
            let key = address.to_string();
            let stands = self.office.rows.value(address, *quarter);
            let claimants = self.claimants(address, *quarter);
            let choice = self.choices.iter().find(|choice| choice.key == key);
            let picked = self.office.chosen.get(quarter).and_then(|claims| claims.fields.get(&key));
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
                settle::Take::Keep => stands.clone(),
                settle::Take::Back(value) => value.clone(),
                settle::Take::From(department) => value_of(department),
            };
            if choice.is_some() {
                let mark = result.as_deref().map(|result| Mark::of(address, result));
                chosen.entry(*quarter).or_default().fields.insert(key.clone(), Claim { now: mark, was: None });
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
            if result == stands {
                continue;
            }
            let from = match &take {
                settle::Take::From(department) => said.get(department).map(|(at, _)| *at),
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
                (About::Progress, Some(department)) => {
                    let key = (TaskId::new(address.row.as_str()), department.clone(), *quarter);
                    let row = progress.entry(key.clone()).or_insert_with(|| self.office.rows.progress_or_new(&key));
                    set(row, address.field, result.unwrap_or_default());
                }
                (About::Progress, None) => {}
                (About::Figure, department) => {
                    let key = (IndicatorId::new(address.row.as_str()), *quarter, department.clone());
                    let fields = figures.entry(key).or_default();
                    fields[usize::from(address.field == Field::Note)] = Some(result);
                }
            }
        }
        for (key, row) in progress {
            let writer = self.writer.get(&(key.1, key.2)).cloned();
            if let Some((by, at)) = writer {
                writes.push(Write::Progress { row, by, at });
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
            let quarters: BTreeSet<Quarter> = if ticks {
                let of = |claims: &BTreeMap<(DepartmentId, Quarter), Claims>| -> Vec<Quarter> {
                    claims.keys().filter(|(whose, _)| whose == department).map(|(_, quarter)| *quarter).collect()
                };
                of(&self.office.claims).into_iter().chain(of(&self.claims)).collect()
            } else {
                BTreeSet::from([quarter])
            };
            for of in quarters.into_iter().rev() {
                let old = claim(&self.office.claims, department, of);
                let new = claim(&self.claims, department, of);
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

impl Standing {
    pub(crate) fn is_assigned(&self, task: &TaskId, department: &DepartmentId) -> bool {
        self.assignments.get(task).is_some_and(|of_task| of_task.iter().any(|assignment| assignment.department == *department))
    }

    /// What stands at an address.
    fn value(&self, address: &Address, quarter: Quarter) -> Option<String> {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        match address.about {
            About::Progress => {
                let department = address.department.clone()?;
                let row = self.progress.get(&(TaskId::new(address.row.as_str()), department, quarter))?;
                Some(match address.field {
                    Field::Status => row.status.code().to_owned(),
                    Field::Done => row.done.clone(),
                    Field::Problems => row.problems.clone(),
                    _ => row.next.clone(),
                })
            }
            About::Item => day(self.items.get(&ChecklistItemId::new(address.row.as_str()))?.done_on),
            About::Milestone => day(self.milestones.get(&MilestoneId::new(address.row.as_str()))?.done_on),
            About::Figure => {
                let key = (IndicatorId::new(address.row.as_str()), quarter, address.department.clone());
                let row = self.actuals.get(&key)?;
                Some(if address.field == Field::Note { row.note.clone() } else { crate::number_text(row.value) })
            }
        }
    }

    fn progress_or_new(&self, key: &(TaskId, DepartmentId, Quarter)) -> Progress {
        self.progress.get(key).cloned().unwrap_or_else(|| Progress {
            id: ProgressId::new(row_id(key.2, &["progress", key.0.as_str(), key.1.as_str()])),
            task: key.0.clone(),
            department: key.1.clone(),
            quarter: key.2,
            status: Status::NotStarted,
            done: String::new(),
            problems: String::new(),
            next: String::new(),
        })
    }

    /// The write for a figure whose value, note or both change.
    fn figure(&self, key: FigureKey, [value, note]: FigureFields) -> Option<Write> {
        let present = self.actuals.get(&key);
        let value = match value {
            Some(None) => return present.map(|row| Write::NoFigure(row.id.clone())),
            Some(Some(text)) => number_of(&text)?,
            None => present?.value,
        };
        let note = match note {
            Some(note) => note.unwrap_or_default(),
            None => present.map(|row| row.note.clone()).unwrap_or_default(),
        };
        let whose = key.2.as_ref().map_or("*", DepartmentId::as_str);
        let id = present.map_or_else(|| ActualId::new(row_id(key.1, &["actual", key.0.as_str(), whose])), |row| row.id.clone());
        Some(Write::Figure(Actual { id, indicator: key.0, quarter: key.1, department: key.2, value, note }))
    }

    /// The departments that may fill a field, the lead first, then in the task's order.
    fn who_may<'a>(&'a self, address: &'a Address) -> Vec<&'a DepartmentId> {
        if let Some(department) = &address.department {
            return vec![department];
        }
        let (task, named) = match address.about {
            About::Item => match self.items.get(&ChecklistItemId::new(address.row.as_str())) {
                Some(item) => (Some(&item.task), item.departments.as_slice()),
                None => return Vec::new(),
            },
            About::Milestone => match self.milestones.get(&MilestoneId::new(address.row.as_str())) {
                Some(milestone) => (milestone.task.as_ref(), milestone.departments.as_slice()),
                None => return Vec::new(),
            },
            _ => match self.indicators.get(&IndicatorId::new(address.row.as_str())) {
                Some(indicator) => (indicator.task.as_ref(), [].as_slice()),
                None => return Vec::new(),
            },
        };
        let mut assigned: Vec<&Assignment> =
            task.and_then(|task| self.assignments.get(task)).map(|of_task| of_task.iter().collect()).unwrap_or_default();
        assigned.sort_by_key(|assignment| (assignment.role != Role::Lead, assignment.position, &assignment.department));
        let mut may: Vec<&DepartmentId> = assigned.into_iter().map(|assignment| &assignment.department).collect();
        if !named.is_empty() {
            may.retain(|department| named.contains(department));
            for department in named {
                if !may.contains(&department) {
                    may.push(department);
                }
            }
        }
        may
    }

    /// The address of a kept claim.
    fn address_of(&self, key: &str) -> Option<Address> {
        let (rest, field) = key.rsplit_once('/')?;
        let (rest, department) = rest.rsplit_once('/')?;
        let (about, row) = rest.split_once('/')?;
        Address::of(about, row, (department != "*").then_some(department), field)
    }
}

/// The id of a row that a return makes: the same whoever makes it and whenever, so that no order of files can be told from
/// the result. It has the form of a UUIDv7 of the quarter's first day.
fn row_id(quarter: Quarter, parts: &[&str]) -> String {
    let whole = quarter.to_string();
    let mut all: Vec<&[u8]> = vec![b"planbook row 1", whole.as_bytes()];
    all.extend(parts.iter().map(|part| part.as_bytes()));
    let hash = digest(&all);
    let midnight = quarter.first_day().and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
    let millis = u64::try_from(midnight).unwrap_or(0);
    let hex = crate::hash::hex(&hash[..10]);
    let variant = ["8", "9", "a", "b"][usize::from(hash[10] & 3)];
    format!("{:08x}-{:04x}-7{}-{variant}{}-{}", (millis >> 16) & 0xffff_ffff, millis & 0xffff, &hex[..3], &hex[3..6], &hex[6..18])
}
