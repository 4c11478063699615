//! A department's own workbook, made or brought up to date from what the office sent.
//!
//! The office's rows become as the file has them. What the department fills in stays where it was changed since it was sent
//! and not yet returned; else the office's value stands.

use super::identity::{self, Own};
use super::{claims_of, files, progress_values, put_claims, refuse_file};
use crate::Session;
use crate::model::desk::Desk;
use crate::model::labels;
use crate::model::refusals::wrong_input;
use crate::wire::{self, Refusal, RefusalCode};
use messages::{Exchange, Label};
use packet::{About, Address, Ask, Claim, Claims, Field, Issue, Kind, Mark, PublicKey, SecretKey};
use plan::Quarter;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use store::table::{self, request};
use store::{Edit, Stamp};

/// The word under which the department's last return stands among what was exchanged.
pub(super) const RETURNED: &str = "returned";

impl Session {
    /// What a packet is, for a file that was opened with the program.
    ///
    /// # Errors
    /// A file that cannot be read or is no packet.
    pub fn packet(&mut self, request: &wire::PacketFile) -> Result<wire::PacketLine, Refusal> {
        let path = Path::new(&request.packet);
        let (_, head) = packet::peek(&files::read(path)?).map_err(|error| refuse_file(&files::name_of(path), &error))?;
        let workbook = (head.kind == Kind::Issue).then(|| workbook_for(request, &head.department_name));
        Ok(wire::PacketLine {
            kind: match head.kind {
                Kind::Issue => "issue",
                Kind::Return => "return",
                Kind::Evidence => "evidence",
                Kind::Close => "close",
            }
            .to_owned(),
            department: head.department_name,
            quarter: head.quarter.to_string(),
            office: head.office,
            workbook: workbook.map(|path| path.to_string_lossy().into_owned()),
        })
    }

    /// Makes a department's own workbook from what the office sent, or brings it up to date, and opens it.
    ///
    /// # Errors
    /// A file that is no issue, of another office or department, or older than the last one; a workbook that is not the
    /// department's.
    pub fn receive_packet(&mut self, request: &wire::PacketFile) -> Result<wire::Workbook, Refusal> {
        let path = Path::new(&request.packet);
        let name = files::name_of(path);
        let bytes = files::read(path)?;
        let (signer, issue) = Issue::read(&bytes).map_err(|error| refuse_file(&name, &error))?;
        let workbook = workbook_for(request, &issue.head.department_name);
        let stamp = self.environment().stamp();
        let hash = packet::sha256(&bytes);
        let take = |desk: &mut Desk| receive(desk, &issue, signer, &hash, &name, &stamp);
        // two openings of one file would leave the second read-only; whatever else is open stays so until this one is taken
        if let Some(open) = self.desk_at(&workbook) {
            take(open)?;
            return self.frame();
        }
        let desk = if workbook.exists() {
            let mut desk = Desk::open(&workbook, &stamp)?;
            take(&mut desk)?;
            desk
        } else {
            Desk::create(&workbook, &stamp, take)?
        };
        self.put(desk)
    }
}

fn workbook_for(request: &wire::PacketFile, department: &str) -> PathBuf {
    match &request.workbook {
        Some(workbook) => PathBuf::from(workbook),
        None => Path::new(&request.packet).with_file_name(format!("{}.planbook", files::file_name(department))),
    }
}

