//! Office to office: a county hands a closed quarter up as one file, and the city merges it beside other counties'.
//!
//! Rows keep their ids, so that the next quarter's file brings them up to date; plans and departments bear the county's name
//! before their own, and nothing of the city's is ever touched. The first file of a county makes its key known.

mod changes;
mod seal;

use super::closing::SHOWN;
use super::identity::{next_serial, office_only, office_secret_or_new};
use super::receiving::parents_first;
use super::returning::check_number;
use super::{files, refuse_file};
use super::{keeping, snapshot};
use crate::Session;
use crate::model::desk::Desk;
use crate::model::ledger::Ledger;
use crate::model::refusals::{said, wrong_input};
use crate::model::settings;
use crate::wire::{self, Refusal, RefusalCode};
use changes::changes;
use messages::{Doing, Exchange, Opening, Program};
use packet::{Head, Issue, Kind, PacketError, PublicKey, Written};
use plan::{Department, DepartmentId, PlanId, Quarter};
use seal::Seal;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use store::table::exchanged::{self, Exchanged};
use store::table::quarter_close::QuarterClose;
use store::{Edit, Rows, table};

/// The word before a county's workbook id, under which its files are kept in mind.
pub(super) const COUNTY: &str = "county:";
/// Figures so many quarters back go along, for trends.
const QUARTERS_BACK: i32 = 8;

/// What is kept in mind of a county's file for a quarter.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kept {
    key: String,
    serial: i64,
    hash: String,
    plans: Vec<String>,
    departments: Vec<String>,
    /// The place; absent in what was kept before it was.
    #[serde(default)]
    name: String,
    /// The hash of the close; absent in what was kept before it was handed up.
    #[serde(default)]
    close: String,
}

/// A file that was handed up.
pub(super) struct Handed {
    pub file: String,
    pub hash: String,
    pub read: Result<(PublicKey, Issue), PacketError>,
}

/// What becomes of it.
pub(super) struct Verdict {
    pub line: wire::CollectedFile,
    pub take: Option<Take>,
}

/// A file that is taken.
pub(super) struct Take {
    issue: Issue,
    kept: Kept,
    /// Whether its tasks and targets are the newest known of this county; else only what was reported of its quarter counts.
    newest: bool,
}

impl Session {
    /// Writes a closed quarter as one file for the office above.
    ///
    /// # Errors
    /// A department's workbook, a quarter that is not closed, a file that cannot be written.
    pub fn hand_up(&mut self, request: &wire::ToHandUp) -> Result<wire::HandedUp, Refusal> {
        let quarter: Quarter = request.quarter.parse()?;
        if request.path.trim().is_empty() {
            return Err(wrong_input(Exchange::NoPlaceToHandUp, Exchange::ChooseFileName));
        }
        let path = PathBuf::from(&request.path).with_extension("planpack");
        let stamp = self.environment().stamp();
        let desk = self.desk()?;
        office_only(&desk.workbook().read(), Doing::HandUp)?;
        let Some(close) = table::quarter_close::holding(&desk.workbook().read(), quarter)? else {
            return Err(Refusal::new(
                RefusalCode::Refused,
                Exchange::NotClosedToHandUp { quarter: said(quarter) },
                Exchange::CloseFirst,
            ));
        };
        let office = settings::text(desk.settings()?, "office").unwrap_or_default().to_owned();
        let place = settings::text(desk.settings()?, "place").map(ToOwned::to_owned);
        let place = place.unwrap_or_else(|| place_of(&office));
        let secret = office_secret_or_new(desk.workbook(), &stamp)?;
        let head = Head {
            kind: Kind::Close,
            workbook: desk.workbook().id().to_owned(),
            office,
            department: DepartmentId::new(""),
            department_name: place,
            quarter,
            serial: next_serial(desk.workbook(), &stamp)?,
            made_at: stamp.at,
            made_by: stamp.who.clone(),
        };
        let writers: BTreeMap<_, _> = table::progress::written_in(&desk.workbook().read(), quarter)?
            .into_iter()
            .map(|row| (row.progress, (row.by, row.at)))
            .collect();
        // what counties handed up to this office is theirs to hand on
        let theirs = counties(&desk.workbook().read())?.plans;
        let chain = table::quarter_close::heads(&desk.workbook().read())?;
        let mut issue = as_closed(desk, &close, head, writers, &theirs)?;
        Seal::of(&close, &chain).put(&mut issue)?;
        let name = files::name_of(&path);
        let bytes = issue.write(&secret).map_err(|error| refuse_file(&name, &error))?;
        files::write(desk.path(), &path, &bytes)?;
        Ok(wire::HandedUp {
            path: path.to_string_lossy().into_owned(),
            size: bytes.len(),
            tasks: issue.tasks.len(),
            hash: close.hash.chars().take(SHOWN).collect(),
            check_number: check_number(&packet::sha256(&bytes)),
        })
    }
}

