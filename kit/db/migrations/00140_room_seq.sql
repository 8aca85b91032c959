-- +goose Up

-- The number of the last act is that of the log: kept beside what was known at the opening, it made every act write the
-- whole roll and agenda anew.
ALTER TABLE room DROP COLUMN seq;
