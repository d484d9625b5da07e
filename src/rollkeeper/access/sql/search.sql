-- Finding a person or a case, within the reader's relations. Run as the owner after every migration.
--
-- A search is a look: it needs a purpose, answers at most 25 cases, names each in the ledger and keeps the words only as
-- a keyed hash that the caller computes. Names are found by a dictionary of words: each word of the question becomes the
-- words near it (same, one or two letters off, or sounding alike), and a name matches when it holds one of each.

-- Without accents and punctuation, in lower case, words parted by one space.
CREATE OR REPLACE FUNCTION folded(name text) RETURNS text
LANGUAGE plpgsql STABLE STRICT SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN btrim(regexp_replace(lower(public.unaccent(name)), '[^a-z0-9]+', ' ', 'g'));
END $$;

-- Indexes the names that are not indexed yet. Whoever adds names calls it, as the owner.
CREATE OR REPLACE FUNCTION index_names() RETURNS bigint
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    made bigint;
BEGIN
    CREATE TEMPORARY TABLE fresh ON COMMIT DROP AS
        SELECT n.id, n.person_id, left(public.folded(n.family || ' ' || n.given), 250) AS folded
          FROM public.people_personname n LEFT JOIN public.access_nameindex i ON i.name_id = n.id WHERE i.name_id IS NULL;
    INSERT INTO public.access_nametoken (token, sound)
        SELECT DISTINCT left(t, 60), left(public.dmetaphone(t), 8) FROM fresh, unnest(string_to_array(folded, ' ')) t
         WHERE t <> '' ON CONFLICT (token) DO NOTHING;
    INSERT INTO public.access_nameindex (name_id, person_id, tokens, folded)
        SELECT f.id, f.person_id, array_agg(DISTINCT k.id), f.folded
          FROM fresh f CROSS JOIN LATERAL unnest(string_to_array(f.folded, ' ')) t
          JOIN public.access_nametoken k ON k.token = left(t, 60) GROUP BY f.id, f.person_id, f.folded;
    GET DIAGNOSTICS made = ROW_COUNT;
    DROP TABLE fresh;
    RETURN made;
END $$;

-- The words of the dictionary near a word, nearest first.
CREATE OR REPLACE FUNCTION near_words(word text) RETURNS int[]
LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, public, pg_temp SET pg_trgm.similarity_threshold = 0.35 AS $$
    SELECT coalesce(array_agg(k.id::int ORDER BY public.levenshtein(k.token, word), public.similarity(k.token, word) DESC, k.id),
                    '{}')
      FROM public.access_nametoken k
     WHERE k.token = word
        OR (k.token % word AND public.levenshtein_less_equal(k.token, word, 2)
            <= CASE WHEN length(word) <= 4 THEN 1 ELSE 2 END)
        OR (length(word) > 3 AND k.sound = left(public.dmetaphone(word), 8)
            AND public.levenshtein_less_equal(k.token, word, 3) <= 3)
$$;

-- People whose name is near the words, best first: first with the nearest words only, all of them; where nothing comes
-- close that way, with all near words, or all of the nearest but one. With "among", only these people.
DROP FUNCTION IF EXISTS near_names(text, int);
CREATE OR REPLACE FUNCTION near_names(question text, take int, among bigint[] DEFAULT NULL)
RETURNS TABLE (person_id bigint, name_id bigint, score real)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    words text[] := coalesce((string_to_array(public.folded(question), ' '))[1:6], '{}');
    word  text;
    near  int[];
    sets  text[] := '{}';  -- a condition for each word
    tight text[] := '{}';  -- the same with the twenty nearest words only
    few   text[];          -- all words; and all but one of the nearest, for each one
    people bigint[];
    names  bigint[];
    scores real[];
