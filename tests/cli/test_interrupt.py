"""Ctrl-C, other signals and closed pipes: nothing is left half done; and the line that says how far an import is."""
import fcntl, os, pty, select, shutil, signal, struct, subprocess, tempfile, termios, threading, unittest

from support.book import BINARY, Book

CLEAR = b"\r\x1b[K"
MANY = 400_000


class Screen:
    """A program with a terminal of its own, which Ctrl-C is typed into."""

    def __init__(self, test, words, columns=100, stdin=None, stdout=None, preexec=None, **more):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))

        def session():
            os.setsid()
            fcntl.ioctl(2, termios.TIOCSCTTY, 0)
            if preexec:
                preexec()

        self.process = subprocess.Popen([BINARY, *map(str, words)], cwd=test.dir, env={**test.env, "TERM": "xterm", **more}, stdin=stdin if stdin is not None else slave,
                                        stdout=stdout if stdout is not None else slave, stderr=slave, preexec_fn=session)
        os.close(slave)
        self.seen = b""

    def read(self):
        if not select.select([self.master], [], [], 120)[0]:
            raise AssertionError(f"nothing more came after {self.seen!r}")
        try:
            part = os.read(self.master, 65536)
        except OSError:
            part = b""
        self.seen += part
        return part

    def until(self, mark):
        while mark not in self.seen:
            if not self.read():
                raise AssertionError(f"{mark!r} did not come: {self.seen!r}")

    def press_ctrl_c(self):
        os.write(self.master, b"\x03")

    def end(self):
        while self.read():
            pass
        os.close(self.master)
        return self.process.wait()


