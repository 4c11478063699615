//! What a report is made from: rows of one quarter, as plain data. Whoever has the workbook fills it; nothing here is computed again
//! except the sums, shares and comparisons of [`crate::Figures`].

use chrono::{Days, NaiveDate};
use plan::{
    Cadence, ChecklistItemId, DepartmentId, DepartmentKind, Due, IndicatorId, IndicatorKind, Judgement, Lamp, MilestoneId,
    Moment, Op, PlanId, Quarter, Role, Status, TargetId, TaskId, WorkingDays,
};

/// One quarter of a workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// The office that prints and signs, such as 云溪县人民政府督查室; may be empty.
    pub office: String,
    /// The place in the title, such as 云溪县; empty leaves it out.
    pub place: String,
    /// The quarter reported.
    pub quarter: Quarter,
    /// Today: dates the report. What is judged, counted and printed after 截至 is as of [`View::cut_off`].
    pub as_of: NaiveDate,
    /// On which days offices work.
    pub working_days: WorkingDays,
    /// The earlier quarter whose judgements stand in [`TaskLine::before`].
    pub compared_with: Option<Quarter>,
    /// What differs from [`View::compared_with`], in the order of the tasks; those that are gone come last.
    pub changes: Vec<ChangeLine>,
    /// Plans in their order.
    pub plans: Vec<PlanLine>,
    /// Departments in their order.
    pub departments: Vec<DepartmentLine>,
    /// Tasks in the plans' order.
    pub tasks: Vec<TaskLine>,
    /// Milestones in the order of their dues, those of the plans' own goals too.
    pub milestones: Vec<MilestoneLine>,
    /// The targets that the quarter is measured against, in the plans' order.
    pub targets: Vec<TargetLine>,
    /// All indicators with their years, in the plans' order.
    pub indicators: Vec<IndicatorLine>,
    /// The slips of the quarter.
    pub slips: Vec<SlipLine>,
    /// The rule in force in a sentence, as it prints under the table; may be empty.
    pub rule_note: String,
    /// Who opened the quarter again after it was closed, when and why, a sentence each; they print under the tables.
    pub reopenings: Vec<String>,
    /// What the office calls judgements and lamps.
    pub words: Words,
    /// The office's own text.
    pub passages: Passages,
}

impl View {
    /// The one day as of which everything is judged, counted and printed: the quarter's cut-off, or today while the quarter lasts.
    #[must_use]
    pub fn cut_off(&self) -> NaiveDate {
        self.moment().day()
    }

    fn moment(&self) -> Moment {
        Moment { quarter: self.quarter, today: self.as_of }
    }

    /// Whether a date had passed by that day.
    #[must_use]
    pub fn is_past(&self, due: Due) -> bool {
        self.moment().is_past(self.working_days.last_day(due))
    }

    /// Whether something was done by that day.
    #[must_use]
    pub fn is_done(&self, done_on: Option<NaiveDate>) -> bool {
        self.moment().is_done(done_on)
    }

    /// What came after that day and by today.
    #[must_use]
    pub fn done_since(&self, done_on: Option<NaiveDate>) -> Option<NaiveDate> {
        done_on.filter(|day| *day > self.cut_off() && *day <= self.as_of)
    }

    /// So many days from today, moved to the next working day.
    #[must_use]
    pub fn days_from_today(&self, days: u64) -> Option<NaiveDate> {
        self.as_of.checked_add_days(Days::new(days)).map(|day| self.working_days.on_or_after(day))
    }

    /// How a task stands, in the office's words: 取消 where it is cancelled, else its judgement.
    #[must_use]
    pub fn standing(&self, task: &TaskLine) -> &str {
        if task.status == Status::Cancelled { Status::Cancelled.chinese() } else { self.words.judgement(task.judgement) }
    }

    /// A view with nothing in it yet.
    #[must_use]
    pub fn empty(quarter: Quarter, as_of: NaiveDate) -> Self {
        Self {
            office: String::new(),
            place: String::new(),
            quarter,
            as_of,
            working_days: WorkingDays::default(),
            compared_with: None,
            changes: Vec::new(),
            plans: Vec::new(),
            departments: Vec::new(),
            tasks: Vec::new(),
            milestones: Vec::new(),
            targets: Vec::new(),
            indicators: Vec::new(),
            slips: Vec::new(),
            rule_note: String::new(),
            reopenings: Vec::new(),
            words: Words::default(),
            passages: Passages::default(),
        }
    }
}

/// A plan that is reported on.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanLine {
    /// Its id.
    pub id: PlanId,
    /// Title without book marks.
    pub title: String,
    /// 文号.
    pub doc_number: Option<String>,
}

