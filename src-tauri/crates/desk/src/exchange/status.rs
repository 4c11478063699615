//! Where the exchange of a quarter stands: who was sent its file, who returned it in time, who is missing.

use super::closing::SHOWN;
use super::issuing::with_tasks;
use super::returning::check_number;
use crate::Session;
use crate::model::environment::local;
use crate::model::returns;
use crate::wire::{self, Refusal};
use chrono::{NaiveDate, NaiveDateTime};
use plan::{Quarter, RuleSet};
use std::collections::HashMap;
use store::table;

impl Session {
    /// The departments with what was sent, returned and is missing in a quarter.
    ///
    /// # Errors
    /// A quarter that is none, a file that cannot be read.
    pub fn exchange_status(&mut self, request: &wire::InQuarter) -> Result<wire::ExchangeStatus, Refusal> {
        let moment = self.moment(&request.quarter)?;
        let quarter = moment.quarter;
        let desk = self.desk()?;
        let own = desk.own_department()?;
        let deadline = desk.view(moment, |context, _, _| deadline(quarter, context.rules))?;
        let rows = desk.workbook().read();
        let mut exchanges: HashMap<_, _> =
            table::exchange::of_quarter(&rows, quarter)?.into_iter().map(|row| (row.department.clone(), row)).collect();
        let counties = super::county::counties(&rows)?;
        let awaited = table::evidence::without_bytes(&rows)?;
        let closes: Vec<_> = table::quarter_close::heads(&rows)?.into_iter().filter(|close| close.quarter == quarter).collect();
        let ledger = desk.ledger()?;
        let mut departments = Vec::new();
        for (id, tasks) in with_tasks(ledger, &counties.plans, own.as_ref()) {
            let exchange = exchanges.remove(&id);
            let filled = tasks.iter().filter_map(|&at| ledger.tasks.get(at));
            let filled = filled.filter(|row| row.progress_of(&id, quarter).is_some_and(returns::says)).count();
            let sent_at = exchange.as_ref().and_then(|exchange| exchange.sent_at);
            let returned_at = exchange.as_ref().and_then(|exchange| exchange.returned_at);
            let stands = |state: &str| exchange.as_ref().is_some_and(|exchange| exchange.state == state);
            let state = match (sent_at, returned_at) {
                (_, Some(at)) if local(at).date() <= deadline => "returned",
                (_, Some(_)) => "late",
                _ if returns::has_returned_quarter(ledger, &id, quarter) => "returned",
                (None, None) => "not_sent",
                _ if stands("refused") => "refused",
                _ if stands("empty") => "empty",
                (Some(_), None) if moment.today > deadline => "missing",
                (Some(_), None) => "sent",
            };
            departments.push(wire::ExchangeLine {
                name: ledger.department_name(&id),
                id: id.to_string(),
                tasks: tasks.len(),
                state: state.to_owned(),
                sent_at: sent_at.map(shown),
                returned_at: returned_at.map(shown),
                reminded_at: exchange.as_ref().and_then(|exchange| exchange.reminded_at).map(shown),
                check_number: exchange.as_ref().and_then(|exchange| exchange.returned_hash.as_deref()).map(check_number),
                evidence_awaited: awaited
                    .iter()
                    .filter(|row| row.quarter == quarter && row.department.as_ref() == Some(&id))
                    .count(),
                note: exchange.map(|exchange| exchange.note).unwrap_or_default(),
                filled,
            });
        }
        Ok(wire::ExchangeStatus {
            quarter: quarter.to_string(),
            closed: closes.iter().any(|close| close.reopened.is_none()),
            deadline: deadline.to_string(),
            department: own.map(|own| own.to_string()),
            departments,
            closes: closes.iter().map(close_line).collect(),
            counties: super::county::lines(&counties, quarter),
        })
    }
}

fn shown(at: NaiveDateTime) -> String {
    local(at).format("%Y-%m-%dT%H:%M:%S").to_string()
}

fn close_line(close: &table::quarter_close::QuarterClose) -> wire::CloseLine {
    let reopened = close.reopened.as_ref();
    wire::CloseLine {
        number: close.number,
        closed_at: shown(close.closed_at),
        closed_by: close.closed_by.clone(),
        hash: close.hash.chars().take(SHOWN).collect(),
        reopened_at: reopened.map(|reopened| shown(reopened.at)),
        reopened_by: reopened.map(|reopened| reopened.by.clone()),
        reason: reopened.map(|reopened| reopened.reason.clone()),
    }
}

/// The last day on which a return is on time. A county whose rules name no days still has to say who is late: the general
/// rule's days are taken then.
pub(super) fn deadline(quarter: Quarter, rules: &RuleSet) -> NaiveDate {
    plan::return_deadline(rules, quarter)
        .or_else(|| {
            let general = RuleSet { working_days: rules.working_days.clone(), ..RuleSet::default() };
            plan::return_deadline(&general, quarter)
        })
        .unwrap_or_else(|| quarter.last_day())
}
