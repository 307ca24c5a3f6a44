"""Milestones, RAID, change requests, checkpoints, budgets and status reports of projects."""
import json, re

from support.projects import Tracked


class Milestones(Tracked):
    def add(self, name, day, *more):
        self.ok("milestone", "add", "--project", "P1", "--name", name, "--baseline-on", day, *more)

    def rows(self, *more):
        return {r["name"]: r for r in self.json("milestone", "list", *more)["milestones"]}

    def test_slip_is_counted_until_it_is_reached(self):
        self.add("初稿", "2026-03-10")
        self.add("终稿", "2026-03-20", "--forecast-on", "2026-03-25")
        self.at("2026-03-15T09:00Z")
        rows = self.rows("--project", "P1")
        self.assertEqual([(r["slip_days"], r["state"]) for r in rows.values()], [(5, "late"), (5, "slipping")])
        self.fails(2, "milestone", "reach", "P1/初稿", "--evidence", " ")
        self.fails(2, "milestone", "reach", "P1/初稿", "--evidence", "x", "--on", "2026-03-16")
        self.ok("milestone", "reach", "P1/初稿", "--evidence", "客户邮件", "--on", "2026-03-12")
        self.assertEqual((self.rows()["初稿"]["slip_days"], self.rows()["初稿"]["state"]), (2, "reached"))
        self.assertEqual(self.rows("--as-of", "2026-03-11")["初稿"]["reached_on"], None)
        self.fails(5, "milestone", "reach", "P1/初稿", "--evidence", "x")
        self.ok("milestone", "edit", "P1/终稿", "--set", "forecast_on=2026-03-30")
        self.assertEqual(self.rows()["终稿"]["slip_days"], 10)
        self.assertEqual(self.rows("--as-of", "2026-03-14")["终稿"]["slip_days"], 5)

    def test_what_is_void_is_not_reached(self):
        self.add("初稿", "2026-03-10", "--wbs", "1.2")
        self.add("终稿", "2026-03-20", "--wbs", "9")
        self.add("旧稿", "2026-03-20")
        self.at("2026-03-15T09:00Z")
        reach = lambda name, code=5: self.fails(code, "milestone", "reach", f"P1/{name}", "--evidence", "x")
        self.assertIn("P1/终稿 ends with task 9, which is voided or not in the plan [PRJ-010]", reach("终稿"))
        self.ok("milestone", "void", "P1/旧稿", "--reason", "x")
        self.assertIn("milestone P1/旧稿 is voided", reach("旧稿"))
        self.ok("milestone", "reach", "P1/初稿", "--evidence", "x", "--dry-run")
        self.ok("task", "void", "P1/1.2", "--reason", "x")
        self.assertIn("P1/初稿 ends with task 1.2", reach("初稿"))
        self.ok("milestone", "edit", "P1/初稿", "--set", "wbs=")
        self.ok("milestone", "reach", "P1/初稿", "--evidence", "x")

    def test_those_of_the_plan_are_told_without_a_record(self):
        self.ok("task", "add", "--project", "P1", "--wbs", "1.3", "--name", "交付", "--milestone", "yes", "--after", "1.2")
        self.ok("task", "add", "--project", "P1", "--wbs", "1.4", "--name", "验收", "--milestone", "yes", "--after", "1.1")
        row = lambda name, *more: {k: v for k, v in self.rows(*more)[name].items() if k in ("number", "wbs", "baseline_on", "forecast_on", "reached_on", "state")}
        self.assertEqual(row("交付"), {"number": "P1/1.3", "wbs": "1.3", "baseline_on": "2026-03-13", "forecast_on": "2026-03-13", "reached_on": None, "state": "on_time"})
        self.at("2026-03-11T09:00Z")
        self.ok("project", "progress", "P1", "1.1", "50%")
        self.assertEqual((row("交付")["forecast_on"], row("交付")["state"]), ("2026-03-19", "slipping"))
        self.assertEqual(row("验收")["state"], "late")
        self.ok("project", "progress", "P1", "1.4", "accepted", "--evidence", "x")
        self.assertEqual((row("验收")["reached_on"], row("验收")["state"]), ("2026-03-11", "reached"))
        self.assertEqual(row("验收", "--as-of", "2026-03-10")["reached_on"], None)
        self.assertIn("交付", self.ok("project", "status", "P1", "--audience", "client"))
        self.assertEqual(len(set(re.findall("UID:.*", self.ok("milestone", "list", "--format", "ics")))), 2)
        self.add("移交", "2026-03-16", "--wbs", "1.3")   # its record stands for it
        self.assertEqual(set(self.rows()), {"移交", "验收"})

    def test_PRJ_041_payments_are_unlocked_within_the_contract(self):
        self.add("初稿", "2026-03-10", "--unlocks", "1500000")
        row = self.rows()["初稿"]
        self.assertEqual((row["contract"], row["unlocks"], row["currency"]), ("C1", "1500000.00", "CNY"))
        self.assertIn("PRJ-041", self.fails(5, "milestone", "add", "--project", "P1", "--name", "终稿", "--baseline-on", "2026-03-20", "--unlocks", "500000.01"))
        path = self.file("m.csv", "project,name,baseline_on,unlocks\nP1,a,2026-03-20,300000\nP1,b,2026-03-21,300000\n")
        self.assertIn("PRJ-041", self.fails(9, "milestone", "import", path))
        self.add("终稿", "2026-03-20", "--unlocks", "500000")

    def test_PRJ_041_other_currencies_are_not_added(self):
        self.add("a", "2026-03-10", "--unlocks", "1999999", "--currency", "USD")
        self.add("b", "2026-03-10", "--unlocks", "1500000")
        path = self.file("m.csv", "project,name,baseline_on,unlocks,currency\nP1,c,2026-03-20,900000,USD\nP1,d,2026-03-21,500000,CNY\n")
        self.ok("milestone", "import", path)
        self.assertIn("2000000.01 CNY", self.fails(5, "milestone", "add", "--project", "P1", "--name", "e", "--baseline-on", "2026-03-20", "--unlocks", "0.01"))


