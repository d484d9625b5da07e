-- Database roles. Run as the owner by the first migration; roles belong to the whole server, so each is made only
-- where it is missing, and several databases of one server may run this at once.
--
--   rollkeeper_app         the site and the worker. No right on record tables of its own, never BYPASSRLS.
--   rollkeeper_reader      what the door switches to for one transaction, inside a look. Reads through policies only.
--   rollkeeper_auditor     the ledger, and no record.
--   rollkeeper_statistics  de-identified views only.

DO $$
DECLARE
    name text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('rollkeeper.roles', 0));
    FOREACH name IN ARRAY ARRAY['rollkeeper_reader', 'rollkeeper_auditor', 'rollkeeper_statistics', 'rollkeeper_app'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOINHERIT %s', name,
                           CASE WHEN name = 'rollkeeper_app' THEN 'LOGIN' ELSE 'NOLOGIN' END);
        END IF;
    END LOOP;
    IF NOT pg_has_role('rollkeeper_app', 'rollkeeper_reader', 'MEMBER') THEN
        GRANT rollkeeper_reader TO rollkeeper_app;
    END IF;
    -- The owner must see when the site's backends began; see look_mine().
    IF NOT pg_has_role(current_user, 'rollkeeper_app', 'USAGE') THEN
        EXECUTE format('GRANT rollkeeper_app TO %I', current_user);
    END IF;
END $$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO rollkeeper_app, rollkeeper_reader, rollkeeper_auditor, rollkeeper_statistics;
