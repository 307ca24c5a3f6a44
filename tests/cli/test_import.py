"""Bad input never loses anything and never crashes; every message names its row and column."""
import csv, fcntl, io, json, os, pathlib, resource, signal, subprocess, time, unittest

from support.book import BINARY, SHARED, Book, need_shared

HEAD = "number,client,title,amount,signed_on\n"


class Import(Book):
    def setUp(self):
        super().setUp()
        self.ok("client", "add", "--code", "K1", "--name", "甲公司")

    def rejected(self, text, *more, noun="contract"):
        error = self.fails(9, noun, "import", self.file("in.csv", text), *more)
        self.assertEqual(self.json(noun, "list")[noun + "s"], [])
        return error

    def test_each_bad_cell_is_named(self):
        rows = [("C1,K1,t,1e5,2026-01-01", "3(amount)" , "exponent"), ("C2,nobody,t,1,2026-01-01", "2(client)", "nobody"), ("C3,K1,t,1.234,2026-01-01", "4(amount)", "decimals"), ("C4,K1,t,1,2026-02-30", "5(signed_on)", "not a day"),
                ("C5,K1,t,99999999999999999999,2026-01-01", "4(amount)", "too large"), ("C6,K1,,1,2026-01-01", "3(title)", "missing"), ("C7,K1,t,-1,2026-01-01", "4(amount)", "negative"), ("C8,K1,t", "", "3 cells"), ("C8b,K1,t,1,2026-01-01,x", "", "6 cells"),
                ("number,client,title,amount,signed_on", "", "repeats the header"), ("C9,K1,a\0b,1,2026-01-01", "", "NUL")]
        error = self.rejected(HEAD + "OK,K1,t,1,2026-01-01\nOK,K1,t,1,2026-01-01\n" + "".join(r[0] + "\n" for r in rows))
        self.assertIn("in.csv:3:1(number): OK stands twice", error)
        for n, (_, where, what) in enumerate(rows):
            lines = [l for l in error.splitlines() if f"in.csv:{n + 4}" in l]
            self.assertTrue(lines and what in lines[0], (n + 4, what, lines))
            if where and n:
                self.assertIn(f"in.csv:{n + 4}:{where}", lines[0])

    def test_rejects_mended_and_imported(self):
        text = HEAD + "C1,K1,\"a, b\",1,2026-01-01\nC2,K1,t,x,2026-01-01\nC3,nobody,t,y,2026-01-01\n"
        self.fails(9, "contract", "import", self.file("in.csv", text), "--on-error", "reject", "--rejects", "bad.csv")
        self.assertEqual([c["number"] for c in self.json("contract", "list")["contracts"]], ["C1"])
        bad = list(csv.DictReader(io.StringIO((self.dir / "bad.csv").read_text())))
        self.assertEqual([(r["_row"], r["_column"]) for r in bad], [("3", "amount"), ("4", "client; amount")])
        mended = (self.dir / "bad.csv").read_text().replace(",x,", ",2,").replace(",y,", ",3,").replace("nobody", "K1")
        self.file("bad.csv", mended)
        self.ok("contract", "import", "bad.csv")
        self.assertEqual(len(self.json("contract", "list")["contracts"]), 3)

    def test_same_file_twice(self):
        self.file("in.csv", HEAD + "C1,K1,t,1,2026-01-01\n")
        self.ok("contract", "import", "in.csv")
        self.assertIn("exists already", self.fails(9, "contract", "import", "in.csv"))
        for way in ("skip", "update"):
            self.assertEqual(self.json("contract", "import", "in.csv", "--on-conflict", way)["import"]["unchanged"], 1)
        self.file("in.csv", HEAD + "C1,K1,t,2,2026-01-01\n")
        self.at("2026-02-01T09:00Z")
        self.assertEqual(self.json("contract", "import", "in.csv", "--on-conflict", "update", "--effective", "2026-02-01")["import"]["updated"], 1)
        self.assertEqual(self.json("contract", "show", "C1", "--as-of", "2026-01-31")["contract"]["amount"], "1.00")
        self.assertEqual(self.json("contract", "show", "C1")["contract"]["amount"], "2.00")

    def test_encodings(self):
        head, row = "合同编号,客户,合同名称,合同金额\n", "C1,甲公司,代理合同,1\n"
        for n, (name, data) in enumerate((("utf-8", (head + row).encode()), ("utf-8", b"\xef\xbb\xbf" + (head + row.replace("C1", "C2")).encode()), ("gb18030", (head + row.replace("C1", "C3")).encode("gb18030")))):
            self.assertEqual(self.json("contract", "import", self.file("x.csv", data))["import"]["encoding"], name)
        self.assertEqual({c["title"] for c in self.json("contract", "list")["contracts"]}, {"代理合同"})
        self.assertIn("same header", self.fails(9, "contract", "import", self.file("x.csv", b"number,number\n1,2\n")))
        self.assertIn("x.csv:3", self.fails(9, "contract", "import", self.file("x.csv", HEAD.encode() + "C8,K1,合同,1,\n".encode() + b"C9,K1,\xff\xff,1,\n")))

    def test_unknown_header_and_missing_column(self):
        error = self.rejected("number,client,titel,amount\nC1,K1,t,1\n")
        self.assertIn("did you mean title", error)
        self.assertIn("no column for title", error)

    def test_ten_megabytes_in_a_field(self):
        self.ok("contract", "import", self.file("big.csv", HEAD + 'C1,K1,"' + "长" * 3_500_000 + '",1,2026-01-01\n'))
        self.assertEqual(len(self.json("contract", "show", "C1")["contract"]["title"]), 3_500_000)

    def test_jsonl_keeps_amounts_as_written(self):
        self.ok("contract", "import", "-", "--from", "jsonl", stdin='{"number":"C1","client":"K1","title":"t","amount":12.30}\n{"number":"C2","client":"K1","title":"t","amount":90071992547409.93}\n'.encode())
        self.assertEqual([c["amount"] for c in self.json("contract", "list")["contracts"]], ["12.30", "90071992547409.93"])
        self.assertIn("nested", self.fails(9, "contract", "import", "-", "--from", "jsonl", stdin=b'{"number":"C3","client":{"a":1},"title":"t","amount":1}\n'))

    def test_jsonl_escapes_are_characters_or_a_problem(self):
        row = r'{"number":"C1","client":"K1","title":"\u5408\u540c \ud83d\ude00 \"\\ \/","amount":1}'
        self.ok("contract", "import", self.file("good.jsonl", row + "\n"))
        self.assertEqual(self.json("contract", "show", "C1")["contract"]["title"], "合同 😀 \"\\ /")
        for escape, why in ((r"\u0000", "NUL"), (r"\udc00", "half of a surrogate"), (r"\ud83d", "no JSON object (character")):
            bad = row.replace("C1", "C2").replace(r"\u5408", escape)
            for text in (bad, row.replace("C1", "C3") + "\n" + bad):
                self.assertIn(why, self.fails(9, "contract", "import", self.file("bad.jsonl", text + "\n")))

    def test_problems_in_json(self):
        r = self.run_("contract", "import", self.file("in.csv", HEAD + "C1,K1,t,x,2026-01-01\n"), "--format", "json")
        self.assertEqual(r.returncode, 9)
        problem = json.loads(r.stdout)["problems"][0]
        self.assertEqual((problem["row"], problem["column"], problem["field"]), (2, 4, "amount"))
        error = json.loads(r.stderr)["error"]
        self.assertEqual((error["code"], error["exit"], error["retryable"]), ("rejected", 9, False))

    def test_a_problem_says_what_to_do_next(self):
        self.ok("contract", "add", "--number", "A", "--client", "K1", "--title", "t", "--amount", "9", "--signed-on", "2026-01-01")
        self.at("2026-03-10T09:00Z")
        self.ok("period", "close", "2026-02")
        text = "number,contract,issued_on,due_on,amount\n" + "".join(f"F{n},A,{day},2026-04-01,1\n" for n, day in enumerate(("2026-01-05", "2026-01-06", "2026-02-03", "2026-03-01")))
        told = self.fails(9, "invoice", "import", self.file("in.csv", text)).splitlines()
        hint = "hint: give a later day, or reopen the month: agency period reopen 2026-"
        self.assertEqual([l.split(":")[1] if "in.csv" in l else l for l in told[:5]], ["2", "3", hint + "01", "4", hint + "02"])   # once below all that have it
        r = self.run_("invoice", "import", "in.csv", "--on-error", "reject", "--rejects", "bad.csv", "--format", "json")
        self.assertEqual([p["hint"] for p in json.loads(r.stdout)["problems"]], [(hint + m)[6:] for m in ("01", "01", "02")])
        self.assertIn("is closed; give a later day", (self.dir / "bad.csv").read_text())
        self.assertIn("--on-conflict update changes it", self.fails(9, "invoice", "import", self.file("in.csv", text.splitlines()[0] + "\nF3,A,2026-03-01,2026-04-01,1\n")))
        self.assertIn("hint: see: agency invoice list", self.fails(3, "invoice", "show", "FP1"))

    def test_create_clients(self):
        self.ok("contract", "import", "--create-clients", self.file("in.csv", "number,client,title,amount\nC1,新客户,t,1\nC2,新客户,t,1\nC3,甲公司,t,1\n"))
        self.assertEqual([(c["code"], c["name"]) for c in self.json("client", "list")["clients"]], [("C-000001", "新客户"), ("K1", "甲公司")])
        self.ok("check")

    def test_uscc(self):
        need_shared()
        rows = list(csv.DictReader(io.StringIO((SHARED / "cn-codes" / "uscc.csv").read_text())))
        self.file("c.csv", "code,name,uscc\n" + "".join(f"U{n},name {n},{r['code']}\n" for n, r in enumerate(rows)))
        r = self.run_("client", "import", "c.csv", "--on-error", "reject", "--rejects", "bad.csv", "--format", "json")
        bad = {p["row"] - 2: p["rule"] for p in json.loads(r.stdout)["problems"]}
        for n, row in enumerate(rows):
            if row["expected"] == "valid":
                self.assertIn(bad.get(n), (None, "KYC-002"), row)
            else:
                self.assertIn(bad.get(n), ("KYC-001", "KYC-003"), row)


