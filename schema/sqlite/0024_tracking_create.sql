-- 里程碑: what is to be reached by when, and what payment of the contract it unlocks.
CREATE TABLE milestone (
    id          INTEGER PRIMARY KEY,
    number      TEXT NOT NULL,                            -- project/name
    project     INTEGER NOT NULL REFERENCES project (id),
    name        TEXT NOT NULL CHECK (name <> ''),
    wbs         TEXT,
    baseline_on TEXT NOT NULL CHECK (length(baseline_on) = 10),
    forecast_on TEXT NOT NULL CHECK (length(forecast_on) = 10),
    reached_on  TEXT CHECK (length(reached_on) = 10),
    evidence    TEXT,
    contract    INTEGER REFERENCES contract (id),
    unlocks     INTEGER CHECK (unlocks > 0),              -- minor units of currency
    currency    TEXT NOT NULL CHECK (length(currency) = 3),
    note        TEXT,
    operation   INTEGER NOT NULL REFERENCES operation (id),
    undone      INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE TABLE milestone_change (
    id           INTEGER NOT NULL REFERENCES milestone (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;

-- 风险、假设、问题、依赖. Instants are UTC; respond_by and resolve_by are of issues, by the severity when they were raised.
CREATE TABLE raid (
    id           INTEGER PRIMARY KEY,
    number       TEXT NOT NULL,
    project      INTEGER NOT NULL REFERENCES project (id),
    kind         TEXT NOT NULL CHECK (kind IN ('risk', 'assumption', 'issue', 'dependency')),
    title        TEXT NOT NULL CHECK (title <> ''),
    owner        INTEGER NOT NULL REFERENCES employee (id),
    audience     TEXT NOT NULL CHECK (audience IN ('internal', 'client')),
    probability  INTEGER CHECK (probability BETWEEN 0 AND 1000000),
    impact       INTEGER CHECK (impact >= 0),             -- minor units of the project's currency
    response     TEXT CHECK (response IN ('avoid', 'mitigate', 'transfer', 'accept')),
    trigger      TEXT,
    severity     INTEGER CHECK (severity BETWEEN 1 AND 4),
    due_on       TEXT CHECK (length(due_on) = 10),        -- validate by, or needed by
    party        TEXT,                                    -- on whom it depends
    raised_at    TEXT NOT NULL CHECK (length(raised_at) = 27),
    respond_by   TEXT CHECK (length(respond_by) = 27),
    resolve_by   TEXT CHECK (length(resolve_by) = 27),
    responded_at TEXT CHECK (length(responded_at) = 27),
    closed_at    TEXT CHECK (length(closed_at) = 27),
    resolution   TEXT,
    status       TEXT NOT NULL CHECK (status IN ('open', 'responded', 'closed')),
    note         TEXT,
    operation    INTEGER NOT NULL REFERENCES operation (id),
    undone       INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX raid_project ON raid (project);
CREATE TABLE raid_change (
    id           INTEGER NOT NULL REFERENCES raid (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;

-- 变更申请: the only way to a new baseline.
CREATE TABLE change_request (
    id           INTEGER PRIMARY KEY,
    number       TEXT NOT NULL,
    project      INTEGER NOT NULL REFERENCES project (id),
    title        TEXT NOT NULL CHECK (title <> ''),
    reason       TEXT NOT NULL CHECK (reason <> ''),
    scope        TEXT,
    days         INTEGER,                                 -- later (or, below zero, earlier) by so many days
    cost         INTEGER,                                 -- minor units of the project's currency; may be below zero
    quality      TEXT,
    requested_by TEXT NOT NULL,
    level        TEXT NOT NULL CHECK (level IN ('manager', 'sponsor')),
    decided_by   TEXT,
    status       TEXT NOT NULL CHECK (status IN ('draft', 'submitted', 'approved', 'rejected', 'applied')),
    note         TEXT,
    operation    INTEGER NOT NULL REFERENCES operation (id),
    undone       INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX change_request_project ON change_request (project);
CREATE TABLE change_request_change (
    id           INTEGER NOT NULL REFERENCES change_request (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;

-- 进展报告 that were issued, one a period and audience.
CREATE TABLE status_report (
    id        INTEGER PRIMARY KEY,
    number    TEXT NOT NULL,                              -- project/audience/period_end
    project   INTEGER NOT NULL REFERENCES project (id),
    audience  TEXT NOT NULL CHECK (audience IN ('client', 'internal')),
    period_end TEXT NOT NULL CHECK (length(period_end) = 10),
    issued_on TEXT NOT NULL CHECK (length(issued_on) = 10),
    evidence  TEXT,
    note      TEXT,
    operation INTEGER NOT NULL REFERENCES operation (id),
    undone    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE TABLE status_report_change (
    id           INTEGER NOT NULL REFERENCES status_report (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;

-- 质量控制点: a hold point lets no project leave its stage before it is passed.
CREATE TABLE checkpoint (
    id        INTEGER PRIMARY KEY,
    number    TEXT NOT NULL,                              -- project/stage/name
    project   INTEGER NOT NULL REFERENCES project (id),
    stage     TEXT NOT NULL CHECK (stage IN ('proposed', 'initiated', 'planned', 'in_progress', 'closing')),
    name      TEXT NOT NULL CHECK (name <> ''),
    kind      TEXT NOT NULL CHECK (kind IN ('hold', 'witness', 'record')),
    criterion TEXT,
    status    TEXT NOT NULL CHECK (status IN ('open', 'passed', 'failed')),
    evidence  TEXT,
    judged_by TEXT,
    note      TEXT,
    operation INTEGER NOT NULL REFERENCES operation (id),
    undone    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX checkpoint_project ON checkpoint (project);
CREATE TABLE checkpoint_change (
    id           INTEGER NOT NULL REFERENCES checkpoint (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
