//! Closing a quarter, and opening it again.

use super::identity::office_only;
use super::{keeping, snapshot};
use crate::Session;
use crate::model::desk::{Desk, Kept};
use crate::model::labels;
use crate::model::refusals::{said, said_day, wrong_input};
use crate::model::returns;
use crate::wire::{self, Refusal, RefusalCode};
use messages::{Doing, Editing, Exchange, Label};
use plan::Quarter;
use store::table::quarter_close::{self, QuarterClose};

/// Characters that a person's name may have.
const LONGEST_NAME: usize = 40;

/// So many digits of a hash are shown and printed.
pub(super) const SHOWN: usize = 16;

impl Session {
    /// Closes a quarter: keeps a snapshot of it with the hash of the close before. Later data for it is refused.
    ///
    /// # Errors
    /// A department's workbook, a quarter that is closed or has not begun.
    pub fn close_quarter(&mut self, request: &wire::InQuarter) -> Result<wire::QuarterClosed, Refusal> {
        let moment = self.moment(&request.quarter)?;
        let quarter = moment.quarter;
        let stamp = self.environment().stamp();
        let desk = self.desk()?;
        office_only(&desk.workbook().read(), Doing::Close)?;
        if let Some(close) = quarter_close::holding(&desk.workbook().read(), quarter)? {
            return Err(Refusal::new(
                RefusalCode::Refused,
                Exchange::ClosedOn {
                    quarter: said(quarter),
                    day: said_day(crate::model::environment::local(close.closed_at).date()),
                },
                Editing::ReopenForReason,
            ));
        }
        if quarter.first_day() > moment.today {
            return Err(Refusal::new(
                RefusalCode::Refused,
                Exchange::NotBegun { quarter: said(quarter) },
                Exchange::CheckQuarter,
            ));
        }
        let (passages, timings) = (desk.passages(quarter)?, super::timings(desk, moment)?);
        let text = desk.view(moment, |context, settings, _| {
            snapshot::of(context, keeping::pack(context, settings, &passages, &timings)?)
        })??;
        let missing = missing(desk, quarter)?;
        let edited = desk.workbook().edit(&labels::kept(Label::CloseQuarter { quarter: said(quarter) }), &stamp, |edit| {
            Ok::<_, Refusal>(quarter_close::close(edit, quarter, &text)?)
        })?;
        desk.changed();
        let close = edited.value;
        Ok(wire::QuarterClosed {
            quarter: quarter.to_string(),
            closed: true,
            number: close.number,
            hash: close.hash.chars().take(SHOWN).collect(),
            missing,
        })
    }

    /// Opens a closed quarter again, by a person and for a reason that stay in the chain.
    ///
    /// # Errors
    /// A department's workbook, a quarter that is not closed, no reason, a reason or name that is too long.
    pub fn reopen_quarter(&mut self, request: &wire::ToReopen) -> Result<wire::QuarterClosed, Refusal> {
        let quarter: Quarter = request.quarter.parse()?;
        let mut stamp = self.environment().stamp();
        let by = request.by.trim();
        if by.chars().count() > LONGEST_NAME {
            return Err(wrong_input(Exchange::LongName { most: LONGEST_NAME }, Exchange::NameOnly));
        }
        if !by.is_empty() {
            by.clone_into(&mut stamp.who);
        }
        let desk = self.desk()?;
        office_only(&desk.workbook().read(), Doing::Reopen)?;
        if !store::is_named(&stamp.who) {
            return Err(wrong_input(Exchange::NobodyReopens { quarter: said(quarter) }, Exchange::LogIn));
        }
        let reason = request.reason.trim();
        if reason.is_empty() {
            return Err(wrong_input(Exchange::NoReasonToReopen, Exchange::SayWhy));
        }
        if reason.chars().count() > 500 {
            return Err(wrong_input(Exchange::LongReason { most: 500 }, Exchange::WriteShorter));
        }
        let Some(close) = quarter_close::holding(&desk.workbook().read(), quarter)? else {
            return Err(Refusal::bare(RefusalCode::Refused, Exchange::NotClosed { quarter: said(quarter) }));
        };
        desk.workbook().edit(&labels::kept(Label::ReopenQuarter { quarter: said(quarter) }), &stamp, |edit| {
            Ok::<_, Refusal>(quarter_close::reopen(edit, quarter, reason)?)
        })?;
        desk.changed();
        Ok(wire::QuarterClosed {
            quarter: quarter.to_string(),
            closed: false,
            number: close.number,
            hash: close.hash.chars().take(SHOWN).collect(),
            missing: Vec::new(),
        })
    }
}

