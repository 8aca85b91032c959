-- +goose Up

-- Who may sign in. Passwords and PINs are argon2id hashes; empty says that none
-- is set.
CREATE TABLE account (
    root_id     TEXT   NOT NULL,
    id          TEXT   NOT NULL,
    member_id   TEXT   NOT NULL DEFAULT '', -- empty for people who are on no roll
    full_name   TEXT   NOT NULL,
    sign_name   TEXT   NOT NULL,            -- what is typed to sign in, folded
    password    TEXT   NOT NULL DEFAULT '',
    pin         TEXT   NOT NULL DEFAULT '',
    created_at  BIGINT NOT NULL,
    disabled_at BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (root_id, id)
);
CREATE INDEX account_id ON account (id);
CREATE UNIQUE INDEX account_member ON account (root_id, member_id) WHERE member_id <> '';

-- The directory: which base organisation knows a name. One for the whole program,
-- for nobody can say where an account lives before they have signed in.
CREATE TABLE account_name (
    name       TEXT NOT NULL PRIMARY KEY,
    root_id    TEXT NOT NULL,
    account_id TEXT NOT NULL
);

-- Roles given by hand; all others follow from offices and standing. The unit may
-- stand above the account's base organisation, so it is no foreign key.
CREATE TABLE account_grant (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    account_id      TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    role            TEXT   NOT NULL,
    given_at        BIGINT NOT NULL,
    revoked_at      BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, account_id) REFERENCES account (root_id, id)
);
CREATE INDEX account_grant_of ON account_grant (root_id, account_id);

-- Sessions. Only hashes of the tokens are kept; device_hash tells a device that
-- has signed in before.
CREATE TABLE account_session (
    root_id     TEXT    NOT NULL,
    id          TEXT    NOT NULL,
    account_id  TEXT    NOT NULL,
    token_hash  TEXT    NOT NULL,
    device_hash TEXT    NOT NULL,
    device      TEXT    NOT NULL DEFAULT '', -- "Chrome, Android"
    shared      BOOLEAN NOT NULL DEFAULT FALSE,
    created_at  BIGINT  NOT NULL,
    seen_at     BIGINT  NOT NULL,
    ended_at    BIGINT  NOT NULL DEFAULT 0,
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, account_id) REFERENCES account (root_id, id)
);
CREATE INDEX account_session_token ON account_session (token_hash);
CREATE INDEX account_session_of ON account_session (root_id, account_id, ended_at);

-- One-time codes printed for a person: link_hash is of the token in the QR code,
-- code an argon2id hash of what can be typed instead.
CREATE TABLE account_code (
    root_id    TEXT   NOT NULL,
    id         TEXT   NOT NULL,
    account_id TEXT   NOT NULL,
    link_hash  TEXT   NOT NULL,
    code       TEXT   NOT NULL,
    issued_by  TEXT   NOT NULL,
    issued_at  BIGINT NOT NULL,
    until_at   BIGINT NOT NULL,
    used_at    BIGINT NOT NULL DEFAULT 0, -- also when another took its place
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, account_id) REFERENCES account (root_id, id)
);
CREATE INDEX account_code_link ON account_code (link_hash);
CREATE INDEX account_code_of ON account_code (root_id, account_id);
