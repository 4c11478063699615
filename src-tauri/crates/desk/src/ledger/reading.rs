//! Reading all rows: one or two threads ask SQLite, another puts what comes where it belongs.

use super::{Ledger, Measured, TaskRows, places};
use crate::initials::initials;
use plan::{Actual, Assignment, ChecklistItem, Evidence, Indicator, IndicatorId, Milestone, Progress, Target, Task, TaskId};
use std::sync::mpsc::{Receiver, Sender, channel};
use store::{Beside, Rows, StoreError, table};

/// Some of a table's rows, in no order; or that all of them have been handed over, for those that others hang on.
enum Read {
    Tasks(Vec<Task>),
    AllTasks,
    Assignments(Vec<Assignment>),
    Items(Vec<ChecklistItem>),
    Milestones(Vec<Milestone>),
    Indicators(Vec<Indicator>),
    AllIndicators,
    Targets(Vec<Target>),
    Actuals(Vec<Actual>),
    Progress(Vec<Progress>),
    Evidence(Vec<Evidence>),
}

// Nobody listens any more only where the other thread has panicked, which is passed on when it is joined.

/// Reads the tasks and what is written by hand about them, each table to its end.
fn read_tasks(rows: &Rows<'_>, to: &Sender<Read>) -> Result<(), StoreError> {
    table::task::unsorted(rows, &mut |some| drop(to.send(Read::Tasks(some))))?;
    let _ = to.send(Read::AllTasks);
    table::checklist_item::unsorted(rows, &mut |some| drop(to.send(Read::Items(some))))?;
    table::progress::unsorted(rows, &mut |some| drop(to.send(Read::Progress(some))))?;
    table::evidence::unsorted(rows, &mut |some| drop(to.send(Read::Evidence(some))))
}

/// Reads who does what, what is handed over and what is measured, each table to its end. Indicators come before their targets.
fn read_measures(rows: &Rows<'_>, to: &Sender<Read>) -> Result<(), StoreError> {
    table::indicator::unsorted(rows, &mut |some| drop(to.send(Read::Indicators(some))))?;
    let _ = to.send(Read::AllIndicators);
    table::target::unsorted(rows, &mut |some| drop(to.send(Read::Targets(some))))?;
    table::actual::unsorted(rows, &mut |some| drop(to.send(Read::Actuals(some))))?;
    table::assignment::unsorted(rows, &mut |some| drop(to.send(Read::Assignments(some))))?;
    table::milestone::unsorted(rows, &mut |some| drop(to.send(Read::Milestones(some))))
}

impl Ledger {
    /// Reads all rows; half of them `beside`, at the same time, where there is a second way to read.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub(crate) fn read(rows: &Rows<'_>, beside: Option<Beside>) -> Result<Self, StoreError> {
        let plans = table::plan::list(rows)?;
        let sections = table::section::list(rows)?;
        let departments = table::department::list(rows)?;
        let empty = Self {
            plan_at: places(&plans, |plan| plan.id.clone()),
            section_at: places(&sections, |section| section.id.clone()),
            department_at: places(&departments, |department| department.id.clone()),
            plans,
            sections,
            departments,
            retired: table::retired::list(rows)?.into_iter().map(|row| row.id).collect(),
            ..Self::default()
        };
        std::thread::scope(|scope| {
            let (to, from) = channel();
            let filling = scope.spawn(move || empty.filled(&from));
            let other = beside.map(|beside| {
                let to = to.clone();
                scope.spawn(move || read_measures(&beside.read(), &to))
            });
            let tasks = read_tasks(rows, &to);
            let measures = match other {
                Some(other) => other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
                None => read_measures(rows, &to),
            };
            drop(to);
            let read = tasks.and(measures);
            let ledger = filling.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            read.map(|()| ledger)
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
            ..Self::default()
        };
        let mut near = 0;
        for read in [
            Read::Tasks(issue.tasks),
            Read::AllTasks,
            Read::Items(issue.items),
            Read::Assignments(issue.assignments),
            Read::Milestones(issue.milestones),
            Read::Indicators(issue.indicators),
            Read::AllIndicators,
            Read::Targets(issue.targets),
            Read::Actuals(issue.actuals),
            Read::Progress(issue.progress.into_iter().map(|written| written.progress).collect()),
        ] {
            ledger.put(read, &mut near);
        }
        ledger.sorted()
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
        self.sorted()
    }

    fn take(&mut self, mut read: Read, near: &mut usize) {
        if !self.retired.is_empty() {
            self.leave_out_retired(&mut read);
        }
        self.put(read, near);
    }

    fn sorted(mut self) -> Self {
        self.tasks.iter_mut().for_each(TaskRows::sort);
        self.measured.iter_mut().for_each(Measured::sort);
        self.goals.sort_by(|a, b| (&a.plan, a.position, &a.id).cmp(&(&b.plan, b.position, &b.id)));
        for at in 0..self.tasks.len() {
            self.tasks[at].units = self.units(&self.tasks[at].assignments);
        }
        self
    }

