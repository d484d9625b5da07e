-- Opening a look at one case or one person. Run as the owner after every migration.
--
-- open_look checks holds and rights, writes the ledger entry and fixes the scope of this backend. It must be committed
-- before anything is read. It answers with JSON: allowed, reason, entry, and for an allowed look principal, office,
-- relation, protections, cases, persons. A refusal is an entry too, and says the same whether the subject is absent or
-- closed to the reader.

CREATE OR REPLACE FUNCTION open_look(account bigint, purpose text, act text, case_number text, person bigint,
                                     detail jsonb DEFAULT '{}', seconds int DEFAULT 30) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    wanted  bigint[];
    seen    bigint[] := '{}';
    persons bigint[];
    opened  text[];
    grounds record;
    first_grounds record;
    found   boolean := false;
    asked   text := left(coalesce(case_number, 'person ' || person), 60);
BEGIN
    IF person IS NOT NULL THEN
        wanted := ARRAY(SELECT c.id FROM public.cases_case c WHERE c.respondent_id = person ORDER BY c.id);
    ELSE
        wanted := ARRAY(SELECT c.id FROM public.cases_case c WHERE c.number = case_number);
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
                             ELSE 'absent or closed' END, asked, wanted);
    END IF;
    persons := ARRAY(SELECT DISTINCT c.respondent_id FROM public.cases_case c WHERE c.id = ANY (seen));
    RETURN public.look_begin(account, purpose, act, first_grounds.principal_id, first_grounds.kind, opened, seen,
                             persons, detail, seconds);
END $$;

-- Writes the entry of an allowed look, fixes the scope, answers. Only the door's functions call it.
CREATE OR REPLACE FUNCTION look_begin(account bigint, purpose text, act text, principal bigint, relation text,
    opened text[], cases bigint[], persons bigint[], detail jsonb, seconds int) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    office text;
    entry  bigint;
BEGIN
    SELECT name INTO office FROM public.access_principal WHERE id = principal;
    entry := public.ledger_write('look.opened', account, cases, persons, jsonb_build_object(
        'purpose', purpose, 'act', act, 'principal', principal, 'office', office, 'relation', relation,
        'protections', to_jsonb(opened), 'cases', to_jsonb(cases), 'persons', to_jsonb(persons), 'detail', detail),
        clock_timestamp());
    PERFORM public.look_fix(entry, account, principal, cases, persons, opened, seconds);
    RETURN jsonb_build_object('allowed', true, 'entry', entry, 'principal', principal, 'office', office,
        'relation', relation, 'protections', to_jsonb(opened), 'cases', to_jsonb(cases), 'persons', to_jsonb(persons));
END $$;
