//! The fixed command line.

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Language of what is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// 中文
    #[value(name = "zh-CN")]
    ZhCn,
    /// English
    En,
}

impl Language {
    /// As the catalogue of messages has it.
    pub(crate) fn spoken(self) -> messages::Language {
        match self {
            Self::ZhCn => messages::Language::Chinese,
            Self::En => messages::Language::English,
        }
    }
}

/// 规划台账 Planbook: from an issued plan to department checklists and printed quarterly reports.
#[derive(Debug, Parser)]
#[command(name = "planbook", version)]
pub(crate) struct Arguments {
    /// Language of what is printed.
    #[arg(long, global = true, value_enum, default_value = "zh-CN")]
    pub lang: Language,
    /// Today's date (ISO), so that output is repeatable.
    #[arg(long, global = true, value_name = "DATE")]
    pub as_of: Option<NaiveDate>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// The draft drawn from a document, and what was unclear.
    Intake {
        document: PathBuf,
        /// What a column of a ledger in a spreadsheet holds, where its head does not say: `谁来办=牵头单位`.
        #[arg(long = "column", value_name = "HEAD=WORD")]
        columns: Vec<String>,
        /// One JSON document.
        #[arg(long)]
        json: bool,
        /// How many numbers, clauses, dated promises and headings were drawn, are doubtful, were set aside; refused if one has no fate.
        #[arg(long, conflicts_with_all = ["json", "why"])]
        account: bool,
        /// The rule and the evidence behind the fate of each number.
        #[arg(long, conflicts_with = "json")]
        why: bool,
    },
    /// The plain text that intake reads.
    Text { document: PathBuf },
    /// The plans that ship, a line each.
    Seeds {
        /// One JSON document.
        #[arg(long)]
        json: bool,
    },
    /// Makes a new workbook, or adds the plan to an existing one.
    Create {
        workbook: PathBuf,
        #[command(flatten)]
        from: Source,
        #[command(flatten)]
        how: How,
    },
    /// Per department its tasks with role, checklist items, milestones, targets, lamp and why.
    Checklist {
        workbook: PathBuf,
        /// Only this department.
        #[arg(long)]
        department: Option<String>,
        /// Quarter, such as 2025Q2; the one whose returns are due now where absent.
        #[arg(long)]
        quarter: Option<String>,
        /// One JSON document.
        #[arg(long)]
        json: bool,
    },
    /// Applies edits, one JSON object a line, all or none.
    #[command(after_long_help = EDITS, after_help = "planbook apply --help lists the edits.")]
    Apply {
        workbook: PathBuf,
        /// A file of edits; - for standard input.
        edits: PathBuf,
    },
    /// Prints a report.
    Report {
        workbook: PathBuf,
        #[arg(long, value_enum)]
        kind: ReportKind,
        /// Quarter, such as 2025Q2; the quarter under way where it is left out.
        #[arg(long)]
        quarter: Option<String>,
        /// For the kinds that are about one department; of all, one after the other, where it is left out.
        #[arg(long)]
        department: Option<String>,
        /// The earlier quarter to compare with, such as 2025Q1, or none; the quarter before where it is left out.
        #[arg(long, value_name = "QUARTER")]
        against: Option<String>,
        #[command(flatten)]
        to: ReportPlace,
    },
    /// Who changed what when, newest first.
    History {
        workbook: PathBuf,
        /// One JSON document.
        #[arg(long)]
        json: bool,
    },
    /// Takes the last edit back, or all after one.
    Undo {
        workbook: PathBuf,
        /// Takes back all edits after this one; its id is in `planbook history --json`.
        #[arg(long, value_name = "EDIT")]
        to: Option<String>,
    },
    /// One file per department with its tasks of a quarter.
    Issue {
        workbook: PathBuf,
        /// Quarter, such as 2025Q2.
        #[arg(long)]
        quarter: String,
        /// The folder they are written to.
        #[arg(long, value_name = "FOLDER")]
        out: PathBuf,
        /// Only this department.
        #[arg(long)]
        department: Option<String>,
        /// Gives the department a new key; returns signed with the old one are refused from then on.
        #[arg(long, requires = "department")]
        new_key: bool,
        /// Also a form for Excel.
        #[arg(long)]
        xlsx: bool,
    },
    /// The department's answer for a quarter, to be sent back.
    Return {
        workbook: PathBuf,
        /// Quarter, such as 2025Q2.
        #[arg(long)]
        quarter: String,
        /// The .planpack file.
        #[arg(short, long)]
        output: PathBuf,
    },
    /// What returns would change, or the merge of them.
    Collect {
        workbook: PathBuf,
        /// Returns, or folders of them.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Shows what would change and writes nothing.
        #[arg(long)]
        preview: bool,
        /// Records returns for a closed quarter in the next open one, as late.
        #[arg(long)]
        late: bool,
        /// Whose words stand where the office and a department wrote the same field differently.
        #[arg(long, value_enum, default_value_t = Side::Office)]
        take: Side,
        /// One JSON document.
        #[arg(long)]
        json: bool,
    },
    /// Closes a quarter: later data for it is refused or goes to the next one as late.
    Close {
        workbook: PathBuf,
        /// Quarter, such as 2025Q2.
        #[arg(long)]
        quarter: String,
    },
    /// Opens a closed quarter again.
    Reopen {
        workbook: PathBuf,
        /// Quarter, such as 2025Q2.
        #[arg(long)]
        quarter: String,
        /// Why; stays in the record of closes.
        #[arg(long)]
        reason: String,
    },
    /// Two quarters side by side: a closed one as it was closed, an open one as it stands.
    Compare {
        workbook: PathBuf,
        /// The earlier quarter, such as 2025Q1.
        #[arg(long)]
        from: String,
        /// The later quarter, such as 2025Q2.
        #[arg(long)]
        to: String,
        /// One JSON document.
        #[arg(long)]
        json: bool,
    },
    /// What departments ask for, with the office's decisions; open ones first.
    Requests {
        workbook: PathBuf,
        /// One JSON document.
        #[arg(long)]
        json: bool,
    },
    /// Where the exchange of a quarter stands: who was sent its file, has returned, is late, sent an empty form, is missing.
    Exchange {
        workbook: PathBuf,
        /// Quarter, such as 2025Q2.
        #[arg(long)]
        quarter: String,
        /// One JSON document.
        #[arg(long)]
        json: bool,
    },
    /// A closed quarter as one file for the office above, which collects it beside other counties'.
    HandUp {
        workbook: PathBuf,
        /// Quarter, such as 2025Q2.
        #[arg(long)]
        quarter: String,
        /// The file.
        #[arg(short, long)]
        output: PathBuf,
    },
    /// The page in the system's browser, over a loopback address with a one-time token.
    Serve {
        /// A workbook, or an exchange file (.planpack) that the page then asks about.
        workbook: Option<PathBuf>,
        /// The page's folder, where it is not beside the program.
        #[arg(long)]
        page: Option<PathBuf>,
        /// Prints the address instead of opening the browser.
        #[arg(long)]
        no_open: bool,
    },
    /// Puts a copy in the place of a damaged or missing workbook; what was there is put aside.
    Restore {
        workbook: PathBuf,
        /// The copy: its path, or its name among the automatic ones; the newest whole one where it is left out.
        copy: Option<PathBuf>,
    },
    /// Erases a row for good, with its history and all automatic copies; a line of record stays, and no undo brings it back.
    Erase {
        workbook: PathBuf,
        /// Id of a task, checklist item, milestone, progress or piece of evidence.
        row: String,
        /// Why, without telling the content: it stays in the history.
        #[arg(long)]
        reason: String,
    },
    /// Integrity, and the numbers of every report against the rows; prints what differs.
    Check { workbook: PathBuf },
}

