-- Where sources were published, and whether their originals may be passed on.
PRAGMA user_version = 13;

CREATE TABLE source_page (
    -- Where a source can be read, and whether everybody may have its original. A log: the last row on a source holds.
    id INTEGER NOT NULL PRIMARY KEY, -- position in the log, from 1
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64), -- SHA-256 of the source
    link TEXT CHECK (link GLOB 'http*'), -- the page that it was published on; NULL: none is known
    open INTEGER NOT NULL CHECK (open IN (0, 1)), -- 1: everybody may have the original as it came
    who TEXT NOT NULL CHECK (who <> ''), -- whoever said so, under the name they gave
    at TEXT NOT NULL, -- when (UTC)
    why TEXT NOT NULL -- the reason, in their words
) STRICT;
CREATE INDEX source_page_by_source ON source_page (sha256, id);

CREATE TRIGGER source_page_is_not_changed BEFORE UPDATE ON source_page
BEGIN
    SELECT RAISE(ABORT, 'pages of sources are appended, never changed');
END;
CREATE TRIGGER source_page_is_not_deleted BEFORE DELETE ON source_page
BEGIN
    SELECT RAISE(ABORT, 'pages of sources are appended, never deleted');
END;
-- INSERT OR REPLACE deletes without telling the trigger above.
CREATE TRIGGER source_page_is_not_replaced BEFORE INSERT ON source_page
WHEN EXISTS (SELECT 1 FROM source_page WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'pages of sources are appended, never replaced');
END;
