"""Business acceptance: leads, assessments, the committee, conflicts of interest, the gate before a contract, credit."""
import json

from support.book import SOURCE, Book

SCORES = (("qualification", "credit_rating", "4"), ("feasibility", "legality", "3"), ("capability", "staff", "4"),
          ("return", "margin", "3.5"), ("risk", "register", "3"))
N = "IN-2026-001"


class Intakes(Book):
    now = "2026-03-10T09:00+08:00"

    def setUp(self):
        super().setUp()
        self.env["LC_ALL"] = "C.UTF-8"
        for code, name in (("K1", "甲公司"), ("K2", "乙公司")):
            self.ok("client", "add", "--code", code, "--name", name)

    def opened(self, *more, amount="106000", **options):
        """An assessment of K1: revenue 100,000 without tax, cost 50,000."""
        self.ok("intake", "open", "--client", "K1", "--title", "招标代理", "--amount", amount, "--tax-rate", "6%", *more)
        self.ok("intake", "estimate", N, "--labour-cost", "50000")

    def scored(self, *more, scores=SCORES, **options):
        self.opened(*more, **options)
        for s in scores:
            self.ok("intake", "score", N, *s, "--evidence", "材料", "--assessor", "李")

    def looked_at(self, client="K1"):
        self.ok("kyc", "add", "--client", client, "--refreshed-on", "2026-03-10", *(w for k, n in (("payment", 40), ("financial", 20), ("background", 20), ("cooperation", 10)) for w in (f"--{k}-points", n)))

    def ready(self, *more, **options):
        self.looked_at()
        self.scored(*more, **options)
        self.ok("intake", "conflict", N)

    def committee(self, *people, **functions):
        for number, name in (("L", "李"), ("Z", "总")):   # who assesses, and who decides
            self.ok("employee", "add", "--number", number, "--name", name)
        for p in people:
            self.ok("employee", "add", "--number", p, "--name", "姓名" + p)
            self.ok("committee", "add", "--member", p, "--starts-on", "2026-01-01", "--function", functions.get(p, "management"))

    def vote(self, **votes):
        for member, vote in votes.items():
            self.ok("intake", "vote", N, "--member", member, "--" + vote, *(["--reason", "r"] if vote == "against" else []))

    def operation(self, words):
        return next(o["operation"] for o in self.json("op", "list")["operations"] if words in o["command"])

    def shown(self, number=N, *more):
        return self.json("intake", "show", number, *more)["intake"]


class Leads(Intakes):
    def test_a_file_makes_clients_of_names_where_it_is_asked_to(self):
        path = self.file("l.csv", "线索编号,客户,线索名称,预计合同额,来源\nL1,甲公司,招标代理,\"318,000\",转介绍\nL2,新公司,专利,3000,官网\n")
        self.assertIn("l.csv:3:2(客户)", self.fails(9, "lead", "import", path))
        self.ok("lead", "import", path, "--create-clients")
        leads = {l["code"]: l for l in self.json("lead", "list")["leads"]}
        self.assertEqual((leads["L1"]["client"], leads["L1"]["expected_amount"], leads["L1"]["status"]), ("K1", "318000.00", "lead"))
        self.assertEqual(leads["L2"]["client"], "C-000001")

    def test_an_assessment_makes_an_opportunity_of_it_and_takes_what_it_says(self):
        self.ok("lead", "add", "--code", "L1", "--client", "K2", "--title", "报关", "--expected-amount", "9000", "--owner", "王")
        self.ok("intake", "open", "L1", "--trade", "customs")
        i = self.shown()
        self.assertEqual((i["client"], i["title"], i["amount"], i["owner"], i["status"]), ("K2", "报关", "9000.00", "王", "opportunity"))
        self.assertEqual(self.json("lead", "show", "L1")["lead"]["status"], "opportunity")

    def test_INT_009_who_is_named_is_an_employee_where_those_are_kept(self):
        self.ok("lead", "add", "--code", "L0", "--client", "K1", "--title", "t", "--owner", "外聘")   # nobody keeps employees
        self.ok("lead", "add", "--code", "L3", "--client", "K1", "--title", "t", "--owner", "外聘")
        for number, name in (("E1", "张 伟"), ("E2", "王芳"), ("E3", "王芳")):
            self.ok("employee", "add", "--number", number, "--name", name)
        self.ok("lead", "edit", "L0", "--set", "title=x")   # what stands is not judged again
        self.assertIn("外聘 is no employee [INT-009]", self.fails(3, "lead", "add", "--code", "L1", "--client", "K1", "--title", "t", "--owner", "外聘"))
        self.assertIn("several employees", self.fails(3, "lead", "add", "--code", "L1", "--client", "K1", "--title", "t", "--owner", "王芳"))
        self.ok("lead", "add", "--code", "L1", "--client", "K1", "--title", "t", "--owner", "张伟")
        self.assertEqual(self.json("lead", "show", "L1")["lead"]["owner"], "E1")
        path = self.file("i.csv", "number,lead,title,owner,assessor\nA1,L1,t,E2,张伟\nA2,L0,t,,外聘\nA3,L3,t,,\n")
        error = self.fails(9, "intake", "import", path)
        self.assertIn("i.csv:3:5(assessor): 外聘 is no employee [INT-009]", error)
        self.assertNotIn("i.csv:4", error)
        self.ok("intake", "import", path, "--accept", "INT-009")
        self.assertEqual([(self.shown(n)["owner"], self.shown(n)["assessor"]) for n in ("A1", "A2", "A3")], [("E2", "E1"), ("外聘", "外聘"), ("外聘", None)])
        score = ("intake", "score", "A3", *SCORES[0], "--evidence", "e")
        error = self.fails(3, *score, "--actor", "root")
        self.assertIn("[INT-009]", error)
        self.assertIn("--assessor", error)
        self.ok("intake", "score", "A1", *SCORES[0], "--evidence", "e", "--actor", "root")   # the assessment has its assessor
        self.assertEqual(self.json("intake", "show", "A1")["intake"]["scores"][0]["assessor"], "E1")
        self.ok(*score, "--assessor", "张伟")
        self.assertEqual(self.json("intake", "show", "A3")["intake"]["scores"][0]["assessor"], "E1")
        self.assertIn("[INT-009]", self.fails(3, "intake", "conflict", "A3", "--by", "外聘"))
        self.file("agency.toml", '[org]\npeople = "any"\n')
        self.ok(*score, "--assessor", "外聘")

    def test_what_is_lost_says_why_and_may_come_back(self):
        self.ok("lead", "add", "--code", "L1", "--client", "K1", "--title", "t")
        self.fails(2, "lead", "lose", "L1")
        self.ok("lead", "lose", "L1", "--reason", "价格")
        self.assertIn("revive", self.fails(5, "lead", "qualify", "L1"))
        gone = lambda *more: [(r["outcome"], r["reason"], r["count"], r["amount"], r["last_year"]) for r in self.json("intake", "reasons", *more)["rows"]]
        self.assertEqual(gone(), [("lost", "价格", 1, "0.00", 1)])
        self.ok("lead", "add", "--code", "L2", "--client", "K1", "--title", "t", "--expected-amount", "5")
        self.ok("intake", "open", "L2")
        self.ok("intake", "withdraw", N, "--reason", "搁置")
        self.ok("lead", "withdraw", "L2", "--reason", "搁置")   # told once, by its assessment
        self.assertEqual(gone(), [("lost", "价格", 1, "0.00", 1), ("withdrawn", "搁置", 1, "5.00", 1)])
        self.ok("undo")
        self.ok("lead", "revive", "L1", "--reason", "再招标")
        self.assertEqual(gone(), [("withdrawn", "搁置", 1, "5.00", 1)])

    def test_a_step_is_not_entered_before_one_that_stands(self):
        """Also where the lead is again what it was: withdrawn on the 2nd, it could not have been lost on the 5th."""
        self.at("2026-03-20T09:00Z")
        self.ok("lead", "add", "--code", "L1", "--client", "K1", "--title", "t")
        self.ok("lead", "lose", "L1", "--reason", "价格", "--effective", "2026-03-05")
        self.ok("lead", "revive", "L1", "--reason", "再招标", "--effective", "2026-03-08")
        withdraw = ("lead", "withdraw", "L1", "--reason", "搁置", "--effective")
        self.assertIn("later state already, of 2026-03-05", self.fails(5, *withdraw, "2026-03-02"))
        self.ok(*withdraw, "2026-03-08")

    def test_a_client_with_one_is_not_void(self):
        self.ok("lead", "add", "--code", "L1", "--client", "K1", "--title", "t")
        self.assertIn("L1", self.fails(5, "client", "void", "K1", "--reason", "x"))


class Assessment(Intakes):
    def test_INT_003_a_score_has_one_decimal(self):
        self.opened()
        self.assertIn("one decimal", self.fails(2, "intake", "score", N, "return", "margin", "3.55", "--evidence", "e"))
        self.assertIn("from 0 to 5", self.fails(2, "intake", "score", N, "return", "margin", "5.1", "--evidence", "e"))

    def test_the_handbooks_example_scores_70_5(self):
        self.scored()
        i = self.shown()
        self.assertEqual(i["weighted_score"], 70.5)
        self.assertEqual((i["net_revenue"], i["direct_cost"], i["gross_margin"], i["verdict"]), ("100000.00", "50000.00", "0.5", "go_with_conditions"))
        self.assertEqual(i["status"], "assessing")   # the first score begins it

    def test_one_row_a_file(self):
        path = self.file("i.csv", "number,client,title,amount,tax_rate,labour_cost,qualification_score,feasibility_score,capability_score,return_score,risk_score,evidence,new_business_line\n"
                         "A1,甲公司,t,106000,6%,50000,4,3,4,3.5,3,评估表,是\nA2,K2,t,1000,,,,,,,,,\n")
        self.ok("intake", "import", path)
        i = self.shown("A1")
        self.assertEqual((i["weighted_score"], i["status"], i["new_business_line"]), (70.5, "assessing", True))
        self.assertEqual(self.shown("A2")["status"], "opportunity")
        bad = self.file("b.csv", "number,client,title,risk_score\nA3,K1,t,5.1\nA4,K1,t,3.55\n")
        error = self.fails(9, "intake", "import", bad)
        self.assertIn("b.csv:2:4(risk_score)", error)
        self.assertIn("INT-003", error)
        self.assertIn("b.csv:3:4(risk_score)", error)

    def test_the_examples(self):
        examples = SOURCE / "examples"
        self.ok("client", "import", examples / "clients.csv")
        self.ok("lead", "import", examples / "leads.csv")
        self.ok("intake", "import", examples / "intakes.csv")
        self.assertEqual([(i["number"], i["client"], i["trade"], i["weighted_score"], i["verdict"]) for i in self.json("intake", "list")["intakes"]],
                         [("PG-001", "KH001", "bidding", 70.5, "go_with_conditions"), ("PG-002", "KH002", "trademark", 82.0, "go")])

    def test_a_code_that_does_not_fit_is_a_knock_out(self):
        path = self.file("k.csv", "code,name,uscc\nK3,丙,91350100M000100Y44\n")
        self.ok("client", "import", path, "--accept", "KYC-001")
        self.ok("intake", "open", "--client", "K3", "--title", "t", "--amount", "1")
        self.assertEqual([k["kind"] for k in self.shown()["knockouts"]], ["invalid_code"])

    def test_KYC_001_codes_that_stand_in_place_of_a_unified_one(self):
        add = lambda code, uscc, *more: ("client", "add", "--code", code, "--name", "名" + code, "--uscc", uscc, *more)
        self.ok(*add("P1", "11010519491231002x", "--kind", "individual"))   # a person's, GB 11643
        self.assertEqual(self.json("client", "show", "P1")["client"]["uscc"], "11010519491231002X")
        self.assertIn("KYC-001", self.fails(2, *add("P2", "110105194912310021", "--kind", "individual")))
        self.assertIn("KYC-003", self.fails(2, *add("P2", "1101051949123100", "--kind", "individual")))
        self.assertIn("KYC-001", self.fails(2, *add("P2", "11010519491231002X")))   # a firm has none
        self.assertIn("before 2015", self.fails(2, *add("P2", "110108551385082")))
        self.ok(*add("Q1", "91350100M000100Y43"))
        self.assertIn("client Q1 has the code 91350100M000100Y43; a branch of it has --parent Q1 [KYC-002]", self.fails(4, *add("Q2", "91350100M000100Y43")))
        self.ok("undo")
        twice = self.file("t.csv", "code,name,uscc\nT1,一,91350100M000100Y43\nT2,二,91350100M000100Y43\n")
        self.assertIn("an earlier row has the code", self.fails(9, "client", "import", twice))
        path = self.file("c.csv", "code,name,uscc\nP2,旧公司,110108551385082\nP3,新公司,91350100M000100Y43\nP4,某局,12100000400000624D\n")
        self.assertIn("c.csv:2", self.fails(9, "client", "import", path))
        self.ok("client", "import", path, "--accept", "KYC-001")
        sheet = lambda code: self.json("client", "kyc", code)["client"]
        self.assertEqual([(sheet(c)["code_fits"], sheet(c)["holder"]) for c in ("P1", "P2", "P3", "P4")], [(True, None), (True, None), (True, "company"), (True, "institution")])
        self.ok("intake", "open", "--client", "P2", "--title", "t", "--amount", "1")
        self.assertEqual(self.shown()["knockouts"], [])

    def test_INT_003_every_dimension_is_scored_with_evidence(self):
        self.ready(scores=SCORES[:4])
        self.assertIn("risk has no score [INT-003]", self.fails(5, "intake", "decide", N, "--by", "总"))
        self.ok("intake", "edit", N, "--set", "risk_score=3")
        self.assertIn("the score of risk has no evidence [INT-003]", self.fails(5, "intake", "decide", N, "--by", "总"))
        self.ok("intake", "edit", N, "--set", "evidence=风险清单")
        self.assertIn("INT-006", self.fails(5, "intake", "decide", N, "--by", "总"))   # all is there but conditions
        self.fails(2, "intake", "score", N, "risk", "register", "3")
        self.assertIn("INT-003", self.fails(2, "intake", "score", N, "risk", "register", "5.1", "--evidence", "e"))
        self.assertIn("residual_level", self.fails(2, "intake", "score", N, "risk", "margin", "3", "--evidence", "e"))

    def test_INT_004_weights_sum_to_100(self):
        self.ready()
        self.file("agency.toml", '[intake]\nweights = "20,20,20,25,16"\n')
        self.assertIn("INT-004", self.fails(5, "intake", "decide", N, "--by", "总"))
        self.file("agency.toml", '[intake]\nweights = "20,20,x"\n')
        self.assertIn("intake.weights", self.fails(2, "intake", "decide", N, "--by", "总"))

    def test_INT_005_a_high_risk_has_a_mitigation_an_owner_a_day_and_what_remains(self):
        self.ready()
        self.ok("intake", "risk", N, "--title", "拖欠", "--kind", "payment", "--probability", "4", "--impact", "3", "--loss", "20000")
        i = self.shown()
        self.assertEqual((i["top_risk"], i["residual_risk"], i["exposure"], i["risk_adjusted_margin"]), (12, 12, "14000.00", "0.36"))
        self.assertIn("INT-005", self.fails(5, "intake", "decide", N, "--by", "总"))
        self.ok("intake", "mitigate", N + "/R1", "--mitigation", "预付", "--owner", "李", "--due-on", "2026-04-01", "--residual-probability", "2", "--residual-impact", "3")
        i = self.shown()
        self.assertEqual((i["top_risk"], i["residual_risk"], i["residual_exposure"], i["risk_adjusted_margin"]), (12, 6, "6000.00", "0.44"))
        self.assertIn("INT-006", self.fails(5, "intake", "decide", N, "--by", "总"))
        self.fails(2, "intake", "risk", N, "--title", "x", "--kind", "other", "--probability", "6", "--impact", "3")

    def test_peak_cash_need_and_the_last_figure_of_a_month(self):
        self.opened()
        self.ok("intake", "estimate", N, "--cash", "2026-04=-30000", "--cash", "2026-03=-30000", "--cash", "2026-05=90000")
        self.assertEqual(self.shown()["peak_cash_need"], "60000.00")
        self.assertIn("advance", self.shown()["triggers"])
        self.ok("intake", "estimate", N, "--cash", "2026-04=-10000")
        self.assertEqual(self.shown()["peak_cash_need"], "40000.00")
        self.fails(2, "intake", "estimate", N, "--cash", "2026-13=1")

    def test_what_is_decided_does_not_change_and_is_reopened_as_a_new_version(self):
        self.ready()
        self.ok("intake", "decide", N, "--by", "总", "--as", "no_go", "--reason", "产能不足")
        for words in (("score", N, *SCORES[0], "--evidence", "e"), ("estimate", N, "--amount", "1"), ("risk", N, "--title", "x", "--kind", "other", "--probability", "1", "--impact", "1"),
                      ("party", N, "--role", "group", "--name", "x"), ("conflict", N), ("drop", N + "/S1", "--reason", "x"), ("edit", N, "--set", "title=x"), ("decide", N), ("condition", N, "x", "--blocks", "before_sign")):
            self.fails(5, "intake", *words)
        self.ok("intake", "reopen", N, "--reason", "再议")
        self.assertIn("reopened already", self.fails(5, "intake", "reopen", N, "--reason", "x"))
        new, old = self.shown(N + ".2"), self.shown()
        self.assertEqual((new["version"], new["reopens"], new["weighted_score"], new["decision"], new["status"]), (2, N, 70.5, None, "assessing"))
        self.assertEqual((old["decision"], old["reason"], old["weighted_score"]), ("no_go", "产能不足", 70.5))
        self.assertIn("INT-020", self.fails(5, "intake", "decide", N + ".2", "--by", "总"))
        self.assertEqual([i["number"] for i in self.json("intake", "list")["intakes"]], [N + ".2"])
        self.assertEqual(len(self.json("intake", "list", "--all-versions")["intakes"]), 2)
        self.ok("undo")
        self.ok("check")
        self.assertEqual([i["number"] for i in self.json("intake", "list")["intakes"]], [N])

    def test_a_past_day_shows_what_held_then(self):
        self.ready()
        self.at("2026-03-20T09:00+08:00")
        self.ok("intake", "score", N, *SCORES[0][:2], "1", "--evidence", "e")
        self.ok("intake", "defer", N, "--reason", "缺资料")
        self.assertEqual(self.shown(N, "--known-at", "2026-03-19T00:00+08:00")["weighted_score"], 70.5)
        self.assertEqual(self.shown(N, "--as-of", "2026-03-19")["weighted_score"], 70.5)
        self.assertEqual(self.shown(N, "--as-of", "2026-03-19")["status"], "assessing")
        now = self.shown()
        self.assertEqual((now["weighted_score"], now["status"], now["reason"]), (58.5, "deferred", "缺资料"))
        self.assertIn("resume", self.fails(5, "intake", "decide", N, "--by", "总"))

    def test_a_part_is_taken_out_and_the_whole_may_be_void(self):
        self.scored()
        self.ok("intake", "drop", N + "/S5", "--reason", "误评")
        self.assertIsNone(self.shown()["weighted_score"])
        self.fails(5, "intake", "drop", N + "/S5", "--reason", "x")
        self.fails(3, "intake", "drop", N + "/Z9", "--reason", "x")
        self.ok("intake", "void", N, "--reason", "重复")
        self.assertEqual(self.json("intake", "list")["intakes"], [])
        self.ok("check")


