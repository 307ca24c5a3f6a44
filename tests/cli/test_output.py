"""The formats that other programs open: html in a browser; read by those programs, not by ours."""
import datetime, html.parser, os, pathlib, shutil, subprocess, unittest

from support.book import SOURCE, Book

EXAMPLES = SOURCE / "examples"


def need(program):
    if not shutil.which(program):
        raise unittest.SkipTest(f"skipped: no {program}")


class Examples(Book):
    now = "2026-10-31T09:00Z"

    def setUp(self):
        super().setUp()
        for noun in ("client", "contract", "invoice", "receipt", "allocation"):
            self.ok(noun, "import", EXAMPLES / f"{noun}s.csv")


class Tables(html.parser.HTMLParser):
    """The tables of a page as lists of rows of (class, text); what else it holds by tag."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.cell, self.said, self.open, self.lang, self.fetched = [], None, {}, [], None, []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        self.fetched += [v for k, v in attributes if k in ("src", "href")]
        if tag == "html":
            self.lang = a.get("lang")
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append((a.get("class", ""), ""))
            self.cell = True
        elif tag == "br" and self.cell:
            self.handle_data("\n")
        if tag not in ("br", "meta", "link", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.cell = None
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, text):
        if self.cell:
            name, so_far = self.tables[-1][-1][-1]
            self.tables[-1][-1][-1] = (name, so_far + text)
        elif self.open:
            self.said[self.open[-1]] = self.said.get(self.open[-1], "") + text


def texts(table):
    return [[text for _, text in row] for row in table]


class Html(Examples):
    def opened(self, page):
        """The page as a browser has it after reading it."""
        need("chromium")
        r = subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--user-data-dir={self.dir}/chromium", "--dump-dom", f"file://{page}"],
                           capture_output=True, env={**self.env, "XDG_CONFIG_HOME": str(self.dir), "XDG_CACHE_HOME": str(self.dir)}, timeout=120)
        self.assertEqual(r.returncode, 0, r.stderr.decode(errors="replace"))
        return Tables(r.stdout.decode())

    def test_a_browser_reads_the_figures_of_a_report(self):
        self.ok("receivable", "aging", "--format", "html", "--output", "aging.html")
        page = self.opened(self.dir / "aging.html")
        self.assertEqual(page.lang, "en")
        self.assertEqual(page.fetched, [])
        self.assertEqual(page.said["p"].split()[:4], ["as_of", "2026-10-31", "by", "client"])
        table, = page.tables
        report = self.json("receivable", "aging")
        self.assertEqual(len(table), 1 + len(report["rows"]) + len(report["totals"]))
        at = texts(table)[0].index("Total")
        for row, ours in zip(table[1:], report["rows"] + report["totals"]):
            self.assertEqual(row[at][1].replace(",", ""), ours["total"])
            self.assertIn("n", row[at][0].split())
        self.assertIn(("n minus", "-1,200.00"), table[2])

    def test_a_browser_shows_hostile_text_as_text(self):
        name = "<script>document.title='x'</script>&amp;\"'><img src=x onerror=document.title='y'>"
        self.ok("client", "add", "--code", "BAD", "--name", name)
        self.ok("client", "list", "--where", "code = BAD", "--output", "bad.html")
        page = self.opened(self.dir / "bad.html")
        self.assertEqual(texts(page.tables[0])[1][:2], ["BAD", name])
        self.assertEqual((page.said["title"], page.fetched), (page.said["h1"], []))
        self.assertNotIn("script", page.said)

    def test_a_record_has_its_details_below(self):
        page = Tables(self.ok("contract", "show", "HT-2026-0002", "--format", "html"))
        self.assertEqual(page.said["h1"], "contract HT-2026-0002")
        pairs, invoices, receipts = map(texts, page.tables)
        self.assertIn(["Outstanding", "58,800.00"], pairs)
        whole = self.json("contract", "show", "HT-2026-0002")["contract"]
        self.assertEqual([r[0] for r in invoices[1:]], [i["number"] for i in whole["invoices"]])
        self.assertEqual(len(receipts) - 1, len(whole["receipts"]))

    def test_it_speaks_the_language_of_the_session(self):
        page = Tables(self.ok("client", "list", "--format", "html", "--lang", "zh_CN"))
        self.assertEqual((page.lang, page.tables[0][0][0][1]), ("zh-CN", "客户编号"))
        self.assertEqual(Tables(self.ok("client", "list", "--format", "html", "--headers", "key")).tables[0][0][0][1], "code")
        contracts = Tables(self.ok("contract", "show", "HT-2026-0002", "--format", "html", "--lang", "zh_CN"))
        self.assertEqual(contracts.said["h1"], "合同 HT-2026-0002")

    def test_control_characters_are_shown_and_lines_kept(self):
        self.ok("client", "add", "--code", "ESC", "--name", "a\033[31mb\u202ec")
        page = self.ok("client", "show", "ESC", "--format", "html")
        self.assertNotIn("\033", page)
        self.assertIn("a\\x1b[31mb\\u202ec", page)

    def test_the_name_of_the_file_says_the_format(self):
        for name, begin in (("a.csv", "code,"), ("a.TSV", "code\t"), ("a.json", '{"clients":'), ("a.ndjson", '{"code":'), ("a.md", "| code |"), ("a.htm", "<!DOCTYPE html>"), ("a.txt", "Code "), ("csv", "Code "), ("a.csv/", None)):
            if begin is None:
                self.fails(8, "client", "list", "--output", name)
                continue
            self.ok("client", "list", "--output", name)
            self.assertTrue((self.dir / name).read_text().startswith(begin), name)
        self.ok("client", "list", "--output", "b.csv", "--format", "table")
        self.assertTrue((self.dir / "b.csv").read_text().startswith("Code "))
        self.ok("client", "export", "--output", "c.jsonl")
        self.assertTrue((self.dir / "c.jsonl").read_text().startswith('{"code":'))
        self.assertTrue(self.fails(3, "client", "show", "nobody", "--output", "d.json").startswith('{"error":'))


if __name__ == "__main__":
    unittest.main()
