-- +goose Up

-- A sheet for the quality of meetings that is being written: YAML as in rubric, but it need not be sound yet. It is
-- removed when it comes in force or is dropped.
CREATE TABLE rubric_sketch (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    sheet           TEXT   NOT NULL,
    changed_at      BIGINT NOT NULL,
    changed_by      TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX rubric_sketch_organization ON rubric_sketch (organization_id);