/// The quarter as it was closed, whatever was written afterwards.
fn as_closed(
    desk: &mut Desk,
    close: &QuarterClose,
    head: Head,
    mut writers: BTreeMap<plan::ProgressId, (String, chrono::NaiveDateTime)>,
    theirs: &BTreeSet<PlanId>,
) -> Result<Issue, Refusal> {
    let quarter = close.quarter;
    let issue = Issue::new(head, String::new());
    let Some((today, rows)) = snapshot::packed(&close.snapshot) else {
        // closed before rows were kept: today's are taken where they are still what was closed
        let moment = plan::Moment { quarter, today: crate::model::environment::local(close.closed_at).date() };
        let changed = desk.view(moment, |context, _, _| snapshot::changes(context, &close.snapshot))?;
        if !changed.is_empty() {
            return Err(Refusal::new(
                RefusalCode::Refused,
                Exchange::ChangedSinceClose { quarter: said(quarter), changes: changed.len() },
                Exchange::CloseAgainToHandUp,
            ));
        }
        return Ok(whole(issue, desk.ledger()?, &writers, theirs));
    };
    let kept = keeping::unpack(&rows, quarter, today)?;
    let (then, now) = (kept.loaded.ledger(), desk.ledger()?);
    // who wrote a row is known only while the row is as it was closed
    for row in now.tasks.iter().flat_map(|row| &row.progress).filter(|row| row.quarter == quarter) {
        let closed = then.task(&row.task).and_then(|task| task.progress_of(&row.department, quarter));
        if closed != Some(row) {
            writers.remove(&row.id);
        }
    }
    let mut issue = whole(issue, then, &writers, theirs);
    for task in &mut issue.tasks {
        // the document's own words, which no snapshot keeps
        task.text = now.task(&task.id).map(|row| row.task.text.clone()).unwrap_or_default();
    }
    Ok(issue)
}

/// The place that an office's name begins with: 云溪县 of 云溪县人民政府督查室.
fn place_of(office: &str) -> String {
    let end = office.char_indices().find(|(at, c)| *at > 0 && matches!(c, '县' | '市' | '区' | '旗' | '州'));
    match end {
        Some((at, c)) => office.chars().take(office[..at + c.len_utf8()].chars().count()).collect(),
        None if office.is_empty() => "下级单位".to_owned(),
        None => office.to_owned(),
    }
}