class Interrupt(Book):
    now = "2026-10-31T09:00Z"

    def setUp(self):
        super().setUp()
        self.ok("client", "add", "--code", "OLD", "--name", "x")
        self.path = self.dir / "clients.csv"

    def rows(self, count, bad=""):
        return self.file("clients.csv", "code,name\n" + "".join(f"K{n:06},客户{n:06}\n" for n in range(count)) + bad)

    def dump(self):
        """Of a copy, which leaves nothing beside the file; what it writes is in the file then, or undone."""
        for name in ("agency.db-wal", "agency.db-journal"):   # what a reader leaves is empty
            self.assertFalse((self.dir / name).exists() and (self.dir / name).stat().st_size, name)
        with tempfile.TemporaryDirectory() as d:
            copy = shutil.copy(self.env["AGENCY_DB"], d)
            return subprocess.run(["sqlite3", copy, ".dump"], capture_output=True, check=True).stdout

    def names(self):
        return sorted({f.name for f in self.dir.iterdir()} - {"agency.db-wal", "agency.db-shm", "agency.db.lock"})

    def untouched(self, before, names):
        self.assertEqual(self.names(), names)
        self.assertEqual((self.dir / "agency.db").read_bytes()[:100][18:20], b"\x02\x02", "the file has its log again")
        self.assertEqual(self.dump(), before)
        self.ok("check")

    def end_of_interrupted(self, words, mark, interrupt):
        """Runs it, interrupts it as soon as `mark` is on the screen and answers the screen. Where a busy machine lets the
        program come to its end first, once more."""
        kept = self.dir.with_suffix(".kept")
        self.addCleanup(lambda: kept.unlink(missing_ok=True))
        shutil.copy(self.env["AGENCY_DB"], kept)
        for _ in range(5):
            s = Screen(self, words)
            s.until(mark)
            interrupt(s)
            s.code = s.end()
            if s.code < 0:
                return s
            for f in self.dir.glob("agency.db*"):
                f.unlink()
            (self.dir / "bad.csv").unlink(missing_ok=True)
            shutil.copy(kept, self.env["AGENCY_DB"])
        self.fail(f"never interrupted, {s.code}: {s.seen!r}")

    def test_ctrl_c_in_each_stage_of_an_import(self):
        path = self.rows(MANY, bad=",nameless\n")
        for stage in (b"checked ", b"wrote "):
            before, names = self.dump(), self.names()
            s = self.end_of_interrupted(["client", "import", path, "--on-error", "reject", "--rejects", "bad.csv"], stage, Screen.press_ctrl_c)
            self.assertEqual(s.code, -signal.SIGINT, stage)   # a shell says 130
            last = s.seen.replace(b"^C", b"").rstrip()
            self.assertTrue(last.endswith(CLEAR.rstrip()), last[-200:])
            self.assertNotIn(b"agency: ", s.seen)
            self.untouched(before, names)
        self.assertIn("1 of", self.fails(9, "client", "import", path, "--on-error", "reject", "--rejects", "bad.csv"))
        self.assertEqual(len(self.json("client", "list", "--where", "code ~ K")["clients"]), MANY)

    def test_a_shell_sees_128_and_the_signal(self):
        path = self.rows(MANY)
        before, names = self.dump(), self.names()
        p = subprocess.Popen(["bash", "-c", 'trap : INT; "$0" client import "$1" & wait_for=$!; echo $wait_for; wait $wait_for; echo $?', BINARY, path], cwd=self.dir, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        child = int(p.stdout.readline())
        os.kill(child, signal.SIGTERM)
        self.assertEqual(p.stdout.read().split()[-1], str(128 + signal.SIGTERM))
        p.wait()
        p.stdout.close()
        self.untouched(before, names)

    def test_other_signals(self):
        path = self.rows(MANY)
        for number in (signal.SIGTERM, signal.SIGHUP):
            before, names = self.dump(), self.names()
            s = self.end_of_interrupted(["client", "import", path], b"wrote ", lambda s: s.process.send_signal(number))
            self.assertEqual(s.code, -number)
            self.untouched(before, names)

    def test_what_is_ignored_stays_ignored(self):
        path = self.rows(60_000)
        s = Screen(self, ["client", "import", path], preexec=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        s.until(b"checked ")
        s.process.send_signal(signal.SIGHUP)
        self.assertEqual(s.end(), 0)
        self.assertEqual(len(self.json("client", "list", "--where", "code ~ K")["clients"]), 60_000)

    def test_ctrl_c_while_it_waits_for_rows(self):
        names, before = self.names(), self.dump()
        read, write = os.pipe()
        s = Screen(self, ["client", "import", "-"], stdin=read)
        os.close(read)
        text = ("code,name\n" + "".join(f"K{n:06},x\n" for n in range(20_000))).encode()
        giver = threading.Thread(target=lambda: os.writev(write, [text]))   # more never comes, the end neither
        giver.start()
        s.until(b"checked ")
        giver.join()
        s.press_ctrl_c()
        self.assertEqual(s.end(), -signal.SIGINT)
        os.close(write)
        self.untouched(before, names)

    def test_ctrl_c_while_it_waits_for_another_writer(self):
        before, names = self.dump(), self.names()
        with open(self.env["AGENCY_DB"] + ".lock", "r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            s = Screen(self, ["client", "add", "--code", "K1", "--name", "x"])
            s.until(b"waiting for")
            s.press_ctrl_c()
            self.assertEqual(s.end(), -signal.SIGINT)
        self.untouched(before, names)
        self.ok("client", "add", "--code", "K1", "--name", "x")

    def test_ctrl_c_in_a_batch(self):
        self.ok("client", "import", self.rows(10_000))
        lines = self.file("lines.txt", "".join(f"client add --code B{n} --name x\n" for n in range(100)) + f"client import {self.rows(MANY)} --on-conflict skip\n")
        before, names = self.dump(), self.names()
        s = self.end_of_interrupted(["batch", lines], b"checked ", Screen.press_ctrl_c)
        self.assertEqual(s.code, -signal.SIGINT)
        self.untouched(before, names)

    def test_closed_pipes(self):
        self.rows(30_000, bad=",nameless\n,nameless\n")

        def shell(line):
            return subprocess.run(["bash", "-c", "set -o pipefail; " + line, BINARY], cwd=self.dir, env=self.env, capture_output=True)

        r = shell('{ "$0" client import clients.csv; echo $? >code; } 2>&1 | head -1')
        self.assertEqual(((self.dir / "code").read_text(), r.stdout.count(b"\n")), ("9\n", 1), r)
        self.assertEqual(len(self.json("client", "list")["clients"]), 1)
        self.rows(30_000)
        r = shell('"$0" client import clients.csv | true')
        self.assertIn((r.returncode, r.stderr), [(0, b"")])
        self.assertEqual(len(self.json("client", "list")["clients"]), 30_001)
        for kind in ("table", "csv", "tsv", "json", "jsonl", "md", "html", "chart"):
            r = shell(f'"$0" client list --format {kind} | head -1')
            self.assertEqual((r.returncode, r.stderr, r.stdout.count(b"\n")), (0, b"", 1), kind)
        for line in ('"$0" client list --format xlsx | head -c 1', '"$0" --help | true', '"$0" manual | head -1', '"$0" check | true', '"$0" op list | head -1'):
            r = shell(line)
            self.assertEqual((r.returncode, r.stderr), (0, b""), line)
        self.ok("check")

    def test_progress_is_shown_on_a_terminal_and_cleared(self):
        s = Screen(self, ["client", "import", self.rows(30_000)], columns=30)
        self.assertEqual(s.end(), 0)
        frames = s.seen.split(CLEAR)
        self.assertGreater(len(frames), 2, s.seen)
        for frame in frames[1:-1]:
            self.assertLess(len(frame.decode()), 30, frame)
            self.assertNotIn(b"\n", frame)
        self.assertIn(b"checked 5,000 rows of", s.seen)
        self.assertIn(b"Record", frames[-1])   # the report, on a clear line
        self.assertNotIn(b"checked ", frames[-1])

    def test_no_progress_where_it_would_disturb(self):
        path = self.rows(30_000)
        for more, words in (({"TERM": "dumb"}, []), ({}, ["--quiet"])):
            s = Screen(self, ["client", "import", path, "--dry-run", "--color", "never", *words], **more)
            self.assertEqual(s.end(), 0)
            self.assertNotIn(b"checked ", s.seen)
            self.assertNotIn(b"\x1b", s.seen)
        self.assertEqual(self.run_("client", "import", path, "--dry-run").stderr, b"")

    def test_a_message_stands_on_a_line_of_its_own(self):
        """Waiting for another writer comes after rows were checked."""
        path = self.rows(30_000)
        with open(self.env["AGENCY_DB"] + ".lock", "r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            s = Screen(self, ["client", "import", path])
            s.until(b"waiting for")
            fcntl.flock(lock, fcntl.LOCK_UN)
            self.assertEqual(s.end(), 0)
        self.assertIn(CLEAR + b"waiting for", s.seen)


if __name__ == "__main__":
    unittest.main()
