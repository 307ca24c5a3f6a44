"""Every noun and verb, walked: help, JSON, wrong options, missing arguments, closed and full outputs. The list comes from
the program itself, so a new verb is walked without a word here."""
import json, os, re, shutil, subprocess, unittest

from support.book import BINARY, SOURCE, Book

CODES = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}   # the table of agency(1) but for 70, a bug
DRAWN = ("gantt", "svg", "chart")
FORMATS = ["table", "csv", "tsv", "json", "jsonl", "md", "html", "xlsx", "chart", "gantt", "svg"]


# What a verb needs to come to its end, where the first number of the file does not do. `{dir}` is the test's folder.
CALLS = {
    "client add": "--code N --name n", "contract add": "--number N --client V --title t --signed-on 2026-03-01 --amount 1",
    "invoice add": "--number N --contract C --issued-on 2026-03-01 --due-on 2026-03-31 --amount 1",
    "receipt add": "--number N --client V --received-on 2026-03-01 --amount 1", "allocation add": "--receipt R --invoice I --amount 1",
    "refund add": "--receipt R --refunded-on 2026-03-05 --amount 1",
    "client void": "V0 --reason x", "contract void": "C0 --reason x", "invoice void": "I0 --reason x", "receipt void": "R0 --reason x", "invoice undispute": "I", "invoice assign": "I --owner E",
    "receipt allocate": "R I 1", "receipt unallocate": "RA IA", "receipt refund": "R 1", "receipt claim": "RU --client V",
    "allocation show": "A", "allocation void": "A --reason x", "refund show": "F", "refund void": "F --reason x",
    "period reopen": "2025-12", "undo": "", "init": "--db {dir}/new.db", "batch": "{dir}/batch.txt",
    "department add": "--code N --name n", "position add": "--code N --title n --department D", "employee add": "--number N --name n", "assignment add": "--employee E2 --position P2 --kind concurrent", "function add": "--code N --name n --department D",
    "raci add": "--function F1 --position P --role R", "job add": "--position P --kind duty --text t", "licence add": "--number N --employee E --title t",
    "department void": "D0 --reason x", "position void": "P0 --reason x", "employee void": "E0 --reason x", "assignment void": "E/P/2026-01-01 --reason x", "function void": "F0 --reason x", "raci void": "F1/P/A --reason x", "job void": "J --reason x", "licence void": "L --reason x",
    "org approver": "t --explain", "org import": "{dir}/people.csv", "job draft": "H", "job approve": "P --as superior --by E", "job issue": "P", "job acknowledge": "H E2",
    "employee leave": "E", "employee transfer": "E P2", "assignment end": "E/P/2026-01-01",
    "calendar add": "--day 2032-01-01 --kind work", "calendar edit": "2031-03-03 --set name=x", "calendar notice": "2031.json -q", "calendar workdays": "--from 2031-01-01 --to 2031-12-31", "calendar add-days": "2031-03-03 2", "calendar term": "2031-03-03 1m",
    "deadline add": "--code H2 --valid-from 2026-01-01 --pack house --title t --trigger t --term 5d --source s", "deadline void": "H0/2026-01-01 --reason x", "deadline edit": "H0/2026-01-01 --set note=x", "docket add": "M --rule H1 --trigger-on 2031-03-05 --client V --responsible E --backup E2",
    "docket edit": "D --set note=x", "docket show": "D", "docket move": "D --to 2031-03-01", "docket done": "D --proof x", "docket abandon": "D --proof x", "docket confirm": "D1 --actor E2", "docket return": "D1 --reason x", "docket confirm-abandon": "D2 --actor E2",
    "docket void": "D0 --reason x", "docket fee": "works 1000", "docket surcharge": "annuity 1000 --due-on 2026-10-30", "docket security": "1000 900",
    "config set": "color never", "config unset": "color",
    "client allow": "V --amount 1 --until 2026-12-31 --approver E2 --reason x", "contract sign": "CD",
    "lead add": "--code N --client V --title t", "lead qualify": "L", "lead lose": "L --reason x", "lead withdraw": "L --reason x", "lead revive": "LX --reason x", "lead void": "LX --reason x", "lead edit": "L --set note=x",
    "kyc add": "--number N --client W --refreshed-on 2026-03-02 --payment-points 1 --financial-points 1 --background-points 1 --cooperation-points 1", "kyc void": "Q --reason x", "kyc edit": "Q --set note=x",
    "committee add": "--number N --member E2 --starts-on 2026-02-01", "committee void": "M0 --reason x", "committee edit": "M --set note=x",
    "contact add": "--number N --client V --name s --basis contract", "contact void": "B --reason x", "contact edit": "B --set note=x",
    "relative add": "--number N --employee E --name s --relation r", "relative void": "F --reason x", "relative edit": "F --set note=x",
    "intake add": "--number N --client V --title t", "intake open": "L", "intake estimate": "IA --amount 1", "intake score": "IA risk register 3 --evidence x --assessor E2",
    "intake risk": "IA --title t --kind other --probability 1 --impact 1", "intake mitigate": "IX/R1 --owner b", "intake knockout": "IA blacklisted --evidence x", "intake party": "IA --role group --name g",
    "intake drop": "IX/R1 --reason x", "intake reopen": "IZ --reason x", "intake condition": "IA c --blocks before_sign", "intake satisfy": "IX/C1 --evidence x", "intake convene": "IX",
    "intake recuse": "IM --member E --reason x", "intake vote": "IM --member E --for", "intake decide": "IX --as no_go --by E2", "intake minutes": "IM", "intake defer": "IA --reason x", "intake resume": "ID",
    "intake lose": "IA --reason x", "intake withdraw": "IA --reason x", "intake void": "IA --reason x", "intake edit": "IA --set note=x",
    **{f"{noun} edit": f"{number} --set note=x" for noun, number in (("client", "V"), ("contract", "C"), ("invoice", "I"), ("receipt", "R"), ("department", "D"), ("position", "P"), ("employee", "E"), ("assignment", "E/P/2026-01-01"), ("function", "F1"), ("raci", "F1/P/A"), ("job", "J"), ("licence", "L"))},
    **{f"{noun} import": f"{{dir}}/{noun}s.csv" for noun in ("client", "contract", "invoice", "receipt", "allocation", "refund", "department", "position", "employee", "assignment", "function", "raci", "job", "licence", "calendar", "deadline", "docket", "lead", "intake", "kyc", "committee", "relative", "contact")}}
