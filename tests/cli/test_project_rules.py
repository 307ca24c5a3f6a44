"""Rules of projects, hours and deadlines hold against void, undo, later edits and a name of somebody else."""
from support.book import Book

PLAN = """wbs,name,duration,effort,after,assigned,cost,deliverable,acceptance
1,prepare,,,,,,,
1.1,collect,5,40,,E3,4000,d,a
1.2,draw up,5,40,1.1,E3;E4,6000,d,a
2,carry out,10,80,1.2,E4,8000,d,a
"""
CONTRACTS = """number,client,title,amount,tax_rate,starts_on,ends_on,status
C1,K1,t,106000,6%,2026-05-01,2026-12-31,effective
C2,K1,t,50000,6%,2026-05-01,2026-12-31,draft
"""


class Evaded(Book):
    now = "2026-06-01T09:00:00+08:00"

    def setUp(self):
        super().setUp()
        self.ok("department", "add", "--code", "D", "--name", "d")
        for code, more in (("G", ()), ("M", ("--reports-to", "G")), ("S", ("--headcount", "5", "--reports-to", "M"))):
            self.ok("position", "add", "--code", code, "--title", code, "--department", "D", *more)
        for e, p in (("E1", "G"), ("E2", "M"), ("E3", "S"), ("E4", "S")):
            self.ok("employee", "add", "--number", e, "--name", e, "--hired-on", "2026-01-01")
            self.ok("assignment", "add", "--employee", e, "--position", p, "--starts-on", "2026-01-01")
            self.ok("rate", "add", "--employee", e, "--kind", "cost", "--valid-from", "2026-01-01", "--amount", "100")
        self.ok("client", "add", "--code", "K1", "--name", "K1")
        self.ok("contract", "import", "-", "--from", "csv", stdin=CONTRACTS.encode())
        self.ok("project", "add", "--code", "P", "--name", "p", "--contract", "C1", "--manager", "E2", "--budget", "20000", "--starts-on", "2026-06-01")
        self.ok("project", "plan", "import", "P", "-", "--from", "csv", stdin=PLAN.encode())

    def start(self):
        for verb in ("initiate", "approve-plan", "start"):
            self.ok("project", verb, "P")

    def day(self, day, clock="09:00"):
        self.at(f"2026-{day}T{clock}:00+08:00")

    def last(self):
        return self.json("op", "list", "--limit", "1")["operations"][0]["operation"]

    def undo_fails(self, rule, operation, *more):
        self.assertIn(rule, self.fails(5, "undo", operation, *more))

    def change(self, cost="100", days="1", *more):
        self.ok("change", "add", "--project", "P", "--title", "t", "--reason", "r", "--cost", cost, "--days", days, "--requested-by", "E3", *more)
        self.ok("change", "submit", "CR-000001")

    def test_PRJ_005_the_baseline_grows_by_no_more_than_was_approved(self):
        self.start()
        self.day("06-12")
        self.change()
        self.ok("change", "approve", "CR-000001", "--actor", "E2")
        self.ok("task", "edit", "P/2", "--set", "cost=60000")
        self.assertIn("52000.00", self.fails(5, "change", "apply", "CR-000001", "--actor", "E2"))
        self.ok("task", "edit", "P/2", "--set", "cost=8100")
        self.ok("task", "edit", "P/2", "--set", "duration=12")
        self.assertIn("2 days longer", self.fails(5, "change", "apply", "CR-000001", "--actor", "E2"))
        self.ok("task", "edit", "P/2", "--set", "duration=11")
        self.ok("change", "apply", "CR-000001", "--actor", "E2")

    def test_PRJ_005_leave_that_was_approved_since_is_no_growth_of_the_plan(self):
        self.start()
        self.day("06-12")
        self.ok("leave", "add", "--employee", "E4", "--kind", "sick", "--starts-on", "2026-06-22", "--ends-on", "2026-06-24")
        self.ok("leave", "approve", "LV-000001", "--actor", "E2")
        length = lambda: self.json("project", "schedule", "P")["rows"][-1]["leave_days"]
        self.assertEqual(length(), 3)
        self.change(days="0")
        self.ok("change", "approve", "CR-000001", "--actor", "E2")
        self.ok("task", "edit", "P/2", "--set", "duration=12")
        self.assertIn("2 days longer", self.fails(5, "change", "apply", "CR-000001", "--actor", "E2"))
        self.ok("task", "edit", "P/2", "--set", "duration=10")
        self.ok("change", "apply", "CR-000001", "--actor", "E2")

    def test_PRJ_005_who_entered_a_request_in_anothers_name_does_not_approve_it(self):
        self.start()
        self.change("100", "1", "--actor", "E2")
        self.assertIn("PRJ-005", self.fails(5, "change", "approve", "CR-000001", "--actor", "E2"))
        self.ok("change", "approve", "CR-000001", "--actor", "E1")

    def test_PRJ_005_a_baseline_on_which_work_was_done_is_not_undone(self):
        self.start()
        started = self.last()
        self.day("06-03")
        self.ok("undo", started)
        self.ok("project", "start", "P")
        started = self.last()
        self.ok("cost", "add", "--project", "P", "--posted-on", "2026-06-03", "--amount", "10")
        self.undo_fails("PRJ-005", started)

    def test_a_baseline_keeps_the_days_that_were_worked(self):
        self.start()
        self.day("06-15")
        before = self.json("project", "evm", "P", "--as-of", "2026-06-24")["rows"][0]["pv"]
        self.ok("project", "edit", "P", "--set", "calendar=calendar")
        self.assertEqual(self.json("project", "evm", "P", "--as-of", "2026-06-24")["rows"][0]["pv"], before)

    def closed(self):
        """The project is closed; the operations on which that stood."""
        self.start()
        self.day("06-29")
        on = []
        for wbs in ("1.1", "1.2", "2"):
            self.ok("project", "progress", "P", wbs, "accepted", "--evidence", "x")
        on.append(self.last())
        self.ok("time", "add", "--employee", "E3", "--project", "P", "--wbs", "1.1", "--worked-on", "2026-06-11", "--hours", "8")
        self.ok("time", "submit")
        self.ok("time", "approve", "--actor", "E2")
        on.append(self.last())
        self.ok("invoice", "add", "--number", "F1", "--contract", "C1", "--client", "K1", "--issued-on", "2026-06-29", "--due-on", "2026-07-10", "--amount", "106000", "--tax-rate", "6%")
        self.ok("receipt", "add", "--number", "R1", "--client", "K1", "--received-on", "2026-06-29", "--amount", "106000")
        self.ok("receivable", "match")
        self.ok("project", "close-out", "P")
        for item in ("report_delivered", "property_returned", "originals_returned", "survey_sent", "files_archived", "access_revoked", "profitability_reported", "deadlines_docketed", "subcontracts_settled"):
            self.ok("project", "tick", "P", item, "--evidence", "e")
        on.append(self.last())
        self.ok("closeout", "add", "--project", "P", "--item", "lessons_recorded", "--evidence", "e", "--lesson", "L")
        self.ok("project", "close", "P")
        return on

    def test_PRJ_030_what_a_project_was_closed_on_stays(self):
        on = self.closed()
        self.day("07-01")
        self.assertIn("survey_sent", self.fails(5, "closeout", "void", "P/survey_sent", "--reason", "x"))
        accepted = [p["number"] for p in self.json("progress", "list")["progress_entries"] if p["accepted"]]
        self.assertIn("deliverables_accepted", self.fails(5, "progress", "void", accepted[-1], "--reason", "x"))
        for operation in on:
            self.undo_fails("PRJ-030", operation)
        self.assertIn("is over", self.fails(5, "project", "progress", "P", "2", "started"))
        self.ok("change", "add", "--project", "P", "--title", "t", "--reason", "r", "--cost", "1", "--requested-by", "E3")
        self.ok("change", "submit", "CR-000001")
        self.assertIn("is over", self.fails(5, "change", "approve", "CR-000001", "--actor", "E1"))

    def test_PRJ_030_a_tick_of_a_running_project_is_voided(self):
        self.ok("project", "tick", "P", "survey_sent", "--evidence", "e")
        self.ok("closeout", "void", "P/survey_sent", "--reason", "x")

    def test_PRJ_030_a_promised_deliverable_is_not_voided_away(self):
        self.start()
        self.day("06-15")
        for wbs in ("1.1", "1.2"):
            self.ok("project", "progress", "P", wbs, "accepted", "--evidence", "x")
        said = self.fails(5, "project", "close-out", "P")
        self.assertIn("not accepted: 2", said)
        self.assertIn("--approved-by", said)
        self.ok("task", "void", "P/2", "--reason", "x")
        self.assertIn("not accepted: 2", self.fails(5, "project", "close-out", "P"))

    def test_PRJ_040_a_credit_is_not_voided_and_no_saving_approved_below_what_is_spent(self):
        self.start()
        self.ok("cost", "add", "--number", "A2", "--project", "P", "--posted-on", "2026-06-01", "--amount", "-12000")
        self.ok("cost", "add", "--number", "A1", "--project", "P", "--posted-on", "2026-06-01", "--amount", "30000")
        self.assertIn("PRJ-040", self.fails(5, "cost", "void", "A2", "--reason", "x"))
        self.change("-5000")
        self.assertIn("PRJ-040", self.fails(5, "change", "approve", "CR-000001", "--actor", "E1"))
        self.ok("cost", "void", "A1", "--reason", "x")
        self.ok("change", "approve", "CR-000001", "--actor", "E1")

    def docket(self):
        self.ok("docket", "add", "M1", "--rule", "PAT-OA", "--trigger-on", "2026-05-20", "--client", "K1", "--responsible", "E2", "--backup", "E3")

    def test_DKT_001_an_undo_neither_deletes_nor_moves_a_deadline_later(self):
        self.docket()
        self.ok("undo", self.last())   # a slip of the day
        self.docket()
        added = self.last()
        self.ok("docket", "move", "M1/PAT-OA/2026-05-20", "--to", "2026-07-10")
        moved = self.last()
        self.day("07-15")
        self.undo_fails("DKT-001", moved)
        self.undo_fails("DKT-001", moved, added)

    def test_DKT_002_the_second_person_is_employed(self):
        self.docket()
        self.ok("docket", "done", "M1/PAT-OA/2026-05-20", "--proof", "p", "--actor", "E2")
        self.assertIn("DKT-002", self.fails(5, "docket", "confirm", "M1/PAT-OA/2026-05-20", "--actor", "e2"))
        self.ok("employee", "leave", "E4", "--on", "2026-06-10", "--reason", "x")
        self.day("06-12")
        self.assertIn("DKT-002", self.fails(5, "docket", "confirm", "M1/PAT-OA/2026-05-20", "--actor", "E4"))
        self.ok("docket", "confirm", "M1/PAT-OA/2026-05-20", "--actor", "E3")

    def test_PRJ_016_one_timer_at_most_also_over_midnight(self):
        self.start()
        self.day("06-02")
        self.ok("time", "start", "--employee", "E3", "--project", "P", "--wbs", "1.1")
        self.day("06-03")
        said = self.fails(5, "time", "start", "--employee", "E3", "--project", "P", "--wbs", "1.1")
        self.assertIn("PRJ-016", said)
        self.assertIn("time void T-000001", said)
        self.assertIn("PRJ-016", self.fails(5, "time", "add", "--employee", "E3", "--project", "P", "--wbs", "1.1", "--worked-on", "2026-06-03", "--starts-at", "00:30", "--ends-at", "01:00"))
        self.ok("time", "stop", "--employee", "E3")

    def test_PRJ_015_and_PRJ_016_hold_after_the_undo_of_a_void(self):
        self.start()
        self.day("06-15")
        for rule, number, day, hours in (("PRJ-016", "T-000001", "02", ("--starts-at", "8:00", "--ends-at", "18:00")),
                                         ("PRJ-015", "T-000003", "03", ("--hours", "14"))):
            entry = ("time", "add", "--employee", "E3", "--project", "P", "--wbs", "1.2", "--worked-on", f"2026-06-{day}", *hours)
            self.ok(*entry)
            self.ok("time", "void", number, "--reason", "x")
            voided = self.last()
            self.ok(*entry)
            self.undo_fails(rule, voided)

    def test_PRJ_020_the_report_of_a_period_that_ends_today_is_not_missed_yet(self):
        self.start()
        for day, missed, state in (("06-07", 0, "due"), ("06-08", 1, "due"), ("06-14", 1, "due"), ("06-15", 2, "escalated")):
            self.day(day, "00:30")
            row = self.json("status", "due")["rows"][0]
            self.assertEqual((row["missed"], row["state"]), (missed, state), day)

    def test_who_has_left_decides_nothing(self):
        self.start()
        self.ok("time", "add", "--employee", "E3", "--project", "P", "--wbs", "1.1", "--worked-on", "2026-06-01", "--hours", "8")
        self.change()
        self.ok("leave", "add", "--employee", "E3", "--kind", "annual", "--starts-on", "2026-07-01")
        self.ok("employee", "leave", "E2", "--on", "2026-06-10", "--reason", "x")
        self.day("06-25")
        self.ok("time", "submit")
        self.assertIn("PRJ-017", self.fails(5, "time", "approve", "--actor", "E2"))
        self.assertIn("PRJ-005", self.fails(5, "change", "approve", "CR-000001", "--actor", "E2"))
        self.assertIn("LV-004", self.fails(5, "leave", "approve", "LV-000001", "--actor", "E2"))

    def test_PRJ_002_a_begun_project_is_not_moved_to_a_contract_that_is_not_effective(self):
        self.ok("project", "edit", "P", "--set", "contract=C2")
        self.ok("project", "edit", "P", "--set", "contract=C1")
        self.start()
        self.assertIn("PRJ-002", self.fails(5, "project", "edit", "P", "--set", "contract=C2"))

    def test_steps_go_back_from_the_last_one(self):
        steps = []
        for verb in ("initiate", "approve-plan", "start"):
            self.ok("project", verb, "P")
            steps.append(self.last())
        for step in steps[:2]:
            error = self.fails(5, "undo", step)
            self.assertIn(f"project P went on since, by operation {steps[2]} (agency project start P)", error)
            self.assertIn(f"agency undo {steps[2]}", error)
        self.ok("undo", *steps, "--dry-run")
        for step in reversed(steps):
            self.ok("undo", step)
        self.assertEqual(self.json("project", "list")["projects"][0]["status"], "proposed")

    def test_PRJ_001_and_PRJ_002_an_undo_takes_nothing_from_under_a_running_project(self):
        self.ok("project", "add", "--code", "N", "--name", "n", "--contract", "C2", "--budget", "1000", "--starts-on", "2026-06-01")
        self.ok("task", "add", "--project", "N", "--wbs", "1", "--name", "x", "--duration", "2", "--effort", "4", "--assigned", "E1")
        task = self.last()
        self.ok("project", "assign-manager", "N", "E4")
        manager = self.last()
        self.ok("project", "approve-prestart", "N", "--cap", "1000", "--until", "2026-07-30", "--reason", "r")
        prestart = self.last()
        for verb in ("initiate", "approve-plan", "start"):
            self.ok("project", verb, "N")
        self.undo_fails("PRJ-001", manager)
        self.undo_fails("PRJ-002", prestart)
        self.fails(5, "undo", task)

    def test_a_status_report_for_the_client_tells_late_work_whole_bills_and_the_ledgers_colour(self):
        self.start()
        self.ok("project", "add", "--code", "R", "--name", "r", "--contract", "C1", "--manager", "E2", "--budget", "6000", "--starts-on", "2026-06-01")
        self.ok("task", "add", "--project", "R", "--wbs", "1", "--name", "a", "--duration", "40", "--effort", "10", "--assigned", "E1", "--cost", "333.33")
        self.day("06-25")
        self.ok("invoice", "add", "--number", "F1", "--contract", "C1", "--client", "K1", "--issued-on", "2026-06-09", "--due-on", "2026-07-10", "--amount", "33333.33", "--tax-rate", "6%")
        self.ok("project", "progress", "P", "1.1", "50%")
        self.ok("checkpoint", "add", "--project", "P", "--stage", "in_progress", "--name", "x", "--kind", "hold")
        self.ok("checkpoint", "fail", "P/in_progress/x", "--reason", "z")
        self.assertEqual(self.json("project", "list", "--columns", "code,rag", "--where", "code = P")["projects"][0]["rag"], "red")
        self.ok("project", "cancel", "R", "--reason", "never begun")   # it has no part in the contract
        self.assertIn("is over", self.fails(5, "project", "progress", "R", "1", "started"))
        said = self.ok("project", "status", "P", "--audience", "client", "--format", "json")
        self.assertIn('"33333.33"', said)
        for wbs in ("1.1", "1.2", "2"):
            self.assertIn(f'"wbs":"{wbs}"', said.replace(" ", "").replace("\n", ""))
