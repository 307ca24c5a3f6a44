"""Rules of money that moves: limits on every day, voids, matching, the ledger, the trail. One rule a test."""
import contextlib, json, sqlite3, unittest

from support.book import Book


class Rules(Book):
    """K1 with contract C1, K2 with C2; today is 2026-06-01. The file is sound after every test."""
    def setUp(self):
        super().setUp()
        self.start()
        self.at("2026-06-01T09:00Z")

    def tearDown(self):
        self.ok("check")

    def sql(self, query):
        with contextlib.closing(sqlite3.connect(self.env["AGENCY_DB"])) as db:
            return db.execute(query).fetchall()

    @contextlib.contextmanager
    def untouched(self):
        def dump():
            with contextlib.closing(sqlite3.connect(self.env["AGENCY_DB"])) as db:
                return list(db.iterdump())
        before = dump()
        yield
        self.assertEqual(before, dump(), "something was written")

    def refused(self, *words, rule="", says="", code=5):
        """Refused with that rule and those words, and nothing is written."""
        with self.untouched():
            error = self.fails(code, *words)
        self.assertIn(says, error)
        if rule:
            self.assertIn(f"[{rule}]", error)

    def allocate(self, receipt, invoice, amount, on):
        self.ok("receipt", "allocate", receipt, invoice, amount, "--on", on)

    def back(self, receipt, invoice, on):
        self.ok("receipt", "unallocate", receipt, invoice, "--on", on)

    def credit(self, number, invoice, issued, amount, *more):
        return ("invoice", "add", "--number", number, "--kind", "credit_note", "--credits", invoice, "--issued-on", issued, "--due-on", issued, "--amount", amount, *(more or ("--contract", "C1")))

    def taken_back(self, amount="100"):
        """I and R of 100: allocated on 03-05, taken back on 04-02, so both are open again, but not on the days between."""
        self.invoice("I", "2026-01-10", "2026-02-09", "100")
        self.receipt("R", "2026-01-20", "100")
        self.allocate("R", "I", amount, "2026-03-05")
        self.back("R", "I", "2026-04-02")

    def void(self, noun, number, *more):
        return (noun, "void", number, *more, "--reason", "wrong")

    def numbered(self):
        """A1: 60 of R to I from 03-05."""
        self.invoice("I", "2026-01-10", "2026-02-09", "100")
        self.receipt("R", "2026-01-20", "100")
        self.ok("allocation", "import", self.file("a.csv", "number,receipt,invoice,amount,allocated_on\nA1,R,I,60,2026-03-05\n"))

    def ledger(self, number="C1", *more):
        return next(c for c in self.json("contract", "list", *more)["contracts"] if c["number"] == number)

    def figures(self, number="C1", *more):
        c = self.ledger(number, *more)
        return {k: c[k] for k in ("invoiced", "credited", "received", "outstanding", "overdue")}


