-- +goose Up
-- When the password of an account was set; 0: with the account, or none is.
ALTER TABLE account ADD COLUMN password_at BIGINT NOT NULL DEFAULT 0;

-- After how many months a base organisation wants passwords changed; without a line never.
CREATE TABLE account_rule (
    root_id TEXT   NOT NULL PRIMARY KEY,
    months  INT    NOT NULL,
    set_by  TEXT   NOT NULL,
    set_at  BIGINT NOT NULL
);
