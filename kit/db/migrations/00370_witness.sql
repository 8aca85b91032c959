-- +goose Up

-- The last signed head of a chain that the committee above has been handed. The row is the
-- keeper's: root_id is its base organisation, subject_id the one whose chain it is. Every
-- head that was handed over stands in the keeper's own chain besides.
CREATE TABLE witness (
    root_id    TEXT   NOT NULL,
    subject_id TEXT   NOT NULL,
    keeper_id  TEXT   NOT NULL,
    seq        BIGINT NOT NULL,
    hash       TEXT   NOT NULL,
    signed_at  BIGINT NOT NULL,
    key        TEXT   NOT NULL,
    signature  TEXT   NOT NULL,
    told_at    BIGINT NOT NULL,
    PRIMARY KEY (root_id, subject_id)
);
CREATE INDEX witness_subject ON witness (subject_id);
