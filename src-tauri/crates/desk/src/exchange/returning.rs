//! The department's answer for a quarter, beside what it was sent.

use super::identity::{self, Own};
use super::receiving::RETURNED;
use super::{claims_of, files, put_claims, refuse_file};
use crate::Session;
use crate::model::desk::Desk;
use crate::model::labels;
use crate::model::ledger::Ledger;
use crate::wire::{self, Refusal, RefusalCode};
use messages::{Exchange, Label};
use packet::{About, Address, Answer, Claim, Claims, Field, Head, Kind, Mark, Return};
use plan::{ChecklistItem, DepartmentId, Milestone, Quarter, Target, Task};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use store::table;

impl Session {
    /// Writes the department's return of a quarter, and its evidence as a second file beside it.
    ///
    /// # Errors
    /// An office's workbook, a quarter that was not sent, a file that cannot be written.
    pub fn return_packet(&mut self, request: &wire::ToReturn) -> Result<wire::Returned, Refusal> {
        let quarter: Quarter = request.quarter.parse()?;
        let path = planpack_path(&request.path);
        let stamp = self.environment().stamp();
        let desk = self.desk()?;
        let own = Own::get(&desk.workbook().read())?;
        let sent = table::exchange::find(&desk.workbook().read(), &own.department, quarter)?;
        if sent.is_none_or(|sent| sent.sent_at.is_none()) {
            return Err(Refusal::new(
                RefusalCode::Refused,
                Exchange::NotIssued { quarter: crate::model::refusals::said(quarter) },
                Exchange::UpdateWithIssue,
            ));
        }
        let (unfilled, filled, tasks) = self.still_open(quarter, &own.department)?;
        let desk = self.desk()?;
        let office = desk.settings()?.get("office").and_then(|office| office.as_str()).unwrap_or_default().to_owned();
        let serial = identity::next_serial(desk.workbook(), &stamp)?;
        let told = Told::of(desk, &own.department, quarter, serial)?;
        let department_name = desk.ledger()?.department_name(&own.department);
        let head = Head {
            kind: Kind::Return,
            workbook: own.office_workbook.clone(),
            office,
            department: own.department.clone(),
            department_name,
            quarter,
            serial,
            made_at: stamp.at,
            made_by: stamp.who.clone(),
        };
        let returned = Return {
            answers: answers(desk.ledger()?, &own.department, quarter, &told),
            writers: writers(desk, &own.department, quarter)?,
            evidence: evidence(desk.ledger()?, &own.department, quarter),
            asks: asks(desk, &own.department, quarter)?,
            missing: unfilled.clone(),
            bytes: BTreeMap::new(),
            unknown: 0,
            faults: Vec::new(),
            head,
        };
        let name = files::name_of(&path);
        let bytes = returned.write(&own.secret).map_err(|error| refuse_file(&name, &error))?;
        let mut written = files::Written::of(desk.path());
        let evidence_path = write_evidence(desk, &returned, &own, &path, &mut written)?;
        written.file(&path, &bytes)?;
        let hash = packet::sha256(&bytes);
        keep(desk, &returned, &hash, &stamp)?;
        written.keep();
        Ok(wire::Returned {
            path: path.to_string_lossy().into_owned(),
            size: bytes.len(),
            evidence_path: evidence_path.map(|path| path.to_string_lossy().into_owned()),
            check_number: check_number(&hash),
            unfilled,
            filled,
            tasks,
        })
    }

    /// What the department has left open in a quarter, a sentence each; how many of its tasks have progress, and of how many.
    pub(super) fn still_open(
        &mut self,
        quarter: Quarter,
        department: &DepartmentId,
    ) -> Result<(Vec<String>, usize, usize), Refusal> {
        let request = wire::OfDepartment { quarter: quarter.to_string(), department: Some(department.to_string()) };
        let lists = self.checklist(&request)?;
        let tasks: Vec<wire::ChecklistTask> = lists.departments.into_iter().flat_map(|list| list.tasks).collect();
        let open = tasks.iter().filter(|task| !task.missing.is_empty());
        let mut open: Vec<String> =
            open.map(|task| format!("第{}项“{}”：{}", task.number, task.title, task.missing.join("、"))).collect();
        for target in tasks.iter().flat_map(|task| &task.targets).filter(|target| target.note.is_empty()) {
            let asked = target.questions.iter();
            open.extend(
                asked.map(|question| format!("{}{}，如属实请在备注中说明", plan::quoted(&target.indicator), question.text)),
            );
        }
        let filled = tasks.iter().filter(|task| task.progress.is_some()).count();
        Ok((open, filled, tasks.len()))
    }
}

