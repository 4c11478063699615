//! The rows against the history: whatever was written past the program. The history holds every edit that counts, so the edits made
//! again in an empty ledger give the rows as the program left them; what differs in the file, nobody entered.

use crate::error::{Fault, StoreError};
use crate::schema;
use crate::table::LEDGER;
use crate::workbook::Workbook;
use rusqlite::session::{ChangesetItem, ConflictAction, ConflictType};
use rusqlite::types::Value;
use rusqlite::{Connection, Rows as Found, Statement};
use std::cmp::Ordering;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;

/// How a row differs from what the history left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// A cell has another value.
    Cell {
        /// The column.
        column: String,
        /// The last value that the history holds, as text; none for nothing.
        recorded: Option<String>,
        /// What the file holds.
        present: Option<String>,
    },
    /// The file has a row that no edit made.
    Unknown,
    /// The file lacks a row that no edit removed.
    Missing,
}

/// A row that is not as the history left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unrecorded {
    /// The table.
    pub table: String,
    /// The row's id; where the key has several parts, they are joined by `/`.
    pub row: String,
    /// What the row is called by the history and the file: its cells with their columns, the recorded ones where both are there.
    pub cells: Vec<(String, String)>,
    /// How it differs.
    pub difference: Difference,
}

/// What a recount found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recount {
    /// Rows that differ, table by table, up to the limit.
    pub rows: Vec<Unrecorded>,
    /// How many more there are.
    pub more: usize,
    /// How many entries are missing in the history's own numbering, or do not fit the ones before them.
    pub gaps: usize,
}

impl Workbook {
    /// Compares every row of the ledger with the last values that the history holds; at most `limit` differences are told. Takes
    /// about as long as all edits of the workbook took together without their waiting for the disk.
    ///
    /// # Errors
    /// Failures of the file, and a history that cannot be read.
    pub fn recount(&self, limit: usize) -> Result<Recount, StoreError> {
        let on_file = |fault: Fault| fault.on(&self.path);
        let again = Connection::open_in_memory().map_err(|error| on_file(error.into()))?;
        schema::migrate(&again).map_err(|error| on_file(error.into()))?;
        again.pragma_update(None, "foreign_keys", false).map_err(|error| on_file(error.into()))?;
        let mut recount = Recount { gaps: self.missing_entries()?, ..Recount::default() };
        recount.gaps += self.make_again(&again).map_err(on_file)?;
        for table in LEDGER {
            self.compare(&again, table, limit, &mut recount).map_err(on_file)?;
        }
        Ok(recount)
    }

