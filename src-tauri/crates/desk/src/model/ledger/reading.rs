//! Reading all rows: one or two threads ask SQLite, another puts what comes where it belongs.

use super::{Ledger, Measured, TaskRows, places, units};
use crate::model::initials::initials;
use foldhash::{HashMap, HashSet};
use plan::{
    Actual, Assignment, ChecklistItem, Evidence, Indicator, IndicatorId, Milestone, PlanId, Progress, Target, Task, TaskId,
};
use std::sync::mpsc::{Receiver, Sender, channel};
use store::{Beside, Rows, StoreError, table};

/// Some rows of a table that hangs on tasks, in no order; or that the tasks themselves are all there.
enum Read {
    Tasks(Vec<Task>),
    AllTasks,
    Assignments(Vec<Assignment>),
    Items(Vec<ChecklistItem>),
    Milestones(Vec<Milestone>),
    Progress(Vec<Progress>),
    Evidence(Vec<Evidence>),
}

// Nobody listens any more only where the other thread has panicked, which is passed on when it is joined.

/// Reads the tasks and what is done about them, each table to its end.
fn read_tasks(rows: &Rows<'_>, to: &Sender<Read>) -> Result<(), StoreError> {
    table::task::unsorted(rows, &mut |some| drop(to.send(Read::Tasks(some))))?;
    let _ = to.send(Read::AllTasks);
    table::checklist_item::unsorted(rows, &mut |some| drop(to.send(Read::Items(some))))?;
    table::progress::unsorted(rows, &mut |some| drop(to.send(Read::Progress(some))))?;
    table::evidence::unsorted(rows, &mut |some| drop(to.send(Read::Evidence(some))))
}

/// Reads who does the tasks, when they hand something over, and what is measured, each table to its end.
fn read_measures(rows: &Rows<'_>, to: &Sender<Read>, mut measures: Measures) -> Result<Measures, StoreError> {
    table::assignment::unsorted(rows, &mut |some| drop(to.send(Read::Assignments(some))))?;
    table::milestone::unsorted(rows, &mut |some| drop(to.send(Read::Milestones(some))))?;
    table::indicator::unsorted(rows, &mut |some| measures.put_indicators(some))?;
    measures.settle();
    table::target::unsorted(rows, &mut |some| measures.put_targets(some))?;
    table::actual::unsorted(rows, &mut |some| measures.put_actuals(some))?;
    Ok(measures)
}

/// The indicators with what hangs on them, while they are read.
struct Measures {
    plan_at: HashMap<PlanId, usize>,
    retired: HashSet<String>,
    /// What retired indicators are called.
    off: HashMap<String, String>,
    measured: Vec<Measured>,
    at: HashMap<IndicatorId, usize>,
    near: usize,
}

impl Measures {
    fn counts(&self, id: &str) -> bool {
        self.retired.is_empty() || !self.retired.contains(id)
    }

    fn put_indicators(&mut self, mut rows: Vec<Indicator>) {
        for row in rows.iter().filter(|row| self.retired.contains(row.id.as_str())) {
            self.off.insert(row.id.to_string(), row.name.clone());
        }
        rows.retain(|row| self.counts(row.id.as_str()) && row.task.as_ref().is_none_or(|task| self.counts(task.as_str())));
        let bare = |indicator| Measured { indicator, targets: Vec::new(), actuals: Vec::new() };
        self.measured.extend(rows.into_iter().map(bare));
    }

    /// All indicators are there: puts them in order.
    fn settle(&mut self) {
        let plan_at = &self.plan_at;
        self.measured.sort_by_cached_key(|row| {
            (plan_at.get(&row.indicator.plan).copied(), row.indicator.position, row.indicator.id.clone())
        });
        self.at = places(&self.measured, |row| row.indicator.id.clone());
    }

    fn put_targets(&mut self, mut rows: Vec<Target>) {
        rows.retain(|row| self.counts(row.id.as_str()));
        let same = |a: &Target, b: &Target| a.indicator == b.indicator;
        by_parent(rows, same, |count, row| {
            if let Some(measured) = self.of(&row.indicator) {
                put_in(&mut measured.targets, count, row);
            }
        });
    }

    fn put_actuals(&mut self, rows: Vec<Actual>) {
        let same = |a: &Actual, b: &Actual| a.indicator == b.indicator;
        by_parent(rows, same, |count, row| {
            if let Some(measured) = self.of(&row.indicator) {
                put_in(&mut measured.actuals, count, row);
            }
        });
    }

    /// An indicator, as [`Ledger::task_near`] finds a task.
    fn of(&mut self, id: &IndicatorId) -> Option<&mut Measured> {
        let is_it = |at: &usize| self.measured.get(*at).is_some_and(|row| row.indicator.id == *id);
        self.near = [self.near, self.near.saturating_add(1)].into_iter().find(is_it).or_else(|| self.at.get(id).copied())?;
        self.measured.get_mut(self.near)
    }
}

