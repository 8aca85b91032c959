-- +goose Up

-- Who of the committee above attends which meeting of a cell. reason is why the visitor refused or the
-- committee called it back; answer is what the committee of the cell says to the finished sheet.
CREATE TABLE visit (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    meeting_id      TEXT   NOT NULL,
    member_id       TEXT   NOT NULL,
    state           TEXT   NOT NULL, -- assigned, refused, recalled, finished
    note            TEXT   NOT NULL DEFAULT '',
    assigned_at     BIGINT NOT NULL,
    assigned_by     TEXT   NOT NULL DEFAULT '',
    reason          TEXT   NOT NULL DEFAULT '',
    ended_at        BIGINT NOT NULL DEFAULT 0, -- refused, recalled or finished
    ended_by        TEXT   NOT NULL DEFAULT '',
    answer          TEXT   NOT NULL DEFAULT '',
    answered_at     BIGINT NOT NULL DEFAULT 0,
    answered_by     TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, id) ON DELETE CASCADE,
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX visit_id ON visit (id);
CREATE UNIQUE INDEX visit_once ON visit (root_id, meeting_id, member_id) WHERE state IN ('assigned', 'finished');
CREATE INDEX visit_cell ON visit (root_id, organization_id);
CREATE INDEX visit_member ON visit (member_id, state);

-- One line of the sheet of a visit. Its id is made on the visitor's device, at is when it was written there;
-- what was struck stays, so that a device that sends it again adds nothing.
CREATE TABLE visit_remark (
    root_id   TEXT   NOT NULL,
    id        TEXT   NOT NULL,
    visit_id  TEXT   NOT NULL,
    head      TEXT   NOT NULL, -- preparation, conduct, chairing
    mark      TEXT   NOT NULL, -- good, limited, wrong, missing
    text      TEXT   NOT NULL,
    remedy    TEXT   NOT NULL DEFAULT '',
    due       TEXT   NOT NULL DEFAULT '',
    at        BIGINT NOT NULL,
    struck_at BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (root_id, visit_id, id),
    FOREIGN KEY (root_id, visit_id) REFERENCES visit (root_id, id) ON DELETE CASCADE
);

-- A member of the committee whose own Party life was moved to a cell they follow, with the decision.
CREATE TABLE visit_life (
    root_id         TEXT    NOT NULL,
    id              TEXT    NOT NULL,
    organization_id TEXT    NOT NULL, -- the cell moved to
    member_id       TEXT    NOT NULL,
    from_on         TEXT    NOT NULL,
    for_good        BOOLEAN NOT NULL,
    decision        TEXT    NOT NULL,
    decided_on      TEXT    NOT NULL,
    entered_at      BIGINT  NOT NULL,
    entered_by      TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX visit_life_cell ON visit_life (root_id, organization_id);

-- A remedy may come from a visit.
ALTER TABLE remedy ADD COLUMN visit_id TEXT NOT NULL DEFAULT '';
