"""Changing one record by hand: in an editor, or by --set."""
import os, pathlib, shlex, sys, unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.book import BINARY, Book


class Edit(Book):
    def setUp(self):
        super().setUp()
        self.start()
        self.env["TMPDIR"] = str(self.dir)
        self.trail = self.operations()

    def operations(self):
        return len(self.ok("op", "list", "--format", "jsonl").splitlines())

    def editor(self, body):
        """A program that changes `text`, the form; a list of what it was shown is kept in `shown`."""
        path = self.file("editor.py", f"""import json, pathlib, subprocess, sys
path, log = pathlib.Path(sys.argv[1]), pathlib.Path({str(self.dir / 'shown.json')!r})
text = path.read_text()
shown = json.loads(log.read_text()) if log.exists() else []
shown.append(text)
log.write_text(json.dumps(shown))
{body}
path.write_text(text)
""")
        self.env["EDITOR"] = shlex.join([sys.executable, str(path)])

    def shown(self):
        import json
        return json.loads((self.dir / "shown.json").read_text())

    def contract(self, *more):
        return self.json("contract", "show", "C1", *more)["contract"]

    def forms(self):
        return list(self.dir.glob("agency-contract-*.toml"))

    def test_the_form_shows_the_record_and_what_was_changed_is_written(self):
        self.at("2026-03-10T09:00Z")
        self.ok("contract", "edit", "C1", "--set", 'title=a "quoted" \\ title')
        self.editor("text = text.replace('\"1000000.00\"', '\"1200000.5\"').replace('note = \"\"', 'note = \"\"\"two\\nlines\"\"\"')")
        self.assertIn("changed", self.ok("contract", "edit", "C1"))
        form = self.shown()[0]
        for text in ('#   client = "K1"', 'title = "a \\"quoted\\" \\\\ title"', 'amount = "1000000.00"', "# draft, internal_review", "from 2026-03-10 on"):
            self.assertIn(text, form)
        self.assertNotIn("\nclient", form)
        now = self.contract()
        self.assertEqual((now["amount"], now["note"], now["title"]), ("1200000.50", "two\nlines", 'a "quoted" \\ title'))
        self.assertEqual(self.contract("--as-of", "2026-03-09")["amount"], "1000000.00")  # dated
        self.assertEqual(self.contract("--as-of", "2026-03-09")["note"], "two\nlines")  # corrected
        self.assertEqual(self.operations(), self.trail + 2)
        self.assertEqual(self.forms(), [])
        self.ok("check")
        self.ok("undo")
        self.assertEqual((self.contract()["amount"], self.contract()["note"]), ("1000000.00", None))

    def test_a_mistake_comes_back_with_the_text_kept(self):
        self.editor("""text = text.replace('"1000000.00"', '"-5"').replace('note = ""', 'note = "kept"') if len(shown) == 1 else text.replace('"-5"', '"7"')""")
        self.assertIn("changed", self.ok("contract", "edit", "C1"))
        again = self.shown()[1]
        self.assertTrue(again.startswith("#! amount: "), again[:80])
        self.assertIn('note = "kept"', again)
        self.assertEqual((self.contract()["amount"], self.contract()["note"]), ("7.00", "kept"))

    def test_every_mistake_is_told_and_giving_up_keeps_the_text(self):
        self.editor("""if len(shown) == 1: text = text.replace('"1000000.00"', '"-5"').replace('status = "effective"', 'status = "done"')""")
        said = self.fails(2, "contract", "edit", "C1")
        self.assertEqual([line[3:].split(":")[0] for line in self.shown()[1].splitlines() if line.startswith("#!")], ["amount", "status"])
        [left] = self.forms()
        self.assertIn(str(left), said)
        self.assertIn('"-5"', left.read_text())
        self.assertEqual(left.stat().st_mode & 0o777, 0o600)
        self.assertEqual(self.operations(), self.trail)

    def test_what_is_no_form(self):
        for change, said in (("'title = '", "line"), ("'titel = \"x\"'", "did you mean title?"), ("'client = \"K2\"'", "client never changes"), ("'amount = 1.5'", "in quotes"), ("'[title]'", "line")):
            self.editor(f"if len(shown) == 1: text = {change}")
            self.assertIn(said, self.fails(2, "contract", "edit", "C1"), change)
            (self.dir / "shown.json").unlink()

    def test_nothing_changed_and_an_empty_form_write_nothing(self):
        for body in ("", "text = ''", "text = text + '# a remark of mine\\n'"):
            self.editor(body)
            self.assertIn("unchanged", self.ok("contract", "edit", "C1"))
        self.editor("raise SystemExit(3)")
        self.assertEqual(self.forms(), [])
        said = self.fails(8, "contract", "edit", "C1")
        self.assertIn("did not end well", said)
        self.assertEqual(self.forms(), [])      # nothing was typed
        self.assertEqual(self.operations(), self.trail)

    def test_changed_meanwhile(self):
        self.editor(f"""text = text.replace('note = ""', 'note = "mine"')
subprocess.run([{BINARY!r}, "contract", "edit", "C1", "--set", "title=theirs"], check=True, capture_output=True)""")
        said = self.fails(4, "contract", "edit", "C1")
        self.assertIn("changed since it was read", said)
        [left] = self.forms()
        self.assertIn('note = "mine"', left.read_text())
        self.assertEqual((self.contract()["title"], self.contract()["note"]), ("theirs", None))

    def test_set(self):
        self.ok("contract", "edit", "C1", "--set", "owner=li", "--set", "note=a=b", "--effective", "2026-02-01")
        self.assertEqual(self.contract("--as-of", "2026-02-01")["owner"], "li")
        self.assertEqual(self.contract("--as-of", "2026-01-31")["owner"], None)
        self.assertEqual(self.contract()["note"], "a=b")
        self.assertIn("false", self.ok("contract", "edit", "C1", "--set", "note=", "--dry-run"))
        self.assertEqual(self.contract()["note"], "a=b")
        self.ok("contract", "edit", "C1", "--set", "note=")
        self.assertEqual(self.contract()["note"], None)
        self.assertIn("unchanged", self.ok("contract", "edit", "C1", "--set", "note="))
        self.assertIn("did you mean owner?", self.fails(2, "contract", "edit", "C1", "--set", "onwer=x"))
        self.assertIn("never changes", self.fails(2, "contract", "edit", "C1", "--set", "client=K2"))
        self.assertIn("Title is missing", self.fails(2, "contract", "edit", "C1", "--set", "title="))
        self.assertIn("no =", self.fails(2, "contract", "edit", "C1", "--set", "note"))
        self.fails(3, "contract", "edit", "C9", "--set", "note=x")
        self.ok("contract", "void", "C1", "--reason", "twice")
        self.assertIn("voided", self.fails(5, "contract", "edit", "C1", "--set", "note=x"))

    def test_a_day_for_what_has_none(self):
        self.assertIn("leave --effective out", self.fails(2, "contract", "edit", "C1", "--set", "note=x", "--effective", "2026-02-01"))
        self.assertEqual(self.contract()["note"], None)
        self.ok("contract", "edit", "C1", "--set", "note=x")

    def test_a_closed_month_refuses_dated_facts(self):
        self.at("2026-03-10T09:00Z")
        self.ok("period", "close", "2026-01")
        error = self.fails(5, "contract", "edit", "C1", "--set", "amount=5", "--effective", "2026-01-31")
        self.assertIn("PER-001", error)
        self.assertIn("hint: give a later day, or reopen the month: agency period reopen 2026-01", error)
        self.ok("contract", "edit", "C1", "--set", "amount=5", "--effective", "2026-02-01")

    def test_an_invoice_in_the_aging(self):
        self.invoice("I1", "2026-01-05", "2026-02-01", "100")
        self.ok("invoice", "edit", "I1", "--set", "due_on=2026-06-01")
        self.assertEqual(self.row("2026-03-01"), {"not_due": "100.00", "total": "100.00"})
        self.ok("check")

    def test_in_a_batch(self):
        commands = self.file("commands.txt", "contract edit C1 --set note=x\ncontract edit C1 --set owner=li\n")
        self.ok("batch", commands)
        self.assertEqual((self.contract()["note"], self.contract()["owner"]), ("x", "li"))
        self.editor("")
        commands.write_text("contract edit C1\n")
        self.assertIn("--set", self.fails(2, "batch", commands))

    def test_an_update_by_file_needs_the_key_and_what_changes(self):
        path = self.file("owners.csv", "number,owner\nC1,li\nC2,wang\n")
        self.ok("contract", "import", path, "--on-conflict", "update")
        self.assertEqual(self.contract()["owner"], "li")
        self.assertEqual(self.contract()["title"], "work")
        again = self.json("contract", "import", path, "--on-conflict", "update")["import"]
        self.assertEqual((again["unchanged"], again["written"]), (2, False))
        path.write_text("number,owner\nC1,li\nC9,wang\n")
        self.assertIn("owners.csv:3", self.fails(9, "contract", "import", path, "--on-conflict", "update"))
        self.assertIn("no column for", self.fails(9, "contract", "import", path))

    def test_an_editor_that_fails_leaves_a_file_only_where_something_was_typed(self):
        forms = self.dir / "forms"
        forms.mkdir()
        self.env.update(TMPDIR=str(forms), EDITOR="false")
        self.assertNotIn("what was typed", self.fails(8, "client", "edit", "K1"))
        self.assertEqual(list(forms.iterdir()), [])
        self.env["EDITOR"] = "sh -c 'echo x >> \"$1\"; exit 1' sh"
        self.assertIn("what was typed is in", self.fails(8, "client", "edit", "K1"))
        self.assertEqual(len(list(forms.iterdir())), 1)

    def test_clauses_of_a_chinese_sentence_are_joined_in_chinese(self):
        self.env["LANGUAGE"] = "zh_CN"
        self.assertIn("；", self.fails(2, "batch", self.file("b.txt", "client edit K1\n")).splitlines()[1])
        self.assertNotIn("; ", self.fails(2, "batch", self.file("b.txt", "client edit K1\n")))

    def test_without_an_editor(self):
        self.env["PATH"] = "/nowhere"
        self.assertIn("--set", self.fails(2, "contract", "edit", "C1"))


if __name__ == "__main__":
    unittest.main()
