//! Every command of the boundary, listed once. The shells hand over a name and JSON; the list gives the function that answers
//! and the TypeScript declarations of request and answer.

use super::vocabularies;
use crate::Session;
use crate::wire::{self, Refusal, RefusalCode};
use messages::Program;
use std::collections::BTreeMap;
use ts_rs::{Config, TS, TypeVisitor};

macro_rules! commands {
    ($($(#[doc = $doc:literal])+ $name:ident($request:ty) -> $answer:ty;)+) => {
        /// The names of all commands.
        pub const COMMANDS: &[&str] = &[$(stringify!($name),)+];

        /// Answers one command.
        ///
        /// # Errors
        /// An unknown name, arguments of a wrong shape, or the command's own refusal.
        pub fn call(session: &mut Session, name: &str, arguments: serde_json::Value) -> Result<serde_json::Value, Refusal> {
            match name {
                $(stringify!($name) => {
                    let request: $request = read_arguments(name, arguments)?;
                    let answer: $answer = session.$name(&request)?;
                    serde_json::to_value(answer).map_err(|error| unwritten(&error))
                })+
                _ => Err(unknown(name)),
            }
        }

        /// The same, with the answer as the text of its JSON: a ledger of ten thousand rows is written once instead of twice.
        ///
        /// # Errors
        /// As [`call`].
        pub fn call_for_text(session: &mut Session, name: &str, arguments: serde_json::Value) -> Result<String, Refusal> {
            match name {
                $(stringify!($name) => {
                    let request: $request = read_arguments(name, arguments)?;
                    let answer: $answer = session.$name(&request)?;
                    serde_json::to_string(&answer).map_err(|error| unwritten(&error))
                })+
                _ => Err(unknown(name)),
            }
        }

        /// TypeScript declarations of all wire types and of the commands, for `ui/wire.d.ts`.
        #[must_use]
        pub fn type_declarations() -> String {
            let config = Config::default();
            let mut types = Declarations { config: &config, found: BTreeMap::new() };
            $(types.with::<$request>(); types.with::<$answer>();)+
            types.with::<wire::ToldRefusal>();
            types.with::<wire::Seed>();
            let mut text = String::from("// Generated from the wire structs of desk by `cargo xtask wire`. Do not edit.\n\n");
            for declaration in types.found.values() {
                text.push_str("export ");
                text.push_str(declaration);
                text.push('\n');
            }
            text.push_str(&vocabularies::declarations());
            text.push_str("\n/** Every command: what it takes and what it answers. */\nexport interface Commands {\n");
            $(
                for line in [$($doc),+] { text.push_str("  /** "); text.push_str(line.trim()); text.push_str(" */\n"); }
                text.push_str(&format!("  {}: {{ request: {}, answer: {} }};\n",
                    stringify!($name), <$request>::name(&config), <$answer>::name(&config)));
            )+
            text.push_str("}\n");
            text
        }
    };
}

commands! {
    /// The start view: recent workbooks and the plans that ship.
    start(wire::Nothing) -> wire::Start;
    /// Opens a workbook; the one that was open is closed.
    open_workbook(wire::AtPath) -> wire::Workbook;
    /// Makes an empty workbook and opens it.
    create_workbook(wire::AtPath) -> wire::Workbook;
    /// Makes a workbook from a plan that ships and opens it.
    create_from_seed(wire::FromSeed) -> wire::Workbook;
    /// Closes the open workbook.
    close_workbook(wire::Nothing) -> wire::Start;
    /// What frames every view of the open workbook.
    workbook(wire::Nothing) -> wire::Workbook;
    /// Reads a document (or an Excel ledger) into a draft of the open workbook.
    read_document(wire::FromDocument) -> wire::DraftReview;
    /// A draft under review.
    draft(wire::OfDraft) -> wire::DraftReview;
    /// Saves reviewed rows of a draft.
    save_draft_rows(wire::DraftRows) -> wire::DraftReview;
    /// Makes a draft the new version of a plan of the workbook, or a plan of its own again.
    compare_draft(wire::ToCompareDraft) -> wire::DraftReview;
    /// Reads the spreadsheet of a draft again, by what its columns are said to hold.
    read_columns(wire::DraftColumns) -> wire::DraftReview;
    /// Puts the draft's rows, all but the dropped ones, into the ledger as one edit.
    confirm_draft(wire::OfDraft) -> wire::Workbook;
    /// Throws a draft away.
    discard_draft(wire::OfDraft) -> wire::Workbook;
    /// The overview of a quarter.
    overview(wire::OfQuarter) -> wire::Overview;
    /// The ids of the tasks that a figure of the overview counts, in the order in which it lists them.
    overview_tasks(wire::OfFigure) -> Vec<String>;
    /// How many tasks there are in a quarter, and their lamps.
    totals(wire::OfQuarter) -> wire::Totals;
    /// The ledger of a quarter.
    ledger(wire::OfQuarter) -> wire::Ledger;
    /// The ledger of a quarter as a table that says once what many rows say.
    ledger_table(wire::OfQuarter) -> wire::LedgerTable;
    /// Everything about one task.
    task(wire::OfTask) -> wire::TaskDetail;
    /// Departments' checklists.
    checklist(wire::OfDepartment) -> wire::Checklists;
    /// Indicators with targets and figures.
    indicators(wire::OfQuarter) -> wire::Indicators;
    /// Milestones and task dues over the quarters.
    timeline(wire::OfQuarter) -> wire::Timeline;
    /// Applies edits, all or none, as one step of undo.
    apply(wire::Edits) -> wire::Applied;
    /// Takes the last edit back.
    undo(wire::InQuarter) -> wire::Applied;
    /// Brings the last undone edit back.
    redo(wire::InQuarter) -> wire::Applied;
    /// Takes back all edits after one.
    undo_to(wire::ToEdit) -> wire::Applied;
    /// The people who answer for tasks and departments.
    people(wire::Nothing) -> Vec<wire::PersonLine>;
    /// The rows that no longer count, last first.
    retired(wire::Nothing) -> Vec<wire::RetiredLine>;
    /// Who changed what when, newest first.
    history(wire::OfHistory) -> Vec<wire::HistoryEntry>;
    /// The automatic copies, newest first.
    copies(wire::Nothing) -> Vec<wire::CopyLine>;
    /// Writes the open workbook to another file and goes on with that one.
    save_elsewhere(wire::AtPath) -> wire::Workbook;
    /// The automatic copies of a workbook that need not be open, or whole, or there; newest first.
    copies_of(wire::AtPath) -> Vec<wire::CopyLine>;
    /// Puts a copy in the place of a workbook that is damaged or gone, and opens it; what was there is put aside.
    restore_workbook(wire::ToRestore) -> wire::Workbook;
    /// Puts an automatic copy in the workbook's place; what stood there is copied first.
    restore_copy(wire::AtPath) -> wire::Workbook;
    /// What a task says otherwise in an automatic copy, with the edits that bring it back.
    task_in_copy(wire::OfTaskInCopy) -> Vec<wire::CopyDifference>;
    /// A report as it will print.
    report_preview(wire::OfReport) -> wire::ReportPreview;
    /// Writes a report to a file.
    export_report(wire::ReportToFile) -> wire::ReportFile;
    /// What the settings view offers and tells.
    choices(wire::Nothing) -> wire::Choices;
    /// Rows by words or pinyin initials.
    find(wire::ToFind) -> Vec<wire::Hit>;
    /// Keeps a file as evidence of a task.
    add_evidence(wire::NewEvidence) -> wire::TaskDetail;
    /// Who was sent a quarter's file, who returned it, who is missing.
    exchange_status(wire::InQuarter) -> wire::ExchangeStatus;
    /// Makes the files of a quarter, one for each department.
    issue_packets(wire::ToIssue) -> wire::Issued;
    /// What a packet is.
    packet(wire::PacketFile) -> wire::PacketLine;
    /// Makes a department's workbook from what the office sent, or brings it up to date, and opens it.
    receive_packet(wire::PacketFile) -> wire::Workbook;
    /// Writes the department's return of a quarter.
    return_packet(wire::ToReturn) -> wire::Returned;
    /// What returns would change.
    preview_returns(wire::ToCollect) -> wire::Collected;
    /// Merges returns as one edit.
    collect_returns(wire::ToCollect) -> wire::Collected;
    /// What departments ask for: what is open, and all of a quarter.
    requests(wire::InQuarter) -> Vec<wire::RequestLine>;
    /// Keeps that the departments that have not returned were reminded today.
    mark_reminded(wire::InQuarter) -> wire::ExchangeStatus;
    /// Closes a quarter.
    close_quarter(wire::InQuarter) -> wire::QuarterClosed;
    /// Two quarters side by side.
    compare_quarters(wire::ToCompare) -> wire::QuarterComparison;
    /// Writes a closed quarter as one file for the office above.
    hand_up(wire::ToHandUp) -> wire::HandedUp;
    /// Opens a closed quarter again, for a reason.
    reopen_quarter(wire::ToReopen) -> wire::QuarterClosed;
}

fn unwritten(error: &serde_json::Error) -> Refusal {
    Refusal::new(RefusalCode::BadRequest, Program::NothingWritten, Program::ReopenAndTry).with_detail(error.to_string())
}

fn unknown(name: &str) -> Refusal {
    Refusal::new(RefusalCode::BadRequest, Program::NoSuchCommand { name: name.to_owned() }, Program::Update)
}

fn read_arguments<T: serde::de::DeserializeOwned>(name: &str, arguments: serde_json::Value) -> Result<T, Refusal> {
    let arguments = if arguments.is_null() { serde_json::Value::Object(serde_json::Map::new()) } else { arguments };
    serde_json::from_value(arguments).map_err(|error| {
        Refusal::new(RefusalCode::BadRequest, Program::WrongCommand { name: name.to_owned() }, Program::CheckInput)
            .with_detail(error.to_string())
    })
}

/// Collects the declarations of types and all they hold, by name.
struct Declarations<'a> {
    config: &'a Config,
    found: BTreeMap<String, String>,
}

impl Declarations<'_> {
    fn with<T: TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_some() {
            let name = T::name(self.config);
            if self.found.contains_key(&name) {
                return;
            }
            self.found.insert(name, T::decl(self.config));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

impl TypeVisitor for Declarations<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        self.with::<T>();
    }
}
