-- +goose Up

-- A kept file. Its bytes stand outside the database under their hash; two rows
-- may name the same bytes. use_kind and use_subject say what it was kept for and
-- thereby who may open it.
CREATE TABLE library_file (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    use_kind        TEXT   NOT NULL,
    use_subject     TEXT   NOT NULL,
    name            TEXT   NOT NULL,
    type            TEXT   NOT NULL,
    hash            TEXT   NOT NULL,
    size            BIGINT NOT NULL,
    kept_at         BIGINT NOT NULL,
    kept_by         TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX library_file_use ON library_file (root_id, use_kind, use_subject);
CREATE INDEX library_file_hash ON library_file (hash);

-- A paper that must not be kept here because it is a State secret: only what is
-- needed to find it on paper.
CREATE TABLE library_stub (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    use_kind        TEXT   NOT NULL,
    use_subject     TEXT   NOT NULL,
    number          TEXT   NOT NULL,
    dated_on        TEXT   NOT NULL DEFAULT '',
    where_kept      TEXT   NOT NULL,
    noted_at        BIGINT NOT NULL,
    noted_by        TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX library_stub_use ON library_stub (root_id, use_kind, use_subject);
