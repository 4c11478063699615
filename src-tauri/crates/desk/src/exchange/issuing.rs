//! Files out: each department's part of the ledger for a quarter.

use super::files;
use super::identity::{next_serial, office_only, office_secret_or_new};
use crate::Session;
use crate::model::desk::{Desk, department_id};
use crate::model::labels;
use crate::model::ledger::{Ledger, TaskRows};
use crate::model::refusals::{said, wrong_input};
use crate::model::settings;
use crate::wire::{self, Refusal, RefusalCode};
use messages::{Doing, Exchange, Label};
use packet::{Head, Issue, Kind, SecretKey, Written};
use plan::{DepartmentId, PlanId, Quarter, TaskId};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use store::table::{self, department_key::DepartmentKey};

/// The settings that a department's workbook takes over, so that it shows and judges as the office does.
const SETTINGS: [&str; 6] = ["office", "place", "rule_set", "house_style", "words", "as_of"];
/// Figures so many quarters back are sent along: what a form needs beside what is asked.
const QUARTERS_BACK: i32 = 8;

impl Session {
    /// Makes the files of a quarter, one for each department that has tasks.
    ///
    /// # Errors
    /// A department's workbook, a closed quarter, a department without tasks, a folder that cannot be written.
    pub fn issue_packets(&mut self, request: &wire::ToIssue) -> Result<wire::Issued, Refusal> {
        let quarter: Quarter = request.quarter.parse()?;
        let folder = Path::new(&request.folder);
        if request.folder.trim().is_empty() {
            return Err(wrong_input(Exchange::NoFolder, Exchange::ChooseFolder));
        }
        std::fs::create_dir_all(folder).map_err(|error| crate::model::refusals::file_unwritable(folder, &error))?;
        let stamp = self.environment().stamp();
        let desk = self.desk()?;
        office_only(&desk.workbook().read(), Doing::Issue)?;
        if table::quarter_close::is_closed(&desk.workbook().read(), quarter)? {
            return Err(Refusal::new(
                RefusalCode::Refused,
                Exchange::ClosedToIssue { quarter: said(quarter) },
                Exchange::LaterQuarterOrReopen,
            ));
        }
        let theirs = super::county::counties(&desk.workbook().read())?.plans;
        let ledger = desk.ledger()?;
        let only = request.department.as_ref().map(|word| department_id(ledger, word)).transpose()?;
        let departments = with_tasks(ledger, &theirs, only.as_ref());
        if departments.is_empty() {
            return Err(Refusal::new(RefusalCode::Refused, Exchange::NobodyToIssueTo, Exchange::AssignTasks));
        }
        if request.new_key && only.is_none() {
            return Err(wrong_input(Exchange::OneKeyAtATime, Exchange::ChooseWhoLostKey));
        }
        let office = office_secret_or_new(desk.workbook(), &stamp)?;
        let serial = next_serial(desk.workbook(), &stamp)?;
        let renewals = renewals(desk, only.as_ref().filter(|_| request.new_key))?;
        let common = Common::of(desk, quarter)?;
        let file = desk.path().to_owned();
        let workbook = desk.workbook().id().to_owned();
        let ledger = desk.ledger()?;
        let mut made = Vec::new();
        let mut written = files::Written::of(&file);
        let mut names = BTreeSet::new();
        for (id, tasks) in &departments {
            let Some(department) = ledger.department(id) else { continue };
            let head = Head {
                kind: Kind::Issue,
                workbook: workbook.clone(),
                office: common.office.clone(),
                department: id.clone(),
                department_name: department.name.clone(),
                quarter,
                serial,
                made_at: stamp.at,
                made_by: stamp.who.clone(),
            };
            let key = office.of_department(&workbook, id, renewals.get(id).copied().unwrap_or(0));
            let issue = fill(Issue::new(head, key.to_text()), ledger, tasks, &common);
            let bytes = issue.write(&office).map_err(|error| super::refuse_file(&department.name, &error))?;
            // two names may become one file name; then the second gets a number
            let stem = files::file_name(&department.name);
            let name = (1..).map(|number| if number == 1 { stem.clone() } else { format!("{stem}({number})") });
            let name = name.into_iter().find(|name| names.insert(name.clone())).unwrap_or(stem);
            let path = folder.join(format!("{name}-{quarter}.planpack"));
            written.file(&path, &bytes)?;
            let form = if request.xlsx {
                let form = packet::write_form(&issue, &office).map_err(|error| super::refuse_file(&department.name, &error))?;
                let path = path.with_extension("xlsx");
                written.file(&path, &form)?;
                Some(path)
            } else {
                None
            };
            made.push(Made { department: id.clone(), name: department.name.clone(), path, bytes, form, tasks: tasks.len() });
        }
        record(desk, quarter, &made, &office, only.as_ref().filter(|_| request.new_key), &renewals, &stamp)?;
        written.keep();
        let files = made.into_iter().map(|made| wire::IssuedFile {
            id: made.department.to_string(),
            department: made.name,
            path: made.path.to_string_lossy().into_owned(),
            size: made.bytes.len(),
            tasks: made.tasks,
            xlsx: made.form.map(|form| form.to_string_lossy().into_owned()),
        });
        Ok(wire::Issued { quarter: quarter.to_string(), files: files.collect() })
    }
}