fn receive(desk: &mut Desk, issue: &Issue, signer: PublicKey, hash: &str, file: &str, stamp: &Stamp) -> Result<(), Refusal> {
    let head = &issue.head;
    let refuse = |message: Exchange, hint: Exchange| Err(Refusal::new(RefusalCode::Refused, message, hint));
    let Some(secret) = SecretKey::from_text(&issue.secret) else {
        return Err(wrong_input(Exchange::NoKeyInFile { file: file.to_owned() }, Exchange::AskToSendAgain));
    };
    let rows = desk.workbook().read();
    match Own::find(&rows)? {
        None if !table::plan::list(&rows)?.is_empty() || identity::office_secret(&rows)?.is_some() => {
            return refuse(
                Exchange::NotForOffices { workbook: files::name_of(desk.path()), file: file.to_owned() },
                Exchange::MakeOwn,
            );
        }
        Some(own) if own.office_workbook != head.workbook => {
            return refuse(Exchange::OtherLedgers { file: file.to_owned() }, Exchange::MakeAnother);
        }
        Some(own) if own.department != head.department => {
            return refuse(
                Exchange::ForAnother { file: file.to_owned(), department: head.department_name.clone() },
                Exchange::ChooseOwnFile,
            );
        }
        Some(own) if own.office_key != signer => {
            return refuse(Exchange::SignedOtherwise { file: file.to_owned() }, Exchange::CheckWithOffice);
        }
        Some(_) if head.serial < identity::received(&rows)? => {
            return refuse(Exchange::Older { file: file.to_owned() }, Exchange::UseNewest);
        }
        _ => {}
    }
    let own = Own { department: head.department.clone(), office_workbook: head.workbook.clone(), office_key: signer, secret };
    let label = labels::kept(Label::Receive { quarter: crate::model::refusals::said(head.quarter) });
    let before = titles(&table::task::list(&desk.workbook().read())?);
    desk.workbook().edit(&label, stamp, |edit| {
        take_settings(edit, issue)?;
        take_rows(edit, issue)?;
        take_filled(edit, issue)?;
        for ask in &issue.asks {
            take_ask(edit, issue, ask)?;
        }
        let mut row = super::exchange_of(edit, &head.department, head.quarter)?;
        row.sent_at = Some(head.made_at);
        row.sent_hash = Some(hash.to_owned());
        if row.state.is_empty() {
            "received".clone_into(&mut row.state);
        }
        table::exchange::put(edit, &row)?;
        let mut aside = edit.aside();
        own.keep(&mut aside)?;
        identity::keep_received(&mut aside, head.serial)?;
        identity::lift_serial(&mut aside, issue.last_return)?;
        Ok::<(), Refusal>(())
    })?;
    desk.changed();
    if !before.is_empty() {
        differences(&before, &titles(&issue.tasks)).into_iter().for_each(|notice| desk.note(notice));
    }
    Ok(())
}

/// What tasks are called, by id.
fn titles(tasks: &[plan::Task]) -> BTreeMap<String, String> {
    tasks.iter().map(|task| (task.id.to_string(), task.title.clone())).collect()
}

/// So many tasks that came or went are named.
const MOST_NAMED: usize = 3;

/// What tasks a file brings and takes off, a sentence each.
fn differences(before: &BTreeMap<String, String>, now: &BTreeMap<String, String>) -> Vec<String> {
    let but = |a: &BTreeMap<String, String>, b: &BTreeMap<String, String>| -> Vec<String> {
        a.iter().filter(|(id, _)| !b.contains_key(*id)).map(|(_, title)| plan::quoted(title)).collect()
    };
    let sentence = |word: &str, titles: Vec<String>| {
        let more = if titles.len() > MOST_NAMED { "等" } else { "" };
        let named = titles.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>().join("、");
        (!titles.is_empty()).then(|| format!("这次下发的文件{word}{}项任务：{named}{more}。", titles.len()))
    };
    [sentence("新增", but(now, before)), sentence("不再列入", but(before, now))].into_iter().flatten().collect()
}

fn take_settings(edit: &mut Edit<'_>, issue: &Issue) -> Result<(), Refusal> {
    for (key, json) in &issue.settings {
        // what a later program decides otherwise is not for this one to keep
        let value: serde_json::Value = serde_json::from_str(json).unwrap_or_default();
        if crate::model::settings::check(key, &value).is_ok() && !value.is_null() {
            table::setting::put(edit, key, json)?;
        }
    }
    let quarter = serde_json::Value::String(issue.head.quarter.to_string());
    Ok(table::setting::put(edit, "quarter", &quarter.to_string())?)
}

macro_rules! sync {
    ($edit:ident, $table:ident, $rows:expr) => {
        for row in $rows {
            match table::$table::find($edit, &row.id)? {
                Some(present) if present == *row => {}
                Some(_) => table::$table::update($edit, row)?,
                None => table::$table::insert($edit, row)?,
            }
        }
    };
}

macro_rules! drop_others {
    ($edit:ident, $table:ident, $rows:expr) => {
        let kept: BTreeSet<_> = $rows.iter().map(|row| row.id.clone()).collect();
        for row in table::$table::list($edit)? {
            if !kept.contains(&row.id) {
                table::$table::delete($edit, &row.id)?;
            }
        }
    };
}

