-- 合同. The row keeps what was entered; amount, days, people and status later in force stand in contract_change.
CREATE TABLE contract (
    id         INTEGER PRIMARY KEY,
    number     TEXT NOT NULL UNIQUE,
    client     INTEGER NOT NULL REFERENCES client (id),
    title      TEXT NOT NULL CHECK (title <> ''),
    kind       TEXT NOT NULL DEFAULT 'other' CHECK (kind IN ('mandate', 'brokerage', 'commission', 'work', 'technology', 'lease', 'purchase', 'framework', 'other')),
    direction  TEXT NOT NULL DEFAULT 'income' CHECK (direction IN ('income', 'expense')),
    amount     INTEGER CHECK (amount >= 0),             -- tax included, minor units; NULL: a framework without amount
    currency   TEXT NOT NULL CHECK (length(currency) = 3),
    tax_rate   INTEGER CHECK (tax_rate >= 0),           -- parts per million
    signed_on  TEXT CHECK (length(signed_on) = 10),
    starts_on  TEXT CHECK (length(starts_on) = 10),
    ends_on    TEXT CHECK (length(ends_on) = 10),
    department TEXT,
    owner      TEXT,
    project    TEXT,
    status     TEXT NOT NULL CHECK (status IN ('draft', 'internal_review', 'legal_review', 'approved', 'signed', 'effective', 'performing', 'suspended', 'terminated', 'closed', 'archived', 'cancelled', 'voided')),
    note       TEXT,
    operation  INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX contract_client ON contract (client);

CREATE TABLE contract_change (
    id           INTEGER NOT NULL REFERENCES contract (id),
    field        TEXT NOT NULL CHECK (field IN ('amount', 'starts_on', 'ends_on', 'department', 'owner', 'project', 'status', 'voided')),
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
