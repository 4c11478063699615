//! What a closed quarter was: one JSON object a line, in a fixed order, so that two can be compared and a hash stands for one.

use crate::model::context::Context;
use crate::model::ledger::{Measured, TaskRows};
use crate::model::refusals::wrong_input;
use crate::wire::Refusal;
use chrono::NaiveDate;
use messages::Exchange;
use plan::{Moment, TaskAssessment};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// The head of a snapshot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct HeadLine {
    pub planbook_quarter: u32,
    pub quarter: String,
    pub as_of: String,
    pub tasks: usize,
    /// The plans' own indicators; absent in what was closed before they were kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<GoalLine>,
    /// All rows, packed; absent in what was closed before they were kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<String>,
}

/// An indicator of a plan itself, of no task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct GoalLine {
    pub plan: String,
    pub targets: Vec<(String, String, String)>,
    pub target_marks: Vec<(String, Option<String>)>,
}

/// One task as it was judged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct TaskLine {
    pub id: String,
    pub plan: String,
    pub number: String,
    pub title: String,
    pub due: Option<String>,
    pub status: String,
    pub judgement: String,
    pub lamp: String,
    pub why: String,
    pub items: Vec<(String, Option<String>)>,
    pub milestones: Vec<(String, String, Option<String>)>,
    /// Id, indicator, value.
    pub targets: Vec<(String, String, String)>,
    /// Of each target its unit and due; absent in what was closed before they were kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub target_marks: Vec<(String, Option<String>)>,
    /// Id, name and role of who took part; absent in what was closed before they were kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub departments: Vec<(String, String, String)>,
    pub figures: Vec<(String, Option<String>, String, String)>,
    pub progress: Vec<(String, String, String, String, String)>,
}

/// The snapshot of the quarter that the context looks at, with all its rows packed.
pub(super) fn of(context: Context<'_>, rows: String) -> Result<String, Refusal> {
    let mut text = String::new();
    push(&mut text, &HeadLine { rows: Some(rows), ..head(context) })?;
    for (_, row, judged) in context.tasks(None) {
        push(&mut text, &line(context, row, judged))?;
    }
    Ok(text)
}

/// What the snapshot would say now.
pub(super) fn lines(context: Context<'_>) -> (HeadLine, Vec<TaskLine>) {
    (head(context), context.tasks(None).map(|(_, row, judged)| line(context, row, judged)).collect())
}

fn head(context: Context<'_>) -> HeadLine {
    let goals = context.ledger.measured.iter().filter(|measured| measured.indicator.task.is_none());
    HeadLine {
        planbook_quarter: 1,
        quarter: context.moment.quarter.to_string(),
        as_of: context.moment.today.to_string(),
        tasks: context.ledger.tasks.len(),
        goals: goals
            .map(|measured| {
                let plan = context.ledger.plan(&measured.indicator.plan);
                GoalLine {
                    plan: plan.map(|plan| plan.title.clone()).unwrap_or_default(),
                    targets: targets(measured).collect(),
                    target_marks: target_marks(measured).collect(),
                }
            })
            .collect(),
        rows: None,
    }
}

/// The day of a close and its packed rows, from the head of its text alone.
pub(super) fn packed(text: &str) -> Option<(NaiveDate, String)> {
    let head: HeadLine = serde_json::from_str(text.lines().next()?).ok()?;
    Some((head.as_of.parse().ok()?, head.rows?))
}

fn targets(measured: &Measured) -> impl Iterator<Item = (String, String, String)> {
    let name = &measured.indicator.name;
    measured.targets.iter().map(|target| (target.id.to_string(), name.clone(), packet::number_text(target.value)))
}

fn target_marks(measured: &Measured) -> impl Iterator<Item = (String, Option<String>)> {
    let unit = &measured.indicator.unit;
    measured.targets.iter().map(|target| (unit.clone(), target.due.map(|due| due.to_string())))
}

/// Reads a snapshot.
pub(super) fn read(text: &str) -> Result<(HeadLine, Vec<TaskLine>), Refusal> {
    let broken = |error: serde_json::Error| {
        wrong_input(Exchange::SnapshotNotCompared, Exchange::FromCopyOrOthers).with_detail(error.to_string())
    };
    let mut lines = text.lines();
    let head = serde_json::from_str(lines.next().unwrap_or_default()).map_err(broken)?;
    let tasks = lines.map(|line| serde_json::from_str(line).map_err(broken)).collect::<Result<_, _>>()?;
    Ok((head, tasks))
}

fn push<T: Serialize>(text: &mut String, line: &T) -> Result<(), Refusal> {
    let line = serde_json::to_string(line)
        .map_err(|error| wrong_input("本季度的快照没有写成。", "请重新打开工作簿再试。").with_detail(error.to_string()))?;
    text.push_str(&line);
    text.push('\n');
    Ok(())
}