FILES = {
    "agency.toml": "[intake]\nrequired = \"off\"\n[project]\ncharter = \"off\"\n",   # a contract is signed without the whole of an assessment, a charter is whole
    "leads.csv": "code,client,title\nM,V,t\n", "intakes.csv": "number,client,title\nM,V,t\n", "kycs.csv": "client,refreshed_on,payment_points,financial_points,background_points,cooperation_points\nW,2026-03-03,1,1,1,1\n",
    "committees.csv": "member,starts_on\nE2,2026-03-03\n", "relatives.csv": "employee,name,relation\nE,s,r\n", "contacts.csv": "client,name,basis\nV,s,contract\n",
    "scored.csv": "number,client,title,amount,qualification_score,feasibility_score,capability_score,return_score,risk_score,evidence\nIX,V,t,100,4,4,4,4,4,e\nIM,V,t,100,4,4,4,4,4,e\n",
    "seed.csv": "code,name\nS,s\n", "batch.txt": "client add --code B --name b\n", "clients.csv": "code,name\nM,m\n", "contracts.csv": "number,client,title,signed_on,amount\nM,V,t,2026-03-01,1\n",
    "invoices.csv": "number,contract,issued_on,due_on,amount\nM,C,2026-03-01,2026-03-31,1\n", "receipts.csv": "number,client,received_on,amount\nM,V,2026-03-01,1\n",
    "departments.csv": "code,name\nM,m\n", "positions.csv": "code,title,department\nM,m,D\n", "employees.csv": "number,name\nM,m\n", "assignments.csv": "employee,position,kind\nE2,P2,concurrent\n", "functions.csv": "code,name,department\nM,m,D\n",
    "people.csv": "number,name,department,title,manager\nM,m,D,t,M2\nM2,m,D,t,\n", "job.csv": "position,kind,text,target,period\n" + "".join(f"{p},duty,做第{i}件事,,\n" for p in "PH" for i in range(3)) + "".join(f"{p},{k},t,1,年\n" for p in "PH" for k in ("authority", "goal", "qualification", "collaboration")),
    "racis.csv": "function,position,role\nF1,P,I\n", "jobs.csv": "position,kind,text\nP,goal,u\n", "licences.csv": "number,employee,title\nM,E,t\n",
    "2031.json": '{"year":2031,"days":[{"name":"x","date":"2031-01-01","isOffDay":true}]}', "calendars.csv": "day,kind\n2032-01-02,work\n",
    "deadlines.csv": "code,valid_from,pack,title,trigger,term,source\nH3,2026-01-01,house,t,t,5d,s\n", "dockets.csv": "matter,title,client,trigger_on,due_on,responsible,backup\nM,t,V,2031-03-06,2031-03-09,E,E2\n",
    "allocations.csv": "number,receipt,invoice,amount\nM,R,I,1\n", "refunds.csv": "number,receipt,refunded_on,amount\nM,R,2026-03-05,1\n"}
