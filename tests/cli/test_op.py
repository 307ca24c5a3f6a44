"""Operations taken back and brought back, batches of commands, imports by batch."""
import sqlite3

from support.book import Book, SOURCE

NOUNS = ("client", "contract", "invoice", "receipt", "allocation")


class Undo(Book):
    now = "2026-11-02T09:00Z"

    def content(self, *when):
        return [self.ok(noun, "list", "--format", "csv", *when, *(("--as-of", "2026-11-02") if noun == "contract" else ())) for noun in NOUNS] + [
            self.ok("receivable", "aging", "--as-of", "2026-10-31", "--by", "invoice", "--format", "csv", *when)]

    def import_examples(self, *more):
        for noun in NOUNS:
            self.ok(noun, "import", SOURCE / "examples" / f"{noun}s.csv", *more)

    def rows(self, *words):
        return list(self.json(*words).values())[0]

    def test_a_batch_goes_back_as_a_whole_and_its_files_come_in_again(self):
        empty = self.content()
        self.import_examples("--batch", "november")
        full = self.content()
        self.assertNotEqual(full, empty)
        rows = self.rows("import", "list", "--where", "batch = november")
        self.assertEqual([r["noun"] for r in rows], list(reversed(NOUNS)))
        self.at("2026-11-03T09:00Z")
        self.ok("undo", "--batch", "november")
        self.assertEqual(self.content(), empty)
        self.assertEqual(self.content("--known-at", "2026-11-02T10:00Z"), full)
        self.assertIn("no import of a batch november stands", self.fails(3, "undo", "--batch", "november"))
        self.import_examples()  # the numbers are free
        self.assertEqual(self.content(), full)
        self.ok("check")
        taken = self.rows("op", "list")[5]["operation"]
        self.assertIn("was entered again since", self.fails(4, "undo", taken))

    def test_what_stands_on_an_operation_is_named(self):
        self.start()
        self.ok("invoice", "add", "--number", "F1", "--contract", "C1", "--issued-on", "2026-10-01", "--due-on", "2026-10-31", "--amount", "100")
        self.ok("invoice", "redate", "F1", "--due", "2026-12-01", "--reason", "agreed")
        contract = next(r["operation"] for r in self.rows("op", "list") if "contract add --number C1" in r["command"])
        told = self.fails(5, "undo", contract)
        self.assertIn("invoice F1 stands on it, entered by operation 6 (agency invoice add", told)
        self.assertIn("agency undo 6", told)
        told = self.fails(5, "undo", 6)
        self.assertIn("invoice F1 was changed since, by operation 7 (agency invoice redate", told)
        self.ok("undo", 7)
        self.ok("undo", 6)
        self.ok("undo", contract)
        self.assertEqual([r["number"] for r in self.rows("contract", "list")], ["C2"])
        self.assertIn("agency undo 8 brings it back", self.fails(4, "undo", 7))
        self.fails(3, "undo", 99)
        self.fails(2, "undo", "last")
        self.fails(5, "undo", 1)
        self.ok("check")

    def test_an_undo_of_an_undo_brings_back(self):
        self.start()
        self.ok("receipt", "add", "--number", "S1", "--client", "K1", "--received-on", "2026-10-05", "--amount", "70")
        before = self.content()
        self.ok("undo")
        self.assertNotEqual(self.content(), before)
        self.ok("undo", 7)
        self.assertEqual(self.content(), before)
        self.ok("undo")  # the last one that stands and is no undo
        self.assertEqual(self.rows("receipt", "list"), [])
        self.ok("check")

    def test_a_value_of_a_record_that_was_taken_back_does_not_turn(self):
        self.start()
        self.ok("invoice", "add", "--number", "F1", "--client", "K1", "--issued-on", "2026-10-01", "--due-on", "2026-10-31", "--amount", "100")
        self.ok("invoice", "redate", "F1", "--due", "2026-12-01", "--reason", "agreed")
        self.ok("undo", 7)
        self.ok("undo", 6)
        told = self.fails(5, "undo", 8)
        self.assertIn("invoice F1 was taken back itself", told)
        self.assertIn("agency undo 9 brings it back", told)
        self.ok("undo", 9)
        self.ok("undo", 8)
        self.assertEqual(self.json("invoice", "show", "F1")["invoice"]["due_on"], "2026-12-01")
        self.ok("check")

    def test_a_closed_period_holds(self):
        self.start()
        self.ok("receipt", "add", "--number", "S1", "--client", "K1", "--received-on", "2026-09-05", "--amount", "70")
        self.ok("period", "close", "2026-09")
        told = self.fails(5, "undo", 6)
        self.assertIn("receipt S1: 2026-09-05 lies in a closed period", told)
        self.assertIn("[PER-001]", told)
        self.ok("undo", 7)
        self.ok("undo", 6)
        self.ok("check")

    def test_money_spent_since_is_not_taken_back(self):
        self.start()
        self.ok("invoice", "add", "--number", "F1", "--client", "K1", "--issued-on", "2026-10-01", "--due-on", "2026-10-31", "--amount", "100")
        self.ok("receipt", "add", "--number", "S1", "--client", "K1", "--received-on", "2026-10-05", "--amount", "70")
        self.ok("receipt", "allocate", "S1", "F1", "70")
        self.ok("receipt", "unallocate", "S1", "F1")
        self.ok("receipt", "refund", "S1", "50")
        self.assertIn("[AR-001]", self.fails(5, "undo", 9))  # it would be allocated and refunded
        self.assertIn("[AR-005]", self.fails(5, "undo", 8))  # its unallocation stands
        self.ok("undo", 10)
        self.ok("undo", 9)
        self.assertEqual(self.aging("2026-11-30")["totals"][0]["total"], "30.00")
        self.ok("check")

    def test_dry_run_shows_and_writes_nothing(self):
        self.start()
        before = self.content()
        shown = self.rows("undo", "--dry-run")
        self.assertEqual((shown[0]["noun"], shown[0]["records"], shown[0]["written"]), ("contract", 1, False))
        self.assertEqual(self.content(), before)
        self.assertEqual(len(self.rows("op", "list")), 5)

    def test_difference_of_an_operation(self):
        self.start()
        self.ok("client", "import", self.file("c.csv", "code,name,phone\nK1,甲公司,123\n"), "--on-conflict", "update")
        row, = self.rows("op", "diff", 6)
        self.assertEqual((row["noun"], row["ref"], row["field"], row["before"], row["after"]), ("client", "K1", "phone", None, "123"))
        self.ok("undo")
        row, = self.rows("op", "diff", 7)
        self.assertEqual((row["field"], row["before"], row["after"]), ("phone", "123", None))
        trail = self.json("op", "show", 6)["operation"]["trail"]
        self.assertEqual(trail[0]["verb"], "import")

    def test_a_later_value_of_an_earlier_day_is_not_hidden_by_an_undo(self):
        self.start()
        self.ok("invoice", "add", "--number", "F1", "--client", "K1", "--issued-on", "2026-10-01", "--due-on", "2026-10-31", "--amount", "100")
        self.ok("invoice", "redate", "F1", "--due", "2026-12-01", "--effective", "2026-10-20", "--reason", "a")
        self.ok("undo")
        self.ok("invoice", "redate", "F1", "--due", "2026-11-20", "--effective", "2026-10-10", "--reason", "b")
        self.assertEqual(self.json("invoice", "show", "F1")["invoice"]["due_on"], "2026-11-20")

    def test_check_finds_a_mark_that_no_undo_made(self):
        self.start()
        with sqlite3.connect(self.env["AGENCY_DB"]) as db:
            db.execute("UPDATE contract SET undone = 3 WHERE number = 'C2'")
        db.close()
        self.assertIn("undone", self.run_("check").stdout.decode())
        self.fails(1, "check")

    def test_a_person_sees_what_an_undo_takes_back_and_is_asked(self):
        self.start()
        last = self.rows("op", "list")[0]
        for answer, operations in ((b"n\n", 5), (b"\n", 5), (b"\x04", 5), (b"y\n", 6)):
            code, seen = self.typing(answer, 80, "undo", TERM="dumb")
            self.assertIn(f"take back operation {last['operation']} of {last['recorded_at']}", seen)
            self.assertIn(last["command"], seen)
            self.assertEqual((code, len(self.rows("op", "list"))), (5 if operations == 5 else 0, operations), answer)
        self.assertNotIn("take back", self.typing(b"", 80, "undo", "--yes")[1])
        self.assertNotIn("take back", self.typing(b"", 80, "undo", "--dry-run")[1])


