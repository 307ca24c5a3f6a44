"""With LANGUAGE=zh_CN, on a machine without a Chinese locale, what a person reads is Chinese: any English word that is no name is found."""
import json, os, pathlib, re, subprocess, unittest

from support.book import BINARY, SOURCE, Book

# Names that no table of the program holds: of programs, formats, standards and encodings.
NAMES = {"agency", "hint", "utf-8", "gb18030", "utf-16", "utf", "bom", "crlf", "toml", "csv", "tsv", "jsonl", "json", "xlsx", "html", "sqlite", "bash", "zsh", "fish", "iso", "utc", "uscc", "gb", "mib", "wal", "id",
         "nfc", "stdin", "git", "excel", "libxlsxwriter", "chmod", "cny", "usd", "jpy", "true", "false"}
WORD = re.compile(r"[A-Za-z][A-Za-z']+")
# What is a name by its form: options, paths and files, rule codes, variables, placeholders in capitals, quoted values, keys with _ or a dot.
FORMS = re.compile(r"""--?[a-zA-Z][\w-]*(=\S*)?|\S*/\S*|\b[\w-]+\.(csv|tsv|jsonl|json|toml|xlsx|html|db|txt|bad|lock)\b[\d:]*|\b[A-Z][A-Z_]*[A-Z]\b|\b[A-Z]+-\w+|\b[A-Z]\b|"[^"]*"|'[^']*'|`[^`]*`|\b\w*_\w*|\b\w+\.\w+\b|\{\w+\}|\b[A-Za-z]*\d\w*""")


class Chinese(Book):
    def setUp(self):
        super().setUp()
        self.env.update(LANGUAGE="zh_CN", LANG="C.UTF-8")
        del self.env["LC_ALL"]
        self.names = set(NAMES)
        self.found = {}

    def read(self, *words, stdin=None, data=(), **more):
        """Runs the command and looks at both streams; `data` are the words of records in it. Answers them."""
        r = self.run_(*words, stdin=stdin, **more)
        text = (r.stdout + r.stderr).decode().replace(str(self.dir), "/")
        self.look(" ".join(map(str, words)), text, {w.lower() for given in (*map(str, words), *data) for w in WORD.findall(given)})
        return r.returncode, text

    def look(self, where, text, given=()):
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
                    self.names |= {w.lower() for key in ("key", "words", "type", "values") for w in WORD.findall(str(field.get(key, "")))}
        self.names |= {w.lower() for s in self.json("config", "list")["settings"] for w in WORD.findall(s["key"])}

    def clean(self):
        self.assertEqual(self.found, {}, "\n" + "\n".join(f"agency {where}: {word}: {line}" for where, words in self.found.items() for word, line in words))

    def test_help(self):
        self.learn()
        self.read()
        for noun in self.nouns:
            self.read("help", noun)
        for command in self.commands:
            self.read(*command, "--help")
            self.read(*command, "-h")
        self.clean()


if __name__ == "__main__":
    unittest.main()
