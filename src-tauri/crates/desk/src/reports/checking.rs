//! The numbers of a report against the rows, by a path of their own: tasks are judged and counted afresh, shares are recomputed from the
//! counts, completions from the figures as they were entered. Nothing here uses the report's own sums.

mod lists;

use crate::model::context::Context;
use crate::model::ledger::Measured;
use crate::model::returns;
use crate::model::session::Session;
use crate::wire::Refusal;
use plan::{DepartmentId, IndicatorId, IndicatorKind, Judgement, Lamp, Moment, PlanId, Quarter, Status};
use report::{Figures, View};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The quarter that a report compares with, for the counting: its close where it is closed, else the rows tell.
pub(crate) struct Earlier<'a> {
    pub quarter: Quarter,
    /// The text of its close.
    pub close: Option<&'a str>,
}

/// What differs between a report's figures and the rows, each a sentence; empty means 核数通过.
pub(crate) fn differences(
    context: Context<'_>,
    view: &View,
    plan: Option<&PlanId>,
    earlier: Option<&Earlier<'_>>,
) -> Vec<String> {
    let figures = Figures::of(view);
    let mut found = Vec::new();
    let quarter = context.moment.quarter.chinese();
    let mut differ = |what: &str, printed: String, counted: String| {
        if printed != counted {
            found.push(format!("{quarter}报告中“{what}”为{printed}，按台账逐行重算为{counted}。"));
        }
    };
    let mut counts: Vec<(Judgement, usize)> = Judgement::ALL.iter().map(|judgement| (*judgement, 0)).collect();
    let mut lamps: Vec<(Lamp, usize)> = Lamp::ALL.iter().map(|lamp| (*lamp, 0)).collect();
    let mut all = 0;
    let afresh = context.ledger.judge_all(context.rules, context.moment);
    let context = Context { judged: &afresh, ..context };
    for (_, row, judged) in context.tasks(plan) {
        all += 1;
        let outside = judged.assessment.judgement == Judgement::NotDue || row.status(context.moment.quarter) == Status::Cancelled;
        if outside {
            continue;
        }
        for (judgement, count) in &mut counts {
            *count += usize::from(*judgement == judged.assessment.judgement);
        }
        for (lamp, count) in &mut lamps {
            *count += usize::from(*lamp == judged.assessment.lamp);
        }
    }
    differ("任务总数", figures.tasks.len().to_string(), all.to_string());
    let denominator: usize = counts.iter().map(|(_, count)| count).sum();
    differ("纳入统计的任务数", figures.counted.len().to_string(), denominator.to_string());
    let mut tenths = 0;
    for share in &figures.shares {
        let counted = counts.iter().find(|(judgement, _)| *judgement == share.judgement).map_or(0, |(_, count)| *count);
        differ(share.judgement.chinese(), share.tasks.len().to_string(), counted.to_string());
        // by largest remainder a share is never a tenth of a point or more away from the exact one
        let exact = (counted * 1000).checked_div(denominator).unwrap_or(0);
        let printed = usize::try_from(share.tenths).unwrap_or(usize::MAX);
        if printed != exact && printed != exact + 1 {
            differ(&format!("{}占比", share.judgement), tenth(printed), tenth(exact));
        }
        tenths += printed;
    }
    differ("占比合计", tenth(tenths), tenth(if denominator == 0 { 0 } else { 1000 }));
    for (place, lamp) in [Lamp::Green, Lamp::Yellow, Lamp::Red, Lamp::None].into_iter().enumerate() {
        let counted = lamps.iter().find(|(known, _)| *known == lamp).map_or(0, |(_, count)| *count);
        let printed = figures.lamps.get(place).map_or(0, Vec::len);
        differ(&format!("{lamp}灯"), printed.to_string(), counted.to_string());
    }
    differ("未报送单位数", figures.missing.len().to_string(), silent(context, plan).to_string());
    if let (Some(comparison), Some(earlier)) = (&figures.comparison, earlier) {
        let moved = moved(context, plan, earlier);
        for (what, printed, counted) in [
            ("好转项数", comparison.better.len(), moved.better),
            ("变差项数", comparison.worse.len(), moved.worse),
            ("目标值调整数", comparison.targets.len(), moved.targets),
            ("完成时限调整项数", comparison.dues.len(), moved.dues),
            ("取消和移出项数", comparison.dropped.len(), moved.dropped),
            ("新增项数", comparison.added.len(), moved.added),
        ] {
            differ(what, printed.to_string(), counted.to_string());
        }
    }
    let by_id: HashMap<&IndicatorId, &Measured> =
        context.ledger.measured.iter().map(|measured| (&measured.indicator.id, measured)).collect();
    for line in &view.targets {
        let Some(measured) = by_id.get(&line.indicator) else {
            differ(&line.name, "有此指标".to_owned(), "无此指标".to_owned());
            continue;
        };
        let entered: Vec<f64> = measured
            .actuals
            .iter()
            .filter(|actual| actual.quarter == context.moment.quarter && actual.department.is_none())
            .map(|actual| actual.value)
            .collect();
        if let ([value], Some(printed)) = (&entered[..], line.actual) {
            differ(&line.name, plan::number(printed, 6), plan::number(*value, 6));
            let simple = measured.indicator.kind == IndicatorKind::Annual && line.value > 0.0;
            if let (true, Some(completion)) = (simple, line.completion) {
                let percent = |share: f64| format!("{}%", plan::number(share * 100.0, 4));
                differ(&format!("{}完成率", line.name), percent(completion), percent((value / line.value).max(0.0)));
            }
        }
    }
    lists::timeline(context, view, plan, &mut differ);
    lists::yearbook(context, view, plan, &mut differ);
    found
}

