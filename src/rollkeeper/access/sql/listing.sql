-- Lists. The cases of one page are chosen inside the database, named in the ledger entry, and read only afterwards.
-- Run as the owner after every migration.
--
-- which      params                         shows
-- cases      status?                        the reader's cases, newest first
-- waiting    what                           a court's cases that wait for something, oldest first
-- calendar   from, until (dates)            hearings of the reader's chambers or court, by time
--
-- The answer has, beside what look_begin gives, "total" (at most 10,001, which means more than 10,000), and for some
-- lists "rows": the ids of hearings or motions in order.

-- The cases an account may list for a purpose, newest first: one scan of relation_by_principal alone for each of its
-- principals.
CREATE OR REPLACE FUNCTION listed_cases(account bigint, wanted_purpose text, wanted_status text, skip int, take int)
RETURNS TABLE (case_id bigint, filed_on date)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    mine   bigint[] := public.principals_of(account);
    kinds  text[] := public.relations_for(wanted_purpose);
    moment timestamptz := clock_timestamp();
BEGIN
    RETURN QUERY
    SELECT one.case_id, max(one.filed_on)
      FROM unnest(mine) p(id)
      CROSS JOIN LATERAL (
        SELECT DISTINCT r.filed_on, r.case_id
          FROM public.access_caserelation r
         WHERE r.principal_id = p.id AND r.kind = ANY (kinds)
           AND r.valid_from <= moment AND (r.valid_until IS NULL OR r.valid_until > moment)
           AND (wanted_status IS NULL
                OR (SELECT c.status FROM public.cases_case c WHERE c.id = r.case_id) = wanted_status)
         ORDER BY r.filed_on DESC NULLS LAST, r.case_id DESC
         LIMIT skip + take) one
     GROUP BY one.case_id
     ORDER BY max(one.filed_on) DESC NULLS LAST, one.case_id DESC
    OFFSET skip LIMIT take;
END $$;

-- How many cases an account may list, counted up to "most".
CREATE OR REPLACE FUNCTION counted_cases(account bigint, wanted_purpose text, wanted_status text, most int) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    mine   bigint[] := public.principals_of(account);
    kinds  text[] := public.relations_for(wanted_purpose);
    moment timestamptz := clock_timestamp();
BEGIN
    IF cardinality(mine) <> 1 OR wanted_status IS NOT NULL THEN
        RETURN (SELECT count(*) FROM public.listed_cases(account, wanted_purpose, wanted_status, 0, most));
    END IF;
    RETURN (SELECT count(*) FROM (  -- in the order of the index, so that nothing is sorted
        SELECT DISTINCT r.filed_on, r.case_id
          FROM public.access_caserelation r
         WHERE r.principal_id = mine[1] AND r.kind = ANY (kinds)
           AND r.valid_from <= moment AND (r.valid_until IS NULL OR r.valid_until > moment)
         ORDER BY r.filed_on DESC NULLS LAST, r.case_id DESC LIMIT most) one);
END $$;

-- Which of some cases the account may see for a purpose: what right_to says, for many at once.
CREATE OR REPLACE FUNCTION seen_among(account bigint, wanted_purpose text, cases bigint[]) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    mine   bigint[] := public.principals_of(account);
    kinds  text[] := public.relations_for(wanted_purpose);
    moment timestamptz := clock_timestamp();
BEGIN
    RETURN QUERY
    SELECT c.id FROM (SELECT DISTINCT unnest(cases)) c(id) CROSS JOIN LATERAL (
        SELECT FROM public.access_caserelation r  -- LIMIT: else the planner may walk all rights of a large office
         WHERE r.case_id = c.id AND r.principal_id = ANY (mine) AND r.kind = ANY (kinds)
           AND r.valid_from <= moment AND (r.valid_until IS NULL OR r.valid_until > moment) LIMIT 1) one;
END $$;

