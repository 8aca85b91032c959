-- +goose Up

-- The room of a meeting: the number of its last act, and what was known when it
-- opened, as JSON; empty before the opening. Its row is the lock that orders writers.
CREATE TABLE room (
    root_id    TEXT   NOT NULL,
    meeting_id TEXT   NOT NULL,
    seq        BIGINT NOT NULL DEFAULT 0,
    setup      TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, meeting_id),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, id) ON DELETE CASCADE
);

-- What happened in the room, in the order of arrival. Rows never change: a mistake
-- is mended by a later act. The id comes from the device.
CREATE TABLE act (
    root_id    TEXT   NOT NULL,
    meeting_id TEXT   NOT NULL,
    seq        BIGINT NOT NULL,
    id         TEXT   NOT NULL,
    kind       TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    account_id TEXT   NOT NULL,
    body       TEXT   NOT NULL,
    received   BIGINT NOT NULL,
    PRIMARY KEY (root_id, meeting_id, seq),
    UNIQUE (root_id, id),
    FOREIGN KEY (root_id, meeting_id) REFERENCES room (root_id, meeting_id)
) /* WITHOUT ROWID */;
