//! The exchange between an office and its departments: files out, files back, closed quarters.

use super::FieldChange;
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

macro_rules! answer {
    ($($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident: $type:ty,)* })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
        pub struct $name { $($(#[$fmeta])* pub $field: $type,)* }
    )+};
}

request! {
    /// The files of a quarter, one for each department.
    ToIssue {
        /// `2025Q2`.
        quarter: String,
        /// The folder they are written to.
        folder: String,
        /// Only this department.
        department: Option<String>,
        /// Also the form for Excel.
        xlsx: bool,
        /// Gives the department a new key; returns signed with the old one are refused from then on.
        new_key: bool,
    }

    /// Returns to look at or to merge.
    ToCollect {
        /// Files or folders of them.
        files: Vec<String>,
        /// What was chosen where values differ.
        choices: Vec<TakeSide>,
        /// Records returns for a closed quarter in the next open one, as late.
        late: bool,
    }

    /// What was chosen for one conflict.
    TakeSide {
        /// The conflict's key.
        key: String,
        /// The department whose value is taken; none keeps the office's.
        department: Option<String>,
        /// The file whose value is taken, where several copies of the department say different things.
        file: Option<String>,
    }

    /// The department's answer for a quarter.
    ToReturn {
        /// `2025Q2`.
        quarter: String,
        /// The file it is written to.
        path: String,
    }

    /// A packet that was opened with the program.
    PacketFile {
        /// The packet.
        packet: String,
        /// The department's workbook; made where it is not there. Absent: beside the packet, named after the department.
        workbook: Option<String>,
    }

    /// Two quarters to compare.
    ToCompare {
        /// The earlier one, `2025Q1`.
        from: String,
        /// The later one, `2025Q2`.
        to: String,
    }

    /// A closed quarter for the office above.
    ToHandUp {
        /// `2025Q2`.
        quarter: String,
        /// The file it is written to.
        path: String,
    }

    /// A closed quarter to open again.
    ToReopen {
        /// `2025Q2`.
        quarter: String,
        /// Why; prints in the history.
        reason: String,
        /// Who answers for it; empty where the person of the PC's account does.
        by: String,
    }
}