-- The cases of a court's office that wait, with the day they wait since.
CREATE OR REPLACE FUNCTION waiting_cases(wanted_court bigint, what text)
RETURNS TABLE (case_id bigint, row_id bigint, since date)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    CASE what
    WHEN 'motions' THEN RETURN QUERY
        SELECT m.case_id, m.id, m.received_on FROM public.filings_motion m JOIN public.cases_case c ON c.id = m.case_id
         WHERE c.court_id = wanted_court AND m.outcome = '' AND m.release_key IS NULL AND c.status = 'pending';
    WHEN 'unscheduled' THEN RETURN QUERY
        SELECT c.id, NULL::bigint, c.filed_on FROM public.cases_case c
         WHERE c.court_id = wanted_court AND c.status = 'pending' AND NOT EXISTS (
            SELECT FROM public.hearings_hearing h WHERE h.case_id = c.id AND h.starts_at >= now());
    WHEN 'notices' THEN RETURN QUERY
        SELECT h.case_id, h.id, h.starts_at::date FROM public.hearings_hearing h
         WHERE h.court_id = wanted_court AND h.starts_at >= now() AND h.adjournment_id IS NULL
           AND h.notice_sent_on IS NULL;
    WHEN 'detained' THEN RETURN QUERY
        SELECT c.id, NULL::bigint, c.filed_on FROM public.cases_case c
         WHERE c.court_id = wanted_court AND c.status = 'pending' AND c.custody_id = 'D';
    WHEN 'unrepresented' THEN RETURN QUERY
        SELECT c.id, NULL::bigint, c.filed_on FROM public.cases_case c
         WHERE c.court_id = wanted_court AND c.status = 'pending' AND NOT EXISTS (
            SELECT FROM public.representation_appearance a
             WHERE a.case_id = c.id AND a.side = 'respondent' AND a.ended_on IS NULL);
    ELSE
        RAISE EXCEPTION 'No list waits under the name %.', left(what, 20) USING ERRCODE = 'invalid_parameter_value';
    END CASE;
END $$;

CREATE OR REPLACE FUNCTION open_listing(account bigint, purpose text, act text, which text, params jsonb,
                                        skip int DEFAULT 0, take int DEFAULT 25, seconds int DEFAULT 30) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    chosen  bigint[];
    rows    bigint[] := '{}';
    total   bigint;
    office  public.access_principal;
    answer  jsonb;
    limited int := least(greatest(take, 1), CASE which WHEN 'calendar' THEN 400 ELSE 50 END);
    offset_ int := least(greatest(skip, 0), 1000000);
BEGIN
    office := public.office_of(account);
    IF purpose IS NULL OR public.held(account, office.id, '{}', '{}') OR office.id IS NULL
       OR NOT EXISTS (SELECT FROM public.law_purpose p WHERE p.code = purpose) THEN
        RETURN public.refuse(account, purpose, act, 'absent or closed', left('list ' || which, 60), '{}');
    END IF;
    CASE which
    WHEN 'cases' THEN
        SELECT coalesce(array_agg(l.case_id ORDER BY l.filed_on DESC NULLS LAST, l.case_id DESC), '{}') INTO chosen
          FROM public.listed_cases(account, purpose, params ->> 'status', offset_, limited) l;
        IF offset_ = 0 AND cardinality(chosen) < limited THEN
            total := cardinality(chosen);
        ELSIF coalesce((params ->> 'count')::boolean, true) THEN
            total := public.counted_cases(account, purpose, params ->> 'status', 10001);
        END IF;
    WHEN 'waiting' THEN
        IF office.court_id IS NULL THEN
            RETURN public.refuse(account, purpose, act, 'absent or closed', left('list ' || which, 60), '{}');
        END IF;
        SELECT coalesce(array_agg(w.case_id ORDER BY w.since NULLS LAST, w.case_id, w.row_id), '{}'),
               coalesce(array_agg(w.row_id ORDER BY w.since NULLS LAST, w.case_id, w.row_id), '{}'), max(w.all_rows)
          INTO chosen, rows, total
          FROM (WITH waits AS MATERIALIZED (SELECT * FROM public.waiting_cases(office.court_id, params ->> 'what'))
                SELECT w.*, count(*) OVER () AS all_rows FROM waits w
                  JOIN public.seen_among(account, purpose, ARRAY(SELECT case_id FROM waits)) seen ON seen = w.case_id
                 ORDER BY w.since NULLS LAST, w.case_id, w.row_id OFFSET offset_ LIMIT limited) w;
    WHEN 'calendar' THEN
        SELECT coalesce(array_agg(h.case_id ORDER BY h.starts_at, h.id), '{}'),
               coalesce(array_agg(h.id ORDER BY h.starts_at, h.id), '{}'), max(h.all_rows)
          INTO chosen, rows, total
          FROM (WITH held_then AS MATERIALIZED (
                    SELECT h.id, h.case_id, h.starts_at FROM public.hearings_hearing h
                     WHERE (h.judge_id = office.judge_id OR (office.judge_id IS NULL AND h.court_id = office.court_id))
                       AND h.starts_at >= (params ->> 'from')::timestamptz
                       AND h.starts_at < (params ->> 'until')::timestamptz)
                SELECT h.*, count(*) OVER () AS all_rows FROM held_then h
                  JOIN public.seen_among(account, purpose, ARRAY(SELECT case_id FROM held_then)) seen ON seen = h.case_id
                 ORDER BY h.starts_at, h.id OFFSET offset_ LIMIT limited) h;
    ELSE
        RAISE EXCEPTION 'There is no list %.', left(which, 20) USING ERRCODE = 'invalid_parameter_value';
    END CASE;
    IF EXISTS (SELECT FROM public.access_hold WHERE lifted_at IS NULL) THEN
        chosen := ARRAY(SELECT c.id FROM unnest(chosen) WITH ORDINALITY c(id, place)
                         WHERE NOT public.held(account, office.id, ARRAY[c.id], '{}') ORDER BY c.place);
    END IF;
    answer := public.look_begin(account, purpose, act, office.id, office.kind, '{}', public.once(chosen),
        ARRAY(SELECT DISTINCT c.respondent_id FROM public.cases_case c WHERE c.id = ANY (chosen)),
        jsonb_build_object('list', which, 'params', public.stated(params), 'skip', offset_), seconds);
    RETURN answer || jsonb_build_object('cases', to_jsonb(chosen), 'rows', to_jsonb(rows), 'total', coalesce(total, 0));
