CREATE TABLE actual (
  id TEXT NOT NULL PRIMARY KEY,
  indicator TEXT NOT NULL REFERENCES indicator (id),
  quarter TEXT NOT NULL,
  department TEXT REFERENCES department (id),
  value REAL NOT NULL,
  note TEXT NOT NULL
) STRICT;

CREATE TABLE assignment (
  task TEXT NOT NULL REFERENCES task (id),
  department TEXT NOT NULL REFERENCES department (id),
  role TEXT NOT NULL,
  by_default INTEGER NOT NULL CHECK (by_default IN (0, 1)),
  position INTEGER NOT NULL,
  PRIMARY KEY (task, department)
) STRICT, WITHOUT ROWID;

CREATE TABLE checklist_item (
  id TEXT NOT NULL PRIMARY KEY,
  task TEXT NOT NULL REFERENCES task (id),
  text TEXT NOT NULL,
  due TEXT,
  done_on TEXT,
  span_start INTEGER,
  span_end INTEGER,
  position INTEGER NOT NULL,
  CHECK ((span_start IS NULL) = (span_end IS NULL))
) STRICT;

CREATE TABLE checklist_item_department (
  item TEXT NOT NULL REFERENCES checklist_item (id),
  department TEXT NOT NULL REFERENCES department (id),
  position INTEGER NOT NULL,
  PRIMARY KEY (item, department)
) STRICT, WITHOUT ROWID;

CREATE TABLE department (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  short_name TEXT NOT NULL,
  kind TEXT NOT NULL,
  position INTEGER NOT NULL
) STRICT;

CREATE TABLE department_alias (
  department TEXT NOT NULL REFERENCES department (id),
  alias TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (department, alias)
) STRICT, WITHOUT ROWID;

