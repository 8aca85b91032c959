-- +goose Up

-- What a cell has found and passed up to its superior, and the answer.
CREATE TABLE matter (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    year            BIGINT NOT NULL,
    number          BIGINT NOT NULL,
    text            TEXT   NOT NULL,
    raiser          TEXT   NOT NULL,
    member_id       TEXT   NOT NULL DEFAULT '',
    meeting_id      TEXT   NOT NULL DEFAULT '',
    subject         TEXT   NOT NULL DEFAULT '',
    sent_at         BIGINT NOT NULL,
    sent_by         TEXT   NOT NULL DEFAULT '',
    answer_by       TEXT   NOT NULL,
    state           TEXT   NOT NULL,
    answer          TEXT   NOT NULL DEFAULT '',
    answered_on     TEXT   NOT NULL DEFAULT '',
    answered_at     BIGINT NOT NULL DEFAULT 0,
    answered_by     TEXT   NOT NULL DEFAULT '',
    on_paper        BOOLEAN NOT NULL DEFAULT FALSE,
    reason          TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    UNIQUE (root_id, organization_id, year, number),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX matter_waiting ON matter (root_id, organization_id, answer_by) WHERE state = 'waiting';
-- An opinion is passed up once, however often its destiny is corrected.
CREATE UNIQUE INDEX matter_subject ON matter (root_id, subject) WHERE subject <> '';

-- The next number of a cell in a year.
CREATE TABLE matter_register (
    root_id         TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    year            BIGINT NOT NULL,
    next            BIGINT NOT NULL,
    PRIMARY KEY (root_id, organization_id, year)
);
