"""The peers of scripts/bench that are more than a command: DuckDB, which is asked by a script, and a PostgreSQL server that
lives as long as the bench. Both take our tables as schema() words them."""
import contextlib, json, os, pathlib, re, shutil, signal, sqlite3, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parents[1]
BENCH = ROOT / "build" / "bench"


def call(*command, **more):
    """Standard output; what goes wrong ends the bench."""
    words = [str(c() if callable(c) else c) for c in command]
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)
    if done.returncode:
        sys.exit(f"{' '.join(words)[:300]}\n{done.stdout[-1000:]}{done.stderr[-2000:]}")
    return done.stdout


def schema(db, *names):
    """These tables of a data file, with constraints and indexes, in words that both take. References to tables beside these
    are left out; ids that nobody gives start beyond all of ours."""
    with contextlib.closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as c:
        made = [sql for name in names for sql, in c.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type = 'index'", (name,))]
    text = ";\n".join(["CREATE SEQUENCE IF NOT EXISTS ids START 1000000000", *made])
    text = re.sub(r"\bid\s+INTEGER PRIMARY KEY", "id BIGINT PRIMARY KEY DEFAULT nextval('ids')", text)
    text = re.sub(r"\bREFERENCES (\w+)\s*\(id\)", lambda m: m[0] if m[1] in names else "", text)
    return re.sub(r"\bINTEGER\b", "BIGINT", re.sub(r"\)\s*STRICT\b", ")", text))


def export(db, table, path):
    """The table as CSV with a header: NULL is nothing, an empty text is `""`."""
    with contextlib.closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as c, open(path, "w", encoding="utf-8") as out:
        rows = c.execute(f"SELECT * FROM {table}")
        out.write(",".join(column[0] for column in rows.description) + "\n")
        out.writelines(",".join("" if v is None else '"' + str(v).replace('"', '""') + '"' for v in row) + "\n" for row in rows)


class Duckdb:
    """Its npm module, where `scripts/setup bench` puts it. It is timed inside of a process that has started."""
    name, module = "duckdb", BENCH / "duckdb" / "node_modules" / "@duckdb" / "node-api"

    def __init__(self):
        package = self.module / "package.json"
        self.version = json.loads(package.read_text())["version"] if shutil.which("node") and package.exists() else None

    def command(self, db, *statements):
        return ("node", ROOT / "scripts" / "bench_duckdb.js", self.module, db, *statements)


class Postgres:
    """Debian's server, started when it is first needed: a new cluster in build/bench, on a Unix socket there, with default
    settings but for autovacuum, which would work while others are timed. It goes when the bench goes, also when that is killed."""
    name = "postgresql"

    def __init__(self):
        self.bin = max(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), default=None)
        self.user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []   # it refuses to be root
        there = self.bin and (self.bin / "postgres").exists() and not subprocess.run([*self.user, "test", "-x", ROOT]).returncode
        self.version = re.search(r"\d[\d.]*", call(self.bin / "postgres", "--version"))[0] if there else None
        self.folder = self.server = None

    def start(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="pg-", dir=BENCH))
        if self.user:
            shutil.chown(self.folder, "postgres", "postgres")
        call(*self.user, self.bin / "initdb", "-D", self.folder, "-U", "postgres", "-A", "trust", "--no-sync", "--locale=C.UTF-8", cwd=BENCH)
        with open(self.folder / "log", "w", encoding="utf-8") as log:   # when the bench is no more, it gets SIGINT: shut down now
            self.server = subprocess.Popen([*(self.user or ["setpriv"]), "--pdeathsig", "INT", self.bin / "postgres", "-D", self.folder, "-k", self.folder,
                                            "-c", "listen_addresses=", "-c", "autovacuum=off"], stdout=log, stderr=log, start_new_session=True)
        while subprocess.run([self.bin / "pg_isready", "-q", "-h", self.folder]).returncode:
            if self.server.poll() is not None:
                sys.exit(f"postgresql did not start\n{(self.folder / 'log').read_text()[-2000:]}")
            time.sleep(0.05)

    def database(self, name, *statements):
        """A new one in which these were run; starts the server if need be."""
        if not self.server:
            self.start()
        call(self.bin / "createdb", "-h", self.folder, "-U", "postgres", name)
        call(*self.command(name, *statements))
        return name

    def command(self, name, *statements):
        """Of psql itself: what is in PATH is a wrapper in Perl, and slow. `|` stands between cells."""
        options = ["-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-U", "postgres"]
        where = ["-d", name, "-h", lambda: self.folder]   # in this order: the name may be what starts the server
        return (self.bin / "psql", *options, *where, *(word for s in statements for word in ("-c", s)))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.server:
            self.server.send_signal(signal.SIGINT)
            self.server.wait()
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)
