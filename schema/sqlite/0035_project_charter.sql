-- 项目任务书: what the project covers and who answers for it above its manager.
ALTER TABLE project ADD COLUMN scope   TEXT;
ALTER TABLE project ADD COLUMN sponsor INTEGER REFERENCES employee (id);
-- Minutes of a meeting that is evidence of a gate, as the kickoff.
ALTER TABLE checkpoint ADD COLUMN held_on   TEXT CHECK (length(held_on) = 10);
ALTER TABLE checkpoint ADD COLUMN attendees TEXT;
ALTER TABLE checkpoint ADD COLUMN minutes   TEXT;
