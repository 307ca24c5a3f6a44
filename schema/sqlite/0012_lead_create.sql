-- 线索: somebody who may want something; no contract yet, and perhaps never.
CREATE TABLE lead (
    id              INTEGER PRIMARY KEY,
    code            TEXT NOT NULL,
    client          INTEGER NOT NULL REFERENCES client (id),
    title           TEXT NOT NULL CHECK (title <> ''),
    source          TEXT,
    expected_amount INTEGER CHECK (expected_amount >= 0),   -- tax included, minor units of currency
    currency        TEXT NOT NULL CHECK (length(currency) = 3),
    expected_on     TEXT CHECK (length(expected_on) = 10),  -- day of signing that is hoped for
    owner           TEXT,
    received_on     TEXT NOT NULL CHECK (length(received_on) = 10),
    status          TEXT NOT NULL CHECK (status IN ('lead', 'opportunity', 'lost', 'withdrawn')),
    note            TEXT,
    operation       INTEGER NOT NULL REFERENCES operation (id),
    undone          INTEGER NOT NULL DEFAULT 0,
    UNIQUE (code, undone)
) STRICT;
CREATE INDEX lead_client ON lead (client);

CREATE TABLE lead_change (
    id           INTEGER NOT NULL REFERENCES lead (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
