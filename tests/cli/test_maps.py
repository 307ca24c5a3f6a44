"""The maps of examples/maps on the files that others wrote: what goes in, what is left out, what is refused and why."""
import csv, io, json

from support.book import MAPS, SHARED, Book, need_shared


class Maps(Book):
    def setUp(self):
        need_shared()
        super().setUp()

    def load(self, noun, path, map_, *more, code=0):
        """The counts, and each refusal as (row, key, message)."""
        r = self.run_(noun, "import", path, "--map", MAPS / map_, *more, "--format", "json")
        self.assertEqual(r.returncode, code, r.stdout.decode() + r.stderr.decode())
        said = json.loads(r.stdout)
        self.ok("check")
        return said["import"], [(p["row"], p["field"], p["message"]) for p in said["problems"] if not p["warning"]]

    def counts(self, done):
        return tuple(done[k] for k in ("read", "inserted", "rejected", "skipped"))

    def rows(self, noun):
        return self.json(noun, "list")[noun + "s"]

    def source(self, path, encoding="utf-8-sig"):
        return list(csv.DictReader(io.StringIO((SHARED / path).read_text(encoding=encoding), newline="")))

    def total(self, noun, key="amount"):
        return sum(round(float(r[key]) * 100) for r in self.rows(noun))


class Canada(Maps):
    FOLDER = SHARED / "contracts-goc-canada"

    def whole(self, name, map_, number, value):
        """Every row goes in with its number and its value to the cent."""
        source = self.source(self.FOLDER / name)
        done, refused = self.load("contract", self.FOLDER / name, map_, "--create-clients")
        self.assertEqual((self.counts(done), refused), ((len(source), len(source), 0, 0), []))
        self.assertEqual({(r["number"], r["amount"], r["currency"]) for r in self.rows("contract")}, {(number(r), f"{float(r[value]):.2f}", "CAD") for r in source})

    def test_all_columns(self):
        self.whole("2022-04-12-sample-contracts.csv", "goc-contracts.toml", lambda r: r["d_reference_number"], "contract_value")
        made = self.json("contract", "show", "ssc-spc-C-2012-2013-Q3-00028")["contract"]
        self.assertEqual((made["signed_on"], made["starts_on"], made["ends_on"], made["owner"], made["direction"]), ("2012-12-13", "2012-12-31", "2013-12-30", None, "expense"))

    def test_all_columns_of_another_day(self):
        self.whole("2022-07-28-sample-contracts.csv", "goc-contracts.toml", lambda r: r["d_reference_number"], "contract_value")

    def test_both_days_in_one_book(self):
        """What the second file has again is said of each row."""
        self.load("contract", self.FOLDER / "2022-04-12-sample-contracts.csv", "goc-contracts.toml", "--create-clients")
        before = {r["number"] for r in self.rows("contract")}
        done, refused = self.load("contract", self.FOLDER / "2022-07-28-sample-contracts.csv", "goc-contracts.toml", "--create-clients", code=9)
        again = [r["d_reference_number"] for r in self.source(self.FOLDER / "2022-07-28-sample-contracts.csv") if r["d_reference_number"] in before]
        self.assertEqual([m for _, _, m in refused], [f"{n} exists already" for n in again])
        self.assertEqual((self.counts(done), done["written"], len(again) > 10), ((23, 0, len(again), 0), False, True))

    def test_procurement(self):
        self.whole("2022-07-05-sample-contracts-procurement-id-suffixes.csv", "goc-procurement.toml", lambda r: r["owner_org"] + "-" + r["reference_number"], "contract_value")

    def test_largest_with_what_stands_twice(self):
        name = self.FOLDER / "2022-06-25-contracts-spending-overall-largest.csv"
        seen, twice = {}, []
        for n, r in enumerate(self.source(name)):
            key = r["d_amendment_group_id"]
            if key in seen:
                twice.append((n + 2, "number", f"{key} stands twice in this file"))
            seen.setdefault(key, round(float(r["d_overall_contract_value"]) * 100))
        done, refused = self.load("contract", name, "goc-largest.toml", "--create-clients", "--on-error", "reject", "--rejects", "bad.csv", code=9)
        self.assertEqual((self.counts(done), refused), ((100, 85, 15, 0), twice))
        self.assertEqual(self.total("contract"), sum(seen.values()))
        self.assertEqual(len(list(csv.reader(io.StringIO((self.dir / "bad.csv").read_text())))), 16)

    def test_vendors(self):
        done, refused = self.load("client", self.FOLDER / "vendor_normalization_data.csv", "goc-vendors.toml", "-q")
        self.assertEqual((self.counts(done), refused), ((7038, 7038, 0, 0), []))
        self.assertEqual({(r["code"], r["note"]) for r in self.rows("client")}, {(r["company_name"].strip(), r["parent_company"].strip()) for r in self.source(self.FOLDER / "vendor_normalization_data.csv")})