/// The whole ledger with the quarter's progress.
fn whole(
    mut issue: Issue,
    ledger: &Ledger,
    writers: &BTreeMap<plan::ProgressId, (String, chrono::NaiveDateTime)>,
    not: &BTreeSet<PlanId>,
) -> Issue {
    let quarter = issue.head.quarter;
    let mut named: BTreeSet<DepartmentId> = BTreeSet::new();
    for row in ledger.tasks.iter().filter(|row| !not.contains(&row.task.plan)) {
        issue.tasks.push(plan::Task { span: None, ..row.task.clone() });
        issue.assignments.extend(row.assignments.iter().cloned());
        issue.items.extend(row.items.iter().map(|item| plan::ChecklistItem { span: None, ..item.clone() }));
        issue.milestones.extend(row.milestones.iter().map(|milestone| plan::Milestone { span: None, ..milestone.clone() }));
        for progress in row.progress.iter().filter(|progress| progress.quarter == quarter) {
            let (by, at) = writers.get(&progress.id).cloned().unwrap_or_else(|| (String::new(), issue.head.made_at));
            named.insert(progress.department.clone());
            issue.progress.push(Written { progress: progress.clone(), by, at });
        }
    }
    let goals = ledger.goals.iter().filter(|goal| !not.contains(&goal.plan));
    issue.milestones.extend(goals.map(|goal| plan::Milestone { span: None, ..goal.clone() }));
    for measured in ledger.measured.iter().filter(|measured| !not.contains(&measured.indicator.plan)) {
        issue.indicators.push(measured.indicator.clone());
        issue.targets.extend(measured.targets.iter().map(|target| plan::Target { span: None, ..target.clone() }));
        let back = quarter.ordinal() - QUARTERS_BACK;
        let wanted = measured.actuals.iter().filter(|row| row.quarter <= quarter && row.quarter.ordinal() >= back);
        issue.actuals.extend(wanted.cloned());
    }
    named.extend(issue.assignments.iter().map(|row| row.department.clone()));
    named.extend(issue.items.iter().flat_map(|row| row.departments.iter().cloned()));
    named.extend(issue.milestones.iter().flat_map(|row| row.departments.iter().cloned()));
    named.extend(issue.actuals.iter().filter_map(|row| row.department.clone()));
    issue.plans = ledger.plans.iter().filter(|plan| !not.contains(&plan.id)).cloned().collect();
    for plan in &mut issue.plans {
        plan.source_text.clear();
    }
    issue.sections = ledger.sections.iter().filter(|section| !not.contains(&section.plan)).cloned().collect();
    issue.departments = ledger.departments.iter().filter(|department| named.contains(&department.id)).cloned().collect();
    issue
}

/// What came from counties.
#[derive(Default)]
pub(super) struct Counties {
    pub plans: BTreeSet<PlanId>,
    /// By the county's workbook, then by quarter.
    kept: BTreeMap<String, BTreeMap<Quarter, Kept>>,
}

pub(super) fn counties(rows: &Rows<'_>) -> Result<Counties, Refusal> {
    let mut counties = Counties::default();
    for row in exchanged::beginning(rows, COUNTY)? {
        let kept: Kept = serde_json::from_str(&row.body).map_err(|error| {
            Refusal::new(RefusalCode::Unreadable, Exchange::HandedUpDamaged, Opening::FromCopy).with_detail(error.to_string())
        })?;
        counties.plans.extend(kept.plans.iter().map(PlanId::new));
        let workbook = row.department.trim_start_matches(COUNTY).to_owned();
        counties.kept.entry(workbook).or_default().insert(row.quarter, kept);
    }
    Ok(counties)
}

/// The offices below with what they handed up for a quarter, by name.
pub(super) fn lines(counties: &Counties, quarter: Quarter) -> Vec<wire::CountyLine> {
    let line = |quarters: &BTreeMap<Quarter, Kept>| {
        let (newest, last) = quarters.last_key_value()?;
        let of_quarter = quarters.get(&quarter);
        Some(wire::CountyLine {
            name: last.name.clone(),
            plans: last.plans.len(),
            check_number: of_quarter.map(|kept| check_number(&kept.hash)),
            newest: newest.to_string(),
        })
    };
    let mut lines: Vec<_> = counties.kept.values().filter_map(line).collect();
    lines.sort_by(|one, other| one.name.cmp(&other.name));
    lines
}

