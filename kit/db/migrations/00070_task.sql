-- +goose Up

-- A task as its events have left it.
CREATE TABLE task (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    title           TEXT   NOT NULL,
    done_when       TEXT   NOT NULL DEFAULT '',
    due             TEXT   NOT NULL DEFAULT '',
    due_time        TEXT   NOT NULL DEFAULT '',
    source          TEXT   NOT NULL DEFAULT '',
    target          BIGINT NOT NULL DEFAULT 0,
    reached         BIGINT NOT NULL DEFAULT 0,
    unit            TEXT   NOT NULL DEFAULT '',
    state           TEXT   NOT NULL,
    verdict         TEXT   NOT NULL DEFAULT '',
    cause           TEXT   NOT NULL DEFAULT '',
    remedy          TEXT   NOT NULL DEFAULT '',
    difficulty      TEXT   NOT NULL DEFAULT '',
    help            TEXT   NOT NULL DEFAULT '',
    origin          TEXT   NOT NULL,
    meeting_id      TEXT   NOT NULL DEFAULT '',
    next_meeting_id TEXT   NOT NULL DEFAULT '',
    carried_times   BIGINT NOT NULL DEFAULT 0,
    given_by        TEXT   NOT NULL DEFAULT '',
    given_at        BIGINT NOT NULL,
    seq             BIGINT NOT NULL,
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX task_of_organization ON task (root_id, organization_id, given_at);
CREATE INDEX task_of_meeting ON task (root_id, meeting_id) WHERE meeting_id <> '';

CREATE TABLE task_owner (
    root_id   TEXT   NOT NULL,
    task_id   TEXT   NOT NULL,
    member_id TEXT   NOT NULL,
    position  BIGINT NOT NULL,
    PRIMARY KEY (root_id, task_id, member_id),
    FOREIGN KEY (root_id, task_id) REFERENCES task (root_id, id)
);
CREATE INDEX task_of_owner ON task_owner (root_id, member_id);

-- What happened to a task, in order. Lines are added and never changed.
CREATE TABLE task_event (
    root_id    TEXT   NOT NULL,
    task_id    TEXT   NOT NULL,
    seq        BIGINT NOT NULL,
    kind       TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    by_member  TEXT   NOT NULL DEFAULT '',
    for_member TEXT   NOT NULL DEFAULT '',
    meeting_id TEXT   NOT NULL DEFAULT '',
    reached    BIGINT NOT NULL DEFAULT 0,
    text       TEXT   NOT NULL DEFAULT '',
    difficulty TEXT   NOT NULL DEFAULT '',
    verdict    TEXT   NOT NULL DEFAULT '',
    cause      TEXT   NOT NULL DEFAULT '',
    remedy     TEXT   NOT NULL DEFAULT '',
    due        TEXT   NOT NULL DEFAULT '',
    due_time   TEXT   NOT NULL DEFAULT '',
    owners     TEXT   NOT NULL DEFAULT '',
    way        TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, task_id, seq),
    FOREIGN KEY (root_id, task_id) REFERENCES task (root_id, id)
);

-- What members in charge of a field or an area have reported. Lines are added and never changed.
CREATE TABLE task_charge_report (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    member_id       TEXT   NOT NULL,
    at              BIGINT NOT NULL,
    by_member       TEXT   NOT NULL DEFAULT '',
    text            TEXT   NOT NULL,
    proposal        TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX task_charge_report_of ON task_charge_report (root_id, organization_id, at);
