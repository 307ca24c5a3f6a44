-- How often reports of a project are due; NULL: as the house has it.
ALTER TABLE project ADD COLUMN report_cadence TEXT CHECK (report_cadence IN ('weekly', 'biweekly', 'monthly'));
