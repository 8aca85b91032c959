-- +goose Up

-- A new code for somebody who holds an office: one person asks, another confirms. drops
-- says that second factors go too.
CREATE TABLE account_recovery (
    root_id      TEXT    NOT NULL,
    id           TEXT    NOT NULL,
    account_id   TEXT    NOT NULL,
    drops        BOOLEAN NOT NULL,
    asked_by     TEXT    NOT NULL, -- account
    asked_name   TEXT    NOT NULL,
    asked_at     BIGINT  NOT NULL,
    confirmed_by TEXT    NOT NULL DEFAULT '', -- account
    ended_at     BIGINT  NOT NULL DEFAULT 0,  -- confirmed or taken back
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, account_id) REFERENCES account (root_id, id)
);
CREATE INDEX account_recovery_of ON account_recovery (root_id, account_id);
CREATE INDEX account_recovery_open ON account_recovery (ended_at, asked_at);
