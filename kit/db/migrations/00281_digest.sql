-- +goose Up

-- The reports of committees. template is the text of the form as it was when the report was begun,
-- texts the paragraphs by section; cells are those counted, named as they were when it was issued.
CREATE TABLE digest (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    span            TEXT   NOT NULL, -- month, quarter, half, year
    first_month     TEXT   NOT NULL,
    name            TEXT   NOT NULL,
    template        TEXT   NOT NULL,
    texts           TEXT   NOT NULL DEFAULT '',
    state           TEXT   NOT NULL, -- draft, issued
    number          TEXT   NOT NULL DEFAULT '',
    issued_on       TEXT   NOT NULL DEFAULT '',
    cells           TEXT   NOT NULL DEFAULT '',
    created_at      BIGINT NOT NULL,
    created_by      TEXT   NOT NULL DEFAULT '',
    seq             BIGINT NOT NULL,
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);

CREATE INDEX digest_of ON digest (root_id, organization_id, first_month);

CREATE INDEX digest_id ON digest (id);

-- What the figures of an issued report counted.
CREATE TABLE digest_figure (
    root_id   TEXT NOT NULL,
    digest_id TEXT NOT NULL,
    name      TEXT NOT NULL,
    entries   TEXT NOT NULL,
    PRIMARY KEY (root_id, digest_id, name),
    FOREIGN KEY (root_id, digest_id) REFERENCES digest (root_id, id)
) /* WITHOUT ROWID */;

-- The forms that committees have added.
CREATE TABLE digest_template (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    name            TEXT   NOT NULL,
    text            TEXT   NOT NULL,
    added_at        BIGINT NOT NULL,
    added_by        TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);

CREATE INDEX digest_template_of ON digest_template (organization_id);
