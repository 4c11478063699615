//! What returns would change in the office's workbook, computed before anything is written.
//!
//! Two rules make the order of files of no importance and a second merge empty. What a department says of a field is the latest
//! word of all its returns of the quarter, whichever file comes first: files of several copies of its workbook are joined field
//! by field, and what a file does not speak of takes nothing back. And a field that several departments may fill gets its value
//! from all that they said (the claims), never from who came last: the lead's word before the others', else the first in the
//! task's order. Nothing is emptied unless the office says so.

mod admission;
mod late;
mod permission;
mod settle;
mod standing;
#[cfg(test)]
mod tests;
mod work;

use crate::error::PacketError;
use crate::key::PublicKey;
use crate::mark::{Address, Claims, Mark};
use crate::record::Ask;
use crate::returned::{Answer, Refused, Return};
use admission::{Admission, admit};
use chrono::{NaiveDate, NaiveDateTime};
use plan::limits::PlanYears;
use plan::{
    Actual, ActualId, Assignment, ChecklistItem, ChecklistItemId, Department, DepartmentId, Evidence, EvidenceId, Indicator,
    IndicatorId, Milestone, MilestoneId, PlanId, Progress, ProgressId, Quarter, Target, TargetId, Task, TaskId,
};
pub(crate) use standing::id_of;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use work::Work;

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
    /// Serial number and SHA-256 of the newest return that was merged.
    pub returned: Option<(i64, String)>,
    /// Whether an empty form came back.
    pub empty: bool,
}

/// What the office's workbook holds of what returns are about.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// Departments in their order.
    pub departments: Vec<Department>,
    /// The plans' years.
    pub plans: HashMap<PlanId, PlanYears>,
    /// Today as the office judges it: nothing was done later. None leaves the days of ticks unchecked.
    pub today: Option<NaiveDate>,
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
    /// Who wrote each row of progress, and when (UTC).
    pub writers: HashMap<ProgressId, (String, NaiveDateTime)>,
    /// Figures.
    pub actuals: HashMap<(IndicatorId, Quarter, Option<DepartmentId>), Actual>,
    /// Evidence that is there.
    pub evidence: HashMap<EvidenceId, Evidence>,
    /// SHA-256 of the evidence whose bytes are there.
    pub kept: BTreeSet<String>,
    /// Targets.
    pub targets: HashMap<TargetId, Target>,
    /// Requests that are there, by id.
    pub asks: BTreeMap<String, KnownAsk>,
    /// Closed quarters.
    pub closed: BTreeSet<Quarter>,
}

/// A request that the office has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownAsk {
    /// Whose it is.
    pub department: DepartmentId,
    /// When it was asked for, as the request says.
    pub asked_at: String,
    /// Whether the office has decided.
    pub decided: bool,
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
    /// SHA-256 of every file that was taken before.
    pub seen: BTreeSet<String>,
    /// What departments said before.
    pub claims: BTreeMap<(DepartmentId, Quarter), Claims>,
    /// What the office chose where departments differ, by quarter.
    pub chosen: BTreeMap<Quarter, Claims>,
    /// Whether returns for closed quarters are recorded in the next open one, as late.
    pub late: bool,
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
    /// The name of the file whose value is taken, where several copies of the department say different things.
    pub file: Option<String>,
}