impl Ledger {
    /// Reads all rows; half of them `beside`, at the same time, where there is a second way to read.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub(crate) fn read(rows: &Rows<'_>, beside: Option<Beside>) -> Result<Self, StoreError> {
        let plans = table::plan::list(rows)?;
        let mut sections = table::section::list(rows)?;
        let departments = table::department::list(rows)?;
        let retired: HashSet<String> = table::retired::list(rows)?.into_iter().map(|row| row.id).collect();
        let is_off = |section: &mut plan::Section| retired.contains(section.id.as_str());
        let off = sections.extract_if(.., is_off).map(|section| (section.id.to_string(), section.title)).collect();
        let empty = Self {
            plan_at: places(&plans, |plan| plan.id.clone()),
            section_at: places(&sections, |section| section.id.clone()),
            department_at: places(&departments, |department| department.id.clone()),
            plans,
            sections,
            departments,
            returned: table::exchange::list(rows)?
                .into_iter()
                .filter(|row| row.returned_hash.is_some())
                .map(|row| (row.quarter, row.department))
                .collect(),
            people: table::person::list(rows)?,
            holdings: table::person::holdings(rows)?,
            retired,
            off,
            ..Self::default()
        };
        let unmeasured = empty.unmeasured();
        std::thread::scope(|scope| {
            let (to, from) = channel();
            let filling = scope.spawn(move || empty.filled(&from));
            let read = match beside {
                Some(beside) => {
                    let beside_to = to.clone();
                    let other = scope.spawn(move || read_measures(&beside.read(), &beside_to, unmeasured));
                    let tasks = read_tasks(rows, &to);
                    let measures = other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                    tasks.and(measures)
                }
                None => read_tasks(rows, &to).and_then(|()| read_measures(rows, &to, unmeasured)),
            };
            drop(to);
            let ledger = filling.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            read.map(|measures| ledger.with(measures))
        })
    }

    /// The rows that a closed quarter keeps.
    pub(crate) fn of_kept(issue: packet::Issue) -> Self {
        let mut ledger = Self {
            plan_at: places(&issue.plans, |plan| plan.id.clone()),
            section_at: places(&issue.sections, |section| section.id.clone()),
            department_at: places(&issue.departments, |department| department.id.clone()),
            plans: issue.plans,
            sections: issue.sections,
            departments: issue.departments,
            people: issue.people,
            holdings: issue.holdings,
            ..Self::default()
        };
        let mut near = 0;
        for read in [
            Read::Tasks(issue.tasks),
            Read::AllTasks,
            Read::Items(issue.items),
            Read::Assignments(issue.assignments),
            Read::Milestones(issue.milestones),
            Read::Progress(issue.progress.into_iter().map(|written| written.progress).collect()),
        ] {
            ledger.put(read, &mut near);
        }
        let mut measures = ledger.unmeasured();
        measures.put_indicators(issue.indicators);
        measures.settle();
        measures.put_targets(issue.targets);
        measures.put_actuals(issue.actuals);
        ledger.with(measures)
    }

    /// What is measured in this ledger, not read yet.
    fn unmeasured(&self) -> Measures {
        let (plan_at, retired) = (self.plan_at.clone(), self.retired.clone());
        Measures { plan_at, retired, off: HashMap::default(), measured: Vec::new(), at: HashMap::default(), near: 0 }
    }

    /// Puts all that comes where it belongs: the tasks first, since all else hangs on them.
    fn filled(mut self, from: &Receiver<Read>) -> Self {
        let mut near = 0;
        let mut early = Vec::new();
        let mut tasks_missing = true;
        for read in from {
            match read {
                Read::Tasks(_) => self.take(read, &mut near),
                Read::AllTasks => {
                    self.take(read, &mut near);
                    tasks_missing = false;
                    early.drain(..).for_each(|read| self.take(read, &mut near));
                }
                other if tasks_missing => early.push(other),
                other => self.take(other, &mut near),
            }
        }
        self
    }

    fn take(&mut self, mut read: Read, near: &mut usize) {
        if !self.retired.is_empty() {
            self.leave_out_retired(&mut read);
        }
        self.put(read, near);
    }

    /// The whole ledger: indicators under their tasks, and what hangs on each row in its order.
    fn with(mut self, measures: Measures) -> Self {
        let mut near = 0;
        self.off.extend(measures.off);
        self.measured = measures.measured;
        self.measured_at = measures.at;
        for at in 0..self.measured.len() {
            let task = self.measured[at].indicator.task.as_ref();
            if let Some(task) = task.and_then(|task| self.task_near(&mut near, task)) {
                put_in(&mut self.tasks[task].measured, 1, at);
            }
        }
        self.goals.sort_by(|a, b| (&a.plan, a.position, &a.id).cmp(&(&b.plan, b.position, &b.id)));
        let departments = &self.department_at;
        let settle = |rows: &mut [TaskRows]| {
            for row in rows {
                row.sort();
                row.units = units(departments, &row.assignments);
            }
        };
        let share = self.share();
        std::thread::scope(|scope| {
            let mut shares = self.tasks.chunks_mut(share);
            let first = shares.next().unwrap_or_default();
            shares.for_each(|rows| drop(scope.spawn(|| settle(rows))));
            settle(first);
            self.measured.iter_mut().for_each(Measured::sort);
        });
        self
    }

    /// Takes out what no longer counts, and what hangs on such a task.
    fn leave_out_retired(&mut self, read: &mut Read) {
        let mut off = std::mem::take(&mut self.off);
        let mut name = |id: &str, name: &str| {
            if self.retired.contains(id) {
                off.insert(id.to_owned(), name.to_owned());
            }
        };
        match read {
            Read::Tasks(rows) => rows.iter().for_each(|row| name(row.id.as_str(), &row.title)),
            Read::Items(rows) => rows.iter().for_each(|row| name(row.id.as_str(), &row.text)),
            Read::Milestones(rows) => rows.iter().for_each(|row| name(row.id.as_str(), &row.what)),
            Read::AllTasks | Read::Assignments(_) | Read::Progress(_) | Read::Evidence(_) => {}
        }
        self.off = off;
        let counts = |id: &str| !self.retired.contains(id);
        let with_task = |task: Option<&TaskId>| task.is_none_or(|task| counts(task.as_str()));
        match read {
            Read::Tasks(rows) => rows.retain(|row| counts(row.id.as_str())),
            Read::Items(rows) => rows.retain(|row| counts(row.id.as_str())),
            Read::Milestones(rows) => rows.retain(|row| counts(row.id.as_str()) && with_task(row.task.as_ref())),
            Read::AllTasks | Read::Assignments(_) | Read::Progress(_) | Read::Evidence(_) => {}
        }
    }

    fn put(&mut self, read: Read, near: &mut usize) {
        match read {
            Read::Tasks(tasks) => self.tasks.extend(tasks.into_iter().map(TaskRows::bare)),
            Read::AllTasks => {
                let plan_at = &self.plan_at;
                self.tasks
                    .sort_by_cached_key(|row| (plan_at.get(&row.task.plan).copied(), row.task.position, row.task.id.clone()));
                self.task_at = places(&self.tasks, |row| row.task.id.clone());
            }
            Read::Assignments(rows) => self.hang(rows, near, |row| &row.task, |task| &mut task.assignments),
            Read::Items(rows) => self.hang(rows, near, |row| &row.task, |task| &mut task.items),
            Read::Progress(rows) => self.hang(rows, near, |row| &row.task, |task| &mut task.progress),
            Read::Evidence(rows) => self.hang(rows, near, |row| &row.task, |task| &mut task.evidence),
            Read::Milestones(rows) => {
                for row in rows {
                    match row.task.as_ref().and_then(|task| self.task_near(near, task)) {
                        Some(at) => self.tasks[at].milestones.push(row),
                        None => self.goals.push(row),
                    }
                }
            }
        }
    }

    /// Hangs rows on their tasks.
    fn hang<T>(&mut self, rows: Vec<T>, near: &mut usize, task: fn(&T) -> &TaskId, list: fn(&mut TaskRows) -> &mut Vec<T>) {
        by_parent(
            rows,
            |a, b| task(a) == task(b),
            |count, row| {
                if let Some(at) = self.task_near(near, task(&row)) {
                    put_in(list(&mut self.tasks[at]), count, row);
                }
            },
        );
    }

    /// The place of a task. Rows lie in the file about as their tasks do: the place found last, and the one after it, are
    /// tried before the map.
    fn task_near(&self, near: &mut usize, id: &TaskId) -> Option<usize> {
        let is_it = |at: &usize| self.tasks.get(*at).is_some_and(|row| row.task.id == *id);
        *near = [*near, near.saturating_add(1)].into_iter().find(is_it).or_else(|| self.task_place(id))?;
        Some(*near)
    }
}

/// Gives each row away with how many of its parent's follow in line, itself among them: lists then get no more memory than they
/// need, which for a hundred thousand of them is half of it.
fn by_parent<T>(rows: Vec<T>, same: impl Fn(&T, &T) -> bool, mut give: impl FnMut(usize, T)) {
    let lengths: Vec<usize> = rows.chunk_by(same).map(<[T]>::len).collect();
    let mut rows = rows.into_iter();
    for length in lengths {
        for (place, row) in rows.by_ref().take(length).enumerate() {
            give(length - place, row);
        }
    }
}

fn put_in<T>(list: &mut Vec<T>, count: usize, row: T) {
    if list.len() == list.capacity() {
        list.reserve_exact(count);
    }
    list.push(row);
}

impl TaskRows {
    /// A task with nothing on it yet.
    pub(super) fn bare(task: Task) -> Self {
        Self {
            initials: initials(&task.title),
            task,
            assignments: Vec::new(),
            units: Vec::new(),
            items: Vec::new(),
            milestones: Vec::new(),
            measured: Vec::new(),
            progress: Vec::new(),
            evidence: Vec::new(),
        }
    }
}
