"""Rules of batch import: updates, rejects, bytes, references, reports, values. One rule a test."""
import contextlib, csv, io, json, os, signal, sqlite3, subprocess, time, unittest

from support.book import BINARY, Book

BLOCK = 128 * 1024  # bytes that the reader takes at a time
USCC, WRONG_USCC = "91350100M000100Y43", "91350100M000100Y44"  # a sound code; its check character changed
HEAD = "number,client,title,amount,signed_on\n"


class Rules(Book):
    """K1 with contract C1 of 100 CNY. The file is sound after every test."""
    def setUp(self):
        super().setUp()
        self.ok("client", "add", "--code", "K1", "--name", "甲公司")
        self.contract("C1", "100")

    def tearDown(self):
        self.ok("check")

    def contract(self, number, amount, *more):
        self.ok("contract", "add", "--number", number, "--client", "K1", "--title", "t", "--amount", amount, *more)

    def load(self, noun, text, *more, code=0, name="in.csv"):
        """Imports a file of this text; answers the JSON report."""
        self.file(name, text)
        r = self.run_(noun, "import", name, *more, "--format", "json")
        self.assertEqual(r.returncode, code, r.stdout.decode(errors="replace") + r.stderr.decode(errors="replace"))
        return json.loads(r.stdout)

    def refused(self, noun, text, *more, rule="", says="", name="in.csv"):
        """Exit 9 with that problem, and nothing is written."""
        with self.untouched():
            problems = self.load(noun, text, *more, code=9, name=name)["problems"]
        self.assertTrue([p for p in problems if (p["rule"] or "") == rule and says in p["message"] and not p["warning"]], problems)
        return problems

    def rejects(self, noun, text, *more, name="in.csv", to="bad.csv"):
        return self.load(noun, text, "--on-error", "reject", "--rejects", to, *more, code=9, name=name)

    def sql(self, query):
        with contextlib.closing(sqlite3.connect(self.env["AGENCY_DB"])) as db:
            return db.execute(query).fetchall()

    @contextlib.contextmanager
    def untouched(self):
        def dump():
            with contextlib.closing(sqlite3.connect(self.env["AGENCY_DB"])) as db:
                return list(db.iterdump())
        before = dump()
        yield
        self.assertEqual(before, dump(), "something was written")

    def amounts(self):
        return {c["number"]: c["amount"] for c in self.json("contract", "list")["contracts"]}

    def names(self):
        return {c["code"]: c["name"] for c in self.json("client", "list")["clients"]}


class Update(Rules):
    def update(self, noun, text, *more):
        return self.load(noun, text, "--on-conflict", "update", *more)["import"]

    def test_negative_contract_amount_is_refused(self):
        self.refused("contract", "number,client,title,amount\nC1,K1,t,-1\n", "--on-conflict", "update", says="negative")

    def test_CON_004_end_before_start_is_refused(self):
        self.contract("C2", "1", "--starts-on", "2026-01-01", "--ends-on", "2026-12-31")
        self.refused("contract", "number,client,title,ends_on\nC2,K1,t,2025-12-31\n", "--on-conflict", "update", rule="CON-004")

    def test_KYC_001_wrong_check_character_is_refused(self):
        self.refused("client", f"code,name,uscc\nK1,甲公司,{WRONG_USCC}\n", "--on-conflict", "update", rule="KYC-001")

    def test_KYC_002_code_of_another_client_is_refused(self):
        self.ok("client", "add", "--code", "K2", "--name", "乙", "--uscc", USCC)
        self.refused("client", f"code,name,uscc\nK1,甲公司,{USCC}\n", "--on-conflict", "update", rule="KYC-002")

    def test_PER_001_effective_in_a_closed_month_is_refused(self):
        self.at("2026-03-10T09:00Z")
        self.ok("period", "close", "2026-02")
        changed = "number,client,title,amount\nC1,K1,t,7\n"
        self.refused("contract", changed, "--on-conflict", "update", "--effective", "2026-02-28", rule="PER-001")
        self.assertEqual(self.update("contract", changed, "--effective", "2026-03-01")["updated"], 1)

    def test_amount_without_a_currency_column_is_in_the_currency_of_the_contract(self):
        self.contract("J1", "1000", "--currency", "JPY")
        self.assertEqual(self.update("contract", "number,client,title,amount\nJ1,K1,t,1000\n")["unchanged"], 1)
        self.assertEqual(self.update("contract", "number,client,title,amount\nJ1,K1,t,1001\n")["updated"], 1)
        self.assertEqual(self.amounts()["J1"], "1001")
        self.refused("contract", "number,client,title,amount\nJ1,K1,t,1001.50\n", "--on-conflict", "update", says="decimals")

    def test_same_key_twice_is_a_problem(self):
        problems = self.refused("contract", "number,client,title,amount\nC1,K1,t,2\nC1,K1,t,3\n", "--on-conflict", "update", says="twice")
        self.assertEqual([(p["row"], p["field"]) for p in problems], [(3, "number")])

    def test_same_key_twice_is_a_problem_when_the_first_row_changes_nothing(self):
        self.refused("contract", "number,client,title,amount\nC1,K1,t,100\nC1,K1,t,3\n", "--on-conflict", "update", says="twice")

    def test_same_update_twice_is_unchanged(self):
        self.at("2026-03-10T09:00Z")
        changed = "number,client,title,amount,owner,tax_rate\nC1,K1,new,7,李,6%\n"
        self.assertEqual(self.update("contract", changed, "--effective", "2026-02-01")["updated"], 1)
        with self.untouched():
            self.assertEqual([self.update("contract", changed, *more)["unchanged"] for more in (("--effective", "2026-02-01"), ())], [1, 1])

    def test_AR_003_client_of_a_receipt_never_changes(self):
        self.ok("client", "add", "--code", "K2", "--name", "乙")
        self.receipt("R1", "2026-01-02", "5")
        for client in ("K2", "乙"):
            self.refused("receipt", f"number,client,received_on,amount\nR1,{client},2026-01-02,5\n", "--on-conflict", "update", rule="AR-003")
        self.assertEqual(self.json("receipt", "show", "R1")["receipt"]["client"], "K1")

    def test_AR_003_client_of_a_claimed_receipt_does_not_change_before_the_claim_either(self):
        self.ok("client", "add", "--code", "K2", "--name", "乙")
        self.at("2026-06-01T09:00Z")
        self.ok("receipt", "add", "--number", "U", "--received-on", "2026-02-20", "--amount", "5")
        self.ok("receipt", "claim", "U", "--client", "K1", "--effective", "2026-04-01")
        self.refused("receipt", "number,client,received_on,amount\nU,K2,2026-02-20,5\n", "--on-conflict", "update", "--effective", "2026-03-01", rule="AR-003")

    def test_old_title_is_what_was_known_before(self):
        self.invoice("I1", "2026-01-02", "2026-01-03", "5")
        self.at("2026-02-01T09:00Z")
        self.update("contract", "number,client,title\nC1,K1,new\n")
        title = lambda *more: [r["title"] for r in self.aging("2026-01-20", "--by", "contract", *more)["rows"]]
        self.assertEqual((title(), title("--known-at", "2026-01-20T00:00Z")), (["new"], ["t"]))