BOOK = """client import seed.csv
period close 2025-12
client add --code V --name 甲公司
client add --code V0 --name 无
contract add --number C --client V --title t --signed-on 2026-01-05 --amount 1000
contract add --number C0 --client V --title t --signed-on 2026-01-05 --amount 1000
invoice add --number I --contract C --issued-on 2026-02-01 --due-on 2026-02-28 --amount 100
invoice add --number IA --contract C --issued-on 2026-02-01 --due-on 2026-02-28 --amount 100
invoice add --number I0 --contract C --issued-on 2026-02-01 --due-on 2026-02-28 --amount 100
receipt add --number R --client V --received-on 2026-03-01 --amount 100
receipt add --number RA --client V --received-on 2026-03-01 --amount 100
receipt add --number R0 --client V --received-on 2026-03-01 --amount 100
receipt add --number RU --received-on 2026-03-01 --amount 100
allocation add --number A --receipt RA --invoice IA --amount 10
refund add --number F --receipt RA --refunded-on 2026-03-05 --amount 10
invoice dispute I --amount 1 --reason x
department add --code D --name d
department add --code D0 --name d0
position add --code P --title p --department D --headcount 2
position add --code P2 --title p --department D --reports-to P
position add --code P0 --title p --department D
employee add --number E --name e --hired-on 2026-01-01 --position P
employee add --number E2 --name e2
employee add --number E0 --name e0
client add --code W --name w
contract add --number CD --client V --title t --amount 1
committee add --number M --member E --starts-on 2026-01-01
committee add --number M0 --member E --starts-on 2025-01-01 --ends-on 2025-12-31
contact add --number B --client V --name r --basis contract
relative add --number F --employee E --name r --relation r
kyc add --number Q --client W --refreshed-on 2026-03-01 --payment-points 1 --financial-points 1 --background-points 1 --cooperation-points 1
lead add --code L --client V --title t
lead add --code LX --client V --title t
lead lose LX --reason x
intake open --number IA --client V --title t
intake open --number ID --client V --title t
intake defer ID --reason x
intake open --number IZ --client V --title t
intake withdraw IZ --reason x
intake import scored.csv
intake conflict IX
intake estimate IX --labour-cost 10
intake risk IX --title t --kind other --probability 1 --impact 1
intake condition IX c --blocks before_sign
intake convene IM
function add --code F1 --name f --department D
function add --code F0 --name f0 --department D
raci add --function F1 --position P --role A
job add --number J --position P --kind duty --text t
position add --code H --title h --department HA --reports-to P
assignment add --employee E2 --position H
job import job.csv -q
job approve P --as superior --by E
job approve P --as hr --by E2
job approve H --as superior --by E
job approve H --as hr --by E2
job issue H
licence add --number L --employee E --title t
deadline add --code H1 --valid-from 2026-01-01 --pack house --title t --trigger t --term 5d --source s
docket add M --rule H1 --trigger-on 2031-03-03 --client V --responsible E --backup E2 --number D3 -q
calendar notice 2031.json -q
deadline add --code H0 --valid-from 2026-01-01 --pack house --title t --trigger t --term 5d --source s
docket add M --rule H1 --trigger-on 2031-03-03 --client V --responsible E --backup E2 --number D
docket add M --rule H1 --trigger-on 2031-03-03 --client V --responsible E --backup E2 --number D1
docket add M --rule H1 --trigger-on 2031-03-03 --client V --responsible E --backup E2 --number D2
docket add M --title t --trigger-on 2031-03-03 --due-on 2031-03-09 --client V --responsible E --backup E2 --number D0
docket done D1 --proof x
docket abandon D2 --proof x
"""

