-- +goose Up

-- Accounts that another house lets in: the identity provider of a ministry or province.
-- issuer and subject are what it calls itself and the person; name is what it showed
-- when the two were linked.
CREATE TABLE provider_link (
    root_id    TEXT   NOT NULL,
    account_id TEXT   NOT NULL,
    issuer     TEXT   NOT NULL,
    subject    TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    linked_at  BIGINT NOT NULL,
    used_at    BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (root_id, account_id),
    FOREIGN KEY (root_id, account_id) REFERENCES account (root_id, id)
);
CREATE UNIQUE INDEX provider_link_of ON provider_link (root_id, issuer, subject);
-- Who comes from the provider says no base organisation.
CREATE INDEX provider_link_subject ON provider_link (subject, issuer);
