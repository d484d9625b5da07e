-- The reader's own looks: what was recorded of one of them. Run as the owner after every migration.
--
-- Two steps like every look: open_own_look writes an entry and remembers which one was asked for; once that is committed,
-- own_look() tells it. Somebody else's entry is refused like one that does not exist.

CREATE OR REPLACE FUNCTION open_own_look(account bigint, wanted bigint, seconds int DEFAULT 30) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    office public.access_principal := public.office_of(account);
    entry  bigint;
BEGIN
    IF NOT EXISTS (SELECT FROM public.accounts_account a WHERE a.id = account AND a.is_active)
       OR NOT EXISTS (SELECT FROM public.ledger_entry e WHERE e.id = wanted AND e.actor_id = account)
       OR public.held(account, NULL, '{}', '{}') THEN
        RETURN public.refuse(account, 'own-look', 'looks.own', 'absent or closed', left('entry ' || wanted, 60), '{}');
    END IF;
    entry := public.ledger_write('ledger.read', account, '{}', '{}', jsonb_build_object('purpose', 'own-look',
        'act', 'looks.own', 'principal', office.id, 'office', office.name,
        'detail', jsonb_build_object('entry', wanted)), clock_timestamp());
    PERFORM public.look_fix(entry, account, NULL, '{}', '{}', '{}', seconds, 'own', wanted);
    RETURN jsonb_build_object('allowed', true, 'entry', entry, 'office', office.name, 'relation', '',
        'principal', office.id, 'cases', '[]'::jsonb, 'persons', '[]'::jsonb, 'protections', '[]'::jsonb);
END $$;

-- The entry that this look was opened for, with what a receipt is made of. How many cases it concerned, never which.
CREATE OR REPLACE FUNCTION own_look()
RETURNS TABLE (entry_id bigint, occurred_at timestamptz, kind text, office text, office_es text, relation text,
               purpose text, act text, protections jsonb, subjects bigint, body text, salt bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    mine public.look := public.look_mine();
BEGIN
    IF mine.special = 'own' THEN
        RETURN QUERY
        SELECT e.id, e.occurred_at, e.kind, b.body ->> 'office',
               (SELECT p.name_es FROM public.access_principal p WHERE p.id = (b.body ->> 'principal')::bigint),
               b.body ->> 'relation', b.body ->> 'purpose', b.body ->> 'act', coalesce(b.body -> 'protections', '[]'),
               coalesce(jsonb_array_length(b.body -> 'cases'), 0)::bigint, e.body, e.salt
          FROM public.ledger_entry e CROSS JOIN LATERAL (SELECT e.body::jsonb AS body) b
         WHERE e.id = mine.subject_id AND e.actor_id = mine.account_id;
    END IF;
END $$;