/// The office's rows, with the department's ticks as they are here.
fn take_rows(edit: &mut Edit<'_>, issue: &Issue) -> Result<(), Refusal> {
    // what is held goes first, since it names people, tasks and departments
    for holding in table::person::holdings(edit)? {
        table::person::delete_holding(edit, &holding.id)?;
    }
    drop_others!(edit, person, issue.people);
    drop_others!(edit, task, issue.tasks);
    drop_others!(edit, plan, issue.plans);
    drop_others!(edit, section, issue.sections);
    drop_others!(edit, department, issue.departments);
    sync!(edit, plan, &issue.plans);
    sync!(edit, department, &issue.departments);
    for section in parents_first(&issue.sections) {
        sync!(edit, section, [section]);
    }
    sync!(edit, task, &issue.tasks);
    sync!(edit, person, &issue.people);
    for holding in &issue.holdings {
        table::person::insert_holding(edit, holding)?;
    }
    let kept: BTreeSet<_> = issue.assignments.iter().map(|row| (row.task.clone(), row.department.clone())).collect();
    for row in table::assignment::list(edit)? {
        if !kept.contains(&(row.task.clone(), row.department.clone())) {
            table::assignment::delete(edit, &row.task, &row.department)?;
        }
    }
    for row in &issue.assignments {
        if table::assignment::find(edit, &row.task, &row.department)?.as_ref() != Some(row) {
            table::assignment::put(edit, row)?;
        }
    }
    drop_others!(edit, indicator, issue.indicators);
    sync!(edit, indicator, &issue.indicators);
    drop_others!(edit, target, issue.targets);
    sync!(edit, target, &issue.targets);
    let known = Known::of(edit, issue)?;
    drop_others!(edit, checklist_item, issue.items);
    for row in &issue.items {
        let address = Address::new(About::Item, row.id.as_str(), None, Field::DoneOn);
        let present = table::checklist_item::find(edit, &row.id)?;
        let mut row = row.clone();
        if let Some(present) = present {
            row.done_on = known.day(&address, present.done_on, row.done_on);
        }
        sync!(edit, checklist_item, [&row]);
    }
    drop_others!(edit, milestone, issue.milestones);
    for row in &issue.milestones {
        let address = Address::new(About::Milestone, row.id.as_str(), None, Field::DoneOn);
        let present = table::milestone::find(edit, &row.id)?;
        let mut row = row.clone();
        if let Some(present) = present {
            row.done_on = known.day(&address, present.done_on, row.done_on);
        }
        sync!(edit, milestone, [&row]);
    }
    Ok(())
}

pub(super) fn parents_first(sections: &[plan::Section]) -> Vec<&plan::Section> {
    let mut ordered: Vec<&plan::Section> = Vec::with_capacity(sections.len());
    let mut done = BTreeSet::new();
    // each round takes those whose parent is there; a cycle or an absent parent ends it
    loop {
        let before = ordered.len();
        for section in sections {
            let ready = section.parent.as_ref().is_none_or(|parent| done.contains(parent));
            if ready && done.insert(section.id.clone()) {
                ordered.push(section);
            }
        }
        if ordered.len() == before {
            return ordered;
        }
    }
}

