//! All rows of a workbook in memory, grouped as the views need them. Read once after each change; the file stays the truth.

mod following;

use plan::{
    Actual, Assessment, Assignment, ChecklistItem, Department, DepartmentId, Evidence, Indicator, IndicatorId, Milestone, Moment,
    Plan, PlanId, Progress, Role, RuleSet, Section, SectionId, Status, Target, TargetInput, Task, TaskAssessment, TaskId,
    TaskInput,
};
use std::collections::HashMap;
use std::hash::Hash;
use store::{Rows, StoreError, table};

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
    pub assignments: Vec<Assignment>,
    pub items: Vec<ChecklistItem>,
    /// Places in [`Ledger::milestones`].
    pub milestones: Vec<Milestone>,
    /// Places in [`Ledger::measured`].
    pub measured: Vec<usize>,
    pub progress: Vec<Progress>,
    pub evidence: Vec<Evidence>,
}

/// All rows of a workbook.
#[derive(Debug)]
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
    plan_at: HashMap<PlanId, usize>,
    section_at: HashMap<SectionId, usize>,
    department_at: HashMap<DepartmentId, usize>,
    task_at: HashMap<TaskId, usize>,
    measured_at: HashMap<IndicatorId, usize>,
}

fn places<T, K: Hash + Eq>(rows: &[T], key: impl Fn(&T) -> K) -> HashMap<K, usize> {
    rows.iter().enumerate().map(|(at, row)| (key(row), at)).collect()
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
        let plan_at = places(&plans, |plan| plan.id.clone());
        let mut tasks: Vec<TaskRows> = table::task::list(rows)?
            .into_iter()
            .map(|task| TaskRows {
                task,
                assignments: Vec::new(),
                items: Vec::new(),
                milestones: Vec::new(),
                measured: Vec::new(),
                progress: Vec::new(),
                evidence: Vec::new(),
            })
            .collect();
        tasks.sort_by_key(|row| (plan_at.get(&row.task.plan).copied(), row.task.position));
        let task_at = places(&tasks, |row| row.task.id.clone());
        let mut ledger = Self {
            section_at: places(&sections, |section| section.id.clone()),
            department_at: places(&departments, |department| department.id.clone()),
            plans,
            sections,
            departments,
            tasks,
            measured: Vec::new(),
            goals: Vec::new(),
            plan_at,
            task_at,
            measured_at: HashMap::new(),
        };
        for assignment in table::assignment::list(rows)? {
            if let Some(&at) = ledger.task_at.get(&assignment.task) {
                ledger.tasks[at].assignments.push(assignment);
            }
        }
        for item in table::checklist_item::list(rows)? {
            if let Some(&at) = ledger.task_at.get(&item.task) {
                ledger.tasks[at].items.push(item);
            }
        }
        for milestone in table::milestone::list(rows)? {
            match milestone.task.as_ref().and_then(|task| ledger.task_at.get(task)) {
                Some(&at) => ledger.tasks[at].milestones.push(milestone),
                None => ledger.goals.push(milestone),
            }
        }
        let mut measured: Vec<Measured> = table::indicator::list(rows)?
            .into_iter()
            .map(|indicator| Measured { indicator, targets: Vec::new(), actuals: Vec::new() })
            .collect();
        measured.sort_by_key(|row| (ledger.plan_at.get(&row.indicator.plan).copied(), row.indicator.position));
        ledger.measured_at = places(&measured, |row| row.indicator.id.clone());
        for target in table::target::list(rows)? {
            if let Some(&at) = ledger.measured_at.get(&target.indicator) {
                measured[at].targets.push(target);
            }
        }
        for actual in table::actual::list(rows)? {
            if let Some(&at) = ledger.measured_at.get(&actual.indicator) {
                measured[at].actuals.push(actual);
            }
        }
        for (at, row) in measured.iter().enumerate() {
            if let Some(&task) = row.indicator.task.as_ref().and_then(|task| ledger.task_at.get(task)) {
                ledger.tasks[task].measured.push(at);
            }
        }
        ledger.measured = measured;
        for progress in table::progress::list(rows)? {
            if let Some(&at) = ledger.task_at.get(&progress.task) {
                ledger.tasks[at].progress.push(progress);
            }
        }
        for evidence in table::evidence::list(rows)? {
            if let Some(&at) = ledger.task_at.get(&evidence.task) {
                ledger.tasks[at].evidence.push(evidence);
            }
        }
        ledger.tasks.iter_mut().for_each(TaskRows::sort);
        ledger.measured.iter_mut().for_each(Measured::sort);
        Ok(ledger)
    }

    pub(crate) fn plan(&self, id: &PlanId) -> Option<&Plan> {
        self.plan_at.get(id).and_then(|&at| self.plans.get(at))
    }

    pub(crate) fn section(&self, id: &SectionId) -> Option<&Section> {
        self.section_at.get(id).and_then(|&at| self.sections.get(at))
    }

    pub(crate) fn department(&self, id: &DepartmentId) -> Option<&Department> {
        self.department_at.get(id).and_then(|&at| self.departments.get(at))
    }

    pub(crate) fn department_place(&self, id: &DepartmentId) -> Option<usize> {
        self.department_at.get(id).copied()
    }

    /// A department by id, name, short name or alias.
    pub(crate) fn department_called(&self, word: &str) -> Option<&Department> {
        self.department(&DepartmentId::new(word)).or_else(|| crate::planting::find_department(&self.departments, word))
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

    /// Judges a task.
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
        self.targets.sort_by_key(|target| (target.due.map(plan::Due::last_day), target.position));
    }
}

impl TaskRows {
    fn sort(&mut self) {
        self.assignments.sort_by_key(|assignment| assignment.position);
        self.items.sort_by_key(|item| item.position);
        self.milestones.sort_by_key(|milestone| (milestone.due.last_day(), milestone.position));
    }

    /// The department that answers for the task.
    pub(crate) fn answering(&self) -> Option<&DepartmentId> {
        plan::answering(&self.assignments)
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
