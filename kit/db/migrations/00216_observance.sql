-- +goose Up

-- What the self-review of a member says of the things that members may not do.
ALTER TABLE rating ADD COLUMN observance TEXT NOT NULL DEFAULT '';
