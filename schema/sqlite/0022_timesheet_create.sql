-- 工时: hours that people worked, and what an hour of them costs and is charged at.
CREATE TABLE hourly_rate (
    id         INTEGER PRIMARY KEY,
    number     TEXT NOT NULL,                             -- employee/kind/valid_from
    employee   INTEGER NOT NULL REFERENCES employee (id),
    kind       TEXT NOT NULL CHECK (kind IN ('cost', 'standard')),
    valid_from TEXT NOT NULL CHECK (length(valid_from) = 10),
    amount     INTEGER NOT NULL CHECK (amount >= 0),      -- minor units of currency an hour
    currency   TEXT NOT NULL CHECK (length(currency) = 3),
    note       TEXT,
    operation  INTEGER NOT NULL REFERENCES operation (id),
    undone     INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE TABLE hourly_rate_change (
    id           INTEGER NOT NULL REFERENCES hourly_rate (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;

CREATE TABLE time_entry (
    id          INTEGER PRIMARY KEY,
    number      TEXT NOT NULL,                            -- T-NNNNNN where nobody gives one
    employee    INTEGER NOT NULL REFERENCES employee (id),
    project     INTEGER REFERENCES project (id),          -- NULL: work for the house, leave, training
    wbs         TEXT,
    task        INTEGER REFERENCES task (id),
    worked_on   TEXT NOT NULL CHECK (length(worked_on) = 10),
    hours       INTEGER CHECK (hours <> 0),               -- hundredths; NULL: a timer runs; a reversing entry is negative
    kind        TEXT NOT NULL CHECK (kind IN ('billable', 'non_billable', 'leave', 'training')),
    starts_at   TEXT CHECK (length(starts_at) = 5),       -- HH:MM of worked_on, in the zone of the house
    ends_at     TEXT CHECK (length(ends_at) = 5),         -- above 24:00 past midnight
    status      TEXT NOT NULL CHECK (status IN ('running', 'draft', 'submitted', 'approved')),
    approved_by TEXT,
    reversal_of INTEGER REFERENCES time_entry (id),
    note        TEXT,
    operation   INTEGER NOT NULL REFERENCES operation (id),
    undone      INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX time_entry_employee ON time_entry (employee, worked_on);
CREATE INDEX time_entry_project ON time_entry (project) WHERE project IS NOT NULL;
CREATE TABLE time_entry_change (
    id           INTEGER NOT NULL REFERENCES time_entry (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
