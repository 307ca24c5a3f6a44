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
  UNIQUE(code, undone)
) STRICT;
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
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX contract_client ON contract(client);
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
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX invoice_contract ON invoice(contract) WHERE contract IS NOT NULL;
CREATE INDEX invoice_credits ON invoice(credits) WHERE credits IS NOT NULL;
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
  undone INTEGER NOT NULL DEFAULT 0,
  UNIQUE(number, undone)
) STRICT;
CREATE INDEX receipt_received_on ON receipt(received_on);
CREATE INDEX receipt_bank_reference ON receipt(
  bank_reference
) WHERE bank_reference IS NOT NULL;
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
CREATE TABLE docket(
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
  responsible TEXT NOT NULL CHECK(responsible <> ''),
  backup TEXT NOT NULL CHECK(backup <> ''),
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
CREATE TABLE docket_change(
  id INTEGER NOT NULL REFERENCES docket(id),
  field TEXT NOT NULL,
  value TEXT,
  effective_on TEXT NOT NULL CHECK(length(effective_on) = 10),
  operation INTEGER NOT NULL REFERENCES operation(id),
  PRIMARY KEY(id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
