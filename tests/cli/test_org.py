"""The organization: records in any order, the chart of any day, every finding by its code, who may approve."""
import contextlib, json, sqlite3

from support.book import Book

POSITIONS = """code,title,department,reports_to,headcount
PD-PM,项目经理,PD,PD-M,6
GM,总经理,MG,,1
PD-M,部门经理,项目执行部,GM,1
HA-M,部门经理,HA,GM,1
FN-M,财务负责人,FN,GM,1
FN-C,出纳,FN,FN-M,2
"""
PEOPLE = """number,name,position,hired_on
E1,张总,GM,2020-01-01
E2,李经理,PD-M,2021-03-01
E3,王一,PD-PM,2022-01-01
E4,王二,PD-PM,2023-01-01
E5,王三,PD-PM,2024-01-01
E6,钱经理,HA-M,2021-01-01
E7,孙财务,FN-M,2021-01-01
E8,周出纳,FN-C,2021-01-01
"""
JOB = """position,kind,text,limit,target,period,share,standard
PD-M,duty,组织项目实施,,,,50%,
PD-M,duty,协调部门资源,,,,30%,
PD-M,duty,审核项目成果,,,,20%,
PD-M,authority,spend,50000,,,,
PD-M,goal,按期交付率,,95%,季,,
PD-M,qualification,五年项目管理经验,,,,,
PD-M,collaboration,与财务部核对项目成本,,,,,
"""


class Chart(Book):
    now = "2026-11-26T09:00+08:00"

    def setUp(self):
        super().setUp()
        self.imports("position", POSITIONS)
        self.imports("employee", PEOPLE)

    def imports(self, noun, text, *more):
        return self.ok(noun, "import", self.file("in.csv", text), *more)

    def refuses(self, noun, text, *more):
        return self.fails(9, noun, "import", self.file("in.csv", text), *more)

    def sql(self, text):
        """What stands in a file from before a rule was kept."""
        with contextlib.closing(sqlite3.connect(self.env["AGENCY_DB"])) as c:
            rows = c.execute(text).fetchall()
            c.commit()
            return rows

    def found(self, rule, *more):
        return [r for r in self.json("org", "check", *more)["rows"] if r["rule"] == rule]

    def operation(self, words):
        return next(o["operation"] for o in self.json("op", "list")["operations"] if words in o["command"])

    def chart(self, *more):
        return {r["position"]: r for r in self.json("org", "chart", *more)["rows"]}