class Days(Rules):
    """After a reversal the limits hold on every day, not only in the end."""
    def test_AR_002_allocation_to_an_invoice_that_was_settled_then(self):
        self.taken_back()
        self.receipt("R2", "2026-01-20", "100")
        self.refused("receipt", "allocate", "R2", "I", "50", "--on", "2026-03-10", rule="AR-002", says="2026-03-10")
        self.refused("receipt", "allocate", "R2", "I", "0.01", "--on", "2026-02-20", rule="AR-002", says="2026-03-05")
        self.allocate("R2", "I", "100", "2026-04-02")

    def test_AR_001_allocation_of_a_receipt_that_was_spent_then(self):
        self.taken_back()
        self.invoice("J", "2026-01-10", "2026-02-09", "100")
        self.refused("receipt", "allocate", "R", "J", "50", "--on", "2026-03-10", rule="AR-001", says="2026-03-10")
        self.refused("receipt", "allocate", "R", "J", "0.01", "--on", "2026-02-20", rule="AR-001", says="2026-03-05")
        self.allocate("R", "J", "100", "2026-04-02")

    def test_AR_001_refund_of_a_receipt_that_was_spent_then(self):
        self.taken_back()
        self.refused("receipt", "refund", "R", "50", "--on", "2026-03-10", rule="AR-001", says="2026-03-10")
        self.refused("receipt", "refund", "R", "0.01", "--on", "2026-02-20", rule="AR-001", says="2026-03-05")
        self.ok("receipt", "refund", "R", "100", "--on", "2026-04-02")

    def test_AR_001_allocation_of_a_receipt_that_is_refunded_later(self):
        self.taken_back("30")
        self.invoice("J", "2026-01-10", "2026-02-09", "100")
        self.ok("receipt", "refund", "R", "60", "--on", "2026-03-20")
        self.refused("receipt", "allocate", "R", "J", "20", "--on", "2026-03-10", rule="AR-001", says="2026-03-20")
        self.allocate("R", "J", "10", "2026-03-10")

    def test_INV_011_credit_note_of_an_invoice_that_was_settled_then(self):
        self.taken_back()
        self.refused(*self.credit("N", "I", "2026-03-10", "50"), rule="INV-011", says="2026-03-10")
        self.refused(*self.credit("N", "I", "2026-02-20", "0.01"), rule="INV-011", says="2026-03-05")
        self.ok(*self.credit("N", "I", "2026-04-02", "100"))

    def test_AR_002_allocation_to_an_invoice_that_was_credited_then(self):
        self.invoice("I", "2026-01-10", "2026-02-09", "100")
        self.receipt("R", "2026-01-20", "100")
        self.ok(*self.credit("N", "I", "2026-03-05", "80"))
        self.ok("invoice", "void", "N", "--on", "2026-04-02", "--reason", "wrong")
        self.refused("receipt", "allocate", "R", "I", "21", "--on", "2026-03-10", rule="AR-002", says="2026-03-10")
        self.refused("receipt", "allocate", "R", "I", "21", "--on", "2026-02-10", rule="AR-002", says="2026-03-05")
        self.allocate("R", "I", "100", "2026-04-02")

    def test_unallocate_after_re_allocation_takes_back_the_pair_s_net(self):
        self.taken_back("60")
        self.allocate("R", "I", "40", "2026-03-20")
        self.back("R", "I", "2026-03-25")
        rows = [self.row(day) or {} for day in ("2026-03-10", "2026-03-22", "2026-03-28", "2026-06-01")]
        self.assertEqual([(r.get("total"), r.get("unapplied")) for r in rows], [("40.00", "40.00"), (None, None), ("40.00", "40.00"), ("100.00", "100.00")])

    def test_AR_005_unallocate_before_the_pair_s_last_allocation_is_refused(self):
        self.taken_back("60")
        self.allocate("R", "I", "40", "2026-03-20")
        self.refused("receipt", "unallocate", "R", "I", "--on", "2026-03-19", rule="AR-005", says="2026-03-20")

    def test_unallocate_of_nothing_is_refused(self):
        self.taken_back()
        self.refused("receipt", "unallocate", "R", "I", "--on", "2026-05-01", says="nothing")


class Imports(Rules):
    """The same limits in files, row by row."""
    def problems(self, noun, text):
        """Rows and rules of a refused file, and all its messages."""
        self.file("in.csv", text)
        with self.untouched():
            r = self.run_(noun, "import", "in.csv", "--format", "json")
        self.assertEqual(r.returncode, 9, r.stderr)
        problems = json.loads(r.stdout)["problems"]
        return [(p["row"], p["rule"]) for p in problems], " ".join(p["message"] for p in problems)

    def test_AR_002_in_an_import_is_of_the_row_that_breaks_it(self):
        self.taken_back("80")
        self.receipt("R2", "2026-01-20", "100")
        found, messages = self.problems("allocation", "receipt,invoice,amount,allocated_on\nR2,I,15,2026-03-10\nR2,I,10,2026-03-12\nR2,I,10,2026-04-02\n")
        self.assertEqual(found, [(3, "AR-002")])
        self.assertIn("2026-03-12", messages)

    def test_AR_001_in_an_import_is_of_the_row_that_breaks_it(self):
        self.taken_back("80")
        for n in "JK":
            self.invoice(n, "2026-01-10", "2026-02-09", "100")
        found, messages = self.problems("allocation", "receipt,invoice,amount,allocated_on\nR,J,15,2026-03-10\nR,K,10,2026-03-12\nR,K,10,2026-04-02\n")
        self.assertEqual(found, [(3, "AR-001")])
        self.assertIn("2026-03-12", messages)

    def test_INV_011_in_an_import_is_of_the_row_that_breaks_it(self):
        self.taken_back("80")
        rows = "".join(f"{number},C1,credit_note,I,{day},{day},{amount}\n" for number, day, amount in (("N1", "2026-03-10", 15), ("N2", "2026-03-12", 10), ("N3", "2026-04-02", 10)))
        found, messages = self.problems("invoice", "number,contract,kind,credits,issued_on,due_on,amount\n" + rows)
        self.assertEqual(found, [(3, "INV-011")])
        self.assertIn("2026-03-12", messages)

    def test_what_fits_on_every_day_is_imported(self):
        self.taken_back("80")
        self.receipt("R2", "2026-01-20", "100")
        self.ok("allocation", "import", self.file("in.csv", "receipt,invoice,amount,allocated_on\nR2,I,20,2026-03-10\nR2,I,80,2026-04-02\n"))
        self.assertEqual([self.row(day).get("total") for day in ("2026-03-04", "2026-03-09", "2026-03-31", "2026-06-01")], ["100.00", "20.00", None, None])


