-- +goose Up

-- A short piece of news from a meeting, written by its cell. code stands in the address at which
-- everybody may read it once it is published.
CREATE TABLE news_item (
    root_id         TEXT   NOT NULL,
    id              TEXT   NOT NULL,
    organization_id TEXT   NOT NULL,
    meeting_id      TEXT   NOT NULL,
    code            TEXT   NOT NULL,
    title           TEXT   NOT NULL,
    body            TEXT   NOT NULL,
    source          TEXT   NOT NULL,
    state           TEXT   NOT NULL, -- draft, published, withdrawn
    reason          TEXT   NOT NULL DEFAULT '',
    created_at      BIGINT NOT NULL,
    created_by      TEXT   NOT NULL DEFAULT '',
    published_at    BIGINT NOT NULL DEFAULT 0,
    withdrawn_at    BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, organization_id) REFERENCES organization (root_id, id)
);
CREATE INDEX news_item_id ON news_item (id);
CREATE INDEX news_item_code ON news_item (code);
CREATE UNIQUE INDEX news_item_meeting ON news_item (root_id, meeting_id);

-- Its pictures. nobody says that no person can be recognised in it.
CREATE TABLE news_picture (
    root_id  TEXT    NOT NULL,
    id       TEXT    NOT NULL,
    item_id  TEXT    NOT NULL,
    file_id  TEXT    NOT NULL,
    caption  TEXT    NOT NULL DEFAULT '',
    nobody   BOOLEAN NOT NULL DEFAULT FALSE,
    added_at BIGINT  NOT NULL,
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, item_id) REFERENCES news_item (root_id, id)
);
CREATE INDEX news_picture_item ON news_picture (root_id, item_id);

-- Who can be recognised in a picture, and whether they agree that it is published.
CREATE TABLE news_person (
    root_id     TEXT   NOT NULL,
    picture_id  TEXT   NOT NULL,
    member_id   TEXT   NOT NULL,
    answer      TEXT   NOT NULL DEFAULT '', -- yes, no
    asked_at    BIGINT NOT NULL,
    answered_at BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (root_id, picture_id, member_id),
    FOREIGN KEY (root_id, picture_id) REFERENCES news_picture (root_id, id) ON DELETE CASCADE
);
CREATE INDEX news_person_member ON news_person (root_id, member_id);
