//! The whole ledger as text, to compare two states of a workbook byte for byte.

use crate::error::{Fault, StoreError};
use crate::workbook::Workbook;
use rusqlite::types::ValueRef;
use std::fmt::Write;

impl Workbook {
    /// Every row of the ledger as a line, table by table and by key: equal texts mean equal content. Ids and moments are in
    /// it; drafts, preferences and the history are not.
    ///
    /// # Errors
    /// Failures of the file.
    pub fn content(&self) -> Result<String, StoreError> {
        let mut text = String::new();
        for (table, columns) in &self.shapes {
            self.write_table(&mut text, table, columns).map_err(|error| Fault::from(error).on(&self.path))?;
        }
        Ok(text)
    }

    fn write_table(&self, text: &mut String, table: &str, columns: &[String]) -> Result<(), rusqlite::Error> {
        let columns = columns.join(", ");
        // the key is always among the first columns, so ordering by all of them in their order is ordering by key
        let sql = format!("SELECT {columns} FROM {table} ORDER BY {columns}");
        let mut statement = self.connection.prepare(&sql)?;
        let width = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            text.push_str(table);
            for at in 0..width {
                // writing to a String cannot fail
                let _ = match row.get_ref(at)? {
                    ValueRef::Null => write!(text, "\t-"),
                    ValueRef::Integer(number) => write!(text, "\t{number}"),
                    ValueRef::Real(number) => write!(text, "\t{number:?}"),
                    ValueRef::Text(bytes) => {
                        write!(text, "\t{:?}", String::from_utf8_lossy(bytes))
                    }
                    ValueRef::Blob(bytes) => write!(text, "\t{bytes:02x?}"),
                };
            }
            text.push('\n');
        }
        Ok(())
    }
}
