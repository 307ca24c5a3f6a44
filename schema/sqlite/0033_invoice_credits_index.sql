-- What lowers an invoice is read without the invoice itself: an aging report asks each time for the credit notes of later days.
DROP INDEX invoice_credits;
CREATE INDEX invoice_credits ON invoice (credits, issued_on, amount) WHERE credits IS NOT NULL;
