"""Any file in: encodings, line ends, workbooks, and files that only claim to be a table."""
import io, shutil, subprocess, unittest, zipfile
from xml.sax.saxutils import escape

from support.book import BINARY, SOURCE, Book

HEAD = "number,client,title,amount,signed_on\n"


class Files(Book):
    def setUp(self):
        super().setUp()
        self.ok("client", "add", "--code", "K1", "--name", "甲公司")

    def load(self, name, data, *more):
        return self.json("contract", "import", self.file(name, data), *more)["import"]

    def contract(self, number="C1"):
        return self.json("contract", "show", number)["contract"]

    def refused(self, name, data, *more):
        error = self.fails(9, "contract", "import", self.file(name, data), *more)
        self.assertEqual(self.json("contract", "list")["contracts"], [])
        return error


class Encodings(Files):
    TEXT = "合同编号,客户,合同名称,合同金额\n{},甲公司,𠮷的代理合同,1\n"

    def test_utf_16_in_either_order_with_and_without_a_mark(self):
        marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
        for n, (codec, mark) in enumerate(marks.items()):
            for given, data in ((f"M{n}", mark), (f"N{n}", b"")):
                done = self.load("in.csv", data + self.TEXT.format(given).encode(codec))
                self.assertEqual((done["encoding"], self.contract(given)["title"]), ("utf-16", "𠮷的代理合同"))

    def test_utf_16_of_few_latin_letters_is_read_when_said(self):
        text = "合同编号,客户,合同名称,合同金额\nC1,甲公司," + "长" * 2000 + ",1\n"
        data = text.encode("utf-16-le")
        self.assertIn("--encoding", self.refused("in.csv", data))
        self.assertEqual(self.load("in.csv", data, "--encoding", "utf-16")["inserted"], 1)
        self.assertEqual(self.contract()["title"], "长" * 2000)

    def test_utf_16_is_said_by_a_map(self):
        self.file("m.toml", '[file]\nencoding = "utf-16"\n')
        text = "合同编号,客户,合同名称,合同金额\nC1,甲公司," + "长" * 2000 + ",1\n"
        self.assertEqual(self.load("in.csv", text.encode("utf-16-le"), "--map", "m.toml")["inserted"], 1)

    def test_a_character_on_the_border_of_a_block(self):
        for odd in (0, 1):  # a surrogate pair lies across the border
            head = f"number,client,title,amount\nC{odd},K1,"
            fill = 64 * 1024 - 1 - len(head) - odd
            self.load("in.csv", (head + "x" * fill + "𠮷𠮷,1\n").encode("utf-16"))
            self.assertEqual(self.contract(f"C{odd}")["title"], "x" * fill + "𠮷𠮷")

    def test_half_a_surrogate_is_refused(self):
        bad = (HEAD + "C1,K1,a").encode("utf-16") + b"\x00\xd8" + "b,1,\n".encode("utf-16-le")
        self.assertIn("in.csv:2: it is not UTF-16", self.refused("in.csv", bad))

    def test_utf_16_without_a_mark_may_have_zeros_on_both_sides(self):
        for encoding in ("utf-16-le", "utf-16-be"):
            text = f"合同编号,客户,合同名称,合同金额\r\n{encoding},K1,一,1\r\n{encoding}2,K1,一一一,1\r\n"  # 一 is U+4E00
            self.assertEqual(self.load("in.csv", text.encode(encoding))["encoding"], "utf-16")
            self.assertEqual(self.contract(encoding)["title"], "一")

    def test_zeros_in_a_text_do_not_make_it_utf_16(self):
        error = self.refused("in.csv", HEAD + "C1,K1,a\0b\0,1,\n")
        self.assertIn("in.csv:2: it has a NUL", error)
        self.assertIn("--encoding utf-16", error)

    def test_rejected_rows_of_utf_16_come_back(self):
        text = "number,client,title,amount\nC1,K1,好,1\nC2,K1,合同,x\n"
        self.fails(9, "contract", "import", self.file("in.csv", text.encode("utf-16")), "--on-error", "reject", "--rejects", "bad.csv")
        bad = (self.dir / "bad.csv").read_bytes()
        self.assertEqual(bad[:2], b"\xff\xfe")
        self.assertIn("C2,K1,合同,x,3,amount", bad.decode("utf-16"))
        self.assertEqual(self.load("bad.csv", bad.decode("utf-16").replace(",x,", ",2,").encode("utf-16"))["inserted"], 1)

    def test_carriage_returns_alone_end_lines(self):
        for n, text in enumerate(("number,client,title,amount\rC{},K1,t,1\r", 'number,client,title,amount\rC{},K1,"t",1', 'number,client,title,amount\rC{},K1,"t\n2",1\r')):
            for form in (text, text.replace("\r", "\r\n")):
                number = f"{n}-{len(form) - len(text)}"
                self.load("in.csv", form.format(number))
                self.assertEqual(self.contract("C" + number)["amount"], "1.00")
        self.assertEqual(self.contract("C2-0")["title"], "t\n2")

    def test_a_carriage_return_inside_a_line_is_no_end(self):
        self.load("in.csv", "number,client,title,amount\nC1,K1,a\rb,1\n")
        self.assertEqual(self.contract()["title"], "a\rb")


