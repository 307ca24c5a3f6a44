-- What a decision rested on and settings bear on, as it was when it was decided.
CREATE TABLE intake_verdict (
    id                   INTEGER PRIMARY KEY,
    number               TEXT NOT NULL,
    intake               INTEGER NOT NULL REFERENCES intake (id),
    weights              TEXT NOT NULL CHECK (weights <> ''),          -- of the dimensions, as the setting has them
    margin_floor         INTEGER NOT NULL,                             -- parts per million
    weighted_score       INTEGER NOT NULL CHECK (weighted_score BETWEEN 0 AND 1000), -- tenths
    exposure             INTEGER NOT NULL,                             -- minor units
    residual_exposure    INTEGER NOT NULL,
    risk_adjusted_margin INTEGER,                                      -- parts per million, unless there is no net revenue
    verdict              TEXT NOT NULL CHECK (verdict IN ('go', 'go_with_conditions', 'no_go')),
    knockouts            TEXT,                                         -- that followed from the figures
    triggers             TEXT,                                         -- of the committee
    decided_on           TEXT NOT NULL CHECK (length(decided_on) = 10),
    operation            INTEGER NOT NULL REFERENCES operation (id),
    undone               INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX intake_verdict_intake ON intake_verdict (intake);
CREATE TABLE intake_verdict_change (
    id           INTEGER NOT NULL REFERENCES intake_verdict (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;

-- A meeting may also pass a matter on to the shareholders.
CREATE TABLE intake_meeting_wide (
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
    result      TEXT CHECK (result IN ('passed', 'not_passed', 'passed_on')),
    operation INTEGER NOT NULL REFERENCES operation (id),
    undone    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
INSERT INTO intake_meeting_wide
SELECT id, number, intake, convened_on, mode, place, due_on, attendees, materials, special, discussion, signed_on, result, operation, undone FROM intake_meeting;
DROP TABLE intake_meeting;
ALTER TABLE intake_meeting_wide RENAME TO intake_meeting;
CREATE INDEX intake_meeting_intake ON intake_meeting (intake);
