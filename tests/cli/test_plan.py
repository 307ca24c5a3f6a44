"""Plans: import and export, the critical path, PERT, load and levelling, baselines."""
import csv, io, xml.etree.ElementTree as ElementTree

from support.book import SOURCE, Book

GOLDEN = """wbs,name,duration,after
A,a,3,
B,b,5,A
C,c,2,A
D,d,4,B;C
E,e,6,C
F,f,2,D;E
"""
NETWORKS = """project,task,duration,depends_on,lag_before,ES,EF,LS,LF,slack,critical
A,A,6,,0,1,6,1,6,0,yes
A,B,11,A,0,7,17,7,17,0,yes
A,C,7,A,0,7,13,8,14,1,no
A,D,3,C,0,14,16,15,17,1,no
A,E,2,B D,0,18,19,18,19,0,yes
B,A,3,,0,1,3,1,3,0,yes
B,B,4,A,0,4,7,4,7,0,yes
B,C,2,A,0,4,5,10,11,6,no
B,D,5,B,0,8,12,8,12,0,yes
B,E,1,C,0,6,6,12,12,6,no
B,F,2,C,0,6,7,15,16,9,no
B,G,4,D E,0,13,16,13,16,0,yes
B,H,3,F G,0,17,19,17,19,0,yes
C,A,6,,0,1,6,3,8,2,no
C,B,4,,0,1,4,4,7,3,no
C,C,3,A,0,7,9,9,11,2,no
C,D,4,B,0,5,8,8,11,3,no
C,E,3,B,0,5,7,8,10,3,no
C,F,10,,0,1,10,1,10,0,yes
C,G,3,E F,0,11,13,11,13,0,yes
C,H,2,C D,0,10,11,12,13,2,no
"""
COLUMNS = "wbs,name,duration,es,ef,ls,lf,total_float,free_float,critical,starts_on,ends_on,after,leave_days"


