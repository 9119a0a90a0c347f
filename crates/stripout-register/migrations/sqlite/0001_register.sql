-- The register: sources, what was read of them, and what was found. Times and dates are ISO 8601 text, money is a
-- whole number of minor units beside its ISO 4217 currency, ids are the first 16 hex digits of a SHA-256.
PRAGMA application_id = 1398035024; -- 'STRP'
PRAGMA user_version = 1;

CREATE TABLE source (
    -- The bytes of one input. One row for each distinct SHA-256, under however many paths it came.
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 16), -- first 16 digits of sha256
    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64), -- of the bytes as they lay on disk, lower-case hex
    size INTEGER NOT NULL CHECK (size >= 0), -- bytes on disk
    copy TEXT -- path of the kept copy, relative to the folder of evidence; NULL: kept by reference only
) STRICT;

CREATE TABLE provenance (
    -- How a source reached us. The same bytes may come more than once.
    source TEXT NOT NULL REFERENCES source (id), -- which bytes
    kind TEXT NOT NULL CHECK (kind IN ('file', 'stdin')), -- a file on disk, or standard input
    path TEXT NOT NULL, -- as given by the user; empty for standard input
    seen_at TEXT NOT NULL, -- when it first came this way (UTC)
    PRIMARY KEY (source, kind, path)
) STRICT;

CREATE TABLE reading (
    -- A source was screened: by which reader, with which catalogue, when, and how it went.
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 16), -- over sha256, reader and catalogue
    source TEXT NOT NULL REFERENCES source (id), -- what was read
    reader TEXT NOT NULL, -- name and version of the reading software
    catalogue TEXT NOT NULL, -- version of the catalogue
    read_at TEXT NOT NULL, -- when (UTC), as told by the caller
    formats TEXT NOT NULL CHECK (json_valid(formats)), -- JSON array: formats recognised in it
    kinds TEXT NOT NULL CHECK (json_valid(kinds)), -- JSON array: sorts of document in it (contract, spend, foi ...)
    records INTEGER NOT NULL CHECK (records >= 0), -- records read in all
    kept INTEGER NOT NULL CHECK (kept >= 0), -- records kept whole in table record
    problems INTEGER NOT NULL CHECK (problems >= 0), -- problems met; at least as many as table problem lists
    partial INTEGER NOT NULL CHECK (partial IN (0, 1)), -- 1: part of the source could not be read
    superseded_by TEXT REFERENCES reading (id) -- the later reading of the same source that replaces this one
) STRICT;
CREATE INDEX reading_by_source ON reading (source);

CREATE TABLE record (
    -- A kept unit of a source, whole: a release, a row, a run of paragraphs.
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 16), -- over sha256, member, place and content
    reading TEXT NOT NULL REFERENCES reading (id), -- the last reading that kept it
    member TEXT, -- path inside an archive; NULL: the file itself
    number INTEGER NOT NULL, -- counts from 1 in the source or member
    line INTEGER NOT NULL, -- its first line, from 1
    byte INTEGER NOT NULL, -- its offset in the stream that the reader saw
    kind TEXT NOT NULL CHECK (kind IN ('contract', 'spend', 'foi', 'asset', 'letter', 'web')), -- sort of document
    whole TEXT NOT NULL -- all of it as a JSON object
) STRICT;
CREATE INDEX record_by_reading ON record (reading);

