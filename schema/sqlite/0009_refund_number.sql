-- 退款 as a record of its own: a number by which people name it, and a note.
ALTER TABLE refund ADD COLUMN number TEXT;
ALTER TABLE refund ADD COLUMN note TEXT;
CREATE UNIQUE INDEX refund_number ON refund (number) WHERE number IS NOT NULL;