END $$;

-- The first principal of an account: its office in the look line. Chambers before court before the rest.
CREATE OR REPLACE FUNCTION office_of(account bigint) RETURNS access_principal
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    mine   bigint[] := public.principals_of(account);
    office public.access_principal;
BEGIN
    SELECT p.* INTO office FROM public.access_principal p WHERE p.id = ANY (mine)
     ORDER BY array_position(ARRAY['chambers', 'court', 'office', 'firm', 'grant', 'account'], p.kind::text), p.id LIMIT 1;
    RETURN office;
END $$;

-- Each id once, in the order of first appearance.
CREATE OR REPLACE FUNCTION once(ids bigint[]) RETURNS bigint[]
LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT id FROM unnest(ids) WITH ORDINALITY u(id, place) GROUP BY id ORDER BY min(place));
END $$;

-- Parameters as the ledger keeps them: text values only, cut to 40 characters.
CREATE OR REPLACE FUNCTION stated(params jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(jsonb_object_agg(left(key, 20), left(value, 40)) FILTER (WHERE value IS NOT NULL), '{}')
      FROM jsonb_each_text(coalesce(params, '{}'))
$$;

-- How many wait, for the court overview: counts alone, no case. The look must be open (see oversight.sql).
CREATE OR REPLACE FUNCTION open_overview(account bigint, purpose text, seconds int DEFAULT 30) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    office public.access_principal := public.office_of(account);
    entry  bigint;
BEGIN
    IF office.court_id IS NULL OR office.kind <> 'court' OR public.held(account, office.id, '{}', '{}') THEN
        RETURN public.refuse(account, purpose, 'court.overview', 'absent or closed', 'overview', '{}');
    END IF;
    entry := public.ledger_write('look.opened', account, '{}', '{}', jsonb_build_object('purpose', purpose,
        'act', 'court.overview', 'principal', office.id, 'office', office.name, 'relation', office.kind), clock_timestamp());
    PERFORM public.look_fix(entry, account, office.id, '{}', '{}', '{}', seconds, 'overview', office.court_id);
    RETURN jsonb_build_object('allowed', true, 'entry', entry, 'principal', office.id, 'office', office.name,
        'relation', office.kind, 'cases', '[]'::jsonb, 'persons', '[]'::jsonb, 'protections', '[]'::jsonb);
END $$;

CREATE OR REPLACE FUNCTION overview_counts() RETURNS TABLE (what text, waiting bigint, oldest date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    mine public.look := public.look_mine();
BEGIN
    IF mine.special = 'overview' THEN
        RETURN QUERY SELECT k.what, count(w.case_id), min(w.since)
          FROM unnest(ARRAY['motions', 'notices', 'unscheduled', 'detained', 'unrepresented']) WITH ORDINALITY k(what, place)
          LEFT JOIN LATERAL public.waiting_cases(mine.subject_id, k.what) w ON true GROUP BY k.what, k.place ORDER BY k.place;
    END IF;
END $$;
