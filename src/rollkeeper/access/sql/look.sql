-- The look: what this connection may read, from when until when. Run as the owner after every migration.
--
-- A look is a row for each database backend in an unlogged table: it dies with the server and fails closed. The durable
-- truth is the ledger entry written in the same transaction. Nobody but the functions below can touch the table.
--
-- A policy asks look_cases(), look_persons() and look_protections(). They answer with the scope only when the look
--   * belongs to this backend (process id and the moment the backend began, so a recycled id does not inherit it),
--   * was committed by an earlier transaction (its transaction id is not ours: a look opened in the same transaction,
--     or under a savepoint of it, shows nothing; rolled back, it is gone),
--   * has not expired by the server's clock,
--   * is read at READ COMMITTED (an older snapshot could outlive a hold),
--   * is not under a hold.

CREATE UNLOGGED TABLE IF NOT EXISTS look (
    backend_pid   int PRIMARY KEY,
    backend_start timestamptz NOT NULL,
    xid           xid8 NOT NULL,
    entry_id      bigint NOT NULL,
    account_id    bigint,
    principal_id  bigint,
    case_ids      bigint[] NOT NULL,
    person_ids    bigint[] NOT NULL,
    protections   text[] NOT NULL,
    expires_at    timestamptz NOT NULL,
    special       text NOT NULL DEFAULT '',  -- 'public' or 'oversight': opens one function, no table
    subject_id    bigint                     -- the case of a public look-up
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
REVOKE ALL ON look FROM PUBLIC;

-- The live look of this backend, or no row, and whether any hold is in force. Nobody reads it but the functions below:
-- one statement in them costs a third of a function that calls another, and every policy asks.
CREATE OR REPLACE VIEW look_live AS
    SELECT l.*, EXISTS (SELECT FROM public.access_hold h WHERE h.lifted_at IS NULL) AS holds
      FROM public.look l
     WHERE l.backend_pid = pg_backend_pid()
       AND l.xid IS DISTINCT FROM pg_current_xact_id_if_assigned()
       AND l.expires_at > clock_timestamp()
       AND current_setting('transaction_isolation') = 'read committed'
       AND l.backend_start = (SELECT a.backend_start FROM pg_stat_get_activity(pg_backend_pid()) a);
REVOKE ALL ON look_live FROM PUBLIC;

-- The live look of this backend without what is under a hold, or no row.
CREATE OR REPLACE FUNCTION look_mine() RETURNS look
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    mine public.look;
BEGIN
    SELECT l.backend_pid, l.backend_start, l.xid, l.entry_id, l.account_id, l.principal_id, l.case_ids, l.person_ids,
           l.protections, l.expires_at, l.special, l.subject_id INTO mine FROM public.look_live l;
    IF mine.backend_pid IS NULL THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT FROM public.access_hold WHERE lifted_at IS NULL) THEN
        IF public.held(mine.account_id, mine.principal_id, '{}', '{}') THEN
            RETURN NULL;
        END IF;
        mine.case_ids := ARRAY(SELECT c FROM unnest(mine.case_ids) c WHERE NOT public.held(NULL, NULL, ARRAY[c], '{}'));
        mine.person_ids := ARRAY(SELECT p FROM unnest(mine.person_ids) p WHERE NOT public.held(NULL, NULL, '{}', ARRAY[p]));
    END IF;
    RETURN mine;
END $$;

CREATE OR REPLACE FUNCTION look_cases() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    seen bigint[] := (SELECT l.case_ids FROM public.look_live l WHERE NOT l.holds);
BEGIN
    RETURN coalesce(seen, (public.look_mine()).case_ids, '{}');
END $$;

CREATE OR REPLACE FUNCTION look_persons() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    seen bigint[] := (SELECT l.person_ids FROM public.look_live l WHERE NOT l.holds);
BEGIN
    RETURN coalesce(seen, (public.look_mine()).person_ids, '{}');
END $$;

-- The protections that the look opens; the empty string stands for "no protection".
CREATE OR REPLACE FUNCTION look_protections() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    opened text[] := (SELECT l.protections FROM public.look_live l WHERE NOT l.holds);
BEGIN
    opened := coalesce(opened, (public.look_mine()).protections);
    RETURN CASE WHEN opened IS NULL THEN '{}' ELSE opened || ''::text END;
END $$;

-- Whether an account, a principal, a case or a person is under a hold in force. A case is also held through its
-- respondent, and a person through nobody else.
CREATE OR REPLACE FUNCTION held(account bigint, principal bigint, cases bigint[], persons bigint[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM public.access_hold h
         WHERE h.lifted_at IS NULL
           AND ((h.scope = 'account' AND h.subject_id = account)
             OR (h.scope = 'principal' AND h.subject_id = principal)
             OR (h.scope = 'case' AND h.subject_id = ANY (cases))
             OR (h.scope = 'person' AND (h.subject_id = ANY (persons) OR EXISTS (
                    SELECT FROM public.cases_case c WHERE c.id = ANY (cases) AND c.respondent_id = h.subject_id)))));
END $$;

-- Fixes this backend's scope. Called by the functions that open looks, after the ledger entry is written.
CREATE OR REPLACE FUNCTION look_fix(entry bigint, account bigint, principal bigint, cases bigint[], persons bigint[],
                                    opened text[], seconds int, special text DEFAULT '', subject bigint DEFAULT NULL)
RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    INSERT INTO public.look AS l
    SELECT a.pid, a.backend_start, pg_current_xact_id(), entry, account, principal, cases, persons, opened,
           clock_timestamp() + make_interval(secs => least(seconds, 300)), special, subject
      FROM pg_stat_get_activity(pg_backend_pid()) a
    ON CONFLICT (backend_pid) DO UPDATE SET backend_start = excluded.backend_start, xid = excluded.xid,
        entry_id = excluded.entry_id, account_id = excluded.account_id, principal_id = excluded.principal_id,
        case_ids = excluded.case_ids, person_ids = excluded.person_ids, protections = excluded.protections,
        expires_at = excluded.expires_at, special = excluded.special, subject_id = excluded.subject_id;
END $$;

-- Ends this backend's look. Anyone may end their own.
CREATE OR REPLACE FUNCTION close_look() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.look SET expires_at = '-infinity', case_ids = '{}', person_ids = '{}', special = ''
     WHERE backend_pid = pg_backend_pid() AND expires_at > '-infinity';
END $$;

-- Clears looks of connections that are gone. The worker calls it.
CREATE OR REPLACE FUNCTION sweep_looks() RETURNS int
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH gone AS (DELETE FROM public.look WHERE expires_at < clock_timestamp() - interval '1 hour' RETURNING 1)
    SELECT count(*)::int FROM gone
$$;
