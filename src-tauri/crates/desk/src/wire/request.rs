//! The requests of the commands. A command without a request of its own takes `Nothing`.

use super::{DraftItem, DraftMilestone, DraftPlan, DraftTarget, DraftTask, Edit};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! request {
    ($($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident: $type:ty,)* })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
        #[serde(default, deny_unknown_fields)]
        #[ts(optional_fields = nullable)]
        pub struct $name { $($(#[$fmeta])* pub $field: $type,)* }
    )+};
}

request! {
    /// No arguments.
    Nothing {}

    /// A workbook's file.
    AtPath {
        /// Full path.
        path: String,
    }

    /// A workbook that is damaged or gone, and the copy to go back to.
    ToRestore {
        /// Full path of the workbook.
        path: String,
        /// Path of the copy, or its name among the automatic ones; the newest whole one where absent.
        copy: Option<String>,
    }

    /// A new workbook from a plan that ships.
    FromSeed {
        /// Full path of the workbook.
        path: String,
        /// `pingyang-2025`.
        seed: String,
    }

    /// A document to read into a draft of the open workbook.
    FromDocument {
        /// Full path of the document.
        document: String,
        /// Of a ledger in a spreadsheet: columns whose heads do not say what they hold.
        columns: Option<Vec<LedgerColumn>>,
    }

    /// What a column of a ledger holds.
    LedgerColumn {
        /// The column's head as printed.
        head: String,
        /// 目标任务, 牵头单位, 完成时限, 目标值, …
        holds: String,
    }

    /// A draft.
    OfDraft {
        /// Draft id.
        id: String,
    }

    /// What the columns of a draft's spreadsheet hold.
    DraftColumns {
        /// Draft id.
        id: String,
        /// Each column whose head does not say it, or says it wrongly.
        columns: Vec<LedgerColumn>,
    }

    /// What plan of the workbook a draft is a new version of.
    ToCompareDraft {
        /// Draft id.
        id: String,
        /// Plan id; none where it is a plan of its own.
        plan: Option<String>,
    }

    /// Rows of a draft that were reviewed; each replaces the row with its id, a new id adds one.
    DraftRows {
        /// Draft id.
        id: String,
        /// The plan's own fields.
        plan: Option<DraftPlan>,
        /// Tasks.
        tasks: Vec<DraftTask>,
        /// Targets.
        targets: Vec<DraftTarget>,
        /// Milestones.
        milestones: Vec<DraftMilestone>,
        /// Checklist items.
        checklist_items: Vec<DraftItem>,
        /// Ids of rows to take out altogether (merged into another).
        removed: Vec<String>,
        /// Pairs of names: the first is written wherever the second stands.
        renamed: Vec<(String, String)>,
        /// Of a new version: the ledger's rows that stay in force though the draft does not have them, all of them.
        still_valid: Option<Vec<String>>,
        /// Of an office's ledger: the quarter that its columns of progress go into, `2025Q2`; empty for none.
        quarter: Option<String>,
    }

    /// A quarter, over all plans or one.
    OfQuarter {
        /// `2025Q2`.
        quarter: String,
        /// Only this plan.
        plan: Option<String>,
    }

    /// A figure of the overview.
    OfFigure {
        /// `2025Q2`.
        quarter: String,
        /// Only this plan.
        plan: Option<String>,
        /// A 进度判定 in Chinese, or `overdue`, `due_soon`, `to_check`, `better`, `worse`, `lagging`, `undated`, `unchanged`, `carried`; `all` for every task of a department.
        figure: String,
        /// Only the tasks that this department is counted with; empty for those without one.
        department: Option<String>,
    }

    /// A task in a quarter.
    OfTask {
        /// Task id.
        task: String,
        /// `2025Q2`.
        quarter: String,
    }

    /// A task as an automatic copy holds it.
    OfTaskInCopy {
        /// Full path of the copy, as the list of copies gives it.
        path: String,
        /// Task id.
        task: String,
        /// Quarter whose figures are compared, `2025Q2`.
        quarter: String,
    }

    /// Checklists of a quarter, of all departments or one.
    OfDepartment {
        /// `2025Q2`.
        quarter: String,
        /// Department id or name.
        department: Option<String>,
    }

    /// Edits to apply, all or none, as one step of undo.
    Edits {
        /// The edits.
        edits: Vec<Edit>,
        /// The quarter in which the changed rows are answered.
        quarter: String,
    }

    /// A step in the history.
    InQuarter {
        /// The quarter in which the changed rows are answered.
        quarter: String,
    }

    /// Back to a state of the history.
    ToEdit {
        /// Edit id: all edits after it are taken back, it stays.
        edit: String,
        /// The quarter in which the changed rows are answered.
        quarter: String,
    }

    /// The history.
    OfHistory {
        /// Only edits that touched this row.
        row: Option<String>,
        /// At most so many, newest first; 200 where absent.
        limit: Option<usize>,
        /// Only edits older than this one; the last of a page asks for the next.
        before: Option<String>,
        /// At most so many changed fields of each; 200 where absent.
        changes: Option<usize>,
    }

    /// A report.
    OfReport {
        /// `bulletin`, `department`, `one-page`, `slip`, `yearbook`, `timeline`, `receipt` or `reminder`.
        kind: String,
        /// `2025Q2`.
        quarter: String,
        /// Department id or name, for the kinds that need one.
        department: Option<String>,
        /// Only this plan.
        plan: Option<String>,
        /// The earlier quarter to compare with, `2025Q1`, or `none`; the quarter before where absent and something was reported then.
        against: Option<String>,
    }

    /// A report into a file.
    ReportToFile {
        /// `bulletin`, `department`, `one-page`, `slip`, `yearbook`, `timeline`, `receipt` or `reminder`.
        kind: String,
        /// `2025Q2`.
        quarter: String,
        /// Department id or name, for the kinds that need one.
        department: Option<String>,
        /// Only this plan.
        plan: Option<String>,
        /// The earlier quarter to compare with, `2025Q1`, or `none`; the quarter before where absent and something was reported then.
        against: Option<String>,
        /// Full path of the file; the ending decides the form.
        path: String,
    }

    /// Words or pinyin initials to find.
    ToFind {
        /// What was typed.
        words: String,
    }

    /// A file to keep as evidence of a task.
    NewEvidence {
        /// Task id.
        task: String,
        /// Item it proves.
        item: Option<String>,
        /// Department id or name.
        department: Option<String>,
        /// `2025Q2`.
        quarter: String,
        /// Full path of the file.
        path: String,
    }
}
