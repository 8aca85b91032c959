-- +goose Up

-- A plan of a committee to raise quality. before_id is the plan whose open steps it took over.
CREATE TABLE plan (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    title           TEXT   NOT NULL,
    goal            TEXT   NOT NULL,
    basis           TEXT   NOT NULL DEFAULT '',
    from_on         TEXT   NOT NULL,
    until_on        TEXT   NOT NULL,
    before_id       TEXT   NOT NULL DEFAULT '',
    made_at         BIGINT NOT NULL,
    made_by         TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX plan_id ON plan (id);
CREATE INDEX plan_unit ON plan (root_id, organization_id, from_on);

-- A step: what, who answers for it in words, from when until when, how much of what, and the
-- day on which it was added.
CREATE TABLE plan_step (
    root_id  TEXT   NOT NULL,
    id       TEXT   NOT NULL,
    plan_id  TEXT   NOT NULL,
    position BIGINT NOT NULL,
    what     TEXT   NOT NULL,
    owner    TEXT   NOT NULL,
    from_on  TEXT   NOT NULL,
    until_on TEXT   NOT NULL,
    target   BIGINT NOT NULL DEFAULT 0,
    unit     TEXT   NOT NULL DEFAULT '',
    added_on TEXT   NOT NULL,
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, plan_id) REFERENCES plan (root_id, id)
);
CREATE INDEX plan_step_of ON plan_step (root_id, plan_id, position);

-- How far a step was on a day. Lines are only added; of one day the one entered last counts.
CREATE TABLE plan_progress (
    root_id    TEXT    NOT NULL,
    id         TEXT    NOT NULL,
    plan_id    TEXT    NOT NULL,
    step_id    TEXT    NOT NULL,
    on_day     TEXT    NOT NULL,
    reached    BIGINT  NOT NULL DEFAULT 0,
    done       BOOLEAN NOT NULL DEFAULT FALSE,
    text       TEXT    NOT NULL DEFAULT '',
    entered_at BIGINT  NOT NULL,
    entered_by TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, step_id) REFERENCES plan_step (root_id, id)
);
CREATE INDEX plan_progress_of ON plan_progress (root_id, plan_id, on_day);

-- The report of a plan at a day, composed from its state and then worded by people.
CREATE TABLE plan_report (
    root_id    TEXT   NOT NULL,
    plan_id    TEXT   NOT NULL,
    on_day     TEXT   NOT NULL,
    results    TEXT   NOT NULL,
    faults     TEXT   NOT NULL DEFAULT '',
    direction  TEXT   NOT NULL DEFAULT '',
    written_at BIGINT NOT NULL,
    written_by TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, plan_id, on_day),
    FOREIGN KEY (root_id, plan_id) REFERENCES plan (root_id, id)
);