class Records(Chart):
    def test_a_new_file_has_the_handbooks_departments_and_functions(self):
        self.assertEqual([d["code"] for d in self.json("department", "list")["departments"]], ["BD", "CS", "FN", "HA", "MG", "PD"])
        functions = self.json("function", "list")["functions"]
        self.assertEqual(sum(f["mandatory"] for f in functions), 32)
        self.assertIn("满意度提升", [f["name"] for f in functions])
        self.env["AGENCY_DB"] = str(self.dir / "bare.db")
        self.ok("init", "--bare")
        self.assertEqual(self.json("department", "list"), {"departments": [], "as_of": "2026-11-26", "known_at": None})

    def test_ORG_010_circles_are_named_whatever_the_order_of_rows(self):
        told = self.refuses("position", "code,title,department,reports_to\nX1,a,PD,X3\nX2,b,PD,X1\nX3,c,PD,X2\nX4,d,PD,X5\nX5,e,PD,GM\n")
        self.assertEqual(told.count("a circle of reports_to: X1 → X3 → X2 → X1 [ORG-010]"), 3)
        self.assertEqual(self.json("position", "list", "--where", "code ~ X")["positions"], [])
        self.imports("position", "code,title,department,reports_to\nX4,d,PD,X5\nX5,e,PD,GM\n")
        self.assertEqual(self.chart()["X4"]["layer"], 3)
        # A later value closes a circle over stored rows too.
        self.assertIn("X4 → X5 → X4 [ORG-010]", self.fails(5, "position", "edit", "X5", "--set", "reports_to=X4"))
        self.assertIn("ORG-010", self.refuses("department", "code,name,parent\nA,甲,B\nB,乙,A\n"))

    def test_ORG_010_a_circle_of_a_later_day_is_told_when_it_is_entered(self):
        for code in ("X1", "X2"):
            self.ok("position", "add", "--code", code, "--title", code, "--department", "PD", "--reports-to", "GM")
        self.ok("position", "edit", "X1", "--set", "reports_to=X2", "--effective", "2026-12-15")
        self.assertIn("a circle of reports_to from 2026-12-15 on: X1 → X2 → X1 [ORG-010]", self.fails(5, "position", "edit", "X2", "--set", "reports_to=X1", "--effective", "2026-12-01"))
        self.assertIn("[ORG-010]", self.fails(9, "position", "import", self.file("in.csv", "code,reports_to\nX2,X1\n"), "--on-conflict", "update"))
        self.ok("position", "edit", "X2", "--set", "headcount=2", "--effective", "2026-12-01")
        # Who moves away before that day makes none, nor does what was taken back.
        self.ok("position", "edit", "X2", "--set", "reports_to=PD-M", "--effective", "2026-12-10")
        self.ok("position", "edit", "X2", "--set", "reports_to=X1", "--effective", "2026-12-01")
        self.assertEqual(self.chart("--as-of", "2026-12-20")["X1"]["reports_to"], "X2")
        self.ok("undo")
        self.ok("undo")
        self.fails(5, "position", "edit", "X2", "--set", "reports_to=X1", "--effective", "2026-12-01")
        self.ok("position", "void", "X1", "--reason", "x", "--on", "2026-12-15")
        self.ok("position", "edit", "X2", "--set", "reports_to=X1", "--effective", "2026-12-01", "--dry-run")

    def test_ORG_010_org_check_finds_circles_that_are_there(self):
        # Of a file from before circles of later days were refused: written past the rules.
        self.imports("position", "code,title,department,reports_to\nX1,a,PD,GM\nX2,b,PD,X1\nA0,c,PD,X2\n")
        self.imports("department", "code,name,parent\nD1,甲部,\nD2,乙部,D1\n")
        for noun, code, field, value in (("position", "X1", "reports_to", "X2"), ("department", "D1", "parent", "D2")):
            ids = dict(self.sql(f"SELECT code, id FROM {noun}"))
            self.sql(f"INSERT INTO {noun}_change (id, field, value, effective_on, operation) VALUES ({ids[code]}, '{field}', '{ids[value]}', '2026-11-20', (SELECT MAX(id) FROM operation))")
        self.assertEqual([(r["subject"], r["since"], r["evidence"]) for r in self.found("ORG-010")],
                         [("D1", "2026-11-20", "belongs to itself: D1 → D2 → D1"), ("X1", "2026-11-20", "reports to itself: X1 → X2 → X1")])
        self.assertEqual(self.found("ORG-010", "--as-of", "2026-11-19"), [])

    def test_ORG_010_a_circle_of_departments_of_a_later_day(self):
        self.imports("department", "code,name\nD1,甲部\nD2,乙部\n")
        self.ok("department", "edit", "D1", "--set", "parent=D2", "--effective", "2026-12-15")
        self.assertIn("a circle of parent from 2026-12-15 on: D1 → D2 → D1 [ORG-010]", self.fails(5, "department", "edit", "D2", "--set", "parent=D1", "--effective", "2026-12-01"))

    def test_rejected_rows_take_those_with_them_that_stand_on_them(self):
        self.fails(9, "position", "import", self.file("in.csv", "code,title,department,reports_to\nX1,a,PD,X2\nX2,b,PD,X9\nX3,c,PD,GM\n"), "--on-error", "reject", "--rejects", "bad.csv")
        self.assertIn("X3", self.chart())
        bad = (self.dir / "bad.csv").read_text()
        self.assertIn('X1,a,PD,X2,2,reports_to,,"there is no position ""X2""', bad)
        self.assertNotIn("X3", bad)
        self.imports("position", "code,title,department,reports_to\nX9,z,PD,GM\n")
        self.ok("position", "import", "bad.csv")
        self.assertEqual(self.chart()["X1"]["layer"], 4)

    def test_ORG_012_two_solid_lines(self):
        self.assertIn('"GM;PD-M" names several; there is only one [ORG-012]', self.refuses("position", "code,title,department,reports_to\nX1,a,PD,GM;PD-M\n"))
        self.ok("position", "add", "--code", "X1", "--title", "t", "--department", "PD", "--reports-to", "PD-M", "--dotted-to", "FN-M")   # a dotted line may be
        self.assertEqual(self.found("ORG-012"), [])
        self.ok("assignment", "add", "--employee", "E8", "--position", "X1", "--kind", "concurrent")
        self.assertEqual([(r["subject"], r["severity"]) for r in self.found("ORG-012")], [("E8", "warning")])

    def test_ORG_020_a_position_is_not_closed_under_people_and_positions(self):
        self.assertIn("[ORG-020]", self.fails(5, "position", "void", "PD-PM", "--reason", "x"))
        last = ("--set", "valid_to=2026-10-31")
        self.assertIn("E3 王一 holds it after 2026-10-31 [ORG-020]\nhint: end the assignment first: agency assignment end E3/PD-PM/2022-01-01 --on 2026-10-31", self.fails(5, "position", "edit", "PD-PM", *last))
        self.assertIn("position PD-M is in it after 2026-10-31 [ORG-020]\nhint: close or move it first: agency position edit PD-M", self.fails(5, "department", "edit", "PD", *last))
        self.assertIn("[ORG-020]", self.fails(9, "position", "import", self.file("in.csv", "code,valid_to\nPD-PM,2026-10-31\n"), "--on-conflict", "update"))
        for n in ("E3/PD-PM/2022-01-01", "E4/PD-PM/2023-01-01", "E5/PD-PM/2024-01-01"):
            self.ok("assignment", "end", n, "--on", "2026-10-31")
        self.ok("position", "edit", "PD-PM", *last, "--dry-run")
        self.ok("position", "void", "PD-PM", "--reason", "x", "--on", "2026-11-01")
        self.assertNotIn("PD-PM", self.chart())
        self.assertEqual(self.chart("--as-of", "2026-10-31")["PD-PM"]["actual"], 3)
        self.assertIn("[ORG-020]", self.fails(5, "position", "void", "PD-M", "--reason", "x", "--on", "2026-11-01"))
        self.assertIn("position PD-PM is voided", self.fails(3, "assignment", "add", "--employee", "E3", "--position", "PD-PM", "--starts-on", "2026-11-05"))
        self.assertIn("E6 钱经理 holds it before 2026-01-01", self.fails(5, "position", "edit", "HA-M", "--set", "valid_from=2026-01-01"))
        self.ok("position", "add", "--code", "HA-X", "--title", "t", "--department", "HA", "--reports-to", "HA-M", "--valid-from", "2026-01-01")
        self.assertIn("[ORG-020]", self.fails(5, "assignment", "add", "--employee", "E3", "--position", "HA-X", "--kind", "concurrent", "--starts-on", "2025-11-05"))

    def test_ORG_020_a_position_does_not_end_before_who_holds_it_begins(self):
        self.assertIn("E3 王一 holds it after 2020-12-31", self.fails(5, "position", "edit", "PD-PM", "--set", "valid_to=2020-12-31"))
        self.assertIn("position PD-M is in it after 2020-12-31", self.fails(5, "department", "edit", "PD", "--set", "valid_to=2020-12-31"))

    def test_ORG_010_no_undo_makes_a_circle(self):
        self.ok("position", "add", "--code", "X1", "--title", "t", "--department", "PD", "--reports-to", "GM")
        self.ok("position", "add", "--code", "X2", "--title", "t", "--department", "PD", "--reports-to", "X1")
        self.ok("position", "edit", "X2", "--set", "reports_to=GM")
        self.ok("position", "edit", "X1", "--set", "reports_to=X2")
        self.assertIn("a circle of reports_to from 2026-11-26 on: X2 → X1 → X2 [ORG-010]", self.fails(5, "undo", self.operation("edit X2")))
        self.ok("department", "add", "--code", "D1", "--name", "d1")
        self.ok("department", "add", "--code", "D2", "--name", "d2", "--parent", "D1")
        self.ok("department", "edit", "D2", "--set", "parent=")
        self.ok("department", "edit", "D1", "--set", "parent=D2", "--effective", "2027-01-01")
        self.assertIn("a circle of parent from 2027-01-01 on", self.fails(5, "undo", self.operation("edit D2")))
        self.ok("undo")
        self.ok("undo", self.operation("edit D2"))

    def test_ORG_023_no_undo_gives_somebody_two_primary_positions(self):
        self.ok("assignment", "end", "E6/HA-M", "--on", "2026-11-30")
        self.ok("assignment", "add", "--employee", "E6", "--position", "FN-C", "--starts-on", "2026-12-01")
        end = self.operation("assignment end")
        self.assertIn("on 2026-12-01 the employee has another primary position, FN-C [ORG-023]", self.fails(5, "undo", end))
        self.ok("undo")
        self.ok("employee", "add", "--number", "N", "--name", "新", "--hired-on", "2026-12-01", "--position", "HA-M")
        self.assertIn("position HA-M would have 2 holders; its headcount is 1 [ORG-021]", self.fails(5, "undo", end))
        self.ok("undo")
        self.ok("undo", end)

    def test_ORG_021_the_headcount_of_each_day_counts(self):
        new = lambda number, day: ("employee", "add", "--number", number, "--name", number, "--hired-on", day, "--position", "X")
        self.ok("position", "add", "--code", "X", "--title", "t", "--department", "PD", "--reports-to", "GM")
        self.ok(*new("N1", "2026-01-01"))
        self.ok("position", "edit", "X", "--set", "headcount=9", "--effective", "2026-03-02")
        self.ok(*new("N2", "2026-03-02"))
        self.ok("assignment", "edit", "N1/X", "--set", "fte=0.5")
        self.ok("assignment", "edit", "N1/X", "--set", "ends_on=2026-12-31")
        self.ok("assignment", "edit", "N1/X", "--set", "ends_on=")
        self.ok("position", "edit", "X", "--set", "headcount=2", "--effective", "2027-01-01")
        self.assertIn("on 2027-01-01 position X would have 3 holders; its headcount is 2 [ORG-021]", self.fails(5, *new("N3", "2026-06-01")))
        warned = self.run_("position", "edit", "X", "--set", "headcount=1", "--effective", "2026-06-01")
        self.assertIn("on 2026-06-01 2 people hold it; the headcount is 1 then", warned.stderr.decode())
        self.assertEqual(warned.returncode, 0)

    def test_span_counts_people_once_and_nobody_under_himself(self):
        self.ok("position", "add", "--code", "X", "--title", "t", "--department", "PD", "--reports-to", "PD-M", "--headcount", "9")
        before = self.chart()["PD-M"]["span"]
        for person in ("E3", "E4", "E2"):
            self.ok("assignment", "add", "--employee", person, "--position", "X", "--kind", "concurrent", "--starts-on", "2024-01-01")
        self.assertEqual((before, self.chart()["PD-M"]["span"]), (3, 3))

    def test_ORG_020_nothing_is_entered_into_what_ends_before(self):
        self.ok("department", "add", "--code", "TMP", "--name", "临时部", "--valid-to", "2026-12-31")
        add = lambda code, *more: ("position", "add", "--code", code, "--title", "t", "--department", "TMP", "--reports-to", "GM", *more)
        self.assertIn("department: TMP ends on 2026-12-31, before what would stand on it [ORG-020]", self.fails(5, *add("T1")))
        self.fails(5, *add("T1", "--valid-from", "2027-01-01"))
        self.fails(5, *add("T1", "--valid-to", "2027-01-01"))
        self.ok(*add("T1", "--valid-to", "2026-12-31"))
        self.assertIn("[ORG-020]", self.fails(5, "position", "edit", "T1", "--set", "valid_to="))
        self.assertIn("[ORG-020]", self.fails(5, "position", "edit", "HA-M", "--set", "department=TMP", "--effective", "2026-12-01"))
        self.ok("position", "edit", "T1", "--set", "title=u")
        # Who moves on in time may be there until then; below a position and a department it is the same.
        self.ok("position", "edit", "HA-M", "--set", "department=FN", "--effective", "2027-01-01")
        self.ok("position", "edit", "HA-M", "--set", "department=TMP", "--effective", "2026-12-01")
        self.assertIn("reports_to: T1 ends on 2026-12-31", self.fails(5, "position", "add", "--code", "T2", "--title", "t", "--department", "PD", "--reports-to", "T1"))
        self.assertIn("parent: TMP ends on 2026-12-31", self.fails(5, "department", "add", "--code", "SUB", "--name", "s", "--parent", "TMP"))
        # What stands there already is told.
        self.sql("UPDATE position SET valid_to = NULL WHERE code = 'T1'")
        self.assertEqual([self.found("ORG-020", "--as-of", "2026-12-31")] + [(r["subject"], r["since"], r["evidence"]) for r in self.found("ORG-020", "--as-of", "2027-01-05")],
                         [[], ("T1", "2027-01-01", "department TMP ended on 2026-12-31")])

    def test_ORG_050_one_holds_a_position_once_at_a_time(self):
        add = lambda first, last, kind: ("assignment", "add", "--employee", "E3", "--position", "HA-M", "--kind", kind, "--starts-on", first, "--ends-on", last)
        self.ok(*add("2026-02-01", "2026-02-28", "acting"))
        self.assertIn("on 2026-02-15 the employee holds HA-M already [ORG-050]", self.fails(5, *add("2026-02-15", "2026-03-28", "acting")))
        self.assertIn("[ORG-050]", self.fails(5, *add("2026-02-28", "2026-03-28", "concurrent")))
        self.assertIn("[ORG-050]", self.refuses("assignment", "employee,position,kind,starts_on,ends_on\nE4,HA-M,acting,2026-02-01,2026-02-28\nE4,HA-M,acting,2026-02-28,2026-03-28\n"))
        self.ok(*add("2026-03-01", "2026-03-28", "acting"))
        self.sql("UPDATE assignment SET ends_on = '2026-03-10' WHERE number = 'E3/HA-M/2026-02-01'")
        self.assertEqual([(r["subject"], r["since"], r["evidence"]) for r in self.found("ORG-050", "--as-of", "2026-03-05")], [("E3", "2026-03-01", "王一 holds HA-M 2 times at once")])
        self.assertEqual(self.found("ORG-050", "--as-of", "2026-03-11"), [])

    def test_ORG_040_who_acts_has_a_last_day_and_a_limit(self):
        add = ("assignment", "add", "--employee", "E3", "--position", "PD-M", "--kind", "acting", "--starts-on", "2026-11-01")
        self.assertIn("ends_on: who acts for somebody does so until a day that is named [ORG-040]", self.fails(5, *add))
        self.assertIn("[ORG-040]", self.refuses("assignment", "employee,position,kind\nE3,PD-M,acting\n"))
        self.ok(*add, "--ends-on", "2026-11-30", "--dry-run")   # there is nothing to approve yet
        self.imports("job", JOB)
        for way, by in (("superior", "E1"), ("hr", "E6")):
            self.ok("job", "approve", "PD-M", "--as", way, "--by", by, "--on", "2026-10-01")
        self.ok("job", "issue", "PD-M", "--on", "2026-10-01")
        self.assertIn("version 1 of the job description of PD-M is in force by its approvals [JD-003]", self.fails(5, "undo", self.operation("--as superior")))
        self.assertIn('approves_to: PD-M has the authority "spend": say how much who acts may approve, 0 for nothing [ORG-040]', self.fails(5, *add, "--ends-on", "2026-11-30"))
        self.ok(*add, "--ends-on", "2026-11-30", "--approves-to", "0")
        number = "E3/PD-M/2026-11-01"
        self.assertIn("[ORG-040]", self.fails(5, "assignment", "edit", number, "--set", "ends_on="))
        self.assertIn("[ORG-040]", self.fails(5, "assignment", "edit", number, "--set", "approves_to="))
        self.ok("assignment", "edit", number, "--set", "note=x")
        self.assertEqual(self.found("ORG-040"), [])
        self.sql("UPDATE assignment SET ends_on = NULL WHERE number = '" + number + "'")
        self.assertEqual([(r["subject"], r["severity"], r["since"], r["evidence"]) for r in self.found("ORG-040")], [("E3", "warning", "2026-11-01", "王一 acts for PD-M without a last day")])
        self.ok("assignment", "edit", number, "--set", "note=y")   # what stands is not judged again

    def test_a_key_of_which_a_part_cannot_be_read_is_nobodys(self):
        told = self.refuses("assignment", "employee,position,starts_on\nE3,PD-PM,2022-01-01\nE4,PD-PM,2023-02-30\n")
        self.assertIn("E3/PD-PM/2022-01-01 exists already", told)
        self.assertNotIn("E4/PD-PM", told)
        self.assertIn("2023-02-30", told)

    def test_everyday_chinese_headers(self):
        self.ok("org", "import", self.file("hr.csv", "工号,姓名,部门,岗位,上级工号\nN1,新人,PD,专员,E1\n"))
        self.imports("licence", "编号,工号,证书,到期日期\nL1,E3,招标师,2027-12-31\n")
        self.assertEqual(self.json("licence", "show", "L1")["licence"]["expires_on"], "2027-12-31")

    def test_ORG_050_who_leaves_by_edit_or_file_leaves_the_positions_too(self):
        held = lambda: {r["number"]: r["ends_on"] for r in self.json("assignment", "list")["assignments"]}
        self.ok("employee", "edit", "E3", "--set", "left_on=2026-11-30")
        self.assertEqual((held()["E3/PD-PM/2022-01-01"], held()["E4/PD-PM/2023-01-01"]), ("2026-11-30", None))
        self.ok("employee", "import", self.file("in.csv", "number,left_on\nE4,2026-11-20\nE3,2026-11-25\n"), "--on-conflict", "update")
        self.assertEqual((held()["E3/PD-PM/2022-01-01"], held()["E4/PD-PM/2023-01-01"]), ("2026-11-25", "2026-11-20"))
        self.ok("employee", "edit", "E3", "--set", "left_on=2026-12-31")   # who stays longer is entered anew
        self.assertEqual(held()["E3/PD-PM/2022-01-01"], "2026-11-25")
        self.ok("position", "add", "--code", "X", "--title", "x", "--department", "PD")
        self.ok("assignment", "add", "--employee", "E5", "--position", "X", "--kind", "concurrent", "--starts-on", "2027-01-01")
        self.assertIn("E5/X/2027-01-01 begins later than 2026-12-31 [ORG-050]\nhint: void it first: agency assignment void E5/X/2027-01-01 --reason TEXT", self.fails(5, "employee", "edit", "E5", "--set", "left_on=2026-12-31"))
        self.ok("undo")
        self.ok("undo")
        self.ok("undo")
        self.ok("undo")
        self.assertEqual(held()["E4/PD-PM/2023-01-01"], None)

    def test_ORG_021_no_more_holders_than_headcount(self):
        self.assertIn("would have 2 holders; its headcount is 1 [ORG-021]", self.refuses("employee", "number,name,position,hired_on\nN,新,FN-M,2026-01-01\n"))
        self.imports("employee", "number,name,position,hired_on\nN,新,FN-M,2026-01-01\n", "--accept", "ORG-021")
        self.assertEqual([r["subject"] for r in self.found("ORG-021")], ["FN-M"])
        self.ok("assignment", "add", "--employee", "E8", "--position", "FN-M", "--kind", "acting", "--ends-on", "2026-12-31")   # who stands in is no head

    def test_ORG_022_and_ORG_023_one_primary_position_on_every_day(self):
        self.assertIn("another primary position, PD-PM [ORG-023]", self.fails(5, "assignment", "add", "--employee", "E3", "--position", "FN-C", "--starts-on", "2026-01-01"))
        self.assertIn("[ORG-023]", self.refuses("assignment", "employee,position,starts_on\nE9,FN-C,2026-01-01\n".replace("E9", "E4")))
        self.ok("employee", "transfer", "E3", "FN-C", "--on", "2026-12-01")
        kept = {a["number"]: (a["starts_on"], a["ends_on"]) for a in self.json("assignment", "list", "--where", "employee = E3")["assignments"]}
        self.assertEqual(kept, {"E3/PD-PM/2022-01-01": ("2022-01-01", "2026-11-30"), "E3/FN-C/2026-12-01": ("2026-12-01", None)})
        self.ok("employee", "add", "--number", "N", "--name", "新", "--hired-on", "2026-01-01")
        self.assertEqual([(r["subject"], r["since"]) for r in self.found("ORG-022")], [("N", "2026-01-01")])
        self.assertEqual(self.found("ORG-022", "--as-of", "2025-12-31"), [])
        # Nobody holds what a gap leaves open, from the day of the gap on.
        self.ok("assignment", "end", "E8/FN-C/2021-01-01", "--on", "2026-09-30")
        self.assertEqual([(r["subject"], r["since"]) for r in self.found("ORG-022")], [("E8", "2026-10-01"), ("N", "2026-01-01")])

    def test_ORG_050_days_in_order(self):
        self.assertIn("[ORG-050]", self.fails(5, "department", "add", "--code", "X", "--name", "x", "--valid-from", "2026-02-01", "--valid-to", "2026-01-31"))
        self.assertIn("[ORG-050]", self.fails(5, "employee", "add", "--number", "X", "--name", "x", "--hired-on", "2026-02-01", "--left-on", "2026-01-31"))
        self.assertIn("[ORG-050]", self.fails(5, "assignment", "end", "E5/PD-PM/2024-01-01", "--on", "2023-12-31"))
        self.assertIn("[ORG-050]", self.fails(5, "employee", "leave", "E5", "--on", "2023-12-31"))

    def test_leaving_ends_every_assignment(self):
        self.ok("assignment", "add", "--employee", "E3", "--position", "FN-C", "--kind", "concurrent", "--starts-on", "2026-05-01")
        self.ok("employee", "leave", "E3", "--on", "2026-11-30")
        self.assertEqual({a["ends_on"] for a in self.json("assignment", "list", "--where", "employee = E3")["assignments"]}, {"2026-11-30"})
        self.assertEqual((self.chart("--as-of", "2026-11-30")["PD-PM"]["actual"], self.chart("--as-of", "2026-12-01")["PD-PM"]["actual"]), (3, 2))
        self.fails(5, "employee", "leave", "E3")
        self.ok("undo")
        self.assertEqual(self.chart("--as-of", "2026-12-01")["PD-PM"]["actual"], 3)

    def test_composed_keys_make_imports_idempotent(self):
        lines = "function,position,role\nPD-01,PD-PM,R\n项目实施,PD-M,A\n"
        self.imports("raci", lines)
        self.assertEqual([r["number"] for r in self.json("raci", "list")["raci_lines"]], ["PD-01/PD-M/A", "PD-01/PD-PM/R"])
        self.assertIn("exists already", self.refuses("raci", lines))
        self.assertIn('"unchanged":2', self.ok("raci", "import", self.file("in.csv", lines), "--on-conflict", "update", "--format", "json"))

    def test_an_hr_list_with_managers_in_any_order(self):
        rows = [f"N{i},人{i},{'研发部' if i % 2 else 'PD'},专员,{'' if i == 1 else f'N{i // 4 + 1 if i // 4 + 1 < i else 1}'},2020-01-{i % 28 + 1:02}" for i in range(1, 200)]
        rows.reverse()
        head = "工号,姓名,部门,岗位,直接上级工号,入职日期\n"
        self.assertIn("ORG-010", self.fails(9, "org", "import", self.file("hr.csv", head + "\n".join(["A,a,PD,t,B,", "B,b,PD,t,A,"]))))
        circle = self.fails(9, "org", "import", self.file("hr.csv", head + "A,a,PD,t,B,\nB,b,PD,t,A,\n"))
        self.assertIn("A → B → A [ORG-010]", circle)   # as the list calls them
        self.assertNotIn("P-A", circle)
        self.assertIn('hr.csv:2:5(直接上级工号): there is no employee "Q"', self.fails(9, "org", "import", self.file("hr.csv", head + "A,a,PD,t,Q,\n")))
        self.assertIn("hr.csv:2:2(姓名)", self.fails(9, "org", "import", self.file("hr.csv", head + "A,,PD,t,,\n")))
        told = self.fails(9, "org", "import", self.file("hr.csv", head + "A,a,PD,t,B,\nB,b,PD,t,A,\nC,c,PD,t,A,\n"), "--on-error", "reject", "--rejects", "bad.csv")
        self.assertIn("hr.csv:4:5(直接上级工号): A stands in row 2, which is rejected", told)
        self.assertEqual(len(self.json("employee", "list")["employees"]), 8)   # nothing was written
        self.ok("org", "import", self.file("hr.csv", head + "\n".join(rows) + "\n"))
        self.assertEqual(len(self.json("employee", "list")["employees"]), 207)
        self.assertEqual(self.chart()["P-N1"]["layer"], 1)
        self.assertEqual(self.chart()["P-N2"]["manager"], "N1 人1")
        self.assertEqual([d["name"] for d in self.json("department", "list", "--where", "code ~ D-")["departments"]], ["研发部"])
        self.assertEqual(len(self.json("op", "list", "--where", "command ~ hr.csv")["operations"]), 1)
        again = self.fails(9, "org", "import", "hr.csv")
        self.assertIn("N199 exists already", again)
        self.assertIn("--on-error reject --rejects FILE", again)
        def counts(*more):
            told = self.json("org", "import", "hr.csv", *more)["import"]
            return [told[k] for k in ("inserted", "updated", "unchanged")]

        self.assertEqual(counts("--on-conflict", "update"), [0, 0, 199])
        # Of a list that is newer, or of a past chart: from a day on. A manager may be somebody who is not in it.
        self.file("hr.csv", head + "N199,人199,PD,主任,E1,2020-01-04\nN200,人200,PD,专员,N1,2026-05-01\n")
        self.assertEqual(counts("--on-conflict", "update", "--effective", "2026-06-01"), [1, 1, 0])
        was, now = (self.chart("--as-of", d)["P-N199"] for d in ("2026-05-31", "2026-06-01"))
        self.assertEqual([(r["title"], r["reports_to"]) for r in (was, now)], [("专员", "P-N50"), ("主任", "GM")])


    def test_an_hr_list_rejects_rows_with_those_who_stand_under_them(self):
        head = "工号,姓名,部门,岗位,直接上级工号,入职日期\n"
        rows = ["A,甲,BD,经理,E1,2020-01-01", "B,乙,BD,专员,A,2020-13-01", "C,丙,BD,专员,B,2021-01-01", "D,丁,新部,专员,A,2021-01-01", "E1,张,MG,总,,2020-01-01", "F,己,BD,t,G,", "G,庚,BD,t,F,", "H,辛,BD,t,A,,"]
        self.file("hr.csv", head + "\n".join(rows) + "\n")
        reject = ("--on-error", "reject", "--rejects", "bad.csv", "--batch", "人事")
        self.fails(9, "org", "import", "hr.csv", *reject, "--dry-run")
        self.assertFalse((self.dir / "bad.csv").exists())
        self.assertEqual(self.json("import", "list", "--where", "noun = org"), {"imports": []})
        told = json.loads(self.run_("org", "import", "hr.csv", *reject, "--format", "json").stdout)
        self.assertEqual([told["import"][k] for k in ("read", "inserted", "rejected", "written")], [8, 2, 6, True])
        self.assertEqual([p["row"] for p in told["problems"]], [3, 4, 6, 7, 8, 9])
        bad = (self.dir / "bad.csv").read_text().splitlines()
        self.assertEqual(bad[0], "工号,姓名,部门,岗位,直接上级工号,入职日期,_row,_column,_rule,_message")
        self.assertEqual([line.split(",")[0] for line in bad[1:]], ["B", "C", "E1", "F", "G", "H"])
        self.assertIn('C,丙,BD,专员,B,2021-01-01,4,直接上级工号,,"B stands in row 3, which is rejected"', bad)
        self.assertIn("ORG-010", bad[4])
        self.assertEqual([(p["position"], p["manager"]) for p in self.chart().values() if p["position"] in ("P-A", "P-D")], [("P-A", "E1 张总"), ("P-D", "A 甲")])
        kept = self.json("import", "list", "--where", "noun = org")["imports"]
        self.assertEqual([(i["source"], i["batch"], i["read"], i["inserted"], i["rejected"]) for i in kept], [("hr.csv", "人事", 8, 2, 6)])
        # Mended, the file is imported as it is.
        (self.dir / "bad.csv").write_text("\n".join([bad[0]] + [l.replace("2020-13-01", "2020-12-01") for l in bad[1:3]]) + "\n")
        self.ok("org", "import", "bad.csv", "--batch", "人事")
        self.assertEqual(self.chart()["P-C"]["manager"], "B 乙")
        self.ok("undo", "--batch", "人事", "--yes")
        self.assertNotIn("P-A", self.chart())
        self.assertIn("written whole or not at all", self.fails(2, "batch", self.file("b.txt", "org import hr.csv --on-error reject --rejects bad2.csv\n")))

    def test_an_hr_list_with_a_map(self):
        self.file("m.toml", "[where]\n'状态' = '在职'\n[columns.number]\ntemplate = 'N{号}'\n[columns.manager]\nfrom = '上级'\n[columns.department]\nvalue = 'BD'\n[columns.hired_on]\nfrom = '到岗'\ndate = 'DD.MM.YYYY'\n")
        self.file("hr.csv", "号,姓名,岗位,上级,到岗,状态\n1,甲,经理,E1,31.01.2024,在职\n2,乙,专员,N1,2024-02-30,在职\n3,丙,专员,N1,,离职\n")
        self.assertIn("hr.csv:3:5(到岗)", self.fails(9, "org", "import", "hr.csv", "--map", "m.toml"))
        self.file("hr.csv", "号,姓名,岗位,上级,到岗,状态\n1,甲,经理,E1,31.01.2024,在职\n2,乙,专员,N1,29.02.2024,在职\n3,丙,专员,N1,,离职\n")
        counts = self.json("org", "import", "hr.csv", "--map", "m.toml")["import"]
        self.assertEqual([counts[k] for k in ("read", "inserted", "skipped")], [2, 2, 1])
        self.assertEqual([(e["number"], e["hired_on"]) for e in self.json("employee", "list", "--where", "number ~ N")["employees"]], [("N1", "2024-01-31"), ("N2", "2024-02-29")])
        self.ok("org", "import", "hr.csv", "--learn", "draft.toml")
        self.assertIn("姓名", (self.dir / "draft.toml").read_text())


