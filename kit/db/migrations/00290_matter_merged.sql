-- +goose Up

-- The committee to which a matter was passed up enters it in its own book: received is the number
-- there, from 1 each year. Matters with the same bundle are treated as one.
ALTER TABLE matter ADD COLUMN received_by TEXT NOT NULL DEFAULT '';
ALTER TABLE matter ADD COLUMN received BIGINT NOT NULL DEFAULT 0;
ALTER TABLE matter ADD COLUMN bundle TEXT NOT NULL DEFAULT '';

CREATE INDEX matter_bundle ON matter (bundle) WHERE bundle <> '';

-- What was passed up before is entered in the order in which it came.
UPDATE matter SET received_by = (SELECT o.parent_id FROM organization o WHERE o.root_id = matter.root_id AND o.id = matter.organization_id);

UPDATE matter SET received = (
    SELECT count(*) FROM matter b
    WHERE b.received_by = matter.received_by AND b.year = matter.year AND (b.sent_at < matter.sent_at OR b.sent_at = matter.sent_at AND b.id <= matter.id)
) WHERE received_by <> '';

INSERT INTO matter_register (root_id, organization_id, year, next)
SELECT o.root_id, o.id, m.year, max(m.received) + 1 FROM matter m JOIN organization o ON o.id = m.received_by GROUP BY o.root_id, o.id, m.year;
