"""Progress of tasks and earned value by a day."""
from support.projects import Tracked


class Evm(Tracked):
    """The textbook's example: BAC 1,000,000, PV 500,000, EV 400,000, AC 450,000."""
    plan = "1.1,第一步,5,E1,500000\n1.2,第二步,5,E1,500000\n"

    def setUp(self):
        super().setUp()
        self.at("2026-03-06T09:00Z")
        self.ok("rate", "add", "--employee", "E1", "--kind", "cost", "--valid-from", "2026-01-01", "--amount", "45000")

    def test_the_example(self):
        self.hours("E1", "1.1", "2026-03-04", "10")
        self.ok("project", "progress", "P1", "1.1", "80%")
        report = self.json("project", "evm", "P1", "--as-of", "2026-03-06")
        self.assertEqual(list(report["rows"][0]), "pv ev ac sv cv spi cpi bac eac_typical eac_atypical eac_cost_schedule etc vac tcpi_bac tcpi_eac".split())
        self.assertEqual(list(report["rows"][0].values()), ["500000.00", "400000.00", "450000.00", "-100000.00", "-50000.00", 0.8, 0.8889, "1000000.00", "1125000.00", "1050000.00", "1293750.00", "675000.00", "-125000.00", 1.0909, 0.8889])
        self.assertEqual((report["parameters"]["rag"], report["parameters"]["baseline"], report["parameters"]["currency"]), ("red", "1", "CNY"))
        fresh = self.evm("2026-03-06", "--new-etc", "600000")
        self.assertEqual((fresh["etc"], fresh["vac"], fresh["tcpi_eac"]), ("600000.00", "-50000.00", 1.0))
        self.fails(2, "project", "evm", "P1", "--new-etc", "-1")

    def test_what_would_divide_by_zero_is_null(self):
        row = self.evm("2026-03-01")
        self.assertEqual((row["pv"], row["spi"], row["cpi"], row["eac_typical"], row["etc"], row["tcpi_eac"]), ("0.00", None, None, None, None, None))
        self.assertEqual((row["eac_atypical"], row["tcpi_bac"]), ("1000000.00", 1.0))

    def test_a_past_day_keeps_its_figures(self):
        self.hours("E1", "1.1", "2026-03-02", "2")
        self.ok("project", "progress", "P1", "1.1", "10%", "--on", "2026-03-02")
        before = self.evm("2026-03-02")
        known = "2026-03-06T09:00Z"
        self.at("2026-03-10T09:00Z")
        self.ok("project", "progress", "P1", "1.1", "accepted", "--evidence", "验收单")
        self.hours("E1", "1.2", "2026-03-09", "1")
        self.assertEqual(self.evm("2026-03-02"), before)
        later = self.evm("2026-03-10")
        self.assertEqual((later["ev"], later["ac"]), ("500000.00", "135000.00"))
        self.ok("time", "reverse", "E1-1.1-2026-03-02", "--reason", "x")
        self.assertEqual(self.evm("2026-03-02")["ac"], "0.00")
        self.assertEqual(self.evm("2026-03-02", "--known-at", known)["ac"], "90000.00")

    def test_a_reversal_in_a_later_month_has_the_rate_of_what_it_takes_back(self):
        n = self.hours("E1", "1.1", "2026-03-02", "2")
        self.at("2026-04-02T09:00Z")
        self.ok("rate", "add", "--employee", "E1", "--kind", "cost", "--valid-from", "2026-04-01", "--amount", "90000")
        self.ok("period", "close", "2026-03")
        self.ok("time", "reverse", n, "--reason", "x")   # dated 1 April
        self.assertEqual((self.evm("2026-03-31")["ac"], self.evm("2026-04-01")["ac"]), ("90000.00", "0.00"))

    def test_a_second_measurement_of_a_day_corrects_the_first(self):
        self.at("2026-03-06T09:00Z")
        shown = lambda: [self.json("progress", "show", "P1/1.1/2026-03-06")["progress"][k] for k in ("method", "percent", "units_done", "units", "accepted", "evidence")]
        self.ok("project", "progress", "P1", "1.1", "40%")
        self.ok("project", "progress", "P1", "1.1", "3/8 units")
        self.assertEqual(shown(), ["units", None, 3.0, 8.0, False, None])
        self.ok("project", "progress", "P1", "1.1", "accepted", "--evidence", "验收单")
        self.assertEqual(shown()[4:], [True, "验收单"])
        self.ok("project", "progress", "P1", "1.1", "60%")
        self.assertEqual(shown(), ["percent", "0.6", None, None, False, None])
        self.assertEqual(len(self.json("progress", "list")["progress_entries"]), 1)
        error = self.fails(4, "progress", "add", "--project", "P1", "--wbs", "1.1", "--measured-on", "2026-03-06", "--percent", "50%")
        self.assertIn("agency progress edit", error)

    def test_a_measurement_that_is_void_later_counts_until_then(self):
        self.ok("project", "progress", "P1", "1.1", "40%", "--on", "2026-03-04")
        self.ok("project", "progress", "P1", "1.1", "60%", "--on", "2026-03-05")
        self.ok("progress", "void", "P1/1.1/2026-03-05", "--reason", "measured wrongly", "--on", "2026-03-20")   # a day to come
        self.assertEqual(self.evm("2026-03-06")["ev"], "300000.00")
        self.at("2026-03-27T09:00Z")
        self.assertEqual([self.evm(f"2026-03-{day}")["ev"] for day in ("04", "05", "19", "20")], ["200000.00", "300000.00", "300000.00", "200000.00"])
        rows = self.json("project", "curve", "P1", "--as-of", "2026-03-27")["rows"]
        self.assertEqual([r["ev"] for r in rows], ["300000.00", "300000.00", "200000.00", "200000.00"])

    def test_earned_value_is_rounded_once(self):
        self.ok("project", "progress", "P1", "1.1", "1/3")
        self.assertEqual(self.evm("2026-03-06")["ev"], "166666.67")   # 166666.50 by way of six decimals
        self.assertEqual(self.json("project", "evm", "P1", "--tasks")["rows"][0]["part"], "0.333333")

    def test_indices_are_rounded_once(self):
        self.ok("project", "progress", "P1", "1.1", "12344.9/100000")
        self.assertEqual((self.evm("2026-03-06")["ev"], self.evm("2026-03-06")["spi"]), ("61724.50", 0.1234))
        self.ok("project", "progress", "P1", "1.1", "12344.99/100000")
        self.assertEqual((self.evm("2026-03-06")["ev"], self.evm("2026-03-06")["spi"]), ("61724.95", 0.1234))   # 0.12344990
        self.ok("rate", "add", "--employee", "E1", "--kind", "cost", "--valid-from", "2026-03-03", "--amount", "500000.17")
        self.hours("E1", "1.1", "2026-03-04", "1")
        self.assertEqual(self.evm("2026-03-06")["cpi"], 0.1234)   # 0.1234498…, 0.12345 by way of six decimals
        row = self.json("project", "list", "--tracking")["projects"][0]
        self.assertEqual((row["spi"], row["cpi"]), (0.1234, 0.1234))

    def test_a_reversal_costs_what_it_takes_back(self):
        n = self.hours("E1", "1.1", "2026-03-04", "8")
        self.ok("rate", "add", "--employee", "E1", "--kind", "cost", "--valid-from", "2026-04-01", "--amount", "60000")
        self.at("2026-04-02T09:00Z")
        self.ok("period", "close", "2026-03")
        self.ok("time", "reverse", n, "--reason", "wrong project")   # dated 1 April
        self.assertEqual([self.evm(day)["ac"] for day in ("2026-03-31", "2026-04-01")], ["360000.00", "0.00"])

    def test_a_cost_that_no_amount_can_hold_is_an_error(self):
        self.ok("rate", "add", "--employee", "E1", "--kind", "cost", "--valid-from", "2026-03-03", "--amount", "92233720368547758.07")
        self.hours("E1", "1.1", "2026-03-04", "8")
        self.assertIn("too large", self.fails(2, "project", "evm", "P1"))
        self.ok("project", "evm", "P1", "--as-of", "2026-03-03")

    def test_only_approved_hours_cost_and_hours_without_a_rate_are_told(self):
        self.ok("time", "add", "--number", "A", "--employee", "E1", "--project", "P1", "--wbs", "1.1", "--worked-on", "2026-03-03", "--hours", "1")
        self.assertEqual(self.evm("2026-03-06")["ac"], "0.00")
        self.ok("time", "submit", "A")
        self.ok("time", "approve", "A", "--actor", "boss")
        self.assertEqual(self.evm("2026-03-06")["ac"], "45000.00")
        self.ok("rate", "void", "E1/cost/2026-01-01", "--reason", "x")
        report = self.json("project", "evm", "P1")
        self.assertFalse(report["checks"][0]["ok"])
        self.assertIn("1.00", report["checks"][0]["message"])

    def test_methods(self):
        part = lambda: [float(r["part"]) for r in self.json("project", "evm", "P1", "--tasks")["rows"]][0]
        add = lambda *more: self.ok("progress", "add", "--project", "P1", "--wbs", "1.1", *more)
        self.assertEqual(part(), 0)
        self.ok("project", "progress", "P1", "1.1", "started", "--on", "2026-03-02")   # 50/50
        self.assertEqual(part(), 0.5)
        r = self.run_("progress", "add", "--project", "P1", "--wbs", "1.1", "--measured-on", "2026-03-03", "--method", "zero_hundred")
        self.assertIn("measured by fifty_fifty so far, now by zero_hundred", r.stderr.decode())   # one leaf, one method
        self.assertEqual(part(), 0)
        self.ok("project", "progress", "P1", "1.1", "3/8", "--on", "2026-03-04")
        self.assertEqual(part(), 0.375)
        add("--measured-on", "2026-03-05", "--method", "milestones", "--units-done", "50", "--units", "100")
        self.assertEqual(part(), 0.5)
        r = self.run_("project", "progress", "P1", "1.1", "100%", "--on", "2026-03-06")
        self.assertIn("0.9", r.stderr.decode())
        self.assertEqual(part(), 0.9)
        self.file("agency.toml", '[project]\npercent_cap = "80%"\n')
        self.assertEqual(part(), 0.8)

    def test_what_cannot_be_right_is_refused(self):
        for how in ("110%", "9/8", "-5%", "1/0", "x"):
            self.assertIn(self.run_("project", "progress", "P1", "1.1", how).returncode, (2, 5), how)
        self.assertIn("PRJ-031", self.fails(5, "project", "progress", "P1", "1.1", "accepted"))
        self.assertIn("PRJ-003", self.fails(5, "project", "progress", "P1", "1", "40%"))
        self.fails(5, "project", "progress", "P1", "7", "40%")
        self.fails(2, "project", "progress", "P1", "1.1", "40%", "--on", "2026-03-07")   # ahead


