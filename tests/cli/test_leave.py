"""Leave: asked for, decided on by another person, taken off what plans may ask of people."""
import csv, io

from support.book import Book


class Leaves(Book):
    now = "2026-03-02T09:00+08:00"

    def setUp(self):
        super().setUp()
        for number, name in (("E1", "李"), ("E2", "王")):
            self.ok("employee", "add", "--number", number, "--name", name, "--hired-on", "2025-01-01")

    def ask(self, first, last=None, *more, employee="E1", kind="annual"):
        return self.ok("leave", "add", "--employee", employee, "--kind", kind, "--starts-on", first, *(["--ends-on", last] if last else []), *more)

    def approve(self, number, actor="E2"):
        self.ok("leave", "approve", number, "--actor", actor)

    def rows(self, *words):
        return list(csv.DictReader(io.StringIO(self.ok(*words, "--format", "csv"))))

    def status(self, number, *more):
        return self.json("leave", "show", number, *more)["leave"]["status"]

    def test_LV_004_another_person_decides(self):
        self.ask("2026-03-09")
        for verb in ("approve", "reject"):
            for actor in ("E1", "李"):
                self.assertIn("LV-004", self.fails(5, "leave", verb, "LV-000001", "--reason", "x", "--actor", actor))
        self.approve("LV-000001")
        self.assertEqual(self.json("leave", "show", "LV-000001")["leave"]["decided_by"], "E2")
        self.assertIn("LV-004", self.fails(5, "leave", "cancel", "LV-000001", "--reason", "x", "--actor", "E1"))
        self.ok("leave", "cancel", "LV-000001", "--reason", "x", "--actor", "E2")
        self.ask("2026-03-09")
        self.ok("leave", "cancel", "LV-000002", "--reason", "withdrawn", "--actor", "E1")
        self.ask("2026-03-09")

    def test_every_pair_of_state_and_verb(self):
        legal = {("requested", "approve"), ("requested", "reject"), ("requested", "cancel"), ("approved", "cancel")}
        way = {"requested": (), "approved": ("approve",), "rejected": ("reject",), "cancelled": ("cancel",)}
        day = 1
        for state, steps in way.items():
            for verb in ("approve", "reject", "cancel"):
                self.ask(f"2026-04-{day:02}", None, "--number", f"L{day}")
                for step in steps:
                    self.ok("leave", step, f"L{day}", "--reason", "x", "--actor", "E2")
                self.assertEqual(self.status(f"L{day}"), state)
                words = ("leave", verb, f"L{day}", "--reason", "x", "--actor", "E2")
                if (state, verb) in legal:
                    self.ok(*words)
                else:
                    self.assertIn("LV-004", self.fails(5, *words))
                day += 1

    def test_LV_002_leaves_of_a_person_do_not_overlap(self):
        self.ask("2026-03-09", "2026-03-13")
        error = self.fails(5, "leave", "add", "--employee", "E1", "--kind", "sick", "--starts-on", "2026-03-13", "--ends-on", "2026-03-16")
        self.assertIn("LV-002", error)
        self.assertIn("LV-000001", error)
        self.ask("2026-03-14", "2026-03-16")
        self.ask("2026-03-13", employee="E2")
        text = "employee,kind,starts_on,ends_on\nE2,年假,2026-05-04,2026-05-06\nE2,病假,2026-05-06,2026-05-07\n"
        self.assertIn(":3:", self.fails(9, "leave", "import", self.file("l.csv", text)))

    def test_hours_are_parts_of_one_day(self):
        self.ask("2026-03-09", None, "--hours", "3")
        self.ask("2026-03-09", None, "--hours", "2.5")
        self.assertIn("LV-002", self.fails(5, "leave", "add", "--employee", "E1", "--kind", "sick", "--starts-on", "2026-03-09"))
        self.assertIn("one day", self.fails(2, "leave", "add", "--employee", "E1", "--kind", "sick", "--starts-on", "2026-03-10", "--ends-on", "2026-03-11", "--hours", "12"))
        self.assertIn("24", self.fails(2, "leave", "add", "--employee", "E1", "--kind", "sick", "--starts-on", "2026-03-10", "--hours", "25"))

    def test_only_of_who_is_employed(self):
        self.assertIn("2024-12-31", self.fails(2, "leave", "add", "--employee", "E1", "--kind", "sick", "--starts-on", "2024-12-31"))
        self.ok("employee", "leave", "E1", "--on", "2026-03-31")
        self.assertIn("2026-04-01", self.fails(2, "leave", "add", "--employee", "E1", "--kind", "sick", "--starts-on", "2026-03-31", "--ends-on", "2026-04-01"))

    def test_a_file_brings_what_was_decided(self):
        text = "工号,假别,开始日期,结束日期,状态,审批人\nE1,年休假,2026-02-02,2026-02-03,已批准,王\nE2,病假,2026-02-04,,待批准,\n"
        self.ok("leave", "import", self.file("l.csv", text))
        self.assertEqual([(r["employee"], r["kind"], r["ends_on"], r["status"]) for r in self.rows("leave", "list")],
                         [("E1", "annual", "2026-02-03", "approved"), ("E2", "sick", "2026-02-04", "requested")])
        for status, who, why in (("approved", "", "who decided"), ("approved", "李", "his own"), ("requested", "王", "nobody has decided")):
            error = self.fails(9, "leave", "import", self.file("m.csv", f"employee,kind,starts_on,status,decided_by\nE1,sick,2026-06-01,{status},{who}\n"))
            self.assertIn("LV-004", error)
            self.assertIn(why, error)
        self.assertIn("LV-004", self.fails(5, "leave", "add", "--employee", "E1", "--kind", "sick", "--starts-on", "2026-06-01", "--status", "approved", "--decided-by", "王"))

    def test_what_was_decided_on_stays(self):
        self.ask("2026-03-09")
        self.ok("leave", "edit", "LV-000001", "--set", "ends_on=2026-03-10")
        self.assertIn("LV-004", self.fails(5, "leave", "edit", "LV-000001", "--set", "status=approved"))
        self.approve("LV-000001")
        self.assertIn("LV-004", self.fails(5, "leave", "edit", "LV-000001", "--set", "ends_on=2026-03-11"))
        self.ok("leave", "edit", "LV-000001", "--set", "note=call first")
        self.assertIn("LV-004", self.fails(5, "leave", "void", "LV-000001", "--reason", "x", "--actor", "E1"))

    def test_who_is_away_on_a_day(self):
        self.ask("2026-03-09", "2026-03-13")
        self.ask("2026-03-11", employee="E2")
        self.approve("LV-000001")
        on = lambda day, *more: [r["employee_name"] for r in self.rows("leave", "list", "--on", day, *more)]
        self.assertEqual([on(f"2026-03-{d:02}") for d in (8, 9, 11, 13, 14)], [[], ["李"], ["李", "王"], ["李"], []])
        self.assertEqual(on("2026-03-11", "--where", "status = approved"), ["李"])
        self.at("2026-03-12T09:00+08:00")
        self.ok("leave", "cancel", "LV-000001", "--reason", "x", "--actor", "E2")
        self.assertEqual((self.status("LV-000001"), self.status("LV-000001", "--as-of", "2026-03-11")), ("cancelled", "approved"))

    def test_LV_004_what_was_taken_is_not_taken_back(self):
        self.ask("2026-03-09", "2026-03-13")
        self.approve("LV-000001")
        self.at("2026-03-16T09:00+08:00")
        cancel = ("leave", "cancel", "LV-000001", "--reason", "x", "--actor", "E2")
        error = self.fails(5, *cancel)   # as of today nothing of it is left
        for text in ("LV-004", "ended on 2026-03-13", "--effective"):
            self.assertIn(text, error)
        self.ok(*cancel, "--effective", "2026-03-12")
        self.assertIn("LV-002", self.fails(5, "leave", "add", "--employee", "E1", "--kind", "sick", "--starts-on", "2026-03-11", "--ends-on", "2026-03-12"))
        self.ask("2026-03-12", kind="sick")   # the days from then on are free again

    def test_LV_002_after_an_undo(self):
        self.ask("2026-03-09")
        self.ok("leave", "cancel", "LV-000001", "--reason", "x")
        operation = self.json("op", "list")["operations"][0]["operation"]
        self.ask("2026-03-09", kind="sick")
        self.assertIn("LV-002", self.fails(5, "undo", str(operation)))

    def load(self, *more):
        return {(r["employee"], r["week_on"]): r for r in self.rows("project", "load", "--from", "2026-03-02", "--to", "2026-03-15", *more)}

    def project(self, text):
        self.ok("project", "add", "--code", "P1", "--name", "n", "--manager", "E2", "--starts-on", "2026-03-02")
        self.ok("project", "plan", "import", "P1", self.file("plan.csv", text))

    def test_load_is_of_who_is_there(self):
        self.project("wbs,name,duration,effort,assigned\n1,a,10,80,E1\n2,b,10,40,E2\n")
        self.ask("2026-03-05", "2026-03-09")
        self.ask("2026-03-11", None, "--hours", "3")
        before = self.load()
        self.assertEqual([(r["available"], r["leave"], r["over"]) for r in before.values()], [("40.00", "0.00", "0.00")] * 4)
        self.approve("LV-000001")
        self.approve("LV-000002")
        after = self.load()
        first, second = after["E1", "2026-03-02"], after["E1", "2026-03-09"]
        self.assertEqual((first["available"], first["leave"], first["allocated"], first["over"], first["overload"]), ("24.00", "16.00", "24.00", "0.00", "false"))
        self.assertEqual((second["available"], second["leave"], second["allocated"], second["over"]), ("29.00", "11.00", "32.00", "3.00"))   # hours stop no task
        self.assertEqual(after["E2", "2026-03-02"], before["E2", "2026-03-02"])
        self.assertEqual(self.load("--known-at", "2026-03-02T08:59+08:00"), {})
        self.ok("leave", "cancel", "LV-000001", "--reason", "x", "--actor", "E2")
        self.assertEqual(self.load()["E1", "2026-03-02"], before["E1", "2026-03-02"])

    def test_levelling_works_around_who_is_away(self):
        self.project("wbs,name,duration,assigned\n1,a,3,E1\n2,b,2,E1;E2\n")
        self.ask("2026-03-04", "2026-03-06")
        days = lambda: [(r["starts_on"], r["ends_on"], r["duration"]) for r in self.rows("project", "level", "P1")]
        self.assertEqual(days(), [("2026-03-02", "2026-03-04", "3"), ("2026-03-05", "2026-03-06", "2")])
        self.approve("LV-000001")
        self.assertEqual(days(), [("2026-03-02", "2026-03-09", "6"), ("2026-03-10", "2026-03-11", "2")])

    SCHEDULE = ("wbs", "duration", "es", "ef", "total_float", "critical", "starts_on", "ends_on", "leave_days")

    def schedule(self, *more, columns=SCHEDULE):
        return [tuple(r[c] for c in columns) for r in self.rows("project", "schedule", "P1", *more)]

    def test_a_task_waits_while_all_of_its_people_are_away(self):
        self.project("wbs,name,duration,assigned,after\n1,a,3,E1,\n2,b,2,E2,1\n3,c,4,E1;E2,\n4,m,0,E1,2\n")
        plain = self.schedule()
        self.ask("2026-03-04", "2026-03-06")
        self.ask("2026-03-06", "2026-03-09", employee="E2")
        self.assertEqual(self.schedule(), plain)   # asked for is not approved
        self.approve("LV-000001")
        self.approve("LV-000002", "E1")
        self.assertEqual(self.schedule(), [   # of task 3 somebody is there but on March 6
            ("1", "6", "0", "6", "0", "true", "2026-03-02", "2026-03-09", "3"),
            ("2", "2", "6", "8", "0", "true", "2026-03-10", "2026-03-11", "0"),
            ("3", "4", "0", "4", "3", "false", "2026-03-02", "2026-03-05", "0"),
            ("4", "0", "8", "8", "0", "true", "2026-03-11", "2026-03-11", "0")])
        self.at("2026-03-02T10:00+08:00")
        self.ask("2026-03-10", "2026-03-20", employee="E2")
        self.approve("LV-000003", "E1")
        self.assertEqual(self.schedule(columns=("wbs", "ends_on", "leave_days"))[1], ("2", "2026-03-24", "0"))   # it waits to begin
        self.assertEqual(self.schedule("--known-at", "2026-03-02T09:00+08:00", columns=("wbs", "ends_on"))[1], ("2", "2026-03-11"))
        self.at("2026-03-05T09:00+08:00")
        self.ok("leave", "cancel", "LV-000001", "--reason", "back", "--actor", "E2")
        self.assertEqual(self.schedule(columns=("wbs", "ends_on", "leave_days"))[0], ("1", "2026-03-05", "1"))
        self.assertEqual(self.schedule("--as-of", "2026-03-04", columns=("wbs", "ends_on"))[0], ("1", "2026-03-09"))

    def test_planned_value_and_forecast_wait_too(self):
        self.ok("client", "add", "--code", "K1", "--name", "k")
        self.ok("contract", "add", "--number", "C1", "--client", "K1", "--title", "t", "--amount", "1000", "--signed-on", "2026-01-05", "--starts-on", "2026-01-05")
        self.project("wbs,name,duration,assigned,cost\n1,a,4,E1,400\n")
        self.ask("2026-03-03", "2026-03-04")
        self.approve("LV-000001")
        self.ok("project", "edit", "P1", "--set", "budget=500", "--set", "contract=C1")
        for verb in ("initiate", "approve-plan", "baseline"):
            self.ok("project", verb, "P1")
        self.at("2026-03-31T09:00+08:00")
        pv = lambda day: self.rows("project", "evm", "P1", "--as-of", day)[0]["pv"]
        self.assertEqual([pv(f"2026-03-{d:02}") for d in (2, 3, 4, 5, 6)], ["100.00", "100.00", "100.00", "200.00", "300.00"])
        self.assertNotIn("PRJ-005", self.fails(1, "project", "check"))   # the baseline is the plan of that day, leave and all

    def test_who_leaves_before_the_work_begins_is_told(self):
        self.project("wbs,name,duration,effort,assigned,after\n1,a,5,40,E1,\n2,b,4,32,E2,1\n")
        self.ok("employee", "leave", "E2", "--on", "2026-03-10", "--reason", "x")
        for verb in ("level", "level-apply"):
            self.assertIn("task 2 asks more of E2", self.fails(5, "project", verb, "P1"))

    def test_a_plan_for_Microsoft_Project_has_the_days_of_work(self):
        self.project("wbs,name,duration,assigned\n1,a,3,E1\n")
        self.ask("2026-03-03", "2026-03-03")
        self.approve("LV-000001")
        text = self.ok("project", "plan", "export", "P1", "--format", "mspdi")
        self.assertIn("<Duration>PT24H0M0S</Duration>", text)
        self.assertIn("<Finish>2026-03-05T18:00:00</Finish>", text)

    def test_a_leave_beyond_the_calendar_holds_up_no_plan(self):
        self.project("wbs,name,duration,assigned\n1,a,3,E1\n")
        self.ask("2026-12-01", "2027-03-31", kind="maternity")
        self.approve("LV-000001")
        self.assertEqual([r["starts_on"] for r in self.rows("project", "level", "P1")], ["2026-03-02"])
        self.ok("task", "edit", "P1/1", "--set", "constraint_type=start_no_earlier", "--set", "constraint_on=2026-12-07")
        self.assertIn("CAL-001", self.fails(5, "project", "level", "P1"))

    def test_leave_and_leaving_point_to_each_other(self):
        self.assertIn("employee leave", self.ok("leave", "--help"))
        self.assertIn("agency leave", self.ok("employee", "leave", "--help"))
