//! What differs from an earlier quarter, as a report tells it. The comparison itself is the exchange's, the one there is.

use crate::exchange::comparing::{self, Field, Row, Side, State, What};
use crate::model::ledger::Ledger;
use plan::{DepartmentId, Judgement, PlanId, Quarter, Role, TargetId, TaskId};
use report::{ChangeLine, ChangeState, ChangedField, FieldChange, chinese_marks};
use std::collections::HashMap;

/// An earlier quarter beside the one that is reported.
pub(crate) struct Compared {
    /// The earlier quarter.
    pub quarter: Quarter,
    judgements: HashMap<TaskId, Judgement>,
    rows: Vec<Row>,
}

impl Compared {
    /// Compares.
    pub(crate) fn of(quarter: Quarter, from: &Side, to: &Side) -> Self {
        let judgements = from.judgements().filter_map(|(id, code)| Some((TaskId::new(id), code.parse().ok()?)));
        Self { quarter, judgements: judgements.collect(), rows: comparing::rows(from, to) }
    }

    /// How a task was judged then; none where it was not in the ledger.
    pub(super) fn judgement(&self, task: &TaskId) -> Option<Judgement> {
        self.judgements.get(task).copied()
    }

    /// The lines of one plan or all. A row that is gone is of the plan with its plan's title.
    pub(super) fn changes(&self, ledger: &Ledger, plan: Option<&PlanId>) -> Vec<ChangeLine> {
        let title = plan.map(|plan| ledger.plan(plan).map(|plan| plan.title.as_str()).unwrap_or_default());
        let of_plan = |row: &&Row| match (ledger.task(&TaskId::new(row.id.as_str())), plan) {
            (Some(found), Some(plan)) => found.task.plan == *plan,
            _ => title.is_none_or(|title| row.plan == title),
        };
        self.rows.iter().filter(of_plan).map(line).collect()
    }
}

fn line(row: &Row) -> ChangeLine {
    let departments = row.departments.iter().filter_map(|(id, name, role)| {
        let role: Role = role.parse().ok()?;
        Some((DepartmentId::new(id.as_str()), name.clone(), role))
    });
    ChangeLine {
        task: (!row.id.is_empty()).then(|| TaskId::new(row.id.as_str())),
        number: row.number.clone(),
        title: chinese_marks(&row.title),
        plan: chinese_marks(&row.plan),
        departments: departments.collect(),
        state: match row.state {
            State::Changed => ChangeState::Changed,
            State::New => ChangeState::Added,
            State::Gone => ChangeState::Dropped,
        },
        fields: row.fields.iter().filter_map(field).collect(),
    }
}

fn field(field: &Field) -> Option<FieldChange> {
    Some(FieldChange {
        field: match field.what {
            What::Title => ChangedField::Title,
            What::Judgement => ChangedField::Judgement,
            // the lamp follows the judgement
            What::Lamp => return None,
            What::Status => ChangedField::Status,
            What::Due => ChangedField::Due,
            What::Ticks => ChangedField::Ticks,
            What::Item => ChangedField::Item,
            What::Target => ChangedField::Target,
            What::Milestone => ChangedField::Milestone,
            What::MilestoneDue => ChangedField::MilestoneDue,
            What::Figure => ChangedField::Figure,
        },
        name: chinese_marks(&field.name),
        unit: field.unit.clone(),
        target: field.target.as_deref().map(TargetId::new),
        from: field.from.clone(),
        to: field.to.clone(),
    })
}
