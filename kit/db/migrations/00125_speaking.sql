-- +goose Up

-- How long a speaker has in the meetings of a cell, in minutes; 0 where nothing is set.
ALTER TABLE organization_settings ADD COLUMN speaking_minutes BIGINT NOT NULL DEFAULT 0;

-- Who came to a closed meeting and how often they spoke there, worked out from its log; quarter is the first month
-- of the quarter in which it was held.
CREATE TABLE room_voice (
    root_id         TEXT   NOT NULL,
    meeting_id      TEXT   NOT NULL,
    member_id       TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    quarter         TEXT   NOT NULL,
    times           BIGINT NOT NULL,
    PRIMARY KEY (root_id, meeting_id, member_id),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, id)
);
CREATE INDEX room_voice_quarter ON room_voice (root_id, organization_id, quarter);
