//! The exchange between an office and its departments: one department's part of the ledger goes out as a signed file, its
//! answer comes back, and many answers are merged as one edit. What may be changed is decided in `packet`; here are the files
//! and the workbook.

mod closing;
mod collecting;
pub(crate) mod comparing;
mod county;
mod files;
mod folder;
mod identity;
mod issuing;
mod keeping;

mod receiving;

mod returning;
mod sheets;
mod snapshot;
mod status;
mod verifying;

pub(crate) use closing::{Closed, closed, earlier_then, reopenings};

pub(crate) use sheets::timings;
pub(crate) use snapshot::changes as changes_since;
pub(crate) use verifying::lost_evidence;

use messages::{Exchange, Files, Opening, Program};
use packet::{Address, Claims, PacketError};
use plan::{DepartmentId, Quarter};
use store::{Rows, table};

use crate::wire::{Refusal, RefusalCode};

/// The word under which the office's own choices stand among what was exchanged.
const OFFICE: &str = "office";

/// A file that cannot be taken, with its name.
fn refuse_file(file: &str, error: &PacketError) -> Refusal {
    let message = Files::FromFile { file: file.to_owned(), message: Box::new(crate::model::refusals::of_packet(error)) };
    Refusal::bare(RefusalCode::Unreadable, message).with_detail(format!("{error:?}"))
}

/// What was exchanged with a department for a quarter; nothing where nothing was.
fn claims_of(rows: &Rows<'_>, department: &str, quarter: Quarter) -> Result<Claims, Refusal> {
    match table::exchanged::find(rows, department, quarter)? {
        None => Ok(Claims::default()),
        Some(exchanged) => read_claims(&exchanged.body),
    }
}

fn read_claims(body: &str) -> Result<Claims, Refusal> {
    Claims::from_json(body).map_err(|error| {
        Refusal::new(RefusalCode::Unreadable, Exchange::RecordDamaged, Opening::FromCopy).with_detail(error.to_string())
    })
}

fn put_claims(edit: &mut store::Edit<'_>, department: &str, quarter: Quarter, claims: &Claims) -> Result<(), Refusal> {
    let body = claims.to_json().map_err(|error| {
        Refusal::new(RefusalCode::BadRequest, Exchange::RecordNotWritten, Program::ReopenAndTry).with_detail(error.to_string())
    })?;
    let department = department.to_owned();
    Ok(table::exchanged::put(edit, &table::exchanged::Exchanged { department, quarter, body })?)
}

/// The exchange with a department in a quarter, new where there was none.
fn exchange_of(rows: &Rows<'_>, department: &DepartmentId, quarter: Quarter) -> Result<table::exchange::Exchange, Refusal> {
    let found = table::exchange::find(rows, department, quarter)?;
    Ok(found.unwrap_or_else(|| table::exchange::Exchange {
        department: department.clone(),
        quarter,
        state: String::new(),
        sent_at: None,
        sent_hash: None,
        reminded_at: None,
        returned_at: None,
        returned_hash: None,
        returned_serial: None,
        merged_at: None,
        note: String::new(),
    }))
}

/// The value at an address as the exchange writes it.
fn day_text(day: Option<chrono::NaiveDate>) -> Option<String> {
    day.map(|day| day.to_string())
}

/// The four fields of a row of progress as the exchange writes them.
fn progress_values(row: &plan::Progress) -> [(Address, String); 4] {
    let at = |field| Address::new(packet::About::Progress, row.task.as_str(), Some(&row.department), field);
    [
        (at(packet::Field::Status), row.status.code().to_owned()),
        (at(packet::Field::Done), row.done.clone()),
        (at(packet::Field::Problems), row.problems.clone()),
        (at(packet::Field::Next), row.next.clone()),
    ]
}

/// The two fields of a figure as the exchange writes them.
fn figure_values(row: &plan::Actual) -> [(Address, String); 2] {
    let at = |field| Address::new(packet::About::Figure, row.indicator.as_str(), row.department.as_ref(), field);
    [(at(packet::Field::Value), packet::number_text(row.value)), (at(packet::Field::Note), row.note.clone())]
}
