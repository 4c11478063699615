//! Returns back: what they would change, and their merge as one edit.

use super::county::{self, Handed, Verdict};
use super::folder::{self, Content, Found};
use super::identity::{office_only, office_secret};
use super::{OFFICE, files, put_claims, read_claims};
use crate::Session;
use crate::ledger::history::{Names, field_word, table_word};
use crate::model::desk::Desk;
use crate::model::labels;
use crate::model::ledger::Ledger;
use crate::model::returns;
use crate::wire::{self, FieldChange, Refusal, RefusalCode};
use chrono::NaiveDate;
use messages::{Doing, Exchange, Label};
use packet::{
    Address, Choice, Claims, FileState, Incoming, Issue, KeysOf, Kind, KnownAsk, MergedFile, Office, Outcome, PublicKey, Return,
    Sent, Standing, Write,
};
use plan::{DepartmentId, Quarter};
use std::collections::{BTreeMap, BTreeSet};
use store::{Edit, Stamp, table};

impl Session {
    /// What returns would change; nothing is written.
    ///
    /// # Errors
    /// A department's workbook, a folder that cannot be read. A file that cannot be taken is no error: it says why.
    pub fn preview_returns(&mut self, request: &wire::ToCollect) -> Result<wire::Collected, Refusal> {
        let today = self.today()?;
        let desk = self.desk()?;
        let batch = Batch::read(desk, request, today)?;
        collected(desk, &batch)
    }

    /// Merges returns as one edit. Files that cannot be taken are left out and say why.
    ///
    /// # Errors
    /// As for the preview; and where no file at all can be taken, its reason. Nothing is written then.
    pub fn collect_returns(&mut self, request: &wire::ToCollect) -> Result<wire::Collected, Refusal> {
        let stamp = self.environment().stamp();
        let today = self.today()?;
        let desk = self.desk()?;
        let batch = Batch::read(desk, request, today)?;
        // told in the words of before the merge: afterwards old and new would be the same
        let mut told = collected(desk, &batch)?;
        let takes_any = batch.outcome.takes_any() || batch.handed.iter().any(|verdict| verdict.take.is_some());
        if !takes_any && told.files.iter().all(|file| matches!(file.state.as_str(), "refused" | "late")) {
            return Err(nothing_taken(&told.files));
        }
        if takes_any {
            let label = label(&told.files);
            let edited = desk.workbook().edit(&labels::kept(label.clone()), &stamp, |edit| {
                write(edit, &batch.outcome, &stamp)?;
                note_refused(edit, &batch.outcome)?;
                county::write(edit, &batch.handed)
            })?;
            desk.changed();
            told.merged = edited.edit.is_some();
            told.label = edited.edit.map(|_| label.render(desk.language()));
        }
        Ok(told)
    }
}

fn nothing_taken(files: &[wire::CollectedFile]) -> Refusal {
    match files {
        [] => Refusal::new(RefusalCode::BadRequest, Exchange::NoReturns, Exchange::ChooseReturns),
        [file] => Refusal::new(RefusalCode::Refused, format!("文件“{}”：{}", file.file, file.why), ""),
        files => {
            let each: Vec<String> = files.iter().map(|file| format!("“{}”：{}", file.file, file.why)).collect();
            Refusal::new(RefusalCode::Refused, format!("{}个文件都没有合并。{}", files.len(), each.join("")), "")
        }
    }
}

fn label(files: &[wire::CollectedFile]) -> Label {
    let mut taken: Vec<&wire::CollectedFile> = files.iter().filter(|file| file.state == "new").collect();
    if taken.is_empty() {
        taken = files.iter().filter(|file| file.state != "refused").collect();
    }
    let names: BTreeSet<&str> = taken.iter().filter_map(|file| file.department.as_deref()).collect();
    let quarters: BTreeSet<Quarter> = taken.iter().filter_map(|file| file.quarter.as_deref()?.parse().ok()).collect();
    let quarters = quarters.into_iter().map(crate::model::refusals::said).collect();
    match names.first() {
        Some(name) if names.len() == 1 => Label::MergeFrom { quarters, department: (*name).to_owned() },
        _ => Label::Merge { quarters, count: names.len() },
    }
}

/// Files as they were read, and what they come to.
struct Batch {
    incoming: Vec<Incoming>,
    outcome: Outcome,
    /// Closed quarters of counties.
    handed: Vec<Verdict>,
    /// The quarters that the returns are of.
    quarters: BTreeSet<Quarter>,
}