answer! {
    /// Where the exchange of a quarter stands.
    ExchangeStatus {
        /// The quarter.
        quarter: String,
        /// Whether it is closed.
        closed: bool,
        /// The last day on which a return is on time.
        deadline: String,
        /// The department whose workbook this is; none in the office's.
        department: Option<String>,
        /// The departments with tasks, in their order.
        departments: Vec<ExchangeLine>,
        /// The closes of this quarter, oldest first.
        closes: Vec<CloseLine>,
        /// The offices below that have handed up any quarter, by name.
        counties: Vec<CountyLine>,
    }

    /// An office below, and whether its file for the quarter was merged.
    CountyLine {
        /// The place, `北川县`.
        name: String,
        /// Its plans that are here.
        plans: usize,
        /// The check number of its file for the quarter; none where it has not handed it up.
        check_number: Option<String>,
        /// The quarter of its newest file.
        newest: String,
    }

    /// One department's exchange of a quarter.
    ExchangeLine {
        /// Department id.
        id: String,
        /// Its name.
        name: String,
        /// How many tasks it has.
        tasks: usize,
        /// `not_sent`, `sent` (waiting), `missing` (past the deadline), `returned` (on time), `late` (after it), `refused`, `empty` (空表).
        state: String,
        /// When its file was made, ISO in local time.
        sent_at: Option<String>,
        /// When its return was merged (in the department's workbook: made).
        returned_at: Option<String>,
        /// When it was last reminded.
        reminded_at: Option<String>,
        /// Why its last file was refused; empty else.
        note: String,
        /// How many of its tasks have progress for the quarter.
        filled: usize,
        /// The check number of the last return.
        check_number: Option<String>,
        /// How many pieces of its evidence have not come with their content (佐证待交).
        evidence_awaited: usize,
    }

    /// One close of a quarter.
    CloseLine {
        /// Its number in the chain.
        number: i64,
        /// When, ISO in local time.
        closed_at: String,
        /// By whom.
        closed_by: String,
        /// The first digits of its hash.
        hash: String,
        /// When it was reopened.
        reopened_at: Option<String>,
        /// By whom.
        reopened_by: Option<String>,
        /// Why.
        reason: Option<String>,
    }

    /// The files that were made.
    Issued {
        /// The quarter.
        quarter: String,
        /// One for each department.
        files: Vec<IssuedFile>,
    }

    /// A file for a department.
    IssuedFile {
        /// Department id.
        id: String,
        /// Its name.
        department: String,
        /// The file.
        path: String,
        /// Its size in bytes.
        size: usize,
        /// How many tasks are in it.
        tasks: usize,
        /// The form for Excel, where it was asked for.
        xlsx: Option<String>,
    }

    /// What returns would change, or did.
    Collected {
        /// Each file.
        files: Vec<CollectedFile>,
        /// Departments whose return is still missing, by name.
        missing: Vec<String>,
        /// Whether it was merged; false for a preview and where there was nothing to merge.
        merged: bool,
        /// The label of the edit that one undo takes back.
        label: Option<String>,
    }

    /// One file.
    CollectedFile {
        /// The file's name.
        file: String,
        /// The department's name; none where the file does not say.
        department: Option<String>,
        /// The quarter; none where the file does not say.
        quarter: Option<String>,
        /// `new`; `same` (nothing that is not there or was said otherwise later); `empty` (空表, no return); `late`; `refused`.
        state: String,
        /// Why it is not taken as it is; empty else.
        why: String,
        /// The open quarter in which it is recorded as late (补报), or would be where late returns are taken.
        late_into: Option<String>,
        /// The check number, the same as on the department's receipt; empty where the file could not be read.
        check_number: String,
        /// Each field that changes.
        changes: Vec<FieldChange>,
        /// Each field that two hands wrote differently.
        conflicts: Vec<ConflictLine>,
        /// What it says and was said otherwise later.
        older: Vec<RefusedLine>,
        /// What it may not change.
        refused: Vec<RefusedLine>,
        /// What the department left open.
        unfilled: Vec<String>,
        /// Names of the evidence it brings.
        evidence: Vec<String>,
        /// Names of the evidence whose content is still to come, in a file of its own (佐证待交).
        evidence_awaited: Vec<String>,
        /// What it asks for, a sentence each.
        requests: Vec<String>,
    }

    /// A field that two hands wrote differently.
    ConflictLine {
        /// Names it in a choice.
        key: String,
        /// Kind of the row.
        what: String,
        /// What the row is called.
        row: String,
        /// The field's code.
        field: String,
        /// Kind of the row and the field, in Chinese.
        label: String,
        /// What the office has.
        old: Option<String>,
        /// What stands after the merge.
        new: Option<String>,
        /// What each department says.
        sides: Vec<SideLine>,
    }

    /// What one department says in a conflict.
    SideLine {
        /// Department id.
        id: String,
        /// Its name.
        department: String,
        /// Its value.
        value: Option<String>,
        /// The file that says so, where several copies of the department say different things.
        file: Option<String>,
    }

    /// What a file may not change.
    RefusedLine {
        /// What it tried to change, and to what.
        what: String,
        /// Why not.
        why: String,
    }

    /// What a department asks for.
    RequestLine {
        /// Request id.
        id: String,
        /// Department id.
        department_id: String,
        /// Its name.
        department: String,
        /// The quarter in which it was asked.
        quarter: String,
        /// Kind of the row: `task`, `checklist_item`, `milestone` or `target`.
        what: String,
        /// The row's id.
        row_id: String,
        /// What the row is called; empty where it is gone.
        row: String,
        /// `due` or `value`.
        field: String,
        /// Kind of the row and the field, in Chinese.
        label: String,
        /// What stood there when it was asked; empty where nothing did.
        original: String,
        /// What is asked for.
        asked: String,
        /// What stands there now; none where the row is gone.
        now: Option<String>,
        /// Why.
        reason: String,
        /// Who asks.
        asked_by: String,
        /// When, ISO in local time.
        asked_at: String,
        /// `open`, `approved` or `refused`.
        state: String,
        /// Who decided.
        decided_by: Option<String>,
        /// When.
        decided_at: Option<String>,
        /// What the office answers; may be empty.
        answer: String,
    }

    /// The file that was made.
    Returned {
        /// The file.
        path: String,
        /// Its size in bytes.
        size: usize,
        /// The second file with the evidence, where there is any.
        evidence_path: Option<String>,
        /// The check number that the printed receipt shows too.
        check_number: String,
        /// What is still open, a sentence each.
        unfilled: Vec<String>,
        /// How many tasks have progress.
        filled: usize,
        /// How many tasks the department has.
        tasks: usize,
    }

    /// What a packet is.
    PacketLine {
        /// `issue`, `return`, `evidence` or `close` (a county's closed quarter).
        kind: String,
        /// The department's name.
        department: String,
        /// The quarter.
        quarter: String,
        /// The office's name.
        office: String,
        /// Where the department's workbook is or would be made; for issues only.
        workbook: Option<String>,
    }

    /// Two quarters side by side.
    QuarterComparison {
        /// The earlier one.
        from: ComparedQuarter,
        /// The later one.
        to: ComparedQuarter,
        /// The tasks that differ, in the order of the later one; those that are gone come last.
        rows: Vec<ComparedTask>,
    }

    /// One side of a comparison.
    ComparedQuarter {
        /// The quarter.
        quarter: String,
        /// Whether it is closed: then it is as it was when it was closed.
        closed: bool,
        /// The day as of which it was judged.
        as_of: String,
        /// How many tasks.
        tasks: usize,
        /// How many of each judgement, best first.
        judgements: Vec<(String, usize)>,
        /// How many of each lamp.
        lamps: Vec<(String, usize)>,
    }

    /// A task that differs between two quarters.
    ComparedTask {
        /// Task id.
        id: String,
        /// Its number.
        number: String,
        /// Its title.
        title: String,
        /// `changed`, `new` or `gone`.
        state: String,
        /// What differs.
        changes: Vec<ComparedField>,
    }

    /// A field that differs.
    ComparedField {
        /// What it is, in Chinese.
        label: String,
        /// In the earlier quarter.
        from: Option<String>,
        /// In the later one.
        to: Option<String>,
    }

    /// The file of a closed quarter for the office above.
    HandedUp {
        /// The file.
        path: String,
        /// Its size in bytes.
        size: usize,
        /// How many tasks are in it.
        tasks: usize,
        /// The first digits of the close's hash.
        hash: String,
        /// The file's check number.
        check_number: String,
    }

    /// What closing or reopening a quarter came to.
    QuarterClosed {
        /// The quarter.
        quarter: String,
        /// Whether it is closed now.
        closed: bool,
        /// The close's number in the chain.
        number: i64,
        /// The first digits of its hash.
        hash: String,
        /// Departments that had not returned, by name.
        missing: Vec<String>,
    }
}