class Outside(Book):
    def rows(self, n):
        return self.file("big.csv", "code,name\n" + "".join(f"B{i:07},client number {i}\n" for i in range(n)))

    def test_killed_at_any_moment(self):
        path = self.rows(60_000)
        start = time.monotonic(); self.ok("client", "import", path, "--dry-run"); whole = time.monotonic() - start
        for n in range(8):
            p = subprocess.Popen([BINARY, "client", "import", str(path)], cwd=self.dir, env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(whole * (n + 1) / 9)
            p.send_signal(signal.SIGKILL)
            p.wait()
            self.assertIn(len(self.json("client", "list", "--columns", "code")["clients"]), (0, 60_000))
            self.ok("check")

    def test_two_imports_at_once(self):
        a = self.file("a.csv", "code,name\n" + "".join(f"A{i},a {i}\n" for i in range(20_000)))
        b = self.file("b.csv", "code,name\n" + "".join(f"B{i},b {i}\n" for i in range(20_000)))
        both = [subprocess.Popen([BINARY, "client", "import", str(f)], cwd=self.dir, env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for f in (a, b)]
        self.assertEqual([p.wait() for p in both], [0, 0])
        self.assertEqual(len(self.json("client", "list", "--columns", "code")["clients"]), 40_000)
        self.ok("check")

    def test_file_too_large_for_the_disk(self):
        path = self.rows(60_000)
        r = subprocess.run([BINARY, "client", "import", str(path)], cwd=self.dir, env=self.env, capture_output=True, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000)))
        self.assertEqual(r.returncode, 8, r.stderr)
        self.assertEqual(self.json("client", "list")["clients"], [])
        self.ok("check")
        self.ok("client", "import", path)

    def test_files_that_are_not_ours(self):
        self.env["AGENCY_DB"] = str(self.file("x.db", "hello, this is no database at all, it is a text of some length"))
        self.assertIn("not an agency data file", self.fails(7, "client", "list"))
        self.env["AGENCY_DB"] = str(self.dir / "none.db")
        self.assertIn("agency init", self.fails(8, "client", "list"))
        self.env["AGENCY_DB"] = str(self.dir / "agency.db")
        self.fails(4, "init")
        subprocess.run(["sqlite3", self.env["AGENCY_DB"], "INSERT INTO schema_migration VALUES (9999, 'x', 'x', 'x'); PRAGMA user_version = 9999"], check=True)
        self.assertIn("newer", self.fails(7, "client", "list"))

    def test_busy(self):
        with open(str(self.dir / "agency.db") + ".lock", "w") as f:
            fcntl.flock(f, fcntl.LOCK_EX)
            self.fails(10, "client", "add", "--code", "X", "--name", "x", "--wait", "0")
            self.ok("client", "list")

    def test_an_import_that_another_was_faster_with_writes_nothing(self):
        """All of them have checked the file before the first one writes."""
        self.file("p.csv", "code,name\nX1,x\nX2,y\n")
        lock = pathlib.Path(self.env["AGENCY_DB"] + ".lock")
        with open(lock, "w") as f:
            fcntl.flock(f, fcntl.LOCK_EX)
            running = [subprocess.Popen([BINARY, "client", "import", "p.csv", "--on-conflict", "skip", "--format", "json"], cwd=self.dir, env=self.env, stdout=subprocess.PIPE) for _ in range(3)]
            until = time.monotonic() + 10
            while not all(str(lock) in {os.path.realpath(d) for d in pathlib.Path(f"/proc/{p.pid}/fd").iterdir()} for p in running) and time.monotonic() < until:
                time.sleep(0.01)
        done = [json.loads(p.communicate()[0])["import"] for p in running]
        self.assertEqual(sorted((d["written"], d["inserted"], d["unchanged"]) for d in done), [(False, 0, 2)] * 2 + [(True, 2, 0)])
        self.assertEqual(len([o for o in self.json("op", "list")["operations"] if "import" in o["command"]]), 1)

    def test_a_row_changed_beside_the_program(self):
        self.ok("client", "add", "--code", "X", "--name", "x")
        subprocess.run(["sqlite3", self.env["AGENCY_DB"], "UPDATE audit SET after = '{}' WHERE verb = 'add'"], check=True)
        r = self.run_("check")
        self.assertEqual(r.returncode, 1)
        self.assertIn(b"altered", r.stdout)

    def test_clock_before_the_last_operation(self):
        self.at("2020-01-01T00:00Z")
        self.assertIn("2026-01-05", self.fails(5, "client", "add", "--code", "X", "--name", "x"))
        self.assertIn("2026-01-05", self.fails(5, "receivable", "aging"))
        self.at("2026-06-01T00:00Z")
        self.fails(2, "receivable", "aging", "--known-at", "2030-01-01T00:00Z")

    def test_full_stdout_and_closed_pipe(self):
        self.rows(10); self.ok("client", "import", "big.csv")
        with open("/dev/full", "w") as full:
            self.assertEqual(subprocess.run([BINARY, "client", "list"], env=self.env, stdout=full, stderr=subprocess.DEVNULL).returncode, 8)
        r = subprocess.run(f"{BINARY} client list --format csv | head -1", shell=True, env=self.env, capture_output=True)
        self.assertEqual((r.stdout, r.stderr), (b"code,name,uscc,kind,size,contact,phone,email,credit_limit,currency,note,parent,voided_on\n", b""))


