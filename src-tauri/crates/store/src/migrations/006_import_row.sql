-- Version 6: rows of an office's own ledger as they were imported last, so that the next version of the file is compared and not appended.

-- The cells are kept as JSON; the hash says at once whether a row is the same. No key binds a row to its task: a task may be
-- taken out of the ledger, and its row in the office's file goes on.
CREATE TABLE import_row (
  plan TEXT NOT NULL,
  sheet TEXT NOT NULL,
  row INTEGER NOT NULL,
  file TEXT NOT NULL,
  hash TEXT NOT NULL,
  task TEXT,
  cells TEXT NOT NULL,
  PRIMARY KEY (plan, sheet, row)
) STRICT, WITHOUT ROWID;