/// Where reports go.
#[derive(Debug, Args)]
pub(crate) struct ReportPlace {
    /// The file; its ending decides the form.
    #[arg(short, long, required_unless_present = "out", conflicts_with = "out")]
    pub output: Option<PathBuf>,
    /// A folder for one file a department, of the kinds department, one-page and slip.
    #[arg(long, value_name = "FOLDER", conflicts_with = "department")]
    pub out: Option<PathBuf>,
    /// The form of the files in the folder: pdf where it is left out.
    #[arg(long, value_enum, requires = "out", conflicts_with = "output")]
    pub form: Option<ReportForm>,
}

/// Whose words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Side {
    /// What the ledger has stays.
    Office,
    /// What was returned; of several departments, the lead's.
    Department,
}

/// A form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportForm {
    Pdf,
    Docx,
    Xlsx,
}

impl ReportForm {
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
        }
    }
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Source {
    /// An issued document.
    #[arg(long)]
    pub document: Option<PathBuf>,
    /// A plan that ships; `planbook seeds` lists them.
    #[arg(long)]
    pub seed: Option<String>,
    /// A draft as `planbook intake --json` prints it.
    #[arg(long)]
    pub draft: Option<PathBuf>,
    /// What the office sent: a department's own workbook, new or brought up to date.
    #[arg(long)]
    pub packet: Option<PathBuf>,
}

