-- Responsible and backup of a deadline are employees. A name that no employee has, or that several have, becomes an employee of that
-- number and name, known from the operation that first wrote it: no deadline loses its people.
CREATE TABLE docket_person (
    text      TEXT PRIMARY KEY,
    operation INTEGER NOT NULL
) STRICT;
INSERT INTO docket_person
SELECT text, MIN(operation) FROM (
    SELECT responsible AS text, operation FROM docket
    UNION ALL SELECT backup, operation FROM docket
    UNION ALL SELECT value, operation FROM docket_change WHERE field IN ('responsible', 'backup') AND value IS NOT NULL) AS named
GROUP BY text;
INSERT INTO employee (number, name, operation)
SELECT text, text, operation FROM docket_person
WHERE NOT EXISTS (SELECT 1 FROM employee WHERE number = text AND undone = 0)
  AND (SELECT COUNT(*) FROM employee WHERE name = text AND undone = 0) <> 1
ORDER BY operation, text;
CREATE TABLE docket_employee (
    text     TEXT PRIMARY KEY,
    employee INTEGER NOT NULL
) STRICT;
INSERT INTO docket_employee
SELECT text, COALESCE((SELECT id FROM employee WHERE number = text AND undone = 0), (SELECT id FROM employee WHERE name = text AND undone = 0))
FROM docket_person;

CREATE TABLE docket_with_people (
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
    responsible INTEGER NOT NULL REFERENCES employee (id),
    backup      INTEGER NOT NULL REFERENCES employee (id),
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
INSERT INTO docket_with_people
SELECT d.id, d.number, matter, rule, version, title, client, trigger_on, served, due_on, calendar, r.employee, b.employee, status, done_by, proof, evidence, trace, note, operation, undone
FROM docket AS d JOIN docket_employee AS r ON r.text = d.responsible JOIN docket_employee AS b ON b.text = d.backup;
DROP TABLE docket;
ALTER TABLE docket_with_people RENAME TO docket;
CREATE INDEX docket_client ON docket (client);
UPDATE docket_change SET value = (SELECT CAST(employee AS TEXT) FROM docket_employee WHERE text = docket_change.value)
WHERE field IN ('responsible', 'backup') AND value IS NOT NULL;
DROP TABLE docket_employee;
DROP TABLE docket_person;
