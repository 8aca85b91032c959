-- +goose Up

-- A session in which a cell studies a resolution or political theory.
CREATE TABLE study_session (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    held_on         TEXT   NOT NULL,
    kind            TEXT   NOT NULL,
    subject         TEXT   NOT NULL,
    document        TEXT   NOT NULL DEFAULT '',
    organizer       TEXT   NOT NULL DEFAULT '',
    place           TEXT   NOT NULL DEFAULT '',
    entered_at      BIGINT NOT NULL,
    entered_by      TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX study_session_cell ON study_session (root_id, organization_id, held_on);

-- Who of the roll of that day came, and who made it up later.
CREATE TABLE study_attendance (
    root_id    TEXT NOT NULL,
    session_id TEXT NOT NULL,
    member_id  TEXT NOT NULL,
    state      TEXT NOT NULL,
    made_up_on TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, session_id, member_id),
    FOREIGN KEY (root_id, session_id) REFERENCES study_session (root_id, id)
);
CREATE INDEX study_attendance_member ON study_attendance (root_id, member_id);

-- A course that a member has attended.
CREATE TABLE study_course (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    member_id       TEXT   NOT NULL,
    kind            TEXT   NOT NULL,
    name            TEXT   NOT NULL,
    organizer       TEXT   NOT NULL DEFAULT '',
    from_on         TEXT   NOT NULL,
    until_on        TEXT   NOT NULL,
    certificate     TEXT   NOT NULL DEFAULT '',
    entered_at      BIGINT NOT NULL,
    entered_by      TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX study_course_cell ON study_course (root_id, organization_id, until_on);
CREATE INDEX study_course_member ON study_course (root_id, member_id);

-- After how many years those who lead are due for a course again; the nearest unit above that has set it counts.
CREATE TABLE study_setting (
    root_id         TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    years           BIGINT NOT NULL,
    PRIMARY KEY (root_id, organization_id)
);
