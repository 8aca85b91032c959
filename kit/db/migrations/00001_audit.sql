-- +goose Up

-- One chain of entries per base organisation: hash covers the entry and the hash before it.
CREATE TABLE audit (
    root_id    TEXT   NOT NULL,
    seq        BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    account_id TEXT   NOT NULL,
    member_id  TEXT   NOT NULL,
    action     TEXT   NOT NULL,
    object_id  TEXT   NOT NULL,
    detail     TEXT   NOT NULL,
    hash       TEXT   NOT NULL,
    PRIMARY KEY (root_id, seq)
) /* WITHOUT ROWID */;
CREATE INDEX audit_object ON audit (root_id, object_id);

-- The last entry of each chain; its row is the lock that orders writers.
CREATE TABLE audit_head (
    root_id TEXT   NOT NULL PRIMARY KEY,
    seq     BIGINT NOT NULL,
    hash    TEXT   NOT NULL
);
