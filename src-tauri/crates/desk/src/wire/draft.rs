//! A draft as the command line prints it, as `create --draft` reads it, as the seeds ship it and as the review window edits it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a row of a draft stands in the review.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Review {
    /// not looked at yet
    #[default]
    Open,
    /// accepted as it stands
    Accepted,
    /// left out of the ledger
    Dropped,
}

impl Review {
    fn is_open(&self) -> bool {
        *self == Self::Open
    }
}

fn is_false(value: &bool) -> bool {
    !*value
}

/// Years of a plan; either may be unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Period {
    /// First year.
    #[serde(default)]
    pub from: Option<i32>,
    /// Last year.
    #[serde(default)]
    pub to: Option<i32>,
}

/// The plan's own fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DraftPlan {
    /// Title without 印发…的通知.
    pub title: Option<String>,
    /// 文号.
    #[serde(default)]
    pub doc_number: Option<String>,
    /// Issuing office.
    #[serde(default)]
    pub issuer: Option<String>,
    /// 成文日期, ISO.
    #[serde(default)]
    pub issued_on: Option<String>,
    /// Years.
    #[serde(default)]
    pub period: Period,
    /// `issued` or `draft`.
    #[serde(default)]
    pub stage: Option<String>,
}

/// A task of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DraftTask {
    /// `T1`, unique in the draft.
    pub id: String,
    /// Headings from the top to the task's own, as printed.
    #[serde(default)]
    pub path: Vec<String>,
    /// The heading without number.
    pub title: String,
    /// `task` or `safeguard`.
    pub kind: String,
    /// Units expressly named 牵头.
    #[serde(default)]
    pub lead: Vec<String>,
    /// All responsible units in order.
    #[serde(default)]
    pub departments: Vec<String>,
    /// The task's whole text: an exact substring of the source; absent in seeds.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quote: String,
    /// Place of the quote in the source text, in UTF-16 units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<(usize, usize)>,
    /// Where it stands in the review.
    #[serde(default, skip_serializing_if = "Review::is_open")]
    pub review: Review,
    /// In a new version of a plan: the ledger's row that it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<String>,
}

/// Base year and value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct Baseline {
    /// Year.
    pub year: i32,
    /// Value in the indicator's unit.
    pub value: f64,
}

/// A target of a draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct DraftTarget {
    /// `G1`, unique in the draft.
    pub id: String,
    /// Its task; none for the plan's own goals.
    #[serde(default)]
    pub task: Option<String>,
    /// What is counted.
    pub indicator: String,
    /// `>=`, `<=`, `=` or `~`.
    pub op: String,
    /// Value in the unit as printed.
    pub value: f64,
    /// Unit as printed.
    #[serde(default)]
    pub unit: String,
    /// `2025`, `2025-06`, `2025-06-30` or none.
    #[serde(default)]
    pub due: Option<String>,
    /// `level`, `annual` or `growth`.
    pub cadence: String,
    /// Base year and value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Baseline>,
    /// 约束性.
    #[serde(default, skip_serializing_if = "is_false")]
    pub binding: bool,
    /// A yearly step towards a final target that the program proposed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub proposed: bool,
    /// The shortest text that holds the number and what is counted; absent in seeds.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quote: String,
    /// Place of the quote in the source text, in UTF-16 units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<(usize, usize)>,
    /// Where it stands in the review.
    #[serde(default, skip_serializing_if = "Review::is_open")]
    pub review: Review,
    /// In a new version of a plan: the ledger's row that it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<String>,
}

/// A milestone of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DraftMilestone {
    /// `M1`, unique in the draft.
    pub id: String,
    /// Its task.
    #[serde(default)]
    pub task: Option<String>,
    /// What is to be there.
    pub what: String,
    /// By when.
    pub due: String,
    /// Units named for it.
    #[serde(default)]
    pub departments: Vec<String>,
    /// Where it stands in the text; absent in seeds.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quote: String,
    /// Place of the quote in the source text, in UTF-16 units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<(usize, usize)>,
    /// Where it stands in the review.
    #[serde(default, skip_serializing_if = "Review::is_open")]
    pub review: Review,
    /// In a new version of a plan: the ledger's row that it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<String>,
}