class RaidLog(Tracked):
    def issue(self, severity, *more):
        self.ok("raid", "add", "--project", "P1", "--kind", "issue", "--title", f"问题{severity}", "--owner", "E2", "--severity", severity, *more)

    def rows(self, *more):
        return self.json("raid", "list", *more)["raids"]

    def test_INT_009_an_owner_is_employed_when_it_is_raised_or_goes_over_to_him(self):
        self.at("2026-03-16T01:00Z")
        self.ok("employee", "add", "--number", "E8", "--name", "员工E8", "--left-on", "2026-03-10")
        add = lambda number, owner, *more: ("raid", "add", "--number", number, "--project", "P1", "--kind", "issue", "--title", "t", "--severity", "4", "--owner", owner, *more)
        self.assertIn("is no employee", self.fails(3, *add("A", "外聘")))
        self.assertIn("E8 is not employed on 2026-03-16 [INT-009]", self.fails(5, *add("A", "E8")))
        self.ok(*add("A", "E8", "--raised-at", "2026-03-09T09:00+08:00"))   # he was there
        self.ok("raid", "edit", "A", "--set", "title=x")   # what stands is not judged again
        self.ok(*add("B", "E2"))
        self.assertIn("[INT-009]", self.fails(5, "raid", "edit", "B", "--set", "owner=E8"))
        path = self.file("r.csv", "number,project,kind,title,severity,owner\nC,P1,issue,t,4,E8\n")
        self.assertIn("r.csv:2:6(owner)", self.fails(9, "raid", "import", path))
        self.ok("raid", "import", path, "--accept", "INT-009")
        self.file("agency.toml", '[org]\npeople = "any"\n')
        self.ok(*add("D", "E8"))

    def test_the_clock_of_an_issue_runs_in_working_hours(self):
        self.at("2026-03-13T08:00Z")   # Friday, 16:00 in the office
        for severity in ("1", "2", "3", "4"):
            self.issue(severity)
        limits = {r["severity"]: (r["respond_by"], r["resolve_by"]) for r in self.rows()}
        # 2 h are left on Friday; a day is 7.5 h
        self.assertEqual(limits[1], ("2026-03-16T03:00:00.000000Z", "2026-03-17T08:00:00.000000Z"))
        self.assertEqual(limits[2], ("2026-03-16T08:30:00.000000Z", "2026-03-20T08:00:00.000000Z"))
        self.assertEqual(limits[3], ("2026-03-17T08:00:00.000000Z", "2026-03-27T08:00:00.000000Z"))
        self.assertEqual(limits[4], (None, None))

    def test_what_is_late_goes_up_a_level(self):
        self.at("2026-03-16T01:00Z")
        self.issue("1")
        self.assertEqual([(r["level"], r["with"]) for r in self.rows()], [(0, "owner")])
        self.at("2026-03-16T06:31Z")   # 4 h of work: 09:00–12:00, 13:30–14:30
        self.assertEqual([(r["level"], r["with"]) for r in self.rows()], [(1, "manager")])
        self.fails(1, "raid", "list", "--escalated", "--fail-if", "level > 0")
        self.at("2026-03-17T10:01Z")
        self.assertEqual([(r["level"], r["with"]) for r in self.rows()], [(2, "management")])
        number = self.rows()[0]["number"]
        self.ok("raid", "respond", number)
        self.fails(2, "raid", "close", number)
        self.ok("raid", "close", number, "--reason", "mended")
        self.assertEqual(self.rows(), [])
        self.assertEqual(self.rows("--all")[0]["level"], 2)   # it was late, and stays so
        self.ok("raid", "reopen", number, "--reason", "not mended")
        self.assertEqual(len(self.rows()), 1)

    def lead(self):
        """E2 reports to E3, who reports to E4."""
        for code, above in (("TOP", ""), ("LEAD", "TOP"), ("STAFF", "LEAD")):
            self.ok("position", "add", "--code", code, "--title", code, "--department", "PD", *(["--reports-to", above] if above else []))
        for e, position in (("E3", "LEAD"), ("E4", "TOP")):
            self.ok("employee", "add", "--number", e, "--name", f"员工{e}", "--hired-on", "2026-01-01", "--position", position)
        self.ok("assignment", "add", "--employee", "E2", "--position", "STAFF", "--starts-on", "2026-01-01", "--kind", "primary")

    def test_it_goes_up_to_the_line_manager_and_then_to_his(self):
        self.lead()
        self.at("2026-03-16T01:00Z")
        self.issue("1", "--number", "A")
        self.issue("1", "--number", "B")
        to = lambda *more: {r["number"]: (r["level"], r["escalated_to"]) for r in self.json("raid", "list", *more)["raids"]}
        self.assertEqual(to(), {"A": (0, None), "B": (0, None)})
        self.ok("raid", "respond", "B")
        self.at("2026-03-16T06:31Z")
        self.assertEqual(to(), {"A": (1, "E3"), "B": (0, None)})
        self.assertEqual(self.rows("--columns", "number,escalated_at")[0]["escalated_at"], "2026-03-16T06:30:00.000000Z")
        self.at("2026-03-17T10:01Z")
        self.assertEqual(to(), {"A": (2, "E4"), "B": (1, "E3")})   # B was answered in time: one level for one limit
        self.ok("raid", "close", "B", "--reason", "x")
        report = self.json("project", "status", "P1", "--audience", "internal")["status"]
        self.assertEqual([(r["number"], r["escalated_to"]) for r in report["issues"]], [("A", "E4")])
        self.at("2026-03-20T01:00Z")
        self.ok("employee", "leave", "E3", "--on", "2026-03-18", "--reason", "x")
        self.assertEqual(to("--all")["B"], (1, "E3"))   # to whom it went then

    def test_a_day_with_what_was_known_then_says_the_same_whenever_it_is_asked(self):
        self.at("2026-03-16T01:00Z")
        self.issue("1")   # answered by 06:30
        self.at("2026-03-16T06:00Z")
        asked = [words + ("--as-of", "2026-03-16", "--known-at", "2026-03-16T06:00Z", "--format", "json")
                 for words in (("raid", "list"), ("project", "status", "P1", "--audience", "internal"))]
        before = [self.ok(*words) for words in asked]
        self.assertEqual([r["level"] for r in self.rows("--as-of", "2026-03-16", "--known-at", "2026-03-16T06:00Z")], [0])
        self.at("2026-03-17T01:00Z")
        self.assertEqual([self.ok(*words) for words in asked], before)
        self.assertEqual([r["level"] for r in self.rows("--as-of", "2026-03-16", "--known-at", "2026-03-17T01:00Z")], [1])

    def test_without_a_line_manager_it_goes_to_the_projects(self):
        self.at("2026-03-16T01:00Z")
        self.issue("1")
        self.at("2026-03-17T10:01Z")
        self.assertEqual([(r["level"], r["escalated_to"]) for r in self.rows()], [(2, "E1")])

    def test_settings_and_kinds(self):
        self.at("2026-03-16T01:00Z")
        self.file("agency.toml", '[raid]\nseverity_1 = "1h/1d"\n[calendar]\nhours = "08:00-12:00,13:00-17:00"\n')
        self.issue("1")
        self.assertEqual(self.rows()[0]["respond_by"], "2026-03-16T02:00:00.000000Z")
        self.ok("raid", "add", "--project", "P1", "--kind", "risk", "--title", "r", "--owner", "E1", "--probability", "30%", "--impact", "10000", "--response", "mitigate")
        self.assertEqual(self.rows("--kind", "risk")[0]["exposure"], "3000.00")
        for words in (("risk",), ("issue",), ("assumption",), ("dependency",), ("issue", "--severity", "5"), ("risk", "--probability", "120%")):
            self.assertIn(self.run_("raid", "add", "--project", "P1", "--kind", words[0], "--title", "t", "--owner", "E1", *words[1:]).returncode, (2, 5), words)
        self.ok("raid", "add", "--project", "P1", "--kind", "dependency", "--title", "d", "--owner", "E1", "--due-on", "2026-04-01", "--party", "甲公司")
        overdue = lambda day: [(r["kind"], r["overdue"]) for r in self.json("raid", "list", "--as-of", day)["raids"] if r["kind"] == "dependency"]
        self.at("2026-04-02T01:00Z")
        self.assertEqual((overdue("2026-04-01"), overdue("2026-04-02")), ([("dependency", False)], [("dependency", True)]))
        self.at("2026-03-16T01:00Z")
        self.file("agency.toml", '[raid]\nseverity_1 = "soon"\n')
        self.fails(2, "raid", "add", "--project", "P1", "--kind", "issue", "--title", "t", "--owner", "E1", "--severity", "1")

    def test_CAL_001_a_clock_does_not_run_over_a_year_that_is_not_loaded(self):
        self.at("2026-12-31T08:00Z")
        self.assertIn("CAL-001", self.fails(5, "raid", "add", "--project", "P1", "--kind", "issue", "--title", "t", "--owner", "E1", "--severity", "1"))


