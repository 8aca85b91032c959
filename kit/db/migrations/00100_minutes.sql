-- +goose Up

-- Numbers issued for the papers of a meeting that is being sealed: taken before the papers are made, so
-- that a second try after a failure uses the same ones.
CREATE TABLE minutes_number (
    root_id    TEXT   NOT NULL,
    meeting_id TEXT   NOT NULL,
    kind       TEXT   NOT NULL,
    term_id    TEXT   NOT NULL,
    n          BIGINT NOT NULL,
    symbol     TEXT   NOT NULL,
    PRIMARY KEY (root_id, meeting_id, kind),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, id)
);

CREATE TABLE minutes_signature (
    root_id    TEXT   NOT NULL,
    meeting_id TEXT   NOT NULL,
    part       TEXT   NOT NULL,
    member_id  TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    digest     TEXT   NOT NULL,
    signed_at  BIGINT NOT NULL,
    signed_by  TEXT   NOT NULL,
    PRIMARY KEY (root_id, meeting_id, part),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, id)
);

-- A sealed record (n = 0) and its additions (n = 1, 2 …). Rows never change.
CREATE TABLE seal (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    meeting_id      TEXT   NOT NULL,
    n               BIGINT NOT NULL,
    code            TEXT   NOT NULL,
    hash            TEXT   NOT NULL,
    record          TEXT   NOT NULL,
    sealed_at       BIGINT NOT NULL,
    sealed_by       TEXT   NOT NULL,
    PRIMARY KEY (root_id, id),
    UNIQUE (root_id, meeting_id, n),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, id)
);

-- The papers of a seal, byte for byte. Rows never change.
CREATE TABLE seal_file (
    root_id TEXT  NOT NULL,
    seal_id TEXT  NOT NULL,
    paper   TEXT  NOT NULL,
    form    TEXT  NOT NULL,
    name    TEXT  NOT NULL,
    hash    TEXT  NOT NULL,
    data    BYTEA NOT NULL,
    PRIMARY KEY (root_id, seal_id, paper, form),
    FOREIGN KEY (root_id, seal_id) REFERENCES seal (root_id, id)
);

-- A reference table without a root first: the code is all that a stranger has.
CREATE TABLE check_code (
    code      TEXT   NOT NULL PRIMARY KEY,
    root_id   TEXT   NOT NULL,
    seal_id   TEXT   NOT NULL,
    sealed_at BIGINT NOT NULL
);

-- What the register of minutes searches: the folded text of sealed papers.
CREATE TABLE minutes_entry (
    root_id         TEXT   NOT NULL,
    meeting_id      TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    day             TEXT   NOT NULL,
    title           TEXT   NOT NULL,
    number          TEXT   NOT NULL,
    second          TEXT   NOT NULL,
    second_kind     TEXT   NOT NULL,
    folded          TEXT   NOT NULL,
    sealed_at       BIGINT NOT NULL,
    PRIMARY KEY (root_id, meeting_id),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, id)
);
CREATE INDEX minutes_entry_day ON minutes_entry (root_id, organization_id, day);
