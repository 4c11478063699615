//! Reading all rows: one thread asks SQLite, another puts what comes where it belongs.

use super::{Ledger, Measured, TaskRows, places};
use crate::initials::initials;
use plan::{Actual, Assignment, ChecklistItem, Evidence, Indicator, IndicatorId, Milestone, Progress, Target, Task, TaskId};
use std::sync::mpsc::{Receiver, Sender, channel};
use store::{Rows, StoreError, table};

/// A table's rows, in no order.
enum Read {
    Tasks(Vec<Task>),
    Assignments(Vec<Assignment>),
    Items(Vec<ChecklistItem>),
    Milestones(Vec<Milestone>),
    Indicators(Vec<Indicator>),
    Targets(Vec<Target>),
    Actuals(Vec<Actual>),
    Progress(Vec<Progress>),
    Evidence(Vec<Evidence>),
}

/// Reads the tables that hang on plans, each to its end. Tasks come before what hangs on them, indicators before their targets.
fn read_all(rows: &Rows<'_>, to: &Sender<Read>) -> Result<(), StoreError> {
    // nobody listens any more only where the other thread has panicked, which is passed on when it is joined
    let hand = |read: Read| drop(to.send(read));
    hand(Read::Tasks(table::task::unsorted(rows)?));
    hand(Read::Items(table::checklist_item::unsorted(rows)?));
    hand(Read::Assignments(table::assignment::unsorted(rows)?));
    hand(Read::Milestones(table::milestone::unsorted(rows)?));
    hand(Read::Indicators(table::indicator::unsorted(rows)?));
    hand(Read::Targets(table::target::unsorted(rows)?));
    hand(Read::Actuals(table::actual::unsorted(rows)?));
    hand(Read::Progress(table::progress::unsorted(rows)?));
    hand(Read::Evidence(table::evidence::unsorted(rows)?));
    Ok(())
}

impl Ledger {
    /// Reads all rows.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub(crate) fn read(rows: &Rows<'_>) -> Result<Self, StoreError> {
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
            let read = read_all(rows, &to);
            drop(to);
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
            Read::Items(issue.items),
            Read::Assignments(issue.assignments),
            Read::Milestones(issue.milestones),
            Read::Indicators(issue.indicators),
            Read::Targets(issue.targets),
            Read::Actuals(issue.actuals),
            Read::Progress(issue.progress.into_iter().map(|written| written.progress).collect()),
        ] {
            ledger.put(read, &mut near);
        }
        ledger.sorted()
    }

    fn filled(mut self, from: &Receiver<Read>) -> Self {
        let mut near = 0;
        for mut read in from {
            if !self.retired.is_empty() {
                self.leave_out_retired(&mut read);
            }
            self.put(read, &mut near);
        }
        self.sorted()
    }

    fn sorted(mut self) -> Self {
        self.tasks.iter_mut().for_each(TaskRows::sort);
        self.measured.iter_mut().for_each(Measured::sort);
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
            Read::Assignments(_) | Read::Actuals(_) | Read::Progress(_) | Read::Evidence(_) => {}
        }
    }

    fn put(&mut self, read: Read, near: &mut usize) {
        match read {
            Read::Tasks(tasks) => {
                self.tasks = tasks.into_iter().map(TaskRows::bare).collect();
                let plan_at = &self.plan_at;
                self.tasks
                    .sort_by_cached_key(|row| (plan_at.get(&row.task.plan).copied(), row.task.position, row.task.id.clone()));
                self.task_at = places(&self.tasks, |row| row.task.id.clone());
            }
            Read::Assignments(rows) => {
                for row in rows {
                    if let Some(at) = self.task_near(near, &row.task) {
                        self.tasks[at].assignments.push(row);
                    }
                }
            }
            Read::Items(rows) => {
                for row in rows {
                    if let Some(at) = self.task_near(near, &row.task) {
                        self.tasks[at].items.push(row);
                    }
                }
            }
            Read::Milestones(rows) => {
                for row in rows {
                    match row.task.as_ref().and_then(|task| self.task_near(near, task)) {
                        Some(at) => self.tasks[at].milestones.push(row),
                        None => self.goals.push(row),
                    }
                }
                self.goals.sort_by(|a, b| (&a.plan, a.position, &a.id).cmp(&(&b.plan, b.position, &b.id)));
            }
            Read::Indicators(rows) => {
                let bare = |indicator| Measured { indicator, targets: Vec::new(), actuals: Vec::new() };
                self.measured = rows.into_iter().map(bare).collect();
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
            Read::Targets(rows) => {
                for row in rows {
                    if let Some(at) = self.measured_near(near, &row.indicator) {
                        self.measured[at].targets.push(row);
                    }
                }
            }
            Read::Actuals(rows) => {
                for row in rows {
                    if let Some(at) = self.measured_near(near, &row.indicator) {
                        self.measured[at].actuals.push(row);
                    }
                }
            }
            Read::Progress(rows) => {
                for row in rows {
                    if let Some(at) = self.task_near(near, &row.task) {
                        self.tasks[at].progress.push(row);
                    }
                }
            }
            Read::Evidence(rows) => {
                for row in rows {
                    if let Some(at) = self.task_near(near, &row.task) {
                        self.tasks[at].evidence.push(row);
                    }
                }
            }
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
