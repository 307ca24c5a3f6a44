"""What lies outside: terminals, pipes, signals, disks, rights; and every exit code of the table."""
import fcntl, json, os, pathlib, pty, shutil, signal, subprocess, tempfile, time, unicodedata, unittest

from support.book import BINARY, SOURCE, Book

EXAMPLES = SOURCE / "examples"


def cells(text):
    """Display cells by the Unicode tables of Python, not ours."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


class Terminal(Book):
    now = "2026-10-31T09:00Z"

    def setUp(self):
        super().setUp()
        for noun in ("client", "contract", "invoice", "receipt", "allocation"):
            self.ok(noun, "import", EXAMPLES / f"{noun}s.csv")

    def test_tables_fit_and_never_cut_the_number(self):
        for columns in (40, 60, 80, 100, 200):
            for words in (("contract", "list"), ("client", "list"), ("invoice", "list"), ("receivable", "aging")):
                text = self.on_terminal(columns, *words, "--color", "never")
                for line in text.splitlines():
                    self.assertLessEqual(cells(line), columns, (columns, words, line))
            self.assertIn("HT-2026-0001", self.on_terminal(columns, "contract", "list"))

    def test_what_is_left_out_is_said(self):
        self.assertIn("No room for:", self.on_terminal(60, "contract", "list"))
        self.assertNotIn("No room for:", self.on_terminal(320, "contract", "list"))
        self.assertNotIn("No room for:", self.on_terminal(60, "contract", "list", "-q"))

    def test_an_amount_never_stands_without_its_currency(self):
        self.ok("receivable", "aging")
        for words in (("receivable", "aging"), ("contract", "list"), ("invoice", "list")):
            for columns in range(20, 200, 7):
                text = self.on_terminal(columns, *words, "--color", "never")
                head = next(line for line in text.splitlines() if line.startswith(("Client", "Number", "Contract", "Invoice")))
                if any(h in head for h in ("Total", "Overdue", "Amount", "Open", "Invoiced", "Outstanding", "Not due", "31-60")):
                    self.assertIn("Currency", head, (columns, words))

    def test_buckets_are_shown_all_or_none(self):
        buckets = ("Not due", "1-30", "31-60", "61-90", "91-180", "181-365", "366+")
        seen = set()
        for columns in range(40, 200, 5):
            text = self.on_terminal(columns, "receivable", "aging", "--color", "never")
            head = next(line for line in text.splitlines() if line.startswith("Client"))
            seen.add(sum(f" {b} " in head + " " for b in buckets))
        self.assertEqual(seen, {0, len(buckets)})

    def test_what_has_no_columns_to_choose_says_where_all_is(self):
        text = self.on_terminal(40, "contract", "show", "HT-2026-0001").replace("\n", " ")
        self.assertIn("--format json has them", text)
        self.assertNotIn("--columns", text)

    def test_colour_only_where_it_is_wanted(self):
        self.assertIn("\033[1m", self.on_terminal(80, "client", "list"))
        self.env["NO_COLOR"] = "1"
        self.assertNotIn("\033", self.on_terminal(80, "client", "list"))
        self.assertNotIn("\033", self.ok("client", "list"))
        self.ok("config", "set", "color", "always")     # the environment comes before the settings
        self.assertNotIn("\033", self.ok("client", "list"))
        self.assertIn("\033[1m", self.ok("client", "list", "--color", "always"))
        del self.env["NO_COLOR"]
        self.assertIn("\033[1m", self.ok("client", "list"))
        self.assertNotIn(b"\033", self.run_("client", "list", TERM="dumb").stdout)
        self.ok("config", "set", "color", "never")
        self.assertIn(b"\033[1m", self.run_("client", "list", CLICOLOR_FORCE="1").stdout)

    def test_control_characters_are_shown_not_obeyed(self):
        self.ok("client", "add", "--code", "ESC", "--name", "a\033[31mb\u202ec")
        for words in (("client", "list"), ("client", "show", "ESC"), ("client", "list", "--format", "csv")):
            text = self.on_terminal(200, *words, "--color", "never")
            self.assertNotIn("\033", text, words)
            self.assertIn("\\x1b", text, words)
        self.assertIn("\033[31m", self.ok("client", "list", "--format", "csv"))

    # ESC, NUL is refused; DEL; a C1 introducer; overrides and isolates; a line end and a tab.
    NASTY = "a\x1b[31mb\x07c\x7fd\x9be\u202ef\u2066g\u2069h\ni\tj"

    def test_no_format_drives_a_terminal(self):
        self.ok("client", "add", "--code", "ESC", "--name", self.NASTY)
        self.file("agency.toml", 'actor = "x\\u001b[31m\\u009b"\n')
        for words in (("client", "list"), ("client", "show", "ESC"), ("search", "[31m"), ("op", "list"), ("op", "show", "7"), ("client", "export"), ("op", "diff", "7"), ("config", "list"), ("config", "get", "actor"),
                      ("receivable", "aging", "--by", "owner"), ("contract", "show", "HT-2026-0001")):
            for kind in ("table", "csv", "tsv", "json", "jsonl", "md", "html", "chart"):
                text = self.on_terminal(200, *words, "--color", "never", "--format", kind)
                bad = [c for c in text if c != "\n" and (unicodedata.category(c) == "Cc" or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") and not (c == "\t" and kind == "tsv")]
                self.assertEqual(bad, [], (words, kind))
        for words in (("client", "show", "ESC"), ("client", "list", "--where", "code = ESC")):
            for kind in ("json", "jsonl"):   # another spelling of the same
                shown = self.on_terminal(200, *words, "--format", kind)
                self.assertIn("\\u009b", shown)
                self.assertEqual(json.loads(shown), json.loads(self.ok(*words, "--format", kind)))
            for kind in ("csv", "tsv", "json", "jsonl"):   # a pipe keeps the bytes
                self.assertIn("\x9be\u202ef\u2066g\u2069h", self.ok(*words, "--format", kind), kind)

    def test_no_message_drives_a_terminal(self):
        for more in ([], ["--format", "json"]):
            for words in (["client", "show", self.NASTY], [self.NASTY], ["client", self.NASTY], ["client", "list", "--columns", self.NASTY], ["client", "list", "--" + self.NASTY], ["client", "import", self.NASTY],
                          ["client", "list", "--as-of", self.NASTY], ["client", "list", "--by" + self.NASTY + "=1"]):
                primary, secondary = pty.openpty()
                p = subprocess.Popen([BINARY, *words, *more], cwd=self.dir, env={**self.env, "TERM": "xterm"}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=secondary)
                p.wait()
                os.close(secondary)
                text = os.read(primary, 65536).decode().replace("\r\n", "\n")
                os.close(primary)
                self.assertIn("[31m", text, words)
                self.assertEqual([c for c in text if c != "\n" and (unicodedata.category(c) == "Cc" or c in "\u202e\u2066\u2069")], [], (words, text))
                if more:
                    self.assertTrue(json.loads(text)["error"])

    def test_piped_tables_are_whole_whatever_the_width_is_said_to_be(self):
        whole = self.ok("contract", "list")
        self.env["COLUMNS"] = "40"
        self.assertEqual(whole, self.ok("contract", "list"))
        self.assertIn("上海启明招标代理有限公司", whole)


class Outside(Book):
    now = "2026-10-31T09:00Z"

    def dump(self):
        return subprocess.run(["sqlite3", "-readonly", self.env["AGENCY_DB"], ".dump"], capture_output=True, check=True).stdout

    def rows(self, count, bad=""):
        return self.file("clients.csv", "code,name\n" + "".join(f"K{n:06},客户{n:06}\n" for n in range(count)) + bad)

    def test_a_full_standard_output_is_an_error_that_says_what_was_done(self):
        with open("/dev/full", "wb") as full:
            r = subprocess.run([BINARY, "client", "list"], cwd=self.dir, env=self.env, stdout=full, stderr=subprocess.PIPE)
            self.assertEqual(r.returncode, 0 if not r.stderr else 8)
            r = subprocess.run([BINARY, "client", "add", "--code", "K1", "--name", "x"], cwd=self.dir, env=self.env, stdout=full, stderr=subprocess.PIPE)
        self.assertEqual(r.returncode, 8)
        self.assertIn(b"written all the same", r.stderr)
        self.ok("client", "show", "K1")

    def test_what_the_system_denies_is_6(self):
        """Also in a dry run; as another user, for to root nothing is denied."""
        if os.geteuid() != 0:
            raise unittest.SkipTest("skipped: not root")
        self.dir.chmod(0o755)
        binary = self.dir / "agency"
        shutil.copy(BINARY, binary)
        os.chmod(self.env["AGENCY_DB"], 0o600)
        secret, open_ = self.dir / "secret", self.dir / "open"
        secret.mkdir(0o700)
        open_.mkdir()
        shutil.copy(self.env["AGENCY_DB"], open_ / "r.db")
        os.chmod(open_ / "r.db", 0o444)
        secret_map = self.file("m.toml", "")
        secret_map.chmod(0o600)
        for words in (("client", "list"), ("client", "add", "--code", "X", "--name", "x", "--db", "open/r.db"), ("client", "list", "--db", "open/r.db", "--output", "secret/x.csv"), ("client", "list", "--db", "secret/x.db"),
                      ("client", "import", "m.toml", "--db", "open/r.db", "--dry-run"), ("init", "--db", "secret/q.db"), ("init", "--db", "open/q.db"), ("config", "set", "lang", "en")):
            for dry in ((), ("--dry-run",)) if words[0] in ("init", "config") else ((),):
                r = subprocess.run([binary, *words, *dry, "--actor", "x"], cwd=self.dir, env={**self.env, "HOME": str(secret)}, capture_output=True, user="nobody", group="nogroup")
                self.assertEqual(r.returncode, 6, (words, dry, r.stderr))
                self.assertIn(b"permission denied", r.stderr, words)
        self.assertIn("permission denied", (lambda r: r.stderr.decode())(subprocess.run([binary, "client", "import", "x.csv", "--map", "m.toml", "--db", "open/r.db"], cwd=self.dir, env=self.env, capture_output=True, user="nobody", group="nogroup")))
        self.assertIn("there is no folder", self.fails(8, "init", "--db", "nodir/x.db", "--dry-run"))
        self.assertIn("made", self.ok("init", "--db", "new.db", "--dry-run"))
        self.assertIn("there is no such file", self.fails(8, "client", "import", "x.csv", "--map", "nope.toml"))

    def test_closed_descriptors(self):
        for closed, code in ((">&-", 8), ("2>&-", 3), (">&- 2>&-", 3), ("2>/dev/full", 3), ("<&-", 3)):
            r = subprocess.run(["bash", "-c", f'"{BINARY}" client show NOPE {closed}'], cwd=self.dir, env=self.env, capture_output=True)
            self.assertEqual(r.returncode, 3, (closed, r.stderr))
        for words, told in (("client import - <&-", b"standard input cannot be read: it is closed"), ("client list -f csv >&-", b"standard output cannot be written: it is closed")):
            r = subprocess.run(["bash", "-c", f'"{BINARY}" {words}'], cwd=self.dir, env=self.env, capture_output=True)
            self.assertEqual(r.returncode, 8, r.stderr)
            self.assertIn(told, r.stderr)

    def test_a_closed_pipe_ends_quietly(self):
        self.ok("client", "import", self.rows(5000))
        r = subprocess.run(["bash", "-c", f'set -o pipefail; "{BINARY}" client list | head -1'], cwd=self.dir, env=self.env, capture_output=True)
        self.assertEqual((r.returncode, r.stderr), (0, b""))

    def test_an_interrupt_leaves_nothing(self):
        path = self.rows(200_000, bad=",nameless\n")
        before = self.dump()
        for wait in (0.02, 0.08, 0.15):
            p = subprocess.Popen([BINARY, "client", "import", path, "--on-error", "reject", "--rejects", "bad.csv"], cwd=self.dir, env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(wait)
            p.send_signal(signal.SIGINT)
            p.wait()
            left = {f.name for f in self.dir.iterdir()} - {"agency.db", "agency.db-wal", "agency.db-shm", "agency.db.lock", "clients.csv", "agency.db-journal"}
            if p.returncode != 0:
                self.assertEqual(left, set(), wait)
                self.ok("check")
                self.assertEqual(before, self.dump(), wait)
                continue
            break   # it was faster

    def test_output_never_replaces_the_data_file(self):
        before = self.dump()
        self.fails(2, "client", "list", "--format", "csv", "--output", "agency.db")
        os.symlink("agency.db", self.dir / "link.csv")
        self.fails(2, "client", "list", "--format", "csv", "--output", "link.csv")
        self.assertEqual(before, self.dump())

    def test_output_keeps_mode_and_follows_links_and_writes_into_pipes(self):
        real = self.file("real.csv", "old")
        real.chmod(0o600)
        os.symlink("real.csv", self.dir / "link.csv")
        self.ok("client", "list", "--format", "csv", "--output", "link.csv")
        self.assertTrue((self.dir / "link.csv").is_symlink())
        self.assertTrue(real.read_text().startswith("code,"))
        self.assertEqual(real.stat().st_mode & 0o777, 0o600)
        os.mkfifo(self.dir / "pipe")
        reader = subprocess.Popen(["cat", self.dir / "pipe"], stdout=subprocess.PIPE)
        self.ok("client", "list", "--format", "csv", "--output", "pipe")
        self.assertTrue(reader.communicate()[0].startswith(b"code,"))
        self.assertTrue((self.dir / "pipe").is_fifo())

    def test_a_full_disk_keeps_the_old_state(self):
        """A small file system of its own where that is allowed, else a limit on the size of files."""
        place = self.dir / "small"
        place.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", place], capture_output=True).returncode == 0
        try:
            self.env["AGENCY_DB"] = str(place / "agency.db")
            self.ok("init")
            self.ok("client", "add", "--code", "OLD", "--name", "x")
            before = self.dump()
            path = self.rows(120_000)
            limit = "" if mounted else "ulimit -f 4500; "
            r = subprocess.run(["bash", "-c", f'{limit}exec "{BINARY}" client import "{path}"'], cwd=self.dir, env=self.env, capture_output=True)
            self.assertEqual(r.returncode, 8, r.stderr)
            self.assertTrue(b"disk is full" in r.stderr or b"cannot be" in r.stderr, r.stderr)
            self.ok("check")
            self.assertEqual(before, self.dump())
            self.ok("client", "add", "--code", "NEW", "--name", "y")
        finally:
            if mounted:
                subprocess.run(["umount", place], check=True)

    def as_nobody(self, *words):
        """Another user, without rights in the folder; root only."""
        if os.geteuid() != 0:
            raise unittest.SkipTest("skipped: needs root to become another user")
        return subprocess.run(["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", BINARY, *words], cwd="/", env={**self.env, "HOME": "/nonexistent"}, capture_output=True)

    def test_a_folder_that_is_read_only(self):
        self.ok("client", "add", "--code", "K1", "--name", "x")
        for name in ("agency.db-wal", "agency.db-shm"):
            (self.dir / name).unlink(missing_ok=True)
        os.chmod(self.dir, 0o755)
        os.chmod(self.dir / "agency.db", 0o644)
        r = self.as_nobody("client", "list", "--format", "csv")
        self.assertEqual((r.returncode, r.stdout.count(b"K1")), (0, 1), r.stderr)
        r = self.as_nobody("client", "add", "--code", "K2", "--name", "y")
        self.assertEqual(r.returncode, 6, r.stderr)
        self.assertEqual(r.stdout, b"")
        self.assertIn(b"hint:", r.stderr)
        self.assertEqual([c["code"] for c in self.json("client", "list")["clients"]], ["K1"])

    def test_a_data_file_that_may_not_be_read(self):
        os.chmod(self.dir, 0o755)
        os.chmod(self.dir / "agency.db", 0o600)
        self.assertEqual(self.as_nobody("client", "list").returncode, 6)

    def test_a_reader_does_not_hold_writers_up(self):
        self.ok("client", "add", "--code", "K1", "--name", "x")
        reader = subprocess.Popen(["python3", "-c", f"import sqlite3, sys\nd = sqlite3.connect({self.env['AGENCY_DB']!r})\nd.execute('BEGIN')\nd.execute('SELECT COUNT(*) FROM client').fetchall()\nprint(flush=True)\nsys.stdin.read()"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        reader.stdout.readline()
        start = time.monotonic()
        self.ok("client", "add", "--code", "K2", "--name", "y")
        self.assertLess(time.monotonic() - start, 5)
        reader.communicate()

    def test_the_lock_is_not_held_while_a_file_is_read(self):
        p = subprocess.Popen([BINARY, "client", "import", "-"], cwd=self.dir, env=self.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        p.stdin.write(b"code,name\nS1,slow\n")
        p.stdin.flush()
        time.sleep(0.2)
        self.ok("client", "add", "--code", "W1", "--name", "w", "--wait", "1")
        p.stdin.close()
        self.assertEqual(p.wait(), 4, p.stderr.read())   # the book changed under a stream that cannot be read again
        p.stdout.close(), p.stderr.close()

    def test_every_exit_code(self):
        """The table of agency(1); 70 is a bug of ours and cannot be asked for."""
        self.start()
        self.invoice("I", "2026-01-10", "2026-02-09", "100.00")
        self.receipt("R", "2026-02-01", "10.00")
        provoked = {
            0: ("client", "list"),
            1: ("receivable", "aging", "--fail-if", "overdue > 0"),
            2: ("client", "lst"),
            3: ("client", "show", "NOPE"),
            4: ("client", "add", "--code", "K1", "--name", "again"),
            5: ("receipt", "allocate", "R", "I", "11"),
            6: ("client", "add", "--code", "K9", "--name", "x", "--actor", ""),
            7: ("client", "list", "--db", str(self.file("other.db", "this is no data file of ours, but long enough to be one " * 20))),
            8: ("client", "list", "--db", "nowhere.db"),
            9: ("client", "import", str(self.file("bad.csv", "code,name\nA,\n"))),
            10: ("client", "add", "--code", "K8", "--name", "x", "--wait", "0"),
        }
        with open(self.dir / "agency.db.lock", "w") as lock:
            for code, words in provoked.items():
                if code == 10:
                    fcntl.flock(lock, fcntl.LOCK_EX)
                r = self.run_(*words)
                self.assertEqual(r.returncode, code, (words, r.stderr))
                if code > 1:
                    self.assertEqual(r.stdout == b"", code != 9, words)
                    self.assertTrue(b"agency: " in r.stderr, (words, r.stderr))
                    r = self.run_(*words, "--format", "json")
                    error = json.loads(r.stderr)["error"]
                    self.assertEqual((r.returncode, error["exit"], error["retryable"]), (code, code, code == 10), words)
