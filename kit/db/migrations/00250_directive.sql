-- +goose Up

-- A governing document that a committee has entered; those of the whole country come with the program.
CREATE TABLE library_document (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    level           TEXT   NOT NULL,
    subject         TEXT   NOT NULL DEFAULT '',
    number          TEXT   NOT NULL,
    kind            TEXT   NOT NULL,
    body            TEXT   NOT NULL,
    dated_on        TEXT   NOT NULL,
    title           TEXT   NOT NULL,
    from_on         TEXT   NOT NULL,
    until_on        TEXT   NOT NULL DEFAULT '',
    replaced_by     TEXT   NOT NULL DEFAULT '',
    replaced_on     TEXT   NOT NULL DEFAULT '',
    text            TEXT   NOT NULL DEFAULT '',
    entered_at      BIGINT NOT NULL,
    entered_by      TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX library_document_id ON library_document (id);
CREATE INDEX library_document_of ON library_document (root_id, organization_id, dated_on);

-- A paragraph of a document that a committee has sent down.
CREATE TABLE directive (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    document_id     TEXT   NOT NULL DEFAULT '',
    citation        TEXT   NOT NULL,
    origin          TEXT   NOT NULL,
    form            TEXT   NOT NULL,
    title           TEXT   NOT NULL,
    text            TEXT   NOT NULL,
    month           TEXT   NOT NULL DEFAULT '',
    due             TEXT   NOT NULL DEFAULT '',
    sent_at         BIGINT NOT NULL,
    sent_by         TEXT   NOT NULL DEFAULT '',
    withdrawn_at    BIGINT NOT NULL DEFAULT 0,
    withdrawn_by    TEXT   NOT NULL DEFAULT '',
    reason          TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX directive_of ON directive (root_id, organization_id, sent_at);
CREATE INDEX directive_by_id ON directive (id);
CREATE INDEX directive_document ON directive (document_id);

-- What became of it in a cell, which may belong to another đảng bộ than the sender.
CREATE TABLE directive_delivery (
    root_id         TEXT   NOT NULL,
    directive_id    TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    meeting_id      TEXT   NOT NULL DEFAULT '',
    item_id         TEXT   NOT NULL DEFAULT '',
    task_id         TEXT   NOT NULL DEFAULT '',
    handled_at      BIGINT NOT NULL DEFAULT 0,
    reminded_at     BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (root_id, directive_id, organization_id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX directive_delivery_cell ON directive_delivery (root_id, organization_id, handled_at);
CREATE INDEX directive_delivery_directive ON directive_delivery (directive_id);
CREATE INDEX directive_delivery_meeting ON directive_delivery (root_id, meeting_id);

-- Who of a cell has opened it, and when first.
CREATE TABLE directive_reading (
    root_id         TEXT   NOT NULL,
    directive_id    TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    member_id       TEXT   NOT NULL,
    read_at         BIGINT NOT NULL,
    PRIMARY KEY (root_id, directive_id, organization_id, member_id),
    FOREIGN KEY (root_id, directive_id, organization_id) REFERENCES directive_delivery (root_id, directive_id, organization_id)
);
