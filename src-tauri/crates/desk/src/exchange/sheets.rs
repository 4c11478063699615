//! What the printed sheets of the exchange say: a department's 报送单 and the office's 催报单.

use super::identity::{Own, office_only};
use super::issuing::with_tasks;
use super::returning::{check_number, is_as_returned};
use super::status::deadline;
use crate::Session;
use crate::ledger::history::{field_word, table_word};
use crate::model::desk::Desk;
use crate::model::environment::local;
use crate::model::labels;
use crate::model::returns;
use crate::model::timings::Timings;
use crate::wire::{self, Refusal, RefusalCode};
use chrono::NaiveDate;
use messages::{Doing, Exchange, Label};
use plan::{DepartmentId, Moment};
use std::collections::BTreeMap;
use store::table;

/// Whether each department returned the quarter by the deadline: by the day of its file where one came, else by the day on which its
/// words were entered.
pub(crate) fn timings(desk: &mut Desk, moment: Moment) -> Result<Timings, Refusal> {
    let deadline = desk.view(moment, |context, _, _| deadline(moment.quarter, context.rules))?;
    let rows = desk.workbook().read();
    let entered = table::progress::first_entered(&rows, moment.quarter)?;
    let mut days: BTreeMap<DepartmentId, NaiveDate> =
        entered.into_iter().map(|(department, at)| (department, local(at).date())).collect();
    let files = table::packet_seen::of_quarter(&rows, moment.quarter)?;
    for row in table::exchange::of_quarter(&rows, moment.quarter)? {
        let Some(taken) = row.returned_at else { continue };
        // the clock that made a file before its form was sent, or after it came, is wrong
        let sent = row.sent_at.unwrap_or(taken);
        let of_department =
            files.iter().filter(|file| file.direction == "in" && file.department.as_ref() == Some(&row.department));
        let made =
            of_department.map(|file| if (sent..=file.seen_at).contains(&file.made_at) { file.made_at } else { file.seen_at });
        let day = local(made.min().unwrap_or(taken)).date();
        days.insert(row.department, day);
    }
    let (late, on_time): (Vec<_>, Vec<_>) = days.into_iter().partition(|(_, day)| *day > deadline);
    let ids = |days: Vec<(DepartmentId, NaiveDate)>| days.into_iter().map(|(department, _)| department).collect();
    Ok(Timings { on_time: ids(on_time), late: ids(late) })
}

impl Session {
    /// The sheet of the department's last return of the quarter.
    pub(crate) fn receipt(&mut self, moment: Moment) -> Result<report::Receipt, Refusal> {
        let quarter = moment.quarter;
        let desk = self.desk()?;
        let own = Own::get(&desk.workbook().read())?.department;
        let exchange = table::exchange::find(&desk.workbook().read(), &own, quarter)?;
        let returned = exchange.and_then(|row| Some((row.returned_at?, row.returned_hash?, row.returned_serial?)));
        let Some((at, hash, serial)) = returned else {
            return Err(Refusal::new(
                RefusalCode::Refused,
                Exchange::NotReturned { quarter: crate::model::refusals::said(quarter) },
                Exchange::MakeReturn,
            ));
        };
        if !is_as_returned(desk, &own, quarter)? {
            return Err(Refusal::new(RefusalCode::Refused, Exchange::ChangedSinceReturn, Exchange::MakeReturnAgain));
        }
        let office = desk.settings()?.get("office").and_then(|office| office.as_str()).unwrap_or_default().to_owned();
        let evidence = desk.ledger()?.tasks.iter().flat_map(|row| &row.evidence);
        let evidence =
            evidence.filter(|evidence| evidence.quarter == quarter).map(|evidence| evidence.file_name.clone()).collect();
        let request = wire::InQuarter { quarter: quarter.to_string() };
        let open = self.requests(&request)?.into_iter().filter(|line| line.state == "open");
        let requests = open.map(|line| {
            format!(
                "{}·{}{}：申请调整为{}",
                table_word(&line.what),
                field_word(&line.what, &line.field),
                plan::quoted(&line.row),
                line.asked
            )
        });
        let requests = requests.collect();
        let (unfilled, ..) = self.still_open(quarter, &own)?;
        Ok(report::Receipt {
            department: own,
            office,
            serial,
            check_number: check_number(&hash),
            made_on: local(at).date(),
            made_by: self.environment().who.clone(),
            evidence,
            requests,
            unfilled,
        })
    }

    /// The sheet of who was sent the quarter and has not returned.
    pub(crate) fn reminder(&mut self, moment: Moment) -> Result<report::Reminder, Refusal> {
        let quarter = moment.quarter;
        let desk = self.desk()?;
        office_only(&desk.workbook().read(), Doing::Remind)?;
        let deadline = desk.view(moment, |context, _, _| deadline(quarter, context.rules))?;
        let rows = table::exchange::of_quarter(&desk.workbook().read(), quarter)?;
        let theirs = super::county::counties(&desk.workbook().read())?.plans;
        let ledger = desk.ledger()?;
        let sent: Vec<_> = with_tasks(ledger, &theirs, None)
            .into_iter()
            .filter_map(|(id, tasks)| {
                let row = rows.iter().find(|row| row.department == id)?;
                Some((id, tasks.len(), row.sent_at?, row))
            })
            .collect();
        let missing = sent.iter().filter(|(id, ..)| !returns::has_returned_quarter(ledger, id, quarter));
        Ok(report::Reminder {
            deadline,
            asked: sent.len(),
            missing: missing
                .map(|(id, tasks, at, row)| report::MissingReturn {
                    department: id.clone(),
                    tasks: *tasks,
                    sent_on: local(*at).date(),
                    reminded_on: row.reminded_at.map(|at| local(at).date()),
                })
                .collect(),
        })
    }

    /// Keeps that the departments that have not returned were reminded now.
    ///
    /// # Errors
    /// A department's workbook, a quarter that is none, nobody to remind.
    pub fn mark_reminded(&mut self, request: &wire::InQuarter) -> Result<wire::ExchangeStatus, Refusal> {
        let moment = self.moment(&request.quarter)?;
        let quarter = moment.quarter;
        let missing = self.reminder(moment)?.missing;
        if missing.is_empty() {
            return Err(Refusal::new(
                RefusalCode::Refused,
                Exchange::NobodyToRemind { quarter: crate::model::refusals::said(quarter) },
                Exchange::AllReturned,
            ));
        }
        let stamp = self.environment().stamp();
        let desk = self.desk()?;
        desk.workbook().edit(
            &labels::kept(Label::Remind { quarter: crate::model::refusals::said(quarter), count: missing.len() }),
            &stamp,
            |edit| {
                for line in &missing {
                    let mut row = super::exchange_of(edit, &line.department, quarter)?;
                    row.reminded_at = Some(stamp.at);
                    table::exchange::put(edit, &row)?;
                }
                Ok::<(), Refusal>(())
            },
        )?;
        desk.changed();
        self.exchange_status(request)
    }
}
