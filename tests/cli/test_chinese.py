"""With LANGUAGE=zh_CN, on a machine without a Chinese locale, what a person reads is Chinese: any English word that is no name is found."""
import fcntl, html, json, os, pathlib, pwd, re, subprocess, unittest, zipfile

from support.book import BINARY, SOURCE, Book

# Names that no table of the program holds: of programs, formats, standards and encodings.
NAMES = {"agency", "man", "less", "cat", "and", "or", "today", "yesterday", "utf-8", "gb18030", "utf-16", "utf", "bom", "crlf", "toml", "csv", "tsv", "jsonl", "json", "xlsx", "html", "sqlite", "bash", "zsh", "fish", "iso", "utc", "uscc", "gb", "mib", "wal", "id",
         "nfc", "graphviz", "libxlsxwriter", "chmod", "cny", "usd", "jpy", "true", "false", "on", "off",
         pwd.getpwuid(os.getuid()).pw_name, "report", "ok"}  # the last two: keys of every report
WORD = re.compile(r"[A-Za-z][A-Za-z']+")
# What is a name by its form: options, paths and files, rule codes, variables, placeholders in capitals, quoted values, keys with _ or a dot.
FORMS = re.compile(r"""--?[a-zA-Z][\w-]*(=\S*)?|\S*/\S*|\b[\w-]+\.(csv|tsv|jsonl|json|toml|xlsx|html|db|txt|bad|lock)\b[\d:]*|\b[A-Z][A-Z_]*[A-Z]\b|\b[A-Z]+-\w+|\b[A-Z]\b|"[^"]*"|“[^”]*”|'[^']*'|`[^`]*`|\b\w*_\w*|\b\w+\.\w+\b|\{\w+\}|\b[A-Za-z]*\d\w*""")