/// Whether a department sent its form back for the quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Return {
    /// Nothing was asked of it.
    NotAsked,
    /// By the deadline.
    OnTime,
    /// After the deadline 迟报.
    Late,
    /// On a day that is not known 已报送.
    Returned,
    /// Not at all 未报送.
    Missing,
}

/// A responsible unit.
#[derive(Debug, Clone, PartialEq)]
pub struct DepartmentLine {
    /// Its id.
    pub id: DepartmentId,
    /// Name as printed.
    pub name: String,
    /// What kind of unit; ranks are kept apart by it.
    pub kind: DepartmentKind,
    /// Its return.
    pub returned: Return,
    /// Points for praise in the score, 0 where there is none.
    pub praise: f64,
}

/// What a department wrote on a task in the quarter.
#[derive(Debug, Clone, PartialEq)]
pub struct ProgressText {
    /// Who wrote it.
    pub department: DepartmentId,
    /// Handling status.
    pub status: Status,
    /// 进展情况.
    pub done: String,
    /// 存在问题.
    pub problems: String,
    /// 下一步措施.
    pub next: String,
}

/// A checklist item.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemLine {
    /// Its id.
    pub id: ChecklistItemId,
    /// What is to be done.
    pub text: String,
    /// When it is due.
    pub due: Option<Due>,
    /// When it was done.
    pub done_on: Option<NaiveDate>,
    /// Departments named for it; empty means all of the task.
    pub departments: Vec<DepartmentId>,
    /// Its lamp.
    pub lamp: Lamp,
}

/// A task in the quarter.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskLine {
    /// Its id.
    pub id: TaskId,
    /// Its plan.
    pub plan: PlanId,
    /// Running number in the ledger.
    pub number: String,
    /// Title.
    pub title: String,
    /// Headings from the top to its own, as printed.
    pub section: Vec<String>,
    /// Departments in the order of the document, with their roles.
    pub departments: Vec<(DepartmentId, Role)>,
    /// The leaders who answer for it, as they print under the leading department; empty where the office prints none.
    pub leaders: String,
    /// True where the first named unit leads because nobody is named 牵头.
    pub lead_by_default: bool,
    /// Weight in the score.
    pub weight: f64,
    /// When it is due; the plan's end where the task has no date of its own.
    pub due: Option<Due>,
    /// Handling status.
    pub status: Status,
    /// When the office closed it.
    pub closed_on: Option<NaiveDate>,
    /// Judgement in the quarter, the office's own where it overrode.
    pub judgement: Judgement,
    /// Why the office overrode; it prints.
    pub override_reason: Option<String>,
    /// Lamp.
    pub lamp: Lamp,
    /// Why this lamp: 序时75%,完成52%,差23点→黄.
    pub why: String,
    /// Completion, 0..1 and above; none where it cannot be computed.
    pub completion: Option<f64>,
    /// Share of time gone, 0..1.
    pub schedule: Option<f64>,
    /// Schedule minus completion in points; positive means behind.
    pub gap: Option<f64>,
    /// Judgement in [`View::compared_with`].
    pub before: Option<Judgement>,
    /// What the departments wrote.
    pub progress: Vec<ProgressText>,
    /// Checklist items in their order.
    pub items: Vec<ItemLine>,
}

/// Where a task stands that differs from the earlier quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeState {
    /// In both quarters.
    Changed,
    /// Only in this one.
    Added,
    /// Only in the earlier one.
    Dropped,
}

/// A task that differs from the earlier quarter, or the own indicators of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeLine {
    /// The task; none for a plan's own indicators.
    pub task: Option<TaskId>,
    /// Running number in the ledger; empty for a plan's own indicators.
    pub number: String,
    /// Title, as it was in the later of the two that has it.
    pub title: String,
    /// The title of its plan.
    pub plan: String,
    /// Departments with their roles, with their names of then.
    pub departments: Vec<(DepartmentId, String, Role)>,
    /// Where it stands.
    pub state: ChangeState,
    /// What differs.
    pub fields: Vec<FieldChange>,
}

/// What of a task differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangedField {
    /// Its judgement, given by its code.
    Judgement,
    /// Its handling status, given by its code.
    Status,
    /// Its due date, as the ledger writes it.
    Due,
    /// Its title.
    Title,
    /// How many of its checklist are done: `2/5`.
    Ticks,
    /// A checklist item that is only in one of the two.
    Item,
    /// The value of a target.
    Target,
    /// A milestone that is only in one of the two, or was done between them.
    Milestone,
    /// The date of a milestone that is still to come.
    MilestoneDue,
    /// A figure.
    Figure,
}

