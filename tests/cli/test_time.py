"""Hours worked: what may be written down, by whom, when; approval, timers, reversal, utilization and realization."""
import json

from support.projects import Tracked


class Time(Tracked):
    def setUp(self):
        super().setUp()
        self.at("2026-03-31T09:00Z")

    def add(self, *more, employee="E1", wbs="1.1", day="2026-03-03", hours="2"):
        words = ["time", "add", "--employee", employee, "--worked-on", day, "--hours", hours]
        return [*words, *(["--project", "P1", "--wbs", wbs] if wbs else []), *more]

    def test_hours_are_written_in_many_ways_and_kept_in_one(self):
        for day, text in enumerate(("7.5", "7h30", "7:30", "450m", "7小时30分"), 2):
            self.ok(*self.add(day=f"2026-03-{day:02}", hours=text))
        self.assertEqual({r["hours"] for r in self.json("time", "list")["time_entries"]}, {7.5})
        self.assertEqual([r["number"] for r in self.json("time", "list")["time_entries"]], [f"T-{n:06}" for n in range(1, 6)])

    def test_PRJ_014_hours_go_in_quarters(self):
        for text in ("8.20", "7h20", "0.1"):
            self.assertIn("PRJ-014", self.fails(5, *self.add(hours=text)))
        self.fails(2, *self.add(hours="0"))
        self.fails(2, *self.add(hours="-1"))
        self.fails(2, *self.add(hours="1e1"))
        self.assertIn("7h30", self.fails(2, *self.add(hours="a while")))   # the forms are told
        self.ok(*self.add(hours="90 min"))

    def test_hours_on_a_day_of_leave_are_told(self):
        self.ok("leave", "add", "--number", "L", "--employee", "E2", "--kind", "sick", "--starts-on", "2026-03-05")
        words = self.add(employee="E2", wbs="1.2", day="2026-03-05")
        self.assertNotIn("leave", self.run_(*words).stderr.decode())   # only asked for
        self.ok("leave", "approve", "L", "--actor", "E1")
        r = self.run_(*words)
        self.assertEqual((r.returncode, "E2 has approved leave on 2026-03-05" in r.stderr.decode()), (0, True))
        self.assertNotIn("leave", self.run_(*self.add(employee="E2", wbs="1.2", day="2026-03-06")).stderr.decode())

    def test_one_error_for_one_fault(self):
        error = self.fails(3, "time", "add", "--employee", "E1", "--project", "NONE", "--wbs", "1.1", "--worked-on", "2026-03-03", "--hours", "1")
        self.assertIn("there is no project", error)
        path = self.file("t.csv", "employee,project,wbs,worked_on,hours\nE1,NONE,1.1,2026-03-05,2\n")
        self.assertEqual(len(json.loads(self.run_("time", "import", path, "--format", "json").stdout)["problems"]), 1)
        self.assertIn("see: agency time fields", self.fails(2, *self.add(hours="a while")))

    def test_PRJ_015_a_day_has_24_hours_and_11_are_told(self):
        self.ok(*self.add(hours="8"))
        r = self.run_(*self.add(hours="3.25"))
        self.assertEqual(r.returncode, 0)
        self.assertIn("11.25", r.stderr.decode())
        self.assertIn("PRJ-015", self.fails(5, *self.add(hours="13")))
        self.ok(*self.add(hours="13", employee="E2", wbs="1.2"))
        path = self.file("t.csv", "employee,project,wbs,worked_on,hours\nE1,P1,1.1,2026-03-05,20\nE1,P1,1.2,2026-03-05,4.25\n")
        self.assertEqual(json.loads(self.run_("time", "import", path, "--format", "json").stdout)["problems"][-1]["rule"], "PRJ-015")

    def test_PRJ_010_hours_are_for_open_tasks_that_exist(self):
        self.assertIn("PRJ-010", self.fails(5, *self.add(wbs="9")))
        self.assertIn("PRJ-010", self.fails(5, "time", "add", "--employee", "E1", "--project", "P1", "--worked-on", "2026-03-03", "--hours", "1"))
        self.assertIn("PRJ-003", self.fails(5, *self.add(wbs="1")))
        self.assertIn("PRJ-010", self.fails(5, *self.add(day="2026-02-27")))   # not initiated then
        self.ok("project", "progress", "P1", "1.1", "accepted", "--on", "2026-03-06", "--evidence", "验收单")
        self.ok(*self.add(day="2026-03-06"))
        self.assertIn("PRJ-010", self.fails(5, *self.add(day="2026-03-07")))
        self.ok("project", "progress", "P1", "1.1", "80%", "--on", "2026-03-06")   # accepted by mistake
        self.ok(*self.add(day="2026-03-07"))
        self.ok("project", "progress", "P1", "1.1", "accepted", "--on", "2026-03-06", "--evidence", "验收单")   # a correction too
        self.assertIn("PRJ-010", self.fails(5, *self.add(day="2026-03-08")))
        self.ok("project", "suspend", "P1", "--reason", "the client waits", "--effective", "2026-03-10")
        self.assertIn("suspended", self.fails(5, *self.add(wbs="1.2", day="2026-03-11")))
        self.ok("project", "resume", "P1", "--effective", "2026-03-12")
        self.fails(2, *self.add("--kind", "leave", wbs="1.2", day="2026-03-13"))
        for entry in self.json("time", "list")["time_entries"]:
            self.ok("time", "void", entry["number"], "--reason", "x")
        self.ok("project", "tick", "P1", "final_invoice_issued", "--evidence", "nothing is due", "--approved-by", "E2", "--on", "2026-03-20")
        self.ok("project", "cancel", "P1", "--reason", "settled", "--effective", "2026-03-20")
        self.ok(*self.add(wbs="1.2", day="2026-03-19"))
        self.assertIn("PRJ-010", self.fails(5, *self.add(wbs="1.2", day="2026-03-20")))

    def test_PRJ_011_only_who_is_assigned(self):
        self.assertIn("PRJ-011", self.fails(5, *self.add(employee="E2")))
        self.ok(*self.add(employee="E2", wbs="1.2"))

    def test_PRJ_012_only_who_is_employed(self):
        self.ok("employee", "leave", "E2", "--on", "2026-03-10", "--reason", "x")
        self.ok(*self.add(employee="E2", wbs="1.2", day="2026-03-10"))
        self.assertIn("PRJ-012", self.fails(5, *self.add(employee="E2", wbs="1.2", day="2026-03-11")))

    def test_PRJ_013_a_closed_month_is_locked(self):
        self.ok(*self.add("--number", "A"))
        self.at("2026-04-02T09:00Z")
        self.ok("period", "close", "2026-03")
        self.assertIn("PRJ-013", self.fails(5, *self.add()))
        self.assertIn("PRJ-013", self.fails(5, "time", "submit", "A"))
        self.ok("period", "reopen", "2026-03")
        self.ok("time", "submit", "A")
        self.ok("time", "approve", "A", "--actor", "boss")
        self.ok("period", "close", "2026-03")
        self.ok("time", "reverse", "A", "--reason", "wrong task")
        shown = self.json("time", "show", "A-R")["time_entry"]
        self.assertEqual((shown["worked_on"], shown["hours"], shown["reversal_of"], shown["status"]), ("2026-04-01", -2.0, "A", "approved"))

    def test_PRJ_017_nobody_takes_back_hours_of_his_own(self):
        n = self.hours("E2", "1.2", "2026-03-03", "8")
        self.assertIn("PRJ-017", self.fails(5, "time", "reverse", n, "--reason", "x", "--actor", "E2"))
        self.assertIn("its manager, E1", self.fails(5, "time", "reverse", n, "--reason", "x", "--actor", "boss"))
        self.ok("time", "reverse", n, "--reason", "x", "--actor", "E1")

    def test_what_is_approved_changes_only_by_the_opposite(self):
        n = self.hours("E1", "1.1", "2026-03-03", "8")
        for words in (("edit", n, "--set", "hours=7"), ("void", n, "--reason", "x"), ("return", n, "--reason", "x")):
            self.assertIn("PRJ-013", self.fails(5, "time", *words))
        self.assertIn(f"it is approved and stays; agency time reverse {n}", self.fails(5, "time", "edit", n, "--set", "hours=7"))
        self.ok("time", "reverse", n, "--reason", "wrong")
        self.assertIn("PRJ-013", self.fails(5, "time", "reverse", n, "--reason", "wrong"))
        self.assertIn("PRJ-013", self.fails(5, "time", "reverse", n + "-R", "--reason", "wrong"))
        report = self.json("time", "report", "--from", "2026-03-01", "--to", "2026-03-31")
        self.assertEqual(report["totals"][0]["billable"], 0)
        self.ok(*self.add("--number", "B", hours="8"))   # the day has room again
        self.ok("time", "edit", "B", "--set", "hours=7")
        self.ok("time", "void", "B", "--reason", "x")

    def test_PRJ_017_nobody_approves_hours_of_his_own(self):
        self.ok(*self.add("--number", "A"))
        self.assertIn("PRJ-013", self.fails(5, "time", "approve", "A", "--actor", "boss"))   # not submitted
        self.ok("time", "submit", "A")
        self.assertIn("it is submitted; give it back first: agency time return A", self.fails(5, "time", "edit", "A", "--set", "hours=7"))
        for actor in ("E1", "员工E1"):
            self.assertIn("PRJ-017", self.fails(5, "time", "approve", "A", "--actor", actor))
        self.ok("time", "approve", "A", "--actor", "boss")   # E1 leads the project, and has no line manager here
        self.ok(*self.add("--number", "B", employee="E2", wbs="1.2"))
        self.ok("time", "submit", "B")
        self.assertIn("its manager, E1", self.fails(5, "time", "approve", "B", "--actor", "boss"))
        self.ok("time", "approve", "B", "--actor", "E1")
        self.assertEqual(self.json("time", "show", "B")["time_entry"]["approved_by"], "E1")
        self.ok(*self.add("--number", "C", employee="E2", wbs="1.2"))
        self.ok("time", "submit", "C")
        self.file("agency.toml", '[time]\napprove_by = "other"\n')
        self.ok("time", "approve", "C", "--actor", "boss")

    def lead(self):
        """E3 leads E1 and E2, E4 leads E3; the position between them is vacant."""
        for code, above in (("TOP", ""), ("MID", "TOP"), ("LEAD", "MID"), ("STAFF", "LEAD")):
            self.ok("position", "add", "--code", code, "--title", code, "--department", "PD", "--headcount", "2", *(["--reports-to", above] if above else []))
        for e, position in (("E3", "LEAD"), ("E4", "TOP")):
            self.ok("employee", "add", "--number", e, "--name", f"员工{e}", "--hired-on", "2026-01-01", "--position", position)
        for e in ("E1", "E2"):
            self.ok("assignment", "add", "--employee", e, "--position", "STAFF", "--starts-on", "2026-01-01", "--kind", "primary")

    def test_PRJ_017_hours_of_no_project_and_the_managers_own_are_the_line_managers(self):
        self.lead()
        self.ok("time", "add", "--number", "H", "--employee", "E2", "--worked-on", "2026-03-03", "--hours", "2", "--kind", "training")
        self.ok("time", "add", "--number", "L", "--employee", "E3", "--worked-on", "2026-03-03", "--hours", "2", "--kind", "leave")
        self.ok(*self.add("--number", "M"))
        self.ok(*self.add("--number", "P", employee="E2", wbs="1.2"))
        self.ok("time", "submit")
        self.assertIn("line manager of E2, E3", self.fails(5, "time", "approve", "H", "--actor", "E1"))
        self.assertIn("line manager of E1, E3", self.fails(5, "time", "approve", "M", "--actor", "boss"))
        self.assertIn("line manager of E3, E4", self.fails(5, "time", "approve", "L", "--actor", "E1"))   # MID is vacant
        self.assertIn("PRJ-017", self.fails(5, "time", "approve", "--actor", "boss"))
        numbers = lambda actor: [r["number"] for r in self.json("time", "approve", "--actor", actor)["time_entries"]]
        self.assertEqual(numbers("E1"), ["P"])   # each what is his
        self.assertEqual(numbers("员工E3"), ["H", "M"])
        self.assertEqual(numbers("E4"), ["L"])

    def test_a_reversal_on_another_day_leaves_no_room_there(self):
        n = self.hours("E1", "1.1", "2026-03-03", "8")
        self.at("2026-04-02T09:00Z")
        self.ok("period", "close", "2026-03")
        self.ok("time", "reverse", n, "--reason", "x")   # dated 1 April
        self.assertIn("PRJ-015", self.fails(5, *self.add(day="2026-04-01", hours="24.25")))
        self.ok(*self.add(day="2026-04-01", hours="24"))

    def test_a_week_is_handed_in_and_approved_at_once(self):
        for day in ("2026-03-02", "2026-03-03", "2026-03-09"):
            self.ok(*self.add(day=day))
        self.ok(*self.add(employee="E2", wbs="1.2"))
        rows = self.json("time", "submit", "--employee", "E1", "--to", "2026-03-08")["time_entries"]
        self.assertEqual([r["worked_on"] for r in rows], ["2026-03-02", "2026-03-03"])
        self.assertEqual(len(self.json("time", "approve", "--project", "P1", "--actor", "boss")["time_entries"]), 2)
        self.fails(3, "time", "approve", "--actor", "boss")
        self.assertEqual(self.json("op", "list")["operations"][0]["command"].split()[:3], ["agency", "time", "approve"])
        self.ok("undo")   # the whole step is one operation
        self.assertEqual([r["status"] for r in self.json("time", "list")["time_entries"]], ["submitted", "submitted", "draft", "draft"])
        self.ok("time", "return", "T-000001", "--reason", "note is missing")
        self.assertEqual(self.json("time", "show", "T-000001")["time_entry"]["status"], "draft")

    def test_PRJ_016_times_of_one_person_do_not_overlap_but_may_touch(self):
        self.ok(*self.add("--starts-at", "09:00", "--ends-at", "11:30", hours="2.5"))
        self.assertIn("PRJ-016", self.fails(5, *self.add("--starts-at", "11:00", "--ends-at", "12:00", hours="1")))
        self.ok(*self.add("--starts-at", "11:30", "--ends-at", "12:00", hours="0.5"))
        self.ok(*self.add("--starts-at", "11:00", "--ends-at", "12:00", employee="E2", wbs="1.2", hours="1"))
        self.ok("time", "add", "--employee", "E1", "--project", "P1", "--wbs", "1.1", "--worked-on", "2026-03-03", "--starts-at", "13:30", "--ends-at", "15:15")
        self.assertEqual(self.json("time", "list")["time_entries"][-1]["hours"], 1.75)
        for more in (("--starts-at", "25"), ("--starts-at", "12:00", "--ends-at", "11:00"), ("--ends-at", "11:00")):
            self.fails(2, *self.add(*more))
        self.assertIn("PRJ-014", self.fails(5, *self.add("--starts-at", "16:00", "--ends-at", "17:00", hours="1.5")))
        path = self.file("t.csv", "employee,project,wbs,worked_on,starts_at,ends_at\nE1,P1,1.1,2026-03-05,09:00,10:00\nE1,P1,1.1,2026-03-05,09:45,11:00\n")
        self.assertIn("PRJ-016", self.fails(9, "time", "import", path))

    def test_a_timer_runs_until_it_is_stopped(self):
        self.at("2026-03-03T01:00Z")   # 09:00 in the office
        self.ok("time", "start", "--employee", "E1", "--project", "P1", "--wbs", "1.1", "--note", "草拟")
        self.assertIn("PRJ-016", self.fails(5, "time", "start", "--employee", "E1", "--project", "P1", "--wbs", "1.1"))
        self.fails(3, "time", "stop", "--employee", "E2")
        self.fails(5, "time", "submit", "T-000001")
        self.at("2026-03-03T02:50Z")
        self.ok("time", "stop", "--employee", "E1")
        shown = self.json("time", "show", "T-000001")["time_entry"]
        self.assertEqual((shown["starts_at"], shown["ends_at"], shown["hours"], shown["status"], shown["note"]), ("09:00", "10:50", 1.75, "draft", "草拟"))
        self.at("2026-03-03T15:30Z")   # over midnight
        self.ok("time", "start", "--employee", "E1", "--project", "P1", "--wbs", "1.1")
        self.at("2026-03-03T17:00Z")
        self.ok("time", "stop", "--employee", "E1")
        shown = self.json("time", "show", "T-000002")["time_entry"]
        self.assertEqual((shown["worked_on"], shown["starts_at"], shown["ends_at"], shown["hours"]), ("2026-03-03", "23:30", "25:00", 1.5))

    def test_PRJ_016_work_past_midnight_ends_above_24_hours_and_lies_on_two_days(self):
        at = lambda from_, to, day: ("time", "add", "--employee", "E1", "--project", "P1", "--wbs", "1.1", "--worked-on", day, "--starts-at", from_, "--ends-at", to)
        self.assertIn("it ends before it starts, at 23:30; work past midnight ends at 24:30", self.fails(2, *at("23:30", "00:30", "2026-03-03")))
        self.ok(*at("23:30", "24:30", "2026-03-03"))
        self.assertEqual(self.json("time", "show", "T-000001")["time_entry"]["hours"], 1)
        self.assertIn("T-000001 is from 23:30 to 24:30 of 2026-03-03, so the two overlap [PRJ-016]", self.fails(5, *at("00:15", "01:15", "2026-03-04")))
        self.ok(*at("00:30", "01:30", "2026-03-04"))
        self.ok(*at("00:00", "01:00", "2026-03-06"))
        self.assertIn("of 2026-03-06, so the two overlap [PRJ-016]", self.fails(5, *at("23:00", "24:15", "2026-03-05")))
        self.assertIn(":3:", self.fails(9, "time", "import", self.file("t.csv", "employee,project,wbs,worked_on,starts_at,ends_at\nE1,P1,1.1,2026-03-09,22:00,25:00\nE1,P1,1.1,2026-03-10,00:30,02:00\n")))

    def test_the_house_has_hours_too_but_no_billable_ones(self):
        self.ok(*self.add("--kind", "training", wbs=None, hours="8"))
        self.ok(*self.add(wbs=None, day="2026-03-04"))
        self.assertEqual([r["kind"] for r in self.json("time", "list")["time_entries"]], ["training", "non_billable"])
        self.fails(2, *self.add("--kind", "billable", wbs=None))
        self.fails(2, *self.add(day="2026-04-01"))   # ahead
        self.ok(*self.add("--kind", "leave", wbs=None, day="2026-04-01", hours="8"))

    def test_utilization_is_billable_of_what_the_calendar_leaves(self):
        self.ok("rate", "add", "--employee", "E1", "--kind", "standard", "--valid-from", "2026-01-01", "--amount", "800")
        self.ok("rate", "add", "--employee", "E1", "--kind", "standard", "--valid-from", "2026-03-05", "--amount", "1000")
        self.hours("E1", "1.1", "2026-03-03", "8")
        self.hours("E1", "1.1", "2026-03-05", "4.5")
        self.ok("time", "add", "--number", "L", "--employee", "E1", "--worked-on", "2026-03-06", "--hours", "8", "--kind", "leave")
        self.ok(*self.add(hours="1"))   # not approved: does not count
        self.ok("time", "submit", "L")
        self.ok("time", "approve", "L", "--actor", "boss")
        row = self.json("time", "report", "--from", "2026-03-01", "--to", "2026-03-31")["rows"][0]
        # 22 work days of 8 hours less 8 of leave
        self.assertEqual((row["available"], row["billable"], row["leave"], row["utilization"], row["standard_value"]), (168, 12.5, 8, "0.074405", "10900.00"))
        self.assertIn("CAL-001", self.fails(5, "time", "report", "--from", "2027-01-01", "--to", "2027-01-31"))

    def test_rates_are_those_of_the_last_day_of_the_report(self):
        self.ok("rate", "add", "--employee", "E1", "--kind", "standard", "--valid-from", "2026-01-01", "--amount", "800")
        self.hours("E1", "1.1", "2026-03-03", "8")
        self.ok("rate", "void", "E1/standard/2026-01-01", "--reason", "x", "--on", "2026-04-10")
        value = lambda to: [r["standard_value"] for r in self.json("time", "report", "--by", "project", "--from", "2026-03-01", "--to", to, "--known-at", "2026-03-31T09:00Z")["rows"]]
        before = value("2026-03-31")
        self.at("2026-04-20T09:00Z")   # whenever it is asked
        self.assertEqual((before, value("2026-03-31"), value("2026-04-10")), (["6400.00"], ["6400.00"], ["0.00"]))

    def test_a_reversal_is_worth_what_it_takes_back(self):
        self.ok("rate", "add", "--employee", "E1", "--kind", "standard", "--valid-from", "2026-01-01", "--amount", "800")
        n = self.hours("E1", "1.1", "2026-03-03", "8")
        self.ok("rate", "add", "--employee", "E1", "--kind", "standard", "--valid-from", "2026-04-01", "--amount", "1000")
        self.at("2026-04-02T09:00Z")
        self.ok("period", "close", "2026-03")
        self.ok("time", "reverse", n, "--reason", "x")
        value = lambda first: self.json("time", "report", "--by", "project", "--from", first, "--to", "2026-04-02")["rows"][0]["standard_value"]
        self.assertEqual((value("2026-04-01"), value("2026-03-01")), ("-6400.00", "0.00"))

    def test_the_parts_of_an_invoice_that_are_paid_make_its_whole(self):
        self.ok("invoice", "add", "--number", "F1", "--contract", "C1", "--issued-on", "2026-03-01", "--due-on", "2026-04-10", "--amount", "100", "--tax-rate", "6%")
        for day, amount in (("2026-03-05", "33.33"), ("2026-03-15", "33.33"), ("2026-03-25", "33.34")):
            self.receipt(day, day, amount)
            self.ok("receipt", "allocate", day, "F1", amount)
        got = lambda *days: [self.json("time", "report", "--by", "project", "--from", first, "--to", last)["rows"][0]["received"] for first, last in days]
        self.assertEqual(got(("2026-03-01", "2026-03-31")), ["94.34"])   # as it was billed; 94.33 part by part
        self.assertEqual(got(("2026-03-01", "2026-03-10"), ("2026-03-11", "2026-03-20"), ("2026-03-21", "2026-03-31")), ["31.44", "31.45", "31.45"])
        row = self.json("time", "report", "--by", "project", "--from", "2026-03-01")["rows"][0]
        self.assertEqual((row["billed"], row["collection_realization"]), ("94.34", "1"))
        self.assertEqual(self.json("project", "margin", "P1")["rows"][0]["received"], "94.34")

    def test_an_invoice_void_later_is_billed_less_on_that_day(self):
        self.ok("invoice", "add", "--number", "F1", "--contract", "C1", "--issued-on", "2026-02-10", "--due-on", "2026-04-10", "--amount", "106", "--tax-rate", "6%")
        self.ok("invoice", "add", "--number", "F2", "--contract", "C1", "--issued-on", "2026-03-10", "--due-on", "2026-04-10", "--amount", "212", "--tax-rate", "6%")
        self.ok("invoice", "void", "F1", "--reason", "x", "--on", "2026-03-20")
        billed = lambda first, last: [r["billed"] for r in self.json("time", "report", "--by", "project", "--from", first, "--to", last)["rows"]]
        self.assertEqual([billed("2026-02-01", "2026-02-28"), billed("2026-03-01", "2026-03-31"), billed("2026-02-01", "2026-03-31")], [["100.00"], ["100.00"], ["200.00"]])
        self.ok("invoice", "void", "F2", "--reason", "x")   # from its own day: it never was
        self.assertEqual([billed("2026-02-01", "2026-02-28"), billed("2026-03-01", "2026-03-31"), billed("2026-02-01", "2026-03-31")], [["100.00"], ["-100.00"], []])

    def test_realization_follows_invoices_and_receipts_net_of_tax(self):
        self.ok("rate", "add", "--employee", "E1", "--kind", "standard", "--valid-from", "2026-01-01", "--amount", "1000")
        self.hours("E1", "1.1", "2026-03-03", "10")
        self.ok("invoice", "add", "--number", "F1", "--contract", "C1", "--issued-on", "2026-03-10", "--due-on", "2026-04-10", "--amount", "8480", "--tax-rate", "6%")
        self.receipt("R1", "2026-03-12", "4240")
        self.ok("receipt", "allocate", "R1", "F1", "4240")
        row = self.json("time", "report", "--by", "project", "--from", "2026-03-01")["rows"][0]
        self.assertEqual((row["standard_value"], row["billed"], row["received"]), ("10000.00", "8000.00", "4000.00"))
        self.assertEqual((row["billing_realization"], row["collection_realization"], row["overall_realization"], row["effective_rate"]), ("0.8", "0.5", "0.4", "800.00"))
        self.ok("invoice", "add", "--number", "F2", "--contract", "C1", "--issued-on", "2026-03-11", "--due-on", "2026-04-10", "--amount", "8480", "--tax-rate", "6%")
        above = lambda limit: [r["billing_realization"] for r in self.json("time", "report", "--by", "project", "--from", "2026-03-01", "--where", f"billing_realization > {limit}")["rows"]]
        self.assertEqual((above("1"), above("159%"), above("1.6")), (["1.6"], ["1.6"], []))   # past 1 it stays a number

    def test_approved_leave_is_not_available_and_counts_once(self):
        row = lambda: [self.json("time", "report", "--from", "2026-03-01", "--to", "2026-03-31")["rows"][0][k] for k in ("leave", "available")]
        self.ok("leave", "add", "--number", "A", "--employee", "E1", "--kind", "annual", "--starts-on", "2026-03-05", "--ends-on", "2026-03-09")
        self.assertEqual(row(), [0, 176])   # asked for only
        self.ok("leave", "approve", "A", "--actor", "boss")
        self.assertEqual(row(), [24, 152])   # Thursday, Friday, Monday
        self.ok("time", "add", "--number", "L", "--employee", "E1", "--worked-on", "2026-03-06", "--hours", "8", "--kind", "leave")
        self.ok("time", "add", "--number", "M", "--employee", "E1", "--worked-on", "2026-03-10", "--hours", "2", "--kind", "leave")
        self.ok("time", "add", "--number", "N", "--employee", "E1", "--worked-on", "2026-03-14", "--hours", "8", "--kind", "leave")   # a Saturday
        self.ok("time", "submit")
        self.ok("time", "approve", "--actor", "boss")
        self.assertEqual(row(), [26, 150])

    def test_leave_that_is_cancelled_halfway_was_taken_so_far(self):
        row = lambda: [self.json("time", "report", "--from", "2026-03-01", "--to", "2026-03-31")["rows"][0][k] for k in ("leave", "available")]
        self.ok("leave", "add", "--number", "A", "--employee", "E1", "--kind", "annual", "--starts-on", "2026-03-09", "--ends-on", "2026-03-13")
        self.ok("leave", "approve", "A", "--actor", "boss", "--effective", "2026-03-02")
        self.assertEqual(row(), [40, 136])
        self.ok("leave", "cancel", "A", "--reason", "back early", "--actor", "boss", "--effective", "2026-03-12")
        self.assertEqual(row(), [24, 152])
        self.ok("undo")
        self.ok("leave", "cancel", "A", "--reason", "never went", "--actor", "boss", "--effective", "2026-03-09")
        self.assertEqual(row(), [0, 176])

    def test_fees_are_shared_out_by_value_and_units_sum_their_people(self):
        self.lead()
        for e, amount in (("E1", "1000"), ("E2", "500")):
            self.ok("rate", "add", "--employee", e, "--kind", "standard", "--valid-from", "2026-01-01", "--amount", amount)
        self.ok("rate", "add", "--employee", "E2", "--kind", "standard", "--valid-from", "2026-03-20", "--amount", "7", "--currency", "USD")
        self.ok("assignment", "end", "E2/STAFF/2026-01-01", "--on", "2026-02-28")
        self.file("agency.toml", '[time]\napprove_by = "other"\n')
        self.hours("E1", "1.1", "2026-03-03", "6")
        self.hours("E2", "1.2", "2026-03-03", "8")
        self.hours("E2", "1.2", "2026-03-20", "1")   # charged in another currency: no value here
        self.ok("time", "add", "--number", "T", "--employee", "E2", "--worked-on", "2026-03-04", "--hours", "1", "--kind", "training")
        self.ok("time", "submit", "T")
        self.ok("time", "approve", "T")
        self.ok("invoice", "add", "--number", "F1", "--contract", "C1", "--issued-on", "2026-03-10", "--due-on", "2026-04-10", "--amount", "9000")
        report = self.json("time", "report", "--from", "2026-03-01", "--to", "2026-03-31", "--by", "employee")
        rows = {r["employee"]: [r[k] for k in ("unit", "standard_value", "realization", "effective_rate")] for r in report["rows"]}
        self.assertEqual(rows["E1"], ["PD", "6000.00", "0.9", "900.00"])     # 9,000 shared out 6,000 : 4,000
        self.assertEqual(rows["E2"], [None, "4000.00", "0.9", "360.00"])     # 10 hours
        self.assertEqual(rows["E3"], ["PD", "0.00", None, None])
        units = self.json("time", "report", "--from", "2026-03-01", "--to", "2026-03-31", "--by", "unit")
        self.assertEqual([[r[k] for k in ("unit", "name", "available", "billable", "worked", "effective_rate")] for r in units["rows"]], [[None, None, 176, 9, 10, "360.00"], ["PD", "项目执行部", 528, 6, 6, "900.00"]])
        self.assertEqual((units["totals"][0]["standard_value"], units["totals"][0]["realization"], units["totals"][0]["utilization"]), ("10000.00", "0.9", report["totals"][0]["utilization"]))

    def test_work_in_progress_is_a_part_of_the_client_s_exposure(self):
        part = lambda *more: {p["part"]: p["amount"] for p in self.json("client", "kyc", "K1", *more)["client"]["exposure_parts"]}["unbilled"]
        wip = lambda day: sum(float(r["wip"]) for r in self.json("time", "report", "--by", "project", "--from", "2026-01-01", "--to", day)["rows"])
        self.at("2026-03-31T09:00Z")
        self.ok("kyc", "add", "--client", "K1", "--refreshed-on", "2026-03-01", "--payment-points", "40", "--financial-points", "20", "--background-points", "20", "--cooperation-points", "20", "--unbilled", "777")
        self.hours("E1", "1.1", "2026-03-02", "10")
        self.assertEqual(part(), "777.00")   # no hour has a rate: what the check says
        self.ok("rate", "add", "--employee", "E1", "--kind", "standard", "--valid-from", "2026-01-01", "--amount", "500")
        self.ok("rate", "add", "--employee", "E1", "--kind", "standard", "--valid-from", "2026-03-05", "--amount", "600.50")
        self.assertEqual(part(), "5000.00")
        self.hours("E1", "1.1", "2026-03-05", "2")
        self.ok("time", "add", "--number", "D", "--employee", "E1", "--project", "P1", "--wbs", "1.1", "--worked-on", "2026-03-06", "--hours", "4")   # not approved
        self.assertEqual((part(), wip("2026-03-31"), part("--as-of", "2026-03-04")), ("6201.00", 6201.0, "5000.00"))
        self.ok("invoice", "add", "--number", "F1", "--contract", "C1", "--issued-on", "2026-03-10", "--due-on", "2026-04-10", "--amount", "2120", "--tax-rate", "6%")
        self.assertEqual((part(), wip("2026-03-31")), ("4201.00", 4201.0))   # 2,000 without tax are billed
        self.ok("client", "edit", "K1", "--set", "credit_limit=6320")
        self.ok("invoice", "import", self.file("f.csv", "number,contract,issued_on,due_on,amount,tax_rate\nF2,C1,2026-03-11,2026-04-10,10000,6%\n"), "--accept", "KYC-020")
        self.assertEqual((part(), wip("2026-03-31")), ("0.00", 0.0))   # never below zero
        self.ok("client", "add", "--code", "K2", "--name", "乙公司")
        self.assertEqual({p["part"]: p["amount"] for p in self.json("client", "kyc", "K2")["client"]["exposure_parts"]}["unbilled"], "0.00")

    def test_KYC_020_counts_work_in_progress(self):
        self.at("2026-03-31T09:00Z")
        self.ok("rate", "add", "--employee", "E1", "--kind", "standard", "--valid-from", "2026-01-01", "--amount", "500")
        self.hours("E1", "1.1", "2026-03-02", "10")
        self.ok("client", "edit", "K1", "--set", "credit_limit=6000")
        add = ("invoice", "add", "--number", "F1", "--contract", "C1", "--issued-on", "2026-03-10", "--due-on", "2026-04-10", "--amount")
        self.assertIn("would owe 6000.01 CNY", self.fails(5, *add, "6000.01"))   # a bill turns the work into a receivable
        self.assertIn("would owe 6000.01 CNY", self.fails(5, "cost", "add", "--project", "P1", "--posted-on", "2026-03-10", "--kind", "official_fee", "--amount", "1000.01"))
        rows = "number,contract,issued_on,due_on,amount\nF1,C1,2026-03-10,2026-04-10,4000\nF2,C1,2026-03-10,2026-04-10,2000.01\n"
        self.assertIn(":3:", self.fails(9, "invoice", "import", self.file("f.csv", rows)))
        self.ok(*add, "6000")

    def test_leverage_and_days_of_work_in_progress(self):
        for e in ("E1", "E2"):
            self.ok("rate", "add", "--employee", e, "--kind", "standard", "--valid-from", "2026-01-01", "--amount", "1000")
        self.hours("E1", "1.1", "2026-03-03", "4")
        self.hours("E2", "1.2", "2026-03-16", "6")
        self.ok("invoice", "add", "--number", "F1", "--contract", "C1", "--issued-on", "2026-03-20", "--due-on", "2026-04-10", "--amount", "6000")
        row = lambda *more: [[r[k] for k in ("worked", "leverage", "wip", "wip_days")] for r in self.json("time", "report", "--by", "project", *more)["rows"]]
        self.assertEqual(row("--from", "2026-03-01", "--to", "2026-03-30"), [[10, 1.5, "4000.00", 20]])    # 4,000 at 200 a day
        self.assertEqual(row("--from", "2026-03-10", "--to", "2026-03-19"), [[6, None, "10000.00", None]])   # nothing billed yet, nobody led
        self.assertEqual(row("--from", "2026-03-21", "--to", "2026-03-30"), [[0, None, "4000.00", None]])
