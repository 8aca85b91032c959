-- +goose Up

-- A rehearsal of a sitting: the cards of its script are run through before it is held.
CREATE TABLE staging_rehearsal (
    root_id       TEXT   NOT NULL,
    id            TEXT   NOT NULL,
    conference_id TEXT   NOT NULL,
    sitting_id    TEXT   NOT NULL,
    starts_at     BIGINT NOT NULL,
    place         TEXT   NOT NULL,
    chair         TEXT   NOT NULL DEFAULT '', -- who leads it, in words
    people        TEXT   NOT NULL DEFAULT '', -- who takes part, a line each
    runs          TEXT   NOT NULL DEFAULT '', -- the cards as they were run through, as JSON
    outcome       TEXT   NOT NULL DEFAULT '', -- passed, again; empty: not concluded
    words         TEXT   NOT NULL DEFAULT '', -- of the conclusion
    concluded_at  BIGINT NOT NULL DEFAULT 0,
    concluded_by  TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, conference_id) REFERENCES conference (root_id, id),
    FOREIGN KEY (root_id, sitting_id) REFERENCES conference_sitting (root_id, id)
);
CREATE INDEX staging_rehearsal_id ON staging_rehearsal (id);
CREATE INDEX staging_rehearsal_of ON staging_rehearsal (root_id, conference_id, starts_at);

-- A duty that came of a rehearsal names it, and the card of which it was said.
ALTER TABLE staging_duty ADD COLUMN rehearsal_id TEXT NOT NULL DEFAULT '';
ALTER TABLE staging_duty ADD COLUMN card_id TEXT NOT NULL DEFAULT '';
