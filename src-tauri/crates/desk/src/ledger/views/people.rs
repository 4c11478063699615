//! The people who answer for tasks and departments.

use crate::model::context::Context;
use crate::model::initials::initials;
use crate::model::ledger::{Ledger, TaskRows};
use crate::wire::{HoldingLine, PersonLine};
use chrono::NaiveDate;
use plan::{Holding, Person};

/// Everybody, in their order, with what they hold and held.
pub(crate) fn people(ledger: &Ledger, today: NaiveDate) -> Vec<PersonLine> {
    let line = |person: &Person| PersonLine {
        id: person.id.to_string(),
        name: person.name.clone(),
        office: person.office.clone(),
        telephone: person.telephone.clone(),
        department: person.department.as_ref().map(ToString::to_string),
        department_name: person.department.as_ref().map(|id| ledger.department_name(id)),
        initials: initials(&person.name),
        holdings: ledger
            .holdings
            .iter()
            .filter(|holding| holding.person == person.id)
            .map(|holding| holding_line(ledger, holding, person, today))
            .collect(),
    };
    ledger.people.iter().map(line).collect()
}

/// Who answers for a task: its own people, and those of its departments; ended terms stand among them.
pub(super) fn of_task(context: Context<'_>, row: &TaskRows) -> Vec<HoldingLine> {
    let ledger = context.ledger;
    let concerns = |holding: &&Holding| match (&holding.task, &holding.department) {
        (Some(task), _) => *task == row.task.id,
        (None, department) => department.as_ref().is_some_and(|department| row.role(department).is_some()),
    };
    let held = ledger.holdings.iter().filter(concerns);
    held.filter_map(|holding| Some(holding_line(ledger, holding, ledger.person(&holding.person)?, context.moment.today)))
        .collect()
}

fn holding_line(ledger: &Ledger, holding: &Holding, person: &Person, today: NaiveDate) -> HoldingLine {
    HoldingLine {
        id: holding.id.to_string(),
        person: person.id.to_string(),
        name: person.name.clone(),
        office: person.office.clone(),
        telephone: person.telephone.clone(),
        role: holding.role.to_string(),
        task: holding.task.as_ref().map(ToString::to_string),
        task_title: holding.task.as_ref().and_then(|task| ledger.task(task)).map(|row| row.task.title.clone()),
        department: holding.department.as_ref().map(ToString::to_string),
        department_name: holding.department.as_ref().map(|id| ledger.department_name(id)),
        from: holding.from.map(|day| day.to_string()),
        to: holding.to.map(|day| day.to_string()),
        current: holding.covers(today),
    }
}
