-- 承接评估: one row a version of an assessment; what belongs to it stands in tables of its own. The row keeps what was entered, later
-- values stand in intake_change. Scores are tenths (0 to 50), money minor units of currency, rates parts per million, flags 0 or 1.
CREATE TABLE intake (
    id                  INTEGER PRIMARY KEY,
    number              TEXT NOT NULL,
    lead                INTEGER REFERENCES lead (id),
    client              INTEGER NOT NULL REFERENCES client (id),
    title               TEXT NOT NULL CHECK (title <> ''),
    trade               TEXT NOT NULL CHECK (trade IN ('bidding', 'patent', 'trademark', 'customs', 'advertising', 'bookkeeping', 'other')),
    amount              INTEGER CHECK (amount >= 0),             -- tax included
    currency            TEXT NOT NULL CHECK (length(currency) = 3),
    tax_rate            INTEGER CHECK (tax_rate >= 0),
    pass_through        INTEGER CHECK (pass_through >= 0),
    rebates             INTEGER CHECK (rebates >= 0),
    labour_cost         INTEGER CHECK (labour_cost >= 0),
    subcontract_cost    INTEGER CHECK (subcontract_cost >= 0),
    travel_cost         INTEGER CHECK (travel_cost >= 0),
    other_cost          INTEGER CHECK (other_cost >= 0),
    advance             INTEGER CHECK (advance >= 0),            -- 垫资
    qualification_score INTEGER CHECK (qualification_score BETWEEN 0 AND 50),
    feasibility_score   INTEGER CHECK (feasibility_score BETWEEN 0 AND 50),
    capability_score    INTEGER CHECK (capability_score BETWEEN 0 AND 50),
    return_score        INTEGER CHECK (return_score BETWEEN 0 AND 50),
    risk_score          INTEGER CHECK (risk_score BETWEEN 0 AND 50),
    evidence            TEXT,
    new_business_line   INTEGER CHECK (new_business_line IN (0, 1)),
    public_project      INTEGER CHECK (public_project IN (0, 1)),
    related_party       INTEGER CHECK (related_party IN (0, 1)),
    unlimited_liability INTEGER CHECK (unlimited_liability IN (0, 1)),
    cross_department    INTEGER CHECK (cross_department IN (0, 1)),
    owner               TEXT,
    assessor            TEXT,
    opened_on           TEXT NOT NULL CHECK (length(opened_on) = 10),
    version             INTEGER NOT NULL CHECK (version >= 1),
    reopens             INTEGER REFERENCES intake (id),          -- the version before
    status              TEXT NOT NULL CHECK (status IN ('opportunity', 'assessing', 'deferred', 'decided', 'lost', 'withdrawn')),
    decision            TEXT CHECK (decision IN ('go', 'go_with_conditions', 'no_go')),
    decided_by          TEXT,                                    -- a person, or the number of the committee's meeting
    reason              TEXT,                                    -- of the last turn: why deferred, lost, withdrawn, not taken on
    note                TEXT,
    operation           INTEGER NOT NULL REFERENCES operation (id),
    undone              INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX intake_client ON intake (client);
CREATE INDEX intake_lead ON intake (lead) WHERE lead IS NOT NULL;

-- A score of one sub-item; the last one of a sub-item counts.
CREATE TABLE intake_score (
    id        INTEGER PRIMARY KEY,
    number    TEXT NOT NULL,
    intake    INTEGER NOT NULL REFERENCES intake (id),
    dimension TEXT NOT NULL CHECK (dimension IN ('qualification', 'feasibility', 'capability', 'return', 'risk')),
    item      TEXT NOT NULL CHECK (item <> ''),
    score     INTEGER NOT NULL CHECK (score BETWEEN 0 AND 50),   -- tenths
    evidence  TEXT NOT NULL CHECK (evidence <> ''),
    assessor  TEXT NOT NULL,
    scored_on TEXT NOT NULL CHECK (length(scored_on) = 10),
    operation INTEGER NOT NULL REFERENCES operation (id),
    undone    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX intake_score_intake ON intake_score (intake);

CREATE TABLE intake_risk (
    id                   INTEGER PRIMARY KEY,
    number               TEXT NOT NULL,
    intake               INTEGER NOT NULL REFERENCES intake (id),
    title                TEXT NOT NULL CHECK (title <> ''),
    kind                 TEXT NOT NULL CHECK (kind IN ('legal', 'compliance', 'technical', 'schedule', 'payment', 'staff', 'other')),
    probability          INTEGER NOT NULL CHECK (probability BETWEEN 1 AND 5),
    impact               INTEGER NOT NULL CHECK (impact BETWEEN 1 AND 5),
    likelihood           INTEGER CHECK (likelihood BETWEEN 0 AND 1000000),  -- NULL: that of the probability by the settings
    loss                 INTEGER CHECK (loss >= 0),
    mitigation           TEXT,
    owner                TEXT,
    due_on               TEXT CHECK (length(due_on) = 10),
    residual_probability INTEGER CHECK (residual_probability BETWEEN 1 AND 5),
    residual_impact      INTEGER CHECK (residual_impact BETWEEN 1 AND 5),
    residual_likelihood  INTEGER CHECK (residual_likelihood BETWEEN 0 AND 1000000),
    residual_loss        INTEGER CHECK (residual_loss >= 0),                -- NULL: as the loss
    entered_on           TEXT NOT NULL CHECK (length(entered_on) = 10),
    operation            INTEGER NOT NULL REFERENCES operation (id),
    undone               INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX intake_risk_intake ON intake_risk (intake);

CREATE TABLE intake_knockout (
    id        INTEGER PRIMARY KEY,
    number    TEXT NOT NULL,
    intake    INTEGER NOT NULL REFERENCES intake (id),
    kind      TEXT NOT NULL CHECK (kind IN ('invalid_code', 'deregistered', 'dishonest_debtor', 'blacklisted', 'illegal_purpose', 'missing_approval', 'statutory_conflict', 'no_licensed_person', 'margin_below_floor', 'extreme_risk', 'unmitigated_compliance_risk')),
    evidence  TEXT NOT NULL CHECK (evidence <> ''),
    found_on  TEXT NOT NULL CHECK (length(found_on) = 10),
    operation INTEGER NOT NULL REFERENCES operation (id),
    undone    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX intake_knockout_intake ON intake_knockout (intake);

-- Net cash of a month; the last row of a month counts.
CREATE TABLE intake_cash (
    id        INTEGER PRIMARY KEY,
    number    TEXT NOT NULL,
    intake    INTEGER NOT NULL REFERENCES intake (id),
    month     TEXT NOT NULL CHECK (length(month) = 7),
    net       INTEGER NOT NULL,
    entered_on TEXT NOT NULL CHECK (length(entered_on) = 10),
    operation INTEGER NOT NULL REFERENCES operation (id),
    undone    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
CREATE INDEX intake_cash_intake ON intake_cash (intake);

CREATE TABLE intake_change (
    id           INTEGER NOT NULL REFERENCES intake (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;

CREATE TABLE intake_score_change (
    id           INTEGER NOT NULL REFERENCES intake_score (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;

CREATE TABLE intake_risk_change (
    id           INTEGER NOT NULL REFERENCES intake_risk (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;

CREATE TABLE intake_knockout_change (
    id           INTEGER NOT NULL REFERENCES intake_knockout (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;

CREATE TABLE intake_cash_change (
    id           INTEGER NOT NULL REFERENCES intake_cash (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
