-- A reversal of one allocation names it; NULL with a negative amount takes back all that the pair has.
ALTER TABLE allocation ADD COLUMN reverses INTEGER REFERENCES allocation (id);