/// What becomes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileState {
    /// Not seen before.
    New,
    /// Merged before, or nothing in it that is not there or was said otherwise later: nothing to do.
    Same,
    /// As it was sent: without a word, tick or figure. It is no return.
    Empty,
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
    /// The name of the file that says so, where several copies of the department say different things.
    pub file: Option<String>,
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
    /// The open quarter in which it is recorded as late, or would be where the office takes late returns.
    pub late_into: Option<Quarter>,
    /// How many fields it speaks of.
    pub words: usize,
    /// What it changes.
    pub changes: Vec<Difference>,
    /// What was said otherwise later: `old` is what the file says, `new` what counts.
    pub older: Vec<Difference>,
    /// Where it meets another hand.
    pub conflicts: Vec<Conflict>,
    /// What it may not change.
    pub refused: Vec<Refused>,
    /// Evidence that it brings: rows that are new, or the bytes of rows that were there without.
    pub evidence: Vec<Evidence>,
    /// Evidence that it names and whose bytes are still to come, in an evidence file.
    pub awaited: Vec<Evidence>,
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
    /// A row of progress that is taken back.
    NoProgress(ProgressId),
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
    /// A file that was taken, so that it is known when it comes again.
    Seen {
        /// Its hash.
        hash: String,
        /// Its name.
        file: String,
        /// From whom.
        department: DepartmentId,
        /// For which quarter.
        quarter: Quarter,
        /// When it was made, as it says, UTC.
        made_at: NaiveDateTime,
    },
    /// A form came back empty: it is no return, and the list of departments says so.
    Empty {
        /// From whom.
        department: DepartmentId,
        /// For which quarter.
        quarter: Quarter,
    },
    /// A return that was taken. Of several the one with the greatest serial number is kept.
    Returned {
        /// From whom.
        department: DepartmentId,
        /// For which quarter.
        quarter: Quarter,
        /// Its serial number.
        serial: i64,
        /// Its hash.
        hash: String,
        /// The open quarter that it was recorded in, where its own is closed.
        late_into: Option<Quarter>,
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
    /// Whether there is anything to write.
    #[must_use]
    pub fn takes_any(&self) -> bool {
        !self.writes.is_empty()
    }
}

/// Computes what the files would change, with the choices made so far. The result does not depend on the files' order, except
/// that `files` is in it.
#[must_use]
pub fn merge(office: &Office, incoming: &[Incoming], choices: &[Choice]) -> Outcome {
    let admissions = admit(office, incoming);
    let mut files: Vec<MergedFile> =
        incoming.iter().zip(&admissions).map(|(file, admission)| of_file(office, file, admission)).collect();
    let mut work = Work::new(office, choices);
    let mut rest = Vec::new();
    let mut asks: BTreeMap<String, (DepartmentId, Quarter, Ask)> = BTreeMap::new();
    let mut known = office.rows.asks.clone();
    // files in an order of their own, so that the writes do not depend on how they were given
    let mut order: Vec<usize> = (0..incoming.len()).filter(|&at| admissions[at].is_taken()).collect();
    order.sort_by_key(|&at| {
        incoming[at]
            .read
            .as_ref()
            .ok()
            .map(|(_, read)| (read.head.quarter, &read.head.department, read.head.kind, &incoming[at].hash))
    });
    for &at in &order {
        let Ok((_, read)) = &incoming[at].read else { continue };
        let late_into = match &admissions[at] {
            Admission::TakenLate(into) => Some(*into),
            _ => None,
        };
        let moved = late_into.map(|into| late::into_quarter(read, into));
        let returned = moved.as_ref().unwrap_or(read);
        files[at].refused.extend(returned.faults.iter().cloned());
        work.take(returned, at, late_into.is_some(), &mut files[at]);
        take_evidence(office, returned, &mut files[at], &mut rest);
        take_asks(office, returned, &mut known, &mut files[at]);
        for ask in &files[at].asks {
            let quarter = ask.quarter.as_deref().and_then(|quarter| quarter.parse().ok()).unwrap_or(returned.head.quarter);
            asks.insert(ask.id.clone(), (returned.head.department.clone(), quarter, ask.clone()));
        }
        note_nothing_new(returned, &mut files[at]);
        if returned.head.kind == crate::Kind::Return && !says_anything(office, returned, &mut files[at], &mut rest) {
            continue;
        }
        // a file of which something was refused is weighed again when it comes again: the reason may be gone
        let is_settled = files[at].refused.is_empty();
        if is_settled && !office.seen.contains(&incoming[at].hash) {
            rest.push(Write::Seen {
                hash: incoming[at].hash.clone(),
                file: incoming[at].file.clone(),
                department: returned.head.department.clone(),
                quarter: read.head.quarter,
                made_at: returned.head.made_at,
            });
        }
        let known =
            office.sent.get(&(returned.head.department.clone(), read.head.quarter)).and_then(|sent| sent.returned.as_ref());
        let is_newest = known.is_none_or(|(serial, hash)| (*serial, hash) < (returned.head.serial, &incoming[at].hash));
        if returned.head.kind == crate::Kind::Return && is_newest {
            rest.push(Write::Returned {
                department: returned.head.department.clone(),
                quarter: read.head.quarter,
                serial: returned.head.serial,
                hash: incoming[at].hash.clone(),
                late_into,
            });
        }
    }
    let brought: BTreeSet<String> = order.iter().flat_map(|&at| bytes_of(&incoming[at])).collect();
    for file in &mut files {
        file.awaited.retain(|row| !brought.contains(&row.sha256));
    }
    let mut writes = work.settle_all(&mut files);
    writes.append(&mut rest);
    writes.extend(asks.into_values().map(|(department, quarter, ask)| Write::Ask(department, quarter, ask)));
    files.iter_mut().for_each(note_older);
    let missing = missing(office, incoming, &admissions, &files);
    Outcome { files, missing, writes }
}

