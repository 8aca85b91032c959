-- +goose Up

-- The report on current affairs at a meeting: whose turn it was, who stepped in, the
-- three parts, and a line to the briefer. Who is to tell stands in the agenda.
CREATE TABLE briefing (
    root_id         TEXT   NOT NULL,
    meeting_id      TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    turn_of         TEXT   NOT NULL DEFAULT '',
    teller          TEXT   NOT NULL DEFAULT '',
    national        TEXT   NOT NULL DEFAULT '',
    international   TEXT   NOT NULL DEFAULT '',
    local           TEXT   NOT NULL DEFAULT '',
    prepared_at     BIGINT NOT NULL DEFAULT 0,
    prepared_by     TEXT   NOT NULL DEFAULT '',
    remark          TEXT   NOT NULL DEFAULT '',
    remark_at       BIGINT NOT NULL DEFAULT 0,
    remark_by       TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, meeting_id),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, id) ON DELETE CASCADE
);

-- Who has asked not to be called until a day; the reason is for few.
CREATE TABLE briefing_excuse (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    member_id       TEXT   NOT NULL,
    until           TEXT   NOT NULL,
    reason          TEXT   NOT NULL,
    recorded_at     BIGINT NOT NULL,
    recorded_by     TEXT   NOT NULL,
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE UNIQUE INDEX briefing_excuse_member ON briefing_excuse (root_id, organization_id, member_id);

-- A theme of the year's plan of a cell. approved_at is 0 until the committee of the
-- cell has approved it; meeting_id names the meeting that treats it.
CREATE TABLE theme (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    month           TEXT   NOT NULL,
    kind            TEXT   NOT NULL,
    title           TEXT   NOT NULL,
    presenter       TEXT   NOT NULL DEFAULT '',
    questions       TEXT   NOT NULL DEFAULT '',
    due             TEXT   NOT NULL DEFAULT '',
    approved_on     TEXT   NOT NULL DEFAULT '',
    approved_at     BIGINT NOT NULL DEFAULT 0,
    approved_by     TEXT   NOT NULL DEFAULT '',
    meeting_id      TEXT   NOT NULL DEFAULT '',
    rating          TEXT   NOT NULL DEFAULT '',
    remark          TEXT   NOT NULL DEFAULT '',
    result          TEXT   NOT NULL DEFAULT '',
    rated_at        BIGINT NOT NULL DEFAULT 0,
    rated_by        TEXT   NOT NULL DEFAULT '',
    created_at      BIGINT NOT NULL,
    created_by      TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX theme_of_month ON theme (root_id, organization_id, month);
CREATE INDEX theme_of_meeting ON theme (root_id, meeting_id);
