-- +goose Up

-- Somebody who is to attend a conference, or came without having been named.
CREATE TABLE delegate (
    root_id       TEXT    NOT NULL,
    id            TEXT    NOT NULL,
    conference_id TEXT    NOT NULL,
    category_id   TEXT    NOT NULL,
    unit_root     TEXT    NOT NULL DEFAULT '', -- the unit that sends, if it is of the tree
    unit_id       TEXT    NOT NULL DEFAULT '',
    unit          TEXT    NOT NULL, -- its name
    member_root   TEXT    NOT NULL DEFAULT '', -- the member, where the roll is known
    member_id     TEXT    NOT NULL DEFAULT '',
    name          TEXT    NOT NULL,
    post          TEXT    NOT NULL DEFAULT '', -- chức vụ
    phone         TEXT    NOT NULL DEFAULT '',
    email         TEXT    NOT NULL DEFAULT '',
    number        BIGINT  NOT NULL DEFAULT 0, -- of the invitation; 0: none was issued
    code          TEXT    NOT NULL, -- secret on the invitation, by which the person is known
    answer        TEXT    NOT NULL DEFAULT '', -- coming, declined; empty: none yet
    answered_at   BIGINT  NOT NULL DEFAULT 0,
    replaces      TEXT    NOT NULL DEFAULT '', -- id of the delegate whose place it is
    gone_at       BIGINT  NOT NULL DEFAULT 0, -- when replaced or withdrawn; 0: stands
    walked_in     BOOLEAN NOT NULL DEFAULT FALSE, -- written at the desk
    named_at      BIGINT  NOT NULL,
    named_by      TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, conference_id) REFERENCES conference (root_id, id),
    FOREIGN KEY (root_id, category_id) REFERENCES conference_category (root_id, id)
);
CREATE INDEX delegate_id ON delegate (id);
CREATE UNIQUE INDEX delegate_code ON delegate (root_id, code);
CREATE INDEX delegate_of ON delegate (root_id, conference_id, category_id);
CREATE INDEX delegate_unit ON delegate (unit_root, unit_id);
