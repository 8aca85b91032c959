-- +goose Up

-- Who has looked at what today is asked at every look.
DROP INDEX audit_object;
CREATE INDEX audit_object ON audit (root_id, object_id, at);
