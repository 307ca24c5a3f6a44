"""The waterfall of projects: contract, earned, billed, received, and what is left between them."""
from support.projects import Tracked


class Waterfall(Tracked):
    """A contract of 2,000,000; a plan of 100,000, of which the first step is 40 %."""

    def setUp(self):
        super().setUp()
        self.at("2026-04-20T09:00Z")

    def line(self, *more, code="P1"):
        return {r["project"]: r for r in self.json("project", "waterfall", *more)["rows"]}[code]

    def figures(self, *more):
        row = self.line(*more)
        return [row[k] for k in ("contract_amount", "earned", "billed", "unbilled", "received", "receivable", "overdue", "unlocked", "unlocked_unbilled")]

    def bill(self, number, day, due, amount, *more):
        self.ok("invoice", "add", "--number", number, "--contract", "C1", "--issued-on", day, "--due-on", due, "--amount", amount, *more)

    def test_a_line_from_contract_to_cash(self):
        self.assertEqual(self.figures(), ["2000000.00", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00"])
        self.ok("project", "progress", "P1", "1.1", "accepted", "--on", "2026-03-06", "--evidence", "验收单")
        self.ok("milestone", "add", "--project", "P1", "--name", "初稿", "--baseline-on", "2026-03-06", "--unlocks", "500000")
        self.ok("milestone", "add", "--project", "P1", "--name", "终稿", "--baseline-on", "2026-03-20", "--unlocks", "1000000")
        self.ok("milestone", "reach", "P1/初稿", "--on", "2026-03-06", "--evidence", "邮件")
        self.bill("F1", "2026-03-10", "2026-04-10", "300000")
        self.receipt("R1", "2026-04-01", "100000")
        self.ok("receipt", "allocate", "R1", "F1", "100000")
        self.assertEqual(self.figures(), ["2000000.00", "800000.00", "300000.00", "500000.00", "100000.00", "200000.00", "200000.00", "500000.00", "200000.00"])
        self.assertEqual(self.figures("--as-of", "2026-03-31"), ["2000000.00", "800000.00", "300000.00", "500000.00", "0.00", "300000.00", "0.00", "500000.00", "200000.00"])
        self.assertEqual(self.figures("--as-of", "2026-03-05")[1:], ["0.00"] * 8)
        row = self.line("P1")
        self.assertEqual([row[k] for k in ("name", "client", "client_name", "contract", "currency", "complete")], ["项目一", "K1", "甲公司", "C1", "CNY", "0.4"])
        self.fails(1, "project", "waterfall", "--fail-if", "unlocked_unbilled > 0")

    def test_billed_in_advance_is_below_zero_and_pass_through_is_no_revenue(self):
        self.bill("F1", "2026-03-10", "2026-04-10", "300000")
        self.bill("F2", "2026-03-10", "2026-04-10", "7000", "--kind", "pass_through")
        self.bill("F3", "2026-03-10", "2027-04-10", "50000", "--kind", "retention")
        self.bill("F4", "2026-03-12", "2026-03-12", "20000", "--kind", "credit_note", "--credits", "F1")
        self.bill("F5", "2026-03-12", "2026-03-12", "1000", "--kind", "credit_note", "--credits", "F2")
        self.assertEqual(self.figures()[:7], ["2000000.00", "0.00", "330000.00", "-330000.00", "0.00", "330000.00", "280000.00"])
        self.assertTrue(self.json("project", "waterfall")["checks"][0]["ok"])

    def test_several_contracts_and_totals_by_currency(self):
        self.ok("contract", "add", "--number", "C2", "--client", "K1", "--title", "t", "--amount", "500", "--signed-on", "2026-01-05", "--project", "P1")
        self.ok("contract", "add", "--number", "C3", "--client", "K1", "--title", "t", "--amount", "600", "--project", "P1")   # a draft
        self.ok("contract", "add", "--number", "S1", "--client", "K1", "--title", "t", "--amount", "700", "--signed-on", "2026-01-05", "--direction", "expense", "--project", "P1")
        self.ok("contract", "add", "--number", "D1", "--client", "K1", "--title", "t", "--amount", "900", "--currency", "USD", "--signed-on", "2026-01-05")
        self.ok("project", "add", "--code", "P2", "--name", "无计划", "--contract", "D1")
        self.ok("project", "add", "--code", "P3", "--name", "无合同")
        self.ok("invoice", "add", "--number", "U1", "--contract", "D1", "--issued-on", "2026-03-10", "--due-on", "2026-04-10", "--amount", "90")
        self.ok("project", "progress", "P1", "1.1", "accepted", "--on", "2026-03-06", "--evidence", "x")
        report = self.json("project", "waterfall")
        self.assertEqual([(r["project"], r["contract"], r["contract_amount"], r["earned"], r["unbilled"]) for r in report["rows"]], [("P1", "C1;C2", "2000500.00", "800200.00", "800200.00"), ("P2", "D1", "900.00", None, None)])
        self.assertEqual([(r["currency"], r["contract_amount"], r["earned"], r["receivable"]) for r in report["totals"]], [("CNY", "2000500.00", "800200.00", "0.00"), ("USD", "900.00", None, "90.00")])
        self.assertEqual(len(self.json("project", "waterfall", "P3")["rows"]), 0)
        self.fails(3, "project", "waterfall", "P9")

    def test_projects_of_one_contract_share_it_by_their_budgets(self):
        self.ok("project", "add", "--code", "P2", "--name", "项目二", "--contract", "C1", "--manager", "E1", "--budget", "500000", "--starts-on", "2026-03-02")
        self.ok("project", "plan-import", "P2", self.file("two.csv", "wbs,name,duration,assigned,cost\n1,全部,5,E1,1000\n"))
        self.assertEqual(self.line(code="P1")["contract_amount"], "2000000.00")   # a proposal takes nothing from who works
        for verb in ("initiate", "approve-plan", "start"):
            self.ok("project", verb, "P2")
        self.ok("project", "progress", "P1", "1.1", "accepted", "--on", "2026-03-06", "--evidence", "x")   # 40 % of it
        self.ok("milestone", "add", "--project", "P2", "--name", "二", "--baseline-on", "2026-03-06", "--unlocks", "300000")
        self.ok("milestone", "reach", "P2/二", "--on", "2026-03-06", "--evidence", "x")
        self.bill("F1", "2026-03-10", "2026-04-10", "300000.01", "--tax-rate", "6%")
        self.receipt("R1", "2026-04-01", "100000")
        self.ok("receipt", "allocate", "R1", "F1", "100000")
        one, two = self.figures(), [self.line(code="P2", *["P2"])[k] for k in ("contract_amount", "earned", "billed", "unbilled", "received", "receivable", "overdue", "unlocked", "unlocked_unbilled")]
        self.assertEqual(one, ["1333333.33", "533333.33", "200000.01", "333333.32", "66666.67", "133333.34", "133333.34", "0.00", "0.00"])
        self.assertEqual(two, ["666666.67", "0.00", "100000.00", "-100000.00", "33333.33", "66666.67", "66666.67", "300000.00", "200000.00"])
        report = self.json("project", "waterfall")
        self.assertEqual([(r["project"], r["shared_with"]) for r in report["rows"]], [("P1", "P2"), ("P2", "P1")])
        self.assertEqual([report["totals"][0][k] for k in ("contract_amount", "billed", "received", "receivable")], ["2000000.00", "300000.01", "100000.00", "200000.01"])
        self.assertTrue(report["checks"][0]["ok"])
        margin = {r["project"]: r["net_revenue"] for r in self.json("project", "margin")["rows"]}
        self.assertEqual(margin, {"P1": "188679.25", "P2": "94339.63"})
        billed = {r["code"]: r["billed"] for r in self.json("project", "list", "--tracking")["projects"]}
        self.assertEqual(billed, {"P1": "200000.01", "P2": "100000.00"})
        self.ok("project", "add", "--code", "P3", "--name", "无预算", "--contract", "C1")   # then in equal parts
        self.ok("project", "initiate", "P3")
        self.assertEqual([r["contract_amount"] for r in self.json("project", "waterfall")["rows"]], ["666666.67", "666666.66", "666666.67"])
        self.ok("project", "tick", "P3", "accounts_settled", "--evidence", "the others bill it", "--approved-by", "E2")
        self.ok("project", "cancel", "P3", "--reason", "none of it was done")   # who is out shares nothing
        self.assertEqual([r["contract_amount"] for r in self.json("project", "waterfall")["rows"]], ["1333333.33", "666666.67", "0.00"])

    def test_margin_is_fees_less_hours_and_costs(self):
        self.ok("rate", "add", "--employee", "E1", "--kind", "cost", "--valid-from", "2026-01-01", "--amount", "100")
        self.hours("E1", "1.1", "2026-03-03", "8")
        self.bill("F1", "2026-03-10", "2026-04-10", "10600", "--tax-rate", "6%")
        self.bill("F2", "2026-03-10", "2026-04-10", "7000", "--kind", "pass_through")
        for kind, amount in (("travel", "1200"), ("official_fee", "7000")):   # what is passed on is neither revenue nor cost
            self.ok("cost", "add", "--project", "P1", "--posted-on", "2026-03-04", "--kind", kind, "--amount", amount)
        keys = ("project", "manager", "net_revenue", "labour", "other_cost", "margin", "margin_rate", "expected_rate", "received")
        report = self.json("project", "margin")
        self.assertEqual([[r[k] for k in keys] for r in report["rows"]], [["P1", "E1", "10000.00", "800.00", "1200.00", "8000.00", "0.8", None, "0.00"]])
        self.assertEqual((report["totals"][0]["currency"], report["totals"][0]["margin"]), ("CNY", "8000.00"))
        early = self.json("project", "margin", "P1", "--as-of", "2026-03-03")["rows"][0]
        self.assertEqual([early[k] for k in ("net_revenue", "labour", "other_cost", "margin", "margin_rate")], ["0.00", "800.00", "0.00", "-800.00", None])
        self.fails(1, "project", "margin", "--fail-if", "margin_rate < 90%")