class China(Maps):
    def test_ledger_template(self):
        """The example row enters neither with the map nor without it; a row of one's own does, in 元."""
        folder = SHARED / "contracts-cn-ledger-template"
        for n, (name, encoding) in enumerate((("template-utf8bom.csv", "utf-8-sig"), ("template-gb18030.csv", "gb18030"), ("template-aliased-headers-utf8bom.csv", "utf-8-sig"))):
            done, refused = self.load("contract", folder / name, "cn-ledger.toml")
            self.assertEqual((self.counts(done), refused), ((0, 0, 0, 1), []), name)
            text = (folder / name).read_text(encoding=encoding)
            own = text.splitlines()[1].replace("2026-FW-001", f"2026-FW-10{n}").replace("示例合同（导入前请删除此行）", "保洁服务").replace("示例供应商", "某物业公司")
            self.file(name, (text.rstrip("\n") + "\n" + own + "\n").encode(encoding))
            done, refused = self.load("contract", name, "cn-ledger.toml", "--create-clients")
            self.assertEqual((self.counts(done), refused), ((1, 1, 0, 1), []), name)
            made = self.json("contract", "show", f"2026-FW-10{n}")["contract"]
            self.assertEqual([made[k] for k in ("title", "kind", "direction", "amount", "signed_on", "starts_on", "ends_on", "owner", "department", "client_name")],
                             ["保洁服务", "mandate", "expense", "95000.00", "2026-01-01", "2026-02-01", "2026-12-31", "张三", "某机关事务管理局本级-办公室", "某物业公司"])
        error = self.fails(9, "contract", "import", folder / "template-utf8bom.csv")
        self.assertIn('"决策依据" means no field', error)

    def test_fixture_in_both_encodings(self):
        folder = SHARED / "contracts-cn-gbk-fixture"
        lists = []
        for name, encoding in (("import-contracts-gbk.csv", "gb18030"), ("import-contracts-utf8.csv", "utf-8")):
            self.env["AGENCY_DB"] = str(self.dir / (name + ".db"))
            self.ok("init")
            done, refused = self.load("contract", folder / name, "cn-contracts.toml", "--create-clients")
            self.assertEqual((done["encoding"], self.counts(done), refused), (encoding, (2, 2, 0, 0), []))
            lists.append(self.rows("contract"))
        self.assertEqual(lists[0], lists[1])
        self.assertEqual({(c["number"], c["amount"], c["tax_rate"], c["direction"]) for c in lists[0]}, {("TEST-HT-001", "2180000.00", "0.09", "income"), ("TEST-CG-001", "1130000.00", "0.13", "expense")})

    def test_alipay(self):
        path = SHARED / "bank-china" / "alipay__example-alipay-records.csv"
        done, refused = self.load("receipt", path, "alipay-receipts.toml")
        self.assertEqual((done["encoding"], self.counts(done), refused), ("gb18030", (1, 1, 0, 33), []))
        [made] = self.rows("receipt")
        self.assertEqual([made[k] for k in ("received_on", "amount", "currency", "payer", "method", "note")], ["2023-01-18", "222228.50", "CNY", "xxxx", "余额", "转账"])

    def test_bank_of_china(self):
        path = SHARED / "bank-china" / "boc__debit__example-boc-records.csv"
        done, refused = self.load("receipt", path, "boc-receipts.toml")
        self.assertEqual((self.counts(done), refused), ((4, 4, 0, 14), []))
        self.assertEqual([(r["received_on"], r["amount"], r["account"]) for r in self.rows("receipt")], [("2025-08-01", "1000.00", "3167"), ("2025-08-04", "3000.00", "3167"), ("2025-08-05", "5771.00", "3167"), ("2025-08-22", "50.00", "3167")])

    def test_icbc(self):
        path = SHARED / "bank-china" / "icbc__debit-v1__example-icbc-debit-v1-records.csv"
        done, refused = self.load("receipt", path, "icbc-receipts.toml")
        self.assertEqual((self.counts(done), refused), ((5, 5, 0, 13), []))
        self.assertEqual([(r["received_on"], r["amount"], r["payer"]) for r in self.rows("receipt")],
                         [("2023-02-08", "1.04", "深圳市财付通支付科技有限公司"), ("2023-02-10", "30.00", "总行信用卡合伙人"), ("2023-02-28", "341.58", "支付宝（中国）网络技术有限公司"), ("2023-04-14", "1234.56", "ABC公司"), ("2023-04-22", "1234.56", "李四")])

    def test_a_statement_twice(self):
        for name, map_ in (("alipay__example-alipay-records.csv", "alipay-receipts.toml"), ("boc__debit__example-boc-records.csv", "boc-receipts.toml"), ("icbc__debit-v1__example-icbc-debit-v1-records.csv", "icbc-receipts.toml")):
            first, _ = self.load("receipt", SHARED / "bank-china" / name, map_)
            again, _ = self.load("receipt", SHARED / "bank-china" / name, map_, "--on-conflict", "skip")
            self.assertEqual((again["unchanged"], again["inserted"]), (first["inserted"], 0), name)