class Batch(Book):
    now = "2026-11-02T09:00Z"
    rows = Undo.rows
    LINES = """# month end
client add --code K1 --name '甲 公司'
agency contract add --number C1 --client K1 --title "a \\"b\\" c" --amount 100

invoice add --number F1 --contract C1 --issued-on 2026-10-01 --due-on 2026-10-31 --amount 100
receipt add --number S1 --client K1 --received-on 2026-10-05 --amount 70
receivable match
"""

    def test_many_commands_are_one_operation(self):
        self.ok("batch", self.file("b.txt", self.LINES))
        self.assertEqual(len(self.json("op", "list")["operations"]), 2)
        self.assertEqual(self.aging("2026-11-30")["totals"][0]["total"], "30.00")
        self.assertEqual(self.json("client", "show", "K1")["client"]["name"], "甲 公司")
        self.assertEqual(self.json("contract", "show", "C1")["contract"]["title"], 'a "b" c')
        self.ok("check")
        self.ok("undo")
        self.assertEqual(self.json("client", "list")["clients"], [])
        self.ok("check")

    def test_an_import_may_be_a_part(self):
        rows = "".join(f"K{i},n{i}\n" for i in range(6000))
        self.file("c.csv", "code,name\n" + rows)
        self.ok("batch", "-", stdin=b"client import c.csv --batch x\nclient add --code L1 --name z\n")
        self.assertEqual(len(self.json("client", "list")["clients"]), 6001)
        self.assertEqual(self.json("import", "list")["imports"][0]["inserted"], 6000)
        self.ok("check")

    def test_one_bad_line_and_nothing_is_written(self):
        for line, code, text in (("contract add --number C9 --client NO --title t --amount 1", 3, "b.txt:8: client: there is no client \"NO\""),
                                 ("contract lst", 2, "contract has no verb lst"), ("contract list", 2, "contract list is no part of a batch"),
                                 ("undo", 2, "undo is no part of a batch"), ("client add --code 'K7", 2, "the quote ' does not end"),
                                 ("client add --code K7 --name x --db y", 2, "given to the whole batch"),
                                 ("client import bad.csv", 9, "bad.csv")):
            self.file("bad.csv", "code,name\n,x\n")
            told = self.fails(code, "batch", self.file("b.txt", self.LINES + line + "\n"))
            self.assertIn(text, told)
            self.assertIn("nothing of the batch was written", told)
            self.assertEqual(self.json("client", "list")["clients"], [])
        self.fails(8, "batch", "nofile")
        self.ok("check")

    def test_run_again_it_changes_nothing_and_is_no_operation(self):
        self.file("one.csv", "code,name\nA,a\n")
        nightly = self.file("nightly.txt", "client import one.csv --on-conflict skip\nclient edit A --set note=x\nreceivable match\n")
        self.assertEqual([(c["operation"], c["written"]) for c in self.rows("batch", nightly)], [(2, True)] * 3)
        for _ in range(2):
            self.assertEqual([(c["operation"], c["written"]) for c in self.rows("batch", nightly)], [(None, False)] * 3)
        self.assertEqual(len(self.rows("op", "list")), 2)
        self.ok("check")

    def test_no_hint_names_what_goes_with_the_batch(self):
        self.ok("batch", self.file("b.txt", self.LINES.replace("receivable match\n", "")))
        for lines in (("receipt refund S1 10 --on 2026-11-01", "receipt void S1 --reason x"), ("receipt void S1 --reason x", "receipt add --number S1 --client K1 --received-on 2026-10-05 --amount 70")):
            told = self.run_("batch", self.file("b.txt", "\n".join(lines) + "\n")).stderr.decode()
            self.assertIn("b.txt:2: ", told)
            self.assertNotIn("agency undo", told)
            self.ok(*lines[0].split())
            self.assertIn(f"agency undo {self.rows('op', 'list')[0]['operation']}", self.run_(*lines[1].split()).stderr.decode())
            self.ok("undo")

    def test_a_batch_rejects_no_rows_of_its_files(self):
        self.file("in.csv", "code,name\nA,a\nB,\n")
        old = self.file("bad.csv", "code,name,_row,_column,_rule,_message\nX,,2,name,,Name is missing\n")
        for name in ("in.csv", "bad.csv"):
            self.assertIn("written whole or not at all", self.fails(2, "batch", self.file("b.txt", f"client import {name} --on-error reject --rejects new.csv\n")))
        self.assertFalse((self.dir / "new.csv").exists())
        self.assertTrue(old.exists())

    def test_what_writes_beside_the_data_file_is_no_part(self):
        for line, named in (("config set lang zh_CN", "config is no part"), ("config unset lang", "config is no part"), ("client import c.csv --learn m.toml", "--learn is no part"), ("init", "init is no part"), ("client", "a verb is missing")):
            self.assertIn(named, self.fails(2, "batch", self.file("b.txt", f"client add --code A --name a\n{line}\n")))
        self.assertFalse((self.dir / ".config").exists() or (self.dir / "m.toml").exists())
        self.ok("check")

    def test_a_mark_of_bytes_before_the_first_word_is_passed(self):
        self.ok("batch", "-", stdin=b"\xef\xbb\xbfclient add --code Z --name x\n")

    def test_dry_run(self):
        self.ok("batch", self.file("b.txt", self.LINES), "--dry-run")
        self.assertEqual(self.json("client", "list")["clients"], [])