/// The first 16 digits of a file's hash in groups of four: printed on the receipt, and shown when the file is collected.
pub(super) fn check_number(hash: &str) -> String {
    let digits: Vec<String> = (0..4).filter_map(|at| hash.get(at * 4..at * 4 + 4)).map(str::to_uppercase).collect();
    digits.join("-")
}

fn planpack_path(path: &str) -> PathBuf {
    let path = PathBuf::from(path);
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("planpack")) {
        return path;
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".planpack");
    path.with_file_name(name)
}

/// A field that only the office decides, sent along so that a change of it in the department's workbook is seen and refused.
pub(super) struct Fixed {
    about: &'static str,
    row: String,
    field: &'static str,
    value: Option<String>,
}

impl Fixed {
    pub(super) fn key(&self) -> String {
        format!("{}/{}/*/{}", self.about, self.row, self.field)
    }

    pub(super) fn mark(&self) -> Option<Mark> {
        // kept whole, as all that is shared, so that the refusal can show it
        let shared = Address::new(About::Item, &self.row, None, Field::DoneOn);
        self.value.as_deref().map(|value| Mark::of(&shared, value))
    }
}

/// The office's fields of these rows.
pub(super) fn fixed<'a>(
    tasks: impl IntoIterator<Item = &'a Task>,
    items: impl IntoIterator<Item = &'a ChecklistItem>,
    milestones: impl IntoIterator<Item = &'a Milestone>,
    targets: impl IntoIterator<Item = &'a Target>,
) -> Vec<Fixed> {
    let mut all = Vec::new();
    let mut put = |about, row: &str, field, value| all.push(Fixed { about, row: row.to_owned(), field, value });
    for task in tasks {
        put("task", task.id.as_str(), "title", Some(task.title.clone()));
        put("task", task.id.as_str(), "due", task.due.map(|due| due.to_string()));
        put("task", task.id.as_str(), "closed_on", super::day_text(task.closed_on));
    }
    for item in items {
        put("checklist_item", item.id.as_str(), "text", Some(item.text.clone()));
        put("checklist_item", item.id.as_str(), "due", item.due.map(|due| due.to_string()));
    }
    for milestone in milestones {
        put("milestone", milestone.id.as_str(), "what", Some(milestone.what.clone()));
        put("milestone", milestone.id.as_str(), "due", Some(milestone.due.to_string()));
    }
    for target in targets {
        put("target", target.id.as_str(), "value", Some(packet::number_text(target.value)));
        put("target", target.id.as_str(), "due", target.due.map(|due| due.to_string()));
    }
    all
}

/// What this workbook was sent of a quarter, and what it has returned.
struct Told {
    sent: Claims,
    returned: Claims,
    /// The serial number of the last return; of what was returned before words had ranks.
    last: i64,
    /// The serial number of the return under way.
    serial: i64,
}

/// So many earlier values of a field are kept in mind.
const MOST_SAID: usize = 12;

impl Told {
    fn of(desk: &mut Desk, own: &DepartmentId, quarter: Quarter, serial: i64) -> Result<Self, Refusal> {
        let rows = desk.workbook().read();
        let last = table::exchange::find(&rows, own, quarter)?.and_then(|row| row.returned_serial).unwrap_or(serial);
        let (sent, returned) = (claims_of(&rows, own.as_str(), quarter)?, claims_of(&rows, RETURNED, quarter)?);
        Ok(Self { sent, returned, last, serial })
    }

    /// The answer at an address. It says since when this copy says so: what stands there as it was sent says nothing, unless
    /// this copy has returned something else before.
    fn answer(&self, address: &Address, now: Option<String>) -> Answer {
        let was = self.sent.at(address).and_then(|claim| claim.was.clone());
        let said = |mark: &Option<Mark>| mark.clone().filter(|mark| !address.is_blank(mark.text()));
        let mark = said(&now.as_deref().map(|now| Mark::of(address, now)));
        let is_changed = mark != said(&was);
        let last = self.returned.at(address);
        let since = match last {
            Some(last) if said(&last.now) != mark => Some(self.serial),
            Some(last) if last.rank > 0 => Some(last.rank),
            Some(_) => is_changed.then_some(self.last),
            None => is_changed.then_some(self.serial),
        };
        let mut before: Vec<Mark> = last.map(|last| last.knew.clone()).unwrap_or_default();
        before.extend(last.and_then(|last| said(&last.now)));
        before.retain(|before| Some(before) != mark.as_ref());
        let before = before.split_off(before.len().saturating_sub(MOST_SAID));
        Answer { since, said: before, ..Answer::new(address, now, was) }
    }
}

