-- +goose Up

-- What the desks of a sitting have written down. Only added to: who came is what all lines
-- together say.
CREATE TABLE reception_event (
    root_id     TEXT   NOT NULL,
    sitting_id  TEXT   NOT NULL,
    id          TEXT   NOT NULL, -- made on the device
    seq         BIGINT NOT NULL, -- in the order of receipt, without gaps
    kind        TEXT   NOT NULL, -- came, back, same, apart
    way         TEXT   NOT NULL DEFAULT '', -- qr, name, walk_in, replacement, paper
    delegate_id TEXT   NOT NULL DEFAULT '',
    name        TEXT   NOT NULL DEFAULT '', -- of somebody who was written down at the desk
    unit        TEXT   NOT NULL DEFAULT '',
    category_id TEXT   NOT NULL DEFAULT '',
    replaces    TEXT   NOT NULL DEFAULT '', -- the delegate in whose place they came
    of_id       TEXT   NOT NULL DEFAULT '', -- the event that is taken back, or judged
    with_id     TEXT   NOT NULL DEFAULT '',
    desk        TEXT   NOT NULL,
    at          BIGINT NOT NULL, -- by the clock of the device, corrected
    device_at   BIGINT NOT NULL, -- by the clock of the device
    received_at BIGINT NOT NULL,
    account_id  TEXT   NOT NULL,
    PRIMARY KEY (root_id, sitting_id, id),
    UNIQUE (root_id, sitting_id, seq),
    FOREIGN KEY (root_id, sitting_id) REFERENCES conference_sitting (root_id, id)
);
