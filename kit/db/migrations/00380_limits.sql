-- +goose Up
-- Failures of those who guess, where several programs share a database: kit/limit.
CREATE TABLE limit_bucket (
    name    TEXT   NOT NULL PRIMARY KEY, -- hash of what is counted under: neither names nor addresses
    full_at BIGINT NOT NULL              -- when nothing of it counts any more
);
CREATE INDEX limit_bucket_full ON limit_bucket (full_at);