/// How often each department's key was renewed; one more for the department that gets a new one now.
fn renewals(desk: &mut Desk, renewed: Option<&DepartmentId>) -> Result<BTreeMap<DepartmentId, usize>, Refusal> {
    let mut renewals = BTreeMap::new();
    for key in table::department_key::list(&desk.workbook().read())? {
        *renewals.entry(key.department).or_insert(0) += 1;
    }
    if let Some(department) = renewed {
        *renewals.entry(department.clone()).or_insert(0) += 1;
    }
    Ok(renewals)
}

/// A file that was made for a department.
struct Made {
    department: DepartmentId,
    name: String,
    path: PathBuf,
    bytes: Vec<u8>,
    form: Option<PathBuf>,
    tasks: usize,
}

fn record(
    desk: &mut Desk,
    quarter: Quarter,
    made: &[Made],
    office: &SecretKey,
    renewed: Option<&DepartmentId>,
    renewals: &BTreeMap<DepartmentId, usize>,
    stamp: &store::Stamp,
) -> Result<(), Refusal> {
    let workbook = desk.workbook();
    let id = workbook.id().to_owned();
    let label = match made {
        [only] => Label::IssueTo { quarter: said(quarter), department: only.name.clone() },
        _ => Label::Issue { quarter: said(quarter), count: made.len() },
    };
    workbook.edit(&labels::kept(label), stamp, |edit| {
        for made in made {
            let mut row = super::exchange_of(edit, &made.department, quarter)?;
            row.sent_at = Some(stamp.at);
            row.sent_hash = Some(packet::sha256(&made.bytes));
            if row.state.is_empty() {
                "sent".clone_into(&mut row.state);
            }
            table::exchange::put(edit, &row)?;
        }
        if let Some(department) = renewed {
            let number = renewals.get(department).copied().unwrap_or(0);
            let key = DepartmentKey {
                department: department.clone(),
                made_at: stamp.at,
                public_key: office.of_department(&id, department, number).public().to_text(),
                secret_key: None,
                revoked_at: None,
            };
            table::department_key::replace(edit, &key)?;
        }
        Ok::<(), Refusal>(())
    })?;
    desk.changed();
    Ok(())
}

