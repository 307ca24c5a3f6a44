"""Clients: who belongs to whom, one code for a house and its branches, contact persons with their consent."""
from support.book import Book

CODE, OTHER = "91350100M000100Y43", "91330100799655058B"


class Groups(Book):
    def add(self, code, *more):
        return "client", "add", "--code", code, "--name", "名" + code, *more

    def test_KYC_002_a_branch_has_the_code_of_its_parent(self):
        self.ok(*self.add("A", "--uscc", CODE))
        error = self.fails(4, *self.add("B", "--uscc", CODE))
        self.assertIn("client A has the code " + CODE, error)
        self.assertIn("--parent A", error)
        self.ok(*self.add("B", "--uscc", CODE, "--parent", "A"))
        self.ok(*self.add("C", "--uscc", CODE, "--parent", "A"))   # both below the same
        self.ok(*self.add("D", "--parent", "A"))
        self.assertIn("KYC-002", self.fails(4, *self.add("E", "--uscc", CODE, "--parent", "D")))
        for client, value in (("B", ""), ("B", "D")):
            self.assertIn("KYC-002", self.fails(4, "client", "edit", client, "--set", "parent=" + value))
        self.ok("client", "edit", "B", "--set", "uscc=" + OTHER)
        self.ok("client", "edit", "B", "--set", "parent=")
        self.assertIn("KYC-002", self.fails(4, "client", "edit", "B", "--set", "uscc=" + CODE))
        self.assertIn("belongs to client A", self.fails(5, "client", "void", "A", "--reason", "x"))

    def test_KYC_002_in_a_file_the_parent_may_come_later(self):
        head = "code,name,uscc,parent\n"
        self.ok("client", "import", self.file("a.csv", head + f"B,乙,{CODE},A\nC,丙,{CODE},A\nA,甲,{CODE},\n"))
        self.ok("check")
        self.assertEqual([b["code"] for b in self.json("client", "show", "A")["client"]["branches"]], ["B", "C"])
        bad = self.file("b.csv", head + f"E,戊,{OTHER},G\nF,己,{OTHER},H\nG,庚,,\nH,辛,,\n")
        self.assertIn("b.csv:3:3(uscc)", self.fails(9, "client", "import", bad))
        self.fails(9, "client", "import", bad, "--on-error", "reject", "--rejects", self.dir / "r.csv")
        self.assertEqual([c["code"] for c in self.json("client", "list")["clients"]], ["A", "B", "C", "E", "G", "H"])
        self.assertIn('there is no client "X"', self.fails(9, "client", "import", self.file("c.csv", head + "I,壬,,X\n")))

    def test_KYC_002_after_an_undo(self):
        self.ok(*self.add("A", "--uscc", CODE))
        self.ok(*self.add("B", "--uscc", OTHER))
        self.ok("client", "edit", "B", "--set", "parent=A")
        self.ok("client", "edit", "B", "--set", "uscc=" + CODE)
        self.assertIn("KYC-002", self.fails(5, "undo", "4"))
        self.ok("undo", "5")
        self.ok("undo", "4")

    def test_KYC_004_no_client_belongs_to_itself(self):
        self.ok(*self.add("A"))
        self.ok(*self.add("B", "--parent", "A"))
        self.assertIn("KYC-004", self.fails(5, "client", "edit", "A", "--set", "parent=A"))
        error = self.fails(5, "client", "edit", "A", "--set", "parent=B")
        self.assertIn("KYC-004", error)
        self.assertIn("→", error)
        self.ok("client", "edit", "B", "--set", "parent=")        # operation 4
        self.ok("client", "edit", "A", "--set", "parent=B")
        self.assertIn("KYC-004", self.fails(5, "undo", "4"))

    def test_a_group_is_seen_with_a_client(self):
        self.ok(*self.add("A"))
        self.ok(*self.add("B", "--parent", "A"))
        self.ok(*self.add("C", "--parent", "A"))
        self.assertEqual([c["client"] for c in self.json("client", "kyc", "B")["client"]["group"]], ["A", "C"])
        self.at("2026-06-01T09:00Z")
        self.ok("client", "edit", "C", "--set", "parent=")
        self.assertEqual([c["client"] for c in self.json("client", "kyc", "B")["client"]["group"]], ["A"])
        self.assertEqual([b["code"] for b in self.json("client", "show", "A", "--as-of", "2026-05-31")["client"]["branches"]], ["B", "C"])

    def test_the_parent_of_an_opponent_is_an_opponent_too(self):
        for code, parent in (("A", ""), ("B", "A"), ("C", "")):
            self.ok(*self.add(code, *(["--parent", parent] if parent else [])))
        self.ok("intake", "open", "--number", "I1", "--client", "C", "--title", "t")
        self.ok("intake", "party", "I1", "--role", "opponent", "--name", "名A")
        self.ok("intake", "open", "--number", "I2", "--client", "B", "--title", "t")
        found = {(f["name"], f["role"], f["met"], f["where"]) for f in self.json("intake", "conflict", "I2")["conflicts"]}
        self.assertEqual(found, {("名A", "group", "opponent", "I1")})   # and not that its own parent is a client
        self.ok(*self.add("D", "--parent", "B"))
        for s in (("qualification", "credit_rating"), ("feasibility", "legality"), ("capability", "staff"), ("return", "margin"), ("risk", "register")):
            self.ok("intake", "score", "I2", *s, "4", "--evidence", "e", "--assessor", "x")
        self.ok("intake", "estimate", "I2", "--amount", "100")
        self.assertIn("INT-020", self.fails(5, "intake", "decide", "I2", "--by", "y"))   # the group has grown since