/// A checklist item of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DraftItem {
    /// `C1`, unique in the draft.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// Its task.
    pub task: String,
    /// What is to be done.
    pub text: String,
    /// Units named for it.
    #[serde(default)]
    pub departments: Vec<String>,
    /// When it is due.
    #[serde(default)]
    pub due: Option<String>,
    /// Where it stands in the text; absent in seeds.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quote: String,
    /// Place of the quote in the source text, in UTF-16 units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<(usize, usize)>,
    /// Where it stands in the review.
    #[serde(default, skip_serializing_if = "Review::is_open")]
    pub review: Review,
    /// In a new version of a plan: the ledger's row that it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<String>,
}

/// A candidate in the shape of a target or a milestone: neither drawn nor set aside, the clerk decides.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Doubtful {
    /// `D1`, unique in the draft.
    pub id: String,
    /// Its task.
    #[serde(default)]
    pub task: Option<String>,
    /// Of a target: what is counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indicator: Option<String>,
    /// Of a target: `>=`, `<=`, `=` or `~`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub op: Option<String>,
    /// Of a target: the value in the unit as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// Of a target: the unit as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Of a target: `level`, `annual` or `growth`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cadence: Option<String>,
    /// Of a milestone: what is to be there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// By when, where the text says so.
    #[serde(default)]
    pub due: Option<String>,
    /// Where it stands in the text.
    pub quote: String,
    /// Place of the quote in the source text, in UTF-16 units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<(usize, usize)>,
    /// What else it may be: a reason's code, `date`, `condition`, `payment` …; candidates of a kind are settled together.
    pub kind: String,
    /// A whole sentence: why the program does not decide.
    pub why: String,
}

/// A number that is no target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SetAside {
    /// The number with its unit, as printed.
    pub quote: String,
    /// `date`, `number`, `name`, `past`, `base`, `condition`, `payment`, `norm`, `frequency`, `procedure`, `repetition` or `part`.
    pub reason: String,
    /// The reason in words.
    pub why: String,
    /// Place of the quote in the source text, in UTF-16 units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<(usize, usize)>,
}

/// How many of a kind have a fate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountLine {
    /// `number`, `clause`, `promise` or `heading`.
    pub kind: String,
    /// `drawn`, `doubtful` or `set_aside`.
    pub fate: String,
    /// Why it was set aside, else empty: the code and the words.
    pub reason: (String, String),
    /// How many.
    pub count: usize,
}

/// What became of everything in a document that has a fate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Counts by kind and fate.
    pub lines: Vec<AccountLine>,
    /// What has none: the kind and the words around it.
    pub missing: Vec<(String, String)>,
}

/// Why a number was drawn, is doubtful or was set aside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Because {
    /// The number with the words around it.
    pub quote: String,
    /// `drawn`, `doubtful`, or the reason's code.
    pub fate: String,
    /// `phrase` where the grammar of phrases or tables knows it, `hard` where a hard reason decides, `weights` else.
    pub rule: String,
    /// The sum of the weights, with the heaviest features; none where a hard reason decides.
    pub evidence: Vec<(String, f64)>,
}

/// Something that was unclear in the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Finding {
    /// `no_plan`, `plan_field`, `outline`, `department`, `target`, `date`, `table` or `unread`.
    pub kind: String,
    /// A whole sentence.
    pub message: String,
    /// The place, if it has one.
    #[serde(default)]
    pub quote: String,
    /// Place of the quote in the source text, in UTF-16 units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<(usize, usize)>,
}

