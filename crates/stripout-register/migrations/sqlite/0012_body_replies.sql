-- What bodies reply to what is said of them.
PRAGMA user_version = 12;

CREATE TABLE body_reply (
    -- What a body replied to what is said of it, in its own words. A log: a reply is taken back by a later row, never changed.
    id INTEGER NOT NULL PRIMARY KEY, -- position in the log, from 1
    body TEXT NOT NULL CHECK (body <> ''), -- id of the body
    finding TEXT CHECK (finding <> ''), -- id of the finding that it speaks to; NULL: to all that is said of the body
    words TEXT CHECK (words <> ''), -- the body's own words, whole; NULL: this row takes an earlier reply back
    given TEXT CHECK (given GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), -- day of the reply
    source TEXT CHECK (source <> ''), -- where it can be read: a link, or the document that it came in
    withdraws INTEGER REFERENCES body_reply (id), -- position of the reply that this row takes back
    who TEXT NOT NULL CHECK (who <> ''), -- whoever entered it, under the name they gave
    at TEXT NOT NULL, -- when (UTC)
    why TEXT NOT NULL, -- the reason, of a row that takes a reply back
    CHECK ((words IS NULL) = (withdraws IS NOT NULL)),
    CHECK (words IS NULL OR (given IS NOT NULL AND source IS NOT NULL))
) STRICT;
CREATE INDEX body_reply_by_body ON body_reply (body, id);

CREATE TRIGGER body_reply_is_not_changed BEFORE UPDATE ON body_reply
BEGIN
    SELECT RAISE(ABORT, 'replies of bodies are appended, never changed');
END;
CREATE TRIGGER body_reply_is_not_deleted BEFORE DELETE ON body_reply
BEGIN
    SELECT RAISE(ABORT, 'replies of bodies are appended, never deleted');
END;
-- INSERT OR REPLACE deletes without telling the trigger above.
CREATE TRIGGER body_reply_is_not_replaced BEFORE INSERT ON body_reply
WHEN EXISTS (SELECT 1 FROM body_reply WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'replies of bodies are appended, never replaced');
END;
