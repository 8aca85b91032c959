-- +goose Up

-- A sheet of an organisation for the quality of meetings, as YAML. It holds from from_day for the organisation and all
-- below it, until a newer one of the same organisation; until_day may be empty. Sheets are never changed: a score keeps
-- the text it was given with.
CREATE TABLE rubric (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    name            TEXT   NOT NULL,
    from_day        TEXT   NOT NULL,
    until_day       TEXT   NOT NULL DEFAULT '',
    sheet           TEXT   NOT NULL,
    added_at        BIGINT NOT NULL,
    added_by        TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX rubric_organization ON rubric (organization_id, from_day);

-- The score of a meeting. sheet and receipts are empty while it is a draft; marks (of the cell) and above (of the
-- committee above) are JSON objects by line; points are hundredths.
CREATE TABLE score (
    root_id         TEXT   NOT NULL,
    meeting_id      TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    month           TEXT   NOT NULL,
    state           TEXT   NOT NULL,
    scorer          TEXT   NOT NULL DEFAULT '',
    sheet           TEXT   NOT NULL DEFAULT '',
    receipts        TEXT   NOT NULL DEFAULT '',
    marks           TEXT   NOT NULL DEFAULT '',
    above           TEXT   NOT NULL DEFAULT '',
    most            BIGINT NOT NULL DEFAULT 0,
    own_points      BIGINT NOT NULL DEFAULT 0,
    own_level       TEXT   NOT NULL DEFAULT '',
    own_at          BIGINT NOT NULL DEFAULT 0,
    own_by          TEXT   NOT NULL DEFAULT '',
    votes_for       BIGINT NOT NULL DEFAULT 0,
    votes_against   BIGINT NOT NULL DEFAULT 0,
    votes_entitled  BIGINT NOT NULL DEFAULT 0,
    vote_id         TEXT   NOT NULL DEFAULT '',
    voted_at        BIGINT NOT NULL DEFAULT 0,
    voted_by        TEXT   NOT NULL DEFAULT '',
    submitted_at    BIGINT NOT NULL DEFAULT 0,
    submitted_by    TEXT   NOT NULL DEFAULT '',
    decided_points  BIGINT NOT NULL DEFAULT 0,
    decided_level   TEXT   NOT NULL DEFAULT '',
    decided_at      BIGINT NOT NULL DEFAULT 0,
    decided_by      TEXT   NOT NULL DEFAULT '',
    reason          TEXT   NOT NULL DEFAULT '',
    seq             BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (root_id, meeting_id),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, id)
);
CREATE INDEX score_organization ON score (root_id, organization_id, month);
CREATE INDEX score_waits ON score (month) WHERE state = 'submitted';

-- A weak point of a cell's meetings with what is done against it; open until done_at is set.
CREATE TABLE remedy (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    meeting_id      TEXT   NOT NULL,
    line            TEXT   NOT NULL DEFAULT '',
    weakness        TEXT   NOT NULL,
    remedy          TEXT   NOT NULL,
    due             TEXT   NOT NULL,
    member_id       TEXT   NOT NULL DEFAULT '',
    noted_at        BIGINT NOT NULL,
    noted_by        TEXT   NOT NULL DEFAULT '',
    done_at         BIGINT NOT NULL DEFAULT 0,
    done_by         TEXT   NOT NULL DEFAULT '',
    outcome         TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, id)
);
CREATE INDEX remedy_open ON remedy (root_id, organization_id) WHERE done_at = 0;
CREATE INDEX remedy_meeting ON remedy (root_id, meeting_id);
