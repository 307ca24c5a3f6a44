-- A task is looked up by project and code; so are the tasks below a code.
DROP INDEX task_project;
CREATE INDEX task_project ON task (project, wbs);
