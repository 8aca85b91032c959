-- +goose Up

-- A line of the programme of a sitting: what is done, for how long, by whom. When it
-- begins is counted from the sitting.
CREATE TABLE conference_programme (
    root_id       TEXT   NOT NULL,
    id            TEXT   NOT NULL,
    sitting_id    TEXT   NOT NULL,
    position      BIGINT NOT NULL,
    content       TEXT   NOT NULL,
    minutes       BIGINT NOT NULL,
    person        TEXT   NOT NULL DEFAULT '', -- who is in charge
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, sitting_id) REFERENCES conference_sitting (root_id, id)
);
CREATE INDEX conference_programme_of ON conference_programme (root_id, sitting_id, position);