class Labour(Intakes):
    """direct cost = hours x cost rate + …"""
    now = "2026-03-10T09:00+08:00"

    def setUp(self):
        super().setUp()
        self.ok("position", "add", "--code", "PM", "--title", "项目经理", "--department", "PD", "--headcount", "9")
        for number, *more in (("E1",), ("E2", "--position", "PM", "--hired-on", "2026-01-01"), ("E3", "--position", "PM", "--hired-on", "2026-01-01"), ("E4",)):
            self.ok("employee", "add", "--number", number, "--name", "员" + number, *more)
        for employee, kind, day, amount in (("E1", "cost", "2026-01-01", "100.10"), ("E1", "cost", "2026-03-11", "999"), ("E1", "standard", "2026-01-01", "500"),
                                            ("E2", "cost", "2026-01-01", "200"), ("E3", "cost", "2026-01-01", "301")):
            self.ok("rate", "add", "--employee", employee, "--kind", kind, "--valid-from", day, "--amount", amount)
        self.ok("intake", "open", "--client", "K1", "--title", "t", "--amount", "100000")

    def cost(self, number=N):
        return self.shown(number)["direct_cost"]

    def test_hours_at_the_cost_rates_of_the_day_of_the_assessment(self):
        self.ok("intake", "estimate", N, "--hours", "员E1=0.25", "--hours", "PM=10", "--hours", "高级顾问=2@350", "--travel-cost", "1000")
        self.assertEqual([[line[k] for k in ("number", "who", "hours", "rate", "cost")] for line in self.shown()["labour"]],
                         [[N + "/H1", "E1", 0.25, "100.10", "25.03"], [N + "/H2", "PM", 10, "250.50", "2505.00"], [N + "/H3", "高级顾问", 2, "350.00", "700.00"]])
        self.assertEqual(self.cost(), "4230.03")
        self.ok("intake", "estimate", N, "--hours", "PM=1")   # the last line of somebody counts
        self.assertEqual(self.cost(), "1975.53")
        self.ok("intake", "drop", N + "/H3", "--reason", "x")
        self.assertEqual(self.cost(), "1275.53")
        self.assertIn("no cost rate of E4", self.fails(3, "intake", "estimate", N, "--hours", "E4=1"))
        error = self.fails(3, "intake", "estimate", N, "--hours", "顾问=1")
        self.assertIn("neither an employee nor a position", error)
        self.assertIn('--hours "顾问=40@300"', error)
        for text in ("E1", "E1=0", "E1=x", "=3", "E1=1@x"):
            self.fails(2, "intake", "estimate", N, "--hours", text)
        self.ok("check")

    def test_INT_016_the_labour_cost_is_typed_or_reckoned(self):
        self.assertIn("INT-016", self.fails(5, "intake", "estimate", N, "--labour-cost", "5", "--hours", "E1=1"))
        self.ok("intake", "estimate", N, "--labour-cost", "5")
        error = self.fails(5, "intake", "estimate", N, "--hours", "E1=1")
        self.assertIn("INT-016", error)
        self.ok("intake", "edit", N, "--set", "labour_cost=")
        self.ok("intake", "estimate", N, "--hours", "E1=1")
        self.assertIn("INT-016", self.fails(5, "intake", "edit", N, "--set", "labour_cost=7"))
        self.assertIn("INT-016", self.fails(9, "intake", "import", self.file("i.csv", f"number,labour_cost\n{N},7\n"), "--on-conflict", "update"))
        self.assertEqual(self.cost(), "100.10")

    def test_a_new_version_has_the_lines_of_the_old(self):
        self.ok("intake", "estimate", N, "--hours", "E1=10")
        for s in SCORES:
            self.ok("intake", "score", N, *s, "--evidence", "e", "--assessor", "E1")
        self.ok("intake", "conflict", N)
        self.ok("intake", "decide", N, "--as", "no_go", "--by", "E4")
        self.fails(5, "intake", "estimate", N, "--hours", "E1=1")
        self.ok("intake", "reopen", N, "--reason", "x")
        self.assertEqual(self.cost(N + ".2"), "1001.00")


