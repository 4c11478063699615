//! What a careful clerk draws from a document: plain rows with their places in the text.

use chrono::NaiveDate;
use plan::{Cadence, Due, Op, PlanStage, Span, TaskKind};

/// The plan's own fields.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlanFacts {
    /// The title without 印发…的通知.
    pub title: Option<String>,
    /// 文号.
    pub doc_number: Option<String>,
    /// The issuing office.
    pub issuer: Option<String>,
    /// 成文日期.
    pub issued_on: Option<NaiveDate>,
    /// First year.
    pub period_from: Option<i32>,
    /// Last year.
    pub period_to: Option<i32>,
    /// In force, for comment, or unknown.
    pub stage: Option<PlanStage>,
}

/// A heading of the outline.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftSection {
    /// 1 for 一、, 2 for (一), 3 for 1., 4 for (1), as nested in this document.
    pub level: usize,
    /// As printed, with its number, cut to the heading itself.
    pub heading: String,
    /// The heading's place.
    pub span: Span,
    /// Index of the heading above it.
    pub parent: Option<usize>,
}

/// A task.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftTask {
    /// Headings from the top to the task's own, as printed.
    pub path: Vec<String>,
    /// The heading without number.
    pub title: String,
    /// Task or safeguard.
    pub kind: TaskKind,
    /// Those expressly named 牵头.
    pub lead: Vec<String>,
    /// All responsible units as printed, in order.
    pub departments: Vec<String>,
    /// Index of the section that is the task's own heading, where it has one.
    pub section: Option<usize>,
    /// The task's whole text, heading included.
    pub span: Span,
    /// The clause that names the units.
    pub clause: Option<Span>,
}

/// A quantified commitment.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftTarget {
    /// Index of its task; none for the plan's own goals.
    pub task: Option<usize>,
    /// What is counted.
    pub indicator: String,
    /// How the value binds.
    pub op: Op,
    /// Value in the unit as printed.
    pub value: f64,
    /// Unit as printed.
    pub unit: String,
    /// The date that governs it.
    pub due: Option<Due>,
    /// How often it counts.
    pub cadence: Cadence,
    /// Base year and value, from an indicator table.
    pub baseline: Option<(i32, f64)>,
    /// 约束性 where the document says so.
    pub binding: bool,
    /// The shortest text that holds the number and what is counted.
    pub span: Span,
    /// The number itself.
    pub number: Span,
}

/// A dated deliverable without a number.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftMilestone {
    /// Index of its task.
    pub task: Option<usize>,
    /// What.
    pub what: String,
    /// When.
    pub due: Due,
    /// Units named for it.
    pub departments: Vec<String>,
    /// Where it stands.
    pub span: Span,
}

/// A step of a task.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftItem {
    /// Index of its task.
    pub task: usize,
    /// What is to be done, short.
    pub text: String,
    /// Units named for it; empty means all of the task.
    pub departments: Vec<String>,
    /// When it is due.
    pub due: Option<Due>,
    /// Where it stands.
    pub span: Span,
}

/// What kind of unclear thing a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingKind {
    /// The text holds no plan.
    NoPlan,
    /// A field of the plan was not found.
    PlanField,
    /// The outline's numbering jumps or repeats.
    Outline,
    /// Responsible units are unclear.
    Department,
    /// A number that may be a target, or whose unit, date or comparison is unclear.
    Target,
    /// A date that is unclear or impossible.
    Date,
    /// A table that was not understood.
    Table,
    /// Text that could not be read, such as a scanned page or a picture.
    Unread,
}

/// Something that was unclear.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What kind.
    pub kind: FindingKind,
    /// A whole sentence in Chinese, for the clerk.
    pub message: String,
    /// Where, if it has a place.
    pub span: Option<Span>,
}

/// A candidate that may be a target or a milestone: the clerk decides.
#[derive(Debug, Clone, PartialEq)]
pub enum Doubtful {
    /// A number that may be promised, and what else it may be.
    Target(DraftTarget, crate::Reason),
    /// A date by which something may be due.
    Milestone(DraftMilestone),
}

impl Doubtful {
    /// Where it stands.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Target(target, _) => target.span,
            Self::Milestone(milestone) => milestone.span,
        }
    }
}

/// A number, a heading's number or a clause that is no target, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SetAside {
    /// The number, with its unit.
    pub span: Span,
    /// Why.
    pub reason: crate::Reason,
}

/// Everything drawn from one document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Draft {
    /// The plan's own fields.
    pub plan: PlanFacts,
    /// All units named, in the order of first mention.
    pub departments: Vec<String>,
    /// The outline.
    pub sections: Vec<DraftSection>,
    /// Tasks in their order.
    pub tasks: Vec<DraftTask>,
    /// Targets in their order.
    pub targets: Vec<DraftTarget>,
    /// Milestones in their order.
    pub milestones: Vec<DraftMilestone>,
    /// Checklist items in their order.
    pub items: Vec<DraftItem>,
    /// Candidates in their order: not drawn, not set aside.
    pub doubtful: Vec<Doubtful>,
    /// What is no target, in its order.
    pub set_aside: Vec<SetAside>,
    /// What was unclear.
    pub findings: Vec<Finding>,
}

/// A number of a document with what speaks for and against its being a target, for learning the weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The numeral's place.
    pub span: Span,
    /// In the unit as printed, where one was read.
    pub value: Option<f64>,
    /// As printed.
    pub unit: String,
    /// The names of its features; empty where a hard reason decides.
    pub features: Vec<String>,
    /// Why it is surely none.
    pub hard: Option<crate::Reason>,
    /// What the checked-in weights say.
    pub score: f64,
    /// Whether the grammar of phrases alone draws it.
    pub by_rule: bool,
}
