//! Reading and writing rows: the only place, besides opening and history, that speaks to SQLite.

use crate::error::{Fault, StoreError};
use crate::stamp::parse_moment;
use chrono::{NaiveDate, NaiveDateTime};
use plan::Span;
use rusqlite::types::{FromSql, ToSql};
use rusqlite::{Connection, Params, Row};
use std::cell::RefCell;
use std::fmt::Display;
use std::path::Path;
use std::str::FromStr;

/// A workbook to read from. Every `list`, `find` and `get` of [`crate::table`] takes one; inside an edit the
/// [`Edit`](crate::Edit) stands for it and shows the edit's own writes.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a> {
    pub(crate) connection: &'a Connection,
    pub(crate) path: &'a Path,
    /// Where rows that cannot be read are told and passed over; elsewhere the first of them is an error.
    faults: Option<&'a RefCell<Vec<RowFault>>>,
}

/// A row that cannot be read.
#[derive(Debug)]
pub(crate) struct RowFault {
    /// What one row is, in Chinese.
    pub(crate) what: &'static str,
    /// Its first cell, which is its key or a part of it.
    pub(crate) row: String,
    /// What is wrong with it.
    pub(crate) detail: String,
}

impl<'a> Rows<'a> {
    pub(crate) fn of(connection: &'a Connection, path: &'a Path) -> Self {
        Self { connection, path, faults: None }
    }

    /// The same rows, of which all that cannot be read are told.
    pub(crate) fn telling(self, faults: &'a RefCell<Vec<RowFault>>) -> Self {
        Self { faults: Some(faults), ..self }
    }
}

/// A table's name, columns in the order that its functions bind them, and how many of the first are its key.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// What one row is, in Chinese, for sentences.
    pub(crate) what: &'static str,
    pub(crate) columns: &'static [&'static str],
    pub(crate) keys: usize,
}

impl Table {
    pub(crate) fn select(&self, rest: &str) -> String {
        format!("SELECT {} FROM {} {rest}", self.columns.join(", "), self.name)
    }

    fn by_key(&self) -> String {
        let keys: Vec<String> =
            self.columns[..self.keys].iter().enumerate().map(|(at, column)| format!("{column} = ?{}", at + 1)).collect();
        format!("WHERE {}", keys.join(" AND "))
    }
}

