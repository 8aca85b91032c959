-- +goose Up

-- A duty that somebody has before, at or after a sitting of a conference.
CREATE TABLE staging_duty (
    root_id       TEXT   NOT NULL,
    id            TEXT   NOT NULL,
    conference_id TEXT   NOT NULL,
    sitting_id    TEXT   NOT NULL,
    due_at        BIGINT NOT NULL,
    planned_for   BIGINT NOT NULL, -- the start of the sitting as it was when the hour was set
    what          TEXT   NOT NULL,
    charge        TEXT   NOT NULL DEFAULT '', -- unit or person, in words
    member_root   TEXT   NOT NULL DEFAULT '', -- the member in charge, if one was chosen
    member_id     TEXT   NOT NULL DEFAULT '',
    place         TEXT   NOT NULL DEFAULT '',
    gear          TEXT   NOT NULL DEFAULT '', -- equipment
    done_at       BIGINT NOT NULL DEFAULT 0,
    done_by       TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, conference_id) REFERENCES conference (root_id, id),
    FOREIGN KEY (root_id, sitting_id) REFERENCES conference_sitting (root_id, id)
);
CREATE INDEX staging_duty_id ON staging_duty (id);
CREATE INDEX staging_duty_of ON staging_duty (root_id, conference_id, due_at);
CREATE INDEX staging_duty_member ON staging_duty (member_root, member_id);
