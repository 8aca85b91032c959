-- +goose Up
-- A page is asked for by the id of what it shows, whatever the base organisation. Without these, whoever oversees many cells
-- had all of them looked through for one row.
CREATE INDEX meeting_id ON meeting (id);
CREATE INDEX task_id ON task (id);
CREATE INDEX theme_id ON theme (id);
CREATE INDEX matter_id ON matter (id);
CREATE INDEX remedy_id ON remedy (id);
CREATE INDEX library_file_id ON library_file (id);
CREATE INDEX rating_round_id ON rating_round (id);
CREATE INDEX privacy_request_id ON privacy_request (id);
CREATE INDEX care_hardship_id ON care_hardship (id);
CREATE INDEX care_deed_id ON care_deed (id);
CREATE INDEX care_comment_id ON care_comment (id);
CREATE INDEX care_resident_id ON care_resident (id);
CREATE INDEX study_session_id ON study_session (id);
CREATE INDEX study_course_id ON study_course (id);
CREATE INDEX notebook_inspection_id ON notebook_inspection (id);

-- Who holds several offices is asked for below each of them, within one base organisation.
CREATE INDEX organization_below ON organization (root_id, path);