class Reports(Chart):
    def test_the_chart_of_any_day(self):
        today = self.chart()
        self.assertEqual((today["GM"]["layer"], today["PD-PM"]["layer"]), (1, 3))
        self.assertEqual((today["PD-M"]["span"], today["PD-PM"]["holders"]), (3, "E3 王一; E4 王二; E5 王三"))
        self.assertEqual((today["PD-PM"]["headcount"], today["PD-PM"]["actual"], today["PD-PM"]["vacant"]), (6, 3, 3))
        self.assertEqual(self.chart("--as-of", "2022-06-30")["PD-PM"]["actual"], 1)
        before = self.ok("org", "chart", "--as-of", "2026-11-01", "--format", "csv")
        self.ok("position", "edit", "PD-PM", "--set", "reports_to=GM", "--effective", "2026-11-20")
        self.assertEqual(self.chart()["PD-PM"]["layer"], 2)
        self.assertEqual(self.ok("org", "chart", "--as-of", "2026-11-01", "--format", "csv"), before)

    def test_drawn_as_a_tree(self):
        self.assertEqual(self.ok("org", "chart", "--format", "tree"), "总经理  E1 张总\n├─ 财务负责人  E7 孙财务\n│  └─ 出纳  E8 周出纳\n├─ 部门经理  E6 钱经理\n└─ 部门经理  E2 李经理\n   └─ 项目经理  E3 王一; E4 王二; E5 王三\n")
        dot = self.ok("org", "chart", "--format", "dot")
        self.assertIn('"GM" -> "PD-M";', dot)
        import xml.dom.minidom
        svg = xml.dom.minidom.parseString(self.ok("org", "chart", "--format", "svg"))
        self.assertEqual(len(svg.getElementsByTagName("path")), 5)
        self.assertIn("these rows make no tree", self.fails(2, "contract", "list", "--format", "tree"))

    def test_headcount(self):
        self.ok("assignment", "add", "--employee", "E7", "--position", "FN-C", "--kind", "concurrent", "--fte", "0.2")
        self.ok("employee", "leave", "E6", "--on", "2026-11-16")
        report = self.json("org", "headcount")
        rows = {r["position"]: r for r in report["rows"]}
        self.assertEqual([rows["FN-C"][k] for k in ("headcount", "primary", "concurrent", "acting", "fte", "vacant")], [2, 1, 1, 0, 1.2, 0])
        self.assertEqual((rows["HA-M"]["vacant"], rows["HA-M"]["vacant_days"]), (1, 9))
        self.assertEqual(report["totals"][0]["headcount"], 12)

    def test_licences(self):
        self.imports("licence", "number,employee,title,expires_on\nL1,E3,招标师,2026-12-31\nL2,E4,招标师,2026-10-31\nL3,E5,招标师,2028-01-01\n")
        self.assertEqual([(r["licence"], r["days_left"], r["positions"]) for r in self.json("org", "licences", "--within", "90d")["rows"]], [("L2", -26, "PD-PM"), ("L1", 35, "PD-PM")])
        self.assertEqual([r["licence"] for r in self.json("org", "licences", "--within", "10")["rows"]], ["L2"])
        self.fails(2, "org", "licences", "--within", "3 weeks")
        # One that is issued only later is none yet; from its day on it replaces the old one.
        self.ok("licence", "add", "--number", "L4", "--employee", "E3", "--title", "招标 师", "--issued-on", "2026-12-20", "--expires-on", "2027-01-10")
        self.ok("licence", "add", "--number", "L5", "--employee", "E4", "--title", "招标师", "--issued-on", "2026-11-20")
        listed = lambda *more: [r["licence"] for r in self.json("org", "licences", "--within", "90d", *more)["rows"]]
        self.assertEqual((listed(), listed("--as-of", "2026-11-19"), listed("--as-of", "2026-12-20")), (["L1"], ["L2", "L1"], ["L4"]))
        self.ok("undo")
        self.ok("undo")
        for code in ("P1", "P2"):   # whose work depends on them
            self.ok("project", "add", "--code", code, "--name", code, "--calendar", "calendar", "--starts-on", "2026-11-02")
            self.ok("project", "plan", "import", code, self.file("p.csv", "wbs,name,duration,assigned\n1,a,2,E3\n2,b,2,E3;E4\n"))
        projects = lambda: {r["employee"]: r["projects"] for r in self.json("org", "licences", "--within", "90d")["rows"]}
        self.assertEqual(projects(), {"E3": "P1; P2", "E4": "P1; P2"})
        known = self.env["AGENCY_NOW"]
        then = self.ok("org", "licences", "--within", "90d", "--known-at", known)
        self.at(known.replace("T09", "T10"))
        self.ok("project", "progress", "P1", "2", "80%")
        self.ok("project", "progress", "P1", "2", "accepted", "--evidence", "x")   # corrects it
        self.assertEqual(projects(), {"E3": "P1; P2", "E4": "P2"})
        self.assertEqual(self.ok("org", "licences", "--within", "90d", "--known-at", known), then)
        self.ok("project", "cancel", "P2", "--reason", "x")
        self.assertEqual(projects(), {"E3": "P1", "E4": None})