/// A way to write a row: [`INSERT`] or [`UPDATE`].
pub(crate) type Write = fn(Rows<'_>, &Table, &[&dyn ToSql]) -> Result<(), StoreError>;

/// Adds the row.
pub(crate) const INSERT: Write = |rows, table, values| rows.insert(table, values);

/// Writes all columns of the row, which must be there.
pub(crate) const UPDATE: Write = |rows, table, values| rows.update(table, values);

/// So many rows are given away at once: few enough to be still in the processor's cache when they are put where they belong.
const AT_A_TIME: usize = 1024;

impl Rows<'_> {
    /// All rows of a query, read by `read`, with the error's file and kind of row.
    pub(crate) fn all<T>(
        self,
        table: &Table,
        rest: &str,
        params: impl Params,
        read: fn(&mut Cells<'_, '_>) -> Result<T, Fault>,
    ) -> Result<Vec<T>, StoreError> {
        let read_all = || -> Result<Vec<T>, Fault> {
            let mut statement = self.connection.prepare_cached(&table.select(rest))?;
            let mut rows = statement.query(params)?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                match (read(&mut Cells { row, at: 0 }), self.faults) {
                    (Ok(value), _) => found.push(value),
                    (Err(fault), None) => return Err(fault),
                    (Err(fault), Some(faults)) => {
                        let key = row.get_ref(0).ok().and_then(|key| key.as_str().ok().map(ToOwned::to_owned));
                        let row = key.unwrap_or_default();
                        faults.borrow_mut().push(RowFault { what: table.what, row, detail: fault.detail() });
                    }
                }
            }
            Ok(found)
        };
        read_all().map_err(|fault| fault.on_row(self.path, table.what))
    }

    /// All rows of a table as they lie in the file, given away some thousand at a time.
    pub(crate) fn each<T>(
        self,
        table: &Table,
        read: fn(&mut Cells<'_, '_>) -> Result<T, Fault>,
        give: &mut dyn FnMut(Vec<T>),
    ) -> Result<(), StoreError> {
        let mut read_all = || -> Result<(), Fault> {
            let mut statement = self.connection.prepare_cached(&table.select(""))?;
            let mut rows = statement.query([])?;
            let mut some = Vec::new();
            while let Some(row) = rows.next()? {
                if some.capacity() == 0 {
                    some.reserve_exact(AT_A_TIME);
                }
                some.push(read(&mut Cells { row, at: 0 })?);
                if some.len() == AT_A_TIME {
                    give(std::mem::take(&mut some));
                }
            }
            give(some);
            Ok(())
        };
        read_all().map_err(|fault| fault.on_row(self.path, table.what))
    }

    /// The row with a key, if it is there.
    pub(crate) fn at<T>(
        self,
        table: &Table,
        key: impl Params,
        read: fn(&mut Cells<'_, '_>) -> Result<T, Fault>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.all(table, &table.by_key(), key, read)?.pop())
    }

    /// All rows of any query.
    pub(crate) fn query<T>(
        self,
        sql: &str,
        params: impl Params,
        read: fn(&mut Cells<'_, '_>) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read(&mut Cells { row, at: 0 })?);
        }
        Ok(found)
    }

    /// The first cell of a query's first row.
    pub(crate) fn value<T: FromSql>(self, sql: &str, params: impl Params) -> Result<Option<T>, StoreError> {
        let read = || -> Result<Option<T>, rusqlite::Error> {
            let mut statement = self.connection.prepare_cached(sql)?;
            let mut rows = statement.query(params)?;
            rows.next()?.map(|row| row.get(0)).transpose()
        };
        read().map_err(|error| Fault::from(error).on(self.path))
    }

    /// Runs a write; the number of rows it changed.
    pub(crate) fn run(self, what: &'static str, sql: &str, params: impl Params) -> Result<usize, StoreError> {
        self.connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.execute(params))
            .map_err(|error| Fault::from(error).on_row(self.path, what))
    }

    pub(crate) fn insert(self, table: &Table, values: &[&dyn ToSql]) -> Result<(), StoreError> {
        debug_assert_eq!(values.len(), table.columns.len(), "{}", table.name);
        let places: Vec<String> = (1..=values.len()).map(|n| format!("?{n}")).collect();
        let sql = format!("INSERT INTO {} ({}) VALUES ({})", table.name, table.columns.join(", "), places.join(", "));
        self.run(table.what, &sql, values).map(|_| ())
    }

    /// Writes all columns of the row that has the key; the row must be there.
    pub(crate) fn update(self, table: &Table, values: &[&dyn ToSql]) -> Result<(), StoreError> {
        if self.replace(table, values)? { Ok(()) } else { Err(gone(table, values)) }
    }

    /// Writes the row, whether it is there or not.
    pub(crate) fn put(self, table: &Table, values: &[&dyn ToSql]) -> Result<(), StoreError> {
        if self.replace(table, values)? { Ok(()) } else { self.insert(table, values) }
    }

    fn replace(self, table: &Table, values: &[&dyn ToSql]) -> Result<bool, StoreError> {
        debug_assert_eq!(values.len(), table.columns.len(), "{}", table.name);
        let sets: Vec<String> = table.columns[table.keys..]
            .iter()
            .enumerate()
            .map(|(at, column)| format!("{column} = ?{}", at + table.keys + 1))
            .collect();
        let sql = format!("UPDATE {} SET {} {}", table.name, sets.join(", "), table.by_key());
        Ok(self.run(table.what, &sql, values)? > 0)
    }

    /// Deletes the row that has the key; the row must be there.
    pub(crate) fn delete(self, table: &Table, key: &[&dyn ToSql]) -> Result<(), StoreError> {
        let sql = format!("DELETE FROM {} {}", table.name, table.by_key());
        if self.run(table.what, &sql, key)? == 0 {
            return Err(gone(table, key));
        }
        Ok(())
    }
}

