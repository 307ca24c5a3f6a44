-- 决策委员会: who may vote on what is taken on, from when to when; and its meetings, votes, recusals, conditions.
CREATE TABLE committee (
    id        INTEGER PRIMARY KEY,
    number    TEXT NOT NULL,
    member    INTEGER NOT NULL REFERENCES employee (id),
    role      TEXT NOT NULL CHECK (role IN ('chair', 'member', 'recorder', 'legal')),
    voting    INTEGER NOT NULL CHECK (voting IN (0, 1)),
    function  TEXT NOT NULL CHECK (function IN ('management', 'business_development', 'delivery', 'finance', 'quality', 'legal', 'other')),
    starts_on TEXT NOT NULL CHECK (length(starts_on) = 10),
    ends_on   TEXT CHECK (length(ends_on) = 10),          -- last day; NULL: still in it
    note      TEXT,
    operation INTEGER NOT NULL REFERENCES operation (id),
    undone    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;

CREATE TABLE committee_change (
    id           INTEGER NOT NULL REFERENCES committee (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;

CREATE TABLE intake_meeting (
    id          INTEGER PRIMARY KEY,
    number      TEXT NOT NULL,
    intake      INTEGER NOT NULL REFERENCES intake (id),
    convened_on TEXT NOT NULL CHECK (length(convened_on) = 10),
    mode        TEXT NOT NULL CHECK (mode IN ('meeting', 'circular')),
    place       TEXT,
    due_on      TEXT CHECK (length(due_on) = 10),         -- of a circular: the last day of voting
    attendees   TEXT,                                     -- beside those who vote
    materials   TEXT,                                     -- hash of what was laid before the members
    special     INTEGER NOT NULL CHECK (special IN (0, 1)), -- two thirds
    discussion  TEXT,
    signed_on   TEXT CHECK (length(signed_on) = 10),      -- from then on nothing of it changes
    result      TEXT CHECK (result IN ('passed', 'not_passed')),
    operation INTEGER NOT NULL REFERENCES operation (id),
    undone    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX intake_meeting_intake ON intake_meeting (intake);

CREATE TABLE intake_meeting_change (
    id           INTEGER NOT NULL REFERENCES intake_meeting (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;

CREATE TABLE intake_recusal (
    id        INTEGER PRIMARY KEY,
    number    TEXT NOT NULL,
    meeting   INTEGER NOT NULL REFERENCES intake_meeting (id),
    member    INTEGER NOT NULL REFERENCES committee (id),
    reason    TEXT NOT NULL CHECK (reason <> ''),
    entered_on TEXT NOT NULL CHECK (length(entered_on) = 10),
    operation INTEGER NOT NULL REFERENCES operation (id),
    undone    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX intake_recusal_meeting ON intake_recusal (meeting);

CREATE TABLE intake_recusal_change (
    id           INTEGER NOT NULL REFERENCES intake_recusal (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;

CREATE TABLE intake_vote (
    id        INTEGER PRIMARY KEY,
    number    TEXT NOT NULL,
    meeting   INTEGER NOT NULL REFERENCES intake_meeting (id),
    member    INTEGER NOT NULL REFERENCES committee (id),
    vote      TEXT NOT NULL CHECK (vote IN ('for', 'against', 'abstain')),
    reason    TEXT CHECK (reason IS NOT NULL OR vote <> 'against'),
    voted_on  TEXT NOT NULL CHECK (length(voted_on) = 10),
    operation INTEGER NOT NULL REFERENCES operation (id),
    undone    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX intake_vote_meeting ON intake_vote (meeting);

CREATE TABLE intake_vote_change (
    id           INTEGER NOT NULL REFERENCES intake_vote (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;

CREATE TABLE intake_condition (
    id           INTEGER PRIMARY KEY,
    number       TEXT NOT NULL,
    intake       INTEGER NOT NULL REFERENCES intake (id),
    condition    TEXT NOT NULL CHECK (condition <> ''),
    owner        TEXT,
    due_on       TEXT CHECK (length(due_on) = 10),
    blocks       TEXT NOT NULL CHECK (blocks IN ('before_sign', 'before_start')),
    satisfied_on TEXT CHECK (length(satisfied_on) = 10),
    evidence     TEXT,
    entered_on   TEXT NOT NULL CHECK (length(entered_on) = 10),
    operation INTEGER NOT NULL REFERENCES operation (id),
    undone    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX intake_condition_intake ON intake_condition (intake);

CREATE TABLE intake_condition_change (
    id           INTEGER NOT NULL REFERENCES intake_condition (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
