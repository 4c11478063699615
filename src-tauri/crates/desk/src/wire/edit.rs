//! The edits that the page, `planbook apply` and the tests can make. Each is one step of undo; a list is applied whole or not
//! at all.

use super::structure::*;
use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;

/// One edit. Ids are as the views give them; a department is named or given by its id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "edit", rename_all = "snake_case", deny_unknown_fields)]
pub enum Edit {
    /// Ticks a checklist item, or takes the tick back.
    TickItem {
        /// The item.
        item: String,
        /// The day, or none to take it back.
        #[serde(deserialize_with = "written")]
        done_on: Option<String>,
    },
    /// Completes a milestone, or takes it back.
    CompleteMilestone {
        /// The milestone.
        milestone: String,
        /// The day, or none to take it back.
        #[serde(deserialize_with = "written")]
        done_on: Option<String>,
    },
    /// Enters the figure of a target's indicator for a quarter; none clears it.
    SetActual {
        /// The target.
        target: String,
        /// The quarter.
        quarter: String,
        /// The value in the indicator's unit.
        #[serde(deserialize_with = "written")]
        value: Option<f64>,
        /// A remark; absent keeps the one that is there.
        #[serde(default)]
        note: Option<String>,
        /// The department that reports it; none for all.
        #[serde(default)]
        department: Option<String>,
    },
    /// Enters a department's progress on a task in a quarter; absent fields stay as they are.
    SetProgress {
        /// The task.
        task: String,
        /// The department.
        department: String,
        /// The quarter.
        quarter: String,
        /// Handling status in Chinese.
        #[serde(default)]
        status: Option<String>,
        /// What was done.
        #[serde(default)]
        done: Option<String>,
        /// Problems.
        #[serde(default)]
        problems: Option<String>,
        /// Next step.
        #[serde(default)]
        next: Option<String>,
    },
    /// Carries a department's last texts forward into the quarter where they are empty; without a task for all its tasks.
    CarryForward {
        /// The department.
        department: String,
        /// The quarter to fill.
        quarter: String,
        /// Only this task.
        #[serde(default)]
        task: Option<String>,
    },
    /// Asks the office for a later date or another target, with the reason; an open request for the same field gets these words.
    AskChange {
        /// `task`, `checklist_item`, `milestone` or `target`.
        about: String,
        /// That row's id.
        row: String,
        /// `due` or `value`; absent is `value` of a target and `due` of all else.
        #[serde(default)]
        field: Option<String>,
        /// What is asked to stand there: `2025-09`, or `60`.
        asked: String,
        /// Why.
        reason: String,
        /// The quarter in which it is asked.
        quarter: String,
        /// Who asks; the department itself in its own workbook.
        #[serde(default)]
        department: Option<String>,
    },
    /// The office's decision on a request; approving it changes the row.
    DecideRequest {
        /// The request.
        request: String,
        /// Whether it is approved.
        approved: bool,
        /// What the office answers; may be empty.
        #[serde(default)]
        answer: String,
    },
    /// Adds a target.
    AddTarget(NewTarget),
    /// Changes a target, or its indicator.
    SetTarget(TargetFields),
    /// Moves a target's indicator to another task.
    MoveTarget(TargetMove),
    /// Takes a target off, and its indicator with the last of its targets.
    RetireTarget {
        /// The target.
        target: String,
    },
    /// Lets a target count again.
    RestoreTarget {
        /// The target.
        target: String,
    },
    /// Changes how an indicator counts.
    SetIndicator {
        /// The indicator.
        indicator: String,
        /// Its kind's code; absent stays.
        #[serde(default)]
        kind: Option<String>,
        /// 约束性; absent stays.
        #[serde(default)]
        binding: Option<bool>,
        /// Base year and value; absent stays.
        #[serde(default)]
        baseline: Option<super::Baseline>,
    },
    /// Proposes a yearly step for each year before an indicator's final target, evenly from its base value; steps that are there stay.
    ProposeSteps {
        /// The indicator.
        indicator: String,
    },
    /// Takes a target away; the last one of an indicator stays.
    RemoveTarget {
        /// The target.
        target: String,
    },
    /// Gives a department a role in a task, or takes it out of the task.
    Assign {
        /// The task.
        task: String,
        /// The department; a new name makes a new department.
        department: String,
        /// `lead`, `support` or none.
        #[serde(deserialize_with = "written")]
        role: Option<String>,
    },
    /// Adds a task.
    AddTask(NewTask),
    /// Changes a task.
    SetTask(TaskFields),
    /// Moves a task within its plan.
    MoveTask(TaskMove),
    /// Makes a second task like one.
    DuplicateTask(TaskCopy),
    /// Takes a task off, with all that hangs on it; what was entered stays behind it.
    RetireTask {
        /// The task.
        task: String,
    },
    /// Lets a task count again.
    RestoreTask {
        /// The task.
        task: String,
    },
    /// Adds a person.
    AddPerson(NewPerson),
    /// Changes a person.
    SetPerson(PersonFields),
    /// Takes away a person who holds nothing and never did.
    RemovePerson {
        /// The person.
        person: String,
    },
    /// Gives a person something to hold.
    GiveRole(NewHolding),
    /// Changes a term.
    SetTerm(Term),
    /// Takes back what a person was given by mistake; a term that is over is ended with `set_term`.
    TakeRole {
        /// What is held.
        holding: String,
    },
    /// Hands all that somebody holds to somebody else.
    HandOver(HandOver),
    /// Adds the tasks of a block of cells.
    PasteRows(PastedRows),
    /// Adds a heading.
    AddSection(NewSection),
    /// Changes a heading.
    SetSection(SectionFields),
    /// Moves a heading with all that stands under it.
    MoveSection(SectionMove),
    /// Takes a heading off.
    RetireSection(SectionOff),
    /// Brings a heading back.
    RestoreSection {
        /// The heading.
        section: String,
    },
    /// Changes a task's title.
    SetTaskTitle {
        /// The task.
        task: String,
        /// The title.
        title: String,
    },
    /// Changes when a task is due; none means the plan's end.
    SetTaskDue {
        /// The task.
        task: String,
        /// `2025`, `2025-06` or `2025-06-30`.
        #[serde(deserialize_with = "written")]
        due: Option<String>,
    },
    /// Closes a task after a check (销号), or opens it again.
    CloseTask {
        /// The task.
        task: String,
        /// The day, or none to open it again.
        #[serde(deserialize_with = "written")]
        closed_on: Option<String>,
    },
    /// Sets the office's own judgement with its reason, or takes it back.
    OverrideJudgement {
        /// The task.
        task: String,
        /// The judgement in Chinese, or none.
        #[serde(deserialize_with = "written")]
        judgement: Option<String>,
        /// Why; prints in the report.
        #[serde(default)]
        reason: String,
    },
    /// Adds a checklist item to a task.
    AddItem(NewItem),
    /// Changes a checklist item.
    SetItem(ItemFields),
    /// Moves a checklist item within its task, or to another.
    MoveItem(ItemMove),
    /// Takes a checklist item off, with its tick.
    RetireItem {
        /// The item.
        item: String,
    },
    /// Lets a checklist item count again.
    RestoreItem {
        /// The item.
        item: String,
    },
    /// Changes a checklist item's text.
    SetItemText {
        /// The item.
        item: String,
        /// What is to be done.
        text: String,
    },
    /// Changes when a checklist item is due.
    SetItemDue {
        /// The item.
        item: String,
        /// The due date, or none.
        #[serde(deserialize_with = "written")]
        due: Option<String>,
    },
    /// Removes a checklist item.
    RemoveItem {
        /// The item.
        item: String,
    },
    /// Adds a milestone.
    AddMilestone(NewMilestone),
    /// Changes a milestone.
    SetMilestone(MilestoneFields),
    /// Moves a milestone to another task.
    MoveMilestone(MilestoneMove),
    /// Takes a milestone off.
    RetireMilestone {
        /// The milestone.
        milestone: String,
    },
    /// Lets a milestone count again.
    RestoreMilestone {
        /// The milestone.
        milestone: String,
    },
    /// Changes when a milestone is due.
    SetMilestoneDue {
        /// The milestone.
        milestone: String,
        /// The due date.
        due: String,
    },
    /// Renames a department; the old name stays as an alias.
    RenameDepartment {
        /// The department.
        department: String,
        /// The new name.
        name: String,
    },
    /// Makes two departments one: all of `from` goes to `into`, its names become aliases.
    MergeDepartments {
        /// The department that goes.
        from: String,
        /// The department that stays.
        into: String,
    },
    /// Sets an editable passage of a quarter's report.
    SetPassage {
        /// The quarter.
        quarter: String,
        /// `opening`, `demands`, `distribution`, `addressee`, `signatory`, `number` or `copies`.
        kind: String,
        /// The text; empty brings the proposed one back.
        text: String,
    },
    /// Sets a setting of the workbook; none brings the default back.
    SetSetting {
        /// `office`, `rule_set`, `house_style`, `ranking`, `columns` or `words`.
        key: String,
        /// The value.
        #[ts(type = "unknown")]
        value: serde_json::Value,
    },
    /// Adds a plan or a register with nothing in it.
    AddPlan(NewPlan),
    /// Changes a plan's facts.
    SetPlan(PlanFields),
    /// Removes a plan with everything that belongs to it.
    RemovePlan {
        /// The plan.
        plan: String,
    },
}

/// A value whose null clears what is there: the null has to be written, since a key that was only forgotten must not erase.
fn written<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(deserializer)
}
