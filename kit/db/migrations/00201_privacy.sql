-- +goose Up

-- Who has read for what their data are kept: version is that of the notice.
CREATE TABLE privacy_acknowledgement (
    root_id    TEXT   NOT NULL,
    account_id TEXT   NOT NULL,
    version    BIGINT NOT NULL,
    read_at    BIGINT NOT NULL,
    PRIMARY KEY (root_id, account_id, version),
    FOREIGN KEY (root_id, account_id) REFERENCES account (root_id, id)
);

-- Requests of people about their data. field and value stand where something is to be
-- corrected.
CREATE TABLE privacy_request (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,            -- cell of the member when it was made
    member_id       TEXT   NOT NULL,
    claim           TEXT   NOT NULL,            -- know, correct, restrict, delete, object, withdraw
    field           TEXT   NOT NULL DEFAULT '',
    value           TEXT   NOT NULL DEFAULT '',
    text            TEXT   NOT NULL DEFAULT '',
    made_at         BIGINT NOT NULL,
    due_at          BIGINT NOT NULL,
    state           TEXT   NOT NULL,            -- waiting, done, refused
    answer          TEXT   NOT NULL DEFAULT '',
    answered_at     BIGINT NOT NULL DEFAULT 0,
    answered_by     TEXT   NOT NULL DEFAULT '', -- member
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id),
    FOREIGN KEY (root_id, member_id) REFERENCES member (root_id, id)
);
CREATE INDEX privacy_request_member ON privacy_request (root_id, member_id, made_at);
CREATE INDEX privacy_request_open ON privacy_request (root_id, organization_id, due_at) WHERE state = 'waiting';

-- How long a cell takes to answer, in hours; without a row 72 for all.
CREATE TABLE privacy_setting (
    root_id         TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    stop_hours      BIGINT NOT NULL, -- restrict, object, withdraw, delete
    other_hours     BIGINT NOT NULL, -- know, correct
    PRIMARY KEY (root_id, organization_id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
