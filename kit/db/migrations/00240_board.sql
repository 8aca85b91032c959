-- +goose Up

-- What stands on the board of a cell on the whole. changes counts what has changed of the cell
-- (the database itself does, see kit/db), counted is how many of these the figures know.
CREATE TABLE board_cell (
    root_id         TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    changes         BIGINT NOT NULL,
    counted         BIGINT NOT NULL DEFAULT 0,
    begins          TEXT   NOT NULL DEFAULT '', -- the first month in which it had to meet
    remedies        BIGINT NOT NULL DEFAULT 0,
    remedy_due      TEXT   NOT NULL DEFAULT '', -- the earliest day
    matters         BIGINT NOT NULL DEFAULT 0,
    matter_due      TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, organization_id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);

CREATE INDEX board_cell_stale ON board_cell (root_id, organization_id) WHERE changes <> counted;

-- What stands on it of a month. standing holds up to the day until_on and becomes what becomes
-- says; without a day it holds for good.
CREATE TABLE board_month (
    root_id         TEXT    NOT NULL,
    organization_id TEXT    NOT NULL,
    month           TEXT    NOT NULL,
    meeting_id      TEXT    NOT NULL DEFAULT '',
    day             TEXT    NOT NULL DEFAULT '',
    standing        TEXT    NOT NULL DEFAULT '', -- met, late, planned, missed
    until_on        TEXT    NOT NULL DEFAULT '',
    becomes         TEXT    NOT NULL DEFAULT '',
    notice_late     BOOLEAN NOT NULL DEFAULT FALSE,
    held_late       BOOLEAN NOT NULL DEFAULT FALSE,
    file_by         TEXT    NOT NULL DEFAULT '',
    sealed_on       TEXT    NOT NULL DEFAULT '',
    theme           TEXT    NOT NULL DEFAULT '', -- set, done
    points          BIGINT  NOT NULL DEFAULT 0,
    level           TEXT    NOT NULL DEFAULT '',
    decided         BOOLEAN NOT NULL DEFAULT FALSE,
    PRIMARY KEY (root_id, organization_id, month),
    FOREIGN KEY (root_id, organization_id) REFERENCES board_cell (root_id, organization_id)
) /* WITHOUT ROWID */;

-- The cells that are there already are counted anew.
INSERT INTO board_cell (root_id, organization_id, changes)
SELECT root_id, id, 1 FROM organization WHERE level = 'cell';
