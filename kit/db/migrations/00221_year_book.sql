-- +goose Up

-- The year book of a cell in one version: the making that was asked for last (asked_at moves while it works), and
-- the files of the last that succeeded.
CREATE TABLE year_book (
    root_id         TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    year            BIGINT NOT NULL,
    version         TEXT   NOT NULL,            -- open, full
    state           TEXT   NOT NULL,            -- asked, made, failed
    progress        BIGINT NOT NULL DEFAULT 0,  -- hundredths
    asked_at        BIGINT NOT NULL,
    asked_by        TEXT   NOT NULL,
    made_at         BIGINT NOT NULL DEFAULT 0,
    made_by         TEXT   NOT NULL DEFAULT '',
    pages           BIGINT NOT NULL DEFAULT 0,
    papers          BIGINT NOT NULL DEFAULT 0,
    pdf             TEXT   NOT NULL DEFAULT '', -- files of the library
    docx            TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, organization_id, year, version),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
