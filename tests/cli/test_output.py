"""The formats that other programs open: html in a browser, xlsx in an office; read by those programs, not by ours."""
import csv, datetime, html.parser, io, os, pathlib, pty, re, shutil, subprocess, unicodedata, unittest, zipfile
import xml.etree.ElementTree as xml

from support.book import BINARY, SOURCE, Book

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

    def in_an_office(self, name, *how):
        """The first sheet as LibreOffice shows it, in rows."""
        need("soffice")
        r = subprocess.run(["soffice", "--headless", *how, f"-env:UserInstallation=file://{self.dir}/office", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir", f"{self.dir}/converted", str(self.dir / name)],
                           capture_output=True, env=self.env, timeout=120)
        out = self.dir / "converted" / (pathlib.Path(name).stem + ".csv")
        self.assertTrue(out.exists(), (r.stdout + r.stderr).decode(errors="replace"))
        return list(csv.reader(io.StringIO(out.read_text(encoding="utf-8"), newline="")))


class Calendars(Book):
    """A calendar keeps an event by its UID and forgets the one that had it before."""
    now = "2026-11-02T09:00Z"

    def events(self, *words):
        """(UID, first day, day after the last) of each."""
        text = self.ok(*words, "--format", "ics").replace("\r\n ", "")
        return list(zip(*(re.findall(f"{key}:(.*)\r\n", text) for key in ("UID", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE"))))

    def test_tasks_of_two_projects_are_told_apart_and_last_their_days(self):
        self.ok("client", "add", "--code", "K1", "--name", "甲公司")
        for p in ("P1", "P2"):
            self.ok("project", "add", "--code", p, "--name", p, "--client", "K1", "--starts-on", "2026-11-02")
            self.ok("project", "plan-import", p, self.file("plan.csv", "wbs,name,duration,after\n1,first,3,\n2,second,1,1\n"))
        self.assertEqual(self.events("project", "schedule", "P1"), [("P1/1@project.schedule.agency", "20261102", "20261105"), ("P1/2@project.schedule.agency", "20261105", "20261106")])
        uids = [e[0] for p in ("P1", "P2") for e in self.events("project", "schedule", p)]
        self.assertEqual(len(set(uids)), 4)

    def test_rows_of_one_key_are_told_apart(self):
        self.ok("client", "add", "--code", "K1", "--name", "a")
        self.ok("contract", "add", "--number", "C1", "--client", "K1", "--title", "t", "--amount", "9")
        for day in ("2026-12-01", "2026-12-05"):
            self.ok("contract", "edit", "C1", "--set", f"title=of {day}", "--set", f"ends_on={day}", "--effective", day)
        last = self.json("op", "list", "--limit", "1")["operations"][0]["operation"]
        self.ok("undo", last - 1, last)
        uids = [e[0] for e in self.events("op", "diff", last + 1)]
        self.assertEqual(len(uids), len(set(uids)))
        self.assertGreater(len(uids), 1)


class Drawings(Book):
    now = "2026-11-02T09:00Z"

    def test_departments_and_groups_of_clients_are_trees(self):
        self.ok("client", "add", "--code", "K1", "--name", "Group")
        self.ok("client", "add", "--code", "K2", "--name", "Branch", "--parent", "K1")
        self.assertEqual(self.ok("client", "list", "--format", "tree"), "K1  Group\n└─ K2  Branch\n")
        self.assertIn('"K1" -> "K2";', self.ok("client", "list", "--format", "dot"))
        self.ok("department", "add", "--code", "PD2", "--name", "二部", "--parent", "PD")
        self.assertIn("└─ PD2  二部\n", self.ok("department", "list", "--format", "tree"))

    def test_what_cannot_be_drawn_is_wrong_usage(self):
        for noun, formats in (("invoice", ("tree", "dot", "gantt", "svg")), ("contract", ("tree", "dot")), ("client", ("gantt", "ics"))):
            for kind in formats:
                self.assertIn(("tree and dot" if kind in ("tree", "dot") else kind) + " take", self.fails(2, noun, "list", "--format", kind, "--output", "f"))
        self.assertFalse((self.dir / "f").exists())
        self.assertEqual(self.ok("contract", "list", "--format", "gantt"), "There are no days to draw.\n")   # it could

    def test_a_name_in_angle_brackets_does_not_vanish(self):
        self.ok("client", "add", "--code", "K1", "--name", "a <x> | b")
        self.assertIn("| a \\<x> \\| b |", self.ok("client", "list", "--format", "md"))


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

    def test_totals_of_other_columns_are_a_table_of_their_own(self):
        report = self.json("receivable", "aging", "--by", "invoice")
        self.assertNotEqual(list(report["rows"][0]), list(report["totals"][0]))
        page = Tables(self.ok("receivable", "aging", "--by", "invoice", "--format", "html", "--headers", "key"))
        self.assertEqual([texts(t)[0] for t in page.tables], [list(report[k][0]) for k in ("rows", "totals")])
        text = self.ok("receivable", "aging", "--by", "invoice", "--format", "md")
        self.assertIn("\n\n| " + " | ".join(report["totals"][0]) + " |\n", text)
        self.ok("receivable", "aging", "--by", "invoice", "--output", "aging.xlsx", "--headers", "key")
        totals = Sheets(self.dir / "aging.xlsx").cells["totals"]
        self.assertEqual([totals[f"{c}1"][1] for c, _ in zip("ABCDEFGHIJKL", report["totals"][0])], list(report["totals"][0]))
        as_many = ("receivable", "aging", "--by", "invoice", "--buckets", "30,60,90,180,365,400,500")
        report = self.json(*as_many)
        self.assertEqual(len(report["rows"][0]), len(report["totals"][0]))
        self.assertEqual(len(Tables(self.ok(*as_many, "--format", "html")).tables), 2)
        self.ok(*as_many, "--columns", "invoice,open")

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


MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Sheets:
    """The cells of a workbook by sheet and address: (kind, value, number format, bold), as the file itself says."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as z:
            part = lambda name: xml.fromstring(z.read(name))
            shared = ["".join(t.text or "" for t in si.iter(MAIN + "t")) for si in part("xl/sharedStrings.xml")] if "xl/sharedStrings.xml" in z.namelist() else []
            styles = part("xl/styles.xml")
            own = {f.get("numFmtId"): f.get("formatCode") for f in styles.iter(MAIN + "numFmt")}
            bold = [f.find(MAIN + "b") is not None for f in styles.find(MAIN + "fonts")]
            looks = [(own.get(x.get("numFmtId"), x.get("numFmtId")), bold[int(x.get("fontId"))]) for x in styles.find(MAIN + "cellXfs")]
            self.cells, self.xml = {}, {}
            for i, s in enumerate(part("xl/workbook.xml").find(MAIN + "sheets"), 1):
                sheet = self.xml[s.get("name")] = part(f"xl/worksheets/sheet{i}.xml")
                self.cells[s.get("name")] = {}
                for c in sheet.iter(MAIN + "c"):
                    value = "".join(t.text or "" for t in c.iter(MAIN + "t")) if c.get("t") == "inlineStr" else getattr(c.find(MAIN + "v"), "text", None)
                    kind = c.get("t", "n")
                    if kind == "s":
                        kind, value = "text", shared[int(value)]
                    self.cells[s.get("name")][c.get("r")] = ("text" if kind == "inlineStr" else kind, value, *looks[int(c.get("s", 0))])
                    assert c.find(MAIN + "f") is None, "a formula"


class Xlsx(Examples):
    def sheets(self, *words):
        self.ok(*words, "--output", "book.xlsx")
        return Sheets(self.dir / "book.xlsx")

    def test_an_office_shows_our_figures(self):
        self.ok("invoice", "list", "--output", "invoices.xlsx", "--headers", "key")
        ours = self.json("invoice", "list")["invoices"]
        rows = self.in_an_office("invoices.xlsx")
        self.assertEqual(rows[0], list(ours[0]))
        self.assertEqual(len(rows) - 1, len(ours))
        for row, record in zip(rows[1:], ours):
            shown = dict(zip(rows[0], row))
            for key in ("number", "issued_on", "due_on", "currency"):
                self.assertEqual(shown[key], record[key] or "")
            self.assertEqual(shown["amount"].replace(",", ""), record["amount"])

    def test_numbers_are_numbers_and_days_are_days(self):
        book = self.sheets("invoice", "list", "--headers", "key", "--columns", "number,issued_on,amount,tax_rate,currency", "--sort", "number")
        ours = self.json("invoice", "list", "--sort", "number")["invoices"]
        cells = book.cells["invoices"]
        self.assertEqual([cells[f"{c}1"][1:] for c in "ABC"], [(h, "0", True) for h in ("number", "issued_on", "amount")])
        digits = {"JPY": "#,##0", "CNY": "#,##0.00", "USD": "#,##0.00"}
        seen = set()
        for n, record in enumerate(ours, 2):
            self.assertEqual(cells[f"A{n}"][:2], ("text", record["number"]))
            day = datetime.date.fromisoformat(record["issued_on"]) - datetime.date(1899, 12, 30)
            self.assertEqual(cells[f"B{n}"], ("n", str(day.days), "yyyy-mm-dd", False))
            kind, value, shown, _ = cells[f"C{n}"]
            self.assertEqual((kind, float(value)), ("n", float(record["amount"])))
            self.assertIn(shown, (digits[record["currency"]], {"#,##0": "3", "#,##0.00": "4"}[digits[record["currency"]]]))
            seen.add(record["currency"])
        self.assertEqual(seen, set(digits))

    def test_header_filter_totals_and_parts(self):
        book = self.sheets("receivable", "aging", "--headers", "key")
        report = self.json("receivable", "aging")
        self.assertEqual(list(book.cells), ["receivable.aging", "about"])
        sheet, rows = book.xml["receivable.aging"], len(report["rows"])
        pane = next(sheet.iter(MAIN + "pane"))
        self.assertEqual((pane.get("state"), pane.get("ySplit")), ("frozen", "1"))
        self.assertRegex(next(sheet.iter(MAIN + "autoFilter")).get("ref"), f"^A1:[A-Z]+{rows + 1}$")
        cells = book.cells["receivable.aging"]
        at = "ABCDEFGHIJKLMNOP"[list(report["rows"][0]).index("total")]
        for n, total in enumerate(report["totals"], rows + 2):
            self.assertEqual((float(cells[f"{at}{n}"][1]), cells[f"{at}{n}"][3]), (float(total["total"]), True))
        self.assertIn(("text", "2026-10-31", "0", False), book.cells["about"].values())
        book = self.sheets("contract", "show", "HT-2026-0002")
        self.assertEqual(list(book.cells), ["contract", "invoices", "receipts"])
        self.assertEqual(book.cells["contract"]["B1"][1], "HT-2026-0002")
        self.assertEqual(list(self.sheets("contract", "show", "HT-2026-0002", "--lang", "zh_CN").cells), ["合同", "发票", "回款"])

    def test_text_is_text_and_what_a_number_cannot_hold_is_text(self):
        for code, name in (("F1", '=HYPERLINK("http://x","y")'), ("F2", "_x0041_ a\033b"), ("F3", "00123"), ("F4", "-1 <&>")):
            self.ok("client", "add", "--code", code, "--name", name)
        for code, limit in (("N1", "90071992547409.92"), ("N2", "90071992547409.93"), ("N3", "92233720368547758.07")):
            self.ok("client", "add", "--code", code, "--name", code, "--credit-limit", limit)
        book = self.sheets("client", "list", "--columns", "code,name,credit_limit")
        rows = {v[1]: r[1:] for r, v in book.cells["clients"].items() if r.startswith("A")}
        name = lambda code: book.cells["clients"]["B" + rows[code]]
        self.assertEqual(name("F1")[:2], ("text", '=HYPERLINK("http://x","y")'))
        self.assertEqual(name("F2")[:2], ("text", "_x005F_x0041_ a\\x1bb"))  # Excel reads _x0041_ as A
        self.assertEqual(name("F3")[:2], ("text", "00123"))
        self.assertEqual(name("F4")[:2], ("text", "-1 <&>"))
        limit = lambda code: book.cells["clients"]["C" + rows[code]][:2]
        self.assertEqual(limit("N1"), ("n", "90071992547409.92"))
        self.assertEqual(limit("N2"), ("text", "90,071,992,547,409.93"))
        self.assertEqual(limit("N3"), ("text", "92,233,720,368,547,758.07"))
        shown = {r[0]: r for r in self.in_an_office("book.xlsx")}
        self.assertEqual(shown["F1"][1], '=HYPERLINK("http://x","y")')
        self.assertEqual(shown["F2"][1], "_x0041_ a\\x1bb")
        self.assertEqual(shown["F3"][1], "00123")

    def test_the_same_report_is_the_same_bytes(self):
        first = self.run_("receivable", "aging", "--format", "xlsx", TZ="Asia/Shanghai", LC_ALL="C").stdout
        self.assertEqual(first[:4], b"PK\3\4")
        self.ok("receivable", "aging", "--output", "aging.xlsx")
        self.assertEqual(first, (self.dir / "aging.xlsx").read_bytes())
        with zipfile.ZipFile(self.dir / "aging.xlsx") as z:
            self.assertIn(b">2000-01-01T00:00:00Z<", z.read("docProps/core.xml"))
            self.assertEqual({i.date_time for i in z.infolist()}, {(1980, 1, 1, 0, 0, 0)})

    def test_a_terminal_gets_no_spreadsheet(self):
        primary, secondary = pty.openpty()
        r = subprocess.run([BINARY, "client", "list", "--format", "xlsx"], cwd=self.dir, env=self.env, stdout=secondary, stderr=subprocess.PIPE)
        os.close(secondary), os.close(primary)
        self.assertEqual(r.returncode, 2)
        self.assertIn(b"--output FILE.xlsx", r.stderr)

    def test_a_workbook_that_did_not_come_out_whole_is_no_workbook(self):
        """The library does not look whether its temporary files could be written."""
        self.ok("client", "import", self.file("many.csv", "code,name\n" + "".join(f"L{n:06},number {n}\n" for n in range(21000))))
        for rows in (300, 21000):
            for blocks in (1, 16, 100, 400):
                r = subprocess.run(["bash", "-c", f"ulimit -f {blocks}; exec {BINARY} client list --format xlsx --limit {rows} | cat; exit ${{PIPESTATUS[0]}}"], cwd=self.dir, env=self.env, capture_output=True)
                if r.returncode == 0:
                    self.file("out.xlsx", r.stdout)
                    self.assertEqual(len([c for c in Sheets(self.dir / "out.xlsx").cells["clients"] if re.fullmatch(r"A\d+", c)]), rows + 1)
                else:
                    self.assertEqual((r.returncode, r.stdout), (8, b""), (rows, blocks))
                    self.assertIn(b"did not come out whole", r.stderr)
        self.assertEqual(r.returncode, 8)  # 21000 rows do not fit into 400 KB

    def test_a_long_list_is_whole(self):
        lines = ["code,name"] + [f"L{n:06},n{n}" for n in range(20500)]
        self.ok("client", "import", self.file("many.csv", "\n".join(lines) + "\n"))
        cells = self.sheets("client", "list", "--columns", "code,name", "--where", "code ~ L0").cells["clients"]
        self.assertEqual((len(cells), cells["B20501"][1], cells["A20501"][2:]), (41002, "n20499", ("0", False)))
        self.assertEqual(cells["A1"][3], True)



class Chart(Examples):
    def bars(self, text, marks="█▒"):
        """The currency, the label, the drawn cells and the figures of each bar."""
        currency, found = "", {}
        for line in text.splitlines():
            if re.fullmatch("[A-Z]{3}", line):
                currency = line
            elif m := re.fullmatch(rf"(\S+)( .*?)??  +([{marks}│|]*)? +(-?[\d,.]+)(?: +(-?[\d,.]+))?", line):
                found[currency, m[1]] = (m[3], m[4], m[5])
        return found

    def test_a_bar_for_each_group_on_a_scale_for_each_currency(self):
        text = self.ok("receivable", "aging", "--format", "chart")
        bars = self.bars(text)
        for row in self.json("receivable", "aging")["rows"]:
            drawn, total, overdue = bars[row["currency"], row["client"] or "-"]
            self.assertEqual((total.replace(",", ""), overdue.replace(",", "")), (row["total"], row["overdue"]))
        length = {key: len(b[0]) for key, b in bars.items()}
        self.assertEqual([length[key] for key in (("USD", "KH004"), ("JPY", "KH006"))], [32, 38])  # the longest fills its block
        self.assertEqual(round(length["CNY", "KH003"] / length["CNY", "KH001"], 1), round(187500 / 220000, 1))
        self.assertEqual(bars["CNY", "KH001"][0].count("█"), round(196000 / 220000 * length["CNY", "KH001"]))
        self.assertEqual(bars["CNY", "KH005"][0].count("█"), 0)  # nothing overdue
        self.assertEqual(length["CNY", "-"], 0)  # nothing open

    def test_negative_bars_run_the_other_way(self):
        lines = self.ok("receivable", "aging", "--format", "chart", "--columns", "client,currency,d1_30").splitlines()
        up, down = (next(l for l in lines if l.startswith(k)) for k in ("KH001", "KH002"))
        self.assertLess(up.index("│"), up.index("█"))
        self.assertLess(down.index("█"), down.index("│"))
        self.assertEqual(up.index("│"), down.index("│"))
        self.assertTrue(down.endswith("-1,200.00"))

    def test_it_fits_every_width(self):
        cells = lambda s: sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in s)
        for columns in range(20, 201, 9):
            for words in (("receivable", "aging"), ("contract", "list"), ("contract", "show", "HT-2026-0002"), ("invoice", "list", "--columns", "number,amount"), ("receivable", "aging", "--columns", "client,d1_30")):
                text = self.on_terminal(columns, *words, "--format", "chart", "--color", "never")
                for line in text.splitlines():
                    self.assertLessEqual(cells(line), columns, (columns, words, line))
            self.assertIn("220,000.00", self.on_terminal(columns, "receivable", "aging", "--format", "chart"))

    def test_letters_where_the_terminal_has_no_blocks_and_colour_only_there(self):
        for more in ({"LC_ALL": "C"}, {"LC_ALL": "", "LANG": ""}, {"TERM": "dumb"}):
            text = self.run_("receivable", "aging", "--format", "chart", **more).stdout.decode()
            self.assertIn("#####===  220,000.00", text.replace("====", "==="))
            self.assertFalse(set("█▒│") & set(text))
        shown = self.on_terminal(80, "receivable", "aging", "--format", "chart")
        self.assertIn("\033[31m█", shown)
        self.assertEqual(re.sub("\033\\[[0-9]*m", "", shown), self.ok("receivable", "aging", "--format", "chart"))

    def test_what_has_no_number_says_so(self):
        self.assertIn("There is no number to draw.", self.ok("client", "list", "--format", "chart", "--columns", "code"))
        self.assertIn("500,000.00", self.ok("client", "show", "KH001", "--format", "chart"))



class Excel(Examples):
    HOSTILE = {"X01": "=1+1", "X02": '=HYPERLINK("http://x","y")', "X03": "+86 138 0013 8000", "X04": "-5", "X05": "@SUM(A1)", "X06": "0012", "X07": "913300001234567890",
               "X08": "1-2", "X09": "'=1", "X10": "＝1+1", "X11": "plain, with comma", "X12": 'a "quote"', "X13": "3月1日", "X14": "'tis", "X15": "=" + "x" * 280, "X16": "12345", "X17": '="007"'}

    def hostile(self):
        for code, name in self.HOSTILE.items():
            self.ok("client", "add", "--code", code, "--name=" + name)

    def test_what_excel_would_obey_or_change_is_guarded(self):
        self.hostile()
        raw = self.run_("client", "list", "--excel", "--columns", "code,name").stdout
        self.assertTrue(raw.startswith(b"\xef\xbb\xbfcode,name\r\n"))
        self.assertEqual(raw.count(b"\n"), raw.count(b"\r\n"))
        cells = {r[0]: r[1] for r in csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))}
        for code, name in self.HOSTILE.items():
            self.assertRegex(cells[code], r"^[^=+\-@\t\r]|^=\"", (code, name))
            if code not in ("X11", "X12", "X14", "X16"):
                self.assertNotEqual(cells[code], name)
        self.assertEqual(cells["X06"], '="0012"')
        self.assertNotIn("\r", self.ok("client", "list", "--format", "csv"))

    def test_it_reads_back_the_same(self):
        self.hostile()
        self.ok("client", "add", "--code", "BIG", "--name", "big", "--credit-limit", "90071992547409.93")
        self.assertIn('"=""90071992547409.93""",', self.ok("client", "list", "--excel", "--where", "code = BIG"))
        for kind in ("csv", "tsv"):
            for noun in ("client", "contract", "invoice", "receipt"):
                self.ok(noun, "export", "--excel", "--output", f"{noun}.{kind}")
                count = len(self.json(noun, "list")[noun + "s"])
                done = self.json(noun, "import", f"{noun}.{kind}", "--on-conflict", "skip")["import"]
                self.assertEqual((done["unchanged"], done["read"], done["updated"]), (count, count, 0), (noun, kind))
            before = self.ok("client", "export")
            self.env["AGENCY_DB"] = str(self.dir / f"second-{kind}.db")
            self.ok("init")
            self.ok("client", "import", f"client.{kind}")
            self.assertEqual(self.ok("client", "export"), before)
            self.env["AGENCY_DB"] = str(self.dir / "agency.db")

    def test_an_office_shows_the_texts_and_its_file_reads_back(self):
        self.hostile()
        self.ok("client", "export", "--excel", "--output", "clients.csv")
        rows = self.in_an_office("clients.csv", "--infilter=CSV:44,34,76,1")
        shown = {r[0]: r[1] for r in rows}
        for code, name in self.HOSTILE.items():
            self.assertEqual(shown[code], "'" + name if len(name) > 255 else name, code)
        saved = self.dir / "converted" / "clients.csv"
        self.assertIn("unchanged", self.ok("client", "import", self.file("saved.csv", b"\xef\xbb\xbf" + saved.read_bytes()), "--on-conflict", "skip").lower())
        self.assertEqual(self.json("client", "import", "saved.csv", "--on-conflict", "skip")["import"]["updated"], 0)

    def test_a_file_without_the_mark_is_taken_at_its_word(self):
        self.ok("client", "import", self.file("plain.csv", "code,name\nP1,\"=\"\"0012\"\"\"\nP2,'=1\n"))
        names = {c["code"]: c["name"] for c in self.json("client", "list")["clients"]}
        self.assertEqual((names["P1"], names["P2"]), ('="0012"', "'=1"))

    def test_it_is_of_csv_and_tsv_only(self):
        for format in ("json", "table", "xlsx", "md"):
            self.assertIn("--excel", self.fails(2, "client", "list", "--excel", "--format", format))



class Width(Book):
    """Tables at every width, measured by python3-wcwidth and not by us. Where it (0.2.5 of Debian) and terminals of today part ways
    we go with the terminals: a family joined by ZWJ, a skin tone and an emoji presentation (VS16) are one picture of two
    cells; it adds up the parts. Ambiguous characters (①, —, α) are one cell in both."""

    NAMES = ["上海启明招标代理有限公司", "ｆｕｌｌ　ｗｉｄｔｈ（株）", "プログラム ｶﾅ 조합 한국어", "e\u0301cole de\u0301ja\u0300 vu q\u0308\u0301", "👨‍👩‍👧‍👦 family 👍🏽 ok", "🇨🇳🇯🇵🇺🇳 flags", "❤️ heart ☎️ 2️⃣", "①②③ — … “quoted” αβγ ±×÷",
             "مرحبا بالعالم", "สวัสดี", "mixed 中a文b字c", "x" * 70, "汉" * 40, "👩‍🚀" * 20, "z\u0335\u0336\u0337\u0338\u0321algo", "plain"]

    def clusters(self, text):
        """(characters, cells)"""
        try:
            from wcwidth import wcwidth
        except ImportError:
            raise unittest.SkipTest("skipped: no python3-wcwidth")
        out, flags = [], 0
        for c in text:
            one, joined = wcwidth(c), c > "\u2000" and out and out[-1][0].endswith("\u200d")
            self.assertGreaterEqual(one, 0, repr(c))
            flag = "\U0001F1E6" <= c <= "\U0001F1FF"
            flags = flags + 1 if flag else 0
            if out and (joined or one == 0 or "\U0001F3FB" <= c <= "\U0001F3FF" or (flag and flags % 2 == 0)):
                kept = 2 if c == "\ufe0f" or flag else out[-1][1]
                out[-1] = (out[-1][0] + c, kept)
            else:
                out.append((c, one))
        return out

    def cells(self, text):
        return sum(w for _, w in self.clusters(text))

    def on_grid(self, line):
        """The line cell by cell; the second half of a wide one is empty."""
        return [x for text, w in self.clusters(line) for x in [text] + [""] * (w - 1)]

    def setUp(self):
        super().setUp()
        for n, name in enumerate(self.NAMES):
            self.ok("client", "add", "--code", f"K{n:02}", "--name", name)
            self.ok("contract", "add", "--number", f"C{n:02}", "--client", f"K{n:02}", "--title", name, "--amount", str(10 ** (n % 9)), "--signed-on", "2026-01-05", "--owner", name[:6])

    def check(self, text, columns, words):
        lines = text.splitlines()
        for line in lines:
            self.assertLessEqual(self.cells(line), columns or 10 ** 6, (columns, words, line))
        rule = next(l for l in lines if re.fullmatch("-+(  -+)*", l))
        gaps = [i for i, c in enumerate(rule) if c == " "]
        table = lines[lines.index(rule) - 1:]
        table = table[:table.index("")] if "" in table else table
        for line in table:
            grid = self.on_grid(line)
            for i in gaps:
                self.assertIn(grid[i] if i < len(grid) else " ", (" ",), (columns, words, line))
        return table, [m.span() for m in re.finditer("-+", rule)]

    def test_every_width_from_20_to_200(self):
        for columns in range(20, 201):
            words = (("client", "list", "--columns", "code,name,credit_limit"), ("contract", "list"), ("contract", "list", "--columns", "number,title,amount,owner,client_name"))[columns % 3]
            table, spans = self.check(self.on_terminal(columns, *words, "--color", "never"), columns, words)
            self.assertEqual(len(table), len(self.NAMES) + 2)
            if words[0] == "client":
                for line, name in zip(table[2:], self.NAMES):
                    if len(spans) < 2:
                        continue
                    name = unicodedata.normalize("NFC", name)
                    shown = "".join(self.on_grid(line)[slice(*spans[1])]).rstrip()
                    if shown != name:
                        self.assertTrue(shown.endswith("…") and name.startswith(shown[:-1]), (columns, shown, name))
                        self.assertIn(shown[:-1], ["".join(t for t, _ in self.clusters(name)[:k]) for k in range(len(name) + 1)])

    def test_a_piped_table_is_aligned_and_whole(self):
        table, spans = self.check(self.ok("client", "list", "--columns", "code,name,phone"), 0, "piped")
        for line, name in zip(table[2:], self.NAMES):
            self.assertEqual("".join(self.on_grid(line)[slice(*spans[1])]).rstrip(), unicodedata.normalize("NFC", name))

    def test_a_chart_of_such_names_fits(self):
        for columns in range(20, 201, 6):
            text = self.on_terminal(columns, "contract", "list", "--columns", "number,title,amount", "--format", "chart", "--color", "never")
            for line in text.splitlines():
                self.assertLessEqual(self.cells(line), columns, (columns, line))


if __name__ == "__main__":
    unittest.main()
