-- +goose Up

-- A lesson card: what was seen, why it was so, what to do. The unit that writes it is a
-- committee, or a cell for itself.
CREATE TABLE lesson (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    seen            TEXT   NOT NULL,
    why             TEXT   NOT NULL DEFAULT '',
    act             TEXT   NOT NULL DEFAULT '',
    origin          TEXT   NOT NULL, -- free, pilot, visit, meeting
    subject         TEXT   NOT NULL DEFAULT '', -- id of what it comes from
    place           TEXT   NOT NULL DEFAULT '', -- where it was seen, in words
    written_at      BIGINT NOT NULL,
    written_by      TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX lesson_id ON lesson (id);
CREATE INDEX lesson_unit ON lesson (root_id, organization_id, written_at);
CREATE INDEX lesson_subject ON lesson (root_id, subject);

-- A card on its way in one cell: from when it was sent until it is ticked, at which meeting.
-- The cell may stand below another base organisation than the committee that sends.
CREATE TABLE lesson_carry (
    root_id         TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    lesson_root     TEXT   NOT NULL,
    lesson_id       TEXT   NOT NULL,
    sent_at         BIGINT NOT NULL,
    sent_by         TEXT   NOT NULL DEFAULT '',
    done_at         BIGINT NOT NULL DEFAULT 0,
    done_by         TEXT   NOT NULL DEFAULT '',
    meeting_id      TEXT   NOT NULL DEFAULT '',
    note            TEXT   NOT NULL DEFAULT '', -- what the cell does about it
    PRIMARY KEY (root_id, organization_id, lesson_id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX lesson_carry_card ON lesson_carry (lesson_root, lesson_id);

-- The item of an agenda under which the cards are taken up.
CREATE TABLE lesson_item (
    root_id    TEXT NOT NULL,
    meeting_id TEXT NOT NULL,
    item_id    TEXT NOT NULL,
    PRIMARY KEY (root_id, meeting_id),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, id) ON DELETE CASCADE
);