BEGIN
    FOREACH word IN ARRAY words LOOP
        near := public.near_words(left(word, 60));
        sets := sets || format('i.tokens && %L::int[]', near);
        tight := tight || format('i.tokens && %L::int[]', near[1:20]);
    END LOOP;
    IF cardinality(sets) = 0 THEN
        RETURN;
    END IF;
    SELECT array_agg(n.person_id), array_agg(n.name_id), array_agg(n.score) INTO people, names, scores
      FROM public.names_with(array_to_string(tight, ' AND '), words, take, among) n;
    IF scores[1] >= 0.6 THEN
        RETURN QUERY SELECT * FROM unnest(people, names, scores);
        RETURN;
    END IF;
    few := ARRAY['(' || array_to_string(sets, ' AND ') || ')'];
    FOR left_out IN 1 .. CASE WHEN cardinality(sets) > 1 THEN cardinality(sets) ELSE 0 END LOOP
        few := few || ('(' || array_to_string(tight[1:left_out - 1] || tight[left_out + 1:], ' AND ') || ')');
    END LOOP;
    RETURN QUERY SELECT n.person_id, n.name_id, n.score
                   FROM public.names_with(array_to_string(few, ' OR '), words, take, among) n;
END $$;

-- The names that fulfil a condition on their words (written by near_names alone), nearest first.
CREATE OR REPLACE FUNCTION names_with(condition text, words text[], take int, among bigint[])
RETURNS TABLE (person_id bigint, name_id bigint, score real)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY EXECUTE format($q$
        SELECT i.person_id, i.name_id, public.similarity(i.folded, $1) AS score FROM public.access_nameindex i
         WHERE (%s) %s ORDER BY 3 DESC, 1 LIMIT $2 $q$,
        condition, CASE WHEN among IS NULL THEN '' ELSE 'AND i.person_id = ANY ($3)' END)
        USING array_to_string(words, ' '), take, among;
END $$;

-- The people of an account's cases, where it has few; NULL where it has more than "most".
CREATE OR REPLACE FUNCTION people_of(account bigint, wanted_purpose text, most int) RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF public.counted_cases(account, wanted_purpose, NULL, most + 1) > most THEN
        RETURN NULL;
    END IF;
    RETURN ARRAY(SELECT c.respondent_id FROM public.listed_cases(account, wanted_purpose, NULL, 0, most) l
                   JOIN public.cases_case c ON c.id = l.case_id);
END $$;

CREATE OR REPLACE FUNCTION open_search(account bigint, purpose text, question jsonb, question_hash text,
                                       seconds int DEFAULT 30) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    office   public.access_principal := public.office_of(account);
    words    text := nullif(btrim(left(question ->> 'words', 200)), '');
    digits   text := regexp_replace(coalesce(words, ''), '[^0-9]', '', 'g');
    is_number boolean := words ~* '^a?[ -]*[0-9][0-9 -]{6,12}$';
    chosen   bigint[];
    answer   jsonb;
