-- 联系人: persons at a client, with what allows us to keep and use what we know of them (Personal Information Protection
-- Law, art. 13 to 15). Consent as first entered; what became of it is in contact_change.
CREATE TABLE contact (
    id           INTEGER PRIMARY KEY,
    number       TEXT NOT NULL,
    client       INTEGER NOT NULL REFERENCES client (id),
    name         TEXT NOT NULL CHECK (name <> ''),
    title        TEXT,
    phone        TEXT,
    email        TEXT,
    preferred    INTEGER CHECK (preferred IN (0, 1)),
    basis        TEXT NOT NULL CHECK (basis IN ('consent', 'contract', 'legal_duty')),
    consented_on TEXT CHECK (length(consented_on) = 10),
    withdrawn_on TEXT CHECK (length(withdrawn_on) = 10),
    evidence     TEXT,
    note         TEXT,
    operation    INTEGER NOT NULL REFERENCES operation (id),
    undone       INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX contact_client ON contact (client);

CREATE TABLE contact_change (
    id           INTEGER NOT NULL REFERENCES contact (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
