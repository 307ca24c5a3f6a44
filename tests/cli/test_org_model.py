"""Random organizations against a model that knows nothing of the program: the findings of any day, and since when."""
import collections, datetime, functools, random

from support.book import Book

FIRST, LAST = datetime.date(2026, 1, 1), datetime.date(2026, 3, 31)
DAYS = [FIRST + datetime.timedelta(n) for n in range((LAST - FIRST).days + 1)]
RULES = "ORG-001 ORG-002 ORG-003 ORG-010 ORG-011 ORG-012 ORG-021 ORG-022 ORG-023 ORG-101 ORG-102 ORG-103 ORG-104 ORG-105 ORG-106 ORG-109 ORG-110 ORG-111".split()
UNDATED = {"ORG-010", "ORG-011", "ORG-101"}   # since there is one fact, told by its own day

PAIRS = [("F0", "F1"), ("F2", "F3")]

Position = collections.namedtuple("Position", "code department superiors headcount first last")
Person = collections.namedtuple("Person", "number hired left")
Work = collections.namedtuple("Work", "person position kind fte first last")
Line = collections.namedtuple("Line", "function position role first last")


def there(first, last, day):
    return (first is None or first <= day) and (last is None or last >= day)


class Model:
    """What the handbook says (1.4, 1.5), read off the lists for one day at a time."""

    def __init__(self, positions, people, work, lines, functions, updates):
        self.positions, self.people, self.work, self.lines, self.functions = positions, people, work, lines, functions
        self.updates = updates   # known too: {position: [(day, superior)]}

    def superior(self, p, day):
        told = p.superiors
        for since, superior in sorted(self.updates.get(p.code, []), key=lambda u: u[0]):
            if since <= day:
                told = superior
        return told

    @functools.cache
    def findings(self, day):
        """{(rule, subject, kind): severity}"""
        out = {}
        place = {p.code: p for p in self.positions if there(p.first, p.last, day)}
        up = {c: self.superior(p, day) for c, p in place.items()}
        up = {c: u if u in place else None for c, u in up.items()}
        below = collections.defaultdict(list)
        for c, u in up.items():
            if u:
                below[u].append(c)
        employed = {e.number for e in self.people if there(e.hired, e.left, day)}
        work = [a for a in self.work if there(a.first, a.last, day) and a.person in employed and a.position in place]
        own = collections.Counter(a.position for a in work if a.kind != "acting")
        heads = {a.person for a in work}
        holders = collections.defaultdict(set)
        for a in work:
            if a.kind != "acting":
                holders[a.position].add(a.person)
        reports = {c: set().union(*(holders[b] for b in below[c])) - holders[c] for c in place}
        led = {c: len(reports[c]) for c in place}

        # 1.4: span, layers, ratios, chains
        for c in place:
            if led[c]:
                span = -(-led[c] // max(1, own[c]))
                if span < 3 or span > 12:
                    out["ORG-102", c, span > 12] = "error" if span > 20 else "warning"
                if led[c] == 1:
                    for only in below[c]:
                        if holders[only] == reports[c] and led[only]:
                            out["ORG-105", c, only] = "warning"
        depth = {}
        for c in place:
            way = [c]
            while up[way[-1]] and up[way[-1]] not in way:
                way.append(up[way[-1]])
            ends = up[way[-1]] is None
            depth[c] = len(way) if ends else 0
            if not ends and up[way[-1]] == c and c == min(way):
                out["ORG-010", c, ""] = "error"
        deepest = max(depth.values(), default=0)
        if deepest > (3 if len(heads) <= 50 else 4 if len(heads) <= 150 else 5):
            out["ORG-101", min(c for c in place if depth[c] == deepest), ""] = "warning"
        if len(heads):
            managers = {a.person for a in work if led[a.position]}
            support = {a.person for a in work if a.kind == "primary" and place[a.position].department in ("HA", "FN", "FN-T")}
            for rule, some in (("ORG-103", managers), ("ORG-104", support)):
                if len(some) * 4 > len(heads):
                    out[rule, None, ""] = "warning"
        tops = sorted(c for c in place if not up[c])
        if len(tops) > 1:
            def size(c):
                return 1 + sum(size(b) for b in below[c])
            root = max(tops, key=lambda c: (size(c), -tops.index(c)))
            for c in tops:
                if c != root:
                    out["ORG-011", c, ""] = "error"

        # 1.5: people and establishment
        for c, p in place.items():
            if own[c] > p.headcount:
                out["ORG-021", c, ""] = "warning"
        for e in employed:
            his = [a for a in work if a.person == e]
            primary = sum(a.kind == "primary" for a in his)
            if primary != 1:
                out["ORG-022" if primary == 0 else "ORG-023", e, ""] = "error"
            if len({up[a.position] for a in his if a.kind != "acting" and up[a.position]}) > 1:
                out["ORG-012", e, ""] = "warning"
            if sum(a.fte for a in his) > 100 or sum(a.kind == "concurrent" for a in his) > 2:
                out["ORG-109", e, ""] = "warning"

        # functions: no owner, two, no hands; or only empty chairs
        for f, mandatory in self.functions.items():
            lines = [l for l in self.lines if l.function == f and there(l.first, l.last, day) and l.position in place]
            for rule, role in (("ORG-001", "A"), ("ORG-003", "R")):
                those = [l.position for l in lines if l.role == role]
                if not those:
                    out[rule, f, "none"] = "error"
                elif not any(a.position in those for a in work):
                    out[rule, f, "vacant"] = "error" if mandatory else "warning"
            if len({place[l.position].department for l in lines if l.role == "R"}) > 1:
                out["ORG-106", f, ""] = "warning"
            if sum(l.role == "A" for l in lines) > 1:
                out["ORG-002", f, ""] = "error"
            if sum(l.role in "CI" for l in lines) > 6:
                out["ORG-110", f, ""] = "warning"
        # who does one of a pair, and does or answers for the other
        part = collections.defaultdict(set)
        for l in self.lines:
            if l.role in "RA" and there(l.first, l.last, day):
                for a in work:
                    if a.position == l.position:
                        part[l.function, l.role].add(a.person)
        for a, b in PAIRS:
            r, q = part[a, "R"], part[b, "R"]
            for e in (r & q) | (r & part[b, "A"]) | (part[a, "A"] & q):
                out["ORG-111", e, f"{a}/{b}"] = "error"
        return out


def kind(row):
    words = row["evidence"].split()
    if row["rule"] in ("ORG-001", "ORG-003"):
        return "none" if words[0] == "nobody" else "vacant"
    if row["rule"] == "ORG-102":
        return int(words[0]) > 12
    if row["rule"] == "ORG-111":
        return f"{words[-3]}/{words[-1]}"
    return words[1] if row["rule"] == "ORG-105" else ""


class Charts(Book):
    now = "2026-04-01T09:00+08:00"

    def days(self, r):
        """A first and a last day, each often open."""
        first = r.choice(DAYS) if r.random() < 0.4 else None
        last = r.choice([d for d in DAYS if not first or d >= first]) if r.random() < 0.3 else None
        return first, last

    def random(self, r):
        count = r.randint(8, 30)
        codes = [f"P{i:02}" for i in range(count)]
        positions = []
        for i, c in enumerate(codes):
            deep = r.random() < 0.5
            superior = None if i == 0 or r.random() < 0.05 else codes[i - 1 if deep else r.randrange(max(1, i // 3))]
            positions.append(Position(c, r.choice(("BD", "PD", "FN", "HA", "FN-T")), superior, r.choice((1, 1, 2, 25)), *self.days(r)))
        people, work = [], []
        for i in range(r.randint(5, 40)):
            hired, left = self.days(r)
            hired = hired or datetime.date(2025, 6, 1)
            if left and left < hired:
                left = None
            people.append(Person(f"E{i:02}", hired, left))
        for e in people:
            day = e.hired
            while day and r.random() < 0.85:   # one primary position after the other, sometimes with a gap
                open_ = [p for p in positions if there(p.first, p.last, day)]
                last = r.choice([d for d in DAYS if d >= day] or [None]) if r.random() < 0.4 else None
                if open_:
                    work.append(Work(e.number, r.choice(open_[: 4] if r.random() < 0.4 else open_).code, "primary", r.choice((100, 100, 50)), day, last))
                day = last and last + datetime.timedelta(r.choice((1, 1, 5)))
                if day and (day > LAST or (e.left and day > e.left)):
                    break
            for way in ("concurrent", "acting"):
                for p in r.sample(positions, r.choice((0, 0, 0, 1, 3))):
                    first = max(filter(None, (e.hired, p.first)))
                    last = max(first, r.choice(DAYS)) if way == "acting" or r.random() < 0.5 else None   # who acts does so until a day
                    held = [a for a in work if (a.person, a.position) == (e.number, p.code)]
                    if there(p.first, p.last, first) and not (e.left and e.left < first) and not any((a.last is None or first <= a.last) and (last is None or a.first <= last) for a in held):
                        work.append(Work(e.number, p.code, way, r.choice((0, 30)), first, last))
        functions = {f"F{i}": r.random() < 0.7 for i in range(6)}
        lines = {}
        for f in functions:
            for role in "RRRAAACIIIIIICCCC":
                if r.random() < (0.9 if role in "IC" else 0.5):
                    p = r.choice(codes)
                    lines[f, p, role] = Line(f, p, role, *self.days(r))
        return positions, people, work, list(lines.values()), functions

    def write(self, noun, head, rows, *more):
        text = head + "\n" + "".join(",".join("" if c is None else str(c) for c in row) + "\n" for row in rows)
        return self.ok(noun, "import", self.file(noun + ".csv", text), *more)

    def compare(self, model, day, *more):
        told = [r for r in self.json("org", "check", "--as-of", day, *more)["rows"] if r["rule"] in RULES]
        want = model.findings(day)
        self.assertEqual(sorted((r["rule"], r["subject"] or "", str(kind(r)), r["severity"]) for r in told),
                         sorted((rule, subject or "", str(k), severity) for (rule, subject, k), severity in want.items()), day)
        for row in told:
            if row["rule"] in UNDATED:
                continue
            key = row["rule"], row["subject"], kind(row)
            first = day
            while first >= datetime.date(2025, 5, 1) and key in model.findings(first - datetime.timedelta(1)):
                first -= datetime.timedelta(1)
            since = None if first < datetime.date(2025, 5, 1) else str(first)
            self.assertEqual(row["since"], since, (str(day), row))
        return len(told)

    def test_random_charts(self):
        found = 0
        self.file("agency.toml", '[org]\nincompatible = "F0/F1,F2/F3"\n')
        for seed in range(6):
            with self.subTest(seed=seed):
                r = random.Random(seed)
                self.env["AGENCY_DB"] = str(self.dir / f"{seed}.db")
                self.env["AGENCY_NOW"] = self.now
                self.ok("init", "--bare")
                positions, people, work, lines, functions = self.random(r)
                self.write("department", "code,name,parent", [(c, c + "部", p) for c, p in (("BD", None), ("PD", None), ("FN", None), ("HA", None), ("FN-T", "FN"))])
                rows = [(p.code, p.code, p.department, p.superiors, p.headcount, p.first, p.last) for p in positions]
                r.shuffle(rows)
                self.write("position", "code,title,department,reports_to,headcount,valid_from,valid_to", rows)
                self.write("employee", "number,name,hired_on,left_on", [(e.number, e.number + "名", e.hired, e.left) for e in people])
                self.write("assignment", "number,employee,position,kind,fte,starts_on,ends_on", [(f"A{i}", a.person, a.position, a.kind, a.fte / 100, a.first, a.last) for i, a in enumerate(work)], "--accept", "ORG-021")
                self.write("function", "code,name,department,mandatory", [(f, f, "PD", "yes" if m else "no") for f, m in functions.items()])
                self.write("raci", "function,position,role,valid_from,valid_to", lines)
                # Later some report to somebody else, from a day on; no circle on any day.
                before = Model(positions, people, work, lines, functions, {})
                updates = {}
                self.env["AGENCY_NOW"] = "2026-04-02T09:00+08:00"
                for p in r.sample(positions[1:], 3):
                    day = r.choice(DAYS)
                    superior = r.choice([q.code for q in positions if q.code < p.code and (q.last is None or p.last and q.last >= p.last)] or [None])
                    if not superior:
                        continue   # what ends before has nobody below it
                    self.write("position", "code,reports_to", [(p.code, superior)], "--on-conflict", "update", "--effective", day)
                    updates.setdefault(p.code, []).append((day, superior))
                model = Model(positions, people, work, lines, functions, updates)
                for day in r.sample(DAYS, 3) + [LAST]:
                    found += self.compare(model, day)
                self.compare(before, r.choice(DAYS), "--known-at", "2026-04-01T12:00+08:00")
        self.assertGreater(found, 300)
