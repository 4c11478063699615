//! The rows of the ledger, as the domain sees them. Ids are UUIDv7 text, made by the store.

use crate::{Cadence, DepartmentKind, Due, IndicatorKind, Op, PersonRole, PlanStage, Quarter, Register, Role, Status, TaskKind};
use chrono::NaiveDate;
use smallstr::SmallString;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

/// As long as a UUID's text: an id of the store lies in its row, and only another one in memory of its own. Rows name each
/// other by ids so often that this halves what a large workbook costs.
type IdText = SmallString<[u8; 36]>;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(IdText);

        impl $name {
            /// Wraps the id's text; the text is not checked, since a row either has it or not.
            #[must_use]
            pub fn new(text: impl AsRef<str>) -> Self { Self(IdText::from_str(text.as_ref())) }
            /// The id's text.
            #[must_use]
            pub fn as_str(&self) -> &str { &self.0 }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }

        impl FromStr for $name {
            type Err = Infallible;
            fn from_str(text: &str) -> Result<Self, Infallible> { Ok(Self::new(text)) }
        }
    )+};
}

id! {
    /// A plan.
    PlanId,
    /// A heading of a plan.
    SectionId,
    /// A task.
    TaskId,
    /// A department.
    DepartmentId,
    /// A checklist item.
    ChecklistItemId,
    /// A milestone.
    MilestoneId,
    /// An indicator.
    IndicatorId,
    /// An indicator's target for a due date.
    TargetId,
    /// A figure for a quarter.
    ActualId,
    /// A department's progress on a task in a quarter.
    ProgressId,
    /// A piece of evidence.
    EvidenceId,
    /// An edit in the history.
    EditId,
    /// A draft under review.
    DraftId,
    /// A person.
    PersonId,
    /// What a person holds.
    HoldingId,
}

/// A place in a plan's source text, in bytes, on character borders; `start <= end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// An issued document (规划, 行动计划, 实施意见, 工作方案).
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Its id.
    pub id: PlanId,
    /// The title without 印发…的通知.
    pub title: String,
    /// 文号, such as 云政办发〔2025〕3号.
    pub doc_number: Option<String>,
    /// The issuing office.
    pub issuer: Option<String>,
    /// 成文日期.
    pub issued_on: Option<NaiveDate>,
    /// First year of the plan.
    pub period_from: Option<i32>,
    /// Last year of the plan.
    pub period_to: Option<i32>,
    /// In force or for comment.
    pub stage: PlanStage,
    /// A document, or the register that it is.
    pub register: Register,
    /// The text it was read from; empty where it was made by hand or ships as a seed.
    pub source_text: String,
    /// Place among the workbook's plans.
    pub position: i64,
}

/// A heading of the outline as printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Its id.
    pub id: SectionId,
    /// The plan it stands in.
    pub plan: PlanId,
    /// The heading above it.
    pub parent: Option<SectionId>,
    /// The number as printed: 一、 or (一); may be empty.
    pub number: String,
    /// The heading without its number.
    pub title: String,
    /// Place in the plan, over all levels.
    pub position: i64,
}

/// A responsible unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Department {
    /// Its id.
    pub id: DepartmentId,
    /// The name as printed.
    pub name: String,
    /// What it is called for short; equals the name where nothing shorter is known.
    pub short_name: String,
    /// What kind of unit it is.
    pub kind: DepartmentKind,
    /// Other names that mean this department.
    pub aliases: Vec<String>,
    /// Place among the departments.
    pub position: i64,
}

/// Where a task of a register comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// The meeting, the paper or the person, such as 县政府第12次常务会议; may be empty.
    pub from: String,
    /// The day it came in.
    pub received_on: Option<NaiveDate>,
    /// The matter that it is about; may be empty.
    pub matter: String,
}

/// A task of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// The plan it belongs to.
    pub plan: PlanId,
    /// The heading it stands under.
    pub section: Option<SectionId>,
    /// Running number in the ledger (序号), such as `1` or `12`.
    pub number: String,
    /// The heading without number.
    pub title: String,
    /// Task or safeguard.
    pub kind: TaskKind,
    /// The task's own text from the document; empty where there is none.
    pub text: String,
    /// Where that text stands in the plan's source text.
    pub span: Option<Span>,
    /// Weight in scores and mean gaps; 1 by default.
    pub weight: f64,
    /// First day of work; none means from the plan's start.
    pub start: Option<NaiveDate>,
    /// When it is due; none means the plan's end.
    pub due: Option<Due>,
    /// Closed by the office after a check (销号), on this day.
    pub closed_on: Option<NaiveDate>,
    /// The office's own judgement with its reason, which prints.
    pub override_judgement: Option<(crate::Judgement, String)>,
    /// Where it comes from, in a register; of few tasks, so it stands apart in memory.
    pub origin: Option<Box<Origin>>,
    /// The office's remark; may be empty.
    pub remark: String,
    /// Place in the plan.
    pub position: i64,
}