class Match(Rules):
    def match(self, *more):
        return [(a["receipt"], a["invoice"], a["amount"], a["allocated_on"]) for a in self.json("receivable", "match", *more)["allocations"]]

    def test_day_on_which_both_are_free_is_found(self):
        self.taken_back()
        self.assertEqual(self.match(), [("R", "I", "100.00", "2026-04-02")])

    def test_money_is_left_when_no_day_up_to_today_fits(self):
        self.invoice("I", "2026-01-10", "2026-02-09", "100")
        self.receipt("R", "2026-01-20", "100")
        self.allocate("R", "I", "100", "2026-03-05")
        self.back("R", "I", "2026-07-01")
        with self.untouched():
            self.assertEqual(self.match(), [])
        self.at("2026-07-01T09:00Z")
        self.assertEqual(self.match(), [("R", "I", "100.00", "2026-07-01")])

    def test_invoice_that_fits_is_matched_when_the_first_does_not(self):
        self.taken_back()
        self.invoice("J", "2026-01-10", "2026-02-20", "30")
        self.receipt("S", "2026-01-20", "100")
        self.allocate("S", "I", "100", "2026-04-02")
        self.back("S", "I", "2026-07-01")
        self.assertEqual(self.match(), [("R", "J", "30.00", "2026-04-02")])

    def test_PER_001_first_open_day_stands_for_a_closed_one(self):
        self.invoice("I", "2026-01-10", "2026-02-09", "100")
        self.receipt("R", "2026-01-20", "100")
        self.ok("period", "close", "2026-04")
        self.assertEqual(self.match(), [("R", "I", "100.00", "2026-05-01")])

    def test_retention_is_matched_on_its_due_day_and_not_before(self):
        self.invoice("I", "2026-01-10", "2026-06-01", "100", kind="retention")
        self.invoice("J", "2026-01-10", "2026-06-02", "100", kind="retention")
        self.receipt("R", "2026-01-20", "200")
        self.assertEqual(self.match(), [("R", "I", "100.00", "2026-01-20")])

    def test_redated_retention_is_matched_by_its_day_in_force(self):
        self.invoice("I", "2026-01-10", "2026-05-01", "100", kind="retention")
        self.ok("invoice", "redate", "I", "--due", "2026-07-01", "--effective", "2026-04-01", "--reason", "letter")
        self.receipt("R", "2026-01-20", "100")
        self.assertEqual(self.match(), [])

    def test_future_invoice_is_not_matched(self):
        self.invoice("I", "2026-06-02", "2026-06-02", "100")
        self.invoice("J", "2026-06-01", "2026-07-02", "100")
        self.receipt("R", "2026-01-20", "200")
        self.assertEqual(self.match(), [("R", "J", "100.00", "2026-06-01")])

    def test_future_receipt_is_not_matched(self):
        self.invoice("I", "2026-01-10", "2026-02-09", "100")
        self.receipt("R", "2026-06-02", "100")
        self.assertEqual(self.match(), [])

    def test_full_width_semicolon_parts_designated_numbers(self):
        for n, due in (("I1", "2026-02-01"), ("I2", "2026-03-01"), ("I3", "2026-04-01")):
            self.invoice(n, "2026-01-10", due, "100")
        self.receipt("R", "2026-01-20", "150", designates="I3； I2")
        self.assertEqual([(i, a) for _, i, a, _ in self.match()], [("I3", "100.00"), ("I2", "50.00")])

    def test_what_an_earlier_receipt_took_is_named(self):
        for n, due in (("I1", "2026-02-01"), ("I2", "2026-03-01")):
            self.invoice(n, "2026-01-10", due, "100")
        self.receipt("R1", "2026-03-01", "100")
        self.receipt("R2", "2026-03-02", "100", designates="I1")
        rows = self.json("receivable", "match", "--explain", "--dry-run")["allocations"]
        self.assertEqual([(r["receipt"], r["invoice"]) for r in rows], [("R1", "I1"), ("R2", "I2")])
        self.assertIn("I1 has nothing open", rows[1]["reason"])
        self.ok("invoice", "redate", "I2", "--due", "2026-07-20", "--reason", "x")
        rows = self.json("receivable", "match", "--explain", "--dry-run")["allocations"]
        self.assertIn("I1 has nothing open and nothing due is left", rows[1]["reason"])