/// The department's progress and figures, and what it was sent.
fn take_filled(edit: &mut Edit<'_>, issue: &Issue) -> Result<(), Refusal> {
    let head = &issue.head;
    let known = Known::of(edit, issue)?;
    let mut sent = Claims::default();
    let mut was = |address: &Address, value: Option<&str>| {
        let was = value.map(|value| Mark::of(address, value));
        sent.fields.insert(address.to_string(), Claim { was, ..Claim::default() });
    };
    for written in &issue.progress {
        let row = &written.progress;
        if row.quarter == head.quarter {
            for (address, value) in progress_values(row) {
                was(&address, Some(&value));
            }
        }
        match table::progress::once(edit, &row.task, &row.department, row.quarter)? {
            None => table::progress::insert_written(edit, row, &written.by, written.at)?,
            Some(present) => {
                let mut merged = plan::Progress { id: present.id.clone(), ..row.clone() };
                let (here, there) = (progress_values(&present), progress_values(row));
                for ((address, here), (_, there)) in here.iter().zip(&there) {
                    let value = known.value(address, row.quarter, Some(here.as_str()), Some(there.as_str())).unwrap_or_default();
                    match address.field {
                        Field::Status => merged.status = value.parse()?,
                        Field::Done => merged.done = value,
                        Field::Problems => merged.problems = value,
                        _ => merged.next = value,
                    }
                }
                table::progress::update_written(edit, &merged, &written.by, written.at)?;
            }
        }
    }
    for row in &issue.actuals {
        let values = super::figure_values(row);
        if row.quarter == head.quarter {
            for (address, value) in &values {
                was(address, Some(value));
            }
        }
        match table::actual::once(edit, &row.indicator, row.quarter, row.department.as_ref())? {
            None => {
                // taken back here and not yet returned: it stays so
                let [(address, value), _] = &values;
                if known.value(address, row.quarter, None, Some(value.as_str())).is_some() {
                    table::actual::insert(edit, row)?;
                }
            }
            Some(present) => {
                let [(at_value, here), (at_note, here_note)] = super::figure_values(&present);
                let value = known.value(&at_value, row.quarter, Some(&here), Some(&values[0].1)).unwrap_or(here);
                let note = known.value(&at_note, row.quarter, Some(&here_note), Some(&values[1].1)).unwrap_or_default();
                let value = packet::number_of(&value).unwrap_or(row.value);
                let merged = plan::Actual { id: present.id.clone(), value, note, ..row.clone() };
                if merged != present {
                    table::actual::update(edit, &merged)?;
                }
            }
        }
    }
    for row in &issue.items {
        let address = Address::new(About::Item, row.id.as_str(), None, Field::DoneOn);
        was(&address, super::day_text(row.done_on).as_deref());
    }
    for row in &issue.milestones {
        let address = Address::new(About::Milestone, row.id.as_str(), None, Field::DoneOn);
        was(&address, super::day_text(row.done_on).as_deref());
    }
    for fixed in super::returning::fixed(&issue.tasks, &issue.items, &issue.milestones, &issue.targets) {
        sent.fields.insert(fixed.key(), Claim { was: fixed.mark(), ..Claim::default() });
    }
    adopt(edit, issue, &sent)?;
    put_claims(edit, head.department.as_str(), head.quarter, &sent)
}

/// Where the office, having merged what this workbook returned, sends another value, that value is nobody's word here: the next
/// return says it only if the clerk writes it.
fn adopt(edit: &mut Edit<'_>, issue: &Issue, sent: &Claims) -> Result<(), Refusal> {
    let head = &issue.head;
    let own = table::exchange::find(edit, &head.department, head.quarter)?;
    let is_merged = own.and_then(|own| own.returned_serial).is_some_and(|serial| serial <= issue.last_return);
    let before = claims_of(edit, RETURNED, head.quarter)?;
    let mut returned = before.clone();
    for (key, claim) in &mut returned.fields {
        let Some(address) = Address::read(key) else { continue };
        let was = sent.at(&address).and_then(|claim| claim.was.clone()).filter(|was| !address.is_blank(was.text()));
        if was != claim.now && (is_merged || claim.rank == 0) {
            claim.knew.extend(claim.now.take());
            *claim = Claim { now: was, knew: std::mem::take(&mut claim.knew), ..Claim::default() };
        }
    }
    if returned == before { Ok(()) } else { put_claims(edit, RETURNED, head.quarter, &returned) }
}

/// What this workbook was sent before and has returned, to see what the clerk changed since.
struct Known {
    /// By quarter: what was sent, what was returned.
    of: Vec<(Quarter, Claims, Claims)>,
}

impl Known {
    fn of(edit: &Edit<'_>, issue: &Issue) -> Result<Self, Refusal> {
        let mut quarters = BTreeSet::from([issue.head.quarter]);
        quarters.extend(issue.progress.iter().map(|written| written.progress.quarter));
        let exchanged = table::exchange::list(edit)?;
        quarters.extend(exchanged.iter().map(|exchange| exchange.quarter));
        // an issue made before the office merged a return knows nothing of it: what was returned must not be undone by it
        let merged = |quarter| {
            let own = exchanged.iter().find(|exchange| exchange.quarter == quarter);
            own.and_then(|exchange| exchange.returned_serial).is_some_and(|serial| serial <= issue.last_return)
        };
        let mut of = Vec::new();
        for quarter in quarters {
            let sent = claims_of(edit, issue.head.department.as_str(), quarter)?;
            let returned = if merged(quarter) { claims_of(edit, RETURNED, quarter)? } else { Claims::default() };
            of.push((quarter, sent, returned));
        }
        Ok(Self { of })
    }

