"""A project with people, a plan and a baseline, as timesheets, earned value and status reports need it."""
from support.book import Book


class Tracked(Book):
    now = "2026-03-01T09:00Z"
    people = ("E1", "E2")
    plan = "1.1,第一步,5,E1,40000\n1.2,第二步,5,E1;E2,60000\n"
    after = {"1.2": "1.1"}

    def setUp(self):
        super().setUp()
        self.ok("position", "add", "--code", "PM", "--title", "项目经理", "--department", "PD")
        for e in self.people:
            self.ok("employee", "add", "--number", e, "--name", f"员工{e}", "--hired-on", "2026-01-01")
        self.ok("client", "add", "--code", "K1", "--name", "甲公司")
        self.ok("contract", "add", "--number", "C1", "--client", "K1", "--title", "服务", "--amount", "2000000", "--signed-on", "2026-01-05")
        self.ok("project", "add", "--code", "P1", "--name", "项目一", "--client", "K1", "--contract", "C1", "--manager", "E1", "--budget", "1000000", "--starts-on", "2026-03-02")
        rows = [line.split(",") for line in self.plan.splitlines()]
        path = self.file("plan.csv", "wbs,name,duration,assigned,cost,after\n1,全部,,,,\n" + "".join(",".join([*r, self.after.get(r[0], "")]) + "\n" for r in rows))
        self.ok("project", "plan-import", "P1", path)
        for verb in ("initiate", "approve-plan", "baseline", "start"):
            self.ok("project", verb, "P1")

    def hours(self, employee, wbs, day, hours, *more):
        """An approved entry; its number."""
        number = f"{employee}-{wbs}-{day}"
        self.ok("time", "add", "--number", number, "--employee", employee, "--project", "P1", "--wbs", wbs, "--worked-on", day, "--hours", hours, *more)
        self.ok("time", "submit", number)
        self.ok("time", "approve", number, "--actor", "boss" if employee == "E1" else "E1")   # E1 leads the project
        return number

    def evm(self, day, *more):
        return self.json("project", "evm", "P1", "--as-of", day, *more)["rows"][0]
