-- Who may work on a register. A file of its own: a register is given away, accounts never are.
-- Days and times are seconds since 1970-01-01 UTC.
PRAGMA application_id = 0x53545241; -- STRA
PRAGMA user_version = 1;

CREATE TABLE account (
    -- A person who may sign in.
    id INTEGER NOT NULL PRIMARY KEY, -- number of the account
    name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (name <> ''), -- their decisions are kept under it; never given to another
    role TEXT NOT NULL CHECK (role IN ('reader', 'contributor', 'reviewer', 'owner')), -- what they may do
    passphrase TEXT NOT NULL, -- Argon2id, in PHC form
    totp BLOB NOT NULL CHECK (length(totp) = 20), -- shared secret of RFC 6238
    totp_step INTEGER NOT NULL, -- last time step that a code was taken for: none is taken twice
    made_at INTEGER NOT NULL, -- when they joined
    ended_at INTEGER -- when an owner ended it; NULL: it may be used
) STRICT;

CREATE TABLE invitation (
    -- A link that makes one account.
    token BLOB NOT NULL PRIMARY KEY CHECK (length(token) = 32), -- SHA-256 of what the link holds
    role TEXT NOT NULL CHECK (role IN ('reader', 'contributor', 'reviewer', 'owner')), -- of the account to be made
    totp BLOB NOT NULL CHECK (length(totp) = 20), -- the secret that the page offers
    made_by TEXT NOT NULL, -- name of the owner; empty: the program, at its start
    made_at INTEGER NOT NULL, -- when
    expires_at INTEGER NOT NULL, -- after this it is worth nothing
    used_at INTEGER -- NULL: not yet
) STRICT;

CREATE TABLE session (
    -- Somebody who is signed in.
    token BLOB NOT NULL PRIMARY KEY CHECK (length(token) = 32), -- SHA-256 of what the cookie holds
    account INTEGER NOT NULL REFERENCES account (id), -- who
    made_at INTEGER NOT NULL, -- when they signed in
    seen_at INTEGER NOT NULL -- when they last asked for a page, to the minute
) STRICT;
CREATE INDEX session_by_account ON session (account);

CREATE TABLE attempt (
    -- A sign-in that was tried; those that went well are taken out.
    name BLOB NOT NULL CHECK (length(name) = 32), -- SHA-256 of the name as typed, in lower case: it may have been a passphrase
    at INTEGER NOT NULL -- when
) STRICT;
CREATE INDEX attempt_by_name ON attempt (name, at);

CREATE TABLE audit (
    -- What was done to accounts. A log: rows are appended, never changed or taken out; no secret stands in it.
    id INTEGER NOT NULL PRIMARY KEY, -- position in the log, from 1
    at INTEGER NOT NULL, -- when
    who TEXT NOT NULL, -- name of the account that did it; empty: nobody signed in
    act TEXT NOT NULL CHECK (act IN ('invited', 'joined', 'signed-in', 'refused', 'throttled', 'signed-out', 'ended')), -- what was done
    about TEXT NOT NULL -- the account or role that it was done to; empty: no known one
) STRICT;
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