impl Batch {
    /// Reads the files and computes their merge.
    fn read(desk: &mut Desk, request: &wire::ToCollect, today: NaiveDate) -> Result<Self, Refusal> {
        office_only(&desk.workbook().read(), Doing::Collect)?;
        let mut incoming = Vec::new();
        let mut handed = Vec::new();
        let workbook = desk.workbook().id().to_owned();
        let office_key = office_secret(&desk.workbook().read())?.map(|secret| secret.public());
        let found = folder::expand(&request.files)?;
        let is_only = found.len() == 1;
        for Found { name: file, content } in found {
            // a file that cannot be read must not keep the others from being merged
            let bytes = match content {
                Content::Bytes(bytes) => Ok(bytes),
                Content::At(path) => match files::read(&path) {
                    Err(refusal) if is_only => return Err(refusal),
                    read => read.map_err(|refusal| refusal.to_string()),
                },
                Content::Not(why) => Err(why),
            };
            let bytes = match bytes {
                Ok(bytes) => bytes,
                Err(why) => {
                    let read = Err(packet::PacketError::Unread(why));
                    incoming.push(Incoming { file, hash: String::new(), read });
                    continue;
                }
            };
            let read = if packet::is_form(&bytes) { read_form(&bytes, &workbook, office_key) } else { read_packet(&bytes) };
            let hash = packet::sha256(&bytes);
            match read {
                Err(packet::PacketError::WrongKind(_)) if matches!(packet::peek(&bytes), Ok((_, head)) if head.kind == Kind::Close) =>
                {
                    handed.push(Handed { file, hash, read: Issue::read_close(&bytes) });
                }
                read => incoming.push(Incoming { file, hash, read }),
            }
        }
        let quarters: BTreeSet<Quarter> =
            incoming.iter().filter_map(|file| file.read.as_ref().ok()).map(|(_, read)| read.head.quarter).collect();
        let mut office = office(desk, &quarters, request.late)?;
        office.rows.today = Some(today);
        let choices: Vec<Choice> = request
            .choices
            .iter()
            .map(|choice| Choice {
                key: choice.key.clone(),
                take: choice.department.as_deref().map(DepartmentId::new),
                file: choice.file.clone(),
            })
            .collect();
        let outcome = if incoming.is_empty() && !handed.is_empty() {
            Outcome::default()
        } else {
            packet::merge(&office, &incoming, &choices)
        };
        Ok(Self { handed: county::judge(desk, handed)?, incoming, outcome, quarters })
    }
}

type Read = Result<(Option<PublicKey>, Return), packet::PacketError>;

fn read_packet(bytes: &[u8]) -> Read {
    Return::read(bytes).map(|(signer, read)| (Some(signer), read))
}

/// A form bears no signature of the department's, but the office's own: another office's form for a workbook of this id is
/// none. One of another workbook is told to be that by the merge.
fn read_form(bytes: &[u8], workbook: &str, office: Option<PublicKey>) -> Read {
    let (maker, read) = packet::read_form(bytes)?;
    if read.head.workbook == workbook && Some(maker) != office {
        return Err(packet::PacketError::ForeignForm);
    }
    Ok((None, read))
}

