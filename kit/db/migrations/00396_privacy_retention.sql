-- +goose Up
-- For how many months a base organisation keeps what may be deleted, and the document that
-- lays it down; without a row it is not laid down and nothing is due.
CREATE TABLE privacy_retention (
    root_id TEXT   NOT NULL,
    item    TEXT   NOT NULL,             -- notices, phones, sessions, absences, hardships
    months  BIGINT NOT NULL,
    source  TEXT   NOT NULL,
    set_by  TEXT   NOT NULL DEFAULT '',  -- account
    set_at  BIGINT NOT NULL,
    PRIMARY KEY (root_id, item)
);
