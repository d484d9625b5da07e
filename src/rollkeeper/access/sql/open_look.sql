-- Opening a look at one case or one person. Run as the owner after every migration.
--
-- open_look checks holds and rights, writes the ledger entry and fixes the scope of this backend. It must be committed
-- before anything is read. It answers with JSON: allowed, reason, entry, and for an allowed look principal, office,
-- relation, protections, cases, persons. A refusal is an entry too, and says the same whether the subject is absent or
-- closed to the reader.

CREATE OR REPLACE FUNCTION open_look(account bigint, purpose text, act text, case_number text, person bigint,
                                     detail jsonb DEFAULT '{}', seconds int DEFAULT 30) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
-- Else every statement that compares with an array is planned anew at every look, here and in what this calls.
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    wanted  bigint[];
    seen    bigint[] := '{}';
    persons bigint[];
    opened  text[];
    grounds record;
    first_grounds record;
    found   boolean := false;
BEGIN
    IF person IS NOT NULL THEN
        wanted := ARRAY(SELECT c.id FROM public.cases_case c WHERE c.respondent_id = person ORDER BY c.id);
        persons := ARRAY[person];
    ELSE
        SELECT ARRAY[c.id], ARRAY[c.respondent_id] INTO wanted, persons FROM public.cases_case c WHERE c.number = case_number;
        wanted := coalesce(wanted, '{}');
    END IF;
    FOR i IN 1 .. cardinality(wanted) LOOP
        SELECT * INTO grounds FROM public.right_to(account, wanted[i], purpose);
        IF grounds.principal_id IS NULL OR public.held(account, grounds.principal_id, wanted[i:i], '{}') THEN
            CONTINUE;
        END IF;
        seen := seen || wanted[i];
        seconds := least(seconds, floor(extract(epoch FROM grounds.lasts_until - clock_timestamp())));
        IF NOT found THEN
            first_grounds := grounds;
            opened := grounds.protections;
            found := true;
        ELSE  -- one look, several cases: it opens what every one of the rights opens
            opened := ARRAY(SELECT unnest(opened) INTERSECT SELECT unnest(grounds.protections));
        END IF;
    END LOOP;
    IF NOT found THEN
        RETURN public.refuse(account, purpose, act, CASE WHEN public.held(account, NULL, wanted, '{}') THEN 'held'
                             ELSE 'absent or closed' END, left(coalesce(case_number, 'person ' || person), 60), wanted);
    END IF;
    RETURN public.look_begin(account, purpose, act, first_grounds.principal_id, first_grounds.kind, opened, seen,
                             persons, detail, seconds);
END $$;

-- Writes the entry of an allowed look, fixes the scope, answers. Only the door's functions call it.
CREATE OR REPLACE FUNCTION look_begin(account bigint, purpose text, act text, principal bigint, relation text,
    opened text[], cases bigint[], persons bigint[], detail jsonb, seconds int) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    office text := (SELECT name FROM public.access_principal WHERE id = principal);
    entry  bigint := nextval('public.ledger_entry_number');
    moment timestamptz := clock_timestamp();
    body   text;
BEGIN
    -- Canonical JSON written at once: the columns stand in the order of their names.
    body := (SELECT row_to_json(e) FROM (
        SELECT act, account AS actor, to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, cases,
               public.canonical_json(detail)::json AS detail, entry, 'look.opened' AS kind, office, persons, principal,
               opened AS protections, purpose, relation) e);
    entry := public.ledger_put(entry, 'look.opened', account, cases, persons, body, moment);
    PERFORM public.look_fix(entry, account, principal, cases, persons, opened, seconds);
    RETURN jsonb_build_object('allowed', true, 'entry', entry, 'principal', principal, 'office', office,
        'relation', relation, 'protections', to_jsonb(opened), 'cases', to_jsonb(cases), 'persons', to_jsonb(persons));
END $$;