class Decisions(Intakes):
    def test_rule_and_one_person(self):
        self.ready()
        self.ok("intake", "condition", N, "预付50%", "--blocks", "before_sign", "--due-on", "2026-04-01")
        rows = {r["subject"]: r for r in self.json("intake", "decide", N, "--by", "总", "--explain")["explanation"]}
        self.assertEqual((self.shown()["status"], self.json("op", "list")["operations"][0]["command"][:17]), ("assessing", "agency intake con"))   # it only reads
        self.ok("intake", "decide", N, "--by", "总")
        error = self.fails(5, "intake", "decide", N, "--by", "总", "--explain")
        self.assertIn("[INT-007]", error)
        self.assertIn("intake reopen " + N, error)
        self.assertEqual((rows["weighted_score"]["value"], rows["weighted_score"]["outcome"], rows["risk_adjusted_margin"]["outcome"]), ("70.5", "go_with_conditions", "go"))
        self.assertEqual(rows["decision"]["outcome"], "go_with_conditions")
        row = self.json("intake", "list")["intakes"][0]
        self.assertEqual((row["decision"], row["decided_by"], row["decided_on"], row["conditions_open"]), ("go_with_conditions", "总", "2026-03-10", 1))
        self.at("2026-03-12T09:00+08:00")
        self.ok("intake", "satisfy", N + "/C1", "--evidence", "回单")
        opened = lambda day: self.json("intake", "list", "--as-of", day)["intakes"][0]["conditions_open"]
        self.assertEqual((opened("2026-03-11"), opened("2026-03-12")), (1, 0))

    def test_a_refused_decision_explains_itself_too(self):
        self.ready()
        r = self.run_("intake", "decide", N, "--by", "总", "--explain", "--format", "json")
        self.assertEqual(r.returncode, 5)
        rows = {row["subject"]: row for row in json.loads(r.stdout)["explanation"]}
        self.assertEqual((rows["rule"]["outcome"], "decision" in rows), ("go_with_conditions", False))
        error = json.loads(r.stderr)["error"]
        self.assertEqual((error["rule"], error["exit"]), ("INT-006", 5))
        self.assertIn("--blocks before_sign", error["hint"])
        self.assertEqual(self.shown()["status"], "assessing")

    def test_a_margin_just_below_the_bar_does_not_reach_it(self):
        self.looked_at()
        self.ok("intake", "open", "--client", "K1", "--title", "t", "--amount", "100000")
        self.ok("intake", "estimate", N, "--labour-cost", "80000.01")   # 0.1999999
        for d, i, _ in SCORES:
            self.ok("intake", "score", N, d, i, "4", "--evidence", "材料", "--assessor", "李")
        self.ok("intake", "conflict", N)
        self.assertEqual((self.shown()["risk_adjusted_margin"], self.shown()["verdict"]), ("0.2", "go_with_conditions"))
        self.assertIn("it comes to go_with_conditions", self.fails(5, "intake", "decide", N, "--by", "总", "--as", "go"))
        r = self.run_("intake", "decide", N, "--by", "总", "--explain", "--format", "json")
        margin = next(row for row in json.loads(r.stdout)["explanation"] if row["subject"] == "risk_adjusted_margin")
        self.assertEqual([margin[k] for k in ("value", "go", "conditional", "outcome")], ["0.2", ">= 0.2", ">= 0.1", "go_with_conditions"])
        self.assertIn("just below", margin["meaning"])

    def test_a_margin_is_one_figure_wherever_it_is_shown(self):
        self.ready()
        self.ok("intake", "condition", N, "x", "--blocks", "before_sign")
        self.ok("intake", "estimate", N, "--amount", "188000", "--tax-rate", "0", "--labour-cost", "129000")   # 59,000 of 188,000
        explained = {r["subject"]: r["value"] for r in self.json("intake", "decide", N, "--by", "总", "--explain")["explanation"]}
        self.assertEqual({explained["risk_adjusted_margin"], self.shown()["risk_adjusted_margin"], self.json("intake", "list")["intakes"][0]["gross_margin"]}, {"0.31383"})

    def test_INT_003_what_was_not_estimated_has_no_margin_and_is_not_decided(self):
        self.looked_at()
        self.ok("intake", "open", "--client", "K1", "--title", "t", "--amount", "100000")
        for d, i, _ in SCORES:
            self.ok("intake", "score", N, d, i, "4.5", "--evidence", "材料", "--assessor", "李")
        self.ok("intake", "conflict", N)
        row = self.json("intake", "list")["intakes"][0]
        self.assertEqual([row[k] for k in ("gross_margin", "risk_adjusted_margin", "verdict")], [None, None, None])
        self.assertIn("n/a", self.ok("intake", "list", "--columns", "number,gross_margin"))
        self.assertEqual((self.shown()["direct_cost"], self.shown()["knockouts"]), (None, []))
        error = self.fails(5, "intake", "decide", N, "--by", "总")
        self.assertIn("[INT-003]", error)
        self.assertIn("intake estimate", error)
        self.ok("intake", "estimate", N, "--labour-cost", "0")   # nothing, and said so
        self.assertEqual(self.shown()["gross_margin"], "1")
        self.ok("intake", "decide", N, "--by", "总")

    def left(self, *numbers):
        """E4 was employed until the end of February; today is the 10th of March."""
        for n in numbers:
            self.ok("employee", "add", "--number", n, "--name", "姓名" + n, "--hired-on", "2020-01-01")
        self.ok("employee", "leave", "E4", "--on", "2026-02-28")

    def test_INT_009_who_has_left_answers_for_nothing_from_then_on(self):
        self.left("E1", "E4")
        self.ok("employee", "add", "--number", "E9", "--name", "未到岗", "--hired-on", "2026-04-01")
        self.opened("--assessor", "E1")
        lead = ("lead", "add", "--code", "L1", "--client", "K1", "--title", "t", "--owner")
        for words in ((*lead, "E4"), (*lead, "姓名E4"), (*lead, "E9"), ("intake", "open", "--client", "K1", "--title", "t", "--owner", "E4"),
                      ("intake", "risk", N, "--title", "x", "--kind", "legal", "--probability", "1", "--impact", "1", "--owner", "E4"),
                      ("intake", "condition", N, "x", "--blocks", "before_sign", "--owner", "E4"), ("intake", "conflict", N, "--by", "E4"),
                      ("intake", "score", N, *SCORES[0], "--evidence", "e", "--assessor", "E4"),
                      ("client", "allow", "K1", "--amount", "5", "--until", "2026-12-31", "--reason", "x", "--approver", "E4")):
            error = self.fails(5, *words)
            self.assertIn("is not employed on 2026-03-10 [INT-009]", error, words)
        head = "code,client,title,owner,received_on\n"
        old = self.file("old.csv", head + "A1,K1,t,姓名E4,2026-02-28\nA2,K1,t,E1,2019-05-01\n")   # E1 took it over
        self.ok("lead", "import", old)
        self.ok("lead", "import", old, "--on-conflict", "update")
        self.ok("lead", "edit", "A1", "--set", "title=x")   # what stands is not judged again
        self.assertIn("late.csv:2:4(owner): E4 is not employed on 2026-03-01 [INT-009]", self.fails(9, "lead", "import", self.file("late.csv", head + "A3,K1,t,E4,2026-03-01\n")))
        self.assertIn("[INT-009]", self.fails(5, "lead", "edit", "A2", "--set", "owner=E4"))
        self.assertIn("[INT-009]", self.fails(5, "intake", "open", "A1"))   # it would go on with the lead's owner
        self.ok("intake", "open", "A1", "--owner", "E1")

    def test_INT_009_who_has_left_decides_nothing(self):
        self.left("E1", "E4", "E5")
        self.ready("--assessor", "E1", "--owner", "E5", scores=())
        for s in SCORES:
            self.ok("intake", "score", N, *s, "--evidence", "e")
        decide = ("intake", "decide", N, "--as", "no_go")
        self.assertIn("[INT-009]", self.fails(5, *decide, "--by", "E4"))
        self.assertIn("[INT-009]", self.fails(5, *decide, "--actor", "E4"))

    def test_INT_012_who_has_left_neither_votes_nor_counts(self):
        for n in ("E1", "E3", "E4", "E5"):
            self.ok("employee", "add", "--number", n, "--name", "姓名" + n)
            self.ok("committee", "add", "--member", n, "--starts-on", "2026-01-01")
        self.ok("employee", "leave", "E4", "--on", "2026-02-28")
        self.ok("employee", "add", "--number", "E2", "--name", "姓名E2", "--left-on", "2026-02-28")
        self.assertIn("INT-012", self.fails(5, "committee", "add", "--member", "E2", "--starts-on", "2026-03-01"))
        self.ok("employee", "add", "--number", "L", "--name", "李")
        self.ready(amount="530000")
        self.ok("intake", "condition", N, "x", "--blocks", "before_sign")
        self.ok("intake", "convene", N)
        self.vote(E1="for")
        self.fails(3, "intake", "vote", N, "--member", "E4", "--for")
        self.assertIn("1 of 3 that may vote have voted, which is no quorum [INT-012]", self.fails(5, "intake", "decide", N))
        self.at("2026-03-12T09:00+08:00")
        self.ok("employee", "leave", "E3", "--on", "2026-03-11")
        self.assertIn("E3 is not employed on 2026-03-12 [INT-012]", self.fails(5, "intake", "vote", N, "--member", "E3", "--for"))

    def test_INT_030_who_assessed_or_brings_it_does_not_decide_alone(self):
        self.ready("--owner", "王", "--assessor", "赵")
        for person in ("李", "王", "赵"):
            self.assertIn("INT-030", self.fails(5, "intake", "decide", N, "--by", person, "--as", "no_go"))
        self.ok("intake", "decide", N, "--by", "总", "--as", "no_go")

    def test_INT_030_number_and_name_are_one_person(self):
        self.ready("--owner", "王", "--assessor", "赵")   # before employees were kept
        for number, name in (("E1", "李"), ("E2", "王"), ("E3", "赵"), ("E4", "总")):
            self.ok("employee", "add", "--number", number, "--name", name)
        for person in ("E1", "E2", "E3"):
            self.assertIn("INT-030", self.fails(5, "intake", "decide", N, "--by", person, "--as", "no_go"))
        self.ok("intake", "decide", N, "--by", "总", "--as", "no_go")
        self.assertEqual(self.shown()["decided_by"], "E4")

    def test_INT_030_who_works_where_business_is_brought_does_not_decide_alone(self):
        self.committee("E1", E1="business_development")
        self.ready()
        self.assertIn("INT-030", self.fails(5, "intake", "decide", N, "--by", "E1", "--as", "no_go"))
        self.ok("position", "add", "--code", "P", "--title", "商务", "--department", "BD")
        self.ok("employee", "add", "--number", "E2", "--name", "周", "--position", "P", "--hired-on", "2026-01-01")
        self.assertIn("works where business is brought", self.fails(5, "intake", "decide", N, "--by", "周", "--as", "no_go"))
        self.file("agency.toml", '[intake]\nbusiness_department = "XX"\n')
        self.ok("intake", "decide", N, "--by", "周", "--as", "no_go")

    def authorities(self):
        """E001 approves without limit, E003 up to 300,000; both lead E008, who brings the business."""
        quarter = SOURCE / "examples" / "quarter"
        self.ok("org", "import", quarter / "people.csv")
        self.ok("job", "import", quarter / "jobs.csv")
        for position in ("P-E001", "P-E003"):
            for role, by in (("superior", "E001"), ("hr", "E005")):
                self.ok("job", "approve", position, "--as", role, "--by", by)
            self.ok("job", "issue", position)

    def good(self, *more, amount="106000", assessor="E020"):
        """What the rule takes on."""
        self.looked_at()
        self.opened(*more, amount=amount)
        for d, i, _ in SCORES:
            self.ok("intake", "score", N, d, i, "4", "--evidence", "材料", "--assessor", assessor)
        self.ok("intake", "conflict", N)

    def test_INT_030_who_decides_acts_himself(self):
        self.authorities()
        self.good("--owner", "E017")
        self.assertIn("E017 decides under no other name, and not for E003 [INT-030]", self.fails(5, "intake", "decide", N, "--by", "E003", "--actor", "E017"))
        self.assertIn("INT-030", self.fails(5, "intake", "decide", N, "--actor", "E017"))
        self.ok("intake", "decide", N, "--actor", "E003", "--dry-run")
        self.ok("intake", "decide", N, "--by", "E003", "--actor", "clerk")
        self.assertIn(("enter", {"decided_by": "E003", "entered_by": "clerk"}), self.trail())

    def test_ORG_040_one_person_takes_on_what_its_job_description_lets_it(self):
        self.authorities()
        self.good("--owner", "E017")
        self.assertIn("E003", self.ok("org", "approver", "approve", "--amount", "106000", "--for", "E017"))
        error = self.fails(5, "intake", "decide", N, "--by", "E001")
        self.assertIn("[ORG-040]", error)
        self.assertIn("E003", error)
        self.ok("intake", "decide", N, "--by", "E001", "--as", "no_go", "--dry-run")   # anybody may refuse
        rows = self.json("intake", "decide", N, "--by", "E003", "--explain", "--dry-run")["explanation"]
        self.assertEqual([(r["value"], r["outcome"]) for r in rows if r["subject"] == "authority"][-1], ("P-E003", "approves"))
        self.file("agency.toml", '[intake]\nauthority = "accept"\n')   # no job description has that
        self.ok("intake", "decide", N, "--by", "E001")

    def test_ORG_040_a_limit_in_another_currency_covers_nothing(self):
        self.authorities()
        self.ok("client", "add", "--code", "K8", "--name", "海外客户", "--currency", "USD")
        self.looked_at("K8")
        self.ok("intake", "open", "--client", "K8", "--title", "招标代理", "--amount", "106000", "--tax-rate", "6%", "--owner", "E017")
        self.ok("intake", "estimate", N, "--labour-cost", "50000")
        for d, i, _ in SCORES:
            self.ok("intake", "score", N, d, i, "4", "--evidence", "材料", "--assessor", "E020")
        self.ok("intake", "conflict", N)
        self.file("agency.toml", '[money]\nrates = "USD=1"\n')   # no committee
        error = self.fails(5, "intake", "decide", N, "--by", "E003")   # whose limit of 300,000 is in CNY
        self.assertIn("the limit 300000.00 is in CNY, not in USD", error)
        self.ok("intake", "decide", N, "--by", "E001")

    def test_ORG_040_who_assessed_it_does_not_approve_and_above_a_limit_the_next_does(self):
        self.authorities()
        self.good("--owner", "E017", assessor="E003")
        self.assertIn("ORG-040", self.fails(5, "intake", "decide", N, "--by", "E004"))
        self.ok("intake", "decide", N, "--by", "E001")

    def test_ORG_040_above_a_limit_the_next_decides(self):
        self.authorities()
        self.good("--owner", "E017", amount="300000")
        self.ok("intake", "decide", N, "--by", "E003", "--dry-run")
        self.ok("intake", "estimate", N, "--amount", "300000.01")
        self.assertIn("the limit 300000.00 is below 300000.01", self.fails(5, "intake", "decide", N, "--by", "E003"))
        self.ok("intake", "decide", N, "--by", "E001")

    def test_INT_010_a_knock_out_rules_it_out(self):
        self.ready()
        self.fails(2, "intake", "knockout", N, "dishonest", "--evidence", "x")
        self.ok("intake", "knockout", N, "dishonest_debtor", "--evidence", "执行信息公开网")
        self.assertIn("INT-010", self.fails(5, "intake", "decide", N, "--by", "总", "--as", "go_with_conditions"))
        self.ok("intake", "decide", N, "--by", "总")
        self.assertEqual((self.shown()["decision"], self.shown()["reason"]), ("no_go", "dishonest_debtor"))
        self.assertEqual(self.json("intake", "reasons")["rows"][0]["reason"], "dishonest_debtor")

    def test_INT_010_only_all_of_the_committee_set_it_aside(self):
        self.committee("E1", "E2", "E3")
        self.ready()
        self.ok("intake", "knockout", N, "dishonest_debtor", "--evidence", "x")
        self.ok("intake", "condition", N, "全额预付", "--blocks", "before_sign")
        self.ok("intake", "convene", N)
        self.vote(E1="for", E2="for")
        self.assertIn("INT-010", self.fails(5, "intake", "decide", N, "--as", "go_with_conditions"))
        self.vote(E3="for")
        error = self.fails(5, "intake", "decide", N, "--as", "go")
        self.assertIn("it comes to go_with_conditions, not go [INT-011]", error)
        self.assertIn("--as go_with_conditions", error)
        self.ok("intake", "decide", N)
        self.assertEqual(self.shown()["decision"], "go_with_conditions")

    def test_INT_010_a_statutory_conflict_is_set_aside_by_nobody(self):
        self.committee("E1", "E2", "E3")
        self.ready()
        self.ok("intake", "knockout", N, "statutory_conflict", "--evidence", "x")
        self.ok("intake", "condition", N, "x", "--blocks", "before_sign")
        self.ok("intake", "convene", N)
        self.vote(E1="for", E2="for", E3="for")
        self.assertIn("INT-010", self.fails(5, "intake", "decide", N, "--as", "go_with_conditions"))
        self.ok("intake", "decide", N)
        self.assertEqual(self.shown()["decision"], "no_go")

    def test_settings_that_change_later_leave_what_was_decided_as_it_was(self):
        self.ready()
        self.ok("intake", "risk", N, "--title", "r", "--kind", "payment", "--probability", "1", "--impact", "1", "--loss", "10000")
        self.ok("intake", "condition", N, "x", "--blocks", "before_sign")
        told = lambda *more: [self.shown(N, *more)[k] for k in ("weighted_score", "risk_adjusted_margin", "exposure", "residual_exposure", "verdict", "triggers")]
        listed = lambda: [self.json("intake", "list", "--all-versions")["intakes"][0][k] for k in ("weighted_score", "risk_adjusted_margin", "verdict")]
        weights = lambda *more: [d["weight"] for d in self.shown(N, *more)["dimensions"]]
        was = told()
        self.assertEqual(was, [70.5, "0.49", "1000.00", "1000.00", "go_with_conditions", None])
        self.at("2026-03-12T09:00+08:00")
        self.ok("intake", "decide", N, "--by", "总")
        self.at("2026-03-20T09:00+08:00")
        self.file("agency.toml", '[intake]\nweights = "60,10,10,10,10"\nconditional_score = "90"\nlikelihood = "50%,60%,70%,80%,90%"\ncollective_amount = "1"\nmargin_floor = "99%"\n')
        now = [75.0, "0.45", "5000.00", "5000.00", "no_go", "amount"]
        self.assertEqual((told(), listed(), weights()), (was, [70.5, "0.49", "go_with_conditions"], [20, 20, 20, 25, 15]))
        self.assertEqual(self.shown()["knockouts"], [])
        self.assertEqual((told("--as-of", "2026-03-12"), told("--as-of", "2026-03-11")), (was, now))   # it was open the day before
        self.assertEqual(told("--known-at", "2026-03-11T09:00+08:00"), now)
        self.ok("intake", "reopen", N, "--reason", "r")
        again = self.shown(N + ".2")
        self.assertEqual([again["weighted_score"], again["verdict"], again["knockouts"][0]["kind"], told()], [75.0, "no_go", "margin_below_floor", was])
        self.ok("undo")
        self.ok("undo", self.operation("intake decide"))
        self.assertEqual(told(), now)

    def test_a_knock_out_of_the_figures_stays_with_the_decision(self):
        self.ready()
        self.ok("intake", "estimate", N, "--labour-cost", "99000")
        self.ok("intake", "decide", N, "--by", "总")
        self.file("agency.toml", '[intake]\nmargin_floor = "1%"\n')
        self.assertEqual([(k["kind"], k["evidence"]) for k in self.shown()["knockouts"]], [("margin_below_floor", "the risk-adjusted margin is below the floor of 0.1")])
        self.assertEqual(self.shown()["verdict"], "no_go")

    def test_INT_011_a_knock_out_needs_no_vote_to_say_no(self):
        self.ready(amount="530000")
        self.assertIn("INT-011", self.fails(5, "intake", "decide", N, "--by", "总", "--as", "no_go"))
        self.ok("intake", "knockout", N, "illegal_purpose", "--evidence", "e")
        self.assertIn("INT-010", self.fails(5, "intake", "decide", N, "--by", "总", "--as", "go"))
        self.ok("intake", "decide", N, "--by", "总")

    def test_INT_011_a_trigger_needs_the_committee(self):
        self.ready(amount="530000")
        self.assertEqual(self.shown()["triggers"], "amount")
        self.assertIn("INT-011", self.fails(5, "intake", "decide", N, "--by", "总"))
        self.ok("intake", "condition", N, "x", "--blocks", "before_sign")
        self.committee("E1", "E2", "E3")
        self.ok("intake", "convene", N, "--place", "会议室", "--materials", "abc123")
        self.assertIn("still open", self.fails(5, "intake", "convene", N))
        self.assertIn("INT-012", self.fails(5, "intake", "decide", N))
        self.vote(E1="for", E2="for", E3="abstain")
        self.ok("intake", "decide", N)
        told = self.json("intake", "resolutions")
        self.assertEqual((told["report"], told["as_of"], told["known_at"]), ("intake.resolutions", "2026-03-10", None))
        self.assertEqual(self.json("intake", "reasons")["report"], "intake.reasons")
        row = told["rows"][0]
        self.assertEqual([row[k] for k in ("number", "eligible", "present", "recused", "in_favour", "against", "abstained", "result", "signed_on", "decision")],
                         [N + "/M1", 3, 3, 0, 2, 0, 1, "passed", "2026-03-10", "go_with_conditions"])
        self.assertEqual(self.shown()["decided_by"], N + "/M1")
        minutes = self.json("intake", "minutes", N)["minutes"]
        self.assertEqual((minutes["materials"], minutes["place"], [m["vote"] for m in minutes["members"]]), ("abc123", "会议室", ["for", "for", "abstain"]))
        self.assertRegex(self.run_("intake", "minutes", N, LANGUAGE="zh_CN").stdout.decode(), r"方式 +会议\n(.*\n)*.*表决结果 +通过\n")   # as resolutions says it
        self.assertIn("signed", self.fails(5, "intake", "vote", N, "--member", "E1", "--against", "--reason", "x"))
        self.assertIn("signed", self.fails(5, "intake", "recuse", N, "--member", "E1", "--reason", "x"))

    def test_limits_are_in_the_home_currency(self):
        """500,000 CNY are 70,224.72 USD at 7.12 and 10,416,667 JPY at 0.048."""
        rate = '[money]\nrates = "USD=7.12, JPY=0.048"\n'
        for n, (currency, amount, rates, triggers) in enumerate((
                ("USD", "70224.71", rate, None), ("USD", "70224.72", rate, "amount"), ("USD", "1", "", "amount"),
                ("JPY", "500000", rate, None), ("JPY", "10416667", rate, "amount"), ("CNY", "499999.99", "", None),
                ("CNY", "70224.72", '[money]\nhome_currency = "USD"\nrates = "CNY=0.14"\n', None),
                ("USD", "499999.99", '[money]\nhome_currency = "USD"\n', None)), 1):
            self.file("agency.toml", rates)
            self.ok("client", "add", "--code", f"A{n}", "--name", f"海外{n}", "--currency", currency)
            self.ok("intake", "open", "--client", f"A{n}", "--title", "t", "--amount", amount)
            self.assertEqual(self.shown(f"IN-2026-00{n}")["triggers"], triggers, (currency, amount))

    def test_INT_011_without_a_rate_the_committee_decides_and_the_setting_is_named(self):
        self.ok("client", "add", "--code", "K8", "--name", "海外客户", "--currency", "USD")
        self.looked_at("K8")
        self.ok("intake", "open", "--client", "K8", "--title", "招标代理", "--amount", "106000", "--tax-rate", "6%")
        self.ok("intake", "estimate", N, "--labour-cost", "50000", "--advance", "1")
        for s in SCORES:
            self.ok("intake", "score", N, *s, "--evidence", "材料", "--assessor", "李")
        self.ok("intake", "conflict", N)
        self.ok("intake", "condition", N, "x", "--blocks", "before_sign")
        error = self.fails(5, "intake", "decide", N, "--by", "总")
        self.assertIn("because the contract amount cannot be compared with the limit: no rate of USD in CNY is set; the setting money.rates takes it as USD=RATE", error)
        rows = {r["value"]: r["meaning"] for r in json.loads(self.run_("intake", "decide", N, "--by", "总", "--explain", "--format", "json").stdout)["explanation"] if r["subject"] == "trigger"}
        self.assertEqual(set(rows), {"amount", "advance"})
        self.assertIn("money.rates", rows["advance"])
        self.file("agency.toml", '[money]\nrates = "USD=1"\n')
        self.ok("intake", "decide", N, "--by", "总")

    def test_a_rate_is_a_currency_and_what_it_is_worth(self):
        for text in ("USD", "USD=0", "USD=-1", "US=7", "USD=7,", "USD=0.0000001"):
            self.file("agency.toml", f'[money]\nrates = "{text}"\n')
            self.assertIn("is no list of rates; write USD=7.12,JPY=0.048", self.fails(2, "intake", "list"))
        self.file("agency.toml", '[money]\nhome_currency = "XXQ"\n')
        self.assertIn("is not a currency of ISO 4217", self.fails(2, "intake", "list"))

    def test_the_share_of_last_years_revenue_counts_what_was_invoiced_in_all_currencies(self):
        self.ok("contract", "add", "--number", "C0", "--client", "K2", "--title", "t", "--amount", "1000000", "--currency", "USD", "--signed-on", "2025-01-05")
        self.invoice("F1", "2025-06-01", "2025-07-01", "150000", contract="C0")
        self.ready()
        self.assertIsNone(self.shown()["triggers"])   # nothing is known in CNY
        self.file("agency.toml", '[money]\nrates = "USD=7"\n')
        self.assertEqual(self.shown()["triggers"], "share_of_revenue")   # 106,000 of 1,050,000

    def test_the_share_of_last_years_revenue_is_a_trigger(self):
        self.ok("contract", "add", "--number", "C0", "--client", "K2", "--title", "t", "--amount", "1000000", "--signed-on", "2025-01-05")
        self.invoice("F1", "2025-06-01", "2025-07-01", "1060001", contract="C0")
        self.ready()
        self.assertIsNone(self.shown()["triggers"])   # 106,000 of 1,060,001
        self.file("agency.toml", '[intake]\nlast_year_revenue = "1000000"\n')
        self.assertEqual(self.shown()["triggers"], "share_of_revenue")

    def test_INT_012_a_tie_does_not_pass_and_no_quorum_decides_nothing(self):
        self.committee("E1", "E2", "E3", "E4")
        self.ready(amount="530000")
        self.ok("intake", "convene", N)
        self.vote(E1="for", E2="for")
        self.assertIn("INT-012", self.fails(5, "intake", "decide", N))
        self.vote(E3="against", E4="against")
        self.ok("intake", "decide", N)
        self.assertEqual(self.shown()["decision"], "no_go")
        self.assertEqual(self.json("intake", "resolutions")["rows"][0]["result"], "not_passed")

    def test_INT_012_fewer_than_three_unrelated_members_pass_it_on(self):
        self.committee("E1", "E2", "E3")
        self.ready(amount="530000")
        self.ok("intake", "condition", N, "x", "--blocks", "before_start")
        self.ok("intake", "convene", N)
        self.ok("intake", "recuse", N, "--member", "E1", "--reason", "配偶任职")
        self.vote(E2="for", E3="for")
        self.assertIn("shareholders", self.fails(5, "intake", "decide", N))
        self.ok("intake", "decide", N, "--superior", "股东会2026-2号决议")
        self.assertIn("股东会", self.shown()["decided_by"])
        told = self.json("intake", "resolutions")["rows"][0]
        self.assertEqual((told["result"], told["decided_by"]), ("passed_on", N + "/M1; 股东会2026-2号决议"))
        self.assertEqual(self.json("intake", "minutes", N)["minutes"]["decided_by"], told["decided_by"])

    def test_INT_012_shareholders_decide_only_where_too_few_members_remain(self):
        self.committee("E1", "E2", "E3", E1="business_development", E2="business_development")
        self.ready(amount="530000")
        self.ok("intake", "condition", N, "x", "--blocks", "before_start")
        self.assertIn("no meeting", self.fails(5, "intake", "decide", N, "--superior", "股东会决议", "--by", "总"))
        self.ok("intake", "convene", N)
        self.vote(E1="for", E2="for")
        self.assertIn("the committee decides", self.fails(5, "intake", "decide", N, "--superior", "股东会决议"))   # nor is INT-030 evaded

    def test_INT_010_shareholders_do_not_set_a_knock_out_aside(self):
        self.committee("E1", "E2", "E3")
        self.ready()
        self.ok("intake", "knockout", N, "dishonest_debtor", "--evidence", "x")
        self.ok("intake", "condition", N, "x", "--blocks", "before_sign")
        self.ok("intake", "convene", N)
        self.ok("intake", "recuse", N, "--member", "E1", "--reason", "关联")
        self.vote(E2="for", E3="for")
        self.assertIn("INT-010", self.fails(5, "intake", "decide", N, "--superior", "股东会决议", "--as", "go_with_conditions"))
        self.ok("intake", "decide", N, "--superior", "股东会决议")
        self.assertEqual(self.shown()["decision"], "no_go")

    def test_INT_012_a_circular_has_a_last_day_and_is_not_lost_before_it(self):
        self.committee("E1", "E2", "E3", "E4", "E5")
        self.ready(amount="530000")
        self.assertIn("--due-on", self.fails(2, "intake", "convene", N, "--mode", "circular"))
        self.fails(2, "intake", "convene", N, "--mode", "circular", "--due-on", "2026-03-09")
        self.ok("intake", "convene", N, "--mode", "circular", "--due-on", "2026-03-20")
        self.vote(E1="for", E2="against", E3="abstain")
        self.assertIn("until 2026-03-20", self.fails(5, "intake", "decide", N))
        self.at("2026-03-20T09:00+08:00")
        self.vote(E4="for")
        self.at("2026-03-21T09:00+08:00")
        self.assertIn("INT-012", self.fails(5, "intake", "vote", N, "--member", "E5", "--for"))
        self.ok("intake", "decide", N)
        self.assertEqual(self.json("intake", "resolutions")["rows"][0]["result"], "not_passed")

    def test_INT_012_nobody_votes_before_the_meeting(self):
        self.committee("E1", "E2", "E3")
        self.ready(amount="530000")
        self.ok("intake", "convene", N, "--convened-on", "2026-03-12")
        self.assertIn("[INT-012]", self.fails(5, "intake", "vote", N, "--member", "E1", "--for"))
        self.at("2026-03-12T09:00+08:00")
        self.vote(E1="for", E2="for")
        self.ok("intake", "condition", N, "x", "--blocks", "before_start")
        self.ok("intake", "decide", N, "--discussion", "价格偏低，但客户重要")
        self.assertEqual(self.json("intake", "minutes", N)["minutes"]["discussion"], "价格偏低，但客户重要")

    def test_INT_014_nobody_is_in_the_committee_twice(self):
        self.committee("E1")
        again = ("committee", "add", "--member", "E1", "--starts-on")
        self.assertIn("INT-014", self.fails(5, *again, "2026-03-01"))
        self.ok("committee", "edit", "E1/2026-01-01", "--set", "ends_on=2026-02-28")
        self.assertIn("INT-014", self.fails(5, *again, "2026-02-28"))
        self.ok(*again, "2026-03-01")
        self.assertIn("INT-014", self.fails(5, "committee", "edit", "E1/2026-01-01", "--set", "ends_on=2026-03-01"))
        path = self.file("c.csv", "member,starts_on,ends_on\nL,2026-01-01,2026-03-31\nL,2026-03-31,\n")
        self.assertIn("c.csv:3:2(starts_on)", self.fails(9, "committee", "import", path))
        self.assertIn("INT-014", self.fails(5, "committee", "add", "--member", "L", "--starts-on", "2026-01-01", "--role", "legal", "--voting", "yes"))

    def test_a_house_may_ask_more_than_two_thirds(self):
        self.committee("E1", "E2", "E3", "E4", "E5")
        self.ready(amount="530000")
        self.ok("intake", "condition", N, "x", "--blocks", "before_start")
        self.ok("intake", "convene", N, "--special")
        self.vote(E1="for", E2="for", E3="for", E4="for", E5="against")
        self.file("agency.toml", '[intake]\nspecial_share = "5,6"\n')
        self.assertIn("INT-011", self.fails(5, "intake", "decide", N, "--as", "go_with_conditions"))
        self.file("agency.toml", '[intake]\nspecial_share = "4,3"\n')
        self.assertIn("special_share", self.fails(2, "intake", "decide", N))
        self.file("agency.toml", "")
        self.ok("intake", "decide", N, "--as", "go_with_conditions")

    def test_INT_006_taken_on_with_conditions_there_are_some(self):
        self.ready()
        self.assertIn("[INT-006]", self.fails(5, "intake", "decide", N, "--by", "总"))
        self.ok("intake", "condition", N, "x", "--blocks", "before_start")
        self.ok("intake", "drop", N + "/C1", "--reason", "误录")
        self.assertIn("[INT-006]", self.fails(5, "intake", "decide", N, "--by", "总"))
        self.ok("intake", "condition", N, "x", "--blocks", "before_start")
        self.ok("intake", "decide", N, "--by", "总")

    def test_INT_007_only_the_steps_of_the_table_are_taken(self):
        self.opened()
        self.assertIn("[INT-007]", self.fails(5, "intake", "resume", N))
        self.ok("intake", "defer", N, "--reason", "缺资料")
        for verb in ("assess", "defer", "decide"):
            words = ("--reason", "x") if verb == "defer" else ()
            error = self.fails(5, "intake", verb, N, *words)
            self.assertIn("[INT-007]", error)
            self.assertIn("resume", error)   # what is legal
        self.ok("lead", "add", "--code", "L1", "--client", "K1", "--title", "t")
        self.assertIn("[INT-007]", self.fails(5, "lead", "revive", "L1", "--reason", "x"))

    def test_INT_013_and_INT_014_who_votes_once(self):
        self.committee("E1", "E2", "E3", "E4", "E5")
        self.ok("employee", "add", "--number", "E6", "--name", "记录")
        self.ok("committee", "add", "--member", "E6", "--role", "recorder", "--starts-on", "2026-01-01")
        self.ready(amount="530000")
        self.fails(5, "intake", "vote", N, "--member", "E1", "--for")   # there is no meeting
        self.ok("intake", "convene", N)
        self.ok("intake", "recuse", N, "--member", "E1", "--reason", "关联")
        self.assertIn("INT-013", self.fails(5, "intake", "vote", N, "--member", "E1", "--for"))
        self.vote(E2="for")
        self.assertIn("INT-014", self.fails(5, "intake", "vote", N, "--member", "姓名E2", "--against", "--reason", "x"))
        self.fails(2, "intake", "vote", N, "--member", "E3", "--against")
        self.fails(2, "intake", "vote", N, "--member", "E3", "--against", "--for")
        self.fails(3, "intake", "vote", N, "--member", "E9", "--for")
        self.assertIn("no vote", self.fails(5, "intake", "vote", N, "--member", "E6", "--for"))

    def test_INT_030_who_brings_business_is_not_the_only_one_for_it(self):
        self.committee("E1", "E2", "E3", E1="business_development", E2="business_development", E3="finance")
        self.ready(amount="530000")
        self.ok("intake", "condition", N, "x", "--blocks", "before_sign")
        self.ok("intake", "convene", N)
        self.vote(E1="for", E2="for", E3="abstain")
        self.assertIn("INT-030", self.fails(5, "intake", "decide", N))

    def test_two_thirds_for_a_special_matter_and_for_what_the_rule_refuses(self):
        self.committee("E1", "E2", "E3", "E4", "E5")
        self.looked_at()
        self.scored(scores=[(d, i, "2.9") for d, i, _ in SCORES], amount="530000")   # 58: refused by the score alone
        self.ok("intake", "conflict", N)
        self.ok("intake", "condition", N, "x", "--blocks", "before_sign")
        self.ok("intake", "convene", N)
        self.vote(E1="for", E2="for", E3="for", E4="against", E5="abstain")
        self.ok("intake", "decide", N, "--dry-run")
        self.assertIn("INT-011", self.fails(5, "intake", "decide", N, "--as", "go_with_conditions"))
        self.ok("intake", "decide", N)
        self.assertEqual(self.shown()["decision"], "no_go")

    def test_a_legal_veto_where_the_house_has_one(self):
        self.committee("E1", "E2", "E3")
        self.ok("employee", "add", "--number", "E9", "--name", "法务")
        self.ok("committee", "add", "--member", "E9", "--role", "legal", "--starts-on", "2026-01-01")
        self.ready(amount="530000")
        self.ok("intake", "convene", N)
        self.vote(E1="for", E2="for", E3="for")
        self.fails(5, "intake", "vote", N, "--member", "E9", "--against", "--reason", "违法")
        self.file("agency.toml", "[intake]\nlegal_veto = true\n")
        self.fails(5, "intake", "vote", N, "--member", "E9", "--for")
        self.ok("intake", "vote", N, "--member", "E9", "--against", "--reason", "违法")
        explained = {r["subject"]: r for r in self.json("intake", "decide", N, "--explain")["explanation"]}
        self.assertEqual(explained["legal_veto"]["outcome"], "not_passed")
        self.ok("intake", "decide", N)
        self.assertEqual((self.shown()["decision"], self.shown()["reason"]), ("no_go", "legal_veto"))
        told = self.json("intake", "resolutions")["rows"][0]
        self.assertEqual((told["in_favour"], told["vetoed"], told["result"]), (3, True, "not_passed"))
        self.assertTrue(self.json("intake", "minutes", N)["minutes"]["vetoed"])

    def test_minutes_stay_as_they_were_signed(self):
        self.committee("E1", "E2", "E3")
        self.ready(amount="530000")
        self.ok("intake", "convene", N)
        self.vote(E1="against", E2="against", E3="against")
        vote = self.json("op", "list")["operations"][0]["operation"]
        self.ok("intake", "decide", N)
        before = self.ok("intake", "minutes", N, "--format", "json")
        self.ok("committee", "edit", "E3/2026-01-01", "--set", "ends_on=2026-02-01")
        self.ok("undo", vote)
        self.assertEqual(self.ok("intake", "minutes", N, "--format", "json"), before)

    def test_an_undo_does_not_change_what_is_decided(self):
        self.ready()
        score = next(o["operation"] for o in self.json("op", "list")["operations"] if "intake score" in o["command"])
        estimate = next(o["operation"] for o in self.json("op", "list")["operations"] if "intake estimate" in o["command"])
        self.ok("intake", "decide", N, "--by", "总", "--as", "no_go")
        for operation in (score, estimate):
            self.assertIn("is decided and is not changed", self.fails(5, "undo", operation))
        self.ok("undo")                       # of the decision
        self.assertEqual(self.shown()["status"], "assessing")
        last = lambda: self.json("op", "list")["operations"][0]["operation"]
        self.ok("undo", last())               # of that undo: the decision is back
        self.assertEqual((self.shown()["status"], self.shown()["decision"]), ("decided", "no_go"))
        self.ok("undo", last())
        self.ok("undo", score)
        self.assertIsNone(self.shown()["weighted_score"])
        self.ok("check")

    def test_INT_012_who_may_vote_is_settled_with_the_first_vote(self):
        self.committee("E1", "E2", "E3", "E4", "E5")
        self.ready(amount="530000")
        self.ok("intake", "convene", N)
        self.vote(E1="for", E2="for")
        for member in ("E3", "E4"):
            self.ok("committee", "edit", member + "/2026-01-01", "--set", "ends_on=2026-03-09")
        self.ok("committee", "void", "E5/2026-01-01", "--on", "2026-01-01", "--reason", "x")
        self.assertIn("2 of 5 that may vote", self.fails(5, "intake", "decide", N))

    def test_INT_012_two_members_are_no_committee(self):
        self.committee("E1", "E2")
        self.ready(amount="530000")
        self.ok("intake", "convene", N)
        self.vote(E1="for", E2="for")
        self.assertIn("2 unrelated members remain; the shareholders decide [INT-012]", self.fails(5, "intake", "decide", N))

    def test_INT_014_no_undo_lets_somebody_sit_twice(self):
        self.committee("E1", "E2", "E3")
        self.ok("committee", "edit", "E1/2026-01-01", "--set", "ends_on=2026-01-31")
        end = self.json("op", "list")["operations"][0]["operation"]
        self.ok("committee", "add", "--member", "E1", "--starts-on", "2026-02-01", "--role", "chair")
        self.assertIn("membership E1/2026-01-01 would be beside E1/2026-02-01 of the same person", self.fails(5, "undo", end))
        self.ok("undo")
        self.ok("undo", end)

    def test_INT_014_an_employee_votes_for_himself_only(self):
        self.committee("E1", "E2", "E3", "E4")
        self.ok("employee", "add", "--number", "E6", "--name", "记录")
        self.ok("committee", "add", "--member", "E6", "--role", "recorder", "--starts-on", "2026-01-01")
        self.ready(amount="530000")
        self.ok("intake", "convene", N)
        vote, recuse = (("intake", "vote", N, "--for", "--member"), ("intake", "recuse", N, "--reason", "x", "--member"))
        for command in (vote, recuse):
            self.assertIn("E2 decides under no other name, and not for E1 [INT-014]", self.fails(5, *command, "E1", "--actor", "E2"))
            self.ok(*command, "E1", "--actor", "clerk", "--dry-run")
            self.ok(*command, "E1", "--actor", "E6", "--dry-run")   # who records the meeting
            self.ok(*command, "E1", "--actor", "姓名E1", "--dry-run")

    def test_INT_007_nothing_becomes_of_it_before_it_was_opened(self):
        self.committee("E1", "E2", "E3")
        self.ready(amount="530000")
        self.assertIn("was opened on 2026-03-10, after that meeting", self.fails(2, "intake", "convene", N, "--convened-on", "2026-03-09"))
        self.assertIn("[INT-007]", self.fails(5, "intake", "lose", N, "--reason", "x", "--effective", "2026-03-09"))
        self.assertIn("it lies ahead", self.fails(2, "intake", "add", "--number", "A", "--client", "K1", "--title", "x", "--opened-on", "2026-03-11"))

    def test_signed_minutes_are_opened_by_no_undo(self):
        self.committee("E1", "E2", "E3")
        self.ready(amount="530000")
        self.ok("intake", "convene", N)
        self.vote(E1="against", E2="against", E3="against")
        self.ok("intake", "decide", N)
        self.assertIn("are signed and do not change", self.fails(5, "undo"))

    def test_INT_014_also_after_an_undo_is_taken_back(self):
        self.committee("E1", "E2", "E3")
        self.ready(amount="530000")
        self.ok("intake", "convene", N)
        self.vote(E1="for")
        self.ok("undo")
        undone = self.json("op", "list")["operations"][0]["operation"]
        self.vote(E1="against")
        self.assertIn("INT-014", self.fails(5, "undo", undone))

    def test_members_count_from_and_to_their_days(self):
        self.committee("E1", "E2")
        self.ok("employee", "add", "--number", "E3", "--name", "旧")
        self.ok("committee", "add", "--member", "E3", "--starts-on", "2025-01-01", "--ends-on", "2026-03-09")
        self.ready(amount="530000")
        self.ok("intake", "convene", N)
        self.fails(3, "intake", "vote", N, "--member", "E3", "--for")
        self.assertEqual(self.json("intake", "resolutions")["rows"][0]["eligible"], 2)

    def test_the_lifecycle_is_a_table(self):
        rows = self.json("intake", "workflow")["workflow"]
        self.assertIn(("assessing", "decide", "decided"), {(r["from"], r["verb"], r["to"]) for r in rows})
        self.opened()
        self.assertIn("legal from opportunity: assess", self.fails(5, "intake", "resume", N))