class Keys(Book):
    """The keys of a map that the files above do not try."""

    def setUp(self):
        super().setUp()
        self.ok("client", "add", "--code", "K1", "--name", "甲公司")

    def load(self, map_, rows, code=0, head="number,client,title,amount\n"):
        r = self.run_("contract", "import", self.file("in.csv", head + rows), "--map", self.file("m.toml", map_), "--format", "json")
        self.assertEqual(r.returncode, code, r.stdout.decode() + r.stderr.decode())
        return json.loads(r.stdout)

    def numbers(self):
        return [c["number"] for c in self.json("contract", "list")["contracts"]]

    def test_conditions(self):
        rows = "A,K1,Alpha 合同,1\nB,K1,beta,2\nC,K1,alphabet,3\n"
        for n, (condition, wanted) in enumerate((("~ALPHA", ["A", "C"]), ("!~alpha", ["B"]), ("=beta", ["B"]), ("!=beta", ["A", "C"]), ("~", ["A", "B", "C"]))):
            done = self.load(f'[where]\ntitle = "{condition}"\n[columns.number]\ntemplate = "{n}-{{number}}"\n', rows)["import"]
            self.assertEqual([c for c in self.numbers() if c.startswith(f"{n}-")], [f"{n}-{w}" for w in wanted], condition)
            self.assertEqual(done["skipped"], 3 - len(wanted))

    def test_a_condition_hides_no_broken_amount(self):
        said = self.load('[where]\namount = ">0"\n', "A,K1,t,1\nB,K1,t,\nC,K1,t,-\nD,K1,t,-5\nE,K1,t,\"12,34\"\nF,K1,t,x\n", code=9)
        self.assertEqual(([(p["row"], p["field"]) for p in said["problems"]], said["import"]["skipped"]), ([(6, "amount"), (7, "amount")], 3))

    def test_the_first_header_that_is_there(self):
        map_ = '[columns.title]\nfrom = ["Titel", "Betreff"]\n'
        self.load(map_, "A,K1,one,1\n", head="number,client,betreff,amount\n")
        self.load(map_, "B,K1,two,1\n", head="number,client,Titel,amount\n")
        self.assertEqual([c["title"] for c in self.json("contract", "list")["contracts"]], ["one", "two"])
        self.assertIn('asks for column "Titel"', self.fails(2, "contract", "import", self.file("in.csv", "number,client,x,amount\n"), "--map", "m.toml"))

    def test_empty_cells_at_the_end_of_rows(self):
        rows = "A,K1,t,1,, \n"
        self.load("[file]\nempty_end = true\n", rows)
        self.assertEqual([p["message"] for p in self.load("[file]\nempty_end = false\n", rows.replace("A", "B"), code=9)["problems"]], ["it has 6 cells, the header has 4"])
        self.assertEqual([p["message"] for p in self.load("[file]\nempty_end = true\n", "C,K1,t,1,,x\n", code=9)["problems"]], ["it has 6 cells, the header has 4"])
        self.assertIn("m.toml:2:", self.fails(2, "contract", "import", "in.csv", "--map", self.file("m.toml", '[file]\nempty_end = "yes"\n')))

    def test_a_line_of_blanks_is_blank(self):
        self.assertEqual(self.load("", "A,K1,t,1\n \n\t\nB,K1,t,1\n")["import"]["read"], 2)

    def test_a_sheet_by_a_map(self):
        from cli.test_files import TITLES, package, row
        self.file("book.xlsx", package({"One": TITLES + row(2, "A", "K1", "t", 1), "Two": TITLES + row(2, "B", "K1", "t", 1)}))
        self.ok("contract", "import", "book.xlsx", "--map", self.file("m.toml", '[file]\nsheet = "Two"\n'))
        self.assertEqual(self.numbers(), ["B"])