/// What the workbook holds of what returns are about.
fn office(desk: &mut Desk, quarters: &BTreeSet<Quarter>, late: bool) -> Result<Office, Refusal> {
    let workbook = desk.workbook().id().to_owned();
    let rows = desk.workbook().read();
    let mut sent = BTreeMap::new();
    for row in table::exchange::list(&rows)? {
        let returned = row.returned_serial.zip(row.returned_hash);
        let empty = row.state == "empty";
        sent.insert((row.department, row.quarter), Sent { sent: row.sent_at.is_some(), returned, empty });
    }
    let mut renewals: BTreeMap<DepartmentId, usize> = BTreeMap::new();
    for key in table::department_key::list(&rows)? {
        *renewals.entry(key.department).or_insert(0) += 1;
    }
    let closed = table::quarter_close::heads(&rows)?.into_iter().filter(|close| close.reopened.is_none());
    let closed: BTreeSet<Quarter> = closed.map(|close| close.quarter).collect();
    let mut quarters = quarters.clone();
    if late {
        let next_open = |quarter: &Quarter| {
            let mut next = quarter.next();
            while closed.contains(&next) {
                next = next.next();
            }
            next
        };
        let into: Vec<Quarter> = quarters.iter().filter(|quarter| closed.contains(quarter)).map(next_open).collect();
        quarters.extend(into);
    }
    // ticks have no quarter: what was said in the quarters beside counts too
    let near: BTreeSet<Quarter> = quarters.iter().flat_map(|quarter| [quarter.previous(), *quarter, quarter.next()]).collect();
    let mut claims = BTreeMap::new();
    let mut chosen = BTreeMap::new();
    for quarter in near {
        for exchanged in table::exchanged::of_quarter(&rows, quarter)? {
            if exchanged.department.starts_with(county::COUNTY) {
                continue;
            }
            let read = read_claims(&exchanged.body)?;
            if exchanged.department == OFFICE {
                chosen.insert(quarter, read);
            } else {
                let whose = (DepartmentId::new(exchanged.department), quarter);
                let serial = sent.get(&whose).and_then(|sent| sent.returned.as_ref()).map_or(0, |(serial, _)| *serial);
                claims.insert(whose, ranked(read, serial));
            }
        }
    }
    let asks = table::request::list(&rows)?.into_iter().map(|request| {
        let ask = super::receiving::ask_of(&request);
        (ask.id, KnownAsk { department: request.department, asked_at: ask.asked_at, decided: ask.decision.is_some() })
    });
    let asks = asks.collect();
    let kept = table::evidence::kept(&rows)?.into_iter().collect();
    let seen = table::packet_seen::list(&rows)?.into_iter().map(|row| row.hash).collect();
    let secret = office_secret(&rows)?;
    let mut writers = std::collections::HashMap::new();
    for quarter in &quarters {
        let written = table::progress::written_in(&rows, *quarter)?;
        writers.extend(written.into_iter().map(|row| (row.progress, (row.by, row.at))));
    }
    let ledger = desk.ledger()?;
    let mut keys = BTreeMap::new();
    if let Some(secret) = secret {
        for department in &ledger.departments {
            let key = |number| secret.of_department(&workbook, &department.id, number).public();
            let renewed = renewals.get(&department.id).copied().unwrap_or(0);
            let of = KeysOf { current: key(renewed), former: (0..renewed).map(key).collect() };
            keys.insert(department.id.clone(), of);
        }
    }
    let rows = Standing { asks, closed, writers, kept, ..standing(ledger) };
    Ok(Office { workbook, keys, sent, seen, claims, chosen, late, rows })
}

/// The claims as words. What was kept before words had ranks is of the return that was merged last.
fn ranked(mut claims: Claims, serial: i64) -> Claims {
    claims.fields.retain(|_, claim| claim.says());
    for claim in claims.fields.values_mut().filter(|claim| claim.rank == 0 && claim.now.is_some()) {
        claim.rank = serial;
    }
    claims
}

fn standing(ledger: &Ledger) -> Standing {
    let plans = ledger.plans.iter().map(|plan| (plan.id.clone(), plan.years())).collect();
    let mut standing = Standing { departments: ledger.departments.clone(), plans, ..Standing::default() };
    for row in &ledger.tasks {
        let id = &row.task.id;
        standing.tasks.insert(id.clone(), row.task.clone());
        standing.assignments.insert(id.clone(), row.assignments.clone());
        standing.items.extend(row.items.iter().map(|item| (item.id.clone(), item.clone())));
        standing.milestones.extend(row.milestones.iter().map(|milestone| (milestone.id.clone(), milestone.clone())));
        for progress in &row.progress {
            let key = (id.clone(), progress.department.clone(), progress.quarter);
            standing.progress.insert(key, progress.clone());
        }
        standing.evidence.extend(row.evidence.iter().map(|evidence| (evidence.id.clone(), evidence.clone())));
    }
    standing.milestones.extend(ledger.goals.iter().map(|goal| (goal.id.clone(), goal.clone())));
    for measured in &ledger.measured {
        standing.indicators.insert(measured.indicator.id.clone(), measured.indicator.clone());
        standing.targets.extend(measured.targets.iter().map(|target| (target.id.clone(), target.clone())));
        for actual in &measured.actuals {
            let key = (actual.indicator.clone(), actual.quarter, actual.department.clone());
            standing.actuals.insert(key, actual.clone());
        }
    }
    standing
}

