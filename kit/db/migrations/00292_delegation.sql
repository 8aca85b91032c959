-- +goose Up

-- Somebody does for another, who is away, what that one may do by a role in a unit. parts names
-- which of it: "work,people"; empty is all.
CREATE TABLE account_delegation (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    role            TEXT   NOT NULL,
    giver           TEXT   NOT NULL,
    receiver        TEXT   NOT NULL,
    parts           TEXT   NOT NULL DEFAULT '',
    reason          TEXT   NOT NULL DEFAULT '',
    from_on         TEXT   NOT NULL,
    until_on        TEXT   NOT NULL,
    given_at        BIGINT NOT NULL,
    ended_at        BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (root_id, id)
);
CREATE INDEX account_delegation_receiver ON account_delegation (root_id, receiver);
CREATE INDEX account_delegation_giver ON account_delegation (root_id, giver);
CREATE INDEX account_delegation_unit ON account_delegation (organization_id);
