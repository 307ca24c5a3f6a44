-- 利益冲突审查: whom an assessment touches, and what each check found.
CREATE TABLE intake_party (
    id         INTEGER PRIMARY KEY,
    number     TEXT NOT NULL,
    intake     INTEGER NOT NULL REFERENCES intake (id),
    role       TEXT NOT NULL CHECK (role IN ('legal_representative', 'shareholder', 'group', 'opponent', 'bidder', 'related_person', 'matter')),
    name       TEXT NOT NULL CHECK (name <> ''),          -- of a matter: its tender, patent or trademark number
    identifier TEXT,                                      -- USCC, or a number by which a person is known
    note       TEXT,
    entered_on TEXT NOT NULL CHECK (length(entered_on) = 10),
    operation INTEGER NOT NULL REFERENCES operation (id),
    undone    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX intake_party_intake ON intake_party (intake);

CREATE TABLE intake_party_change (
    id           INTEGER NOT NULL REFERENCES intake_party (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;

CREATE TABLE intake_check (
    id         INTEGER PRIMARY KEY,
    number     TEXT NOT NULL,
    intake     INTEGER NOT NULL REFERENCES intake (id),
    checked_on TEXT NOT NULL CHECK (length(checked_on) = 10),
    checked_by TEXT NOT NULL,
    result     TEXT NOT NULL CHECK (result IN ('clear', 'potential', 'statutory')),
    parties    INTEGER NOT NULL CHECK (parties >= 0),     -- facts of parties that were looked at; more: it is stale
    findings   TEXT,                                      -- one sentence a line
    operation INTEGER NOT NULL REFERENCES operation (id),
    undone    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX intake_check_intake ON intake_check (intake);

CREATE TABLE intake_check_change (
    id           INTEGER NOT NULL REFERENCES intake_check (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;

-- Relatives whom employees declared.
CREATE TABLE relative (
    id          INTEGER PRIMARY KEY,
    number      TEXT NOT NULL,
    employee    INTEGER NOT NULL REFERENCES employee (id),
    name        TEXT NOT NULL CHECK (name <> ''),
    relation    TEXT NOT NULL,
    works_at    TEXT,                                     -- name of a firm in which the relative works or has a share
    declared_on TEXT NOT NULL CHECK (length(declared_on) = 10),
    note        TEXT,
    operation INTEGER NOT NULL REFERENCES operation (id),
    undone    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;

CREATE TABLE relative_change (
    id           INTEGER NOT NULL REFERENCES relative (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
