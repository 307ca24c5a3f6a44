"""The oracle cases A1-A12: each is a place where a system in wide use is wrong."""
import collections, csv, io, subprocess, sys, unittest

from support.book import MAPS, SHARED, SOURCE, Book, need_shared


class Aging(Book):
    def setUp(self):
        super().setUp()
        self.start()

    def rewind_facts(self, check):
        self.at("2026-01-10T09:00Z"); self.invoice("I1", "2026-01-10", "2026-02-09", "1000.00"); check()
        self.at("2026-03-05T09:00Z"); self.receipt("R1", "2026-03-05", "600.00")
        self.ok("receipt", "allocate", "R1", "I1", "600.00", "--on", "2026-03-05"); check()
        self.at("2026-03-20T09:00Z"); self.ok("invoice", "redate", "I1", "--due", "2026-04-30", "--effective", "2026-03-20", "--reason", "letter"); check()
        self.at("2026-04-02T09:00Z"); self.ok("receipt", "unallocate", "R1", "I1", "--on", "2026-04-02"); check()
        self.at("2026-04-10T09:00Z"); check()

    def test_A1_rewind(self):
        answers = {}

        def check():
            today = self.env["AGENCY_NOW"][:10]
            for day in ("2026-02-28", "2026-03-10", "2026-03-25", "2026-04-10"):
                if day <= today:
                    text = self.ok("receivable", "aging", "--as-of", day, "--format", "json")
                    self.assertEqual(answers.setdefault(day, text), text, day)

        self.rewind_facts(check)
        self.assertEqual(self.row("2026-02-28"), {"d1_30": "1000.00", "total": "1000.00", "overdue": "1000.00"})
        self.assertEqual(self.row("2026-03-10"), {"d1_30": "400.00", "total": "400.00", "overdue": "400.00"})
        self.assertEqual(self.row("2026-03-25"), {"not_due": "400.00", "total": "400.00"})
        self.assertEqual(self.row("2026-04-10"), {"not_due": "1000.00", "total": "1000.00", "unapplied": "600.00"})
        self.assertEqual(self.aging("2026-02-28", "--by", "invoice")["rows"][0]["days_overdue"], 19)
        self.assertEqual(self.aging("2026-03-10", "--by", "invoice")["rows"][0]["days_overdue"], 29)
        self.ok("check")

    def test_A1b_back_dated(self):
        self.rewind_facts(lambda: None)
        before = self.ok("receivable", "aging", "--as-of", "2026-02-28", "--known-at", "2026-04-10T00:00Z")
        self.at("2026-05-04T09:00Z")
        self.receipt("R2", "2026-02-20", "400.00")
        self.ok("receipt", "allocate", "R2", "I1", "400.00", "--on", "2026-02-20")
        self.assertEqual(self.row("2026-02-28")["total"], "600.00")
        self.assertEqual(self.row("2026-02-28", "--known-at", "2026-05-01T00:00Z")["total"], "1000.00")
        self.assertEqual(before, self.ok("receivable", "aging", "--as-of", "2026-02-28", "--known-at", "2026-04-10T00:00Z"))

    def test_A2_due_tomorrow(self):
        self.invoice("I", "2026-06-01", "2026-06-11", "80.00")
        for day, bucket in (("2026-06-10", "not_due"), ("2026-06-11", "not_due"), ("2026-06-12", "d1_30")):
            row = self.row(day)
            self.assertEqual(row[bucket], "80.00")
            self.assertEqual(row["total"], "80.00")

    def test_A3_boundary(self):
        for n, (amount, due) in enumerate((("1.00", "2026-06-01"), ("2.00", "2026-05-31"), ("4.00", "2026-05-02"), ("8.00", "2026-05-01"), ("16.00", "2026-04-02"), ("32.00", "2026-04-01"))):
            self.invoice(f"I{n}", "2026-01-10", due, amount)
        row = self.row("2026-07-01")
        self.assertEqual({k: row[k] for k in ("d1_30", "d31_60", "d61_90", "d91_180", "total")}, {"d1_30": "1.00", "d31_60": "6.00", "d61_90": "24.00", "d91_180": "32.00", "total": "63.00"})

    def test_A4_oldest(self):
        self.invoice("I1", "2015-01-01", "2025-06-30", "1.00")
        self.invoice("I2", "2010-01-01", "2015-07-19", "2.00")
        self.assertEqual(self.row("2026-07-01")["d366_plus"], "3.00")
        self.assertEqual(self.row("2026-07-01", "--buckets", "30,60")["d61_plus"], "3.00")

    def test_A5_far_future(self):
        self.invoice("I1", "2026-01-10", "2026-02-20", "1.00")
        self.invoice("I2", "2026-01-10", "2027-02-24", "2.00")
        self.assertEqual(self.row("2026-01-20"), {"not_due": "3.00", "total": "3.00"})

    def test_A6_two_halves(self):
        self.invoice("I", "2026-01-10", "2026-02-09", "100.00")
        self.receipt("R1", "2026-01-20", "50.00"); self.ok("receipt", "allocate", "R1", "I", "50")
        self.assertEqual(self.row("2026-01-20")["total"], "50.00")
        self.receipt("R2", "2026-01-21", "50.00"); self.ok("receipt", "allocate", "R2", "I", "50")
        self.assertIsNone(self.row("2026-01-21"))
        self.assertEqual(len(self.json("allocation", "list")["allocations"]), 2)

    def test_A7_part_paid_then_late(self):
        self.invoice("I", "2026-01-10", "2026-02-09", "100.00")
        self.receipt("R1", "2026-01-20", "30.00"); self.ok("receipt", "allocate", "R1", "I", "30")
        self.assertEqual(self.row("2026-02-19")["d1_30"], "70.00")
        shown = self.json("contract", "show", "C1", "--as-of", "2026-02-19")["contract"]["invoices"][0]
        self.assertEqual((shown["paid"], shown["overdue"], shown["open"]), ("part", True, "70.00"))

    def test_A8_booked_late(self):
        self.invoice("I", "2026-01-10", "2026-02-09", "100.00")
        self.at("2026-03-15T09:00Z")
        self.receipt("R1", "2026-02-20", "100.00", **{"banked-on": "2026-02-21"})
        self.assertEqual(self.row("2026-02-28", "--known-at", "2026-03-14T09:00Z"), {"d1_30": "100.00", "total": "100.00", "overdue": "100.00"})
        self.assertEqual(self.row("2026-02-28")["unapplied"], "100.00")
        r = self.json("receipt", "show", "R1")["receipt"]
        self.assertEqual((r["received_on"], r["banked_on"]), ("2026-02-20", "2026-02-21"))

    def test_A9_too_much(self):
        self.at("2026-03-01T09:00Z")
        self.invoice("I", "2026-01-10", "2026-02-09", "100.00")
        self.receipt("R1", "2026-02-20", "150.00", designates="I")
        self.receipt("R2", "2026-02-21", "20.00")
        self.ok("receivable", "match")
        self.assertEqual(self.row("2026-03-01"), {"unapplied": "70.00"})
        self.assertIn("AR-002", self.fails(5, "receipt", "allocate", "R2", "I", "1"))
        self.invoice("J", "2026-01-10", "2026-02-09", "100.00", contract="C2")
        self.assertIn("AR-003", self.fails(5, "receipt", "allocate", "R2", "J", "1"))

    def test_A10_credit_notes(self):
        self.invoice("I", "2026-01-10", "2026-02-09", "100.00")
        self.invoice("N1", "2026-01-20", "2026-01-20", "40.00", kind="credit_note", credits="I")
        self.invoice("N2", "2026-01-25", "2026-03-25", "25.00", kind="credit_note")
        report = self.aging("2026-03-01", "--by", "invoice")
        self.assertEqual([(r["invoice"], r["open"], r["bucket"]) for r in report["rows"]], [("I", "60.00", "d1_30"), ("N2", "-25.00", "not_due")])
        self.assertEqual(report["parameters"]["credits"], "own")
        netted = self.aging("2026-03-01", "--by", "invoice", "--credits", "net-oldest")
        self.assertEqual([(r["invoice"], r["open"]) for r in netted["rows"]], [("I", "35.00")])
        self.assertIn("INV-011", self.fails(5, "invoice", "add", "--number", "N3", "--contract", "C1", "--kind", "credit_note", "--credits", "I", "--issued-on", "2026-02-01", "--due-on", "2026-02-01", "--amount", "60.01"))

    def test_A11_undo_after_closing(self):
        self.invoice("I", "2026-03-01", "2026-03-31", "100.00")
        self.receipt("R", "2026-03-10", "100.00"); self.ok("receipt", "allocate", "R", "I", "100")
        self.at("2026-04-05T09:00Z")
        before = self.ok("receivable", "aging", "--as-of", "2026-03-31")
        self.ok("period", "close", "2026-03")
        error = self.fails(5, "receipt", "unallocate", "R", "I", "--on", "2026-03-20")
        self.assertIn("PER-001", error); self.assertIn("2026-03", error)
        self.ok("receipt", "unallocate", "R", "I", "--on", "2026-04-05")
        self.assertEqual(before, self.ok("receivable", "aging", "--as-of", "2026-03-31"))
        self.assertEqual(self.row("2026-04-30")["total"], "100.00")

    def test_A12_twice(self):
        self.invoice("I", "2026-01-10", "2026-02-09", "100.00")
        for name in ("a.csv", "b.csv"):
            self.fails(1, "receivable", "aging", "--as-of", "2026-03-01", "--format", "csv", "--output", name, "--fail-if", "overdue > 0")
        self.assertEqual((self.dir / "a.csv").read_bytes(), (self.dir / "b.csv").read_bytes())

    def test_years_by_anniversary(self):
        for number, issued in (("I1", "2025-11-23"), ("I2", "2025-11-22")):
            self.invoice(number, issued, "2026-12-31", "1.00")
        years = ("--basis", "issue", "--buckets", "1y,2y,3y,4y,5y", "--by", "invoice")
        self.assertEqual({r["invoice"]: r["bucket"] for r in self.aging("2026-11-23", *years)["rows"]}, {"I1": "y0_1", "I2": "y1_2"})
        self.invoice("L", "2024-02-29", "2026-12-31", "1.00")
        self.assertEqual([r["bucket"] for r in self.aging("2025-02-28", *years)["rows"]], ["y0_1"])
        self.assertEqual([r["bucket"] for r in self.aging("2025-03-01", *years)["rows"]], ["y1_2"])

    def test_peers_bucket_rule(self):
        self.invoice("I", "2024-01-01", "2024-01-31", "1.00")
        for day, basis, bucket in (("2024-02-15", "due", "d1_30"), ("2024-02-15", "issue", "d31_60"), ("2024-01-15", "due", "not_due"), ("2024-01-01", "issue", "not_due"), ("2024-01-31", "issue", "d1_30")):
            self.assertEqual(self.aging(day, "--by", "invoice", "--basis", basis)["rows"][0]["bucket"], bucket, (day, basis))
        for bad in ("-1,10", "50,30", "0,7", "30,60y", "x"):
            self.fails(2, "receivable", "aging", "--buckets=" + bad)
        self.assertEqual(self.aging("2024-02-10", "--by", "invoice", "--buckets", "7")["rows"][0]["bucket"], "d8_plus")

    def test_peers_a_cent_stays_visible(self):
        self.invoice("I", "2026-01-10", "2026-02-09", "100.00")
        self.receipt("R", "2026-01-20", "99.99"); self.ok("receipt", "allocate", "R", "I", "99.99")
        self.assertEqual(self.row("2026-01-20")["total"], "0.01")

    def test_two_ways_agree(self):
        """A day is reached from the kept balances or from all facts; voids, refunds, claims and credit notes included."""
        self.at("2026-06-01T09:00Z")
        self.invoice("I1", "2026-01-10", "2026-02-09", "100.00")
        self.invoice("I2", "2026-02-10", "2026-03-09", "200.00")
        self.ok("receipt", "add", "--number", "U", "--received-on", "2026-02-20", "--amount", "80")
        self.assertEqual(self.aging("2026-06-01")["rows"][-1]["unapplied"], "80.00")
        self.ok("receipt", "claim", "U", "--client", "K1", "--effective", "2026-04-01")
        self.ok("receipt", "allocate", "U", "I1", "50")
        self.ok("receipt", "refund", "U", "10", "--on", "2026-05-01")
        self.invoice("N", "2026-03-01", "2026-03-01", "20.00", kind="credit_note", credits="I2")
        self.ok("invoice", "void", "N", "--on", "2026-05-01", "--reason", "wrong")
        self.assertEqual([(d, self.row(d)["total"], self.row(d).get("unapplied")) for d in ("2026-02-25", "2026-03-15", "2026-04-15", "2026-06-01")],
                         [("2026-02-25", "250.00", None), ("2026-03-15", "230.00", None), ("2026-04-15", "230.00", "30.00"), ("2026-06-01", "250.00", "20.00")])
        self.ok("check")


