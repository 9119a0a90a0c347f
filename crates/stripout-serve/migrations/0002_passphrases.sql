-- The log knows of passphrases that were changed. A check cannot be altered: the table is made anew.
PRAGMA user_version = 2;

DROP TRIGGER audit_is_not_changed;
DROP TRIGGER audit_is_not_deleted;
DROP TRIGGER audit_is_not_replaced;
ALTER TABLE audit RENAME TO audit_before;

CREATE TABLE audit (
    -- What was done to accounts. A log: rows are appended, never changed or taken out; no secret stands in it.
    id INTEGER NOT NULL PRIMARY KEY, -- position in the log, from 1
    at INTEGER NOT NULL, -- when
    who TEXT NOT NULL, -- name of the account that did it; empty: nobody signed in
    act TEXT NOT NULL CHECK (act IN ('invited', 'joined', 'signed-in', 'refused', 'throttled', 'signed-out', 'changed-passphrase', 'ended')), -- what was done
    about TEXT NOT NULL -- the account or role that it was done to; empty: no known one
) STRICT;
INSERT INTO audit (id, at, who, act, about) SELECT id, at, who, act, about FROM audit_before ORDER BY id;
DROP TABLE audit_before;

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is appended, never changed');
END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is appended, never deleted');
END;
CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'the audit log is appended, never replaced');
END;
