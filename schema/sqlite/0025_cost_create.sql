-- 项目成本: what was spent for a project beside the hours of its people.
CREATE TABLE cost (
    id        INTEGER PRIMARY KEY,
    number    TEXT NOT NULL,
    project   INTEGER NOT NULL REFERENCES project (id),
    posted_on TEXT NOT NULL CHECK (length(posted_on) = 10),
    kind      TEXT NOT NULL CHECK (kind IN ('subcontract', 'travel', 'official_fee', 'material', 'other')),
    amount    INTEGER NOT NULL CHECK (amount <> 0),       -- minor units of currency; below zero: given back
    currency  TEXT NOT NULL CHECK (length(currency) = 3),
    supplier  TEXT,
    contract  INTEGER REFERENCES contract (id),           -- with the supplier; what is posted on it is committed no more
    wbs       TEXT,
    note      TEXT,
    operation INTEGER NOT NULL REFERENCES operation (id),
    undone    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX cost_project ON cost (project);
CREATE TABLE cost_change (
    id           INTEGER NOT NULL REFERENCES cost (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