/// Everything that the department fills, and whatever else differs from what it was sent.
fn answers(ledger: &Ledger, own: &DepartmentId, quarter: Quarter, told: &Told) -> Vec<Answer> {
    let mut answers = Vec::new();
    let sent = &told.sent;
    let mut say = |address: &Address, now: Option<String>, is_own: bool| {
        let answer = told.answer(address, now);
        let silent = answer.now.is_none() && answer.was.is_none() && answer.since.is_none();
        if !silent && (is_own || answer.since.is_some()) {
            answers.push(answer);
        }
    };
    for row in &ledger.tasks {
        for progress in row.progress.iter().filter(|progress| progress.quarter == quarter) {
            for (address, value) in super::progress_values(progress) {
                say(&address, Some(value), progress.department == *own);
            }
        }
        if row.role(own).is_some() && row.progress_of(own, quarter).is_none() {
            // a row that was returned and is gone here is to be emptied
            for field in About::Progress.fields() {
                say(&Address::new(About::Progress, row.task.id.as_str(), Some(own), *field), None, true);
            }
        }
        let is_own = |named: &[DepartmentId]| named.contains(own) || (named.is_empty() && row.role(own).is_some());
        for item in &row.items {
            let address = Address::new(About::Item, item.id.as_str(), None, Field::DoneOn);
            say(&address, super::day_text(item.done_on), is_own(&item.departments));
        }
        for milestone in &row.milestones {
            let address = Address::new(About::Milestone, milestone.id.as_str(), None, Field::DoneOn);
            say(&address, super::day_text(milestone.done_on), is_own(&milestone.departments));
        }
    }
    for goal in &ledger.goals {
        let address = Address::new(About::Milestone, goal.id.as_str(), None, Field::DoneOn);
        say(&address, super::day_text(goal.done_on), goal.departments.contains(own));
    }
    for measured in &ledger.measured {
        let mut spoken = std::collections::BTreeSet::new();
        for actual in measured.actuals.iter().filter(|actual| actual.quarter == quarter) {
            let is_own = actual.department.as_ref().is_none_or(|department| department == own);
            for (address, value) in super::figure_values(actual) {
                say(&address, Some(value), is_own);
                spoken.insert(address);
            }
        }
        // a figure that was sent and is gone here was taken back
        for department in [Some(own), None] {
            let at = |field| Address::new(About::Figure, measured.indicator.id.as_str(), department, field);
            for address in [at(Field::Value), at(Field::Note)] {
                if !spoken.contains(&address) {
                    say(&address, None, true);
                }
            }
        }
    }
    let rows = || ledger.tasks.iter();
    let milestones = rows().flat_map(|row| &row.milestones).chain(&ledger.goals);
    let targets = ledger.measured.iter().flat_map(|measured| &measured.targets);
    for fixed in fixed(rows().map(|row| &row.task), rows().flat_map(|row| &row.items), milestones, targets) {
        let Some(claim) = sent.fields.get(&fixed.key()) else { continue };
        if claim.was != fixed.mark() {
            answers.push(Answer {
                about: fixed.about.to_owned(),
                row: fixed.row.clone(),
                department: None,
                field: fixed.field.to_owned(),
                now: fixed.value.clone(),
                was: claim.was.clone(),
                ..Answer::default()
            });
        }
    }
    answers
}

/// Who wrote each row of the department's progress, and when.
fn writers(
    desk: &mut Desk,
    own: &DepartmentId,
    quarter: Quarter,
) -> Result<BTreeMap<plan::TaskId, (String, chrono::NaiveDateTime)>, Refusal> {
    let rows = desk.workbook().read();
    let mut written: BTreeMap<_, _> =
        table::progress::written_in(&rows, quarter)?.into_iter().map(|row| (row.progress, (row.by, row.at))).collect();
    let mine = table::progress::of_quarter(&rows, quarter)?.into_iter().filter(|row| row.department == *own);
    Ok(mine.filter_map(|row| Some((row.task, written.remove(&row.id)?))).collect())
}

