"""A data file in a temporary folder and the built program on it."""
import fcntl, json, os, pathlib, pty, shutil, struct, subprocess, tempfile, termios, unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("AGENCY_BINARY", str(SOURCE / "build" / "agency"))
SHARED = pathlib.Path(os.environ.get("AGENCY_SHARED_DATA", SOURCE / ".." / "shared" / "data"))
MAPS = SOURCE / "examples" / "maps"


def need_shared():
    if not SHARED.is_dir():
        raise unittest.SkipTest("skipped: no shared data")


class Book(unittest.TestCase):
    now = "2026-01-05T09:00Z"

    def setUp(self):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="agency-test-"))
        self.addCleanup(lambda: shutil.rmtree(self.dir, ignore_errors=True))
        self.env = {"PATH": os.environ["PATH"], "HOME": str(self.dir), "LC_ALL": "C.UTF-8", "TZ": "UTC",
                    "AGENCY_DB": str(self.dir / "agency.db"), "AGENCY_NOW": self.now}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS"):
            if name in os.environ:
                self.env[name] = os.environ[name]
        self.ok("init")

    def at(self, now):
        self.env["AGENCY_NOW"] = now

    def run_(self, *words, stdin=None, **more):
        return subprocess.run([BINARY, *map(str, words)], cwd=self.dir, env={**self.env, **more}, input=stdin,
                              capture_output=True, timeout=120)

    def ok(self, *words, stdin=None):
        r = self.run_(*words, stdin=stdin)
        self.assertEqual(r.returncode, 0, f"agency {' '.join(map(str, words))}\n{r.stdout.decode(errors='replace')}{r.stderr.decode(errors='replace')}")
        return r.stdout.decode()

    def fails(self, code, *words, stdin=None):
        r = self.run_(*words, stdin=stdin)
        self.assertEqual(r.returncode, code, f"agency {' '.join(map(str, words))}\n{r.stdout.decode(errors='replace')}{r.stderr.decode(errors='replace')}")
        return r.stderr.decode(errors="replace")

    def json(self, *words):
        return json.loads(self.ok(*words, "--format", "json"))

    def trail(self):
        """Rows of the trail of the last operation: verb and what it says."""
        last = self.json("op", "list", "--limit", "1")["operations"][0]["operation"]
        return [(r["verb"], json.loads(r["after"]) if r["after"] else None) for r in self.json("op", "show", last)["operation"]["trail"]]

    def on_terminal(self, columns, *words, **more):
        """What is printed on a terminal of that many columns."""
        code, out = self.typing(b"", columns, *words, stderr=subprocess.PIPE, **more)
        self.assertEqual(code, 0)
        return out

    def typing(self, keys, columns, *words, stderr=None, **more):
        """The exit code and what is printed on a terminal of that many columns on which these keys are typed, messages too."""
        primary, secondary = pty.openpty()
        fcntl.ioctl(secondary, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        process = subprocess.Popen([BINARY, *words], cwd=self.dir, env={"PAGER": "cat", **self.env, "TERM": "xterm", **more}, stdin=secondary, stdout=secondary, stderr=stderr or secondary, start_new_session=True)
        os.close(secondary)
        os.write(primary, keys)
        out = b""
        while True:
            try:
                part = os.read(primary, 65536)
            except OSError:
                break
            if not part:
                break
            out += part
        os.close(primary)
        if process.stderr: process.stderr.close()
        return process.wait(), out.decode().replace("\r\n", "\n")

    def file(self, name, text):
        path = self.dir / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def aging(self, day, *more):
        return self.json("receivable", "aging", "--as-of", day, *more)

    def start(self):
        """Two clients with a contract each, as the oracle cases begin."""
        for code, name, contract in (("K1", "甲公司", "C1"), ("K2", "Beta Ltd", "C2")):
            self.ok("client", "add", "--code", code, "--name", name)
            self.ok("contract", "add", "--number", contract, "--client", code, "--title", "work", "--amount", "1000000", "--signed-on", "2026-01-05")

    def describe(self, position, superior, *lines):
        """The job description of the position is in force today, with these lines (kind,text,hard) beside what each must have."""
        must = ("duty,组织实施工作,", "duty,协调部门资源,", "duty,审核工作成果,", "authority,sign,", "qualification,三年经验,", "collaboration,核对成本,")
        rows = [f"{position},{line},," for line in (*must, *lines)] + [f"{position},goal,按期交付率,,95%,季"]
        self.ok("job", "import", self.file("job.csv", "position,kind,text,hard,target,period\n" + "\n".join(rows) + "\n"))
        if not self.json("position", "list", "--where", "code = HR-X")["positions"]:
            self.ok("position", "add", "--code", "HR-X", "--title", "人事", "--department", "HA")
            self.ok("employee", "add", "--number", "HR1", "--name", "人事", "--position", "HR-X")
        for role, by in (("superior", superior), ("hr", "HR1")):
            self.ok("job", "approve", position, "--as", role, "--by", by)
        self.ok("job", "issue", position)

    def invoice(self, number, issued, due, amount, contract="C1", **more):
        words = [w for k, v in more.items() for w in (f"--{k}", v)]
        self.ok("invoice", "add", "--number", number, "--contract", contract, "--issued-on", issued, "--due-on", due, "--amount", amount, *words)

    def receipt(self, number, day, amount, client="K1", **more):
        words = [w for k, v in more.items() for w in (f"--{k}", v)]
        self.ok("receipt", "add", "--number", number, "--client", client, "--received-on", day, "--amount", amount, *words)

    def row(self, day, *more, client="K1"):
        """The non-zero figures of a client's row; nothing when it is not listed."""
        for r in self.aging(day, *more)["rows"]:
            if r["client"] == client:
                return {k: v for k, v in r.items() if k not in ("client", "client_name", "currency") and v != "0.00"}
        return None
