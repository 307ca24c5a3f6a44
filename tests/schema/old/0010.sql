PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE schema_migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT;
INSERT INTO schema_migration VALUES(1,'0001_operation_create','2bd3bd097a25a604a4f7e594fc04c87bde2742b365613d6a4723999daefa85a9','2026-10-31T09:00:00.000000Z');
INSERT INTO schema_migration VALUES(2,'0002_period_create','c0f8af21cd5a285201bbdddce6149ab62cf135c53595bfe68a7161e0371ebe25','2026-10-31T09:00:00.000000Z');
INSERT INTO schema_migration VALUES(3,'0003_client_create','782bf91984c921a3ca91a499acea128de8e912fd66c875ea33cfaa278f475f86','2026-10-31T09:00:00.000000Z');
INSERT INTO schema_migration VALUES(4,'0004_contract_create','3a6b86f1803b85e0bd1ee02f4733bbe16d75f8cc72ba2393aa16bd2e97ffb21f','2026-10-31T09:00:00.000000Z');
INSERT INTO schema_migration VALUES(5,'0005_invoice_create','a7efc02588097f2f68c86e8a7cbe2e9b86082e2eed12eb63b18e815fec388a84','2026-10-31T09:00:00.000000Z');
INSERT INTO schema_migration VALUES(6,'0006_receipt_create','4336da0ad43a6151b5cb858884f227388c488abc407a1c0b8db14a8c99962d07','2026-10-31T09:00:00.000000Z');
INSERT INTO schema_migration VALUES(7,'0007_change_widen','e5ecab74dd4408089b78b8cfcdf72fb59827be463a7f61420f86dd12fe32a38e','2026-10-31T09:00:00.000000Z');
INSERT INTO schema_migration VALUES(8,'0008_allocation_reverses','0982453a6bbff2cb42c40fb68c5130865c5a8777d342fc6a1775286aea514ced','2026-10-31T09:00:00.000000Z');
INSERT INTO schema_migration VALUES(9,'0009_refund_number','c61ed1a29ae8c5d92c1a010f86fdcad8b2732206618bec3dfcd031169225e77a','2026-10-31T09:00:00.000000Z');
INSERT INTO schema_migration VALUES(10,'0010_operation_undo','ed8737f998285ea6e6cb9adb58e586123dda51ba25c9b02e62cf920fcaaaeaea','2026-10-31T09:00:00.000000Z');
CREATE TABLE operation (
    id          INTEGER PRIMARY KEY,
    recorded_at TEXT NOT NULL,              -- UTC, YYYY-MM-DDTHH:MM:SS.ffffffZ; never falls with id
    actor       TEXT NOT NULL,
    command     TEXT NOT NULL,
    clock_given INTEGER NOT NULL CHECK (clock_given IN (0, 1))
, undone_by INTEGER REFERENCES operation (id)) STRICT;
INSERT INTO operation VALUES(1,'2026-10-31T09:00:00.000000Z','li','agency init --db a.db --actor li -q',1,NULL);
INSERT INTO operation VALUES(2,'2026-10-31T09:00:00.000000Z','li','agency client import examples/clients.csv --actor li -q',1,NULL);
INSERT INTO operation VALUES(3,'2026-10-31T09:00:00.000000Z','li','agency contract import examples/contracts.csv --actor li -q',1,NULL);
INSERT INTO operation VALUES(4,'2026-10-31T09:00:00.000000Z','li','agency invoice import examples/invoices.csv --actor li -q',1,NULL);
INSERT INTO operation VALUES(5,'2026-10-31T09:00:00.000000Z','li','agency receipt import examples/receipts.csv --actor li -q',1,NULL);
INSERT INTO operation VALUES(6,'2026-10-31T09:00:00.000000Z','li','agency allocation import examples/allocations.csv --actor li -q',1,NULL);
INSERT INTO operation VALUES(7,'2026-10-31T09:00:00.000000Z','li','agency receivable match --actor li -q',1,8);
INSERT INTO operation VALUES(8,'2026-10-31T09:00:00.000000Z','li','agency undo --actor li -q',1,NULL);
CREATE TABLE audit (
    seq       INTEGER PRIMARY KEY,
    operation INTEGER NOT NULL REFERENCES operation (id),
    verb      TEXT NOT NULL,
    noun      TEXT NOT NULL,
    id        INTEGER NOT NULL,             -- the record's id; 0: the file or a whole import
    before    TEXT NOT NULL,                -- JSON of the changed fields, '' = nothing before
    after     TEXT NOT NULL,
    hash      TEXT NOT NULL
) STRICT;
INSERT INTO audit VALUES(1,1,'init','file',0,'','{}','047d93a2d0d83483a6b1235c48a2096cb54b950026f81140591cc5f6586e46c2');
INSERT INTO audit VALUES(2,2,'import','client',0,'','{"source":"examples/clients.csv","rows":8,"inserted":8,"updated":0,"rows_hash":"42f35ab6d1b166855d10146a0213f272f258af94f64d2f20ce368583012e66a8"}','2ddf3fbe8b2e6efb026e0dedcad0ff3daac6dd9e63e041bca0742d84c2ae62fc');
INSERT INTO audit VALUES(3,3,'import','contract',0,'','{"source":"examples/contracts.csv","rows":14,"inserted":14,"updated":0,"rows_hash":"f8e13fdfba83fa983309c0479323dbee1ae6557c13478be86ccf2a8c35c3f89d"}','108a5bbfd4e7b28c8158cfba59b7fad8a03ac7ed6f46422fdcd98ca08b5b4f84');
INSERT INTO audit VALUES(4,4,'import','invoice',0,'','{"source":"examples/invoices.csv","rows":25,"inserted":25,"updated":0,"rows_hash":"07b69d4fa87db2cd4b318d67e5af3867735bbc3abae7c500457808bad2382658"}','ac3446c549688e950be55c793aec998cef2626bfbb272ad2afc5c0cb6bc71876');
INSERT INTO audit VALUES(5,5,'import','receipt',0,'','{"source":"examples/receipts.csv","rows":18,"inserted":18,"updated":0,"rows_hash":"5b025c411312c8258d4794e60bf8d48eea14bf291e7a15d7310d4f90ff33b0b2"}','fbad3d53e0ac67f708a77a959fc66e3743a570e4f005deedd03c993d8630e392');
INSERT INTO audit VALUES(6,6,'import','allocation',0,'','{"source":"examples/allocations.csv","rows":15,"inserted":15,"updated":0,"rows_hash":"c9c2f5a14cf4d83124dbb54dce20a25246daadcf39df66fe057b775bfa062db0"}','6d48c959ab8ff97d57f0c737fedefab8ae921c0aeeae366088980687935af9c1');
INSERT INTO audit VALUES(7,7,'allocate','allocation',16,'','{"receipt":"SK-0016","invoice":"FP-0002","amount":"4200.00","allocated_on":"2026-08-01"}','4e6b06610e9927b5387e502c59971195377d52561cf977284a47c22e659b2108');
INSERT INTO audit VALUES(8,7,'allocate','allocation',17,'','{"receipt":"SK-0017","invoice":"FP-0021","amount":"15000.00","allocated_on":"2026-10-12"}','62e2bfa58501f42cc5ea7d3e9e3449b5143a6d8563b3e79e03b0ef70aa1a78ea');
INSERT INTO audit VALUES(9,7,'allocate','allocation',18,'','{"receipt":"SK-0018","invoice":"FP-0013","amount":"10000.00","allocated_on":"2026-10-20"}','44e81d6da60aaf9eaa82ece942f0301cd0a9167dbd135a75f6bed9fd9d87a423');
INSERT INTO audit VALUES(10,8,'undo','allocation',0,'','{"operation":"7","records":"3","changes":"0"}','77f28a505ed6f7d05c9a7b917032b30b0259d551e64799a40ea724304a502d06');
CREATE TABLE import (
    id        INTEGER PRIMARY KEY,
    operation INTEGER NOT NULL REFERENCES operation (id),
    noun      TEXT NOT NULL,
    source    TEXT NOT NULL,                -- file name as given, '-' = standard input
    batch     TEXT,
    row_count INTEGER NOT NULL,
    inserted  INTEGER NOT NULL,
    updated   INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    rejected  INTEGER NOT NULL,
    rows_hash TEXT NOT NULL                 -- BLAKE2b-256 over the rows as they were understood
) STRICT;
INSERT INTO import VALUES(1,2,'client','examples/clients.csv',NULL,8,8,0,0,0,'42f35ab6d1b166855d10146a0213f272f258af94f64d2f20ce368583012e66a8');
INSERT INTO import VALUES(2,3,'contract','examples/contracts.csv',NULL,14,14,0,0,0,'f8e13fdfba83fa983309c0479323dbee1ae6557c13478be86ccf2a8c35c3f89d');
INSERT INTO import VALUES(3,4,'invoice','examples/invoices.csv',NULL,25,25,0,0,0,'07b69d4fa87db2cd4b318d67e5af3867735bbc3abae7c500457808bad2382658');
INSERT INTO import VALUES(4,5,'receipt','examples/receipts.csv',NULL,18,18,0,0,0,'5b025c411312c8258d4794e60bf8d48eea14bf291e7a15d7310d4f90ff33b0b2');
INSERT INTO import VALUES(5,6,'allocation','examples/allocations.csv',NULL,15,15,0,0,0,'c9c2f5a14cf4d83124dbb54dce20a25246daadcf39df66fe057b775bfa062db0');
CREATE TABLE period_event (
    id        INTEGER PRIMARY KEY,
    month     TEXT NOT NULL CHECK (length(month) = 7),  -- YYYY-MM
    action    TEXT NOT NULL CHECK (action IN ('close', 'reopen')),
    operation INTEGER NOT NULL REFERENCES operation (id)
) STRICT;
CREATE TABLE open_invoice (
    id        INTEGER PRIMARY KEY REFERENCES invoice (id),
    client    INTEGER NOT NULL,
    contract  INTEGER,
    currency  TEXT NOT NULL,
    kind      TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    due_on    TEXT NOT NULL,
    open      INTEGER NOT NULL CHECK (open <> 0)
) STRICT;
INSERT INTO open_invoice VALUES(2,1,1,'CNY','fee','2026-05-01','2026-05-31',6000000);
INSERT INTO open_invoice VALUES(3,1,1,'CNY','fee','2026-09-01','2026-10-01',13600000);
INSERT INTO open_invoice VALUES(4,1,1,'CNY','retention','2026-09-01','2027-09-01',2400000);
INSERT INTO open_invoice VALUES(7,2,2,'CNY','fee','2026-09-01','2026-09-30',6000000);
INSERT INTO open_invoice VALUES(9,3,3,'CNY','fee','2026-08-01','2026-09-30',15000000);
INSERT INTO open_invoice VALUES(11,4,4,'USD','fee','2026-07-10','2026-08-09',350000);
INSERT INTO open_invoice VALUES(13,5,5,'CNY','fee','2026-09-30','2026-11-29',4500000);
INSERT INTO open_invoice VALUES(15,6,6,'JPY','reimbursable','2026-05-20','2026-06-19',33400);
INSERT INTO open_invoice VALUES(17,7,7,'CNY','fee','2026-07-31','2026-08-10',500000);
INSERT INTO open_invoice VALUES(18,7,7,'CNY','fee','2026-10-31','2026-11-10',900000);
INSERT INTO open_invoice VALUES(21,2,11,'CNY','fee','2026-08-31','2026-09-30',2610000);
INSERT INTO open_invoice VALUES(22,3,12,'CNY','fee','2026-10-10','2026-11-09',3750000);
INSERT INTO open_invoice VALUES(24,2,2,'CNY','credit_note','2026-10-05','2026-10-05',-120000);
CREATE TABLE allocation (
    id           INTEGER PRIMARY KEY,
    number       TEXT,
    receipt      INTEGER NOT NULL REFERENCES receipt (id),
    invoice      INTEGER NOT NULL REFERENCES invoice (id),
    amount       INTEGER NOT NULL CHECK (amount <> 0),   -- minor units of the currency both share
    allocated_on TEXT NOT NULL CHECK (length(allocated_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id)
, reverses INTEGER REFERENCES allocation (id), undone INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO allocation VALUES(1,NULL,1,1,16000000,'2026-03-02',6,NULL,0);
INSERT INTO allocation VALUES(2,NULL,2,2,10000000,'2026-06-20',6,NULL,0);
INSERT INTO allocation VALUES(3,NULL,3,5,6000000,'2026-04-02',6,NULL,0);
INSERT INTO allocation VALUES(4,NULL,4,6,905000,'2026-05-06',6,NULL,0);
INSERT INTO allocation VALUES(5,NULL,5,8,15000000,'2026-06-10',6,NULL,0);
INSERT INTO allocation VALUES(6,NULL,6,10,600000,'2026-04-20',6,NULL,0);
INSERT INTO allocation VALUES(7,NULL,7,11,250000,'2026-09-01',6,NULL,0);
INSERT INTO allocation VALUES(8,NULL,8,12,4500000,'2026-05-04',6,NULL,0);
INSERT INTO allocation VALUES(9,NULL,9,14,600000,'2026-05-07',6,NULL,0);
INSERT INTO allocation VALUES(10,NULL,10,15,50000,'2026-07-01',6,NULL,0);
INSERT INTO allocation VALUES(11,NULL,11,16,900000,'2026-05-11',6,NULL,0);
INSERT INTO allocation VALUES(12,NULL,12,17,400000,'2026-08-15',6,NULL,0);
INSERT INTO allocation VALUES(13,NULL,13,19,350000,'2026-04-02',6,NULL,0);
INSERT INTO allocation VALUES(14,NULL,14,20,2900000,'2026-07-15',6,NULL,0);
INSERT INTO allocation VALUES(15,NULL,16,25,1580000,'2026-08-01',6,NULL,0);
INSERT INTO allocation VALUES(16,NULL,16,2,420000,'2026-08-01',7,NULL,8);
INSERT INTO allocation VALUES(17,NULL,17,21,1500000,'2026-10-12',7,NULL,8);
INSERT INTO allocation VALUES(18,NULL,18,13,1000000,'2026-10-20',7,NULL,8);
INSERT INTO allocation VALUES(19,NULL,16,2,-420000,'2026-08-01',8,16,8);
INSERT INTO allocation VALUES(20,NULL,17,21,-1500000,'2026-10-12',8,17,8);
INSERT INTO allocation VALUES(21,NULL,18,13,-1000000,'2026-10-20',8,18,8);
CREATE TABLE open_receipt (
    id   INTEGER PRIMARY KEY REFERENCES receipt (id),
    open INTEGER NOT NULL CHECK (open > 0)
) STRICT;
INSERT INTO open_receipt VALUES(15,777777);
INSERT INTO open_receipt VALUES(16,420000);
INSERT INTO open_receipt VALUES(17,1500000);
INSERT INTO open_receipt VALUES(18,1000000);
CREATE TABLE IF NOT EXISTS "client_change" (
    id           INTEGER NOT NULL REFERENCES client (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "contract_change" (
    id           INTEGER NOT NULL REFERENCES contract (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
INSERT INTO contract_change VALUES(11,'status','performing','2026-05-06',3);
INSERT INTO contract_change VALUES(13,'status','draft','2026-10-31',3);
CREATE TABLE IF NOT EXISTS "invoice_change" (
    id           INTEGER NOT NULL REFERENCES invoice (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "receipt_change" (
    id           INTEGER NOT NULL REFERENCES receipt (id),
    field        TEXT NOT NULL,
    value        TEXT,
    effective_on TEXT NOT NULL CHECK (length(effective_on) = 10),
    operation    INTEGER NOT NULL REFERENCES operation (id),
    PRIMARY KEY (id, field, effective_on, operation)
) STRICT, WITHOUT ROWID;
CREATE TABLE operation_undo (
    operation INTEGER NOT NULL REFERENCES operation (id),
    undoes    INTEGER NOT NULL REFERENCES operation (id),
    root      INTEGER NOT NULL REFERENCES operation (id),
    back      INTEGER NOT NULL CHECK (back IN (0, 1)),
    PRIMARY KEY (operation, undoes, root)
) STRICT, WITHOUT ROWID;
INSERT INTO operation_undo VALUES(8,7,7,1);
CREATE TABLE IF NOT EXISTS "client" (
    id           INTEGER PRIMARY KEY,
    code         TEXT NOT NULL,
    name         TEXT NOT NULL CHECK (name <> ''),      -- as entered; later names in client_change
    uscc         TEXT CHECK (length(uscc) = 18),
    kind         TEXT CHECK (kind IN ('enterprise', 'government', 'institution', 'individual')),
    size         TEXT CHECK (size IN ('large', 'medium', 'small', 'micro')),
    contact      TEXT,
    phone        TEXT,
    email        TEXT,
    credit_limit INTEGER CHECK (credit_limit >= 0),     -- minor units of currency
    currency     TEXT NOT NULL DEFAULT 'CNY' CHECK (length(currency) = 3),
    note         TEXT,
    operation    INTEGER NOT NULL REFERENCES operation (id),
    undone       INTEGER NOT NULL DEFAULT 0,
    UNIQUE (code, undone)
) STRICT;
INSERT INTO client VALUES(1,'KH001','上海启明招标代理有限公司','91310115MA1K3AAA1Q','enterprise','small','王敏','021-55550101','wang@example.com',50000000,'CNY',NULL,2,0);
INSERT INTO client VALUES(2,'KH002','苏州云帆生物科技股份有限公司','91320594MA1MBBB22R','enterprise','medium','李强','0512-5550102',NULL,30000000,'CNY',NULL,2,0);
INSERT INTO client VALUES(3,'KH003','杭州市滨江区市政管理局','11330108002494CC38','government',NULL,'陈晨',NULL,NULL,NULL,'CNY',NULL,2,0);
INSERT INTO client VALUES(4,'KH004','Harbour Lights Trading Ltd','91440300MA5DDDD452','enterprise','micro','Joan Reed',NULL,'joan@example.com',NULL,'USD',NULL,2,0);
INSERT INTO client VALUES(5,'KH005','南京大学附属中试基地','12320000466005EE6Q','institution',NULL,'赵宇','025-55550105',NULL,NULL,'CNY',NULL,2,0);
INSERT INTO client VALUES(6,'KH006','株式会社さくら商事',NULL,'enterprise',NULL,'佐藤',NULL,NULL,NULL,'JPY',NULL,2,0);
INSERT INTO client VALUES(7,'KH007','北京（恒信）会计咨询有限公司','91110105MA01FFFF7C','enterprise','small','刘洋',NULL,NULL,20000000,'CNY',NULL,2,0);
INSERT INTO client VALUES(8,'KH008','张三',NULL,'individual',NULL,'张三','13800000000',NULL,NULL,'CNY',NULL,2,0);
CREATE TABLE IF NOT EXISTS "contract" (
    id         INTEGER PRIMARY KEY,
    number     TEXT NOT NULL,
    client     INTEGER NOT NULL REFERENCES client (id),
    title      TEXT NOT NULL CHECK (title <> ''),
    kind       TEXT NOT NULL DEFAULT 'other' CHECK (kind IN ('mandate', 'brokerage', 'commission', 'work', 'technology', 'lease', 'purchase', 'framework', 'other')),
    direction  TEXT NOT NULL DEFAULT 'income' CHECK (direction IN ('income', 'expense')),
    amount     INTEGER CHECK (amount >= 0),             -- tax included, minor units; NULL: a framework without amount
    currency   TEXT NOT NULL CHECK (length(currency) = 3),
    tax_rate   INTEGER CHECK (tax_rate >= 0),           -- parts per million
    signed_on  TEXT CHECK (length(signed_on) = 10),
    starts_on  TEXT CHECK (length(starts_on) = 10),
    ends_on    TEXT CHECK (length(ends_on) = 10),
    department TEXT,
    owner      TEXT,
    project    TEXT,
    status     TEXT NOT NULL CHECK (status IN ('draft', 'internal_review', 'legal_review', 'approved', 'signed', 'effective', 'performing', 'suspended', 'terminated', 'closed', 'archived', 'cancelled', 'voided')),
    note       TEXT,
    operation  INTEGER NOT NULL REFERENCES operation (id),
    undone     INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
INSERT INTO contract VALUES(1,'HT-2026-0001',1,'市政道路招标代理','mandate','income',48000000,'CNY',60000,'2026-01-08','2026-01-10','2026-12-31','业务部','王芳','P-01','effective',NULL,3,0);
INSERT INTO contract VALUES(2,'HT-2026-0002',2,'专利代理年度服务','mandate','income',12000000,'CNY',60000,'2026-01-15','2026-02-01','2027-01-31','业务部','王芳','P-02','effective',NULL,3,0);
INSERT INTO contract VALUES(3,'HT-2026-0003',3,'政府采购代理','mandate','income',30000000,'CNY',60000,'2026-02-01','2026-02-01','2026-10-15','项目部','周凯','P-03','effective',NULL,3,0);
INSERT INTO contract VALUES(4,'HT-2026-0004',4,'Customs brokerage','brokerage','income',1800000,'USD',0,'2026-02-10','2026-02-10','2026-12-31','项目部','周凯','P-04','effective',NULL,3,0);
INSERT INTO contract VALUES(5,'HT-2026-0005',5,'技术咨询','technology','income',9000000,'CNY',60000,'2026-03-01','2026-03-01','2026-09-30','项目部','周凯','P-05','effective',NULL,3,0);
INSERT INTO contract VALUES(6,'HT-2026-0006',6,'商標出願','mandate','income',1200000,'JPY',NULL,'2026-03-05','2026-03-05','2027-03-04','业务部','王芳','P-06','effective',NULL,3,0);
INSERT INTO contract VALUES(7,'HT-2026-0007',7,'代理记账','mandate','income',3600000,'CNY',10000,'2026-03-10','2026-04-01','2027-03-31','财务部','孙丽','P-07','effective',NULL,3,0);
INSERT INTO contract VALUES(8,'HT-2026-0008',8,'商标注册','mandate','income',350000,'CNY',10000,'2026-04-02','2026-04-02','2026-12-31','业务部','王芳',NULL,'effective',NULL,3,0);
INSERT INTO contract VALUES(9,'HT-2026-0009',1,'年度框架协议','framework','income',NULL,'CNY',NULL,'2026-04-10','2026-04-10','2027-04-09','业务部','王芳',NULL,'effective',NULL,3,0);
INSERT INTO contract VALUES(10,'HT-2026-0010',7,'办公室租赁','lease','expense',14400000,'CNY',90000,'2026-01-01','2026-01-01','2026-12-31','行政部','何静',NULL,'effective',NULL,3,0);
INSERT INTO contract VALUES(11,'HT-2026-0011',2,'广告设计制作','work','income',5800000,'CNY',60000,'2026-05-06','2026-05-06','2026-08-31','业务部','钱伟','P-08','performing',NULL,3,0);
INSERT INTO contract VALUES(12,'HT-2026-0012',3,'竣工结算审核','other','income',7500000,'CNY',60000,'2026-06-01','2026-06-01','2026-11-30','项目部','周凯','P-09','effective',NULL,3,0);
INSERT INTO contract VALUES(13,'HT-2026-0013',5,'培训服务','other','income',2400000,'CNY',60000,NULL,NULL,NULL,'项目部','周凯',NULL,'draft',NULL,3,0);
INSERT INTO contract VALUES(14,'HT-2026-0014',1,'设备采购','purchase','expense',2650000,'CNY',130000,'2026-06-20','2026-06-20','2026-07-31','行政部','何静',NULL,'effective',NULL,3,0);
CREATE TABLE IF NOT EXISTS "invoice" (
    id        INTEGER PRIMARY KEY,
    number    TEXT NOT NULL,
    contract  INTEGER REFERENCES contract (id),
    client    INTEGER NOT NULL REFERENCES client (id),
    kind      TEXT NOT NULL DEFAULT 'fee' CHECK (kind IN ('fee', 'pass_through', 'reimbursable', 'retention', 'interest', 'credit_note')),
    credits   INTEGER REFERENCES invoice (id) CHECK (credits IS NULL OR kind = 'credit_note'),
    issued_on TEXT NOT NULL CHECK (length(issued_on) = 10),
    due_on    TEXT NOT NULL CHECK (length(due_on) = 10),   -- as entered; later ones in invoice_change
    amount    INTEGER NOT NULL CHECK (amount > 0),         -- tax included, minor units
    currency  TEXT NOT NULL CHECK (length(currency) = 3),
    tax_rate  INTEGER CHECK (tax_rate >= 0),
    owner     TEXT,
    disputed  INTEGER CHECK (disputed >= 0),
    note      TEXT,
    operation INTEGER NOT NULL REFERENCES operation (id),
    undone    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
INSERT INTO invoice VALUES(1,'FP-0001',1,1,'fee',NULL,'2026-02-01','2026-03-03',16000000,'CNY',NULL,NULL,NULL,NULL,4,0);
INSERT INTO invoice VALUES(2,'FP-0002',1,1,'fee',NULL,'2026-05-01','2026-05-31',16000000,'CNY',NULL,NULL,NULL,NULL,4,0);
INSERT INTO invoice VALUES(3,'FP-0003',1,1,'fee',NULL,'2026-09-01','2026-10-01',13600000,'CNY',NULL,NULL,NULL,NULL,4,0);
INSERT INTO invoice VALUES(4,'FP-0004',1,1,'retention',NULL,'2026-09-01','2027-09-01',2400000,'CNY',NULL,NULL,NULL,NULL,4,0);
INSERT INTO invoice VALUES(5,'FP-0005',2,2,'fee',NULL,'2026-03-01','2026-03-31',6000000,'CNY',NULL,NULL,NULL,NULL,4,0);
INSERT INTO invoice VALUES(6,'FP-0006',2,2,'pass_through',NULL,'2026-04-15','2026-04-30',905000,'CNY',NULL,NULL,NULL,NULL,4,0);
INSERT INTO invoice VALUES(7,'FP-0007',2,2,'fee',NULL,'2026-09-01','2026-09-30',6000000,'CNY',NULL,NULL,NULL,NULL,4,0);
INSERT INTO invoice VALUES(8,'FP-0008',3,3,'fee',NULL,'2026-04-01','2026-05-31',15000000,'CNY',NULL,NULL,NULL,NULL,4,0);
INSERT INTO invoice VALUES(9,'FP-0009',3,3,'fee',NULL,'2026-08-01','2026-09-30',15000000,'CNY',NULL,'李娜',NULL,NULL,4,0);
INSERT INTO invoice VALUES(10,'FP-0010',4,4,'fee',NULL,'2026-03-10','2026-04-09',600000,'USD',NULL,NULL,NULL,NULL,4,0);
INSERT INTO invoice VALUES(11,'FP-0011',4,4,'fee',NULL,'2026-07-10','2026-08-09',600000,'USD',NULL,NULL,NULL,NULL,4,0);
INSERT INTO invoice VALUES(12,'FP-0012',5,5,'fee',NULL,'2026-04-01','2026-05-01',4500000,'CNY',NULL,NULL,NULL,NULL,4,0);
INSERT INTO invoice VALUES(13,'FP-0013',5,5,'fee',NULL,'2026-09-30','2026-11-29',4500000,'CNY',NULL,NULL,NULL,NULL,4,0);
INSERT INTO invoice VALUES(14,'FP-0014',6,6,'fee',NULL,'2026-04-05','2026-05-05',600000,'JPY',NULL,NULL,NULL,NULL,4,0);
INSERT INTO invoice VALUES(15,'FP-0015',6,6,'reimbursable',NULL,'2026-05-20','2026-06-19',83400,'JPY',NULL,NULL,NULL,NULL,4,0);
INSERT INTO invoice VALUES(16,'FP-0016',7,7,'fee',NULL,'2026-04-30','2026-05-10',900000,'CNY',NULL,NULL,NULL,NULL,4,0);
INSERT INTO invoice VALUES(17,'FP-0017',7,7,'fee',NULL,'2026-07-31','2026-08-10',900000,'CNY',NULL,NULL,NULL,NULL,4,0);
INSERT INTO invoice VALUES(18,'FP-0018',7,7,'fee',NULL,'2026-10-31','2026-11-10',900000,'CNY',NULL,NULL,NULL,NULL,4,0);
INSERT INTO invoice VALUES(19,'FP-0019',8,8,'fee',NULL,'2026-04-02','2026-04-02',350000,'CNY',NULL,NULL,NULL,NULL,4,0);
INSERT INTO invoice VALUES(20,'FP-0020',11,2,'fee',NULL,'2026-06-01','2026-07-01',2900000,'CNY',NULL,NULL,NULL,NULL,4,0);
INSERT INTO invoice VALUES(21,'FP-0021',11,2,'fee',NULL,'2026-08-31','2026-09-30',2900000,'CNY',NULL,NULL,NULL,NULL,4,0);
INSERT INTO invoice VALUES(22,'FP-0022',12,3,'fee',NULL,'2026-10-10','2026-11-09',3750000,'CNY',NULL,NULL,NULL,NULL,4,0);
INSERT INTO invoice VALUES(23,'FP-0023',11,2,'credit_note',21,'2026-09-15','2026-09-15',290000,'CNY',NULL,NULL,NULL,'返工折让',4,0);
INSERT INTO invoice VALUES(24,'FP-0024',2,2,'credit_note',NULL,'2026-10-05','2026-10-05',120000,'CNY',NULL,NULL,NULL,'standing',4,0);
INSERT INTO invoice VALUES(25,'FP-0025',9,1,'fee',NULL,'2026-06-30','2026-07-30',1580000,'CNY',NULL,NULL,NULL,NULL,4,0);
CREATE TABLE IF NOT EXISTS "receipt" (
    id             INTEGER PRIMARY KEY,
    number         TEXT NOT NULL,
    client         INTEGER REFERENCES client (id),       -- NULL: unidentified until claimed (receipt_change)
    received_on    TEXT NOT NULL CHECK (length(received_on) = 10),
    banked_on      TEXT CHECK (length(banked_on) = 10),
    amount         INTEGER NOT NULL CHECK (amount > 0),  -- minor units
    currency       TEXT NOT NULL CHECK (length(currency) = 3),
    method         TEXT,
    account        TEXT,
    bank_reference TEXT,
    payer          TEXT,
    designates     TEXT,                                 -- invoice or contract numbers, ';' between
    note           TEXT,
    operation      INTEGER NOT NULL REFERENCES operation (id),
    undone         INTEGER NOT NULL DEFAULT 0,
    UNIQUE (number, undone)
) STRICT;
INSERT INTO receipt VALUES(1,'SK-0001',1,'2026-03-02',NULL,16000000,'CNY','transfer','6222-01','B000120260302',NULL,'FP-0001',NULL,5,0);
INSERT INTO receipt VALUES(2,'SK-0002',1,'2026-06-20',NULL,10000000,'CNY','transfer','6222-01','B000220260620',NULL,NULL,NULL,5,0);
INSERT INTO receipt VALUES(3,'SK-0003',2,'2026-04-02',NULL,6000000,'CNY','transfer','6222-01','B000320260402',NULL,'FP-0005',NULL,5,0);
INSERT INTO receipt VALUES(4,'SK-0004',2,'2026-05-06',NULL,905000,'CNY','transfer','6222-01','B000420260506',NULL,'FP-0006',NULL,5,0);
INSERT INTO receipt VALUES(5,'SK-0005',3,'2026-06-10',NULL,15000000,'CNY','transfer','6222-01','B000520260610',NULL,NULL,NULL,5,0);
INSERT INTO receipt VALUES(6,'SK-0006',4,'2026-04-20',NULL,600000,'USD','transfer','6222-01','B000620260420',NULL,NULL,NULL,5,0);
INSERT INTO receipt VALUES(7,'SK-0007',4,'2026-09-01',NULL,250000,'USD','transfer','6222-01','B000720260901',NULL,NULL,NULL,5,0);
INSERT INTO receipt VALUES(8,'SK-0008',5,'2026-05-04',NULL,4500000,'CNY','transfer','6222-01','B000820260504',NULL,NULL,NULL,5,0);
INSERT INTO receipt VALUES(9,'SK-0009',6,'2026-05-07',NULL,600000,'JPY','transfer','6222-01','B000920260507',NULL,NULL,NULL,5,0);
INSERT INTO receipt VALUES(10,'SK-0010',6,'2026-07-01',NULL,50000,'JPY','transfer','6222-01','B001020260701',NULL,NULL,NULL,5,0);
INSERT INTO receipt VALUES(11,'SK-0011',7,'2026-05-11',NULL,900000,'CNY','transfer','6222-01','B001120260511',NULL,NULL,NULL,5,0);
INSERT INTO receipt VALUES(12,'SK-0012',7,'2026-08-15',NULL,400000,'CNY','transfer','6222-01','B001220260815',NULL,NULL,NULL,5,0);
INSERT INTO receipt VALUES(13,'SK-0013',8,'2026-04-02',NULL,350000,'CNY','transfer','6222-01','B001320260402',NULL,NULL,NULL,5,0);
INSERT INTO receipt VALUES(14,'SK-0014',2,'2026-07-15',NULL,2900000,'CNY','transfer','6222-01','B001420260715',NULL,'HT-2026-0011',NULL,5,0);
INSERT INTO receipt VALUES(15,'SK-0015',NULL,'2026-08-20',NULL,777777,'CNY','transfer','6222-01','B001520260820','匿名汇款',NULL,NULL,5,0);
INSERT INTO receipt VALUES(16,'SK-0016',1,'2026-08-01',NULL,2000000,'CNY','transfer','6222-01','B001620260801',NULL,NULL,NULL,5,0);
INSERT INTO receipt VALUES(17,'SK-0017',2,'2026-10-12',NULL,1500000,'CNY','transfer','6222-01','B001720261012',NULL,'HT-2026-0011',NULL,5,0);
INSERT INTO receipt VALUES(18,'SK-0018',5,'2026-10-20',NULL,1000000,'CNY','transfer','6222-01','B001820261020',NULL,NULL,NULL,5,0);
CREATE TABLE IF NOT EXISTS "refund" (
    id          INTEGER PRIMARY KEY,
    number      TEXT,
    receipt     INTEGER NOT NULL REFERENCES receipt (id),
    amount      INTEGER NOT NULL CHECK (amount <> 0),    -- minor units; a counter-entry is negative
    refunded_on TEXT NOT NULL CHECK (length(refunded_on) = 10),
    note        TEXT,
    reverses    INTEGER REFERENCES refund (id),
    operation   INTEGER NOT NULL REFERENCES operation (id),
    undone      INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX operation_recorded_at ON operation (recorded_at, id);
CREATE INDEX import_rows_hash ON import (rows_hash);
CREATE INDEX allocation_invoice ON allocation (invoice);
CREATE INDEX allocation_receipt ON allocation (receipt);
CREATE INDEX allocation_allocated_on ON allocation (allocated_on);
CREATE INDEX allocation_reversal ON allocation (invoice, receipt) WHERE amount < 0;
CREATE INDEX client_uscc ON client (uscc) WHERE uscc IS NOT NULL;
CREATE INDEX contract_client ON contract (client);
CREATE INDEX invoice_contract ON invoice (contract) WHERE contract IS NOT NULL;
CREATE INDEX invoice_credits ON invoice (credits) WHERE credits IS NOT NULL;
CREATE INDEX receipt_received_on ON receipt (received_on);
CREATE INDEX receipt_bank_reference ON receipt (bank_reference) WHERE bank_reference IS NOT NULL;
CREATE UNIQUE INDEX allocation_number ON allocation (number, undone) WHERE number IS NOT NULL;
CREATE INDEX allocation_counter_entry ON allocation (reverses, operation) WHERE undone <> 0;
CREATE INDEX refund_receipt ON refund (receipt);
CREATE UNIQUE INDEX refund_number ON refund (number, undone) WHERE number IS NOT NULL;
CREATE INDEX refund_counter_entry ON refund (reverses, operation) WHERE undone <> 0;
COMMIT;
