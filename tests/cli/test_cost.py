"""Posted costs: what projects spend beside hours, and the budget that holds it."""
import json

from support.projects import Tracked


class Costs(Tracked):
    """A budget of 1,000,000."""

    def setUp(self):
        super().setUp()
        self.at("2026-03-10T09:00Z")

    def cost(self, amount, *more, day="2026-03-05"):
        return ["cost", "add", "--project", "P1", "--posted-on", day, "--amount", amount, *more]

    def budget(self, *more):
        row = self.json("project", "budget", "P1", *more)["rows"][0]
        return [row[k] for k in ("committed", "actual", "left")]

    def supply(self, number, amount, *more):
        return ["contract", "add", "--number", number, "--client", "K1", "--title", "外包", "--amount", amount, "--signed-on", "2026-03-01", "--direction", "expense", "--project", "P1", *more]

    def test_actual_cost_is_hours_and_what_was_posted(self):
        self.ok("rate", "add", "--employee", "E1", "--kind", "cost", "--valid-from", "2026-01-01", "--amount", "100")
        self.hours("E1", "1.1", "2026-03-03", "10")
        self.ok(*self.cost("250.50", "--kind", "official_fee", "--supplier", "专利局", "--wbs", "1.1"))
        self.ok(*self.cost("70", "--kind", "travel", day="2026-03-06"))
        self.ok(*self.cost("-20.50", "--note", "退款", day="2026-03-09"))
        self.assertEqual([self.evm(f"2026-03-{day}")["ac"] for day in ("04", "05", "06", "09")], ["1000.00", "1250.50", "1320.50", "1300.00"])
        shown = self.json("cost", "list")["costs"][0]
        self.assertEqual([shown[k] for k in ("number", "project", "kind", "amount", "currency", "supplier", "wbs")], ["K-000001", "P1", "official_fee", "250.50", "CNY", "专利局", "1.1"])
        self.assertEqual(self.json("project", "evm", "P1")["parameters"]["posted"], "300.00")
        report = self.json("project", "status", "P1", "--audience", "internal", "--as-of", "2026-03-09")["status"]
        self.assertEqual((report["evm"][0]["ac"], report["budget"][0]["actual"]), ("1300.00", "1300.00"))
        self.assertEqual([r["ac"] for r in self.json("project", "curve", "P1", "--as-of", "2026-03-10")["rows"]], ["1320.50", "1300.00"])
        self.assertEqual(self.json("project", "list", "--tracking")["projects"][0]["actual"], "1300.00")

    def test_a_file_of_costs(self):
        path = self.file("costs.csv", "成本编号,项目代码,入账日期,类别,金额,供应商,WBS编码\nA,P1,2026-03-05,分包,1000,乙公司,1.1\nB,P1,2026-03-06,差旅费,12.5,,\n")
        self.assertEqual(self.json("cost", "import", path)["import"]["inserted"], 2)
        self.assertEqual(self.evm("2026-03-10")["ac"], "1012.50")
        self.assertEqual(self.json("cost", "import", path, "--on-conflict", "skip")["import"]["unchanged"], 2)
        bad = self.file("bad.csv", "number,project,posted_on,amount,wbs\nC,P1,2026-03-11,1,\nD,P1,2026-03-05,0,\nE,P1,2026-03-05,1,9\nF,P1,2026-03-05,1,1\nG,P9,2026-03-05,1,\n")
        said = self.fails(9, "cost", "import", bad)
        for text in ("lies not ahead", "not zero", "has no task 9", "PRJ-003", "P9"):
            self.assertIn(text, said)

    def test_a_void_cost_never_counted_and_a_closed_month_is_locked(self):
        self.ok(*self.cost("100", "--number", "A"))
        self.ok(*self.cost("30", "--number", "B"))
        self.at("2026-04-02T09:00Z")
        self.ok("cost", "void", "A", "--reason", "twice")
        self.assertEqual(self.evm("2026-03-10")["ac"], "30.00")
        self.assertEqual(self.evm("2026-03-10", "--known-at", "2026-03-10T09:00Z")["ac"], "130.00")
        self.ok("period", "close", "2026-03")
        self.assertIn("PER-001", self.fails(5, *self.cost("1")))
        self.assertIn("PER-001", self.fails(5, "cost", "void", "B", "--reason", "x"))
        self.ok("cost", "void", "B", "--reason", "x", "--on", "2026-04-01")
        self.assertEqual((self.evm("2026-03-31")["ac"], self.evm("2026-04-01")["ac"]), ("30.00", "0.00"))
        self.fails(5, "cost", "void", "B", "--reason", "x")

    def test_costs_in_other_currencies_are_told_and_not_added(self):
        self.ok(*self.cost("99", "--currency", "USD"))
        report = self.json("project", "evm", "P1")
        self.assertEqual(report["rows"][0]["ac"], "0.00")
        check = {c["check"]: c for c in report["checks"]}["costs_in_one_currency"]
        self.assertFalse(check["ok"])
        self.assertIn("99.00", check["message"])

    def test_a_cost_in_another_currency_that_is_void_is_not_told(self):
        self.ok(*self.cost("99", "--currency", "USD", "--number", "A"))
        self.ok(*self.cost("7", "--currency", "USD"))
        self.ok(*self.cost("700", "--currency", "JPY"))
        self.ok("cost", "void", "A", "--reason", "x", "--on", "2026-03-08")
        told = lambda *more: {c["check"]: c for c in self.json("project", "evm", "P1", *more)["checks"]}["costs_in_one_currency"].get("message")
        self.assertIn("700 JPY; 7.00 USD", told())
        self.assertIn("700 JPY; 106.00 USD", told("--as-of", "2026-03-07"))

    def test_a_contract_commits_what_will_be_posted_of_it(self):
        """Costs are posted without recoverable tax."""
        self.ok(*self.supply("S1", "106", "--tax-rate", "6%"))
        self.assertEqual(self.budget(), ["100.00", "0.00", "999900.00"])
        self.ok(*self.cost("100", "--contract", "S1"))
        self.assertEqual(self.budget(), ["0.00", "100.00", "999900.00"])
        self.ok(*self.supply("S2", "1059894", "--tax-rate", "6%"))   # 999,900 without tax
        self.assertEqual(self.budget(), ["999900.00", "100.00", "0.00"])

    def test_PRJ_040_what_rows_of_a_file_bind_and_release_counts_for_the_next(self):
        rows = lambda *lines: self.file("s.csv", "number,client,title,amount,signed_on,direction,project,status\n" + "".join(f"{n},K1,t,{a},2026-03-01,expense,{p},{s}\n" for n, a, p, s in lines))
        self.ok(*self.supply("S1", "200000"))
        self.ok(*self.cost("180000", "--contract", "S1"))
        self.ok("contract", "import", rows(("S1", "210000", "P1", "performing"), ("S2", "790000", "P1", "performing")), "--on-conflict", "update")   # 30,000 of S1 are open
        self.assertEqual(self.budget(), ["820000.00", "180000.00", "0.00"])
        self.assertIn("PRJ-040", self.fails(9, "contract", "import", rows(("S3", "0.01", "P1", "performing"))))
        self.ok("project", "add", "--code", "P2", "--name", "b")
        self.ok("contract", "import", rows(("S2", "790000", "P2", "performing"), ("S3", "700000", "P1", "performing")), "--on-conflict", "update")   # S2 went elsewhere
        self.assertEqual(self.budget(), ["730000.00", "180000.00", "90000.00"])
        self.ok("contract", "import", rows(("S3", "700000", "P1", "terminated"), ("S4", "790000", "P1", "performing")), "--on-conflict", "update")
        self.assertEqual(self.budget(), ["820000.00", "180000.00", "0.00"])
        path = self.file("c.csv", "project,posted_on,amount,contract\nP1,2026-03-05,-50,S4\nP1,2026-03-05,790050,S4\n")   # given back, and paid again
        self.ok("cost", "import", path)
        self.assertEqual(self.budget(), ["30000.00", "970000.00", "0.00"])

    def test_PRJ_040_no_cost_beyond_the_budget(self):
        self.ok(*self.cost("999999.99"))
        self.assertIn("PRJ-040", self.fails(5, *self.cost("0.02")))
        self.ok(*self.cost("0.01"))
        self.assertIn("0.00", self.fails(5, *self.cost("0.01")))
        self.ok("change", "add", "--number", "CR", "--project", "P1", "--title", "t", "--reason", "r", "--cost", "5000", "--actor", "E2")
        self.ok("change", "submit", "CR", "--actor", "E2")
        self.assertIn("PRJ-040", self.fails(5, *self.cost("5000")))   # asked for only
        self.ok("change", "approve", "CR", "--actor", "E1")
        path = self.file("c.csv", "number,project,posted_on,amount\nA,P1,2026-03-05,3000\nB,P1,2026-03-05,3000\nC,P1,2026-03-05,2000\n")
        r = self.run_("cost", "import", path, "--format", "json")
        self.assertEqual([(p["row"], p["rule"]) for p in json.loads(r.stdout)["problems"]], [(3, "PRJ-040")])   # together too much
        self.assertEqual(self.budget(), ["0.00", "1000000.00", "5000.00"])
        self.ok(*self.cost("-1"))   # what is given back always may

    def test_PRJ_040_a_contract_commits_within_the_budget_and_costs_on_it_release(self):
        self.ok(*self.supply("S1", "600000"))
        self.assertEqual(self.budget(), ["600000.00", "0.00", "400000.00"])
        self.assertIn("PRJ-040", self.fails(5, *self.supply("S2", "400000.01")))
        self.ok(*self.supply("S2", "400000.01", "--status", "draft"))   # a draft commits nothing
        self.assertIn("PRJ-040", self.fails(5, "contract", "sign", "S2"))
        self.assertIn("PRJ-040", self.fails(5, "contract", "edit", "S1", "--set", "amount=1000000.01"))
        self.assertIn("PRJ-040", self.fails(5, *self.cost("400000.01")))
        self.ok(*self.cost("500000", "--contract", "S1"))   # what is owed by it is committed no more
        self.assertEqual(self.budget(), ["100000.00", "500000.00", "400000.00"])
        self.assertEqual(self.budget("--as-of", "2026-03-04"), ["600000.00", "0.00", "400000.00"])
        self.assertIn("PRJ-040", self.fails(5, *self.cost("500000.01", "--contract", "S1")))   # 100,000 are covered
        self.ok(*self.cost("500000", "--contract", "S1"))
        self.assertEqual(self.budget(), ["0.00", "1000000.00", "0.00"])
        self.ok("contract", "edit", "S1", "--set", "title=x")
        path = self.file("s.csv", "number,client,title,amount,signed_on,direction,project\nS3,K1,t,1,2026-03-01,expense,P1\nS4,K1,t,1,2026-03-01,expense,P9\n")
        self.assertIn("PRJ-040", self.fails(9, "contract", "import", path))

    def test_a_cost_stands_on_a_suppliers_contract_of_its_project(self):
        self.ok(*self.supply("S1", "100"))
        self.ok("contract", "add", "--number", "S2", "--client", "K1", "--title", "t", "--amount", "1", "--signed-on", "2026-03-01", "--direction", "expense")
        self.assertIn("no supplier", self.fails(5, *self.cost("1", "--contract", "C1")))
        self.assertIn("not for project P1", self.fails(5, *self.cost("1", "--contract", "S2")))
        self.fails(5, *self.cost("1", "--contract", "S1", "--currency", "USD"))
        self.ok("contract", "edit", "S1", "--set", "status=closed")
        self.assertEqual(self.budget(), ["0.00", "0.00", "1000000.00"])   # what has ended is owed no more

    def test_an_undo_takes_costs_and_commitments_back_and_the_past_stays(self):
        self.ok(*self.supply("S1", "600000"))
        self.ok(*self.cost("100", "--number", "A", "--contract", "S1"))
        self.assertEqual(self.budget(), ["599900.00", "100.00", "400000.00"])
        self.at("2026-03-11T09:00Z")
        self.ok("undo")
        self.ok("undo")
        self.assertEqual(self.budget(), ["0.00", "0.00", "1000000.00"])
        self.assertEqual(self.budget("--known-at", "2026-03-10T10:00Z"), ["599900.00", "100.00", "400000.00"])
        self.ok(*self.cost("7", "--number", "A"))   # the number is free again
        self.ok("check")