CREATE TABLE sighting (
    -- One piece of evidence that one maker's product is named.
    id TEXT NOT NULL CHECK (length(id) = 16), -- over sha256, place, maker, brand, model, via, stance and count
    reading TEXT NOT NULL REFERENCES reading (id), -- which reading found it
    record TEXT NOT NULL REFERENCES record (id), -- the record it stands in
    maker TEXT NOT NULL, -- catalogue id of the maker
    brand TEXT, -- catalogue id of the label
    model TEXT, -- catalogue id of the model family
    via TEXT NOT NULL CHECK (via IN ('name', 'brand', 'model', 'typo', 'script')), -- how it was recognised
    distance INTEGER NOT NULL CHECK (distance >= 0), -- edit distance to the registered spelling
    confidence TEXT NOT NULL CHECK (confidence IN ('review', 'likely', 'certain')), -- how far to trust it
    stance TEXT NOT NULL CHECK (stance IN ('has', 'had', 'removed', 'planned_removal', 'denies', 'refuses', 'prohibits', 'mentions')), -- what the text says of it
    count INTEGER CHECK (count >= 0), -- devices of this maker that the text states
    cue TEXT NOT NULL, -- the words that decided the stance; empty when the sort of document did
    why TEXT NOT NULL, -- one sentence for people
    locator TEXT NOT NULL CHECK (json_valid(locator)), -- JSON: member, place, bytes and decoding of the passage
    byte INTEGER NOT NULL, -- where the passage starts in the stream that the reader saw
    excerpt TEXT NOT NULL, -- verbatim words of the passage
    start INTEGER NOT NULL CHECK (start >= 0), -- byte offset of the excerpt in the passage
    mark_from INTEGER NOT NULL CHECK (mark_from >= 0), -- where the recognised words start in the excerpt (bytes)
    mark_to INTEGER NOT NULL CHECK (mark_to >= mark_from), -- where they end
    body TEXT, -- public body that the row names
    supplier TEXT, -- who is paid or awarded, by the row
    amount_minor INTEGER, -- amount of the row in minor units
    currency TEXT CHECK (length(currency) = 3), -- ISO 4217; there when amount_minor is
    date TEXT, -- date of the row
    PRIMARY KEY (id, reading),
    CHECK ((amount_minor IS NULL) = (currency IS NULL))
) STRICT;
CREATE INDEX sighting_by_record ON sighting (record);
CREATE INDEX sighting_by_reading ON sighting (reading, byte);
CREATE INDEX sighting_by_maker ON sighting (maker, stance, confidence);

CREATE TABLE lead (
    -- Evidence of camera buying or use whose maker is not stated.
    id TEXT NOT NULL CHECK (length(id) = 16), -- over sha256 and place
    reading TEXT NOT NULL REFERENCES reading (id), -- which reading found it
    record TEXT NOT NULL REFERENCES record (id), -- the record it stands in
    why TEXT NOT NULL, -- one sentence: by which word, category or code
    locator TEXT NOT NULL CHECK (json_valid(locator)), -- JSON: member, place, bytes and decoding of the passage
    byte INTEGER NOT NULL, -- where the passage starts in the stream that the reader saw
    excerpt TEXT NOT NULL, -- verbatim words of the passage
    start INTEGER NOT NULL CHECK (start >= 0), -- byte offset of the excerpt in the passage
    mark_from INTEGER NOT NULL CHECK (mark_from >= 0), -- where the recognised words start in the excerpt (bytes)
    mark_to INTEGER NOT NULL CHECK (mark_to >= mark_from), -- where they end
    body TEXT, -- public body that the row names
    supplier TEXT, -- who is paid or awarded, by the row
    amount_minor INTEGER, -- amount of the row in minor units
    currency TEXT CHECK (length(currency) = 3), -- ISO 4217; there when amount_minor is
    date TEXT, -- date of the row
    PRIMARY KEY (id, reading),
    CHECK ((amount_minor IS NULL) = (currency IS NULL))
) STRICT;
CREATE INDEX lead_by_record ON lead (record);
CREATE INDEX lead_by_reading ON lead (reading, byte);

