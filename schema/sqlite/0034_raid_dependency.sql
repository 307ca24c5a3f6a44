-- Both sides of a dependency: what waits, and on what besides `party`.
ALTER TABLE raid ADD COLUMN waiting_task INTEGER REFERENCES task (id);    -- NULL: the whole project waits
ALTER TABLE raid ADD COLUMN on_task      INTEGER REFERENCES task (id);    -- of this or another project
ALTER TABLE raid ADD COLUMN on_project   INTEGER REFERENCES project (id); -- another than the one that waits
