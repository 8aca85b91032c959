-- +goose Up

-- What board_start and board_sum add up to in the whole tree of a committee, itself among it.
-- Rows of the kind '' are those of all kinds together.
CREATE TABLE board_total_start (
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
    FOREIGN KEY (root_id, unit_id) REFERENCES organization (root_id, id)
) /* WITHOUT ROWID */;

CREATE TABLE board_total (
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
    FOREIGN KEY (root_id, unit_id) REFERENCES organization (root_id, id)
) /* WITHOUT ROWID */;

-- Totals that are to be made anew: of a month, or of what stands on the whole where month is
-- empty.
CREATE TABLE board_due (
    root_id TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    month   TEXT NOT NULL,
    PRIMARY KEY (root_id, unit_id, month),
    FOREIGN KEY (root_id, unit_id) REFERENCES organization (root_id, id)
) /* WITHOUT ROWID */;

INSERT INTO board_due (root_id, unit_id, month)
SELECT root_id, unit_id, month FROM board_sum UNION SELECT root_id, unit_id, '' FROM board_start;
