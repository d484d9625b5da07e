-- Public case information: a number and a nationality. Run as the owner after every migration.
--
-- Two steps like every look: open_public_lookup writes the entry and remembers the case; once that is committed,
-- public_case() tells five facts and no more. An unknown, sealed or protected case answers like an absent one. Too many
-- questions from one client, or from all together, are put off.

CREATE OR REPLACE FUNCTION open_public_lookup(a_number text, nationality text, client text, per_minute int,
                                              asked text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    this_minute timestamptz := date_trunc('minute', clock_timestamp());
    used   int;
    found  bigint;
    entry  bigint;
BEGIN
    INSERT INTO public.access_publiclookup AS k (client, minute, count) VALUES (left(client, 64), this_minute, 1)
        ON CONFLICT ON CONSTRAINT public_lookup_counter DO UPDATE SET count = least(k.count + 1, 1000000)
        RETURNING k.count INTO used;
    IF used > per_minute THEN
        RETURN jsonb_build_object('allowed', false, 'reason', 'slow down');
    END IF;
    IF used = 1 THEN  -- housekeeping, once a minute and client
        DELETE FROM public.access_publiclookup k WHERE k.minute < this_minute - interval '10 minutes';
    END IF;
    -- All clients together, counted only for questions that their own client may still ask: no single one can use it up.
    INSERT INTO public.access_publiclookup AS k (client, minute, count) VALUES ('*', this_minute, 1)
        ON CONFLICT ON CONSTRAINT public_lookup_counter DO UPDATE SET count = least(k.count + 1, 1000000)
        RETURNING k.count INTO used;
    IF used > per_minute * 50 THEN
        RETURN jsonb_build_object('allowed', false, 'reason', 'slow down');
    END IF;
    SELECT c.id INTO found
      FROM public.people_identifier i JOIN public.people_person p ON p.id = i.person_id
      JOIN public.cases_case c ON c.respondent_id = p.id
     WHERE i.kind = 'a_number' AND i.value = a_number AND i.protection = '' AND p.nationality_id = nationality
       AND NOT c.is_sealed AND NOT p.is_juvenile
       AND NOT EXISTS (SELECT FROM public.people_personname n WHERE n.person_id = p.id AND n.protection <> '')
       AND NOT public.held(NULL, NULL, ARRAY[c.id], ARRAY[p.id])
     ORDER BY c.filed_on DESC NULLS LAST, c.id DESC LIMIT 1;
    entry := public.ledger_write('look.public', NULL, CASE WHEN found IS NULL THEN '{}' ELSE ARRAY[found] END, '{}',
        jsonb_build_object('purpose', 'public information', 'act', 'public.lookup', 'office', 'The public',
                           'client', left(client, 64), 'asked', left(asked, 64)), clock_timestamp());
    PERFORM public.look_fix(entry, NULL, NULL, '{}', '{}', '{}', 10, 'public', found);
    RETURN jsonb_build_object('allowed', true, 'entry', entry);
END $$;

CREATE OR REPLACE FUNCTION public_case()
RETURNS TABLE (court_name text, court_zone text, next_hearing_at timestamptz, next_hearing_kind text, location text,
               last_decision text, last_decision_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    mine public.look := public.look_mine();
BEGIN
    IF mine.special = 'public' AND mine.subject_id IS NOT NULL THEN
        RETURN QUERY
        SELECT t.name, t.time_zone, h.starts_at, k.label, l.name, d.label, p.completed_on
          FROM public.cases_case c JOIN public.courts_court t ON t.id = c.court_id
          LEFT JOIN LATERAL (SELECT * FROM public.hearings_hearing h WHERE h.case_id = c.id AND h.starts_at >= now()
                              AND h.adjournment_id IS NULL ORDER BY h.starts_at LIMIT 1) h ON true
          LEFT JOIN public.law_calendartype k ON k.code = h.calendar_type_id
          LEFT JOIN public.courts_hearinglocation l ON l.id = h.location_id
          LEFT JOIN LATERAL (SELECT * FROM public.cases_proceeding p WHERE p.case_id = c.id AND p.completed_on IS NOT NULL
                              ORDER BY p.completed_on DESC, p.number DESC LIMIT 1) p ON true
          LEFT JOIN public.law_decision d ON d.id = coalesce(p.decision_id, p.other_completion_id)
         WHERE c.id = mine.subject_id;
    END IF;
END $$;