CREATE TABLE department_key (
  department TEXT NOT NULL REFERENCES department (id),
  made_at TEXT NOT NULL,
  public_key TEXT NOT NULL,
  secret_key TEXT,
  revoked_at TEXT,
  PRIMARY KEY (department, made_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
  id TEXT NOT NULL PRIMARY KEY,
  title TEXT NOT NULL,
  source_name TEXT NOT NULL,
  source_text TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE edit (
  seq INTEGER NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  device TEXT NOT NULL,
  label TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('edit', 'undo', 'redo', 'restore')),
  of INTEGER REFERENCES edit (seq),
  state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped')),
  changeset BLOB,
  CHECK ((kind = 'edit') = (changeset IS NOT NULL)),
  CHECK ((kind IN ('undo', 'redo')) = (of IS NOT NULL))
) STRICT;

CREATE TABLE edit_row (
  row_id TEXT NOT NULL,
  edit INTEGER NOT NULL REFERENCES edit (seq),
  PRIMARY KEY (row_id, edit)
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence (
  id TEXT NOT NULL PRIMARY KEY,
  task TEXT NOT NULL REFERENCES task (id),
  item TEXT REFERENCES checklist_item (id),
  department TEXT REFERENCES department (id),
  quarter TEXT NOT NULL,
  file_name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL
) STRICT;

CREATE TABLE evidence_bytes (
  sha256 TEXT NOT NULL PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE exchange (
  department TEXT NOT NULL REFERENCES department (id),
  quarter TEXT NOT NULL,
  state TEXT NOT NULL,
  sent_at TEXT,
  sent_hash TEXT,
  reminded_at TEXT,
  returned_at TEXT,
  returned_hash TEXT,
  returned_serial INTEGER,
  merged_at TEXT,
  note TEXT NOT NULL,
  PRIMARY KEY (department, quarter)
) STRICT, WITHOUT ROWID;

CREATE TABLE exchanged (
  department TEXT NOT NULL,
  quarter TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  PRIMARY KEY (department, quarter)
) STRICT, WITHOUT ROWID;

CREATE TABLE holding (
  id TEXT NOT NULL PRIMARY KEY,
  person TEXT NOT NULL REFERENCES person (id),
  role TEXT NOT NULL,
  task TEXT REFERENCES task (id),
  department TEXT REFERENCES department (id),
  held_from TEXT,
  held_to TEXT,
  CHECK (task IS NOT NULL OR department IS NOT NULL)
) STRICT;

CREATE TABLE identity (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

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

CREATE TABLE indicator (
  id TEXT NOT NULL PRIMARY KEY,
  plan TEXT NOT NULL REFERENCES plan (id),
  task TEXT REFERENCES task (id),
  name TEXT NOT NULL,
  unit TEXT NOT NULL,
  kind TEXT NOT NULL,
  binding INTEGER NOT NULL CHECK (binding IN (0, 1)),
  baseline_year INTEGER,
  baseline_value REAL,
  weight REAL NOT NULL,
  position INTEGER NOT NULL,
  CHECK ((baseline_year IS NULL) = (baseline_value IS NULL))
) STRICT;

CREATE TABLE meta (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE milestone (
  id TEXT NOT NULL PRIMARY KEY,
  plan TEXT NOT NULL REFERENCES plan (id),
  task TEXT REFERENCES task (id),
  what TEXT NOT NULL,
  due TEXT NOT NULL,
  done_on TEXT,
  span_start INTEGER,
  span_end INTEGER,
  position INTEGER NOT NULL,
  CHECK ((span_start IS NULL) = (span_end IS NULL))
) STRICT;

CREATE TABLE milestone_department (
  milestone TEXT NOT NULL REFERENCES milestone (id),
  department TEXT NOT NULL REFERENCES department (id),
  position INTEGER NOT NULL,
  PRIMARY KEY (milestone, department)
) STRICT, WITHOUT ROWID;

CREATE TABLE packet_seen (
  hash TEXT NOT NULL PRIMARY KEY,
  department TEXT,
  quarter TEXT NOT NULL,
  direction TEXT NOT NULL,
  file_name TEXT NOT NULL,
  made_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  outcome TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE passage (
  quarter TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (quarter, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  office TEXT NOT NULL,
  telephone TEXT NOT NULL,
  department TEXT REFERENCES department (id),
  position INTEGER NOT NULL
) STRICT;

CREATE TABLE plan (
  id TEXT NOT NULL PRIMARY KEY,
  title TEXT NOT NULL,
  doc_number TEXT,
  issuer TEXT,
  issued_on TEXT,
  period_from INTEGER,
  period_to INTEGER,
  stage TEXT NOT NULL,
  source_text TEXT NOT NULL,
  position INTEGER NOT NULL
, register TEXT NOT NULL DEFAULT 'plan') STRICT;

CREATE TABLE preference (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

CREATE TABLE progress (
  id TEXT NOT NULL PRIMARY KEY,
  task TEXT NOT NULL REFERENCES task (id),
  department TEXT NOT NULL REFERENCES department (id),
  quarter TEXT NOT NULL,
  status TEXT NOT NULL,
  done TEXT NOT NULL,
  problems TEXT NOT NULL,
  next TEXT NOT NULL,
  written_by TEXT NOT NULL,
  written_at TEXT NOT NULL
) STRICT;

CREATE TABLE quarter_close (
  number INTEGER NOT NULL PRIMARY KEY,
  quarter TEXT NOT NULL,
  snapshot TEXT NOT NULL,
  hash TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  closed_at TEXT NOT NULL,
  closed_by TEXT NOT NULL,
  reopened_at TEXT,
  reopened_by TEXT,
  reopened_reason TEXT,
  CHECK ((reopened_at IS NULL) = (reopened_by IS NULL) AND (reopened_at IS NULL) = (reopened_reason IS NULL))
) STRICT;

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

CREATE TABLE retired (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  retired_on TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE section (
  id TEXT NOT NULL PRIMARY KEY,
  plan TEXT NOT NULL REFERENCES plan (id),
  parent TEXT REFERENCES section (id),
  number TEXT NOT NULL,
  title TEXT NOT NULL,
  position INTEGER NOT NULL
) STRICT;

CREATE TABLE setting (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

CREATE TABLE slip (
  id TEXT NOT NULL PRIMARY KEY,
  quarter TEXT NOT NULL,
  task TEXT REFERENCES task (id),
  department TEXT REFERENCES department (id),
  level TEXT NOT NULL,
  year INTEGER,
  number INTEGER,
  reason TEXT NOT NULL,
  matter TEXT NOT NULL,
  asks TEXT NOT NULL,
  deadline TEXT,
  contact TEXT NOT NULL,
  signer TEXT NOT NULL,
  issued_on TEXT,
  withdrawn_on TEXT,
  received_on TEXT,
  received_by TEXT NOT NULL,
  receipt_done TEXT NOT NULL,
  receipt_cause TEXT NOT NULL,
  receipt_measures TEXT NOT NULL,
  receipt_expected_on TEXT,
  CHECK ((year IS NULL) = (number IS NULL))
) STRICT;

CREATE TABLE target (
  id TEXT NOT NULL PRIMARY KEY,
  indicator TEXT NOT NULL REFERENCES indicator (id),
  op TEXT NOT NULL,
  value REAL NOT NULL,
  due TEXT,
  cadence TEXT NOT NULL,
  proposed INTEGER NOT NULL CHECK (proposed IN (0, 1)),
  span_start INTEGER,
  span_end INTEGER,
  position INTEGER NOT NULL,
  CHECK ((span_start IS NULL) = (span_end IS NULL))
) STRICT;

CREATE TABLE task (
  id TEXT NOT NULL PRIMARY KEY,
  plan TEXT NOT NULL REFERENCES plan (id),
  section TEXT REFERENCES section (id),
  number TEXT NOT NULL,
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  span_start INTEGER,
  span_end INTEGER,
  weight REAL NOT NULL,
  start TEXT,
  due TEXT,
  closed_on TEXT,
  override_judgement TEXT,
  override_reason TEXT,
  position INTEGER NOT NULL, origin TEXT, received_on TEXT, matter TEXT, remark TEXT NOT NULL DEFAULT '',
  CHECK ((span_start IS NULL) = (span_end IS NULL)),
  CHECK ((override_judgement IS NULL) = (override_reason IS NULL))
) STRICT;

CREATE INDEX actual_department ON actual (department);

CREATE UNIQUE INDEX actual_once ON actual (indicator, quarter, ifnull(department, ''));

CREATE INDEX actual_quarter ON actual (quarter);

CREATE INDEX assignment_department ON assignment (department);

CREATE INDEX checklist_item_department_department ON checklist_item_department (department);

CREATE INDEX checklist_item_task ON checklist_item (task, position);

CREATE INDEX edit_of ON edit (of);

CREATE INDEX edit_open ON edit (seq) WHERE kind = 'edit' AND state <> 'dropped';

CREATE INDEX edit_row_edit ON edit_row (edit);

CREATE INDEX evidence_department ON evidence (department);

CREATE INDEX evidence_item ON evidence (item);

CREATE INDEX evidence_quarter ON evidence (quarter);

CREATE INDEX evidence_task ON evidence (task);

CREATE INDEX exchange_quarter ON exchange (quarter);

CREATE INDEX holding_department ON holding (department);

CREATE INDEX holding_person ON holding (person);

CREATE INDEX holding_task ON holding (task);

CREATE INDEX indicator_plan ON indicator (plan, position);

CREATE INDEX indicator_task ON indicator (task);

CREATE INDEX milestone_department_department ON milestone_department (department);

CREATE INDEX milestone_plan ON milestone (plan, position);

CREATE INDEX milestone_task ON milestone (task);

CREATE INDEX packet_seen_quarter ON packet_seen (quarter);

CREATE INDEX person_department ON person (department);

CREATE INDEX progress_department ON progress (department);

CREATE UNIQUE INDEX progress_once ON progress (task, department, quarter);

CREATE INDEX progress_quarter ON progress (quarter);

CREATE INDEX quarter_close_quarter ON quarter_close (quarter);

CREATE INDEX request_department ON request (department);

CREATE INDEX request_quarter ON request (quarter);

CREATE INDEX section_parent ON section (parent);

CREATE INDEX section_plan ON section (plan, position);

CREATE INDEX slip_department ON slip (department);

CREATE UNIQUE INDEX slip_number ON slip (year, level, number) WHERE number IS NOT NULL;

CREATE INDEX slip_quarter ON slip (quarter);

CREATE INDEX slip_task ON slip (task);

CREATE INDEX target_indicator ON target (indicator, position);

CREATE INDEX task_number ON task (plan, number);

CREATE INDEX task_plan ON task (plan, position);

CREATE INDEX task_section ON task (section);

-- application_id 1347174987;

-- user_version 7
