-- What replies decide and promise. Each row rests on evidence as sightings do. Three days are kept apart: `said_on`, which
-- the document speaks of; `document_date`, its own; and when it reached us, which the source's provenance has.
PRAGMA user_version = 2;

CREATE TABLE outcome (
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
    why TEXT NOT NULL, -- one sentence for people
    locator TEXT NOT NULL CHECK (json_valid(locator)), -- JSON: member, place, bytes and decoding of the passage
    byte INTEGER NOT NULL, -- where the passage starts in the stream that the reader saw
    excerpt TEXT NOT NULL, -- verbatim words of the passage
    start INTEGER NOT NULL CHECK (start >= 0), -- byte offset of the excerpt in the passage
    mark_from INTEGER NOT NULL CHECK (mark_from >= 0), -- where the words that decide start in the excerpt (bytes)
    mark_to INTEGER NOT NULL CHECK (mark_to >= mark_from), -- where they end
    PRIMARY KEY (id, reading)
) STRICT;
CREATE INDEX outcome_by_record ON outcome (record);
CREATE INDEX outcome_by_reading ON outcome (reading, byte);

CREATE TABLE commitment (
    -- What a body promised about its cameras, by when, and in whose words.
    id TEXT NOT NULL CHECK (length(id) = 16), -- over sha256, place, body, act and last day
    reading TEXT NOT NULL REFERENCES reading (id), -- which reading found it
    record TEXT NOT NULL REFERENCES record (id), -- the record it stands in
    who TEXT NOT NULL, -- the body as written; empty when the text does not name it
    act TEXT NOT NULL CHECK (act IN ('stop-buying', 'remove', 'replace')), -- what was promised
    scope TEXT NOT NULL, -- sites, makers or place of manufacture, as written
    by_date TEXT, -- the last day that keeps the promise; NULL: the words fix none
    by_words TEXT, -- the words that set the term, verbatim
    by_start INTEGER CHECK (by_start >= 0), -- byte offset of by_words in the passage
    authority TEXT NOT NULL CHECK (authority IN ('minister', 'chief-officer', 'official', 'press-office', 'unknown')), -- who gives their word
    voice TEXT NOT NULL CHECK (voice IN ('own', 'quoted', 'reported')), -- the body's own document, a quotation, or a report
    said_on TEXT, -- the day the document speaks of
    document_date TEXT, -- the document's own date
    why TEXT NOT NULL, -- one sentence for people
    locator TEXT NOT NULL CHECK (json_valid(locator)), -- JSON: member, place, bytes and decoding of the passage
    byte INTEGER NOT NULL, -- where the passage starts in the stream that the reader saw
    excerpt TEXT NOT NULL, -- the sentence, verbatim
    start INTEGER NOT NULL CHECK (start >= 0), -- byte offset of the excerpt in the passage
    mark_from INTEGER NOT NULL CHECK (mark_from >= 0), -- where the words that promise start in the excerpt (bytes)
    mark_to INTEGER NOT NULL CHECK (mark_to >= mark_from), -- where they end
    PRIMARY KEY (id, reading),
    CHECK ((by_words IS NULL) = (by_start IS NULL)),
    CHECK (by_date IS NULL OR by_words IS NOT NULL)
) STRICT;
CREATE INDEX commitment_by_record ON commitment (record);
CREATE INDEX commitment_by_reading ON commitment (reading, byte);
