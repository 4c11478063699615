-- Version 7: the people who answer for tasks and departments.

-- The department is the one that a person belongs to, none for the county's leaders.
CREATE TABLE person (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  office TEXT NOT NULL,
  telephone TEXT NOT NULL,
  department TEXT REFERENCES department (id),
  position INTEGER NOT NULL
) STRICT;
CREATE INDEX person_department ON person (department);

-- What a person holds for a task, for a department, or for both: of a department in one task. A term that has ended stays, so that an
-- earlier quarter knows whom it had.
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
CREATE INDEX holding_person ON holding (person);
CREATE INDEX holding_task ON holding (task);
CREATE INDEX holding_department ON holding (department);
