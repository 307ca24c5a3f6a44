-- 经验教训: what was learned, given with that item of the checklist.
ALTER TABLE closeout ADD COLUMN lesson TEXT;
