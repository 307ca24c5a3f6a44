-- 进度: how far a piece of work was on a day, by the method that it is measured with. The last one by a day counts.
CREATE TABLE progress (
    id          INTEGER PRIMARY KEY,
    number      TEXT NOT NULL,                            -- project/wbs/measured_on
    project     INTEGER NOT NULL REFERENCES project (id),
    wbs         TEXT NOT NULL CHECK (wbs <> ''),
    task        INTEGER NOT NULL REFERENCES task (id),
    measured_on TEXT NOT NULL CHECK (length(measured_on) = 10),
    method      TEXT NOT NULL CHECK (method IN ('zero_hundred', 'fifty_fifty', 'milestones', 'units', 'percent')),
    percent     INTEGER CHECK (percent BETWEEN 0 AND 1000000), -- parts per million
    units_done  INTEGER CHECK (units_done >= 0),          -- hundredths; of milestones: their weights
    units       INTEGER CHECK (units > 0),
    started     INTEGER NOT NULL CHECK (started IN (0, 1)),
    accepted    INTEGER NOT NULL CHECK (accepted IN (0, 1)),
    evidence    TEXT,
    note        TEXT,
    operation   INTEGER NOT NULL REFERENCES operation (id),
    undone      INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX progress_task ON progress (task, measured_on);
CREATE TABLE progress_change (
    id           INTEGER NOT NULL REFERENCES progress (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