class Changes(Tracked):
    def request(self, number, *more, by="E2"):
        self.ok("change", "add", "--number", number, "--project", "P1", "--title", "t", "--reason", "客户要求", "--actor", by, *more)
        self.ok("change", "submit", number, "--actor", by)

    def test_PRJ_005_a_new_baseline_comes_of_an_approved_change_only(self):
        self.at("2026-03-04T09:00Z")
        before = self.evm("2026-03-06")["bac"]
        self.ok("task", "edit", "P1/1.2", "--set", "cost=90000")
        self.assertEqual(self.evm("2026-03-06")["bac"], before)
        self.assertIn("PRJ-005", self.fails(5, "project", "baseline", "P1"))
        self.request("CR-1", "--cost", "30000", "--days", "2")
        self.assertIn("boss is none", self.fails(5, "change", "approve", "CR-1", "--actor", "boss"))   # no chart: an employee decides
        self.ok("employee", "add", "--number", "boss", "--name", "总经理", "--hired-on", "2025-01-01")
        self.assertIn("PRJ-005", self.fails(5, "change", "apply", "CR-1"))
        self.assertIn("PRJ-005", self.fails(5, "change", "edit", "CR-1", "--set", "cost=1"))
        self.assertIn("PRJ-005", self.fails(5, "change", "approve", "CR-1", "--actor", "E2"))   # asked for it
        self.ok("change", "add", "--number", "CR-9", "--project", "P1", "--title", "t", "--reason", "r", "--actor", "E2")
        self.ok("change", "submit", "CR-9", "--actor", "E2")
        who = self.json("employee", "show", "E2")["employee"]["name"]
        self.assertIn("another person decides", self.fails(5, "change", "approve", "CR-9", "--actor", who))   # by his name
        self.assertIn("PRJ-005", self.fails(5, "change", "approve", "CR-1", "--actor", "E1"))   # above the manager's limit
        self.ok("change", "approve", "CR-1", "--actor", "boss")
        self.assertIn("PRJ-005", self.fails(5, "change", "void", "CR-1", "--reason", "x", "--actor", "E2"))
        self.ok("change", "void", "CR-9", "--reason", "x", "--actor", "E2")
        self.ok("change", "apply", "CR-1", "--actor", "E1")
        self.assertEqual(self.evm("2026-03-06")["bac"], "130000.00")
        self.assertEqual(self.evm("2026-03-03")["bac"], "100000.00")   # the old one is kept
        shown = self.json("change", "show", "CR-1")["change_request"]
        self.assertEqual((shown["status"], shown["decided_by"], shown["level"]), ("applied", "boss", "sponsor"))

    def test_small_changes_are_the_managers(self):
        self.request("CR-1", "--cost", "5000", "--days", "5")
        self.request("CR-2", "--cost", "5000.01")
        self.request("CR-3", "--days", "6")
        self.assertEqual([r["level"] for r in self.json("change", "list")["change_requests"]], ["manager", "sponsor", "sponsor"])
        self.request("CR-4", "--cost", "1", by="E1")
        self.ok("employee", "add", "--number", "boss", "--name", "总经理", "--hired-on", "2025-01-01")
        self.assertIn("decided by E1", self.fails(5, "change", "approve", "CR-1", "--actor", "boss"))
        self.ok("change", "approve", "CR-1", "--actor", "E1")
        self.ok("change", "reject", "CR-2", "--actor", "boss", "--reason", "too dear")
        self.ok("change", "approve", "CR-4", "--actor", "E2")   # the manager asked; the chart has nobody above him
        self.assertIn("PRJ-005", self.fails(5, "change", "apply", "CR-2"))

    def test_PRJ_005_above_the_limits_the_sponsor_decides(self):
        for e in ("E3", "boss"):
            self.ok("employee", "add", "--number", e, "--name", f"员工{e}", "--hired-on", "2025-01-01")
        self.ok("project", "edit", "P1", "--set", "sponsor=E3")
        self.request("CR-1", "--cost", "30000")
        self.request("CR-2", "--cost", "30000", by="E3")
        self.assertIn("decided by E3", self.fails(5, "change", "approve", "CR-1", "--actor", "boss"))
        self.ok("change", "approve", "CR-1", "--actor", "E3")
        self.assertIn("another person decides", self.fails(5, "change", "approve", "CR-2", "--actor", "E3"))

    def describe(self, position, authority, superior):
        """A job description in force that has this authority."""
        lines = [f"duty,做第{n}件事,,,," for n in range(3)] + [authority, "goal,按期交付率,,95%,季,", "qualification,五年经验,,,,", "collaboration,与财务部核对,,,,"]
        self.ok("job", "import", self.file("job.csv", "position,kind,text,limit,target,period,scope\n" + "".join(f"{position},{l}\n" for l in lines)))
        for by, who in (("superior", superior), ("hr", "H1")):
            self.ok("job", "approve", position, "--as", by, "--by", who)
        self.ok("job", "issue", position)

    def test_PRJ_005_whom_authorities_name_decides(self):
        for code, department, above in (("BOSS", "PD", ""), ("LEAD", "PD", "BOSS"), ("STAFF", "PD", "LEAD"), ("HR", "HA", "BOSS")):
            self.ok("position", "add", "--code", code, "--title", code, "--department", department, "--headcount", "3", *(["--reports-to", above] if above else []))
        for e, position in (("E3", "LEAD"), ("E4", "BOSS"), ("H1", "HR")):
            self.ok("employee", "add", "--number", e, "--name", f"员工{e}", "--hired-on", "2026-01-01", "--position", position)
        for e in ("E1", "E2"):
            self.ok("assignment", "add", "--employee", e, "--position", "STAFF", "--starts-on", "2026-01-01", "--kind", "primary")
        self.request("CR-0", "--cost", "30000")
        self.assertIn("decided by E3", self.fails(5, "change", "approve", "CR-0", "--actor", "H1"))
        self.ok("change", "approve", "CR-0", "--actor", "E4")   # no authority is in force yet: who stands above the manager
        self.describe("LEAD", "authority,change,50000,,,PD", "E4")
        self.request("CR-1", "--cost", "30000")
        self.request("CR-2", "--cost", "50000.01")
        self.request("CR-3", "--cost", "-30000")
        self.request("CR-4", "--cost", "10")
        self.request("CR-5", "--cost", "10", by="E3")
        said = self.fails(5, "change", "approve", "CR-1", "--actor", "boss")
        self.assertIn("decided by E3", said)
        self.assertIn("PRJ-005", said)
        self.ok("change", "approve", "CR-1", "--actor", "E3")
        self.assertIn("ORG-040", self.fails(5, "change", "approve", "CR-2", "--actor", "E3"))   # above every limit
        self.describe("BOSS", "authority,change,,,,", "E4")
        self.assertIn("decided by E4", self.fails(5, "change", "approve", "CR-2", "--actor", "E3"))
        self.ok("change", "approve", "CR-2", "--actor", "员工E4")
        self.ok("change", "reject", "CR-3", "--actor", "E4", "--reason", "x")   # who is above may, too
        self.fails(5, "change", "approve", "CR-4", "--actor", "E1")   # the manager has no authority, small as it is
        self.assertIn("decided by E4", self.fails(5, "change", "approve", "CR-5", "--actor", "E1"))   # nobody approves what he asked for
        self.ok("project", "add", "--code", "P9", "--name", "海外", "--client", "K1", "--manager", "E1", "--currency", "USD")
        self.ok("change", "add", "--number", "CR-9", "--project", "P9", "--title", "t", "--reason", "客户要求", "--cost", "1", "--actor", "E2")
        self.ok("change", "submit", "CR-9", "--actor", "E2")
        self.assertIn("decided by E4", self.fails(5, "change", "approve", "CR-9", "--actor", "E3"))   # whose limit is in CNY
        self.ok("change", "approve", "CR-9", "--actor", "E4")
        self.file("agency.toml", '[change]\nauthority = "变更"\n')
        self.ok("change", "approve", "CR-4", "--actor", "E1")   # none is called so: the limits of the settings hold


