-- One writing command is one operation; every fact carries the operation that entered it.
CREATE TABLE operation (
    id          INTEGER PRIMARY KEY,
    recorded_at TEXT NOT NULL,              -- UTC, YYYY-MM-DDTHH:MM:SS.ffffffZ; never falls with id
    actor       TEXT NOT NULL,
    command     TEXT NOT NULL,
    clock_given INTEGER NOT NULL CHECK (clock_given IN (0, 1))
) STRICT;
CREATE INDEX operation_recorded_at ON operation (recorded_at, id);

-- The trail: hash = BLAKE2b-256 over the previous hash and every column of the row.
CREATE TABLE audit (
    seq       INTEGER PRIMARY KEY,
    operation INTEGER NOT NULL REFERENCES operation (id),
    verb      TEXT NOT NULL,
    noun      TEXT NOT NULL,
    id        INTEGER NOT NULL,             -- the record's id; 0: the file or a whole import
    before    TEXT NOT NULL,                -- JSON of the changed fields, '' = nothing before
    after     TEXT NOT NULL,
    hash      TEXT NOT NULL
) STRICT;

CREATE TABLE import (
    id        INTEGER PRIMARY KEY,
    operation INTEGER NOT NULL REFERENCES operation (id),
    noun      TEXT NOT NULL,
    source    TEXT NOT NULL,                -- file name as given, '-' = standard input
    batch     TEXT,
    row_count INTEGER NOT NULL,
    inserted  INTEGER NOT NULL,
    updated   INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    rejected  INTEGER NOT NULL,
    rows_hash TEXT NOT NULL                 -- BLAKE2b-256 over the rows as they were understood
) STRICT;
CREATE INDEX import_rows_hash ON import (rows_hash);