class Voids(Rules):
    def test_invoice_with_something_standing_later_is_not_void(self):
        self.taken_back()
        self.refused(*self.void("invoice", "I"), says="2026-03-05")
        self.refused(*self.void("invoice", "I", "--on", "2026-04-01"), says="2026-04-01")
        self.ok(*self.void("invoice", "I", "--on", "2026-04-02"))
        self.assertEqual((self.row("2026-04-01"), self.row("2026-04-02")), (None, {"unapplied": "100.00"}))

    def test_invoice_with_something_allocated_in_the_future_is_not_void(self):
        self.invoice("I", "2026-01-10", "2026-02-09", "100")
        self.receipt("R", "2026-01-20", "100")
        self.allocate("R", "I", "1", "2026-07-01")
        self.refused(*self.void("invoice", "I", "--on", "2026-06-01"), says="2026-07-01")

    def test_credited_invoice_is_not_void(self):
        self.invoice("I", "2026-01-10", "2026-02-09", "100")
        self.ok(*self.credit("N", "I", "2026-03-05", "10"))
        self.refused(*self.void("invoice", "I"), says="2026-03-05")
        self.ok(*self.void("invoice", "N"))
        self.ok(*self.void("invoice", "I"))

    def test_receipt_with_something_standing_later_is_not_void(self):
        self.taken_back()
        self.refused(*self.void("receipt", "R"), says="2026-03-05")
        self.refused(*self.void("receipt", "R", "--on", "2026-04-01"), says="2026-04-01")
        self.ok(*self.void("receipt", "R", "--on", "2026-04-02"))
        self.assertEqual(self.row("2026-04-02"), {"d31_60": "100.00", "total": "100.00", "overdue": "100.00"})

    def test_refunded_receipt_is_not_void(self):
        self.receipt("R", "2026-01-20", "100")
        self.ok("receipt", "refund", "R", "1", "--on", "2026-03-05")
        for on in ((), ("--on", "2026-03-05"), ("--on", "2026-08-01")):
            self.refused(*self.void("receipt", "R", *on), says="refunded")

    def test_void_twice_is_refused(self):
        self.invoice("I", "2026-01-10", "2026-02-09", "100")
        self.receipt("R", "2026-01-20", "100")
        for noun, number in (("invoice", "I"), ("receipt", "R"), ("contract", "C2"), ("client", "K2")):
            self.ok(*self.void(noun, number, "--on", "2026-07-01"))
            for on in ((), ("--on", "2026-05-01"), ("--on", "2026-08-01")):
                self.refused(*self.void(noun, number, *on), says="void")

    def test_PER_001_contract_and_client_are_not_void_in_a_closed_month(self):
        self.ok("period", "close", "2026-02")
        for words in (self.void("contract", "C2"), self.void("contract", "C2", "--on", "2026-02-28")):
            self.refused(*words, rule="PER-001", says="2026-02")
        self.ok(*self.void("contract", "C2", "--on", "2026-03-01"))
        self.refused(*self.void("client", "K2", "--on", "2026-02-28"), rule="PER-001", says="2026-02")
        self.ok(*self.void("client", "K2", "--on", "2026-03-01"))

    def test_PER_001_invoice_receipt_and_allocation_are_not_void_in_a_closed_month(self):
        self.numbered()
        self.invoice("J", "2026-02-10", "2026-02-20", "1")
        self.receipt("S", "2026-02-10", "1")
        self.ok("period", "close", "2026-03")
        for noun, number in (("invoice", "J"), ("receipt", "S"), ("allocation", "A1")):
            for on in ((), ("--on", "2026-03-31")):
                self.refused(*self.void(noun, number, *on), rule="PER-001", says="2026-03")
            self.ok(*self.void(noun, number, "--on", "2026-04-01"))

    def test_void_of_a_future_day_lets_the_record_count_until_then(self):
        self.invoice("I", "2026-01-10", "2026-06-15", "100")
        self.receipt("R", "2026-01-20", "30")
        for noun, number in (("invoice", "I"), ("receipt", "R")):
            self.ok(*self.void(noun, number, "--on", "2026-07-01"))
        self.assertEqual((self.row("2026-06-01"), self.row("2026-06-30"), self.row("2026-07-01")),
                         ({"not_due": "100.00", "total": "100.00", "unapplied": "30.00"}, {"d1_30": "100.00", "total": "100.00", "overdue": "100.00", "unapplied": "30.00"}, None))
        self.assertEqual([self.figures("C1", "--as-of", day)["outstanding"] for day in ("2026-06-01", "2026-06-30", "2026-07-01")], ["100.00", "100.00", "0.00"])


class Taken(Rules):
    """What is taken back or claimed is so once."""
    def test_allocation_void_twice_is_refused(self):
        self.numbered()
        self.ok(*self.void("allocation", "A1"))
        for on in ((), ("--on", "2026-05-01")):
            self.refused(*self.void("allocation", "A1", *on), says="taken back")

    def test_allocation_that_was_taken_back_is_not_void(self):
        self.numbered()
        self.back("R", "I", "2026-04-02")
        for on in ((), ("--on", "2026-03-20"), ("--on", "2026-04-02"), ("--on", "2026-05-01")):
            self.refused(*self.void("allocation", "A1", *on), says="taken back")

    def test_allocation_void_twice_is_refused_although_the_pair_has_other_money(self):
        self.numbered()
        self.ok(*self.void("allocation", "A1", "--on", "2026-04-02"))
        self.allocate("R", "I", "60", "2026-05-01")
        for on in ((), ("--on", "2026-05-01")):
            self.refused(*self.void("allocation", "A1", *on), says="taken back")

    def test_AR_005_allocation_is_not_void_before_its_day(self):
        self.numbered()
        self.refused(*self.void("allocation", "A1", "--on", "2026-03-04"), rule="AR-005", says="2026-03-05")

    def test_claim_twice_is_refused(self):
        self.ok("receipt", "add", "--number", "U", "--received-on", "2026-02-20", "--amount", "5")
        self.ok("receipt", "claim", "U", "--client", "K1", "--effective", "2026-04-01")
        for on in ("2026-03-01", "2026-04-01", "2026-05-01"):
            for client in ("K1", "K2"):
                self.refused("receipt", "claim", "U", "--client", client, "--effective", on, says="K1")

    def test_receipt_entered_with_its_client_is_not_claimed(self):
        self.receipt("R", "2026-02-20", "5")
        self.refused("receipt", "claim", "R", "--client", "K2", says="K1")


