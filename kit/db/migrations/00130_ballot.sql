-- +goose Up

-- A question that people answer on their phones. options and tally are JSON; a poll that runs has no tally.
CREATE TABLE ballot_poll (
    root_id         TEXT    NOT NULL,
    id              TEXT    NOT NULL,
    meeting_id      TEXT    NOT NULL,
    organization_id TEXT    NOT NULL,
    question        TEXT    NOT NULL,
    secret          BOOLEAN NOT NULL,
    options         TEXT    NOT NULL,
    choose          BIGINT  NOT NULL,
    fewest          BIGINT  NOT NULL DEFAULT 0,
    state           TEXT    NOT NULL,
    opened_at       BIGINT  NOT NULL,
    closed_at       BIGINT  NOT NULL DEFAULT 0,
    tally           TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id)
);
CREATE INDEX ballot_poll_running ON ballot_poll (root_id, meeting_id) WHERE state = 'open';

-- Who has a ballot and whether it is in the box. There is no time and no number here, and there must never be one.
CREATE TABLE ballot_voter (
    root_id   TEXT    NOT NULL,
    poll_id   TEXT    NOT NULL,
    member_id TEXT    NOT NULL,
    voted     BOOLEAN NOT NULL DEFAULT FALSE,
    PRIMARY KEY (root_id, poll_id, member_id),
    FOREIGN KEY (root_id, poll_id) REFERENCES ballot_poll (root_id, id)
) /* WITHOUT ROWID */;

-- The ballots of open polls, with the name.
CREATE TABLE ballot_named (
    root_id   TEXT NOT NULL,
    poll_id   TEXT NOT NULL,
    member_id TEXT NOT NULL,
    choices   TEXT NOT NULL,
    PRIMARY KEY (root_id, poll_id, member_id),
    FOREIGN KEY (root_id, poll_id, member_id) REFERENCES ballot_voter (root_id, poll_id, member_id)
) /* WITHOUT ROWID */;

-- The ballots of secret polls that run: ciphertext, in the order of its random bytes, and nothing else.
CREATE TABLE ballot_sealed (
    root_id TEXT NOT NULL,
    poll_id TEXT NOT NULL,
    sealed  TEXT NOT NULL,
    PRIMARY KEY (root_id, poll_id, sealed),
    FOREIGN KEY (root_id, poll_id) REFERENCES ballot_poll (root_id, id)
) /* WITHOUT ROWID */;

-- Whether the rule of the cell allows secret votes by phone, on what that rests, and whether very few ballots are
-- counted.
ALTER TABLE organization_settings ADD COLUMN sealed_votes BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE organization_settings ADD COLUMN sealed_votes_source TEXT NOT NULL DEFAULT '';
ALTER TABLE organization_settings ADD COLUMN few_votes_shown BOOLEAN NOT NULL DEFAULT FALSE;
