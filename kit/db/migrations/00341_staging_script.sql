-- +goose Up

-- The script of a sitting: who leads the programme, and the cards as they were approved.
CREATE TABLE staging_script (
    root_id       TEXT   NOT NULL,
    sitting_id    TEXT   NOT NULL,
    conference_id TEXT   NOT NULL,
    master        TEXT   NOT NULL DEFAULT '', -- of ceremonies, in words
    member_root   TEXT   NOT NULL DEFAULT '', -- the master, where a member was chosen
    member_id     TEXT   NOT NULL DEFAULT '',
    version       BIGINT NOT NULL DEFAULT 0,  -- how often it was approved
    approved      TEXT   NOT NULL DEFAULT '', -- the cards as approved last, as JSON
    approved_at   BIGINT NOT NULL DEFAULT 0,
    approved_by   TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, sitting_id),
    FOREIGN KEY (root_id, conference_id) REFERENCES conference (root_id, id),
    FOREIGN KEY (root_id, sitting_id) REFERENCES conference_sitting (root_id, id)
);
CREATE INDEX staging_script_id ON staging_script (sitting_id);
CREATE INDEX staging_script_of ON staging_script (root_id, conference_id);
CREATE INDEX staging_script_master ON staging_script (member_root, member_id);

-- A card of the script as it is being written.
CREATE TABLE staging_card (
    root_id    TEXT   NOT NULL,
    id         TEXT   NOT NULL,
    sitting_id TEXT   NOT NULL,
    position   BIGINT NOT NULL,
    kind       TEXT   NOT NULL,
    title      TEXT   NOT NULL,
    minutes    BIGINT NOT NULL,
    speaker    TEXT   NOT NULL DEFAULT '',
    words      TEXT   NOT NULL DEFAULT '',
    item_id    TEXT   NOT NULL DEFAULT '', -- of the agenda of the host, where the card comes from it
    wording    TEXT   NOT NULL DEFAULT '', -- what stood on the agenda when the words were drafted
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, sitting_id) REFERENCES conference_sitting (root_id, id)
);
CREATE INDEX staging_card_id ON staging_card (id);
CREATE INDEX staging_card_of ON staging_card (root_id, sitting_id, position);
