-- The numbers of what is imported by the thousand are kept apart by an index of their own instead of a constraint of the table: a load
-- whose rows are not in the order of their numbers drops it and makes it anew, sorted, instead of reaching all over it for each row.

CREATE TABLE client_indexed (
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
    parent       INTEGER REFERENCES client (id)
) STRICT;
INSERT INTO client_indexed SELECT id, code, name, uscc, kind, size, contact, phone, email, credit_limit, currency, note, operation, undone, parent FROM client ORDER BY id;
DROP TABLE client;
ALTER TABLE client_indexed RENAME TO client;
CREATE UNIQUE INDEX client_code ON client (code, undone);
CREATE INDEX client_parent ON client (parent) WHERE parent IS NOT NULL;
CREATE INDEX client_uscc ON client (uscc) WHERE uscc IS NOT NULL;

CREATE TABLE contract_indexed (
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
    intake     INTEGER REFERENCES intake (id)
) STRICT;
INSERT INTO contract_indexed SELECT id, number, client, title, kind, direction, amount, currency, tax_rate, signed_on, starts_on, ends_on, department, owner, project, status, note, operation, undone, intake FROM contract ORDER BY id;
DROP TABLE contract;
ALTER TABLE contract_indexed RENAME TO contract;
CREATE UNIQUE INDEX contract_number ON contract (number, undone);
CREATE INDEX contract_client ON contract (client);
CREATE INDEX contract_intake ON contract (intake) WHERE intake IS NOT NULL;

CREATE TABLE invoice_indexed (
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
    undone    INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO invoice_indexed SELECT id, number, contract, client, kind, credits, issued_on, due_on, amount, currency, tax_rate, owner, disputed, note, operation, undone FROM invoice ORDER BY id;
DROP TABLE invoice;
ALTER TABLE invoice_indexed RENAME TO invoice;
CREATE UNIQUE INDEX invoice_number ON invoice (number, undone);
CREATE INDEX invoice_contract ON invoice (contract) WHERE contract IS NOT NULL;
CREATE INDEX invoice_credits ON invoice (credits, issued_on, amount) WHERE credits IS NOT NULL;

CREATE TABLE receipt_indexed (
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
    undone         INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO receipt_indexed SELECT id, number, client, received_on, banked_on, amount, currency, method, account, bank_reference, payer, designates, note, operation, undone FROM receipt ORDER BY id;
DROP TABLE receipt;
ALTER TABLE receipt_indexed RENAME TO receipt;
CREATE UNIQUE INDEX receipt_number ON receipt (number, undone);
CREATE INDEX receipt_bank_reference ON receipt (bank_reference) WHERE bank_reference IS NOT NULL;
CREATE INDEX receipt_received_on ON receipt (received_on);
