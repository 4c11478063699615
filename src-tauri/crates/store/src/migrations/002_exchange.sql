-- Version 2: what the exchange with departments needs beside the files: their keys, and what they ask for.

-- A department's keys, newest last; the one that is not revoked signs its returns. The secret half stands only where the
-- workbook has to sign or to send it out again.
CREATE TABLE department_key (
  department TEXT NOT NULL REFERENCES department (id),
  made_at TEXT NOT NULL,
  public_key TEXT NOT NULL,
  secret_key TEXT,
  revoked_at TEXT,
  PRIMARY KEY (department, made_at)
) STRICT, WITHOUT ROWID;

-- A department asks to postpone a date or to change a target; the office decides, and the original stays beside.
CREATE TABLE request (
  id TEXT NOT NULL PRIMARY KEY,
  department TEXT NOT NULL REFERENCES department (id),
  quarter TEXT NOT NULL,
  about_table TEXT NOT NULL,
  about_row TEXT NOT NULL,
  field TEXT NOT NULL,
  original TEXT NOT NULL,
  asked TEXT NOT NULL,
  reason TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  asked_at TEXT NOT NULL,
  approved INTEGER CHECK (approved IN (0, 1)),
  decided_by TEXT,
  decided_at TEXT,
  answer TEXT NOT NULL,
  CHECK ((approved IS NULL) = (decided_at IS NULL) AND (approved IS NULL) = (decided_by IS NULL))
) STRICT;
CREATE INDEX request_quarter ON request (quarter);
CREATE INDEX request_department ON request (department);
