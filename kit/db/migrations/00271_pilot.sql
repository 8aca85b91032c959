-- +goose Up

-- A series of pilot meetings that a committee directs, with its assessment as a whole.
CREATE TABLE pilot_series (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    title           TEXT   NOT NULL,
    purpose         TEXT   NOT NULL,
    from_on         TEXT   NOT NULL,
    until_on        TEXT   NOT NULL,
    made_at         BIGINT NOT NULL,
    made_by         TEXT   NOT NULL DEFAULT '',
    merits          TEXT   NOT NULL DEFAULT '',
    faults          TEXT   NOT NULL DEFAULT '',
    direction       TEXT   NOT NULL DEFAULT '',
    assessed_at     BIGINT NOT NULL DEFAULT 0,
    assessed_by     TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX pilot_series_id ON pilot_series (id);
CREATE INDEX pilot_series_unit ON pilot_series (root_id, organization_id, from_on);

-- Who appraises the contents of its meetings.
CREATE TABLE pilot_appraiser (
    root_id   TEXT NOT NULL,
    series_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    PRIMARY KEY (root_id, series_id, member_id),
    FOREIGN KEY (root_id, series_id) REFERENCES pilot_series (root_id, id)
);

-- One pilot meeting: the host, the kind, the meeting once it is named, how often its contents
-- were sent to be appraised, and what the committee concluded.
CREATE TABLE pilot (
    root_id      TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    series_id    TEXT   NOT NULL,
    host_root    TEXT   NOT NULL,
    host_id      TEXT   NOT NULL,
    kind         TEXT   NOT NULL,
    meeting_id   TEXT   NOT NULL DEFAULT '',
    round        BIGINT NOT NULL DEFAULT 0,
    sent_at      BIGINT NOT NULL DEFAULT 0,
    conclusion   TEXT   NOT NULL DEFAULT '',
    concluded_at BIGINT NOT NULL DEFAULT 0,
    concluded_by TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    UNIQUE (root_id, series_id, host_id, kind),
    FOREIGN KEY (root_id, series_id) REFERENCES pilot_series (root_id, id)
);
CREATE INDEX pilot_id ON pilot (id);
CREATE INDEX pilot_host ON pilot (host_root, host_id);
CREATE INDEX pilot_meeting ON pilot (host_root, meeting_id);

-- What was said of an item while its contents were appraised: agreed or to be changed, by an
-- appraiser, for the words that stood there; or the answer of the host. Lines are only added.
CREATE TABLE pilot_word (
    root_id  TEXT   NOT NULL,
    id       TEXT   NOT NULL,
    pilot_id TEXT   NOT NULL,
    item_id  TEXT   NOT NULL,
    wording  TEXT   NOT NULL,
    round    BIGINT NOT NULL,
    kind     TEXT   NOT NULL, -- agreed, change, answer
    text     TEXT   NOT NULL DEFAULT '',
    said_at  BIGINT NOT NULL,
    said_by  TEXT   NOT NULL,
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, pilot_id) REFERENCES pilot (root_id, id)
);
CREATE INDEX pilot_word_of ON pilot_word (root_id, pilot_id, said_at);

-- Who was invited, and whether they came.
CREATE TABLE pilot_guest (
    root_id     TEXT    NOT NULL,
    pilot_id    TEXT    NOT NULL,
    member_root TEXT    NOT NULL,
    member_id   TEXT    NOT NULL,
    unit        TEXT    NOT NULL,
    invited_at  BIGINT  NOT NULL,
    came        BOOLEAN NOT NULL DEFAULT FALSE,
    PRIMARY KEY (root_id, pilot_id, member_id),
    FOREIGN KEY (root_id, pilot_id) REFERENCES pilot (root_id, id)
);
CREATE INDEX pilot_guest_member ON pilot_guest (member_root, member_id);

-- What those who were there say of the meeting afterwards.
CREATE TABLE pilot_comment (
    root_id   TEXT   NOT NULL,
    id        TEXT   NOT NULL,
    pilot_id  TEXT   NOT NULL,
    item_id   TEXT   NOT NULL DEFAULT '',
    item      TEXT   NOT NULL DEFAULT '', -- its title
    kind      TEXT   NOT NULL, -- merit, fault, advice
    text      TEXT   NOT NULL,
    said_at   BIGINT NOT NULL,
    said_by   TEXT   NOT NULL,
    said_root TEXT   NOT NULL, -- of who said it
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, pilot_id) REFERENCES pilot (root_id, id)
);
CREATE INDEX pilot_comment_of ON pilot_comment (root_id, pilot_id, said_at);
