-- Whose document a record is, and what reviewers decided.
PRAGMA user_version = 3;

CREATE TABLE letterhead (
    -- What a document says of itself: the body behind it, as written, and its day. Which body that is is judged later.
    record TEXT NOT NULL REFERENCES record (id), -- running text, whole
    reading TEXT NOT NULL REFERENCES reading (id), -- which reading found it
    author TEXT, -- the body, as written; NULL: none is named
    how TEXT CHECK (how IN ('letterhead', 'signature', 'text')), -- it heads the document, signs it, or is named most often
    place TEXT, -- where it stands, for people
    written_on TEXT, -- the document's own date
    PRIMARY KEY (record, reading),
    CHECK ((author IS NULL) = (how IS NULL) AND (author IS NULL) = (place IS NULL)),
    CHECK (author IS NOT NULL OR written_on IS NOT NULL)
) STRICT;
CREATE INDEX letterhead_by_reading ON letterhead (reading);

CREATE TABLE decision (
    -- What a reviewer decided on a sighting or an alert. A log: rows are appended, never changed or taken out.
    id INTEGER NOT NULL PRIMARY KEY, -- position in the log, from 1
    thing TEXT NOT NULL, -- id of the sighting or alert
    verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'reject', 'unsure', 'undo')), -- undo: takes back the reviewer's last one on the thing
    who TEXT NOT NULL CHECK (who <> ''), -- the reviewer, under the name they gave
    at TEXT NOT NULL, -- when (UTC)
    why TEXT NOT NULL, -- the reason, in their words
    body TEXT, -- catalogue id of the body it should be, where corrected
    maker TEXT -- catalogue id of the maker it should be, where corrected
) STRICT;
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
