-- What was asked of whom and when, so that silence can be told from time that is left.
PRAGMA user_version = 8;

CREATE TABLE outcome_8 (
    -- How a body answered a request for information: one row for each thing that the reply decides.
    id TEXT NOT NULL CHECK (length(id) = 16), -- over sha256, place, kind and grounds
    reading TEXT NOT NULL REFERENCES reading (id), -- which reading found it
    record TEXT NOT NULL REFERENCES record (id), -- the record it stands in
    kind TEXT NOT NULL CHECK (kind IN ('held', 'partly-held', 'not-held', 'refused', 'neither-confirm-nor-deny', 'late', 'clarification', 'review-upheld', 'review-overturned')), -- what these words decide
    reply TEXT NOT NULL CHECK (reply IN ('held', 'partly-held', 'not-held', 'refused', 'neither-confirm-nor-deny', 'late', 'clarification', 'review-upheld', 'review-overturned')), -- what the reply decides as a whole
    grounds TEXT NOT NULL CHECK (json_valid(grounds)), -- JSON array of {law, number}: provisions relied on
    template TEXT, -- id of the stock wording, where it is one that many bodies use
    said_on TEXT, -- the day the document speaks of
    document_date TEXT, -- the document's own date
    asked_on TEXT, -- the day of the request, where the reply states it
    why TEXT NOT NULL, -- one sentence for people
    locator TEXT NOT NULL CHECK (json_valid(locator)), -- JSON: member, place, bytes and decoding of the passage
    byte INTEGER NOT NULL, -- where the passage starts in the stream that the reader saw
    excerpt TEXT NOT NULL, -- verbatim words of the passage
    start INTEGER NOT NULL CHECK (start >= 0), -- byte offset of the excerpt in the passage
    mark_from INTEGER NOT NULL CHECK (mark_from >= 0), -- where the words that decide start in the excerpt (bytes)
    mark_to INTEGER NOT NULL CHECK (mark_to >= mark_from), -- where they end
    PRIMARY KEY (id, reading)
) STRICT;
INSERT INTO outcome_8 (
    id, reading, record, kind, reply, grounds, template, said_on, document_date, why, locator, byte, excerpt, start, mark_from, mark_to
)
SELECT
    id, reading, record, kind, reply, grounds, template, said_on, document_date, why, locator, byte, excerpt, start, mark_from, mark_to
FROM outcome;
DROP TABLE outcome;
ALTER TABLE outcome_8 RENAME TO outcome;
CREATE INDEX outcome_by_record ON outcome (record);
CREATE INDEX outcome_by_reading ON outcome (reading, byte);

CREATE TABLE request (
    -- A request for information, as a list that somebody keeps has it. A later import of the same request takes the place of
    -- an earlier one, which stays. Who asked is not kept.
    id TEXT NOT NULL CHECK (length(id) = 16), -- over its address, else its reference and body, else body, day and subject
    file TEXT NOT NULL CHECK (length(file) = 64), -- SHA-256 of the list
    path TEXT NOT NULL, -- of the list, as given by the user
    place TEXT NOT NULL, -- line, or member of the list
    imported_at TEXT NOT NULL, -- when (UTC)
    body TEXT NOT NULL CHECK (body <> ''), -- as written; which body that is is judged later
    asked_on TEXT NOT NULL, -- the day it was made
    subject TEXT, -- what it is about
    reference TEXT, -- its number
    url TEXT, -- where it can be read
    outcome TEXT CHECK (outcome IN ('held', 'partly-held', 'not-held', 'refused', 'neither-confirm-nor-deny', 'late', 'clarification', 'review-upheld', 'review-overturned')), -- what the list says of the answer; NULL: there is none yet
    answered_on TEXT, -- the day of the answer
    withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1)), -- the asker took it back
    PRIMARY KEY (id, file)
) STRICT;