/// What becomes of each file; the result does not depend on their order.
pub(super) fn judge(desk: &mut Desk, handed: Vec<Handed>) -> Result<Vec<Verdict>, Refusal> {
    if handed.is_empty() {
        return Ok(Vec::new());
    }
    let own = desk.workbook().id().to_owned();
    let counties = counties(&desk.workbook().read())?;
    let closed: BTreeSet<Quarter> = table::quarter_close::heads(&desk.workbook().read())?
        .into_iter()
        .filter(|close| close.reopened.is_none())
        .map(|close| close.quarter)
        .collect();
    // of several files of one county for one quarter the newest counts, and of several quarters the last has the tasks
    let mut newest: BTreeMap<(String, Quarter), (i64, String)> = BTreeMap::new();
    let mut last: BTreeMap<String, Quarter> = BTreeMap::new();
    for (_, issue) in handed.iter().filter_map(|file| file.read.as_ref().ok()) {
        let of = last.entry(issue.head.workbook.clone()).or_insert(issue.head.quarter);
        *of = issue.head.quarter.max(*of);
    }
    for file in &handed {
        let Ok((_, issue)) = &file.read else { continue };
        let rank = (issue.head.serial, file.hash.clone());
        let best = newest.entry((issue.head.workbook.clone(), issue.head.quarter)).or_insert_with(|| rank.clone());
        if rank > *best {
            *best = rank;
        }
    }
    let ledger = desk.ledger()?;
    let mut verdicts = Vec::new();
    let mut taken = BTreeSet::new();
    for file in handed {
        let mut line = empty_line(&file.file);
        line.check_number = check_number(&file.hash);
        let (signer, issue) = match file.read {
            Ok(read) => read,
            Err(error) => {
                line.why = error.to_string();
                verdicts.push(Verdict { line, take: None });
                continue;
            }
        };
        line.department = Some(issue.head.department_name.clone());
        line.quarter = Some(issue.head.quarter.to_string());
        let key = (issue.head.workbook.clone(), issue.head.quarter);
        let known = counties.kept.get(&issue.head.workbook);
        let state = if issue.head.workbook == own {
            Err(("refused", "这是本台账自己的上报文件，请交给上级督查机构合并。".to_owned()))
        } else if newest.get(&key).is_some_and(|best| best.1 != file.hash) {
            Err(("refused", older(&issue.head)))
        } else if !taken.insert(file.hash.clone()) {
            Err(("same", "这份上报已经合并过，没有新内容。".to_owned()))
        } else {
            admit(&issue, signer, &file.hash, known, &closed).and_then(|()| kept_apart(&issue, ledger, &counties))
        };
        match state {
            Err((state, why)) => {
                state.clone_into(&mut line.state);
                line.why = why;
                verdicts.push(Verdict { line, take: None });
            }
            Ok(()) => {
                let seal = match Seal::verified(&issue) {
                    Ok(seal) => seal,
                    Err(why) => {
                        line.why = why;
                        verdicts.push(Verdict { line, take: None });
                        continue;
                    }
                };
                "new".clone_into(&mut line.state);
                line.why = remark(seal.as_ref(), known, &issue.head);
                let known_last = known.and_then(|known| known.keys().max().copied());
                let latest = last.get(&issue.head.workbook).copied().max(known_last);
                let kept = Kept {
                    key: signer.to_text(),
                    serial: issue.head.serial,
                    hash: file.hash,
                    plans: issue.plans.iter().map(|plan| plan.id.to_string()).collect(),
                    departments: issue.departments.iter().map(|department| department.id.to_string()).collect(),
                    name: issue.head.department_name.clone(),
                    close: seal.map(|seal| seal.hash).unwrap_or_default(),
                };
                let newest = latest.is_none_or(|latest| issue.head.quarter >= latest);
                line.changes = changes(&issue, ledger, newest);
                verdicts.push(Verdict { line, take: Some(Take { issue, kept, newest }) });
            }
        }
    }
    Ok(verdicts)
}

/// What is to be known of a file that is taken: that no close came along, or that its chain is another than before.
fn remark(seal: Option<&Seal>, known: Option<&BTreeMap<Quarter, Kept>>, head: &Head) -> String {
    let Some(seal) = seal else {
        return "对方用较早的程序上报，文件里没有封账快照，不能核对是不是封账时的数据。".to_owned();
    };
    let broken = known.into_iter().flatten().filter(|(_, kept)| !seal.follows(&kept.close));
    let broken: Vec<String> = broken.map(|(quarter, _)| quarter.chinese()).collect();
    if broken.is_empty() {
        return String::new();
    }
    format!("{}以前上报的{}封账不在这份文件的封账链上，请与对方核对。", head.department_name, broken.join("、"))
}

fn older(head: &Head) -> String {
    format!("{}已有更新的{}上报，这一份是较早的，没有采用。", head.department_name, head.quarter.chinese())
}