class Conflicts(Intakes):
    def check(self, *more):
        return self.json("intake", "conflict", N, *more)["conflicts"]

    def test_INT_020_checked_after_the_last_change_of_the_parties(self):
        self.scored()
        self.assertIn("INT-020", self.fails(5, "intake", "decide", N, "--by", "总"))
        self.assertEqual(self.check()[0]["result"], "clear")
        self.assertEqual(self.shown()["conflict"], "clear")
        self.ok("intake", "party", N, "--role", "opponent", "--name", "丙公司")
        self.assertIn("INT-020", self.fails(5, "intake", "decide", N, "--by", "总", "--as", "no_go"))
        self.check()
        self.ok("intake", "drop", N + "/P1", "--reason", "误")
        self.assertIn("INT-020", self.fails(5, "intake", "decide", N, "--by", "总", "--as", "no_go"))
        self.check()
        self.ok("intake", "decide", N, "--by", "总", "--as", "no_go")

    def test_INT_020_what_was_taken_back_since_does_not_count(self):
        self.looked_at()
        self.scored()
        self.check()
        points = [w for k in ("payment", "financial", "background", "cooperation") for w in (f"--{k}-points", "5")]
        self.ok("kyc", "add", "--client", "K1", "--refreshed-on", "2026-03-09", *points)
        self.assertIn("INT-020", self.fails(5, "intake", "decide", N, "--by", "总", "--as", "no_go"))
        self.ok("undo")
        self.assertEqual(self.shown()["conflict"], "clear")
        first = next(o["operation"] for o in self.json("op", "list")["operations"][::-1] if o["command"].startswith("agency kyc add"))
        self.ok("undo", first)   # what the check was made of is gone
        self.assertIn("INT-020", self.fails(5, "intake", "decide", N, "--by", "总", "--as", "no_go"))

    def test_a_batch_is_one_operation_and_goes_back_whole(self):
        self.looked_at()
        self.ok("client", "allow", "K1", "--amount", "1000", "--until", "2026-12-31", "--approver", "总", "--reason", "x")
        lines = ["lead add --code L1 --client K1 --title t --expected-amount 106000", "intake open L1", f"intake estimate {N} --labour-cost 100 --cash 2026-01=5"]
        lines += [f"intake score {N} {d} {i} 4 --evidence e" for d, i, _ in SCORES]
        decided = [*lines, f"intake conflict {N}", f"intake decide {N} --by b", f"contract add --number C1 --client K1 --title t --amount 5 --intake {N}", "contract sign C1"]
        late = [*lines, f"intake conflict {N}", f"intake party {N} --role group --name g", f"intake decide {N} --by b"]
        self.assertIn("INT-020", self.fails(5, "batch", self.file("late.txt", "\n".join(late) + "\n")))
        self.ok("batch", self.file("b.txt", "\n".join(decided) + "\n"))
        self.assertEqual((self.shown()["decision"], self.json("contract", "show", "C1")["contract"]["status"]), ("go", "signed"))
        self.ok("undo")
        self.assertEqual((self.json("intake", "list")["intakes"], self.json("lead", "list")["leads"]), ([], []))
        self.ok("undo", self.json("op", "list")["operations"][0]["operation"])
        self.assertEqual(self.shown()["decision"], "go")
        self.ok("check")

    def test_an_opponent_that_is_a_client_is_a_potential_conflict(self):
        self.opened()
        self.ok("intake", "party", N, "--role", "opponent", "--name", "乙 公司")
        found = self.check()
        self.assertEqual([(f["role"], f["met"], f["where"], f["result"]) for f in found], [("opponent", "client", "K2", "potential")])
        self.fails(1, "intake", "conflict", N, "--fail-if-found")

    def test_who_is_a_client_there_is_met_as_one(self):
        self.ok("intake", "open", "--number", "A", "--client", "K2", "--title", "t")
        self.opened()
        self.ok("intake", "party", N, "--role", "opponent", "--name", "乙公司")
        self.assertEqual({(f["role"], f["met"], f["where"]) for f in self.check()}, {("opponent", "client", "K2"), ("opponent", "client", "A")})
        there = self.json("intake", "conflict", "A")["conflicts"]
        self.assertEqual([(f["role"], f["met"], f["where"]) for f in there], [("client", "opponent", N)])

    def test_INT_020_what_is_found_out_of_the_client_makes_a_check_stale(self):
        self.scored()
        kyc = ("kyc", "add", "--client", "K1", "--payment-points", "40", "--financial-points", "20", "--background-points", "20", "--cooperation-points", "20", "--refreshed-on")
        self.ok(*kyc, "2026-03-01")
        self.check()
        self.ok(*kyc, "2026-03-09", "--shareholders", "乙公司")
        self.assertIn("INT-020", self.fails(5, "intake", "decide", N, "--by", "总", "--as", "no_go"))
        self.assertEqual([f["met"] for f in self.check()], ["client"])
        self.ok("client", "edit", "K1", "--set", "name=甲股份公司")
        self.assertIn("INT-020", self.fails(5, "intake", "decide", N, "--by", "总", "--as", "no_go"))
        self.check()
        self.ok("client", "edit", "K1", "--set", "contact=赵")
        self.ok("intake", "decide", N, "--by", "总", "--as", "no_go")
        self.ok("client", "edit", "K1", "--set", "name=甲集团")
        self.assertEqual(self.shown()["conflict"], "potential")   # of the day of the decision

    def test_a_matter_opened_long_ago_that_goes_on_is_looked_at(self):
        self.at("2026-03-11T09:00+08:00")
        old = self.file("i.csv", "number,client,title,trade,opened_on\nA,K2,t,patent,2022-01-10\nB,K2,t,patent,2022-01-10\n")
        self.ok("intake", "import", old)
        for n, name in (("A", "ZL1"), ("B", "ZL2")):
            self.ok("intake", "party", n, "--role", "matter", "--name", name)
        contracts = self.file("c.csv", "number,client,title,amount,signed_on,ends_on,intake\nC1,K2,t,1,2022-02-01,2026-12-31,A\nC2,K2,t,1,2022-02-01,2023-02-28,B\n")
        self.ok("contract", "import", contracts)
        self.opened("--trade", "patent")
        for name in ("ZL1", "ZL2"):
            self.ok("intake", "party", N, "--role", "matter", "--name", name)
        self.assertEqual([(f["where"], f["result"]) for f in self.check()], [("A", "statutory")])

    def test_a_client_whose_work_ended_long_ago_is_none(self):
        self.ok("contract", "add", "--number", "C0", "--client", "K2", "--title", "t", "--amount", "1", "--signed-on", "2020-01-05", "--ends-on", "2023-03-09")
        self.opened()
        self.ok("intake", "party", N, "--role", "opponent", "--name", "乙公司")
        self.assertEqual(self.check()[0]["result"], "clear")
        self.file("agency.toml", "[intake]\nconflict_years = 4\n")
        self.assertEqual(self.check()[0]["result"], "potential")

    def test_the_same_matter_for_two_clients_is_forbidden_by_trade(self):
        for trade, result in (("patent", "statutory"), ("bidding", "statutory"), ("bookkeeping", "potential")):
            with self.subTest(trade):
                number = "A-" + trade
                for client, n in (("K1", number), ("K2", number + "2")):
                    self.ok("intake", "open", "--number", n, "--client", client, "--title", "t", "--trade", trade)
                    self.ok("intake", "party", n, "--role", "matter", "--name", "ZL-" + trade)
                found = self.json("intake", "conflict", number)["conflicts"]
                self.assertEqual([(f["met"], f["where"], f["result"]) for f in found], [("matter", number + "2", result)])
                self.assertEqual(bool(found[0]["rule"]), result == "statutory")
                self.ok("intake", "lose", number + "2", "--reason", "对手中选")   # there we act for nobody
                self.assertEqual([f["result"] for f in self.json("intake", "conflict", number)["conflicts"]], ["potential"])

    def test_INT_020_a_check_that_would_find_something_else_is_made_again(self):
        self.ok("employee", "add", "--number", "E3", "--name", "张三")
        self.ok("employee", "add", "--number", "Z", "--name", "总")
        self.ok("employee", "add", "--number", "L", "--name", "李")
        self.ready("--assessor", "E3")
        decide = ("intake", "decide", N, "--by", "总", "--dry-run")
        self.ok("intake", "party", N, "--role", "opponent", "--name", "戊公司")
        self.ok("intake", "conflict", N)
        self.ok("intake", "condition", N, "x", "--blocks", "before_sign")
        self.ok(*decide)
        self.ok("relative", "add", "--employee", "E3", "--name", "王五", "--relation", "配偶", "--works-at", "戊公司")
        self.assertIn("would not find the same any more [INT-020]", self.fails(5, *decide))
        self.ok("intake", "conflict", N)
        self.ok(*decide)
        self.ok("intake", "edit", N, "--set", "trade=patent")
        self.assertIn("[INT-020]", self.fails(5, *decide))
        self.ok("intake", "conflict", N)
        self.assertIn("[INT-010]", self.fails(5, *decide, "--as", "go"))

    def test_a_conflict_of_interest_is_told_before_what_is_missing(self):
        self.looked_at()
        self.ok("intake", "open", "--client", "K1", "--title", "t", "--trade", "patent")
        self.ok("intake", "score", N, *SCORES[0], "--evidence", "材料", "--assessor", "李")
        decide = ("intake", "decide", N, "--by", "总")
        self.assertIn("conflicts of interest were not checked [INT-020]", self.fails(5, *decide))
        self.ok("intake", "conflict", N)
        self.assertIn("feasibility has no score [INT-003]", self.fails(5, *decide))
        self.ok("intake", "knockout", N, "statutory_conflict", "--evidence", "x")
        self.assertIn("whoever votes [INT-010]", self.fails(5, *decide, "--as", "go"))
        self.assertIn("feasibility has no score; a conflict of interest that the law forbids rules it out, whoever votes [INT-003]", self.fails(5, *decide))

    def test_a_statutory_conflict_is_a_knock_out(self):
        self.scored("--trade", "patent")
        self.ok("intake", "open", "--number", "A", "--client", "K2", "--title", "t", "--trade", "patent")
        for n in (N, "A"):
            self.ok("intake", "party", n, "--role", "matter", "--name", "ZL1")
        self.check()
        self.assertEqual(self.shown()["knockouts"][0]["kind"], "statutory_conflict")
        self.assertIn("INT-010", self.fails(5, "intake", "decide", N, "--by", "总", "--as", "go"))
        self.ok("intake", "decide", N, "--by", "总")

    def test_a_client_that_bids_in_a_tender_that_we_run(self):
        self.ok("intake", "open", "--number", "A", "--client", "K2", "--title", "咨询", "--trade", "other")
        self.opened("--trade", "bidding")
        self.ok("intake", "party", N, "--role", "matter", "--name", "ZB1")
        self.ok("intake", "party", N, "--role", "bidder", "--name", "乙公司")
        self.assertEqual({f["result"] for f in self.check()}, {"potential"})
        self.ok("intake", "party", "A", "--role", "matter", "--name", "ZB1")
        self.assertIn("statutory", {f["result"] for f in self.check()})

    def test_who_is_assigned_to_a_patent_has_no_part_in_it(self):
        for number, name in (("E1", "张伟"), ("E2", "王芳")):
            self.ok("employee", "add", "--number", number, "--name", name)
            self.ok("relative", "add", "--employee", number, "--name", "张敏" + number, "--relation", "配偶")
        for number, trade in (("A", "patent"), ("B", "other")):
            self.ok("intake", "open", "--number", number, "--client", "K1", "--title", "t", "--trade", trade, "--assessor", "张伟")
            for name in ("张伟", "张敏E1", "王芳", "张敏E2"):
                self.ok("intake", "party", number, "--role", "shareholder", "--name", name)
        found = lambda number: {(f["where"], f["result"]) for f in self.json("intake", "conflict", number)["conflicts"]}
        self.assertEqual(found("A"), {("E1", "statutory"), ("E2", "potential")})
        self.assertEqual(found("B"), {("E1", "potential"), ("E2", "potential")})

    def test_what_bookkeeping_asks_of_the_house_is_a_warning(self):
        self.ok("intake", "open", "--client", "K1", "--title", "代账", "--trade", "bookkeeping")
        told = lambda: [line for line in self.run_("intake", "conflict", N).stderr.decode().splitlines() if line.startswith("warning")]
        self.assertEqual(told(), [])   # no employees are kept
        for number in ("E1", "E2"):
            self.ok("employee", "add", "--number", number, "--name", "员" + number, "--hired-on", "2023-03-11")
        staff, leader = told()
        self.assertIn("3 full-time people; 2 are known (U)", staff)
        self.assertIn("3 years of experience", leader)
        self.ok("position", "add", "--code", "P", "--title", "会计", "--department", "FN", "--headcount", "9")
        self.ok("employee", "add", "--number", "E3", "--name", "员E3", "--position", "P", "--hired-on", "2026-01-01")
        self.assertEqual(len(told()), 1)
        self.ok("assignment", "edit", "E3/P/2026-01-01", "--set", "fte=0.5")
        self.assertEqual(len(told()), 2)
        self.ok("assignment", "edit", "E3/P/2026-01-01", "--set", "fte=1")
        self.ok("licence", "add", "--number", "Z", "--employee", "E3", "--title", "助理会计师")
        self.assertEqual(len(told()), 1)
        self.ok("licence", "add", "--number", "Z2", "--employee", "E3", "--title", "会计师", "--expires-on", "2026-03-10")
        self.assertEqual(told(), [])
        self.at("2026-03-11T09:00+08:00")
        self.ok("licence", "void", "Z2", "--reason", "x")
        self.assertEqual(told(), [])   # by now E1 has been here for three years
        self.ok("intake", "open", "--number", "B", "--client", "K1", "--title", "t")
        self.ok("employee", "edit", "E1", "--set", "left_on=2026-03-01")
        self.assertEqual(self.run_("intake", "conflict", "B").stderr, b"")   # another trade

    def test_what_the_law_asks_of_a_trade_is_a_condition_before_the_start(self):
        self.ready("--trade", "customs")
        self.ok("intake", "condition", N, "预付", "--blocks", "before_sign")
        self.ok("intake", "decide", N, "--by", "总")
        conditions = self.shown()["conditions"]
        self.assertEqual([c["blocks"] for c in conditions], ["before_sign", "before_start"])
        self.assertIn("power of attorney", conditions[1]["condition"])
        self.ok("undo")
        self.assertEqual(len(self.shown()["conditions"]), 1)
        self.ok("check")
        self.ok("intake", "open", "--number", "B", "--client", "K1", "--title", "t", "--amount", "106000", "--trade", "advertising")
        self.ok("intake", "estimate", "B", "--labour-cost", "50000")
        for s in SCORES:
            self.ok("intake", "score", "B", *s, "--evidence", "e", "--assessor", "李")
        self.ok("intake", "conflict", "B")
        self.ok("intake", "decide", "B", "--by", "总", "--as", "no_go")
        self.assertEqual(self.shown("B")["conditions"], [])

    def test_employees_and_their_relatives(self):
        self.ok("employee", "add", "--number", "E1", "--name", "张伟")
        self.ok("relative", "add", "--employee", "E1", "--name", "张敏", "--relation", "配偶", "--works-at", "甲公司")
        self.opened()
        self.ok("intake", "party", N, "--role", "legal_representative", "--name", "张敏")
        self.ok("intake", "party", N, "--role", "shareholder", "--name", "张伟")
        self.assertEqual({(f["role"], f["met"], f["where"]) for f in self.check()}, {("client", "relative", "E1"), ("legal_representative", "relative", "E1"), ("shareholder", "employee", "E1")})


