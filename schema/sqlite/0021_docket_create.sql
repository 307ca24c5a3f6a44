-- 期限规则: rules of statutory deadlines, each row in force for triggers from valid_from to valid_to. 期限: deadlines that run.
CREATE TABLE deadline_rule (
    id          INTEGER PRIMARY KEY,
    number      TEXT NOT NULL,                            -- code/valid_from
    code        TEXT NOT NULL,
    valid_from  TEXT NOT NULL CHECK (length(valid_from) = 10),
    valid_to    TEXT CHECK (length(valid_to) = 10),
    pack        TEXT NOT NULL CHECK (pack IN ('bidding', 'procurement', 'patent', 'trademark', 'bookkeeping', 'customs', 'house')),
    title       TEXT NOT NULL CHECK (title <> ''),
    title_en    TEXT,
    trigger     TEXT NOT NULL,                            -- what starts the period, in words
    term        TEXT NOT NULL,                            -- 30d, 10w (work days), 3m, 1y; below zero: before the trigger
    bound       TEXT NOT NULL CHECK (bound IN ('latest', 'earliest')),
    roll        TEXT NOT NULL CHECK (roll IN ('none', 'next', 'previous')),
    posted_days INTEGER NOT NULL CHECK (posted_days >= 0),
    source      TEXT NOT NULL,
    mark        TEXT NOT NULL CHECK (mark IN ('verified', 'unverified', 'house')),
    note        TEXT,
    operation   INTEGER NOT NULL REFERENCES operation (id),
    undone      INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE TABLE deadline_rule_change (
    id           INTEGER NOT NULL REFERENCES deadline_rule (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;

CREATE TABLE docket (
    id          INTEGER PRIMARY KEY,
    number      TEXT NOT NULL,                            -- matter/rule/trigger_on where nobody gives one
    matter      TEXT NOT NULL CHECK (matter <> ''),
    rule        TEXT,                                     -- code; NULL: agreed, not by law
    version     INTEGER REFERENCES deadline_rule (id),    -- of the rule, in force on trigger_on
    title       TEXT NOT NULL CHECK (title <> ''),
    client      INTEGER NOT NULL REFERENCES client (id),
    trigger_on  TEXT NOT NULL CHECK (length(trigger_on) = 10),
    served      TEXT NOT NULL CHECK (served IN ('electronic', 'posted')),
    due_on      TEXT NOT NULL CHECK (length(due_on) = 10), -- as computed; moved ones in docket_change
    calendar    TEXT NOT NULL CHECK (calendar IN ('loaded', 'missing')),
    responsible TEXT NOT NULL CHECK (responsible <> ''),
    backup      TEXT NOT NULL CHECK (backup <> ''),
    status      TEXT NOT NULL CHECK (status IN ('open', 'done', 'completed', 'abandoning', 'abandoned')),
    done_by     TEXT,
    proof       TEXT,
    evidence    TEXT,                                     -- for which due_on was moved
    trace       TEXT,                                     -- how due_on was computed
    note        TEXT,
    operation   INTEGER NOT NULL REFERENCES operation (id),
    undone      INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX docket_client ON docket (client);
CREATE TABLE docket_change (
    id           INTEGER NOT NULL REFERENCES docket (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
