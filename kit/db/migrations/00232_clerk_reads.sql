-- +goose Up

-- The committee has decided that its clerks read the minutes of the cells below; else they see form and dates.
ALTER TABLE organization ADD COLUMN clerk_reads BOOLEAN NOT NULL DEFAULT FALSE;
