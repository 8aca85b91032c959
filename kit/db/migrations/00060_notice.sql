-- +goose Up

-- One line of one person's inbox. The text is made when it is read, from message_key and args (JSON).
CREATE TABLE notice (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    member_id       TEXT   NOT NULL,
    message_key     TEXT   NOT NULL,
    args            TEXT   NOT NULL DEFAULT '{}',
    url             TEXT   NOT NULL,
    subject         TEXT   NOT NULL DEFAULT '',
    told_at         BIGINT NOT NULL,
    read_at         BIGINT NOT NULL DEFAULT 0,
    mailed_at       BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
-- A superior who follows a cell is told by another base organisation than the own one: inboxes are read by member.
CREATE INDEX notice_inbox ON notice (member_id, told_at);
CREATE INDEX notice_unread ON notice (member_id) WHERE read_at = 0;

-- Who was told of a subject, in which way.
CREATE TABLE notice_tick (
    root_id   TEXT   NOT NULL,
    subject   TEXT   NOT NULL,
    member_id TEXT   NOT NULL,
    way       TEXT   NOT NULL,
    ticked_by TEXT   NOT NULL DEFAULT '',
    ticked_at BIGINT NOT NULL,
    PRIMARY KEY (root_id, subject, member_id, way)
);

-- Those who have asked for a mail when there is something in their inbox.
CREATE TABLE notice_mail (
    root_id   TEXT   NOT NULL,
    member_id TEXT   NOT NULL,
    asked_at  BIGINT NOT NULL,
    PRIMARY KEY (root_id, member_id)
);
CREATE INDEX notice_mail_member ON notice_mail (member_id);

-- The address of a person's calendar feed. A phone that asks has the token and nothing else, so the token is the key.
CREATE TABLE notice_feed (
    token     TEXT   NOT NULL PRIMARY KEY,
    root_id   TEXT   NOT NULL,
    member_id TEXT   NOT NULL,
    made_at   BIGINT NOT NULL
);
CREATE UNIQUE INDEX notice_feed_member ON notice_feed (root_id, member_id);

-- How people want to be reminded, and when to be left in peace.
CREATE TABLE notice_manner (
    root_id     TEXT    NOT NULL,
    member_id   TEXT    NOT NULL,
    reminders   BOOLEAN NOT NULL,
    quiet_from  TEXT    NOT NULL,
    quiet_until TEXT    NOT NULL,
    PRIMARY KEY (root_id, member_id)
);

-- The day on which somebody was last reminded: once a day is enough.
CREATE TABLE notice_reminder (
    root_id   TEXT NOT NULL,
    member_id TEXT NOT NULL,
    told_on   TEXT NOT NULL,
    PRIMARY KEY (root_id, member_id)
);