class Shown(Book):
    """What is asked of the rows that are shown."""

    def setUp(self):
        super().setUp()
        for code in "AB":
            self.ok("client", "add", "--code", code, "--name", code)
        for number, client, amount in (("I1", "A", "100"), ("I2", "B", "7")):
            self.ok("invoice", "add", "--number", number, "--client", client, "--issued-on", "2026-01-01", "--due-on", "2026-02-01", "--amount", amount)

    def totals(self, *words):
        report = self.json("receivable", "aging", "--as-of", "2026-03-01", *words)
        self.assertTrue(all(c["ok"] for c in report["checks"]))
        return [(t["currency"], t["total"]) for t in report["totals"]]

    def test_totals_are_of_the_rows_that_hold(self):
        self.assertEqual(self.totals(), [("CNY", "107.00")])
        self.assertEqual(self.totals("--where", "client = B"), [("CNY", "7.00")])
        self.assertEqual(self.totals("--by", "invoice", "--where", "open > 50"), [("CNY", "100.00")])
        self.assertEqual(self.totals("--where", "client = C"), [])

    def test_a_condition_on_a_large_amount(self):
        self.ok("contract", "add", "--number", "BIG", "--client", "B", "--title", "t", "--amount", "90000000000000000.01", "--currency", "CNY")
        self.ok("contract", "add", "--number", "LESS", "--client", "B", "--title", "t", "--amount", "900000000000000", "--currency", "CNY")
        numbers = lambda condition: [c["number"] for c in self.json("contract", "list", "--where", condition)["contracts"]]
        self.assertEqual(numbers("amount > 90000000000000000"), ["BIG"])
        self.assertEqual(numbers("amount = 90000000000000000.01"), ["BIG"])
        self.assertEqual(numbers("amount < 1000000000000000 and amount >= 900000000000000.0000"), ["LESS"])
        self.assertEqual(numbers("amount < 9000000000000000000"), [c["number"] for c in self.json("contract", "list", "--where", "amount != ''")["contracts"]])
        self.assertIn("larger than whatever amount can be", self.fails(2, "contract", "list", "--where", "amount > 10000000000000000000"))

    def test_an_alarm_of_some_rows_is_theirs(self):
        aging = ("receivable", "aging", "--as-of", "2026-03-01")
        self.fails(1, *aging, "--where", "client = B", "--fail-if", "total > 5")
        self.ok(*aging, "--where", "client = B", "--fail-if", "total > 7")
        self.ok(*aging, "--where", "client = C", "--fail-if", "overdue > 0")
        for never in ("client = A", "client_name != ''"):
            self.assertIn("there is no column client", self.fails(2, *aging, "--fail-if", never))
        self.fails(1, *aging, "--fail-if", "currency = CNY and overdue > 100")

    def test_netting_does_not_depend_on_the_order_of_entry(self):
        self.ok("client", "add", "--code", "C", "--name", "C")
        note = lambda number, client, due: self.ok("invoice", "add", "--number", number, "--client", client, "--kind", "credit_note", "--issued-on", due, "--due-on", due, "--amount", "50")
        for client, order in (("A", (1, 2)), ("C", (2, 1))):
            self.ok("invoice", "add", "--number", f"F-{client}", "--client", client, "--issued-on", "2025-12-01", "--due-on", "2026-01-01", "--amount", "60")
            for n in order:
                note(f"N{n}-{client}", client, ("2025-06-01", "2026-02-10")[n - 1])
        self.ok("invoice", "void", "I1", "--reason", "x")
        rows = {r["client"]: {k: v for k, v in r.items() if k.startswith("d") and k != "disputed"} for r in self.json("receivable", "aging", "--as-of", "2026-06-01", "--credits", "net-oldest")["rows"]}
        self.assertEqual(rows["A"], rows["C"])
        self.assertEqual(rows["A"]["d91_180"], "-40.00")

    def test_a_given_clock_does_not_lie_before_what_is_recorded(self):
        for words in (("receivable", "aging"), ("contract", "list")):
            self.assertIn("before the last operation", self.fails(5, *words, "--now", "2020-01-01T09:00+08:00"))