class Checkpoints(Tracked):
    def test_PRJ_006_a_hold_point_holds_the_stage(self):
        self.ok("checkpoint", "add", "--project", "P1", "--stage", "in_progress", "--name", "交付前复核", "--criterion", "两人复核")
        self.ok("checkpoint", "add", "--project", "P1", "--stage", "in_progress", "--name", "记录", "--kind", "record")
        self.ok("checkpoint", "add", "--project", "P1", "--stage", "closing", "--name", "归档检查")
        self.assertIn("PRJ-006", self.fails(5, "project", "close-out", "P1"))
        self.ok("checkpoint", "fail", "P1/in_progress/交付前复核", "--reason", "缺签字")
        self.assertIn("交付前复核", self.fails(5, "project", "close-out", "P1"))
        self.assertIn("PRJ-033", self.fails(5, "checkpoint", "void", "P1/in_progress/交付前复核", "--reason", "碍事"))
        self.fails(2, "checkpoint", "pass", "P1/in_progress/交付前复核")
        self.ok("checkpoint", "pass", "P1/in_progress/交付前复核", "--reason", "复核记录 7")
        self.ok("project", "tick", "P1", "deliverables_accepted", "--evidence", "验收单")
        self.ok("project", "close-out", "P1")
        self.assertIn("PRJ-006", self.fails(5, "project", "close", "P1"))

    def test_the_checklist_knows_hours_and_raid(self):
        self.at("2026-03-04T09:00Z")
        state = lambda: {r["item"]: r["state"] for r in self.json("project", "checklist", "P1")["checklist"]}
        self.assertEqual((state()["timesheets_closed"], state()["raid_closed"]), ("complete", "complete"))
        self.ok("time", "add", "--employee", "E1", "--project", "P1", "--wbs", "1.1", "--worked-on", "2026-03-03", "--hours", "1")
        self.ok("raid", "add", "--number", "X", "--project", "P1", "--kind", "issue", "--title", "t", "--owner", "E1", "--severity", "4")
        self.assertEqual((state()["timesheets_closed"], state()["raid_closed"]), ("incomplete", "incomplete"))
        self.ok("raid", "close", "X", "--reason", "x")
        self.ok("time", "submit")
        self.ok("time", "approve", "--actor", "boss")
        self.assertEqual((state()["timesheets_closed"], state()["raid_closed"]), ("complete", "complete"))


