-- The client that a branch, or a company of a group, belongs to; NULL: none. As entered; later ones in client_change.
ALTER TABLE client ADD COLUMN parent INTEGER REFERENCES client (id);
CREATE INDEX client_parent ON client (parent) WHERE parent IS NOT NULL;
