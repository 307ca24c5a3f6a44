"""Completion in live shells: what a person sees and gets who types and presses Tab."""
import fcntl, os, pathlib, pty, re, select, shutil, struct, subprocess, termios, unittest

from support.book import BINARY, SOURCE, Book

ODD = "K 9'x"   # blanks and quotes


class Typed:
    """A shell on a terminal of its own. After the line and a Tab a key prints what stands in the line then."""

    def __init__(self, test, start, words):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 60, 400, 0, 0))
        env = {**test.env, "TERM": "xterm", "PATH": f"{pathlib.Path(BINARY).parent}:{os.environ['PATH']}", "SHELL": words[0], "INPUTRC": "/dev/null"}
        self.process = subprocess.Popen(words, cwd=test.dir, env=env, stdin=slave, stdout=slave, stderr=slave, start_new_session=True)
        os.close(slave)
        os.write(self.master, start.encode() + b"\n")
        self.until(b"is ready> ")

    def until(self, mark):
        out = b""
        while mark not in out:
            if not select.select([self.master], [], [], 60)[0]:
                raise AssertionError(f"{mark!r} did not come: {out!r}")
            out += os.read(self.master, 65536)
        return out

    def press_tab(self, line, tabs=1):
        """(what was listed, the line afterwards); bash lists at the second or third Tab."""
        os.write(self.master, line.encode() + b"\t" * tabs + b"\x14")
        seen = self.until(b">>END").decode(errors="replace")
        return seen.partition("<<LINE ")[0], re.search(r"<<LINE (.*)>>END", seen).group(1).rstrip()

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.master)