STAGES = ("initiate", "approve-plan", "start", "suspend")
CALLS.update({
    "project initiate": "PA", "project approve-plan": "PB", "project start": "PC", "project suspend": "PD --reason x", "project resume": "PE --reason x", "project close-out": "PD", "project close": "PF",
    "project cancel": "PA --reason x", "project void": "P0 --reason x", "project edit": "PA --set note=x", "project add": "--code N --name n", "project import": "{dir}/projects.csv", "project tick": "PD survey_sent --evidence x",
    "project assign-manager": "PA EM", "project approve-prestart": "PA --cap 5 --until 2027-01-01 --reason x", "project baseline": "PC", "project level-apply": "PG", "project plan-import": "PA {dir}/plan.csv",
    "project load": "--from 2031-01-01 --to 2031-01-31", "project pert": "PB --within 3", "task add": "--project PA --wbs 9 --name n --duration 1", "task edit": "PB/1 --set deliverable=x", "task void": "PB/2 --reason x", "task show": "PB/1",
    "task import": "{dir}/tasks.csv", "closeout add": "--project PD --item survey_sent --evidence x", "closeout edit": "PF/survey_sent --set evidence=y", "closeout void": "PF/survey_sent --reason x", "closeout import": "{dir}/closeouts.csv"})
FILES.update({
    "crowded.csv": "wbs,name,duration,assigned\n1,a,3,EM\n2,b,2,EM\n",
    "plan.csv": "wbs,name,duration,after,assigned,deliverable,acceptance\n1,a,3,,EM,d,c\n2,b,2,1,EM,d,c\n", "projects.csv": "code,name\nM,m\n", "tasks.csv": "project,wbs,name,duration\nPA,8,x,1\n",
    "closeouts.csv": "project,item,evidence\nPD,survey_sent,x\n",
    "ticks.csv": "project,item,evidence,approved_by,lesson\n" + "".join(f"PF,{i},x,{'EA' * (i == 'final_invoice_issued')},{'l' * (i == 'lessons_recorded')}\n" for i in "deliverables_accepted report_delivered property_returned originals_returned final_invoice_issued accounts_settled subcontracts_settled timesheets_closed raid_closed survey_sent lessons_recorded files_archived access_revoked team_released profitability_reported deadlines_docketed".split())})
BOOK += "contract add --number CP --client V --title t --signed-on 2026-01-05 --amount 1000\nemployee add --number EM --name e --hired-on 2026-01-01\nemployee add --number EA --name a --hired-on 2026-01-01\nproject add --code P0 --name n --calendar calendar\n"
BOOK += "".join(f"project add --code P{p} --name n --contract CP --manager EM --calendar calendar --starts-on 2026-03-02\n" + (f"project plan import P{p} plan.csv\n" if n else "")
                + "".join(f"project {verb} P{p} --reason x\n" for verb in STAGES[:n]) for p, n in zip("ABCDEF", (0, 1, 2, 3, 4, 3)))
BOOK += "project add --code PG --name n --calendar calendar --starts-on 2026-03-02\nproject plan import PG crowded.csv\ncloseout import ticks.csv\nproject close-out PF\nproject tick PD deliverables_accepted --evidence x --approved-by EA\n"

CALLS.update({
    "leave add": "--employee EM --kind sick --starts-on 2026-11-20", "leave approve": "LA --actor b", "leave reject": "LA --actor b --reason x", "leave cancel": "LA --reason x", "leave edit": "LA --set note=x",
    "leave show": "LA", "leave void": "LA --reason x", "leave import": "{dir}/leaves.csv"})
FILES["leaves.csv"] = "employee,kind,starts_on\nEM,sick,2026-11-21\n"
BOOK += "leave add --number LA --employee EM --kind annual --starts-on 2026-11-02 --ends-on 2026-11-03\n"

TRACKED = {"rate": "EM/cost/2026-01-01", "time": "TA", "progress": "PD/1/2026-10-31", "milestone": "PD/M", "checkpoint": "PD/in_progress/K", "raid": "RX", "change": "CA", "status": "PD/internal/2026-10-30", "cost": "KX"}
for noun, number in TRACKED.items():
    CALLS.update({f"{noun} edit": f"{number} --set note=x", f"{noun} show": number, f"{noun} void": f"{number} --reason x", f"{noun} import": f"{{dir}}/{noun}s.csv"})
