-- +goose Up

-- The tree. A parent may belong to another base organisation (the ward above a
-- base committee), so parent_id is no foreign key; actions keep it true.
CREATE TABLE organization (
    root_id   TEXT NOT NULL,
    id        TEXT NOT NULL,
    parent_id TEXT NOT NULL DEFAULT '',
    path      TEXT NOT NULL,
    level     TEXT NOT NULL,
    kind      TEXT NOT NULL DEFAULT '',
    name      TEXT NOT NULL,
    superior  TEXT NOT NULL DEFAULT '',
    town      TEXT NOT NULL DEFAULT '',
    code      TEXT NOT NULL DEFAULT '',
    closed_on TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id)
);
CREATE INDEX organization_id ON organization (id);
CREATE INDEX organization_parent ON organization (parent_id);
CREATE INDEX organization_path ON organization (path);

-- The habits of a unit's meetings from a day on.
CREATE TABLE organization_settings (
    root_id         TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    from_on         TEXT   NOT NULL,
    meeting_day     BIGINT NOT NULL,
    day_rule        TEXT   NOT NULL,
    start           TEXT   NOT NULL DEFAULT '',
    place           TEXT   NOT NULL DEFAULT '',
    notice_days     BIGINT NOT NULL,
    document_days   BIGINT NOT NULL,
    filing_days     BIGINT NOT NULL,
    min_minutes     BIGINT NOT NULL,
    PRIMARY KEY (root_id, organization_id, from_on),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);

CREATE TABLE organization_term (
    root_id         TEXT NOT NULL,
    id              TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    name            TEXT NOT NULL,
    from_on         TEXT NOT NULL,
    until_on        TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    UNIQUE (root_id, organization_id, from_on),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);

-- Offices held. The person may be on the roll of another base organisation (a
-- supervisor from the ward), so member_id is no foreign key.
CREATE TABLE organization_office (
    root_id         TEXT NOT NULL,
    id              TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    member_id       TEXT NOT NULL,
    post            TEXT NOT NULL,
    from_on         TEXT NOT NULL,
    until_on        TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX organization_office_of ON organization_office (root_id, organization_id);
CREATE INDEX organization_office_member ON organization_office (member_id);

-- Titles the unit was given, year by year.
CREATE TABLE organization_title (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    year            BIGINT NOT NULL,
    title           TEXT   NOT NULL,
    giver           TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX organization_title_of ON organization_title (root_id, organization_id);