class Ledger(Rules):
    def test_invoice_in_another_currency_is_not_added(self):
        self.invoice("I", "2026-01-10", "2026-02-09", "50")
        self.invoice("U", "2026-01-10", "2026-02-09", "700", currency="USD")
        self.invoice("Y", "2026-01-10", "2026-02-09", "9000", currency="JPY")
        self.ok("receipt", "add", "--number", "R", "--client", "K1", "--received-on", "2026-01-20", "--amount", "300", "--currency", "USD")
        self.allocate("R", "U", "300", "2026-01-20")
        expected = {"invoiced": "50.00", "credited": "0.00", "received": "0.00", "outstanding": "50.00", "overdue": "50.00"}
        self.assertEqual(self.figures(), expected)
        shown = self.json("contract", "show", "C1")["contract"]
        self.assertEqual({k: shown[k] for k in expected}, expected)
        self.assertEqual(shown["uninvoiced"], "999950.00")

    def test_amounts_in_contract_show_have_their_own_decimals(self):
        self.invoice("Y", "2026-01-10", "2026-02-09", "9000", currency="JPY")
        self.ok("receipt", "add", "--number", "R", "--client", "K1", "--received-on", "2026-01-20", "--amount", "3000", "--currency", "JPY")
        self.allocate("R", "Y", "3000", "2026-01-20")
        shown = self.json("contract", "show", "C1")["contract"]
        self.assertEqual(([i["amount"] for i in shown["invoices"]], [i["open"] for i in shown["invoices"]], [r["amount"] for r in shown["receipts"]]), (["9000"], ["6000"], ["3000"]))

    def credited(self):
        expected = {"invoiced": "100.00", "credited": "40.00", "received": "0.00", "outstanding": "60.00", "overdue": "60.00"}
        self.assertEqual(self.figures(), expected)
        shown = self.json("contract", "show", "C1")["contract"]
        self.assertEqual({k: shown[k] for k in expected}, expected)

    def test_credit_note_without_a_contract_counts_with_its_invoice_s(self):
        self.invoice("I", "2026-01-10", "2026-02-09", "100")
        self.ok(*self.credit("N", "I", "2026-01-20", "40", "--client", "K1"))
        self.credited()

    def test_credit_note_without_contract_and_client_counts_with_its_invoice_s(self):
        self.ok("invoice", "import", self.file("in.csv", "number,contract,kind,credits,issued_on,due_on,amount\nI,C1,,,2026-01-10,2026-02-09,100\n"))
        self.ok("invoice", "import", self.file("in.csv", "number,kind,credits,issued_on,due_on,amount\nN,credit_note,I,2026-01-20,2026-01-20,40\n"))
        self.credited()

    def too_large(self, *words):
        r = self.run_(*words, "--format", "json")
        self.assertIn(r.returncode, (2, 5, 7), (words, r.stdout))
        self.assertEqual(r.stdout, b"")
        self.assertIn("too large", json.loads(r.stderr)["error"]["message"])

    def test_sum_of_invoices_that_is_too_large_is_an_error(self):
        """Each can be kept, their sum cannot."""
        for n in "12":
            self.invoice("I" + n, "2026-01-10", "2026-02-09", "60000000000000000")
        for words in (("contract", "list"), ("contract", "show", "C1"), ("receivable", "aging"), ("receivable", "aging", "--by", "currency")):
            self.too_large(*words)

    def test_sum_of_receipts_that_is_too_large_is_an_error(self):
        for n in "12":
            self.receipt("R" + n, "2026-01-20", "60000000000000000")
        for words in (("receivable", "aging"), ("receivable", "aging", "--as-of", "2026-01-31"), ("receivable", "aging", "--by", "currency")):
            self.too_large(*words)

    def test_sum_over_clients_that_is_too_large_is_an_error(self):
        for client, contract in (("K1", "C1"), ("K2", "C2")):
            self.invoice("I" + client, "2026-01-10", "2026-02-09", "60000000000000000", contract=contract)
        self.too_large("receivable", "aging")

    def test_uninvoiced_amount_that_is_too_large_is_an_error(self):
        self.ok("contract", "add", "--number", "C3", "--client", "K1", "--title", "t", "--amount", "60000000000000000", "--signed-on", "2026-01-05")
        self.invoice("N", "2026-01-10", "2026-01-10", "60000000000000000", contract="C3", kind="credit_note")
        for words in (("list",), ("show", "C3")):
            self.too_large("contract", *words)

    def test_sums_that_just_fit_are_right(self):
        for n, amount in (("I1", "92233720368547758.06"), ("I2", "0.01")):
            self.invoice(n, "2026-01-10", "2026-02-09", amount)
        self.assertEqual(self.figures()["outstanding"], "92233720368547758.07")
        self.assertEqual(self.row("2026-06-01")["total"], "92233720368547758.07")

    def past(self):
        return [self.ok(*words, "--as-of", "2026-03-31", *more, "--format", "json") for words in (("contract", "list"), ("contract", "show", "C1")) for more in ((), ("--known-at", "2026-02-01T00:00Z"))]

    def test_ledger_of_a_day_is_the_same_whatever_today_is(self):
        self.ok("contract", "add", "--number", "C3", "--client", "K1", "--title", "later", "--amount", "5", "--signed-on", "2026-08-01", "--ends-on", "2026-12-31")
        self.invoice("I", "2026-01-10", "2026-02-09", "100")
        self.invoice("J", "2026-08-01", "2026-08-09", "100", contract="C3")
        seen = set()
        for today in ("2026-06-01", "2026-07-31", "2026-08-01", "2027-03-01"):
            self.at(today + "T09:00Z")
            seen.add(tuple(self.ok("contract", *words, "--as-of", "2026-07-31", "--format", "json") for words in (("list",), ("show", "C1"))))
        self.assertEqual(len(seen), 1, seen)

    def test_ledger_of_a_day_shows_no_later_void(self):
        self.invoice("I", "2026-01-10", "2026-02-09", "100")
        before = self.past()
        for noun, number in (("invoice", "I"), ("contract", "C2"), ("contract", "C1"), ("client", "K2")):
            self.ok(noun, "void", number, "--on", "2026-05-01", "--reason", "wrong")
        self.assertEqual(before, self.past())
        self.assertEqual([self.ledger("C2", "--as-of", day)["voided_on"] for day in ("2026-04-30", "2026-05-01")], [None, "2026-05-01"])


