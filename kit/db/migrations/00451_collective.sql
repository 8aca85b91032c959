-- +goose Up
-- Collectives beside a cell whose meetings its people also write down: its office
-- (professional) and its trade union (union).
CREATE TABLE collective (
    root_id         TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    kind            TEXT NOT NULL,
    name            TEXT NOT NULL,
    superior        TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, organization_id, kind),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE TABLE collective_person (
    root_id         TEXT NOT NULL,
    id              TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    kind            TEXT NOT NULL,
    name            TEXT NOT NULL,
    office          TEXT NOT NULL DEFAULT '',
    sort_key        TEXT NOT NULL,
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX collective_person_of ON collective_person (root_id, organization_id, kind, sort_key);
-- The last meetings of a collective.
CREATE INDEX meeting_beside ON meeting (root_id, organization_id, kind, starts_at) WHERE kind IN ('professional', 'union');
