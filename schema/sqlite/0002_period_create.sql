-- 会计期间. The last event tells what is closed: close = everything up to that month, reopen = that month and all later are open.
CREATE TABLE period_event (
    id        INTEGER PRIMARY KEY,
    month     TEXT NOT NULL CHECK (length(month) = 7),  -- YYYY-MM
    action    TEXT NOT NULL CHECK (action IN ('close', 'reopen')),
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
