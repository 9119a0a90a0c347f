-- What could not be read at all is kept as well, with its problems.
PRAGMA user_version = 11;

CREATE TABLE unread (
    -- An input of which nothing could be read when it was last screened. Gone as soon as it is read.
    path TEXT NOT NULL, -- as given by the user
    sha256 TEXT NOT NULL CHECK (length(sha256) IN (0, 64)), -- of its bytes; empty when they could not be read to the end
    tried_at TEXT NOT NULL, -- when it was last screened (UTC)
    problems INTEGER NOT NULL CHECK (problems >= 0), -- problems met; at least as many as table unread_problem lists
    PRIMARY KEY (path, sha256)
) STRICT;
CREATE INDEX unread_by_sha256 ON unread (sha256);

CREATE TABLE unread_problem (
    -- Why it could not be read, where and what to do.
    path TEXT NOT NULL, -- as in table unread
    sha256 TEXT NOT NULL, -- as in table unread
    position INTEGER NOT NULL CHECK (position >= 0), -- counts from 0 in the input
    code TEXT NOT NULL, -- stable code, see docs/errors.md
    severity TEXT NOT NULL CHECK (severity IN ('warning', 'unit', 'input')), -- how much is lost
    place TEXT NOT NULL, -- where; empty for the whole input
    what TEXT NOT NULL, -- what is wrong
    because TEXT NOT NULL, -- why
    hint TEXT NOT NULL, -- the next step
    PRIMARY KEY (path, sha256, position),
    FOREIGN KEY (path, sha256) REFERENCES unread (path, sha256) ON DELETE CASCADE
) STRICT;

CREATE VIEW current_problem AS
-- Problems of the readings that count, and of the inputs that could not be read; those stand in no source.
SELECT
    p.reading AS holder,
    p.position,
    p.code,
    p.severity,
    p.place,
    p.what,
    p.because,
    p.hint,
    s.id AS source,
    s.sha256,
    s.copy,
    g.partial,
    (
        SELECT CASE w.kind WHEN 'stdin' THEN '-' ELSE w.path END FROM provenance AS w WHERE w.source = s.id
        ORDER BY w.kind, w.seen_at DESC, w.path LIMIT 1
    ) AS path,
    g.read_at AS met_at
FROM problem AS p JOIN current_reading AS g ON g.id = p.reading JOIN source AS s ON s.id = g.source
UNION ALL
SELECT
    p.path || p.sha256, p.position, p.code, p.severity, p.place, p.what, p.because, p.hint,
    NULL, nullif(p.sha256, ''), NULL, 0, p.path, u.tried_at
FROM unread_problem AS p JOIN unread AS u ON u.path = p.path AND u.sha256 = p.sha256;
