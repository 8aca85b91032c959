-- +goose Up
-- Records of standing lie in the order of their key: a roll is read from one place, and of each
-- person who comes with it one tree less is written.
ALTER TABLE member_standing RENAME TO member_standing_before;
DROP INDEX member_standing_member;

CREATE TABLE member_standing (
    root_id         TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    member_id       TEXT   NOT NULL,
    from_on         TEXT   NOT NULL,
    standing        TEXT   NOT NULL,
    note            TEXT   NOT NULL DEFAULT '',
    recorded_at     BIGINT NOT NULL,
    recorded_by     TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, organization_id, member_id, from_on),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id),
    FOREIGN KEY (root_id, member_id) REFERENCES member (root_id, id)
) /* WITHOUT ROWID */;

INSERT INTO member_standing (root_id, organization_id, member_id, from_on, standing, note, recorded_at, recorded_by)
SELECT root_id, organization_id, member_id, from_on, standing, note, recorded_at, recorded_by FROM member_standing_before
ORDER BY root_id, organization_id, member_id, from_on;
DROP TABLE member_standing_before;

CREATE INDEX member_standing_member ON member_standing (root_id, member_id);
