-- +goose Up

-- Work to be done after the fact that asks for it. One queue for the whole program, so no root_id.
CREATE TABLE job (
    id         TEXT   NOT NULL PRIMARY KEY,
    kind       TEXT   NOT NULL,
    args       TEXT   NOT NULL,
    unique_key TEXT   NOT NULL DEFAULT '', -- emptied when the job is taken
    run_at     BIGINT NOT NULL DEFAULT 0,
    attempt    BIGINT NOT NULL DEFAULT 0,
    lease      BIGINT NOT NULL DEFAULT 0,  -- until when a worker holds it
    failed     TEXT   NOT NULL DEFAULT ''  -- the last error of a job that was given up
);
CREATE UNIQUE INDEX job_unique ON job (unique_key) WHERE unique_key <> '';
CREATE INDEX job_due ON job (run_at) WHERE failed = '';
