//! The edits that make, change, move, take off and bring back the rows of the ledger. A field that may be cleared stays as it is
//! where its key is absent, and is cleared by a written null.

use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;

/// What is asked of a field that may be empty: nothing, or a value, or none.
pub type Given<T> = Option<Option<T>>;

/// A key that is there, be its value null.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Given<T>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

macro_rules! structure {
    ($($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident: $type:ty,)* })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
        #[serde(deny_unknown_fields)]
        #[ts(optional_fields = nullable)]
        pub struct $name { $($(#[$fmeta])* pub $field: $type,)* }
    )+};
}

structure! {
    /// A new plan or register with nothing in it.
    NewPlan {
        /// Its title.
        title: String,
        /// 规划, 政府工作报告, 会议议定事项, 领导批示, 民生实事 or 其他, or its code; 规划 where absent.
        #[serde(default)]
        source: Option<String>,
        /// 文号.
        #[serde(default)]
        doc_number: Option<String>,
        /// The issuing office.
        #[serde(default)]
        issuer: Option<String>,
        /// 成文日期, `2025-06-30`.
        #[serde(default)]
        issued_on: Option<String>,
        /// First year.
        #[serde(default)]
        from: Option<i32>,
        /// Last year.
        #[serde(default)]
        to: Option<i32>,
    }

    /// A plan's facts.
    PlanFields {
        /// The plan.
        plan: String,
        /// Its title.
        #[serde(default)]
        title: Option<String>,
        /// As of a new plan.
        #[serde(default)]
        source: Option<String>,
        /// `issued` or `draft`.
        #[serde(default)]
        stage: Option<String>,
        /// 文号.
        #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
        doc_number: Given<String>,
        /// The issuing office.
        #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
        issuer: Given<String>,
        /// 成文日期.
        #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
        issued_on: Given<String>,
        /// First year.
        #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
        from: Given<i32>,
        /// Last year.
        #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
        to: Given<i32>,
    }

    /// A new heading.
    NewSection {
        /// The plan.
        plan: String,
        /// The heading above; none for the top.
        #[serde(default)]
        parent: Option<String>,
        /// The heading after which it stands; the last under its parent where absent.
        #[serde(default)]
        after: Option<String>,
        /// The number as printed, such as `（三）`; may be empty.
        #[serde(default)]
        number: String,
        /// The heading without its number.
        title: String,
    }

    /// A heading's words.
    SectionFields {
        /// The heading.
        section: String,
        /// The number as printed.
        #[serde(default)]
        number: Option<String>,
        /// The heading without its number.
        #[serde(default)]
        title: Option<String>,
    }

    /// Where a heading goes, with all that stands under it.
    SectionMove {
        /// The heading.
        section: String,
        /// The heading above; none for the top.
        #[serde(default)]
        parent: Option<String>,
        /// The heading after which it stands; the last under its parent where absent.
        #[serde(default)]
        after: Option<String>,
    }

    /// A heading that is taken off.
    SectionOff {
        /// The heading.
        section: String,
        /// Whether the tasks and headings under it are taken off with it; else they have to be elsewhere first.
        #[serde(default)]
        with_rows: bool,
    }

    /// A new task.
    NewTask {
        /// The plan.
        plan: String,
        /// The heading; none for none.
        #[serde(default)]
        section: Option<String>,
        /// The task after which it stands; the last under its heading where absent.
        #[serde(default)]
        after: Option<String>,
        /// Its number (序号), which no other task of the plan has; may be empty.
        number: String,
        /// Its title.
        title: String,
        /// When it is due; none means the plan's end.
        #[serde(default)]
        due: Option<String>,
        /// The first day of work.
        #[serde(default)]
        start: Option<String>,
        /// What it is in full.
        #[serde(default)]
        text: Option<String>,
        /// `task` or `safeguard`.
        #[serde(default)]
        kind: Option<String>,
        /// Who leads; a new name makes a new department.
        #[serde(default)]
        lead: Vec<String>,
        /// Who supports.
        #[serde(default)]
        support: Vec<String>,
        /// In a register: the meeting, paper or person it comes from.
        #[serde(default)]
        source: Option<String>,
        /// In a register: the day it came in.
        #[serde(default)]
        received_on: Option<String>,
        /// In a register: what it is about.
        #[serde(default)]
        matter: Option<String>,
        /// The office's remark.
        #[serde(default)]
        remark: Option<String>,
    }

    /// A task's fields.
    TaskFields {
        /// The task.
        task: String,
        /// Its number, which no other task of the plan has.
        #[serde(default)]
        number: Option<String>,
        /// Its title.
        #[serde(default)]
        title: Option<String>,
        /// What it is in full; its place in the document stays where the words do.
        #[serde(default)]
        text: Option<String>,
        /// `task` or `safeguard`.
        #[serde(default)]
        kind: Option<String>,
        /// Weight in scores, more than 0 and at most 1000.
        #[serde(default)]
        weight: Option<f64>,
        /// The first day of work; null means from the plan's start.
        #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
        start: Given<String>,
        /// When it is due; null means the plan's end.
        #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
        due: Given<String>,
        /// The meeting, paper or person it comes from.
        #[serde(default)]
        source: Option<String>,
        /// The day it came in.
        #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
        received_on: Given<String>,
        /// What it is about.
        #[serde(default)]
        matter: Option<String>,
        /// The office's remark.
        #[serde(default)]
        remark: Option<String>,
    }

    /// Where a task goes.
    TaskMove {
        /// The task.
        task: String,
        /// The heading; none for none.
        #[serde(default)]
        section: Option<String>,
        /// The task after which it stands; the last under its heading where neither is given.
        #[serde(default)]
        after: Option<String>,
        /// The task before which it stands.
        #[serde(default)]
        before: Option<String>,
    }

    /// A second task with the items, milestones, targets and departments of one.
    TaskCopy {
        /// The task.
        task: String,
        /// The new one's number; may be empty.
        #[serde(default)]
        number: String,
        /// The new one's title; that of the old where absent.
        #[serde(default)]
        title: Option<String>,
    }

    /// A new target. It joins the indicator of its task that has its name, unit and kind, else it brings a new one.
    NewTarget {
        /// The task; none for the plan's own goals.
        #[serde(default)]
        task: Option<String>,
        /// The plan, where there is no task and the workbook has several plans.
        #[serde(default)]
        plan: Option<String>,
        /// What is counted.
        indicator: String,
        /// `>=`, `<=`, `=` or `~`.
        op: String,
        /// The value to reach.
        value: f64,
        /// Its unit; may be empty.
        #[serde(default)]
        unit: String,
        /// When it is due; none means the plan's end.
        #[serde(default)]
        due: Option<String>,
        /// `level`, `annual` or `growth`.
        cadence: String,
        /// How the indicator counts; by its wording where absent.
        #[serde(default)]
        kind: Option<String>,
        /// 约束性.
        #[serde(default)]
        binding: bool,
        /// Base year and value.
        #[serde(default)]
        baseline: Option<super::Baseline>,
    }

    /// A target's fields, and those of its indicator.
    TargetFields {
        /// The target.
        target: String,
        /// The value to reach.
        #[serde(default)]
        value: Option<f64>,
        /// `>=`, `<=`, `=` or `~`.
        #[serde(default)]
        op: Option<String>,
        /// When it is due; null means the plan's end.
        #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
        due: Given<String>,
        /// `level`, `annual` or `growth`.
        #[serde(default)]
        cadence: Option<String>,
        /// What is counted, of all the indicator's targets, as all below.
        #[serde(default)]
        indicator: Option<String>,
        /// Its unit.
        #[serde(default)]
        unit: Option<String>,
        /// How the indicator counts.
        #[serde(default)]
        kind: Option<String>,
        /// 约束性.
        #[serde(default)]
        binding: Option<bool>,
        /// Base year and value; null takes it away.
        #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
        baseline: Given<super::Baseline>,
        /// Weight in scores, more than 0 and at most 1000.
        #[serde(default)]
        weight: Option<f64>,
    }

    /// Where a target's indicator goes, with all its targets and figures.
    TargetMove {
        /// The target.
        target: String,
        /// The task of the same plan; none for the plan's own goals.
        task: Option<String>,
    }

    /// A new milestone.
    NewMilestone {
        /// The task; none for the plan's own goals.
        #[serde(default)]
        task: Option<String>,
        /// The plan, where there is no task and the workbook has several plans.
        #[serde(default)]
        plan: Option<String>,
        /// What is to be there by then.
        what: String,
        /// When.
        due: String,
        /// Who does it; those of the task where empty.
        #[serde(default)]
        departments: Vec<String>,
    }

    /// A milestone's fields.
    MilestoneFields {
        /// The milestone.
        milestone: String,
        /// What is to be there by then.
        #[serde(default)]
        what: Option<String>,
        /// When.
        #[serde(default)]
        due: Option<String>,
        /// Who does it; those of the task where empty.
        #[serde(default)]
        departments: Option<Vec<String>>,
    }

    /// Where a milestone goes.
    MilestoneMove {
        /// The milestone.
        milestone: String,
        /// The task of the same plan; none for the plan's own goals.
        task: Option<String>,
    }

    /// A new checklist item.
    NewItem {
        /// The task.
        task: String,
        /// What is to be done.
        text: String,
        /// When it is due.
        #[serde(default)]
        due: Option<String>,
        /// The item after which it stands; the last where absent.
        #[serde(default)]
        after: Option<String>,
        /// Who does it; those of the task where empty.
        #[serde(default)]
        departments: Vec<String>,
    }

    /// A checklist item's fields.
    ItemFields {
        /// The item.
        item: String,
        /// What is to be done.
        #[serde(default)]
        text: Option<String>,
        /// When it is due.
        #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
        due: Given<String>,
        /// Who does it; those of the task where empty.
        #[serde(default)]
        departments: Option<Vec<String>>,
    }

    /// Where a checklist item goes.
    ItemMove {
        /// The item.
        item: String,
        /// The task of the same plan; the one that it is in where absent.
        #[serde(default)]
        task: Option<String>,
        /// The item after which it stands; none for the first.
        #[serde(default)]
        after: Option<String>,
    }

    /// A new person.
    NewPerson {
        /// Their name.
        name: String,
        /// 职务.
        #[serde(default)]
        office: Option<String>,
        /// Telephone number.
        #[serde(default)]
        telephone: Option<String>,
        /// The department that they belong to; none for the county's leaders.
        #[serde(default)]
        department: Option<String>,
    }

    /// A person's fields.
    PersonFields {
        /// The person.
        person: String,
        /// Their name.
        #[serde(default)]
        name: Option<String>,
        /// 职务.
        #[serde(default)]
        office: Option<String>,
        /// Telephone number.
        #[serde(default)]
        telephone: Option<String>,
        /// The department that they belong to; null for none.
        #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
        department: Given<String>,
    }

    /// What somebody is given to hold: for a task, for a department, or for a department in a task.
    NewHolding {
        /// The person.
        person: String,
        /// `leader`, `deputy`, `head` or `contact`, or 责任领导, 分管领导, 牵头单位负责人, 联系人.
        role: String,
        /// The task.
        #[serde(default)]
        task: Option<String>,
        /// The department.
        #[serde(default)]
        department: Option<String>,
        /// The first day of the term.
        #[serde(default)]
        from: Option<String>,
        /// The last day of the term.
        #[serde(default)]
        to: Option<String>,
    }

    /// The days of a term.
    Term {
        /// What is held.
        holding: String,
        /// The first day; null where nobody knows it.
        #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
        from: Given<String>,
        /// The last day; null where it goes on.
        #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
        to: Given<String>,
    }

    /// All that somebody holds, handed to somebody else.
    HandOver {
        /// Who gives.
        from: String,
        /// Who takes.
        to: String,
        /// Only what is held as this; everything where absent.
        #[serde(default)]
        role: Option<String>,
        /// The first day of the one who takes; today where absent.
        #[serde(default)]
        on: Option<String>,
    }

    /// A block of cells from a spreadsheet, a task a row.
    PastedRows {
        /// The plan.
        plan: String,
        /// The heading; none for none.
        #[serde(default)]
        section: Option<String>,
        /// The task after which the first stands; the last under the heading where absent.
        #[serde(default)]
        after: Option<String>,
        /// What each column holds, in the words of a ledger's heads (序号, 目标任务, 牵头单位 …), null for one that is left out. Where
        /// absent the first row has the heads, or the one column the titles.
        #[serde(default)]
        columns: Option<Vec<Option<String>>>,
        /// The cells.
        rows: Vec<Vec<String>>,
    }
}

impl TargetFields {
    /// Whether nothing but the value is asked for.
    #[must_use]
    pub fn is_value_only(&self) -> bool {
        *self == Self { target: self.target.clone(), value: self.value, ..Self::default() }
    }
}
