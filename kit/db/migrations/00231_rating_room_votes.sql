-- +goose Up

-- The meeting in whose room the votes on a line were taken; empty where the figures were typed in.
ALTER TABLE rating ADD COLUMN voted_in TEXT NOT NULL DEFAULT '';
