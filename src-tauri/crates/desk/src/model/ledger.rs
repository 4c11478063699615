//! All rows of a workbook in memory, grouped as the views need them. Read once after each change; the file stays the truth.

mod following;
mod reading;

use chrono::NaiveDate;
use foldhash::{HashMap, HashSet};
use plan::{
    Actual, Assessment, Assignment, ChecklistItem, Department, DepartmentId, Evidence, Holding, Indicator, IndicatorId,
    Milestone, Moment, Person, PersonId, PersonRole, Plan, PlanId, Progress, Role, RuleSet, Section, SectionId, Status, Target,
    TargetInput, Task, TaskAssessment, TaskId, TaskInput,
};
use std::hash::Hash;

/// So few tasks are judged sooner than a thread is started.
const FEW: usize = 2_000;

/// An indicator with its targets and figures.
#[derive(Debug)]
pub(crate) struct Measured {
    pub indicator: Indicator,
    pub targets: Vec<Target>,
    pub actuals: Vec<Actual>,
}

/// A task with everything that hangs on it.
#[derive(Debug)]
pub(crate) struct TaskRows {
    pub task: Task,
    /// Pinyin initials of the title.
    pub initials: String,
    pub assignments: Vec<Assignment>,
    /// Where each assignment's department stands in [`Ledger::departments`]; none where it does not.
    units: Vec<Option<usize>>,
    pub items: Vec<ChecklistItem>,
    /// Places in [`Ledger::milestones`].
    pub milestones: Vec<Milestone>,
    /// Places in [`Ledger::measured`].
    pub measured: Vec<usize>,
    pub progress: Vec<Progress>,
    pub evidence: Vec<Evidence>,
}

/// All rows of a workbook.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    pub plans: Vec<Plan>,
    pub sections: Vec<Section>,
    pub departments: Vec<Department>,
    /// In the order of the plans and of the tasks in each.
    pub tasks: Vec<TaskRows>,
    /// In the order of the plans and of the indicators in each.
    pub measured: Vec<Measured>,
    /// Milestones of the plans' own goals.
    pub goals: Vec<Milestone>,
    /// The returns that were merged: the quarter and who returned it.
    pub returned: HashSet<(plan::Quarter, DepartmentId)>,
    /// The people who answer for tasks and departments.
    pub people: Vec<Person>,
    /// What they hold, in the order of the roles.
    pub holdings: Vec<Holding>,
    /// Ids of the rows that no longer count; none of them stands above.
    retired: HashSet<String>,
    /// What those of them are called that have a name.
    pub off: HashMap<String, String>,
    plan_at: HashMap<PlanId, usize>,
    section_at: HashMap<SectionId, usize>,
    department_at: HashMap<DepartmentId, usize>,
    task_at: HashMap<TaskId, usize>,
    measured_at: HashMap<IndicatorId, usize>,
}

fn places<T, K: Hash + Eq>(rows: &[T], key: impl Fn(&T) -> K) -> HashMap<K, usize> {
    rows.iter().enumerate().map(|(at, row)| (key(row), at)).collect()
}

/// The places of the departments of a task's assignments.
fn units(department_at: &HashMap<DepartmentId, usize>, assignments: &[Assignment]) -> Vec<Option<usize>> {
    assignments.iter().map(|assignment| department_at.get(&assignment.department).copied()).collect()
}

impl Ledger {
    pub(crate) fn plan(&self, id: &PlanId) -> Option<&Plan> {
        self.plan_at.get(id).and_then(|&at| self.plans.get(at))
    }

    pub(crate) fn section(&self, id: &SectionId) -> Option<&Section> {
        self.section_at.get(id).and_then(|&at| self.sections.get(at))
    }

    pub(crate) fn department(&self, id: &DepartmentId) -> Option<&Department> {
        self.department_at.get(id).and_then(|&at| self.departments.get(at))
    }

    /// A department by id, name, short name or alias.
    pub(crate) fn department_called(&self, word: &str) -> Option<&Department> {
        self.department(&DepartmentId::new(word)).or_else(|| crate::model::departments::find_department(&self.departments, word))
    }

    pub(crate) fn department_name(&self, id: &DepartmentId) -> String {
        self.department(id).map(|department| department.name.clone()).unwrap_or_default()
    }

