-- +goose Up

-- A course that a committee holds or sends people to. posts are those for which it is required, with spaces between
-- them; years is for how many years it is worth, 0 where nobody has said.
CREATE TABLE training_course (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    title           TEXT   NOT NULL,
    body            TEXT   NOT NULL,
    place           TEXT   NOT NULL DEFAULT '',
    from_on         TEXT   NOT NULL,
    until_on        TEXT   NOT NULL,
    posts           TEXT   NOT NULL DEFAULT '',
    years           BIGINT NOT NULL DEFAULT 0,
    cancelled_at    BIGINT NOT NULL DEFAULT 0,
    entered_at      BIGINT NOT NULL,
    entered_by      TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX training_course_id ON training_course (id);
CREATE INDEX training_course_unit ON training_course (root_id, organization_id, from_on);

-- Who was invited to a course, with the cell they come from, and whether they came.
CREATE TABLE training_seat (
    root_id         TEXT   NOT NULL,
    course_id       TEXT   NOT NULL,
    member_id       TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    state           TEXT   NOT NULL, -- invited, attended, absent
    certificate     TEXT   NOT NULL DEFAULT '',
    record_id       TEXT   NOT NULL DEFAULT '', -- of the course in the record of who attended
    invited_at      BIGINT NOT NULL,
    PRIMARY KEY (root_id, course_id, member_id),
    FOREIGN KEY (root_id, course_id) REFERENCES training_course (root_id, id)
);
CREATE INDEX training_seat_member ON training_seat (member_id);
