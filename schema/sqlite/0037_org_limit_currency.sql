-- In which currency a limit is; NULL: CNY.
ALTER TABLE job ADD COLUMN currency TEXT CHECK (length(currency) = 3);
ALTER TABLE assignment ADD COLUMN currency TEXT CHECK (length(currency) = 3);