class Status(Tracked):
    def setUp(self):
        super().setUp()
        self.at("2026-03-06T09:00Z")
        self.ok("rate", "add", "--employee", "E1", "--kind", "cost", "--valid-from", "2026-01-01", "--amount", "777.77")
        self.hours("E1", "1.1", "2026-03-03", "10")
        self.ok("project", "progress", "P1", "1.1", "accepted", "--evidence", "验收单")
        self.ok("milestone", "add", "--project", "P1", "--name", "初稿", "--baseline-on", "2026-03-10")
        for title, audience in (("内部问题", "internal"), ("客户问题", "client")):
            self.ok("raid", "add", "--project", "P1", "--kind", "issue", "--title", title, "--owner", "E1", "--severity", "3", "--audience", audience)
            self.ok("raid", "add", "--project", "P1", "--kind", "risk", "--title", title + "风险", "--owner", "E1", "--probability", "50%", "--impact", "123456", "--audience", audience)
        self.ok("change", "add", "--number", "CR-1", "--project", "P1", "--title", "加一章", "--reason", "客户要求", "--cost", "98765", "--days", "3")
        self.ok("change", "submit", "CR-1")
        self.ok("contract", "add", "--number", "C2", "--client", "K1", "--title", "外包", "--amount", "54321", "--signed-on", "2026-03-01", "--direction", "expense", "--project", "P1")

    def test_the_clients_report_never_shows_cost_margin_or_internal_issues(self):
        for kind in ("json", "table", "html", "csv", "md"):
            text = re.sub(r"<style>.*?</style>", "", self.ok("project", "status", "P1", "--audience", "client", "--format", kind), flags=re.S)
            for word in ("内部问题", "7777.70", "7,777.70", "98765", "98,765", "54321", "54,321", "123456", "123,456", "1000000.00", "1,000,000.00", "cpi", "eac_", "budget", "cost", "exposure", "margin"):
                self.assertNotIn(word, text.lower(), (kind, word))
        report = self.json("project", "status", "P1", "--audience", "client")["status"]
        self.assertEqual([r["title"] for r in report["issues"]], ["客户问题"])
        self.assertEqual([r["name"] for r in report["work_done"]], ["第一步"])
        self.assertEqual([r["name"] for r in report["work_next"]], ["第二步"])
        self.assertEqual([r["number"] for r in report["changes_asked"]], ["CR-1"])

    def test_the_houses_report_shows_all(self):
        report = self.json("project", "status", "P1", "--audience", "internal")["status"]
        self.assertEqual({r["title"] for r in report["issues"]}, {"内部问题", "客户问题"})
        self.assertEqual(report["evm"][0]["ac"], "7777.70")
        self.assertEqual(report["budget"][0]["actual"], "7777.70")
        self.assertEqual(report["changes_asked"][0]["cost"], "98765.00")
        self.assertEqual((report["rag_time"], report["complete"]), ("green", "0.4"))
        self.fails(2, "project", "status", "P1")
        self.fails(2, "project", "status", "P1", "--audience", "internal", "--from", "2026-03-07")

    def test_colours_of_scope_and_quality(self):
        colours = lambda audience="internal": [self.json("project", "status", "P1", "--audience", audience)["status"].get(k) for k in ("rag", "rag_time", "rag_scope", "rag_quality", "rag_cost")]
        self.assertEqual(colours(), ["red", "green", "red", None, "green"])   # CR-1 waits and is above the manager's limit
        self.assertEqual(colours("client"), ["red", "green", "red", None, None])
        self.ok("employee", "add", "--number", "boss", "--name", "总经理", "--hired-on", "2025-01-01")
        self.ok("change", "reject", "CR-1", "--actor", "boss", "--reason", "x")
        self.ok("checkpoint", "add", "--project", "P1", "--stage", "in_progress", "--name", "a")
        self.ok("checkpoint", "add", "--project", "P1", "--stage", "in_progress", "--name", "b", "--kind", "witness")
        self.assertEqual(colours(), ["green"] * 5)
        self.ok("checkpoint", "fail", "P1/in_progress/b", "--reason", "x")
        self.assertEqual(colours(), ["amber", "green", "green", "amber", "green"])
        self.ok("checkpoint", "fail", "P1/in_progress/a", "--reason", "x")
        self.ok("change", "add", "--number", "CR-2", "--project", "P1", "--title", "t", "--reason", "r", "--days", "1")
        self.ok("change", "submit", "CR-2")
        self.assertEqual(colours(), ["red", "green", "amber", "red", "green"])

    def test_decisions_needed_and_what_waits_for_the_client(self):
        for title, audience in (("提供材料", "client"), ("内部依赖", "internal")):
            self.ok("raid", "add", "--project", "P1", "--kind", "dependency", "--title", title, "--owner", "E1", "--due-on", "2026-03-20", "--party", "甲公司", "--audience", audience)
        report = self.json("project", "status", "P1", "--audience", "client")["status"]
        self.assertEqual(report["decisions_needed"], [{"kind": "change", "number": "CR-1", "title": "加一章"}])
        self.assertEqual([(r["title"], r["party"], r["due_on"]) for r in report["client_actions"]], [("提供材料", "甲公司", "2026-03-20")])
        self.at("2026-03-12T09:00Z")   # the issues are late by now
        report = self.json("project", "status", "P1", "--audience", "internal")["status"]
        self.assertEqual([(r["kind"], r["by"]) for r in report["decisions_needed"]], [("change", "sponsor"), ("issue", None), ("issue", None)])
        self.assertEqual([r["title"] for r in report["client_actions"]], ["提供材料"])

    def test_the_ledger_knows_what_tracking_knows(self):
        self.ok("invoice", "add", "--number", "F1", "--contract", "C1", "--issued-on", "2026-03-05", "--due-on", "2026-04-10", "--amount", "5000")
        self.ok("project", "add", "--code", "P2", "--name", "没有计划")
        rows = self.json("project", "list", "--tracking")["projects"]
        self.assertEqual([rows[0][k] for k in ("code", "client_name", "complete", "spi", "cpi", "actual", "billed", "received", "rag")], ["P1", "甲公司", "0.4", 1.0, 5.1429, "7777.70", "5000.00", "0.00", "red"])
        self.assertEqual([rows[1][k] for k in ("code", "complete", "spi", "actual", "eac", "billed", "rag")], ["P2", None, None, "0.00", None, "0.00", None])
        self.assertNotIn("spi", self.json("project", "list")["projects"][0])

    def test_a_dependency_has_two_sides(self):
        self.ok("client", "add", "--code", "K2", "--name", "乙公司")
        for code, client in (("P2", "K2"), ("P3", "K1")):
            self.ok("project", "add", "--code", code, "--name", code, "--client", client)
            self.ok("task", "add", "--project", code, "--wbs", "7", "--name", "t", "--duration", "1")
        add = lambda title, *more, audience="client": self.ok("raid", "add", "--project", "P1", "--kind", "dependency", "--title", title, "--owner", "E1", "--due-on", "2026-03-20", "--audience", audience, *more)
        add("a", "--number", "DA", "--waiting-task", "P1/1.2", "--on-task", "P2/7", "--party", "丙公司")
        add("b", "--on-project", "P3")
        add("c", "--waiting-task", "P1/1.2", "--on-task", "P1/1.1", audience="internal")
        rows = {r["title"]: (r["waiting"], r["waits_for"]) for r in self.json("raid", "list", "--kind", "dependency")["raids"]}
        self.assertEqual(rows, {"a": ("P1/1.2", "P2/7; 丙公司"), "b": ("P1", "P3"), "c": ("P1/1.2", "P1/1.1")})
        sides = lambda audience: {r["title"]: (r["waiting"], r["waits_for"]) for r in self.json("project", "status", "P1", "--audience", audience)["status"]["dependencies"]}
        self.assertEqual(sides("internal"), rows)
        self.assertEqual(sides("client"), {"a": ("P1/1.2", "another project; 丙公司"), "b": ("P1", "P3")})   # K2's project is not K1's business
        refused = lambda *more: self.fails(2, "raid", "add", "--project", "P1", "--kind", "dependency", "--title", "d", "--owner", "E1", "--due-on", "2026-03-20", *more)
        self.assertIn("on whom or what it waits is missing", refused())
        self.assertIn("of another project", refused("--waiting-task", "P2/7", "--party", "x"))
        self.assertIn("wait for itself", refused("--waiting-task", "P1/1.1", "--on-task", "P1/1.1"))
        self.assertIn("wait for itself", refused("--on-project", "P1"))
        self.assertIn("on_project says", refused("--on-project", "P2", "--on-task", "P3/7"))
        self.assertIn("only a dependency", self.fails(2, "raid", "add", "--project", "P1", "--kind", "issue", "--title", "d", "--owner", "E1", "--severity", "1", "--on-project", "P2"))
        self.ok("raid", "edit", "DA", "--set", "on_task=")
        self.assertEqual({r["title"]: r["waits_for"] for r in self.json("raid", "list")["raids"]}["a"], "丙公司")

    def test_the_charter_is_printed_from_the_data(self):
        charter = lambda *more: self.json("project", "charter", "P1", *more)["charter"]
        c = charter()
        self.assertEqual([c[k] for k in ("project", "client_name", "contract_title", "manager_name", "budget", "starts_on", "ends_on", "baseline", "stage", "scope")],
                         ["P1", "甲公司", "服务", "员工E1", "1000000.00", "2026-03-02", "2026-03-13", 1, "in_progress", None])
        self.assertEqual([(r["employee"], r["tasks"]) for r in c["team"]], [("E1", "1.1, 1.2"), ("E2", "1.2")])
        lacks = lambda: self.ok("project", "charter", "P1").splitlines()[-1]
        self.assertEqual(lacks(), "charter_is_whole: the charter of project P1 lacks: scope, sponsor, kickoff minutes")
        self.at("2026-03-07T09:00Z")
        self.assertIn("PRJ-001", self.fails(5, "project", "edit", "P1", "--set", "sponsor=E1"))
        self.ok("project", "edit", "P1", "--set", "scope=调研与报告，不含翻译", "--set", "sponsor=E2")
        self.assertIn("PRJ-001", self.fails(5, "project", "assign-manager", "P1", "E2"))
        self.assertIn("held_on, attendees and minutes", self.fails(2, "checkpoint", "add", "--project", "P1", "--stage", "initiated", "--name", "启动会", "--held-on", "2026-03-02"))
        self.assertIn("not ahead", self.fails(2, "checkpoint", "add", "--project", "P1", "--stage", "initiated", "--name", "启动会", "--held-on", "2026-03-08", "--attendees", "x", "--minutes", "y"))
        self.ok("checkpoint", "add", "--project", "P1", "--stage", "initiated", "--name", "启动会", "--held-on", "2026-03-02", "--attendees", "甲公司王总；员工E1", "--minutes", "周报每周五发出")
        self.ok("checkpoint", "pass", "P1/initiated/启动会", "--reason", "纪要已签字")
        self.assertIn("they stay", self.fails(5, "checkpoint", "edit", "P1/initiated/启动会", "--set", "minutes=z"))
        c = charter()
        self.assertEqual((c["scope"], c["sponsor_name"]), ("调研与报告，不含翻译", "员工E2"))
        self.assertEqual([(r["name"], r["unlocks"]) for r in c["milestones"]], [("初稿", None)])
        self.assertEqual([(r["stage"], r["name"], r["status"], r["evidence"], r["held_on"], r["attendees"], r["minutes"]) for r in c["gates"]],
                         [("initiated", "启动会", "passed", "纪要已签字", "2026-03-02", "甲公司王总；员工E1", "周报每周五发出")])
        self.assertNotIn("charter_is_whole", self.ok("project", "charter", "P1"))
        self.assertEqual(charter("--as-of", "2026-03-06")["scope"], None)   # it was written on the 7th
        self.assertIn("周报每周五发出", self.ok("project", "charter", "P1", "--format", "html"))

    def test_PRJ_008_no_plan_is_approved_on_a_charter_that_lacks_something(self):
        self.ok("project", "add", "--code", "P2", "--name", "项目二", "--contract", "C1", "--manager", "E1", "--starts-on", "2026-03-02")
        self.ok("project", "plan-import", "P2", self.file("p.csv", "wbs,name,duration\n1,a,3\n"))
        self.ok("project", "initiate", "P2")
        told = lambda: [r["finding"] for r in json.loads(self.run_("project", "check", "--format", "json").stdout)["findings"] if r["project"] == "P2" and r["rule"] == "PRJ-008"]
        self.assertEqual(told(), ["the charter of project P2 lacks: scope, sponsor, budget, milestones, kickoff minutes"])
        self.file("agency.toml", '[project]\ncharter = "off"\n')
        self.assertEqual(told(), [])
        self.file("agency.toml", '[project]\ncharter = "gate"\n')
        error = self.fails(5, "project", "approve-plan", "P2")
        self.assertIn("PRJ-008", error)
        self.assertIn("kickoff minutes", error)
        self.ok("project", "edit", "P2", "--set", "scope=x", "--set", "sponsor=E2", "--set", "budget=1")
        self.ok("milestone", "add", "--project", "P2", "--name", "m", "--baseline-on", "2026-03-10")
        self.assertNotIn("budget", self.fails(5, "project", "approve-plan", "P2").splitlines()[0])
        self.ok("checkpoint", "add", "--project", "P2", "--stage", "initiated", "--name", "k", "--kind", "record", "--held-on", "2026-03-01", "--attendees", "x", "--minutes", "y")
        self.ok("project", "approve-plan", "P2")

    def test_PRJ_040_an_undo_leaves_nothing_above_the_budget(self):
        left = lambda: self.json("project", "budget", "P1")["rows"][0]["left"]
        undo = lambda command: next(str(r["operation"]) for r in self.json("op", "list")["operations"] if r["command"].startswith("agency " + command))
        self.ok("project", "edit", "P1", "--set", "budget=62098.70")   # all of it is bound and spent
        self.assertEqual(left(), "0.00")
        self.ok("employee", "add", "--number", "boss", "--name", "总经理", "--hired-on", "2025-01-01")
        self.ok("change", "approve", "CR-1", "--actor", "boss")
        self.assertEqual(left(), "98765.00")
        self.ok("contract", "add", "--number", "C3", "--client", "K1", "--title", "外包", "--amount", "98765", "--signed-on", "2026-03-01", "--direction", "expense", "--project", "P1")
        error = self.fails(5, "undo", undo("change approve"))
        self.assertIn("PRJ-040", error)
        self.assertIn("C3", error)
        self.assertIn("project budget P1", error)
        self.assertEqual(left(), "0.00")
        self.ok("contract", "void", "C3", "--reason", "x")
        self.ok("cost", "add", "--number", "KX", "--project", "P1", "--posted-on", "2026-03-01", "--amount", "98765")
        self.assertIn("PRJ-040", self.fails(5, "undo", undo("contract void")))   # C3 would bind again
        self.ok("cost", "void", "KX", "--reason", "x")
        voided = undo("cost void")
        self.ok("undo", undo("contract void"))
        self.assertIn("PRJ-040", self.fails(5, "undo", voided))                 # KX would be spent again
        self.assertEqual(left(), "0.00")
        self.hours("E1", "1.1", "2026-03-04", "1")   # worked is worked: over by the hours, no undo's doing
        raised = left()
        self.ok("change", "add", "--number", "CR-8", "--project", "P1", "--title", "t", "--reason", "r", "--cost", "10000", "--actor", "E2")
        self.ok("change", "submit", "CR-8", "--actor", "E2")
        self.ok("change", "approve", "CR-8", "--actor", "boss")
        self.assertIn("PRJ-040", self.fails(5, "undo"))
        self.ok("project", "edit", "P1", "--set", "note=x")
        self.ok("undo")                               # of another field: nothing is worse
        self.assertTrue(raised.startswith("-"))

    def test_an_amount_that_cannot_be_added_is_the_problem_of_its_project_alone(self):
        self.ok("project", "add", "--code", "P2", "--name", "项目二", "--manager", "E2", "--starts-on", "2026-03-02")
        self.at("2026-03-31T09:00Z")
        self.ok("rate", "add", "--employee", "E1", "--kind", "cost", "--valid-from", "2026-03-03", "--amount", "50000000000000000")   # a slip
        r = self.run_("project", "list", "--tracking")
        self.assertEqual(r.returncode, 0)
        self.assertIn("warning: P1: the amount is too large to be kept", r.stderr.decode())
        rows = {row["code"]: row for row in self.json("project", "list", "--tracking")["projects"]}
        self.assertEqual([rows["P1"][k] for k in ("problem", "actual", "billed")], ["P1: the amount is too large to be kept", None, "0.00"])
        self.assertEqual([rows["P2"][k] for k in ("problem", "actual", "billed")], [None, "0.00", "0.00"])
        self.ok("project", "edit", "P2", "--set", "budget=100")
        self.ok("cost", "add", "--project", "P2", "--posted-on", "2026-03-05", "--amount", "7")
        for verb, column in (("budget", "project"), ("margin", "project")):
            r = self.run_("project", verb, "--format", "json")
            self.assertEqual((r.returncode, [row["project"] for row in json.loads(r.stdout)["rows"]]), (0, ["P2"]), verb)
            self.assertIn({"check": "projects_readable", "ok": False, "message": "P1: the amount is too large to be kept"}, json.loads(r.stdout)["checks"])
            self.assertIn("warning: P1: the amount is too large to be kept", self.run_("project", verb).stderr.decode())
            self.fails(2, "project", verb, "P1")
        self.fails(1, "project", "check")

    def test_a_column_of_tracking_is_there_where_it_is_named(self):
        self.ok("project", "add", "--code", "P2", "--name", "没有计划")
        codes = lambda *more: [r["code"] for r in self.json("project", "list", *more)["projects"]]
        self.assertEqual(list(self.json("project", "list", "--columns", "code,spi")["projects"][0].items()), [("code", "P1"), ("spi", 1.0)])
        row = self.json("project", "list", "--columns", "+cpi")["projects"][0]
        self.assertEqual((row["cpi"], "spi" in row, "name" in row), (5.1429, False, True))
        self.assertEqual(codes("--where", "spi < 1.0001"), ["P1"])   # a decimal is compared as what it says
        self.assertEqual(codes("--where", "cpi > 5.1429"), [])
        self.assertEqual(codes("--where", "cpi >= 5.1429 and rag = red"), ["P1"])
        self.assertEqual(codes("--where", "spi = ''", "--sort", "-actual"), ["P2"])
        self.assertEqual(codes("--sort", "actual"), ["P2", "P1"])
        self.assertNotIn("actual", self.json("project", "list", "--sort", "actual")["projects"][0])
        self.assertIn("green", self.fails(2, "project", "list", "--where", "rag = gren"))
        self.assertIn("did you mean cpi", self.fails(2, "project", "list", "--columns", "+cpii"))

    def test_people_read_na_where_a_figure_is_undefined(self):
        self.ok("project", "add", "--code", "P2", "--name", "没有计划")
        for form, gap in (("table", "n/a"), ("md", "n/a"), ("html", "n/a"), ("csv", ""), ("tsv", "")):
            text = self.ok("project", "evm", "P2", "--columns", "pv,spi,eac_typical,tcpi_bac", "--format", form)
            self.assertEqual(text.count("n/a"), 3 if gap else 0, text)
            text = self.ok("project", "list", "--where", "code = P2", "--columns", "code,actual,eac,cpi,rag", "--format", form)
            self.assertEqual(text.count("n/a"), 3 if gap else 0, text)
            self.assertEqual(text.count("0.00"), 1, text)
        row = self.json("project", "evm", "P2")["rows"][0]
        self.assertEqual([row[k] for k in ("spi", "cpi", "eac_typical", "eac_cost_schedule", "vac")], [None] * 5)

    def test_PRJ_040_what_is_committed_and_spent_lies_within_the_budget(self):
        row = lambda *more: self.json("project", "budget", "P1", *more)["rows"][0]
        self.assertEqual([row()[k] for k in ("budget", "approved_changes", "committed", "actual", "left", "over", "rule")], ["1000000.00", "0.00", "54321.00", "7777.70", "937901.30", False, None])
        more = ("contract", "add", "--number", "C3", "--client", "K1", "--title", "外包", "--amount", "1000000", "--signed-on", "2026-03-01", "--direction", "expense", "--project", "P1")
        self.assertIn("PRJ-040", self.fails(5, *more))
        self.assertIn("PRJ-040", self.fails(5, "project", "edit", "P1", "--set", "budget=62098.69"))   # a fen below what is bound and spent
        self.ok("project", "edit", "P1", "--set", "budget=62098.70")
        self.assertEqual((row()["left"], row()["over"]), ("0.00", False))
        self.hours("E1", "1.1", "2026-03-04", "1")   # worked is worked: it is told
        self.assertEqual((row()["over"], row()["rule"]), (True, "PRJ-040"))
        self.fails(1, "project", "budget", "--fail-if", "over = true")
        self.ok("employee", "add", "--number", "boss", "--name", "总经理", "--hired-on", "2025-01-01")
        self.ok("change", "approve", "CR-1", "--actor", "boss")   # an approved overrun
        self.assertEqual((row()["approved_changes"], row()["over"]), ("98765.00", False))

    def test_PRJ_020_two_reports_missed_in_a_row_go_up(self):
        due = lambda *more: {r["audience"]: (r["missed"], r["state"], r["rule"]) for r in self.json("status", "due", *more)["rows"]}
        self.assertEqual(due(), {"client": (0, "issued", None), "internal": (0, "issued", None)})   # the first week is not over
        self.at("2026-03-09T01:00Z")
        self.assertEqual(due()["client"], (1, "due", None))
        self.ok("status", "add", "--project", "P1", "--audience", "client", "--period-end", "2026-03-08")
        self.assertEqual(due()["client"], (0, "issued", None))
        self.at("2026-03-16T01:00Z")
        self.assertEqual(due(), {"client": (1, "due", None), "internal": (2, "escalated", "PRJ-020")})
        self.fails(1, "status", "due", "--fail-if", "missed > 1")
        self.assertEqual(due("--as-of", "2026-03-09")["internal"], (1, "due", None))
        self.file("agency.toml", '[project]\nreport_cadence = "monthly"\n')
        self.assertEqual(due()["internal"], (0, "issued", None))
        self.fails(2, "status", "add", "--project", "P1", "--audience", "client", "--period-end", "2026-03-22")

    def test_PRJ_020_a_period_of_the_cadence_has_one_report(self):
        self.at("2026-03-20T01:00Z")
        report = lambda end, audience="client": ("status", "add", "--project", "P1", "--audience", audience, "--period-end", end)
        self.ok(*report("2026-03-06"))   # the Friday of the week
        for end in ("2026-03-02", "2026-03-08"):
            self.assertIn("the weekly period until 2026-03-08 has a report already, of 2026-03-06 [PRJ-020]", self.fails(5, *report(end)))
        for words in (report("2026-03-01"), report("2026-03-09"), report("2026-03-08", "internal")):
            self.ok(*words, "--dry-run")
        path = self.file("s.csv", "project,audience,period_end,issued_on\nP1,client,2026-03-13,2026-03-13\nP1,client,2026-03-15,2026-03-16\n")
        self.assertIn("s.csv:3:3(period_end)", self.fails(9, "status", "import", path))
        self.ok("project", "edit", "P1", "--set", "report_cadence=monthly", "--effective", "2026-03-01")
        self.assertIn("the monthly period until 2026-03-31 has a report already", self.fails(5, *report("2026-03-15")))

    def test_PRJ_020_by_the_projects_cadence_up_to_the_managers_superior(self):
        for code, above in (("TOP", ""), ("LEAD", "TOP")):
            self.ok("position", "add", "--code", code, "--title", code, "--department", "PD", *(["--reports-to", above] if above else []))
        self.ok("employee", "add", "--number", "E4", "--name", "员工E4", "--hired-on", "2026-01-01", "--position", "TOP")
        self.ok("assignment", "add", "--employee", "E1", "--position", "LEAD", "--starts-on", "2026-01-01", "--kind", "primary")
        due = lambda: [(r["cadence"], r["missed"], r["manager"], r["escalated_to"]) for r in self.json("status", "due")["rows"]][0]
        self.at("2026-03-10T01:00Z")
        self.assertEqual(due(), ("weekly", 1, "E1", None))
        self.at("2026-03-20T01:00Z")
        self.assertEqual(due(), ("weekly", 2, "E1", "E4"))
        self.ok("project", "edit", "P1", "--set", "report_cadence=biweekly")
        self.assertEqual(due()[:2], ("biweekly", 1))
        self.ok("project", "edit", "P1", "--set", "report_cadence=monthly")
        self.assertEqual(due(), ("monthly", 0, "E1", None))
        self.fails(2, "project", "edit", "P1", "--set", "report_cadence=daily")
