-- +goose Up

-- Authenticators that show a code of six digits. secret is sealed under the program's own
-- key; step is the last half minute whose code was taken.
CREATE TABLE factor (
    root_id      TEXT   NOT NULL,
    account_id   TEXT   NOT NULL,
    secret       TEXT   NOT NULL,
    made_at      BIGINT NOT NULL,
    confirmed_at BIGINT NOT NULL DEFAULT 0, -- 0: its owner has not shown a code yet
    step         BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (root_id, account_id),
    FOREIGN KEY (root_id, account_id) REFERENCES account (root_id, id)
);

-- Recovery codes on paper, as SHA-256: each lets in once in place of the authenticator.
CREATE TABLE factor_paper (
    root_id    TEXT   NOT NULL,
    account_id TEXT   NOT NULL,
    hash       TEXT   NOT NULL,
    made_at    BIGINT NOT NULL,
    used_at    BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (root_id, account_id, hash),
    FOREIGN KEY (root_id, account_id) REFERENCES account (root_id, id)
);

-- From when those who hold offices in a unit and below it must show a second factor.
CREATE TABLE factor_rule (
    root_id         TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    from_on         TEXT   NOT NULL,
    set_by          TEXT   NOT NULL,
    set_at          BIGINT NOT NULL,
    PRIMARY KEY (root_id, organization_id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX factor_rule_of ON factor_rule (organization_id);
