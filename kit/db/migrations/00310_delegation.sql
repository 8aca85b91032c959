-- +goose Up

ALTER TABLE delegate ADD COLUMN issued_at BIGINT NOT NULL DEFAULT 0; -- when the invitation got its number
ALTER TABLE delegate ADD COLUMN printed_at BIGINT NOT NULL DEFAULT 0; -- when it was last written for printing
ALTER TABLE delegate ADD COLUMN mailed_at BIGINT NOT NULL DEFAULT 0; -- when it was handed to the mail server
ALTER TABLE delegate ADD COLUMN reason TEXT NOT NULL DEFAULT ''; -- why somebody does not come
ALTER TABLE delegate ADD COLUMN proposed TEXT NOT NULL DEFAULT ''; -- who might come instead, in the words of the one invited
CREATE INDEX delegate_secret ON delegate (code); -- asked for without knowing the root
CREATE UNIQUE INDEX delegate_number ON delegate (root_id, conference_id, number) WHERE number > 0;

-- How many people a unit sends in a line of the composition, where somebody has changed what the tree says.
CREATE TABLE delegate_quota (
    root_id     TEXT   NOT NULL,
    category_id TEXT   NOT NULL,
    unit_id     TEXT   NOT NULL,
    places      BIGINT NOT NULL,
    reason      TEXT   NOT NULL,
    changed_at  BIGINT NOT NULL,
    changed_by  TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, category_id, unit_id),
    FOREIGN KEY (root_id, category_id) REFERENCES conference_category (root_id, id)
);

-- A block of seats of a sitting.
CREATE TABLE delegate_block (
    root_id    TEXT   NOT NULL,
    id         TEXT   NOT NULL,
    sitting_id TEXT   NOT NULL,
    position   BIGINT NOT NULL,
    name       TEXT   NOT NULL,
    row_count  BIGINT NOT NULL,
    row_seats  BIGINT NOT NULL, -- seats of each row
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, sitting_id) REFERENCES conference_sitting (root_id, id)
);
CREATE INDEX delegate_block_id ON delegate_block (id);
CREATE INDEX delegate_block_of ON delegate_block (root_id, sitting_id, position);

-- For whom a block is kept: a line of the composition or a unit. A block without any is for all others.
CREATE TABLE delegate_block_for (
    root_id  TEXT NOT NULL,
    block_id TEXT NOT NULL,
    subject  TEXT NOT NULL, -- id of the line or of the unit
    PRIMARY KEY (root_id, block_id, subject),
    FOREIGN KEY (root_id, block_id) REFERENCES delegate_block (root_id, id)
);

-- Where somebody sits in a sitting.
CREATE TABLE delegate_seat (
    root_id     TEXT   NOT NULL,
    sitting_id  TEXT   NOT NULL,
    delegate_id TEXT   NOT NULL,
    block_id    TEXT   NOT NULL,
    seat        BIGINT NOT NULL, -- counted from 1 through the rows of the block
    PRIMARY KEY (root_id, sitting_id, delegate_id),
    FOREIGN KEY (root_id, sitting_id) REFERENCES conference_sitting (root_id, id),
    FOREIGN KEY (root_id, delegate_id) REFERENCES delegate (root_id, id),
    FOREIGN KEY (root_id, block_id) REFERENCES delegate_block (root_id, id)
);
CREATE UNIQUE INDEX delegate_seat_once ON delegate_seat (root_id, block_id, seat);
