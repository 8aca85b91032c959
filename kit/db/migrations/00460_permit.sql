-- +goose Up
-- Lists of people that somebody takes away from beyond their own cell: of each day the first,
-- and what a second person has to say about the others.

-- permit_first is the first such list of an account on a day.
CREATE TABLE permit_first (
    root_id    TEXT NOT NULL,
    account_id TEXT NOT NULL,
    taken_on   TEXT NOT NULL,
    subject    TEXT NOT NULL, -- what the list is of: lists of one subject tell of the same people
    PRIMARY KEY (root_id, account_id, taken_on)
);

-- permit is another list of that day, of whoever has the account.
CREATE TABLE permit (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    account_id      TEXT   NOT NULL,
    member_id       TEXT   NOT NULL, -- empty for people who are on no roll
    full_name       TEXT   NOT NULL,
    organization_id TEXT   NOT NULL, -- whose people stand in it; may be of another base organisation
    kind            TEXT   NOT NULL, -- what it is called
    need            TEXT   NOT NULL, -- what whoever takes it must have
    address         TEXT   NOT NULL,
    asked_on        TEXT   NOT NULL, -- the day for which it is good
    state           TEXT   NOT NULL,
    reason          TEXT   NOT NULL DEFAULT '',
    asked_at        BIGINT NOT NULL DEFAULT 0,
    answered_by     TEXT   NOT NULL DEFAULT '', -- account
    answered_name   TEXT   NOT NULL DEFAULT '',
    answered_at     BIGINT NOT NULL DEFAULT 0,
    answer          TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id)
);

CREATE INDEX permit_id ON permit (id);

CREATE INDEX permit_of ON permit (asked_on, account_id);

-- permit_asked are the accounts of those who may say yes or no.
CREATE TABLE permit_asked (
    root_id    TEXT NOT NULL,
    permit_id  TEXT NOT NULL,
    account_id TEXT NOT NULL,
    PRIMARY KEY (root_id, permit_id, account_id),
    FOREIGN KEY (root_id, permit_id) REFERENCES permit (root_id, id)
);

CREATE INDEX permit_asked_of ON permit_asked (account_id);
