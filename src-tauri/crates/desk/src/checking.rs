//! The numbers of a report against the rows, by a path of their own: tasks are judged and counted afresh, shares are recomputed from the
//! counts, completions from the figures as they were entered. Nothing here uses the report's own sums.

use crate::views::Context;
use plan::{DepartmentId, IndicatorKind, Judgement, Lamp, PlanId, Status};
use report::{Figures, View};
use std::collections::BTreeSet;

/// What differs between a report's figures and the rows, each a sentence; empty means 核数通过.
pub(crate) fn differences(context: Context<'_>, view: &View, plan: Option<&PlanId>) -> Vec<String> {
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
    for (row, _) in
        context.ledger.tasks.iter().zip(context.judged).filter(|(row, _)| plan.is_none_or(|plan| row.task.plan == *plan))
    {
        all += 1;
        let Some(judged) = context.ledger.judge(row, context.rules, context.moment) else { continue };
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
    let (missing, changed) = recounted(context, plan);
    differ("未报送单位数", figures.missing.len().to_string(), missing.to_string());
    if let Some(comparison) = &figures.comparison {
        differ("好转项数", comparison.better.len().to_string(), changed.0.to_string());
        differ("变差项数", comparison.worse.len().to_string(), changed.1.to_string());
    }
    for line in &view.targets {
        let Some(measured) = context.ledger.measured.iter().find(|measured| measured.indicator.id == line.indicator) else {
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
    found
}

/// Departments that were asked and are silent, and the tasks better and worse than the quarter before, from the rows.
fn recounted(context: Context<'_>, plan: Option<&PlanId>) -> (usize, (usize, usize)) {
    let quarter = context.moment.quarter;
    let (mut asked, mut heard) = (BTreeSet::new(), BTreeSet::new());
    let (mut better, mut worse) = (0, 0);
    for row in context.ledger.tasks.iter().filter(|row| plan.is_none_or(|plan| row.task.plan == *plan)) {
        let answers = plan::answering(&row.assignments);
        let taking_part = |department: &DepartmentId| row.assignments.iter().any(|of| of.department == *department);
        let wrote = row.progress.iter().filter(|progress| progress.quarter == quarter).map(|progress| &progress.department);
        let counted = row.measured.iter().filter_map(|&place| context.ledger.measured.get(place));
        let counted = counted.flat_map(|measured| &measured.actuals).filter(|actual| actual.quarter == quarter);
        heard.extend(
            wrote.chain(counted.filter_map(|actual| actual.department.as_ref().or(answers))).filter(|of| taking_part(of)),
        );
        let Some(now) = context.ledger.judge(row, context.rules, context.moment).filter(|judged| judged.counted) else {
            continue;
        };
        if now.assessment.judgement != Judgement::Completed {
            asked.extend(answers);
        }
        let then = context.ledger.judge(row, context.rules, context.moment.previous());
        match plan::Change::between(then.map(|judged| judged.assessment.judgement), now.assessment.judgement) {
            plan::Change::Better => better += 1,
            plan::Change::Worse => worse += 1,
            _ => {}
        }
    }
    let missing =
        asked.iter().filter(|department| !heard.contains(*department) && context.ledger.department(department).is_some());
    (missing.count(), (better, worse))
}

fn tenth(tenths: usize) -> String {
    format!("{}.{}%", tenths / 10, tenths % 10)
}
