-- Which internet domain a message was sent from. A table's columns cannot be added with their comments and checks, so it is made
-- anew.
PRAGMA user_version = 5;

CREATE TABLE letterhead_5 (
    -- What a document says of itself: the body behind it, as written, and its day. Which body that is is judged later.
    record TEXT NOT NULL REFERENCES record (id), -- running text, whole
    reading TEXT NOT NULL REFERENCES reading (id), -- which reading found it
    author TEXT, -- the body, as written; NULL: none is named
    how TEXT CHECK (how IN ('letterhead', 'signature', 'text')), -- it heads the document, signs it, or is named most often
    place TEXT, -- where it stands, for people
    written_on TEXT, -- the document's own date
    sender TEXT, -- internet domain of a public body that the message was sent from; never the address
    PRIMARY KEY (record, reading),
    CHECK ((author IS NULL) = (how IS NULL) AND (author IS NULL) = (place IS NULL)),
    CHECK (author IS NOT NULL OR written_on IS NOT NULL OR sender IS NOT NULL)
) STRICT;
INSERT INTO letterhead_5 (record, reading, author, how, place, written_on)
SELECT record, reading, author, how, place, written_on FROM letterhead;
DROP TABLE letterhead;
ALTER TABLE letterhead_5 RENAME TO letterhead;
CREATE INDEX letterhead_by_reading ON letterhead (reading);
