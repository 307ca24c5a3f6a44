"""Mutated files: an import ends with 0 or 9, never otherwise; 9 writes nothing; a planted bad cell is named with its row and column.
AGENCY_MUTATIONS files of each kind of mutation (20,000 in all with scripts/test --stress)."""
import csv, io, os, random, shutil, subprocess, tempfile, unittest, zipfile

from support.book import BINARY, Book

COUNT = int(os.environ.get("AGENCY_MUTATIONS", "300"))
HEADER = ["number", "client", "title", "amount", "currency", "tax_rate", "signed_on", "ends_on", "owner", "status"]
# What can be read nowhere in a column of this name.
BAD = {"number": ["", "HT-0001"], "client": ["", "K9", "nobody & co"], "title": [""], "amount": ["", "12,34", "1e5", "1.234", "-1", "92233720368547758.08", "abc", "5 USD"],
       "currency": ["CNYY", "元元", "C1Y"], "tax_rate": ["6", "abc", "-1%", "1,0"], "signed_on": ["2026-02-30", "26-01-05", "yesterday", "2026/13/1"],
       "ends_on": ["2026-00-10", "9.9.26", "20261301"], "status": ["done", "effectiv"]}


def rows(rnd, n):
    for i in range(n):
        yield [f"HT-{i:04}", rnd.choice(["K1", "甲公司", "K2"]), rnd.choice(["招标代理", 'a "quoted", title', "two\nlines", "x"]), f"{rnd.randrange(1, 10**7) / 100:.2f}",
               rnd.choice(["", "CNY"]), rnd.choice(["", "0.06", "6%"]), rnd.choice(["2026-01-05", "2026/1/5", "2026年1月5日"]), rnd.choice(["", "2026-12-31"]), rnd.choice(["", "李四"]), ""]


def text_of(table, delimiter=","):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(table)
    return out.getvalue()


class Mutations(Book):
    def setUp(self):
        super().setUp()
        self.ok("client", "add", "--code", "K1", "--name", "甲公司")
        self.ok("client", "add", "--code", "K2", "--name", "Beta Ltd")
        self.db = self.dir / "agency.db"
        self.pristine = self.db.read_bytes()   # writers close the log

    class Kept(str):
        """Said only when something failed: the file is kept for whoever looks into it."""
        def __str__(self):
            return shutil.copy(super().__str__(), tempfile.gettempdir() + "/agency-mutation-" + os.path.basename(super().__str__()))
        __repr__ = __str__

    def load(self, path, *more):
        """The exit code and what was said; nothing may have been written unless all is well, and the file is as it was."""
        path = self.Kept(path)
        r = subprocess.run([BINARY, "contract", "import", os.path.basename(path), *more], cwd=self.dir, env=self.env, capture_output=True, timeout=60)
        said = r.stderr.decode(errors="replace")
        self.assertIn(r.returncode, (0, 9), (r.returncode, said[-500:], path))
        if r.returncode == 9:
            self.assertTrue(said, path)
            self.assertEqual(self.db.read_bytes(), self.pristine, path)
        self.assertFalse(any(f.stat().st_size for f in self.dir.glob("agency.db-wal")), path)
        if r.returncode == 0:
            for f in self.dir.glob("agency.db-*"):
                f.unlink()
            self.db.write_bytes(self.pristine)
        return r.returncode, said

    def test_bytes(self):
        rnd = random.Random(20261126)
        table = [HEADER, *rows(rnd, 12)]
        plain = text_of(table)
        self.ok("contract", "import", self.file("whole.csv", plain))
        self.ok("contract", "export", "--output", "whole.xlsx")
        lines = self.ok("contract", "list", "--format", "jsonl", "--columns", ",".join(HEADER))
        book = (self.dir / "whole.xlsx").read_bytes()
        for f in self.dir.glob("agency.db-*"):
            f.unlink()
        self.db.write_bytes(self.pristine)
        with zipfile.ZipFile(io.BytesIO(book)) as z:
            parts = {name: z.read(name) for name in z.namelist()}
        seeds = {"csv": [plain.encode(), plain.encode("gb18030"), plain.encode("utf-16"), plain.replace("\n", "\r\n").encode("utf-8-sig")], "tsv": [text_of(table, "\t").encode()],
                 "jsonl": [lines.encode()], "xlsx": [book, None]}
        ended = {0: 0, 9: 0}
        for n in range(COUNT):
            kind = rnd.choice(list(seeds))
            seed = rnd.choice(seeds[kind])
            if seed is None:   # inside the archive, where the bytes are not compressed
                name = rnd.choice([p for p in parts if p.endswith(".xml")])
                out = io.BytesIO()
                with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
                    for part, content in parts.items():
                        z.writestr(part, self.mutated(rnd, content) if part == name else content)
                data = out.getvalue()
            else:
                data = self.mutated(rnd, seed)
            ended[self.load(self.file(f"m.{kind}", data))[0]] += 1
        self.assertGreater(ended[0], COUNT // 100)
        self.assertGreater(ended[9], COUNT // 3)

    def mutated(self, rnd, data):
        data = bytearray(data)
        for _ in range(rnd.choice((1, 1, 2, 5, 20))):
            at = rnd.randrange(len(data) + 1)
            what = rnd.randrange(7)
            if what == 0 and at < len(data):
                data[at] ^= 1 << rnd.randrange(8)
            elif what == 1:
                data[at:at] = bytes(rnd.randrange(256) for _ in range(rnd.randrange(1, 9)))
            elif what == 2:
                del data[at:at + rnd.randrange(1, 30)]
            elif what == 3:
                data[at:at] = data[at:at + rnd.randrange(200)]
            elif what == 4:
                data[at:at] = rnd.choice((b'"', b",", b"\n", b"\r", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", "，".encode(), b"<", b"{", b"&#0;", "\u202e".encode()))
            elif what == 5:
                del data[at:]
            else:
                data[at:at + 3] = rnd.choice((b"9" * 40, b"-", b"1e9", b"2026-02-30"))
            if not data:
                data = bytearray(b"x")
        return bytes(data)

    def test_planted_cells(self):
        rnd = random.Random(20261127)
        for n in range(COUNT):
            table = [HEADER, *rows(rnd, rnd.randrange(1, 12))]
            planted, used = set(), set()
            for _ in range(rnd.randrange(1, 4)):
                row, column = rnd.randrange(1, len(table)), rnd.randrange(len(HEADER))
                bad = rnd.choice(BAD.get(HEADER[column], [None]))
                rows_of_it = {row, 2} if bad == "HT-0001" else {row}   # it repeats the number of the second row
                if bad is None or used & rows_of_it or (bad == "HT-0001" and row <= 2):
                    continue
                used |= rows_of_it
                table[row][column] = bad
                planted.add((row, column))
            kind = rnd.choice(("csv", "tsv"))
            code, said = self.load(self.file(f"p.{kind}", text_of(table, "," if kind == "csv" else "\t")))
            self.assertEqual(code, 9 if planted else 0, said)
            for row, column in planted:
                self.assertRegex(said, rf"(?m)^p\.{kind}:{row + 1}:{column + 1}\({HEADER[column]}\): \S", (table[row], planted))
            told = {tuple(map(int, line.split("(")[0].split(":")[1:3])) for line in said.splitlines() if line.startswith("p.")}
            self.assertEqual(told, {(r + 1, c + 1) for r, c in planted}, said)


if __name__ == "__main__":
    unittest.main()
