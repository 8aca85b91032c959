-- +goose Up

-- A member in hardship: what, since when, and how it ended.
CREATE TABLE care_hardship (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    member_id       TEXT   NOT NULL,
    kind            TEXT   NOT NULL,
    what            TEXT   NOT NULL,
    since_on        TEXT   NOT NULL,
    entered_at      BIGINT NOT NULL,
    entered_by      TEXT   NOT NULL DEFAULT '',
    closed_on       TEXT   NOT NULL DEFAULT '',
    outcome         TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX care_hardship_cell ON care_hardship (root_id, organization_id, closed_on);
CREATE INDEX care_hardship_member ON care_hardship (root_id, member_id);

-- A help, visit or gift: decided on a day, and given on a day once it is. Without a hardship it is a visit of its own.
CREATE TABLE care_deed (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    member_id       TEXT   NOT NULL,
    hardship_id     TEXT   NOT NULL DEFAULT '',
    occasion        TEXT   NOT NULL,
    what            TEXT   NOT NULL,
    amount          BIGINT NOT NULL DEFAULT 0,
    giver           TEXT   NOT NULL DEFAULT '',
    decided_on      TEXT   NOT NULL,
    given_on        TEXT   NOT NULL DEFAULT '',
    entered_at      BIGINT NOT NULL,
    entered_by      TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX care_deed_cell ON care_deed (root_id, organization_id, decided_on);
CREATE INDEX care_deed_member ON care_deed (root_id, member_id);

-- Whether the family of a member was recognised as a cultured family in a year.
CREATE TABLE care_family (
    root_id         TEXT    NOT NULL,
    organization_id TEXT    NOT NULL,
    member_id       TEXT    NOT NULL,
    year            BIGINT  NOT NULL,
    cultured        BOOLEAN NOT NULL,
    PRIMARY KEY (root_id, organization_id, member_id, year),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);

-- To which cell of the place of residence a member of the cell was introduced.
CREATE TABLE care_home (
    root_id         TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    member_id       TEXT NOT NULL,
    cell            TEXT NOT NULL,
    introduced_on   TEXT NOT NULL DEFAULT '',
    excuse          TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, organization_id, member_id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);

-- The comment that the cell of the place of residence was asked for in a year.
CREATE TABLE care_comment (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    member_id       TEXT   NOT NULL,
    year            BIGINT NOT NULL,
    cell            TEXT   NOT NULL,
    asked_on        TEXT   NOT NULL,
    due_on          TEXT   NOT NULL,
    came_on         TEXT   NOT NULL DEFAULT '',
    merits          TEXT   NOT NULL DEFAULT '',
    faults          TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    UNIQUE (root_id, organization_id, member_id, year),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);

-- Somebody of another cell who lives here and was introduced to this one.
CREATE TABLE care_resident (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    full_name       TEXT   NOT NULL,
    name_key        TEXT   NOT NULL,
    cell            TEXT   NOT NULL,
    address         TEXT   NOT NULL DEFAULT '',
    introduced_on   TEXT   NOT NULL,
    left_on         TEXT   NOT NULL DEFAULT '',
    excuse          TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX care_resident_cell ON care_resident (root_id, organization_id, name_key);

-- What this cell has said of such a resident for a year.
CREATE TABLE care_remark (
    root_id     TEXT   NOT NULL,
    resident_id TEXT   NOT NULL,
    year        BIGINT NOT NULL,
    came        BIGINT NOT NULL,
    called      BIGINT NOT NULL,
    merits      TEXT   NOT NULL,
    faults      TEXT   NOT NULL DEFAULT '',
    said_on     TEXT   NOT NULL,
    PRIMARY KEY (root_id, resident_id, year),
    FOREIGN KEY (root_id, resident_id) REFERENCES care_resident (root_id, id)
);