class Gate(Intakes):
    def contract(self, *more):
        self.ok("contract", "add", "--number", "C1", "--client", "K1", "--title", "t", "--amount", "106000", *more)

    def taken_on(self):
        self.ready()
        self.ok("client", "allow", "K1", "--amount", "1000000", "--until", "2026-12-31", "--approver", "总", "--reason", "首单")   # nothing was billed yet
        self.ok("intake", "condition", N, "预付", "--blocks", "before_sign")
        self.ok("intake", "condition", N, "配备人员", "--blocks", "before_start")
        self.ok("intake", "decide", N, "--by", "总")

    def require(self):
        self.file("agency.toml", '[intake]\nrequired = "on"\n')

    def test_INT_001_no_contract_leaves_draft_without_a_decision(self):
        self.contract()
        entered = ("contract", "add", "--number", "C2", "--client", "K1", "--title", "t", "--amount", "1", "--signed-on", "2026-03-01", "--dry-run")
        old = self.file("c.csv", "number,client,title,amount,signed_on\nC3,K1,t,1,2020-01-01\n")
        update = ("contract", "import", self.file("u.csv", "number,status\nC1,signed\n"), "--on-conflict", "update", "--dry-run")
        for value in ("", "sign", "on"):   # sign is the default
            self.file("agency.toml", value and f'[intake]\nrequired = "{value}"\n')
            with self.subTest(value):
                self.assertIn("INT-001", self.fails(5, "contract", "sign", "C1"))
                self.assertIn("INT-001", self.fails(5, "contract", "edit", "C1", "--set", "status=signed"))
                self.ok("contract", "edit", "C1", "--set", "status=cancelled", "--dry-run")
                self.ok("contract", "import", old, "--dry-run")   # what was signed long ago is not touched
                self.assertIn("INT-001", self.fails(9, *update))
                if value == "on":
                    self.assertIn("INT-001", self.fails(5, *entered))
                else:
                    self.ok(*entered)
        self.file("agency.toml", '[intake]\nrequired = "off"\n')
        self.ok(*update)
        self.ok("contract", "sign", "C1")

    def test_INT_001_a_file_that_updates_is_judged_as_sign_is(self):
        row = lambda *lines: self.file("u.csv", "number,status,intake\n" + "".join(line + "\n" for line in lines))
        update = lambda *lines: ("contract", "import", row(*lines), "--on-conflict", "update")
        self.contract()
        for state in ("internal_review", "approved", "effective", "performing"):
            with self.subTest(state):
                self.assertIn("INT-001", self.fails(9, *update(f"C1,{state},")))
        self.taken_on()
        self.assertIn("INT-008", self.fails(9, *update("C1,signed," + N)))
        self.ok("intake", "satisfy", N + "/C1", "--evidence", "回单")
        self.ok(*update("C1,signed," + N))
        self.ok(*update("C1,effective,"))   # it has left draft
        self.ok("contract", "add", "--number", "C2", "--client", "K1", "--title", "t", "--amount", "5", "--intake", N)
        self.assertIn("INT-015", self.fails(9, *update("C2,effective,")))
        self.at("2026-09-10T09:00+08:00")
        self.assertIn("INT-002", self.fails(9, *update("C2,effective,")))

    def test_INT_001_a_draft_that_was_cancelled_is_still_one(self):
        self.contract()
        for state in ("cancelled", "voided"):
            with self.subTest(state):
                self.ok("contract", "edit", "C1", "--set", "status=" + state)
                self.assertIn("INT-001", self.fails(5, "contract", "edit", "C1", "--set", "status=effective"))
        self.ok("contract", "import", self.file("c.csv", "number,client,title,amount,signed_on\nC3,K1,t,1,2020-01-01\n"))
        self.ok("contract", "edit", "C3", "--set", "status=voided")
        self.ok("contract", "edit", "C3", "--set", "status=effective")   # a slip: it had been taken on
        self.ok("contract", "edit", "C3", "--set", "status=draft")
        self.ok("contract", "edit", "C3", "--set", "status=cancelled")
        self.assertIn("INT-001", self.fails(5, "contract", "edit", "C3", "--set", "status=effective"))

    def test_INT_001_the_decision_is_to_take_it_on_and_for_this_client(self):
        self.scored()
        self.ok("intake", "conflict", N)
        self.contract("--intake", N)
        self.assertIn("INT-001", self.fails(5, "contract", "sign", "C1"))
        self.ok("intake", "decide", N, "--by", "总", "--as", "no_go")
        self.assertIn("no_go", self.fails(5, "contract", "sign", "C1"))
        self.ok("contract", "add", "--number", "C2", "--client", "K2", "--title", "t", "--amount", "1", "--intake", N)
        self.assertIn("another client", self.fails(5, "contract", "sign", "C2"))

    def sign(self, number, amount, *more, code=0, intake=N):
        self.ok("contract", "add", "--number", number, "--client", "K1", "--title", "t", "--amount", amount, "--intake", intake, *more)
        return self.ok("contract", "sign", number) if code == 0 else self.fails(code, "contract", "sign", number)

    def test_INT_015_a_contract_is_worth_what_was_assessed_and_a_tenth_more(self):
        self.taken_on()
        self.ok("intake", "satisfy", N + "/C1", "--evidence", "回单")
        error = self.sign("C1", "116600.01", code=5)
        self.assertIn("is on 106000.00, which 116600.01 is too far above [INT-015]", error)
        self.assertIn("intake reopen " + N, error)
        self.assertIn("INT-015", self.fails(5, "contract", "edit", "C1", "--set", "status=signed"))
        self.assertIn("in CNY", self.sign("C2", "1", "--currency", "USD", code=5))
        self.file("agency.toml", '[intake]\namount_slack = "11%"\n')
        self.ok("contract", "sign", "C1", "--dry-run")
        self.file("agency.toml", "")
        self.sign("C3", "116600")

    def test_INT_015_a_decision_takes_on_one_contract(self):
        self.taken_on()
        self.ok("intake", "satisfy", N + "/C1", "--evidence", "回单")
        self.contract("--intake", N)
        both = self.file("both.csv", "number,status\nC1,signed\nC2,signed\n")
        self.ok("contract", "add", "--number", "C2", "--client", "K1", "--title", "t", "--amount", "5", "--intake", N)
        self.assertIn("both.csv:3", self.fails(9, "contract", "import", both, "--on-conflict", "update"))
        self.ok("contract", "sign", "C1")
        error = self.fails(5, "contract", "sign", "C2")
        self.assertIn("contract C1 was taken on already [INT-015]", error)
        self.ok("contract", "edit", "C1", "--set", "status=cancelled")
        self.ok("contract", "sign", "C2", "--dry-run")
        self.ok("undo")
        self.ok("intake", "reopen", N, "--reason", "增项")
        self.ok("intake", "conflict", N + ".2")
        self.ok("intake", "condition", N + ".2", "预付", "--blocks", "before_start")
        self.ok("intake", "decide", N + ".2", "--by", "总")
        self.ok("contract", "sign", "C2")   # by the new version
        self.assertIn("contract C2", self.sign("C3", "5", code=5, intake=N + ".2"))

    def signed(self):
        self.taken_on()
        self.ok("intake", "satisfy", N + "/C1", "--evidence", "回单")
        self.contract("--intake", N)
        self.ok("contract", "sign", "C1")

    def test_INT_001_an_undo_takes_no_ground_from_under_a_contract(self):
        self.signed()
        self.assertIn("contract C1 rests on assessment IN-2026-001 [INT-001]", self.fails(5, "undo", self.operation("intake decide")))
        self.assertIn("contract C1 rests", self.fails(5, "undo", self.operation("intake satisfy")))
        self.ok("undo", self.operation("contract sign"))
        self.ok("undo", self.operation("intake satisfy"), "--dry-run")
        self.ok("undo", self.operation("intake decide"))

    def test_INT_008_an_undo_opens_no_condition_of_work_that_began(self):
        self.signed()
        self.ok("intake", "satisfy", N + "/C2", "--evidence", "名单")
        self.ok("undo", self.operation("N/C2".replace("N", N)), "--dry-run")
        self.ok("contract", "edit", "C1", "--set", "status=performing")
        self.assertIn("contract C1 rests", self.fails(5, "undo", self.operation(N + "/C2")))

    def test_INT_001_a_signed_contract_keeps_its_assessment(self):
        self.signed()
        self.assertIn("keeps it [INT-001]", self.fails(5, "contract", "edit", "C1", "--set", "intake="))
        self.assertIn("keeps it [INT-001]", self.fails(5, "contract", "edit", "C1", "--set", "intake=", "--set", "status=performing"))
        self.ok("intake", "open", "--client", "K1", "--title", "x", "--number", "A2")
        self.assertIn("it is opportunity [INT-001]", self.fails(5, "contract", "edit", "C1", "--set", "intake=A2"))
        self.ok("contract", "add", "--number", "C4", "--client", "K1", "--title", "t", "--amount", "9", "--signed-on", "2026-03-01")   # agreed elsewhere
        self.assertIn("C1 was taken on already [INT-015]", self.fails(5, "contract", "edit", "C4", "--set", "intake=" + N))

    def test_INT_015_an_undo_agrees_to_no_more_from_a_later_day_on(self):
        self.taken_on()
        self.ok("intake", "satisfy", N + "/C1", "--evidence", "回单")
        self.contract("--intake", N)
        amount = lambda text, *more: self.ok("contract", "edit", "C1", "--set", "amount=" + text, "--effective", "2026-06-01", *more)
        amount("900000")
        self.assertIn("900000.00 is too far above [INT-015]", self.fails(5, "contract", "sign", "C1"))
        amount("100000")
        self.ok("contract", "sign", "C1")
        error = self.fails(5, "undo", self.operation("amount=100000"))
        self.assertIn("contract C1: assessment IN-2026-001 is on 106000.00, which 900000.00 is too far above [INT-015]", error)
        self.ok("undo", self.operation("amount=900000"), "--dry-run")
        amount("800000")   # agreed since, by a change request
        self.ok("undo", self.operation("amount=800000"))

    def test_INT_001_a_decision_comes_before_the_signature(self):
        self.taken_on()
        self.ok("intake", "satisfy", N + "/C1", "--evidence", "回单")
        self.contract("--intake", N)
        for command in (("edit", "C1", "--set", "status=signed"), ("sign", "C1")):
            self.assertIn("decided on 2026-03-10, which is after 2026-03-09 [INT-001]", self.fails(5, "contract", *command, "--effective", "2026-03-09"))
            self.assertIn("90 days before 2026-06-08 [INT-002]", self.fails(5, "contract", *command, "--effective", "2026-06-08"))
            self.ok("contract", *command, "--effective", "2026-06-07", "--dry-run")
        self.assertIn("INT-001", self.fails(5, "contract", "add", "--number", "C2", "--client", "K1", "--title", "t", "--amount", "9", "--signed-on", "2026-03-01", "--intake", N))

    def test_INT_001_what_was_prepared_here_is_signed_by_a_decision(self):
        self.contract("--status", "internal_review")
        for command in (("edit", "C1", "--set", "status=signed"), ("edit", "C1", "--set", "status=effective"), ("sign", "C1")):
            self.assertIn("[INT-001]", self.fails(5, "contract", *command))
        self.ok("contract", "edit", "C1", "--set", "status=approved")

    def test_INT_015_amounts_known_for_later_days_and_for_the_day_of_signing_count(self):
        self.taken_on()
        self.ok("intake", "satisfy", N + "/C1", "--evidence", "回单")
        self.contract("--intake", N)
        self.ok("contract", "edit", "C1", "--set", "amount=900000", "--effective", "2026-03-11")
        self.assertIn("900000.00 is too far above [INT-015]", self.fails(5, "contract", "sign", "C1"))
        self.ok("contract", "edit", "C1", "--set", "amount=1", "--effective", "2026-03-11")
        self.ok("contract", "sign", "C1")
        for day in ("2026-01-01", "2026-03-10"):
            self.assertIn("[INT-015]", self.fails(5, "contract", "edit", "C1", "--set", "amount=400000", "--effective", day))
        self.ok("contract", "edit", "C1", "--set", "amount=400000", "--effective", "2026-03-12")   # agreed later
        self.ok("contract", "edit", "C1", "--set", "amount=390000", "--effective", "2026-03-12")
        self.ok("undo")

    def test_INT_015_an_undo_makes_no_signed_contract_dearer(self):
        self.taken_on()
        self.ok("intake", "satisfy", N + "/C1", "--evidence", "回单")
        self.ok("contract", "add", "--number", "C1", "--client", "K1", "--title", "t", "--amount", "900000", "--intake", N)
        self.ok("contract", "edit", "C1", "--set", "amount=100000")
        self.ok("contract", "sign", "C1")
        self.assertIn("contract C1: assessment IN-2026-001 is on 106000.00, which 900000.00 is too far above [INT-015]", self.fails(5, "undo", self.operation("amount=100000")))

    def test_INT_015_what_was_given_up_does_not_come_back_beside_another(self):
        self.signed()
        self.ok("contract", "edit", "C1", "--set", "status=cancelled")
        self.ok("contract", "edit", "C1", "--set", "status=signed", "--dry-run")
        self.sign("C2", "5")
        self.assertIn("C2 was taken on already [INT-015]", self.fails(5, "contract", "edit", "C1", "--set", "status=signed"))

    def test_INT_015_a_framework_and_its_orders_share_a_decision(self):
        self.taken_on()
        self.ok("intake", "satisfy", N + "/C1", "--evidence", "回单")
        self.sign("F", "0", "--kind", "framework")
        self.sign("C1", "100")
        self.sign("C2", "100")

    def test_KYC_010_who_was_never_looked_at_is_not_taken_on(self):
        due = lambda: {r["client"]: r["due"] for r in self.json("client", "credit")["rows"]}
        self.scored()
        self.ok("intake", "conflict", N)
        self.ok("intake", "condition", N, "x", "--blocks", "before_start")
        self.assertEqual(due(), {"K1": True, "K2": True})
        self.assertIn("never looked at [KYC-010]", self.fails(5, "intake", "decide", N, "--by", "总"))
        self.ok("intake", "decide", N, "--by", "总", "--as", "no_go", "--dry-run")
        off = '[intake]\nrequired = "off"\n'
        self.file("agency.toml", off)
        self.ok("intake", "decide", N, "--by", "总")
        self.contract("--intake", N)
        self.ok("contract", "sign", "C1", "--dry-run")
        self.file("agency.toml", "")
        self.assertIn("[KYC-010]", self.fails(5, "contract", "sign", "C1"))
        self.ok("contract", "import", self.file("c.csv", "number,client,title,amount,signed_on\nC9,K1,t,1,2020-01-01\n"))
        self.looked_at()
        self.ok("client", "allow", "K1", "--amount", "1000000", "--until", "2026-12-31", "--approver", "总", "--reason", "首单")
        self.ok("contract", "sign", "C1")
        self.assertEqual(due(), {"K1": False, "K2": True})

    def test_INT_002_a_decision_of_90_days_ago_is_stale(self):
        self.taken_on()
        self.ok("intake", "satisfy", N + "/C1", "--evidence", "回单")
        self.contract("--intake", N)
        self.at("2026-06-08T09:00+08:00")
        self.assertIn("INT-002", self.fails(5, "contract", "sign", "C1"))
        self.file("agency.toml", "[intake]\nvalid_days = 91\n")
        self.ok("contract", "sign", "C1")

    def test_INT_008_conditions_come_before_signing_and_before_work(self):
        self.require()
        self.taken_on()
        self.contract("--intake", N)
        self.assertIn("INT-008", self.fails(5, "contract", "sign", "C1"))
        self.ok("intake", "satisfy", N + "/C1", "--evidence", "回单")
        self.fails(5, "intake", "satisfy", N + "/C1", "--evidence", "回单")
        self.ok("contract", "sign", "C1")
        shown = self.json("contract", "show", "C1")["contract"]
        self.assertEqual((shown["status"], shown["signed_on"]), ("signed", "2026-03-10"))
        self.assertIn("INT-008", self.fails(5, "contract", "edit", "C1", "--set", "status=performing"))
        self.ok("intake", "satisfy", N + "/C2", "--evidence", "名单")
        self.ok("contract", "edit", "C1", "--set", "status=performing")
        self.assertIn("CON-010", self.fails(5, "contract", "sign", "C1"))
        self.assertEqual(self.json("intake", "list")["intakes"][0]["contract"], "C1")

    def test_INT_008_a_project_does_not_start_before_its_conditions_are_met(self):
        self.taken_on()
        self.ok("intake", "satisfy", N + "/C1", "--evidence", "回单")
        self.contract("--intake", N)
        self.ok("contract", "sign", "C1")
        self.ok("contract", "edit", "C1", "--set", "status=effective")
        self.ok("employee", "add", "--number", "E1", "--name", "李")
        self.ok("project", "add", "--code", "P1", "--name", "p", "--contract", "C1", "--manager", "E1", "--starts-on", "2026-03-16")
        self.ok("project", "approve-prestart", "P1", "--cap", "100", "--until", "2026-12-31", "--reason", "x")
        self.assertIn(N + "/C2", self.fails(5, "project", "initiate", "P1"))
        self.ok("intake", "reopen", N, "--reason", "金额变更")   # until that is decided the old conditions hold
        self.assertIn("[INT-008]", self.fails(5, "project", "initiate", "P1"))
        self.at("2026-03-12T09:00+08:00")
        self.ok("intake", "satisfy", N + "/C2", "--evidence", "名单")
        self.assertIn("INT-008", self.fails(5, "project", "initiate", "P1", "--effective", "2026-03-11"))
        self.ok("project", "initiate", "P1")
        self.ok("undo", self.json("op", "list")["operations"][1]["operation"])   # nothing is met again
        self.ok("project", "plan", "import", "P1", self.file("p.csv", "wbs,name,duration\n1,A,3\n"))
        self.ok("project", "approve-plan", "P1")
        self.assertIn("INT-008", self.fails(5, "project", "start", "P1"))
        self.ok("intake", "satisfy", N + "/C2", "--evidence", "名单")
        self.ok("project", "start", "P1")

    def test_the_ledger_names_the_assessment(self):
        self.taken_on()
        self.contract("--intake", N)
        self.ok("contract", "add", "--number", "C2", "--client", "K2", "--title", "t", "--amount", "1")
        self.assertEqual((self.json("contract", "show", "C1")["contract"]["client"], self.json("contract", "show", "C1")["contract"]["intake"]), ("K1", N))
        self.assertEqual([(c["number"], c["client"], c["intake"]) for c in self.json("contract", "list")["contracts"]], [("C1", "K1", N), ("C2", "K2", None)])
        self.assertEqual([c["number"] for c in self.json("contract", "list", "--where", f"intake = {N}")["contracts"]], ["C1"])

    def test_INT_001_what_was_reopened_is_not_decided_any_more(self):
        self.taken_on()
        self.ok("intake", "satisfy", N + "/C1", "--evidence", "回单")
        self.contract("--intake", N)
        self.ok("intake", "reopen", N, "--reason", "金额变更")
        self.assertIn(N + ".2", self.fails(5, "contract", "sign", "C1"))

    def test_calibration_holds_expectation_against_contract(self):
        self.taken_on()
        self.ok("intake", "satisfy", N + "/C1", "--evidence", "回单")
        self.ok("contract", "add", "--number", "C1", "--client", "K1", "--title", "t", "--amount", "95400", "--intake", N)
        self.ok("contract", "sign", "C1")
        self.invoice("F1", "2026-03-10", "2026-04-10", "50000")
        row = self.json("intake", "calibrate")["rows"][0]
        self.assertEqual([row[k] for k in ("intake", "contract", "score", "expected_amount", "contract_amount", "amount_error", "invoiced", "expected_margin")],
                         [N, "C1", 70.5, "106000.00", "95400.00", "-0.1", "50000.00", "0.5"])
        yen = self.file("c.csv", f"number,client,title,amount,currency,signed_on,intake\nC2,K1,t,1000000,JPY,2026-03-10,{N}\n")
        self.ok("contract", "import", yen)   # signed elsewhere, and in another currency than was assessed
        report = self.json("intake", "calibrate")
        self.assertEqual((report["rows"][0]["contract"], report["rows"][0]["contract_amount"], report["checks"][0]["ok"]), ("C1", "95400.00", False))
        self.assertIn("C2", report["checks"][0]["message"])
        rows = self.json("intake", "calibrate", "--by", "dimension")["rows"]
        self.assertEqual([(r["dimension"], r["assessor"], r["score"]) for r in rows if r["dimension"] == "return"], [("return", "李", 3.5)])

    def test_calibration_holds_revenue_cost_and_margin_against_what_the_project_showed(self):
        self.taken_on()   # revenue 100,000, cost 50,000, margin 0.5
        for part in ("/C1", "/C2"):
            self.ok("intake", "satisfy", N + part, "--evidence", "e")
        self.ok("contract", "add", "--number", "C1", "--client", "K1", "--title", "t", "--amount", "95400", "--tax-rate", "6%", "--intake", N)
        self.ok("contract", "sign", "C1")
        self.ok("contract", "edit", "C1", "--set", "status=effective")
        self.ok("employee", "add", "--number", "E1", "--name", "李", "--hired-on", "2025-01-01")
        self.ok("project", "add", "--code", "P1", "--name", "p", "--contract", "C1", "--manager", "E1", "--starts-on", "2026-03-10", "--calendar", "calendar", "--budget", "90000")
        self.ok("project", "plan", "import", "P1", self.file("p.csv", "wbs,name,duration,cost\n1,A,2,20000\n2,B,4,30000\n"))
        row = self.json("intake", "calibrate")["rows"][0]
        self.assertEqual((row["measured"], row["done"], row["revenue"], row["margin_error"]), (0, None, None, None))
        for verb in ("initiate", "approve-plan", "start"):
            self.ok("project", verb, "P1")
        self.ok("progress", "add", "--project", "P1", "--wbs", "1", "--measured-on", "2026-03-10", "--method", "percent", "--percent", "100%", "--accepted", "yes", "--evidence", "e")
        for kind, amount in (("subcontract", "24000"), ("official_fee", "7000")):   # what is passed on is no cost
            self.ok("cost", "add", "--project", "P1", "--posted-on", "2026-03-10", "--kind", kind, "--amount", amount)
        keys = ("measured", "done", "expected_revenue", "revenue", "revenue_error", "expected_cost", "spent", "cost", "cost_error", "margin", "margin_error")
        wanted = [1, "0.4", "100000.00", "90000.00", "-0.1", "50000.00", "24000.00", "60000.00", "0.2", "0.333333", "-0.166667"]
        for by in ("intake", "assessor"):
            row = self.json("intake", "calibrate", "--by", by)["rows"][0]
            self.assertEqual([row[k] for k in keys], wanted)
        by_dimension = self.json("intake", "calibrate", "--by", "dimension")["rows"]
        self.assertEqual({(r["assessor"], r["cost_error"], r["margin_error"]) for r in by_dimension}, {("李", "0.2", "-0.166667")})
        self.assertEqual(len(by_dimension), 5)

    def test_calibration_of_a_closed_project_is_what_was_billed_and_spent(self):
        self.taken_on()
        for part in ("/C1", "/C2"):
            self.ok("intake", "satisfy", N + part, "--evidence", "e")
        self.ok("contract", "add", "--number", "C1", "--client", "K1", "--title", "t", "--amount", "84800", "--tax-rate", "6%", "--intake", N)
        self.ok("contract", "sign", "C1")
        self.ok("contract", "edit", "C1", "--set", "status=effective")
        self.ok("employee", "add", "--number", "E1", "--name", "李", "--hired-on", "2025-01-01")
        self.ok("project", "add", "--code", "P1", "--name", "p", "--contract", "C1", "--manager", "E1", "--starts-on", "2026-03-10", "--calendar", "calendar")
        self.ok("project", "plan", "import", "P1", self.file("p.csv", "wbs,name,duration,cost\n1,A,2,20000\n"))
        self.ok("cost", "add", "--project", "P1", "--posted-on", "2026-03-10", "--amount", "45000")
        for number, amount in (("F1", "60000"), ("F2", "24800")):
            self.ok("invoice", "add", "--number", number, "--contract", "C1", "--issued-on", "2026-03-10", "--due-on", "2026-04-10", "--amount", amount, "--tax-rate", "6%")
            self.receipt("R" + number, "2026-03-10", amount)
            self.ok("receipt", "allocate", "R" + number, number, amount)
        for verb in ("initiate", "approve-plan", "start"):
            self.ok("project", verb, "P1")
        self.ok("project", "tick", "P1", "deliverables_accepted", "--evidence", "e")
        self.ok("project", "close-out", "P1")
        for line in self.json("project", "checklist", "P1")["checklist"]:
            if line["state"] == "incomplete":
                self.ok("project", "tick", "P1", line["item"], "--evidence", "e", *(["--lesson", "l"] if line["item"] == "lessons_recorded" else []))
        self.ok("project", "close", "P1")
        row = self.json("intake", "calibrate")["rows"][0]
        self.assertEqual([row[k] for k in ("measured", "done", "revenue", "revenue_error", "cost", "cost_error", "margin", "margin_error")],
                         [1, "1", "80000.00", "-0.2", "45000.00", "-0.1", "0.4375", "-0.0625"])

    def test_the_pipeline_counts_stages(self):
        self.ok("lead", "add", "--code", "L1", "--client", "K1", "--title", "t", "--expected-amount", "1000")
        self.taken_on()
        self.at("2026-03-20T09:00+08:00")
        rows = {r["stage"]: r for r in self.json("intake", "pipeline")["rows"]}
        self.assertEqual((rows["lead"]["count"], rows["lead"]["amount"], rows["lead"]["weighted_amount"], rows["lead"]["average_days"], rows["lead"]["conversion"]), (1, "1000.00", "100.00", 10.0, "0.5"))
        self.assertEqual((rows["go"]["count"], rows["go"]["amount"], rows["go"]["conversion"]), (1, "106000.00", "0"))
        total = self.json("intake", "pipeline")["totals"][0]
        self.assertEqual((total["count"], total["amount"]), (2, "107000.00"))
        self.assertEqual(self.json("intake", "pipeline", "--as-of", "2026-03-09")["rows"], [])

    def test_INT_017_a_lead_is_assessed_once_unless_nothing_came_of_it(self):
        self.looked_at()
        self.ok("lead", "add", "--code", "L1", "--client", "K1", "--title", "t", "--expected-amount", "1000")
        self.ok("intake", "open", "L1")
        self.assertIn(f"intake {N} of that lead is open or taken on", self.fails(5, "intake", "open", "L1"))
        path = self.file("i.csv", "number,lead,title\nA1,L1,t\n")
        self.assertIn("[INT-017]", self.fails(9, "intake", "import", path))
        self.ok("intake", "import", path, "--accept", "INT-017")   # a book that has it so
        count = lambda: {r["stage"]: (r["count"], r["conversion"]) for r in self.json("intake", "pipeline")["rows"] if r["count"]}
        self.assertEqual(count(), {"opportunity": (1, "0")})
        self.assertEqual(self.json("intake", "pipeline")["totals"][0]["amount"], "1000.00")
        self.ok("intake", "void", "A1", "--reason", "误录")
        self.ok("intake", "lose", N, "--reason", "价格")
        self.assertEqual(count(), {"lost": (1, None)})
        self.ok("intake", "open", "L1")
        self.assertEqual(count(), {"opportunity": (1, "0")})
        rows = {r["stage"]: r for r in self.json("intake", "pipeline")["rows"]}
        self.assertEqual((rows["lead"]["conversion"], rows["opportunity"]["probability"]), ("1", "0.25"))
        self.file("agency.toml", '[intake]\nstage_probability = "10%,100%,50%,40%,90%,100%"\n')
        self.assertIn('"probability":"1"', self.ok("intake", "pipeline", "--format", "json"))

    def test_INT_017_a_lead_is_not_given_up_beside_its_assessment(self):
        self.looked_at()
        self.ok("lead", "add", "--code", "L1", "--client", "K1", "--title", "t", "--expected-amount", "1000")
        self.ok("intake", "open", "L1")
        for verb in ("lose", "withdraw"):
            self.assertIn(f"assessment {N} of it is open or taken on; lose or withdraw that first [INT-017]", self.fails(5, "lead", verb, "L1", "--reason", "x"))
        self.assertIn("[INT-017]", self.fails(5, "lead", "edit", "L1", "--set", "status=lost"))
        self.ok("intake", "lose", N, "--reason", "x")
        self.ok("lead", "lose", "L1", "--reason", "x")

    def test_INT_017_nothing_is_decided_on_a_lead_that_was_given_up(self):
        self.ok("lead", "add", "--code", "L1", "--client", "K1", "--title", "t")
        self.ok("lead", "lose", "L1", "--reason", "x")
        self.ready("L1")
        self.assertIn("its lead L1 was given up [INT-017]", self.fails(5, "intake", "decide", N, "--by", "总"))
        self.ok("lead", "revive", "L1", "--reason", "x")
        self.ok("intake", "decide", N, "--by", "总", "--as", "no_go")

    def test_the_days_of_a_lead_are_of_the_same_business(self):
        self.ok("lead", "add", "--code", "L1", "--client", "K1", "--title", "t", "--expected-amount", "1000", "--received-on", "2026-03-02")
        self.ok("intake", "open", "L1")
        self.at("2026-03-20T09:00+08:00")
        rows = lambda *more: {r["stage"]: r for r in self.json("intake", "pipeline", *more)["rows"]}
        self.assertEqual((rows()["lead"]["average_days"], rows()["opportunity"]["average_days"], rows()["lead"]["conversion"]), (8.0, 10.0, "1"))
        self.assertNotIn("deferred", rows())
        self.ok("intake", "defer", N, "--reason", "缺资料")
        self.at("2026-03-25T09:00+08:00")
        self.ok("intake", "resume", N)
        self.ok("intake", "defer", N, "--reason", "缺资料")
        self.at("2026-03-27T09:00+08:00")
        self.assertEqual((rows()["deferred"]["average_days"], rows()["deferred"]["conversion"]), (7.0, "0"))
        self.ok("intake", "void", N, "--reason", "误录")
        self.assertEqual([(r["stage"], r["count"]) for r in self.json("intake", "pipeline")["rows"] if r["count"]], [("opportunity", 1)])   # the lead stands

    def test_the_pipeline_of_a_day_before_it_was_reopened(self):
        self.taken_on()
        for part in ("/C1", "/C2"):
            self.ok("intake", "satisfy", N + part, "--evidence", "e")
        self.contract("--intake", N)
        self.ok("contract", "sign", "C1")
        self.at("2026-03-20T09:00+08:00")
        self.ok("intake", "reopen", N, "--reason", "扩大范围")
        stages = lambda *more: [r["stage"] for r in self.json("intake", "pipeline", *more)["rows"] if r["count"]]
        self.assertEqual((stages("--as-of", "2026-03-19"), stages()), (["contract"], ["assessing"]))
        self.assertEqual(self.json("intake", "list")["intakes"][0]["contract"], "C1")
        self.ok("intake", "conflict", N + ".2")
        self.ok("intake", "condition", N + ".2", "x", "--blocks", "before_start")
        self.ok("intake", "decide", N + ".2", "--by", "总")
        self.assertEqual(stages(), ["contract"])


