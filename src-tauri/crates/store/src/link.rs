//! The short ordered lists that belong to a row: departments of an item, aliases of a department.

use crate::error::StoreError;
use crate::{Edit, Rows};
use rusqlite::params;
use std::collections::HashMap;

/// A table of `(owner, member, position)`.
pub(crate) struct Links {
    pub(crate) table: &'static str,
    pub(crate) owner: &'static str,
    pub(crate) member: &'static str,
    pub(crate) what: &'static str,
}

impl Links {
    /// The members of one owner, in order.
    pub(crate) fn of(&self, rows: &Rows<'_>, owner: &str) -> Result<Vec<String>, StoreError> {
        let sql =
            format!("SELECT {} FROM {} WHERE {} = ?1 ORDER BY position, {}", self.member, self.table, self.owner, self.member);
        rows.query(&sql, [owner], |cells| cells.text()).map_err(|fault| fault.on_row(rows.path, self.what))
    }

    /// The members of every owner, in order.
    pub(crate) fn all(&self, rows: &Rows<'_>) -> Result<HashMap<String, Vec<String>>, StoreError> {
        let sql = format!(
            "SELECT {}, {} FROM {} ORDER BY {}, position, {}",
            self.owner, self.member, self.table, self.owner, self.member
        );
        let pairs = rows
            .query(&sql, [], |cells| Ok((cells.text()?, cells.text()?)))
            .map_err(|fault| fault.on_row(rows.path, self.what))?;
        let mut members: HashMap<String, Vec<String>> = HashMap::new();
        for (owner, member) in pairs {
            members.entry(owner).or_default().push(member);
        }
        Ok(members)
    }

    /// Makes `members` the members of an owner; a member named twice counts once. Only what differs is written.
    pub(crate) fn set(&self, edit: &mut Edit<'_>, owner: &str, members: &[&str]) -> Result<(), StoreError> {
        let mut wanted: Vec<&str> = Vec::with_capacity(members.len());
        for member in members {
            if !wanted.contains(member) {
                wanted.push(member);
            }
        }
        let present = self.of(edit, owner)?;
        if present == wanted {
            return Ok(());
        }
        let delete = format!("DELETE FROM {} WHERE {} = ?1 AND {} = ?2", self.table, self.owner, self.member);
        for member in present.iter().filter(|member| !wanted.contains(&member.as_str())) {
            edit.run(self.what, &delete, params![owner, member])?;
        }
        let put = format!(
            "INSERT INTO {} ({}, {}, position) VALUES (?1, ?2, ?3)
             ON CONFLICT ({}, {}) DO UPDATE SET position = excluded.position",
            self.table, self.owner, self.member, self.owner, self.member
        );
        for (position, member) in (1_i64..).zip(&wanted) {
            edit.run(self.what, &put, params![owner, member, position])?;
        }
        Ok(())
    }
}