/// A field with its values in both quarters.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldChange {
    /// What it is.
    pub field: ChangedField,
    /// Which of several: the indicator, the milestone, the item; empty where there is but one.
    pub name: String,
    /// Unit of the values; may be empty.
    pub unit: String,
    /// The target.
    pub target: Option<TargetId>,
    /// In the earlier quarter; none where it was not there.
    pub from: Option<String>,
    /// In this one; none where it is gone.
    pub to: Option<String>,
}

/// A milestone.
#[derive(Debug, Clone, PartialEq)]
pub struct MilestoneLine {
    /// Its id.
    pub id: MilestoneId,
    /// Its plan.
    pub plan: PlanId,
    /// Its task; none for the plan's own goals.
    pub task: Option<TaskId>,
    /// What is to be there.
    pub what: String,
    /// When.
    pub due: Due,
    /// When it was done.
    pub done_on: Option<NaiveDate>,
    /// Departments named for it; empty means those of the task.
    pub departments: Vec<DepartmentId>,
    /// Lamp.
    pub lamp: Lamp,
    /// Why.
    pub why: String,
}

/// A target and its figure.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetLine {
    /// Its id.
    pub id: TargetId,
    /// Its indicator.
    pub indicator: IndicatorId,
    /// Its plan.
    pub plan: PlanId,
    /// Its task; none for the plan's own goals.
    pub task: Option<TaskId>,
    /// What is counted.
    pub name: String,
    /// Unit as printed; may be empty.
    pub unit: String,
    /// How it counts.
    pub kind: IndicatorKind,
    /// How often the target counts.
    pub cadence: Cadence,
    /// 约束性 rather than 预期性.
    pub binding: bool,
    /// How the value binds.
    pub op: Op,
    /// Value to reach, in the unit.
    pub value: f64,
    /// By when; none means the plan's end.
    pub due: Option<Due>,
    /// Figure of the quarter, in the unit.
    pub actual: Option<f64>,
    /// Figure of [`View::compared_with`].
    pub actual_before: Option<f64>,
    /// A remark to the figure.
    pub note: String,
    /// Completion, 0..1 and above.
    pub completion: Option<f64>,
    /// Share of time gone, 0..1.
    pub schedule: Option<f64>,
    /// Schedule minus completion in points; positive means behind.
    pub gap: Option<f64>,
    /// Judgement.
    pub judgement: Judgement,
    /// Lamp.
    pub lamp: Lamp,
    /// Why.
    pub why: String,
}

/// An indicator over its years.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorLine {
    /// Its id.
    pub id: IndicatorId,
    /// Its plan.
    pub plan: PlanId,
    /// What is counted.
    pub name: String,
    /// Unit as printed; may be empty.
    pub unit: String,
    /// How it counts.
    pub kind: IndicatorKind,
    /// 约束性 rather than 预期性.
    pub binding: bool,
    /// Base year and value, in the unit.
    pub baseline: Option<(i32, f64)>,
    /// Departments that answer for it.
    pub departments: Vec<DepartmentId>,
    /// Its years with a target or a figure, in their order.
    pub years: Vec<YearLine>,
    /// Figures of the four quarters of the report's year, in the unit.
    pub quarters: [Option<f64>; 4],
}

/// A year of an indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct YearLine {
    /// The year.
    pub year: i32,
    /// The target that is due in it; none where there is none.
    pub target: Option<TargetId>,
    /// How the target binds.
    pub op: Op,
    /// The target's value, in the unit.
    pub value: Option<f64>,
    /// The last figure of the year up to the report's quarter, in the unit.
    pub actual: Option<f64>,
    /// Completion at that figure, 0..1 and above.
    pub completion: Option<f64>,
    /// Share of time gone at that figure, 0..1.
    pub schedule: Option<f64>,
    /// Judgement at that figure.
    pub judgement: Judgement,
    /// Lamp at that figure.
    pub lamp: Lamp,
    /// True unless the year lies after that of the report.
    pub begun: bool,
}

/// How sharp a slip is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SlipLevel {
    /// 蓝, a reminder.
    Blue,
    /// 黄.
    Yellow,
    /// 红.
    Red,
}