/// The hashes of the bytes that a file brings.
fn bytes_of(incoming: &Incoming) -> Vec<String> {
    incoming.read.as_ref().map(|(_, read)| read.bytes.keys().cloned().collect()).unwrap_or_default()
}

/// Whether a return says anything that can be taken. One that is as it was sent is an empty form, and one of which everything is
/// refused is no return either.
fn says_anything(office: &Office, returned: &Return, file: &mut MergedFile, writes: &mut Vec<Write>) -> bool {
    if file.words > 0 || !file.asks.is_empty() || !file.evidence.is_empty() || !file.awaited.is_empty() {
        return true;
    }
    if !file.refused.is_empty() {
        file.state = FileState::Refused;
        "所填的内容都不能采用，不算报送；原因逐条列在下面。".clone_into(&mut file.why);
        return false;
    }
    file.state = FileState::Empty;
    "这是空表：与下发时相同，没有填一个字、一个勾或一个数，不算报送。".clone_into(&mut file.why);
    let head = &returned.head;
    let known = office.sent.get(&(head.department.clone(), head.quarter));
    if known.is_none_or(|sent| sent.returned.is_none() && !sent.empty) {
        writes.push(Write::Empty { department: head.department.clone(), quarter: head.quarter });
    }
    false
}

/// Says of a return that nothing in it is new.
fn note_older(file: &mut MergedFile) {
    let brings = !file.changes.is_empty()
        || !file.conflicts.is_empty()
        || !file.refused.is_empty()
        || !file.asks.is_empty()
        || !file.evidence.is_empty();
    if file.state != FileState::New || file.words == 0 || brings {
        return;
    }
    file.state = FileState::Same;
    let why = if file.older.is_empty() {
        "内容都已合并过，没有新内容。"
    } else {
        "这是较早的一份：与现有内容不同的地方都已有更新的填报，没有采用。"
    };
    why.clone_into(&mut file.why);
}

/// Says of an evidence file that brings nothing new that it does.
fn note_nothing_new(returned: &Return, file: &mut MergedFile) {
    if returned.head.kind == crate::Kind::Evidence && file.evidence.is_empty() && file.refused.is_empty() {
        file.state = FileState::Same;
        "这些佐证材料已经收过，没有新内容。".clone_into(&mut file.why);
    }
}

fn of_file(office: &Office, incoming: &Incoming, admission: &Admission) -> MergedFile {
    let (state, why) = match admission {
        Admission::Taken => (FileState::New, String::new()),
        Admission::TakenLate(into) => (FileState::New, format!("该季度已封账，作为补报记入{}。", into.chinese())),
        Admission::Same => (FileState::Same, "这份报送已经合并过，没有新内容。".to_owned()),
        Admission::Late(why) => (FileState::Late, why.clone()),
        Admission::Refused(why) => (FileState::Refused, why.clone()),
    };
    let read = incoming.read.as_ref().ok().map(|(_, read)| read);
    let late_into = match admission {
        Admission::TakenLate(into) => Some(*into),
        Admission::Late(_) => read.map(|read| office.next_open(read.head.quarter)),
        _ => None,
    };
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
        late_into,
        words: 0,
        changes: Vec::new(),
        older: Vec::new(),
        conflicts: Vec::new(),
        refused,
        evidence: Vec::new(),
        awaited: Vec::new(),
        asks: Vec::new(),
        missing: read.map(|read| read.missing.clone()).unwrap_or_default(),
    }
}