/// Everything drawn from one document, in the shape of a hand-made label.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Draft {
    /// File name of the document.
    #[serde(default)]
    pub source: String,
    /// The plan's own fields.
    pub plan: DraftPlan,
    /// All units.
    #[serde(default)]
    pub departments: Vec<String>,
    /// Tasks.
    #[serde(default)]
    pub tasks: Vec<DraftTask>,
    /// Targets.
    #[serde(default)]
    pub targets: Vec<DraftTarget>,
    /// Milestones.
    #[serde(default)]
    pub milestones: Vec<DraftMilestone>,
    /// Checklist items.
    #[serde(default)]
    pub checklist_items: Vec<DraftItem>,
    /// Candidates that are neither drawn nor set aside.
    #[serde(default)]
    pub doubtful: Vec<Doubtful>,
    /// Numbers that are no targets, each with its reason.
    #[serde(default)]
    pub set_aside: Vec<SetAside>,
    /// What was unclear.
    #[serde(default)]
    pub findings: Vec<Finding>,
    /// Of a ledger in a spreadsheet: its sheets, and what each column was taken for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sheets: Vec<LedgerSheet>,
    /// Of a ledger in a spreadsheet: its rows, by which the next version of the file is compared with this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<LedgerLine>,
    /// The quarter that its columns of progress, problems and next steps go into, `2025Q2`; none leaves them out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quarter: Option<String>,
    /// Full path of the spreadsheet, so that it can be read again with other columns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// The plan of the workbook that this is a new version of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revises: Option<String>,
    /// Rows of that plan which the new version does not have and which stay in force all the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub still_valid: Vec<String>,
}

/// A row of a ledger that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LedgerLine {
    /// The sheet's name; empty for text without sheets.
    pub sheet: String,
    /// Its number in the sheet, from 1.
    pub row: usize,
    /// The draft's task that it is, or is a part of.
    pub task: Option<String>,
    /// Its place in the source text, in UTF-16 units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<(usize, usize)>,
    /// Its cells that say something; a merged one in each row that it covers.
    pub cells: Vec<LedgerCell>,
}

/// A cell of a ledger's row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LedgerCell {
    /// The head of its column, as printed.
    pub head: String,
    /// What the column was taken for: 目标任务, 进展情况, …; none where its head says nothing known.
    pub holds: Option<String>,
    /// Its words.
    pub text: String,
}

/// A sheet of a ledger that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LedgerSheet {
    /// The sheet's name.
    pub sheet: String,
    /// Its columns that have a head.
    pub columns: Vec<SheetColumn>,
}

/// A column of a ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SheetColumn {
    /// `A`, `B`, … as spreadsheets call it.
    pub letter: String,
    /// Its head as printed.
    pub head: String,
    /// Its first values.
    pub samples: Vec<String>,
    /// What it was taken for: 目标任务, 牵头单位, …; none where its head says nothing known.
    pub holds: Option<String>,
}

/// A draft under review, with the text it was drawn from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct DraftReview {
    /// Id of the draft in the workbook.
    pub id: String,
    /// The draft with each row's place in the review.
    pub draft: Draft,
    /// The source text.
    pub text: String,
    /// Names that seem to be one department: the first is the one to keep.
    pub variants: Vec<Vec<String>>,
    /// Against the plan that the draft is a new version of.
    pub comparison: Option<Comparison>,
    /// What a column of a ledger can hold, in the order in which it is offered; empty where the draft is of no ledger.
    pub column_words: Vec<String>,
}

/// A new version beside the plan as it stands in the ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Comparison {
    /// Id of the plan.
    pub plan: String,
    /// Its title.
    pub title: String,
    /// Each row of the draft that enters the ledger.
    pub rows: Vec<ComparedRow>,
    /// The plan's rows that the draft does not have; what hangs on such a task is not listed beside it.
    pub dropped: Vec<DroppedRow>,
    /// The plan's own fields that differ.
    pub fields: Vec<FieldDifference>,
    /// Of a ledger in a spreadsheet that was imported before: each cell that says something else than last time.
    #[serde(default)]
    pub cells: Vec<CellDifference>,
    /// How many rows are new; of a ledger imported before, rows of the file.
    pub added: usize,
    /// How many rows differ; of a ledger imported before, cells of the file.
    pub changed: usize,
    /// How many rows are as they were.
    pub unchanged: usize,
}