class Stress(Book):
    def test_sixteen_writers(self):
        self.env.pop("AGENCY_NOW")
        script = f'for i in 1 2 3 4 5 6 7 8 9 10; do {BINARY} -q client add --code W$1-$i --name "w $1 $i" >/dev/null || echo failed; done'
        writers = [subprocess.Popen(["bash", "-c", script, "writer", str(n)], cwd=self.dir, env=self.env, stdout=subprocess.PIPE) for n in range(16)]
        said = [w.communicate()[0] for w in writers]
        self.assertEqual(said, [b""] * 16)
        self.assertEqual(len(self.json("client", "list")["clients"]), 160)
        self.ok("check")

    def test_control_deferred_transactions_are_refused(self):
        """Without IMMEDIATE and the lock, writers that read first refuse each other: what the lock is for."""
        code = ("import sqlite3,sys\nok=no=0\nfor i in range(60):\n  c=sqlite3.connect(sys.argv[1],timeout=5,isolation_level=None)\n  try:\n    c.execute('BEGIN'); n=c.execute('SELECT COUNT(*) FROM t').fetchone()[0]\n"
                "    c.execute('INSERT INTO t VALUES (?)',(n,)); c.execute('COMMIT'); ok+=1\n  except sqlite3.OperationalError: no+=1\n  c.close()\nprint(ok,no)")
        path = str(self.dir / "control.db")
        subprocess.run(["sqlite3", path, "PRAGMA journal_mode=WAL; CREATE TABLE t (n)"], check=True, stdout=subprocess.DEVNULL)
        writers = [subprocess.Popen(["python3", "-c", code, path], stdout=subprocess.PIPE) for _ in range(16)]
        counts = [tuple(map(int, w.communicate()[0].split())) for w in writers]
        self.assertGreater(sum(no for _, no in counts), 0)


if __name__ == "__main__":
    unittest.main()