/// A quarter that is closed.
#[derive(Debug)]
pub(crate) struct Closed {
    close: QuarterClose,
}

impl Closed {
    /// The text of the close.
    pub(crate) fn text(&self) -> &str {
        &self.close.snapshot
    }

    /// What tells this close from every other.
    pub(crate) fn hash(&self) -> &str {
        &self.close.hash
    }

    /// The rows as they were; none where they were not kept yet.
    ///
    /// # Errors
    /// Rows that cannot be read.
    pub(crate) fn rows(&self) -> Result<Option<Kept>, Refusal> {
        let packed = snapshot::packed(&self.close.snapshot);
        packed.map(|(today, rows)| keeping::unpack(&rows, self.close.quarter, today)).transpose()
    }
}

/// The close of a quarter that holds.
pub(crate) fn closed(desk: &mut Desk, quarter: Quarter) -> Result<Option<Closed>, Refusal> {
    Ok(quarter_close::holding(&desk.workbook().read(), quarter)?.map(|close| Closed { close }))
}

/// An earlier quarter as it was closed when a later one was: what was closed, opened and closed again afterwards changes no print
/// of the later one. Where the later one is open, as it is closed now.
pub(crate) fn earlier_then(desk: &mut Desk, earlier: Quarter, later: Option<&Closed>) -> Result<Option<Closed>, Refusal> {
    let Some(Closed { close: later }) = later else { return closed(desk, earlier) };
    let held = |close: &QuarterClose| {
        close.number < later.number && close.reopened.as_ref().is_none_or(|reopened| reopened.at > later.closed_at)
    };
    let closes = quarter_close::of_quarter(&desk.workbook().read(), earlier)?;
    Ok(closes.into_iter().rfind(held).map(|close| Closed { close }))
}

/// Who opened a closed quarter again, when and why, a sentence each: they print.
pub(crate) fn reopenings(desk: &mut Desk, quarter: Quarter) -> Result<Vec<String>, Refusal> {
    let closes = quarter_close::heads(&desk.workbook().read())?;
    let reopened = closes.into_iter().filter(|close| close.quarter == quarter).filter_map(|close| close.reopened);
    let sentence = |reopened: quarter_close::Reopened| {
        let day = crate::model::environment::local(reopened.at).format("%Y年%-m月%-d日");
        let reason = reopened.reason.trim_end_matches('。').to_owned();
        let by = if store::is_named(&reopened.by) { format!("由{}", reopened.by) } else { String::new() };
        format!("{}数据封账后于{day}{by}重新打开，理由：{reason}。", quarter.chinese())
    };
    Ok(reopened.map(sentence).collect())
}

/// Departments that were sent the quarter and have not returned, by name.
fn missing(desk: &mut Desk, quarter: Quarter) -> Result<Vec<String>, Refusal> {
    let rows = store::table::exchange::of_quarter(&desk.workbook().read(), quarter)?;
    let sent: Vec<_> = rows.into_iter().filter(|row| row.sent_at.is_some()).collect();
    let ledger = desk.ledger()?;
    let named = ledger.departments.iter().filter(|department| {
        sent.iter().any(|row| row.department == department.id) && !returns::has_returned_quarter(ledger, &department.id, quarter)
    });
    Ok(named.map(|department| department.name.clone()).collect())
}