class Check(Chart):
    def test_ORG_001_ORG_002_ORG_003(self):
        self.imports("raci", "function,position,role\nPD-01,PD-PM,R\nPD-01,PD-M,A\nPD-02,PD-M,A\nPD-02,GM,A\nPD-02,PD-PM,R\nPD-03,PD-PM,R\n")
        self.assertEqual([r["subject"] for r in self.found("ORG-002")], ["PD-02"])
        self.assertIn("PD-03", [r["subject"] for r in self.found("ORG-001")])
        self.assertNotIn("PD-01", [r["subject"] for rule in ("ORG-001", "ORG-002", "ORG-003") for r in self.found(rule)])
        self.assertIn("PD-04", [r["subject"] for r in self.found("ORG-003")])
        row = self.found("ORG-002")[0]
        self.assertEqual(sorted(row), ["evidence", "owner", "rule", "severity", "since", "subject"])
        self.assertEqual((row["severity"], row["owner"]), ("error", "E1 张总"))
        # The second kind of blank: the part is there, and nobody in it.
        self.ok("employee", "leave", "E2", "--on", "2026-11-01")
        self.assertIn(("who answers for 项目实施 is vacant: PD-M", "2026-11-02"), [(r["evidence"], r["since"]) for r in self.found("ORG-001")])
        self.ok("assignment", "add", "--employee", "E3", "--position", "PD-M", "--kind", "acting", "--starts-on", "2026-11-02", "--ends-on", "2026-12-31")
        self.assertNotIn("PD-01", [r["subject"] for r in self.found("ORG-001")])
        self.assertIn("PD-02", {r["function"]: r["problem"] for r in self.json("org", "raci")["rows"] if r["problem"] == "ORG-002"})

    def test_ORG_001_ORG_003_who_is_on_a_long_leave_is_not_there(self):
        self.imports("raci", "function,position,role\nPD-01,PD-PM,R\nPD-01,PD-M,A\n")
        self.ok("function", "edit", "PD-01", "--set", "mandatory=no", "--effective", "2026-11-20")
        head = "number,employee,kind,starts_on,ends_on,hours,status,decided_by\n"
        # Two weeks with a weekend between are one leave of 12 days; hours of a day are none.
        self.imports("leave", head + "L1,E2,annual,2026-11-09,2026-11-13,,approved,E1\nL2,E2,annual,2026-11-16,2026-11-20,,approved,E1\n"
                     "L3,E3,sick,2026-11-02,2027-01-31,,approved,E2\nL4,E4,sick,2026-11-10,2026-12-31,,approved,E2\n"
                     "L5,E5,annual,2026-11-17,2026-11-17,4,approved,E2\nL6,E5,sick,2026-11-18,2026-12-18,,requested,\n")
        blank = lambda rule, day: [(r["severity"], r["since"], r["evidence"]) for r in self.found(rule, "--as-of", day) if r["subject"] == "PD-01"]
        told = "nobody is there to answer for 项目实施: E2 李经理 in PD-M is on leave from 2026-11-09 to 2026-11-20, 12 days"
        self.assertEqual(blank("ORG-001", "2026-11-14"), [("error", "2026-11-09", told)])
        self.assertEqual(blank("ORG-001", "2026-11-20"), [("warning", "2026-11-09", told)])   # not mandatory any more
        self.assertEqual([blank("ORG-001", day) for day in ("2026-11-08", "2026-11-21")], [[], []])
        self.assertEqual(blank("ORG-003", "2026-11-17"), [])   # one of three works
        self.ok("leave", "approve", "L6", "--actor", "E2")
        self.assertEqual([r[1] for r in blank("ORG-003", "2026-11-26")], ["2026-11-18"])
        self.ok("assignment", "add", "--employee", "E8", "--position", "PD-PM", "--kind", "acting", "--starts-on", "2026-11-25", "--ends-on", "2026-12-31")
        self.assertEqual(blank("ORG-003", "2026-11-26"), [])
        self.ok("leave", "add", "--employee", "E8", "--kind", "sick", "--starts-on", "2026-11-26", "--ends-on", "2026-12-31")
        self.ok("leave", "approve", "LV-000007", "--actor", "E7")
        self.assertEqual([r[1] for r in blank("ORG-003", "2026-11-26")], ["2026-11-26"])   # who acts is away too
        self.file("agency.toml", "[org]\naway_most = 12\n")
        self.assertEqual(blank("ORG-001", "2026-11-14"), [])

    def test_ORG_011_orphans(self):
        self.ok("position", "add", "--code", "X", "--title", "x", "--department", "CS")
        self.assertEqual([(r["subject"], r["severity"]) for r in self.found("ORG-011")], [("X", "error")])

    def test_ORG_101_layers(self):
        self.assertEqual(self.found("ORG-101"), [])
        self.ok("position", "add", "--code", "X", "--title", "x", "--department", "PD", "--reports-to", "PD-PM", "--valid-from", "2026-03-01")
        self.assertEqual(self.found("ORG-101")[0]["since"], "2026-03-01")
        self.assertEqual(self.found("ORG-101")[0]["evidence"], "4 layers, at most 3 with 8 people: GM → PD-M → PD-PM → X")
        self.file("agency.toml", "[org]\nlayers_small = 4\n")
        self.assertEqual(self.found("ORG-101"), [])

    def test_ORG_102_span(self):
        self.assertEqual([(r["subject"], r["severity"]) for r in self.found("ORG-102")], [("FN-M", "warning")])   # one below, three are usual
        self.ok("position", "add", "--code", "X", "--title", "x", "--department", "PD", "--reports-to", "PD-M", "--headcount", "30")
        for n, severity in ((10, "warning"), (21, "error")):
            self.imports("employee", "number,name,position,hired_on\n" + "".join(f"X{i},x,X,2025-01-{i + 1:02}\n" for i in range(n)), "--on-conflict", "skip")
            self.assertEqual([(r["severity"], r["since"]) for r in self.found("ORG-102") if r["subject"] == "PD-M"], [(severity, "2025-01-10")])

    def test_ORG_103_ORG_104_ratios(self):
        self.assertEqual(self.found("ORG-103")[0]["evidence"], "3 of 8 people are managers: 37.5%, above 25%")
        self.assertEqual(self.found("ORG-104")[0]["evidence"], "3 of 8 people work in supporting departments: 37.5%, above 25%")
        self.assertEqual([self.found(rule)[0]["since"] for rule in ("ORG-103", "ORG-104")], ["2021-01-01"] * 2)
        # A break begins the run anew: for a month twelve more share the work.
        self.ok("position", "add", "--code", "X", "--title", "x", "--department", "PD", "--reports-to", "PD-M", "--headcount", "12")
        self.imports("employee", "number,name,position,hired_on,left_on\n" + "".join(f"X{i},x,X,2025-03-01,2025-03-31\n" for i in range(12)))
        self.assertEqual([self.found(rule)[0]["since"] for rule in ("ORG-103", "ORG-104")], ["2025-04-01"] * 2)
        self.assertEqual([self.found("ORG-103", "--as-of", day) for day in ("2025-03-01", "2025-03-31")], [[], []])

    def test_ORG_105_one_on_one_chains(self):
        self.assertEqual(self.found("ORG-105"), [])
        self.imports("position", "code,title,department,reports_to\nX,x,BD,GM\nY,y,BD,X\nZ,z,BD,Y\n")
        self.imports("employee", "number,name,position\nX,x,X\nY,y,Y\nZ,z,Z\n")
        self.assertEqual([r["subject"] for r in self.found("ORG-105")], ["X"])

    def test_ORG_106_two_departments_and_no_lead(self):
        self.imports("raci", "function,position,role,valid_from\nPD-01,PD-PM,R,\nPD-01,FN-C,R,2026-02-01\nPD-01,PD-M,A,\n")
        self.assertEqual([(r["subject"], r["since"]) for r in self.found("ORG-106")], [("PD-01", "2026-02-01")])
        self.ok("raci", "edit", "PD-01/PD-PM/R", "--set", "lead=yes")
        self.assertEqual(self.found("ORG-106"), [])

    def test_the_matrix_tells_of_a_function_what_the_check_tells(self):
        self.imports("position", "code,title,department,reports_to\nBD-A,a,BD,GM\nCS-A,b,CS,GM\n")
        self.imports("raci", "function,position,role\nBD-02,BD-A,A\nBD-02,CS-A,A\nBD-02,BD-A,R\nBD-02,CS-A,R\nPD-01,BD-A,A\nPD-01,PD-M,R\nPD-01,FN-M,R\nPD-02,PD-M,A\nPD-02,PD-PM,R\n")
        problem = {r["function"]: r["problem"] for r in self.json("org", "raci")["rows"]}
        self.assertEqual([problem[f] for f in ("BD-02", "PD-01", "PD-02", "PD-03")], ["ORG-001; ORG-002; ORG-003; ORG-106", "ORG-001; ORG-106", None, "ORG-001; ORG-003"])
        told = {}
        for r in self.json("org", "check")["rows"]:
            told.setdefault(r["subject"], set()).add(r["rule"])
        self.assertEqual({f: set(filter(None, (p or "").split("; "))) for f, p in problem.items()}, {f: told.get(f, set()) for f in problem})

    def test_ORG_107_duties_that_say_the_same(self):
        self.imports("job", "position,kind,text,function\nPD-M,duty,负责项目成本核算与分析,\nFN-M,duty,负责项目成本核算和分析,\nFN-C,duty,管理现金与银行存款,\n")
        self.assertEqual([(r["subject"], r["evidence"]) for r in self.found("ORG-107")], [("FN-M/PD-M", '"负责项目成本核算和分析" and "负责项目成本核算与分析" agree to 66% and share no function')])
        self.imports("job", "position,kind,text,function\nPD-M,duty,编制项目预算并跟踪,FN-03\nFN-M,duty,编制项目预算与跟踪,FN-03\n")
        self.assertEqual(len(self.found("ORG-107")), 1)

    def test_ORG_107_one_text_at_many_positions(self):
        codes = [f"X{n}" for n in range(6)]
        self.imports("position", "code,title,department\n" + "".join(f"{c},岗位{c},PD\n" for c in codes))
        self.imports("job", "position,kind,text\n" + "".join(f"{c},duty,受理并登记客户来件\n" for c in codes))
        self.assertEqual([r["subject"] for r in self.found("ORG-107")], [f"X0/{c}" for c in codes[1:]])   # with the first, not each with each

    def test_ORG_108_vague_duties_with_the_word(self):
        self.imports("job", "position,kind,text,standard\n" + "".join(f"PD-M,duty,审核第{i}类合同文件,\n" for i in range(9)) + "PD-M,duty,完成领导交办的其他任务,\nPD-M,duty,及时回复客户,两小时内\n")
        self.assertEqual([(r["severity"], r["evidence"]) for r in self.found("ORG-108")], [("warning", '"完成领导交办的其他任务" in "完成领导交办的其他任务" has no standard')])
        self.imports("job", "position,kind,text\nFN-M,duty,协助各部门办理年检等\nFN-M,duty,配合做好审计\n")
        self.assertEqual({r["severity"] for r in self.found("ORG-108")}, {"error"})   # more than a fifth

    def test_ORG_109_overload(self):
        self.ok("assignment", "add", "--employee", "E7", "--position", "FN-C", "--kind", "concurrent", "--fte", "0.25")
        self.assertEqual([r["evidence"] for r in self.found("ORG-109")], ["孙财务 fills 1.25 full-time equivalents in 2 positions"])

    def test_ORG_110_density(self):
        self.imports("position", "code,title,department,reports_to\n" + "".join(f"X{i},x,PD,GM\n" for i in range(7)))
        self.imports("raci", "function,position,role\n" + "".join(f"PD-01,X{i},{'C' if i % 2 else 'I'}\n" for i in range(7)))
        self.assertEqual([r["subject"] for r in self.found("ORG-110")], ["PD-01"])

    def test_ORG_111_incompatible_duties(self):
        self.imports("raci", "function,position,role\nACC-01,GM,A\nACC-02,GM,A\n")
        self.assertEqual(self.found("ORG-111"), [])   # to answer for both is a manager's part
        self.imports("raci", "function,position,role,valid_from\nACC-01,FN-C,R,\nACC-02,FN-C,R,2026-09-01\nACC-03,GM,R,\n")
        self.assertEqual([(r["subject"], r["severity"], r["since"], r["owner"][:2]) for r in self.found("ORG-111")], [("E1", "error", "2020-01-01", "E1"), ("E8", "error", "2026-09-01", "E7")])
        self.ok("raci", "void", "ACC-03/GM/R", "--reason", "x")
        self.ok("raci", "edit", "ACC-02/FN-C/R", "--set", "note=每月由总经理复核")
        self.assertEqual([r["severity"] for r in self.found("ORG-111")], ["warning"])

    def test_ORG_111_who_only_acts_has_the_duty_too(self):
        self.imports("raci", "function,position,role\nPUR-01,PD-PM,R\nPUR-02,PD-M,A\nPAY-01,HA-M,R\nPAY-03,FN-C,R\n")
        self.assertEqual(self.found("ORG-111"), [])
        self.ok("assignment", "add", "--employee", "E3", "--position", "PD-M", "--kind", "acting", "--starts-on", "2026-11-02", "--ends-on", "2026-11-20")
        self.assertEqual([(r["subject"], r["since"]) for r in self.found("ORG-111", "--as-of", "2026-11-20")], [("E3", "2026-11-02")])
        self.assertEqual([self.found("ORG-111", "--as-of", day) for day in ("2026-11-01", "2026-11-21")], [[], []])

    def test_ORG_111_every_pair_of_the_handbook_is_kept_apart(self):
        kept = {"购": ("PUR-01", "PUR-02", "PUR-03"), "薪": ("PAY-01", "PAY-02", "PAY-03"), "约": ("CON-01", "CON-02"), "客": ("CLI-01", "CLI-02"), "现": ("ACC-01", "ACC-02"), "核": ("ACC-01", "ACC-03"), "档": ("ACC-01", "ACC-04")}
        for functions in kept.values():
            self.imports("raci", "function,position,role\n" + "".join(f"{f},FN-C,R\n" for f in functions), "--on-conflict", "skip")
        self.assertEqual(len(self.found("ORG-111")), 3 + 3 + 1 + 1 + 3)

    def test_ORG_112_what_one_side_says_of_working_together_the_other_says_too(self):
        head = "position,kind,text,other_position\n"
        self.imports("job", head + "PD-M,collaboration,核对项目成本,FN-M\nPD-M,collaboration,与客户对账,\n")
        self.assertEqual([(r["severity"], r["subject"], r["evidence"]) for r in self.found("ORG-112")], [("warning", "PD-M", 'FN-M says nothing of "核对项目成本" with PD-M')])
        self.imports("job", head + "FN-M,collaboration,提供项目成本,PD-M\n")
        self.assertEqual(self.found("ORG-112"), [])
        self.assertIn("nobody collaborates with himself", self.refuses("job", head + "FN-M,collaboration,x,FN-M\n"))
        self.ok("position", "edit", "PD-PM", "--set", "accountable_to=客户; GM", "--effective", "2026-11-01")
        self.assertEqual(self.json("position", "show", "PD-PM")["position"]["accountable_to"], "客户; GM")

    def test_ORG_030_licence(self):
        self.imports("licence", "number,employee,title,expires_on\nL1,E3,招标师,2027-12-31\nL2,E4,招标师,2026-10-31\n")
        self.imports("job", "position,kind,text,hard\nPD-PM,qualification,招标师,yes\n")
        self.assertEqual(self.found("ORG-030"), [])   # a draft asks nothing of anybody
        self.describe("PD-PM", "E2")
        self.assertEqual([(r["subject"], r["since"]) for r in self.found("ORG-030")], [("E4", "2026-11-01"), ("E5", "2024-01-01")])
        self.ok("licence", "edit", "L2", "--set", "expires_on=2026-11-26")
        self.assertEqual([r["subject"] for r in self.found("ORG-030")], ["E5"])
        self.assertEqual(self.found("ORG-030", "--as-of", "2026-11-25"), [])   # not in force yet

    def test_fail_if(self):
        self.fails(1, "org", "check", "--fail-if", "errors > 0")
        self.ok("org", "check", "--fail-if", "errors > 1000")


