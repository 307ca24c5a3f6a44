-- 工作日历: every day of a loaded year. A day without a row is not known, and nothing is computed over it.
CREATE TABLE calendar_day (
    id        INTEGER PRIMARY KEY,
    number    TEXT NOT NULL,                              -- the day again, by which the row is named
    day       TEXT NOT NULL CHECK (length(day) = 10),
    kind      TEXT NOT NULL CHECK (kind IN ('work', 'rest', 'statutory_holiday', 'adjusted_rest', 'makeup_work')),
    name      TEXT,
    source    TEXT,                                       -- the notice; NULL for a plain day
    operation INTEGER NOT NULL REFERENCES operation (id),
    undone    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE TABLE calendar_day_change (
    id           INTEGER NOT NULL REFERENCES calendar_day (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