class Chinese(Book):
    needed = {("op", "diff"): ("1",), ("search",): ("公司",)}

    def setUp(self):
        super().setUp()
        self.env.update(LANGUAGE="zh_CN", LANG="C.UTF-8")
        self.file("agency.toml", 'actor = "王芳"\n')
        del self.env["LC_ALL"]
        self.names = set(NAMES)
        self.headers = set()  # that files may have, in both languages
        self.found = {}

    def read(self, *words, stdin=None, data=(), **more):
        """Runs the command and looks at both streams; `data` are the words of records in it. Answers its code and them."""
        if "fields" in words:
            data = (*data, *self.headers)
        r = self.run_(*words, stdin=stdin, **more)
        text = (r.stdout + r.stderr).decode().replace(str(self.dir), "/")
        self.look(" ".join(map(str, words)), text, {w.lower() for given in (*map(str, words), *data) for w in WORD.findall(given)})
        return r.returncode, text

    def look(self, where, text, given=()):
        if text.startswith("<!"):  # a page: what stands between its tags
            text = html.unescape(re.sub(r"<[^>]*>", " ", re.sub(r"<style>.*?</style>", "", text, flags=re.S)))
        for line in text.splitlines():
            if re.match(r"\s*\$ ", line):
                continue
            for word in WORD.findall(FORMS.sub(" ", line)):
                if word.lower() not in self.names and word.lower() not in given:
                    self.found.setdefault(where, []).append((word, line.strip()))

    def learn(self):
        """The names that the program's own tables hold: nouns, verbs, choices, keys, enum words, settings."""
        env, self.env["LANGUAGE"] = self.env["LANGUAGE"], "en"
        self.nouns = [l.split()[0] for l in self.ok().splitlines() if re.match(r"  [a-z]+ ", l)]
        self.commands = []
        for noun in self.nouns:
            listed = self.ok("help", noun)
            verbs = re.findall(r"^  ([a-z-]+) ", listed, re.M) if listed.startswith(f"agency {noun}:") else []
            self.commands += [(noun, verb) for verb in verbs] or [(noun,)]
        self.env["LANGUAGE"] = env
        self.names |= {w for c in self.commands for part in c for w in part.split("-")} | set(self.nouns)
        for command in self.commands:
            help_ = self.ok(*command, "--help")
            # Choices stand in completion; keys in the fields.
            for option in ("", *re.findall(r"(--[a-z-]+) [A-Z]", help_)):   # "": of the first argument
                answers = self.ok("__complete", "--", *command, *filter(None, [option]), "").split()
                self.names |= {w.lower() for a in answers if not a.startswith(":") for w in WORD.findall(a)}
            if command[-1] == "fields":
                for field in self.json(*command)["fields"]:
                    self.names |= {w.lower() for key in ("field", "type", "values") for w in WORD.findall(str(field[key] or ""))}
                    self.headers |= set(WORD.findall(field["headers"] or ""))
        def is_list(command):
            """It takes --where, and no argument that is not known here (`config set KEY VALUE`)."""
            told = self.run_(*command, "--help", LANGUAGE="en").stdout.decode()
            return "--where" in told and (command in self.needed or re.search(rf"^Usage: agency {' '.join(command)} \[", told, re.M))

        self.lists = [c for c in self.commands if is_list(c)]
        self.assertGreater(len(self.lists), 20)
        for command in self.lists:
            r = self.run_(*command, *self.needed.get(command, ()), "--format", "csv")
            self.names |= {w.lower() for w in WORD.findall(r.stdout.decode().split("\n")[0])}
        told = [v for row in self.json("config", "list", "--show-origin")["settings"] for v in (row["key"], row["origin"], row["value"]) if v]
        told += [word for row in self.json("config", "list")["settings"] for word in self.ok("__complete", "--", "config", "set", row["key"], "").split()]
        told += [row["matter"] for row in json.loads(self.run_("doctor", "--format", "json").stdout)["matters"]]
        told += self.json("receivable", "aging")["parameters"]
        check = self.json("org", "check")   # the columns of its totals, and its words
        told += [*check["totals"][0], *{row["severity"] for row in check["rows"]}]
        self.names |= {w.lower() for text in told for w in WORD.findall(text)}

    def clean(self):
        told = {word: f"{word}: agency {where}: {line}" for where, words in self.found.items() for word, line in words}
        self.assertFalse(told, "\n" + "\n".join(told.values()))

    def book(self):
        """The examples, so that every list has rows; their words are data."""
        self.learn()
        for file in (SOURCE / "schema" / "seed").glob("*.csv"):   # what a new file starts with is data, too
            self.names |= {w.lower() for w in WORD.findall(file.read_text())}
        for noun in ("client", "contract", "invoice", "receipt", "allocation"):
            file = SOURCE / "examples" / f"{noun}s.csv"
            self.names |= {w.lower() for w in WORD.findall(file.read_text())}
            self.assertEqual(self.read(noun, "import", file)[0], 0)


class Help(Chinese):
    def test_help(self):
        self.learn()
        self.read()
        for noun in self.nouns:
            self.read("help", noun)
        for command in self.commands:
            self.read(*command, "--help")
            self.read(*command, "-h")
        self.clean()

    def test_manual(self):
        self.learn()
        for name in ("agency", "agency-config", "agency-schema", "agency-security", *self.nouns):
            page = self.ok("manual", name)
            page = re.sub(r"^\.nf\n.*?^\.fi\n", "", page, flags=re.M | re.S)  # examples
            page = re.sub(r"^(表头：).*", r"\1", page, flags=re.M)  # in both languages
            page = re.sub(r'^\.\\".*|^\.TH.*', "", page, flags=re.M)
            page = re.sub(r"^\.B .*", "", page, flags=re.M)  # names: keys, options, commands
            page = re.sub(r"^\.[A-Za-z]+ ?|\\f[BIR]|\\\(dq", "", page.replace("\\-", "-"), flags=re.M)
            self.look("manual " + name, page, ("open", "dumb", "ndjson", "htm", "percent", "compinit", "fpath"))  # a key of reports, TERM=dumb, endings of files, a unit of maps, of zsh
        self.clean()