class Voided(Rules):
    """The same file a second time changes nothing, also where a record was voided meanwhile."""
    LINES = "number,client,title,amount\nW1,K1,t,1\nW2,K1,t,2\n"

    def setUp(self):
        super().setUp()
        self.load("contract", self.LINES)
        self.ok("contract", "void", "W2", "--reason", "dup")

    def test_its_row_is_unchanged(self):
        for n, way in enumerate(("skip", "update")):
            done = self.load("contract", self.LINES + f"N{n},K1,t,3\n", "--on-conflict", way)["import"]
            self.assertEqual((done["inserted"], done["updated"], done["unchanged"]), (1, 0, 2), way)
        self.assertTrue(self.json("contract", "show", "W2")["contract"]["voided_on"])

    def test_also_when_its_client_is_voided(self):
        self.ok("client", "add", "--code", "K2", "--name", "乙公司")
        text = "number,client,title,amount\nZ1,K2,t,1\nZ2,乙公司,t,1\n"
        self.load("contract", text)
        for number in ("Z1", "Z2"):
            self.ok("contract", "void", number, "--reason", "dup")
        self.ok("client", "void", "K2", "--reason", "dup")
        for way in ("skip", "update"):
            self.assertEqual(self.load("contract", text, "--on-conflict", way)["import"]["unchanged"], 2)

    def test_what_differs_is_a_problem_of_update_only(self):
        other = self.LINES.replace("W2,K1,t,2", "W2,K1,t,3")
        self.refused("contract", other, "--on-conflict", "update", says="W2 exists and is voided")
        self.refused("contract", self.LINES, says="W2 exists and is voided")
        self.assertEqual(self.load("contract", other, "--on-conflict", "skip")["import"]["unchanged"], 2)
        self.refused("contract", self.LINES + "W2,K1,t,2\n", "--on-conflict", "skip", says="stands twice")

    def test_what_to_do_by_hand_is_told(self):
        error = self.fails(4, "contract", "add", "--number", "W2", "--client", "K1", "--title", "t", "--amount", "1")
        self.assertIn("give it another number, or take the void back: agency undo ", error)
        self.ok("undo", error.split("agency undo ")[1].split()[0])
        self.assertIsNone(self.json("contract", "show", "W2")["contract"]["voided_on"])
        self.assertIn("agency contract edit changes", self.fails(4, "contract", "add", "--number", "W1", "--client", "K1", "--title", "t", "--amount", "1"))


class Near(Rules):
    def test_a_short_name_that_shares_nothing_is_near_nothing(self):
        self.ok("client", "add", "--code", "A", "--name", "a")
        for name, near in (("没有", None), ("没", None), ("没有公司", None), ("KK1", "K1"), ("K2", "K1")):
            said = self.refused("contract", f"number,client,title,amount\nC2,{name},t,1\n", says=f'there is no client "{name}"')[0]["message"]
            self.assertEqual(said.split("did you mean ")[1:], [near + "?"] if near else [], name)

    def test_a_name_in_another_width_is_told_with_whose_it_is(self):
        done = self.load("client", "code,name\nX1,（甲）公司\nX2,(甲)公司\n")
        self.assertEqual([p["message"] for p in done["problems"]], ['the client of row 2 differs from "(甲)公司" only in width or brackets'])
        done = self.load("client", "code,name\nX3,（甲)公司\n")
        self.assertEqual([p["message"] for p in done["problems"]], ['client X1, "（甲）公司", differs from "（甲)公司" only in width or brackets'])


