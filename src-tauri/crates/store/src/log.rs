//! Which file a log belongs to. SQLite plays any log that lies beside a file into it: where a person put a copy in the place of
//! a workbook whose program was killed, the log of the one would tear the other. So the file bears a random mark, each log
//! repeats the mark of the file that it was begun for, and every copy bears a mark of its own.

use crate::opening;
use crate::snapshot::log_of;
use rusqlite::{Connection, OptionalExtension, params};
use std::path::Path;

/// The mark, and the one before it: a program may be killed while a mark is on its way from the log into the file.
#[derive(Debug, PartialEq, Eq)]
struct Marks {
    now: Option<String>,
    before: Option<String>,
}

fn marks(connection: &Connection) -> Result<Marks, rusqlite::Error> {
    let value = |key: &str| connection.query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0)).optional();
    Ok(Marks { now: value("log")?, before: value("log_before")? })
}

/// The mark that a connection sees.
pub(crate) fn mark(connection: &Connection) -> Result<Option<String>, rusqlite::Error> {
    Ok(marks(connection)?.now)
}

/// Gives a file a mark of its own.
pub(crate) fn begin(connection: &Connection) -> Result<(), rusqlite::Error> {
    put(connection, "")
}

/// Gives a file that takes another's place in one transaction a new mark, which says what it comes after.
pub(crate) fn begin_after(connection: &Connection, replaced: &Connection) -> Result<(), rusqlite::Error> {
    put(connection, &marks(replaced)?.now.unwrap_or_default())
}

/// Gives the file a new mark as the last words of its log, before the log is moved into the file and begun anew.
pub(crate) fn end(connection: &Connection) -> Result<(), rusqlite::Error> {
    begin_after(connection, connection)
}

/// Makes a new log repeat the file's mark, within the first transaction that it takes.
pub(crate) fn repeat(connection: &Connection) -> Result<(), rusqlite::Error> {
    if marks(connection)?.now.is_none() {
        return begin(connection);
    }
    // SQLite writes a page only where something on it becomes another
    connection
        .prepare_cached(
            "INSERT INTO meta (key, value) VALUES ('log_turn', lower(hex(randomblob(8))))
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        )?
        .execute([])?;
    Ok(())
}

fn put(connection: &Connection, before: &str) -> Result<(), rusqlite::Error> {
    connection.execute(
        "INSERT INTO meta (key, value) VALUES ('log', lower(hex(randomblob(16)))), ('log_before', ?1)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        params![before],
    )?;
    Ok(())
}

/// Whether nothing is in the log beside a workbook.
pub(crate) fn is_empty(workbook: &Path) -> bool {
    std::fs::metadata(log_of(workbook)).map_or(true, |log| log.len() == 0)
}

/// Whether the log beside a file was begun for this file, as far as the two say; `connection` reads both together.
pub(crate) fn is_of(connection: &Connection, workbook: &Path) -> bool {
    let together = marks(connection);
    let alone = opening::connect_beside(workbook).and_then(|file| marks(&file));
    match (together, alone) {
        (Ok(log), Ok(file)) => log.now == file.now || log.before.unwrap_or_default() == file.now.unwrap_or_default(),
        // what cannot be read is judged by the check of the structure
        _ => true,
    }
}

/// Whether the file is whole without the log beside it.
pub(crate) fn is_what_damages(workbook: &Path) -> bool {
    !is_empty(workbook) && opening::connect_beside(workbook).is_ok_and(|file| opening::check_in_full(&file, workbook).is_ok())
}