class Periods(Tracked):
    """BAC 100,000 planned 10, 20, 40, 70, 100 % over five weeks; in the third 35 % done for 36,000."""
    plan = "".join(f"1.{n},t{n},5,E1,{cost}\n" for n, cost in enumerate((10000, 10000, 20000, 30000, 30000), 1))
    after = {f"1.{n}": f"1.{n - 1}" for n in range(2, 6)}

    def test_the_curve(self):
        self.at("2026-03-22T09:00Z")
        self.ok("rate", "add", "--employee", "E1", "--kind", "cost", "--valid-from", "2026-01-01", "--amount", "900")
        for wbs, day, hours in (("1.1", "2026-03-02", "10"), ("1.2", "2026-03-09", "10"), ("1.3", "2026-03-16", "10"), ("1.3", "2026-03-17", "10")):
            self.hours("E1", wbs, day, hours)
        for wbs, day in (("1.1", "2026-03-06"), ("1.2", "2026-03-13")):
            self.ok("project", "progress", "P1", wbs, "accepted", "--on", day, "--evidence", "x")
        self.ok("project", "progress", "P1", "1.3", "75%", "--on", "2026-03-20")
        row = self.evm("2026-03-20")
        self.assertEqual([row[k] for k in ("pv", "ev", "ac", "sv", "cv", "bac")], ["40000.00", "35000.00", "36000.00", "-5000.00", "-1000.00", "100000.00"])
        rows = self.json("project", "curve", "P1", "--as-of", "2026-03-22")["rows"]
        self.assertEqual([r["pv"] for r in rows], ["10000.00", "20000.00", "40000.00", "70000.00", "100000.00"])
        self.assertEqual([r["ev"] for r in rows], ["10000.00", "20000.00", "35000.00", None, None])
        self.assertEqual([r["ac"] for r in rows], ["9000.00", "18000.00", "36000.00", None, None])
        self.assertEqual([r["ev"] for r in self.json("project", "curve", "P1", "--as-of", "2026-03-18")["rows"]], ["10000.00", "20000.00", "20000.00", None, None])   # measured on the 20th
        self.assertEqual([r["day"] for r in self.json("project", "curve", "P1", "--step", "month")["rows"]], ["2026-03-31", "2026-04-30"])

    def test_the_curve_is_drawn(self):
        import xml.etree.ElementTree as tree
        self.at("2026-03-22T09:00Z")
        self.ok("project", "progress", "P1", "1.1", "accepted", "--on", "2026-03-06", "--evidence", "x")
        drawing = tree.fromstring(self.ok("project", "curve", "P1", "--format", "svg"))
        lines = drawing.findall("{http://www.w3.org/2000/svg}polyline")
        self.assertEqual([l[0].text for l in lines], ["PV", "EV", "AC"])
        points = [[tuple(map(float, p.split(","))) for p in l.get("points").split()] for l in lines]
        self.assertEqual([len(p) for p in points], [5, 3, 3])   # what is earned ends at the day
        self.assertTrue(all(b[0] > a[0] and b[1] < a[1] for a, b in zip(points[0], points[0][1:])))   # planned value only rises
        self.assertEqual(points[0][-1][1], 64)   # up to the top of the chart
        self.assertIn("<polyline", self.ok("project", "curve", "P1", "--format", "html"))
        self.assertNotIn("<polyline", self.ok("project", "evm", "P1", "--format", "html"))