class Accept(Rules):
    def test_no_other_rule_is_accepted(self):
        self.file("in.csv", f"code,name,uscc\nK2,乙,{WRONG_USCC}\n")
        for rule in ("KYC-002", "KYC-003", "CON-004", "PER-001", "KYC"):
            with self.untouched():
                self.assertIn(rule, self.fails(2, "client", "import", "in.csv", "--accept", rule))

    def test_KYC_001_accepted_stands_in_the_trail(self):
        done = self.load("client", f"code,name,uscc\nK2,乙,{USCC}\nK3,丙,{WRONG_USCC}\n", "--accept", "KYC-001")
        self.assertEqual([(p["row"], p["rule"], p["warning"]) for p in done["problems"]], [(3, "KYC-001", True)])
        after = json.loads(self.sql("SELECT after FROM audit WHERE verb = 'import' AND noun = 'client'")[0][0])
        self.assertEqual([(a["row"], a["rule"]) for a in after["accepted"]], [(3, "KYC-001")])
        self.assertIn(WRONG_USCC, after["accepted"][0]["message"])
        self.assertEqual(self.json("client", "show", "K3")["client"]["uscc"], WRONG_USCC)

    def test_KYC_003_is_not_accepted_with_it(self):
        self.refused("client", "code,name,uscc\nK2,乙,9135010OM000100Y43\n", "--accept", "KYC-001", rule="KYC-003")


class InNoOrder(Rules):
    """A large file whose numbers come in no order: that they are new is left to the unique index, and each is looked for when it refuses."""
    def text(self, *among):
        rows = [f"N{n:05},K1,t,1,2026-01-01" for n in range(7000, 0, -1)]
        rows[3500:3500] = among
        return HEAD + "\n".join(rows) + "\n"

    def problems(self, *among):
        return [(p["row"], p["message"]) for p in self.refused("contract", self.text(*among), says="")]

    def test_new(self):
        self.assertEqual(self.load("contract", self.text())["import"]["inserted"], 7000)
        self.assertEqual(self.sql("SELECT COUNT(*), COUNT(DISTINCT number) FROM contract"), [(7001, 7001)])

    def test_a_stored_number_is_named(self):
        self.assertEqual(self.problems("C1,K1,t,1,2026-01-01"), [(3502, "C1 exists already")])

    def test_every_problem_is_told(self):
        found = self.problems("C1,K1,t,1,2026-01-01", "N90000,K9,t,1,2026-01-01", "N00001,K1,t,1,2026-01-01")
        self.assertEqual([row for row, _ in found], [3502, 3503, 7004])
        self.assertEqual(found[0][1], "C1 exists already")
        self.assertEqual(found[2][1], "N00001 stands twice in this file")

    def test_a_stored_number_is_changed_when_asked(self):
        self.load("contract", self.text("C1,K1,t,7,"), "--on-conflict", "update", "--effective", "2026-01-01")
        self.assertEqual(self.amounts()["C1"], "7.00")

    def test_numbers_that_were_taken_back(self):
        self.load("contract", self.text())
        self.ok("undo")
        self.load("contract", self.text())
        self.assertEqual(len(self.amounts()), 7001)


class Again(Rules):
    def test_rows_without_a_number_come_once_unless_again(self):
        self.invoice("I1", "2026-01-02", "2026-01-03", "100")
        self.receipt("R1", "2026-01-02", "100")
        self.file("a.csv", "receipt,invoice,amount\nR1,I1,10\nR1,I1,10\n")
        self.ok("allocation", "import", "a.csv")
        with self.untouched():
            self.assertIn("--again", self.fails(4, "allocation", "import", "a.csv"))
        self.ok("allocation", "import", "a.csv", "--again")
        self.assertEqual([a["amount"] for a in self.json("allocation", "list")["allocations"]], ["10.00"] * 4)
        self.fails(4, "allocation", "import", "a.csv")


