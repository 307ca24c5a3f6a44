"""Projects: stages with their guards, one manager on any day, the close-out checklist."""
import re

from support.book import Book

ITEMS = ("deliverables_accepted report_delivered property_returned originals_returned final_invoice_issued accounts_settled "
         "subcontracts_settled timesheets_closed raid_closed survey_sent lessons_recorded files_archived access_revoked "
         "team_released profitability_reported deadlines_docketed").split()
MORE = {"final_invoice_issued": ("--approved-by", "E2"), "lessons_recorded": ("--lesson", "ask earlier")}   # what an item wants besides evidence
PLAN = "wbs,name,duration,after\n1,A,3,\n2,B,5,1\n"


class Projects(Book):
    now = "2026-03-02T09:00+08:00"

    def setUp(self):
        super().setUp()
        self.start()
        self.ok("contract", "edit", "C2", "--set", "status=draft")
        for number, name in (("E1", "李"), ("E2", "王")):
            self.ok("employee", "add", "--number", number, "--name", name, "--hired-on", "2025-01-01")
        self.project("P1")

    def project(self, code, *more, contract="C1", manager="E1"):
        given = [w for k, v in (("--contract", contract), ("--manager", manager)) if v for w in (k, v)]
        self.ok("project", "add", "--code", code, "--name", f"project {code}", "--calendar", "calendar", "--starts-on",
                "2026-03-02", *given, *more)

    def plan(self, code="P1", text=PLAN):
        self.ok("project", "plan", "import", code, self.file("plan.csv", text))

    def step(self, *verbs, code="P1"):
        for verb in verbs:
            self.ok("project", verb, code)

    def accept(self, code="P1"):
        self.ok("project", "tick", code, "deliverables_accepted", "--evidence", "验收单")

    def status(self, day=None, code="P1"):
        return self.json("project", "show", code, *(["--as-of", day] if day else []))["project"]["status"]

    def test_the_stages_in_their_order(self):
        self.plan()
        self.assertEqual(self.status(), "proposed")
        self.step("initiate", "approve-plan", "start")
        self.assertEqual(self.status(), "in_progress")
        self.at("2026-03-09T09:00+08:00")
        self.ok("project", "suspend", "P1", "--reason", "the client asked for it")
        self.assertEqual((self.status(), self.status("2026-03-08")), ("suspended", "in_progress"))
        self.ok("contract", "edit", "C1", "--set", "status=terminated")
        self.assertIn("PRJ-002", self.fails(5, "project", "resume", "P1"))
        self.ok("undo")
        self.step("resume")
        error = self.fails(5, "project", "close-out", "P1")
        self.assertIn("PRJ-030", error)
        self.assertIn("deliverables_accepted", error)
        self.accept()
        self.step("close-out")
        self.assertEqual(self.status(), "closing")

    def test_an_illegal_step_lists_the_legal_ones(self):
        error = self.fails(5, "project", "start", "P1")
        self.assertIn("proposed", error)
        self.assertIn("initiate, cancel", error)

    def test_every_pair_of_state_and_verb(self):
        """What the table has is done where its guards hold; all else is refused and changes nothing."""
        legal = {(r["from"], r["verb"]): r["to"] for r in self.json("project", "workflow")["workflow"]}
        self.plan()
        for item in ITEMS:
            self.ok("project", "tick", "P1", item, "--evidence", "seen", *MORE.get(item, ()))
        way = {"proposed": [], "initiated": ["initiate"], "planned": ["initiate", "approve-plan"],
               "in_progress": ["initiate", "approve-plan", "start"], "suspended": ["initiate", "approve-plan", "start", "suspend"],
               "closing": ["initiate", "approve-plan", "start", "close-out"], "closed": ["initiate", "approve-plan", "start", "close-out", "close"],
               "cancelled": ["cancel"]}
        verbs = sorted({v for _, v in legal})
        book = (self.dir / "agency.db").read_bytes()
        for state, steps in way.items():
            for verb in verbs:
                (self.dir / "agency.db").write_bytes(book)
                for old in ("-wal", "-shm"):
                    (self.dir / f"agency.db{old}").unlink(missing_ok=True)
                for step in steps:
                    self.ok("project", step, "P1", "--reason", "x")
                self.assertEqual(self.status(), state)
                r = self.run_("project", verb, "P1", "--reason", "x")
                self.assertEqual(r.returncode, 0 if (state, verb) in legal else 5, (state, verb, r.stderr))
                self.assertEqual(self.status(), legal.get((state, verb), state), (state, verb))

    def test_PRJ_001_one_manager_who_is_employed(self):
        self.project("P2", manager=None)
        self.plan("P2")
        self.step("initiate", code="P2")
        error = self.fails(5, "project", "approve-plan", "P2")
        self.assertIn("PRJ-001", error)
        self.assertIn("assign-manager", error)
        self.ok("project", "assign-manager", "P2", "E2", "--effective", "2026-03-02")
        self.step("approve-plan", code="P2")
        self.ok("employee", "edit", "E2", "--set", "left_on=2026-03-10")
        self.assertIn("PRJ-001", self.fails(5, "project", "start", "P2", "--effective", "2026-03-11"))
        self.assertIn("PRJ-001", self.fails(5, "project", "assign-manager", "P1", "E2", "--effective", "2026-03-11"))
        self.at("2026-03-12T09:00+08:00")
        self.assertIn("PRJ-001", self.fails(5, "project", "edit", "P1", "--set", "manager=E2"))
        self.ok("employee", "add", "--number", "E3", "--name", "新", "--hired-on", "2026-03-13")
        self.assertIn("PRJ-001", self.fails(5, "project", "edit", "P1", "--set", "manager=E3"))
        self.ok("project", "edit", "P1", "--set", "manager=E3", "--effective", "2026-03-13")

    def test_PRJ_001_a_running_project_is_never_without_a_manager(self):
        self.ok("project", "edit", "P1", "--set", "manager=")   # only proposed
        self.ok("project", "assign-manager", "P1", "E1")
        self.plan()
        self.step("initiate", "approve-plan", "start")
        self.assertIn("PRJ-001", self.fails(5, "project", "edit", "P1", "--set", "manager="))
        self.assertIn("PRJ-001", self.fails(5, "project", "edit", "P1", "--set", "manager=", "--effective", "2026-04-01"))
        self.project("P2", manager="E2")
        left = self.run_("employee", "leave", "E1", "--on", "2026-03-31", "--dry-run").stderr.decode()
        self.assertIn("open projects after 2026-03-31", left)
        self.assertTrue(re.search(r": P1$", left, re.M), left)
        self.assertIn("another manager", self.run_("employee", "edit", "E1", "--set", "left_on=2026-03-31", "--dry-run").stderr.decode())
        self.ok("project", "assign-manager", "P1", "E2", "--effective", "2026-04-01")
        self.assertNotIn("warning", self.run_("employee", "leave", "E1", "--on", "2026-03-31").stderr.decode())

    def test_PRJ_005_a_budget_grows_by_changes_once_there_is_a_baseline(self):
        self.ok("project", "edit", "P1", "--set", "budget=1000")
        self.ok("project", "edit", "P1", "--set", "budget=2000")   # nothing is agreed yet
        self.plan()
        self.step("initiate", "approve-plan", "start")
        for budget in ("2000.01", ""):
            error = self.fails(5, "project", "edit", "P1", "--set", "budget=" + budget)
            self.assertIn("PRJ-005", error)
            self.assertIn("change add", error)
        self.assertIn("PRJ-005", self.fails(9, "project", "import", self.file("b.csv", "code,budget\nP1,3000\n"), "--on-conflict", "update"))
        self.ok("project", "edit", "P1", "--set", "budget=1500")
        self.ok("project", "edit", "P1", "--set", "note=x")

    def test_the_manager_of_a_day(self):
        self.ok("project", "assign-manager", "P1", "E2", "--effective", "2026-04-01")
        manager = lambda day: self.json("project", "show", "P1", "--as-of", day)["project"]["manager"]
        self.assertEqual((manager("2026-03-31"), manager("2026-04-01")), ("E1", "E2"))

    def test_PRJ_002_no_start_before_the_contract_is_effective(self):
        self.project("P2", contract="C2")
        self.plan("P2")
        error = self.fails(5, "project", "initiate", "P2")
        self.assertIn("PRJ-002", error)
        self.assertIn("draft", error)
        self.ok("project", "approve-prestart", "P2", "--cap", "20000", "--until", "2026-03-31", "--reason", "GM")
        self.step("initiate", "approve-plan", code="P2")
        error = self.fails(5, "project", "start", "P2", "--effective", "2026-04-01")
        self.assertIn("PRJ-002", error)
        self.step("start", code="P2")

    def test_PRJ_002_a_pre_start_goes_as_far_as_its_cap(self):
        self.project("P2", contract="C2")
        self.plan("P2")
        self.ok("project", "approve-prestart", "P2", "--cap", "500", "--until", "2026-03-31", "--reason", "GM")
        self.step("initiate", "approve-plan", code="P2")
        self.ok("cost", "add", "--project", "P2", "--posted-on", "2026-03-02", "--amount", "500")
        self.ok("project", "start", "P2", "--dry-run")
        error = self.fails(5, "cost", "add", "--project", "P2", "--posted-on", "2026-03-02", "--amount", "0.01")
        self.assertIn("PRJ-002", error)
        self.assertIn("0.00 CNY of it is left", error)
        path = self.file("c.csv", "project,posted_on,amount\nP2,2026-03-02,-10\nP2,2026-03-02,6\nP2,2026-03-02,6\n")
        self.assertIn("c.csv:4", self.fails(9, "cost", "import", path))   # together too much
        self.ok("project", "approve-prestart", "P2", "--cap", "499.99", "--until", "2026-03-31", "--reason", "GM")
        error = self.fails(5, "project", "start", "P2")
        self.assertIn("PRJ-002", error)
        self.assertIn("allows 499.99, and 500.00 is spent", error)
        self.assertIn("500.00", self.run_("project", "check", "--format", "csv").stdout.decode())
        self.file("agency.toml", '[intake]\nrequired = "off"\n')
        self.ok("contract", "import", self.file("signed.csv", "number,status\nC2,effective\n"), "--on-conflict", "update")
        self.ok("cost", "add", "--project", "P2", "--posted-on", "2026-03-02", "--amount", "0.01")
        self.step("start", code="P2")

    def test_PRJ_002_nothing_counts_after_a_pre_start(self):
        self.project("P2", contract="C2")
        self.plan("P2")
        self.ok("project", "approve-prestart", "P2", "--cap", "500", "--until", "2026-03-03", "--reason", "GM")
        self.step("initiate", "approve-plan", code="P2")
        self.ok("task", "edit", "P2/1", "--set", "assigned=E1")
        self.at("2026-03-05T09:00+08:00")
        cost = lambda day: ("cost", "add", "--project", "P2", "--posted-on", day, "--amount", "10")
        hours = lambda day: ("time", "add", "--employee", "E1", "--project", "P2", "--wbs", "1", "--worked-on", day, "--hours", "1")
        for words in (cost, hours):
            self.ok(*words("2026-03-03"))   # entered late, but of a day that was allowed
            error = self.fails(5, *words("2026-03-04"))
            self.assertIn("PRJ-002", error)
            self.assertIn("until 2026-03-03 only", error)
        self.ok("project", "approve-prestart", "P2", "--cap", "500", "--until", "2026-03-31", "--reason", "GM")
        for words in (cost, hours):
            self.ok(*words("2026-03-04"))

    def test_PRJ_002_a_project_without_contract(self):
        self.project("P2", contract=None)
        self.assertIn("PRJ-002", self.fails(5, "project", "initiate", "P2"))

    def test_a_plan_before_it_is_approved(self):
        self.step("initiate")
        self.assertIn("has no plan", self.fails(5, "project", "approve-plan", "P1"))

    def test_PRJ_030_what_is_open_holds_up_a_cancellation(self):
        self.plan()
        self.step("initiate", "approve-plan", "start")
        self.ok("task", "edit", "P1/1", "--set", "assigned=E1")
        self.ok("time", "add", "--number", "T1", "--employee", "E1", "--project", "P1", "--wbs", "1", "--worked-on", "2026-03-02", "--hours", "1")
        self.ok("invoice", "add", "--number", "F1", "--contract", "C1", "--issued-on", "2026-03-02", "--due-on", "2026-04-02", "--amount", "53")
        cancel = ("project", "cancel", "P1", "--reason", "算了")
        error = self.fails(5, *cancel)
        self.assertIn("PRJ-030", error)
        for part in ("final_invoice_issued (of the contract", "accounts_settled (still open on the contract: 53.00 CNY", "timesheets_closed (hours are not approved: T1)"):
            self.assertIn(part, error)
        for item in ("final_invoice_issued", "accounts_settled"):
            self.ok("project", "tick", "P1", item, "--evidence", "settled for 53", "--approved-by", "E2")
        self.assertIn("P1 is not settled: timesheets_closed", self.fails(5, *cancel))
        self.ok("time", "void", "T1", "--reason", "x")
        self.ok(*cancel)

    def test_PRJ_030_who_shares_the_contract_is_told(self):
        self.plan()
        self.step("initiate", "approve-plan", "start")
        self.project("P3", contract="C1")
        self.plan("P3")
        self.invoice("I1", "2026-02-10", "2026-03-09", "100.00")
        told = lambda: [r["evidence"].partition("; ")[2] for r in self.json("project", "checklist", "P1")["checklist"] if r["item"] in ("final_invoice_issued", "accounts_settled")]
        self.assertEqual(told(), ["", ""])   # what is only proposed has no part in it
        self.step("initiate", "approve-plan", "start", code="P3")
        self.assertEqual(told(), ["the contract is shared with P3"] * 2)
        self.assertIn("accounts_settled (still open on the contract: 100.00 CNY; the contract is shared with P3)", self.fails(5, "project", "cancel", "P1", "--reason", "x"))

    def test_cancel_needs_a_settlement(self):
        self.assertIn("--reason", self.fails(2, "project", "cancel", "P1"))
        self.ok("project", "cancel", "P1", "--reason", "fee of 2,000 paid")
        self.assertIn("no step leads on from it", self.fails(5, "project", "initiate", "P1"))
        self.assertIn("cancelled", self.fails(5, "project", "assign-manager", "P1", "E2"))

    def test_PRJ_030_the_checklist_before_the_close(self):
        self.plan()
        self.accept()
        self.step("initiate", "approve-plan", "start", "close-out")
        self.invoice("I1", "2026-02-10", "2026-03-09", "100.00")
        lines = {r["item"]: r for r in self.json("project", "checklist", "P1")["checklist"]}
        self.assertEqual(list(lines), ITEMS)
        self.assertIn("100.00", lines["accounts_settled"]["evidence"])
        self.assertIn("999900.00", lines["final_invoice_issued"]["evidence"].replace(",", ""))
        for item in ITEMS:
            if item not in ("accounts_settled", "deliverables_accepted"):
                self.ok("project", "tick", "P1", item, "--evidence", "seen", *MORE.get(item, ()))
        error = self.fails(5, "project", "close", "P1")
        self.assertIn("PRJ-030", error)
        self.assertIn("open are accounts_settled", error)
        self.receipt("R1", "2026-03-01", "100.00")
        self.ok("receipt", "allocate", "R1", "I1", "100.00")
        lines = {r["item"]: r for r in self.json("project", "checklist", "P1")["checklist"]}
        self.assertEqual((lines["accounts_settled"]["state"], lines["accounts_settled"]["by"]), ("complete", "books"))
        self.step("close")
        self.assertIn("PRJ-030", self.fails(5, "project", "tick", "P1", "accounts_settled", "--evidence", "late"))

    def test_PRJ_030_what_the_books_find_open_is_handed_on_with_an_approval(self):
        items = lambda: {r["item"]: r for r in self.json("project", "checklist", "P1")["checklist"]}
        self.plan()
        self.accept()
        self.step("initiate", "approve-plan", "start", "close-out")
        self.invoice("I1", "2026-02-10", "2026-03-09", "100.00")
        for item in ITEMS[1:]:
            if item not in ("accounts_settled", "final_invoice_issued"):
                self.ok("project", "tick", "P1", item, "--evidence", "seen", *MORE.get(item, ()))
        tick = ("project", "tick", "P1", "accounts_settled", "--evidence", "to collection")
        error = self.fails(5, *tick)
        self.assertIn("PRJ-030", error)
        self.assertIn("100.00", error)
        self.assertIn("--approved-by", error)
        self.assertIn("E1 is the project's manager", self.fails(5, *tick, "--approved-by", "E1"))
        self.ok("employee", "leave", "E2", "--on", "2026-03-01", "--reason", "x")
        self.assertIn("not employed", self.fails(5, *tick, "--approved-by", "E2"))
        self.ok("undo")
        path = self.file("t.csv", "project,item,evidence\nP1,accounts_settled,seen\n")
        self.assertIn("PRJ-030", self.fails(9, "closeout", "import", path))
        self.assertIn("E1 decides under no other name, and not for E2 [PRJ-030]\nhint: who decides runs the command: --actor E2", self.fails(5, *tick, "--approved-by", "E2", "--actor", "E1"))
        self.ok(*tick, "--approved-by", "E2", "--actor", "E2", "--dry-run")
        self.ok(*tick, "--approved-by", "E2")
        self.assertEqual([after["decided_by"] for verb, after in self.trail() if verb == "enter"], ["E2"])
        self.assertEqual(items()["accounts_settled"]["evidence"], "to collection; approved by E2")
        self.assertIn("PRJ-030", self.fails(5, "closeout", "edit", "P1/accounts_settled", "--set", "approved_by="))
        self.assertIn("open are final_invoice_issued", self.fails(5, "project", "close", "P1"))
        self.ok("project", "tick", "P1", "final_invoice_issued", "--evidence", "x", "--approved-by", "E2")
        self.step("close")

    def test_PRJ_030_a_tick_before_the_books_object_is_no_approval(self):
        state = lambda: {r["item"]: r["state"] for r in self.json("project", "checklist", "P1")["checklist"]}["accounts_settled"]
        self.ok("project", "tick", "P1", "accounts_settled", "--evidence", "nothing is open")
        self.assertEqual(state(), "complete")
        self.invoice("I1", "2026-02-10", "2026-03-09", "100.00")
        self.assertEqual(state(), "incomplete")

    def test_a_lesson_is_a_text(self):
        self.assertIn("what was learned is missing", self.fails(2, "project", "tick", "P1", "lessons_recorded", "--evidence", "minutes"))
        self.assertIn("lessons_recorded", self.fails(2, "project", "tick", "P1", "survey_sent", "--evidence", "mail", "--lesson", "x"))
        self.ok("project", "tick", "P1", "lessons_recorded", "--evidence", "minutes", "--lesson", "ask for samples first")
        line = {r["item"]: r for r in self.json("project", "checklist", "P1")["checklist"]}["lessons_recorded"]
        self.assertEqual((line["state"], line["evidence"]), ("complete", "minutes: ask for samples first"))
        self.assertEqual([r["lesson"] for r in self.json("closeout", "list", "--where", "lesson != ''")["closeouts"]], ["ask for samples first"])
        self.fails(2, "closeout", "edit", "P1/lessons_recorded", "--set", "lesson=")

    def test_PRJ_030_the_books_answer_deliverables_team_and_suppliers(self):
        lines = lambda: {r["item"]: (r["state"], r["by"], r["evidence"]) for r in self.json("project", "checklist", "P1")["checklist"]}
        items = ("deliverables_accepted", "team_released", "subcontracts_settled")
        self.plan(text="wbs,name,duration,after,assigned,deliverable,acceptance\n1,A,3,,E1,report,read\n2,B,5,1,E1;E2,,\n")
        self.step("initiate", "approve-plan", "start")
        self.assertIn("1 (E1), 2 (E1;E2)", lines()["team_released"][2])        # planned for later
        self.at("2026-03-10T09:00+08:00")
        self.assertEqual([lines()[i][:2] for i in items], [("incomplete", None)] * 3)   # nothing is measured: ticks
        self.ok("project", "progress", "P1", "2", "accepted", "--evidence", "x")
        self.assertEqual([lines()[i][:2] for i in items], [("incomplete", "books"), ("incomplete", "books"), ("incomplete", None)])
        self.assertIn(": 1", lines()["deliverables_accepted"][2])
        self.assertIn("PRJ-030", self.fails(5, "project", "tick", "P1", "team_released", "--evidence", "x", "--approved-by", "E2"))
        self.assertIn("--approved-by", self.fails(5, "project", "tick", "P1", "deliverables_accepted", "--evidence", "x"))
        self.ok("task", "edit", "P1/1", "--set", "assigned=")
        self.assertEqual(lines()["team_released"][:2], ("complete", "books"))   # who was taken off is free
        self.ok("project", "progress", "P1", "1", "accepted", "--evidence", "验收单")
        self.assertEqual(lines()["deliverables_accepted"][:2], ("complete", "books"))
        self.step("close-out")
        self.ok("contract", "add", "--number", "S1", "--client", "K1", "--title", "外包", "--amount", "100", "--signed-on", "2026-03-01", "--direction", "expense", "--project", "P1")
        self.assertIn("S1 100.00 CNY", lines()["subcontracts_settled"][2])
        self.ok("cost", "add", "--project", "P1", "--posted-on", "2026-03-09", "--amount", "100", "--contract", "S1")
        self.assertEqual(lines()["subcontracts_settled"][:2], ("complete", "books"))

    def test_the_final_invoice_is_in_the_books(self):
        state = lambda code: {r["item"]: (r["state"], r["by"]) for r in self.json("project", "checklist", code)["checklist"]}["final_invoice_issued"]
        self.assertEqual(state("P1"), ("incomplete", "books"))
        self.invoice("I1", "2026-02-10", "2026-03-09", "1000500.00")
        self.assertEqual(state("P1"), ("complete", "books"))
        self.invoice("I2", "2026-02-11", "2026-03-09", "600.00", kind="credit_note")
        self.assertEqual(state("P1"), ("incomplete", "books"))
        self.project("P2", contract=None)
        self.assertEqual(state("P2"), ("incomplete", None))
        self.ok("project", "tick", "P2", "final_invoice_issued", "--evidence", "house project")
        self.assertEqual(state("P2"), ("complete", "evidence"))

    def test_PRJ_007_work_begins_when_people_have_the_hours(self):
        text = "wbs,name,duration,effort,assigned\n1,A,5,20,E1\n2,B,5,24,E1;E2\n"
        for code in ("P1", "P2"):
            if code == "P2":
                self.project("P2")
            self.plan(code, text)
            self.step("initiate", "approve-plan", code=code)
        self.step("start")
        error = self.fails(5, "project", "start", "P2")
        self.assertIn("PRJ-007", error)
        self.assertIn("E1 is asked for 12.80 hours on 2026-03-02 and has 8.00", error)
        self.project("P3")
        self.plan("P3", "wbs,name,duration\n1,A,400\n")
        self.step("initiate", "approve-plan", "start", code="P3")   # then into a year that no calendar knows
        self.ok("project", "edit", "P3", "--set", "calendar=work")
        self.ok("leave", "add", "--employee", "E2", "--kind", "sick", "--starts-on", "2026-03-05")
        self.ok("leave", "approve", "LV-000001", "--actor", "E1")
        self.ok("task", "edit", "P2/1", "--set", "effort=0.50")
        self.ok("task", "edit", "P2/2", "--set", "effort=10")
        self.assertIn("E2 is asked for 3.40 hours on 2026-03-05 and has 0.00", self.fails(5, "project", "start", "P2"))
        self.ok("leave", "cancel", "LV-000001", "--reason", "x", "--actor", "E1")
        self.ok("project", "start", "P2", "--dry-run")
        self.ok("task", "edit", "P2/1", "--set", "effort=20")
        self.file("agency.toml", '[project]\nresource_gate = "licences"\n')
        self.step("start", code="P2")

    def test_ORG_030_work_begins_with_the_licences_it_wants(self):
        self.ok("position", "add", "--code", "X", "--title", "x", "--department", "PD")
        self.ok("job", "add", "--position", "X", "--kind", "qualification", "--text", "造价工程师", "--hard", "yes")
        self.ok("assignment", "add", "--employee", "E1", "--position", "X", "--starts-on", "2026-01-01")
        self.plan(text="wbs,name,duration,assigned\n1,A,3,E1\n")
        self.step("initiate", "approve-plan")
        self.ok("project", "start", "P1", "--dry-run")   # a draft asks for nothing
        self.describe("X", "E1")
        error = self.fails(5, "project", "start", "P1")
        self.assertIn("ORG-030", error)
        self.assertIn("P1/1: E1 lacks 造价工程师 from 2026-03-02", error)
        self.ok("licence", "add", "--number", "L1", "--employee", "E1", "--title", "造价工程师", "--expires-on", "2026-03-03")
        self.assertIn("from 2026-03-04", self.fails(5, "project", "start", "P1"))
        self.file("agency.toml", '[project]\nresource_gate = "off"\n')
        self.ok("project", "start", "P1", "--dry-run")
        self.file("agency.toml", "")
        self.ok("licence", "edit", "L1", "--set", "expires_on=2026-03-04")
        self.step("start")

    def test_the_client_is_the_contracts(self):
        shown = self.json("project", "show", "P1")["project"]
        self.assertEqual((shown["client"], shown["currency"]), ("K1", "CNY"))
        self.assertIn("another client", self.fails(5, "project", "add", "--code", "P9", "--name", "x", "--client", "K2", "--contract", "C1"))

    def test_a_file_of_projects(self):
        rows = "项目编号,项目名称,合同编号,项目经理,预算,开始日期\nP5,桥,C1,李,5000,2026-03-02\nP6,路,C1,E9,1,2026-03-02\n"
        error = self.fails(9, "project", "import", self.file("projects.csv", rows))
        self.assertIn("projects.csv:3:4(项目经理)", error)
        self.ok("project", "import", self.file("projects.csv", rows.replace("E9", "E2")))
        listed = {r["code"]: r for r in self.json("project", "list")["projects"]}
        self.assertEqual((listed["P5"]["manager_name"], listed["P5"]["client_name"], listed["P5"]["budget"]), ("李", "甲公司", "5000.00"))

    def test_undo_takes_a_step_back(self):
        self.step("initiate")
        self.ok("undo")
        self.assertEqual(self.status(), "proposed")
        self.step("initiate")

    def test_the_ledger_shows_how_far_the_end_slipped(self):
        self.plan()
        self.step("initiate", "approve-plan", "start")
        self.at("2026-03-05T09:00+08:00")
        self.ok("task", "edit", "P1/2", "--set", "duration=9")
        row = self.json("project", "list")["projects"][0]
        self.assertEqual((row["baseline_end"], row["forecast_end"], row["slip_days"]), ("2026-03-09", "2026-03-13", 4))
        row = self.json("project", "list", "--as-of", "2026-03-04")["projects"][0]
        self.assertEqual(row["slip_days"], 0)
        end = lambda: (lambda r: (r["forecast_end"], r["slip_days"]))(self.json("project", "list")["projects"][0])
        self.at("2026-03-20T09:00+08:00")
        self.assertEqual(end(), ("2026-03-20", 11))   # what is not accepted is not over
        for wbs in ("1", "2"):
            self.ok("project", "progress", "P1", wbs, "accepted", "--evidence", "x")
        self.assertEqual(end(), ("2026-03-13", 4))

    def test_the_forecast_starts_what_is_left_on_the_day(self):
        self.plan(text="wbs,name,duration,after\n1,A,5,\n2,B,5,1\n3,C,2,1\n4,D,0,2;3\n")   # every day counts: until 11 March
        self.step("initiate", "approve-plan", "start")
        end = lambda *more: (lambda r: (r["forecast_end"], r["slip_days"]))(self.json("project", "list", *more)["projects"][0])
        self.at("2026-03-11T09:00+08:00")
        self.assertEqual(end(), ("2026-03-11", 0))   # nobody measures
        self.ok("project", "progress", "P1", "1", "40%")
        self.assertEqual(end(), ("2026-03-18", 7))   # three days of A and five of B
        self.assertEqual(end("--as-of", "2026-03-10"), ("2026-03-11", 0))
        self.ok("project", "progress", "P1", "1", "accepted", "--evidence", "x")
        self.assertEqual(end(), ("2026-03-15", 4))
        self.ok("task", "edit", "P1/3", "--set", "constraint_type=start_no_earlier", "--set", "constraint_on=2026-03-20")
        self.assertEqual(end(), ("2026-03-21", 10))
        self.ok("task", "edit", "P1/3", "--set", "constraint_type=", "--set", "constraint_on=", "--set", "after=2SS+1", "--set", "duration=6")
        self.assertEqual(end(), ("2026-03-17", 6))
        self.ok("project", "progress", "P1", "2", "20%")   # it began on 7 March by the plan: nothing waits for that any more
        self.assertEqual(end(), ("2026-03-16", 5))

    def test_a_milestone_follows_its_task(self):
        self.plan(text="wbs,name,duration,after,milestone\n1,A,5,,\n2,交付,0,1,yes\n")
        self.step("initiate", "approve-plan", "start")
        self.ok("milestone", "add", "--project", "P1", "--name", "交付", "--wbs", "2", "--baseline-on", "2026-03-06")
        self.ok("milestone", "add", "--project", "P1", "--name", "说定", "--wbs", "2", "--baseline-on", "2026-03-06", "--forecast-on", "2026-03-08")
        row = lambda name: (lambda r: (r["forecast_on"], r["slip_days"], r["state"]))({r["name"]: r for r in self.json("milestone", "list")["milestones"]}[name])
        self.assertEqual(row("交付"), ("2026-03-06", 0, "on_time"))
        self.ok("task", "edit", "P1/1", "--set", "duration=20")
        self.assertEqual(row("交付"), ("2026-03-21", 15, "slipping"))
        self.assertEqual(row("说定"), ("2026-03-08", 2, "slipping"))   # it has a forecast of its own
        report = self.json("project", "status", "P1", "--audience", "client")["status"]
        self.assertEqual({r["name"]: r["slip_days"] for r in report["milestones"]}["交付"], 15)
        self.ok("milestone", "reach", "P1/交付", "--on", "2026-03-02", "--evidence", "x")
        self.assertEqual(row("交付")[1:], (-4, "reached"))

    def test_what_is_wrong_with_open_projects(self):
        self.plan(text="wbs,name,duration,after,deliverable,acceptance,milestone\n1,A,,,,,\n1.1,B,3,,报告,客户签收,\n1.2,C,3,,报告,,\n1.3,D,0,,,,yes\n")
        self.step("initiate", "approve-plan", "start")
        self.file("agency.toml", '[project]\ncharter = "off"\n')   # PRJ-008 has a test of its own
        told = lambda: [line for line in self.run_("project", "check", "--format", "csv").stdout.decode().splitlines()[1:]]
        self.assertEqual(told(), ["P1,,no deliverable or acceptance criterion: 1.2"])
        self.ok("task", "edit", "P1/1.2", "--set", "acceptance=客户签收")
        self.assertEqual(self.json("project", "check")["findings"], [])
        self.ok("employee", "edit", "E1", "--set", "left_on=2026-03-31")
        self.ok("contract", "edit", "C1", "--set", "status=terminated", "--effective", "2026-04-01")
        r = self.run_("project", "check", "--as-of", "2026-04-02", "--format", "csv")
        self.assertEqual(r.returncode, 1)
        self.assertEqual([line.split(",")[:2] for line in r.stdout.decode().splitlines()[1:]], [["P1", "PRJ-001"], ["P1", "PRJ-002"]])