CALLS.update({
    "rate add": "--employee EM --kind cost --valid-from 2026-02-01 --amount 1", "time add": "--employee EM --project PD --wbs 1 --worked-on 2026-10-31 --hours 1", "time start": "--employee EM", "time stop": "--employee EN",
    "time submit": "TA", "time approve": "TB --actor b", "time return": "TB --reason x", "time reverse": "TC --reason x --actor b", "progress add": "--project PD --wbs 2 --measured-on 2026-10-31 --percent 40%", "project progress": "PD 2 40%",
    "project evm": "PD", "project charter": "PD", "project curve": "PD", "project status": "PD --audience client", "milestone add": "--project PD --name n --baseline-on 2026-11-30", "milestone reach": "PD/M --evidence x",
    "checkpoint add": "--project PD --stage closing --name n", "checkpoint pass": "PD/in_progress/K --reason x", "checkpoint fail": "PD/in_progress/K --reason x",
    "raid add": "--project PD --kind issue --title t --owner EM --severity 4", "raid respond": "RX", "raid close": "RX --reason x", "raid reopen": "RZ --reason x", "change add": "--project PD --title t --reason r",
    "change submit": "CA", "change approve": "CB --actor EM", "change reject": "CB --actor EM --reason x", "change apply": "CC --actor b", "status add": "--project PD --audience client --period-end 2026-10-31",
    "cost add": "--project PD --posted-on 2026-10-31 --amount 1"})
FILES.update({
    "rates.csv": "employee,kind,valid_from,amount\nEM,standard,2026-01-01,5\n", "times.csv": "employee,project,wbs,worked_on,hours\nEM,PD,1,2026-10-31,1\n", "progresss.csv": "project,wbs,measured_on,percent\nPD,2,2026-10-31,40%\n",
    "milestones.csv": "project,name,baseline_on\nPD,n,2026-11-30\n", "checkpoints.csv": "project,stage,name\nPD,closing,n\n", "raids.csv": "project,kind,title,owner,severity\nPD,issue,t,EM,4\n",
    "changes.csv": "project,title,reason\nPD,t,r\n", "costs.csv": "project,posted_on,amount\nPD,2026-10-31,1\n", "statuss.csv": "project,audience,period_end\nPD,client,2026-10-31\n"})
BOOK += "employee add --number EN --name f --hired-on 2026-01-01\nrate add --employee EM --kind cost --valid-from 2026-01-01 --amount 1\ntime start --employee EN\n"
BOOK += "".join(f"time add --number {n} --employee EM --project PD --wbs 1 --worked-on 2026-10-31 --hours 1\n" for n in ("TA", "TB", "TC")) + "time submit TB\ntime submit TC\ntime approve TC --actor b\n"
BOOK += """project progress PD 1 40%
milestone add --project PD --name M --baseline-on 2026-11-30
checkpoint add --project PD --stage in_progress --name K --kind record
raid add --number RX --project PD --kind issue --title t --owner EM --severity 4
raid add --number RZ --project PD --kind issue --title t --owner EM --severity 4
raid close RZ --reason x
status add --project PD --audience internal --period-end 2026-10-30
cost add --number KX --project PD --posted-on 2026-10-30 --amount 1
"""
BOOK += "".join(f"change add --number {n} --project PD --title t --reason r\n" for n in ("CA", "CB", "CC")) + "change submit CB\nchange submit CC\nchange approve CC --actor EM\n"


