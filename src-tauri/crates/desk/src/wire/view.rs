//! The views that the page shows and the command line prints. All are computed from the rows at the time of the call.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! wire {
    ($($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident: $type:ty,)* })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
        pub struct $name { $($(#[$fmeta])* pub $field: $type,)* }
    )+};
}

/// Something that a workbook lets its person do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// Tick, complete, enter figures and progress.
    Report,
    /// Change tasks, targets, dates, responsibilities and judgements.
    EditPlan,
    /// Ask the office for another date or value.
    AskChange,
    /// Answer what departments ask for.
    DecideRequests,
    /// Send out, merge, close and hand up.
    Exchange,
    /// Make the department's return.
    SendReturn,
}

wire! {
    /// A workbook that was open before.
    Recent {
        /// Full path.
        path: String,
        /// File name without ending.
        name: String,
        /// Whether the file is still there.
        exists: bool,
        /// How many automatic copies it has.
        copies: usize,
    }

    /// A plan that ships.
    SeedLine {
        /// `pingyang-2025`.
        name: String,
        /// What the start view calls it.
        label: String,
        /// The same in English.
        label_en: String,
        /// How many tasks it has.
        tasks: usize,
        /// How many targets.
        targets: usize,
        /// Whether it has filled-in quarters to look at.
        sample: bool,
    }

    /// The start view.
    Start {
        /// Workbooks that were open before, last first.
        recent: Vec<Recent>,
        /// Plans that ship.
        seeds: Vec<SeedLine>,
        /// The program's version.
        version: String,
        /// What the clerk should know of the workbook that was closed.
        notices: Vec<String>,
    }

    /// A plan of the workbook.
    PlanLine {
        /// Id.
        id: String,
        /// Title.
        title: String,
        /// 文号.
        doc_number: Option<String>,
        /// Issuing office.
        issuer: Option<String>,
        /// 成文日期.
        issued_on: Option<String>,
        /// Years.
        period: super::Period,
        /// `issued` or `draft`.
        stage: String,
        /// What register it is, in Chinese: 规划 for a document.
        source: String,
        /// How many tasks.
        tasks: usize,
        /// Whether its source text is kept, so that a row's sentence can be shown.
        has_source: bool,
    }

    /// A department of the workbook.
    DepartmentLine {
        /// Id.
        id: String,
        /// Name as printed.
        name: String,
        /// Short name.
        short_name: String,
        /// Other names.
        aliases: Vec<String>,
        /// `county`, `town`, `vertical`, `company` or `other`.
        kind: String,
        /// Tasks it leads.
        leads: usize,
        /// Tasks it supports.
        supports: usize,
        /// Initials of the name's pinyin, for finding by keyboard: 县科技局 is `xkjj`.
        initials: String,
    }

    /// A draft under review.
    DraftLine {
        /// Id.
        id: String,
        /// Title of the plan in it, or the file's name.
        title: String,
        /// Rows that were looked at.
        reviewed: usize,
        /// Rows in all.
        rows: usize,
    }

    /// The open workbook: what frames every view.
    Workbook {
        /// Full path.
        path: String,
        /// File name without ending.
        name: String,
        /// True where another program has it or the medium is read-only.
        read_only: bool,
        /// Sentences to show once after opening (a copy was made, read-only and why).
        notices: Vec<String>,
        /// What may be done in it.
        may: Vec<Permission>,
        /// The statuses that may be entered in it, in their order.
        #[ts(type = "Array<Status>")]
        statuses: Vec<String>,
        /// `office` or `department`.
        role: String,
        /// Name of the office that prints the reports; may be empty.
        office: String,
        /// Plans in their order.
        plans: Vec<PlanLine>,
        /// Departments in their order.
        departments: Vec<DepartmentLine>,
        /// Drafts under review.
        drafts: Vec<DraftLine>,
        /// The quarter to show first.
        quarter: String,
        /// Quarters from the first to the last year of the plans.
        quarters: Vec<String>,
        /// Quarters that are closed.
        closed: Vec<String>,
        /// Today, as the views judge it.
        as_of: String,
        /// Label of the edit that undo takes back.
        undo: Option<String>,
        /// Label of the edit that redo brings back.
        redo: Option<String>,
        /// Settings by key.
        #[ts(type = "Record<string, unknown>")]
        settings: serde_json::Map<String, serde_json::Value>,
    }

    /// A judgement's part of the whole.
    Share {
        /// 进度判定 in Chinese.
        #[ts(type = "Judgement")]
        judgement: String,
        /// 绿, 黄, 红 or ○.
        #[ts(type = "Lamp")]
        lamp: String,
        /// How many tasks.
        count: usize,
        /// Share of the denominator in percent with one digit, summing to 100.0 by largest remainder; none outside it.
        percent: Option<f64>,
    }

    /// How many tasks show a lamp.
    LampCount {
        /// 绿, 黄, 红 or ○.
        #[ts(type = "Lamp")]
        lamp: String,
        /// Tasks of the denominator.
        count: usize,
    }

    /// Tasks of one quarter in numbers.
    Totals {
        /// All tasks.
        tasks: usize,
        /// The lamps of those in the denominator.
        lamps: Vec<LampCount>,
    }

    /// A row that wants attention, for the short lists of the overview.
    Attention {
        /// `task`, `item`, `milestone` or `target`.
        what: String,
        /// Id of the row.
        id: String,
        /// Its task, if it has one.
        task: Option<String>,
        /// What it says.
        text: String,
        /// Departments, lead first.
        departments: Vec<String>,
        /// When it is due.
        due: Option<String>,
        /// Days from today to the due date; negative means past.
        days: Option<i64>,
        /// Its lamp.
        #[ts(type = "Lamp")]
        lamp: String,
    }

    /// A short list of the overview: how many rows there are, and the first of them.
    AttentionList {
        /// All rows.
        count: usize,
        /// At most the first twelve.
        first: Vec<Attention>,
    }

    /// A department in the overview.
    DepartmentShare {
        /// The department; none for tasks without one.
        department: Option<String>,
        /// Its name; 未分派 where there is none.
        name: String,
        /// Tasks it leads or, where it leads none, supports.
        tasks: usize,
        /// Shares by judgement.
        shares: Vec<Share>,
        /// Tasks of the quarter not returned yet.
        not_returned: usize,
        /// Mean completion 0..1, where any can be computed.
        completion: Option<f64>,
        /// Tasks that are behind more than in the last quarter (positive) or fewer (negative).
        change: i64,
    }

    /// A task that is behind.
    Lagging {
        /// Task id.
        task: String,
        /// Its number.
        number: String,
        /// Its title.
        title: String,
        /// The department that answers for it; none where nobody does.
        department: Option<String>,
        /// 进度判定 in Chinese.
        judgement: String,
        /// Its lamp.
        lamp: String,
        /// Why.
        why: String,
    }

    /// The tasks that are behind: how many, of whom, and the worst of them.
    LaggingList {
        /// All of them.
        count: usize,
        /// The departments that answer for most of them, with how many; at most three.
        most: Vec<(String, usize)>,
        /// At most the first twelve, the worst first.
        first: Vec<Lagging>,
    }

    /// Something that says nothing, and how often.
    Quiet {
        /// `undated`, `unchanged`, `carried` (whose tasks are asked for under these names) or `silent_twice`.
        kind: String,
        /// How many tasks, or departments.
        count: usize,
        /// The departments' names, where it is about them.
        names: Vec<String>,
    }

    /// The overview of one quarter.
    Overview {
        /// The quarter.
        quarter: String,
        /// Today.
        as_of: String,
        /// The answer in a sentence: what is behind, with whom, and who is silent.
        headline: String,
        /// The tasks that are behind.
        lagging: LaggingList,
        /// Departments that were asked and have not returned.
        silent: Vec<String>,
        /// What says nothing.
        quiet: Vec<Quiet>,
        /// The sentence that sums up.
        sentence: String,
        /// Tasks in all.
        tasks: usize,
        /// Tasks in the denominator of shares.
        denominator: usize,
        /// Shares by judgement.
        shares: Vec<Share>,
        /// The same tasks by the lamp that each shows: 绿, 黄, 红, ○.
        lamps: Vec<LampCount>,
        /// Past due and not done.
        overdue: AttentionList,
        /// Due within 15 days.
        due_soon: AttentionList,
        /// Said to be done, waiting for the office's check.
        to_check: AttentionList,
        /// Departments, worst first.
        departments: Vec<DepartmentShare>,
        /// Judgements that changed since the last quarter: better, worse.
        better: AttentionList,
        /// Judgements that got worse since the last quarter.
        worse: AttentionList,
    }

    /// A department in a task.
    #[derive(Eq, Hash)]
    DepartmentRole {
        /// Department id.
        id: String,
        /// Name.
        name: String,
        /// `lead` or `support`.
        role: String,
        /// True where it leads because it is named first (默认牵头).
        by_default: bool,
    }

    /// A row of the ledger in a quarter.
    LedgerRow {
        /// Task id.
        id: String,
        /// Plan id.
        plan: String,
        /// Section id.
        section: Option<String>,
        /// Running number.
        number: String,
        /// Title.
        title: String,
        /// `task` or `safeguard`.
        kind: String,
        /// Departments, leads first, as printed.
        departments: Vec<DepartmentRole>,
        /// When it is due; falls back to the plan's end.
        due: Option<String>,
        /// True where the due date is the plan's end, not the task's own.
        due_by_default: bool,
        /// Handling status in the quarter, of the first lead.
        #[ts(type = "Status")]
        status: String,
        /// Progress text of the quarter, each department's behind its name where several wrote.
        progress: String,
        /// Problems of the quarter.
        problems: String,
        /// Next step of the quarter.
        next: String,
        /// Ticked items.
        items_done: usize,
        /// Items in all.
        items: usize,
        /// Completion 0..1.
        completion: Option<f64>,
        /// Gap to schedule in points; positive means behind.
        gap: Option<f64>,
        /// 进度判定 in Chinese.
        #[ts(type = "Judgement")]
        judgement: String,
        /// 绿, 黄, 红 or ○.
        #[ts(type = "Lamp")]
        lamp: String,
        /// Why this lamp: 序时75%,完成52%,差23点→黄.
        why: String,
        /// Pieces of evidence.
        evidence: usize,
        /// Closed by the office.
        closed_on: Option<String>,
        /// Initials of the title's pinyin.
        initials: String,
        /// The office's remark; may be empty.
        remark: String,
        /// The meeting, paper or person it comes from, in a register; may be empty.
        origin: String,
        /// The leaders who answer for it at the end of the quarter, with 、 between them; may be empty.
        leaders: String,
    }

    /// A heading of the outline.
    SectionLine {
        /// Id.
        id: String,
        /// Plan id.
        plan: String,
        /// Heading above.
        parent: Option<String>,
        /// Depth, 1 at the top.
        level: usize,
        /// Number as printed and title.
        heading: String,
        /// The number alone; may be empty.
        number: String,
        /// The title alone.
        title: String,
    }

    /// The ledger of a quarter: headings and rows, both in the plan's order.
    Ledger {
        /// The quarter.
        quarter: String,
        /// Headings.
        sections: Vec<SectionLine>,
        /// Rows.
        rows: Vec<LedgerRow>,
    }

    /// The ledger of a quarter for who keeps all its rows: a column for each field of [`LedgerRow`], as long as there are rows, and
    /// what many rows say written once. A number in a column is a place in `texts` (or in `department_lists`) where nothing else is said.
    #[derive(Default)]
    LedgerTable {
        /// The quarter.
        quarter: String,
        /// Headings.
        sections: Vec<SectionLine>,
        /// What rows share, each text once.
        texts: Vec<String>,
        /// The lists of departments that rows share, each once.
        department_lists: Vec<Vec<DepartmentRole>>,
        /// Task ids.
        id: Vec<String>,
        /// Plan ids.
        plan: Vec<u32>,
        /// Section ids.
        section: Vec<Option<u32>>,
        /// Running numbers.
        number: Vec<String>,
        /// Titles.
        title: Vec<String>,
        /// Kinds.
        kind: Vec<u32>,
        /// Places in `department_lists`.
        departments: Vec<u32>,
        /// When each is due.
        due: Vec<Option<u32>>,
        /// Whether that is the plan's end: the number 1, else 0.
        due_by_default: Vec<u8>,
        /// Handling statuses.
        status: Vec<u32>,
        /// Progress texts.
        progress: Vec<u32>,
        /// Problems.
        problems: Vec<u32>,
        /// Next steps.
        next: Vec<u32>,
        /// Ticked items, a count.
        items_done: Vec<usize>,
        /// Items in all, a count.
        items: Vec<usize>,
        /// Completion 0..1.
        completion: Vec<Option<f64>>,
        /// Gaps to schedule in points.
        gap: Vec<Option<f64>>,
        /// 进度判定.
        judgement: Vec<u32>,
        /// Lamps.
        lamp: Vec<u32>,
        /// Why each lamp.
        why: Vec<u32>,
        /// Pieces of evidence, a count.
        evidence: Vec<usize>,
        /// When the office closed each.
        closed_on: Vec<Option<u32>>,
        /// Initials of the titles' pinyin.
        initials: Vec<String>,
        /// The office's remarks.
        remark: Vec<u32>,
        /// Where tasks of registers come from.
        origin: Vec<u32>,
        /// The leaders who answer.
        leaders: Vec<u32>,
    }

    /// A checklist item.
    ItemLine {
        /// Id.
        id: String,
        /// What is to be done.
        text: String,
        /// When it is due.
        due: Option<String>,
        /// When it was done.
        done_on: Option<String>,
        /// Departments named for it; empty means all of the task.
        departments: Vec<String>,
        /// 黄 shortly before, 红 after the due date, 绿 when done, else ○.
        #[ts(type = "Lamp")]
        lamp: String,
    }

    /// A milestone.
    MilestoneLine {
        /// Id.
        id: String,
        /// Its plan.
        plan: String,
        /// Its task.
        task: Option<String>,
        /// What is to be there.
        what: String,
        /// When it is due.
        due: String,
        /// When it was done.
        done_on: Option<String>,
        /// Departments named for it, else those of the task.
        departments: Vec<String>,
        /// Its lamp.
        #[ts(type = "Lamp")]
        lamp: String,
        /// Why.
        why: String,
    }

    /// A calm question that a figure raises: it refuses nothing.
    FigureQuestion {
        /// `falls`, `other_unit`, `far_past_target`, `negative`, `other_magnitude` or `over_hundred`.
        kind: String,
        /// In words.
        text: String,
    }

    /// A target with its figure in the quarter.
    TargetLine {
        /// Target id.
        id: String,
        /// Indicator id.
        indicator_id: String,
        /// What is counted.
        indicator: String,
        /// `>=`, `<=`, `=` or `~`.
        op: String,
        /// Value to reach.
        value: f64,
        /// Unit.
        unit: String,
        /// When it is due; none means the plan's end.
        due: Option<String>,
        /// `level`, `annual` or `growth`.
        cadence: String,
        /// How the indicator counts.
        kind: String,
        /// 约束性.
        binding: bool,
        /// True where the program proposed it as a yearly step and nobody has changed it yet.
        proposed: bool,
        /// Whether it is the step that the quarter works on, one of each indicator's.
        current: bool,
        /// Base year and value.
        baseline: Option<super::Baseline>,
        /// Figure of the quarter.
        actual: Option<f64>,
        /// Its remark.
        note: String,
        /// Whether the total so far, the level at the quarter's end or a rate is asked for, in words.
        asks_for: String,
        /// What the figure raises; a remark answers it.
        questions: Vec<FigureQuestion>,
        /// Figure of the quarter before.
        previous: Option<f64>,
        /// Completion 0..1.
        completion: Option<f64>,
        /// Share of time gone 0..1.
        schedule: Option<f64>,
        /// Gap in points; positive means behind.
        gap: Option<f64>,
        /// Judgement.
        #[ts(type = "Judgement")]
        judgement: String,
        /// Its lamp.
        #[ts(type = "Lamp")]
        lamp: String,
        /// Why.
        why: String,
    }

    /// What a department wrote on a task in a quarter.
    ProgressLine {
        /// Department id.
        department: String,
        /// Its name.
        department_name: String,
        /// Quarter.
        quarter: String,
        /// Handling status in Chinese.
        #[ts(type = "Status")]
        status: String,
        /// What was done.
        done: String,
        /// Problems.
        problems: String,
        /// Next step.
        next: String,
    }

    /// A piece of evidence.
    EvidenceLine {
        /// Id.
        id: String,
        /// File name.
        file_name: String,
        /// Media type.
        media_type: String,
        /// Size in bytes.
        size: i64,
        /// Quarter it belongs to.
        quarter: String,
        /// Item it proves.
        item: Option<String>,
    }

    /// Everything about one task, for the detail pane.
    TaskDetail {
        /// The ledger row.
        row: LedgerRow,
        /// Headings from the top to its own, as printed.
        path: Vec<String>,
        /// Title of its plan.
        plan_title: String,
        /// Its text in the document, or what the office wrote instead; empty where there is none.
        text: String,
        /// The first day of work; none means from the plan's start.
        start: Option<String>,
        /// Weight in scores.
        weight: f64,
        /// The day it came in, in a register.
        received_on: Option<String>,
        /// What it is about, in a register; may be empty.
        matter: String,
        /// Who answers for it now and before, in the order of the roles.
        people: Vec<HoldingLine>,
        /// Items.
        items: Vec<ItemLine>,
        /// Milestones.
        milestones: Vec<MilestoneLine>,
        /// Targets.
        targets: Vec<TargetLine>,
        /// Progress of all quarters, last first.
        progress: Vec<ProgressLine>,
        /// Evidence of all quarters.
        evidence: Vec<EvidenceLine>,
        /// The office's own judgement and its reason.
        override_judgement: Option<(String, String)>,
        /// Last edits of this row, newest first.
        history: Vec<HistoryEntry>,
        /// What departments ask for about it, oldest first; what stood there before is in each.
        requests: Vec<super::RequestLine>,
    }

    /// What a task says otherwise in an automatic copy.
    CopyDifference {
        /// Which row and field; `old` is what stands in the workbook, `new` what stood in the copy.
        change: FieldChange,
        /// The edits that bring it back, for `apply`.
        edits: Vec<super::Edit>,
    }

    /// What a person holds for a task or a department.
    HoldingLine {
        /// Its id.
        id: String,
        /// Person id.
        person: String,
        /// Their name.
        name: String,
        /// 职务; may be empty.
        office: String,
        /// Telephone number; may be empty.
        telephone: String,
        /// `leader`, `deputy`, `head` or `contact`.
        role: String,
        /// The task, by id.
        task: Option<String>,
        /// The task's title.
        task_title: Option<String>,
        /// The department, by id.
        department: Option<String>,
        /// The department's name.
        department_name: Option<String>,
        /// First day of the term.
        from: Option<String>,
        /// Last day of the term.
        to: Option<String>,
        /// Whether today lies in the term.
        current: bool,
    }

    /// A person with what they hold.
    PersonLine {
        /// Person id.
        id: String,
        /// Their name.
        name: String,
        /// 职务; may be empty.
        office: String,
        /// Telephone number; may be empty.
        telephone: String,
        /// The department that they belong to, by id.
        department: Option<String>,
        /// Its name.
        department_name: Option<String>,
        /// Initials of the name's pinyin.
        initials: String,
        /// What they hold and held.
        holdings: Vec<HoldingLine>,
    }

    /// A row that no longer counts and can be brought back.
    RetiredLine {
        /// `section`, `task`, `checklist_item`, `milestone` or `target`.
        kind: String,
        /// Its id.
        id: String,
        /// What it says.
        text: String,
        /// Title of its task, where it hangs on one; of its plan for tasks and headings.
        of: String,
        /// Since when.
        retired_on: String,
    }

    /// One task on a department's checklist.
    ChecklistTask {
        /// Task id.
        id: String,
        /// Title of its plan.
        plan: String,
        /// Running number.
        number: String,
        /// Title.
        title: String,
        /// `lead` or `support`.
        role: Option<String>,
        /// Handling status in the quarter.
        #[ts(type = "Status")]
        status: String,
        /// 进度判定.
        #[ts(type = "Judgement")]
        judgement: String,
        /// Its lamp.
        #[ts(type = "Lamp")]
        lamp: String,
        /// Why.
        why: String,
        /// Items.
        items: Vec<ItemLine>,
        /// Milestones.
        milestones: Vec<MilestoneLine>,
        /// Targets.
        targets: Vec<TargetLine>,
        /// What the department wrote in the quarter.
        progress: Option<ProgressLine>,
        /// What it wrote in the quarter before.
        last: Option<ProgressLine>,
        /// What is still missing before it can be returned, a short word each (进展情况, 指标名 …).
        missing: Vec<String>,
        /// When it is due.
        due: Option<String>,
        /// Evidence of the quarter.
        evidence: Vec<EvidenceLine>,
    }

    /// One department's checklist.
    DepartmentChecklist {
        /// Department id; none for tasks without one.
        id: Option<String>,
        /// Name; none for tasks without one.
        name: Option<String>,
        /// Its tasks.
        tasks: Vec<ChecklistTask>,
    }

    /// Checklists of a quarter.
    Checklists {
        /// The quarter.
        quarter: String,
        /// Today.
        as_of: String,
        /// Departments in their order; tasks without one stand last.
        departments: Vec<DepartmentChecklist>,
    }

    /// A figure of an indicator in a quarter.
    FigureLine {
        /// Quarter.
        quarter: String,
        /// Value.
        value: f64,
    }

    /// An indicator over its years.
    IndicatorLine {
        /// Indicator id.
        id: String,
        /// Plan id.
        plan: String,
        /// Task id.
        task: Option<String>,
        /// Name.
        name: String,
        /// Unit.
        unit: String,
        /// How it counts.
        kind: String,
        /// 约束性.
        binding: bool,
        /// Base year and value.
        baseline: Option<super::Baseline>,
        /// Its targets in the order of their dues.
        targets: Vec<TargetLine>,
        /// Its figures, oldest first.
        actuals: Vec<FigureLine>,
        /// Departments of its task, leads first.
        departments: Vec<String>,
    }

    /// All indicators in a quarter.
    Indicators {
        /// The quarter.
        quarter: String,
        /// Indicators in the order of the plans.
        rows: Vec<IndicatorLine>,
    }

    /// Milestones and task dues over the quarters.
    Timeline {
        /// First quarter.
        from: String,
        /// Last quarter.
        to: String,
        /// Today.
        as_of: String,
        /// Milestones in order of their dues.
        milestones: Vec<MilestoneLine>,
        /// Tasks in the plan's order.
        tasks: Vec<LedgerRow>,
    }

    /// One change of one field.
    FieldChange {
        /// Kind of the row: task, checklist_item …
        what: String,
        /// What the row is called.
        row: String,
        /// Row id.
        id: String,
        /// The field's code.
        field: String,
        /// Kind of the row and the field, in Chinese: 清单事项·完成日期.
        label: String,
        /// Before; none where it was not there.
        old: Option<String>,
        /// After; none where it is gone.
        new: Option<String>,
    }

    /// One edit of the history.
    HistoryEntry {
        /// Edit id.
        id: String,
        /// When, ISO in local time.
        at: String,
        /// Who.
        who: String,
        /// What was done.
        label: String,
        /// Which message of the catalogue that is, such as `label.set_task_title`; `prose` where an earlier program wrote it.
        key: String,
        /// Whether it was taken back.
        undone: bool,
        /// What it changed, as far as it is listed.
        changes: Vec<FieldChange>,
        /// How many changed fields are not listed.
        more: usize,
    }

    /// An automatic copy of the workbook.
    CopyLine {
        /// Full path.
        path: String,
        /// When it was made.
        at: String,
        /// How many steps the history had.
        step: i64,
        /// Why it was made: 每日, 升级前, 恢复前, 手动.
        kind: String,
        /// Size in bytes.
        size: i64,
    }

    /// What an edit, undo or redo did.
    Applied {
        /// Label of what was done.
        label: String,
        /// Edit id; none where nothing changed.
        edit: Option<String>,
        /// When it was saved, ISO in local time.
        at: String,
        /// Label of the edit that undo takes back now.
        undo: Option<String>,
        /// Label of the edit that redo brings back now.
        redo: Option<String>,
        /// Rows of the ledger that changed, in the quarter asked for.
        rows: Vec<LedgerRow>,
        /// Tasks that were not there before, in the ledger's order.
        added: Vec<String>,
        /// Tasks that are gone.
        removed: Vec<String>,
        /// What the figures that were entered raise and no remark answers, a sentence each.
        questions: Vec<String>,
    }

    /// An editable passage of a report.
    PassageLine {
        /// `opening`, `demands`, `distribution`, `addressee`, `signatory`, `number` or `copies`.
        kind: String,
        /// What stands there.
        text: String,
        /// What the program proposes.
        proposed: String,
    }

    /// A place on a page of a report that was made from rows.
    ReportMark {
        /// Page, counted from 0.
        page: usize,
        /// Left, top, width and height as parts of the page's width and height, as it is read.
        area: [f64; 4],
        /// The tasks that it was made from.
        tasks: Vec<String>,
        /// The department, where it was made from one and no task.
        department: Option<String>,
    }

    /// A report ready to look at.
    ReportPreview {
        /// The PDF in base64.
        pdf: String,
        /// Pages.
        pages: usize,
        /// Characters of the text without annexes.
        characters: usize,
        /// How many characters the burden-relief rule allows for it; none where it sets no limit.
        limit: Option<usize>,
        /// Sentences about characters in no face, and what differs between figures and rows; empty means 核数通过.
        warnings: Vec<String>,
        /// Figures and lines with the rows they come from.
        marks: Vec<ReportMark>,
        /// The faces used, by role.
        faces: Vec<String>,
        /// The editable passages.
        passages: Vec<PassageLine>,
        /// A file name to propose.
        file_name: String,
    }

    /// A report that was written to a file.
    ReportFile {
        /// Full path.
        path: String,
        /// Pages of a PDF; none where the form has none of its own.
        pages: Option<usize>,
        /// Sentences about characters in no face.
        warnings: Vec<String>,
    }

    /// Something to choose in the settings.
    Choice {
        /// Code that is kept.
        code: String,
        /// What the settings view calls it.
        label: String,
        /// What it means, in a sentence; may be empty.
        note: String,
    }

    /// A set of words for judgements and lamps.
    WordSet {
        /// Code.
        code: String,
        /// What the settings view calls it.
        label: String,
        /// Judgement → word.
        judgements: std::collections::BTreeMap<String, String>,
    }

    /// What the settings view offers and tells.
    Choices {
        /// Rule sets for lamps.
        rule_sets: Vec<Choice>,
        /// House styles of the printed form.
        house_styles: Vec<Choice>,
        /// Sets of words.
        word_sets: Vec<WordSet>,
        /// The faces found on this PC, by role; a sentence instead where there are none.
        faces: Vec<String>,
        /// Where the program keeps what is not in a workbook.
        data_folder: Option<String>,
    }

    /// A row found by words or pinyin initials.
    Hit {
        /// `task`, `department`, `indicator`, `milestone` or `item`.
        what: String,
        /// Row id.
        id: String,
        /// Its task, if it has one.
        task: Option<String>,
        /// What it says.
        text: String,
    }
}
