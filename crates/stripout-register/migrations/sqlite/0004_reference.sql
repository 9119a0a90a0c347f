-- What publishers' registers say of postcodes, bodies and areas. Imported by people, as facts of a day; nobody's name,
-- telephone number or e-mail address is among the columns. A newer file puts newer rows in place of those with the same key.
PRAGMA user_version = 4;

CREATE TABLE reference_file (
    -- A publisher's file that was imported whole.
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64), -- of its bytes
    path TEXT NOT NULL, -- as given by the user
    layout TEXT NOT NULL CHECK (layout IN ('postcodes', 'schools', 'nhs', 'government', 'authorities', 'councils', 'boundaries')), -- whose register it is
    vintage TEXT, -- the publisher's own date or edition, as the file states it; NULL: it states none
    imported_at TEXT NOT NULL, -- when (UTC)
    units INTEGER NOT NULL CHECK (units >= 0), -- rows, or members of a list, that were imported
    bad INTEGER NOT NULL CHECK (bad >= 0) -- those that could not be read
) STRICT;

CREATE TABLE reference_postcode (
    -- Where a postcode lies.
    postcode TEXT NOT NULL PRIMARY KEY, -- with one space: SW1A 1AA
    introduced TEXT, -- month, YYYY-MM
    ended TEXT, -- month it ended, YYYY-MM; NULL: live
    district TEXT, -- GSS code of the district or unitary area
    county TEXT, -- GSS code of the county
    constituency TEXT, -- GSS code of the constituency of Parliament
    force TEXT, -- GSS code of the police force area
    care_board TEXT, -- GSS code of the integrated care board
    country TEXT, -- GSS code of the nation
    region TEXT, -- GSS code of the region of England
    lat INTEGER, -- millionths of a degree, WGS 84
    long INTEGER, -- millionths of a degree, WGS 84
    file TEXT NOT NULL REFERENCES reference_file (sha256), -- which file says so
    CHECK ((lat IS NULL) = (long IS NULL))
) STRICT;

CREATE TABLE reference_organisation (
    -- A body as one register has it.
    register TEXT NOT NULL, -- urn, ods, government-organisation, slug, wdtk, local-authority
    code TEXT NOT NULL, -- its number in that register
    name TEXT NOT NULL, -- as the register writes it
    short TEXT, -- abbreviation or short name
    kind TEXT, -- in the register's own words
    status TEXT, -- in the register's own words: open, closed, live ...
    opened TEXT, -- day, YYYY-MM-DD
    closed TEXT, -- day, YYYY-MM-DD
    postcode TEXT, -- of its seat
    area TEXT, -- GSS code it has, or code of the area it lies in
    parent TEXT, -- code of the body above it: trust, department, group
    successors TEXT, -- JSON array of codes of those that took over
    url TEXT, -- its own pages
    file TEXT NOT NULL REFERENCES reference_file (sha256), -- which file says so
    PRIMARY KEY (register, code),
    CHECK (successors IS NULL OR json_valid(successors))
) STRICT;
CREATE INDEX reference_organisation_by_name ON reference_organisation (name COLLATE NOCASE);

CREATE TABLE reference_area (
    -- A boundary, for drawing only: near a border it puts a point in the wrong area.
    code TEXT NOT NULL PRIMARY KEY, -- GSS code
    name TEXT NOT NULL, -- of the area
    geometry TEXT NOT NULL CHECK (json_valid(geometry)), -- GeoJSON geometry
    file TEXT NOT NULL REFERENCES reference_file (sha256) -- which file says so
) STRICT;