type Admitted = Result<(), (&'static str, String)>;

fn admit(
    issue: &Issue,
    signer: PublicKey,
    hash: &str,
    known: Option<&BTreeMap<Quarter, Kept>>,
    closed: &BTreeSet<Quarter>,
) -> Admitted {
    let head = &issue.head;
    if let Some(kept) = known.and_then(|known| known.get(&head.quarter)) {
        if kept.hash == hash {
            return Err(("same", "这份上报已经合并过，没有新内容。".to_owned()));
        }
        if head.serial < kept.serial {
            return Err(("refused", older(head)));
        }
    }
    if known.is_some_and(|known| known.values().any(|kept| kept.key != signer.to_text())) {
        return Err((
            "refused",
            format!("文件的签名与{}以前的上报不同，没有采用。请与{}核对后再合并。", head.department_name, head.office),
        ));
    }
    if closed.contains(&head.quarter) {
        return Err((
            "late",
            format!("{}已封账，{}的上报没有合并。请写明理由重新打开该季度。", head.quarter.chinese(), head.department_name),
        ));
    }
    whole_in_itself(issue).map_err(|why| ("refused", why))
}

/// A file whose rows name rows that are not in it cannot be written.
fn whole_in_itself(issue: &Issue) -> Result<(), String> {
    let plans: BTreeSet<&PlanId> = issue.plans.iter().map(|row| &row.id).collect();
    let sections: BTreeSet<_> = issue.sections.iter().map(|row| &row.id).collect();
    let tasks: BTreeSet<_> = issue.tasks.iter().map(|row| &row.id).collect();
    let departments: BTreeSet<_> = issue.departments.iter().map(|row| &row.id).collect();
    let indicators: BTreeSet<_> = issue.indicators.iter().map(|row| &row.id).collect();
    let known = |all: &[DepartmentId]| all.iter().all(|id| departments.contains(id));
    let fits = issue
        .sections
        .iter()
        .all(|row| plans.contains(&row.plan) && row.parent.as_ref().is_none_or(|id| sections.contains(id)))
        && parents_first(&issue.sections).len() == issue.sections.len()
        && issue.tasks.iter().all(|row| plans.contains(&row.plan) && row.section.as_ref().is_none_or(|id| sections.contains(id)))
        && issue.assignments.iter().all(|row| tasks.contains(&row.task) && departments.contains(&row.department))
        && issue.items.iter().all(|row| tasks.contains(&row.task) && known(&row.departments))
        && issue.milestones.iter().all(|row| {
            plans.contains(&row.plan) && row.task.as_ref().is_none_or(|id| tasks.contains(id)) && known(&row.departments)
        })
        && issue.indicators.iter().all(|row| plans.contains(&row.plan) && row.task.as_ref().is_none_or(|id| tasks.contains(id)))
        && issue.targets.iter().all(|row| indicators.contains(&row.indicator))
        && issue
            .actuals
            .iter()
            .all(|row| indicators.contains(&row.indicator) && row.department.as_ref().is_none_or(|id| departments.contains(id)))
        && issue.progress.iter().all(|row| tasks.contains(&row.progress.task) && departments.contains(&row.progress.department));
    if fits {
        Ok(())
    } else {
        Err("文件里的内容互相对不上，没有采用。请对方升级程序后重新上报。".to_owned())
    }
}

/// A county's rows may stand where only its own stood before.
fn kept_apart(issue: &Issue, ledger: &Ledger, counties: &Counties) -> Admitted {
    let known = counties.kept.get(&issue.head.workbook);
    let plans: BTreeSet<&str> =
        known.iter().flat_map(|known| known.values()).flat_map(|kept| kept.plans.iter().map(String::as_str)).collect();
    let departments: BTreeSet<&str> =
        known.iter().flat_map(|known| known.values()).flat_map(|kept| kept.departments.iter().map(String::as_str)).collect();
    let own = |plan: &PlanId| plans.contains(plan.as_str());
    let mut there: BTreeMap<String, bool> = BTreeMap::new();
    for plan in &ledger.plans {
        there.insert(plan.id.to_string(), own(&plan.id));
    }
    for section in &ledger.sections {
        there.insert(section.id.to_string(), own(&section.plan));
    }
    for department in &ledger.departments {
        there.insert(department.id.to_string(), departments.contains(department.id.as_str()));
    }
    for row in &ledger.tasks {
        let own = own(&row.task.plan);
        there.insert(row.task.id.to_string(), own);
        there.extend(row.items.iter().map(|item| (item.id.to_string(), own)));
        there.extend(row.milestones.iter().map(|milestone| (milestone.id.to_string(), own)));
        there.extend(row.progress.iter().map(|progress| (progress.id.to_string(), own)));
    }
    there.extend(ledger.goals.iter().map(|goal| (goal.id.to_string(), own(&goal.plan))));
    for measured in &ledger.measured {
        let own = own(&measured.indicator.plan);
        there.insert(measured.indicator.id.to_string(), own);
        there.extend(measured.targets.iter().map(|target| (target.id.to_string(), own)));
        there.extend(measured.actuals.iter().map(|actual| (actual.id.to_string(), own)));
    }
    let foreign = |id: &str| there.get(id) == Some(&false);
    let ids = issue
        .plans
        .iter()
        .map(|row| row.id.as_str())
        .chain(issue.sections.iter().map(|row| row.id.as_str()))
        .chain(issue.departments.iter().map(|row| row.id.as_str()))
        .chain(issue.tasks.iter().map(|row| row.id.as_str()))
        .chain(issue.items.iter().map(|row| row.id.as_str()))
        .chain(issue.milestones.iter().map(|row| row.id.as_str()))
        .chain(issue.indicators.iter().map(|row| row.id.as_str()))
        .chain(issue.targets.iter().map(|row| row.id.as_str()))
        .chain(issue.actuals.iter().map(|row| row.id.as_str()))
        .chain(issue.progress.iter().map(|row| row.progress.id.as_str()));
    if ids.into_iter().any(foreign) {
        return Err((
            "refused",
            format!(
                "{}的上报与本台账已有的内容编号相同，没有采用。上报的台账可能是从本台账复制的，请另建台账。",
                issue.head.department_name
            ),
        ));
    }
    Ok(())
}

fn empty_line(file: &str) -> wire::CollectedFile {
    wire::CollectedFile {
        file: file.to_owned(),
        department: None,
        quarter: None,
        state: "refused".to_owned(),
        why: String::new(),
        late_into: None,
        check_number: String::new(),
        changes: Vec::new(),
        conflicts: Vec::new(),
        older: Vec::new(),
        refused: Vec::new(),
        unfilled: Vec::new(),
        evidence: Vec::new(),
        evidence_awaited: Vec::new(),
        requests: Vec::new(),
    }
}

fn plan_title(head: &Head, title: &str) -> String {
    format!("〔{}〕{title}", head.department_name)
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

/// Writes what is taken, in an order of its own.
pub(super) fn write(edit: &mut Edit<'_>, verdicts: &[Verdict]) -> Result<(), Refusal> {
    let mut takes: Vec<&Take> = verdicts.iter().filter_map(|verdict| verdict.take.as_ref()).collect();
    takes.sort_by_key(|take| (!take.newest, take.issue.head.workbook.clone(), take.issue.head.quarter));
    for take in takes {
        if take.newest {
            write_tasks(edit, &take.issue)?;
        }
        write_reported(edit, &take.issue)?;
        let body = serde_json::to_string(&take.kept)
            .map_err(|error| wrong_input(Exchange::HandedUpNotWritten, Program::ReopenAndTry).with_detail(error.to_string()))?;
        let department = format!("{COUNTY}{}", take.issue.head.workbook);
        exchanged::put(edit, &Exchanged { department, quarter: take.issue.head.quarter, body })?;
    }
    Ok(())
}

/// The county's plans as the file has them; what is gone from them goes.
fn write_tasks(edit: &mut Edit<'_>, issue: &Issue) -> Result<(), Refusal> {
    let plans: BTreeSet<&PlanId> = issue.plans.iter().map(|plan| &plan.id).collect();
    for task in table::task::list(edit)?.iter().filter(|task| plans.contains(&task.plan)) {
        if !issue.tasks.iter().any(|row| row.id == task.id) {
            table::task::delete(edit, &task.id)?;
        }
    }
    let mut position = table::plan::list(edit)?.iter().map(|plan| plan.position + 1).max().unwrap_or(0);
    for plan in &issue.plans {
        let present = table::plan::find(edit, &plan.id)?;
        let at = present.as_ref().map_or(position, |present| present.position);
        position += i64::from(present.is_none());
        let row = plan::Plan { title: plan_title(&issue.head, &plan.title), position: at, ..plan.clone() };
        sync!(edit, plan, [&row]);
    }
    let mut position = table::department::list(edit)?.iter().map(|row| row.position + 1).max().unwrap_or(0);
    for department in &issue.departments {
        let present = table::department::find(edit, &department.id)?;
        let at = present.as_ref().map_or(position, |present| present.position);
        position += i64::from(present.is_none());
        let row = as_theirs(edit, &issue.head, department, at)?;
        sync!(edit, department, [&row]);
    }
    for section in parents_first(&issue.sections) {
        sync!(edit, section, [section]);
    }
    sync!(edit, task, &issue.tasks);
    let kept: BTreeSet<_> = issue.assignments.iter().map(|row| (&row.task, &row.department)).collect();
    for task in &issue.tasks {
        for row in table::assignment::of_task(edit, &task.id)? {
            if !kept.contains(&(&row.task, &row.department)) {
                table::assignment::delete(edit, &row.task, &row.department)?;
            }
        }
        for row in table::checklist_item::of_task(edit, &task.id)? {
            if !issue.items.iter().any(|item| item.id == row.id) {
                table::checklist_item::delete(edit, &row.id)?;
            }
        }
    }
    for row in &issue.assignments {
        if table::assignment::find(edit, &row.task, &row.department)?.as_ref() != Some(row) {
            table::assignment::put(edit, row)?;
        }
    }
    for row in table::milestone::list(edit)?.iter().filter(|row| plans.contains(&row.plan)) {
        if !issue.milestones.iter().any(|milestone| milestone.id == row.id) {
            table::milestone::delete(edit, &row.id)?;
        }
    }
    for row in table::indicator::list(edit)?.iter().filter(|row| plans.contains(&row.plan)) {
        if !issue.indicators.iter().any(|indicator| indicator.id == row.id) {
            table::indicator::delete(edit, &row.id)?;
        }
    }
    sync!(edit, checklist_item, &issue.items);
    sync!(edit, milestone, &issue.milestones);
    sync!(edit, indicator, &issue.indicators);
    for indicator in &issue.indicators {
        for row in table::target::of_indicator(edit, &indicator.id)? {
            if !issue.targets.iter().any(|target| target.id == row.id) {
                table::target::delete(edit, &row.id)?;
            }
        }
    }
    sync!(edit, target, &issue.targets);
    Ok(())
}

/// The department under its county's name; its short names and aliases are the county's own and would meet those of others.
fn as_theirs(edit: &Edit<'_>, head: &Head, department: &Department, position: i64) -> Result<Department, Refusal> {
    let mut name = format!("{}·{}", head.department_name, department.name);
    if table::department::named(edit, &name)?.is_some_and(|other| other.id != department.id) {
        let number: String = packet::sha256(head.workbook.as_bytes()).chars().take(4).collect();
        name = format!("{name}（{number}）");
    }
    Ok(Department { short_name: name.clone(), name, aliases: Vec::new(), position, ..department.clone() })
}

/// What was reported of the quarter.
fn write_reported(edit: &mut Edit<'_>, issue: &Issue) -> Result<(), Refusal> {
    let quarter = issue.head.quarter;
    let known =
        |edit: &Edit<'_>, id: &DepartmentId| -> Result<bool, Refusal> { Ok(table::department::find(edit, id)?.is_some()) };
    let reported: BTreeSet<_> = issue.progress.iter().map(|row| &row.progress.id).collect();
    let tasks: BTreeSet<_> = issue.tasks.iter().map(|task| &task.id).collect();
    for row in table::progress::of_quarter(edit, quarter)? {
        if tasks.contains(&row.task) && !reported.contains(&row.id) {
            table::progress::delete(edit, &row.id)?;
        }
    }
    for written in &issue.progress {
        let row = &written.progress;
        // of an older quarter's file, tasks and departments that are gone since stay so
        if table::task::find(edit, &row.task)?.is_none() || !known(edit, &row.department)? {
            continue;
        }
        match table::progress::find(edit, &row.id)? {
            Some(present) if present == *row => {}
            Some(_) => table::progress::update_written(edit, row, &written.by, written.at)?,
            None => table::progress::insert_written(edit, row, &written.by, written.at)?,
        }
    }
    for row in issue.actuals.iter() {
        let whose = match &row.department {
            Some(department) => known(edit, department)?,
            None => true,
        };
        if table::indicator::find(edit, &row.indicator)?.is_none() || !whose {
            continue;
        }
        match table::actual::find(edit, &row.id)? {
            // an earlier quarter's figure is that quarter's file's to change
            Some(present) if present == *row || row.quarter != quarter => {}
            Some(_) => table::actual::update(edit, row)?,
            None => table::actual::insert(edit, row)?,
        }
    }
    Ok(())
}
