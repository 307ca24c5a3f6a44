-- Hours that an assessment reckons with, and what one of them costs: the labour cost in parts. The last row of a person
-- or position counts.
CREATE TABLE intake_labour (
    id         INTEGER PRIMARY KEY,
    number     TEXT NOT NULL,
    intake     INTEGER NOT NULL REFERENCES intake (id),
    who        TEXT NOT NULL CHECK (who <> ''),           -- an employee's number, a position's code, or a grade in words
    hours      INTEGER NOT NULL CHECK (hours > 0),        -- hundredths
    rate       INTEGER NOT NULL CHECK (rate >= 0),        -- minor units of the assessment's currency an hour
    entered_on TEXT NOT NULL CHECK (length(entered_on) = 10),
    operation  INTEGER NOT NULL REFERENCES operation (id),
    undone     INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX intake_labour_intake ON intake_labour (intake);
CREATE TABLE intake_labour_change (
    id           INTEGER NOT NULL REFERENCES intake_labour (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
