"""Refunds: money paid back lowers what is unapplied, on every day."""
from support.book import Book


class Refund(Book):
    now = "2026-06-01T09:00Z"

    def setUp(self):
        super().setUp()
        self.start()
        self.receipt("R1", "2026-03-01", "100.00")

    def test_one_is_listed_and_lowers_what_is_unapplied_from_its_day(self):
        self.ok("refund", "add", "--number", "T1", "--receipt", "R1", "--amount", "30", "--refunded-on", "2026-04-01")
        self.assertEqual(self.row("2026-03-31"), {"unapplied": "100.00"})
        self.assertEqual(self.row("2026-04-01"), {"unapplied": "70.00"})
        shown = self.json("refund", "show", "T1")["refund"]
        self.assertEqual((shown["receipt"], shown["amount"], shown["currency"]), ("R1", "30.00", "CNY"))
        self.ok("check")

    def test_one_of_receipt_refund_is_listed_too(self):
        self.ok("receipt", "refund", "R1", "30", "--on", "2026-04-01")
        self.assertEqual([r["amount"] for r in self.json("refund", "list")["refunds"]], ["30.00"])

    def test_AR_001_more_than_there_is_on_a_day(self):
        self.invoice("I1", "2026-01-10", "2026-02-09", "100.00")
        self.ok("receipt", "allocate", "R1", "I1", "100", "--on", "2026-03-05")
        self.ok("receipt", "unallocate", "R1", "I1", "--on", "2026-04-02")
        error = self.fails(5, "refund", "add", "--receipt", "R1", "--amount", "1", "--refunded-on", "2026-03-10")
        self.assertIn("AR-001", error)
        self.assertIn("2026-03-10", error)
        self.ok("refund", "add", "--receipt", "R1", "--amount", "100", "--refunded-on", "2026-04-02")

    def test_AR_001_within_a_file(self):
        rows = "receipt,amount,refunded_on\nR1,60,2026-04-01\nR1,60,2026-04-02\n"
        self.assertIn("refunds.csv:3:2(amount)", self.fails(9, "refund", "import", self.file("refunds.csv", rows)))
        self.assertEqual(self.json("refund", "list")["refunds"], [])

    def test_AR_005_and_PER_001(self):
        self.assertIn("AR-005", self.fails(5, "refund", "add", "--receipt", "R1", "--amount", "1", "--refunded-on", "2026-02-28"))
        self.ok("period", "close", "2026-04")
        self.assertIn("PER-001", self.fails(5, "refund", "add", "--receipt", "R1", "--amount", "1", "--refunded-on", "2026-04-30"))

    def test_the_same_file_of_unnumbered_ones_is_known(self):
        path = self.file("refunds.csv", "receipt,amount,refunded_on\nR1,10,2026-04-01\n")
        self.ok("refund", "import", path)
        self.fails(4, "refund", "import", path)
        self.ok("refund", "import", path, "--again")
        self.assertEqual(self.row("2026-04-01"), {"unapplied": "80.00"})