class Tables(Chinese):
    def test_tables(self):
        self.book()
        for command in self.lists:
            words = self.needed.get(command, ())
            for more in ((), ("--format", "html"), ("--headers", "zh", "--format", "csv")):
                code, text = self.read(*command, *words, *more)
                self.assertIn(code, (0, 1), text)
        for words in (("contract", "show", "HT-2026-0001"), ("client", "show", "KH001"), ("invoice", "show", "FP"), ("op", "show", "3"), ("op", "list"), ("receivable", "aging", "--by", "invoice"), ("receivable", "aging", "--format", "chart"),
                      ("receivable", "match", "--explain", "--dry-run"), ("config", "list", "--show-origin"), ("check",), ("doctor",), ("import", "list")):
            self.read(*words)
            self.read(*words, "--format", "md", "--headers", "zh")
        for command in (c for c in self.lists if "--output FILE" in self.ok(*c, "--help")):
            out = self.dir / "out.xlsx"
            code, text = self.read(*command, *self.needed.get(command, ()), "--output", out)
            self.assertIn(code, (0, 1), text)
            with zipfile.ZipFile(out) as z:
                sheets = re.findall(r'<sheet name="([^"]*)"', z.read("xl/workbook.xml").decode())
                words = re.findall(r"<t[^>]*>([^<]*)</t>", z.read("xl/sharedStrings.xml").decode()) if "xl/sharedStrings.xml" in z.namelist() else []
            self.look(" ".join(command) + " as xlsx", "\n".join(sheets + words), {w.lower() for w in self.headers} if command[-1] == "fields" else ())
        self.clean()
        self.assertIn("客户", self.ok("client", "list", "--headers", "zh", "--format", "csv"))
        for command in self.lists:
            words = (*command, *self.needed.get(command, ()), "--format", "json")
            if command not in (("doctor",), ("config", "list")):   # whose figures change meanwhile; which says the language
                self.assertEqual(self.run_(*words).stdout, self.run_(*words, "--lang", "en").stdout, words)

    def test_states_are_the_codes_that_are_typed(self):
        for noun in ("contract", "raid", "project", "time", "docket", "change"):
            said = self.run_(noun, "workflow", LANGUAGE="zh_CN").stdout.decode().splitlines()[2:]
            for line in said:
                self.assertRegex(line, r"^[a-z_]+ +[a-z-]+ +[a-z_]+ ", noun)

    def test_a_noun_is_called_the_same_in_every_table(self):
        self.assertRegex(self.ok("client", "import", self.file("n.csv", "code,name\nNN,n\n")), r"\n客户 ")
        self.assertIn(" 客户 ", self.ok("import", "list"))
        self.assertIn(" 客户 ", self.ok("undo"))

    def test_data_is_the_same_in_every_language(self):
        self.ok("employee", "add", "--number", "E1", "--name", "张伟", "--hired-on", "2026-01-01")
        self.ok("project", "add", "--code", "P1", "--name", "工程", "--manager", "E1", "--starts-on", "2031-03-03")
        self.ok("project", "plan", "import", "P1", self.file("plan.csv", "wbs,name,duration,assigned\n1,甲,3,E1\n"))
        said = lambda lang, *words: self.run_(*words, "--lang", lang)
        for form in ("csv", "tsv", "json", "jsonl"):
            for words in (("org", "check"), ("org", "jobs"), ("project", "check"), ("project", "load"), ("project", "list"), ("checkpoint", "workflow"), ("client", "fields")):
                words = (*words, "--format", form)
                self.assertEqual(said("zh_CN", *words).stdout, said("en", *words).stdout, words)
        for words in (("org", "check"), ("project", "check"), ("project", "load")):
            self.assertNotEqual(said("zh_CN", *words).stdout, said("en", *words).stdout)   # people read their language
        self.assertNotEqual(said("zh_CN", "org", "check", "--format", "csv", "--headers", "zh").stdout, said("en", "org", "check", "--format", "csv", "--headers", "zh").stdout)
        # Messages and errors beside data follow the language.
        self.assertIn("警告", said("zh_CN", "project", "load", "--format", "csv").stderr.decode())
        r = said("zh_CN", "org", "approver", "x", "--explain", "--format", "json")
        self.assertEqual((r.returncode, "没有人" in r.stderr.decode() or "无人" in r.stderr.decode()), (5, True), r.stderr.decode())
        self.assertIn("没有", said("zh_CN", "client", "show", "X", "--format", "json").stderr.decode())


