//! What a changeset says, in words: rows, columns, old and new values.

use crate::error::Fault;
use rusqlite::Connection;
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::hooks::Action as Code;
use rusqlite::session::{ChangesetItem, ChangesetIter};
use rusqlite::types::ValueRef;
use std::collections::BTreeMap;
use std::io::Read;

/// What happened to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// It is new.
    Inserted,
    /// Some of it is different.
    Updated,
    /// It is gone.
    Deleted,
}

/// A row that an edit, an undo or a redo changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedRow {
    /// The table, such as `checklist_item`.
    pub table: String,
    /// The row's id; where the key has several parts (a task and a department), they are joined by `/`.
    pub id: String,
    /// What happened to it.
    pub action: Action,
}

/// One changed cell. A new or deleted row has one for each cell that holds something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The table, such as `task`.
    pub table: String,
    /// The row's id, as in [`ChangedRow`].
    pub row: String,
    /// What happened to the row.
    pub action: Action,
    /// The column.
    pub column: String,
    /// The value before, as text; none where there was none.
    pub old: Option<String>,
    /// The value after, as text; none where there is none.
    pub new: Option<String>,
}

/// The columns of each table, in the file's order: changesets know columns only by number.
pub(crate) type Shapes = BTreeMap<String, Vec<String>>;

pub(crate) fn shapes(connection: &Connection) -> Result<Shapes, rusqlite::Error> {
    let mut shapes = Shapes::new();
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid")?;
    for table in crate::table::LEDGER {
        let names = statement.query_map([table], |row| row.get(0))?;
        shapes.insert((*table).to_owned(), names.collect::<Result<_, _>>()?);
    }
    Ok(shapes)
}

/// The rows that a changeset touches.
pub(crate) fn rows(changeset: &[u8], shapes: &Shapes) -> Result<Vec<ChangedRow>, Fault> {
    let mut rows = Vec::new();
    walk(changeset, shapes, |item| {
        rows.push(ChangedRow { table: item.table.to_owned(), id: item.key()?, action: item.action });
        Ok(())
    })?;
    Ok(rows)
}

/// The rows as an undo changes them.
pub(crate) fn turned_back(rows: Vec<ChangedRow>) -> Vec<ChangedRow> {
    rows.into_iter().map(|row| ChangedRow { action: opposite(row.action), ..row }).collect()
}

fn opposite(action: Action) -> Action {
    match action {
        Action::Inserted => Action::Deleted,
        Action::Deleted => Action::Inserted,
        Action::Updated => Action::Updated,
    }
}

/// Which way a changeset is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Forward,
    Back,
}

/// The columns that say what a row is called, or which rows its name is made of.
fn names_a_row(table: &str, column: &str) -> bool {
    match table {
        "task" | "plan" | "section" => column == "title",
        "checklist_item" => column == "text",
        "milestone" => column == "what",
        "indicator" | "department" => column == "name",
        "evidence" | "packet_seen" => column == "file_name",
        "target" => column == "indicator",
        "actual" => matches!(column, "indicator" | "department" | "quarter"),
        "progress" => matches!(column, "task" | "department" | "quarter"),
        "slip" => matches!(column, "task" | "quarter"),
        "quarter_close" => column == "quarter",
        "request" => column == "about_row",
        _ => false,
    }
}

/// What rows were called before a changeset, where it renames or removes them.
pub(crate) fn former_names(changeset: &[u8], shapes: &Shapes, direction: Direction) -> Result<Vec<Change>, Fault> {
    let appears = if direction == Direction::Forward { Action::Inserted } else { Action::Deleted };
    let mut names = Vec::new();
    walk(changeset, shapes, |item| {
        if item.action == appears {
            return Ok(());
        }
        for (at, column) in item.columns.iter().enumerate().filter(|(_, column)| names_a_row(item.table, column)) {
            if let Some(change) = item.change(at, column, direction)?.filter(|change| change.old.is_some()) {
                names.push(change);
            }
        }
        Ok(())
    })?;
    Ok(names)
}

