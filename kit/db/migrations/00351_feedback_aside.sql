-- +goose Up

-- Sheets that the office does not count, each with the reason: kept, and taken back where it was a mistake. The sheet
-- itself is not touched.
CREATE TABLE feedback_aside (
    root_id    TEXT   NOT NULL,
    sheet_id   TEXT   NOT NULL,
    sitting_id TEXT   NOT NULL,
    reason     TEXT   NOT NULL,
    set_at     BIGINT NOT NULL,
    set_by     TEXT   NOT NULL DEFAULT '', -- id of the member of the office
    PRIMARY KEY (root_id, sheet_id),
    FOREIGN KEY (root_id, sheet_id) REFERENCES feedback_sheet (root_id, id),
    FOREIGN KEY (root_id, sitting_id) REFERENCES feedback_round (root_id, sitting_id)
);
CREATE INDEX feedback_aside_of ON feedback_aside (root_id, sitting_id);
