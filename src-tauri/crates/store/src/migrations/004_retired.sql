-- Version 4: rows that a new version of their plan no longer has.

-- Such a row stays in the file with its ticks and figures, out of the ledger's sight. The id alone says which row it is, since
-- the ids of all tables are told apart.
CREATE TABLE retired (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  retired_on TEXT NOT NULL
) STRICT, WITHOUT ROWID;