/// How the plan is added.
#[derive(Debug, Args)]
pub(crate) struct How {
    /// What a column of a ledger in a spreadsheet holds, where its head does not say: `谁来办=牵头单位`.
    #[arg(long = "column", value_name = "HEAD=WORD", requires = "document")]
    pub columns: Vec<String>,
    /// Names that seem to be one department become one.
    #[arg(long, conflicts_with = "packet")]
    pub merge_departments: bool,
    /// It is a new version of a plan of the workbook: of the one with this in its title, or with a title like its own. What
    /// stayed keeps its ids, progress and history.
    #[arg(long, value_name = "TITLE", num_args = 0..=1, default_missing_value = "", conflicts_with_all = ["packet", "seed"])]
    pub revises: Option<String>,
    /// What the new version does not have stays in force; else it is taken off.
    #[arg(long, requires = "revises")]
    pub keep_dropped: bool,
    /// Shows what the new version, or an office's ledger that is imported again, changes and writes nothing.
    #[arg(long, conflicts_with_all = ["packet", "seed"])]
    pub preview: bool,
    /// Of an office's ledger: the quarter that its columns of progress, problems and next steps go into, `2025Q2`.
    #[arg(long, value_name = "Q", requires = "document")]
    pub quarter: Option<String>,
    /// What differs, as one JSON document.
    #[arg(long, conflicts_with_all = ["packet", "seed"])]
    pub json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportKind {
    Bulletin,
    Department,
    OnePage,
    Slip,
    /// All indicators over their years.
    Yearbook,
    /// Milestones and task dues in the order of their dates.
    Timeline,
    /// What the department returned, to be signed and sealed.
    Receipt,
    /// Who has not returned.
    Reminder,
}

impl ReportKind {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Bulletin => "bulletin",
            Self::Department => "department",
            Self::OnePage => "one-page",
            Self::Slip => "slip",
            Self::Yearbook => "yearbook",
            Self::Timeline => "timeline",
            Self::Receipt => "receipt",
            Self::Reminder => "reminder",
        }
    }
}

const EDITS: &str = r#"Edits, one JSON object a line; ids as `planbook checklist --json` gives them:
  {"edit": "tick_item", "item": ID, "done_on": "2025-06-20" | null}
  {"edit": "complete_milestone", "milestone": ID, "done_on": "2025-06-20" | null}
  {"edit": "set_actual", "target": ID, "quarter": "2025Q2", "value": 42 | null, "note": "", "department": NAME (optional)}
  {"edit": "set_progress", "task": ID, "department": NAME, "quarter": "2025Q2", "status": "推进中", "done": "…", "problems": "…", "next": "…"}
  {"edit": "carry_forward", "department": NAME, "quarter": "2025Q2", "task": ID (optional)}
  {"edit": "ask_change", "about": "task|checklist_item|milestone|target", "row": ID, "asked": "2025-09" | "60", "reason": "…", "quarter": "2025Q2", "department": NAME (the office)}