class Large(Book):
    """A book that is read in two parts at the same time, against sums made here from its files."""

    def test_every_day(self):
        folder = self.dir / "data"
        subprocess.run([sys.executable, SOURCE / "scripts" / "bench_data", "100000", folder], check=True)
        rows = {}
        for noun in ("client", "contract", "invoice", "receipt", "allocation"):
            self.ok(noun, "import", folder / f"{noun}s.csv")
            with open(folder / f"{noun}s.csv", newline="") as f:
                rows[noun] = list(csv.DictReader(f))
        self.assertGreater(len(rows["allocation"]), 100_000)
        cents = lambda r: int(r["amount"].replace(".", ""))
        client = {r["number"]: r["client"] for r in rows["contract"]}
        for day in ("2023-01-01", "2024-06-30", "2025-12-31", "2026-07-31", "2026-12-31", "2028-01-01"):
            open_, due, unapplied = {}, {}, collections.Counter()
            for r in rows["invoice"]:
                if r["issued_on"] > day:
                    continue
                if r["kind"] == "credit_note":
                    open_[r["credits"]] -= cents(r)
                else:
                    open_[r["number"]], due[r["number"]] = cents(r), (client[r["contract"]], r["due_on"])
            for r in rows["receipt"]:
                if r["received_on"] <= day:
                    unapplied[r["client"]] += cents(r)
            for r in rows["allocation"]:
                if r["allocated_on"] <= day:
                    open_[r["invoice"]] -= cents(r)
                    unapplied[due[r["invoice"]][0]] -= cents(r)
            wanted = collections.defaultdict(lambda: [0, 0, 0])
            for number, amount in open_.items():
                who, due_on = due[number]
                wanted[who][0] += amount
                wanted[who][1] += amount if due_on < day else 0
            for who, amount in unapplied.items():
                wanted[who][2] += amount
            found = csv.DictReader(io.StringIO(self.ok("receivable", "aging", "--as-of", day, "--format", "csv")))
            found = {r["client"]: [int(r[k].replace(".", "")) for k in ("total", "overdue", "unapplied")] for r in found}
            self.assertEqual(found, {who: sums for who, sums in wanted.items() if any(sums)}, day)