class Jobs(Chart):
    def issue(self):
        self.imports("job", JOB)
        self.ok("job", "approve", "PD-M", "--as", "superior", "--by", "E1", "--on", "2026-10-20")
        self.ok("job", "approve", "PD-M", "--as", "hr", "--by", "E6", "--on", "2026-10-21")
        self.ok("job", "issue", "PD-M", "--on", "2026-11-01")

    def test_JD_001_a_missing_part(self):
        self.imports("job", "position,kind,text\nPD-M,duty,组织项目实施\n")
        self.assertIn("lacks: 3 to 10 duties; an authority; a goal with target and period; a qualification; a collaboration [JD-001]", self.fails(5, "job", "issue", "PD-M"))
        self.assertIn("[JD-001]", self.fails(5, "job", "issue", "FN-M"))

    def test_JD_003_who_approves_acts_himself(self):
        self.imports("job", JOB)
        approve = ("job", "approve", "PD-M", "--as", "superior")
        self.assertIn("E2 decides under no other name, and not for E1 [JD-003]", self.fails(5, *approve, "--by", "E1", "--actor", "E2"))
        self.assertIn("E2 does not hold GM, the superior position [JD-003]", self.fails(5, *approve, "--actor", "李经理"))
        self.ok(*approve, "--actor", "张总")
        self.assertNotIn("enter", [verb for verb, _ in self.trail()])
        # A login that is nobody's enters what was signed on paper; the trail says so.
        self.ok("job", "approve", "PD-M", "--as", "hr", "--by", "E6", "--actor", "clerk")
        self.assertIn(("enter", {"decided_by": "E6", "entered_by": "clerk"}), self.trail())

    def test_JD_003_nothing_is_added_after_the_approval_within_a_batch(self):
        self.imports("job", JOB)
        lines = ["job approve PD-M --as superior --by E1", "job approve PD-M --as hr --by E6"]
        add, issue = "job add --position PD-M --kind authority --text hire", "job issue PD-M"
        batch = lambda *all: self.file("batch.txt", "\n".join(all) + "\n")
        self.assertIn("version 1 was approved before in this batch [JD-003]", self.fails(5, "batch", batch(*lines, add, issue)))
        self.assertIn("[JD-003]", self.fails(5, "batch", batch(*lines, "job void PD-M/duty/协调部门资源/1 --reason x", issue)))
        self.assertEqual(len(self.json("job", "list")["job_lines"]), 7)
        self.ok("batch", batch(add, *lines, issue))

    def test_JD_002_a_vague_duty(self):
        self.imports("job", JOB.replace("审核项目成果", "协助相关部门等"))
        self.assertIn('"协助…等" in "协助相关部门等" has no standard [JD-002]', self.fails(5, "job", "issue", "PD-M"))

    def test_JD_003_approvers(self):
        self.imports("job", JOB)
        self.assertIn("employee E2 does not hold GM, the superior position [JD-003]", self.fails(5, "job", "approve", "PD-M", "--as", "superior", "--by", "E2"))
        self.assertIn("[JD-003]", self.fails(5, "job", "approve", "PD-M", "--as", "hr", "--by", "E7"))
        self.ok("job", "approve", "PD-M", "--as", "superior", "--by", "E1")
        self.assertIn("is not approved by HR & Admin [JD-003]", self.fails(5, "job", "issue", "PD-M"))

    def test_JD_003_what_was_approved_is_what_is_issued(self):
        self.imports("job", JOB)
        for side, by in (("superior", "E1"), ("hr", "E6")):
            self.ok("job", "approve", "PD-M", "--as", side, "--by", by)
        self.imports("job", "position,kind,text\nPD-M,authority,seal\n")
        self.assertIn("was changed since it was approved by the superior position [JD-003]", self.fails(5, "job", "issue", "PD-M"))
        self.ok("job", "approve", "PD-M", "--as", "superior", "--by", "E1")
        self.assertIn("was changed since it was approved by HR & Admin", self.fails(5, "job", "issue", "PD-M"))
        self.ok("undo")
        self.ok("job", "void", "PD-M/authority/seal/1", "--reason", "多余")
        self.assertIn("[JD-003]", self.fails(5, "job", "issue", "PD-M"))   # also what was taken out was approved
        for side, by in (("superior", "E1"), ("hr", "E6")):
            self.ok("job", "approve", "PD-M", "--as", side, "--by", by)
        self.ok("job", "issue", "PD-M")
        line = self.json("job", "list")["job_lines"][0]["number"]
        self.assertIn("[JD-010]", self.fails(5, "job", "void", line, "--reason", "x"))

    def test_JD_010_a_change_is_a_new_version_and_is_signed_again(self):
        self.issue()   # Sunday, 2026-11-01: five work days end on the 6th
        self.assertEqual([self.found("JD-010", "--as-of", day) for day in ("2026-10-31", "2026-11-01", "2026-11-06", "2026-11-08")], [[], [], [], []])
        self.assertEqual([r["subject"] for r in self.found("JD-010", "--as-of", "2026-11-09")], ["PD-M"])
        self.file("agency.toml", "[org]\nread_within = 2\n")
        self.assertEqual([len(self.found("JD-010", "--as-of", day)) for day in ("2026-11-03", "2026-11-04")], [0, 1])
        (self.dir / "agency.toml").unlink()
        self.assertEqual([r["subject"] for r in self.found("JD-010")], ["PD-M"])
        self.ok("job", "acknowledge", "PD-M", "E2")
        self.assertEqual(self.found("JD-010"), [])
        self.assertIn("[JD-010]", self.fails(5, "job", "acknowledge", "PD-M", "E3"))
        self.assertIn("[JD-010]", self.refuses("job", "position,version,kind,text\nPD-M,1,duty,x\n"))
        self.imports("job", JOB.replace("50000", "80000"))
        self.assertEqual({j["version"] for j in self.json("job", "list")["job_lines"]}, {1, 2})
        self.assertIn("[JD-003]", self.fails(5, "job", "issue", "PD-M"))   # version 2 has its own approvals

    def test_JD_003_nobody_approves_the_description_of_a_position_he_holds(self):
        self.imports("job", JOB + JOB.replace("PD-M,", "PD-PM,").split("\n", 1)[1] + JOB.replace("PD-M,", "HA-M,").split("\n", 1)[1] + JOB.replace("PD-M,", "GM,").split("\n", 1)[1])
        approve = lambda code, way, by: ("job", "approve", code, "--as", way, "--by", by)
        # Who holds the superior position only for a time, and his own besides.
        self.ok("assignment", "add", "--employee", "E3", "--position", "PD-M", "--kind", "acting", "--starts-on", "2026-11-01", "--ends-on", "2026-12-31")
        self.assertIn("employee E3 holds PD-PM and does not approve its description [JD-003]", self.fails(5, *approve("PD-PM", "superior", "E3")))
        self.ok(*approve("PD-PM", "superior", "E2"))
        # Where nobody else holds it, the next above does; the head of the house has nobody above.
        self.ok("assignment", "end", "E2/PD-M/2021-03-01", "--on", "2026-11-20")
        self.assertIn("[JD-003]", self.fails(5, *approve("PD-PM", "superior", "E3")))
        self.ok(*approve("PD-PM", "superior", "E1"))
        self.ok(*approve("GM", "superior", "E1"))
        self.ok("assignment", "end", "E1/GM/2020-01-01", "--on", "2026-11-20")
        self.ok("assignment", "add", "--employee", "E3", "--position", "GM", "--kind", "acting", "--starts-on", "2026-11-21", "--ends-on", "2026-12-31")
        for code in ("GM", "PD-M", "PD-PM"):
            self.assertIn(f"employee E3 holds {code} and", self.fails(5, *approve(code, "superior", "E3")))
        # One person alone in HR & Admin has to; two do it for each other.
        self.ok(*approve("HA-M", "hr", "E6"))
        self.imports("position", "code,title,department,reports_to\nHA-S,专员,HA,HA-M\n")
        self.imports("employee", "number,name,position,hired_on\nE9,吴人事,HA-S,2022-01-01\n")
        self.assertIn("[JD-003]", self.fails(5, *approve("HA-M", "hr", "E6")))
        self.ok(*approve("HA-M", "hr", "E9"))

    def test_JD_010_a_draft_of_what_is_in_force(self):
        self.assertIn("no job description of PD-M is in force [JD-010]", self.fails(5, "job", "draft", "PD-M"))
        self.imports("job", "number,position,kind,text,limit,scope\nS1,PD-M,authority,spend,7000,BD\n")
        self.ok("job", "edit", "S1", "--set", "limit=8000")   # a draft may be edited
        self.issue()
        lines = lambda version: {j["number"]: j for j in self.json("job", "list", "--where", f"version = {version}")["job_lines"]}
        self.assertEqual(lines(1)["S1"]["limit"], "8000.00")
        self.assertIn("a change is a new version: agency job draft PD-M [JD-010]", self.fails(5, "job", "edit", "S1", "--set", "limit=1"))
        self.ok("job", "edit", "S1", "--set", "note=n")
        self.assertIn("agency job draft PD-M", self.fails(5, "job", "void", "S1", "--reason", "x"))
        self.assertEqual(self.json("job", "draft", "PD-M", "--dry-run")["changes"][0]["to"], "2")
        self.ok("job", "draft", "PD-M")
        without = lambda version: sorted([v for k, v in sorted(j.items()) if k not in ("number", "version")] for j in map(lambda j: {k: str(v) for k, v in j.items()}, lines(version).values()))
        self.assertEqual(without(2), without(1))
        self.assertEqual([n for n in lines(2) if "spend" in n], ["PD-M/authority/spend/2", "PD-M/authority/spend/2/2"])
        self.assertIn("version 2 of the job description of PD-M is a draft already [JD-010]", self.fails(5, "job", "draft", "PD-M"))
        number = next(n for n, j in lines(2).items() if j["limit"] == "50000.00")
        self.ok("job", "edit", number, "--set", "limit=80000")
        self.ok("job", "void", "PD-M/duty/协调部门资源/2", "--reason", "x")
        self.ok("job", "add", "--position", "PD-M", "--kind", "duty", "--text", "管理部门预算", "--share", "30%")
        self.ok("job", "approve", "PD-M", "--as", "superior", "--by", "E1")
        self.assertIn("is approved; void the line and enter it anew, then it is approved again [JD-003]", self.fails(5, "job", "edit", number, "--set", "limit=90000"))
        self.assertEqual(lines(1)["PD-M/authority/spend/1"]["limit"], "50000.00")
        self.ok("job", "approve", "PD-M", "--as", "hr", "--by", "E6")
        self.ok("job", "issue", "PD-M")
        spend = lambda day: [r["position"] for r in self.json("org", "approver", "spend", "--amount", "70000", "--explain", "--as-of", day)["rows"] if r["employee"]]
        self.assertEqual(spend("2026-11-26"), ["PD-M"])
        self.fails(5, "org", "approver", "spend", "--amount", "70000", "--as-of", "2026-11-25")
        # What was approved and issued is not changed by an undo of what came before.
        edit = next(o["operation"] for o in self.json("op", "list")["operations"] if "limit=80000" in o["command"])
        self.assertIn("is in force or older [JD-010]", self.fails(5, "undo", str(edit)))
        self.ok("undo")
        self.assertIn("is approved [JD-003]", self.fails(5, "undo", str(edit)))
        self.ok("undo")
        self.ok("job", "approve", "PD-M", "--as", "hr", "--by", "E6")
        self.ok("job", "issue", "PD-M")
        # A draft that was given up leaves its number behind.
        self.ok("job", "draft", "PD-M")
        for n in lines(3):
            self.ok("job", "void", n, "--reason", "x")
        self.ok("job", "draft", "PD-M")
        self.assertEqual(len(lines(4)), len(lines(2)) - 1)

    def test_completeness(self):
        self.issue()
        row = next(r for r in self.json("org", "jobs")["rows"] if r["position"] == "PD-M")
        self.assertEqual((row["version"], row["in_force"], row["duties"], row["share"], row["score"], row["signed"]), (1, True, 3, "1", 100, 0))


