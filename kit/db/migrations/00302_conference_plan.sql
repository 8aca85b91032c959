-- +goose Up

-- A version of the plan of a conference: all that stood in it when it was saved. A version
-- that was issued has its number; later ones are amendments until they are issued too.
CREATE TABLE conference_version (
    root_id       TEXT   NOT NULL,
    conference_id TEXT   NOT NULL,
    n             BIGINT NOT NULL, -- from 1
    facts         TEXT   NOT NULL, -- JSON: see conference.Facts
    saved_at      BIGINT NOT NULL,
    saved_by      TEXT   NOT NULL DEFAULT '',
    sent_at       BIGINT NOT NULL DEFAULT 0, -- to the committee, for approval
    sent_by       TEXT   NOT NULL DEFAULT '',
    answer        TEXT   NOT NULL DEFAULT '', -- approved, returned; empty: none yet
    note          TEXT   NOT NULL DEFAULT '', -- with which it was returned
    answered_at   BIGINT NOT NULL DEFAULT 0,
    answered_by   TEXT   NOT NULL DEFAULT '',
    issued_at     BIGINT NOT NULL DEFAULT 0,
    issued_by     TEXT   NOT NULL DEFAULT '',
    number        TEXT   NOT NULL DEFAULT '', -- "82-KH/ĐU"
    dated         TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, conference_id, n),
    FOREIGN KEY (root_id, conference_id) REFERENCES conference (root_id, id)
);
