-- +goose Up

CREATE TABLE meeting (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    kind            TEXT   NOT NULL,
    month           TEXT   NOT NULL,
    title           TEXT   NOT NULL,
    theme           TEXT   NOT NULL DEFAULT '',
    starts_at       BIGINT NOT NULL,
    place           TEXT   NOT NULL DEFAULT '',
    state           TEXT   NOT NULL,
    chair           TEXT   NOT NULL DEFAULT '',
    minute_taker    TEXT   NOT NULL DEFAULT '',
    preparer        TEXT   NOT NULL DEFAULT '',
    template        TEXT   NOT NULL DEFAULT '',
    min_minutes     BIGINT NOT NULL DEFAULT 0,
    revision        BIGINT NOT NULL DEFAULT 0,
    noticed_at      BIGINT NOT NULL DEFAULT 0,
    opened_at       BIGINT NOT NULL DEFAULT 0,
    closed_at       BIGINT NOT NULL DEFAULT 0,
    sealed_at       BIGINT NOT NULL DEFAULT 0,
    created_at      BIGINT NOT NULL,
    created_by      TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
-- A cell has one meeting of the month, however many themes and extraordinary ones.
CREATE UNIQUE INDEX meeting_of_month ON meeting (root_id, organization_id, month) WHERE kind IN ('ordinary', 'combined');
CREATE INDEX meeting_by_time ON meeting (root_id, organization_id, starts_at);

CREATE TABLE meeting_item (
    root_id    TEXT   NOT NULL,
    meeting_id TEXT   NOT NULL,
    id         TEXT   NOT NULL,
    position   BIGINT NOT NULL,
    kind       TEXT   NOT NULL,
    title      TEXT   NOT NULL,
    minutes    BIGINT NOT NULL,
    presenter  TEXT   NOT NULL DEFAULT '',
    note       TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, meeting_id, id),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, id) ON DELETE CASCADE
);

CREATE TABLE meeting_carried (
    root_id         TEXT   NOT NULL,
    meeting_id      TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    position        BIGINT NOT NULL,
    kind            TEXT   NOT NULL,
    text            TEXT   NOT NULL,
    subject         TEXT   NOT NULL DEFAULT '',
    member_id       TEXT   NOT NULL DEFAULT '',
    due             TEXT   NOT NULL DEFAULT '',
    from_meeting_id TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, meeting_id, id),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, id) ON DELETE CASCADE
);

CREATE TABLE meeting_focus (
    root_id    TEXT   NOT NULL,
    meeting_id TEXT   NOT NULL,
    id         TEXT   NOT NULL,
    position   BIGINT NOT NULL,
    text       TEXT   NOT NULL,
    PRIMARY KEY (root_id, meeting_id, id),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, id) ON DELETE CASCADE
);

CREATE TABLE meeting_agreement (
    root_id    TEXT NOT NULL,
    meeting_id TEXT NOT NULL,
    id         TEXT NOT NULL,
    name       TEXT NOT NULL,
    office     TEXT NOT NULL DEFAULT '',
    agreed_on  TEXT NOT NULL DEFAULT '',
    text       TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, meeting_id, id),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, id) ON DELETE CASCADE
);

CREATE TABLE meeting_premeeting (
    root_id     TEXT   NOT NULL,
    meeting_id  TEXT   NOT NULL,
    held_at     BIGINT NOT NULL,
    place       TEXT   NOT NULL DEFAULT '',
    agreed      TEXT   NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, meeting_id),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, id) ON DELETE CASCADE
);

CREATE TABLE meeting_premeeting_member (
    root_id    TEXT    NOT NULL,
    meeting_id TEXT    NOT NULL,
    member_id  TEXT    NOT NULL,
    present    BOOLEAN NOT NULL,
    PRIMARY KEY (root_id, meeting_id, member_id),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting_premeeting (root_id, meeting_id) ON DELETE CASCADE
);

CREATE TABLE meeting_guest (
    root_id    TEXT    NOT NULL,
    meeting_id TEXT    NOT NULL,
    id         TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    office     TEXT    NOT NULL DEFAULT '',
    body       TEXT    NOT NULL DEFAULT '',
    superior   BOOLEAN NOT NULL,
    member_id  TEXT    NOT NULL DEFAULT '',
    reply      TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, meeting_id, id),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, id) ON DELETE CASCADE
);

CREATE TABLE meeting_response (
    root_id         TEXT   NOT NULL,
    meeting_id      TEXT   NOT NULL,
    member_id       TEXT   NOT NULL,
    reply           TEXT   NOT NULL,
    reason          TEXT   NOT NULL DEFAULT '',
    note            TEXT   NOT NULL DEFAULT '',
    answered_at     BIGINT NOT NULL,
    answered_by     TEXT   NOT NULL DEFAULT '',
    acknowledged_at BIGINT NOT NULL DEFAULT 0,
    acknowledged_by TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, meeting_id, member_id),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, id) ON DELETE CASCADE
);

CREATE TABLE meeting_version (
    root_id    TEXT   NOT NULL,
    meeting_id TEXT   NOT NULL,
    version    BIGINT NOT NULL,
    text       TEXT   NOT NULL,
    saved_at   BIGINT NOT NULL,
    saved_by   TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, meeting_id, version),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, id) ON DELETE CASCADE
);

CREATE TABLE meeting_paper (
    root_id    TEXT   NOT NULL,
    meeting_id TEXT   NOT NULL,
    id         TEXT   NOT NULL,
    item_id    TEXT   NOT NULL DEFAULT '',
    file_id    TEXT   NOT NULL DEFAULT '',
    title      TEXT   NOT NULL,
    added_at   BIGINT NOT NULL,
    added_by   TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, meeting_id, id),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, id) ON DELETE CASCADE
);

-- A notice as it was given; ticks of package notice refer to its id.
CREATE TABLE meeting_notice (
    root_id    TEXT    NOT NULL,
    meeting_id TEXT    NOT NULL,
    revision   BIGINT  NOT NULL,
    id         TEXT    NOT NULL,
    given_at   BIGINT  NOT NULL,
    given_by   TEXT    NOT NULL DEFAULT '',
    starts_at  BIGINT  NOT NULL,
    place      TEXT    NOT NULL,
    late       BOOLEAN NOT NULL,
    reason     TEXT    NOT NULL DEFAULT '',
    change     TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, meeting_id, revision),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, id) ON DELETE CASCADE
);
