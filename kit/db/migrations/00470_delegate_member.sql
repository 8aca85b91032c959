-- +goose Up
-- Somebody finds the conferences that they were sent to by who they are: to see who took a list with
-- their name away, also in another base organisation.
CREATE INDEX delegate_member ON delegate (member_root, member_id);
