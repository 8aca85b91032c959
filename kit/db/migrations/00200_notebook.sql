-- +goose Up

-- The key of the private notes of an account, twice: closed by its password (through
-- salt) and by its recovery words. reset_at: a printed code has replaced the password,
-- so that only the words, or the password before, still open it.
CREATE TABLE notebook_key (
    root_id     TEXT   NOT NULL,
    account_id  TEXT   NOT NULL,
    salt        TEXT   NOT NULL,
    by_password TEXT   NOT NULL,
    by_words    TEXT   NOT NULL,
    made_at     BIGINT NOT NULL,
    reset_at    BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (root_id, account_id),
    FOREIGN KEY (root_id, account_id) REFERENCES account (root_id, id)
);

-- The same key closed by the secret of a session, of which the database has only the
-- hash: a notebook that is open on a device.
CREATE TABLE notebook_opened (
    root_id    TEXT   NOT NULL,
    session_id TEXT   NOT NULL,
    account_id TEXT   NOT NULL,
    by_session TEXT   NOT NULL,
    PRIMARY KEY (root_id, session_id),
    FOREIGN KEY (root_id, session_id) REFERENCES account_session (root_id, id)
);
CREATE INDEX notebook_opened_of ON notebook_opened (root_id, account_id);

-- Private notes on a meeting: ciphertext. session_id is that of the device that wrote
-- last.
CREATE TABLE notebook_note (
    root_id    TEXT   NOT NULL,
    account_id TEXT   NOT NULL,
    meeting_id TEXT   NOT NULL,
    sealed     TEXT   NOT NULL,
    changed_at BIGINT NOT NULL,
    session_id TEXT   NOT NULL,
    PRIMARY KEY (root_id, account_id, meeting_id),
    FOREIGN KEY (root_id, account_id) REFERENCES account (root_id, id),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, id)
);

-- Who has shown their notebook to the cell, when and whether it was in order; never
-- what stands in it.
CREATE TABLE notebook_inspection (
    root_id         TEXT    NOT NULL,
    id              TEXT    NOT NULL,
    organization_id TEXT    NOT NULL,
    member_id       TEXT    NOT NULL,
    shown_on        TEXT    NOT NULL,
    in_order        BOOLEAN NOT NULL,
    remark          TEXT    NOT NULL DEFAULT '',
    entered_by      TEXT    NOT NULL, -- member
    entered_at      BIGINT  NOT NULL,
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id),
    FOREIGN KEY (root_id, member_id) REFERENCES member (root_id, id)
);
CREATE INDEX notebook_inspection_of ON notebook_inspection (root_id, organization_id, shown_on);
CREATE INDEX notebook_inspection_member ON notebook_inspection (root_id, member_id, shown_on);

-- How often a cell looks at the notebooks; without a row every three months.
CREATE TABLE notebook_setting (
    root_id         TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    every_months    BIGINT NOT NULL,
    PRIMARY KEY (root_id, organization_id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