/// A slip 督办单. An empty field prints as a ruled blank to write on.
#[derive(Debug, Clone, PartialEq)]
pub struct SlipLine {
    /// 编号, such as 〔2025〕云督黄1号.
    pub number: String,
    /// Level.
    pub level: SlipLevel,
    /// Date it was issued.
    pub date: NaiveDate,
    /// The task it is about.
    pub task: Option<TaskId>,
    /// Where the task comes from: plan and clause.
    pub source: String,
    /// The matter.
    pub matter: String,
    /// Units it goes to, lead first.
    pub departments: Vec<(DepartmentId, Role)>,
    /// Why it is issued.
    pub reason: String,
    /// What is asked.
    pub demand: String,
    /// Time limit.
    pub limit: Option<NaiveDate>,
    /// Reply by.
    pub reply_by: Option<NaiveDate>,
    /// Whom to ask, with telephone.
    pub contact: String,
    /// Who signs it.
    pub signer: String,
}

/// What the office calls things; what is not listed keeps the domain's word.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// Judgement labels, such as 有序推进 for 达序时.
    pub judgements: Vec<(Judgement, String)>,
    /// Lamp characters, such as 蓝 for the best.
    pub lamps: Vec<(Lamp, String)>,
}

impl Words {
    /// The label of a judgement.
    #[must_use]
    pub fn judgement(&self, judgement: Judgement) -> &str {
        self.judgements
            .iter()
            .find(|(code, label)| *code == judgement && !label.is_empty())
            .map_or(judgement.chinese(), |(_, label)| label)
    }

    /// The character of a lamp.
    #[must_use]
    pub fn lamp(&self, lamp: Lamp) -> &str {
        self.lamps.iter().find(|(code, label)| *code == lamp && !label.is_empty()).map_or(lamp.chinese(), |(_, label)| label)
    }
}

/// The office's editable text. `None` prints what [`crate::proposed`] proposes; an empty text leaves the passage out.
/// A line end starts a new paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Passages {
    /// Title of the bulletin.
    pub title: Option<String>,
    /// Number: 第3期 or 云政督〔2025〕3号.
    pub number: Option<String>,
    /// 主送.
    pub addressee: Option<String>,
    /// Opening paragraph: basis, how checked, cut-off.
    pub opening: Option<String>,
    /// 四、下一步要求.
    pub demands: Option<String>,
    /// 落款.
    pub signatory: Option<String>,
    /// 抄送 in the 版记.
    pub distribution: Option<String>,
    /// 印数, such as 共印60份.
    pub copies: Option<String>,
}

/// What is to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// 季度通报 with annexes.
    Bulletin,
    /// One department's checklist and progress.
    Department(DepartmentId),
    /// All departments' reports, one after the other, each from a fresh page.
    AllDepartments,
    /// One page for a leader; of one department where it is named.
    OnePage(Option<DepartmentId>),
    /// The slips of the quarter, of one department where it is named, each on its own sheet with receipt.
    Slip(Option<DepartmentId>),
    /// 指标年鉴: all indicators over their years.
    Yearbook,
    /// 时间轴: milestones and task dues in the order of their dates.
    Timeline,
    /// 报送单: what a department returned, to be signed and sealed.
    Receipt(Box<Receipt>),
    /// 催报单: who has not returned.
    Reminder(Box<Reminder>),
}

/// How it is to be printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The office's form.
    pub style: crate::HouseStyle,
    /// Whether units are ranked (附件3).
    pub ranking: bool,
    /// Whether the red head 《XX政务督查》 prints; else the title stands alone.
    pub red_head: bool,
}

/// What a department's return was, for the sheet that is signed and sealed beside the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Whose return it is.
    pub department: DepartmentId,
    /// To whom it goes; may be empty.
    pub office: String,
    /// The file's running number.
    pub serial: i64,
    /// The file's check number, four groups of four digits.
    pub check_number: String,
    /// The day on which it was made.
    pub made_on: NaiveDate,
    /// Who made it; may be empty.
    pub made_by: String,
    /// Names of the evidence that goes with it.
    pub evidence: Vec<String>,
    /// What is asked for, a sentence each.
    pub requests: Vec<String>,
    /// What was left open, a sentence each.
    pub unfilled: Vec<String>,
}

/// Who has not returned, for the sheet that is sent round or read out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// The last day on which a return was on time.
    pub deadline: NaiveDate,
    /// Those who have not returned, in the departments' order.
    pub missing: Vec<MissingReturn>,
    /// How many were sent the quarter's tasks.
    pub asked: usize,
}

/// A department that has not returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingReturn {
    /// The department.
    pub department: DepartmentId,
    /// How many tasks it was sent.
    pub tasks: usize,
    /// When they were sent.
    pub sent_on: NaiveDate,
    /// When it was last reminded.
    pub reminded_on: Option<NaiveDate>,
}
