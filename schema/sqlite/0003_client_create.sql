-- 客户
CREATE TABLE client (
    id           INTEGER PRIMARY KEY,
    code         TEXT NOT NULL UNIQUE,
    name         TEXT NOT NULL CHECK (name <> ''),      -- as entered; later names in client_change
    uscc         TEXT CHECK (length(uscc) = 18),
    kind         TEXT CHECK (kind IN ('enterprise', 'government', 'institution', 'individual')),
    size         TEXT CHECK (size IN ('large', 'medium', 'small', 'micro')),
    contact      TEXT,
    phone        TEXT,
    email        TEXT,
    credit_limit INTEGER CHECK (credit_limit >= 0),     -- minor units of currency
    currency     TEXT NOT NULL DEFAULT 'CNY' CHECK (length(currency) = 3),
    note         TEXT,
    operation    INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX client_uscc ON client (uscc) WHERE uscc IS NOT NULL;

CREATE TABLE client_change (
    id           INTEGER NOT NULL REFERENCES client (id),
    field        TEXT NOT NULL CHECK (field IN ('name', 'voided')),
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