class Imports(Chinese):
    def test_imports(self):
        """Reports and problems of imports; operations, taking back, batches."""
        self.book()
        data = ("HT", "XX", "Q", "qqq", "lese", "KH", "甲")

        def problems(noun, text, *more, code=9, name="bad.csv"):
            got, told = self.read(noun, "import", self.file(name, text), *more, data=data)
            self.assertEqual(got, code, told)
            r = self.run_(noun, "import", self.dir / name, *more, "--format", "json")
            said = [p["message"] for p in json.loads(r.stdout)["problems"]] if r.stdout else []
            error = json.loads(r.stderr)["error"]
            self.look(f"{noun} import as json", "\n".join((*said, error["message"], error["hint"] or "")), [w.lower() for w in data])

        head = "number,client,title,kind,amount,currency,tax_rate,signed_on,starts_on,ends_on,status\n"
        rows = ("X-1,KH001,甲,work,\"12,34\",CNY,6%,2026-01-05,,,", "X-2,QQQ,甲,work,1,CNY,6%,2026-01-05,,,", "X-3,KH001,,work,1,CNY,6%,2026-01-05,,,", "X-4,KH001,甲,lese,1,CNY,6%,2026-01-05,,,", "X-5,KH001,甲,work,-1,CNY,6%,2026-01-05,,,",
                "X-6,KH001,甲,work,1.234,CNY,6%,2026-01-05,,,", "X-7,KH001,甲,work,1,XQX,6%,2026-01-05,,,", "X-8,KH001,甲,work,1,CNY,6,2026-01-05,,,", "X-9,KH001,甲,work,1,CNY,6%,26-01-05,,,", "X-10,KH001,甲,work,1,CNY,6%,2026-02-30,,,",
                "X-11,KH001,甲,work,1,CNY,6%,2026-01-05,2026-03-01,2026-02-01,", "X-12,KH001,甲,work,1e5,CNY,6%,2026-01-05,,,", "X-1,KH001,甲,work,1,CNY,6%,2026-01-05,,,", "HT-2026-0001,KH001,甲,work,1,CNY,6%,2026-01-05,,,", "X-14,KH001,甲", "X-15,KH001,甲,work,,CNY,6%,2026-01-05,,,",
                "X-16,KH001,甲,work,99999999999999999999,CNY,6%,2026-01-05,,,", head.strip(), "X-17,KH001,甲,work,1,CNY,qqq,qqq,qqq,qqq,qqq", ",,,,,,,,,,", "X-18,KH001,\"甲")
        for row in rows:
            self.read("contract", "import", self.file("one.csv", head + row + "\n"), "--dry-run", data=data)
        problems("contract", head + "\n".join(rows) + "\n")
        self.read("contract", "import", self.file("mixed.csv", head + rows[0] + "\nX-20,KH001,甲,work,1,CNY,6%,2026-01-05,,,\n"), "--on-error", "reject", "--rejects", self.dir / "rejects.csv", data=data)
        reject = (self.dir / "rejects.csv").read_text()
        self.look("rejects", reject, ("number", "client", "title"))
        self.assertIn("千位", reject)
        problems("contract", "number,qqq\nX-1,1\n")
        problems("contract", b"\xff\xfe\xff")
        problems("contract", "<html><body>")
        problems("contract", "")
        problems("contract", head.encode() + b"X-1,KH001,\xe4\xb8,work,1,CNY,6%,2026-01-05,,,\n", "--encoding", "utf-8")
        problems("contract", head + "X-1,KH001,\0,work,1,CNY,6%,2026-01-05,,,\n")
        problems("contract", '{"number": 1\n{"number":"X-1"}\n[1]\n{"number":"X-1","qqq":1}\n', name="bad.jsonl")
        problems("client", "code,name,uscc\nX-1,甲,123\nX-2,乙,91310000MA1FL0000X\n")
        problems("invoice", "number,contract,issued_on,due_on,amount,kind,credits\nX-1,QQQ,2026-01-05,2026-01-04,1,qqq,QQQ\nX-2,HT-2026-0001,2026-01-05,2026-01-04,0,fee,\n")
        problems("receipt", "number,client,received_on,amount,currency\nX-1,QQQ,2026-01-05,1,CNY\nX-2,KH001,2026-01-05,0,CNY\n")
        invoice, receipt = self.json("invoice", "list")["invoices"][0]["number"], self.json("receipt", "list")["receipts"][0]["number"]
        problems("allocation", f"receipt,invoice,amount,allocated_on\n{receipt},{invoice},999999999,2026-12-01\nQQQ,QQQ,1,2026-12-01\n{receipt},{invoice},1,2020-01-01\n")
        for text in ("[\n", "[columns.qqq]\nfrom = 'x'\n", "[file]\nqqq = 1\n", "[columns.title]\nfrom = 'qqq'\n"):
            got, told = self.read("contract", "import", SOURCE / "examples" / "contracts.csv", "--map", self.file("map.toml", text), data=data)
            self.assertIn(got, (2, 9), told)
        for words in (("--encoding", "qqq"), ("--from", "qqq"), ("--accept", "QQQ-1"), ("--on-error", "reject"), ("--map", "none.toml")):
            got, told = self.read("contract", "import", SOURCE / "examples" / "contracts.csv", *words)
            self.assertIn(got, (2, 8), told)

        for words in (("op", "list"), ("op", "show", "2"), ("op", "diff", "2"), ("undo", "--dry-run"), ("undo",), ("op", "list"), ("undo",), ("import", "list"), ("undo", "2")):
            self.assertNotEqual(self.read(*words)[0], 70)
        for text in ("client add --code X-30 --name 甲\nclient void X-30 --reason 甲\n", "client add --code X-31\n", "client list\n", "qqq\n", "init\n", "client add --code X-32 --name 甲 --db x\n", "client add --code 'X\n"):
            self.assertNotEqual(self.read("batch", self.file("lines", text), data=("lines", "qqq"))[0], 70)
        for words in (("client", "add", "--code", "X-40", "--name", "甲"), ("client", "update", "X-40", "--name", "乙"), ("client", "void", "X-40", "--reason", "甲"), ("contract", "export"), ("period", "close", "2026-01"), ("period", "reopen", "2026-01"), ("receivable", "match")):
            self.read(*words, "--dry-run", data=("HT", "export"))
        self.clean()