/// The departments that have tasks, in their order, with the tasks' places in the ledger.
///
/// Plans that counties handed up are their own departments' business.
pub(super) fn with_tasks(
    ledger: &Ledger,
    theirs: &BTreeSet<PlanId>,
    only: Option<&DepartmentId>,
) -> Vec<(DepartmentId, Vec<usize>)> {
    let mut tasks: HashMap<&DepartmentId, Vec<usize>> = HashMap::new();
    for (at, row) in ledger.tasks.iter().enumerate().filter(|(_, row)| !theirs.contains(&row.task.plan)) {
        for assignment in &row.assignments {
            tasks.entry(&assignment.department).or_default().push(at);
        }
    }
    let wanted = ledger.departments.iter().filter(|department| only.is_none_or(|only| department.id == *only));
    wanted.filter_map(|department| Some((department.id.clone(), tasks.remove(&department.id)?))).collect()
}

/// What all files of a quarter share.
struct Common {
    quarter: Quarter,
    office: String,
    settings: Vec<(String, String)>,
    closed: Vec<Quarter>,
    writers: HashMap<plan::ProgressId, (String, chrono::NaiveDateTime)>,
    asks: Vec<table::request::Request>,
    last_returns: HashMap<DepartmentId, i64>,
}

impl Common {
    fn of(desk: &mut Desk, quarter: Quarter) -> Result<Self, Refusal> {
        let of_workbook = desk.settings()?;
        let office = settings::text(of_workbook, "office").unwrap_or_default().to_owned();
        let settings = SETTINGS.iter().filter_map(|key| {
            let value = of_workbook.get(*key).filter(|value| !value.is_null())?;
            Some(((*key).to_owned(), value.to_string()))
        });
        let settings = settings.collect();
        let written: BTreeSet<Quarter> =
            desk.ledger()?.tasks.iter().flat_map(|row| row.progress.iter().map(|progress| progress.quarter)).collect();
        let rows = desk.workbook().read();
        let closed = table::quarter_close::heads(&rows)?.into_iter().filter(|close| close.reopened.is_none());
        let closed = closed.map(|close| close.quarter).collect();
        let mut writers = HashMap::new();
        for of in written.into_iter().filter(|of| *of <= quarter) {
            for written in table::progress::written_in(&rows, of)? {
                writers.insert(written.progress, (written.by, written.at));
            }
        }
        let mut last_returns = HashMap::new();
        for exchange in table::exchange::list(&rows)? {
            let last = last_returns.entry(exchange.department).or_insert(0);
            *last = exchange.returned_serial.unwrap_or(0).max(*last);
        }
        Ok(Self { quarter, office, settings, closed, writers, asks: table::request::list(&rows)?, last_returns })
    }
}

/// Fills a department's issue with its tasks and what belongs to them.
fn fill(mut issue: Issue, ledger: &Ledger, tasks: &[usize], common: &Common) -> Issue {
    let own = issue.head.department.clone();
    let mut plans = BTreeSet::new();
    let mut sections = BTreeSet::new();
    let mut departments = BTreeSet::from([own.clone()]);
    issue.settings.clone_from(&common.settings);
    issue.closed.clone_from(&common.closed);
    issue.last_return = common.last_returns.get(&own).copied().unwrap_or(0);
    let mut here: BTreeSet<&TaskId> = BTreeSet::new();
    for row in tasks.iter().filter_map(|&at| ledger.tasks.get(at)) {
        here.insert(&row.task.id);
        plans.insert(row.task.plan.clone());
        let mut section = row.task.section.clone();
        // a cycle in a damaged file ends where a heading comes again
        while let Some(id) = section.filter(|id| sections.insert(id.clone())) {
            section = ledger.section(&id).and_then(|section| section.parent.clone());
        }
        departments.extend(row.assignments.iter().map(|assignment| assignment.department.clone()));
        departments.extend(row.items.iter().flat_map(|item| item.departments.iter().cloned()));
        departments.extend(row.milestones.iter().flat_map(|milestone| milestone.departments.iter().cloned()));
        take_task(&mut issue, ledger, row, &own, common);
    }
    for goal in ledger.goals.iter().filter(|goal| goal.departments.contains(&own)) {
        plans.insert(goal.plan.clone());
        departments.extend(goal.departments.iter().cloned());
        issue.milestones.push(plan::Milestone { span: None, ..goal.clone() });
    }
    let mine = common.asks.iter().filter(|ask| ask.department == own);
    issue.asks = mine.map(super::receiving::ask_of).collect();
    issue.plans = ledger.plans.iter().filter(|plan| plans.contains(&plan.id)).cloned().collect();
    for plan in &mut issue.plans {
        // the whole document would make the light file heavy; each task has its own text
        plan.source_text.clear();
    }
    issue.sections = ledger.sections.iter().filter(|section| sections.contains(&section.id)).cloned().collect();
    issue.departments = ledger.departments.iter().filter(|department| departments.contains(&department.id)).cloned().collect();
    let tasks: BTreeSet<TaskId> = here.into_iter().cloned().collect();
    take_people(&mut issue, ledger, &tasks, &departments);
    issue
}

