"""The command line itself: every verb, help, errors, completion, manual pages, goldens."""
import json, os, pathlib, re, subprocess, tempfile, unittest

from support.book import BINARY, SOURCE, Book

NOUNS = ("client", "contract", "invoice", "receipt", "allocation", "receivable", "period", "config")
COMMANDS = ("init", "check", "completion", "manual")


class Cli(Book):
    def verbs(self):
        for noun in NOUNS:
            for line in self.ok(noun).splitlines()[2:]:
                if re.match(r"  [a-z_]+ ", line):
                    yield noun, line.split()[0]

    def test_every_suite_is_run(self):
        tests = SOURCE / "tests"
        listed = set(re.findall(r"\btest_\w+\.\w+", (tests / "cli.cmake").read_text()))
        for file in sorted((tests / "cli").glob("test_*.py")):
            for name, body in re.findall(r"^class (\w+)\(.*?\):\n(.*?)(?=^class |\Z)", file.read_text(), re.S | re.M):
                if "    def test_" in body:
                    self.assertIn(f"{file.stem}.{name}", listed, "no test of tests/cli.cmake")

    def test_every_verb_has_help_and_refuses_nonsense(self):
        count = 0
        for noun, verb in list(self.verbs()):
            count += 1
            whole = self.ok(noun, verb, "--help")
            self.assertIn(f"agency {noun} {verb}", whole)
            self.assertIn("--format", whole)
            self.assertLessEqual(len(self.ok(noun, verb, "-h")), len(whole))
            r = self.run_(noun, verb, "--no-such-option")
            self.assertEqual((r.returncode, r.stdout), (2, b""), (noun, verb))
            r = self.run_(noun, verb, "--no-such-option", "--format", "json")
            self.assertEqual(json.loads(r.stderr)["error"]["exit"], 2)
        self.assertGreater(count, 35)
        for command in COMMANDS:
            self.assertIn("agency " + command, self.ok(command, "--help"))

    def test_did_you_mean(self):
        for words, right in ((("contrat", "list"), "contract"), (("contracts", "list"), "contract"), (("contract", "lst"), "contract list"), (("list", "contract"), "contract list"), (("contract", "list", "--colums", "x"), "--columns"),
                             (("contract", "list", "--columns", "titel"), "title"), (("receivable", "aging", "--by", "cleint"), "client"), (("client", "list", "--format", "jsno"), "json"), (("contract", "list", "--where", "amont > 1"), "amount")):
            self.assertIn(right, self.fails(2, *words), words)
        self.ok("client", "add", "--code", "KH001", "--name", "x")
        self.assertIn("KH001", self.fails(3, "client", "show", "KH00l"))
        self.ok("client", "show", "KH")
        self.ok("client", "add", "--code", "KH002", "--name", "y")
        self.assertIn("KH001, KH002", self.fails(2, "client", "show", "KH"))

        for words, hint in ((("contrct",), "agency contract?"), (("conrtact", "list"), "agency contact, agency contract?"), (("--verison",), "--version?"), (("--versio",), "--version?"), (("--hlep",), "--help?"),
                            (("list",), "agency --help lists them"), (("nope",), "agency --help lists them"), (("contract", "list", "--hepl"), "--help?")):
            self.assertIn(hint, self.fails(2, *words), words)

    def test_a_hint_leads_there(self):
        for words, code, hint in ((("client", "list", "--db", "x.db"), 8, "make one with: agency init --db x.db\n"),
                                  (("contract", "list", "--where", "signed_on > 2026-05"), 2, "write 2026-03-01"), (("receivable", "aging", "--where", "total > 1e5"), 2, "write 1234.50"),
                                  (("client", "add", "--code", "q", "--name", "x", "--uscc", "91310115MA1K3AAA11"), 2, "agency client import takes it with --accept KYC-001"),
                                  (("client", "import", self.file("u.csv", "code,name,uscc\nU,u,91310115MA1K3AAA11\n")), 9, "passes with --accept KYC-001"),
                                  (("client", "import", self.file("t.csv", "code\tname\n")), 9, "import it with --from tsv"),
                                  (("client", "list", "--sort", ""), 2, "--sort needs a value"), (("client", "list", "--columns", ""), 2, "--columns needs a value"), (("search", " "), 2, "agency NOUN list shows all")):
            self.assertIn(hint, self.fails(code, *words), words)
        self.ok("client", "import", "u.csv", "--accept", "KYC-001")
        self.assertIn("--accept KYC-001", self.fails(2, "client", "edit", "U", "--set", "uscc=91310115MA1K3AAA12"))
        self.assertIn("--set name is given twice", self.fails(2, "client", "edit", "U", "--set", "name=a", "--set", "name=b"))

    def test_a_blank_value_where_there_is_none_is_no_change(self):
        self.ok("client", "add", "--code", "A", "--name", "a")
        for value in ("note= ", "note=", "name= a "):
            self.assertIn("unchanged", self.ok("client", "edit", "A", "--set", value))
        self.assertEqual(len(self.json("op", "list")["operations"]), 2)

    def test_what_stands_on_a_record_is_named_the_right_way_round(self):
        self.start()
        self.ok("invoice", "add", "--number", "F1", "--contract", "C1", "--issued-on", "2026-01-05", "--due-on", "2026-01-31", "--amount", "100")
        told = self.fails(5, "client", "void", "K1", "--reason", "x")
        self.assertIn("contract C1 stands on client K1", told)
        self.assertIn("void contract C1 first", told)
        told = self.fails(5, "contract", "void", "C1", "--reason", "x")
        self.assertIn("invoice F1 stands on contract C1", told)
        self.assertIn("void invoice F1 first", told)

    def test_what_is_found_can_be_shown(self):
        """Records that have another name in the file, and parts, which only their whole shows."""
        self.ok("client", "add", "--code", "K1", "--name", "甲公司")
        self.ok("intake", "open", "--number", "I1", "--client", "K1", "--title", "探查")
        self.ok("intake", "risk", "I1", "--title", "客户拖款", "--kind", "payment", "--probability", "2", "--impact", "2")
        for text, noun in (("元旦", "calendar"), ("甲公司", "client"), ("探查", "intake"), ("客户拖款", "intake"), ("投标", "deadline")):
            found = self.json("search", text)["found"]
            self.assertIn(noun, [row["noun"] for row in found], text)
            for row in found[:20]:
                self.ok(row["noun"], "show", row["ref"])
            self.assertTrue(self.json("search", text, "--noun", noun)["found"])

    def test_names_that_are_the_same_are_warned_of(self):
        self.ok("client", "add", "--code", "A", "--name", "甲公司")
        self.assertIn("client A has this name too", self.run_("client", "add", "--code", "B", "--name", "甲公司").stderr.decode())
        self.assertIn("the client of row 2 has this name too", self.run_("client", "import", self.file("c.csv", "code,name\nC,乙公司\nD,乙公司\n")).stderr.decode())
        self.assertEqual(self.run_("client", "edit", "A", "--set", "note=x").stderr, b"")

    def test_an_export_of_nothing_comes_back_in_every_format(self):
        for kind in ("csv", "tsv", "jsonl", "xlsx"):
            self.ok("client", "export", "--output", f"e.{kind}")
            self.ok("client", "import", f"e.{kind}")

    def test_a_dry_run_names_no_file_that_it_did_not_write(self):
        told = self.fails(9, "client", "import", self.file("c.csv", "code,name\n,x\n"), "--on-error", "reject", "--rejects", "n.csv", "--dry-run")
        self.assertIn("n.csv was not written", told)
        self.assertNotIn("mend n.csv", told)

    def test_lists_are_shaped(self):
        for n in range(5):
            self.ok("client", "add", "--code", f"K{n}", "--name", f"客户{n}", "--credit-limit", str(n * 1000))
        self.assertEqual(self.ok("client", "list", "--where", "credit_limit >= 2000", "--sort", "-credit_limit", "--columns", "code,credit_limit", "--limit", "2", "--format", "csv"), "code,credit_limit\nK4,4000.00\nK3,3000.00\n")
        self.assertEqual(self.ok("client", "list", "--columns", "code,name", "--format", "tsv", "--limit", "1", "--headers", "zh"), "客户编号\t客户名称\nK0\t客户0\n")
        self.assertIn("| K0 |", self.ok("client", "list", "--columns", "code", "--format", "md"))

    def test_dry_run_writes_nothing(self):
        before = (self.dir / "agency.db").read_bytes()
        self.ok("client", "add", "--code", "K1", "--name", "x", "--dry-run")
        self.assertEqual(self.json("client", "list")["clients"], [])
        self.assertEqual(before, (self.dir / "agency.db").read_bytes())

    def test_export_of_money_comes_back_as_what_stands(self):
        self.ok("client", "add", "--code", "K1", "--name", "甲")
        self.ok("invoice", "add", "--number", "Z1", "--client", "K1", "--issued-on", "2026-01-01", "--due-on", "2026-02-01", "--amount", "100")
        self.ok("invoice", "add", "--number", "A1", "--client", "K1", "--kind", "credit_note", "--credits", "Z1", "--issued-on", "2026-01-05", "--due-on", "2026-01-05", "--amount", "5")
        self.ok("receipt", "add", "--number", "R1", "--client", "K1", "--received-on", "2026-01-10", "--amount", "100")
        self.ok("receipt", "allocate", "R1", "Z1", "30")
        self.ok("receipt", "unallocate", "R1", "Z1", "--on", "2026-01-20")
        self.ok("receipt", "allocate", "R1", "Z1", "60", "--on", "2026-01-21")
        figures = lambda: self.json("receivable", "aging", "--as-of", "2026-02-01")["totals"]
        files, before = {n: self.ok(n, "export") for n in ("client", "invoice", "receipt", "allocation")}, figures()
        self.assertEqual(files["allocation"].splitlines()[1:], [",R1,Z1,60.00,2026-01-21"])
        self.env["AGENCY_DB"] = str(self.dir / "second.db")
        self.ok("init")
        for noun, text in files.items():
            self.ok(noun, "import", self.file(f"{noun}.csv", text))
        self.assertEqual(figures(), before)

    def test_export_comes_back(self):
        self.ok("client", "import", SOURCE / "examples" / "clients.csv")
        first = self.ok("client", "export")
        self.env["AGENCY_DB"] = str(self.dir / "second.db")
        self.ok("init")
        self.ok("client", "import", self.file("out.csv", first))
        self.assertEqual(first, self.ok("client", "export"))

    def test_completion(self):
        self.ok("client", "add", "--code", "KH001", "--name", "x")
        for words, answers in ((("cont",), "contract"), (("contract", "li"), "list"), (("client", "show", ""), "KH001"), (("receivable", "aging", "--by", "cl"), "client"), (("receivable", "aging", "--fail"), "--fail-if"), (("contract", "list", "--sort", "amo"), "amount"), (("contract", "list", "--format", "x"), "xlsx"), (("client", "show", "KH001", "-f", "ch"), "chart"), (("client", "list", "--ex"), "--excel")):
            self.assertIn(answers, self.ok("__complete", "--", *words).split(), words)
        script = self.dir / "agency.bash"
        script.write_text(self.ok("completion", "bash"))
        shell = f"PATH={pathlib.Path(BINARY).parent}:$PATH; source {script}; COMP_WORDS=(agency client show K); COMP_CWORD=3; _agency; echo ${{COMPREPLY[@]}}"
        self.assertEqual(subprocess.run(["bash", "-c", shell], env=self.env, capture_output=True, text=True).stdout.strip(), "KH001")

    def test_manual_pages_are_those_of_the_tables(self):
        with tempfile.TemporaryDirectory() as d:
            self.ok("manual", "--all", d)
            for page in sorted(os.listdir(d)):
                text = (pathlib.Path(d) / page).read_text()
                kept = SOURCE / "man" / page
                if os.environ.get("AGENCY_ACCEPT"):
                    kept.write_text(text)
                self.assertEqual(kept.read_text() if kept.exists() else "", text, page + ": run with AGENCY_ACCEPT=1 to accept")
                lint = subprocess.run(["mandoc", "-T", "lint", "-W", "error", str(kept)], capture_output=True, text=True)
                self.assertEqual(lint.returncode, 0, lint.stdout)

    def test_goldens(self):
        """tests/cli/golden/*.t: `$ command`, then what it prints; AGENCY_ACCEPT=1 accepts."""
        for path in sorted((SOURCE / "tests" / "cli" / "golden").glob("*.t")):
            env = {**self.env, "PATH": f"{pathlib.Path(BINARY).parent}:{os.environ['PATH']}", "EXAMPLES": str(SOURCE / "examples")}
            self.env["AGENCY_DB"] = env["AGENCY_DB"] = str(self.dir / (path.stem + ".db"))
            out = []
            for line in path.read_text().splitlines():
                if line.startswith("#") or line == "":
                    out.append(line)
                elif line.startswith("$ "):
                    r = subprocess.run(["bash", "-c", line[2:]], cwd=self.dir, env=env, capture_output=True, text=True)
                    out.append(line)
                    out += ["  " + l for l in (r.stdout + r.stderr).replace(str(self.dir), "DIR").splitlines()]
                    if r.returncode:
                        out.append(f"  [exit {r.returncode}]")
            text = "\n".join(out) + "\n"
            if os.environ.get("AGENCY_ACCEPT"):
                path.write_text(text)
            self.assertEqual(path.read_text(), text, path.name + ": run with AGENCY_ACCEPT=1 to accept")

    def test_catalogue_is_whole(self):
        template = self.dir / "texts.pot"
        template.write_bytes(subprocess.run([SOURCE / "scripts" / "extract-texts"], capture_output=True, check=True).stdout)
        merged = subprocess.run(["msgmerge", "--quiet", "--no-fuzzy-matching", SOURCE / "cli/locale/zh_CN.po", template], capture_output=True, check=True).stdout
        left = subprocess.run(["msgattrib", "--untranslated", "--no-obsolete"], input=merged, capture_output=True, check=True).stdout.decode()
        self.assertEqual(left, "")

    def test_chinese_without_a_chinese_locale(self):
        r = self.run_("contrat", "list", LANGUAGE="zh_CN")
        self.assertEqual(r.stderr.decode(), "agency: 没有对象或命令 contrat\n提示： 是否指：agency contract？\n")
        self.assertIn("客户编号", self.run_("client", "list", "--lang", "zh_CN").stdout.decode())
        self.assertIn(b'{"clients":[],', self.run_("client", "list", "--lang", "zh_CN", "--format", "json").stdout)

    def test_config(self):
        self.file("agency.toml", 'zone = "+00:00"\n[receivable]\nbuckets = "10,20"\n')
        self.assertIn("agency.toml:3", self.ok("config", "list", "--show-origin"))
        self.assertEqual(self.ok("config", "get", "receivable.buckets"), "10,20\n")
        self.assertIn("d21_plus", self.ok("receivable", "aging", "--format", "csv"))
        self.file("agency.toml", 'zoen = "+00:00"\n')
        self.assertIn("zone", self.fails(2, "config", "list"))
        self.file("agency.toml", "[\n")
        self.assertIn("agency.toml:", self.fails(2, "config", "list"))


if __name__ == "__main__":
    unittest.main()
