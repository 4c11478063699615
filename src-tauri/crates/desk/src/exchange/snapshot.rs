//! What a closed quarter was: one JSON object a line, in a fixed order, so that two can be compared and a hash stands for one.

use crate::ledger::TaskRows;
use crate::refusals::wrong_input;
use crate::views::Context;
use crate::wire::Refusal;
use plan::TaskAssessment;
use serde::{Deserialize, Serialize};

/// The head of a snapshot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct HeadLine {
    planbook_quarter: u32,
    quarter: String,
    as_of: String,
    tasks: usize,
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
    pub targets: Vec<(String, String, String)>,
    pub figures: Vec<(String, Option<String>, String, String)>,
    pub progress: Vec<(String, String, String, String, String)>,
}

/// The snapshot of the quarter that the context looks at.
pub(super) fn of(context: Context<'_>) -> Result<String, Refusal> {
    let mut text = String::new();
    let head = HeadLine {
        planbook_quarter: 1,
        quarter: context.moment.quarter.to_string(),
        as_of: context.moment.today.to_string(),
        tasks: context.ledger.tasks.len(),
    };
    push(&mut text, &head)?;
    for (_, row, judged) in context.tasks(None) {
        push(&mut text, &line(context, row, judged))?;
    }
    Ok(text)
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
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    let mut targets = Vec::new();
    let mut figures = Vec::new();
    for measured in context.ledger.measured_of(row) {
        targets.extend(
            measured
                .targets
                .iter()
                .map(|target| (target.id.to_string(), measured.indicator.name.clone(), packet::number_text(target.value))),
        );
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
        targets,
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
