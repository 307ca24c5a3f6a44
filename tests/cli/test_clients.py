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
        self.ok("intake", "estimate", "I2", "--amount", "100", "--labour-cost", "50")
        self.assertIn("INT-020", self.fails(5, "intake", "decide", "I2", "--by", "y"))   # the group has grown since


class Contacts(Book):
    def setUp(self):
        super().setUp()
        self.ok("client", "add", "--code", "K1", "--name", "甲公司")

    def test_KYC_012_consent_has_a_day_and_is_withdrawn_after_it(self):
        add = ("contact", "add", "--client", "K1", "--name")
        r = self.run_(*add, "王芳", "--title", "财务经理", "--phone", "13800000000")
        self.assertEqual(r.returncode, 0)
        self.assertIn("no consent is recorded", r.stderr.decode())
        self.assertEqual(self.fails(3, "contact", "add", "--client", "K9", "--name", "王芳").count("consent"), 0)   # nothing was written
        self.assertEqual(self.run_(*add, "李强", "--basis", "contract").stderr, b"")
        self.assertEqual(self.run_(*add, "赵敏", "--consented-on", "2026-01-02", "--evidence", "授权书").stderr, b"")
        self.assertIn("KYC-012", self.fails(2, *add, "a", "--withdrawn-on", "2026-01-02"))
        self.assertIn("KYC-012", self.fails(2, *add, "a", "--consented-on", "2026-01-03", "--withdrawn-on", "2026-01-02"))
        self.assertIn("KYC-012", self.fails(2, *add, "a", "--consented-on", "2026-01-06"))
        self.assertIn("exists already", self.fails(4, *add, "赵敏", "--consented-on", "2026-01-02"))

    def test_what_may_be_used_on_a_day(self):
        self.ok("contact", "import", self.file("c.csv", "客户,联系人,职务,手机,主要联系人,同意日期\n甲公司,王芳,财务,13800000000,是,2026-01-01\n甲公司,李强,法务,,,\n"))
        self.at("2026-03-01T09:00Z")
        self.ok("contact", "edit", "K1/王芳", "--set", "withdrawn_on=2026-03-01")
        used = lambda *more: {c["name"]: c["may_be_used"] for c in self.json("client", "show", "K1", *more)["client"]["contacts"]}
        self.assertEqual(used(), {"王芳": False, "李强": False})
        self.assertEqual(used("--as-of", "2026-02-28"), {"王芳": True, "李强": False})
        self.ok("contact", "edit", "K1/李强", "--set", "basis=contract")
        self.assertEqual(used(), {"王芳": False, "李强": True})
        self.ok("contact", "void", "K1/李强", "--reason", "离职")
        self.assertEqual(used(), {"王芳": False})
        self.ok("client", "void", "K1", "--reason", "x")   # its contacts do not keep it
        self.ok("check")


class Names(Book):
    """Owner, department and project of contracts and invoices, where somebody types them."""
    def setUp(self):
        super().setUp()
        self.ok("client", "add", "--code", "K1", "--name", "甲公司")

    def add(self, *more, number="C1"):
        return "contract", "add", "--number", number, "--client", "K1", "--title", "t", "--amount", "1000", "--signed-on", "2026-01-05", *more

    def staffed(self):
        for number, name in (("E1", "张小伟"), ("E2", "王芳"), ("E3", "王芳")):
            self.ok("employee", "add", "--number", number, "--name", name)

    def shown(self, number="C1"):
        return [self.json("contract", "show", number)["contract"][k] for k in ("owner", "department", "project")]

    def test_ORG_060_what_is_typed_is_kept_by_name(self):
        self.ok(*self.add("--owner", "老王", "--department", "华东部", "--project", "X", number="C0"))   # nothing is kept yet
        self.staffed()
        self.ok("project", "add", "--code", "P1", "--name", "滨河路", "--client", "K1")
        for option, typed, near in (("--owner", "张大伟", "张小伟"), ("--department", "财物部", "财务部"), ("--project", "P2", "P1")):
            error = self.fails(3, *self.add(option, typed))
            self.assertIn("ORG-060", error)
            self.assertIn(f"did you mean {near}?", error)
        self.assertIn('org.people = "any"', self.fails(3, *self.add("--owner", "完全不认识的人")))
        self.assertIn("several", self.fails(3, *self.add("--owner", "王芳")))
        self.ok(*self.add("--owner", "E1", "--department", "FN", "--project", "滨河路"))
        self.assertEqual(self.shown(), ["张小伟", "财务部", "P1"])
        self.ok("contract", "edit", "C1", "--set", "owner=E2")   # two have the name
        self.assertEqual(self.shown()[0], "E2")
        self.ok("contract", "edit", "C0", "--set", "note=x")   # what stands is not judged again
        self.assertIn("ORG-060", self.fails(3, "contract", "edit", "C0", "--set", "owner=老张头"))
        self.file("agency.toml", '[org]\npeople = "any"\n')
        self.ok(*self.add("--owner", "外聘", "--department", "华东部", "--project", "Y", number="C2"))
        self.assertEqual(self.shown("C2"), ["外聘", "华东部", "Y"])

    def test_ORG_060_of_who_collects_an_invoice(self):
        self.ok(*self.add())
        self.staffed()
        add = ("invoice", "add", "--number", "F1", "--contract", "C1", "--issued-on", "2026-01-05", "--due-on", "2026-02-05", "--amount", "10", "--owner")
        self.assertIn("ORG-060", self.fails(3, *add, "张大伟"))
        self.ok(*add, "E1")
        self.assertEqual(self.json("receivable", "aging", "--by", "owner", "--as-of", "2026-01-05")["rows"][0]["owner"], "张小伟")
        error = self.fails(3, "invoice", "assign", "F1", "--owner", "张大伟")
        self.assertIn("ORG-060", error)
        self.assertIn("did you mean 张小伟?", error)
        self.ok("invoice", "assign", "F1", "--owner", "E2")
        self.assertIn("ORG-060", self.fails(3, "invoice", "edit", "F1", "--set", "owner=李"))

    def test_files_of_the_past_name_whom_they_like(self):
        self.staffed()
        self.ok("contract", "import", self.file("c.csv", "number,client,title,amount,signed_on,owner,department,project\nC1,K1,t,1,2020-01-01,走了的人,业务部,P-01\n"))
        self.ok("contract", "import", self.file("u.csv", "number,owner\nC1,另一人\n"), "--on-conflict", "update")
        self.ok("invoice", "import", self.file("i.csv", "number,contract,issued_on,due_on,amount,owner\nF1,C1,2026-01-05,2026-02-05,1,走了的人\n"))
        self.assertEqual(self.shown(), ["另一人", "业务部", "P-01"])
