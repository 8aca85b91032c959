-- +goose Up

-- People of the roll. The private columns are card_number, citizen_id, phone,
-- email and note.
CREATE TABLE member (
    root_id         TEXT NOT NULL,
    id              TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    full_name       TEXT NOT NULL,
    name_key        TEXT NOT NULL,
    folded          TEXT NOT NULL,
    sex             TEXT NOT NULL DEFAULT '',
    born_on         TEXT NOT NULL DEFAULT '',
    born_known      TEXT NOT NULL DEFAULT '',
    ethnicity       TEXT NOT NULL DEFAULT '',
    hometown        TEXT NOT NULL DEFAULT '',
    card_number     TEXT NOT NULL DEFAULT '',
    citizen_id      TEXT NOT NULL DEFAULT '',
    phone           TEXT NOT NULL DEFAULT '',
    email           TEXT NOT NULL DEFAULT '',
    admitted_on     TEXT NOT NULL DEFAULT '',
    admitted_known  TEXT NOT NULL DEFAULT '',
    official_on     TEXT NOT NULL DEFAULT '',
    official_known  TEXT NOT NULL DEFAULT '',
    education       TEXT NOT NULL DEFAULT '',
    theory          TEXT NOT NULL DEFAULT '',
    position        TEXT NOT NULL DEFAULT '',
    workplace       TEXT NOT NULL DEFAULT '',
    residence       TEXT NOT NULL DEFAULT '',
    party_group     TEXT NOT NULL DEFAULT '',
    field           TEXT NOT NULL DEFAULT '',
    area            TEXT NOT NULL DEFAULT '',
    note            TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE UNIQUE INDEX member_card ON member (root_id, card_number) WHERE card_number <> '';
CREATE INDEX member_of ON member (root_id, organization_id);
CREATE INDEX member_id ON member (id);

-- How a person stands in a cell from a day on, until the next record there.
CREATE TABLE member_standing (
    root_id         TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    member_id       TEXT   NOT NULL,
    from_on         TEXT   NOT NULL,
    standing        TEXT   NOT NULL,
    note            TEXT   NOT NULL DEFAULT '',
    recorded_at     BIGINT NOT NULL,
    recorded_by     TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, organization_id, member_id, from_on),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id),
    FOREIGN KEY (root_id, member_id) REFERENCES member (root_id, id)
);
CREATE INDEX member_standing_member ON member_standing (root_id, member_id);

-- Awards and titles of a person.
CREATE TABLE member_award (
    root_id   TEXT NOT NULL,
    id        TEXT NOT NULL,
    member_id TEXT NOT NULL,
    given_on  TEXT NOT NULL,
    title     TEXT NOT NULL,
    giver     TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, member_id) REFERENCES member (root_id, id)
);
CREATE INDEX member_award_member ON member_award (root_id, member_id);

-- A sheet that was uploaded and waits for its confirmation. data is the file in
-- base64 and is emptied once the import is applied or given up.
CREATE TABLE member_import (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    account_id      TEXT   NOT NULL,
    name            TEXT   NOT NULL,
    hash            TEXT   NOT NULL,
    data            TEXT   NOT NULL,
    uploaded_at     BIGINT NOT NULL,
    applied_at      BIGINT NOT NULL DEFAULT 0,
    report          TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX member_import_id ON member_import (id);
