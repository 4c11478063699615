//! Looking at a file before and while SQLite opens it. This is the only place that opens a connection.

use crate::error::{Fault, StoreError, from_io};
use crate::schema;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, MAIN_DB, OpenFlags};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// The file itself, where the path is a link to it: the log and the lock stand beside the file.
pub(crate) fn real_path(path: &Path) -> PathBuf {
    if path.is_symlink() { fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()) } else { path.to_owned() }
}

/// Refuses, by its first bytes, what cannot be a workbook. SQLite has not touched it then.
pub(crate) fn inspect(path: &Path) -> Result<(), StoreError> {
    let metadata = fs::metadata(path).map_err(|error| from_io(&error, path))?;
    if metadata.is_dir() {
        return Err(StoreError::Folder { path: path.to_owned() });
    }
    // opening a pipe would wait for whoever writes to it
    if !metadata.is_file() {
        return Err(StoreError::not_workbook(path));
    }
    let mut head = Vec::with_capacity(100);
    File::open(path).and_then(|file| file.take(100).read_to_end(&mut head)).map_err(|error| from_io(&error, path))?;
    if head.len() < 100 || head[..16] != *MAGIC {
        return Err(StoreError::not_workbook(path));
    }
    if head[68..72] != schema::APPLICATION_ID.to_be_bytes() {
        return Err(StoreError::OtherProgram { path: path.to_owned() });
    }
    Ok(())
}

/// Whether the system lets this user write the file, also where its read-only mark would not stop this user.
pub(crate) fn takes_writes(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.permissions().readonly()) && File::options().write(true).open(path).is_ok()
}

/// How a file is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// As its one writer.
    Write,
    /// A private file of this program.
    Private,
}

/// Trusts nothing in the file: no triggers, no views, no functions called from its schema, no huge cells.
fn distrust(connection: &Connection) -> Result<(), rusqlite::Error> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    // no cell of a workbook is larger; a damaged length must not ask for a gigabyte
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, 512 * 1024 * 1024)?;
    Ok(())
}

/// Opens a connection that trusts nothing in the file: no triggers, no views, no functions called from its schema.
pub(crate) fn connect(path: &Path, way: Way) -> Result<Connection, rusqlite::Error> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(Duration::from_millis(500))?;
    distrust(&connection)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true)?;
    connection.set_prepared_statement_cache_capacity(128);
    if way == Way::Write {
        // Exclusive from the first read: SQLite then keeps the log's index in memory and writes no third file, which is
        // what makes the log safe on a network share. Until the file is admitted, closing must not touch it either.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        connection.execute_batch("PRAGMA locking_mode = EXCLUSIVE;")?;
    }
    // `temp_store` stays at its default: in memory, the undo of a large edit takes quadratic time, because SQLite walks the
    // whole journal of the open savepoint after each row
    // after the locking mode, since setting the cache's size reads the file
    // what is deleted is written over, so that no editor of files shows it
    connection.execute_batch("PRAGMA cell_size_check = ON; PRAGMA cache_size = -16000; PRAGMA secure_delete = ON;")?;
    Ok(connection)
}

/// A connection to nothing, while a workbook changes from one file to another.
pub(crate) fn nowhere() -> Result<Connection, rusqlite::Error> {
    Connection::open_in_memory()
}

/// Opens a second connection that only reads, beside that of the file's one writer in this program: it asks for no lock and looks
/// into no log. Only for while nothing is written and the log holds nothing.
pub(crate) fn connect_beside(path: &Path) -> Result<Connection, rusqlite::Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(immutable_uri(path), flags)?;
    distrust(&connection)?;
    connection.execute_batch("PRAGMA cell_size_check = ON;")?;
    Ok(connection)
}

/// A path as SQLite's address of a file that does not change.
fn immutable_uri(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    let mut uri = String::from(if text.starts_with('/') { "file:" } else { "file:///" });
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' | b':' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri.push_str("?immutable=1");
    uri
}

/// Makes an admitted connection the file's one writer; whoever else has it open is an error here, as is a file that takes
/// no writes.
pub(crate) fn begin_writing(connection: &Connection) -> Result<(), rusqlite::Error> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    is_for_writing(connection)?;
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN IMMEDIATE; COMMIT;")
}

/// Refuses a connection that SQLite could open for reading only.
pub(crate) fn is_for_writing(connection: &Connection) -> Result<(), rusqlite::Error> {
    if connection.is_readonly(MAIN_DB)? {
        return Err(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_READONLY), None));
    }
    Ok(())
}

/// Refuses, by what SQLite reads of it, a file that is not a workbook of this program or an older one.
pub(crate) fn admit(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let on_file = |error: rusqlite::Error| Fault::from(error).on(path);
    let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(on_file)?;
    if application != schema::APPLICATION_ID {
        return Err(StoreError::OtherProgram { path: path.to_owned() });
    }
    let version = schema::version_of(connection).map_err(on_file)?;
    let asked = schema::compat_of(connection).map_err(|error| damaged(error, path))?;
    match asked {
        Some(compat) if compat > schema::compat() => Err(StoreError::Newer { path: path.to_owned() }),
        Some(_) if version > 0 => look_over(connection, path),
        _ => Err(StoreError::corrupt(path, "缺少版本标记")),
    }
}

/// Files up to this size are checked in full at each opening, indexes and all, which takes some milliseconds per megabyte.
const CHECKED: u64 = 8 * 1024 * 1024;
/// Files up to this size are looked over at each opening, about a millisecond per megabyte; a larger one, full of evidence, is
/// checked before each of its copies.
const LOOKED_OVER: u64 = 32 * 1024 * 1024;

/// Refuses a file whose structure is damaged, before anything is written to it.
fn look_over(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let size = fs::metadata(path).map_or(0, |metadata| metadata.len());
    if size <= CHECKED {
        check_in_full(connection, path)
    } else if size <= LOOKED_OVER {
        whole(connection, path, "PRAGMA quick_check(1)")
    } else {
        Ok(())
    }
}

/// Refuses a file whose structure is damaged, whatever its size.
pub(crate) fn check_in_full(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    whole(connection, path, "PRAGMA integrity_check(1)")
}

fn whole(connection: &Connection, path: &Path, check: &str) -> Result<(), StoreError> {
    let said: String = connection.query_row(check, [], |row| row.get(0)).map_err(|error| damaged(error, path))?;
    match said.as_str() {
        "ok" => Ok(()),
        other => Err(failed_read(other, path).unwrap_or_else(|| StoreError::corrupt(path, "结构检查没有通过"))),
    }
}

/// SQLite's check tells a read that failed among its findings: the medium failed, which says nothing of the file.
pub(crate) fn failed_read(finding: &str, path: &Path) -> Option<StoreError> {
    let (_, after) = finding.split_once("error code=")?;
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    let code: i32 = digits.parse().ok()?;
    let is_io = code & 0xff == rusqlite::ffi::SQLITE_IOERR;
    is_io.then(|| StoreError::Medium { path: path.to_owned(), detail: format!("代码{code}") })
}

/// The error where something that every workbook has cannot be read.
pub(crate) fn damaged(error: rusqlite::Error, path: &Path) -> StoreError {
    match Fault::from(error).on(path) {
        StoreError::Other { path, detail } => StoreError::corrupt(&path, detail),
        other => other,
    }
}