/// Who takes part in a task, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// The task.
    pub task: TaskId,
    /// The department.
    pub department: DepartmentId,
    /// Lead or support.
    pub role: Role,
    /// True where nobody is named 牵头 and the first named unit leads (默认牵头).
    pub by_default: bool,
    /// Place among the task's departments as printed.
    pub position: i64,
}

/// A step that is ticked when it is done.
#[derive(Debug, Clone, PartialEq)]
pub struct ChecklistItem {
    /// Its id.
    pub id: ChecklistItemId,
    /// The task it belongs to.
    pub task: TaskId,
    /// The departments that do it; empty means all of the task.
    pub departments: Vec<DepartmentId>,
    /// What is to be done.
    pub text: String,
    /// When it is due.
    pub due: Option<Due>,
    /// When it was done.
    pub done_on: Option<NaiveDate>,
    /// Where it stands in the source text.
    pub span: Option<Span>,
    /// Place in the task.
    pub position: i64,
}

/// A dated deliverable without a number of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Milestone {
    /// Its id.
    pub id: MilestoneId,
    /// The plan it belongs to.
    pub plan: PlanId,
    /// The task it belongs to; none for the plan's own goals.
    pub task: Option<TaskId>,
    /// The departments named for it; empty means those of the task.
    pub departments: Vec<DepartmentId>,
    /// What is to be there by then.
    pub what: String,
    /// When.
    pub due: Due,
    /// When it was done.
    pub done_on: Option<NaiveDate>,
    /// Where it stands in the source text.
    pub span: Option<Span>,
    /// Place in the plan.
    pub position: i64,
}

/// A measured quantity.
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    /// Its id.
    pub id: IndicatorId,
    /// The plan it belongs to.
    pub plan: PlanId,
    /// The task it belongs to; none for the plan's own goals.
    pub task: Option<TaskId>,
    /// What is counted.
    pub name: String,
    /// Unit as printed, such as 家 or 万平方米; may be empty.
    pub unit: String,
    /// How it counts.
    pub kind: IndicatorKind,
    /// 约束性 (true) or 预期性.
    pub binding: bool,
    /// Base year and its value.
    pub baseline: Option<(i32, f64)>,
    /// Weight in scores and mean gaps; 1 by default.
    pub weight: f64,
    /// Place in the plan.
    pub position: i64,
}

/// The value an indicator is to reach.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// Its id.
    pub id: TargetId,
    /// The indicator.
    pub indicator: IndicatorId,
    /// How the value binds.
    pub op: Op,
    /// The value in the indicator's unit.
    pub value: f64,
    /// By when; none means the plan's end.
    pub due: Option<Due>,
    /// How often it counts.
    pub cadence: Cadence,
    /// True where the program proposed it as a yearly step towards a final target.
    pub proposed: bool,
    /// Where it stands in the source text.
    pub span: Option<Span>,
    /// Place in the indicator.
    pub position: i64,
}

/// A figure reported for a quarter.
#[derive(Debug, Clone, PartialEq)]
pub struct Actual {
    /// Its id.
    pub id: ActualId,
    /// The indicator.
    pub indicator: IndicatorId,
    /// The quarter.
    pub quarter: Quarter,
    /// The department that reported it; none where the office entered it for all.
    pub department: Option<DepartmentId>,
    /// The value in the indicator's unit, since the start of the year for annual ones.
    pub value: f64,
    /// A remark.
    pub note: String,
}

/// What a department says of a task in a quarter.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// Its id.
    pub id: ProgressId,
    /// The task.
    pub task: TaskId,
    /// The department.
    pub department: DepartmentId,
    /// The quarter.
    pub quarter: Quarter,
    /// Handling status.
    pub status: Status,
    /// What was done 进展情况.
    pub done: String,
    /// Problems 存在问题.
    pub problems: String,
    /// Next step 下一步措施.
    pub next: String,
}

/// A file that proves progress.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// Its id.
    pub id: EvidenceId,
    /// The task it proves.
    pub task: TaskId,
    /// The checklist item it proves, where it is about one.
    pub item: Option<ChecklistItemId>,
    /// The department it came from.
    pub department: Option<DepartmentId>,
    /// The quarter it belongs to.
    pub quarter: Quarter,
    /// The file's name without its folder.
    pub file_name: String,
    /// Media type, such as `application/pdf`.
    pub media_type: String,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub size: i64,
}

/// Somebody who answers for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// 职务; may be empty.
    pub office: String,
    /// Telephone number; may be empty.
    pub telephone: String,
    /// The department that they belong to; none for the county's leaders.
    pub department: Option<DepartmentId>,
    /// Place among the people.
    pub position: i64,
}

/// What a person holds for a task, for a department, or for a department in a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// Its id.
    pub id: HoldingId,
    /// Who holds it.
    pub person: PersonId,
    /// As what.
    pub role: PersonRole,
    /// For which task.
    pub task: Option<TaskId>,
    /// For which department.
    pub department: Option<DepartmentId>,
    /// The first day of the term; none where nobody knows it.
    pub from: Option<NaiveDate>,
    /// The last day of the term; none where it goes on.
    pub to: Option<NaiveDate>,
}

impl Holding {
    /// Whether a day lies in the term.
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}
