//! The schema's versions. A shipped migration is never changed: a new one is added at the end, and it only adds tables and
//! adds columns at the end of tables, because older changesets name columns by number and still have to be undone.

use rusqlite::Connection;

/// Marks the file as a workbook: `PLBK`.
pub(crate) const APPLICATION_ID: i32 = 0x504C_424B;

struct Migration {
    sql: &'static str,
    /// The oldest program that may open a file of this version, as that program's own [`compat`].
    compat: i64,
}

const MIGRATIONS: &[Migration] = &[
    Migration { sql: include_str!("migrations/001_ledger.sql"), compat: 1 },
    // an older program leaves these tables alone, and nothing that it knows reads otherwise
    Migration { sql: include_str!("migrations/002_exchange.sql"), compat: 1 },
    Migration { sql: include_str!("migrations/003_exchanged.sql"), compat: 1 },
    // an older program would judge rows that no longer count, and print them
    Migration { sql: include_str!("migrations/004_retired.sql"), compat: 2 },
    // an older program leaves these columns alone
    Migration { sql: include_str!("migrations/005_by_hand.sql"), compat: 2 },
    // an older program imports a file as it always did
    Migration { sql: include_str!("migrations/006_import_row.sql"), compat: 2 },
    Migration { sql: include_str!("migrations/007_people.sql"), compat: 2 },
];

/// The schema version that this program writes.
pub(crate) fn version() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// What this program understands: it refuses a file that asks for more.
pub(crate) fn compat() -> i64 {
    MIGRATIONS.last().map_or(0, |last| last.compat)
}

/// The schema version of a file.
pub(crate) fn version_of(connection: &Connection) -> Result<i64, rusqlite::Error> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// The `compat` that a file asks for; none where it has no such mark.
pub(crate) fn compat_of(connection: &Connection) -> Result<Option<i64>, rusqlite::Error> {
    let mut statement = connection.prepare("SELECT value FROM meta WHERE key = 'compat'")?;
    let mut rows = statement.query([])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let text: String = row.get(0)?;
    Ok(text.parse().ok())
}

/// Brings a file from its version to today's, inside the caller's transaction.
pub(crate) fn migrate(connection: &Connection) -> Result<(), rusqlite::Error> {
    let from = usize::try_from(version_of(connection)?).unwrap_or(0);
    for migration in MIGRATIONS.iter().skip(from) {
        connection.execute_batch(migration.sql)?;
    }
    if from < MIGRATIONS.len() {
        connection.pragma_update(None, "user_version", version())?;
        connection.execute(
            "INSERT INTO meta (key, value) VALUES ('compat', ?1)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            [compat().to_string()],
        )?;
    }
    Ok(())
}
