-- +goose Up

-- Who was invited to help at one meeting on a second device. code, eight digits, lets one device in until until_at and
-- is then emptied; token_hash is what that device is known by from then on.
CREATE TABLE helper (
    root_id    TEXT   NOT NULL,
    id         TEXT   NOT NULL,
    meeting_id TEXT   NOT NULL,
    duty       TEXT   NOT NULL,            -- roll, writing
    member_id  TEXT   NOT NULL DEFAULT '', -- empty for people who are not on the roll
    name       TEXT   NOT NULL,
    code       TEXT   NOT NULL DEFAULT '',
    invited_by TEXT   NOT NULL,            -- account
    invited_at BIGINT NOT NULL,
    until_at   BIGINT NOT NULL,
    token_hash TEXT   NOT NULL DEFAULT '',
    joined_at  BIGINT NOT NULL DEFAULT 0,
    ended_at   BIGINT NOT NULL DEFAULT 0,  -- taken back by hand
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, id) ON DELETE CASCADE
);
CREATE INDEX helper_of ON helper (root_id, meeting_id);
-- Neither a code nor a cookie names a root.
CREATE INDEX helper_code ON helper (code) WHERE code <> '';
CREATE INDEX helper_token ON helper (token_hash) WHERE token_hash <> '';
