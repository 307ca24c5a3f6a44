-- 回款
CREATE TABLE receipt (
    id             INTEGER PRIMARY KEY,
    number         TEXT NOT NULL UNIQUE,
    client         INTEGER REFERENCES client (id),       -- NULL: unidentified until claimed (receipt_change)
    received_on    TEXT NOT NULL CHECK (length(received_on) = 10),
    banked_on      TEXT CHECK (length(banked_on) = 10),
    amount         INTEGER NOT NULL CHECK (amount > 0),  -- minor units
    currency       TEXT NOT NULL CHECK (length(currency) = 3),
    method         TEXT,
    account        TEXT,
    bank_reference TEXT,
    payer          TEXT,
    designates     TEXT,                                 -- invoice or contract numbers, ';' between
    note           TEXT,
    operation      INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX receipt_received_on ON receipt (received_on);
CREATE INDEX receipt_bank_reference ON receipt (bank_reference) WHERE bank_reference IS NOT NULL;

CREATE TABLE receipt_change (
    id           INTEGER NOT NULL REFERENCES receipt (id),
    field        TEXT NOT NULL CHECK (field IN ('client', 'voided')),
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;

-- 核销. A reversal is a row of negative amount; nothing is changed or deleted.
CREATE TABLE allocation (
    id           INTEGER PRIMARY KEY,
    number       TEXT,
    receipt      INTEGER NOT NULL REFERENCES receipt (id),
    invoice      INTEGER NOT NULL REFERENCES invoice (id),
    amount       INTEGER NOT NULL CHECK (amount <> 0),   -- minor units of the currency both share
    allocated_on TEXT NOT NULL CHECK (length(allocated_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE UNIQUE INDEX allocation_number ON allocation (number) WHERE number IS NOT NULL;
CREATE INDEX allocation_invoice ON allocation (invoice);
CREATE INDEX allocation_receipt ON allocation (receipt);
CREATE INDEX allocation_allocated_on ON allocation (allocated_on);

-- 退款: lowers what is unapplied of a receipt.
CREATE TABLE refund (
    id          INTEGER PRIMARY KEY,
    receipt     INTEGER NOT NULL REFERENCES receipt (id),
    amount      INTEGER NOT NULL CHECK (amount > 0),
    refunded_on TEXT NOT NULL CHECK (length(refunded_on) = 10),
    operation   INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX refund_receipt ON refund (receipt);

-- Kept for speed: what is unapplied of each receipt when every fact counts (open > 0).
CREATE TABLE open_receipt (
    id   INTEGER PRIMARY KEY REFERENCES receipt (id),
    open INTEGER NOT NULL CHECK (open > 0)
) STRICT;
CREATE INDEX allocation_reversal ON allocation (invoice, receipt) WHERE amount < 0;
