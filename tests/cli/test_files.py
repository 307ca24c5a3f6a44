"""Any file in: encodings, line ends, workbooks, and files that only claim to be a table."""
from support.book import Book

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

    def test_zeros_in_a_text_do_not_make_it_utf_16(self):
        self.assertIn("in.csv:2: it has a NUL", self.refused("in.csv", HEAD + "C1,K1,a\0b\0,1,\n"))

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