/// Whether an answer says other than what was sent.
fn is_change(answer: &Answer) -> bool {
    let now = answer.now.as_deref();
    match answer.address() {
        Some(address) => {
            let now = now.filter(|now| !address.is_blank(now));
            let was = answer.was.as_ref().filter(|was| !address.is_blank(was.text()));
            answer.since.is_some() || now.map(|now| Mark::of(&address, now)).as_ref() != was
        }
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
                ..Answer::default()
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
        let is_kept = office.rows.kept.contains(&evidence.sha256);
        if bytes.is_none() && !is_kept {
            file.awaited.push(evidence.clone());
        }
        let is_known = office.rows.evidence.contains_key(&evidence.id);
        if is_known && (is_kept || bytes.is_none()) {
            continue;
        }
        file.evidence.push(evidence.clone());
        writes.push(Write::Evidence(Evidence { item, ..evidence.clone() }, bytes));
    }
}

/// What a return asks for: each request once, its latest words; what the office has decided stays decided.
fn take_asks(office: &Office, returned: &Return, known: &mut BTreeMap<String, KnownAsk>, file: &mut MergedFile) {
    let head = &returned.head;
    for ask in &returned.asks {
        if let Err(why) = office.rows.allow_ask(&head.department, known.get(&ask.id), ask) {
            let answer = Answer {
                about: ask.about.clone(),
                row: ask.row.clone(),
                department: None,
                field: ask.field.clone(),
                now: Some(ask.asked.clone()),
                was: None,
                ..Answer::default()
            };
            file.refused.push(Refused { answer, why });
            continue;
        }
        if known.get(&ask.id).is_some_and(|known| known.decided && known.asked_at < ask.asked_at) {
            let answer = Answer {
                about: ask.about.clone(),
                row: ask.row.clone(),
                field: ask.field.clone(),
                now: Some(ask.asked.clone()),
                ..Answer::default()
            };
            let why = "这项申请督查机构已经答复，没有重复收下；如确需再次申请，请与督查机构联系。".to_owned();
            file.refused.push(Refused { answer, why });
            continue;
        }
        if known.get(&ask.id).is_some_and(|known| known.decided || known.asked_at >= ask.asked_at) {
            continue;
        }
        let taken = KnownAsk { department: head.department.clone(), asked_at: ask.asked_at.clone(), decided: false };
        known.insert(ask.id.clone(), taken);
        file.asks.push(ask.clone());
    }
}

fn missing(office: &Office, incoming: &[Incoming], admissions: &[Admission], files: &[MergedFile]) -> Vec<DepartmentId> {
    let of_files: BTreeSet<Quarter> =
        incoming.iter().filter_map(|file| file.read.as_ref().ok()).map(|(_, read)| read.head.quarter).collect();
    let taken: BTreeSet<(&DepartmentId, Quarter)> = incoming
        .iter()
        .zip(admissions)
        .zip(files)
        .filter(|((_, admission), _)| admission.is_taken() || **admission == Admission::Same)
        .filter(|(_, file)| !matches!(file.state, FileState::Empty | FileState::Refused))
        .filter_map(|((file, _), _)| file.read.as_ref().ok())
        .filter(|(_, read)| read.head.kind == crate::Kind::Return)
        .map(|(_, read)| (&read.head.department, read.head.quarter))
        .collect();
    let mut quarters: BTreeSet<Quarter> =
        of_files.iter().copied().filter(|of| office.sent.keys().any(|(_, sent)| sent == of)).collect();
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
