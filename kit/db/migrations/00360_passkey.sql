-- +goose Up

-- By what a session was opened: password, device, waiting, code, paper, passkey, provider.
ALTER TABLE account_session ADD COLUMN proof TEXT NOT NULL DEFAULT 'password';

-- The public halves of keys that people's devices keep. credential and public_key are
-- base64url.
CREATE TABLE passkey (
    root_id    TEXT    NOT NULL,
    id         TEXT    NOT NULL,
    account_id TEXT    NOT NULL,
    credential TEXT    NOT NULL,
    public_key TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    sign_count BIGINT  NOT NULL,
    eligible   BOOLEAN NOT NULL, -- the device may copy it to others of its owner
    copied     BOOLEAN NOT NULL, -- and has done so
    made_at    BIGINT  NOT NULL,
    used_at    BIGINT  NOT NULL DEFAULT 0,
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, account_id) REFERENCES account (root_id, id)
);
CREATE INDEX passkey_of ON passkey (root_id, account_id);
CREATE UNIQUE INDEX passkey_credential ON passkey (root_id, credential);

-- Challenges that were answered: none is taken twice. A row goes when its challenge would
-- be too old anyway.
CREATE TABLE passkey_answered (
    root_id   TEXT   NOT NULL,
    challenge TEXT   NOT NULL,
    until_at  BIGINT NOT NULL,
    PRIMARY KEY (root_id, challenge)
);
