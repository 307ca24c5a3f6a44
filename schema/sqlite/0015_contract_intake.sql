-- The assessment by which a contract was taken on.
ALTER TABLE contract ADD COLUMN intake INTEGER REFERENCES intake (id);
CREATE INDEX contract_intake ON contract (intake) WHERE intake IS NOT NULL;