/// Writes the outcome into the edit.
fn write(edit: &mut Edit<'_>, outcome: &Outcome, stamp: &Stamp) -> Result<(), Refusal> {
    for write in &outcome.writes {
        match write {
            Write::Progress { row, by, at } => {
                if table::progress::find(edit, &row.id)?.is_some() {
                    table::progress::update_written(edit, row, by, *at)?;
                } else {
                    table::progress::insert_written(edit, row, by, *at)?;
                }
            }
            Write::NoProgress(id) => table::progress::delete(edit, id)?,
            Write::Item { id, done_on } => {
                let mut row = table::checklist_item::get(edit, id)?;
                row.done_on = *done_on;
                table::checklist_item::update(edit, &row)?;
            }
            Write::Milestone { id, done_on } => {
                let mut row = table::milestone::get(edit, id)?;
                row.done_on = *done_on;
                table::milestone::update(edit, &row)?;
            }
            Write::Figure(row) => {
                if table::actual::find(edit, &row.id)?.is_some() {
                    table::actual::update(edit, row)?;
                } else {
                    table::actual::insert(edit, row)?;
                }
            }
            Write::NoFigure(id) => table::actual::delete(edit, id)?,
            Write::Evidence(row, bytes) => {
                if let Some(bytes) = bytes {
                    table::evidence::keep_bytes(edit, bytes)?;
                }
                if table::evidence::find(edit, &row.id)?.is_none() {
                    table::evidence::insert(edit, row)?;
                }
            }
            Write::Ask(department, quarter, ask) => {
                let row = super::receiving::request_of(ask, department, *quarter, false, stamp);
                if table::request::find(edit, &ask.id)?.is_some() {
                    table::request::update(edit, &row)?;
                } else {
                    table::request::insert(edit, &row)?;
                }
            }
            Write::Claims(department, quarter, claims) => put_claims(edit, department.as_str(), *quarter, claims)?,
            Write::Chosen(quarter, claims) => put_claims(edit, OFFICE, *quarter, claims)?,
            Write::Seen { hash, file, department, quarter, made_at } => {
                let seen = table::packet_seen::PacketSeen {
                    hash: hash.clone(),
                    department: Some(department.clone()),
                    quarter: *quarter,
                    direction: "in".to_owned(),
                    file_name: file.clone(),
                    made_at: *made_at,
                    seen_at: stamp.at,
                    outcome: "taken".to_owned(),
                };
                table::packet_seen::put(edit, &seen)?;
            }
            Write::Empty { department, quarter } => {
                let mut row = super::exchange_of(edit, department, *quarter)?;
                "empty".clone_into(&mut row.state);
                "交回的是空表，没有填报内容".clone_into(&mut row.note);
                table::exchange::put(edit, &row)?;
            }
            Write::Returned { department, quarter, serial, hash, late_into } => {
                let mut row = super::exchange_of(edit, department, *quarter)?;
                "merged".clone_into(&mut row.state);
                // who was in time stays so, whatever is corrected afterwards
                row.returned_at = row.returned_at.or(Some(stamp.at));
                row.merged_at = Some(stamp.at);
                let known = row.returned_serial.zip(row.returned_hash.clone());
                if known.is_none_or(|known| known < (*serial, hash.clone())) {
                    row.returned_hash = Some(hash.clone());
                    row.returned_serial = Some(*serial);
                }
                row.note = late_into.map_or_else(String::new, |into| format!("补报，记入{}", into.chinese()));
                table::exchange::put(edit, &row)?;
            }
        }
    }
    Ok(())
}

/// Keeps why a department's only return was not taken, so that the list of departments says it.
fn note_refused(edit: &mut Edit<'_>, outcome: &Outcome) -> Result<(), Refusal> {
    for file in outcome.files.iter().filter(|file| file.state == FileState::Refused) {
        let (Some(department), Some(quarter)) = (&file.department, file.quarter) else { continue };
        let Some(mut row) = table::exchange::find(edit, department, quarter)? else { continue };
        if row.sent_at.is_some() && row.returned_hash.is_none() {
            "refused".clone_into(&mut row.state);
            row.note.clone_from(&file.why);
            table::exchange::put(edit, &row)?;
        }
    }
    Ok(())
}

/// The outcome in the words of the office.
fn collected(desk: &mut Desk, batch: &Batch) -> Result<wire::Collected, Refusal> {
    let ledger = desk.ledger()?;
    let names = Names::new(ledger);
    let returned = batch.outcome.files.iter().zip(&batch.incoming).map(|(file, read)| wire::CollectedFile {
        check_number: super::returning::check_number(&read.hash),
        ..file_line(ledger, &names, file)
    });
    let files = returned.chain(batch.handed.iter().map(|verdict| verdict.line.clone())).collect();
    let silent =
        batch.outcome.missing.iter().filter(|department| {
            !batch.quarters.iter().all(|quarter| returns::has_returned_quarter(ledger, department, *quarter))
        });
    let missing = silent.map(|department| ledger.department_name(department)).collect();
    Ok(wire::Collected { files, missing, merged: false, label: None })
}

