//! Who this workbook is in the exchange: an office with its secret, or one department's with its key and the office it
//! belongs to.

use crate::model::desk::own_department;
use crate::model::refusals::wrong_input;
use crate::wire::{Refusal, RefusalCode};
use messages::{Doing, Exchange};
use packet::{PublicKey, SecretKey};
use plan::DepartmentId;
use store::{Rows, Stamp, StoreError, Workbook, table::identity};

const OFFICE_SECRET: &str = "office_secret";
const SERIAL: &str = "serial";
const DEPARTMENT: &str = "department";
const OFFICE_WORKBOOK: &str = "office_workbook";
const OFFICE_KEY: &str = "office_key";
const SECRET: &str = "department_secret";

/// A department's own workbook.
#[derive(Debug, Clone)]
pub(super) struct Own {
    pub department: DepartmentId,
    pub office_workbook: String,
    pub office_key: PublicKey,
    pub secret: SecretKey,
}

impl Own {
    pub(super) fn find(rows: &Rows<'_>) -> Result<Option<Self>, Refusal> {
        let Some(department) = own_department(rows)? else { return Ok(None) };
        let whole = || -> Result<Option<Self>, StoreError> {
            let (Some(workbook), Some(key), Some(secret)) =
                (identity::find(rows, OFFICE_WORKBOOK)?, identity::find(rows, OFFICE_KEY)?, identity::find(rows, SECRET)?)
            else {
                return Ok(None);
            };
            let (Some(office_key), Some(secret)) = (PublicKey::from_text(&key), SecretKey::from_text(&secret)) else {
                return Ok(None);
            };
            Ok(Some(Self { department, office_workbook: workbook, office_key, secret }))
        };
        whole()?.map(Some).ok_or_else(|| Refusal::new(RefusalCode::Unreadable, Exchange::IdentityDamaged, Exchange::MakeAnew))
    }

    /// The department's workbook; refused in the office's.
    pub(super) fn get(rows: &Rows<'_>) -> Result<Self, Refusal> {
        Self::find(rows)?.ok_or_else(|| Refusal::new(RefusalCode::Refused, Exchange::OfficesLedger, Exchange::OpenDepartments))
    }

    pub(super) fn keep(&self, aside: &mut store::Aside<'_>) -> Result<(), StoreError> {
        identity::put(aside, DEPARTMENT, self.department.as_str())?;
        identity::put(aside, OFFICE_WORKBOOK, &self.office_workbook)?;
        identity::put(aside, OFFICE_KEY, &self.office_key.to_text())?;
        identity::put(aside, SECRET, &self.secret.to_text())
    }
}

/// Refuses what only an office does in a department's workbook.
pub(super) fn office_only(rows: &Rows<'_>, what: Doing) -> Result<(), Refusal> {
    match own_department(rows)? {
        None => Ok(()),
        Some(_) => Err(Refusal::new(RefusalCode::Refused, Exchange::DepartmentsWorkbook { what }, Exchange::InOfficesLedger)),
    }
}

/// The office's secret, if files were ever made.
pub(super) fn office_secret(rows: &Rows<'_>) -> Result<Option<SecretKey>, Refusal> {
    Ok(identity::find(rows, OFFICE_SECRET)?.as_deref().and_then(SecretKey::from_text))
}

/// The office's secret, made at first use.
pub(super) fn office_secret_or_new(workbook: &mut Workbook, stamp: &Stamp) -> Result<SecretKey, Refusal> {
    if let Some(secret) = office_secret(&workbook.read())? {
        return Ok(secret);
    }
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|error| wrong_input(Exchange::NoRandomness, Exchange::Restart).with_detail(error.to_string()))?;
    let secret = SecretKey::from_bytes(&bytes);
    workbook.aside(stamp, |aside| identity::put(aside, OFFICE_SECRET, &secret.to_text()))?;
    Ok(secret)
}

/// The next serial number: greater than all before, and than those of a copy of this workbook that was made earlier, as far as
/// the clock tells.
pub(super) fn next_serial(workbook: &mut Workbook, stamp: &Stamp) -> Result<i64, Refusal> {
    let last: i64 = identity::find(&workbook.read(), SERIAL)?.and_then(|text| text.parse().ok()).unwrap_or(0);
    let seconds = stamp.at.and_utc().timestamp().max(0);
    let next = seconds.max(last.saturating_add(1));
    workbook.aside(stamp, |aside| identity::put(aside, SERIAL, &next.to_string()))?;
    Ok(next)
}

/// Lifts the serial number to at least this, so that the next one is greater.
pub(super) fn lift_serial(aside: &mut store::Aside<'_>, to: i64) -> Result<(), StoreError> {
    let last: i64 = identity::find(aside, SERIAL)?.and_then(|text| text.parse().ok()).unwrap_or(0);
    if to > last { identity::put(aside, SERIAL, &to.to_string()) } else { Ok(()) }
}

/// The serial number of the newest file that was received for any quarter. Each file holds all of a department's rows: an older
/// one, also of an earlier quarter, would bring back what the office has changed since.
pub(super) fn received(rows: &Rows<'_>) -> Result<i64, StoreError> {
    Ok(identity::find(rows, "received")?.and_then(|text| text.parse().ok()).unwrap_or(-1))
}

pub(super) fn keep_received(aside: &mut store::Aside<'_>, serial: i64) -> Result<(), StoreError> {
    identity::put(aside, "received", &serial.to_string())
}
