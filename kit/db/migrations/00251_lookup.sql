-- +goose Up

-- What the search looks through: folded texts, a space before each word.
ALTER TABLE library_document ADD COLUMN folded TEXT NOT NULL DEFAULT '';
ALTER TABLE directive ADD COLUMN folded TEXT NOT NULL DEFAULT '';
ALTER TABLE task ADD COLUMN folded TEXT NOT NULL DEFAULT '';