class Approver(Chart):
    def setUp(self):
        super().setUp()
        whole = JOB + "GM,authority,spend,,,,,\n"
        for position, holder in (("PD-M", "E1"), ("GM", "E1")):
            self.imports("job", "".join(l + "\n" for l in whole.splitlines() if l.startswith(("position", position))) + ("" if position == "PD-M" else JOB.split("\n", 1)[1].replace("PD-M", "GM").replace("GM,authority,spend,50000,,,,\n", "")))
            self.ok("job", "approve", position, "--as", "superior", "--by", holder, "--on", "2025-12-20")
            self.ok("job", "approve", position, "--as", "hr", "--by", "E6", "--on", "2025-12-21")
            self.ok("job", "issue", position, "--on", "2026-01-01")

    def who(self, amount, *more):
        return [(r["position"], r["employee"]) for r in self.json("org", "approver", "spend", "--amount", amount, *more)["rows"]]

    def test_the_lowest_whose_limit_suffices(self):
        self.assertEqual(self.who("50000"), [("PD-M", "E2")])
        self.assertEqual(self.who("50000.01"), [("GM", "E1")])
        self.assertEqual(self.who("100", "--for", "E3"), [("PD-M", "E2")])
        self.assertEqual(self.who("100", "--for", "E2"), [("GM", "E1")])   # nobody approves himself

    def test_vacant_and_acting(self):
        self.ok("employee", "leave", "E2", "--on", "2026-10-31")
        self.assertEqual(self.who("100", "--for", "E3"), [("GM", "E1")])
        self.ok("assignment", "add", "--employee", "E4", "--position", "PD-M", "--kind", "acting", "--starts-on", "2026-11-01", "--ends-on", "2026-11-30", "--approves-to", "10000")
        self.assertEqual(self.who("10000", "--for", "E3"), [("PD-M", "E4")])
        self.assertEqual(self.who("10000.01", "--for", "E3"), [("GM", "E1")])
        self.assertEqual(self.who("100", "--for", "E3", "--as-of", "2026-12-01"), [("GM", "E1")])
        self.assertEqual(self.who("100", "--for", "E3", "--as-of", "2026-10-31"), [("PD-M", "E2")])
        steps = self.json("org", "approver", "spend", "--amount", "20000", "--for", "E3", "--explain")["rows"]
        self.assertEqual([s["explanation"] for s in steps], ["has no authority to spend", "E4 王二 (acting) may approve 10000.00 only", "E1 张总 approves"])

    def test_who_is_on_leave_is_passed_over_for_who_acts(self):
        self.ok("leave", "add", "--number", "L1", "--employee", "E2", "--kind", "annual", "--starts-on", "2026-11-23", "--ends-on", "2026-11-27")
        self.assertEqual(self.who("100", "--for", "E3"), [("PD-M", "E2")])   # only asked for
        self.ok("leave", "approve", "L1", "--actor", "E1")
        self.assertEqual(self.who("100", "--for", "E3"), [("GM", "E1")])
        self.assertEqual(self.who("100", "--for", "E3", "--as-of", "2026-11-28"), [("PD-M", "E2")])
        self.ok("assignment", "add", "--employee", "E4", "--position", "PD-M", "--kind", "acting", "--starts-on", "2026-11-23", "--ends-on", "2026-11-27", "--approves-to", "10000")
        self.assertEqual([self.who(a, "--for", "E3") for a in ("10000", "10001")], [[("PD-M", "E4")], [("GM", "E1")]])
        steps = self.json("org", "approver", "spend", "--amount", "10000", "--for", "E3", "--explain")["rows"]
        self.assertEqual([s["explanation"] for s in steps], ["has no authority to spend", "E2 李经理 is on leave until 2026-11-27; E4 王二 (acting) approves"])
        # Some hours of the day are no absence.
        self.ok("leave", "add", "--number", "L2", "--employee", "E4", "--kind", "annual", "--starts-on", "2026-11-26", "--hours", "2")
        self.ok("leave", "approve", "L2", "--actor", "E1")
        self.assertEqual(self.who("100", "--for", "E3"), [("PD-M", "E4")])

    def test_ORG_040_a_limit_covers_its_own_currency_only(self):
        usd = lambda amount, *more: self.who(amount, "--currency", "USD", *more)
        self.assertEqual(usd("1"), [("GM", "E1")])   # who has no limit, in any currency
        steps = self.json("org", "approver", "spend", "--amount", "1", "--currency", "USD", "--for", "E3", "--explain")["rows"]
        self.assertEqual([s["explanation"] for s in steps], ["has no authority to spend", "the limit 50000.00 is in CNY, not in USD", "E1 张总 approves"])
        self.assertEqual(self.who("50000", "--currency", "CNY"), [("PD-M", "E2")])
        # A second row for the same action in another currency; its key says so.
        self.file("more.csv", "position,kind,text,limit,currency\nPD-M,authority,spend,60000,CNY\nPD-M,authority,spend,8000,USD\nPD-M,authority,spend,900000,JPY\n")
        self.imports("job", JOB.replace("PD-M,authority,spend,50000,,,,\n", ""))
        self.ok("job", "import", "more.csv")
        self.assertEqual([(j["number"], j["limit"], j["currency"]) for j in self.json("job", "list", "--where", "version = 2 and kind = authority")["job_lines"]],
                         [("PD-M/authority/spend/2", "60000.00", None), ("PD-M/authority/spend/2/JPY", "900000", "JPY"), ("PD-M/authority/spend/2/USD", "8000.00", "USD")])
        self.assertIn("exists already", self.fails(9, "job", "import", "more.csv"))
        self.assertIn("a currency is that of a limit", self.refuses("job", "position,kind,text,currency\nFN-M,authority,seal,USD\n"))
        for way, by in (("superior", "E1"), ("hr", "E6")):
            self.ok("job", "approve", "PD-M", "--as", way, "--by", by)
        self.ok("job", "issue", "PD-M")
        self.assertEqual([usd(a) for a in ("8000", "8000.01")], [[("PD-M", "E2")], [("GM", "E1")]])
        self.assertEqual([self.who(a, "--currency", "JPY") for a in ("900000", "900001")], [[("PD-M", "E2")], [("GM", "E1")]])
        self.assertEqual(self.who("60000"), [("PD-M", "E2")])
        # Who acts has a limit of his own, in one currency.
        self.ok("employee", "leave", "E2", "--on", "2026-11-25")
        self.ok("assignment", "add", "--employee", "E4", "--position", "PD-M", "--kind", "acting", "--starts-on", "2026-11-26", "--ends-on", "2026-12-31", "--approves-to", "500", "--currency", "USD")
        self.assertEqual([usd(a) for a in ("500", "501")], [[("PD-M", "E4")], [("GM", "E1")]])
        self.assertEqual(self.who("1"), [("GM", "E1")])
        self.assertIn("is not a currency", self.fails(2, "org", "approver", "spend", "--amount", "1", "--currency", "DOL"))
        self.assertIn("add --amount", self.fails(2, "org", "approver", "spend", "--currency", "USD"))

    def test_ORG_040_nobody(self):
        self.assertIn("nobody may seal 5.00 on 2026-11-26 [ORG-040]", self.fails(5, "org", "approver", "seal", "--amount", "5"))
        self.assertIn("nobody may seal on 2026-11-26 [ORG-040]", self.fails(5, "org", "approver", "seal"))
        self.assertIn("[ORG-040]", self.fails(5, "org", "approver", "spend", "--for", "E1"))
        self.imports("job", "position,kind,text,limit\nFN-M,authority,seal,9\n")   # nobody issued it yet
        r = self.run_("org", "approver", "seal", "--amount", "5", "--explain", "--format", "json")
        self.assertEqual((r.returncode, [(s["position"], s["explanation"]) for s in json.loads(r.stdout)["rows"]]), (5, [("FN-M", "its job description is a draft")]))
        self.assertIn(b"ORG-040", r.stderr)
        self.assertIn("[ORG-040]", self.fails(5, "org", "approver", "spend", "--as-of", "2025-12-31"))   # before any was in force