CREATE TABLE affiliation (
    -- A payee that belongs, or belonged, to a maker's group. Says nothing about equipment.
    id TEXT NOT NULL CHECK (length(id) = 16), -- over sha256, place, maker, brand and tie
    reading TEXT NOT NULL REFERENCES reading (id), -- which reading found it
    record TEXT NOT NULL REFERENCES record (id), -- the record it stands in
    maker TEXT NOT NULL, -- catalogue id of the maker
    brand TEXT NOT NULL, -- catalogue id of the label
    tied_at_the_time INTEGER CHECK (tied_at_the_time IN (0, 1)), -- on the date of the row; NULL: not known
    why TEXT NOT NULL, -- one sentence with the dated tie
    locator TEXT NOT NULL CHECK (json_valid(locator)), -- JSON: member, place, bytes and decoding of the passage
    byte INTEGER NOT NULL, -- where the passage starts in the stream that the reader saw
    excerpt TEXT NOT NULL, -- verbatim words of the passage
    start INTEGER NOT NULL CHECK (start >= 0), -- byte offset of the excerpt in the passage
    mark_from INTEGER NOT NULL CHECK (mark_from >= 0), -- where the recognised words start in the excerpt (bytes)
    mark_to INTEGER NOT NULL CHECK (mark_to >= mark_from), -- where they end
    body TEXT, -- public body that the row names
    supplier TEXT, -- who is paid or awarded, by the row
    amount_minor INTEGER, -- amount of the row in minor units
    currency TEXT CHECK (length(currency) = 3), -- ISO 4217; there when amount_minor is
    date TEXT, -- date of the row
    PRIMARY KEY (id, reading),
    CHECK ((amount_minor IS NULL) = (currency IS NULL))
) STRICT;
CREATE INDEX affiliation_by_record ON affiliation (record);
CREATE INDEX affiliation_by_reading ON affiliation (reading, byte);

CREATE TABLE contract (
    -- One award or contract of one release, as published. View contract_history merges the releases of a process.
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 16), -- over record and position
    record TEXT NOT NULL REFERENCES record (id), -- the release
    position INTEGER NOT NULL CHECK (position >= 0), -- counts from 0 in the record
    content TEXT NOT NULL CHECK (length(content) = 16), -- over all that is stated: equal means the same statement
    ocid TEXT NOT NULL, -- contracting process; empty when the release has none that is usable
    release_id TEXT, -- id of the release
    released TEXT NOT NULL, -- when the release was published, as given; empty when it does not say
    stage TEXT NOT NULL CHECK (stage IN ('planning', 'tender', 'award', 'contract')), -- how far the process has come
    award TEXT NOT NULL, -- id of the award or contract in the release; empty before there is one
    title TEXT, -- of the award, else of the tender
    buyer TEXT, -- name of the buyer
    buyer_ids TEXT NOT NULL CHECK (json_valid(buyer_ids)), -- JSON array of {scheme, id}
    supplier TEXT, -- names of the suppliers, joined by `; `
    suppliers TEXT NOT NULL CHECK (json_valid(suppliers)), -- JSON array of {name, identifiers}
    amount_minor INTEGER, -- net value where the notice tells net from gross, in minor units
    currency TEXT CHECK (length(currency) = 3), -- ISO 4217; there when amount_minor is
    date TEXT, -- the day the notice speaks of: signature, else publication
    signed TEXT, -- date of signature
    starts TEXT, -- first day of the contract
    ends TEXT, -- last day of the contract
    status TEXT, -- OCDS status, as given
    tags TEXT NOT NULL CHECK (json_valid(tags)), -- JSON array: OCDS release tags
    notices TEXT NOT NULL CHECK (json_valid(notices)), -- JSON array: UK notice types
    cpv TEXT NOT NULL CHECK (json_valid(cpv)), -- JSON array: eight-digit CPV codes
    documents TEXT NOT NULL CHECK (json_valid(documents)), -- JSON array of {url, title}
    CHECK ((amount_minor IS NULL) = (currency IS NULL))
) STRICT;
CREATE INDEX contract_by_record ON contract (record);
CREATE INDEX contract_by_process ON contract (ocid, award, released);

