-- Every field may have a later value: a dated one from a day on, a plain one (a correction) from the beginning, 0001-01-01.

CREATE TABLE client_change_wide (
    id           INTEGER NOT NULL REFERENCES client (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
INSERT INTO client_change_wide SELECT id, field, value, effective_on, operation FROM client_change;
DROP TABLE client_change;
ALTER TABLE client_change_wide RENAME TO client_change;

CREATE TABLE contract_change_wide (
    id           INTEGER NOT NULL REFERENCES contract (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
INSERT INTO contract_change_wide SELECT id, field, value, effective_on, operation FROM contract_change;
DROP TABLE contract_change;
ALTER TABLE contract_change_wide RENAME TO contract_change;

CREATE TABLE invoice_change_wide (
    id           INTEGER NOT NULL REFERENCES invoice (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
INSERT INTO invoice_change_wide SELECT id, field, value, effective_on, operation FROM invoice_change;
DROP TABLE invoice_change;
ALTER TABLE invoice_change_wide RENAME TO invoice_change;

CREATE TABLE receipt_change_wide (
    id           INTEGER NOT NULL REFERENCES receipt (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
INSERT INTO receipt_change_wide SELECT id, field, value, effective_on, operation FROM receipt_change;
DROP TABLE receipt_change;
ALTER TABLE receipt_change_wide RENAME TO receipt_change;