class Plans(Book):
    now = "2026-03-02T09:00+08:00"

    def setUp(self):
        super().setUp()
        for number, name in (("E1", "李"), ("E2", "王"), ("E3", "王")):
            self.ok("employee", "add", "--number", number, "--name", name, "--hired-on", "2025-01-01")
        self.project("P1")

    def project(self, code, calendar="calendar", starts="2026-03-02"):
        self.ok("project", "add", "--code", code, "--name", f"工程 {code}", "--calendar", calendar, "--manager", "E1", "--starts-on", starts)

    def plan(self, text, *more, code="P1", name="plan.csv"):
        return self.ok("project", "plan", "import", code, self.file(name, text), *more)

    def refused(self, text, rule="", code="P1"):
        error = self.fails(9, "project", "plan", "import", code, self.file("plan.csv", text))
        self.assertIn(rule, error)
        self.assertEqual(self.rows("project", "plan", "list", code), [])
        return error

    def rows(self, *words):
        return list(csv.DictReader(io.StringIO(self.ok(*words, "--format", "csv"))))

    def schedule(self, code="P1", *more):
        return {r["wbs"]: r for r in self.rows("project", "schedule", code, *more)}

    def begin(self, code="P1"):
        self.ok("project", "approve-prestart", code, "--cap", "1000", "--until", "2026-12-31", "--reason", "GM")
        for verb in ("initiate", "approve-plan"):
            self.ok("project", verb, code)

    def test_the_golden_network(self):
        self.plan(GOLDEN)
        text = self.ok("project", "schedule", "P1", "--format", "csv")
        self.assertEqual(text.splitlines()[0], COLUMNS)
        s = self.schedule()
        self.assertEqual([w for w, r in s.items() if r["critical"] == "true"], ["A", "B", "D", "F"])
        self.assertEqual((s["F"]["es"], s["F"]["ef"]), ("12", "14"))
        self.assertEqual([(s[w]["total_float"], s[w]["free_float"]) for w in "CE"], [("1", "0"), ("1", "1")])
        self.assertEqual((s["A"]["starts_on"], s["A"]["ends_on"], s["F"]["ends_on"]), ("2026-03-02", "2026-03-04", "2026-03-15"))

    def test_links_of_every_kind(self):
        for after, start in (("1", 5), ("1FS+2", 7), ("1FS-2", 3), ("1SS+2", 2), ("1FF+1", 3), ("1SF+4", 1)):
            code = "L" + after.replace("+", "p").replace("-", "m")
            self.project(code)
            self.plan(f"wbs,name,duration,after\n1,a,5,\n2,b,3,{after}\n", code=code)
            self.assertEqual(self.schedule(code)["2"]["es"], str(start), after)

    def test_published_networks(self):
        """Networks A, B and C of textbooks and other programs: days from 1, both counted."""
        want = list(csv.DictReader(io.StringIO(NETWORKS)))
        for network, length, critical in (("A", 19, "ABE"), ("B", 19, "ABDGH"), ("C", 13, "FG")):
            tasks = [r for r in want if r["project"] == network]
            self.project(network)
            self.plan("wbs,name,duration,after\n" + "".join(f"{r['task']},{r['task']},{r['duration']},{r['depends_on'].replace(' ', ';')}\n" for r in tasks), code=network)
            s = self.schedule(network)
            self.assertEqual("".join(w for w, r in s.items() if r["critical"] == "true"), critical)
            self.assertEqual(max(int(r["ef"]) for r in s.values()), length)
            for r in tasks:
                got = s[r["task"]]
                self.assertEqual([str(int(got["es"]) + 1), got["ef"], str(int(got["ls"]) + 1), got["lf"], got["total_float"], got["critical"] == "true"],
                                 [r["ES"], r["EF"], r["LS"], r["LF"], r["slack"], r["critical"] == "yes"], (network, r["task"]))

    def test_published_links(self):
        for after, starts, length in (("1", 5, 8), ("1SS+2", 2, 5), ("1FF+1", 3, 6)):
            code = "K" + after[1:3]
            self.project(code)
            self.plan(f"wbs,name,duration,after\n1,a,5,\n2,b,3,{after}\n", code=code)
            self.assertEqual(int(self.schedule(code)["2"]["es"]), starts)
            self.assertEqual(self.json("project", "schedule", code)["parameters"]["length"], str(length))

    def test_work_days_are_those_of_the_calendar(self):
        self.project("P2", "work", "2031-03-03")
        self.plan("wbs,name,duration,after\n1,a,5,\n2,b,3,1\n3,done,0,2\n", code="P2")
        self.assertIn("CAL-001", self.fails(5, "project", "schedule", "P2"))
        days = [f"2031-03-{d:02},{'rest' if d in (1, 2, 8, 9, 15, 16) else 'work'},x" for d in range(1, 32)]
        self.ok("calendar", "import", self.file("days.csv", "day,kind,source\n" + "\n".join(days) + "\n"))
        s = self.schedule("P2")
        self.assertEqual([(r["starts_on"], r["ends_on"]) for r in s.values()],
                         [("2031-03-03", "2031-03-07"), ("2031-03-10", "2031-03-12"), ("2031-03-12", "2031-03-12")])

    def test_PRJ_003_only_leaves_carry_work(self):
        self.assertIn("leaves", self.refused("wbs,name,duration\n1,a,3\n1.1,b,2\n", "PRJ-003"))
        self.assertIn("leaves", self.refused("wbs,name,duration,assigned\n1,a,,E1\n1.1,b,2,\n", "PRJ-003"))
        self.plan("wbs,name,duration\n1,a,3\n")
        error = self.fails(5, "task", "add", "--project", "P1", "--wbs", "1.1", "--name", "b", "--duration", "2")
        self.assertIn("PRJ-003", error)

    def test_PRJ_003_a_group_is_the_sum_of_its_parts(self):
        error = self.refused("wbs,name,duration,cost\n1,a,,100\n1.1,b,2,60\n1.2,c,2,30\n", "PRJ-003")
        self.assertIn("plan.csv:2:4(cost)", error)
        self.assertIn("90.00", error)
        self.refused("wbs,name,duration,weight\n1,a,2,60\n2,b,2,30\n", "PRJ-003")
        self.plan("wbs,name,duration,cost,weight\n1,a,,90,100\n1.1,b,2,60,75\n1.2,c,2,30,25\n")

    def test_PRJ_003_the_code_above_is_there(self):
        error = self.refused("wbs,name,duration\n1,a,\n1.1,b,2\n2.1.1,c,2\n2.1.1.1,d,2\n", "PRJ-003")
        self.assertIn("plan.csv:4:1(wbs): 2.1.1 stands below 2.1, and there is no task 2.1", error)
        bad = self.dir / "bad.csv"
        self.fails(9, "project", "plan", "import", "P1", self.file("plan.csv", "wbs,name,duration\n1,a,2\n2.1,c,\n2.1.1,d,2\n"), "--on-error", "reject", "--rejects", bad)
        self.assertEqual([r["wbs"] for r in self.rows("project", "plan", "list", "P1")], ["1"])
        self.assertIn("no task 2.1", bad.read_text())
        self.assertIn("no task 3", self.fails(5, "task", "add", "--project", "P1", "--wbs", "3.1", "--name", "x", "--duration", "1"))

    def test_PRJ_003_a_group_that_says_nothing_has_what_its_parts_make(self):
        self.plan("wbs,name,duration,cost,weight\n1,a,,100,100\n1.1,b,,,\n1.1.1,c,2,60,75\n1.2,d,2,40,25\n")
        self.project("P2")
        text = "wbs,name,duration,cost\n1,a,,100\n1.1,b,,\n1.1.1,c,2,60\n1.1.2,d,2,30\n"
        error = self.fails(9, "project", "plan", "import", "P2", self.file("plan.csv", text))
        self.assertIn("1 is 100.00, what stands below it 90.00", error)

    def test_PRJ_003_the_weights_of_what_is_agreed_make_100(self):
        self.plan("wbs,name,duration,weight\n1,a,2,60\n2,b,2,\n")
        self.assertIn("PRJ-003", self.fails(5, "task", "edit", "P1/2", "--set", "weight=40.01"))
        self.ok("project", "approve-prestart", "P1", "--cap", "1000", "--until", "2026-12-31", "--reason", "GM")
        self.ok("project", "initiate", "P1")
        error = self.fails(5, "project", "approve-plan", "P1")
        self.assertIn("PRJ-003", error)
        self.assertIn("60.00, not 100", error)
        self.ok("task", "edit", "P1/2", "--set", "weight=40")
        self.ok("project", "approve-plan", "P1")

    def test_a_constraint_on_a_day_of_rest(self):
        """2026-03-07 is a Saturday: what is no earlier waits for Monday, what is no later is done on Friday."""
        self.project("P2", "work")
        for kind, es in (("start_no_earlier", "5"), ("finish_no_earlier", "4"), ("must_start", "5"), ("must_finish", "3")):
            code = f"C-{kind}"
            self.project(code, "work")
            self.plan(f"wbs,name,duration,constraint_type,constraint_on\n1,a,2,{kind},2026-03-07\n2,b,20,,\n", code=code)
            self.assertEqual(self.schedule(code)["1"]["es"], es, kind)
        for kind, ls in (("start_no_later", "4"), ("finish_no_later", "3")):
            code = f"C-{kind}"
            self.project(code, "work")
            self.plan(f"wbs,name,duration,constraint_type,constraint_on\n1,a,2,{kind},2026-03-07\n2,b,20,,\n", code=code)
            self.assertEqual(self.schedule(code)["1"]["ls"], ls, kind)

    def test_PRJ_004_a_circle_is_named(self):
        error = self.refused("wbs,name,duration,after\n1,a,1,3\n2,b,1,1\n3,c,1,2\n", "PRJ-004")
        self.assertIn("1 → 2 → 3 → 1", error)
        self.plan("wbs,name,duration,after\nA,a,11,\nB,b,5,A\nC,c,5,B\n")
        error = self.fails(5, "task", "edit", "P1/A", "--set", "after=C")
        self.assertIn("PRJ-004", error)
        self.assertIn("A → B → C → A", error)
        self.ok("task", "add", "--project", "P1", "--wbs", "D", "--name", "d", "--duration", "1", "--after", "A")
        self.ok("task", "edit", "P1/C", "--set", "after=B;D")

    def test_PRJ_004_a_circle_of_a_later_day_is_told_when_it_is_entered(self):
        self.plan("wbs,name,duration,after\n1,a,1,\n2,b,1,\n3,c,1,\n")
        edit = lambda wbs, after, day: ("task", "edit", f"P1/{wbs}", "--set", f"after={after}", "--effective", day)
        self.ok(*edit(1, 2, "2027-03-01"))
        error = self.fails(5, *edit(2, 1, "2027-02-01"))
        self.assertIn("tasks wait for each other from 2027-03-01 on: 1 → 2 → 1 [PRJ-004]", error.replace("2 → 1 → 2", "1 → 2 → 1"))
        self.assertIn("PRJ-004", self.fails(9, "task", "import", self.file("in.csv", "project,wbs,after\nP1,3,1\nP1,2,3\n"), "--on-conflict", "update", "--effective", "2027-02-01"))
        self.ok("task", "edit", "P1/2", "--set", "name=z", "--effective", "2027-02-01")
        # Who waits for another from that day on makes none, nor does what was taken back.
        self.ok(*edit(2, 3, "2027-02-20"))
        self.ok(*edit(2, 1, "2027-02-01"))
        self.ok("project", "schedule", "P1", "--as-of", "2027-03-01")
        self.ok("undo")
        self.ok("undo")
        self.fails(5, *edit(2, 1, "2027-02-01"))
        self.ok("undo", "--yes")

    def test_a_later_end_moves_what_follows(self):
        self.plan("wbs,name,duration,after\nA,a,11,\nB,b,5,A\nC,c,5,B\n")
        self.assertEqual([r["starts_on"] for r in self.schedule().values()], ["2026-03-02", "2026-03-13", "2026-03-18"])
        self.at("2026-03-03T09:00+08:00")
        self.ok("task", "edit", "P1/A", "--set", "duration=21")
        self.assertEqual([(r["starts_on"], r["ends_on"]) for r in self.schedule().values()],
                         [("2026-03-02", "2026-03-22"), ("2026-03-23", "2026-03-27"), ("2026-03-28", "2026-04-01")])
        self.assertEqual(self.schedule("P1", "--as-of", "2026-03-02")["C"]["starts_on"], "2026-03-18")

    def test_every_problem_of_a_file_is_told(self):
        error = self.refused("wbs,name,duration,after,assigned,optimistic,likely,pessimistic\n1,a,2,9,,,,\n2,b,,,,,,\n3,c,1,,E9,,,\n4..1,d,1,,,,,\n5,e,,,,5,4,6\n6,f,,,,5,,\n7,g,1,,王,,,\n")
        for part in ("2:4(after): there is no task \"9\"", "3:3(duration)", "4:5(assigned): there is no employee \"E9\"", "5:1(wbs)",
                     "6:7(likely)", "7:7(likely)", "8:5(assigned): several"):
            self.assertIn("plan.csv:" + part, error)

    def test_what_follows_of_a_refused_row_is_not_told(self):
        text = "wbs,name,duration,after,费用\n1,a,,,100\n1.1,b,x,,60\n1.2,c,2,1.1 FS + 2,40\n1.1.1,d,1,,\n"
        path = self.file("plan.csv", text)
        r = self.run_("project", "plan", "import", "P1", path)
        self.assertEqual(r.returncode, 9)
        self.assertEqual(len([l for l in r.stderr.decode().splitlines() if "plan.csv:" in l]), 1, r.stderr.decode())
        self.run_("project", "plan", "import", "P1", path, "--on-error", "reject", "--rejects", self.dir / "r.csv")
        self.assertEqual(self.json("project", "plan", "list", "P1")["tasks"], [])   # nothing may hang on what was not written

    def test_durations_come_of_estimates_and_efforts(self):
        self.plan("wbs,name,duration,effort,optimistic,likely,pessimistic,milestone\n1,a,,,2,4,12,\n2,b,,20,,,,\n3,c,,,,,,yes\n")
        self.assertEqual([r["duration"] for r in self.schedule().values()], ["5", "3", "0"])

    def test_a_work_package_has_8_to_80_hours(self):
        r = self.run_("project", "plan", "import", "P1", self.file("plan.csv", "wbs,name,duration,effort\n1,a,5,100\n2,b,5,80\n3,c,1,4\n"))
        self.assertEqual(r.returncode, 0)
        self.assertIn("warning: 1: a work package", r.stderr.decode())
        self.assertIn("warning: 3: a work package", r.stderr.decode())
        self.assertNotIn("warning: 2:", r.stderr.decode())

    def test_a_constraint_that_cannot_be_kept_is_told(self):
        self.plan("wbs,name,duration,after,constraint_type,constraint_on\n1,a,5,,,\n2,b,3,1,FNLT,2026-03-08\n3,c,2,,SNET,2026-03-05\n")
        s = self.schedule()
        self.assertEqual((s["2"]["total_float"], s["1"]["total_float"], s["2"]["ends_on"]), ("-1", "-1", "2026-03-09"))
        self.assertEqual(s["3"]["starts_on"], "2026-03-05")
        self.assertIn("1, 2", self.ok("project", "schedule", "P1"))

    def test_an_update_of_the_plan(self):
        self.plan(GOLDEN)
        self.fails(9, "project", "plan", "import", "P1", self.file("plan.csv", GOLDEN))
        self.plan(GOLDEN.replace("E,e,6,C", "E,e,8,C"), "--on-conflict", "update")
        self.assertEqual(self.schedule()["F"]["ef"], "15")
        self.assertIn('"unchanged":6', self.plan(GOLDEN.replace("E,e,6,C", "E,e,8,C"), "--on-conflict", "update", "--format", "json"))

    def test_export_comes_back_the_same(self):
        self.plan("wbs,name,duration,effort,after,optimistic,likely,pessimistic,assigned,cost,weight,milestone,constraint_type,constraint_on,deliverable\n"
                  "1,设计,,,,,,,,30,100,,,,\n1.1,a,,8,,1,2,3,E1;E2,10.50,50,,start_no_earlier,2026-03-05,稿\n1.2,b,4,16,1.1FS-1,,,,,19.50,50,,,,\n2,完成,,,1;1.2SS+1,,,,,,,yes,,,\n".replace("2,完成,,,1;1.2SS+1,,,,,,,yes,,,", "2,完成,,,1;1.2SS+1,,,,,,0,yes,,,"))
        for kind in ("csv", "jsonl", "mspdi"):
            code = "X" + kind
            self.project(code)
            name = "plan." + kind.replace("mspdi", "xml")
            self.ok("project", "plan", "export", "P1", "--format", kind, "--output", self.dir / name)
            self.ok("project", "plan", "import", code, self.dir / name)
            strip = lambda r: {k: v for k, v in r.items() if kind != "mspdi" or k not in ("optimistic", "likely", "pessimistic", "weight", "deliverable", "cost")}
            self.assertEqual([strip(r) for r in self.rows("project", "plan", "list", code)], [strip(r) for r in self.rows("project", "plan", "list", "P1")], kind)
            self.assertEqual(self.schedule(code), self.schedule(), kind)

    def test_every_format_gives_the_same_schedule(self):
        kinds = ("start_no_earlier", "start_no_later", "finish_no_earlier", "finish_no_later", "must_start", "must_finish")
        rows, n = ["wbs,name,duration,effort,after,assigned,cost,milestone,constraint_type,constraint_on"], 0
        for group in range(1, 8):
            rows.append(f'{group},"组 {group}, ""x"" & <y>",,,{group - 1 if group % 3 == 0 else ""},,,,,')
            for leaf in range(1, 13):
                n += 1
                after = [f"{group}.{leaf - 1}{('', 'SS+1', 'FF-1', 'SF+2', 'FS-2', '+3')[n % 6]}"] if leaf > 1 else []
                if leaf == 7 and group > 1:
                    after.append(f"{group - 1}.3")
                milestone = leaf == 12
                kind, day = (kinds[n % 6], f"2026-03-{n % 28 + 1:02}") if n % 5 == 0 else ("", "")
                rows.append(f"{group}.{leaf},任务 {n},{0 if milestone else n % 6 + 1},{'' if milestone else f'{n}.{n % 100:02}'},{';'.join(after)},"
                            f"{'' if milestone else ('E1', 'E2', 'E1;E3')[n % 3]},{n}.{n % 100:02},{'yes' if milestone else ''},{kind},{day}")
        for calendar in ("work", "calendar"):
            self.project(f"S{calendar}", calendar)
            self.plan("\n".join(rows) + "\n", code=f"S{calendar}")
            wanted = self.schedule(f"S{calendar}")
            self.assertEqual(len(wanted), 91)
            for kind in ("csv", "jsonl", "mspdi", "xlsx"):
                code, path = f"S{calendar}{kind}", self.dir / ("plan." + kind.replace("mspdi", "xml"))
                self.project(code, calendar)
                self.ok("project", "plan", "export", f"S{calendar}", "--format", kind, "--output", path)
                self.ok("project", "plan", "import", code, path)
                self.assertEqual(self.schedule(code), wanted, kind)
                leaves = lambda c: [(r["wbs"], r["name"], r["effort"], r["assigned"], r["cost"], r["milestone"]) for r in self.rows("project", "plan", "list", c) if "." in r["wbs"]]
                self.assertEqual(leaves(code), leaves(f"S{calendar}"), kind)
                path.unlink()

    def test_links_of_a_file_are_not_lost(self):
        text = ("<Project><Tasks><Task><UID>1</UID><WBS>1</WBS><Name>a</Name><Duration>{}</Duration></Task>"
                "<Task><UID>2</UID><WBS>2</WBS><Name>b</Name><Duration>PT8H0M0S</Duration><PredecessorLink><PredecessorUID>{}</PredecessorUID></PredecessorLink></Task></Tasks></Project>")
        for duration, uid, why in (("PT8H0M0S", 9, '"UID 9"'), ("P5D", 1, "P5D")):
            error = self.fails(9, "project", "plan", "import", "P1", self.file("plan.xml", text.format(duration, uid)))
            self.assertIn(why, error)
        self.ok("project", "plan", "import", "P1", self.file("plan.xml", text.format("PT40H0M0S", 1)))
        self.assertEqual(self.schedule()["2"]["es"], "5")

    def test_jsonl_leaves_keys_out(self):
        self.plan('{"wbs":"1","name":"a","duration":3}\n\n{"wbs":"2","name":"b","duration":2,"after":"1SS+1"}\n{"wbs":"3","name":"c","milestone":true,"after":"1;2"}\n', name="plan.jsonl")
        self.assertEqual([r["es"] for r in self.schedule().values()], ["0", "1", "3"])
        error = self.fails(9, "project", "plan", "import", "P1", self.file("bad.jsonl", '{"wbs":"8","name":"a","duration":3}\n{"wbs":"9","name":"b","duration":2,"afer":"1"}\n'))
        self.assertIn("afer", error)
        self.fails(9, "project", "plan", "import", "P1", self.file("bad.jsonl", "[1]\nx\n"))

    def test_what_is_no_mspdi_is_refused(self):
        self.assertIn("Microsoft Project", self.fails(9, "project", "plan", "import", "P1", self.file("plan.xml", "<a/>")))

    def test_pert(self):
        self.plan("wbs,name,after,optimistic,likely,pessimistic\n1,a,,2,4,12\n2,b,1,3,5,7\n3,c,2,1,2,9\n4,d,,1,1,2\n")
        p = self.json("project", "pert", "P1", "--within", "15")["pert"]
        self.assertEqual((p["expected"], p["variance"], p["deviation"], p["p50"]), (13, 5, 2.2361, 13))
        self.assertEqual(p["probability"], "0.814453")
        self.assertEqual([r["wbs"] for r in p["path"]], ["1", "2", "3"])
        self.assertEqual([r["variance"] for r in p["path"]], [2.7778, 0.4444, 1.7778])

    def test_drawings(self):
        self.plan("wbs,name,duration,after\n1,设计阶段,,\n1.1,初稿,3,\n1.2,很长很长很长很长很长很长的任务名称,5,1.1\n2,验收,0,1\n")
        for width in (40, 80, 120):
            shown = self.on_terminal(width, "project", "schedule", "P1", "--format", "gantt", "--color", "never")
            self.assertTrue(all(sum(2 if ord(c) > 0x2E80 else 1 for c in line) <= width for line in shown.splitlines()), shown)
            self.assertIn("◆", shown)
        ElementTree.fromstring(self.ok("project", "schedule", "P1", "--format", "svg"))
        self.ok("project", "schedule", "P1", "--output", self.dir / "plan.html")
        page = (self.dir / "plan.html").read_text()
        self.assertIn("<svg", page)
        self.assertNotIn("http", page.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", ""))

    def test_links_are_drawn(self):
        """Each kind leaves and enters at its ends; what is critical and has no slack is coloured so."""
        self.plan("wbs,name,duration,after\n1,a,3,\n2,b,4,1\n3,c,2,1SS+1\n4,d,2,2FF+1;3\nT-1,e,1,2SF+5;4\n5,f,1,T-1-1\n")
        draw = lambda *more: ElementTree.fromstring(self.ok("project", "schedule", "P1", "--format", "svg", *more))
        paths = lambda kind, *more: {p[0].text: p.get("d") for p in draw(*more).iter("{http://www.w3.org/2000/svg}path") if p.get("class") == kind}
        critical = {w for w, r in self.schedule().items() if r["critical"] == "true"}
        self.assertEqual(critical, {"1", "2", "4", "T-1", "5"})
        self.assertEqual(set(paths("critical-link")), {"1", "2FF+1", "4", "T-1FS-1"})
        self.assertEqual(set(paths("link")), {"1SS+1", "3", "2SF+5"})
        bars = {r[0].text.split()[0]: (float(r.get("x")), float(r.get("x")) + float(r.get("width")), float(r.get("y")) + 6)
                for r in draw().iter("{http://www.w3.org/2000/svg}rect") if len(r)}
        ends = {"1": ("1", 1, "2", 0), "1SS+1": ("1", 0, "3", 0), "2FF+1": ("2", 1, "4", 1), "2SF+5": ("2", 0, "T-1", 1)}
        for text, (a, leaves, b, enters) in ends.items():
            d = {**paths("link"), **paths("critical-link")}[text]
            self.assertTrue(d.startswith(f"M{bars[a][leaves]:.1f} {bars[a][2]:.0f}H"), (text, d))
            self.assertTrue(d.endswith(f"V{bars[b][2]:.0f}H{bars[b][enters]:.1f}"), (text, d))
        self.assertEqual(set(paths("critical-link", "--where", "wbs != 2")), {"4", "T-1FS-1"})
        self.assertEqual(set(paths("critical-link", "--columns", "-after")), set())
        self.assertIn('class="critical-link"', self.ok("project", "schedule", "P1", "--format", "html"))
        lines = self.ok("project", "schedule", "P1", "--format", "gantt").splitlines()
        self.assertIn("After", lines[3])
        self.assertTrue(next(l for l in lines if l.startswith("4 d")).startswith("4 d    2FF+1;3"), lines)

    def test_PRJ_005_a_baseline_stays(self):
        self.plan(GOLDEN)
        self.assertIn("PRJ-005", self.fails(5, "project", "baseline", "P1"))
        self.begin()
        self.ok("project", "baseline", "P1")
        self.assertIn("PRJ-005", self.fails(5, "project", "baseline", "P1"))
        self.at("2026-03-10T09:00+08:00")
        self.ok("task", "edit", "P1/A", "--set", "duration=30", "--effective", "2026-03-02")
        self.ok("task", "add", "--project", "P1", "--wbs", "G", "--name", "g", "--duration", "99")
        self.assertEqual(self.schedule()["F"]["ef"], "41")
        self.assertEqual(self.schedule("P1", "--baseline")["F"]["ef"], "14")
        self.assertNotIn("G", self.schedule("P1", "--baseline"))
        base = self.json("baseline", "show", "P1/1")["baseline"]
        self.assertEqual((base["length"], base["ends_on"], base["change"]), (14, "2026-03-15", None))

    def test_load_and_overload(self):
        self.project("P2", starts="2031-03-03")
        self.plan("wbs,name,duration,effort,assigned\n1,a,5,40,E1\n2,b,5,20,E1;E2\n", code="P2")
        days = [f"2031-03-{d:02},work,x" for d in range(1, 31)]
        self.ok("calendar", "import", self.file("days.csv", "day,kind,source\n" + "\n".join(days) + "\n"))
        week = ("project", "load", "--from", "2031-03-03", "--to", "2031-03-09")
        rows = self.rows(*week)
        self.assertEqual([(r["employee"], r["week_on"], r["available"], r["allocated"], r["over"], r["overload"]) for r in rows],
                         [("E1", "2031-03-03", "56.00", "50.00", "10.00", "true"), ("E2", "2031-03-03", "56.00", "10.00", "0.00", "false")])
        self.assertIn("E1", self.ok(*week).splitlines()[-1])

    def test_ORG_030_licences_that_the_work_lacks(self):
        self.ok("position", "add", "--code", "X", "--title", "x", "--department", self.rows("department", "list")[0]["code"])
        self.ok("job", "add", "--position", "X", "--kind", "qualification", "--text", "造价工程师", "--hard", "yes")
        self.ok("assignment", "add", "--employee", "E1", "--position", "X", "--starts-on", "2026-01-01", "--ends-on", "2026-03-17")
        self.project("P2", "work")
        self.plan("wbs,name,duration,effort,assigned,after\n1,a,5,8,E1,\n2,b,10,8,E1;E2,1\n", code="P2")
        load = lambda: self.json("project", "load", "--from", "2026-03-02", "--to", "2026-03-29")
        lacking = lambda report: [(r["employee"], r["week_on"], r["lacking"]) for r in report["rows"]]
        told = lambda report: next(c["message"] for c in report["checks"] if c["check"] == "licences")
        self.assertFalse(told(load()))   # a draft asks for nothing
        self.describe("X", "E1")
        report = load()
        self.assertEqual(lacking(report), [("E1", "2026-03-02", "造价工程师"), ("E1", "2026-03-09", "造价工程师"), ("E1", "2026-03-16", "造价工程师"),
                                           ("E2", "2026-03-09", None), ("E2", "2026-03-16", None)])
        self.assertIn("P2/1: E1", told(report))
        self.assertIn("ORG-030", told(report))
        self.ok("licence", "add", "--number", "L1", "--employee", "E1", "--title", "造价 工程师", "--issued-on", "2026-01-01", "--expires-on", "2026-03-13")
        report = load()
        self.assertEqual([r for r in lacking(report) if r[2]], [("E1", "2026-03-16", "造价工程师")])
        self.assertIn("P2/2: E1 lacks 造价工程师 from 2026-03-16", told(report))
        self.assertNotIn("P2/1", told(report))
        self.ok("licence", "edit", "L1", "--set", "expires_on=2026-03-16")
        self.assertIn("from 2026-03-17", told(load()))
        self.ok("licence", "edit", "L1", "--set", "expires_on=2026-03-17")
        self.assertFalse(told(load()))

    def test_a_project_that_has_no_plan_now_holds_up_no_other(self):
        self.plan("wbs,name,duration,assigned\n1,a,3,E1\n2,b,3,E1\n")
        self.project("P9", "work", starts="2031-03-03")   # the calendar does not reach so far
        self.plan("wbs,name,duration,assigned\n1,a,3,E1\n", code="P9")
        for words in (("load",), ("level", "P1"), ("list",), ("list", "--tracking")):
            r = self.run_("project", *words)
            self.assertEqual(r.returncode, 0, words)
            self.assertIn("warning: P9: ", r.stderr.decode())
            self.assertIn("[CAL-001]", r.stderr.decode())
        self.assertEqual([(r["employee"], r["allocated"]) for r in self.rows("project", "load")], [("E1", "48.00")])
        checks = {c["check"]: c for c in self.json("project", "load")["checks"]}
        self.assertIn("P9: ", checks["plans_readable"]["message"])
        problems = {r["code"]: r["problem"] for r in self.json("project", "list")["projects"]}
        self.assertEqual((problems["P1"], problems["P9"][:4], problems["P9"][-9:]), (None, "P9: ", "[CAL-001]"))
        r = self.run_("project", "level-apply", "P1")
        self.assertEqual((r.returncode, "warning: P9: " in r.stderr.decode()), (0, True))
        self.assertIn("CAL-001", self.fails(5, "project", "level", "P9"))   # its own is refused still

    def test_levelling_gives_each_day_its_hours_only(self):
        self.plan("wbs,name,duration,assigned,after\n1,a,3,E1,\n2,b,2,E1,\n3,c,2,E1,1\n4,d,3,E2,\n")
        report = self.json("project", "level", "P1")
        self.assertEqual(report["parameters"], {"project": "P1", "length": "7", "critical_path": "5"})
        spans = sorted((r["start"], r["start"] + r["duration"]) for r in report["rows"] if r["assigned"] == "E1")
        self.assertTrue(all(a[1] <= b[0] for a, b in zip(spans, spans[1:])), spans)

    def test_a_proposal_is_written(self):
        self.plan("wbs,name,duration,assigned,after\n1,a,3,E1,\n2,b,2,E1,\n3,c,2,E1,1\n4,d,3,E2,\n")
        self.ok("project", "level-apply", "P1")
        spans = sorted((int(r["es"]), int(r["ef"])) for w, r in self.schedule().items() if w != "4")
        self.assertTrue(all(a[1] <= b[0] for a, b in zip(spans, spans[1:])), spans)
        again = self.json("project", "level", "P1")["parameters"]
        self.assertEqual((again["length"], again["critical_path"]), ("7", "7"))
        self.ok("undo")
        self.assertEqual(self.json("project", "level", "P1")["parameters"]["critical_path"], "5")

    def test_what_counts_as_critical_is_a_setting(self):
        self.plan(GOLDEN)
        self.file("agency.toml", "[project]\ncritical_float = 1\n")
        self.assertEqual({r["critical"] for r in self.schedule().values()}, {"true"})

    def test_the_start_is_undone_with_its_baseline(self):
        self.plan(GOLDEN)
        self.begin()
        self.ok("project", "start", "P1")
        self.ok("undo")
        self.assertEqual(self.json("baseline", "list")["baselines"], [])
        self.ok("project", "start", "P1")
        self.assertEqual([r["number"] for r in self.json("baseline", "list")["baselines"]], ["P1/1"])

    def test_a_task_that_others_wait_for_is_not_void(self):
        self.plan(GOLDEN)
        self.assertIn("P1/F", self.fails(5, "task", "void", "P1/D", "--reason", "x"))
        self.ok("task", "void", "P1/F", "--reason", "x")
        self.assertNotIn("F", self.schedule())

    def test_undo_of_an_import(self):
        self.plan(GOLDEN)
        self.ok("undo")
        self.assertEqual(self.schedule(), {})
        self.plan(GOLDEN)

    def test_an_undo_leaves_a_plan(self):
        self.plan(GOLDEN)
        self.ok("task", "add", "--project", "P1", "--wbs", "G", "--name", "g", "--duration", "1", "--after", "F")
        error = self.fails(5, "undo", str(self.operation("project plan import")))
        self.assertIn("P1/G", error)

    def operation(self, command):
        return next(r["operation"] for r in self.json("op", "list")["operations"] if command in r["command"])

    def test_half_a_position_is_half_a_day(self):
        self.ok("position", "add", "--code", "X", "--title", "x", "--department", self.rows("department", "list")[0]["code"])
        self.ok("assignment", "add", "--employee", "E1", "--position", "X", "--fte", "0.5", "--starts-on", "2026-01-01")
        self.plan("wbs,name,duration,effort,assigned\n1,a,5,10,E1\n2,b,5,20,E1\n")
        report = self.json("project", "level", "P1")
        self.assertEqual(report["parameters"]["length"], "10")
        self.plan("wbs,name,duration,effort,assigned\n3,c,1,8,E1\n")
        self.assertIn("task 3", self.fails(5, "project", "level", "P1"))

    def test_ten_thousand_tasks(self):
        rows = ["wbs,name,duration,after"]
        for i in range(10_000):
            after = [str(i)] if i else []
            if i >= 100:
                after.append(f"{i - 99}SS+1")
            rows.append(f"{i + 1},task {i + 1},2,{';'.join(after)}")
        self.plan("\n".join(rows) + "\n")
        s = self.schedule()
        self.assertEqual((len(s), s["10000"]["ef"], s["5000"]["critical"]), (10_000, "20000", "true"))

    def test_a_verb_of_two_words(self):
        complete = lambda *words: self.ok("__complete", "--", *words).split()
        self.assertEqual(complete("project", "plan", ""), ["import", "export", "list"])
        self.assertEqual(complete("project", "plan", "import", ""), ["P1"])
        self.assertIn("plan-import", complete("project", "plan-i"))
        self.assertIn("mspdi", complete("project", "plan", "export", "P1", "--format", "m"))
        self.assertIn("Usage: agency project plan-import", self.ok("help", "project", "plan", "import"))
        self.assertIn("plan-import", self.fails(2, "project", "plan", "P1"))
        first, more = self.file("plan.csv", GOLDEN), self.file("more.csv", "wbs,name,duration\nG,g,1\n")
        lines = self.file("lines.txt", f"project plan import P1 {first}\nproject plan-import P1 {more}\n")
        self.ok("batch", lines)
        self.assertEqual(len(self.schedule()), 7)

    def test_the_examples(self):
        for number in ("E001", "E002", "E003", "E004", "E005"):
            self.ok("employee", "add", "--number", number, "--name", number, "--hired-on", "2025-01-01")
        for path in sorted((SOURCE / "examples" / "plans").glob("*.csv")):
            code = path.stem
            self.project(code)
            self.ok("project", "plan", "import", code, path)
            self.assertGreater(len(self.schedule(code)), 5)
