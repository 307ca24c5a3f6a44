CREATE TABLE schema_migration(
  version INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  checksum TEXT NOT NULL,
  applied_at TEXT NOT NULL
) STRICT;
CREATE TABLE operation(
  id INTEGER PRIMARY KEY,
  recorded_at TEXT NOT NULL, -- UTC, YYYY-MM-DDTHH:MM:SS.ffffffZ; never falls with id
  actor TEXT NOT NULL,
  command TEXT NOT NULL,
  clock_given INTEGER NOT NULL CHECK(clock_given IN(0, 1))
  ,
  undone_by INTEGER REFERENCES operation(id)
) STRICT;
CREATE INDEX operation_recorded_at ON operation(recorded_at, id);
CREATE TABLE audit(
  seq INTEGER PRIMARY KEY,
  operation INTEGER NOT NULL REFERENCES operation(id),
  verb TEXT NOT NULL,
  noun TEXT NOT NULL,
  id INTEGER NOT NULL, -- the record's id; 0: the file or a whole import
before TEXT NOT NULL, -- JSON of the changed fields, '' = nothing before
  after TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TABLE import(
  id INTEGER PRIMARY KEY,
  operation INTEGER NOT NULL REFERENCES operation(id),
  noun TEXT NOT NULL,
  source TEXT NOT NULL, -- file name as given, '-' = standard input
  batch TEXT,
  row_count INTEGER NOT NULL,
  inserted INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  rows_hash TEXT NOT NULL -- BLAKE2b-256 over the rows as they were understood
) STRICT;
CREATE INDEX import_rows_hash ON import(rows_hash);
CREATE TABLE period_event(
  id INTEGER PRIMARY KEY,
  month TEXT NOT NULL CHECK(length(month) = 7), -- YYYY-MM
  action TEXT NOT NULL CHECK(action IN('close', 'reopen')),
  operation INTEGER NOT NULL REFERENCES operation(id)
) STRICT;
CREATE TABLE open_invoice(
  id INTEGER PRIMARY KEY REFERENCES invoice(id),
  client INTEGER NOT NULL,
  contract INTEGER,
  currency TEXT NOT NULL,
  kind TEXT NOT NULL,
  issued_on TEXT NOT NULL,
  due_on TEXT NOT NULL,
  open INTEGER NOT NULL CHECK(open <> 0)
) STRICT;
CREATE TABLE allocation(
  id INTEGER PRIMARY KEY,
  number TEXT,
  receipt INTEGER NOT NULL REFERENCES receipt(id),
  invoice INTEGER NOT NULL REFERENCES invoice(id),
  amount INTEGER NOT NULL CHECK(amount <> 0), -- minor units of the currency both share
  allocated_on TEXT NOT NULL CHECK(length(allocated_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id)
  ,
  reverses INTEGER REFERENCES allocation(id),
  undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX allocation_invoice ON allocation(invoice);
CREATE INDEX allocation_receipt ON allocation(receipt);
CREATE INDEX allocation_allocated_on ON allocation(allocated_on);
CREATE TABLE open_receipt(
  id INTEGER PRIMARY KEY REFERENCES receipt(id),
  open INTEGER NOT NULL CHECK(open > 0)
) STRICT;
CREATE INDEX allocation_reversal ON allocation(
  invoice,
  receipt
) WHERE amount < 0;
CREATE TABLE IF NOT EXISTS "client_change"(
  id INTEGER NOT NULL REFERENCES client(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "contract_change"(
  id INTEGER NOT NULL REFERENCES contract(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "invoice_change"(
  id INTEGER NOT NULL REFERENCES invoice(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "receipt_change"(
  id INTEGER NOT NULL REFERENCES receipt(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE operation_undo(
  operation INTEGER NOT NULL REFERENCES operation(id),
  undoes INTEGER NOT NULL REFERENCES operation(id),
  root INTEGER NOT NULL REFERENCES operation(id),
  back INTEGER NOT NULL CHECK(back IN(0, 1)),
  PRIMARY KEY(operation, undoes, root)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX allocation_number ON allocation(
  number,
  undone
) WHERE number IS NOT NULL;
CREATE INDEX allocation_counter_entry ON allocation(
  reverses,
  operation
) WHERE undone <> 0;
CREATE TABLE IF NOT EXISTS "refund"(
  id INTEGER PRIMARY KEY,
  number TEXT,
  receipt INTEGER NOT NULL REFERENCES receipt(id),
  amount INTEGER NOT NULL CHECK(amount <> 0), -- minor units; a counter-entry is negative
  refunded_on TEXT NOT NULL CHECK(length(refunded_on) = 10),
  note TEXT,
  reverses INTEGER REFERENCES refund(id),
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX refund_receipt ON refund(receipt);
CREATE UNIQUE INDEX refund_number ON refund(
  number,
  undone
) WHERE number IS NOT NULL;
CREATE INDEX refund_counter_entry ON refund(
  reverses,
  operation
) WHERE undone <> 0;
CREATE TABLE department(
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  name TEXT NOT NULL CHECK(name <> ''),
  parent INTEGER REFERENCES department(id) DEFERRABLE INITIALLY DEFERRED, -- rows of a file come in any order
  manager_position INTEGER REFERENCES position(id),
  valid_from TEXT CHECK(length(valid_from) = 10),
  valid_to TEXT CHECK(length(valid_to) = 10),
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(code, undone)
) STRICT;
CREATE TABLE position(
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  title TEXT NOT NULL CHECK(title <> ''),
  department INTEGER NOT NULL REFERENCES department(id),
  reports_to INTEGER REFERENCES position(id) DEFERRABLE INITIALLY DEFERRED, -- the solid line; NULL: the top
  dotted_to INTEGER REFERENCES position(id),
  family TEXT,
  grade TEXT,
  headcount INTEGER NOT NULL DEFAULT 1 CHECK(headcount >= 0),
  valid_from TEXT CHECK(length(valid_from) = 10),
  valid_to TEXT CHECK(length(valid_to) = 10),
  job_version INTEGER CHECK(job_version > 0), -- version of the job description in force
  job_superior INTEGER CHECK(job_superior > 0), -- the last version that the superior position approved
  job_hr INTEGER CHECK(job_hr > 0), -- the last one that HR & Admin approved
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  accountable_to TEXT,
  UNIQUE(code, undone)
) STRICT;
CREATE INDEX position_department ON position(department);
CREATE TABLE employee(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  name TEXT NOT NULL CHECK(name <> ''),
  position INTEGER REFERENCES position(id), -- as entered; what is held stands in assignment
  hired_on TEXT CHECK(length(hired_on) = 10),
  left_on TEXT CHECK(length(left_on) = 10), -- last day of employment
  email TEXT,
  phone TEXT,
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE TABLE assignment(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  employee INTEGER NOT NULL REFERENCES employee(id),
  position INTEGER NOT NULL REFERENCES position(id),
  kind TEXT NOT NULL DEFAULT 'primary' CHECK(kind IN('primary', 'concurrent', 'acting')),
  fte INTEGER NOT NULL CHECK(fte BETWEEN 0 AND 100), -- hundredths of a full-time equivalent
  starts_on TEXT NOT NULL CHECK(length(starts_on) = 10),
  ends_on TEXT CHECK(length(ends_on) = 10),
  approves_to INTEGER CHECK(approves_to >= 0), -- of an acting holder: the most that it may approve, fen
  job_read INTEGER CHECK(job_read > 0), -- the last version of the job description acknowledged
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  currency TEXT CHECK(length(currency) = 3),
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX assignment_employee ON assignment(employee);
CREATE INDEX assignment_position ON assignment(position);
CREATE TABLE function(
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  name TEXT NOT NULL CHECK(name <> ''),
  department INTEGER NOT NULL REFERENCES department(id),
  mandatory INTEGER NOT NULL DEFAULT 1 CHECK(mandatory IN(0, 1)),
  valid_from TEXT CHECK(length(valid_from) = 10),
  valid_to TEXT CHECK(length(valid_to) = 10),
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(code, undone)
) STRICT;
CREATE TABLE raci(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  function INTEGER NOT NULL REFERENCES function(id),
  position INTEGER NOT NULL REFERENCES position(id),
  role TEXT NOT NULL CHECK(role IN('R', 'A', 'C', 'I')),
  lead INTEGER NOT NULL DEFAULT 0 CHECK(lead IN(0, 1)),
  valid_from TEXT CHECK(length(valid_from) = 10),
  valid_to TEXT CHECK(length(valid_to) = 10),
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX raci_function ON raci(function);
CREATE TABLE job(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  position INTEGER NOT NULL REFERENCES position(id),
  version INTEGER NOT NULL CHECK(version > 0),
  kind TEXT NOT NULL CHECK(kind IN('duty', 'authority', 'goal', 'qualification', 'collaboration')),
  text TEXT NOT NULL CHECK(text <> ''),
  function INTEGER REFERENCES function(id),
  "limit" INTEGER CHECK("limit" >= 0), -- of an authority, fen; NULL: without limit
  scope TEXT, -- of an authority: code of a department; NULL: everywhere
  target TEXT,
  unit TEXT,
  period TEXT,
  share INTEGER CHECK(share BETWEEN 0 AND 1000000), -- of the working time, parts per million
  standard TEXT,
  hard INTEGER NOT NULL DEFAULT 0 CHECK(hard IN(0, 1)), -- of a qualification: a licence that the law wants
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  currency TEXT CHECK(length(currency) = 3),
  other_position INTEGER REFERENCES position(id),
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX job_position ON job(position);
CREATE TABLE licence(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  employee INTEGER NOT NULL REFERENCES employee(id),
  title TEXT NOT NULL CHECK(title <> ''),
  issuer TEXT,
  issued_on TEXT CHECK(length(issued_on) = 10),
  expires_on TEXT CHECK(length(expires_on) = 10),
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX licence_employee ON licence(employee);
CREATE TABLE department_change(
  id INTEGER NOT NULL REFERENCES department(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE position_change(
  id INTEGER NOT NULL REFERENCES position(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE employee_change(
  id INTEGER NOT NULL REFERENCES employee(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE assignment_change(
  id INTEGER NOT NULL REFERENCES assignment(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE function_change(
  id INTEGER NOT NULL REFERENCES function(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE raci_change(
  id INTEGER NOT NULL REFERENCES raci(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE job_change(
  id INTEGER NOT NULL REFERENCES job(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE licence_change(
  id INTEGER NOT NULL REFERENCES licence(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE lead(
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  client INTEGER NOT NULL REFERENCES client(id),
  title TEXT NOT NULL CHECK(title <> ''),
  source TEXT,
  expected_amount INTEGER CHECK(expected_amount >= 0), -- tax included, minor units of currency
  currency TEXT NOT NULL CHECK(length(currency) = 3),
  expected_on TEXT CHECK(length(expected_on) = 10), -- day of signing that is hoped for
  owner TEXT,
  received_on TEXT NOT NULL CHECK(length(received_on) = 10),
  status TEXT NOT NULL CHECK(status IN('lead', 'opportunity', 'lost', 'withdrawn')),
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(code, undone)
) STRICT;
CREATE INDEX lead_client ON lead(client);
CREATE TABLE lead_change(
  id INTEGER NOT NULL REFERENCES lead(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE intake(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  lead INTEGER REFERENCES lead(id),
  client INTEGER NOT NULL REFERENCES client(id),
  title TEXT NOT NULL CHECK(title <> ''),
  trade TEXT NOT NULL CHECK(trade IN('bidding', 'patent', 'trademark', 'customs', 'advertising', 'bookkeeping', 'other')),
  amount INTEGER CHECK(amount >= 0), -- tax included
  currency TEXT NOT NULL CHECK(length(currency) = 3),
  tax_rate INTEGER CHECK(tax_rate >= 0),
  pass_through INTEGER CHECK(pass_through >= 0),
  rebates INTEGER CHECK(rebates >= 0),
  labour_cost INTEGER CHECK(labour_cost >= 0),
  subcontract_cost INTEGER CHECK(subcontract_cost >= 0),
  travel_cost INTEGER CHECK(travel_cost >= 0),
  other_cost INTEGER CHECK(other_cost >= 0),
  advance INTEGER CHECK(advance >= 0), -- 垫资
  qualification_score INTEGER CHECK(qualification_score BETWEEN 0 AND 50),
  feasibility_score INTEGER CHECK(feasibility_score BETWEEN 0 AND 50),
  capability_score INTEGER CHECK(capability_score BETWEEN 0 AND 50),
  return_score INTEGER CHECK(return_score BETWEEN 0 AND 50),
  risk_score INTEGER CHECK(risk_score BETWEEN 0 AND 50),
  evidence TEXT,
  new_business_line INTEGER CHECK(new_business_line IN(0, 1)),
  public_project INTEGER CHECK(public_project IN(0, 1)),
  related_party INTEGER CHECK(related_party IN(0, 1)),
  unlimited_liability INTEGER CHECK(unlimited_liability IN(0, 1)),
  cross_department INTEGER CHECK(cross_department IN(0, 1)),
  owner TEXT,
  assessor TEXT,
  opened_on TEXT NOT NULL CHECK(length(opened_on) = 10),
  version INTEGER NOT NULL CHECK(version >= 1),
  reopens INTEGER REFERENCES intake(id), -- the version before
  status TEXT NOT NULL CHECK(status IN('opportunity', 'assessing', 'deferred', 'decided', 'lost', 'withdrawn')),
  decision TEXT CHECK(decision IN('go', 'go_with_conditions', 'no_go')),
  decided_by TEXT, -- a person, or the number of the committee's meeting
reason TEXT, -- of the last turn: why deferred, lost, withdrawn, not taken on
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX intake_client ON intake(client);
CREATE INDEX intake_lead ON intake(lead) WHERE lead IS NOT NULL;
CREATE TABLE intake_score(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  intake INTEGER NOT NULL REFERENCES intake(id),
  dimension TEXT NOT NULL CHECK(dimension IN('qualification', 'feasibility', 'capability', 'return', 'risk')),
  item TEXT NOT NULL CHECK(item <> ''),
  score INTEGER NOT NULL CHECK(score BETWEEN 0 AND 50), -- tenths
  evidence TEXT NOT NULL CHECK(evidence <> ''),
  assessor TEXT NOT NULL,
  scored_on TEXT NOT NULL CHECK(length(scored_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX intake_score_intake ON intake_score(intake);
CREATE TABLE intake_risk(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  intake INTEGER NOT NULL REFERENCES intake(id),
  title TEXT NOT NULL CHECK(title <> ''),
  kind TEXT NOT NULL CHECK(kind IN('legal', 'compliance', 'technical', 'schedule', 'payment', 'staff', 'other')),
  probability INTEGER NOT NULL CHECK(probability BETWEEN 1 AND 5),
  impact INTEGER NOT NULL CHECK(impact BETWEEN 1 AND 5),
  likelihood INTEGER CHECK(likelihood BETWEEN 0 AND 1000000), -- NULL: that of the probability by the settings
  loss INTEGER CHECK(loss >= 0),
  mitigation TEXT,
  owner TEXT,
  due_on TEXT CHECK(length(due_on) = 10),
  residual_probability INTEGER CHECK(residual_probability BETWEEN 1 AND 5),
  residual_impact INTEGER CHECK(residual_impact BETWEEN 1 AND 5),
  residual_likelihood INTEGER CHECK(residual_likelihood BETWEEN 0 AND 1000000),
  residual_loss INTEGER CHECK(residual_loss >= 0), -- NULL: as the loss
  entered_on TEXT NOT NULL CHECK(length(entered_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX intake_risk_intake ON intake_risk(intake);
CREATE TABLE intake_knockout(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  intake INTEGER NOT NULL REFERENCES intake(id),
  kind TEXT NOT NULL CHECK(kind IN('invalid_code', 'deregistered', 'dishonest_debtor', 'blacklisted', 'illegal_purpose', 'missing_approval', 'statutory_conflict', 'no_licensed_person', 'margin_below_floor', 'extreme_risk', 'unmitigated_compliance_risk')),
  evidence TEXT NOT NULL CHECK(evidence <> ''),
  found_on TEXT NOT NULL CHECK(length(found_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX intake_knockout_intake ON intake_knockout(intake);
CREATE TABLE intake_cash(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  intake INTEGER NOT NULL REFERENCES intake(id),
  month TEXT NOT NULL CHECK(length(month) = 7),
  net INTEGER NOT NULL,
  entered_on TEXT NOT NULL CHECK(length(entered_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX intake_cash_intake ON intake_cash(intake);
CREATE TABLE intake_change(
  id INTEGER NOT NULL REFERENCES intake(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE intake_score_change(
  id INTEGER NOT NULL REFERENCES intake_score(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE intake_risk_change(
  id INTEGER NOT NULL REFERENCES intake_risk(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE intake_knockout_change(
  id INTEGER NOT NULL REFERENCES intake_knockout(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE intake_cash_change(
  id INTEGER NOT NULL REFERENCES intake_cash(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE committee(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  member INTEGER NOT NULL REFERENCES employee(id),
  role TEXT NOT NULL CHECK(role IN('chair', 'member', 'recorder', 'legal')),
  voting INTEGER NOT NULL CHECK(voting IN(0, 1)),
  function TEXT NOT NULL CHECK(function IN('management', 'business_development', 'delivery', 'finance', 'quality', 'legal', 'other')),
  starts_on TEXT NOT NULL CHECK(length(starts_on) = 10),
  ends_on TEXT CHECK(length(ends_on) = 10), -- last day; NULL: still in it
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE TABLE committee_change(
  id INTEGER NOT NULL REFERENCES committee(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE intake_meeting_change(
  id INTEGER NOT NULL REFERENCES intake_meeting(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE intake_recusal(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  meeting INTEGER NOT NULL REFERENCES intake_meeting(id),
  member INTEGER NOT NULL REFERENCES committee(id),
  reason TEXT NOT NULL CHECK(reason <> ''),
  entered_on TEXT NOT NULL CHECK(length(entered_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX intake_recusal_meeting ON intake_recusal(meeting);
CREATE TABLE intake_recusal_change(
  id INTEGER NOT NULL REFERENCES intake_recusal(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE intake_vote(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  meeting INTEGER NOT NULL REFERENCES intake_meeting(id),
  member INTEGER NOT NULL REFERENCES committee(id),
  vote TEXT NOT NULL CHECK(vote IN('for', 'against', 'abstain')),
  reason TEXT CHECK(reason IS NOT NULL OR vote <> 'against'),
  voted_on TEXT NOT NULL CHECK(length(voted_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX intake_vote_meeting ON intake_vote(meeting);
CREATE TABLE intake_vote_change(
  id INTEGER NOT NULL REFERENCES intake_vote(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE intake_condition(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  intake INTEGER NOT NULL REFERENCES intake(id),
  condition TEXT NOT NULL CHECK(condition <> ''),
  owner TEXT,
  due_on TEXT CHECK(length(due_on) = 10),
  blocks TEXT NOT NULL CHECK(blocks IN('before_sign', 'before_start')),
  satisfied_on TEXT CHECK(length(satisfied_on) = 10),
  evidence TEXT,
  entered_on TEXT NOT NULL CHECK(length(entered_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX intake_condition_intake ON intake_condition(intake);
CREATE TABLE intake_condition_change(
  id INTEGER NOT NULL REFERENCES intake_condition(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE intake_party(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  intake INTEGER NOT NULL REFERENCES intake(id),
  role TEXT NOT NULL CHECK(role IN('legal_representative', 'shareholder', 'group', 'opponent', 'bidder', 'related_person', 'matter')),
  name TEXT NOT NULL CHECK(name <> ''), -- of a matter: its tender, patent or trademark number
  identifier TEXT, -- USCC, or a number by which a person is known
  note TEXT,
  entered_on TEXT NOT NULL CHECK(length(entered_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX intake_party_intake ON intake_party(intake);
CREATE TABLE intake_party_change(
  id INTEGER NOT NULL REFERENCES intake_party(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE intake_check(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  intake INTEGER NOT NULL REFERENCES intake(id),
  checked_on TEXT NOT NULL CHECK(length(checked_on) = 10),
  checked_by TEXT NOT NULL,
  result TEXT NOT NULL CHECK(result IN('clear', 'potential', 'statutory')),
  parties INTEGER NOT NULL CHECK(parties >= 0), -- facts of parties that were looked at; more: it is stale
  findings TEXT, -- one sentence a line
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX intake_check_intake ON intake_check(intake);
CREATE TABLE intake_check_change(
  id INTEGER NOT NULL REFERENCES intake_check(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE relative(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  employee INTEGER NOT NULL REFERENCES employee(id),
  name TEXT NOT NULL CHECK(name <> ''),
  relation TEXT NOT NULL,
  works_at TEXT, -- name of a firm in which the relative works or has a share
  declared_on TEXT NOT NULL CHECK(length(declared_on) = 10),
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE TABLE relative_change(
  id INTEGER NOT NULL REFERENCES relative(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE kyc(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  client INTEGER NOT NULL REFERENCES client(id),
  refreshed_on TEXT NOT NULL CHECK(length(refreshed_on) = 10),
  legal_name TEXT,
  standing TEXT CHECK(standing IN('existing', 'revoked', 'deregistered', 'moved_out')),
  taxpayer TEXT CHECK(taxpayer IN('general', 'small_scale')),
  address TEXT,
  established_on TEXT CHECK(length(established_on) = 10),
  registered_capital INTEGER CHECK(registered_capital >= 0),
  paid_capital INTEGER CHECK(paid_capital >= 0),
  business_scope TEXT,
  industry TEXT,
  licences TEXT, -- with their last days
  bank_account TEXT, -- of the invoice profile: bank and account
  legal_representative TEXT,
  shareholders TEXT, -- of 25 % and more, `;` between
  beneficial_owner TEXT,
  related_parties TEXT, -- `;` between
  size TEXT CHECK(size IN('large', 'medium', 'small', 'micro')),
  size_evidenced_on TEXT CHECK(length(size_evidenced_on) = 10),
  payment_points INTEGER NOT NULL CHECK(payment_points BETWEEN 0 AND 40),
  financial_points INTEGER NOT NULL CHECK(financial_points BETWEEN 0 AND 20),
  background_points INTEGER NOT NULL CHECK(background_points BETWEEN 0 AND 20),
  cooperation_points INTEGER NOT NULL CHECK(cooperation_points BETWEEN 0 AND 20),
  blacklisted INTEGER CHECK(blacklisted IN(0, 1)),
  deposits INTEGER CHECK(deposits >= 0), -- cash held of the client
  advances INTEGER CHECK(advances >= 0), -- paid for the client and not yet billed
  unbilled INTEGER CHECK(unbilled >= 0), -- work done and not yet billed
  source TEXT,
  evidence_hash TEXT,
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX kyc_client ON kyc(client);
CREATE TABLE kyc_change(
  id INTEGER NOT NULL REFERENCES kyc(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE credit_override(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  client INTEGER NOT NULL REFERENCES client(id),
  amount INTEGER NOT NULL CHECK(amount > 0), -- the limit while it holds
  approver TEXT NOT NULL CHECK(approver <> ''),
  reason TEXT NOT NULL CHECK(reason <> ''),
  starts_on TEXT NOT NULL CHECK(length(starts_on) = 10),
  expires_on TEXT NOT NULL CHECK(length(expires_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX credit_override_client ON credit_override(client);
CREATE TABLE credit_override_change(
  id INTEGER NOT NULL REFERENCES credit_override(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE project(
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  name TEXT NOT NULL CHECK(name <> ''),
  client INTEGER REFERENCES client(id),
  contract INTEGER REFERENCES contract(id),
  manager INTEGER REFERENCES employee(id), -- the one project manager in force
  budget INTEGER CHECK(budget >= 0), -- minor units of currency
  currency TEXT NOT NULL CHECK(length(currency) = 3),
  starts_on TEXT CHECK(length(starts_on) = 10),
  calendar TEXT NOT NULL DEFAULT 'work' CHECK(calendar IN('work', 'calendar')),
  status TEXT NOT NULL DEFAULT 'proposed'
  CHECK(status IN('proposed', 'initiated', 'planned', 'in_progress', 'suspended', 'closing', 'closed', 'cancelled')),
  prestart_cap INTEGER CHECK(prestart_cap > 0), -- exposure approved before the contract is effective
  prestart_until TEXT CHECK(length(prestart_until) = 10),
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  report_cadence TEXT CHECK(report_cadence IN('weekly', 'biweekly', 'monthly')),
  scope TEXT,
  sponsor INTEGER REFERENCES employee(id),
  UNIQUE(code, undone)
) STRICT;
CREATE INDEX project_contract ON project(contract) WHERE contract IS NOT NULL;
CREATE TABLE project_change(
  id INTEGER NOT NULL REFERENCES project(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE closeout(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  project INTEGER NOT NULL REFERENCES project(id),
  item TEXT NOT NULL,
  evidence TEXT NOT NULL CHECK(evidence <> ''),
  done_on TEXT NOT NULL CHECK(length(done_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  approved_by INTEGER REFERENCES employee(id),
  lesson TEXT,
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX closeout_project ON closeout(project);
CREATE TABLE closeout_change(
  id INTEGER NOT NULL REFERENCES closeout(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE task(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL, -- project/wbs
  project INTEGER NOT NULL REFERENCES project(id),
  wbs TEXT NOT NULL CHECK(wbs <> ''),
  name TEXT NOT NULL CHECK(name <> ''),
  duration INTEGER CHECK(duration >= 0), -- days of the project's calendar
effort INTEGER CHECK(effort >= 0), -- hundredths of an hour
  after TEXT, -- links: 1.2;1.3SS+2
  optimistic INTEGER CHECK(optimistic >= 0), -- days
  likely INTEGER CHECK(likely >= 0),
  pessimistic INTEGER CHECK(pessimistic >= 0),
  assigned TEXT, -- numbers of employees, ';' between
  cost INTEGER CHECK(cost >= 0), -- minor units of the project's currency
weight INTEGER CHECK(weight >= 0), -- hundredths
  milestone INTEGER NOT NULL DEFAULT 0 CHECK(milestone IN(0, 1)),
  constraint_type TEXT CHECK(constraint_type IN('start_no_earlier', 'start_no_later', 'finish_no_earlier', 'finish_no_later', 'must_start', 'must_finish')),
  constraint_on TEXT CHECK(length(constraint_on) = 10),
  deliverable TEXT,
  acceptance TEXT, -- the criterion
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE TABLE task_change(
  id INTEGER NOT NULL REFERENCES task(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE baseline(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL, -- project/version
  project INTEGER NOT NULL REFERENCES project(id),
  version INTEGER NOT NULL CHECK(version > 0),
  set_on TEXT NOT NULL CHECK(length(set_on) = 10), -- the plan as of this day, known at this operation
  length INTEGER NOT NULL CHECK(length >= 0), -- days
  starts_on TEXT NOT NULL CHECK(length(starts_on) = 10),
  ends_on TEXT NOT NULL CHECK(length(ends_on) = 10),
  cost INTEGER NOT NULL CHECK(cost >= 0), -- budget at completion, minor units of the project's currency
change TEXT, -- number of the approved change request; NULL: the first
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX baseline_project ON baseline(project);
CREATE TABLE baseline_change(
  id INTEGER NOT NULL REFERENCES baseline(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE calendar_day(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL, -- the day again, by which the row is named
  day TEXT NOT NULL CHECK(length(day) = 10),
  kind TEXT NOT NULL CHECK(kind IN('work', 'rest', 'statutory_holiday', 'adjusted_rest', 'makeup_work')),
  name TEXT,
  source TEXT, -- the notice; NULL for a plain day
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE TABLE calendar_day_change(
  id INTEGER NOT NULL REFERENCES calendar_day(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE deadline_rule(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL, -- code/valid_from
  code TEXT NOT NULL,
  valid_from TEXT NOT NULL CHECK(length(valid_from) = 10),
  valid_to TEXT CHECK(length(valid_to) = 10),
  pack TEXT NOT NULL CHECK(pack IN('bidding', 'procurement', 'patent', 'trademark', 'bookkeeping', 'customs', 'house')),
  title TEXT NOT NULL CHECK(title <> ''),
  title_en TEXT,
  trigger TEXT NOT NULL, -- what starts the period, in words
  term TEXT NOT NULL, -- 30d, 10w(work days), 3m, 1y; below zero: before the trigger
  bound TEXT NOT NULL CHECK(bound IN('latest', 'earliest')),
  roll TEXT NOT NULL CHECK(roll IN('none', 'next', 'previous')),
  posted_days INTEGER NOT NULL CHECK(posted_days >= 0),
  source TEXT NOT NULL,
  mark TEXT NOT NULL CHECK(mark IN('verified', 'unverified', 'house')),
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE TABLE deadline_rule_change(
  id INTEGER NOT NULL REFERENCES deadline_rule(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE docket_change(
  id INTEGER NOT NULL REFERENCES docket(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE hourly_rate(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL, -- employee/kind/valid_from
  employee INTEGER NOT NULL REFERENCES employee(id),
  kind TEXT NOT NULL CHECK(kind IN('cost', 'standard')),
  valid_from TEXT NOT NULL CHECK(length(valid_from) = 10),
  amount INTEGER NOT NULL CHECK(amount >= 0), -- minor units of currency an hour
  currency TEXT NOT NULL CHECK(length(currency) = 3),
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE TABLE hourly_rate_change(
  id INTEGER NOT NULL REFERENCES hourly_rate(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE time_entry(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL, -- T-NNNNNN where nobody gives one
  employee INTEGER NOT NULL REFERENCES employee(id),
  project INTEGER REFERENCES project(id), -- NULL: work for the house, leave, training
  wbs TEXT,
  task INTEGER REFERENCES task(id),
  worked_on TEXT NOT NULL CHECK(length(worked_on) = 10),
  hours INTEGER CHECK(hours <> 0), -- hundredths; NULL: a timer runs; a reversing entry is negative
  kind TEXT NOT NULL CHECK(kind IN('billable', 'non_billable', 'leave', 'training')),
  starts_at TEXT CHECK(length(starts_at) = 5), -- HH:MM of worked_on, in the zone of the house
  ends_at TEXT CHECK(length(ends_at) = 5), -- above 24:00 past midnight
  status TEXT NOT NULL CHECK(status IN('running', 'draft', 'submitted', 'approved')),
  approved_by TEXT,
  reversal_of INTEGER REFERENCES time_entry(id),
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX time_entry_employee ON time_entry(employee, worked_on);
CREATE INDEX time_entry_project ON time_entry(
  project
) WHERE project IS NOT NULL;
CREATE TABLE time_entry_change(
  id INTEGER NOT NULL REFERENCES time_entry(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE progress(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL, -- project/wbs/measured_on
  project INTEGER NOT NULL REFERENCES project(id),
  wbs TEXT NOT NULL CHECK(wbs <> ''),
  task INTEGER NOT NULL REFERENCES task(id),
  measured_on TEXT NOT NULL CHECK(length(measured_on) = 10),
  method TEXT NOT NULL CHECK(method IN('zero_hundred', 'fifty_fifty', 'milestones', 'units', 'percent')),
  percent INTEGER CHECK(percent BETWEEN 0 AND 1000000), -- parts per million
  units_done INTEGER CHECK(units_done >= 0), -- hundredths; of milestones: their weights
  units INTEGER CHECK(units > 0),
  started INTEGER NOT NULL CHECK(started IN(0, 1)),
  accepted INTEGER NOT NULL CHECK(accepted IN(0, 1)),
  evidence TEXT,
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX progress_task ON progress(task, measured_on);
CREATE TABLE progress_change(
  id INTEGER NOT NULL REFERENCES progress(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE milestone(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL, -- project/name
  project INTEGER NOT NULL REFERENCES project(id),
  name TEXT NOT NULL CHECK(name <> ''),
  wbs TEXT,
  baseline_on TEXT NOT NULL CHECK(length(baseline_on) = 10),
  forecast_on TEXT NOT NULL CHECK(length(forecast_on) = 10),
  reached_on TEXT CHECK(length(reached_on) = 10),
  evidence TEXT,
  contract INTEGER REFERENCES contract(id),
  unlocks INTEGER CHECK(unlocks > 0), -- minor units of currency
  currency TEXT NOT NULL CHECK(length(currency) = 3),
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE TABLE milestone_change(
  id INTEGER NOT NULL REFERENCES milestone(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE raid(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  project INTEGER NOT NULL REFERENCES project(id),
  kind TEXT NOT NULL CHECK(kind IN('risk', 'assumption', 'issue', 'dependency')),
  title TEXT NOT NULL CHECK(title <> ''),
  owner INTEGER NOT NULL REFERENCES employee(id),
  audience TEXT NOT NULL CHECK(audience IN('internal', 'client')),
  probability INTEGER CHECK(probability BETWEEN 0 AND 1000000),
  impact INTEGER CHECK(impact >= 0), -- minor units of the project's currency
response TEXT CHECK(response IN('avoid', 'mitigate', 'transfer', 'accept')),
trigger TEXT,
severity INTEGER CHECK(severity BETWEEN 1 AND 4),
due_on TEXT CHECK(length(due_on) = 10), -- validate by, or needed by
  party TEXT, -- on whom it depends
  raised_at TEXT NOT NULL CHECK(length(raised_at) = 27),
  respond_by TEXT CHECK(length(respond_by) = 27),
  resolve_by TEXT CHECK(length(resolve_by) = 27),
  responded_at TEXT CHECK(length(responded_at) = 27),
  closed_at TEXT CHECK(length(closed_at) = 27),
  resolution TEXT,
  status TEXT NOT NULL CHECK(status IN('open', 'responded', 'closed')),
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  waiting_task INTEGER REFERENCES task(id),
  on_task INTEGER REFERENCES task(id),
  on_project INTEGER REFERENCES project(id),
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX raid_project ON raid(project);
CREATE TABLE raid_change(
  id INTEGER NOT NULL REFERENCES raid(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE change_request(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  project INTEGER NOT NULL REFERENCES project(id),
  title TEXT NOT NULL CHECK(title <> ''),
  reason TEXT NOT NULL CHECK(reason <> ''),
  scope TEXT,
  days INTEGER, -- later(or, below zero, earlier) by so many days
  cost INTEGER, -- minor units of the project's currency; may be below zero
quality TEXT,
requested_by TEXT NOT NULL,
level TEXT NOT NULL CHECK(level IN('manager', 'sponsor')),
decided_by TEXT,
status TEXT NOT NULL CHECK(status IN('draft', 'submitted', 'approved', 'rejected', 'applied')),
note TEXT,
operation INTEGER NOT NULL REFERENCES operation(id),
undone INTEGER NOT NULL DEFAULT 0,
UNIQUE(number, undone)
) STRICT;
CREATE INDEX change_request_project ON change_request(project);
CREATE TABLE change_request_change(
  id INTEGER NOT NULL REFERENCES change_request(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE status_report(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL, -- project/audience/period_end
  project INTEGER NOT NULL REFERENCES project(id),
  audience TEXT NOT NULL CHECK(audience IN('client', 'internal')),
  period_end TEXT NOT NULL CHECK(length(period_end) = 10),
  issued_on TEXT NOT NULL CHECK(length(issued_on) = 10),
  evidence TEXT,
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE TABLE status_report_change(
  id INTEGER NOT NULL REFERENCES status_report(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE checkpoint(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL, -- project/stage/name
  project INTEGER NOT NULL REFERENCES project(id),
  stage TEXT NOT NULL CHECK(stage IN('proposed', 'initiated', 'planned', 'in_progress', 'closing')),
  name TEXT NOT NULL CHECK(name <> ''),
  kind TEXT NOT NULL CHECK(kind IN('hold', 'witness', 'record')),
  criterion TEXT,
  status TEXT NOT NULL CHECK(status IN('open', 'passed', 'failed')),
  evidence TEXT,
  judged_by TEXT,
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  held_on TEXT CHECK(length(held_on) = 10),
  attendees TEXT,
  minutes TEXT,
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX checkpoint_project ON checkpoint(project);
CREATE TABLE checkpoint_change(
  id INTEGER NOT NULL REFERENCES checkpoint(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE cost(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  project INTEGER NOT NULL REFERENCES project(id),
  posted_on TEXT NOT NULL CHECK(length(posted_on) = 10),
  kind TEXT NOT NULL CHECK(kind IN('subcontract', 'travel', 'official_fee', 'material', 'other')),
  amount INTEGER NOT NULL CHECK(amount <> 0), -- minor units of currency; below zero: given back
  currency TEXT NOT NULL CHECK(length(currency) = 3),
  supplier TEXT,
  contract INTEGER REFERENCES contract(id), -- with the supplier; what is posted on it is committed no more
  wbs TEXT,
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX cost_project ON cost(project);
CREATE TABLE cost_change(
  id INTEGER NOT NULL REFERENCES cost(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE leave(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL, -- LV-NNNNNN where nobody gives one
  employee INTEGER NOT NULL REFERENCES employee(id),
  kind TEXT NOT NULL CHECK(kind IN('annual', 'sick', 'personal', 'marriage', 'maternity', 'paternity', 'bereavement', 'other')),
  starts_on TEXT NOT NULL CHECK(length(starts_on) = 10),
  ends_on TEXT NOT NULL CHECK(length(ends_on) = 10),
  hours INTEGER CHECK(hours > 0 AND hours <= 2400), -- hundredths, of a leave within one day; NULL: its whole work days
  status TEXT NOT NULL CHECK(status IN('requested', 'approved', 'rejected', 'cancelled')),
  decided_by TEXT,
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone),
  CHECK(starts_on <= ends_on)
) STRICT;
CREATE INDEX leave_employee ON leave(employee);
CREATE TABLE leave_change(
  id INTEGER NOT NULL REFERENCES leave(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "docket"(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL, -- matter/rule/trigger_on where nobody gives one
  matter TEXT NOT NULL CHECK(matter <> ''),
  rule TEXT, -- code; NULL: agreed, not by law
  version INTEGER REFERENCES deadline_rule(id), -- of the rule, in force on trigger_on
  title TEXT NOT NULL CHECK(title <> ''),
  client INTEGER NOT NULL REFERENCES client(id),
  trigger_on TEXT NOT NULL CHECK(length(trigger_on) = 10),
  served TEXT NOT NULL CHECK(served IN('electronic', 'posted')),
  due_on TEXT NOT NULL CHECK(length(due_on) = 10), -- as computed; moved ones in docket_change
  calendar TEXT NOT NULL CHECK(calendar IN('loaded', 'missing')),
  responsible INTEGER NOT NULL REFERENCES employee(id),
  backup INTEGER NOT NULL REFERENCES employee(id),
  status TEXT NOT NULL CHECK(status IN('open', 'done', 'completed', 'abandoning', 'abandoned')),
  done_by TEXT,
  proof TEXT,
  evidence TEXT, -- for which due_on was moved
  trace TEXT, -- how due_on was computed
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX docket_client ON docket(client);
CREATE TABLE contact(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  client INTEGER NOT NULL REFERENCES client(id),
  name TEXT NOT NULL CHECK(name <> ''),
  title TEXT,
  phone TEXT,
  email TEXT,
  preferred INTEGER CHECK(preferred IN(0, 1)),
  basis TEXT NOT NULL CHECK(basis IN('consent', 'contract', 'legal_duty')),
  consented_on TEXT CHECK(length(consented_on) = 10),
  withdrawn_on TEXT CHECK(length(withdrawn_on) = 10),
  evidence TEXT,
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX contact_client ON contact(client);
CREATE TABLE contact_change(
  id INTEGER NOT NULL REFERENCES contact(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE intake_labour(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  intake INTEGER NOT NULL REFERENCES intake(id),
  who TEXT NOT NULL CHECK(who <> ''), -- an employee's number, a position's code,
  or a grade in words
  hours INTEGER NOT NULL CHECK(hours > 0), -- hundredths
  rate INTEGER NOT NULL CHECK(rate >= 0), -- minor units of the assessment's currency an hour
entered_on TEXT NOT NULL CHECK(length(entered_on) = 10),
operation INTEGER NOT NULL REFERENCES operation(id),
undone INTEGER NOT NULL DEFAULT 0,
UNIQUE(number, undone)
) STRICT;
CREATE INDEX intake_labour_intake ON intake_labour(intake);
CREATE TABLE intake_labour_change(
  id INTEGER NOT NULL REFERENCES intake_labour(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_project ON task(project, wbs);
CREATE INDEX progress_project ON progress(project);
CREATE INDEX milestone_project ON milestone(project);
CREATE INDEX hourly_rate_employee ON hourly_rate(employee);
CREATE INDEX project_client ON project(client) WHERE client IS NOT NULL;
CREATE INDEX project_change_client ON project_change(
  id
) WHERE field = 'client';
CREATE TABLE intake_verdict(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  intake INTEGER NOT NULL REFERENCES intake(id),
  weights TEXT NOT NULL CHECK(weights <> ''), -- of the dimensions, as the setting has them
  margin_floor INTEGER NOT NULL, -- parts per million
  weighted_score INTEGER NOT NULL CHECK(weighted_score BETWEEN 0 AND 1000), -- tenths
  exposure INTEGER NOT NULL, -- minor units
  residual_exposure INTEGER NOT NULL,
  risk_adjusted_margin INTEGER, -- parts per million, unless there is no net revenue
  verdict TEXT NOT NULL CHECK(verdict IN('go', 'go_with_conditions', 'no_go')),
  knockouts TEXT, -- that followed from the figures
  triggers TEXT, -- of the committee
  decided_on TEXT NOT NULL CHECK(length(decided_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX intake_verdict_intake ON intake_verdict(intake);
CREATE TABLE intake_verdict_change(
  id INTEGER NOT NULL REFERENCES intake_verdict(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "intake_meeting"(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  intake INTEGER NOT NULL REFERENCES intake(id),
  convened_on TEXT NOT NULL CHECK(length(convened_on) = 10),
  mode TEXT NOT NULL CHECK(mode IN('meeting', 'circular')),
  place TEXT,
  due_on TEXT CHECK(length(due_on) = 10), -- of a circular: the last day of voting
  attendees TEXT, -- beside those who vote
  materials TEXT, -- hash of what was laid before the members
  special INTEGER NOT NULL CHECK(special IN(0, 1)), -- two thirds
  discussion TEXT,
  signed_on TEXT CHECK(length(signed_on) = 10), -- from then on nothing of it changes
  result TEXT CHECK(result IN('passed', 'not_passed', 'passed_on')),
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX intake_meeting_intake ON intake_meeting(intake);
CREATE TABLE IF NOT EXISTS "client"(
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  name TEXT NOT NULL CHECK(name <> ''), -- as entered; later names in client_change
  uscc TEXT CHECK(length(uscc) = 18),
  kind TEXT CHECK(kind IN('enterprise', 'government', 'institution', 'individual')),
  size TEXT CHECK(size IN('large', 'medium', 'small', 'micro')),
  contact TEXT,
  phone TEXT,
  email TEXT,
  credit_limit INTEGER CHECK(credit_limit >= 0), -- minor units of currency
  currency TEXT NOT NULL DEFAULT 'CNY' CHECK(length(currency) = 3),
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  parent INTEGER REFERENCES client(id)
) STRICT;
CREATE UNIQUE INDEX client_code ON client(code, undone);
CREATE INDEX client_parent ON client(parent) WHERE parent IS NOT NULL;
CREATE INDEX client_uscc ON client(uscc) WHERE uscc IS NOT NULL;
CREATE TABLE IF NOT EXISTS "contract"(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  client INTEGER NOT NULL REFERENCES client(id),
  title TEXT NOT NULL CHECK(title <> ''),
  kind TEXT NOT NULL DEFAULT 'other' CHECK(kind IN('mandate', 'brokerage', 'commission', 'work', 'technology', 'lease', 'purchase', 'framework', 'other')),
  direction TEXT NOT NULL DEFAULT 'income' CHECK(direction IN('income', 'expense')),
  amount INTEGER CHECK(amount >= 0), -- tax included, minor units; NULL: a framework without amount
  currency TEXT NOT NULL CHECK(length(currency) = 3),
  tax_rate INTEGER CHECK(tax_rate >= 0), -- parts per million
  signed_on TEXT CHECK(length(signed_on) = 10),
  starts_on TEXT CHECK(length(starts_on) = 10),
  ends_on TEXT CHECK(length(ends_on) = 10),
  department TEXT,
  owner TEXT,
  project TEXT,
  status TEXT NOT NULL CHECK(status IN('draft', 'internal_review', 'legal_review', 'approved', 'signed', 'effective', 'performing', 'suspended', 'terminated', 'closed', 'archived', 'cancelled', 'voided')),
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0,
  intake INTEGER REFERENCES intake(id)
) STRICT;
CREATE UNIQUE INDEX contract_number ON contract(number, undone);
CREATE INDEX contract_client ON contract(client);
CREATE INDEX contract_intake ON contract(intake) WHERE intake IS NOT NULL;
CREATE TABLE IF NOT EXISTS "invoice"(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  contract INTEGER REFERENCES contract(id),
  client INTEGER NOT NULL REFERENCES client(id),
  kind TEXT NOT NULL DEFAULT 'fee' CHECK(kind IN('fee', 'pass_through', 'reimbursable', 'retention', 'interest', 'credit_note')),
  credits INTEGER REFERENCES invoice(id) CHECK(credits IS NULL OR kind = 'credit_note'),
  issued_on TEXT NOT NULL CHECK(length(issued_on) = 10),
  due_on TEXT NOT NULL CHECK(length(due_on) = 10), -- as entered; later ones in invoice_change
  amount INTEGER NOT NULL CHECK(amount > 0), -- tax included, minor units
  currency TEXT NOT NULL CHECK(length(currency) = 3),
  tax_rate INTEGER CHECK(tax_rate >= 0),
  owner TEXT,
  disputed INTEGER CHECK(disputed >= 0),
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX invoice_number ON invoice(number, undone);
CREATE INDEX invoice_contract ON invoice(contract) WHERE contract IS NOT NULL;
CREATE INDEX invoice_credits ON invoice(
  credits,
  issued_on,
  amount
) WHERE credits IS NOT NULL;
CREATE TABLE IF NOT EXISTS "receipt"(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  client INTEGER REFERENCES client(id), -- NULL: unidentified until claimed(receipt_change)
  received_on TEXT NOT NULL CHECK(length(received_on) = 10),
  banked_on TEXT CHECK(length(banked_on) = 10),
  amount INTEGER NOT NULL CHECK(amount > 0), -- minor units
  currency TEXT NOT NULL CHECK(length(currency) = 3),
  method TEXT,
  account TEXT,
  bank_reference TEXT,
  payer TEXT,
  designates TEXT, -- invoice or contract numbers, ';' between
  note TEXT,
  operation INTEGER NOT NULL REFERENCES operation(id),
  undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX receipt_number ON receipt(number, undone);
CREATE INDEX receipt_bank_reference ON receipt(
  bank_reference
) WHERE bank_reference IS NOT NULL;
CREATE INDEX receipt_received_on ON receipt(received_on);