    /// Takes out what a new version of its plan no longer has, and what hangs on such a task.
    fn leave_out_retired(&self, read: &mut Read) {
        let counts = |id: &str| !self.retired.contains(id);
        let with_task = |task: Option<&TaskId>| task.is_none_or(|task| counts(task.as_str()));
        match read {
            Read::Tasks(rows) => rows.retain(|row| counts(row.id.as_str())),
            Read::Items(rows) => rows.retain(|row| counts(row.id.as_str())),
            Read::Milestones(rows) => rows.retain(|row| counts(row.id.as_str()) && with_task(row.task.as_ref())),
            Read::Indicators(rows) => rows.retain(|row| counts(row.id.as_str()) && with_task(row.task.as_ref())),
            Read::Targets(rows) => rows.retain(|row| counts(row.id.as_str())),
            Read::AllTasks
            | Read::AllIndicators
            | Read::Assignments(_)
            | Read::Actuals(_)
            | Read::Progress(_)
            | Read::Evidence(_) => {}
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
            Read::Assignments(rows) => by_parent(
                rows,
                |a, b| a.task == b.task,
                |count, row| {
                    if let Some(at) = self.task_near(near, &row.task) {
                        put_in(&mut self.tasks[at].assignments, count, row);
                    }
                },
            ),
            Read::Items(rows) => by_parent(
                rows,
                |a, b| a.task == b.task,
                |count, row| {
                    if let Some(at) = self.task_near(near, &row.task) {
                        put_in(&mut self.tasks[at].items, count, row);
                    }
                },
            ),
            Read::Milestones(rows) => {
                for row in rows {
                    match row.task.as_ref().and_then(|task| self.task_near(near, task)) {
                        Some(at) => self.tasks[at].milestones.push(row),
                        None => self.goals.push(row),
                    }
                }
            }
            Read::Indicators(rows) => {
                let bare = |indicator| Measured { indicator, targets: Vec::new(), actuals: Vec::new() };
                self.measured.extend(rows.into_iter().map(bare));
            }
            Read::AllIndicators => {
                let plan_at = &self.plan_at;
                self.measured.sort_by_cached_key(|row| {
                    (plan_at.get(&row.indicator.plan).copied(), row.indicator.position, row.indicator.id.clone())
                });
                self.measured_at = places(&self.measured, |row| row.indicator.id.clone());
                for at in 0..self.measured.len() {
                    let task = self.measured[at].indicator.task.as_ref();
                    if let Some(task) = task.and_then(|task| self.task_near(near, task)) {
                        self.tasks[task].measured.push(at);
                    }
                }
            }
            Read::Targets(rows) => by_parent(
                rows,
                |a, b| a.indicator == b.indicator,
                |count, row| {
                    if let Some(at) = self.measured_near(near, &row.indicator) {
                        put_in(&mut self.measured[at].targets, count, row);
                    }
                },
            ),
            Read::Actuals(rows) => by_parent(
                rows,
                |a, b| a.indicator == b.indicator,
                |count, row| {
                    if let Some(at) = self.measured_near(near, &row.indicator) {
                        put_in(&mut self.measured[at].actuals, count, row);
                    }
                },
            ),
            Read::Progress(rows) => by_parent(
                rows,
                |a, b| a.task == b.task,
                |count, row| {
                    if let Some(at) = self.task_near(near, &row.task) {
                        put_in(&mut self.tasks[at].progress, count, row);
                    }
                },
            ),
            Read::Evidence(rows) => by_parent(
                rows,
                |a, b| a.task == b.task,
                |count, row| {
                    if let Some(at) = self.task_near(near, &row.task) {
                        put_in(&mut self.tasks[at].evidence, count, row);
                    }
                },
            ),
        }
    }

    /// The place of a task. Rows lie in the file about as their tasks do: the place found last, and the one after it, are
    /// tried before the map.
    fn task_near(&self, near: &mut usize, id: &TaskId) -> Option<usize> {
        let is_it = |at: &usize| self.tasks.get(*at).is_some_and(|row| row.task.id == *id);
        *near = [*near, near.saturating_add(1)].into_iter().find(is_it).or_else(|| self.task_place(id))?;
        Some(*near)
    }

    /// The place of an indicator, as [`task_near`](Self::task_near) finds that of a task.
    fn measured_near(&self, near: &mut usize, id: &IndicatorId) -> Option<usize> {
        let is_it = |at: &usize| self.measured.get(*at).is_some_and(|row| row.indicator.id == *id);
        *near = [*near, near.saturating_add(1)].into_iter().find(is_it).or_else(|| self.measured_at.get(id).copied())?;
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