CREATE TABLE payment (
    -- A spend line.
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 16), -- over record
    record TEXT NOT NULL REFERENCES record (id), -- the line
    body TEXT, -- who pays
    supplier TEXT, -- who is paid
    amount_minor INTEGER, -- in minor units; negative for a credit
    currency TEXT CHECK (length(currency) = 3), -- ISO 4217; there when amount_minor is
    date TEXT, -- as the line says
    purpose TEXT, -- free text on what was bought
    category TEXT, -- the body's own category
    reference TEXT, -- the body's own reference
    CHECK ((amount_minor IS NULL) = (currency IS NULL))
) STRICT;
CREATE INDEX payment_by_record ON payment (record);

CREATE TABLE tally (
    -- Counts and sums of all rows of a source, kept or not: the denominators.
    reading TEXT NOT NULL REFERENCES reading (id), -- which reading counted
    what TEXT NOT NULL CHECK (what IN ('contracts', 'payments')), -- what was counted
    body TEXT NOT NULL, -- public body; empty when the rows name none
    year INTEGER NOT NULL, -- calendar year of the rows; 0 when they are not dated
    currency TEXT NOT NULL, -- ISO 4217; empty for rows without an amount
    rows INTEGER NOT NULL CHECK (rows >= 0), -- how many
    sum_minor INTEGER, -- sum in minor units; NULL when it passes 63 bits, which only placeholder amounts do
    PRIMARY KEY (reading, what, body, year, currency)
) STRICT;

CREATE TABLE problem (
    -- What could not be read as it stands, where and why.
    reading TEXT NOT NULL REFERENCES reading (id), -- which reading met it
    position INTEGER NOT NULL CHECK (position >= 0), -- counts from 0 in the reading
    code TEXT NOT NULL, -- stable code, see docs/errors.md
    severity TEXT NOT NULL CHECK (severity IN ('warning', 'unit', 'input')), -- how much is lost
    place TEXT NOT NULL, -- where; empty for the whole input
    what TEXT NOT NULL, -- what is wrong
    because TEXT NOT NULL, -- why
    hint TEXT NOT NULL, -- the next step
    PRIMARY KEY (reading, position)
) STRICT;

CREATE VIEW current_reading AS
-- The readings that count: none supersedes them.
SELECT * FROM reading WHERE superseded_by IS NULL;

CREATE VIEW contract_history AS
-- Every current contract row with its rank in its process. The row that stands for an award has latest = 1: the last
-- published release wins; a row from before there was an award gives way to any award of its process. `ties` counts
-- rows of the same release time that state something else, so that the order between them is not known.
SELECT
    c.*,
    reading.id AS reading,
    reading.source AS source,
    CASE WHEN c.ocid = '' THEN 1 ELSE (
        SELECT count(DISTINCT o.released || ' ' || coalesce(o.release_id, '')) FROM contract AS o
        JOIN record AS r ON r.id = o.record JOIN current_reading AS g ON g.id = r.reading
        WHERE o.ocid = c.ocid AND o.award = c.award
    ) END AS releases,
    CASE WHEN c.ocid = '' THEN 0 ELSE (
        SELECT count(DISTINCT o.content) FROM contract AS o
        JOIN record AS r ON r.id = o.record JOIN current_reading AS g ON g.id = r.reading
        WHERE o.ocid = c.ocid AND o.award = c.award AND o.released = c.released AND o.record <> c.record
            AND o.content <> c.content
    ) END AS ties,
    CASE WHEN c.ocid <> '' AND EXISTS (
        SELECT 1 FROM contract AS o
        JOIN record AS r ON r.id = o.record JOIN current_reading AS g ON g.id = r.reading
        WHERE o.ocid = c.ocid
            AND ((o.award = c.award AND (o.released, o.record) > (c.released, c.record)) OR (c.award = '' AND o.award <> ''))
    ) THEN 0 ELSE 1 END AS latest
FROM contract AS c
JOIN record ON record.id = c.record
JOIN current_reading AS reading ON reading.id = record.reading;
