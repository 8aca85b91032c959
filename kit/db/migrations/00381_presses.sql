-- +goose Up
-- Presses of forms that were kept, so that the same press changes nothing again: kit/web.
CREATE TABLE form_press (
    name       TEXT   NOT NULL PRIMARY KEY,  -- hash of the form's key, whoever pressed, what was typed
    path       TEXT   NOT NULL DEFAULT '',   -- where the answer led; empty while it is not known
    message    TEXT   NOT NULL DEFAULT '',   -- what was shown there
    until_at   BIGINT NOT NULL DEFAULT 0     -- when it may be forgotten; 0 while the answer is not known
);
CREATE INDEX form_press_until ON form_press (until_at);
