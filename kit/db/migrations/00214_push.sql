-- +goose Up

-- The keys by which push services know this program, made once.
CREATE TABLE notice_push_key (
    id          BIGINT NOT NULL PRIMARY KEY,
    public_key  TEXT   NOT NULL,
    private_key TEXT   NOT NULL,
    made_at     BIGINT NOT NULL
);

-- The devices on which people have asked to be called.
CREATE TABLE notice_push (
    root_id   TEXT   NOT NULL,
    id        TEXT   NOT NULL,
    member_id TEXT   NOT NULL,
    endpoint  TEXT   NOT NULL,
    p256dh    TEXT   NOT NULL,
    auth      TEXT   NOT NULL,
    device    TEXT   NOT NULL DEFAULT '',
    made_at   BIGINT NOT NULL,
    called_at BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (root_id, id),
    UNIQUE (root_id, endpoint)
);
CREATE INDEX notice_push_endpoint ON notice_push (endpoint);
CREATE INDEX notice_push_member ON notice_push (member_id);
