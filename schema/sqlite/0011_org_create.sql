-- 组织: departments and positions are trees; people hold positions by dated assignments. Reporting goes from position to
-- position, never from person to person.
CREATE TABLE department (
    id               INTEGER PRIMARY KEY,
    code             TEXT NOT NULL,
    name             TEXT NOT NULL CHECK (name <> ''),
    parent           INTEGER REFERENCES department (id) DEFERRABLE INITIALLY DEFERRED, -- rows of a file come in any order
    manager_position INTEGER REFERENCES position (id),
    valid_from       TEXT CHECK (length(valid_from) = 10),
    valid_to         TEXT CHECK (length(valid_to) = 10),
    note             TEXT,
    operation        INTEGER NOT NULL REFERENCES operation (id),
    undone           INTEGER NOT NULL DEFAULT 0,
    UNIQUE (code, undone)
) STRICT;
CREATE TABLE position (
    id           INTEGER PRIMARY KEY,
    code         TEXT NOT NULL,
    title        TEXT NOT NULL CHECK (title <> ''),
    department   INTEGER NOT NULL REFERENCES department (id),
    reports_to   INTEGER REFERENCES position (id) DEFERRABLE INITIALLY DEFERRED, -- the solid line; NULL: the top
    dotted_to    INTEGER REFERENCES position (id),
    family       TEXT,
    grade        TEXT,
    headcount    INTEGER NOT NULL DEFAULT 1 CHECK (headcount >= 0),
    valid_from   TEXT CHECK (length(valid_from) = 10),
    valid_to     TEXT CHECK (length(valid_to) = 10),
    job_version  INTEGER CHECK (job_version > 0),        -- version of the job description in force
    job_superior INTEGER CHECK (job_superior > 0),       -- the last version that the superior position approved
    job_hr       INTEGER CHECK (job_hr > 0),             -- the last one that HR & Admin approved
    note         TEXT,
    operation    INTEGER NOT NULL REFERENCES operation (id),
    undone       INTEGER NOT NULL DEFAULT 0,
    UNIQUE (code, undone)
) STRICT;
CREATE INDEX position_department ON position (department);
CREATE TABLE employee (
    id        INTEGER PRIMARY KEY,
    number    TEXT NOT NULL,
    name      TEXT NOT NULL CHECK (name <> ''),
    position  INTEGER REFERENCES position (id),          -- as entered; what is held stands in assignment
    hired_on  TEXT CHECK (length(hired_on) = 10),
    left_on   TEXT CHECK (length(left_on) = 10),         -- last day of employment
    email     TEXT,
    phone     TEXT,
    note      TEXT,
    operation INTEGER NOT NULL REFERENCES operation (id),
    undone    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE TABLE assignment (
    id          INTEGER PRIMARY KEY,
    number      TEXT NOT NULL,
    employee    INTEGER NOT NULL REFERENCES employee (id),
    position    INTEGER NOT NULL REFERENCES position (id),
    kind        TEXT NOT NULL DEFAULT 'primary' CHECK (kind IN ('primary', 'concurrent', 'acting')),
    fte         INTEGER NOT NULL CHECK (fte BETWEEN 0 AND 100), -- hundredths of a full-time equivalent
    starts_on   TEXT NOT NULL CHECK (length(starts_on) = 10),
    ends_on     TEXT CHECK (length(ends_on) = 10),
    approves_to INTEGER CHECK (approves_to >= 0),        -- of an acting holder: the most that it may approve, fen
    job_read    INTEGER CHECK (job_read > 0),            -- the last version of the job description acknowledged
    note        TEXT,
    operation   INTEGER NOT NULL REFERENCES operation (id),
    undone      INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX assignment_employee ON assignment (employee);
CREATE INDEX assignment_position ON assignment (position);
CREATE TABLE function (
    id         INTEGER PRIMARY KEY,
    code       TEXT NOT NULL,
    name       TEXT NOT NULL CHECK (name <> ''),
    department INTEGER NOT NULL REFERENCES department (id),
    mandatory  INTEGER NOT NULL DEFAULT 1 CHECK (mandatory IN (0, 1)),
    valid_from TEXT CHECK (length(valid_from) = 10),
    valid_to   TEXT CHECK (length(valid_to) = 10),
    note       TEXT,
    operation  INTEGER NOT NULL REFERENCES operation (id),
    undone     INTEGER NOT NULL DEFAULT 0,
    UNIQUE (code, undone)
) STRICT;
CREATE TABLE raci (
    id         INTEGER PRIMARY KEY,
    number     TEXT NOT NULL,
    function   INTEGER NOT NULL REFERENCES function (id),
    position   INTEGER NOT NULL REFERENCES position (id),
    role       TEXT NOT NULL CHECK (role IN ('R', 'A', 'C', 'I')),
    lead       INTEGER NOT NULL DEFAULT 0 CHECK (lead IN (0, 1)),
    valid_from TEXT CHECK (length(valid_from) = 10),
    valid_to   TEXT CHECK (length(valid_to) = 10),
    note       TEXT,
    operation  INTEGER NOT NULL REFERENCES operation (id),
    undone     INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX raci_function ON raci (function);
CREATE TABLE job (
    id        INTEGER PRIMARY KEY,
    number    TEXT NOT NULL,
    position  INTEGER NOT NULL REFERENCES position (id),
    version   INTEGER NOT NULL CHECK (version > 0),
    kind      TEXT NOT NULL CHECK (kind IN ('duty', 'authority', 'goal', 'qualification', 'collaboration')),
    text      TEXT NOT NULL CHECK (text <> ''),
    function  INTEGER REFERENCES function (id),
    "limit"   INTEGER CHECK ("limit" >= 0),              -- of an authority, fen; NULL: without limit
    scope     TEXT,                                      -- of an authority: code of a department; NULL: everywhere
    target    TEXT,
    unit      TEXT,
    period    TEXT,
    share     INTEGER CHECK (share BETWEEN 0 AND 1000000), -- of the working time, parts per million
    standard  TEXT,
    hard      INTEGER NOT NULL DEFAULT 0 CHECK (hard IN (0, 1)), -- of a qualification: a licence that the law wants
    note      TEXT,
    operation INTEGER NOT NULL REFERENCES operation (id),
    undone    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX job_position ON job (position);
CREATE TABLE licence (
    id         INTEGER PRIMARY KEY,
    number     TEXT NOT NULL,
    employee   INTEGER NOT NULL REFERENCES employee (id),
    title      TEXT NOT NULL CHECK (title <> ''),
    issuer     TEXT,
    issued_on  TEXT CHECK (length(issued_on) = 10),
    expires_on TEXT CHECK (length(expires_on) = 10),
    note       TEXT,
    operation  INTEGER NOT NULL REFERENCES operation (id),
    undone     INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX licence_employee ON licence (employee);

CREATE TABLE department_change (
    id INTEGER NOT NULL REFERENCES department (id), field TEXT NOT NULL, value TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10), operation INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE position_change (
    id INTEGER NOT NULL REFERENCES position (id), field TEXT NOT NULL, value TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10), operation INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE employee_change (
    id INTEGER NOT NULL REFERENCES employee (id), field TEXT NOT NULL, value TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10), operation INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE assignment_change (
    id INTEGER NOT NULL REFERENCES assignment (id), field TEXT NOT NULL, value TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10), operation INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE function_change (
    id INTEGER NOT NULL REFERENCES function (id), field TEXT NOT NULL, value TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10), operation INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE raci_change (
    id INTEGER NOT NULL REFERENCES raci (id), field TEXT NOT NULL, value TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10), operation INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE job_change (
    id INTEGER NOT NULL REFERENCES job (id), field TEXT NOT NULL, value TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10), operation INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE licence_change (
    id INTEGER NOT NULL REFERENCES licence (id), field TEXT NOT NULL, value TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10), operation INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
