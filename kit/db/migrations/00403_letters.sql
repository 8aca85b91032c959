-- +goose Up
-- The size of letters that a person wants: '' (has not said), 'large', 'usual'.
ALTER TABLE account ADD COLUMN letters TEXT NOT NULL DEFAULT '';