/// The first `limit` changed cells of the rows that `wanted` names (all where it is empty), and how many more there are.
pub(crate) fn cells(
    changeset: &[u8],
    shapes: &Shapes,
    direction: Direction,
    wanted: &[String],
    limit: usize,
) -> Result<(Vec<Change>, usize), Fault> {
    let mut changes = Vec::new();
    let mut more = 0;
    walk(changeset, shapes, |item| {
        let row = item.key()?;
        let named = |part: &str| wanted.iter().any(|id| id == part);
        if !wanted.is_empty() && !named(&row) && !row.split('/').any(named) {
            return Ok(());
        }
        for (at, column) in item.columns.iter().enumerate() {
            match item.change(at, column, direction)? {
                Some(change) if changes.len() < limit => changes.push(change),
                Some(_) => more += 1,
                None => {}
            }
        }
        Ok(())
    })?;
    Ok((changes, more))
}

struct Item<'i> {
    table: &'i str,
    columns: &'i [String],
    action: Action,
    item: &'i ChangesetItem,
}

impl Item<'_> {
    /// What becomes of a cell; none where it stays as it is.
    fn change(&self, at: usize, column: &str, direction: Direction) -> Result<Option<Change>, Fault> {
        let old = match self.action {
            Action::Inserted => None,
            _ => text(self.item.old_value(at)),
        };
        let new = match self.action {
            Action::Deleted => None,
            _ => text(self.item.new_value(at)),
        };
        let same = self.action == Action::Updated && self.item.new_value(at).is_err();
        if same || (old.is_none() && new.is_none()) {
            return Ok(None);
        }
        let (action, old, new) = match direction {
            Direction::Forward => (self.action, old, new),
            Direction::Back => (opposite(self.action), new, old),
        };
        Ok(Some(Change { table: self.table.to_owned(), row: self.key()?, action, column: column.to_owned(), old, new }))
    }

    fn key(&self) -> Result<String, Fault> {
        let mut key = String::new();
        for (at, part) in self.item.pk()?.iter().enumerate() {
            if *part == 0 {
                continue;
            }
            let value = match self.action {
                Action::Inserted => self.item.new_value(at),
                _ => self.item.old_value(at),
            };
            if !key.is_empty() {
                key.push('/');
            }
            key.push_str(&text(value).unwrap_or_default());
        }
        Ok(key)
    }
}

fn walk(changeset: &[u8], shapes: &Shapes, mut visit: impl FnMut(&Item<'_>) -> Result<(), Fault>) -> Result<(), Fault> {
    let mut bytes = changeset;
    let input: &mut dyn Read = &mut bytes;
    let mut items = ChangesetIter::start_strm(&input)?;
    while let Some(item) = items.next()? {
        let operation = item.op()?;
        let table = operation.table_name();
        let Some(columns) = shapes.get(table) else {
            return Err(Fault::Meaning("改动记录指向未知的表".to_owned()));
        };
        // columns are only ever added at the end, so an older changeset names the first of today's
        let known = usize::try_from(operation.number_of_columns()).unwrap_or(0);
        let Some(columns) = columns.get(..known) else {
            return Err(Fault::Meaning("改动记录的列数不符".to_owned()));
        };
        let action = match operation.code() {
            Code::SQLITE_INSERT => Action::Inserted,
            Code::SQLITE_DELETE => Action::Deleted,
            Code::SQLITE_UPDATE => Action::Updated,
            _ => return Err(Fault::Meaning("改动记录的种类未知".to_owned())),
        };
        visit(&Item { table, columns, action, item })?;
    }
    Ok(())
}

/// A value as text; none for NULL and for a cell that the changeset leaves out.
fn text(value: Result<ValueRef<'_>, rusqlite::Error>) -> Option<String> {
    match value.ok()? {
        ValueRef::Null => None,
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
        ValueRef::Text(text) => Some(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Some(format!("{}字节", bytes.len())),
    }
}
