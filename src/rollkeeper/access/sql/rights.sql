-- Who may look: memberships, relations, purposes, holds. Run as the owner after every migration.

-- These are PL/pgSQL because it keeps its plans: a function in SQL is planned again at every call, which costs ten times
-- what it does.

-- The principals an account acts for at this moment.
CREATE OR REPLACE FUNCTION principals_of(account bigint) RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN ARRAY(
        SELECT m.principal_id
          FROM public.access_membership m JOIN public.accounts_account a ON a.id = m.account_id
         WHERE m.account_id = account AND a.is_active AND m.valid_from <= clock_timestamp()
           AND (m.valid_until IS NULL OR m.valid_until > clock_timestamp()));
END $$;

-- The kinds of relation that may use a purpose; none for a purpose that is not in the closed list.
CREATE OR REPLACE FUNCTION relations_for(wanted_purpose text) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT jsonb_array_elements_text(p.relations) FROM public.law_purpose p WHERE p.code = wanted_purpose);
END $$;

-- The right under which an account may see a case for a purpose: the strongest live relation, or no row.
-- "lasts_until" is when the relation or the membership ends: a look opened under it ends then too.
DROP FUNCTION IF EXISTS right_to(bigint, bigint, text);
CREATE FUNCTION right_to(account bigint, wanted_case bigint, wanted_purpose text)
RETURNS TABLE (principal_id bigint, kind text, protections text[], lasts_until timestamptz)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT r.principal_id, r.kind::text, r.protections::text[], least(r.valid_until, m.valid_until)
      FROM public.access_caserelation r
      JOIN public.access_membership m ON m.principal_id = r.principal_id AND m.account_id = account
      JOIN public.accounts_account a ON a.id = m.account_id
      JOIN public.law_purpose p ON p.code = wanted_purpose
     WHERE r.case_id = wanted_case AND p.relations ? r.kind AND a.is_active
       AND r.valid_from <= clock_timestamp() AND (r.valid_until IS NULL OR r.valid_until > clock_timestamp())
       AND m.valid_from <= clock_timestamp() AND (m.valid_until IS NULL OR m.valid_until > clock_timestamp())
     ORDER BY array_position(ARRAY['judge', 'court', 'board', 'government', 'counsel', 'respondent', 'grant'], r.kind::text),
              cardinality(r.protections) DESC, r.principal_id
     LIMIT 1;
END $$;

-- What every refusal leaves behind: an entry that names who asked, for what and why not; never whether it exists.
-- "office" tells the person whose record was asked for which office asked; a private person's account is not named.
CREATE OR REPLACE FUNCTION refuse(account bigint, wanted_purpose text, act text, reason text, asked text, cases bigint[])
RETURNS jsonb LANGUAGE sql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT jsonb_build_object('allowed', false, 'reason', reason, 'entry', public.ledger_write('access.refused', account,
        cases, '{}', jsonb_build_object('purpose', wanted_purpose, 'act', act, 'reason', reason, 'asked', asked,
            'principal', p.id, 'office', p.name), clock_timestamp()))
      FROM (VALUES (1)) one LEFT JOIN LATERAL (
        SELECT q.id, q.name FROM public.access_principal q
         WHERE q.id = ANY (public.principals_of(account)) AND q.kind IN ('chambers', 'court', 'office', 'firm')
         ORDER BY array_position(ARRAY['chambers', 'court', 'office', 'firm'], q.kind::text), q.id LIMIT 1) p ON true
$$;