    pub(crate) fn task(&self, id: &TaskId) -> Option<&TaskRows> {
        self.task_at.get(id).and_then(|&at| self.tasks.get(at))
    }

    pub(crate) fn task_place(&self, id: &TaskId) -> Option<usize> {
        self.task_at.get(id).copied()
    }

    /// The indicators of a task.
    pub(crate) fn measured_of<'a>(&'a self, row: &'a TaskRows) -> impl Iterator<Item = &'a Measured> {
        row.measured.iter().filter_map(|&at| self.measured.get(at))
    }

    /// Judges a task for itself, without its department's place among the others.
    pub(crate) fn judge(&self, row: &TaskRows, rules: &RuleSet, moment: Moment) -> Option<TaskAssessment> {
        let plan = self.plan(&row.task.plan)?;
        let indicators: Vec<(&Indicator, &[Target], &[Actual])> = self
            .measured_of(row)
            .map(|measured| (&measured.indicator, measured.targets.as_slice(), measured.actuals.as_slice()))
            .collect();
        Some(plan::assess_task(
            TaskInput {
                plan,
                task: &row.task,
                assignments: &row.assignments,
                items: &row.items,
                milestones: &row.milestones,
                indicators: &indicators,
                progress: &row.progress,
            },
            rules,
            moment,
        ))
    }

    /// Judges every task, in their order; many of them on all cores. Where places matter, by them too.
    pub(crate) fn judge_all(&self, rules: &RuleSet, moment: Moment) -> Vec<TaskAssessment> {
        let mut judged = self.judge_each(rules, moment);
        if rules.last_places.is_some() {
            let rows = self.tasks.iter().zip(&mut judged);
            let mut placed: Vec<plan::Placed<'_>> = rows
                .filter_map(|(row, judged)| {
                    let department = self.department(row.answering()?)?;
                    let (kind, weight, by_office) = (department.kind, row.task.weight, row.task.override_judgement.is_some());
                    Some(plan::Placed { department: &department.id, kind, weight, by_office, judged })
                })
                .collect();
            plan::lift_last_places(&mut placed, rules);
        }
        judged
    }

    /// So many tasks are one core's share of work on all of them.
    fn share(&self) -> usize {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        self.tasks.len().div_ceil(cores).max(FEW)
    }

    fn judge_each(&self, rules: &RuleSet, moment: Moment) -> Vec<TaskAssessment> {
        let judge =
            |rows: &[TaskRows]| rows.iter().filter_map(|row| self.judge(row, rules, moment)).collect::<Vec<TaskAssessment>>();
        let share = self.share();
        std::thread::scope(|scope| {
            let mut shares = self.tasks.chunks(share);
            let first = shares.next().unwrap_or_default();
            let others: Vec<_> = shares.map(|rows| scope.spawn(move || judge(rows))).collect();
            let mut judged = judge(first);
            for other in others {
                judged.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            }
            judged
        })
    }

    /// Judges one target of an indicator.
    pub(crate) fn judge_target(
        &self,
        measured: &Measured,
        target: &Target,
        rules: &RuleSet,
        moment: Moment,
    ) -> Option<Assessment> {
        let plan = self.plan(&measured.indicator.plan)?;
        let input =
            TargetInput { plan, indicator: &measured.indicator, target, steps: &measured.targets, actuals: &measured.actuals };
        Some(plan::assess_target(input, rules, moment))
    }

    pub(crate) fn person(&self, id: &PersonId) -> Option<&Person> {
        self.people.iter().find(|person| person.id == *id)
    }

