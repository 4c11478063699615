-- Version 3: what a merge needs to see who changed what, and who this workbook is when it sends and receives files.

-- The values that the last file exchanged with a department had, field by field, as the exchange writes them.
CREATE TABLE exchanged (
  department TEXT NOT NULL,
  quarter TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  PRIMARY KEY (department, quarter)
) STRICT, WITHOUT ROWID;

-- The office's secret, or the department that this workbook is of, with its secret and the office's public key. An undo must
-- not take a key away that files were signed with, so it stands outside undo; it never goes to the page.
CREATE TABLE identity (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