class Walking(Book):
    """Every verb of every noun; what is asked of them stands in the classes below."""
    now = "2026-10-31T09:00Z"

    made = {}   # by the first test of the class for all of them: the file, and what the program says of its verbs

    def setUp(self):
        super().setUp()
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(self.dir)   # for spawn()
        for name, text in FILES.items():
            self.file(name, text)
        self.keep = self.dir / "kept.db"
        if not self.made:
            self.make()
        self.keep.write_bytes(self.made["book"])
        self.keep.chmod(0o600)
        self.paths, self.usage = self.made["paths"], self.made["usage"]
        self.fresh()

    def make(self):
        for line in BOOK.splitlines():   # an operation each, so that undo has one to take back
            self.ok(*line.split())
        subprocess.run(["sqlite3", self.env["AGENCY_DB"], f"VACUUM INTO '{self.keep}'"], check=True)
        paths = []
        for noun in self.complete(""):
            verbs = self.complete(noun, "")
            own = self.ok(noun, "--help").startswith(f"agency {noun}: ")   # else a command without verbs
            paths += [[noun, v] for v in verbs] if own else [[noun]]
        self.assertGreater(len(paths), 50)
        usage = {tuple(p): next(l for l in self.ok(*p, "--help").splitlines() if l.startswith("Usage: ")) for p in paths}
        self.made.update(book=self.keep.read_bytes(), paths=paths, usage=usage, options={}, arguments={}, required={})

    def once(self, what, path, find):
        known = self.made[what]
        if tuple(path) not in known:
            known[tuple(path)] = find(path)
        return list(known[tuple(path)])

    def spawn(self, words):
        """run_() for calls by the thousand: output goes to files in memory, where pipes and their reader cost more than the program."""
        outs = [os.memfd_create(name) for name in ("out", "err")]
        try:
            actions = [(os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0), *((os.POSIX_SPAWN_DUP2, fd, at) for at, fd in enumerate(outs, 1))]
            pid = os.posix_spawn(BINARY, [BINARY, *words], self.env, file_actions=actions)
            code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            return subprocess.CompletedProcess(words, code, *(os.pread(fd, os.fstat(fd).st_size, 0) for fd in outs))
        finally:
            for fd in outs:
                os.close(fd)

    def complete(self, *words):
        return self.ok("__complete", "--", *words).split()

    def fresh(self):
        for f in self.dir.glob("agency.db*"):
            f.unlink()
        for f in self.dir.glob("new.db*"):
            f.unlink()
        shutil.copy(self.keep, self.env["AGENCY_DB"])
        (self.dir / ".config" / "agency").mkdir(parents=True, exist_ok=True)
        (self.dir / ".config" / "agency" / "config.toml").write_text('color = "auto"\n')

    def options(self, path):
        return self.once("options", path, lambda p: self.complete(*p, "--"))

    def arguments(self, path):
        return self.once("arguments", path, self.find_arguments)

    def required(self, path):
        return self.once("required", path, self.find_required)

    def find_arguments(self, path):
        """Something that may stand for each argument; what has to be there first."""
        out = []
        words = re.findall(r"\[?([A-Z]{2,})…?\]?", self.usage[tuple(path)].split("agency")[1].replace("[OPTIONS]", ""))
        for word in words:
            given = [a for a in self.complete(*path, *out, "") if a != ":file"]
            out.append(given[0] if given else {"AMOUNT": "1.00", "MONTH": "2026-01", "OPERATION": "3", "TEXT": "市政", "FILE": str(SOURCE / "examples/clients.csv")}.get(word, "x"))
        return out

    def find_required(self, path):
        """The options that the verb cannot do without, with a value each."""
        out = []
        text = self.ok(*path, "--help")
        for line in re.split(r"\n(?=  (?:-\w, )?--)", text):
            if "(required)" not in " ".join(line.split()):
                continue
            option = re.search(r"--[\w-]+", line).group()
            given = self.complete(*path, option, "")
            out += [option, "2026-10-30" if re.search(option + " DAY", line) else given[0] if given else "1"]
        return out

    def call(self, path):
        """Words with which the verb can be run for real."""
        known = CALLS.get(" ".join(path))
        return [*path, *(known.format(dir=self.dir).split() if known is not None else [*self.arguments(path), *self.required(path)])]

    def run_into(self, words, redirect):
        return subprocess.run(["bash", "-c", f'"$0" "$@" {redirect}', BINARY, *words], cwd=self.dir, env=self.env, capture_output=True, stdin=subprocess.DEVNULL, timeout=120)

    def check_error(self, r, words, as_json=False):
        self.assertIn(r.returncode, CODES - {0}, (words, r.stderr))
        err = r.stderr.decode()
        if as_json:
            lines = err.splitlines()
            self.assertEqual(len(lines), 1, (words, err))
            e = json.loads(lines[0])["error"]
            self.assertEqual(set(e), {"code", "rule", "exit", "message", "hint", "ref", "field", "retryable"}, words)
            self.assertEqual(e["exit"], r.returncode, words)
            self.assertTrue(e["message"], words)
        else:
            self.assertRegex(err.splitlines()[-1 if len(err.splitlines()) == 1 else -2], r"^agency: \S", (words, err))