/// How many departments were asked and are silent, from the rows.
fn silent(context: Context<'_>, plan: Option<&PlanId>) -> usize {
    let quarter = context.moment.quarter;
    let (mut asked, mut heard) = (BTreeSet::new(), BTreeSet::new());
    for (_, row, now) in context.tasks(plan) {
        let answers = plan::answering(&row.assignments);
        let taking_part = |department: &DepartmentId| row.assignments.iter().any(|of| of.department == *department);
        let wrote = row.progress.iter().filter(|progress| progress.quarter == quarter && returns::says(progress));
        let wrote = wrote.map(|progress| &progress.department);
        let counted = row.measured.iter().filter_map(|&place| context.ledger.measured.get(place));
        let counted = counted.flat_map(|measured| &measured.actuals).filter(|actual| actual.quarter == quarter);
        heard.extend(
            wrote.chain(counted.filter_map(|actual| actual.department.as_ref().or(answers))).filter(|of| taking_part(of)),
        );
        if now.counted && now.assessment.judgement != Judgement::Completed {
            asked.extend(answers);
        }
    }
    let merged = |department: &DepartmentId| context.ledger.returned.contains(&(quarter, department.clone()));
    asked.retain(|department| !merged(department));
    asked.iter().filter(|department| !heard.contains(*department) && context.ledger.department(department).is_some()).count()
}

/// What moved since the earlier quarter.
#[derive(Default)]
struct Moved {
    better: usize,
    worse: usize,
    targets: usize,
    dues: usize,
    dropped: usize,
    added: usize,
}

/// What a task was in the earlier quarter.
struct Then {
    plan: String,
    judgement: Option<Judgement>,
    cancelled: bool,
    due: Option<String>,
    targets: BTreeMap<String, f64>,
}

