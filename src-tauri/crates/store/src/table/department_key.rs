//! The keys that departments sign their returns with.

use crate::error::{Fault, StoreError};
use crate::row::{Cells, Table};
use crate::stamp::moment_text;
use crate::{Edit, Rows};
use chrono::NaiveDateTime;
use plan::DepartmentId;
use rusqlite::params;

const TABLE: Table = Table {
    name: "department_key",
    what: "单位密钥",
    columns: &["department", "made_at", "public_key", "secret_key", "revoked_at"],
    keys: 2,
};

/// A department's key. Moments are in UTC.
#[derive(Clone, PartialEq, Eq)]
pub struct DepartmentKey {
    /// The department.
    pub department: DepartmentId,
    /// When it was made; with the department it names the key.
    pub made_at: NaiveDateTime,
    /// The public half, text of the caller's.
    pub public_key: String,
    /// The secret half, where the workbook has it.
    pub secret_key: Option<String>,
    /// When it stopped counting.
    pub revoked_at: Option<NaiveDateTime>,
}

impl std::fmt::Debug for DepartmentKey {
    /// Leaves the secret half out, so that no log can hold it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DepartmentKey")
            .field("department", &self.department)
            .field("made_at", &self.made_at)
            .field("public_key", &self.public_key)
            .field("revoked_at", &self.revoked_at)
            .finish_non_exhaustive()
    }
}

fn read(cells: &mut Cells<'_, '_>) -> Result<DepartmentKey, Fault> {
    Ok(DepartmentKey {
        department: cells.parse()?,
        made_at: cells.moment()?,
        public_key: cells.text()?,
        secret_key: cells.text_or_none()?,
        revoked_at: cells.moment_or_none()?,
    })
}

/// All keys, department by department, oldest first.
pub fn list(rows: &Rows<'_>) -> Result<Vec<DepartmentKey>, StoreError> {
    rows.all(&TABLE, "ORDER BY department, made_at", [], read)
}

/// The key of a department that counts now, if it has one.
pub fn current(rows: &Rows<'_>, department: &DepartmentId) -> Result<Option<DepartmentKey>, StoreError> {
    Ok(rows.all(&TABLE, "WHERE department = ?1 AND revoked_at IS NULL ORDER BY made_at", [department.as_str()], read)?.pop())
}

/// Gives a department a key; those before stop counting at the edit's moment.
pub fn replace(edit: &mut Edit<'_>, key: &DepartmentKey) -> Result<(), StoreError> {
    let now = moment_text(edit.stamp().at);
    edit.run(
        TABLE.what,
        "UPDATE department_key SET revoked_at = ?2 WHERE department = ?1 AND revoked_at IS NULL",
        params![key.department.as_str(), now],
    )?;
    edit.put(
        &TABLE,
        params![
            key.department.as_str(),
            moment_text(key.made_at),
            key.public_key,
            key.secret_key,
            key.revoked_at.map(moment_text)
        ],
    )
}