class Walk(Walking):
    def test_help_is_data(self):
        for p in self.paths:
            for flag in ("--help", "-h"):
                r = self.run_(*p, flag)
                self.assertEqual((r.returncode, r.stderr), (0, b""), p)
                self.assertIn(self.usage[tuple(p)].encode(), r.stdout, p)
            r = self.run_into([*p, "--help"], ">/dev/full")
            self.assertEqual((r.returncode, r.stdout), (8, b""), p)
            self.assertTrue(r.stderr.startswith(b"agency: "), p)

    def test_without_noun_or_verb(self):
        nouns = sorted({p[0] for p in self.paths if len(p) == 2})
        for words in ([], ["--help"], ["-h"], ["--version"], ["help"], *([n] for n in nouns), *([n, "--help"] for n in nouns), *(["help", n] for n in nouns)):
            r = self.run_(*words)
            self.assertEqual((r.returncode, r.stderr), (0, b""), words)
            self.assertTrue(r.stdout, words)
            r = self.run_into(words, ">/dev/full")
            self.assertEqual((r.returncode, r.stdout), (8, b""), words)
        for words in (["--no-such-option"], ["nonsense"], ["-f", "json"], *([n, "--no-such-option"] for n in nouns), *([n, "nonsense"] for n in nouns)):
            for more in ([], ["--format", "json"]):
                r = self.run_(*words, *more)
                self.assertEqual((r.returncode, r.stdout), (2, b""), words)
                self.check_error(r, words, as_json=bool(more) or words[0] == "-f")

    def test_json_is_json_whatever_happens(self):
        """Each verb as it is, and with all that it asks for, as JSON: stdout is JSON or empty, an error one line."""
        done = 0
        for p in self.paths:
            for words in ([*p], self.call(p)):
                self.fresh()
                words = [*words, "--format", "json"]
                r = subprocess.run([BINARY, *words], cwd=self.dir, env=self.env, capture_output=True, stdin=subprocess.DEVNULL, timeout=120)
                self.assertIn(r.returncode, CODES, (words, r.stderr))
                plain = p[0] in ("completion", "manual")   # a script and a page, not records
                if r.stdout and not plain:
                    json.loads(r.stdout)
                if r.returncode > 1:
                    self.check_error(r, words, as_json=True)
                else:
                    self.assertEqual(r.stderr, b"", words)
                    self.assertTrue(r.stdout, words)
                    done += 1
        self.assertGreater(done, len(self.paths))   # nearly all come to their end at least once

    def test_every_verb_comes_to_its_end(self):
        """Or this walk would see its errors only. A verb that needs more than a first number has its words in CALLS."""
        for p in self.paths:
            self.fresh()
            self.ok(*self.call(p))


class WalkFormats(Walking):
    def test_every_format_of_what_reads(self):
        for p in self.paths:
            if "--output" not in self.options(p):
                continue
            words = self.call(p)
            for kind in FORMATS:
                r = self.run_(*words, "--format", kind)
                if kind in DRAWN and r.returncode == 2 and b"these rows" in r.stderr:   # nothing to draw, and said so
                    self.assertEqual(r.stdout, b"", (words, kind))
                    continue
                self.assertEqual((r.returncode, r.stderr), (0, b""), (words, kind))
                self.assertTrue(r.stdout or kind == "jsonl", (words, kind))   # of no rows there is no line


class WalkRefused(Walking):
    def test_a_wrong_option(self):
        for p in self.paths:
            for words in ([*p, "--no-such-option"], [*p, "--zz=1"], [*p, "-z"], [*self.call(p), "--no-such-option"]):
                for more in ([], ["--format", "json"]):
                    r = self.spawn([*words, *more])
                    self.assertEqual((r.returncode, r.stdout), (2, b""), words)
                    self.check_error(r, words, as_json=bool(more))

    def test_every_option_that_wants_a_value_refuses_an_option_for_it(self):
        for p in self.paths:
            help = self.ok(*p, "--help")
            for option in self.options(p):
                if not re.search(re.escape(option) + r" [A-Z]", help):
                    continue
                for words in ([*p, option], [*p, option, "--quiet"], [*p, option, "-q"]):
                    r = self.spawn(words)
                    self.assertEqual((r.returncode, r.stdout), (2, b""), words)
                    self.assertIn(f"agency: {option} needs a value", r.stderr.decode(), words)

    def test_a_missing_argument(self):
        for p in self.paths:
            wanted = [w for w in re.findall(r"(\[?)([A-Z]{2,})", self.usage[tuple(p)].split("agency")[1]) if not w[0]]
            given = self.arguments(p)
            for n in range(len(wanted)):
                for more in ([], ["--format", "json"]):
                    r = self.spawn([*p, *given[:n], *more])
                    self.assertEqual((r.returncode, r.stdout), (2, b""), (p, n))
                    self.check_error(r, p, as_json=bool(more))
                    self.assertIn(wanted[n][1], r.stderr.decode(), (p, n))
            required = self.required(p)
            for at in range(0, len(required), 2):
                r = self.spawn([*p, *given, *required[:at], *required[at + 2:]])
                self.assertEqual((r.returncode, r.stdout), (2, b""), (p, required[at]))
                self.assertIn(required[at] + " ", r.stderr.decode())

    def test_one_argument_too_many(self):
        for p in self.paths:
            if "…" in self.usage[tuple(p)]:
                continue
            r = self.spawn([*self.call(p), "surplus"])
            self.assertEqual((r.returncode, r.stdout), (2, b""), p)
            self.assertIn("surplus", r.stderr.decode(), p)