class Errors(Chinese):
    def test_errors(self):
        """Every exit code but 70, each by several ways; wrong values of every option of every command."""
        self.book()
        codes = set()

        def err(code, *words, data=(), **more):
            got, text = self.read(*words, data=data, **more)
            self.assertEqual(got, code, f"agency {' '.join(map(str, words))}\n{text}")
            self.assertRegex(text, "[\u4e00-\u9fff]", words)
            codes.add(code)

        for command in self.commands:
            err(2, *command, "--no-such-option")
            for option, place in re.findall(r"(--[a-z-]+) ([A-Z][A-Z.…]*)", self.ok(*command, "--help")):
                err(2, *command, option)
                if command != ("manual",) and place in ("DAY", "INSTANT", "N", "AMOUNT", "RATE", "COND", "SECONDS", "WHICH", "FORMAT", "LANGUAGE", "WHEN", "WAY", "KIND", "KEY", "LIST"):
                    # Beside the value there may be an argument that is missing: also an error of usage.
                    got, text = self.read(*command, option, "qqq", "--dry-run") if "--dry-run" in self.ok(*command, "--help") else self.read(*command, option, "qqq")
                    self.assertNotEqual(got, 70, text)
            got, text = self.read(*command, *(["qqq"] * 7))
            self.assertNotEqual(got, 70, text)
        for words in (("contrat", "list"), ("contract", "lst"), ("contract", "qqq"), ("list", "contract"), ("--qqq",), ("--quite",), ("contract", "list", "--colums", "x"), ("contract", "list", "--columns", "titel"), ("contract", "list", "--sort", "titel"),
                      ("contract", "list", "--where", "amont > 1"), ("contract", "list", "--where", "amount >"), ("contract", "list", "--where", "amount > x and"), ("contract", "list", "--quiet=1"), ("contract", "list", "--format", "csv", "--format", "tsv"),
                      ("contract", "list", "--format", "jsno"), ("contract", "show"), ("contract", "show", "HT"), ("contract", "list", "-q=1"), ("receivable", "aging", "--fail-if", "qqq = 1"), ("receivable", "aging", "--buckets", "30,10"),
                      ("client", "list", "--format", "html", "--excel"), ("contract", "list", "--as-of", "2026-13-01"), ("contract", "list", "--known-at", "2099-01-01T00:00Z"), ("period", "close", "2026"), ("init", "--db", ""),
                      ("op", "show", "qqq"), ("undo", "qqq"), ("batch",), ("completion", "qqq"), ("search",), ("client", "list", "--output", self.env["AGENCY_DB"])):
            got, text = self.read(*words)
            self.assertIn(got, (2, 8), (words, text))
        new = ("--client", "KH001", "--title", "甲", "--signed-on", "2026-01-05")
        err(2, "contract", "add", "--number", "X-1", *new, "--amount", "12,34")
        err(2, "contract", "add", "--number", "X-1", *new, "--amount", "1.234")
        err(2, "contract", "add", "--number", "X-1", *new, "--amount", "-1")
        err(2, "contract", "add", "--number", "X-1", *new, "--tax-rate", "6")
        err(2, "contract", "add", "--number", "X-1", *new, "--kind", "lese")
        err(2, "contract", "add", "--number", "X-1", *new, "--currency", "XQX")
        err(3, "contract", "show", "QQQ-1")
        err(3, "contract", "show", "HT-2026-OOO1")
        err(3, "contract", "add", "--number", "X-1", "--client", "QQQ", "--title", "甲", "--amount", "1")
        err(3, "manual", "qqq")
        err(3, "config", "get", "zoen")
        err(3, "op", "show", "999")
        err(3, "undo", "999")
        err(3, "receipt", "allocate", "QQQ", "QQQ", "1")
        err(4, "init")
        err(4, "contract", "add", "--number", "HT-2026-0001", *new, "--amount", "1")
        err(4, "client", "add", "--code", "KH001", "--name", "甲")
        self.at("2026-11-01T09:00Z")
        self.ok("period", "close", "2026-03")
        err(5, "invoice", "add", "--number", "X-9", "--contract", "HT-2026-0001", "--issued-on", "2026-02-01", "--due-on", "2026-02-01", "--amount", "1")
        err(5, "client", "add", "--code", "X", "--name", "甲", "--now", "2020-01-01T00:00Z")
        receipts = self.json("receipt", "list")["receipts"]
        invoices = self.json("invoice", "list")["invoices"]
        err(5, "contract", "void", "HT-2026-0001", "--reason", "甲")
        err(5, "client", "void", "KH001", "--reason", "甲")
        for invoice in invoices[:3]:
            self.assertNotEqual(self.read("invoice", "void", invoice["number"], "--reason", "甲")[0], 70)
        for receipt in receipts:
            for amount in ("999999999", "0", "-1", "1.234"):
                got, text = self.read("receipt", "allocate", receipt["number"], invoices[0]["number"], amount)
                self.assertIn(got, (2, 5), text)
        for words in (("undo", "2"), ("undo", "3"), ("undo", "2", "3", "--yes"), ("undo", "--batch", "qqq")):
            got, text = self.read(*words)
            self.assertIn(got, (2, 3, 5), text)
        # The file and its surroundings.
        err(8, "client", "list", "--db", self.dir / "none.db")
        err(8, "init", "--db", self.dir / "none" / "none.db")
        err(8, "client", "import", self.dir / "none.csv")
        err(8, "client", "import", self.dir, "--from", "csv")
        err(8, "client", "list", "--output", self.dir / "none" / "out.csv")
        err(8, "client", "list", "--output", "/dev/full", "--format", "csv")
        err(7, "client", "list", "--db", self.file("not.db", "x" * 9000))
        err(7, "client", "list", "--db", self.dir)
        damaged = bytearray((self.dir / "agency.db").read_bytes())
        damaged[8192 + 100:] = b"\xff" * (len(damaged) - 8192 - 100)
        err(7, "client", "list", "--db", self.file("damaged.db", bytes(damaged)))
        for words in (("check",), ("doctor",)):
            self.read(*words, "--db", self.dir / "damaged.db")
        with open(self.dir / "agency.db.lock", "r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            err(10, "client", "add", "--code", "X", "--name", "甲", "--wait", "0")
        for text in ("[\n", "zone = 8\n", "zoen = '1'\n", "zone = 'qqq'\n", "color = 'qqq'\n", "[receivable]\nbuckets = 'qqq'\n"):
            self.file("agency.toml", text)
            err(2, "client", "list", data=("zoen",))
        (self.dir / "agency.toml").unlink()
        self.assertTrue(codes >= {2, 3, 4, 5, 7, 8, 10}, codes)
        self.clean()


class Readme(Book):
    """README.zh-CN.md keeps step with README.md."""

    def lines(self, name):
        return (SOURCE / name).read_text().splitlines()

    def test_same_commands(self):
        def commands(name):
            return [re.sub(r"\s+#.*", "", l).strip() for l in self.lines(name) if re.match(r"    (\$ |scripts/|cd )", l)]

        def named(name):
            """The keys of the table of nouns, and the options and verbs that the text names."""
            text = (SOURCE / name).read_text()
            table = [re.findall(r"`([^`]+)`", l.split("|")[1]) for l in text.splitlines() if l.startswith("| `")]
            return table, set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text.split("## Figures")[0].split("## 性能")[0])) - {"--headers"}

        self.assertGreater(len(commands("README.md")), 8)
        self.assertEqual(commands("README.md"), commands("README.zh-CN.md"))
        self.assertEqual(named("README.md"), named("README.zh-CN.md"))

    def test_what_they_show_is_printed(self):
        self.at("2026-11-01T09:00Z")
        for noun in ("client", "contract", "invoice", "receipt", "allocation"):
            self.ok(noun, "import", SOURCE / "examples" / f"{noun}s.csv")
        self.ok("project", "add", "--code", "P-01", "--name", "招标代理", "--starts-on", "2026-11-02")
        self.ok("project", "plan", "import", "P-01", SOURCE / "examples" / "plans" / "tender.csv")
        self.file("new.csv", "number,client,title,amount\nX-1,KH001,甲,1\nX-2,KH001,甲,\"12,34\"\n")
        for name, language in (("README.md", "en"), ("README.zh-CN.md", "zh_CN")):
            command, shown = None, 0
            for line in self.lines(name):
                if line.startswith("    $ "):
                    command = line[6:].split("  #")[0]
                    if " import " in command and "new.csv" not in command or command == "agency init":
                        command = None
                    else:
                        words = command.split()[1:]
                        r = self.run_(*words, LANGUAGE=language)
                        printed = (r.stdout + r.stderr).decode().splitlines()
                elif not line.startswith("    "):
                    command = command if line == "" else None
                elif command and line.strip() != "…":
                    self.assertIn(line[4:], printed, name)
                    shown += 1
            self.assertGreater(shown, 8, name)


if __name__ == "__main__":
    unittest.main()
