-- +goose Up

-- The bodies that advise and help a committee, and what each does for it: "rolls,study".
CREATE TABLE organization_department (
    root_id         TEXT NOT NULL,
    id              TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    kind            TEXT NOT NULL,
    name            TEXT NOT NULL,
    duties          TEXT NOT NULL DEFAULT '',
    closed_on       TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX organization_department_id ON organization_department (id);
CREATE INDEX organization_department_of ON organization_department (root_id, organization_id);

-- Who works there from when until when.
CREATE TABLE organization_seat (
    root_id       TEXT NOT NULL,
    id            TEXT NOT NULL,
    department_id TEXT NOT NULL,
    member_id     TEXT NOT NULL,
    rank          TEXT NOT NULL,
    from_on       TEXT NOT NULL,
    until_on      TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, department_id) REFERENCES organization_department (root_id, id)
);
CREATE INDEX organization_seat_member ON organization_seat (member_id);