class WalkOutputs(Walking):
    def test_closed_and_full_outputs(self):
        """A full or closed stdout is exit 8 and one error, never a signal; of what wrote, the change is said to stand."""
        wrote = 0
        for p in self.paths:
            words = self.call(p)
            for redirect in (">/dev/full", ">&-"):
                for more in ([], ["--format", "json"]):
                    self.fresh()
                    sound = self.run_(*words)
                    self.fresh()
                    r = self.run_into([*words, *more], redirect)
                    self.assertEqual(r.stdout, b"", words)
                    if not sound.stdout:   # there is nothing that could be lost
                        self.assertEqual(r.returncode, sound.returncode, (words, redirect, r.stderr))
                        continue
                    self.assertEqual(r.returncode, 8, (words, redirect, r.stderr))
                    self.check_error(r, words, as_json=bool(more))
                    if "--dry-run" in self.options(p):
                        self.assertIn("written all the same", r.stderr.decode(), words)
                        wrote += 1
            r = self.run_into(words, ">&- 2>&-")
            self.assertIn(r.returncode, CODES, words)
        self.assertGreater(wrote, 30)


class WalkColumns(Walking):
    def test_columns_are_those_that_are_completed(self):
        for p in self.paths:
            if "--columns" not in self.options(p):
                continue
            columns = self.complete(*p, "--columns", "")
            self.assertTrue(columns, p)
            words = self.call(p)
            self.fresh()
            r = self.ok(*words, "--columns", ",".join(columns), "--format", "csv")
            self.assertEqual(r.splitlines()[0], ",".join(columns), p)

    def test_what_a_writing_verb_shows_is_checked_before_it_writes(self):
        checked = 0
        for p in self.paths:
            options = self.options(p)
            if "--dry-run" not in options or "--columns" not in options:
                continue
            words = self.call(p)
            for wrong in (["--columns", "nope"], ["--sort", "nope"], ["--where", "nope = 1"], ["--limit", "x"]):
                self.fresh()
                before = subprocess.run(["sqlite3", self.env["AGENCY_DB"], ".dump"], capture_output=True, check=True).stdout
                r = self.run_(*words, *wrong)
                self.assertEqual((r.returncode, r.stdout), (2, b""), (words, wrong))
                self.assertIn("nope" if wrong[1] != "x" else "--limit", r.stderr.decode())
                after = subprocess.run(["sqlite3", self.env["AGENCY_DB"], ".dump"], capture_output=True, check=True).stdout
                self.assertEqual(before, after, (words, wrong))
                batch = self.file("lines.txt", " ".join(f"'{w}'" for w in [*words, *wrong]) + "\n")
                r = self.run_("batch", batch)
                self.assertEqual((r.returncode, r.stdout), (2, b""), (words, wrong))
                self.assertEqual(before, subprocess.run(["sqlite3", self.env["AGENCY_DB"], ".dump"], capture_output=True, check=True).stdout)
                checked += 1
        self.assertGreaterEqual(checked, 4)

    def test_a_clock_that_is_none(self):
        for p in self.paths:
            words = self.call(p)
            r = self.run_(*words, "--now", "noon")
            self.assertEqual((r.returncode, r.stdout), (2, b""), words)
            self.assertIn('"noon"', r.stderr.decode())

    def test_messages_name_options_as_they_are_typed(self):
        self.assertIn("--due-on DAY is missing", self.fails(2, "invoice", "add", "--number", "X", "--contract", "HT-2026-0001", "--issued-on", "2026-03-01", "--amount", "1"))
        self.assertIn("--as-of", self.fails(2, "client", "list", "--as-of", "noon"))
        self.assertIn("--known-at", self.fails(2, "client", "list", "--known-at", "noon"))
        self.assertIn("--dry-run", self.fails(2, "batch", self.file("b.txt", "client add --code X --name x --dry-run\n")))
        for p in self.paths:
            r = self.run_(*p)
            self.assertNotRegex(r.stderr.decode(), r"--\w+_", p)


if __name__ == "__main__":
    unittest.main()
