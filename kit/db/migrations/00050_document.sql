-- +goose Up

-- One register of numbers per organisation, kind of paper and term of office; its row is the lock that
-- orders those who issue at once. term_id is empty where no term is known.
CREATE TABLE document_register (
    root_id         TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    kind            TEXT   NOT NULL,
    term_id         TEXT   NOT NULL,
    next            BIGINT NOT NULL,
    PRIMARY KEY (root_id, organization_id, kind, term_id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);

-- Every number that was taken, for a paper or left blank; none is taken twice.
CREATE TABLE document_number (
    root_id         TEXT    NOT NULL,
    organization_id TEXT    NOT NULL,
    kind            TEXT    NOT NULL,
    term_id         TEXT    NOT NULL,
    n               BIGINT  NOT NULL,
    symbol          TEXT    NOT NULL,
    blank           BOOLEAN NOT NULL,
    dated           TEXT    NOT NULL DEFAULT '',
    subject         TEXT    NOT NULL DEFAULT '',
    link            TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, organization_id, kind, term_id, n),
    FOREIGN KEY (root_id, organization_id, kind, term_id) REFERENCES document_register (root_id, organization_id, kind, term_id)
);
