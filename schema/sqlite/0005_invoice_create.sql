-- 发票 / 应收. A credit note has a positive amount: its kind is its sign.
CREATE TABLE invoice (
    id        INTEGER PRIMARY KEY,
    number    TEXT NOT NULL UNIQUE,
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
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE INDEX invoice_contract ON invoice (contract) WHERE contract IS NOT NULL;
CREATE INDEX invoice_credits ON invoice (credits) WHERE credits IS NOT NULL;

CREATE TABLE invoice_change (
    id           INTEGER NOT NULL REFERENCES invoice (id),
    field        TEXT NOT NULL CHECK (field IN ('due_on', 'owner', 'disputed', 'voided')),
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;

-- Kept for speed: what is open of each invoice when every fact counts (open <> 0; a standing credit note is negative; a linked one
-- and a voided invoice have no row). The other columns repeat the invoice as entered. `agency check` compares it with the facts.
CREATE TABLE open_invoice (
    id        INTEGER PRIMARY KEY REFERENCES invoice (id),
    client    INTEGER NOT NULL,
    contract  INTEGER,
    currency  TEXT NOT NULL,
    kind      TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    due_on    TEXT NOT NULL,
    open      INTEGER NOT NULL CHECK (open <> 0)
) STRICT;