class ClosedMonths(Tracked):
    """What money reports of a closed month say is not changed by any verb [PER-001]."""
    plan = "1.1,第一步,5,E1,500000\n1.2,第二步,5,E1,500000\n"

    def setUp(self):
        super().setUp()
        self.at("2026-03-31T09:00Z")
        self.ok("rate", "add", "--employee", "E1", "--kind", "cost", "--valid-from", "2026-03-01", "--amount", "100")
        self.ok("project", "progress", "P1", "1.1", "40%", "--on", "2026-03-20")
        self.ok("milestone", "add", "--project", "P1", "--name", "交付", "--baseline-on", "2026-03-25", "--wbs", "1.1")
        self.at("2026-04-10T09:00Z")
        self.ok("period", "close", "2026-03")
        self.before = self.evm("2026-03-31")

    def test_PER_001_of_what_a_project_is_worth(self):
        closed = "2026-03-30"
        milestone = self.json("milestone", "list")["milestones"][0]["number"]
        for words in (("project", "suspend", "P1", "--reason", "等", "--effective", closed),
                      ("project", "edit", "P1", "--set", "budget=2", "--effective", closed),
                      ("task", "edit", "P1/1.2", "--set", "cost=1", "--effective", closed),
                      ("task", "void", "P1/1.2", "--reason", "错", "--on", closed),
                      ("project", "progress", "P1", "1.1", "90%", "--on", closed),
                      ("progress", "void", self.json("progress", "list")["progress_entries"][0]["number"], "--reason", "错"),
                      ("milestone", "reach", milestone, "--on", closed, "--evidence", "验收单"),
                      ("rate", "add", "--employee", "E1", "--kind", "cost", "--valid-from", closed, "--amount", "120"),
                      ("rate", "void", "E1/cost/2026-03-01", "--reason", "错"),
                      ("contract", "edit", "C1", "--set", "owner=张", "--effective", closed)):
            self.assertIn("PER-001", self.fails(5, *words))
        self.assertEqual(self.evm("2026-03-31"), self.before)

    def test_the_first_open_day_is_good(self):
        self.ok("project", "progress", "P1", "1.1", "90%", "--on", "2026-04-01")
        self.ok("rate", "add", "--employee", "E1", "--kind", "cost", "--valid-from", "2026-04-01", "--amount", "120")
        self.ok("project", "suspend", "P1", "--reason", "等", "--effective", "2026-04-01")
        self.assertEqual(self.evm("2026-03-31"), self.before)

    def test_people_move_in_a_closed_month(self):
        """Where people sit is no figure of the books."""
        self.ok("position", "edit", "PM", "--set", "title=经理", "--effective", "2026-03-15")