fn evidence(ledger: &Ledger, own: &DepartmentId, quarter: Quarter) -> Vec<plan::Evidence> {
    let all = ledger.tasks.iter().flat_map(|row| &row.evidence);
    let mine =
        all.filter(|evidence| evidence.quarter == quarter && evidence.department.as_ref().is_none_or(|whose| whose == own));
    mine.cloned().collect()
}

fn asks(desk: &mut Desk, own: &DepartmentId, quarter: Quarter) -> Result<Vec<packet::Ask>, Refusal> {
    let all = table::request::list(&desk.workbook().read())?;
    let open = all.iter().filter(|row| row.department == *own && row.quarter <= quarter && row.decision.is_none());
    Ok(open.map(super::receiving::ask_of).collect())
}

/// Writes the evidence beside the light file, where there is any.
fn write_evidence(
    desk: &mut Desk,
    returned: &Return,
    own: &Own,
    path: &Path,
    written: &mut files::Written,
) -> Result<Option<PathBuf>, Refusal> {
    if returned.evidence.is_empty() {
        return Ok(None);
    }
    let rows = desk.workbook().read();
    let mut bytes = BTreeMap::new();
    for evidence in &returned.evidence {
        if let Some(kept) = table::evidence::bytes(&rows, &evidence.sha256)? {
            bytes.insert(evidence.sha256.clone(), kept);
        }
    }
    let heavy = Return {
        head: Head { kind: Kind::Evidence, ..returned.head.clone() },
        answers: Vec::new(),
        writers: BTreeMap::new(),
        asks: Vec::new(),
        missing: Vec::new(),
        evidence: returned.evidence.clone(),
        bytes,
        unknown: 0,
        faults: Vec::new(),
    };
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.with_file_name(format!("{stem}-佐证.planpack"));
    let whole = heavy.write(&own.secret).map_err(|error| refuse_file(&files::name_of(&beside), &error))?;
    written.file(&beside, &whole)?;
    Ok(Some(beside))
}

/// Remembers what was returned, so that a later file from the office does not undo what the clerk did since.
fn keep(desk: &mut Desk, returned: &Return, hash: &str, stamp: &store::Stamp) -> Result<(), Refusal> {
    let (department, quarter) = (returned.head.department.clone(), returned.head.quarter);
    let serial = returned.head.serial;
    let said = said(&returned.answers);
    desk.workbook().edit(&labels::kept(Label::Return { quarter: crate::model::refusals::said(quarter) }), stamp, |edit| {
        let mut row = super::exchange_of(edit, &department, quarter)?;
        "returned".clone_into(&mut row.state);
        row.returned_at = Some(stamp.at);
        row.returned_hash = Some(hash.to_owned());
        row.returned_serial = Some(serial);
        table::exchange::put(edit, &row)?;
        put_claims(edit, RETURNED, quarter, &said)
    })?;
    desk.changed();
    Ok(())
}

/// Whether what stands here is what was last returned.
pub(super) fn is_as_returned(desk: &mut Desk, own: &DepartmentId, quarter: Quarter) -> Result<bool, Refusal> {
    // what is new would be of the next return
    const NEXT: i64 = i64::MAX;
    let told = Told::of(desk, own, quarter, NEXT)?;
    Ok(!answers(desk.ledger()?, own, quarter, &told).iter().any(|answer| answer.since == Some(NEXT)))
}

/// What answers say, field by field.
fn said(answers: &[Answer]) -> Claims {
    let mut said = Claims::default();
    for answer in answers {
        let Some(rank) = answer.since else { continue };
        let whose = answer.department.as_ref().map(|department| DepartmentId::new(department.as_str()));
        let about = [About::Progress, About::Item, About::Milestone, About::Figure]
            .into_iter()
            .find(|about| about.code() == answer.about);
        let Some(about) = about else { continue };
        let Some(field) = about.fields().iter().copied().find(|field| field.code() == answer.field) else { continue };
        let address = Address::new(about, &answer.row, whose.as_ref(), field);
        let now = answer.now.as_deref().map(|now| Mark::of(&address, now));
        said.fields.insert(address.to_string(), Claim { now, rank, knew: answer.said.clone(), ..Claim::default() });
    }
    said
}