class Outside(Book):
    def test_ibm_late_payments(self):
        need_shared()
        data = SHARED / "ar-ibm-latepay" / "WA_Fn-UseC_-Accounts-Receivable.csv"
        codes = sorted({line.split(",")[1] for line in data.read_text().splitlines()[1:]})
        self.file("clients.csv", "code,name\n" + "".join(f"{c},{c}\n" for c in codes))
        self.ok("client", "import", "clients.csv")
        for noun in ("invoice", "receipt", "allocation"):
            r = self.json(noun, "import", data, "--map", MAPS / f"ibm-{noun}s.toml")["import"]
            self.assertEqual((r["read"], r["inserted"]), (2466, 2466))
        rows = self.json("invoice", "list")["invoices"]
        self.assertEqual(sum(round(float(r["amount"]) * 100) for r in rows), 14770318)
        self.assertTrue(any(r["number"].startswith("00") for r in rows), "leading zeros are kept")
        for day, n, total, current, late, clients in (("2012-03-31", 107, "6183.10", "5613.87", "569.23", 64), ("2012-06-30", 98, "5504.09", "4594.36", "909.73", 55), ("2012-12-31", 99, "5725.06", "4936.32", "788.74", 61),
                                                      ("2013-03-31", 94, "5903.74", "5222.37", "681.37", 57), ("2013-06-30", 84, "5119.85", "4284.29", "835.56", 52), ("2013-09-30", 88, "5029.22", "4563.74", "465.48", 55), ("2013-12-02", 83, "4930.10", "4422.79", "507.31", 54)):
            report = self.aging(day)
            t = report["totals"][0]
            self.assertEqual((t["total"], t["not_due"], t["d1_30"], t["d31_60"], len(report["rows"])), (total, current, late, "0.00", clients), day)
            self.assertEqual(len(self.aging(day, "--by", "invoice")["rows"]), n)

    def test_gnucash(self):
        need_shared()
        data = SHARED / "ar-gnucash" / "ar_aging_gnucash.csv"
        self.ok("client", "add", "--code", "GNC", "--name", "GnuCash customer")
        for noun in ("invoice", "receipt", "allocation"):
            self.ok(noun, "import", data, "--map", MAPS / f"gnucash-{noun}s.toml")
        t = self.aging("1980-07-01", "--buckets", "30,60,90")["totals"][0]
        self.assertEqual({k: t[k] for k in ("unapplied", "not_due", "d1_30", "d31_60", "d61_90", "d91_plus", "total")},
                         {"unapplied": "0.00", "not_due": "6.75", "d1_30": "1.00", "d31_60": "8.50", "d61_90": "7.50", "d91_plus": "8.00", "total": "31.75"})
        parts = {r["invoice"]: r["open"] for r in self.aging("1980-07-01", "--by", "invoice")["rows"]}
        self.assertEqual((parts["I2"], parts["C1"], "I6" in parts), ("4.00", "-3.00", False))


if __name__ == "__main__":
    unittest.main()
