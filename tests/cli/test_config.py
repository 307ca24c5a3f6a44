"""Settings, aliases, plugins, the pager."""
import ctypes, os, pathlib, sys, unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.book import Book


class Config(Book):
    def setUp(self):
        super().setUp()
        self.own = self.dir / ".config" / "agency" / "config.toml"

    def write(self, text):
        self.own.parent.mkdir(parents=True, exist_ok=True)
        self.own.write_text(text)

    def test_a_file_of_settings_is_read_once(self):
        self.write('lang = "en"\n[alias]\nmine = "client list"\n')
        libc = ctypes.CDLL(None)
        watch = libc.inotify_init()
        libc.inotify_add_watch(watch, bytes(self.own), 0x30)   # IN_OPEN, IN_CLOSE_NOWRITE
        for words in (("client", "list"), ("mine",)):
            self.ok(*words)
            self.assertEqual(len(os.read(watch, 65536)) // 16, 2, words)
        os.close(watch)

    def test_set_keeps_comments_and_all_else(self):
        self.ok("config", "set", "lang", "en")
        self.assertEqual(self.own.read_text(), 'lang = "en"\n')
        self.write('# 我的设置\nlang = "en" # 语言\n\n[receivable] # r\n# 桶\nbuckets = "1,2" # 天\n\n[alias]\nlate = "contract list"\n')
        for key, value in (("receivable.buckets", "5,6"), ("receivable.credits", "net-oldest"), ("color", "never"), ("alias.two", "client list"), ("lang", "zh_CN")):
            self.ok("config", "set", key, value)
            self.assertEqual(self.ok("config", "get", key), value + "\n")
        self.assertEqual(self.own.read_text(), '# 我的设置\nlang = "zh_CN" # 语言\ncolor = "never"\n\n[receivable] # r\n# 桶\nbuckets = "5,6" # 天\ncredits = "net-oldest"\n\n[alias]\nlate = "contract list"\ntwo = "client list"\n')
        self.ok("config", "unset", "receivable.buckets")
        self.assertNotIn("buckets", self.own.read_text())
        self.assertIn("false", self.ok("config", "unset", "receivable.buckets"))
        self.ok("config", "set", "lang", "en")
        self.assertIn("unchanged", self.ok("config", "set", "lang", "en"))

    def test_a_value_with_quotes_and_a_table_that_is_not_there(self):
        self.write('lang = "en"')
        self.ok("config", "set", "alias.big", "contract list --where 'title ~ \"x\"'")
        self.assertEqual(self.ok("config", "get", "alias.big"), "contract list --where 'title ~ \"x\"'\n")
        self.assertTrue(self.own.read_text().startswith('lang = "en"\n\n[alias]\n'))

    def test_what_cannot_be_right_is_not_written(self):
        self.write('lang = "en"\n')
        for key, value, said in (("colr", "x", "did you mean color?"), ("color", "nver", "did you mean never?"), ("zone", "8", "zone"), ("receivable.buckets", "9,3", ""), ("alias.x", "nope list", "does not begin with a command"), ("alias.contract", "client list", "comes first")):
            self.assertIn(said, self.fails(2, "config", "set", key, value))
        self.fails(2, "config", "set", "editor", "vi", "--file", "agency.toml")
        self.ok("config", "set", "color", "never", "--dry-run")
        self.assertEqual(self.own.read_text(), 'lang = "en"\n')
        for by_hand in ('alias = { a = "client list", b = "contract list" }\n', 'receivable.buckets = "1,2"\n'):
            self.write(by_hand)
            self.assertIn("by hand", self.fails(2, "config", "unset", "alias.a") if "alias" in by_hand else self.fails(2, "config", "set", "receivable.credits", "own"))
            self.assertEqual(self.own.read_text(), by_hand)
        self.write("lang = \n")
        self.assertIn("config.toml:1:", self.fails(2, "config", "set", "color", "never"))

    def test_true_and_false_are_words_of_switches(self):
        self.file("agency.toml", "[intake]\nrequired = true\nlegal_veto = false\n")
        self.assertEqual([self.ok("config", "get", k) for k in ("intake.required", "intake.legal_veto")], ["on\n", "no\n"])
        self.file("agency.toml", "[intake]\nrequired = 3\n")
        self.assertIn("hint: one of: off", self.fails(2, "config", "get", "intake.required"))

    def test_check_finds_all(self):
        self.assertEqual(self.ok("config", "check", "--format", "csv"), "key,finding,hint\n")
        self.write('colr = "x"\nlang = 3\ncolor = "nver"\nzone = "8"\n[alias]\ncontract = "client list"\nnope = "foo bar"\nquote = "contract \'list"\n')
        self.file("agency.toml", 'editor = "vi"\n[alias]\nx = "client list"\n')
        r = self.run_("config", "check", "--format", "csv")
        self.assertEqual(r.returncode, 1)
        out = r.stdout.decode()
        for found in ("config.toml:1:1", "did you mean color?", "lang is a text", "did you mean never?", "not a fixed offset", "comes first", "does not begin", "does not end", "editor does not count", "alias.x does not count"):
            self.assertIn(found, out)
        self.write("[[[\n")
        r = self.run_("config", "check")
        self.assertEqual((r.returncode, b"config.toml:1:" in r.stdout), (1, True))

    def test_aliases_are_the_users_own_and_shadow_nothing(self):
        self.start()
        self.write('[alias]\nbig = "contract list --where \'amount > 10\' --columns number"\ncontract = "client list"\nloop = "loop"\n')
        self.assertEqual(self.ok("big", "--format", "csv"), "number\nC1\nC2\n")
        self.assertEqual(self.ok("--format", "csv", "big"), "number\nC1\nC2\n")
        self.assertIn("Usage: agency contract list", self.ok("big", "--help"))
        self.assertIn("contract", self.ok("contract", "--help"))
        self.assertIn("does not begin with a command", self.fails(2, "loop"))
        self.own.unlink()
        self.file("agency.toml", '[alias]\nbig = "contract list"\n')
        self.fails(2, "big")

    def test_the_language_of_the_settings_is_that_of_help_and_of_wrong_usage_too(self):
        self.ok("config", "set", "lang", "zh_CN")
        for words in ((), ("contract", "--help"), ("contract", "list", "--help")):
            self.assertRegex(self.ok(*words), "[一-龥]{2}")
            if words:
                self.assertNotRegex(self.ok(*words, "--lang", "en"), "[一-龥]", words)
        for words in (("contract", "lst"), ("nope",), ("contract", "list", "--limt", "3"), ("contract", "show"), ("contract", "list", "--format", "jsn")):
            self.assertRegex(self.fails(2, *words), "[一-龥]{2}", words)
            self.assertNotRegex(self.fails(2, *words, "--lang", "en"), "[一-龥]", words)
        self.write('lang = "zh_CN"\n[broken\n')          # what is wrong in the file is told in some language
        self.assertIn("config.toml:2", self.fails(2, "client", "list"))

    def test_aliases_and_plugins_are_meant_by_a_typo_and_completed(self):
        self.ok("config", "set", "alias.late", "contract list")
        self.file("agency-foo", "#!/bin/sh\n").chmod(0o755)
        self.env["PATH"] = f"{self.dir}:{self.env['PATH']}"
        self.assertIn("did you mean: agency late?", self.fails(2, "lat"))
        self.assertIn("did you mean: agency foo?", self.fails(2, "fo"))
        self.assertEqual(self.ok("__complete", "--", "la"), "late\n")
        self.assertEqual(self.ok("__complete", "--described", "--", "la"), "late\tcontract list\n")
        self.assertEqual(self.ok("__complete", "--", "fo"), "foo\n")

    def test_plugins(self):
        plugin = self.file("agency-hello", "#!/bin/sh\necho \"hello $*\"\nexit 7\n")
        plugin.chmod(0o755)
        self.env["PATH"] = f"{self.dir}:{self.env['PATH']}"
        r = self.run_("hello", "a b", "--help")
        self.assertEqual((r.returncode, r.stdout), (7, b"hello a b --help\n"))
        self.file("agency-contract", "#!/bin/sh\necho no\n").chmod(0o755)
        self.assertIn("Usage", self.ok("contract", "list", "--help"))
        self.fails(2, "../hello")

    def test_the_pager_comes_only_when_the_screen_is_too_small(self):
        rows = "".join(f"K{i:03},name {i}\n" for i in range(90))
        self.ok("client", "import", self.file("c.csv", "code,name\n" + rows))
        self.env["PAGER"] = "sed s/^/PAGED/"
        self.assertEqual(self.on_terminal(80, "client", "list").count("PAGED"), 94)
        self.assertNotIn("PAGED", self.on_terminal(80, "client", "list", "--limit", "20"))
        self.assertNotIn("PAGED", self.on_terminal(80, "client", "list", "--no-pager"))
        self.assertNotIn("PAGED", self.on_terminal(80, "client", "list", TERM="dumb"))
        self.assertNotIn("PAGED", self.ok("client", "list"))
        self.assertEqual(self.on_terminal(80, "client", "list", PAGER="head -2").count("\n"), 2)
        self.file("less", "#!/bin/sh\necho LESS\n").chmod(0o755)
        self.assertNotIn("LESS", self.on_terminal(80, "client", "list", PAGER="", PATH=f"{self.dir}:{self.env['PATH']}"))   # an empty one is none
        self.assertEqual(self.on_terminal(80, "client", "list", PAGER="no-such-pager").count("name "), 90)
        self.ok("config", "set", "pager", "sed s/^/OWN/")
        self.assertIn("OWN", self.on_terminal(80, "client", "list"))


if __name__ == "__main__":
    unittest.main()
