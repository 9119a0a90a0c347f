-- What is held back from everybody until a day.
PRAGMA user_version = 9;

CREATE TABLE embargo (
    -- Until when a source or a finding is shown to nobody outside. A log: the last row on a thing holds.
    id INTEGER NOT NULL PRIMARY KEY, -- position in the log, from 1
    thing TEXT NOT NULL CHECK (thing <> ''), -- SHA-256 of a source, or id of a finding
    until TEXT CHECK (until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), -- first day on which it may be shown; NULL: it is held back no longer
    who TEXT NOT NULL CHECK (who <> ''), -- whoever said so, under the name they gave
    at TEXT NOT NULL, -- when (UTC)
    why TEXT NOT NULL -- the reason, in their words
) STRICT;
CREATE INDEX embargo_by_thing ON embargo (thing, id);

CREATE TRIGGER embargo_is_not_changed BEFORE UPDATE ON embargo
BEGIN
    SELECT RAISE(ABORT, 'embargoes are appended, never changed');
END;
CREATE TRIGGER embargo_is_not_deleted BEFORE DELETE ON embargo
BEGIN
    SELECT RAISE(ABORT, 'embargoes are appended, never deleted');
END;
-- INSERT OR REPLACE deletes without telling the trigger above.
CREATE TRIGGER embargo_is_not_replaced BEFORE INSERT ON embargo
WHEN EXISTS (SELECT 1 FROM embargo WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'embargoes are appended, never replaced');
END;
