-- 客户尽职调查: what was found out of a client on a day; the last one counts. Points of 100, money minor units of the client's currency.
CREATE TABLE kyc (
    id                  INTEGER PRIMARY KEY,
    number              TEXT NOT NULL,
    client              INTEGER NOT NULL REFERENCES client (id),
    refreshed_on        TEXT NOT NULL CHECK (length(refreshed_on) = 10),
    legal_name          TEXT,
    standing            TEXT CHECK (standing IN ('existing', 'revoked', 'deregistered', 'moved_out')),
    taxpayer            TEXT CHECK (taxpayer IN ('general', 'small_scale')),
    address             TEXT,
    established_on      TEXT CHECK (length(established_on) = 10),
    registered_capital  INTEGER CHECK (registered_capital >= 0),
    paid_capital        INTEGER CHECK (paid_capital >= 0),
    business_scope      TEXT,
    industry            TEXT,
    licences            TEXT,                             -- with their last days
    bank_account        TEXT,                             -- of the invoice profile: bank and account
    legal_representative TEXT,
    shareholders        TEXT,                             -- of 25 % and more, `;` between
    beneficial_owner    TEXT,
    related_parties     TEXT,                             -- `;` between
    size                TEXT CHECK (size IN ('large', 'medium', 'small', 'micro')),
    size_evidenced_on   TEXT CHECK (length(size_evidenced_on) = 10),
    payment_points      INTEGER NOT NULL CHECK (payment_points BETWEEN 0 AND 40),
    financial_points    INTEGER NOT NULL CHECK (financial_points BETWEEN 0 AND 20),
    background_points   INTEGER NOT NULL CHECK (background_points BETWEEN 0 AND 20),
    cooperation_points  INTEGER NOT NULL CHECK (cooperation_points BETWEEN 0 AND 20),
    blacklisted         INTEGER CHECK (blacklisted IN (0, 1)),
    deposits            INTEGER CHECK (deposits >= 0),    -- cash held of the client
    advances            INTEGER CHECK (advances >= 0),    -- paid for the client and not yet billed
    unbilled            INTEGER CHECK (unbilled >= 0),    -- work done and not yet billed
    source              TEXT,
    evidence_hash       TEXT,
    note                TEXT,
    operation INTEGER NOT NULL REFERENCES operation (id),
    undone    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX kyc_client ON kyc (client);

CREATE TABLE kyc_change (
    id           INTEGER NOT NULL REFERENCES kyc (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;

-- What a client may owe beyond its limit, until a day.
CREATE TABLE credit_override (
    id         INTEGER PRIMARY KEY,
    number     TEXT NOT NULL,
    client     INTEGER NOT NULL REFERENCES client (id),
    amount     INTEGER NOT NULL CHECK (amount > 0),       -- the limit while it holds
    approver   TEXT NOT NULL CHECK (approver <> ''),
    reason     TEXT NOT NULL CHECK (reason <> ''),
    starts_on  TEXT NOT NULL CHECK (length(starts_on) = 10),
    expires_on TEXT NOT NULL CHECK (length(expires_on) = 10),
    operation INTEGER NOT NULL REFERENCES operation (id),
    undone    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX credit_override_client ON credit_override (client);

CREATE TABLE credit_override_change (
    id           INTEGER NOT NULL REFERENCES credit_override (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
