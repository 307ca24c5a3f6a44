-- 请假: days on which somebody is away; only approved ones count.
CREATE TABLE leave (
    id         INTEGER PRIMARY KEY,
    number     TEXT NOT NULL,                             -- LV-NNNNNN where nobody gives one
    employee   INTEGER NOT NULL REFERENCES employee (id),
    kind       TEXT NOT NULL CHECK (kind IN ('annual', 'sick', 'personal', 'marriage', 'maternity', 'paternity', 'bereavement', 'other')),
    starts_on  TEXT NOT NULL CHECK (length(starts_on) = 10),
    ends_on    TEXT NOT NULL CHECK (length(ends_on) = 10),
    hours      INTEGER CHECK (hours > 0 AND hours <= 2400), -- hundredths, of a leave within one day; NULL: its whole work days
    status     TEXT NOT NULL CHECK (status IN ('requested', 'approved', 'rejected', 'cancelled')),
    decided_by TEXT,
    note       TEXT,
    operation  INTEGER NOT NULL REFERENCES operation (id),
    undone     INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone),
    CHECK (starts_on <= ends_on)
) STRICT;
CREATE INDEX leave_employee ON leave (employee);
CREATE TABLE leave_change (
    id           INTEGER NOT NULL REFERENCES leave (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
