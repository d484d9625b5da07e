-- Who looked: the person's own view, receipts, and the auditor's ledger page. Run as the owner after every migration.

-- What one case's looks are told as: when, which office, for what, what was shown. The case must be in the open look.
-- "office_es" is the office's Spanish name today, "mine" whether the reader of this look made the entry. With "only",
-- that entry alone.
DROP FUNCTION IF EXISTS looks_at(bigint, int, int);
DROP FUNCTION IF EXISTS looks_at(bigint, int, int, bigint);
CREATE FUNCTION looks_at(wanted bigint, skip int, take int, one_entry bigint DEFAULT NULL)
RETURNS TABLE (entry_id bigint, occurred_at timestamptz, kind text, office text, office_es text, relation text,
               purpose text, act text, protections jsonb, mine boolean, total bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF wanted = ANY (public.look_cases()) THEN
        RETURN QUERY SELECT e.id, e.occurred_at, e.kind, b.body ->> 'office',
                            (SELECT p.name_es FROM public.access_principal p WHERE p.id = (b.body ->> 'principal')::bigint),
                            b.body ->> 'relation', b.body ->> 'purpose', b.body ->> 'act',
                            coalesce(b.body -> 'protections', '[]'),
                            coalesce(e.actor_id = (public.look_mine()).account_id, false), s.total
          FROM (SELECT s.entry_id, s.occurred_at, count(*) OVER () AS total FROM public.ledger_subject s
                 WHERE s.subject_kind = 'c' AND s.subject_id = wanted AND (one_entry IS NULL OR s.entry_id = one_entry)
                 ORDER BY s.occurred_at DESC, s.entry_id DESC OFFSET greatest(skip, 0) LIMIT least(take, 200)) s
          JOIN public.ledger_entry e ON e.id = s.entry_id AND e.occurred_at = s.occurred_at
          CROSS JOIN LATERAL (SELECT e.body::jsonb AS body) b
         ORDER BY e.occurred_at DESC, e.id DESC;
    END IF;
END $$;

-- Looks at one case since a moment, and refusals among them.
CREATE OR REPLACE FUNCTION looks_counted(wanted bigint, since timestamptz) RETURNS TABLE (looks bigint, refused bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF wanted = ANY (public.look_cases()) THEN
        RETURN QUERY SELECT count(*) FILTER (WHERE e.kind LIKE 'look.%'), count(*) FILTER (WHERE e.kind = 'access.refused')
          FROM public.ledger_subject s JOIN public.ledger_entry e ON e.id = s.entry_id AND e.occurred_at = s.occurred_at
         WHERE s.subject_kind = 'c' AND s.subject_id = wanted AND s.occurred_at >= since;
    END IF;
END $$;

-- The entry a receipt is made of. Only for an entry about a case in the open look, or for an open oversight look.
-- An entry that names other people's cases too (a list) is still theirs alone: "cases" are ids, never names.
CREATE OR REPLACE FUNCTION entry_for_receipt(wanted bigint) RETURNS TABLE (body text, salt bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (public.look_mine()).special = 'oversight' OR EXISTS (
        SELECT FROM public.ledger_entry e JOIN public.ledger_subject s ON s.entry_id = e.id AND s.occurred_at = e.occurred_at
         WHERE e.id = wanted AND s.subject_kind = 'c' AND s.subject_id = ANY (public.look_cases())) THEN
        RETURN QUERY SELECT e.body, e.salt FROM public.ledger_entry e WHERE e.id = wanted;
    END IF;
END $$;

-- The auditor's look at the ledger itself, an entry like any other.
CREATE OR REPLACE FUNCTION open_oversight(account bigint, filters jsonb, seconds int DEFAULT 30) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    entry bigint;
BEGIN
    IF NOT EXISTS (SELECT FROM public.accounts_account a WHERE a.id = account AND a.is_active AND a.desk = 'oversight')
       OR public.held(account, NULL, '{}', '{}') THEN
        RETURN public.refuse(account, 'oversight', 'ledger.read', 'absent or closed', 'ledger', '{}');
    END IF;
    entry := public.ledger_write('ledger.read', account, '{}', '{}', jsonb_build_object('purpose', 'oversight',
        'act', 'ledger.read', 'office', 'Oversight', 'detail', public.stated(filters)), clock_timestamp());
    PERFORM public.look_fix(entry, account, NULL, '{}', '{}', '{}', seconds, 'oversight');
    RETURN jsonb_build_object('allowed', true, 'entry', entry, 'office', 'Oversight', 'relation', 'oversight',
        'principal', NULL, 'cases', '[]'::jsonb, 'persons', '[]'::jsonb, 'protections', '[]'::jsonb);
END $$;

-- Entries for the auditor: who, when, for what; how many cases, never which. Newest first, before a given number.
CREATE OR REPLACE FUNCTION oversight_entries(filters jsonb, before bigint, take int)
RETURNS TABLE (entry_id bigint, occurred_at timestamptz, kind text, actor text, office text, purpose text, act text,
               subjects bigint, reason text, leaf_index bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (public.look_mine()).special = 'oversight' THEN
        RETURN QUERY
        SELECT e.id, e.occurred_at, e.kind, a.display_name, b.body ->> 'office', b.body ->> 'purpose', b.body ->> 'act',
               coalesce(jsonb_array_length(b.body -> 'cases'), 0)::bigint, b.body ->> 'reason', l.leaf_index
          FROM public.ledger_entry e CROSS JOIN LATERAL (SELECT e.body::jsonb AS body) b
          LEFT JOIN public.accounts_account a ON a.id = e.actor_id
          LEFT JOIN public.ledger_leaf l ON l.entry_id = e.id
         WHERE (before IS NULL OR e.id < before)
           AND (NOT filters ? 'kind' OR e.kind = filters ->> 'kind')
           AND (NOT filters ? 'purpose' OR b.body ->> 'purpose' = filters ->> 'purpose')
           AND (NOT filters ? 'who' OR a.display_name ILIKE '%' || replace(replace(filters ->> 'who', '\', ''), '%', '') || '%'
                OR b.body ->> 'office' ILIKE '%' || replace(replace(filters ->> 'who', '\', ''), '%', '') || '%')
           AND (NOT filters ? 'from' OR e.occurred_at >= (filters ->> 'from')::date)
           AND (NOT filters ? 'until' OR e.occurred_at < (filters ->> 'until')::date + 1)
         ORDER BY e.id DESC LIMIT least(take, 200);
    END IF;
END $$;