/// The error for a row that is not there.
pub(crate) fn gone(table: &Table, values: &[&dyn ToSql]) -> StoreError {
    use rusqlite::types::{ToSqlOutput, Value, ValueRef};
    let key = values[..table.keys.min(values.len())]
        .iter()
        .map(|value| match value.to_sql() {
            Ok(ToSqlOutput::Borrowed(ValueRef::Text(text))) => String::from_utf8_lossy(text).into_owned(),
            Ok(ToSqlOutput::Owned(Value::Text(text))) => text,
            Ok(ToSqlOutput::Owned(Value::Integer(number))) => number.to_string(),
            _ => String::new(),
        })
        .collect::<Vec<_>>()
        .join("/");
    StoreError::RowGone { what: table.what, id: key }
}

/// The cells of one row, read from left to right.
pub(crate) struct Cells<'r, 's> {
    row: &'r Row<'s>,
    at: usize,
}

impl Cells<'_, '_> {
    pub(crate) fn value<T: FromSql>(&mut self) -> Result<T, Fault> {
        let value = self.row.get(self.at)?;
        self.at += 1;
        Ok(value)
    }

    pub(crate) fn text(&mut self) -> Result<String, Fault> {
        self.value()
    }

    pub(crate) fn text_or_none(&mut self) -> Result<Option<String>, Fault> {
        self.value()
    }

    pub(crate) fn real(&mut self) -> Result<f64, Fault> {
        self.value()
    }

    pub(crate) fn integer(&mut self) -> Result<i64, Fault> {
        self.value()
    }

    pub(crate) fn flag(&mut self) -> Result<bool, Fault> {
        Ok(self.integer()? != 0)
    }

    /// A word, date, quarter: whatever reads itself from its text.
    pub(crate) fn parse<T>(&mut self) -> Result<T, Fault>
    where
        T: FromStr,
        T::Err: Display,
    {
        let text =
            self.row.get_ref(self.at)?.as_str().map_err(|error| {
                rusqlite::Error::FromSqlConversionFailure(self.at, rusqlite::types::Type::Text, Box::new(error))
            })?;
        self.at += 1;
        text.parse().map_err(|error: T::Err| Fault::Meaning(error.to_string()))
    }

    pub(crate) fn parse_or_none<T>(&mut self) -> Result<Option<T>, Fault>
    where
        T: FromStr,
        T::Err: Display,
    {
        if self.row.get_ref(self.at)? == rusqlite::types::ValueRef::Null {
            self.at += 1;
            Ok(None)
        } else {
            self.parse().map(Some)
        }
    }

    pub(crate) fn date_or_none(&mut self) -> Result<Option<NaiveDate>, Fault> {
        self.parse_or_none()
    }

    pub(crate) fn moment(&mut self) -> Result<NaiveDateTime, Fault> {
        let text = self.text()?;
        parse_moment(&text).ok_or_else(|| Fault::Meaning(format!("“{text}”不是有效的时间")))
    }

    pub(crate) fn moment_or_none(&mut self) -> Result<Option<NaiveDateTime>, Fault> {
        if self.row.get_ref(self.at)? == rusqlite::types::ValueRef::Null {
            self.at += 1;
            Ok(None)
        } else {
            self.moment().map(Some)
        }
    }

    pub(crate) fn span(&mut self) -> Result<Option<Span>, Fault> {
        let start: Option<i64> = self.value()?;
        let end: Option<i64> = self.value()?;
        let (Some(start), Some(end)) = (start, end) else {
            return Ok(None);
        };
        match (usize::try_from(start), usize::try_from(end)) {
            (Ok(start), Ok(end)) if start <= end => Ok(Some(Span { start, end })),
            _ => Err(Fault::Meaning("原文位置无效".to_owned())),
        }
    }
}

/// The two cells of a span.
pub(crate) fn span_cells(span: Option<Span>) -> Result<(Option<i64>, Option<i64>), StoreError> {
    let cell = |at: usize| i64::try_from(at).map_err(|_| StoreError::Unfit { what: "原文位置" });
    match span {
        None => Ok((None, None)),
        Some(Span { start, end }) if start <= end => Ok((Some(cell(start)?), Some(cell(end)?))),
        Some(_) => Err(StoreError::Unfit { what: "原文位置" }),
    }
}
