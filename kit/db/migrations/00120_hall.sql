-- +goose Up

-- The way by which an act came in; empty for the hand of those who hold the meeting.
ALTER TABLE act ADD COLUMN via TEXT NOT NULL DEFAULT '';

-- The door of a meeting, through which members check themselves in. key is 256 random bits in base64, of which every
-- code of this meeting is made; it is worth nothing once the meeting is closed.
CREATE TABLE door (
    root_id    TEXT    NOT NULL,
    meeting_id TEXT    NOT NULL,
    key        TEXT    NOT NULL,
    projector  BOOLEAN NOT NULL,
    poster     BOOLEAN NOT NULL,
    shared     BOOLEAN NOT NULL,
    opened_by  TEXT    NOT NULL,
    opened_at  BIGINT  NOT NULL,
    shut_at    BIGINT  NOT NULL DEFAULT 0,
    PRIMARY KEY (root_id, meeting_id),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, id) ON DELETE CASCADE
);
-- A code names its meeting and no root. Six typed digits are looked for at the doors that are not shut.
CREATE INDEX door_meeting ON door (meeting_id);
CREATE INDEX door_unshut ON door (opened_at) WHERE shut_at = 0;

-- Who has checked in: each member once, each device once unless several people use it. device is a keyed hash that
-- says nothing at another meeting.
CREATE TABLE checkin (
    root_id    TEXT    NOT NULL,
    meeting_id TEXT    NOT NULL,
    member_id  TEXT    NOT NULL,
    device     TEXT    NOT NULL,
    shared     BOOLEAN NOT NULL,
    via        TEXT    NOT NULL,
    at         BIGINT  NOT NULL,
    PRIMARY KEY (root_id, meeting_id, member_id),
    FOREIGN KEY (root_id, meeting_id) REFERENCES door (root_id, meeting_id) ON DELETE CASCADE
) /* WITHOUT ROWID */;
CREATE UNIQUE INDEX checkin_device ON checkin (root_id, meeting_id, device) WHERE NOT shared;

-- How often the last digits of a member were answered wrongly at a meeting.
CREATE TABLE checkin_wrong (
    root_id    TEXT   NOT NULL,
    meeting_id TEXT   NOT NULL,
    member_id  TEXT   NOT NULL,
    wrong      BIGINT NOT NULL,
    PRIMARY KEY (root_id, meeting_id, member_id),
    FOREIGN KEY (root_id, meeting_id) REFERENCES door (root_id, meeting_id) ON DELETE CASCADE
);
