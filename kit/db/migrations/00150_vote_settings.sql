-- +goose Up

-- How a cell votes where no rule of the Party was found: on discipline, and on ratings.

ALTER TABLE organization_settings ADD COLUMN discipline_by_hand BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE organization_settings ADD COLUMN rating_by_hand BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE organization_settings ADD COLUMN rating_two_thirds BOOLEAN NOT NULL DEFAULT FALSE;