/// A cell of a ledger before and after.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CellDifference {
    /// The sheet's name; empty for text without sheets.
    pub sheet: String,
    /// The row's number in the file as it is now, from 1.
    pub row: usize,
    /// The head of its column.
    pub head: String,
    /// What the row is about: its task, or indicator.
    pub task: String,
    /// What it said last time; empty for nothing.
    pub old: String,
    /// What it says now; empty for nothing.
    pub new: String,
}

/// A row of a new version beside the one it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ComparedRow {
    /// Id in the draft.
    pub row: String,
    /// `added`, `changed` or `unchanged`.
    pub state: String,
    /// The ledger's row; none where it is new.
    pub former: Option<String>,
    /// What that row says, in a line; where it is new, what the draft says.
    pub text: String,
    /// What differs.
    pub fields: Vec<FieldDifference>,
}

/// A field before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FieldDifference {
    /// `title`, `kind`, `section`, `departments`, `sentence`, `text`, `due`, `indicator`, `value`, `cadence`, `baseline`, `binding`, `task`,
    /// `what`, `status`, or a field of the plan.
    pub field: String,
    /// What the ledger says; empty for nothing.
    pub old: String,
    /// What the new version says; empty for nothing.
    pub new: String,
}

/// A row of the ledger that the new version does not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DroppedRow {
    /// Id in the ledger.
    pub id: String,
    /// `task`, `target`, `milestone` or `item`.
    pub kind: String,
    /// What it says, in a line.
    pub text: String,
    /// The task it belongs to; empty for a task and for the plan's own goals.
    pub task: String,
    /// When it is due.
    pub due: Option<String>,
    /// What was entered on it: `done`, `closed`, `figures` or `progress`; none where nothing was.
    pub work: Option<String>,
    /// It stays in force; else it is taken off when the draft is confirmed.
    pub still_valid: bool,
}

/// A plan that ships: a draft without sentences, and for the sample county a year of filled-in quarters.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Seed {
    /// `pingyang-2025`.
    pub name: String,
    /// What the start view calls it.
    pub label: String,
    /// The same in English.
    pub label_en: String,
    /// The plan.
    pub draft: Draft,
    /// Filled-in quarters in their order; ids are the draft's.
    #[serde(default)]
    pub quarters: Vec<SeedQuarter>,
    /// The quarter to show first, `2025Q2`; none means the one of today within the plan's period.
    #[serde(default)]
    pub quarter: Option<String>,
    /// The day that stands for today when the seed is shown, so that its lamps stay as designed.
    #[serde(default)]
    pub as_of: Option<String>,
    /// The office whose workbook it is, as printed on reports.
    #[serde(default)]
    pub office: Option<String>,
}

/// One filled-in quarter of a seed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct SeedQuarter {
    /// `2025Q1`.
    pub quarter: String,
    /// Ticked checklist items: id of the draft's item and day.
    #[serde(default)]
    pub items: Vec<(String, String)>,
    /// Completed milestones: id of the draft's milestone and day.
    #[serde(default)]
    pub milestones: Vec<(String, String)>,
    /// Figures: id of the draft's target, value, note.
    #[serde(default)]
    pub actuals: Vec<(String, f64, String)>,
    /// Progress texts.
    #[serde(default)]
    pub progress: Vec<SeedProgress>,
    /// Report passages of the quarter: kind (`opening`, `demands`, `distribution` …) and text.
    #[serde(default)]
    pub passages: Vec<(String, String)>,
}

/// One department's progress on one task in a seed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SeedProgress {
    /// Id of the draft's task.
    pub task: String,
    /// Department as named in the draft.
    pub department: String,
    /// Handling status in Chinese.
    pub status: String,
    /// What was done.
    #[serde(default)]
    pub done: String,
    /// Problems.
    #[serde(default)]
    pub problems: String,
    /// Next step.
    #[serde(default)]
    pub next: String,
}