/// Counts what moved: from the words of the close where the earlier quarter is closed, else from the rows as they stand.
fn moved(context: Context<'_>, plan: Option<&PlanId>, earlier: &Earlier<'_>) -> Moved {
    let title = plan.map(|plan| context.ledger.plan(plan).map(|plan| plan.title.clone()).unwrap_or_default());
    let mut closed = earlier.close.map(|text| {
        text.lines().skip(1).filter_map(|line| of_close(&serde_json::from_str(line).ok()?)).collect::<BTreeMap<String, Then>>()
    });
    let then_moment = Moment { quarter: earlier.quarter, ..context.moment };
    let earlier_judged = if closed.is_none() { context.ledger.judge_all(context.rules, then_moment) } else { Vec::new() };
    let mut moved = Moved::default();
    for (place, row, judged) in context.tasks(plan) {
        let measured: Vec<_> = row.measured.iter().filter_map(|&place| context.ledger.measured.get(place)).collect();
        let now: BTreeMap<String, f64> =
            measured.iter().flat_map(|row| &row.targets).map(|target| (target.id.to_string(), target.value)).collect();
        let due = row.task.due.map(|due| due.to_string());
        let then = match &mut closed {
            Some(closed) => closed.remove(row.task.id.as_str()),
            None => Some(Then {
                plan: String::new(),
                judgement: earlier_judged.get(place).map(|judged| judged.assessment.judgement),
                cancelled: row.status(earlier.quarter) == Status::Cancelled,
                due: due.clone(),
                targets: now.clone(),
            }),
        };
        if judged.counted {
            match plan::Change::between(then.as_ref().and_then(|then| then.judgement), judged.assessment.judgement) {
                plan::Change::Better => moved.better += 1,
                plan::Change::Worse => moved.worse += 1,
                _ => {}
            }
        }
        let Some(then) = then else {
            moved.added += 1;
            continue;
        };
        let other = |(id, value): (&String, &f64)| now.get(id).is_some_and(|now| now.to_bits() != value.to_bits());
        moved.targets += then.targets.iter().filter(|target| other(*target)).count();
        moved.dues += usize::from(then.due != due);
        moved.dropped += usize::from(!then.cancelled && row.status(context.moment.quarter) == Status::Cancelled);
    }
    let gone = closed.into_iter().flat_map(BTreeMap::into_values);
    moved.dropped += gone.filter(|then| title.as_ref().is_none_or(|title| then.plan == *title)).count();
    if let Some(text) = earlier.close {
        moved.targets += moved_goals(context, title.as_deref(), text);
    }
    moved
}

/// A task of a close, with its id.
fn of_close(line: &serde_json::Value) -> Option<(String, Then)> {
    let text = |key: &str| line.get(key).and_then(serde_json::Value::as_str);
    let then = Then {
        plan: text("plan")?.to_owned(),
        judgement: text("judgement")?.parse().ok(),
        cancelled: text("status")? == Status::Cancelled.code(),
        due: text("due").map(str::to_owned),
        targets: targets_of(line),
    };
    Some((text("id")?.to_owned(), then))
}

fn targets_of(line: &serde_json::Value) -> BTreeMap<String, f64> {
    let targets = line.get("targets").and_then(serde_json::Value::as_array).into_iter().flatten();
    targets.filter_map(|target| Some((target.get(0)?.as_str()?.to_owned(), target.get(2)?.as_str()?.parse().ok()?))).collect()
}

/// How many targets of the plans' own indicators have another value than in a close.
fn moved_goals(context: Context<'_>, title: Option<&str>, close: &str) -> usize {
    let head = close.lines().next().and_then(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let goals = head.as_ref().and_then(|head| head.get("goals")).and_then(serde_json::Value::as_array).into_iter().flatten();
    let of_plan =
        |goal: &&serde_json::Value| title.is_none_or(|title| goal.get("plan").and_then(|plan| plan.as_str()) == Some(title));
    let now: BTreeMap<&str, f64> = context
        .ledger
        .measured
        .iter()
        .filter(|measured| measured.indicator.task.is_none())
        .flat_map(|measured| &measured.targets)
        .map(|target| (target.id.as_str(), target.value))
        .collect();
    let then = goals.filter(of_plan).flat_map(targets_of);
    then.filter(|(id, value)| now.get(id.as_str()).is_some_and(|now| now.to_bits() != value.to_bits())).count()
}

fn tenth(tenths: usize) -> String {
    format!("{}.{}%", tenths / 10, tenths % 10)
}

impl Session {
    /// Findings about the open workbook's integrity, and what differs between the numbers of its quarters' reports and the rows, each a
    /// sentence; empty where all is well.
    ///
    /// # Errors
    /// No workbook is open, or the medium fails.
    pub fn check(&mut self) -> Result<Vec<String>, Refusal> {
        let mut findings = self.desk()?.check()?;
        if !findings.is_empty() {
            // numbers of a damaged file say nothing
            return Ok(findings);
        }
        findings.extend(crate::ledger::history::past_the_program(self.desk()?)?);
        findings.extend(crate::exchange::lost_evidence(self.desk()?)?);
        for quarter in self.desk()?.written_quarters()? {
            let moment = self.moment(&quarter.to_string())?;
            findings.extend(self.reported(moment, None, None)?.differences);
        }
        Ok(findings)
    }
}