fn line(context: Context<'_>, row: &TaskRows, judged: &TaskAssessment) -> TaskLine {
    let quarter = context.moment.quarter;
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    let mut figures = Vec::new();
    for measured in context.ledger.measured_of(row) {
        figures.extend(measured.actuals.iter().filter(|actual| actual.quarter == quarter).map(|actual| {
            let department = actual.department.as_ref().map(|id| context.ledger.department_name(id));
            (measured.indicator.name.clone(), department, packet::number_text(actual.value), actual.note.clone())
        }));
    }
    let progress = row.progress.iter().filter(|progress| progress.quarter == quarter);
    TaskLine {
        id: row.task.id.to_string(),
        plan: context.ledger.plan(&row.task.plan).map(|plan| plan.title.clone()).unwrap_or_default(),
        number: row.task.number.clone(),
        title: row.task.title.clone(),
        due: row.task.due.map(|due| due.to_string()),
        status: row.status(quarter).code().to_owned(),
        judgement: judged.assessment.judgement.code().to_owned(),
        lamp: judged.assessment.lamp.code().to_owned(),
        why: judged.assessment.why.clone(),
        items: row.items.iter().map(|item| (item.text.clone(), day(item.done_on))).collect(),
        milestones: row
            .milestones
            .iter()
            .map(|milestone| (milestone.what.clone(), milestone.due.to_string(), day(milestone.done_on)))
            .collect(),
        targets: context.ledger.measured_of(row).flat_map(targets).collect(),
        target_marks: context.ledger.measured_of(row).flat_map(target_marks).collect(),
        departments: row
            .assignments
            .iter()
            .map(|assignment| {
                let department = &assignment.department;
                (department.to_string(), context.ledger.department_name(department), assignment.role.to_string())
            })
            .collect(),
        figures,
        progress: progress
            .map(|progress| {
                let department = context.ledger.department_name(&progress.department);
                let status = progress.status.code().to_owned();
                (department, status, progress.done.clone(), progress.problems.clone(), progress.next.clone())
            })
            .collect(),
    }
}

/// What the ledger says otherwise today than when the quarter was closed, a sentence for each task; at most some, and how many
/// more. A snapshot that cannot be read says so.
pub(crate) fn changes(context: Context<'_>, text: &str) -> Vec<String> {
    let quarter = context.moment.quarter.chinese();
    let mut lines = text.lines();
    let head = lines.next().and_then(|line| serde_json::from_str::<HeadLine>(line).ok());
    let tasks: Option<Vec<TaskLine>> = lines.map(|line| serde_json::from_str(line).ok()).collect();
    let as_of = head.and_then(|head| head.as_of.parse::<NaiveDate>().ok());
    let (Some(today), Some(tasks)) = (as_of, tasks) else {
        return vec![format!("{quarter}封账时的快照读不出来，无法核对。")];
    };
    // judged as on the day of the close: that time has gone on is no change
    let moment = Moment { today, ..context.moment };
    let context = Context { moment, ..context };
    let day = as_of.map(|day| day.to_string()).unwrap_or_default();
    let mut tasks = tasks;
    // what was already dated after the close is of a later quarter, then as now
    tasks.iter_mut().for_each(|task| task.forget_after(&day));
    let closed: HashMap<&str, &TaskLine> = tasks.iter().map(|task| (task.id.as_str(), task)).collect();
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let judged = context.ledger.judge_all(context.rules, moment);
    for (row, judged) in context.ledger.tasks.iter().zip(&judged) {
        let mut now = line(context, row, judged);
        now.forget_after(&day);
        seen.insert(now.id.clone());
        let place = format!("第{}项{}", now.number, plan::quoted(&now.title));
        let Some(then) = closed.get(now.id.as_str()) else {
            found.push(format!("{quarter}已封账，{place}是封账以后加入的。"));
            continue;
        };
        let parts = then.differs(&now);
        if !parts.is_empty() {
            found.push(format!("{quarter}已封账，{place}的{}与封账时不同。", parts.join("、")));
        }
    }
    found.extend(
        tasks
            .iter()
            .filter(|task| !seen.contains(&task.id))
            .map(|task| format!("{quarter}已封账，第{}项{}在封账以后删除。", task.number, plan::quoted(&task.title))),
    );
    let more = found.len().saturating_sub(MOST_CHANGES);
    found.truncate(MOST_CHANGES);
    if more > 0 {
        found.push(format!("{quarter}还有{more}项任务与封账时不同。"));
    }
    found
}

/// So many differences from a closed quarter are named one by one.
const MOST_CHANGES: usize = 20;

impl TaskLine {
    /// Leaves out what was done after a day (ISO): later quarters go on ticking the same lists.
    fn forget_after(&mut self, day: &str) {
        let done = self.items.iter_mut().map(|(_, done)| done).chain(self.milestones.iter_mut().map(|(_, _, done)| done));
        for done in done {
            if done.as_deref().is_some_and(|done| done > day) {
                *done = None;
            }
        }
    }

    /// What of a task is not as it was, in the words of the office.
    fn differs(&self, now: &Self) -> Vec<String> {
        let mut parts = Vec::new();
        let mut differ = |is: bool, what: &str| {
            if is {
                parts.push(what.to_owned());
            }
        };
        differ(self.title != now.title, "名称");
        differ(self.due != now.due, "时限");
        differ(self.targets != now.targets, "目标");
        differ(self.figures != now.figures, "数据");
        differ(self.progress != now.progress, "进展");
        differ(self.items != now.items, "清单事项");
        differ(self.milestones != now.milestones, "节点");
        differ(self.judgement != now.judgement || self.lamp != now.lamp, "判定");
        parts
    }
}
