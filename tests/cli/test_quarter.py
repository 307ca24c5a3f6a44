"""A scripted quarter of a made-up agency (examples/quarter): its reports are kept; AGENCY_ACCEPT=1 accepts."""
import os, subprocess

from support.book import BINARY, SOURCE, Book


class Quarter(Book):
    def test_reports_of_the_quarters_end(self):
        env = {**self.env, "PATH": f"{os.path.dirname(BINARY)}:{self.env['PATH']}", "LC_ALL": "C.UTF-8"}   # as a user runs it
        r = subprocess.run([SOURCE / "examples" / "quarter" / "run"], cwd=self.dir, env=env, capture_output=True, text=True, timeout=200)
        self.assertEqual((r.returncode, r.stderr), (0, ""))
        kept = SOURCE / "tests" / "cli" / "golden" / "quarter_reports.txt"
        if os.environ.get("AGENCY_ACCEPT"):
            kept.write_text(r.stdout)
        self.maxDiff = None
        self.assertEqual(kept.read_text() if kept.exists() else "", r.stdout)
