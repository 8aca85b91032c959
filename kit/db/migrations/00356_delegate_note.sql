-- +goose Up

-- What the office has written on all invitations to a conference.
CREATE TABLE delegate_note (
    root_id       TEXT NOT NULL,
    conference_id TEXT NOT NULL,
    answer_by     TEXT NOT NULL DEFAULT '', -- the last day for answers
    words         TEXT NOT NULL DEFAULT '', -- what to bring, how to come
    PRIMARY KEY (root_id, conference_id),
    FOREIGN KEY (root_id, conference_id) REFERENCES conference (root_id, id)
);
CREATE INDEX delegate_note_id ON delegate_note (conference_id);
