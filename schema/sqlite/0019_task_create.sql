-- 任务: the rows of a project's work breakdown. A baseline is a moment in both times at which they are read.
CREATE TABLE task (
    id            INTEGER PRIMARY KEY,
    number        TEXT NOT NULL,                          -- project/wbs
    project       INTEGER NOT NULL REFERENCES project (id),
    wbs           TEXT NOT NULL CHECK (wbs <> ''),
    name          TEXT NOT NULL CHECK (name <> ''),
    duration      INTEGER CHECK (duration >= 0),          -- days of the project's calendar
    effort        INTEGER CHECK (effort >= 0),            -- hundredths of an hour
    after         TEXT,                                   -- links: 1.2;1.3SS+2
    optimistic    INTEGER CHECK (optimistic >= 0),        -- days
    likely        INTEGER CHECK (likely >= 0),
    pessimistic   INTEGER CHECK (pessimistic >= 0),
    assigned      TEXT,                                   -- numbers of employees, ';' between
    cost          INTEGER CHECK (cost >= 0),              -- minor units of the project's currency
    weight        INTEGER CHECK (weight >= 0),            -- hundredths
    milestone     INTEGER NOT NULL DEFAULT 0 CHECK (milestone IN (0, 1)),
    constraint_type TEXT CHECK (constraint_type IN ('start_no_earlier', 'start_no_later', 'finish_no_earlier', 'finish_no_later', 'must_start', 'must_finish')),
    constraint_on TEXT CHECK (length(constraint_on) = 10),
    deliverable   TEXT,
    acceptance    TEXT,                                   -- the criterion
    operation     INTEGER NOT NULL REFERENCES operation (id),
    undone        INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX task_project ON task (project);
CREATE TABLE task_change (
    id INTEGER NOT NULL REFERENCES task (id), field TEXT NOT NULL, value TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10), operation INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;

CREATE TABLE baseline (
    id        INTEGER PRIMARY KEY,
    number    TEXT NOT NULL,                              -- project/version
    project   INTEGER NOT NULL REFERENCES project (id),
    version   INTEGER NOT NULL CHECK (version > 0),
    set_on    TEXT NOT NULL CHECK (length(set_on) = 10),  -- the plan as of this day, known at this operation
    length    INTEGER NOT NULL CHECK (length >= 0),       -- days
    starts_on TEXT NOT NULL CHECK (length(starts_on) = 10),
    ends_on   TEXT NOT NULL CHECK (length(ends_on) = 10),
    cost      INTEGER NOT NULL CHECK (cost >= 0),         -- budget at completion, minor units of the project's currency
    change    TEXT,                                       -- number of the approved change request; NULL: the first
    operation INTEGER NOT NULL REFERENCES operation (id),
    undone    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX baseline_project ON baseline (project);
CREATE TABLE baseline_change (
    id INTEGER NOT NULL REFERENCES baseline (id), field TEXT NOT NULL, value TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10), operation INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