BEGIN
    IF office.id IS NULL OR NOT EXISTS (SELECT FROM public.law_purpose p WHERE p.code = purpose)
       OR public.held(account, office.id, '{}', '{}') THEN
        RETURN public.refuse(account, purpose, 'search', 'absent or closed', 'search', '{}');
    END IF;
    SELECT coalesce(array_agg(f.case_id ORDER BY f.score DESC, f.filed_on DESC NULLS LAST, f.case_id), '{}') INTO chosen
      FROM (
        WITH candidate AS MATERIALIZED (
            SELECT i.person_id, NULL::bigint AS case_id, 2::real AS score, i.protection
              FROM public.people_identifier i
             WHERE is_number AND i.kind = 'a_number' AND i.value = lpad(digits, 9, '0')
            UNION ALL
            SELECT NULL, c.id, 2, '' FROM public.cases_case c WHERE c.number = upper(words)
            UNION ALL
            SELECT n.person_id, NULL, n.score, p.protection
              FROM public.near_names(CASE WHEN is_number THEN '' ELSE words END, 500,
                                     CASE WHEN NOT is_number THEN public.people_of(account, purpose, 2000) END) n
              JOIN public.people_personname p ON p.id = n.name_id
            UNION ALL
            SELECT NULL, x.case_id, 1, '' FROM public.cases_by_facts(question, words IS NULL) x
        ), found AS MATERIALIZED (
            SELECT c.id, c.filed_on, k.score, k.protection FROM candidate k JOIN public.cases_case c ON c.id = k.case_id
            UNION ALL
            SELECT c.id, c.filed_on, k.score, k.protection
              FROM candidate k JOIN public.cases_case c ON c.respondent_id = k.person_id
        )
        SELECT f.id AS case_id, f.filed_on, max(f.score) AS score
          FROM found f JOIN public.seen_among(account, purpose, ARRAY(SELECT DISTINCT id FROM found)) seen ON seen = f.id
         WHERE (f.protection = '' OR EXISTS (
                SELECT FROM public.right_to(account, f.id, purpose) r WHERE f.protection = ANY (r.protections)))
           AND (question - 'words' = '{}' OR public.fits_facts(f.id, question))
         GROUP BY f.id, f.filed_on ORDER BY max(f.score) DESC, f.filed_on DESC NULLS LAST, f.id LIMIT 25
      ) f WHERE NOT public.held(account, NULL, ARRAY[f.case_id], '{}');
    answer := public.look_begin(account, purpose, 'search', office.id, office.kind, '{}', chosen,
        ARRAY(SELECT DISTINCT c.respondent_id FROM public.cases_case c WHERE c.id = ANY (chosen)),
        jsonb_build_object('asked', left(question_hash, 64)), seconds);
    RETURN answer || jsonb_build_object('total', cardinality(chosen));
END $$;

-- Facts a clerk knows: born (date), nationality (code), court (code), hearing (date), judge (code).
CREATE OR REPLACE FUNCTION fits_facts(wanted bigint, facts jsonb) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT facts - 'words' = '{}' OR EXISTS (
        SELECT FROM public.cases_case c JOIN public.people_person p ON p.id = c.respondent_id WHERE c.id = wanted
           AND (NOT facts ? 'born' OR p.born_on = (facts ->> 'born')::date)
           AND (NOT facts ? 'nationality' OR p.nationality_id = facts ->> 'nationality')
           AND (NOT facts ? 'court' OR c.court_id = (SELECT t.id FROM public.courts_court t WHERE t.code = facts ->> 'court'))
           AND (NOT facts ? 'judge' OR c.judge_id = (SELECT j.id FROM public.courts_judge j WHERE j.code = facts ->> 'judge'))
           AND (NOT facts ? 'hearing' OR EXISTS (SELECT FROM public.hearings_hearing h WHERE h.case_id = c.id
                AND h.starts_at >= (facts ->> 'hearing')::date AND h.starts_at < (facts ->> 'hearing')::date + 1)))
$$;

-- Cases by facts alone: a birth date or a hearing day narrows enough; a nationality alone does not.
CREATE OR REPLACE FUNCTION cases_by_facts(facts jsonb, alone boolean) RETURNS TABLE (case_id bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT alone THEN
        RETURN;
    ELSIF facts ? 'born' THEN
        RETURN QUERY SELECT c.id FROM public.people_person p JOIN public.cases_case c ON c.respondent_id = p.id
            WHERE p.born_on = (facts ->> 'born')::date LIMIT 2000;
    ELSIF facts ? 'hearing' THEN
        RETURN QUERY SELECT DISTINCT h.case_id FROM public.hearings_hearing h JOIN public.courts_court t ON t.id = h.court_id
            WHERE h.starts_at >= (facts ->> 'hearing')::date AND h.starts_at < (facts ->> 'hearing')::date + 1
              AND (NOT facts ? 'court' OR t.code = facts ->> 'court') LIMIT 2000;
    END IF;
END $$;
