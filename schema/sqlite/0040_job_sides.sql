-- With whom somebody works is said on both sides; to whom he answers may be others than whom he reports to.
ALTER TABLE job ADD COLUMN other_position INTEGER REFERENCES position (id);
ALTER TABLE position ADD COLUMN accountable_to TEXT;