class Trail(Rules):
    def facts(self, noun, verb):
        """The trail's last row of that kind, what was before and what is after together."""
        before, after = self.sql(f"SELECT before, after FROM audit WHERE noun = '{noun}' AND verb = '{verb}' ORDER BY seq DESC")[0]
        return {**json.loads(before or "{}"), **json.loads(after or "{}")}

    def test_allocate_unallocate_and_refund_carry_amount_and_day(self):
        self.taken_back("60")
        expected = {"receipt": "R", "invoice": "I", "amount": "60.00", "allocated_on": "2026-03-05"}
        self.assertLessEqual(expected.items(), self.facts("allocation", "add").items())
        self.assertLessEqual({**expected, "amount": "-60.00", "allocated_on": "2026-04-02"}.items(), self.facts("allocation", "unallocate").items())
        self.ok("receipt", "refund", "R", "30", "--on", "2026-05-01")
        self.assertLessEqual({"amount": "30.00", "refunded_on": "2026-05-01"}.items(), self.facts("receipt", "refund").items())

    def test_match_carries_amount_and_day(self):
        self.taken_back("60")
        self.ok("receivable", "match")
        self.assertLessEqual({"receipt": "R", "invoice": "I", "amount": "100.00", "allocated_on": "2026-04-02"}.items(), self.facts("allocation", "allocate").items())

    def test_amounts_have_the_decimals_of_their_currency(self):
        self.invoice("I", "2026-01-10", "2026-02-09", "100", currency="JPY")
        self.receipt("R", "2026-01-20", "100", currency="JPY")
        self.allocate("R", "I", "60", "2026-03-05")
        self.back("R", "I", "2026-04-02")
        self.ok("receipt", "refund", "R", "30", "--on", "2026-05-01")
        self.assertEqual([self.facts(*what)["amount"] for what in (("allocation", "add"), ("allocation", "unallocate"), ("receipt", "refund"))], ["60", "-60", "30"])


if __name__ == "__main__":
    unittest.main()


