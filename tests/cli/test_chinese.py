"""With LANGUAGE=zh_CN, on a machine without a Chinese locale, what a person reads is Chinese: any English word that is no name is found."""
import html, json, os, pathlib, pwd, re, subprocess, unittest, zipfile

from support.book import BINARY, SOURCE, Book

# Names that no table of the program holds: of programs, formats, standards and encodings.
NAMES = {"agency", "man", "and", "utf-8", "gb18030", "utf-16", "utf", "bom", "crlf", "toml", "csv", "tsv", "jsonl", "json", "xlsx", "html", "sqlite", "bash", "zsh", "fish", "iso", "utc", "uscc", "gb", "mib", "wal", "id",
         "nfc", "libxlsxwriter", "chmod", "cny", "usd", "jpy", "true", "false",
         pwd.getpwuid(os.getuid()).pw_name, "report", "ok"}  # the last two: keys of every report
WORD = re.compile(r"[A-Za-z][A-Za-z']+")
# What is a name by its form: options, paths and files, rule codes, variables, placeholders in capitals, quoted values, keys with _ or a dot.
FORMS = re.compile(r"""--?[a-zA-Z][\w-]*(=\S*)?|\S*/\S*|\b[\w-]+\.(csv|tsv|jsonl|json|toml|xlsx|html|db|txt|bad|lock)\b[\d:]*|\b[A-Z][A-Z_]*[A-Z]\b|\b[A-Z]+-\w+|\b[A-Z]\b|"[^"]*"|“[^”]*”|'[^']*'|`[^`]*`|\b\w*_\w*|\b\w+\.\w+\b|\{\w+\}|\b[A-Za-z]*\d\w*""")


class Chinese(Book):
    def setUp(self):
        super().setUp()
        self.env.update(LANGUAGE="zh_CN", LANG="C.UTF-8")
        self.file("agency.toml", 'actor = "王芳"\n')
        del self.env["LC_ALL"]
        self.names = set(NAMES)
        self.headers = set()  # that files may have, in both languages
        self.found = {}

    def read(self, *words, stdin=None, data=(), **more):
        """Runs the command and looks at both streams; `data` are the words of records in it. Answers them."""
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
            for option in re.findall(r"(--[a-z-]+) [A-Z]", help_):
                answers = self.ok("__complete", "--", *command, option, "").split()
                self.names |= {w.lower() for a in answers if not a.startswith(":") for w in WORD.findall(a)}
            if command[-1] == "fields":
                for field in self.json(*command)["fields"]:
                    self.names |= {w.lower() for key in ("field", "type", "values") for w in WORD.findall(str(field[key] or ""))}
                    self.headers |= set(WORD.findall(field["headers"]))
        told = [v for row in self.json("config", "list", "--show-origin")["settings"] for v in (row["key"], row["origin"])]
        told += [row["matter"] for row in json.loads(self.run_("doctor", "--format", "json").stdout)["matters"]]
        told += self.json("receivable", "aging")["parameters"]
        self.names |= {w.lower() for text in told for w in WORD.findall(text)}

    def clean(self):
        told = {word: f"{word}: agency {where}: {line}" for where, words in self.found.items() for word, line in words}
        self.assertFalse(told, "\n" + "\n".join(told.values()))

    def test_help(self):
        self.learn()
        self.read()
        for noun in self.nouns:
            self.read("help", noun)
        for command in self.commands:
            self.read(*command, "--help")
            self.read(*command, "-h")
        self.clean()

    def book(self):
        """The examples, so that every list has rows; their words are data."""
        self.learn()
        for noun in ("client", "contract", "invoice", "receipt", "allocation"):
            file = SOURCE / "examples" / f"{noun}s.csv"
            self.names |= {w.lower() for w in WORD.findall(file.read_text())}
            self.assertEqual(self.read(noun, "import", file)[0], 0)

    def test_tables(self):
        self.book()
        lists = [c for c in self.commands if "--where" in self.ok(*c, "--help")]
        self.assertGreater(len(lists), 20)
        needed = {("op", "diff"): ("3",), ("search",): ("公司",)}
        for command in lists:
            words = needed.get(command, ())
            for more in ((), ("--format", "html"), ("--headers", "zh", "--format", "csv")):
                code, text = self.read(*command, *words, *more, data=self.headers if command[-1] == "fields" else ())
                self.assertIn(code, (0, 1), text)
        for words in (("contract", "show", "HT-2026-0001"), ("client", "show", "KH001"), ("invoice", "show", "FP"), ("op", "show", "3"), ("op", "list"), ("receivable", "aging", "--by", "invoice"), ("receivable", "aging", "--format", "chart"),
                      ("receivable", "match", "--explain", "--dry-run"), ("config", "list", "--show-origin"), ("check",), ("doctor",), ("import", "list")):
            self.read(*words)
            self.read(*words, "--format", "md", "--headers", "zh")
        for command in (c for c in lists if "--output FILE" in self.ok(*c, "--help")):
            out = self.dir / "out.xlsx"
            code, text = self.read(*command, *needed.get(command, ()), "--output", out)
            self.assertIn(code, (0, 1), text)
            with zipfile.ZipFile(out) as z:
                sheets = re.findall(r'<sheet name="([^"]*)"', z.read("xl/workbook.xml").decode())
                words = re.findall(r"<t[^>]*>([^<]*)</t>", z.read("xl/sharedStrings.xml").decode()) if "xl/sharedStrings.xml" in z.namelist() else []
            self.look(" ".join(command) + " as xlsx", "\n".join(sheets + words), {w.lower() for w in self.headers} if command[-1] == "fields" else ())
        self.clean()
        self.assertIn("客户", self.ok("client", "list", "--headers", "zh", "--format", "csv"))


if __name__ == "__main__":
    unittest.main()