class NoTable(Files):
    def test_files_that_are_no_table(self):
        cases = [("<!DOCTYPE html><html>", "web page", "download"), ("\n <HTML>", "web page", "download"), ("<table border=1><tr><td>number", "web page", "spreadsheet"),
                 ("<html>".encode("utf-16"), "web page", "download"), ('<?xml version="1.0"?><Workbook>', "XML", "spreadsheet"), ('{"a":1}', "JSON", "--from jsonl"), ('[\n {"a":1}\n]', "JSON", "--from jsonl"),
                 (b"PK\x03\x04....", "workbook or an archive", "--from xlsx"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old or encrypted workbook", ".xlsx"), (b"%PDF-1.4\n%\xe2\xe3", "PDF", "CSV"), ("", "empty", "header row")]
        for data, what, hint in cases:
            error = self.refused("in.csv", data)
            self.assertIn(what, error)
            self.assertIn(hint, error)


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
FORMATS = {1: "General", 2: "yyyy\\-mm\\-dd", 3: "[$-804]yyyy\"年\"m\"月\"d\"日\"", 4: "h:mm:ss", 5: "yyyy/m/d h:mm", 6: "0.00%", 7: "0.00E+00", 8: "[Red]#,##0.00;\"days\"0", 9: "[h]:mm", 10: "mm\"月\""}


class Xml(str):
    pass


def row(number, *cells):
    """A cell is a number, an inline text, or the Xml that follows `<c r="A1"`."""
    out = ""
    for i, c in enumerate(cells):
        at = f'<c r="{chr(65 + i)}{number}"'
        if c is not None:
            out += at + (c if isinstance(c, Xml) else f"><v>{c}</v></c>" if not isinstance(c, str) else f' t="inlineStr"><is><t>{escape(c)}</t></is></c>')
    return f'<row r="{number}">{out}</row>'


def value(text, style=0, kind=""):
    return Xml(f' s="{style}"' + (f' t="{kind}"' if kind else "") + f"><v>{text}</v></c>")


def package(sheets, shared="", settings="", merges="", prefix="", packing=zipfile.ZIP_DEFLATED):
    """A workbook of sheets {name: rows}; a name that begins with _ is hidden."""
    x = prefix
    parts = {"[Content_Types].xml": "<Types/>", "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="/xl/workbook.xml"/></Relationships>'}
    names = "".join(f'<sheet name="{escape(n)}" sheetId="{i}" r:id="s{i}"{" state=" + chr(34) + "hidden" + chr(34) if n[0] == "_" else ""}/>' for i, n in enumerate(sheets))
    parts["xl/workbook.xml"] = f'<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr {settings}/><sheets>{names}</sheets></workbook>'
    links = "".join(f'<Relationship Id="s{i}" Type="{OFFICE}/worksheet" Target="worksheets/s{i}.xml"/>' for i in range(len(sheets)))
    parts["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{PACKAGE}">{links}<Relationship Id="t" Type="{OFFICE}/sharedStrings" Target="texts.xml"/><Relationship Id="f" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>'
    own = "".join(f'<numFmt numFmtId="{160 + i}" formatCode="{escape(f, {chr(34): "&quot;"})}"/>' for i, f in FORMATS.items())
    parts["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}"><numFmts>{own}</numFmts><cellXfs><xf numFmtId="0"/>' + "".join(f'<xf numFmtId="{160 + i}"/>' for i in FORMATS) + '<xf numFmtId="14"/></cellXfs></styleSheet>'
    parts["xl/texts.xml"] = f'<sst xmlns="{MAIN}">{shared}</sst>'
    for i, rows in enumerate(sheets.values()):
        text = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData><mergeCells>{"".join(f"<mergeCell ref={chr(34)}{m}{chr(34)}/>" for m in merges.split())}</mergeCells></worksheet>'
        if x:
            text = text.replace("</", "</" + chr(0)).replace("<", "<" + x + ":").replace("<" + x + ":/" + chr(0), "</" + x + ":").replace("xmlns=", f"xmlns:{x}=")
        parts[f"xl/worksheets/s{i}.xml"] = text
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as z:
        for name, text in parts.items():
            z.writestr(name, text)
    return out.getvalue()


TITLES = row(1, "number", "client", "title", "amount", "signed_on", "tax_rate", "note")


class Xlsx(Files):
    def load(self, rows, *more, **how):
        return super().load("book.xlsx", package({"Sheet1": TITLES + rows}, **how), *more)

    def refused(self, rows, *more, **how):
        return super().refused("book.xlsx", package({"Sheet1": TITLES + rows}, **how), *more)

    def test_numbers_are_what_a_person_sees(self):
        cases = [("1234.5600000000001", "1234.56"), ("0.30000000000000004", "0.30"), ("-0", "0.00"), ("1.5E+3", "1500.00"), ("90071992547409.93", "90071992547409.93"), ("8123456789012.34", "8123456789012.34"), ("99999.989999999991", "99999.99"), ("1E-7", None), ("0.125", None)]
        for n, (raw, shown) in enumerate(cases):
            rows = row(2, f"C{n}", "K1", "t", value(raw))
            if shown is None:
                self.assertIn(f"decimals", self.fails(9, "contract", "import", self.file("book.xlsx", package({"S": TITLES + rows}))))
            else:
                self.load(rows)
                self.assertEqual(self.contract(f"C{n}")["amount"], shown, raw)

    def test_a_long_whole_number_has_lost_its_end(self):
        error = self.refused(row(2, value("6222021234567890000"), "K1", "t", 1))
        self.assertIn("book.xlsx:2:1(number): it has a number of more than 15 digits", error)

    def test_dates_by_their_formats(self):
        cases = [(value(46082, 2), "2026-03-01"), (value(46082, 3), "2026-03-01"), (value(46082.4, 2), "2026-03-01"), (value(46082, 5), "2026-03-01"), (value(46082, 11), "2026-03-01"), (value(46082, 10), "2026-03-01"), (value(61, 2), "1900-03-01"), (value(59, 2), "1900-02-28"),
                 (value("2026-03-01T00:00:00", 0, "d"), "2026-03-01"), ("2026/3/1", "2026-03-01"), (value(2958465, 2), "9999-12-31")]
        rows = "".join(row(n + 2, f"C{n}", "K1", "t", 1, cell) for n, (cell, _) in enumerate(cases))
        self.load(rows)
        self.assertEqual([self.contract(f"C{n}")["signed_on"] for n in range(len(cases))], [day for _, day in cases])

    def test_what_is_no_day_is_refused_as_one(self):
        cases = [(value(46082, 0), '"46082"'), (value(46082.4, 5), '"2026-03-01 09:36:00"'), (value(0.4, 4), '"09:36:00"'), (value(1.5, 9), '"36:00:00"'), (value(60, 2), '"1900-02-29"'), (value(0, 2), '"0"'), (value(2958466, 2), '"2958466"'), (value(46082, 7), '"46082"'), (value(46082, 8), '"46082"')]
        error = self.refused("".join(row(n + 2, f"C{n}", "K1", "t", 1, cell) for n, (cell, _) in enumerate(cases)))
        for n, (_, shown) in enumerate(cases):
            self.assertIn(f"book.xlsx:{n + 2}:5(signed_on): {shown} is not a day", error)

    def test_a_time_may_be_left_out_by_a_map(self):
        self.file("m.toml", '[columns.signed_on]\nfrom = "signed_on"\ndate = "YYYY-MM-DD hh:mm:ss"\n')
        self.load(row(2, "C1", "K1", "t", 1, value(46082.4, 5)) + row(3, "C2", "K1", "t", 1, value(46083, 5)), "--map", "m.toml")
        self.assertEqual([self.contract(c)["signed_on"] for c in ("C1", "C2")], ["2026-03-01", "2026-03-02"])

    def test_1904(self):
        for n, settings in enumerate(('date1904="1"', 'date1904="true"', 'date1904="0"')):
            self.load(row(2, f"C{n}", "K1", "t", 1, value(44620, 2)), settings=settings)
        self.assertEqual([self.contract(f"C{n}")["signed_on"] for n in range(3)], ["2026-03-01", "2026-03-01", "2022-02-28"])

    def test_percent_is_seen_as_percent(self):
        self.file("m.toml", '[columns.tax_rate]\nfrom = "tax_rate"\nunit = "percent"\n')
        self.load(row(2, "C1", "K1", "t", 1, None, value("7.0000000000000007E-2", 6)) + row(3, "C2", "K1", "t", 1, None, value(13)), "--map", "m.toml")
        self.assertEqual([self.contract(c)["tax_rate"] for c in ("C1", "C2")], ["0.07", "0.13"])

    def test_texts_shared_rich_and_escaped(self):
        shared = '<si><t>甲公司</t></si><si><r><t xml:space="preserve">代理 </t></r><r><rPr><b/></rPr><t>合同</t></r><rPh sb="0" eb="2"><t>dàilǐ</t></rPh></si><si/><si><t>a_x000D_b_x0000_&amp;</t></si>'
        text = lambda n: value(n, 0, "s")
        self.load(row(2, "C1", text(0), text(1), 1, None, None, text(3)) + row(3, 20260001, text(0), "t", 1, None, None, text(2)), shared=shared)
        first, second = self.contract(), self.contract("20260001")
        self.assertEqual((first["client_name"], first["title"], first["note"], second["note"]), ("甲公司", "代理 合同", "a\rb_x0000_&", None))

    def test_results_of_formulas_and_booleans(self):
        self.load(row(2, "C1", "K1", Xml(' t="str"><f>A1&amp;"x"</f><v>made</v></c>'), Xml("><f>1+1</f><v>2</v></c>"), None, None, value(1, 0, "b")))
        made = self.contract()
        self.assertEqual((made["title"], made["amount"], made["note"]), ("made", "2.00", "true"))
        self.assertIn("book.xlsx:2:4(amount): it has a formula without its result", self.fails(9, "contract", "import", self.file("book.xlsx", package({"S": TITLES + row(2, "C2", "K1", "t", Xml("><f>1+1</f></c>"))}))))

    def test_errors_are_named(self):
        error = self.refused(row(2, "C1", "K1", "t", value("#REF!", 0, "e")) + row(9, "C2", value("#N/A", 0, "e"), "t", value("#DIV/0!", 0, "e")))
        for where, what in (("2:4(amount)", "#REF!"), ("9:2(client)", "#N/A"), ("9:4(amount)", "#DIV/0!")):
            self.assertIn(f"book.xlsx:{where}: its formula ends in the error {what}", error)

    def test_sheets_by_name(self):
        data = package({"_secret": TITLES + row(2, "C0", "K1", "t", 1), "台账": TITLES + row(2, "C1", "K1", "t", 1), "Old": TITLES + row(2, "C2", "K1", "t", 1)})
        for more in ((), ("--sheet", "old"), ("--sheet", "_secret")):
            self.ok("contract", "import", self.file("book.xlsx", data), *more)
        self.assertEqual([c["number"] for c in self.json("contract", "list")["contracts"]], ["C0", "C1", "C2"])
        error = self.fails(2, "contract", "import", "book.xlsx", "--sheet", "none")
        self.assertIn("_secret, 台账, Old", error)
        self.assertIn("--from xlsx", self.fails(2, "contract", "import", self.file("x.csv", HEAD), "--sheet", "a"))
        self.ok("contract", "import", "-", "--from", "xlsx", "--on-conflict", "skip", stdin=data)

    def test_gaps_and_blank_rows(self):
        rows = row(3) + row(4, "C1", "K1", "t", 1, "", "", "", "", "  ") + '<row><c t="inlineStr"><is><t>C2</t></is></c><c t="inlineStr"><is><t>K1</t></is></c><c t="inlineStr"><is><t>t</t></is></c><c><v>1</v></c></row>'
        self.assertEqual(self.load(rows)["read"], 2)
        self.assertIn("book.xlsx:5: it has 8 cells", self.fails(9, "contract", "import", self.file("book.xlsx", package({"S": TITLES + row(5, "C3", "K1", "t", 1, "", "", "", "lost")}))))

    def test_prefixed_names(self):
        self.assertEqual(self.load(row(2, "C1", "K1", "t", 1), prefix="x")["inserted"], 1)

    def test_a_title_above_is_skipped_by_a_map(self):
        self.file("m.toml", '[file]\nskip_until = "合同编号"\nstop_at = "合计"\n')
        rows = row(1, "合同台账") + row(3, "合同编号", "客户", "合同名称", "金额") + row(4, "C1", "K1", "t", 5) + row(5, "合计", None, None, 5)
        done = Files.load(self, "book.xlsx", package({"S": rows}, merges="A1:D1"), "--map", "m.toml")
        self.assertEqual((done["inserted"], done["skipped"]), (1, 2))

    def test_merged_headers(self):
        rows = row(1, "合同编号", "客户", "合同名称", "金额", None, "日期") + row(2, None, None, None, "合同金额", None, "签订日期", "到期日期") + row(3, "C1", "K1", "t", 5, None, value(46082, 2), value(46083, 2))
        Files.load(self, "book.xlsx", package({"S": rows}, merges="A1:A2 B1:B2 C1:C2 D1:E1 F1:G1"))
        made = self.contract()
        self.assertEqual((made["amount"], made["signed_on"], made["ends_on"]), ("5.00", "2026-03-01", "2026-03-02"))
        lost = rows.replace("C1<", "C2<") + row(4, "C3", "K1", "t", 5, "lost", value(46082, 2))
        self.assertIn('book.xlsx:4:5: "lost" stands in a column without a header', self.fails(9, "contract", "import", self.file("book.xlsx", package({"S": lost}, merges="A1:A2 B1:B2 C1:C2 D1:E1 F1:G1"))))

    def test_headers_that_are_the_same_below_are_told_by_what_stands_above(self):
        self.file("m.toml", 'ignore = ["其他 名称"]\n[columns.title]\nfrom = "合同 名称"\n')
        rows = row(1, "合同编号", "客户", "合同", "其他", "金额") + row(2, None, None, "名称", "名称") + row(3, "C1", "K1", "t", "x", 1)
        Files.load(self, "book.xlsx", package({"S": rows}, merges="A1:A2 B1:B2"), "--map", "m.toml")
        self.assertEqual(self.contract()["title"], "t")

    def test_rejected_rows_become_csv_that_comes_back(self):
        self.file("book.xlsx", package({"S": TITLES + row(2, "C1", "K1", "t", 1) + row(3, "C2", "K1", "a, b", value("#REF!", 0, "e"), value(46082, 2))}))
        self.assertIn("CSV", self.fails(2, "contract", "import", "book.xlsx", "--on-error", "reject", "--rejects", "bad.xlsx"))
        self.fails(9, "contract", "import", "book.xlsx", "--on-error", "reject", "--rejects", "bad.csv")
        bad = (self.dir / "bad.csv").read_text()
        self.assertIn('C2,K1,"a, b",#REF!,2026-03-01,,,3,amount', bad)
        self.ok("contract", "import", self.file("bad.csv", bad.replace("#REF!", "7")))
        self.assertEqual(self.contract("C2")["amount"], "7.00")

    def test_a_bomb_is_named(self):
        bomb = "<si><t>" + "a" * (1 << 20) + "</t></si>"
        error = self.refused(row(2, "C1", "K1", "t", 1), shared=bomb * 150)
        self.assertIn("xl/texts.xml of", error)
        self.assertIn("unpacks to more than 128 MiB", error)
        self.assertIn("unpacks to more than 16 MiB", self.refused(row(2, "C1", "K1", "t" * (17 << 20), 1)))

    def test_memory_stays_flat(self):
        """40 MB of rows in 96 MB of memory, program and all."""
        rows = "".join(row(n, f"C{n}", "K1", "t" * 900, 1) for n in range(2, 40_000))
        path = self.file("book.xlsx", package({"S": TITLES + rows}))
        r = subprocess.run(["bash", "-c", f"ulimit -v 98304; exec {BINARY} contract import {path} --format json"], env=self.env, capture_output=True)
        self.assertEqual(r.returncode, 0, r.stderr)

    def test_archives_that_are_no_workbook(self):
        data = package({"S": TITLES + row(2, "C1", "K1", "t", 1)})
        word = io.BytesIO()
        with zipfile.ZipFile(word, "w") as z:
            z.writestr("content.xml", "<a/>")
        middle = data.index(b"xl/worksheets/s0.xml") + 60
        stored = package({"S": TITLES + row(2, "C1", "K1", "t", 123456)}, packing=zipfile.ZIP_STORED)
        cases = [(word.getvalue(), "no workbook", "unpack"), (data[:-30], "damaged", "anew"), (data[:middle] + bytes([data[middle] ^ 255]) + data[middle + 1:], "damaged", "anew"), (b"number,client\n", "no workbook", "--from csv"), (stored.replace(b"123456", b"923456"), "damaged", "anew"),
                 (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old or encrypted", ".xlsx"), (b"", "empty", ""), (package({"S": ""}), "is empty", "header row"), (package({"S": TITLES + row(2, value(7, 0, "s"))}), "damaged", "anew"),
                 (package({"S": TITLES + '<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>2</v></c></row>'}), "damaged", "anew"), (package({"S": TITLES + '<row r="2"><c r="XFE2"><v>1</v></c></row>'}), "damaged", "anew")]
        for data, what, hint in cases:
            error = Files.refused(self, "book.xlsx", data)
            self.assertIn(what, error)
            self.assertIn(hint, error)

    def test_our_own_workbooks_come_back(self):
        lists = {}
        for noun in ("client", "contract", "invoice"):
            self.ok(noun, "import", SOURCE / "examples" / f"{noun}s.csv")
        columns = {"client": "code,name,uscc,kind,size,contact,phone,email,credit_limit,currency", "contract": "number,client,title,kind,direction,amount,currency,tax_rate,signed_on,starts_on,ends_on,department,owner,status", "invoice": "number,contract,kind,issued_on,due_on,amount,currency"}
        for noun, keys in columns.items():
            lists[noun] = self.json(noun, "list", "--columns", keys)
            self.ok(noun, "list", "--columns", keys, "--headers", "zh", "--format", "xlsx", "--output", f"{noun}.xlsx")
        self.env["AGENCY_DB"] = str(self.dir / "second.db")
        self.ok("init")
        for noun, keys in columns.items():
            self.ok(noun, "import", f"{noun}.xlsx")
            self.assertEqual(self.json(noun, "list", "--columns", keys), lists[noun])

    def test_a_workbook_saved_by_an_office(self):
        if not shutil.which("soffice"):
            raise unittest.SkipTest("skipped: no soffice")
        text = lambda s, more="": f'<table:table-cell office:value-type="string"{more}><text:p>{s}</text:p></table:table-cell>'
        styles = "".join(f'<number:{kind}-style style:name="N{kind}">{inside}</number:{kind}-style><style:style style:name="{kind}" style:family="table-cell" style:data-style-name="N{kind}"/>' for kind, inside in (
            ("date", '<number:day/><number:text>.</number:text><number:month/><number:text>.</number:text><number:year number:style="long"/>'), ("percentage", '<number:number number:decimal-places="0" number:min-integer-digits="1"/><number:text>%</number:text>'), ("boolean", "<number:boolean/>")))
        flat = ('<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:automatic-styles>' + styles + '</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="合同">'
                "<table:table-row>" + "".join(text(h) for h in ("合同编号", "客户", "合同名称", "合同金额", "签订日期", "税率", "备注")) + "</table:table-row>"
                "<table:table-row>" + text("C1") + text("甲公司") + text("代理 &amp; <text:span>合同</text:span>") + '<table:table-cell table:formula="of:=0.1+0.2" office:value-type="float" office:value="0.3"/><table:table-cell table:style-name="date" office:value-type="date" office:date-value="2026-03-01"/><table:table-cell table:style-name="percentage" office:value-type="percentage" office:value="0.06"/><table:table-cell table:style-name="boolean" office:value-type="boolean" office:boolean-value="true"/></table:table-row>'
                "<table:table-row>" + text("C2") + text("甲公司") + text("t") + '<table:table-cell table:formula="of:=1/0"/></table:table-row>'
                "</table:table></office:spreadsheet></office:body></office:document>")
        self.file("book.fods", flat)
        r = subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{self.dir}/office", "--convert-to", "xlsx", "--outdir", str(self.dir), str(self.dir / "book.fods")], capture_output=True, env=self.env, timeout=120)
        self.assertTrue((self.dir / "book.xlsx").exists(), r.stderr)
        self.assertIn("3:4(合同金额): its formula ends in the error #DIV/0!", self.fails(9, "contract", "import", "book.xlsx", "--on-error", "reject", "--rejects", "bad.csv"))
        made = self.contract()
        self.assertEqual((made["title"], made["amount"], made["signed_on"], made["tax_rate"], made["note"]), ("代理 & 合同", "0.30", "2026-03-01", "0.06", "true"))


class Learn(Files):
    def learn(self, noun, path, *more):
        (self.dir / "m.toml").unlink(missing_ok=True)
        return self.json(noun, "import", path, "--learn", "m.toml", *more)["learn"], (self.dir / "m.toml").read_text()

    def test_the_drafted_map_imports_without_edits(self):
        """By key, label, alias and nearest spelling; unit, rate, words for nothing, dates, encoding, preamble, footer, delimiter."""
        text = "合同台账;;;;;;;\n编号;客户;titel;合同金额（万元）;签订日期;税率;Ends on;类型\nC1;甲公司;t;9.5;31/1/2026;6;-;服务类\nC2;甲公司;t;1;2/3/2026;13;1/4/2026;代理\n合计;;;10.5;;;;\n"
        said, map_ = self.learn("contract", self.file("in.csv", text.encode("gb18030")))
        self.assertEqual((said["matched"], said["unmatched"], said["missing"]), (8, None, None))
        for line in ('encoding = "gb18030"', 'delimiter = ";"', 'skip_until = "编号"', 'stop_at = "合计"', 'from = "合同金额（万元）"\nunit = "万元"', 'unit = "percent"', 'date = "D/M/YYYY"', 'null = ["-"]', "[columns.title]  # by the nearest spelling: check"):
            self.assertIn(line, map_)
        self.assertEqual(self.json("contract", "list")["contracts"], [])
        # the other day column fits both orders, and only its own rows can say so
        self.assertIn('# date = "M/D/YYYY"  # the first rows fit several: choose\n# date = "D/M/YYYY"', map_)
        self.file("m.toml", map_.replace('# date = "D/M/YYYY"  # the first', 'date = "D/M/YYYY" # the first'))
        self.assertEqual(self.json("contract", "import", "in.csv", "--map", "m.toml")["import"]["inserted"], 2)
        first, second = self.contract(), self.contract("C2")
        self.assertEqual((first["amount"], first["signed_on"], first["tax_rate"], first["ends_on"]), ("95000.00", "2026-01-31", "0.06", None))
        self.assertEqual((second["signed_on"], second["ends_on"], second["tax_rate"]), ("2026-03-02", "2026-04-01", "0.13"))

    def test_plain_files_of_every_kind(self):
        rows = row(1, "合同台账") + row(2, "合同编号", "客户", "合同名称", "金额", "签订日期") + row(3, "X1", "K1", "t", 5, value(46082, 3))
        cases = {"a.csv": HEAD + "A1,K1,t,1,2026/1/5\n", "b.tsv": "number\tclient\ttitle\tamount\nB1\tK1\tt\t1\n", "c.jsonl": '{"number":"J1","client":"K1","title":"t","amount":1}\n', "d.xlsx": package({"S": rows}, merges="A1:E1"), "e.csv": ("number\tclient\ttitle\tamount\nU1\tK1\tt\t1\n").encode("utf-16")}
        for name, data in cases.items():
            said, map_ = self.learn("contract", self.file(name, data))
            self.assertEqual((said["unmatched"], said["missing"]), (None, None), map_)
            self.assertEqual(self.json("contract", "import", name, "--map", "m.toml")["import"]["inserted"], 1, map_)

    def test_what_is_not_matched_stands_in_comments(self):
        said, map_ = self.learn("contract", self.file("in.csv", 'number,"a ""b"" \\c",合同名称,amounts,amount,kind\nC1,x,t,1,2.345,strange\n'))
        self.assertEqual((said["matched"], said["unmatched"], said["missing"]), (4, 'a "b" \\c; amounts', "client"))
        for line in ('  # "a \\"b\\" \\\\c",\n', '  # "amounts",  # did you mean amount?', "# [columns.client]", "# round = true  # more than two decimals: 2.345", '# words = { "strange" = "" }'):
            self.assertIn(line, map_)
        self.assertIn("a \"b\" \\c", self.fails(9, "contract", "import", "in.csv", "--map", "m.toml"))
        mended = map_.replace('# "a ', '"a ').replace('# "amounts"', '"amounts"').replace('# [columns.client]  #', '[columns.client] #').replace('# from = ""', 'value = "K1"').replace("# round", "round").replace('# words = { "strange" = "" }', 'words = { "strange" = "work" }')
        self.ok("contract", "import", "in.csv", "--map", self.file("m.toml", mended))
        self.assertEqual((self.contract()["amount"], self.contract()["kind"]), ("2.35", "work"))

    def test_a_file_that_is_there_stays(self):
        self.file("m.toml", "mine")
        self.assertIn("m.toml exists already", self.fails(4, "contract", "import", self.file("in.csv", HEAD), "--learn", "m.toml"))
        self.assertEqual((self.dir / "m.toml").read_text(), "mine")
        (self.dir / "link.toml").symlink_to("nowhere")
        self.fails(4, "contract", "import", "in.csv", "--learn", "link.toml")
        self.fails(2, "contract", "import", "in.csv", "--learn", "n.toml", "--map", "m.toml")
        self.assertFalse((self.dir / "nowhere").exists() or (self.dir / "n.toml").exists())

    def test_printed_with_dry_run_and_from_a_pipe(self):
        said = self.ok("contract", "import", "--learn", "m.toml", "--dry-run", stdin=HEAD.encode())
        self.assertIn('[columns.number]\nfrom = "number"\n', said)
        self.assertFalse((self.dir / "m.toml").exists())
        self.assertIn("empty", self.fails(9, "contract", "import", self.file("in.csv", ""), "--learn", "m.toml"))
