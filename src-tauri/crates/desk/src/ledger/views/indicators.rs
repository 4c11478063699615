//! Indicators over their years.

use super::lines::{departments_of, target_line};
use crate::model::context::Context;
use crate::wire::{Baseline, FigureLine, IndicatorLine, Indicators};
use plan::{PlanId, Quarter};

/// The indicators of one plan or all.
pub(crate) fn indicators(context: Context<'_>, plan: Option<&PlanId>) -> Indicators {
    let rows = context
        .ledger
        .measured
        .iter()
        .filter(|measured| plan.is_none_or(|plan| measured.indicator.plan == *plan))
        .map(|measured| {
            let indicator = &measured.indicator;
            let mut quarters: Vec<Quarter> = measured.actuals.iter().map(|actual| actual.quarter).collect();
            quarters.sort_unstable();
            quarters.dedup();
            let task = indicator.task.as_ref().and_then(|task| context.ledger.task(task));
            IndicatorLine {
                id: indicator.id.to_string(),
                plan: indicator.plan.to_string(),
                task: indicator.task.as_ref().map(ToString::to_string),
                name: indicator.name.clone(),
                unit: indicator.unit.clone(),
                kind: indicator.kind.to_string(),
                binding: indicator.binding,
                baseline: indicator.baseline.map(|(year, value)| Baseline { year, value }),
                targets: measured.targets.iter().filter_map(|target| target_line(context, measured, target)).collect(),
                actuals: quarters
                    .into_iter()
                    .filter_map(|quarter| {
                        let value = plan::figure(indicator, &measured.actuals, quarter)?;
                        Some(FigureLine { quarter: quarter.to_string(), value })
                    })
                    .collect(),
                departments: task.map(|row| departments_of(context.ledger, row)).unwrap_or_default(),
            }
        })
        .collect();
    Indicators { quarter: context.moment.quarter.to_string(), rows }
}
