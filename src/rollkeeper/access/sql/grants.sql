-- What each role may call and read. Run as the owner after every migration, when all functions exist.

DO $$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN SELECT p.oid::regprocedure FROM pg_proc p
              WHERE p.pronamespace = 'public'::regnamespace
                AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    END LOOP;
END $$;

-- What one connection of the site asks, with the words in it, must not show in pg_stat_activity to another.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole
                    WHERE r.rolname = 'rollkeeper_app' AND 'track_activities=off' = ANY (s.setconfig)) THEN
        ALTER ROLE rollkeeper_app SET track_activities = off;
    END IF;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE WARNING 'Ask the administrator of the server: ALTER ROLE rollkeeper_app SET track_activities = off;';
END $$;

GRANT EXECUTE ON FUNCTION look_cases(), look_persons(), look_protections() TO rollkeeper_reader, rollkeeper_app;
GRANT EXECUTE ON FUNCTION close_look() TO rollkeeper_reader, rollkeeper_app;
GRANT EXECUTE ON FUNCTION open_look(bigint, text, text, text, bigint, jsonb, int) TO rollkeeper_app;
GRANT EXECUTE ON FUNCTION sweep_looks() TO rollkeeper_app;
GRANT EXECUTE ON FUNCTION ledger_append(text, bigint, bigint[], bigint[], jsonb) TO rollkeeper_app;
GRANT EXECUTE ON FUNCTION ledger_make_partitions(int, date) TO rollkeeper_app;
GRANT EXECUTE ON FUNCTION ledger_sequence(int) TO rollkeeper_app;
GRANT EXECUTE ON FUNCTION canonical_json(jsonb) TO rollkeeper_app, rollkeeper_auditor;
GRANT EXECUTE ON FUNCTION open_listing(bigint, text, text, text, jsonb, int, int, int) TO rollkeeper_app;
GRANT EXECUTE ON FUNCTION open_search(bigint, text, jsonb, text, int) TO rollkeeper_app;
GRANT EXECUTE ON FUNCTION open_overview(bigint, text, int) TO rollkeeper_app;
GRANT EXECUTE ON FUNCTION open_oversight(bigint, jsonb, int) TO rollkeeper_app;
GRANT EXECUTE ON FUNCTION open_public_lookup(text, text, text, int, text) TO rollkeeper_app;
GRANT EXECUTE ON FUNCTION open_own_look(bigint, bigint, int) TO rollkeeper_app;
GRANT EXECUTE ON FUNCTION overview_counts(), own_look(), public_case(), looks_at(bigint, int, int, bigint),
    looks_counted(bigint, timestamptz), last_docket_look(bigint, timestamptz), entry_for_receipt(bigint),
    oversight_entries(jsonb, bigint, int)
    TO rollkeeper_app, rollkeeper_reader;
