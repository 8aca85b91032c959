-- PostgreSQL: a role for serving, which cannot change or remove what is sealed. Even somebody who
-- has broken into the program cannot switch off the triggers that guard those tables.
--
-- Run it by psql as the owner of the tables, once and after every new version:
--
--   chibo doctor --database-url postgres://owner@…/chibo     -- the owner brings the schema up to date
--   psql postgres://owner@…/chibo -f deploy/roles.sql
--   chibo serve --database-url postgres://chibo_app@…/chibo  -- serves and changes no schema
--
-- The role gets its password, or its line in pg_hba.conf, from you: ALTER ROLE chibo_app PASSWORD '…';
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'chibo_app') THEN
        CREATE ROLE chibo_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
    END IF;
END $$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO chibo_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO chibo_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO chibo_app;

-- What is written there stays as it was written.
REVOKE UPDATE, DELETE, TRUNCATE ON audit, act, seal, seal_file FROM chibo_app;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON goose_db_version FROM chibo_app;
