-- +goose Up

-- What the writer of an act knew: a random id of the browser it was made in, empty for
-- the plain forms of the server, and the number up to which that browser had the log.
ALTER TABLE act ADD COLUMN device TEXT   NOT NULL DEFAULT '';
ALTER TABLE act ADD COLUMN seen   BIGINT NOT NULL DEFAULT 0;
