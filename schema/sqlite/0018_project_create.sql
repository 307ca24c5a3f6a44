-- 项目: from the proposal to the close-out. Values here are as entered; later ones stand in project_change.
CREATE TABLE project (
    id             INTEGER PRIMARY KEY,
    code           TEXT NOT NULL,
    name           TEXT NOT NULL CHECK (name <> ''),
    client         INTEGER REFERENCES client (id),
    contract       INTEGER REFERENCES contract (id),
    manager        INTEGER REFERENCES employee (id),      -- the one project manager in force
    budget         INTEGER CHECK (budget >= 0),           -- minor units of currency
    currency       TEXT NOT NULL CHECK (length(currency) = 3),
    starts_on      TEXT CHECK (length(starts_on) = 10),
    calendar       TEXT NOT NULL DEFAULT 'work' CHECK (calendar IN ('work', 'calendar')),
    status         TEXT NOT NULL DEFAULT 'proposed'
                   CHECK (status IN ('proposed', 'initiated', 'planned', 'in_progress', 'suspended', 'closing', 'closed', 'cancelled')),
    prestart_cap   INTEGER CHECK (prestart_cap > 0),      -- exposure approved before the contract is effective
    prestart_until TEXT CHECK (length(prestart_until) = 10),
    note           TEXT,
    operation      INTEGER NOT NULL REFERENCES operation (id),
    undone         INTEGER NOT NULL DEFAULT 0,
    UNIQUE (code, undone)
) STRICT;
CREATE INDEX project_contract ON project (contract) WHERE contract IS NOT NULL;
CREATE TABLE project_change (
    id INTEGER NOT NULL REFERENCES project (id), field TEXT NOT NULL, value TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10), operation INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;

-- One item of the close-out checklist as done, with what shows it.
CREATE TABLE closeout (
    id        INTEGER PRIMARY KEY,
    number    TEXT NOT NULL,
    project   INTEGER NOT NULL REFERENCES project (id),
    item      TEXT NOT NULL,
    evidence  TEXT NOT NULL CHECK (evidence <> ''),
    done_on   TEXT NOT NULL CHECK (length(done_on) = 10),
    operation INTEGER NOT NULL REFERENCES operation (id),
    undone    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX closeout_project ON closeout (project);
CREATE TABLE closeout_change (
    id INTEGER NOT NULL REFERENCES closeout (id), field TEXT NOT NULL, value TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10), operation INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
