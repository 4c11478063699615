-- Version 5: rows that are made by hand, and registers whose tasks say where they come from.

-- What register a plan is; a document that was read is a plan.
ALTER TABLE plan ADD COLUMN register TEXT NOT NULL DEFAULT 'plan';

-- Of a task in a register: who or what it comes from, when, about what matter. The first and the last are there together.
ALTER TABLE task ADD COLUMN origin TEXT;
ALTER TABLE task ADD COLUMN received_on TEXT;
ALTER TABLE task ADD COLUMN matter TEXT;
-- The office's own remark.
ALTER TABLE task ADD COLUMN remark TEXT NOT NULL DEFAULT '';

-- A number is looked for before it is given a second time.
CREATE INDEX task_number ON task (plan, number);
