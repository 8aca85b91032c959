-- +goose Up
-- Lists of delegates that were brought as a file and are looked at before they are taken: the
-- rows as they were read, and the SHA-256 of the file they were read from.
CREATE TABLE delegate_import (
    root_id       TEXT   NOT NULL,
    id            TEXT   NOT NULL,
    conference_id TEXT   NOT NULL,
    account_id    TEXT   NOT NULL,
    hash          TEXT   NOT NULL,
    content       TEXT   NOT NULL,
    uploaded_at   BIGINT NOT NULL,
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, conference_id) REFERENCES conference (root_id, id)
);
CREATE INDEX delegate_import_of ON delegate_import (root_id, conference_id);