class Credit(Intakes):
    now = "2026-06-01T09:00+08:00"

    def setUp(self):
        super().setUp()
        self.file("agency.toml", '[intake]\nrequired = "off"\n')   # limits alone

    def kyc(self, points="40,20,20,10", *more, day="2026-05-01", client="K1"):
        p = points.split(",")
        self.ok("kyc", "add", "--client", client, "--refreshed-on", day, "--payment-points", p[0], "--financial-points", p[1], "--background-points", p[2], "--cooperation-points", p[3], *more)

    def credit(self, client="K1", *more):
        return next(r for r in self.json("client", "credit", *more)["rows"] if r["client"] == client)

    def billed(self):
        """120,000 without tax in the last 12 months, of which 20,000 are open: 5,000 overdue."""
        self.ok("contract", "add", "--number", "C0", "--client", "K1", "--title", "t", "--amount", "1000000", "--signed-on", "2025-01-05")
        self.invoice("F1", "2025-06-02", "2025-07-01", "60000", contract="C0")
        self.invoice("F2", "2026-05-01", "2026-06-30", "60000", contract="C0")
        self.invoice("F0", "2025-06-01", "2025-07-01", "99999", contract="C0")   # the day before the year
        for receipt, invoice, amount in (("R0", "F0", "99999"), ("R1", "F1", "55000"), ("R2", "F2", "45000")):
            self.receipt(receipt, "2026-05-20", amount)
            self.ok("receipt", "allocate", receipt, invoice, amount)

    def test_rating_limit_exposure_and_headroom(self):
        self.billed()
        self.kyc("40,20,20,10", "--deposits", "1000", "--unbilled", "3000")
        r = self.credit()
        self.assertEqual([r[k] for k in ("rating", "limit", "exposure", "headroom", "overdue", "refreshed_on", "due_on", "due", "hold")],
                         ["A", "30000.00", "22000.00", "8000.00", "5000.00", "2026-05-01", "2027-05-01", False, False])
        self.assertIsNone(self.credit("K2")["rating"])
        sheet = self.json("client", "kyc", "K1")["client"]
        self.assertEqual({p["part"]: p["amount"] for p in sheet["exposure_parts"]}["not_due"], "15000.00")
        self.assertEqual(len(sheet["kyc_checks"]), 1)
        self.kyc("10,10,10,10", day="2026-05-31")
        self.assertEqual((self.credit()["rating"], self.credit()["limit"], self.credit()["hold"]), ("D", "0.00", True))
        self.assertEqual(self.credit("K1", "--as-of", "2026-05-30")["rating"], "A")

    def test_a_client_that_was_never_billed_may_owe_what_its_rating_may(self):
        self.kyc("40,20,20,10")
        self.assertEqual((self.credit()["rating"], self.credit()["limit"]), ("A", "5000000.00"))
        self.file("agency.toml", '[kyc]\nfirst_limit = "formula"\n')
        self.assertEqual(self.credit()["limit"], "0.00")
        self.file("agency.toml", "")
        self.kyc("10,10,10,10", day="2026-05-31")   # whoever is rated D pays before
        self.assertEqual((self.credit()["rating"], self.credit()["limit"]), ("D", "0.00"))

    def test_KYC_020_beyond_the_limit_no_contract_leaves_draft(self):
        self.billed()
        self.kyc()
        self.ok("contract", "add", "--number", "C1", "--client", "K1", "--title", "t", "--amount", "10001")
        self.assertIn("KYC-020", self.fails(5, "contract", "sign", "C1"))
        self.assertIn("KYC-020", self.fails(5, "client", "allow", "K1", "--amount", "40000", "--until", "2026-06-30", "--approver", "root", "--reason", "x", "--actor", "root"))
        self.ok("client", "allow", "K1", "--amount", "5", "--until", "2026-06-30", "--approver", "总", "--reason", "x")
        self.assertEqual((self.credit()["limit"], self.credit()["overridden"]), ("30000.00", False))   # it never lowers the limit
        self.ok("client", "allow", "K1", "--amount", "40000", "--until", "2026-06-30", "--approver", "总", "--reason", "续约")
        self.assertEqual((self.credit()["limit"], self.credit()["overridden"]), ("40000.00", True))
        self.ok("contract", "sign", "C1", "--dry-run")
        self.at("2026-07-01T09:00+08:00")
        self.assertIn("KYC-020", self.fails(5, "contract", "sign", "C1"))

    def test_ORG_040_who_lets_a_client_owe_more_has_the_authority(self):
        quarter = SOURCE / "examples" / "quarter"
        self.ok("org", "import", quarter / "people.csv")
        allow = lambda amount, by, code=5: (self.ok if code == 0 else lambda *w: self.fails(code, *w))("client", "allow", "K1", "--amount", amount, "--until", "2026-06-30", "--approver", by, "--reason", "续约", "--dry-run")
        self.assertIn("INT-009", allow("100", "总", 3))
        allow("100", "E020", 0)   # no job description gives the authority
        self.ok("job", "import", quarter / "jobs.csv")
        for position in ("P-E001", "P-E003"):
            for role, by in (("superior", "E001"), ("hr", "E005")):
                self.ok("job", "approve", position, "--as", role, "--by", by)
            self.ok("job", "issue", position)
        self.assertIn("ORG-040", allow("100", "E020"))
        self.assertIn("ORG-040", allow("300000.01", "E003"))
        allow("300000", "E003", 0)
        allow("300000.01", "E001", 0)
        self.ok("client", "add", "--code", "K9", "--name", "海外客户", "--currency", "USD")
        abroad = ("client", "allow", "K9", "--amount", "1", "--until", "2026-06-30", "--reason", "续约", "--dry-run", "--approver")
        self.assertIn("ORG-040", self.fails(5, *abroad, "E003"))
        self.ok(*abroad, "E001")

    def test_KYC_020_who_lets_a_client_owe_more_acts_himself(self):
        self.ok("employee", "add", "--number", "E1", "--name", "张", "--hired-on", "2020-01-01")
        self.ok("employee", "add", "--number", "E2", "--name", "李", "--hired-on", "2020-01-01")
        allow = ("client", "allow", "K1", "--amount", "100", "--until", "2026-06-30", "--reason", "续约")
        self.assertIn("E2 decides under no other name, and not for E1 [KYC-020]", self.fails(5, *allow, "--approver", "E1", "--actor", "E2"))
        self.assertIn("E1 may not allow what E1 asks for [KYC-020]", self.fails(5, *allow, "--actor", "张"))
        self.fails(5, *allow, "--requested-by", "张", "--actor", "E1")
        self.ok(*allow, "--requested-by", "李", "--actor", "E1")
        last = lambda: dict(self.trail())
        self.assertEqual((last()["add"]["approver"], last()["ask"]), ("E1", {"requested_by": "E2"}))
        self.ok(*allow, "--approver", "E1", "--actor", "clerk")
        self.assertEqual(last()["enter"], {"decided_by": "E1", "entered_by": "clerk"})

    def test_a_cap_is_in_the_home_currency(self):
        self.ok("client", "add", "--code", "K9", "--name", "海外客户", "--currency", "USD")
        self.kyc(client="K9")   # 90 points: at most 5,000,000 CNY
        self.assertEqual(self.credit("K9")["limit"], "0.00")
        invoice = ("contract", "add", "--number", "C9", "--client", "K9", "--title", "t", "--amount", "500000", "--currency", "USD")
        self.ok(*invoice)
        self.assertIn("its limit is 0.00: no rate of USD in CNY is set; the setting money.rates takes it as USD=RATE [KYC-020]", self.fails(5, "contract", "sign", "C9"))
        self.file("agency.toml", '[intake]\nrequired = "off"\n[money]\nrates = "USD=8"\n')
        self.assertEqual(self.credit("K9")["limit"], "625000.00")
        self.ok("contract", "sign", "C9")

    def test_KYC_020_no_invoice_beyond_the_limit(self):
        self.billed()
        self.kyc()   # limit 30,000, of which 20,000 are used
        invoice = lambda number, amount, *more: ("invoice", "add", "--number", number, "--contract", "C0", "--issued-on", "2026-06-01", "--due-on", "2026-07-01", "--amount", amount, *more)
        error = self.fails(5, *invoice("F3", "10000.01"))
        self.assertIn("client K1 would owe 30000.01 CNY, its limit is 30000.00 [KYC-020]", error)
        self.ok(*invoice("F3", "10000", "--dry-run"))
        self.ok(*invoice("F3", "10000.01", "--kind", "credit_note", "--dry-run"))
        self.receipt("R3", "2026-06-01", "500")   # prepaid
        self.ok(*invoice("F3", "10500", "--dry-run"))
        self.ok("client", "allow", "K1", "--amount", "40000", "--until", "2026-06-30", "--approver", "总", "--reason", "续约")
        self.ok(*invoice("F3", "20500", "--dry-run"))
        self.at("2026-07-01T09:00+08:00")
        self.assertIn("KYC-020", self.fails(5, *invoice("F3", "20500")))

    def test_KYC_020_rows_of_a_file_count_one_after_the_other(self):
        self.billed()
        self.kyc()
        rows = "number,client,kind,issued_on,due_on,amount,currency\n"
        path = self.file("f.csv", rows + "F3,K1,fee,2026-06-01,2026-07-01,9000,\nF4,K1,fee,2026-06-01,2026-07-01,1001,\nF5,K1,credit_note,2026-06-01,2026-07-01,500,\n"
                         "F6,K1,fee,2026-06-01,2026-07-01,1501,\nF7,K1,fee,2026-06-01,2026-07-01,1500,\nF8,K2,fee,2026-06-01,2026-07-01,900000,\nF9,K1,fee,2026-06-01,2026-07-01,900000,USD\n")
        error = self.fails(9, "invoice", "import", path)
        self.assertEqual([line.split("/")[-1].split(" ")[0] for line in error.splitlines() if "KYC-020" in line], ["f.csv:3:6(amount):", "f.csv:5:6(amount):"])
        self.ok("invoice", "import", path, "--accept", "KYC-020")   # of a book that was kept elsewhere
        self.assertEqual(self.credit()["exposure"], "32502.00")

    def test_KYC_020_a_limit_of_the_client_alone(self):
        self.ok("client", "edit", "K2", "--set", "credit_limit=1000")
        rows = "number,client,issued_on,due_on,amount\nF1,K2,2026-06-01,2026-07-01,"
        self.assertIn("KYC-020", self.fails(9, "invoice", "import", self.file("a.csv", rows + "1000.01\n")))
        self.ok("invoice", "import", self.file("b.csv", rows + "1000\n"))

    def test_KYC_020_what_is_laid_out_for_a_client(self):
        self.billed()
        self.kyc("40,20,20,10", "--advances", "4000")
        self.ok("project", "add", "--code", "P1", "--name", "p", "--client", "K1", "--budget", "90000")
        pay = lambda amount, kind="official_fee", *more: ("cost", "add", "--project", "P1", "--posted-on", "2026-06-01", "--kind", kind, "--amount", amount, *more)
        self.assertIn("KYC-020", self.fails(5, *pay("6000.01")))
        self.ok(*pay("6000.01", "travel", "--dry-run"))
        self.ok(*pay("5000"))
        self.assertEqual((self.credit()["exposure"], self.credit("K1", "--as-of", "2026-05-31")["exposure"]), ("29000.00", "24000.00"))
        self.assertIn("KYC-020", self.fails(5, *pay("1000.01")))
        self.invoice("F3", "2026-06-01", "2026-07-01", "1000", contract="C0", kind="pass_through")   # laid out no more, but owed
        self.assertEqual(self.credit()["exposure"], "29000.00")

    def test_a_credit_note_is_of_what_it_takes_back(self):
        self.billed()
        self.kyc("40,20,20,10")
        self.ok("project", "add", "--code", "P1", "--name", "p", "--client", "K1", "--contract", "C0")
        self.ok("cost", "add", "--project", "P1", "--posted-on", "2026-06-01", "--kind", "official_fee", "--amount", "1000")
        figures = lambda: [self.credit()[k] for k in ("limit", "exposure")]
        uninvoiced = lambda: ([r["uninvoiced"] for r in self.json("contract", "list")["contracts"]], self.json("contract", "show", "C0")["contract"]["uninvoiced"],
                              {r["item"]: r for r in self.json("project", "checklist", "P1")["checklist"]}["final_invoice_issued"]["evidence"])
        before, left = figures(), uninvoiced()
        self.assertEqual((before, left[:2]), (["30000.00", "21000.00"], (["780001.00"], "780001.00")))
        self.assertIn("780001.00", left[2])
        self.invoice("F3", "2026-06-01", "2026-07-01", "1000", contract="C0", kind="pass_through")
        self.assertEqual((figures(), uninvoiced()), (before, left))   # owed and no longer laid out
        self.invoice("N3", "2026-06-01", "2026-07-01", "1000", contract="C0", kind="credit_note", credits="F3")
        self.assertEqual((figures(), uninvoiced()), (before, left))   # laid out again
        self.invoice("N2", "2026-06-01", "2026-07-01", "12000", contract="C0", kind="credit_note", credits="F2")
        self.assertEqual(figures(), ["27000.00", "9000.00"])
        self.assertEqual((uninvoiced()[:2]), (["792001.00"], "792001.00"))

    def test_the_limit_follows_a_tax_rate_that_was_corrected(self):
        self.billed()
        self.kyc("40,20,20,10")
        self.at("2026-06-01T10:00+08:00")
        self.ok("invoice", "edit", "F1", "--set", "tax_rate=25%")
        self.assertEqual(self.credit()["limit"], "27000.00")   # 48,000 + 60,000
        self.assertEqual(self.credit("K1", "--known-at", "2026-06-01T09:00+08:00")["limit"], "30000.00")

    def test_sums_that_no_amount_can_hold_are_errors(self):
        huge = "92233720368547758.07"
        words = ("kyc", "add", "--client", "K1", "--refreshed-on", "2026-05-01", "--payment-points", "40", "--financial-points", "20", "--background-points", "20", "--cooperation-points", "10", "--unbilled", huge)
        self.assertIn("too large", self.fails(2, *words, "--advances", huge))
        self.ok("contract", "add", "--number", "C0", "--client", "K1", "--title", "t", "--amount", "1", "--signed-on", "2025-01-05")
        self.invoice("F1", "2026-05-02", "2026-06-30", "0.01", contract="C0")
        self.ok(*words)
        self.assertIn("too large", self.fails(2, "client", "credit"))
        self.ok("intake", "open", "--client", "K1", "--title", "t", "--amount", "1000")
        self.assertIn("too large", self.fails(2, "intake", "estimate", N, "--labour-cost", huge, "--subcontract-cost", huge))

    def test_names_of_the_check_stand_apart_as_Chinese_tables_have_them(self):
        self.ok("employee", "add", "--number", "E1", "--name", "张伟")
        self.kyc("40,20,20,20", "--shareholders", "乙公司；赵六、张伟")
        self.ok("intake", "open", "--client", "K1", "--title", "t", "--amount", "1000")
        self.assertEqual({f["where"] for f in self.json("intake", "conflict", N)["conflicts"]}, {"K2", "E1"})

    def test_KYC_010_a_check_of_long_ago_is_made_again(self):
        self.billed()
        self.kyc("30,10,10,10", day="2025-11-30")   # C: six months
        self.assertEqual((self.credit()["rating"], self.credit()["due_on"], self.credit()["due"]), ("C", "2026-05-30", True))
        self.ok("contract", "add", "--number", "C1", "--client", "K1", "--title", "t", "--amount", "1")
        self.assertIn("KYC-010", self.fails(5, "contract", "sign", "C1"))

    def test_terms_go_by_the_rating(self):
        self.kyc("40,20,20,10")
        self.assertEqual((self.credit()["term_days"], self.credit()["prepaid"]), (60, "0"))
        self.kyc("30,10,10,10", day="2026-05-31")
        self.assertEqual((self.credit()["rating"], self.credit()["term_days"], self.credit()["prepaid"]), ("C", 0, "0.5"))
        self.file("agency.toml", '[kyc]\nterm_days = "90,60,15,0"\nprepaid = "0%,0%,30%,100%"\n')
        self.assertEqual((self.credit()["term_days"], self.credit()["prepaid"]), (15, "0.3"))
        self.assertIsNone(self.credit("K2")["prepaid"])

    def test_the_size_rests_on_a_day(self):
        row = "client,refreshed_on,payment_points,financial_points,background_points,cooperation_points,size,size_evidenced_on\n"
        out = self.run_("kyc", "import", self.file("k.csv", row + "K1,2026-05-01,1,1,1,1,small,\nK2,2026-05-01,1,1,1,1,small,2026-01-01\n"))
        self.assertEqual(out.returncode, 0)
        said = out.stderr.decode() + out.stdout.decode()
        self.assertIn("k.csv:2:", said)
        self.assertNotIn("k.csv:3:", said)

    def test_who_is_blacklisted_is_rated_D_and_a_low_rating_is_a_trigger(self):
        self.kyc("40,20,20,20", "--blacklisted", "yes")
        self.assertEqual(self.credit()["rating"], "D")
        self.ok("intake", "open", "--client", "K1", "--title", "t", "--amount", "1000")
        self.assertEqual(self.shown()["triggers"], "low_rating")

    def test_what_the_check_found_rules_business_out_and_is_searched_for_conflicts(self):
        self.ok("employee", "add", "--number", "E1", "--name", "张伟")
        self.kyc("40,20,20,20", "--standing", "deregistered", "--shareholders", "乙公司; 张伟", "--legal-representative", "赵六", day="2026-05-02")
        self.ok("intake", "open", "--client", "K1", "--title", "t", "--amount", "1000")
        i = self.shown(N)
        self.assertEqual([k["kind"] for k in i["knockouts"]], ["deregistered"])
        found = self.json("intake", "conflict", N)["conflicts"]
        self.assertEqual({(f["role"], f["met"], f["where"]) for f in found}, {("shareholder", "client", "K2"), ("shareholder", "employee", "E1")})

    def test_KYC_010_no_decision_on_a_client_that_is_due(self):
        self.kyc("30,10,10,10", day="2025-11-30")
        self.ok("intake", "open", "--client", "K1", "--title", "t", "--amount", "1000")
        self.ok("intake", "estimate", N, "--labour-cost", "500")
        for s in SCORES:
            self.ok("intake", "score", N, *s, "--evidence", "e")
        self.ok("intake", "conflict", N)
        self.assertIn("KYC-010", self.fails(5, "intake", "decide", N, "--by", "总"))
        self.kyc(client="K2")
        self.fails(1, "client", "credit", "--fail-if", "due = true")
        self.kyc("30,10,10,10")
        self.ok("client", "credit", "--fail-if", "due = true")

    def test_points_have_their_most(self):
        path = self.file("k.csv", "client,refreshed_on,payment_points,financial_points,background_points,cooperation_points\nK1,2026-05-01,41,20,20,20\n甲公司,2026-06-02,1,1,1,1\n")
        error = self.fails(9, "kyc", "import", path)
        self.assertIn("k.csv:2:3(payment_points)", error)
        self.assertIn("KYC-010", error)