class Bytes(Rules):
    HEAD = "number,client,title,amount\n"

    def title(self, number):
        return self.json("contract", "show", number)["contract"]["title"]

    def test_record_of_more_than_16_MiB_is_refused(self):
        long = "x" * (16 << 20)
        for text in (f"C2,K1,{long},1\n", f'C2,K1,"{long}",1\n', f'C2,K1,"{long}'):
            problems = self.refused("contract", self.HEAD + "OK,K1,t,1\n" + text, says="16 MiB")
            self.assertEqual([p["row"] for p in problems], [3])

    def test_line_of_JSON_of_more_than_16_MiB_is_refused(self):
        line = '{"number":"%s","client":"K1","title":"%s","amount":1}\n'
        self.refused("contract", line % ("OK", "t") + line % ("C2", "x" * (16 << 20)), says="16 MiB", name="in.jsonl")

    def test_NUL_is_refused(self):
        self.assertEqual([p["row"] for p in self.refused("contract", self.HEAD + "OK,K1,t,1\nC2,K1,a\0b,1\n", says="NUL")], [3])
        self.refused("contract", '{"number":"C2","client":"K1","title":"a\\u0000b","amount":1}\n', says="NUL", name="in.jsonl")

    def test_replacement_character_is_refused(self):
        for encoding in ("utf-8", "gb18030"):
            text = (self.HEAD + "OK,K1,合同,1\nC2,K1,a\N{REPLACEMENT CHARACTER}b,1\n").encode(encoding)
            self.assertEqual([p["row"] for p in self.refused("contract", text, says="U+FFFD")], [3])

    def test_bad_UTF_8_is_refused(self):
        for bad in (b"\xc3(", b"\xff", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80"):  # cut, no byte of it, surrogate, overlong, too far
            text = self.HEAD.encode() + "OK,K1,合同,1\n".encode() + b"C2,K1," + bad + b",1\n"
            self.assertEqual([p["row"] for p in self.refused("contract", text, says="UTF-8")], [3], bad)

    def test_character_on_the_border_of_a_block(self):
        start = self.HEAD + "%s,K1,%s"
        for name in ("gb18030", "utf-8"):
            for back in (3, 2, 1, 0):  # bytes of the first character that stand in the first block
                number = f"{name}-{back}"
                head = start % (number, "x" * (BLOCK - back - len(start % (number, ""))))
                self.assertEqual(len(head), BLOCK - back)
                done = self.load("contract", (head + "合同甲,1\n").encode(name))
                self.assertEqual((done["import"]["encoding"], self.title(number).lstrip("x")), (name, "合同甲"), number)

    def test_one_broken_character_does_not_make_it_GB18030(self):
        """Every line is sound GB18030 by its form, the broken ones too."""
        sound = "合".encode()
        for broken in (sound[:1], sound[:1] + sound[:1] + sound[2:], sound[1:2] + sound[:1] + sound[2:]):
            for row in (0, 10, 19):
                lines = [f"B{n},K1,代理合同,1\n".encode() for n in range(20)]
                lines[row] = lines[row].replace(sound, broken)
                lines[row].decode("gb18030")
                problems = self.refused("contract", self.HEAD.encode() + b"".join(lines), says="UTF-8")
                self.assertEqual([p["row"] for p in problems], [row + 2])

    def test_mark_of_UTF_8_wins_over_the_option(self):
        done = self.load("contract", b"\xef\xbb\xbf" + (self.HEAD + "C2,K1,合同,1\n").encode(), "--encoding", "gb18030")
        self.assertEqual((done["import"]["encoding"], self.title("C2")), ("utf-8", "合同"))


class Rejects(Rules):
    def bad(self, name="bad.csv", delimiter=",", encoding="utf-8"):
        """Header and rows of the rejects file."""
        return list(csv.reader(io.StringIO((self.dir / name).read_text(encoding=encoding)), delimiter=delimiter))

    def left(self):
        return sorted(p.name for p in self.dir.iterdir() if p.name.startswith("bad"))

    def test_ragged_rows_are_kept_as_they_were(self):
        done = self.rejects("contract", HEAD + "A,K1,t,1,2026-01-01\nB,K1,t\nC,K1,t,1,2026-01-01,more\n")
        self.assertEqual((done["import"]["inserted"], done["import"]["rejected"]), (1, 2))
        header, short, long = self.bad()
        self.assertEqual(header, ["number", "client", "title", "amount", "signed_on", "_row", "_column", "_rule", "_message"])
        self.assertEqual((short[:4], long[:7]), (["B", "K1", "t", "3"], ["C", "K1", "t", "1", "2026-01-01", "more", "4"]))
        self.assertIn("3 cells", short[-1])
        self.assertIn("6 cells", long[-1])

    def test_text_after_a_quote_is_kept(self):
        self.rejects("contract", HEAD + 'A,K1,"a ""b"" c" d,1,2026-01-01\nB,K1,t,1,2026-01-01\n')
        row = self.bad()[1]
        self.assertEqual(row[:2] + row[3:6], ["A", "K1", "1", "2026-01-01", "2"])
        self.assertEqual(row[2], '"a ""b"" c" d\ufffd')  # the mark of what is lost: as it is it is refused again
        self.assertEqual(set(self.amounts()), {"B", "C1"})

    def test_several_problems_are_one_line(self):
        self.rejects("contract", "number,client,title,amount,starts_on,ends_on\nA,nobody,t,x,2026-02-01,2026-01-01\n")
        header, row = self.bad()
        notes = dict(zip(header, row))
        self.assertEqual((notes["_row"], notes["_column"], notes["_rule"]), ("2", "client; amount; ends_on", "CON-004"))
        self.assertEqual(len(notes["_message"].split("; ")), 3)

    def test_mended_file_is_imported_as_it_is(self):
        self.rejects("contract", HEAD + 'A,K1,"two\nlines, ""and quotes""",x,2026-01-01\nB,K1,t,1,2026-02-30\nC,K1,t,1,2026-01-01\n')
        self.file("bad.csv", (self.dir / "bad.csv").read_text().replace(",x,", ",2,").replace("02-30", "02-28"))
        with self.untouched():
            self.ok("contract", "import", "bad.csv", "--dry-run")
        self.ok("contract", "import", "bad.csv")
        self.assertEqual(self.amounts(), {"A": "2.00", "B": "1.00", "C": "1.00", "C1": "100.00"})
        self.assertEqual(self.json("contract", "show", "A")["contract"]["title"], 'two\nlines, "and quotes"')

    def test_rejects_of_a_mended_file_have_the_notes_once(self):
        self.rejects("contract", HEAD + "A,K1,t,x,2026-01-01\n")
        self.rejects("contract", (self.dir / "bad.csv").read_text(), name="again.csv", to="bad2.csv")
        self.assertEqual(self.bad("bad2.csv"), self.bad())

    def kept(self, source, rejects, data, mend, *more):
        """Rejects of the source, mended, come in the same way."""
        done = self.rejects("contract", data, *more, name=source, to=rejects)
        self.assertEqual(done["import"]["rejected"], 1)
        bad = (self.dir / rejects).read_bytes()
        self.assertEqual(bad.count(mend[0]), 1, bad)
        self.load("contract", bad.replace(*mend), *more, name=rejects)
        self.assertEqual(self.amounts()["B"], "2.50")
        self.assertEqual(self.json("contract", "show", "B")["contract"]["title"], "合同，乙")
        return bad

    def again(self, noun, first, *names):
        """Unmended rows are refused in every round, and come out the same."""
        self.rejects(noun, first, name=names[0], to=names[1])
        bad = (self.dir / names[1]).read_bytes()
        for source, to in zip(names[1:], names[2:]):
            with self.untouched():
                self.assertEqual(self.rejects(noun, bad, name=source, to=to)["import"]["inserted"], 0)
            bad = (self.dir / to).read_bytes()
        return bad.decode()

    def test_unmended_rows_come_out_the_same(self):
        rows = "X1,x\nX3\nX4,y,z\nX5,y,,,\n\"X6\ncode,name\nX7,\"a\"b\nX8,\"open\n"
        with self.subTest("once"):
            self.again("client", "code,name\n" + rows, "a.csv", "b.csv", "c.csv")
            first, second = self.bad("b.csv"), self.bad("c.csv")
            self.assertEqual([r[:-4] for r in second], [r[:-4] for r in first])
            self.assertEqual([r[:-4] for r in first[1:4]], [["X3"], ["X4", "y", "z"], ["X5", "y", "", "", ""]])
        third = self.again("client", (self.dir / "c.csv").read_text(), "c.csv", "d.csv", "e.csv")
        self.assertIn("X4,y,z,", third)
        self.assertEqual(self.names(), {"K1": "甲公司", "X1": "x"})

    def test_counts_of_cells_leave_the_notes_out(self):
        self.rejects("client", "code,name\nX3\nX4,y,z\n")
        messages = [p["message"] for p in self.rejects("client", (self.dir / "bad.csv").read_text(), name="b.csv", to="bad2.csv")["problems"]]
        self.assertEqual(messages, ["it has 1 cell, the header has 2", "it has 3 cells, the header has 2"])

    def test_a_short_row_that_a_spreadsheet_filled_up_is_refused(self):
        bad = "code,name,_row,_column,_rule,_message\nX3,3,,,it has 1 cell,\n"
        self.rejects("client", bad, name="b.csv")
        self.assertEqual(self.bad()[1][:2], ["X3", "2"])
        self.assertEqual(self.names(), {"K1": "甲公司"})

    def test_JSONL_that_is_no_object_whole_is_kept_as_text(self):
        lines = ['{"code":"J4","name":"a","code":"J5"}', '{"code":"J6","name":', '{"code":"J7","name":"n","credit_limit":12345678901234567890.10}', '{"code":"J8"}']
        last = self.again("client", '{"code":"J1","name":"ok","credit_limit":null}\n' + "\n".join(lines) + "\n", "a.jsonl", "b.jsonl", "c.jsonl", "d.jsonl")
        self.assertEqual([json.loads(l).get("_text") for l in last.splitlines()], lines[:2] + [None] * 2)
        self.assertIn(":12345678901234567890.10,", last)
        self.assertEqual(self.names(), {"K1": "甲公司", "J1": "ok"})
        mended = last.replace('\\"code\\":\\"J5\\"', '\\"note\\":\\"J5\\"').replace(',\\"note\\":\\"J5\\"', "").splitlines()
        self.load("client", "\n".join([mended[0], '{"code":"J6","name":"six","credit_limit":null}', mended[2].replace("12345678901234567890.10", "12.30"), mended[3].replace('"name":null', '"name":"eight"')]) + "\n", name="e.jsonl")
        self.assertEqual(self.names(), {"K1": "甲公司", "J1": "ok", "J4": "a", "J6": "six", "J7": "n", "J8": "eight"})

    def test_a_first_line_of_JSONL_that_cannot_be_read_is_one_bad_row(self):
        done = self.rejects("client", '{"code":\n{"code":"J2","name":"two"}\n{}\n', name="a.jsonl", to="bad.jsonl")
        self.assertEqual(([p["row"] for p in done["problems"] if not p["field"]], done["import"]["inserted"], done["import"]["rejected"]), ([1], 1, 2))
        self.assertEqual(json.loads((self.dir / "bad.jsonl").read_text().splitlines()[0])["_text"], '{"code":')
        self.refused("client", "code,name\nX,x\n", says="row 1 of b.jsonl cannot be read", name="b.jsonl")

    def test_the_rejects_of_an_earlier_run_are_removed(self):
        for name, encoding in (("bad.csv", "utf-8"), ("bad.csv", "utf-16")):
            text = "number,client,title,amount\nA-%s,K1,t,%s\n"
            self.rejects("contract", (text % (encoding, "x")).encode(encoding))
            good = text % (encoding, "1")
            args = ("--on-error", "reject", "--rejects", name)
            self.load("contract", good, *args, "--dry-run")
            self.assertEqual(self.left(), [name])
            told = self.load("contract", good, *args)["problems"]
            self.assertEqual((self.left(), [(p["row"], p["warning"]) for p in told]), ([], [(0, True)]))
            self.assertIn("bad.csv of an earlier import was removed", told[0]["message"])

    def test_TSV_stays_TSV(self):
        data = self.kept("in.tsv", "bad.tsv", "number\tclient\ttitle\tamount\nA\tK1\tt\t1\nB\tK1\t合同，乙\t2x5\n", (b"\t2x5\t", b"\t2.5\t"))
        self.assertTrue(data.startswith(b"number\tclient\ttitle\tamount\t_row\t"), data)

    def test_delimiter_of_the_map_stays(self):
        self.file("m.toml", '[file]\ndelimiter = ";"\n')
        data = self.kept("in.csv", "bad.csv", "number;client;title;amount\nA;K1;t;1\nB;K1;合同，乙;2x5\n", (b";2x5;", b";2.5;"), "--map", "m.toml")
        self.assertTrue(data.startswith(b"number;client;title;amount;_row;"), data)

    def test_GB18030_stays_GB18030(self):
        data = self.kept("in.csv", "bad.csv", "number,客户,title,amount\nA,K1,t,1\nB,甲公司,合同，乙,2x5\n".encode("gb18030"), (b",2x5,", b",2.5,"))
        self.assertIn("甲公司,合同，乙".encode("gb18030"), data)

    def test_JSONL_stays_JSONL(self):
        line = '{"number":"%s","client":"K1","title":"%s","amount":%s}\n'
        data = self.kept("in.jsonl", "bad.jsonl", line % ("A", "t", 1) + line % ("B", "合同，乙", '"2x5"'), (b'"amount":"2x5"', b'"amount":2.50'))
        row = json.loads(data)
        self.assertEqual((row["number"], row["_row"], row["_column"]), ("B", 2, "amount"))

    def test_rejects_never_overwrite_what_the_command_uses(self):
        self.file("in.csv", HEAD + "A,K1,t,x,2026-01-01\n")
        self.file("m.toml", 'ignore = ["other"]\n')
        (self.dir / "link.csv").symlink_to("in.csv")
        os.link(self.dir / "in.csv", self.dir / "hard.csv")
        (self.dir / "folder").mkdir()
        os.mkfifo(self.dir / "pipe")
        kept = {name: (self.dir / name).read_bytes() for name in ("in.csv", "m.toml")}
        for to in ("in.csv", "./in.csv", "link.csv", "hard.csv", self.dir / "agency.db", "m.toml", "folder", "pipe"):
            with self.untouched():
                self.fails(2, "contract", "import", "in.csv", "--map", "m.toml", "--on-error", "reject", "--rejects", to)
        self.assertEqual(kept, {name: (self.dir / name).read_bytes() for name in kept})
        self.assertEqual(list(self.dir.glob("*.part*")), [])

    def test_dry_run_leaves_no_file(self):
        with self.untouched():
            done = self.rejects("contract", HEAD + "A,K1,t,1,2026-01-01\nB,K1,t,x,2026-01-01\n", "--dry-run")
        self.assertEqual((done["import"]["rejected"], self.left()), (1, []))

    def test_nothing_rejected_leaves_an_existing_file_alone(self):
        self.file("bad.csv", "of last week\n")
        self.load("contract", HEAD + "A,K1,t,1,2026-01-01\n", "--on-error", "reject", "--rejects", "bad.csv")
        self.assertEqual(((self.dir / "bad.csv").read_text(), self.left()), ("of last week\n", ["bad.csv"]))

    def test_interrupted_import_leaves_nothing(self):
        """It waits for the rest of its input, with a rejected row behind it, when it is interrupted."""
        p = subprocess.Popen([BINARY, "contract", "import", "-", "--on-error", "reject", "--rejects", "bad.csv"], cwd=self.dir, env=self.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                             preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        self.addCleanup(p.kill)
        with self.untouched(), p.stdin, p.stdout, p.stderr:
            p.stdin.write((HEAD + "".join(f"A{n},K1,t,x,2026-01-01\n" for n in range(3 * BLOCK // 20))).encode())
            p.stdin.flush()
            until = time.monotonic() + 1
            while not self.left() and time.monotonic() < until:
                time.sleep(0.01)
            p.send_signal(signal.SIGINT)
            self.assertNotEqual(p.wait(10), 0)
        self.assertEqual(self.left(), [])


class Rows(Rules):
    def test_rejected_row_does_not_take_a_USCC(self):
        done = self.rejects("client", f"code,name,uscc,credit_limit\nA,a,{USCC},x\nB,b,{USCC},1\n")
        self.assertEqual(([p["row"] for p in done["problems"]], set(self.names())), ([2], {"B", "K1"}))

    def test_good_row_takes_its_USCC(self):
        self.refused("client", f"code,name,uscc\nA,a,{USCC}\nB,b,{USCC}\n", rule="KYC-002")

    def test_rejected_row_does_not_take_a_bank_reference(self):
        done = self.rejects("receipt", "number,client,received_on,amount,account,bank_reference\nA,K1,2026-01-02,x,1,ref\nB,K1,2026-01-02,5,1,ref\n")
        self.assertEqual(([p["row"] for p in done["problems"]], [r["number"] for r in self.json("receipt", "list")["receipts"]]), ([2], ["B"]))

    def test_AR_004_good_row_takes_its_bank_reference(self):
        self.refused("receipt", "number,client,received_on,amount,account,bank_reference\nA,K1,2026-01-02,5,1,ref\nB,K1,2026-01-02,5,1,ref\n", rule="AR-004")

    def test_rejected_row_does_not_take_a_number(self):
        self.rejects("contract", HEAD + "A,K1,t,x,2026-01-01\nA,K1,t,2,2026-01-01\n")
        self.assertEqual(self.amounts()["A"], "2.00")

    def test_no_client_is_made_for_a_rejected_row(self):
        self.rejects("contract", HEAD + "A,新客户,t,x,2026-01-01\nB,K1,t,1,2026-01-01\n", "--create-clients")
        self.assertEqual(set(self.names()), {"K1"})

    def test_no_client_is_made_for_an_unchanged_row(self):
        with self.untouched():
            done = self.load("contract", "number,client,title,amount\nC1,别人,t,100\n", "--create-clients", "--on-conflict", "skip")
        self.assertEqual(done["import"]["unchanged"], 1)

    def test_client_is_made_for_the_row_after_a_rejected_one(self):
        self.rejects("contract", HEAD + "A,新客户,t,x,2026-01-01\nB,新客户,t,1,2026-01-01\nC,另一家,t,1,2026-01-01\n", "--create-clients")
        self.assertEqual(self.names(), {"C-000001": "新客户", "C-000002": "另一家", "K1": "甲公司"})
        self.assertEqual({c["number"]: c["client_name"] for c in self.json("contract", "list")["contracts"]}, {"B": "新客户", "C": "另一家", "C1": "甲公司"})

    def test_ambiguous_name_is_a_problem_that_says_so(self):
        self.ok("client", "add", "--code", "K2", "--name", "甲公司")
        for more in ((), ("--create-clients",)):
            problems = self.refused("contract", HEAD + "A,甲公司,t,1,2026-01-01\n", *more, says="several")
            self.assertEqual([(p["row"], p["column"], p["field"]) for p in problems], [(2, 2, "client")])

    def test_codes_of_new_clients_skip_those_that_exist(self):
        for code in ("C-000001", "C-000003"):
            self.ok("client", "add", "--code", code, "--name", code)
        self.load("contract", HEAD + "".join(f"A{n},新{n},t,1,2026-01-01\n" for n in range(3)), "--create-clients")
        made = {code: name for code, name in self.names().items() if name.startswith("新")}
        self.assertEqual(sorted(made.values()), ["新0", "新1", "新2"])
        for code in made:
            self.assertRegex(code, r"^C-\d{6}$")
        self.assertEqual(len(self.names()), 6)

    def test_renamed_client_is_found_by_the_name_in_force(self):
        self.load("client", "code,name\nK1,乙公司\n", "--on-conflict", "update", "--effective", "2026-02-01")
        row = "number,client,title,amount\n%s,%s,t,1\n"
        self.load("contract", row % ("A", "甲公司"))
        self.refused("contract", row % ("B", "乙公司"), says="乙公司")
        self.at("2026-02-01T09:00Z")
        self.load("contract", row % ("B", "乙公司"))
        self.refused("contract", row % ("C", "甲公司"), says="甲公司")
        self.assertEqual({c["client"] for c in self.json("contract", "list")["contracts"]}, {"K1"})


class Report(Rules):
    def test_all_problems_of_a_row_in_the_order_of_its_columns(self):
        for header, row, fields in (("number,client,title,amount,signed_on", "A,nobody,,x,2026-02-30", ["client", "title", "amount", "signed_on"]),
                                    ("signed_on,amount,title,client,number", "2026-02-30,x,,nobody,A", ["signed_on", "amount", "title", "client"]),
                                    ("ends_on,starts_on,amount,number,client,title", "2026-01-01,2026-02-01,-1,C1,K1,t", ["ends_on", "amount", "number"])):
            problems = self.load("contract", f"{header}\n{row}\n", code=9)["problems"]
            self.assertEqual([p["field"] for p in problems], fields)
            self.assertEqual([p["column"] for p in problems], [header.split(",").index(f) + 1 for f in fields])

    def test_problems_on_stderr_are_in_the_same_order(self):
        error = self.fails(9, "contract", "import", self.file("in.csv", "amount,client,title,number\nx,nobody,,A\n"))
        self.assertEqual([line.rsplit("in.csv:")[1].split(":")[:2] for line in error.splitlines() if "in.csv:2" in line], [["2", "1(amount)"], ["2", "2(client)"], ["2", "3(title)"]])

    def test_problems_of_the_header_carry_its_row(self):
        self.file("m.toml", '[file]\nskip_until = "number"\n')
        preamble = "合同台账,,\n\n制表,王,\n"
        problems = self.refused("contract", preamble + "number,client,titel\nA,K1,t\n", "--map", "m.toml", says="titel")
        self.assertEqual({p["row"] for p in problems}, {4})
        self.assertIn("title", {p["field"] for p in problems})
        self.assertIn("in.csv:4:3(titel)", self.fails(9, "contract", "import", "in.csv", "--map", "m.toml"))
        self.assertEqual({p["row"] for p in self.refused("contract", "number,client,titel\nA,K1,t\n", says="titel")}, {1})

    def test_report_is_complete_at_exit_9(self):
        for text in (HEAD + "A,K1,t,x,2026-01-01\n", "number,number\nA,K1\n", 'number,"client\nA,K1,t,1\n', "number,titel\nA,t\n", "", "<html><body>log in</body></html>"):
            r = self.run_("contract", "import", self.file("in.csv", text), "--format", "json")
            self.assertEqual(r.returncode, 9, text)
            report = json.loads(r.stdout)
            self.assertLessEqual({"record", "source", "encoding", "batch", "read", "inserted", "updated", "unchanged", "rejected", "skipped", "written", "seconds"}, set(report["import"]))
            self.assertTrue(report["problems"] and all(p["message"] for p in report["problems"]), text)
            self.assertEqual(len(r.stderr.splitlines()), 1, r.stderr)
            self.assertEqual(json.loads(r.stderr)["error"]["exit"], 9)

    def test_counts_say_nothing_was_written(self):
        self.contract("C2", "1")
        done = self.load("contract", "number,client,title,amount\nA,K1,t,1\nC1,K1,t,7\nC2,K1,t,1\nB,K1,t,x\n", "--on-conflict", "update", code=9)["import"]
        self.assertEqual({k: done[k] for k in ("read", "inserted", "updated", "unchanged", "rejected", "written")}, {"read": 4, "inserted": 0, "updated": 0, "unchanged": 0, "rejected": 1, "written": False})

    def test_counts_with_rejected_rows(self):
        self.contract("C2", "1")
        done = self.rejects("contract", "number,client,title,amount\nA,K1,t,1\nC1,K1,t,7\nC2,K1,t,1\nB,K1,t,x\n", "--on-conflict", "update")["import"]
        self.assertEqual({k: done[k] for k in ("read", "inserted", "updated", "unchanged", "rejected", "written")}, {"read": 4, "inserted": 1, "updated": 1, "unchanged": 1, "rejected": 1, "written": True})

    def test_seconds_are_a_number(self):
        seconds = self.load("contract", HEAD + "A,K1,t,1,2026-01-01\n")["import"]["seconds"]
        self.assertIsInstance(seconds, (int, float))


class Values(Rules):
    def test_amounts_that_are_refused(self):
        for amount in ("USD 5", "5 USD", "$5", "①", "1①", "五", "1 23", "1,23", "--1", "(-1)"):
            with self.subTest(amount=amount):
                problems = self.refused("contract", f'number,client,title,amount\nA,K1,t,"{amount}"\n', says=amount)
                self.assertEqual([p["field"] for p in problems], ["amount"])

    def test_amounts_that_are_read(self):
        for n, (amount, value) in enumerate((("￥1 234", "1234.00"), ("¥1,234.5", "1234.50"), ("CNY 5", "5.00"), ("５．５元", "5.50"), ("RMB 7", "7.00"))):
            self.load("contract", f'number,client,title,amount\nA{n},K1,t,"{amount}"\n')
            self.assertEqual(self.amounts()[f"A{n}"], value, amount)

    def test_currency_beside_the_amount_holds(self):
        self.load("contract", "number,client,title,amount,currency\nA,K1,t,USD 5,USD\nB,K1,t,￥5,JPY\n")
        self.assertEqual({k: v for k, v in self.amounts().items() if k != "C1"}, {"A": "5.00", "B": "5"})
        self.refused("contract", "number,client,title,amount,currency\nC,K1,t,￥5,USD\n", says="USD")

    def test_days_that_are_refused(self):
        for day in ("00260301", "02026-03-01", "0026/3/1", "26-03-01", "2026-3", "2026-02-29", "2026-03-01x"):
            with self.subTest(day=day):
                self.assertEqual([p["field"] for p in self.refused("contract", HEAD + f"A,K1,t,1,{day}\n", says=day)], ["signed_on"])

    def test_days_that_are_read(self):
        for n, day in enumerate(("2026-03-01", "20260301", "2026/3/1", "2026年3月1日", "2026.03.01", "２０２６-03-01")):
            self.load("contract", HEAD + f"A{n},K1,t,1,{day}\n")
            self.assertEqual(self.json("contract", "show", f"A{n}")["contract"]["signed_on"], "2026-03-01", day)

    def test_where_of_a_map(self):
        for n, (condition, taken) in enumerate(((">=2", "bc"), ("<=2", "ab"), ("=2", "b"), ("2", "b"), ("!=2", "ac"), (">2", "c"), ("<2", "a"))):
            self.file("m.toml", f'[where]\nkeep = "{condition}"\n')
            done = self.load("contract", "number,client,title,amount,keep\n" + "".join(f"{c}{n},K1,t,1,{v}\n" for c, v in zip("abc", "123")), "--map", "m.toml")["import"]
            self.assertEqual((done["inserted"], done["skipped"]), (len(taken), 3 - len(taken)), condition)
            self.assertEqual({k for k in self.amounts() if k[0] in "abc" and k[1:] == str(n)}, {c + str(n) for c in taken}, condition)

    def bad_map(self, text):
        self.file("m.toml", text)
        self.file("in.csv", HEAD + "A,K1,t,1,2026-01-01\n")
        with self.untouched():
            self.assertIn("m.toml:", self.fails(2, "contract", "import", "in.csv", "--map", "m.toml"), text)

    def test_where_that_is_no_amount_is_refused(self):
        for condition in (">=x", "<=", ">1,23", "<二"):
            self.bad_map(f'[where]\namount = "{condition}"\n')

    def test_date_patterns_without_separators(self):
        for n, (pattern, day) in enumerate((("YYYYMMDD", "20260301"), ("DDMMYYYY", "01032026"), ("YYYYMM-D", "202603-1"))):
            self.file("m.toml", f'[columns.signed_on]\nfrom = "signed_on"\ndate = "{pattern}"\n')
            self.load("contract", HEAD + f"D{n},K1,t,1,{day}\n", "--map", "m.toml")
            self.assertEqual(self.json("contract", "show", f"D{n}")["contract"]["signed_on"], "2026-03-01")
            self.refused("contract", HEAD + f"E{n},K1,t,1,{day}11\n", "--map", "m.toml", says="not a day")

    def test_date_pattern_that_is_none_is_refused(self):
        for pattern in ("YYYYMD", "DMYYYY", "YYYY-MM", "YY-MM-DD", "YYYY-MM-MM-DD", "YYYYY-MM-DD", "YYYY-MMM-DD", "day", ""):
            self.bad_map(f'[columns.signed_on]\nfrom = "signed_on"\ndate = "{pattern}"\n')

    def test_delimiter_that_is_none_is_refused(self):
        for delimiter in (";;", "", '\\"', "\\n", "；"):
            self.bad_map(f'[file]\ndelimiter = "{delimiter}"\n')


class Status(Rules):
    def events(self, number):
        return self.sql(f"SELECT value, effective_on FROM contract_change JOIN contract USING (id) WHERE field = 'status' AND number = '{number}'")

    def test_status_of_a_file_leaves_an_event(self):
        self.load("contract", "number,client,title,amount,signed_on,status\nA,K1,t,1,2026-01-02,performing\nB,K1,t,1,,中止\n")
        self.assertEqual((self.events("A"), self.events("B")), ([("performing", "2026-01-02")], [("suspended", "2026-01-05")]))
        self.assertEqual(self.json("contract", "show", "A")["contract"]["status"], "performing")

    def test_no_event_without_a_status(self):
        self.load("contract", "number,client,title,amount,signed_on,status\nA,K1,t,1,2026-01-02,\nB,K1,t,1,,\n")
        self.load("contract", HEAD + "D,K1,t,1,2026-01-02\n")
        self.assertEqual([self.events(n) for n in "ABD"], [[], [], []])
        self.assertEqual([self.json("contract", "show", n)["contract"]["status"] for n in "ABD"], ["effective", "draft", "effective"])

    def test_status_by_update_leaves_one_more_event(self):
        self.file("agency.toml", '[intake]\nrequired = "off"\n')   # C1 was a draft
        self.load("contract", "number,client,title,status\nC1,K1,t,closed\n", "--on-conflict", "update", "--effective", "2026-01-04")
        self.assertEqual(self.events("C1"), [("closed", "2026-01-04")])


if __name__ == "__main__":
    unittest.main()
