"""The schema: upgrades from every earlier version, the dump of a fresh file."""
import json, os, pathlib, sqlite3, subprocess

from support.book import SOURCE, Book

OLD = SOURCE / "tests" / "schema" / "old"
APPLICATION_ID = 0x41474359


class Schema(Book):
    now = "2026-11-02T09:00Z"

    def old(self, dump):
        path = self.dir / f"old-{dump.stem}.db"
        with sqlite3.connect(path) as db:
            db.executescript(dump.read_text())
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute("PRAGMA journal_mode = WAL")
        db.close()
        self.env["AGENCY_DB"] = str(path)
        return path

    def test_every_earlier_version_upgrades(self):
        dumps = sorted(OLD.glob("*.sql"))
        self.assertTrue(dumps)
        for dump in dumps:
            path = self.old(dump)
            self.assertIn("agency init --upgrade", self.fails(7, "receivable", "aging"))
            self.ok("init", "--upgrade")
            self.assertEqual(json.loads(dump.with_suffix(".aging.json").read_text()), self.aging("2026-10-31"), dump.name)
            self.ok("check")
            copy = path.with_name(f"{path.name}.schema-{int(dump.stem)}.bak")
            self.assertEqual(copy.stat().st_mode & 0o777, 0o600)
            self.assertTrue(copy.exists())
            with sqlite3.connect(path) as db:
                fresh, = db.execute("SELECT MIN(applied_at) FROM schema_migration WHERE version > ?", (int(dump.stem),)).fetchone()
            db.close()
            self.assertEqual(fresh, "2026-11-02T09:00:00.000000Z")

    def test_a_writer_upgrades_on_its_way(self):
        for dump in sorted(OLD.glob("*.sql")):
            self.old(dump)
            self.ok("client", "add", "--code", "NEW", "--name", "新客户")
            self.ok("check")

    def test_a_file_that_was_upgraded_takes_what_new_files_start_with(self):
        self.old(sorted(OLD.glob("*.sql"))[-1])
        self.assertIn(b"agency init --seed calendar", self.run_("init", "--upgrade").stderr)
        self.ok("department", "add", "--code", "BD", "--name", "拓展部")   # their own, kept as it is
        days = lambda: [row["day"] for row in self.json("calendar", "list")["calendar_days"]]
        self.assertEqual([], days())
        self.assertIn(b"init --seed calendar", self.run_("doctor").stdout)
        self.ok("init", "--seed", "calendar", "--seed", "department")
        self.assertEqual(730, len(days()))
        names = {row["code"]: row["name"] for row in self.json("department", "list")["departments"]}
        self.assertEqual(("拓展部", "财务部"), (names["BD"], names["FN"]))
        self.assertIn(" 0 ", self.ok("init", "--seed", "calendar"))   # a second time there is nothing to add
        self.ok("check")
        self.assertNotIn(b"init --seed calendar", self.run_("doctor").stdout)
        self.assertIn("department, function, calendar, deadline", self.fails(2, "init", "--seed", "client"))
        self.assertIn("did you mean calendar?", self.fails(2, "init", "--seed", "calender"))

    def test_people_of_deadlines_become_employees(self):
        """A file of schema 33 had names there: an employee's number, his name, a name that nobody had."""
        self.old(OLD / "0027.sql")
        before = self.run_("docket", "list").returncode
        self.ok("init", "--upgrade")
        self.assertEqual(before, 7)
        rows = {r["number"]: [r[k] for k in ("responsible", "responsible_name", "backup", "backup_name")] for r in self.json("docket", "list")["dockets"]}
        self.assertEqual(rows, {"D1": ["E1", "李雷", "E2", "韩梅梅"], "D2": ["外聘律师", "外聘律师", "E1", "李雷"]})
        self.assertEqual(self.json("docket", "show", "D2", "--as-of", "2026-10-31")["docket"]["responsible"], "E2")   # as it was before
        self.assertEqual([r["number"] for r in self.json("employee", "list")["employees"]], ["E1", "E2", "外聘律师"])
        self.ok("check")
        self.ok("docket", "edit", "D2", "--set", "responsible=E2", "--set", "backup=外聘律师")

    def test_dump_of_a_fresh_file(self):
        """schema/current.sql shows what all migrations make; AGENCY_ACCEPT=1 accepts."""
        text = subprocess.run(["sqlite3", self.env["AGENCY_DB"], ".schema --indent"], capture_output=True, check=True, text=True).stdout
        kept = SOURCE / "schema" / "current.sql"
        if os.environ.get("AGENCY_ACCEPT"):
            kept.write_text(text)
        self.assertEqual(kept.read_text() if kept.exists() else "", text, "run with AGENCY_ACCEPT=1 to accept")