    /// Whether what stands here was sent or returned as it is, so that the office knows it.
    fn knows(&self, address: &Address, quarter: Option<Quarter>, here: Option<&str>) -> bool {
        let here = here.map(|here| Mark::of(address, here));
        let mut spoken = false;
        for (_, sent, returned) in self.of.iter().filter(|(of, ..)| quarter.is_none_or(|quarter| quarter == *of)) {
            for mark in [sent.at(address).map(|claim| &claim.was), returned.at(address).map(|claim| &claim.now)] {
                spoken = spoken || mark.is_some();
                if mark == Some(&here) {
                    return true;
                }
            }
        }
        // nothing was ever sent of it: nothing here is nobody's
        !spoken && here.is_none()
    }

    fn value(&self, address: &Address, quarter: Quarter, here: Option<&str>, there: Option<&str>) -> Option<String> {
        let value = if self.knows(address, Some(quarter), here) { there } else { here };
        value.map(str::to_owned)
    }

    /// Ticks belong to no quarter.
    fn day(
        &self,
        address: &Address,
        here: Option<chrono::NaiveDate>,
        there: Option<chrono::NaiveDate>,
    ) -> Option<chrono::NaiveDate> {
        if self.knows(address, None, super::day_text(here).as_deref()) { there } else { here }
    }
}

const MOMENT: &str = "%Y-%m-%dT%H:%M:%SZ";

/// A request as files carry it.
pub(super) fn ask_of(row: &request::Request) -> Ask {
    let moment = |at: chrono::NaiveDateTime| at.format(MOMENT).to_string();
    let decision = row.decision.as_ref();
    Ask {
        id: row.id.clone(),
        about: row.about_table.clone(),
        row: row.about_row.clone(),
        field: row.field.clone(),
        original: row.original.clone(),
        asked: row.asked.clone(),
        reason: row.reason.clone(),
        asked_by: row.asked_by.clone(),
        asked_at: moment(row.asked_at),
        quarter: Some(row.quarter.to_string()),
        decision: decision.map(|decision| if decision.approved { "approved" } else { "refused" }.to_owned()),
        decided_by: decision.map(|decision| decision.by.clone()).unwrap_or_default(),
        decided_at: decision.map(|decision| moment(decision.at)).unwrap_or_default(),
        answer: row.answer.clone(),
    }
}

/// A request from a file; `decided` where the file may carry the office's decision.
pub(super) fn request_of(
    ask: &Ask,
    department: &plan::DepartmentId,
    quarter: Quarter,
    decided: bool,
    stamp: &Stamp,
) -> request::Request {
    // a clock that is wrong must not keep a request from being read
    let moment = |text: &str| chrono::NaiveDateTime::parse_from_str(text, MOMENT).unwrap_or(stamp.at);
    let approved = ask.decision.as_deref().filter(|_| decided).map(|word| word == "approved");
    request::Request {
        id: ask.id.clone(),
        department: department.clone(),
        quarter,
        about_table: ask.about.clone(),
        about_row: ask.row.clone(),
        field: ask.field.clone(),
        original: ask.original.clone(),
        asked: ask.asked.clone(),
        reason: ask.reason.clone(),
        asked_by: ask.asked_by.clone(),
        asked_at: moment(&ask.asked_at),
        decision: approved.map(|approved| request::Decision {
            approved,
            by: ask.decided_by.clone(),
            at: moment(&ask.decided_at),
        }),
        answer: if decided { ask.answer.clone() } else { String::new() },
    }
}

fn take_ask(edit: &mut Edit<'_>, issue: &Issue, ask: &Ask) -> Result<(), Refusal> {
    let stamp = edit.stamp().clone();
    let quarter = ask.quarter.as_deref().and_then(|quarter| quarter.parse().ok()).unwrap_or(issue.head.quarter);
    let row = request_of(ask, &issue.head.department, quarter, true, &stamp);
    match request::find(edit, &ask.id)? {
        None => request::insert(edit, &row)?,
        // words that were written here since and not yet returned stay until the office has decided
        Some(present) if row.decision.is_none() && present.asked_at > row.asked_at => {}
        Some(present) => request::update(edit, &request::Request { quarter: present.quarter, ..row })?,
    }
    Ok(())
}
