-- +goose Up

-- What a cell has settled for its ratings; scheme holds the points of criteria by form, as JSON.
CREATE TABLE rating_policy (
    root_id         TEXT    NOT NULL,
    organization_id TEXT    NOT NULL,
    monthly         BOOLEAN NOT NULL DEFAULT FALSE,
    reading         TEXT    NOT NULL,
    share           BIGINT  NOT NULL,
    source          TEXT    NOT NULL DEFAULT '',
    in_cell         BOOLEAN NOT NULL DEFAULT FALSE,
    scheme          TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, organization_id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);

-- A round of rating in a cell, with the rules as they were when it was opened.
CREATE TABLE rating_round (
    root_id         TEXT    NOT NULL,
    id              TEXT    NOT NULL,
    organization_id TEXT    NOT NULL,
    span            TEXT    NOT NULL,
    first_month     TEXT    NOT NULL,
    state           TEXT    NOT NULL,
    self_by         TEXT    NOT NULL,
    review_on       TEXT    NOT NULL,
    reading         TEXT    NOT NULL,
    share           BIGINT  NOT NULL,
    source          TEXT    NOT NULL DEFAULT '',
    in_cell         BOOLEAN NOT NULL DEFAULT FALSE,
    by_hand         BOOLEAN NOT NULL DEFAULT FALSE,
    two_thirds      BOOLEAN NOT NULL DEFAULT FALSE,
    scheme          TEXT    NOT NULL DEFAULT '',
    base            BIGINT  NOT NULL DEFAULT 0,
    present         BIGINT  NOT NULL DEFAULT 0,
    place           TEXT    NOT NULL DEFAULT '',
    chair           TEXT    NOT NULL DEFAULT '',
    taker           TEXT    NOT NULL DEFAULT '',
    course          TEXT    NOT NULL DEFAULT '',
    opened_at       BIGINT  NOT NULL,
    opened_by       TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    UNIQUE (root_id, organization_id, span, first_month),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);

-- One line of a round: a person, or the cell where subject is 'cell'. points are figures with commas.
CREATE TABLE rating (
    root_id         TEXT    NOT NULL,
    round_id        TEXT    NOT NULL,
    subject         TEXT    NOT NULL,
    position        BIGINT  NOT NULL,
    form            TEXT    NOT NULL,
    special         TEXT    NOT NULL DEFAULT '',
    note            TEXT    NOT NULL DEFAULT '',
    points          TEXT    NOT NULL DEFAULT '',
    self_level      TEXT    NOT NULL DEFAULT '',
    strengths       TEXT    NOT NULL DEFAULT '',
    faults          TEXT    NOT NULL DEFAULT '',
    causes          TEXT    NOT NULL DEFAULT '',
    remedies        TEXT    NOT NULL DEFAULT '',
    remark          TEXT    NOT NULL DEFAULT '',
    self_at         BIGINT  NOT NULL DEFAULT 0,
    self_by         TEXT    NOT NULL DEFAULT '',
    discussed       TEXT    NOT NULL DEFAULT '',
    excellent       BIGINT  NOT NULL DEFAULT 0,
    good            BIGINT  NOT NULL DEFAULT 0,
    done            BIGINT  NOT NULL DEFAULT 0,
    not_done        BIGINT  NOT NULL DEFAULT 0,
    invalid         BIGINT  NOT NULL DEFAULT 0,
    proposal        TEXT    NOT NULL DEFAULT '',
    reason          TEXT    NOT NULL DEFAULT '',
    level           TEXT    NOT NULL DEFAULT '',
    decision_number TEXT    NOT NULL DEFAULT '',
    decision_on     TEXT    NOT NULL DEFAULT '',
    decision_body   TEXT    NOT NULL DEFAULT '',
    decided_by      TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, round_id, subject),
    FOREIGN KEY (root_id, round_id) REFERENCES rating_round (root_id, id)
);
CREATE INDEX rating_of_subject ON rating (root_id, subject);

-- What somebody says against their rating before it is decided, with the answer.
CREATE TABLE rating_complaint (
    root_id     TEXT   NOT NULL,
    id          TEXT   NOT NULL,
    round_id    TEXT   NOT NULL,
    subject     TEXT   NOT NULL,
    text        TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    by_member   TEXT   NOT NULL DEFAULT '',
    answer      TEXT   NOT NULL DEFAULT '',
    answered_at BIGINT NOT NULL DEFAULT 0,
    answered_by TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, round_id, subject) REFERENCES rating (root_id, round_id, subject)
);
CREATE INDEX rating_complaint_of ON rating_complaint (root_id, round_id, subject);

-- Praise, reminder or criticism of a member between two meetings.
CREATE TABLE rating_remark (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    member_id       TEXT   NOT NULL,
    form            TEXT   NOT NULL,
    text            TEXT   NOT NULL,
    said_on         TEXT   NOT NULL,
    entered_by      TEXT   NOT NULL DEFAULT '',
    entered_at      BIGINT NOT NULL,
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id),
    FOREIGN KEY (root_id, member_id) REFERENCES member (root_id, id)
);
CREATE INDEX rating_remark_of ON rating_remark (root_id, organization_id, said_on);

-- The level of a year before the rounds of this program, entered from paper.
CREATE TABLE rating_past (
    root_id         TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    subject         TEXT   NOT NULL,
    year            BIGINT NOT NULL,
    level           TEXT   NOT NULL,
    source          TEXT   NOT NULL,
    PRIMARY KEY (root_id, organization_id, subject, year),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);

-- Whom a closed meeting has praised, reminded or criticised, worked out from its log.
CREATE TABLE room_commendation (
    root_id         TEXT   NOT NULL,
    meeting_id      TEXT   NOT NULL,
    act_id          TEXT   NOT NULL,
    member_id       TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    held_on         TEXT   NOT NULL,
    form            TEXT   NOT NULL,
    text            TEXT   NOT NULL,
    PRIMARY KEY (root_id, meeting_id, act_id),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, id)
);
CREATE INDEX room_commendation_of ON room_commendation (root_id, organization_id, held_on);
