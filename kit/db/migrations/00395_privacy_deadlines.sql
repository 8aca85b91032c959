-- +goose Up
-- Requests about data run by the working days of Nghị định 356/2025/NĐ-CP, art. 5: when the one
-- who handles it has to say that it has come, when it was said and by whom, and one extension.
ALTER TABLE privacy_request ADD COLUMN accept_by BIGINT NOT NULL DEFAULT 0;
ALTER TABLE privacy_request ADD COLUMN accepted_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE privacy_request ADD COLUMN accepted_by TEXT NOT NULL DEFAULT '';
ALTER TABLE privacy_request ADD COLUMN others BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE privacy_request ADD COLUMN extended_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE privacy_request ADD COLUMN extended_why TEXT NOT NULL DEFAULT '';

DROP INDEX privacy_request_open;
CREATE INDEX privacy_request_open ON privacy_request (root_id, organization_id, due_at) WHERE answered_at = 0;

-- A cell no longer sets hours of its own: the decree has set days.
DROP TABLE privacy_setting;