The office's edits; a department's workbook refuses them:
  {"edit": "add_plan", "title": "…", "source": "规划|政府工作报告|会议议定事项|领导批示|民生实事|其他", "doc_number": "…", "issuer": "…", "issued_on": "2025-01-20", "from": 2025, "to": 2027}   a plan or a register with nothing in it; all but the title may be absent
  {"edit": "set_plan", "plan": ID, …}   fields as of add_plan, and "stage": "issued|draft"; here and below a plan is named by its id or its title
  {"edit": "add_section", "plan": ID, "parent": ID | null, "after": ID | null, "number": "（三）", "title": "…"}
  {"edit": "set_section", "section": ID, "number": "…", "title": "…"}
  {"edit": "move_section", "section": ID, "parent": ID | null, "after": ID | null}   with all that stands under it
  {"edit": "retire_section", "section": ID, "with_rows": true}   with_rows takes off what stands under it, too
  {"edit": "restore_section", "section": ID}
  {"edit": "add_task", "plan": ID, "section": ID | null, "after": TASK ID | null, "number": "38", "title": "…", "due": "2026-06" | null}   and as one likes "start", "text", "kind": "task|safeguard", "lead": [NAME], "support": [NAME], "remark"; in a register "source", "received_on", "matter"
  {"edit": "set_task", "task": ID, …}   "number", "title", "text", "kind", "weight", "start", "due", "source", "received_on", "matter", "remark"; what is absent stays
  {"edit": "move_task", "task": ID, "section": ID | null, "after": TASK ID | null}   or "before": TASK ID
  {"edit": "duplicate_task", "task": ID, "number": "39", "title": "…"}   with its departments, items, milestones and targets
  {"edit": "retire_task", "task": ID}   takes it off the ledger; what was entered stays
  {"edit": "restore_task", "task": ID}
  {"edit": "add_person", "name": "…", "office": "副县长", "telephone": "…", "department": NAME | null}
  {"edit": "set_person", "person": ID, …}   "name", "office", "telephone", "department"
  {"edit": "remove_person", "person": ID}
  {"edit": "give_role", "person": ID, "role": "leader|deputy|head|contact", "task": ID | null, "department": NAME | null, "from": "2025-01-01", "to": "2025-12-31"}
  {"edit": "set_term", "holding": ID, "from": "2025-01-01" | null, "to": "2025-06-30" | null}
  {"edit": "take_role", "holding": ID}
  {"edit": "hand_over", "from": PERSON ID, "to": PERSON ID, "role": "leader" (optional), "on": "2025-07-01" (today where absent)}
  {"edit": "paste_rows", "plan": ID, "section": ID | null, "after": TASK ID | null, "columns": ["序号", "目标任务", null, "牵头单位"], "rows": [["38", "…", "", "县水利局"]]}   without columns the first row has the heads
  {"edit": "add_target", "task": ID | null, "indicator": "…", "op": ">=", "value": 3, "unit": "座", "due": "2026" | null, "cadence": "level|annual|growth"}   and "kind", "binding", "baseline"; "plan": ID where there is no task
  {"edit": "set_target", "target": ID, "value": 60}   and "op", "due", "cadence"; of its indicator "indicator" (name), "unit", "kind", "binding", "baseline", "weight"
  {"edit": "move_target", "target": ID, "task": ID | null}   with its indicator's other targets and figures
  {"edit": "retire_target", "target": ID}
  {"edit": "restore_target", "target": ID}
  {"edit": "add_milestone", "task": ID | null, "what": "…", "due": "2025-12"}   and "departments": [NAME]
  {"edit": "set_milestone", "milestone": ID, "what": "…", "due": "2025-12", "departments": [NAME]}
  {"edit": "move_milestone", "milestone": ID, "task": ID | null}
  {"edit": "retire_milestone", "milestone": ID}
  {"edit": "restore_milestone", "milestone": ID}
  {"edit": "decide_request", "request": ID, "approved": true, "answer": "…"}   approving changes the date or target
  {"edit": "set_indicator", "indicator": ID, "kind": "cumulative|level|annual|growth|inverse|yes_no", "binding": true, "baseline": {"year": 2024, "value": 1}}
  {"edit": "propose_steps", "indicator": ID}   a yearly step for each year before the final target
  {"edit": "remove_target", "target": ID}
  {"edit": "assign", "task": ID, "department": NAME, "role": "lead|support" | null}
  {"edit": "set_task_title", "task": ID, "title": "…"}
  {"edit": "set_task_due", "task": ID, "due": "2025" | "2025-06" | "2025-06-30" | null}
  {"edit": "close_task", "task": ID, "closed_on": "2025-06-20" | null}
  {"edit": "override_judgement", "task": ID, "judgement": "达序时" | null, "reason": "…"}
  {"edit": "add_item", "task": ID, "text": "…", "due": "2025-06" | null}   and "after": ITEM ID, "departments": [NAME]
  {"edit": "set_item", "item": ID, "text": "…", "due": "2025-06" | null, "departments": [NAME]}
  {"edit": "move_item", "item": ID, "after": ITEM ID | null}   null is the first place; "task": ID moves it to another task
  {"edit": "retire_item", "item": ID}
  {"edit": "restore_item", "item": ID}
  {"edit": "set_item_text", "item": ID, "text": "…"}
  {"edit": "set_item_due", "item": ID, "due": "2025-06" | null}
  {"edit": "remove_item", "item": ID}
  {"edit": "set_milestone_due", "milestone": ID, "due": "2025-06"}
  {"edit": "rename_department", "department": NAME, "name": "…"}
  {"edit": "merge_departments", "from": NAME, "into": NAME}
  {"edit": "set_passage", "quarter": "2025Q2", "kind": "opening|demands|distribution|addressee|signatory|number|title|copies", "text": "…"}
  {"edit": "set_setting", "key": "office|place|rule_set|house_style|ranking|red_head|leaders|words|as_of", "value": …}
  {"edit": "remove_plan", "plan": ID}"#;
