-- +goose Up

-- Who was let to the desks of one conference without an account. The columns from code on are those of helper: code, eight
-- digits, lets one device in until until_at and is then emptied; token_hash is what that device is known by from then on.
-- What such a device writes down bears the id in reception_event.account_id.
CREATE TABLE reception_helper (
    root_id       TEXT   NOT NULL,
    id            TEXT   NOT NULL,
    conference_id TEXT   NOT NULL,
    name          TEXT   NOT NULL,
    desk          TEXT   NOT NULL, -- which one they are to serve
    code          TEXT   NOT NULL DEFAULT '',
    invited_by    TEXT   NOT NULL, -- account
    invited_at    BIGINT NOT NULL,
    until_at      BIGINT NOT NULL,
    token_hash    TEXT   NOT NULL DEFAULT '',
    joined_at     BIGINT NOT NULL DEFAULT 0,
    ended_at      BIGINT NOT NULL DEFAULT 0, -- taken back by hand
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, conference_id) REFERENCES conference (root_id, id)
);
CREATE INDEX reception_helper_of ON reception_helper (root_id, conference_id);
-- Neither a code nor a cookie names a root.
CREATE INDEX reception_helper_code ON reception_helper (code) WHERE code <> '';
CREATE INDEX reception_helper_token ON reception_helper (token_hash) WHERE token_hash <> '';