/// Who answers for the tasks and the department. Nobody's telephone number goes to another unit.
fn take_people(issue: &mut Issue, ledger: &Ledger, tasks: &BTreeSet<TaskId>, departments: &BTreeSet<DepartmentId>) {
    let own = issue.head.department.clone();
    let concerns = |holding: &&plan::Holding| match (&holding.task, &holding.department) {
        (Some(task), department) => {
            tasks.contains(task) && department.as_ref().is_none_or(|department| departments.contains(department))
        }
        (None, department) => department.as_ref() == Some(&own),
    };
    issue.holdings = ledger.holdings.iter().filter(concerns).cloned().collect();
    let named: BTreeSet<&plan::PersonId> = issue.holdings.iter().map(|holding| &holding.person).collect();
    let people = ledger.people.iter().filter(|person| named.contains(&person.id));
    issue.people = people
        .map(|person| {
            let is_own = person.department.as_ref() == Some(&own);
            let telephone = if is_own { person.telephone.clone() } else { String::new() };
            let department = person.department.clone().filter(|department| departments.contains(department));
            plan::Person { telephone, department, ..person.clone() }
        })
        .collect();
}

fn take_task(issue: &mut Issue, ledger: &Ledger, row: &TaskRows, own: &DepartmentId, common: &Common) {
    // a remark is the office's own
    issue.tasks.push(plan::Task { span: None, remark: String::new(), ..row.task.clone() });
    issue.assignments.extend(row.assignments.iter().cloned());
    issue.items.extend(row.items.iter().map(|item| plan::ChecklistItem { span: None, ..item.clone() }));
    issue.milestones.extend(row.milestones.iter().map(|milestone| plan::Milestone { span: None, ..milestone.clone() }));
    let oldest = common.quarter.ordinal() - QUARTERS_BACK;
    for measured in ledger.measured_of(row) {
        issue.indicators.push(measured.indicator.clone());
        issue.targets.extend(measured.targets.iter().map(|target| plan::Target { span: None, ..target.clone() }));
        let wanted = measured.actuals.iter().filter(|actual| {
            actual.quarter <= common.quarter
                && actual.quarter.ordinal() >= oldest
                && actual.department.as_ref().is_none_or(|department| department == own)
        });
        issue.actuals.extend(wanted.cloned());
    }
    let mine = row.progress.iter().filter(|progress| progress.department == *own && progress.quarter <= common.quarter);
    // this quarter's and the last before it: what is carried forward
    let last = mine.clone().map(|progress| progress.quarter).filter(|quarter| *quarter < common.quarter).max();
    for progress in mine.filter(|progress| progress.quarter == common.quarter || Some(progress.quarter) == last) {
        let (by, at) = common.writers.get(&progress.id).cloned().unwrap_or_else(|| (String::new(), issue.head.made_at));
        issue.progress.push(Written { progress: progress.clone(), by, at });
    }
}
