-- Leads that people take to research, and requests of programs that are answered once.
PRAGMA user_version = 10;

CREATE TABLE task (
    -- Who took which lead to research, and what came of it. A log: rows are appended, never changed or taken out.
    id INTEGER NOT NULL PRIMARY KEY, -- position in the log, from 1
    lead TEXT NOT NULL CHECK (lead <> ''), -- id of the lead
    act TEXT NOT NULL CHECK (act IN ('taken', 'answered', 'unsolved')), -- what was done
    who TEXT NOT NULL CHECK (who <> ''), -- whoever did it, under the name they gave
    at TEXT NOT NULL, -- when (UTC)
    until TEXT CHECK ((until IS NULL) = (act <> 'taken')), -- when a task that was taken ends by itself (UTC)
    words TEXT NOT NULL -- the answer and its source, or what was tried
) STRICT;
CREATE INDEX task_by_lead ON task (lead, id);

CREATE TRIGGER task_is_not_changed BEFORE UPDATE ON task
BEGIN
    SELECT RAISE(ABORT, 'tasks are appended, never changed');
END;
CREATE TRIGGER task_is_not_deleted BEFORE DELETE ON task
BEGIN
    SELECT RAISE(ABORT, 'tasks are appended, never deleted');
END;
-- INSERT OR REPLACE deletes without telling the trigger above.
CREATE TRIGGER task_is_not_replaced BEFORE INSERT ON task
WHEN EXISTS (SELECT 1 FROM task WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'tasks are appended, never replaced');
END;

CREATE TABLE answered (
    -- A request of a program that was answered, so that the same one sent again does nothing twice. Kept for a day.
    key TEXT NOT NULL CHECK (key <> ''), -- what the program called it (`Idempotency-Key`)
    who TEXT NOT NULL CHECK (who <> ''), -- who sent it; another's key is another key
    request TEXT NOT NULL CHECK (length(request) = 64), -- SHA-256 of what was sent
    decision INTEGER NOT NULL REFERENCES decision (id), -- what it was answered with
    at TEXT NOT NULL, -- when (UTC)
    PRIMARY KEY (who, key)
) STRICT;