class Kept(Rules):
    """What one command refuses, no other lets pass; what is written out comes back in."""
    def setUp(self):
        super().setUp()
        self.ok("invoice", "add", "--number", "I1", "--client", "K1", "--issued-on", "2026-01-10", "--due-on", "2026-02-09", "--amount", "1000")
        self.ok("receipt", "add", "--number", "R1", "--client", "K1", "--received-on", "2026-01-20", "--amount", "600")

    def last(self):
        return self.json("op", "list")["operations"][0]["operation"]

    def copy_of(self, *nouns):
        """The aging of a fresh file of what is exported."""
        files = {n: self.file(f"{n}.csv", self.ok(n, "export")) for n in ("client", "contract", "invoice", "receipt", "allocation", "refund")}
        home, self.env["AGENCY_DB"] = self.env["AGENCY_DB"], str(self.dir / "copy.db")
        self.ok("init")
        for noun, path in files.items():
            if self.dir.joinpath(path).read_text().count("\n") > 1:
                self.ok(noun, "import", path)
        aging = self.ok("receivable", "aging", "--format", "csv")
        self.env["AGENCY_DB"] = home
        return aging

    def test_an_export_has_what_is_taken_back_only_later(self):
        self.allocate("R1", "I1", "600", "2026-02-01")
        self.ok("receipt", "unallocate", "R1", "I1", "--on", "2026-07-20")
        row = "number,receipt,invoice,amount,allocated_on\n,R1,I1,600.00,2026-02-01\n"
        self.assertEqual(self.ok("allocation", "export"), row)
        self.assertEqual(self.ok("allocation", "export", "--as-of", "2026-02-15"), row)
        self.assertEqual(self.ok("allocation", "export", "--as-of", "2026-01-31").count("\n"), 1)
        self.assertEqual(self.ok("allocation", "export", "--as-of", "2026-07-20").count("\n"), 1)
        told = self.run_("allocation", "export").stderr.decode()
        self.assertIn("warning: 1 row is void or takes something back from a later day", told)
        self.assertNotIn("warning", self.run_("allocation", "export", "--as-of", "2026-02-15").stderr.decode())
        self.ok("invoice", "add", "--number", "I2", "--client", "K1", "--issued-on", "2026-01-10", "--due-on", "2026-02-09", "--amount", "5")
        self.ok("invoice", "void", "I2", "--on", "2026-03-01", "--reason", "x")
        self.assertIn("1 row is void", self.run_("invoice", "export").stderr.decode())
        self.assertEqual(self.copy_of(), self.ok("receivable", "aging", "--format", "csv"))

    def test_disputes_are_written_out_and_come_back(self):
        self.ok("invoice", "dispute", "I1", "--amount", "300", "--reason", "x")
        self.assertEqual(self.copy_of(), self.ok("receivable", "aging", "--format", "csv"))
        self.assertIn(",300.00,", self.ok("invoice", "export"))
        add = ("invoice", "add", "--number", "I2", "--client", "K1", "--issued-on", "2026-01-10", "--due-on", "2026-02-09", "--amount", "100")
        self.refused(*add, "--disputed", "101", code=2, says="at most the invoice's amount")
        self.refused(*add, "--kind", "credit_note", "--disputed", "1", code=2, says="a credit note is not disputed")
        self.refused("invoice", "edit", "I1", "--set", "disputed=20", code=2, says="agency invoice dispute")
        self.ok(*add, "--kind", "credit_note", "--credits", "I1")
        self.refused("invoice", "dispute", "I2", "--amount", "1", "--reason", "x", says="a credit note is not disputed")

    def test_AR_005_what_was_taken_back_is_not_undone_beneath_a_new_allocation(self):
        self.allocate("R1", "I1", "600", "2026-02-01")
        first = self.last()
        self.ok("receipt", "unallocate", "R1", "I1", "--on", "2026-02-01")
        self.allocate("R1", "I1", "600", "2026-02-01")
        self.refused("undo", str(first), rule="AR-005", says="was taken back since")
        self.ok("undo")
        self.refused("undo", str(first), rule="AR-005")

    def test_AR_003_a_receipt_keeps_its_client(self):
        self.refused("receipt", "edit", "R1", "--set", "client=", rule="AR-003", code=5)
        self.ok("receipt", "edit", "R1", "--set", "note=x")

    def test_a_voided_contract_takes_no_invoice_of_any_day(self):
        self.ok("contract", "add", "--number", "C9", "--client", "K1", "--title", "t", "--amount", "100")
        self.ok("contract", "void", "C9", "--reason", "x")
        self.refused("invoice", "add", "--number", "I9", "--contract", "C9", "--issued-on", "2026-01-10", "--due-on", "2026-02-09", "--amount", "10", says="the contract is void")
        self.refused("contract", "edit", "C9", "--set", "owner=z", "--effective", "2026-03-01", says="contract C9 is voided")

    def test_lists_of_a_day_end_with_it(self):
        self.allocate("R1", "I1", "600", "2026-02-01")
        for noun, plural, first in (("invoice", "invoices", "2026-01-10"), ("receipt", "receipts", "2026-01-20"), ("allocation", "allocations", "2026-02-01")):
            before = f"{first[:-2]}{int(first[-2:]) - 1:02}" if first[-2:] != "01" else "2026-01-31"
            self.assertEqual([len(self.json(noun, "list", "--as-of", day)[plural]) for day in (before, first)], [0, 1], noun)

    def test_what_stands_in_the_way_of_a_void_is_named(self):
        self.ok("invoice", "add", "--number", "N1", "--client", "K1", "--kind", "credit_note", "--credits", "I1", "--issued-on", "2026-02-01", "--due-on", "2026-02-01", "--amount", "10")
        self.ok("receipt", "refund", "R1", "20")
        refund = self.last()
        self.allocate("R1", "I1", "100", "2026-02-01")
        self.assertIn(f"allocation R1 I1 stands on it, entered by operation {self.last()}", self.fails(5, "undo", str(refund - 2)))
        void = lambda noun, number: (noun, "void", number, "--reason", "x")
        self.invoice("I0", "2026-01-10", "2026-02-09", "1")   # so that it is not the id of another that is looked for
        self.invoice("I2", "2026-01-10", "2026-02-09", "1")
        self.ok("receipt", "allocate", "R1", "I2", "1")
        self.refused(*void("invoice", "I2"), says="agency receipt unallocate R1 I2")
        self.ok("receipt", "unallocate", "R1", "I2", "--on", "2026-01-20")
        self.refused(*void("invoice", "I1"), says="agency receipt unallocate R1 I1")
        self.refused(*void("receipt", "R1"), says="agency receipt unallocate R1 I1")
        self.ok("receipt", "unallocate", "R1", "I1", "--on", "2026-02-01")
        self.refused(*void("invoice", "I1"), says="agency invoice void N1")
        self.refused(*void("receipt", "R1"), says=f"agency undo {refund}")
        self.ok("undo", str(refund))
        self.ok(*void("receipt", "R1"))
        self.ok("invoice", "void", "N1", "--reason", "x")
        self.ok(*void("invoice", "I1"))

    def test_a_day_on_which_it_fits_is_named(self):
        self.allocate("R1", "I1", "600", "2026-02-01")
        self.ok("receipt", "unallocate", "R1", "I1", "--on", "2026-03-05")
        self.refused("receipt", "allocate", "R1", "I1", "500", says="the whole of receipt R1 would be settled; it fits from 2026-03-05 on", rule="AR-001")
        self.allocate("R1", "I1", "500", "2026-03-05")

    def test_a_file_that_does_not_fit_twice_was_imported_before(self):
        path = self.file("a.csv", "receipt,invoice,amount\nR1,I1,400\n")
        self.ok("allocation", "import", path)
        for more in ((), ("--on-error", "reject", "--rejects", "bad.csv")):
            self.refused("allocation", "import", path, *more, code=4, says="were imported before")
        self.assertFalse((self.dir / "bad.csv").exists())
        self.assertIn("AR-001", self.fails(9, "allocation", "import", path, "--again"))
        self.assertIn("AR-001", self.fails(9, "allocation", "import", self.file("b.csv", "receipt,invoice,amount\nR1,I1,401\n")))

    def test_an_undo_is_no_target_of_itself(self):
        self.refused("undo", str(self.last() + 1), code=3, says="there is no operation")
        self.ok("undo", str(self.last()), str(self.last()))

    def test_one_invoice_and_one_receipt_tell_what_is_open(self):
        self.allocate("R1", "I1", "400", "2026-02-01")
        self.ok("receipt", "unallocate", "R1", "I1", "--on", "2026-03-01")
        self.allocate("R1", "I1", "100", "2026-03-01")
        self.ok("invoice", "add", "--number", "N1", "--client", "K1", "--kind", "credit_note", "--credits", "I1", "--issued-on", "2026-03-02", "--due-on", "2026-03-02", "--amount", "10")
        self.ok("receipt", "refund", "R1", "20", "--on", "2026-03-03")
        invoice = lambda *more: (lambda i: (i["settled"], i["open"], [(r["receipt"], r["amount"]) for r in i["receipts"]], [c["number"] for c in i["credit_notes"]]))(self.json("invoice", "show", "I1", *more)["invoice"])
        receipt = lambda *more: (lambda r: (r["allocated"], r["refunded"], r["unapplied"], [a["amount"] for a in r["invoices"]]))(self.json("receipt", "show", "R1", *more)["receipt"])
        self.assertEqual(invoice(), ("110.00", "890.00", [("R1", "400.00"), ("R1", "-400.00"), ("R1", "100.00")], ["N1"]))
        self.assertEqual(invoice("--as-of", "2026-02-10"), ("400.00", "600.00", [("R1", "400.00")], []))
        self.assertEqual(invoice("--as-of", "2026-01-09"), (None, None, [], []))
        self.assertEqual(receipt(), ("100.00", "20.00", "480.00", ["400.00", "-400.00", "100.00"]))
        self.assertEqual(receipt("--as-of", "2026-01-19"), (None, None, None, []))
        self.assertEqual(self.json("invoice", "show", "N1")["invoice"]["open"], None)