    /// Entries that were taken out of the history: they are numbered without gaps.
    fn missing_entries(&self) -> Result<usize, StoreError> {
        // a return to a copy counts on from the last step that was known, not from the copy's
        let sql = "SELECT ifnull(sum(seq - before - 1), 0)
             FROM (SELECT seq, kind, lag(seq, 1, 0) OVER (ORDER BY seq) AS before FROM edit) WHERE kind <> 'restore'";
        let count = self.read().value::<i64>(sql, [])?.unwrap_or(0);
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// Makes every edit that counts again; how many did not fit.
    fn make_again(&self, again: &Connection) -> Result<usize, Fault> {
        again.execute_batch("BEGIN")?;
        let mut statement =
            self.connection.prepare("SELECT changeset FROM edit WHERE kind = 'edit' AND state = 'done' ORDER BY seq")?;
        let mut found = statement.query([])?;
        let mut unfit = 0;
        let known = |table: &str| LEDGER.contains(&table);
        while let Some(row) = found.next()? {
            let changeset: Vec<u8> = row.get(0)?;
            let fits = Arc::new(AtomicBool::new(true));
            // what does not fit has its values all the same: the file is held against the last word
            let noted = Arc::clone(&fits);
            let conflict = move |kind: ConflictType, _: ChangesetItem| {
                noted.store(false, Relaxed);
                match kind {
                    ConflictType::SQLITE_CHANGESET_DATA | ConflictType::SQLITE_CHANGESET_CONFLICT => {
                        ConflictAction::SQLITE_CHANGESET_REPLACE
                    }
                    _ => ConflictAction::SQLITE_CHANGESET_OMIT,
                }
            };
            again.apply_strm(&mut changeset.as_slice(), Some(known), conflict)?;
            unfit += usize::from(!fits.load(Relaxed));
        }
        again.execute_batch("COMMIT")?;
        Ok(unfit)
    }

    /// Walks both tables by key, side by side.
    fn compare(&self, again: &Connection, table: &str, limit: usize, recount: &mut Recount) -> Result<(), Fault> {
        let columns = self.shapes.get(table).cloned().unwrap_or_default();
        let keys = keys(again, table)?;
        let sql = format!("SELECT {} FROM {table} ORDER BY {}", columns.join(", "), keys.join(", "));
        let key_places: Vec<usize> = keys.iter().filter_map(|key| columns.iter().position(|column| column == key)).collect();
        let (mut recorded, mut present) = (again.prepare(&sql)?, self.connection.prepare(&sql)?);
        let width = columns.len();
        let (mut left, mut right) = (Walk::of(&mut recorded, width)?, Walk::of(&mut present, width)?);
        let mut tell = |row: &[Value], difference: Difference| {
            if recount.rows.len() >= limit {
                recount.more += 1;
                return;
            }
            let key: Vec<String> = key_places.iter().filter_map(|at| text(row.get(*at)?)).collect();
            let cells = columns.iter().zip(row).filter_map(|(column, value)| Some((column.clone(), text(value)?)));
            recount.rows.push(Unrecorded { table: table.to_owned(), row: key.join("/"), cells: cells.collect(), difference });
        };
        loop {
            let order = match (&left.row, &right.row) {
                (None, None) => return Ok(()),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(recorded), Some(present)) => by_key(recorded, present, &key_places),
            };
            match (order, &left.row, &right.row) {
                (Ordering::Less, Some(recorded), _) => tell(recorded, Difference::Missing),
                (Ordering::Greater, _, Some(present)) => tell(present, Difference::Unknown),
                (_, Some(recorded), Some(present)) => {
                    for (at, column) in columns.iter().enumerate().filter(|(at, _)| recorded[*at] != present[*at]) {
                        let (recorded_text, present_text) = (text(&recorded[at]), text(&present[at]));
                        let column = column.clone();
                        tell(recorded, Difference::Cell { column, recorded: recorded_text, present: present_text });
                    }
                }
                _ => {}
            }
            if order != Ordering::Greater {
                left.step()?;
            }
            if order != Ordering::Less {
                right.step()?;
            }
        }
    }
}

/// The columns of a table's key, in its order.
fn keys(connection: &Connection, table: &str) -> Result<Vec<String>, Fault> {
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk")?;
    let keys = statement.query_map([table], |row| row.get(0))?;
    Ok(keys.collect::<Result<_, _>>()?)
}

/// A table's rows one by one.
struct Walk<'s> {
    rows: Found<'s>,
    width: usize,
    row: Option<Vec<Value>>,
}

impl<'s> Walk<'s> {
    fn of(statement: &'s mut Statement<'_>, width: usize) -> Result<Self, Fault> {
        let mut walk = Self { rows: statement.query([])?, width, row: None };
        walk.step()?;
        Ok(walk)
    }

    fn step(&mut self) -> Result<(), Fault> {
        self.row = match self.rows.next()? {
            Some(row) => Some((0..self.width).map(|at| row.get(at)).collect::<Result<_, _>>()?),
            None => None,
        };
        Ok(())
    }
}

/// Keys are texts or whole numbers, and SQLite orders texts by their bytes.
fn by_key(left: &[Value], right: &[Value], places: &[usize]) -> Ordering {
    let compared = places.iter().map(|at| match (&left[*at], &right[*at]) {
        (Value::Integer(left), Value::Integer(right)) => left.cmp(right),
        (Value::Text(left), Value::Text(right)) => left.as_bytes().cmp(right.as_bytes()),
        (Value::Integer(_), _) => Ordering::Less,
        (_, Value::Integer(_)) => Ordering::Greater,
        _ => Ordering::Equal,
    });
    compared.into_iter().find(|order| *order != Ordering::Equal).unwrap_or(Ordering::Equal)
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Integer(number) => Some(number.to_string()),
        Value::Real(number) => Some(number.to_string()),
        Value::Text(text) => Some(text.clone()),
        Value::Blob(bytes) => Some(format!("{}字节", bytes.len())),
    }
}
