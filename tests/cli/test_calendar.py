"""The working calendar: notices, work days, periods, and what is not loaded."""
import json

from support.book import Book, SHARED, need_shared


class Calendar(Book):
    now = "2026-03-01T09:00Z"

    def notice(self, year, *days):
        return self.file(f"{year}.json", json.dumps({"year": year, "papers": ["https://example.org/notice"], "days": [
            {"name": name, "date": day, "isOffDay": off} for name, day, off in days]}))

    def test_a_notice_makes_every_day_of_its_year(self):
        path = self.notice(2027, ("元旦", "2027-01-01", True), ("元旦", "2027-01-03", False), ("春节", "2027-02-05", True), ("元旦", "2026-12-31", True))
        done = self.json("calendar", "notice", path, "--statutory", "2027-02-05")["notice"]
        self.assertEqual((done["inserted"], done["statutory_holidays"]), (365, 2))
        kinds = {day: self.json("calendar", "show", day)["calendar_day"]["kind"] for day in ("2027-01-01", "2027-01-02", "2027-01-03", "2027-01-04", "2027-02-05")}
        self.assertEqual(kinds, {"2027-01-01": "statutory_holiday", "2027-01-02": "rest", "2027-01-03": "makeup_work", "2027-01-04": "work", "2027-02-05": "statutory_holiday"})
        self.assertEqual(self.json("calendar", "notice", path)["notice"]["unchanged"], 365)
        self.assertEqual(self.json("calendar", "add-days", "2027-01-01", "1")["term"]["due"], "2027-01-03")
        self.assertEqual(self.json("calendar", "add-days", "2027-01-04", "1", "--back")["term"]["due"], "2027-01-03")

    def test_a_changed_notice_is_a_conflict_until_it_is_to_replace(self):
        self.ok("calendar", "notice", self.notice(2027, ("元旦", "2027-01-01", True)))
        changed = self.notice(2027, ("元旦", "2027-01-01", True), ("元旦", "2027-01-04", True))
        self.assertIn("2027-01-04", self.fails(4, "calendar", "notice", changed))
        self.assertEqual(self.json("calendar", "show", "2027-01-04")["calendar_day"]["kind"], "work")
        self.assertEqual(self.json("calendar", "notice", changed, "--replace")["notice"]["updated"], 1)
        self.assertEqual(self.json("calendar", "show", "2027-01-04")["calendar_day"]["kind"], "adjusted_rest")

    def test_a_voided_day_comes_back_with_its_notice(self):
        path = self.notice(2027, ("元旦", "2027-01-01", True))
        self.ok("calendar", "notice", path)
        self.ok("calendar", "void", "2027-01-04", "--reason", "误")
        self.assertIn("2027-01-04 was voided", self.fails(4, "calendar", "notice", path))
        self.assertEqual(self.json("calendar", "notice", path, "--replace")["notice"]["updated"], 1)
        self.assertEqual(self.json("calendar", "show", "2027-01-04")["calendar_day"]["kind"], "work")
        self.assertEqual(self.json("calendar", "notice", path)["notice"]["unchanged"], 365)

    def test_what_is_no_notice_is_refused(self):
        for text in ("[]", "{", '{"year":2027}', '{"year":2027,"days":[]}', '{"year":2027,"days":[{"date":"2027-02-30","isOffDay":true}]}'):
            self.assertIn("is no holiday notice", self.fails(9, "calendar", "notice", self.file("bad.json", text)))
        self.fails(8, "calendar", "notice", "nowhere.json")
        self.fails(2, "calendar", "notice", self.notice(2027, ("元旦", "2027-01-01", True)), "--statutory", "2027-03-01")

    def test_CAL_001_a_year_that_is_not_loaded_is_named(self):
        for words in (("add-days", "2031-03-02", "5"), ("workdays", "--from", "2031-01-01", "--to", "2031-01-31")):
            said = self.fails(5, "calendar", *words)
            self.assertIn("2031", said)
            self.assertIn("CAL-001", said)
            self.assertIn("agency calendar notice", said)
        self.assertFalse(self.json("calendar", "term", "2031-03-02", "1m")["term"]["loaded"])

    def test_days_come_in_by_a_file_too(self):
        path = self.file("days.csv", "日期,类别,名称\n2031/1/1,法定节假日,元旦\n2031-01-02,补班,\n2031-01-03,work,\n")
        self.assertEqual(self.json("calendar", "import", path)["import"]["inserted"], 3)
        self.assertEqual(self.json("calendar", "term", "2030-12-31", "1d")["term"]["due"], "2031-01-02")
        self.fails(9, "calendar", "import", path)

    def test_the_published_notices_give_the_published_counts(self):
        need_shared()
        for year, days in ((2024, 251), (2025, 248), (2026, 248)):
            self.ok("calendar", "notice", SHARED / "cn-holiday" / f"{year}.json")
            report = self.json("calendar", "workdays", "--from", f"{year}-01-01", "--to", f"{year}-12-31")
            self.assertEqual(report["totals"][0]["work_days"], days)
            self.assertEqual(sum(r["work_days"] for r in report["rows"]), days)
