-- Where the equipment of a sighting is and what sort of device it is, as the source states it. Readings of before say neither.
PRAGMA user_version = 7;

CREATE TABLE sighting_7 (
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
    site TEXT, -- the place of the body, as written; private where it is a sensitive one
    sensitive INTEGER CHECK (sensitive IN (0, 1)), -- whether the source calls it a sensitive site; NULL: it does not say
    device TEXT, -- sort of device that the source states (data/vocab/device-kinds.toml)
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
INSERT INTO sighting_7 (
    id, reading, record, maker, brand, model, via, distance, confidence, stance, count, cue, why, locator, byte, excerpt, start, mark_from,
    mark_to, body, supplier, amount_minor, currency, date
)
SELECT
    id, reading, record, maker, brand, model, via, distance, confidence, stance, count, cue, why, locator, byte, excerpt, start, mark_from,
    mark_to, body, supplier, amount_minor, currency, date
FROM sighting;
DROP TABLE sighting;
ALTER TABLE sighting_7 RENAME TO sighting;
CREATE INDEX sighting_by_record ON sighting (record);
CREATE INDEX sighting_by_reading ON sighting (reading, byte);
CREATE INDEX sighting_by_maker ON sighting (maker, stance, confidence);
