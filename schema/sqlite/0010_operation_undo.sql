-- An operation may be taken back, and its undo too. From an undo on, later values that the operation gave do not count; records that it
-- entered are void from the beginning or balanced by counter-entries, and their numbers are free. `undone` is the operation that took a
-- row back, 0 while it stands; a counter-entry names itself there, so that lists show neither.

-- `undoes` is what the command named, `root` the operation whose facts turned: back = 1 they do not count from here on, 0 they do again.
CREATE TABLE operation_undo (
    operation INTEGER NOT NULL REFERENCES operation (id),
    undoes    INTEGER NOT NULL REFERENCES operation (id),
    root      INTEGER NOT NULL REFERENCES operation (id),
    back      INTEGER NOT NULL CHECK (back IN (0, 1)),
    PRIMARY KEY (operation, undoes, root)
) STRICT, WITHOUT ROWID;
ALTER TABLE operation ADD COLUMN undone_by INTEGER REFERENCES operation (id); -- kept copy of operation_undo; NULL: it counts

CREATE TABLE client_with_undone (
    id           INTEGER PRIMARY KEY,
    code         TEXT NOT NULL,
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
    operation    INTEGER NOT NULL REFERENCES operation (id),
    undone       INTEGER NOT NULL DEFAULT 0,
    UNIQUE (code, undone)
) STRICT;
INSERT INTO client_with_undone SELECT id, code, name, uscc, kind, size, contact, phone, email, credit_limit, currency, note, operation, 0 FROM client;
DROP TABLE client;
ALTER TABLE client_with_undone RENAME TO client;
CREATE INDEX client_uscc ON client (uscc) WHERE uscc IS NOT NULL;

CREATE TABLE contract_with_undone (
    id         INTEGER PRIMARY KEY,
    number     TEXT NOT NULL,
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
    operation  INTEGER NOT NULL REFERENCES operation (id),
    undone     INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
INSERT INTO contract_with_undone SELECT id, number, client, title, kind, direction, amount, currency, tax_rate, signed_on, starts_on, ends_on, department, owner, project, status, note, operation, 0 FROM contract;
DROP TABLE contract;
ALTER TABLE contract_with_undone RENAME TO contract;
CREATE INDEX contract_client ON contract (client);

CREATE TABLE invoice_with_undone (
    id        INTEGER PRIMARY KEY,
    number    TEXT NOT NULL,
    contract  INTEGER REFERENCES contract (id),
    client    INTEGER NOT NULL REFERENCES client (id),
    kind      TEXT NOT NULL DEFAULT 'fee' CHECK (kind IN ('fee', 'pass_through', 'reimbursable', 'retention', 'interest', 'credit_note')),
    credits   INTEGER REFERENCES invoice (id) CHECK (credits IS NULL OR kind = 'credit_note'),
    issued_on TEXT NOT NULL CHECK (length(issued_on) = 10),
    due_on    TEXT NOT NULL CHECK (length(due_on) = 10),   -- as entered; later ones in invoice_change
    amount    INTEGER NOT NULL CHECK (amount > 0),         -- tax included, minor units
    currency  TEXT NOT NULL CHECK (length(currency) = 3),
    tax_rate  INTEGER CHECK (tax_rate >= 0),
    owner     TEXT,
    disputed  INTEGER CHECK (disputed >= 0),
    note      TEXT,
    operation INTEGER NOT NULL REFERENCES operation (id),
    undone    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
INSERT INTO invoice_with_undone SELECT id, number, contract, client, kind, credits, issued_on, due_on, amount, currency, tax_rate, owner, disputed, note, operation, 0 FROM invoice;
DROP TABLE invoice;
ALTER TABLE invoice_with_undone RENAME TO invoice;
CREATE INDEX invoice_contract ON invoice (contract) WHERE contract IS NOT NULL;
CREATE INDEX invoice_credits ON invoice (credits) WHERE credits IS NOT NULL;

CREATE TABLE receipt_with_undone (
    id             INTEGER PRIMARY KEY,
    number         TEXT NOT NULL,
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
    operation      INTEGER NOT NULL REFERENCES operation (id),
    undone         INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
INSERT INTO receipt_with_undone SELECT id, number, client, received_on, banked_on, amount, currency, method, account, bank_reference, payer, designates, note, operation, 0 FROM receipt;
DROP TABLE receipt;
ALTER TABLE receipt_with_undone RENAME TO receipt;
CREATE INDEX receipt_received_on ON receipt (received_on);
CREATE INDEX receipt_bank_reference ON receipt (bank_reference) WHERE bank_reference IS NOT NULL;

DROP INDEX allocation_number;
ALTER TABLE allocation ADD COLUMN undone INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX allocation_number ON allocation (number, undone) WHERE number IS NOT NULL;
CREATE INDEX allocation_counter_entry ON allocation (reverses, operation) WHERE undone <> 0;

CREATE TABLE refund_with_undone (
    id          INTEGER PRIMARY KEY,
    number      TEXT,
    receipt     INTEGER NOT NULL REFERENCES receipt (id),
    amount      INTEGER NOT NULL CHECK (amount <> 0),    -- minor units; a counter-entry is negative
    refunded_on TEXT NOT NULL CHECK (length(refunded_on) = 10),
    note        TEXT,
    reverses    INTEGER REFERENCES refund (id),
    operation   INTEGER NOT NULL REFERENCES operation (id),
    undone      INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO refund_with_undone (id, number, receipt, amount, refunded_on, note, operation)
SELECT id, number, receipt, amount, refunded_on, note, operation FROM refund;
DROP TABLE refund;
ALTER TABLE refund_with_undone RENAME TO refund;
CREATE INDEX refund_receipt ON refund (receipt);
CREATE UNIQUE INDEX refund_number ON refund (number, undone) WHERE number IS NOT NULL;
CREATE INDEX refund_counter_entry ON refund (reverses, operation) WHERE undone <> 0;
