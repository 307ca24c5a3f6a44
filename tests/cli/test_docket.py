"""Deadlines: rules by packs, due days, moves with evidence, two persons, the calendar file, the fee of a tender."""
import datetime, sys

from support.book import Book, SOURCE

SEED = SOURCE / "schema" / "seed"


def icalendar():
    """The parser of python3-icalendar, also where this Python is not Debian's; None where it is not installed."""
    sys.path.append("/usr/lib/python3/dist-packages")
    try:
        import icalendar
        return icalendar
    except ImportError:
        return None
    finally:
        sys.path.pop()


class Docket(Book):
    now = "2026-03-01T09:00Z"

    def setUp(self):
        super().setUp()
        for noun, name in (("calendar", "calendar_2025"), ("calendar", "calendar_2026"), ("deadline", "deadlines")):
            self.ok(noun, "import", SEED / f"{name}.csv", "--on-conflict", "skip")
        self.ok("client", "add", "--code", "K1", "--name", "甲公司")
        for number, name in (("L1", "李雷"), ("H1", "韩梅梅"), ("W1", "王五")):
            self.ok("employee", "add", "--number", number, "--name", name)

    def add(self, matter, rule, trigger, *more, by="李雷"):
        return self.json("docket", "add", matter, "--rule", rule, "--trigger-on", trigger, "--client", "K1", "--responsible", by, "--backup", "韩梅梅", *more)["docket"]

    def test_due_days_of_every_rule(self):
        tried = set()
        for rule, trigger, due in (
                ("BID-CONTRACT", "2026-09-01", "2026-10-08"),      # 1 October is off
                ("BID-CLARIFY", "2026-03-02", "2026-02-14"),       # 15 February is off: the working day before, a Saturday
                ("BID-PUBLICITY", "2026-03-02", "2026-03-05"),     # not before
                ("PAT-OA1", "2026-03-02", "2026-07-02"), ("PAT-PRIORITY-DESIGN", "2026-03-31", "2026-09-30"),
                ("TM-OPPOSITION", "2026-06-30", "2026-09-30"),
                ("TM-RENEW-OPEN", "2026-12-31", "2025-12-31"), ("TM-RENEW", "2026-10-03", "2026-10-03"),
                ("TAX-VAT", "2026-01-31", "2026-02-24"), ("TAX-CIT-ANNUAL", "2025-12-31", "2026-06-01"), ("TAX-IIT-ANNUAL", "2025-12-31", "2026-06-30"),
                ("BK-FILING", "2025-12-31", "2026-04-30"), ("CUS-IMPORT", "2026-03-02", "2026-03-16"),
                ("BID-SALE", "2026-03-02", "2026-03-07"), ("BID-PREPARE", "2026-03-02", "2026-03-22"), ("BID-OBJECTION", "2026-03-17", "2026-03-06"),   # before a Saturday
                ("BID-REPLY", "2026-03-04", "2026-03-09"), ("BID-CANDIDATES", "2026-04-30", "2026-05-06"), ("BID-REPORT", "2026-09-20", "2026-10-08"),
                ("BID-DEPOSIT", "2026-09-29", "2026-10-08"), ("BID-DEPOSIT", "2026-03-02", "2026-03-09"), ("GP-FILES", "2026-03-02", "2041-03-02"),
                ("PAT-PRIORITY", "2025-06-03", "2026-06-03"), ("PAT-EXAM", "2023-02-28", "2026-02-28"),   # a Saturday that is worked
                ("PAT-OA", "2026-03-31", "2026-06-01"), ("PAT-REEXAM", "2026-01-31", "2026-04-30"), ("PAT-GRANT", "2026-07-31", "2026-09-30"),
                ("PAT-ANNUITY", "2025-05-02", "2026-05-06"), ("PAT-ANNUITY-GRACE", "2026-04-01", "2026-10-08"), ("PAT-RESTORE", "2026-05-05", "2026-07-06"),
                ("PAT-TERM-INVENTION", "2010-03-01", "2030-03-01"), ("PAT-TERM-UTILITY", "2020-02-29", "2030-02-28"), ("PAT-TERM-DESIGN", "2021-06-01", "2036-06-01"),
                ("TM-REVIEW", "2026-04-16", "2026-05-06"), ("TM-RENEW-GRACE", "2026-03-31", "2026-09-30"), ("TM-NONUSE", "2026-03-02", "2029-03-02"),
                ("TM-PRIORITY", "2025-08-31", "2026-02-28"), ("TAX-IIT", "2026-01-31", "2026-02-24"), ("TAX-CIT-ADVANCE", "2026-06-30", "2026-07-15"),
                ("TAX-IIT-ANNUAL-OPEN", "2026-01-01", "2026-03-01")):
            tried.add(rule)
            self.assertEqual(self.add("M", rule, trigger)["due_on"], due, (rule, trigger))
        rows = self.json("docket", "rules")["rows"]
        self.assertEqual(tried, {r["code"] for r in rows})
        self.assertTrue(all(r["source"] and r["mark"] in ("verified", "unverified") for r in rows))

    def test_a_rule_changes_with_the_law(self):
        self.assertEqual(self.add("TM-1", "TM-OPPOSITION", "2026-12-31")["due_on"], "2027-03-31")
        self.assertEqual(self.add("TM-2", "TM-OPPOSITION", "2027-01-01")["due_on"], "2027-03-01")
        rows = {day: self.json("docket", "rules", "--pack", "trademark", "--as-of", day)["rows"] for day in ("2026-12-31", "2027-01-01")}
        self.assertEqual([[r["term"] for r in rows[day] if r["code"] == "TM-OPPOSITION"] for day in rows], [["3m"], ["2m"]])
        self.assertTrue(all(r["source"] and r["mark"] for r in rows["2026-12-31"]))
        self.assertIn("not in force", self.fails(2, "docket", "add", "TM-3", "--rule", "TM-OPPOSITION", "--trigger-on", "2010-01-01", "--client", "K1", "--responsible", "L1", "--backup", "H1"))

    def test_the_trace_keeps_every_step(self):
        d = self.add("ZL-1", "PAT-REEXAM", "2026-06-10", "--served", "posted")
        self.assertEqual(d["trace"], "PAT-REEXAM/1985-04-01: 2026-06-10 posted +15d = 2026-06-25 +3m = 2026-09-25; statutory_holiday -> 2026-09-28")
        self.assertEqual(d["due_on"], "2026-09-28")

    def test_CAL_001_a_day_beyond_the_calendar_is_marked_and_computed_again(self):
        self.assertEqual(self.add("TM-2", "TM-OPPOSITION", "2026-12-03")["calendar"], "missing")   # 3 March 2027
        self.assertEqual(self.add("TM-1", "TM-OPPOSITION", "2026-12-07")["due_on"], "2027-03-07")  # a Sunday
        self.assertEqual(self.json("docket", "recompute")["recomputed"], [])
        notice = self.file("2027.json", '{"year":2027,"days":[{"name":"元旦","date":"2027-01-01","isOffDay":true}]}')
        self.ok("calendar", "notice", notice)
        rows = self.json("docket", "recompute")["recomputed"]
        self.assertEqual([(r["number"][:4], r["from"], r["to"]) for r in rows], [("TM-1", "2027-03-07", "2027-03-08"), ("TM-2", "2027-03-03", "2027-03-03")])
        self.assertEqual(self.json("docket", "show", "TM-1")["docket"]["calendar"], "loaded")
        self.assertEqual(self.json("docket", "recompute")["recomputed"], [])

    def test_DKT_001_a_deadline_is_moved_with_evidence_and_never_deleted(self):
        self.add("ZL-1", "PAT-OA1", "2026-03-02")
        for words in (("move", "ZL-1", "--to", "2026-07-03"), ("move", "ZL-1", "--to", "2026-07-03", "--evidence", " "), ("void", "ZL-1", "--reason", "x"), ("edit", "ZL-1", "--set", "due_on=2026-07-03")):
            self.assertIn("DKT-001", self.fails(5, "docket", *words))
        self.assertIn("DKT-001", self.fails(5, "docket", "add", "ZL-2", "--rule", "PAT-OA1", "--trigger-on", "2026-03-02", "--due-on", "2026-07-03", "--client", "K1", "--responsible", "L1", "--backup", "H1"))
        self.at("2026-04-01T09:00Z")
        self.ok("docket", "move", "ZL-1", "--to", "2026-09-02", "--evidence", "延期通知")
        shown = self.json("docket", "show", "ZL-1")["docket"]
        self.assertEqual((shown["due_on"], shown["evidence"]), ("2026-09-02", "延期通知"))
        self.assertTrue(shown["trace"].endswith("= 2026-07-02; moved -> 2026-09-02"))
        self.assertEqual(self.json("docket", "show", "ZL-1", "--as-of", "2026-03-31")["docket"]["due_on"], "2026-07-02")
        self.ok("docket", "move", "ZL-1", "--to", "2026-08-01")   # earlier is safer, and still stands on the extension
        self.assertEqual(self.json("docket", "show", "ZL-1")["docket"]["evidence"], "延期通知")
        self.assertIn("DKT-001", self.fails(5, "docket", "move", "ZL-1", "--to", "2026-08-02"))
        self.add("ZB-1", "BID-PREPARE", "2026-03-02")   # not before that day
        due = self.json("docket", "show", "ZB-1")["docket"]["due_on"]
        self.assertIn("earlier 2026-03-10 only with evidence", self.fails(5, "docket", "move", "ZB-1", "--to", "2026-03-10"))
        self.assertLess("2026-03-10", due)
        self.ok("docket", "move", "ZB-1", "--to", "2026-04-30")

    def test_rules_and_their_packs_are_as_they_were_known(self):
        self.add("ZL-1", "PAT-OA1", "2026-03-02")
        then = "2026-03-01T09:00Z"
        said = lambda: [self.ok("docket", *words, "--as-of", "2026-03-01", "--known-at", then) for words in (("list", "--columns", "+pack,+bound"), ("rules",))]
        before = said()
        self.at("2026-03-05T09:00Z")
        rule = next(r["number"] for r in self.json("deadline", "list")["deadline_rules"] if r["code"] == "PAT-OA1")
        self.ok("deadline", "edit", rule, "--set", "pack=house")
        self.assertIn("house", self.ok("docket", "list", "--columns", "+pack"))
        self.assertEqual(said(), before)

    def test_a_deadline_beyond_every_calendar_is_refused(self):
        for day in ("9999-10-01", "9999-12-31"):
            self.assertIn("beyond the year 9999", self.fails(5, "docket", "add", "M", "--rule", "PAT-OA1", "--trigger-on", day, "--client", "K1", "--responsible", "L1", "--backup", "H1"))

    def test_DKT_002_a_second_person_confirms(self):
        self.add("ZL-1", "PAT-OA1", "2026-03-02")
        self.assertIn("DKT-002", self.fails(5, "docket", "add", "ZL-2", "--rule", "PAT-OA1", "--trigger-on", "2026-03-02", "--client", "K1", "--responsible", "李雷", "--backup", "李 雷"))
        self.fails(2, "docket", "done", "ZL-1")
        self.assertIn("DKT-003", self.fails(5, "docket", "confirm", "ZL-1"))
        self.ok("docket", "done", "ZL-1", "--proof", "回执 17", "--actor", "lilei")
        self.assertIn("DKT-002", self.fails(5, "docket", "confirm", "ZL-1", "--actor", "lilei"))
        self.assertEqual(self.json("docket", "list")["dockets"][0]["status"], "done")
        self.ok("docket", "return", "ZL-1", "--reason", "wrong paper", "--actor", "H1")
        self.ok("docket", "done", "ZL-1", "--proof", "回执 18", "--actor", "lilei")
        self.ok("docket", "confirm", "ZL-1", "--actor", "H1")
        shown = self.json("docket", "show", "ZL-1")["docket"]
        self.assertEqual((shown["status"], shown["done_by"], shown["proof"]), ("completed", "lilei", "回执 18"))
        self.assertEqual(self.json("docket", "list")["dockets"], [])
        self.assertEqual(len(self.json("docket", "list", "--all")["dockets"]), 1)
        self.fails(5, "docket", "move", "ZL-1", "--to", "2026-01-01")

    def test_people_are_employees_by_number_or_exact_name(self):
        self.add("ZL-1", "PAT-OA1", "2026-03-02", by="L1")
        shown = self.json("docket", "show", "ZL-1")["docket"]
        self.assertEqual((shown["responsible"], shown["backup"]), ("L1", "H1"))
        row = self.json("docket", "list")["dockets"][0]
        self.assertEqual([row[k] for k in ("responsible", "responsible_name", "backup", "backup_name")], ["L1", "李雷", "H1", "韩梅梅"])
        words = ("docket", "add", "ZL-2", "--rule", "PAT-OA1", "--trigger-on", "2026-03-02", "--client", "K1", "--backup", "韩梅梅", "--responsible")
        self.assertIn("路人", self.fails(3, *words, "路人"))
        self.assertIn("DKT-002", self.fails(5, *words, "H1"))   # number and name are one person
        self.fails(3, "docket", "list", "--responsible", "路人")
        self.assertEqual(len(self.json("docket", "list", "--responsible", "李 雷")["dockets"]), 1)
        self.fails(5, "employee", "void", "L1", "--reason", "x")   # a deadline stands on him
        self.ok("employee", "leave", "W1", "--on", "2026-02-28", "--reason", "x")
        self.assertIn("DKT-005", self.fails(5, *words, "W1"))
        self.assertIn("DKT-005", self.fails(5, "docket", "edit", "ZL-1", "--set", "responsible=W1"))
        self.ok("docket", "done", "ZL-1", "--proof", "回执", "--actor", "L1")
        self.assertIn("DKT-002", self.fails(5, "docket", "confirm", "ZL-1", "--actor", "李雷"))

    def test_given_up_needs_the_clients_word_and_a_second_person(self):
        self.add("ZL-1", "PAT-ANNUITY", "2025-04-01")
        self.fails(2, "docket", "abandon", "ZL-1")
        self.ok("docket", "abandon", "ZL-1", "--proof", "客户邮件", "--actor", "lilei")
        self.assertIn("DKT-002", self.fails(5, "docket", "confirm-abandon", "ZL-1", "--actor", "lilei"))
        self.ok("docket", "confirm-abandon", "ZL-1", "--actor", "H1")
        self.assertEqual(self.json("docket", "list", "--all")["dockets"][0]["status"], "abandoned")

    def test_the_list_is_by_day_and_knows_what_is_late(self):
        self.add("B", "PAT-OA", "2026-01-20")        # 20 March
        self.add("A", "TAX-IIT", "2026-01-31")       # 24 February: late
        self.add("C", "BID-PUBLICITY", "2026-02-10")  # not before 13 February: never late
        self.add("D", "PAT-OA1", "2026-02-20", by="王五")
        rows = self.json("docket", "list")["dockets"]
        self.assertEqual([(r["matter"], r["days_left"], r["overdue"]) for r in rows], [("C", -16, False), ("A", -5, True), ("B", 19, False), ("D", 113, False)])
        matters = lambda *more: [r["matter"] for r in self.json("docket", "list", *more)["dockets"]]
        self.assertEqual(matters("--within", "30d"), ["C", "A", "B"])
        self.assertEqual(matters("--overdue"), ["A"])
        self.assertEqual(matters("--pack", "patent"), ["B", "D"])
        self.assertEqual(matters("--responsible", "王五"), ["D"])
        self.assertEqual(matters("--as-of", "2026-02-24", "--overdue"), [])
        self.fails(1, "docket", "list", "--overdue", "--fail-if", "days_left < 0")
        self.ok("docket", "list", "--pack", "patent", "--fail-if", "days_left < 0")
        self.fails(2, "docket", "list", "--within", "2m")

    def test_agreed_deadlines_come_without_a_rule_and_files_are_held_to_the_rule(self):
        path = self.file("dockets.csv", "事务,规则,名称,客户,起算日,期限届满日,责任人,复核人\n"
                         "P1,,交付中期报告,甲公司,2026-03-01,2026-04-01,李雷,韩梅梅\n"
                         "P2,PAT-OA1,,K1,2026-03-02,,李雷,韩梅梅\n"
                         "P3,PAT-OA1,,K1,2026-03-02,2026-07-01,李雷,韩梅梅\n")
        self.assertEqual(self.json("docket", "import", path)["import"]["inserted"], 3)
        self.assertEqual([r["due_on"] for r in self.json("docket", "list")["dockets"]], ["2026-04-01", "2026-07-01", "2026-07-02"])
        bad = self.file("bad.csv", "matter,rule,client,trigger_on,due_on,responsible,backup\nP4,PAT-OA1,K1,2026-03-02,2026-07-03,L1,H1\nP5,,K1,2026-03-02,,L1,H1\nP6,PAT-OA9,K1,2026-03-02,,L1,H1\n")
        r = self.run_("docket", "import", bad)
        self.assertEqual(r.returncode, 9)
        said = r.stderr.decode()
        for text in ("DKT-001", "2026-07-02", "without a rule", "did you mean"):
            self.assertIn(text, said)

    def test_only_an_agreed_deadline_may_be_void(self):
        self.ok("docket", "add", "P1", "--number", "D1", "--title", "t", "--trigger-on", "2026-03-01", "--due-on", "2026-04-01", "--client", "K1", "--responsible", "L1", "--backup", "H1")
        self.ok("docket", "void", "D1", "--reason", "x")
        self.assertEqual(self.json("docket", "list", "--all")["dockets"], [])
        self.fails(3, "docket", "void", "D1", "--reason", "x")

    def test_ics_is_read_by_another_program(self):
        for matter, rule, day in (("ZL-1; a, b", "PAT-OA1", "2026-03-02"), ("专利案件" * 12, "PAT-OA", "2026-03-02")):
            self.add(matter, rule, day)
        text = self.ok("docket", "list", "--format", "ics")
        self.assertEqual(text, self.ok("docket", "list", "--format", "ics"))
        raw = text.encode()
        self.assertTrue(all(len(line) <= 75 for line in raw.split(b"\r\n")))
        self.assertNotIn(b"\n", raw.replace(b"\r\n", b""))
        [line.decode() for line in raw.split(b"\r\n")]   # no line ends inside a character
        module = icalendar()
        if not module:
            self.skipTest("skipped: no python3-icalendar")
        events = module.Calendar.from_ical(raw).walk("VEVENT")
        self.assertEqual([e["DTSTART"].dt for e in events], [datetime.date(2026, 5, 6), datetime.date(2026, 7, 2)])
        self.assertTrue(events[1]["SUMMARY"].startswith("ZL-1; a, b/PAT-OA1/2026-03-02 答复第一次审查意见"))
        self.assertEqual(len({e["UID"] for e in events}), 2)
        self.assertIn("专利案件" * 12, events[0]["DESCRIPTION"])
        self.fails(2, "client", "list", "--format", "ics")

    def test_the_fee_of_a_tender(self):
        for kind, amount, fee in (("works", "60000000", "225500.00"), ("service", "8,000,000", "60500.00"), ("goods", "3500000", "42500.00")):
            report = self.json("docket", "fee", kind, amount)
            self.assertEqual(report["totals"][0]["fee"], fee)
        self.assertEqual(self.json("docket", "fee", "works", "60000000", "--agreed", "80%")["totals"][0]["agreed"], "180400.00")
        self.fails(2, "docket", "fee", "goods", "0")
        self.fails(2, "docket", "fee", "goods", "x")
        self.fails(2, "docket", "fee", "thing", "5")

    def test_the_surcharge_of_a_late_annuity(self):
        def of(paid, kind="annuity", amount="1200", due="2026-03-31"):
            row = self.json("docket", "surcharge", kind, amount, "--due-on", due, "--paid-on", paid)["rows"][0]
            return row["late"], row["surcharge"], row["total"]
        for paid, late, surcharge in (("2026-03-31", 0, "0.00"), ("2026-04-30", 0, "0.00"), ("2026-05-01", 1, "60.00"), ("2026-05-31", 1, "60.00"), ("2026-06-01", 2, "120.00"), ("2026-08-31", 4, "240.00"), ("2026-09-01", 5, "300.00"), ("2026-09-30", 5, "300.00")):
            self.assertEqual(of(paid)[:2], (late, surcharge), paid)
        self.assertEqual(of("2026-05-01")[2], "1260.00")
        self.assertIn("DKT-004", self.fails(5, "docket", "surcharge", "annuity", "1200", "--due-on", "2026-03-31", "--paid-on", "2026-10-01"))
        self.assertEqual(of("2026-10-08", due="2026-04-01")[:2], (5, "300.00"))   # the grace ends in the holiday, so after it
        self.assertEqual(of("2026-03-19", "customs", "100000", "2026-03-16"), (3, "150.00", "150.00"))   # 0.05 % a day
        self.assertEqual(of("2026-03-16", "customs", "100000", "2026-03-16"), (0, "0.00", "0.00"))
        self.fails(2, "docket", "surcharge", "annuity", "0", "--due-on", "2026-03-31")

    def test_the_most_that_may_be_asked_as_security(self):
        self.assertEqual([(r["kind"], r["most"]) for r in self.json("docket", "security", "10000000", "8600000.55")["rows"]], [("bid_deposit", "200000.00"), ("performance_bond", "860000.05")])
        self.assertEqual(len(self.json("docket", "security", "10000000")["rows"]), 1)
        self.fails(2, "docket", "security", "0")
