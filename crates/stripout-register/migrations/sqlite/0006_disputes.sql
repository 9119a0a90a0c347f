-- A decision may be a dispute. The log is copied row by row, and is guarded again before anything else is written.
PRAGMA user_version = 6;

CREATE TABLE decision_6 (
    -- What a reviewer decided on a sighting or an alert. A log: rows are appended, never changed or taken out.
    id INTEGER NOT NULL PRIMARY KEY, -- position in the log, from 1
    thing TEXT NOT NULL, -- id of the sighting or alert
    verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'reject', 'unsure', 'dispute', 'undo')), -- dispute: contested by whom it concerns; undo: takes back the reviewer's last one on the thing
    who TEXT NOT NULL CHECK (who <> ''), -- the reviewer, under the name they gave
    at TEXT NOT NULL, -- when (UTC)
    why TEXT NOT NULL, -- the reason, in their words
    body TEXT, -- catalogue id of the body it should be, where corrected
    maker TEXT -- catalogue id of the maker it should be, where corrected
) STRICT;
INSERT INTO decision_6 (id, thing, verdict, who, at, why, body, maker)
SELECT id, thing, verdict, who, at, why, body, maker FROM decision ORDER BY id;
DROP TABLE decision;
ALTER TABLE decision_6 RENAME TO decision;
CREATE INDEX decision_by_thing ON decision (thing, id);

CREATE TRIGGER decision_is_not_changed BEFORE UPDATE ON decision
BEGIN
    SELECT RAISE(ABORT, 'decisions are appended, never changed');
END;
CREATE TRIGGER decision_is_not_deleted BEFORE DELETE ON decision
BEGIN
    SELECT RAISE(ABORT, 'decisions are appended, never deleted');
END;
-- INSERT OR REPLACE deletes without telling the trigger above.
CREATE TRIGGER decision_is_not_replaced BEFORE INSERT ON decision
WHEN EXISTS (SELECT 1 FROM decision WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'decisions are appended, never replaced');
END;