    /// Who holds something for a task on a day: for the task itself, or for the department that answers for it.
    pub(crate) fn held<'a>(&'a self, row: &'a TaskRows, day: NaiveDate) -> impl Iterator<Item = (&'a Holding, &'a Person)> {
        let of_task = move |holding: &Holding| match (&holding.task, &holding.department) {
            (Some(task), None) => *task == row.task.id,
            (Some(task), Some(department)) => *task == row.task.id && row.role(department).is_some(),
            (None, department) => department.as_ref().is_some_and(|department| row.answering() == Some(department)),
        };
        let holdings = self.holdings.iter().filter(move |holding| holding.covers(day) && of_task(holding));
        holdings.filter_map(|holding| Some((holding, self.person(&holding.person)?)))
    }

    /// The leaders who answer for a task on a day, each once: those of the task itself before those of its department.
    pub(crate) fn leaders<'a>(&'a self, row: &'a TaskRows, day: NaiveDate) -> Vec<&'a Person> {
        let mut found: Vec<&'a Person> = Vec::new();
        if self.holdings.is_empty() {
            return found;
        }
        for wanted in [PersonRole::Leader, PersonRole::Deputy] {
            let held: Vec<_> = self.held(row, day).filter(|(holding, _)| holding.role == wanted).collect();
            let own = held.iter().any(|(holding, _)| holding.task.is_some());
            for (_, person) in held.into_iter().filter(|(holding, _)| !own || holding.task.is_some()) {
                if found.iter().all(|known| known.id != person.id) {
                    found.push(person);
                }
            }
        }
        found
    }

    /// The headings from the top down to a section, as printed.
    pub(crate) fn path(&self, section: Option<&SectionId>) -> Vec<String> {
        let mut path = Vec::new();
        let mut at = section.and_then(|id| self.section(id));
        while let Some(section) = at {
            path.push(heading(section));
            // an outline is a few levels deep; a cycle in a damaged file must not hang
            if path.len() > 16 {
                break;
            }
            at = section.parent.as_ref().and_then(|id| self.section(id));
        }
        path.reverse();
        path
    }
}

impl Measured {
    fn sort(&mut self) {
        self.targets.sort_by(|a, b| {
            let of = |target: &Target| (target.due.map(plan::Due::last_day), target.position);
            of(a).cmp(&of(b)).then_with(|| a.id.cmp(&b.id))
        });
        self.actuals.sort_by(|a, b| a.quarter.cmp(&b.quarter).then_with(|| a.department.cmp(&b.department)));
    }
}

impl TaskRows {
    fn sort(&mut self) {
        self.assignments.sort_by(|a, b| a.position.cmp(&b.position).then_with(|| a.department.cmp(&b.department)));
        self.items.sort_by(|a, b| a.position.cmp(&b.position).then_with(|| a.id.cmp(&b.id)));
        self.milestones.sort_by(|a, b| {
            let of = |milestone: &Milestone| (milestone.due.last_day(), milestone.position);
            of(a).cmp(&of(b)).then_with(|| a.id.cmp(&b.id))
        });
        self.progress.sort_by(|a, b| a.quarter.cmp(&b.quarter).then_with(|| a.department.cmp(&b.department)));
        self.evidence.sort_by(|a, b| (a.quarter, &a.file_name, &a.id).cmp(&(b.quarter, &b.file_name, &b.id)));
    }

    /// The department that answers for the task.
    pub(crate) fn answering(&self) -> Option<&DepartmentId> {
        plan::answering(&self.assignments)
    }

    /// Who takes part, each with its place in [`Ledger::departments`].
    pub(crate) fn assigned(&self) -> impl Iterator<Item = (usize, &Assignment)> {
        self.units.iter().zip(&self.assignments).filter_map(|(unit, assignment)| Some(((*unit)?, assignment)))
    }

    /// A department's role in the task.
    pub(crate) fn role(&self, department: &DepartmentId) -> Option<Role> {
        self.assignments.iter().find(|assignment| assignment.department == *department).map(|assignment| assignment.role)
    }

    /// What a department wrote in a quarter.
    pub(crate) fn progress_of(&self, department: &DepartmentId, quarter: plan::Quarter) -> Option<&Progress> {
        self.progress.iter().find(|progress| progress.department == *department && progress.quarter == quarter)
    }

    /// The handling status in a quarter; 取消 and 已销号 go on standing.
    pub(crate) fn status(&self, quarter: plan::Quarter) -> Status {
        plan::status_in(&self.assignments, &self.progress, quarter)
    }
}

/// A section's heading as printed.
pub(crate) fn heading(section: &Section) -> String {
    let space = if section.number.ends_with('.') || section.number.ends_with(['章', '节']) { " " } else { "" };
    format!("{}{space}{}", section.number, section.title)
}
