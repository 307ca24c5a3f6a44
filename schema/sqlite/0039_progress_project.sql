-- What reports ask of each project, person or client, found without reading all.
CREATE INDEX progress_project ON progress (project);
CREATE INDEX milestone_project ON milestone (project);
CREATE INDEX hourly_rate_employee ON hourly_rate (employee);
CREATE INDEX project_client ON project (client) WHERE client IS NOT NULL;
CREATE INDEX project_change_client ON project_change (id) WHERE field = 'client';