class Completion(Book):
    now = "2026-10-31T09:00Z"

    def setUp(self):
        super().setUp()
        self.ok("client", "import", SOURCE / "examples" / "clients.csv")
        self.ok("client", "add", "--code", ODD, "--name", "odd")
        self.ok("client", "add", "--code", 'Q$ "u', "--name", "quoted")
        (self.dir / "only-one.csv").touch()
        self.ok("client", "add", "--code", "st*r", "--name", "pattern")
        self.ok("client", "add", "--code", ":file", "--name", "a sign to the shells")
        (self.dir / "stXXr").touch()   # what the shell would make of it
        build = pathlib.Path(BINARY).parent
        self.share = self.dir / "usr" / "share"
        r = subprocess.run(["cmake", "--install", build, "--component", "completions", "--prefix", self.dir / "usr"], capture_output=True, text=True)
        self.assertEqual(r.returncode, 0, r.stderr)

    def shell(self, name):
        if not shutil.which(name):
            raise unittest.SkipTest(f"skipped: no {name}")
        if name == "zsh":
            start = (f"PS1='is rea''dy> '; fpath=({self.share}/zsh/vendor-completions $fpath); autoload -U compinit; compinit -u -D; "
                     "probe() { zle -I; print -r -- \"<<\"LINE \"$BUFFER>>END\"; BUFFER=; zle redisplay }; zle -N probe; bindkey '^T' probe; LISTMAX=0")
            typed = Typed(self, start, ["zsh", "-f"])
        else:
            start = (f"PS1='is rea''dy> '; source {self.share}/bash-completion/completions/agency; bind 'set bell-style none'; bind 'set completion-query-items 0'; "
                     "bind 'set page-completions off'; bind 'set enable-bracketed-paste off'; "
                     "probe() { echo \"<<\"LINE \"$READLINE_LINE>>END\"; READLINE_LINE=; }; bind -x '\"\\C-t\": probe'")
            typed = Typed(self, start, ["bash", "--norc", "--noprofile"])
        self.addCleanup(typed.close)
        return typed

    def check(self, press):
        """`press(line)` answers what was listed and what the line is afterwards."""
        for line, wanted in (("agency contr", "agency contract"), ("agency client sh", "agency client show"),
                             ("agency client list --colu", "agency client list --columns"), ("agency --forma", "agency --format"),
                             ("agency receivable aging --by cl", "agency receivable aging --by client"), ("agency receivable aging --by=cl", "agency receivable aging --by=client"),
                             ("agency client list -f jsonl --columns na", "agency client list -f jsonl --columns name"),
                             ("agency client list --columns code,na", "agency client list --columns code,name"),
                             ("agency op list --sort -recorded", "agency op list --sort -recorded_at"),
                             ("agency client show KH001", "agency client show KH001"), (f"agency client show 'K 9", "agency client show " + "'K 9'\\''x'"), ("agency client show 'Q$", "agency client show 'Q$ \"u'"),
                             ("agency client add --parent KH00", None), ("agency config get receivable.bu", "agency config get receivable.buckets"),
                             ("agency client import only", "agency client import only-one.csv"), ("agency client list --output=only", "agency client list --output=only-one.csv"),
                             ("agency nonsense li", "agency nonsense li"), ("agency client show NOPE", "agency client show NOPE")):
            seen, after = press(line)
            if wanted is not None:
                self.assertEqual(after, wanted, (line, seen))
        for line, listed in (("agency co", ("contract", "config", "completion")), ("agency client show KH00", ("KH001", "KH008")),
                             ("agency client list --format js", ("json", "jsonl")), ("agency contract list --c", ("--columns", "--color"))):
            seen, after = press(line, 3)
            for word in listed:
                self.assertIn(word, seen, line)

    def test_bash(self):
        typed = self.shell("bash")
        self.check(typed.press_tab)
        self.assertEqual(typed.press_tab('agency client show "Q')[1], 'agency client show "Q\\$ \\"u"')
        self.assertEqual(typed.press_tab('agency client show Q')[1], 'agency client show Q\\$\\ \\"u')
        self.assertEqual(typed.press_tab("agency client show st")[1], "agency client show st\\*r")
        self.assertEqual(typed.press_tab("agency client show :fi")[1], "agency client show :fi")
        os.write(typed.master, b"set -u; echo is rea''dy\n")
        typed.until(b"is ready> ")
        self.assertNotIn("unbound", typed.press_tab("agency client show NOPE")[0])

    def test_zsh(self):
        typed = self.shell("zsh")
        self.check(typed.press_tab)
        self.assertRegex(typed.press_tab("agency co")[0], r"config +-- Settings and where they come from")

    def test_fish(self):
        if not shutil.which("fish"):
            raise unittest.SkipTest("skipped: no fish")
        env = {**self.env, "PATH": f"{pathlib.Path(BINARY).parent}:{os.environ['PATH']}", "XDG_DATA_DIRS": str(self.share)}
        folder = self.share / "fish" / "vendor_completions.d"

        def answers(line):
            r = subprocess.run(["fish", "--no-config", "-c", f"set -p fish_complete_path {folder}; complete -C $argv[1]", line], cwd=self.dir, env=env, capture_output=True, text=True)
            self.assertEqual(r.stderr, "", line)
            return dict((l + "\t").split("\t")[:2] for l in r.stdout.splitlines())

        def press(line, tabs=1):
            """fish would put the only answer in the place of the last word."""
            found = answers(line)
            before, word = re.fullmatch(r"(.*? ?)('[^']*|[^ ']*)", line).groups()
            if len(found) == 1 and word:
                one = next(iter(found))
                return one, before + ("'" + one.replace("'", "'\\''") + "'" if word.startswith("'") else one)
            return "\n".join(found), line

        self.check(press)
        self.assertEqual(answers("agency con"), {"contract": "Contracts and their ledger", "contact": "Persons at clients, with their consent", "config": "Settings and where they come from"})
        self.assertEqual(answers("agency client show K\\ "), {ODD: ""})

    def test_what_each_answer_means(self):
        lines = dict((l + "\t").split("\t")[:2] for l in self.ok("__complete", "--described", "--", "client", "").splitlines())
        self.assertEqual(lines["show"], "One client with its branches and contacts")
        self.assertEqual(self.ok("__complete", "--", "client", "sho"), "show\n")
        self.assertEqual(self.ok("__complete", "--", "config", "set", "org.people", ""), "employees\nany\n")   # what a setting may be
        self.assertEqual(self.ok("__complete", "--", "config", "set", "intake.legal_veto", "n"), "no\n")
        self.assertIn("\t客户编号", self.run_("__complete", "--described", "--", "client", "list", "--columns", "cod", LANGUAGE="zh_CN").stdout.decode())

    def test_never_felt(self):
        for words, more in ((("client", "show", ""), {"AGENCY_DB": "/nonexistent"}), (("client", "show", ""), {"AGENCY_NOW": "noon"}), (("nonsense", ""), {}), (("--db",), {}), ((), {})):
            r = self.run_("__complete", "--", *words, **more)
            self.assertEqual((r.returncode, r.stderr), (0, b""), words)
        self.file("agency.toml", "[\n")
        r = self.run_("__complete", "--", "client", "show", "")
        self.assertEqual((r.returncode, r.stdout, r.stderr), (0, b"", b""))

    def test_at_most_200_and_nothing_that_would_drive_the_terminal(self):
        self.ok("client", "import", self.file("many.csv", "code,name\n" + "".join(f"M{n:04},m{n}\n" for n in range(300))))
        self.assertEqual(len(self.ok("__complete", "--", "client", "show", "M").splitlines()), 200)
        self.ok("client", "add", "--code", "E\x1b[31m", "--name", "x")
        self.ok("client", "add", "--code", "E2", "--name", "x")
        self.assertEqual(self.ok("__complete", "--", "client", "show", "E"), "E2\n")


if __name__ == "__main__":
    unittest.main()