fn file_line(ledger: &Ledger, names: &Names<'_>, file: &MergedFile) -> wire::CollectedFile {
    wire::CollectedFile {
        file: file.file.clone(),
        department: (!file.department_name.is_empty()).then(|| file.department_name.clone()),
        quarter: file.quarter.map(|quarter| quarter.to_string()),
        state: match file.state {
            FileState::New => "new",
            FileState::Same => "same",
            FileState::Empty => "empty",
            FileState::Late => "late",
            FileState::Refused => "refused",
        }
        .to_owned(),
        why: file.why.clone(),
        late_into: file.late_into.map(|quarter| quarter.to_string()),
        check_number: String::new(),
        changes: file
            .changes
            .iter()
            .map(|change| FieldChange {
                what: change.address.about.code().to_owned(),
                row: row_name(ledger, names, &change.address, file.department.as_ref()),
                id: change.address.row.clone(),
                field: change.address.field.code().to_owned(),
                label: label_of(change.address.about.code(), change.address.field.code()),
                old: shown(names, change.address.field.code(), change.old.as_ref()),
                new: shown(names, change.address.field.code(), change.new.as_ref()),
            })
            .collect(),
        conflicts: file
            .conflicts
            .iter()
            .map(|conflict| {
                let field = conflict.address.field.code();
                wire::ConflictLine {
                    key: conflict.address.to_string(),
                    what: conflict.address.about.code().to_owned(),
                    row: row_name(ledger, names, &conflict.address, file.department.as_ref()),
                    field: field.to_owned(),
                    label: label_of(conflict.address.about.code(), field),
                    old: shown(names, field, conflict.office.as_ref()),
                    new: shown(names, field, conflict.result.as_ref()),
                    sides: conflict
                        .sides
                        .iter()
                        .map(|side| wire::SideLine {
                            id: side.department.to_string(),
                            department: ledger.department_name(&side.department),
                            value: shown(names, field, side.value.as_ref()),
                            file: side.file.clone(),
                        })
                        .collect(),
                }
            })
            .collect(),
        older: file
            .older
            .iter()
            .map(|older| {
                let (about, field) = (older.address.about.code(), older.address.field.code());
                let said = shown(names, field, older.old.as_ref()).unwrap_or_else(|| "空".to_owned());
                let counts = shown(names, field, older.new.as_ref());
                let row = row_name(ledger, names, &older.address, file.department.as_ref());
                wire::RefusedLine {
                    what: format!("{} {row} → {said}", label_of(about, field)),
                    why: counts.map_or_else(
                        || "已有更新的填报，没有采用。".to_owned(),
                        |counts| format!("已有更新的填报{}，没有采用。", plan::quoted(&counts)),
                    ),
                }
            })
            .collect(),
        refused: file
            .refused
            .iter()
            .map(|refused| {
                let answer = &refused.answer;
                let row = names.row(&answer.row);
                let department = answer.department.as_deref().map(|id| ledger.department_name(&DepartmentId::new(id)));
                let whose = department.filter(|name| !name.is_empty() && *name != file.department_name);
                let now = shown(names, &answer.field, answer.now.as_ref()).unwrap_or_else(|| "空".to_owned());
                let label = label_of(&answer.about, &answer.field);
                let whose = whose.map(|whose| format!("（{whose}）")).unwrap_or_default();
                wire::RefusedLine { what: format!("{label} {row}{whose} → {now}"), why: refused.why.clone() }
            })
            .collect(),
        unfilled: file.missing.clone(),
        evidence: file.evidence.iter().map(|evidence| evidence.file_name.clone()).collect(),
        evidence_awaited: file.awaited.iter().map(|evidence| evidence.file_name.clone()).collect(),
        requests: file
            .asks
            .iter()
            .map(|ask| {
                let value = |text: &str| if text.is_empty() { "未定".to_owned() } else { names.value(&ask.field, text) };
                let (label, row) = (label_of(&ask.about, &ask.field), plan::quoted(&names.row(&ask.row)));
                format!("申请将{label}{row}由{}调整为{}：{}", value(&ask.original), value(&ask.asked), ask.reason)
            })
            .collect(),
    }
}

fn label_of(about: &str, field: &str) -> String {
    format!("{}·{}", table_word(about), field_word(about, field))
}

fn shown(names: &Names<'_>, field: &str, value: Option<&String>) -> Option<String> {
    // an absent status is the one that every task begins with
    let value = value.map(String::as_str).or((field == "status").then_some(plan::Status::NotStarted.code()));
    value.map(|value| names.value(field, value))
}

/// What a row is called; another department's name stands beside where the row is not the file's own.
fn row_name(ledger: &Ledger, names: &Names<'_>, address: &Address, own: Option<&DepartmentId>) -> String {
    let row = names.row(&address.row);
    match &address.department {
        Some(department) if Some(department) != own => format!("{row} {}", ledger.department_name(department)),
        _ => row,
    }
}
