-- +goose Up

-- A conference that a committee stages under one plan, in one sitting or several.
CREATE TABLE conference (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL, -- the committee
    title           TEXT   NOT NULL,
    names_by        TEXT   NOT NULL DEFAULT '', -- until when units name their delegates
    made_at         BIGINT NOT NULL,
    made_by         TEXT   NOT NULL DEFAULT '',
    closed_at       BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX conference_id ON conference (id);
CREATE INDEX conference_unit ON conference (root_id, organization_id, made_at);

-- One sitting of it: the cell that performs, when, where.
CREATE TABLE conference_sitting (
    root_id       TEXT   NOT NULL,
    id            TEXT   NOT NULL,
    conference_id TEXT   NOT NULL,
    position      BIGINT NOT NULL,
    title         TEXT   NOT NULL,
    kind          TEXT   NOT NULL, -- of the meeting performed: ordinary, thematic, …; empty: none is performed
    host_root     TEXT   NOT NULL DEFAULT '',
    host_id       TEXT   NOT NULL DEFAULT '',
    starts_at     BIGINT NOT NULL,
    ends_at       BIGINT NOT NULL,
    venue         TEXT   NOT NULL,
    address       TEXT   NOT NULL DEFAULT '',
    map           TEXT   NOT NULL DEFAULT '', -- address of a map on the web
    meeting_id    TEXT   NOT NULL DEFAULT '', -- the host's meeting, once it is named
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, conference_id) REFERENCES conference (root_id, id)
);
CREATE INDEX conference_sitting_id ON conference_sitting (id);
CREATE INDEX conference_sitting_of ON conference_sitting (root_id, conference_id, position);
CREATE INDEX conference_sitting_host ON conference_sitting (host_root, host_id);

-- A line of the composition: who attends, and where the names come from.
CREATE TABLE conference_category (
    root_id       TEXT   NOT NULL,
    id            TEXT   NOT NULL,
    conference_id TEXT   NOT NULL,
    position      BIGINT NOT NULL,
    title         TEXT   NOT NULL,
    source        TEXT   NOT NULL, -- office, bases, cells, hosts, press
    quota         BIGINT NOT NULL, -- of each unit, or of the line as a whole
    sitting_id    TEXT   NOT NULL DEFAULT '', -- empty: of all sittings
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, conference_id) REFERENCES conference (root_id, id)
);
CREATE INDEX conference_category_of ON conference_category (root_id, conference_id, position);
