-- +goose Up

-- The units that have cells directly below them. Whoever adds these up counts up times first,
-- so that of two who do one waits.
CREATE TABLE board_unit (
    root_id TEXT   NOT NULL,
    unit_id TEXT   NOT NULL,
    times   BIGINT NOT NULL,
    PRIMARY KEY (root_id, unit_id),
    FOREIGN KEY (root_id, unit_id) REFERENCES organization (root_id, id)
);

-- What board_cell adds up to below a unit: its cells that exist, by kind and by the month in
-- which they had to meet first.
CREATE TABLE board_start (
    root_id    TEXT   NOT NULL,
    unit_id    TEXT   NOT NULL,
    kind       TEXT   NOT NULL,
    begins     TEXT   NOT NULL,
    cells      BIGINT NOT NULL,
    remedies   BIGINT NOT NULL,
    remedy_due TEXT   NOT NULL,
    matters    BIGINT NOT NULL,
    matter_due TEXT   NOT NULL,
    PRIMARY KEY (root_id, unit_id, kind, begins),
    FOREIGN KEY (root_id, unit_id) REFERENCES board_unit (root_id, unit_id)
) /* WITHOUT ROWID */;

-- What board_month adds up to below a unit, by kind of cell, month and the last day on which it
-- holds: up to until_on met, late and planned are so, after it late_then and unfiled_then.
CREATE TABLE board_sum (
    root_id      TEXT   NOT NULL,
    unit_id      TEXT   NOT NULL,
    kind         TEXT   NOT NULL,
    month        TEXT   NOT NULL,
    until_on     TEXT   NOT NULL,
    met          BIGINT NOT NULL,
    late         BIGINT NOT NULL,
    planned      BIGINT NOT NULL,
    late_then    BIGINT NOT NULL,
    unfiled_then BIGINT NOT NULL,
    themes_done  BIGINT NOT NULL,
    themes_set   BIGINT NOT NULL,
    good         BIGINT NOT NULL,
    fair         BIGINT NOT NULL,
    average      BIGINT NOT NULL,
    poor         BIGINT NOT NULL,
    PRIMARY KEY (root_id, unit_id, kind, month, until_on),
    FOREIGN KEY (root_id, unit_id) REFERENCES board_unit (root_id, unit_id)
) /* WITHOUT ROWID */;

-- The committees of a tree without its cells.
CREATE INDEX organization_committee ON organization (path) WHERE level <> 'cell';

-- Every cell is counted anew, those too that have settled nothing yet.
UPDATE board_cell SET changes = changes + 1;
INSERT INTO board_cell (root_id, organization_id, changes)
SELECT o.root_id, o.id, 1 FROM organization o WHERE o.level = 'cell'
    AND NOT EXISTS (SELECT 1 FROM board_cell b WHERE b.root_id = o.root_id AND b.organization_id = o.id);
